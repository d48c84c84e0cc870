//! Byte spans inside, Unicode scalars outside.

use serde::{Deserialize, Serialize};

/// A half-open range of bytes in a page's (or a block's) text.
///
/// Offsets are `u32`: a page is shorter than 4 GiB, which `read` guarantees.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from `start` to `end`, both in bytes.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "a span runs forward");
        Self { start: start as u32, end: end as u32 }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether nothing is in it.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// As a range to slice by.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The text it names.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }
}

/// Bytes between two counted positions of a [`ScalarIndex`].
const STRIDE: usize = 128;

/// Turns byte offsets of one text into Unicode scalar offsets, in constant time.
///
/// ```
/// use jianbao::text::ScalarIndex;
/// let index = ScalarIndex::new("剪报 A");
/// assert_eq!(index.scalar(6), 2);
/// assert_eq!(index.scalar(8), 4);
/// ```
#[derive(Clone, Debug)]
pub struct ScalarIndex<'t> {
    text: &'t [u8],
    counts: Vec<u32>,
}

impl<'t> ScalarIndex<'t> {
    /// Counts the scalars of `text` once.
    pub fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let mut counts = Vec::with_capacity(bytes.len() / STRIDE + 1);
        let mut seen = 0;
        for chunk in bytes.chunks(STRIDE) {
            counts.push(seen);
            seen += count_scalars(chunk);
        }
        counts.push(seen);
        Self { text: bytes, counts }
    }

    /// The scalar offset of byte `byte`, which must lie on a character border (or at the end).
    pub fn scalar(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let chunk = byte / STRIDE;
        let from = chunk * STRIDE;
        (self.counts[chunk.min(self.counts.len() - 1)] + count_scalars(&self.text[from.min(byte)..byte])) as usize
    }

    /// Scalars in the whole text.
    pub fn total(&self) -> usize {
        self.counts.last().copied().unwrap_or(0) as usize
    }
}

/// Counts the scalars that begin in at most [`STRIDE`] bytes: so few that a byte counts them, of which sixteen and more are
/// added at once.
fn count_scalars(bytes: &[u8]) -> u32 {
    u32::from(bytes.iter().fold(0_u8, |n, &b| n.wrapping_add(u8::from((b as i8) >= -0x40))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_of_mixed_text() {
        let text = "a工会𠮷\n".repeat(200);
        let index = ScalarIndex::new(&text);
        for (n, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(index.scalar(at), n);
        }
        assert_eq!(index.scalar(text.len()), text.chars().count());
        assert_eq!(index.total(), text.chars().count());
        assert_eq!(ScalarIndex::new("").scalar(0), 0);
    }
}
