//! A file that one run holds at a time.

use std::fs::File;
use std::io;
use std::path::Path;

/// A lock, held until it is dropped.
#[derive(Debug)]
pub struct Lock(File);

impl Lock {
    /// Takes the lock at `path`; None where another run holds it.
    ///
    /// # Errors
    ///
    /// If the file cannot be made.
    pub fn take(path: &Path) -> io::Result<Option<Self>> {
        let file = File::create(path)?;
        Ok(file.try_lock().is_ok().then_some(Self(file)))
    }

    /// Whether a run holds the lock at `path`.
    pub fn is_held(path: &Path) -> bool {
        File::open(path).is_ok_and(|file| match file.try_lock() {
            Ok(()) => file.unlock().is_err(),
            Err(_) => true,
        })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing alone would leave it to a process that was begun meanwhile and has the file open until it is another
        // program.
        let _ = self.0.unlock();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        assert!(!Lock::is_held(&path));
        let lock = Lock::take(&path).unwrap();
        assert!(lock.is_some());
        assert!(Lock::is_held(&path));
        assert!(Lock::take(&path).unwrap().is_none());
        drop(lock);
        assert!(!Lock::is_held(&path));
        assert!(Lock::take(&path).unwrap().is_some());
    }
}
