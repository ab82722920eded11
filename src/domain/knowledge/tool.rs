//! Tools that people name: what they are, and what the other subject has instead.

use serde::{Deserialize, Serialize};

use super::{Date, Side, Source};

/// A library, framework or program that belongs to one subject, to both, or to neither.
#[derive(Debug, Serialize, Deserialize)]
pub struct Tool {
    /// The fixed name.
    pub id: String,
    /// The names by which people call it, as they type them; the first is the one to show.
    pub names: Vec<String>,
    /// Whether its names are also plain words, so that they count only where the text speaks of technology.
    pub plain: bool,
    /// Whose tool it is.
    pub belongs: Belongs,
    /// What it is, in one line.
    pub what: String,
    /// The ids of the tools for the same job on the other side; each of them has this one among its own.
    pub counterparts: Vec<String>,
    /// The id of the topic that says more.
    pub topic: String,
    /// What else is worth knowing about it.
    pub note: Option<Note>,
    /// The pages that say so.
    pub sources: Vec<Source>,
}

/// Whose tool a tool is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Belongs {
    /// That of one subject.
    To(Side),
    /// It works with either subject.
    Both,
    /// It is neither subject's.
    Neither,
}

/// Something about a tool that may change.
#[derive(Debug, Serialize, Deserialize)]
pub struct Note {
    /// What there is to say.
    pub text: String,
    /// The day on which it was so.
    pub noted: Date,
}

impl Belongs {
    /// Whether two tools can stand on opposite sides.
    pub(super) fn is_opposite(self, other: Self) -> bool {
        match (self, other) {
            (Self::Neither, _) | (_, Self::Neither) => false,
            (Self::Both, _) | (_, Self::Both) => true,
            (Self::To(one), Self::To(other)) => one != other,
        }
    }
}
