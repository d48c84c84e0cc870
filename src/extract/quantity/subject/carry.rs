//! What is counted, where the clause of the number does not say it: carried over from what stands before.
//!
//! In: a block's candidates, and which of them. Out: the phrase that is meant, in bytes of the printed text; None where
//! the text leaves it open. Known are these ways: the quantity right before counts the same (由82.6%上升至91.3%), also
//! beyond a bracket; a part of it is counted (其中19人, 占58%), or another part of the same whole (六成信佛,两成信教); a
//! frame names it (劳模中,退休的有8200名); the clause before has the sum that is paid to each
//! (体检费用由公司承担,人均380元), says what the amount then reaches (贷款居首位,达105亿元) or what moves
//! (份额持续攀升,1990年占10%), or ends in whom the number counts (创业的职工,全区已有780人); a count with the same measure
//! word stands before (线索43件,已办结41件); a colon opens a list of levels (慰问标准为:特困职工1500元), or a row of them
//! tells who is meant (2000元以下的占两成,2000元至3000元的占五成).

use crate::extract::quantity::block::{Block, Known, Phrase};
use crate::extract::quantity::links::{change_before, link_before};
use crate::extract::quantity::phrase::Wanted;
use crate::extract::quantity::{Candidate, noun, per};
use crate::record::FactKind;
use crate::text::{is_cjk, sentence};

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

/// What was counted at the end of the clause before, where this one opens with a share of them: 案件300件,已有一半得到处理.
pub(super) fn share_of_counted(block: &Block<'_>, index: usize, known: Known<'_>) -> Option<Phrase> {
    const THERE: &[&str] = &["已有", "其中有", "其中", "目前已有", "现已有"];
    let text = block.text;
    let (candidate, previous) = (block.candidates.get(index)?, block.previous(index)?);
    let clause = sentence::clause_start(text, candidate.start, SENTENCE);
    let opens = THERE.iter().any(|word| text.has(clause, word) && clause + word.chars().count() == candidate.start);
    let counted = previous.kind != FactKind::Money && is_amount(previous.kind);
    let ends =
        clause.checked_sub(1).is_some_and(|comma| sentence::clause_start(text, comma, SENTENCE) <= previous.start);
    known.get(index - 1).copied().flatten().filter(|_| opens && counted && ends && text.before(clause) == ',')
}

/// What the sum before in its sentence is, where the clause says only when it was so much: 而上年同期仅为250亿元.
pub(super) fn same_period(block: &Block<'_>, index: usize, known: Known<'_>) -> Option<Phrase> {
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
    block.printed.get(found.0..found.1).is_some_and(noun::ends_in_sum).then_some(found)
}

/// Whether a share is all of its clause, and an amount ends the one before.
pub(super) fn alone_behind(block: &Block<'_>, index: usize) -> bool {
    let Some((previous, candidate)) = block.previous(index).zip(block.candidates.get(index)) else { return false };
    candidate.start == previous.end + 1
        && previous.kind != FactKind::Money
        && beside_any(block, previous, candidate)
        && sentence::ends_clause(block.text, candidate.end)
}

/// Whether a share opens the clause right behind that of another share, which is of the same whole.
pub(super) fn parallel(block: &Block<'_>, index: usize) -> bool {
    let clause = |c: &Candidate| sentence::clause_start(block.text, c.start, SENTENCE);
    let (Some(previous), Some(candidate)) = (block.previous(index), block.candidates.get(index)) else { return false };
    let from = clause(candidate);
    same_class(previous, candidate)
        && from == candidate.start
        && matches!(block.text.before(from), ',' | ';')
        && clause(previous) == sentence::clause_start(block.text, from - 1, SENTENCE)
}

/// What the clause before ranks, where that of the sum only says how much it is: 贷款居首位,达105亿元.
pub(super) fn ranked(block: &Block<'_>, candidate: &Candidate) -> Option<Phrase> {
    const REACHES: &[&str] = &["达", "已达", "就达", "就可达", "可达", "高达", "竟达", "共达", "超过", "突破"];
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
    if let Some(at) = (from + 1..end).find(|&i| text.one_of(i, RANKS).is_some()) {
        return before(at);
    }
    // 节省的采购支出,就可达数千万元.
    let counted = block.candidates.iter().rev().find(|c| c.end <= end).is_some_and(|c| c.end > from);
    before(end).filter(|&(a, b)| !counted && block.printed.get(a..b).is_some_and(noun::ends_in_sum))
}

/// What the last count before the candidate in its sentence counts.
pub(super) fn counted_before(block: &Block<'_>, index: usize, known: Known<'_>) -> Option<Phrase> {
    let candidate = block.candidates.get(index)?;
    let from = sentence::sentence_start(block.text, candidate.start, SENTENCE);
    let last = earlier(block, index, from).take(4).find(|(_, c)| is_amount(c.kind))?;
    known.get(last.0).copied().flatten()
}

/// The income that the last sum or share before the candidate in its sentence is of.
pub(super) fn sum_before(block: &Block<'_>, index: usize, known: Known<'_>) -> Option<Phrase> {
    let from = sentence::sentence_start(block.text, block.candidates.get(index)?.start, FRAME);
    let sum = |c: &Candidate| matches!(c.kind, FactKind::Money | FactKind::Percentage);
    let found =
        earlier(block, index, from).filter(|(_, c)| sum(c)).find_map(|(at, _)| known.get(at).copied().flatten())?;
    let named = block.printed.get(found.0..found.1)?;
    ["税收", "税", "收入", "利润", "销售额", "产值", "营业额"].iter().any(|w| named.ends_with(w)).then_some(found)
}

/// Characters behind a number within which it is said what becomes of those that it counts.
const NEAR: usize = 5;

/// What becomes of some of those who came or took part.
pub(super) const CHOSEN: &[&str] = &[
    "达成",
    "最终",
    "入选",
    "入围",
    "入职",
    "通过",
    "晋级",
    "获奖",
    "获得",
    "获评",
    "报名",
    "签约",
    "签订",
    "签下",
    "当选",
    "落选",
    "被录用",
    "被录取",
    "脱颖",
    "胜出",
    "成为",
    "考取",
    "取得",
    "拿到",
    "结业",
    "就业",
    "上岗",
];

/// What is done with households that were counted before.
const HELPED: &[&str] = &[
    "帮助",
    "帮扶",
    "资助",
    "救助",
    "慰问",
    "走访",
    "实现",
    "剩下的",
    "其余",
    "其中",
    "脱贫",
    "脱困",
    "解困",
    "审核通过",
    "通过",
];

/// What a count before the candidate counts with the same measure word in its sentence, of households also in the one
/// before, where the candidate's clause says only what is done with so many of them: 欠薪线索43件,…已办结41件.
pub(super) fn same_measure(block: &Block<'_>, index: usize, known: Known<'_>) -> Option<Phrase> {
    const PART: &[&str] =
        &["其中", "剩下的", "余下的", "其余", "占", "每平方公里", "每年", "每月", "日均", "月均", "年均"];
    let text = block.text;
    let candidate = block.candidates.get(index)?;
    let clause = sentence::clause_start(text, candidate.start, SENTENCE);
    // 个 and 名 count anything: only where a part is told.
    let any = matches!(candidate.unit.as_deref(), Some("个" | "次" | "项" | "人" | "名" | "位" | "人次") | None);
    // 其中,480万户实现脱困.
    let opened = clause >= 3 && text.get(clause - 1) == ',' && text.has_before(clause - 1, "其中");
    let part = || {
        opened || text.one_before(candidate.start, PART).is_some() || text.one_of(clause, &["其中", "为其中"]).is_some()
    };
    // 其中237人受到批评,19人被免职: the next part.
    let next_part = || {
        let from = sentence::sentence_start(text, clause, FRAME);
        clause == candidate.start && (from..clause).any(|i| text.has(i, "其中"))
    };
    // 3000名求职者参加,860多人达成意向: how many of them.
    let of_them = candidate.kind == FactKind::People
        && clause == candidate.start
        && (candidate.end..candidate.end + NEAR).any(|i| text.one_of(i, CHOSEN).is_some());
    let counts_any = any && !of_them && !part() && !next_part();
    // Then only what is done tells, and of people alone.
    if counts_any && candidate.kind != FactKind::People {
        return None;
    }
    // Households are told of over two sentences.
    let helped = text.one_before(candidate.start, HELPED).is_some();
    let from = match sentence::sentence_start(text, candidate.start, FRAME) {
        // 其中3108家 opens a sentence: of those that the one before counts.
        from if candidate.kind == FactKind::Households && helped
            || from == clause && text.has(clause, "其中")
            || opened && from + 3 == clause =>
        {
            sentence::sentence_start(text, from.saturating_sub(1), FRAME)
        }
        from => from,
    };
    // 资助12.7万名职工,其中今年资助2.15万人: people, whatever their measure word.
    let people = candidate.kind == FactKind::People && text.has(clause, "其中");
    let people = people || counts_any || of_them;
    let head = |c: &Candidate| matches!(c.unit.as_deref(), Some("人" | "名" | "位"));
    // 救助职工4872户次,实现脱困1205户.
    let households = candidate.kind == FactKind::Households;
    let same = |c: &Candidate| {
        let alike = households || people && head(c) && head(candidate);
        same_class(c, candidate) && (c.unit == candidate.unit || alike)
    };
    let mut before = earlier(block, index, from).filter(|(_, c)| same(c));
    let (whole, found) = before.find_map(|(at, c)| Some((c, known.get(at).copied().flatten()?)))?;
    // 120名选手参赛,500人入选: others.
    if of_them && candidate.low > whole.low {
        return None;
    }
    // 甲银行招聘毕业生400名,乙银行招聘200名; else anything that the clause names may be what is counted.
    let meant = !counts_any && (part() || only_acts(block, index, clause));
    (meant || candidate.kind == FactKind::People && same_act(block, candidate, found)).then_some(found)
}

/// Whether the verb of two characters before the candidate is the one before what was counted.
fn same_act(block: &Block<'_>, candidate: &Candidate, found: Phrase) -> bool {
    /// Bytes between the verb and its noun at most: 招聘|应届|毕业生.
    const MODIFIERS: usize = 12;
    let Some(verb) = verb_before(block, candidate) else { return false };
    let verb_at = block.printed.get(..found.0).and_then(|before| before.rfind(verb));
    verb_at.is_some_and(|at| found.0 - at - verb.len() <= MODIFIERS)
}

/// The two ideographs right before the candidate.
fn verb_before<'b>(block: &Block<'b>, candidate: &Candidate) -> Option<&'b str> {
    // 接待|了147人, 已经接待|60人.
    let end = candidate.start - usize::from(matches!(block.text.before(candidate.start), '了' | '过'));
    let from = end.checked_sub(2)?;
    Some(block.text.word(from, end)).filter(|verb| verb.chars().all(is_cjk))
}

/// The candidates before that of number `index` that do not begin before `from`, the nearest first, with their numbers.
fn earlier<'b>(block: &Block<'b>, index: usize, from: usize) -> impl Iterator<Item = (usize, &'b Candidate)> {
    block.candidates.iter().enumerate().take(index).rev().take_while(move |(_, c)| c.start >= from)
}

/// What the count that ends the clause before counts, where this one opens with how many of them: 7个贫困县,先后有4个….
pub(super) fn some_of(block: &Block<'_>, index: usize, known: Known<'_>) -> Option<Phrase> {
    const THERE: &[&str] = &["先后有", "已经有", "其中有", "还有", "已有", "现有", "只有", "仅有", "有"];
    let text = block.text;
    let (candidate, previous) = (block.candidates.get(index)?, block.previous(index)?);
    let clause = sentence::clause_start(text, candidate.start, SENTENCE);
    let opens = THERE.iter().any(|word| text.has(clause, word) && clause + word.chars().count() == candidate.start);
    let found = known.get(index - 1).copied().flatten()?;
    let ends = clause.checked_sub(1).is_some_and(|comma| text.get(comma) == ',' && text.byte(comma) == found.1);
    let fewer = same_class(previous, candidate) && previous.unit == candidate.unit && candidate.high < previous.low;
    (opens && ends && fewer && found.0 >= text.byte(previous.start)).then_some(found)
}

/// What the count before in the same clause counts, where only what was done with so many of them stands between:
/// 4台轿车被封存了3台.
pub(super) fn rest_of(block: &Block<'_>, index: usize, known: Known<'_>) -> Option<Phrase> {
    let text = block.text;
    let (candidate, previous) = (block.candidates.get(index)?, block.previous(index)?);
    let found = known.get(index - 1).copied().flatten()?;
    let same = same_class(previous, candidate)
        && previous.unit == candidate.unit
        && candidate.high < previous.low
        && sentence::clause_start(text, candidate.start, SENTENCE) <= previous.start
        && sentence::ends_clause(text, candidate.end)
        && found.0 >= text.byte(previous.end);
    let between = block.printed.get(found.1..text.byte(candidate.start)).filter(|_| same)?;
    let words = crate::text::jieba().tag(between, false);
    let acts = words.iter().all(|w| w.tag.starts_with(['v', 'd', 'p', 'u']) || super::counted::ACTS.contains(&w.word));
    (acts && words.iter().any(|w| w.tag.starts_with('v'))).then_some(found)
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
pub(super) fn exchange_rate(block: &Block<'_>, index: usize, known: Known<'_>) -> Option<Phrase> {
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
pub(super) fn listed(block: &Block<'_>, at: usize) -> Option<Phrase> {
    const LIST: usize = 200;
    const LINKS: &[&str] = &["分别是", "分别为", "依次是", "依次为", "是", "为"];
    let text = block.text;
    let from = sentence::sentence_start(text, at, LIST);
    let colon = (from..at).find(|&i| text.get(i) == ':')?;
    let end = colon - text.one_before(colon, LINKS)?;
    let found = block.phrase_before(sentence::clause_start(text, end, SENTENCE), end, Wanted::Sum)?;
    block.printed.get(found.0..found.1).is_some_and(noun::ends_in_sum).then_some(found)
}

/// What the shares of a row are of, one by one, where the clauses before name as many amounts: 总量达780万张,消费额120亿元,
/// 分别增长66%和17%.
pub(super) fn respective(block: &Block<'_>, index: usize, known: Known<'_>) -> Option<Phrase> {
    const COMPARES: &[&str] = &["分别", "比", "较", "同比"];
    const LONGEST: usize = 6;
    let text = block.text;
    let candidate = block.candidates.get(index)?;
    let joined = |a: &Candidate, b: &Candidate| {
        same_class(a, b) && b.start == a.end + 1 && matches!(text.get(a.end), '和' | '、' | '与' | '及')
    };
    let pairs = |range: std::ops::Range<usize>| block.candidates.get(range).unwrap_or_default().windows(2);
    let earlier_ones =
        pairs(index.saturating_sub(LONGEST)..index + 1).rev().take_while(|p| joined(&p[0], &p[1])).count();
    let later = pairs(index..block.candidates.len().min(index + LONGEST)).take_while(|p| joined(&p[0], &p[1])).count();
    let first = index - earlier_ones;
    let row = earlier_ones + later + 1;
    let opens = block.candidates.get(first)?.start;
    let clause = sentence::clause_start(text, opens, SENTENCE);
    let told = text.one_of(clause, COMPARES).is_some() && (clause..opens).any(|i| text.has(i, "分别"));
    if row < 2 || !told {
        return None;
    }
    let from = sentence::sentence_start(text, candidate.start, FRAME);
    let amounts: Vec<usize> =
        earlier(block, first, from).filter(|(_, c)| is_amount(c.kind)).map(|(at, _)| at).collect();
    let beside = amounts.first().and_then(|&at| block.candidates.get(at)).is_some_and(|c| c.end + 1 == clause);
    let of = amounts.get(row - 1 - earlier_ones).copied().filter(|_| beside && amounts.len() >= row)?;
    known.get(of).copied().flatten()
}

/// Whether nothing but acts stands between the start of the clause, its dates apart, and the candidate (已办结41件).
fn only_acts(block: &Block<'_>, index: usize, clause: usize) -> bool {
    let text = block.text;
    let Some(candidate) = block.candidates.get(index) else { return false };
    let counted = block.previous(index).map_or(0, |p| p.end);
    let from = clause.max(counted).max(block.last_date_end(candidate.start).unwrap_or(0));
    let (a, b) = (text.byte(from), text.end_byte(candidate.start, block.printed));
    let words = crate::text::jieba().tag(block.printed.get(a..b).unwrap_or_default(), false);
    let act = |tag: &str, word: &str| tag.starts_with(['v', 'd', 'c', 't']) || matches!(word, "建会" | "入会" | "、");
    // 收到表扬信15件: jieba has 信 for a verb.
    let lone = words
        .last()
        .is_some_and(|w| w.tag.starts_with('v') && w.word.chars().count() == 1 && !matches!(w.word, "有" | "会"));
    !lone
        && words
            .iter()
            .all(|w| act(w.tag, w.word) || HELPED.contains(&w.word) || super::counted::ACTS.contains(&w.word))
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

/// What is done with a standard.
const MOVED: [&str; 8] = ["上调", "下调", "提高", "调整", "提升", "降低", "调高", "增加"];

/// The standard that a colon opens a list of (慰问标准为:特困职工每户1500元,困难劳模每人2000元).
pub(super) fn standard(block: &Block<'_>, at: usize) -> Option<Phrase> {
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
pub(super) fn paid_of(block: &Block<'_>, index: usize, known: Known<'_>) -> Option<Phrase> {
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
pub(super) fn extreme(block: &Block<'_>, index: usize, known: Known<'_>) -> Option<Phrase> {
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

/// Who ends the clause before, where this one only says where so many of them are: 创业的职工,全区已有780人.
pub(super) fn of_whom(block: &Block<'_>, index: usize) -> Option<Phrase> {
    const LONGEST: usize = 6;
    const THERE: &[&str] = &["已有", "就有", "共有", "有", "已达", "达"];
    let text = block.text;
    let candidate = block.candidates.get(index)?;
    let clause = sentence::clause_start(text, candidate.start, SENTENCE);
    let n = text.one_before(candidate.start, THERE)?;
    let comma = clause.checked_sub(1).filter(|&i| text.get(i) == ',' && candidate.start <= clause + LONGEST)?;
    let place = text.word(clause, candidate.start - n);
    if !place.is_empty() && !noun::is_area(place) {
        return None;
    }
    let counted = block.previous(index).map_or(0, |p| p.end);
    let from = sentence::clause_start(text, comma, SENTENCE).max(counted);
    // 他是全厂的劳模, 看望了厂里的工人: a sentence of its own.
    if (from..comma).any(|i| matches!(text.get(i), '了' | '是')) {
        return None;
    }
    let found = block.phrase_before(from, comma, Wanted::Person)?;
    let described = text.before(text.index_of(found.0)) == '的';
    (described && block.noun_of(found) == Some(noun::Noun::Person)).then_some(found)
}

/// What rises or falls in the clause before that of a share which says what it then reaches: 系数一直呈上升趋势,达13%.
pub(super) fn trend(block: &Block<'_>, index: usize) -> Option<Phrase> {
    const ADVERBS: &str = "也又却仍还将已均都则更有";
    const MOVES: &[&str] = &[
        "一直",
        "呈",
        "逐年",
        "不断",
        "急剧",
        "迅速",
        "直线",
        "开始",
        "持续",
        "稳步",
        "有所",
        "大幅",
        "明显",
        "继续",
        "连年",
        "进一步",
        "逐步",
        "越来越",
        "有增无减",
        "首次过半",
        "过半",
    ];
    const RATES: [char; 9] = ['率', '数', '重', '例', '额', '量', '值', '度', '比'];
    let text = block.text;
    let candidate = block.candidates.get(index)?;
    let clause = sentence::clause_start(text, candidate.start, SENTENCE);
    let comma = clause.checked_sub(1).filter(|&i| text.get(i) == ',')?;
    let from = sentence::clause_start(text, comma, SENTENCE).max(block.previous(index).map_or(0, |p| p.end));
    let mut moves = (from..comma).find(|&i| text.one_of(i, MOVES).is_some())?;
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
    let sum = |found: &Phrase| block.printed.get(found.0..found.1).is_some_and(noun::ends_in_sum);
    block.phrase_before(from, moves, Wanted::Share).filter(|found| !money || grows || sum(found))
}

/// What rises or falls in the clause before, where this one only says among whom (在城市人口中已高达2.5%).
pub(super) fn among(block: &Block<'_>, index: usize, (from, to): Phrase) -> Option<Phrase> {
    let text = block.text;
    let candidate = block.candidates.get(index)?;
    let clause = sentence::clause_start(text, candidate.start, SENTENCE);
    let framed = text.get(clause) == '在' && matches!(text.get(text.index_of(to)), '中' | '里');
    if framed && text.byte(clause) < from { trend(block, index) } else { None }
}

/// What the shares of a row of years are of: 份额持续攀升,1990年占10.2%,1991年占10.4%.
pub(super) fn by_year(block: &Block<'_>, index: usize, known: Known<'_>) -> Option<Phrase> {
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

/// Whether what a sum is stands right before it and names no sum, so that it is of this one alone: 煤炭8亿元,电厂3亿元.
pub(super) fn is_label(block: &Block<'_>, of: &Candidate, (from, to): Phrase) -> bool {
    let clause = sentence::clause_start(block.text, of.start, SENTENCE);
    let sum = |w: &str| noun::ends_in_sum(w) || w.ends_with("标准") || w.ends_with(['薪', '价']);
    (block.text.byte(clause)..block.text.byte(of.start)).contains(&from)
        && !block.printed.get(from..to).is_some_and(sum)
}

/// Where a sum is told of in parts, or for each of several, that sum: 助学金48.2万元,其中本科生每人5000元,专科每人3000元;
/// 救灾资金2000万元,其中郑州600万元、新乡400万元.
///
/// `named`: who gets it is all that stands before it.
pub(super) fn part_of_sum(block: &Block<'_>, index: usize, known: Known<'_>, named: bool) -> Option<Phrase> {
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

/// The noun of the frame that the clause of `at` stands in: 劳模中,退休的有….
pub(super) fn frame(block: &Block<'_>, at: usize) -> Option<Phrase> {
    let text = block.text;
    let from = sentence::sentence_start(text, at, FRAME);
    let is_frame = |i: usize| {
        matches!(text.get(i), '中' | '里' | '内') && matches!(text.get(i + 1), ',' | '、') && i > from
            || text.has(i, "中间,")
            || text.get(i) == '中' && i + 8 > at
    };
    let end = (from..at).rev().find(|&i| is_frame(i))?;
    let counted = block.candidates[..block.candidates.partition_point(|c| c.end <= end)].last().map_or(0, |c| c.end);
    let start = sentence::clause_start(text, end, SENTENCE).max(from).max(counted);
    block.phrase_before(start, end, Wanted::Person)
}

/// What is paid to each, where the clause of the sum says only 人均 or 每户: the sum that the clause before speaks of.
pub(super) fn topic(block: &Block<'_>, index: usize, known: Known<'_>) -> Option<Phrase> {
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
    let end = (from..clause).rev().find(|&i| noun::ends_sum(text, i))? + 1;
    let start = sentence::clause_start(text, end, SENTENCE).max(from);
    block.phrase_before(start, end, Wanted::Sum)
}
