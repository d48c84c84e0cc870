//! The blocks of some runs, as a file of an index.
//!
//! A block is a row of 64 bytes (its key, its fingerprint, where its normal form and its spans stand, its page and its
//! place there, the block that stands for it), its spans, and its normal form at two bytes a character; a block that says
//! what another one says has no normal form of its own. A block that others may be compared with has an entry in the tables
//! of keys, bands, clauses and fingerprints. Numbers of blocks, pages, units and spans go on from file to file, so a row
//! means the same wherever it is put.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use crate::dedup::index::leaf::{Cache, Leaves};
use crate::dedup::index::table::{Table, Width};
use crate::dedup::sketch::BANDS;
use crate::dedup::spill::Word;
use crate::error::Result;
use crate::record::BlockRef;

/// Parts of a fingerprint, one of which two fingerprints share that differ in fewer bits than there are parts.
pub(in crate::dedup) const PARTS: u32 = 4;

/// A table of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::dedup) enum Column {
    /// By the hash of the normal form.
    Key,
    /// By the key of this band.
    Band(usize),
    /// By clause.
    Clause,
    /// By the fingerprint, turned so that this part stands first.
    Print(u32),
}

impl Column {
    /// Every table.
    pub(in crate::dedup) fn all() -> impl Iterator<Item = Self> {
        let bands = (0..BANDS).map(Self::Band);
        [Self::Key, Self::Clause].into_iter().chain(bands).chain((0..PARTS).map(Self::Print))
    }

    pub(super) fn name(self) -> String {
        match self {
            Self::Key => "key".into(),
            Self::Band(n) => format!("band {n}"),
            Self::Clause => "clause".into(),
            Self::Print(n) => format!("print {n}"),
        }
    }

    pub(super) fn width(self) -> Width {
        match self {
            Self::Key | Self::Print(_) => Width::Wide,
            Self::Band(_) | Self::Clause => Width::Narrow,
        }
    }

    fn place(self) -> usize {
        match self {
            Self::Key => 0,
            Self::Clause => 1,
            Self::Band(n) => 2 + n,
            Self::Print(n) => 2 + BANDS + n as usize,
        }
    }
}

/// A block.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::dedup) struct Row {
    pub(in crate::dedup) key: u64,
    pub(in crate::dedup) fingerprint: u64,
    pub(in crate::dedup) marks: u32,
    pub(in crate::dedup) page: u32,
    pub(in crate::dedup) place: BlockRef,
    /// The block that stands for it: itself, where it was kept.
    pub(in crate::dedup) of: u32,
    pub(in crate::dedup) running: bool,
    /// Characters of its normal form, and the number of the first one.
    pub(in crate::dedup) length: u32,
    pub(super) unit: u64,
    /// Its spans, and the number of the first one.
    pub(super) n_spans: u32,
    pub(super) span: u64,
}

impl Row {
    pub(super) const BYTES: usize = 64;

    pub(super) fn put(&self, bytes: &mut Vec<u8>) {
        for word in [self.key, self.fingerprint, self.unit, self.span] {
            bytes.extend(word.to_le_bytes());
        }
        let Row { length, n_spans, marks, page, place, of, running, .. } = *self;
        for word in [length, n_spans, marks, page, place.article, place.block, of, u32::from(running)] {
            bytes.extend(word.to_le_bytes());
        }
    }

    fn get(bytes: &[u8; Self::BYTES]) -> Self {
        let wide = |at: usize| u64::get(&bytes[at..at + 8]);
        let word = |n: usize| u32::get(&bytes[32 + 4 * n..36 + 4 * n]);
        Self {
            key: wide(0),
            fingerprint: wide(8),
            unit: wide(16),
            span: wide(24),
            length: word(0),
            n_spans: word(1),
            marks: word(2),
            page: word(3),
            place: BlockRef { article: word(4), block: word(5) },
            of: word(6),
            running: word(7) != 0,
        }
    }
}

/// A page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct PageRow {
    /// A hash of its text.
    pub(super) text: u64,
    /// The number of the first byte of its id, and the length of that.
    pub(super) id: u64,
    pub(super) id_length: u32,
    /// Its first block.
    pub(super) block: u32,
}

impl PageRow {
    pub(super) const BYTES: usize = 24;

    pub(super) fn put(&self, bytes: &mut Vec<u8>) {
        bytes.extend(self.text.to_le_bytes());
        bytes.extend(self.id.to_le_bytes());
        bytes.extend(self.id_length.to_le_bytes());
        bytes.extend(self.block.to_le_bytes());
    }

    fn get(bytes: &[u8; Self::BYTES]) -> Self {
        Self {
            text: u64::get(&bytes[..8]),
            id: u64::get(&bytes[8..16]),
            id_length: u32::get(&bytes[16..20]),
            block: u32::get(&bytes[20..]),
        }
    }
}

/// The sections that are rows, in the order in which they are written.
pub(super) const SECTIONS: [(&str, u64); 5] =
    [("blocks", Row::BYTES as u64), ("units", 2), ("spans", 8), ("pages", PageRow::BYTES as u64), ("ids", 1)];

/// What the numbers of a segment begin with, or go up to: blocks, units, spans, pages, bytes of ids.
pub(super) type Counts = [u64; SECTIONS.len()];

/// A segment that is read.
#[derive(Debug)]
pub(super) struct Segment {
    pub(super) file: Leaves,
    /// The number of its first row in each section.
    pub(super) first: Counts,
    /// One past that of its last.
    pub(super) end: Counts,
    /// Where each section stands in the file.
    starts: [u64; SECTIONS.len()],
    tables: Vec<Table>,
    /// Pages by the hash of their id.
    names: Table,
}

impl Segment {
    pub(super) fn open(path: &Path, number: u64, first: Counts, cache: &Arc<Cache>) -> Result<Self> {
        let file = Leaves::open(path, number, cache)?;
        let (mut end, mut starts) = (first, first);
        for (n, (name, size)) in SECTIONS.iter().enumerate() {
            let range = file.section(name);
            starts[n] = range.start;
            end[n] += (range.end - range.start) / size;
        }
        let tables = Column::all().map(|c| Table::open(&file, &c.name(), c.width())).collect();
        let names = Table::open(&file, NAMES, Width::Wide);
        Ok(Self { file, first, end, starts, tables, names })
    }

    /// Blocks.
    pub(super) fn len(&self) -> u64 {
        self.end[0] - self.first[0]
    }

    pub(super) fn table(&self, column: Column) -> &Table {
        &self.tables[column.place()]
    }

    pub(super) fn names(&self) -> &Table {
        &self.names
    }

    pub(super) fn row(&self, block: u32) -> Row {
        let mut bytes = [0; Row::BYTES];
        self.read(0, u64::from(block), &mut bytes);
        Row::get(&bytes)
    }

    pub(super) fn page(&self, page: u32) -> PageRow {
        let mut bytes = [0; PageRow::BYTES];
        self.read(3, u64::from(page), &mut bytes);
        PageRow::get(&bytes)
    }

    /// Reads the rows of section number `section` from number `row` on.
    pub(super) fn read(&self, section: usize, row: u64, bytes: &mut [u8]) {
        let at = self.starts[section] + row.saturating_sub(self.first[section]) * SECTIONS[section].1;
        self.file.read(at, bytes);
    }

    /// The bytes of section number `section` in the file.
    pub(super) fn bytes_of(&self, section: usize) -> Range<u64> {
        self.file.section(SECTIONS[section].0)
    }
}

/// The table of pages by name.
pub(super) const NAMES: &str = "page";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_stand_in_the_order_of_their_columns() {
        let places: Vec<usize> = Column::all().map(Column::place).collect();
        assert_eq!(places, (0..places.len()).collect::<Vec<_>>());
    }
}
