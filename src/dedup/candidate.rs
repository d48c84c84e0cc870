//! Which pairs of blocks are worth comparing.
//!
//! In: the columns, and the blocks to compare, in the archive's order. Out: pairs of them, each once. A pair is a candidate
//! if the two blocks
//!
//! * share a band key or a clause key (`sketch`), or
//! * have fingerprints at most [`DISTANCE`] bits apart (Manku, Jain and Das Sarma, 2007: of four blocks of sixteen bits one
//!   is then equal; of a large archive five blocks of thirteen are taken, two of which are equal, so that the buckets stay
//!   small),
//!
//! and the bucket in which they meet is not too large. In a bucket of more than `bucket` blocks each is paired with the
//! first one, with its [`NEIGHBOURS`] next ones in the archive's order, and with as many in the order of their fingerprints:
//! a million texts of one template cost a few million comparisons, and like still meets like.

use rayon::prelude::*;

use crate::dedup::columns::Columns;
use crate::dedup::sketch::BANDS;

/// Bits in which the fingerprints of a candidate pair differ at most, where nothing else makes it one.
const DISTANCE: u32 = 3;
/// Blocks with which a block of a large bucket is paired, in each order.
const NEIGHBOURS: usize = 3;
/// Blocks from which the tables of fingerprints are keyed by two parts of five instead of one of four: 2^20 blocks put 16
/// into a bucket of sixteen bits.
const MANY: usize = 1 << 20;

/// The pairs among `blocks` (numbers in `columns`, in order), as places in `blocks`, the lower one in the upper half of
/// the word; sorted, each once.
pub(super) fn pairs(columns: &Columns, blocks: &[u32], bucket: usize) -> Vec<u64> {
    let mut pairs: Vec<u64> = Vec::new();
    // Several tables at once keep all threads busy; all at once would hold the pairs of a million equal templates many
    // times over.
    let at_once = rayon::current_num_threads().clamp(2, BANDS);
    for bands in (0..BANDS).collect::<Vec<_>>().chunks(at_once) {
        add(
            &mut pairs,
            bands.par_iter().map(|&band| {
                let mut keys = band_keys(columns, blocks, band);
                keys.sort_unstable();
                alike(columns, blocks, &keys, bucket)
            }),
        );
    }
    let mut keys = clause_keys(columns, blocks);
    keys.par_sort_unstable();
    keys.dedup();
    add(&mut pairs, [&keys].into_par_iter().map(|keys| alike(columns, blocks, keys, bucket)));
    drop(keys);
    for masks in parts(blocks.len()).chunks(at_once) {
        add(&mut pairs, masks.par_iter().map(|&mask| close(columns, blocks, mask, bucket)));
    }
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs
}

/// Pairs from which on what stands there twice is thrown out as soon as more come.
const SORT_FROM: usize = 1 << 22;

/// Adds the pairs of some tables.
fn add(pairs: &mut Vec<u64>, tables: impl ParallelIterator<Item = Vec<u64>>) {
    let tables: Vec<Vec<u64>> = tables.collect();
    pairs.reserve(tables.iter().map(Vec::len).sum());
    for table in tables {
        pairs.extend_from_slice(&table);
    }
    if pairs.len() > SORT_FROM {
        pairs.par_sort_unstable();
        pairs.dedup();
    }
}

/// Blocks whose band keys are read at once, where they are in a file.
const READ_AT_ONCE: u64 = 1 << 14;

fn band_keys(columns: &Columns, blocks: &[u32], band: usize) -> Vec<u64> {
    let mut keys = Vec::with_capacity(blocks.len());
    let mut buffer = Vec::new();
    if !columns.bands.is_spilled() {
        let all = columns.bands.get(0..columns.bands.len(), &mut buffer);
        keys.extend(blocks.iter().zip(0_u64..).map(|(&b, n)| u64::from(all[b as usize * BANDS + band]) << 32 | n));
        return keys;
    }
    // The places of the blocks in the order of their numbers, so that the file is read from front to back.
    let mut by_number: Vec<(u32, u32)> = blocks.iter().copied().zip(0..).collect();
    by_number.sort_unstable();
    for group in by_number.chunk_by(|x, y| u64::from(x.0) / READ_AT_ONCE == u64::from(y.0) / READ_AT_ONCE) {
        let first = u64::from(group[0].0) / READ_AT_ONCE * READ_AT_ONCE;
        let last = (first + READ_AT_ONCE).min(columns.len() as u64);
        let all = columns.bands.get(first * BANDS as u64..last * BANDS as u64, &mut buffer);
        keys.extend(group.iter().map(|&(block, n)| {
            let at = (u64::from(block) - first) as usize * BANDS + band;
            u64::from(all.get(at).copied().unwrap_or_default()) << 32 | u64::from(n)
        }));
    }
    keys
}

fn clause_keys(columns: &Columns, blocks: &[u32]) -> Vec<u64> {
    let mut keys = Vec::with_capacity(if columns.clauses.is_spilled() { 0 } else { columns.clauses.len() as usize });
    let mut buffer = Vec::new();
    for (n, &block) in blocks.iter().enumerate() {
        let clauses = columns.clauses.get(columns.clause_range(block as usize), &mut buffer);
        keys.extend(clauses.iter().map(|&c| u64::from(c) << 32 | n as u64));
    }
    keys
}

/// The bits by which the tables of fingerprints are keyed, one mask a table.
fn parts(n_blocks: usize) -> Vec<u64> {
    if n_blocks < MANY {
        return (0..4).map(|part| 0xFFFF << (16 * part)).collect();
    }
    let part = |n: u32| if n == 4 { 0xFFF << 52 } else { 0x1FFF_u64 << (13 * n) };
    (0..5).flat_map(|x| (x + 1..5).map(move |y| part(x) | part(y))).collect()
}

/// The pairs whose fingerprints are close and agree in the bits of `mask`.
fn close(columns: &Columns, blocks: &[u32], mask: u64, bucket: usize) -> Vec<u64> {
    let print = |n: u32| columns.fingerprints[blocks[n as usize] as usize];
    let mut places: Vec<(u64, u32)> = (0..blocks.len() as u32).map(|n| (print(n) & mask, n)).collect();
    places.sort_unstable();
    let mut pairs = Vec::new();
    for group in places.chunk_by(|x, y| x.0 == y.0) {
        // Looking at a pair costs a nanosecond here, so a bucket may be much larger than where pairs are aligned.
        let reach = if group.len() <= 64 * bucket { group.len() } else { bucket };
        for (n, &(_, x)) in group.iter().enumerate() {
            for &(_, y) in group[n + 1..].iter().take(reach) {
                if (print(x) ^ print(y)).count_ones() <= DISTANCE {
                    pairs.push(u64::from(x) << 32 | u64::from(y));
                }
            }
        }
    }
    pairs
}

/// The pairs that share a key: all of a small group, neighbours of a large one.
fn alike(columns: &Columns, blocks: &[u32], keys: &[u64], bucket: usize) -> Vec<u64> {
    let mut pairs = Vec::new();
    let mut like: Vec<(u64, u32)> = Vec::new();
    for group in keys.chunk_by(|x, y| x >> 32 == y >> 32) {
        let small = group.len() <= bucket;
        let reach = if small { bucket } else { NEIGHBOURS };
        for (n, &x) in group.iter().enumerate() {
            let low = u64::from(x as u32) << 32;
            pairs.extend(group[n + 1..].iter().take(reach).map(|&y| low | u64::from(y as u32)));
            if n > reach {
                pairs.push(group[0] << 32 | u64::from(x as u32));
            }
        }
        if !small {
            like.clear();
            like.extend(group.iter().map(|&x| (columns.fingerprints[blocks[x as u32 as usize] as usize], x as u32)));
            like.sort_unstable();
            for (n, &(_, x)) in like.iter().enumerate() {
                let others = like[n + 1..].iter().take(NEIGHBOURS);
                pairs.extend(others.map(|&(_, y)| u64::from(x.min(y)) << 32 | u64::from(x.max(y))));
            }
        }
    }
    pairs
}
