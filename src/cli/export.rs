//! `jianbao export`: an output in the forms that other programs read.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde::Deserialize as _;

use crate::cli::Exit;
use crate::cli::args::folder;
use crate::error::{Error, ErrorKind, Result};
use crate::pipeline::{self, Made};
use crate::record::ArticleRecord;
use crate::settings::Compression;
use crate::write::{AtomicFile, compress, export, files_of, lines};

const EXAMPLES: &str = "\
Examples:
  The facts as a table for a spreadsheet:
  $ jianbao export csv out/ -o facts/

  The same for Excel, which else takes Chinese for something else:
  $ jianbao export csv out/ -o excel/ --bom

  Documents with attributes, as Dolma's tools read them, and passim's input:
  $ jianbao export dolma out/ -o dolma/
  $ jianbao export passim out/ -o passim/

  Parquet, and a dataset card beside it:
  $ jianbao export parquet out/ -o dataset/
  $ jianbao export card out/ -o dataset/ --force";

/// Puts an output into the forms of other programs
///
/// It reads JSON lines, compressed or not; of an output that is Parquet, there is only the card.
#[derive(clap::Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Args {
    /// The form
    #[arg(value_enum, value_name = "FORM")]
    form: Form,
    /// The folder that a run has written
    #[arg(value_name = "OUT")]
    from: PathBuf,
    /// Folder to write into
    ///
    /// It is made where it is not there.
    #[arg(short = 'o', long = "output", value_name = "FOLDER", value_parser = folder)]
    to: PathBuf,
    /// Write over files that are there
    #[arg(long, overrides_with = "no_force")]
    force: bool,
    #[arg(long, hide = true, overrides_with = "force")]
    no_force: bool,
    /// Begin the CSV with a byte order mark
    ///
    /// Excel takes it for UTF-8 only then; most other programs do without.
    #[arg(long)]
    bom: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// documents/ and attributes/, JSON lines, gzip
    Dolma,
    /// id, series, date and text, JSON lines
    Passim,
    /// The facts, a row each; harmless in spreadsheets
    Csv,
    /// articles and repeats with a fixed schema
    Parquet,
    /// README.md with the head that dataset hubs read, about the files that are in FOLDER
    Card,
}

pub(super) fn run(args: &Args) -> Result<Exit> {
    let (from, to) = (args.from.as_path(), args.to.as_path());
    if args.bom && args.form != Form::Csv {
        return Err(Error::new(ErrorKind::Setting, "--bom is for csv alone"));
    }
    let names = names(args.form, from)?;
    if let Some(there) = names.iter().map(|n| to.join(n)).find(|p| p.exists())
        && !args.force
    {
        return Err(Error::new(ErrorKind::Exists, "is there already").at(there).hint("--force writes over it"));
    }
    let make = |folder: &Path| {
        Made::folder(folder).map_err(|e| Error::new(ErrorKind::Write, "cannot write").at(folder).because(e))
    };
    let _made = make(to)?;
    let below = names.iter().map(|name| make(to.join(name).parent().unwrap_or(to)));
    let _below = below.collect::<Result<Vec<Made>>>()?;
    match args.form {
        Form::Dolma => {
            let mut documents = Packed::create(&to.join(&names[0]))?;
            let mut attributes = Packed::create(&to.join(&names[1]))?;
            each_article(from, &mut |article| {
                documents.line(&export::document(article))?;
                attributes.line(&export::attributes(article))
            })?;
            documents.commit()?;
            attributes.commit()?;
        }
        Form::Passim => {
            let mut file = AtomicFile::create(to.join(&names[0]))?;
            each_article(from, &mut |article| write(&mut file, to, &(export::passim(article) + "\n")))?;
            file.commit()?;
        }
        Form::Csv => {
            let mut file = AtomicFile::create(to.join(&names[0]))?;
            let mark = if args.bom { "\u{feff}" } else { "" };
            write(&mut file, to, &format!("{mark}{}\n", export::FACT_COLUMNS))?;
            each_article(from, &mut |article| write(&mut file, to, &export::fact_rows(article)))?;
            file.commit()?;
        }
        Form::Parquet => parquet(from, to)?,
        Form::Card => {
            let report = pipeline::report(from)?;
            let there = export::dataset(to, &report)?;
            let files = if there.is_empty() { &report.files } else { &there };
            let mut file = AtomicFile::create(to.join(&names[0]))?;
            write(&mut file, to, &export::card(&report, files))?;
            file.commit()?;
        }
    }
    Ok(Exit::Done)
}

/// The files that a form is, below the folder that it is written into.
fn names(form: Form, from: &Path) -> Result<Vec<String>> {
    let names: &[&str] = match form {
        Form::Dolma => &["documents/articles.jsonl.gz", "attributes/jianbao/articles.jsonl.gz"],
        Form::Passim => &["passim.jsonl"],
        Form::Csv => &["facts.csv"],
        Form::Card => &["README.md"],
        // One for each file of the output, which may be in shards.
        Form::Parquet => {
            let files = [files_of(from, "articles")?, files_of(from, "repeats")?].concat();
            return Ok(files.iter().map(|path| parquet_name(path)).collect());
        }
    };
    Ok(names.iter().map(|&name| name.to_owned()).collect())
}

/// What a file of JSON lines is called as Parquet.
fn parquet_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    format!("{}.parquet", name.split(".jsonl").next().unwrap_or(&name))
}

#[cfg(feature = "parquet")]
fn parquet(from: &Path, to: &Path) -> Result<()> {
    for kind in ["articles", "repeats"] {
        for path in files_of(from, kind)? {
            let mut file = AtomicFile::create(to.join(parquet_name(&path)))?;
            match kind {
                "repeats" => crate::write::parquet::repeats(&path, &mut file)?,
                _ => crate::write::parquet::articles(&path, &mut file)?,
            };
            file.commit()?;
        }
    }
    Ok(())
}

#[cfg(not(feature = "parquet"))]
fn parquet(_: &Path, _: &Path) -> Result<()> {
    Err(crate::write::without_parquet())
}

fn each_article(from: &Path, each: &mut dyn FnMut(&ArticleRecord<'_>) -> Result<()>) -> Result<()> {
    for path in files_of(from, "articles")? {
        let mut lines = lines(&path)?;
        while let Some((number, line)) = lines.next()? {
            let mut json = serde_json::Deserializer::from_str(line);
            let article = ArticleRecord::deserialize(&mut json).map_err(|e| {
                Error::new(ErrorKind::Record, "not an article").at(&path).line_number(number).because(e)
            })?;
            each(&article)?;
        }
    }
    Ok(())
}

fn write(file: &mut AtomicFile, at: &Path, text: &str) -> Result<()> {
    file.write_all(text.as_bytes()).map_err(|e| Error::new(ErrorKind::Write, "cannot write").at(at).because(e))
}

/// A compressed file, written a megabyte at a time.
struct Packed {
    path: PathBuf,
    file: AtomicFile,
    part: Vec<u8>,
}

impl Packed {
    fn create(path: &Path) -> Result<Self> {
        Ok(Self { path: path.to_path_buf(), file: AtomicFile::create(path)?, part: Vec::new() })
    }

    fn line(&mut self, line: &str) -> Result<()> {
        self.part.extend_from_slice(line.as_bytes());
        self.part.push(b'\n');
        if self.part.len() < 1 << 20 { Ok(()) } else { self.flush() }
    }

    fn flush(&mut self) -> Result<()> {
        let part = compress(std::mem::take(&mut self.part), Compression::Gz);
        part.and_then(|part| self.file.write_all(&part))
            .map_err(|e| Error::new(ErrorKind::Write, "cannot write").at(&self.path).because(e))
    }

    fn commit(mut self) -> Result<()> {
        self.flush()?;
        self.file.commit()
    }
}
