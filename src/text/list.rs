//! Short lists of words that a grammar holds against a place of a text.
//!
//! In: a list, in the order in which its words are to be tried. Out: the first of them that begins, or ends, at a place.
//! Only the words with the character that stands there are tried, which are none nearly everywhere.

use rustc_hash::FxHashMap;

use super::folded::NOTHING;
use super::{CharFilter, Folded, PairFilter, first_two};

/// The first of `words` that `text` ends in. Their last bytes are held against first, which tell most of them apart.
pub fn ending<'w>(text: &str, words: &[&'w str]) -> Option<&'w str> {
    let last = text.as_bytes().last();
    words.iter().find(|w| w.as_bytes().last() == last && text.ends_with(**w)).copied()
}

/// Words by their first characters, or by their last.
#[derive(Debug)]
pub struct WordList {
    bits: CharFilter,
    /// The two characters at the end that the words are kept by; of a word of one character, it and [`NOTHING`].
    pairs: PairFilter,
    words: FxHashMap<char, Vec<&'static str>>,
}

impl WordList {
    /// Words by their first characters.
    pub fn of_first(words: &[&'static str]) -> Self {
        Self::new(words, |w| first_two(w.chars()))
    }

    /// Words by their last characters.
    pub fn of_last(words: &[&'static str]) -> Self {
        Self::new(words, |w| first_two(w.chars().rev()))
    }

    fn new(words: &[&'static str], key: impl Fn(&str) -> (char, char)) -> Self {
        let mut list = Self { bits: CharFilter::default(), pairs: PairFilter::new([]), words: FxHashMap::default() };
        for word in words.iter().filter(|w| !w.is_empty()) {
            let (c, next) = key(word);
            list.bits.insert(c);
            list.pairs.insert(c, next);
            list.words.entry(c).or_default().push(word);
        }
        list
    }

    /// The words with this character at the end that they are kept by, in their order.
    #[inline]
    pub fn with(&self, c: char) -> &[&'static str] {
        if self.bits.may_hold(c) { self.words.get(&c).map_or(&[], Vec::as_slice) } else { &[] }
    }

    /// The same, where one of them may have `next` beside it.
    #[inline]
    fn with_two(&self, (c, next): (char, char)) -> &[&'static str] {
        let may = self.bits.may_hold(c) && (self.pairs.may_hold(c, next) || self.pairs.may_hold(c, NOTHING));
        if may { self.words.get(&c).map_or(&[], Vec::as_slice) } else { &[] }
    }

    /// The first word that stands at `index`; the list is one by first characters.
    #[inline]
    pub fn at(&self, text: &Folded, index: usize) -> Option<&'static str> {
        self.with_two((text.get(index), text.get(index + 1))).iter().find(|w| text.has(index, w)).copied()
    }

    /// The first word that ends right before `index`; the list is one by last characters.
    #[inline]
    pub fn before(&self, text: &Folded, index: usize) -> Option<&'static str> {
        let two = (text.before(index), text.before(index.saturating_sub(1)));
        self.with_two(two).iter().find(|w| text.has_before(index, w)).copied()
    }

    /// The words that `text` begins with; the list is one by first characters.
    #[inline]
    pub fn starts(&self, text: &str) -> impl Iterator<Item = &'static str> {
        self.with_two(first_two(text.chars())).iter().filter(move |w| text.starts_with(**w)).copied()
    }

    /// The words that `text` ends in; the list is one by last characters.
    #[inline]
    pub fn ends(&self, text: &str) -> impl Iterator<Item = &'static str> {
        self.with_two(first_two(text.chars().rev())).iter().filter(move |w| text.ends_with(**w)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_word_that_ends_a_text() {
        let words = ["工会", "总工会", "会", "ab"];
        let cases = [("市总工会", Some("工会")), ("会", Some("会")), ("ab", Some("ab")), ("工", None), ("", None)];
        for (text, expected) in cases {
            assert_eq!(ending(text, &words), expected, "{text}");
        }
    }

    #[test]
    fn words_of_one_character_stand_beside_any() {
        let (first, last) = (WordList::of_first(&["约", "约合"]), WordList::of_last(&["约", "大约"]));
        let text = Folded::new("节约水");
        assert_eq!((first.at(&text, 1), last.before(&text, 2)), (Some("约"), Some("约")));
        assert_eq!((first.starts("约").count(), last.ends("大约").count()), (1, 2));
    }

    #[test]
    fn the_first_of_the_list_is_found() {
        let words = ["工会", "工会主席", "总工会", "主席"];
        let (first, last) = (WordList::of_first(&words), WordList::of_last(&words));
        let text = Folded::new("总工会主席");
        assert_eq!((first.at(&text, 1), first.at(&text, 2), first.at(&text, 9)), (Some("工会"), None, None));
        assert_eq!((last.before(&text, 3), last.before(&text, 5)), (Some("工会"), Some("工会主席")));
        assert_eq!((last.before(&text, 0), last.before(&text, 4)), (None, None));
        assert_eq!(first.starts("工会主席").collect::<Vec<_>>(), ["工会", "工会主席"]);
        assert_eq!(last.ends("总工会").collect::<Vec<_>>(), ["工会", "总工会"]);
        assert_eq!((first.starts("").next(), last.ends("").next()), (None, None));
    }
}
