//! Short lists of words that a grammar holds against a place of a text.
//!
//! In: a list, in the order in which its words are to be tried. Out: the first of them that begins, or ends, at a place.
//! Only the words with the character that stands there are tried, which are none nearly everywhere.

use rustc_hash::FxHashMap;

use super::{CharFilter, Folded};

/// Words by their first characters, or by their last.
#[derive(Debug)]
pub struct WordList {
    bits: CharFilter,
    words: FxHashMap<char, Vec<&'static str>>,
}

impl WordList {
    /// Words by their first characters.
    pub fn of_first(words: &[&'static str]) -> Self {
        Self::new(words, |w| w.chars().next())
    }

    /// Words by their last characters.
    pub fn of_last(words: &[&'static str]) -> Self {
        Self::new(words, |w| w.chars().next_back())
    }

    fn new(words: &[&'static str], key: impl Fn(&str) -> Option<char>) -> Self {
        let mut list = Self { bits: CharFilter::default(), words: FxHashMap::default() };
        for word in words {
            if let Some(c) = key(word) {
                list.bits.insert(c);
                list.words.entry(c).or_default().push(word);
            }
        }
        list
    }

    /// The words with this character at the end that they are kept by, in their order.
    #[inline]
    pub fn with(&self, c: char) -> &[&'static str] {
        if self.bits.may_hold(c) { self.words.get(&c).map_or(&[], Vec::as_slice) } else { &[] }
    }

    /// The first word that stands at `index`; the list is one by first characters.
    #[inline]
    pub fn at(&self, text: &Folded, index: usize) -> Option<&'static str> {
        self.with(text.get(index)).iter().find(|w| text.has(index, w)).copied()
    }

    /// The first word that ends right before `index`; the list is one by last characters.
    #[inline]
    pub fn before(&self, text: &Folded, index: usize) -> Option<&'static str> {
        self.with(text.before(index)).iter().find(|w| text.has_before(index, w)).copied()
    }

    /// The words that `text` begins with; the list is one by first characters.
    #[inline]
    pub fn starts(&self, text: &str) -> impl Iterator<Item = &'static str> {
        let first = text.chars().next();
        first.map_or(&[][..], |c| self.with(c)).iter().filter(move |w| text.starts_with(**w)).copied()
    }

    /// The words that `text` ends in; the list is one by last characters.
    #[inline]
    pub fn ends(&self, text: &str) -> impl Iterator<Item = &'static str> {
        let last = text.chars().next_back();
        last.map_or(&[][..], |c| self.with(c)).iter().filter(move |w| text.ends_with(**w)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
