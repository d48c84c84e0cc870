//! Parts of a date, their EDTF, and which year or month is meant where the text leaves it out.

use jiff::civil::Date;

use crate::text::Folded;

/// A third of a month or a year's edge, which EDTF cannot name: it stands in the bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Third {
    /// 初, 上旬.
    Early,
    /// 中, 中旬.
    Middle,
    /// 底, 末, 下旬.
    Late,
    /// 上中旬.
    EarlyMiddle,
    /// 中下旬.
    MiddleLate,
}

/// A date as far as it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    /// The year.
    pub year: Option<i16>,
    /// Season, quarter or half year, as EDTF numbers them: 21–24, 33–36, 40–41.
    pub division: Option<u8>,
    /// The month.
    pub month: Option<i8>,
    /// Which third of it.
    pub third: Option<Third>,
    /// The day.
    pub day: Option<i8>,
    /// Hour and minute.
    pub clock: Option<(i8, Option<i8>)>,
}

impl Parts {
    /// Of a year.
    pub(super) fn of_year(year: i16) -> Self {
        Self { year: Some(year), ..Self::default() }
    }

    /// Of a day.
    pub(super) fn of(date: Date) -> Self {
        Self { year: Some(date.year()), month: Some(date.month()), day: Some(date.day()), ..Self::default() }
    }

    /// Whether nothing of a calendar date is known.
    pub(super) fn is_empty(&self) -> bool {
        self.year.is_none() && self.division.is_none() && self.month.is_none() && self.day.is_none()
    }

    /// Its EDTF: 2018, 2018-41, XXXX-08-10, XXXX-XX-03, 1997-12-28T18.
    pub(super) fn edtf(&self) -> Option<String> {
        const LONGEST: usize = "-0000-00-00T00:00".len();
        let mut written = String::with_capacity(LONGEST);
        if self.is_empty() {
            self.clock?;
            self.write_clock(&mut written);
            return Some(written);
        }
        match self.year {
            Some(year) => {
                if year < 0 {
                    written.push('-');
                }
                write_digits(&mut written, year.unsigned_abs(), 4);
            }
            None => written.push_str("XXXX"),
        }
        if let Some(division) = self.division {
            written.push('-');
            write_digits(&mut written, division.into(), 2);
            return Some(written);
        }
        match (self.month, self.day) {
            (Some(month), _) => write_part(&mut written, '-', month),
            (None, Some(_)) => written.push_str("-XX"),
            (None, None) => {}
        }
        if let Some(day) = self.day {
            write_part(&mut written, '-', day);
            self.write_clock(&mut written);
        }
        Some(written)
    }

    fn write_clock(&self, written: &mut String) {
        if let Some((hour, minute)) = self.clock {
            write_part(written, 'T', hour);
            if let Some(minute) = minute {
                write_part(written, ':', minute);
            }
        }
    }

    /// First and last day of a third of a month.
    pub(super) fn bounds(&self) -> Option<(String, String)> {
        let (third, month) = (self.third?, self.month?);
        let last = self.year.and_then(|y| Date::new(y, month, 1).ok()).map(|d| d.last_of_month().day());
        let last = last.unwrap_or(if month == 2 {
            28
        } else if matches!(month, 4 | 6 | 9 | 11) {
            30
        } else {
            31
        });
        let (low, high) = match third {
            Third::Early => (1, 10),
            Third::Middle => (11, 20),
            Third::Late => (21, last),
            Third::EarlyMiddle => (1, 20),
            Third::MiddleLate => (11, last),
        };
        let day = |d| Self { day: Some(d), third: None, clock: None, ..*self }.edtf();
        Some((day(low)?, day(high)?))
    }

    /// Whether such a day exists.
    pub(super) fn is_valid(&self) -> bool {
        let month = self.month.unwrap_or(1);
        let day = self.day.unwrap_or(1);
        (1..=12).contains(&month) && (1..=31).contains(&day) && {
            // Without a year, February has 29 days.
            Date::new(self.year.unwrap_or(2000).clamp(1, 9999), month, day).is_ok()
        }
    }
}

/// A month, day, hour or minute in two digits, behind its mark.
fn write_part(written: &mut String, mark: char, number: i8) {
    written.push(mark);
    write_digits(written, number.unsigned_abs().into(), 2);
}

/// A number in so many digits at least.
fn write_digits(written: &mut String, number: u16, width: u32) {
    let width = width.max(number.checked_ilog10().map_or(1, |log| log + 1));
    let digits = (0..width).rev().filter_map(|place| char::from_digit(u32::from(number) / 10u32.pow(place) % 10, 10));
    written.extend(digits);
}

/// The last month of a half year or quarter, or of a season about.
pub(super) fn last_month(division: u8) -> Option<i8> {
    match division {
        21 => Some(4),
        22 => Some(7),
        23 => Some(10),
        33 => Some(3),
        34 | 40 => Some(6),
        35 => Some(9),
        24 | 36 | 41 => Some(12),
        _ => None,
    }
}

/// What the dates of a text are counted from: the day of the report, and the dates read before in the same block.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Anchor {
    /// The day of the report: that of its dateline, else of its page.
    pub report: Option<Date>,
    /// The last date of this block that was read with its month.
    pub dated: Option<Parts>,
    /// The last year named in the sentence that is read.
    pub sentence_year: Option<i16>,
    /// The last year named in the block, however it was named.
    pub last_year: Option<i16>,
    /// The last year that the block speaks of: none that something is compared with, none to come.
    pub told_year: Option<i16>,
    /// The last year printed in the sentence that is read, of those that the block speaks of.
    pub said_year: Option<i16>,
}

/// Days that a report is printed after the day of its dateline, at most: what is older was printed for another reason.
const LATEST: i32 = 45;
/// The same where the dateline names no month: a day that is misread would be one of the month before.
const LATEST_OF_DAY: i32 = 10;

/// The day of a dateline in EDTF (XXXX-12-31) on a page of this day. Without one the dateline must name its year.
pub(super) fn told_on(told: &str, page: Option<Date>) -> Option<Date> {
    let Some(page) = page else { return told.parse().ok() };
    let (year, day) = told.split_once('-')?;
    let (month, day) = day.split_once('-')?;
    let day: i8 = day.parse().ok()?;
    let last_month = page.first_of_month().yesterday().ok()?;
    let (dates, latest): ([Option<Date>; 2], i32) = match (year.parse(), month.parse()) {
        (Ok(year), Ok(month)) => ([Date::new(year, month, day).ok(), None], LATEST),
        (_, Ok(month)) => ([page.year(), page.year() - 1].map(|year| Date::new(year, month, day).ok()), LATEST),
        _ => ([page, last_month].map(|of| Date::new(of.year(), of.month(), day).ok()), LATEST_OF_DAY),
    };
    let days = |date: &Date| page.since(*date).map_or(-1, |days| days.get_days());
    dates.into_iter().flatten().find(|date| (0..=latest).contains(&days(date)))
}

impl Anchor {
    /// The decade that XX9X means behind 上世纪 or 本世纪, counted from the page's century.
    pub(super) fn of_century(&self, text: &Folded, at: usize, name: &str) -> String {
        let last = text.one_before(at, &["上世纪", "上个世纪", "上一世纪"]).map(|_| 1);
        let shift = last.or_else(|| text.one_before(at, &["本世纪"]).map(|_| 0));
        let (Some(page), Some(shift)) = (self.report, shift) else { return name.to_owned() };
        let decade = |name: &str| match name.strip_prefix("XX") {
            Some(decade) => format!("{:02}{decade}", page.year() / 100 - shift),
            None => name.to_owned(),
        };
        name.split('/').map(decade).collect::<Vec<_>>().join("/")
    }

    /// The name of a decade (202X) without its century, of the century before where the report is older than the decade.
    pub(super) fn past_decade(&self, name: &str, century_printed: bool) -> String {
        const TENS: i16 = 2010;
        let old = !century_printed && self.report.is_some_and(|report| report.year() < TENS);
        if old && name.starts_with("20") { name.replace("20", "19") } else { name.to_owned() }
    }

    /// The date that is meant: what the text leaves out is taken from the dates before it, else from the day of the
    /// report.
    ///
    /// A month without a year is the nearest to that day, a little rather a past one; `ahead` (将于…) the next.
    pub(super) fn complete(&self, said: &Parts, ahead: bool) -> Option<Parts> {
        let mut meant = *said;
        if meant.year.is_some() {
            return Some(meant);
        }
        if let Some(year) = self.sentence_year
            && (meant.month.is_some() || meant.division.is_some())
        {
            // 去年12月起…,1月5日将: over New Year, where that is about the day of the report.
            let turns = self.dated.is_some_and(|d| {
                d.year == Some(year) && d.month.zip(meant.month).is_some_and(|(before, month)| month + 6 < before)
            }) && self.is_near(year + 1, meant.month, meant.day);
            meant.year = Some(if turns { year + 1 } else { year });
            return Some(meant);
        }
        if meant.month.is_none() && meant.day.is_some() {
            return self.month_of_day(said, ahead);
        }
        if let (Some(month), Some(Parts { year: Some(year), month: Some(before), .. })) = (meant.month, self.dated) {
            // 2016年3月…，5月…: the year goes on, over New Year too when the months turn over by much.
            let page_year = self.report.map(Date::year);
            // 1992年…。3月将举行…: what is to come is not of a year that is over.
            let latest = year + i16::from(month + 6 < before);
            let over = ahead && page_year.is_some_and(|page_year| latest < page_year);
            if page_year != Some(year) && !over {
                let turns = month + 6 < before;
                // 1993年9月…。1月8日…: a day shortly before the report, and none of a past New Year.
                let news = turns && page_year != Some(year + 1) && meant.day.is_some();
                if let (true, Some(page_year)) = (news && self.said_year.is_none(), page_year)
                    && self.is_near(page_year, meant.month, meant.day)
                {
                    meant.year = Some(page_year);
                    return Some(meant);
                }
                meant.year = Some(if turns { year + 1 } else { year });
                return Some(meant);
            }
        }
        // 1月10日…，将于1月11日关闭: the next day of those that are told of.
        if let (true, Some(Parts { year: Some(year), month: Some(before), day: Some(last), .. })) = (ahead, self.dated)
            && meant.day.is_some_and(|day| (meant.month, day) >= (Some(before), last))
        {
            meant.year = Some(year);
            return Some(meant);
        }
        let page = self.report?;
        if meant.division.is_some() || meant.month.is_none() {
            meant.year = Some(self.year_of_division(meant.division, page, ahead));
            return Some(meant);
        }
        let month = meant.month?;
        let day = meant.day.unwrap_or(if month == page.month() { page.day() } else { 15 });
        let distance = |year: i16| -> Option<i32> {
            let last = Date::new(year, month, 1).ok()?.last_of_month().day();
            let days = Date::new(year, month, day.min(last)).ok()?.since(page).ok()?.get_days();
            Some(if ahead {
                if days < 0 { 1000 - days } else { days }
            } else if days > 0 {
                days + days / 3
            } else {
                -days
            })
        };
        let years = [page.year(), page.year() - 1, page.year() + 1];
        meant.year = years.into_iter().filter_map(|y| Some((distance(y)?, y))).min_by_key(|(d, _)| *d).map(|(_, y)| y);
        Some(meant)
    }

    /// The month that the one named before is measured by: of the same year, or of the year before that.
    pub(super) fn before_dated(&self, said: &Parts) -> Option<Parts> {
        let (None, Some(month), Some(dated)) = (said.year, said.month, self.dated) else { return None };
        let year = dated.year? - i16::from(month > dated.month?);
        Some(Parts { year: Some(year), ..*said })
    }

    /// Whether the date that was named before is of a month to come.
    pub(super) fn is_dated_ahead(&self) -> bool {
        let report = self.report.map(|report| (Some(report.year()), Some(report.month())));
        self.dated.zip(report).is_some_and(|(dated, report)| (dated.year, dated.month) > report)
    }

    /// Whether a day is so far ahead of the day of the report that news would say so.
    pub(super) fn is_far_ahead(&self, meant: &Parts) -> bool {
        const FAR: i32 = 45;
        let (Some(report), Some(year), Some(month), Some(day)) = (self.report, meant.year, meant.month, meant.day)
        else {
            return false;
        };
        let ahead = Date::new(year, month, day).ok().and_then(|date| date.since(report).ok());
        ahead.is_some_and(|ahead| ahead.get_days() > FAR)
    }

    /// The year of a half year or quarter: that of its sentence; in a paragraph of last year, last year's where this year's
    /// is still to begin; else the page's.
    fn year_of_division(&self, division: Option<u8>, page: Date, ahead: bool) -> i16 {
        if let Some(year) = self.said_year {
            return year;
        }
        let length = if matches!(division, Some(40 | 41)) { 5 } else { 2 };
        let to_begin = division.and_then(last_month).is_some_and(|last| last - length > page.month());
        // 1997年…,上半年… in January.
        let to_begin = to_begin || division == Some(40) && page.month() == 1;
        let last_year = page.year() - 1;
        if to_begin && !ahead && self.told_year == Some(last_year) { last_year } else { page.year() }
    }

    /// Whether a day or month is within two months of the day of the report.
    fn is_near(&self, year: i16, month: Option<i8>, day: Option<i8>) -> bool {
        const NEAR: i32 = 60;
        let date = month.and_then(|month| Date::new(year, month, day.unwrap_or(15)).ok());
        let days = date.zip(self.report).and_then(|(date, report)| Some(date.since(report).ok()?.get_days().abs()));
        days.is_some_and(|days| days <= NEAR) && self.report.is_some_and(|report| report.year() == year)
    }

    /// A day without its month: of the month that was named before in this block, else the nearest such day (`ahead`: the
    /// next one).
    fn month_of_day(&self, said: &Parts, ahead: bool) -> Option<Parts> {
        let day = said.day?;
        let mut meant = *said;
        if let Some(Parts { year, month: Some(month), division: None, .. }) = self.dated {
            meant.month = Some(month);
            meant.year = year;
            if meant.is_valid() {
                return Some(meant);
            }
        }
        let page = self.report?;
        let mut first = page.first_of_month();
        if ahead && day < page.day() {
            first = first.checked_add(jiff::Span::new().months(1)).ok()?;
        } else if !ahead && day > page.day() {
            let before = first.checked_sub(jiff::Span::new().months(1)).ok()?;
            // 27日 on the 15th is this month's, 30日 on the 3rd the last one's: the nearer.
            let past = Date::new(before.year(), before.month(), day).ok().and_then(|last| page.since(last).ok());
            let is_past = past.is_some_and(|past| past.get_days() < i32::from(day - page.day()));
            first = if is_past { before } else { first };
        }
        meant.year = Some(first.year());
        meant.month = Some(first.month());
        meant.is_valid().then_some(meant)
    }

    /// The day of the report moved by `days`.
    pub(super) fn day(&self, days: i32) -> Option<Parts> {
        let moved = self.report?.checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
        Some(Parts::of(moved))
    }

    /// The month of the report moved by `months`.
    pub(super) fn month(&self, months: i32) -> Option<Parts> {
        let moved = self.report?.first_of_month().checked_add(jiff::Span::new().try_months(months).ok()?).ok()?;
        Some(Parts { day: None, ..Parts::of(moved) })
    }

    /// The year of the report moved by `years`.
    pub(super) fn year(&self, years: i16) -> Option<i16> {
        Some(self.report?.year() + years)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn meant(page: &str, month: Option<i8>, day: Option<i8>, ahead: bool, expected: &str) {
        let anchor = Anchor { report: page.parse().ok(), ..Anchor::default() };
        let said = Parts { month, day, ..Parts::default() };
        assert_eq!(anchor.complete(&said, ahead).and_then(|p| p.edtf()).as_deref(), Some(expected));
    }

    #[test]
    fn the_nearest_year_is_meant() {
        meant("2018-08-15", Some(8), Some(10), false, "2018-08-10");
        meant("1998-01-15", Some(12), Some(28), false, "1997-12-28");
        meant("2018-12-20", Some(1), None, false, "2019-01");
        meant("2018-08-15", Some(12), None, false, "2018-12");
        meant("2018-08-15", Some(3), None, true, "2019-03");
    }

    #[test]
    fn a_dateline_tells_the_day_of_a_report() {
        let told = |told: &str, page: &str| told_on(told, page.parse().ok()).map(|d| d.to_string());
        assert_eq!(told("XXXX-12-31", "1998-01-01").as_deref(), Some("1997-12-31"));
        assert_eq!(told("XXXX-08-13", "2018-08-15").as_deref(), Some("2018-08-13"));
        assert_eq!(told("XXXX-XX-30", "2018-08-02").as_deref(), Some("2018-07-30"));
        assert_eq!(told("XXXX-XX-31", "2018-08-02").as_deref(), Some("2018-07-31"));
        assert_eq!(told("2018-08-13", "").as_deref(), Some("2018-08-13"));
        // Later than its page, or long before it.
        for day in ["XXXX-08-16", "XXXX-06-15", "2017-08-14", "XXXX-02-30", "XXXX-08-13T09"] {
            assert_eq!(told(day, "2018-08-15"), None, "{day}");
        }
    }

    #[test]
    fn a_day_is_the_nearest_such_day() {
        meant("1998-01-15", None, Some(27), false, "1998-01-27");
        meant("1998-01-15", None, Some(31), false, "1997-12-31");
        meant("1998-01-20", None, Some(19), false, "1998-01-19");
        meant("1998-01-03", None, Some(30), false, "1997-12-30");
        meant("1998-01-20", None, Some(3), true, "1998-02-03");
        meant("1998-01-20", None, Some(23), true, "1998-01-23");
    }

    #[test]
    fn edtf_of_parts() {
        assert_eq!(Parts { month: Some(8), ..Parts::default() }.edtf().as_deref(), Some("XXXX-08"));
        assert_eq!(Parts { day: Some(3), ..Parts::default() }.edtf().as_deref(), Some("XXXX-XX-03"));
        assert_eq!(Parts { division: Some(40), ..Parts::of_year(2018) }.edtf().as_deref(), Some("2018-40"));
        assert_eq!(Parts { clock: Some((9, Some(5))), ..Parts::default() }.edtf().as_deref(), Some("T09:05"));
        assert_eq!(Parts::default().edtf(), None);
        let day = Parts { month: Some(12), day: Some(28), clock: Some((18, None)), ..Parts::of_year(-220) };
        assert_eq!(day.edtf().as_deref(), Some("-0220-12-28T18"));
        assert_eq!(Parts::of_year(713).edtf().as_deref(), Some("0713"));
        let late = Parts { month: Some(2), third: Some(Third::Late), ..Parts::of_year(2024) };
        assert_eq!(late.bounds(), Some(("2024-02-21".into(), "2024-02-29".into())));
    }
}
