//! A small comparison for the tests of this folder: "left" against "right", weighed by "speed" and "ease".

use super::{Phrases, Reading};
use crate::knowledge::{Knowledge, Parsed, parse};
use crate::matching::Matcher;
use crate::request::{Description, Kind};

const COMPARISON: &str = r##"
title = "Left or right?"
article = { title = "Sides", as_of = "2001" }
subject = [
  { id = "left", name = "Left", emoji = "⬅", colour = "#000001", words = ["left", "lefty"] },
  { id = "right", name = "Right", emoji = "➡", colour = "#000002", words = ["right"] },
]
category = [{ id = "all", title = "All" }]
"##;

const VOCABULARY: &str = r#"
same = [["front end", "frontend"]]
others = []
negating = ["not", "without"]
joining = ["and"]
tools = { left = ["hammer"], right = ["saw"] }
"#;

const CRITERIA: &str = r#"
criterion = [
  { id = "speed", title = "Speed", topic = "speed" },
  { id = "ease", title = "Ease", topic = "ease" },
]
groups = { person = ["folks", "people"] }
"#;

/// The fields of a topic and of a kind of project that do not matter here.
const ENTRY: &str = r#"
title = "An entry"
takeaway = "It depends."
leaning = "depends"
reason = "It depends."
checked = 2026-11-01
related = []
"#;

/// What is asked of a toy.
pub(super) struct Toy {
    pub(super) knowledge: Knowledge,
    matcher: Matcher,
    pub(super) phrases: Phrases,
}

/// A weight: its criterion, its side and its points.
type Weight = (&'static str, &'static str, u8);

/// A toy of these factors and kinds of project.
pub(super) fn toy(factors: &[String], projects: &[(&str, String)]) -> Toy {
    let topic = |words: &str| {
        let point = "[{ text = \"It is.\", sources = [\"page\"] }]";
        format!("category = \"all\"\n{ENTRY}sides = {{ left = {point}, right = {point} }}\nask = {words}\n")
    };
    let mut files = vec![
        ("comparison.toml".to_owned(), COMPARISON.to_owned()),
        ("vocabulary.toml".to_owned(), VOCABULARY.to_owned()),
        ("criteria.toml".to_owned(), format!("{CRITERIA}{}", factors.concat())),
        (
            "sources.toml".to_owned(),
            "page = { title = \"Page\", url = \"https://example.org\", as_of = \"2026\" }".into(),
        ),
        ("topics/ease.toml".to_owned(), topic("{ words = [\"ease\"], questions = [\"which is easier to learn?\"] }")),
        ("topics/speed.toml".to_owned(), topic("{ words = [\"speed\"], questions = [\"which one runs faster?\"] }")),
        ("intents/none.toml".to_owned(), "words = [\"weather\"]\nquestions = [\"who won the match?\"]".to_owned()),
    ];
    files.extend(projects.iter().map(|(id, text)| (format!("projects/{id}.toml"), text.clone())));
    let Parsed { knowledge, examples, .. } = parse(&files).expect("the toy is good");
    let matcher = Matcher::new(&examples);
    let phrases = Phrases::new(&knowledge, &examples, &matcher);
    Toy { knowledge, matcher, phrases }
}

/// A factor in which one value holds at a time, or several.
pub(super) fn factor(code: &str, many: bool, values: &[String]) -> String {
    let head =
        format!("id = \"{code}\"\ncode = \"{code}\"\ntitle = \"{code}\"\nquestion = \"{code}?\"\nmany = {many}\n");
    format!("\n[[factor]]\n{head}{}", values.concat())
}

/// A value of a factor; `fields` are further ones, such as its words.
pub(super) fn value(code: &str, fields: &str, weights: &[Weight]) -> String {
    let head = format!("id = \"{code}\"\ncode = \"{code}\"\ntitle = \"{code}\"\n{fields}\n");
    let weights: String =
        weights.iter().map(|weight| format!("[[factor.value.weight]]\n{}", fields_of(weight))).collect();
    format!("[[factor.value]]\n{head}{weights}")
}

/// A kind of project; `fields` are further ones, such as the values that go with it.
pub(super) fn project(ask: &str, fields: &str, weights: &[Weight]) -> String {
    let weights: String = weights.iter().map(|weight| format!("[[weight]]\n{}", fields_of(weight))).collect();
    let ask = format!("[ask]\nwords = [\"{ask}\"]\nquestions = [\"we build a {ask}\", \"which one for a {ask}?\"]\n");
    format!("{ENTRY}sources = [\"page\"]\n{fields}\n{weights}{ask}")
}

fn fields_of((criterion, side, points): &Weight) -> String {
    let head = format!("criterion = \"{criterion}\"\ntoward = \"{side}\"\npoints = {points}\n");
    format!("{head}reason = \"{points} for {side} by {criterion}.\"\nsources = [\"page\"]\n")
}

/// A description: the id of its kind, blank where it is open and `-` where it was left open, and the codes of each factor.
pub(super) fn describe(kind: &str, stated: &[(&str, &[&str])]) -> Description {
    let kind = match kind {
        "" => Kind::Open,
        "-" => Kind::Skipped,
        id => Kind::Of(id.to_owned()),
    };
    let codes = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect();
    let stated = stated.iter().map(|(factor, values)| ((*factor).to_owned(), codes(values))).collect();
    Description { kind, stated, changing: None }
}

impl Toy {
    pub(super) fn read(&self, text: &str) -> Reading {
        let mut understanding = self.matcher.understand(text);
        (understanding.kinds, _) = self.phrases.kinds(&understanding);
        self.phrases.read(&self.knowledge, &self.matcher, &understanding)
    }

    /// The values that a text states, such as `T:l P:ab`.
    pub(super) fn stated(&self, text: &str) -> String {
        let stated = self.read(text).description.stated.into_iter();
        let stated = stated.map(|(factor, values)| format!("{factor}:{}", values.into_iter().collect::<String>()));
        stated.collect::<Vec<_>>().join(" ")
    }
}
