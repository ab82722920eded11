//! Reads a sentence: its vector, and how much it speaks for each label the model was trained on.
//!
//! The model is all-MiniLM-L6-v2, fine-tuned, as `training/` describes. Its weights are whole numbers from -127 to 127 with one
//! scale a row; they are used as they lie in the file, so a program that has them compiled in spends no memory on them before it
//! reads its first sentence.

mod bytes;
mod forward;
mod pieces;
mod product;
mod weights;

use std::fmt;
use std::sync::OnceLock;

use bytes::Bytes;
use pieces::Vocabulary;
use weights::Weights;

/// The length of a vector.
pub const WIDTH: usize = 384;
/// The most word pieces of a text that are read, with the two marks around it; what comes after them is left out.
pub const LONGEST: usize = 64;

/// A sentence model.
pub struct Model {
    labels: Vec<&'static str>,
    subjects: Vec<&'static str>,
    vocabulary: Vocabulary,
    /// The part of the file that is looked at only when a sentence is read.
    rest: &'static [u8],
    weights: OnceLock<Option<Weights>>,
}

/// What a sentence says.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    /// Its meaning as a vector of the length 1: the product of two vectors, -1 to 1, says how near two sentences are.
    pub vector: [f32; WIDTH],
    /// The logarithm of the probability of each label, in the order of [`Model::labels`]; at most 0.
    pub scores: Vec<f32>,
}

/// The bytes are no weights of this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable;

impl Model {
    /// Takes weights as `training/pack.py` writes them. Only names are read, so that this takes microseconds.
    ///
    /// # Errors
    /// The bytes are not such a file.
    pub fn from_bytes(file: &'static [u8]) -> Result<Self, Unreadable> {
        let mut bytes = Bytes::new(file);
        let model = read(&mut bytes).ok_or(Unreadable)?;
        if bytes.rest().len() == Weights::size(model.labels.len(), model.vocabulary.len()) {
            Ok(Self { rest: bytes.rest(), ..model })
        } else {
            Err(Unreadable)
        }
    }

    /// The names of the labels that it was trained on, such as `compare:speed`, in order of the alphabet.
    pub fn labels(&self) -> &[&'static str] {
        &self.labels
    }

    /// The ids of the subjects whose comparison it was trained on; for others its labels mean nothing.
    pub fn subjects(&self) -> &[&'static str] {
        &self.subjects
    }

    /// Reads a text. The same text gives the same on every machine, but for the last digits of the exponential function. A text
    /// without words has the vector of the marks around it.
    pub fn read(&self, text: &str) -> Sentence {
        let pieces = self.vocabulary.pieces(text, LONGEST);
        let weights = self
            .weights
            .get_or_init(|| Weights::read(&mut Bytes::new(self.rest), self.labels.len(), self.vocabulary.len()));
        // The size was compared when the file was taken.
        weights
            .as_ref()
            .map_or_else(|| Sentence::of_nothing(self.labels.len()), |weights| forward::read(weights, &pieces))
    }

    /// The vector of a text, of the length 1.
    pub fn vector(&self, text: &str) -> [f32; WIDTH] {
        self.read(text).vector
    }
}

impl Sentence {
    fn of_nothing(labels: usize) -> Self {
        Self { vector: [0.0; WIDTH], scores: vec![-(labels.max(1) as f32).ln(); labels] }
    }
}

/// How near two vectors are, -1 to 1.
pub fn nearness(one: &[f32; WIDTH], other: &[f32; WIDTH]) -> f32 {
    product::dot(one, other)
}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Model").field("labels", &self.labels.len()).field("words", &self.vocabulary.len()).finish()
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("these are no weights of a sentence model of this version")
    }
}

impl std::error::Error for Unreadable {}

/// What every file of weights begins with; the last character is its version.
const BEGINNING: &[u8] = b"versus sentences 1";

fn read(bytes: &mut Bytes) -> Option<Model> {
    if bytes.take(BEGINNING.len())? != BEGINNING {
        return None;
    }
    let labels = bytes.lines()?;
    let subjects = bytes.lines()?;
    let vocabulary = Vocabulary::new(bytes.lines()?)?;
    Some(Model { labels, subjects, vocabulary, rest: &[], weights: OnceLock::new() })
}
