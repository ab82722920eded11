//! The day, which the core gets from outside.

use time::OffsetDateTime;

use crate::domain::knowledge::Date;

/// The day in UTC.
pub(super) fn today() -> Date {
    let now = OffsetDateTime::now_utc().date();
    Date { year: u16::try_from(now.year()).unwrap_or_default(), month: now.month().into(), day: now.day() }
}
