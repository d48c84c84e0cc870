//! What was read before: the fingerprints of an archive in a folder, to which today's pages are compared and added.
//!
//! In: the folder, and the blocks of new pages. Out: which published blocks may be like them, all that a comparison needs
//! of those, and, when all is decided, the folder with the new blocks in it.
//!
//! A published block is never decided upon again: what was kept stays, what was left out stays out, and a new block that
//! says the same is the repeat, also where it is the better copy or the earlier one. Which blocks belong together is
//! otherwise decided as if all pages had come at once. (Where more than `bucket` blocks share a key, the neighbours that a
//! block is compared with are those that stood there when it came. And a new block that differs from the published one in
//! a fact is kept, also where a better copy of both comes with it and would have stood for both.) A page that comes again
//! with the same id and the same text is known: its blocks repeat themselves, and nothing is added.
//!
//! Each run adds a file (`segment`) of sorted tables, and takes those of earlier runs into it that are less than twice as
//! large (the logarithmic method; Bentley and Saxe, 1980): looking a block up asks some ten files at most, and a block is
//! written again some ten times while an archive grows a thousandfold. So adding pages costs time in proportion to them,
//! times the logarithm of the archive; no run reads all of it, but the one in which a sample of texts (`usage`) doubles.
//!
//! `index.json` names the files that count, with their checksums. It is replaced by renaming, so an addition is there as a
//! whole or not at all. One run at a time holds the folder.

mod leaf;
mod lock;
mod merge;
mod segment;
mod stage;
mod table;

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::dedup::Of;
use crate::dedup::spill::Word;
use crate::dedup::verify::{Marks, Text};
use crate::error::{Error, ErrorKind, Result};
use crate::settings;

use leaf::{Cache, Leaves, damaged};
pub use lock::Lock;
pub(super) use segment::{Column, PARTS, Row};
use segment::{Counts, Segment};
pub(super) use stage::Fresh;

/// Of which form an index is. What is written in another form, or compared by another one, is another index.
const FORMAT: u32 = 1;
const MANIFEST: &str = "index.json";
const LOCK: &str = "lock";
/// Endings of the files that `index.json` names.
const ENDINGS: [&str; 2] = [".blocks", ".usage"];
/// Published blocks of a large bucket that a new one is compared with, on each side in the order of fingerprints.
const NEIGHBOURS: u64 = 6;

/// Which files an index is, and of what it is one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The form of the files.
    format: u32,
    /// Goes up by one with each addition.
    generation: u64,
    /// The `check` of the index that this one was made of by adding to it.
    base: String,
    /// Blocks of articles, or bare paragraphs.
    of: String,
    /// A hash of the settings that decided.
    settings: String,
    /// The segments, oldest first.
    segments: Vec<Named>,
    /// The counts of bigrams.
    usage: Option<Named>,
    /// One text in so many is counted.
    sample: u64,
    /// A hash of all of this.
    check: String,
}

/// A file of an index.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Named {
    name: String,
    seal: String,
}

impl Named {
    /// Opens the file, which must be the one that was named and no other one of that name.
    fn open(&self, folder: &Path, number: u64, cache: &Arc<Cache>) -> Result<Leaves> {
        let path = folder.join(&self.name);
        let file = Leaves::open(&path, number, cache)?;
        if hex(file.seal) == self.seal { Ok(file) } else { Err(damaged(&path)) }
    }
}

impl Manifest {
    fn sealed(mut self) -> Self {
        self.check = self.hash();
        self
    }

    fn hash(&self) -> String {
        let bare = Self { check: String::new(), ..self.clone() };
        hex(xxh3_64(&serde_json::to_vec(&bare).unwrap_or_default()))
    }
}

/// An index, held by this run alone.
#[derive(Debug)]
pub struct Index {
    folder: PathBuf,
    manifest: Manifest,
    segments: Vec<Segment>,
    cache: Arc<Cache>,
    _lock: Lock,
}

/// A page that was read before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known(u32);

impl Known {
    /// Its number.
    pub(super) fn page(self) -> u32 {
        self.0
    }
}

impl Index {
    /// Opens the index in `folder`, or begins one where the folder is empty or not there. It must have been made of the
    /// same kind of blocks with the same settings.
    pub fn open(folder: &Path, settings: &settings::Dedup, of: Of) -> Result<Self> {
        let fail = |e| Error::new(ErrorKind::Write, "cannot write").at(folder).because(e);
        if folder.exists() && !folder.is_dir() {
            return Err(Error::new(ErrorKind::Exists, "is a file, not an index").at(folder).hint("name a folder"));
        }
        let path = folder.join(MANIFEST);
        if !path.exists() && folder.exists() {
            for entry in fs::read_dir(folder).map_err(fail)? {
                let name = entry.map_err(fail)?.file_name().to_string_lossy().into_owned();
                if name != LOCK && !ENDINGS.iter().any(|e| name.ends_with(e)) {
                    return Err(Error::new(ErrorKind::Exists, "is not empty and holds no index")
                        .at(folder)
                        .hint("name a new folder for the index"));
                }
            }
        }
        fs::create_dir_all(folder).map_err(fail)?;
        let Some(lock) = Lock::take(&folder.join(LOCK)).map_err(fail)? else {
            return Err(Error::new(ErrorKind::Exists, "is being added to by another run")
                .at(folder)
                .hint("wait for it, or name another index"));
        };
        let own = Manifest {
            format: FORMAT,
            of: match of {
                Of::Articles => "articles".into(),
                Of::Paragraphs => "paragraphs".into(),
            },
            settings: hex(xxh3_64(&serde_json::to_vec(settings).unwrap_or_default())),
            sample: 1,
            ..Manifest::default()
        };
        let manifest = read_manifest(&path)?.unwrap_or_else(|| own.clone());
        if manifest.format != FORMAT {
            return Err(Error::new(ErrorKind::Format, format!("is an index of form {}", manifest.format))
                .at(folder)
                .hint(format!("this program reads form {FORMAT}; begin a new index with it")));
        }
        if manifest.of != own.of {
            return Err(Error::new(ErrorKind::Setting, format!("is an index of {}, not of {}", manifest.of, own.of))
                .at(folder)
                .hint("run and dedup need an index each"));
        }
        if manifest.settings != own.settings {
            return Err(Error::new(ErrorKind::Setting, "was made with other settings of dedup")
                .at(folder)
                .hint("use the same settings, or begin a new index"));
        }
        let cache: Arc<Cache> = Arc::default();
        let mut segments: Vec<Segment> = Vec::new();
        let mut first = Counts::default();
        for (number, named) in (0..).zip(&manifest.segments) {
            let path = folder.join(&named.name);
            let segment = Segment::open(&path, number, first, &cache)?;
            if hex(segment.file.seal) != named.seal {
                return Err(damaged(&path));
            }
            first = segment.end;
            segments.push(segment);
        }
        let index = Self { folder: folder.to_owned(), manifest, segments, cache, _lock: lock };
        index.check()?;
        Ok(index)
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether everything that was asked of it could be read.
    pub fn check(&self) -> Result<()> {
        match self.cache.failure() {
            None => Ok(()),
            Some(what) => Err(Error::new(ErrorKind::Read, format!("cannot be relied on: {what}"))
                .at(&self.folder)
                .hint("take the index from a copy, or begin a new one")),
        }
    }

    /// Makes an addition count, if it does not yet. It must be one to this state of the index.
    pub fn commit(&self, addition: &Manifest) -> Result<()> {
        let path = self.folder.join(MANIFEST);
        let fail = |e| Error::new(ErrorKind::Write, "cannot write").at(&path).because(e);
        self.expect(addition)?;
        if *addition == self.manifest {
            // Who made it count may have been stopped before the rest.
            self.tidy(addition);
            return Ok(());
        }
        for named in addition.segments.iter().chain(&addition.usage) {
            named.open(&self.folder, 0, &Arc::default())?;
        }
        let mut file = tempfile::Builder::new().suffix(ENDINGS[1]).tempfile_in(&self.folder).map_err(fail)?;
        serde_json::to_writer_pretty(&mut file, addition).map_err(|e| fail(e.into()))?;
        file.write_all(b"\n").map_err(fail)?;
        file.as_file().sync_all().map_err(fail)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // A temporary file is private; an index is an ordinary one.
            fs::set_permissions(file.path(), fs::Permissions::from_mode(0o644)).map_err(fail)?;
        }
        file.persist(&path).map_err(|e| fail(e.error))?;
        if cfg!(unix) {
            File::open(&self.folder).and_then(|f| f.sync_all()).map_err(fail)?;
        }
        self.tidy(addition);
        Ok(())
    }

    /// Removes what does not count any more; what cannot be removed now goes with the next addition.
    fn tidy(&self, manifest: &Manifest) {
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let ours = ENDINGS.iter().any(|e| name.ends_with(e));
            if ours && !manifest.segments.iter().chain(&manifest.usage).any(|n| n.name == name) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// Makes sure that an addition that was decided upon before is still one to this index, or is in it.
    pub fn expect(&self, addition: &Manifest) -> Result<()> {
        if *addition == self.manifest || addition.base == self.manifest.check {
            return Ok(());
        }
        Err(Error::new(ErrorKind::Exists, "has changed since the run was begun")
            .at(&self.folder)
            .hint("--force begins the run anew"))
    }

    /// Published blocks.
    pub(super) fn n_blocks(&self) -> u32 {
        self.segments.last().map_or(0, |s| s.end[0] as u32)
    }

    /// Published pages.
    pub(super) fn n_pages(&self) -> u32 {
        self.segments.last().map_or(0, |s| s.end[3] as u32)
    }

    /// A block; of none, one without text.
    pub(super) fn row(&self, block: u32) -> Row {
        self.holding(0, u64::from(block)).map(|s| s.row(block)).unwrap_or_default()
    }

    /// A block as it is compared.
    pub(super) fn text<'b>(&self, row: &Row, buffer: &'b mut Vec<u16>) -> Text<'b> {
        let mut bytes = vec![0; 2 * row.length as usize];
        if let Some(segment) = self.holding(1, row.unit) {
            segment.read(1, row.unit, &mut bytes);
        }
        buffer.clear();
        buffer.extend(bytes.chunks_exact(2).map(u16::get));
        Text { units: buffer, marks: Marks(row.marks) }
    }

    /// The spans of a block, in Unicode scalars of its page.
    pub(super) fn spans(&self, row: &Row) -> Vec<[u32; 2]> {
        let mut bytes = vec![0; 8 * row.n_spans as usize];
        if let Some(segment) = self.holding(2, row.span) {
            segment.read(2, row.span, &mut bytes);
        }
        bytes.chunks_exact(8).map(|b| [u32::get(&b[..4]), u32::get(&b[4..])]).collect()
    }

    /// The id of a page.
    pub(super) fn page_id(&self, page: u32) -> String {
        let Some(segment) = self.holding(3, u64::from(page)) else { return String::new() };
        let row = segment.page(page);
        let mut bytes = vec![0; row.id_length as usize];
        segment.read(4, row.id, &mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// The blocks of a page.
    pub(super) fn page_blocks(&self, page: u32) -> std::ops::Range<u32> {
        let Some(segment) = self.holding(3, u64::from(page)) else { return 0..0 };
        let end =
            if u64::from(page) + 1 < segment.end[3] { segment.page(page + 1).block } else { segment.end[0] as u32 };
        segment.page(page).block..end
    }

    /// Whether a page of this id was read before.
    pub fn has_page(&self, id: &str) -> bool {
        self.pages_named(id).next().is_some()
    }

    /// The page that was read before with this id and this text, by the hash of it that [`Index::text_hash`] gives.
    pub fn known(&self, id: &str, text: u64) -> Option<Known> {
        self.pages_named(id).find(|&(_, hash)| hash == text).map(|(page, _)| Known(page))
    }

    /// The hash by which the text of a page is known.
    pub fn text_hash(text: &str) -> u64 {
        xxh3_64(text.as_bytes())
    }

    fn pages_named(&self, id: &str) -> impl Iterator<Item = (u32, u64)> {
        let key = xxh3_64(id.as_bytes());
        self.segments.iter().flat_map(move |segment| {
            let mut cursor = segment.names().cursor(&segment.file);
            let range = cursor.range(key);
            let pages: Vec<u32> = range.map(|place| cursor.entry(place).1).collect();
            pages.into_iter().map(|page| (page, segment.page(page).text))
        })
    }

    /// Of each key of an ascending list the first block with it.
    pub(super) fn first_with(&self, keys: impl Iterator<Item = u64>) -> Vec<Option<u32>> {
        let mut cursors: Vec<_> = self.segments.iter().map(|s| s.table(Column::Key).cursor(&s.file)).collect();
        keys.map(|key| {
            cursors.iter_mut().find_map(|cursor| {
                let range = cursor.range(key);
                (!range.is_empty()).then(|| cursor.entry(range.start).1)
            })
        })
        .collect()
    }

    /// The published blocks that share a key of `column` with new ones: pairs of a published block and the number of a new
    /// one. `keys` are those of the new ones, ascending, each with its number in the lower half; in a bucket of more than
    /// `most` a new block, whose fingerprint `print` gives, meets the nearest in the order of fingerprints.
    pub(super) fn sharing(
        &self,
        column: Column,
        keys: &[u64],
        print: impl Fn(u32) -> u64,
        most: usize,
    ) -> Vec<(u32, u32)> {
        let mut pairs = Vec::new();
        for segment in &self.segments {
            let mut cursor = segment.table(column).cursor(&segment.file);
            let mut last: Option<(u64, std::ops::Range<u64>)> = None;
            for &key in keys {
                let (key, n) = (key >> 32, key as u32);
                let range = match &last {
                    Some((k, range)) if *k == key => range.clone(),
                    _ => cursor.range(key),
                };
                last = Some((key, range.clone()));
                let near = if range.end - range.start <= most as u64 {
                    range
                } else {
                    let (mut from, mut to) = (range.start, range.end);
                    while from < to {
                        let middle = from.midpoint(to);
                        let below = segment.row(cursor.entry(middle).1).fingerprint < print(n);
                        if below { from = middle + 1 } else { to = middle }
                    }
                    from.saturating_sub(NEIGHBOURS).max(range.start)..(from + NEIGHBOURS).min(range.end)
                };
                pairs.extend(near.map(|place| (cursor.entry(place).1, n)));
            }
        }
        pairs
    }

    /// The published blocks whose fingerprints share part number `part` with those of new ones and differ from them in at
    /// most `distance` bits. `prints` are the new ones, turned by [`Index::turned`] and ascending, each with its number; in
    /// a bucket of more than `most` only the nearest are looked at.
    pub(super) fn close(&self, part: u32, prints: &[(u64, u32)], distance: u32, most: usize) -> Vec<(u32, u32)> {
        let mut pairs = Vec::new();
        let shift = 64 - 64 / PARTS;
        for segment in &self.segments {
            let table = segment.table(Column::Print(part));
            let mut cursor = table.cursor(&segment.file);
            let mut bucket: Option<(u64, std::ops::Range<u64>)> = None;
            let mut entries = Vec::new();
            for &(print, n) in prints {
                let prefix = print >> shift;
                if bucket.as_ref().is_none_or(|(p, _)| *p != prefix) {
                    let from = cursor.first_from(prefix << shift);
                    let to = (prefix + 1).checked_mul(1 << shift).map_or(table.len(), |next| cursor.first_from(next));
                    entries.clear();
                    if to - from <= most as u64 {
                        entries.extend((from..to).map(|place| cursor.entry(place)));
                    }
                    bucket = Some((prefix, from..to));
                }
                let Some((_, range)) = &bucket else { continue };
                if range.end - range.start > most as u64 {
                    let at = cursor.first_from(print);
                    let reach = most as u64 / 16;
                    entries.clear();
                    let near = at.saturating_sub(reach).max(range.start)..(at + reach).min(range.end);
                    entries.extend(near.map(|place| cursor.entry(place)));
                }
                let like = entries.iter().filter(|(other, _)| (other ^ print).count_ones() <= distance);
                pairs.extend(like.map(|&(_, block)| (block, n)));
            }
        }
        pairs
    }

    /// A fingerprint with its part number `part` first.
    pub(super) fn turned(print: u64, part: u32) -> u64 {
        print.rotate_left(part * 64 / PARTS)
    }

    /// The counts of bigrams, and of how many texts one was counted; None where nothing was counted yet.
    pub(super) fn counts(&self) -> Option<(Vec<u32>, u64)> {
        let named = self.manifest.usage.as_ref()?;
        let file = named.open(&self.folder, u64::MAX, &self.cache).ok()?;
        let range = file.section("counts");
        let mut packed = vec![0; (range.end - range.start) as usize];
        file.read(range.start, &mut packed);
        let bytes = zstd::decode_all(&packed[..]).ok()?;
        let counts = bytes.chunks_exact(4).map(u32::get).collect();
        Some((counts, self.manifest.sample))
    }

    /// The segment that holds row number `row` of section number `section`.
    fn holding(&self, section: usize, row: u64) -> Option<&Segment> {
        let n = self.segments.partition_point(|s| s.end[section] <= row);
        self.segments.get(n)
    }
}

/// What an index of every form says of itself.
#[derive(Deserialize)]
struct Form {
    format: u32,
}

fn read_manifest(path: &Path) -> Result<Option<Manifest>> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(Error::new(ErrorKind::Read, "cannot read").at(path).because(e)),
    };
    let form: Form = serde_json::from_slice(&bytes).map_err(|_| damaged(path))?;
    if form.format != FORMAT {
        return Ok(Some(Manifest { format: form.format, ..Manifest::default() }));
    }
    let manifest: Manifest = serde_json::from_slice(&bytes).map_err(|_| damaged(path))?;
    if manifest.check == manifest.hash() { Ok(Some(manifest)) } else { Err(damaged(path)) }
}

fn hex(word: u64) -> String {
    format!("{word:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_addition_that_counts_already_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let index = Index::open(folder.path(), &settings::Dedup::default(), Of::Articles).unwrap();
        index.commit(&Manifest { generation: 1, ..index.manifest.clone() }.sealed()).unwrap();
        drop(index);
        let left = folder.path().join(format!("000001{}", ENDINGS[0]));
        fs::write(&left, "of a run that was killed before it could remove it").unwrap();
        let index = Index::open(folder.path(), &settings::Dedup::default(), Of::Articles).unwrap();
        index.commit(&index.manifest).unwrap();
        assert!(!left.exists());
        assert!(folder.path().join(MANIFEST).exists());
    }
}
