//! What has to be checked again on a day: statements whose day has come, and all that was checked too long ago.

use super::knowledge::{Date, Entry, Item, Knowledge, Origins, Problem, Side};
use super::lifecycle::is_due;

/// After so many years a check has to be repeated, whatever it found.
const CHECK_EVERY_YEARS: u16 = 1;

/// Something that has to be checked again.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Due {
    /// The day from which it is due.
    pub since: Date,
    /// Where it is, and why it is due.
    pub problem: Problem,
}

/// All that has to be checked again on a day, the oldest first.
pub fn due(knowledge: &Knowledge, origins: &Origins, on: Date) -> Vec<Due> {
    let mut due = Vec::new();
    let mut add = |since: Date, file: &str, item: Item, what: String| {
        due.push(Due { since, problem: origins.problem(file, item, what) });
    };
    for topic in &knowledge.topics {
        let file = format!("topics/{}.toml", topic.entry.id);
        let checked = topic.entry.checked;
        for side in Side::BOTH {
            for (at, point) in topic.points(side).iter().enumerate() {
                if let Some(until) = point.until.filter(|_| is_due(point.until, checked, on)) {
                    add(until, &file, Item::Point(side, at), format!("due since its `until`: {}", point.text));
                }
            }
        }
        for (at, answer) in topic.answers.iter().enumerate() {
            if let Some(until) = answer.until.filter(|_| is_due(answer.until, checked, on)) {
                add(until, &file, Item::Answer(at), format!("due since its `until`: {}", answer.text));
            }
        }
    }
    let topics = knowledge.topics.iter().map(|topic| ("topics", &topic.entry));
    let projects = knowledge.projects.iter().map(|project| ("projects", &project.entry));
    let entries = topics.chain(projects).map(|(folder, entry): (_, &Entry)| (folder, &entry.id, entry.checked));
    let tours = knowledge.onboarding.paths.iter().map(|path| ("onboarding/paths", &path.id, path.checked));
    for (folder, id, checked) in entries.chain(tours) {
        let since = next_check(checked);
        if since <= on {
            add(since, &format!("{folder}/{id}.toml"), Item::Checked, "checked more than a year ago".to_owned());
        }
    }
    due.sort();
    due
}

/// The day on which a check is too old. A check of 29 February is due on 1 March.
fn next_check(checked: Date) -> Date {
    let year = checked.year.saturating_add(CHECK_EVERY_YEARS);
    let next = Date { year, ..checked };
    // Only 29 February is missing in another year.
    if next.days_until(next).is_some() { next } else { Date { year, month: 3, day: 1 } }
}

#[cfg(test)]
mod tests {
    use super::{Date, next_check};

    #[test]
    fn a_check_is_due_a_year_later_also_from_a_leap_day() {
        let day = |year, month, day| Date { year, month, day };
        assert_eq!(next_check(day(2026, 11, 27)), day(2027, 11, 27));
        assert_eq!(next_check(day(2026, 12, 31)), day(2027, 12, 31));
        assert_eq!(next_check(day(2028, 2, 29)), day(2029, 3, 1));
    }
}
