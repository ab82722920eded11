//! `versus check --stale`: what has to be checked again.

use std::path::Path;

use super::{Failure, clock, data, output};
use crate::domain::knowledge::Date;
use crate::domain::staleness;

/// Lists what has to be checked again on a day, without one today, the oldest first; a line each with the day since which it is due.
///
/// # Errors
/// The data cannot be used, or the day is not one.
pub fn list(folder: Option<&Path>, on: Option<&str>) -> Result<(), Failure> {
    let on = on.map_or_else(|| Ok(clock::today()), parse_day)?;
    let (knowledge, origins) = data::load_with_origins(folder)?;
    let due = staleness::due(&knowledge, &origins, on);
    let lines = due.iter().map(|due| {
        let Date { year, month, day } = due.since;
        format!("{year}-{month:02}-{day:02} {}", due.problem)
    });
    let lines: Vec<String> = lines.collect();
    output::line(if lines.is_empty() { "nothing is due".to_owned() } else { lines.join("\n") }.as_str())
}

fn parse_day(text: &str) -> Result<Date, Failure> {
    text.parse().map_err(|_| Failure::new("--on is not a day of the calendar", "give it a day such as 2026-11-27"))
}
