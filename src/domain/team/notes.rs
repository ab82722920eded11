//! A team's own word on a topic or a tool.

use serde::{Deserialize, Serialize};

use super::bounds::{NOTE_LINK, NOTE_TEXT};
use crate::knowledge::Date;

/// What a note or a decision is about, by an id that the data may not know any more.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// The topic of an id.
    Topic(String),
    /// The tool of an id.
    Tool(String),
    /// The kind of project of an id; only decisions are about one.
    Project(String),
}

/// A team's own word on something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// At most [`NOTE_TEXT`] units. Nothing in it is mark-up.
    pub text: String,
    /// The address of a page, which begins with `https://`; at most [`NOTE_LINK`] units.
    pub link: Option<String>,
    /// The day on which it was written, in UTC.
    pub written: Date,
}

/// What a person wrote for a note.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// The text; a blank one removes the note.
    pub text: String,
    /// The address of a page, or a blank text.
    pub link: String,
}

/// Why something that was written is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misfit {
    /// The text is too long.
    LongText,
    /// The address is too long.
    LongLink,
    /// The address is none that begins with `https://`.
    NoLink,
    /// There is an address and no text.
    NoText,
}

/// The note that a person wrote on a day; nothing where the note is to be removed.
///
/// # Errors
/// Why it cannot be kept.
pub fn write(written: &Written, today: Date) -> Result<Option<Note>, Misfit> {
    let text: Vec<&str> = written.text.split_whitespace().collect();
    let (text, link) = (text.join(" "), written.link.trim());
    if text.is_empty() {
        return if link.is_empty() { Ok(None) } else { Err(Misfit::NoText) };
    }
    if text.encode_utf16().count() > NOTE_TEXT {
        return Err(Misfit::LongText);
    }
    let link = if link.is_empty() { None } else { Some(address(link)?) };
    Ok(Some(Note { text, link, written: today }))
}

/// An address as it can stand in mark-up.
fn address(link: &str) -> Result<String, Misfit> {
    let rest = link.strip_prefix("https://").ok_or(Misfit::NoLink)?;
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let is_host = host.contains('.') && host.chars().all(|c| c.is_alphanumeric() || c == '.' || c == '-');
    let is_foreign =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '\\' | '`' | '[' | ']');
    if !is_host || rest.contains(is_foreign) {
        return Err(Misfit::NoLink);
    }
    let link = link.replace('(', "%28").replace(')', "%29");
    if link.encode_utf16().count() > NOTE_LINK { Err(Misfit::LongLink) } else { Ok(link) }
}

#[cfg(test)]
mod tests {
    use super::{Date, Misfit, NOTE_LINK, NOTE_TEXT, Note, Written, write};

    const TODAY: Date = Date { year: 2026, month: 11, day: 27 };

    fn written(text: &str, link: &str) -> Result<Option<Note>, Misfit> {
        write(&Written { text: text.to_owned(), link: link.to_owned() }, TODAY)
    }

    #[test]
    fn a_note_is_one_line_with_at_most_one_address() {
        let note = |text: &str, link: Option<&str>| {
            Ok(Some(Note { text: text.to_owned(), link: link.map(str::to_owned), written: TODAY }))
        };
        assert_eq!(written(" We use é\n\t日 🦀 ", ""), note("We use é 日 🦀", None));
        assert_eq!(written("x", " https://a.b/(c)?d#e "), note("x", Some("https://a.b/%28c%29?d#e")));
        assert_eq!(written(" \n", " "), Ok(None));
        assert_eq!(written("", "https://a.b"), Err(Misfit::NoText));
    }

    #[test]
    fn what_is_too_long_or_no_address_is_refused() {
        assert!(written(&"é".repeat(NOTE_TEXT), "").is_ok());
        assert_eq!(written(&"é".repeat(NOTE_TEXT + 1), ""), Err(Misfit::LongText));
        assert_eq!(written(&"🦀".repeat(NOTE_TEXT / 2 + 1), ""), Err(Misfit::LongText));
        let long = format!("https://a.b/{}", "c".repeat(NOTE_LINK));
        assert_eq!(written("x", &long), Err(Misfit::LongLink));
        for link in ["http://a.b", "a.b", "https://", "https://a b.c", "https://a.b/<@1>", "ftp://x", "https://é/x"] {
            assert_eq!(written("x", link), Err(Misfit::NoLink), "{link}");
        }
    }
}
