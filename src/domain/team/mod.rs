//! What a team keeps of its own in its server: settings, notes on topics and tools, questions that it added, and what was asked.
//! No answer needs any of it.

pub mod bounds;
pub mod feedback;
mod notes;
mod questions;
mod settings;

use std::collections::BTreeMap;

use super::knowledge::Date;

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
    /// What was decided on topics, tools and kinds of projects: of each the latest accepted decision.
    pub decided: BTreeMap<Subject, Remembered>,
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

/// An accepted decision, as answers remember it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    /// Its number in its server.
    pub number: u32,
    /// The day on which it was accepted.
    pub date: Date,
    /// What was decided.
    pub decision: String,
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
