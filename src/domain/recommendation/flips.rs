//! What would turn a recommendation, and what is worth asking: every factor is changed by itself and all is summed anew.

use std::cmp::Reverse;

use super::description::{Known, Values};
use super::{Next, Sums, score};
use crate::domain::knowledge::{Factor, Knowledge, Leaning, Side, Value};
use crate::domain::request::Kind;

/// What turns a recommendation: one change, or several at once where no single one does.
#[derive(Debug, Clone)]
pub struct Flip<'k> {
    /// What changes, each in another factor.
    pub changes: Vec<Change<'k>>,
    /// The sum that it leads to.
    pub score: i32,
    /// The leaning that it leads to.
    pub leaning: Leaning,
}

/// A change of one factor.
#[derive(Debug, Clone, Copy)]
pub struct Change<'k> {
    /// The factor that changes.
    pub factor: &'k Factor,
    /// Its value before; nothing if it was not known.
    pub from: Option<&'k Value>,
    /// Its value after; nothing if a need falls away.
    pub to: Option<&'k Value>,
}

/// A change of one factor, with everything that holds after it.
struct Changed<'k> {
    change: Change<'k>,
    /// The values of the factor after it.
    after: Vec<&'k Value>,
    sums: Sums,
}

/// Every single change of a description.
pub(super) struct Changes<'c, 'k> {
    known: &'c Known<'k>,
    values: &'c Values<'k>,
    before: Sums,
    /// Of each factor: whether it needs no question, and what it could be instead.
    of_factors: Vec<(&'k Factor, bool, Vec<Changed<'k>>)>,
}

impl<'c, 'k> Changes<'c, 'k> {
    /// Makes every single change.
    pub(super) fn of(knowledge: &'k Knowledge, known: &'c Known<'k>, values: &'c Values<'k>) -> Self {
        let factors = knowledge.weighing.factors.iter().enumerate();
        let of_factors = factors.map(|(place, factor)| {
            let others: Values<'k> = values.iter().copied().filter(|(other, _)| other.code != factor.code).collect();
            (factor, known.settles(place, factor), changes(known, &others, place, factor))
        });
        Self { known, values, before: Sums::of(known.project, values), of_factors: of_factors.collect() }
    }

    /// The smallest change of each factor that leads to another side, or from a side to neither; the smallest first, then
    /// in the order of the data. Where no single change does, as few as possible at once. The kind of project is not
    /// changed: another project is another question.
    pub(super) fn smallest(&self) -> Vec<Flip<'k>> {
        if self.before == Sums::default() {
            return Vec::new();
        }
        let turning = |changes: &'_ Vec<Changed<'k>>| {
            let turning = changes.iter().filter(|changed| self.turns(changed.sums));
            let smallest = turning.min_by_key(|changed| self.distance(changed.sums))?;
            let (score, leaning) = (smallest.sums.score(), smallest.sums.leaning());
            Some(Flip { changes: vec![smallest.change], score, leaning })
        };
        let mut flips: Vec<Flip<'k>> = self.of_factors.iter().filter_map(|(_, _, changes)| turning(changes)).collect();
        flips.sort_by_key(|flip| (flip.score - self.before.score()).abs());
        flips.truncate(score::FLIPS);
        if flips.is_empty() { self.fewest().into_iter().collect() } else { flips }
    }

    /// The fewest changes that turn it at once: of each factor the one that moves furthest to the other side, the furthest
    /// first.
    fn fewest(&self) -> Option<Flip<'k>> {
        let back = |sums: Sums| (sums.score() - self.before.score()) * self.before.score().signum();
        let furthest =
            self.of_factors.iter().filter_map(|(_, _, changes)| changes.iter().min_by_key(|one| back(one.sums)));
        let mut furthest: Vec<&Changed<'k>> = furthest.filter(|changed| back(changed.sums) < 0).collect();
        furthest.sort_by_key(|changed| back(changed.sums));
        let mut values = self.values.clone();
        let mut changes = Vec::new();
        for changed in furthest {
            let factor = changed.change.factor;
            values.retain(|(other, _)| other.code != factor.code);
            values.extend(changed.after.iter().map(|value| (factor, *value)));
            changes.push(changed.change);
            let sums = Sums::of(self.known.project, &values);
            if self.turns(sums) {
                return Some(Flip { changes, score: sums.score(), leaning: sums.leaning() });
            }
        }
        None
    }

    fn distance(&self, sums: Sums) -> i32 {
        (sums.score() - self.before.score()).abs()
    }

    /// What may still be asked: the kind of project, then the factors that could turn the answer, then those that could
    /// move it furthest. What could not move it is not asked.
    pub(super) fn questions(&self) -> Vec<Next<'k>> {
        let open = self.of_factors.iter().filter(|(_, settled, _)| !settled);
        let swings = open.filter_map(|(factor, _, changes)| {
            let scores = || changes.iter().map(|changed| changed.sums.score()).chain([self.before.score()]);
            let swing = scores().max()? - scores().min()?;
            let turns = changes.iter().any(|changed| self.turns(changed.sums));
            (swing > 0).then_some((Reverse(turns), Reverse(swing), *factor))
        });
        let mut swings: Vec<_> = swings.collect();
        swings.sort_by_key(|(turns, swing, _)| (*turns, *swing));
        let kind = (self.known.described.kind == Kind::Open).then_some(Next::Kind);
        kind.into_iter().chain(swings.into_iter().map(|(_, _, factor)| Next::Factor(factor))).collect()
    }

    fn turns(&self, sums: Sums) -> bool {
        side(sums.leaning()) != side(self.before.leaning())
    }
}

/// Everything that a factor could be instead; `others` are the values of the other factors.
fn changes<'k>(known: &Known<'k>, others: &Values<'k>, place: usize, factor: &'k Factor) -> Vec<Changed<'k>> {
    let (stated, implied) = (known.stated(factor), known.implied(place, factor));
    let is = |value: &'k Value| move |other: &&'k Value| other.code == value.code;
    let now = stated.first().or(implied.first()).copied();
    let change = |value: &'k Value| {
        let held: Vec<&'k Value> =
            implied.iter().chain(stated.iter().filter(|one| !implied.iter().any(is(one)))).copied().collect();
        let holds =
            if factor.many { held.iter().any(is(value)) } else { now.is_some_and(|now| now.code == value.code) };
        let (from, to, after): (_, _, Vec<&'k Value>) = match (factor.many, holds) {
            (true, false) => (None, Some(value), held.into_iter().chain([value]).collect()),
            // What goes with the kind of project does not fall away.
            (true, true) if !implied.iter().any(is(value)) => {
                (Some(value), None, held.into_iter().filter(|held| held.code != value.code).collect())
            }
            (false, false) => (now, Some(value), vec![value]),
            _ => return None,
        };
        let all: Values<'k> = others.iter().copied().chain(after.iter().map(|value| (factor, *value))).collect();
        let sums = Sums::of(known.project, &all);
        Some(Changed { change: Change { factor, from, to }, after, sums })
    };
    factor.values.iter().filter_map(change).collect()
}

fn side(leaning: Leaning) -> Option<Side> {
    match leaning {
        Leaning::Toward(side, _) => Some(side),
        Leaning::Even | Leaning::Depends => None,
    }
}
