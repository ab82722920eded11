//! How often one person or one channel may ask, so that one who floods the bot takes nothing from the others.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use governor::clock::DefaultClock;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};

/// A person may ask this often at once, and gets back two a second: nobody reads faster.
const OF_PERSON: NonZeroU32 = NonZeroU32::new(60).expect("it is not zero");
/// A minute's worth for a person.
const OF_PERSON_A_MINUTE: NonZeroU32 = NonZeroU32::new(120).expect("it is not zero");
/// A channel may ask this often at once, which is a lively discussion, and gets back four a second.
const OF_CHANNEL: NonZeroU32 = NonZeroU32::new(120).expect("it is not zero");
/// A minute's worth for a channel.
const OF_CHANNEL_A_MINUTE: NonZeroU32 = NonZeroU32::new(240).expect("it is not zero");
/// Somebody who was warned within this time is not warned again.
const WARNED_FOR: Duration = Duration::from_secs(60);
/// After so many questions, people and channels that are quiet again are forgotten.
const TIDY_EVERY: u32 = 1_024;

/// Counts who asks how often. Nothing of it outlives the process.
pub(in crate::shell::discord) struct RateLimit {
    people: Limiter,
    channels: Limiter,
    /// When those who were warned were refused last.
    warned: Mutex<HashMap<u64, Instant>>,
    asked: AtomicU32,
}

type Limiter = RateLimiter<u64, HashMapStateStore<u64>, DefaultClock>;

/// Whether somebody is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::shell::discord) enum Verdict {
    /// Yes.
    Answer,
    /// No, and a notice says so.
    Warn,
    /// No, and a notice said so already.
    Ignore,
}

impl RateLimit {
    pub(in crate::shell::discord) fn new() -> Self {
        let limiter = |quota: Quota| RateLimiter::hashmap(quota);
        Self {
            people: limiter(Quota::per_minute(OF_PERSON_A_MINUTE).allow_burst(OF_PERSON)),
            channels: limiter(Quota::per_minute(OF_CHANNEL_A_MINUTE).allow_burst(OF_CHANNEL)),
            warned: Mutex::default(),
            asked: AtomicU32::new(0),
        }
    }

    /// Whether a person is answered in a channel.
    pub(in crate::shell::discord) fn check(&self, person: u64, channel: Option<u64>) -> Verdict {
        if self.asked.fetch_add(1, Ordering::Relaxed) % TIDY_EVERY == TIDY_EVERY - 1 {
            self.people.retain_recent();
            self.channels.retain_recent();
            self.warned().retain(|_, refused| refused.elapsed() < WARNED_FOR);
        }
        // A person who floods the bot does not use up what the channel has.
        let flooding = match channel {
            _ if self.people.check_key(&person).is_err() => Some(person),
            Some(channel) if self.channels.check_key(&channel).is_err() => Some(channel),
            _ => None,
        };
        let Some(id) = flooding else { return Verdict::Answer };
        // A flood that goes on is refused again and again, and gets one notice.
        let before = self.warned().insert(id, Instant::now());
        if before.is_some_and(|before| before.elapsed() < WARNED_FOR) { Verdict::Ignore } else { Verdict::Warn }
    }

    fn warned(&self) -> std::sync::MutexGuard<'_, HashMap<u64, Instant>> {
        self.warned.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::{OF_CHANNEL, OF_PERSON, RateLimit, Verdict};

    #[test]
    fn a_person_who_floods_gets_one_notice_and_others_are_answered() {
        let limit = RateLimit::new();
        assert!((0..OF_PERSON.get()).all(|_| limit.check(7, Some(1)) == Verdict::Answer));
        assert_eq!(limit.check(7, Some(1)), Verdict::Warn);
        assert_eq!(limit.check(7, Some(2)), Verdict::Ignore);
        assert_eq!(limit.check(8, Some(1)), Verdict::Answer);
    }

    #[test]
    fn a_channel_in_which_many_flood_gets_one_notice_and_other_channels_are_answered() {
        let limit = RateLimit::new();
        let people = u64::from(OF_CHANNEL.get());
        assert!((0..people).all(|person| limit.check(100 + person, Some(1)) == Verdict::Answer));
        assert_eq!(limit.check(900, Some(1)), Verdict::Warn);
        assert_eq!(limit.check(901, Some(1)), Verdict::Ignore);
        assert_eq!(limit.check(902, Some(2)), Verdict::Answer);
    }
}
