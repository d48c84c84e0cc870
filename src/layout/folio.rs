//! The head of a page, read part by part: 职工时报 2018年8月15日 星期三 第2版 工会 责任编辑 甲乙 电话 88854321.
//!
//! Papers and their sites put the same parts there in any order, with or without blanks between them. A line is such a head if
//! nothing stands in it but these parts, one of which nothing else has (a day, a page's number), and names: of the paper,
//! of the page. What a text has too, a short name beside a day, makes none by itself.

use crate::layout::furniture::is_paper;
use crate::layout::head_facts::{HeadFacts, iso, plain_number};
use crate::layout::staff;
use crate::text::is_cjk;

/// Longest head, in bytes: ten parts of some eight characters.
const LONGEST: usize = 240;
/// Longest name of a paper or a page, in characters.
const LONGEST_NAME: usize = 10;
/// Names in a head at most: the paper's, the page's, and that of a series or a place.
const MOST_NAMES: usize = 3;

/// What stands between parts.
fn is_between(c: char) -> bool {
    c.is_whitespace() || "|｜·/／>»›,，;；:：*()（）[]【】《》<—-".contains(c)
}

/// What kind of part was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Day,
    /// The number of a page, with 版 or a label.
    Number,
    /// A number or letter and number that may be a page's.
    Loose,
    /// What only heads have, and tells nothing of the page: the issue, how many pages there are, what turns to another.
    Beside,
    /// The weekday, the day of another calendar or in another language.
    Calendar,
    /// Who made the page.
    Office,
    /// What other lines have too: an hour, an address, a way to reach somebody.
    Other,
    /// What says that a day or a number follows (出版日期, 发布时间, 版面).
    Label,
    Name,
}

/// A line being read.
struct Reader<'t> {
    rest: &'t str,
    facts: HeadFacts,
    parts: Vec<Part>,
    /// A title stands in it (《…》).
    quoted: bool,
}

/// Reads a line that is nothing but a page's head, see the module.
pub(super) fn read(line: &str) -> Option<HeadFacts> {
    parts(line).filter(is_head).map(|reader| reader.facts)
}

/// The month and day that a line names behind a label and nothing else (日期:10-08).
pub(super) fn labelled_day(line: &str) -> Option<(u32, u32)> {
    let (rest, month, day) = label_of_day(line.trim_matches(is_between)).filter(|_| line.len() <= LONGEST)?;
    rest.is_empty().then_some((month, day))
}

fn parts(line: &str) -> Option<Reader<'_>> {
    let numbered =
        line.bytes().any(|b| b.is_ascii_digit()) || line.contains(|c: char| c.is_numeric() || matches!(c, '版' | '日'));
    if line.len() > LONGEST || !numbered {
        return None;
    }
    // 下转第3版, 详见第3版: another page's number.
    if line.contains(['转', '接', '见']) && line.contains('版') {
        return None;
    }
    let quoted = line.contains('《');
    let mut reader = Reader { rest: line, facts: HeadFacts::default(), parts: Vec::new(), quoted };
    loop {
        reader.rest = reader.rest.trim_start_matches(is_between);
        if reader.rest.is_empty() {
            return Some(reader);
        }
        let part = reader.part()?;
        reader.parts.push(part);
        if reader.parts.iter().filter(|&&part| part == Part::Name).count() > MOST_NAMES {
            return None;
        }
    }
}

fn is_head(reader: &Reader<'_>) -> bool {
    let n = |part: Part| reader.parts.iter().filter(|&&p| p == part).count();
    let telling = n(Part::Number) + n(Part::Loose) + n(Part::Beside) + n(Part::Office);
    let of_paper = reader.facts.publication.is_some();
    if reader.parts.len() < 2 || n(Part::Day) + n(Part::Number) == 0 || reader.quoted && !of_paper {
        return false;
    }
    if n(Part::Day) == 0 {
        return of_paper || n(Part::Other) == 0;
    }
    // A day alone is asked for elsewhere; a name beside it may sign a text, and an hour may be that of an event.
    of_paper || telling > 0 || n(Part::Name) == 0 && n(Part::Calendar) + n(Part::Label) > 0
}

impl<'t> Reader<'t> {
    /// Reads the part that the rest begins with.
    fn part(&mut self) -> Option<Part> {
        if let Some((rest, (year, month, day))) = day(self.rest) {
            // One that there is not, as misread ones are, is a day all the same.
            if let Some(date) = iso(year, month, day)
                && *self.facts.date.get_or_insert_with(|| date.clone()) != date
            {
                return None;
            }
            return Some(self.take(rest, Part::Day));
        }
        if let Some((rest, part)) = beside(self.rest) {
            return Some(self.take(rest, part));
        }
        if let Some((rest, ..)) = label_of_day(self.rest) {
            return Some(self.take(rest, Part::Label));
        }
        if let Some((rest, number, section)) = number(self.rest) {
            self.facts.number.get_or_insert(plain_number(number));
            if let Some(section) = section {
                self.facts.section.get_or_insert(section.to_owned());
            }
            return Some(self.take(rest, Part::Number));
        }
        let mut labels = DAY_LABELS.iter().chain([&NUMBER_LABEL]);
        if let Some(rest) = labels.find_map(|label| self.rest.strip_prefix(label)) {
            // What it is the label of comes next.
            return rest.starts_with([':', '：', ' ']).then(|| self.take(rest, Part::Label));
        }
        if let Some(rest) = staff::office(self.rest) {
            return Some(self.take(rest, Part::Office));
        }
        if let Some(rest) = staff::contact(self.rest) {
            return Some(self.take(rest, Part::Other));
        }
        if let Some((rest, number)) = loose_number(self.rest) {
            self.facts.number.get_or_insert(plain_number(number));
            return Some(self.take(rest, Part::Loose));
        }
        self.name()
    }

    fn take(&mut self, rest: &'t str, part: Part) -> Part {
        self.rest = rest;
        part
    }

    /// A name of the paper or of the page.
    fn name(&mut self) -> Option<Part> {
        let end = self.rest.find(|c: char| !is_cjk(c)).unwrap_or(self.rest.len());
        let (mut name, mut rest) = self.rest.split_at(end);
        // 人民日报1998年…, 一九九八年: a numeral ends no name of a paper.
        let paper_end = name.rfind('报').map(|at| at + '报'.len_utf8()).filter(|&at| at < name.len());
        if let Some(at) = paper_end.filter(|&at| is_paper(&name[..at]) && day(&self.rest[at..]).is_some()) {
            (name, rest) = self.rest.split_at(at);
        }
        // 作者：…: the label of a field that says more than a head does.
        if !(2..=LONGEST_NAME).contains(&name.chars().count()) || rest.starts_with([':', '：']) {
            return None;
        }
        // 请把书翻到|第5版.
        if name.ends_with('第') {
            return None;
        }
        let of_paper = is_paper(name) || name.ends_with('报') && name.chars().count() >= 3;
        let slot = if of_paper { &mut self.facts.publication } else { &mut self.facts.section };
        if slot.is_some() && of_paper {
            return None;
        }
        slot.get_or_insert(name.to_owned());
        Some(self.take(rest, Part::Name))
    }
}

/// A day with its year: 2018年8月15日, 2018-08-15, 2018年/8月/15日, 20180815, 二〇一八年八月十五日.
fn day(text: &str) -> Option<(&str, (u32, u32, u32))> {
    let (rest, year) = digits(text, 4, 4)?;
    if !(1800..2200).contains(&year) {
        return None;
    }
    if let Some((rest, (month, day))) = compact(rest) {
        return Some((rest, (year, month, day)));
    }
    let rest = after(rest, &["年/", "年", "-", ".", "/", "—"])?;
    let (rest, month) = digits(rest, 1, 2)?;
    let rest = after(rest, &["月/", "月", "-", ".", "/", "—"])?;
    let (rest, day) = digits(rest, 1, 2)?;
    let rest = rest.strip_prefix('日').unwrap_or(rest);
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((rest, (year, month, day)))
}

/// Month and day in four digits, and no digit behind them.
fn compact(text: &str) -> Option<(&str, (u32, u32))> {
    let (rest, both) = digits(text, 4, 4).filter(|_| text.starts_with(|c: char| c.is_ascii_digit()))?;
    let (month, day) = (both / 100, both % 100);
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((rest, (month, day)))
}

fn after<'t>(text: &'t str, marks: &[&str]) -> Option<&'t str> {
    let text = text.trim_start();
    marks.iter().find_map(|mark| text.strip_prefix(mark)).map(str::trim_start)
}

/// A number of `least` to `most` digits, also full-width or Chinese ones, and what stands behind it.
pub(super) fn digits(text: &str, least: usize, most: usize) -> Option<(&str, u32)> {
    const HAN: &str = "〇一二三四五六七八九";
    let value = |c: char| match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '０'..='９' => Some(c as u32 - '０' as u32),
        '○' | '零' => Some(0),
        _ => HAN.chars().position(|h| h == c).map(|n| n as u32),
    };
    // 十五, 二十三, 三十, 廿五: of the days of a month, which have no places.
    let mut chars = text.chars();
    let han: String = chars.by_ref().take_while(|&c| matches!(c, '十' | '廿') || HAN.contains(c)).collect();
    if most == 2 && han.contains(['十', '廿']) {
        let tens = match han.chars().next()? {
            '十' => 1,
            '廿' => 2,
            c => value(c)?,
        };
        let ones = han.chars().next_back().and_then(value).unwrap_or(0);
        return (han.chars().count() <= 3).then(|| (&text[han.len()..], 10 * tens + ones));
    }
    let run: Vec<u32> = text.chars().map_while(value).take(most).collect();
    let end = text.char_indices().nth(run.len()).map_or(text.len(), |(at, _)| at);
    let more = text[end..].chars().next().and_then(value).is_some();
    let sum = run.iter().fold(0, |sum, digit| 10 * sum + digit);
    (run.len() >= least && !(more && most < 4)).then_some((&text[end..], sum))
}

/// What stands before the day of a page.
pub(super) const DAY_LABELS: [&str; 6] = ["本期出版日期", "出版日期", "出版时间", "发布时间", "发布日期", "更新时间"];
/// What stands before its number.
const NUMBER_LABEL: &str = "版面";

/// 日期:10-08.
fn label_of_day(text: &str) -> Option<(&str, u32, u32)> {
    let rest = text.strip_prefix("日期")?.trim_start_matches([':', '：', ' ']);
    let (rest, month) = digits(rest, 1, 2)?;
    // 日期：10月8日 is rather that of an event.
    let (rest, day) = digits(rest.strip_prefix('-')?, 1, 2)?;
    let ends = !rest.starts_with(|c: char| c.is_numeric());
    (ends && (1..=12).contains(&month) && (1..=31).contains(&day)).then_some((rest, month, day))
}

/// A part that tells nothing of the page, and of which kind it is.
fn beside(text: &str) -> Option<(&str, Part)> {
    let calendar = || weekday(text).or_else(|| lunar(text)).or_else(|| english_day(text));
    let beside = || issue(text).or_else(|| turning(text)).or_else(|| count(text));
    let other = || hour(text).or_else(|| address(text));
    calendar()
        .map(|rest| (rest, Part::Calendar))
        .or_else(|| beside().map(|rest| (rest, Part::Beside)))
        .or_else(|| other().map(|rest| (rest, Part::Other)))
}

/// 星期三, 周三, and the same in brackets.
fn weekday(text: &str) -> Option<&str> {
    let rest = after(text, &["星期", "礼拜", "周"])?;
    rest.strip_prefix(|c: char| "一二三四五六日天".contains(c)).filter(|rest| !rest.starts_with('报'))
}

/// 农历八月廿四, 癸卯年八月廿四.
fn lunar(text: &str) -> Option<&str> {
    const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
    const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";
    let mut chars = text.chars();
    let cyclic = chars.next().is_some_and(|c| STEMS.contains(c))
        && chars.next().is_some_and(|c| BRANCHES.contains(c))
        && chars.next() == Some('年');
    let rest = if cyclic { chars.as_str() } else { text.strip_prefix("农历")? };
    let end = rest.find(|c: char| !is_cjk(c)).unwrap_or(rest.len());
    (rest[..end].chars().count() <= LONGEST_NAME).then(|| &rest[end..])
}

/// 第11892期, 总第1892期, 今日8版, 本期12版, 共8版.
fn issue(text: &str) -> Option<&str> {
    let pages = ["今日", "本期", "今天", "本报今日", "共"].iter().find_map(|word| text.strip_prefix(word));
    if let Some(rest) = pages {
        let (rest, _) = digits(rest.trim_start_matches(['共', ' ']), 1, 2)?;
        return rest.trim_start().strip_prefix('版');
    }
    let rest = text.strip_prefix('总').unwrap_or(text);
    let rest = rest.strip_prefix('第')?.trim_start();
    let end = rest.find(|c: char| !c.is_numeric()).unwrap_or(rest.len());
    (end > 0).then(|| rest[end..].trim_start().strip_prefix(['期', '号']))?
}

/// 09:11, 09:11:30.
fn hour(text: &str) -> Option<&str> {
    let (rest, _) = digits(text, 1, 2)?;
    let (mut rest, _) = digits(rest.strip_prefix([':', '：'])?, 2, 2)?;
    if let Some((more, _)) = rest.strip_prefix([':', '：']).and_then(|more| digits(more, 2, 2)) {
        rest = more;
    }
    Some(rest)
}

/// Tuesday,August 21,2018, and the paper's name in capitals.
fn english_day(text: &str) -> Option<&str> {
    const WORDS: [&str; 24] = [
        "mon", "tue", "wed", "thu", "fri", "sat", "sun", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep",
        "oct", "nov", "dec", "daily", "news", "times", "weekly", "post",
    ];
    let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    let word = text[..end].to_ascii_lowercase();
    if end < 3 || !WORDS.iter().any(|start| word.starts_with(start)) && text[..end].chars().any(char::is_lowercase) {
        return None;
    }
    // The day and the year behind the month.
    let rest = &text[end..];
    let tail = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | ' ' | '.'))).unwrap_or(rest.len());
    let year = rest[..tail].split([',', ' ', '.']).filter(|part| !part.is_empty()).count();
    Some(if (1..=2).contains(&year) { &rest[tail..] } else { rest })
}

/// http://…, //www.…, www.….
fn address(text: &str) -> Option<&str> {
    let opens = ["http://", "https://", "//", "www."].iter().any(|start| text.starts_with(start));
    let end = text.find(|c: char| !c.is_ascii_graphic()).unwrap_or(text.len());
    // The day that a site prints behind it without a blank.
    let dated = text[..end].char_indices().map(|(at, _)| at).find(|&at| at > 4 && day(&text[at..]).is_some());
    opens.then(|| &text[dated.unwrap_or(end)..])
}

/// 浏览次数：213, 阅读 213次: how often a site's page was read.
fn count(text: &str) -> Option<&str> {
    const LABELS: [&str; 8] = ["浏览次数", "浏览量", "阅读次数", "阅读量", "点击次数", "点击数", "点击量", "访问量"];
    const SHORT: [&str; 3] = ["浏览", "阅读", "点击"];
    let rest = LABELS.iter().chain(&SHORT).find_map(|label| text.strip_prefix(label))?;
    let value = rest.strip_prefix([':', '：'])?.trim_start();
    let value = value.trim_start_matches(|c: char| c.is_ascii_digit());
    Some(value.strip_prefix('次').unwrap_or(value))
}

/// 上一期, 下一版.
fn turning(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(['上', '下'])?.strip_prefix('一')?;
    rest.strip_prefix(['期', '版', '篇', '页'])
}

/// 第2版, A02版:要闻, 第002版, 二版, 版面2, and the page's name behind a colon.
fn number(text: &str) -> Option<(&str, &str, Option<&str>)> {
    if let Some(rest) = text.strip_prefix(NUMBER_LABEL).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
        let end = number_end(rest)?;
        return Some((&rest[end..], &rest[..end], None));
    }
    let rest = text.strip_prefix('第').unwrap_or(text).trim_start();
    let end = number_end(rest)?;
    let behind = rest[end..].trim_start().strip_prefix('版')?;
    // 要闻版面, 版权.
    if behind.starts_with(is_cjk) && !behind.starts_with(|c: char| "一二三四五六七八九十".contains(c)) {
        let name_end = behind.find(|c: char| !is_cjk(c)).unwrap_or(behind.len());
        if behind[..name_end].chars().count() > 4 || behind.starts_with(['面', '权', '本', '图', '式']) {
            return None;
        }
    }
    let section = behind.strip_prefix([':', '：']).map(str::trim_start).and_then(|name| {
        let end = name.find(|c: char| !is_cjk(c)).unwrap_or(name.len());
        (1..=LONGEST_NAME).contains(&name[..end].chars().count()).then(|| name.split_at(end))
    });
    match section {
        Some((section, rest_of_line)) => Some((rest_of_line, &rest[..end], Some(section))),
        None => Some((behind, &rest[..end], None)),
    }
}

/// Where a page's number ends: 2, 002, A02, 二, 十二.
fn number_end(text: &str) -> Option<usize> {
    let letter = usize::from(text.starts_with(|c: char| c.is_ascii_uppercase()));
    let figures = text[letter..].bytes().take_while(u8::is_ascii_digit).count();
    if (1..=5).contains(&figures) {
        return Some(letter + figures);
    }
    let han = text.chars().take_while(|&c| "一二三四五六七八九十".contains(c)).count();
    (letter == 0 && (1..=3).contains(&han)).then(|| han * '一'.len_utf8())
}

/// A02, 03: a number that stands alone.
fn loose_number(text: &str) -> Option<(&str, &str)> {
    let end = number_end(text).filter(|_| text.starts_with(|c: char| c.is_ascii()))?;
    let alone = text[end..].chars().next().is_none_or(is_between);
    (alone && end <= 3).then(|| (&text[end..], &text[..end]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: Option<[&str; 4]>) {
        let found = read(line)
            .map(|facts| [facts.publication, facts.date, facts.number, facts.section].map(Option::unwrap_or_default));
        assert_eq!(found, expected.map(|parts| parts.map(str::to_owned)), "{line}");
    }

    #[test]
    fn heads() {
        check("职工时报 2018年8月15日 星期三 第3版 工会 责任编辑 向阳", Some(["职工时报", "2018-08-15", "3", "工会"]));
        check("2018年8月15日 星期三 本版热线 88854321 编辑:高岩", Some(["", "2018-08-15", "", ""]));
        check("二〇一八年八月十五日 星期三 第二版 国内要闻", Some(["", "2018-08-15", "二", "国内要闻"]));
        check("一九九八年三月廿三日 星期一", Some(["", "1998-03-23", "", ""]));
        check("2018年8月15日 星期三 农历七月初五 第11892期 今日8版", Some(["", "2018-08-15", "", ""]));
        check("2018年8月15日 戊戌年七月初五 今日8版", Some(["", "2018-08-15", "", ""]));
        check("职工时报2018年8月15日 第2版", Some(["职工时报", "2018-08-15", "2", ""]));
        check("《职工时报》2018-08-15 第02版", Some(["职工时报", "2018-08-15", "2", ""]));
        check("职工时报/2018年/8月/15日/第002版", Some(["职工时报", "2018-08-15", "2", ""]));
        check("职工时报>20180815", Some(["职工时报", "2018-08-15", "", ""]));
        check("版面:第02版:要闻", Some(["", "", "2", "要闻"]));
        check("2018年8月21日 星期二 Tuesday,August 21,2018", Some(["", "2018-08-21", "", ""]));
        check("http://www.example.com 2018年08月15日04:58 职工时报", Some(["职工时报", "2018-08-15", "", ""]));
        check("发布时间:2018-08-15 浏览次数:213", Some(["", "2018-08-15", "", ""]));
    }

    #[test]
    fn no_heads() {
        for line in [
            "2018年8月15日",
            "渡口县总工会 2018年8月15日",
            "2018年8月15日 三十名职工走进车间看望一线工人",
            "作者:向阳 时间:2018-08-15 阅读:213",
            "来源:职工时报 2018-08-15",
            "维生素 B2",
            "《电工基础》（第2版）",
            "第一版 8:00 渡口",
            "2018年8月15日 8:30 语文考试",
            "时间：2018年10月8日 9:00",
            "2018年10月9日（星期二）上午 文化宫",
            "周三 2018年8月15日 停水",
            "向阳 电话 88854321 2018年8月15日",
            "2018年13月15日 星期三",
            "第3版图书展",
            "今日8版",
            "(下转第4版)",
            "详见 第3版",
            "请把书翻到第5版",
            "周日报到",
            "",
        ] {
            check(line, None);
        }
    }

    #[test]
    fn days_behind_a_label() {
        assert_eq!(labelled_day("日期:10-08"), Some((10, 8)));
        assert_eq!(labelled_day("日期：10月8日"), None);
        assert_eq!(labelled_day("日期:2018-10-08"), None);
        assert_eq!(labelled_day("日期待定"), None);
    }
}
