//! Ranks (第十五次), how often (每年两次) and doublings (翻两番).

use std::borrow::Cow;

use super::amount::{Amount, Measured};
use super::{Candidate, Step};
use crate::record::{Approx, FactKind};
use crate::text::Folded;
use crate::text::numeral::{self, Bound};

/// 每年两次: how often.
pub(super) fn frequency(text: &Folded, floor: usize, amount: &Amount, found: &mut Candidate) {
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
pub(super) fn rank(text: &Folded, from: usize) -> Step {
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

/// 翻一番, 翻了两番半, 翻番: twice as much for each 番.
pub(in crate::extract) fn doubled(text: &Folded, from: usize) -> Option<Candidate> {
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
