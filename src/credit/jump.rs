//! Jump lines: 下转第3版, 上接第1版, in brackets or alone.
//!
//! They say that an article goes on, or began, on another page of the issue.

use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};

use crate::text::Span;

/// Which way a jump line points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Direction {
    /// 下转: the article goes on there.
    To,
    /// 上接: the article began there.
    From,
}

/// A jump line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Jump {
    /// Which way.
    pub direction: Direction,
    /// The page's number as printed: 3, A3, 三.
    pub number: String,
    /// Where it stands, in bytes of the text that was read, brackets included.
    pub span: Span,
}

/// What points out of the text.
const ARROWS: [char; 5] = ['▶', '►', '➡', '◀', '◄'];

static JUMP: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let arrows = String::from_iter(ARROWS);
    Regex::new(&[
        &format!("[（(【{arrows}]*"),
        r"\s*(?P<way>下转|转|紧接|上接|接)\s*(?:\d{1,2}月\d{1,2}日)?\s*第?\s*(?P<number>[A-Za-z]?\d{1,3}|[一二三四五六七八九十]{1,3})\s*版",
        r"(?:[^。，；）)\n]{0,24}[）)】])?",
        &format!(r"[\s{arrows}]*"),
    ].concat())
    .ok()
});

/// Blanks, and what points on.
pub(crate) fn is_around(c: char) -> bool {
    c.is_whitespace() || ARROWS.contains(&c)
}

/// The jump that `text` opens or closes with, if it does; of several the last.
pub fn find(text: &str) -> Option<Jump> {
    // A jump is short and stands at an end: nothing else of a long line needs to be read.
    let bare = text.trim();
    let opens = bare.starts_with(ARROWS) || bare.starts_with(['（', '(', '【', '下', '转', '紧', '上', '接']);
    let closes = bare.ends_with(ARROWS) || bare.ends_with(['）', ')', '】', '版']);
    if !(opens || closes) || !text.contains('版') || !(text.contains('转') || text.contains('接')) {
        return None;
    }
    let pattern = JUMP.as_ref()?;
    let mut best = None;
    for found in pattern.captures_iter(text) {
        let all = found.get(0)?;
        let bracketed = all.as_str().starts_with(ARROWS) || all.as_str().starts_with(['(', '（', '【']);
        let way = found.name("way")?.as_str();
        let is_blank = |text: &str| text.trim_matches(is_around).is_empty();
        let (at_start, at_end) = (is_blank(&text[..all.start()]), is_blank(&text[all.end()..]));
        // A bare 转 or 接 is a jump only in brackets; a bare 下转 or 上接 also where it points out of the text.
        let points_out = match way {
            "下转" => at_end,
            "上接" | "紧接" => at_start,
            _ => false,
        };
        if !(bracketed && (at_end || at_start) || points_out) {
            continue;
        }
        best = Some(Jump {
            direction: if way.ends_with('转') { Direction::To } else { Direction::From },
            number: found.name("number")?.as_str().to_owned(),
            span: Span::new(all.end() - all.as_str().trim_start().len(), all.start() + all.as_str().trim_end().len()),
        });
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(Direction, &str, &str)>) {
        let found = find(text);
        let found = found.as_ref().map(|j| (j.direction, j.number.as_str(), j.span.of(text)));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn jumps_and_none() {
        check("职工的心更暖了（下转第3版）", Some((Direction::To, "3", "（下转第3版）")));
        check("（上接8月18日第2版）", Some((Direction::From, "2", "（上接8月18日第2版）")));
        check("下转A3版", Some((Direction::To, "A3", "下转A3版")));
        check("（上接第一版）职工的心", Some((Direction::From, "一", "（上接第一版）")));
        check("(紧接1版)", Some((Direction::From, "1", "(紧接1版)")));
        check("(下转第2版 ▶)", Some((Direction::To, "2", "(下转第2版 ▶)")));
        check("职工的心更暖了 下转第3版", Some((Direction::To, "3", "下转第3版")));
        check("上接第一版职工的心", Some((Direction::From, "一", "上接第一版")));
        check("（下转第3版） ▶", Some((Direction::To, "3", "（下转第3版） ▶")));
        check("◀◀◀上接第1版", Some((Direction::From, "1", "◀◀◀上接第1版")));
        check("书稿已转第3版，职工争相传阅。", None);
        check("管道上接第3版图纸，下转排版车间的出版", None);
        check("他接第2版的活。", None);
        check("职工之家", None);
    }
}
