//! Finding every word of a list in a text, in one pass.
//!
//! In: words, from a handful to tens of thousands. Out: each place of a text where one stands, in the order of the text, of
//! several that begin there the longest first. Method: a table of bits says which six bytes (two ideographs) begin a word
//! at all, which rules out most places by one look into the processor's nearest memory, without decoding a character; where
//! a word may begin, the few words with these six bytes are compared. An automaton over all words would jump about in a
//! table of megabytes for every character.

use rustc_hash::FxHashMap;

/// Bits of each table, as a power of two: at most 32 KiB, of which 40,000 words set a tenth.
const MOST_BITS: u32 = 18;

/// Words of a list, by their numbers.
#[derive(Debug)]
pub struct WordFinder {
    /// Words of less than six bytes, by their first characters, the longest first.
    short: FxHashMap<char, Vec<(Box<str>, u32)>>,
    short_bits: CharFilter,
    /// For six bytes, which are two ideographs mostly, where the words begin in `rests` that begin with them.
    pairs: FxHashMap<u64, u32>,
    pair_bits: Box<[u64]>,
    /// The same for six bytes and the three behind them; these are 0 where the word has only the six.
    triple_bits: Box<[u64]>,
    shift: u32,
    rests: Vec<Rest>,
}

/// What follows the first six bytes of a word.
#[derive(Debug)]
struct Rest {
    /// Its first eight bytes as a number, the first lowest, and which of these there are.
    eight: u64,
    mask: u64,
    /// What follows them, of a longer word.
    more: Box<[u8]>,
    number: u32,
    /// Whether it is the last with the same six bytes.
    last: bool,
}

impl Rest {
    fn len(&self) -> usize {
        (self.mask.count_ones() / 8) as usize + self.more.len()
    }
}

impl WordFinder {
    /// A finder of words that differ; a word's number is its place in the list. An empty word stands nowhere.
    pub fn new<W: AsRef<str>>(words: &[W]) -> Self {
        let mut few: Vec<(char, &str, u32)> = Vec::new();
        let mut by_pair: Vec<(u64, &[u8], u32)> = Vec::new();
        for (number, word) in (0..).zip(words) {
            let word = word.as_ref();
            match (word.as_bytes().split_at_checked(6), word.chars().next()) {
                (Some((six, tail)), _) => by_pair.push((bytes_at(six, 0), tail, number)),
                (None, Some(first)) => few.push((first, word, number)),
                (None, None) => {}
            }
        }
        // The longest first.
        by_pair.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.len().cmp(&a.1.len())).then(a.2.cmp(&b.2)));
        few.sort_by_key(|(_, word, number)| (std::cmp::Reverse(word.len()), *number));
        let mut short: FxHashMap<char, Vec<(Box<str>, u32)>> = FxHashMap::default();
        for &(first, word, number) in &few {
            short.entry(first).or_default().push((word.into(), number));
        }
        let bits = (by_pair.len() * 12).max(64).next_power_of_two().trailing_zeros().min(MOST_BITS);
        let mut finder = Self {
            short,
            short_bits: CharFilter::new(few.iter().map(|few| few.0)),
            pairs: FxHashMap::default(),
            pair_bits: vec![0; 1 << (bits - 6)].into_boxed_slice(),
            triple_bits: vec![0; 1 << (bits - 6)].into_boxed_slice(),
            shift: 64 - bits,
            rests: Vec::with_capacity(by_pair.len()),
        };
        for (n, &(pair, tail, number)) in by_pair.iter().enumerate() {
            let three = if tail.len() < 3 { 0 } else { bytes_at(tail, 0) & THREE };
            set(&mut finder.pair_bits, bit(pair, finder.shift));
            set(&mut finder.triple_bits, bit(triple(pair, three), finder.shift));
            finder.pairs.entry(pair).or_insert(n as u32);
            let last = by_pair.get(n + 1).is_none_or(|next| next.0 != pair);
            let mask = u64::MAX.checked_shr(64 - 8 * tail.len().min(8) as u32).unwrap_or(0);
            let more = tail.get(8..).unwrap_or_default().into();
            finder.rests.push(Rest { eight: bytes_at(tail, 0), mask, more, number, last });
        }
        finder
    }

    /// Tells `found` the start, the end (in bytes) and the number of every word in `text`, until it returns false.
    #[inline]
    pub fn find(&self, text: &str, mut found: impl FnMut(u32, u32, u32) -> bool) {
        let bytes = text.as_bytes();
        // What is not looked at yet; the place where it begins is asked for only where a word may begin.
        let mut ahead = bytes;
        while let Some(&lead) = ahead.first() {
            let eight = bytes_at(ahead, 0);
            let pair = eight & SIX;
            let may_begin = has(&self.pair_bits, bit(pair, self.shift));
            let behind = if may_begin { bytes_at(ahead, 6) } else { 0 };
            if may_begin && self.may_go_on(pair, behind & THREE) {
                let at = bytes.len() - ahead.len();
                for rest in self.rests_of(pair) {
                    // Behind the text's end stand zeros, which a word may hold too.
                    let fits = (behind ^ rest.eight) & rest.mask == 0
                        && at + 6 + rest.len() <= bytes.len()
                        && (rest.more.is_empty()
                            || bytes.get(at + 14..).is_some_and(|behind| behind.starts_with(&rest.more)));
                    if fits && !found(at as u32, (at + 6 + rest.len()) as u32, rest.number) {
                        return;
                    }
                    if rest.last {
                        break;
                    }
                }
            }
            let (width, is_short) = if lead & 0xF0 == 0xE0 {
                (3, self.short_bits.has_three((eight >> 8) as u8, (eight >> 16) as u8))
            } else {
                (width(lead), self.short_bits.has_low(low_bits(eight, width(lead))))
            };
            if is_short {
                let at = bytes.len() - ahead.len();
                let rest = text.get(at..).unwrap_or_default();
                let words = rest.chars().next().and_then(|first| self.short.get(&first));
                for (word, number) in words.into_iter().flatten().filter(|(word, _)| rest.starts_with(&**word)) {
                    if !found(at as u32, (at + word.len()) as u32, *number) {
                        return;
                    }
                }
            }
            ahead = ahead.get(width..).unwrap_or_default();
        }
    }

    /// The words that begin with these six bytes, and more behind the last of them.
    fn rests_of(&self, pair: u64) -> &[Rest] {
        self.pairs.get(&pair).and_then(|&number| self.rests.get(number as usize..)).unwrap_or_default()
    }

    /// Whether any of the words stands in `text`.
    pub fn is_in(&self, text: &str) -> bool {
        let mut is_in = false;
        self.find(text, |_, _, _| {
            is_in = true;
            false
        });
        is_in
    }

    /// Whether a word may be these six bytes, or go on with the three behind them.
    #[inline]
    fn may_go_on(&self, pair: u64, three: u64) -> bool {
        has(&self.triple_bits, bit(triple(pair, three), self.shift))
            || has(&self.triple_bits, bit(triple(pair, 0), self.shift))
    }
}

/// The low six bytes of eight, and the low three.
const SIX: u64 = 0xFFFF_FFFF_FFFF;
const THREE: u64 = 0xFF_FFFF;

/// The eight bytes from `at` on as a number, the first lowest; 0 stands for those behind the end.
#[inline]
fn bytes_at(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    match rest.first_chunk() {
        Some(eight) => u64::from_le_bytes(*eight),
        None => rest.iter().rev().fold(0, |all, b| all << 8 | u64::from(*b)),
    }
}

/// How many bytes the character has that begins with the byte `lead`.
#[inline]
pub(super) const fn width(lead: u8) -> usize {
    match lead {
        0..0x80 => 1,
        0x80..0xE0 => 2,
        0xE0..0xF0 => 3,
        0xF0.. => 4,
    }
}

/// The low twelve bits of the character of `width` bytes that these bytes begin with: they stand in its last two.
#[inline]
const fn low_bits(bytes: u64, width: usize) -> usize {
    let last = bytes >> (8 * width - 8);
    let before = if width == 1 { 0 } else { bytes >> (8 * width - 16) };
    // Of two bytes, the first has five bits of the character's.
    let before = before & if width == 2 { 0x1F } else { 0x3F };
    (before << 6 | last & if width == 1 { 0x7F } else { 0x3F }) as usize
}

/// A pair and the three bytes behind it in one number, of which the pair has the low six bytes.
#[inline]
fn triple(pair: u64, three: u64) -> u64 {
    pair ^ three << 40 ^ three << 13
}

/// The place of bytes in a table: the high bits of a product, which all of their bits reach.
#[inline]
fn bit(key: u64, shift: u32) -> usize {
    (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> shift) as usize
}

fn set(bits: &mut [u64], bit: usize) {
    if let Some(word) = bits.get_mut(bit / 64) {
        *word |= 1 << (bit % 64);
    }
}

#[inline]
fn has(bits: &[u64], bit: usize) -> bool {
    bits.get(bit / 64).is_some_and(|word| word >> (bit % 64) & 1 == 1)
}

/// A set of characters that errs on the side of holding one: a bit for the low twelve of a character's number. It rules
/// most characters out at the cost of one look.
#[derive(Clone, Debug)]
pub struct CharFilter([u64; 64]);

impl Default for CharFilter {
    fn default() -> Self {
        Self([0; 64])
    }
}

impl CharFilter {
    /// A filter that holds `chars`.
    pub fn new(chars: impl IntoIterator<Item = char>) -> Self {
        let mut filter = Self::default();
        chars.into_iter().for_each(|c| filter.insert(c));
        filter
    }

    /// A filter that holds the first characters of `words`.
    pub fn of_first<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        Self::new(words.into_iter().filter_map(|word| word.chars().next()))
    }

    /// A filter that holds the characters of `all`.
    pub(super) const fn of(all: &str) -> Self {
        let bytes = all.as_bytes();
        let mut filter = Self([0; 64]);
        let mut at = 0;
        while at < bytes.len() {
            let width = width(bytes[at]);
            let (mut character, mut n) = (0, 0);
            while n < width {
                character |= (bytes[at + n] as u64) << (8 * n);
                n += 1;
            }
            let low = low_bits(character, width);
            filter.0[low / 64] |= 1 << (low % 64);
            at += width;
        }
        filter
    }

    /// Adds a character.
    pub fn insert(&mut self, c: char) {
        self.0[(c as usize & 0xFFF) / 64] |= 1 << (c as usize % 64);
    }

    /// Whether the character may have been put in; false is certain.
    #[inline]
    pub fn may_hold(&self, c: char) -> bool {
        self.has_low(c as usize)
    }

    #[inline]
    fn has_low(&self, low: usize) -> bool {
        self.0[(low & 0xFFF) / 64] >> (low % 64) & 1 == 1
    }

    /// The same of a character of three bytes, of which these are the last two: each has six of the low twelve bits.
    #[inline]
    fn has_three(&self, b: u8, c: u8) -> bool {
        self.0[usize::from(b & 0x3F)] >> (c & 0x3F) & 1 == 1
    }

    /// The first place of `text` from byte `from` on, a character's border, where a character may stand that was put in.
    #[inline]
    pub fn find(&self, text: &str, from: usize) -> Option<usize> {
        let mut rest = text.as_bytes().get(from..).unwrap_or_default();
        loop {
            let (may_stand, behind) = match rest {
                // Ideographs and their marks, nearly all.
                &[0xE0..=0xEF, b, c, ref behind @ ..] => (self.has_three(b, c), behind),
                &[lead, ..] => (
                    self.has_low(low_bits(bytes_at(rest, 0), width(lead))),
                    rest.get(width(lead)..).unwrap_or_default(),
                ),
                [] => return None,
            };
            if may_stand {
                return Some(text.len() - rest.len());
            }
            rest = behind;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(words: &[&str], text: &str) -> Vec<(u32, u32, u32)> {
        let mut found = Vec::new();
        WordFinder::new(words).find(text, |start, end, number| {
            found.push((start, end, number));
            true
        });
        found
    }

    #[test]
    fn words_inside_of_words_are_found_the_longest_first() {
        let words = ["总工会", "工会", "会", "总工会主席", "主席"];
        assert_eq!(found(&words, "总工会主席"), [(0, 15, 3), (0, 9, 0), (3, 9, 1), (6, 9, 2), (9, 15, 4)]);
        assert_eq!(found(&words, "总工"), []);
        assert_eq!(found(&words, ""), []);
        assert_eq!(found(&["a", "ab", "𠮷b", ""], "ab𠮷b"), [(0, 2, 1), (0, 1, 0), (2, 7, 2)]);
        assert!(WordFinder::new(&words).is_in("市总工会") && !WordFinder::new(&words).is_in("职工"));
    }

    #[test]
    fn a_filter_finds_what_was_put_in() {
        let filter = CharFilter::new(['a', 'é', '会', '𠮷']);
        let text = "总，工会é bca𠮷";
        let mut at = 0;
        let mut found = Vec::new();
        while let Some(next) = filter.find(text, at) {
            found.extend(text[next..].chars().next());
            at = next + found.last().map_or(1, |c| c.len_utf8());
        }
        assert_eq!(found, ['会', 'é', 'a', '𠮷']);
        assert_eq!(filter.find("", 0), None);
    }

    proptest! {
        #[test]
        fn what_is_found_is_what_stands_there(
            text in "[甲乙a\0]{0,60}",
            words in prop::collection::btree_set("[甲乙a\0]{1,6}", 0..12),
        ) {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let mut expected: Vec<(u32, u32, u32)> = Vec::new();
            for (start, _) in text.char_indices() {
                for (number, word) in (0..).zip(&words) {
                    if text[start..].starts_with(word) {
                        expected.push((start as u32, (start + word.len()) as u32, number));
                    }
                }
            }
            expected.sort_by_key(|f| (f.0, u32::MAX - f.1));
            prop_assert_eq!(found(&words, &text), expected);
        }
    }
}
