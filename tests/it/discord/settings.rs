//! The settings of a server: who may change them, and what each does.

use expect_test::expect;
use serde_json::Value;

use super::onboarding::description;
use super::scene::{Scene, View, custom_id, forged};
use super::sent::{labels, line, title};
use crate::standin::events::{
    ADMINISTRATOR, CHANNEL, GUILD, MANAGER, OTHER_GUILD, OTHER_USER, Origin, at_the_bot, button, channels, in_server,
    message, roles, select, slash, snowflake, text,
};
use crate::standin::record::Recorded;

pub(super) fn manager() -> Origin {
    Origin::guild().permissions(MANAGER)
}

fn settings(origin: &Origin) -> Value {
    slash(origin, "settings", &[])
}

fn compare(origin: &Origin) -> Value {
    slash(origin, "compare", &[text("topic", "taste")])
}

/// What `/settings` shows to somebody who manages the server.
pub(super) async fn shown(scene: &Scene) -> View {
    scene.use_command(&manager(), &settings(&manager())).await
}

/// The state of the menu of a setting.
#[track_caller]
fn menu(shown: &Recorded, setting: &str) -> String {
    let end = format!(".set.{setting}");
    let ids = shown.controls().into_iter().filter_map(|control| control["custom_id"].as_str().map(str::to_owned));
    let mut ids = ids.filter(|id| id.ends_with(&end));
    ids.next().unwrap_or_else(|| panic!("no menu for {setting} in {shown}"))
}

/// Chooses a value of a setting, as somebody who manages the server.
pub(super) async fn set(scene: &Scene, setting: &str, value: &str) -> View {
    let shown = shown(scene).await;
    let event = select(&manager(), &menu(&shown.sent, setting), &[value], &shown.message);
    shown.replaced_by(scene.interact(&event).await)
}

/// Chooses the channels in which everyone sees answers.
pub(super) async fn set_channels(scene: &Scene, ids: &[&str]) -> View {
    let shown = shown(scene).await;
    let event = channels(&manager(), &menu(&shown.sent, "channels"), ids, &shown.message);
    shown.replaced_by(scene.interact(&event).await)
}

/// Chooses the role that may write.
pub(super) async fn set_role(scene: &Scene, ids: &[&str]) -> View {
    let shown = shown(scene).await;
    let event = roles(&manager(), &menu(&shown.sent, "writers"), ids, &shown.message);
    shown.replaced_by(scene.interact(&event).await)
}

/// The ids that are chosen already in the menu of a setting.
fn chosen(shown: &Recorded, setting: &str) -> Vec<String> {
    let state = menu(shown, setting);
    let controls = shown.controls();
    let menu = controls.iter().find(|control| control["custom_id"] == *state).expect("it was found before");
    let ids = menu["default_values"].as_array().into_iter().flatten();
    ids.filter_map(|value| value["id"].as_str().map(str::to_owned)).collect()
}

#[tokio::test]
async fn they_are_for_those_who_manage_the_server() {
    let scene = Scene::start().await;
    let cases = [
        ("a member", Origin::guild()),
        ("a manager", manager()),
        ("an administrator", Origin::guild().permissions(ADMINISTRATOR)),
        ("a manager by the own app", manager().user_install()),
        ("in a direct message", Origin::direct().permissions(MANAGER)),
    ];
    let cases = cases.map(|(name, origin)| (name.to_owned(), settings(&origin)));
    let expected = expect![[r#"
        a member → answers privately: That is for those who may manage this server.
        a manager → answers privately: Settings of this server
        an administrator → answers privately: Settings of this server
        a manager by the own app → answers privately: That works only in a server to which I was added.
        in a direct message → answers privately: That works only in a server to which I was added.
    "#]];
    scene.check(cases, expected).await;
    scene.finish().await;
}

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "the lines are what is expected, one step after the other")]
async fn each_is_changed_by_its_menu_and_outlives_a_restart() {
    let scene = Scene::start().await;
    let mut lines = description(&shown(&scene).await.sent).to_owned();
    for changed in [
        set(&scene, "private", "yes").await,
        set_channels(&scene, &[CHANNEL, "1100000000000000099"]).await,
        set_role(&scene, &["1100000000000000077"]).await,
        set(&scene, "unanswered", "yes").await,
    ] {
        let footer = changed.sent.message()["embeds"][0]["footer"]["text"].as_str().unwrap_or_default().to_owned();
        lines += &format!("\n\n{}\n{footer}", description(&changed.sent));
    }
    let (standin, complaints) = scene.stop().await;
    assert_eq!(complaints, Vec::<String>::new());
    let scene = Scene::with(standin, &[]).await;
    let after = shown(&scene).await;
    lines += &format!("\n\nafter a restart:\n{}\n", description(&after.sent));
    assert_eq!(chosen(&after.sent, "channels"), [CHANNEL, "1100000000000000099"]);
    assert_eq!(chosen(&after.sent, "writers"), ["1100000000000000077"]);
    let none = set_role(&scene, &[]).await;
    assert_eq!(chosen(&none.sent, "writers"), Vec::<String>::new());
    let none = set_channels(&scene, &[]).await;
    assert_eq!(chosen(&none.sent, "channels"), Vec::<String>::new());
    lines += &format!("\nwithout channels and role:\n{}\n", description(&none.sent));
    expect![[r#"
        **Answers to commands**: Everyone sees them, unless the asker says otherwise
        **Answers for everyone**: in every channel
        **Notes and decisions**: those who manage the server
        **Questions without an answer**: Are not kept

        **Answers to commands**: Only the asker sees them, unless they say otherwise
        **Answers for everyone**: in every channel
        **Notes and decisions**: those who manage the server
        **Questions without an answer**: Are not kept
        Saved.

        **Answers to commands**: Only the asker sees them, unless they say otherwise
        **Answers for everyone**: in 2 channels; elsewhere only the asker sees them
        **Notes and decisions**: those who manage the server
        **Questions without an answer**: Are not kept
        Saved.

        **Answers to commands**: Only the asker sees them, unless they say otherwise
        **Answers for everyone**: in 2 channels; elsewhere only the asker sees them
        **Notes and decisions**: those who manage the server, and one role
        **Questions without an answer**: Are not kept
        Saved.

        **Answers to commands**: Only the asker sees them, unless they say otherwise
        **Answers for everyone**: in 2 channels; elsewhere only the asker sees them
        **Notes and decisions**: those who manage the server, and one role
        **Questions without an answer**: Are kept for 30 days without their author, see /gaps
        Saved.

        after a restart:
        **Answers to commands**: Only the asker sees them, unless they say otherwise
        **Answers for everyone**: in 2 channels; elsewhere only the asker sees them
        **Notes and decisions**: those who manage the server, and one role
        **Questions without an answer**: Are kept for 30 days without their author, see /gaps

        without channels and role:
        **Answers to commands**: Only the asker sees them, unless they say otherwise
        **Answers for everyone**: in every channel
        **Notes and decisions**: those who manage the server
        **Questions without an answer**: Are kept for 30 days without their author, see /gaps
    "#]]
    .assert_eq(&lines);
    let other = in_server(settings(&manager()), OTHER_GUILD);
    assert!(description(&scene.interact(&other).await).contains("Everyone sees them"), "another server has its own");
    scene.finish().await;
}

#[tokio::test]
async fn nobody_else_changes_one_whatever_they_send() {
    let scene = Scene::start().await;
    let shown_to_manager = shown(&scene).await;
    let member = Origin::guild().user(OTHER_USER);
    let states = ["private", "channels", "writers", "unanswered"].map(|setting| menu(&shown_to_manager.sent, setting));
    let under = &shown_to_manager.message;
    let [private, in_channels, writers, unanswered] = &states;
    let cases = [
        ("who sees answers", select(&member, private, &["yes"], under)),
        ("where", channels(&member, in_channels, &[CHANNEL], under)),
        ("who writes", roles(&member, writers, &[GUILD], under)),
        ("what is kept", select(&member, unanswered, &["yes"], under)),
        ("a manager, no value", select(&manager(), private, &[], under)),
        ("a manager, another value", select(&manager(), private, &["perhaps"], under)),
        ("a manager, no id", channels(&manager(), in_channels, &["0"], under)),
        ("a manager, two roles", roles(&manager(), writers, &["1", "2"], under)),
        ("a manager, no setting", select(&manager(), &forged(&shown_to_manager.sent, "set.nonsense"), &["yes"], under)),
    ];
    let expected = expect![[r#"
        who sees answers → replaces: That is for those who may manage this server.
        where → replaces: That is for those who may manage this server.
        who writes → replaces: That is for those who may manage this server.
        what is kept → replaces: That is for those who may manage this server.
        a manager, no value → answers privately: I don't know that button any more. Please ask again, for example with /compare.
        a manager, another value → answers privately: I don't know that button any more. Please ask again, for example with /compare.
        a manager, no id → answers privately: I don't know that button any more. Please ask again, for example with /compare.
        a manager, two roles → answers privately: I don't know that button any more. Please ask again, for example with /compare.
        a manager, no setting → answers privately: I don't know that button any more. Please ask again, for example with /compare.
    "#]];
    scene.check(cases.map(|(name, event)| (name.to_owned(), event)), expected).await;
    assert_eq!(description(&shown(&scene).await.sent), description(&shown_to_manager.sent));
    scene.finish().await;
}

#[tokio::test]
async fn answers_are_private_where_the_server_wants_it_and_the_asker_says_nothing_else() {
    let scene = Scene::start().await;
    set(&scene, "private", "yes").await;
    let asker = Origin::guild();
    let with = |visibility: &str| slash(&asker, "compare", &[text("topic", "taste"), text("visibility", visibility)]);
    let cases = [
        ("nothing said", compare(&asker)),
        ("everyone", with("public")),
        ("only me", with("private")),
        ("help", slash(&asker, "help", &[])),
        ("in another server", in_server(compare(&asker), OTHER_GUILD)),
        ("by the own app", compare(&asker.clone().user_install())),
        ("in a direct message", compare(&Origin::direct())),
    ];
    let expected = expect![[r#"
        nothing said → answers privately: Taste
        everyone → answers everyone: Taste
        only me → answers privately: Taste
        help → answers privately: Tea or coffee?
        in another server → answers everyone: Taste
        by the own app → answers everyone: Taste
        in a direct message → answers everyone: Taste
    "#]];
    scene.check(cases.map(|(name, event)| (name.to_owned(), event)), expected).await;
    let question = at_the_bot(message(&asker, "which tastes better?"));
    assert_eq!(line(&scene.write(&question).await), "replies: Taste", "a message is answered by one");
    set(&scene, "private", "no").await;
    assert_eq!(line(&scene.interact(&compare(&asker)).await), "answers everyone: Taste");
    scene.finish().await;
}

/// What a mention gets in a channel, and the button under it.
async fn mention(scene: &Scene, origin: &Origin, question: &str) -> View {
    let question = at_the_bot(message(origin, question));
    let sent = scene.write(&question).await;
    View::new(origin, scene.standin.answer_to(&question), sent)
}

#[tokio::test]
async fn outside_of_the_chosen_channels_only_the_asker_sees_answers() {
    let scene = Scene::start().await;
    let chosen = snowflake();
    set_channels(&scene, &[&chosen]).await;
    let (here, there) = (Origin::guild(), Origin::guild().channel(&chosen));
    let thread = Origin::guild().channel(&snowflake()).thread_of(&chosen);
    let other_thread = Origin::guild().channel(&snowflake()).thread_of(CHANNEL);
    let public = |origin: &Origin| slash(origin, "compare", &[text("topic", "taste"), text("visibility", "public")]);
    let cases = [
        ("here", compare(&here)),
        ("here, for everyone", public(&here)),
        ("in the chosen channel", compare(&there)),
        ("in a thread of it", compare(&thread)),
        ("in another thread", compare(&other_thread)),
    ];
    let expected = expect![[r#"
        here → answers privately: Taste
        here, for everyone → answers privately: Taste
        in the chosen channel → answers everyone: Taste
        in a thread of it → answers everyone: Taste
        in another thread → answers privately: Taste
    "#]];
    scene.check(cases.map(|(name, event)| (name.to_owned(), event)), expected).await;
    let private = scene.use_command(&here, &compare(&here)).await;
    assert!(!labels(&private.sent).contains(&"Share".to_owned()), "{:?}", labels(&private.sent));
    let share = button(&here, &forged(&private.sent, "share.topic:taste"), &private.message);
    assert_eq!(
        line(&scene.interact(&share).await),
        "answers privately: Your team lets me post answers for everyone only in other channels."
    );
    let elsewhere = mention(&scene, &here, "which tastes better?").await;
    assert_eq!(title(&elsewhere.sent), "In this channel I answer only so that you alone see it.");
    assert_eq!(labels(&elsewhere.sent), ["Show me the answer"]);
    for by in [here.clone(), here.clone().user(OTHER_USER)] {
        let opened = scene.press(&by, &custom_id(&elsewhere.sent, "Show me the answer"), &elsewhere).await;
        assert_eq!(line(&opened), "answers privately: Taste");
    }
    let mut lines = String::new();
    for question in ["zzz qqq", "thank you!", "tea or coffee?", "what can you do?"] {
        let elsewhere = mention(&scene, &here, question).await;
        let opened = scene.press_label("Show me the answer", &elsewhere).await;
        lines += &format!("{question} → {}\n", line(&opened));
    }
    expect![[r#"
        zzz qqq → answers privately: Tea or coffee?
        thank you! → answers privately: Tea or coffee?
        tea or coffee? → answers privately: Tea or coffee?
        what can you do? → answers privately: Tea or coffee?
    "#]]
    .assert_eq(&lines);
    assert_eq!(line(&mention(&scene, &there, "which tastes better?").await.sent), "replies: Taste");
    scene.finish().await;
}
