//! What was asked in a server, and whether the answers were useful: counted once a person, without names.

use expect_test::expect;
use serde_json::Value;

use super::onboarding::forget_me;
use super::scene::{Scene, View, custom_id};
use super::sent::{labels, line, text as whole};
use super::settings::manager;
use crate::standin::events::{
    MANAGER, OTHER_GUILD, OTHER_USER, Origin, at_the_bot, in_server, message, slash, snowflake, text,
};
use crate::standin::record::Recorded;

fn compare(origin: &Origin, topic: &str) -> Value {
    slash(origin, "compare", &[text("topic", topic)])
}

fn insights(origin: &Origin) -> Value {
    slash(origin, "insights", &[])
}

/// The details of an answer that somebody asked for.
async fn details(scene: &Scene, origin: &Origin, topic: &str) -> View {
    let shown = scene.use_command(origin, &compare(origin, topic)).await;
    let sent = scene.press_label("Details", &shown).await;
    View::new(origin, crate::standin::events::by_the_bot(origin, sent.message(), &Value::Null), sent)
}

/// The lines of what was asked that are about an answer being useful.
async fn votes(scene: &Scene) -> String {
    let sent = scene.interact(&insights(&manager())).await;
    let words = whole(&sent);
    words.lines().filter(|line| line.starts_with('•')).map(|line| format!("{line}\n")).collect()
}

#[tokio::test]
async fn they_are_for_those_who_manage_the_server() {
    let scene = Scene::start().await;
    let cases = [
        ("a member", Origin::guild()),
        ("a manager", manager()),
        ("in a direct message", Origin::direct().permissions(MANAGER)),
    ];
    let cases = cases.map(|(name, origin)| (name.to_owned(), insights(&origin)));
    scene
        .check(
            cases,
            expect![[r#"
        a member → answers privately: That is for those who may manage this server.
        a manager → answers privately: What was asked here
        in a direct message → answers privately: That works only in a server to which I was added.
    "#]],
        )
        .await;
    scene.finish().await;
}

#[tokio::test]
async fn what_was_asked_is_counted_by_topic_in_each_server() {
    let scene = Scene::start().await;
    for topic in ["taste", "taste", "caffeine", "zzz qqq"] {
        scene.interact(&compare(&Origin::guild(), topic)).await;
    }
    scene.write(&at_the_bot(message(&Origin::guild(), "which tastes better?"))).await;
    scene
        .interact(&slash(&Origin::guild(), "recommend", &[text("project", "what should we serve for breakfast?")]))
        .await;
    scene.interact(&compare(&Origin::direct(), "caffeine")).await;
    scene.interact(&in_server(compare(&Origin::guild(), "caffeine"), OTHER_GUILD)).await;
    scene.interact(&slash(&Origin::guild(), "help", &[])).await;
    let shown = scene.interact(&insights(&manager())).await;
    expect![[r#"
        What was asked here

        6 questions in 30 days, 👍 0 👎 0.

        By topic

        • **Taste**: 3 ×
        • **Breakfast**: 1 ×
        • **Caffeine**: 1 ×
        • **Without an answer**: 1 ×

        Counts of questions and answers. Who asked is not kept.


    "#]]
    .assert_eq(&whole(&shown));
    let files: Vec<&str> = shown.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(files, if cfg!(feature = "picture") { vec!["criteria.png"] } else { vec![] });
    let (standin, complaints) = scene.stop().await;
    assert_eq!(complaints, Vec::<String>::new());
    let scene = Scene::with(standin, &[]).await;
    assert_eq!(whole(&scene.interact(&insights(&manager())).await), whole(&shown), "it outlives a restart");
    scene.finish().await;
}

#[tokio::test]
async fn of_one_person_the_last_word_counts_once() {
    let scene = Scene::start().await;
    let (one, other) = (Origin::guild(), Origin::guild().user(OTHER_USER));
    let shown = details(&scene, &one, "taste").await;
    assert!(labels(&shown.sent).ends_with(&["👍".to_owned(), "👎".to_owned()]), "{:?}", labels(&shown.sent));
    let press =
        async |by: &Origin, label: &str| -> Recorded { scene.press(by, &custom_id(&shown.sent, label), &shown).await };
    let mut lines = format!("{}\n", line(&press(&one, "👍").await));
    press(&one, "👍").await;
    lines += &votes(&scene).await;
    press(&other, "👍").await;
    lines += &votes(&scene).await;
    lines += &format!("{}\n", line(&press(&one, "👎").await));
    press(&one, "👎").await;
    lines += &votes(&scene).await;
    press(&one, "👍").await;
    lines += &votes(&scene).await;
    expect![[r#"
        answers privately: Good to know that it was useful
        • **Taste**: 1 × · 👍 1 👎 0
        • **Taste**: 1 × · 👍 2 👎 0
        answers privately: Thank you, noted as not useful
        • **Taste**: 1 × · 👍 1 👎 1
        • **Taste**: 1 × · 👍 2 👎 0
    "#]]
    .assert_eq(&lines);
    let forgotten = scene.interact(&forget_me(&one)).await;
    expect!["I kept no place of yours in a tour. Of 1 answer I deleted that it was you who found it useful or not."]
        .assert_eq(super::onboarding::description(&forgotten));
    assert_eq!(
        super::onboarding::description(&scene.interact(&forget_me(&one)).await),
        "I kept nothing about you, so there was nothing to delete."
    );
    scene.finish().await;
}

#[tokio::test]
async fn outside_of_servers_nothing_is_counted() {
    let scene = Scene::start().await;
    for origin in [Origin::direct(), Origin::private(), Origin::guild().user_install()] {
        let shown = details(&scene, &origin, "taste").await;
        assert!(!labels(&shown.sent).contains(&"👍".to_owned()), "{origin:?}");
    }
    scene.finish().await;
}

#[tokio::test]
async fn no_person_can_be_found_in_the_files() {
    let scene = Scene::start().await;
    let voter = Origin::guild().user(&snowflake());
    let shown = details(&scene, &voter, "taste").await;
    scene.press_label("👍", &shown).await;
    votes(&scene).await;
    let file = scene.standin.database();
    let (standin, _) = scene.stop().await;
    let id: u64 = voter.user.parse().expect("it is a number");
    for ending in ["db", "db-wal"] {
        let bytes = std::fs::read(file.with_extension(ending)).unwrap_or_default();
        for id in [voter.user.as_bytes(), &id.to_be_bytes()] {
            assert!(!bytes.windows(id.len()).any(|part| part == id), "the person is in {ending}");
        }
    }
    standin.finish();
}
