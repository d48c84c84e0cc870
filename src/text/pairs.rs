//! Pairs of characters that words begin or end with.

use super::folded::NOTHING;

/// A set of pairs of characters that errs on the side of holding one. A pair tells words apart that share a character with
/// half of a text (一个, 上周).
#[derive(Clone, Debug)]
pub struct PairFilter([u64; 64]);

impl PairFilter {
    /// A filter that holds `pairs`.
    pub fn new(pairs: impl IntoIterator<Item = (char, char)>) -> Self {
        let mut filter = Self([0; 64]);
        pairs.into_iter().for_each(|(first, second)| filter.insert(first, second));
        filter
    }

    /// A filter that holds the first two characters of `words`.
    pub fn of_first<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        let first_two = |word: &str| {
            let mut letters = word.chars();
            Some((letters.next()?, letters.next()?))
        };
        Self::new(words.into_iter().filter_map(first_two))
    }

    /// Adds a pair.
    pub fn insert(&mut self, first: char, second: char) {
        let place = place(first, second);
        self.0[place / 64] |= 1 << (place % 64);
    }

    /// Whether the pair may have been put in; false is certain.
    #[inline]
    pub fn may_hold(&self, first: char, second: char) -> bool {
        let place = place(first, second);
        self.0[place / 64] >> (place % 64) & 1 == 1
    }
}

/// The first two of these characters, each [`NOTHING`] where there is none.
#[inline]
pub fn first_two(mut letters: impl Iterator<Item = char>) -> (char, char) {
    (letters.next().unwrap_or(NOTHING), letters.next().unwrap_or(NOTHING))
}

/// Twelve bits for a pair: the high ones of a product, which all of its bits reach.
#[inline]
fn place(first: char, second: char) -> usize {
    let key = (first as u32) << 15 ^ second as u32;
    (key.wrapping_mul(0x9E37_79B1) >> 20) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_that_was_put_in_is_held() {
        let words = ["上周", "一个", "ab", "𠮷林", "独"];
        let filter = PairFilter::of_first(words);
        for (first, second) in [('上', '周'), ('一', '个'), ('a', 'b'), ('𠮷', '林')] {
            assert!(filter.may_hold(first, second), "{first}{second}");
        }
        let held = ('一'..='龥').filter(|&c| filter.may_hold('上', c)).count();
        assert!(held < 100, "{held}");
    }
}
