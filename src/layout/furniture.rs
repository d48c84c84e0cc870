//! What a page prints besides its articles: folio, date line, imprint, contact line, weather box, copyright line, and the
//! frame that a digital edition (数字报) puts around a page.
//!
//! A line is furniture only if it is short and says nothing else; a sentence about the weather is none. [`head_facts`]
//! reads from these lines what an input without metadata leaves open: the paper's name, the date, the page's number and
//! name.

use std::sync::LazyLock;

use regex::Regex;

use crate::record::PageHead;
use crate::text::is_cjk;

/// Longest line, in bytes, that can be furniture: a contact line holds some sixty characters.
const LONGEST: usize = 240;

static FOLIO: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:第?\s*(?P<number>[A-Za-z]?\d{1,5}|[一二三四五六七八九十]{1,3})\s*版\s*(?:[:：·\s]\s*(?P<section>[\p{Han}·、]{1,12}))?",
        r"|(?P<alone>\d{2,3})\s+(?P<name>[\p{Han}]{2,6}))$"
    ))
    .ok()
});
static DATE_LINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:[\p{Han}]{2,12}\s+)?(?P<year>\d{4})\s*(?:年|-|/|\.)\s*(?P<month>\d{1,2})\s*(?:月|-|/|\.)\s*(?P<day>\d{1,2})\s*日?",
        r"(?:\s*(?:星期|周)[一二三四五六日天])?(?:\s*农历[\p{Han}]{2,10})?(?:\s*第?\s*[A-Za-z]?\d{1,5}\s*版[:：]?\s*[\p{Han}]{0,8})?$"
    ))
    .ok()
});
static DIGITAL: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?P<paper>[\p{Han}]{2,14}?)\s*[-—·|]?\s*(?:数字报纸?|电子版|数字版)$").ok());
static TRAILER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?P<paper>[\p{Han}]{2,14})\s+(?P<section>[\p{Han}·、]{1,14})\s+(?P<number>[A-Za-z]?\d{1,6})\s+(?P<title>\S.*?)\s+",
        r"(?P<year>\d{4})[-年/.](?P<month>\d{1,2})[-月/.](?P<day>\d{1,2})日?$"
    ))
    .ok()
});
static OTHER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)版权所有|copyright|©|ICP备|网站地图|未经.{0,8}授权|国内统一.{0,4}刊号|CN\s?\d{2}[-—]\d{4}|邮发代号|总第\s*\d+\s*期|今日\d+版",
        r"|^(?:编辑部)?(?:新闻)?(?:热线|电话|传真|邮箱|电子邮箱|E-?mail|地址|网址|邮编|投稿邮箱|印刷|零售价?)[:：]",
        r"|^(?:上一[版篇]|下一[版篇]|返回目录|放大|缩小|默认|打印|关闭|标题导航)",
        r"|^(?:今日|明日|今天|明天|天气|[\p{Han}]{2,4}天气)[^。]{0,30}(?:℃|°C)"
    ))
    .ok()
});

static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?P<year>\d{4})(?:年|-|/|\.)(?P<month>\d{1,2})(?:月|-|/|\.)(?P<day>\d{1,2})日?$").ok()
});
static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:第?(?P<number>[A-Za-z]?\d{1,3}|[一二三四五六七八九十]{1,3})版(?:[:：](?P<section>[\p{Han}·、]{1,12}))?",
        r"|版面(?P<named>[A-Za-z]?\d{1,3})|(?P<alone>[A-Z]\d{1,2}|\d{2}))$"
    ))
    .ok()
});

/// Reads a line that holds nothing but two or more of the parts of a folio, in any order, parted by blanks: the paper's
/// name, the day, the weekday, the page's number, the page's name.
fn folio(line: &str) -> Option<HeadFacts> {
    /// Longest folio, in bytes: five parts of some eight characters.
    const LONGEST_FOLIO: usize = 120;
    if line.len() > LONGEST_FOLIO || !line.contains([' ', '\u{3000}', '|', '·']) {
        return None;
    }
    let mut facts = HeadFacts::default();
    let (mut n_parts, mut n_names, mut sure) = (0, 0, false);
    for part in line.split([' ', '\u{3000}', '|', '·']).filter(|p| !p.is_empty()) {
        n_parts += 1;
        let length = part.chars().count();
        let read = |pattern: &'static LazyLock<Option<Regex>>| pattern.as_ref().and_then(|p| p.captures(part));
        if let Some(found) = read(&DATE) {
            sure = true;
            facts.date = Some(iso_date(&found)?);
        } else if let Some(found) = read(&NUMBER) {
            sure |= found.name("alone").is_none();
            let number = found.name("number").or(found.name("named")).or(found.name("alone"))?;
            facts.number.get_or_insert(plain_number(number.as_str()));
            if let Some(section) = found.name("section") {
                facts.section.get_or_insert(section.as_str().to_owned());
            }
        } else if !(length == 3 && part.starts_with("星期") || length == 2 && part.starts_with('周')) {
            if !part.chars().all(is_cjk) || !(2..=10).contains(&length) {
                return None;
            }
            n_names += 1;
            let paper = part.ends_with('报') && length >= 3;
            let name = if paper { &mut facts.publication } else { &mut facts.section };
            if name.is_some() {
                return None;
            }
            *name = Some(part.to_owned());
        }
    }
    (sure && n_parts >= 2 && n_names <= 2).then_some(facts)
}

/// Whether the line is furniture.
pub(super) fn is_furniture(text: &str) -> bool {
    if text.len() > LONGEST || text.ends_with('。') || !text.bytes().any(|b| b.is_ascii_digit()) && !has_cue(text) {
        return false;
    }
    let text = text.trim();
    [&FOLIO, &DATE_LINE, &DIGITAL, &TRAILER, &OTHER]
        .iter()
        .any(|pattern| pattern.as_ref().is_some_and(|p| p.is_match(text)))
        || folio(text).is_some()
}

/// What furniture without a digit holds.
fn has_cue(text: &str) -> bool {
    [
        "版",
        "数字报",
        "电子版",
        "热线",
        "电话",
        "邮箱",
        "mail",
        "地址",
        "网址",
        "一篇",
        "目录",
        "opyright",
        "放大",
        "缩小",
        "打印",
        "关闭",
    ]
    .iter()
    .any(|cue| text.contains(cue))
}

/// 责任编辑 and the like: a short line that opens with an office and a colon or blank.
pub(super) fn is_staff(text: &str) -> bool {
    const OFFICES: [&str; 22] = [
        "责任编辑",
        "责编",
        "本版编辑",
        "本版责编",
        "值班编委",
        "值班主任",
        "版面主编",
        "一版编辑",
        "版式设计",
        "版面设计",
        "版式",
        "美术编辑",
        "美编",
        "校对",
        "检校",
        "组版",
        "审校",
        "制图",
        "统筹",
        "策划",
        "编辑",
        "监制",
    ];
    if text.len() > LONGEST || text.ends_with('。') {
        return false;
    }
    OFFICES.iter().any(|office| {
        text.strip_prefix(office).is_some_and(|rest| {
            rest.starts_with([':', '：', '/', '／'])
                || rest.starts_with([' ', '\u{3000}']) && rest.trim().chars().count() <= 16
        })
    })
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
    let take = |old: &mut Option<String>, new: Option<&str>| {
        if old.is_none() {
            *old = new.map(|s| s.trim().to_owned()).filter(|s| !s.is_empty());
        }
    };
    for line in text.lines() {
        let line = line.trim().trim_matches(['#', '*', '|', ' ']);
        if line.is_empty() || line.len() > LONGEST || line.ends_with('。') {
            continue;
        }
        let read = |pattern: &LazyLock<Option<Regex>>| pattern.as_ref().and_then(|p| p.captures(line));
        // What a line ends with rules most patterns out, at a small part of their cost.
        if line.ends_with(['报', '纸', '版'])
            && let Some(found) = read(&DIGITAL)
        {
            take(&mut facts.publication, found.name("paper").map(|m| m.as_str()));
            continue;
        }
        if !line.bytes().any(|b| b.is_ascii_digit()) && !line.contains('版') {
            continue;
        }
        let dated = line.ends_with(|c: char| c.is_numeric() || c == '日');
        if let Some(found) = read(&FOLIO) {
            let number = found.name("number").or(found.name("alone")).map(|m| plain_number(m.as_str()));
            take(&mut facts.number, number.as_deref());
            take(&mut facts.section, found.name("section").or(found.name("name")).map(|m| m.as_str()));
        } else if let Some(found) = dated.then(|| read(&TRAILER)).flatten() {
            take(&mut facts.publication, found.name("paper").map(|m| m.as_str()));
            take(&mut facts.section, found.name("section").map(|m| m.as_str()));
            take(&mut facts.number, found.name("number").map(|m| plain_number(m.as_str())).as_deref());
            take(&mut facts.date, iso_date(&found).as_deref());
        } else if let Some(found) = folio(line) {
            take(&mut facts.publication, found.publication.as_deref());
            take(&mut facts.date, found.date.as_deref());
            take(&mut facts.number, found.number.as_deref());
            take(&mut facts.section, found.section.as_deref());
        } else if let Some(found) = read(&DATE_LINE) {
            take(&mut facts.date, iso_date(&found).as_deref());
        }
    }
    facts
}

fn plain_number(number: &str) -> String {
    let plain = number.trim_start_matches('0');
    if plain.is_empty() { number.to_owned() } else { plain.to_owned() }
}

fn iso_date(found: &regex::Captures<'_>) -> Option<String> {
    let part = |name: &str| found.name(name)?.as_str().parse::<u32>().ok();
    let (year, month, day) = (part("year")?, part("month")?, part("day")?);
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then(|| format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, furniture: bool) {
        assert_eq!(is_furniture(text), furniture, "{text}");
    }

    #[test]
    fn furniture_and_its_neighbours() {
        check("A02版：要闻", true);
        check("00002版:工会", true);
        check("第3版 工运", true);
        check("03 综合新闻", true);
        check("2018年8月15日 星期三", true);
        check("职工时报 2018年8月15日 星期三 第2版", true);
        check("职工时报 数字报纸", true);
        check("08 综合新闻 2018年8月15日", true);
        check("职工时报 2018.8.15 版面6", true);
        check("第2版 工会 职工时报", true);
        check("A02 要闻 2018-08-15 星期三", true);
        check("2018年8月15日 三十名职工走进车间看望一线工人", false);
        check("12 走进车间", true);
        check("老李 12 走进车间", false);
        check("职工时报 工会 00002 清凉送到车间 2018-08-21", true);
        check("新闻热线：0571-00000000 电子邮箱：a@b.cn", true);
        check("版权所有 职工时报社", true);
        check("今日多云 气温 28℃~35℃", true);
        check("2018年8月15日，县总工会举行培训班。", false);
        check("2018年8月15日", true);
        check("三十名职工走进车间", false);
        check("2018年职工技能大赛开赛", false);
        check("热线电话为职工解忧", false);
        check("第3版图书展", false);
    }

    #[test]
    fn staff() {
        assert!(is_staff("责任编辑：李明 版式设计：王芳"));
        assert!(is_staff("责编 李明"));
        assert!(!is_staff("编辑部里的年轻人走进车间采访一线职工"));
        assert!(!is_staff("校对工作要细致。"));
    }

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
    }
}
