//! What a share or level goes on with: what was counted right before, the amounts of a row one by one, what rises or falls
//! in the clause before (份额持续攀升,1990年占10%), the level that it is raised from.

use std::sync::LazyLock;

use super::{FRAME, SENTENCE, beside_any, earlier, is_amount, same_class};
use crate::extract::quantity::block::{Block, Known, Phrase};
use crate::extract::quantity::links::change_before;
use crate::extract::quantity::phrase::Wanted;
use crate::extract::quantity::{Candidate, adverbs};
use crate::record::FactKind;
use crate::text::{PairFilter, sentence};

/// What was counted at the end of the clause before, where this one opens with a share of them: 案件300件,已有一半得到处理.
pub(in crate::extract::quantity::subject) fn share_of_counted(
    block: &Block<'_>,
    index: usize,
    known: Known<'_>,
) -> Option<Phrase> {
    const THERE: &[&str] = &["已有", "其中有", "其中", "目前已有", "现已有"];
    let text = block.text;
    let (candidate, previous) = (block.candidates.get(index)?, block.previous(index)?);
    let clause = sentence::clause_start(text, candidate.start, SENTENCE);
    let opens = THERE.contains(&text.word(clause, candidate.start));
    let counted = previous.kind != FactKind::Money && is_amount(previous.kind);
    let ends =
        clause.checked_sub(1).is_some_and(|comma| sentence::clause_start(text, comma, SENTENCE) <= previous.start);
    known.get(index - 1).copied().flatten().filter(|_| opens && counted && ends && text.before(clause) == ',')
}

/// Whether a share is all of its clause, and an amount ends the one before.
pub(in crate::extract::quantity::subject) fn alone_behind(block: &Block<'_>, index: usize) -> bool {
    let Some((previous, candidate)) = block.previous(index).zip(block.candidates.get(index)) else { return false };
    candidate.start == previous.end + 1
        && previous.kind != FactKind::Money
        && beside_any(block, previous, candidate)
        && sentence::ends_clause(block.text, candidate.end)
}

/// Whether a share opens the clause right behind that of another share, which is of the same whole.
pub(in crate::extract::quantity::subject) fn parallel(block: &Block<'_>, index: usize) -> bool {
    let clause = |c: &Candidate| sentence::clause_start(block.text, c.start, SENTENCE);
    let (Some(previous), Some(candidate)) = (block.previous(index), block.candidates.get(index)) else { return false };
    let from = clause(candidate);
    same_class(previous, candidate)
        && from == candidate.start
        && matches!(block.text.before(from), ',' | ';')
        && clause(previous) == sentence::clause_start(block.text, from - 1, SENTENCE)
}

/// What the shares of a row are of, one by one, where the clauses before name as many amounts: 总量达780万张,消费额120亿元,
/// 分别增长66%和17%.
pub(in crate::extract::quantity::subject) fn respective(
    block: &Block<'_>,
    index: usize,
    known: Known<'_>,
) -> Option<Phrase> {
    const COMPARES: &[&str] = &["分别", "比", "较", "同比"];
    const LONGEST: usize = 6;
    let text = block.text;
    let candidate = block.candidates.get(index)?;
    let joined = |a: &Candidate, b: &Candidate| block.are_joined(a, b, "和、与及");
    let pairs = |range: std::ops::Range<usize>| block.candidates.get(range).unwrap_or_default().windows(2);
    let earlier_ones =
        pairs(index.saturating_sub(LONGEST)..index + 1).rev().take_while(|p| joined(&p[0], &p[1])).count();
    let later = pairs(index..block.candidates.len().min(index + LONGEST)).take_while(|p| joined(&p[0], &p[1])).count();
    let first = index - earlier_ones;
    let row = earlier_ones + later + 1;
    let opens = block.candidates.get(first)?.start;
    let clause = sentence::clause_start(text, opens, SENTENCE);
    let compares = text.one_of(clause, COMPARES).is_some();
    let told = compares && (clause..opens).any(|i| text.has(i, "分别"));
    if row < 2 || !compares {
        return None;
    }
    let from = sentence::sentence_start(text, candidate.start, FRAME);
    let amounts: Vec<usize> =
        earlier(block, first, from).filter(|(_, c)| is_amount(c.kind)).map(|(at, _)| at).collect();
    let beside = amounts.first().and_then(|&at| block.candidates.get(at)).is_some_and(|c| c.end + 1 == clause);
    // 事故5.3万起、死亡3.8万人,同比下降16.2%和12.1%: also unsaid, where the clause before has just as many.
    let before = || sentence::clause_start(text, clause - 1, SENTENCE);
    let as_many = || amounts.iter().filter(|&&at| block.candidates[at].start >= before()).count() == row;
    let paired = beside && amounts.len() >= row && (told || as_many());
    let of = amounts.get(row - 1 - earlier_ones).copied().filter(|_| paired)?;
    known.get(of).copied().flatten()
}

/// What the level before measures, where both only tell who is meant: 2000元以下的占两成,2000元至3000元的占五成.
pub(in crate::extract::quantity) fn bracketed(block: &Block<'_>, index: usize, known: Known<'_>) -> Option<Phrase> {
    let text = block.text;
    let counted = |at: usize| block.candidates.binary_search_by_key(&at, |c| c.start).is_ok();
    let tells = |c: &Candidate| {
        let next = c.end + 1;
        text.get(c.end) == '的' && (matches!(text.get(next), '占' | '有') || counted(next))
    };
    let candidate = block.candidates.get(index).filter(|c| tells(c))?;
    if sentence::clause_start(text, candidate.start, SENTENCE) != candidate.start {
        return None;
    }
    let from = sentence::sentence_start(text, candidate.start, FRAME);
    let last = earlier(block, index, from).take(4).find(|(_, c)| same_class(c, candidate) && tells(c))?;
    known.get(last.0).copied().flatten()
}

/// What rises or falls in the clause before that of a share which says what it then reaches: 系数一直呈上升趋势,达13%.
pub(in crate::extract::quantity::subject) fn trend(block: &Block<'_>, index: usize) -> Option<Phrase> {
    const ADVERBS: &str = "也又却仍还将已均都则更有";
    const MOVES: &[&str] = &["一直", "呈", "直线", "开始", "有所", "越来越", "有增无减", "首次过半", "过半"];
    static FIRST: LazyLock<PairFilter> =
        LazyLock::new(|| PairFilter::of_first(MOVES.iter().chain(adverbs::OF_CHANGE).copied()));
    const RATES: [char; 9] = ['率', '数', '重', '例', '额', '量', '值', '度', '比'];
    let text = block.text;
    let candidate = block.candidates.get(index)?;
    let clause = sentence::clause_start(text, candidate.start, SENTENCE);
    let comma = clause.checked_sub(1).filter(|&i| text.get(i) == ',')?;
    let from = sentence::clause_start(text, comma, SENTENCE).max(block.previous(index).map_or(0, |p| p.end));
    let opens = |i: usize| text.get(i) == '呈' || FIRST.may_hold(text.get(i), text.get(i + 1));
    let moved = |i: usize| text.one_of(i, MOVES).or_else(|| text.one_of(i, adverbs::OF_CHANGE)).is_some();
    let mut moves = (from..comma).find(|&i| opens(i) && moved(i))?;
    while moves > from && ADVERBS.contains(text.before(moves)) {
        moves -= 1;
    }
    // 中美贸易连年增长,从1990年的117亿美元增加到489亿美元.
    let dated = candidate.start.checked_sub(1).and_then(|of| block.date_ending(of)).is_some_and(|d| d.0 == clause + 1);
    let once = || {
        let then = text.one_of(clause + 1, &["前几年", "几年前", "过去", "原来", "原先", "以前", "当初", "最初"]);
        then.is_some_and(|n| candidate.start <= clause + n + 2)
    };
    let each = || text.one_of(clause + 1, &["每周", "每月", "每年", "每天", "每日"]).is_some();
    let grows = matches!(text.get(clause), '从' | '由') && (dated || candidate.start == clause + 1 || once() || each());
    let money = candidate.kind == FactKind::Money;
    if !money && candidate.kind != FactKind::People && !RATES.contains(&text.before(moves)) {
        return None;
    }
    // 逆差不断扩大,1996年达160亿美元.
    let sum = |found: &Phrase| block.ends_in_sum(*found);
    block.phrase_before(from, moves, Wanted::Share).filter(|found| !money || grows || sum(found))
}

/// What rises or falls in the clause before, where this one only says among whom (在城市人口中已高达2.5%).
pub(in crate::extract::quantity::subject) fn among(
    block: &Block<'_>,
    index: usize,
    (from, to): Phrase,
) -> Option<Phrase> {
    let text = block.text;
    let candidate = block.candidates.get(index)?;
    let clause = sentence::clause_start(text, candidate.start, SENTENCE);
    let framed = text.get(clause) == '在' && matches!(text.get(text.index_of(to)), '中' | '里');
    if framed && text.byte(clause) < from { trend(block, index) } else { None }
}

/// What the shares of a row of years are of: 份额持续攀升,1990年占10.2%,1991年占10.4%.
pub(in crate::extract::quantity::subject) fn by_year(
    block: &Block<'_>,
    index: usize,
    known: Known<'_>,
) -> Option<Phrase> {
    let text = block.text;
    let opens = |c: &Candidate| {
        let clause = sentence::clause_start(text, c.start, SENTENCE);
        let date = c.start.checked_sub(1).filter(|&i| matches!(text.get(i), '占' | '为' | '达'));
        date.and_then(|at| block.date_ending(at)).is_some_and(|d| d.0 == clause)
    };
    let candidate = block.candidates.get(index).filter(|c| opens(c))?;
    let clause = sentence::clause_start(text, candidate.start, SENTENCE);
    let row = block.previous(index).filter(|p| same_class(p, candidate) && opens(p) && p.end + 1 == clause);
    match row {
        Some(_) => known.get(index - 1).copied().flatten(),
        None => trend(block, index),
    }
}

/// Whether the candidate is what the one right before it is raised or lowered to: 由60元提高到100元.
pub(in crate::extract::quantity) fn is_raised(block: &Block<'_>, index: usize) -> bool {
    let Some((candidate, previous)) = block.candidates.get(index).zip(block.previous(index)) else { return false };
    let text = block.text;
    let at = candidate.start;
    if !same_class(previous, candidate) || !matches!(text.before(at), '到' | '至' | '为' | '成') {
        return false;
    }
    let n = change_before(text, at - 1).or_else(|| text.one_before(at - 1, &["改", "变", "调", "翻", "涨"]));
    n.is_some_and(|n| at - 1 - n == previous.end)
}

/// Whether nothing of the candidate's own characters bounds it, so that what does so stands before it: 限额由10万元, but
/// not 10万元以上.
pub(in crate::extract::quantity) fn is_bounded_before(block: &Block<'_>, index: usize) -> bool {
    let Some(candidate) = block.candidates.get(index) else { return false };
    let first = block.text.get(candidate.start);
    (first.is_ascii_digit() || crate::text::numeral::is_numeral(first))
        && !matches!(block.text.before(candidate.end), '上' | '下' | '内' | '顶' | '底')
}
