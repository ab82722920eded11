//! `versus match`: what is understood, as one line of JSON a question.

use std::path::Path;

use serde::Serialize;

use super::input::{self, Next};
use super::{Failure, data, output};
use crate::domain::core::Core;
use crate::domain::deciding::{Decision, confidence, decide_overheard};
use crate::domain::matching::Label;

/// What was understood of one question.
#[derive(Serialize)]
struct Line<'t, 'k> {
    text: &'t str,
    label: String,
    decision: &'static str,
    confidence: f32,
    candidates: Vec<Candidate>,
    answers: Vec<AnswerLine<'k>>,
    evidence: Vec<String>,
}

#[derive(Serialize)]
struct Candidate {
    label: String,
    score: f32,
}

/// A direct answer, and how well it fits.
#[derive(Serialize)]
struct AnswerLine<'k> {
    id: &'k str,
    score: f32,
}

/// Direct answers that are listed.
const ANSWERS: usize = 5;

/// Reads questions until the input ends; each line is written before the next is read.
///
/// # Errors
/// The data cannot be used, the input cannot be read, or the output cannot be written.
pub fn run(folder: Option<&Path>, overheard: bool) -> Result<(), Failure> {
    let core = data::load(folder)?;
    input::lines(|text| {
        output::json(&line(&core, text, overheard))?;
        Ok(Next::Line)
    })
}

fn line<'t, 'k>(core: &'k Core, text: &'t str, overheard: bool) -> Line<'t, 'k> {
    let (knowledge, matcher) = (core.knowledge(), core.matcher());
    let (understanding, decision) = core.decide(text);
    let decision = if overheard { decide_overheard(&understanding) } else { decision };
    let (name, label) = match &decision {
        Decision::Answer(label) => ("answer", *label),
        Decision::Ask(labels) => ("ask", labels.first().copied().unwrap_or(Label::None)),
        Decision::Other(_) => ("other", Label::None),
        Decision::SmallTalk(_) => ("smalltalk", Label::None),
        Decision::Foreign(_) | Decision::Unknown => ("none", Label::None),
    };
    let candidates = understanding.candidates.iter();
    let candidates = candidates.map(|found| Candidate { label: found.label.name(knowledge), score: found.score });
    let best = understanding.candidates.first().map_or(Label::None, |best| best.label);
    let answers = core.answers(&understanding, ANSWERS).into_iter();
    let evidence = matcher.evidence(&understanding, best);
    Line {
        text,
        label: label.name(knowledge),
        decision: name,
        confidence: confidence(&understanding),
        candidates: candidates.collect(),
        answers: answers.map(|(answer, score)| AnswerLine { id: &answer.id, score }).collect(),
        evidence: evidence.iter().map(ToString::to_string).collect(),
    }
}
