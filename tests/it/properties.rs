//! What holds for every text there is.

use once_cell::sync::Lazy;
use proptest::prelude::*;
use versus::domain::core::Core;
use versus::domain::deciding::Decision;
use versus::domain::request::Request;
use versus::presentation::{Reader, misfits};
use versus::shell::data;

static CORE: Lazy<Core> = Lazy::new(|| data::load(None).expect("the compiled-in knowledge is good"));

fn decision(text: &str) -> Decision {
    CORE.decide(text).1
}

/// Texts as people write them, and texts as nobody does.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), question(), "[\\PC\n<>@#:/*_`|~()\\[\\]{}+?^$.\\\\]{0,200}"]
}

/// Words of our own questions and others, in any order.
fn question() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "is",
        "python",
        "node",
        "faster",
        "slow",
        "async",
        "memory",
        "leak",
        "which",
        "shop",
        "chat",
        "testing",
        "jest",
        "pytest",
        "GIL",
        "deploy",
        "docker",
        "learn",
        "performence",
        "databse",
        "日本",
        "é",
        "🦀",
        "c++",
        "the",
        "for",
        "or",
        "vs",
        "build",
    ]);
    prop::collection::vec(words, 1..12).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn any_text_is_answered_within_the_limits(text in any_text()) {
        let reader = Reader { question: Some(text.clone()), ..Reader::default() };
        for request in [Request::Ask(text.clone()), Request::Compare(text.clone())] {
            let reply = crate::road::reply(&CORE, &request, &reader);
            prop_assert_eq!(misfits(&reply), Vec::new());
        }
        prop_assert!(CORE.complete(&text, 25).len() <= 25);
        let understanding = CORE.matcher().understand(&text);
        let sum: f32 = understanding.candidates.iter().map(|candidate| candidate.score).sum();
        prop_assert!((0.0..=1.001).contains(&sum), "the probabilities add up to {}", sum);
    }

    #[test]
    fn case_does_not_matter(text in question()) {
        prop_assert_eq!(decision(&text.to_uppercase()), decision(&text));
    }

    #[test]
    fn accents_do_not_matter(text in question()) {
        let accented: String = text.chars().flat_map(|c| [Some(c), c.is_ascii_alphabetic().then_some('\u{301}')]).flatten().collect();
        prop_assert_eq!(decision(&accented), decision(&text));
    }

    #[test]
    fn surrounding_punctuation_does_not_matter(text in question(), before in "[ .,;:!?\"(\\[{-]{0,4}", after in "[ .,;:!?\")\\]}-]{0,4}") {
        prop_assert_eq!(decision(&format!("{before}{text}{after}")), decision(&text));
    }

    #[test]
    fn mark_up_does_not_matter(text in question(), mark in prop::sample::select(vec!["*", "**", "_", "__", "~~", "||", "`", "```"])) {
        prop_assert_eq!(decision(&format!("{mark}{text}{mark}")), decision(&text));
        prop_assert_eq!(decision(&format!("<@123456789012345678> {text} <:emoji:1>")), decision(&text));
    }
}
