//! Who makes a page and how to reach them: 责任编辑 甲乙 美术编辑 丙丁 电话 88854321.

use crate::text::{WordList, is_cjk, is_plausible};

/// Longest line, in bytes.
const LONGEST: usize = 240;
/// Longest name, in characters.
const LONGEST_NAME: usize = 4;
/// People in one office, at most.
const MOST: usize = 4;

/// Offices of those who make a page.
const OFFICES: [&str; 34] = [
    "责任编辑",
    "责编",
    "本版编辑",
    "本版责编",
    "本版主编",
    "值班编委",
    "值班主任",
    "值班编辑",
    "值班总编",
    "值班副总编",
    "版面主编",
    "版面编辑",
    "执行主编",
    "执行编辑",
    "主编",
    "一版编辑",
    "版式设计",
    "版面设计",
    "版式",
    "版面",
    "美术编辑",
    "图片编辑",
    "视觉编辑",
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
    "总编辑",
];

/// The one of them that a page's number and name have for a label, too.
const PAGE: &str = "版面";

/// Those of them that the text begins with.
fn offices(text: &str) -> impl Iterator<Item = &'static str> {
    static LIST: std::sync::LazyLock<WordList> = std::sync::LazyLock::new(|| WordList::of_first(&OFFICES));
    LIST.starts(text)
}

fn is_between(c: char) -> bool {
    c.is_whitespace() || matches!(c, ':' | '：' | '/' | '／' | '|' | '｜' | '、' | '，' | ',' | '·')
}

/// What stands behind an office and its people (责任编辑 甲乙 丙丁), where the text begins with them.
pub(super) fn office(text: &str) -> Option<&str> {
    let office = offices(text).max_by_key(|office| office.len())?;
    let mut rest = &text[office.len()..];
    if !rest.starts_with(is_between) {
        return None;
    }
    let mut n = 0;
    while n < MOST {
        let behind = rest.trim_start_matches(is_between);
        let end = behind.find(|c: char| !is_cjk(c)).unwrap_or(behind.len());
        let name = &behind[..end];
        let other = offices(name).next().is_some() || contact(behind).is_some();
        let named = (2..=LONGEST_NAME).contains(&name.chars().count()) && !other && !name.ends_with('版');
        // The first is who it is said to be.
        if !named || n > 0 && !is_plausible(name, 0.0) {
            break;
        }
        (rest, n) = (&behind[end..], n + 1);
    }
    (n > 0).then_some(rest)
}

/// What stands behind a way to reach somebody (本版热线 88854321, E-mail:a@b.cn), where the text begins with one.
pub(super) fn contact(text: &str) -> Option<&str> {
    const WAYS: [&str; 8] = ["电话", "热线", "邮箱", "信箱", "传真", "网址", "微信", "微博"];
    let label = text.find(|c: char| !is_cjk(c)).unwrap_or(text.len());
    let han = label > 0 && label <= "电子投稿邮箱".len() && WAYS.iter().any(|way| text[..label].ends_with(way));
    let latin = ["E-mail", "E-MAIL", "e-mail", "Email", "email", "QQ"].iter().find_map(|word| text.strip_prefix(word));
    let rest = if han { &text[label..] } else { latin? };
    let value = rest.trim_start_matches(is_between);
    let end = value.find(|c: char| !(c.is_ascii_graphic() || c.is_numeric() || c == '—')).unwrap_or(value.len());
    (end > 0).then(|| &value[end..])
}

/// Whether the line names those who made the page, and nothing else.
pub(super) fn is_staff(text: &str) -> bool {
    if text.len() > LONGEST || text.ends_with('。') {
        return false;
    }
    let labelled = |office: &str| {
        text.strip_prefix(office).is_some_and(|rest| {
            rest.starts_with([':', '：', '/', '／'])
                || rest.starts_with([' ', '\u{3000}']) && rest.trim().chars().count() <= 16
        })
    };
    // 编辑：您为什么选择当船工？, 统筹：县总工会负责: what is said of it. 版面：头版 names the page.
    let named = || {
        !text.contains(['，', '？', '！', ',', '?', '!'])
            && text
                .split(|c: char| !is_cjk(c))
                .all(|run| run.chars().count() <= LONGEST_NAME + 1 || offices(run).next().is_some())
    };
    offices(text).any(|office| office != PAGE && labelled(office)) && named() || is_all_staff(text)
}

/// Whether the line is nothing but offices with their people, and ways to reach them.
fn is_all_staff(text: &str) -> bool {
    let Some(mut rest) = office(text) else { return false };
    loop {
        rest = rest.trim_start_matches(is_between);
        if rest.is_empty() {
            return true;
        }
        match office(rest).or_else(|| contact(rest)) {
            Some(behind) => rest = behind,
            None => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn staff() {
        for line in [
            "责任编辑：李明 版式设计：王芳",
            "责编 李明",
            "责任编辑 向阳 版式 刘洋 联系电话 88854321",
            "值班编委 林平 责任编辑 金朝 美术编辑 郑燕 校对 吴敏",
            "本版责编 章丽 邮箱 a@b.cn 广告热线 0571-88854321",
        ] {
            assert!(is_staff(line), "{line}");
        }
        for line in [
            "编辑部里的年轻人走进车间采访一线职工",
            "校对工作要细致。",
            "编辑：您为什么选择当船工？",
            "统筹：县总工会负责全县各项工作",
            "编辑 李明 王芳先后到渡口采访",
            "版面:第02版:要闻",
            "版面:头版",
            "统筹 城乡职工一起上夜校读书写字作画唱歌",
        ] {
            assert!(!is_staff(line), "{line}");
        }
    }

    #[test]
    fn offices_and_contacts_end_where_others_begin() {
        assert_eq!(office("责任编辑 向阳 第4版 公告"), Some(" 第4版 公告"));
        assert_eq!(office("编辑:高岩 电话:88854321"), Some(" 电话:88854321"));
        assert_eq!(office("版面:第02版"), None);
        assert_eq!(contact("本版热线 88854321 编辑:高岩"), Some(" 编辑:高岩"));
        assert_eq!(contact("热线电话为职工解忧"), None);
    }
}
