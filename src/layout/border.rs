//! How a piece of text ends and begins: at a sentence's end, in mid-sentence, or so that one cannot tell.
//!
//! Also what is still open in it: a quotation mark or bracket that opens in a piece and closes in none must close in the
//! piece that goes on.

use crate::text::{find_other, is_cjk, is_closing, is_opening, is_plausible, is_surname};

/// How a piece of text ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Ending {
    /// With a sentence.
    #[default]
    Complete,
    /// With a bracket or colon: a paragraph may end so, and a cut may stand there.
    Either,
    /// In mid-sentence.
    Open,
}

/// How `text` ends.
pub(super) fn ending(text: &str) -> Ending {
    let Some(last) = text.chars().rev().find(|c| !c.is_whitespace() && *c != '*') else { return Ending::Complete };
    match last {
        '。' | '！' | '!' | '？' | '?' | '…' | '；' | ';' | '．' => Ending::Complete,
        // A quotation ends with its stop; a term or a name in such marks does not.
        '”' | '’' | '」' | '』' => {
            let inside = text.trim_end_matches(|c: char| c.is_whitespace() || c == '*' || is_closing(c));
            let stopped = inside.ends_with(['。', '！', '!', '？', '?', '…', '；', ';', '．']);
            if stopped { Ending::Complete } else { Ending::Either }
        }
        '）' | ')' | '》' | '：' | ':' | '—' | '】' | ']' | '〉' | '～' | '●' | '■' | '◆' => {
            Ending::Either
        }
        _ => Ending::Open,
    }
}

/// How a line of text ends that may be complete without a closing mark: what closes it, if anything does, is a telephone
/// number or an address, or it is so short that it may be a label, a name or a line of verse. `shortest` is the number of
/// characters from which on a line without a closing mark is cut for sure.
pub(super) fn line_ending(text: &str, shortest: usize) -> Ending {
    match ending(text) {
        Ending::Open if closes_without_mark(text) => Ending::Complete,
        Ending::Open if is_label_line(text) || is_short(text, shortest) => Ending::Either,
        // A line without any full stop that ends in a term in quotation marks is sooner a title than cut there.
        Ending::Either if text.ends_with(['”', '’', '」', '』']) && !text.contains('。') => Ending::Complete,
        ending => ending,
    }
}

/// Whether the text ends in a telephone number, an address of mail or web, or is a day by itself.
pub(super) fn closes_without_mark(text: &str) -> bool {
    /// Digits of the shortest number that is a telephone's wherever it stands.
    const DIGITS: usize = 7;
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || c == '*');
    let number = text.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '—' | ' ' | '转'));
    let digits = text[number.len()..].bytes().filter(u8::is_ascii_digit).count();
    if digits >= DIGITS || digits >= 3 && number.ends_with(['：', ':']) {
        return true;
    }
    let last = text.rsplit(|c: char| !c.is_ascii_graphic()).next().unwrap_or("");
    // Who says it, or signs it: ——编者.
    let signed = text.strip_prefix("——").is_some_and(|who| who.chars().nth(8).is_none());
    signed
        || last.len() > 5 && last.contains('.') && (last.contains('@') || last.contains("www.") || last.contains("://"))
        || is_day(text)
}

/// Whether the text is a day and nothing else: 2018年8月15日, 二〇一八年八月十五日, 8月15日.
pub(super) fn is_day(text: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit() || "〇○零一二三四五六七八九十".contains(c);
    let text = text.trim();
    text.len() <= 45 && text.ends_with('日') && text.starts_with(digit) && {
        let mut left = text.chars().filter(|c| !c.is_whitespace() && !digit(*c)).peekable();
        // Below a notice the year may be left out.
        left.next_if_eq(&'年');
        [Some('月'), Some('日'), None].into_iter().all(|mark| left.next() == mark)
    }
}

/// The text without the marks, letters and digits around its ideographs: ●今日看点, 【相关阅读】.
pub(super) fn without_marks(text: &str) -> &str {
    text.trim_matches(|c: char| !is_cjk(c))
}

/// Whether the text stands in brackets: （渡口）.
pub(super) fn is_bracketed(text: &str) -> bool {
    text.starts_with(['（', '(']) && text.ends_with(['）', ')'])
}

/// The label of at most `longest` characters that opens the line, and what stands behind its colon: 律师：….
pub(super) fn label(text: &str, longest: usize) -> Option<(&str, &str)> {
    let (at, colon) = text.char_indices().take(longest + 1).find(|(_, c)| matches!(c, '：' | ':'))?;
    (at > 0).then(|| (&text[..at], &text[at + colon.len_utf8()..]))
}

/// Whether the line is a label and its value, as they stand below a notice: 咨询电话：…, 注：….
fn is_label_line(text: &str) -> bool {
    /// Longest such line, in characters.
    const LONGEST: usize = 40;
    const LABELS: [&str; 16] = [
        "注",
        "备注",
        "附件",
        "电话",
        "热线",
        "地址",
        "地点",
        "时间",
        "方式",
        "联系人",
        "邮箱",
        "网址",
        "传真",
        "对象",
        "范围",
        "邮编",
    ];
    let Some((label, value)) = label(text, 6) else { return false };
    LABELS.iter().any(|l| label.ends_with(l))
        && !value.ends_with(['，', ',', '、', '的'])
        && text.chars().nth(LONGEST).is_none()
}

/// Whether the line is shorter than `shortest` characters and of one clause.
fn is_short(text: &str, shortest: usize) -> bool {
    text.chars().nth(shortest.saturating_sub(1)).is_none()
        && !text.contains(['。', '，', ',', '、', '；', '！', '？'])
        && !text.starts_with(cannot_begin)
        && balance(text) == Balance::default()
}

/// Whether no line begins with this character unless it goes on from another.
pub(super) fn cannot_begin(c: char) -> bool {
    is_closing(c)
        || matches!(c, '，' | ',' | '。' | '、' | '；' | ';' | '：' | ':' | '？' | '?' | '！' | '!' | '%' | '％' | '…')
}

/// Whether the line says which picture it stands under.
pub(super) fn is_caption(text: &str) -> bool {
    const OPENINGS: [&str; 7] = ["图为", "左图", "右图", "上图", "下图", "题图", "图片说明"];
    // 图①…, 图二：….
    let mut numbered = text.strip_prefix('图').unwrap_or("").chars();
    let number = numbered.next();
    OPENINGS.iter().any(|o| text.starts_with(o))
        || matches!(number, Some('①'..='⑳'))
        || matches!(number, Some('一' | '二' | '三' | '四' | '五' | '六'))
            && matches!(numbered.next(), Some('：' | ':'))
}

/// Whether the line is what the editors say of the text below it.
pub(super) fn is_editors_note(text: &str) -> bool {
    const LABELS: [&str; 7] = ["编者按", "编前", "编前话", "编者的话", "开栏的话", "开栏语", "编者语"];
    let text = text.trim_start_matches(|c: char| !is_cjk(c));
    let label = LABELS.iter().filter_map(|label| text.strip_prefix(label));
    label.into_iter().any(|rest| rest.starts_with(['：', ':', '】', ']', ' ', '　', '■']))
}

/// Whether the line opens with a mark that points at a picture, where it does not open a piece of news.
pub(super) fn points_up(text: &str) -> bool {
    text.starts_with(['▲', '△', '↑'])
}

/// The mark that opens the line, if it is one that sets a piece of news apart from the next. A circle or square that is open
/// also stands for a zero or for what could not be read.
pub(super) fn item_mark(text: &str) -> Option<char> {
    text.chars().next().filter(|c| matches!(c, '▲' | '△' | '▼' | '▽' | '■' | '●' | '◆' | '◇' | '★' | '☆'))
}

/// Whether the line goes on from none, whatever stands before it: a piece of news behind its mark, a day, a note, what a
/// reader writes or somebody says in an interview.
pub(super) fn begins_anew(text: &str) -> bool {
    item_mark(text).is_some()
        || is_day(text)
        || is_turn(text)
        || text.starts_with('@')
        || ["注：", "注:", "备注：", "备注:", "▶", "►"].iter().any(|start| text.starts_with(start))
}

/// Whether the line is a turn of an interview, behind the name or the part of who speaks: 记者：…, 答：…, 王建国：…; but
/// 说：“….
fn is_turn(text: &str) -> bool {
    /// Characters of the longest name or part.
    const LONGEST: usize = 4;
    const PARTS: [&str; 12] =
        ["问", "答", "记者", "主持人", "编者", "编后", "编后语", "读者", "网友", "嘉宾", "律师", "专家"];
    let Some((who, said)) = label(text, LONGEST) else { return false };
    let name = || who.chars().nth(1).is_some() && who.chars().next().is_some_and(is_surname) && is_plausible(who, 0.0);
    !said.is_empty() && !said.starts_with(['“', '"', '「']) && (PARTS.contains(&who) || name())
}

/// Pairs that must close, in the order of [`Balance`].
const PAIRS: [(char, char); 4] = [('“', '”'), ('‘', '’'), ('《', '》'), ('(', ')')];

/// What a piece of text leaves open, and what it closes without having opened it; one number a pair.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Balance {
    /// Opened and not closed.
    pub open: [u8; 4],
    /// Closed before it was opened.
    pub closed: [u8; 4],
}

/// Counts the pairs of `text`.
pub(super) fn balance(text: &str) -> Balance {
    let mut found = Balance::default();
    let mut from = 0;
    while let Some((at, c)) = find_other(text, from) {
        from = at + c.len_utf8();
        let c = match c {
            '（' => '(',
            '）' => ')',
            c if is_opening(c) || is_closing(c) => c,
            _ => continue,
        };
        for (n, &(opening, closing)) in PAIRS.iter().enumerate() {
            if c == opening {
                found.open[n] = found.open[n].saturating_add(1);
            } else if c == closing {
                if found.open[n] > 0 {
                    found.open[n] -= 1;
                } else {
                    found.closed[n] = found.closed[n].saturating_add(1);
                }
            }
        }
    }
    found
}

/// What speaks for or against `right` going on from `left`, in nats: a pair that opens in the one and closes in the other
/// speaks for it, a close that nothing opened, or (less, since a quotation may run over paragraphs) an open that nothing
/// closes, against it.
pub(super) fn pairs_fit(left: Balance, right: Balance) -> f32 {
    let mut sum = 0.0;
    for n in 0..PAIRS.len() {
        let (open, closed) = (left.open[n].min(1), right.closed[n].min(1));
        sum += match (open, closed) {
            (1, 1) => 2.5,
            (0, 1) => -4.0,
            (1, 0) => -2.0,
            _ => 0.0,
        };
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings() {
        for (text, expected) in [
            ("县总慰问职工。", Ending::Complete),
            ("“真暖心！”", Ending::Complete),
            ("“真暖心。’”", Ending::Complete),
            ("装上了“夜航灯”", Ending::Either),
            ("县总慰问职", Ending::Open),
            ("县总慰问，", Ending::Open),
            ("名单如下：", Ending::Either),
            ("（李明 摄）", Ending::Either),
            ("2018", Ending::Open),
            ("", Ending::Complete),
        ] {
            assert_eq!(ending(text), expected, "{text}");
        }
    }

    #[test]
    fn lines_that_need_no_mark() {
        for (text, expected) in [
            ("报名电话：0571-00000000", Ending::Complete),
            ("咨询请拨12351000", Ending::Complete),
            ("来稿请寄 a@b.example", Ending::Complete),
            ("2018年8月15日", Ending::Complete),
            ("——编者", Ending::Complete),
            ("地点：渡口小学操场", Ending::Either),
            ("渡口班组", Ending::Either),
            ("县总工会昨日慰问了一线职工，人数超过30", Ending::Open),
            ("渡口，", Ending::Open),
            ("渡口的船工装上了“夜航灯”", Ending::Complete),
            ("渡口添了灯。船工都叫它“夜航灯”", Ending::Either),
            ("县总工会昨日慰问了渡口一线的职", Ending::Open),
        ] {
            assert_eq!(line_ending(text, 9), expected, "{text}");
        }
    }

    #[test]
    fn lines_that_go_on_from_none() {
        for (text, expected) in [
            ("▲县总工会昨日慰问职工", true),
            ("2018年8月15日", true),
            ("记者：下一步有什么打算？", true),
            ("答：先建会，再入会。", true),
            ("王建国：前年冬天下大雪。", true),
            ("编后：渡口的灯修好了。", true),
            ("说：“前年冬天下大雪。”", false),
            ("王建国：“前年冬天下大雪。”", false),
            ("人，县总工会昨日慰问职工", false),
            ("时间：8月15日", false),
        ] {
            assert_eq!(begins_anew(text), expected, "{text}");
        }
    }

    #[test]
    fn days() {
        for (text, expected) in [
            ("2018年8月15日", true),
            ("二〇一八年八月十五日", true),
            ("8月15日", true),
            ("15日", false),
            ("8月15日起", false),
            ("月日", false),
        ] {
            assert_eq!(is_day(text), expected, "{text}");
        }
    }

    #[test]
    fn what_editors_say() {
        for (text, expected) in [
            ("编者按：渡口的灯修好了。", true),
            ("【编者按】渡口的灯修好了。", true),
            ("■开栏的话　渡口的灯修好了。", true),
            ("编者按语写得好。", false),
            ("渡口编者按：", false),
        ] {
            assert_eq!(is_editors_note(text), expected, "{text}");
        }
    }

    #[test]
    fn captions() {
        for (text, expected) in [
            ("图为渡口清晨。", true),
            ("图②：老周在撑船。", true),
            ("图二：老周在撑船。", true),
            ("图一乐的事不少。", false),
            ("图书馆添了新书。", false),
            ("△渡口修好了。", false),
        ] {
            assert_eq!(is_caption(text), expected, "{text}");
        }
    }

    #[test]
    fn what_opens_must_close() {
        let left = balance("他说：“工会真");
        assert!(pairs_fit(left, balance("暖心！”")) > 0.0);
        assert!(pairs_fit(left, balance("慰问结束。")) < 0.0);
        assert!(pairs_fit(balance("工会真"), balance("暖心！”")) < 0.0);
        assert_eq!(balance("（《“‘’”》）"), Balance::default());
        let mixed = balance("é（𠮷《工）”é”、。)(");
        assert_eq!((mixed.open, mixed.closed), ([0, 0, 1, 1], [2, 0, 0, 1]));
    }
}
