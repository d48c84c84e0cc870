//! A block's text with the quantities and dates that were found in it, and what can be asked of it.

use super::phrase::{self, Wanted};
use super::{Candidate, noun};
use crate::text::{Folded, sentence};

/// A phrase of the printed text, from and to which byte.
pub(super) type Phrase = (usize, usize);

/// What each candidate of a block counts, up to the one that is asked about.
pub(super) type Known<'k> = &'k [Option<Phrase>];

/// How far a phrase is looked for, in characters.
pub(super) const REACH: usize = 32;

/// A block's text with what was found in it.
pub(super) struct Block<'b> {
    pub(super) text: &'b Folded,
    pub(super) printed: &'b str,
    pub(super) candidates: &'b [Candidate],
    pub(super) dates: &'b [(usize, usize)],
}

impl Block<'_> {
    /// The candidate before that of number `index`.
    pub(super) fn previous(&self, index: usize) -> Option<&Candidate> {
        self.candidates.get(index.checked_sub(1)?)
    }

    /// The last candidate before that of number `index` that stands in no bracket which closes between the two.
    pub(super) fn previous_outside(&self, index: usize) -> Option<usize> {
        const NEAR: usize = 24;
        let start = self.candidates.get(index)?.start;
        let mut at = index.checked_sub(1)?;
        loop {
            let end = self.candidates.get(at)?.end;
            let mark = (end..start.min(end + NEAR)).find(|&i| matches!(self.text.get(i), '(' | ')'));
            let Some(close) = mark.filter(|&i| self.text.get(i) == ')') else { return Some(at) };
            let Some(open) = opening_bracket(self.text, close) else { return Some(at) };
            at = self.candidates[..at].iter().rposition(|c| c.end <= open)?;
        }
    }

    /// The phrase that ends at `to` and does not begin before `from`, both in characters.
    pub(super) fn phrase_before(&self, from: usize, to: usize, wanted: Wanted) -> Option<Phrase> {
        let (a, b) = (self.text.byte(from), self.text.end_byte(to, self.printed));
        let (start, end) = phrase::before(self.printed.get(a..b)?, wanted)?;
        Some((a + start, a + end))
    }

    /// The phrase that opens what stands from `from` to `to`, both in characters; `counts` as in [`phrase::after()`].
    pub(super) fn phrase_after(&self, from: usize, to: usize, counts: bool, wanted: Wanted) -> Option<Phrase> {
        let (a, b) = (self.text.byte(from), self.text.end_byte(to, self.printed));
        let (start, end) = phrase::after(self.printed.get(a..b)?, counts, wanted)?;
        Some((a + start, a + end))
    }

    /// Whether the second of two quantities of one kind follows the first behind one of `marks` alone (3名、5名).
    pub(super) fn are_joined(&self, first: &Candidate, second: &Candidate, marks: &str) -> bool {
        first.kind == second.kind && second.start == first.end + 1 && marks.contains(self.text.get(first.end))
    }

    /// Whether a quantity stands, also in part, from `from` to `to`.
    pub(super) fn has_quantity(&self, from: usize, to: usize) -> bool {
        let first = self.candidates.partition_point(|c| c.end <= from);
        self.candidates.get(first).is_some_and(|c| c.start < to)
    }

    /// What kind of noun a phrase is.
    pub(super) fn noun_of(&self, (from, to): Phrase) -> Option<noun::Noun> {
        noun::of(self.printed.get(from..to)?.trim_matches(['“', '”']))
    }

    /// Whether a phrase ends in the name of a sum.
    pub(super) fn ends_in_sum(&self, (from, to): Phrase) -> bool {
        self.printed.get(from..to).is_some_and(noun::ends_in_sum)
    }

    /// Whether a phrase is the name of a place and nothing else.
    pub(super) fn is_place(&self, (from, to): Phrase) -> bool {
        // 新乡、鹤壁: several of them.
        let place = |name: &str| {
            let words = crate::text::jieba().tag(name, false);
            matches!(words.as_slice(), [one] if one.tag == "ns")
        };
        self.printed.get(from..to).is_some_and(|phrase| phrase.split('、').all(place))
    }

    /// The date that ends right before `at`.
    pub(super) fn date_ending(&self, at: usize) -> Option<Phrase> {
        let index = self.dates.partition_point(|d| d.1 < at);
        self.dates.get(index).copied().filter(|d| d.1 == at)
    }

    /// Where the date begins that 从 or 由 opens a 时的 or 的 right before `at` with: 从1994年投产时的.
    pub(super) fn since(&self, at: usize) -> Option<usize> {
        const LONGEST: usize = 10;
        if self.text.before(at) != '的' {
            return None;
        }
        let index = self.dates.partition_point(|d| d.1 <= at).checked_sub(1)?;
        let &(start, end) = self.dates.get(index)?;
        let near = at - end <= LONGEST && sentence::clause_start(self.text, at, LONGEST + end - start) <= start;
        (near && matches!(self.text.before(start), '从' | '由')).then_some(start)
    }

    /// Where the last date before `at` ends.
    pub(super) fn last_date_end(&self, at: usize) -> Option<usize> {
        let index = self.dates.partition_point(|d| d.1 <= at).checked_sub(1)?;
        self.dates.get(index).map(|d| d.1)
    }

    /// Where the first date from `from` on begins.
    pub(super) fn next_date(&self, from: usize) -> Option<usize> {
        self.dates.get(self.dates.partition_point(|d| d.0 < from)).map(|d| d.0)
    }

    /// Where the date or quantity ends that `at` stands in.
    pub(super) fn end_of_mention(&self, at: usize) -> Option<usize> {
        let date = self.dates.get(self.dates.partition_point(|d| d.1 <= at)).filter(|d| d.0 <= at).map(|d| d.1);
        let index = self.candidates.partition_point(|c| c.end <= at);
        date.or_else(|| self.candidates.get(index).filter(|c| c.start <= at).map(|c| c.end))
    }
}

/// Where the bracket opens that closes right before `close`.
pub(super) fn opening_bracket(text: &Folded, close: usize) -> Option<usize> {
    const LONGEST: usize = 40;
    (close.saturating_sub(LONGEST)..close).rev().find(|&i| text.get(i) == '(')
}
