//! Dates that begin with a number: 2018年8月10日, 十二月二十八日, 3日, 1993—1997年, 90年代, 三季度, 2018-08-10.

use super::calendar::{Parts, Third};
use super::{Mention, clock, decade, festival, is_of_every_year, relative};
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
        if let Some(said) = quarter(text, from, &first) {
            return Some(Mention::of(from, said));
        }
    }
    if let Some((end, decade)) = decade::read(text, from) {
        return Some(Mention::named(from, end, decade));
    }
    let named = year(text, from);
    if let Some(y) = named
        && let Some(mention) = span_of_year(text, from, y)
    {
        return Some(mention);
    }
    if let Some(y) = named
        && let Some(mention) = festival_of_year(text, from, y.end, y.parts.year)
    {
        return Some(mention);
    }
    let said = named
        .map(|y| after_year(text, y))
        .or_else(|| month(text, from).filter(|m| is_month(text, from, m)))
        .or_else(|| bare_day(text, from))?;
    let mut mention = Mention::of(from, said);
    day_range(text, &mut mention);
    about(text, &mut mention);
    Some(mention)
}

/// 今晚7时至10时: the second time of a day.
pub(super) fn clock_range(text: &Folded, mention: &mut Mention) {
    let Some(day) = mention.meant else { return };
    let range = day.clock.zip(connector(text, mention.end));
    let last = range.and_then(|(first, n)| clock::until(text, mention.end + n, first));
    if let Some(last) = last.filter(|_| mention.until.is_none() && day.day.is_some()) {
        mention.until = Some(Parts { clock: last.at, ..day });
        mention.end = last.end;
    }
}

/// 1992年前后, 5月前后: about that time; 前后两次 counts on.
fn about(text: &Folded, mention: &mut Mention) {
    let next = text.get(mention.end + 2);
    let other = numeral::is_numeral(next) || matches!(next, '几' | '数' | '共' | '历' | '总' | '左' | '呼' | '相');
    if mention.until.is_none() && mention.said.day.is_none() && text.has(mention.end, "前后") && !other {
        mention.about = true;
        mention.end += 2;
    }
}

/// 1997年春节前夕, 今年元旦: the festival that stands behind the year which ends at `at`.
pub(super) fn festival_of_year(text: &Folded, from: usize, at: usize, year: Option<i16>) -> Option<Mention> {
    let year = year?;
    let (end, date, about) = festival::behind_year(text, at, year)?;
    let mut mention = Mention::of(from, Said { end, parts: Parts::default() });
    (mention.fixed, mention.about, mention.names_year) = (true, about, true);
    mention.meant = Some(Parts::of(date));
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
        let listed = plain == 4 && in_year_list(text, from);
        return listed.then(|| Said { end: n.end, parts: Parts::of_year(n.low as i16) });
    }
    let after = n.end + 1;
    let said = |year: f64| Some(Said { end: after, parts: Parts::of_year(year as i16) });
    if plain == 4 && (n.arabic || n.positional) && YEARS.contains(&n.low) {
        // 2000年历史, 1500年前: a long time.
        let long = text.one_of(after, &["历史", "的历史", "前", "来", "古", "不变", "间"]).is_some()
            && !text.has(after, "前后")
            && n.low % 100.0 == 0.0;
        // 斗争1000年: hardly ever the year.
        let long = long || n.low as i32 == 1000 && n.arabic;
        return if long { None } else { said(n.low) };
    }
    if plain == 2 && (n.arabic || n.positional) && (49.0..=99.0).contains(&n.low) {
        let dated = numeral::read(text, after).is_some_and(|m| text.get(m.end) == '月' && m.low <= 12.0)
            || matches!(text.get(after), '底' | '初' | '末' | '春' | '夏' | '秋' | '冬');
        // 九七年 is a year, 97年 may be a length of time.
        if dated || n.positional || is_year_of_life(text, from, &n) {
            return said(1900.0 + n.low);
        }
    }
    // 08年: no length of time is printed so.
    let alone = |before: char| !before.is_ascii_alphanumeric() && !numeral::is_numeral(before);
    if plain == 2 && n.arabic && text.get(from) == '0' && alone(text.before(from)) {
        return said(2000.0 + n.low);
    }
    None
}

/// Whether a year in two figures stands between 从, a mark or the like and what somebody did in it: 从98年起, 98年进厂的他.
fn is_year_of_life(text: &Folded, from: usize, year: &Numeral) -> bool {
    const DONE: &[&str] = &[
        "进厂",
        "建厂",
        "入厂",
        "进入",
        "进城",
        "参加",
        "参军",
        "参赛",
        "入伍",
        "退伍",
        "转业",
        "毕业",
        "大学毕业",
        "考入",
        "考上",
        "调入",
        "调到",
        "分配",
        "来到",
        "出生",
        "入党",
        "下岗",
        "退休",
        "起",
        "开始",
        "以来",
        "以后",
    ];
    let (before, after) = (text.before(from), year.end + 1);
    let opens =
        !crate::text::is_cjk(before) && !before.is_ascii_alphanumeric() && !matches!(before, '-' | '—' | '~' | '.');
    // 从50年|起步的小作坊, 60年|起早贪黑.
    let other = || text.get(after) == '起' && "步早码落起伏租草点".contains(text.get(after + 1));
    // ，50年以来: as long as that.
    let lasts = || year.low % 10.0 == 0.0 && text.one_of(after, &["以来", "以后", "来到"]).is_some();
    (opens && !lasts() || matches!(before, '从' | '自' | '于' | '打' | '是'))
        && text.one_of(after, DONE).is_some()
        && !other()
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
    ("上中旬", Third::EarlyMiddle),
    ("中下旬", Third::MiddleLate),
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

/// A day of the week and a time of day behind a day belong to it.
pub(super) fn with_clock(text: &Folded, said: Said) -> Said {
    let end = past_weekday(text, said.end);
    match clock::read(text, end, true) {
        Some(c) => Said { end: c.end, parts: Parts { clock: c.at, ..said.parts } },
        None => Said { end, ..said },
    }
}

/// Past the day of the week that stands right behind a day: 17日星期六, 17日(周六).
fn past_weekday(text: &Folded, at: usize) -> usize {
    const WEEK: &[&str] = &["星期", "周"];
    let bracket = text.get(at) == '(';
    let from = at + usize::from(bracket);
    // 5日周一鸣到任: a name.
    let Some(n) = text.one_of(from, if bracket { WEEK } else { &WEEK[..1] }) else { return at };
    let end = from + n + 1;
    let day = matches!(text.get(end - 1), '一' | '二' | '三' | '四' | '五' | '六' | '日' | '天');
    match text.get(end) {
        ')' if day && bracket => end + 1,
        // 星期日报, 星期五个…
        next if day && !bracket && !matches!(next, '报' | '个' | '画') => end,
        _ => at,
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

/// What is said on a day that is named by one character.
const SAYS: &[&str] = &["说", "发表", "致电", "致函", "指出", "表示", "强调", "宣布", "呼吁", "要求", "谴责", "重申"];

/// What else is done on it.
const ACTS: &[&str] = &["会见", "会晤", "抵达", "签署", "对", "向", "就", "举行", "通过", "决定", "离开", "下令"];

/// Whether something is said on the day that ends at `at`.
pub(super) fn is_said(text: &Folded, at: usize) -> bool {
    text.one_of(at, SAYS).is_some()
}

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
    if text.one_before(from, super::LASTING).is_some() {
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
        // 总统八日说, 外长十日会见: an act of state.
        let word = text.one_of(end, &["对比", "对照", "对应", "说服", "说明", "向前", "就业"]).is_some();
        let act =
            (is_said(text, end) || text.one_of(end, ACTS).is_some()) && !word && !"这那头前后连半".contains(before);
        let told = (act || matches!(next, '在' | '晚' | '宣')) && !"时了整短有过计共".contains(before);
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
    /// What two calendar years share one of.
    const TERMS: &[&str] = &["学年", "赛季", "财政年", "财年"];
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
    // 2015至2016学年.
    let term = text.one_of(second.end, TERMS).filter(|_| slash == 0);
    if !(second.arabic || second.positional)
        || text.get(second.end) != '年' && slash == 0 && term.is_none()
        || !(digits == 4 || digits == 2)
    {
        return None;
    }
    // 1997/98: only as a season's or a year's name.
    if slash == 1 && text.one_of(second.end, TERMS).is_none() && text.get(second.end) != '年' {
        return None;
    }
    let last = if digits == 4 { second.low } else { (first.low / 100.0).floor() * 100.0 + second.low };
    let has_month = numeral::read(text, second.end + 1).is_some_and(|m| text.get(m.end) == '月');
    if last <= first.low || !YEARS.contains(&last) || has_month {
        return None;
    }
    let mut end = second.end + term.unwrap_or(usize::from(text.get(second.end) == '年'));
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
    // 5月10日晚7时至9时.
    if let (Some(_), Some(clock)) = (first.day, first.clock)
        && let Some(last) = clock::until(text, at, clock)
    {
        mention.until = Some(Parts { clock: last.at, ..first });
        mention.end = last.end;
        return;
    }
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

/// 六七月间, 3、4月份: two months in a row.
fn month_list(text: &Folded, from: usize) -> Option<Mention> {
    let first = numeral::read(text, from).filter(|n| n.low >= 1.0 && n.high <= 12.0 && n.low.fract() == 0.0)?;
    let loose = first.bound == Bound::Range && !first.arabic;
    let (last, end) = if loose {
        (first.high, first.end)
    } else {
        let second = (text.get(first.end) == '、').then(|| numeral::read(text, first.end + 1))??;
        let exact = first.bound == Bound::Exact && second.bound == Bound::Exact && first.arabic == second.arabic;
        exact.then_some((second.low, second.end))?
    };
    if text.get(end) != '月' || last as i32 != first.low as i32 + 1 || last > 12.0 || text.get(from) == '两' {
        return None;
    }
    let end = end + 1;
    let before = text.before(from);
    if is_of_every_year(text, from) {
        return None;
    }
    let tail = match text.get(end) {
        '份' if text.get(end + 1) != '额' => 1,
        '间' if !matches!(text.get(end + 1), '接' | '隔' | '断') => 1,
        // 历时三四月, 第2、3月: a count.
        _ if loose && !matches!(before, '年' | '岁') => return None,
        '大' | '龄' | '初' | '内' | '后' | '饼' => return None,
        _ => 0,
    };
    if matches!(before, '第' | '每' | '、') || before.is_ascii_digit() || numeral::is_numeral(before) {
        return None;
    }
    let month = |v: f64| Parts { month: Some(v as i8), ..Parts::default() };
    let mention = Mention::of(from, Said { end: end + tail, parts: month(first.low) });
    Some(Mention { until: Some(month(last)), ..mention })
}

/// Whether what stands behind the number from `from` to `end`, which is no mark of a date, makes it one of a list of years,
/// months or decades.
pub(super) fn goes_on(text: &Folded, from: usize, end: usize) -> bool {
    let listed = matches!(text.get(end), '、' | '和' | '与' | '及');
    let last = matches!(text.get(end), '年' | '两' | '三' | '四' | '五' | '2' | '3' | '这');
    (listed || last) && in_year_list(text, from)
        || listed && (decade::read(text, from).is_some() || month_list(text, from).is_some())
}

/// The year in four digits at `at`, with its end.
fn plain_year(text: &Folded, at: usize) -> Option<Numeral> {
    let n = numeral::read(text, at).filter(|n| n.bound == Bound::Exact && (n.arabic || n.positional))?;
    (n.end - at == 4 && (1900.0..=2099.0).contains(&n.low)).then_some(n)
}

/// 1996 and 1997 of 1996、1997两年 or 1996、1997年, where 年 or a count of years ends the list.
fn in_year_list(text: &Folded, from: usize) -> bool {
    const LONGEST: usize = 6;
    const COUNTS: &[&str] = &["两年", "三年", "四年", "五年", "2年", "3年", "这两年", "这三年"];
    let mark = |c: char| matches!(c, '、' | '和' | '与' | '及');
    let Some(first) = plain_year(text, from) else { return false };
    let listed = mark(text.before(from)) && from >= 5 && plain_year(text, from - 5).is_some_and(|n| n.end + 1 == from);
    if !listed && !mark(text.get(first.end)) {
        return false;
    }
    let mut last = first;
    for _ in 0..LONGEST {
        if !mark(text.get(last.end)) {
            break;
        }
        match plain_year(text, last.end + 1) {
            Some(next) if next.low > last.low => last = next,
            _ => return false,
        }
    }
    text.get(last.end) == '年' || text.one_of(last.end, COUNTS).is_some()
}

/// 5—6月, 10—15日, 8月10—15日: the first number has no mark of its own. Gives the parts of both ends.
pub(super) fn number_range(text: &Folded, from: usize) -> Option<Mention> {
    let (month_before, day_from) = match numeral::read(text, from).filter(|n| text.get(n.end) == '月') {
        None if let Some(end) = first_month(text, from) => (Some(1), end),
        Some(m) if (1.0..=12.0).contains(&m.low) && m.bound == Bound::Exact => (Some(m.low as i8), m.end + 1),
        _ => (None, from),
    };
    if month_before.is_none()
        && let Some(mention) = month_list(text, from)
    {
        return Some(mention);
    }
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
