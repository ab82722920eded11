//! Which versions are supported on a day. Nothing here knows what day it is: the caller says so.

use super::knowledge::{Date, Release, When};

/// A version as it stands on a day.
#[derive(Debug, Clone, Copy)]
pub struct Version<'k> {
    /// The version.
    pub release: &'k Release,
    /// How it stands.
    pub stage: Stage,
}

/// How a version stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It has not come out yet.
    Planned,
    /// It came out as an alpha, a beta or a candidate.
    Prerelease,
    /// It gets fixes.
    Supported {
        /// Whether its long-term support has begun.
        is_lts: bool,
    },
    /// Its support ended this many days ago, at least 1; nothing where only the month of the end is known.
    Ended(Option<i32>),
}

/// How long an ended version is still worth a line, in days.
const ENDED_SHOWN_FOR: i32 = 400;

/// The versions worth showing on a day, in the order of the data: all but those that ended long ago.
pub fn versions(releases: &[Release], today: Date) -> impl Iterator<Item = Version<'_>> {
    let versions = releases.iter().map(move |release| Version { release, stage: stage(release, today) });
    versions.filter(move |version| match version.stage {
        Stage::Ended(days) => days.is_some_and(|days| days <= ENDED_SHOWN_FOR),
        _ => true,
    })
}

/// How a version stands on a day. On the last day of its support it is still supported.
pub fn stage(release: &Release, today: Date) -> Stage {
    if !has_come(release.released, today) {
        return Stage::Planned;
    }
    if release.is_prerelease {
        return Stage::Prerelease;
    }
    match release.end {
        Some(When::Day(end)) if end < today => Stage::Ended(end.days_until(today)),
        Some(When::Month { year, month }) if (year, month) < (today.year, today.month) => Stage::Ended(None),
        _ => Stage::Supported { is_lts: release.lts.is_some_and(|lts| has_come(lts, today)) },
    }
}

/// Whether a statement has to be checked again: its day has come, and nobody has checked it since.
pub fn is_due(until: Option<Date>, checked: Date, today: Date) -> bool {
    until.is_some_and(|until| until <= today && checked < until)
}

/// Of a month it is only sure when it is over that its day has come.
fn has_come(when: When, today: Date) -> bool {
    match when {
        When::Day(day) => day <= today,
        When::Month { year, month } => (year, month) < (today.year, today.month),
    }
}

#[cfg(test)]
mod tests {
    use super::{Date, ENDED_SHOWN_FOR, Release, Stage, When, is_due, stage, versions};
    use crate::knowledge::Side;

    fn day(year: u16, month: u8, day: u8) -> Date {
        Date { year, month, day }
    }

    fn release(released: When, lts: Option<When>, end: Option<When>) -> Release {
        let version = "é 日 🦀".to_owned();
        let (codename, is_prerelease, sources) = (None, false, Vec::new());
        Release { side: Side::First, version, released, lts, end, codename, is_prerelease, sources }
    }

    #[track_caller]
    fn check(today: Date, expected: Stage) {
        let released = When::Day(day(2024, 2, 29));
        let (lts, end) = (When::Day(day(2024, 12, 31)), When::Day(day(2026, 2, 28)));
        assert_eq!(stage(&release(released, Some(lts), Some(end)), today), expected, "{today:?}");
    }

    #[test]
    fn a_version_is_planned_supported_for_long_and_ended() {
        check(day(2024, 2, 28), Stage::Planned);
        check(day(2024, 2, 29), Stage::Supported { is_lts: false });
        check(day(2024, 12, 30), Stage::Supported { is_lts: false });
        check(day(2024, 12, 31), Stage::Supported { is_lts: true });
        check(day(2025, 1, 1), Stage::Supported { is_lts: true });
        check(day(2026, 2, 28), Stage::Supported { is_lts: true });
        check(day(2026, 3, 1), Stage::Ended(Some(1)));
        check(day(2027, 2, 28), Stage::Ended(Some(365)));
        check(day(2028, 2, 29), Stage::Ended(Some(731)));
    }

    #[test]
    fn a_month_has_come_when_it_is_over() {
        let (start, end) = (When::Month { year: 2026, month: 12 }, When::Month { year: 2027, month: 12 });
        let planned = release(start, None, Some(end));
        assert_eq!(stage(&planned, day(2026, 12, 31)), Stage::Planned);
        assert_eq!(stage(&planned, day(2027, 1, 1)), Stage::Supported { is_lts: false });
        assert_eq!(stage(&planned, day(2027, 12, 31)), Stage::Supported { is_lts: false });
        assert_eq!(stage(&planned, day(2028, 1, 1)), Stage::Ended(None));
    }

    #[test]
    fn a_prerelease_is_not_supported() {
        let alpha = Release { is_prerelease: true, ..release(When::Day(day(2026, 10, 1)), None, None) };
        assert_eq!(stage(&alpha, day(2026, 11, 27)), Stage::Prerelease);
    }

    #[test]
    fn a_version_that_ended_long_ago_is_not_shown() {
        let old = release(When::Day(day(2020, 1, 1)), None, Some(When::Day(day(2024, 12, 31))));
        let shown = |today| versions(std::slice::from_ref(&old), today).count();
        assert_eq!(shown(day(2026, 1, 1)), 1);
        assert_eq!(shown(day(2026, 12, 31)), 0, "{ENDED_SHOWN_FOR} days are over");
    }

    #[test]
    fn a_statement_is_due_from_its_day_until_somebody_has_checked_it() {
        let until = Some(day(2027, 4, 22));
        let due = |checked, today| is_due(until, checked, today);
        assert!(!due(day(2026, 11, 27), day(2027, 4, 21)));
        assert!(due(day(2026, 11, 27), day(2027, 4, 22)));
        assert!(!due(day(2027, 4, 22), day(2027, 4, 23)));
        assert!(!is_due(None, day(2000, 1, 1), day(2027, 4, 22)));
    }
}
