//! What questions are understood to mean, from the outside: text in, label out.

use once_cell::sync::Lazy;
use versus::domain::answer::Answer;
use versus::domain::core::Core;
use versus::domain::deciding::{Decision, confidence};
use versus::domain::request::Request;

use versus::shell::data;

use crate::road;

static CORE: Lazy<Core> = Lazy::new(|| data::load(None).expect("the compiled-in knowledge is good"));

fn label(text: &str) -> String {
    match CORE.decide(text).1 {
        Decision::Answer(label) => label.name(CORE.knowledge()),
        Decision::Ask(_) => "ask".to_owned(),
        Decision::Other(_) => "other".to_owned(),
        Decision::SmallTalk(_) => "smalltalk".to_owned(),
        Decision::Foreign(_) | Decision::Unknown => "none".to_owned(),
    }
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(label(text), expected, "{text}");
}

/// Checks what a text means most likely, whether that is answered at once or offered first.
#[track_caller]
fn check_meant(text: &str, expected: &str) {
    let meant = match CORE.decide(text).1 {
        Decision::Answer(label) => Some(label),
        Decision::Ask(labels) => labels.first().copied(),
        _ => None,
    };
    assert_eq!(meant.map(|label| label.name(CORE.knowledge())).as_deref(), Some(expected), "{text}");
}

#[test]
fn plain_questions_are_understood() {
    check("which is faster, python or node?", "compare:speed");
    check("who invented node.js", "compare:creator");
    check("is the GIL still a problem", "compare:concurrency");
    check("pytest or jest", "compare:testing");
    check("we build a ticket shop with a cart and checkout, which stack?", "recommend:e-commerce");
    check("i'm new here, where do I start?", "onboarding");
    check("what can you do", "help");
    check("how do I read a file in python", "none");
}

#[test]
fn spelling_case_accents_and_mark_up_do_not_matter() {
    check("PERFORMENCE", "compare:speed");
    check("wich has better performence", "compare:speed");
    check("assync style of both", "compare:async");
    check("debuging experience", "compare:error-handling");
    check("**memory** usage of `py` vs `njs`?!", "compare:memory");
    check("<@123456789012345678> which uses more ｍｅｍｏｒｙ 🦀", "compare:memory");
    check("is pythón slów", "compare:speed");
    check("https://example.org/speed memory footprint", "compare:memory");
}

#[test]
fn what_means_nothing_here_is_not_answered() {
    for text in [
        "",
        "   ",
        "🦀🦀🦀",
        "<@123456789012345678>",
        "日本語で話せますか",
        "qwrtz plmkn",
        "é 🦀 日",
        "((((",
        "\u{202e}\u{200b}",
    ] {
        check(text, "none");
    }
}

/// The lines of a table: a text, and what is expected.
fn table(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split_once('\t').unwrap_or_else(|| panic!("{line:?} has no tab")))
}

/// Reports all lines at once that came out otherwise.
#[track_caller]
fn check_table(text: &'static str, got: impl Fn(&str) -> String) {
    let wrong: Vec<String> = table(text)
        .map(|(text, expected)| (text, expected, got(text)))
        .filter(|(_, expected, got)| expected != got)
        .map(|(text, expected, got)| format!("{text:?}: expected {expected:?}, got {got:?}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn small_talk_is_answered_with_a_sentence_and_never_with_a_card() {
    check_table(include_str!("understanding/smalltalk.tsv"), |text| {
        match CORE.decide(text).1 {
            Decision::SmallTalk(_) => "smalltalk",
            Decision::Answer(_) | Decision::Ask(_) => "question",
            _ => "something else",
        }
        .to_owned()
    });
}

#[test]
fn other_languages_are_recognised_and_english_is_none_of_them() {
    check_table(include_str!("understanding/languages.tsv"), |text| match CORE.decide(text).1 {
        Decision::Foreign(language) => format!("{language:?}"),
        _ => String::new(),
    });
}

#[test]
fn what_is_set_against_something_that_is_not_compared_is_named() {
    check_table(include_str!("understanding/pairings.tsv"), |text| {
        let request = Request::Ask(text.to_owned());
        match road::answer(&CORE, &request) {
            Answer::Other(other) => {
                let rivals: Vec<&str> = other.rivals.iter().map(|(name, _)| *name).collect();
                format!("other\t{}", rivals.join(", "))
            }
            _ => "ours".to_owned(),
        }
    });
}

#[test]
fn a_question_about_the_two_is_ours() {
    check_meant("how does async await differ between the two", "compare:async");
    check_meant("what is the difference in typing between them", "compare:typing");
}

#[test]
fn questions_about_the_bot_are_help() {
    for text in [
        "who made you",
        "what can you do?",
        "are you an AI",
        "are you a bot or a human",
        "how do I delete your answer",
        "where does your data come from",
        "who built you",
        "is there an AI behind your answers",
        "can I remove an answer of yours",
        "what are your answers based on",
    ] {
        check_meant(text, "help");
    }
}

#[test]
fn what_the_bot_is_and_who_made_it_is_help_and_what_something_else_is_is_not() {
    check_table(include_str!("understanding/about-the-bot.tsv"), |text| match label(text).as_str() {
        "help" => "help".to_owned(),
        _ => "something else".to_owned(),
    });
}

#[test]
fn any_text_is_understood_as_something() {
    let texts = ["é".repeat(6_000), "日".repeat(10_000), "🦀 ".repeat(6_000), "a ".repeat(6_000), "<@1>".repeat(2_000)];
    for text in texts {
        let understanding = CORE.matcher().understand(&text);
        assert!((0.0..=1.0).contains(&confidence(&understanding)));
    }
}

/// The ids that an autocompletion offers first.
#[track_caller]
fn check_complete(typed: &str, expected: &[&str]) {
    let ids: Vec<&str> = CORE.complete(typed, 25).iter().map(|topic| topic.entry.id.as_str()).collect();
    assert_eq!(ids.get(..expected.len()).unwrap_or(&ids), expected, "{typed}: {ids:?}");
}

#[test]
fn topics_are_completed_by_prefix_alias_and_in_spite_of_typing_errors() {
    check_complete("spe", &["speed"]);
    check_complete("Memory", &["memory"]);
    check_complete("pytest", &["testing"]);
    check_complete("pip", &["package-management"]);
    check_complete("GIL", &["concurrency"]);
    check_complete("performence", &["speed"]);
    check_complete("databse", &["databases"]);
    check_complete("how many threads can it use", &["concurrency"]);
    assert_eq!(CORE.complete("", 25).len(), 25);
    assert_eq!(CORE.complete("", 25).first().map(|topic| topic.category.as_str()), Some("basics"));
}
