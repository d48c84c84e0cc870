//! What the lines of a page's head, or a site's lines beside a story, say of the page: the paper's name, the date, the page's
//! number and name. An input without metadata leaves these open.
//!
//! Lines whose parts stand in any order are read by `folio`; here are those that need a form of their own to be told from
//! text: one part alone, or a story's title among the parts.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::{Captures, Regex};

use crate::layout::furniture::{LONGEST, MASTHEAD_LINES, is_frame, is_furniture, is_masthead, is_paper};
use crate::layout::{border, folio, glyph};
use crate::record::PageHead;
use crate::text::is_cjk;

/// The page's number, with its name or without: 第3版, A02版：要闻, 03 综合新闻.
static FOLIO: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:第?\s*(?P<number>[A-Za-z]?\d{1,5}|[一二三四五六七八九十]{1,3})\s*版\s*(?:[:：·\s]\s*(?P<section>[\p{Han}·、]{1,12})|[(（](?P<bracketed>[\p{Han}·、]{0,12})[)）])?",
        r"|(?P<alone>\d{2,3}|[A-Z]\d{1,2})(?:\s+|\s*[|｜]\s*)(?P<name>[\p{Han}]{2,6}(?:·[\p{Han}]{2,6})?)",
        r"|\d\s+(?:要闻|综合|综合新闻|工运|工会新闻|副刊|专题|专版|时事|广告|职场|视点|深度|热点|新闻))$"
    ))
    .ok()
});
/// A day, behind the paper's name or alone: 2018年8月15日 星期三.
static DATE_LINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:[\p{Han}]{2,12}\s+)?(?P<year>\d{4})\s*(?:年|-|/|\.)\s*(?P<month>\d{1,2})\s*(?:月|-|/|\.)\s*(?P<day>\d{1,2})\s*日?",
        r"(?:\s*(?:星期|周)[一二三四五六日天])?(?:\s*农历[\p{Han}]{2,10})?(?:\s*第?\s*[A-Za-z]?\d{1,5}\s*版[:：]?\s*[\p{Han}]{0,8})?$"
    ))
    .ok()
});
/// The title of a digital edition: 职工时报 数字报纸.
static DIGITAL: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?P<paper>[\p{Han}]{2,14}?)\s*[-—·|]?\s*(?:数字报纸?|电子版|数字版)$").ok());
/// What a site prints below a story, its title among it: 职工时报 工会 00002 送清凉 2018-08-21.
static TRAILER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?P<paper>[\p{Han}]{2,14})\s+(?P<section>[\p{Han}·、]{1,14})\s+(?P<number>[A-Za-z]?\d{1,6})\s+(?P<title>\S.*?)\s+",
        r"(?P<year>\d{4})[-年/.](?P<month>\d{1,2})[-月/.](?P<day>\d{1,2})日?",
        r"(?:\s+\d{1,3})?(?:\s+\d{4}年\d{1,2}月\d{1,2}日)?(?:\s+星期[一二三四五六日天])?$"
    ))
    .ok()
});

/// Where an archive or a site says which paper, day and page a text is from, each form with its own beginning: 《职工时报》（2018年8月15日
/// 02版）, 2018年8月15日职工时报 第2版, （2018年8月15日） 来源：职工时报, 出版日期：2018年8月15日.
static SOURCES: LazyLock<[Option<Regex>; 4]> = LazyLock::new(|| {
    const DAY: &str = r"(?P<year>\d{4})\s*[年-]\s*(?P<month>\d{1,2})\s*[月-]\s*(?P<day>\d{1,2})\s*日?";
    const PAGE: &str = r"(?:\s*第?\s*(?P<number>[A-Za-z]?\d{1,3})\s*版)?";
    [
        format!(r"^《(?P<paper>[\p{{Han}}]{{2,14}})》\s*[(（]\s*{DAY}{PAGE}\s*[)）]$"),
        format!(r"^{DAY}\s*(?P<paper>[\p{{Han}}]{{2,12}}报){PAGE}$"),
        format!(r"^[(（]\s*{DAY}\s*[)）]\s*来源\s*[:：]\s*(?P<paper>[\p{{Han}}]{{2,12}})$"),
        format!(r"^出版(?:日期|时间)\s*[:：]\s*{DAY}{PAGE}$"),
    ]
    .map(|form| Regex::new(&form).ok())
});

/// What one of [`SOURCES`] found.
fn source(line: &str) -> Option<HeadFacts> {
    let [quoted, bare, bracketed, labelled] = &*SOURCES;
    // Each form has more than its beginning that is rare.
    let (may_be, form) = match line.chars().next()? {
        '《' => (line.ends_with([')', '）']), quoted),
        '(' | '（' => (line.contains("来源"), bracketed),
        '出' => (line.starts_with("出版"), labelled),
        c => (c.is_numeric() && line.ends_with(['报', '版']), bare),
    };
    // The digits of a day.
    if !may_be || line.chars().filter(|c| c.is_numeric()).nth(5).is_none() {
        return None;
    }
    captures(form.as_ref(), line).map(|found| HeadFacts::of(&found, &[]))
}

/// A pattern of a whole line, and what tells at a small part of its cost that a line is nothing of the kind.
type Pattern = (fn(&str) -> bool, &'static LazyLock<Option<Regex>>);

static PATTERNS: [Pattern; 4] =
    [(may_be_folio, &FOLIO), (may_be_date_line, &DATE_LINE), (may_be_digital, &DIGITAL), (may_be_trailer, &TRAILER)];

/// Whether the character opens a page's number: a digit, a letter, 第, a Chinese numeral.
fn opens_number(c: char) -> bool {
    c.is_numeric() || c.is_ascii_alphabetic() || "第一二三四五六七八九十".contains(c)
}

/// Whether [`FOLIO`] may match: false is certain.
fn may_be_folio(line: &str) -> bool {
    let opens = line.starts_with(opens_number);
    opens && (line.contains('版') || line.chars().take(4).any(char::is_whitespace))
}

/// Whether [`DATE_LINE`] may match: four digits open the line, or stand behind its first blanks.
fn may_be_date_line(line: &str) -> bool {
    let dated = |text: &str| text.chars().take(4).filter(|c| c.is_numeric()).count() == 4;
    dated(line) || line.split_once(char::is_whitespace).is_some_and(|(_, behind)| dated(behind.trim_start()))
}

/// Whether [`DIGITAL`] may match.
fn may_be_digital(line: &str) -> bool {
    ["数字报", "数字报纸", "电子版", "数字版"].iter().any(|end| line.ends_with(end))
}

/// Whether [`TRAILER`] may match: it has five parts, and a day among them.
fn may_be_trailer(line: &str) -> bool {
    line.split_whitespace().nth(4).is_some() && line.chars().filter(|c| c.is_numeric()).nth(6).is_some()
}

/// Whether a line says of its page what only a head or a site's line says.
pub(super) fn tells(line: &str) -> bool {
    PATTERNS.iter().any(|(may_be, pattern)| may_be(line) && pattern.as_ref().is_some_and(|p| p.is_match(line)))
        || folio::read(line).is_some()
        || folio::labelled_day(line).is_some()
        || source(line).is_some()
}

/// What furniture lines say of the page they stand on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeadFacts {
    /// 报名.
    pub publication: Option<String>,
    /// The day it was printed, ISO 8601.
    pub date: Option<String>,
    /// 版号, without leading zeros.
    pub number: Option<String>,
    /// 版名.
    pub section: Option<String>,
}

impl HeadFacts {
    /// Whether nothing is left open.
    fn is_full(&self) -> bool {
        [&self.publication, &self.date, &self.number, &self.section].into_iter().all(Option::is_some)
    }

    /// Takes over what `found` says and these leave open.
    fn add(&mut self, found: Self) {
        let add = |old: &mut Option<String>, new: Option<String>| {
            if old.is_none() {
                *old = new.map(|said| said.trim().to_owned()).filter(|said| !said.is_empty());
            }
        };
        add(&mut self.publication, found.publication);
        add(&mut self.date, found.date);
        add(&mut self.number, found.number);
        add(&mut self.section, found.section);
    }

    /// Those that a pattern of a line found, by the names of its groups; `section`: those that name the page.
    fn of(found: &Captures<'_>, section: &[&str]) -> Self {
        let group = |name: &str| found.name(name).map(|m| m.as_str());
        Self {
            publication: group("paper").map(str::to_owned),
            date: iso_date(found),
            number: group("number").or(group("alone")).map(plain_number),
            section: section.iter().find_map(|name| group(name)).map(str::to_owned),
        }
    }

    /// Fills what `head` leaves open.
    pub fn fill(self, head: &mut PageHead) {
        let fill = |old: &mut Option<String>, new: Option<String>| {
            if old.as_ref().is_none_or(String::is_empty) && new.is_some() {
                *old = new;
            }
        };
        fill(&mut head.publication, self.publication);
        fill(&mut head.date, self.date);
        fill(&mut head.number, self.number);
        fill(&mut head.section, self.section);
    }
}

/// Reads the furniture lines of a page's text. The first line that says a thing is believed.
///
/// ```
/// let facts = jianbao::layout::head_facts("职工时报 数字报纸\n00002版:工会\n\n送清凉\n职工时报 工会 00002 送清凉 2018-08-21");
/// assert_eq!(facts.number.as_deref(), Some("2"));
/// assert_eq!(facts.date.as_deref(), Some("2018-08-21"));
/// ```
pub fn head_facts(text: &str) -> HeadFacts {
    let mut facts = HeadFacts::default();
    // Whether a text stood before.
    let (mut told, mut n_lines) = (false, 0);
    // What a label says of the day, and says no year.
    let mut labelled_day = None;
    // Whether the line before is furniture, or the line, where that is still to be asked.
    let mut before = (true, "");
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
    while let Some(raw) = lines.next() {
        if facts.is_full() {
            break;
        }
        let line = raw.trim_matches(['#', '*', '|', ' ']);
        n_lines += 1;
        if line.is_empty() || line.len() > LONGEST || line.ends_with('。') {
            told |= !line.is_empty();
            before = (false, "");
            continue;
        }
        let (is_loose, asked) = std::mem::take(&mut before);
        if !told && n_lines <= MASTHEAD_LINES && is_masthead(raw, lines.peek().copied()) {
            facts.add(HeadFacts { publication: Some(line.to_owned()), ..HeadFacts::default() });
            before.0 = true;
            continue;
        }
        if told && border::is_day(line) && !(is_loose || is_furniture(asked)) {
            continue;
        }
        if line.contains('年')
            && let Some(found) = source(line)
        {
            facts.add(found);
            before.0 = true;
            continue;
        }
        // What a line ends with rules most patterns out, at a small part of their cost.
        if line.ends_with(['报', '纸', '版'])
            && let Some(found) = captures(DIGITAL.as_ref(), line)
        {
            facts.add(HeadFacts::of(&found, &[]));
            continue;
        }
        if let Some(paper) = named_paper(line) {
            facts.add(HeadFacts { publication: Some(paper.to_owned()), ..HeadFacts::default() });
            continue;
        }
        if !line.bytes().any(|b| b.is_ascii_digit()) && !line.contains(['版', '星', '日']) {
            continue;
        }
        labelled_day = labelled_day.or_else(|| folio::labelled_day(line).filter(|_| !told));
        before.1 = line;
        if let Some(found) = facts_of(line) {
            facts.add(found);
        } else if facts.date.is_none() && is_frame(line) {
            let date = captures(DAY_INSIDE.as_ref(), line).and_then(|found| iso_date(&found));
            facts.add(HeadFacts { date, ..HeadFacts::default() });
        }
    }
    // 2026-01-29 … 日期：10-08: the first is the day on which the page was read.
    if let (Some(date), Some((month, day))) = (&facts.date, labelled_day)
        && !date.ends_with(&format!("-{month:02}-{day:02}"))
    {
        facts.date = None;
    }
    facts
}

fn captures<'t>(pattern: Option<&Regex>, line: &'t str) -> Option<Captures<'t>> {
    pattern.and_then(|pattern| pattern.captures(line))
}

/// What a line of a page's head or trailer says, or a site's line of fields.
fn facts_of(line: &str) -> Option<HeadFacts> {
    let dated = line.ends_with(|c: char| c.is_numeric() || "日一二三四五六天".contains(c));
    let folio = captures(FOLIO.as_ref(), line).map(|found| HeadFacts::of(&found, &["section", "bracketed", "name"]));
    folio
        .or_else(|| {
            dated.then(|| captures(TRAILER.as_ref(), line)).flatten().map(|found| HeadFacts::of(&found, &["section"]))
        })
        .or_else(|| folio::read(line))
        .or_else(|| captures(DATE_LINE.as_ref(), line).map(|found| HeadFacts::of(&found, &[])))
        .or_else(|| told_by_site(line))
}

/// The paper that a line names and says nothing else: 当前报纸名称：职工时报.
fn named_paper(line: &str) -> Option<&str> {
    let (label, name) = line.split_once([':', '：'])?;
    let name = name.trim();
    (label.ends_with("报纸名称") || label.ends_with("报刊名称")).then_some(name).filter(|name| is_paper(name))
}

/// What a site says of a story in a line of fields: 来源：职工时报 2018-08-15 09:24, 发布时间：2018-08-15 阅读：213.
fn told_by_site(line: &str) -> Option<HeadFacts> {
    const OPENINGS: [&str; 7] = ["来源", "稿源", "信息来源", "文章来源", "时间", "日期", "作者"];
    let labelled = |rest: &str| rest.starts_with([':', '：', ' ', '\u{3000}']);
    let mut openings = OPENINGS.iter().chain(&folio::DAY_LABELS);
    let opens = openings.any(|word| line.strip_prefix(word).is_some_and(labelled))
        || ["http", "//"].iter().any(|word| line.starts_with(word));
    // 时间：10月8日 names that of an event, unless how often the page was read stands beside it.
    let of_event = || ["时间", "日期"].iter().any(|word| line.starts_with(word));
    let read = || ["阅读", "浏览", "点击", "来源", "作者", "字号", "编辑"].iter().any(|word| line.contains(word));
    let sourced = || line.split_once("来源").is_some_and(|(_, behind)| labelled(behind));
    let dated = line.starts_with(|c: char| c.is_ascii_digit()) && sourced();
    if !(opens || dated) || line.contains(['，', '。', '；']) || of_event() && !read() {
        return None;
    }
    let date = captures(DAY_INSIDE.as_ref(), line).and_then(|found| iso_date(&found));
    let source = line.split_once("来源").map(|(_, behind)| behind.trim_start_matches([':', '：', ' ', '\u{3000}']));
    let source = source.and_then(|text| text.split(|c: char| !is_cjk(c)).next()).filter(|name| is_paper(name));
    Some(HeadFacts { publication: source.map(str::to_owned), date, ..HeadFacts::default() })
}

static DAY_INSIDE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?P<year>(?:19|20)\d{2})\s*[年./-]\s*(?P<month>\d{1,2})\s*[月./-]\s*(?P<day>\d{1,2})").ok()
});

/// A page's number in ASCII, without the zeros before it.
pub(super) fn plain_number(number: &str) -> String {
    let number: String = number.chars().map(glyph::fold).collect();
    let plain = number.trim_start_matches('0');
    if plain.is_empty() { number } else { plain.to_owned() }
}

fn iso_date(found: &Captures<'_>) -> Option<String> {
    let part = |name: &str| folio::digits(found.name(name)?.as_str(), 1, 4).map(|(_, number)| number);
    iso(part("year")?, part("month")?, part("day")?)
}

/// The day in ISO 8601, where there is such a day.
pub(super) fn iso(year: u32, month: u32, day: u32) -> Option<String> {
    let date = Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()?;
    Some(date.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_fill_only_what_is_open() {
        let mut head = PageHead { date: Some("2018-08-20".into()), ..PageHead::default() };
        head_facts("# 职工时报 数字报纸\n00002版:工会\n2018年8月21日 星期二").fill(&mut head);
        assert_eq!(head.publication.as_deref(), Some("职工时报"));
        assert_eq!(head.date.as_deref(), Some("2018-08-20"));
        assert_eq!((head.number.as_deref(), head.section.as_deref()), (Some("2"), Some("工会")));
        assert_eq!(head_facts("县总工会慰问职工30人。"), HeadFacts::default());
        let facts = head_facts("职工时报 2018.8.15 工会 版面06");
        assert_eq!((facts.publication.as_deref(), facts.section.as_deref()), (Some("职工时报"), Some("工会")));
        assert_eq!((facts.date.as_deref(), facts.number.as_deref()), (Some("2018-08-15"), Some("6")));
        let facts = head_facts("《职工时报》(2018年8月15日 02版)\n渡口的灯");
        assert_eq!((facts.publication.as_deref(), facts.date.as_deref()), (Some("职工时报"), Some("2018-08-15")));
        assert_eq!(head_facts("# 职工时报\n\n## 渡口的灯").publication.as_deref(), Some("职工时报"));
        assert_eq!(head_facts("职工时报\n2018年8月15日 星期三").publication.as_deref(), Some("职工时报"));
        let facts = head_facts("渡口的灯\n来源:职工时报 发布时间:2018-08-15 浏览次数:");
        assert_eq!((facts.publication.as_deref(), facts.date.as_deref()), (Some("职工时报"), Some("2018-08-15")));
        assert_eq!(head_facts("# 渡口书法展\n时间：2018年10月8日 9:00").date, None);
        let facts = head_facts("渡口的灯\n时间:2018-07-11 阅读:213");
        assert_eq!(facts.date.as_deref(), Some("2018-07-11"));
        // The day on which the page was read is not that on which it was printed.
        assert_eq!(head_facts("2026-01-29\n星期四\n日期:10-08").date, None);
        assert_eq!(head_facts("2018-10-08\n星期四\n日期:10-08").date.as_deref(), Some("2018-10-08"));
        // The day below a notice is the notice's.
        assert_eq!(head_facts("公告\n渡口停航。\n2018年8月15日").date, None);
    }

    #[test]
    fn digits_of_any_width_are_read() {
        let facts = head_facts("职工时报\n２０１８年８月１５日\n\n## 渡口的灯");
        assert_eq!((facts.publication.as_deref(), facts.date.as_deref()), (Some("职工时报"), Some("2018-08-15")));
        let facts = head_facts("《职工时报》（２０１８年８月１５日 ０２版）");
        assert_eq!((facts.date.as_deref(), facts.number.as_deref()), (Some("2018-08-15"), Some("2")));
        assert_eq!(head_facts("第０２版：要闻").number.as_deref(), Some("2"));
    }

    #[test]
    fn a_day_that_there_is_not_dates_no_page() {
        for line in ["2018年2月31日", "职工时报 2018年2月31日 星期三 第2版", "（2018年4月31日） 来源：职工时报"]
        {
            assert_eq!(head_facts(line).date, None, "{line}");
            assert!(is_furniture(line), "{line}");
        }
        let facts = head_facts("2018年2月31日 星期三 第2版\n2018年2月28日 星期三 第2版");
        assert_eq!(facts.date.as_deref(), Some("2018-02-28"));
    }

    #[test]
    fn what_may_be_told_is_a_matter_of_few_characters() {
        type Filter = fn(&str) -> bool;
        let cases: [(Filter, &[&str], &[&str]); 4] = [
            (
                may_be_folio,
                &["第3版", "A02版：要闻", "一版", "第 3 版", "03 综合新闻", "B1 要闻"],
                &["渡口", "3名职工", "版"],
            ),
            (
                may_be_date_line,
                &["2018年8月15日", "职工时报  2018.8.15", "〇渡 2018-08-15"],
                &["老李 12 走进", "8月15日", ""],
            ),
            (may_be_digital, &["职工时报 数字报纸", "职工时报电子版"], &["职工时报", "第3版"]),
            (
                may_be_trailer,
                &["职工时报 工会 2 清凉 2018-8-1"],
                &["职工时报 工会 2 清凉2018-08-21", "甲 乙 丙 丁 2018"],
            ),
        ];
        for (may_be, may, may_not) in cases {
            assert!(may.iter().all(|line| may_be(line)), "{may:?}");
            assert!(!may_not.iter().any(|line| may_be(line)), "{may_not:?}");
        }
    }
}
