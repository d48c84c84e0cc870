//! What is kept of every block, column by column.
//!
//! A block costs some fifty bytes of memory; its band keys, its clause keys and its normal form (about a hundred bytes and
//! two for each character) are moved to temporary files where memory is short. The columns of a batch of pages are filled
//! in any thread ([`Columns::add`]) and put behind those of the batches before it ([`Columns::append`]).

use std::ops::Range;
use std::path::Path;

use xxhash_rust::xxh3::xxh3_64;

use crate::dedup::spill::Spilled;
use crate::dedup::verify::Text;
use crate::dedup::{fingerprint, sketch};
use crate::error::Result;
use crate::record::BlockRef;
use crate::text::Normal;

/// Memory that is used again from block to block.
#[derive(Debug, Default)]
pub struct Scratch {
    normal: Normal,
    hashes: Vec<u64>,
    bytes: Vec<u8>,
}

/// The columns.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// Hash of the normal form: equal texts have equal keys.
    pub(super) keys: Vec<u64>,
    /// Simhash of the normal form.
    pub(super) fingerprints: Vec<u64>,
    /// Hash of the marks that the normal form leaves out.
    pub(super) marks: Vec<u32>,
    /// Whether the block is running text; what is not repeats only inside of a copied section.
    pub(super) running: Vec<bool>,
    /// The page, by its number in the archive.
    pub(super) pages: Vec<u32>,
    /// The place on the page.
    pub(super) places: Vec<BlockRef>,
    /// The band keys, [`sketch::BANDS`] a block.
    pub(super) bands: Spilled<u32>,
    /// One past the last clause key of each block in `clauses`.
    clause_ends: Vec<u64>,
    pub(super) clauses: Spilled<u32>,
    /// One past the last unit of each block in `units`.
    unit_ends: Vec<u64>,
    units: Spilled<u16>,
    /// One past the last span of each block in `spans`.
    span_ends: Vec<u64>,
    spans: Vec<[u32; 2]>,
}

impl Columns {
    /// Blocks.
    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// Makes room for the blocks of about so many bytes of pages: growing by doubling would copy all of it again.
    pub(super) fn reserve(&mut self, bytes: u64) {
        // A newspaper paragraph has some 350 bytes, and of five characters one is left out of the normal form.
        let (blocks, units) = ((bytes / 300) as usize, (bytes / 3) as usize);
        self.keys.reserve(blocks);
        self.fingerprints.reserve(blocks);
        self.bands.reserve(blocks * sketch::BANDS);
        self.clauses.reserve(6 * blocks);
        self.units.reserve(units);
        self.spans.reserve(blocks);
        for ends in [&mut self.clause_ends, &mut self.unit_ends, &mut self.span_ends] {
            ends.reserve(blocks);
        }
    }

    /// Adds a block: its page, its place there, whether it is running text, its spans in Unicode scalars of the page, and
    /// its text.
    pub(super) fn add(
        &mut self,
        page: u32,
        place: BlockRef,
        running: bool,
        spans: impl IntoIterator<Item = [u32; 2]>,
        text: &str,
        scratch: &mut Scratch,
    ) {
        let Scratch { normal, hashes, bytes } = scratch;
        normal.set(text);
        fingerprint::features(&normal.units, hashes);
        bytes.clear();
        bytes.resize(2 * normal.units.len(), 0);
        for (pair, unit) in bytes.chunks_exact_mut(2).zip(&normal.units) {
            pair.copy_from_slice(&unit.to_le_bytes());
        }
        self.keys.push(xxh3_64(bytes));
        self.fingerprints.push(fingerprint::simhash(hashes));
        self.marks.push(normal.marks);
        self.bands.here().extend_from_slice(&sketch::bands(hashes));
        sketch::clauses(bytes, &normal.breaks, self.clauses.here());
        self.clause_ends.push(self.clauses.len());
        self.units.here().extend_from_slice(&normal.units);
        self.unit_ends.push(self.units.len());
        self.running.push(running);
        self.pages.push(page);
        self.places.push(place);
        self.spans.extend(spans);
        self.span_ends.push(self.spans.len() as u64);
    }

    /// Puts other columns, of which nothing was moved to a file, behind these; their page 0 is page `first_page` here.
    pub(super) fn append(&mut self, other: &Columns, first_page: u32) {
        let shifted = |ends: &mut Vec<u64>, more: &[u64], by: u64| ends.extend(more.iter().map(|e| e + by));
        shifted(&mut self.clause_ends, &other.clause_ends, self.clauses.len());
        shifted(&mut self.unit_ends, &other.unit_ends, self.units.len());
        shifted(&mut self.span_ends, &other.span_ends, self.spans.len() as u64);
        self.keys.extend_from_slice(&other.keys);
        self.fingerprints.extend_from_slice(&other.fingerprints);
        self.marks.extend_from_slice(&other.marks);
        self.running.extend_from_slice(&other.running);
        self.pages.extend(other.pages.iter().map(|p| p + first_page));
        self.places.extend_from_slice(&other.places);
        self.bands.append(&other.bands);
        self.clauses.append(&other.clauses);
        self.units.append(&other.units);
        self.spans.extend_from_slice(&other.spans);
    }

    /// Bytes that moving to files would free.
    pub(super) fn movable(&self) -> usize {
        self.bands.held() + self.clauses.held() + self.units.held()
    }

    /// Moves what can be moved to files in `folder`.
    pub(super) fn spill(&mut self, folder: &Path) -> Result<()> {
        self.bands.spill(folder)?;
        self.clauses.spill(folder)?;
        self.units.spill(folder)
    }

    /// Whether anything was moved to a file.
    pub(super) fn is_spilled(&self) -> bool {
        self.units.is_spilled()
    }

    /// Whether everything that was moved to files could be read back so far.
    pub(super) fn check(&self) -> Result<()> {
        self.bands.check()?;
        self.clauses.check()?;
        self.units.check()
    }

    /// A block as it is compared. `buffer` holds it where it must be read from a file.
    pub(super) fn text<'b>(&'b self, block: usize, buffer: &'b mut Vec<u16>) -> Text<'b> {
        Text { units: self.units.get(slice(&self.unit_ends, block), buffer), marks: self.marks[block] }
    }

    /// Characters of its normal form.
    pub(super) fn length(&self, block: usize) -> u32 {
        let range = slice(&self.unit_ends, block);
        (range.end - range.start) as u32
    }

    /// Where the clause keys of a block stand in `clauses`.
    pub(super) fn clause_range(&self, block: usize) -> Range<u64> {
        slice(&self.clause_ends, block)
    }

    /// The spans of a block, in Unicode scalars of its page.
    pub(super) fn spans(&self, block: usize) -> &[[u32; 2]] {
        let range = slice(&self.span_ends, block);
        &self.spans[range.start as usize..range.end as usize]
    }
}

fn slice(ends: &[u64], block: usize) -> Range<u64> {
    let start = if block == 0 { 0 } else { ends[block - 1] };
    start..ends[block]
}
