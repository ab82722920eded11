//! How many questions are understood that nothing was learned from.
//!
//! `phrasings/*.jsonl` was written by people who did not see the data. Every third line of it is held back: nobody reads it while
//! improving the matching, so that its numbers stay honest.

use once_cell::sync::Lazy;
use serde::Deserialize;
use versus::domain::core::Core;
use versus::domain::deciding::Decision;
use versus::domain::matching::Label;
use versus::shell::data;

use crate::floors::{self, Hits, Trial};

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

impl Phrasing {
    fn accepts(&self, label: &str) -> bool {
        self.label == label || self.also.iter().any(|also| also == label)
    }

    /// What is none of ours must not be answered; of a question counts what is answered, and what is among the first guesses.
    fn hits(&self, got: &str) -> Vec<Hits> {
        let is_right = self.accepts(got);
        if self.label == "none" {
            return vec![Hits::one("none", is_right)];
        }
        let in_first_three = first_three(&self.text).iter().any(|label| self.accepts(label));
        vec![Hits::one("right", is_right), Hits::one("in_first_three", in_first_three)]
    }
}

fn trials(is_held_back: bool) -> Vec<Trial> {
    let lines = FILES.into_iter().flat_map(|(file, text)| text.lines().enumerate().map(move |line| (file, line)));
    let lines = lines.filter(|(_, (at, _))| (at % 3 == 2) == is_held_back);
    let trials = lines.map(|(file, (at, line))| {
        let phrasing: Phrasing = serde_json::from_str(line).expect("it is a phrasing");
        let got = acted_on(&phrasing.text);
        Trial {
            at: format!("{file}.jsonl:{}", at + 1),
            hits: phrasing.hits(&got),
            text: (!is_held_back).then_some(phrasing.text),
            expected: phrasing.label,
            got,
        }
    });
    trials.collect()
}

fn acted_on(text: &str) -> String {
    match CORE.decide(text).1 {
        Decision::Answer(label) => label.name(CORE.knowledge()),
        _ => Label::None.name(CORE.knowledge()),
    }
}

fn first_three(text: &str) -> Vec<String> {
    let candidates = CORE.matcher().understand(text).candidates;
    candidates.into_iter().take(3).map(|candidate| candidate.label.name(CORE.knowledge())).collect()
}

#[test]
fn phrasings_are_understood() {
    floors::check("phrasings", &trials(false));
}

#[test]
fn phrasings_that_were_held_back_are_understood() {
    floors::check("phrasings-held-back", &trials(true));
}
