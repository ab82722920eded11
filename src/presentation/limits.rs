//! Discord's limits; every other file takes them from here.
//!
//! Source: Discord's API documentation, snapshot of 2026-08. Texts are counted in characters.

/// Characters in an embed's title.
pub const EMBED_TITLE: usize = 256;
/// Characters in an embed's description.
pub const EMBED_DESCRIPTION: usize = 4096;
/// Fields in an embed.
pub const EMBED_FIELDS: usize = 25;
/// Characters in the name of a field.
pub const FIELD_NAME: usize = 256;
/// Characters in the value of a field.
pub const FIELD_VALUE: usize = 1024;
/// Characters in an embed's footer.
pub const EMBED_FOOTER: usize = 2048;
/// Characters in the name of an embed's author.
pub const EMBED_AUTHOR: usize = 256;
/// Characters in all parts of an embed together.
pub const EMBED_TOTAL: usize = 6000;
/// Rows of components under a message.
pub const ROWS: usize = 5;
/// Buttons in a row.
pub const BUTTONS_IN_ROW: usize = 5;
/// Characters on a button.
pub const BUTTON_LABEL: usize = 80;
/// Options in a select menu.
pub const MENU_OPTIONS: usize = 25;
/// Characters in the label, value, description or placeholder of a select menu's option.
pub const MENU_TEXT: usize = 100;
/// Characters in the state of a component.
pub const CUSTOM_ID: usize = 100;
/// Characters in the description of an attachment.
pub const DESCRIPTION: usize = 1024;
/// Choices that an autocompletion may offer.
pub const CHOICES: usize = 25;
/// Characters in the name of a choice.
pub const CHOICE_NAME: usize = 100;
/// Characters in a text that is typed as an option of a command.
pub const OPTION_TEXT: u16 = 6000;

/// The length of a text as Discord counts it.
pub fn length(text: &str) -> usize {
    text.chars().count()
}

/// The text, cut with an ellipsis to at most `most` characters.
pub fn cut(text: &str, most: usize) -> String {
    // No text has more characters than bytes.
    if text.len() <= most || length(text) <= most {
        return text.to_owned();
    }
    let end = text.char_indices().nth(most.saturating_sub(1)).map_or(text.len(), |(at, _)| at);
    format!("{}…", text.get(..end).unwrap_or_default().trim_end())
}
