//! The blocks of a run, put beside the published ones so that they can be made to count.
//!
//! In: the columns of the new blocks and what was decided of them. Out: a file of their own in the folder of the index, or
//! one with those of earlier runs in it, and the [`Manifest`] that names it. Nothing counts before that is committed.

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use crate::dedup::PageKey;
use crate::dedup::columns::Columns;
use crate::dedup::index::leaf::LeafWriter;
use crate::dedup::index::segment::{NAMES, PageRow, Row, SECTIONS, Segment};
use crate::dedup::index::table::{self, Entry, Width};
use crate::dedup::index::{Column, Counts, Index, Manifest, Named, PARTS, hex, merge};
use crate::dedup::keys::Keys;
use crate::dedup::sketch::BANDS;
use crate::dedup::usage::Usage;
use crate::error::{Error, ErrorKind, Result};

/// What a run has to add.
#[derive(Debug)]
pub(in crate::dedup) struct Fresh<'r> {
    pub(in crate::dedup) pages: &'r [PageKey],
    pub(in crate::dedup) columns: &'r Columns,
    /// The first block of each page, and one past the last block at the end.
    pub(in crate::dedup) first: &'r [u32],
    /// Of each block that repeats another, that one.
    pub(in crate::dedup) of: &'r FxHashMap<u32, u32>,
    /// Of each block whose text another one has, that one.
    pub(in crate::dedup) copies: &'r FxHashMap<u32, u32>,
    /// The first block of each text that may repeat on its own.
    pub(in crate::dedup) heads: &'r [u32],
    /// Those of them that may have near-duplicates.
    pub(in crate::dedup) worth: &'r [u32],
    pub(in crate::dedup) usage: &'r Usage,
}

impl Index {
    /// Writes what is new beside what is there.
    pub(in crate::dedup) fn stage(&self, fresh: &Fresh<'_>) -> Result<Manifest> {
        if fresh.pages.iter().all(|p| p.is_in_index) {
            return Ok(self.manifest.clone());
        }
        let generation = self.manifest.generation + 1;
        let name = format!("{generation:06}{}", super::ENDINGS[0]);
        let path = self.folder.join(&name);
        let end = self.segments.last().map(|s| s.end).unwrap_or_default();
        let mut seal = write(&path, self, end, fresh)?;
        let mut segments = self.manifest.segments.clone();
        // Those of earlier runs that are less than twice as large go into one file with it.
        let own = Segment::open(&path, self.segments.len() as u64, end, &self.cache)?;
        let mut n_blocks = own.len();
        let mut first = self.segments.len();
        while first > 0 && self.segments[first - 1].len() < 2 * n_blocks {
            first -= 1;
            n_blocks += self.segments[first].len();
        }
        let mut named = name;
        if first < self.segments.len() {
            named = format!("{generation:06}-merged{}", super::ENDINGS[0]);
            let parts: Vec<&Segment> = self.segments[first..].iter().chain([&own]).collect();
            seal = merge::merge(&parts, &self.folder.join(&named))?;
            self.check()?;
            drop(own);
            let _ = std::fs::remove_file(&path);
            segments.truncate(first);
        }
        segments.push(Named { name: named, seal: hex(seal) });
        let usage = self.write_usage(generation, fresh.usage)?;
        Ok(Manifest {
            generation,
            base: self.manifest.check.clone(),
            segments,
            usage: Some(usage),
            sample: fresh.usage.sample(),
            ..self.manifest.clone()
        }
        .sealed())
    }

    fn write_usage(&self, generation: u64, usage: &Usage) -> Result<Named> {
        let name = format!("{generation:06}{}", super::ENDINGS[1]);
        let path = self.folder.join(&name);
        let bytes: Vec<u8> = usage.counts().iter().flat_map(|c| c.to_le_bytes()).collect();
        let packed = zstd::encode_all(&bytes[..], 1)
            .map_err(|e| Error::new(ErrorKind::Write, "cannot write").at(&path).because(e))?;
        let mut file = LeafWriter::create(&path)?;
        file.section("counts");
        file.write(&packed)?;
        Ok(Named { name, seal: hex(file.finish()?) })
    }
}

/// Writes the blocks of `fresh` as a segment whose numbers begin at `end`.
fn write(path: &std::path::Path, index: &Index, end: Counts, fresh: &Fresh<'_>) -> Result<u64> {
    let Fresh { pages, columns, first, .. } = *fresh;
    let local = |block: u32| (block - columns.first()) as usize;
    // Of each new block its number, and where its normal form stands.
    let mut numbers: Vec<u32> = vec![u32::MAX; columns.len()];
    let mut at: Vec<u64> = vec![0; columns.len()];
    let blocks_of = |page: usize| first[page]..first[page + 1];
    let kept: Vec<usize> = (0..pages.len()).filter(|&p| !pages[p].is_in_index).collect();
    let (mut n_blocks, mut n_units) = (end[0] as u32, end[1]);
    for &page in &kept {
        for block in blocks_of(page) {
            numbers[local(block)] = n_blocks;
            n_blocks += 1;
            if !fresh.copies.contains_key(&block) {
                at[local(block)] = n_units;
                n_units += u64::from(columns.length(block));
            }
        }
    }
    let number = |block: u32| if block < columns.first() { block } else { numbers[local(block)] };
    let mut file = LeafWriter::create(path)?;
    let mut bytes = Vec::new();

    file.section(SECTIONS[0].0);
    let mut n_spans = end[2];
    for (&page, page_number) in kept.iter().zip(end[3] as u32..) {
        for block in blocks_of(page) {
            let head = fresh.copies.get(&block).copied().unwrap_or(block);
            let spans = columns.spans(block).len() as u32;
            let row = Row {
                key: columns.key(block),
                fingerprint: columns.fingerprint(block),
                marks: columns.marks(block),
                page: page_number,
                place: columns.place(block),
                of: number(fresh.of.get(&block).copied().unwrap_or(block)),
                running: columns.running(block),
                length: columns.length(block),
                unit: if head < columns.first() { index.row(head).unit } else { at[local(head)] },
                n_spans: spans,
                span: n_spans,
            };
            n_spans += u64::from(spans);
            bytes.clear();
            row.put(&mut bytes);
            file.write(&bytes)?;
        }
    }
    file.section(SECTIONS[1].0);
    let mut buffer = Vec::new();
    for block in kept.iter().flat_map(|&p| blocks_of(p)).filter(|b| !fresh.copies.contains_key(b)) {
        bytes.clear();
        bytes.extend(columns.text(block, &mut buffer).units.iter().flat_map(|u| u.to_le_bytes()));
        file.write(&bytes)?;
    }
    file.section(SECTIONS[2].0);
    for block in kept.iter().flat_map(|&p| blocks_of(p)) {
        bytes.clear();
        bytes.extend(columns.spans(block).iter().flatten().flat_map(|n| n.to_le_bytes()));
        file.write(&bytes)?;
    }
    file.section(SECTIONS[3].0);
    let mut id = end[4];
    let mut names: Vec<Entry> = Vec::with_capacity(kept.len());
    let mut next = end[0] as u32;
    for (&page, page_number) in kept.iter().zip(end[3] as u32..) {
        let key = &pages[page];
        bytes.clear();
        PageRow { text: key.text, id, id_length: key.id.len() as u32, block: next }.put(&mut bytes);
        file.write(&bytes)?;
        id += key.id.len() as u64;
        next += blocks_of(page).len() as u32;
        names.push((xxh3_64(key.id.as_bytes()), page_number));
    }
    file.section(SECTIONS[4].0);
    for &page in &kept {
        file.write(pages[page].id.as_bytes())?;
    }

    names.sort_unstable();
    table::write(&mut file, NAMES, Width::Wide, names.into_iter())?;
    let mut keys: Vec<Entry> = fresh.heads.iter().map(|&b| (columns.key(b), number(b))).collect();
    keys.sort_unstable();
    table::write(&mut file, &Column::Key.name(), Column::Key.width(), keys.into_iter())?;
    let of_worth = Keys::of(columns, fresh.worth);
    let bands = (0..BANDS).map(Column::Band);
    for column in [Column::Clause].into_iter().chain(bands) {
        let keys = match column {
            Column::Band(band) => of_worth.band(band),
            _ => of_worth.clauses(),
        };
        let mut entries: Vec<(u32, u64, u32)> = keys
            .into_iter()
            .map(|key| {
                let block = fresh.worth[key as u32 as usize];
                ((key >> 32) as u32, columns.fingerprint(block), number(block))
            })
            .collect();
        entries.sort_unstable();
        entries.dedup();
        let entries = entries.into_iter().map(|(key, _, block)| (u64::from(key), block));
        table::write(&mut file, &column.name(), column.width(), entries)?;
    }
    for part in 0..PARTS {
        let turned = |&b: &u32| (Index::turned(columns.fingerprint(b), part), number(b));
        let mut prints: Vec<Entry> = fresh.worth.iter().map(turned).collect();
        prints.sort_unstable();
        table::write(&mut file, &Column::Print(part).name(), Column::Print(part).width(), prints.into_iter())?;
    }
    file.finish()
}
