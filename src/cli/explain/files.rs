//! The files of a run, read line by line, plain or compressed.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use memchr::memmem;
use serde_json::{Value, json};

use crate::error::{Error, ErrorKind, Result};

/// A folder that `jianbao run` wrote.
pub(super) struct Output {
    articles: PathBuf,
    repeats: PathBuf,
}

impl Output {
    /// Finds `articles.jsonl` and `repeats.jsonl`, each also with `.gz` or `.zst` behind its name.
    pub(super) fn open(folder: &Path) -> Result<Self> {
        let find = |name: &str| {
            ["", ".gz", ".zst"].iter().map(|end| folder.join(format!("{name}{end}"))).find(|p| p.is_file()).ok_or_else(
                || {
                    Error::new(ErrorKind::NotFound, format!("there is no {name}"))
                        .at(folder)
                        .hint("name the folder that `jianbao run INPUT... -o OUT` wrote; explain reads JSONL")
                },
            )
        };
        Ok(Self { articles: find("articles.jsonl")?, repeats: find("repeats.jsonl")? })
    }

    /// Calls `found` with each article record of a line that holds `needle`; false stops.
    pub(super) fn articles(&self, needle: &str, found: &mut dyn FnMut(Value) -> bool) -> Result<()> {
        records(&self.articles, needle, found)
    }

    /// The same for the records of repeated blocks.
    pub(super) fn repeats(&self, needle: &str, found: &mut dyn FnMut(Value) -> bool) -> Result<()> {
        records(&self.repeats, needle, found)
    }

    /// How many blocks the block `id` stands for in the output, and the first of them.
    pub(super) fn cluster(&self, id: &str, most: usize) -> Result<Value> {
        let mut count = 0;
        let mut first = Vec::new();
        self.repeats(&field("cluster", id), &mut |record| {
            if record["cluster"] == id && record["kept"] == false {
                count += 1;
                if first.len() < most {
                    first.push(json!({ "block": record["block"], "kind": record["kind"] }));
                }
            }
            true
        })?;
        Ok(json!({ "count": count, "first": first }))
    }
}

/// `"name":"value"` as it stands in a record.
pub(super) fn field(name: &str, value: &str) -> String {
    format!("\"{name}\":{}", Value::from(value))
}

fn records(path: &Path, needle: &str, found: &mut dyn FnMut(Value) -> bool) -> Result<()> {
    let fail = |e: std::io::Error| Error::new(ErrorKind::Read, "cannot read").at(path).because(e);
    let file = BufReader::with_capacity(1 << 18, File::open(path).map_err(fail)?);
    let mut lines: Box<dyn BufRead> = match path.extension().and_then(|e| e.to_str()) {
        Some("gz") => Box::new(BufReader::new(flate2::bufread::MultiGzDecoder::new(file))),
        Some("zst") => Box::new(BufReader::new(zstd::stream::read::Decoder::with_buffer(file).map_err(fail)?)),
        _ => Box::new(file),
    };
    let needle = memmem::Finder::new(needle);
    let mut line = Vec::new();
    let mut number = 0;
    loop {
        line.clear();
        number += 1;
        if lines.read_until(b'\n', &mut line).map_err(fail)? == 0 {
            return Ok(());
        }
        if needle.find(&line).is_none() {
            continue;
        }
        let record = serde_json::from_slice(&line)
            .map_err(|e| Error::new(ErrorKind::Record, "not a record").at(path).line_number(number).because(e))?;
        if !found(record) {
            return Ok(());
        }
    }
}
