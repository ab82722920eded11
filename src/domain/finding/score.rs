//! Every weight by which passages are found. From which score on a passage is an answer is in `thresholds.rs`.

/// The lengths of the runs of letters that are compared, as in the matching.
pub(super) const LETTERS: [usize; 2] = [3, 5];

/// What the likeness of words and of pairs of words counts, where it is complete.
pub(super) const WORDS: f32 = 0.5;
/// What the likeness of runs of letters counts, where it is complete; it forgives misspellings and other endings.
pub(super) const LETTERS_SHARE: f32 = 0.5;

/// What the text of a direct answer counts beside its questions.
pub(super) const ANSWER_TEXT: f32 = 0.8;
/// What a statement counts: it was written to be read under its topic, not as an answer to a question.
pub(super) const STATEMENT: f32 = 0.8;

/// The share of the text that fits best; the rest is that of all texts of a passage together.
pub(super) const BEST_TEXT: f32 = 0.3;
/// What it counts that a passage belongs to the topic that the question means, where that is certain,
pub(super) const TOPIC: f32 = 0.5;
/// and where a model read both: the meaning of the passage says more than that of its topic.
pub(super) const TOPIC_BESIDE_MEANING: f32 = 0.1;

/// What it counts that a question and a passage mean the same, where a model read both: most of it all.
pub(super) const MEANING: f32 = 1.3;
/// What the likeness of words counts then.
pub(super) const WORDS_BESIDE_MEANING: f32 = 0.3;

/// What it counts against a passage that it is about other numbers, such as versions, than the question: it is wrong.
pub(super) const OTHER_NUMBERS: f32 = 0.6;
/// What it counts against a passage that it is about the side alone that the question does not name.
pub(super) const OTHER_SIDE: f32 = 0.3;
/// What it counts against a passage that is about numbers but not about the first one of the question: "what is new in 26 after 24".
pub(super) const FIRST_NUMBER: f32 = 0.4;
/// What it counts against a passage that nothing in it is about the version that the question names.
pub(super) const OTHER_VERSION: f32 = 0.3;
