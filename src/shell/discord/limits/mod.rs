//! What keeps one person, one channel or one burst from taking what the others need.

mod backoff;
mod concurrency;
mod rate_limit;
mod reading;
mod recent_ids;

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

pub(super) use backoff::Backoff;
pub(super) use concurrency::{Concurrency, Permit};
pub(super) use rate_limit::{RateLimit, Verdict};
pub(super) use reading::{INTERACTION_READ_WITHIN, MESSAGE_READ_WITHIN, Reading};
pub(super) use recent_ids::RecentIds;

/// How often the operator reads the same warning at most.
const WARN_EVERY: Duration = Duration::from_secs(60);

/// Lets a warning through at most once in [`WARN_EVERY`].
#[derive(Debug, Default)]
pub(super) struct WarnLimit {
    last: Mutex<Option<Instant>>,
}

impl WarnLimit {
    /// Whether the warning may be logged now.
    pub(super) fn allows(&self) -> bool {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let allows = last.is_none_or(|last| last.elapsed() > WARN_EVERY);
        if allows {
            *last = Some(Instant::now());
        }
        allows
    }
}

#[cfg(test)]
mod tests {
    use super::WarnLimit;

    #[test]
    fn a_warning_that_comes_again_at_once_is_held_back() {
        let limit = WarnLimit::default();
        assert!(limit.allows() && !limit.allows());
    }
}
