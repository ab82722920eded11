//! The versions of both subjects: when they came out, and until when they get fixes.

use serde::{Deserialize, Serialize};

use super::{Date, Side, Source};

/// A version of one subject.
#[derive(Debug, Serialize, Deserialize)]
pub struct Release {
    /// Whose version it is.
    pub side: Side,
    /// Its number, such as `3.14`.
    pub version: String,
    /// When it came out, or when it is planned to.
    pub released: When,
    /// From when it has long-term support, if it ever has.
    pub lts: Option<When>,
    /// When its support ends, if that is known.
    pub end: Option<When>,
    /// The name that it has beside its number.
    pub codename: Option<String>,
    /// Whether it is an alpha, a beta or a candidate.
    pub is_prerelease: bool,
    /// The pages that say so.
    pub sources: Vec<Source>,
}

/// A day, or a month where the day is not known or not fixed yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum When {
    /// A day.
    Day(Date),
    /// Some day of a month.
    Month {
        /// The year, such as 2026.
        year: u16,
        /// The month, 1–12.
        month: u8,
    },
}

impl When {
    /// Whether it surely comes before another.
    pub(super) fn is_before(self, other: Self) -> bool {
        match (self, other) {
            (Self::Day(day), Self::Day(other)) => day < other,
            _ => self.month() < other.month(),
        }
    }

    fn month(self) -> (u16, u8) {
        match self {
            Self::Day(day) => (day.year, day.month),
            Self::Month { year, month } => (year, month),
        }
    }
}
