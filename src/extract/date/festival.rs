//! Festivals with the word that makes a date of them: 春节前夕, 国庆期间, 中秋节当天.
//!
//! A festival's name alone (五一劳动奖章, 迎春节) says no date and is not read. The lunar festivals stand in tables of the
//! years 1950 to 2050, computed with the PyPI package lunardate 0.3.0 and compared with the Chinese calendar of ICU.

use std::sync::LazyLock;

use jiff::civil::Date;

use super::calendar::{Anchor, Parts};
use super::{clock, is_of_every_year};
use crate::text::{CharFilter, Folded, PairFilter, numeral};

/// The first year of the tables.
const FIRST_YEAR: i16 = 1950;

/// Day of the year of 春节, the first day of the lunar year.
const SPRING: [i16; 101] = [
    48, 37, 27, 45, 34, 24, 43, 31, 49, 39, 28, 46, 36, 25, 44, 33, 21, 40, 30, 48, 37, 27, 46, 34, 23, 42, 31, 49, 38,
    28, 47, 36, 25, 44, 33, 51, 40, 29, 48, 37, 27, 46, 35, 23, 41, 31, 50, 38, 28, 47, 36, 24, 43, 32, 22, 40, 29, 49,
    38, 26, 45, 34, 23, 41, 31, 50, 39, 28, 47, 36, 25, 43, 32, 22, 41, 29, 48, 37, 26, 44, 34, 23, 42, 31, 50, 39, 28,
    46, 35, 24, 43, 32, 22, 41, 30, 48, 37, 26, 45, 33, 23,
];

/// The years whose Spring Festival follows a last month of 29 days; the others have 30.
const SHORT: &[i16] = &[
    1951, 1954, 1958, 1960, 1961, 1963, 1964, 1966, 1967, 1970, 1978, 1979, 1980, 1987, 1988, 1989, 1994, 1997, 1998,
    2000, 2001, 2003, 2006, 2012, 2013, 2016, 2022, 2025, 2026, 2027, 2028, 2029, 2031, 2032, 2039, 2040, 2041, 2049,
    2050,
];

/// Day of the year of 端午, the fifth of the fifth lunar month.
const DRAGON_BOAT: [i16; 101] = [
    170, 160, 149, 166, 156, 175, 165, 153, 172, 161, 150, 168, 157, 176, 166, 155, 174, 163, 152, 170, 159, 148, 167,
    156, 175, 165, 154, 172, 161, 150, 169, 157, 176, 166, 156, 173, 162, 151, 170, 159, 148, 167, 157, 175, 164, 153,
    172, 160, 150, 169, 158, 176, 166, 155, 174, 162, 151, 170, 160, 148, 167, 157, 175, 163, 153, 171, 161, 150, 169,
    158, 177, 165, 154, 173, 162, 151, 170, 160, 149, 167, 156, 175, 164, 152, 171, 161, 151, 169, 158, 147, 166, 154,
    173, 162, 152, 170, 159, 149, 167, 155, 174,
];

/// Day of the year of 中秋, the fifteenth of the eighth lunar month.
const MID_AUTUMN: [i16; 101] = [
    269, 258, 277, 265, 254, 273, 263, 251, 270, 260, 279, 267, 256, 275, 264, 253, 272, 261, 280, 269, 258, 276, 266,
    254, 273, 263, 252, 270, 259, 278, 267, 255, 274, 264, 254, 272, 261, 280, 269, 257, 276, 265, 255, 273, 263, 252,
    271, 259, 278, 267, 256, 274, 264, 254, 272, 261, 279, 268, 258, 276, 265, 255, 274, 262, 251, 270, 259, 277, 267,
    256, 275, 264, 253, 272, 261, 279, 268, 258, 277, 265, 255, 274, 263, 251, 270, 259, 278, 267, 256, 275, 264, 253,
    271, 260, 279, 268, 258, 277, 266, 254, 273,
];

/// How a festival's day is found.
enum Day {
    Fixed(i8, i8),
    Table(&'static [i16; 101], i32),
    /// 清明: the fourth or fifth of April.
    Clear,
}

/// Name, day.
const FESTIVALS: &[(&str, Day)] = &[
    ("春节", Day::Table(&SPRING, 0)),
    ("新春", Day::Table(&SPRING, 0)),
    ("除夕", Day::Table(&SPRING, -1)),
    ("元宵", Day::Table(&SPRING, 14)),
    ("端午", Day::Table(&DRAGON_BOAT, 0)),
    ("中秋", Day::Table(&MID_AUTUMN, 0)),
    ("清明", Day::Clear),
    ("元旦", Day::Fixed(1, 1)),
    ("新年", Day::Fixed(1, 1)),
    ("三八", Day::Fixed(3, 8)),
    ("五一", Day::Fixed(5, 1)),
    ("劳动节", Day::Fixed(5, 1)),
    ("六一", Day::Fixed(6, 1)),
    ("七一", Day::Fixed(7, 1)),
    ("八一", Day::Fixed(8, 1)),
    ("国庆", Day::Fixed(10, 1)),
    ("十一", Day::Fixed(10, 1)),
];

/// What may follow the short name.
const NAMED_DAY: &[&str] = &["国际劳动节", "劳动节", "国际妇女节", "妇女节", "儿童节", "建军节", "佳节", "节"];

/// What makes a date of a festival, and whether it is the day itself.
const TIMES: &[(&str, bool)] = &[
    ("前夕", false),
    ("期间", false),
    ("当天", true),
    ("当日", true),
    ("这一天", true),
    ("这天", true),
    ("清晨", true),
    ("凌晨", true),
    ("早晨", true),
    ("上午", true),
    ("下午", true),
    ("傍晚", true),
    ("晚上", true),
    ("前后", false),
    ("假期", false),
    ("长假", false),
    ("来临之际", false),
    ("到来之际", false),
    ("之际", false),
];

/// A festival: past its last character, and what it means, with `~` where only the days around it are meant.
pub(super) struct Festival {
    pub end: usize,
    pub resolved: Option<String>,
}

/// Whether a festival's name, or the quotation mark before one, may begin with `c`: false is certain.
pub(super) fn may_open(c: char) -> bool {
    static FIRST: LazyLock<CharFilter> =
        LazyLock::new(|| CharFilter::of_first(FESTIVALS.iter().map(|(name, _)| *name).chain(["“", "\""])));
    FIRST.may_hold(c)
}

/// Reads the festival at `from`, with the word that makes a date of it.
pub(super) fn read(text: &Folded, from: usize, anchor: &Anchor) -> Option<Festival> {
    let (end, day, _) = name(text, from)?;
    if is_of_every_year(text, from) || is_inside_name(text, from) {
        return None;
    }
    let (end, itself) = time(text, end)?;
    let resolved = nearest(day, anchor).and_then(|d| Parts::of(d).edtf()).map(|d| if itself { d } else { d + "~" });
    Some(Festival { end, resolved })
}

/// Whether the name at `from` only ends the longer one that was refused: 每年“五一”国际|劳动节.
fn is_inside_name(text: &Folded, from: usize) -> bool {
    let at = from - text.one_before(from, &["国际"]).unwrap_or(0);
    let at = at - usize::from(text.before(at) == '”');
    text.has(from, "劳动节") && text.has_before(at, "五一")
}

/// 今年元旦, 1997年春节前夕: the festival behind a year, which alone is a date here. Past it, its day, and whether only the
/// days around it are meant.
pub(super) fn behind_year(text: &Folded, from: usize, year: i16) -> Option<(usize, Date, bool)> {
    let from = from + usize::from(text.get(from) == '的');
    let (end, day, name) = name(text, from)?;
    let date = in_year(day, year)?;
    if let Some((end, itself)) = time(text, end) {
        return Some((end, date, !itself));
    }
    if let Some(n) = text.one_of(end, &["前", "后"]) {
        return (!crate::text::is_cjk(text.get(end + n))).then_some((end + n, date, true));
    }
    // 1997年十一月, 今年五一劳动奖章, 1998年新年贺词: no day.
    let number = numeral::is_numeral(name.chars().next().unwrap_or_default());
    let is_short = end == from + name.chars().count();
    let stands = !crate::text::is_cjk(text.get(end)) && text.get(end) != '”';
    if number && is_short && !stands || text.one_of(end, WORKS).is_some() {
        return None;
    }
    if let Some(time) = clock::read(text, end, false) {
        return Some((time.end, date, false));
    }
    Some((end, date, matches!(name, "春节" | "新春" | "新年")))
}

/// What is made for a festival: its name is of the work, and of no time.
const WORKS: &[&str] = &[
    "晚会",
    "联欢",
    "文艺",
    "文化",
    "音乐",
    "团拜",
    "茶话",
    "献",
    "贺",
    "社论",
    "电影",
    "联",
    "招待",
    "致",
    "讲话",
    "杯",
    "版",
    "特刊",
    "专",
    "号",
    "祝",
    "节目",
    "大",
    "期",
    "档",
    "礼",
    "奖",
    "献词",
    "国际",
    "运动会",
    "游园",
    "酒会",
    "钟声",
];

/// The festival's name at `from`, with its quotation marks: past it, its day, and the short name.
fn name(text: &Folded, from: usize) -> Option<(usize, &'static Day, &'static str)> {
    static NAMES: LazyLock<PairFilter> =
        LazyLock::new(|| PairFilter::of_first(FESTIVALS.iter().map(|(name, _)| *name)));
    let quoted = usize::from(matches!(text.get(from), '“' | '"'));
    if !NAMES.may_hold(text.get(from + quoted), text.get(from + quoted + 1)) {
        return None;
    }
    let (name, day) = FESTIVALS.iter().find(|(name, _)| text.has(from + quoted, name))?;
    // 双十一期间 is of shopping, not of the nation.
    if text.get(from) == '十' && text.before(from) == '双' {
        return None;
    }
    let mut end = from + quoted + name.chars().count();
    let close = |end: usize| end + usize::from(quoted == 1 && matches!(text.get(end), '”' | '"'));
    end = close(end);
    end += text.one_of(end, NAMED_DAY).unwrap_or(0);
    Some((close(end), day, name))
}

/// The word at `at` that makes a date of a festival: past it, and whether it is the day itself.
fn time(text: &Folded, at: usize) -> Option<(usize, bool)> {
    let (time, itself) = TIMES.iter().find(|(time, _)| text.has(at, time))?;
    Some((at + time.chars().count(), *itself))
}

/// The festival nearest to the day of the report.
fn nearest(day: &Day, anchor: &Anchor) -> Option<Date> {
    let page = anchor.report?;
    if let Some(year) = anchor.sentence_year {
        return in_year(day, year);
    }
    let years = [page.year(), page.year() - 1, page.year() + 1];
    let days = years.into_iter().filter_map(|y| in_year(day, y));
    days.min_by_key(|d| match d.since(page).map_or(i32::MAX, |s| s.get_days()) {
        // One that is past rather than one to come.
        ahead if ahead > 0 => ahead.saturating_add(ahead / 3),
        past => past.saturating_neg(),
    })
}

/// The day of the first lunar month, of the year that is nearest to the day of the report.
pub(super) fn of_first_month(day: i32, anchor: &Anchor) -> Option<Date> {
    let other_year = anchor.last_year.is_some() && anchor.last_year != anchor.report.map(Date::year);
    if other_year && anchor.sentence_year.is_none() {
        return None;
    }
    nearest(&Day::Table(&SPRING, day - 1), anchor)
}

/// The day of the last lunar month, which ends on the eve of the Spring Festival nearest to the day of the report.
pub(super) fn of_last_month(day: i32, anchor: &Anchor) -> Option<Date> {
    if anchor.sentence_year.is_some() {
        return None;
    }
    let new_year = of_first_month(1, anchor)?;
    let last = if SHORT.contains(&new_year.year()) { 29 } else { 30 };
    let before = jiff::Span::new().try_days(last + 1 - day).ok()?;
    (1..=last).contains(&day).then(|| new_year.checked_sub(before).ok())?
}

/// The day of the fifth or eighth lunar month, whose fifth and fifteenth are festivals.
pub(super) fn of_month(month: char, day: i32, anchor: &Anchor) -> Option<Date> {
    const LAST: i32 = 29;
    let day = match month {
        '五' if day <= LAST => Day::Table(&DRAGON_BOAT, day - 5),
        '八' if day <= LAST => Day::Table(&MID_AUTUMN, day - 15),
        _ => return None,
    };
    nearest(&day, anchor)
}

fn in_year(day: &Day, year: i16) -> Option<Date> {
    match day {
        Day::Fixed(month, day) => Date::new(year, *month, *day).ok(),
        Day::Table(table, shift) => {
            let number = *table.get(usize::try_from(year - FIRST_YEAR).ok()?)?;
            let first = Date::new(year, 1, 1).ok()?;
            first.checked_add(jiff::Span::new().try_days(i32::from(number) - 1 + shift).ok()?).ok()
        }
        // The leap years shift it; right for 1970 to 2050.
        Day::Clear => Date::new(year, 4, if year % 4 < 2 && year >= 2008 || year % 4 == 0 { 4 } else { 5 }).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, page: &str, expected: Option<(usize, &str)>) {
        let anchor = Anchor { report: page.parse().ok(), ..Anchor::default() };
        let found = read(&Folded::new(text), 0, &anchor);
        let found = found.map(|f| (f.end, f.resolved.unwrap_or_default()));
        assert_eq!(found, expected.map(|(end, day)| (end, day.to_owned())));
    }

    #[test]
    fn festivals() {
        check("春节前夕", "2018-02-10", Some((4, "2018-02-16~")));
        check("春节期间", "1998-01-15", Some((4, "1998-01-28~")));
        check("中秋节当天", "2018-09-20", Some((5, "2018-09-24")));
        check("“五一”国际劳动节期间", "2024-05-08", Some((11, "2024-05-01~")));
        check("国庆长假", "2023-10-02", Some((4, "2023-10-01~")));
        check("除夕当天", "2024-02-08", Some((4, "2024-02-09")));
        check("五一劳动奖章", "2024-05-08", None);
        check("迎春节", "2024-05-08", None);
    }
}
