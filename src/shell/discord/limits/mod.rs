//! What keeps one person, one channel or one burst from taking what the others need.

mod buckets;
mod concurrency;
mod deadlines;
mod rate_limit;
mod reading;
mod recent;
mod warnings;

pub(super) use buckets::{Buckets, Headers};
pub(super) use concurrency::{Concurrency, Permit, Upload};
pub(super) use deadlines::Deadlines;
pub(super) use rate_limit::{RateLimit, Verdict};
pub(super) use reading::{MESSAGE_READ_WITHIN, Reading};
pub(super) use recent::Recent;
pub(super) use warnings::{error_seldom, warn_seldom};
