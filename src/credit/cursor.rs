//! A place in a line of text, with the small steps that the grammar is made of.

use std::cell::Cell;

use super::ceil;
use super::dateline::house;
use super::lexicon::{LONGEST_BASE, Words, opens_role, starts};
use crate::text::{CharSet, is_cjk, is_name_dot};

/// The full-width form of an ASCII character as ASCII, every blank as a blank, anything else as it is.
pub(super) fn fold(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' | '\u{A0}' | '\u{2002}' | '\u{2003}' | '\u{2009}' | '\t' => ' ',
        c => c,
    }
}

/// A reading position in `text`; everything from `stop` on does not exist for it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
    pub(super) stop: usize,
    roles: &'t Roles,
    /// At this byte stands no house.
    no_house: usize,
}

impl<'t> Cursor<'t> {
    /// `roles`: those of the text.
    pub(super) fn new(text: &'t str, at: usize, stop: usize, roles: &'t Roles) -> Self {
        Self { text, at, stop, roles, no_house: usize::MAX }
    }

    /// A cursor over a part of what this one reads.
    pub(super) fn part(&self, at: usize, stop: usize) -> Self {
        Self { at, stop, no_house: usize::MAX, ..*self }
    }

    /// Finds out once whether a house stands here, since much begins with one.
    pub(super) fn note_house(&mut self) {
        if house(&mut { *self }).is_none() {
            self.no_house = self.at;
        }
    }

    /// Whether it is known that no house stands here.
    pub(super) fn has_no_house(&self) -> bool {
        self.no_house == self.at
    }

    /// Whether a base word of a role begins here or further on. What needs one is not tried without.
    pub(super) fn sees_role(&self) -> bool {
        self.roles.begin_from(self.text, self.at)
    }

    /// Whether one of `words` may begin with the next character: false is certain.
    pub(super) fn may_be(&self, words: Words) -> bool {
        self.rest().chars().next().is_some_and(|c| starts(c) & words as u16 != 0)
    }

    pub(super) fn rest(&self) -> &'t str {
        &self.text[self.at..self.stop]
    }

    pub(super) fn at_end(&self) -> bool {
        self.at >= self.stop
    }

    /// The next character, folded.
    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next().map(fold)
    }

    /// Takes the next character if it is, folded, one of `set`.
    pub(super) fn eat(&mut self, set: &[char]) -> bool {
        let Some(c) = self.rest().chars().next() else { return false };
        let found = set.contains(&fold(c));
        if found {
            self.at += c.len_utf8();
        }
        found
    }

    /// Takes `word` if it comes next; its ASCII may be printed full-width.
    pub(super) fn eat_word(&mut self, word: &str) -> bool {
        let length = starts_with(self.rest(), word);
        self.at += length.unwrap_or(0);
        length.is_some()
    }

    /// Takes the first word of `list` that comes next. Longer words must stand before their beginnings.
    pub(super) fn eat_any<T>(
        &mut self,
        words: Words,
        list: &'static [(&'static str, T)],
    ) -> Option<&'static (&'static str, T)> {
        if !self.may_be(words) {
            return None;
        }
        // All words begin with a character of three bytes, and nearly every one fails at it.
        let first = self.rest().as_bytes().first_chunk::<3>();
        list.iter().find(|(word, _)| word.as_bytes().first_chunk::<3>() == first && self.eat_word(word))
    }

    /// Skips blanks and emphasis marks (`**`, `__`); says whether there were any.
    #[inline]
    pub(super) fn skip_blanks(&mut self) -> bool {
        // Ideographs, nearly all that comes next, begin with one of these bytes, and no blank or mark does.
        let ideograph = matches!(self.text.as_bytes().get(self.at), Some(0xE4..=0xE9));
        !ideograph && self.skip_some_blanks()
    }

    fn skip_some_blanks(&mut self) -> bool {
        let from = self.at;
        loop {
            let rest = self.rest();
            if rest.starts_with("**") || rest.starts_with("__") {
                self.at += 2;
            } else if !self.eat(&[' ']) {
                return self.at > from;
            }
        }
    }

    /// The characters of names that come next, at most `most` of them, without taking them.
    pub(super) fn run(&self, most: usize) -> &'t str {
        let rest = self.rest();
        let mut length = 0;
        for _ in 0..most {
            length += match rest.as_bytes().get(length..) {
                // Ideographs from U+4E00 on, nearly all.
                Some(&[0xE4, 0xB8..=0xBF, _, ..] | &[0xE5..=0xE9, _, _, ..]) => 3,
                _ => match rest[length..].chars().next() {
                    Some(c) if is_cjk(c) || is_name_dot(c) => c.len_utf8(),
                    _ => break,
                },
            };
        }
        &rest[..length]
    }

    /// Whether a word could not go on here: the end, a blank, a mark or mark-up comes next.
    pub(super) fn at_border(&self) -> bool {
        self.peek().is_none_or(|c| !is_cjk(c) && !c.is_alphanumeric())
    }
}

/// Where base words of roles begin in a text: known from its end on, as far as it was asked for.
#[derive(Clone, Debug)]
pub(super) struct Roles {
    /// The text was looked through from this byte on.
    from: Cell<usize>,
    /// No base word begins at this byte or behind it. It is 0 where none was found.
    to: Cell<usize>,
}

impl Roles {
    pub(super) fn new(text: &str) -> Self {
        Self { from: Cell::new(text.len()), to: Cell::new(0) }
    }

    /// Whether a base word begins at byte `at` of the text or behind it.
    #[inline]
    fn begin_from(&self, text: &str, at: usize) -> bool {
        let from = self.from.get();
        if self.to.get() == 0 && at < from {
            self.to.set(last_role(text, at, from).map_or(0, |place| place + 1));
            self.from.set(at);
        }
        at < self.to.get()
    }
}

/// Where the last base word of a role begins that begins in `text[from..to]`.
fn last_role(text: &str, from: usize, to: usize) -> Option<usize> {
    let text = text.get(..ceil(text, to + LONGEST_BASE))?;
    let (mut last, mut at) = (None, from);
    while let Some((place, c)) = IN_ROLES.find(text, at) {
        at = place + c.len_utf8();
        let starts = [place.checked_sub(6), place.checked_sub(3), Some(place)].into_iter().flatten();
        let found = starts.filter(|start| (from..to).contains(start) && text.get(*start..).is_some_and(opens_role));
        last = last.max(found.max());
    }
    last
}

/// Of these characters each base word of a role has one among its first three.
static IN_ROLES: CharSet = CharSet::new("者员摄撰习编");

/// The length in bytes of `word` at the start of `text`, whose ASCII may be full-width.
#[inline]
pub(super) fn starts_with(text: &str, word: &str) -> Option<usize> {
    // The word lists are asked at every step, and nearly every word fails at its first character.
    let first = word.as_bytes().first().copied().unwrap_or(0);
    if first >= 0xE0 && !may_start(text, word) {
        return None;
    }
    starts_with_folded(text, word)
}

/// False where the first three bytes (one Chinese character) tell that `text` does not start with `word`.
#[inline]
fn may_start(text: &str, word: &str) -> bool {
    text.as_bytes().get(..3) == word.as_bytes().get(..3) || word.len() < 3
}

fn starts_with_folded(text: &str, word: &str) -> Option<usize> {
    if text.starts_with(word) {
        return Some(word.len());
    }
    if word.bytes().all(|b| b >= 0x80) {
        return None;
    }
    let mut rest = text;
    for w in word.chars() {
        // 文 / 摄.
        let blanks = if w == '/' { &[' ', '\u{3000}'][..] } else { &[] };
        rest = rest.trim_start_matches(blanks);
        rest = rest.strip_prefix(|c| fold(c) == w)?.trim_start_matches(blanks);
    }
    Some(text.len() - rest.len())
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::BASES;
    use super::*;

    #[test]
    fn roles_are_seen_from_before_them() {
        for (word, _) in BASES {
            assert!(word.chars().take(3).any(|c| IN_ROLES.has(c)) && word.len() <= LONGEST_BASE, "{word}");
        }
        for (text, last) in [
            ("本报记者 甲 通讯员 乙", Some("本报记者 甲 ".len())),
            ("记者", Some(0)),
            ("特约摄影师", Some("特约".len())),
            ("特约摄影", Some(0)),
            ("职员和编者的摄影", None),
            ("", None),
        ] {
            let roles = Roles::new(text);
            // From the end on, and at once.
            for (at, _) in text.char_indices().rev() {
                let expected = last.is_some_and(|last| at <= last);
                assert_eq!(roles.begin_from(text, at), expected, "{text} from {at}");
                assert_eq!(Roles::new(text).begin_from(text, at), expected, "{text} from {at}");
            }
            assert!(!roles.begin_from(text, text.len()));
        }
    }
}
