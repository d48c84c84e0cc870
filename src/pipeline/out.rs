//! The output: may it be written, what is in the way, and what goes again where nothing was written.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind, Result};
use crate::pipeline::Watch;
use crate::read::{Fault, Sources, place_of};
#[cfg(feature = "cli")]
use crate::settings;
use crate::temporary;

/// The folders that were made for an output. Let go of, those of them that are still empty go again.
#[derive(Debug)]
pub(crate) struct Made {
    /// From the innermost out.
    folders: Vec<PathBuf>,
}

impl Made {
    /// Makes a folder and those above it, where they are not there.
    pub(crate) fn folder(path: &Path) -> io::Result<Self> {
        let missing = path.ancestors().take_while(|f| !f.as_os_str().is_empty() && !f.exists());
        let made = Self { folders: missing.map(Path::to_path_buf).collect() };
        fs::create_dir_all(path)?;
        Ok(made)
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        for folder in &self.folders {
            // One that holds something is not removed.
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Makes sure, before anything is read, that `out` may be written: a folder that is new or empty (or `force`), and no
/// folder that is read from.
pub(crate) fn prepare(out: &Path, inputs: &[PathBuf], force: bool) -> Result<Made> {
    let fail = |e| Error::new(ErrorKind::Write, "cannot write").at(out).because(e);
    check(out, inputs)?;
    let made = Made::folder(out).map_err(fail)?;
    if !force && fs::read_dir(out).map_err(fail)?.next().is_some() {
        return Err(Error::new(ErrorKind::Exists, "is not empty")
            .at(out)
            .hint("--force writes over the output that is there"));
    }
    temporary::remove_left(out);
    // Tried now, so that a folder that cannot be written is not found out after an hour.
    tempfile::tempfile_in(out).map_err(|e| fail(temporary::cause(e)))?;
    Ok(made)
}

/// Makes sure that `out` is no file, and no folder that is or holds an input.
pub(super) fn check(out: &Path, inputs: &[PathBuf]) -> Result<()> {
    if out.exists() && !out.is_dir() {
        return Err(Error::new(ErrorKind::Exists, "is a file, not a folder").at(out).hint("name a folder with -o"));
    }
    let Ok(real) = out.canonicalize() else { return Ok(()) };
    for input in inputs {
        let Some(place) = place_of(input).filter(|place| place.starts_with(&real)) else { continue };
        let what = if place == real {
            "is read from and cannot be written to at once".into()
        } else {
            format!("holds the input {} and cannot be written to", input.display())
        };
        return Err(Error::new(ErrorKind::Exists, what).at(out).hint("name another folder with -o"));
    }
    Ok(())
}

/// Makes sure, before anything is read, that the file `target` is none of the inputs.
#[cfg(feature = "cli")]
pub(crate) fn spare(target: &Path, inputs: &[PathBuf], settings: &settings::Read) -> Result<()> {
    if target.exists() && Sources::discover(inputs, settings).0.reads(target) {
        return Err(Error::new(ErrorKind::Exists, "is an input and cannot be written to")
            .at(target)
            .hint("name another file with -o"));
    }
    Ok(())
}

/// Leaves out of the sources what lies in `out`: a search through the folder above it does not read what an earlier run
/// wrote.
pub(super) fn leave_out(sources: &mut Sources, out: &Path) -> Result<()> {
    if sources.leave_out(out) > 0 && sources.is_empty() {
        return Err(Error::new(ErrorKind::NotFound, "all inputs that were found lie in the output folder")
            .at(out)
            .hint("name another folder with -o"));
    }
    Ok(())
}

/// Tells every input that is not there. Where that `stops` the work it is an error, and the last of them is told by whoever
/// gets it.
pub(super) fn tell_missing(missing: &[Fault], stops: bool, watch: &dyn Watch) -> Result<()> {
    let (told, last) = match missing.split_last() {
        Some((last, others)) if stops => (others, Some(last)),
        _ => (missing, None),
    };
    for fault in told {
        watch.fault(&fault.clone().into());
    }
    last.map_or(Ok(()), |last| Err(last.clone().into()))
}

/// Tells of the outputs of earlier runs that lie inside of the inputs and are not read.
pub(super) fn tell_passed_over(sources: &Sources, watch: &dyn Watch) {
    sources.passed_over().iter().for_each(|folder| watch.passed_over(folder));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_was_made_goes_again_while_it_is_empty() {
        let folder = tempfile::tempdir().unwrap();
        let there = folder.path().join("there");
        fs::create_dir(&there).unwrap();
        let below = there.join("a/b");
        drop(Made::folder(&below).unwrap());
        assert!(there.exists() && !there.join("a").exists());
        let made = Made::folder(&below).unwrap();
        fs::write(there.join("a/file"), "").unwrap();
        drop(made);
        assert!(there.join("a/file").exists() && !below.exists());
    }

    #[test]
    fn an_output_that_holds_an_input_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("out/below")).unwrap();
        fs::create_dir(at("beside")).unwrap();
        fs::write(at("out/page.md"), "").unwrap();
        let check = |input: &str, allowed: bool| {
            assert_eq!(check(&at("out"), &[at(input)]).is_ok(), allowed, "{input}");
        };
        for input in ["out", "out/page.md", "out/below", "out/*.md", "out/../out/b*/x.md", "beside/../out/page.md"] {
            check(input, false);
        }
        for input in ["beside", "*/page.md", "output", "out/nothing.md", "."] {
            check(input, true);
        }
    }
}
