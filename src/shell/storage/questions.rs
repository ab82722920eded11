//! Questions of a server in the database: those that got no answer, and those that a team added to topics.

use super::StorageError;
use super::database::{Database, Kind, Statement};
use crate::domain::team::{Added, Gap, Unanswered, Words, bounds};

/// Milliseconds of a day.
const DAY: i64 = 24 * 60 * 60 * 1000;

impl dyn Database + '_ {
    /// The questions of a server that got no answer, what was asked most often first.
    pub(super) async fn gaps(&self, server: u64, now: i64) -> Result<Vec<Gap>, StorageError> {
        let read = Statement::read(
            "SELECT id, question, asked FROM gaps WHERE server = $1 AND last >= $2 ORDER BY asked DESC, last DESC, id",
        );
        let rows = self.one(read.with(server).with(now - i64::from(bounds::DAYS) * DAY)).await?.rows;
        let gap = |row: &super::database::Row| Ok(Gap { id: row.id(0)?, text: row.text(1)?, asked: row.count(2)? });
        rows.iter().map(gap).collect()
    }

    /// Keeps a question that got no answer, as one with a near-identical one that is kept already. Of too many others the one goes
    /// that was asked least often, and of several the one that was asked longest ago.
    pub(super) async fn keep_question(&self, server: u64, question: &Unanswered, now: i64) -> Result<(), StorageError> {
        let read = Statement::read("SELECT id, words FROM gaps WHERE server = $1 ORDER BY asked DESC, last DESC, id");
        let rows = self.one(read.with(server)).await?.rows;
        let known: Vec<(u64, Words)> = rows
            .iter()
            .map(|row| Ok((row.id(0)?, Words::split(&row.text(1)?))))
            .collect::<Result<_, StorageError>>()?;
        let near = known.iter().find(|(_, words)| *words == question.words);
        let near = near.or_else(|| known.iter().find(|(_, words)| words.are_near(&question.words)));
        let id = near.map_or_else(|| question.words.id(), |(id, _)| *id);
        let keep = Statement::write(
            "INSERT INTO gaps (server, id, question, words, asked, last) VALUES ($1, $2, $3, $4, 1, $5)
             ON CONFLICT (server, id) DO UPDATE SET asked = gaps.asked + 1, last = $5",
        );
        let keep = keep.with(server).with(id).with(question.text.as_str());
        let keep = keep.with(question.words.joined().as_str()).with(now);
        self.run_in_turn(server, vec![make_space(server, id), keep]).await.map(drop)
    }
}

/// Drops what is too much beside a question that is kept.
fn make_space(server: u64, kept: u64) -> Statement {
    let sql = "DELETE FROM gaps WHERE server = $1 AND id IN (
                   SELECT id FROM gaps WHERE server = $1 AND id <> $2 ORDER BY asked DESC, last DESC, id LIMIT $3 OFFSET $4
               )";
    let most = |bound: usize| i64::try_from(bound).unwrap_or(i64::MAX);
    let delete = Statement::made(Kind::Delete, sql.to_owned()).with(server).with(kept);
    delete.with(i64::MAX).with(most(bounds::GAPS - 1))
}

/// Understands a question from now on; nothing follows where there are as many as can be kept.
pub(super) fn add(server: u64, id: u64, added: &Added, now: i64) -> Statement {
    let add = Statement::once(
        "INSERT INTO added (server, id, question, words, topic, updated)
         SELECT $1, $2, $3, $4, $5, $6
         WHERE (SELECT COUNT(*) FROM added WHERE server = $1) < $7
            OR EXISTS (SELECT 1 FROM added WHERE server = $1 AND id = $2)
         ON CONFLICT (server, id) DO UPDATE SET topic = $5, updated = $6",
    );
    let add = add.with(server).with(id).with(added.text.as_str()).with(added.words.joined().as_str());
    let add = add.with(added.topic.as_str()).with(now);
    add.with(i64::try_from(bounds::ADDED).unwrap_or(i64::MAX))
}

/// Keeps a question no longer.
pub(super) fn dismiss(server: u64, id: u64) -> Statement {
    let sql = "DELETE FROM gaps WHERE server = $1 AND id = $2";
    Statement::made(Kind::Delete, sql.to_owned()).with(server).with(id)
}
