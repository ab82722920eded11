//! The storage in a file, by SQLite.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use sqlx::{Row, SqlitePool, query};
use tokio::spawn;
use tokio::sync::watch;
use tokio::time::timeout;
use tracing::{debug, info};

use super::address::SQLITE;
use super::opening::{Opened, tidy};
use super::{Left, Storage, StorageError, Whose, failed};
use crate::domain::outcome::Forgotten;
use crate::domain::request::TourPosition;
use crate::domain::situation::{Missed, PathTally, Tally};

/// Questions that a tally names.
const MOST_MISSED: i64 = 5;
/// How long a deletion waits until the file is tidied as well; that goes on after it.
const TIDIED_WITHIN: Duration = Duration::from_millis(150);

/// Notes, together with a deletion, that the file has to be tidied.
const UNTIDY: &str = "DELETE FROM facts WHERE name = 'tidied'";

/// A database in a file.
#[derive(Debug)]
pub(super) struct Sqlite(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    file: PathBuf,
    /// The id of the application that it belongs to, if the token says it.
    application: Option<u64>,
    state: Mutex<State>,
}

/// Opened by the first call, and again when that failed, or when another file has come in the place of the one that is open.
#[derive(Debug)]
enum State {
    Closed,
    /// In a task of its own, which goes on when those who wait for it give up.
    Opening(watch::Receiver<Option<Outcome>>),
    Open(Opened),
}

/// What came of opening it.
type Outcome = Result<SqlitePool, StorageError>;

impl Sqlite {
    pub(super) fn at(file: PathBuf, application: Option<u64>) -> Self {
        Self(Arc::new(Shared { file, application, state: Mutex::new(State::Closed) }))
    }

    async fn pool(&self) -> Outcome {
        let mut opening = match self.0.look() {
            Ok(pool) => return Ok(pool),
            Err(opening) => opening,
        };
        let outcome = opening.wait_for(Option::is_some).await;
        let outcome = outcome.ok().and_then(|outcome| outcome.clone());
        outcome.unwrap_or_else(|| Err(StorageError::new("opening it ended early")))
    }

    /// Notes a database that turned out to be damaged.
    fn checked<T>(&self, result: Result<T, sqlx::Error>) -> Result<T, StorageError> {
        let result = result.map_err(failed);
        if result.as_ref().is_err_and(|error| error.is_broken)
            && let State::Open(open) = &mut *self.0.lock()
        {
            open.is_broken = true;
        }
        result
    }

    /// Takes what was just deleted out of the file as well.
    async fn tidy(&self, pool: &SqlitePool) {
        let _ = timeout(TIDIED_WITHIN, spawn(tidy(pool.clone()))).await;
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The open database, or the opening to wait for.
    fn look(self: &Arc<Self>) -> Result<SqlitePool, watch::Receiver<Option<Outcome>>> {
        let mut state = self.lock();
        match &*state {
            State::Open(open) if !open.is_broken && open.identity.is_still(&self.file) => return Ok(open.pool.clone()),
            State::Opening(opening) if opening.has_changed().is_ok() => return Err(opening.clone()),
            _ => {}
        }
        let (sender, opening) = watch::channel(None);
        let stale = match std::mem::replace(&mut *state, State::Opening(opening.clone())) {
            State::Open(open) => Some(open),
            State::Opening(_) | State::Closed => None,
        };
        drop(state);
        let shared = Arc::clone(self);
        spawn(async move {
            let outcome = shared.open(stale).await;
            sender.send_replace(Some(outcome));
        });
        Err(opening)
    }

    async fn open(&self, stale: Option<Opened>) -> Outcome {
        if let Some(stale) = stale {
            if !stale.is_broken {
                info!(
                    "the database {SQLITE}{} is not the file that was open any more, and is opened again",
                    self.file.display()
                );
            }
            stale.close(&self.file).await;
        }
        let opened = Opened::open(&self.file, self.application).await;
        let outcome = opened.as_ref().map(|open| open.pool.clone()).map_err(Clone::clone);
        *self.lock() = opened.map_or(State::Closed, State::Open);
        outcome
    }
}

#[async_trait]
impl Storage for Sqlite {
    async fn check(&self) -> Result<(), StorageError> {
        // This waits for the right to write, and is refused where nobody may.
        let writing = self.pool().await?.begin_with("BEGIN IMMEDIATE").await;
        self.checked(writing)?.rollback().await.map_err(failed)?;
        debug!("the database {SQLITE}{} is open", self.0.file.display());
        Ok(())
    }

    async fn position(&self, whose: Whose, path: Option<&str>) -> Result<Option<TourPosition>, StorageError> {
        let query = query(
            "SELECT path, step FROM progress WHERE person = ?1 AND server = ?2 AND (?3 IS NULL OR path = ?3)
             ORDER BY updated DESC LIMIT 1",
        );
        let query = query.bind(number(whose.person)).bind(number(whose.server)).bind(path);
        let row = self.checked(query.fetch_optional(&self.pool().await?).await)?;
        Ok(row.map(|row| TourPosition { path: row.get(0), step: row.get(1) }))
    }

    async fn save(&self, whose: Whose, position: &TourPosition, is_last: bool, now: i64) -> Result<(), StorageError> {
        let query = query(
            "INSERT INTO progress (person, server, path, step, started, updated, finished) VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6)
             ON CONFLICT (person, server, path)
             DO UPDATE SET step = ?4, updated = ?5, finished = COALESCE(finished, ?6)",
        );
        let query =
            query.bind(number(whose.person)).bind(number(whose.server)).bind(&position.path).bind(&position.step);
        let query = query.bind(now).bind(is_last.then_some(now));
        self.checked(query.execute(&self.pool().await?).await.map(drop))
    }

    async fn count(&self, server: u64, question: &str, missed: bool) -> Result<(), StorageError> {
        let query = query(
            "INSERT INTO answers (server, question, given, missed) VALUES (?1, ?2, 1, ?3)
             ON CONFLICT (server, question) DO UPDATE SET given = given + 1, missed = missed + ?3",
        );
        let query = query.bind(number(server)).bind(question).bind(i64::from(missed));
        self.checked(query.execute(&self.pool().await?).await.map(drop))
    }

    async fn tally(&self, server: u64) -> Result<Tally, StorageError> {
        let pool = &self.pool().await?;
        let paths =
            query("SELECT path, COUNT(*), COUNT(finished) FROM progress WHERE server = ? GROUP BY path ORDER BY path");
        let paths = self.checked(paths.bind(number(server)).fetch_all(pool).await)?;
        let missed = query(
            "SELECT question, missed, given FROM answers WHERE server = ? AND missed > 0
             ORDER BY missed DESC, given, question LIMIT ?",
        );
        let missed = self.checked(missed.bind(number(server)).bind(MOST_MISSED).fetch_all(pool).await)?;
        let paths = paths.into_iter().map(|row| PathTally {
            path: row.get(0),
            started: row.get::<i64, _>(1).unsigned_abs(),
            finished: row.get::<i64, _>(2).unsigned_abs(),
        });
        let missed = missed.into_iter().map(|row| Missed {
            question: row.get(0),
            missed: row.get::<i64, _>(1).unsigned_abs(),
            given: row.get::<i64, _>(2).unsigned_abs(),
        });
        Ok(Tally { paths: paths.collect(), missed: missed.collect() })
    }

    async fn forget(&self, person: u64) -> Result<Forgotten, StorageError> {
        let pool = self.pool().await?;
        let rows = self.checked(delete_person(&pool, person).await)?;
        if !rows.is_empty() {
            self.tidy(&pool).await;
        }
        let positions = rows.len();
        let mut paths = rows;
        paths.sort_unstable();
        paths.dedup();
        Ok(Forgotten { paths, positions })
    }

    async fn leave(&self, server: u64) -> Result<Left, StorageError> {
        let pool = self.pool().await?;
        let left = self.checked(delete_server(&pool, server).await)?;
        if left != Left::default() {
            self.tidy(&pool).await;
        }
        Ok(left)
    }

    async fn servers(&self) -> Result<Vec<u64>, StorageError> {
        let query =
            query("SELECT server FROM progress WHERE server <> 0 UNION SELECT server FROM answers WHERE server <> 0");
        let rows = self.checked(query.fetch_all(&self.pool().await?).await)?;
        Ok(rows.into_iter().map(|row| row.get::<i64, _>(0).cast_unsigned()).collect())
    }

    /// The ids stand in one fact, with blanks between them.
    async fn registered(&self) -> Result<Vec<u64>, StorageError> {
        let query = query("SELECT value FROM facts WHERE name = 'registered'");
        let row = self.checked(query.fetch_optional(&self.pool().await?).await)?;
        let list = row.map(|row| row.get::<String, _>(0)).unwrap_or_default();
        Ok(list.split(' ').filter_map(|server| server.parse().ok()).collect())
    }

    async fn note_registered(&self, servers: &[u64]) -> Result<(), StorageError> {
        let list: Vec<String> = servers.iter().map(ToString::to_string).collect();
        let query = query("INSERT OR REPLACE INTO facts (name, value) VALUES ('registered', ?)").bind(list.join(" "));
        self.checked(query.execute(&self.pool().await?).await.map(drop))
    }

    async fn close(&self) {
        let state = std::mem::replace(&mut *self.0.lock(), State::Closed);
        if let State::Open(open) = state {
            open.close(&self.0.file).await;
        }
    }
}

/// An id as SQLite keeps it: the same bits with a sign.
fn number(id: u64) -> i64 {
    id.cast_signed()
}

/// Deletes the positions of a person, and gives the tour of each.
async fn delete_person(pool: &SqlitePool, person: u64) -> Result<Vec<String>, sqlx::Error> {
    let mut all = pool.begin().await?;
    let delete = query("DELETE FROM progress WHERE person = ? RETURNING path").bind(number(person));
    let rows = delete.fetch_all(&mut *all).await?;
    if !rows.is_empty() {
        query(UNTIDY).execute(&mut *all).await?;
    }
    all.commit().await?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

async fn delete_server(pool: &SqlitePool, server: u64) -> Result<Left, sqlx::Error> {
    let mut all = pool.begin().await?;
    let positions = query("DELETE FROM progress WHERE server = ?").bind(number(server));
    let positions = positions.execute(&mut *all).await?.rows_affected();
    let counts = query("DELETE FROM answers WHERE server = ?").bind(number(server));
    let counts = counts.execute(&mut *all).await?.rows_affected();
    let left = Left { positions, counts };
    if left != Left::default() {
        query(UNTIDY).execute(&mut *all).await?;
    }
    all.commit().await?;
    Ok(left)
}
