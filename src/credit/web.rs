//! The credit line that sites print under a headline or below a story: fields of label and value, with the day and the hour
//! among them (2018-08-15 09:24 来源：… 作者：… 责编：…).
//!
//! Whose label says that they wrote, took pictures or edited is credited if the value is names; the value behind 来源 is
//! credited as it stands. What other fields say (who passed the text, how often it was read) is part of the line alone.

use std::sync::LazyLock;

use regex::Regex;

use super::cursor::Cursor;
use super::{Credit, Credited, people};
use crate::record::Role;
use crate::text::{CharFilter, Span, is_sentence_end};

/// Longest value of a field, in characters: some ten names.
const LONGEST: usize = 40;

/// Longest name of a source, in characters.
const LONGEST_SOURCE: usize = 24;

/// What the label of a field says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    /// Whose names follow, in which role; None where records have none.
    People(Option<Role>),
    Source,
    /// A day, an hour, a count.
    Other,
}

const LABELS: &[(&str, Field)] = &[
    ("作者", Field::People(Some(Role::Author))),
    ("文稿", Field::People(Some(Role::Author))),
    ("文字", Field::People(Some(Role::Author))),
    ("供稿", Field::People(Some(Role::Author))),
    ("撰稿", Field::People(Some(Role::Author))),
    ("撰文", Field::People(Some(Role::Author))),
    ("记者", Field::People(Some(Role::Reporter))),
    ("通讯员", Field::People(Some(Role::Correspondent))),
    ("摄影", Field::People(Some(Role::Photographer))),
    ("图片", Field::People(Some(Role::Photographer))),
    ("供图", Field::People(Some(Role::Photographer))),
    ("责任编辑", Field::People(Some(Role::Editor))),
    ("值班编辑", Field::People(Some(Role::Editor))),
    ("网络编辑", Field::People(Some(Role::Editor))),
    ("编辑", Field::People(Some(Role::Editor))),
    ("责编", Field::People(Some(Role::Editor))),
    ("审核", Field::People(None)),
    ("初审", Field::People(None)),
    ("复审", Field::People(None)),
    ("终审", Field::People(None)),
    ("审签", Field::People(None)),
    ("签发", Field::People(None)),
    ("审校", Field::People(None)),
    ("校对", Field::People(None)),
    ("监制", Field::People(None)),
    ("信息来源", Field::Source),
    ("文章来源", Field::Source),
    ("新闻来源", Field::Source),
    ("稿件来源", Field::Source),
    ("来源", Field::Source),
    ("稿源", Field::Source),
    ("发布时间", Field::Other),
    ("发布日期", Field::Other),
    ("发表时间", Field::Other),
    ("更新时间", Field::Other),
    ("时间", Field::Other),
    ("日期", Field::Other),
    ("点击数", Field::Other),
    ("点击量", Field::Other),
    ("点击", Field::Other),
    ("浏览次数", Field::Other),
    ("浏览量", Field::Other),
    ("浏览", Field::Other),
    ("阅读量", Field::Other),
    ("阅读", Field::Other),
    ("字号", Field::Other),
    ("字体", Field::Other),
];

/// How the labels begin.
static OPENINGS: LazyLock<CharFilter> = LazyLock::new(|| CharFilter::of_first(LABELS.iter().map(|(word, _)| *word)));

static MARK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let labels: Vec<&str> = LABELS.iter().map(|(word, _)| *word).collect();
    Regex::new(&format!(
        r"(?P<label>{})[ \u{{3000}}]*[:：丨|｜]|(?:\d{{4}}\s*[-年/.]\s*\d{{1,2}}\s*[-月/.]\s*\d{{1,2}}\s*日?\s*)?\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}})?|\d{{4}}\s*[-年/.]\s*\d{{1,2}}\s*[-月/.]\s*\d{{1,2}}\s*日?",
        labels.join("|")
    ))
    .ok()
});

/// The credit that all of the cursor's text is, in fields. Several are known as what they are by their labels; one alone must
/// be names, unless its neighbours tell what it is (`told`).
pub(super) fn read(cursor: &Cursor<'_>, told: bool) -> Option<Credit> {
    let text = cursor.rest();
    // Nearly every line opens with something else.
    let first = text.chars().next()?;
    // 【来源：…】【作者：…】.
    let bracket = if matches!(first, '【' | '[') { first.len_utf8() } else { 0 };
    let address = n_bytes_of_address(text) + bracket;
    let text_from = &text[bracket..];
    let first = text_from.chars().next()?;
    let opens = address > bracket
        || first.is_ascii_digit()
        || OPENINGS.may_hold(first) && LABELS.iter().any(|(word, _)| text_from.starts_with(word));
    if !opens || first.is_ascii_digit() && text.contains("发表于") {
        return posted(cursor);
    }
    if !text.contains([':', '：', '丨', '|', '｜']) || text.ends_with(is_sentence_end) {
        return None;
    }
    let pattern = MARK.as_ref()?;
    let mut found: Vec<(usize, usize, Field)> = Vec::new();
    for mark in pattern.captures_iter(text) {
        let all = mark.get(0)?;
        if all.start() < address {
            continue;
        }
        let field = mark.name("label").map_or(Some(Field::Other), |label| {
            LABELS.iter().find(|(word, _)| *word == label.as_str()).map(|(_, field)| *field)
        })?;
        // A day or an hour behind its label is that field's value.
        let valued =
            found.last().is_some_and(|&(_, to, last)| last == Field::Other && text[to..all.start()].trim().is_empty());
        match found.last_mut().filter(|_| valued && mark.name("label").is_none()) {
            Some(last) => last.1 = all.end(),
            None => found.push((all.start(), all.end(), field)),
        }
    }
    if !text[address..found.first()?.0].trim().is_empty() {
        return None;
    }
    let mut credit = Credit { span: Span::new(cursor.at, cursor.stop), ..Credit::default() };
    let (mut n_fields, mut n_told, mut credited) = (0, 0, false);
    let ends = found.iter().skip(1).map(|f| f.0).chain([text.len()]);
    for (&(_, from, field), to) in found.iter().zip(ends) {
        let value = text[from..to].trim_matches(is_between);
        let length = value.chars().count();
        if length > LONGEST || value.contains(['。', '，', '？', '！', '“', ':', '：']) {
            return None;
        }
        n_fields += 1;
        n_told += usize::from(field != Field::Other);
        let at = cursor.at + from + text[from..to].find(value)?;
        let span = Span::new(at, at + value.len());
        match field {
            Field::People(role) => {
                let names = people::only_names(&cursor.part(at, at + value.len()));
                // 记者：… also opens a question.
                let asks = matches!(role, Some(Role::Reporter | Role::Correspondent));
                credited |= !asks && (told && length > 0 || !names.is_empty());
                let role = role.into_iter();
                credit.people.extend(
                    role.flat_map(|role| names.iter().map(move |&span| Credited { span, role, affiliation: None })),
                );
            }
            Field::Source if length > LONGEST_SOURCE => return None,
            Field::Source if length > 0 => {
                credited |= told;
                credit.people.push(Credited { span, role: Role::Source, affiliation: None });
            }
            // Behind a day stands nothing but its hour; what is counted is a number.
            Field::Other if length > 0 && !value.chars().all(|c| c.is_ascii_digit() || "次大中小 ".contains(c)) => {
                return None;
            }
            _ => {}
        }
    }
    (credited || n_told > 0 && n_fields > 1).then_some(credit)
}

/// The line that an account prints below its headline: its name, the day and the hour, and where it was posted (原创
/// 某县总工会 2018-08-15 18:30 浙江). The name may stand on a line of its own above the rest (2018-08-15 18:30 发表于浙江).
fn posted(cursor: &Cursor<'_>) -> Option<Credit> {
    /// Parts before the day: a mark of what is the account's own, the author, the account.
    const MOST: usize = 4;
    /// Longest such line, in bytes.
    const LONGEST_POSTED: usize = 160;
    static DAY: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"^(?:\d{4}-\d{2}-\d{2}|\d{4}年\d{1,2}月\d{1,2}日)[ \u{3000}]+\d{1,2}:\d{2}(?::\d{2})?").ok()
    });
    let text = cursor.rest();
    let own = text.starts_with("原创");
    if text.len() > LONGEST_POSTED || !text.contains(':') || !(own || text.contains("发表于")) {
        return None;
    }
    let day = text.find(|c: char| c.is_ascii_digit())?;
    let behind = day + DAY.as_ref()?.find(&text[day..])?.end();
    let place = text[behind..].trim();
    let posted = place.strip_prefix("发表于").map(str::trim_start);
    let is_name =
        |part: &str| (2..=16).contains(&part.chars().count()) && part.chars().all(|c| c.is_alphanumeric() || c == '·');
    let parts: Vec<&str> = text[..day].split_whitespace().collect();
    if !(own || posted.is_some())
        || !(place.is_empty() || is_name(posted.unwrap_or(place)))
        || parts.len() > MOST
        || !parts.iter().all(|part| is_name(part))
    {
        return None;
    }
    let mut credit = Credit { span: Span::new(cursor.at, cursor.stop), ..Credit::default() };
    if let Some(account) = parts.last() {
        let at = cursor.at + Some(*account).filter(|part| *part != "原创").and_then(|part| text[..day].rfind(part))?;
        credit.people.push(Credited { span: Span::new(at, at + account.len()), role: Role::Source, affiliation: None });
    }
    Some(credit)
}

/// Bytes of the address that the text begins with, up to the day that a site prints behind it without a blank; 0 where it
/// begins with none.
fn n_bytes_of_address(text: &str) -> usize {
    if !["http", "//", "www."].iter().any(|opening| text.starts_with(opening)) {
        return 0;
    }
    let end = text.find(|c: char| !c.is_ascii_graphic()).unwrap_or(text.len());
    let is_year = |at: &usize| ["19", "20"].iter().any(|century| text[*at..end].starts_with(century));
    let dated =
        (0..end).find(|at| is_year(at) && text[at + 2..].contains(['-', '年']) && !text[*at..end].contains('/'));
    dated.unwrap_or(end)
}

/// What parts the fields.
fn is_between(c: char) -> bool {
    c.is_whitespace() || matches!(c, '【' | '】' | '[' | ']' | '|' | '｜' | '/' | '丨' | '·' | ';' | '；' | '、')
}
