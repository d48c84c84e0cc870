//! Shares written in words: 百分之三十点五, 四分之三, 三成, 1/3.

use super::{Bound, Numeral, read};
use crate::text::Folded;

/// A share, in hundredths.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fraction {
    /// Past its last character.
    pub end: usize,
    /// The share or its lower bound, in hundredths.
    pub low: f64,
    /// The share or its upper bound, in hundredths.
    pub high: f64,
    /// What the signs inside say.
    pub bound: Bound,
}

/// The largest denominator of a fraction written with a slash; above it stand dates and codes.
const LARGEST_DENOMINATOR: f64 = 100.0;

/// The fraction that `first` begins: X分之Y, 百分之Y, X成 or X/Y.
pub fn fraction(text: &Folded, first: &Numeral) -> Option<Fraction> {
    if text.has(first.end, "分之") {
        let second = read(text, first.end + 2)?;
        if first.low < 2.0 {
            return None;
        }
        let second = with_decimals(text, second);
        let hundredths = |v: f64| round(v * 100.0 / first.low);
        return Some(Fraction {
            end: second.end,
            low: hundredths(second.low),
            high: hundredths(second.high),
            bound: second.bound,
        });
    }
    if text.get(first.end) == '成' {
        return tenths(text, first);
    }
    if first.arabic && text.get(first.end) == '/' && text.get(first.end + 1).is_ascii_digit() {
        let second = read(text, first.end + 1)?;
        let ends = !matches!(text.get(second.end), '/' | '-' | '年' | '月' | '.' | 'A'..='Z' | 'a'..='z');
        let proper = first.low >= 1.0 && first.low < second.low && second.low <= LARGEST_DENOMINATOR;
        let whole = first.low.fract() == 0.0 && second.low.fract() == 0.0 && second.scale < 10.0;
        if proper && whole && ends && second.bound == Bound::Exact {
            let share = round(first.low * 100.0 / second.low);
            return Some(Fraction { end: second.end, low: share, high: share, bound: Bound::Exact });
        }
    }
    None
}

/// The number with the decimals in words behind a dot: 一〇〇·四, as they were printed behind 百分之.
fn with_decimals(text: &Folded, mut number: Numeral) -> Numeral {
    const LONGEST: usize = 3;
    let digit = |i: usize| super::digit(text.get(i)).filter(|_| !text.get(i).is_ascii_digit());
    let from = number.end + 1;
    let digits: Vec<u32> = (from..from + LONGEST).map_while(digit).collect();
    let plain = number.bound == Bound::Exact && !number.arabic && text.get(number.end) == '·';
    if plain && !digits.is_empty() && !super::is_numeral(text.get(from + digits.len())) {
        let fraction = digits.iter().rev().fold(0.0, |sum, d| (sum + f64::from(*d)) / 10.0);
        number.low = round(number.low + fraction);
        number.high = number.low;
        number.end = from + digits.len();
    }
    number
}

/// 三成, 七八成, 三成五; not the verb (三成立, 一成不变).
fn tenths(text: &Folded, first: &Numeral) -> Option<Fraction> {
    const WORDS: &str = "立员为功果绩长分本都就交套不熟效品语因见";
    const OF_ADULTS: &str = "票教高礼仪用学班式自考中大本专之";
    let after = text.get(first.end + 1);
    // 七成人体重超标, but 两成人票.
    let adults = after == '人' && (first.low < 3.0 || OF_ADULTS.contains(text.get(first.end + 2)));
    // 其中近四成为首次出版: what is qualified is a share.
    let qualified = || {
        let start = (0..first.end).rev().find(|&i| !super::is_numeral(text.get(i))).map_or(0, |i| i + 1);
        after == '为' && text.one_before(start, &["近", "约", "超", "逾", "超过", "其中", "有"]).is_some()
    };
    // 两成不到, but 一成不变.
    let nearly = after == '不' && text.get(first.end + 2) == '到';
    // 八成员工, but 三成员工作组.
    let staff = text.has(first.end + 1, "员工") && !"作会程".contains(text.get(first.end + 3));
    let word = || adults || WORDS.contains(after) && !nearly && !staff && !qualified();
    if first.arabic && first.n_digits > 1 || first.low < 1.0 || first.high > 10.0 || word() {
        return None;
    }
    let half = match super::digit(after) {
        Some(d) if d > 0 && !after.is_ascii_digit() && first.bound == Bound::Exact => Some(f64::from(d)),
        _ => (after == '半').then_some(5.0),
    };
    let plus = half.unwrap_or(0.0);
    Some(Fraction {
        end: first.end + 1 + usize::from(half.is_some()),
        low: first.low * 10.0 + plus,
        high: first.high * 10.0 + plus,
        bound: first.bound,
    })
}

/// The characters of 百分之 or 千分之 that end right before `index`, with what one of their parts is worth in hundredths.
pub fn percent_words(text: &Folded, index: usize) -> Option<(usize, f64)> {
    [("百分之", 1.0), ("千分之", 0.1), ("万分之", 0.01)]
        .into_iter()
        .find(|(word, _)| text.has_before(index, word))
        .map(|(word, worth)| (word.chars().count(), worth))
}

/// Rounded where the division left dust: 一 in 千分之三 is 0.1, not 0.099999.
fn round(value: f64) -> f64 {
    (value * 1e9).round() / 1e9
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(f64, f64, usize)>) {
        let folded = Folded::new(text);
        let first = read(&folded, 0).expect("a number");
        let found = fraction(&folded, &first);
        let found = found.map(|f| ((f.low * 100.0).round() / 100.0, (f.high * 100.0).round() / 100.0, f.end));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn shares() {
        check("百分之三十点五", Some((30.5, 30.5, 7)));
        check("百分之二三十", Some((20.0, 30.0, 6)));
        check("百分之30", Some((30.0, 30.0, 5)));
        check("百分之百", Some((100.0, 100.0, 4)));
        check("百分之一○○·四", Some((100.4, 100.4, 8)));
        check("千分之三", Some((0.3, 0.3, 4)));
        check("四分之三", Some((75.0, 75.0, 4)));
        check("三分之一", Some((33.33, 33.33, 4)));
        check("七成", Some((70.0, 70.0, 2)));
        check("七八成", Some((70.0, 80.0, 3)));
        check("三成五", Some((35.0, 35.0, 3)));
        check("七成人超标", Some((70.0, 70.0, 2)));
        check("八成员工", Some((80.0, 80.0, 2)));
        check("１／３职工", Some((33.33, 33.33, 3)));
    }

    #[test]
    fn no_shares() {
        check("三成立", None);
        check("两成人票", None);
        check("一成不变", None);
        check("两成不到", Some((20.0, 20.0, 2)));
        check("8/10/2018", None);
        check("4000/5000元", None);
        check("一分为二", None);
        check("三分", None);
    }
}
