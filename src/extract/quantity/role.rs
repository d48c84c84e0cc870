//! What an amount sums, whether it is a change, and who gives or gets it.

use std::sync::LazyLock;

use super::block::Block;
use super::links;
use crate::extract::gazetteer::VENUES;
use crate::record::{Fact, FactKind, Measure};
use crate::text::{CharFilter, CharSet, Folded, PairFilter, jieba, numeral, sentence};

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
    "红十字总会",
];

/// Who gives: the name that opens the sentence and stands before its verb, if it ends like an organisation, or the last
/// one that opens a clause behind it (省总工会下拨3000万元,各市工会投入6500万元).
fn holder(block: &Block<'_>, before: usize) -> Option<String> {
    const SENTENCE: usize = 80;
    const CLAUSE: usize = 40;
    let text = block.text;
    let mut from = sentence::sentence_start(text, before, SENTENCE);
    // Too far to see where the sentence begins: who stands there need not open it.
    let is_cut = before - from == SENTENCE && !sentence::ends_sentence(text, from.saturating_sub(1));
    if is_cut {
        from = sentence::clause_start(text, from, CLAUSE);
    }
    let mut first = !is_cut;
    let mut found = None;
    let mut at = from;
    while at < before {
        let giver = GIVER_FIRST.may_hold(text.get(at), text.get(at + 1)).then(|| text.one_of(at, GIVERS)).flatten();
        let Some(n) = giver else {
            at += 1;
            continue;
        };
        let mut end = at + n;
        // 某集团|公司.
        while let Some(more) = text.one_of(end, GIVERS) {
            end += more;
        }
        if end <= before && !goes_on(text, end) {
            let clause = sentence::clause_start(text, at, CLAUSE).max(from);
            let named = if first {
                giver_named(block, clause, end)
            } else if does(text, end, before) {
                giver_named(block, clause, end).filter(|name| acts_too(block, clause, *name))
            } else {
                None
            };
            found = named.or(found);
            first = false;
        }
        at = end;
    }
    let (start, end) = found?;
    block.printed.get(text.byte(start)..text.end_byte(end, block.printed)).map(str::to_owned)
}

/// Whether the name of a giver goes on behind `end`: 市总工会主席, 工会会员, 企业工会, “工会杯”.
fn goes_on(text: &Folded, end: usize) -> bool {
    static MORE: CharSet = CharSet::new("主副会的干工组领有党职系、和”员经建小法女办代与及总家单部集联委杯+");
    MORE.has(text.get(end)) && !text.has(end, "经过")
}

/// Whether something is done between a name that ends at `end` and the number at `before`, which does not count those that
/// are named (企业工会20家), and is no part of another sentence.
fn does(text: &Folded, end: usize, before: usize) -> bool {
    links::before_all_links(text, before) > end + 1 && (end..before).all(|i| text.get(i) != ';')
}

/// Whether a name that does not open its sentence opens its clause, and is a name: not 经市总工会, (简称某集团), 而公司,
/// 不断加大财政, 8位政府.
fn acts_too(block: &Block<'_>, clause: usize, (start, end): (usize, usize)) -> bool {
    let text = block.text;
    let dated = block.date_ending(start).is_some_and(|(from, _)| from == clause)
        && !"中里内间后前来末初起时".contains(text.get(start));
    if !(start == clause || dated) || matches!(text.before(clause), '(' | ')') || block.has_quantity(start, end) {
        return false;
    }
    is_noun_phrase(text, start, end)
}

/// The name of who gives that ends at `end`, in the clause from `clause` on: none where it does not act.
fn giver_named(block: &Block<'_>, clause: usize, end: usize) -> Option<(usize, usize)> {
    const LONGEST: usize = 24;
    let text = block.text;
    // What opens it may be a date or a preposition, which are no part of the name.
    let opens = opening(block, clause, end);
    // 这座由县总工会投入…建成的驿站: who acts stands behind 由.
    let by = |i: &usize| text.get(*i) == '由' && !matches!(text.before(*i), '自' | '理' | '缘');
    let start = (opens..end).rev().find(by).map_or(opens, |i| i + 1);
    if end <= start || end - start > LONGEST {
        return None;
    }
    let start = start + usize::from(text.get(start) == '“');
    // 对有关银行, 六成的企业, 学校中: whom it is about, not who acts; 所欠14家银行: what is done to it.
    let idle = |c: char| "对从向给被把的于在到了, ”《".contains(c);
    let owed = |i: usize| text.get(i) == '所' && numeral::is_numeral(text.get(i + 2));
    let acts = !(start..end).any(|i| idle(text.get(i)) || owed(i))
        && !matches!(text.get(end), '中' | '里' | '内' | '等')
        && !names_facility(text, end);
    acts.then_some((start, end))
}

/// Whether a name is of nouns: 各市工会, 某某集团; but not 清理行业协会, 并下达财政.
fn is_noun_phrase(text: &Folded, start: usize, end: usize) -> bool {
    let words = jieba().tag(text.word(start, end), false);
    let opens = words.first().is_some_and(|word| word.tag.starts_with(['n', 'r', 'j', 'b', 's', 'l', 'x', 'a', 'q']));
    let noun = |tag: &str| tag == "vn" || !tag.starts_with(['v', 'p', 'd', 'u', 't', 'c']);
    opens && words.iter().all(|word| noun(word.tag) || matches!(word.word, "和" | "与" | "及" | "以及" | "或" | "或者"))
}

/// Whether what stands right behind `end` is called after who keeps it: 工会爱心驿站.
fn names_facility(text: &Folded, end: usize) -> bool {
    const LONGEST: usize = 4;
    let facility = (end..=end + LONGEST).find(|&i| text.one_of(i, &VENUES).is_some());
    facility.is_some_and(|at| {
        let words = jieba().tag(text.word(end, at), false);
        words.iter().all(|word| word.tag.starts_with(['n', 'a']))
    })
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
