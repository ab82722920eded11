//! Every weight of the matching, with what it means and how it relates to the others. How it is learned is in
//! `src/learning`, what is done about a question at which probability in `thresholds.rs`.

/// The lengths of the runs of letters that are compared, with `^` and `$` for the ends of a word: short ones forgive
/// misspelling, long ones tell words apart. Runs of four in between add cost and nothing else.
pub(super) const LETTERS: [usize; 2] = [3, 5];

/// From this number of labels on, a feature that occurs with more than [`MOST_LABELS`] of them is not learned from: it tells
/// them apart no more, and would take most of the time.
pub(super) const MANY_LABELS: usize = 500;
/// See [`MANY_LABELS`].
pub(super) const MOST_LABELS: usize = 64;
/// Smaller weights are dropped: they change no decision and take most of the room.
pub(super) const WEIGHT_FROM: f32 = 0.15;

/// Turns a difference of scores into a ratio of probabilities: the larger, the surer.
pub(super) const SHARPNESS: f32 = 1.8;

/// Candidates that are shown with a decision.
pub(super) const CANDIDATES: usize = 5;

/// Letters that a word needs before it is taken for a misspelling with one and with two faults.
pub(super) const ONE_FAULT_FROM: usize = 4;
/// Faults that a misspelt word may have at the most.
pub(super) const MOST_FAULTS: usize = 2;
/// See [`ONE_FAULT_FROM`].
pub(super) const TWO_FAULTS_FROM: usize = 8;
