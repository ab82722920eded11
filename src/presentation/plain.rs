//! A reply as plain text, for the terminal.

use std::fmt::Write;

use super::custom_id::Verb;
use super::reply::{Reply, Row};
use super::text::{Text, superscript};
use crate::domain::request::View;

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
    Press(Verb),
    /// An option of a menu.
    Choose(View),
}

/// The text of a reply; what can be pressed is numbered from 1 in the order of [`keys`].
pub fn text(reply: &Reply, emphasis: Emphasis) -> String {
    let mut out = text_only(reply, emphasis);
    let mut numbers = 1..;
    let mut numbered = |labels: Vec<&str>| {
        let labels = labels.into_iter().zip(&mut numbers);
        labels.map(|(label, number)| format!("[{number}] {label}")).collect::<Vec<_>>().join("  ")
    };
    for row in &reply.rows {
        let (heading, labels) = match row {
            Row::Buttons(buttons) => ("", buttons.iter().map(|button| button.label.as_str()).collect()),
            Row::Menu(menu) => (menu.placeholder.as_str(), menu.options.iter().map(|one| one.label.as_str()).collect()),
        };
        let gap = if heading.is_empty() { "" } else { "\n" };
        // Writing to a string cannot fail.
        let _ = writeln!(out, "\n{heading}{gap}{}", numbered(labels));
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
        let _ = writeln!(out, "\n{}\n{}", strong(&field.name), show(&field.text()));
    }
    if let Some(footer) = &embed.footer {
        let _ = writeln!(out, "\n{footer}");
    }
    let pages = pages(&embed.description);
    if !pages.is_empty() {
        let _ = writeln!(out, "{pages}");
    }
    out
}

/// The addresses of the pages whose numbers stand in a text, each once, in the order of their numbers.
fn pages(text: &Text) -> String {
    let mut pages: Vec<(usize, &str)> = text.cited().collect();
    pages.sort_unstable();
    pages.dedup();
    let pages = pages.into_iter().map(|(number, url)| format!("{} <{url}>", superscript(number)));
    pages.collect::<Vec<_>>().join(" ")
}

/// What can be pressed under a reply, in order.
pub fn keys(reply: &Reply) -> Vec<Key> {
    let of_row = |row: &Row| -> Vec<Key> {
        match row {
            Row::Buttons(buttons) => buttons.iter().map(|button| Key::Press(button.verb.clone())).collect(),
            Row::Menu(menu) => menu.options.iter().map(|option| Key::Choose(option.view.clone())).collect(),
        }
    };
    reply.rows.iter().flat_map(of_row).collect()
}
