//! What is counted or paid: the noun phrase on either side of a quantity.
//!
//! In: a block's candidates and dates, and which of them. Out: the phrase, in bytes of the printed text.
//!
//! Method: behind a measure word (名, 家, 户) the phrase that follows; else, what stands before it in the clause without
//! the words that only link it (共, 已有, 达, 增至), brackets and dates. Where nothing is left, the quantity belongs to
//! the phrase that the one before it counts (34笔共2万余元, 由82.6%上升至91.3%).

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::{Candidate, noun, phrase};
use crate::record::FactKind;
use crate::text::{Folded, sentence};

/// A block's text with what was found in it.
pub(super) struct Block<'b> {
    pub text: &'b Folded,
    pub printed: &'b str,
    pub candidates: &'b [Candidate],
    pub dates: &'b [(usize, usize)],
}

impl Block<'_> {
    /// The date that ends right before `at`.
    fn date_ending(&self, at: usize) -> Option<(usize, usize)> {
        let index = self.dates.partition_point(|d| d.1 < at);
        self.dates.get(index).copied().filter(|d| d.1 == at)
    }

    /// Where the last date before `at` ends.
    fn last_date_end(&self, at: usize) -> Option<usize> {
        let index = self.dates.partition_point(|d| d.1 <= at).checked_sub(1)?;
        self.dates.get(index).map(|d| d.1)
    }

    /// Where the first date from `from` on begins.
    fn next_date(&self, from: usize) -> Option<usize> {
        self.dates.get(self.dates.partition_point(|d| d.0 < from)).map(|d| d.0)
    }

    /// Where the date or quantity ends that `at` stands in.
    pub(super) fn end_of_mention(&self, at: usize) -> Option<usize> {
        let date = self.dates.get(self.dates.partition_point(|d| d.1 <= at)).filter(|d| d.0 <= at).map(|d| d.1);
        let index = self.candidates.partition_point(|c| c.end <= at);
        date.or_else(|| self.candidates.get(index).filter(|c| c.start <= at).map(|c| c.end))
    }
}

/// How far a phrase is looked for, in characters.
const REACH: usize = 32;

/// Words between a phrase and its number, longest first.
const LINKS: &[&str] = &[
    "合计约",
    "总额达",
    "总数达",
    "人数达",
    "分别达到",
    "分别达",
    "分别为",
    "分别是",
    "分别有",
    "累计达",
    "累计为",
    "已达到",
    "达到了",
    "超过了",
    "突破了",
    "约占",
    "约合",
    "约有",
    "约为",
    "达到",
    "已达",
    "均达",
    "高达",
    "多达",
    "共计",
    "总计",
    "合计",
    "累计",
    "一共",
    "总共",
    "共有",
    "共达",
    "已有",
    "现有",
    "仅有",
    "只有",
    "就有",
    "还有",
    "也有",
    "便有",
    "设有",
    "建有",
    "平均",
    "大约",
    "超过",
    "突破",
    "可达",
    "可获",
    "可得",
    "左右",
    "仍有",
    "尚有",
    "都有",
    "各有",
    "拥有",
    "总额",
    "每年",
    "每月",
    "每人",
    "人均",
    "户均",
    "年均",
    "月均",
    "日均",
    "其中",
    "计有",
    "不到",
    "不足",
    "接近",
    "将近",
    "至少",
    "最高",
    "最低",
    "最多",
    "只是",
    "就是",
    "即",
    "共",
    "达",
    "为",
    "是",
    "有",
    "仅",
    "只",
    "就",
    "约",
    "近",
    "超",
    "逾",
    "已",
    "均",
    "各",
    "计",
    "占",
    "比",
    "较",
    "至",
    "到",
    "从",
    "由",
    "将",
    "了",
    "也",
    "还",
    "都",
    "则",
    "竟",
    "才",
    "在",
    ":",
    "也就是",
];

/// The last characters of [`LINKS`].
static LINK_ENDS: LazyLock<FxHashSet<char>> =
    LazyLock::new(|| LINKS.iter().filter_map(|w| w.chars().next_back()).collect());

/// How long the link is that ends right before `at`.
fn link_before(text: &Folded, at: usize) -> Option<usize> {
    if !LINK_ENDS.contains(&text.before(at)) {
        return None;
    }
    text.one_before(at, LINKS).filter(|_| !in_word(text, at))
}

/// Verbs of change: before 到, 至 or 为 they link a second level to the first; before a share they say how much.
const CHANGES: &[&str] = &[
    "增加", "增长", "提高", "上升", "上涨", "下降", "降低", "减少", "扩大", "发展", "缩小", "攀升", "跃升", "提升",
    "回落", "下跌", "升高", "增", "升", "降", "减", "涨", "跌", "提", "扩", "缩", "新增", "净增", "高出", "低", "高",
];

/// What the candidate of number `index` counts. `known` holds what those before it count.
pub(super) fn of(block: &Block<'_>, index: usize, known: &[Option<(usize, usize)>]) -> Option<(usize, usize)> {
    let candidate = block.candidates.get(index)?;
    match candidate.kind {
        FactKind::Ordinal | FactKind::Frequency => return behind(block, index, true, false),
        FactKind::Age => return age(block, index),
        FactKind::Duration => return duration(block, index),
        FactKind::Area => return area(block, index, known),
        _ => {}
    }
    let money = candidate.kind == FactKind::Money;
    let measure_word = !matches!(
        candidate.kind,
        FactKind::Money | FactKind::Percentage | FactKind::Multiple | FactKind::Length | FactKind::Weight
    ) && !matches!(candidate.unit.as_deref(), Some("人" | "人次" | "户次"))
        || candidate.no_measure_word;
    let people = matches!(candidate.unit.as_deref(), Some("人")) && candidate.kind == FactKind::People;
    if measure_word || people && block.text.has(candidate.end.saturating_sub(2), "人") {
        if let Some(found) = behind(block, index, measure_word, false) {
            return Some(found);
        }
    } else if money
        && block.text.get(candidate.end) != '的'
        && let Some(found) = behind(block, index, false, true)
    {
        return Some(found);
    } else if candidate.kind == FactKind::Percentage
        && block.text.get(candidate.end) == '的'
        && let Some(found) = behind(block, index, false, false)
    {
        return Some(found);
    }
    match in_front(block, index, known) {
        Front::Phrase(from, to) => return Some((from, to)),
        // 两三千元的学费 opens its clause; a share carries nothing.
        Front::Nothing if !(money && block.text.get(candidate.end) == '的') => return None,
        Front::Nothing | Front::Unclear => {}
    }
    // 给予5000元的补贴, but 账外资金300万元的问题.
    if money { behind(block, index, false, true) } else { None }
}

/// The end of the piece behind a candidate: its clause's, or the next candidate's start.
fn piece_behind(block: &Block<'_>, index: usize) -> Option<(usize, usize)> {
    let from = block.candidates.get(index)?.end;
    let end = phrase_end(block.text, from);
    let next = block.candidates.get(index + 1).map_or(usize::MAX, |c| c.start);
    let date = block.next_date(from).unwrap_or(usize::MAX);
    Some((from, end.min(next).min(date)))
}

/// A clause's end; a list goes on over 、 and a name in brackets is read over elsewhere.
fn phrase_end(text: &Folded, from: usize) -> usize {
    sentence::clause_end(text, from, REACH)
}

/// What a sum is the measure of, not the sum itself.
const RATES: &[&str] = &["标准", "价格", "额度", "比例", "档次", "限额", "规模"];

/// Verbs between 标准 and what is given.
const GIVING: &[&str] =
    &["给予", "发放", "予以", "进行", "支付", "提供", "发给", "享受", "领取", "补发", "缴纳", "收取"];

fn behind(block: &Block<'_>, index: usize, counts: bool, money: bool) -> Option<(usize, usize)> {
    let (from, to) = piece_behind(block, index)?;
    if from >= to {
        return None;
    }
    let (a, b) = (block.text.byte(from), block.text.end_byte(to, block.printed));
    let piece = block.printed.get(a..b)?;
    let (start, end) = phrase::after(piece, counts, money)?;
    let found = piece.get(start..end)?;
    // 按3500元/人的标准发放补助金: the sum is the aid.
    if money && RATES.contains(&found) {
        let rest = piece.get(end..)?;
        let skipped = GIVING.iter().find(|v| rest.starts_with(**v))?.len();
        let (more, last) = phrase::after(rest.get(skipped..)?, false, true)?;
        return Some((a + end + skipped + more, a + end + skipped + last));
    }
    // What follows a sum is its noun only if it can be one: 救助5000元职工 names no sum.
    if money && noun::of(found) == Some(noun::Noun::Person) {
        return None;
    }
    Some((a + start, a + end))
}

/// What stands before a candidate in its clause.
enum Front {
    /// A phrase, in bytes of the printed text.
    Phrase(usize, usize),
    /// Nothing, and nothing is carried over.
    Nothing,
    /// Words, but no phrase.
    Unclear,
}

/// The phrase before the candidate, or the one that is carried over to it.
fn in_front(block: &Block<'_>, index: usize, known: &[Option<(usize, usize)>]) -> Front {
    let Some(candidate) = block.candidates.get(index) else { return Front::Nothing };
    let text = block.text;
    let previous = index.checked_sub(1).and_then(|i| block.candidates.get(i));
    let floor = previous.map_or(0, |c| c.end);
    let relative = matches!(candidate.kind, FactKind::Percentage | FactKind::Multiple);
    let mut at = candidate.start;
    let mut level = false;
    loop {
        if at <= floor {
            break;
        }
        if let Some(date) = block.date_ending(at).filter(|d| d.0 >= floor) {
            at = date.0;
            continue;
        }
        if text.before(at) == '的' && block.date_ending(at - 1).is_some() {
            at -= 1;
            continue;
        }
        if text.before(at) == '前' && block.date_ending(at - 1).is_some() {
            at -= 1;
            continue;
        }
        if matches!(text.before(at), ')' | '）') {
            let Some(open) = opening_bracket(text, at) else { break };
            if open < floor && previous.is_some_and(|p| p.start < open) {
                break;
            }
            at = open;
            continue;
        }
        let behind_change = matches!(text.before(at), '到' | '至' | '为') || relative || level;
        if behind_change {
            let end = if matches!(text.before(at), '到' | '至' | '为') { at - 1 } else { at };
            if let Some(n) = text.one_before(end, CHANGES) {
                level = true;
                at = end - n;
                at -= text
                    .one_before(at, &["同比", "逐年", "逐步", "环比", "又", "再", "大幅", "猛", "迅速", "约"])
                    .unwrap_or(0);
                continue;
            }
        }
        match link_before(text, at) {
            Some(n) if at - n >= floor => at -= n,
            _ => break,
        }
    }
    let dated = block.last_date_end(at).unwrap_or(0);
    let from = sentence::clause_start(text, at, REACH).max(floor).max(dated);
    let carried = || index.checked_sub(1).and_then(|i| known.get(i).copied().flatten());
    if from >= at {
        let same = previous.is_some_and(|p| shares(block, p, candidate, at, level));
        return carried().filter(|_| same).map_or(Front::Nothing, |(a, b)| Front::Phrase(a, b));
    }
    let (a, b) = (text.byte(from), text.end_byte(at, block.printed));
    let mut piece = block.printed.get(a..b).unwrap_or_default();
    // 收入在最低标准1.8倍以内, 产值是去年的3倍: what stands before the verb is compared, what stands behind is the base.
    if candidate.kind == FactKind::Multiple
        && let Some(at) =
            ["在", "是", "为", "相当于", "达到", "比"].iter().filter_map(|w| piece.rfind(w)).filter(|&i| i > 0).min()
    {
        piece = piece.get(..at).unwrap_or_default();
    }
    // 债务占总额的55%: what stands before 占 is the share, what stands behind it the whole.
    if candidate.kind == FactKind::Percentage
        && let Some(at) = piece.rfind('占')
        && !["占地", "占有", "占比", "占据"].iter().any(|w| piece[at..].starts_with(w))
    {
        piece = &piece[..at];
        if piece.is_empty() {
            return Front::Nothing;
        }
    }
    // 价值230万元的设备: the things are meant.
    if candidate.kind == FactKind::Money && piece.ends_with("价值") && text.get(candidate.end) == '的' {
        return Front::Unclear;
    }
    let sum = candidate.kind == FactKind::Money || candidate.unit.as_deref() == Some("笔");
    let Some((start, end)) = phrase::before(piece, sum) else { return Front::Unclear };
    // 奖励先进个人5000元: who gets it, not what it is; then the verb says.
    let person = piece.get(start..end).and_then(noun::of).is_some();
    if candidate.kind == FactKind::Money && person {
        let before = piece.get(..start).unwrap_or_default();
        let sum = phrase::before(before, true).filter(|v| before.get(v.0..v.1).is_some_and(noun::names_money));
        return sum.map_or(Front::Unclear, |(start, end)| Front::Phrase(a + start, a + end));
    }
    Front::Phrase(a + start, a + end)
}

/// Whether the last character of a link is one of a word: 工会 ends in no link, but 规模为 does, and 标准 does not.
fn in_word(text: &Folded, at: usize) -> bool {
    const WORDS: &[&str] = &[
        "直达",
        "到达",
        "行为",
        "作为",
        "认为",
        "成为",
        "所有",
        "国有",
        "私有",
        "公有",
        "现有职工",
        "以为",
        "对比",
        "评比",
        "之比",
        "百分比",
        "设计",
        "统计",
        "会计",
        "预计",
        "估计",
        "审计",
        "干将",
        "存在",
        "现在",
        "所在",
        "内在",
        "单位为",
        "周到",
        "公共",
        "中共",
        "节约",
        "合约",
        "契约",
        "条约",
        "违约",
        "自由",
        "理由",
        "不是",
        "但是",
        "可是",
        "还是",
        "占比",
        "独占",
    ];
    text.one_before(at, WORDS).is_some()
}

fn opening_bracket(text: &Folded, close: usize) -> Option<usize> {
    const LONGEST: usize = 40;
    (close.saturating_sub(LONGEST)..close).rev().find(|&i| text.get(i) == '(')
}

/// Whether a candidate with nothing before it in its clause counts what the one before it counts.
fn shares(block: &Block<'_>, previous: &Candidate, candidate: &Candidate, at: usize, level: bool) -> bool {
    if level {
        return same_class(previous, candidate) || previous.kind == FactKind::Money;
    }
    let adjacent =
        at <= previous.end || at == previous.end + 1 && matches!(block.text.get(previous.end), '、' | ',' | '和');
    adjacent
        && (same_class(previous, candidate)
            || matches!(previous.kind, FactKind::Items) && candidate.kind == FactKind::Money)
}

fn same_class(a: &Candidate, b: &Candidate) -> bool {
    a.kind == b.kind
}

/// The longest clause that is taken for a name, in characters.
const LONGEST_NAME: usize = 8;

/// Who is so old: the name or noun behind 的, else the one before.
fn age(block: &Block<'_>, index: usize) -> Option<(usize, usize)> {
    let candidate = block.candidates.get(index)?;
    if block.text.get(candidate.end) == '的'
        && let Some(found) = behind(block, index, true, false)
    {
        return Some(found);
    }
    let text = block.text;
    let mut at = candidate.start;
    while let Some(n) = text.one_before(
        at,
        &[
            "今年", "现年", "当年", "年仅", "年龄", "年", ",", "已", "才", "仅", "时", "是", "只有", "已经", "刚",
            "满", "年满", "在", "平均",
        ],
    ) {
        at -= n;
    }
    let from = sentence::clause_start(text, at, REACH);
    // From the clause before only a name on its own: 李明,50岁.
    let other_clause = (at..candidate.start).any(|i| text.get(i) == ',');
    let (a, b) = (text.byte(from), text.end_byte(at, block.printed));
    let piece = block.printed.get(a..b)?;
    let (start, end) = phrase::before(piece, false)?;
    if other_clause && at - from > LONGEST_NAME && !ends_in_name(piece.get(start..end)?) {
        return None;
    }
    Some((a + start, a + end))
}

/// Whether a phrase ends in a personal name (职工金某某).
fn ends_in_name(phrase: &str) -> bool {
    let chars: Vec<(usize, char)> = phrase.char_indices().collect();
    [3, 2].iter().any(|&n| {
        let Some(&(at, surname)) = chars.len().checked_sub(n).and_then(|i| chars.get(i)) else { return false };
        crate::text::is_surname(surname) && crate::text::is_plausible(&phrase[at..], 0.0)
    })
}

/// What lasted so long: what follows 的; or, where something goes on (连续10年…, 十几年…下来), what is said behind.
fn duration(block: &Block<'_>, index: usize) -> Option<(usize, usize)> {
    let candidate = block.candidates.get(index)?;
    let (from, to) = piece_behind(block, index)?;
    if from >= to {
        return None;
    }
    if block.text.get(candidate.end) == '的' {
        let (a, b) = (block.text.byte(from + 1), block.text.end_byte(to, block.printed));
        let piece = block.printed.get(a..b)?;
        let (start, end) = phrase::after(piece, false, false)?;
        return Some((a + start, a + end));
    }
    let (a, b) = (block.text.byte(from), block.text.end_byte(to, block.printed));
    let piece = block.printed.get(a..b)?;
    let piece = piece.split('、').next()?;
    if let Some(at) = piece.find("下来") {
        return (at > 0).then_some((a, a + at));
    }
    let goes_on = block.text.one_before(candidate.start, &["连续", "持续", "坚持", "一连"]).is_some();
    (goes_on && piece.chars().count() > 1).then_some((a, a + piece.len()))
}

/// What is so large: the thing whose 占地面积 it is, also in the clause before.
fn area(block: &Block<'_>, index: usize, known: &[Option<(usize, usize)>]) -> Option<(usize, usize)> {
    const SIZES: &[&str] = &["总建筑面积", "占地面积", "建筑面积", "总面积", "面积", "占地", "建筑规模"];
    let Front::Phrase(a, b) = in_front(block, index, known) else {
        let candidate = block.candidates.get(index)?;
        let text = block.text;
        let mut at = candidate.start;
        while let Some(n) = text.one_before(at, LINKS) {
            at -= n;
        }
        if let Some(n) = text.one_before(at, SIZES) {
            return owner(block, at - n);
        }
        return behind(block, index, false, false);
    };
    let found = block.printed.get(a..b)?;
    let Some(size) = SIZES.iter().find(|s| found.ends_with(**s)) else { return Some((a, b)) };
    let rest = b - size.len();
    if rest > a {
        return Some((a, rest));
    }
    let at = block.text.index_of(a);
    owner(block, at).or(Some((a, b)))
}

/// The phrase that ends the clause before `at`, where `at` opens its clause; else the one right before it.
fn owner(block: &Block<'_>, at: usize) -> Option<(usize, usize)> {
    let text = block.text;
    let end = if text.before(at) == ',' { at - 1 } else { at };
    let from = sentence::clause_start(text, end, REACH);
    let (a, b) = (text.byte(from), text.end_byte(end, block.printed));
    let piece = block.printed.get(a..b)?;
    let (start, end) = phrase::before(piece, false)?;
    Some((a + start, a + end))
}
