//! A text cut into normalised words.

use std::borrow::Cow;

use once_cell::sync::Lazy;
use regex::Regex;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Discord's mentions, emoji, timestamps and command links, and web addresses: none of them is a word of the question.
static MARK_UP: Lazy<Option<Regex>> =
    Lazy::new(|| Regex::new(r"<(?:@[!&]?|#|a?:[0-9A-Za-z_]+:|t:|/)[^<>]{1,100}>|https?://[^ \t\r\n]+").ok());

/// The words of a text, kept in one buffer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    buffer: String,
    ends: Vec<usize>,
}

impl Words {
    /// Reads at most `most` characters of a text.
    pub fn read(text: &str, most: usize) -> Self {
        let mut words = Self { buffer: String::with_capacity(text.len().min(most)), ends: Vec::with_capacity(16) };
        let text = without_mark_up(text);
        if text.is_ascii() {
            text.bytes().take(most).for_each(|byte| words.push(char::from(byte)));
        } else {
            let plain = text.chars().take(most).nfkd().filter(|c| !is_combining_mark(*c));
            plain.flat_map(char::to_lowercase).for_each(|c| words.push(c));
        }
        words.end();
        words
    }

    /// The words in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> + Clone {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).filter_map(|(start, end)| self.buffer.get(start..*end))
    }

    fn push(&mut self, c: char) {
        match c {
            _ if c.is_alphanumeric() => self.buffer.push(c.to_ascii_lowercase()),
            // "don't" is one word, and so is "what's".
            '\'' | '’' => {}
            // The names of three languages end in signs.
            '+' if self.current().starts_with('c') && self.current().trim_end_matches('p') == "c" => {
                self.buffer.push('p')
            }
            '#' if matches!(self.current(), "c" | "f") => self.buffer.push_str("sharp"),
            _ => self.end(),
        }
    }

    fn current(&self) -> &str {
        let start = self.ends.last().copied().unwrap_or_default();
        self.buffer.get(start..).unwrap_or_default()
    }

    fn end(&mut self) {
        if !self.current().is_empty() {
            self.ends.push(self.buffer.len());
        }
    }
}

fn without_mark_up(text: &str) -> Cow<'_, str> {
    if !text.contains('<') && !text.contains("://") {
        return Cow::Borrowed(text);
    }
    match &*MARK_UP {
        Some(mark_up) => mark_up.replace_all(text, " "),
        None => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let words = Words::read(text, 100);
        assert_eq!(words.iter().collect::<Vec<_>>().join(" "), expected);
    }

    #[test]
    fn words_are_lower_case_without_accents_and_punctuation() {
        check("  Is Vue.js   FASTER?! ", "is vue js faster");
        check("Café, naïve – ﬁne", "cafe naive fine");
        check("don't; what’s it", "dont whats it");
        check("日本語 🦀 é", "日本語 e");
        check("C++ c# f# .NET a+b", "cpp csharp fsharp net a b");
        check("ＦＵＬＬ ｗｉｄｔｈ", "full width");
    }

    #[test]
    fn mark_up_is_not_read() {
        check("<@123> **bold** `code` ||spoiler|| <#5> <:snek:99> <a:wave:1> <t:12:R> </ask:7>", "bold code spoiler");
        check("see https://example.org/speed?x=1 now", "see now");
        check("a < b > c", "a b c");
        check("[label](https://example.org) ~~gone~~", "label gone");
    }

    #[test]
    fn a_text_without_words_has_none() {
        check("", "");
        check("🦀🦀 !!! … <@1>", "");
    }

    #[test]
    fn a_long_text_is_read_in_part() {
        assert_eq!(Words::read(&"é ".repeat(10_000), 100).iter().count(), 50);
    }
}
