//! How many questions are understood that nothing was learned from. The floors are what was measured, less a little.
//!
//! `phrasings/*.jsonl` was written by people who did not see the data. Every third line of it is held back: nobody reads it while
//! improving the matching, so that its numbers stay honest.

use once_cell::sync::Lazy;
use serde::Deserialize;
use versus::domain::core::Core;
use versus::domain::deciding::Decision;
use versus::domain::matching::Label;
use versus::shell::data;

static CORE: Lazy<Core> = Lazy::new(|| data::load(None).expect("the compiled-in knowledge is good"));

const FILES: [(&str, &str); 3] = [
    ("short", include_str!("phrasings/short.jsonl")),
    ("conversational", include_str!("phrasings/conversational.jsonl")),
    ("forum", include_str!("phrasings/forum.jsonl")),
];

/// A question and what it means.
#[derive(Deserialize)]
struct Phrasing {
    text: String,
    label: String,
    also: Vec<String>,
}

/// Shares of the questions, 0–1.
#[derive(Debug)]
struct Shares {
    right: f64,
    in_first_three: f64,
    none: f64,
}

fn measure(held_back: bool) -> Shares {
    let lines = FILES.into_iter().flat_map(|(_, text)| text.lines().enumerate());
    let lines = lines.filter(|(at, _)| (at % 3 == 2) == held_back);
    let phrasings = lines.map(|(_, line)| serde_json::from_str::<Phrasing>(line).expect("it is a phrasing"));
    let (none, questions): (Vec<_>, Vec<_>) = phrasings.partition(|phrasing| phrasing.label == "none");
    let share = |count: usize, of: &[Phrasing]| count as f64 / of.len() as f64;
    let right = |phrasing: &&Phrasing| phrasing.accepts(&acted_on(&phrasing.text));
    let three = |phrasing: &&Phrasing| first_three(&phrasing.text).iter().any(|label| phrasing.accepts(label));
    Shares {
        right: share(questions.iter().filter(right).count(), &questions),
        in_first_three: share(questions.iter().filter(three).count(), &questions),
        none: share(none.iter().filter(right).count(), &none),
    }
}

impl Phrasing {
    fn accepts(&self, label: &str) -> bool {
        self.label == label || self.also.iter().any(|also| also == label)
    }
}

fn acted_on(text: &str) -> String {
    match CORE.decide(text).1 {
        Decision::Answer(label) => label.name(CORE.knowledge()),
        Decision::Ask(_) | Decision::Unknown => Label::None.name(CORE.knowledge()),
    }
}

fn first_three(text: &str) -> Vec<String> {
    let candidates = CORE.matcher().understand(text).candidates;
    candidates.into_iter().take(3).map(|candidate| candidate.label.name(CORE.knowledge())).collect()
}

#[track_caller]
fn check(held_back: bool, floor: &Shares) {
    let shares = measure(held_back);
    let enough =
        shares.right >= floor.right && shares.in_first_three >= floor.in_first_three && shares.none >= floor.none;
    assert!(enough, "{shares:?} is below {floor:?}");
}

#[test]
fn phrasings_are_understood() {
    check(false, &Shares { right: 0.875, in_first_three: 0.965, none: 0.88 });
}

#[test]
fn phrasings_that_were_held_back_are_understood() {
    check(true, &Shares { right: 0.90, in_first_three: 0.965, none: 0.84 });
}
