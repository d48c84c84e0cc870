//! What is kept of every block, column by column.
//!
//! A block costs some seventy bytes of memory; its band keys, its clause keys and its normal form (about a hundred bytes and
//! two for each character) are moved to temporary files where memory is short. The columns of a batch of pages are filled
//! in any thread ([`Columns::add`]) and put behind those of the batches before it ([`Columns::append`]).

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use smallvec::SmallVec;
use xxhash_rust::xxh3::xxh3_64;

use crate::dedup::index::{Index, Row};
use crate::dedup::spill::Spilled;
use crate::dedup::verify::{Marks, Text};
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

/// Blocks from which columns are taken over rather than copied.
pub(super) const LARGE: usize = 1 << 16;

/// The columns.
#[derive(Debug, Default)]
pub(super) struct Columns {
    published: Option<Arc<Index>>,
    /// Numbers of the first block and of the first page that are not published.
    first: u32,
    first_page: u32,
    keys: Vec<u64>,
    fingerprints: Vec<u64>,
    marks: Vec<u32>,
    running: Vec<bool>,
    pages: Vec<u32>,
    places: Vec<BlockRef>,
    /// The keys of each band, one a block.
    pub(super) bands: [Spilled<u32>; sketch::BANDS],
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

/// A column of whatever type.
trait OfBlocks {
    /// Makes room for about so many blocks more.
    fn make_room(&mut self, blocks: usize);
    /// Makes room for exactly so many blocks more.
    fn make_exact_room(&mut self, blocks: usize);
    /// Keeps the first `n` blocks.
    fn keep(&mut self, n: usize);
}

impl<T> OfBlocks for Vec<T> {
    fn make_room(&mut self, blocks: usize) {
        self.reserve(blocks);
    }

    fn make_exact_room(&mut self, blocks: usize) {
        self.reserve_exact(blocks);
    }

    fn keep(&mut self, n: usize) {
        self.truncate(n);
    }
}

impl Columns {
    /// Puts the published blocks before all others.
    pub(super) fn behind(&mut self, published: Arc<Index>) {
        (self.first, self.first_page) = (published.n_blocks(), published.n_pages());
        self.published = Some(published);
    }

    /// The published blocks.
    pub(super) fn published(&self) -> Option<&Arc<Index>> {
        self.published.as_ref()
    }

    /// Blocks that are not published.
    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// The number of the first block that is not published.
    pub(super) fn first(&self) -> u32 {
        self.first
    }

    /// The number of the first page that is not published.
    pub(super) fn first_page(&self) -> u32 {
        self.first_page
    }

    /// One past the number of the last block.
    pub(super) fn end(&self) -> u32 {
        self.first + self.keys.len() as u32
    }

    /// The numbers of the first block of each of `n_pages` pages that are not published, and the end.
    pub(super) fn first_of_pages(&self, n_pages: usize) -> Vec<u32> {
        (0..=n_pages as u32).map(|p| self.first + self.pages.partition_point(|&q| q < p) as u32).collect()
    }

    /// Makes room for the blocks of about so many bytes of pages: growing by doubling would copy all of it again.
    pub(super) fn reserve(&mut self, bytes: u64) {
        // A newspaper paragraph has some 350 bytes.
        let blocks = (bytes / 300) as usize;
        self.spans.reserve(blocks);
        self.of_blocks().into_iter().for_each(|column| column.make_room(blocks));
    }

    /// Makes room for the text of so many bytes of pages, and what is kept of it.
    pub(super) fn reserve_text(&mut self, bytes: u64) {
        let bytes = bytes as usize;
        self.reserve(bytes as u64);
        self.bands.iter_mut().for_each(|band| band.here().reserve(bytes / 300));
        self.clauses.here().reserve(bytes / 50);
        // A character has three bytes, and of five one is left out of the normal form.
        self.units.here().reserve(bytes / 3);
    }

    /// Makes room for exactly so many blocks more.
    pub(super) fn reserve_blocks(&mut self, blocks: usize) {
        self.bands.iter_mut().for_each(|band| band.here().reserve_exact(blocks));
        self.spans.reserve_exact(blocks);
        self.of_blocks().into_iter().for_each(|column| column.make_exact_room(blocks));
    }

    /// The columns with one entry a block, of which nothing is ever moved to a file.
    fn of_blocks(&mut self) -> [&mut dyn OfBlocks; 9] {
        [
            &mut self.keys,
            &mut self.fingerprints,
            &mut self.marks,
            &mut self.running,
            &mut self.pages,
            &mut self.places,
            &mut self.clause_ends,
            &mut self.unit_ends,
            &mut self.span_ends,
        ]
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
        self.marks.push(Marks::of(normal).0);
        self.bands.iter_mut().zip(sketch::bands(hashes)).for_each(|(band, key)| band.here().push(key));
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

    /// Takes back the blocks of the pages from number `page` on. The last of them may be there in part: of a block its spans
    /// and their end come last.
    pub(super) fn back_to(&mut self, page: u32) {
        let n = self.pages.iter().position(|&p| p >= page).unwrap_or(self.pages.len()).min(self.span_ends.len());
        self.of_blocks().into_iter().for_each(|column| column.keep(n));
        let last = |ends: &[u64]| ends.last().map_or(0, |&end| end as usize);
        self.bands.iter_mut().for_each(|band| band.here().truncate(n));
        self.clauses.here().truncate(last(&self.clause_ends));
        self.units.here().truncate(last(&self.unit_ends));
        self.spans.truncate(last(&self.span_ends));
    }

    /// Puts other columns, of which nothing was moved to a file, behind these; their page 0 is page `first_page` here.
    pub(super) fn append(&mut self, other: Columns, first_page: u32) {
        // A page of a million blocks is not copied.
        if self.len() == 0 && !self.is_spilled() && other.len() > LARGE {
            let (first, page) = (self.first, self.first_page);
            *self = Self { published: self.published.take(), first, first_page: page, ..other };
            return;
        }
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
        self.bands.iter_mut().zip(other.bands).for_each(|(band, more)| band.append(more));
        self.clauses.append(other.clauses);
        self.units.append(other.units);
        self.spans.extend_from_slice(&other.spans);
    }

    /// Bytes that moving to files would free.
    pub(super) fn movable(&self) -> usize {
        self.bands.iter().map(Spilled::held).sum::<usize>() + self.clauses.held() + self.units.held()
    }

    /// Bytes of what is never moved.
    pub(super) fn fixed(&self) -> usize {
        const OF_BLOCK: usize = size_of::<(u64, u64, u32, bool, u32, BlockRef, u64, u64, u64)>();
        self.len() * OF_BLOCK + size_of_val(self.spans.as_slice())
    }

    /// Moves what can be moved to files in `folder`.
    pub(super) fn spill(&mut self, folder: &Path) -> Result<()> {
        self.bands.iter_mut().try_for_each(|band| band.spill(folder))?;
        self.clauses.spill(folder)?;
        self.units.spill(folder)
    }

    /// Lets go of the keys that candidates are found by. Fails if they could not be read back.
    pub(super) fn forget_keys(&mut self) -> Result<()> {
        std::mem::take(&mut self.bands).iter().try_for_each(Spilled::check)?;
        std::mem::take(&mut self.clauses).check()?;
        self.clause_ends = Vec::new();
        Ok(())
    }

    /// Whether anything was moved to a file.
    pub(super) fn is_spilled(&self) -> bool {
        self.units.is_spilled()
    }

    /// Whether everything that was moved to files could be read back so far.
    pub(super) fn check(&self) -> Result<()> {
        self.bands.iter().try_for_each(Spilled::check)?;
        self.clauses.check()?;
        self.units.check()?;
        self.published.as_ref().map_or(Ok(()), |index| index.check())
    }

    /// A block as it is compared. `buffer` holds it where it must be read from a file.
    pub(super) fn text<'b>(&'b self, block: u32, buffer: &'b mut Vec<u16>) -> Text<'b> {
        match self.at(block) {
            At::Here(n) => {
                Text { units: self.units.get(slice(&self.unit_ends, n), buffer), marks: Marks(self.marks[n]) }
            }
            At::Published(index) => index.text(&index.row(block), buffer),
        }
    }

    /// Units in files.
    pub(super) fn units_moved(&self) -> u64 {
        self.units.moved()
    }

    /// Where the normal form of a block stands among those of this run; None of a published one.
    pub(super) fn unit_range(&self, block: u32) -> Option<Range<u64>> {
        match self.at(block) {
            At::Here(n) => Some(slice(&self.unit_ends, n)),
            At::Published(_) => None,
        }
    }

    /// Reads a long stretch of the normal forms from a file.
    pub(super) fn window(&self, range: Range<u64>) -> Vec<u16> {
        self.units.window(range)
    }

    /// Looks at the marks and units of a block, where they are in memory: at one unit in each 64 bytes. Asked of many blocks
    /// one after the other, it lets the processor fetch all of them at once, which whoever compares them next would wait for
    /// one by one.
    pub(super) fn touch(&self, block: u32) -> u32 {
        match self.at(block) {
            At::Here(n) if !self.is_spilled() => {
                let mut unread = Vec::new();
                let units = self.units.get(slice(&self.unit_ends, n), &mut unread);
                units.iter().step_by(32).fold(self.marks[n], |sum, &unit| sum ^ u32::from(unit))
            }
            _ => 0,
        }
    }

    /// What is asked of a block: of one of this run by its number here, of a published one by its row.
    fn of<T>(&self, block: u32, here: impl FnOnce(usize) -> T, published: impl FnOnce(Row) -> T) -> T {
        match self.at(block) {
            At::Here(n) => here(n),
            At::Published(index) => published(index.row(block)),
        }
    }

    /// Characters of its normal form.
    pub(super) fn length(&self, block: u32) -> u32 {
        let here = |n| {
            let range = slice(&self.unit_ends, n);
            (range.end - range.start) as u32
        };
        self.of(block, here, |row| row.length)
    }

    /// The hash of its normal form: equal texts have equal keys.
    pub(super) fn key(&self, block: u32) -> u64 {
        self.of(block, |n| self.keys[n], |row| row.key)
    }

    /// The simhash of its normal form.
    pub(super) fn fingerprint(&self, block: u32) -> u64 {
        self.of(block, |n| self.fingerprints[n], |row| row.fingerprint)
    }

    /// The marks that the normal form leaves out ([`Marks`]).
    pub(super) fn marks(&self, block: u32) -> u32 {
        self.of(block, |n| self.marks[n], |row| row.marks)
    }

    /// Whether it is running text; what is not repeats only inside of a copied section.
    pub(super) fn running(&self, block: u32) -> bool {
        self.of(block, |n| self.running[n], |row| row.running)
    }

    /// The number of its page.
    pub(super) fn page(&self, block: u32) -> u32 {
        self.of(block, |n| self.first_page + self.pages[n], |row| row.page)
    }

    /// Its place on the page.
    pub(super) fn place(&self, block: u32) -> BlockRef {
        self.of(block, |n| self.places[n], |row| row.place)
    }

    /// Of `blocks`, which are those of one page, the one at `place`.
    pub(super) fn block_at(&self, blocks: Range<u32>, place: BlockRef) -> Option<u32> {
        let (mut from, mut to) = (blocks.start, blocks.end);
        while from < to {
            let middle = from.midpoint(to);
            if self.place(middle) < place { from = middle + 1 } else { to = middle }
        }
        (from < blocks.end && self.place(from) == place).then_some(from)
    }

    /// Of a published block, the one that stands for it; of any other one, itself.
    pub(super) fn stands_for(&self, block: u32) -> u32 {
        match self.at(block) {
            At::Here(_) => block,
            At::Published(index) => index.row(block).of,
        }
    }

    /// Where its clause keys stand in `clauses`, of a block that is not published.
    pub(super) fn clause_range(&self, block: u32) -> Range<u64> {
        slice(&self.clause_ends, self.local(block))
    }

    /// The spans of a block, in Unicode scalars of its page.
    pub(super) fn spans(&self, block: u32) -> SmallVec<[[u32; 2]; 1]> {
        match self.at(block) {
            At::Here(n) => {
                let range = slice(&self.span_ends, n);
                SmallVec::from_slice(&self.spans[range.start as usize..range.end as usize])
            }
            At::Published(index) => index.spans(&index.row(block)).into(),
        }
    }

    /// The place in the columns of a block that is not published.
    pub(super) fn local(&self, block: u32) -> usize {
        (block - self.first) as usize
    }

    fn at(&self, block: u32) -> At<'_> {
        match &self.published {
            Some(index) if block < self.first => At::Published(index),
            _ => At::Here(self.local(block)),
        }
    }
}

/// Where a block is.
enum At<'c> {
    /// In the columns, at this place.
    Here(usize),
    /// In the index.
    Published(&'c Index),
}

fn slice(ends: &[u64], block: usize) -> Range<u64> {
    let start = if block == 0 { 0 } else { ends[block - 1] };
    start..ends[block]
}
