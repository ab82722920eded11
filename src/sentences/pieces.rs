//! A text as word pieces: lower case without accents, words and marks apart, then the longest pieces that the vocabulary has
//! (WordPiece, Schuster and Nakajima 2012, as BERT does it).

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Stands before a text, after it, and for a word that has no pieces.
const BEFORE: &str = "[CLS]";
const AFTER: &str = "[SEP]";
const UNKNOWN: &str = "[UNK]";
/// What a piece begins with that goes on with a word.
const GOES_ON: &str = "##";
/// A longer word, in characters, has no pieces.
const LONGEST_WORD: usize = 100;
/// The most characters of a text that are looked at: more than fill all positions but for runs of blanks.
const LONGEST_TEXT: usize = 2_000;

/// The word pieces of a model, in order of their bytes.
pub(crate) struct Vocabulary {
    pieces: Vec<&'static str>,
    before: usize,
    after: usize,
    unknown: usize,
}

impl Vocabulary {
    /// Takes pieces in order of their bytes; nothing if they are not in order or one of the marks is missing.
    pub(crate) fn new(pieces: Vec<&'static str>) -> Option<Self> {
        if !pieces.is_sorted() {
            return None;
        }
        let find = |mark: &str| pieces.binary_search(&mark).ok();
        Some(Self { before: find(BEFORE)?, after: find(AFTER)?, unknown: find(UNKNOWN)?, pieces })
    }

    pub(crate) fn len(&self) -> usize {
        self.pieces.len()
    }

    /// The rows of the pieces of a text with the marks around it, at most `most`.
    pub(crate) fn pieces(&self, text: &str, most: usize) -> Vec<usize> {
        let mut rows = vec![self.before];
        for word in words(text) {
            if rows.len() >= most {
                break;
            }
            self.split(&word, &mut rows);
        }
        rows.truncate(most.saturating_sub(1));
        rows.push(self.after);
        rows
    }

    /// Adds the pieces of a word, the longest first.
    fn split(&self, word: &str, rows: &mut Vec<usize>) {
        let found = rows.len();
        let mut rest = word;
        let mut piece = String::new();
        while !rest.is_empty() {
            let goes_on = if found < rows.len() { GOES_ON } else { "" };
            let ends = rest.char_indices().rev().map(|(at, character)| at + character.len_utf8());
            let fitting = ends.filter_map(|end| rest.split_at_checked(end)).find_map(|(start, after)| {
                piece.clear();
                piece.push_str(goes_on);
                piece.push_str(start);
                Some((self.pieces.binary_search(&piece.as_str()).ok()?, after))
            });
            let Some((row, after)) = fitting.filter(|_| word.chars().count() <= LONGEST_WORD) else {
                rows.truncate(found);
                rows.push(self.unknown);
                return;
            };
            rows.push(row);
            rest = after;
        }
    }
}

/// The words of a text and the marks between them, in lower case and without accents.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut is_open = false;
    let plain = text.chars().take(LONGEST_TEXT).nfkd().filter(|character| !is_combining_mark(*character));
    for character in plain.flat_map(char::to_lowercase) {
        if character.is_whitespace() || is_within(character, &INVISIBLE) || character.is_control() {
            is_open &= !character.is_whitespace();
        } else if is_mark(character) {
            words.push(character.to_string());
            is_open = false;
        } else if is_open && let Some(word) = words.last_mut() {
            word.push(character);
        } else {
            words.push(character.to_string());
            is_open = true;
        }
    }
    words
}

/// Whether a character is a word by itself.
fn is_mark(character: char) -> bool {
    character.is_ascii_punctuation() || is_within(character, &MARKS) || is_within(character, &IDEOGRAPHS)
}

fn is_within(character: char, ranges: &[Range<char>]) -> bool {
    !character.is_ascii() && ranges.iter().any(|range| range.contains(&character))
}

/// Punctuation outside ASCII, as far as chat has it. Each range ends before its end.
const MARKS: [Range<char>; 13] = [
    '¡'..'¢',
    '§'..'¨',
    '«'..'¬',
    '¶'..'¸',
    '»'..'¼',
    '¿'..'À',
    '\u{2010}'..'\u{2028}',
    '\u{2030}'..'\u{2044}',
    '\u{2045}'..'\u{2052}',
    '\u{2053}'..'\u{205f}',
    '\u{3001}'..'\u{3004}',
    '\u{3008}'..'\u{3020}',
    '\u{ff01}'..'\u{ff10}',
];
/// Characters of Chinese and Japanese that are words by themselves.
const IDEOGRAPHS: [Range<char>; 4] =
    ['\u{3400}'..'\u{4dc0}', '\u{4e00}'..'\u{a000}', '\u{f900}'..'\u{fb00}', '\u{20000}'..'\u{2ceb0}'];
/// What is never seen: marks of direction, joiners, the mark of the byte order.
const INVISIBLE: [Range<char>; 4] =
    ['\u{ad}'..'\u{ae}', '\u{200b}'..'\u{2010}', '\u{202a}'..'\u{202f}', '\u{feff}'..'\u{ff00}'];

#[cfg(test)]
mod tests {
    use super::{LONGEST_WORD, Vocabulary, words};

    fn vocabulary() -> Vocabulary {
        let mut pieces =
            vec!["[CLS]", "[SEP]", "[UNK]", "tea", "##pot", "or", "coffee", "##s", "?", ".", "cafe", "日", "n"];
        pieces.sort_unstable();
        Vocabulary::new(pieces).expect("they are in order")
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let vocabulary = vocabulary();
        let rows = vocabulary.pieces(text, 8);
        let pieces: Vec<&str> = rows.iter().map(|row| vocabulary.pieces[*row]).collect();
        assert_eq!(pieces.join(" "), expected);
    }

    #[test]
    fn words_fall_into_the_longest_pieces() {
        check("Coffee or TeaPot?", "[CLS] coffee or tea ##pot ? [SEP]");
        check("coffees", "[CLS] coffee ##s [SEP]");
        check("tea.pot", "[CLS] tea . [UNK] [SEP]");
        check("", "[CLS] [SEP]");
    }

    #[test]
    fn accents_go_and_signs_stand_alone() {
        check("Café 日日 🦀", "[CLS] cafe 日 日 [UNK] [SEP]");
        check("cof\u{200b}fee\u{ad}s", "[CLS] coffee ##s [SEP]");
        check("“ｔｅａ…coffee”", "[CLS] [UNK] tea . . . coffee [SEP]");
    }

    #[test]
    fn what_is_too_long_is_left_out() {
        check("tea tea tea tea tea tea tea", "[CLS] tea tea tea tea tea tea [SEP]");
        check(&"n".repeat(LONGEST_WORD + 1), "[CLS] [UNK] [SEP]");
        check(&"🦀".repeat(99_999), "[CLS] [UNK] [SEP]");
        check(&" ".repeat(99_999), "[CLS] [SEP]");
    }

    #[test]
    fn a_vocabulary_has_its_marks_and_an_order() {
        assert!(Vocabulary::new(vec!["[CLS]", "[SEP]"]).is_none());
        assert!(Vocabulary::new(vec!["[SEP]", "[CLS]", "[UNK]"]).is_none());
    }

    #[test]
    fn blanks_of_any_kind_part_words() {
        assert_eq!(words("a\tb\u{a0}c\nd"), ["a", "b", "c", "d"]);
    }
}
