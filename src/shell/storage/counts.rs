//! What was asked, and of how much use the answers were: gathered in memory for a few seconds, so that no answer writes by itself.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::database::{Database, Kind, Row, Statement};
use super::{StorageError, Whose};
use crate::domain::team::{Count, Counted, Vote, bounds};

/// Milliseconds of a day.
const DAY: i64 = 24 * 60 * 60 * 1000;
/// What is gathered at the most; what comes beyond before it is written is not counted.
const GATHERED: usize = 4_096;

/// Questions that were asked and are not written yet, by the server, the beginning of the day, and what was asked.
#[derive(Debug, Default)]
pub(super) struct Gathered(Mutex<HashMap<(u64, i64, Counted), u64>>);

impl Gathered {
    pub(super) fn add(&self, server: u64, of: &Counted, now: i64) {
        self.put(vec![((server, day(now), of.clone()), 1)]);
    }

    /// What is gathered, which is gathered no longer.
    pub(super) fn take(&self) -> Vec<((u64, i64, Counted), u64)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).drain().collect()
    }

    /// Gathers again what could not be written.
    pub(super) fn put(&self, counts: Vec<((u64, i64, Counted), u64)>) {
        let mut gathered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (of, count) in counts {
            if gathered.len() < GATHERED || gathered.contains_key(&of) {
                *gathered.entry(of).or_default() += count;
            }
        }
    }
}

impl dyn Database + '_ {
    /// Adds what was asked to what is kept.
    pub(super) async fn write_counts(&self, counts: &[((u64, i64, Counted), u64)]) -> Result<(), StorageError> {
        let statements = counts.iter().map(|((server, day, of), count)| {
            let add = Statement::write(
                "INSERT INTO counts (server, day, topic, answer, asked, useful, useless) VALUES ($1, $2, $3, $4, $5, 0, 0)
                 ON CONFLICT (server, day, topic, answer) DO UPDATE SET asked = counts.asked + $5",
            );
            let add = add.with(*server).with(*day).with(of.topic.as_str()).with(of.answer.as_str());
            add.with(i64::try_from(*count).unwrap_or(i64::MAX))
        });
        self.run(statements.collect()).await.map(drop)
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
