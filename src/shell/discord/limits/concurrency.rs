//! How much is answered at the same time, so that a burst does not take all the memory or all the sockets.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit};
use tokio::time::timeout;
use tracing::warn;

use super::WarnLimit;

/// Interactions that are answered at the same time. Each may need a socket, and a process usually gets 1,024.
const INTERACTIONS: u32 = 512;
/// Messages that are answered or wait for it. They have permits of their own: Discord may be slow to accept messages, and
/// nobody who presses a button waits for that.
const MESSAGES: u32 = 1_024;
/// Follow-ups that are on their way, such as shared answers. An upload may be slow, and no answer waits for it.
const FOLLOW_UPS: u32 = 64;
/// Messages that are sent at the same time.
const SENT_AT_ONCE: usize = 256;
/// How long an interaction waits for a permit; Discord waits 3 s for the answer.
const PERMIT_WITHIN: Duration = Duration::from_secs(1);

/// The concurrency limits of what is answered.
pub(in crate::shell::discord) struct Concurrency {
    interactions: Limit,
    messages: Limit,
    follow_ups: Limit,
    sending: Semaphore,
    drawing: Arc<Semaphore>,
}

/// The limit of one kind of work.
struct Limit {
    kind: &'static str,
    count: u32,
    permits: Arc<Semaphore>,
    warning: WarnLimit,
}

/// The right to answer one thing, until it is dropped.
pub(in crate::shell::discord) type Permit = OwnedSemaphorePermit;

impl Concurrency {
    pub(in crate::shell::discord) fn new() -> Self {
        Self {
            interactions: Limit::new("interactions", INTERACTIONS),
            messages: Limit::new("messages", MESSAGES),
            follow_ups: Limit::new("follow-ups", FOLLOW_UPS),
            sending: Semaphore::new(SENT_AT_ONCE),
            // More at the same time would only take more memory, some megabytes each.
            drawing: Arc::new(Semaphore::new(available_parallelism().map_or(1, NonZeroUsize::get))),
        }
    }

    /// A permit for an interaction; nothing if none became free in time.
    pub(in crate::shell::discord) async fn for_interaction(&self) -> Option<Permit> {
        self.interactions.acquire_within(PERMIT_WITHIN).await
    }

    /// A permit for a message; nothing if none is free.
    pub(in crate::shell::discord) fn for_message(&self) -> Option<Permit> {
        self.messages.warned(Arc::clone(&self.messages.permits).try_acquire_owned().ok())
    }

    /// A permit for what follows an answer; nothing if none became free in time.
    pub(in crate::shell::discord) async fn for_follow_up(&self, within: Duration) -> Option<Permit> {
        self.follow_ups.acquire_within(within).await
    }

    /// Waits until a message can be sent.
    pub(in crate::shell::discord) async fn to_send(&self) -> Option<SemaphorePermit<'_>> {
        // Nobody closes the semaphore.
        self.sending.acquire().await.ok()
    }

    /// Waits until a picture can be drawn.
    pub(in crate::shell::discord) async fn to_draw(&self) -> Option<Permit> {
        Arc::clone(&self.drawing).acquire_owned().await.ok()
    }

    /// Waits until every permit is free.
    pub(in crate::shell::discord) async fn drained(&self) {
        for limit in [&self.interactions, &self.messages, &self.follow_ups] {
            // Nobody closes the semaphore, so that each wait ends well.
            let _ = limit.permits.acquire_many(limit.count).await;
        }
    }
}

impl Limit {
    fn new(kind: &'static str, count: u32) -> Self {
        Self { kind, count, permits: Arc::new(Semaphore::new(count as usize)), warning: WarnLimit::default() }
    }

    async fn acquire_within(&self, within: Duration) -> Option<Permit> {
        let permit = timeout(within, Arc::clone(&self.permits).acquire_owned()).await;
        self.warned(permit.ok().and_then(Result::ok))
    }

    /// Passes a permit on, and warns the operator where there was none.
    fn warned(&self, permit: Option<Permit>) -> Option<Permit> {
        if permit.is_none() && self.warning.allows() {
            warn!(
                "{} {} wait for Discord, and what comes beyond is not answered; see https://discordstatus.com",
                self.count, self.kind
            );
        }
        permit
    }
}
