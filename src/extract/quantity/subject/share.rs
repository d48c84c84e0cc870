//! What a share or rate is of: 合格率达99%, 劳模中有六成, 占总额的一成.

use super::behind::{LEVELS, RATES, behind, phrase_end};
use super::carry;
use super::front::{Front, in_front};
use crate::extract::quantity::Candidate;
use crate::extract::quantity::block::{Block, Known, Phrase, REACH};
use crate::extract::quantity::phrase::Wanted;
use crate::record::{Approx, FactKind};
use crate::text::sentence;

/// What a share is of.
pub(super) fn of(block: &Block<'_>, index: usize, known: Known<'_>) -> Option<Phrase> {
    let found = named(block, index, known)?;
    carry::of_rate(block, index, found).or(Some(found))
}

/// What is named as that which the share is of.
fn named(block: &Block<'_>, index: usize, known: Known<'_>) -> Option<Phrase> {
    let candidate = block.candidates.get(index)?;
    let points = candidate.unit.as_deref() == Some("百分点");
    // 合格率100%的成绩: of the rate.
    let level = block.text.one_before(candidate.start, &["达到", "达", "为"]).unwrap_or(0);
    let rate = candidate.start - level;
    let of_rate = matches!(block.text.before(rate), '率' | '幅')
        || block.text.one_before(rate, &["幅度", "速度", "利润", "比重", "比例", "人数", "占比"]).is_some();
    if block.text.get(candidate.end) == '的' && !of_rate {
        let whole = behind(block, index, false, Wanted::Thing).or_else(|| behind_size(block, index));
        if let Some(found) = whole.or_else(|| behind(block, index, true, Wanted::Organisation)) {
            // 会费25%的比例: what the share is of stands before it.
            let rate = block
                .printed
                .get(found.0..found.1)
                .is_some_and(|w| RATES.contains(&w) || LEVELS.iter().any(|level| w.starts_with(level)));
            return match in_front(block, index, known) {
                Front::Phrase(from, to) if rate => Some((from, to)),
                _ => at_rate(block, candidate).filter(|_| rate).or(Some(found)),
            };
        }
        // 九成的死亡发生在夜里: an act that is shared, before its verb.
        if let Some(found) = act_behind(block, candidate) {
            return Some(found);
        }
    } else if !points
        && block.text.one_of(candidate.end, SAYING).is_none()
        // 近1/3职工, 九成工人: people, firms or households right behind it are what it is a share of.
        && let Some(found) = behind(block, index, true, Wanted::Person)
        && found.0 == block.text.byte(candidate.end)
        && block.noun_of(found).is_some()
    {
        return Some(found);
    }
    if let Some(found) = carry::bracketed(block, index, known).or_else(|| carry::by_year(block, index, known)) {
        return Some(found);
    }
    if let Some(found) = carry::respective(block, index, known) {
        return Some(found);
    }
    if let Some(rate) = rate_of_each(block, candidate) {
        return Some(rate);
    }
    if let Some(found) = in_bracket(block, candidate) {
        return Some(found);
    }
    // 相当于成本的20%、售价的12%: of another whole.
    let listed = block.previous(index).filter(|p| p.kind == FactKind::Percentage && is_listed(block, p, candidate));
    match in_front(block, index, known) {
        // 百人以上企业建会率达100%,小企业达到85%: the same rate of others.
        Front::Phrase(from, to)
            if block.noun_of((from, to)).is_some()
                && block.text.one_before(candidate.start, &["达到", "达", "为", "仅有", "也达", "仅为"]).is_some()
                && let Some(rate) = same_rate(block, index, known, from) =>
        {
            Some(rate)
        }
        // 返还基层工会60%: who gets it.
        Front::Phrase(from, to)
            if block.noun_of((from, to)).is_some()
                && block.text.one_before(block.text.index_of(from), GIVEN_TO).is_some() =>
        {
            None
        }
        // 发病率逐年升高,在城市人口中已高达2.5%: among whom it is so high.
        Front::Phrase(from, to) => carry::among(block, index, (from, to)).or(Some((from, to))),
        Front::Headless if listed.is_some() => known.get(index - 1).copied().flatten(),
        Front::Headless => carry::frame(block, candidate.start).or_else(|| whole(block, candidate)),
        // 达到97%,比上年提高5个百分点: of what was measured right before.
        Front::Nothing | Front::Unclear if points && follows_a_share(block, index) => {
            known.get(index - 1).copied().flatten()
        }
        // 这样的企业只有148家,不足5%.
        Front::Nothing if !points && carry::alone_behind(block, index) => known.get(index - 1).copied().flatten(),
        // 案件300件,已有一半得到处理.
        Front::Nothing if !points && let Some(found) = carry::share_of_counted(block, index, known) => Some(found),
        // 用户中,90%没有安装.
        Front::Nothing
            if !points
                && matches!(block.text.get(candidate.start.wrapping_sub(2)), '中' | '里')
                && sentence::clause_start(block.text, candidate.start, REACH) == candidate.start
                && let Some(found) = carry::frame(block, candidate.start) =>
        {
            Some(found)
        }
        // 居民中六成信佛,两成信教: the shares of one whole.
        Front::Nothing if !points && carry::parallel(block, index) => known.get(index - 1).copied().flatten(),
        // 前来报名的青年,有60%落选.
        Front::Nothing if !points && block.text.before(candidate.start) == '有' => {
            named_before(block, candidate).or_else(|| carry::frame(block, candidate.start))
        }
        // 148家规模过百人的企业,95%以上招收学徒.
        Front::Nothing
            if !points
                && let Some(found) = named_before(block, candidate)
                && block.noun_of(found).is_some()
                && block.text.before(block.text.index_of(found.0)) == '的' =>
        {
            Some(found)
        }
        // 发80%工资, 给予70%补助: the sum right behind it.
        Front::Unclear
            if !points
                && let Some(found) = behind(block, index, false, Wanted::Sum)
                && found.0 == block.text.byte(candidate.end)
                && block.ends_in_sum(found) =>
        {
            Some(found)
        }
        Front::Nothing | Front::Unclear if !points && let Some(found) = carry::trend(block, index) => Some(found),
        // 约70%驻日美军基地集中在这里: nothing before the share says what it is of.
        Front::Nothing if !points => {
            behind(block, index, false, Wanted::Thing).filter(|f| f.0 == block.text.byte(candidate.end))
        }
        Front::Nothing | Front::Unclear => None,
    }
}

/// 92.6%的百人以上企业: how large they are stands between.
fn behind_size(block: &Block<'_>, index: usize) -> Option<Phrase> {
    let (share, size) = (block.candidates.get(index)?, block.candidates.get(index + 1)?);
    let bounded = matches!(size.approx, Approx::AtLeast | Approx::AtMost);
    let between = size.kind == FactKind::People && bounded && size.start == share.end + 1;
    behind(block, index + 1, true, Wanted::Organisation).filter(|_| between)
}

/// What grows or falls 以12%的速度: before 以.
fn at_rate(block: &Block<'_>, candidate: &Candidate) -> Option<Phrase> {
    const ADVERBS: &[&str] =
        &["每年", "每月", "平均", "年均", "月均", "将", "已", "正", "均", "分别", "一直", "仍", "继续"];
    let text = block.text;
    let without = |mut at: usize| {
        while let Some(n) = text.one_before(at, ADVERBS) {
            at -= n;
        }
        at
    };
    let by = without(candidate.start).checked_sub(1).filter(|&i| text.get(i) == '以')?;
    let end = without(by);
    let from = sentence::clause_start(text, end, REACH).max(block.last_date_end(end).unwrap_or(0));
    block.phrase_before(from, end, Wanted::Share).filter(|found| found.1 == text.byte(end))
}

/// Verbs whose object gets a share, right before it.
const GIVEN_TO: &[&str] =
    &["返还", "返还给", "上缴", "上解", "下拨", "奖励", "补助", "补贴", "拨付", "分给", "留给", "拨给"];

/// Verbs that say something of a share (70%来自毕业生), and do not modify the noun behind them (九成受访职工).
const SAYING: &[&str] = &[
    "来自", "属于", "成为", "获得", "参加", "加入", "拥有", "选择", "通过", "用于", "流向", "分布", "转为", "得到",
    "依靠", "拿出", "返还", "留给", "上缴", "愿意", "认为", "表示", "希望", "没有", "能够", "可以", "已经", "实现",
    "达到", "享受", "接受", "留在", "是", "为", "进入", "从事", "由", "给", "作为", "奖励", "补助", "投入", "下降",
    "增长",
];

/// What stands before the bracket that a share is all of: 涨工资(62.4%)、疗休养(占41%).
fn in_bracket(block: &Block<'_>, candidate: &Candidate) -> Option<Phrase> {
    const LONGEST: usize = 6;
    let text = block.text;
    let start = candidate.start - usize::from(text.before(candidate.start) == '占');
    let open = start.checked_sub(1).filter(|&i| text.get(i) == '(' && text.get(candidate.end) == ')')?;
    let parts = |i: &usize| !crate::text::is_cjk(text.get(*i)) || matches!(text.get(*i), '是' | '为');
    let mark = (open.saturating_sub(LONGEST + 1)..open).rev().find(parts).map(|i| i + 1);
    let from = mark.or_else(|| (open <= LONGEST).then_some(0))?;
    let from = from + usize::from(matches!(text.get(from), '和' | '与' | '及'));
    (from < open).then(|| (text.byte(from), text.end_byte(open, block.printed)))
}

/// The rate that the clause before names, where this one gives it for each of several (合格率,小学、初中分别达97%、94%).
fn rate_of_each(block: &Block<'_>, candidate: &Candidate) -> Option<Phrase> {
    let text = block.text;
    let clause = sentence::clause_start(text, candidate.start, REACH);
    let comma = clause.checked_sub(1).filter(|&i| text.get(i) == ',')?;
    (clause..candidate.start).find(|&i| text.has(i, "分别"))?;
    if text.one_before(comma, &["率", "比例", "比重"]).is_none() || text.get(clause) == '比' {
        return None;
    }
    block.phrase_before(sentence::clause_start(text, comma, REACH), comma, Wanted::Share)
}

/// The rate that the share right before is, where the clause of this one opens with whose rate it is.
fn same_rate(block: &Block<'_>, index: usize, known: Known<'_>, opens: usize) -> Option<Phrase> {
    let candidate = block.candidates.get(index)?;
    let clause = sentence::clause_start(block.text, candidate.start, REACH);
    // 25人以上企业: how large they are stands between.
    let previous = block.candidates[..index].iter().rposition(|c| c.end < clause)?;
    let beside = block.candidates.get(previous).is_some_and(|c| c.kind == candidate.kind && c.end + 1 == clause);
    let found = known.get(previous).copied().flatten().filter(|_| beside && block.text.byte(clause) <= opens)?;
    block.printed.get(found.0..found.1).filter(|rate| rate.ends_with('率')).map(|_| found)
}

/// Whether the clause only compares (分别比上年提高), and a share ends the one before.
fn follows_a_share(block: &Block<'_>, index: usize) -> bool {
    let Some((candidate, previous)) = block.candidates.get(index).zip(block.previous(index)) else { return false };
    let text = block.text;
    let clause = sentence::clause_start(text, candidate.start, REACH);
    let compares = text.one_of(clause, &["分别比", "比", "较", "同比", "分别较"]).is_some();
    previous.kind == FactKind::Percentage && previous.end + 1 >= clause && compares
}

/// Whether a share of another whole follows one behind an enumeration comma.
fn is_listed(block: &Block<'_>, previous: &Candidate, candidate: &Candidate) -> bool {
    const LONGEST: usize = 10;
    block.text.get(previous.end) == '、'
        && candidate.start - previous.end <= LONGEST
        && block.text.before(candidate.start) == '的'
}

/// The verb behind 的 that another verb says something of.
fn act_behind(block: &Block<'_>, candidate: &Candidate) -> Option<Phrase> {
    let from = candidate.end + 1;
    let (a, b) = (block.text.byte(from), block.text.end_byte(phrase_end(block.text, from), block.printed));
    let words = crate::text::jieba().tag(block.printed.get(a..b)?, false);
    let act = words.first().filter(|w| w.tag.starts_with('v') && w.word.chars().count() == 2)?;
    let said = words.get(1).is_some_and(|w| w.tag.starts_with(['v', 'p', 'd']));
    said.then(|| (a, a + act.word.len()))
}

/// The noun that ends the clause before a share that 有 opens its own with.
fn named_before(block: &Block<'_>, candidate: &Candidate) -> Option<Phrase> {
    let end = candidate.start.checked_sub(2).filter(|&i| block.text.get(i) == ',')?;
    let from = sentence::clause_start(block.text, end, REACH).max(block.last_date_end(end).unwrap_or(0));
    let counted = block.end_of_mention(from).is_some() || (from..end).any(|i| block.text.get(i).is_ascii_digit());
    if counted { None } else { block.phrase_before(from, end, Wanted::Share) }
}

/// The whole that a share is of, where nothing else is named: 把利润的10%.
fn whole(block: &Block<'_>, candidate: &Candidate) -> Option<Phrase> {
    let text = block.text;
    let of = (candidate.start.saturating_sub(2)..candidate.start).rev().find(|&i| text.get(i) == '的')?;
    // 10小时以上的占46%: another quantity says which of them.
    if block.end_of_mention(of - usize::from(of > 0)).is_some() {
        return None;
    }
    let from = sentence::clause_start(text, of, REACH);
    block.phrase_before(from, of, Wanted::Sum)
}
