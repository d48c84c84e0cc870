//! What is left to go by where nothing nearer says what is counted: those for whom something is done
//! (为职工提供服务394万人次), how many they are (参赛人数创历届之最,比上届多出1400人), the last quantity of its kind in the
//! sentence (拨付专项经费2000万元,2016年起增加到3000万元).

use super::{FRAME, SENTENCE, earlier, is_amount, opens_next_clause, same_class};
use crate::extract::quantity::block::{Block, Known, Phrase};
use crate::extract::quantity::links::before_all_links;
use crate::extract::quantity::phrase::Wanted;
use crate::extract::quantity::{Candidate, noun};
use crate::record::FactKind;
use crate::text::{is_cjk, sentence};

/// What a number counts of which nothing nearer says it.
pub(in crate::extract::quantity::subject) fn fallback(
    block: &Block<'_>,
    index: usize,
    known: Known<'_>,
) -> Option<Phrase> {
    let candidate = block.candidates.get(index)?;
    match candidate.kind {
        FactKind::People => number_of(block, index)
            .or_else(|| named(block, candidate))
            .or_else(|| people(block, index, known))
            .or_else(|| stricken(block, candidate))
            .or_else(|| described(block, candidate)),
        FactKind::Households => described(block, candidate),
        FactKind::Money => {
            of_those(block, index, known).or_else(|| exceeds(block, index, known)).or_else(|| sum(block, index, known))
        }
        FactKind::Age if compares(block, candidate) => last_of_kind(block, index, known).map(|(found, _)| found),
        FactKind::Percentage => holder(block, candidate)
            .or_else(|| whole_before(block, index, known))
            .or_else(|| compared(block, index, known))
            .or_else(|| share(block, index, known)),
        _ => None,
    }
}

/// Who or what has a share, whatever jieba takes the word for: 中方占51%, 其他占8%.
fn holder(block: &Block<'_>, candidate: &Candidate) -> Option<Phrase> {
    const LONGEST: usize = 8;
    let text = block.text;
    let mut at = candidate.start.checked_sub(1).filter(|&i| text.get(i) == '占')?;
    at -= text.one_before(at, &["分别", "各", "约", "仅", "就", "则", "共"]).unwrap_or(0);
    let parts = (at.saturating_sub(LONGEST + 1)..at).rev().find(|&i| !is_cjk(text.get(i)));
    let from = parts.map(|i| i + 1).or_else(|| (at <= LONGEST).then_some(0))?;
    let counted = block.has_quantity(from, at);
    // 其中占45%, 一项占三成: a part of what was told before.
    let name = text.word(from, at);
    let names = at >= from + 2 && !name.starts_with('其') && !name.contains(['的', '只', '已', '是']) || name == "其他";
    (names && !counted).then(|| (text.byte(from), text.end_byte(at, block.printed)))
}

/// The amount that ends the clause before, of a clause that opens with what share of something it is: 产值85亿元,占全区的40%.
fn whole_before(block: &Block<'_>, index: usize, known: Known<'_>) -> Option<Phrase> {
    const SHARES: &[&str] = &["约占", "仅占", "占", "相当于", "超过", "完成"];
    let text = block.text;
    let candidate = block.candidates.get(index)?;
    let clause = sentence::clause_start(text, candidate.start, SENTENCE);
    text.one_of(clause, SHARES)?;
    let comma = clause.checked_sub(1).filter(|&i| text.get(i) == ',')?;
    let end = text.byte(comma);
    let (at, _) = earlier(block, index, 0).take(4).find(|(at, c)| {
        // 敲掉的12万锭, 12万落后纱锭: the noun may stand behind.
        let closes = c.end == comma || known.get(*at).copied().flatten().is_some_and(|found| found.1 == end);
        closes && is_amount(c.kind)
    })?;
    known.get(at).copied().flatten()
}

/// The rate of which the clause before tells, where this one only calls it a mean or a share: 失业率回落,三季度均值为5%.
pub(in crate::extract::quantity::subject) fn of_rate(block: &Block<'_>, index: usize, found: Phrase) -> Option<Phrase> {
    const MEANS_OR_SHARES: &[&str] = &["均值", "平均值", "占比", "比例", "比重"];
    const RATES: &[&str] = &["率", "比重", "比例", "份额", "价格", "收入", "产值", "产量", "指数"];
    let text = block.text;
    let name = block.printed.get(found.0..found.1)?;
    let clause = sentence::clause_start(text, text.index_of(found.0), SENTENCE);
    let comma = clause.checked_sub(1).filter(|&i| text.get(i) == ',' && MEANS_OR_SHARES.contains(&name))?;
    let counted = block.previous(index).map_or(0, |p| p.end);
    let from = sentence::clause_start(text, comma, SENTENCE).max(block.last_date_end(comma).unwrap_or(0)).max(counted);
    let (at, n) = (from..comma).find_map(|i| text.one_of(i, RATES).map(|n| (i, n)))?;
    block.phrase_before(from, at + n, Wanted::Share).filter(|rate| rate.1 == text.byte(at + n))
}

/// What the clause compares with what it was, named before 比 or in the clause before: 汇率跌至1342,比年初贬值近四成.
fn compared(block: &Block<'_>, index: usize, known: Known<'_>) -> Option<Phrase> {
    const AGAINST: &[&str] = &["比", "较", "与", "同"];
    const BESIDE: &str = "虽也又均却还都则仍已并且而且";
    const LEVELS: &[&str] =
        &["跌至", "降至", "升至", "涨至", "达到", "跌到", "降到", "升到", "涨到", "跌破", "突破", "为", "达", "是"];
    let text = block.text;
    let candidate = block.candidates.get(index)?;
    let clause = sentence::clause_start(text, candidate.start, SENTENCE);
    // 比上年下降3%: with what it was; 比社会平均水平低3%: with another; 比重比上年: the second one.
    let then = |i: usize| block.next_date(i).is_some_and(|date| date <= i + 2);
    let against = (clause..candidate.start).rev().find(|&i| text.one_of(i, AGAINST).is_some() && then(i))?;
    let mut named = against;
    while named > clause && BESIDE.contains(text.before(named)) {
        named -= 1;
    }
    // 按可比口径比上年增长: how it is reckoned.
    if named > clause && text.get(clause) != '按' {
        return block.phrase_before(clause, named, Wanted::Share);
    }
    let comma = clause.checked_sub(1).filter(|&i| text.get(i) == ',')?;
    let from = sentence::clause_start(text, comma, SENTENCE);
    if let Some((at, _)) = earlier(block, index, from).find(|(_, c)| c.end <= comma && is_amount(c.kind)) {
        return known.get(at).copied().flatten();
    }
    let level = (from + 2..comma).find(|&i| text.one_of(i, LEVELS).is_some())?;
    block.phrase_before(from, level, Wanted::Share)
}

/// Those for whom the clause says that something is done: 为职工提供服务394万人次, 帮助困难职工生产自救21人.
pub(in crate::extract::quantity::subject) fn helped(block: &Block<'_>, index: usize) -> Option<Phrase> {
    const FOR: &[&str] = &["帮助", "为", "给", "替"];
    /// Characters that make another word of these: 以为, 送给.
    const INSIDE: &str = "以认作成因分称视行更较极名人改列誉选转变送发交寄带献";
    let text = block.text;
    let candidate = block.candidates.get(index)?;
    let clause = sentence::clause_start(text, candidate.start, SENTENCE);
    let counted = block.previous(index).map_or(0, |p| p.end);
    let from = clause.max(counted);
    (from..candidate.start).find_map(|i| {
        let n = text.one_of(i, FOR)?;
        // 成为职工…, 以为作者….
        if INSIDE.contains(text.before(i)) {
            return None;
        }
        let found = block.phrase_after(i + n, candidate.start, false, Wanted::Person)?;
        let person = block.noun_of(found) == Some(noun::Noun::Person) && found.0 == text.byte(i + n);
        // 为职工8人送去慰问金: they are counted right there.
        (person && found.1 < text.byte(candidate.start)).then_some(found)
    })
}

/// The number that the clause, or the one before, speaks of: 参赛人数创历届之最,比上届多出1400人.
fn number_of(block: &Block<'_>, index: usize) -> Option<Phrase> {
    const WORD: &str = "人数";
    let text = block.text;
    let candidate = block.candidates.get(index)?;
    let clause = sentence::clause_start(text, candidate.start, SENTENCE);
    let before = clause.checked_sub(1).filter(|&i| text.get(i) == ',');
    let from = before.map_or(clause, |comma| sentence::clause_start(text, comma, SENTENCE));
    let from = block.previous(index).map_or(from, |previous| previous.end.max(from));
    let at = (from..candidate.start).rev().find(|&i| text.has(i, WORD))?;
    let start = sentence::clause_start(text, at, SENTENCE).max(from);
    block.phrase_before(start, at + 2, Wanted::Share).filter(|found| found.1 == text.byte(at + 2))
}

/// Who is named before a colon of which the number is a part: 常驻人口:夏季8人,冬天3人.
fn named(block: &Block<'_>, candidate: &Candidate) -> Option<Phrase> {
    const LONGEST: usize = 16;
    let text = block.text;
    let from = candidate.start.saturating_sub(LONGEST);
    let colon = (from..candidate.start).rev().find(|&i| text.get(i) == ':')?;
    if (colon..candidate.start).any(|i| sentence::ends_sentence(text, i) || matches!(text.get(i), ';' | '“')) {
        return None;
    }
    let found = block.phrase_before(sentence::clause_start(text, colon, SENTENCE), colon, Wanted::Person)?;
    (block.noun_of(found) == Some(noun::Noun::Person) && found.1 == text.byte(colon)).then_some(found)
}

/// People of whom the sentence told before: fewer of them, or the others, or those to whom the next service was given.
fn people(block: &Block<'_>, index: usize, known: Known<'_>) -> Option<Phrase> {
    const OTHERS: &[&str] = &["其余的", "其余", "其他", "另外", "另有", "还有", "第二批", "第三批"];
    let text = block.text;
    let candidate = block.candidates.get(index)?;
    if text.get(candidate.end) == '的' {
        return None;
    }
    let from = sentence::sentence_start(text, candidate.start, FRAME);
    let (at, whole) = earlier(block, index, from)
        .find(|(at, c)| same_class(c, candidate) && known.get(*at).copied().flatten().is_some())?;
    let found = known.get(at).copied().flatten()?;
    let times = |c: &Candidate| c.unit.as_deref() == Some("人次");
    // 50名消防员赶到,12人被救出: others.
    let part = candidate.high < whole.low && !times(whole) && text.get(candidate.end) != '被';
    let others = text.one_before(candidate.start, OTHERS).is_some();
    let served = times(candidate) && times(whole) && candidate.low < 4.0 * whole.low;
    (block.noun_of(found) == Some(noun::Noun::Person) && (part || others || served)).then_some(found)
}

/// What happened to them, where they are not named: 事故17起,死亡和失踪298人.
fn stricken(block: &Block<'_>, candidate: &Candidate) -> Option<Phrase> {
    const FATES: &[&str] = &[
        "死亡", "失踪", "受伤", "遇难", "伤亡", "重伤", "轻伤", "中毒", "被困", "感染", "确诊", "治愈", "牺牲", "失联",
    ];
    let text = block.text;
    let end = before_all_links(text, candidate.start);
    let mut at = end;
    while let Some(n) = text.one_before(at, FATES) {
        at -= n;
        let joined =
            at > 0 && matches!(text.get(at - 1), '和' | '、' | '或') && text.one_before(at - 1, FATES).is_some();
        at -= usize::from(joined);
    }
    (at < end).then(|| (text.byte(at), text.end_byte(end, block.printed)))
}

/// The sum that those have who were counted right before: 工资担保贷款发放了292户1460万元, 减免学费9人计2020元; or that of which
/// this is a part: 发放贷款1583万元。其中,个体306人909万元.
fn of_those(block: &Block<'_>, index: usize, known: Known<'_>) -> Option<Phrase> {
    const GIVEN: &[&str] = &["发放了", "发放", "办理", "支付", "拨付", "惠及", "涉及", "共", "达"];
    let text = block.text;
    let (candidate, previous) = (block.candidates.get(index)?, block.previous(index)?);
    let counted = matches!(previous.kind, FactKind::Households | FactKind::People | FactKind::Organisations);
    if !counted
        || previous.end != candidate.start && !["计", "共", "共计"].contains(&text.word(previous.end, candidate.start))
    {
        return None;
    }
    let end = previous.start - text.one_before(previous.start, GIVEN).unwrap_or(0);
    let sum = |found: &Phrase| block.ends_in_sum(*found);
    let named = block.phrase_before(sentence::clause_start(text, end, SENTENCE), end, Wanted::Sum).filter(sum);
    let part = || {
        let opens = sentence::sentence_start(text, candidate.start, FRAME);
        let before = opens.saturating_sub(1);
        let from = text.has(opens, "其中").then(|| sentence::sentence_start(text, before, FRAME))?;
        let whole = |(at, c): (usize, &Candidate)| {
            let larger = c.kind == FactKind::Money && c.low > candidate.low;
            known.get(at).copied().flatten().filter(|found| larger && sum(found))
        };
        earlier(block, index, from).filter_map(whole).last()
    };
    named.or_else(part)
}

/// Whether the clause compares with what was.
fn compares(block: &Block<'_>, candidate: &Candidate) -> bool {
    let clause = sentence::clause_start(block.text, candidate.start, SENTENCE);
    block.text.one_of(clause, &["比", "较", "同比"]).is_some()
}

/// What is said of them, where that is all that names them: 因病致困的2918户, 有意愿参加培训的达1340人.
fn described(block: &Block<'_>, candidate: &Candidate) -> Option<Phrase> {
    const LONGEST: usize = 14;
    const PLACES: &[&str] = &["其中", "目前", "全市", "全县", "全省", "全国"];
    const WHICH_OF_THEM: &[&str] = &["其余", "其他", "原有", "现有", "剩下", "余下", "这样", "类似"];
    let text = block.text;
    let of = before_all_links(text, candidate.start).checked_sub(1).filter(|&i| text.get(i) == '的')?;
    let from = sentence::clause_start(text, of, SENTENCE).max(block.last_date_end(of).unwrap_or(0));
    let from = from + text.one_of(from, PLACES).unwrap_or(0);
    let from = (from..of).rev().find(|&i| text.get(i) == '、').map_or(from, |mark| mark + 1);
    let told = (from..of).all(|i| is_cjk(text.get(i))) && (from + 2..=from + LONGEST).contains(&of);
    let counted = block.has_quantity(from, of);
    let names = !WHICH_OF_THEM.contains(&text.word(from, of)) && !matches!(text.get(from), '从' | '在' | '由');
    (told && !counted && names).then(|| (text.byte(from), text.end_byte(of, block.printed)))
}

/// The sum of which the sentence told before, where no other is named since.
fn sum(block: &Block<'_>, index: usize, known: Known<'_>) -> Option<Phrase> {
    const ANY_SUM: &[&str] = &["金额", "总额", "价值", "合计", "标准", "总投资"];
    let text = block.text;
    let (found, previous) = last_of_kind(block, index, known)?;
    let name = block.printed.get(found.0..found.1)?;
    let candidate = block.candidates.get(index)?;
    let named = (previous.end..candidate.start).any(|i| "金款费资钱薪税贷".contains(text.get(i)));
    // 130日元合1美元, 把药品送给他,并将500元交到…手中.
    let same = previous.unit == candidate.unit
        || text.one_before(candidate.start, &["约合", "折合", "相当于"]).is_some()
        || text.has(candidate.start, "约合");
    let other = matches!(text.before(candidate.start), '将' | '把') || text.get(candidate.end) == '合';
    (!named && same && !other && !ANY_SUM.contains(&name)).then_some(found)
}

/// The sum of the clause before, where this one says by how much it is more or less than another: 比全国平均水平高593元.
fn exceeds(block: &Block<'_>, index: usize, known: Known<'_>) -> Option<Phrase> {
    let text = block.text;
    let (candidate, previous) = (block.candidates.get(index)?, block.previous(index)?);
    let told = compares(block, candidate) && "高低多少".contains(text.before(candidate.start));
    let beside = same_class(previous, candidate)
        && text.get(previous.end) == ','
        && opens_next_clause(block, previous, candidate);
    known.get(index - 1).copied().flatten().filter(|_| told && beside)
}

/// The share of which the sentence told before.
fn share(block: &Block<'_>, index: usize, known: Known<'_>) -> Option<Phrase> {
    const RATES: &[&str] = &["率", "比重", "比例", "份额"];
    let (found, previous) = last_of_kind(block, index, known)?;
    let named = (previous.end..block.candidates.get(index)?.start).any(|i| block.text.one_of(i, RATES).is_some());
    (!named).then_some(found)
}

/// What the last quantity of the kind in the sentence counts, and that quantity: none where the clause names something.
fn last_of_kind<'b>(block: &Block<'b>, index: usize, known: Known<'_>) -> Option<(Phrase, &'b Candidate)> {
    /// What is said of a part of a sum, or of who has it, which jieba has for nouns.
    const PARTS: &[&str] = &["单笔", "首期", "首批", "人均", "户均", "期", "批", "工人", "一人", "上期", "全年"];
    const OTHER: &[&str] = &[
        "注资", "扣去", "扣除", "借支", "节省", "积累", "罚款", "合计", "总计", "三项", "两项", "其他", "获利", "盈利",
        "亏损", "得到",
    ];
    let text = block.text;
    let candidate = block.candidates.get(index)?;
    if text.get(candidate.end) == '的' {
        return None;
    }
    let from = sentence::sentence_start(text, candidate.start, FRAME);
    let (at, previous) = earlier(block, index, from).find(|(_, c)| same_class(c, candidate))?;
    let found = known.get(at).copied().flatten()?;
    let clause = sentence::clause_start(text, candidate.start, SENTENCE).max(previous.end);
    if (previous.end..candidate.start).any(|i| text.get(i) == ';' || i >= clause && matches!(text.get(i), '“' | '《'))
    {
        return None;
    }
    let clause = block.last_date_end(candidate.start).map_or(clause, |end| end.max(clause));
    let said = block.printed.get(text.byte(clause)..text.byte(candidate.start))?;
    let words = crate::text::jieba().tag(said, false);
    let says = |w: &jieba_rs::Tag<'_>| {
        w.tag.starts_with(['v', 'd', 'c', 't', 'p', 'u', 'r', 'm', 'q', 'f', 'a', 'x']) || PARTS.contains(&w.word)
    };
    let names = OTHER.iter().any(|word| said.contains(word));
    (!names && words.iter().all(says)).then_some((found, previous))
}
