//! Repeated warnings: of each kind the operator reads one line a minute at the most, which says how many were held back.

use std::collections::HashMap;
use std::fmt;
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;
#[cfg(feature = "discord")]
use tracing::error;
use tracing::warn;

/// How often the operator reads the same warning at most.
const EVERY: Duration = Duration::from_secs(60);
/// After so many kinds, those are forgotten that did not come again.
const TIDY_ABOVE: usize = 512;

/// The warnings of this process.
static WARNINGS: LazyLock<Warnings> = LazyLock::new(Warnings::default);

/// Logs a warning, unless one of its kind was logged a short while ago.
pub(in crate::shell) fn warn_seldom(kind: &str, line: impl FnOnce() -> String) {
    if let Some(held_back) = WARNINGS.allows(kind) {
        warn!("{}{held_back}", line());
    }
}

#[cfg(feature = "discord")]
/// Logs an error, unless one of its kind was logged a short while ago.
pub(in crate::shell) fn error_seldom(kind: &str, line: impl FnOnce() -> String) {
    if let Some(held_back) = WARNINGS.allows(kind) {
        error!("{}{held_back}", line());
    }
}

/// What was logged, by kind.
#[derive(Debug, Default)]
struct Warnings {
    kinds: Mutex<HashMap<String, Logged>>,
}

#[derive(Debug)]
struct Logged {
    at: Instant,
    held_back: u64,
}

/// How many warnings like one were held back before it.
#[derive(Debug, PartialEq)]
struct HeldBack(u64);

impl Warnings {
    /// How many were held back, if a warning may be logged now.
    fn allows(&self, kind: &str) -> Option<HeldBack> {
        let now = Instant::now();
        let is_recent = |logged: &Logged| now.duration_since(logged.at) < EVERY;
        let mut kinds = self.kinds.lock().unwrap_or_else(PoisonError::into_inner);
        if kinds.len() > TIDY_ABOVE {
            kinds.retain(|_, logged| is_recent(logged));
        }
        match kinds.get_mut(kind) {
            Some(logged) if is_recent(logged) => {
                logged.held_back += 1;
                None
            }
            other => {
                let held_back = other.map_or(0, |logged| logged.held_back);
                kinds.insert(kind.to_owned(), Logged { at: now, held_back: 0 });
                Some(HeldBack(held_back))
            }
        }
    }
}

impl fmt::Display for HeldBack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            0 => Ok(()),
            held_back => write!(f, " (and {held_back} more like it)"),
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::advance;

    use super::{EVERY, HeldBack, Warnings};

    #[tokio::test(start_paused = true)]
    async fn three_thousand_lines_of_a_kind_are_two() {
        let warnings = Warnings::default();
        assert_eq!(warnings.allows("é"), Some(HeldBack(0)));
        assert!((0..3_000).all(|_| warnings.allows("é").is_none()));
        assert_eq!(warnings.allows("日"), Some(HeldBack(0)), "another kind");
        advance(EVERY).await;
        let next = warnings.allows("é").map(|held_back| held_back.to_string());
        assert_eq!(next.as_deref(), Some(" (and 3000 more like it)"));
        advance(EVERY).await;
        assert_eq!(warnings.allows("é"), Some(HeldBack(0)));
    }
}
