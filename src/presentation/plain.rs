//! A reply as plain text, for the terminal.

use std::fmt::Write;

use super::action::{Action, shown_from_text};
use super::reply::{Reply, Row};
use super::text::Text;
use crate::domain::request::Shown;

/// How a text is made to stand out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Emphasis {
    /// Not at all, as into a file.
    None,
    /// By the terminal's bold face.
    Ansi,
}

/// Something that can be pressed in the terminal by its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    /// A button.
    Press(Action),
    /// An option of a menu.
    Choose(Shown),
}

/// The text of a reply; what can be pressed is numbered from 1 in the order of [`keys`].
pub fn text(reply: &Reply, emphasis: Emphasis) -> String {
    let mut out = text_only(reply, emphasis);
    let labels: Vec<&str> = labelled_keys(reply).map(|(label, _)| label).collect();
    if !labels.is_empty() {
        let numbered: Vec<String> = (1..).zip(labels).map(|(number, label)| format!("[{number}] {label}")).collect();
        // Writing to a string cannot fail.
        let _ = writeln!(out, "\n{}", numbered.join("  "));
    }
    out
}

/// The text of a reply without what can be pressed.
pub fn text_only(reply: &Reply, emphasis: Emphasis) -> String {
    let strong = |text: &str| match emphasis {
        Emphasis::None => text.to_owned(),
        Emphasis::Ansi => format!("\u{1b}[1m{text}\u{1b}[0m"),
    };
    let show = |text: &Text| text.to_terminal(strong);
    let embed = &reply.embed;
    let mut out = String::new();
    // Writing to a string cannot fail.
    if let Some(author) = &embed.author {
        let _ = writeln!(out, "> {author}");
    }
    let _ = writeln!(out, "{}\n{}", strong(&embed.title), show(&embed.description));
    for field in &embed.fields {
        let _ = writeln!(out, "\n{}\n{}", strong(&field.name), show(&field.value));
    }
    if let Some(footer) = &embed.footer {
        let _ = writeln!(out, "\n{footer}");
    }
    out
}

/// What can be pressed under a reply, in order.
pub fn keys(reply: &Reply) -> Vec<Key> {
    labelled_keys(reply).map(|(_, key)| key).collect()
}

fn labelled_keys(reply: &Reply) -> impl Iterator<Item = (&str, Key)> {
    reply.rows.iter().flat_map(|row| -> Vec<(&str, Key)> {
        match row {
            Row::Buttons(buttons) => {
                let key = |action: &Action| Key::Press(action.clone());
                buttons.iter().map(|button| (button.label.as_str(), key(&button.action))).collect()
            }
            Row::Menu(menu) => {
                let key = |value: &str| shown_from_text(value).map(Key::Choose);
                menu.options.iter().filter_map(|option| Some((option.label.as_str(), key(&option.value)?))).collect()
            }
        }
    })
}
