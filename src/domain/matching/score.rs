//! Every weight and threshold of the matching, with what it means and how it relates to the others.

/// Smoothing of the counts: a word seen once with one label must not settle a question by itself.
pub(super) const SMOOTHING: f32 = 0.3;

/// Shortest and longest run of letters that is compared, with `^` and `$` for the ends of a word.
pub(super) const LETTERS: std::ops::RangeInclusive<usize> = 3..=5;

/// Turns a difference of scores into a probability: the larger, the surer.
pub(super) const SHARPNESS: f32 = 3.0;

/// From this probability on a question is answered.
pub(super) const ANSWER_FROM: f32 = 0.30;
/// From this probability on "did you mean" is offered; below, the bot says that it does not know.
pub(super) const ASK_FROM: f32 = 0.18;
/// A message that was not addressed to the bot is answered only from this probability on, and only if it names both
/// subjects.
pub(super) const OVERHEARD_FROM: f32 = 0.97;

/// Meanings that "did you mean" offers.
pub(super) const MEANINGS: usize = 3;
/// Candidates that are shown with a decision.
pub(super) const CANDIDATES: usize = 5;

/// Letters that a word needs before it is taken for a misspelling with one and with two faults.
pub(super) const ONE_FAULT_FROM: usize = 4;
/// See [`ONE_FAULT_FROM`].
pub(super) const TWO_FAULTS_FROM: usize = 8;
