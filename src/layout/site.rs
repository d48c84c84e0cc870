//! What a site or an account prints around a story: whom to follow, what to read next, names of files, the titles of what
//! else stands on the page, the trail to the page and what stands above that.

use std::sync::LazyLock;

use regex::Regex;

use crate::layout::border::{self, Ending};
use crate::layout::classify::{Role, Row};
use crate::layout::furniture;
use crate::layout::line::{self, Line};
use crate::text::{WordFinder, is_cjk};

/// Longest line, in bytes, that asks to follow or names a file.
const LONGEST: usize = 120;
/// Longest title of another story, in characters.
const LONGEST_TITLE: usize = 40;

/// What stands over titles of other stories is one of these words and one of the next.
const WHICH: [&str; 9] = ["相关", "推荐", "热门", "热点", "最新", "往期", "精彩", "更多", "猜你"];
const OFFERED: [&str; 9] = ["阅读", "新闻", "文章", "资讯", "排行", "推荐", "回顾", "精选", "喜欢"];

/// What stands over the guide of a front page, besides what frames have.
const GUIDES: [&str; 7] = ["今日看点", "本期看点", "本版看点", "今日要目", "本期要目", "今日提要", "要闻导读"];

static ASKS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:看[^ 。，,]{2,8}[,，])?关注[^ 。，,]{0,14}(?:公众号|微信|微博|抖音)(?:[,，].{0,16})?$",
        r"|^[\[【(（]?(?:请|轻)?点击.{0,8}蓝[色字].{0,12}$",
        r"|^(?:请|微信|手机|请用微信|打开微信|欢迎)?(?:扫一扫|扫描|长按|识别)[^。，]{0,14}(?:二维码(?:关注[^ 。，,]{0,10})?|打开当前页|关注(?:我们|[^ 。，,]{0,8}公众号))$",
        r"|^[^。]{0,16}点[个亮]?[^ 。，,]{0,2}[“「]?(?:赞|在看)[”」]?[^。]{0,2}(?:[“「]?在看[”」]?)?[^。]{0,12}$",
        r"|^(?:点击)?[“「]?阅读原文[”」]?[^。]{0,10}$|^-*\s*(?:THE )?END\s*-*$",
        r"|^[0-9A-Za-z_-]{3,60}\.(?:jpe?g|JPE?G|png|PNG|gif|bmp)$",
        r"|^(?:版面翻页|轻触这里|关闭目录)$|^当前版[:：]"
    ))
    .ok()
});

/// Whether the line asks readers to follow or to turn to something else, or is the name of a picture's file.
pub(super) fn is_aside(text: &str) -> bool {
    const CUES: [&str; 15] = [
        "关注",
        "点击",
        "二维码",
        "打开当前页",
        "在看",
        "原文",
        "END",
        ".jp",
        ".JP",
        ".png",
        ".PNG",
        ".gif",
        ".bmp",
        "当前版",
        "翻页",
    ];
    const BESIDE: [&str; 8] = [
        "轻触这里",
        "关闭目录",
        "预览时标签不可点",
        "喜欢此内容的人还喜欢",
        "继续滑动看下一个",
        "写留言",
        "精选留言",
        "点赞 在看 分享",
    ];
    static WORDS: LazyLock<WordFinder> = LazyLock::new(|| WordFinder::new(&CUES));
    if text.len() > LONGEST || text.ends_with('。') {
        return false;
    }
    if text.starts_with("首页") && is_menu(text) {
        return true;
    }
    BESIDE.contains(&text)
        || heads_offers(text)
        || GUIDES.contains(&border::without_marks(text))
        || WORDS.is_in(text) && ASKS.as_ref().is_some_and(|pattern| pattern.is_match(text))
}

/// Whether the line is the menu of a site: 首页 | 新闻 | 维权 | 帮扶.
fn is_menu(text: &str) -> bool {
    /// Parts at least, and characters of the longest.
    const LEAST: usize = 4;
    const LONGEST: usize = 6;
    let parts =
        || text.split(|c: char| c.is_whitespace() || matches!(c, '|' | '｜' | '·')).filter(|part| !part.is_empty());
    parts().count() >= LEAST && parts().all(|part| !line::is_longer(part, LONGEST) && part.chars().all(is_cjk))
}

/// Whether the line stands over titles of other stories and nothing else.
fn heads_offers(text: &str) -> bool {
    border::without_marks(text)
        .split_at_checked("相关".len())
        .is_some_and(|(which, offered)| WHICH.contains(&which) && OFFERED.contains(&offered))
}

/// Whether the line stands over the guide of a front page.
pub(super) fn heads_guide(text: &str) -> bool {
    let bare = border::without_marks(text);
    bare.ends_with("导读") || GUIDES.contains(&bare)
}

/// Makes furniture of what a site offers besides: what stands above the trail to the page, the titles of the page's
/// stories in one line, the site's name below its frame, and the titles of other stories at the page's end.
pub(super) fn mark(page: &str, lines: &[Line], rows: &mut [Row]) {
    let navigation = n_lines_of_navigation(page, lines, rows);
    rows[..navigation].iter_mut().for_each(|row| row.role = Role::Furniture);
    for n in 0..rows.len().min(NEAR) {
        if is_contents(page, rows, n) || is_name(page, rows, n) {
            rows[n].role = Role::Furniture;
        }
    }
    let offered = first_offered(page, lines, rows);
    rows[offered..].iter_mut().filter(|row| row.role != Role::Staff).for_each(|row| row.role = Role::Furniture);
}

/// Rows of a page's head among which its contents and its site's name stand.
const NEAR: usize = 10;

/// How many rows stand above the trail of a site's page (您的位置：首页 > …): what the site offers besides.
fn n_lines_of_navigation(page: &str, lines: &[Line], rows: &[Row]) -> usize {
    /// Rows above the trail at most.
    const MOST: usize = 20;
    let trail = |row: &Row| row.role == Role::Furniture && furniture::is_whole_trail(row.text(page));
    let Some(trail) = rows.iter().take(MOST).position(trail) else { return 0 };
    let above = rows.iter().zip(lines).take(trail);
    if above.into_iter().all(|(row, line)| may_offer(page, row, line)) { trail } else { 0 }
}

/// Whether the row may be the title of something else that a site offers.
fn may_offer(page: &str, row: &Row, line: &Line) -> bool {
    let text = row.text(page);
    matches!(row.role, Role::Furniture)
        || matches!(row.role, Role::Text | Role::List)
            && row.head.is_none()
            && line.level == 0
            && !line.bold.whole
            && !line::is_longer(text, LONGEST_TITLE)
            && border::ending(text) != Ending::Complete
}

/// The first of the rows at the page's end that are titles of other stories; the number of rows where none is.
fn first_offered(page: &str, lines: &[Line], rows: &[Row]) -> usize {
    let offers = |n: &usize| rows[*n].role == Role::Staff || may_offer(page, &rows[*n], &lines[*n]);
    let from = (0..rows.len()).rev().take_while(offers).last().unwrap_or(rows.len());
    // What a paper prints under such a label is text.
    let linked = |row: &Row| matches!(border::without_marks(row.text(page)), "相关链接" | "友情链接");
    let label = |row: &Row| match row.role {
        Role::Furniture => heads_offers(row.text(page)),
        _ => linked(row),
    };
    // A page that tells nothing offers nothing besides.
    let behind = from.max(1);
    (behind..rows.len().saturating_sub(1)).find(|&n| label(&rows[n])).unwrap_or(rows.len())
}

/// Whether row `n` holds the titles of the page's stories, parted by blanks: at least one heads a row below.
fn is_contents(page: &str, rows: &[Row], n: usize) -> bool {
    /// Titles at least.
    const LEAST: usize = 4;
    /// Rows below that are compared.
    const BELOW: usize = 16;
    let text = rows[n].text(page);
    if rows[n].role != Role::Text || rows[n].head.is_some() || text.contains('。') || !text.contains([' ', '\u{3000}'])
    {
        return false;
    }
    let parts = || text.split_whitespace().filter(|part| part.chars().nth(1).is_some());
    parts().count() >= LEAST
        && rows[n + 1..].iter().take(BELOW).any(|row| {
            let below = row.text(page);
            row.role == Role::Text && row.head.is_none() && parts().any(|part| part == below)
        })
}

/// Whether row `n`, below nothing but the frame of a site and above a title, is the site's name.
fn is_name(page: &str, rows: &[Row], n: usize) -> bool {
    const ENDS: [&str; 3] = ["人民政府", "政府网", "工会网"];
    let text = rows[n].text(page);
    let plain = |row: &Row| row.role == Role::Text && row.head.is_none();
    n > 0
        && plain(&rows[n])
        && ENDS.iter().any(|end| text.ends_with(end))
        && text.chars().all(is_cjk)
        && rows[..n].iter().all(|row| row.role == Role::Furniture)
        && is_aside(rows[n - 1].text(page))
        && rows.get(n + 1).is_some_and(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_beside_a_story() {
        for line in [
            "关注公众号，随时阅读渡口工人报",
            "看渡口新闻,关注渡口新闻网微信",
            "点击上方蓝字关注我们",
            "扫一扫在手机上打开当前页",
            "长按识别二维码关注我们",
            "点赞、在看，让更多人看到",
            "喜欢就点个“在看”吧",
            "阅读原文",
            "END",
            "预览时标签不可点",
            "3455671422935637935.jpg",
            "当前版:第A4版:第4版 上一期  下一期",
            "【相关阅读】",
            "往期推荐",
            "热点文章",
            "●今日看点",
            "首页 | 新闻 | 维权 | 帮扶",
            "首页  机关概况  新闻中心  服务大厅",
        ] {
            assert!(is_aside(line), "{line}");
        }
        for line in [
            "关注渡口职工的夜班",
            "关注公众号的人多了，渡口也热闹了。",
            "职工扫一扫二维码就能点单",
            "点亮渡口的灯",
            "渡口的原文",
            "相关阅读材料已经发下去了",
            "渡口.jpg的照片",
            "首页 渡口的灯又亮了",
            "渡口文章",
            "年8月15日",
            "相关渡口",
        ] {
            assert!(!is_aside(line), "{line}");
        }
    }
}
