//! What is kept of every block, column by column.
//!
//! A block costs about a hundred bytes and two for each of its characters. The columns of a batch of pages are filled in
//! any thread ([`Columns::add`]) and put behind those of the batches before it ([`Columns::append`]).

use xxhash_rust::xxh3::xxh3_64;

use crate::dedup::verify::Text;
use crate::dedup::{fingerprint, sketch};
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
pub struct Columns {
    /// Hash of the normal form: equal texts have equal keys.
    pub keys: Vec<u64>,
    /// Simhash of the normal form.
    pub fingerprints: Vec<u64>,
    /// Hash of the marks that the normal form leaves out.
    pub marks: Vec<u32>,
    /// Band keys.
    pub bands: Vec<[u32; sketch::BANDS]>,
    /// One past the last clause key of each block in `clauses`.
    clause_ends: Vec<u64>,
    clauses: Vec<u32>,
    /// One past the last unit of each block in `units`.
    unit_ends: Vec<u64>,
    units: Vec<u16>,
    /// Whether the block is running text; what is not repeats only inside of a copied section.
    pub running: Vec<bool>,
    /// The page, by its number in the archive.
    pub pages: Vec<u32>,
    /// The place on the page.
    pub places: Vec<BlockRef>,
    /// One past the last span of each block in `spans`.
    span_ends: Vec<u64>,
    spans: Vec<[u32; 2]>,
}

impl Columns {
    /// Blocks.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Adds a block: its page, its place there, whether it is running text, its spans in Unicode scalars of the page, and its text.
    pub fn add(
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
        self.bands.push(sketch::bands(hashes));
        sketch::clauses(bytes, &normal.breaks, &mut self.clauses);
        self.clause_ends.push(self.clauses.len() as u64);
        self.units.extend_from_slice(&normal.units);
        self.unit_ends.push(self.units.len() as u64);
        self.running.push(running);
        self.pages.push(page);
        self.places.push(place);
        self.spans.extend(spans);
        self.span_ends.push(self.spans.len() as u64);
    }

    /// Puts other columns behind these; their page 0 is page `first_page` here.
    pub fn append(&mut self, other: &Columns, first_page: u32) {
        let shifted = |ends: &mut Vec<u64>, more: &[u64], by: usize| ends.extend(more.iter().map(|e| e + by as u64));
        shifted(&mut self.clause_ends, &other.clause_ends, self.clauses.len());
        shifted(&mut self.unit_ends, &other.unit_ends, self.units.len());
        shifted(&mut self.span_ends, &other.span_ends, self.spans.len());
        self.keys.extend_from_slice(&other.keys);
        self.fingerprints.extend_from_slice(&other.fingerprints);
        self.marks.extend_from_slice(&other.marks);
        self.bands.extend_from_slice(&other.bands);
        self.clauses.extend_from_slice(&other.clauses);
        self.units.extend_from_slice(&other.units);
        self.running.extend_from_slice(&other.running);
        self.pages.extend(other.pages.iter().map(|p| p + first_page));
        self.places.extend_from_slice(&other.places);
        self.spans.extend_from_slice(&other.spans);
    }

    /// The normal form of a block.
    pub fn units(&self, block: usize) -> &[u16] {
        &self.units[slice(&self.unit_ends, block)]
    }

    /// A block as it is compared.
    pub fn text(&self, block: usize) -> Text<'_> {
        Text { units: self.units(block), marks: self.marks[block] }
    }

    /// Characters of its normal form.
    pub fn length(&self, block: usize) -> u32 {
        slice(&self.unit_ends, block).len() as u32
    }

    /// The clause keys of a block.
    pub fn clauses(&self, block: usize) -> &[u32] {
        &self.clauses[slice(&self.clause_ends, block)]
    }

    /// The spans of a block, in Unicode scalars of its page.
    pub fn spans(&self, block: usize) -> &[[u32; 2]] {
        &self.spans[slice(&self.span_ends, block)]
    }
}

fn slice(ends: &[u64], block: usize) -> std::ops::Range<usize> {
    let start = if block == 0 { 0 } else { ends[block - 1] };
    start as usize..ends[block] as usize
}
