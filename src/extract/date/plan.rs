//! Five-year plans as spans of time: “十三五”期间 is 2016 to 2020.
//!
//! The plan's name alone (“十三五”规划) says no date and is not read.

use crate::text::{Folded, numeral};

/// A span of years, with where it ends in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Plan {
    pub end: usize,
    pub years: (i16, i16),
}

/// What makes a time of a plan.
const TIMES: &[&str] = &["期间", "时期", "以来", "末期", "初期", "期末", "末", "初", "开局之年", "收官之年", "中期"];

/// Reads the plan at `from`, which may be its quotation mark.
pub(super) fn read(text: &Folded, from: usize) -> Option<Plan> {
    let quoted = usize::from(matches!(text.get(from), '“' | '"'));
    let number = number_before_five(text, from + quoted)?;
    let mut end = from + quoted + if number > 10 { 3 } else { 2 };
    if quoted == 1 {
        if !matches!(text.get(end), '”' | '"') {
            return None;
        }
        end += 1;
    }
    let time = text.one_of(end, TIMES)?;
    let years = span(number)?;
    let word = text.word(end, end + time);
    end += time;
    // 末期 and 初期 are a year or two of it, 以来 has no end.
    let years = match word {
        "开局之年" => (years.0, years.0),
        "收官之年" | "期末" | "末" => (years.1, years.1),
        _ => years,
    };
    Some(Plan { end, years })
}

/// N in N五: 一五 to 十九五.
fn number_before_five(text: &Folded, from: usize) -> Option<u32> {
    let ten = u32::from(text.get(from) == '十');
    let digit = |i| numeral::digit(text.get(i)).filter(|d| (1..=9).contains(d) && !text.get(i).is_ascii_digit());
    match ten {
        1 if text.get(from + 2) == '五' => Some(10 + digit(from + 1)?),
        1 => (text.get(from + 1) == '五').then_some(10),
        _ => (text.get(from + 1) == '五').then(|| digit(from)).flatten(),
    }
}

/// The first plan began in 1953; from 1966, five years each.
fn span(number: u32) -> Option<(i16, i16)> {
    let number = i16::try_from(number).ok()?;
    match number {
        1 => Some((1953, 1957)),
        2 => Some((1958, 1962)),
        3..=19 => Some((1966 + (number - 3) * 5, 1970 + (number - 3) * 5)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(usize, (i16, i16))>) {
        assert_eq!(read(&Folded::new(text), 0).map(|p| (p.end, p.years)), expected);
    }

    #[test]
    fn plans() {
        check("“十三五”期间", Some((7, (2016, 2020))));
        check("“九五”时期", Some((6, (1996, 2000))));
        check("“十五”期间", Some((6, (2001, 2005))));
        check("八五期间", Some((4, (1991, 1995))));
        check("“十四五”开局之年", Some((9, (2021, 2021))));
        check("“十三五”规划", None);
        check("“三五”成群", None);
        check("“十三五期间", None);
    }
}
