//! Finding every word of a list in a text, in one pass.
//!
//! In: words, from a handful to tens of thousands. Out: each place of a text where one stands, in the order of the text, of
//! several that begin there the longest first. Method: a table of bits says which two characters begin a word at all,
//! which rules out most places by one look into the processor's nearest memory; where a word may begin, the few words with
//! these two characters are compared. An automaton over all words would jump about in a table of megabytes for every
//! character.

use rustc_hash::FxHashMap;

/// Bits of each table, as a power of two: at most 32 KiB, of which 40,000 words set a tenth.
const MOST_BITS: u32 = 18;

/// Words of a list, by their numbers.
#[derive(Debug)]
pub struct WordFinder {
    /// Characters that are words by themselves.
    lone: FxHashMap<char, u32>,
    lone_bits: CharFilter,
    /// For each pair of characters, where the words begin in `rests` that begin with it.
    pairs: FxHashMap<u64, u32>,
    pair_bits: Box<[u64]>,
    /// The same for three characters, the third NUL where the word has only two.
    triple_bits: Box<[u64]>,
    shift: u32,
    rests: Vec<Rest>,
}

/// What follows the first two characters of a word.
#[derive(Debug)]
struct Rest {
    tail: Box<str>,
    /// The word's third character; NUL where it has only two.
    third: char,
    number: u32,
    /// Whether it is the last with the same two characters.
    last: bool,
}

impl WordFinder {
    /// A finder of words that differ; a word's number is its place in the list. An empty word stands nowhere.
    pub fn new<W: AsRef<str>>(words: &[W]) -> Self {
        let mut lone = FxHashMap::default();
        let mut by_pair: Vec<(u64, &str, u32)> = Vec::new();
        for (number, word) in (0..).zip(words) {
            let mut chars = word.as_ref().chars();
            match (chars.next(), chars.next()) {
                (Some(a), Some(b)) => by_pair.push((pair(a, b), chars.as_str(), number)),
                (Some(c), None) => {
                    lone.insert(c, number);
                }
                (None, _) => {}
            }
        }
        // The longest first.
        by_pair.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.len().cmp(&a.1.len())).then(a.2.cmp(&b.2)));
        let bits = (by_pair.len() * 12).max(64).next_power_of_two().trailing_zeros().min(MOST_BITS);
        let mut finder = Self {
            lone_bits: CharFilter::new(words.iter().filter_map(|w| {
                let mut chars = w.as_ref().chars();
                chars.next().filter(|_| chars.next().is_none())
            })),
            lone,
            pairs: FxHashMap::default(),
            pair_bits: vec![0; 1 << (bits - 6)].into_boxed_slice(),
            triple_bits: vec![0; 1 << (bits - 6)].into_boxed_slice(),
            shift: 64 - bits,
            rests: Vec::with_capacity(by_pair.len()),
        };
        for (n, &(pair, rest, number)) in by_pair.iter().enumerate() {
            let third = rest.chars().next().unwrap_or('\0');
            let (two, three) = (bit(pair, finder.shift), bit(triple(pair, third), finder.shift));
            set(&mut finder.pair_bits, two);
            set(&mut finder.triple_bits, three);
            finder.pairs.entry(pair).or_insert(n as u32);
            let last = by_pair.get(n + 1).is_none_or(|next| next.0 != pair);
            finder.rests.push(Rest { tail: rest.into(), third, number, last });
        }
        finder
    }

    /// Tells `found` the start, the end (in bytes) and the number of every word in `text`, until it returns false.
    #[inline]
    pub fn find(&self, text: &str, mut found: impl FnMut(u32, u32, u32) -> bool) {
        // Each character is decoded once; NUL stands behind the last.
        let mut chars = text.chars();
        let (mut c, mut second, mut start) = (chars.next(), chars.next().unwrap_or('\0'), 0);
        while let Some(first) = c {
            let third = chars.next().unwrap_or('\0');
            let pair = pair(first, second);
            if self.may_begin(pair, third)
                && let Some(&number) = self.pairs.get(&pair)
            {
                let end = start + first.len_utf8() + second.len_utf8();
                for rest in self.rests.get(number as usize..).unwrap_or_default() {
                    let fits = rest.third == '\0'
                        || rest.third == third
                            && text.as_bytes().get(end..).is_some_and(|t| t.starts_with(rest.tail.as_bytes()));
                    if fits && !found(start as u32, (end + rest.tail.len()) as u32, rest.number) {
                        return;
                    }
                    if rest.last {
                        break;
                    }
                }
            }
            let next = start + first.len_utf8();
            if self.lone_bits.may_hold(first)
                && let Some(&number) = self.lone.get(&first)
                && !found(start as u32, next as u32, number)
            {
                return;
            }
            start = next;
            c = (start < text.len()).then_some(second);
            second = third;
        }
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

    /// Whether a word may begin with the pair, and be that pair or go on with `third`.
    #[inline]
    fn may_begin(&self, pair: u64, third: char) -> bool {
        has(&self.pair_bits, bit(pair, self.shift))
            && (has(&self.triple_bits, bit(triple(pair, third), self.shift))
                || has(&self.triple_bits, bit(triple(pair, '\0'), self.shift)))
    }
}

#[inline]
fn pair(a: char, b: char) -> u64 {
    u64::from(u32::from(a)) << 32 | u64::from(u32::from(b))
}

/// A pair and what follows it, in one number: a character has 21 bits.
#[inline]
fn triple(pair: u64, third: char) -> u64 {
    pair ^ u64::from(u32::from(third)) << 42 ^ u64::from(u32::from(third)) << 21
}

/// The place of characters in a table: the high bits of a product, which all of their bits reach.
#[inline]
fn bit(key: u64, shift: u32) -> usize {
    ((key ^ key >> 19).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> shift) as usize
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

    /// Adds a character.
    pub fn insert(&mut self, c: char) {
        self.0[(c as usize & 0xFFF) / 64] |= 1 << (c as usize % 64);
    }

    /// Whether the character may have been put in; false is certain.
    #[inline]
    pub fn may_hold(&self, c: char) -> bool {
        self.0[(c as usize & 0xFFF) / 64] >> (c as usize % 64) & 1 == 1
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

    proptest! {
        #[test]
        fn what_is_found_is_what_stands_there(
            text in "[甲乙丙a]{0,40}",
            words in prop::collection::btree_set("[甲乙丙a]{1,4}", 0..12),
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
