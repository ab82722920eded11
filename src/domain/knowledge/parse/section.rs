//! One table of a data file, read field by field so that every problem in it is found, each with its line.

use std::cell::RefCell;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use crate::domain::knowledge::origins::Lines;
use crate::domain::knowledge::{Item, Problem};

/// A data file while it is read; it collects the problems found in it, and the lines of its texts.
pub(super) struct File<'i> {
    name: &'i str,
    text: &'i str,
    line_ends: Vec<usize>,
    problems: RefCell<Vec<Problem>>,
    lines: RefCell<Lines>,
}

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
    pub(super) line: usize,
}

impl<'i> File<'i> {
    pub(super) fn new(name: &'i str, text: &'i str) -> Self {
        let line_ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect();
        Self { name, text, line_ends, problems: RefCell::default(), lines: RefCell::default() }
    }

    /// The whole file as a table; `what` names it in messages.
    pub(super) fn root(&self, what: &'static str) -> Section<'_, 'i> {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        for error in errors {
            let at = error.span().map_or(0, |span| span.start);
            self.problem(self.line_at(at), error.message().replace('\n', ", "));
        }
        Section { file: self, what, table: table.into_inner(), taken: Vec::new(), line: 1 }
    }

    pub(super) fn problem(&self, line: usize, what: impl Into<String>) {
        self.problems.borrow_mut().push(Problem::new(self.name, line, what));
    }

    /// The problems that were found, and the lines that were noted.
    pub(super) fn finish(self) -> (Vec<Problem>, Lines) {
        (self.problems.into_inner(), self.lines.into_inner())
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
    /// A field that has to be there.
    pub(super) fn required<T: DeserializeOwned>(&mut self, key: &str, expected: &str) -> Option<Located<T>> {
        if !self.table.contains_key(key) {
            self.taken.push(key.to_owned());
            self.file.problem(self.line, format!("{} has no `{key}`, expected {expected}", self.what));
            return None;
        }
        self.optional(key, expected)
    }

    /// A field that may be left out.
    pub(super) fn optional<T: DeserializeOwned>(&mut self, key: &str, expected: &str) -> Option<Located<T>> {
        let value = self.take(key)?;
        self.file.read(value, key, expected)
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
        if !self.table.contains_key(key) {
            self.taken.push(key.to_owned());
            self.file.problem(self.line, format!("{} has no `{key}`, expected a list of texts", self.what));
            return Vec::new();
        }
        self.optional_texts(key)
    }

    /// A list of texts that may be left out.
    pub(super) fn optional_texts(&mut self, key: &str) -> Vec<Located<String>> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let line = self.file.line_at(value.span().start);
        let DeValue::Array(items) = value.into_inner() else {
            self.file.problem(line, format!("`{key}` must be a list of texts"));
            return Vec::new();
        };
        items.into_iter().filter_map(|item| self.file.read(item, key, "a list of texts")).collect()
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
        let value = self.take(key)?;
        self.file.section(value, key, what)
    }

    /// A table such as `[article]`.
    pub(super) fn section(&mut self, key: &str, what: &'static str) -> Option<Section<'f, 'i>> {
        let Some(value) = self.take(key) else {
            self.file.problem(self.line, format!("{} has no table [{key}]", self.what));
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

    /// Notes the line of a text, for checks after parsing.
    pub(super) fn note(&self, item: Item, line: usize) {
        self.file.lines.borrow_mut().insert(item, line);
    }

    /// Reports every field that nobody asked for.
    pub(super) fn finish(self) {
        let known = self.taken.join(", ");
        for key in self.table.keys() {
            let line = self.file.line_at(key.span().start);
            let what = self.what;
            self.file.problem(line, format!("`{}` is not a field of {what}, expected one of {known}", key.as_ref()));
        }
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
            DeValue::Table(table) => Some(Section { file: self, what, table, taken: Vec::new(), line }),
            other => {
                self.problem(line, format!("`{key}` must be a table, found {}", other.type_str()));
                None
            }
        }
    }
}
