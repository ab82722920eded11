//! Every threshold of "answer, ask back, or say that it is not known", named by its effect. Probabilities are 0–1.
//!
//! How strongly words and letters count is in `matching/score.rs`; how many points decide a recommendation is in
//! `recommendation/score.rs`.

/// The bot says that it does not know below this share of the best meaning in the probability that this meaning and "none of
/// the others" have together.
pub(super) const UNKNOWN_BELOW: f32 = 0.9;
/// It says so as well below this probability of the best meaning: then all meanings are about as likely, because nothing of
/// the text is known.
pub(super) const NOTHING_KNOWN_BELOW: f32 = 0.04;
/// It asks back below this probability of the best meaning: most first guesses are wrong there.
pub(super) const ASK_BACK_BELOW: f32 = 0.12;
/// It asks back as well unless the best meaning is this many times as probable as the next one.
pub(super) const ASK_BACK_UNLESS_AHEAD: f32 = 1.1;
/// Meanings that it offers when it asks back.
pub(super) const OFFERED: usize = 3;

/// A message that was not addressed to the bot is left alone below this probability, and unless it weighs both subjects
/// against each other by name: an answer that nobody asked for annoys more than any other fault.
pub(super) const SILENT_BELOW: f32 = 0.99;

/// A text names no kind of project below this probability of the likeliest one. It is small because kinds compete with topics,
/// which a description touches as well; of questions about a topic that mention a team or a date in passing, on two thirds
/// of our sets, no kind had half of it.
pub(super) const NO_KIND_BELOW: f32 = 0.04;
/// It names none either below this share of the likeliest kind in the probability of all kinds and "none of the others".
pub(super) const NO_KIND_BELOW_SHARE: f32 = 0.15;
/// A part of a text names no further kind of project below this probability.
pub(super) const NO_FURTHER_KIND_BELOW: f32 = 0.6;
/// A text that states this many factors of a project describes one, even if its words alone leave that in doubt.
pub(super) const DESCRIBES_FROM_FACTORS: usize = 2;

/// Words of a question that are shown as the evidence for its meaning.
pub(super) const EVIDENCE_WORDS: usize = 3;
/// A word is not shown as evidence below this share of the strongest word's weight.
pub(super) const NO_EVIDENCE_BELOW_SHARE: f32 = 0.4;
