//! What a sum goes on with: what the clause before ranks or names (贷款居首位,达105亿元), the sum of which this is a part or
//! one of several payments, a list behind a colon, the rate of an exchange.

use super::{FRAME, SENTENCE, beside, earlier, same_class};
use crate::extract::quantity::block::{Block, Known, Phrase};
use crate::extract::quantity::links::link_before;
use crate::extract::quantity::phrase::Wanted;
use crate::extract::quantity::{Candidate, noun, per};
use crate::record::FactKind;
use crate::text::sentence;

/// What the sum before in its sentence is, where the clause says only when it was so much: 而上年同期仅为250亿元.
pub(in crate::extract::quantity::subject) fn same_period(
    block: &Block<'_>,
    index: usize,
    known: Known<'_>,
) -> Option<Phrase> {
    let text = block.text;
    let candidate = block.candidates.get(index)?;
    let clause = sentence::clause_start(text, candidate.start, SENTENCE);
    let opens = clause + usize::from(matches!(text.get(clause), '而' | '但'));
    let mut at = candidate.start;
    while let Some(n) = link_before(text, at).filter(|n| at - n > opens) {
        at -= n;
    }
    let date = block.date_ending(at).filter(|date| date.0 == opens && at < candidate.start)?;
    let from = sentence::sentence_start(text, date.0, FRAME);
    let (before, _) = earlier(block, index, from).take(4).find(|(_, c)| same_class(c, candidate))?;
    let found = known.get(before).copied().flatten()?;
    block.ends_in_sum(found).then_some(found)
}

/// What the clause before ranks, where that of the sum only says how much it is: 贷款居首位,达105亿元.
pub(in crate::extract::quantity::subject) fn ranked(block: &Block<'_>, candidate: &Candidate) -> Option<Phrase> {
    const EXTREMES: &[&str] = &["最高", "最低", "最多", "最少"];
    const REACHES: &[&str] = &["为", "达", "已达", "就达", "就可达", "可达", "高达", "竟达", "共达", "超过", "突破"];
    const WITHOUT: &[&str] = &[
        "除去", "扣除", "刨去", "除了", "没有", "不要", "不计", "放弃", "免收", "算上", "加上", "减去", "去掉", "不算",
    ];
    const PERIODS: &[&str] = &["一年", "一个月", "一天", "每年", "每月", "每天", "平均每月", "平均每年", "全年"];
    const RANKS: &[&str] = &["位居", "名列", "跃居", "高居", "再创", "居", "列", "创"];
    let text = block.text;
    let clause = sentence::clause_start(text, candidate.start, SENTENCE);
    // 出现巨额盈余,1996年高达1300亿美元: when it was stands between; 打工的收入,一年不超过3万元: how long.
    let dated = block.last_date_end(candidate.start).filter(|&end| end > clause).unwrap_or(clause);
    let reaches = text.one_of(dated, REACHES).is_some() || PERIODS.contains(&text.word(dated, candidate.start));
    let end = clause.checked_sub(1).filter(|&i| text.get(i) == ',' && reaches)?;
    let from = sentence::clause_start(text, end, SENTENCE);
    // 刨去成本,一年5万元: what is taken off or not had.
    if (from..end).any(|i| text.one_of(i, WITHOUT).is_some()) {
        return None;
    }
    let before = |at: usize| block.phrase_before(block.last_date_end(at).unwrap_or(0).max(from), at, Wanted::Sum);
    let is = text.get(dated) == '为';
    if let Some(at) = (from + 1..end).find(|&i| text.one_of(i, RANKS).is_some()) {
        // 北京居第二,为963元: whose it is.
        return before(at).filter(|&found| !is || block.ends_in_sum(found));
    }
    // 月收入最高,为1002元.
    if let Some(at) = (from + 1..end).find(|&i| text.one_of(i, EXTREMES).is_some_and(|n| i + n == end)) {
        return before(at).filter(|&found| block.ends_in_sum(found));
    }
    if is {
        return None;
    }
    // 节省的采购支出,就可达数千万元.
    let last = block.candidates[..block.candidates.partition_point(|c| c.end <= end)].last();
    let counted = last.is_some_and(|c| c.end > from);
    before(end).filter(|&found| !counted && block.ends_in_sum(found))
}

/// The income that the last sum or share before the candidate in its sentence is of.
pub(in crate::extract::quantity::subject) fn sum_before(
    block: &Block<'_>,
    index: usize,
    known: Known<'_>,
) -> Option<Phrase> {
    let from = sentence::sentence_start(block.text, block.candidates.get(index)?.start, FRAME);
    let sum = |c: &Candidate| matches!(c.kind, FactKind::Money | FactKind::Percentage);
    let found =
        earlier(block, index, from).filter(|(_, c)| sum(c)).find_map(|(at, _)| known.get(at).copied().flatten())?;
    let named = block.printed.get(found.0..found.1)?;
    ["税收", "税", "收入", "利润", "销售额", "产值", "营业额"].iter().any(|w| named.ends_with(w)).then_some(found)
}

/// Whether one currency is exchanged for another: 1637韩元|兑1美元.
pub(in crate::extract::quantity) fn is_exchanged(block: &Block<'_>, index: usize) -> bool {
    let Some(candidate) = block.candidates.get(index) else { return false };
    let n = block.text.one_of(candidate.end, EXCHANGED_FOR);
    let next = block.candidates.get(index + 1).filter(|next| same_class(next, candidate));
    n.zip(next).is_some_and(|(n, next)| candidate.end + n == next.start)
}

/// Between two currencies.
const EXCHANGED_FOR: &[&str] = &["兑换", "兑", "合"];

/// The rate at which one currency is exchanged for another, as its sentence names it: 汇率开盘时为1637韩元兑1美元.
pub(in crate::extract::quantity::subject) fn exchange_rate(
    block: &Block<'_>,
    index: usize,
    known: Known<'_>,
) -> Option<Phrase> {
    const RATES: &[&str] = &["汇率", "比价", "币值", "汇价", "牌价"];
    let text = block.text;
    let candidate = block.candidates.get(index)?;
    // 兑|1美元: what the sum before it is.
    if index.checked_sub(1).is_some_and(|before| is_exchanged(block, before)) {
        return known.get(index - 1).copied().flatten();
    }
    if !is_exchanged(block, index) {
        return None;
    }
    let from = sentence::sentence_start(text, candidate.start, FRAME);
    let at = (from..candidate.start).rev().find_map(|i| text.one_of(i, RATES).map(|n| i + n))?;
    block.phrase_before(sentence::clause_start(text, at, SENTENCE), at, Wanted::Share)
}

/// The sum that a colon opens a list of, one for each of those named: 贸易额分别是:日本,608亿美元;香港,507亿美元.
pub(in crate::extract::quantity::subject) fn listed(block: &Block<'_>, at: usize) -> Option<Phrase> {
    const LIST: usize = 200;
    const LINKS: &[&str] = &["分别是", "分别为", "依次是", "依次为", "是", "为"];
    let text = block.text;
    let from = sentence::sentence_start(text, at, LIST);
    let colon = (from..at).find(|&i| text.get(i) == ':')?;
    let end = colon - text.one_before(colon, LINKS)?;
    let found = block.phrase_before(sentence::clause_start(text, end, SENTENCE), end, Wanted::Sum)?;
    block.ends_in_sum(found).then_some(found)
}

/// What is done with a standard.
const MOVED: [&str; 8] = ["上调", "下调", "提高", "调整", "提升", "降低", "调高", "增加"];

/// The standard that a colon opens a list of (慰问标准为:特困职工每户1500元,困难劳模每人2000元).
pub(in crate::extract::quantity::subject) fn standard(block: &Block<'_>, at: usize) -> Option<Phrase> {
    const WORD: &str = "标准";
    const BEHIND: usize = 3;
    let text = block.text;
    let from = sentence::sentence_start(text, at, FRAME);
    let clause = sentence::clause_start(text, at, SENTENCE);
    // 疗休养经费标准上调,省内由400元提高到500元.
    let moved = |comma: usize| {
        let verb = |v: &&str| text.has_before(comma, v) && text.has_before(comma - v.chars().count(), WORD);
        text.get(comma) == ',' && MOVED.iter().any(verb)
    };
    let colon = (from..at).rev().find(|&i| text.get(i) == ':' || moved(i))?;
    let other = (colon..at).any(|i| text.get(i) == ';') || (clause..at).any(|i| matches!(text.get(i), '共' | '总'));
    if other {
        return None;
    }
    let near = (colon.saturating_sub(BEHIND)..=colon).rev().find(|&i| text.has_before(i, WORD));
    // 助学标准上调三分之一:本科生由3000元提高到4000元.
    let opened = sentence::clause_start(text, colon, SENTENCE);
    let end =
        near.or_else(|| (opened..colon).rev().find(|&i| text.has_before(i, WORD) && text.one_of(i, &MOVED).is_some()))?;
    block.phrase_before(sentence::clause_start(text, end, SENTENCE), end, Wanted::Sum)
}

/// The sum that a part is of which 其中 or the next of several payments tells: 其中,向甲支付5亿元,向乙支付10亿元.
pub(in crate::extract::quantity::subject) fn paid_of(
    block: &Block<'_>,
    index: usize,
    known: Known<'_>,
) -> Option<Phrase> {
    const PAYS: &[&str] = &["支付", "发放", "拨付", "支出", "给付", "赔付", "投入", "拨给", "划拨"];
    let text = block.text;
    let candidate = block.candidates.get(index)?;
    text.one_before(candidate.start, PAYS)?;
    let from = sentence::sentence_start(text, candidate.start, FRAME);
    let clause = sentence::clause_start(text, candidate.start, SENTENCE);
    let part = text.has(from, "其中") && (clause..candidate.start).any(|i| matches!(text.get(i), '向' | '给'));
    if !part {
        return None;
    }
    let before = earlier(block, index, from.saturating_sub(FRAME));
    let last = before.take(4).find(|(_, c)| same_class(c, candidate))?;
    known.get(last.0).copied().flatten()
}

/// What is given at least and at most, as the clause before names it: 交纳“特殊党费”,最少的100元,最多的1万元.
pub(in crate::extract::quantity::subject) fn extreme(
    block: &Block<'_>,
    index: usize,
    known: Known<'_>,
) -> Option<Phrase> {
    const EXTREMES: &[&str] = &["最少的", "最多的", "最高的", "最低的", "多的", "少的"];
    const LINK: usize = 4;
    let text = block.text;
    let candidate = block.candidates.get(index)?;
    let clause = sentence::clause_start(text, candidate.start, SENTENCE);
    let n = text.one_of(clause, EXTREMES)?;
    let comma = clause.checked_sub(1).filter(|&i| text.get(i) == ',' && candidate.start <= clause + n + LINK)?;
    if !(clause + n..candidate.start).all(|i| "是达捐为有了".contains(text.get(i))) {
        return None;
    }
    if let Some(previous) = block.previous(index).filter(|p| p.end == comma) {
        return known.get(index - 1).copied().flatten().filter(|_| same_class(previous, candidate));
    }
    let sum = |&(a, b): &Phrase| block.printed.get(a..b).is_some_and(|w| noun::ends_in_sum(w) || w.ends_with('”'));
    block.phrase_before(sentence::clause_start(text, comma, SENTENCE), comma, Wanted::Sum).filter(sum)
}

/// Whether what a sum is stands right before it and names no sum, so that it is of this one alone: 煤炭8亿元,电厂3亿元.
pub(in crate::extract::quantity::subject) fn is_label(block: &Block<'_>, of: &Candidate, (from, to): Phrase) -> bool {
    let clause = sentence::clause_start(block.text, of.start, SENTENCE);
    let sum = |w: &str| noun::ends_in_sum(w) || w.ends_with("标准") || w.ends_with(['薪', '价']);
    (block.text.byte(clause)..block.text.byte(of.start)).contains(&from)
        && !block.printed.get(from..to).is_some_and(sum)
}

/// Where a sum is told of in parts, or for each of several, that sum: 助学金48.2万元,其中本科生每人5000元,专科每人3000元;
/// 救灾资金2000万元,其中郑州600万元、新乡400万元.
///
/// `named`: who gets it is all that stands before it.
pub(in crate::extract::quantity::subject) fn part_of_sum(
    block: &Block<'_>,
    index: usize,
    known: Known<'_>,
    named: bool,
) -> Option<Phrase> {
    const PART: &str = "其中";
    const LONGEST: usize = 14;
    let text = block.text;
    let candidate = block.candidates.get(index)?;
    let clause = sentence::clause_start(text, candidate.start, SENTENCE);
    let (before, previous) = earlier(block, index, sentence::sentence_start(text, clause, FRAME)).next()?;
    if !same_class(previous, candidate) {
        return None;
    }
    let of_previous = known.get(before).copied().flatten();
    let opened = text.has(clause, PART) || text.has_before(clause, "其中,");
    if opened && previous.end < clause {
        return of_previous;
    }
    // The next part, or the next of those who get so much each.
    let first = sentence::clause_start(text, previous.start, SENTENCE);
    let next = sentence::clause_end(text, previous.end, LONGEST) + 1 == clause && candidate.start - clause <= LONGEST;
    let row = beside(block, previous, candidate) && candidate.start - previous.end <= LONGEST || next;
    // 首席技师享受5000元津贴,高级技师3000元: who gets it is all that the clause says.
    let named = named || noun::of(text.word(clause, candidate.start)).is_some();
    let bare =
        named && next && sentence::clause_end(text, candidate.end, LONGEST) == candidate.end && first < previous.start;
    let mut from = previous.start;
    let mut row_of = earlier(block, before, sentence::sentence_start(text, first, FRAME));
    let mut parts = (first..previous.start).any(|i| text.has(i, PART));
    while let Some((_, c)) = row_of.next().filter(|(_, c)| !parts && same_class(c, candidate)) {
        parts = (c.end..from).any(|i| text.has(i, PART));
        from = c.start;
    }
    let each = per::is_each(block, index) && per::is_each(block, before);
    // 奖金2万元;第二、三名各得1万元.
    let shared = text.one_before(candidate.start, &["各得", "各获", "各奖", "各获奖"]).is_some();
    of_previous.filter(|found| row && (parts || shared || each || bare) && !is_label(block, previous, *found))
}

/// What is paid to each, where the clause of the sum says only 人均 or 每户: the sum that the clause before speaks of.
pub(in crate::extract::quantity::subject) fn topic(
    block: &Block<'_>,
    index: usize,
    known: Known<'_>,
) -> Option<Phrase> {
    const ALL: &[&str] = &["共计", "总计", "合计", "共", "计", "总额", "金额", "累计", "达", "已达", "就达"];
    const EACH: &[&str] =
        &["人均", "户均", "平均", "每人", "每户", "每位", "每名", "最高", "最低", "最多", "其中", "收于"];
    let text = block.text;
    let candidate = block.candidates.get(index)?;
    let clause = sentence::clause_start(text, candidate.start, SENTENCE);
    // 发放了慰问金,共计14.7万元: the sum that ends the clause before; also with a length of time (四年累计).
    let said = block.end_of_mention(clause).filter(|&end| end < candidate.start).unwrap_or(clause);
    let all = text.one_of(said, ALL).is_some();
    let named = all && clause > 1 && noun::ends_sum(text, clause - 2);
    if text.one_of(clause, EACH).is_none() && text.get(clause) != '每' && !all || text.before(clause) != ',' {
        return None;
    }
    let from = sentence::sentence_start(text, clause, SENTENCE);
    // The sum that was named last, also as what another amount is.
    let previous = block.previous(index).filter(|p| p.start >= from);
    // 总产值增长2.5%,人均达1500元: of what grew.
    let each = text.get(clause) == '每' || text.one_of(clause, EACH).is_some();
    let sums = |p: &&Candidate| p.kind == FactKind::Money || each && p.kind == FactKind::Percentage;
    if let Some(previous) = previous.filter(sums) {
        let of_previous = index.checked_sub(1).and_then(|i| known.get(i).copied().flatten());
        return of_previous.filter(|_| previous.end <= clause);
    }
    if all && !named {
        return None;
    }
    // 月租为市场价的七成,每平方米12元: no base of a comparison.
    let names = |i: &usize| noun::ends_sum(text, *i) && text.get(i + 1) != '的';
    let end = (from..clause).rev().find(names)? + 1;
    let start = sentence::clause_start(text, end, SENTENCE).max(from);
    block.phrase_before(start, end, Wanted::Sum)
}
