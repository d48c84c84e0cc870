//! Dates in words: 去年7月, 上半年, 本月中旬, 昨晚12时, 上周五, 近日.

use super::absolute::{self, Said};
use super::calendar::{Anchor, Parts, Third};
use super::{AHEAD, Mention, clock, decade, is_of_every_year, lunar};
use crate::text::numeral::{self, Bound};
use crate::text::{Folded, sentence};

/// Reads the date in words at `from`.
pub(super) fn read(text: &Folded, from: usize, anchor: &Anchor) -> Option<Mention> {
    let year = || year_word(text, from, anchor);
    let day = || day_word(text, from, anchor);
    let month = || month_word(text, from, anchor);
    let week = || week_word(text, from, anchor);
    let division = || division_word(text, from, anchor);
    let lunar = || lunar::read(text, from, anchor);
    // What each of them may open with.
    match text.get(from) {
        '今' | '明' | '后' | '次' | '翌' => year().or_else(day),
        '去' | '来' => year(),
        '当' | '同' => year().or_else(day).or_else(month),
        '本' | '上' | '下' => {
            let others = || division().or_else(|| century_word(text, from, anchor));
            year().or_else(month).or_else(week).or_else(others)
        }
        '前' => year().or_else(day).or_else(division).or_else(|| vague(text, from)),
        '大' => year().or_else(day).or_else(lunar),
        '昨' => day(),
        '这' => month().or_else(week),
        '星' | '周' => week(),
        '首' | '第' => division(),
        '年' | '岁' | '月' => edge_word(text, from, anchor),
        '初' | '农' | '阴' | '夏' | '正' | '腊' | '冬' => lunar(),
        '不' | '近' | '日' => vague(text, from),
        _ => None,
    }
}

/// 本世纪末.
fn century_word(text: &Folded, from: usize, anchor: &Anchor) -> Option<Mention> {
    let (end, name) = decade::part_of_century(text, from, anchor)?;
    Some(Mention::named(from, end, name))
}

/// Years counted from the page's.
const YEARS: &[(&str, i16)] = &[
    ("大前年", -3),
    ("前年", -2),
    ("去年", -1),
    ("今年", 0),
    ("本年", 0),
    ("明年", 1),
    ("下一年", 1),
    ("来年", 1),
    ("后年", 2),
];

/// Years counted from the one named before.
const SAME_YEARS: &[(&str, i16)] = &[("当年", 0), ("同年", 0), ("次年", 1), ("翌年", 1)];

/// The year before the one that its paragraph speaks of, else before the page's (1997年…比上年增长).
const YEAR_BEFORE: &[&str] = &["上一年", "上年"];

fn year_word(text: &Folded, from: usize, anchor: &Anchor) -> Option<Mention> {
    // 今春, 去冬.
    let single = match text.get(from) {
        '今' => Some(0),
        '去' => Some(-1),
        '明' => Some(1),
        _ => None,
    };
    if let Some(shift) = single
        && let Some((season, n)) = absolute::season(text, from + 1)
    {
        // 脱去冬装, 过去冬天.
        if text.get(from) == '去' && matches!(text.before(from), '脱' | '过' | '除' | '失')
            || n == 1 && matches!(text.get(from + 2), '装' | '衣')
        {
            return None;
        }
        let said = Parts { division: Some(season), ..Parts::default() };
        let mut mention = Mention::of(from, Said { end: from + 1 + n, parts: said });
        mention.meant = anchor.year(shift).map(|y| Parts { year: Some(y), ..said });
        mention.fixed = true;
        return Some(mention);
    }
    let before = || {
        let word = YEAR_BEFORE.iter().find(|w| text.has(from, w))?;
        Some((word, anchor.told_year.map(|y| y - 1).or(anchor.year(-1))))
    };
    let (word, year) = YEARS
        .iter()
        .find(|(w, _)| text.has(from, w))
        .map(|(w, shift)| (w, anchor.year(*shift)))
        .or_else(before)
        .or_else(|| {
            let (w, shift) = SAME_YEARS.iter().find(|(w, _)| text.has(from, w))?;
            let named = anchor.sentence_year.or(anchor.dated.and_then(|d| d.year)).or(anchor.last_year)?;
            Some((w, Some(named + shift)))
        })?;
    let start = from + word.chars().count();
    if matches!(text.get(from), '前' | '后' | '上')
        && matches!(text.before(from), '以' | '之' | '年' | '月' | '日' | '天')
    {
        return None;
    }
    // 市场上年味, 原有基础上年均.
    let across = text.has(from, "上年")
        && (matches!(text.get(start), '味' | '糕' | '夜') || matches!(text.before(from), '础' | '场'));
    if across || matches!(text.get(start), '轻' | '级' | '代' | '画' | '货' | '龄' | '纪') {
        return None;
    }
    if let Some(mention) = absolute::festival_of_year(text, from, start, year) {
        return Some(mention);
    }
    let said = absolute::after_year(text, Said { end: start, parts: Parts::default() });
    let mut mention = Mention::of(from, said);
    mention.meant = year.map(|y| Parts { year: Some(y), ..said.parts });
    mention.fixed = true;
    mention.counts_back = YEAR_BEFORE.contains(word);
    mention.names_year = !mention.counts_back;
    // 去年(1996年): told in the year after.
    if text.get(mention.end) == '('
        && let Some(told) = absolute::year(text, mention.end + 1)
        && text.get(told.end) == ')'
        && said.parts.is_empty()
    {
        mention.meant = Some(told.parts);
        return Some(mention);
    }
    if let Some(n) = text.one_of(mention.end, &["前三季度", "前3季度"]) {
        return Some(three_quarters(mention, n, year));
    }
    if let Some((end, month)) = first_months(text, mention.end).filter(|_| mention.said.is_empty()) {
        mention.end = end;
        if let Some(y) = year {
            mention.meant = Some(Parts { month: Some(1), ..Parts::of_year(y) });
            mention.until = Some(Parts { month: Some(month), ..Parts::of_year(y) });
        }
        return Some(mention);
    }
    if let Some(n) = text.one_of(mention.end, &["同期"]) {
        mention.end += n;
    }
    // 今年5月至10月, 去年12月30日至31日夜间.
    if let Some(y) = year.filter(|_| mention.said.month.is_some()) {
        let mut spanned = mention.clone();
        absolute::day_range(text, &mut spanned);
        if let Some(until) = spanned.until.filter(|u| u.day.is_some() == mention.said.day.is_some() && u.year.is_none())
        {
            let over = until.month < mention.said.month;
            spanned.until = Some(Parts { year: Some(y + i16::from(over)), ..until });
            return Some(spanned);
        }
    }
    // 去年5月至今年7月.
    let behind = absolute::connector(text, mention.end).map(|n| mention.end + n);
    if let Some(at) = behind.filter(|&at| mention.said.month.is_some() && matches!(text.get(at), '今' | '去' | '明'))
        && let Some(next) = year_word(text, at, anchor)
        && next.until.is_none()
        && next.said.month.is_some()
        && next.said.day.is_some() == mention.said.day.is_some()
    {
        mention.end = next.end;
        mention.until = next.meant;
        return Some(mention);
    }
    let range = absolute::number_range(text, start).filter(|r| r.end > mention.end);
    if let (Some(range), Some(y)) = (range, year) {
        mention.said = range.said;
        mention.end = range.end;
        mention.meant = Some(Parts { year: Some(y), ..range.said });
        mention.until = range.until.map(|u| Parts { year: Some(y), ..u });
    }
    Some(mention)
}

/// 前7个月, 头两个月 behind a year: past it, and its last month.
pub(super) fn first_months(text: &Folded, at: usize) -> Option<(usize, i8)> {
    if !matches!(text.get(at), '前' | '头') {
        return None;
    }
    let n = numeral::read(text, at + 1).filter(|n| n.bound == Bound::Exact && (2.0..=11.0).contains(&n.low))?;
    let unit = text.one_of(n.end, &["个月", "月"])?;
    Some((n.end + unit, n.low as i8))
}

/// 前4个月 alone between two marks, up to its `end`: of the year that is spoken of, else of the last one in which they are over.
fn months_so_far(text: &Folded, from: usize, end: usize, last: i8, anchor: &Anchor) -> Option<Mention> {
    let stands = !crate::text::is_cjk(text.before(from)) && text.get(end) == ',';
    if !stands {
        return None;
    }
    let report = anchor.report;
    let year = anchor.sentence_year.or(anchor.said_year);
    let year = year.or(report.map(|report| report.year() - i16::from(last > report.month())));
    let mut mention = Mention::of(from, Said { end, parts: Parts::default() });
    mention.fixed = true;
    if let Some(y) = year {
        mention.meant = Some(Parts { month: Some(1), ..Parts::of_year(y) });
        mention.until = Some(Parts { month: Some(last), ..Parts::of_year(y) });
    }
    Some(mention)
}

fn three_quarters(mut mention: Mention, n: usize, year: Option<i16>) -> Mention {
    mention.end += n;
    if let Some(y) = year {
        mention.meant = Some(Parts { month: Some(1), ..Parts::of_year(y) });
        mention.until = Some(Parts { month: Some(9), ..Parts::of_year(y) });
    }
    mention
}

/// Days counted from the page's; the last field says that the word holds its part of the day.
const DAYS: &[(&str, i32, bool)] = &[
    ("大前天", -3, false),
    ("前天", -2, false),
    ("前日", -2, false),
    ("前晚", -2, true),
    ("昨天", -1, false),
    ("昨日", -1, false),
    ("昨晚", -1, true),
    ("昨夜", -1, true),
    ("昨晨", -1, true),
    ("昨早", -1, true),
    ("今天", 0, false),
    ("今日", 0, false),
    ("今晨", 0, true),
    ("今早", 0, true),
    ("今晚", 0, true),
    ("今夜", 0, true),
    ("今午", 0, true),
    ("明天", 1, false),
    ("明日", 1, false),
    ("明晨", 1, true),
    ("明早", 1, true),
    ("明晚", 1, true),
    ("后天", 2, false),
];

/// What is of that very day, where 今天的 stands before it.
const EVENTS: &[&str] = &[
    "会",
    "比赛",
    "活动",
    "仪式",
    "讲话",
    "座谈",
    "发布",
    "大会",
    "现场",
    "晚会",
    "招聘会",
    "股",
    "收盘",
    "交易",
    "决赛",
    "天气",
    "气温",
];

/// Words right before 今天 or 明天 that make an age of it.
const AGES: &[&str] = &["有", "有了", "美好", "更好", "灿烂", "辉煌", "光辉"];

/// 截至今天, 从1月5日至今天: 今 is not of 至今.
fn is_span(text: &Folded, from: usize) -> bool {
    from > 1 && (text.has_before(from, "截至") || date_ends(text.before(from - 1)))
}

/// Whether what stands at `at`, behind 今天的, is of that very day: 在今天的研讨会上, 比昨天的11300盾.
fn is_of_day(text: &Folded, from: usize, at: usize) -> bool {
    const REACH: usize = 14;
    const MEETINGS: &[&str] = &["会上", "会议上", "仪式上", "会谈中", "比赛中", "会见中", "讲话中", "活动中"];
    if text.one_of(at, EVENTS).is_some() {
        return true;
    }
    let meeting = || {
        let clause = (at..at + REACH).take_while(|&i| !sentence::ends_clause(text, i));
        clause.into_iter().any(|i| text.one_of(i, MEETINGS).is_some())
    };
    match text.before(from) {
        '在' => meeting(),
        '比' | '较' | '从' | '由' | '与' | '和' => text.get(at).is_ascii_digit(),
        _ => false,
    }
}

/// Days that are those named before.
const SAME_DAYS: &[(&str, i32)] =
    &[("当天", 0), ("当日", 0), ("当晚", 0), ("当夜", 0), ("同日", 0), ("同一天", 0), ("次日", 1), ("翌日", 1)];

fn day_word(text: &Folded, from: usize, anchor: &Anchor) -> Option<Mention> {
    let before = text.before(from);
    // 记者昨从市总工会获悉.
    let short = text.get(from) == '昨' && matches!(text.get(from + 1), '从' | '获' | '在' | '由' | '对' | '赴');
    if short && text.one_before(from, &["记者", "讯", "本报"]).is_some() {
        let mut mention = Mention::of(from, Said { end: from + 1, parts: Parts::default() });
        mention.meant = anchor.day(-1);
        mention.fixed = true;
        return Some(mention);
    }
    if let Some((word, shift, holds_part)) = DAYS.iter().find(|(w, ..)| text.has(from, w)) {
        // 以前天津: 前天 across a border; 日前日本: 前日 too.
        if matches!(text.get(from), '前' | '后')
            && matches!(before, '以' | '之' | '日' | '年' | '月' | '天' | '目' | '先' | '今')
        {
            return None;
        }
        // 从前|天天.
        if before == '从' && text.has(from, "前天天") {
            return None;
        }
        // 光明日报, 聪明天真; 如今日子: a character of the word before.
        if text.get(from) == '明'
            && matches!(before, '光' | '聪' | '文' | '说' | '证' | '表' | '透' | '昆' | '开' | '英')
            || text.get(from) == '今'
                && (matches!(before, '如' | '当' | '现') || before == '至' && !is_span(text, from))
        {
            return None;
        }
        let end = from + word.chars().count();
        let next = text.get(end);
        // 《今晚报》, 今晚报记者, 《明天》: a title.
        let paper = *word == "今晚"
            && next == '报'
            && (!crate::text::is_cjk(text.get(end + 1))
                || text.one_of(end + 1, &["社", "记者", "讯", "消息"]).is_some());
        if before == '《' || paper {
            return None;
        }
        if matches!(next, '报' | '本' | '元' | '文' | '语' | '军' | '子' | '晚' | '性')
            && text.get(end - 1) == '日'
            && next != '晚'
            || text.get(end - 1) == '天' && matches!(next, '气' | '津' | '性' | '真' | '空' | '才' | '然')
        {
            return None;
        }
        // 美好的明天, 今天的中国: not the day, unless a part of it or an event follows.
        let figure = word.starts_with(['明', '昨', '今', '后'])
            && !holds_part
            && (next == '的' || next == '”' || before == '的')
            && !(next == '的' && is_of_day(text, from, end + 1));
        // 没有…就没有今天, 美好明天.
        let age = text.one_before(from, AGES).is_some() && text.one_before(from, &["只有", "仅有", "还有"]).is_none();
        let figure = figure || !holds_part && age;
        if figure || text.has(end, "会更") || text.has(end, "更美") {
            return None;
        }
        let said = Said { end, parts: Parts::default() };
        let timed = absolute::with_clock(text, said);
        let mut mention = Mention::of(from, Said { end: timed.end, parts: Parts::default() });
        mention.meant = anchor.day(*shift).map(|d| Parts { clock: clock_of(text, end, *holds_part, word), ..d });
        mention.fixed = true;
        absolute::clock_range(text, &mut mention);
        return Some(mention);
    }
    let (word, shift) = SAME_DAYS.iter().find(|(w, _)| text.has(from, w))?;
    // 合同日前: 同日 across a border.
    if matches!(before, '合' | '协' | '共' | '相' | '如' | '不') {
        return None;
    }
    let end = from + word.chars().count();
    if text.get(end - 1) == '日' && matches!(text.get(end), '本' | '报' | '元') {
        return None;
    }
    let timed = absolute::with_clock(text, Said { end, parts: Parts::default() });
    let mut mention = Mention::of(from, timed);
    mention.said = Parts::default();
    mention.meant = anchor.dated.filter(|d| d.day.is_some()).and_then(|d| {
        let date = jiff::civil::Date::new(d.year?, d.month?, d.day?).ok()?;
        let moved = date.checked_add(jiff::Span::new().try_days(*shift).ok()?).ok()?;
        Some(Parts { clock: clock_of(text, end, true, word), ..Parts::of(moved) })
    });
    mention.fixed = true;
    absolute::clock_range(text, &mut mention);
    Some(mention)
}

/// The time behind a word for a day; 昨晚8时 is 20 o'clock.
fn clock_of(text: &Folded, at: usize, holds_part: bool, word: &str) -> Option<(i8, Option<i8>)> {
    let clock = clock::read(text, at, true)?.at?;
    let late = holds_part && (word.ends_with('晚') || word.ends_with('夜')) && clock.0 < 12 && clock.0 > 4;
    Some(if late { (clock.0 + 12, clock.1) } else { clock })
}

/// Months counted from the page's.
const MONTHS: &[(&str, i32)] =
    &[("上个月", -1), ("上月", -1), ("这个月", 0), ("本月", 0), ("当月", 0), ("同月", 0), ("下个月", 1), ("下月", 1)];

fn month_word(text: &Folded, from: usize, anchor: &Anchor) -> Option<Mention> {
    let (word, shift) = MONTHS.iter().find(|(w, _)| text.has(from, w))?;
    // 以上月均: 上月 across a border.
    if matches!(text.before(from), '以' | '之') && word.starts_with(['上', '下']) {
        return None;
    }
    let same = word.starts_with(['当', '同']);
    // 9月当月: the month that was named right before.
    if same && text.before(from) == '月' {
        return None;
    }
    // 11月份产量增长,比上月提高3%: before the month that was named.
    let than = word.starts_with('上') && matches!(text.before(from), '比' | '较');
    let named = anchor.dated.filter(|d| than && d.month.is_some()).and_then(|d| {
        let first = jiff::civil::Date::new(d.year?, d.month?, 1).ok()?.yesterday().ok()?;
        Some(Parts { day: None, ..Parts::of(first) })
    });
    let base = if named.is_some() {
        named
    } else if same {
        anchor.dated.map(|d| Parts { day: None, clock: None, third: None, ..d })
    } else {
        anchor.month(*shift)
    };
    if same && base.is_none() {
        return None;
    }
    let said = absolute::after_month(text, Said { end: from + word.chars().count(), parts: Parts::default() });
    let mut mention = Mention::of(from, said);
    mention.meant = base.map(|b| Parts { year: b.year, month: b.month, ..said.parts });
    mention.fixed = true;
    absolute::day_range(text, &mut mention);
    Some(mention)
}

/// Whether 周 at `from` with the number behind it is a day and no name (周一平) and no rule (周一至周五): it opens its clause,
/// and a time of day or the clause's end follows.
fn is_weekday(text: &Folded, from: usize) -> bool {
    const TIMES: &[&str] =
        &["一早", "一大早", "早上", "早晨", "清晨", "凌晨", "上午", "中午", "下午", "傍晚", "晚上", "晚间", "当天"];
    let opens = !crate::text::is_cjk(text.before(from))
        && !matches!(text.before(from), '、' | '至' | '—' | '-' | '~' | '(')
        || matches!(text.before(from), '于' | '在');
    opens && (text.one_of(from + 2, TIMES).is_some() || text.get(from + 2) == ',')
}

/// 上周五, 本周, 星期三.
fn week_word(text: &Folded, from: usize, anchor: &Anchor) -> Option<Mention> {
    const WEEKS: &[(&str, Option<i32>)] = &[
        ("上周", Some(-1)),
        ("上一周", Some(-1)),
        ("上星期", Some(-1)),
        ("本周", Some(0)),
        ("这周", Some(0)),
        ("下周", Some(1)),
        ("下星期", Some(1)),
        ("星期", None),
        ("周", None),
    ];
    let (word, week) = WEEKS.iter().find(|(w, _)| text.has(from, w))?;
    if *word == "周" && !is_weekday(text, from) {
        return None;
    }
    // 《星期日时报》: a newspaper.
    if matches!(text.before(from), '以' | '个' | '每' | '双' | '一' | '两' | '几' | '多' | '《') {
        return None;
    }
    let at = from + word.chars().count();
    let day = match text.get(at) {
        '日' | '天' => Some(7),
        c => numeral::digit(c).filter(|d| (1..=6).contains(d)).map(|d| d as i32),
    };
    let monday = anchor.report.and_then(|p| anchor.day(1 - i32::from(p.weekday().to_monday_one_offset())));
    let date = |days: i32| {
        let m = monday?;
        let first = jiff::civil::Date::new(m.year?, m.month?, m.day?).ok()?;
        Some(Parts::of(first.checked_add(jiff::Span::new().try_days(days).ok()?).ok()?))
    };
    if let Some(day) = day {
        let end = at + 1;
        if week.is_none() && (text.before(from).is_ascii_digit() || text.get(end) == '个') {
            return None;
        }
        // 没有节假日,没有星期天.
        if week.is_none()
            && text
                .one_before(
                    from,
                    &["没有", "不分", "无", "每逢", "每到", "一到", "连", "不管", "不论", "平时", "从不过"],
                )
                .is_some()
        {
            return None;
        }
        let timed = absolute::with_clock(text, Said { end, parts: Parts::default() });
        let mut mention = Mention::of(from, Said { end: timed.end, parts: Parts::default() });
        let shift = week.map_or(0, |w| w * 7) + day - 1;
        let ahead = text.one_before(from, AHEAD).is_some();
        let past = week.is_none()
            && !ahead
            && anchor.report.is_some_and(|p| i32::from(p.weekday().to_monday_one_offset()) < day);
        mention.meant = date(if past { shift - 7 } else { shift }).map(|d| Parts { clock: timed.parts.clock, ..d });
        mention.fixed = true;
        return Some(mention);
    }
    let week = (*week)?;
    if matches!(text.get(at), '边' | '围' | '末' | '刊' | '年' | '期') {
        return None;
    }
    let mut mention = Mention::of(from, Said { end: at, parts: Parts::default() });
    mention.meant = date(week * 7);
    mention.until = date(week * 7 + 6);
    mention.fixed = true;
    Some(mention)
}

/// 上半年, 下半年, 前三季度, 首季, 第三季度.
fn division_word(text: &Folded, from: usize, anchor: &Anchor) -> Option<Mention> {
    if let Some(n) = text.one_of(from, &["上半年", "下半年"]) {
        if matches!(text.before(from), '以') {
            return None;
        }
        let division = Some(if text.get(from) == '上' { 40 } else { 41 });
        return Some(Mention::of(from, Said { end: from + n, parts: Parts { division, ..Parts::default() } }));
    }
    if let Some(n) = text.one_of(from, &["前三季度", "前3季度"]) {
        let mut mention = Mention::of(from, Said { end: from, parts: Parts::default() });
        mention.end += n;
        mention.said = Parts { month: Some(1), ..Parts::default() };
        mention.until = Some(Parts { month: Some(9), ..Parts::default() });
        return Some(mention);
    }
    if let Some((end, last)) = first_months(text, from) {
        return months_so_far(text, from, end, last, anchor);
    }
    if let Some(n) = text.one_of(from, &["首季度", "首季"]) {
        let parts = Parts { division: Some(33), ..Parts::default() };
        return Some(Mention::of(from, Said { end: from + n, parts }));
    }
    if text.get(from) == '第' {
        let number = numeral::read(text, from + 1)?;
        let said = absolute::quarter(text, from + 1, &number)?;
        return Some(Mention::of(from, said));
    }
    None
}

/// Whether a date may end with `c`.
fn date_ends(c: char) -> bool {
    matches!(c, '日' | '月' | '号' | '年' | '旬' | '初' | '中')
}

/// 年初, 年底, 月底 without a year or month: this one.
fn edge_word(text: &Folded, from: usize, anchor: &Anchor) -> Option<Mention> {
    const EDGES: &[&str] = &["年初", "年底", "年末", "岁末"];
    const MONTH_EDGES: &[(&str, Third)] = &[("月初", Third::Early), ("月底", Third::Late), ("月末", Third::Late)];
    let before = text.before(from);
    if before.is_ascii_digit()
        || numeral::is_numeral(before)
        || matches!(
            before,
            '多' | '余'
                | '几'
                | '数'
                | '每'
                | '近'
                | '历'
                | '个'
                | '正'
                | '腊'
                | '冬'
                | '青'
                | '少'
                | '中'
                | '老'
                | '成'
                | '童'
        )
    {
        return None;
    }
    // 大年初二, 年初八: days of the new year.
    if text.has(from, "年初") && numeral::is_numeral(text.get(from + 2)) {
        return None;
    }
    if let Some(n) = text.one_of(from, EDGES) {
        // 次年初夏, 每年年底, 每逢岁末: of another word, or of no year.
        if matches!(before, '次' | '翌') && matches!(text.get(from + n), '春' | '夏' | '秋' | '冬')
            || is_of_every_year(text, from)
        {
            return None;
        }
        let mut mention = Mention::of(from, Said { end: from + n, parts: Parts::default() });
        // 9月11日至年底: of the year that the span begins in.
        let spans = matches!(before, '至' | '到' | '-');
        let begun = anchor.last_year.filter(|_| spans && date_ends(text.before(from.saturating_sub(1))));
        let year = begun.or(anchor.sentence_year).or(anchor.said_year).or(anchor.year(0));
        mention.meant = year.map(Parts::of_year);
        mention.fixed = true;
        return Some(mention);
    }
    let (word, third) = MONTH_EDGES.iter().find(|(w, _)| text.has(from, w))?;
    let mut mention = Mention::of(from, Said { end: from + word.chars().count(), parts: Parts::default() });
    mention.meant = anchor.month(0).map(|m| Parts { third: Some(*third), ..m });
    mention.fixed = true;
    Some(mention)
}

/// Words that say a time without saying which: their value is null.
const VAGUE: &[&str] = &["不久前", "前不久", "前段时间", "前一段时间", "近年来", "近些年来", "近日", "日前", "近期"];

fn vague(text: &Folded, from: usize) -> Option<Mention> {
    let n = text.one_of(from, VAGUE)?;
    let before = text.before(from);
    // 10日前, 最近日子, 今日前往: across a border.
    let across = match text.get(from) {
        '日' => {
            numeral::is_numeral(before)
                || matches!(before, '今' | '昨' | '明' | '前' | '节' | '生' | '多' | '余' | '几' | '数' | '近' | '本')
                || matches!(text.get(from + 2), '往' | '来' | '后' | '进')
        }
        '近' => matches!(before, '最' | '附' | '接' | '临'),
        _ => false,
    };
    if across {
        return None;
    }
    let mut mention = Mention::of(from, Said { end: from + n, parts: Parts::default() });
    mention.fixed = true;
    Some(mention)
}

/// Units counted back, with how many months one is.
const AGO: &[(&str, i32)] = &[
    ("个多月", 1),
    ("个半月", 1),
    ("个月", 1),
    ("多年", 12),
    ("年多", 12),
    ("年", 12),
    ("天", 0),
    ("日", 0),
    ("周", 0),
    ("个星期", 0),
];

/// What so many days lie before.
const APPOINTED: &[&str] = &[
    "选举", "考试", "会议", "召开", "开幕", "开赛", "比赛", "开学", "开始", "到期", "届满", "期满", "生效", "施行",
    "实施", "举行", "结束", "解除", "辞职", "离职", "投票", "开庭", "报到", "春节", "国庆", "中秋", "元旦", "出发",
];

/// N年前, 10天前, 三个月前: counted back from the day of the report, to the unit that is printed.
pub(super) fn ago(text: &Folded, from: usize, anchor: &Anchor) -> Option<Mention> {
    if absolute::year(text, from).is_some() {
        return None;
    }
    let number = numeral::read(text, from);
    let (at, count, vague) = match number {
        Some(n) if !n.bare => (n.end, n.value(), n.bound != Bound::Exact),
        None if matches!(text.get(from), '几' | '数' | '半') => {
            (from + 1, (text.get(from) == '半').then_some(0.5), text.get(from) != '半')
        }
        _ => return None,
    };
    let (unit, months) = AGO.iter().find(|(u, _)| text.has(at, u))?;
    let end = at + unit.chars().count();
    let n_ago = text.one_of(end, &["以前", "之前", "前"])?;
    let end = end + n_ago;
    if matches!(text.get(end), '后' | '列' | '夕' | '往' | '来' | '进' | '三' | '茅' | '景' | '两' | '所') {
        return None;
    }
    // 考试3天前, 合同期满30天前: before what is named.
    if months == &0 && text.one_before(from, APPOINTED).is_some() {
        return None;
    }
    // 3日前 with Arabic digits is as often a day; 第三年前: an ordinal.
    if matches!(text.before(from), '第' | '每') || *unit == "日" {
        return None;
    }
    let mut mention = Mention::of(from, Said { end, parts: Parts::default() });
    mention.fixed = true;
    // 2000年前, 300年前: round.
    mention.about = count.is_some_and(|c| c >= 100.0) || vague || unit.contains('多') || unit.contains('半');
    // 十多年前: some day before then, which is no date; how far back at least is what the text says.
    if vague && let Some(count) = count.filter(|_| *months > 0) {
        let unit = if *months == 12 { 'y' } else { 'm' };
        mention.name = Some(format!("-{count}{unit}"));
        mention.before = match months {
            12 => anchor.year(0).map(|y| Parts::of_year(y.saturating_sub(count as i16))),
            _ => anchor.month(-(count as i32)),
        };
        return Some(mention);
    }
    let count = count.filter(|c| *c < 4000.0 && c.fract() == 0.0).map(|c| c as i32);
    // 两年前的春节前夕.
    let year = count.filter(|_| *months == 12 && !mention.about).and_then(|c| Some(anchor.year(0)? - c as i16));
    if let Some(festival) = absolute::festival_of_year(text, from, end, year) {
        return Some(Mention { names_year: false, ..festival });
    }
    mention.meant = count.and_then(|c| match (*unit, *months) {
        (_, 12) => anchor.year(0).map(|y| Parts::of_year(y - c as i16)),
        (_, 1) => anchor.month(-c),
        ("天", _) => anchor.day(-c),
        _ => anchor.day(-c * 7),
    });
    Some(mention)
}
