//! Knowledge whose texts and lists are as long as `parse` allows, or longer than any message where it sets no limit.

use std::fmt::Write;

use versus::domain::knowledge::{Parsed, parse};

/// What texts are made of, and how many characters they have where `parse` sets no limit.
pub(super) const TEXTS: [(&str, usize); 5] =
    [("x", 7000), ("🦀", 300), ("é日🦀 word ", 1100), ("*_`~|[]<@>#-\\", 520), ("a\n- b ", 90)];

const TOPICS: usize = 130;
const PROJECTS: usize = 30;
const FACTORS: usize = 40;
const VALUES: usize = 6;
const CRITERIA: usize = 30;
const PATHS: usize = 6;
const QUESTIONS: usize = 6;
const SOURCES: usize = 12;
const CATEGORIES: usize = 30;

/// Makes texts out of a unit.
#[derive(Clone, Copy)]
struct Texts<'u> {
    unit: &'u str,
    /// Characters where there is no limit.
    most: usize,
}

impl Texts<'_> {
    /// A text of exactly so many characters, quoted, that differs from those of other numbers.
    fn exactly(self, length: usize, number: usize) -> String {
        let text: String = format!("{number} ").chars().chain(self.unit.chars().cycle()).take(length).collect();
        // What ends with a blank could be taken for shorter.
        let text = text.trim_end().chars().chain("x".chars().cycle()).take(length).collect::<String>();
        serde_json::to_string(&text).expect("a text can be quoted")
    }

    /// A text where there is no limit.
    fn free(self, number: usize) -> String {
        self.exactly(self.most, number)
    }
}

/// The data, read.
pub(super) fn data(unit: &str, most: usize) -> Parsed {
    let texts = Texts { unit, most };
    let mut files = vec![
        ("comparison.toml".to_owned(), comparison(texts)),
        ("sources.toml".to_owned(), sources(texts)),
        ("criteria.toml".to_owned(), criteria(texts)),
        ("onboarding/quiz.toml".to_owned(), quiz(texts)),
        (
            "intents/help.toml".to_owned(),
            format!("words = []\nquestions = []\nexamples = {}\n", list(8, |at| texts.free(at))),
        ),
    ];
    files.extend((0..TOPICS).map(|number| (format!("topics/{}.toml", id("topic", number, 40)), topic(texts, number))));
    files.extend(
        (0..PROJECTS).map(|number| (format!("projects/{}.toml", id("kind", number, 40)), project(texts, number))),
    );
    files.extend(
        (0..PATHS).map(|number| (format!("onboarding/paths/{}.toml", id("path", number, 20)), path(texts, number))),
    );
    parse(&files).expect("the data is within what is allowed")
}

/// An id of exactly so many letters.
fn id(name: &str, number: usize, length: usize) -> String {
    format!("{name}-{number:0width$}", width = length - name.len() - 1)
}

fn list(count: usize, item: impl Fn(usize) -> String) -> String {
    let items: Vec<String> = (0..count).map(item).collect();
    format!("[{}]", items.join(", "))
}

fn cited(count: usize) -> String {
    list(count, |number| format!("\"s{number}\""))
}

fn comparison(texts: Texts<'_>) -> String {
    let mut out =
        format!("title = {}\n[article]\ntitle = {}\nas_of = {}\n", texts.free(0), texts.free(1), texts.free(2));
    for (number, side) in ["left", "right"].into_iter().enumerate() {
        let name = texts.free(number);
        let _ = writeln!(
            out,
            "[[subject]]\nid = \"{side}\"\nname = {name}\nemoji = {name}\ncolour = \"#FFFFFF\"\nwords = [\"{side}\"]"
        );
    }
    for number in 0..CATEGORIES {
        let _ = writeln!(out, "[[category]]\nid = \"c{number}\"\ntitle = {}", texts.free(number));
    }
    out
}

fn sources(texts: Texts<'_>) -> String {
    let source = |number: usize| {
        let path = "u".repeat(texts.most.min(1500));
        let title = texts.free(number);
        format!(
            "[s{number}]\ntitle = {title}\nurl = \"https://example.org/{number}{path}\"\nas_of = \"2026-11-01\"\nsecond_hand = true\n"
        )
    };
    (0..SOURCES).map(source).collect()
}

/// What a topic and a project share, for a number of claims of the article.
fn entry(texts: Texts<'_>, number: usize) -> String {
    let related = list(8, |at| format!("\"{}\"", id("topic", (number + at + 1) % TOPICS, 40)));
    format!(
        "title = {}\ntakeaway = {}\nleaning = \"left\"\nstrength = \"strong\"\nreason = {}\nchecked = 2026-11-01\nrelated = {related}\n",
        texts.free(number),
        texts.free(number),
        texts.free(number),
    )
}

fn claims(texts: Texts<'_>, count: usize) -> String {
    let claim = |number: usize| {
        let text = texts.free(number);
        format!(
            "[[article]]\nsays = {text}\nwhere = {text}\nverdict = \"misleading\"\ntoday = {text}\nsources = {}\n",
            cited(SOURCES)
        )
    };
    (0..count).map(claim).collect()
}

fn ask(word: &str, number: usize) -> String {
    format!("[ask]\nwords = [\"{word}{number}\"]\nquestions = [\"what about {word}{number}\"]\n")
}

fn topic(texts: Texts<'_>, number: usize) -> String {
    // A few are as full as they can be; the others fill the lists.
    let (texts, points) = if number < 3 { (texts, 10) } else { (Texts { most: 90, ..texts }, 1) };
    let mut out = format!("category = \"c{}\"\n{}", number % CATEGORIES, entry(texts, number));
    for side in ["left", "right"] {
        for point in 0..points {
            let _ = writeln!(out, "[[sides.{side}]]\ntext = {}\nsources = {}", texts.free(point), cited(points));
        }
    }
    out + &claims(texts, points) + &ask("topic", number)
}

fn project(texts: Texts<'_>, number: usize) -> String {
    let texts = if number < 3 { texts } else { Texts { most: 90, ..texts } };
    let mut out =
        format!("{}sources = {}\nimplies = {{ f0 = [\"v0\", \"v1\"] }}\n", entry(texts, number), cited(SOURCES));
    for weight in 0..8 {
        out += &format!("[[weight]]\n{}", weighs(texts, weight));
    }
    out + &claims(texts, if number < 3 { 6 } else { 1 }) + &ask("kind", number)
}

fn weighs(texts: Texts<'_>, number: usize) -> String {
    let toward = if number.is_multiple_of(2) { "left" } else { "right" };
    let reason = texts.exactly(150, number);
    let criterion = number % CRITERIA;
    format!(
        "criterion = \"k{criterion}\"\ntoward = \"{toward}\"\npoints = 4\nreason = {reason}\nsources = {}\n",
        cited(SOURCES)
    )
}

fn criteria(texts: Texts<'_>) -> String {
    let mut out = String::new();
    for number in 0..CRITERIA {
        let _ = writeln!(
            out,
            "[[criterion]]\nid = \"k{number}\"\ntitle = {}\ntopic = \"{}\"",
            texts.exactly(22, number),
            id("topic", number, 40)
        );
    }
    for factor in 0..FACTORS {
        let (title, question) = (texts.exactly(40, factor), texts.exactly(100, factor));
        let _ = writeln!(
            out,
            "[[factor]]\nid = \"f{factor}\"\ncode = \"F{factor}\"\ntitle = {title}\nquestion = {question}\nmany = true"
        );
        for value in 0..VALUES {
            let title = texts.exactly(40, value);
            let _ = writeln!(
                out,
                "[[factor.value]]\nid = \"v{value}\"\ncode = \"v{value}\"\ntitle = {title}\nwords = [\"said{factor} so{value}\"]"
            );
            out += &format!("doubles = [\"k{value}\"]\n[[factor.value.weight]]\n{}", weighs(texts, factor + value));
        }
    }
    out
}

fn path(texts: Texts<'_>, number: usize) -> String {
    let mut out = format!(
        "title = {}\ndescription = {}\nchecked = 2026-11-01\n",
        texts.exactly(40, number),
        texts.exactly(100, number)
    );
    for step in 0..9 {
        let (title, text) = (texts.exactly(60, step), texts.exactly(650, step));
        let topic = id("topic", step, 40);
        let _ = writeln!(
            out,
            "[[step]]\nid = \"{}\"\ntitle = {title}\ntext = {text}\ntopic = \"{topic}\"\nsources = {}",
            id("step", step, 20),
            cited(SOURCES)
        );
    }
    out
}

fn quiz(texts: Texts<'_>) -> String {
    let question = |number: usize| {
        let answer = |at: usize| texts.exactly(100, at);
        let topic = id("topic", number, 40);
        format!(
            "[[question]]\nid = \"{}\"\ntext = {}\nright = {}\nwrong = {}\nexplanation = {}\ntopic = \"{topic}\"\nsources = {}\n",
            id("question", number, 24),
            texts.exactly(200, number),
            answer(0),
            list(5, |at| answer(at + 1)),
            texts.exactly(300, number),
            cited(SOURCES),
        )
    };
    (0..QUESTIONS).map(question).collect()
}
