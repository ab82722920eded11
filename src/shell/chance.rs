//! Chance, which the core gets from outside.

use std::hash::{BuildHasher, Hasher, RandomState};

/// A number that is another one each time.
pub(super) fn number() -> u32 {
    let hash = RandomState::new().build_hasher().finish();
    u32::try_from(hash & u64::from(u32::MAX)).unwrap_or_default()
}
