//! What is kept of a server is deleted when the bot is removed from it, and at no other time.

use expect_test::{Expect, expect};
use serde_json::{Value, json};

use super::onboarding::{onboard, progress, start, walk};
use super::scene::Scene;
use super::sent::title;
use crate::standin::events::{GUILD, OTHER_GUILD, Origin, in_server, snowflake};

/// What the log says when the bot was removed from a server.
const REMOVED: &str = "removed from a server";

fn asker() -> Origin {
    Origin::guild()
}

/// Begins a tour in a server.
async fn begin(scene: &Scene, server: &str, label: &str) {
    let shown = scene.use_command(&asker(), &in_server(onboard(&asker(), "start"), server)).await;
    scene.interact(&in_server(shown.pressed(label), server)).await;
}

/// A bot with a tour of the same person in two servers and in a direct message.
async fn in_two_servers() -> Scene {
    let scene = Scene::start().await;
    for origin in [asker(), Origin::direct()] {
        walk(&scene, &origin, &["Brewing"]).await;
    }
    begin(&scene, OTHER_GUILD, "Serving").await;
    scene
}

/// Compares what is left in the two servers, and looks whether the tour in the direct message is.
async fn check_left(scene: &Scene, expected: Expect) {
    expected.assert_eq(&[progress(scene, GUILD).await, progress(scene, OTHER_GUILD).await].join("\n\n"));
    assert_eq!(title(&start(scene, &Origin::direct()).await.sent), "Brewing · Water first");
}

fn all() -> Expect {
    expect![[r#"
        • **Brewing**: 1 started, 0 finished
        • **Serving**: 0 started, 0 finished

        • **Brewing**: 0 started, 0 finished
        • **Serving**: 1 started, 0 finished"#]]
}

#[tokio::test]
async fn what_belongs_to_a_server_goes_with_the_server() {
    let scene = in_two_servers().await;
    scene.standin.remove_from(OTHER_GUILD, true);
    scene.bot.logged(REMOVED).await;
    check_left(
        &scene,
        expect![[r#"
        • **Brewing**: 1 started, 0 finished
        • **Serving**: 0 started, 0 finished

        • **Brewing**: 0 started, 0 finished
        • **Serving**: 0 started, 0 finished"#]],
    )
    .await;
    scene
        .finish_after_faults(expect![[r#"
            INFO removed from a server: 1 positions in tours deleted
        "#]])
        .await;
}

/// An outage, and forms that Discord does not use: none says that the bot was removed.
#[tokio::test]
async fn a_server_that_cannot_be_reached_loses_nothing() {
    let scene = in_two_servers().await;
    for is in [json!(true), json!(null), json!("false"), json!(0)] {
        scene.standin.dispatch("GUILD_DELETE", &json!({ "id": GUILD, "unavailable": is }));
    }
    scene.standin.dispatch("GUILD_DELETE", &json!({ "unavailable": true }));
    scene.standin.dispatch("GUILD_DELETE", &Value::Null);
    // Events are handled in their order up to the deletion, so that this one comes after all of them.
    scene.standin.remove_from(&snowflake(), true);
    scene.bot.logged(REMOVED).await;
    check_left(&scene, all()).await;
    let (standin, complaints) = scene.stop().await;
    assert!(
        complaints.iter().all(|line| !line.contains(REMOVED) || line.contains("nothing was stored")),
        "{complaints:?}"
    );
    standin.finish();
}

/// The bot did not run when something changed, or the list in READY is incomplete: the two cannot be distinguished.
#[tokio::test]
async fn servers_that_ready_does_not_name_lose_nothing() {
    let (standin, complaints) = in_two_servers().await.stop().await;
    assert_eq!(complaints, Vec::<String>::new());
    standin.remove_from(GUILD, false);
    let scene = Scene::with(standin, &[]).await;
    scene.bot.logged("Discord's list does not name: 1").await;
    check_left(&scene, all()).await;
    let (standin, _) = scene.stop().await;
    standin.remove_from(OTHER_GUILD, false);
    let scene = Scene::with(standin, &[]).await;
    scene.bot.logged("Discord's list does not name: 2").await;
    check_left(&scene, all()).await;
    scene
        .finish_after_faults(expect![[r#"
            INFO servers with stored progress that Discord's list does not name: 2; nothing of them is deleted
        "#]])
        .await;
}

/// A server that authorised only the scope `applications.commands` has the commands and is never in READY.
#[tokio::test]
async fn a_server_that_has_only_the_commands_loses_nothing() {
    let server = snowflake();
    let scene = Scene::start().await;
    begin(&scene, &server, "Serving").await;
    // A new session brings a new READY.
    scene.standin.invalidate_session(false);
    scene.bot.logged("Discord's list does not name: 1").await;
    assert!(progress(&scene, &server).await.contains("**Serving**: 1 started"));
    let (standin, _) = scene.stop().await;
    standin.finish();
}
