//! A value as the bytes that are compiled in: what a start reads, and the long tables apart from that, which are used where they lie.
//!
//! The system maps pages of the binary by the dozen around each one that is read. Where tables lie between what is read, the length
//! before each of them costs as many pages as a table of 64 kB.

use postcard::{Deserializer, Error, Result, de_flavors, ser_flavors, serialize_with_flavor};
use serde::{Deserialize, Serialize};

/// Runs of bytes from this length on are kept apart: a page.
const LONG: usize = 4096;

/// What a start reads, and the tables.
#[derive(Debug, Default)]
pub struct Parts<B> {
    /// All but the tables.
    pub read: B,
    /// The tables, one after the other.
    pub tables: B,
}

/// Writes a value.
///
/// # Errors
/// What of it cannot be written.
pub fn write(value: &impl Serialize) -> Result<Parts<Vec<u8>>> {
    serialize_with_flavor(value, Parts::default())
}

/// Reads a value that [`write()`] wrote; its tables stay where they are.
///
/// # Errors
/// That the bytes are not those of such a value.
pub fn read<T: Deserialize<'static>>(parts: Parts<&'static [u8]>) -> Result<T> {
    T::deserialize(&mut Deserializer::from_flavor(parts))
}

impl ser_flavors::Flavor for Parts<Vec<u8>> {
    type Output = Self;

    fn try_extend(&mut self, data: &[u8]) -> Result<()> {
        let part = if data.len() < LONG { &mut self.read } else { &mut self.tables };
        part.extend_from_slice(data);
        Ok(())
    }

    fn try_push(&mut self, byte: u8) -> Result<()> {
        self.read.push(byte);
        Ok(())
    }

    fn finalize(self) -> Result<Self> {
        Ok(self)
    }
}

impl de_flavors::Flavor<'static> for Parts<&'static [u8]> {
    type Remainder = ();
    type Source = Self;

    fn pop(&mut self) -> Result<u8> {
        let (byte, rest) = self.read.split_first().ok_or(Error::DeserializeUnexpectedEnd)?;
        self.read = rest;
        Ok(*byte)
    }

    fn try_take_n(&mut self, length: usize) -> Result<&'static [u8]> {
        let part = if length < LONG { &mut self.read } else { &mut self.tables };
        let (taken, rest) = part.split_at_checked(length).ok_or(Error::DeserializeUnexpectedEnd)?;
        *part = rest;
        Ok(taken)
    }

    fn finalize(self) -> Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{LONG, Parts, read, write};

    #[test]
    fn long_texts_lie_apart_and_come_back() {
        type Value = (u8, String, String, String, f32);
        let value = (7, "é日🦀".to_owned(), "é".repeat(LONG / 2), "a".repeat(LONG - 1), -1.5);
        let parts = write(&value).unwrap();
        let (short, tables) = (&*parts.read.leak(), &*parts.tables.leak());
        assert_eq!(tables.len(), LONG);
        assert_eq!(read::<Value>(Parts { read: short, tables }).unwrap(), value);
        assert!(read::<Value>(Parts { read: short, tables: &tables[1..] }).is_err());
        assert!(read::<Value>(Parts { read: &short[..short.len() - 1], tables }).is_err());
        assert!(read::<u8>(Parts { read: &[], tables }).is_err());
    }
}
