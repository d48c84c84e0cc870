//! Dates that begin with a number: 2018年8月10日, 十二月二十八日, 3日, 1993—1997年, 90年代, 三季度, 2018-08-10.

use super::calendar::{Parts, Third};
use super::{Mention, clock, relative};
use crate::text::Folded;
use crate::text::numeral::{self, Bound, Numeral};

/// The years that a four-digit number names when 年 follows.
const YEARS: std::ops::RangeInclusive<f64> = 1000.0..=2199.0;

/// A date as said, with where it ends.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Said {
    pub end: usize,
    pub parts: Parts,
}

/// Reads the date that begins with the number at `from`.
pub(super) fn read(text: &Folded, from: usize) -> Option<Mention> {
    if let Some(said) = iso(text, from) {
        return Some(Mention::of(from, said));
    }
    let first = numeral::read(text, from).filter(|n| n.bound == Bound::Exact && n.low.fract() == 0.0);
    if let Some(first) = first {
        if let Some(mention) = year_range(text, from, &first) {
            return Some(mention);
        }
        if let Some((end, decade)) = decade(text, from, &first) {
            return Some(Mention::named(from, end, decade));
        }
        if let Some(said) = quarter(text, from, &first) {
            return Some(Mention::of(from, said));
        }
    }
    let named = year(text, from);
    if let Some(y) = named
        && let Some(mention) = span_of_year(text, from, y)
    {
        return Some(mention);
    }
    let said = named
        .map(|y| after_year(text, y))
        .or_else(|| month(text, from).filter(|m| is_month(text, from, m)))
        .or_else(|| bare_day(text, from))?;
    let mut mention = Mention::of(from, said);
    day_range(text, &mut mention);
    Some(mention)
}

/// 1997年1至10月, 2018年8月10—15日, 1997年前10个月, 1997年前三季度: a span of the year that stands before it.
fn span_of_year(text: &Folded, from: usize, said: Said) -> Option<Mention> {
    let year = said.parts.year?;
    let of_year = |p: Parts| Parts { year: Some(year), ..p };
    let months = |end: usize, last: i8| {
        let month = |m: i8| Parts { month: Some(m), ..Parts::of_year(year) };
        Mention { until: Some(month(last)), ..Mention::of(from, Said { end, parts: month(1) }) }
    };
    if let Some((end, last)) = relative::first_months(text, said.end) {
        return Some(months(end, last));
    }
    if let Some(n) = text.one_of(said.end, &["前三季度", "前3季度"]) {
        return Some(months(said.end + n, 9));
    }
    let range = number_range(text, said.end)?;
    let mut mention = Mention::of(from, Said { end: range.end, parts: of_year(range.said) });
    mention.until = range.until.map(of_year);
    Some(mention)
}

/// 2018-08-10, 2018/8/10, 2018.8.10.
fn iso(text: &Folded, from: usize) -> Option<Said> {
    let digits = |at: usize, most: usize| (0..most).take_while(|&k| text.get(at + k).is_ascii_digit()).count();
    let number =
        |at: usize, n: usize| (0..n).fold(0i16, |v, k| v * 10 + numeral::digit(text.get(at + k)).unwrap_or(0) as i16);
    if digits(from, 5) != 4 || !matches!(text.get(from + 4), '-' | '/' | '.') {
        return None;
    }
    let mark = text.get(from + 4);
    let n_month = digits(from + 5, 3);
    let at_day = from + 5 + n_month + 1;
    let n_day = digits(at_day, 3);
    if !(1..=2).contains(&n_month) || !(1..=2).contains(&n_day) || text.get(at_day - 1) != mark {
        return None;
    }
    let year = number(from, 4);
    let parts = Parts {
        month: Some(number(from + 5, n_month) as i8),
        day: Some(number(at_day, n_day) as i8),
        ..Parts::of_year(year)
    };
    let end = at_day + n_day;
    let ends = !matches!(text.get(end), '-' | '/' | '.') || !text.get(end + 1).is_ascii_digit();
    ((1800..=2199).contains(&year) && parts.is_valid() && ends).then_some(Said { end, parts })
}

/// N年 where N is a year: four digits, or two that can only be one (97年5月).
pub(super) fn year(text: &Folded, from: usize) -> Option<Said> {
    let n = numeral::read(text, from).filter(|n| n.bound == Bound::Exact && n.low.fract() == 0.0)?;
    let plain = n.end - from;
    // 1997上半年.
    if plain == 4 && n.arabic && YEARS.contains(&n.low) && text.one_of(n.end, &["上半年", "下半年"]).is_some() {
        return Some(Said { end: n.end, parts: Parts::of_year(n.low as i16) });
    }
    if text.get(n.end) != '年' {
        return None;
    }
    let after = n.end + 1;
    let said = |year: f64| Some(Said { end: after, parts: Parts::of_year(year as i16) });
    if plain == 4 && (n.arabic || n.positional) && YEARS.contains(&n.low) {
        // 2000年历史, 1500年前: a long time.
        let long = text.one_of(after, &["历史", "的历史", "前", "来", "古", "不变", "间"]).is_some()
            && !text.has(after, "前后")
            && n.low % 100.0 == 0.0;
        return if long { None } else { said(n.low) };
    }
    if plain == 2 && (n.arabic || n.positional) && (49.0..=99.0).contains(&n.low) {
        let dated = numeral::read(text, after).is_some_and(|m| text.get(m.end) == '月' && m.low <= 12.0)
            || matches!(text.get(after), '底' | '初' | '末' | '春' | '夏' | '秋' | '冬');
        // 九七年 is a year, 97年 may be a length of time.
        if dated || n.positional {
            return said(1900.0 + n.low);
        }
    }
    None
}

/// What may follow a year: 底, 上半年, 第三季度, 春, 8月10日.
pub(super) fn after_year(text: &Folded, said: Said) -> Said {
    let mut at = said.end;
    let mut parts = said.parts;
    if let Some(n) = text.one_of(at, &["上半年", "下半年"]) {
        parts.division = Some(if text.get(at) == '上' { 40 } else { 41 });
        return Said { end: at + n, parts };
    }
    // 1997年中期.
    if let Some(n) = text.one_of(at, &["中期"])
        && text.get(at + n) != '选'
    {
        return Said { end: at + n, parts };
    }
    let ordinal = usize::from(text.get(at) == '第' || text.get(at) == '的');
    if let Some(number) = numeral::read(text, at + ordinal)
        && let Some(q) = quarter(text, at + ordinal, &number)
    {
        parts.division = q.parts.division;
        return Said { end: q.end, parts };
    }
    if let Some(m) = month(text, at)
        && m.parts.month.is_some()
    {
        return Said { end: m.end, parts: Parts { year: parts.year, ..m.parts } };
    }
    if let Some((season, n)) = season(text, at) {
        parts.division = Some(season);
        return Said { end: at + n, parts };
    }
    // 年底 and 年年底, 年度; the edge of a year has no EDTF of its own.
    if let Some(n) = text.one_of(at, &["年初", "年底", "年末", "年中", "年终", "岁末", "岁尾"]) {
        if text.get(at + n) != '奖' {
            at += n;
        }
    } else if let Some(n) = text.one_of(at, &["度", "底", "末", "初"]) {
        let word = matches!(text.get(at + n), '级' | '中' | '期' | '步' | '衷' | '次') && text.get(at) != '度';
        if !word {
            at += n;
        }
    }
    Said { end: at, parts }
}

/// 春, 夏季 … behind a year or 今.
pub(super) fn season(text: &Folded, at: usize) -> Option<(u8, usize)> {
    let season = match text.get(at) {
        '春' => 21,
        '夏' => 22,
        '秋' => 23,
        '冬' => 24,
        _ => return None,
    };
    match text.get(at + 1) {
        '季' | '天' => Some((season, 2)),
        '节' | '运' | '晚' | '联' | '耕' | '粮' | '令' | '游' => None,
        _ => Some((season, 1)),
    }
}

/// M月, with what may follow it: D日, 初, 中旬, 份; with a time of day behind a day.
pub(super) fn month(text: &Folded, from: usize) -> Option<Said> {
    if let Some(end) = first_month(text, from) {
        return Some(after_month(text, Said { end, parts: Parts { month: Some(1), ..Parts::default() } }));
    }
    let n = numeral::read(text, from).filter(|n| n.bound == Bound::Exact && n.low.fract() == 0.0 && !n.bare)?;
    if text.get(n.end) != '月'
        || !(1.0..=12.0).contains(&n.low)
        || text.get(from) == '两'
        || text.get(from) == '0' && n.low > 9.0
        // 五月初五: of the lunar calendar.
        || !n.arabic && text.get(n.end + 1) == '初' && numeral::is_numeral(text.get(n.end + 2))
    {
        return None;
    }
    let parts = Parts { month: Some(n.low as i8), ..Parts::default() };
    Some(after_month(text, Said { end: n.end + 1, parts }))
}

/// Past 元月, the first month by name; 8元月租 and 百元月饼 are sums.
pub(super) fn first_month(text: &Folded, from: usize) -> Option<usize> {
    if !text.has(from, "元月") {
        return None;
    }
    let before = text.before(from);
    let sum = before.is_ascii_digit()
        || numeral::is_numeral(before)
        || matches!(before, '余' | '多' | '几' | '美' | '欧' | '日' | '港' | '单' | '纪' | '公' | '状')
            && text.one_before(from, &["今日", "近日"]).is_none();
    let word = matches!(text.get(from + 2), '饼' | '租' | '薪' | '票' | '供' | '费' | '收' | '球' | '均' | '息' | '工');
    (!sum && !word).then_some(from + 2)
}

/// Thirds of a month, longest first.
const THIRDS: &[(&str, Third)] = &[
    ("上旬", Third::Early),
    ("中旬", Third::Middle),
    ("下旬", Third::Late),
    ("上中旬", Third::Early),
    ("中下旬", Third::Middle),
    ("月初", Third::Early),
    ("月底", Third::Late),
    ("月末", Third::Late),
    ("初", Third::Early),
    ("中", Third::Middle),
    ("底", Third::Late),
    ("末", Third::Late),
];

/// What may follow a month.
pub(super) fn after_month(text: &Folded, said: Said) -> Said {
    let at = said.end;
    let mut parts = said.parts;
    if let Some(day) = day_number(text, at) {
        parts.day = Some(day.1);
        if parts.is_valid() {
            return with_clock(text, Said { end: day.0, parts });
        }
        parts.day = None;
    }
    for (word, third) in THIRDS {
        if text.has(at, word) {
            let n = word.chars().count();
            // 8月中国…, 8月初步: other words.
            if n == 1
                && matches!(
                    text.get(at + 1),
                    '国' | '央' | '心' | '小' | '步' | '级' | '期' | '共' | '学' | '外' | '方'
                )
            {
                break;
            }
            parts.third = Some(*third);
            return Said { end: at + n, parts };
        }
    }
    let share = usize::from(text.get(at) == '份' && text.get(at + 1) != '额');
    Said { end: at + share, parts }
}

/// The day at `from`: D日 or D号.
fn day_number(text: &Folded, from: usize) -> Option<(usize, i8)> {
    let n = numeral::read(text, from).filter(|n| n.bound == Bound::Exact && n.low.fract() == 0.0 && !n.bare)?;
    let mark = text.get(n.end);
    ((mark == '日' || mark == '号') && (1.0..=31.0).contains(&n.low) && text.get(from) != '两')
        .then_some((n.end + 1, n.low as i8))
}

/// A time of day behind a day belongs to it.
pub(super) fn with_clock(text: &Folded, said: Said) -> Said {
    match clock::read(text, said.end, true) {
        Some(c) => Said { end: c.end, parts: Parts { clock: c.at, ..said.parts } },
        None => said,
    }
}

/// Whether a month alone is one: not 3月内 and the like, nor a code.
fn is_month(text: &Folded, from: usize, said: &Said) -> bool {
    if said.parts.day.is_some() || said.parts.third.is_some() {
        return true;
    }
    let before = text.before(from);
    // 第3月, 每12月, 历时3月: a count of months.
    if matches!(before, '第' | '每' | '满' | '达' | '约' | '近' | '足' | '时') {
        return false;
    }
    text.one_of(said.end, &["内", "后", "之内", "龄", "饼", "子弹", "大", "有余", "亮"]).is_none()
}

/// Characters behind 日 that make a length of time or another word of it (3日内, 两日游, 十日谈, 1日元).
const NO_DAY: &str = "内游间本报元益常程用谈子均产粮光照夜后";

/// D日 without a month: a day, unless the words around it make it a length of time.
fn bare_day(text: &Folded, from: usize) -> Option<Said> {
    let (end, day) = day_number(text, from)?;
    let before = text.before(from);
    if matches!(
        before,
        '第' | '每' | '近' | '约' | '达' | '续' | '期' | '用' | '仅' | '满' | '隔' | '初' | '逾' | '超' | '天'
    ) || before == '数' && from.checked_sub(1).is_none_or(|i| !matches!(text.before(i), '指' | '总' | '人' | '户'))
    {
        return None;
    }
    let next = text.get(end);
    if text.get(end - 1) == '号' {
        // 15号楼, 3号线: a number; a day only where its time or its edge is said.
        if clock::read(text, end, false).is_none() && !matches!(next, '起' | '前' | '至') {
            return None;
        }
    }
    // 16日报道: what an agency says, and no daily.
    let told = text.one_of(end, &["报道", "报导", "报告", "报称"]).is_some();
    if NO_DAY.contains(next) && !told || text.has(end, "之内") || text.has(end, "工作") {
        return None;
    }
    let single = end - from == 2 && !text.get(from).is_ascii_digit();
    // 一日, 三日 and the like are lengths of time as often; days where the clause opens with them or more of a date follows.
    if single {
        let opens =
            from == 0 || matches!(before, ',' | '。' | ';' | '、' | '“' | '(' | '于' | '至' | '到' | '报' | '\n' | ' ');
        let clock = clock::read(text, end, true).is_some();
        // 执政党八日在首都达成协议; 历时三日在…
        let told = matches!(next, '在' | '晚' | '宣') && !"时了整短有过计共".contains(before);
        let opens = opens || told;
        if !clock && (text.get(from) == '一' || !opens) {
            return None;
        }
    }
    Some(with_clock(text, Said { end, parts: Parts { day: Some(day), ..Parts::default() } }))
}

/// 一季度, 第3季度 (the 第 stands before), 前三季度.
pub(super) fn quarter(text: &Folded, from: usize, number: &Numeral) -> Option<Said> {
    if !text.has(number.end, "季度") || !(1.0..=4.0).contains(&number.low) || number.bound != Bound::Exact {
        return None;
    }
    if text.before(from) == '前' || text.get(from) == '两' {
        return None;
    }
    let parts = Parts { division: Some(32 + number.low as u8), ..Parts::default() };
    Some(Said { end: number.end + 2, parts })
}

/// 9至16世纪: from one century to another, in EDTF.
pub(super) fn centuries(text: &Folded, from: usize) -> Option<(usize, String)> {
    let century = |at: usize| {
        numeral::read(text, at).filter(|n| n.bound == Bound::Exact && (1.0..=30.0).contains(&n.low) && n.scale <= 10.0)
    };
    let first = century(from)?;
    let mark = first.end + if text.has(first.end, "世纪") { 2 } else { 0 };
    let last = century(mark + connector(text, mark)?).filter(|n| text.has(n.end, "世纪") && n.low > first.low)?;
    // 19世纪至20世纪90年代 are two dates; 距今3至4世纪 is a length of time.
    let decade = numeral::read(text, last.end + 2).is_some_and(|d| is_decade(text, &d));
    let length = text.one_before(from, &["距今", "相差", "历时"]).is_some() || text.has(last.end + 2, "之久");
    if decade || length {
        return None;
    }
    Some((last.end + 2, format!("{:02}XX/{:02}XX", first.low as u32 - 1, last.low as u32 - 1)))
}

/// 90年代, 八十年代, 20世纪90年代, 21世纪: EDTF with X for what is open.
fn decade(text: &Folded, from: usize, first: &Numeral) -> Option<(usize, String)> {
    const EDGES: &[&str] = &["初期", "中期", "末期", "后期", "初", "中", "末"];
    let edge = |at: usize| text.one_of(at, EDGES).filter(|_| text.get(at + 1) != '国').unwrap_or(0);
    if text.has(first.end, "世纪") && (1.0..=30.0).contains(&first.low) {
        let at = first.end + 2;
        let century = first.low as i32 - 1;
        if let Some(d) = numeral::read(text, at).filter(|d| is_decade(text, d)) {
            let end = d.end + 2;
            return Some((end + edge(end), format!("{:03}X", century * 10 + d.low as i32 / 10)));
        }
        // 半个世纪 and 3世纪之久 are lengths of time.
        if text.has(at, "之久") || text.before(from) == '近' {
            return None;
        }
        return Some((at + edge(at), format!("{century:02}XX")));
    }
    if is_decade(text, first) {
        let end = first.end + 2;
        let century = match text.one_before(from, &["上世纪", "上个世纪", "本世纪", "上一世纪"]) {
            Some(_) => "XX",
            None => "19",
        };
        let digit = first.low as i32 / 10;
        // In a text of this century the 20s and 10s are of this one.
        let century = if century == "19" && digit < 3 { "20" } else { century };
        return Some((end + edge(end), format!("{century}{digit}X")));
    }
    None
}

fn is_decade(text: &Folded, number: &Numeral) -> bool {
    text.has(number.end, "年代") && (10.0..=90.0).contains(&number.low) && number.low % 10.0 == 0.0
}

/// The mark between the two ends of a span: —, -, ~, 至, 到.
pub(super) fn connector(text: &Folded, at: usize) -> Option<usize> {
    match text.get(at) {
        '—' if text.get(at + 1) == '—' => {
            let ends = text.before(at).is_ascii_digit() || matches!(text.before(at), '年' | '月' | '日');
            (ends && text.get(at + 2).is_ascii_digit()).then_some(2)
        }
        '—' | '-' | '~' | '至' | '到' => Some(1),
        _ => None,
    }
}

/// 1993—1997年, 1993年至1997年, 1997—98年度.
fn year_range(text: &Folded, from: usize, first: &Numeral) -> Option<Mention> {
    let plain = first.end - from == 4 && (first.arabic || first.positional) && YEARS.contains(&first.low);
    if !plain {
        return None;
    }
    let mut at = first.end;
    let first_is_year = text.get(at) == '年';
    at += usize::from(first_is_year);
    let slash = usize::from(text.get(at) == '/' && !first_is_year);
    let at = at + connector(text, at).or((slash == 1).then_some(1))?;
    let second = numeral::read(text, at).filter(|n| n.bound == Bound::Exact)?;
    let digits = second.end - at;
    if !(second.arabic || second.positional)
        || text.get(second.end) != '年' && slash == 0
        || !(digits == 4 || digits == 2)
    {
        return None;
    }
    // 1997/98: only as a season's or a year's name.
    if slash == 1 && text.one_of(second.end, &["年度", "赛季", "学年", "年"]).is_none() {
        return None;
    }
    let last = if digits == 4 { second.low } else { (first.low / 100.0).floor() * 100.0 + second.low };
    let has_month = numeral::read(text, second.end + 1).is_some_and(|m| text.get(m.end) == '月');
    if last <= first.low || !YEARS.contains(&last) || has_month {
        return None;
    }
    let mut end = second.end + usize::from(text.get(second.end) == '年');
    end += text.one_of(end, &["度", "底", "末", "初", "间"]).unwrap_or(0);
    let mut mention = Mention::of(from, Said { end, parts: Parts::of_year(first.low as i16) });
    mention.until = Some(Parts::of_year(last as i16));
    Some(mention)
}

/// The second end of a span of days or months: 8月10日至15日, 3月—5月.
pub(super) fn day_range(text: &Folded, mention: &mut Mention) {
    let Some(n) = connector(text, mention.end) else { return };
    let at = mention.end + n;
    let first = mention.said;
    let second = year(text, at).map(|y| after_year(text, y)).or_else(|| month(text, at)).or_else(|| {
        day_number(text, at)
            .map(|(end, day)| with_clock(text, Said { end, parts: Parts { day: Some(day), ..Parts::default() } }))
    });
    let Some(mut second) = second else { return };
    if first.day.is_some() != second.parts.day.is_some() {
        return;
    }
    if second.parts.month.is_none() {
        second.parts.month = first.month;
    }
    if second.parts.year.is_none() && second.parts.month.is_some() {
        let over = matches!((first.month, second.parts.month), (Some(a), Some(b)) if b < a);
        second.parts.year = first.year.map(|y| y + i16::from(over));
    }
    mention.until = Some(second.parts);
    mention.end = second.end;
}

/// 5—6月, 10—15日, 8月10—15日: the first number has no mark of its own. Gives the parts of both ends.
pub(super) fn number_range(text: &Folded, from: usize) -> Option<Mention> {
    let (month_before, day_from) = match numeral::read(text, from).filter(|n| text.get(n.end) == '月') {
        None if let Some(end) = first_month(text, from) => (Some(1), end),
        Some(m) if (1.0..=12.0).contains(&m.low) && m.bound == Bound::Exact => (Some(m.low as i8), m.end + 1),
        _ => (None, from),
    };
    let first =
        numeral::read(text, day_from).filter(|n| n.bound == Bound::Exact && n.low.fract() == 0.0 && n.low >= 1.0)?;
    let at = first.end + connector(text, first.end)?;
    let second = numeral::read(text, at).filter(|n| n.bound == Bound::Exact && n.low > first.low)?;
    let mark = text.get(second.end);
    let end = second.end + 1;
    if mark == '月' && month_before.is_none() && second.low <= 12.0 {
        let part = |v: f64| Parts { month: Some(v as i8), ..Parts::default() };
        let mut mention = Mention::of(from, Said { end, parts: part(first.low) });
        mention.until = Some(part(second.low));
        let share = text.get(end) == '份';
        mention.end += usize::from(share);
        return Some(mention);
    }
    if (mark == '日' || mark == '号') && second.low <= 31.0 && !matches!(text.get(end), '内' | '元' | '后' | '游')
    {
        let part = |v: f64| Parts { month: month_before, day: Some(v as i8), ..Parts::default() };
        let mut mention = Mention::of(from, Said { end, parts: part(first.low) });
        mention.until = Some(part(second.low));
        return Some(mention);
    }
    None
}
