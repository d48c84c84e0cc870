//! What is counted or paid: the noun phrase on either side of a quantity.
//!
//! In: a block's candidates and dates ([`Block`]), and which of them. Out: the phrase, in bytes of the printed text.
//!
//! Method: behind a measure word (名, 家, 户) the phrase that follows ([`behind`]); else, what stands before it in the clause
//! without the words that only link it (共, 已有, 达, 增至), brackets and dates ([`front`]). Where nothing is left, the
//! quantity belongs to what was counted before ([`carry`]: 34笔共2万余元, 由82.6%上升至91.3%). In which order these are
//! asked depends on the kind: [`counted`], [`sum`], [`share`], [`measured`].

mod behind;
pub(super) mod carry;
mod counted;
mod front;
mod measured;
mod share;
mod sum;

use super::block::{Block, Known, Phrase, REACH};
use super::phrase::Wanted;
use crate::record::FactKind;

/// What the candidate of number `index` counts. `known` holds what those before it count.
pub(super) fn of(block: &Block<'_>, index: usize, known: Known<'_>) -> Option<Phrase> {
    let found = match block.candidates.get(index)?.kind {
        FactKind::Ordinal | FactKind::Frequency => behind::behind(block, index, true, Wanted::Thing),
        FactKind::Age => measured::age(block, index, known),
        FactKind::Duration => measured::duration(block, index, known),
        FactKind::Area => measured::area(block, index, known),
        FactKind::Money => sum::of(block, index, known),
        FactKind::Percentage => share::of(block, index, known),
        _ => counted::of(block, index, known),
    };
    let helped = || {
        // 帮助困难职工生产自救21人: who, and not what is done for them.
        let candidate = block.candidates.get(index).filter(|c| c.kind == FactKind::People)?;
        let bare = matches!(candidate.unit.as_deref(), Some("人" | "人次"));
        let unnamed = found.is_none_or(|found| bare && block.noun_of(found).is_none());
        if unnamed { carry::helped(block, index) } else { None }
    };
    // 价值40万元节日慰问物品3000份: what is worth so much stands behind.
    let worth = || {
        let found = found.filter(|&(from, to)| block.printed.get(from..to) == Some("价值"))?;
        let candidate = block.candidates.get(index).filter(|c| c.start == block.text.index_of(found.1))?;
        let end = block.candidates.get(index + 1).map_or(candidate.end + REACH, |next| next.start);
        let end = crate::text::sentence::clause_end(block.text, candidate.end, REACH).min(end);
        let behind = |found: &Phrase| found.0 == block.text.byte(candidate.end);
        let goods = block.phrase_after(candidate.end, end, false, Wanted::Thing).filter(behind);
        goods.or_else(|| block.phrase_before(candidate.end, end, Wanted::Thing).filter(behind))
    };
    let rate = || {
        let found = found.filter(|_| block.candidates.get(index).is_some_and(|c| c.kind == FactKind::Percentage))?;
        carry::of_rate(block, index, found)
    };
    helped().or_else(worth).or_else(rate).or(found).or_else(|| carry::fallback(block, index, known))
}

/// Whether a word says what becomes of those that are counted (投产, 获奖).
pub(super) fn becomes(word: &str) -> bool {
    counted::ACTS.contains(&word) || carry::CHOSEN.contains(&word)
}
