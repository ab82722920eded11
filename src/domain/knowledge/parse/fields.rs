//! Fields that several kinds of file have, and the checks that they share.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use toml::value::Datetime;

use super::section::{Located, SOURCES, Section};
use super::suggestion::closest;
use crate::knowledge::{Category, Date, Item, Side, Source, Subject};

/// How a day is written.
const DATE: &str = "a date such as 2026-11-22, without quotes";

/// What a file may refer to. What could not be read as a whole is not known; then references to it are not checked.
pub(super) struct Names<'n> {
    pub(super) subjects: Option<&'n [Subject; 2]>,
    pub(super) categories: Option<&'n [Category]>,
    /// Whether it is known that no article is named, so that nothing can be a claim of it.
    pub(super) is_without_article: bool,
    pub(super) topics: Option<BTreeSet<&'n str>>,
    pub(super) sources: &'n BTreeMap<String, Source>,
    pub(super) are_sources_known: bool,
    pub(super) are_criteria_known: bool,
    /// Whether a criterion or a factor was looked for that is not known.
    pub(super) misses_criteria: Cell<bool>,
    /// The day after which no fact can have been checked, if that is looked at.
    pub(super) today: Option<Date>,
}

impl Names<'_> {
    /// Whether a criterion that is not there is a mistake where it is named.
    pub(super) fn knows_criteria(&self) -> bool {
        self.misses_criteria.set(true);
        self.are_criteria_known
    }

    /// The side whose subject has this id.
    pub(super) fn side(&self, id: &str) -> Option<Side> {
        let position = self.subjects?.iter().position(|subject| subject.id == id)?;
        Side::BOTH.get(position).copied()
    }
}

/// Texts that one file only may have, each with the id of that file.
pub(super) type Owners = BTreeMap<String, String>;

/// The sources of one entry, in the order of the first citation.
#[derive(Default)]
pub(super) struct Cited {
    ids: Vec<String>,
}

impl Cited {
    /// Reads the field `sources` of a statement and returns positions in the entry's list of sources.
    pub(super) fn read(&mut self, section: &mut Section<'_, '_>, names: &Names<'_>) -> Vec<usize> {
        let is_there = section.has(SOURCES);
        let sources = section.texts(SOURCES);
        // Where the field is missing, that is said already.
        if !is_there {
            return Vec::new();
        }
        let line = section.line;
        self.positions(section, names, sources, line)
    }

    /// The positions of sources in the entry's list; `line` is the line of the statement that needs them.
    pub(super) fn positions(
        &mut self,
        section: &mut Section<'_, '_>,
        names: &Names<'_>,
        sources: Vec<Located<String>>,
        line: usize,
    ) -> Vec<usize> {
        if sources.is_empty() {
            section.absence(line, "there is no source, expected at least one id of sources.toml");
        }
        let mut positions = Vec::new();
        for source in sources {
            if !names.sources.contains_key(&source.value) {
                if names.are_sources_known {
                    let known = names.sources.keys().map(String::as_str);
                    let expected = expected(&source.value, known, "an id of sources.toml");
                    section.unknown(source.line, format!("there is no source `{}`, {expected}", source.value));
                }
                continue;
            }
            let known = self.ids.iter().position(|id| *id == source.value);
            positions.push(known.unwrap_or(self.ids.len()));
            if known.is_none() {
                self.ids.push(source.value);
            }
        }
        positions
    }

    pub(super) fn into_sources(self, names: &Names<'_>) -> Vec<Source> {
        self.ids.iter().filter_map(|id| names.sources.get(id)).cloned().collect()
    }
}

/// The day on which the facts were checked last.
pub(super) fn read_checked(section: &mut Section<'_, '_>, names: &Names<'_>) -> Date {
    let checked = section.required::<Datetime>("checked", DATE).and_then(|day| to_day(section, "checked", day));
    let Some(Located { value, line }) = checked else { return Date { year: 0, month: 0, day: 0 } };
    check_past(section, names, "checked", &Located { value, line });
    section.note(Item::Checked, line);
    value
}

/// Nothing can have been checked or noted after today.
pub(super) fn check_past(section: &Section<'_, '_>, names: &Names<'_>, key: &str, day: &Located<Date>) {
    if names.today.is_some_and(|today| day.value > today) {
        section.problem(day.line, format!("`{key}` is in the future, expected today or an earlier day"));
    }
}

/// The day from which a statement has to be checked again; it has to be after the last check.
pub(super) fn read_until(section: &mut Section<'_, '_>, checked: Date) -> Option<Date> {
    let until = read_day(section, "until")?;
    if until.value <= checked {
        section.problem(until.line, "`until` is not after the day of `checked`, expected a later day");
    }
    Some(until.value)
}

/// A day that may be left out.
pub(super) fn read_day(section: &mut Section<'_, '_>, key: &str) -> Option<Located<Date>> {
    let day = section.optional::<Datetime>(key, DATE)?;
    to_day(section, key, day)
}

fn to_day(section: &Section<'_, '_>, key: &str, Located { value, line }: Located<Datetime>) -> Option<Located<Date>> {
    let day = to_date(value);
    if day.is_none() {
        section.problem(line, format!("`{key}` must be {DATE}"));
    }
    day.map(|value| Located { value, line })
}

/// The day of a date; a time of day is none.
pub(super) fn to_date(value: Datetime) -> Option<Date> {
    value.date.map(|date| Date { year: date.year, month: date.month, day: date.day })
}

/// The field `id`, of at most `most` letters.
pub(super) fn read_id(section: &mut Section<'_, '_>, most: usize) -> Located<String> {
    let id = section.text("id");
    if id.line > 0 && (!is_id(&id.value) || id.value.len() > most) {
        section
            .problem(id.line, format!("`{}` cannot be an id, expected a–z, 0–9 and -, at most {most} long", id.value));
    }
    id
}

/// Whether a text has only the letters that an id may have.
pub(super) fn is_id(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// The field `topic`: the id of a topic.
pub(super) fn read_topic_id(section: &mut Section<'_, '_>, names: &Names<'_>) -> Located<String> {
    let topic = section.text("topic");
    if topic.line > 0 {
        check_topic_id(section, names, &topic);
    }
    topic
}

pub(super) fn check_topic_id(section: &Section<'_, '_>, names: &Names<'_>, topic: &Located<String>) {
    let Some(topics) = &names.topics else { return };
    if !topics.contains(topic.value.as_str()) {
        let expected = expected(&topic.value, topics.iter().copied(), "the name of a file in topics/");
        section.unknown(topic.line, format!("there is no topic `{}`, {expected}", topic.value));
    }
}

/// A text of at most `most` characters.
pub(super) fn short_text(section: &mut Section<'_, '_>, key: &str, most: usize) -> String {
    let text = section.text(key);
    check_length(section, key, &text, most);
    text.value
}

pub(super) fn check_length(section: &Section<'_, '_>, key: &str, text: &Located<String>, most: usize) {
    let length = text.value.chars().count();
    if length > most {
        section.problem(text.line, format!("`{key}` is {length} characters long, expected at most {most}"));
    }
}

/// Reports every name that occurs twice.
pub(super) fn only_once(section: &Section<'_, '_>, what: &str, names: impl Iterator<Item = String>) {
    let mut known = BTreeSet::new();
    for name in names {
        if !name.trim().is_empty() && !known.insert(name.clone()) {
            section.problem(section.line, format!("the {what} `{name}` occurs twice, expected it once"));
        }
    }
}

/// What is expected in the place of a name that is not known: the one that is meant, if that can be told.
pub(super) fn expected<'k>(name: &str, known: impl Iterator<Item = &'k str>, otherwise: &str) -> String {
    closest(name, known).map_or_else(|| format!("expected {otherwise}"), |meant| format!("did you mean `{meant}`"))
}

/// A list of words that has to be there. Texts are compared in small letters, so that a capital would never be found.
pub(super) fn small_words(section: &mut Section<'_, '_>, key: &str) -> Vec<String> {
    let words = section.texts(key);
    check_small(section, &words);
    values(words)
}

/// As [`small_words`], for a list that may be left out.
pub(super) fn optional_small_words(section: &mut Section<'_, '_>, key: &str) -> Vec<String> {
    let words = section.optional_texts(key);
    check_small(section, &words);
    values(words)
}

pub(super) fn check_small(section: &Section<'_, '_>, words: &[Located<String>]) {
    for Located { value, line } in words {
        if value.chars().any(char::is_uppercase) {
            section.problem(*line, format!("the word `{value}` has capitals, expected small letters"));
        }
    }
}

/// The texts without their lines.
pub(super) fn values(texts: Vec<Located<String>>) -> Vec<String> {
    texts.into_iter().map(|text| text.value).collect()
}
