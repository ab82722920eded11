//! How much is answered at the same time, so that a burst does not take all the memory or all the sockets.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread::available_parallelism;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit};
use tokio::time::{Instant, timeout_at};

use super::warn_seldom;

/// Interactions that are answered at the same time. Each may need a socket, and a process usually gets 1,024.
const INTERACTIONS: u32 = 512;
/// Interactions that wait for a permit. Beyond that they only take memory: Discord does not wait longer than 3 s.
const WAITING: u32 = 4_096;
/// Messages that are answered or wait for it. They have permits of their own: Discord may be slow to accept messages, and
/// nobody who presses a button waits for that.
const MESSAGES: u32 = 1_024;
/// Follow-ups that are on their way, such as shared answers. An upload may be slow, and no answer waits for it.
const FOLLOW_UPS: u32 = 64;
/// Messages that are sent at the same time.
const SENT_AT_ONCE: usize = 256;
/// Pictures that are uploaded at the same time, with answers to interactions and with messages. What comes beyond goes out in
/// words alone, so that uploads that hang take a small part of what there is.
const UPLOADS: usize = 64;

/// The concurrency limits of what is answered.
pub(in crate::shell::discord) struct Concurrency {
    interactions: Limit,
    waiting: Semaphore,
    messages: Limit,
    follow_ups: Limit,
    sending: Semaphore,
    drawing: Arc<Semaphore>,
    /// Uploads with interactions and with messages: the latter may take longer.
    uploads: [Semaphore; 2],
}

/// What a picture goes with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::shell::discord) enum Upload {
    WithInteraction,
    WithMessage,
}

/// The limit of one kind of work.
struct Limit {
    kind: &'static str,
    count: u32,
    permits: Arc<Semaphore>,
}

/// The right to answer one thing, until it is dropped.
pub(in crate::shell::discord) type Permit = OwnedSemaphorePermit;

impl Concurrency {
    pub(in crate::shell::discord) fn new() -> Self {
        Self {
            interactions: Limit::new("interactions", INTERACTIONS),
            waiting: Semaphore::new(WAITING as usize),
            messages: Limit::new("messages", MESSAGES),
            follow_ups: Limit::new("follow-ups", FOLLOW_UPS),
            sending: Semaphore::new(SENT_AT_ONCE),
            // More at the same time would only take more memory, some megabytes each.
            drawing: Arc::new(Semaphore::new(available_parallelism().map_or(1, NonZeroUsize::get))),
            uploads: [Semaphore::new(UPLOADS), Semaphore::new(UPLOADS)],
        }
    }

    /// A permit for an interaction; nothing if none becomes free until then, or if too many wait already.
    pub(in crate::shell::discord) async fn for_interaction(&self, until: Instant) -> Option<Permit> {
        let free = self.interactions.free();
        let permit = match (free, self.waiting.try_acquire()) {
            (Some(permit), _) => Some(permit),
            (None, Ok(_waiting)) => self.interactions.free_until(until).await,
            (None, Err(_)) => None,
        };
        self.interactions.warned(permit)
    }

    /// A permit for a message; nothing if none is free.
    pub(in crate::shell::discord) fn for_message(&self) -> Option<Permit> {
        self.messages.warned(self.messages.free())
    }

    /// A permit for what follows an answer; nothing if none becomes free until then.
    pub(in crate::shell::discord) async fn for_follow_up(&self, until: Instant) -> Option<Permit> {
        self.follow_ups.warned(self.follow_ups.free_until(until).await)
    }

    /// A permit for what follows an answer; nothing if none is free.
    pub(in crate::shell::discord) fn for_follow_up_now(&self) -> Option<Permit> {
        self.follow_ups.warned(self.follow_ups.free())
    }

    /// Waits until a message can be sent; nothing if that is later than `until`.
    pub(in crate::shell::discord) async fn to_send(&self, until: Instant) -> Option<SemaphorePermit<'_>> {
        timeout_at(until, self.sending.acquire()).await.ok()?.ok()
    }

    /// Waits until a picture can be drawn.
    pub(in crate::shell::discord) async fn to_draw(&self) -> Option<Permit> {
        Arc::clone(&self.drawing).acquire_owned().await.ok()
    }

    /// A permit for the upload of a picture; nothing if none is free.
    pub(in crate::shell::discord) fn to_upload(&self, upload: Upload) -> Option<SemaphorePermit<'_>> {
        let [interactions, messages] = &self.uploads;
        let uploads = match upload {
            Upload::WithInteraction => interactions,
            Upload::WithMessage => messages,
        };
        uploads.try_acquire().ok()
    }

    /// Waits until every permit is free.
    pub(in crate::shell::discord) async fn drained(&self) {
        // Those that wait get a permit or are given up.
        let _ = self.waiting.acquire_many(WAITING).await;
        for limit in [&self.interactions, &self.messages, &self.follow_ups] {
            // Nobody closes the semaphore, so that each wait ends well.
            let _ = limit.permits.acquire_many(limit.count).await;
        }
    }
}

impl Limit {
    fn new(kind: &'static str, count: u32) -> Self {
        Self { kind, count, permits: Arc::new(Semaphore::new(count as usize)) }
    }

    fn free(&self) -> Option<Permit> {
        Arc::clone(&self.permits).try_acquire_owned().ok()
    }

    async fn free_until(&self, until: Instant) -> Option<Permit> {
        timeout_at(until, Arc::clone(&self.permits).acquire_owned()).await.ok()?.ok()
    }

    /// Passes a permit on, and warns the operator where there was none.
    fn warned(&self, permit: Option<Permit>) -> Option<Permit> {
        if permit.is_none() {
            warn_seldom(self.kind, || {
                format!(
                    "{} {} wait for Discord, and what comes beyond is not answered; see https://discordstatus.com",
                    self.count, self.kind
                )
            });
        }
        permit
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::Instant;

    use super::{Concurrency, FOLLOW_UPS, INTERACTIONS, UPLOADS, Upload};

    const MOMENT: Duration = Duration::from_millis(1);

    #[tokio::test(start_paused = true)]
    async fn one_kind_of_work_takes_nothing_from_another() {
        let concurrency = Concurrency::new();
        let soon = || Instant::now() + MOMENT;
        let mut taken = Vec::new();
        for _ in 0..INTERACTIONS {
            taken.push(concurrency.for_interaction(soon()).await.expect("one is free"));
        }
        assert!(concurrency.for_interaction(soon()).await.is_none());
        assert!(concurrency.for_message().is_some());
        for _ in 0..FOLLOW_UPS {
            taken.push(concurrency.for_follow_up_now().expect("one is free"));
        }
        assert!(concurrency.for_follow_up_now().is_none());
        assert!(concurrency.to_send(soon()).await.is_some());
        taken.clear();
        assert!(concurrency.for_interaction(soon()).await.is_some());
    }

    #[tokio::test]
    async fn uploads_with_messages_take_nothing_from_those_with_interactions() {
        let concurrency = Concurrency::new();
        let uploads: Vec<_> = (0..UPLOADS).map(|_| concurrency.to_upload(Upload::WithMessage)).collect();
        assert!(uploads.iter().all(Option::is_some));
        assert!(concurrency.to_upload(Upload::WithMessage).is_none());
        assert!(concurrency.to_upload(Upload::WithInteraction).is_some());
    }
}
