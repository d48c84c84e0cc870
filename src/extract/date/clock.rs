//! Times of day: 上午9时30分, 晚8点半, 凌晨, 18:30.

use crate::text::{CharSet, Folded, numeral};

/// A time of day, or only the part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub end: usize,
    /// Hour and minute, of 24 hours; None where only the part of the day is printed.
    pub at: Option<(i8, Option<i8>)>,
    /// Whether a part of the day is printed.
    pub part: bool,
}

/// Parts of the day, and whether 12 is added to an hour before 12.
const PARTS: &[(&str, bool)] = &[
    ("午夜", false),
    ("凌晨", false),
    ("清晨", false),
    ("早晨", false),
    ("早上", false),
    ("上午", false),
    ("中午", true),
    ("下午", true),
    ("傍晚", true),
    ("晚上", true),
    ("晚间", true),
    ("深夜", true),
    ("夜间", true),
    ("夜里", true),
    ("晚", true),
    ("早", false),
    ("晨", false),
    ("夜", true),
];

/// Reads the time at `from`. A lone 晚, 早 or 夜 counts only right behind a date (`behind_date`).
pub(super) fn read(text: &Folded, from: usize, behind_date: bool) -> Option<Clock> {
    let mut at = from;
    let mut later = false;
    let mut part = false;
    while let Some((word, afternoon)) = part_of_day(text, at) {
        let n = word.chars().count();
        let next = text.get(at + n);
        // 早在, 晚会, 夜校: other words.
        if n == 1
            && (!behind_date
                || *word == "早" && next == '在'
                || matches!(next, '会' | '报' | '已' | '期' | '校' | '班' | '些' | '就' | '婚'))
        {
            break;
        }
        at += n;
        later |= *afternoon;
        part = true;
    }
    let Some((end, hour, minute)) = hour(text, at, part || behind_date) else {
        return part.then_some(Clock { end: at, at: None, part });
    };
    let hour = if later && hour < 12 { hour + 12 } else { hour };
    Some(Clock { end, at: Some((hour, minute)), part })
}

/// The part of the day at `at`.
fn part_of_day(text: &Folded, at: usize) -> Option<&'static (&'static str, bool)> {
    static FIRST: CharSet = CharSet::new("午凌清早上中下傍晚深夜晨");
    if FIRST.has(text.get(at)) { PARTS.iter().find(|(word, _)| text.has(at, word)) } else { None }
}

/// The hour or minute behind a time, which may begin with the part of the day: 至10时 behind 今晚7时. An hour before it is
/// of the afternoon too.
pub(super) fn until(text: &Folded, at: usize, first: (i8, Option<i8>)) -> Option<Clock> {
    let last = read(text, at, true)?;
    let (hour, minute) = last.at?;
    let hour = if !last.part && (hour, minute) <= first { hour + 12 } else { hour };
    ((hour, minute) > first && hour <= 24).then_some(Clock { at: Some((hour, minute)), ..last })
}

/// H时, H点半, H时M分, HH:MM. `sure`: something before says that it is a time.
fn hour(text: &Folded, from: usize, sure: bool) -> Option<(usize, i8, Option<i8>)> {
    let hour = numeral::read(text, from).filter(|n| n.bound == numeral::Bound::Exact && n.low.fract() == 0.0)?;
    if hour.low > 24.0 || hour.bare {
        return None;
    }
    let value = hour.low as i8;
    let mut at = hour.end;
    if text.get(at) == ':' && text.get(at + 1).is_ascii_digit() && text.get(at + 2).is_ascii_digit() {
        let minute = numeral::digit(text.get(at + 1))? * 10 + numeral::digit(text.get(at + 2))?;
        if minute > 59 || text.get(at + 3).is_ascii_digit() || !sure {
            return None;
        }
        at += 3;
        if text.get(at) == ':' && text.get(at + 1).is_ascii_digit() && text.get(at + 2).is_ascii_digit() {
            at += 3;
        }
        return Some((at, value, Some(minute as i8)));
    }
    let mark = text.get(at);
    if mark != '时' && mark != '点' {
        return None;
    }
    at += 1;
    if matches!(text.get(at), '代' | '期' | '候' | '空' | '差' | '装' | '速' | '效') {
        return None;
    }
    let mut known = sure || mark == '时' && hour.arabic;
    let mut minute = None;
    // 两点多钟, 3点多.
    if text.get(at) == '多' && (sure || mark == '点' && text.get(at + 1) == '钟') {
        at += 1;
    }
    if mark == '点' && text.get(at) == '钟' {
        known = true;
        at += 1;
    }
    match text.get(at) {
        '整' => {
            known = true;
            at += 1;
        }
        '半' => {
            known |= mark == '点';
            minute = Some(30);
            at += 1;
        }
        '许' => at += 1,
        _ => {
            if let Some(m) = numeral::read(text, at).filter(|m| m.low < 60.0 && m.low.fract() == 0.0 && !m.bare) {
                if matches!(text.get(m.end), '分') && text.get(m.end + 1) != '之' {
                    minute = Some(m.low as i8);
                    at = m.end + 1;
                    if text.get(at) == '钟' {
                        at += 1;
                    }
                    // Seconds are read over.
                    if let Some(s) = numeral::read(text, at).filter(|s| text.get(s.end) == '秒') {
                        at = s.end + 1;
                    }
                    known = true;
                } else if text.get(m.end) == '刻' && m.low < 4.0 {
                    minute = Some(m.low as i8 * 15);
                    at = m.end + 1;
                    known = true;
                } else if mark == '点' && known && !m.arabic && m.low >= 10.0 {
                    minute = Some(m.low as i8);
                    at = m.end;
                }
            }
        }
    }
    known.then_some((at, value, minute))
}

#[cfg(test)]
mod tests {
    use super::*;

    type Time = Option<(i8, Option<i8>)>;

    #[track_caller]
    fn check(text: &str, behind_date: bool, expected: Option<(usize, Time)>) {
        assert_eq!(read(&Folded::new(text), 0, behind_date).map(|c| (c.end, c.at)), expected, "{text}");
    }

    #[test]
    fn times() {
        check("上午9时30分", false, Some((7, Some((9, Some(30))))));
        check("下午三点半", false, Some((5, Some((15, Some(30))))));
        check("晚8时", true, Some((3, Some((20, None)))));
        check("午夜１２时", false, Some((5, Some((12, None)))));
        check("上午", false, Some((2, None)));
        check("18:30", true, Some((5, Some((18, Some(30))))));
        check("十八时", true, Some((3, Some((18, None)))));
        check("下午三点二十", false, Some((6, Some((15, Some(20))))));
        check("9点钟", false, Some((3, Some((9, None)))));
    }

    #[test]
    fn no_times() {
        check("3:2", false, None);
        check("三点意见", false, None);
        check("85:79", true, None);
        check("晚会", true, None);
        check("8时代", false, None);
        check("工会", true, None);
    }
}
