//! 工种: occupations that no list has, by how such words are made (挤奶|工, 隧道|工, 调车|员).
//!
//! In: a text and the hits of the lists. Out: one hit more for each word that is an occupation by its shape, where a
//! personal name may begin behind it. What a person works at or on, in two characters, stands before 工, 员, 师 or 匠; what
//! ends so and is another word (施工, 动员, 出师) is told by the dictionary.

use crate::text::{CharSet, is_cjk, is_word, jieba, may_open_name};

use super::{Hit, Meaning};

/// How such words end: of the [`crate::text::SIGNS`].
const ENDINGS: [char; 4] = ['工', '员', '师', '匠'];
/// What stands before an ending and names no work: who they are together, of which there are many, a division of an army.
const NO_WORK: [&str; 22] = [
    "企业", "全体", "广大", "部分", "其他", "所有", "各位", "优秀", "步兵", "装甲", "坦克", "炮兵", "陆军", "空降",
    "独立", "整编", "骑兵", "集体", "国家", "单位", "公司", "学校",
];

/// What stands before a surname, or one character of a given name, in a nickname: 挤奶工|大刘.
pub(in crate::extract) static NICKNAMING: CharSet = CharSet::new("老小大阿");

/// Adds the occupations of a text to its hits, which are ordered by their start, the longer one first. `signs` are those of
/// its landmarks.
pub(super) fn add(text: &str, signs: &[(u32, char)], hits: &mut Vec<Hit>) {
    let listed = hits.len();
    for &(found, ending) in signs.iter().filter(|sign| ENDINGS.contains(&sign.1)) {
        let found = found as usize;
        let at = found + ending.len_utf8();
        if let Some(start) = start_of(text, found, at) {
            let is_listed = |h: &Hit| {
                (h.end as usize) >= at
                    && (h.start as usize) < at
                    && matches!(h.meaning, Meaning::Office | Meaning::Job | Meaning::Head(_))
            };
            // No word of the lists that ends behind it begins far before it.
            let near = hits[..listed].partition_point(|h| (h.start as usize) + LONGEST < start);
            if !hits[near..listed].iter().take_while(|h| (h.start as usize) < at).any(is_listed) {
                hits.push(Hit { start: start as u32, end: at as u32, meaning: Meaning::Job });
            }
        }
    }
    if hits.len() > listed {
        hits.sort_by_key(|h| (h.start, u32::MAX - h.end));
    }
}

/// Bytes of the longest word of the lists that may hold an ending.
const LONGEST: usize = 48;

/// Where the occupation begins whose last character is the ending `at..end`.
fn start_of(text: &str, at: usize, end: usize) -> Option<usize> {
    let next = text[end..].chars().next().filter(|c| may_open_name(*c) || NICKNAMING.has(*c))?;
    // 工程, 师范, 员额: another word begins.
    if is_word(&text[at..end + next.len_utf8()]) && !NICKNAMING.has(next) {
        return None;
    }
    // 保育员|小班, 质检员大|练兵.
    let mut behind = text[end..].char_indices().map(|(i, c)| end + i + c.len_utf8());
    let (one, two, three) = (behind.next().unwrap_or(end), behind.next().unwrap_or(end), behind.next().unwrap_or(end));
    let is_other = |from: usize, to: usize| from < to && is_word(&text[from..to]);
    if NICKNAMING.has(next) && (is_other(end, two) || is_other(one, three)) {
        return None;
    }
    let mut letters = text[..at].char_indices().rev();
    let (last, c) = letters.next()?;
    let (start, d) = letters.next()?;
    let work = &text[start..at];
    if !is_cjk(c) || !is_cjk(d) || NO_WORK.contains(&work) || "一二三四五六七八九十某该名位个两第".contains(d)
    {
        return None;
    }
    // 施工, 人员, 律师: a word of two characters, unless the dictionary has all three.
    let whole = is_word(&text[start..end]);
    // 这个工: work is a noun or a verb.
    let is_work = || jieba().tag(work, false).first().is_some_and(|word| word.tag.starts_with(['n', 'v', 's']));
    (whole || is_word(work) && !is_word(&text[last..end]) && is_work()).then_some(start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Landmarks;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let mut hits = Vec::new();
        add(text, &Landmarks::new(text).signs, &mut hits);
        let found: Vec<&str> = hits.iter().map(|h| &text[h.start as usize..h.end as usize]).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn occupations_by_their_shape() {
        check("牛场挤奶工周玉梅", &["挤奶工"]);
        check("钻井工高志远和测井员陈立", &["钻井工", "测井员"]);
        // Others that end so.
        check("铁路施工常年不停", &[]);
        check("全体员工高兴", &[]);
        check("土木工程和师范", &[]);
        check("工会动员和宣传", &[]);
        check("装甲师高速前进", &[]);
        check("挤奶工，周玉梅", &[]);
        check("保育员小班和大班", &[]);
        check("质检员大练兵活动", &[]);
    }
}
