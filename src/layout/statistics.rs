//! What an archive says of itself: how often which characters follow each other.
//!
//! In: the text of pages, in any order and in any number of threads. Out: [`Statistics`], four tables of counts of fixed
//! size. They answer three questions of `stitch`: how likely characters follow others (n-grams of one to four, smoothed
//! each by the shorter one, after D. MacKay and L. Peto, "A hierarchical Dirichlet language model", 1995); how rare a
//! pair of characters is (what two articles share); and whether the very passage over a border stands in one piece
//! elsewhere, as it does where an article was printed or scraped twice.
//!
//! Counts are sums, so the order of pages and the number of threads do not matter. A table holds a count at the hash of
//! the n-gram, collisions included; a reader knows how full a table is and trusts it so far. Nothing is counted across
//! the end of a line, so a cut is no evidence for itself.

use std::borrow::Cow;

use rayon::prelude::*;

use crate::layout::glyph;
use crate::record::Page;
use crate::settings;
use crate::text::{by_region, is_common_ideograph, is_traditional, simplified};

/// Stands before the first character of a line.
const LINE_START: char = '\u{2}';
const K1: u64 = 0x9e37_79b9_7f4a_7c15;
const K2: u64 = 0xc2b2_ae3d_27d4_eb4f;
/// Tells the border of two lines from the same characters inside one.
const BORDER_SALT: u64 = 0x1656_67b1_9e37_79f9;

/// Counts of the n-grams of an archive.
///
/// ```
/// use jianbao::{Settings, layout::Statistics};
/// let settings = Settings::default().layout;
/// let mut all = Statistics::new(&settings);
/// let mut more = Statistics::new(&settings);
/// all.add("县总工会慰问职工。");
/// more.add("市总工会慰问职工。");
/// all.merge(&more);
/// ```
#[derive(Clone, Debug)]
pub struct Statistics {
    bits: u32,
    singles: Vec<u32>,
    pairs: Vec<u32>,
    triples: Vec<u16>,
    fours: Vec<u8>,
    passages: Vec<u8>,
    characters: u64,
    lines: u64,
    passages_filled: u64,
}

/// The characters about a place in a line, as the tables count them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Window {
    last: [char; 8],
    len: usize,
}

impl Window {
    /// The last eight counted characters of `text`, fewer where it is shorter.
    pub(super) fn ending(text: &str) -> Self {
        let mut window = Self::default();
        let mut found = [LINE_START; 8];
        for c in text.chars().rev().filter_map(counted).take(8) {
            window.len += 1;
            found[8 - window.len] = c;
        }
        window.last = found;
        window
    }

    /// The first eight counted characters of `text`, fewer where it is shorter.
    pub(super) fn opening(text: &str) -> Self {
        let mut window = Self { last: [LINE_START; 8], len: 0 };
        for c in text.chars().filter_map(counted).take(8) {
            window.last[window.len] = c;
            window.len += 1;
        }
        window
    }

    pub(super) fn tail(&self, n: usize) -> &[char] {
        &self.last[8 - n.min(8)..]
    }

    pub(super) fn head(&self, n: usize) -> &[char] {
        &self.last[..n.min(self.len)]
    }
}

/// The character as it is counted, or None for blanks and mark-up.
fn counted(c: char) -> Option<char> {
    if is_common_ideograph(c) {
        return Some(c);
    }
    match glyph::fold_digits(c) {
        '*' | '#' => None,
        c if c.is_whitespace() => None,
        c => Some(c),
    }
}

/// What the tables say of the last characters of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Closing {
    last: [char; 3],
    /// It has three characters.
    whole: bool,
    single: f32,
    pair: f32,
    triple: f32,
    /// A hash of the last four, where there are four.
    four: Option<u64>,
}

/// What the tables say of the first characters of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Opening {
    first: [char; 3],
    n: usize,
    /// The chance of them at a line's start.
    at_start: f64,
    /// The chance of each by itself.
    alone: [f32; 3],
    singles: [f32; 2],
    pairs: [f32; 2],
    triple: f32,
    /// The chances of the second and the third where nothing that was counted stands over the border.
    apart: [f32; 2],
    /// A hash of the first four, where there are four.
    four: Option<u64>,
}

/// How often was counted what is asked first of the border between two lines. The tables are larger than the near memories of
/// a processor, so it pays to look at many borders before one of them is asked more.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glance {
    /// The last character of the one line with the first one of the other.
    pair: u32,
    /// The triples that hold this pair: see [`Statistics::look_on`].
    triples: [f32; 2],
    /// The border of two such lines.
    border: u8,
}

/// What speaks for one line going on from another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gain {
    /// Natural logarithm of how many times likelier the opening is behind the closing than at a line's start, where it
    /// begins a line that was counted once.
    pub ln: f32,
    /// The characters over the border were counted in a row: where they were not, no passage over it was.
    pub in_a_row: bool,
}

impl Opening {
    /// The n-grams that end in each of the first characters, behind a line whose last characters were counted so often:
    /// `over` the border are its pair and its two triples, then come its `fours`.
    fn grams(&self, over: [f32; 3], before: [f32; 2], fours: [f32; 3], triple_before: f32) -> [Grams; 3] {
        let [cd, bcd, cde] = over;
        let [single, pair] = before;
        [
            Grams { pairs: [cd, single], triples: [bcd, pair], fours: [fours[0], triple_before] },
            Grams { pairs: [self.pairs[0], self.singles[0]], triples: [cde, cd], fours: [fours[1], bcd] },
            Grams {
                pairs: [self.pairs[1], self.singles[1]],
                triples: [self.triple, self.pairs[0]],
                fours: [fours[2], cde],
            },
        ]
    }
}

/// How often the n-grams were counted that end in a character, each beside what stands in it before that character.
struct Grams {
    pairs: [f32; 2],
    triples: [f32; 2],
    fours: [f32; 2],
}

impl Grams {
    /// The chance of the character, which by itself is `alone`. A longer n-gram is never more frequent than a shorter one
    /// in it: what a collision adds is cut off.
    fn chance(&self, alone: f32) -> f32 {
        let [pair, single] = self.pairs;
        let pair = pair.min(single);
        let [triple, before] = self.triples;
        let triple = triple.min(before).min(pair);
        let [four, context] = self.fours;
        let context = context.min(before);
        let four = four.min(triple).min(context);
        smoothed(four, context, 3.0, smoothed(triple, before, 4.0, smoothed(pair, single, 12.0, alone)))
    }
}

/// A chance by the counts of an n-gram and of what stands before its last character, smoothed by `weight` times the chance
/// that a shorter one gives.
fn smoothed(count: f32, context: f32, weight: f32, shorter: f32) -> f32 {
    (count + weight * shorter) / (context + weight)
}

fn hash2(a: char, b: char) -> u64 {
    ((a as u64) << 21 | b as u64).wrapping_mul(K1)
}

fn hash3(a: char, b: char, c: char) -> u64 {
    ((a as u64) << 42 ^ (b as u64) << 21 ^ c as u64).wrapping_mul(K2)
}

fn hash4(a: char, b: char, c: char, d: char) -> u64 {
    hash_twos(hash2(a, b), hash2(c, d))
}

/// [`hash4`] by the hashes of its halves.
fn hash_twos(first: u64, second: u64) -> u64 {
    (first.rotate_left(29) ^ second).wrapping_mul(K2)
}

fn hash8(first: u64, second: u64) -> u64 {
    (first.rotate_left(17) ^ second).wrapping_mul(K1)
}

/// Where the border of two lines is counted, of which the one ends and the other begins with these four characters.
fn borders(end: u64, start: u64) -> [u64; 2] {
    [hash8(end, start) ^ BORDER_SALT, hash8(start, end) ^ BORDER_SALT]
}

/// Places in the tables that are still to be counted at. They lie anywhere in memory, and are counted in the order of
/// where they lie, region by region, so that a part of a table is fetched once for all of them.
#[derive(Debug, Default)]
struct Found {
    pairs: Vec<u32>,
    triples: Vec<u32>,
    fours: Vec<u32>,
    passages: Vec<u32>,
    /// Memory that is used again.
    ordered: Vec<u32>,
    run: Run,
}

/// Characters in a row of one line as they are counted, the first behind [`LINE_START`], and hashes of each two and of
/// each four of them.
#[derive(Debug, Default)]
struct Run {
    chars: Vec<char>,
    twos: Vec<u64>,
    fours: Vec<u64>,
}

impl Run {
    /// Characters that are taken at a time, so that a line of any length needs no more memory.
    const MOST: usize = 1 << 12;
    /// Characters of the longest n-gram, without its last one.
    const KEPT: usize = 7;
}

/// The last `n`, or all where there are fewer.
fn last<T>(of: &[T], n: usize) -> &[T] {
    &of[of.len().saturating_sub(n)..]
}

impl Found {
    /// Places of one table that are kept at most, 4 bytes each.
    const MOST: usize = 1 << 21;

    fn is_full(&self) -> bool {
        self.pairs.len() >= Self::MOST
    }
}

/// Counts many pages at less cost than one by one.
///
/// ```
/// use jianbao::{Settings, layout::Counting};
/// let mut counting = Counting::new(&Settings::default().layout);
/// counting.add("县总工会慰问职工。");
/// assert_eq!(counting.done().characters(), 9);
/// ```
#[derive(Debug)]
pub struct Counting {
    tables: Statistics,
    found: Found,
}

fn slot(hash: u64, bits: u32) -> usize {
    (hash >> (64 - bits)) as usize
}

impl Statistics {
    /// Empty tables, of a size for an archive.
    pub fn new(settings: &settings::Layout) -> Self {
        Self::with_bits(settings.statistics_bits.clamp(10, 28))
    }

    /// Empty tables with 2^`bits` n-grams of three.
    pub(super) fn with_bits(bits: u32) -> Self {
        Self {
            bits,
            singles: vec![0; 1 << 16],
            pairs: vec![0; 1 << (bits - 2)],
            triples: vec![0; 1 << bits],
            fours: vec![0; 1 << bits],
            passages: vec![0; 1 << (bits + 1)],
            characters: 0,
            lines: 0,
            passages_filled: 0,
        }
    }

    /// Counts the pages of an archive, from its start up to the bytes that the settings name, on all threads of the
    /// current pool. The number of threads does not matter.
    pub fn of(pages: &[Page], settings: &settings::Layout) -> Self {
        let mut bytes = 0;
        let counted = pages.iter().take_while(|page| {
            bytes += page.text.len() as u64;
            bytes <= settings.statistics_bytes
        });
        let pages = &pages[..counted.count()];
        let share = pages.len().div_ceil(rayon::current_num_threads()).max(1);
        let parts: Vec<Self> = pages
            .par_chunks(share)
            .map(|pages| {
                let mut counting = Counting::new(settings);
                for page in pages {
                    counting.add(&page.text);
                }
                counting.done()
            })
            .collect();
        let mut parts = parts.into_iter();
        let mut all = parts.next().unwrap_or_else(|| Self::new(settings));
        parts.for_each(|part| all.merge(&part));
        all
    }

    /// Counts one page.
    pub fn add(&mut self, text: &str) {
        let mut found = Found::default();
        self.find(text, &mut found);
        self.count(&mut found);
    }

    /// Adds to `found` where the n-grams of a page are counted.
    fn find(&mut self, text: &str, found: &mut Found) {
        // Pages are put back together in simplified characters.
        let text = if is_traditional([text]) { Cow::Owned(simplified(text)) } else { Cow::Borrowed(text) };
        let bits = self.bits;
        // A hash of the last four characters of the line before.
        let mut line_end = 0;
        for line in text.split('\n') {
            let mut chars = line.chars().filter_map(counted);
            found.run.chars.clear();
            loop {
                if found.is_full() {
                    self.count(found);
                }
                let Found { pairs, triples, fours, passages, run, .. } = found;
                let begins = run.chars.is_empty();
                if begins {
                    run.chars.push(LINE_START);
                }
                let known = run.chars.len();
                run.chars.extend(chars.by_ref().take(Run::MOST));
                let new = run.chars.len() - known;
                if new == 0 {
                    break;
                }
                self.characters += new as u64;
                self.lines += u64::from(begins);
                for c in &run.chars[known..] {
                    self.singles[*c as usize & 0xffff] += 1;
                }
                run.twos.clear();
                run.twos.extend(run.chars.windows(2).map(|w| hash2(w[0], w[1])));
                run.fours.clear();
                run.fours.extend(run.twos.windows(3).map(|w| hash_twos(w[0], w[2])));
                pairs.extend(last(&run.twos, new).iter().map(|&hash| slot(hash, bits - 2) as u32));
                let behind_two = run.chars[known.saturating_sub(2)..].windows(3);
                triples.extend(behind_two.map(|w| slot(hash3(w[0], w[1], w[2]), bits) as u32));
                fours.extend(last(&run.fours, new).iter().map(|&hash| slot(hash, bits) as u32));
                // The first of a line holds what stands before it.
                let own = run.fours.get(usize::from(begins)..).unwrap_or_default();
                passages.extend(own.windows(5).map(|w| slot(hash8(w[0], w[4]), bits + 1) as u32));
                if let (true, Some(&start)) = (begins && line_end != 0, own.first()) {
                    // At two places: one alone is taken by chance as often as the table is full.
                    passages.extend(borders(line_end, start).map(|border| slot(border, bits + 1) as u32));
                }
                line_end = own.last().copied().unwrap_or(0);
                run.chars.drain(..run.chars.len().saturating_sub(Run::KEPT));
            }
        }
    }

    /// Adds one at each of the places, and forgets them.
    fn count(&mut self, found: &mut Found) {
        let Self { bits, pairs, triples, fours, passages, passages_filled, .. } = self;
        let ordered = &mut found.ordered;
        by_region(&mut found.pairs, *bits - 2, ordered, |at| pairs[at] = pairs[at].saturating_add(1));
        by_region(&mut found.triples, *bits, ordered, |at| triples[at] = triples[at].saturating_add(1));
        by_region(&mut found.fours, *bits, ordered, |at| fours[at] = fours[at].saturating_add(1));
        by_region(&mut found.passages, *bits + 1, ordered, |at| {
            *passages_filled += u64::from(passages[at] == 0);
            passages[at] = passages[at].saturating_add(1);
        });
    }

    /// Adds the counts of `other`, which must have been made with the same settings.
    pub fn merge(&mut self, other: &Self) {
        for (mine, theirs) in self.singles.iter_mut().zip(&other.singles) {
            *mine = mine.saturating_add(*theirs);
        }
        for (mine, theirs) in self.pairs.iter_mut().zip(&other.pairs) {
            *mine = mine.saturating_add(*theirs);
        }
        for (mine, theirs) in self.triples.iter_mut().zip(&other.triples) {
            *mine = mine.saturating_add(*theirs);
        }
        for (mine, theirs) in self.fours.iter_mut().zip(&other.fours) {
            *mine = mine.saturating_add(*theirs);
        }
        self.passages_filled = 0;
        for (mine, theirs) in self.passages.iter_mut().zip(&other.passages) {
            *mine = mine.saturating_add(*theirs);
            self.passages_filled += u64::from(*mine != 0);
        }
        self.characters += other.characters;
        self.lines += other.lines;
    }

    /// Characters that were counted.
    pub fn characters(&self) -> u64 {
        self.characters
    }

    fn single(&self, c: char) -> f32 {
        if c == LINE_START { self.lines as f32 } else { self.singles[c as usize & 0xffff] as f32 }
    }

    /// How often the pair was counted, or more where another has its place.
    pub(super) fn pair(&self, a: char, b: char) -> u32 {
        self.pair_at(self.place_of_pair(a, b))
    }

    /// Where the pair is counted: see [`Statistics::pair_at`].
    pub(super) fn place_of_pair(&self, a: char, b: char) -> u32 {
        slot(hash2(a, b), self.bits - 2) as u32
    }

    /// [`Statistics::pair`] by its place.
    pub(super) fn pair_at(&self, place: u32) -> u32 {
        self.pairs[place as usize]
    }

    fn triple(&self, a: char, b: char, c: char) -> f32 {
        f32::from(self.triples[slot(hash3(a, b, c), self.bits)])
    }

    fn four(&self, a: char, b: char, c: char, d: char) -> f32 {
        f32::from(self.fours[slot(hash4(a, b, c, d), self.bits)])
    }

    /// The chance of `d` by itself.
    fn chance_alone(&self, d: char) -> f32 {
        (self.single(d) + 0.2) / (self.characters as f32 + 4_000.0)
    }

    /// The chance that `d` follows `a`, `b`, `c`.
    fn chance(&self, a: char, b: char, c: char, d: char) -> f32 {
        let one = self.chance_alone(d);
        let context = self.single(c);
        // A line that is asked about stands in the tables itself, and is no evidence for itself.
        let own = |c: char| if c == LINE_START { 1.0 } else { 0.0 };
        let pair = ((self.pair(c, d) as f32).min(context) - own(c)).max(0.0);
        let chance = smoothed(pair, context, 12.0, one);
        if c == LINE_START {
            return chance;
        }
        // A longer n-gram is never more frequent than a shorter one in it: what a collision adds is cut off.
        let context = self.pair(b, c) as f32;
        let triple = (self.triple(b, c, d).min(context) - own(b)).clamp(0.0, pair);
        let context = (context - own(b)).max(0.0);
        let chance = smoothed(triple, context, 4.0, chance);
        if b == LINE_START {
            return chance;
        }
        let context = (self.triple(a, b, c) - own(a)).clamp(0.0, context);
        let four = (self.four(a, b, c, d) - own(a)).clamp(0.0, triple.min(context));
        smoothed(four, context, 3.0, chance)
    }

    /// What the tables say of the last characters of a line.
    pub(super) fn closing(&self, left: &Window) -> Closing {
        let [a, b, c] = [left.last[5], left.last[6], left.last[7]];
        Closing {
            last: [a, b, c],
            whole: left.len >= 3,
            single: self.single(c),
            pair: self.pair(b, c) as f32,
            triple: self.triple(a, b, c),
            four: (left.len >= 4).then(|| hash4(left.last[4], a, b, c)),
        }
    }

    /// What the tables say of the first `n` characters of a line.
    pub(super) fn opening(&self, right: &Window, n: usize) -> Opening {
        // Before the fourth character stand three that are the line's own, whatever stands before the line.
        let first = right.head(n.min(3));
        let mut context = [LINE_START; 3];
        let mut at_start = 1.0;
        for &d in first {
            let [a, b, c] = context;
            at_start *= f64::from(self.chance(a, b, c, d));
            context = [b, c, d];
        }
        let [d, e, f] = [0, 1, 2].map(|n| first.get(n).copied().unwrap_or(LINE_START));
        let mut opening = Opening {
            first: [d, e, f],
            n: first.len(),
            at_start,
            alone: [d, e, f].map(|c| self.chance_alone(c)),
            singles: [self.single(d), self.single(e)],
            pairs: [self.pair(d, e) as f32, self.pair(e, f) as f32],
            triple: self.triple(d, e, f),
            apart: [0.0; 2],
            four: (right.len >= 4).then(|| hash4(right.last[0], right.last[1], right.last[2], right.last[3])),
        };
        let [_, second, third] = opening.grams([0.0; 3], [0.0; 2], [0.0; 3], 0.0);
        opening.apart = [second.chance(opening.alone[1]), third.chance(opening.alone[2])];
        opening
    }

    /// The first look at the border between two lines.
    pub(super) fn glance(&self, left: &Closing, right: &Opening) -> Glance {
        let border = left.four.zip(right.four).map_or(0, |(end, start)| self.passage(borders(end, start)[0]));
        Glance { pair: self.pair(left.last[2], right.first[0]), triples: [0.0; 2], border }
    }

    /// Both looks at the border between two lines.
    pub(super) fn look(&self, left: &Closing, right: &Opening) -> Glance {
        let mut glance = self.glance(left, right);
        self.look_on(left, right, &mut glance);
        glance
    }

    /// The second look: an n-gram is looked up only if what stands in it was counted, since it is never more frequent.
    pub(super) fn look_on(&self, left: &Closing, right: &Opening, glance: &mut Glance) {
        if glance.pair > 0 && left.whole {
            let ([_, b, c], [d, e, _]) = (left.last, right.first);
            glance.triples = [self.triple(b, c, d), self.triple(c, d, e)];
        }
    }

    /// What speaks for the opening going on from the closing, by what two looks at them said.
    pub(super) fn gain(&self, left: &Closing, right: &Opening, glance: Glance) -> Gain {
        let [a, b, c] = left.last;
        let [d, e, f] = right.first;
        let mut behind = 1.0;
        if !left.whole {
            let mut context = [a, b, c];
            for &d in &right.first[..right.n] {
                let [a, b, c] = context;
                behind *= f64::from(self.chance(a, b, c, d));
                context = [b, c, d];
            }
            return Gain { ln: (behind / right.at_start).ln() as f32, in_a_row: false };
        }
        // The same as `chance`, with what is known of both sides: an n-gram is looked up only if it stands over the border,
        // and if what stands in it was counted.
        let cd = glance.pair as f32;
        let [bcd, cde] = glance.triples;
        let if_any = |of: f32, count: &dyn Fn() -> f32| if of > 0.0 { count() } else { 0.0 };
        let fours = [
            if_any(bcd.min(left.triple), &|| self.four(a, b, c, d)),
            if_any(bcd.min(cde), &|| self.four(b, c, d, e)),
            if_any(cde.min(right.triple), &|| self.four(c, d, e, f)),
        ];
        let grams = right.grams([cd, bcd, cde], [left.single, left.pair], fours, left.triple);
        let apart = right.apart;
        let later = |n: usize| if cd > 0.0 { grams[n].chance(right.alone[n]) } else { apart[n - 1] };
        let chances = [grams[0].chance(right.alone[0]), later(1), later(2)];
        behind = chances[..right.n].iter().fold(behind, |behind, &chance| behind * f64::from(chance));
        Gain { ln: (behind / right.at_start).ln() as f32, in_a_row: fours[0] > 0.0 }
    }

    /// Natural logarithm of how many times likelier than by chance it is that the passage over the border of `left` and
    /// `right` is one passage, since it stands elsewhere: 0 where it does not.
    pub(super) fn ln_passage_elsewhere(&self, left: &Window, right: &Window) -> f32 {
        if left.len < 5 || right.len < 5 {
            return 0.0;
        }
        let mut both = [LINE_START; 10];
        both[..5].copy_from_slice(left.tail(5));
        both[5..].copy_from_slice(right.head(5));
        let found = (0..3).all(|from| {
            let p = &both[from..from + 8];
            self.passage(hash8(hash4(p[0], p[1], p[2], p[3]), hash4(p[4], p[5], p[6], p[7]))) > 0
        });
        if found { -3.0 * self.ln_fill() } else { 0.0 }
    }

    /// The same for two lines of which one followed the other, by what a glance at these two said: where they do not do so on
    /// the page in question, and where they do, which is then not counted.
    pub(super) fn ln_border_elsewhere(&self, left: &Closing, right: &Opening, glance: Glance) -> [f32; 2] {
        let (1.., Some(end), Some(start)) = (glance.border, left.four, right.four) else { return [0.0; 2] };
        let counts = [glance.border, self.passage(borders(end, start)[1])];
        if counts.contains(&0) {
            return [0.0; 2];
        }
        let found = -2.0 * self.ln_fill();
        [found, if counts.iter().all(|&count| count > 1) { found } else { 0.0 }]
    }

    /// How often the passage or border with this hash was counted, or more where another has its place.
    fn passage(&self, hash: u64) -> u8 {
        self.passages[slot(hash, self.bits + 1)]
    }

    /// Natural logarithm of the share of the table of passages that is in use: the chance to find there what is not.
    fn ln_fill(&self) -> f32 {
        ((self.passages_filled as f32 + 1.0) / self.passages.len() as f32).ln()
    }

    /// How rare a pair of characters is that was counted `count` times: one over its share of all pairs, where `background`
    /// more characters without it are supposed, so that a small archive does not take its own matter for common.
    pub(super) fn rarity(&self, count: u32, background: f32) -> f32 {
        (self.characters as f32 + background) / (count as f32 + 0.5)
    }

    /// How far the chances can be trusted, 0 to 1: half at `half` characters.
    pub(super) fn trust(&self, half: f32) -> f32 {
        self.characters as f32 / (self.characters as f32 + half.max(1.0))
    }
}

impl Counting {
    /// Nothing is counted yet.
    pub fn new(settings: &settings::Layout) -> Self {
        Self { tables: Statistics::new(settings), found: Found::default() }
    }

    /// Counts one page.
    pub fn add(&mut self, text: &str) {
        self.tables.find(text, &mut self.found);
    }

    /// What was counted.
    pub fn done(mut self) -> Statistics {
        self.tables.count(&mut self.found);
        self.tables
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pages: &[&str]) -> Statistics {
        let mut all = Statistics::with_bits(14);
        for page in pages {
            all.add(page);
        }
        all
    }

    #[test]
    fn what_follows_is_likelier() {
        let counts = of(&["县总工会昨日慰问职工。\n市总工会昨日走访企业。"; 20]);
        let gain = |left: &str, right: &str| {
            let (left, right) = (counts.closing(&Window::ending(left)), counts.opening(&Window::opening(right), 3));
            counts.gain(&left, &right, counts.look(&left, &right)).ln
        };
        assert!(gain("区总工", "会昨日") > gain("区总工", "走访企") + 3.0);
        assert!(gain("区总工", "会昨日") > gain("区总工", "市总工") + 1.0);
        assert!(gain("。", "市总工") < 0.0);
    }

    #[test]
    fn a_passage_that_stands_elsewhere() {
        let counts = of(&["为三百名环卫工人送去清凉饮料和毛巾。\n随后又走访了车间。"]);
        let left = Window::ending("为三百名环卫工人送");
        assert!(counts.ln_passage_elsewhere(&left, &Window::opening("去清凉饮料和")) > 5.0);
        assert!(counts.ln_passage_elsewhere(&left, &Window::opening("来清凉饮料和")).abs() < 1e-6);
        let (end, start) = (Window::ending("饮料和毛巾。"), Window::opening("随后又走访"));
        let (end, start) = (counts.closing(&end), counts.opening(&start, 3));
        let [apart, adjacent] = counts.ln_border_elsewhere(&end, &start, counts.glance(&end, &start));
        assert!(apart > 3.0 && adjacent.abs() < 1e-6);
    }

    #[test]
    fn many_are_counted_as_one_by_one() {
        let pages: Vec<String> =
            (0..400_u32).map(|n| format!("第{n}次走访{}户职工，\n送去慰问金{}元。", n * 7, n * n)).collect();
        let mut counting = Counting { tables: Statistics::with_bits(14), found: Found::default() };
        for page in &pages {
            counting.add(page);
        }
        let together = counting.done();
        let one_by_one = of(&pages.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(format!("{together:?}"), format!("{one_by_one:?}"));
    }

    #[test]
    fn a_long_line_is_counted_in_parts() {
        for n in [1, 2, 3, 4, 7, 8, Run::MOST, Run::MOST + 1, 3 * Run::MOST + 5] {
            let line: String = (0..n as u32).filter_map(|i| char::from_u32(0x4e00 + i * 7 % 20_000)).collect();
            let counts = of(&[&line]);
            let sums = [
                counts.pairs.iter().map(|&c| c as usize).sum::<usize>(),
                counts.triples.iter().map(|&c| usize::from(c)).sum(),
                counts.fours.iter().map(|&c| usize::from(c)).sum(),
                counts.passages.iter().map(|&c| usize::from(c)).sum(),
            ];
            assert_eq!(sums, [0, 1, 2, 7].map(|less| n.saturating_sub(less)), "{n}");
            assert_eq!((counts.characters, counts.lines), (n as u64, 1));
        }
    }

    #[test]
    fn order_and_parts_do_not_matter() {
        let pages = ["县总慰问职工。\n**二**", "## 市总走访企业四次", "2018年8月，职工们读书。"];
        let forward = of(&pages);
        let mut merged = of(&pages[2..]);
        merged.merge(&of(&pages[..2]));
        assert_eq!(format!("{forward:?}"), format!("{merged:?}"));
    }
}
