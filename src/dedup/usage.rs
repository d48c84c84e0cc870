//! How often characters stand beside each other in an archive.
//!
//! A misreading is mostly a character that never stands between its neighbours elsewhere; a revision reads well on both
//! sides. Counts are kept by a hash of the bigram, from a sample of the blocks that their own keys name, so that they
//! depend on the set of texts alone.

use rayon::prelude::*;

use crate::dedup::columns::Columns;
use crate::dedup::sketch::mix;
use crate::text::by_region;

/// Counters, four bytes each; some 600,000 different bigrams stand in seven million characters of newspaper text.
const COUNTERS: usize = 1 << 20;
/// Blocks up to which all are counted; of more, one in two, four …, so that the cost does not grow with the archive.
const ALL_UP_TO: usize = 100_000;
/// Characters (binary logarithm) from which the counts mean what the weights suppose, and below which they mean nothing.
const FULL_FROM: f32 = 22.7;
const NOTHING_TO: f32 = 15.7;

/// Counts of bigrams; by default those of no archive, which mean nothing.
#[derive(Debug)]
pub struct Usage {
    counts: Vec<u32>,
    /// Binary logarithm of the bigrams counted, less [`FULL_FROM`].
    scale: f32,
    blocks: usize,
    sample: u64,
}

impl Default for Usage {
    fn default() -> Self {
        Self { counts: vec![0; COUNTERS], scale: -FULL_FROM, blocks: 0, sample: 1 }
    }
}

impl Usage {
    /// Counts the bigrams of the archive, of its published blocks too.
    pub(super) fn of(columns: &Columns) -> Self {
        let n = columns.end() as usize;
        let sample = n.div_ceil(ALL_UP_TO).max(1).next_power_of_two() as u64;
        // Of the published ones all is counted already, unless fewer are to be counted now.
        let published = columns.published().and_then(|index| index.counts()).filter(|(_, s)| *s == sample);
        let first = if published.is_some() { columns.first() } else { 0 };
        let counts = (first..columns.end())
            .into_par_iter()
            .with_min_len(1 + n / 4)
            .fold(
                || (Counting::default(), Vec::new()),
                |(mut counting, mut buffer), block| {
                    if columns.key(block).is_multiple_of(sample) {
                        counting.add(columns.text(block, &mut buffer).units);
                    }
                    (counting, buffer)
                },
            )
            .map(|(counting, _)| counting.done())
            .reduce(Vec::new, add);
        let mut counts = add(counts, published.map(|(counts, _)| counts).unwrap_or_default());
        counts.resize(COUNTERS, 0);
        let total: u64 = counts.iter().map(|&c| u64::from(c)).sum();
        Self { counts, scale: (total.max(1) as f32).log2() - FULL_FROM, blocks: n, sample }
    }

    /// The counts.
    pub(super) fn counts(&self) -> &[u32] {
        &self.counts
    }

    /// Of how many texts one was counted: a power of two, so that what is counted of a larger archive was counted of a
    /// smaller one too.
    pub(super) fn sample(&self) -> u64 {
        self.sample
    }

    /// 0 to 1: how much the counts are worth, from the size of the archive.
    pub fn confidence(&self) -> f32 {
        (self.scale / (FULL_FROM - NOTHING_TO) + 1.0).clamp(0.0, 1.0)
    }

    /// How many times ten times as large the archive is as one of 50,000 blocks, 0 for smaller ones: 1 for 500,000.
    pub fn tenfolds(&self) -> f32 {
        (self.blocks as f32 / 50_000.0).max(1.0).log10()
    }

    /// How often the second character was seen behind the first, or a little more.
    pub fn count(&self, first: u16, second: u16) -> u32 {
        self.counts[slot(first, second)]
    }

    /// How well the stretch `start..end` of a text reads in its place: the mean of the logarithms (base 2) of the counts
    /// of the bigrams that reach into it or across it, as they would be in an archive of seven million characters.
    pub fn fluency(&self, units: &[u16], start: usize, end: usize) -> f32 {
        let from = start.saturating_sub(1);
        let to = (end + 1).min(units.len());
        if to < from + 2 {
            return 0.0;
        }
        let mut sum = 0.0;
        for pair in units[from..to].windows(2) {
            sum += (1.0 + self.count(pair[0], pair[1]) as f32).log2();
        }
        sum / (to - from - 1) as f32 - self.scale.max(0.0)
    }
}

/// Counts that are being taken: the table is larger than a processor's nearest memories, so places in it are gathered and
/// counted region by region.
#[derive(Default)]
struct Counting {
    /// Empty as long as nothing was counted.
    counts: Vec<u32>,
    places: Vec<u32>,
    /// Memory that is used again.
    ordered: Vec<u32>,
}

impl Counting {
    /// Places that are gathered before they are counted.
    const MOST: usize = 1 << 16;

    fn add(&mut self, units: &[u16]) {
        self.places.extend(units.windows(2).map(|pair| slot(pair[0], pair[1]) as u32));
        if self.places.len() >= Self::MOST {
            self.count();
        }
    }

    fn count(&mut self) {
        let Self { counts, places, ordered } = self;
        counts.resize(COUNTERS, 0);
        by_region(places, COUNTERS.trailing_zeros(), ordered, |at| counts[at] = counts[at].saturating_add(1));
    }

    fn done(mut self) -> Vec<u32> {
        self.count();
        self.counts
    }
}

/// The sum of two tables, either of which may be empty.
fn add(mut sum: Vec<u32>, more: Vec<u32>) -> Vec<u32> {
    if sum.is_empty() {
        return more;
    }
    sum.iter_mut().zip(&more).for_each(|(s, m)| *s = s.saturating_add(*m));
    sum
}

fn slot(first: u16, second: u16) -> usize {
    (mix(u64::from(first) << 16 | u64::from(second)) >> 44) as usize & (COUNTERS - 1)
}
