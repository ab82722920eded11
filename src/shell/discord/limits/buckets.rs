//! Rate-limit buckets: what Discord allows is used up before it refuses, and what it refuses gets no request until the limit
//! ends.
//!
//! Source: Discord's API documentation, "Rate Limits": what is refused again and again gets the address of the bot banned.
//! twilight-http-ratelimiting is not used: it lets one request at a time into a bucket, so that one that hangs would hold up its
//! channel, and it does not know of a limit that a 429 reports.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{Instant, timeout_at};

use super::super::request::Route;

/// Messages that Discord takes for a channel in [`CHANNEL_WINDOW`], until its headers say otherwise.
const OF_CHANNEL: u32 = 5;
/// The window of a channel.
const CHANNEL_WINDOW: Duration = Duration::from_secs(5);
/// Requests that Discord takes in a second in all; this counts only after it refused one for that reason, because large bots
/// have a higher limit.
const OF_EVERYTHING: u32 = 50;
/// The window of all requests.
const EVERYTHING_WINDOW: Duration = Duration::from_secs(1);
/// The longest time for which anything is left alone. A mistaken header must not silence a channel for good, and one refused
/// request a minute does no harm.
const LONGEST: Duration = Duration::from_secs(60);
/// After so many buckets, those that have ended are forgotten.
const TIDY_ABOVE: usize = 1_024;

/// What is limited together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Scope {
    /// All that is sent by the bot's token.
    Everything,
    /// The messages to a channel.
    Channel(u64),
}

/// What may still be sent.
#[derive(Debug)]
struct Bucket {
    /// Requests in a window.
    limit: u32,
    window: Duration,
    /// Requests that may still be sent in this window.
    left: u32,
    ends: Instant,
    /// Requests whose answer is not there yet.
    in_flight: u32,
    /// Whether an answer has said what is left in this window. Answers come in any order, so that the least counts.
    is_known: bool,
}

/// What the headers of an answer say about its bucket.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::shell::discord) struct Headers {
    pub(in crate::shell::discord) limit: u32,
    pub(in crate::shell::discord) remaining: u32,
    pub(in crate::shell::discord) reset_after: Duration,
}

/// The buckets of all that is sent.
#[derive(Debug, Default)]
pub(in crate::shell::discord) struct Buckets {
    buckets: Mutex<HashMap<Scope, Bucket>>,
    changed: Notify,
}

/// A request that may be sent. When it is dropped, its answer is there or is not waited for any more.
#[derive(Debug)]
pub(in crate::shell::discord) struct Sending<'b> {
    buckets: &'b Buckets,
    channel: Option<Scope>,
}

impl Buckets {
    /// Waits until a request may be sent; nothing if that is later than `until`.
    pub(in crate::shell::discord) async fn ready(&self, route: &Route<'_>, until: Instant) -> Option<Sending<'_>> {
        // Answers to interactions are not counted among all requests.
        if route.is_of_interaction() {
            return Some(Sending { buckets: self, channel: None });
        }
        let channel = channel(route);
        loop {
            // Listening starts before looking, so that no change falls in between.
            let mut changed = std::pin::pin!(self.changed.notified());
            changed.as_mut().enable();
            let Err(later) = self.take(channel) else { return Some(Sending { buckets: self, channel }) };
            if later > until && channel.is_none() {
                return None;
            }
            // At that time, or as soon as an answer says more, it is looked again.
            if timeout_at(later.min(until), changed).await.is_err() && later >= until {
                return None;
            }
        }
    }

    /// Notes that a request was refused because of a limit, and how long that lasts.
    pub(in crate::shell::discord) fn refused(&self, route: &Route<'_>, is_global: bool, lasts: Duration) {
        let scope = if is_global { Some(Scope::Everything) } else { channel(route) };
        let Some(scope) = scope else { return };
        let ends = Instant::now() + lasts.min(LONGEST);
        let mut buckets = self.lock();
        let bucket = buckets.entry(scope).or_insert_with(|| Bucket::new(scope));
        bucket.ends = if bucket.left == 0 { bucket.ends.max(ends) } else { ends };
        bucket.left = 0;
        self.changed.notify_waiters();
    }

    /// Takes one of what is left for a request, or says when there is more.
    fn take(&self, channel: Option<Scope>) -> Result<(), Instant> {
        let now = Instant::now();
        let mut buckets = self.lock();
        if buckets.len() > TIDY_ABOVE {
            buckets.retain(|_, bucket| bucket.ends > now || bucket.in_flight > 0);
        }
        // All requests are limited only for as long as they use up what there is.
        if buckets.get(&Scope::Everything).is_some_and(|all| all.ends <= now && all.left > 0) {
            buckets.remove(&Scope::Everything);
        }
        if let Some(scope) = channel {
            buckets.entry(scope).or_insert_with(|| Bucket::new(scope));
        }
        let scopes = [Some(Scope::Everything), channel].into_iter().flatten();
        let mut later = None;
        for scope in scopes.clone() {
            later = later.max(buckets.get_mut(&scope).and_then(|bucket| bucket.waits_until(now)));
        }
        if let Some(later) = later {
            return Err(later);
        }
        for scope in scopes {
            if let Some(bucket) = buckets.get_mut(&scope) {
                bucket.left -= 1;
                bucket.in_flight += 1;
            }
        }
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Scope, Bucket>> {
        self.buckets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sending<'_> {
    /// Notes what the answer to the request says about its bucket. An answer that says nothing comes from something that has no
    /// such buckets, such as a rate-limit proxy, which slows down by itself.
    pub(in crate::shell::discord) fn answered(self, headers: Option<Headers>) {
        let Some(channel) = self.channel else { return };
        let now = Instant::now();
        let mut buckets = self.buckets.lock();
        let Some(bucket) = buckets.get_mut(&channel) else { return };
        let others = bucket.in_flight.saturating_sub(1);
        match headers {
            Some(headers) => {
                bucket.limit = headers.limit.max(1);
                bucket.window = headers.reset_after.min(LONGEST).max(bucket.window);
                bucket.ends = now + headers.reset_after.min(LONGEST);
                // Those that are still on their way will use up some of it.
                let left = headers.remaining.saturating_sub(others);
                bucket.left = if bucket.is_known { bucket.left.min(left) } else { left };
                bucket.is_known = true;
            }
            None => (bucket.left, bucket.ends) = (u32::MAX, now + LONGEST),
        }
    }
}

impl Drop for Sending<'_> {
    fn drop(&mut self) {
        let Some(channel) = self.channel else { return };
        if let Some(bucket) = self.buckets.lock().get_mut(&channel) {
            bucket.in_flight = bucket.in_flight.saturating_sub(1);
        }
        self.buckets.changed.notify_waiters();
    }
}

impl Bucket {
    fn new(scope: Scope) -> Self {
        let (limit, window) = match scope {
            Scope::Everything => (OF_EVERYTHING, EVERYTHING_WINDOW),
            Scope::Channel(_) => (OF_CHANNEL, CHANNEL_WINDOW),
        };
        Self { limit, window, left: limit, ends: Instant::now() + window, in_flight: 0, is_known: false }
    }

    /// When there is something left again, if there is nothing now. A window that has ended is followed by a new one.
    fn waits_until(&mut self, now: Instant) -> Option<Instant> {
        if self.ends <= now {
            // Those that are still on their way may arrive in the new window.
            (self.left, self.ends) = (self.limit.saturating_sub(self.in_flight), now + self.window);
            self.is_known = false;
        }
        (self.left == 0).then_some(self.ends)
    }
}

fn channel(route: &Route<'_>) -> Option<Scope> {
    match route {
        Route::ChannelMessages { channel_id } => Some(Scope::Channel(channel_id.get())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serenity::all::{ChannelId, InteractionId};
    use tokio::time::{Instant, advance};

    use super::super::super::request::Route;
    use super::{Buckets, CHANNEL_WINDOW, Headers, LONGEST, OF_CHANNEL, Sending};

    const MOMENT: Duration = Duration::from_millis(1);

    fn to(channel: u64) -> Route<'static> {
        Route::ChannelMessages { channel_id: ChannelId::new(channel) }
    }

    /// A request that is ready within this time.
    async fn within<'b>(buckets: &'b Buckets, route: &Route<'_>, time: Duration) -> Option<Sending<'b>> {
        buckets.ready(route, Instant::now() + time).await
    }

    /// How long a request waits.
    async fn wait(buckets: &Buckets, route: &Route<'_>) -> Duration {
        let since = Instant::now();
        within(buckets, route, 10 * LONGEST).await.expect("every limit ends").answered(None);
        since.elapsed()
    }

    #[tokio::test(start_paused = true)]
    async fn a_channel_that_was_refused_waits_and_the_others_do_not() {
        let buckets = Buckets::default();
        buckets.refused(&to(1), false, 9 * MOMENT);
        assert!(within(&buckets, &to(1), 8 * MOMENT).await.is_none());
        assert_eq!(wait(&buckets, &to(2)).await, Duration::ZERO);
        assert_eq!(wait(&buckets, &Route::GatewayBot).await, Duration::ZERO);
        assert_eq!(wait(&buckets, &to(1)).await, MOMENT);
    }

    #[tokio::test(start_paused = true)]
    async fn a_global_limit_delays_all_but_answers_to_interactions() {
        let buckets = Buckets::default();
        buckets.refused(&to(1), true, 9 * MOMENT);
        let answer = Route::InteractionResponse { interaction_id: InteractionId::new(1), token: "é日🦀" };
        assert_eq!(wait(&buckets, &answer).await, Duration::ZERO);
        assert_eq!(wait(&buckets, &Route::GatewayBot).await, 9 * MOMENT);
        assert_eq!(wait(&buckets, &to(2)).await, Duration::ZERO);
    }

    #[tokio::test(start_paused = true)]
    async fn no_limit_lasts_for_good() {
        for lasts in [Duration::from_secs(1_000_000_000), Duration::MAX] {
            let buckets = Buckets::default();
            buckets.refused(&to(1), false, lasts);
            assert_eq!(wait(&buckets, &to(1)).await, LONGEST);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_channel_is_slowed_down_before_it_is_refused() {
        let buckets = Buckets::default();
        let since = Instant::now();
        let mut sending = Vec::new();
        for _ in 0..OF_CHANNEL {
            sending.push(within(&buckets, &to(1), MOMENT).await.expect("so many may be sent at once"));
        }
        assert!(within(&buckets, &to(1), MOMENT).await.is_none());
        // The answers come in the opposite order.
        for (remaining, request) in (0..OF_CHANNEL).zip(sending) {
            request.answered(Some(Headers { limit: OF_CHANNEL, remaining, reset_after: CHANNEL_WINDOW }));
            assert!(within(&buckets, &to(1), MOMENT).await.is_none(), "the others are still on their way");
        }
        wait(&buckets, &to(1)).await;
        assert!(since.elapsed() >= CHANNEL_WINDOW);
    }

    #[tokio::test(start_paused = true)]
    async fn a_request_that_hangs_takes_one_of_those_that_may_be_sent() {
        let buckets = Buckets::default();
        let _hangs = within(&buckets, &to(1), MOMENT).await.expect("it may be sent");
        for _ in 0..2 {
            let mut sending = Vec::new();
            for _ in 1..OF_CHANNEL {
                sending.push(within(&buckets, &to(1), MOMENT).await.expect("the others may be sent"));
            }
            assert!(within(&buckets, &to(1), MOMENT).await.is_none());
            drop(sending);
            advance(CHANNEL_WINDOW).await;
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_has_no_buckets_is_not_slowed_down() {
        let buckets = Buckets::default();
        for _ in 0..100 {
            assert_eq!(wait(&buckets, &to(1)).await, Duration::ZERO);
        }
    }
}
