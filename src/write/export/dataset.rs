//! The files of a dataset, as they lie in the folder that a card is for.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader};
use std::path::Path;

use crate::error::{Error, ErrorKind, Result};
use crate::record::{FileTotals, Report};
use crate::write::{file_totals, lines, parquet_rows};

/// The parts that a dataset may have, each with what the names of its files begin with.
pub(super) const PARTS: &[(&str, &str)] = &[
    ("articles", "articles"),
    ("repeats", "repeats"),
    ("facts", "facts.csv"),
    ("passim", "passim.jsonl"),
    ("documents", "documents/articles.jsonl"),
    ("attributes", "attributes/jianbao/articles.jsonl"),
];

/// What a file is written as, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Lines,
    Table,
    Parquet,
}

impl Form {
    fn of(name: &str) -> Option<Self> {
        let plain = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(name);
        match plain.rsplit_once('.')?.1 {
            "jsonl" => Some(Self::Lines),
            "csv" if plain == name => Some(Self::Table),
            "parquet" if plain == name => Some(Self::Parquet),
            _ => None,
        }
    }
}

/// The files of the dataset in `folder`, with their totals. Where a part is there in two forms, it is the one that the
/// report names, or else Parquet.
pub fn dataset(folder: &Path, report: &Report) -> Result<BTreeMap<String, FileTotals>> {
    let fail = |e: io::Error| Error::new(ErrorKind::Read, "cannot read").at(folder).because(e);
    let mut names = Vec::new();
    for below in ["", "documents/", "attributes/jianbao/"] {
        let entries = match fs::read_dir(folder.join(below)) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => continue,
            entries => entries.map_err(fail)?,
        };
        for entry in entries {
            names.push(format!("{below}{}", entry.map_err(fail)?.file_name().to_string_lossy()));
        }
    }
    let mut files = BTreeMap::new();
    for (part, begin) in PARTS {
        let mut of_part: Vec<(String, Form)> =
            names.iter().filter(|name| is_of(name, begin)).filter_map(|n| Some((n.clone(), Form::of(n)?))).collect();
        let forms = |form| of_part.iter().any(|(_, f)| *f == form);
        let said = report.files.keys().filter(|name| name.starts_with(part)).find_map(|name| Form::of(name));
        if let Some(form) = said.filter(|f| forms(*f)).or(Some(Form::Parquet).filter(|f| forms(*f))) {
            of_part.retain(|(_, f)| *f == form);
        }
        for (name, form) in of_part {
            let totals = totals(folder, &name, form, report)?;
            files.insert(name, totals);
        }
    }
    Ok(files)
}

/// Whether a name is the one that a part begins with, or a shard of it.
pub(super) fn is_of(name: &str, begin: &str) -> bool {
    name.strip_prefix(begin).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-']))
}

fn totals(folder: &Path, name: &str, form: Form, report: &Report) -> Result<FileTotals> {
    let path = folder.join(name);
    let fail = |e: io::Error| Error::new(ErrorKind::Read, "cannot read").at(&path).because(e);
    let totals = file_totals(&path).map_err(fail)?;
    if let Some(said) = report.files.get(name).filter(|said| said.bytes == totals.bytes && said.xxh3 == totals.xxh3) {
        return Ok(said.clone());
    }
    let records = match form {
        Form::Lines => {
            let mut lines = lines(&path)?;
            let mut n = 0;
            while lines.next()?.is_some() {
                n += 1;
            }
            n
        }
        Form::Table => rows(&path).map_err(fail)?,
        Form::Parquet => parquet_rows(&path)?,
    };
    Ok(FileTotals { records, ..totals })
}

/// The rows of a table below its first one. A line break in a quoted cell ends none.
fn rows(path: &Path) -> io::Result<u64> {
    let mut table = BufReader::with_capacity(1 << 18, File::open(path)?);
    let (mut n, mut quoted) = (0_u64, false);
    loop {
        let bytes = table.fill_buf()?;
        if bytes.is_empty() {
            return Ok(n.saturating_sub(1));
        }
        for byte in bytes {
            quoted ^= *byte == b'"';
            n += u64::from(*byte == b'\n' && !quoted);
        }
        let length = bytes.len();
        table.consume(length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_in_the_folder_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        let mut report = Report::default();
        report.files.insert("articles.jsonl".into(), FileTotals::default());
        assert!(dataset(folder.path(), &report).unwrap().is_empty());
        write("facts.csv", "a,b\n1,\"two\nlines\"\n3,\"\"\"\"\n");
        write("passim.jsonl", "{}\n{}\n{}\n");
        write("articles.jsonl", "{}\n");
        // Another form of the same, and names that only look alike.
        write("articles.parquet", "");
        write("articles-of-mine.txt", "");
        write("repeatsome.jsonl", "");
        write("README.md", "");
        let files = dataset(folder.path(), &report).unwrap();
        let records: Vec<_> = files.iter().map(|(name, totals)| (name.as_str(), totals.records)).collect();
        assert_eq!(records, [("articles.jsonl", 1), ("facts.csv", 2), ("passim.jsonl", 3)]);
    }
}
