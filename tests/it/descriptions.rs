//! How much is read out of descriptions of projects. The floors are what was measured, less a little.
//!
//! `descriptions/texts.jsonl` was written by somebody who did not see the phrases. Every third line of it is held back, as
//! those of the phrasings are.

use std::collections::{BTreeMap, BTreeSet};

use once_cell::sync::Lazy;
use serde::Deserialize;
use versus::domain::answer::Answer;
use versus::domain::core::Core;
use versus::domain::recommendation::Recommendation;
use versus::domain::request::Request;
use versus::shell::data;

use crate::road::answer;

static CORE: Lazy<Core> = Lazy::new(|| data::load(None).expect("the compiled-in knowledge is good"));

/// A description and what a careful reader takes from it.
#[derive(Deserialize)]
struct Description {
    text: String,
    project: Option<String>,
    also: Vec<String>,
    #[serde(default)]
    several: bool,
    factors: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    maybe: BTreeMap<String, Vec<String>>,
}

/// Shares, 0–1.
#[derive(Debug)]
struct Shares {
    /// Of the texts: the kind of project is right.
    kind: f64,
    /// Of the texts with several kinds of project: more than one is found.
    several: f64,
    /// Of the values that were found: they are in the text.
    precision: f64,
    /// Of the values in the texts: they were found.
    recall: f64,
}

fn measure(held_back: bool) -> Shares {
    let lines = include_str!("descriptions/texts.jsonl").lines().enumerate();
    let lines = lines.filter(|(at, _)| (at % 3 == 2) == held_back);
    let descriptions: Vec<Description> =
        lines.map(|(_, line)| serde_json::from_str(line).expect("it is a description")).collect();
    let share = |count: usize, of: usize| count as f64 / of as f64;
    let (mut kind, mut several, mut of_several, mut found_values, mut right, mut wanted_values) = (0, 0, 0, 0, 0, 0);
    for description in &descriptions {
        let Answer::Recommendation(found, _) = answer(&CORE, &Request::Recommend(description.text.clone())) else {
            panic!("a description gets a recommendation");
        };
        kind += usize::from(description.accepts(&found));
        of_several += usize::from(description.several);
        several += usize::from(description.several && description.names_several(&found));
        let (values, wanted) = (stated(&found), pairs(&description.factors));
        right += values.intersection(&wanted).count();
        found_values += values
            .difference(&pairs(&description.maybe))
            .chain(values.intersection(&wanted))
            .collect::<BTreeSet<_>>()
            .len();
        wanted_values += wanted.len();
    }
    Shares {
        kind: share(kind, descriptions.len()),
        several: share(several, of_several),
        precision: share(right, found_values),
        recall: share(right, wanted_values),
    }
}

impl Description {
    fn accepts(&self, found: &Recommendation<'_>) -> bool {
        match (found.project, &self.project) {
            (Some(found), Some(project)) => found.entry.id == *project || self.also.contains(&found.entry.id),
            // Neither has a leaning of its own.
            (None, project) => project.as_deref().is_none_or(|project| project == "other"),
            (Some(_), None) => false,
        }
    }

    fn names_several(&self, found: &Recommendation<'_>) -> bool {
        let found = found.project.iter().chain(found.others.iter().map(|(other, _)| other));
        found.filter(|kind| self.project.as_ref() == Some(&kind.entry.id) || self.also.contains(&kind.entry.id)).count()
            > 1
    }
}

fn stated(found: &Recommendation<'_>) -> BTreeSet<(String, String)> {
    let values = found.known.iter().flat_map(|known| known.stated.iter().map(move |value| (known.factor, value)));
    values.map(|(factor, value)| (factor.id.clone(), value.id.clone())).collect()
}

fn pairs(factors: &BTreeMap<String, Vec<String>>) -> BTreeSet<(String, String)> {
    factors
        .iter()
        .flat_map(|(factor, values)| values.iter().map(move |value| (factor.clone(), value.clone())))
        .collect()
}

#[track_caller]
fn check(held_back: bool, floor: &Shares) {
    let shares = measure(held_back);
    let enough = shares.kind >= floor.kind
        && shares.several >= floor.several
        && shares.precision >= floor.precision
        && shares.recall >= floor.recall;
    assert!(enough, "{shares:?} is below {floor:?}");
}

#[test]
fn descriptions_are_read() {
    check(false, &Shares { kind: 0.93, several: 0.77, precision: 0.93, recall: 0.84 });
}

#[test]
fn descriptions_that_were_held_back_are_read() {
    check(true, &Shares { kind: 0.9, several: 0.5, precision: 0.94, recall: 0.86 });
}
