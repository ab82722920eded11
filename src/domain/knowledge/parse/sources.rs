//! Reads `sources.toml`.

use std::collections::BTreeMap;

use super::section::Section;
use crate::domain::knowledge::Source;

pub(super) fn read_sources(root: Section<'_, '_>) -> BTreeMap<String, Source> {
    let named = root.named_sections("a source").into_iter();
    named.map(|(id, section)| (id, read_source(section))).collect()
}

fn read_source(mut section: Section<'_, '_>) -> Source {
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
