//! Reads a sentence: its vector, and how much it speaks for each label the model was trained on.
//!
//! The model is all-MiniLM-L6-v2, fine-tuned, as `training/` describes. Its weights are whole numbers from -127 to 127 with one
//! scale a row; they are used as they lie in the file, so a program that has them compiled in spends no memory on them before it
//! reads its first sentence.

mod bytes;
mod forward;
mod functions;
mod pieces;
mod processor;
mod product;
mod weights;

use std::fmt;
use std::sync::OnceLock;

use bytes::Bytes;
use pieces::Vocabulary;
use weights::Weights;

/// The weights that `training/` made. They stand here because the package is built seldom: what a build of the program keeps for the
/// next one would have them as well.
// A function, and none that is inlined: what the compiler keeps about this package would have the bytes twice more otherwise.
#[inline(never)]
pub fn trained() -> &'static [u8] {
    include_bytes!("weights.bin")
}

/// The vectors of the texts by which direct answers are found, by the same weights.
#[inline(never)]
pub fn wordings() -> &'static [u8] {
    include_bytes!("wordings.bin")
}

/// The length of a vector.
pub const WIDTH: usize = 384;
/// The most word pieces of a text that are read, with the two marks around it; what comes after them is left out.
pub const LONGEST: usize = 64;

/// A sentence model.
pub struct Model {
    labels: Vec<&'static str>,
    subjects: Vec<&'static str>,
    /// The parts of the file that are looked at only when a sentence is read: the word pieces, and the weights.
    pieces: &'static [u8],
    weights: &'static [u8],
    opened: OnceLock<Option<Opened>>,
}

/// What is made of those parts.
struct Opened {
    vocabulary: Vocabulary,
    weights: Weights,
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
        take(&mut Bytes::new(file)).ok_or(Unreadable)
    }

    /// The names of the labels that it was trained on, such as `compare:speed`, in order of the alphabet.
    pub fn labels(&self) -> &[&'static str] {
        &self.labels
    }

    /// The ids of the subjects whose comparison it was trained on; for others its labels mean nothing.
    pub fn subjects(&self) -> &[&'static str] {
        &self.subjects
    }

    /// Reads a text. The same text gives the same on every machine, but for the last digits of a logarithm. A text
    /// without words has the vector of the marks around it.
    pub fn read(&self, text: &str) -> Sentence {
        match self.opened.get_or_init(|| self.open()) {
            Some(opened) => forward::read(&opened.weights, &opened.vocabulary.pieces(text, LONGEST)),
            None => Sentence::of_nothing(self.labels.len()),
        }
    }

    /// The vector of a text, of the length 1.
    pub fn vector(&self, text: &str) -> [f32; WIDTH] {
        self.read(text).vector
    }

    /// Nothing where the word pieces are not as many as the rows of the weights, or no text.
    fn open(&self) -> Option<Opened> {
        let vocabulary = Vocabulary::new(str::from_utf8(self.pieces).ok()?.lines().collect())?;
        let weights = Weights::read(&mut Bytes::new(self.weights), self.labels.len(), vocabulary.len())?;
        Some(Opened { vocabulary, weights })
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
        f.debug_struct("Model").field("labels", &self.labels.len()).field("bytes", &self.weights.len()).finish()
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

fn take(bytes: &mut Bytes) -> Option<Model> {
    if bytes.take(BEGINNING.len())? != BEGINNING {
        return None;
    }
    let (labels, subjects, pieces) = (bytes.lines()?, bytes.lines()?, bytes.part()?);
    let weights = bytes.rest();
    let of_pieces = weights.len().checked_sub(Weights::size(labels.len(), 0))?;
    let is_whole = of_pieces.is_multiple_of(Weights::size(labels.len(), 1) - Weights::size(labels.len(), 0));
    is_whole.then(|| Model { labels, subjects, pieces, weights, opened: OnceLock::new() })
}
