//! Slash commands: what is answered, and to whom.

use expect_test::expect;
use serde_json::{Value, json};
use versus::domain::team::bounds::VOTE_DAYS;

use super::places::{answer_this, by_somebody_else};
use super::scene::Scene;
use super::sent::{self, question};
use crate::standin::events::{Origin, slash, text};

/// A command in a server, with what is typed for its options.
fn typed(name: &str, options: &[(&str, &str)]) -> (String, Value) {
    let values: Vec<Value> = options.iter().map(|(name, value)| text(name, value)).collect();
    let shown: String = options.iter().map(|(_, value)| format!(" {value:?}")).collect();
    (format!("/{name}{shown}"), slash(&Origin::guild(), name, &values))
}

fn compare(topic: &str) -> (String, Value) {
    typed("compare", &[("topic", topic)])
}

fn ask(question: &str) -> (String, Value) {
    typed("ask", &[("question", question)])
}

#[tokio::test]
async fn the_help_names_the_commands_of_a_team_and_what_is_kept_of_a_person() {
    let scene = Scene::start().await;
    for origin in [Origin::guild(), Origin::direct()] {
        let help = scene.use_command(&origin, &slash(&origin, "help", &[])).await;
        let help = sent::text(&help.sent);
        let of_team = ["/settings", "/note", "/insights", "/gaps", "/decide", "/decisions", "/team"];
        for said in of_team.into_iter().chain(["your step in a tour", &*format!("{VOTE_DAYS} days"), "👍 and 👎"]) {
            assert!(help.contains(said), "{said} is not in {help}");
        }
    }
}

#[tokio::test]
async fn every_command_answers_everyone_unless_only_the_asker_is_to_see_it() {
    let scene = Scene::start().await;
    let commands: [(&str, &[(&str, &str)]); 4] = [
        ("compare", &[("topic", "taste")]),
        ("ask", &[("question", "which tastes better?")]),
        ("topics", &[]),
        ("help", &[]),
    ];
    let visibilities: [&[(&str, &str)]; 4] =
        [&[], &[("visibility", "public")], &[("visibility", "private")], &[("visibility", "nonsense")]];
    let cases = commands
        .iter()
        .flat_map(|(name, options)| visibilities.map(|visibility| typed(name, &[*options, visibility].concat())));
    let expected = expect![[r#"
        /compare "taste" → answers everyone: Taste
        /compare "taste" "public" → answers everyone: Taste
        /compare "taste" "private" → answers privately: Taste
        /compare "taste" "nonsense" → answers everyone: Taste
        /ask "which tastes better?" → answers everyone “which tastes better?”: Taste
        /ask "which tastes better?" "public" → answers everyone “which tastes better?”: Taste
        /ask "which tastes better?" "private" → answers privately “which tastes better?”: Taste
        /ask "which tastes better?" "nonsense" → answers everyone “which tastes better?”: Taste
        /topics → answers everyone: What I can compare
        /topics "public" → answers everyone: What I can compare
        /topics "private" → answers privately: What I can compare
        /topics "nonsense" → answers everyone: What I can compare
        /help → answers everyone: Tea or coffee?
        /help "public" → answers everyone: Tea or coffee?
        /help "private" → answers privately: Tea or coffee?
        /help "nonsense" → answers everyone: Tea or coffee?
    "#]];
    scene.check(cases, expected).await;
    scene.finish().await;
}

#[tokio::test]
async fn a_topic_is_found_by_whatever_is_typed_for_it() {
    let scene = Scene::start().await;
    let typed = [
        "caffeine",
        " caffeine ",
        "CAFFEINE",
        "cafeine",
        "stimulnat",
        "jittery",
        "**taste**",
        "`café` flavours",
        "c++ ((",
        "taste.*(",
    ];
    let expected = expect![[r#"
        /compare "caffeine" → answers everyone: Caffeine
        /compare " caffeine " → answers everyone “caffeine”: Caffeine
        /compare "CAFFEINE" → answers everyone “CAFFEINE”: Caffeine
        /compare "cafeine" → answers everyone “cafeine”: Caffeine
        /compare "stimulnat" → answers everyone “stimulnat”: Caffeine
        /compare "jittery" → answers everyone “jittery”: Caffeine
        /compare "**taste**" → answers everyone “**taste**”: Taste
        /compare "`café` flavours" → answers everyone “`café` flavours”: Taste
        /compare "c++ ((" → answers privately “c++ ((”: I don't know that one
        /compare "taste.*(" → answers everyone “taste.*(”: Taste
    "#]];
    scene.check(typed.map(compare), expected).await;
    scene.finish().await;
}

#[tokio::test]
async fn what_is_no_question_is_said_only_to_the_asker() {
    let scene = Scene::start().await;
    let empty = [
        "",
        "   ",
        "🦀🦀🦀",
        "👩‍👩‍👧‍👦",
        "** ** __ __ ~~ ~~ || ||",
        "```\n```",
        "<@1100000000000000006> <@&7>",
        "\u{202e}\u{200b}",
        "((((",
        "\\",
    ];
    let unknown = ["zzz qqq", "日本語でお願いします", "ما هو الطقس", "é", "%s {} ${x}"];
    let cases = empty.into_iter().chain(unknown).flat_map(|typed| [compare(typed), ask(typed)]);
    let expected = expect![[r#"
        /compare "" → answers privately: I see no question there
        /ask "" → answers privately: I see no question there
        /compare "   " → answers privately: I see no question there
        /ask "   " → answers privately: I see no question there
        /compare "🦀🦀🦀" → answers privately “🦀🦀🦀”: I see no question there
        /ask "🦀🦀🦀" → answers privately “🦀🦀🦀”: I see no question there
        /compare "👩\u{200d}👩\u{200d}👧\u{200d}👦" → answers privately “👩👩👧👦”: I see no question there
        /ask "👩\u{200d}👩\u{200d}👧\u{200d}👦" → answers privately “👩👩👧👦”: I see no question there
        /compare "** ** __ __ ~~ ~~ || ||" → answers privately “** ** __ __ ~~ ~~ || ||”: I see no question there
        /ask "** ** __ __ ~~ ~~ || ||" → answers privately “** ** __ __ ~~ ~~ || ||”: I see no question there
        /compare "```\n```" → answers privately “``` ```”: I see no question there
        /ask "```\n```" → answers privately “``` ```”: I see no question there
        /compare "<@1100000000000000006> <@&7>" → answers privately “<@1100000000000000006> <…”: I see no question there
        /ask "<@1100000000000000006> <@&7>" → answers privately “<@1100000000000000006> <…”: I see no question there
        /compare "\u{202e}\u{200b}" → answers privately: I see no question there
        /ask "\u{202e}\u{200b}" → answers privately: I see no question there
        /compare "((((" → answers privately “((((”: I see no question there
        /ask "((((" → answers privately “((((”: I see no question there
        /compare "\\" → answers privately “\”: I see no question there
        /ask "\\" → answers privately “\”: I see no question there
        /compare "zzz qqq" → answers privately “zzz qqq”: I don't know that one
        /ask "zzz qqq" → answers privately “zzz qqq”: I don't know that one
        /compare "日本語でお願いします" → answers privately “日本語でお願いします”: English only
        /ask "日本語でお願いします" → answers privately “日本語でお願いします”: English only
        /compare "ما هو الطقس" → answers privately “ما هو الطقس”: English only
        /ask "ما هو الطقس" → answers privately “ما هو الطقس”: English only
        /compare "é" → answers privately “é”: I don't know that one
        /ask "é" → answers privately “é”: I don't know that one
        /compare "%s {} ${x}" → answers privately “%s {} ${x}”: I don't know that one
        /ask "%s {} ${x}" → answers privately “%s {} ${x}”: I don't know that one
    "#]];
    scene.check(cases, expected).await;
    scene.finish().await;
}

#[tokio::test]
async fn the_longest_text_that_discord_lets_through_is_answered() {
    let scene = Scene::start().await;
    let long = ["taste ", "é", "日本 ", "🦀", "<@1> ", "* ", "a\u{301}", "\n> "];
    for part in long {
        let text: String = part.chars().cycle().take(6000).collect();
        for (_, event) in [compare(&text), ask(&text)] {
            let sent = scene.interact(&event).await;
            assert_eq!(sent.answered, Some(204), "{part:?}");
            assert!(question(&sent).is_none_or(|question| question.chars().count() <= 256), "{part:?}");
        }
    }
    scene.finish().await;
}

#[tokio::test]
async fn what_a_person_typed_is_shown_only_where_no_mark_up_is_live() {
    let scene = Scene::start().await;
    let hostile = [
        "caffeine @everyone @here hostile",
        "caffeine <@1100000000000000006> <@&7> <#8> hostile",
        "caffeine **hostile** __a__",
        "caffeine [hostile](https://evil.example)",
        "caffeine https://evil.example/hostile",
        "caffeine ```hostile",
        "caffeine\n# hostile\n> b",
        "caffeine ||hostile|| <t:0:R> </ask:7> <:a:8>",
        "caffeine \u{202e}hostile\u{200b}",
        "zzz hostile qqq",
        "@everyone hostile",
    ];
    for text in hostile {
        for (_, event) in [compare(text), ask(text), answer_this(&by_somebody_else(text))] {
            let sent = scene.interact(&event).await;
            let question = question(&sent).expect("the question is shown").to_owned();
            assert!(question.contains("hostile"), "{question}");
            let invisible = |c: char| c.is_control() || matches!(c, '\u{202e}' | '\u{200b}');
            assert!(!question.contains(invisible), "{question:?}");
            let mut rest = sent.message().clone();
            rest["embeds"][0]["author"] = Value::Null;
            // The footer names words of the question, as bare letters.
            let footer = rest["embeds"][0]["footer"].take().to_string();
            assert!(!footer.contains(['@', '<', '*', '_', '[', '`', '|', '#']), "{footer}");
            let rest = rest.to_string();
            assert!(!rest.contains("hostile") && !rest.contains("@everyone"), "{rest}");
        }
    }
    scene.finish().await;
}

#[tokio::test]
async fn an_answer_is_an_embed_with_buttons() {
    let scene = Scene::start().await;
    let sent = scene.interact(&ask("which has more caffeine?").1).await;
    expect![[r#"
        which has more caffeine?

        Caffeine

        **Coffee wakes you up faster.**

        🍵 Tea ━━━━━━━━● Coffee ☕
        **Clearly Coffee**
        🍵 About 40 mg a cup. [¹](https://example.org/leaf)
        ☕ About 90 mg a cup. [²](https://example.org/bean)

        Checked on 1 November 2026. Understood by “caffeine”.

        [Details] [Sources · 2] [Taste] [🗑️]
    "#]]
    .assert_eq(&sent::text(&sent));
    let embed = &sent.message()["embeds"][0];
    assert_eq!((&embed["color"], &embed["fields"]), (&json!(0x7B_3F_00), &Value::Null));
    scene.finish().await;
}
