//! Mentions in threads, where a server has chosen the channels in which everyone sees answers. A message does not say what its
//! thread belongs to.

use expect_test::expect;
use serde_json::json;

use super::scene::{PUNCTUAL, Scene};
use super::sent::line;
use super::settings::set_channels;
use crate::standin::Standin;
use crate::standin::events::{Origin, at_the_bot, message, snowflake};
use crate::standin::fault::Fault;

/// Kinds of channel.
const TEXT: u8 = 0;
const NEWS_THREAD: u8 = 10;
const THREAD: u8 = 11;
const PRIVATE_THREAD: u8 = 12;

/// What a mention gets in a channel.
async fn mention(scene: &Scene, channel: &str) -> String {
    let asker = Origin::guild().channel(channel).user(&snowflake());
    line(&scene.write(&at_the_bot(message(&asker, "which tastes better?"))).await)
}

/// How often Discord was asked for a channel.
fn asked_for(standin: &Standin, channel: &str) -> usize {
    let line = format!("GET /channels/{channel}");
    standin.requests().iter().filter(|request| request.line() == line).count()
}

/// A new channel of a kind.
fn channel(scene: &Scene, kind: u8, parent: &str) -> String {
    let id = snowflake();
    scene.standin.describe_channel(&id, kind, parent);
    id
}

#[tokio::test]
async fn a_thread_of_a_chosen_channel_counts_as_that() {
    let scene = Scene::start().await;
    let (chosen, other) = (snowflake(), snowflake());
    let thread = channel(&scene, THREAD, &chosen);
    assert_eq!(mention(&scene, &thread).await, "replies: Taste");
    assert_eq!(asked_for(&scene.standin, &thread), 0, "no channel is chosen, so that it does not matter");
    set_channels(&scene, &[&chosen]).await;
    let cases = [
        ("the channel itself", chosen.clone()),
        ("a thread of it, or a post in a forum", thread),
        ("a private thread", channel(&scene, PRIVATE_THREAD, &chosen)),
        ("a thread of announcements", channel(&scene, NEWS_THREAD, &chosen)),
        ("a thread of another channel", channel(&scene, THREAD, &other)),
        ("another channel", channel(&scene, TEXT, &other)),
        // A channel belongs to a category, which nobody can choose in the menu.
        ("another channel below it", channel(&scene, TEXT, &chosen)),
    ];
    let mut lines = String::new();
    for (name, id) in &cases {
        let (first, second) = (mention(&scene, id).await, mention(&scene, id).await);
        assert_eq!(first, second, "{name}");
        lines += &format!("{name} → {first} (Discord was asked {} times)\n", asked_for(&scene.standin, id));
    }
    expect![[r#"
        the channel itself → replies: Taste (Discord was asked 0 times)
        a thread of it, or a post in a forum → replies: Taste (Discord was asked 1 times)
        a private thread → replies: Taste (Discord was asked 1 times)
        a thread of announcements → replies: Taste (Discord was asked 1 times)
        a thread of another channel → replies: In this channel I answer only so that you alone see it. (Discord was asked 1 times)
        another channel → replies: In this channel I answer only so that you alone see it. (Discord was asked 1 times)
        another channel below it → replies: In this channel I answer only so that you alone see it. (Discord was asked 1 times)
    "#]]
    .assert_eq(&lines);
    scene.finish().await;
}

#[tokio::test]
async fn a_thread_that_cannot_be_read_counts_as_another_channel_until_it_can() {
    let scene = Scene::start().await;
    let chosen = snowflake();
    set_channels(&scene, &[&chosen]).await;
    let thread = channel(&scene, THREAD, &chosen);
    let line_of = format!("GET /channels/{thread}");
    let refused = json!({ "message": "Missing Access", "code": 50001 });
    scene.standin.fault(Fault::status(&line_of, 1, 403, &refused));
    scene.standin.fault(Fault::status(&line_of, 1, 200, &json!("no JSON")));
    let mut lines = String::new();
    for _ in 0..3 {
        lines += &(mention(&scene, &thread).await + "\n");
    }
    expect![[r#"
        replies: In this channel I answer only so that you alone see it.
        replies: In this channel I answer only so that you alone see it.
        replies: Taste
    "#]]
    .assert_eq(&lines);
    let (standin, complaints) = scene.stop().await;
    let complaints = complaints.join("\n").replace(&thread, "N");
    expect![[r#"
        WARN channel N cannot be read: status 403, code 50001; allow the bot View Channel there
        WARN channel N cannot be read: the answer cannot be read: expected ident at line 1 column 2; report it as a fault of versus"#]].assert_eq(&complaints);
    // One that takes too long.
    let scene = Scene::with(standin, &[PUNCTUAL]).await;
    scene.standin.fault(Fault::hang(&line_of, 100));
    assert_eq!(mention(&scene, &thread).await, "replies: In this channel I answer only so that you alone see it.");
    let (standin, complaints) = scene.stop().await;
    let complaints = complaints.join("\n").replace(&thread, "N");
    expect!["WARN channel N cannot be read: no answer came in time; see https://discordstatus.com"]
        .assert_eq(&complaints);
    standin.finish();
}
