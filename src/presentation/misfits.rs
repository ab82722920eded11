//! Everything in a reply that Discord would refuse: the one place where a reply is compared with the limits.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

use super::limits;
use super::reply::{Embed, Menu, Offers, Reply, Row, Select};

/// A part of a reply. Fields, rows, and what is in a row are counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The line above the title.
    Author,
    /// The title.
    Title,
    /// The text below the title.
    Description,
    /// All fields.
    Fields,
    /// The heading of a field.
    FieldName(usize),
    /// A field.
    Field(usize),
    /// The line at the bottom.
    Footer,
    /// All texts of the embed together.
    Embed,
    /// The description of the picture.
    Chart,
    /// All rows.
    Rows,
    /// A row.
    Row(usize),
    /// The menu in a row.
    Menu(usize),
    /// What stands on the menu in a row.
    Placeholder(usize),
    /// A button or an option, by its row and its index in it.
    Control(usize, usize),
    /// What stands on a button or an option, by its row and its index in it.
    Label(usize, usize),
}

/// Why Discord would refuse a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It is so long, in units, and has a limit.
    Long(usize, usize),
    /// There are so many, and there is a limit.
    Many(usize, usize),
    /// There is nothing in it.
    Empty,
    /// Its state occurs twice.
    Repeated,
}

/// A part of a reply that Discord would refuse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// The part.
    pub part: Part,
    /// What is wrong with it.
    pub fault: Fault,
    /// What people call it.
    what: Cow<'static, str>,
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = &self.what;
        match self.fault {
            Fault::Long(length, most) => write!(f, "{what} is {length} long in Discord, expected at most {most}"),
            Fault::Many(count, most) => write!(f, "the number of {what} is {count}, expected at most {most}"),
            Fault::Empty => write!(f, "{what} is empty, expected something in it"),
            Fault::Repeated => write!(f, "{what} occurs twice, expected it once"),
        }
    }
}

/// Everything in a reply that Discord would refuse.
pub fn misfits(reply: &Reply) -> Vec<Misfit> {
    let mut misfits = in_embed(&reply.embed);
    if let Some(chart) = &reply.chart {
        let mut found = Found(misfits);
        found.text(Part::Chart, "the description of the picture", &chart.description, limits::ATTACHMENT_DESCRIPTION);
        misfits = found.0;
    }
    misfits.extend(in_rows(&reply.rows));
    misfits
}

/// What Discord would refuse in an embed, from top to bottom, the embed as a whole last.
pub(super) fn in_embed(embed: &Embed) -> Vec<Misfit> {
    let mut found = Found::default();
    if let Some(author) = &embed.author {
        found.text(Part::Author, "the question", author, limits::EMBED_AUTHOR);
    }
    found.text(Part::Title, "the title", &embed.title, limits::EMBED_TITLE);
    let description = embed.description.length();
    found.long(Part::Description, "the takeaway with the reason", description, limits::EMBED_DESCRIPTION);
    found.many(Part::Fields, "fields", embed.fields.len(), limits::EMBED_FIELDS);
    for (at, field) in embed.fields.iter().enumerate() {
        found.text(Part::FieldName(at), "the name of a field", &field.name, limits::FIELD_NAME);
        let length = field.length();
        if field.name.trim().is_empty() || field.is_blank() {
            found.add(Part::Field(at), "a field", Fault::Empty);
        } else if length > limits::FIELD_VALUE {
            let what = format!("the text under “{}”", field.name);
            found.long(Part::Field(at), what, length, limits::FIELD_VALUE);
        }
    }
    if let Some(footer) = &embed.footer {
        found.text(Part::Footer, "the footer", footer, limits::EMBED_FOOTER);
    }
    found.long(Part::Embed, "the answer", embed.length(), limits::EMBED_TOTAL);
    found.0
}

/// What Discord would refuse in rows, from top to bottom.
pub(super) fn in_rows(rows: &[Row]) -> Vec<Misfit> {
    let mut found = Found::default();
    let mut states = BTreeSet::new();
    found.many(Part::Rows, "rows", rows.len(), limits::ROWS);
    for (at, row) in rows.iter().enumerate() {
        match row {
            Row::Buttons(buttons) => {
                found.row(at, "buttons in a row", buttons.len(), limits::BUTTONS_IN_ROW);
                for (index, button) in buttons.iter().enumerate() {
                    found.text(Part::Label(at, index), "the text on a button", &button.label, limits::BUTTON_LABEL);
                    found.control(Part::Control(at, index), &button.label, &button.custom_id, &mut states);
                }
            }
            Row::Menu(menu) => {
                found.row(at, "options of a menu", menu.options.len(), limits::MENU_OPTIONS);
                if !menu.options.is_empty() {
                    found.text(Part::Placeholder(at), "the text on a menu", &menu.placeholder, limits::MENU_TEXT);
                    found.control(Part::Menu(at), &menu.placeholder, &menu.custom_id, &mut states);
                    found.options(at, menu);
                }
            }
            Row::Select(select) => {
                found.text(Part::Placeholder(at), "the text on a menu", &select.placeholder, limits::MENU_TEXT);
                found.control(Part::Menu(at), &select.placeholder, &select.custom_id, &mut states);
                found.offers(at, select);
            }
        }
    }
    found.0
}

/// Collects misfits.
#[derive(Default)]
struct Found(Vec<Misfit>);

impl Found {
    fn add(&mut self, part: Part, what: impl Into<Cow<'static, str>>, fault: Fault) {
        self.0.push(Misfit { part, fault, what: what.into() });
    }

    fn long(&mut self, part: Part, what: impl Into<Cow<'static, str>>, length: usize, most: usize) {
        if length > most {
            self.add(part, what, Fault::Long(length, most));
        }
    }

    fn text(&mut self, part: Part, what: &'static str, text: &str, most: usize) {
        if !limits::fits(text, most) {
            self.long(part, what, limits::length(text), most);
        }
    }

    fn many(&mut self, part: Part, what: &'static str, count: usize, most: usize) {
        if count > most {
            self.add(part, what, Fault::Many(count, most));
        }
    }

    /// What is in a row: something, and not too much.
    fn row(&mut self, at: usize, what: &'static str, count: usize, most: usize) {
        self.many(Part::Row(at), what, count, most);
        if count == 0 {
            self.add(Part::Row(at), "a row", Fault::Empty);
        }
    }

    /// Something that can be used: what stands on it, and a state that differs from all others. One fault of it is enough.
    fn control<'s>(&mut self, part: Part, label: &str, state: &'s str, others: &mut BTreeSet<&'s str>) {
        const STATE: &str = "the state of a button or menu";
        if label.trim().is_empty() {
            self.add(part, "the text on a button or menu", Fault::Empty);
        } else if !limits::fits(state, limits::CUSTOM_ID) {
            self.text(part, STATE, state, limits::CUSTOM_ID);
        } else if !others.insert(state) {
            self.add(part, STATE, Fault::Repeated);
        }
    }

    /// What can be chosen in a menu that changes a setting; all of it is ours.
    fn offers(&mut self, at: usize, select: &Select) {
        let count = match &select.offers {
            Offers::One(options) => options.len(),
            Offers::Channels(channels) => channels.len(),
            Offers::Role(_) => 1,
        };
        self.many(Part::Row(at), "options of a menu", count, limits::MENU_OPTIONS);
    }

    fn options(&mut self, at: usize, menu: &Menu) {
        let mut values = BTreeSet::new();
        for (index, option) in menu.options.iter().enumerate() {
            let label = Part::Label(at, index);
            self.text(label, "the text on an option", &option.label, limits::MENU_TEXT);
            self.text(label, "the second line of an option", &option.description, limits::MENU_TEXT);
            self.control(Part::Control(at, index), &option.label, &option.value, &mut values);
        }
    }
}
