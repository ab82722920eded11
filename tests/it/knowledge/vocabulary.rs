//! `vocabulary.toml` and the files below `intents/`.

use expect_test::{Expect, expect};
use versus::domain::knowledge::parse;

use super::{OTHER, check, check_added, other_and, parsed};

/// A vocabulary of the small comparison.
const WORDS: &str = "same = [[\"cup\", \"mug\"], [\"teatime\", \"tea time\"]]
others = [\"cocoa\", \"é 日 🦀\"]
choosing = [\"or\"]
negating = [\"no\"]
joining = [\"and\"]
[tools]
tea = [\"pot\"]
coffee = [\"press\", \"mill\"]
";

#[test]
fn a_vocabulary_is_learned_from_and_may_be_left_out() {
    assert!(parsed(OTHER).examples.vocabulary.same.is_empty());
    let parsed = parse(&other_and("vocabulary.toml", WORDS)).expect("the data is good");
    let vocabulary = parsed.examples.vocabulary;
    assert_eq!(vocabulary.same, [["cup", "mug"], ["teatime", "tea time"]]);
    let names = vocabulary.tools.map(|tools| tools.into_iter().map(|tool| tool.name).collect::<Vec<_>>());
    assert_eq!(names, [vec!["pot"], vec!["press", "mill"]]);
    assert_eq!(vocabulary.rivals, [["cocoa"], ["é 日 🦀"]], "an older folder does not say which are rivals");
    assert_eq!((vocabulary.choosing, vocabulary.negating, vocabulary.joining), words("or", "no", "and"));
}

fn words(choosing: &str, negating: &str, joining: &str) -> (Vec<String>, Vec<String>, Vec<String>) {
    let [choosing, negating, joining] = [choosing, negating, joining].map(|word| vec![word.to_owned()]);
    (choosing, negating, joining)
}

#[test]
fn each_problem_of_a_vocabulary_is_reported_with_its_line() {
    #[track_caller]
    fn check(old: &str, new: &str, expected: Expect) {
        assert!(WORDS.contains(old), "the vocabulary does not contain {old:?}");
        check_added("vocabulary.toml", &WORDS.replacen(old, new, 1), expected);
    }
    check("", "", expect![[""]]);
    check("same", "some", expect!["vocabulary.toml:1: `some` is not a field of the vocabulary, did you mean `same`"]);
    check(
        "\"teatime\"",
        "\"mug\"",
        expect!["vocabulary.toml:1: `mug` stands in two groups of `same`, expected it in one"],
    );
    check(
        "[[\"cup\", \"mug\"]",
        "[\"cup\"",
        expect![[
            r#"vocabulary.toml:1: `same` must be a list of lists of words that mean the same: invalid type: string "cup", expected a sequence"#
        ]],
    );
    check(
        "others",
        "other",
        expect!["vocabulary.toml:2: `other` is not a field of the vocabulary, did you mean `others`"],
    );
    check("choosing = [\"or\"]", "choosing = \"or\"", expect!["vocabulary.toml:3: `choosing` must be a list of texts"]);
    check(
        "[tools]",
        "[tool]",
        expect!["vocabulary.toml:6: `tool` is not a field of the vocabulary, did you mean `tools`"],
    );
    check(
        "coffee = ",
        "cocoa = ",
        expect![[r#"
        vocabulary.toml:6: the tools has no `coffee`, expected a list of texts
        vocabulary.toml:8: `cocoa` is not a field of the tools, expected one of tea, coffee"#]],
    );
}

#[test]
fn intents_are_learned_from_and_may_be_left_out() {
    let examples = parsed(OTHER).examples;
    assert_eq!(examples.none.words, ["weather", "football"]);
    assert_eq!(examples.none.questions.len(), 4);
    assert!(examples.onboarding.questions.is_empty() && examples.help.questions.is_empty());
    let help = "examples = [\"tea or coffee?\"]\nwords = [\"help\"]\nquestions = [\"what can you do é 日 🦀\"]\n";
    let parsed = parse(&other_and("intents/help.toml", help)).expect("the data is good");
    assert_eq!(parsed.knowledge.sample_questions, ["tea or coffee?"]);
    assert_eq!(parsed.examples.help.questions, ["what can you do é 日 🦀"]);
}

#[test]
fn what_is_not_answered_may_be_sorted_into_one_file_a_kind() {
    let sport = "words = [\"goal\"]\nquestions = [\"who won, Żubry or 日本? 🦀\"]\n";
    let near = parse(&other_and("intents/none/sport-2.toml", sport)).expect("the data is good").examples.near;
    assert_eq!(near[0].words, ["goal"]);
    assert_eq!(near[0].questions, ["who won, Żubry or 日本? 🦀"]);
    check_added(
        "intents/none/Sport.toml",
        "words = []\nquestion = []\n",
        expect![[r#"
            intents/none/Sport.toml:1: `Sport` cannot be an id, expected a name of a–z, 0–9 and -, at most 40 long
            intents/none/Sport.toml:2: `question` is not a field of an intent, did you mean `questions`"#]],
    );
}

#[test]
fn each_problem_of_an_intent_is_reported_with_its_line() {
    let none = "intents/none.toml";
    check(
        none,
        "words",
        "word",
        expect!["intents/none.toml:1: `word` is not a field of an intent, did you mean `words`"],
    );
    check(
        none,
        "\"weather\"",
        "7",
        expect!["intents/none.toml:1: `words` must be a list of texts: invalid type: integer `7`, expected a string"],
    );
    check_added(
        "intents/smalltalk.toml",
        "greeting = [\"hi\"]\nthanks = []\npraise = []\nbye = []\n",
        expect![[r#"
            intents/smalltalk.toml:1: the small talk has no `goodbye` (a list of texts), no `around` (a list of texts)
            intents/smalltalk.toml:4: `bye` is not a field of the small talk, expected one of greeting, thanks, goodbye, praise, around"#]],
    );
    check_added(
        "intents/bye.toml",
        "words = []\nquestions = []\n",
        expect![
            "intents/bye.toml:1: the file belongs to nothing, expected comparison, sources, criteria, releases or vocabulary.toml or one in topics/, projects/, tools/, intents/ or onboarding/"
        ],
    );
}
