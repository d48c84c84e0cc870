//! An output while it grows, part by part, in the work folder of a run.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::Xxh3Default;

use crate::error::{Error, ErrorKind, Result};
use crate::record::FileTotals;

/// A file that grows by whole parts, with its totals. It can be left and taken up again at any total it once had.
pub struct GrowingFile {
    path: PathBuf,
    file: File,
    bytes: u64,
    records: u64,
    hash: Xxh3Default,
}

impl GrowingFile {
    /// Takes up the file at `path` where it had `totals`; what stands behind is cut off. A new one has no totals yet.
    ///
    /// None where the file no longer holds what the totals say.
    pub fn open(path: &Path, totals: &FileTotals) -> Result<Option<Self>> {
        let fail = |e| Error::new(ErrorKind::Write, "cannot write").at(path).because(e);
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path).map_err(fail)?;
        if file.metadata().map_err(fail)?.len() < totals.bytes {
            return Ok(None);
        }
        file.set_len(totals.bytes).map_err(fail)?;
        let hash = hash(&mut file).map_err(fail)?;
        file.seek(SeekFrom::End(0)).map_err(fail)?;
        let grown = Self { path: path.to_path_buf(), file, bytes: totals.bytes, records: totals.records, hash };
        Ok((totals.bytes == 0 || grown.totals().xxh3 == totals.xxh3).then_some(grown))
    }

    /// Adds a part that holds so many records.
    pub fn push(&mut self, part: &[u8], records: u64) -> Result<()> {
        self.file
            .write_all(part)
            .map_err(|e| Error::new(ErrorKind::Write, "cannot write").at(&self.path).because(e))?;
        self.hash.update(part);
        self.bytes += part.len() as u64;
        self.records += records;
        Ok(())
    }

    /// Makes sure that all of it is on the disk.
    pub fn sync(&self) -> Result<()> {
        self.file.sync_data().map_err(|e| Error::new(ErrorKind::Write, "cannot write").at(&self.path).because(e))
    }

    /// What it holds so far.
    pub fn totals(&self) -> FileTotals {
        FileTotals { bytes: self.bytes, records: self.records, xxh3: format!("{:032x}", self.hash.digest128()) }
    }
}

/// The totals of a file as it lies there, but for its records, which are counted by who can read them.
pub fn file_totals(path: &Path) -> io::Result<FileTotals> {
    let mut file = File::open(path)?;
    let hash = hash(&mut file)?;
    let bytes = file.metadata()?.len();
    Ok(FileTotals { bytes, records: 0, xxh3: format!("{:032x}", hash.digest128()) })
}

fn hash(file: &mut File) -> io::Result<Xxh3Default> {
    let mut hash = Xxh3Default::new();
    let mut buffer = vec![0; 1 << 18];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok(hash),
            Ok(n) => hash.update(&buffer[..n]),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_taken_up_again_is_as_if_it_had_never_been_left() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("articles.jsonl");
        let mut file = GrowingFile::open(&path, &FileTotals::default()).unwrap().unwrap();
        file.push(b"one\ntwo\n", 2).unwrap();
        let then = file.totals();
        file.push(b"thr", 0).unwrap();
        drop(file);
        let mut again = GrowingFile::open(&path, &then).unwrap().unwrap();
        again.push(b"three\n", 1).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"one\ntwo\nthree\n");
        assert_eq!(FileTotals { records: 3, ..file_totals(&path).unwrap() }, again.totals());
    }

    #[test]
    fn a_file_that_was_changed_is_not_taken_up() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("articles.jsonl");
        let mut file = GrowingFile::open(&path, &FileTotals::default()).unwrap().unwrap();
        file.push(b"one\n", 1).unwrap();
        let then = file.totals();
        for other in [&b"onE\n"[..], b"one"] {
            std::fs::write(&path, other).unwrap();
            assert!(GrowingFile::open(&path, &then).unwrap().is_none());
        }
    }
}
