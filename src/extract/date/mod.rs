//! Dates and times of day, in EDTF, with the date that is meant given the day of the report: that of its
//! dateline, else the page's.
//!
//! In: a folded text, a place in it, and what the dates before it said. Out: the mention that begins there, if one does.
//! `value` holds what the text says (XXXX-08-10, XXXX-40), `resolved` what it means (2018-08-10, 2018-40); a span of days
//! has its first and last in `low` and `high`.
//!
//! Method: a grammar by hand over the numeral reader ([`absolute`]), tables of words ([`relative`], [`festival`],
//! [`lunar`], [`plan`]) and one rule for what is left out ([`calendar`]): the year or month named before in the same paragraph, else
//! the one that puts the date nearest to that day, and none that lies far ahead unless the text says that it is to come
//! ([`coming`]). A length of time (三年内, 十多天) is no date and left to `quantity`. Not done: the lunar months without a festival of their own, other calendars.

mod absolute;
mod calendar;
mod clock;
mod coming;
mod decade;
mod festival;
mod lunar;
mod plan;
mod reign;
mod relative;

use jiff::civil::Date;

pub(super) use self::decade::is_in_name as is_century_in_name;
pub(super) use self::reign::{opens_reign, reigns};

use self::absolute::Said;
use self::calendar::{Anchor, Parts};
use crate::record::{Approx, DateRole, Fact, FactKind, PageHead, Value};
use crate::text::{Folded, sentence};

/// How far back a sentence is looked through for its start, in characters.
const SENTENCE_REACH: usize = 200;

/// A date as read.
#[derive(Clone, Debug, Default)]
struct Mention {
    start: usize,
    end: usize,
    /// What the text says.
    said: Parts,
    /// What it means, where the reader knows already (`fixed`).
    meant: Option<Parts>,
    fixed: bool,
    /// The last day, month or year of a span.
    until: Option<Parts>,
    /// Named in words that are EDTF already (199X).
    name: Option<String>,
    /// Only the days around it are meant.
    about: bool,
    /// 今年, 去年: the months of its sentence are of this year.
    names_year: bool,
    /// 上年: counted from the year before it, which stays the one that is spoken of.
    counts_back: bool,
    /// The last year or month that can be meant, where no more is known (十多年前).
    before: Option<Parts>,
}

impl Mention {
    fn of(start: usize, said: Said) -> Self {
        Self { start, end: said.end, said: said.parts, ..Self::default() }
    }

    fn named(start: usize, end: usize, name: String) -> Self {
        Self { start, end, name: Some(name), fixed: true, ..Self::default() }
    }
}

/// What stands before a day, a month or an edge of the year that is of every year.
const EVERY_YEAR: &[&str] =
    &["每逢", "每当", "每到", "每年", "每年的", "年年", "历年", "往年", "一年的", "每个", "每", "一到"];

/// Whether the festival, the month or the edge of the year at `from` is one of every year. (逢 says so of these; before a
/// day of the lunar calendar it mostly says that something falls on it: 适逢正月十五.)
fn is_of_every_year(text: &Folded, from: usize) -> bool {
    text.one_before(from, EVERY_YEAR).is_some() || text.has_before(from, "逢")
}

/// Verbs behind which 30日 is how long something is put off or lasts, and no day of a month.
pub(super) const LASTING: &[&str] =
    &["提前", "顺延", "延长", "延期", "逾期", "超期", "缩短", "拘留", "为期", "历时", "长达"];

/// Words right before a date that is still to come.
const AHEAD: &[&str] = &["将于", "定于", "拟于", "将在"];

/// Reads the dates of one block, in the order of the text.
#[derive(Clone, Debug)]
pub(super) struct Reader {
    anchor: Anchor,
    /// From where the year of the sentence was named up to here no sentence ends.
    year_at: usize,
}

impl Reader {
    /// A reader for the blocks of an article. Its days are counted from the one that its dateline names (12月31日电 on a
    /// page of 1 January), else from the page's.
    pub(super) fn new(head: &PageHead, dateline: Option<&str>) -> Self {
        let page: Option<Date> = head.date.as_deref().and_then(|d| d.get(..10)).and_then(|d| d.parse().ok());
        let told = dateline.and_then(|told| calendar::told_on(told, page));
        Self { anchor: Anchor { report: told.or(page), ..Anchor::default() }, year_at: 0 }
    }

    /// Forgets the dates of the block before.
    pub(super) fn restart(&mut self) {
        self.anchor.dated = None;
        self.anchor.sentence_year = None;
        self.anchor.last_year = None;
        self.anchor.told_year = None;
        self.anchor.said_year = None;
    }

    /// The date that begins at `from`, as a fact of block `block`, with where it ends in characters.
    pub(super) fn read(&mut self, text: &Folded, printed: &str, from: usize, block: u32) -> Option<(usize, Fact)> {
        if self.anchor.sentence_year.is_some() || self.anchor.said_year.is_some() {
            if (self.year_at..from).rev().take(SENTENCE_REACH).any(|i| sentence::ends_sentence(text, i)) {
                self.anchor.sentence_year = None;
                self.anchor.said_year = None;
            }
            self.year_at = from;
        }
        let mention = self.find(text, from)?;
        let fact = self.fact(text, printed, &mention, block);
        Some((mention.end, fact))
    }

    fn find(&self, text: &Folded, from: usize) -> Option<Mention> {
        let c = text.get(from);
        if let Some(plan) = plan::read(text, from) {
            let mut mention = Mention::of(from, Said { end: plan.end, parts: Parts::of_year(plan.years.0) });
            mention.until = Some(Parts::of_year(plan.years.1)).filter(|_| plan.years.0 != plan.years.1);
            return Some(mention);
        }
        if reign::may_open(c)
            && let Some(said) = reign::read(text, from)
        {
            return Some(Mention::of(from, absolute::after_year(text, said)));
        }
        if festival::may_open(c)
            && let Some(found) = festival::read(text, from, &self.anchor)
        {
            let mut mention = Mention { start: from, end: found.end, fixed: true, ..Mention::default() };
            mention.meant = found.resolved.as_deref().and_then(|r| r.trim_end_matches('~').parse().ok()).map(Parts::of);
            mention.about = found.resolved.is_some_and(|r| r.ends_with('~'));
            return Some(mention);
        }
        if absolute::first_month(text, from).is_some() {
            return absolute::number_range(text, from).or_else(|| absolute::read(text, from));
        }
        if crate::text::numeral::is_numeral(c) || matches!(c, '几' | '数' | '半') {
            if text.before(from) == '第' {
                return None;
            }
            // Most numbers are no dates, which what follows them says.
            let end = crate::text::numeral::read(text, from).map_or(from + 1, |n| n.end);
            if !may_be_date(text.get(end)) && !absolute::goes_on(text, from, end) {
                return None;
            }
            if is_name(text, from) {
                return None;
            }
            if let Some((end, name)) = decade::centuries(text, from) {
                return Some(Mention::named(from, end, name));
            }
            // The longer of the two readings: 5—6月 holds 6月 alone at its end.
            return relative::ago(text, from, &self.anchor)
                .or_else(|| absolute::number_range(text, from))
                .or_else(|| absolute::read(text, from));
        }
        if text.has(from, "公元") {
            return of_era(text, from);
        }
        if let Some(mention) = relative::read(text, from, &self.anchor) {
            return Some(mention);
        }
        time_alone(text, from)
    }

    fn fact(&mut self, text: &Folded, printed: &str, mention: &Mention, block: u32) -> Fact {
        let (start, end) = (text.byte(mention.start), text.end_byte(mention.end, printed));
        let is_time = mention.said.is_empty() && mention.said.clock.is_some();
        let kind = if is_time { FactKind::Time } else { FactKind::Date };
        let mut fact = Fact::new(kind, block, start, end);
        // 下午两点多.
        if is_time && text.word(mention.start, mention.end).contains('多') {
            fact.approx = Approx::Over;
        }
        let ahead = text.get(mention.end) == '将'
            || matches!(text.before(mention.start), '于' | '在' | '计' | '划')
                && [AHEAD, &["计划于", "预计", "计划"]]
                    .iter()
                    .any(|words| text.one_before(mention.start, words).is_some());
        let meant = if mention.fixed {
            mention.meant
        } else {
            let meant = self.end_of_stretch(text, mention).or_else(|| self.complete(text, mention, ahead));
            meant.map(|meant| if ahead { meant } else { self.of_the_past(text, mention, meant) })
        };
        let until = mention.until.map(|until| {
            let mut until = until;
            if until.year.is_none() {
                // 11月15日至3月15日: over New Year.
                let turns = meant.and_then(|m| m.month).zip(until.month).is_some_and(|(from, to)| to < from);
                until.year = meant.and_then(|m| m.year).map(|year| if turns { year + 1 } else { year });
            }
            if until.month.is_none() && until.day.is_some() {
                until.month = meant.and_then(|m| m.month);
            }
            until
        });
        let century_printed = || text.word(mention.start, mention.end).contains("世纪");
        let name = mention.name.as_deref().map(|name| self.anchor.past_decade(name, century_printed()));
        fact.value = match (&name, mention.until) {
            (Some(name), _) => Some(name.clone()),
            (None, Some(until)) if !mention.said.is_empty() => {
                let until = if mention.said.year.is_none() { Parts { year: None, ..until } } else { until };
                mention.said.edtf().zip(until.edtf()).map(|(a, b)| format!("{a}/{b}"))
            }
            _ => mention.said.edtf(),
        }
        .map(Value::Text);
        let resolved = meant.and_then(|m| m.edtf());
        fact.resolved = match (&name, until) {
            (Some(_), _) if mention.before.is_some() => None,
            (Some(name), _) => Some(self.anchor.of_century(text, mention.start, name)),
            (None, Some(until)) => resolved.clone().zip(until.edtf()).map(|(a, b)| format!("{a}/{b}")),
            _ if is_time => None,
            _ => resolved.clone().map(|r| if mention.about { r + "~" } else { r }),
        };
        let bounds = match until {
            Some(until) => resolved.zip(until.edtf()),
            None => meant.and_then(|m| m.bounds()),
        };
        fact.high = mention.before.and_then(|b| b.edtf()).map(Value::Text);
        if let Some((low, high)) = bounds {
            fact.low = Some(Value::Text(low));
            fact.high = Some(Value::Text(high));
        }
        fact.role = role(text, mention);
        self.remember(text, mention, meant, until, fact.role);
        fact
    }

    /// The month with which a stretch ends that the date before opened (从5月持续到11月): the next one behind that.
    fn end_of_stretch(&self, text: &Folded, mention: &Mention) -> Option<Parts> {
        const LONGEST: usize = 16;
        let said = &mention.said;
        if said.year.is_some() || !matches!(text.before(mention.start), '到' | '至') {
            return None;
        }
        let clause = sentence::clause_start(text, mention.start, LONGEST);
        (clause..mention.start).find(|&i| matches!(text.get(i), '从' | '自'))?;
        let (month, opened) = (said.month?, self.anchor.dated?);
        let year = opened.year? + i16::from(month < opened.month?);
        Some(Parts { year: Some(year), ..*said })
    }

    /// What a date means; months in a row are of the year that fits the last of them (1至8月).
    fn complete(&self, text: &Folded, mention: &Mention, ahead: bool) -> Option<Parts> {
        let said = &mention.said;
        if is_measure(text, mention)
            && let Some(meant) = self.anchor.before_dated(said)
        {
            return Some(meant);
        }
        // 选举将于5月举行。总统28日宣布…: the day on which it was said is not of the month to come.
        if said.month.is_none() && self.anchor.is_dated_ahead() && absolute::is_said(text, mention.end) {
            return Anchor { dated: None, ..self.anchor }.complete(said, ahead);
        }
        // 将在6月、9月和12月发放: the months of a list are of one year.
        let listed = said.year.is_none()
            && said.day.is_none()
            && mention.until.is_none()
            && matches!(text.before(mention.start), '、' | '和')
            && text.has_before(mention.start - 1, "月");
        if listed
            && let Some(before) = self.anchor.dated
            && before.day.is_none()
            && before.year.is_some()
            && said.month > before.month
        {
            return Some(Parts { year: before.year, ..*said });
        }
        let until = mention.until.filter(|u| u.year.is_none() && u.month >= said.month);
        if let Some(until) = until.filter(|_| said.year.is_none() && said.month.is_some() && said.day.is_none()) {
            let year = self.anchor.complete(&until, ahead)?.year;
            return Some(Parts { year, ..*said });
        }
        self.anchor.complete(said, ahead)
    }

    /// The day that is meant, a year earlier where it would be months ahead and nothing says that it is to come.
    fn of_the_past(&self, text: &Folded, mention: &Mention, meant: Parts) -> Parts {
        let alone = mention.said.year.is_none() && mention.said.month.is_some() && mention.said.day.is_some();
        let spoken = self.anchor.sentence_year.or(self.anchor.said_year);
        if !alone || spoken.is_some() || self.anchor.is_dated_ahead() || !self.anchor.is_far_ahead(&meant) {
            return meant;
        }
        // 3月10日9时至11时停水: hours are named beforehand.
        let of_any = is_of_every_year(text, mention.start) || mention.until.is_some_and(|until| until.clock.is_some());
        match meant.year {
            Some(year) if !of_any && !coming::is_to_come(text, mention.start, mention.end) => {
                Parts { year: Some(year - 1), ..meant }
            }
            _ => meant,
        }
    }

    /// What the dates behind it are counted from.
    fn remember(
        &mut self,
        text: &Folded,
        mention: &Mention,
        meant: Option<Parts>,
        until: Option<Parts>,
        role: Option<DateRole>,
    ) {
        let Some(meant) = meant else { return };
        if mention.counts_back {
            return;
        }
        if until.is_none_or(|until| until.year == meant.year) {
            self.tell(text, mention, meant.year, role);
        }
        // 与1997年初相比,…1月2日: what something is measured by.
        if is_measure(text, mention) {
            return;
        }
        if mention.names_year || names_topic(text, mention) {
            self.anchor.sentence_year = meant.year;
            self.year_at = mention.end;
        }
        if mention.about {
            return;
        }
        let last = text.before(mention.end);
        if meant.year.is_some() && mention.until.is_none() {
            self.anchor.last_year = meant.year;
            if meant.month.is_some() && meant.day.is_none() && role == Some(DateRole::Since) {
                // 1992年7月以来…，2日发表讲话: a month of that year, but no day of July.
                self.anchor.dated = Some(Parts { division: Some(40), ..meant });
            } else if meant.month.is_some() {
                self.anchor.dated = Some(meant);
            } else if let Some(month) = meant.division.and_then(calendar::last_month) {
                // 1995年上半年…，7月中旬: the year goes on.
                self.anchor.dated = Some(Parts { month: Some(month), ..meant });
            } else if last == '初' {
                // 1997年初…，到2月初: a month of that year, but no day of January.
                self.anchor.dated = Some(Parts { month: Some(1), division: Some(40), ..meant });
            }
        }
    }

    /// Keeps the year that is spoken of: 比1990年 and 到2000年 leave it.
    fn tell(&mut self, text: &Folded, mention: &Mention, year: Option<i16>, role: Option<DateRole>) {
        const AGAINST: &[&str] = &["比", "较", "与", "同", "跟", "自", "从", "相当于"];
        const REACH: usize = 20;
        let Some(year) = year else { return };
        let to_come = self.anchor.year(0).is_some_and(|page| page < year);
        // 是2010年的近3倍: what it is measured by.
        let measure = text.get(mention.end) == '的' && matches!(text.before(mention.start), '是' | '为' | '占' | '达');
        let against = measure || text.one_before(mention.start, AGAINST).is_some();
        if !against && (self.anchor.told_year.is_none() || !to_come) {
            self.anchor.told_year = Some(year);
        }
        let printed = mention.said.year.is_some() || mention.names_year;
        // 1994年建成的厂,年初…: the year of something else.
        let recent = self.anchor.year(-1).is_some_and(|last| last <= year);
        let clause = mention.end..sentence::clause_end(text, mention.end, REACH);
        let of_something = text.get(mention.end) == '的' || !recent && clause.into_iter().any(|i| text.get(i) == '的');
        if printed && !to_come && !against && !of_something && role != Some(DateRole::Since) {
            self.anchor.said_year = Some(year);
            self.year_at = mention.end;
        }
    }
}

/// Whether the date is what something is measured by: 比2月份增加, 与去年年初相比.
fn is_measure(text: &Folded, mention: &Mention) -> bool {
    const REACH: usize = 12;
    match text.before(mention.start) {
        '比' | '较' => true,
        '与' | '同' | '跟' | '和' => {
            let end = sentence::clause_end(text, mention.end, REACH);
            (mention.end..end).any(|i| text.one_of(i, &["相比", "比较", "相较"]).is_some())
        }
        _ => false,
    }
}

/// 1996年,…5月3日: a year alone at the opening of its sentence, which the months of the sentence are of.
fn names_topic(text: &Folded, mention: &Mention) -> bool {
    let alone = mention.said == Parts { year: mention.said.year, ..Parts::default() };
    if mention.said.year.is_none() || !alone || mention.until.is_some() || text.before(mention.end) != '年' {
        return false;
    }
    let opens = sentence::sentence_start(text, mention.start, 2) + 1 >= mention.start;
    let at = mention.start - usize::from(mention.start > 0 && text.before(mention.start) == '在');
    let opens = opens && (at == 0 || !crate::text::is_cjk(text.before(at)) && text.before(at) != ',');
    opens && text.get(mention.end) == ','
}

/// Whether the number at `from`, in Chinese, stands in the title of a work (《永远的五月》) or begins the name of an event
/// (“十二月事变”).
fn is_name(text: &Folded, from: usize) -> bool {
    const LONGEST: usize = 12;
    const EVENTS: &[&str] = &["事变", "起义", "革命", "惨案", "党人", "暴动"];
    if text.get(from).is_ascii_digit() {
        return false;
    }
    let number = crate::text::numeral::read(text, from);
    if number.as_ref().is_some_and(|n| n.positional) {
        return false;
    }
    let end = number.map_or(from + 1, |n| n.end);
    let event = || (from..from + 6).any(|i| text.one_of(i, EVENTS).is_some());
    let before = text.before(from);
    let mut back = (from.saturating_sub(LONGEST)..from).rev().map(|i| text.get(i));
    // “五月的风”: the name of a sculpture.
    let titled = || text.has(end, "月的") && (end + 2..end + 7).any(|i| text.get(i) == '”');
    // 十月革命: also without quotation marks.
    let revolution = text.one_of(end, &["月革命", "月党人"]).is_some();
    revolution || before == '“' && (event() || titled()) || back.find(|c| matches!(c, '《' | '》' | '。')) == Some('《')
}

/// Whether what follows a number, `next` first, can belong to a date.
fn may_be_date(next: char) -> bool {
    matches!(
        next,
        '年' | '月'
            | '日'
            | '号'
            | '天'
            | '周'
            | '个'
            | '多'
            | '世'
            | '季'
            | '—'
            | '-'
            | '~'
            | '至'
            | '到'
            | '/'
            | '.'
            | '上'
            | '下'
    )
}

/// 公元前221年, 公元1998年.
fn of_era(text: &Folded, from: usize) -> Option<Mention> {
    let before = text.get(from + 2) == '前';
    let at = from + 2 + usize::from(before);
    let n = crate::text::numeral::read(text, at).filter(|n| text.get(n.end) == '年' && n.low < 9999.0)?;
    let year = if before { 1 - n.low as i16 } else { n.low as i16 };
    Some(Mention::of(from, Said { end: n.end + 1, parts: Parts::of_year(year) }))
}

/// 上午9时: a time of the day the paragraph is about, as it is printed.
fn time_alone(text: &Folded, from: usize) -> Option<Mention> {
    let found = clock::read(text, from, false)?;
    found.at?;
    let parts = Parts { clock: found.at, ..Parts::default() };
    Some(Mention { fixed: true, ..Mention::of(from, Said { end: found.end, parts }) })
}

/// Whether the date ends a span (截至, 到…止) or begins one (从…起, …以来).
fn role(text: &Folded, mention: &Mention) -> Option<DateRole> {
    let before = text.before(mention.start);
    if matches!(before, '至' | '到' | '止')
        && text.one_before(mention.start, &["截至", "截止到", "截止", "截至到", "截止至"]).is_some()
        || text.one_of(mention.end, &["为止", "止"]).is_some()
    {
        return Some(DateRole::Until);
    }
    if text.one_of(mention.end, &["以来", "开始", "起"]).is_some() && !text.has(mention.end, "起来") {
        return Some(DateRole::Since);
    }
    let from = matches!(before, '从' | '自');
    (from && text.one_of(mention.end, &["到", "至"]).is_none()).then_some(DateRole::Since)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "2018-08-15";

    #[track_caller]
    fn check_on(page: &str, text: &str, expected: &[(&str, &str, &str)]) {
        let folded = Folded::new(text);
        let mut reader = Reader::new(&PageHead { date: Some(page.into()), ..PageHead::default() }, None);
        let mut found = Vec::new();
        let mut at = 0;
        while at < folded.len() {
            if let Some((end, fact)) = reader.read(&folded, text, at, 0) {
                let value = match fact.value {
                    Some(Value::Text(v)) => v,
                    _ => String::new(),
                };
                let printed = text[fact.start as usize..fact.end as usize].to_owned();
                found.push((printed, value, fact.resolved.unwrap_or_default()));
                at = end;
            } else {
                at += 1;
                // As the scan does, a number is read from its start only.
                while at < folded.len()
                    && crate::text::numeral::is_numeral(folded.get(at))
                    && crate::text::numeral::is_numeral(folded.get(at - 1))
                {
                    at += 1;
                }
            }
        }
        let found: Vec<_> = found.iter().map(|(a, b, c)| (a.as_str(), b.as_str(), c.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str, &str)]) {
        check_on(PAGE, text, expected);
    }

    #[test]
    fn printed_in_full() {
        check("2018年8月10日启动", &[("2018年8月10日", "2018-08-10", "2018-08-10")]);
        check("１９９４年７月５日", &[("１９９４年７月５日", "1994-07-05", "1994-07-05")]);
        check("一九九七年底", &[("一九九七年底", "1997", "1997")]);
        check("二○一八年八月", &[("二○一八年八月", "2018-08", "2018-08")]);
        check("2018年度读书会", &[("2018年度", "2018", "2018")]);
        check("2017年上半年", &[("2017年上半年", "2017-40", "2017-40")]);
        check("2017年第三季度", &[("2017年第三季度", "2017-35", "2017-35")]);
        check("2018-08-10公布", &[("2018-08-10", "2018-08-10", "2018-08-10")]);
        check("1993—1997年", &[("1993—1997年", "1993/1997", "1993/1997")]);
        check("20世纪90年代初", &[("20世纪90年代初", "199X", "199X")]);
    }

    #[test]
    fn year_left_out() {
        check("截至8月10日，", &[("8月10日", "XXXX-08-10", "2018-08-10")]);
        check("8月，大学新生", &[("8月", "XXXX-08", "2018-08")]);
        check("8月初开始", &[("8月初", "XXXX-08", "2018-08")]);
        check("6月18日上午，", &[("6月18日上午", "XXXX-06-18", "2018-06-18")]);
        check("８月３日至５日", &[("８月３日至５日", "XXXX-08-03/XXXX-08-05", "2018-08-03/2018-08-05")]);
        check("5—6月份", &[("5—6月份", "XXXX-05/XXXX-06", "2018-05/2018-06")]);
        check("13日召开", &[("13日", "XXXX-XX-13", "2018-08-13")]);
        check_on("1997-12-31", "十一月二十六日十七时", &[("十一月二十六日十七时", "XXXX-11-26T17", "1997-11-26T17")]);
    }

    #[test]
    fn in_words() {
        check("去年7月，某厂", &[("去年7月", "XXXX-07", "2017-07")]);
        check("今年以来，", &[("今年", "", "2018")]);
        check("今年年初，", &[("今年年初", "", "2018")]);
        check("上半年成效", &[("上半年", "XXXX-40", "2018-40")]);
        check("去年下半年", &[("去年下半年", "XXXX-41", "2017-41")]);
        check("昨晚8时", &[("昨晚8时", "", "2018-08-14T20")]);
        check("今天下午在杭", &[("今天下午", "", "2018-08-15")]);
        check("本月中旬", &[("本月中旬", "", "2018-08")]);
        check("本月22日至23日", &[("本月22日至23日", "XXXX-XX-22/XXXX-XX-23", "2018-08-22/2018-08-23")]);
        check("上周五，", &[("上周五", "", "2018-08-10")]);
        check("近日，工会", &[("近日", "", "")]);
        check("今年前7个月", &[("今年前7个月", "", "2018-01/2018-07")]);
        check("去年头两个月", &[("去年头两个月", "", "2017-01/2017-02")]);
        check("今年前7名", &[("今年", "", "2018")]);
        check("今年前三季度", &[("今年前三季度", "", "2018-01/2018-09")]);
        check("“十三五”期间", &[("“十三五”期间", "2016/2020", "2016/2020")]);
        check("春节前夕", &[("春节前夕", "", "2018-02-16~")]);
        check("十多年前，", &[("十多年前", "-10y", "")]);
        check("二十余年前，", &[("二十余年前", "-20y", "")]);
        check("三年前，", &[("三年前", "", "2015")]);
    }

    #[test]
    fn carried_over() {
        check("2016年3月成立，5月开会", &[("2016年3月", "2016-03", "2016-03"), ("5月", "XXXX-05", "2016-05")]);
        check("去年春天，7月", &[("去年春天", "XXXX-21", "2017-21"), ("7月", "XXXX-07", "2017-07")]);
        check("7月3日启动，5日结束", &[("7月3日", "XXXX-07-03", "2018-07-03"), ("5日", "XXXX-XX-05", "2018-07-05")]);
        check("去年元月，", &[("去年元月", "XXXX-01", "2017-01")]);
        check_on("2018-01-16", "元月6日上午，", &[("元月6日上午", "XXXX-01-06", "2018-01-06")]);
        check("去年。7月，", &[("去年", "", "2017"), ("7月", "XXXX-07", "2018-07")]);
    }

    #[test]
    fn one_year_back() {
        let years = |text: &str, expected: &[&str]| {
            let (folded, mut at, mut found) = (Folded::new(text), 0, Vec::new());
            let mut reader = Reader::new(&PageHead { date: Some(PAGE.into()), ..PageHead::default() }, None);
            while at < folded.len() {
                let read = reader.read(&folded, text, at, 0);
                at = read.as_ref().map_or(at + 1, |(end, _)| *end);
                found.extend(read.and_then(|(_, fact)| fact.resolved));
            }
            assert_eq!(found, expected, "{text}");
        };
        years("去年税收比上年增长,利润比上年增长", &["2017", "2016", "2016"]);
        years("比去年增长,比上年增长", &["2017", "2017"]);
        years("截至去年末,存款比年初增加", &["2017", "2017"]);
        years("去年元旦,今年春节期间", &["2017-01-01", "2018-02-16~"]);
        years("今晚7时至10时", &["2018-08-15T19/2018-08-15T22"]);
        years("截至今天上午", &["2018-08-15"]);
        years("直至今日,有今天的大家", &[]);
        years("每年年底,次年初夏", &[]);
    }

    #[test]
    fn no_dates() {
        for text in [
            "历时3年",
            "三年内",
            "2000年历史",
            "两日游",
            "3日内办结",
            "一线职工",
            "第三日",
            "每月",
            "月收入",
            "连续10年",
            "如今日子好",
            "光明日报",
            "美好的明天",
            "五一劳动奖章",
            "“十三五”规划",
            "15号楼",
            "3.15晚会",
            "数月",
            "个半月",
            "最近日子",
            "以上半年报",
            "八月饼",
            "十日谈",
            "85:79",
            "三点意见",
            "八元月租",
        ] {
            check(text, &[]);
        }
    }
}
