//! Opens a database when it is needed first, and again when that failed or when it is not the same any more.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use tokio::spawn;
use tokio::sync::watch;

use super::StorageError;

/// How a database is opened and closed.
#[async_trait]
pub(super) trait Opening: fmt::Debug + Send + Sync + 'static {
    /// An open database.
    type Opened: fmt::Debug + Send + 'static;
    /// Its connections, as many may use them.
    type Pool: fmt::Debug + Clone + Send + Sync + 'static;

    /// The connections of an open database.
    fn pool(opened: &Self::Opened) -> Self::Pool;
    /// Whether an open database is still the one that the address names.
    fn is_usable(&self, opened: &Self::Opened) -> bool;
    /// Opens it. `stale` is what was open before and has to be closed, with whether it is damaged.
    async fn open(&self, stale: Option<(Self::Opened, bool)>) -> Result<Self::Opened, StorageError>;
    /// Closes it.
    async fn close(&self, opened: Self::Opened);
}

/// A database that opens itself.
#[derive(Debug)]
pub(super) struct Lazily<O: Opening>(Arc<Shared<O>>);

#[derive(Debug)]
struct Shared<O: Opening> {
    how: O,
    state: Mutex<State<O>>,
}

#[derive(Debug)]
enum State<O: Opening> {
    Closed,
    /// In a task of its own, which goes on when those who wait for it give up.
    Opening(watch::Receiver<Option<Outcome<O>>>),
    Open {
        opened: O::Opened,
        /// Whether it turned out to be damaged, so that it is opened again.
        is_broken: bool,
    },
}

/// What came of opening it.
type Outcome<O> = Result<<O as Opening>::Pool, StorageError>;

impl<O: Opening> Lazily<O> {
    pub(super) fn new(how: O) -> Self {
        Self(Arc::new(Shared { how, state: Mutex::new(State::Closed) }))
    }

    /// How it is opened.
    pub(super) fn how(&self) -> &O {
        &self.0.how
    }

    /// The connections; it is opened if need be.
    pub(super) async fn pool(&self) -> Outcome<O> {
        let mut opening = match self.0.look() {
            Ok(pool) => return Ok(pool),
            Err(opening) => opening,
        };
        let outcome = opening.wait_for(Option::is_some).await;
        let outcome = outcome.ok().and_then(|outcome| outcome.clone());
        outcome.unwrap_or_else(|| Err(StorageError::new("opening it ended early")))
    }

    /// Notes whether what is open turned out to be damaged.
    pub(super) fn noted<T>(&self, result: Result<T, StorageError>) -> Result<T, StorageError> {
        if result.as_ref().is_err_and(|error| error.is_broken)
            && let State::Open { is_broken, .. } = &mut *self.0.lock()
        {
            *is_broken = true;
        }
        result
    }

    pub(super) async fn close(&self) {
        let state = std::mem::replace(&mut *self.0.lock(), State::Closed);
        if let State::Open { opened, .. } = state {
            self.0.how.close(opened).await;
        }
    }
}

impl<O: Opening> Shared<O> {
    fn lock(&self) -> MutexGuard<'_, State<O>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The open database, or the opening to wait for.
    fn look(self: &Arc<Self>) -> Result<O::Pool, watch::Receiver<Option<Outcome<O>>>> {
        let mut state = self.lock();
        match &*state {
            State::Open { opened, is_broken: false } if self.how.is_usable(opened) => return Ok(O::pool(opened)),
            State::Opening(opening) if opening.has_changed().is_ok() => return Err(opening.clone()),
            _ => {}
        }
        let (sender, opening) = watch::channel(None);
        let stale = match std::mem::replace(&mut *state, State::Opening(opening.clone())) {
            State::Open { opened, is_broken } => Some((opened, is_broken)),
            State::Opening(_) | State::Closed => None,
        };
        drop(state);
        let shared = Arc::clone(self);
        spawn(async move {
            let opened = shared.how.open(stale).await;
            let outcome = opened.as_ref().map(O::pool).map_err(Clone::clone);
            *shared.lock() = opened.map_or(State::Closed, |opened| State::Open { opened, is_broken: false });
            sender.send_replace(Some(outcome));
        });
        Err(opening)
    }
}
