//! Finds the phrases of the data in a text, word by word, with gaps, negations and the ends of clauses.

use std::collections::BTreeSet;

use super::phrases::{PhraseBook, Target};
use super::score;
use crate::knowledge::Side;
use crate::matching::{Term, Understanding};
use crate::question::Boundary;

/// Stand for the names and tools of either side.
pub(super) const NAMES: [u64; 2] = [1, 2];

/// A term of a text as phrases are compared with it.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextTerm {
    own: u64,
    /// The hash that stands for the subject that it names, or its own.
    subject: u64,
    /// Its number in the text, where the end of a clause or a sentence counts as words as well.
    position: usize,
}

/// A phrase in a text.
pub(super) struct Found {
    pub(super) target: Target,
    /// The indexes of its terms, in order.
    pub(super) terms: Vec<usize>,
}

/// The terms of a text as phrases are compared with them.
pub(super) fn text_terms(understanding: &Understanding) -> Vec<TextTerm> {
    let mut terms = understanding.terms.iter().peekable();
    let mut all = Vec::with_capacity(understanding.terms.len());
    let mut position = 0;
    for (index, token) in understanding.question.tokens().enumerate() {
        while let Some(term) = terms.next_if(|term| term.token == index) {
            let (own, subject) = hashes(term);
            all.push(TextTerm { own, subject, position });
            position += 1;
        }
        position += match token.boundary {
            Boundary::Nothing | Boundary::Word => 0,
            Boundary::Clause => score::CLAUSE_PAUSE,
            Boundary::Sentence => score::SENTENCE_PAUSE,
        };
    }
    all
}

/// The hash of a term, and the one that stands for the subject that it names or, if it names none, its own.
pub(super) fn hashes(term: &Term) -> (u64, u64) {
    let [first, second] = NAMES;
    let subject = term.names.map(|side| match side {
        Side::First => first,
        Side::Second => second,
    });
    // A tool has a name of its own beside its subject's; a subject has only that.
    let own = subject.filter(|_| term.is_subject).unwrap_or(term.stem);
    (own, subject.unwrap_or(own))
}

/// Every phrase in a text that is neither negated nor a part of a longer one.
pub(super) fn find(book: &PhraseBook, negating: &BTreeSet<u64>, text: &[TextTerm]) -> Vec<Found> {
    longest_of(all(book, text, |terms| !is_negated(negating, text, terms)))
}

/// Every phrase in a text that is not a part of a longer one, whether it is negated or not.
pub(super) fn find_all(book: &PhraseBook, text: &[TextTerm]) -> Vec<Found> {
    longest_of(all(book, text, |_| true))
}

/// The phrases in a text whose terms, given by their indexes, count.
fn all(book: &PhraseBook, text: &[TextTerm], counts: impl Fn(&[usize]) -> bool) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for (start, term) in text.iter().enumerate() {
        let subject = (term.subject != term.own).then_some(term.subject);
        let begin = std::iter::once(term.own).chain(subject).flat_map(|hash| book.beginning_with(hash));
        for phrase in begin {
            if let Some(terms) = match_phrase(book, phrase, text, start)
                && counts(&terms)
                && let Some(target) = book.target(phrase)
            {
                found.push(Found { target, terms });
            }
        }
    }
    found
}

/// Those that are not a part of a longer one.
fn longest_of(found: Vec<Found>) -> Vec<Found> {
    let longest = found.iter().map(Found::span).max().unwrap_or_default();
    let parts: Vec<bool> = found.iter().map(|one| is_part(one, &found, longest)).collect();
    found.into_iter().zip(parts).filter_map(|(found, is_part)| (!is_part).then_some(found)).collect()
}

/// The indexes of the terms of a phrase that begins at `start`; the nearest ones, with few other words in between.
fn match_phrase(book: &PhraseBook, phrase: u32, text: &[TextTerm], start: usize) -> Option<Vec<usize>> {
    let next = |from: usize, set: u32| {
        let reach = text.get(from)?.position + 1 + score::GAP;
        let mut later = text.iter().enumerate().skip(from + 1).take_while(|(_, term)| term.position <= reach);
        later.find(|(_, term)| book.has(set, term.own) || book.has(set, term.subject)).map(|(index, _)| index)
    };
    // Nearly all phrases fail at their second word, so that nothing is allocated before one is there.
    book.further_words(phrase).try_fold(start, next)?;
    let mut terms = vec![start];
    for set in book.further_words(phrase) {
        terms.push(next(terms.last().copied()?, set)?);
    }
    Some(terms)
}

/// Whether a word shortly before or within a phrase turns it into its opposite; a phrase that says "no" itself is meant so.
fn is_negated(negating: &BTreeSet<u64>, text: &[TextTerm], phrase: &[usize]) -> bool {
    let (Some(first), Some(last)) = (phrase.first(), phrase.last()) else { return false };
    let Some(begin) = text.get(*first) else { return false };
    let negates = |term: &TextTerm| negating.contains(&term.own);
    let reach = if negates(begin) { begin.position } else { begin.position.saturating_sub(score::NEGATED_WITHIN) };
    let before_last = text.iter().enumerate().take(*last);
    let mut around = before_last.skip_while(|(_, term)| term.position < reach);
    around.any(|(index, term)| !phrase.contains(&index) && negates(term))
}

/// Whether a longer phrase has all words of this one. The phrases stand in the order of their first terms, so that only
/// those are looked at which begin near enough; `longest` is the longest span of all.
fn is_part(one: &Found, all: &[Found], longest: usize) -> bool {
    let near = all.partition_point(|other| other.first() + longest <= one.first());
    let later = all.partition_point(|other| other.first() <= one.first());
    let within = |longer: &Found| {
        longer.terms.len() > one.terms.len() && one.terms.iter().all(|term| longer.terms.contains(term))
    };
    all.get(near..later).unwrap_or_default().iter().any(within)
}

impl Found {
    fn first(&self) -> usize {
        self.terms.first().copied().unwrap_or_default()
    }

    /// Over how many terms it goes.
    fn span(&self) -> usize {
        self.terms.last().map_or(0, |last| last + 1 - self.first())
    }
}

#[cfg(test)]
mod tests {
    use crate::recommendation::score::{CLAUSE_PAUSE, GAP, NEGATED_WITHIN, SENTENCE_PAUSE};
    use crate::recommendation::toy::{Toy, factor, toy, value};

    fn phrases_toy() -> Toy {
        let values = [
            value("long", "words = [\"alpha omega\"]", &[]),
            value("short", "words = [\"beta\"]", &[]),
            value("part", "words = [\"gamma\"]", &[]),
            value("whole", "words = [\"gamma delta\"]", &[]),
            value("lacks", "words = [\"not epsilon\"]", &[]),
            value("side", "words = [\"{person} know {left}\"]", &[]),
            value("tool", "words = [\"hammer\"]", &[]),
        ];
        toy(&[factor("V", true, &values)], &[])
    }

    #[track_caller]
    fn check(cases: &[(&str, &str)]) {
        let toy = phrases_toy();
        for (text, expected) in cases {
            let expected = if expected.is_empty() { String::new() } else { format!("V:{expected}") };
            assert_eq!(toy.stated(text), expected, "{text}");
        }
    }

    /// This many words that mean nothing.
    fn others(count: usize) -> String {
        "big ".repeat(count)
    }

    #[test]
    fn a_few_other_words_may_stand_within_a_phrase() {
        let (near, far) = (format!("alpha {}omega", others(GAP)), format!("alpha {}omega", others(GAP + 1)));
        check(&[
            ("alpha omega", "long"),
            ("omega alpha", ""),
            ("ÁLPHA 日本 omega", "long"),
            // What is no word does not count.
            ("alpha 🦀 🦀 🦀 🦀 omega", "long"),
            (&near, "long"),
            (&far, ""),
        ]);
    }

    #[test]
    fn a_word_shortly_before_or_within_a_phrase_negates_it() {
        let near = format!("not {}beta", others(NEGATED_WITHIN - 1));
        let far = format!("not {}beta", others(NEGATED_WITHIN));
        check(&[
            ("without beta", ""),
            (&near, ""),
            (&far, "short"),
            ("alpha not omega", ""),
            ("not alpha omega", ""),
            ("beta not", "short"),
            ("not beta but beta", ""),
            ("not beta, big big beta", "short"),
            // What says "no" itself is meant so.
            ("not epsilon", "lacks"),
            ("epsilon", ""),
            ("not big epsilon", "lacks"),
        ]);
    }

    #[test]
    fn neither_a_phrase_nor_a_negation_reaches_beyond_a_sentence() {
        const { assert!(SENTENCE_PAUSE > GAP && SENTENCE_PAUSE >= NEGATED_WITHIN) };
        check(&[
            ("alpha. omega", ""),
            ("alpha; omega", ""),
            ("alpha\nomega", ""),
            ("alpha 🦀! omega", ""),
            ("not. beta", "short"),
            ("日本 not: é beta", "short"),
            // Without a blank behind it, a point ends nothing.
            ("alpha.omega", "long"),
            ("not.beta", ""),
        ]);
    }

    #[test]
    fn a_comma_counts_as_other_words() {
        let near = format!("alpha, {}omega", others(GAP - CLAUSE_PAUSE));
        let far = format!("alpha, {}omega", others(GAP - CLAUSE_PAUSE + 1));
        let negated = format!("not, {}beta", others(NEGATED_WITHIN - CLAUSE_PAUSE - 1));
        let stated = format!("not, {}beta", others(NEGATED_WITHIN - CLAUSE_PAUSE));
        check(&[(&near, "long"), (&far, ""), (&negated, ""), (&stated, "short")]);
    }

    #[test]
    fn a_part_of_a_longer_phrase_is_not_found() {
        check(&[
            ("gamma", "part"),
            ("gamma delta", "whole"),
            ("gamma big delta", "whole"),
            ("gamma. delta", "part"),
            ("gamma delta. gamma", "partwhole"),
            ("not gamma delta", ""),
        ]);
    }

    #[test]
    fn names_and_groups_stand_for_their_words() {
        check(&[
            ("folks know lefty", "side"),
            ("people know left", "side"),
            ("people know right", ""),
            // A tool names its subject, and itself.
            ("people know hammer", "side"),
            ("people know saw", ""),
            ("a hammer", "tool"),
            ("a lefty", ""),
        ]);
    }
}
