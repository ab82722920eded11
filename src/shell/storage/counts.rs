//! What was asked, and of how much use the answers were: gathered in memory for a few seconds, so that no answer writes by itself.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::database::{Database, Kind, Row, Statement};
use super::queries::once;
use super::{StorageError, Whose};
use crate::domain::team::{Count, Counted, Vote, bounds};
use crate::shell::chance;

/// Milliseconds of a day.
const DAY: i64 = 24 * 60 * 60 * 1000;
/// What is noted of a batch.
const COUNTS: &str = "counts";
/// What is gathered at the most; what comes beyond before it is written is not counted.
const GATHERED: usize = 4_096;

/// What is written together at the most, so that a write ends in time also after the database was away.
const TOGETHER: usize = 256;

/// Questions that were asked and are not written yet, by the server, the beginning of the day, and what was asked.
#[derive(Debug, Default)]
pub(super) struct Gathered(Mutex<HashMap<(u64, i64, Counted), u64>>);

/// What is written together. It counts once, also where a write of it takes effect that was given up: its number is kept with it
/// until the next one is written.
#[derive(Debug, Default)]
pub(super) struct Batch {
    number: u64,
    /// That of the batch before it.
    before: u64,
    counts: Vec<((u64, i64, Counted), u64)>,
}

impl Batch {
    /// Whether there is nothing to be written.
    pub(super) fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Ends this batch, which was written, and begins the next one.
    pub(super) fn renew(&mut self, counts: Vec<((u64, i64, Counted), u64)>) {
        let number = u64::from(chance::number()) << 32 | u64::from(chance::number());
        *self = Self { number, before: self.number, counts };
    }

    /// Drops what was written.
    pub(super) fn finish(&mut self) {
        self.counts.clear();
    }
}

impl Gathered {
    pub(super) fn add(&self, server: u64, of: &Counted, now: i64) {
        let of = (server, day(now), of.clone());
        let mut gathered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if gathered.len() < GATHERED || gathered.contains_key(&of) {
            *gathered.entry(of).or_default() += 1;
        }
    }

    /// As much of what is gathered as is written together; it is gathered no longer.
    pub(super) fn take(&self) -> Vec<((u64, i64, Counted), u64)> {
        let mut left = TOGETHER;
        let mut gathered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = gathered.extract_if(|_, _| {
            let is_taken = left > 0;
            left = left.saturating_sub(1);
            is_taken
        });
        taken.collect()
    }
}

impl dyn Database + '_ {
    /// Adds what was asked to what is kept.
    pub(super) async fn write_counts(&self, batch: &Batch, now: i64) -> Result<(), StorageError> {
        let forget = Statement::write("DELETE FROM events WHERE event = $1 AND done = $2");
        let first = [once(batch.number, COUNTS, now), forget.with(batch.before).with(COUNTS)];
        let counts = batch.counts.iter().map(|((server, day, of), count)| {
            let add = Statement::write(
                "INSERT INTO counts (server, day, topic, answer, asked, useful, useless) VALUES ($1, $2, $3, $4, $5, 0, 0)
                 ON CONFLICT (server, day, topic, answer) DO UPDATE SET asked = counts.asked + $5",
            );
            let add = add.with(*server).with(*day).with(of.topic.as_str()).with(of.answer.as_str());
            add.with(i64::try_from(*count).unwrap_or(i64::MAX))
        });
        self.run(first.into_iter().chain(counts).collect()).await.map(drop)
    }

    /// What was counted in a server over the last weeks, what was asked most often first.
    pub(super) async fn counts(&self, server: u64, now: i64) -> Result<Vec<Count>, StorageError> {
        let read = Statement::read(
            "SELECT topic, answer, CAST(SUM(asked) AS BIGINT), CAST(SUM(useful) AS BIGINT), CAST(SUM(useless) AS BIGINT)
             FROM counts WHERE server = $1 AND day > $2 GROUP BY topic, answer
             ORDER BY SUM(asked) DESC, SUM(useful) + SUM(useless) DESC, topic, answer",
        );
        let rows = self.one(read.with(server).with(day(now) - i64::from(bounds::DAYS) * DAY)).await?.rows;
        let count = |row: &Row| {
            let of = Counted { topic: row.text(0)?, answer: row.text(1)? };
            Ok(Count { of, asked: row.count(2)?, useful: row.count(3)?, useless: row.count(4)? })
        };
        rows.iter().map(count).collect()
    }

    /// Counts what somebody says about an answer. Of one person the last word counts: whether there was one before is decided by
    /// the database, so that no two processes count it twice.
    pub(super) async fn vote(&self, whose: Whose, of: &Counted, vote: Vote, now: i64) -> Result<(), StorageError> {
        let is_useful = vote == Vote::Useful;
        let add = format!(
            "INSERT INTO counts (server, day, topic, answer, asked, useful, useless)
             SELECT server, day, topic, answer, 0, useful, 1 - useful FROM votes
             WHERE server = $1 AND topic = $2 AND answer = $3 AND voter = $4
             ON CONFLICT (server, day, topic, answer) DO UPDATE SET {}",
            if is_useful { "useful = counts.useful + 1" } else { "useless = counts.useless + 1" },
        );
        let of_vote = |statement: Statement| {
            statement.with(whose.server).with(of.topic.as_str()).with(of.answer.as_str()).with(whose.voter)
        };
        let add = of_vote(Statement::made(Kind::Write, add));
        let first = Statement::once(
            "INSERT INTO votes (server, topic, answer, voter, useful, day, at) VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (server, topic, answer, voter) DO NOTHING",
        );
        let first = of_vote(first).with(is_useful).with(day(now)).with(now);
        let answers = self.run(vec![first, add.clone()]).await?;
        if answers.len() > 1 {
            return Ok(());
        }
        let other = Statement::once(
            "UPDATE votes SET useful = $5
             WHERE server = $1 AND topic = $2 AND answer = $3 AND voter = $4 AND useful <> $5",
        );
        let take_back = format!(
            "UPDATE counts SET {} WHERE server = $1 AND topic = $2 AND answer = $3
             AND day = (SELECT day FROM votes WHERE server = $1 AND topic = $2 AND answer = $3 AND voter = $4)",
            if is_useful { "useless = useless - 1" } else { "useful = useful - 1" },
        );
        let take_back = of_vote(Statement::made(Kind::Write, take_back));
        self.run(vec![of_vote(other).with(is_useful), take_back, add]).await.map(drop)
    }

    /// Forgets what somebody said about answers; the counts, which name nobody, stay. Gives how often that was.
    pub(super) async fn forget_votes(&self, voter: u64) -> Result<usize, StorageError> {
        let delete = Statement::made(Kind::Delete, "DELETE FROM votes WHERE voter = $1 RETURNING topic".to_owned());
        Ok(self.one(delete.with(voter)).await?.rows.len())
    }
}

/// The beginning of a day, in milliseconds since 1970.
fn day(now: i64) -> i64 {
    now - now.rem_euclid(DAY)
}

#[cfg(test)]
mod tests {
    use super::super::claim::Claim;
    use super::super::sqlite::InFile;
    use super::{Batch, Counted, Database, Gathered, Statement, TOGETHER};

    async fn asked(database: &dyn Database) -> u64 {
        database.counts(7, 0).await.unwrap().iter().map(|count| count.asked).sum()
    }

    #[test]
    fn what_was_gathered_for_long_is_taken_in_parts() {
        let gathered = Gathered::default();
        for answer in 0..=TOGETHER {
            gathered.add(7, &Counted { topic: "é日🦀".to_owned(), answer: answer.to_string() }, 0);
        }
        assert_eq!([(); 3].map(|()| gathered.take().len()), [TOGETHER, 1, 0]);
    }

    #[tokio::test]
    async fn a_batch_that_is_written_again_counts_once_and_leaves_one_row() {
        let file = std::env::temp_dir().join(format!("versus-counts-{}.db", std::process::id()));
        let database: Box<dyn Database> = Box::new(InFile::at(file.clone(), Claim::default()));
        let (gathered, mut batch) = (Gathered::default(), Batch::default());
        for expected in 1..=3 {
            gathered.add(7, &Counted { topic: "é日🦀".to_owned(), answer: String::new() }, 0);
            batch.renew(gathered.take());
            for _ in 0..2 {
                database.write_counts(&batch, 0).await.unwrap();
                assert_eq!(asked(&*database).await, expected);
            }
            let rows = database.one(Statement::read("SELECT COUNT(*) FROM events")).await.unwrap().rows;
            assert_eq!(rows[0].count(0).unwrap(), 1, "the number of the batch before is forgotten");
        }
        database.close().await;
        std::fs::remove_file(file).unwrap();
    }
}
