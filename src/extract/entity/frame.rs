//! 句式: phrases in which names stand without a title before them.
//!
//! In: a block with its organisations. Out: where names stand, one after the other. The phrases are
//!
//! - 授予X、Y等60名同志…, 增补X、Y、Z三人为委员: those who are honoured or chosen, where a count, 同志 or 为 closes the list;
//! - 某公司的X、, 家住某镇的X是: whose people they are or where they live, before what only a person does;
//! - X（某律师事务所律师）: who wrote it, with what they are in a bracket.

use std::sync::LazyLock;

use crate::extract::gazetteer::Meaning;
use crate::text::{
    Span, WordList, is_cjk, is_name_dot, is_plausible, is_sound, is_surname, is_word, name_cost,
    starts_with_compound_surname,
};

use super::organisation::Organisation;
use super::person::is_ordinary_word;
use super::place::Place;
use super::{Scan, border};

/// Bits that a name of such a list costs at most.
const DEAREST: f32 = 38.0;
/// Characters of a name: with dots it is longer.
const LONGEST: usize = 4;
const LONGEST_DOTTED: usize = 14;

/// The names of all such phrases in a block.
pub(super) fn names(scan: &Scan<'_>, organisations: &[Organisation], places: &[Place]) -> Vec<Span> {
    let mut found = Vec::new();
    for verb in scan.spans(|meaning| meaning == Meaning::Honour) {
        found.extend(honoured(scan.text, verb.end as usize));
    }
    found.extend(organisations.iter().filter_map(|o| one_of(scan, o.span.end as usize)));
    found.extend(places.iter().filter_map(|place| living_in(scan, place.span)));
    let clauses = scan.landmarks.marks.iter().filter(|(_, c)| matches!(c, '（' | '('));
    found.extend(clauses.filter_map(|(at, _)| signed(scan, *at as usize, organisations)));
    found
}

/// 授予|X、Y等60名同志: the names behind the verb that ends at `at`; none where the list does not close as one of people.
fn honoured(text: &str, at: usize) -> Vec<Span> {
    let mut names: Vec<Span> = Vec::new();
    let mut start = at;
    loop {
        let rest = &text[start..];
        let length: usize =
            rest.chars().take(LONGEST_DOTTED).take_while(|c| is_cjk(*c) || is_name_dot(*c)).map(char::len_utf8).sum();
        let run = &rest[..length];
        let closed = CLOSES.iter().filter_map(|close| run.find(close)).min();
        let name = &run[..closed.unwrap_or(length)];
        if !is_name(name) {
            return Vec::new();
        }
        names.push(Span::new(start, start + name.len()));
        if let Some(closed) = closed {
            return if closes(&rest[closed..]) && 2 * names.iter().filter(|n| !is_word(n.of(text))).count() > names.len()
            {
                names
            } else {
                Vec::new()
            };
        }
        match rest[length..].chars().next() {
            Some(mark @ '、') => start += length + mark.len_utf8(),
            _ => return Vec::new(),
        }
    }
}

/// What a list of people ends in.
const CLOSES: [&str; 12] = ["等", "同志", "为", "一人", "两人", "二人", "三人", "四人", "五人", "六人", "七人", "八人"];

/// Whether what stands behind the last name says that they are people: 等60名同志, 三人为, 为委员.
fn closes(rest: &str) -> bool {
    let behind = rest.strip_prefix('等').unwrap_or(rest);
    let figures = behind.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十百余多两".contains(c));
    let counted = figures.len() < behind.len()
        && ["名", "位", "人", "同志"].iter().any(|unit| figures.starts_with(unit))
        && !["名单位", "人民"].iter().any(|w| figures.starts_with(w));
    counted
        && ["集体", "单位", "企业", "项目"]
            .iter()
            .all(|other| !figures.get("名".len()..).unwrap_or_default().starts_with(other))
        || behind.starts_with("同志")
        || behind.starts_with("为")
}

/// Whether an item of such a list is a name.
fn is_name(name: &str) -> bool {
    let letters = name.chars().count();
    if name.contains(is_name_dot) {
        return name_cost(name).is_some();
    }
    // 普布次仁.
    if letters > 2 && name.chars().all(is_sound) && !is_ordinary_word(name) {
        return true;
    }
    (2..=LONGEST).contains(&letters)
        && name_cost(name).is_some_and(|cost| cost <= DEAREST)
        && (letters == 2 || !is_ordinary_word(name))
}

/// 家住某镇的|X是: who lives in a place.
fn living_in(scan: &Scan<'_>, place: Span) -> Option<Span> {
    let text = scan.text;
    let before = &text[..place.start as usize];
    let lives = ["家住", "家在", "来自", "住在"].iter().any(|word| before.ends_with(word));
    let at = place.end as usize + text[place.end as usize..].strip_prefix('的').map(|_| '的'.len_utf8())?;
    if lives { name_at(scan, at, |end| text[end..].starts_with('是') || acts(scan, end)) } else { None }
}

/// 某公司的|X、: who is one of the organisation that ends at `end`, if what follows can only follow a person.
fn one_of(scan: &Scan<'_>, end: usize) -> Option<Span> {
    let text = scan.text;
    let at = end + text[end..].strip_prefix('的').map(|_| '的'.len_utf8())?;
    name_at(scan, at, |end| acts(scan, end))
}

/// The name that begins at `at`, if what stands behind it is said of people.
fn name_at(scan: &Scan<'_>, at: usize, is_said: impl Fn(usize) -> bool) -> Option<Span> {
    /// Bits that the place adds to the name.
    const FAVOUR: f32 = 8.0;
    let text = scan.text;
    border::after(text, at).filter(|c| is_surname(*c) || starts_with_compound_surname(&text[at..]))?;
    [3, 2, 4].map(|n| border::on(text, at, n)).into_iter().find_map(|end| {
        let name = &text[at..end];
        let fits = name.chars().all(is_cjk)
            && is_said(end)
            && !is_ordinary_word(name)
            && !is_word(&text[at..border::on(text, at, 2)])
            && is_plausible(name, FAVOUR);
        fits.then(|| Span::new(at, end))
    })
}

/// Whether a text begins with what is said of who wins or is chosen.
pub(super) fn wins(rest: &str) -> bool {
    const WINS: [&str; 13] =
        ["获得", "获评", "荣获", "夺得", "夺冠", "勇夺", "摘得", "包揽", "分获", "力压", "当选", "斩获", "获第"];
    static WORDS: LazyLock<WordList> = LazyLock::new(|| WordList::of_first(&WINS));
    let figure = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
    rest.strip_prefix('以').is_some_and(figure) || WORDS.starts(rest).next().is_some()
}

/// Whether what stands at `at` is said of people, or joins one to others.
fn acts(scan: &Scan<'_>, at: usize) -> bool {
    let text = scan.text;
    let said = || {
        scan.hits_at(at).any(|h| h.meaning == Meaning::Speech && (h.end - h.start > 3 || text[at..].starts_with('说')))
    };
    matches!(border::after(text, at), Some('、' | '，' | ',' | '（' | '(' | '和' | '与')) || wins(&text[at..]) || said()
}

/// X（某律师事务所律师）: the name before a bracket that opens at `open`, which holds an organisation and ends in a title.
fn signed(scan: &Scan<'_>, open: usize, organisations: &[Organisation]) -> Option<Span> {
    /// Characters in the bracket at most.
    const INSIDE: usize = 40;
    let text = scan.text;
    let start = border::run_start(text, open, LONGEST + 1);
    let name = &text[start..open];
    if !is_name(name) || is_ordinary_word(name) && name.chars().count() > 2 {
        return None;
    }
    let inside = text[open..].char_indices().take(INSIDE).find(|(_, c)| matches!(c, '）' | ')'));
    let close = open + inside?.0;
    let past = organisations.partition_point(|o| (o.span.start as usize) <= open);
    let owned = organisations.get(past).is_some_and(|o| (o.span.end as usize) < close);
    let first = scan.hits.partition_point(|h| (h.start as usize) <= open);
    let mut titles = scan.hits[first..].iter().take_while(|h| (h.start as usize) < close);
    (owned && titles.any(|h| h.end as usize == close && matches!(h.meaning, Meaning::Office | Meaning::Job)))
        .then(|| Span::new(start, open))
}
