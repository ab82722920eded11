//! What is kept between two messages: how far somebody got with a tour, and how often quiz questions were missed.
//!
//! Nothing here may stop an answer: each call gives up after a while, and the caller goes on without it.

mod address;
mod file;
mod nowhere;
mod opening;
mod sqlite;

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use async_trait::async_trait;
use tokio::spawn;
use tokio::time::{sleep, timeout};
use tracing::{info, warn};

use super::Failure;
use super::road::Memory;
use crate::domain::outcome::{Became, Done, Effect, Forgotten};
use crate::domain::request::TourPosition;
use crate::domain::situation::{Needs, Situation, Stored, Tally, WhichTour};
use address::{Address, SQLITE};
use nowhere::Nowhere;
use sqlite::Sqlite;

/// A person in a server that the bot was added to, or elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Whose {
    /// The person's id.
    pub(super) person: u64,
    /// The server's id, or 0.
    pub(super) server: u64,
}

/// Where it is kept. Times are milliseconds since 1970.
#[async_trait]
trait Storage: fmt::Debug + Send + Sync {
    /// Whether it can be written.
    async fn check(&self) -> Result<(), StorageError>;
    /// The position of a person in the tour of an id, or else in the one that was used last.
    async fn position(&self, whose: Whose, path: Option<&str>) -> Result<Option<TourPosition>, StorageError>;
    /// Keeps the position of a person; it is on the disk when this returns.
    async fn save(&self, whose: Whose, position: &TourPosition, is_last: bool, now: i64) -> Result<(), StorageError>;
    /// Counts an answer to a question of the quiz.
    async fn count(&self, server: u64, question: &str, missed: bool) -> Result<(), StorageError>;
    /// What a server's newcomers did.
    async fn tally(&self, server: u64) -> Result<Tally, StorageError>;
    /// Deletes everything about a person, and says what it was.
    async fn forget(&self, person: u64) -> Result<Forgotten, StorageError>;
    /// Deletes everything that belongs to a server, and says how much that was.
    async fn leave(&self, server: u64) -> Result<Left, StorageError>;
    /// The servers of which anything is kept.
    async fn servers(&self) -> Result<Vec<u64>, StorageError>;
    /// The servers to which commands were registered.
    async fn registered(&self) -> Result<Vec<u64>, StorageError>;
    /// Notes the servers to which commands are registered, in place of those that are noted.
    async fn note_registered(&self, servers: &[u64]) -> Result<(), StorageError>;
    /// Ends cleanly.
    async fn close(&self);
}

/// What was deleted with a server.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Left {
    /// Positions in tours.
    positions: u64,
    /// Counts of questions of the quiz.
    counts: u64,
}

/// Why something could not be kept or read, for the operator.
#[derive(Debug, Clone)]
struct StorageError {
    cause: String,
    /// A sentence without a full stop.
    remedy: &'static str,
    /// Whether what is open is damaged or has changed beneath, so that opening it again may help.
    is_broken: bool,
}

/// The storage as the bot uses it: it never fails, it only knows less.
#[derive(Debug)]
pub(super) struct Store {
    storage: Box<dyn Storage>,
    address: String,
    /// How long a call may take for which somebody waits.
    within: Duration,
    /// So that the operator reads one line when it begins to fail and one when it works again, not one for each click.
    failing: AtomicU8,
    is_closed: AtomicBool,
}

/// What is done with the storage. What can be read may not be writable; what can be written can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Use {
    Read = 1,
    Write = 2,
}

/// How long a call may take for which nobody waits.
const WITHIN_IN_BACKGROUND: Duration = Duration::from_secs(30);
/// How long closing it may take at the end. What is not done by then is done at the next start.
const CLOSED_WITHIN: Duration = Duration::from_millis(500);
/// Nothing fails.
const FINE: u8 = 0;
/// Nothing is kept, and the log says so: nothing that works or fails is worth another line.
const KNOWN: u8 = u8::MAX;
/// How long to wait before deleting what belongs to a server is tried again.
const LEAVE_AGAIN_AFTER: [Duration; 3] = [Duration::from_secs(2), Duration::from_secs(20), Duration::from_secs(120)];

/// What helps against most errors.
const REMEDY: &str =
    "See that the file is writable, on a disk with free space and not locked, or move a damaged one away";
/// Codes of SQLite: an error of the disk, a damaged database, and a file that is none.
const BROKEN: [i32; 3] = [10, 11, 26];

impl StorageError {
    fn new(cause: impl Into<String>) -> Self {
        Self { cause: cause.into(), remedy: REMEDY, is_broken: false }
    }
}

/// Opens the storage at an address for an application and tries to use it; gives the address.
///
/// # Errors
/// The address is none of a storage that is known, or it cannot be used.
pub(super) async fn probe(address: Option<&str>, application: Option<u64>) -> Result<String, Failure> {
    let store = Store::at(address, application, WITHIN_IN_BACKGROUND)?;
    let checked = timeout(WITHIN_IN_BACKGROUND, store.storage.check()).await;
    match checked.unwrap_or_else(|_| Err(StorageError::new("it does not answer in time"))) {
        Ok(()) => {
            store.storage.close().await;
            Ok(store.address)
        }
        Err(error) => Err(Failure::new(format!("{} cannot be used: {}", store.address, error.cause), error.remedy)),
    }
}

impl Store {
    /// The storage at an address, for an application; it is opened when it is needed first. A call for which somebody waits
    /// gives up after `within`.
    ///
    /// # Errors
    /// The address is none of a storage that is known.
    pub(super) fn at(address: Option<&str>, application: Option<u64>, within: Duration) -> Result<Self, Failure> {
        Ok(match address.map_or_else(|| Ok(Address::find()), Address::parse)? {
            Address::File(file) => {
                let address = format!("{SQLITE}{}", file.display());
                Self::new(Box::new(Sqlite::at(file, application)), address, within, FINE)
            }
            // It is logged at the start, and not again when nothing can be saved.
            Address::Nowhere(reason) => Self::new(Box::new(Nowhere { reason }), String::new(), within, KNOWN),
        })
    }

    fn new(storage: Box<dyn Storage>, address: String, within: Duration, failing: u8) -> Self {
        Self { storage, address, within, failing: AtomicU8::new(failing), is_closed: AtomicBool::new(false) }
    }

    /// Opens it and logs if it cannot be written, so that the operator reads that at the start.
    pub(super) async fn check(&self) {
        self.within(WITHIN_IN_BACKGROUND, Use::Write, self.storage.check()).await;
    }

    /// The position of a person in the tour of an id, or else in the one that was used last.
    async fn position(&self, whose: Whose, path: Option<&str>) -> Stored<TourPosition> {
        match self.within(self.within, Use::Read, self.storage.position(whose, path)).await {
            Some(Some(position)) => Stored::Value(position),
            Some(None) => Stored::Absent,
            None => Stored::Unreadable,
        }
    }

    /// Keeps the position of a person; nothing if that failed.
    async fn save(&self, whose: Whose, position: &TourPosition, is_last: bool) -> Option<()> {
        self.within(self.within, Use::Write, self.storage.save(whose, position, is_last, now())).await
    }

    /// Counts an answer to a question of the quiz.
    async fn count(&self, server: u64, question: &str, missed: bool) {
        self.within(WITHIN_IN_BACKGROUND, Use::Write, self.storage.count(server, question, missed)).await;
    }

    /// What a server's newcomers did.
    async fn tally(&self, server: u64) -> Stored<Tally> {
        self.within(self.within, Use::Read, self.storage.tally(server)).await.map_or(Stored::Unreadable, Stored::Value)
    }

    /// Deletes everything about a person, and says what it was; nothing if that failed.
    async fn forget(&self, person: u64) -> Option<Forgotten> {
        self.within(self.within, Use::Write, self.storage.forget(person)).await
    }

    /// Deletes everything that belongs to a server, of which the bot was removed.
    pub(super) async fn leave(&self, server: u64) {
        for again_after in LEAVE_AGAIN_AFTER.map(Some).into_iter().chain([None]) {
            let left = self.within(WITHIN_IN_BACKGROUND, Use::Write, self.storage.leave(server)).await;
            if let Some(Left { positions, counts }) = left {
                info!(
                    "removed from a server: {positions} positions in tours and {counts} counts of quiz answers deleted"
                );
                return;
            }
            if let Some(again_after) = again_after {
                sleep(again_after).await;
            }
        }
        warn!("removed from the server {server}, whose positions in tours and counts could not be deleted");
    }

    /// Logs of how many servers something is kept that Discord does not name. A server that is not named is not one that the
    /// bot was removed from: it may have only the commands, or the list may be incomplete.
    pub(super) async fn note_missing(&self, is_missing: impl Fn(u64) -> bool) {
        let servers = self.within(WITHIN_IN_BACKGROUND, Use::Read, self.storage.servers()).await.unwrap_or_default();
        let missing = servers.into_iter().filter(|server| is_missing(*server)).count();
        if missing > 0 {
            info!(
                "servers with stored progress that Discord's list does not name: {missing}; nothing of them is deleted"
            );
        }
    }

    /// The servers to which commands were registered, as far as that can be read.
    pub(super) async fn registered(&self) -> Vec<u64> {
        self.within(WITHIN_IN_BACKGROUND, Use::Read, self.storage.registered()).await.unwrap_or_default()
    }

    /// Notes the servers to which commands are registered, in place of those that are noted; nothing if that failed.
    pub(super) async fn note_registered(&self, servers: &[u64]) -> Option<()> {
        self.within(WITHIN_IN_BACKGROUND, Use::Write, self.storage.note_registered(servers)).await
    }

    /// Ends cleanly, so that everything is in the one file.
    pub(super) async fn close(&self) {
        self.is_closed.store(true, Ordering::Relaxed);
        let _ = timeout(CLOSED_WITHIN, self.storage.close()).await;
    }

    async fn within<T>(
        &self,
        within: Duration,
        usage: Use,
        call: impl Future<Output = Result<T, StorageError>>,
    ) -> Option<T> {
        let result = timeout(within, call).await;
        let result =
            result.unwrap_or_else(|_| Err(StorageError::new(format!("no answer within {} ms", within.as_millis()))));
        match result {
            Ok(value) => {
                let is_over = |failing: u8| (failing != FINE && failing <= usage as u8).then_some(FINE);
                if self.failing.fetch_update(Ordering::Relaxed, Ordering::Relaxed, is_over).is_ok() {
                    info!("the database {} works again", self.address);
                }
                Some(value)
            }
            // What was left undone at the end is done at the next start.
            Err(_) if self.is_closed.load(Ordering::Relaxed) => None,
            Err(error) => {
                if self.failing.fetch_max(usage as u8, Ordering::Relaxed) == FINE {
                    warn!(
                        "progress cannot be kept in {}: {}; tours go on without it. {}",
                        self.address, error.cause, error.remedy
                    );
                }
                None
            }
        }
    }
}

/// What is kept for one person, read and changed as a request needs it.
pub(super) struct MemoryOf {
    pub(super) store: Arc<Store>,
    pub(super) whose: Whose,
}

impl Memory for MemoryOf {
    async fn read(&self, needs: Needs) -> Situation {
        let Self { store, whose } = self;
        let mut situation = Situation::default();
        if let Some(tour) = needs.position {
            let path = match &tour {
                WhichTour::Last => None,
                WhichTour::Of(path) => Some(path.as_str()),
            };
            situation.position = store.position(*whose, path).await;
        }
        if needs.tally {
            situation.tally = store.tally(whose.server).await;
        }
        situation
    }

    async fn carry_out(&self, effects: &[Effect]) -> Done {
        let Self { store, whose } = self;
        let mut done = Done::default();
        for effect in effects {
            match effect {
                Effect::SavePosition { position, is_last } => {
                    done.saved = Became::from(store.save(*whose, position, *is_last).await);
                }
                Effect::Forget => done.forgotten = Became::from(store.forget(whose.person).await),
                Effect::CountAnswer { question, missed } => {
                    let (store, server) = (Arc::clone(store), whose.server);
                    let (question, missed) = (question.clone(), *missed);
                    // No reply says what became of it, so that nobody waits for it.
                    spawn(async move { store.count(server, &question, missed).await });
                }
            }
        }
        done
    }
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

#[expect(clippy::needless_pass_by_value, reason = "map_err gives it away")]
fn failed(error: sqlx::Error) -> StorageError {
    let code = error.as_database_error().and_then(|error| error.code()?.parse::<i32>().ok());
    // The last byte of a code says what kind of error it is.
    let is_broken = code.is_some_and(|code| BROKEN.contains(&(code & 0xFF)));
    StorageError { is_broken, ..StorageError::new(error.to_string()) }
}
