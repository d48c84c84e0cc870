//! Borders of names: what may stand before and behind one, by characters and by words of the dictionary.

use crate::text::{CharSet, is_cjk, is_word};

/// The character that ends at byte `at`.
#[inline]
pub(super) fn before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// The character that starts at byte `at`.
#[inline]
pub(super) fn after(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// `n` characters back from `at`, or the start of the text.
#[inline]
pub(super) fn back(text: &str, at: usize, n: usize) -> usize {
    text[..at].char_indices().rev().nth(n.saturating_sub(1)).map_or(0, |(i, _)| i)
}

/// `n` characters on from `at`, or the end of the text.
#[inline]
pub(super) fn on(text: &str, at: usize, n: usize) -> usize {
    text[at..].char_indices().nth(n).map_or(text.len(), |(i, _)| at + i)
}

/// Whether a name may begin behind this character, because it is no letter or digit of a name.
#[inline]
pub(super) fn is_mark(c: char) -> bool {
    // Most characters are ideographs and most others these marks; the table of letters is asked for the rest.
    if matches!(c, '，' | '。' | '、' | '“' | '”' | '：' | '；' | '（' | '）' | '《' | '》' | ' ') {
        return true;
    }
    !(is_cjk(c) || c.is_alphanumeric() || matches!(c, '·' | '•' | '・' | '-' | '—' | '+' | '&')) || c == '—'
}

/// Words of grammar that end what stands before a name, and hardly ever belong to one.
#[inline]
pub(super) fn is_grammar(c: char) -> bool {
    static GRAMMAR: CharSet = CharSet::new(
        "的了在由到向为对从据被让使给把将与和及于赴往驻是有请找叫该各每某这那其等跟同以并也还都就又已而但或,",
    );
    GRAMMAR.has(c)
}

/// Where the run of name characters that ends at `end` begins, at most `n` characters back.
#[inline]
pub(super) fn run_start(text: &str, end: usize, n: usize) -> usize {
    let letters = text[..end].char_indices().rev().take(n).take_while(|(_, c)| !is_mark(*c));
    letters.last().map_or(end, |(start, _)| start)
}

/// Whether a word of the dictionary reaches over the left border of the name `start..end`, or over its right one.
#[inline]
pub(super) fn is_inside_a_word(text: &str, start: usize, end: usize) -> bool {
    let has = |a: usize, b: usize| a < b && text.get(a..b).is_some_and(is_word);
    let left = || {
        let over = start > 0 && before(text, start).is_some_and(|c| is_cjk(c) && !is_grammar(c));
        over && {
            let (left1, left2, in1) = (back(text, start, 1), back(text, start, 2), on(text, start, 1));
            has(left1, in1) || (left2 < left1 && has(left2, in1)) || has(left1, end)
        }
    };
    let right = || {
        after(text, end).is_some_and(is_cjk) && {
            let (in_last, right1, right2) = (back(text, end, 1), on(text, end, 1), on(text, end, 2));
            has(in_last, right1) || (right2 > right1 && has(in_last, right2))
        }
    };
    left() || right()
}
