//! Quantities: money, people, organisations, households, items, shares, multiples, ages, durations, areas and the like.
//!
//! In: a folded block and the place of a number in it. Out: a [`Candidate`], exact in span, value, unit and qualifier;
//! [`complete`] then says of all of a block's candidates what is counted, for what, and by whom, and makes facts of them.
//!
//! Method: the scan of the stage finds where numbers begin; a number is read once ([`crate::text::numeral`]), its unit is
//! looked up ([`unit`]), its qualifiers on either side are two tables ([`qualifier`]). What is counted is the noun phrase
//! that stands next to it ([`subject`]), for which jieba tags that piece of the clause and no other. A number without a
//! unit, a numeral inside a word ([`trap`]) and an indefinite 一个 give nothing. Not done: units of energy, volume and
//! temperature (no kind is for them), sums written without digits (巨资, 分文).

mod amount;
mod block;
mod classified;
mod currency;
mod links;
mod money;
mod noun;
mod per;
mod phrase;
mod qualifier;
mod rare;
mod role;
mod spoken;
mod subject;
mod trap;
mod unit;

use std::borrow::Cow;

use self::amount::{Amount, Measured};
use self::subject::carry;
use self::unit::Class;
use crate::record::{Approx, Fact, FactKind, Value};
use crate::text::Folded;
use crate::text::numeral::{self, Bound};
use crate::text::sentence::{self, ends_clause};

/// A quantity with what its own characters say. Offsets count characters of the folded text.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// First character, its qualifier and currency included.
    pub start: usize,
    /// Past its last character.
    pub end: usize,
    kind: FactKind,
    /// The noun behind or before it decides the kind (个, 支, 所).
    by_noun: bool,
    low: f64,
    high: f64,
    /// No number is printed (几名).
    unknown: bool,
    approx: Approx,
    unit: Option<Cow<'static, str>>,
    per: Option<String>,
    /// 一名, 一位: an article as much as a number.
    indefinite: bool,
    /// The noun follows the number without a measure word (3000职工).
    no_measure_word: bool,
}

/// Where the scan goes on, and what was found.
pub(super) struct Step {
    /// Past what was read.
    pub end: usize,
    /// The quantity, if it is one.
    pub found: Option<Candidate>,
}

/// Whether a unit or measure word stands at `at`.
pub(super) fn counts(text: &Folded, at: usize) -> bool {
    unit::at(text, at).is_some()
}

/// Reads the number that begins at `from`; nothing before `floor` belongs to it.
pub(super) fn read(text: &Folded, from: usize, floor: usize) -> Step {
    let nothing = |end: usize| Step { end: end.max(from + 1), found: None };
    if text.before(from) == '第' {
        return ordinal(text, from);
    }
    if trap::is_next_rank(text, from) {
        return nothing(trap::skip(text, from));
    }
    let sign = money::sign_before(text, from, floor);
    if text.get(from).is_ascii_digit() && sign.is_none() && trap::is_code(text, from) {
        return nothing(trap::skip(text, from));
    }
    let Some(amount) = amount::read(text, from) else { return nothing(trap::skip(text, from)) };
    // 老三一个月: digits in a row that are no number.
    let row = amount.number.positional && !amount.number.arabic;
    if row && amount.number.n_digits < 4 && !(from..amount.number.end).any(|i| text.get(i) == '〇') {
        return nothing(from + 1);
    }
    if !matches!(amount.measured, Some(Measured::Share)) && trap::is_word(text, from, &amount.number) {
        return nothing(trap::skip(text, from));
    }
    match candidate(text, from, floor, &amount, sign) {
        Some(found) => Step { end: found.end, found: Some(found) },
        None => nothing(amount.end.max(trap::skip(text, from))),
    }
}

/// Bits in favour of a name right before an age.
const NAME_BEFORE_AGE: f32 = 6.0;

/// Whether a name of two or three characters ends right before `at`, with so many bits in its favour.
fn is_end_of_name(text: &Folded, at: usize, favour: f32) -> bool {
    (2..=3).filter(|n| at >= *n).any(|n| {
        let name = text.word(at - n, at);
        name.chars().next().is_some_and(crate::text::is_surname) && crate::text::is_plausible(name, favour)
    })
}

fn candidate(
    text: &Folded,
    from: usize,
    floor: usize,
    amount: &Amount,
    sign: Option<money::Sign>,
) -> Option<Candidate> {
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
    match amount.measured {
        // 三五成群.
        Some(Measured::Share) if text.before(amount.end) == '成' && text.get(amount.end) == '群' => return None,
        Some(Measured::Share) if is_part_of_one(text, amount) => return None,
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
            let goes_on = text.one_of(amount.end, &["甚至", "乃至"]).is_some();
            found.by_noun = matches!(unit.name, "个" | "所" | "支" | "家" | "户" | "间") && !goes_on;
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
            } else {
                // 分别回落5.3和5.5个百分点: the unit stands behind the last.
                let (kind, unit) =
                    respectively(text, from, floor, amount).or_else(|| of_second_level(text, from, amount))?;
                found.kind = kind;
                found.unit = Some(unit);
            }
        }
    }
    if bare && !found.no_measure_word && !bare_stands(text, from, amount, before.is_some(), found.kind) {
        return None;
    }
    // 近三年来: the last three, and not nearly.
    let recent =
        before.is_some_and(|b| b.approx == Approx::Nearly && b.start + 1 == start && text.get(b.start) == '近');
    let since = || text.one_of(amount.end, &["来", "以来", "间", "累计", "共", "先后"]).is_some();
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
    Some(found)
}

/// Whether 超 or 超过 at `at` is the verb of records that are bettered: 创造或超过880项世界纪录.
fn betters(text: &Folded, at: usize, amount: &Amount) -> bool {
    const NEAR: usize = 6;
    text.get(at) == '超'
        && matches!(amount.measured, Some(Measured::Unit(unit)) if unit.name == "项")
        && (amount.end..amount.end + NEAR).any(|i| text.one_of(i, &["纪录", "记录"]).is_some())
}

/// Whether a share is a part of one thing, or of a stone on the board: 三分之一个世纪, 四分之三子.
fn is_part_of_one(text: &Folded, amount: &Amount) -> bool {
    let stone = text.get(amount.end) == '子' && !"女孙弟公集".contains(text.get(amount.end + 1));
    text.has(amount.number.end, "分之") && (stone || text.get(amount.end) == '个')
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
    let Some(n) = text.one_before(at, &["甚至", "乃至"]) else { return at };
    let less = |i: &usize| {
        let c = text.get(*i);
        numeral::is_numeral(c) && !c.is_ascii_digit() || matches!(c, '几' | '数' | '上' | '近')
    };
    let end = at - n;
    let start = (floor..end).rev().take(LONGEST).take_while(less).last();
    start.filter(|&i| numeral::is_multiplier(text.before(end)) && end - i >= 2).unwrap_or(at)
}

/// 一家5口, 家里3口人; 家里3口井 are no people.
fn counts_family(text: &Folded, from: usize, amount: &Amount, unit: unit::Found) -> bool {
    const HOMES: &[&str] = &["一家", "全家", "家里", "家中", "一家老小"];
    const SAID_OF_THEM: &[&str] = &["人", "都", "均", "全", "作为", "在", "也"];
    unit.name == "口"
        && text.one_before(from, HOMES).is_some()
        && (!crate::text::is_cjk(text.get(amount.end)) || text.one_of(amount.end, SAID_OF_THEM).is_some())
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
            let last = candidate(text, at + 1, floor, &next, None)?;
            return last.unit.map(|unit| (last.kind, unit));
        }
        at = next.end;
    }
    None
}

/// Whether a number without a unit is an age (今年六十八, 四十出头), and the years behind 有 that it has besides.
fn age_alone(text: &Folded, from: usize, amount: &Amount) -> Option<f64> {
    if amount.number.arabic || amount.bound != Bound::Exact || !(16.0..=110.0).contains(&amount.low) {
        return None;
    }
    if amount.low % 10.0 == 0.0
        && let Some(n) = text.one_of(amount.end, &["出头", "开外"])
    {
        // 四十出头的汉子, 年纪五十开外; not 气温四十出头.
        let whom = text.get(amount.end + n) == '的' && noun::opens(text.word(amount.end + n + 1, amount.end + n + 7));
        let said = text.one_before(from, &["年纪", "岁数", "年已", "年过", "也就", "看上去"]).is_some();
        return (whom || said).then_some(0.0);
    }
    let n = text.one_before(from, &["今年", "现年", "时年", "年方", "年已", "年近"])?;
    let years = numeral::read(text, amount.end + 1).filter(|n| n.end == amount.end + 2 && n.low < 10.0);
    if let Some(years) = years.filter(|_| text.get(amount.end) == '有') {
        return ends_clause(text, amount.end + 2).then_some(years.low);
    }
    (is_somebody(text, from - n) && ends_clause(text, amount.end)).then_some(0.0)
}

/// Whether one person is named right before `at`; 社员今年六十八 counts them.
fn is_somebody(text: &Folded, at: usize) -> bool {
    const ELDERS: &[&str] = &[
        "老人", "老汉", "大爷", "大娘", "大妈", "奶奶", "爷爷", "师傅", "老伴", "母亲", "父亲", "妻子", "丈夫", "儿子",
        "女儿", "支书", "书记", "班长", "厂长", "老师", "老兵", "大姐", "大哥", "大嫂", "他", "她", "我", "你", "本人",
    ];
    /// Bits that a name may cost where nothing else tells it.
    const NAMED: f32 = 4.0;
    let elder = at >= 2 && text.before(at) == '老' && crate::text::is_surname(text.get(at - 2));
    let named = |n: usize| at >= n && crate::text::is_plausible(text.word(at - n, at), NAMED);
    text.one_before(at, ELDERS).is_some() || elder || named(3) || named(2)
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
    let last = next.measured.and_then(|_| candidate(text, to + 1, to + 1, &next, None))?;
    last.unit.map(|unit| (last.kind, unit))
}

/// Whether the number is a lone 一, which is an article as often.
fn is_one(text: &Folded, from: usize, amount: &Amount) -> bool {
    text.get(from) == '一' && amount.number.end - from == 1 && amount.number.bound == Bound::Exact
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
    // 八成强, 93%强.
    if found.kind == FactKind::Percentage
        && text.get(found.end) == '强'
        && !crate::text::is_cjk(text.get(found.end + 1))
    {
        found.approx = Approx::Over;
        found.end += 1;
    }
    if let Some((end, approx)) = qualifier::after(text, found.end) {
        found.end = end;
        said = said.or(Some(approx));
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
    let said = said.or_else(|| qualifier::farther_before(text, found.start, floor).filter(|_| !verb()));
    let said = said.or_else(|| {
        let share = found.kind == FactKind::Percentage;
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

/// Whether a unit behind a number makes it a quantity: not 一年 of 这一年, 两天 of 前两天.
fn stands(text: &Folded, from: usize, amount: &Amount, unit: unit::Found, qualified: bool) -> bool {
    let before = text.before(from);
    // 九台市, 三家店村: a place's name.
    let thing = matches!(unit.name, "座" | "条" | "处" | "片");
    let named = !thing
        && unit.class != Class::Duration
        && !amount.number.arabic
        && amount.high <= 10.0
        && unit.name != "个"
        && matches!(
            text.get(amount.end),
            '市' | '县' | '区' | '镇' | '乡' | '村' | '路' | '山' | '河' | '庄' | '玉' | '湖' | '岭' | '沟'
        );
    if named {
        return false;
    }
    match unit.class {
        Class::Duration => {
            // 一年半 is no 一年.
            let one = is_one(text, from, amount) && amount.low <= 1.0;
            // 这150年 is as long as it says, 这三年 is when.
            let this = matches!(before, '这' | '那') && amount.low < 10.0;
            let pointed = this
                || matches!(before, '某' | '同' | '每' | '头' | '另')
                || one
                    && matches!(before, '有' | '的' | '前' | '后' | '上' | '下' | '新' | '又')
                    && text.one_before(from, &["提前", "推后", "已有", "还有", "尚有"]).is_none()
                || amount.unknown && matches!(before, '近' | '前' | '后' | '最');
            // 今年一月, 三月: a month is a date's matter; 两月 is a length.
            // In 最高一年5000元 the bound is the sum's.
            let qualified = qualified && text.one_before(from, &["最高", "最多"]).is_none();
            // 不见一天, 乐一天: a figure of speech, unless something says that it is measured.
            let loose = one
                && amount.bound == Bound::Exact
                && !qualified
                && text.before(amount.end) != '夜'
                && text.one_of(amount.end, LENGTH_BEHIND).is_none()
                && !(unit.name == "年" && text.get(amount.end) == '就')
                && text.one_before(from, LENGTH_BEFORE).is_none();
            let month = unit.name == "月" && text.get(from) != '两' && !amount.unknown;
            let day = unit.name == "日"
                && !qualified
                && amount.number.bound == Bound::Exact
                && text.one_of(amount.end, &["内", "之内", "以内", "后", "游"]).is_none()
                && text.get(from) != '两'
                && amount.low < 32.0;
            // 被四周的人群围住: all around.
            let around = unit.name == "周"
                && text.get(from) == '四'
                && !qualified
                && text.one_of(amount.end, &["内", "之内", "后", "前", "时间", "以上", "左右"]).is_none()
                && text.one_before(from, LENGTH_BEFORE).is_none();
            // 一个春秋又一个春秋: year after year.
            let verse = one && text.one_before(amount.end, &["春秋", "寒暑"]).is_some();
            !(pointed || loose || verse || day || around || month && amount.low <= 12.0)
        }
        Class::Length if unit.name == "里" => is_miles(text, from, amount),
        // 二尺多宽, but 三尺讲台.
        Class::Length if unit.name == "尺" => {
            !amount.number.bare
                && (amount.number.arabic
                    || text.one_of(amount.end, &["多", "长", "宽", "深", "厚", "见方"]).is_some()
                    || amount.bound != Bound::Exact)
        }
        // 七旬老人, but 三旬 of a month.
        Class::Age if unit.name == "旬" => {
            !amount.number.arabic
                && (50.0..=100.0).contains(&amount.low)
                && "老高母父夫妇奶爷翁婆汉开以".contains(text.get(amount.end))
        }
        // 八十高龄, but 一高龄老人.
        Class::Age if unit.name == "高龄" => amount.low >= 50.0,
        // 独中两元: goals.
        Class::Money(_) if text.one_before(from, &["独中", "连中", "再中"]).is_some() => false,
        // 李四人民币: a name, not four yuan.
        Class::Money(_) if unit.name == "人民币" => amount.number.arabic || amount.low >= 100.0,
        // 援几人员: who went to help Guinea.
        Class::People if unit.name == "人员" && amount.unknown => false,
        // 一个人 is anybody.
        Class::People if unit.name == "个人" && is_one(text, from, amount) => false,
        Class::People => {
            // 比上年前移两位.
            let moved = matches!(unit.name, "位" | "名")
                && text
                    .one_before(from, &["前移", "后移", "上移", "下移", "前进", "后退", "提升", "上升", "下降", "跃升"])
                    .is_some()
                && !noun::opens(text.word(amount.end, amount.end + 6));
            let ranked = moved
                || matches!(before, '前' | '后' | '头') && matches!(unit.name, "名" | "位")
                || matches!(unit.name, "名" | "位") && is_rank(text, from, amount);
            // 10余万众, but no 三众.
            if unit.name == "众" && (amount.number.scale < 1e4 || amount.number.bare) {
                return false;
            }
            let one = is_one(text, from, amount) && unit.name == "人";
            // 每一位观众, 任何一名: all of them.
            let any = is_one(text, from, amount) && matches!(before, '每' | '任' | '某' | '哪' | '何' | '同' | '另');
            let game = unit.name == "人"
                && amount.low < 16.0
                && text.one_of(amount.end, &["橄榄球", "足球", "篮球", "排球"]).is_some()
                // 8万人体育场: its name.
                || unit.name == "人" && text.one_of(amount.end, &["体育场", "体育馆", "大礼堂"]).is_some();
            let digits = unit.name == "位" && text.get(amount.end) == '数';
            !ranked
                && !any
                && !digits
                && !game
                && !(one
                    && (matches!(before, '万' | '某' | '第')
                        || numeral::is_numeral(text.get(amount.end))
                        || text.get(amount.end).is_ascii_digit()))
        }
        Class::Items if unit.name == "期" => {
            /// How far back the stage before may stand.
            const ROW: usize = 6;
            // 二期工程, 8号线三期工地, 小区二期3号楼: the stage of it.
            let built = |at: usize| {
                text.one_of(
                    at,
                    &[
                        "工程", "项目", "建设", "投资", "改造", "工地", "厂房", "楼盘", "开发", "地块", "机组", "技改",
                        "患者",
                    ],
                )
                .is_some()
            };
            let of_it = text.one_before(from, &["号线", "小区", "园区", "花园", "新城"]).is_some();
            // 二期、三期, 秦山二期、秦山三期: the stages of one thing.
            let next_of_row = (from.saturating_sub(ROW)..from).any(|i| {
                text.one_of(i, &["期、", "期和", "期及", "期与"]).is_some() && numeral::is_numeral(text.before(i))
            });
            if !amount.number.arabic && (next_of_row || is_second(text, from, amount)) {
                return false;
            }
            // 三期、四期厂房: the first of a row.
            let next = numeral::read(text, amount.end + 1).filter(|n| text.get(n.end) == '期');
            let row =
                matches!(text.get(amount.end), '、' | '和' | '与' | '及') && next.is_some_and(|n| built(n.end + 1));
            // 尘肺病二期: of an illness.
            let ill = matches!(before, '病' | '癌' | '肺' | '瘤') || text.has_before(from, "血压");
            !ill && (amount.number.arabic && amount.low > 4.0 || !(built(amount.end) || of_it || row))
        }
        Class::Items => {
            // 男女各两支球队 are two each.
            let pointed =
                matches!(before, '前' | '后' | '头' | '首' | '这' | '那' | '每') || before == '各' && amount.low < 2.0;
            let ranked = pointed && amount.low <= 3.0 && !amount.number.arabic;
            // 本科二批: in which round one is admitted.
            if unit.name == "批" && text.one_before(from, &["本科", "专科", "大专"]).is_some() {
                return false;
            }
            // 铁十八局五处: the name of a builder.
            if unit.name == "处" && before == '局' {
                return false;
            }
            // 二次创业, 二轮承包: the second.
            if matches!(unit.name, "次" | "轮") && is_second(text, from, amount) {
                return false;
            }
            if is_name_of(text, from, amount, unit) {
                return false;
            }
            // 474次列车, 502次旅客列车: a train's number.
            let train = unit.name == "次"
                && (text.one_of(amount.end, TRAINS).is_some()
                    // 游215次: one for excursions.
                    || amount.number.arabic && amount.low >= 100.0 && before == '游');
            // “20件实事”: the name of a programme.
            let named = matches!(before, '“' | '‘') && closes_soon(text, amount.end);
            // 一届二次: the second meeting of the first.
            !(named || train || ranked || before == '届' || before == '番')
        }
        _ => true,
    }
}

/// Whether 里 behind a number is a length: 二十里以外, 往返四五里, 八里路; but 三里屯, 十里长街.
fn is_miles(text: &Folded, from: usize, amount: &Amount) -> bool {
    const BEHIND: &[&str] = &["外", "以外", "之外", "路", "地", "多", "左右", "山路", "水路", "远", "以内", "以上"];
    const BEFORE: &[&str] = &[
        "方圆", "步行", "走了", "行程", "往返", "驱车", "绵延", "相距", "全长", "距", "相隔", "跋涉", "走", "跑了",
        "行走",
    ];
    let start = qualifier::before(text, from, false).map_or(from, |b| b.start);
    let ends = ends_clause(text, amount.end);
    let area = text.one_of(amount.end, &["地区", "路口", "地名", "外滩"]).is_some();
    !amount.number.bare
        && amount.high >= 2.0
        && !area
        && (text.one_of(amount.end, BEHIND).is_some() || ends && text.one_before(start, BEFORE).is_some())
}

/// What the number of a train stands before.
const TRAINS: &[&str] =
    &["列车", "特快", "快车", "直快", "航班", "旅客列车", "旅客特快", "旅客快车", "客车", "货车", "货物列车", "直达"];

/// Whether 名 or 位 counts places in a ranking and no people: 50名之外, 徘徊于四名至六名.
fn is_rank(text: &Folded, from: usize, amount: &Amount) -> bool {
    const RANKED: &[&str] =
        &["徘徊于", "徘徊在", "排名在", "排在", "排名", "名列", "位列", "位居", "跃居", "滑落到", "跌出"];
    let beyond = text.one_of(amount.end, &["之外", "以外", "开外"]).is_some();
    let except = (from.saturating_sub(4)..from).any(|i| text.get(i) == '除');
    beyond && !except || text.one_before(from, RANKED).is_some() && !noun::opens(text.word(amount.end, amount.end + 6))
}

/// Whether 二 is the second and no count: 二次创业, 二期施工; but 先后二次, 共二期.
fn is_second(text: &Folded, from: usize, amount: &Amount) -> bool {
    const COUNTED: &[&str] = &[
        "先后", "前后", "共", "共有", "总共", "达", "有", "了", "过", "曾", "曾经", "已", "每年", "每月", "每周",
        "每天", "每日", "连续", "接连", "仅", "只", "约", "举办", "各", "年", "月", "天", "日",
    ];
    text.get(from) == '二'
        && amount.number.end - from == 1
        && amount.bound == Bound::Exact
        && text.one_before(from, COUNTED).is_none()
}

/// Whether a number and its measure word are a name: 村四组, 武警三总队十支队, 126台.
fn is_name_of(text: &Folded, from: usize, amount: &Amount, unit: unit::Found) -> bool {
    const PAGERS: &[u32] = &[126, 127, 128, 129, 191, 198, 199];
    let before = text.before(from);
    match unit.name {
        "组" => before == '村' && amount.high <= 30.0,
        // 三亚至九所段: a place on the road.
        "所" => text.get(amount.end) == '段',
        "支" => {
            text.get(amount.end) == '队' && text.one_before(from, &["总队", "武警", "消防", "边防", "公安局"]).is_some()
        }
        // 拨126台, 与126台联系: who carries a pager calls it.
        "台" => {
            amount.number.arabic
                && amount.bound == Bound::Exact
                && amount.number.scale < 10.0
                && PAGERS.contains(&(amount.low as u32))
                && matches!(before, '请' | '与' | '打' | '拨' | '呼' | '向' | '给' | '和' | '由')
        }
        _ => false,
    }
}

/// Whether the quotation that a number opens ends with a few words and no mark.
fn closes_soon(text: &Folded, from: usize) -> bool {
    const LONGEST: usize = 7;
    let end = (from..from + LONGEST).find(|&i| !crate::text::is_cjk(text.get(i)));
    end.is_some_and(|i| i > from && matches!(text.get(i), '”' | '’'))
}

/// What behind 一年 or 一天 says that it is a length of time.
const LENGTH_BEHIND: &[&str] = &[
    "多",
    "半",
    "余",
    "内",
    "以内",
    "之内",
    "左右",
    "来",
    "间",
    "之间",
    "时间",
    "的时间",
    "期",
    "以上",
    "以后",
    "后",
    "之后",
    "的",
    "了,",
    "了。",
    "里,",
    "里已",
    "里共",
];

/// What before it says so.
const LENGTH_BEFORE: &[&str] = &[
    "未来",
    "今后",
    "快",
    "已经",
    "已有",
    "历时",
    "为期",
    "有效期",
    "合同期",
    "试用期",
    "限期",
    "期限",
    "开通",
    "运行",
    "运营",
    "实施",
    "试行",
    "开业",
    "投产",
    "用了",
    "用",
    "了",
    "不到",
    "不足",
    "达",
    "长达",
    "经过",
    "整整",
    "短短",
    "满",
    "仅",
    "工作",
    "时间",
    "近",
    "约",
    "仅用",
    "期为",
    "限为",
    "间为",
    "提前",
    "推迟",
    "推后",
    "延长",
    "延期",
    "延续",
    "持续",
    "拖延",
    "缩短",
    "逾期",
    "超期",
];

/// Whether a number that is only multipliers is one: 近百名, 百余家, 百人以上, 百万元, 万名群众, 百家企业; not 百家, 万人.
fn bare_stands(text: &Folded, from: usize, amount: &Amount, qualified: bool, kind: FactKind) -> bool {
    const LONGEST: usize = 6;
    const FIRST: usize = 10;
    if told_bare(text, from, amount, kind) {
        return true;
    }
    // A noun right behind says that it is counted; in “百名工匠进校园” it is a name.
    let quoted = matches!(text.before(from), '“' | '《' | '‘');
    let counted = !quoted
        && match amount.measured {
            Some(Measured::Unit(unit)) if matches!(unit.name, "名" | "位" | "家" | "户") => {
                noun::opens(text.word(amount.end, amount.end + LONGEST))
            }
            // 建成了万亩茶园; alone it is a way to say that it is large.
            Some(Measured::Unit(unit)) if matches!(unit.name, "亩" | "公顷" | "平方米" | "平方公里") => {
                amount.number.low >= 1e3
                    && crate::text::is_cjk(text.get(amount.end))
                    && text.get(amount.end) != '的'
                    && (text.before(from) == '了'
                        || text.one_before(from, &["建成", "建起", "种出", "造出"]).is_some()
                        || text.before(from) == '、' && (from.saturating_sub(FIRST)..from).any(|i| text.get(i) == '了'))
            }
            _ => false,
        };
    qualified
        || counted
        || matches!(amount.bound, Bound::Over | Bound::About | Bound::Several)
        || qualifier::after(text, amount.end).is_some()
        || matches!(kind, FactKind::Percentage)
        || kind == FactKind::Money && (amount.number.low >= 1e6 || per::is_price(text, amount.end))
}

/// Whether a number that is only multipliers is told as one: 年收入达万元, 亩产百公斤, 千名男女老少, 满载着万吨煤炭.
fn told_bare(text: &Folded, from: usize, amount: &Amount, kind: FactKind) -> bool {
    let Some(Measured::Unit(unit)) = amount.measured else { return false };
    let low = amount.number.low;
    let next = text.get(amount.end);
    let ends = ends_clause(text, amount.end) || matches!(next, '的' | '、');
    match kind {
        FactKind::Money => ends && text.one_before(from, &["达", "可达", "高达", "达到"]).is_some(),
        FactKind::People => {
            let quoted = matches!(text.before(from), '“' | '《' | '‘' | '了' | '的');
            unit.name == "名" && low >= 1e3 && crate::text::is_cjk(next) && next != '的' && !quoted
        }
        FactKind::Weight if unit.name == "吨" && matches!(text.before(from), '着' | '了' | '载' | '运') => {
            crate::text::is_cjk(next) && !"级轮巨远大货油的散".contains(next)
        }
        FactKind::Weight => ends && text.one_before(from, &["亩产", "单产", "重达"]).is_some(),
        _ => false,
    }
}

/// What bears a number for a name (251医院).
const NUMBERED: &[&str] = &["医院", "中学", "小学", "大学", "研究所", "煤矿", "电厂", "厂", "队"];

/// Modifiers of people that jieba has for adverbs, or for a verb and its object.
const UNUSUAL: &[&str] = &["绝对贫困", "绝对", "相对贫困", "无电", "无业", "无房", "无地", "缺粮", "缺水", "缺电"];

/// The kind of a number whose noun follows without a measure word: 5000职工, 200余企业.
fn counts_noun(text: &Folded, from: usize, amount: &Amount, qualified: bool) -> Option<FactKind> {
    const LONGEST: usize = 6;
    let number = &amount.number;
    let large = number.low >= 10.0 && (number.arabic || number.low >= 100.0 || number.bound != Bound::Exact);
    // 惠及百万职工, 已有百万职工: counted, where 百万职工 alone is everybody.
    let told = number.bare
        && number.low >= 1e4
        && text
            .one_before(
                from,
                &[
                    "已有", "现有", "共有", "惠及", "覆盖", "吸引", "涉及", "受益", "全国", "全省", "全市", "全县",
                    "全军",
                ],
            )
            .is_some();
    let plain = !number.positional && !number.bare || qualified || told || number.bound == Bound::Over;
    // 1998职工运动会: a year in front of an event's name.
    let year = number.arabic
        && number.scale < 10.0
        && number.n_digits == 4
        && number.bound == Bound::Exact
        && (1900.0..2100.0).contains(&number.low);
    // 12306旅客, 110民警: the number of a line.
    let line = number.arabic
        && number.bound == Bound::Exact
        && number.scale < 10.0
        && (number.n_digits == 5 && (12_000.0..13_000.0).contains(&number.low)
            || matches!(number.low as u32, 110 | 119 | 120 | 122 | 114 | 10086 | 10010 | 95598));
    // 住建、卫健等4部门.
    if text.before(from) == '等' && number.low < 100.0 && text.one_of(amount.end, &["部门", "单位", "机构"]).is_some()
    {
        return Some(FactKind::Organisations);
    }
    // 三企业: several of them that were named.
    let few = amount.number.end - from == 1 && "两三四五六七八九".contains(text.get(from));
    let named = text.one_of(amount.end, &["企业", "单位", "部门", "高校"]).is_some()
        || text.get(from) == '两' && text.has(amount.end, "公司");
    if few && named && !matches!(text.before(from), '第' | '“' | '《' | '二' | '老' | '这' | '那' | '前' | '后')
    {
        return Some(FactKind::Organisations);
    }
    if !large || !plain || year || line || amount.bound == Bound::Range && amount.number.scale < 10.0 && !number.arabic
    {
        return None;
    }
    if matches!(text.before(from), '“' | '第' | '《') {
        return None;
    }
    // 20余万的成人和孩子, 约500万的宾客: with 的 between.
    let more = number.bound == Bound::Over || qualified && !number.bare;
    let of = usize::from(number.scale >= 1e4 && more && text.get(amount.end) == '的');
    let behind = text.word(amount.end + of, amount.end + of + LONGEST);
    let named = noun::at_start(behind).map(|n| n.1).or_else(|| {
        // 2100多万台湾同胞: with modifiers only behind a number that can count nothing else.
        let count = number.scale >= 1e4 || number.low >= 1e4 || number.bound == Bound::Over;
        let first = behind.chars().next().filter(|c| crate::text::is_cjk(*c) && !numeral::is_numeral(*c))?;
        if !count || first == '多' {
            return None;
        }
        // 7200万无电人口: what jieba has for something else than a modifier.
        let plain = UNUSUAL.iter().find_map(|m| behind.strip_prefix(m));
        if let Some((_, named)) = plain.and_then(noun::at_start) {
            return Some(named);
        }
        let of = |phrase: (usize, usize)| noun::of(behind.get(phrase.0..phrase.1)?);
        let phrase = phrase::after(behind, false, phrase::Wanted::Thing).filter(|p| p.0 == 0);
        // 4万多受灾群众: a verb that only modifies; but 集资20万慰问职工.
        let verb = || {
            // What is done with a sum, and to whom.
            let sum = money::names_sum(text, from) || noun::is_transitive(text.word(amount.end, amount.end + 2));
            let people = phrase::after(behind, true, phrase::Wanted::Person).filter(|p| p.0 == 0 && !sum)?;
            of(people).filter(|n| *n == noun::Noun::Person)
        };
        phrase.and_then(of).or_else(verb).or_else(|| described(text, from, amount))
    });
    let small = number.scale < 10.0 && number.bound == Bound::Exact && !qualified;
    match named? {
        // 102医院医护人员: the number of a house.
        noun::Noun::Person if small && NUMBERED.iter().any(|w| behind.starts_with(w)) => None,
        noun::Noun::Person => Some(FactKind::People),
        // 贷款30万办厂: what is done with it.
        noun::Noun::Organisation if behind.starts_with(['办', '建', '开', '买', '修', '造', '租']) => None,
        noun::Noun::Organisation if small && NUMBERED.iter().any(|w| behind.starts_with(w)) => None,
        noun::Noun::Organisation => Some(FactKind::Organisations),
        noun::Noun::Household => Some(FactKind::Households),
    }
}

/// Who stands behind what is said of them: 1.3万不在岗的公务员.
fn described(text: &Folded, from: usize, amount: &Amount) -> Option<noun::Noun> {
    const LONGEST: usize = 6;
    const NOUN: usize = 4;
    let number = &amount.number;
    let act = "为给向对把将用让使帮买修建造办".contains(text.get(amount.end));
    if number.scale < 1e4
        || number.bare
        || act
        || spoken::is_spent(text, from)
        || noun::is_transitive(text.word(amount.end, amount.end + 2))
    {
        return None;
    }
    let is_said = |i: &usize| crate::text::is_cjk(text.get(*i));
    let of = (amount.end + 2..amount.end + LONGEST).take_while(is_said).find(|&i| text.get(i) == '的')?;
    let (_, named) = noun::at_start(text.word(of + 1, of + 1 + NOUN))?;
    (named == noun::Noun::Person).then_some(named)
}

/// 每年两次: how often.
fn frequency(text: &Folded, floor: usize, amount: &Amount, found: &mut Candidate) {
    const TIMES: &[&str] = &[
        "每季度",
        "每星期",
        "每学期",
        "每个月",
        "每年",
        "每月",
        "每周",
        "每天",
        "每日",
        "每季",
        "每期",
        "每分钟",
        "每小时",
        "每秒钟",
        "每秒",
    ];
    let times = matches!(amount.measured, Some(Measured::Unit(unit)) if unit.name == "次");
    if !times {
        return;
    }
    if let Some(n) = text.one_before(found.start, TIMES).filter(|n| found.start - n >= floor) {
        let unit = text.word(found.start - n + 1, found.start);
        found.start -= n;
        found.kind = FactKind::Frequency;
        found.by_noun = false;
        found.per = Some(unit.trim_start_matches('个').to_owned());
    }
}

/// 第十五次, 第3名: a rank, not a count.
fn ordinal(text: &Folded, from: usize) -> Step {
    const COUNTED: &str = "次届名位批期轮场季条章款集版页组步卷部站代任号期回年天日个家";
    let Some(number) = numeral::read(text, from) else { return Step { end: from + 1, found: None } };
    // 第二阶段, 第一回合: the longer word.
    let long = ["阶段", "回合"].into_iter().find(|w| text.has(number.end, w));
    let unit_end = number.end + long.map_or(1, |w| w.chars().count());
    let c = text.get(number.end);
    let reads = (COUNTED.contains(c) || long.is_some())
        && number.bound == Bound::Exact
        && !(number.low < 2.0 && matches!(c, '时' | '线' | '步'))
        && !matches!((c, text.get(unit_end)), ('家', '庭') | ('部', '门') | ('代', '表') | ('年', '级') | ('集', '团'));
    let end = if reads { unit_end } else { number.end };
    let found = reads.then(|| Candidate {
        start: from - 1,
        end,
        kind: FactKind::Ordinal,
        by_noun: false,
        low: number.low,
        high: number.high,
        unknown: false,
        approx: Approx::Exact,
        unit: Some(long.map_or_else(|| Cow::Owned(c.to_string()), Cow::Borrowed)),
        per: None,
        indefinite: false,
        no_measure_word: false,
    });
    Step { end, found }
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

/// 翻一番, 翻了两番半, 翻番: twice as much for each 番.
pub(super) fn doubled(text: &Folded, from: usize) -> Option<Candidate> {
    if text.get(from) != '翻' {
        return None;
    }
    let mut at = from + 1;
    at += usize::from(matches!(text.get(at), '了' | '过'));
    let mut approx = Approx::Exact;
    if matches!(text.get(at), '近' | '约') {
        approx = if text.get(at) == '近' { Approx::Nearly } else { Approx::About };
        at += 1;
    }
    let (mut times, mut end) = match numeral::read(text, at) {
        Some(n) if text.get(n.end) == '番' && n.high < 20.0 => {
            if n.bound == Bound::Over {
                approx = Approx::Over;
            }
            (n.low, n.end + 1)
        }
        None if text.get(at) == '番' && at == from + 1 => (1.0, at + 1),
        _ => return None,
    };
    if text.get(end) == '半' {
        times += 0.5;
        end += 1;
    } else if let Some(n) = text.one_of(end, &["多", "还多", "有余"]) {
        approx = Approx::Over;
        end += n;
    }
    let value = (2f64.powf(times) * 100.0).round() / 100.0;
    let qualified = text.one_before(from, &["几乎", "将近", "接近"]).filter(|_| approx == Approx::Exact);
    if qualified.is_some() {
        approx = Approx::Nearly;
    }
    Some(Candidate {
        start: from - qualified.unwrap_or(0),
        end,
        kind: FactKind::Multiple,
        by_noun: false,
        low: value,
        high: value,
        unknown: false,
        approx,
        unit: Some(Cow::Borrowed("倍")),
        per: None,
        indefinite: false,
        no_measure_word: false,
    })
}

/// Makes facts of a block's candidates, which stand in the order of the text. `dates` are the spans of the dates between
/// them, in characters.
pub(super) fn complete(
    text: &Folded,
    printed: &str,
    block: u32,
    candidates: &[Candidate],
    dates: &[(usize, usize)],
    facts: &mut Vec<Fact>,
) {
    let block_view = block::Block { text, printed, candidates, dates };
    let mut subjects: Vec<Option<(usize, usize)>> = Vec::with_capacity(candidates.len());
    for (index, candidate) in candidates.iter().enumerate() {
        let found = subject::of(&block_view, index, &subjects);
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
        fact.per = candidate.per.clone().or_else(|| per::before(&block_view, index, kind));
        // 由人均480元增加到1960元: the second level is of the same sum.
        // 每人1000元补贴,今年已发放120万元: all of it.
        let all = || {
            let between = text.word(candidates[index - 1].end, candidate.start);
            between.contains(['已', '共', '总']) || between.contains("累计") || between.contains("合计")
        };
        // 1650里拉兑1美元: the second is what the first is for.
        let exchanged = || carry::is_exchanged(&block_view, index - 1);
        let same_sum =
            index > 0 && found.is_some() && subjects.get(index - 1) == Some(&found) && !all() && !exchanged();
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

/// What 个 right before counts, where it is a word for households that no phrase was found of: 一万个先富户帮….
fn homes_behind<'t>(text: &'t Folded, candidate: &Candidate) -> Option<&'t str> {
    let end = candidate.end + 3;
    let counts = candidate.unit.as_deref() == Some("个")
        && text.before(end) == '户'
        && !matches!(text.get(end), '头' | '口' | '籍' | '均' | '型' | '外');
    let word = text.word(candidate.end, end);
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
    let homes = || noun.is_some_and(|n| keeps(n) || HOMES.iter().any(|home| n.ends_with(home)));
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
    let members = |n: &str| ["会员", "会员总数", "会员人数", "会员数"].iter().any(|w| n.ends_with(w));
    if kind == FactKind::People && noun.is_some_and(members) {
        return FactKind::Members;
    }
    kind
}
