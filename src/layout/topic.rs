//! What pieces of a page have in common: rare pairs of characters, which is where names, places and matters show.
//!
//! A pair that stands in two pieces weighs the logarithm of how much likelier it is in a piece of the same article than by
//! chance (a cache model after R. Kuhn and R. De Mori, "A cache-based natural language model for speech recognition",
//! 1990). Only the last few pieces that hold a pair are linked, so the cost grows with the length of the page.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use crate::layout::glyph;
use crate::layout::statistics::Statistics;
use crate::settings;
use crate::text::is_cjk;

/// Earlier pieces that one pair is linked to at most.
pub(super) const LINKED: usize = 6;

/// A pair of characters of a piece that stood before.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    /// The last pieces that hold it, `NO_PIECE` where there are fewer.
    pub pieces: [u32; LINKED],
    /// What it weighs, in nats, in an article of [`USUAL_CHARS`] characters.
    pub weight: f32,
}

/// No piece.
pub(super) const NO_PIECE: u32 = u32::MAX;
/// Characters of an article for which the weights are given.
pub(super) const USUAL_CHARS: f32 = 400.0;

/// For each piece of a page, its pairs that stood in earlier pieces.
#[derive(Debug, Default)]
pub(super) struct Topics {
    links: Vec<Link>,
    /// Where the links of each piece begin; one more than there are pieces.
    starts: Vec<u32>,
    chars: Vec<u32>,
}

impl Topics {
    /// Links the pieces of a page, given in page order.
    pub(super) fn of<'t>(
        pieces: impl Iterator<Item = &'t str>,
        statistics: &Statistics,
        settings: &settings::Layout,
    ) -> Self {
        let mut seen: FxHashMap<u64, Link> = FxHashMap::default();
        let mut topics = Self { links: Vec::new(), starts: vec![0], chars: Vec::new() };
        for (n, piece) in pieces.enumerate() {
            let n = n as u32;
            let mut chars = 0;
            for (before, c) in counted(piece) {
                chars += 1;
                let Some(first) = before else { continue };
                match seen.entry(key(first, c)) {
                    Entry::Vacant(entry) => {
                        let mut pieces = [NO_PIECE; LINKED];
                        pieces[0] = n;
                        entry.insert(Link { pieces, weight: f32::NAN });
                    }
                    Entry::Occupied(mut entry) => {
                        let link = entry.get_mut();
                        if link.pieces[0] != n {
                            if link.weight.is_nan() {
                                link.weight = weight(first, c, statistics, settings);
                            }
                            if link.weight > 0.0 {
                                topics.links.push(*link);
                            }
                            link.pieces.rotate_right(1);
                            link.pieces[0] = n;
                        }
                    }
                }
            }
            topics.chars.push(chars);
            topics.starts.push(topics.links.len() as u32);
        }
        topics
    }

    /// The pairs of piece `n` that stood before.
    pub(super) fn links(&self, n: usize) -> &[Link] {
        match (self.starts.get(n), self.starts.get(n + 1)) {
            (Some(&from), Some(&to)) => &self.links[from as usize..to as usize],
            _ => &[],
        }
    }

    /// Characters of piece `n` that can make pairs.
    pub(super) fn chars(&self, n: usize) -> u32 {
        self.chars.get(n).copied().unwrap_or(0)
    }
}

/// The rarest pairs of characters of an article, at most `most`, in order.
pub(super) fn rarest<'t>(
    texts: impl Iterator<Item = &'t str>,
    most: usize,
    statistics: &Statistics,
    settings: &settings::Layout,
) -> Vec<u64> {
    let pairs = texts.flat_map(counted).filter_map(|(before, c)| Some(key(before?, c)));
    let mut found: Vec<u64> = pairs.collect();
    found.sort_unstable();
    found.dedup();
    let mut weighed: Vec<(f32, u64)> = found.into_iter().map(|k| (weight_of(k, statistics, settings), k)).collect();
    weighed.retain(|(weight, _)| *weight > 0.0);
    weighed.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    weighed.truncate(most);
    let mut keys: Vec<u64> = weighed.into_iter().map(|(_, k)| k).collect();
    keys.sort_unstable();
    keys
}

/// What a pair that [`rarest`] named weighs, in nats, if two articles share it.
pub(super) fn weight_of(key: u64, statistics: &Statistics, settings: &settings::Layout) -> f32 {
    let char_of = |code: u64| char::from_u32(code as u32).unwrap_or(' ');
    weight(char_of(key >> 32), char_of(key & 0xffff_ffff), statistics, settings)
}

/// The characters of `text` that can make pairs, each with the one right before it, if that can too.
fn counted(text: &str) -> impl Iterator<Item = (Option<char>, char)> + '_ {
    let mut before = None;
    text.chars().map(glyph::fold).filter_map(move |c| {
        let counts = is_cjk(c) || c.is_ascii_alphanumeric();
        let pair = counts.then_some((before, c));
        before = counts.then_some(c);
        pair
    })
}

fn key(a: char, b: char) -> u64 {
    u64::from(a as u32) << 32 | u64::from(b as u32)
}

fn weight(a: char, b: char, statistics: &Statistics, settings: &settings::Layout) -> f32 {
    let (a, b) = (glyph::fold_digits(a), glyph::fold_digits(b));
    let gain = (settings.topic_share * statistics.ln_rarity(a, b, settings.background_chars).exp()).ln_1p()
        - settings.topic_floor;
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
        let to = |n: usize, other: u32| {
            topics.links(n).iter().filter(|l| l.pieces.contains(&other)).map(|l| l.weight).sum::<f32>()
        };
        assert!(to(2, 0) > 0.1, "{topics:?}");
        assert!(to(2, 1) < to(2, 0) / 4.0);
        assert!(topics.links(0).is_empty());
    }
}
