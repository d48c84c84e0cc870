//! Outputs that were written before, line by line, whatever they are compressed with.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind, Result};

/// The lines of an output of JSON lines. Which compression it has says its name.
pub fn lines(path: &Path) -> Result<Lines> {
    let fail = |e: io::Error| Error::new(ErrorKind::Read, "cannot read").at(path).because(e);
    let file = BufReader::with_capacity(1 << 18, File::open(path).map_err(fail)?);
    let reader: Box<dyn BufRead> = match path.extension().and_then(|e| e.to_str()) {
        Some("gz") => Box::new(BufReader::with_capacity(1 << 18, flate2::bufread::MultiGzDecoder::new(file))),
        Some("zst") => {
            let decoder = zstd::Decoder::with_buffer(file).map_err(fail)?;
            Box::new(BufReader::with_capacity(1 << 18, decoder))
        }
        _ => Box::new(file),
    };
    Ok(Lines { path: path.to_path_buf(), reader, line: String::new(), number: 0 })
}

/// The files of JSON lines of a kind (`articles`, `repeats`) in an output folder, in their order.
pub fn files_of(folder: &Path, kind: &str) -> Result<Vec<PathBuf>> {
    let fail = |e: io::Error| Error::new(ErrorKind::Read, "cannot read").at(folder).because(e);
    let mut files = Vec::new();
    let mut parquet = false;
    for entry in fs::read_dir(folder).map_err(fail)? {
        let path = entry.map_err(fail)?.path();
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or("");
        let rest = name.strip_prefix(kind).unwrap_or("");
        let whole = rest.split_once(".jsonl").is_some_and(|(shard, packed)| {
            (shard.is_empty() || shard.starts_with('-')) && ["", ".gz", ".zst"].contains(&packed)
        });
        parquet |= rest.starts_with(['-', '.']) && rest.ends_with(".parquet");
        if whole {
            files.push(path);
        }
    }
    files.sort();
    if files.is_empty() && parquet {
        return Err(Error::new(ErrorKind::Format, format!("its {kind} are Parquet, and JSON lines are needed"))
            .at(folder)
            .hint("run again with --format jsonl, into another folder"));
    }
    if files.is_empty() {
        return Err(Error::new(ErrorKind::NotFound, format!("no {kind}.jsonl in it"))
            .at(folder)
            .hint("name the folder that a run has written"));
    }
    Ok(files)
}

/// Lines of one file. The buffer is used again from line to line.
pub struct Lines {
    path: PathBuf,
    reader: Box<dyn BufRead>,
    line: String,
    number: u64,
}

impl Lines {
    /// The next line without its end, and its number from 1.
    #[allow(clippy::should_implement_trait, reason = "the line is lent, which an iterator cannot")]
    pub fn next(&mut self) -> Result<Option<(u64, &str)>> {
        self.line.clear();
        self.number += 1;
        match self.reader.read_line(&mut self.line) {
            Ok(0) => Ok(None),
            Ok(_) => Ok(Some((self.number, self.line.trim_end_matches('\n')))),
            Err(e) => {
                Err(Error::new(ErrorKind::Read, "cannot read").at(&self.path).line_number(self.number).because(e))
            }
        }
    }
}
