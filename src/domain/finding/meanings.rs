//! How near a question and each passage are by meaning: the vectors of their texts, computed when the model was trained.

use std::borrow::Cow;
use std::hash::Hasher;

use fnv::{FnvHashMap, FnvHasher};

/// Numbers of a vector.
const NUMBERS: usize = 384;
/// Bytes of a vector in the file: the hash of its text, what a step of its numbers stands for, and the numbers.
const ENTRY: usize = 8 + 4 + NUMBERS;

/// The vectors of the texts of all passages, as far as there are any.
#[derive(Debug, Default)]
pub(super) struct Meanings {
    passages: Vec<Meaning>,
}

/// The vectors of the texts of a passage.
#[derive(Debug, Clone, Default)]
struct Meaning {
    vectors: Vec<Vector>,
    /// The length of their sum.
    length: f32,
}

#[derive(Debug, Clone)]
struct Vector {
    step: f32,
    numbers: Cow<'static, [u8]>,
}

impl Meanings {
    /// The vectors of a file: FNV-1a hash of the text and step, both little-endian, then the numbers as signed bytes, one
    /// vector after the other. `texts` are the hashes of all texts, each with the index of its passage.
    pub(super) fn read(file: &'static [u8], texts: impl Iterator<Item = (u64, usize)>, passages: usize) -> Self {
        let entries = file.chunks_exact(ENTRY).filter_map(|entry| {
            let (hash, entry) = entry.split_first_chunk()?;
            let (step, numbers) = entry.split_first_chunk()?;
            let step = f32::from_le_bytes(*step);
            Some((u64::from_le_bytes(*hash), Vector { step, numbers: Cow::Borrowed(numbers) }))
        });
        let by_hash: FnvHashMap<u64, Vector> = entries.collect();
        let mut all = vec![Meaning::default(); passages];
        for (hash, passage) in texts {
            if let (Some(vector), Some(meaning)) = (by_hash.get(&hash), all.get_mut(passage)) {
                meaning.vectors.push(vector.clone());
            }
        }
        all.iter_mut().for_each(|meaning| meaning.length = length_of_sum(&meaning.vectors));
        Self { passages: all }
    }

    /// How near a question of a vector of the length 1 and each passage are, -1 to 1; nothing for passages without a vector.
    /// The mean of the two nearest texts counts as much as the passage as a whole.
    pub(super) fn nearness(&self, question: &[f32]) -> impl Iterator<Item = Option<f32>> {
        self.passages.iter().map(|passage| {
            let (mut nearest, mut next, mut sum) = (f32::MIN, f32::MIN, 0.0);
            for vector in &passage.vectors {
                let near = vector.times(question);
                sum += near;
                if near > nearest {
                    (nearest, next) = (near, nearest);
                } else {
                    next = next.max(near);
                }
            }
            let texts = match passage.vectors.len() {
                0 => return None,
                1 => nearest,
                _ => f32::midpoint(nearest, next),
            };
            Some(f32::midpoint(texts, sum / passage.length.max(f32::MIN_POSITIVE)))
        })
    }
}

impl Vector {
    fn numbers(&self) -> impl Iterator<Item = f32> {
        self.numbers.iter().map(|number| f32::from(*number as i8))
    }

    fn times(&self, other: &[f32]) -> f32 {
        self.numbers().zip(other).map(|(one, other)| one * other).sum::<f32>() * self.step
    }
}

fn length_of_sum(vectors: &[Vector]) -> f32 {
    let mut sum = vec![0.0; NUMBERS];
    for vector in vectors {
        sum.iter_mut().zip(vector.numbers()).for_each(|(sum, number)| *sum += number * vector.step);
    }
    sum.iter().map(|number| number * number).sum::<f32>().sqrt()
}

/// The hash by which a text is found in the file.
pub(super) fn hash(text: &str) -> u64 {
    let mut hasher = FnvHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::{ENTRY, Meanings, NUMBERS, hash};

    /// A vector along one axis, in a file.
    fn entry(text: &str, axis: usize) -> Vec<u8> {
        let mut bytes = hash(text).to_le_bytes().to_vec();
        bytes.extend((1.0_f32 / 127.0).to_le_bytes());
        bytes.extend((0..NUMBERS).map(|at| if at == axis { 127 } else { 0 }));
        assert_eq!(bytes.len(), ENTRY);
        bytes
    }

    fn nearness(texts: &[(&str, usize)], axis: usize) -> Vec<Option<f32>> {
        let file = [entry("é", 0), entry("日", 1), entry("🦀", 2)].concat().leak();
        let meanings = Meanings::read(file, texts.iter().map(|(text, passage)| (hash(text), *passage)), 3);
        let question: Vec<f32> = (0..NUMBERS).map(|at| f32::from(u8::from(at == axis))).collect();
        let rounded = |near: f32| (near * 100.0).round() / 100.0;
        meanings.nearness(&question).map(|near| near.map(rounded)).collect()
    }

    #[test]
    fn a_passage_is_as_near_as_its_nearest_texts_and_as_a_whole() {
        assert_eq!(nearness(&[("é", 0), ("日", 1)], 0), [Some(1.0), Some(0.0), None]);
        // Two texts at right angles: half of the nearest two, and 45 degrees to both together.
        assert_eq!(nearness(&[("é", 0), ("日", 0), ("🦀", 1)], 0), [Some(0.6), Some(0.0), None]);
    }

    #[test]
    fn a_text_without_a_vector_says_nothing() {
        assert_eq!(nearness(&[("new since the training", 0)], 0), [None, None, None]);
    }
}
