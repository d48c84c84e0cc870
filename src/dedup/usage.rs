//! How often characters stand beside each other in an archive.
//!
//! A misreading is mostly a character that never stands between its neighbours elsewhere; a revision reads well on both
//! sides. Counts are kept by a hash of the bigram, from a sample of the blocks that their own keys name, so that they
//! depend on the set of texts alone.

use rayon::prelude::*;

use crate::dedup::columns::Columns;
use crate::dedup::sketch::mix;

/// Counters; at four bytes each they stay in the cache of a core.
const COUNTERS: usize = 1 << 20;
/// One block of so many is counted, once there are more than [`ALL_UP_TO`].
const SAMPLE: u64 = 4;
/// Blocks up to which all are counted.
const ALL_UP_TO: usize = 100_000;

/// Counts of bigrams.
#[derive(Debug)]
pub struct Usage {
    counts: Vec<u32>,
}

impl Usage {
    /// Counts the bigrams of the archive.
    pub fn of(columns: &Columns) -> Self {
        let n = columns.len();
        let sample = if n > ALL_UP_TO { SAMPLE } else { 1 };
        let counts = (0..n)
            .into_par_iter()
            .with_min_len(1 + n / 16)
            .fold(
                || vec![0_u32; COUNTERS],
                |mut counts, block| {
                    if columns.keys[block].is_multiple_of(sample) {
                        for pair in columns.units(block).windows(2) {
                            let counter = &mut counts[slot(pair[0], pair[1])];
                            *counter = counter.saturating_add(1);
                        }
                    }
                    counts
                },
            )
            .reduce(
                || vec![0_u32; COUNTERS],
                |mut sum, more| {
                    sum.iter_mut().zip(&more).for_each(|(s, m)| *s = s.saturating_add(*m));
                    sum
                },
            );
        Self { counts }
    }

    /// How often the second character was seen behind the first, or a little more.
    pub fn count(&self, first: u16, second: u16) -> u32 {
        self.counts[slot(first, second)]
    }

    /// How well the stretch `start..end` of a text reads in its place: the mean of the logarithms (base 2) of the counts
    /// of the bigrams that reach into it or across it.
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
        sum / (to - from - 1) as f32
    }
}

fn slot(first: u16, second: u16) -> usize {
    (mix(u64::from(first) << 16 | u64::from(second)) >> 44) as usize & (COUNTERS - 1)
}
