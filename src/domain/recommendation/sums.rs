//! Adds up the weights of a project, and says to which leaning they come.

use super::description::Values;
use super::score;
use crate::domain::knowledge::{Factor, Leaning, Project, Side, Strength, Value, Weight};

/// A weight that counts.
pub(super) struct Counted<'k> {
    pub(super) weight: &'k Weight,
    pub(super) doubled_by: Option<&'k Value>,
    pub(super) because: Option<(&'k Factor, &'k Value)>,
}

impl Counted<'_> {
    pub(super) fn points(&self) -> i32 {
        i32::from(self.weight.points) * if self.doubled_by.is_some() { 2 } else { 1 }
    }
}

/// The weights of the kind of project and those of the values.
pub(super) fn counted<'v, 'k: 'v>(
    project: Option<&'k Project>,
    values: &'v Values<'k>,
) -> impl Iterator<Item = Counted<'k>> + 'v {
    let own = project.into_iter().flat_map(|project| &project.weights).map(|weight| (weight, None));
    let brought = values.iter().flat_map(|(factor, value)| {
        let because = Some((*factor, *value));
        value.weights.iter().map(move |weight| (weight, because))
    });
    own.chain(brought).map(|(weight, because)| {
        let doubled_by = values.iter().map(|(_, value)| *value).find(|value| value.doubles.contains(&weight.criterion));
        Counted { weight, doubled_by, because }
    })
}

/// The points of both sides together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sums {
    first: i32,
    second: i32,
}

impl Sums {
    pub(super) fn of(project: Option<&Project>, values: &Values<'_>) -> Self {
        let mut sums = Self::default();
        for weight in counted(project, values) {
            match weight.weight.toward {
                Side::First => sums.first += weight.points(),
                Side::Second => sums.second += weight.points(),
            }
        }
        sums
    }

    /// By how much the second side is ahead.
    pub(super) fn score(self) -> i32 {
        self.second - self.first
    }

    pub(super) fn leaning(self) -> Leaning {
        let score = self.score();
        let side = if score < 0 { Side::First } else { Side::Second };
        if score.abs() >= score::STRONG_FROM {
            return Leaning::Toward(side, Strength::Strong);
        }
        if score.abs() > score::EVEN_UP_TO {
            return Leaning::Toward(side, Strength::Slight);
        }
        let conflict = self.first.min(self.second) >= score::CONFLICT_FROM;
        if self == Self::default() || conflict { Leaning::Depends } else { Leaning::Even }
    }
}
