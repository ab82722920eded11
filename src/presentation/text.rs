//! Formatted text that is neither Discord's mark-up nor the terminal's, and can become either.

use std::fmt::Write;

use crate::domain::visible::is_invisible;
use unicode_normalization::char::is_combining_mark;

use super::limits;
use super::plain::visible;

/// Marks that one letter keeps; written languages have up to three.
const MARKS: usize = 3;

/// A text made of parts; what it contains is never taken for mark-up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    pub(super) parts: Vec<Part>,
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    Plain(String),
    Strong(String),
    Link { label: String, url: String },
    Cite { number: usize, url: String },
    Block(String),
    Person(u64),
}

impl Text {
    /// A text without any formatting.
    pub fn plain(text: impl AsRef<str>) -> Self {
        Self::default().and(text)
    }

    /// Continues with plain text.
    pub fn and(mut self, text: impl AsRef<str>) -> Self {
        match self.parts.last_mut() {
            Some(Part::Plain(before)) => before.push_str(text.as_ref()),
            _ => self.parts.push(Part::Plain(text.as_ref().to_owned())),
        }
        self
    }

    /// Continues with a text that stands out.
    pub fn strong(mut self, text: impl Into<String>) -> Self {
        self.parts.push(Part::Strong(text.into()));
        self
    }

    /// Continues with a link to a page.
    pub fn link(mut self, label: impl Into<String>, url: impl Into<String>) -> Self {
        self.parts.push(Part::Link { label: label.into(), url: url.into() });
        self
    }

    /// Continues with the number of a page, from 1, which leads there.
    pub fn cite(mut self, number: usize, url: impl Into<String>) -> Self {
        self.parts.push(Part::Cite { number, url: url.into() });
        self
    }

    /// Continues with lines whose characters stand below each other.
    pub fn block(mut self, lines: impl AsRef<str>) -> Self {
        // Three of them would end the block.
        self.parts.push(Part::Block(lines.as_ref().replace('`', "'")));
        self
    }

    /// Continues with the name of the person of an id.
    pub fn person(mut self, id: u64) -> Self {
        self.parts.push(Part::Person(id));
        self
    }

    /// Continues with another text.
    pub fn then(mut self, text: Self) -> Self {
        for part in text.parts {
            match part {
                Part::Plain(text) => self = self.and(text),
                other => self.parts.push(other),
            }
        }
        self
    }

    /// Whether there is nothing to read in it.
    pub fn is_blank(&self) -> bool {
        self.parts.iter().all(|part| matches!(part, Part::Plain(text) if text.trim().is_empty()))
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// The texts one below the other.
    pub fn lines(lines: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Self::default();
        for line in lines {
            if !all.is_empty() {
                all = all.and("\n");
            }
            all = all.then(line);
        }
        all
    }

    /// The text in Discord's mark-up; nothing in it but its own formatting is live.
    pub fn markdown(&self) -> String {
        let mut out = String::with_capacity(256);
        for part in &self.parts {
            match part {
                Part::Plain(text) => escape(text, &mut out),
                Part::Strong(text) => {
                    out.push_str("**");
                    escape(text, &mut out);
                    out.push_str("**");
                }
                Part::Link { label, url } => {
                    out.push('[');
                    escape(label, &mut out);
                    // Writing to a string cannot fail.
                    let _ = write!(out, "]({url})");
                }
                Part::Cite { number, url } => {
                    let _ = write!(out, " [{}]({url})", superscript(*number));
                }
                Part::Person(id) => {
                    let _ = write!(out, "<@{id}>");
                }
                Part::Block(lines) => {
                    let _ = write!(out, "```\n{lines}\n```");
                }
            }
        }
        out
    }

    /// The length of the text in Discord's mark-up, in units.
    pub fn length(&self) -> usize {
        self.parts.iter().map(Part::length).sum()
    }

    /// The text, cut with an ellipsis to at most `most` units of Discord's mark-up. No formatting is cut: a text that stands out
    /// does so up to the ellipsis, a block loses whole lines, and a link or a name is left out where it does not fit.
    pub fn cut(&self, most: usize) -> Self {
        if self.length() <= most {
            return self.clone();
        }
        let mut cut = Self::default();
        let Some(mut left) = most.checked_sub(limits::ELLIPSIS.len_utf16()) else { return cut };
        for part in &self.parts {
            let length = part.length();
            if length > left {
                cut.parts.extend(part.beginning(left));
                break;
            }
            left -= length;
            cut.parts.push(part.clone());
        }
        if let Some(Part::Plain(text)) = cut.parts.last_mut() {
            text.truncate(text.trim_end().len());
        }
        cut.and(limits::ELLIPSIS.to_string())
    }

    /// The text for a terminal: `strong` says how a text is made to stand out, `link` how a label and its address are written,
    /// `cite` how the number of a page is, and `fixed` how lines are kept from being broken. No control character but the line break is in what they get.
    pub(super) fn to_terminal(
        &self,
        strong: impl Fn(&str) -> String,
        link: impl Fn(&str, &str) -> String,
        cite: impl Fn(&str, &str) -> String,
        fixed: impl Fn(&str) -> String,
    ) -> String {
        let parts = self.parts.iter().map(|part| match part {
            Part::Plain(text) => visible(text),
            Part::Strong(text) => strong(&visible(text)),
            Part::Block(lines) => fixed(&visible(lines)),
            Part::Person(_) => super::wording::YOU.to_owned(),
            Part::Link { label, url } => link(&visible(label), &visible(url)),
            Part::Cite { number, url } => format!(" {}", cite(&superscript(*number), &visible(url))),
        });
        parts.collect()
    }

    /// The text as it is read: without mark-up and addresses.
    pub fn visible(&self) -> String {
        let mut out = String::new();
        for part in &self.parts {
            match part {
                Part::Plain(text) | Part::Strong(text) => out.push_str(text),
                Part::Block(lines) => out.push_str(lines),
                Part::Person(_) => out.push_str(super::wording::YOU),
                Part::Link { label, .. } => out.push_str(label),
                Part::Cite { number, .. } => {
                    let _ = write!(out, " {}", superscript(*number));
                }
            }
        }
        out
    }

    /// The numbers of the pages that it cites, each with its address.
    pub fn cited(&self) -> impl Iterator<Item = (usize, &str)> {
        self.parts.iter().filter_map(|part| match part {
            Part::Cite { number, url } => Some((*number, url.as_str())),
            _ => None,
        })
    }
}

impl Part {
    /// The length in Discord's mark-up.
    fn length(&self) -> usize {
        match self {
            Self::Plain(text) => escaped_length(text),
            Self::Strong(text) => escaped_length(text) + "****".len(),
            Self::Link { label, url } => escaped_length(label) + "[]()".len() + limits::length(url),
            Self::Cite { number, url } => limits::length(&superscript(*number)) + " []()".len() + limits::length(url),
            Self::Person(id) => id.to_string().len() + "<@>".len(),
            Self::Block(lines) => limits::length(lines) + "```\n\n```".len(),
        }
    }

    /// The longest beginning of at most `most` units that is still formatted; nothing where there is none.
    fn beginning(&self, most: usize) -> Option<Self> {
        match self {
            Self::Plain(text) => Some(Self::Plain(escaped_beginning(text, most).to_owned())),
            Self::Strong(text) => {
                let text = escaped_beginning(text, most.checked_sub("****".len())?).trim_end();
                (!text.is_empty()).then(|| Self::Strong(text.to_owned()))
            }
            Self::Link { .. } | Self::Cite { .. } | Self::Person(_) => None,
            Self::Block(lines) => {
                let mut left = most.checked_sub("```\n```".len())?;
                let whole = lines.lines().map_while(|line| {
                    left = left.checked_sub(limits::length(line) + "\n".len())?;
                    Some(line)
                });
                let whole: Vec<&str> = whole.collect();
                (!whole.is_empty()).then(|| Self::Block(whole.join("\n")))
            }
        }
    }
}

/// A number as raised digits.
pub(super) fn superscript(number: usize) -> String {
    let raised = |digit: char| match digit {
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        '9' => '⁹',
        _ => '⁰',
    };
    number.to_string().chars().map(raised).collect()
}

/// Appends a text with a backslash before each character that would be live mark-up.
fn escape(text: &str, out: &mut String) {
    let mut start = 0;
    for at in live(text) {
        out.push_str(text.get(start..at).unwrap_or_default());
        out.push('\\');
        start = at;
    }
    out.push_str(text.get(start..).unwrap_or_default());
}

/// How many units a text has when it is escaped.
fn escaped_length(text: &str) -> usize {
    limits::length(text) + live(text).count()
}

/// The longest beginning of a text that has at most `most` units when it is escaped.
fn escaped_beginning(text: &str, most: usize) -> &str {
    let mut live = live(text).peekable();
    limits::beginning(text, most, |at, c| c.len_utf16() + usize::from(live.next_if_eq(&at).is_some()))
}

/// The bytes at which characters stand that would be live mark-up. All of them are ASCII, so that bytes can be looked at.
fn live(text: &str) -> impl Iterator<Item = usize> {
    let mut at_line_start = true;
    text.bytes().enumerate().filter_map(move |(at, byte)| {
        // The first three are mark-up only where a line begins, and prose is full of hyphens.
        let is_live = match byte {
            b'-' | b'#' | b'>' => at_line_start,
            b'\\' | b'*' | b'_' | b'~' | b'`' | b'|' | b'[' | b']' | b'<' | b'@' => true,
            _ => false,
        };
        at_line_start = byte == b'\n' || (at_line_start && byte == b' ');
        is_live.then_some(at)
    })
}

/// A text as it was before [`Text::markdown`] kept its mark-up from being live.
pub fn unescaped(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut chars = markdown.chars();
    while let Some(c) = chars.next() {
        out.push(if c == '\\' { chars.next().unwrap_or(c) } else { c });
    }
    out
}

/// A text that a user typed, as it can be shown where no mark-up is live: one line, without control characters, characters that
/// nobody sees and those that change the direction of writing, and with few marks on each letter.
pub fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len());
    let (mut is_apart, mut marks) = (false, 0);
    for c in text.chars() {
        if c.is_whitespace() {
            (is_apart, marks) = (true, 0);
            continue;
        }
        if is_invisible(c) {
            continue;
        }
        // No character of ASCII is a mark, and to look it up takes a while.
        marks = if !c.is_ascii() && is_combining_mark(c) { marks + 1 } else { 0 };
        if marks > MARKS {
            continue;
        }
        if is_apart && !quoted.is_empty() {
            quoted.push(' ');
        }
        is_apart = false;
        quoted.push(c);
    }
    quoted
}

#[cfg(test)]
mod tests {
    use super::{Text, quote};

    #[track_caller]
    fn check_markdown(text: &str, expected: &str) {
        assert_eq!(Text::plain(text).markdown(), expected);
    }

    #[test]
    fn nothing_in_a_quoted_question_is_invisible() {
        let check = |text: &str, expected: &str| assert_eq!(quote(text), expected, "{text:?}");
        check("é 日 🦀", "é 日 🦀");
        check("is\u{e0001}\u{e0070}\u{e007f} it", "is it");
        check("\u{3164}\u{2800}a\u{ffa0}\u{115f}\u{1160}", "a");
        check("a\u{fe0f}\u{e0100}b\u{34f}\u{180e}\u{2064}c", "abc");
        check("\u{202e}evil\u{2066}", "evil");
        check("\u{3164} \u{2800}", "");
    }

    #[test]
    fn a_letter_keeps_the_marks_of_a_language_and_no_pile() {
        let decomposed = "e\u{301} ệ ดี้ שָּׁ";
        assert_eq!(quote(decomposed), decomposed);
        let pile = format!("is{} it{}", "\u{336}\u{489}".repeat(100), "\u{301}".repeat(100));
        assert_eq!(quote(&pile).chars().count(), "is it".len() + 2 * super::MARKS);
    }

    #[test]
    fn nothing_in_a_plain_text_is_live_mark_up() {
        check_markdown("except* and __init__", r"except\* and \_\_init\_\_");
        check_markdown("<@123> `code` ||x||", r"\<\@123> \`code\` \|\|x\|\|");
        check_markdown("[a](https://b)", r"\[a\](https://b)");
        check_markdown("# title\n> quote\n- item", "\\# title\n\\> quote\n\\- item");
        check_markdown("non-blocking é 日 🦀", "non-blocking é 日 🦀");
    }

    #[test]
    fn a_quote_is_one_visible_line() {
        assert_eq!(quote("  a\n\tb\u{202e}c\u{200b}d é日🦀 "), "a bcd é日🦀");
    }

    fn sample() -> Text {
        Text::plain("é_日 ").strong("🦀* bold").and(" ").link("page", "https://b.example").and(" end").block("█│\n│█")
    }

    /// The text cut to each length up to its own.
    #[test]
    fn a_cut_text_is_never_longer_than_allowed_and_keeps_its_formatting() {
        let text = sample();
        for most in 0..=text.length() {
            let cut = text.cut(most);
            let markdown = cut.markdown();
            assert_eq!(markdown.encode_utf16().count(), cut.length(), "{markdown}");
            assert!(cut.length() <= most, "{most}: {markdown}");
            assert_eq!(markdown.matches("**").count() % 2, 0, "{markdown}");
            assert_eq!(markdown.matches("```").count() % 2, 0, "{markdown}");
            assert_eq!(markdown.contains('['), markdown.contains("(https://b.example)"), "{markdown}");
        }
        assert_eq!(text.cut(text.length()), text);
    }

    #[track_caller]
    fn check_cut(most: usize, expected: &str) {
        assert_eq!(sample().cut(most).markdown(), expected);
    }

    #[test]
    fn a_text_is_cut_part_by_part() {
        check_cut(3, "é…");
        check_cut(4, r"é\_…");
        check_cut(6, r"é\_日…");
        check_cut(12, r"é\_日 **🦀**…");
        check_cut(30, r"é\_日 **🦀\* bold**…");
        check_cut(45, r"é\_日 **🦀\* bold** [page](https://b.example)…");
        check_cut(60, "é\\_日 **🦀\\* bold** [page](https://b.example) end```\n█│\n```…");
    }
}
