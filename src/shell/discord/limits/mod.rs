//! What keeps one person, one channel or one burst from taking what the others need.

mod buckets;
mod concurrency;
mod deadlines;
mod rate_limit;
mod recent;

pub(super) use crate::shell::server::{error_seldom, warn_seldom};
pub(super) use buckets::{Buckets, Headers};
pub(super) use concurrency::{Concurrency, Permit, Upload};
pub(super) use deadlines::{Deadlines, MESSAGE_READ_WITHIN};
pub(super) use rate_limit::{RateLimit, Verdict};
pub(super) use recent::Recent;
