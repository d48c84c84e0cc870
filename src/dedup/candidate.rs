//! Which pairs of blocks are worth comparing.
//!
//! In: the columns, and the blocks to compare, in the archive's order. Out: pairs of them, each once. A pair is a
//! candidate if the two blocks share a band key, a clause key, or three of four quarters... of their fingerprint.

use rayon::prelude::*;

use crate::dedup::columns::Columns;
use crate::dedup::sketch::BANDS;

/// The pairs among `blocks` (numbers in `columns`, in order), as places in `blocks`, the lower one in the upper half of
/// the word; sorted, each once.
pub(super) fn pairs(columns: &Columns, blocks: &[u32], bucket: usize) -> Vec<u64> {
    let mut tables: Vec<Vec<u64>> = (0..BANDS)
        .into_par_iter()
        .map(|band| {
            let mut keys: Vec<u64> = blocks
                .iter()
                .enumerate()
                .map(|(n, &block)| u64::from(columns.bands[block as usize][band]) << 32 | n as u64)
                .collect();
            keys.sort_unstable();
            alike(&keys, bucket)
        })
        .collect();
    let mut keys: Vec<u64> = Vec::new();
    for (n, &block) in blocks.iter().enumerate() {
        keys.extend(columns.clauses(block as usize).iter().map(|&c| u64::from(c) << 32 | n as u64));
    }
    keys.par_sort_unstable();
    keys.dedup();
    tables.push(alike(&keys, bucket));
    for quarter in 0..4 {
        let mut keys: Vec<u64> = blocks
            .iter()
            .enumerate()
            .map(|(n, &block)| (columns.fingerprints[block as usize] >> (16 * quarter) & 0xFFFF) << 32 | n as u64)
            .collect();
        keys.sort_unstable();
        let mut near = Vec::new();
        for group in keys.chunk_by(|x, y| x >> 32 == y >> 32) {
            for (n, &x) in group.iter().enumerate() {
                for &y in group[n + 1..].iter().take(200) {
                    let (x, y) = (x as u32, y as u32);
                    let of = |n: u32| columns.fingerprints[blocks[n as usize] as usize];
                    if (of(x) ^ of(y)).count_ones() <= 3 {
                        near.push(u64::from(x) << 32 | u64::from(y));
                    }
                }
            }
        }
        tables.push(near);
    }
    let mut pairs: Vec<u64> = tables.concat();
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs
}

/// The pairs that share a key: all of a small group, neighbours of a large one.
fn alike(keys: &[u64], bucket: usize) -> Vec<u64> {
    let mut pairs = Vec::new();
    for group in keys.chunk_by(|x, y| x >> 32 == y >> 32) {
        let reach = if group.len() <= bucket { bucket } else { 4 };
        for (n, &x) in group.iter().enumerate() {
            let low = u64::from(x as u32) << 32;
            pairs.extend(group[n + 1..].iter().take(reach).map(|&y| low | u64::from(y as u32)));
            if n > reach {
                pairs.push(group[0] << 32 | u64::from(x as u32));
            }
        }
    }
    pairs
}
