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
/// It answers, whatever else the words may mean, from this probability of the best meaning if the text asks how "the two"
/// differ: nobody says so of anything else.
pub(super) const ASKED_OF_BOTH_FROM: f32 = 0.3;
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
/// A kind of project that a text names by one of its names counts this many times as much as its other words make it count.
pub(super) const NAMED_COUNTS: f32 = 4.0;
/// So many times if it is the first that is named,
pub(super) const NAMED_FIRST_COUNTS: f32 = 16.0;
/// and as if its other words made it at least this probable.
pub(super) const NAMED_AT_LEAST: f32 = 0.05;
/// A part of a text names no further kind of project below this probability.
pub(super) const NO_FURTHER_KIND_BELOW: f32 = 0.6;
/// A text that states this many factors of a project describes one, even if its words alone leave that in doubt.
pub(super) const DESCRIBES_FROM_FACTORS: usize = 2;

/// What makes a meaning sure where the text was read as a sentence as well: a sum, which becomes a probability by the logistic
/// function. Its parts were fitted to texts that nothing was learned from, and are named by what they count.
pub(super) const SURE_AT_FIRST: f32 = -3.0;
/// The logarithm of how many times the best meaning is as probable as "none of the others", by the sentence.
pub(super) const SURE_BY_SENTENCE: f32 = 0.49;
/// The same by the words, which take much for known that is about something else.
pub(super) const SURE_BY_WORDS: f32 = 0.1;
/// The logarithm of how many times it is as probable as the next one.
pub(super) const SURE_BY_AHEAD: f32 = 0.32;
/// Whether the text names both subjects.
pub(super) const SURE_BY_BOTH: f32 = 1.0;
/// The share of its words that no example has, 0–1.
pub(super) const SURE_BY_UNKNOWN: f32 = -1.5;
/// Logarithms towards "none of the others" and towards the next meaning count up to these.
pub(super) const SURE_UP_TO: f32 = 12.0;
/// See [`SURE_UP_TO`].
pub(super) const SURE_AHEAD_UP_TO: f32 = 6.0;
/// A meaning is answered from this probability of being right,
pub(super) const ANSWERED_FROM: f32 = 0.32;
/// and asked back with the next best from this one.
pub(super) const ASKED_FROM: f32 = 0.033;
/// Help is answered from this probability on if nearly all of it is help's: it is about the bot itself, so that nothing wrong is said.
pub(super) const HELPS_FROM: f32 = 0.15;
/// See [`HELPS_FROM`].
pub(super) const HELPS_FROM_SHARE: f32 = 0.9;
/// Where there is no time to read the sentence, this takes the place of [`UNKNOWN_BELOW`].
pub(super) const UNKNOWN_BELOW_IN_HASTE: f32 = 0.98;

/// How much the words of a text count beside the sentence as a whole, 0-1: their logarithms are averaged with these weights.
pub(super) const WORDS_COUNT: f32 = 0.55;
/// How much its sentences, each for itself, count beside a text as a whole, 0-1.
pub(super) const PARTS_COUNT: f32 = 0.2;
/// The most sentences that are read each for itself.
pub(super) const PARTS_READ: usize = 3;
/// None of them is read where the best meaning of the whole text is this many times as probable as the next one: on our sets
/// they changed nothing there, and reading them took more than half of the time.
pub(super) const PARTS_UNLESS_AHEAD: f32 = 4.5;
/// Where a model was not trained on the labels, a label is as near as so many of its examples on average.
pub(super) const NEAREST: usize = 3;
/// A label that is nearer by this much, as a difference of cosines, is ten times as probable.
pub(super) const NEARNESS_TENFOLD: f32 = 0.12;

/// Words of a question that are shown as the evidence for its meaning.
pub(super) const EVIDENCE_WORDS: usize = 3;
/// A word is not shown as evidence below this share of the strongest word's weight.
pub(super) const NO_EVIDENCE_BELOW_SHARE: f32 = 0.4;

/// A direct answer is given from this score on; below it the topic's takeaway says more.
pub(super) const ANSWERS_FROM: f32 = 0.85;
/// A direct answer that mentions all tools of a question is given from this score on.
pub(super) const ANSWERS_TOOLS_FROM: f32 = 0.5;
/// A statement of the topic is given from this score on where no direct answer fits.
pub(super) const STATES_FROM: f32 = 1.0;
/// A part of a text is a question of its own from this probability of its topic on.
pub(super) const IS_PART_FROM: f32 = 0.5;
/// Another direct answer of the same topic is given to what follows an answer from this score on.
pub(super) const FOLLOWS_FROM: f32 = 1.0;
/// The same as [`ANSWERS_FROM`] where a model read the question, with how far the answer stands before the next one: of wordings that
/// were kept from the training, four of five that reach it are right.
pub(super) const ANSWERS_BY_MEANING_FROM: f32 = 1.15;
/// What that distance to the next answer counts, in scores.
pub(super) const AHEAD_COUNTS: f32 = 1.3;
/// A direct answer is given instead of asking back, or of saying that the question is not known, from this sum on.
pub(super) const ANSWERS_SURELY_FROM: f32 = 1.4;
