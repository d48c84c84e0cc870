//! The keys by which candidates are found, each with the block that it is of.
//!
//! In: the columns, and some blocks. Out: of a band or of all clauses a word for each key, the key in its upper half, the
//! place of its block among the blocks in its lower half.

use std::ops::Range;

use rayon::prelude::*;

use crate::dedup::columns::Columns;

/// Keys of a part into which keys are parted: a processor's nearest caches hold what is asked of them.
const OF_PART: usize = 1 << 15;
/// Parts at most: more could not be filled side by side.
const MOST_PARTS: usize = 256;
/// Blocks whose band keys are read at once, where they are in a file.
const READ_AT_ONCE: u64 = 1 << 14;

/// The keys of some blocks.
#[derive(Debug)]
pub(super) struct Keys<'c> {
    columns: &'c Columns,
    blocks: &'c [u32],
    /// Where the band keys are in files: the place of each block in its column and among the blocks, in the order of the
    /// former, so that a file is read from front to back.
    by_number: Option<Vec<(u32, u32)>>,
}

impl<'c> Keys<'c> {
    /// Those of `blocks`, none of which is published.
    pub(super) fn of(columns: &'c Columns, blocks: &'c [u32]) -> Self {
        let by_number = columns.is_spilled().then(|| {
            let places = blocks.iter().map(|&b| columns.local(b) as u32).zip(0..);
            let mut places: Vec<(u32, u32)> = places.collect();
            places.sort_unstable();
            places
        });
        Self { columns, blocks, by_number }
    }

    /// The keys of a band.
    pub(super) fn band(&self, band: usize) -> Vec<u64> {
        let mut keys = Vec::with_capacity(self.blocks.len());
        self.each_of_band(band, |key| keys.push(key));
        keys
    }

    /// The keys of the clauses.
    pub(super) fn clauses(&self) -> Vec<u64> {
        let mut keys = Vec::with_capacity(self.n_clauses());
        self.each_of_clauses(0..self.blocks.len(), |key| keys.push(key));
        keys
    }

    /// The keys of a band, parted so that equal ones stay together.
    pub(super) fn parted_band(&self, band: usize) -> Vec<Vec<u64>> {
        let n = self.blocks.len();
        parted(n, parts_of(n), |each| self.each_of_band(band, each))
    }

    /// The keys of the clauses of a share of the blocks for each thread, parted so that equal ones stand in the same part of
    /// their shares.
    pub(super) fn parted_clauses(&self) -> Vec<Vec<Vec<u64>>> {
        let (n, shares) = (self.blocks.len(), rayon::current_num_threads());
        let parts = parts_of(self.columns.clauses.len() as usize);
        let shares = (0..shares).into_par_iter().map(|share| {
            let blocks = n * share / shares..n * (share + 1) / shares;
            parted(self.n_clauses() / shares, parts, |each| self.each_of_clauses(blocks, each))
        });
        shares.collect()
    }

    fn each_of_band(&self, band: usize, mut each: impl FnMut(u64)) {
        let column = &self.columns.bands[band];
        let mut buffer = Vec::new();
        let mut put = |key: u32, place: u32| each(u64::from(key) << 32 | u64::from(place));
        let Some(by_number) = &self.by_number else {
            let mut at = 0..0;
            let mut keys: &[u32] = &[];
            for (place, &block) in (0..).zip(self.blocks) {
                let n = self.columns.local(block) as u64;
                if !at.contains(&n) {
                    (at, keys) = column.piece(n);
                }
                put(keys.get((n - at.start) as usize).copied().unwrap_or_default(), place);
            }
            return;
        };
        for group in by_number.chunk_by(|x, y| u64::from(x.0) / READ_AT_ONCE == u64::from(y.0) / READ_AT_ONCE) {
            let first = u64::from(group[0].0) / READ_AT_ONCE * READ_AT_ONCE;
            let last = (first + READ_AT_ONCE).min(self.columns.len() as u64);
            let keys = column.get(first..last, &mut buffer);
            for &(n, place) in group {
                put(keys.get((u64::from(n) - first) as usize).copied().unwrap_or_default(), place);
            }
        }
    }

    fn each_of_clauses(&self, blocks: Range<usize>, mut each: impl FnMut(u64)) {
        let mut buffer = Vec::new();
        for (n, &block) in blocks.clone().zip(&self.blocks[blocks]) {
            for &clause in self.columns.clauses.get(self.columns.clause_range(block), &mut buffer) {
                each(u64::from(clause) << 32 | n as u64);
            }
        }
    }

    /// Clauses for which room is made at once.
    fn n_clauses(&self) -> usize {
        if self.columns.clauses.is_spilled() { 0 } else { self.columns.clauses.len() as usize }
    }
}

/// Into how many parts so many keys are parted.
fn parts_of(keys: usize) -> usize {
    (keys / OF_PART).next_power_of_two().clamp(1, MOST_PARTS)
}

/// Parts `expected` keys or so.
fn parted(expected: usize, parts: usize, keys: impl FnOnce(&mut dyn FnMut(u64))) -> Vec<Vec<u64>> {
    let mut parted: Vec<Vec<u64>> = (0..parts).map(|_| Vec::with_capacity(expected / parts * 17 / 16)).collect();
    keys(&mut |key| parted[(key >> 32) as usize & (parts - 1)].push(key));
    parted
}
