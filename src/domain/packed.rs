//! Numbers and a table of numbers as plain bytes, so that those that were compiled in are used where they lie.

use std::borrow::Cow;
use std::marker::PhantomData;

use serde::{Deserialize, Serialize, Serializer};

/// A number of fixed width, stored in little-endian order.
pub(super) trait Number: Copy {
    /// How many bytes it takes.
    const WIDTH: usize;
    /// Appends its bytes.
    fn write(self, bytes: &mut Vec<u8>);
    /// Reads it from exactly as many bytes as it takes.
    fn read(bytes: &[u8]) -> Option<Self>;
}

macro_rules! number {
    ($type:ty) => {
        impl Number for $type {
            const WIDTH: usize = size_of::<$type>();

            #[inline]
            fn write(self, bytes: &mut Vec<u8>) {
                bytes.extend_from_slice(&self.to_le_bytes());
            }

            #[inline]
            fn read(bytes: &[u8]) -> Option<Self> {
                Some(Self::from_le_bytes(bytes.try_into().ok()?))
            }
        }
    };
}

number!(u8);
number!(u16);
number!(i8);
number!(u32);
number!(u64);
number!(f32);

impl<A: Number, B: Number> Number for (A, B) {
    const WIDTH: usize = A::WIDTH + B::WIDTH;

    fn write(self, bytes: &mut Vec<u8>) {
        self.0.write(bytes);
        self.1.write(bytes);
    }

    #[inline]
    fn read(bytes: &[u8]) -> Option<Self> {
        let (first, second) = bytes.split_at_checked(A::WIDTH)?;
        Some((A::read(first)?, B::read(second)?))
    }
}

/// A list of numbers.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Packed<T> {
    #[serde(borrow, serialize_with = "as_bytes")]
    bytes: Cow<'static, [u8]>,
    numbers: PhantomData<T>,
}

/// All at once, where serde would write byte by byte.
fn as_bytes<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bytes(bytes)
}

impl<T: Number> Packed<T> {
    /// How many numbers there are.
    pub(super) fn len(&self) -> usize {
        self.bytes.len() / T::WIDTH
    }

    /// The number at a place, if there is one.
    pub(super) fn get(&self, place: usize) -> Option<T> {
        let start = place.checked_mul(T::WIDTH)?;
        T::read(self.bytes.get(start..start.checked_add(T::WIDTH)?)?)
    }

    /// The numbers from one place up to another; none where there are not as many.
    pub(super) fn range(&self, start: usize, end: usize) -> impl Iterator<Item = T> {
        let bytes = self.bytes.get(start.saturating_mul(T::WIDTH)..end.saturating_mul(T::WIDTH));
        bytes.unwrap_or_default().chunks_exact(T::WIDTH).filter_map(T::read)
    }
}

impl<T: Number> Packed<T> {
    /// The place of the first number that does not come before what is looked for; the list is sorted by that.
    pub(super) fn partition_point(&self, comes_before: impl Fn(T) -> bool) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.get(middle).is_some_and(&comes_before) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}

impl<T: Number> FromIterator<T> for Packed<T> {
    fn from_iter<I: IntoIterator<Item = T>>(numbers: I) -> Self {
        let mut bytes = Vec::new();
        numbers.into_iter().for_each(|number| number.write(&mut bytes));
        Self { bytes: Cow::Owned(bytes), numbers: PhantomData }
    }
}

/// Finds the number that belongs to a hash: open addressing with linear probing, four fifths full.
///
/// Only half of each hash is kept. Two of 100,000 hashes that meet in the table have the same half once in about 100 tables,
/// and all that would follow is a feature that counts for another.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct Table {
    /// Half of the hash, and the number plus one, of each slot; a free slot has the number 0.
    slots: Packed<(u32, u32)>,
}

impl Table {
    /// A table of hashes with their numbers, each hash once.
    pub(super) fn new(entries: impl ExactSizeIterator<Item = (u64, u32)>) -> Self {
        let mut slots = vec![(0, 0); entries.len() * 5 / 4 + 1];
        for (hash, number) in entries {
            let size = slots.len();
            let mut place = first_place(hash, size);
            // A fifth of the slots stays free, so the search ends.
            while slots.get(place).is_some_and(|(_, number)| *number > 0) {
                place = next_place(place, size);
            }
            if let Some(slot) = slots.get_mut(place) {
                *slot = (half(hash), number.saturating_add(1));
            }
        }
        Self { slots: slots.into_iter().collect() }
    }

    /// The number of a hash, if it has one.
    #[inline]
    pub(super) fn get(&self, hash: u64) -> Option<u32> {
        let size = self.slots.len();
        let mut place = first_place(hash, size);
        for _ in 0..size {
            let (kept, number) = self.slots.get(place)?;
            if number == 0 {
                return None;
            }
            if kept == half(hash) {
                return Some(number - 1);
            }
            place = next_place(place, size);
        }
        None
    }
}

/// The half of a hash that is kept; the other half says where it is kept.
fn half(hash: u64) -> u32 {
    hash as u32
}

/// Where the search for a hash begins. The hashes of short texts differ least in their upper bits, so they are spread first
/// (Fibonacci hashing, Knuth 6.4).
fn first_place(hash: u64, size: usize) -> usize {
    let spread = hash.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
    (spread.wrapping_mul(size as u64) >> 32) as usize
}

fn next_place(place: usize, size: usize) -> usize {
    if place + 1 < size { place + 1 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::{Packed, Table};

    #[test]
    fn numbers_come_back_as_they_went_in() {
        let packed: Packed<(u16, i8)> = [(1, -2), (u16::MAX, i8::MIN)].into_iter().collect();
        assert_eq!(packed.len(), 2);
        assert_eq!(packed.get(1), Some((u16::MAX, i8::MIN)));
        assert_eq!(packed.get(2), None);
        assert_eq!(packed.range(0, 2).count(), 2);
        assert_eq!(packed.range(1, 9).count(), 0);
    }

    #[test]
    fn a_table_finds_what_is_in_it_and_nothing_else() {
        let hashes = |number: u32| u64::from(number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let table = Table::new((0..1000_u32).map(|number| (hashes(number), number)));
        assert!((0..1000).all(|number| table.get(hashes(number)) == Some(number)));
        assert!((1000..2000).all(|number| table.get(hashes(number)).is_none()));
        assert_eq!(Table::new(std::iter::empty()).get(7), None);
    }
}
