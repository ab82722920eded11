//! The table that is printed: a row for each measurement, a column for each bot.

use std::collections::BTreeMap;
use std::fmt;

/// What is measured, in the order of the table.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Row {
    FirstAnswer,
    IdleBefore,
    Idle,
    Half,
    NineteenOfTwenty,
    NinetyNineOfHundred,
    Rate,
    TimeEach,
    BenchShare,
    ChatterTimeEach,
    ChatterPeak,
    MentionsPeak,
    MentionsAnswered,
    PicturesPeak,
    AfterFew,
    AfterMany,
}

/// How each row is called, and with how many decimals it is printed.
const ROWS: [(Row, &str, usize); 16] = [
    (Row::FirstAnswer, "start to first answer, ms", 1),
    (Row::IdleBefore, "memory, connected and idle, before any interaction, MiB", 1),
    (Row::Idle, "memory, idle after the first answer, MiB", 1),
    (Row::Half, "interaction to callback, one at a time (1,000): p50, ms", 2),
    (Row::NineteenOfTwenty, "the same: p95, ms", 2),
    (Row::NinetyNineOfHundred, "the same: p99, ms", 2),
    (Row::Rate, "64 in flight (10,000): interactions a second", 0),
    (Row::TimeEach, "the same: processor time of the bot for each, µs", 0),
    (Row::BenchShare, "the same: share of the other core that this bench used, %", 0),
    (Row::ChatterTimeEach, "burst of 20,000 messages to others: processor time for each, µs", 1),
    (Row::ChatterPeak, "the same: memory at the most, MiB", 1),
    (Row::MentionsPeak, "burst of 20,000 messages to the bot: memory at the most, MiB", 1),
    (Row::MentionsAnswered, "the same: answered of them", 0),
    (Row::PicturesPeak, "burst of 20,000 messages that ask for a picture: memory at the most, MiB", 1),
    (Row::AfterFew, "memory after 10,000 interactions (one run), MiB", 1),
    (Row::AfterMany, "memory after 210,000 interactions (the same run), MiB", 1),
];

/// What was measured so far.
pub(crate) struct Table {
    bots: Vec<&'static str>,
    /// By row and column, a number for each round.
    cells: BTreeMap<(Row, usize), Vec<f64>>,
}

impl Table {
    pub(crate) fn new(bots: Vec<&'static str>) -> Self {
        Self { bots, cells: BTreeMap::new() }
    }

    /// Takes in what one round gave for a column.
    pub(crate) fn add(&mut self, column: usize, measured: Vec<(Row, f64)>) {
        for (row, number) in measured {
            self.cells.entry((row, column)).or_default().push(number);
        }
    }

    fn cell(&self, row: Row, column: usize, decimals: usize) -> String {
        let Some(numbers) = self.cells.get(&(row, column)) else { return "–".to_owned() };
        let mut numbers = numbers.clone();
        numbers.sort_by(f64::total_cmp);
        format!("{:.decimals$}", numbers[numbers.len() / 2])
    }
}

impl fmt::Display for Table {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "| | {} |", self.bots.join(" | "))?;
        writeln!(formatter, "|---|{}", "--:|".repeat(self.bots.len()))?;
        for (row, name, decimals) in ROWS {
            let cells: Vec<String> = (0..self.bots.len()).map(|column| self.cell(row, column, decimals)).collect();
            writeln!(formatter, "| {name} | {} |", cells.join(" | "))?;
        }
        Ok(())
    }
}
