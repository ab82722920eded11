//! Where the texts of a data folder are, so that checks after parsing can name file and line.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Problem, Side};

/// The lines of the texts in each file of a data folder.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Origins {
    files: BTreeMap<String, Lines>,
}

/// The line of each text in a file, from 1.
pub(super) type Lines = BTreeMap<Item, usize>;

/// A text in a data file. Numbers are positions in the file, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Item {
    /// The title.
    Title,
    /// The takeaway.
    Takeaway,
    /// The leaning.
    Leaning,
    /// The day of the last check.
    Checked,
    /// A point of a side.
    Point(Side, usize),
    /// A claim of the article.
    Claim(usize),
    /// A direct answer.
    Answer(usize),
    /// A step of a tour.
    Step(usize),
    /// A question of the quiz.
    Question(usize),
    /// A tool.
    Tool(usize),
    /// A release.
    Release(usize),
    /// A source, by the order of the ids.
    Source(usize),
}

impl Origins {
    /// The line of a text; where it is not known, that of the file's title, or else the first.
    pub fn line(&self, file: &str, item: Item) -> usize {
        let lines = self.files.get(file);
        let line = lines.and_then(|lines| lines.get(&item).or_else(|| lines.get(&Item::Title)));
        line.copied().unwrap_or(1)
    }

    /// A problem of a text.
    pub fn problem(&self, file: &str, item: Item, what: impl Into<String>) -> Problem {
        Problem::new(file, self.line(file, item), what)
    }

    pub(super) fn add(&mut self, file: &str, lines: Lines) {
        self.files.insert(file.to_owned(), lines);
    }
}
