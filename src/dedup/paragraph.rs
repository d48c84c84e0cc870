//! A page's text as paragraphs, where nothing is known of its layout.
//!
//! In: the text of a page. Out: its paragraphs in order. They are separated by blank lines where the page has any between
//! two lines of text, else by line breaks. The spans of a paragraph leave out line breaks, the blanks around each line, the
//! signs of a heading (`##`) and of bold type (`**`), and the mark of a jump at the head or the tail of a line
//! (上接第一版, 下转第3版).

use std::sync::LazyLock;

use smallvec::SmallVec;

use crate::credit::jump::{self, Jump};
use crate::text::Span;

/// A paragraph of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// All of it, from its first to its last character that is no blank, mark-up included, in bytes of the page.
    pub extent: Span,
    /// The same without the mark of a jump at its head or its tail.
    pub body: Span,
    /// What of it is text, in bytes of the page. Empty where the paragraph is mark-up alone.
    pub spans: SmallVec<[Span; 1]>,
}

/// The paragraphs of a page.
pub fn paragraphs(text: &str) -> Vec<Paragraph> {
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let by_blank_lines = has_blank_line(text);
    let mut open = false;
    for line in lines(text) {
        if line.is_empty() {
            open = false;
            continue;
        }
        match paragraphs.last_mut() {
            Some(last) if open && by_blank_lines => last.extent.end = line.end,
            _ => paragraphs.push(Paragraph { extent: line, body: line, spans: SmallVec::new() }),
        }
        open = true;
        if let Some(last) = paragraphs.last_mut() {
            let bare = without_jumps(text, line);
            spans_of_line(text, bare, &mut last.spans);
            if line.start == last.extent.start {
                last.body.start = bare.start;
            }
            last.body.end = bare.end;
        }
    }
    paragraphs
}

/// The lines of a text without the blanks around them, in order; a blank line is an empty span.
fn lines(text: &str) -> impl Iterator<Item = Span> {
    let breaks = memchr::memchr_iter(b'\n', text.as_bytes()).chain(std::iter::once(text.len()));
    let mut start = 0;
    breaks.map(move |end| {
        let line = &text[start..end];
        let kept = line.trim();
        let from = if kept.is_empty() { start } else { start + (line.len() - line.trim_start().len()) };
        start = end + 1;
        Span::new(from, from + kept.len())
    })
}

/// Whether a blank line stands between two lines of text.
fn has_blank_line(text: &str) -> bool {
    let mut after_text = false;
    let mut blank = false;
    for line in lines(text) {
        if line.is_empty() {
            blank = after_text;
        } else if blank {
            return true;
        } else {
            after_text = true;
        }
    }
    false
}

static BOLD: LazyLock<memchr::memmem::Finder<'static>> = LazyLock::new(|| memchr::memmem::Finder::new(b"**"));

fn spans_of_line(text: &str, line: Span, spans: &mut SmallVec<[Span; 1]>) {
    let body = line.of(text);
    let bare = body.trim_start_matches('#').trim_start();
    // A line of number signs alone, or a tag such as #工会, is no heading.
    let heading = bare.len() < body.len() && body.starts_with('#') && !body.trim_start_matches('#').starts_with(bare);
    let mut from = if heading || bare.is_empty() { line.end as usize - bare.len() } else { line.start as usize };
    let end = line.end as usize;
    let bold: SmallVec<[usize; 4]> = BOLD.find_iter(&text.as_bytes()[from..end]).map(|at| at + from).collect();
    for at in bold {
        if at > from {
            spans.push(Span::new(from, at));
        }
        from = at + 2;
    }
    if from < end {
        spans.push(Span::new(from, end));
    }
}

/// A line without the jumps at its ends.
fn without_jumps(text: &str, line: Span) -> Span {
    let mut bare = line;
    // One at the head and one at the tail.
    for _ in 0..2 {
        let Some(Jump { span, .. }) = jump::find(bare.of(text)) else { break };
        let line = bare.of(text);
        let before = line[..span.start as usize].trim_end_matches(jump::is_around);
        let behind = line[span.end as usize..].trim_start_matches(jump::is_around);
        if before.is_empty() {
            bare.start = bare.end - behind.len() as u32;
        } else {
            bare.end = bare.start + before.len() as u32;
        }
    }
    bare
}

/// The text without the paragraphs that `left_out` names, by their place in `paragraphs`. The blanks before a paragraph go
/// with it; those before the first and behind the last one of the page stay.
pub fn without(text: &str, paragraphs: &[Paragraph], left_out: impl Fn(usize) -> bool) -> String {
    let mut kept = String::with_capacity(text.len());
    let (Some(first), Some(last)) = (paragraphs.first(), paragraphs.last()) else { return text.to_owned() };
    kept.push_str(&text[..first.extent.start as usize]);
    let mut any = false;
    let mut before = first.extent.start as usize;
    for (n, paragraph) in paragraphs.iter().enumerate() {
        let extent = paragraph.extent;
        if !left_out(n) {
            if any {
                kept.push_str(&text[before..extent.start as usize]);
            }
            any = true;
            kept.push_str(extent.of(text));
        }
        before = extent.end as usize;
    }
    kept.push_str(&text[last.extent.end as usize..]);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> =
            paragraphs(text).iter().map(|p| p.spans.iter().map(|s| s.of(text)).collect::<Vec<_>>().join("|")).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn blank_lines_separate_where_there_are_any() {
        check("", &[]);
        check(" \n\n", &[]);
        check("一\n二", &["一", "二"]);
        check("一\n二\n\n三", &["一|二", "三"]);
        check("\n\n一\n二\n\n", &["一", "二"]);
        check("\u{3000}\u{3000}一 \r\n \r\n二", &["一", "二"]);
    }

    #[test]
    fn mark_up_is_left_out() {
        check("## 头 条\n\n**本报讯** 正文**", &["头 条", "本报讯| 正文"]);
        check("#工会\n\n1#楼", &["#工会", "1#楼"]);
        check("##\n\n****", &["", ""]);
    }

    #[test]
    fn jumps_are_left_out() {
        check("甲乙丙（下转第3版） ▶", &["甲乙丙"]);
        check("（上接第一版）丁戊", &["丁戊"]);
        check("**丁戊（下转3版）**", &["丁戊（下转3版）"]);
        check("（下转3版）", &[""]);
        check("管道上接水塔，下转排版车间的出版", &["管道上接水塔，下转排版车间的出版"]);
        check("上接版", &["上接版"]);
    }

    #[test]
    fn leaving_out_keeps_the_rest_as_it_was() {
        let text = "\n甲\n\n乙\n\n\n丙\n";
        let all = paragraphs(text);
        assert_eq!(without(text, &all, |_| false), text);
        assert_eq!(without(text, &all, |n| n == 0), "\n乙\n\n\n丙\n");
        assert_eq!(without(text, &all, |n| n == 1), "\n甲\n\n\n丙\n");
        assert_eq!(without(text, &all, |n| n == 2), "\n甲\n\n乙\n");
        assert_eq!(without(text, &all, |_| true), "\n\n");
        assert_eq!(without(" \n", &[], |_| true), " \n");
    }
}
