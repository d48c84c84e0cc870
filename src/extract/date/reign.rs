//! Years counted from the first of a reign (年号) or of the Republic: 道光四年, 民国二十六年, 光绪元年.
//!
//! In: a folded text and a place in it. Out: the year of the common era. The lunar year that begins in it is meant, so that
//! its last weeks fall into the next.

use std::sync::LazyLock;

use crate::text::numeral::{self, Bound};
use crate::text::{CharFilter, Folded};

use super::absolute::Said;
use super::calendar::Parts;

/// Names of reigns, and their first years. Left out are those that are as often another word (绍兴, 太和).
const REIGNS: &[(&str, i16)] = &[
    ("民国", 1912),
    ("宣统", 1909),
    ("光绪", 1875),
    ("同治", 1862),
    ("咸丰", 1851),
    ("道光", 1821),
    ("嘉庆", 1796),
    ("乾隆", 1736),
    ("雍正", 1723),
    ("康熙", 1662),
    ("顺治", 1644),
    ("崇祯", 1628),
    ("万历", 1573),
    ("嘉靖", 1522),
    ("正德", 1506),
    ("弘治", 1488),
    ("成化", 1465),
    ("宣德", 1426),
    ("隆庆", 1567),
    ("天启", 1621),
    ("天顺", 1457),
    ("正统", 1436),
    ("洪熙", 1425),
    ("永乐", 1403),
    ("建文", 1399),
    ("洪武", 1368),
    ("至正", 1341),
    ("至元", 1264),
    ("淳熙", 1174),
    ("乾道", 1165),
    ("大定", 1161),
    ("建炎", 1127),
    ("靖康", 1126),
    ("宣和", 1119),
    ("崇宁", 1102),
    ("元祐", 1086),
    ("元丰", 1078),
    ("熙宁", 1068),
    ("治平", 1064),
    ("嘉祐", 1056),
    ("庆历", 1041),
    ("景德", 1004),
    ("咸平", 998),
    ("建隆", 960),
    ("会昌", 841),
    ("元和", 806),
    ("贞元", 785),
    ("天宝", 742),
    ("开元", 713),
    ("永徽", 650),
    ("贞观", 627),
    ("武德", 618),
    ("开皇", 581),
    ("建安", 196),
    ("建武", 25),
    ("昭和", 1926),
    ("明治", 1868),
];

/// Years that a reign has at most.
const LONGEST: f64 = 64.0;

/// The first two characters of each name.
pub(in crate::extract) fn reigns() -> impl Iterator<Item = (char, char)> {
    REIGNS.iter().filter_map(|(name, _)| {
        let mut letters = name.chars();
        Some((letters.next()?, letters.next()?))
    })
}

/// Whether a name may begin with `c`: false is certain.
pub(super) fn may_open(c: char) -> bool {
    static FIRST: LazyLock<CharFilter> = LazyLock::new(|| CharFilter::new(reigns().map(|(first, _)| first)));
    FIRST.may_hold(c)
}

/// Whether a name begins with these two characters.
pub(in crate::extract) fn opens_reign(c: char, next: char) -> bool {
    may_open(c) && reigns().any(|name| name == (c, next))
}

/// The year that is named at `from`.
pub(super) fn read(text: &Folded, from: usize) -> Option<Said> {
    let (name, first) = REIGNS.iter().find(|(name, _)| text.has(from, name))?;
    let at = from + name.chars().count();
    if text.has(at, "元年") {
        return Some(Said { end: at + 2, parts: Parts::of_year(*first) });
    }
    let number = numeral::read(text, at).filter(|n| n.bound == Bound::Exact && (1.0..=LONGEST).contains(&n.low))?;
    let year = text.get(number.end) == '年' && !matches!(text.get(number.end + 1), '间' | '来' | '前' | '后');
    year.then(|| Said { end: number.end + 1, parts: Parts::of_year(first + number.low as i16 - 1) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let year = read(&Folded::new(text), 0).and_then(|said| said.parts.edtf());
        assert_eq!(year.as_deref(), expected, "{text}");
    }

    #[test]
    fn years_of_reigns() {
        check("道光四年", Some("1824"));
        check("光绪元年", Some("1875"));
        check("民国26年", Some("1937"));
        check("万历二十年", Some("1592"));
        check("乾隆年间", None);
        check("开元三年间", None);
        check("民国初年", None);
        check("康熙九十年", None);
        check("建安五年", Some("0200"));
        check("庆历四年", Some("1044"));
        check("建武路十一年", None);
    }
}
