//! What questions are understood to mean, from the outside: text in, label out.

use once_cell::sync::Lazy;
use versus::domain::core::Core;
use versus::domain::deciding::{Decision, confidence};

use versus::shell::data;

static CORE: Lazy<Core> = Lazy::new(|| data::load(None).expect("the compiled-in knowledge is good"));

fn label(text: &str) -> String {
    match CORE.decide(text).1 {
        Decision::Answer(label) => label.name(CORE.knowledge()),
        Decision::Ask(_) => "ask".to_owned(),
        Decision::Unknown => "none".to_owned(),
    }
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(label(text), expected, "{text}");
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
