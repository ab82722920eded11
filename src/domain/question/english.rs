//! The common words of English: one of them is not a misspelling of something else.

use std::cmp::Ordering;

/// 40,080 words of three letters and more, a line each, sorted by bytes. From SCOWL (size 35), see `english.LICENSE`.
const WORDS: &str = include_str!("english.txt");

/// Whether a word, given in lower case, is a common English word.
pub fn is_english(word: &str) -> bool {
    let words = WORDS.as_bytes();
    let (mut low, mut high) = (0, words.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let (start, end) = line_around(words, middle);
        match words.get(start..end).unwrap_or_default().cmp(word.as_bytes()) {
            Ordering::Equal => return true,
            Ordering::Less => low = end + 1,
            Ordering::Greater => high = start,
        }
    }
    false
}

/// The start and end of the line that a byte stands in.
fn line_around(text: &[u8], at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or_default();
    let after = text.get(at..).unwrap_or_default();
    let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    let end = after.iter().position(|byte| *byte == b'\n').map_or(text.len(), |newline| at + newline);
    (start, end)
}

#[cfg(test)]
mod tests {
    use super::{WORDS, is_english};

    #[test]
    fn every_line_is_found() {
        assert!(WORDS.lines().is_sorted());
        assert!(WORDS.lines().all(is_english));
    }

    #[test]
    fn what_is_not_a_word_is_not_found() {
        for word in ["", "performence", "zzz", "a", "日", "node js"] {
            assert!(!is_english(word), "{word}");
        }
    }
}
