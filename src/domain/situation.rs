//! What the caller read for a request before it is answered.

use std::sync::Arc;

use super::decisions::Decision;
use super::knowledge::Date;
use super::request::TourPosition;
use super::team::{Count, Gap, Member, Team};

/// A stored fact as the caller found it. "Could not be read" is never "is not there".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Stored<T> {
    /// It is there.
    Value(T),
    /// Nothing is stored.
    #[default]
    Absent,
    /// It could not be read, so that nobody knows whether it is there.
    Unreadable,
}

/// Which stored facts an answer depends on. What is not named here is not read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Needs {
    /// A position in a tour.
    pub position: Option<WhichTour>,
    /// What the newcomers of a server did.
    pub tally: bool,
    /// What the team keeps.
    pub team: TeamNeed,
    /// What was counted in the server over the last weeks.
    pub counts: bool,
    /// The questions that got no answer there.
    pub gaps: bool,
    /// Decisions of the server.
    pub decisions: WhichDecisions,
}

/// Which decisions of a server are needed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum WhichDecisions {
    /// None.
    #[default]
    None,
    /// Those of these numbers.
    Of(Vec<u32>),
    /// All.
    All,
}

/// How exactly it has to be known what a team keeps.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TeamNeed {
    /// Not at all.
    #[default]
    Nothing,
    /// As it was a few seconds ago, or is.
    Lately,
    /// As it is.
    Now,
}

/// Of which tour the position is needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhichTour {
    /// The one that the person used last.
    Last,
    /// The one of an id.
    Of(String),
}

/// What is known about the circumstances of a request. A new stored fact is a field here and in [`Needs`].
#[derive(Debug, Clone, Default)]
pub struct Situation {
    /// Who is to see the answer, if nothing speaks against it.
    pub audience: Audience,
    /// Whether the asker chose that; else the team's settings may say otherwise.
    pub is_chosen: bool,
    /// Whether the answer becomes a message of its own that everyone sees.
    pub is_posted: bool,
    /// The asker as a member of the server to which the bot was added; nothing anywhere else.
    pub member: Option<Member>,
    /// Whether an answer can be shown to the asker alone: a message can only be answered for everyone.
    pub can_be_private: bool,
    /// The day, in UTC; nothing where nobody knows it.
    pub today: Option<Date>,
    /// Where the person is in the tour that [`Needs::position`] names.
    pub position: Stored<TourPosition>,
    /// What the newcomers of the server did.
    pub tally: Stored<Tally>,
    /// What the team keeps.
    pub team: Stored<Arc<Team>>,
    /// What was counted in the server over the last weeks, what was asked most often first.
    pub counts: Stored<Vec<Count>>,
    /// The questions that got no answer there, what was asked most often first.
    pub gaps: Stored<Vec<Gap>>,
    /// Decisions of the server, by their numbers.
    pub decisions: Stored<Vec<Decision>>,
    /// Whether the bot may post a poll in the channel.
    pub may_post_polls: bool,
}

impl<T> Stored<T> {
    /// The value, if it is there.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Unreadable => None,
        }
    }
}

/// Who sees an answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Audience {
    /// Everyone in the channel.
    #[default]
    Everyone,
    /// Only the person who asked.
    OnlyAsker,
}

/// What the newcomers of a server did: counts, no names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Of each tour that was started.
    pub paths: Vec<PathTally>,
    /// The questions of the quiz that were missed most often, the most missed first.
    pub missed: Vec<Missed>,
}

/// How often a tour was started and finished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathTally {
    /// The id of the tour.
    pub path: String,
    /// People who started it.
    pub started: u64,
    /// People who came to its last step.
    pub finished: u64,
}

/// How often a question of the quiz was missed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    /// The id of the question.
    pub question: String,
    /// Wrong answers.
    pub missed: u64,
    /// Answers in all.
    pub given: u64,
}
