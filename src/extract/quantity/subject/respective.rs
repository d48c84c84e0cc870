//! Several quantities in a row, each with what it counts at the same place of another row: 建会率和入会率分别为79.8%和86.2%,
//! 培训500人、检查30次,分别增长8%和12%.

use super::counted_alike;
use crate::extract::quantity::block::{Block, Known, Phrase};
use crate::extract::quantity::links;
use crate::record::FactKind;
use crate::text::{ending, sentence};

/// What joins the nouns of a row, and the quantities.
const JOINS: [char; 4] = ['、', '和', '与', '及'];

/// Of the row of nouns that `phrase` is, the one for each of the quantities from number `index` on, if there are as many and
/// 分别 stands between. The nouns must end alike: only then each of them is whole (男、女职工 are not).
pub(in crate::extract::quantity) fn respective(block: &Block<'_>, index: usize, phrase: Phrase) -> Option<Vec<Phrase>> {
    const SHORTEST: usize = 2;
    let first = block.candidates.get(index)?;
    let row_of_nouns = block.printed.get(phrase.0..phrase.1).filter(|nouns| nouns.contains(JOINS))?;
    let mut parts: Vec<Phrase> = Vec::new();
    let mut at = phrase.0;
    for part in row_of_nouns.split(JOINS) {
        parts.push((at, at + part.len()));
        at += part.len() + '、'.len_utf8();
    }
    let text_of = |part: &Phrase| block.printed.get(part.0..part.1).unwrap_or_default();
    // 一线职工和农民工占比分别为…: the shares are of each of them.
    let last = parts.last_mut()?;
    if let Some(tail) = ending(text_of(last), &["占比", "比例", "比重"]) {
        last.1 -= tail.len();
    }
    let end = text_of(parts.last()?).chars().next_back()?;
    let alike = |part: &Phrase| text_of(part).chars().nth(SHORTEST - 1).is_some() && text_of(part).ends_with(end);
    if parts.len() < 2 || !parts.iter().all(alike) {
        return None;
    }
    let behind = block.text.index_of(phrase.1);
    if behind > first.start || !block.text.word(behind, first.start).contains("分别") {
        return None;
    }
    (row(block, index, |first, next| first == next) == parts.len()).then_some(parts)
}

/// What each of the quantities from number `index` on tells the growth of, which 分别 and a verb of change lead in: of
/// shares the last quantities before them, as many as they are; of anything else what was counted alike.
pub(in crate::extract::quantity) fn grown(block: &Block<'_>, index: usize, known: Known<'_>) -> Option<Vec<Phrase>> {
    const SENTENCE: usize = 120;
    const VERB: usize = 8;
    let first = block.candidates.get(index)?;
    let verb = first.start - links::change_before(block.text, first.start)?;
    let from = (verb.saturating_sub(VERB)..verb).rev().find(|&i| block.text.has(i, "分别"))?;
    if from + 2 != verb && !block.text.word(from + 2, verb).chars().all(|c| "同比年均各又将约".contains(c)) {
        return None;
    }
    if first.kind != FactKind::Percentage {
        let n = row(block, index, |_, _| true);
        let alike = (index..index + n).map(|i| counted_alike(block, i, known));
        return alike.collect::<Option<Vec<_>>>().filter(|found| found.len() > 1);
    }
    let n = row(block, index, |first, next| first == next);
    let start = sentence::sentence_start(block.text, first.start, SENTENCE);
    // 两率达到92%和95%,分别提高1.2和0.8个百分点: points are of shares.
    let points = first.unit.as_deref() == Some("百分点");
    let shares = |i: usize| block.candidates.get(i).is_some_and(|c| c.unit.as_deref() == Some("%"));
    let of_shares = points && n <= index && (index - n..index).all(shares);
    let counted =
        |i: &usize| of_shares || !matches!(block.candidates[*i].kind, FactKind::Percentage | FactKind::Duration);
    let before = (0..index).rev().take_while(|&i| block.candidates[i].start >= start).filter(counted);
    let mut found: Vec<Phrase> = before.take(n).map_while(|i| known.get(i).copied().flatten()).collect();
    found.reverse();
    (n > 1 && found.len() == n).then_some(found)
}

/// Whether the quantity of number `index` is the next of a row that 分别 leads in (分别上调260元、270元和180元), so that what
/// is said of the one before is said of it.
pub(in crate::extract::quantity) fn goes_on(block: &Block<'_>, index: usize) -> bool {
    const REACH: usize = 60;
    let (Some(candidate), Some(before)) = (block.candidates.get(index), index.checked_sub(1)) else { return false };
    let joined = block.candidates.get(before).is_some_and(|p| p.kind == candidate.kind && p.end + 1 == candidate.start);
    joined && JOINS.contains(&block.text.before(candidate.start)) && {
        let clause = sentence::clause_start(block.text, candidate.start, REACH);
        block.text.word(clause, candidate.start).contains("分别")
    }
}

/// How many quantities from number `index` on stand in a row, with nothing but a mark or 和 between, their kinds together.
fn row(block: &Block<'_>, index: usize, together: impl Fn(FactKind, FactKind) -> bool) -> usize {
    let pairs = block.candidates[index..].windows(2);
    1 + pairs
        .take_while(|pair| {
            pair[1].start.checked_sub(pair[0].end) == Some(1)
                && JOINS.contains(&block.text.get(pair[0].end))
                && together(pair[0].kind, pair[1].kind)
        })
        .count()
}
