//! A file that appears whole or not at all.
//!
//! A large file is brought to the disk while it is written, so that who waits for its end waits for the last of it alone;
//! what is there leaves the memory, but for the last of it, and what is written next finds that free.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::JoinHandle;

use crate::error::{Error, ErrorKind, Result};
use crate::temporary::{self, Mark};

/// Writes beside `target` and renames when told that all is there; dropped before that, it leaves nothing.
#[derive(Debug)]
pub struct AtomicFile {
    target: PathBuf,
    file: BufWriter<tempfile::NamedTempFile>,
    mark: Mark,
    /// Bytes that were written, and those that the disk was asked to take.
    written: u64,
    asked: u64,
    ahead: Option<Ahead>,
}

/// Bytes that wait for the disk before it is asked to take them.
const SYNC_EVERY: u64 = 16 << 20;

/// A thread that brings what was written to the disk.
#[derive(Debug)]
struct Ahead {
    /// Takes how far the file was written.
    ask: SyncSender<u64>,
    thread: JoinHandle<()>,
}

impl Ahead {
    /// None where the machine does not allow it; all of the file is then brought to the disk at its end.
    fn start(file: &File) -> Option<Self> {
        let file = file.try_clone().ok()?;
        let (ask, asked) = sync_channel(1);
        let work = move || {
            let mut synced = 0;
            while let Ok(written) = asked.recv() {
                // What fails here fails again, and is told, at the end.
                if file.sync_data().is_ok() {
                    let_go(&file, synced, written);
                    synced = written;
                }
            }
        };
        let thread = std::thread::Builder::new().name("jianbao-sync".into()).spawn(work).ok()?;
        Some(Self { ask, thread })
    }
}

/// Tells the system that a stretch of a file, which is on the disk, need not stay in memory.
#[cfg(target_os = "linux")]
fn let_go(file: &File, from: u64, to: u64) {
    let Some(length) = to.checked_sub(from).and_then(std::num::NonZeroU64::new) else { return };
    let _ = rustix::fs::fadvise(file, from, Some(length), rustix::fs::Advice::DontNeed);
}

/// Tells the system that a stretch of a file, which is on the disk, need not stay in memory.
#[cfg(not(target_os = "linux"))]
fn let_go(_: &File, _: u64, _: u64) {}

impl AtomicFile {
    /// Opens a file that will become `target`.
    pub fn create(target: impl Into<PathBuf>) -> Result<Self> {
        let target = target.into();
        let folder = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if !folder.is_dir() {
            return Err(Error::new(ErrorKind::Write, format!("there is no folder {}", folder.display()))
                .at(&target)
                .hint("make it first, or name another"));
        }
        let fail = |e| Error::new(ErrorKind::Write, "cannot write").at(&target).because(temporary::cause(e));
        let file = ordinary(tempfile::Builder::new().prefix(temporary::PREFIX)).tempfile_in(folder).map_err(fail)?;
        let mark = Mark::new(file.path());
        Ok(Self { file: BufWriter::with_capacity(1 << 18, file), mark, target, written: 0, asked: 0, ahead: None })
    }

    /// Flushes, syncs and renames.
    pub fn commit(self) -> Result<()> {
        let target = self.target;
        let fail = |e: io::Error| Error::new(ErrorKind::Write, "cannot write").at(&target).because(e);
        let file = self.file.into_inner().map_err(|e| fail(e.into_error()))?;
        if let Some(Ahead { ask, thread }) = self.ahead {
            drop(ask);
            let _ = thread.join();
        }
        file.as_file().sync_all().map_err(fail)?;
        keep_mode(file.path(), &target).map_err(fail)?;
        file.persist(&target).map_err(|e| fail(e.error))?;
        drop(self.mark);
        Ok(())
    }
}

/// Gives the file at `new`, which is about to take the place of the one at `target`, the mode of that one, if it is there.
pub fn keep_mode(new: &Path, target: &Path) -> io::Result<()> {
    match fs::metadata(target) {
        Ok(there) if cfg!(unix) && there.is_file() => fs::set_permissions(new, there.permissions()),
        _ => Ok(()),
    }
}

/// Makes the file with the mode that any new file of the user's has; a temporary one would be private.
#[cfg(unix)]
fn ordinary<'b, 'p, 's>(file: &'b mut tempfile::Builder<'p, 's>) -> &'b mut tempfile::Builder<'p, 's> {
    use std::os::unix::fs::PermissionsExt as _;

    file.permissions(fs::Permissions::from_mode(0o666))
}

/// Makes the file with the mode that any new file of the user's has.
#[cfg(not(unix))]
fn ordinary<'b, 'p, 's>(file: &'b mut tempfile::Builder<'p, 's>) -> &'b mut tempfile::Builder<'p, 's> {
    file
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.written += written as u64;
        if self.written - self.asked >= SYNC_EVERY {
            self.asked = self.written;
            if self.ahead.is_none() {
                self.ahead = Ahead::start(self.file.get_ref().as_file());
            }
            // Where it is still at work, it is asked next time.
            let in_file = self.written - self.file.buffer().len() as u64;
            let _ = self.ahead.as_ref().map(|ahead| ahead.ask.try_send(in_file));
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
