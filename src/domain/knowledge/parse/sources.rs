//! Reads `sources.toml`.

use std::collections::BTreeMap;

use super::folder::{Folder, SOURCES};
use super::section::Section;
use super::suggestion::closest;
use crate::knowledge::{Date, Item, Problem, Source};

pub(super) fn read_sources(root: Section<'_, '_>, today: Option<Date>) -> BTreeMap<String, Source> {
    let named = root.named_sections("a source").into_iter();
    let sources = named.enumerate().map(|(number, (id, section))| {
        section.note(Item::Source(number), section.line);
        (id, read_source(section, today))
    });
    sources.collect()
}

/// Reports every source that nothing names. One that is close to a name that is not known is meant by it.
pub(super) fn unused_sources(folder: &mut Folder<'_>, sources: &BTreeMap<String, Source>) {
    let cited = folder.cited();
    let unknown: Vec<&str> = cited.iter().map(String::as_str).filter(|id| !sources.contains_key(*id)).collect();
    let is_unused = |id: &str| !cited.contains(id) && closest(id, unknown.iter().copied()).is_none();
    let unused = sources.keys().enumerate().filter(|(_, id)| is_unused(id));
    let problems =
        unused.map(|(number, id)| (number, format!("nothing names the source `{id}`, expected a use of it or none")));
    let problems: Vec<(usize, String)> = problems.collect();
    for (number, what) in problems {
        let line = folder.line(SOURCES, Item::Source(number));
        folder.add(Problem::new(SOURCES, line, what));
    }
}

fn read_source(mut section: Section<'_, '_>, today: Option<Date>) -> Source {
    let title = section.text("title").value;
    let url = section.text("url");
    if url.line > 0 && !["https://", "http://"].iter().any(|scheme| url.value.starts_with(scheme)) {
        section.problem(url.line, "`url` must start with https:// or http://");
    }
    // A closing bracket or a space would end the link in the middle.
    if url.value.contains(|c: char| c.is_whitespace() || c == ')') {
        section.problem(url.line, "`url` must have no blank and no closing bracket, write %20 and %29");
    }
    let as_of = section.text("as_of");
    if as_of.line > 0 && !is_partial_date(&as_of.value) {
        section.problem(as_of.line, "`as_of` must be \"YYYY\", \"YYYY-MM\" or \"YYYY-MM-DD\"");
    } else if today.is_some_and(|today| is_after(&as_of.value, today)) {
        section.problem(as_of.line, "`as_of` is in the future, expected today or earlier");
    }
    let second_hand = section.optional("second_hand", "true or false").is_some_and(|field| field.value);
    section.finish();
    Source { title, url: url.value, as_of: as_of.value, second_hand }
}

fn is_partial_date(text: &str) -> bool {
    let lengths = [4, 2, 2];
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    parts.len() <= lengths.len() && parts.iter().zip(lengths).all(|(part, length)| part.len() == length && digits(part))
}

/// Whether a partial date begins after a day.
fn is_after(as_of: &str, Date { year, month, day }: Date) -> bool {
    // What has the same digits up to its length contains the day.
    as_of > format!("{year:04}-{month:02}-{day:02}").as_str()
}
