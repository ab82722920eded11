//! How alike a question and each passage are by their words: the cosine of what they have in common, where what is rare counts
//! more.
//!
//! Source: G. Salton and C. Buckley, "Term-weighting approaches in automatic text retrieval", Information Processing &
//! Management 24 (1988).

use std::hash::Hasher;
use std::ops::Range;

use fnv::{FnvHashMap, FnvHasher};
use serde::{Deserialize, Serialize};

use super::score;
use crate::matching::Terms;
use crate::packed::{Packed, Table};

/// The texts in which each feature occurs.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct Words {
    features: Table,
    /// Where the list of each feature ends in `lists`.
    ends: Packed<u32>,
    /// The texts in which a feature occurs, and what it counts there in steps of [`STEP`], one list after the other.
    lists: Packed<(u16, i8)>,
    /// The index of the passage of each text.
    passages: Packed<u16>,
}

/// An index while texts are added to it.
#[derive(Default)]
pub(super) struct WordsBuilder {
    texts: Vec<(usize, f32, Features)>,
}

/// What is compared of a text, each once.
struct Features {
    /// Stems and pairs of neighbouring stems.
    words: Vec<u64>,
    /// Runs of letters.
    letters: Vec<u64>,
}

/// No value is larger than 1, and an `i8` holds 127.
const STEP: f32 = 1.0 / 127.0;

impl WordsBuilder {
    /// Adds a text of a passage, and what it counts, 0–1.
    pub(super) fn add(&mut self, passage: usize, counts: f32, terms: &Terms) {
        self.texts.push((passage, counts, Features::of(terms)));
    }

    pub(super) fn finish(self) -> Words {
        let mut numbers: FnvHashMap<u64, u32> = FnvHashMap::default();
        let mut found: Vec<u32> = Vec::new();
        for feature in self.texts.iter().flat_map(|(_, _, features)| features.all()) {
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            let number = *numbers.entry(feature).or_insert(next) as usize;
            found.resize(found.len().max(number + 1), 0);
            if let Some(found) = found.get_mut(number) {
                *found += 1;
            }
        }
        let all = self.texts.len();
        let mut lists: Vec<Vec<(u16, i8)>> = vec![Vec::new(); found.len()];
        let mut passages = Vec::new();
        for (text, (passage, counts, features)) in self.texts.iter().enumerate() {
            let (Ok(text), Ok(passage)) = (u16::try_from(text), u16::try_from(*passage)) else { break };
            passages.push(passage);
            let number = |hash: u64| numbers.get(&hash).copied();
            let rarity = |number: u32| found.get(number as usize).map(|found| rarity(*found as usize, all));
            for (number, value) in features.values(number, rarity) {
                if let Some(list) = lists.get_mut(number as usize) {
                    list.push((text, (counts * value / STEP).round() as i8));
                }
            }
        }
        let mut end = 0;
        let ends = lists.iter().map(|list| {
            end += u32::try_from(list.len()).unwrap_or(u32::MAX);
            end
        });
        Words {
            ends: ends.collect(),
            features: Table::new(numbers.into_iter().collect::<Vec<_>>().into_iter()),
            lists: lists.concat().into_iter().collect(),
            passages: passages.into_iter().collect(),
        }
    }
}

impl Words {
    /// How alike a question and each passage are, from 0; `passages` is their number.
    pub(super) fn likeness(&self, terms: &Terms, passages: usize) -> Vec<f32> {
        let mut of_texts = vec![0.0_f32; self.passages.len()];
        let features = Features::of(terms);
        let rarity = |number: u32| Some(rarity(self.list(number).len(), self.passages.len()));
        for (number, value) in features.values(|hash| self.features.get(hash), rarity) {
            let list = self.list(number);
            for (text, steps) in self.lists.range(list.start, list.end) {
                if let Some(sum) = of_texts.get_mut(usize::from(text)) {
                    *sum += value * STEP * f32::from(steps);
                }
            }
        }
        let mut best = vec![0.0_f32; passages];
        let mut together = vec![0.0_f32; passages];
        for (text, likeness) in of_texts.into_iter().enumerate() {
            let passage = self.passages.get(text).map_or(usize::MAX, usize::from);
            if let (Some(best), Some(together)) = (best.get_mut(passage), together.get_mut(passage)) {
                *best = best.max(likeness);
                *together += likeness * likeness;
            }
        }
        let both = best.into_iter().zip(together);
        both.map(|(best, together)| score::BEST_TEXT * best + (1.0 - score::BEST_TEXT) * together.sqrt()).collect()
    }

    /// Where the list of a feature stands in `lists`.
    fn list(&self, feature: u32) -> Range<usize> {
        let end = |feature: usize| self.ends.get(feature).unwrap_or_default() as usize;
        let feature = feature as usize;
        feature.checked_sub(1).map_or(0, end)..end(feature)
    }
}

/// How rare a feature is that so many of all texts have.
fn rarity(texts: usize, all: usize) -> f32 {
    (1.0 + all as f32 / texts.max(1) as f32).ln()
}

impl Features {
    fn of(terms: &Terms) -> Self {
        let (mut words, mut letters) = (Vec::new(), Vec::new());
        let mut before = None;
        for (at, term) in terms.iter().enumerate() {
            // The matching counts both subjects the same; an answer may be about one of them.
            let own = match term.names.filter(|_| term.is_subject) {
                Some(side) => hash(b's', &[side as u8]),
                None => hash(b'w', &term.stem.to_le_bytes()),
            };
            words.push(own);
            if let Some(before) = before.replace(own) {
                words.push(hash(b'p', &[u64::to_le_bytes(before), own.to_le_bytes()].concat()));
            }
            if let Some(word) = terms.word(at) {
                let framed: Vec<char> = std::iter::once('^').chain(word.chars()).chain(['$']).collect();
                let runs = score::LETTERS.iter().flat_map(|length| framed.windows(*length));
                letters.extend(runs.map(|run| hash(b'l', run.iter().collect::<String>().as_bytes())));
            }
        }
        for list in [&mut words, &mut letters] {
            list.sort_unstable();
            list.dedup();
        }
        Self { words, letters }
    }

    fn all(&self) -> impl Iterator<Item = u64> {
        self.words.iter().chain(&self.letters).copied()
    }

    /// The number and the value of each feature that has a number: words and letters each have the length of their share.
    fn values(&self, number: impl Fn(u64) -> Option<u32>, rarity: impl Fn(u32) -> Option<f32>) -> Vec<(u32, f32)> {
        let mut values = Vec::with_capacity(self.words.len() + self.letters.len());
        for (list, share) in [(&self.words, score::WORDS), (&self.letters, score::LETTERS_SHARE)] {
            // What no text has makes a question as long as what every text lacks.
            let known = list.iter().filter_map(|hash| number(*hash)).filter_map(|at| Some((at, rarity(at)?)));
            let known: Vec<(u32, f32)> = known.collect();
            let length = known.iter().map(|(_, rarity)| rarity * rarity).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
            values.extend(known.into_iter().map(|(at, rarity)| (at, rarity * share.sqrt() / length)));
        }
        values
    }
}

/// FNV-1a is the same on every machine: what the build script hashed is found by the program.
fn hash(kind: u8, bytes: &[u8]) -> u64 {
    let mut hasher = FnvHasher::default();
    hasher.write(&[kind]);
    hasher.write(bytes);
    hasher.finish()
}
