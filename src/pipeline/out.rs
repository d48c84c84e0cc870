//! The output folder: may it be written, and what is in the way.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind, Result};

/// Makes sure, before anything is read, that `out` may be written: a folder that is new or empty (or `force`), and no
/// folder that is read from.
pub(crate) fn prepare(out: &Path, inputs: &[PathBuf], force: bool) -> Result<()> {
    let fail = |e| Error::new(ErrorKind::Write, "cannot write").at(out).because(e);
    check(out, inputs)?;
    fs::create_dir_all(out).map_err(fail)?;
    if !force && fs::read_dir(out).map_err(fail)?.next().is_some() {
        return Err(Error::new(ErrorKind::Exists, "is not empty")
            .at(out)
            .hint("--force writes over the output that is there"));
    }
    // Tried now, so that a folder that cannot be written is not found out after an hour.
    tempfile::tempfile_in(out).map_err(fail)?;
    Ok(())
}

/// Makes sure that `out` is no file and no folder that is read from.
pub(super) fn check(out: &Path, inputs: &[PathBuf]) -> Result<()> {
    if out.exists() && !out.is_dir() {
        return Err(Error::new(ErrorKind::Exists, "is a file, not a folder").at(out).hint("name a folder with -o"));
    }
    if let Ok(real) = out.canonicalize()
        && inputs.iter().any(|i| i.is_dir() && i.canonicalize().is_ok_and(|i| i == real))
    {
        return Err(Error::new(ErrorKind::Exists, "is read from and cannot be written to at once")
            .at(out)
            .hint("name another folder with -o"));
    }
    Ok(())
}
