//! Centuries and decades, in EDTF with X for what is open: 90年代, 六七十年代, 20世纪50至60年代, 9至16世纪, 本世纪末.

use super::absolute::connector;
use super::calendar::Anchor;
use crate::text::Folded;
use crate::text::numeral::{self, Bound, Numeral};

/// 9至16世纪: from one century to another.
pub(super) fn centuries(text: &Folded, from: usize) -> Option<(usize, String)> {
    let century = |at: usize| {
        numeral::read(text, at).filter(|n| n.bound == Bound::Exact && (1.0..=30.0).contains(&n.low) && n.scale <= 10.0)
    };
    let first = century(from)?;
    let mark = first.end + if text.has(first.end, "世纪") { 2 } else { 0 };
    let last = century(mark + connector(text, mark)?).filter(|n| text.has(n.end, "世纪") && n.low > first.low)?;
    // 19世纪至20世纪90年代 are two dates; 距今3至4世纪 is a length of time.
    let decade = decades(text, last.end + 2).is_some();
    let length = text.one_before(from, &["距今", "相差", "历时"]).is_some() || text.has(last.end + 2, "之久");
    if decade || length {
        return None;
    }
    Some((last.end + 2, format!("{:02}XX/{:02}XX", first.low as u32 - 1, last.low as u32 - 1)))
}

/// Whether the century from `from` to `end` is part of a name: 21世纪出版社, 京九世纪工程, but 进入21世纪酒店业….
pub(in crate::extract) fn is_in_name(text: &Folded, from: usize, end: usize) -> bool {
    const HOUSES: &[&str] = &["出版", "经济报道", "环球报道", "大厦", "广场", "饭店", "酒店", "宾馆", "花园", "不动产"];
    const INTO: &[&str] = &["进入", "迈入", "跨入", "步入", "迈向", "走向", "面向"];
    let house = text.one_of(end, HOUSES).is_some_and(|n| text.get(end + n) != '业');
    house && text.one_before(from, INTO).is_none() || text.before(from) == '京' && text.get(from) == '九'
}

/// 90年代, 八十年代初, 六七十年代, 20世纪90年代, 21世纪.
pub(super) fn read(text: &Folded, from: usize) -> Option<(usize, String)> {
    let first = numeral::read(text, from)?;
    if first.bound == Bound::Exact && text.has(first.end, "世纪") && (1.0..=30.0).contains(&first.low) {
        let at = first.end + 2;
        let century = first.low as i32 - 1;
        if let Some((end, from, to)) = decades(text, at) {
            return Some((end + edge(text, end), span(&format!("{century:02}"), from, to)));
        }
        // 半个世纪 and 3世纪之久 are lengths of time.
        if first.low.fract() != 0.0 || text.has(at, "之久") || text.before(from) == '近' {
            return None;
        }
        // 21世纪出版社: the name of a house.
        if is_in_name(text, from, at) {
            return None;
        }
        return Some((at + edge(text, at), format!("{century:02}XX")));
    }
    let (end, low, high) = decades(text, from)?;
    let century = match text.one_before(from, &["上世纪", "上个世纪", "本世纪", "上一世纪"]) {
        Some(_) => "XX",
        // In a text of this century the 20s and 10s are of this one.
        None if high < 3 => "20",
        None => "19",
    };
    Some((end + edge(text, end), span(century, low, high)))
}

/// 199X, 196X/197X.
fn span(century: &str, from: i32, to: i32) -> String {
    if from == to { format!("{century}{from}X") } else { format!("{century}{from}X/{century}{to}X") }
}

/// 90年代, 六七十年代, 20至40年代, 50、60年代: past it, and the tens of the first and last decade.
fn decades(text: &Folded, from: usize) -> Option<(usize, i32, i32)> {
    const LONGEST: usize = 5;
    let first = numeral::read(text, from)?;
    let tens = |v: f64| (10.0..=90.0).contains(&v) && v % 10.0 == 0.0;
    if first.bound == Bound::Range && text.has(first.end, "年代") {
        let next = tens(first.low) && (first.high - first.low) as i32 == 10;
        return next.then_some((first.end + 2, (first.low / 10.0) as i32, (first.high / 10.0) as i32));
    }
    let mut last: Numeral = first;
    for _ in 0..LONGEST {
        if last.bound != Bound::Exact || !tens(last.low) {
            return None;
        }
        if text.has(last.end, "年代") {
            return Some((last.end + 2, (first.low / 10.0) as i32, (last.low / 10.0) as i32));
        }
        let list = text.get(last.end) == '、';
        let at = last.end + if list { 1 } else { connector(text, last.end)? };
        let next = numeral::read(text, at)?;
        let follows = if list { next.low as i32 == last.low as i32 + 10 } else { next.low > last.low };
        last = follows.then_some(next)?;
    }
    None
}

/// Parts of a decade or century, longest first.
const EDGES: &[&str] = &[
    "初、中期",
    "中、后期",
    "中、末期",
    "初中期",
    "中后期",
    "中末期",
    "中晚期",
    "上半叶",
    "下半叶",
    "初期",
    "中期",
    "末期",
    "后期",
    "前期",
    "晚期",
    "早期",
    "初叶",
    "中叶",
    "末叶",
    "前叶",
    "初",
    "中",
    "末",
];

/// How long the part of the decade or century at `at` is.
fn edge(text: &Folded, at: usize) -> usize {
    let Some(n) = text.one_of(at, EDGES) else { return 0 };
    // 80年代中国…, 80年代中外关系, 80年代初级产品: other words.
    let word = match text.get(at) {
        _ if n > 1 => false,
        '中' => "国央东西小学共美苏日英法俄外德印韩朝越文医专层华".contains(text.get(at + 1)),
        '初' => matches!(text.get(at + 1), '级' | '中' | '步' | '次' | '衷' | '高'),
        _ => text.get(at + 1) == '代',
    };
    if word { 0 } else { n }
}

/// 本世纪末, 下世纪初: a part of a century that is counted from the report's; past it, and the century.
pub(super) fn part_of_century(text: &Folded, from: usize, anchor: &Anchor) -> Option<(usize, String)> {
    const CENTURIES: &[(&str, i16)] =
        &[("本世纪", 0), ("上世纪", -1), ("上个世纪", -1), ("上一世纪", -1), ("下世纪", 1), ("下个世纪", 1)];
    let (word, shift) = CENTURIES.iter().find(|(w, _)| text.has(from, w))?;
    if matches!(text.before(from), '以' | '之' | '日' | '基') {
        return None;
    }
    let at = from + word.chars().count();
    let n = edge(text, at);
    // The year that ends a century is of it.
    let century = (anchor.year(-1)? / 100).checked_add(*shift)?;
    (n > 0).then(|| (at + n, format!("{century:02}XX")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(usize, &str)>) {
        let found = read(&Folded::new(text), 0);
        assert_eq!(found.as_ref().map(|(end, name)| (*end, name.as_str())), expected, "{text}");
    }

    #[test]
    fn decades_and_their_parts() {
        check("90年代初国际水平", Some((5, "199X")));
        check("八十年代中叶", Some((6, "198X")));
        check("八十年代中、后期", Some((8, "198X")));
        check("80年代中国", Some((4, "198X")));
        check("六七十年代", Some((5, "196X/197X")));
        check("20至40年代", Some((7, "192X/194X")));
        check("50、60年代", Some((7, "195X/196X")));
        check("20世纪50、60年代", Some((11, "195X/196X")));
        check("21世纪", Some((4, "20XX")));
    }

    #[test]
    fn no_decades() {
        for text in ["20至40年", "50、80年代", "45年代", "3世纪之久", "两三年代"] {
            check(text, None);
        }
    }

    #[test]
    fn parts_of_centuries() {
        let anchor = Anchor { report: "1998-01-15".parse().ok(), ..Anchor::default() };
        let century = |text: &str| part_of_century(&Folded::new(text), 0, &anchor).map(|(_, name)| name);
        assert_eq!(century("本世纪末").as_deref(), Some("19XX"));
        assert_eq!(century("下个世纪中叶").as_deref(), Some("20XX"));
        assert_eq!(century("本世纪的"), None);
    }
}
