//! A file that appears whole or not at all.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind, Result};

/// Writes beside `target` and renames when told that all is there; dropped before that, it leaves nothing.
#[derive(Debug)]
pub struct AtomicFile {
    target: PathBuf,
    file: BufWriter<tempfile::NamedTempFile>,
}

impl AtomicFile {
    /// Opens a file that will become `target`.
    pub fn create(target: impl Into<PathBuf>) -> Result<Self> {
        let target = target.into();
        let folder = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let fail = |e: io::Error| Error::new(ErrorKind::Write, "cannot write").at(&target).because(e);
        let file = tempfile::Builder::new().prefix(".jianbao-").tempfile_in(folder).map_err(fail)?;
        Ok(Self { file: BufWriter::with_capacity(1 << 18, file), target })
    }

    /// Flushes, syncs and renames.
    pub fn commit(self) -> Result<()> {
        let target = self.target;
        let fail = |e: io::Error| Error::new(ErrorKind::Write, "cannot write").at(&target).because(e);
        let file = self.file.into_inner().map_err(|e| fail(e.into_error()))?;
        file.as_file().sync_all().map_err(fail)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // A temporary file is private; an output is an ordinary one.
            fs::set_permissions(file.path(), fs::Permissions::from_mode(0o644)).map_err(fail)?;
        }
        file.persist(&target).map_err(|e| fail(e.error))?;
        Ok(())
    }
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
