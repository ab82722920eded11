//! Reads `releases.toml`.

use std::collections::BTreeSet;

use toml::Value;

use super::fields::{Cited, Names, to_date};
use super::section::{Located, Section};
use crate::knowledge::{Item, Release, When};

/// How a day or a month is written.
const WHEN: &str = "a date such as 2026-11-22, without quotes, or a month such as \"2027-04\"";

pub(super) fn read_releases(mut root: Section<'_, '_>, names: &Names<'_>) -> Vec<Release> {
    let mut known = BTreeSet::new();
    let sections = root.sections("release", "a release").into_iter().enumerate();
    let releases = sections.filter_map(|(number, section)| {
        section.note(Item::Release(number), section.line);
        read_release(section, names, &mut known)
    });
    let releases = releases.collect();
    root.finish();
    releases
}

fn read_release(
    mut section: Section<'_, '_>,
    names: &Names<'_>,
    known: &mut BTreeSet<(String, String)>,
) -> Option<Release> {
    let side_id = section.text("side");
    let side = names.side(&side_id.value);
    if let (None, Some([first, second]), 1..) = (side, names.subjects, side_id.line) {
        section.problem(side_id.line, format!("`side` must be {} or {}", first.id, second.id));
    }
    let version = section.text("version");
    if version.line > 0 && !known.insert((side_id.value.clone(), version.value.clone())) {
        let what = format!("the version `{}` of {} occurs twice, expected it once", version.value, side_id.value);
        section.problem(version.line, what);
    }
    let codename = section.optional_text("codename").map(|name| name.value);
    let released = section.required::<Value>("released", WHEN).and_then(|value| to_when(&section, "released", value));
    let later = ["lts", "end"].map(|key| {
        let when = section.optional::<Value>(key, WHEN).and_then(|value| to_when(&section, key, value))?;
        if released.as_ref().is_some_and(|released| when.value.is_before(released.value)) {
            section.problem(when.line, format!("`{key}` is before `released`, expected it after that"));
        }
        Some(when.value)
    });
    let [lts, end] = later;
    let is_prerelease = section.optional("prerelease", "true or false").is_some_and(|field| field.value);
    let mut cited = Cited::default();
    cited.read(&mut section, names);
    section.finish();
    let sources = cited.into_sources(names);
    Some(Release {
        side: side?,
        version: version.value,
        released: released?.value,
        lts,
        end,
        codename,
        is_prerelease,
        sources,
    })
}

fn to_when(section: &Section<'_, '_>, key: &str, Located { value, line }: Located<Value>) -> Option<Located<When>> {
    let when = match &value {
        Value::Datetime(day) => to_date(*day).map(When::Day),
        Value::String(month) => to_month(month),
        _ => None,
    };
    if when.is_none() {
        section.problem(line, format!("`{key}` must be {WHEN}"));
    }
    when.map(|value| Located { value, line })
}

fn to_month(text: &str) -> Option<When> {
    let is_number = |text: &str, length: usize| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    let (year, month) = text.split_once('-').filter(|(year, month)| is_number(year, 4) && is_number(month, 2))?;
    let (year, month) = (year.parse().ok()?, month.parse().ok()?);
    (1..=12).contains(&month).then_some(When::Month { year, month })
}
