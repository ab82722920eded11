//! Every threshold of the recommendation. Points are small whole numbers that the data gives, each with its reason.

/// Up to this difference in points neither side is ahead: one nudge more or less decides nothing.
pub(super) const EVEN_UP_TO: i32 = 1;
/// From this difference on a side is clearly ahead: no single reason, of at most four points, could bring the other to it.
pub(super) const STRONG_FROM: i32 = 6;
/// Where neither is ahead although each has this many points, the needs pull apart, and it depends on which one weighs more.
pub(super) const CONFLICT_FROM: i32 = 4;

/// Single changes that are shown at the most.
pub(super) const FLIPS: usize = 3;
/// Words of a text that are quoted for each factor at the most: enough to see by what it was understood.
pub(super) const QUOTED_WORDS: usize = 5;

/// Parts of a text that are read by themselves at the most.
pub(super) const PARTS: usize = 12;

/// The end of a sentence counts as this many words, so that neither a phrase nor a negation reaches across it.
pub(super) const SENTENCE_PAUSE: usize = 3;
/// A comma counts as this many words.
pub(super) const CLAUSE_PAUSE: usize = 1;

/// Other words that may stand between two words of a phrase.
pub(super) const GAP: usize = 2;
/// Words before a phrase that are looked at for a negation.
pub(super) const NEGATED_WITHIN: usize = 3;
