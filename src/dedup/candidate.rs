//! Which pairs of blocks are worth comparing.
//!
//! In: the columns, and the blocks to compare, in the archive's order. Out: pairs of them, each once. A pair is a candidate
//! if the two blocks
//!
//! * share a band key or a clause key (`sketch`), in a large archive with fingerprints that are not too far apart ([`Near`]),
//!   or
//! * have fingerprints at most [`DISTANCE`] bits apart (Manku, Jain and Das Sarma, 2007: of four blocks of sixteen bits one
//!   is then equal; of a very large archive five blocks of thirteen are taken, two of which are equal, so that the buckets
//!   stay small),
//!
//! and the bucket in which they meet is not too large. In a bucket of more than `bucket` blocks each is paired with the
//! first one, with its [`NEIGHBOURS`] next ones in the archive's order, and with as many in the order of their fingerprints:
//! a million texts of one template cost a few million comparisons, and like still meets like.

use rayon::prelude::*;
use smallvec::SmallVec;

use crate::dedup::columns::Columns;
use crate::dedup::fingerprint::distance;
use crate::dedup::index::{Column, Index};
use crate::dedup::keys::Keys;
use crate::dedup::sketch::{BANDS, spread};

/// Bits in which the fingerprints of a candidate pair differ at most, where nothing else makes it one.
const DISTANCE: u32 = 3;
/// Bits in which the fingerprints of a candidate pair differ at most that shares keys.
///
/// Pairs by chance come in the square of an archive's size, and a small one is through with them in a second: there all are
/// compared. In a large one those that lie far apart are not: 32 bits are expected of unrelated texts, 21 of two that share
/// a third of their bigrams. Of the pairs of a gigabyte that comparing finds to be copies one in 7,000 lies beyond 26 bits,
/// most of them of fewer than twenty characters, and one in 2,000 beyond 20 with one band key alone; of those that it finds
/// unrelated six in seven do. From four times as many blocks on, they must lie two bits nearer: of the same gigabyte
/// one block in 3,400 that was left out stays then, and a sixth of the time for deciding is saved.
#[derive(Clone, Copy, Debug)]
pub(super) struct Near {
    /// Of a pair that shares one band key and nothing else.
    pub one: u32,
    /// Of a pair that shares two, or a clause key.
    pub more: u32,
}

impl Near {
    /// That of an archive of so many blocks.
    pub(super) fn of(n_blocks: u32) -> Self {
        match n_blocks {
            ..LARGE => Self { one: 64, more: 64 },
            LARGE..VERY_LARGE => Self { one: 20, more: 26 },
            VERY_LARGE.. => Self { one: 18, more: 24 },
        }
    }

    /// Where the one key is a clause key.
    fn by_clause(self) -> Self {
        Self { one: self.more, ..self }
    }

    /// Where more blocks share the key than are all compared: texts of one template, of which copies lie nearer to each other
    /// than the rest do. Of 200 MB of paragraphs of some thousand templates nearly half of all pairs meet so and lie farther
    /// apart. Without them one in a hundred of the blocks that are left out as near stays, and of planted copies one in
    /// two thousand.
    fn in_crowd(self) -> Self {
        if self.more < u64::BITS { Self { one: self.one.min(CROWDED), more: self.more.min(CROWDED) } } else { self }
    }
}

/// Bits in which the fingerprints of a candidate pair differ at most that meets in a crowd of a large archive.
const CROWDED: u32 = 16;
/// Blocks from which an archive is large, some 140 MB of it.
const LARGE: u32 = 400_000;
/// Blocks from which it is very large, some 560 MB.
const VERY_LARGE: u32 = 4 * LARGE;
/// Blocks with which a block of a large bucket is paired, in each order.
const NEIGHBOURS: usize = 3;
/// Blocks from which the tables of fingerprints are keyed by two parts of five instead of one of four. Sixteen million put
/// 256 into a bucket of sixteen bits, and comparing each with half of them costs what sorting ten tables instead of
/// counting into four does.
const MANY: usize = 1 << 24;

/// The pairs among `blocks` (numbers in `columns`, in order), as places in `blocks`, the lower one in the upper half of
/// the word; sorted, each once.
pub(super) fn pairs(columns: &Columns, blocks: &[u32], bucket: usize, near: Near) -> Vec<u64> {
    let mut found = Found::default();
    let prints: Vec<u64> = blocks.iter().map(|&block| columns.fingerprint(block)).collect();
    // A table a thread: all at once would hold the pairs of a million equal templates many times over.
    let at_once = rayon::current_num_threads().clamp(1, BANDS);
    let keys = Keys::of(columns, blocks);
    for bands in (0..BANDS).collect::<Vec<_>>().chunks(at_once) {
        let parts = bands.par_iter().flat_map_iter(|&band| keys.parted_band(band));
        found.add(parts.map(|keys| alike(&prints, &repeated(&[&keys]), bucket, near)));
    }
    // A pair that shares two clauses may be found in two parts, so none counts how often it is found.
    let clauses = keys.parted_clauses();
    let parts_of_clauses = clauses.first().map_or(0, Vec::len);
    let of_parts =
        (0..parts_of_clauses).into_par_iter().map(|part| clauses.iter().map(|of_some| &*of_some[part]).collect());
    found.add(of_parts.map(|keys: Vec<_>| alike(&prints, &repeated(&keys), bucket, near.by_clause())));
    drop(clauses);
    for masks in parts(blocks.len()).chunks(at_once) {
        found.add(
            masks.par_iter().map(|&mask| Table { pairs: close(&prints, mask, bucket), once: Vec::new() }.closed()),
        );
    }
    found.pairs()
}

/// Pairs whose fingerprints are compared together.
const TOGETHER: usize = 256;
/// Pairs from which on what stands there twice is thrown out as soon as more come.
const SORT_FROM: usize = 1 << 22;

/// What one table finds; sorted, each once.
#[derive(Default)]
struct Table {
    pairs: Vec<u64>,
    /// What becomes a pair where another table finds it too.
    once: Vec<u64>,
}

impl Table {
    /// Takes pairs, each with the bits in which its fingerprints differ.
    fn of(found: impl Iterator<Item = (u64, u32)>, near: Near) -> Self {
        let mut table = Self::default();
        for (pair, apart) in found {
            table.add(pair, apart, near);
        }
        table.closed()
    }

    fn add(&mut self, pair: u64, apart: u32, near: Near) {
        if apart <= near.one {
            self.pairs.push(pair);
        } else if apart <= near.more {
            self.once.push(pair);
        }
    }

    /// What either found.
    fn and(mut self, other: Self) -> Self {
        self.pairs.extend(other.pairs);
        self.once.extend(other.once);
        self.closed()
    }

    fn closed(mut self) -> Self {
        for found in [&mut self.pairs, &mut self.once] {
            found.sort_unstable();
            found.dedup();
        }
        self
    }
}

/// What the tables found so far.
#[derive(Default)]
struct Found {
    pairs: Vec<u64>,
    once: Vec<u64>,
}

impl Found {
    fn add(&mut self, tables: impl ParallelIterator<Item = Table>) {
        let tables: Vec<Table> = tables.collect();
        self.pairs.reserve(tables.iter().map(|t| t.pairs.len()).sum());
        self.once.reserve(tables.iter().map(|t| t.once.len()).sum());
        for table in tables {
            self.pairs.extend_from_slice(&table.pairs);
            self.once.extend_from_slice(&table.once);
        }
        if self.once.len() > SORT_FROM {
            self.promote();
        }
        if self.pairs.len() > SORT_FROM {
            merge(&mut self.pairs);
            self.pairs.dedup();
        }
    }

    /// Makes pairs of what two tables found.
    fn promote(&mut self) {
        merge(&mut self.once);
        self.pairs.extend(self.once.chunk_by(|x, y| x == y).filter(|same| same.len() > 1).map(|same| same[0]));
        // What stays may come again: it is then a pair, also where it is one already.
        self.once.dedup();
    }

    fn pairs(mut self) -> Vec<u64> {
        self.promote();
        merge(&mut self.pairs);
        self.pairs.dedup();
        self.pairs
    }
}

/// Sorts what is a row of sorted rows: the stable sort merges them, in as much memory again.
fn merge(rows: &mut [u64]) {
    rows.par_sort();
}

/// The pairs of a published block and one of `blocks`, which are not published, as the number of the one in the upper half
/// of the word and the place of the other; sorted, each once.
pub(super) fn published_pairs(columns: &Columns, index: &Index, blocks: &[u32], bucket: usize, near: Near) -> Vec<u64> {
    let print = |place: u32| columns.fingerprint(blocks[place as usize]);
    let tables: Vec<Column> = Column::all().filter(|c| *c != Column::Key).collect();
    let mut found = Found::default();
    let keys = Keys::of(columns, blocks);
    for tables in tables.chunks(rayon::current_num_threads().clamp(2, BANDS)) {
        found.add(tables.par_iter().map(|&column| {
            let near = if let Column::Band(_) = column { near } else { near.by_clause() };
            let found = if let Column::Print(part) = column {
                let mut prints: Vec<(u64, u32)> =
                    (0..blocks.len() as u32).map(|place| (Index::turned(print(place), part), place)).collect();
                prints.sort_unstable();
                index.close(part, &prints, DISTANCE, 64 * bucket)
            } else {
                let mut keys = match column {
                    Column::Band(band) => keys.band(band),
                    _ => keys.clauses(),
                };
                keys.sort_unstable();
                keys.dedup();
                index.sharing(column, &keys, print, bucket)
            };
            let pair = |(block, place)| {
                (u64::from(block) << 32 | u64::from(place), distance(columns.fingerprint(block), print(place)))
            };
            Table::of(found.into_iter().map(pair), near)
        }));
    }
    found.pairs()
}

/// Of keys, each with a place in its lower half, those that share their upper half with another one; sorted, each once.
///
/// Most keys stand alone, and sorting them would be for nothing. One look at a bit for each key that comes leaves those
/// that may have been seen before, a second one those that such a key may be equal to.
fn repeated(keys: &[&[u64]]) -> Vec<u64> {
    let size = (8 * keys.iter().map(|k| k.len()).sum::<usize>()).next_power_of_two().max(64);
    let shift = 64 - size.trailing_zeros();
    let at = |key: u64| {
        let bit = spread(key >> 32, shift);
        (bit / 64, 1_u64 << (bit % 64))
    };
    // Once and again, side by side.
    let mut seen = vec![[0_u64; 2]; size / 64];
    for &key in keys.iter().copied().flatten() {
        let (word, bit) = at(key);
        let [once, again] = &mut seen[word];
        *again |= *once & bit;
        *once |= bit;
    }
    let is_repeated = |key: &u64| {
        let (word, bit) = at(*key);
        seen[word][1] & bit != 0
    };
    let mut repeated: Vec<u64> = keys.iter().copied().flatten().copied().filter(is_repeated).collect();
    repeated.par_sort_unstable();
    repeated.dedup();
    repeated
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
                if distance(print, other) <= DISTANCE {
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

/// Pairs of places that were met, whose fingerprints are still to be compared.
struct Met<'p> {
    prints: &'p [u64],
    near: Near,
    waiting: Vec<u64>,
    table: Table,
}

impl Met<'_> {
    fn add(&mut self, x: u32, y: u32) {
        self.waiting.push(u64::from(x) << 32 | u64::from(y));
        if self.waiting.len() == TOGETHER {
            self.compare();
        }
    }

    /// Compares them. All fingerprints are fetched before the first is looked at, so that the processor waits for the memory
    /// once and not for each.
    fn compare(&mut self) {
        let print = |place: u64| self.prints[place as u32 as usize];
        let apart: SmallVec<[u32; TOGETHER]> =
            self.waiting.iter().map(|&pair| distance(print(pair >> 32), print(pair))).collect();
        for (pair, apart) in self.waiting.drain(..).zip(apart) {
            self.table.add(pair, apart, self.near);
        }
    }

    /// What was found; not sorted.
    fn found(mut self) -> Table {
        self.compare();
        self.table
    }
}

/// The pairs that share a key and are near enough: all of a small group, neighbours of a large one.
fn alike(prints: &[u64], keys: &[u64], bucket: usize, near: Near) -> Table {
    let met = |near| Met { prints, near, waiting: Vec::with_capacity(TOGETHER), table: Table::default() };
    let (mut few, mut many) = (met(near), met(near.in_crowd()));
    let mut like: Vec<(u64, u32)> = Vec::new();
    for group in keys.chunk_by(|x, y| x >> 32 == y >> 32) {
        let small = group.len() <= bucket;
        let (met, reach) = if small { (&mut few, bucket) } else { (&mut many, NEIGHBOURS) };
        for (n, &x) in group.iter().enumerate() {
            for &y in group[n + 1..].iter().take(reach) {
                met.add(x as u32, y as u32);
            }
            if n > reach {
                met.add(group[0] as u32, x as u32);
            }
        }
        if !small {
            like.clear();
            like.extend(group.iter().map(|&x| (prints[x as u32 as usize], x as u32)));
            like.sort_unstable();
            for (n, &(_, x)) in like.iter().enumerate() {
                for &(_, y) in like[n + 1..].iter().take(NEIGHBOURS) {
                    met.add(x.min(y), x.max(y));
                }
            }
        }
    }
    few.found().and(many.found())
}

#[cfg(test)]
pub(super) mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::dedup::Scratch;
    use crate::dedup::spill::Spilled;
    use crate::record::BlockRef;

    fn columns(texts: &[String]) -> Columns {
        let mut columns = Columns::default();
        let mut scratch = Scratch::default();
        for (n, text) in (0..).zip(texts) {
            columns.add(0, BlockRef { article: 0, block: n }, true, [], text, &mut scratch);
        }
        columns
    }

    /// Every pair that shares bands or a clause and is near enough for that, or whose fingerprints are close, looked at one by
    /// one.
    pub(in crate::dedup) fn by_looking_at_all(columns: &Columns, blocks: &[u32], near: Near) -> BTreeSet<u64> {
        let (mut x, mut y) = (Vec::new(), Vec::new());
        let mut found = BTreeSet::new();
        for (at, &a) in (0_u64..).zip(blocks) {
            for (other, &b) in (0_u64..).zip(blocks).skip(at as usize + 1) {
                let range = |block: u32| u64::from(block)..u64::from(block + 1);
                let same =
                    |band: &Spilled<u32>| band.get(range(a), &mut Vec::new()) == band.get(range(b), &mut Vec::new());
                let bands = columns.bands.iter().filter(|band| same(band)).count();
                let clauses = |block: u32| columns.clause_range(block);
                let (of_a, of_b) = (columns.clauses.get(clauses(a), &mut x), columns.clauses.get(clauses(b), &mut y));
                let clause = of_a.iter().any(|c| of_b.contains(c));
                let apart = distance(columns.fingerprint(a), columns.fingerprint(b));
                let near = if clause || bands > 1 { near.more } else { near.one };
                if apart <= DISTANCE || (clause || bands > 0) && apart <= near {
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
        fn finds_what_looking_at_all_pairs_finds(texts in archives(), one in 10_u32..=64, more in 0_u32..20) {
            let near = Near { one, more: (one + more).min(64) };
            let mut columns = columns(&texts);
            let blocks: Vec<u32> = (0..texts.len() as u32).collect();
            let expected = by_looking_at_all(&columns, &blocks, near);
            let found: BTreeSet<u64> = pairs(&columns, &blocks, 16, near).into_iter().collect();
            prop_assert_eq!(&found, &expected);
            // The same from a file.
            let folder = tempfile::tempdir().unwrap();
            columns.spill(folder.path()).unwrap();
            let spilled: BTreeSet<u64> = pairs(&columns, &blocks, 16, near).into_iter().collect();
            prop_assert_eq!(spilled, expected);
        }
    }

    #[test]
    fn of_a_crowd_in_a_large_archive_those_meet_that_lie_near() {
        let clause = "，市总工会走访慰问一线职工。";
        let other = |n: u32| char::from_u32(0x4E00 + 19 * n).into_iter();
        let mut texts: Vec<String> =
            (0..20).map(|n| (40 * n..40 * n + 40).flat_map(other).chain(clause.chars()).collect()).collect();
        let copy = texts[3].replace("慰问", "问");
        texts.push(copy);
        let columns = columns(&texts);
        let blocks: Vec<u32> = (0..21).collect();
        let [small, large] = [0, LARGE].map(|n| pairs(&columns, &blocks, 12, Near::of(n)));
        let copy_of_3 = (3 << 32) + 20;
        assert!(small.len() > 20 && small.contains(&copy_of_3), "{small:?}");
        assert_eq!(large, [copy_of_3]);
    }

    #[test]
    fn a_large_bucket_gives_pairs_in_proportion() {
        let texts: Vec<String> =
            (0..400).map(|n| format!("市总工会走访慰问一线职工，送去清凉和祝福，第{n}名。")).collect();
        let columns = columns(&texts);
        let blocks: Vec<u32> = (0..400).collect();
        let few = pairs(&columns, &blocks[..200], 12, Near::of(400)).len();
        let many = pairs(&columns, &blocks, 12, Near::of(400)).len();
        assert!(many < 3 * few, "{few} and {many} pairs");
        // Each still meets its neighbour.
        let all: BTreeSet<u64> = pairs(&columns, &blocks, 12, Near::of(400)).into_iter().collect();
        assert!((0..399_u64).all(|n| all.contains(&(n << 32 | (n + 1)))));
    }
}
