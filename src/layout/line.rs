//! The lines of a page, with their mark-up told apart from their text.
//!
//! Mark-up is what Markdown writers put around text and no newspaper prints: `#`, `**`, `__`, list bullets, `>`, and all of
//! a picture but its alternative text. It is left out of every span. A line that holds nothing else (a rule, an empty
//! heading, a picture without such a text) is no line.

use smallvec::SmallVec;

use crate::layout::wrap::Print;
use crate::text::Span;

/// The pieces of one line's text, without the mark-up between them.
pub(super) type Pieces = SmallVec<[Span; 1]>;

/// Where `**` stood in a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Bold {
    /// All of the line is bold.
    pub whole: bool,
    /// Byte of the page where a bold run that opens the line ends, or 0.
    pub head_end: u32,
    /// Byte of the page where a bold run that closes the line begins, or 0.
    pub tail_start: u32,
}

/// One printed line with text in it.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// The line without blanks around it, mark-up included.
    pub raw: Span,
    /// Its text.
    pub text: Pieces,
    /// Number of `#` before it, 0 for none.
    pub level: u8,
    /// Its bold runs.
    pub bold: Bold,
    /// How many links stand in it, and whether it is nothing else.
    pub links: u8,
    pub linked: bool,
    /// It is an item of a list.
    pub bullet: bool,
    /// It is a row of a table.
    pub table: bool,
    /// It shows a picture, or several; its text is what stands for them.
    pub picture: bool,
    /// What the measure of a column says that it is.
    pub print: Print,
}

impl Line {
    /// Its first byte of text.
    pub(super) fn start(&self) -> usize {
        self.text.first().map_or(self.raw.start, |s| s.start) as usize
    }

    /// One past its last byte of text.
    pub(super) fn end(&self) -> usize {
        self.text.last().map_or(self.raw.end, |s| s.end) as usize
    }

    /// The page from its first byte of text to its last, inner mark-up included.
    pub(super) fn of<'p>(&self, page: &'p str) -> &'p str {
        page.get(self.start()..self.end()).unwrap_or("")
    }
}

/// Whether the text has more than `most` characters.
pub(super) fn is_longer(text: &str, most: usize) -> bool {
    // Of so many bytes not all need to be looked at.
    text.len() > most.saturating_mul(4) || text.chars().nth(most).is_some()
}

/// The first `most` characters of the text.
pub(super) fn first_chars(text: &str, most: usize) -> &str {
    text.char_indices().nth(most).map_or(text, |(at, _)| &text[..at])
}

/// Whether a blank line stands between two lines of a page.
pub(super) fn are_parted(page: &str, before: &Line, behind: &Line) -> bool {
    let gap = page.get(before.raw.end as usize..behind.raw.start as usize);
    gap.is_none_or(|gap| gap.matches('\n').count().max(gap.matches('\r').count()) > 1)
}

/// Splits a page into lines.
pub(super) fn lines(page: &str) -> Vec<Line> {
    let mut lines = Vec::with_capacity(page.len() / 120 + 4);
    let bytes = page.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let end = memchr::memchr3(b'\n', b'\r', 0x0c, &bytes[at..]).map_or(bytes.len(), |n| at + n);
        lines.extend(line(page, at, end));
        // A carriage return before a line feed ends one line, not two.
        at = if bytes.get(end) == Some(&b'\r') && bytes.get(end + 1) == Some(&b'\n') { end + 2 } else { end + 1 };
    }
    lines
}

/// The blanks that stand around a line's text.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}')
}

fn trim(page: &str, start: usize, end: usize) -> (usize, usize) {
    let text = &page[start..end];
    let left = text.trim_start_matches(is_blank);
    let start = end - left.len();
    (start, start + left.trim_end_matches(is_blank).len())
}

fn line(page: &str, start: usize, end: usize) -> Option<Line> {
    let (start, end) = trim(page, start, end);
    if start == end {
        return None;
    }
    let raw = Span::new(start, end);
    let bytes = page.as_bytes();
    let mut found = Line {
        raw,
        text: Pieces::new(),
        level: 0,
        bold: Bold::default(),
        links: 0,
        linked: false,
        bullet: false,
        table: false,
        picture: false,
        print: Print::Unknown,
    };
    let (mut from, mut to) = (start, end);
    // Nearly every line of a page begins with a character of three bytes: no mark-up before it.
    if bytes[from].is_ascii_punctuation() {
        while bytes.get(from) == Some(&b'>') {
            (from, to) = trim(page, from + 1, to);
        }
        let hashes = bytes[from..to].iter().take_while(|&&b| b == b'#').count();
        if hashes > 0 {
            found.level = hashes.min(255) as u8;
            (from, to) = trim(page, from + hashes, to);
            while to > from && bytes[to - 1] == b'#' {
                (from, to) = trim(page, from, to - 1);
            }
        } else if matches!(bytes.get(from), Some(b'-' | b'*' | b'+')) && bytes.get(from + 1) == Some(&b' ') {
            found.bullet = true;
            (from, to) = trim(page, from + 1, to);
        } else if bytes.get(from) == Some(&b'|') && to > from + 1 && bytes[to - 1] == b'|' {
            found.table = true;
        }
    }
    if from >= to || bytes[from..to].iter().all(|b| matches!(b, b'-' | b'*' | b'_' | b'=' | b'|' | b':' | b' ' | b'#'))
    {
        return None;
    }
    // *甲乙 摄*: a line in slanted letters.
    if let Some(inside) = page[from..to].strip_prefix('*').and_then(|rest| rest.strip_suffix('*'))
        && !inside.is_empty()
        && !inside.contains('*')
    {
        (from, to) = trim(page, from + 1, to - 1);
    }
    // A picture in a cell of a table: ![]() |.
    let is_bar = |c: char| matches!(c, '|' | ' ');
    let in_cell = to - page[from..to].trim_start_matches(is_bar).len();
    let cell = page[in_cell..to].trim_end_matches(is_bar);
    if cell.starts_with(['!', '['])
        && let Some(texts) = pictures(page, in_cell, in_cell + cell.len())
    {
        found.picture = true;
        found.text = texts;
    } else {
        split_bold(page, from, to, &mut found);
        if memchr::memchr(b']', &bytes[from..to]).is_some_and(|at| page[from + at..to].contains("](")) {
            leave_links_out(page, &mut found);
        }
    }
    (!found.text.is_empty()).then_some(found)
}

/// The alternative texts of the pictures (`![text](address)`, with or without a link around them) that `page[from..to]`
/// shows, if it is nothing else.
fn pictures(page: &str, from: usize, to: usize) -> Option<Pieces> {
    let mut texts = Pieces::new();
    let mut at = from;
    while at < to {
        let rest = page[at..to].trim_start_matches(is_blank);
        at = to - rest.len();
        let linked = rest.starts_with("[![");
        let opening = ["[![", "!["].into_iter().find(|o| rest.starts_with(o))?.len();
        let close = at + opening + rest[opening..].find("](")?;
        let (start, end) = trim(page, at + opening, close);
        if start < end {
            texts.push(Span::new(start, end));
        }
        at = behind_address(page, close + 1, to)?;
        if linked {
            at = page[at..to].starts_with("](").then(|| behind_address(page, at + 1, to))??;
        }
    }
    Some(texts)
}

/// Leaves out of the line's text what makes links of parts of it: the brackets and the address of `[text](address)`.
fn leave_links_out(page: &str, line: &mut Line) {
    let mut rest = Pieces::new();
    let mut outside = false;
    let is_part =
        |c: char| is_blank(c) || matches!(c, '>' | '»' | '|' | '｜' | '/' | '·' | '-' | '【' | '】' | '[' | ']');
    for piece in &line.text {
        let (mut at, end) = (piece.start as usize, piece.end as usize);
        while let Some((open, close, behind)) = link(page, at, end) {
            outside |= !page[at..open].chars().all(is_part);
            rest.extend([(at, open), (open + 1, close)].map(|(from, to)| Span::new(from, to)));
            line.links = line.links.saturating_add(1);
            at = behind;
        }
        outside |= !page[at..end].chars().all(is_part);
        rest.push(Span::new(at, end));
    }
    rest.retain(|s| s.start < s.end);
    if let Some(first) = rest.first_mut() {
        first.start = trim(page, first.start as usize, first.end as usize).0 as u32;
    }
    if let Some(last) = rest.last_mut() {
        last.end = trim(page, last.start as usize, last.end as usize).1 as u32;
    }
    rest.retain(|s| s.start < s.end);
    line.linked = line.links > 0 && !outside;
    if line.links > 0 && !rest.is_empty() {
        line.text = rest;
    }
}

/// The first link in `page[at..to]`: where its brackets open and close, and the byte behind its address.
fn link(page: &str, at: usize, to: usize) -> Option<(usize, usize, usize)> {
    let mut from = at;
    while let Some(close) = page[from..to].find("](").map(|n| from + n) {
        let behind = behind_address(page, close + 1, to)?;
        let open = page[from..close].rfind('[').map(|n| from + n);
        let address = &page[close + 2..behind - 1];
        let points =
            address.contains(['/', '.', '#']) && !address.contains(|c: char| c.is_whitespace() || !c.is_ascii());
        match open {
            Some(open) if points && !page[at..open].ends_with('!') && open + 1 < close => {
                return Some((open, close, behind));
            }
            _ => from = behind,
        }
    }
    None
}

/// Where the bracket ends that opens at byte `at`.
fn behind_address(page: &str, at: usize, to: usize) -> Option<usize> {
    let mut depth = 0usize;
    for (n, byte) in page.as_bytes()[at..to].iter().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 1 => return Some(at + n + 1),
            b')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Leaves `**` and `__` out, and notes which runs they made bold. Of the blanks between two runs the last one stays with
/// the text, or else their words would run together.
fn split_bold(page: &str, from: usize, to: usize, line: &mut Line) {
    let bytes = page.as_bytes();
    let body = &bytes[from..to];
    if memchr::memchr2(b'*', b'_', body).is_none() {
        line.text.push(Span::new(from, to));
        return;
    }
    let mut piece = from;
    let mut at = from;
    let mut inside = false;
    let mut run_start = from;
    let mut bold_bytes = 0;
    let mut text_bytes = 0;
    let mut blank: Option<Span> = None;
    let mut push = |line: &mut Line, start: usize, end: usize, bold: bool| {
        let (text_start, text_end) = trim(page, start, end);
        if text_start < text_end {
            let before = last_blank(page, start, text_start);
            let mut first = text_start;
            if let Some(last) = line.text.last_mut() {
                match (before, blank) {
                    (Some(before), _) => first = before.start as usize,
                    (None, Some(behind)) => last.end = behind.end,
                    (None, None) => {}
                }
            }
            line.text.push(Span::new(first, text_end));
            text_bytes += text_end - text_start;
            bold_bytes += if bold { text_end - text_start } else { 0 };
            let behind = page[text_end..end].chars().next().filter(|c| c.is_whitespace());
            blank = behind.map(|c| Span::new(text_end, text_end + c.len_utf8()));
        }
    };
    while at < to {
        let mark = bytes[at];
        if matches!(mark, b'*' | b'_') && bytes.get(at + 1) == Some(&mark) && at + 1 < to {
            push(line, piece, at, inside);
            let run = bytes[at..to].iter().take_while(|&&b| b == mark).count();
            if inside {
                if run_start == from {
                    line.bold.head_end = at as u32;
                }
                if at + run == to {
                    line.bold.tail_start = run_start as u32;
                }
            } else {
                run_start = at;
            }
            inside = !inside;
            at += run;
            piece = at;
        } else {
            at += 1;
        }
    }
    // An opening mark without its closing one makes nothing bold.
    push(line, piece, to, false);
    line.bold.whole = text_bytes > 0 && bold_bytes == text_bytes;
}

/// The blank that ends `page[start..end]`, if one does.
fn last_blank(page: &str, start: usize, end: usize) -> Option<Span> {
    let blank = page[start..end].chars().next_back().filter(|c| c.is_whitespace())?;
    Some(Span::new(end - blank.len_utf8(), end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(page: &str, expected: &[(&str, u8, bool)]) {
        let found: Vec<(String, u8, bool)> = lines(page)
            .iter()
            .map(|l| (l.text.iter().map(|s| s.of(page)).collect::<Vec<_>>().join("|"), l.level, l.bold.whole))
            .collect();
        let expected: Vec<(String, u8, bool)> = expected.iter().map(|(t, n, b)| ((*t).to_owned(), *n, *b)).collect();
        assert_eq!(found, expected, "{page:?}");
    }

    #[test]
    fn text_and_mark_up() {
        check("", &[]);
        check("\n \u{3000}\n---\n***\n##\n", &[]);
        check(
            "## 县总送清凉 \n\n　　昨日，县总工会慰问。",
            &[("县总送清凉", 2, false), ("昨日，县总工会慰问。", 0, false)],
        );
        check("**县总送清凉**", &[("县总送清凉", 0, true)]);
        check("# **县总送清凉** #", &[("县总送清凉", 1, true)]);
        check("**记者李明报道** 昨日，县总。", &[("记者李明报道| 昨日，县总。", 0, false)]);
        check("**渡口** \u{3000}老周撑船。", &[("渡口|\u{3000}老周撑船。", 0, false)]);
        check("老周 **撑船** 过渡口", &[("老周 |撑船| 过渡口", 0, false)]);
        check("老周**撑船**过渡口", &[("老周|撑船|过渡口", 0, false)]);
        check("** **渡口** **", &[("渡口", 0, false)]);
        check("县总慰问。**李明 摄**", &[("县总慰问。|李明 摄", 0, false)]);
        check("- 甲厂\n* 乙厂", &[("甲厂", 0, false), ("乙厂", 0, false)]);
        check("3*4=12，**没有结束", &[("3*4=12，|没有结束", 0, false)]);
        check("a\r\nb\rc\u{c}d", &[("a", 0, false), ("b", 0, false), ("c", 0, false), ("d", 0, false)]);
        check("*老周 摄*", &[("老周 摄", 0, false)]);
        check("*老周*撑*船*", &[("*老周*撑*船*", 0, false)]);
        check("> 引文", &[("引文", 0, false)]);
        check("#", &[]);
        check(">", &[]);
        check("****", &[]);
    }

    #[test]
    fn lengths_count_characters() {
        for (text, most, longer, first) in [
            ("渡口", 2, false, "渡口"),
            ("渡口的", 2, true, "渡口"),
            ("", 0, false, ""),
            ("𠮷a", 1, true, "𠮷"),
            ("abcde", 1, true, "a"),
        ] {
            assert_eq!((is_longer(text, most), first_chars(text, most)), (longer, first), "{text}");
        }
    }

    #[test]
    fn blank_lines_part() {
        let parted = |page: &str| {
            let lines = lines(page);
            are_parted(page, &lines[0], &lines[1])
        };
        assert!(!parted("渡口\n老周"));
        assert!(!parted("渡口\r\n　老周"));
        assert!(parted("渡口\n \n老周"));
    }

    #[test]
    fn pictures_leave_what_stands_for_them() {
        let check = |page: &str, expected: Option<&str>| {
            let found = lines(page);
            let texts = found.iter().find(|l| l.picture).map(|l| {
                let texts: Vec<&str> = l.text.iter().map(|s| s.of(page)).collect();
                texts.join("|")
            });
            assert_eq!(texts.as_deref(), expected, "{page}");
        };
        check("![渡口](img/1.jpg)", Some("渡口"));
        check("> ![ 渡口 ](img/1_(2).jpg \"老周\")", Some("渡口"));
        check("[![渡口](1.jpg)](1.html)", Some("渡口"));
        check("![渡口](1.jpg) ![老周](2.jpg)", Some("渡口|老周"));
        assert!(lines("![](img/1.jpg)").is_empty());
        for text in
            ["渡口![老周](1.jpg)", "![渡口](1.jpg)到了", "![渡口](1.jpg", "![渡口]", "![", "[渡口](1.html)", "!"]
        {
            check(text, None);
            assert_eq!(lines(text).len(), 1, "{text}");
        }
    }

    #[test]
    fn links_leave_their_text() {
        let check = |page: &str, expected: &str, links: u8, linked: bool| {
            let line = &lines(page)[0];
            let texts: Vec<&str> = line.text.iter().map(|s| s.of(page)).collect();
            assert_eq!((texts.join("_").as_str(), line.links, line.linked), (expected, links, linked), "{page}");
        };
        check("[渡口](http://a.cn/1) > [要闻](/2)", "渡口_ > _要闻", 2, true);
        check("老周到[渡口](1.html)去。", "老周到_渡口_去。", 1, false);
        check("**[渡口](1.html)**", "渡口", 1, true);
        check("渡口[1](见注)", "渡口[1](见注)", 0, false);
        check("渡口](1.html)", "渡口](1.html)", 0, false);
        check("渡口[老周](1.html", "渡口[老周](1.html", 0, false);
    }

    #[test]
    fn bold_runs_at_the_ends() {
        let page = "**记者李明报道** 昨日。**李明 摄**";
        let line = &lines(page)[0];
        assert_eq!(&page[..line.bold.head_end as usize], "**记者李明报道");
        assert_eq!(&page[line.bold.tail_start as usize..], "**李明 摄**");
    }
}
