//! Every query, written once for all databases. The number of a value is its position among the `with`.

use super::database::{Database, Statement};
use super::tables::TABLES;
use super::{Left, StorageError, Whose};
use crate::domain::outcome::Forgotten;
use crate::domain::request::TourPosition;
use crate::domain::situation::{Missed, Needs, PathTally, Situation, Stored, Tally, WhichTour};

/// A part of the one query for what an answer depends on. All parts have the same columns: the part's name, two texts and two
/// numbers; and the same values: `$1` the person, `$2` the server, `$3` the id of a tour.
struct Part {
    name: &'static str,
    sql: &'static str,
}

const POSITION: Part = Part {
    name: "position",
    sql: "SELECT 'position', path, step, 0, 0 FROM (
              SELECT path, step FROM progress WHERE person = $1 AND server = $2 AND ($3 IS NULL OR path = $3)
              ORDER BY updated DESC LIMIT 1
          ) AS last",
};
const STARTED: Part = Part {
    name: "started",
    sql: "SELECT 'started', path, '', COUNT(*), COUNT(finished) FROM progress WHERE server = $2 GROUP BY path",
};
/// The five questions that were missed most often.
const MISSED: Part = Part {
    name: "missed",
    sql: "SELECT 'missed', question, '', missed, given FROM (
              SELECT question, missed, given FROM answers WHERE server = $2 AND missed > 0
              ORDER BY missed DESC, given, question LIMIT 5
          ) AS most",
};

impl dyn Database + '_ {
    /// What an answer depends on, by one query; what is not needed is left as it is by default.
    pub(super) async fn read(&self, whose: Whose, needs: &Needs) -> Result<Situation, StorageError> {
        let mut parts = Vec::new();
        parts.extend(needs.position.is_some().then_some(POSITION));
        parts.extend(needs.tally.then_some([STARTED, MISSED]).into_iter().flatten());
        let mut situation = Situation::default();
        if parts.is_empty() {
            return Ok(situation);
        }
        let path = match &needs.position {
            Some(WhichTour::Of(path)) => Some(path.as_str()),
            Some(WhichTour::Last) | None => None,
        };
        let sql = parts.iter().map(|part| part.sql).collect::<Vec<_>>().join(" UNION ALL ");
        let statement = Statement::made(super::database::Kind::Read, sql);
        let rows = self.one(statement.with(whose.person).with(whose.server).with(path)).await?.rows;
        let mut tally = Tally::default();
        for row in rows {
            let (part, text) = (row.text(0)?, row.text(1)?);
            if part == POSITION.name {
                situation.position = Stored::Value(TourPosition { path: text, step: row.text(2)? });
            } else if part == STARTED.name {
                tally.paths.push(PathTally { path: text, started: row.count(3)?, finished: row.count(4)? });
            } else if part == MISSED.name {
                tally.missed.push(Missed { question: text, missed: row.count(3)?, given: row.count(4)? });
            }
        }
        if needs.tally {
            // The rows of a union come in any order.
            tally.paths.sort_by(|a, b| a.path.cmp(&b.path));
            tally.missed.sort_by(|a, b| (b.missed, a.given, &a.question).cmp(&(a.missed, b.given, &b.question)));
            situation.tally = Stored::Value(tally);
        }
        Ok(situation)
    }

    /// Keeps the position of a person; it is on the disk when this returns.
    pub(super) async fn save(
        &self,
        whose: Whose,
        position: &TourPosition,
        is_last: bool,
        now: i64,
    ) -> Result<(), StorageError> {
        let save = Statement::write(
            "INSERT INTO progress (person, server, path, step, started, updated, finished)
             VALUES ($1, $2, $3, $4, $5, $5, $6)
             ON CONFLICT (person, server, path)
             DO UPDATE SET step = $4, updated = $5, finished = COALESCE(progress.finished, $6)",
        );
        let save = save.with(whose.person).with(whose.server).with(&*position.path).with(&*position.step);
        self.one(save.with(now).with(is_last.then_some(now))).await.map(drop)
    }

    /// Counts an answer to a question of the quiz, once for each event.
    pub(super) async fn count(&self, whose: Whose, question: &str, missed: bool, now: i64) -> Result<(), StorageError> {
        let count = Statement::write(
            "INSERT INTO answers (server, question, given, missed, updated) VALUES ($1, $2, 1, $3, $4)
             ON CONFLICT (server, question)
             DO UPDATE SET given = answers.given + 1, missed = answers.missed + $3, updated = $4",
        );
        let count = count.with(whose.server).with(question).with(missed).with(now);
        self.run(vec![once(whose.event, "quiz answer", now), count]).await.map(drop)
    }

    /// Notes that something is done for an event; whether it is done for the first time.
    pub(super) async fn claim(&self, event: u64, what: &'static str, now: i64) -> Result<bool, StorageError> {
        Ok(self.one(once(event, what, now)).await?.changed > 0)
    }

    /// Takes back that something is done for an event.
    pub(super) async fn unclaim(&self, event: u64, what: &'static str) -> Result<(), StorageError> {
        let unclaim = Statement::write("DELETE FROM events WHERE event = $1 AND done = $2");
        self.one(unclaim.with(event).with(what)).await.map(drop)
    }

    /// Deletes everything about a person, and says what it was.
    pub(super) async fn forget(&self, person: u64) -> Result<Forgotten, StorageError> {
        let tables = || TABLES.iter().filter(|table| table.has("person"));
        let answers = self.run(tables().map(|table| table.delete_by("person", person)).collect()).await?;
        let mut forgotten = Forgotten::default();
        for (table, answer) in tables().zip(answers) {
            if table.name == "progress" {
                forgotten.positions = answer.rows.len();
                forgotten.paths = answer.rows.iter().map(|row| row.text(0)).collect::<Result<_, _>>()?;
            }
        }
        forgotten.paths.sort_unstable();
        forgotten.paths.dedup();
        Ok(forgotten)
    }

    /// Deletes everything that belongs to a server, and says how much that was.
    pub(super) async fn leave(&self, server: u64) -> Result<Left, StorageError> {
        let tables = || TABLES.iter().filter(|table| table.has("server"));
        let delete = tables().map(|table| table.delete_by("server", server)).collect();
        let answers = self.run_in_turn(server, delete).await?;
        Ok(Left(tables().zip(answers).map(|(table, answer)| (table.rows, answer.rows.len())).collect()))
    }

    /// The servers of which anything is kept.
    pub(super) async fn servers(&self) -> Result<Vec<u64>, StorageError> {
        let tables = TABLES.iter().filter(|table| table.has("server"));
        let parts = tables.map(|table| format!("SELECT server FROM {} WHERE server <> 0", table.name));
        let all = Statement::made(super::database::Kind::Read, parts.collect::<Vec<_>>().join(" UNION "));
        self.one(all).await?.rows.iter().map(|row| row.id(0)).collect()
    }

    /// The servers to which commands were registered. The ids stand in one fact, with blanks between them.
    pub(super) async fn registered(&self) -> Result<Vec<u64>, StorageError> {
        let rows = self.one(Statement::read("SELECT value FROM facts WHERE name = 'registered'")).await?.rows;
        let list = rows.first().map(|row| row.text(0)).transpose()?.unwrap_or_default();
        Ok(list.split(' ').filter_map(|server| server.parse().ok()).collect())
    }

    /// Notes the servers to which commands are registered, instead of those that are noted.
    pub(super) async fn note_registered(&self, servers: &[u64]) -> Result<(), StorageError> {
        let list: Vec<String> = servers.iter().map(ToString::to_string).collect();
        let note = Statement::write(
            "INSERT INTO facts (name, value) VALUES ('registered', $1) ON CONFLICT (name) DO UPDATE SET value = $1",
        );
        self.one(note.with(&*list.join(" "))).await.map(drop)
    }

    /// Drops what is too old, and the oldest of what is too much; gives how many rows of what were too many.
    pub(super) async fn keep_bounds(&self, now: i64) -> Result<Vec<(&'static str, u64)>, StorageError> {
        let mut dropped = Vec::new();
        for table in TABLES {
            if let Some(expire) = table.expire(now) {
                self.one(expire).await?;
            }
            let rows = self.one(table.count()).await?.rows;
            let count = rows.first().map_or(Ok(0), |row| row.count(0))?;
            if count > u64::from(table.most)
                && let Some(trim) = table.trim()
            {
                dropped.push((table.rows, self.one(trim).await?.changed));
            }
        }
        Ok(dropped)
    }
}

pub(super) fn once(event: u64, what: &'static str, now: i64) -> Statement {
    let once = Statement::once(
        "INSERT INTO events (event, done, at) VALUES ($1, $2, $3) ON CONFLICT (event, done) DO NOTHING",
    );
    once.with(event).with(what).with(now)
}
