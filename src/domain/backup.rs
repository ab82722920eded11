//! What a team keeps as a file, and what the file changes.

use std::collections::BTreeMap;

use super::decisions::Decision;
use super::team::{Added, Settings, Team};

/// What a team keeps, as a file holds it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TeamFile {
    /// Settings, notes, and questions that were added. What answers remember follows from the decisions.
    pub team: Team,
    /// The decisions, by their numbers.
    pub decisions: Vec<Decision>,
}

/// How two states differ.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// The settings that come, if they are others.
    pub settings: Option<Settings>,
    /// Of the notes.
    pub notes: Changes,
    /// Of the questions that were added to topics.
    pub questions: Changes,
    /// Of the decisions, which are only added: `changed` counts those of the same number that differ, and stay.
    pub decisions: Changes,
}

/// How many things of a kind differ.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Changes {
    /// Things that come.
    pub new: usize,
    /// Things that become others.
    pub changed: usize,
    /// Things that go.
    pub removed: usize,
    /// Things that stay as they are.
    pub kept: usize,
}

impl Difference {
    /// What changes where one state is replaced by another one.
    pub fn between(old: &Team, decided: &[Decision], file: &TeamFile) -> Self {
        let new = &file.team;
        let topics = |added: &[Added]| -> BTreeMap<String, String> {
            added.iter().map(|added| (added.words.joined(), added.topic.clone())).collect()
        };
        let by_number = |decisions: &[Decision]| -> BTreeMap<u32, Decision> {
            decisions.iter().map(|decision| (decision.number, decision.clone())).collect()
        };
        Self {
            settings: (old.settings != new.settings).then(|| new.settings.clone()),
            notes: changes(&old.notes, &new.notes),
            questions: changes(&topics(&old.added), &topics(&new.added)),
            decisions: Changes { removed: 0, ..changes(&by_number(decided), &by_number(&file.decisions)) },
        }
    }

    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        let is_same = |changes: Changes| changes.new + changes.changed + changes.removed == 0;
        self.settings.is_none() && is_same(self.notes) && is_same(self.questions) && self.decisions.new == 0
    }
}

fn changes<K: Ord, V: PartialEq>(old: &BTreeMap<K, V>, new: &BTreeMap<K, V>) -> Changes {
    let mut changes =
        Changes { removed: old.keys().filter(|key| !new.contains_key(key)).count(), ..Changes::default() };
    for (key, value) in new {
        match old.get(key) {
            None => changes.new += 1,
            Some(known) if known == value => changes.kept += 1,
            Some(_) => changes.changed += 1,
        }
    }
    changes
}
