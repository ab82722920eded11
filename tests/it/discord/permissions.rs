//! Where Discord does not allow a part of an answer, the rest is sent, and the operator reads once which permission is missing.

use expect_test::expect;
use serde_json::{Value, json};

use super::scene::{Scene, custom_id, reply_to};
use super::sent::{labels, line};
use crate::standin::events::{Origin, at_the_bot, message, slash, text};
use crate::standin::fault::Fault;
use crate::standin::record::{Recorded, callback_to, webhook_of};

const QUESTION: &str = "which tastes better?";
const IN_CHANNEL: &str = "POST /channels/";

fn mention() -> Value {
    at_the_bot(message(&Origin::guild(), QUESTION))
}

fn refusal(part: &str, times: usize, status: u16, code: u32) -> Fault {
    Fault::status(part, times, status, &json!({ "message": "refused", "code": code }))
}

/// What was sent in answer to a message, after so many refusals.
async fn last(scene: &Scene, question: &Value, refusals: usize) -> Recorded {
    scene.standin.write(question);
    for _ in 0..refusals {
        let refused = scene.standin.next(reply_to(question)).await;
        assert!(refused.answered.is_some_and(|status| status >= 400), "{refused}");
    }
    scene.standin.next(reply_to(question)).await
}

/// The answer has the words of the embed as its text, and the same buttons.
#[track_caller]
fn check_plain(sent: &Recorded) {
    assert!(sent.answered.is_some_and(|status| status < 300), "{sent}");
    let message = sent.message();
    assert!(message["embeds"].as_array().is_none_or(Vec::is_empty), "{sent}");
    let content = message["content"].as_str().unwrap_or_default();
    assert!(content.contains("**Taste**") && content.chars().count() <= 2000, "{content}");
    assert!(labels(sent).contains(&"Caffeine".to_owned()), "{sent}");
}

#[tokio::test]
async fn without_embed_links_the_same_words_come_as_text() {
    for (status, code) in [(403, 50013), (400, 50006)] {
        let scene = Scene::start().await;
        for _ in 0..2 {
            scene.standin.fault(refusal(IN_CHANNEL, 1, status, code));
            check_plain(&last(&scene, &mention(), 1).await);
        }
        scene.finish_after_faults(expect![[r#"
            WARN the bot lacks the permission Embed Links in channel 1100000000000000003, so that its answers are plain text there; allow it there
        "#]]).await;
    }
}

#[tokio::test]
async fn an_interaction_and_a_shared_answer_come_as_text_too() {
    let scene = Scene::start().await;
    scene.standin.fault(refusal("POST /interactions/", 1, 403, 50013));
    let event = slash(&Origin::guild(), "compare", &[text("topic", "taste")]);
    scene.interact(&event).await;
    check_plain(&scene.standin.next(callback_to(&event)).await);
    let shown = scene.compare(&Origin::guild(), "taste", "private").await;
    scene.standin.fault(refusal("POST /webhooks/", 1, 400, 50006));
    let event = shown.pressed("Share");
    scene.interact(&event).await;
    scene.standin.next(webhook_of(&event)).await;
    check_plain(&scene.standin.next(webhook_of(&event)).await);
    scene.finish_after_faults(expect![[r#"
        WARN the bot lacks the permission Embed Links in channel 1100000000000000003, so that its answers are plain text there; allow it there
    "#]]).await;
}

#[tokio::test]
async fn without_the_history_an_answer_refers_to_nothing() {
    for status in [400, 403] {
        let scene = Scene::start().await;
        scene.standin.fault(refusal(IN_CHANNEL, 1, status, 160_002));
        let question = mention();
        scene.standin.write(&question);
        scene.standin.next(reply_to(&question)).await;
        let nonce = question["id"].clone();
        let sent = scene.standin.next(move |sent| sent.body["nonce"] == nonce && sent.answered == Some(200)).await;
        assert_eq!(line(&sent), "replies: Taste");
        assert!(sent.body["message_reference"].is_null(), "{sent}");
        scene.finish_after_faults(expect![[r#"
            WARN the bot lacks the permission Read Message History in channel 1100000000000000003, so that its answers do not refer to the question there; allow it there
        "#]]).await;
    }
}

#[tokio::test]
#[cfg(feature = "picture")]
async fn every_part_that_is_not_allowed_is_left_out() {
    let scene = Scene::start().await;
    scene.standin.fault(refusal(IN_CHANNEL, 2, 403, 50013));
    let question = at_the_bot(message(&Origin::guild(), "what should we serve for breakfast?"));
    let sent = last(&scene, &question, 2).await;
    assert!(sent.files.is_empty() && sent.body["embeds"].as_array().is_none_or(Vec::is_empty), "{sent}");
    assert!(sent.body["content"].as_str().is_some_and(|content| content.contains("**Breakfast**")), "{sent}");
    let (standin, complaints) = scene.stop().await;
    assert_eq!(complaints.len(), 1, "{complaints:?}");
    assert!(complaints[0].contains("Embed Links"), "{complaints:?}");
    standin.finish();
}

#[tokio::test]
async fn a_place_in_which_nothing_is_allowed_is_given_up_with_one_line() {
    let scene = Scene::start().await;
    scene.standin.fault(refusal(IN_CHANNEL, 99, 403, 50013));
    for _ in 0..3 {
        last(&scene, &mention(), 1).await;
    }
    let other = slash(&Origin::guild(), "topics", &[]);
    scene.interact(&other).await;
    scene.bot.logged("could not be answered").await;
    scene.finish_after_faults(expect![[r#"
        WARN a message in channel 1100000000000000003 could not be answered: status 403, code 50013; the bot needs the permissions that `versus invite` asks for
    "#]]).await;
}

#[tokio::test]
async fn what_a_server_decides_is_not_called_a_fault_of_versus() {
    for (status, code, remedy) in [
        (400, 160_005, "the thread is closed"),
        (400, 50083, "the thread is closed"),
        (400, 200_000, "AutoMod"),
        (400, 200_001, "AutoMod"),
        (404, 10003, "deleted meanwhile"),
        (403, 50001, "View Channel"),
        (403, 50007, "direct messages"),
    ] {
        let scene = Scene::start().await;
        scene.standin.fault(refusal(IN_CHANNEL, 9, status, code));
        scene.standin.write(&mention());
        scene.bot.logged("could not be answered").await;
        let (standin, complaints) = scene.stop().await;
        assert!(complaints.len() == 1 && complaints[0].contains(remedy), "{code}: {complaints:?}");
        standin.finish();
    }
}

#[tokio::test]
async fn a_plain_answer_can_be_used_like_any_other() {
    let scene = Scene::start().await;
    scene.standin.fault(refusal("POST /interactions/", 1, 403, 50013));
    let event = slash(&Origin::guild(), "compare", &[text("topic", "taste")]);
    scene.standin.interact(&event);
    scene.standin.next(callback_to(&event)).await;
    let sent = scene.standin.next(callback_to(&event)).await;
    let message = scene.standin.answer_to(&event);
    let pressed = crate::standin::events::button(&Origin::guild(), &custom_id(&sent, "Caffeine"), &message);
    assert_eq!(line(&scene.interact(&pressed).await), "replaces: Caffeine");
    let (standin, _) = scene.stop().await;
    standin.finish();
}
