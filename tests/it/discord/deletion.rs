//! Delete: by whom, and what happens to the message.

use serde_json::{Value, json};

use super::scene::{Scene, View, custom_id};
use super::sent::line;
use crate::standin::events::{MEMBER, MODERATOR, OTHER_USER, Origin, at_the_bot, button, by_the_bot, message};
use crate::standin::fault::Fault;
use crate::standin::record::{Recorded, webhook_of};

const NOT_YOURS: &str =
    "answers privately: Only the person who asked, or somebody who may manage messages here, can delete this answer.";

/// Presses Delete and gives what was sent: the answer, and the deletion.
async fn delete(scene: &Scene, by: &Origin, custom_id: &str, message: &Value) -> (Recorded, Recorded) {
    let event = button(by, custom_id, message);
    let answer = scene.interact(&event).await;
    assert_eq!(line(&answer), "acknowledges");
    let deletion = scene.standin.next(webhook_of(&event)).await;
    let end = deletion.line().ends_with("/messages/@original");
    assert!(end && deletion.method == "DELETE", "{deletion}");
    (answer, deletion)
}

async fn check_deleted(scene: &Scene, by: &Origin, shown: &View) {
    let (_, deletion) = delete(scene, by, &custom_id(&shown.sent, "🗑️"), &shown.message).await;
    assert_eq!(deletion.answered, Some(204), "{by:?}");
}

#[tokio::test]
async fn the_asker_and_moderators_delete_an_answer() {
    let scene = Scene::start().await;
    let asker = Origin::guild();
    let other = Origin::guild().user(OTHER_USER);
    for by in [asker.clone(), other.clone().permissions(MODERATOR), other.permissions(MEMBER | 1 << 3)] {
        let shown = scene.compare(&asker, "caffeine", "public").await;
        check_deleted(&scene, &by, &shown).await;
    }
    for origin in [Origin::direct(), Origin::private(), Origin::guild().user_install()] {
        let shown = scene.compare(&origin, "caffeine", "public").await;
        check_deleted(&scene, &origin, &shown).await;
    }
    scene.finish().await;
}

#[tokio::test]
async fn others_cannot_delete_an_answer_and_are_told_why() {
    let scene = Scene::start().await;
    let shown = scene.compare(&Origin::guild(), "caffeine", "public").await;
    let everything_else = !(1 << 13 | 1 << 3);
    for permissions in [0, MEMBER, everything_else & ((1 << 50) - 1)] {
        let by = Origin::guild().user(OTHER_USER).permissions(permissions);
        let sent = scene.press(&by, &custom_id(&shown.sent, "🗑️"), &shown).await;
        assert_eq!(line(&sent), NOT_YOURS, "{permissions}");
    }
    let (standin, complaints) = scene.stop().await;
    assert_eq!(complaints, Vec::<String>::new());
    assert!(standin.requests().iter().all(|request| request.method != "DELETE"));
    standin.finish();
}

#[tokio::test]
async fn others_cannot_delete_an_answer_in_a_private_channel() {
    let scene = Scene::start().await;
    let origin = Origin::private();
    let shown = scene.compare(&origin, "caffeine", "public").await;
    let by = origin.user(OTHER_USER).permissions(MODERATOR);
    let sent = scene.press(&by, &custom_id(&shown.sent, "🗑️"), &shown).await;
    assert_eq!(line(&sent), NOT_YOURS);
    scene.finish().await;
}

#[tokio::test]
async fn deleting_what_is_gone_already_is_no_trouble() {
    let scene = Scene::start().await;
    let shown = scene.compare(&Origin::guild(), "caffeine", "public").await;
    check_deleted(&scene, &Origin::guild(), &shown).await;
    let (_, again) = delete(&scene, &Origin::guild(), &custom_id(&shown.sent, "🗑️"), &shown.message).await;
    assert_eq!(again.answered, Some(404));
    scene.finish().await;
}

#[tokio::test]
async fn an_answer_to_a_message_is_deleted_although_that_message_is_gone() {
    let scene = Scene::start().await;
    for origin in [Origin::guild(), Origin::direct()] {
        let question = at_the_bot(message(&origin, "which tastes better?"));
        let sent = scene.write(&question).await;
        let mut answer = by_the_bot(&origin, &sent.body, &question);
        // Discord tells that the message replied to is gone by a null.
        answer["referenced_message"] = json!(null);
        let (_, deletion) = delete(&scene, &origin, &custom_id(&sent, "🗑️"), &answer).await;
        assert_eq!(deletion.answered, Some(204), "{origin:?}");
    }
    scene.finish().await;
}

#[tokio::test]
async fn a_deletion_is_tried_again_where_that_helps() {
    let scene = Scene::start().await;
    let shown = scene.compare(&Origin::guild(), "caffeine", "public").await;
    scene.standin.fault(Fault::server_error("DELETE /webhooks/", 1));
    scene.standin.fault(Fault::rate_limited("DELETE /webhooks/", 1, 0.1));
    let event = button(&Origin::guild(), &custom_id(&shown.sent, "🗑️"), &shown.message);
    scene.interact(&event).await;
    let mut answered = Vec::new();
    for _ in 0..3 {
        answered.push(scene.standin.next(webhook_of(&event)).await.answered);
    }
    assert_eq!(answered, [Some(500), Some(429), Some(204)]);
    scene.finish().await;
}
