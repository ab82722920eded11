//! One table of a data file, read field by field so that every problem in it is found, each with its line.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::suggestion::closest;
use crate::knowledge::origins::Lines;
use crate::knowledge::{Item, Problem};

/// A data file while it is read; it collects the problems found in it, and the lines of its texts.
pub(super) struct File<'i> {
    name: &'i str,
    text: &'i str,
    line_ends: Vec<usize>,
    /// Whether a part of the file is lost, because it is not TOML there. What is missing then is not the author's omission.
    is_broken: Cell<bool>,
    /// Whether a field is misspelt, so that what stands in it is not where it is looked for.
    is_misspelt: Cell<bool>,
    problems: RefCell<Vec<Problem>>,
    /// What is not there and would be without a misspelt field.
    absences: RefCell<Vec<Problem>>,
    /// Names of things that are not there. Several files may name the same one.
    references: RefCell<Vec<Problem>>,
    /// The sources that are named anywhere in the file.
    cited: RefCell<BTreeSet<String>>,
    lines: RefCell<Lines>,
}

/// What was found in a file besides its content.
pub(super) struct Found {
    /// Whether everything in it was found: what others name in it and is not there, is not there.
    pub(super) is_whole: bool,
    pub(super) problems: Vec<Problem>,
    pub(super) references: Vec<Problem>,
    pub(super) cited: BTreeSet<String>,
    pub(super) lines: Lines,
}

/// The field of a statement that names its sources.
pub(super) const SOURCES: &str = "sources";

/// A value and its line.
#[derive(Debug, Clone)]
pub(super) struct Located<T> {
    pub(super) value: T,
    pub(super) line: usize,
}

/// A table of a file; fields are taken out of it, and those that are left in the end are unknown.
pub(super) struct Section<'f, 'i> {
    file: &'f File<'i>,
    what: &'static str,
    table: DeTable<'i>,
    taken: Vec<String>,
    /// Fields that have to be there and are not, each with what is expected.
    missing: Vec<Missing>,
    pub(super) line: usize,
    /// The same table of the general file: its lists continue those of this one, and its fields stand in for those that are left out.
    general: Option<Box<Section<'f, 'i>>>,
}

struct Missing {
    key: String,
    /// What is expected of a field; nothing for a table.
    expected: Option<String>,
}

impl<'i> File<'i> {
    pub(super) fn new(name: &'i str, text: &'i str) -> Self {
        let line_ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect();
        Self {
            name,
            text,
            line_ends,
            is_broken: Cell::new(false),
            is_misspelt: Cell::new(false),
            absences: RefCell::default(),
            problems: RefCell::default(),
            references: RefCell::default(),
            cited: RefCell::default(),
            lines: RefCell::default(),
        }
    }

    /// The whole file as a table; `what` names it in messages.
    pub(super) fn root(&self, what: &'static str) -> Section<'_, 'i> {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        let mut last = None;
        for error in errors {
            let at = error.span().map_or(0, |span| span.start);
            let line = self.line_at(at);
            // What is said of the next line follows from this one.
            if last.is_none_or(|last| line > last + 1) {
                self.problem(line, error.message().replace('\n', ", "));
            }
            last = Some(line);
            self.is_broken.set(true);
        }
        let table = table.into_inner();
        if table.is_empty() && !self.is_broken.replace(true) {
            self.problem(1, format!("the file is empty, expected {what}"));
        } else if table.is_empty() {
            self.is_broken.set(true);
        }
        note_cited(&table, &mut self.cited.borrow_mut());
        Section { file: self, what, table, taken: Vec::new(), missing: Vec::new(), line: 1, general: None }
    }

    pub(super) fn problem(&self, line: usize, what: impl Into<String>) {
        self.problems.borrow_mut().push(Problem::new(self.name, line, what));
    }

    /// That a field is missing or unknown, which is nobody's mistake in a broken file.
    fn field_problem(&self, line: usize, what: impl Into<String>) {
        if !self.is_broken.get() {
            self.problem(line, what);
        }
    }

    /// What was found besides the content.
    pub(super) fn finish(self) -> Found {
        let is_whole = !self.is_broken.get() && !self.is_misspelt.get();
        let mut problems = self.problems.into_inner();
        if is_whole {
            problems.extend(self.absences.into_inner());
        }
        Found {
            is_whole,
            problems,
            references: self.references.into_inner(),
            cited: self.cited.into_inner(),
            lines: self.lines.into_inner(),
        }
    }

    fn line_at(&self, offset: usize) -> usize {
        self.line_ends.partition_point(|end| *end < offset) + 1
    }

    fn read<T: DeserializeOwned>(&self, value: Spanned<DeValue<'i>>, key: &str, expected: &str) -> Option<Located<T>> {
        let line = self.line_at(value.span().start);
        match T::deserialize(ValueDeserializer::from(value)) {
            Ok(value) => Some(Located { value, line }),
            Err(error) => {
                let found = error.message().replace('\n', ", ");
                self.problem(line, format!("`{key}` must be {expected}: {found}"));
                None
            }
        }
    }
}

impl<'f, 'i> Section<'f, 'i> {
    /// The same table, continued by that of the general file.
    pub(super) fn with_general(self, general: Option<Self>) -> Self {
        Self { general: general.map(Box::new), ..self }
    }

    /// Whether a field is there, or stands in the general file.
    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key) || self.general.as_ref().is_some_and(|general| general.has(key))
    }

    /// A field that has to be there.
    pub(super) fn required<T: DeserializeOwned>(&mut self, key: &str, expected: &str) -> Option<Located<T>> {
        if !self.has(key) {
            self.miss(key, Some(expected));
            return None;
        }
        self.optional(key, expected)
    }

    /// A field that may be left out.
    pub(super) fn optional<T: DeserializeOwned>(&mut self, key: &str, expected: &str) -> Option<Located<T>> {
        let general = self.general.as_mut().and_then(|general| general.optional(key, expected));
        match self.take(key) {
            Some(value) => self.file.read(value, key, expected),
            None => general,
        }
    }

    /// A text that has to be there and is not blank.
    pub(super) fn text(&mut self, key: &str) -> Located<String> {
        let text = self.required::<String>(key, "a text");
        self.check_blank(key, text).unwrap_or(Located { value: String::new(), line: 0 })
    }

    /// A text that may be left out; if it is there it is not blank.
    pub(super) fn optional_text(&mut self, key: &str) -> Option<Located<String>> {
        let text = self.optional::<String>(key, "a text");
        self.check_blank(key, text)
    }

    fn check_blank(&self, key: &str, text: Option<Located<String>>) -> Option<Located<String>> {
        if let Some(Located { line, .. }) = text.as_ref().filter(|text| text.value.trim().is_empty()) {
            self.file.problem(*line, format!("`{key}` is blank, expected a text"));
        }
        text
    }

    /// A list of texts that has to be there; it may be empty.
    pub(super) fn texts(&mut self, key: &str) -> Vec<Located<String>> {
        if !self.has(key) {
            self.miss(key, Some("a list of texts"));
            return Vec::new();
        }
        self.optional_texts(key)
    }

    /// A list of texts that may be left out.
    pub(super) fn optional_texts(&mut self, key: &str) -> Vec<Located<String>> {
        let general = self.general.as_mut().map_or_else(Vec::new, |general| general.optional_texts(key));
        let Some(value) = self.take(key) else { return general };
        let line = self.file.line_at(value.span().start);
        let DeValue::Array(items) = value.into_inner() else {
            self.file.problem(line, format!("`{key}` must be a list of texts"));
            return general;
        };
        let own = items.into_iter().filter_map(|item| self.file.read(item, key, "a list of texts"));
        own.chain(general).collect()
    }

    /// The tables of a list such as `[[article]]`; a list that is left out is empty.
    pub(super) fn sections(&mut self, key: &str, what: &'static str) -> Vec<Section<'f, 'i>> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let line = self.file.line_at(value.span().start);
        let DeValue::Array(items) = value.into_inner() else {
            self.file.problem(line, format!("`{key}` must be a list of tables, written [[{key}]]"));
            return Vec::new();
        };
        items.into_iter().filter_map(|item| self.file.section(item, key, what)).collect()
    }

    /// A table that may be left out.
    pub(super) fn optional_section(&mut self, key: &str, what: &'static str) -> Option<Section<'f, 'i>> {
        let general = self.general.as_mut().and_then(|general| general.optional_section(key, what));
        match self.take(key) {
            Some(value) => self.file.section(value, key, what),
            None => general,
        }
    }

    /// A table such as `[article]`.
    pub(super) fn section(&mut self, key: &str, what: &'static str) -> Option<Section<'f, 'i>> {
        let Some(value) = self.take(key) else {
            self.miss(key, None);
            return None;
        };
        self.file.section(value, key, what)
    }

    /// Every table in this one, under whatever name, sorted by name.
    pub(super) fn named_sections(self, what: &'static str) -> Vec<(String, Section<'f, 'i>)> {
        let entries = self.table.into_iter();
        let named = entries.filter_map(|(key, value)| {
            let name = key.into_inner().into_owned();
            let section = self.file.section(value, &name, what)?;
            Some((name, section))
        });
        named.collect()
    }

    pub(super) fn problem(&self, line: usize, what: impl Into<String>) {
        self.file.problem(line, what);
    }

    /// Whether a part of the file is lost.
    pub(super) fn is_broken(&self) -> bool {
        self.file.is_broken.get()
    }

    /// That something is missing. It is not reported of a file of which a part was not found.
    pub(super) fn absence(&self, line: usize, what: impl Into<String>) {
        self.file.absences.borrow_mut().push(Problem::new(self.file.name, line, what));
    }

    /// That something is named that is not there; reported once, wherever it is named.
    pub(super) fn unknown(&self, line: usize, what: impl Into<String>) {
        self.file.references.borrow_mut().push(Problem::new(self.file.name, line, what));
    }

    /// Notes the line of a text, for checks after parsing.
    pub(super) fn note(&self, item: Item, line: usize) {
        self.file.lines.borrow_mut().insert(item, line);
    }

    /// Reports every field that nobody asked for, and every field that is missing. A misspelt field is both.
    pub(super) fn finish(mut self) {
        if let Some(general) = self.general.take() {
            general.finish();
        }
        for key in self.table.keys() {
            let (name, line) = (key.as_ref(), self.file.line_at(key.span().start));
            let missing = self.missing.iter().map(|missing| missing.key.as_str());
            let meant = closest(name, missing).or_else(|| closest(name, self.taken.iter().map(String::as_str)));
            let expected = match meant {
                Some(meant) => format!("did you mean `{meant}`"),
                None => format!("expected one of {}", self.taken.join(", ")),
            };
            let meant = meant.map(str::to_owned);
            self.file.is_misspelt.set(self.file.is_misspelt.get() || meant.is_some());
            self.missing.retain(|missing| Some(&missing.key) != meant.as_ref());
            self.file.field_problem(line, format!("`{name}` is not a field of {}, {expected}", self.what));
        }
        let what = self.what;
        match self.missing.as_slice() {
            [] => {}
            [Missing { key, expected: Some(expected) }] => {
                self.file.field_problem(self.line, format!("{what} has no `{key}`, expected {expected}"));
            }
            all => {
                let all: Vec<String> = all.iter().map(Missing::to_text).collect();
                self.file.field_problem(self.line, format!("{what} has no {}", all.join(", no ")));
            }
        }
    }

    fn miss(&mut self, key: &str, expected: Option<&str>) {
        self.taken.push(key.to_owned());
        self.missing.push(Missing { key: key.to_owned(), expected: expected.map(str::to_owned) });
    }

    fn take(&mut self, key: &str) -> Option<Spanned<DeValue<'i>>> {
        self.taken.push(key.to_owned());
        self.table.remove(key)
    }
}

impl<'i> File<'i> {
    fn section(&self, value: Spanned<DeValue<'i>>, key: &str, what: &'static str) -> Option<Section<'_, 'i>> {
        let line = self.line_at(value.span().start);
        match value.into_inner() {
            DeValue::Table(table) => {
                Some(Section { file: self, what, table, taken: Vec::new(), missing: Vec::new(), line, general: None })
            }
            other => {
                self.field_problem(line, format!("`{key}` must be a table, found {}", other.type_str()));
                None
            }
        }
    }
}

impl Missing {
    fn to_text(&self) -> String {
        match &self.expected {
            Some(expected) => format!("`{}` ({expected})", self.key),
            None => format!("table [{}]", self.key),
        }
    }
}

/// Notes the sources that are named in a table, wherever that is.
fn note_cited(table: &DeTable<'_>, cited: &mut BTreeSet<String>) {
    for (key, value) in table {
        match value.get_ref() {
            DeValue::Table(table) => note_cited(table, cited),
            DeValue::Array(items) => {
                for item in items {
                    match item.get_ref() {
                        DeValue::Table(table) => note_cited(table, cited),
                        DeValue::String(source) if key.as_ref() == SOURCES => {
                            cited.insert(source.clone().into_owned());
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
}
