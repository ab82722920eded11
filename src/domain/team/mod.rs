//! What a team keeps of its own in its server: settings, notes on topics and tools, questions that it added, and what was asked.
//! No answer needs any of it.

pub mod bounds;
pub mod feedback;
mod notes;
mod questions;
mod settings;

use std::collections::BTreeMap;

pub use feedback::{Count, Counted, Vote};
pub use notes::{Misfit, Note, Subject, Written, write};
pub use questions::{Added, Gap, Unanswered, Words};
pub use settings::{Change, Member, Settings, Writers};

/// What a team keeps, as it is read for an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Team {
    /// How the bot behaves in the server.
    pub settings: Settings,
    /// The team's own word on topics and tools.
    pub notes: BTreeMap<Subject, Note>,
    /// The questions that it added to topics.
    pub added: Vec<Added>,
}

impl Team {
    /// The id of the topic to which the team added a question, or a near-identical one.
    pub fn topic_of(&self, words: &Words) -> Option<&str> {
        let exact = self.added.iter().find(|added| added.words == *words);
        let near = || self.added.iter().find(|added| added.words.are_near(words));
        exact.or_else(near).map(|added| added.topic.as_str())
    }
}

/// What a person may do with what a team keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// Change the settings, and read what was counted.
    Manage,
    /// Write notes, and add questions to topics.
    Write,
    /// What everybody in the server may do.
    Say,
}
