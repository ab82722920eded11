//! A description as what the data knows of it.

use super::{KnownFactor, Next};
use crate::knowledge::{Factor, Knowledge, Project, Value};
use crate::request::{Description, Kind, Part};

/// The values that hold, each with its factor.
pub(super) type Values<'k> = Vec<(&'k Factor, &'k Value)>;

/// A description, without what the data does not know.
#[derive(Debug, Clone)]
pub(super) struct Known<'k> {
    pub(super) description: Description,
    pub(super) project: Option<&'k Project>,
}

impl<'k> Known<'k> {
    pub(super) fn read(knowledge: &'k Knowledge, description: &Description) -> Self {
        let mut description = description.clone();
        let project = match &description.kind {
            Kind::Of(id) => knowledge.project(id),
            Kind::Open | Kind::Skipped => None,
        };
        if project.is_none() && matches!(description.kind, Kind::Of(_)) {
            description.kind = Kind::Open;
        }
        description.stated.retain(|code, values| {
            let Some(factor) = factor(knowledge, code) else { return false };
            values.retain(|code| factor.values.iter().any(|value| value.code == *code));
            true
        });
        description.changing = description.changing.filter(|changing| part(knowledge, changing).is_some());
        Self { description, project }
    }

    /// The values that hold: those that were stated, and those that go with the kind of project. A stated value replaces
    /// the one that goes with the kind, except where several may hold.
    pub(super) fn values(&self, knowledge: &'k Knowledge) -> Values<'k> {
        let mut values = Vec::new();
        for (index, factor) in knowledge.weighing.factors.iter().enumerate() {
            let (stated, implied) = (self.stated(factor), self.implied(index, factor));
            let implied = implied.into_iter().filter(|value| {
                factor.many && !stated.iter().any(|stated| stated.code == value.code) || stated.is_empty()
            });
            values.extend(stated.iter().copied().chain(implied).map(|value| (factor, value)));
        }
        values
    }

    /// The values of a factor that were stated.
    pub(super) fn stated(&self, factor: &'k Factor) -> Vec<&'k Value> {
        let codes = self.description.stated.get(&factor.code);
        let stated = factor.values.iter().filter(|value| codes.is_some_and(|codes| codes.contains(&value.code)));
        // What somebody else wrote down may hold more than one.
        stated.take(if factor.many { factor.values.len() } else { 1 }).collect()
    }

    /// The values of a factor that go with the kind of project.
    pub(super) fn implied(&self, index: usize, factor: &'k Factor) -> Vec<&'k Value> {
        let implied =
            self.project.iter().flat_map(|project| &project.implied).filter(|implied| implied.factor == index);
        implied.flat_map(|implied| &implied.values).filter_map(|value| factor.values.get(*value)).collect()
    }

    /// Whether a factor needs no question: it was asked or said, or it goes with the kind of project.
    pub(super) fn settles(&self, index: usize, factor: &'k Factor) -> bool {
        let settled_by_kind = !factor.many && !self.implied(index, factor).is_empty();
        settled_by_kind || self.description.stated.contains_key(&factor.code)
    }

    /// What is known about the factors, in the order of the data.
    pub(super) fn factors(&self, knowledge: &'k Knowledge) -> Vec<KnownFactor<'k>> {
        let factors = knowledge.weighing.factors.iter().enumerate();
        let known = factors.filter_map(|(index, factor)| {
            let (stated, mut implied) = (self.stated(factor), self.implied(index, factor));
            implied.retain(|value| !stated.iter().any(|stated| stated.code == value.code));
            if !factor.many && !stated.is_empty() {
                implied.clear();
            }
            let nothing = stated.is_empty() && implied.is_empty();
            (!nothing).then(|| KnownFactor { factor, stated, implied, words: Vec::new() })
        });
        known.collect()
    }
}

/// What a part of a description stands for, if the data knows it.
pub(super) fn part<'k>(knowledge: &'k Knowledge, part: &Part) -> Option<Next<'k>> {
    match part {
        Part::Kind => Some(Next::Kind),
        Part::Factor(code) => factor(knowledge, code).map(Next::Factor),
    }
}

fn factor<'k>(knowledge: &'k Knowledge, code: &str) -> Option<&'k Factor> {
    knowledge.weighing.factors.iter().find(|factor| factor.code == code)
}
