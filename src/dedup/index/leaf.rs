//! A file of named sections in leaves of 16 KiB, each with a checksum.
//!
//! In: bytes, section by section. Out: any stretch of a section again. A leaf is checked when it is read, so opening a
//! file costs nothing in proportion to it but its list of checksums (one two-thousandth of it), and no damaged byte is ever
//! taken for data. What cannot be read reads as zeros; the first such failure is kept for who asks at the end, because
//! decisions cannot fail.
//!
//! The file: eight bytes that say what it is, the leaves, their checksums, the table of sections, and a footer of the
//! table's place and the checksum of all that follows the leaves.

use std::fs::File;
use std::io::{BufWriter, Read as _, Seek as _, SeekFrom, Write as _};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use xxhash_rust::xxh3::xxh3_64;

use crate::dedup::sketch::mix;
use crate::dedup::spill::{Word, read_at};
use crate::error::{Error, ErrorKind, Result};

/// Bytes of a leaf.
const LEAF: usize = 16 << 10;
/// What every file begins with; the last byte is the version of the format.
const MAGIC: [u8; 8] = *b"jbindex\x01";
/// Bytes of the footer.
const FOOTER: usize = 16;
/// Leaves that are held in memory, of all files together: 32 MiB.
const HELD: usize = 2 << 10;

/// Leaves that were read last, shared by the files of an index.
#[derive(Debug)]
pub(super) struct Cache {
    slots: Vec<Mutex<Option<Held>>>,
    failed: OnceLock<String>,
}

/// A leaf in memory, by the number of its file and its own.
#[derive(Debug)]
struct Held {
    file: u64,
    leaf: u64,
    bytes: Arc<[u8]>,
}

impl Default for Cache {
    fn default() -> Self {
        Self { slots: (0..HELD).map(|_| Mutex::new(None)).collect(), failed: OnceLock::new() }
    }
}

impl Cache {
    /// The first failure of reading.
    pub(super) fn failure(&self) -> Option<&str> {
        self.failed.get().map(String::as_str)
    }
}

/// A file that is read.
#[derive(Debug)]
pub(super) struct Leaves {
    path: PathBuf,
    file: File,
    /// Tells the files of a cache apart.
    number: u64,
    /// Bytes in the leaves.
    length: u64,
    hashes: Vec<u64>,
    sections: Vec<(String, Range<u64>)>,
    cache: Arc<Cache>,
    /// The checksum of everything behind the leaves, by which the file is known.
    pub(super) seal: u64,
}

impl Leaves {
    /// Opens a file. `number` is its own among those that share `cache`.
    pub(super) fn open(path: &Path, number: u64, cache: &Arc<Cache>) -> Result<Self> {
        let fail = |e: std::io::Error| Error::new(ErrorKind::Read, "cannot read").at(path).because(e);
        let mut file = File::open(path).map_err(fail)?;
        let size = file.metadata().map_err(fail)?.len();
        let mut magic = [0; MAGIC.len()];
        if size < (MAGIC.len() + FOOTER) as u64 {
            return Err(damaged(path));
        }
        file.read_exact(&mut magic).map_err(fail)?;
        if magic != MAGIC {
            return Err(damaged(path));
        }
        let mut footer = [0; FOOTER];
        read_at(&file, &mut footer, size - FOOTER as u64).map_err(fail)?;
        let (behind, seal) = (word(&footer, 0), word(&footer, 8));
        if behind < MAGIC.len() as u64 || behind > size - FOOTER as u64 {
            return Err(damaged(path));
        }
        file.seek(SeekFrom::Start(behind)).map_err(fail)?;
        let mut tail = Vec::new();
        (&mut file).take(size - FOOTER as u64 - behind).read_to_end(&mut tail).map_err(fail)?;
        let length = behind - MAGIC.len() as u64;
        let n_leaves = length.div_ceil(LEAF as u64) as usize;
        if xxh3_64(&tail) != seal || tail.len() < 8 * n_leaves {
            return Err(damaged(path));
        }
        let hashes: Vec<u64> = (0..n_leaves).map(|n| word(&tail, 8 * n)).collect();
        let sections = postcard::from_bytes(&tail[8 * n_leaves..]).map_err(|_| damaged(path))?;
        Ok(Self { path: path.to_owned(), file, number, length, hashes, sections, cache: Arc::clone(cache), seal })
    }

    /// Where a section stands, in bytes; empty where there is none of that name.
    pub(super) fn section(&self, name: &str) -> Range<u64> {
        self.sections.iter().find(|(n, _)| n == name).map_or(0..0, |(_, range)| range.clone())
    }

    /// Reads the bytes from `at` on.
    pub(super) fn read(&self, mut at: u64, mut bytes: &mut [u8]) {
        while !bytes.is_empty() {
            let (number, offset) = (at / LEAF as u64, (at % LEAF as u64) as usize);
            let Some(leaf) = self.leaf(number) else {
                bytes.fill(0);
                return;
            };
            let n = bytes.len().min(leaf.len().saturating_sub(offset));
            if n == 0 {
                self.failed("ends too soon");
                bytes.fill(0);
                return;
            }
            bytes[..n].copy_from_slice(&leaf[offset..offset + n]);
            bytes = &mut bytes[n..];
            at += n as u64;
        }
    }

    fn leaf(&self, number: u64) -> Option<Arc<[u8]>> {
        let slot = mix(self.number << 40 ^ number) as usize % HELD;
        {
            let held = self.cache.slots[slot].lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(held) = held.as_ref().filter(|h| (h.file, h.leaf) == (self.number, number)) {
                return Some(Arc::clone(&held.bytes));
            }
        }
        let start = number * LEAF as u64;
        let Some(&hash) = self.hashes.get(number as usize) else {
            self.failed("ends too soon");
            return None;
        };
        let mut bytes = vec![0; (self.length - start).min(LEAF as u64) as usize];
        if let Err(e) = read_at(&self.file, &mut bytes, MAGIC.len() as u64 + start) {
            self.failed(&e.to_string());
            return None;
        }
        if xxh3_64(&bytes) != hash {
            self.failed("is damaged");
            return None;
        }
        let bytes: Arc<[u8]> = bytes.into();
        *self.cache.slots[slot].lock().unwrap_or_else(PoisonError::into_inner) =
            Some(Held { file: self.number, leaf: number, bytes: Arc::clone(&bytes) });
        Some(bytes)
    }

    fn failed(&self, why: &str) {
        let _ = self.cache.failed.set(format!("{}: {why}", self.path.display()));
    }
}

/// A file that is written.
#[derive(Debug)]
pub(super) struct LeafWriter {
    path: PathBuf,
    file: BufWriter<File>,
    leaf: Vec<u8>,
    hashes: Vec<u64>,
    length: u64,
    sections: Vec<(String, Range<u64>)>,
}

impl LeafWriter {
    /// Begins the file, over one that is there.
    pub(super) fn create(path: &Path) -> Result<Self> {
        let fail = |e| Error::new(ErrorKind::Write, "cannot write").at(path).because(e);
        let mut file = BufWriter::with_capacity(1 << 18, File::create(path).map_err(fail)?);
        file.write_all(&MAGIC).map_err(fail)?;
        Ok(Self {
            path: path.to_owned(),
            file,
            leaf: Vec::with_capacity(LEAF),
            hashes: Vec::new(),
            length: 0,
            sections: Vec::new(),
        })
    }

    /// Begins a section; what is written from here on is in it.
    pub(super) fn section(&mut self, name: &str) {
        self.sections.push((name.to_owned(), self.length..self.length));
    }

    /// Adds bytes to the section.
    pub(super) fn write(&mut self, mut bytes: &[u8]) -> Result<()> {
        self.length += bytes.len() as u64;
        if let Some((_, range)) = self.sections.last_mut() {
            range.end = self.length;
        }
        while !bytes.is_empty() {
            let n = bytes.len().min(LEAF - self.leaf.len());
            self.leaf.extend_from_slice(&bytes[..n]);
            bytes = &bytes[n..];
            if self.leaf.len() == LEAF {
                self.flush()?;
            }
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<()> {
        self.hashes.push(xxh3_64(&self.leaf));
        let written = self.file.write_all(&self.leaf);
        self.leaf.clear();
        written.map_err(|e| Error::new(ErrorKind::Write, "cannot write").at(&self.path).because(e))
    }

    /// Ends the file and waits until it is on the disk; its seal.
    pub(super) fn finish(mut self) -> Result<u64> {
        if !self.leaf.is_empty() {
            self.flush()?;
        }
        let fail = |e| Error::new(ErrorKind::Write, "cannot write").at(&self.path).because(e);
        let mut tail: Vec<u8> = self.hashes.iter().flat_map(|h| h.to_le_bytes()).collect();
        tail.extend(
            postcard::to_stdvec(&self.sections)
                .map_err(|e| Error::new(ErrorKind::Write, "cannot write").at(&self.path).because(e))?,
        );
        let seal = xxh3_64(&tail);
        tail.extend((MAGIC.len() as u64 + self.length).to_le_bytes());
        tail.extend(seal.to_le_bytes());
        self.file.write_all(&tail).map_err(fail)?;
        let file = self.file.into_inner().map_err(|e| fail(e.into_error()))?;
        file.sync_all().map_err(fail)?;
        Ok(seal)
    }
}

/// A file of an index that is not what it was.
pub(super) fn damaged(path: &Path) -> Error {
    Error::new(ErrorKind::Read, "is damaged").at(path).hint("take the index from a copy, or begin a new one")
}

/// The word of eight bytes at `at`; missing bytes are zeros.
fn word(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..at + 8).map_or(0, u64::get)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(folder: &Path) -> PathBuf {
        let path = folder.join("file");
        let mut writer = LeafWriter::create(&path).unwrap();
        writer.section("first");
        writer.write(&[7; 10]).unwrap();
        writer.section("second");
        for n in 0..10_000_u32 {
            writer.write(&n.to_le_bytes()).unwrap();
        }
        writer.finish().unwrap();
        path
    }

    #[test]
    fn what_was_written_reads_again() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Arc::default();
        let file = Leaves::open(&written(folder.path()), 0, &cache).unwrap();
        assert_eq!((file.section("first"), file.section("second"), file.section("third")), (0..10, 10..40_010, 0..0));
        let mut bytes = vec![0; 40_000];
        file.read(10, &mut bytes);
        assert!(bytes.chunks_exact(4).zip(0_u32..).all(|(b, n)| b == n.to_le_bytes()));
        assert_eq!(cache.failure(), None);
        file.read(40_000, &mut bytes);
        assert!(cache.failure().is_some_and(|f| f.ends_with("ends too soon")));
    }

    #[test]
    fn no_damaged_byte_is_taken_for_data() {
        let folder = tempfile::tempdir().unwrap();
        let path = written(folder.path());
        let whole = std::fs::read(&path).unwrap();
        for at in (0..whole.len()).step_by(997).chain(whole.len() - 40..whole.len()) {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            std::fs::write(&path, bytes).unwrap();
            let cache = Arc::default();
            let Ok(file) = Leaves::open(&path, 0, &cache) else { continue };
            file.read(0, &mut vec![0; 40_010]);
            assert!(cache.failure().is_some(), "byte {at} was changed, and nobody saw it");
        }
        for length in [0, 5, 30, whole.len() / 2, whole.len() - 1] {
            std::fs::write(&path, &whole[..length]).unwrap();
            assert!(Leaves::open(&path, 0, &Arc::default()).is_err(), "cut at {length}");
        }
    }
}
