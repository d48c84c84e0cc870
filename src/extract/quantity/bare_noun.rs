//! Numbers that count the noun right behind them, without a measure word: 3000职工, 20余万农户, 等4部门.

use super::amount::Amount;
use super::{money, noun, phrase, spoken, unit};
use crate::record::FactKind;
use crate::text::Folded;
use crate::text::numeral::{self, Bound};

/// 一家5口, 家里3口人; 家里3口井 are no people.
pub(super) fn counts_family(text: &Folded, from: usize, amount: &Amount, unit: unit::Found) -> bool {
    const HOMES: &[&str] = &["一家", "全家", "家里", "家中", "一家老小"];
    const SAID_OF_THEM: &[&str] = &["人", "都", "均", "全", "作为", "在", "也"];
    unit.name == "口"
        && text.one_before(from, HOMES).is_some()
        && (!crate::text::is_cjk(text.get(amount.end)) || text.one_of(amount.end, SAID_OF_THEM).is_some())
}

/// What bears a number for a name (251医院).
const NUMBERED: &[&str] = &["医院", "中学", "小学", "大学", "研究所", "煤矿", "电厂", "厂", "队"];

/// Modifiers of people that jieba has for adverbs, or for a verb and its object.
const UNUSUAL: &[&str] = &["绝对贫困", "绝对", "相对贫困", "无电", "无业", "无房", "无地", "缺粮", "缺水", "缺电"];

/// The kind of a number whose noun follows without a measure word: 5000职工, 200余企业.
pub(super) fn counts_noun(text: &Folded, from: usize, amount: &Amount, qualified: bool) -> Option<FactKind> {
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
    let few = amount.number.end - from == 1
        && matches!(text.get(from), '两' | '三' | '四' | '五' | '六' | '七' | '八' | '九');
    let named = || {
        text.one_of(amount.end, &["企业", "单位", "部门", "高校"]).is_some()
            || text.get(from) == '两' && text.has(amount.end, "公司")
    };
    if few && named() && !matches!(text.before(from), '第' | '“' | '《' | '二' | '老' | '这' | '那' | '前' | '后')
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
