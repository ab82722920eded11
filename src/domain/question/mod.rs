//! Free text as tokens: mark-up, case, accents, punctuation and emoji are gone. Reading never fails.

mod english;
mod tokens;

use std::ops::Range;

pub use english::is_english;
pub use tokens::as_sentence;

/// The most characters of a text that are read, as many as Discord lets a person type into a command.
const LONGEST_TEXT: usize = 6000;

/// A text as it was read, once and for all: what it means is found by walking over its tokens.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Question {
    /// The words of all tokens, one after the other.
    words: String,
    tokens: Vec<StoredToken>,
}

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token<'q> {
    /// The word, in lower case and without accents.
    pub word: &'q str,
    /// Its position in the text as it was typed, in bytes.
    pub range: Range<usize>,
    /// What ends after it.
    pub boundary: Boundary,
}

/// What ends after a token. Each one ends what those before it end as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Boundary {
    /// Nothing: the next token was typed without a blank in between, as in "e-mail".
    Nothing,
    /// A word as it was typed, up to a blank.
    Word,
    /// A clause, by a comma.
    Clause,
    /// A sentence, or something else that stands by itself, such as a line.
    Sentence,
}

/// A token whose word ends at `word_end` in the words of the question.
#[derive(Debug, Clone, PartialEq, Eq)]
struct StoredToken {
    word_end: usize,
    range: Range<usize>,
    boundary: Boundary,
}

impl Question {
    /// Reads a text; what is not a word is left out.
    pub fn read(text: &str) -> Self {
        tokens::read(text, LONGEST_TEXT)
    }

    /// The tokens, in order.
    pub fn tokens(&self) -> impl Iterator<Item = Token<'_>> + Clone {
        let starts = std::iter::once(0).chain(self.tokens.iter().map(|token| token.word_end));
        starts.zip(&self.tokens).map(|(start, token)| Token {
            word: self.words.get(start..token.word_end).unwrap_or_default(),
            range: token.range.clone(),
            boundary: token.boundary,
        })
    }

    /// The words, in order, in lower case and without accents.
    pub fn words(&self) -> impl Iterator<Item = &str> + Clone {
        self.tokens().map(|token| token.word)
    }

    /// The text without some ranges of its tokens; where one was, a sentence ends.
    pub fn without(&self, text: &str, out: &[Range<usize>]) -> String {
        let mut rest = String::with_capacity(text.len());
        let mut from = 0;
        for (at, token) in self.tokens().enumerate() {
            if out.iter().any(|range| range.contains(&at)) {
                rest.push_str(text.get(from..token.range.start).unwrap_or_default());
                rest.push_str("; ");
                from = token.range.end;
            }
        }
        rest.push_str(text.get(from..).unwrap_or_default());
        rest
    }

    /// Whether there is not a single word.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }
}
