//! Lines that wait for their turn to be written.
//!
//! What a page gives waits in memory until what stands before it is written. A page of a million repeats gives a gigabyte
//! of lines that hardly differ: beyond a [`PIECE`] they wait packed.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::settings::Compression;
use crate::write::{compress, json};

/// Bytes from which on lines are packed.
const PIECE: usize = 16 << 20;
/// zstd's fastest of the ordinary ones: it is unpacked again soon.
const LEVEL: i32 = 1;

/// Adds a record as a line.
pub(super) fn push_line(out: &mut Vec<u8>, record: &impl serde::Serialize) {
    // Writing to memory fails only for a map with keys that are no strings, which no record has.
    if json(out, record).is_ok() {
        out.push(b'\n');
    }
}

/// The lines, or what became of them.
#[derive(Debug, Default)]
pub(super) struct Lines {
    packed: Vec<Packed>,
    here: Vec<u8>,
}

#[derive(Debug)]
struct Packed {
    bytes: Vec<u8>,
    /// Bytes before they were packed; None where they are not.
    of: Option<usize>,
}

impl Lines {
    /// Adds a record as a line.
    pub(super) fn push(&mut self, record: &impl serde::Serialize) {
        push_line(&mut self.here, record);
        self.pack_from(PIECE);
    }

    /// Puts other lines behind these.
    pub(super) fn append(&mut self, other: Self) {
        if !other.packed.is_empty() {
            self.pack_from(1);
            self.packed.extend(other.packed);
        }
        self.here.extend(other.here);
        self.pack_from(PIECE);
    }

    fn pack_from(&mut self, length: usize) {
        if self.here.len() < length {
            return;
        }
        let lines = std::mem::take(&mut self.here);
        self.packed.push(match zstd::bulk::compress(&lines, LEVEL) {
            Ok(bytes) => Packed { bytes, of: Some(lines.len()) },
            // Packing into memory does not fail; where it did, the lines wait as they are.
            Err(_) => Packed { bytes: lines, of: None },
        });
    }

    /// All bytes.
    pub(super) fn len(&self) -> u64 {
        self.packed.iter().map(|packed| packed.of.unwrap_or(packed.bytes.len()) as u64).sum::<u64>()
            + self.here.len() as u64
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The lines in pieces, in order.
    pub(super) fn pieces(&self) -> impl Iterator<Item = io::Result<Cow<'_, [u8]>>> {
        let packed = self.packed.iter().map(|p| match p.of {
            Some(of) => zstd::bulk::decompress(&p.bytes, of).map(Cow::Owned),
            None => Ok(Cow::Borrowed(p.bytes.as_slice())),
        });
        packed.chain((!self.here.is_empty()).then_some(Ok(Cow::Borrowed(self.here.as_slice()))))
    }

    /// Writes the lines.
    pub(super) fn write_to(&self, out: &mut (impl Write + ?Sized)) -> io::Result<()> {
        self.pieces().try_for_each(|piece| out.write_all(&piece?))
    }

    /// The lines as they stand in a compressed file.
    pub(super) fn compressed(self, how: Compression) -> io::Result<Self> {
        if how == Compression::None || self.is_empty() {
            return Ok(self);
        }
        if self.packed.is_empty() {
            return Ok(Self { here: compress(self.here, how)?, ..Self::default() });
        }
        let mut all = Vec::new();
        for piece in self.pieces() {
            all.extend(compress(piece?.into_owned(), how)?);
        }
        Ok(Self { here: all, ..Self::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(lines: &Lines) -> Vec<u8> {
        let mut all = Vec::new();
        lines.write_to(&mut all).unwrap();
        all
    }

    #[test]
    fn many_lines_come_out_as_few_do() {
        let line = "职工".repeat(50_000);
        let (mut many, mut others, mut plain) = (Lines::default(), Lines::default(), Vec::new());
        for n in 0..130 {
            let lines = if n < 90 { &mut many } else { &mut others };
            lines.push(&(n, &line));
            plain.extend(format!("[{n},\"{line}\"]\n").bytes());
        }
        assert!(!many.packed.is_empty() && many.here.len() < PIECE);
        many.append(others);
        assert!(bytes(&many) == plain && many.len() == plain.len() as u64);
        let zst = bytes(&many.compressed(Compression::Zst).unwrap());
        assert!(zstd::stream::decode_all(zst.as_slice()).unwrap() == plain);
    }
}
