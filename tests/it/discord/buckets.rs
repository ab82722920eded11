//! A busy channel is slowed down before Discord refuses anything.

use std::time::Duration;

use serde_json::Value;

use super::scene::{Scene, reply_to};
use crate::standin::events::{Origin, at_the_bot, message, snowflake};
use crate::standin::{Options, Standin};

/// Questions at once in a channel that takes less than half of them in a window.
const QUESTIONS: usize = 12;
const LIMIT: usize = 5;
const WINDOW: Duration = Duration::from_secs(2);

#[tokio::test]
async fn a_busy_channel_is_slowed_down_and_never_refused() {
    let options = Options { channel_limit: Some((LIMIT, WINDOW)), ..Options::default() };
    let scene = Scene::with(Standin::start_with(options).await, &[]).await;
    let ask = || at_the_bot(message(&Origin::guild().user(&snowflake()), "which tastes better?"));
    let questions: Vec<Value> = (0..QUESTIONS).map(|_| ask()).collect();
    questions.iter().for_each(|question| scene.standin.write(question));
    let mut elsewhere = Origin::guild();
    elsewhere.channel = snowflake();
    let other = at_the_bot(message(&elsewhere, "which tastes better?"));
    scene.standin.write(&other);
    assert_eq!(scene.standin.next(reply_to(&other)).await.answered, Some(200));
    for question in &questions {
        assert_eq!(scene.standin.next(reply_to(question)).await.answered, Some(200));
    }
    scene.finish().await;
}
