//! How much the page answers, how quickly, and how often one address may ask.

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use governor::clock::DefaultClock;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};

/// Connections that are open at the same time. A browser opens six.
pub(super) const CONNECTIONS: usize = 256;
/// Bytes of what a page posts: a text of 6,000 characters takes at most 72,000 when it is encoded.
pub(super) const LARGEST_BODY: usize = 128 * 1024;
/// How long an answer may take, from when its request was read.
pub(super) const ANSWER_WITHIN: Duration = Duration::from_secs(10);
/// How long a text waits to be read as a sentence; its words decide alone after that.
pub(super) const READ_WITHIN: Duration = Duration::from_secs(5);
/// How long a stop waits for answers that are on their way.
pub(super) const DRAIN_WITHIN: Duration = Duration::from_secs(5);
/// An address may ask this often at once, as a person in Discord may, and gets back two a second.
const QUESTIONS: NonZeroU32 = NonZeroU32::new(60).expect("it is not zero");
/// A minute's worth of questions for an address.
const QUESTIONS_A_MINUTE: NonZeroU32 = NonZeroU32::new(120).expect("it is not zero");
/// Files, pictures and suggestions that an address may get at once; a page takes three, and a word that is typed some more.
const OTHERS: NonZeroU32 = NonZeroU32::new(240).expect("it is not zero");
/// A minute's worth of them.
const OTHERS_A_MINUTE: NonZeroU32 = NonZeroU32::new(600).expect("it is not zero");
/// After so many requests, addresses that are quiet again are forgotten.
const TIDY_EVERY: u32 = 1_024;

/// Counts which address asks how often. Nothing of it outlives the process.
pub(super) struct RateLimit {
    questions: Limiter,
    others: Limiter,
    requests: AtomicU32,
}

type Limiter = RateLimiter<IpAddr, HashMapStateStore<IpAddr>, DefaultClock>;

/// What a request is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// An answer.
    Question,
    /// Anything else.
    Other,
}

impl RateLimit {
    pub(super) fn new() -> Self {
        Self {
            questions: RateLimiter::hashmap(Quota::per_minute(QUESTIONS_A_MINUTE).allow_burst(QUESTIONS)),
            others: RateLimiter::hashmap(Quota::per_minute(OTHERS_A_MINUTE).allow_burst(OTHERS)),
            requests: AtomicU32::new(0),
        }
    }

    /// Whether a request from an address is answered. This machine's own are, always.
    pub(super) fn allows(&self, address: IpAddr, kind: Kind) -> bool {
        if self.requests.fetch_add(1, Ordering::Relaxed) % TIDY_EVERY == TIDY_EVERY - 1 {
            self.questions.retain_recent();
            self.others.retain_recent();
        }
        let address = address.to_canonical();
        let limiter = match kind {
            Kind::Question => &self.questions,
            Kind::Other => &self.others,
        };
        address.is_loopback() || limiter.check_key(&network(address)).is_ok()
    }
}

/// What one person has: an address of four bytes, or a network of addresses of sixteen, of which the first eight are the same.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, OTHERS, QUESTIONS, RateLimit};

    /// How many of so many requests from an address are answered at once.
    fn answered(limit: &RateLimit, address: &str, kind: Kind, requests: u32) -> u32 {
        let address = address.parse().expect("it is an address");
        let answered = (0..requests).filter(|_| limit.allows(address, kind)).count();
        u32::try_from(answered).expect("they are few")
    }

    #[test]
    fn an_address_that_asks_too_often_takes_nothing_from_others() {
        let limit = RateLimit::new();
        let most = QUESTIONS.get();
        for (address, kind, most) in [
            ("192.0.2.1", Kind::Question, most),
            ("192.0.2.2", Kind::Question, most),
            ("192.0.2.1", Kind::Other, OTHERS.get()),
            ("2001:db8::1", Kind::Question, most),
            ("2001:db8:0:1::1", Kind::Question, most),
        ] {
            let answered = answered(&limit, address, kind, most * 2);
            // A slow machine gives a few back meanwhile.
            assert!((most..most * 2).contains(&answered), "{address} {kind:?}: {answered}");
        }
    }

    #[test]
    fn the_addresses_of_one_network_share_a_limit() {
        let limit = RateLimit::new();
        let most = QUESTIONS.get();
        let one = answered(&limit, "2001:db8::1", Kind::Question, most * 2);
        let other = answered(&limit, "2001:db8::ffff:2", Kind::Question, most * 2);
        assert!(one >= most && other < most, "{one} {other}");
    }

    #[test]
    fn this_machine_is_not_limited() {
        let limit = RateLimit::new();
        for address in ["127.0.0.1", "127.8.9.10", "::1", "::ffff:127.0.0.1"] {
            assert_eq!(
                answered(&limit, address, Kind::Question, QUESTIONS.get() * 3),
                QUESTIONS.get() * 3,
                "{address}"
            );
        }
    }
}
