//! `versus recommend`: which side suits a project, as text or as one line of JSON, and as a picture.

use std::collections::BTreeMap;
use std::fs;
use std::io::{IsTerminal, stdout};
use std::path::Path;

use serde::Serialize;

use super::{Failure, asking, data, input, output, picture, terminal};
use crate::domain::answer::Answer;
use crate::domain::knowledge::{Knowledge, Leaning, Side, Strength, Value};
use crate::domain::recommendation::{Flip, KnownFactor, Reason, Recommendation};
use crate::domain::request::Request;
use crate::presentation::reply::Reply;

/// A recommendation with its working, by ids.
#[derive(Serialize)]
pub(super) struct Line<'k> {
    project: Option<&'k str>,
    also: Vec<&'k str>,
    factors: BTreeMap<&'k str, Values<'k>>,
    implied: BTreeMap<&'k str, Values<'k>>,
    leaning: &'k str,
    strength: &'static str,
    score: i32,
    totals: BTreeMap<&'k str, i32>,
    criteria: Vec<CriterionLine<'k>>,
    reasons: Vec<ReasonLine<'k>>,
    flips: Vec<FlipLine<'k>>,
}

/// One value, or several where several may hold.
#[derive(Serialize)]
#[serde(untagged)]
enum Values<'k> {
    One(&'k str),
    Many(Vec<&'k str>),
}

#[derive(Serialize)]
struct CriterionLine<'k> {
    id: &'k str,
    title: &'k str,
    points: i32,
}

#[derive(Serialize)]
struct ReasonLine<'k> {
    criterion: &'k str,
    toward: &'k str,
    points: i32,
    doubled_by: Option<&'k str>,
    reason: &'k str,
    because: Option<[&'k str; 2]>,
    topic: &'k str,
    sources: Vec<&'k str>,
}

#[derive(Serialize)]
struct FlipLine<'k> {
    changes: Vec<ChangeLine<'k>>,
    leaning: &'k str,
    strength: &'static str,
    score: i32,
}

#[derive(Serialize)]
struct ChangeLine<'k> {
    factor: &'k str,
    from: Option<&'k str>,
    to: Option<&'k str>,
}

/// Answers one description, given as the words of the command line. A picture goes into a file, or alone to standard output.
///
/// # Errors
/// The data cannot be used, or the answer or the picture cannot be written.
pub fn run(
    folder: Option<&Path>,
    words: &[String],
    details: bool,
    json: bool,
    image: Option<&Path>,
) -> Result<(), Failure> {
    let text = input::text(words)?;
    let core = data::load(folder)?;
    let arrived = terminal::answer(&core, Request::Recommend(text.clone()));
    if let Some(file) = image {
        let png = draw(&arrived.reply())?;
        if file == Path::new(STANDARD_OUTPUT) {
            return print_picture(&png, json);
        }
        fs::write(file, png).map_err(|error| {
            Failure::new(format!("{} cannot be written: {error}", file.display()), "give --image another file")
        })?;
    }
    match arrived.answer() {
        Answer::Recommendation(found, _) if json => output::json(&line(core.knowledge(), found)),
        // It describes no project, such as a greeting: what reads JSON gets JSON as well.
        _ if json => asking::print_json(core.knowledge(), &text, &arrived),
        _ => terminal::print_answer(&core, &arrived, "recommend", details),
    }
}

/// The value of `--image` that stands for standard output.
const STANDARD_OUTPUT: &str = "-";

fn draw(reply: &Reply) -> Result<Vec<u8>, Failure> {
    let chart = reply.chart.as_ref().ok_or_else(|| {
        Failure::new("there is nothing to draw", "describe the project: what it is, and who builds it")
    })?;
    picture::png(chart).map_err(|error| Failure::new(error.to_string(), error.remedy()))
}

/// Writes a picture to standard output, if that can take it.
fn print_picture(png: &[u8], json: bool) -> Result<(), Failure> {
    if json {
        let remedy = "give --image a file, or leave one of them out";
        return Err(Failure::new("--json and --image - cannot both write to standard output", remedy));
    }
    if stdout().is_terminal() {
        let remedy = "send it into a file or a pipe: versus recommend --image - … > chart.png";
        return Err(Failure::new("a terminal cannot show a picture", remedy));
    }
    output::bytes(png)
}

/// A recommendation as one line of JSON.
pub(super) fn line<'k>(knowledge: &'k Knowledge, found: &Recommendation<'k>) -> Line<'k> {
    let (leaning, strength) = leaning(knowledge, found.leaning);
    let by_factor = |values: fn(&KnownFactor<'k>) -> Vec<&'k Value>| {
        let known = found.known.iter().filter(|known| !values(known).is_empty());
        known.map(|known| (known.factor.id.as_str(), to_values(known.factor.many, &values(known)))).collect()
    };
    let criteria = found.criteria.iter();
    Line {
        project: found.project.map(|project| project.entry.id.as_str()),
        also: found.others.iter().map(|(project, _)| project.entry.id.as_str()).collect(),
        factors: by_factor(|known| known.stated.clone()),
        implied: by_factor(|known| known.implied.clone()),
        leaning,
        strength,
        score: found.score,
        totals: knowledge.subjects.iter().map(|subject| subject.id.as_str()).zip(found.totals()).collect(),
        criteria: criteria
            .map(|(one, points)| CriterionLine { id: &one.id, title: &one.title, points: *points })
            .collect(),
        reasons: found.reasons.iter().map(|reason| reason_line(knowledge, reason)).collect(),
        flips: found.flips.iter().map(|flip| flip_line(knowledge, flip)).collect(),
    }
}

fn to_values<'k>(many: bool, values: &[&'k Value]) -> Values<'k> {
    match (many, values) {
        (false, [value]) => Values::One(&value.id),
        _ => Values::Many(values.iter().map(|value| value.id.as_str()).collect()),
    }
}

fn reason_line<'k>(knowledge: &'k Knowledge, reason: &Reason<'k>) -> ReasonLine<'k> {
    ReasonLine {
        criterion: &reason.criterion.id,
        toward: &knowledge.subject(reason.toward).id,
        points: reason.points,
        doubled_by: reason.doubled_by.map(|value| value.id.as_str()),
        reason: reason.text,
        because: reason.because.map(|(factor, value)| [factor.id.as_str(), value.id.as_str()]),
        topic: &reason.criterion.topic,
        sources: reason.sources.iter().map(|source| source.url.as_str()).collect(),
    }
}

fn flip_line<'k>(knowledge: &'k Knowledge, flip: &Flip<'k>) -> FlipLine<'k> {
    let (leaning, strength) = leaning(knowledge, flip.leaning);
    let id = |value: Option<&'k Value>| value.map(|value| value.id.as_str());
    let changes = flip.changes.iter();
    let changes = changes.map(|one| ChangeLine { factor: &one.factor.id, from: id(one.from), to: id(one.to) });
    FlipLine { changes: changes.collect(), leaning, strength, score: flip.score }
}

/// The id of the side that is ahead, and how far it is; "even" for both where neither is.
pub(super) fn leaning(knowledge: &Knowledge, leaning: Leaning) -> (&str, &'static str) {
    let id = |side: Side| knowledge.subject(side).id.as_str();
    match leaning {
        Leaning::Toward(side, Strength::Strong) => (id(side), "strong"),
        Leaning::Toward(side, Strength::Slight) => (id(side), "slight"),
        Leaning::Even | Leaning::Depends => ("even", "even"),
    }
}
