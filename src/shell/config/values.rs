//! Reads the values of settings.

use std::net::SocketAddr;
use std::ops::RangeInclusive;
use std::time::Duration;

use super::wrong::Wrong;

/// The longest time that can be set; more than the 3 s for which Discord waits is for tests on a slow machine.
const LONGEST: Duration = Duration::from_secs(600);

/// The connections to the gateway that a process keeps, of how many there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shards {
    /// Those of this process.
    pub own: RangeInclusive<u32>,
    /// All of them, in all processes.
    pub total: u32,
}

impl Shards {
    /// Reads a range such as `0-3/16`: the first and the last of this process, and how many there are in all.
    ///
    /// # Errors
    /// That it is not such a range.
    pub fn parse(text: &str) -> Result<Self, Wrong> {
        let parsed = || {
            let (own, total) = text.split_once('/')?;
            let (first, last) = own.split_once('-').unwrap_or((own, own));
            let (first, last, total) = (first.parse().ok()?, last.parse().ok()?, total.parse().ok()?);
            (first <= last && last < total).then_some(Self { own: first..=last, total })
        };
        let remedy = "write it as first-last/total, such as 0-3/16 for the first four of sixteen, or unset it";
        parsed().ok_or_else(|| Wrong::new("is not a range of shards", remedy))
    }
}

pub(super) fn level(text: &str) -> Result<tracing::Level, Wrong> {
    let remedy = "set it to error, warn, info, debug or trace, or unset it";
    text.parse().map_err(|_| Wrong::new("is not a log level", remedy))
}

pub(super) fn log_is_json(text: &str) -> Result<bool, Wrong> {
    match text {
        "text" => Ok(false),
        "json" => Ok(true),
        _ => Err(Wrong::new("is not a log format", "set it to text or json, or unset it")),
    }
}

pub(super) fn yes(text: &str) -> Result<bool, Wrong> {
    match text.to_ascii_lowercase().as_str() {
        "yes" | "true" | "1" => Ok(true),
        "no" | "false" | "0" => Ok(false),
        _ => Err(Wrong::new("is neither yes nor no", "set it to yes or no, or unset it")),
    }
}

pub(super) fn socket(text: &str) -> Result<SocketAddr, Wrong> {
    text.parse().map_err(|_| Wrong::new("is not an address", "set it to an address and a port, such as 127.0.0.1:9090"))
}

pub(super) fn time(text: &str) -> Result<Duration, Wrong> {
    let time = text.parse().ok().map(Duration::from_millis).filter(|time| *time <= LONGEST);
    time.ok_or_else(|| {
        let most = LONGEST.as_millis();
        Wrong::new("is not a time", format!("set it to 0–{most} milliseconds, or unset it"))
    })
}

pub(super) fn id(text: &str) -> Result<u64, Wrong> {
    let id = text.parse().ok().filter(|id| *id > 0);
    id.ok_or_else(|| Wrong::new("is not a Discord id", "copy the id, a number, or unset it"))
}

/// Reads 64 hexadecimal digits.
pub(super) fn key(text: &str) -> Result<[u8; 32], Wrong> {
    let digits: Option<Vec<u8>> =
        text.chars().map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect();
    let digits = digits.unwrap_or_default();
    let (pairs, rest) = digits.as_chunks::<2>();
    let bytes: Vec<u8> = pairs.iter().map(|[high, low]| high << 4 | low).collect();
    let key = bytes.try_into().ok().filter(|_| rest.is_empty());
    key.ok_or_else(|| {
        let remedy = "copy the public key, 64 digits and letters, from https://discord.com/developers/applications";
        Wrong::new("is not a public key", remedy)
    })
}

#[cfg(test)]
mod tests {
    use super::{Shards, key, yes};

    #[test]
    fn a_range_of_shards_is_read_and_what_is_none_is_refused() {
        let shards = |own, total| Some(Shards { own, total });
        assert_eq!(Shards::parse("0-3/16").ok(), shards(0..=3, 16));
        assert_eq!(Shards::parse("15/16").ok(), shards(15..=15, 16));
        for text in ["", "0-3", "3-0/16", "0-16/16", "16/16", "a-b/c", "-1/2", "0-1/2/3", "é日🦀"] {
            assert!(Shards::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_public_key_has_exactly_64_digits() {
        assert_eq!(key(&"0aF1".repeat(16)).ok(), Some([[0x0a, 0xf1]; 16].concat().try_into().expect("32 bytes")));
        for text in ["", "0a", &"0".repeat(63), &"0".repeat(65), &"0g".repeat(32), &"é日🦀".repeat(10)] {
            assert!(key(text).is_err(), "{text}");
        }
    }

    #[test]
    fn yes_and_no_are_read_and_nothing_between_them() {
        assert_eq!(["yes", "TRUE", "1"].map(|text| yes(text).ok()), [Some(true); 3]);
        assert_eq!(["no", "False", "0"].map(|text| yes(text).ok()), [Some(false); 3]);
        for text in ["", "y", "2", "é日🦀"] {
            assert!(yes(text).is_err(), "{text}");
        }
    }
}
