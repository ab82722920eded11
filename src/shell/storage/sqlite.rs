//! The storage in a file, by SQLite.

use std::path::PathBuf;
use std::time::Duration;

use async_trait::async_trait;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Row, SqlStr, SqlitePool, query};
use tokio::sync::Mutex;

use super::{Storage, StorageError, Whose};
use crate::domain::outcome::Forgotten;
use crate::domain::request::TourPosition;
use crate::domain::situation::{Missed, PathTally, Tally};

/// Every change of the tables, in order. What was released is never changed, only added to.
const MIGRATIONS: [(i64, &str, &str); 1] = [(1, "onboarding", include_str!("migrations/0001_onboarding.sql"))];

/// How long a call waits for another process that writes.
const LOCKED_FOR: Duration = Duration::from_millis(300);
/// How long a call waits for the one connection; who waits for the call gives up earlier.
const OPENED_WITHIN: Duration = Duration::from_secs(10);
/// Questions that a tally names.
const MOST_MISSED: i64 = 5;

/// A database in a file.
#[derive(Debug)]
pub(super) struct Sqlite {
    file: PathBuf,
    /// Opened by the first call that succeeds in it, and again after the file was removed.
    pool: Mutex<Option<SqlitePool>>,
}

impl Sqlite {
    pub(super) fn at(file: PathBuf) -> Self {
        Self { file, pool: Mutex::default() }
    }

    async fn pool(&self) -> Result<SqlitePool, StorageError> {
        let mut pool = self.pool.lock().await;
        // A file that was moved away can still be written to, and all that is written would be lost.
        let is_there = self.file.try_exists().unwrap_or(false);
        if let Some(open) = pool.as_ref().filter(|_| is_there) {
            return Ok(open.clone());
        }
        if let Some(stale) = pool.take() {
            stale.close().await;
        }
        Ok(pool.insert(self.open().await?).clone())
    }

    async fn open(&self) -> Result<SqlitePool, StorageError> {
        let options = SqliteConnectOptions::new().filename(&self.file).create_if_missing(true);
        // With FULL a step that was acknowledged outlives a failure of power as well as that of the process.
        let options = options.journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Full);
        let options = options.busy_timeout(LOCKED_FOR);
        // One connection: SQLite writes one after the other anyway, and each takes memory and a thread.
        let pool = SqlitePoolOptions::new().max_connections(1).acquire_timeout(OPENED_WITHIN);
        let pool = pool.connect_with(options).await.map_err(failed)?;
        let migrations = MIGRATIONS.into_iter().map(|(version, name, sql)| {
            Migration::new(version, name.into(), MigrationType::Simple, SqlStr::from_static(sql), false)
        });
        let migrated = Migrator::with_migrations(migrations.collect()).run(&pool).await;
        migrated.map_err(|error| StorageError(error.to_string()))?;
        Ok(pool)
    }
}

#[async_trait]
impl Storage for Sqlite {
    async fn position(&self, whose: Whose, path: Option<&str>) -> Result<Option<TourPosition>, StorageError> {
        let query = query(
            "SELECT path, step FROM progress WHERE person = ?1 AND server = ?2 AND (?3 IS NULL OR path = ?3)
             ORDER BY updated DESC LIMIT 1",
        );
        let query = query.bind(number(whose.person)).bind(number(whose.server)).bind(path);
        let row = query.fetch_optional(&self.pool().await?).await.map_err(failed)?;
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
        query.execute(&self.pool().await?).await.map(drop).map_err(failed)
    }

    async fn count(&self, server: u64, question: &str, missed: bool) -> Result<(), StorageError> {
        let query = query(
            "INSERT INTO answers (server, question, given, missed) VALUES (?1, ?2, 1, ?3)
             ON CONFLICT (server, question) DO UPDATE SET given = given + 1, missed = missed + ?3",
        );
        let query = query.bind(number(server)).bind(question).bind(i64::from(missed));
        query.execute(&self.pool().await?).await.map(drop).map_err(failed)
    }

    async fn tally(&self, server: u64) -> Result<Tally, StorageError> {
        let pool = &self.pool().await?;
        let paths =
            query("SELECT path, COUNT(*), COUNT(finished) FROM progress WHERE server = ? GROUP BY path ORDER BY path");
        let paths = paths.bind(number(server)).fetch_all(pool).await.map_err(failed)?;
        let missed = query(
            "SELECT question, missed, given FROM answers WHERE server = ? AND missed > 0
             ORDER BY missed DESC, given, question LIMIT ?",
        );
        let missed = missed.bind(number(server)).bind(MOST_MISSED).fetch_all(pool).await.map_err(failed)?;
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
        let query = query("DELETE FROM progress WHERE person = ? RETURNING path");
        let rows = query.bind(number(person)).fetch_all(&self.pool().await?).await.map_err(failed)?;
        let mut paths: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
        paths.sort_unstable();
        paths.dedup();
        Ok(Forgotten { paths, positions: rows.len() })
    }

    async fn leave(&self, server: u64) -> Result<(), StorageError> {
        let mut both = self.pool().await?.begin().await.map_err(failed)?;
        query("DELETE FROM progress WHERE server = ?")
            .bind(number(server))
            .execute(&mut *both)
            .await
            .map_err(failed)?;
        query("DELETE FROM answers WHERE server = ?").bind(number(server)).execute(&mut *both).await.map_err(failed)?;
        both.commit().await.map_err(failed)
    }

    async fn servers(&self) -> Result<Vec<u64>, StorageError> {
        let query =
            query("SELECT server FROM progress WHERE server <> 0 UNION SELECT server FROM answers WHERE server <> 0");
        let rows = query.fetch_all(&self.pool().await?).await.map_err(failed)?;
        Ok(rows.into_iter().map(|row| row.get::<i64, _>(0).cast_unsigned()).collect())
    }

    async fn close(&self) {
        if let Some(pool) = self.pool.lock().await.take() {
            pool.close().await;
        }
    }
}

/// An id as SQLite keeps it: the same bits with a sign.
fn number(id: u64) -> i64 {
    id.cast_signed()
}

#[expect(clippy::needless_pass_by_value, reason = "map_err gives it away")]
fn failed(error: sqlx::Error) -> StorageError {
    StorageError(error.to_string())
}
