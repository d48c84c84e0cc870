//! Temporary files of the program that have a name: they go when they are let go of, and also when a signal ends it.
//!
//! Whoever makes one marks it; what is still marked when the program has to end at once is removed by [`remove_all`].

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// How the names of temporary files begin, wherever they lie.
pub(crate) const PREFIX: &str = ".jianbao-";

static MARKED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// A file or folder that is temporary for as long as this lives. It does not remove it itself.
#[derive(Debug)]
pub(crate) struct Mark(PathBuf);

impl Mark {
    /// Marks what is, or will be, at `path`.
    pub(crate) fn new(path: &Path) -> Self {
        MARKED.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned());
        Self(path.to_owned())
    }
}

impl Drop for Mark {
    fn drop(&mut self) {
        MARKED.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.0);
    }
}

/// Why a temporary file could not be made, without its name, which says nothing to anybody.
#[allow(clippy::needless_pass_by_value, reason = "made for `map_err`")]
pub(crate) fn cause(e: io::Error) -> io::Error {
    e.kind().into()
}

/// Removes everything that is marked: the program is about to end.
#[cfg(feature = "cli")]
pub(crate) fn remove_all() {
    for path in std::mem::take(&mut *MARKED.lock().unwrap_or_else(PoisonError::into_inner)) {
        // What is gone already was moved to its place.
        let _ = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
    }
}

/// Removes temporary files that a killed program has left in `folder`.
pub(crate) fn remove_left(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if is_file && entry.file_name().as_encoded_bytes().starts_with(PREFIX.as_bytes()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_left_goes_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in [".jianbao-Ab12cd", "articles.jsonl", ".hidden", "jianbao-notes"] {
            fs::write(at(name), "").unwrap();
        }
        fs::create_dir(at(".jianbao")).unwrap();
        fs::create_dir(at(".jianbao-folder")).unwrap();
        remove_left(folder.path());
        let mut names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, [".hidden", ".jianbao", ".jianbao-folder", "articles.jsonl", "jianbao-notes"]);
    }
}
