//! What is compared: the two subjects, and the article that the comparison started from.

use serde::{Deserialize, Serialize};

/// One of the two subjects, by its position in the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// The subject that `comparison.toml` names first; it is on the left.
    #[serde(alias = "First")]
    First,
    /// The subject that `comparison.toml` names second; it is on the right.
    #[serde(alias = "Second")]
    Second,
}

impl Side {
    /// Both sides, left to right.
    pub const BOTH: [Self; 2] = [Self::First, Self::Second];

    /// The opposite one.
    pub fn other(self) -> Self {
        match self {
            Self::First => Self::Second,
            Self::Second => Self::First,
        }
    }
}

/// The article that the comparison started from.
#[derive(Debug, Serialize, Deserialize)]
pub struct Article {
    /// The title by which answers cite it.
    pub title: String,
    /// When it was written, as far as known.
    pub as_of: String,
}

/// One of the two things that are compared.
#[derive(Debug, Serialize, Deserialize)]
pub struct Subject {
    /// The fixed name in files and labels.
    pub id: String,
    /// The name that people read.
    pub name: String,
    /// The emoji that marks its column.
    pub emoji: String,
    /// The colour of an answer that leans to it, 0xRRGGBB.
    pub colour: u32,
}

/// A group of topics.
#[derive(Debug, Serialize, Deserialize)]
pub struct Category {
    /// The fixed name that topics refer to.
    pub id: String,
    /// The heading that people read.
    pub title: String,
}
