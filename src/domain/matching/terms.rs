//! A question as terms: what each of its words counts for, found out once.

use std::ops::Range;

use super::features::Features;
use super::lexicon::{CLASS, FeatureId, Lexicon};
use super::specials::{SUBJECT, Specials};
use crate::knowledge::Side;
use crate::question::Question;

/// A word of a question as it is counted.
#[derive(Debug, Clone)]
pub struct Term {
    /// The hash of its stem.
    pub stem: u64,
    /// The subject that it names, by itself or as its tool.
    pub names: Option<Side>,
    /// Whether it is the name of a subject; then its word and stem are the same for both.
    pub is_subject: bool,
    /// The index of its token in the question, of the first one where it stands for two.
    pub token: usize,
    /// Where its word and its runs of letters end in those of all terms.
    word_end: usize,
    letters_end: usize,
    /// The features of its class, of its stem, and of the pair with the term before it, as far as they are known.
    class: Option<FeatureId>,
    own: Option<FeatureId>,
    pair: Option<FeatureId>,
}

/// The terms of a question, in order: synonyms are replaced and misspelt words repaired.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    terms: Vec<Term>,
    words: String,
    letters: Vec<FeatureId>,
}

impl Terms {
    pub(super) fn read(question: &Question, lexicon: &Lexicon, specials: &Specials) -> Self {
        let mut all = Self::default();
        let mut before = None;
        specials.classify(question, |classified| {
            let Self { terms, words, letters } = &mut all;
            let class = classified.class.and_then(|class| lexicon.read(class, letters).stem_feature);
            let found = lexicon.read(classified.word, letters);
            let pair = before.replace(found.stem).and_then(|before| lexicon.pair(before, found.stem));
            words.push_str(found.word);
            terms.push(Term {
                stem: found.stem,
                names: classified.names,
                is_subject: found.word == SUBJECT,
                token: classified.token,
                word_end: words.len(),
                letters_end: letters.len(),
                class,
                own: found.stem_feature,
                pair,
            });
        });
        all
    }

    /// How many terms there are.
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// Whether there is not a single term.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The terms, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Term> {
        self.terms.iter()
    }

    /// The word of the term at an index, or the word that it was meant to be; nothing where it stands for a class of words.
    pub fn word(&self, index: usize) -> Option<&str> {
        let end = self.terms.get(index)?.word_end;
        let word = self.words.get(self.before(index, |term| term.word_end)..end)?;
        // That word is nothing that a person wrote.
        (!word.starts_with(CLASS)).then_some(word)
    }

    /// The indexes of the terms that come from a range of tokens.
    pub fn of_tokens(&self, tokens: Range<usize>) -> Range<usize> {
        let index = |token: usize| self.terms.partition_point(|term| term.token < token);
        index(tokens.start)..index(tokens.end)
    }

    /// The share of the terms that no example has, 0–1.
    pub fn unknown_share(&self) -> f32 {
        let is_unknown = |term: &&Term| term.class.is_none() && term.own.is_none() && term.pair.is_none();
        self.terms.iter().filter(is_unknown).count() as f32 / self.terms.len().max(1) as f32
    }

    /// The tokens from the first to the last of some terms, given by their indexes in order; `tokens` is how many there are.
    pub fn tokens_of(&self, indexes: &[usize], tokens: usize) -> Range<usize> {
        let token = |index: usize| self.terms.get(index).map_or(tokens, |term| term.token);
        let first = indexes.first().map_or(tokens, |first| token(*first));
        // A token may stand for several terms.
        first..indexes.last().map_or(tokens, |last| token(last + 1).max(token(*last) + 1))
    }

    /// Which subjects are named, by themselves or by a tool.
    pub(super) fn names(&self) -> [bool; 2] {
        Side::BOTH.map(|side| self.terms.iter().any(|term| term.names == Some(side)))
    }

    /// The features of the terms in a range of indexes, as if there were no others.
    pub(super) fn features(&self, range: Range<usize>) -> Features {
        let mut features = Features::default();
        let first = range.start;
        for (index, term) in self.terms.iter().enumerate().take(range.end).skip(first) {
            // The first one has no neighbour before it.
            let pair = term.pair.filter(|_| index > first);
            features.words.extend(term.class.into_iter().chain(term.own).chain(pair));
            features.letters.extend_from_slice(self.letter_features(index));
        }
        features.tidy();
        features
    }

    /// The features of a term among the words and pairs.
    pub(super) fn word_features(&self, index: usize) -> impl Iterator<Item = FeatureId> {
        self.terms.get(index).into_iter().flat_map(|term| term.class.into_iter().chain(term.own).chain(term.pair))
    }

    /// The features of a term among the letters.
    pub(super) fn letter_features(&self, index: usize) -> &[FeatureId] {
        let start = self.before(index, |term| term.letters_end);
        let end = self.terms.get(index).map_or(start, |term| term.letters_end);
        self.letters.get(start..end).unwrap_or_default()
    }

    /// Where that ends which belongs to the term before an index.
    fn before(&self, index: usize, end: impl Fn(&Term) -> usize) -> usize {
        index.checked_sub(1).and_then(|before| self.terms.get(before)).map_or(0, end)
    }
}
