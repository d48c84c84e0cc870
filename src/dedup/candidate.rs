//! Which pairs of blocks are worth comparing.
//!
//! In: the columns, and the blocks to compare, in the archive's order. Out: pairs of them, each once. A pair is a candidate
//! if the two blocks
//!
//! * share a band key or a clause key (`sketch`) and have fingerprints at most [`FAR`] bits apart, or
//! * have fingerprints at most [`DISTANCE`] bits apart (Manku, Jain and Das Sarma, 2007: of four blocks of sixteen bits one
//!   is then equal; of a very large archive five blocks of thirteen are taken, two of which are equal, so that the buckets
//!   stay small),
//!
//! and the bucket in which they meet is not too large. In a bucket of more than `bucket` blocks each is paired with the
//! first one, with its [`NEIGHBOURS`] next ones in the archive's order, and with as many in the order of their fingerprints:
//! a million texts of one template cost a few million comparisons, and like still meets like.

use rayon::prelude::*;

use crate::dedup::columns::Columns;
use crate::dedup::index::{Column, Index};
use crate::dedup::sketch::{BANDS, spread};

/// Bits in which the fingerprints of a candidate pair differ at most, where nothing else makes it one.
const DISTANCE: u32 = 3;
/// Bits in which the fingerprints of a candidate pair differ at most, whatever else it shares: 32 are expected of unrelated
/// texts, 21 of two that share a third of their bigrams. Of the pairs of a gigabyte that comparing finds to be copies one in
/// 7,000 lies beyond, most of them of fewer than twenty characters; of those that it finds unrelated two thirds do.
const FAR: u32 = 26;
/// Blocks with which a block of a large bucket is paired, in each order.
const NEIGHBOURS: usize = 3;
/// Blocks from which the tables of fingerprints are keyed by two parts of five instead of one of four. Sixteen million put
/// 256 into a bucket of sixteen bits, and comparing each with half of them costs what sorting ten tables instead of
/// counting into four does.
const MANY: usize = 1 << 24;

/// The pairs among `blocks` (numbers in `columns`, in order), as places in `blocks`, the lower one in the upper half of
/// the word; sorted, each once.
pub(super) fn pairs(columns: &Columns, blocks: &[u32], bucket: usize) -> Vec<u64> {
    let mut pairs: Vec<u64> = Vec::new();
    let prints: Vec<u64> = blocks.iter().map(|&block| columns.fingerprint(block)).collect();
    // Several tables at once keep all threads busy; all at once would hold the pairs of a million equal templates many
    // times over.
    let at_once = rayon::current_num_threads().clamp(4, BANDS);
    for bands in (0..BANDS).collect::<Vec<_>>().chunks(at_once) {
        let tables = band_keys(columns, blocks, bands);
        add(&mut pairs, tables.into_par_iter().map(|keys| alike(&prints, &repeated(keys), bucket)));
    }
    let keys = repeated(clause_keys(columns, blocks));
    add(&mut pairs, [&keys].into_par_iter().map(|keys| alike(&prints, keys, bucket)));
    drop(keys);
    for masks in parts(blocks.len()).chunks(at_once) {
        add(&mut pairs, masks.par_iter().map(|&mask| close(&prints, mask, bucket)));
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

/// The pairs of a published block and one of `blocks`, which are not published, as the number of the one in the upper half
/// of the word and the place of the other; sorted, each once.
pub(super) fn published_pairs(columns: &Columns, index: &Index, blocks: &[u32], bucket: usize) -> Vec<u64> {
    let print = |place: u32| columns.fingerprint(blocks[place as usize]);
    let tables: Vec<Column> = Column::all().filter(|c| *c != Column::Key).collect();
    let mut pairs = Vec::new();
    for tables in tables.chunks(rayon::current_num_threads().clamp(2, BANDS)) {
        add(
            &mut pairs,
            tables.par_iter().map(|&column| {
                let found = if let Column::Print(part) = column {
                    let mut prints: Vec<(u64, u32)> =
                        (0..blocks.len() as u32).map(|place| (Index::turned(print(place), part), place)).collect();
                    prints.sort_unstable();
                    index.close(part, &prints, DISTANCE, 64 * bucket)
                } else {
                    let mut keys = match column {
                        Column::Band(band) => band_keys(columns, blocks, &[band]).swap_remove(0),
                        _ => clause_keys(columns, blocks),
                    };
                    keys.sort_unstable();
                    keys.dedup();
                    index.sharing(column, &keys, print, bucket)
                };
                let near =
                    found.into_iter().filter(|&(block, place)| are_near(columns.fingerprint(block), print(place)));
                near.map(|(block, place)| u64::from(block) << 32 | u64::from(place)).collect()
            }),
        );
    }
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs
}

/// Blocks whose band keys are read at once, where they are in a file.
const READ_AT_ONCE: u64 = 1 << 14;

/// The keys of each of some bands, each with the place in `blocks` in its lower half.
pub(super) fn band_keys(columns: &Columns, blocks: &[u32], bands: &[usize]) -> Vec<Vec<u64>> {
    let mut keys: Vec<Vec<u64>> = bands.iter().map(|_| Vec::with_capacity(blocks.len())).collect();
    let mut buffer = Vec::new();
    let mut put = |of_block: &[u32], n: u32| {
        for (keys, &band) in keys.iter_mut().zip(bands) {
            keys.push(u64::from(of_block.get(band).copied().unwrap_or_default()) << 32 | u64::from(n));
        }
    };
    if !columns.bands.is_spilled() {
        for (n, &block) in (0..).zip(blocks) {
            let at = (columns.local(block) * BANDS) as u64;
            put(columns.bands.get(at..at + BANDS as u64, &mut buffer), n);
        }
        return keys;
    }
    // The places of the blocks in the order of their numbers, so that the file is read from front to back.
    let mut by_number: Vec<(u32, u32)> = blocks.iter().map(|&b| columns.local(b) as u32).zip(0..).collect();
    by_number.sort_unstable();
    for group in by_number.chunk_by(|x, y| u64::from(x.0) / READ_AT_ONCE == u64::from(y.0) / READ_AT_ONCE) {
        let first = u64::from(group[0].0) / READ_AT_ONCE * READ_AT_ONCE;
        let last = (first + READ_AT_ONCE).min(columns.len() as u64);
        let all = columns.bands.get(first * BANDS as u64..last * BANDS as u64, &mut buffer);
        for &(block, n) in group {
            let at = (u64::from(block) - first) as usize * BANDS;
            put(all.get(at..at + BANDS).unwrap_or_default(), n);
        }
    }
    keys
}

/// The keys of the clauses, each with the place in `blocks` in its lower half.
pub(super) fn clause_keys(columns: &Columns, blocks: &[u32]) -> Vec<u64> {
    let mut keys = Vec::with_capacity(if columns.clauses.is_spilled() { 0 } else { columns.clauses.len() as usize });
    let mut buffer = Vec::new();
    for (n, &block) in blocks.iter().enumerate() {
        let clauses = columns.clauses.get(columns.clause_range(block), &mut buffer);
        keys.extend(clauses.iter().map(|&c| u64::from(c) << 32 | n as u64));
    }
    keys
}

/// Of keys, each with a place in its lower half, those that share their upper half with another one; sorted, each once.
///
/// Most keys stand alone, and sorting them would be for nothing. One look at a bit for each key that comes leaves those
/// that may have been seen before, a second one those that such a key may be equal to.
fn repeated(mut keys: Vec<u64>) -> Vec<u64> {
    let size = (8 * keys.len()).next_power_of_two().max(64);
    let shift = 64 - size.trailing_zeros();
    let at = |key: u64| {
        let bit = spread(key >> 32, shift);
        (bit / 64, 1_u64 << (bit % 64))
    };
    let (mut once, mut again) = (vec![0_u64; size / 64], vec![0_u64; size / 64]);
    for &key in &keys {
        let (word, bit) = at(key);
        again[word] |= once[word] & bit;
        once[word] |= bit;
    }
    drop(once);
    keys.retain(|&key| {
        let (word, bit) = at(key);
        again[word] & bit != 0
    });
    drop(again);
    keys.par_sort_unstable();
    keys.dedup();
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
fn close(prints: &[u64], mask: u64, bucket: usize) -> Vec<u64> {
    let places = by_part(prints, mask);
    let mut pairs = Vec::new();
    for group in places.chunk_by(|x, y| x.0 & mask == y.0 & mask) {
        // Looking at a pair costs a nanosecond here, so a bucket may be much larger than where pairs are aligned.
        let reach = if group.len() <= 64 * bucket { group.len() } else { bucket };
        for (n, &(print, x)) in group.iter().enumerate() {
            for &(other, y) in group[n + 1..].iter().take(reach) {
                if (print ^ other).count_ones() <= DISTANCE {
                    pairs.push(u64::from(x) << 32 | u64::from(y));
                }
            }
        }
    }
    pairs
}

/// The fingerprints, each with its place, grouped by the bits of `mask` and within a group by place.
fn by_part(prints: &[u64], mask: u64) -> Vec<(u64, u32)> {
    let all = || prints.iter().copied().zip(0..);
    let shift = mask.trailing_zeros();
    if mask >> shift != 0xFFFF {
        let mut places: Vec<(u64, u32)> = all().collect();
        places.sort_unstable_by_key(|&(print, n)| (print & mask, n));
        return places;
    }
    // Sixteen bits in a row are counted rather than sorted.
    let part = |print: u64| (print >> shift & 0xFFFF) as usize;
    let mut starts = vec![0_u32; 1 << 16];
    for &print in prints {
        starts[part(print)] += 1;
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += std::mem::replace(start, sum);
    }
    let mut places = vec![(0, 0); prints.len()];
    for (print, n) in all() {
        let start = &mut starts[part(print)];
        places[*start as usize] = (print, n);
        *start += 1;
    }
    places
}

/// The pairs that share a key and are not too far apart: all of a small group, neighbours of a large one.
fn alike(prints: &[u64], keys: &[u64], bucket: usize) -> Vec<u64> {
    let mut pairs = Vec::new();
    let print = |n: u32| prints[n as usize];
    let mut add = |x: u32, y: u32| {
        if are_near(print(x), print(y)) {
            pairs.push(u64::from(x) << 32 | u64::from(y));
        }
    };
    let mut like: Vec<(u64, u32)> = Vec::new();
    for group in keys.chunk_by(|x, y| x >> 32 == y >> 32) {
        let small = group.len() <= bucket;
        let reach = if small { bucket } else { NEIGHBOURS };
        for (n, &x) in group.iter().enumerate() {
            for &y in group[n + 1..].iter().take(reach) {
                add(x as u32, y as u32);
            }
            if n > reach {
                add(group[0] as u32, x as u32);
            }
        }
        if !small {
            like.clear();
            like.extend(group.iter().map(|&x| (print(x as u32), x as u32)));
            like.sort_unstable();
            for (n, &(_, x)) in like.iter().enumerate() {
                for &(_, y) in like[n + 1..].iter().take(NEIGHBOURS) {
                    add(x.min(y), x.max(y));
                }
            }
        }
    }
    pairs
}

/// Whether the fingerprints of two texts that share a key are near enough for them to be copies.
fn are_near(a: u64, b: u64) -> bool {
    (a ^ b).count_ones() <= FAR
}

#[cfg(test)]
pub(super) mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::dedup::Scratch;
    use crate::record::BlockRef;

    fn columns(texts: &[String]) -> Columns {
        let mut columns = Columns::default();
        let mut scratch = Scratch::default();
        for (n, text) in (0..).zip(texts) {
            columns.add(0, BlockRef { article: 0, block: n }, true, [], text, &mut scratch);
        }
        columns
    }

    /// Every pair that shares a band or a clause, or whose fingerprints are close, looked at one by one.
    pub(in crate::dedup) fn by_looking_at_all(columns: &Columns, blocks: &[u32]) -> BTreeSet<u64> {
        let (mut x, mut y) = (Vec::new(), Vec::new());
        let mut found = BTreeSet::new();
        for (at, &a) in (0_u64..).zip(blocks) {
            for (other, &b) in (0_u64..).zip(blocks).skip(at as usize + 1) {
                let bands = |block: u32| u64::from(block) * BANDS as u64..u64::from(block + 1) * BANDS as u64;
                let (of_a, of_b) = (columns.bands.get(bands(a), &mut x), columns.bands.get(bands(b), &mut y));
                let band = of_a.iter().zip(of_b).any(|(x, y)| x == y);
                let clauses = |block: u32| columns.clause_range(block);
                let (of_a, of_b) = (columns.clauses.get(clauses(a), &mut x), columns.clauses.get(clauses(b), &mut y));
                let clause = of_a.iter().any(|c| of_b.contains(c));
                let apart = (columns.fingerprint(a) ^ columns.fingerprint(b)).count_ones();
                if apart <= DISTANCE || (band || clause) && apart <= FAR {
                    found.insert(at << 32 | other);
                }
            }
        }
        found
    }

    /// Texts of which some are others with a few characters changed.
    pub(in crate::dedup) fn archives() -> impl Strategy<Value = Vec<String>> {
        let text = "[市总工会走访慰问一线职工送去清凉和祝福，。]{8,60}";
        let edit = (any::<prop::sample::Index>(), "[了子孑的]{0,2}");
        let copy = (any::<prop::sample::Index>(), prop::collection::vec(edit, 0..4));
        (prop::collection::vec(text, 1..8), prop::collection::vec(copy, 0..8)).prop_map(|(mut texts, copies)| {
            let n = texts.len();
            for (of, edits) in copies {
                let mut chars: Vec<char> = texts[of.index(n)].chars().collect();
                for (at, with) in edits {
                    let at = at.index(chars.len());
                    chars.splice(at..=at, with.chars());
                    if chars.is_empty() {
                        chars.push('的');
                    }
                }
                texts.push(chars.into_iter().collect());
            }
            texts
        })
    }

    proptest! {
        #[test]
        fn finds_what_looking_at_all_pairs_finds(texts in archives()) {
            let mut columns = columns(&texts);
            let blocks: Vec<u32> = (0..texts.len() as u32).collect();
            let expected = by_looking_at_all(&columns, &blocks);
            let found: BTreeSet<u64> = pairs(&columns, &blocks, 16).into_iter().collect();
            prop_assert_eq!(&found, &expected);
            // The same from a file.
            let folder = tempfile::tempdir().unwrap();
            columns.spill(folder.path()).unwrap();
            let spilled: BTreeSet<u64> = pairs(&columns, &blocks, 16).into_iter().collect();
            prop_assert_eq!(spilled, expected);
        }
    }

    #[test]
    fn a_large_bucket_gives_pairs_in_proportion() {
        let texts: Vec<String> =
            (0..400).map(|n| format!("市总工会走访慰问一线职工，送去清凉和祝福，第{n}名。")).collect();
        let columns = columns(&texts);
        let blocks: Vec<u32> = (0..400).collect();
        let few = pairs(&columns, &blocks[..200], 12).len();
        let many = pairs(&columns, &blocks, 12).len();
        assert!(many < 3 * few, "{few} and {many} pairs");
        // Each still meets its neighbour.
        let all: BTreeSet<u64> = pairs(&columns, &blocks, 12).into_iter().collect();
        assert!((0..399_u64).all(|n| all.contains(&(n << 32 | (n + 1)))));
    }
}
