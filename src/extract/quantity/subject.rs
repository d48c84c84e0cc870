//! What is counted or paid: the noun phrase on either side of a quantity.
//!
//! In: a block's candidates and dates, and which of them. Out: the phrase, in bytes of the printed text.
//!
//! Method: behind a measure word (名, 家, 户) the phrase that follows; else, what stands before it in the clause without
//! the words that only link it (共, 已有, 达, 增至), brackets and dates. Where nothing is left, the quantity belongs to
//! the phrase that the one before it counts (34笔共2万余元, 由82.6%上升至91.3%).

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::phrase::Wanted;
use super::{Candidate, carry, measured, noun, per, phrase};
use crate::record::FactKind;
use crate::text::{Folded, jieba, sentence};

/// A block's text with what was found in it.
pub(super) struct Block<'b> {
    pub text: &'b Folded,
    pub printed: &'b str,
    pub candidates: &'b [Candidate],
    pub dates: &'b [(usize, usize)],
}

impl Block<'_> {
    /// The date that ends right before `at`.
    pub(super) fn date_ending(&self, at: usize) -> Option<(usize, usize)> {
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
pub(super) const REACH: usize = 32;

/// Words between a phrase and its number, longest first.
pub(super) const LINKS: &[&str] = &[
    "每人每天",
    "每人每年",
    "每人每月",
    "每人每次",
    "每户每年",
    "每户每月",
    "控制在",
    "预计将",
    "曾达到",
    "一度达",
    "一度",
    "首次",
    "曾",
    "几乎",
    "整整",
    "正好",
    "刚好",
    "始终",
    "相当于",
    "大体在",
    "预计",
    "有望",
    "可望",
    "等于",
    "低于",
    "高于",
    "大于",
    "小于",
    "少于",
    "多于",
    "不及",
    "大体",
    "大致",
    "基本",
    "普遍",
    "应到",
    "实到",
    "应有",
    "实有",
    "另有",
    "又有",
    "尚未",
    "稳定在",
    "保持在",
    "维持在",
    "提高到",
    "调整为",
    "可领取",
    "可达到",
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
    "每年",
    "每月",
    "每天",
    "每日",
    "每人",
    "每户",
    "每名",
    "每位",
    "每次",
    "每份",
    "每家",
    "不超过",
    "不低于",
    "不少于",
    "不高于",
    "需要",
    "只需",
    "仅需",
    "约需",
    "共需",
    "需",
    "要",
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
pub(super) fn link_before(text: &Folded, at: usize) -> Option<usize> {
    if !LINK_ENDS.contains(&text.before(at)) {
        return None;
    }
    text.one_before(at, LINKS).filter(|_| !in_word(text, at))
}

/// Verbs of change: before 到, 至 or 为 they link a second level to the first; before a share they say how much.
const CHANGES: &[&str] = &[
    "加快", "放缓", "收窄", "回升", "新增", "净增", "增加", "增长", "提高", "上升", "上涨", "下降", "降低", "减少",
    "扩大", "发展", "缩小", "攀升", "跃升", "提升", "上调", "下调", "调高", "调低", "调整", "压缩", "缩短", "升至",
    "降至", "增至", "减至", "涨至", "跌至", "递增", "递减", "回落", "下跌", "升高", "高出", "增", "升", "降", "减",
    "涨", "跌", "提", "扩", "缩", "低", "高",
];

/// What the candidate of number `index` counts. `known` holds what those before it count.
pub(super) fn of(block: &Block<'_>, index: usize, known: &[Option<(usize, usize)>]) -> Option<(usize, usize)> {
    let candidate = block.candidates.get(index)?;
    let text = block.text;
    match candidate.kind {
        FactKind::Ordinal | FactKind::Frequency => return behind(block, index, true, Wanted::Thing),
        FactKind::Age => return measured::age(block, index),
        FactKind::Duration => return measured::duration(block, index),
        FactKind::Area => return measured::area(block, index, known),
        FactKind::Money => return sum(block, index, known),
        FactKind::Percentage => return share(block, index, known),
        _ => {}
    }
    let people = candidate.kind == FactKind::People;
    let wanted = match candidate.kind {
        FactKind::People => Wanted::Person,
        FactKind::Households => Wanted::Household,
        FactKind::Organisations => Wanted::Organisation,
        _ => Wanted::Thing,
    };
    let counts = !matches!(candidate.kind, FactKind::Multiple | FactKind::Length | FactKind::Weight);
    let measure_word = counts && !matches!(candidate.unit.as_deref(), Some("人" | "人次" | "户次"));
    if measure_word || candidate.no_measure_word {
        let found = behind(block, index, true, wanted).or_else(|| behind_attribute(block, index, wanted));
        if found.is_some() {
            return found;
        }
    } else if people && let Some(found) = group_behind(block, index) {
        return Some(found);
    }
    match in_front(block, index, known) {
        Front::Phrase(from, to) => Some((from, to)),
        Front::Headless => carry::frame(block, candidate.start),
        // 3.1万人次职工: nothing before it says what is counted.
        Front::Nothing | Front::Unclear if people && !measure_word => {
            let named = behind(block, index, false, wanted)?;
            let next = text.get(candidate.end);
            let noun = block.printed.get(named.0..named.1).and_then(noun::of);
            let at_once = named.0 == text.byte(candidate.end);
            (noun == Some(noun::Noun::Person) && next != '的' && at_once).then_some(named)
        }
        Front::Nothing | Front::Unclear => None,
    }
}

/// What a sum is.
fn sum(block: &Block<'_>, index: usize, known: &[Option<(usize, usize)>]) -> Option<(usize, usize)> {
    let candidate = block.candidates.get(index)?;
    let of = block.text.get(candidate.end) == '的';
    let measure = in_front_is_sum(block, candidate);
    if !of
        && !measure
        && let Some(found) = behind(block, index, false, Wanted::Sum)
    {
        return Some(found);
    }
    // 每头奶牛100元的保费, 对该领域15亿欧元的投资: what follows names the sum.
    if of && let Some(found) = behind(block, index, false, Wanted::Sum) {
        let named = block.printed.get(found.0..found.1).unwrap_or_default();
        if noun::is_sum(named) || noun::ends_in_money(named) {
            return Some(found);
        }
    }
    match in_front(block, index, known) {
        Front::Phrase(from, to) => return Some((from, to)),
        // 两三千元的学费 opens its clause.
        Front::Nothing if !of => return carry::topic(block, index, known),
        Front::Headless => return None,
        Front::Nothing | Front::Unclear => {}
    }
    // 给予5000元的补贴, but 账外资金300万元的问题.
    behind(block, index, false, Wanted::Sum)
}

/// Whether the word right before a sum, its qualifiers apart, is what the sum measures: 案值30万元以上走私大要案.
fn in_front_is_sum(block: &Block<'_>, candidate: &Candidate) -> bool {
    const MEASURES: &[&str] =
        &["案值", "价值", "涉案金额", "标的额", "产值", "年收入", "月收入", "注册资本", "注册资金", "总投资", "造价"];
    // 价值45万元的物资: the things are meant.
    block.text.one_before(candidate.start, MEASURES).is_some()
        && (block.text.get(candidate.end) != '的' && !block.text.has_before(candidate.start, "价值"))
}

/// What a share is of.
fn share(block: &Block<'_>, index: usize, known: &[Option<(usize, usize)>]) -> Option<(usize, usize)> {
    let candidate = block.candidates.get(index)?;
    let points = candidate.unit.as_deref() == Some("百分点");
    if block.text.get(candidate.end) == '的' {
        if let Some(found) = behind(block, index, false, Wanted::Thing) {
            return Some(found);
        }
    } else if !points
        && let Some(found) = behind(block, index, false, Wanted::Person)
        // 近1/3职工, 九成工人: people, firms or households right behind it are what it is a share of.
        && block.printed.get(found.0..found.1).and_then(noun::of).is_some()
        && found.0 == block.text.byte(candidate.end)
    {
        return Some(found);
    }
    match in_front(block, index, known) {
        Front::Phrase(from, to) => Some((from, to)),
        Front::Headless => carry::frame(block, candidate.start).or_else(|| whole(block, candidate)),
        // 约70%驻日美军基地集中在这里: the share opens its clause.
        Front::Nothing if sentence::clause_start(block.text, candidate.start, REACH) == candidate.start && !points => {
            behind(block, index, false, Wanted::Thing).filter(|f| f.0 == block.text.byte(candidate.end))
        }
        Front::Nothing | Front::Unclear => None,
    }
}

/// The whole that a share is of, where nothing else is named: 把利润的10%.
fn whole(block: &Block<'_>, candidate: &Candidate) -> Option<(usize, usize)> {
    let text = block.text;
    let of = (candidate.start.saturating_sub(2)..candidate.start).rev().find(|&i| text.get(i) == '的')?;
    let from = sentence::clause_start(text, of, REACH);
    let (a, b) = (text.byte(from), text.end_byte(of, block.printed));
    let (start, end) = phrase::before(block.printed.get(a..b)?, Wanted::Sum)?;
    Some((a + start, a + end))
}

/// The group that 人 only says the size of: 5人小组, 3000多人的企业.
fn group_behind(block: &Block<'_>, index: usize) -> Option<(usize, usize)> {
    const GROUPS: &[&str] =
        &["小组", "团", "队", "班", "班子", "专班", "组", "家庭", "大厂", "矿", "村", "镇", "合唱", "方阵", "委员会"];
    let candidate = block.candidates.get(index)?;
    let of = block.text.get(candidate.end) == '的';
    let found = behind(block, index, false, Wanted::Thing)?;
    let named = block.printed.get(found.0..found.1)?;
    let group = GROUPS.iter().any(|g| named.ends_with(g));
    let kind = noun::of(named);
    (group || of && kind.is_some() || kind == Some(noun::Noun::Organisation)).then_some(found)
}

/// The noun behind an attribute that is itself a quantity: 17名28岁以下的青年.
fn behind_attribute(block: &Block<'_>, index: usize, wanted: Wanted) -> Option<(usize, usize)> {
    let candidate = block.candidates.get(index)?;
    let next = block.candidates.get(index + 1)?;
    let attribute = matches!(
        next.kind,
        FactKind::Age
            | FactKind::Duration
            | FactKind::Money
            | FactKind::Percentage
            | FactKind::Length
            | FactKind::Area
            | FactKind::Weight
    );
    let text = block.text;
    let clause = sentence::clause_end(text, candidate.end, REACH);
    if !attribute || next.start > clause || next.start > candidate.end + 4 {
        return None;
    }
    let of = (next.end..clause).rev().find(|&i| text.get(i) == '的')?;
    let (a, b) = (text.byte(of + 1), text.end_byte(clause, block.printed));
    let (start, end) = phrase::after(block.printed.get(a..b)?, true, wanted)?;
    let named = block.printed.get(a + start..a + end).and_then(noun::of);
    (named.is_some() || wanted != Wanted::Person).then_some((a + start, a + end))
}

/// The end of the piece behind a candidate: its clause's, or the next candidate's start.
pub(super) fn piece_behind(block: &Block<'_>, index: usize) -> Option<(usize, usize)> {
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

pub(super) fn behind(block: &Block<'_>, index: usize, counts: bool, wanted: Wanted) -> Option<(usize, usize)> {
    let money = wanted == Wanted::Sum;
    let (from, to) = piece_behind(block, index)?;
    if from >= to {
        return None;
    }
    let (a, b) = (block.text.byte(from), block.text.end_byte(to, block.printed));
    let piece = block.printed.get(a..b)?;
    let (start, end) = phrase::after(piece, counts, wanted)?;
    let found = piece.get(start..end)?;
    // 按3500元/人的标准发放补助金: the sum is the aid.
    if money && RATES.contains(&found) {
        let rest = piece.get(end..)?;
        let skipped = GIVING.iter().find(|v| rest.starts_with(**v))?.len();
        let (more, last) = phrase::after(rest.get(skipped..)?, false, Wanted::Sum)?;
        return Some((a + end + skipped + more, a + end + skipped + last));
    }
    // What follows a sum is its noun only if it can be one: 救助5000元职工 names no sum.
    if money && noun::of(found) == Some(noun::Noun::Person) {
        return None;
    }
    Some((a + start, a + end))
}

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

/// The phrase before the candidate, or the one that is carried over to it.
pub(super) fn in_front(block: &Block<'_>, index: usize, known: &[Option<(usize, usize)>]) -> Front {
    let Some(candidate) = block.candidates.get(index) else { return Front::Nothing };
    let text = block.text;
    let previous = index.checked_sub(1).and_then(|i| block.candidates.get(i));
    let floor = previous.map_or(0, |c| c.end);
    let relative = matches!(candidate.kind, FactKind::Percentage | FactKind::Multiple);
    let mut at = candidate.start;
    let mut level = false;
    let mut part = false;
    let mut whole = false;
    let mut reached = false;
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
        let behind_change = matches!(text.before(at), '到' | '至' | '为' | '了')
            || relative
            || level
            || candidate.kind == FactKind::Money;
        if behind_change {
            let end = if matches!(text.before(at), '到' | '至' | '为' | '了') { at - 1 } else { at };
            if let Some(n) = text.one_before(end, CHANGES) {
                level = true;
                at = end - n;
                at -= text
                    .one_before(
                        at,
                        &[
                            "同比", "逐年", "逐步", "环比", "又", "再", "大幅", "猛", "迅速", "约", "年均", "平均",
                            "每年", "每月", "净", "累计", "共", "均", "可", "将", "实际", "有望", "可望", "预计", "仅",
                            "只", "至少", "相对", "略", "稍", "已",
                        ],
                    )
                    .unwrap_or(0);
                // 工资年增长8%: by the year, not 上年.
                if text.before(at) == '年'
                    && block.date_ending(at).is_none()
                    && !matches!(text.get(at.wrapping_sub(2)), '上' | '去' | '今' | '前' | '同' | '当' | '全' | '往')
                {
                    at -= 1;
                }
                continue;
            }
        }
        // 成交单价为每吨55元.
        if let Some(n) =
            (2..=5).find(|n| at >= floor + n && text.get(at - n) == '每' && per::unit_ends(text, at - n + 1, at))
        {
            at -= n;
            continue;
        }
        match link_before(text, at) {
            Some(n) if at - n >= floor => {
                part |= text.one_of(at - n, &["其中", "实到", "另有"]).is_some();
                reached |= text.one_before(at, &["达", "达到", "为", "至", "到"]).is_some();
                whole |= relative && text.has_before(at, "占");
                at -= n;
            }
            _ => break,
        }
    }
    let dated = block.last_date_end(at).unwrap_or(0);
    let from = sentence::clause_start(text, at, REACH).max(floor).max(dated);
    let carried = || index.checked_sub(1).and_then(|i| known.get(i).copied().flatten());
    if from >= at && whole {
        // 女职工640人,占58%: the share of what was counted right before.
        return carry::counted_before(block, index, known).map_or(Front::Nothing, |(a, b)| Front::Phrase(a, b));
    }
    if from >= at {
        let same = previous.is_some_and(|p| {
            carry::shares(block, p, candidate, at, level)
                || part && carry::goes_on(block, p, candidate)
                || reached && carry::reaches(p, at)
        });
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
    // 增速较一季度加快3个百分点: what it is compared with is no part of it.
    if level {
        let compared = |w: &str| {
            piece.rfind(w).filter(|&i| {
                !["同比", "环比", "对比"].iter().any(|c| piece[..i + w.len()].ends_with(c))
                    && !["比例", "比重", "比值", "比赛", "较大", "较高", "较好", "较为"]
                        .iter()
                        .any(|c| piece[i..].starts_with(c))
            })
        };
        if let Some(at) = ["比", "较"].into_iter().filter_map(compared).max() {
            piece = &piece[..at];
            if piece.is_empty() {
                let same = previous.is_some_and(|p| carry::shares(block, p, candidate, candidate.start, level));
                return carried().filter(|_| same).map_or(Front::Nothing, |(a, b)| Front::Phrase(a, b));
            }
        }
    }
    // 年报率从改革前的38.4%攀升: from where it starts is no part of it.
    if piece.ends_with('的')
        && let Some(at) = ["从", "由"].iter().filter_map(|w| piece.rfind(w)).filter(|&i| i > 0).max()
    {
        piece = &piece[..at];
    }
    // 青年工人中有六成, 职工里有3人: what is counted stands in the frame.
    if piece.ends_with(['中', '里']) && !["其中", "集中", "高中", "初中", "当中"].iter().any(|w| piece.ends_with(w))
    {
        piece = &piece[..piece.len() - '中'.len_utf8()];
    }
    // 教育经费按工资总额的2%提取: what stands before the measure is the share, what stands behind it the whole.
    if candidate.kind == FactKind::Percentage
        && piece.ends_with('的')
        && let Some(at) = ["按照", "按", "达到", "超过", "相当于", "是", "为", "达"]
            .iter()
            .filter_map(|w| piece.find(w))
            .filter(|&i| i > 0)
            .min()
    {
        piece = &piece[..at];
        // 收入大约仅(为平均水平的70%).
        while let Some(word) =
            ["大约", "仅仅", "仅", "约", "已", "将", "均", "则", "只", "大致"].iter().find(|w| piece.ends_with(**w))
        {
            piece = &piece[..piece.len() - word.len()];
        }
    }
    // 优惠部分由工会承担70%: not who bears it. 职工在代表中的比例: not among whom.
    let measured = relative || candidate.kind == FactKind::Money;
    if measured
        && ["承担", "负担", "支付", "出资", "分担", "补贴", "报销"].iter().any(|w| piece.ends_with(w))
        && let Some(at) = piece.rfind('由').filter(|&i| i > 0)
    {
        piece = &piece[..at];
    }
    if relative
        && ["比例", "比重", "份额"].iter().any(|w| piece.ends_with(w))
        && let Some(at) = piece.rfind('在').filter(|&i| i > 0 && !piece[..i].ends_with(['存', '现', '所', '内']))
    {
        piece = &piece[..at];
    }
    // 债务占总额的55%: what stands before 占 is the share, what stands behind it the whole.
    if candidate.kind == FactKind::Percentage
        && let Some(at) = piece.rfind('占')
        && !["占地", "占有", "占比", "占据"].iter().any(|w| piece[at..].starts_with(w))
    {
        piece = &piece[..at];
        if piece.is_empty() {
            let counted = carry::counted_before(block, index, known);
            return counted.map_or(Front::Nothing, |(a, b)| Front::Phrase(a, b));
        }
    }
    // 价值230万元的设备: the things are meant.
    if candidate.kind == FactKind::Money && piece.ends_with("价值") && text.get(candidate.end) == '的' {
        return Front::Unclear;
    }
    let sum = candidate.kind == FactKind::Money || candidate.unit.as_deref() == Some("笔");
    if piece.ends_with('的') {
        return Front::Headless;
    }
    let wanted = match candidate.kind {
        _ if sum => Wanted::Sum,
        FactKind::People => Wanted::Person,
        FactKind::Percentage => Wanted::Share,
        _ => Wanted::Thing,
    };
    let Some((start, end)) = phrase::before(piece, wanted) else { return Front::Unclear };
    // 奖励先进个人5000元: who gets it, not what it is; then the verb says.
    let person = piece.get(start..end).and_then(noun::of).is_some();
    if candidate.kind == FactKind::Money && person {
        let before = piece.get(..start).unwrap_or_default();
        let sum = phrase::before(before, Wanted::Sum).filter(|v| before.get(v.0..v.1).is_some_and(noun::names_money));
        // 奖金2400元,普通工人只有800元: of the same sum.
        let same = || carried().filter(|_| previous.is_some_and(|p| carry::beside(block, p, candidate)));
        return match sum {
            Some((start, end)) => Front::Phrase(a + start, a + end),
            None => same().map_or(Front::Unclear, |(a, b)| Front::Phrase(a, b)),
        };
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
    if text.one_before(at, WORDS).is_some() {
        return true;
    }
    // 伙计, 人才, 自由: a link of one character that makes a word with the one before it.
    let pair = text.string(at.saturating_sub(2), at);
    let two_links = text.one_before(at - 1, LINKS).is_some();
    text.one_before(at, LINKS).is_some_and(|n| n == 1)
        && !two_links
        && !SPLIT.contains(&pair.as_str())
        && jieba().has_word(&pair)
}

/// Pairs of characters that a dictionary has for words and that end in a link all the same.
const SPLIT: &[&str] = &[
    "数达",
    "人均",
    "年均",
    "总共",
    "一共",
    "总计",
    "共计",
    "合计",
    "累计",
    "还有",
    "已有",
    "现有",
    "就有",
    "都有",
    "也有",
    "只有",
    "仅有",
    "共有",
    "约有",
    "均为",
    "约为",
    "已达",
    "高达",
    "多达",
    "分为",
    "计为",
    "定为",
    "升为",
    "增为",
    "减为",
    "降为",
    "变为",
    "改为",
    "升到",
    "降到",
    "增到",
    "减到",
    "达到",
    "涨到",
    "总是",
    "都是",
    "就是",
    "只是",
    "仅是",
    "也是",
    "正是",
    "更是",
    "则是",
    "却是",
    "便是",
    "已经",
    "即将",
    "必将",
    "又将",
    "终将",
    "一要",
    "将要",
    "只要",
    "需要",
    "还要",
    "仍需",
    "急需",
    "尚需",
    "只需",
    "升至",
    "降至",
    "增至",
    "减至",
    "直至",
    "少至",
    "多至",
    "甚至",
    "乃至",
    "时至",
    "后至",
    "早已",
    "均已",
    "业已",
    "而已",
    "收到",
    "拿到",
    "做到",
    "得到",
    "一到",
    "有了",
    "为了",
    "成了",
    "到了",
    "除了",
    "罢了",
    "好了",
    "完了",
    "行了",
    "大约",
    "不仅",
    "月仅",
    "年仅",
    "仅仅",
    "绝不仅",
    "年近",
    "时近",
    "将近",
    "接近",
    "附近",
    "临近",
    "靠近",
];

fn opening_bracket(text: &Folded, close: usize) -> Option<usize> {
    const LONGEST: usize = 40;
    (close.saturating_sub(LONGEST)..close).rev().find(|&i| text.get(i) == '(')
}
