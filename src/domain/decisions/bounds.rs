//! How much a team can put to the vote and record. Lengths are in UTF-16 units.

use std::ops::RangeInclusive;

/// Units of a question: as many as a poll of Discord takes.
pub const QUESTION: usize = 300;
/// Options of a vote.
pub const OPTIONS: RangeInclusive<usize> = 2..=10;
/// Units of an option.
pub const OPTION: usize = 55;
/// Hours that a vote may run.
pub const HOURS: RangeInclusive<u16> = 1..=768;
/// Hours that a vote runs where nothing is said.
pub const USUAL_HOURS: u16 = 24;
/// Votes that can be asked for at least.
pub const LEAST: RangeInclusive<u32> = 1..=10_000;
/// Units of a decision.
pub const DECISION: usize = 200;
/// Units of a reason, of what was rejected, and of the consequences.
pub const WORDS: usize = 1000;
/// Decisions of a server.
pub const DECISIONS: usize = 500;
/// Votes of a server that run at the same time.
pub const OPEN: usize = 25;
