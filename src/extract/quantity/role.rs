//! What an amount sums, whether it is a change, and who gives or gets it.

use std::sync::LazyLock;

use super::block::Block;
use crate::record::{Fact, FactKind, Measure};
use crate::text::{CharFilter, PairFilter, sentence};

/// How far before a quantity its signs are looked for, in characters.
const REACH: usize = 16;

const TOTAL: &[&str] = &["共", "总计", "合计", "一共", "共计", "总额", "总投资", "总数", "总值", "总产值", "总收入"];
const CUMULATIVE: &[&str] = &["累计", "至今", "以来共", "迄今", "历年", "先后"];
const PART: &[&str] = &["其中"];
const STANDARD: &[&str] = &["标准", "定额"];

/// Signs of change, longest first; what follows is how much, not how many there are.
const CHANGES: &[&str] = &[
    "新发展",
    "新吸收",
    "新建",
    "新增",
    "净增",
    "增长",
    "增加",
    "提高",
    "上升",
    "上涨",
    "增收",
    "增产",
    "扩大",
    "下降",
    "减少",
    "降低",
    "下调",
    "上调",
    "缩短",
    "下跌",
    "缩减",
    "节约",
    "回落",
    "攀升",
    "延长",
    "降",
];

/// Fills `measure`, `change` and `holder`.
pub(super) fn read(block: &Block<'_>, index: usize, fact: &mut Fact) {
    let Some(candidate) = block.candidates.get(index) else { return };
    let text = block.text;
    let floor = block.previous(index).map_or(0, |c| c.end);
    let clause = sentence::clause_start(text, candidate.start, REACH);
    let from = clause.max(floor);
    if !matches!(fact.kind, FactKind::Age | FactKind::Ordinal | FactKind::Frequency | FactKind::Duration) {
        let signs = || {
            let opens = |i: &usize| text.get(*i) == '共' || MEASURE_FIRST.may_hold(text.get(*i), text.get(i + 1));
            (from..candidate.start).filter(opens)
        };
        let holds = |words: &[&str]| signs().any(|i| text.one_of(i, words).is_some());
        let any = signs().next().is_some();
        fact.measure = if any && holds(CUMULATIVE) {
            Some(Measure::Cumulative)
        } else if text.has_before(candidate.start, "共")
            || text.has_before(candidate.start, "计") && from + 1 == candidate.start
            || any && holds(TOTAL)
        {
            Some(Measure::Total)
        } else if any && holds(PART) || text.one_before(clause.saturating_sub(1), PART).is_some() {
            Some(Measure::Part)
        } else if any && holds(STANDARD) || text.has(candidate.end, "标准") || text.has(candidate.end, "的标准") {
            Some(Measure::Standard)
        } else {
            None
        };
        fact.change = change(block, from, candidate.start);
    }
    if matches!(
        fact.kind,
        FactKind::Money
            | FactKind::People
            | FactKind::Members
            | FactKind::Households
            | FactKind::Organisations
            | FactKind::Items
    ) {
        fact.holder = holder(block, candidate.start);
    }
}

/// The first two characters of words: most places of a text open none of them. 共 is a word alone.
static MEASURE_FIRST: LazyLock<PairFilter> =
    LazyLock::new(|| PairFilter::of_first([TOTAL, CUMULATIVE, PART, STANDARD].into_iter().flatten().copied()));
static CHANGE_FIRST: LazyLock<CharFilter> = LazyLock::new(|| CharFilter::of_first(CHANGES.iter().copied()));
static GIVER_FIRST: LazyLock<PairFilter> = LazyLock::new(|| PairFilter::of_first(GIVERS.iter().copied()));

/// The last sign of change in the clause before the number; 增至 and 上升到 name a level and are none.
fn change(block: &Block<'_>, from: usize, to: usize) -> Option<String> {
    let text = block.text;
    (from..to).rev().filter(|&i| CHANGE_FIRST.may_hold(text.get(i))).find_map(|i| {
        let word = CHANGES.iter().find(|w| text.has(i, w)).filter(|w| **w != "降" || text.before(i) != '下')?;
        let end = i + word.chars().count();
        let level =
            matches!(text.get(end), '到' | '至' | '为') || *word == "降" && !matches!(text.get(end), '了') && end != to;
        // 增加值, 提高班: other words.
        let noun = matches!(text.get(end), '值' | '班' | '率');
        (end <= to && !level && !noun).then(|| (*word).to_owned())
    })
}

/// Ends of the names of those who give: unions, firms, offices.
const GIVERS: &[&str] = &[
    "总工会",
    "工会联合会",
    "联合工会",
    "工会",
    "公司",
    "集团",
    "财政",
    "基金会",
    "互助会",
    "协会",
    "政府",
    "民政局",
    "人社局",
    "银行",
    "厂方",
    "委员会",
    "红十字会",
];

/// Who gives: the name that opens the sentence and stands before its verb, if it ends like an organisation.
fn holder(block: &Block<'_>, before: usize) -> Option<String> {
    const SENTENCE: usize = 80;
    const LONGEST: usize = 24;
    let text = block.text;
    let from = sentence::sentence_start(text, before, SENTENCE);
    let mut best = None;
    let mut at = from;
    while at < before {
        if GIVER_FIRST.may_hold(text.get(at), text.get(at + 1))
            && let Some(n) = text.one_of(at, GIVERS)
        {
            let end = at + n;
            // 市总工会主席, 工会会员, 企业工会: the name goes on.
            let goes_on = matches!(
                text.get(end),
                '主' | '副'
                    | '会'
                    | '的'
                    | '干'
                    | '工'
                    | '组'
                    | '领'
                    | '有'
                    | '党'
                    | '职'
                    | '系'
                    | '、'
                    | '和'
                    | '”'
                    | '员'
                    | '经'
                    | '建'
                    | '小'
                    | '法'
                    | '女'
                    | '办'
                    | '代'
                    | '与'
                    | '及'
                    | '总'
                    | '家'
                    | '单'
                    | '部'
                    | '集'
                    | '联'
                    | '委'
            );
            let verb = text.get(end) == '共' || text.get(end) == '已' || !goes_on;
            if verb && end <= before {
                best = Some((clause_from(block, at, from), end));
                break;
            }
            at = end;
        } else {
            at += 1;
        }
    }
    let (start, end) = best?;
    // What opens it may be a date or a preposition, which are no part of the name.
    let start = opening(block, start, end);
    // 这座由县总工会投入…建成的驿站: who acts stands behind 由.
    let by = |i: &usize| text.get(*i) == '由' && !matches!(text.before(*i), '自' | '理' | '缘');
    let start = (start..end).rev().find(by).map_or(start, |i| i + 1);
    if end <= start || end - start > LONGEST {
        return None;
    }
    // 对有关银行, 六成的企业, 学校中: whom it is about, not who acts.
    let acts = (start..end).all(|i| {
        !matches!(
            text.get(i),
            '对' | '从' | '向' | '给' | '被' | '把' | '的' | '于' | '在' | '到' | '了' | ',' | ' ' | '”'
        )
    }) && !matches!(text.get(end), '中' | '里' | '内' | '等');
    let name = block.printed.get(text.byte(start)..text.end_byte(end, block.printed))?;
    acts.then(|| name.to_owned())
}

fn clause_from(block: &Block<'_>, at: usize, floor: usize) -> usize {
    sentence::clause_start(block.text, at, 40).max(floor)
}

fn opening(block: &Block<'_>, from: usize, to: usize) -> usize {
    const OPENERS: &[&str] = &[
        "据悉",
        "据了解",
        "据介绍",
        "近日",
        "日前",
        "此外",
        "同时",
        "目前",
        "其中",
        "以来",
        "在",
        "由",
        "经",
        "从",
        "为",
        "向",
        "对",
        "与",
        "给",
        "被",
        "让",
        "使",
        "得知",
        "该",
        "通过",
        "期间",
        "随后",
        "如今",
        "据",
        "除",
        "将",
    ];
    let mut at = from;
    loop {
        let mention = block.end_of_mention(at);
        let word = block.text.one_of(at, OPENERS).filter(|_| !block.text.has(at, "该")).map(|n| at + n);
        match mention.or(word) {
            Some(next) if next > at && next < to => at = next,
            _ => return at,
        }
    }
}
