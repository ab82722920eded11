//! Whether direct answers are found by wordings that nothing was learned from, and withheld where none of them answers the question.
//!
//! `apart.tsv` has a wording of each answer that the training of the sentence model kept apart. The knowledge is learned here without
//! them.

use std::collections::BTreeMap;

use once_cell::sync::Lazy;
use versus::domain::answer::{Answer, Said};
use versus::domain::core::Core;
use versus::domain::knowledge::{Parsed, parse};
use versus::domain::request::Request;
use versus::shell::data;

use crate::floors::{self, Hits, Trial};
use crate::knowledge::data_files;
use crate::road;

static CORE: Lazy<Core> = Lazy::new(|| data::load(None).expect("the compiled-in knowledge is good"));
/// The vectors of all wordings; those of wordings that the knowledge does not have are not used.
static MEANINGS: &[u8] = include_bytes!("../../../src/sentences/wordings.bin");

/// Of so many answers one is taken out to see what is said without it.
const TAKEN_OUT: usize = 3;

/// A wording that was kept apart, and the id of the answer to it.
struct Apart {
    line: usize,
    wording: &'static str,
    id: &'static str,
}

fn apart() -> Vec<Apart> {
    let lines = include_str!("apart.tsv").lines().enumerate().filter(|(_, line)| !line.starts_with('#'));
    let apart = lines.map(|(at, line)| {
        let (wording, id) = line.split_once('\t').expect("a line has a wording and an id");
        Apart { line: at + 1, wording, id }
    });
    apart.collect()
}

/// The program as it would be if nobody had written these wordings, and without the answers of these ids.
fn core_without(apart: &[Apart], taken_out: &[&str]) -> Core {
    let Parsed { mut knowledge, mut examples, .. } = parse(&data_files("data")).expect("the data is good");
    let wordings: BTreeMap<&str, &str> = apart.iter().map(|apart| (apart.id, apart.wording)).collect();
    for (topic, phrasings) in knowledge.topics.iter_mut().zip(&mut examples.topics) {
        let mut of_answers = Vec::new();
        for (answer, mut of_answer) in topic.answers.iter().zip(std::mem::take(&mut phrasings.answers)) {
            let before = of_answer.len();
            of_answer.retain(|wording| wordings.get(answer.id.as_str()) != Some(&wording.as_str()));
            let is_apart = wordings.contains_key(answer.id.as_str());
            assert!(
                of_answer.len() < before || !is_apart,
                "{} has no such wording any more: remove its line",
                answer.id
            );
            match taken_out.contains(&answer.id.as_str()) {
                // The topic keeps its examples.
                true => phrasings.questions.extend(of_answer),
                false => of_answers.push(of_answer),
            }
        }
        phrasings.answers = of_answers;
        topic.answers.retain(|answer| !taken_out.contains(&answer.id.as_str()));
    }
    Core::new(knowledge, &examples).with_meanings(MEANINGS).with_sentences(CORE.sentences().cloned())
}

/// The id of the direct answer that a question gets.
fn answered(core: &Core, text: &str) -> Option<String> {
    match road::answer(core, &Request::Ask(text.to_owned())) {
        Answer::Brief(brief) => match brief.said {
            Some(Said::Answer(answer)) => Some(answer.id.clone()),
            _ => None,
        },
        _ => None,
    }
}

fn trial(apart: &Apart, got: Option<String>, hits: Vec<Hits>) -> Trial {
    Trial {
        at: format!("apart.tsv:{}", apart.line),
        text: Some(apart.wording.to_owned()),
        expected: apart.id.to_owned(),
        got: got.unwrap_or_else(|| "no answer".to_owned()),
        hits,
    }
}

#[test]
fn answers_are_found_by_wordings_that_nothing_was_learned_from() {
    let apart = apart();
    let core = core_without(&apart, &[]);
    let trials = apart.iter().map(|one| {
        let understanding = core.decide(one.wording).0;
        let found: Vec<&str> = core.answers(&understanding, 3).iter().map(|(answer, _)| answer.id.as_str()).collect();
        let given = answered(&core, one.wording);
        let mut hits = vec![
            Hits::one("first", found.first() == Some(&one.id)),
            Hits::one("in_first_three", found.contains(&one.id)),
            Hits::one("given", given.as_deref() == Some(one.id)),
        ];
        hits.extend(given.as_ref().map(|given| Hits::one("right_where_given", given == one.id)));
        trial(one, given, hits)
    });
    floors::check("finding", &trials.collect::<Vec<_>>());
}

#[test]
fn what_no_answer_is_about_gets_none_of_the_others() {
    let apart = apart();
    let taken_out: Vec<&str> = apart.iter().step_by(TAKEN_OUT).map(|apart| apart.id).collect();
    let core = core_without(&apart, &taken_out);
    let trials = apart.iter().step_by(TAKEN_OUT).map(|one| {
        let given = answered(&core, one.wording);
        let hits = vec![Hits::one("withheld", given.is_none())];
        trial(one, given, hits)
    });
    floors::check("finding-nothing", &trials.collect::<Vec<_>>());
}
