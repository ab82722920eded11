//! What is sent: an embed and what can be pressed under it, without a word of Discord's own types.

use super::action::Action;
use super::chart::Chart;
use super::limits;
use super::text::Text;

/// A message that is ready to be sent through any door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// What is read.
    pub embed: Embed,
    /// What can be pressed, row by row.
    pub rows: Vec<Row>,
    /// What is drawn as a picture below the embed; the embed says the same in words.
    pub chart: Option<Chart>,
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
    /// The characters that Discord adds up.
    pub fn length(&self) -> usize {
        let fields = self.fields.iter().map(|field| limits::length(&field.name) + field.value.length());
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
    /// The text.
    pub value: Text,
    /// Whether it may stand beside its neighbours.
    pub inline: bool,
}

/// A row of things that can be pressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// Up to five buttons.
    Buttons(Vec<Button>),
    /// One select menu.
    Menu(Menu),
}

/// A button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    /// What stands on it.
    pub label: String,
    /// How it looks.
    pub style: Style,
    /// What it does.
    pub action: Action,
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
    /// What it does with the value that is chosen.
    pub action: Action,
    /// What stands on it before something is chosen.
    pub placeholder: String,
    /// How many options can be chosen at once, at least 1.
    pub most: usize,
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
    /// The state that comes back when it is chosen.
    pub value: String,
}

/// A text that an autocompletion offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is read.
    pub name: String,
    /// What is sent.
    pub value: String,
}
