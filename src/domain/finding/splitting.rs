//! Where a text asks one question after another.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::knowledge::Vocabulary;
use crate::question::{Boundary, Question};

/// The words between two questions.
#[derive(Debug, Serialize, Deserialize)]
pub struct Splitting {
    /// Words that join one thing to another.
    joining: Vec<String>,
    /// Words with which a question begins.
    asking: Vec<String>,
}

impl Splitting {
    /// Those of the data.
    pub fn new(vocabulary: &Vocabulary) -> Self {
        Self { joining: vocabulary.joining.clone(), asking: vocabulary.asking.clone() }
    }

    /// The parts of a text that each ask a question, as ranges of bytes; the whole text where it is one question.
    pub fn split(&self, question: &Question) -> Vec<Range<usize>> {
        let tokens: Vec<_> = question.tokens().collect();
        let is_one_of = |words: &[String], word: &str| words.iter().any(|known| known == word);
        let mut parts = Vec::new();
        let (mut start, mut end) = (0, 0);
        for (at, token) in tokens.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|before| tokens.get(before));
            let begins = before.is_some_and(|before| {
                is_one_of(&self.asking, token.word)
                    && (before.boundary == Boundary::Sentence || is_one_of(&self.joining, before.word))
            });
            if begins {
                parts.push(start..end);
                start = token.range.start;
            }
            // A word that joins belongs to neither.
            if !is_one_of(&self.joining, token.word) || begins {
                end = token.range.end;
            }
        }
        parts.push(start..end);
        parts.retain(|part| part.start < part.end);
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::Splitting;
    use crate::question::Question;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let splitting = Splitting { joining: words(&["and", "also"]), asking: words(&["is", "does", "which"]) };
        let parts = splitting.split(&Question::read(text));
        let parts: Vec<&str> = parts.into_iter().filter_map(|part| text.get(part)).collect();
        assert_eq!(parts, expected, "{text}");
    }

    #[test]
    fn a_text_is_split_where_another_question_begins() {
        check("is tea stronger and does it cost more?", &["is tea stronger", "does it cost more"]);
        check("Is it café? Which one, é 日 🦀?", &["Is it café", "Which one, é 日"]);
        check("which one is hot and which one is cold", &["which one is hot", "which one is cold"]);
    }

    #[test]
    fn what_is_one_question_stays_whole() {
        check("is tea hot and bitter?", &["is tea hot and bitter"]);
        check("tea and coffee", &["tea and coffee"]);
        check("", &[]);
        check("🦀", &[]);
    }
}
