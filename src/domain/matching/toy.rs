//! A small comparison for the tests of this folder: tea against coffee.

use super::{Label, Matcher};
use crate::knowledge::{Knowledge, Parsed, parse};

const COMPARISON: &str = r##"
title = "Tea or coffee?"
article = { title = "Cups Compared", as_of = "2001" }
subject = [
  { id = "tea", name = "Tea", emoji = "🍵", colour = "#000001", words = ["tea", "chai"] },
  { id = "coffee", name = "Coffee", emoji = "☕", colour = "#000002", words = ["coffee", "espresso"] },
]
category = [{ id = "cup", title = "In the cup" }]
"##;

const VOCABULARY: &str = r#"
same = [["caffeine", "coffein"], ["cheap", "low budget"]]
others = ["cocoa", "hot chocolate"]
choosing = ["or", "which"]
tools = { tea = ["samovar", "gong fu"], coffee = ["moka", "french press"] }
"#;

const SOURCES: &str = "leaf = { title = \"The Leaf\", url = \"https://example.org\", as_of = \"2026\" }";

/// What is none of the topics.
const NONE: [&str; 5] =
    ["who won the match?", "good morning", "the meeting is at noon", "please restart the printer", "see you later"];

/// A topic: its id, its title, the words by which people ask for it, and questions.
pub(crate) type ToyTopic<'t> = (&'t str, &'t str, &'t [&'t str], &'t [&'t str]);

/// What is asked of a toy.
pub(crate) struct Toy {
    pub(crate) knowledge: Knowledge,
    pub(crate) matcher: Matcher,
}

/// Three topics about tea and coffee.
pub(crate) fn tea_and_coffee() -> Toy {
    toy(&[
        (
            "caffeine",
            "Caffeine",
            &["caffeine", "awake", "jittery"],
            &[
                "which has more caffeine?",
                "what keeps me awake longer",
                "which one wakes me up",
                "too strong at night?",
            ],
        ),
        (
            "price",
            "Price",
            &["price", "cheap", "cost"],
            &["which one is cheaper?", "what does a cup cost", "how much is a pound", "the price of a cup"],
        ),
        (
            "taste",
            "Taste",
            &["taste", "flavour", "bitter"],
            &["which one tastes better?", "is it bitter", "what has the finer flavour", "the better taste"],
        ),
    ])
}

/// A comparison of tea and coffee on these topics, whose ids stand in order.
pub(crate) fn toy(topics: &[ToyTopic<'_>]) -> Toy {
    let mut files = vec![
        ("comparison.toml".to_owned(), COMPARISON.to_owned()),
        ("vocabulary.toml".to_owned(), VOCABULARY.to_owned()),
        ("sources.toml".to_owned(), SOURCES.to_owned()),
        ("intents/none.toml".to_owned(), format!("words = []\nquestions = {NONE:?}\n")),
    ];
    files.extend(topics.iter().map(|topic| (format!("topics/{}.toml", topic.0), topic_file(topic))));
    let Parsed { knowledge, examples, .. } = parse(&files).expect("the toy is good");
    Toy { matcher: Matcher::new(&examples), knowledge }
}

fn topic_file((_, title, words, questions): &ToyTopic<'_>) -> String {
    let point = "[{ text = \"It is.\", sources = [\"leaf\"] }]";
    format!(
        "title = {title:?}\ncategory = \"cup\"\ntakeaway = \"It depends.\"\nleaning = \"depends\"\nreason = \"It depends.\"\n\
         checked = 2026-11-01\nrelated = []\nsides = {{ tea = {point}, coffee = {point} }}\n\
         ask = {{ words = {words:?}, questions = {questions:?} }}\n"
    )
}

impl Toy {
    /// The label of a topic.
    pub(crate) fn topic(&self, id: &str) -> Label {
        let at = self.knowledge.topics.iter().position(|topic| topic.entry.id == id);
        Label::Compare(at.expect("the topic is there"))
    }
}
