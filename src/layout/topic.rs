//! What pieces of a page have in common: rare pairs of characters, which is where names, places and matters show.
//!
//! A pair that stands in two pieces weighs the logarithm of how much likelier it is in a piece of the same article than by
//! chance (a cache model after R. Kuhn and R. De Mori, "A cache-based natural language model for speech recognition",
//! 1990). Pieces that are far apart are not linked, and what is only in such is forgotten, so that the cost grows with the
//! length of the page and memory does not.

use crate::layout::glyph;
use crate::layout::statistics::Statistics;
use crate::settings;
use crate::text::is_cjk;

/// Pieces of a page, counted back from one of them: bit n stands for the piece n before it.
pub(super) type Pieces = u128;

/// The same pieces, counted back from one that stands `n` later. What is too far back is not among them.
pub(super) fn later(pieces: Pieces, n: usize) -> Pieces {
    if n < Pieces::BITS as usize { pieces << n } else { 0 }
}

/// Earlier pieces that one pair is linked to at most: what stands in more of them is the page's and no article's.
const LINKED: u32 = 6;

/// A pair of characters of a piece that stood before.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    /// The pieces that hold it, counted back from the piece that is linked.
    pub pieces: Pieces,
    /// What it weighs, in nats, in an article of [`USUAL_CHARS`] characters.
    pub weight: f32,
}

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
        let mut seen = Seen::new();
        let mut weights = Weights::new(statistics, settings);
        let mut topics = Self { links: Vec::new(), starts: vec![0], chars: Vec::new() };
        for (n, piece) in pieces.enumerate() {
            let n = n as u32;
            let mut chars = 0;
            for (before, c) in counted(piece) {
                chars += 1;
                let Some(first) = before else { continue };
                topics.links.extend(seen.meet(first, c, n, &mut weights));
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

    /// The sum of what the pairs weigh that piece `n` shares with any of `pieces`, each less `discount`.
    pub(super) fn shared(&self, n: usize, pieces: Pieces, discount: f32) -> f32 {
        let shared = self.links(n).iter().filter(|link| link.pieces & pieces != 0);
        shared.map(|link| (link.weight - discount).max(0.0)).sum()
    }

    /// Characters of piece `n` that can make pairs.
    pub(super) fn chars(&self, n: usize) -> u32 {
        self.chars.get(n).copied().unwrap_or(0)
    }
}

/// The pairs of characters that were met, each with the last pieces that hold it: a table with open addresses.
struct Seen {
    slots: Vec<Slot>,
    used: usize,
    /// What is known of the pairs that stand in more than one piece.
    repeated: Vec<Link>,
}

#[derive(Clone, Copy)]
struct Slot {
    /// The two characters; those outside of the basic plane may look like others.
    pair: u32,
    /// The last piece that holds it, or NONE.
    piece: u32,
    /// Its place in `repeated`, or NONE.
    repeated: u32,
}

const NONE: u32 = u32::MAX;
const FREE: Slot = Slot { pair: 0, piece: NONE, repeated: NONE };
/// Slots of the table at first: a page has a few thousand pairs.
const SLOTS: usize = 1 << 11;

impl Seen {
    fn new() -> Self {
        Self { slots: vec![FREE; SLOTS], used: 0, repeated: Vec::new() }
    }

    /// Where the pair stands, or the free slot where it belongs.
    fn slot(slots: &[Slot], pair: u32) -> usize {
        let mask = slots.len() - 1;
        let mut at = (u64::from(pair).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize & mask;
        while slots[at].piece != NONE && slots[at].pair != pair {
            at = (at + 1) & mask;
        }
        at
    }

    /// Meets a pair in piece `n`: its link, where it stood in an earlier piece and says something.
    fn meet(&mut self, a: char, b: char, n: u32, weights: &mut Weights<'_>) -> Option<Link> {
        let pair = (a as u32) << 16 ^ b as u32;
        let at = Self::slot(&self.slots, pair);
        let slot = &mut self.slots[at];
        if slot.piece == NONE {
            *slot = Slot { pair, piece: n, repeated: NONE };
            self.used += 1;
            if self.used * 2 > self.slots.len() {
                self.forget(n);
            }
            return None;
        }
        let since = (n - slot.piece) as usize;
        if since == 0 {
            return None;
        }
        if slot.repeated == NONE {
            slot.repeated = self.repeated.len() as u32;
            self.repeated.push(Link { pieces: 1, weight: weights.of(a, b) });
        }
        slot.piece = n;
        let known = &mut self.repeated[slot.repeated as usize];
        known.pieces = later(known.pieces, since);
        let link = *known;
        known.pieces |= 1;
        if known.pieces.count_ones() > LINKED {
            known.pieces ^= 1 << known.pieces.ilog2();
        }
        (link.weight > 0.0 && link.pieces != 0).then_some(link)
    }

    /// Makes room: what stands too far before piece `n` to be linked is dropped.
    fn forget(&mut self, n: u32) {
        let near = |slot: &&Slot| slot.piece != NONE && n - slot.piece < Pieces::BITS;
        let used = self.slots.iter().filter(near).count();
        let mut slots = vec![FREE; (used * 4).next_power_of_two().max(SLOTS)];
        let mut repeated = Vec::new();
        for slot in self.slots.iter().filter(near) {
            let mut slot = *slot;
            if let Some(known) = self.repeated.get(slot.repeated as usize) {
                slot.repeated = repeated.len() as u32;
                repeated.push(*known);
            }
            let at = Self::slot(&slots, slot.pair);
            slots[at] = slot;
        }
        *self = Self { slots, used, repeated };
    }
}

/// What pairs weigh, by how often the archive has them.
struct Weights<'a> {
    statistics: &'a Statistics,
    settings: &'a settings::Layout,
    /// NAN where it was not asked.
    known: [f32; 256],
}

impl<'a> Weights<'a> {
    fn new(statistics: &'a Statistics, settings: &'a settings::Layout) -> Self {
        Self { statistics, settings, known: [f32::NAN; 256] }
    }

    fn of(&mut self, a: char, b: char) -> f32 {
        let count = self.statistics.pair(glyph::fold_digits(a), glyph::fold_digits(b));
        let Some(known) = self.known.get_mut(count as usize) else {
            return weight(count, self.statistics, self.settings);
        };
        if known.is_nan() {
            *known = weight(count, self.statistics, self.settings);
        }
        *known
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
    let pair = [key >> 32, key & 0xffff_ffff].map(|code| glyph::fold_digits(char_of(code)));
    weight(statistics.pair(pair[0], pair[1]), statistics, settings)
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

/// What a pair weighs that the archive has `count` times.
fn weight(count: u32, statistics: &Statistics, settings: &settings::Layout) -> f32 {
    let rarity = statistics.rarity(count, settings.background_chars);
    ((settings.topic_share * rarity).ln_1p() - settings.topic_floor).max(0.0)
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
        let to = |n: usize, other: usize| topics.shared(n, 1 << (n - other), 0.0);
        assert!(to(2, 0) > 0.1, "{topics:?}");
        assert!(to(2, 1) < to(2, 0) / 4.0);
        assert!(topics.links(0).is_empty());
    }
}
