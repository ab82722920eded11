//! Opens the database in a file: its tables, whose it is, and that nothing deleted is left in it.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Row, SqliteConnection, SqlitePool, query, raw_sql};
use tokio::time::{sleep, timeout};
use tracing::warn;

use super::claim::Claim;
use super::file::{self, Identity};
use super::sqlite::carry_out;
use super::{StorageError, failed, migrations};

/// How long a call waits for another process that writes.
const LOCKED_FOR: Duration = Duration::from_millis(300);
/// How long a call waits for the one connection; who waits for the call gives up earlier.
const CONNECTED_WITHIN: Duration = Duration::from_secs(10);
/// How long a database may take to be opened: a large one is rewritten once, and what a killed process left is taken in.
const OPENED_WITHIN: Duration = Duration::from_secs(5 * 60);
/// How long what is open may take to be closed.
const CLOSED_WITHIN: Duration = Duration::from_secs(10);
/// A database up to this size is rewritten as soon as something was deleted, within a tenth of a second; a larger one at the
/// next start. In bytes.
const REWRITTEN_AT_ONCE: i64 = 16 << 20;
/// Notes that nothing which was deleted is left in the file.
const TIDIED: &str = "INSERT OR IGNORE INTO facts (name, value) VALUES ('tidied', '1')";
/// How often, and how far apart, emptying the log is tried while another process reads.
const EMPTIED_TRIES: u32 = 10;
const EMPTIED_AGAIN_AFTER: Duration = Duration::from_secs(2);

/// An open database.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) pool: SqlitePool,
    /// Which file it is: another one may come in its place.
    pub(super) identity: Identity,
}

impl Opened {
    /// Opens a file, or makes it, for an application.
    pub(super) async fn open(path: &Path, claim: Claim) -> Result<Self, StorageError> {
        let opened = timeout(OPENED_WITHIN, open(path, claim)).await;
        opened.unwrap_or_else(|_| {
            Err(StorageError::new(format!("it could not be opened within {} s", OPENED_WITHIN.as_secs())))
        })
    }

    /// Closes it, and takes care that nothing of it gets into a database that came in its place.
    pub(super) async fn close(self, path: &Path) {
        let close = async {
            if !self.identity.is_still(path) {
                // What the log holds belongs to the file that was open.
                let _ = raw_sql("PRAGMA wal_checkpoint(TRUNCATE)").execute(&self.pool).await;
            }
            self.pool.close().await;
        };
        let _ = timeout(CLOSED_WITHIN, close).await;
        self.identity.remove_log(path);
    }
}

async fn open(path: &Path, claim: Claim) -> Result<Opened, StorageError> {
    let is_new = file::make(path).map_err(|error| StorageError::new(format!("the file cannot be used: {error}")))?;
    let before = Identity::of(path);
    let options = SqliteConnectOptions::new().filename(path);
    // With FULL a step that was acknowledged outlives a failure of power as well as that of the process.
    let options = options.journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Full);
    // What is deleted is overwritten.
    let options = options.busy_timeout(LOCKED_FOR).pragma("secure_delete", "ON");
    // One connection: SQLite writes one after the other anyway, and each takes memory and a thread. It stays the same one:
    // another might open another file.
    let pool = SqlitePoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None);
    let pool = pool.acquire_timeout(CONNECTED_WITHIN).connect_with(options).await.map_err(failed)?;
    let prepared = prepare(&pool, path, claim, is_new).await;
    let identity = Identity::of(path);
    let opened = Opened { pool, identity };
    if let Err(error) = prepared {
        opened.close(path).await;
        return Err(error);
    }
    if !before.is_still(path) {
        opened.close(path).await;
        return Err(StorageError::new("the file was replaced while it was opened"));
    }
    Ok(opened)
}

async fn prepare(pool: &SqlitePool, path: &Path, claim: Claim, is_new: bool) -> Result<(), StorageError> {
    let migrated = migrations::for_sqlite().run(pool).await;
    migrated.map_err(|error| StorageError::new(error.to_string()))?;
    let mut connection = pool.acquire().await.map_err(failed)?;
    let noted = carry_out(&mut connection, &[Claim::read()]).await.map_err(failed)?;
    if let Some(note) = claim.check(&noted)? {
        claim.check(&carry_out(&mut connection, &note).await.map_err(failed)?)?;
    }
    if is_new {
        return query(TIDIED).execute(&mut *connection).await.map(drop).map_err(failed);
    }
    if !is_tidied(&mut connection).await.unwrap_or(true) {
        // An older version made the file as the umask wanted it.
        file::close_to_others(path);
        rewrite(&mut connection, i64::MAX).await;
    }
    // What a process that was killed could not do any more.
    empty_log(&mut connection).await;
    Ok(())
}

/// Takes what was deleted out of the file for good. SQLite overwrites what it deletes, yet copies of it stay where it
/// moved rows from page to page; only a rewritten file has none. What cannot be done now is done at the next start.
pub(super) async fn tidy(pool: SqlitePool) {
    for _ in 0..EMPTIED_TRIES {
        let Ok(mut connection) = pool.acquire().await else { return };
        if !is_tidied(&mut connection).await.unwrap_or(true) {
            rewrite(&mut connection, REWRITTEN_AT_ONCE).await;
        }
        if empty_log(&mut connection).await {
            return;
        }
        drop(connection);
        sleep(EMPTIED_AGAIN_AFTER).await;
    }
    warn!("what was deleted can still be read in the database's log, which another process reads; end that process");
}

async fn is_tidied(connection: &mut SqliteConnection) -> Result<bool, StorageError> {
    let tidied = query("SELECT 1 FROM facts WHERE name = 'tidied'").fetch_optional(connection).await;
    tidied.map(|row| row.is_some()).map_err(failed)
}

/// Rewrites a file of at most so many bytes.
async fn rewrite(connection: &mut SqliteConnection, most: i64) {
    let size = query("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()");
    let Ok(size) = size.fetch_one(&mut *connection).await.map(|row| row.get::<i64, _>(0)) else { return };
    if size > most {
        return;
    }
    // A container may have no folder for temporary files; a large database needs one.
    let temporary = if size > REWRITTEN_AT_ONCE { "FILE" } else { "MEMORY" };
    let rewrite = format!("PRAGMA temp_store = {temporary}; VACUUM; {TIDIED}");
    if let Err(error) = raw_sql(sqlx::AssertSqlSafe(rewrite)).execute(connection).await {
        warn!(
            "what was deleted from the database can still be read in its file, which could not be rewritten: {error}"
        );
    }
}

/// Moves the log into the file, and empties it; whether that was done.
async fn empty_log(connection: &mut SqliteConnection) -> bool {
    let emptied = query("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(connection).await;
    emptied.is_ok_and(|row| row.get::<i64, _>(0) == 0)
}
