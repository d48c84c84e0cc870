//! What stands before a number in its clause: the phrase that it counts, without what links the two.
//!
//! In: a block's candidates and dates, and which of them. Out: the phrase, or why there is none ([`Front`]). Three steps:
//!
//! 1. [`walk`]: links, brackets, dates and verbs of change are taken away from the number back;
//! 2. [`cut`]: the piece of the clause that is left is cut where a verb or a comparison ends what is counted (占, 比,
//!    由…承担);
//! 3. [`name`]: jieba's words give the noun phrase that ends the piece.
//!
//! Where nothing is left of the clause, [`carry`] tells whether what was counted before is meant.

mod cut;
mod name;
mod walk;

use std::ops::ControlFlow;

use super::carry;
use crate::extract::quantity::Candidate;
use crate::extract::quantity::block::{Block, Known, Phrase, REACH};
use crate::record::FactKind;
use crate::text::{Folded, ending, sentence};

use walk::Walk;

/// What stands before a candidate in its clause.
pub(super) enum Front {
    /// A phrase, in bytes of the printed text.
    Phrase(usize, usize),
    /// A phrase without its noun (退休的有8200名).
    Headless,
    /// Nothing, and nothing is carried over.
    Nothing,
    /// Words, but no phrase.
    Unclear,
}

impl Front {
    /// The phrase, where there is one.
    fn phrase_or(found: Option<Phrase>, otherwise: Self) -> Self {
        found.map_or(otherwise, |(from, to)| Self::Phrase(from, to))
    }
}

/// The phrase before the candidate, or the one that is carried over to it.
pub(super) fn in_front(block: &Block<'_>, index: usize, known: Known<'_>) -> Front {
    let Some(candidate) = block.candidates.get(index) else { return Front::Nothing };
    let clause = Clause::new(block, index, candidate, known);
    let front = match clause.empty() {
        Some(front) => return front,
        None => cut::piece(&clause, clause.piece()).map_continue(|piece| name::of(&clause, piece)),
    };
    let (ControlFlow::Break(front) | ControlFlow::Continue(front)) = front;
    front
}

/// A number and what is left of its clause before it.
struct Clause<'c> {
    block: &'c Block<'c>,
    text: &'c Folded,
    index: usize,
    candidate: &'c Candidate,
    /// What the candidates before it count.
    known: Known<'c>,
    /// The number of the candidate before it that stands in no bracket.
    outer: Option<usize>,
    walk: Walk<'c>,
    /// Where the piece begins, in characters and in bytes of the printed text.
    from: usize,
    start: usize,
    /// Where the last date before the piece's end ends.
    dated: usize,
}

impl<'c> Clause<'c> {
    fn new(block: &'c Block<'c>, index: usize, candidate: &'c Candidate, known: Known<'c>) -> Self {
        let text = block.text;
        let walk = Walk::back(block, index, candidate);
        let dated = block.last_date_end(walk.at).unwrap_or(0);
        let from = sentence::clause_start(text, walk.at, REACH).max(walk.floor).max(dated);
        // 860笔、7200万元: a mark alone is nothing.
        let mark = from == walk.floor && from + 1 == walk.at && "、和与及或".contains(text.get(from));
        let from = if mark { walk.at } else { from };
        // 1.2亿元(含税300万元),同比增长7%: what stands in the bracket is passed over.
        let outer = block.previous_outside(index);
        Self { block, text, index, candidate, known, outer, walk, from, start: text.byte(from), dated }
    }

    /// What is counted, where nothing of the clause is left.
    fn empty(&self) -> Option<Front> {
        let Self { block, text, index, candidate, known, ref walk, .. } = *self;
        if self.from >= walk.at && walk.whole {
            // 女职工640人,占58%: the share of what was counted right before.
            return Some(Front::phrase_or(carry::counted_before(block, index, known), Front::Nothing));
        }
        if self.from >= walk.at {
            let found = self.carried_where(|p| {
                carry::shares(block, p, candidate, walk.at, walk.level) || walk.reached && carry::reaches(p, walk.at)
            });
            let found = found.or_else(|| self.part_of_earlier());
            let unread = || if walk.level { carry::unread_before(block, walk.at) } else { None };
            return Some(Front::phrase_or(found.or_else(unread), Front::Nothing));
        }
        // 有9人成了技师、2人成了工匠: what stands before the mark is said of the others.
        if text.before(walk.at) == '、' && walk.at == candidate.start && self.from == walk.floor {
            let found = self.carried_where(|p| p.kind == candidate.kind && p.unit == candidate.unit);
            return Some(Front::phrase_or(found, Front::Nothing));
        }
        None
    }

    fn piece(&self) -> &'c str {
        self.block.printed.get(self.start..self.text.end_byte(self.walk.at, self.block.printed)).unwrap_or_default()
    }

    fn previous(&self) -> Option<&'c Candidate> {
        self.block.candidates.get(self.outer?)
    }

    /// What the candidate before counts, where it is such a one.
    fn carried_where(&self, is_same: impl FnOnce(&Candidate) -> bool) -> Option<Phrase> {
        let same = self.previous().is_some_and(is_same);
        self.known.get(self.outer?).copied().flatten().filter(|_| same)
    }

    /// 其中7人, 另有6人: what was counted before, also behind a count of something else.
    fn part_of_earlier(&self) -> Option<Phrase> {
        const BACK: usize = 2;
        let outer = self.outer.filter(|_| self.walk.part)?;
        let mut earlier = (outer.saturating_sub(BACK - 1)..=outer).rev();
        let whole = earlier.find(|&i| carry::goes_on(self.block, i, self.index, self.known))?;
        self.known.get(whole).copied().flatten()
    }

    /// A part of the piece, in bytes of the piece.
    fn phrase(&self, from: usize, to: usize) -> Front {
        Front::Phrase(self.start + from, self.start + to)
    }

    fn is(&self, kinds: &[FactKind]) -> bool {
        kinds.contains(&self.candidate.kind)
    }

    /// Whether the number relates one amount to another.
    fn is_relative(&self) -> bool {
        is_relative(self.candidate)
    }

    /// Whether it measures something rather than counting it.
    fn is_measure(&self) -> bool {
        self.is_relative() || self.candidate.kind == FactKind::Money
    }
}

fn is_relative(candidate: &Candidate) -> bool {
    matches!(candidate.kind, FactKind::Percentage | FactKind::Multiple)
}

/// A piece without the first of these words that ends it.
fn without_end<'p>(piece: &'p str, words: &[&str]) -> Option<&'p str> {
    piece.strip_suffix(ending(piece, words)?)
}
