//! What a run tells to whoever watches it, and how it is asked to stop.

use std::path::Path;

use crate::error::Error;

/// The passes of a run, as a person waits for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Step {
    /// Reading pages, putting them back together, taking fingerprints.
    Read,
    /// Deciding which blocks repeat which.
    Resolve,
    /// Reading facts and writing records.
    Write,
}

/// A watcher of a run. It is called from several threads, and nothing that it does changes what is written.
pub trait Watch: Sync {
    /// A step begins; `bytes` is how much input it will go through, where that is known.
    fn step(&self, _step: Step, _bytes: Option<u64>) {}
    /// So much more of the step is done.
    fn advance(&self, _bytes: u64, _pages: u64) {}
    /// Something could not be read and was set aside.
    fn fault(&self, _fault: &Error) {}
    /// A folder inside of an input was passed over, since an earlier run has written it.
    fn passed_over(&self, _folder: &Path) {}
    /// Whether the run should finish the chunk at hand and stop.
    fn stop_asked(&self) -> bool {
        false
    }
}

/// A watcher that does not look.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unwatched;

impl Watch for Unwatched {}
