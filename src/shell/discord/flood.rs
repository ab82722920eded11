//! How much one person or one channel may ask for, so that a flood of one is not paid for by the others.

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
/// Who was refused within this time was told.
const TOLD_FOR: Duration = Duration::from_secs(60);
/// After so many questions, people and channels that are quiet again are forgotten.
const TIDY_EVERY: u32 = 1_024;

/// Counts who asks how often. Nothing of it outlives the process.
pub(super) struct Flood {
    people: Limiter,
    channels: Limiter,
    /// When those who were told were refused last.
    told: Mutex<HashMap<u64, Instant>>,
    asked: AtomicU32,
}

type Limiter = RateLimiter<u64, HashMapStateStore<u64>, DefaultClock>;

/// Whether somebody is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Yes.
    Answer,
    /// No, and they are to be told so.
    Tell,
    /// No, and they were told already.
    Ignore,
}

impl Flood {
    pub(super) fn new() -> Self {
        let limiter = |quota: Quota| RateLimiter::hashmap(quota);
        Self {
            people: limiter(Quota::per_minute(OF_PERSON_A_MINUTE).allow_burst(OF_PERSON)),
            channels: limiter(Quota::per_minute(OF_CHANNEL_A_MINUTE).allow_burst(OF_CHANNEL)),
            told: Mutex::default(),
            asked: AtomicU32::new(0),
        }
    }

    /// Whether a person is answered in a channel.
    pub(super) fn check(&self, person: u64, channel: Option<u64>) -> Verdict {
        if self.asked.fetch_add(1, Ordering::Relaxed) % TIDY_EVERY == TIDY_EVERY - 1 {
            self.people.retain_recent();
            self.channels.retain_recent();
            self.told().retain(|_, refused| refused.elapsed() < TOLD_FOR);
        }
        // Whoever floods by themselves does not use up what the channel has.
        let flooding = match channel {
            _ if self.people.check_key(&person).is_err() => Some(person),
            Some(channel) if self.channels.check_key(&channel).is_err() => Some(channel),
            _ => None,
        };
        let Some(id) = flooding else { return Verdict::Answer };
        // A flood that goes on is refused again and again, and told once.
        let before = self.told().insert(id, Instant::now());
        if before.is_some_and(|before| before.elapsed() < TOLD_FOR) { Verdict::Ignore } else { Verdict::Tell }
    }

    fn told(&self) -> std::sync::MutexGuard<'_, HashMap<u64, Instant>> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::{Flood, OF_CHANNEL, OF_PERSON, Verdict};

    #[test]
    fn a_person_who_floods_is_told_once_and_others_are_answered() {
        let flood = Flood::new();
        assert!((0..OF_PERSON.get()).all(|_| flood.check(7, Some(1)) == Verdict::Answer));
        assert_eq!(flood.check(7, Some(1)), Verdict::Tell);
        assert_eq!(flood.check(7, Some(2)), Verdict::Ignore);
        assert_eq!(flood.check(8, Some(1)), Verdict::Answer);
    }

    #[test]
    fn a_channel_in_which_many_flood_is_told_once_and_other_channels_are_answered() {
        let flood = Flood::new();
        let people = u64::from(OF_CHANNEL.get());
        assert!((0..people).all(|person| flood.check(100 + person, Some(1)) == Verdict::Answer));
        assert_eq!(flood.check(900, Some(1)), Verdict::Tell);
        assert_eq!(flood.check(901, Some(1)), Verdict::Ignore);
        assert_eq!(flood.check(902, Some(2)), Verdict::Answer);
    }
}
