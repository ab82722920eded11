//! How verdicts, versions and dates are read.

use super::recommendation::quotes;
use crate::domain::knowledge::{Date, Knowledge, Verdict, When};
use crate::domain::lifecycle::{Stage, Version};

/// The mark before a claim of the article.
pub fn mark(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Holds => "✅",
        Verdict::Dated => "🕰️",
        Verdict::Misleading => "⚠️",
        Verdict::Wrong => "❌",
    }
}

/// The word for a verdict on a claim of the article.
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Holds => "holds",
        Verdict::Dated => "dated",
        Verdict::Misleading => "misleading",
        Verdict::Wrong => "wrong",
    }
}

/// After a statement that was to be checked again by a day, and was not.
pub fn due(until: Date) -> String {
    format!("was due for a check on {}, not checked since", date(until))
}

/// The same in a brief answer.
pub fn due_in_brief(until: Date) -> String {
    format!("due for a check since {}", date(until))
}

/// Heading of the versions on a day.
pub fn versions(today: Date) -> String {
    format!("Versions on {}", date(today))
}

/// How a version stands, after its number.
pub fn version(version: Version<'_>) -> String {
    let release = version.release;
    let end = release.end.map(when);
    match version.stage {
        Stage::Planned => format!("is planned for {}", when(release.released)),
        Stage::Prerelease => format!("can be tried since {}", when(release.released)),
        Stage::Supported { is_lts } => {
            let lts = match (is_lts, release.lts) {
                (true, Some(since)) => format!("has been LTS since {}", when(since)),
                (false, Some(from)) => format!("becomes LTS in {}", month(from)),
                _ => "is supported".to_owned(),
            };
            end.map_or_else(|| lts.clone(), |end| format!("{lts}, until {end}"))
        }
        Stage::Ended(Some(1)) => format!("ended yesterday, on {}", end.unwrap_or_default()),
        Stage::Ended(Some(days)) => format!("ended {days} days ago, on {}", end.unwrap_or_default()),
        Stage::Ended(None) => format!("ended in {}", end.unwrap_or_default()),
    }
}

/// How a version stands, as a sentence of its own.
pub fn version_in_full(knowledge: &Knowledge, of: Version<'_>) -> String {
    format!("{} {} {}.", knowledge.subject(of.release.side).name, of.release.version, version(of))
}

/// A day, or a month where no day is known.
fn when(when: When) -> String {
    match when {
        When::Day(day) => date(day),
        When::Month { .. } => month(when),
    }
}

/// The month of a day.
fn month(when: When) -> String {
    let (year, month) = match when {
        When::Day(day) => (day.year, day.month),
        When::Month { year, month } => (year, month),
    };
    format!("{} {year}", month_name(month))
}

fn month_name(month: u8) -> &'static str {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    MONTHS.get(usize::from(month).saturating_sub(1)).copied().unwrap_or_default()
}

/// A date as people write it.
pub fn date(date: Date) -> String {
    format!("{} {} {}", date.day, month_name(date.month), date.year)
}

/// The line at the bottom of an answer in full: how old it is, and from which article it started.
pub fn footer(knowledge: &Knowledge, checked: Date) -> String {
    let article = match &knowledge.article {
        Some(article) => format!(" The article: “{}” ({}).", article.title, article.as_of),
        None => String::new(),
    };
    format!("Facts checked on {}.{article}", date(checked))
}

/// The line at the bottom of a brief answer: how old it is, and the words by which a question was understood.
pub fn checked(checked: Date, evidence: &[String]) -> String {
    let evidence: Vec<String> = quotes(evidence).iter().map(|word| format!("“{word}”")).collect();
    let understood = match evidence.is_empty() {
        true => String::new(),
        false => format!(" Understood by {}.", evidence.join(", ")),
    };
    format!("Checked on {}.{understood}", date(checked))
}
