//! Cuts a text into tokens, in one walk over its characters.

use std::borrow::Cow;
use std::ops::Range;

use once_cell::sync::Lazy;
use regex::Regex;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

use super::{Boundary, Question, StoredToken};

/// Discord's mentions, emoji, timestamps and command links, and web addresses: none of them is a word of the question.
static MARK_UP: Lazy<Option<Regex>> =
    Lazy::new(|| Regex::new(r"<(?:@[!&]?|#|a?:[0-9A-Za-z_]+:|t:|/)[^<>]{1,100}>|https?://[^ \t\r\n]+").ok());

/// Reads at most `most` characters of a text; what mark-up there is counts as one blank.
pub(super) fn read(text: &str, most: usize) -> Question {
    let mut reader = Reader::default();
    let mut mark_up = mark_up(text).into_iter().peekable();
    let mut left = most;
    for (at, c) in text.char_indices() {
        while mark_up.next_if(|hidden| hidden.end <= at).is_some() {}
        let hidden = mark_up.peek().filter(|hidden| hidden.start <= at);
        let counts = hidden.is_none_or(|hidden| hidden.start == at);
        if counts && left == 0 {
            break;
        }
        left -= usize::from(counts);
        match hidden {
            Some(_) => reader.end_token(),
            None => reader.read(c, &(at..at + c.len_utf8())),
        }
        reader.note_boundary(c);
    }
    reader.finish()
}

/// A text as it was typed, but for its mark-up, each of which becomes a blank, and for what stands around its words.
pub fn as_sentence(text: &str) -> String {
    let without_mark_up = match MARK_UP.as_ref() {
        Some(pattern) if !mark_up(text).is_empty() => pattern.replace_all(text, " "),
        _ => Cow::Borrowed(text),
    };
    without_mark_up.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

fn mark_up(text: &str) -> Vec<Range<usize>> {
    if !text.contains('<') && !text.contains("://") {
        return Vec::new();
    }
    MARK_UP.iter().flat_map(|mark_up| mark_up.find_iter(text)).map(|found| found.range()).collect()
}

/// A text that is read in part.
#[derive(Default)]
struct Reader {
    question: Question,
    /// The position of the token that is being read; nothing between two tokens.
    open: Option<Range<usize>>,
    /// The last character since the last blank.
    last: Option<char>,
}

impl Reader {
    /// Reads a character, given with its position.
    fn read(&mut self, c: char, range: &Range<usize>) {
        if c.is_ascii() {
            self.read_plain(c.to_ascii_lowercase(), range);
        } else if is_combining_mark(c) {
            if let Some(open) = &mut self.open {
                open.end = range.end;
            }
        } else {
            decompose_compatible(c, |part| {
                if !is_combining_mark(part) {
                    part.to_lowercase().for_each(|plain| self.read_plain(plain, range));
                }
            });
        }
    }

    fn read_plain(&mut self, c: char, range: &Range<usize>) {
        match c {
            _ if c.is_alphanumeric() => self.write(c, range),
            // "don't" is one word, and so is "what's".
            '\'' | '’' => {}
            // The names of three languages end in signs.
            '+' if self.word().starts_with('c') && self.word().trim_end_matches('p') == "c" => self.write('p', range),
            '#' if matches!(self.word(), "c" | "f") => "sharp".chars().for_each(|c| self.write(c, range)),
            _ => self.end_token(),
        }
    }

    fn write(&mut self, c: char, range: &Range<usize>) {
        self.question.words.push(c);
        self.open.get_or_insert_with(|| range.clone()).end = range.end;
    }

    /// The word of the token that is being read.
    fn word(&self) -> &str {
        let start = self.question.tokens.last().map_or(0, |token| token.word_end);
        self.question.words.get(start..).unwrap_or_default()
    }

    fn end_token(&mut self) {
        let word_end = self.question.words.len();
        let ended = self.open.take().map(|range| StoredToken { word_end, range, boundary: Boundary::Nothing });
        self.question.tokens.extend(ended);
    }

    /// Notes what ends with a character. Punctuation ends something only before a blank: "1.5" is no end of a sentence.
    fn note_boundary(&mut self, c: char) {
        if !c.is_whitespace() {
            self.last = Some(c);
            return;
        }
        let boundary = match self.last.take() {
            Some('.' | '?' | '!' | ';' | ':') => Boundary::Sentence,
            Some(',') => Boundary::Clause,
            _ if c == '\n' => Boundary::Sentence,
            _ => Boundary::Word,
        };
        if let Some(token) = self.question.tokens.last_mut() {
            token.boundary = token.boundary.max(boundary);
        }
    }

    fn finish(mut self) -> Question {
        self.end_token();
        self.note_boundary(' ');
        self.question
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::question::{Boundary, Question, Token};

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(read(text, 100).words().collect::<Vec<_>>().join(" "), expected);
    }

    /// What of the text each token is, with a sign for what ends after it.
    fn pieces(text: &str) -> String {
        let question = Question::read(text);
        let piece = |token: Token<'_>| {
            let sign = match token.boundary {
                Boundary::Nothing => "",
                Boundary::Word => "_",
                Boundary::Clause => ",",
                Boundary::Sentence => ".",
            };
            format!("{}{sign}", text.get(token.range).expect("it is a part of the text"))
        };
        question.tokens().map(piece).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn words_are_lower_case_without_accents_and_punctuation() {
        check("  Is Vue.js   FASTER?! ", "is vue js faster");
        check("Café, naïve – ﬁne", "cafe naive fine");
        check("don't; what’s it", "dont whats it");
        check("日本語 🦀 é", "日本語 e");
        check("C++ c# f# .NET a+b", "cpp csharp fsharp net a b");
        check("ＦＵＬＬ ｗｉｄｔｈ", "full width");
        check("e\u{301}te\u{301} İstanbul", "ete istanbul");
    }

    #[test]
    fn mark_up_is_not_read() {
        check("<@123> **bold** `code` ||spoiler|| <#5> <:snek:99> <a:wave:1> <t:12:R> </ask:7>", "bold code spoiler");
        check("see https://example.org/speed?x=1 now", "see now");
        check("a < b > c", "a b c");
        check("[label](https://example.org) ~~gone~~", "label gone");
        check("one<@1>two", "one two");
    }

    #[test]
    fn a_text_without_words_has_none() {
        check("", "");
        check("🦀🦀 !!! … <@1>", "");
        assert!(Question::read("🦀, <@1>.\n").is_empty());
    }

    #[test]
    fn a_long_text_is_read_in_part() {
        assert_eq!(read(&"é ".repeat(10_000), 100).words().count(), 50);
        // Mark-up counts as one blank, however long it is.
        assert_eq!(read("<@123456789> ab cd", 4).words().collect::<Vec<_>>(), ["ab"]);
    }

    #[test]
    fn a_token_knows_its_position_in_the_text() {
        assert_eq!(pieces("Ünïted 日本語, e\u{301}t 🦀don’t"), "Ünïted_|日本語,|e\u{301}t_|don’t_");
        assert_eq!(pieces("<@1> hé see https://example.org/日 C++ x½"), "hé_|see_|C++_|x½|½_");
    }

    #[test]
    fn clauses_end_at_commas_and_sentences_at_other_punctuation_before_a_blank() {
        assert_eq!(pieces("chat, shop; game: é! 日? end."), "chat,|shop.|game.|é.|日.|end.");
        assert_eq!(pieces("vue.js e-mail 1,5 a:b"), "vue|js_|e|mail_|1|5_|a|b_");
        assert_eq!(pieces("one\ntwo\r\nthree\n\nfour"), "one.|two.|three.|four_");
        assert_eq!(pieces("one,\ntwo , three (four). five,) six"), "one,|two,|three_|four.|five_|six_");
    }

    #[test]
    fn what_ends_after_no_word_ends_after_the_last_one() {
        assert_eq!(pieces("chat 🦀. shop <@1>, game ... end"), "chat.|shop,|game.|end_");
        assert_eq!(pieces("... chat 🦀"), "chat_");
    }
}
