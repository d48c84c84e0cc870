//! From the candidates of a block to its facts: what each counts, for what, by whom, and of which kind it is.

use std::borrow::Cow;

use super::subject::carry;
use super::{Candidate, block, noun, per, role, subject};
use crate::record::{Approx, Fact, FactKind, Value};
use crate::text::{Folded, ending};

/// Makes facts of a block's candidates, which stand in the order of the text. `dates` are the spans of the dates between
/// them, in characters.
pub(in crate::extract) fn complete(
    text: &Folded,
    printed: &str,
    block: u32,
    candidates: &[Candidate],
    dates: &[(usize, usize)],
    facts: &mut Vec<Fact>,
) {
    let block_view = block::Block { text, printed, candidates, dates };
    let mut subjects: Vec<Option<(usize, usize)>> = Vec::with_capacity(candidates.len());
    // What the next candidates count, the last one first, where that is told for several of them at once.
    let mut handed: Vec<(usize, usize)> = Vec::new();
    for (index, candidate) in candidates.iter().enumerate() {
        let mut found = handed.pop();
        if found.is_none() {
            let mut row = subject::grown(&block_view, index, &subjects);
            if row.is_none() {
                found = subject::of(&block_view, index, &subjects).and_then(|span| without_half_pairs(printed, span));
                row = found.and_then(|phrase| subject::respective(&block_view, index, phrase));
            }
            if let Some(row) = row {
                handed = row.into_iter().rev().collect();
                found = handed.pop();
            }
        }
        subjects.push(found);
        let noun = found.and_then(|(a, b)| printed.get(a..b));
        let kind = kind(candidate, noun.or_else(|| homes_behind(text, candidate)));
        let (start, end) = (text.byte(candidate.start), text.end_byte(candidate.end, printed));
        let mut fact = Fact::new(kind, block, start, end);
        fact.approx = candidate.approx;
        let is_range = candidate.low < candidate.high;
        if is_range {
            fact.low = Some(Value::number(candidate.low));
            fact.high = Some(Value::number(candidate.high));
            fact.approx = Approx::Range;
        } else if !candidate.unknown {
            fact.value = Some(Value::number(candidate.low));
            bounds(candidate, &mut fact);
        }
        fact.unit.clone_from(&candidate.unit);
        fact.subject = noun.map(str::to_owned);
        role::read(&block_view, index, &mut fact);
        if fact.change.is_none()
            && let Some(last) = facts.last().filter(|f| f.block == block && f.change.is_some())
            && subject::goes_on(&block_view, index)
        {
            fact.change.clone_from(&last.change);
        }
        fact.per = candidate.per.clone().or_else(|| per::before(&block_view, index, kind));
        // 由人均480元增加到1960元: the second level is of the same sum.
        // 每人1000元补贴,今年已发放120万元: all of it.
        let all = || {
            let between = text.word(candidates[index - 1].end, candidate.start);
            between.contains(['已', '共', '总']) || between.contains("累计") || between.contains("合计")
                // 每人每年60元,最高可获赔12万元: what is got for it.
                || ["获赔", "理赔", "赔付", "报销"].iter().any(|verb| between.contains(verb))
        };
        // 1650里拉兑1美元: the second is what the first is for.
        let exchanged = || carry::is_exchanged(&block_view, index - 1);
        let same_sum = index > 0
            && block_view.previous_outside(index) == Some(index - 1)
            && found.is_some()
            && subjects.get(index - 1) == Some(&found)
            && !all()
            && !exchanged();
        if same_sum && fact.per.is_none() && fact.measure.is_none() && matches!(kind, FactKind::Money | FactKind::Area)
        {
            let previous = facts.last().filter(|f| f.kind == kind && f.block == block);
            fact.per = previous.and_then(|f| f.per.clone());
        } else if fact.per.is_none()
            && kind == FactKind::Money
            && let Some(level) = carry::bracketed(&block_view, index, &subjects)
        {
            // 月收入2000元以下的占两成,2000元至3000元的占五成: by the month too.
            let same = |f: &&Fact| f.kind == kind && f.subject.as_deref() == printed.get(level.0..level.1);
            let mut near = facts.iter().rev().take_while(|f| f.block == block).take(8);
            fact.per = near.find(same).and_then(|f| f.per.clone());
        }
        if fact.per.is_none() && kind == FactKind::Money {
            fact.per = found.and_then(|span| per::of_sum(&block_view, span)).map(str::to_owned);
        }
        if let Some(last) = facts.last().filter(|f| f.block == block && f.kind == kind)
            && carry::is_raised(&block_view, index)
        {
            // 由每人60元提高到100元, 最高限额由10万元提至15万元, 日产量从2000万桶减到1800万桶.
            if fact.per.is_none()
                && (kind != FactKind::Money || last.unit == fact.unit)
                && matches!(
                    kind,
                    FactKind::Money | FactKind::Weight | FactKind::Items | FactKind::Length | FactKind::People
                )
            {
                fact.per.clone_from(&last.per);
            }
            if fact.approx == Approx::Exact
                && matches!(last.approx, Approx::AtMost | Approx::AtLeast)
                && carry::is_bounded_before(&block_view, index - 1)
            {
                fact.approx = last.approx;
                bounds(&Candidate { approx: last.approx, ..candidate.clone() }, &mut fact);
            }
        } else if let Some(last) = facts.last().filter(|f| f.block == block && f.kind != kind)
            && fact.per.is_none()
            && kind == FactKind::Money
            && per::goes_on(&block_view, index)
        {
            fact.per.clone_from(&last.per);
        } else if fact.per.is_none()
            && let Some(last) = facts.last().filter(|f| f.block == block && f.kind == kind && f.unit == fact.unit)
            && per::is_listed(&block_view, index)
        {
            // 人均占有肉类50公斤、禽蛋17公斤.
            fact.per.clone_from(&last.per);
        } else if fact.per.is_none()
            && let Some(last) = facts.last().filter(|f| f.block == block)
            && per::is_handed_out(&block_view, index)
        {
            fact.per.clone_from(&last.per);
        }
        if fact.per.is_some() && fact.measure.is_none() && kind == FactKind::Money {
            fact.measure = Some(crate::record::Measure::Standard);
        }
        if candidate.indefinite {
            fact.flags.push(Cow::Borrowed("indefinite"));
        }
        facts.push(fact);
    }
}

/// The span without a quotation mark or bracket at its ends whose other half is outside of it: ”消费券, 消费”.
fn without_half_pairs(printed: &str, (mut start, mut end): (usize, usize)) -> Option<(usize, usize)> {
    const PAIRS: [(char, char); 5] = [('“', '”'), ('‘', '’'), ('《', '》'), ('（', '）'), ('(', ')')];
    while let Some(c) = printed.get(start..end)?.chars().next().filter(|c| PAIRS.iter().any(|p| p.1 == *c)) {
        start += c.len_utf8();
    }
    // “金|牌工人”: cut inside of its marks.
    let phrase = printed.get(start..end)?;
    let closing = phrase.chars().next().and_then(|c| PAIRS.iter().find(|p| p.0 == c)).map(|p| p.1);
    if closing.is_some_and(|c| !phrase.contains(c)) {
        return None;
    }
    while let Some(c) = printed.get(start..end)?.chars().next_back() {
        let phrase = &printed[start..end];
        let opens = PAIRS.iter().any(|p| p.0 == c);
        let closes = PAIRS.iter().find(|p| p.1 == c).is_some_and(|p| !phrase.contains(p.0));
        if !opens && !closes {
            break;
        }
        end -= c.len_utf8();
    }
    (start < end).then_some((start, end))
}

/// What 个 right before counts, where it is a word for households that no phrase was found of: 一万个先富户帮….
fn homes_behind<'t>(text: &'t Folded, candidate: &Candidate) -> Option<&'t str> {
    let end = candidate.end + 3;
    let counts = candidate.unit.as_deref() == Some("个")
        && text.before(end) == '户'
        && !matches!(text.get(end), '头' | '口' | '籍' | '均' | '型' | '外');
    let word = text.word(candidate.end, end);
    let counts = counts && !noun::only_ends_like(word);
    (counts && word.chars().all(crate::text::is_cjk)).then_some(word)
}

/// Households that are counted like firms.
const HOMES: &[&str] =
    &["拆迁户", "贫困户", "困难户", "住户", "居民户", "低保户", "脱贫户", "农户", "受灾户", "移民户"];

/// People that are counted by 个, whatever is said of them behind their name.
const SOMEBODY: &[&str] = &[
    "小伙子",
    "小伙",
    "兵卒",
    "姑娘",
    "娃娃",
    "汉子",
    "男子",
    "女子",
    "中年男子",
    "青年男子",
    "孩子",
    "老汉",
    "小孩",
    "男孩",
    "女孩",
    "中年人",
    "年轻人",
    "老人",
    "歹徒",
    "陌生人",
];

/// The districts that a phrase opens with, where others are said to be of them: 民族的干部群众, 县、市、区部分顾客.
fn district_of(noun: &str) -> &str {
    const ENDS: &[&str] = &["民族", "国家", "地区", "省", "市", "县", "区", "乡", "镇", "村", "州"];
    const ROWS: &[&str] = &[
        "省、市、自治区",
        "省、自治区、直辖市",
        "省、区、市",
        "省、区",
        "县、市、区",
        "县、市",
        "市、县",
        "区、县",
        "乡、镇",
    ];
    // 16个城市居民收入, 4个重点群体会员: who belongs to them is counted by another word.
    for word in ["城市", "群体"] {
        let end = noun.find(word).map(|at| at + word.len());
        let people = |end: &usize| ["居民", "农民", "职工", "会员", "人口"].iter().any(|w| noun[*end..].starts_with(w));
        if let Some(end) = end.filter(people) {
            return &noun[..end];
        }
    }
    if let Some(row) = ROWS.iter().filter(|row| noun.starts_with(**row)).max_by_key(|row| row.len()) {
        return row;
    }
    match noun.split_once('的') {
        Some((first, _)) if ENDS.iter().any(|w| first.ends_with(w)) => first,
        _ => noun,
    }
}

/// Bounds that the qualifier gives.
fn bounds(candidate: &Candidate, fact: &mut Fact) {
    let value = Value::number(candidate.low);
    match candidate.approx {
        Approx::Over | Approx::AtLeast => fact.low = Some(value),
        Approx::Nearly | Approx::AtMost => fact.high = Some(value),
        Approx::Several => {
            // 几十, 数百: from two of them to nine.
            fact.low = Some(Value::number(candidate.low * 2.0));
            fact.high = Some(Value::number(candidate.low * 9.0));
        }
        _ => {}
    }
}

/// The kind, once the noun is known.
fn kind(candidate: &Candidate, noun: Option<&str>) -> FactKind {
    // 工会组织总数达1.38万个.
    let counted =
        |n: &str| noun::of(n).or_else(|| noun::of(n.strip_suffix("总数").or_else(|| n.strip_suffix("数量"))?));
    let by_item = candidate.kind == FactKind::Items && candidate.unit.as_deref() == Some("个");
    let noun = noun.map(|n| if by_item { district_of(n) } else { n });
    let named = noun.and_then(counted);
    // 十个兵卒(的酒饭), 两个小伙子(骑车): who is named first.
    if by_item && named.is_none() && noun.is_some_and(|n| SOMEBODY.iter().any(|w| n.starts_with(w))) {
        return FactKind::People;
    }
    // 512户大型企业管理人员培训班: firms by what is named, whatever the phrase ends in.
    let firms = candidate.unit.as_deref() == Some("户") && noun.is_some_and(|n| n.contains("企业") || n.contains("厂"));
    if firms && candidate.kind == FactKind::Households {
        return FactKind::Organisations;
    }
    // 9874家拆迁户.
    let keeps = |n: &str| {
        let mut last = n.chars().rev();
        last.next() == Some('户') && last.next().is_some_and(|c| c != '商') && matches!(last.next(), Some('养' | '种'))
    };
    let homes = || noun.is_some_and(|n| keeps(n) || ending(n, HOMES).is_some());
    let kind = match (candidate.kind, named) {
        (FactKind::Organisations, Some(noun::Noun::Household)) if candidate.by_noun && homes() => FactKind::Households,
        (FactKind::Items | FactKind::Households | FactKind::Organisations, Some(noun::Noun::Organisation))
            if candidate.by_noun =>
        {
            FactKind::Organisations
        }
        // 省级冠军3个: titles that were won.
        (FactKind::Items, Some(noun::Noun::Person))
            if candidate.unit.as_deref() == Some("个")
                && !noun.is_some_and(|n| ["冠军", "亚军", "季军"].iter().any(|title| n.ends_with(title))) =>
        {
            FactKind::People
        }
        (FactKind::Items, Some(noun::Noun::Household)) if candidate.by_noun => FactKind::Households,
        (kind, _) => kind,
    };
    let members = |n: &str| ending(n, &["会员", "会员总数", "会员人数", "会员数"]).is_some();
    if kind == FactKind::People && noun.is_some_and(members) {
        return FactKind::Members;
    }
    kind
}
