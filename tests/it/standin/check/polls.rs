//! Validates polls: what one holds, and where it may stand.

use serde_json::Value;

use super::{COMPONENTS_V2, Violations};
use crate::standin::record::{is_ephemeral, list};

const QUESTION: usize = 300;
const ANSWERS: usize = 10;
const ANSWER: usize = 55;
const HOURS: u64 = 32 * 24;

/// The poll of a message, if there is one.
pub(super) fn check(payload: &Value, violations: &mut Violations) {
    let poll = &payload["poll"];
    if poll.is_null() {
        return;
    }
    check_length("a poll's question", &poll["question"], QUESTION, violations);
    let answers = list(poll, "answers");
    if !(1..=ANSWERS).contains(&answers.len()) {
        violations.add(format!("{} answers of a poll are none or too many", answers.len()));
    }
    for answer in answers {
        check_length("a poll's answer", &answer["poll_media"], ANSWER, violations);
    }
    if !poll["duration"].is_null() && !poll["duration"].as_u64().is_some_and(|hours| (1..=HOURS).contains(&hours)) {
        violations.add("a poll runs for 1 to 768 hours");
    }
    if is_ephemeral(payload) {
        violations.add("a message that only one person sees has no poll");
    }
    if payload["flags"].as_u64().unwrap_or_default() & COMPONENTS_V2 != 0 {
        violations.add("a message of components has no poll");
    }
}

/// A change of a message.
pub(super) fn check_change(payload: &Value, violations: &mut Violations) {
    if !payload["poll"].is_null() {
        violations.add("a poll cannot be edited");
    }
}

fn check_length(what: &str, media: &Value, most: usize, violations: &mut Violations) {
    let text = media["text"].as_str().unwrap_or_default();
    let length = text.encode_utf16().count();
    if text.trim().is_empty() || length > most {
        violations.add(format!("{what} has 1 to {most} characters, not {length}"));
    }
}
