//! The words that the data uses, each with the features that it stands for.

use std::hash::Hasher;

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::{FxHashMap, FxHasher};
use serde::{Deserialize, Serialize};

use super::score;
use super::spelling;

/// The number of a feature.
pub(super) type FeatureId = u32;

/// A word and what it stands for.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Entry {
    /// The word as it is written in the data.
    pub(super) word: Box<str>,
    /// The hash of its stem; pairs of words are made from these.
    pub(super) stem: u64,
    /// Its stem as a feature.
    pub(super) stem_feature: FeatureId,
    /// Its runs of letters as features, without repetition.
    pub(super) letter_features: Box<[FeatureId]>,
}

/// The words and features that the data uses.
#[derive(Serialize, Deserialize)]
pub(super) struct Lexicon {
    words: FxHashMap<u64, u32>,
    entries: Vec<Entry>,
    features: FxHashMap<u64, FeatureId>,
    #[serde(skip, default = "stemmer")]
    stemmer: Stemmer,
}

/// What kind of feature a hash is made for, so that a stem and a run of the same letters differ.
#[derive(Clone, Copy)]
enum Kind {
    Word = 1,
    Stem = 2,
    Pair = 3,
    Letters = 4,
}

impl Lexicon {
    pub(super) fn new() -> Self {
        let (words, features) = (FxHashMap::default(), FxHashMap::default());
        Self { words, entries: Vec::new(), features, stemmer: stemmer() }
    }

    /// The entry of a word, made if need be.
    pub(super) fn learn(&mut self, word: &str) -> &Entry {
        let hash = hash(Kind::Word, word.as_bytes());
        let next = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        let at = *self.words.entry(hash).or_insert(next);
        if at == next {
            let stem = self.stem(word);
            let stem_feature = self.learn_feature(stem);
            let letters = letter_hashes(word).into_iter();
            let mut letters: Vec<FeatureId> = letters.map(|hash| self.learn_feature(hash)).collect();
            letters.sort_unstable();
            letters.dedup();
            let letter_features = letters.into_boxed_slice();
            self.entries.push(Entry { word: word.into(), stem, stem_feature, letter_features });
        }
        self.entry(at)
    }

    /// The feature of a pair of neighbouring words, made if need be.
    pub(super) fn learn_pair(&mut self, first: u64, second: u64) -> FeatureId {
        self.learn_feature(pair(first, second))
    }

    /// The entry of a word that the data uses, in this spelling or in one close to it.
    pub(super) fn find(&self, word: &str) -> Option<&Entry> {
        self.words.get(&hash(Kind::Word, word.as_bytes())).map(|at| self.entry(*at))
    }

    /// The entry that a misspelt word was meant to be.
    pub(super) fn repair(&self, word: &str) -> Option<&Entry> {
        spelling::closest(word, self.entries.iter().map(|entry| &*entry.word)).and_then(|at| self.entries.get(at))
    }

    /// What a word that the data does not use has in common with those that it does.
    pub(super) fn describe(&self, word: &str) -> (u64, Option<FeatureId>, Vec<FeatureId>) {
        let stem = self.stem(word);
        let letters = letter_hashes(word).into_iter();
        let mut letters: Vec<FeatureId> = letters.filter_map(|hash| self.features.get(&hash).copied()).collect();
        letters.sort_unstable();
        letters.dedup();
        (stem, self.features.get(&stem).copied(), letters)
    }

    /// The feature of a pair of neighbouring words, if the data uses it.
    pub(super) fn find_pair(&self, first: u64, second: u64) -> Option<FeatureId> {
        self.features.get(&pair(first, second)).copied()
    }

    /// How many features there are.
    pub(super) fn features(&self) -> usize {
        self.features.len()
    }

    fn entry(&self, at: u32) -> &Entry {
        static NOTHING: once_cell::sync::Lazy<Entry> = once_cell::sync::Lazy::new(Entry::default);
        usize::try_from(at).ok().and_then(|at| self.entries.get(at)).unwrap_or(&NOTHING)
    }

    fn stem(&self, word: &str) -> u64 {
        hash(Kind::Stem, self.stemmer.stem(word).as_bytes())
    }

    fn learn_feature(&mut self, hash: u64) -> FeatureId {
        let next = FeatureId::try_from(self.features.len()).unwrap_or(FeatureId::MAX);
        *self.features.entry(hash).or_insert(next)
    }
}

impl std::fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Lexicon of {} words and {} features", self.entries.len(), self.features.len())
    }
}

fn stemmer() -> Stemmer {
    Stemmer::create(Algorithm::English)
}

fn pair(first: u64, second: u64) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write_u8(Kind::Pair as u8);
    hasher.write_u64(first);
    hasher.write_u64(second);
    hasher.finish()
}

fn hash(kind: Kind, bytes: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write_u8(kind as u8);
    hasher.write(bytes);
    hasher.finish()
}

/// The hash of each run of letters of a word, with `^` before and `$` behind it; letters of any script are taken whole.
fn letter_hashes(word: &str) -> Vec<u64> {
    let framed: Vec<char> = std::iter::once('^').chain(word.chars()).chain(std::iter::once('$')).collect();
    let runs = score::LETTERS.iter().flat_map(|length| framed.windows(*length));
    let hashes = runs.map(|run| {
        let mut hasher = FxHasher::default();
        hasher.write_u8(Kind::Letters as u8);
        run.iter().for_each(|letter| hasher.write_u32(u32::from(*letter)));
        hasher.finish()
    });
    hashes.collect()
}
