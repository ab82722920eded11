//! How much is answered at the same time, so that a burst does not take all the memory or all the sockets.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::available_parallelism;
use std::time::{Duration, Instant};

use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit};
use tokio::time::timeout;
use tracing::warn;

/// Interactions that are answered at the same time. Each may need a socket, and a process is usually given 1,024.
const INTERACTIONS: u32 = 512;
/// Messages that are answered or wait for it. They have places of their own: Discord may be slow to take in messages, and
/// nobody who presses a button waits for that.
const MESSAGES: u32 = 1_024;
/// Messages that are sent at the same time.
const SENT_AT_ONCE: usize = 256;
/// How long an interaction waits for a place; Discord waits 3 s for the answer.
const PLACE_WITHIN: Duration = Duration::from_secs(1);
/// The operator reads one line in this time when there is no room, and not one for each event.
const TOLD_EVERY: Duration = Duration::from_secs(60);

/// The places of what is answered.
pub(super) struct Room {
    interactions: Places,
    messages: Places,
    sending: Semaphore,
    drawing: Arc<Semaphore>,
}

/// The places of one kind of event.
struct Places {
    kind: &'static str,
    count: u32,
    free: Arc<Semaphore>,
    told: Mutex<Option<Instant>>,
}

/// Room for one answer, until it is dropped.
pub(super) type Place = OwnedSemaphorePermit;

impl Room {
    pub(super) fn new() -> Self {
        Self {
            interactions: Places::new("interactions", INTERACTIONS),
            messages: Places::new("messages", MESSAGES),
            sending: Semaphore::new(SENT_AT_ONCE),
            // More at the same time would only take more memory, some megabytes each.
            drawing: Arc::new(Semaphore::new(available_parallelism().map_or(1, NonZeroUsize::get))),
        }
    }

    /// A place for an interaction; nothing if none became free in time.
    pub(super) async fn for_interaction(&self) -> Option<Place> {
        let place = timeout(PLACE_WITHIN, Arc::clone(&self.interactions.free).acquire_owned()).await;
        self.interactions.given(place.ok().and_then(Result::ok))
    }

    /// A place for a message; nothing if none is free.
    pub(super) fn for_message(&self) -> Option<Place> {
        self.messages.given(Arc::clone(&self.messages.free).try_acquire_owned().ok())
    }

    /// Waits until a message can be sent.
    pub(super) async fn to_send(&self) -> Option<SemaphorePermit<'_>> {
        // Nobody closes the places.
        self.sending.acquire().await.ok()
    }

    /// Waits until a picture can be drawn.
    pub(super) async fn to_draw(&self) -> Option<Place> {
        Arc::clone(&self.drawing).acquire_owned().await.ok()
    }

    /// Waits until every place is free.
    pub(super) async fn emptied(&self) {
        for places in [&self.interactions, &self.messages] {
            // Nobody closes the places, so that each wait ends well.
            let _ = places.free.acquire_many(places.count).await;
        }
    }
}

impl Places {
    fn new(kind: &'static str, count: u32) -> Self {
        Self { kind, count, free: Arc::new(Semaphore::new(count as usize)), told: Mutex::default() }
    }

    /// Passes a place on, and tells the operator where there was none.
    fn given(&self, place: Option<Place>) -> Option<Place> {
        if place.is_none() {
            let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
            if told.is_none_or(|told| told.elapsed() > TOLD_EVERY) {
                *told = Some(Instant::now());
                warn!(
                    "{} {} wait for Discord, and what comes beyond is not answered; see https://discordstatus.com",
                    self.count, self.kind
                );
            }
        }
        place
    }
}
