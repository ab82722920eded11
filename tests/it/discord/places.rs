//! The message command, commands of other versions, and everywhere that commands can be used.

use expect_test::expect;
use serde_json::{Value, json};

use super::scene::Scene;
use crate::standin::events::{
    OTHER_USER, Origin, by_a_bot, by_a_webhook, by_the_bot, integer, message, message_command, message_with, slash,
    subcommand, text,
};

const ANSWER_THIS: &str = "Answer this question";

/// The message command on a message.
pub(super) fn answer_this(target: &Value) -> (String, Value) {
    let name = format!("on {:?}", target["content"].as_str().unwrap_or_default());
    (name, message_command(&Origin::guild(), ANSWER_THIS, target))
}

pub(super) fn by_somebody_else(content: &str) -> Value {
    message(&Origin::guild().user(OTHER_USER), content)
}

#[tokio::test]
async fn commands_work_wherever_the_bot_is_installed() {
    let scene = Scene::start().await;
    let places = [
        ("server", Origin::guild()),
        ("server, own account", Origin::guild().user_install()),
        ("direct message", Origin::direct()),
        ("private channel", Origin::private()),
        ("in German", Origin::guild().locale("de")),
    ];
    let cases = places.iter().flat_map(|(place, origin)| {
        let target = message(&origin.clone().user(OTHER_USER), "what keeps me awake longer");
        [
            (format!("{place}: /compare"), slash(origin, "compare", &[text("topic", "taste")])),
            (format!("{place}: /topics"), slash(origin, "topics", &[text("visibility", "private")])),
            (format!("{place}: on a message"), message_command(origin, ANSWER_THIS, &target)),
        ]
    });
    let expected = expect![[r#"
        server: /compare → answers everyone: Taste
        server: /topics → answers privately: What I can compare
        server: on a message → answers privately “what keeps me awake long…”: Caffeine
        server, own account: /compare → answers everyone: Taste
        server, own account: /topics → answers privately: What I can compare
        server, own account: on a message → answers privately “what keeps me awake long…”: Caffeine
        direct message: /compare → answers everyone: Taste
        direct message: /topics → answers privately: What I can compare
        direct message: on a message → answers privately “what keeps me awake long…”: Caffeine
        private channel: /compare → answers everyone: Taste
        private channel: /topics → answers privately: What I can compare
        private channel: on a message → answers privately “what keeps me awake long…”: Caffeine
        in German: /compare → answers everyone: Taste
        in German: /topics → answers privately: What I can compare
        in German: on a message → answers privately “what keeps me awake long…”: Caffeine
    "#]];
    scene.check(cases, expected).await;
    scene.finish().await;
}

#[tokio::test]
async fn the_message_command_answers_anybodys_message_to_the_asker() {
    let scene = Scene::start().await;
    let of_the_bot = by_the_bot(&Origin::guild(), &json!({ "embeds": [{ "title": "Taste" }] }), &Value::Null);
    let targets = [
        by_somebody_else("which tastes better?"),
        message(&Origin::guild(), "my own: which tastes better?"),
        by_a_bot(by_somebody_else("a bot's: which tastes better?")),
        by_a_webhook(by_somebody_else("a webhook's: which tastes better?")),
        message_with(by_somebody_else("old: which tastes better?"), &json!({ "type": 7, "pinned": true })),
        by_somebody_else("zzz qqq"),
        by_somebody_else("🦀"),
        by_somebody_else(""),
        of_the_bot,
    ];
    let expected = expect![[r#"
        on "which tastes better?" → answers privately “which tastes better?”: Taste
        on "my own: which tastes better?" → answers privately “my own: which tastes bet…”: Taste
        on "a bot's: which tastes better?" → answers privately “a bot's: which tastes be…”: Did you mean one of these?
        on "a webhook's: which tastes better?" → answers privately “a webhook's: which taste…”: Taste
        on "old: which tastes better?" → answers privately “old: which tastes better…”: Taste
        on "zzz qqq" → answers privately “zzz qqq”: I don't know that one
        on "🦀" → answers privately “🦀”: I see no question there
        on "" → answers privately: I see no question there
        on "" → answers privately: I see no question there
    "#]];
    scene.check(targets.iter().map(answer_this), expected).await;
    scene.finish().await;
}

#[tokio::test]
async fn a_command_of_another_version_gets_an_answer_with_a_next_step() {
    let scene = Scene::start().await;
    let guild = Origin::guild();
    let with_subcommand = slash(&guild, "quiz", &[subcommand("start", &[integer("questions", 5)])]);
    let on_a_message = message_command(&guild, "Answer that", &by_somebody_else("which tastes better?"));
    let cases = [
        ("/quiz start", with_subcommand),
        ("/COMPARE", slash(&guild, "COMPARE", &[text("topic", "taste")])),
        ("Answer that", on_a_message),
        ("/compare without a topic", slash(&guild, "compare", &[])),
        ("/compare with a number", slash(&guild, "compare", &[integer("topic", 5)])),
        ("/compare with another option", slash(&guild, "compare", &[text("subject", "taste")])),
    ];
    let expected = expect![[r#"
        /quiz start → answers privately: I don't know that command any more. Discord may need a minute to show the new ones; /help shows what there is.
        /COMPARE → answers privately: I don't know that command any more. Discord may need a minute to show the new ones; /help shows what there is.
        Answer that → answers privately: I don't know that command any more. Discord may need a minute to show the new ones; /help shows what there is.
        /compare without a topic → answers privately: I see no question there
        /compare with a number → answers privately: I see no question there
        /compare with another option → answers privately: I see no question there
    "#]];
    scene.check(cases.map(|(name, event)| (name.to_owned(), event)), expected).await;
    scene.finish().await;
}
