//! The files of a run, read line by line: plain or compressed, whole or in shards.

use std::path::{Path, PathBuf};

use memchr::memmem;
use serde_json::{Value, json};

use crate::error::{Error, ErrorKind, Result};
use crate::write;

/// A folder that `jianbao run` wrote.
pub(super) struct Output {
    articles: Vec<PathBuf>,
    repeats: Vec<PathBuf>,
}

impl Output {
    /// Finds the files of articles and of repeats, in shards or not.
    pub(super) fn open(folder: &Path) -> Result<Self> {
        Ok(Self { articles: write::files_of(folder, "articles")?, repeats: write::files_of(folder, "repeats")? })
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

fn records(files: &[PathBuf], needle: &str, found: &mut dyn FnMut(Value) -> bool) -> Result<()> {
    let needle = memmem::Finder::new(needle);
    for path in files {
        let mut lines = write::lines(path)?;
        while let Some((number, line)) = lines.next()? {
            if needle.find(line.as_bytes()).is_none() {
                continue;
            }
            let record = serde_json::from_str(line)
                .map_err(|e| Error::new(ErrorKind::Record, "not a record").at(path).line_number(number).because(e))?;
            if !found(record) {
                return Ok(());
            }
        }
    }
    Ok(())
}
