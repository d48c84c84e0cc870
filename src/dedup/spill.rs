//! An array that only grows, in memory up to a point and in a temporary file beyond it.
//!
//! In: words, appended. Out: any stretch of them again. What was moved to the file is read back from its place there, so
//! what is decided never depends on how much was moved.

use std::fs::File;
use std::io::Write;
use std::ops::Range;
use std::path::Path;
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::error::{Error, ErrorKind, Result};

/// A word of a fixed size that can be kept in a file.
pub(super) trait Word: Copy + Default {
    /// Its bytes.
    const BYTES: usize;
    /// Appends its bytes.
    fn put(self, bytes: &mut Vec<u8>);
    /// The word of these bytes.
    fn get(bytes: &[u8]) -> Self;
}

macro_rules! word {
    ($($number:ty),*) => {$(
        impl Word for $number {
            const BYTES: usize = size_of::<Self>();
            fn put(self, bytes: &mut Vec<u8>) {
                bytes.extend_from_slice(&self.to_le_bytes());
            }
            fn get(bytes: &[u8]) -> Self {
                bytes.try_into().map(Self::from_le_bytes).unwrap_or_default()
            }
        }
    )*};
}
word!(u16, u32, u64);

/// Words of a piece: growing one piece by doubling would copy all of it again and again, and take twice its memory
/// meanwhile.
const PIECE: usize = 1 << 17;
/// Words from which those that come at once are taken over as a piece rather than copied.
const TAKEN_OVER: usize = 1 << 16;

/// Words from one whose piece is known to the next: few pieces are shorter.
const STEP: u64 = 1 << 16;

/// The array.
#[derive(Debug, Default)]
pub(super) struct Spilled<T> {
    file: Option<File>,
    /// Words in the file; those in memory stand behind them.
    moved: u64,
    /// Pieces in memory, each with the number of its first word.
    here: Vec<(u64, Vec<T>)>,
    /// Of every [`STEP`]th word in memory, from the first on, the piece that holds it; the last piece, where it is not named.
    steps: Vec<u32>,
    /// The first error of reading back. Who reads gets default words then, and who asks at the end gets the error.
    failed: OnceLock<String>,
}

impl<T: Word + Send + Sync> Spilled<T> {
    /// All words.
    pub(super) fn len(&self) -> u64 {
        self.here.last().map_or(self.moved, |(first, words)| first + words.len() as u64)
    }

    /// Bytes of memory that the words take.
    pub(super) fn held(&self) -> usize {
        (self.len() - self.moved) as usize * T::BYTES
    }

    /// Whether words were moved to a file.
    pub(super) fn is_spilled(&self) -> bool {
        self.file.is_some()
    }

    /// The last words in memory, to be appended to.
    pub(super) fn here(&mut self) -> &mut Vec<T> {
        if self.here.is_empty() {
            self.here.push((self.moved, Vec::new()));
        }
        let last = self.here.len() - 1;
        &mut self.here[last].1
    }

    /// Appends the words of an array of which nothing was moved. They stay together.
    pub(super) fn append(&mut self, other: Self) {
        for (_, words) in other.here {
            let first = self.len();
            match self.here.last_mut() {
                _ if words.len() >= TAKEN_OVER => self.push(first, words),
                Some((_, last)) if last.capacity() - last.len() >= words.len() => last.extend_from_slice(&words),
                _ => {
                    let mut piece = Vec::with_capacity(PIECE);
                    piece.extend_from_slice(&words);
                    self.push(first, piece);
                }
            }
        }
    }

    fn push(&mut self, first: u64, piece: Vec<T>) {
        let last = self.here.len().saturating_sub(1) as u32;
        self.steps.resize((first - self.moved).div_ceil(STEP) as usize, last);
        self.here.push((first, piece));
    }

    /// Moves all words to a file in `folder`.
    pub(super) fn spill(&mut self, folder: &Path) -> Result<()> {
        let fail = |e| Error::new(ErrorKind::Write, "cannot write").at(folder).because(e);
        if self.file.is_none() {
            self.file = Some(tempfile::tempfile_in(folder).map_err(fail)?);
        }
        let Some(file) = &mut self.file else { return Ok(()) };
        let mut bytes = Vec::new();
        self.steps.clear();
        for (_, piece) in std::mem::take(&mut self.here) {
            for words in piece.chunks(1 << 18) {
                bytes.clear();
                for word in words {
                    word.put(&mut bytes);
                }
                file.write_all(&bytes).map_err(fail)?;
            }
            self.moved += piece.len() as u64;
        }
        Ok(())
    }

    /// The words of `range`: a slice of the memory, or read into `buffer`. A stretch that came at once never lies on both
    /// sides, nor in two pieces.
    pub(super) fn get<'b>(&'b self, range: Range<u64>, buffer: &'b mut Vec<T>) -> &'b [T] {
        if range.start >= self.moved {
            let (at, words) = self.piece(range.start);
            let (start, end) = ((range.start - at.start) as usize, (range.end.max(range.start) - at.start) as usize);
            return words.get(start..end).unwrap_or_default();
        }
        buffer.clear();
        self.read(range, buffer);
        buffer
    }

    /// The piece in memory that holds word `n`: the numbers of its words, and the words. Empty where none does.
    pub(super) fn piece(&self, n: u64) -> (Range<u64>, &[T]) {
        let step = self.steps.get((n.saturating_sub(self.moved) / STEP) as usize);
        let mut piece = step.map_or(self.here.len().saturating_sub(1), |&piece| piece as usize);
        while self.here.get(piece + 1).is_some_and(|(first, _)| *first <= n) {
            piece += 1;
        }
        self.here.get(piece).map_or((n..n, &[]), |(first, words)| (*first..first + words.len() as u64, words))
    }

    /// Words that were moved.
    pub(super) fn moved(&self) -> u64 {
        self.moved
    }

    /// The words of a long range, all of which were moved, read by all threads.
    pub(super) fn window(&self, range: Range<u64>) -> Vec<T> {
        const AT_ONCE: usize = 1 << 18;
        let mut words = vec![T::default(); (range.end - range.start) as usize];
        words.par_chunks_mut(AT_ONCE).enumerate().for_each_init(Vec::new, |buffer, (n, part)| {
            let start = range.start + (n * AT_ONCE) as u64;
            buffer.clear();
            self.read(start..start + part.len() as u64, buffer);
            part.copy_from_slice(buffer);
        });
        words
    }

    /// Appends the words of `range`, all of which were moved, to `words`.
    fn read(&self, range: Range<u64>, words: &mut Vec<T>) {
        let mut bytes = vec![0; (range.end - range.start) as usize * T::BYTES];
        if let Some(Err(e)) = self.file.as_ref().map(|file| read_at(file, &mut bytes, range.start * T::BYTES as u64)) {
            let _ = self.failed.set(e.to_string());
        }
        words.extend(bytes.chunks_exact(T::BYTES).map(T::get));
    }

    /// The first error of reading back, if there was one.
    pub(super) fn check(&self) -> Result<()> {
        match self.failed.get() {
            None => Ok(()),
            Some(e) => Err(Error::new(ErrorKind::Read, format!("cannot read a temporary file back: {e}"))),
        }
    }
}

/// Reads the bytes at a place of a file.
#[cfg(unix)]
pub(super) fn read_at(file: &File, bytes: &mut [u8], at: u64) -> std::io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

/// Reads the bytes at a place of a file.
#[cfg(windows)]
pub(super) fn read_at(file: &File, mut bytes: &mut [u8], mut at: u64) -> std::io::Result<()> {
    while !bytes.is_empty() {
        let n = std::os::windows::fs::FileExt::seek_read(file, bytes, at)?;
        if n == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        bytes = &mut bytes[n..];
        at += n as u64;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_moved_reads_as_what_was_not() {
        let folder = tempfile::tempdir().unwrap();
        let mut array = Spilled::<u16>::default();
        let mut buffer = Vec::new();
        for part in 0..3_u16 {
            array.here().extend(part * 100..part * 100 + 100);
            if part < 2 {
                array.spill(folder.path()).unwrap();
            }
        }
        assert_eq!((array.len(), array.held()), (300, 200));
        for range in [0..100, 50..150, 100..200, 200..300, 290..300, 10..10, 300..300] {
            let expected: Vec<u16> = (range.start as u16..range.end as u16).collect();
            assert_eq!(array.get(range, &mut buffer), expected);
        }
        assert!(array.check().is_ok());
    }

    #[test]
    fn what_came_at_once_stays_together() {
        let mut array = Spilled::<u32>::default();
        let mut buffer = Vec::new();
        let folder = tempfile::tempdir().unwrap();
        let lengths = [3, PIECE - 1, 5, PIECE, 2 * PIECE, 0, 7, STEP as usize, STEP as usize, 1];
        let mut starts = vec![0];
        for (n, &length) in (0..).zip(lengths.iter().chain(&lengths)) {
            let mut other = Spilled::default();
            other.here().extend(std::iter::repeat_n(n, length));
            array.append(other);
            starts.push(array.len());
            if n == 9 {
                array.spill(folder.path()).unwrap();
            }
        }
        assert_eq!(array.len(), 2 * lengths.iter().sum::<usize>() as u64);
        for (n, w) in (0..).zip(starts.windows(2)) {
            let words = array.get(w[0]..w[1], &mut buffer);
            assert!(words.len() as u64 == w[1] - w[0] && words.iter().all(|&word| word == n), "part {n}");
        }
    }
}
