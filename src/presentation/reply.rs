//! What is sent: an embed and what can be pressed under it, without a word of Discord's own types.

use super::chart::Chart;
use super::custom_id::{Setting, Verb};
use super::limits;
use super::text::Text;
use crate::domain::request::View;
use crate::domain::team::Change;

/// A message that is ready to be sent, by whatever transport.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// What is read.
    pub embed: Embed,
    /// What can be pressed, row by row.
    pub rows: Vec<Row>,
    /// What is drawn as a picture below the embed; the embed says the same in words.
    pub chart: Option<Chart>,
    /// A file that is sent with it.
    pub file: Option<File>,
}

/// A text that is sent as a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: &'static str,
    /// What is in it.
    pub text: String,
}

/// A framed message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Embed {
    /// The small line above the title: the question that is answered. Nothing in it is live mark-up.
    pub author: Option<String>,
    /// The title. Nothing in it is live mark-up.
    pub title: String,
    /// The text below the title.
    pub description: Text,
    /// The colour of the frame, 0xRRGGBB.
    pub colour: u32,
    /// Sections with a heading.
    pub fields: Vec<Field>,
    /// The small line at the bottom. Nothing in it is live mark-up.
    pub footer: Option<String>,
}

impl Embed {
    /// The units that Discord adds up.
    pub fn length(&self) -> usize {
        let fields = self.fields.iter().map(|field| limits::length(&field.name) + field.length());
        let small = [self.author.as_deref(), Some(self.title.as_str()), self.footer.as_deref()];
        let small = small.into_iter().flatten().map(limits::length);
        self.description.length() + fields.sum::<usize>() + small.sum::<usize>()
    }
}

/// A section of an embed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The heading.
    pub name: String,
    /// The texts, one below the other.
    pub paragraphs: Vec<Text>,
    /// Whether it may stand beside its neighbours.
    pub inline: bool,
    /// How long it stays where the embed is too long.
    pub priority: Priority,
}

/// What stays longest where an embed is too long: the greatest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Priority {
    /// The list of cited pages.
    Sources,
    /// What the article says.
    Background,
    /// What explains the answer.
    Detail,
    /// The answer itself.
    Answer,
}

impl Field {
    /// The paragraphs as one text.
    pub fn text(&self) -> Text {
        Text::lines(self.paragraphs.iter().cloned())
    }

    /// Whether there is nothing to read in it.
    pub fn is_blank(&self) -> bool {
        self.paragraphs.iter().all(Text::is_blank)
    }

    /// The length of the text in Discord's mark-up, in units.
    pub fn length(&self) -> usize {
        let breaks = self.paragraphs.len().saturating_sub(1);
        self.paragraphs.iter().map(Text::length).sum::<usize>() + breaks
    }
}

/// A row of things that can be pressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// Up to five buttons.
    Buttons(Vec<Button>),
    /// One select menu.
    Menu(Menu),
    /// One menu that changes a setting.
    Select(Select),
}

/// A button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    /// What stands on it.
    pub label: String,
    /// How it looks.
    pub style: Style,
    /// What it does.
    pub verb: Verb,
    /// The same as the state that comes back when it is pressed.
    pub custom_id: String,
}

/// How a button looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// The next step that most people want.
    Primary,
    /// One of several.
    Secondary,
    /// It takes something away.
    Danger,
}

/// A select menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Menu {
    /// The state that comes back with what is chosen.
    pub custom_id: String,
    /// What stands on it before something is chosen.
    pub placeholder: String,
    /// Whether several options can be chosen at once.
    pub many: bool,
    /// What can be chosen.
    pub options: Vec<MenuOption>,
}

/// An option of a select menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuOption {
    /// What stands on it.
    pub label: String,
    /// A second, smaller line.
    pub description: String,
    /// What it shows.
    pub view: View,
    /// The same as the state that comes back when it is chosen.
    pub value: String,
}

/// A menu that changes a setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Select {
    /// What it changes.
    pub setting: Setting,
    /// The same as the state that comes back with what is chosen.
    pub custom_id: String,
    /// What stands on it while nothing is chosen.
    pub placeholder: String,
    /// What can be chosen.
    pub offers: Offers,
}

/// What can be chosen in a menu that changes a setting, and what is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Offers {
    /// One of these.
    One(Vec<SelectOption>),
    /// Any number of channels; those of these ids are chosen.
    Channels(Vec<u64>),
    /// A role or none; the one of this id is chosen.
    Role(Option<u64>),
}

/// An option of such a menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelectOption {
    /// What stands on it.
    pub label: String,
    /// What it changes.
    pub change: Change,
    /// The same as the text that comes back when it is chosen.
    pub value: &'static str,
    /// Whether that holds already.
    pub is_chosen: bool,
}

/// A text that an autocompletion offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is read.
    pub name: String,
    /// What is sent.
    pub value: String,
}
