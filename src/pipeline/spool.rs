//! A file of frames that only grows: what the first pass found out, for the second and for a resume.
//!
//! A frame is its length, its hash and its bytes. A frame that is cut short or changed is taken for the end: it was being
//! written when the run died, and what it held is found out again.

use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::xxh3_64;

use crate::error::{Error, ErrorKind, Result};

/// Length and hash, eight bytes each, before a frame.
const HEAD: usize = 16;

/// A spool that is being written.
#[derive(Debug)]
pub(super) struct Spool {
    path: PathBuf,
    file: File,
}

impl Spool {
    /// Opens the spool at `path` and hands each whole frame that it holds to `each`; what stands behind is cut off.
    pub(super) fn open(path: &Path, mut each: impl FnMut(&[u8]) -> Result<()>) -> Result<Self> {
        let fail = |e| Error::new(ErrorKind::Write, "cannot write").at(path).because(e);
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path).map_err(fail)?;
        let mut frames = Frames { file: BufReader::with_capacity(1 << 18, &mut file), frame: Vec::new() };
        let mut whole = 0;
        while let Some(frame) = frames.next().map_err(fail)? {
            whole += (HEAD + frame.len()) as u64;
            each(frame)?;
        }
        file.set_len(whole).map_err(fail)?;
        file.seek(SeekFrom::End(0)).map_err(fail)?;
        Ok(Self { path: path.to_path_buf(), file })
    }

    /// Adds a frame.
    pub(super) fn push(&mut self, frame: &[u8]) -> Result<()> {
        let mut head = [0; HEAD];
        head[..8].copy_from_slice(&(frame.len() as u64).to_le_bytes());
        head[8..].copy_from_slice(&xxh3_64(frame).to_le_bytes());
        let written = self.file.write_all(&head).and_then(|()| self.file.write_all(frame));
        written.map_err(|e| Error::new(ErrorKind::Write, "cannot write").at(&self.path).because(e))
    }
}

/// The frames of a spool, read from its beginning.
#[derive(Debug)]
pub(super) struct Frames<R> {
    file: R,
    frame: Vec<u8>,
}

impl Frames<BufReader<File>> {
    /// Reads the spool at `path`.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let file = File::open(path).map_err(|e| Error::new(ErrorKind::Read, "cannot read").at(path).because(e))?;
        Ok(Self { file: BufReader::with_capacity(1 << 18, file), frame: Vec::new() })
    }
}

impl<R: io::Read> Frames<R> {
    /// The next whole frame to keep, or None at the end.
    pub(super) fn take(&mut self) -> io::Result<Option<Vec<u8>>> {
        Ok(if self.next()?.is_some() { Some(std::mem::take(&mut self.frame)) } else { None })
    }

    /// The next whole frame, or None at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<&[u8]>> {
        let mut head = [0; HEAD];
        if let Err(e) = self.file.read_exact(&mut head) {
            return if e.kind() == io::ErrorKind::UnexpectedEof { Ok(None) } else { Err(e) };
        }
        let word = |at: usize| head[at..at + 8].iter().rev().fold(0_u64, |all, &b| all << 8 | u64::from(b));
        let (length, hash) = (word(0), word(8));
        self.frame.clear();
        // Read by its true length, not by the stated one: a damaged head must not ask for the whole memory.
        (&mut self.file).take(length).read_to_end(&mut self.frame)?;
        let whole = self.frame.len() as u64 == length && xxh3_64(&self.frame) == hash;
        Ok(whole.then_some(&self.frame))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frames(path: &Path) -> Vec<Vec<u8>> {
        let mut seen = Vec::new();
        Spool::open(path, |f| {
            seen.push(f.to_vec());
            Ok(())
        })
        .unwrap();
        seen
    }

    #[test]
    fn whole_frames_come_back_and_a_cut_one_is_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("spool");
        let mut spool = Spool::open(&path, |_| panic!("it is empty")).unwrap();
        for frame in [&b"one"[..], b"", b"three"] {
            spool.push(frame).unwrap();
        }
        let whole = std::fs::read(&path).unwrap();
        assert_eq!(frames(&path), [&b"one"[..], b"", b"three"]);
        // Cut anywhere in the last frame, or with any byte of it changed, the first two remain.
        let last = whole.len() - HEAD - 5;
        for at in last..whole.len() {
            std::fs::write(&path, &whole[..at]).unwrap();
            assert_eq!(frames(&path).len(), 2, "cut at {at}");
            assert_eq!(std::fs::metadata(&path).unwrap().len(), last as u64);
            let mut damaged = whole.clone();
            damaged[at] ^= 0x40;
            std::fs::write(&path, damaged).unwrap();
            assert_eq!(frames(&path).len(), 2, "damaged at {at}");
        }
    }

    #[test]
    fn a_resumed_spool_goes_on_behind_its_last_whole_frame() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("spool");
        Spool::open(&path, |_| Ok(())).unwrap().push(b"one").unwrap();
        let mut bytes = std::fs::read(&path).unwrap();
        bytes.extend(b"\x09\0\0\0\0\0\0\0half");
        std::fs::write(&path, bytes).unwrap();
        Spool::open(&path, |_| Ok(())).unwrap().push(b"two").unwrap();
        assert_eq!(frames(&path), [b"one", b"two"]);
    }
}
