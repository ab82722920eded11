//! Holds forms, and menus of channels and roles, against Discord's rules that twilight leaves out.

use std::collections::HashSet;

use serde_json::Value;

use super::Violations;
use crate::standin::record::{controls, list};

const MODAL_TITLE: usize = 45;
const FIELDS: usize = 5;
const LONGEST_TEXT: u64 = 4000;
const TEXT_INPUT: u64 = 4;
const ROLES: u64 = 6;
const CHANNELS: u64 = 8;

/// A form: a title, and one to five text fields, each alone in its row.
pub(super) fn check(data: &Value, violations: &mut Violations) {
    let title = data["title"].as_str().unwrap_or_default();
    if !(1..=MODAL_TITLE).contains(&title.chars().count()) {
        violations.add("a modal's title has 1 to 45 characters");
    }
    let custom_id = data["custom_id"].as_str().unwrap_or_default();
    if !(1..=100).contains(&custom_id.chars().count()) {
        violations.add("a modal's custom_id has 1 to 100 characters");
    }
    for name in ["content", "embeds", "flags", "allowed_mentions"] {
        if !data[name].is_null() {
            violations.add(format!("a modal has no {name}"));
        }
    }
    let rows = list(data, "components");
    if !(1..=FIELDS).contains(&rows.len()) || rows.iter().any(|row| list(row, "components").len() != 1) {
        violations.add("a modal has one to five rows of one field each");
    }
    let mut names = HashSet::new();
    for field in controls(data) {
        if field["type"] != TEXT_INPUT {
            violations.add(format!("a modal holds text fields, not {field}"));
        }
        if !names.insert(field["custom_id"].as_str().unwrap_or_default().to_owned()) {
            violations.add("two fields of a modal have the same custom_id");
        }
        check_text_field(&field, violations);
    }
}

fn check_text_field(field: &Value, violations: &mut Violations) {
    let (least, most) =
        (field["min_length"].as_u64().unwrap_or(0), field["max_length"].as_u64().unwrap_or(LONGEST_TEXT));
    if most == 0 || most > LONGEST_TEXT || least > most {
        violations.add(format!("a text field takes {least} to {most} characters"));
    }
    let value = field["value"].as_str().map(|value| value.chars().count() as u64);
    if value.is_some_and(|length| length == 0 || length > most) {
        violations.add("a text field begins with a text that it does not take");
    }
    if !matches!(field["style"].as_u64(), Some(1 | 2)) {
        violations.add("a text field is short or has paragraphs");
    }
}

/// A menu of channels or roles begins with ids of its own kind, each once; no message has a text field.
pub(super) fn check_in_message(control: &Value, violations: &mut Violations) {
    let kind = control["type"].as_u64().unwrap_or_default();
    if kind == TEXT_INPUT {
        violations.add("only a modal has text fields");
    }
    let defaults = list(control, "default_values");
    let expected = match kind {
        ROLES => "role",
        CHANNELS => "channel",
        _ if defaults.is_empty() => return,
        _ => return violations.add("only a menu of channels, roles or people has values that are chosen already"),
    };
    let ids: HashSet<&str> = defaults.iter().filter_map(|value| value["id"].as_str()).collect();
    if ids.len() != defaults.len() || defaults.iter().any(|value| value["type"] != expected) {
        violations.add(format!("a menu of a {expected} begins with others: {control}"));
    }
    if !control["options"].is_null() {
        violations.add("Discord fills in the options of a menu of channels or roles");
    }
}
