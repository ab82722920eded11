//! Who asked for a message, in the states under it.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use siphasher::sip::SipHasher24;

/// Who asked for a message, as the bot wrote it under it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Asker {
    /// The id of the person; 0 in the terminal.
    pub id: u64,
    /// Shows that the bot wrote it: a message authentication code under a key that only the bot knows.
    mac: u32,
}

impl Asker {
    /// The person of an id, as only who knows the key can write it.
    pub fn signed(id: u64, key: &[u8; 16]) -> Self {
        Self { id, mac: mac(id, key) }
    }

    /// Whether it was written with this key. If not, somebody made it up, or the key was another one.
    pub fn is_genuine(self, key: &[u8; 16]) -> bool {
        self.mac == mac(self.id, key)
    }

    pub(super) fn from_text(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (id, mac) = bytes.split_first_chunk()?;
        Some(Self { id: u64::from_be_bytes(*id), mac: u32::from_be_bytes(mac.try_into().ok()?) })
    }
}

/// Sixteen characters.
impl fmt::Display for Asker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = [self.id.to_be_bytes().as_slice(), &self.mac.to_be_bytes()].concat();
        f.write_str(&URL_SAFE_NO_PAD.encode(bytes))
    }
}

/// Half of SipHash-2-4, which was made for such codes. Guessing takes two thousand million tries on average, each of them a
/// press of a button.
///
/// Source: J.-P. Aumasson and D. J. Bernstein, "SipHash: a fast short-input PRF", INDOCRYPT 2012.
fn mac(id: u64, key: &[u8; 16]) -> u32 {
    // The same key may be used for something else: what is authenticated says what it is.
    let message = [b"asker".as_slice(), &id.to_le_bytes()].concat();
    SipHasher24::new_with_key(key).hash(&message) as u32
}

#[cfg(test)]
mod tests {
    use super::Asker;

    const KEY: [u8; 16] = [7; 16];

    #[test]
    fn only_who_knows_the_key_writes_an_asker() {
        let asker = Asker::signed(7, &KEY);
        assert!(asker.is_genuine(&KEY));
        assert!(!asker.is_genuine(&[8; 16]));
        assert!(!Asker { id: 8, ..asker }.is_genuine(&KEY));
        assert!(!Asker { id: 7, mac: 0 }.is_genuine(&KEY));
        assert!(!Asker::default().is_genuine(&KEY));
    }
}
