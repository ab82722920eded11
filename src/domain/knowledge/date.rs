//! A day of the calendar.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use time::Month;

/// A day of the calendar; earlier days are smaller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Date {
    /// The year, such as 2026.
    pub year: u16,
    /// The month, 1–12.
    pub month: u8,
    /// The day, 1–31.
    pub day: u8,
}

/// That a text is not a day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotADate;

impl Date {
    /// The days from this day to another, negative if the other comes first; nothing if one of them is not in the calendar.
    pub fn days_until(self, other: Self) -> Option<i32> {
        Some(other.number()? - self.number()?)
    }

    /// The number of the day, counted without gaps.
    fn number(self) -> Option<i32> {
        let month = Month::try_from(self.month).ok()?;
        Some(time::Date::from_calendar_date(i32::from(self.year), month, self.day).ok()?.to_julian_day())
    }
}

impl fmt::Display for Date {
    /// Such as `2026-11-27`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, month, day } = self;
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// A day in a file that people read, such as `2026-11-27`.
pub mod iso {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    use super::Date;

    /// Writes the day.
    ///
    /// # Errors
    /// Those of the form that it is written in.
    pub fn serialize<S: Serializer>(date: &Date, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(date)
    }

    /// Reads the day.
    ///
    /// # Errors
    /// It is no text, or no day of the calendar.
    pub fn deserialize<'d, D: Deserializer<'d>>(deserializer: D) -> Result<Date, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_| D::Error::custom("a day is written such as 2026-11-27"))
    }
}

impl FromStr for Date {
    type Err = NotADate;

    /// Reads a day such as `2026-11-27`.
    fn from_str(text: &str) -> Result<Self, NotADate> {
        let read = || {
            let mut parts = text.splitn(3, '-');
            let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
            let lengths = [year.len(), month.len(), day.len()] == [4, 2, 2];
            let date = Self { year: year.parse().ok()?, month: month.parse().ok()?, day: day.parse().ok()? };
            (lengths && date.number().is_some()).then_some(date)
        };
        read().ok_or(NotADate)
    }
}

#[cfg(test)]
mod tests {
    use super::{Date, NotADate};

    fn day(text: &str) -> Date {
        text.parse().expect("it is a day")
    }

    #[test]
    fn days_are_counted_across_months_years_and_leap_days() {
        for (from, to, days) in [
            ("2026-10-31", "2026-11-27", 27),
            ("2027-12-31", "2028-01-01", 1),
            ("2028-02-28", "2028-03-01", 2),
            ("2027-02-28", "2027-03-01", 1),
            ("2026-11-27", "2026-11-27", 0),
            ("2026-11-27", "2025-11-27", -365),
        ] {
            assert_eq!(day(from).days_until(day(to)), Some(days), "{from} {to}");
        }
        assert_eq!(Date { year: 2026, month: 2, day: 29 }.days_until(day("2026-03-01")), None);
    }

    #[test]
    fn only_a_day_of_the_calendar_is_read() {
        for text in [
            "",
            "2026",
            "2026-11",
            "2026-11-31",
            "2027-02-29",
            "2026-13-01",
            "26-11-27",
            "2026-1-1",
            "é-日-🦀",
            "2026-11-27-1",
        ] {
            assert_eq!(text.parse::<Date>(), Err(NotADate), "{text}");
        }
    }
}
