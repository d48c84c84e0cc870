//! What pieces of a page have in common: rare pairs of characters, which is where names, places and matters show.
//!
//! A pair that stands in two pieces weighs the logarithm of how much likelier it is in a piece of the same article than by
//! chance (a cache model after R. Kuhn and R. De Mori, "A cache-based natural language model for speech recognition",
//! 1990). Pieces that are far apart are not linked, and what is only in such is forgotten, so that the cost grows with the
//! length of the page and memory does not.

use crate::layout::glyph;
use crate::layout::statistics::Statistics;
use crate::settings;
use crate::text::{ideograph_at, is_cjk};

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
        pieces: impl Iterator<Item = &'t str> + Clone,
        statistics: &Statistics,
        settings: &settings::Layout,
    ) -> Self {
        let mut seen = Seen::new(pieces.clone().map(str::len).sum(), statistics);
        let mut weights = Weights::new(statistics, settings);
        let mut topics = Self { links: Vec::new(), starts: vec![0], chars: Vec::new() };
        for (n, piece) in pieces.enumerate() {
            let mut chars = 0;
            let mut before = None;
            let mut at = 0;
            while let Some((second, next)) = paired_at(piece, at) {
                chars += u32::from(second.is_some());
                if let (Some(first), Some(second)) = (before, second) {
                    seen.meet(first, second, n as u32, &mut weights, &mut topics.links);
                }
                (before, at) = (second, next);
            }
            seen.settle(&mut weights, &mut topics.links);
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
///
/// What a pair weighs stands in a table that no near memory holds: it is fetched for many pairs at a time ([`Seen::settle`]).
struct Seen<'a> {
    statistics: &'a Statistics,
    /// In the upper half of each the two characters; those outside of the basic plane may look like others. In the lower
    /// half what is known of them: NONE where the slot is free, the piece that holds them, or above [`REPEATED`] their
    /// place in `repeated`.
    slots: Vec<u64>,
    used: usize,
    repeated: Vec<Repeated>,
    /// Where the archive counts the last of these, which are not weighed yet.
    unweighed: Vec<u32>,
    /// The links to be, the weight of which may not be known yet.
    met: Vec<Met>,
}

/// A pair that stands in more than one piece.
#[derive(Clone, Copy)]
struct Repeated {
    /// The last piece that holds it.
    last: u32,
    /// As many as `pieces` are, or more: to count them takes longer.
    most: u32,
    /// The pieces that hold it, counted back from the last.
    pieces: Pieces,
    weight: f32,
}

/// A pair that stood before.
struct Met {
    pieces: Pieces,
    /// Its place among those that are repeated.
    place: u32,
}

const REPEATED: u32 = 1 << 31;
const NONE: u32 = u32::MAX;
const FREE: u64 = slot(0, NONE);

const fn slot(pair: u32, known: u32) -> u64 {
    (pair as u64) << 32 | known as u64
}

impl<'a> Seen<'a> {
    /// Slots of the table at first: at least, and at most, since what was met long ago is dropped then.
    const SLOTS: std::ops::RangeInclusive<usize> = 1 << 8..=1 << 16;

    /// A table for pieces of so many bytes.
    fn new(bytes: usize, statistics: &'a Statistics) -> Self {
        // An ideograph takes three bytes and begins a pair, and half of the slots stay free.
        let slots = (bytes / 3 * 2).clamp(*Self::SLOTS.start(), *Self::SLOTS.end()).next_power_of_two();
        Self {
            statistics,
            slots: vec![FREE; slots],
            used: 0,
            repeated: Vec::new(),
            unweighed: Vec::new(),
            met: Vec::new(),
        }
    }

    /// Where the pair stands, or the free slot where it belongs.
    fn find(slots: &[u64], pair: u32) -> usize {
        let mask = slots.len() - 1;
        let mut at = (u64::from(pair).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize & mask;
        while slots[at] as u32 != NONE && (slots[at] >> 32) as u32 != pair {
            at = (at + 1) & mask;
        }
        at
    }

    /// The place in `repeated` of what a slot holds, if it has one.
    fn place(known: u32) -> Option<usize> {
        (known & REPEATED != 0).then_some((known ^ REPEATED) as usize)
    }

    /// Meets a pair in piece `n`: where it stood in an earlier piece and says something, it makes a link once it is weighed.
    #[inline]
    fn meet(&mut self, a: char, b: char, n: u32, weights: &mut Weights<'_>, links: &mut Vec<Link>) {
        let pair = (a as u32) << 16 ^ b as u32;
        let at = Self::find(&self.slots, pair);
        let known = self.slots[at] as u32;
        if known == NONE {
            self.slots[at] = slot(pair, n);
            self.used += 1;
            if self.used * 2 > self.slots.len() {
                self.settle(weights, links);
                self.forget(n);
            }
        } else if known != n {
            self.meet_again(at, a, b, n);
        }
    }

    /// The same for a pair that stood before, which has this slot.
    fn meet_again(&mut self, at: usize, a: char, b: char, n: u32) {
        let (pair, known) = ((self.slots[at] >> 32) as u32, self.slots[at] as u32);
        let place = Self::place(known).unwrap_or_else(|| {
            let place = self.repeated.len();
            self.slots[at] = slot(pair, REPEATED | place as u32);
            self.unweighed.push(self.statistics.place_of_pair(glyph::fold_digits(a), glyph::fold_digits(b)));
            self.repeated.push(Repeated { last: known, most: 1, pieces: 1, weight: 0.0 });
            place
        });
        let known = &mut self.repeated[place];
        if known.last == n {
            return;
        }
        let pieces = later(known.pieces, (n - known.last) as usize);
        known.last = n;
        known.pieces = pieces | 1;
        known.most += 1;
        if known.most > LINKED {
            known.most = known.pieces.count_ones();
            if known.most > LINKED {
                known.pieces ^= 1 << known.pieces.ilog2();
                known.most -= 1;
            }
        }
        if pieces != 0 {
            self.met.push(Met { pieces, place: place as u32 });
        }
    }

    /// Weighs the pairs that were met, and adds the links that they make.
    fn settle(&mut self, weights: &mut Weights<'_>, links: &mut Vec<Link>) {
        let first = self.repeated.len() - self.unweighed.len();
        for (known, place) in self.repeated[first..].iter_mut().zip(self.unweighed.drain(..)) {
            known.weight = weights.of(self.statistics.pair_at(place));
        }
        let repeated = &self.repeated;
        let weighed =
            self.met.drain(..).map(|met| Link { pieces: met.pieces, weight: repeated[met.place as usize].weight });
        links.extend(weighed.filter(|link| link.weight > 0.0));
    }

    /// Makes room, where all are weighed: what stands too far before piece `n` to be linked is dropped.
    fn forget(&mut self, n: u32) {
        let near = |of: &&u64| {
            let known = **of as u32;
            known != NONE && {
                let last = Self::place(known).map_or(known, |place| self.repeated[place].last);
                n - last < Pieces::BITS
            }
        };
        let used = self.slots.iter().filter(near).count();
        let mut slots = vec![FREE; (used * 4).next_power_of_two().max(*Self::SLOTS.start())];
        let mut repeated = Vec::new();
        for &of in self.slots.iter().filter(near) {
            let (pair, mut known) = ((of >> 32) as u32, of as u32);
            if let Some(place) = Self::place(known) {
                known = REPEATED | repeated.len() as u32;
                repeated.push(self.repeated[place]);
            }
            let at = Self::find(&slots, pair);
            slots[at] = slot(pair, known);
        }
        (self.slots, self.used, self.repeated) = (slots, used, repeated);
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

    /// What a pair weighs that the archive has `count` times.
    fn of(&mut self, count: u32) -> f32 {
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
    text.chars().filter_map(move |c| {
        let counts = paired(c);
        let pair = counts.map(|c| (before, c));
        before = counts;
        pair
    })
}

/// The character at byte `at` of `text` as it makes pairs, if it does, and where the next one stands; None at the end.
#[inline]
fn paired_at(text: &str, at: usize) -> Option<(Option<char>, usize)> {
    // As nearly all are, and these fold to themselves.
    if let Some(c) = ideograph_at(text, at) {
        return Some((Some(c), at + 3));
    }
    let c = text.get(at..)?.chars().next()?;
    Some((paired(c), at + c.len_utf8()))
}

/// The character as it makes pairs, if it does.
fn paired(c: char) -> Option<char> {
    if matches!(c, '\u{4E00}'..='\u{9FFF}') {
        return Some(c);
    }
    let c = glyph::fold(c);
    (is_cjk(c) || c.is_ascii_alphanumeric()).then_some(c)
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

    #[test]
    fn what_is_far_back_is_forgotten() {
        let statistics = Statistics::with_bits(12);
        let settings = settings::Layout::default();
        let mut weights = Weights::new(&statistics, &settings);
        let mut seen = Seen::new(0, &statistics);
        let mut linked = |n: u32, c: char| {
            let mut links = Vec::new();
            seen.meet('孔', c, n, &mut weights, &mut links);
            seen.settle(&mut weights, &mut links);
            links.pop().map(|link| link.pieces)
        };
        assert_eq!([0, 2, 2, 3].map(|n| linked(n, '宝')), [None, Some(1 << 2), None, Some(1 << 1 | 1 << 3)]);
        // Others fill the table several times.
        for n in 4..200 {
            let links = (0..9).map(|i| linked(n, char::from_u32(0x5000 + n * 9 + i).unwrap()));
            assert_eq!(links.flatten().count(), 0);
        }
        assert_eq!([199, 200].map(|n| linked(n, '宝')), [None, Some(1 << 1)]);
    }
}
