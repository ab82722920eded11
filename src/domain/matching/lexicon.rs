//! The words that the data uses, each with the features that it stands for.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::Hasher;

use fnv::{FnvBuildHasher, FnvHasher};
use rust_stemmers::{Algorithm, Stemmer};
use serde::{Deserialize, Serialize};

use super::score;
use super::spelling;
use crate::packed::{Packed, Table};

/// The number of a feature.
pub(super) type FeatureId = u32;

/// Begins a word that stands for a class of words; no question has such a word.
pub(super) const CLASS: char = '=';

/// Stands for a feature that was dropped.
const NO_FEATURE: FeatureId = FeatureId::MAX;

/// The words and features that the data uses.
#[derive(Serialize, Deserialize)]
pub(super) struct Lexicon {
    words: Table,
    features: Table,
    /// The words one after the other.
    #[serde(borrow)]
    text: Cow<'static, str>,
    /// Of each word: where it ends in `text`.
    ends: Packed<u32>,
    /// Of each word: the hash of its stem, and its stem as a feature.
    stems: Packed<(u64, FeatureId)>,
    #[serde(skip, default = "stemmer")]
    stemmer: Stemmer,
}

/// A lexicon while words are added to it.
pub(super) struct Builder {
    words: HashMap<u64, u32, FnvBuildHasher>,
    features: HashMap<u64, FeatureId, FnvBuildHasher>,
    entries: Vec<Entry>,
    stemmer: Stemmer,
}

/// A word while a lexicon is built.
#[derive(Clone)]
pub(super) struct Entry {
    word: Box<str>,
    /// The hash of its stem; pairs of words are made from these.
    pub(super) stem: u64,
    /// Its stem as a feature.
    pub(super) stem_feature: FeatureId,
}

/// What a word of a question stands for.
pub(super) struct Found<'l> {
    /// The word itself, or the one that it was meant to be.
    pub(super) word: &'l str,
    /// The hash of its stem.
    pub(super) stem: u64,
    /// Its stem as a feature, if the data uses it.
    pub(super) stem_feature: Option<FeatureId>,
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
    /// What a word stands for, in this spelling or in the one that it was meant to have; its runs of letters are added to
    /// `letters`.
    pub(super) fn read<'l>(&'l self, word: &'l str, letters: &mut Vec<FeatureId>) -> Found<'l> {
        let known = self.words.get(hash(Kind::Word, word.as_bytes())).map(|index| index as usize);
        let meant = known.or_else(|| self.closest(word));
        if let Some(index) = meant {
            let (stem, stem_feature) = self.stems.get(index).unwrap_or_default();
            self.add_letters(self.word(index), letters);
            let stem_feature = Some(stem_feature).filter(|feature| *feature != NO_FEATURE);
            return Found { word: self.word(index), stem, stem_feature };
        }
        let stem = hash(Kind::Stem, self.stemmer.stem(word).as_bytes());
        self.add_letters(word, letters);
        Found { word, stem, stem_feature: self.features.get(stem) }
    }

    fn add_letters(&self, word: &str, letters: &mut Vec<FeatureId>) {
        // A word that stands for a class of words has no letters of its own.
        if !word.starts_with(CLASS) {
            for_each_run(word, |hash| letters.extend(self.features.get(hash)));
        }
    }

    /// The feature of a pair of neighbouring words, given by the hashes of their stems, if the data uses it.
    pub(super) fn pair(&self, first: u64, second: u64) -> Option<FeatureId> {
        self.features.get(pair(first, second))
    }

    /// The index of the word that a misspelt one was meant to be. Only words of about the same length that start alike are
    /// compared; each length and first letter lies together.
    fn closest(&self, word: &str) -> Option<usize> {
        let starts = [0, 1].map(|index| word.as_bytes().get(index).copied());
        let lengths = word.len().saturating_sub(score::MOST_FAULTS)..=word.len() + score::MOST_FAULTS;
        let groups = lengths.flat_map(|length| starts.iter().flatten().map(move |first| (length, *first)));
        let indexes: Vec<usize> = groups.flat_map(|group| self.group(group)).collect();
        let closest = spelling::closest(word, indexes.iter().map(|index| self.word(*index)))?;
        indexes.get(closest).copied()
    }

    /// The indexes of the words of a length in bytes and a first letter.
    fn group(&self, group: (usize, u8)) -> std::ops::Range<usize> {
        let start = |group: (usize, u8)| {
            let (mut low, mut high) = (0, self.ends.len());
            while low < high {
                let middle = low + (high - low) / 2;
                let word = self.word(middle);
                if (word.len(), word.as_bytes().first().copied().unwrap_or_default()) < group {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            low
        };
        start(group)..start((group.0, group.1.saturating_add(1)))
    }

    fn word(&self, index: usize) -> &str {
        self.text.get(self.end(index)..self.end(index + 1)).unwrap_or_default()
    }

    /// Where the word before an index ends.
    fn end(&self, index: usize) -> usize {
        index.checked_sub(1).and_then(|before| self.ends.get(before)).unwrap_or_default() as usize
    }
}

impl Builder {
    pub(super) fn new() -> Self {
        let (words, features) = (HashMap::default(), HashMap::default());
        Self { words, features, entries: Vec::new(), stemmer: stemmer() }
    }

    /// What a word stands for; it is added if need be. Its runs of letters are added to `letters`.
    pub(super) fn add(&mut self, word: &str, letters: &mut Vec<FeatureId>) -> Entry {
        if !word.starts_with(CLASS) {
            for_each_run(word, |hash| letters.push(self.add_feature(hash)));
        }
        let hash_of_word = hash(Kind::Word, word.as_bytes());
        let known = self.words.get(&hash_of_word).and_then(|index| self.entries.get(*index as usize));
        if let Some(entry) = known {
            return entry.clone();
        }
        let stem = hash(Kind::Stem, self.stemmer.stem(word).as_bytes());
        let stem_feature = self.add_feature(stem);
        let entry = Entry { word: word.into(), stem, stem_feature };
        self.words.insert(hash_of_word, number(self.entries.len()));
        self.entries.push(entry.clone());
        entry
    }

    /// Takes a word for known; it brings no features of its own.
    pub(super) fn know(&mut self, word: &str) {
        let hash_of_word = hash(Kind::Word, word.as_bytes());
        if self.words.contains_key(&hash_of_word) {
            return;
        }
        let stem = hash(Kind::Stem, self.stemmer.stem(word).as_bytes());
        let stem_feature = self.features.get(&stem).copied().unwrap_or(NO_FEATURE);
        self.words.insert(hash_of_word, number(self.entries.len()));
        self.entries.push(Entry { word: word.into(), stem, stem_feature });
    }

    /// The feature of a pair of neighbouring words; it is added if need be.
    pub(super) fn add_pair(&mut self, first: u64, second: u64) -> FeatureId {
        self.add_feature(pair(first, second))
    }

    /// How many features there are.
    pub(super) fn features(&self) -> usize {
        self.features.len()
    }

    /// Of each feature, whether it is the stem of a word.
    pub(super) fn stems(&self) -> Vec<bool> {
        let mut stems = vec![false; self.features.len()];
        for entry in &self.entries {
            if let Some(stem) = stems.get_mut(entry.stem_feature as usize) {
                *stem = true;
            }
        }
        stems
    }

    /// Drops the features that are not kept, and numbers the others in their order; gives the new numbers.
    pub(super) fn keep(&mut self, kept: &[bool]) -> Vec<Option<FeatureId>> {
        let mut next = 0;
        let numbers = kept.iter().map(|kept| {
            next += u32::from(*kept);
            kept.then(|| next - 1)
        });
        let numbers: Vec<Option<FeatureId>> = numbers.collect();
        let renumber = |feature: FeatureId| numbers.get(feature as usize).copied().flatten();
        self.features = self.features.drain().filter_map(|(hash, feature)| Some((hash, renumber(feature)?))).collect();
        for entry in &mut self.entries {
            entry.stem_feature = renumber(entry.stem_feature).unwrap_or(NO_FEATURE);
        }
        numbers
    }

    pub(super) fn finish(mut self) -> Lexicon {
        self.entries.sort_by(|a, b| (a.word.len(), &a.word).cmp(&(b.word.len(), &b.word)));
        let indexes =
            self.entries.iter().zip(0..).map(|(entry, index)| (hash(Kind::Word, entry.word.as_bytes()), index));
        let mut end = 0;
        let ends = self.entries.iter().map(|entry| {
            end += entry.word.len();
            number(end)
        });
        Lexicon {
            ends: ends.collect(),
            words: Table::new(indexes.collect::<Vec<_>>().into_iter()),
            features: Table::new(self.features.iter().map(|(hash, feature)| (*hash, *feature))),
            text: self.entries.iter().map(|entry| &*entry.word).collect(),
            stems: self.entries.iter().map(|entry| (entry.stem, entry.stem_feature)).collect(),
            stemmer: self.stemmer,
        }
    }

    fn add_feature(&mut self, hash: u64) -> FeatureId {
        let next = number(self.features.len());
        *self.features.entry(hash).or_insert(next)
    }
}

impl std::fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Lexicon of {} words", self.ends.len())
    }
}

fn stemmer() -> Stemmer {
    Stemmer::create(Algorithm::English)
}

fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

fn pair(first: u64, second: u64) -> u64 {
    let mut hasher = start(Kind::Pair);
    hasher.write(&first.to_le_bytes());
    hasher.write(&second.to_le_bytes());
    hasher.finish()
}

fn hash(kind: Kind, bytes: &[u8]) -> u64 {
    let mut hasher = start(kind);
    hasher.write(bytes);
    hasher.finish()
}

/// FNV-1a is the same on every machine: what the build script hashed is found by the program.
fn start(kind: Kind) -> FnvHasher {
    let mut hasher = FnvHasher::default();
    hasher.write(&[kind as u8]);
    hasher
}

/// Calls with the hash of each run of letters of a word, with `^` before and `$` behind it; letters of any script are
/// taken whole.
fn for_each_run(word: &str, mut each: impl FnMut(u64)) {
    let hash_run = |run: &[u8]| hash(Kind::Letters, run);
    let mut framed = [0; LONGEST_ASCII + 2];
    if let (true, Some(frame)) = (word.is_ascii(), framed.get_mut(..word.len() + 2)) {
        if let [first, letters @ .., last] = frame {
            (*first, *last) = (b'^', b'$');
            letters.copy_from_slice(word.as_bytes());
        }
        score::LETTERS.iter().flat_map(|length| frame.windows(*length)).for_each(|run| each(hash_run(run)));
        return;
    }
    let framed: Vec<char> = std::iter::once('^').chain(word.chars()).chain(std::iter::once('$')).collect();
    let runs = score::LETTERS.iter().flat_map(|length| framed.windows(*length));
    runs.for_each(|run| each(hash_run(run.iter().collect::<String>().as_bytes())));
}

/// Words up to this length, which are nearly all, are read without allocating.
const LONGEST_ASCII: usize = 30;
