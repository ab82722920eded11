//! Share: a private answer is posted for everyone, once.

use expect_test::expect;
use serde_json::{Value, json};

use super::scene::{Scene, View, custom_id, forged};
use super::sent::{labels, line};
use crate::standin::events::{OTHER_USER, Origin, button, by_the_bot, message, message_command, message_with};
use crate::standin::fault::Fault;
use crate::standin::record::{Recorded, webhook_of};

/// Presses Share and gives the update and, as often as it is posted, the follow-ups.
async fn share(scene: &Scene, shown: &View, follow_ups: usize) -> (Recorded, Vec<Recorded>) {
    let event = button(&Origin::guild(), &custom_id(&shown.sent, "Share"), &shown.message);
    let update = scene.interact(&event).await;
    let mut posted = Vec::new();
    for _ in 0..follow_ups {
        posted.push(scene.standin.next(webhook_of(&event)).await);
    }
    (update, posted)
}

/// What was posted apart from answers to interactions.
fn posts(requests: &[Recorded]) -> usize {
    requests.iter().filter(|request| request.line().starts_with("POST /webhooks/")).count()
}

#[tokio::test]
async fn a_private_answer_is_posted_for_everyone_once() {
    let scene = Scene::start().await;
    let shown = scene.compare(&Origin::guild(), "caffeine", "private").await;
    assert_eq!(labels(&shown.sent), ["Details", "Sources · 2", "Taste", "Share"]);
    let (update, posted) = share(&scene, &shown, 1).await;
    assert_eq!(line(&update), "changes what can be pressed");
    assert_eq!(labels(&update), ["Details", "Sources · 2", "Taste"], "the button is gone, so that it is posted once");
    let post = &posted[0];
    assert_eq!(line(post), "posts for everyone: Caffeine");
    assert_eq!(labels(post), ["Details", "Sources · 2", "Taste", "🗑️"]);
    assert_eq!((post.answered, post.body["flags"].as_u64().unwrap_or_default()), (Some(200), 0));
    let public = by_the_bot(&Origin::guild(), &post.body, &Value::Null);
    let by_other = Origin::guild().user(OTHER_USER);
    let pressed = button(&by_other, &custom_id(post, "Taste"), &public);
    assert_eq!(line(&scene.interact(&pressed).await), "answers privately: Taste");
    let (standin, complaints) = scene.stop().await;
    assert_eq!((complaints, posts(&standin.requests())), (Vec::new(), 1));
    standin.finish();
}

#[tokio::test]
async fn what_the_message_command_answers_can_be_shared_everywhere() {
    let scene = Scene::start().await;
    for origin in [Origin::guild(), Origin::direct(), Origin::private(), Origin::guild().user_install()] {
        let target = message(&origin.clone().user(OTHER_USER), "which tastes better?");
        let event = message_command(&origin, "Answer this question", &target);
        let shown = scene.use_command(&origin, &event).await;
        let (update, posted) = share(&scene, &shown, 1).await;
        assert_eq!(line(&update), "changes what can be pressed", "{origin:?}");
        assert_eq!(line(&posted[0]), "posts for everyone: Taste", "{origin:?}");
    }
    scene.finish().await;
}

#[tokio::test]
async fn only_what_is_private_and_known_is_posted() {
    let scene = Scene::start().await;
    let asker = Origin::guild();
    let shown = scene.compare(&asker, "caffeine", "public").await;
    let id = |what: &str| forged(&shown.sent, &format!("share.{what}"));
    let public = shown.message.clone();
    let private = message_with(public.clone(), &json!({ "flags": 64 }));
    let other = asker.clone().user(OTHER_USER);
    let cases = [
        ("by the asker, under a public answer", button(&asker, &id("topic:taste"), &public)),
        ("by somebody else, under a public answer", button(&other, &id("topic:taste"), &public)),
        ("of nothing", button(&asker, &id("nonsense"), &private)),
        ("of what is gone", button(&asker, &id("topic:gone"), &private)),
    ];
    let expected = expect![[r#"
        by the asker, under a public answer → replaces: Taste
        by somebody else, under a public answer → answers privately: Taste
        of nothing → answers privately: I don't know that button any more. Please ask again, for example with /compare.
        of what is gone → replaces: That is no longer in my notes
    "#]];
    scene.check(cases.map(|(name, event)| (name.to_owned(), event)), expected).await;
    let (standin, complaints) = scene.stop().await;
    assert_eq!((complaints, posts(&standin.requests())), (Vec::new(), 0));
    standin.finish();
}

#[tokio::test]
async fn the_asker_is_told_where_a_post_is_refused() {
    let scene = Scene::start().await;
    let shown = scene.compare(&Origin::guild(), "caffeine", "private").await;
    let refused = json!({ "message": "Missing Access", "code": 50001 });
    scene.standin.fault(Fault::status("POST /webhooks/", 1, 403, &refused));
    let (_, posted) = share(&scene, &shown, 2).await;
    let lines: String = posted.iter().map(|sent| line(sent) + "\n").collect();
    expect![[r#"
        posts for everyone: Caffeine
        adds privately: I could not post it here. I may lack the permission to send messages in this channel.
    "#]]
    .assert_eq(&lines);
    scene
        .finish_after_faults(expect![[r#"
        WARN an answer could not be shared: status 403, code 50001; allow the bot View Channel there
    "#]])
        .await;
}

#[tokio::test]
async fn a_post_that_may_have_worked_is_not_repeated() {
    let scene = Scene::start().await;
    let shown = scene.compare(&Origin::guild(), "caffeine", "private").await;
    scene.standin.fault(Fault::server_error("POST /webhooks/", 1).after_taking_effect());
    let (_, posted) = share(&scene, &shown, 2).await;
    let lines: String = posted.iter().map(|sent| line(sent) + "\n").collect();
    expect![[r#"
        posts for everyone: Caffeine
        adds privately: Discord did not take it just now. If it does not appear, press Share again.
    "#]]
    .assert_eq(&lines);
    scene
        .finish_after_faults(expect![[r#"
            WARN an answer could not be shared: status 500, code 0; see https://discordstatus.com
        "#]])
        .await;
}

#[tokio::test]
async fn a_post_that_came_too_soon_is_sent_again() {
    let scene = Scene::start().await;
    let shown = scene.compare(&Origin::guild(), "caffeine", "private").await;
    scene.standin.fault(Fault::rate_limited("POST /webhooks/", 1, 0.1));
    let (_, posted) = share(&scene, &shown, 2).await;
    let answered: Vec<_> = posted.iter().map(|sent| (line(sent), sent.answered)).collect();
    let caffeine = || "posts for everyone: Caffeine".to_owned();
    assert_eq!(answered, [(caffeine(), Some(429)), (caffeine(), Some(200))]);
    let (standin, _) = scene.stop().await;
    standin.finish();
}

#[tokio::test]
async fn nothing_is_posted_where_the_button_could_not_be_answered() {
    let scene = Scene::start().await;
    let shown = scene.compare(&Origin::guild(), "caffeine", "private").await;
    let expired = json!({ "message": "Unknown interaction", "code": 10062 });
    scene.standin.fault(Fault::status("POST /interactions/", 1, 404, &expired));
    share(&scene, &shown, 0).await;
    let (standin, complaints) = scene.stop().await;
    assert_eq!(posts(&standin.requests()), 0);
    expect!["WARN an interaction expired before its answer; the machine or its network is too slow"]
        .assert_eq(&complaints.join("\n"));
    standin.finish();
}
