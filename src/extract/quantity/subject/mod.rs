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
mod respective;
mod share;
mod sum;
mod unlisted;

pub(super) use self::respective::{goes_on, grown, respective};

use super::block::{Block, Known, Phrase};
use super::noun;
use super::phrase::{self, Wanted};
use crate::record::FactKind;

/// What the candidate of number `index` counts. `known` holds what those before it count.
pub(super) fn of(block: &Block<'_>, index: usize, known: Known<'_>) -> Option<Phrase> {
    let candidate = block.candidates.get(index)?;
    let found = match candidate.kind {
        FactKind::Ordinal | FactKind::Frequency => behind::behind(block, index, true, Wanted::Thing),
        // 该产品连续5次抽查合格: what was done so often, and not by whom.
        FactKind::Items if is_repeated(block, index) => return behind::behind(block, index, true, Wanted::Thing),
        FactKind::Age => measured::age(block, index, known),
        FactKind::Duration => measured::duration(block, index, known),
        FactKind::Area => measured::area(block, index, known),
        FactKind::Money => sum::of(block, index, known),
        FactKind::Percentage => share::of(block, index, known),
        _ => counted::of(block, index, known),
    };
    let ranks = |&(from, to): &Phrase| block.printed.get(from..to).is_some_and(|phrase| GRADES.contains(&phrase));
    if found.as_ref().is_some_and(ranks) {
        return counted_alike(block, index, known);
    }
    // 纠纷210起,涉及金额470万元,次年降至96起: of no sum.
    let carried = |phrase: &Phrase| block.previous(index).is_some_and(|p| block.text.index_of(phrase.1) <= p.start);
    let things = candidate.kind == FactKind::Items;
    if things && found.as_ref().is_some_and(|phrase| carried(phrase) && block.ends_in_sum(*phrase)) {
        return counted_alike(block, index, known);
    }
    // 认捐款150万元,其中某厂50万元: of the same sum.
    if candidate.kind == FactKind::Money
        && let Some(phrase) = found
        && block.text.has_before(block.text.index_of(phrase.0), "其中")
        && block.text.index_of(phrase.1) == candidate.start
        && !block.ends_in_sum(phrase)
        && let Some(sum) = counted_alike(block, index, known).filter(|sum| block.ends_in_sum(*sum))
        && is_name(block, phrase)
    {
        return Some(sum);
    }
    found
        .or_else(|| carry::fallback(block, index, known))
        .or_else(|| carry::spoken_of(block, index))
        .or_else(|| unlisted::of(block, index))
        .or_else(|| {
            // 案件130件,…,次年降至41件.
            let level = things && matches!(block.text.before(candidate.start), '至' | '到');
            if level { counted_alike(block, index, known) } else { None }
        })
}

/// Whether a phrase names somebody, and is no common noun: 其中恒丰纺织20万元, but 其中设备20万元.
fn is_name(block: &Block<'_>, phrase: Phrase) -> bool {
    let words = block.printed.get(phrase.0..phrase.1).map(phrase::words).unwrap_or_default();
    block.noun_of(phrase) == Some(noun::Noun::Organisation)
        || words.iter().any(|word| matches!(word.tag, "nr" | "ns" | "nt" | "nz" | "nrt" | "x"))
}

/// What was counted before by the same measure word: 建成工作室1150家,其中省级300家.
fn counted_alike(block: &Block<'_>, index: usize, known: Known<'_>) -> Option<Phrase> {
    const NEAR: usize = 4;
    let unit = block.candidates.get(index)?.unit.as_deref()?;
    let mut alike = (0..index).rev().take(NEAR).filter(|&i| block.candidates[i].unit.as_deref() == Some(unit));
    alike.find_map(|i| known.get(i).copied().flatten())
}

/// What says of which level things are, and not which things.
const GRADES: &[&str] = &["国家级", "省级", "市级", "县级", "区级", "镇级", "乡级", "村级", "部级", "省部级"];

/// Whether it says how often something was done one after the other.
fn is_repeated(block: &Block<'_>, index: usize) -> bool {
    block.candidates.get(index).is_some_and(|candidate| {
        candidate.unit.as_deref() == Some("次")
            && block.text.one_before(candidate.start, &["连续", "接连", "一连"]).is_some()
    })
}

/// Whether a word says what becomes of those that are counted (投产, 获奖).
pub(super) fn becomes(word: &str) -> bool {
    counted::ACTS.contains(&word) || carry::CHOSEN.contains(&word)
}
