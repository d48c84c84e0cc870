//! What pieces of a page have in common: rare pairs of characters, which is where names, places and matters show.
//!
//! A pair that stands in two pieces weighs the logarithm of how much likelier it is in a piece of the same article than by
//! chance (a cache model after R. Kuhn and R. De Mori, "A cache-based natural language model for speech recognition",
//! 1990). Only the last few pieces that hold a pair are linked, so the cost grows with the length of the page.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::layout::glyph;
use crate::layout::statistics::Statistics;
use crate::settings;
use crate::text::is_cjk;

/// Pieces that are linked by one pair at most.
const LINKED: usize = 6;

/// For each piece, the earlier pieces that share something with it, and how much, in nats.
#[derive(Debug, Default)]
pub(super) struct Topics {
    links: Vec<SmallVec<[(u32, f32); 8]>>,
}

#[derive(Clone, Copy)]
struct Recent {
    pieces: [u32; LINKED],
    weight: f32,
}

impl Topics {
    /// Links the pieces of a page, given in page order.
    pub(super) fn of<'t>(
        pieces: impl Iterator<Item = &'t str>,
        statistics: &Statistics,
        settings: &settings::Layout,
    ) -> Self {
        let mut seen: FxHashMap<u64, Recent> = FxHashMap::default();
        let mut links = Vec::new();
        for (n, piece) in pieces.enumerate() {
            let n = n as u32;
            let mut shared: SmallVec<[(u32, f32); 8]> = SmallVec::new();
            let mut before = None;
            for c in piece.chars().map(glyph::fold) {
                let counts = is_cjk(c) || c.is_ascii_alphanumeric();
                if let (true, Some(first)) = (counts, before) {
                    let key = u64::from(first as u32) << 32 | u64::from(c as u32);
                    match seen.entry(key) {
                        std::collections::hash_map::Entry::Vacant(entry) => {
                            let mut pieces = [u32::MAX; LINKED];
                            pieces[0] = n;
                            entry.insert(Recent { pieces, weight: f32::NAN });
                        }
                        std::collections::hash_map::Entry::Occupied(mut entry) => {
                            let recent = entry.get_mut();
                            if recent.pieces[0] != n {
                                if recent.weight.is_nan() {
                                    recent.weight = weight(first, c, statistics, settings);
                                }
                                if recent.weight > 0.0 {
                                    for &other in recent.pieces.iter().take_while(|&&p| p != u32::MAX) {
                                        add(&mut shared, other, recent.weight);
                                    }
                                }
                                recent.pieces.rotate_right(1);
                                recent.pieces[0] = n;
                            }
                        }
                    }
                }
                before = counts.then_some(c);
            }
            links.push(shared);
        }
        Self { links }
    }

    /// The earlier pieces that share something with piece `n`.
    pub(super) fn links(&self, n: usize) -> &[(u32, f32)] {
        self.links.get(n).map_or(&[], |l| l.as_slice())
    }
}

fn add(shared: &mut SmallVec<[(u32, f32); 8]>, other: u32, weight: f32) {
    // The pieces of a pair are recent ones, so the list is short wherever it is searched often.
    match shared.iter_mut().rev().take(64).find(|(piece, _)| *piece == other) {
        Some((_, sum)) => *sum += weight,
        None => shared.push((other, weight)),
    }
}

fn weight(a: char, b: char, statistics: &Statistics, settings: &settings::Layout) -> f32 {
    let (a, b) = (glyph::fold_digits(a), glyph::fold_digits(b));
    let gain = (settings.topic_share * statistics.ln_rarity(a, b).exp()).ln_1p() - settings.topic_floor;
    gain.max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_pairs_link_pieces() {
        let common = "工会慰问职工。".repeat(40);
        let mut statistics = Statistics::with_bits(12);
        statistics.add(&common);
        statistics.add("孔宝忠登上管线，工会慰问职工。");
        let pieces = ["工会慰问孔宝忠。", "工会慰问职工。", "孔宝忠说。"];
        let topics = Topics::of(pieces.iter().copied(), &statistics, &settings::Layout::default());
        let to = |n: usize, other: u32| topics.links(n).iter().find(|(p, _)| *p == other).map_or(0.0, |(_, w)| *w);
        assert!(to(2, 0) > 0.1, "{topics:?}");
        assert!(to(2, 1) < to(2, 0) / 4.0);
        assert!(topics.links(0).is_empty());
    }
}
