//! How much is read out of descriptions of projects.
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

use crate::floors::{self, Hits, Trial};
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

/// Factors, each with one of its values.
type Values = BTreeSet<(String, String)>;

fn trials(is_held_back: bool) -> Vec<Trial> {
    let lines = include_str!("descriptions/texts.jsonl").lines().enumerate();
    let lines = lines.filter(|(at, _)| (at % 3 == 2) == is_held_back);
    let trials = lines.map(|(at, line)| {
        let description: Description = serde_json::from_str(line).expect("it is a description");
        let Answer::Recommendation(found, _) = answer(&CORE, &Request::Recommend(description.text.clone())) else {
            panic!("a description gets a recommendation");
        };
        Trial {
            at: format!("texts.jsonl:{}", at + 1),
            hits: description.hits(&found),
            expected: in_words(description.project.as_deref(), &pairs(&description.factors)),
            got: in_words(found.project.map(|project| project.entry.id.as_str()), &stated(&found)),
            text: (!is_held_back).then_some(description.text),
        }
    });
    trials.collect()
}

impl Description {
    fn hits(&self, found: &Recommendation<'_>) -> Vec<Hits> {
        let (values, wanted, maybe) = (stated(found), pairs(&self.factors), pairs(&self.maybe));
        let right = values.intersection(&wanted).count();
        let wrong = values.difference(&wanted).filter(|value| !maybe.contains(value)).count();
        let mut hits = vec![
            Hits::one("kind", self.accepts(found)),
            // Of the values that were found, those that are in the text; of those in the text, those that were found.
            Hits { figure: "precision", right, of: right + wrong },
            Hits { figure: "recall", right, of: wanted.len() },
        ];
        hits.extend(self.several.then(|| Hits::one("several", self.names_several(found))));
        hits
    }

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

fn stated(found: &Recommendation<'_>) -> Values {
    let values = found.known.iter().flat_map(|known| known.stated.iter().map(move |value| (known.factor, value)));
    values.map(|(factor, value)| (factor.id.clone(), value.id.clone())).collect()
}

fn pairs(factors: &BTreeMap<String, Vec<String>>) -> Values {
    factors
        .iter()
        .flat_map(|(factor, values)| values.iter().map(move |value| (factor.clone(), value.clone())))
        .collect()
}

fn in_words(project: Option<&str>, values: &Values) -> String {
    let values: Vec<String> = values.iter().map(|(factor, value)| format!("{factor}={value}")).collect();
    format!("{} {}", project.unwrap_or("no kind"), values.join(" "))
}

#[test]
fn descriptions_are_read() {
    floors::check("descriptions", &trials(false));
}

#[test]
fn descriptions_that_were_held_back_are_read() {
    floors::check("descriptions-held-back", &trials(true));
}

/// Kinds of project, each with a text that rules it out.
const RULED_OUT: &str = include_str!("descriptions/ruled-out.tsv");

#[test]
fn a_kind_of_project_that_was_ruled_out_is_never_chosen() {
    let lines = RULED_OUT.lines().filter(|line| !line.starts_with('#'));
    let mut wrong = Vec::new();
    for line in lines {
        let (kind, text) = line.split_once('\t').unwrap_or_else(|| panic!("{line:?} has no tab"));
        for request in [Request::Recommend(text.to_owned()), Request::Ask(text.to_owned())] {
            let Answer::Recommendation(found, _) = answer(&CORE, &request) else { continue };
            let kinds = found.project.iter().chain(found.others.iter().map(|(other, _)| other));
            if kinds.into_iter().any(|found| found.entry.id == kind) {
                wrong.push(line);
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
