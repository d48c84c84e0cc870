//! The outputs of a run while they grow in the work folder.

use std::collections::BTreeMap;

use crate::error::{Error, ErrorKind, Result};
use crate::pipeline::lines::Lines;
use crate::pipeline::page::Part;
use crate::pipeline::work::{Progress, Work};
use crate::record::FileTotals;
use crate::settings;
use crate::write::{GrowingFile, compress, suffix};

/// Bytes of output after which it is written down how far the run is: some 20 MiB of input, so that far less than 64 MiB is
/// done again, and seldom enough that waiting for the disk costs nothing.
const SAVE_EVERY: u64 = 64 << 20;

/// The files that grow.
pub(super) struct Outputs<'w> {
    work: &'w Work,
    settings: &'w settings::Write,
    articles: GrowingFile,
    repeats: GrowingFile,
    quarantine: Option<GrowingFile>,
    /// Shards of articles that are full.
    full: BTreeMap<String, FileTotals>,
    since_save: u64,
}

impl<'w> Outputs<'w> {
    /// Takes the files up where `progress` says. None where they are not what it says.
    pub(super) fn open(work: &'w Work, progress: &Progress, settings: &'w settings::Write) -> Result<Option<Self>> {
        let at = |name: &str| {
            let totals = progress.files.get(name).cloned().unwrap_or_default();
            GrowingFile::open(&work.path(name), &totals)
        };
        let current = articles_name(settings, progress.shard);
        let (Some(articles), Some(repeats)) = (at(&current)?, at(&repeats_name(settings))?) else { return Ok(None) };
        let quarantine = if progress.files.contains_key(QUARANTINE) {
            let Some(file) = at(QUARANTINE)? else { return Ok(None) };
            Some(file)
        } else {
            None
        };
        let full = progress.files.iter().filter(|(name, _)| is_full_shard(name, &current));
        let full = full.map(|(name, totals)| (name.clone(), totals.clone())).collect();
        Ok(Some(Self { work, settings, articles, repeats, quarantine, full, since_save: 0 }))
    }

    /// Adds the part of a chunk.
    pub(super) fn push(&mut self, part: &Part, progress: &mut Progress) -> Result<()> {
        let limit = self.settings.shard_bytes;
        if limit > 0 && progress.shard_bytes > 0 && progress.shard_bytes + part.bytes > limit {
            self.articles.sync()?;
            self.full.insert(articles_name(self.settings, progress.shard), self.articles.totals());
            progress.shard += 1;
            progress.shard_bytes = 0;
            let path = self.work.path(&articles_name(self.settings, progress.shard));
            // Left from a run that was further along than it had written down.
            let _ = std::fs::remove_file(&path);
            if let Some(next) = GrowingFile::open(&path, &FileTotals::default())? {
                self.articles = next;
            }
        }
        progress.shard_bytes += part.bytes;
        self.since_save += part.articles.len() + part.repeats.len();
        push(&mut self.articles, &part.articles, part.tally.articles.values().sum())?;
        push(&mut self.repeats, &part.repeats, part.tally.repeats.values().sum())?;
        if !part.quarantine.is_empty() {
            if self.quarantine.is_none() {
                let path = self.work.path(QUARANTINE);
                let _ = std::fs::remove_file(&path);
                self.quarantine = GrowingFile::open(&path, &FileTotals::default())?;
            }
            if let Some(file) = &mut self.quarantine {
                file.push(&part.quarantine, memchr::memchr_iter(b'\n', &part.quarantine).count() as u64)?;
            }
        }
        progress.input.pages += part.pages;
        progress.input.bytes += part.bytes;
        progress.input.characters += part.characters;
        progress.found.add(&part.tally);
        Ok(())
    }

    /// Whether it is time to write down how far the run is.
    pub(super) fn is_due(&self) -> bool {
        self.since_save >= SAVE_EVERY
    }

    /// Writes down how far the run is.
    pub(super) fn save(&mut self, work: &Work, progress: &mut Progress) -> Result<()> {
        self.sync()?;
        progress.files = self.totals(progress);
        self.since_save = 0;
        work.save(progress)
    }

    /// The totals of all files, which are complete.
    pub(super) fn finish(mut self, progress: &mut Progress) -> Result<BTreeMap<String, FileTotals>> {
        for file in [&mut self.articles, &mut self.repeats] {
            if file.totals().bytes == 0 {
                // A compressed file without anything in it is not one without bytes.
                let nothing = compress(Vec::new(), self.settings.compress)
                    .map_err(|e| Error::new(ErrorKind::Write, "cannot compress").because(e))?;
                file.push(&nothing, 0)?;
            }
        }
        self.sync()?;
        Ok(self.totals(progress))
    }

    fn sync(&self) -> Result<()> {
        self.articles.sync()?;
        self.repeats.sync()?;
        self.quarantine.as_ref().map_or(Ok(()), GrowingFile::sync)
    }

    fn totals(&self, progress: &Progress) -> BTreeMap<String, FileTotals> {
        let mut all = self.full.clone();
        all.insert(articles_name(self.settings, progress.shard), self.articles.totals());
        all.insert(repeats_name(self.settings), self.repeats.totals());
        if let Some(file) = &self.quarantine {
            all.insert(QUARANTINE.into(), file.totals());
        }
        all
    }
}

/// Adds lines that hold so many records.
fn push(file: &mut GrowingFile, lines: &Lines, records: u64) -> Result<()> {
    for piece in lines.pieces() {
        let piece = piece.map_err(|e| Error::new(ErrorKind::Internal, "cannot unpack what waited").because(e))?;
        file.push(&piece, 0)?;
    }
    file.push(&[], records)
}

/// What could not be read, a fault a line.
pub(super) const QUARANTINE: &str = "quarantine.jsonl";

fn articles_name(settings: &settings::Write, shard: u64) -> String {
    let suffix = suffix(settings.compress);
    if settings.shard_bytes == 0 {
        format!("articles.jsonl{suffix}")
    } else {
        format!("articles-{shard:05}.jsonl{suffix}")
    }
}

fn repeats_name(settings: &settings::Write) -> String {
    format!("repeats.jsonl{}", suffix(settings.compress))
}

fn is_full_shard(name: &str, current: &str) -> bool {
    name.starts_with("articles-") && name != current
}

/// Puts what has grown into Parquet. The lines stay in the work folder, so that this can be done again.
#[cfg(feature = "parquet")]
pub(super) fn to_parquet(work: &Work, files: &mut BTreeMap<String, FileTotals>) -> Result<()> {
    use crate::write::{file_totals, parquet};

    let lines: Vec<String> = files.keys().filter(|name| *name != QUARANTINE).cloned().collect();
    for name in lines {
        let Some(stem) = name.split(".jsonl").next() else { continue };
        let target = format!("{stem}.parquet");
        let path = work.path(&target);
        let kind = if stem.starts_with("repeats") { "repeats" } else { "articles" };
        let records = parquet::to_file(kind, &work.path(&name), &path)?;
        let totals = file_totals(&path).map_err(|e| Error::new(ErrorKind::Read, "cannot read").at(&path).because(e))?;
        files.remove(&name);
        files.insert(target, FileTotals { records, ..totals });
    }
    Ok(())
}

/// Puts what has grown into Parquet.
#[cfg(not(feature = "parquet"))]
pub(super) fn to_parquet(_: &Work, _: &mut BTreeMap<String, FileTotals>) -> Result<()> {
    Err(crate::write::without_parquet())
}
