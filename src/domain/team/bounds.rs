//! How much a team can keep. Lengths are in UTF-16 units.

/// Notes of a server.
pub const NOTES: usize = 200;
/// Units of a note.
pub const NOTE_TEXT: usize = 300;
/// Units of the address that a note leads to.
pub const NOTE_LINK: usize = 300;
/// Questions without an answer that are kept of a server.
pub const GAPS: usize = 200;
/// Questions that a server can add to topics.
pub const ADDED: usize = 200;
/// Units of a question that is kept.
pub const QUESTION: usize = 200;
/// Words of a question by which near-identical ones are recognised.
pub const QUESTION_WORDS: usize = 40;
/// Days over which is counted what was asked, and for which a question without an answer is kept.
pub const DAYS: u16 = 30;
/// Days for which is kept that somebody said whether an answer was of use.
pub const VOTE_DAYS: u16 = 7;
/// Channels that a server can choose.
pub const CHANNELS: usize = 25;
