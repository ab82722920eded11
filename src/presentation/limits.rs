//! Discord's limits, and how a text is measured and cut; every other file takes them from here.
//!
//! Source: Discord's API documentation, snapshot of 2026-08. It limits characters and does not say which kind. All lengths here
//! are in UTF-16 units: by no other way of counting is a text longer.

use unicode_normalization::char::is_combining_mark;

/// Units in the text of a message outside of embeds.
pub const CONTENT: usize = 2000;
/// Units in an embed's title.
pub const EMBED_TITLE: usize = 256;
/// Units in an embed's description.
pub const EMBED_DESCRIPTION: usize = 4096;
/// Fields in an embed.
pub const EMBED_FIELDS: usize = 25;
/// Units in the name of a field.
pub const FIELD_NAME: usize = 256;
/// Units in the value of a field.
pub const FIELD_VALUE: usize = 1024;
/// Units in an embed's footer.
pub const EMBED_FOOTER: usize = 2048;
/// Units in the name of an embed's author.
pub const EMBED_AUTHOR: usize = 256;
/// Units in all parts of an embed together.
pub const EMBED_TOTAL: usize = 6000;
/// Rows of components under a message.
pub const ROWS: usize = 5;
/// Buttons in a row.
pub const BUTTONS_IN_ROW: usize = 5;
/// Units on a button.
pub const BUTTON_LABEL: usize = 80;
/// Options in a select menu.
pub const MENU_OPTIONS: usize = 25;
/// Units in the label, value or description of an option of a select menu, or in the menu's placeholder.
pub const MENU_TEXT: usize = 100;
/// Units in the state of a component.
pub const CUSTOM_ID: usize = 100;
/// Units in the description of an attachment.
pub const ATTACHMENT_DESCRIPTION: usize = 1024;
/// Units in the title of a form.
pub const MODAL_TITLE: usize = 45;
/// Fields of a form.
pub const MODAL_INPUTS: usize = 5;
/// Units above a field of a form.
pub const INPUT_LABEL: usize = 45;
/// Units in a field of a form.
pub const INPUT: usize = 4000;
/// Units in a field of a form while it is blank.
pub const INPUT_HINT: usize = 100;
/// Choices that an autocompletion may offer.
pub const CHOICES: usize = 25;
/// Units in the name or the value of a choice.
pub const CHOICE: usize = 100;
/// Units in the description of a command or an option.
pub const COMMAND_DESCRIPTION: usize = 100;
/// Units in a text that is typed as an option of a command.
pub const OPTION_TEXT: u16 = 6000;

/// Questions that the help gives as examples, at most.
pub(super) const HELP_EXAMPLES: usize = 1;

/// Units that a brief answer is meant to have, without addresses: about as much as people read at a glance.
pub const BRIEF_AIM: usize = 600;
/// Units that a brief answer may have at the most, without addresses.
pub const BRIEF_MOST: usize = 900;
/// Lines that a brief answer may have at the most, on a phone.
pub const BRIEF_LINES: usize = 22;
/// Columns of a line on a phone.
pub(super) const PHONE_COLUMNS: usize = 40;
/// Units of the question above a brief answer.
pub(super) const BRIEF_QUESTION: usize = 120;
/// Units of a title of a brief answer.
pub(super) const BRIEF_TITLE: usize = 80;
/// Units of the answer itself, and of any other statement in a brief answer.
pub(super) const BRIEF_STATEMENT: usize = 300;
/// Units of what the article says, in a brief answer.
pub(super) const BRIEF_CLAIM: usize = 160;

/// Marks on one character beyond which they are noise: a cut may fall between them.
const MARKS: usize = 16;

/// The length of a text in UTF-16 units.
pub fn length(text: &str) -> usize {
    // A character has one byte that continues none before it, and two units where that byte begins four.
    let units = |byte: u8| usize::from(!(0x80..0xc0).contains(&byte)) + usize::from(byte >= 0xf0);
    text.bytes().map(units).sum()
}

/// Whether a text has at most so many units.
pub fn fits(text: &str, most: usize) -> bool {
    // No text has more units than bytes.
    text.len() <= most || length(text) <= most
}

/// The text, cut with an ellipsis to at most `most` units.
pub fn cut(text: &str, most: usize) -> String {
    if fits(text, most) {
        return text.to_owned();
    }
    let Some(most) = most.checked_sub(ELLIPSIS.len_utf16()) else { return String::new() };
    let beginning = beginning(text, most, |_, c| c.len_utf16());
    format!("{}{ELLIPSIS}", beginning.trim_end())
}

/// Stands where a text was cut.
pub(super) const ELLIPSIS: char = '…';

/// The longest beginning of a text that takes at most `most` units, where `units` says what a character at a byte takes. It ends
/// between two characters as people see them: no mark is taken off its letter.
pub(super) fn beginning(text: &str, most: usize, mut units: impl FnMut(usize, char) -> usize) -> &str {
    let mut used = 0;
    for (at, c) in text.char_indices() {
        used += units(at, c);
        if used > most {
            return before_character(text, at);
        }
    }
    text
}

/// The text up to a byte, or up to the beginning of the visible character that this byte is in the middle of.
fn before_character(text: &str, end: usize) -> &str {
    let Some((before, after)) = text.split_at_checked(end) else { return text };
    let mut kept = before;
    let mut next = after.chars().next();
    for _ in 0..MARKS {
        let mut chars = kept.chars();
        let last = chars.next_back();
        if !next.is_some_and(continues) && last != Some(JOINER) {
            return kept;
        }
        kept = chars.as_str();
        next = last;
    }
    before
}

/// Joins two emoji into one.
const JOINER: char = '\u{200d}';

/// Whether a character is seen as a part of the one before it.
fn continues(c: char) -> bool {
    c == JOINER || matches!(c, '\u{1f3fb}'..='\u{1f3ff}') || is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::{MARKS, cut, length};

    #[track_caller]
    fn check_cut(text: &str, most: usize, expected: &str) {
        let cut = cut(text, most);
        assert_eq!(cut, expected);
        assert!(length(&cut) <= most, "{cut:?}");
    }

    #[test]
    fn lengths_are_those_of_utf_16() {
        for text in ["", "plain", "é", "e\u{301}", "日本", "🦀", "👩🏽‍🚀 é日🦀", "\u{ffff}\u{10000}\u{10ffff}"]
        {
            assert_eq!(length(text), text.encode_utf16().count(), "{text:?}");
        }
    }

    #[test]
    fn a_cut_text_ends_with_an_ellipsis_within_its_limit() {
        check_cut("what fits", 9, "what fits");
        check_cut("what does not", 10, "what does…");
        check_cut("what does not", 11, "what does…");
        check_cut("日本語日本語", 4, "日本語…");
        check_cut("🦀🦀🦀", 6, "🦀🦀🦀");
        check_cut("🦀🦀🦀", 5, "🦀🦀…");
        check_cut("🦀🦀🦀", 4, "🦀…");
        check_cut("🦀", 1, "…");
        check_cut("🦀", 0, "");
    }

    #[test]
    fn no_visible_character_is_cut_in_the_middle() {
        check_cut("cafe\u{301}s", 5, "caf…");
        check_cut("cafe\u{301}s", 6, "cafe\u{301}s");
        check_cut("a👩🏽‍🚀bc", 8, "a…");
        check_cut("a👩🏽‍🚀bc", 9, "a👩🏽‍🚀…");
        check_cut("👍🏽!", 4, "…");
    }

    #[test]
    fn marks_without_end_are_cut_like_letters() {
        let noise = format!("a{}", "\u{301}".repeat(MARKS * 4));
        assert_eq!(length(&cut(&noise, MARKS * 2)), MARKS * 2);
    }
}
