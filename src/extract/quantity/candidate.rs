//! From a number to a [`Candidate`]: its unit, its qualifiers on either side, and how far it reaches.

use std::borrow::Cow;

use super::age::{NAME_BEFORE_AGE, age_alone, is_age, is_end_of_name};
use super::amount::{Amount, Measured};
use super::bare_noun::{counts_family, counts_noun};
use super::ordinal::frequency;
use super::stands::{bare_stands, betters, is_one, is_part_of_one, stands};
use super::unit::Class;
use super::{Candidate, amount, currency, links, money, noun, per, qualifier, rare, spoken};
use crate::record::{Approx, FactKind};
use crate::text::Folded;
use crate::text::numeral::{self, Bound};
use crate::text::sentence;

/// The candidate of the number that was read at `from`, with its `sign` of a currency; nothing before `floor` belongs to it.
/// None where it is no quantity.
pub(super) fn read(
    text: &Folded,
    from: usize,
    floor: usize,
    amount: &Amount,
    sign: Option<money::Sign>,
) -> Option<Candidate> {
    if text.has_before(from, BY) && text.get(amount.end) == '计' {
        return counted_by(text, from, amount).filter(|found| found.start >= floor);
    }
    let start = sign.map_or(from, |s| s.start);
    let bare = amount.number.bare && !matches!(amount.measured, Some(Measured::Share));
    let before = qualifier::before(text, start, bare).filter(|b| b.start >= floor);
    let has_scale = matches!(amount.measured, Some(Measured::Share))
        || matches!(amount.class(), Some(Class::Money(_) | Class::Duration));
    // 职工李超39岁: the end of a name.
    let named = |b: &qualifier::Before| {
        amount.class() == Some(Class::Age) && start - b.start == 1 && is_end_of_name(text, start, NAME_BEFORE_AGE)
    };
    let before = before.filter(|b| !named(b));
    let before = before.filter(|b| has_scale || text.one_of(b.start, qualifier::ENDS_OF_SCALE).is_none());
    let lasts = amount.class() == Some(Class::Duration);
    let before = before.filter(|b| lasts || text.one_of(b.start, qualifier::ENDS_OF_TIME).is_none());
    let before = before.filter(|b| !betters(text, b.start, amount));
    let mut found = Candidate {
        start: before.map_or(start, |b| b.start),
        end: amount.end,
        kind: FactKind::Items,
        by_noun: false,
        low: amount.low,
        high: amount.high,
        unknown: amount.unknown,
        approx: qualifier::of_bound(amount.bound),
        unit: None,
        per: None,
        indefinite: false,
        no_measure_word: false,
    };
    let mut heads = false;
    match amount.measured {
        // 三五成群.
        Some(Measured::Share) if text.before(amount.end) == '成' && text.get(amount.end) == '群' => return None,
        Some(Measured::Share) if is_part_of_one(text, amount) || is_given_name(text, from, amount) => return None,
        Some(Measured::Share) => {
            found.kind = FactKind::Percentage;
            found.unit = Some(Cow::Borrowed("%"));
        }
        Some(Measured::Unit(unit)) => {
            let printed = || Some(Cow::Borrowed(unit.name));
            found.kind = match unit.class {
                Class::Money(code) => {
                    let local = || currency::local(text, from, unit.name, code);
                    found.unit = Some(Cow::Borrowed(sign.map_or_else(local, |s| s.code)));
                    FactKind::Money
                }
                Class::People => FactKind::People,
                Class::Organisations => FactKind::Organisations,
                Class::Households => FactKind::Households,
                Class::Points => FactKind::Percentage,
                Class::Multiple => FactKind::Multiple,
                Class::Age => FactKind::Age,
                Class::Duration if unit.name == "个月" && is_age(text, amount.end) => FactKind::Age,
                Class::Duration => FactKind::Duration,
                Class::Area => FactKind::Area,
                Class::Length => FactKind::Length,
                Class::Weight => FactKind::Weight,
                Class::Items => FactKind::Items,
                Class::RareItems if amount.number.arabic && counts_family(text, from, amount, unit) => FactKind::People,
                Class::RareItems if rare::counts(text, from, amount, unit) => FactKind::Items,
                Class::RareItems | Class::Unread => return None,
            };
            if found.unit.is_none() {
                found.unit = match unit.class {
                    Class::Points => Some(Cow::Borrowed("百分点")),
                    Class::Age => Some(Cow::Borrowed("岁")),
                    Class::Households => Some(Cow::Borrowed(if unit.name == "户次" { "户次" } else { "户" })),
                    Class::People => Some(Cow::Borrowed(match unit.name {
                        "人员" | "人口" | "口人" | "号人" | "个人" | "众" => "人",
                        "人(次)" | "余人次" => "人次",
                        other => other,
                    })),
                    Class::Duration if matches!(unit.name, "个日夜" | "个日日夜夜") => {
                        Some(Cow::Borrowed("天"))
                    }
                    _ => printed(),
                };
            }
            // 几十个甚至上百个国家: what they are stands behind the second.
            let goes_on = || text.one_of(amount.end, &["甚至", "乃至"]).is_some();
            found.by_noun = matches!(unit.name, "个" | "所" | "支" | "家" | "户" | "间") && !goes_on();
            if !stands(text, from, amount, unit, before.is_some()) {
                return None;
            }
            found.indefinite = is_one(text, from, amount) && matches!(unit.name, "名" | "位" | "个人");
        }
        None => {
            if let Some(sign) = sign {
                found.kind = FactKind::Money;
                found.unit = Some(Cow::Borrowed(sign.code));
            } else if spoken::is_paid(text, from, amount) {
                found.kind = FactKind::Money;
                found.unit = Some(Cow::Borrowed("CNY"));
            } else if let Some(kind) = counts_noun(text, from, amount, before.is_some()) {
                found.kind = kind;
                found.no_measure_word = true;
                found.unit = Some(Cow::Borrowed(match kind {
                    FactKind::Organisations => "家",
                    FactKind::Households => "户",
                    _ => "人",
                }));
            } else if money::without_unit(text, from, amount)
                || spoken::is_sum(text, from, amount) && !money::head_count(text, from, amount)
            {
                found.kind = FactKind::Money;
                found.unit = Some(Cow::Borrowed("CNY"));
            } else if let Some(years) = age_alone(text, from, amount) {
                found.kind = FactKind::Age;
                found.unit = Some(Cow::Borrowed("岁"));
                if years > 0.0 {
                    // 七十有三.
                    found.low += years;
                    found.high += years;
                    found.end += 2;
                }
            } else if money::head_count(text, from, amount) {
                found.kind = FactKind::People;
                found.unit = Some(Cow::Borrowed("人"));
                heads = true;
            } else {
                // 分别回落5.3和5.5个百分点: the unit stands behind the last.
                let (kind, unit) =
                    respectively(text, from, floor, amount).or_else(|| of_second_level(text, from, amount))?;
                found.kind = kind;
                found.unit = Some(unit);
            }
        }
    }
    if bare && !found.no_measure_word && !heads && !bare_stands(text, from, amount, before.is_some(), found.kind) {
        return None;
    }
    // 近三年来: the last three, and not nearly.
    let recent =
        before.is_some_and(|b| b.approx == Approx::Nearly && b.start + 1 == start && text.get(b.start) == '近');
    // 在近7年的比赛中.
    let since = || {
        text.one_of(amount.end, &["来", "以来", "间", "累计", "共", "先后"]).is_some()
            || start >= 2 && text.get(start - 2) == '在'
    };
    let before = if recent
        && found.kind == FactKind::Duration
        && amount.high <= 10.0
        && (since() || is_recent(text, start, amount.end))
    {
        found.start = start;
        None
    } else {
        before
    };
    // 人民币约92万元: between the currency and the number.
    let before = before.or_else(|| {
        let inside = qualifier::before(text, from, bare).filter(|b| sign.is_some_and(|s| s.start < b.start))?;
        Some(qualifier::Before { start, approx: inside.approx })
    });
    around(text, floor, amount, before, &mut found);
    found.start = with_less(text, floor, found.start);
    // 好几千人, but 做好|几千人的工作.
    if amount.bound == Bound::Several
        && found.start == from
        && from > floor
        && text.before(from) == '好'
        && !"做搞当办爱管带抓建".contains(text.before(from - 1))
    {
        found.start -= 1;
    }
    // 快十年, 快六十岁, but 加快.
    if matches!(found.kind, FactKind::Duration | FactKind::Age)
        && found.approx == Approx::Exact
        && found.start == start
        && start > floor
        && text.before(start) == '快'
        && (found.kind == FactKind::Age || matches!(text.before(found.end), '年' | '月'))
        && !"加较更很增赶尽轻愉明爽畅最过太不多凉快".contains(text.before(start - 1))
        && !(sentence::clause_start(text, start, 16)..start).any(|i| matches!(text.get(i), '比' | '较'))
    {
        found.start -= 1;
        found.approx = Approx::Nearly;
    }
    frequency(text, floor, amount, &mut found);
    if is_one(text, from, amount)
        && found.low <= 1.0
        && matches!(
            found.kind,
            FactKind::Items
                | FactKind::Organisations
                | FactKind::Households
                | FactKind::Area
                | FactKind::Length
                | FactKind::Weight
        )
    {
        return None;
    }
    // Of a range the sign is that of its first number alone: it is left as it is printed.
    if found.kind == FactKind::Percentage
        && found.start == start
        && found.high <= found.low
        && let Some(length) = minus(text, floor, start)
    {
        found.start -= length;
        (found.low, found.high) = (-found.low, -found.high);
    }
    Some(found)
}

/// Whether 五成 is the given name of somebody who is named in quotation marks: 署名“李五成”.
fn is_given_name(text: &Folded, from: usize, amount: &Amount) -> bool {
    text.before(amount.end) == '成'
        && matches!(text.get(amount.end), '”' | '’')
        && crate::text::is_surname(text.before(from))
        && from >= 2
        && matches!(text.get(from - 2), '“' | '‘')
}

const BY: &str = "数以";

/// 数以万计的职工: some of them, as 数万.
fn counted_by(text: &Folded, from: usize, amount: &Amount) -> Option<Candidate> {
    /// Characters that may stand before the noun (贫困|职工), and of the noun.
    const BETWEEN: usize = 4;
    const NOUN: usize = 5;
    let end = amount.end + 1;
    let behind = end + usize::from(text.get(end) == '的');
    let named = |at: usize| noun::at_start(text.word(at, (at + NOUN).min(text.len()))).map(|(_, kind)| kind);
    let clause = (behind..=behind + BETWEEN).take_while(|&at| crate::text::is_cjk(text.get(at)));
    let (kind, unit) = match clause.into_iter().find_map(named)? {
        noun::Noun::Person => (FactKind::People, "人"),
        noun::Noun::Organisation => (FactKind::Organisations, "家"),
        noun::Noun::Household => (FactKind::Households, "户"),
    };
    Some(Candidate {
        start: from - BY.chars().count(),
        end,
        kind,
        by_noun: false,
        low: amount.low,
        high: amount.low,
        unknown: false,
        approx: Approx::Several,
        unit: Some(Cow::Borrowed(unit)),
        per: None,
        indefinite: false,
        no_measure_word: true,
    })
}

/// How long the minus is that stands before a number in digits (涨幅为-0.4%, 也印作——0.4%), and neither joins it to another
/// (3%-5%) nor parts two clauses.
fn minus(text: &Folded, floor: usize, start: usize) -> Option<usize> {
    let dash = |c: char| matches!(c, '-' | '—');
    let length = (1..=2).take_while(|&n| start >= floor + n && dash(text.get(start - n))).last()?;
    let before = text.before(start - length);
    let opens = "为是达到至和与及、".contains(before) || length == 1 && matches!(before, ',' | '(' | ':');
    (opens && text.get(start).is_ascii_digit()).then_some(length)
}

/// Where 几千甚至 or 成千 begins, which stands right before 上万 at `at`; else `at`.
fn with_less(text: &Folded, floor: usize, at: usize) -> usize {
    const LONGEST: usize = 6;
    if text.get(at) == '上'
        && let Some(n) = text.one_before(at, &["成千", "成百"])
        && at >= floor + n
    {
        return at - n;
    }
    let n = if text.before(at) == '至' { text.one_before(at, &["甚至", "乃至"]) } else { None };
    let Some(n) = n else { return at };
    let less = |i: &usize| {
        let c = text.get(*i);
        numeral::is_numeral(c) && !c.is_ascii_digit() || matches!(c, '几' | '数' | '上' | '近')
    };
    let end = at - n;
    let start = (floor..end).rev().take(LONGEST).take_while(less).last();
    start.filter(|&i| numeral::is_multiplier(text.before(end)) && end - i >= 2).unwrap_or(at)
}

/// Kind and unit of a number in a list that 分别 opens and whose unit stands behind its last number.
fn respectively(text: &Folded, from: usize, floor: usize, amount: &Amount) -> Option<(FactKind, Cow<'static, str>)> {
    const REACH: usize = 40;
    const LONGEST_LIST: usize = 8;
    if !amount.number.arabic {
        return None;
    }
    let clause = crate::text::sentence::clause_start(text, from, REACH);
    (clause..from).find(|&i| text.has(i, "分别"))?;
    let mut at = amount.end;
    for _ in 0..LONGEST_LIST {
        if !matches!(text.get(at), '、' | '和' | '与' | '及' | ',') {
            return None;
        }
        let next = amount::read(text, at + 1).filter(|n| n.number.arabic)?;
        if next.measured.is_some() {
            let last = read(text, at + 1, floor, &next, None)?;
            return last.unit.map(|unit| (last.kind, unit));
        }
        at = next.end;
    }
    None
}

/// Kind and unit of a level that has them only where it is changed to: 由十九万减少到四万七千人.
fn of_second_level(text: &Folded, from: usize, amount: &Amount) -> Option<(FactKind, Cow<'static, str>)> {
    const VERB: usize = 5;
    if !matches!(text.before(from), '由' | '从') {
        return None;
    }
    let to = (amount.end + 1..=amount.end + VERB).find(|&i| matches!(text.get(i), '到' | '至' | '为'))?;
    links::change_before(text, to).filter(|&n| to - n == amount.end)?;
    let next = amount::read(text, to + 1)?;
    let last = next.measured.and_then(|_| read(text, to + 1, to + 1, &next, None))?;
    last.unit.map(|unit| (last.kind, unit))
}

/// What stands before and behind the amount: qualifiers, what it is given for.
fn around(text: &Folded, floor: usize, amount: &Amount, before: Option<qualifier::Before>, found: &mut Candidate) {
    let mut said = before.map(|b| b.approx);
    if let Some((end, unit)) = per::behind(text, found.end).filter(|_| found.kind == FactKind::Money) {
        found.per = Some(unit);
        found.end = end;
    }
    let measured =
        !matches!(found.kind, FactKind::People | FactKind::Organisations | FactKind::Items | FactKind::Households);
    if measured && amount.bound == Bound::Exact && qualifier::more_behind(text, found.end) {
        found.approx = Approx::Over;
        found.end += 1;
    }
    // 五成多家庭: behind 成 it can count nothing else.
    if found.kind == FactKind::Percentage && text.before(found.end) == '成' && text.get(found.end) == '多' {
        found.approx = Approx::Over;
        found.end += 1;
    }
    // 八成强, 93%强, 五分之一强的职工, 三分之一弱.
    if found.kind == FactKind::Percentage
        && amount.bound == Bound::Exact
        && matches!(text.get(found.end), '强' | '弱')
        && (!crate::text::is_cjk(text.get(found.end + 1)) || text.get(found.end + 1) == '的')
    {
        found.approx = if text.get(found.end) == '强' { Approx::Over } else { Approx::Nearly };
        found.end += 1;
    }
    if let Some((end, approx)) = qualifier::after(text, found.end) {
        found.end = end;
        said = said.or(Some(approx));
    }
    // 会员卡200元起.
    if found.kind == FactKind::Money
        && text.get(found.end) == '起'
        && !crate::text::is_cjk(text.get(found.end + 1))
        && found.approx == Approx::Exact
    {
        found.end += 1;
        said = said.or(Some(Approx::AtLeast));
    }
    // 100天内.
    if found.kind == FactKind::Duration
        && text.get(found.end) == '内'
        && !"部地外退蒙需控河科战勤债销存衣乱功阁政幕容".contains(text.get(found.end + 1))
    {
        found.end += 1;
        said = said.or(Some(Approx::AtMost));
    }
    let verb = || text.has_before(found.start, "超过") && betters(text, found.start - 2, amount);
    let said = said.or_else(|| {
        qualifier::farther_before(text, found.start, floor, found.kind == FactKind::Duration).filter(|_| !verb())
    });
    let said = said.or_else(|| {
        let share = matches!(found.kind, FactKind::Percentage | FactKind::Multiple);
        qualifier::of_whole(text, found.start, floor).filter(|_| share)
    });
    if let Some(approx) = said
        && (found.approx == Approx::Exact
            // 约6000余万元, 近千余人: the word before it was meant.
            || found.approx == Approx::Over && approx != Approx::Over)
    {
        found.approx = approx;
    }
}

/// Whether the length of time from `from` to `end`, behind 近, is the last years or days: at the opening of a clause or
/// behind 在, 仅, 是 (近两年,工业…), and no length that is gone by (历时近两年, 近两年的时间, 近两年后).
fn is_recent(text: &Folded, from: usize, end: usize) -> bool {
    const GONE_BY: &[&str] = &["时间", "的", "之", "后", "前", "未", "没", "不", "才", "了", "过去"];
    let at = from.saturating_sub(1);
    let opens = at == 0 || !crate::text::is_cjk(text.before(at)) && !text.before(at).is_ascii_digit();
    let opens = opens || matches!(text.before(at), '在' | '仅' | '是' | '从');
    let few = end == from + 2 && text.one_of(from, &["两", "三", "四", "五", "2", "3", "4", "5"]).is_some();
    let few = few && (text.has(from + 1, "年") || text.has(from + 1, "天"));
    opens && few && text.one_of(end, GONE_BY).is_none()
}
