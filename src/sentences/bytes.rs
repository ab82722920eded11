//! Takes one part after the other off a file of weights.

/// What is left of a file.
pub(crate) struct Bytes(&'static [u8]);

impl Bytes {
    pub(crate) fn new(bytes: &'static [u8]) -> Self {
        Self(bytes)
    }

    pub(crate) fn rest(&self) -> &'static [u8] {
        self.0
    }

    pub(crate) fn take(&mut self, length: usize) -> Option<&'static [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    /// A part with its length before it, as four bytes, the lowest first.
    pub(crate) fn part(&mut self) -> Option<&'static [u8]> {
        let length = u32::from_le_bytes(self.take(4)?.try_into().ok()?);
        self.take(usize::try_from(length).ok()?)
    }

    /// Such a part as lines of text.
    pub(crate) fn lines(&mut self) -> Option<Vec<&'static str>> {
        Some(str::from_utf8(self.part()?).ok()?.lines().collect())
    }

    /// Floats of four bytes each, the lowest byte first.
    pub(crate) fn floats(&mut self, length: usize) -> Option<Vec<f32>> {
        let (floats, _) = self.take(length.checked_mul(4)?)?.as_chunks();
        Some(floats.iter().map(|float| f32::from_le_bytes(*float)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::Bytes;

    #[test]
    fn parts_come_off_one_after_the_other() {
        let mut bytes = Bytes::new(b"\x05\0\0\0a\n\xc3\xa9b\0\0\x80\x3f\x07");
        assert_eq!(bytes.lines(), Some(vec!["a", "éb"]));
        assert_eq!(bytes.floats(1), Some(vec![1.0]));
        assert_eq!(bytes.rest(), [7]);
        assert_eq!(bytes.take(2), None);
        assert_eq!(bytes.floats(usize::MAX), None);
    }

    #[test]
    fn what_is_not_text_is_not_read_as_text() {
        assert_eq!(Bytes::new(b"\x01\0\0\0\xff").lines(), None);
        assert_eq!(Bytes::new(b"\x09\0\0\0a").lines(), None);
        assert_eq!(Bytes::new(b"\x09\0").lines(), None);
    }
}
