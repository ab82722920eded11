//! What is kept between two messages: how far somebody got with a tour, and how often quiz questions were missed.
//!
//! Nothing here may stop an answer: each call gives up after a while, and the caller goes on without it.

mod address;
mod administration;
mod claim;
mod copying;
mod counts;
mod database;
mod decisions;
mod file;
mod lazily;
mod local;
mod memory;
mod migrations;
mod nowhere;
mod opening;
#[cfg(feature = "postgres")]
mod postgres;
mod queries;
mod questions;
mod records;
#[cfg(feature = "postgres")]
mod server;
mod sqlite;
mod tables;
mod team;
mod teams;
mod voting;

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU32, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::sync::{Notify, Semaphore};
use tokio::time::{sleep, timeout};
use tracing::{info, warn};

use super::Failure;
use crate::domain::outcome::{Forgotten, Kept, TeamEffect};
use crate::domain::request::TourPosition;
use crate::domain::situation::{Needs, Situation, Stored, TeamNeed};
use crate::domain::team::{Count, Counted, Gap, Team, Unanswered};
use address::{Address, SQLITE};
pub(super) use administration::run as administer;
use claim::Claim;
use counts::{Batch, Gathered};
use database::Database;
pub(super) use decisions::{FindPoll, OpenPoll};
pub(super) use local::Local;
pub(super) use memory::MemoryOf;
use nowhere::Nowhere;
#[cfg(feature = "postgres")]
use postgres::OnServer;
pub(super) use records::export as export_decisions;
use sqlite::InFile;
use teams::Teams;

/// Who does something, where, and by which event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Whose {
    /// The person's id.
    pub(super) person: u64,
    /// The id of the server that the bot was added to, or 0.
    pub(super) server: u64,
    /// A keyed hash of what was done, such as a press of a button by this person: it counts once.
    pub(super) event: u64,
    /// A keyed hash of the person, by which nobody who has no key finds them.
    pub(super) voter: u64,
}

/// What was deleted with a server: what it was, in the plural, and how many.
#[derive(Debug, Default, PartialEq, Eq)]
struct Left(Vec<(&'static str, usize)>);

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
    storage: Box<dyn Database>,
    /// Where it is, for the operator.
    address: String,
    /// How long a call may take for which somebody waits.
    within: Duration,
    /// What is written while nobody waits for it.
    background: Arc<Semaphore>,
    /// Writes since the bounds of the tables were looked at.
    writes: AtomicU32,
    /// So that the operator reads one line when it begins to fail and one when it works again, not one for each click.
    failing: AtomicU8,
    is_closed: AtomicBool,
    /// What teams keep, as far as it was read lately.
    teams: Teams,
    /// What was asked, until it is written.
    asked: Gathered,
    /// What of it is being written.
    writing: tokio::sync::Mutex<Batch>,
    /// Held while a question is kept.
    keeping: tokio::sync::Mutex<()>,
    /// Wakes up the search for polls that are due.
    due_poll: Notify,
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
/// How many writes may be under way for which nobody waits. What comes beyond is not counted.
const BACKGROUND: u32 = 1_024;
/// How long the end waits for them.
const DONE_WITHIN: Duration = Duration::from_secs(2);
/// Nothing fails.
const FINE: u8 = 0;
/// Nothing is kept, and the log says so: nothing that works or fails is worth another line.
const KNOWN: u8 = u8::MAX;
/// How often the tables are brought back within their bounds, at least.
const BOUNDS_EVERY: Duration = Duration::from_secs(60 * 60);
/// How often it is looked whether so many rows were written that it is done earlier.
const LOOKED_EVERY: Duration = Duration::from_secs(60);
const WRITES_BETWEEN: u32 = 10_000;
/// How often what was asked is written.
const COUNTED_EVERY: Duration = Duration::from_secs(5);
/// How long to wait before deleting what belongs to a server is tried again.
const LEAVE_AGAIN_AFTER: [Duration; 3] = [Duration::from_secs(2), Duration::from_secs(20), Duration::from_secs(120)];

/// What helps against most errors of a file.
const REMEDY: &str =
    "See that the file is writable, on a disk with free space and not locked, or move a damaged one away";
/// Codes of SQLite: an error of the disk, a damaged database, and a file that is none.
const BROKEN: [i32; 3] = [10, 11, 26];

impl StorageError {
    fn new(cause: impl Into<String>) -> Self {
        Self { cause: cause.into(), remedy: REMEDY, is_broken: false }
    }
}

impl fmt::Display for Left {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let deleted: Vec<String> =
            self.0.iter().filter(|(_, count)| *count > 0).map(|(rows, count)| format!("{count} {rows}")).collect();
        match &*deleted {
            [] => f.write_str("nothing was stored of it"),
            deleted => write!(f, "{} deleted", deleted.join(", ")),
        }
    }
}

/// Opens the storage at an address for an application and tries to use it; gives the address.
///
/// # Errors
/// The address is none of a storage that is known, or it cannot be used.
pub(super) async fn probe(address: Option<&str>, application: Option<u64>) -> Result<String, Failure> {
    let store = Store::at(address, application, WITHIN_IN_BACKGROUND)?;
    let checked = timeout(WITHIN_IN_BACKGROUND, store.storage.check()).await;
    let late = || StorageError { remedy: store.storage.remedy(), ..StorageError::new("it does not answer in time") };
    match checked.unwrap_or_else(|_| Err(late())) {
        Ok(()) => {
            store.storage.close().await;
            Ok(store.address)
        }
        Err(error) => Err(store.failed(&error)),
    }
}

impl Store {
    /// The storage at an address, for an application; it is opened when it is needed first. A call for which somebody waits
    /// gives up after `within`.
    ///
    /// # Errors
    /// The address is none of a storage that is known.
    pub(super) fn at(address: Option<&str>, application: Option<u64>, within: Duration) -> Result<Self, Failure> {
        let address = address.map_or_else(|| Ok(Address::find()), Address::parse)?;
        Ok(Self::open(address, Claim { application, ..Claim::default() }, within))
    }

    fn open(address: Address, claim: Claim, within: Duration) -> Self {
        match address {
            Address::File(file) => {
                let address = format!("{SQLITE}{}", file.display());
                Self::new(Box::new(InFile::at(file, claim)), address, within, FINE)
            }
            #[cfg(feature = "postgres")]
            Address::Server(server) => {
                let address = server.to_string();
                Self::new(Box::new(OnServer::at(*server, claim)), address, within, FINE)
            }
            // It is logged at the start, and not again when nothing can be saved.
            Address::Nowhere(reason) => Self::new(Box::new(Nowhere { reason }), String::new(), within, KNOWN),
        }
    }

    /// An error of this storage, for the person at the command line.
    fn failed(&self, error: &StorageError) -> Failure {
        Failure::new(format!("{} cannot be used: {}", self.address, error.cause), error.remedy)
    }

    fn new(storage: Box<dyn Database>, address: String, within: Duration, failing: u8) -> Self {
        let (failing, is_closed) = (AtomicU8::new(failing), AtomicBool::new(false));
        let background = Arc::new(Semaphore::new(BACKGROUND as usize));
        let (writes, teams, asked) = (AtomicU32::new(0), Teams::default(), Gathered::default());
        let (writing, keeping) = (tokio::sync::Mutex::default(), tokio::sync::Mutex::default());
        let due_poll = Notify::new();
        Self {
            storage,
            address,
            within,
            background,
            writes,
            failing,
            is_closed,
            teams,
            asked,
            writing,
            keeping,
            due_poll,
        }
    }

    /// Opens it and logs if it cannot be written, so that the operator reads that at the start.
    pub(super) async fn check(&self) {
        self.within(WITHIN_IN_BACKGROUND, Use::Write, self.storage.check()).await;
    }

    /// Keeps within the bounds of the tables what is in them: now, each hour, and after many writes. It ends when the storage is
    /// closed.
    pub(super) async fn keep_bounds(&self) {
        while !self.is_closed.load(Ordering::Relaxed) {
            self.writes.store(0, Ordering::Relaxed);
            let kept = self.within(WITHIN_IN_BACKGROUND, Use::Write, self.storage.keep_bounds(now())).await;
            for (rows, count) in kept.unwrap_or_default() {
                warn!("{count} {rows} were dropped, the oldest: more are not kept");
            }
            for _ in 0..BOUNDS_EVERY.as_secs() / LOOKED_EVERY.as_secs() {
                sleep(LOOKED_EVERY).await;
                if self.writes.load(Ordering::Relaxed) >= WRITES_BETWEEN {
                    break;
                }
            }
        }
    }

    /// What an answer depends on. What could not be read is not what is absent.
    async fn read(&self, whose: Whose, needs: &Needs) -> Situation {
        let unreadable = || Situation {
            position: if needs.position.is_some() { Stored::Unreadable } else { Stored::Absent },
            tally: if needs.tally { Stored::Unreadable } else { Stored::Absent },
            ..Situation::default()
        };
        let read = self.within(self.within, Use::Read, self.storage.read(whose, needs)).await;
        read.unwrap_or_else(unreadable)
    }

    /// What was counted in a server over the last weeks.
    async fn counts(&self, server: u64) -> Stored<Vec<Count>> {
        // What is not written by then is written after it.
        let _ = timeout(self.within, self.write_asked()).await;
        let counts = self.within(self.within, Use::Read, self.storage.counts(server, now())).await;
        counts.map_or(Stored::Unreadable, Stored::Value)
    }

    /// The questions of a server that got no answer.
    async fn gaps(&self, server: u64) -> Stored<Vec<Gap>> {
        self.within(self.within, Use::Read, self.storage.gaps(server, now()))
            .await
            .map_or(Stored::Unreadable, Stored::Value)
    }

    /// Counts what was asked; it is written within a few seconds.
    fn count_asked(&self, server: u64, of: &Counted) {
        if self.failing.load(Ordering::Relaxed) != KNOWN {
            self.asked.add(server, of, now());
        }
    }

    /// Writes what was asked, again and again, until the storage is closed.
    pub(super) async fn keep_counts(&self) {
        while !self.is_closed.load(Ordering::Relaxed) {
            sleep(COUNTED_EVERY).await;
            self.write_asked().await;
        }
    }

    async fn write_asked(&self) {
        // One write at a time: each next batch says that the one before it is done with.
        let Ok(mut batch) = timeout(self.within, self.writing.lock()).await else { return };
        // What a failure left over, then what came since.
        loop {
            if batch.is_empty() {
                batch.renew(self.asked.take());
            }
            if batch.is_empty()
                || self.within(self.within, Use::Write, self.storage.write_counts(&batch, now())).await.is_none()
            {
                return;
            }
            batch.finish();
        }
    }

    /// Keeps a question that got no answer.
    async fn keep_question(&self, server: u64, question: &Unanswered) {
        // One after the other, so that each finds the near-identical one before it.
        let _one = self.keeping.lock().await;
        let keep = self.storage.keep_question(server, question, now());
        self.within(WITHIN_IN_BACKGROUND, Use::Write, keep).await;
    }

    /// Keeps the position of a person; nothing if that failed.
    async fn save(&self, whose: Whose, position: &TourPosition, is_last: bool) -> Option<()> {
        self.within(self.within, Use::Write, self.storage.save(whose, position, is_last, now())).await
    }

    /// Counts an answer to a question of the quiz.
    async fn count(&self, whose: Whose, question: &str, missed: bool) {
        let count = self.storage.count(whose, question, missed, now());
        self.within(WITHIN_IN_BACKGROUND, Use::Write, count).await;
    }

    /// Whether something is done for an event for the first time, by any process; nothing if nobody can know.
    pub(super) async fn claim(&self, event: u64, what: &'static str) -> Option<bool> {
        self.within(self.within, Use::Write, self.storage.claim(event, what, now())).await
    }

    /// Lets something that was not done for an event after all be done again.
    pub(super) async fn unclaim(&self, event: u64, what: &'static str) {
        self.within(self.within, Use::Write, self.storage.unclaim(event, what)).await;
    }

    /// What a team keeps in its server, as it was a few seconds ago, or as it is now.
    async fn team(&self, server: u64, need: TeamNeed) -> Stored<Arc<Team>> {
        let begun = match need {
            // There is no team where there is no server.
            _ if server == 0 => return Stored::Absent,
            TeamNeed::Nothing => return Stored::Absent,
            TeamNeed::Lately => match self.teams.get(server) {
                Ok(known) => return known,
                Err(begun) => begun,
            },
            TeamNeed::Now => self.teams.begin(),
        };
        let read = self.within(self.within, Use::Read, self.storage.team(server)).await;
        self.teams.put(server, begun, read.map(|team| team.map_or(Stored::Absent, Stored::Value)))
    }

    /// Whether a server has chosen the channels in which everyone sees answers, and this one is not among them.
    pub(super) async fn has_chosen_others(&self, server: u64, channel: u64) -> bool {
        let team = self.team(server, TeamNeed::Lately).await;
        team.value().is_some_and(|team| !team.settings.is_public_in(&[channel]))
    }

    /// Changes what a team keeps; nothing if that failed.
    async fn change_team(&self, whose: Whose, effect: &TeamEffect) -> Option<Kept> {
        if whose.server == 0 {
            return None;
        }
        // A file is hundreds of rows, and nothing but its answer comes after it.
        let within = if matches!(effect, TeamEffect::Replace(_)) { 2 * self.within } else { self.within };
        let changed = self.within(within, Use::Write, self.storage.change_team(whose, effect, now())).await;
        // Also after a failure: a call that was given up may have taken effect.
        self.teams.forget(whose.server);
        changed
    }

    /// Deletes everything about a person, and says what it was; nothing if that failed.
    async fn forget(&self, whose: Whose) -> Option<Forgotten> {
        let forget = async {
            let forgotten = self.storage.forget(whose.person).await?;
            Ok(Forgotten { votes: self.storage.forget_votes(whose.voter).await?, ..forgotten })
        };
        self.within(self.within, Use::Write, forget).await
    }

    /// Deletes everything that belongs to a server, of which the bot was removed.
    pub(super) async fn leave(&self, server: u64) {
        for again_after in LEAVE_AGAIN_AFTER.map(Some).into_iter().chain([None]) {
            let left = self.within(WITHIN_IN_BACKGROUND, Use::Write, self.storage.leave(server)).await;
            if let Some(left) = left {
                self.teams.forget(server);
                info!("removed from a server: {left}");
                return;
            }
            if let Some(again_after) = again_after {
                sleep(again_after).await;
            }
        }
        warn!("removed from the server {server}, of which what is stored could not be deleted");
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
        self.write_asked().await;
        let _ = timeout(DONE_WITHIN, self.background.acquire_many(BACKGROUND)).await;
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
        let result = result.unwrap_or_else(|_| {
            let late = StorageError::new(format!("no answer within {} ms", within.as_millis()));
            Err(StorageError { remedy: self.storage.remedy(), ..late })
        });
        match result {
            Ok(value) => {
                if usage == Use::Write {
                    self.writes.fetch_add(1, Ordering::Relaxed);
                }
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

/// The time, in milliseconds since 1970.
pub(super) fn now() -> i64 {
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
