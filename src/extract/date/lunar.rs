//! Days of the lunar calendar: 正月初五, 农历腊月二十八, 正月十四至十六, 大年初三.
//!
//! Their value is null. What day of the solar calendar one is is known of the months whose festival tells: the first and the
//! last one, the fifth and the eighth.

use super::absolute::{Said, connector};
use super::calendar::{Anchor, Parts};
use super::{EVERY_YEAR, Mention, clock, festival};
use crate::text::{Folded, numeral, sentence};

/// What stands before a day of one year that is not known.
const SOME_YEAR: &[&str] = &["有一年", "那年", "那一年", "某年", "一年", "有一个"];

/// Reads the lunar date at `from`.
pub(super) fn read(text: &Folded, from: usize, anchor: &Anchor) -> Option<Mention> {
    if text.has(from, "大年") {
        return new_year(text, from, anchor);
    }
    if text.get(from) == '初' {
        return day_alone(text, from, anchor);
    }
    let mut at = from + text.one_of(from, &["农历", "阴历", "夏历"]).unwrap_or(0);
    let named = text.one_of(at, &["正月", "腊月", "冬月"]);
    // 寒冬腊月: the cold, and no date.
    let cold = named.is_some() && text.one_before(at, &["寒冬", "数九", "严冬", "隆冬"]).is_some();
    let month = text.get(at);
    at += match named {
        Some(n) => n,
        None if at > from => {
            let month = numeral::read(text, at).filter(|n| text.get(n.end) == '月' && n.low <= 12.0)?;
            month.end + 1 - at
        }
        None => return None,
    };
    let mut mention = Mention::of(from, Said { end: at, parts: Parts::default() });
    mention.fixed = true;
    let Some((end, number)) = day(text, at).filter(|(end, _)| text.get(at) == '初' || !counted(text, *end)) else {
        return (!cold).then_some(mention);
    };
    mention.end = end;
    let meant = |day| resolved(text, from, month, day, anchor);
    mention.meant = meant(number);
    if let Some((end, last)) = second(text, end, month).filter(|(_, last)| *last > number) {
        mention.end = end;
        mention.until = meant(last).filter(|_| mention.meant.is_some());
    } else {
        around(text, &mut mention);
    }
    Some(mention)
}

/// The solar date of a day of a month, told at `from`.
fn resolved(text: &Folded, from: usize, month: char, day: i32, anchor: &Anchor) -> Option<Parts> {
    if text.one_before(from, EVERY_YEAR).is_some() || text.one_before(from, SOME_YEAR).is_some() {
        return None;
    }
    match month {
        '正' => festival::of_first_month(day, anchor),
        '腊' => festival::of_last_month(day, anchor),
        '五' | '八' => festival::of_month(month, day, anchor),
        _ => None,
    }
    .map(Parts::of)
}

/// 至十六, 到正月初五 behind a day of `month`.
fn second(text: &Folded, at: usize, month: char) -> Option<(usize, i32)> {
    let mut at = at + connector(text, at)?;
    if text.get(at) == month && text.get(at + 1) == '月' {
        at += 2;
    }
    day(text, at).filter(|(end, _)| !counted(text, *end))
}

/// Whether what stands at `at` makes a count of the number before it; 日 does not.
fn counted(text: &Folded, at: usize) -> bool {
    crate::extract::quantity::counts(text, at)
}

/// 初五, 十四, 二十八, 廿九, 三十: past it, and its number.
fn day(text: &Folded, at: usize) -> Option<(usize, i32)> {
    let digit = |i: usize| {
        let c = text.get(i);
        numeral::digit(c).filter(|d| (1..=9).contains(d) && !c.is_ascii_digit() && c != '两').map(|d| d as i32)
    };
    let (end, tens) = match (text.get(at), text.get(at + 1)) {
        ('初', '十') => return Some((at + 2, 10)),
        ('初', _) => return Some((at + 2, digit(at + 1)?)),
        ('十', _) => (at + 1, 10),
        ('廿', _) => (at + 1, 20),
        ('卅', _) | ('三', '十') => return Some((at + if text.get(at) == '三' { 2 } else { 1 }, 30)),
        ('二', '十') => (at + 2, 20),
        _ => return None,
    };
    Some(digit(end).map_or((end, tens), |d| (end + 1, tens + d)))
}

/// 大年初三, 大年三十.
fn new_year(text: &Folded, from: usize, anchor: &Anchor) -> Option<Mention> {
    let at = from + 2;
    let eve = text.has(at, "三十");
    if !eve && text.get(at) != '初' {
        return None;
    }
    let (end, number) = day(text, at)?;
    // ‘大年初一’: a name for what is as good.
    if matches!(text.before(from), '‘' | '“' | '"') && matches!(text.get(end), '’' | '”' | '"') {
        return None;
    }
    let mut mention = Mention::of(from, Said { end, parts: Parts::default() });
    mention.fixed = true;
    let meant = |day| resolved(text, from, '正', day, anchor);
    mention.meant = meant(if eve { 0 } else { number });
    if let Some((end, last)) = second(text, end, '正').filter(|(_, last)| !eve && *last > number) {
        mention.end = end;
        mention.until = meant(last).filter(|_| mention.meant.is_some());
    } else {
        around(text, &mut mention);
    }
    Some(mention)
}

/// 初三起, 初三至初四, of the first month: only about the Spring Festival, and where nothing is of a school (初三年级).
fn day_alone(text: &Folded, from: usize, anchor: &Anchor) -> Option<Mention> {
    const NEAR: i32 = 30;
    const REACH: usize = 30;
    const SCHOOL: &str = "学班级校教课考高";
    let (end, number) = day(text, from)?;
    let meant = |day| festival::of_first_month(day, anchor).map(Parts::of);
    let first = festival::of_first_month(number, anchor)?;
    let near = anchor.report.and_then(|report| Some(first.since(report).ok()?.get_days().abs() <= NEAR));
    let opens = sentence::sentence_start(text, from, REACH);
    let mut told_in = (opens..end + REACH).take_while(|&i| i < end || !sentence::ends_sentence(text, i));
    let school = told_in.any(|i| SCHOOL.contains(text.get(i)));
    if near != Some(true) || school || crate::text::is_cjk(text.before(from)) && text.before(from) != '从' {
        return None;
    }
    let mut mention = Mention::of(from, Said { end, parts: Parts::default() });
    (mention.fixed, mention.meant) = (true, meant(number));
    if let Some((end, last)) = second(text, end, '正').filter(|(_, last)| *last > number) {
        mention.end = end;
        mention.until = meant(last);
        return Some(mention);
    }
    let told =
        text.one_of(end, &["起", "前后", "这天", "上午", "下午", "早上", "晚上", "清晨", "早晨", "、"]).is_some();
    if !told {
        return None;
    }
    around(text, &mut mention);
    Some(mention)
}

/// 前后 or a time of day behind a lunar day.
fn around(text: &Folded, mention: &mut Mention) {
    if text.has(mention.end, "前后") {
        mention.about = true;
        mention.end += 2;
    } else if let (Some(time), Some(meant)) = (clock::read(text, mention.end, false), mention.meant.as_mut()) {
        meant.clock = time.at;
        mention.end = time.end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(usize, Option<&str>)>) {
        let anchor = Anchor { report: "1998-01-15".parse().ok(), ..Anchor::default() };
        let found = read(&Folded::new(text), 0, &anchor).map(|m| (m.end, m.meant.and_then(|d| d.edtf())));
        assert_eq!(found, expected.map(|(end, day)| (end, day.map(str::to_owned))), "{text}");
    }

    #[test]
    fn lunar_days() {
        check("腊月廿一", Some((4, Some("1998-01-19"))));
        check("腊月二十四一直", Some((5, Some("1998-01-22"))));
        check("腊月三十", Some((4, None)));
        check("农历腊月", Some((4, None)));
        check("正月十四至十六", Some((7, Some("1998-02-10"))));
        check("大年初三", Some((4, Some("1998-01-30"))));
        check("大年三十", Some((4, Some("1998-01-27"))));
        check("初三至初四,有小雨", Some((5, Some("1998-01-30"))));
        check("初三年级", None);
        check("初一至初三的学生", None);
        check("大年夜", None);
    }
}
