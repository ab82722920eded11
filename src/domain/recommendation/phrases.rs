//! The phrases by which texts mention factors, as plain numbers, so that those that were compiled in are used where they lie.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::packed::Packed;

/// The value that a phrase speaks for: the index of its factor and its own among the values of that factor.
pub(super) type Target = (u32, u32);

/// Words any of which may come next in a phrase: their hashes, sorted.
pub(super) type WordSet = Vec<u64>;

/// Phrases, and the words with which they begin. Sets of words stand in it once, however many phrases use them.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct PhraseBook {
    /// The hashes of all sets, one set after the other.
    hashes: Packed<u64>,
    /// Where each set ends.
    set_ends: Packed<u32>,
    /// The hash of a word and a set that it is in, of those with which phrases begin, sorted.
    beginnings: Packed<(u64, u32)>,
    /// Up to where the phrases go that begin with each set; they stand in the order of their first sets.
    first_ends: Packed<u32>,
    /// The sets of all phrases after their first ones.
    further: Packed<u32>,
    /// Where those of each phrase end.
    further_ends: Packed<u32>,
    /// The value that each phrase speaks for.
    targets: Packed<Target>,
}

impl PhraseBook {
    /// A book of phrases, each of at least one set.
    pub(super) fn new(phrases: Vec<(Vec<WordSet>, Target)>) -> Self {
        let mut numbers = BTreeMap::new();
        for (words, _) in &phrases {
            for set in words {
                numbers.insert(set.clone(), 0);
            }
        }
        numbers.values_mut().zip(0_u32..).for_each(|(number, next)| *number = next);
        let number = |set: &WordSet| numbers.get(set).copied().unwrap_or_default();
        let mut numbered: Vec<(Vec<u32>, Target)> =
            phrases.iter().map(|(words, target)| (words.iter().map(number).collect(), *target)).collect();
        numbered.sort();
        let first = |sets: &[u32]| sets.first().copied().unwrap_or_default();
        let first_ends: Packed<u32> =
            numbers.values().map(|set| numbered.partition_point(|(sets, _)| first(sets) <= *set) as u32).collect();
        let begins = |set: u32| numbered.binary_search_by_key(&set, |(sets, _)| first(sets)).is_ok();
        let beginning = numbers.iter().filter(|(_, number)| begins(**number));
        let mut beginnings: Vec<(u64, u32)> =
            beginning.flat_map(|(set, number)| set.iter().map(|hash| (*hash, *number))).collect();
        beginnings.sort_unstable();
        let further = |sets: &[u32]| sets.get(1..).unwrap_or_default().to_vec();
        Self {
            hashes: numbers.keys().flatten().copied().collect(),
            set_ends: ends(numbers.keys().map(Vec::len)),
            beginnings: beginnings.into_iter().collect(),
            first_ends,
            further: numbered.iter().flat_map(|(sets, _)| further(sets)).collect(),
            further_ends: ends(numbered.iter().map(|(sets, _)| further(sets).len())),
            targets: numbered.iter().map(|(_, target)| *target).collect(),
        }
    }

    /// The phrases that begin with a word.
    pub(super) fn beginning_with(&self, hash: u64) -> impl Iterator<Item = u32> {
        let from = self.beginnings.partition_point(|(beginning, _)| beginning < hash);
        let begin = (from..).map_while(move |index| self.beginnings.get(index).filter(|(own, _)| *own == hash));
        begin.flat_map(|(_, set)| {
            let (start, end) = within(&self.first_ends, set);
            start as u32..end as u32
        })
    }

    /// The sets of words of a phrase after its first one.
    pub(super) fn further_words(&self, phrase: u32) -> impl Iterator<Item = u32> {
        let (start, end) = within(&self.further_ends, phrase);
        self.further.range(start, end)
    }

    /// Whether a word is in a set.
    pub(super) fn has(&self, set: u32, hash: u64) -> bool {
        let (start, end) = within(&self.set_ends, set);
        self.hashes.range(start, end).any(|own| own == hash)
    }

    /// The value that a phrase speaks for.
    pub(super) fn target(&self, phrase: u32) -> Option<Target> {
        self.targets.get(phrase as usize)
    }
}

/// Where each of several lists ends that stand one after the other.
fn ends(lengths: impl Iterator<Item = usize>) -> Packed<u32> {
    let end = |end: &mut usize, length: usize| {
        *end += length;
        Some(*end as u32)
    };
    lengths.scan(0, end).collect()
}

/// From where to where the list of this number goes.
fn within(ends: &Packed<u32>, number: u32) -> (usize, usize) {
    let number = number as usize;
    let start = number.checked_sub(1).and_then(|before| ends.get(before)).unwrap_or_default();
    (start as usize, ends.get(number).unwrap_or_default() as usize)
}

#[cfg(test)]
mod tests {
    use super::PhraseBook;

    #[test]
    fn phrases_are_found_by_the_words_with_which_they_begin() {
        let phrases = vec![
            (vec![vec![5]], (0, 0)),
            (vec![vec![3, 5], vec![9], vec![3, 5]], (1, 2)),
            (vec![vec![9], vec![5]], (2, 1)),
        ];
        let book = PhraseBook::new(phrases);
        let targets = |hash| {
            let mut targets: Vec<_> = book.beginning_with(hash).filter_map(|phrase| book.target(phrase)).collect();
            targets.sort_unstable();
            targets
        };
        assert_eq!(targets(3), [(1, 2)]);
        assert_eq!(targets(5), [(0, 0), (1, 2)]);
        assert_eq!(targets(9), [(2, 1)]);
        assert_eq!(targets(7), []);
        let sets: Vec<u32> = book.beginning_with(3).flat_map(|phrase| book.further_words(phrase)).collect();
        let has = |hash| sets.iter().map(|set| book.has(*set, hash)).collect::<Vec<bool>>();
        assert_eq!(has(9), [true, false]);
        assert_eq!(has(5), [false, true]);
        assert_eq!(has(3), [false, true]);
    }
}
