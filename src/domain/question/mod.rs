//! Free text as words: mark-up, case, accents, punctuation and emoji are gone. Reading never fails.

mod english;
mod words;

use serde::{Deserialize, Serialize};

pub use english::is_english;
pub use words::Words;

/// The most characters of a text that are read, as many as Discord lets a person type into a command.
const LONGEST_TEXT: usize = 6000;

/// A text as it was understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    words: Words,
}

impl Question {
    /// Reads a text; what is not a word is left out.
    pub fn read(text: &str) -> Self {
        Self { words: Words::read(text, LONGEST_TEXT) }
    }

    /// The words, in order, in lower case and without accents.
    pub fn words(&self) -> impl Iterator<Item = &str> + Clone {
        self.words.iter()
    }

    /// Whether there is not a single word.
    pub fn is_empty(&self) -> bool {
        self.words.iter().next().is_none()
    }
}
