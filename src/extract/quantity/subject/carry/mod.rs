//! What is counted, where the clause of the number does not say it: carried over from what stands before.
//!
//! In: a block's candidates, and which of them. Out: the phrase that is meant, in bytes of the printed text; None where
//! the text leaves it open. Known are these ways: the quantity right before counts the same (由82.6%上升至91.3%), also
//! beyond a bracket; a part of it is counted (其中19人, 占58%), or another part of the same whole (六成信佛,两成信教); a
//! frame names it (劳模中,退休的有8200名); the clause before has the sum that is paid to each
//! (体检费用由公司承担,人均380元), says what the amount then reaches (贷款居首位,达105亿元) or what moves
//! (份额持续攀升,1990年占10%), or ends in whom the number counts (创业的职工,全区已有780人); a count with the same measure
//! word stands before (线索43件,已办结41件); a colon opens a list of levels (慰问标准为:特困职工1500元), or a row of them
//! tells who is meant (2000元以下的占两成,2000元至3000元的占五成). Where none of these holds, `fallback` looks for whom
//! something is done, for a headcount, for who holds a share, and last for the quantity of its kind before it.

mod counts;
mod fallback;
mod rates;
mod sums;
mod topic;

pub(super) use self::counts::{CHOSEN, of_whom, rest_of, same_measure, some_of};
pub(super) use self::fallback::{fallback, helped, of_rate};
pub(super) use self::rates::{alone_behind, among, by_year, parallel, respective, share_of_counted, trend};
pub(in crate::extract::quantity) use self::rates::{bracketed, is_bounded_before, is_raised};
pub(in crate::extract::quantity) use self::sums::is_exchanged;
pub(super) use self::sums::{
    exchange_rate, extreme, is_label, listed, paid_of, part_of_sum, ranked, same_period, standard, sum_before, topic,
};
pub(super) use self::topic::spoken_of;

use crate::extract::quantity::block::{Block, Known, Phrase};
use crate::extract::quantity::links::link_before;
use crate::extract::quantity::phrase::Wanted;
use crate::extract::quantity::{Candidate, noun};
use crate::record::FactKind;
use crate::text::sentence;

/// How far back a sentence is looked through, in characters.
const SENTENCE: usize = 48;

/// The same where a sentence has many parts, in characters.
const FRAME: usize = 80;

/// Whether a candidate with nothing before it in its clause counts what the one before it counts.
pub(super) fn shares(block: &Block<'_>, previous: &Candidate, candidate: &Candidate, at: usize, level: bool) -> bool {
    if level {
        return same_class(previous, candidate)
            || previous.kind == FactKind::Money
            // 增长4.8倍,年均递增42%.
            || previous.kind == FactKind::Multiple && at <= previous.end + 1
            || is_amount(previous.kind)
                && (at <= previous.end + 1
                    // 6万多宗案件,同比下降15%: the noun stands between.
                    || block.text.before(at) == ','
                        && sentence::clause_start(block.text, at - 1, SENTENCE) <= previous.start);
    }
    let adjacent = at <= previous.end
        || at == previous.end + 1 && matches!(block.text.get(previous.end), '、' | ',' | '和' | '与' | '及' | '或');
    adjacent
        && (same_class(previous, candidate)
            // 由1.2亿元增加到2.4亿元,翻了一番.
            || candidate.kind == FactKind::Multiple && is_amount(previous.kind)
            || matches!(previous.kind, FactKind::Items) && candidate.kind == FactKind::Money)
}

fn same_class(a: &Candidate, b: &Candidate) -> bool {
    a.kind == b.kind
}

/// Whether a part that 其中 names is one of what the candidate before counts.
pub(super) fn goes_on(block: &Block<'_>, before: usize, index: usize, known: Known<'_>) -> bool {
    let (Some(previous), Some(candidate)) = (block.candidates.get(before), block.candidates.get(index)) else {
        return false;
    };
    // 40个孩子,其中7名: people whatever their measure word.
    let people = || known.get(before).copied().flatten().and_then(|of| block.noun_of(of));
    // 2500万移民,其中一半以上住在城里: a share of those who were counted.
    let share = candidate.kind == FactKind::Percentage && previous.kind == FactKind::People;
    let same = same_class(previous, candidate)
        || share
        || candidate.kind == FactKind::People && people() == Some(noun::Noun::Person);
    same && sentence::sentence_start(block.text, candidate.start, SENTENCE) <= previous.start
}

/// Whether a change compares with another what the candidate before it says: 达3.0%,较4月预测值上调0.2个百分点.
pub(super) fn level_of(block: &Block<'_>, previous: &Candidate, candidate: &Candidate) -> bool {
    let clause = sentence::clause_start(block.text, candidate.start, SENTENCE);
    same_class(previous, candidate) || clause == previous.end + 1 && is_amount(previous.kind)
}

/// Whether a kind says how much or how many there are, so that a change behind it is one of it.
fn is_amount(kind: FactKind) -> bool {
    matches!(
        kind,
        FactKind::Money
            | FactKind::People
            | FactKind::Members
            | FactKind::Organisations
            | FactKind::Households
            | FactKind::Items
            | FactKind::Area
            | FactKind::Length
            | FactKind::Weight
    )
}

/// What the clause before `at` measures in a unit that is not read: 用电量4268亿千瓦时,同比增长2.2%.
///
/// `at`: past the comma that ends the clause.
pub(super) fn unread_before(block: &Block<'_>, at: usize) -> Option<Phrase> {
    unread(block, at.checked_sub(1).filter(|&i| block.text.get(i) == ',')?)
}

/// What the clause that `end` stands in measures before it in a unit that is not read.
pub(super) fn unread(block: &Block<'_>, end: usize) -> Option<Phrase> {
    let text = block.text;
    let from = sentence::clause_start(text, end, SENTENCE);
    let number =
        (from..end).find(|&i| text.get(i).is_ascii_digit() && block.end_of_mention(i).is_none_or(|e| e <= i))?;
    let mut last = number;
    while let Some(n) = link_before(text, last).filter(|n| last - n > from) {
        last -= n;
    }
    let from = block.last_date_end(last).unwrap_or(0).max(from);
    block.phrase_before(from, last, Wanted::Share)
}

/// Whether a level follows the change that was told right before it: 工资增长7.2%,达到8.3万元.
pub(super) fn reaches(previous: &Candidate, at: usize) -> bool {
    matches!(previous.kind, FactKind::Percentage | FactKind::Multiple) && (at == previous.end || at == previous.end + 1)
}

/// Whether an amount of any kind ends the clause before that of the candidate.
pub(super) fn beside_any(block: &Block<'_>, previous: &Candidate, candidate: &Candidate) -> bool {
    is_amount(previous.kind) && opens_next_clause(block, previous, candidate)
}

/// Whether the candidate stands in the clause that begins behind the other.
pub(super) fn opens_next_clause(block: &Block<'_>, previous: &Candidate, candidate: &Candidate) -> bool {
    sentence::clause_start(block.text, candidate.start, SENTENCE) == previous.end + 1
}

/// Whether a sum stands beside another in the next clause of the same sentence.
pub(super) fn beside(block: &Block<'_>, previous: &Candidate, candidate: &Candidate) -> bool {
    let clause = sentence::clause_start(block.text, candidate.start, SENTENCE);
    let mark = block.text.get(previous.end);
    same_class(previous, candidate)
        && (clause == previous.end + 1 && matches!(mark, ',' | ';') || clause <= previous.start && mark == '、')
}

/// What the last count before the candidate in its sentence counts.
pub(super) fn counted_before(block: &Block<'_>, index: usize, known: Known<'_>) -> Option<Phrase> {
    let candidate = block.candidates.get(index)?;
    let from = sentence::sentence_start(block.text, candidate.start, SENTENCE);
    let last = earlier(block, index, from).take(4).find(|(_, c)| is_amount(c.kind))?;
    known.get(last.0).copied().flatten()
}

/// The candidates before that of number `index` that do not begin before `from`, the nearest first, with their numbers.
fn earlier<'b>(block: &Block<'b>, index: usize, from: usize) -> impl Iterator<Item = (usize, &'b Candidate)> {
    block.candidates.iter().enumerate().take(index).rev().take_while(move |(_, c)| c.start >= from)
}

/// The noun of the frame that the clause of `at` stands in: 劳模中,退休的有….
pub(super) fn frame(block: &Block<'_>, at: usize) -> Option<Phrase> {
    let text = block.text;
    let from = sentence::sentence_start(text, at, FRAME);
    let is_frame = |i: usize| {
        matches!(text.get(i), '中' | '里' | '内')
            && (matches!(text.get(i + 1), ',' | '、') && i > from
                || text.has(i, "中间,")
                || text.get(i) == '中' && i + 8 > at)
    };
    let end = (from..at).rev().find(|&i| is_frame(i))?;
    // 送到灾民手中, 发到职工家里: where it went.
    if matches!(text.before(end), '手' | '家' | '心' | '眼' | '怀' | '口') {
        return None;
    }
    let counted = block.candidates[..block.candidates.partition_point(|c| c.end <= end)].last().map_or(0, |c| c.end);
    let start = sentence::clause_start(text, end, SENTENCE).max(from).max(counted);
    block.phrase_before(start, end, Wanted::Person)
}
