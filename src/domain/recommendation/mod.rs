//! Which side suits a project: a sum of weights from the data, with everything that went into it.
//!
//! It is the weighted sum model of decision making: each criterion collects the points that the kind of project and its
//! factors bring; the sum says which side is ahead. Source: P. C. Fishburn, "Additive Utilities with Incomplete Product
//! Sets", Operations Research 15 (1967).

mod description;
mod flips;
mod phrases;
mod reading;
mod ruling_out;
mod score;
mod search;
mod sums;
#[cfg(test)]
mod toy;

use std::cmp::Reverse;

use super::knowledge::{
    Criterion, Factor, Item, Knowledge, Leaning, Origins, Problem, Project, Side, Source, Strength, Value,
};
use super::request::Description;
use description::{Known, Values};
pub use flips::{Change, Flip};
pub use reading::{Phrases, Reading};
use sums::{Counted, Sums, counted};

/// Which side suits a project, and how that came about.
#[derive(Debug)]
pub struct Recommendation<'k> {
    /// The project as far as it was understood; what the data does not know is left out.
    pub description: Description,
    /// The kind of project, if it is known.
    pub project: Option<&'k Project>,
    /// Further kinds of project that the text names, each with its own leaning.
    pub others: Vec<(&'k Project, Leaning)>,
    /// What is known about its factors, in the order of the data.
    pub known: Vec<KnownFactor<'k>>,
    /// The sum of all points; negative ones are those of the first side.
    pub score: i32,
    /// Which side is ahead.
    pub leaning: Leaning,
    /// The points of each criterion that has any, in the order of the data; negative ones are those of the first side.
    pub criteria: Vec<(&'k Criterion, i32)>,
    /// Every reason, the weightiest first.
    pub reasons: Vec<Reason<'k>>,
    /// The smallest changes that would turn it, the smallest first.
    pub flips: Vec<Flip<'k>>,
    /// What should be asked next, if anything could still change.
    pub next: Option<Next<'k>>,
    /// How many questions are left, that one included.
    pub questions_left: usize,
}

/// What is known about a factor.
#[derive(Debug)]
pub struct KnownFactor<'k> {
    /// The factor.
    pub factor: &'k Factor,
    /// Its values that were stated; none where it was left open on purpose.
    pub stated: Vec<&'k Value>,
    /// Its values that go with the kind of project.
    pub implied: Vec<&'k Value>,
    /// The words of the text that stated it.
    pub words: Vec<String>,
}

/// One weight that counts.
#[derive(Debug)]
pub struct Reason<'k> {
    /// What it belongs to.
    pub criterion: &'k Criterion,
    /// The side that it speaks for.
    pub toward: Side,
    /// How many points it brings, those of a doubled one doubled.
    pub points: i32,
    /// The value by which it counts double.
    pub doubled_by: Option<&'k Value>,
    /// Why, in one sentence.
    pub text: &'k str,
    /// The pages that say so.
    pub sources: Vec<&'k Source>,
    /// The factor and the value that bring it; nothing if it goes with the kind of project.
    pub because: Option<(&'k Factor, &'k Value)>,
}

/// What should be asked next.
#[derive(Debug, Clone, Copy)]
pub enum Next<'k> {
    /// The kind of project.
    Kind,
    /// A factor.
    Factor(&'k Factor),
}

impl<'k> Recommendation<'k> {
    /// The pages that it cites, in the order of their numbers: those of its reasons, then those of its kind, each once.
    pub fn sources(&self) -> Vec<&'k Source> {
        let mut sources: Vec<&Source> = Vec::new();
        let own = self.project.into_iter().flat_map(|project| &project.entry.sources);
        for source in self.reasons.iter().flat_map(|reason| reason.sources.iter().copied()).chain(own) {
            if !sources.iter().any(|known| known.url == source.url) {
                sources.push(source);
            }
        }
        sources
    }

    /// The points of each side, in the order of the subjects; their difference is the score.
    pub fn totals(&self) -> [i32; 2] {
        Side::BOTH.map(|side| {
            let reasons = self.reasons.iter().filter(|reason| reason.toward == side);
            reasons.map(|reason| reason.points).sum()
        })
    }
}

/// Weighs a project; the same description always gets the same answer.
pub fn recommend<'k>(knowledge: &'k Knowledge, description: &Description) -> Recommendation<'k> {
    let known = Known::read(knowledge, description);
    let values = known.values(knowledge);
    let reasons = reasons(knowledge, known.project, &values);
    let sums = Sums::of(known.project, &values);
    let mut criteria: Vec<(&Criterion, i32)> = knowledge.weighing.criteria.iter().map(|one| (one, 0)).collect();
    for reason in &reasons {
        if let Some((_, points)) = criteria.iter_mut().find(|(criterion, _)| criterion.id == reason.criterion.id) {
            *points += match reason.toward {
                Side::First => -reason.points,
                Side::Second => reason.points,
            };
        }
    }
    criteria.retain(|(criterion, _)| reasons.iter().any(|reason| reason.criterion.id == criterion.id));
    let changes = flips::Changes::of(knowledge, &known, &values);
    let left = changes.questions();
    let next = match &known.description.changing {
        Some(part) => description::part(knowledge, part),
        None => left.first().copied(),
    };
    Recommendation {
        project: known.project,
        others: Vec::new(),
        known: known.factors(knowledge),
        score: sums.score(),
        leaning: sums.leaning(),
        criteria,
        flips: changes.smallest(),
        reasons,
        next,
        questions_left: left.len(),
        description: known.description,
    }
}

/// Every project whose weights come to another leaning than its file says.
pub fn disagreements(knowledge: &Knowledge, origins: &Origins) -> Vec<Problem> {
    let disagreement = |project: &Project| {
        let recommendation = recommend(knowledge, &Description::of(project.entry.id.as_str()));
        let agrees = match (project.entry.leaning, recommendation.leaning) {
            (Leaning::Even | Leaning::Depends, Leaning::Even | Leaning::Depends) => true,
            (said, weighed) => said == weighed,
        };
        let (weighed, said) = (name(knowledge, recommendation.leaning), name(knowledge, project.entry.leaning));
        let ahead = recommendation.score.abs();
        let what = format!(
            "the weights come to {weighed}, {ahead} points ahead, expected {said} as `leaning` says: up to {} points ahead is \
             even, from {} on strong",
            score::EVEN_UP_TO,
            score::STRONG_FROM
        );
        (!agrees).then(|| origins.problem(&format!("projects/{}.toml", project.entry.id), Item::Leaning, what))
    };
    knowledge.projects.iter().filter_map(disagreement).collect()
}

/// A leaning as a data file writes it.
fn name(knowledge: &Knowledge, leaning: Leaning) -> String {
    match leaning {
        Leaning::Toward(side, Strength::Slight) => format!("{}, slight", knowledge.subject(side).id),
        Leaning::Toward(side, Strength::Strong) => format!("{}, strong", knowledge.subject(side).id),
        Leaning::Even => "even".to_owned(),
        Leaning::Depends => "depends".to_owned(),
    }
}

/// Every weight that counts, the weightiest first; of the same points, those of the project come first, then in the
/// order of the data.
fn reasons<'k>(knowledge: &'k Knowledge, project: Option<&'k Project>, values: &Values<'k>) -> Vec<Reason<'k>> {
    let weighing = &knowledge.weighing;
    let reason = |counted: Counted<'k>| {
        let cited =
            project.filter(|_| counted.because.is_none()).map_or(&weighing.sources, |project| &project.entry.sources);
        let reason = &counted.weight.reason;
        Some(Reason {
            criterion: weighing.criteria.get(counted.weight.criterion)?,
            toward: counted.weight.toward,
            points: counted.points(),
            doubled_by: counted.doubled_by,
            text: &reason.text,
            sources: reason.sources.iter().filter_map(|at| cited.get(*at)).collect(),
            because: counted.because,
        })
    };
    let mut reasons: Vec<Reason<'k>> = counted(project, values).filter_map(reason).collect();
    reasons.sort_by_key(|reason| Reverse(reason.points));
    reasons
}
