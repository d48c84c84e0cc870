//! 简称: short forms that the article defines or lets one infer.
//!
//! In: the organisations as printed. Out: the same with their canonical names, and further mentions by short forms:
//!
//! - defined ones, `X股份有限公司(以下简称“Y公司”)`: every later Y公司;
//! - bare levels, 区总工会: the last full name that ends so, else the one of the place that the article speaks of;
//! - 该公司, 该厂: the last organisation with that head word;
//! - 公司工会, 学校工会 at the start of a clause: the last union whose name ends so, else that of the last organisation
//!   with that head word;
//! - shortened names, Y公司 of a company whose full name holds Y.

use std::cell::OnceCell;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::extract::gazetteer::DIVISIONS;
use crate::text::{Span, is_cjk};

use super::organisation::Organisation;
use super::place::Places;
use super::{ByBlock, Occupied, Scan, border, union};

/// Short forms of one article that are looked for; more are a sign of no article.
const MOST_ALIASES: usize = 32;

/// A short form that the article defines.
struct Definition {
    scan: usize,
    span: Span,
    full: String,
    union: bool,
}

/// Completes the organisations of an article.
pub(super) fn resolve(scans: &[Scan<'_>], places: &Places, organisations: &mut ByBlock<Organisation>) {
    let definitions = definitions(scans, organisations);
    for definition in &definitions {
        let Some(short) = scans.get(definition.scan).map(|s| definition.span.of(s.text)) else { continue };
        for (n, scan) in scans.iter().enumerate() {
            mark_defined(scan, short, definition, organisations.of_mut(n));
        }
    }
    bare_levels(scans, places, organisations);
    for (n, scan) in scans.iter().enumerate() {
        pointed_at(scan, organisations.of_mut(n));
    }
    own_unions(scans, organisations);
    shortened(scans, organisations);
}

/// The short forms that brackets behind a name define: (以下简称“X”), (简称X).
fn definitions(scans: &[Scan<'_>], organisations: &ByBlock<Organisation>) -> Vec<Definition> {
    let mut found = Vec::new();
    for (n, scan) in scans.iter().enumerate() {
        for organisation in organisations.of(n) {
            let end = organisation.span.end as usize;
            let Some(open) = border::after(scan.text, end).filter(|c| matches!(c, '(' | '（' | ',' | '，')) else {
                continue;
            };
            let inside = end + open.len_utf8();
            let limit = border::on(scan.text, inside, 24);
            let Some((_, from)) = scan.text[inside..limit]
                .find("简称")
                .or_else(|| scan.text[inside..limit].find("下称"))
                .map(|i| (i, inside + i + "简称".len()))
            else {
                continue;
            };
            if !scan.text[inside..from].chars().all(is_cjk) || scan.text[inside..from].chars().count() > 6 {
                continue;
            }
            let from = from
                + scan.text[from..]
                    .chars()
                    .take_while(|c| matches!(c, '“' | '"' | '「' | '‘' | ':' | '：' | '为'))
                    .map(char::len_utf8)
                    .sum::<usize>();
            let length: usize = scan.text[from..]
                .chars()
                .take_while(|&c| is_cjk(c) || c.is_alphanumeric())
                .take(12)
                .map(char::len_utf8)
                .sum();
            if length >= 6 && found.len() < MOST_ALIASES {
                let full = organisation.span.of(scan.text).to_owned();
                found.push(Definition {
                    scan: n,
                    span: Span::new(from, from + length),
                    full,
                    union: organisation.union,
                });
            }
        }
    }
    found
}

/// Marks the mentions of a defined short form: alone, or as the start of a longer name (东磁公司 + 工会).
fn mark_defined(scan: &Scan<'_>, short: &str, definition: &Definition, here: &mut Vec<Organisation>) {
    let taken = Occupied::new(here.iter().map(|o| o.span));
    for organisation in here.iter_mut() {
        if organisation.span.of(scan.text) == short {
            organisation.canonical = Some(definition.full.clone());
            organisation.bare = false;
        }
    }
    let mut added = Vec::new();
    let mut free = 0;
    for (at, _) in scan.text.match_indices(short) {
        let span = Span::new(at, at + short.len());
        if at < free || taken.overlaps(span) {
            continue;
        }
        let mut end = at + short.len();
        let mut union = definition.union;
        let mut canonical = Some(definition.full.clone());
        if !union && scan.text[end..].starts_with("工会") {
            end += "工会".len();
            union = true;
            canonical = None;
        }
        free = end;
        let span = Span::new(at, end);
        let level = union.then(|| union::level(span.of(scan.text)));
        added.push(Organisation { span, union, level, canonical, bare: false });
    }
    here.extend(added);
    here.sort_by_key(|o| o.span);
}

/// Gives bare levels (区总工会, 镇党委) their place.
fn bare_levels(scans: &[Scan<'_>], places: &Places, organisations: &mut ByBlock<Organisation>) {
    let is_open = |o: &Organisation| o.bare && o.canonical.is_none();
    if !(0..scans.len()).any(|n| organisations.of(n).iter().any(is_open)) {
        return;
    }
    // Full names in the order of the text: a bare one means the last that ends alike, or the first that will.
    let mut full: Vec<(usize, u32, String)> = Vec::new();
    for (n, scan) in scans.iter().enumerate() {
        for o in organisations.of(n).iter().filter(|o| !o.bare) {
            if full.len() < 4096 {
                full.push((n, o.span.start, o.span.of(scan.text).to_owned()));
            }
        }
    }
    let mut known: std::collections::BTreeMap<String, Option<String>> = std::collections::BTreeMap::new();
    for (n, scan) in scans.iter().enumerate() {
        let bodies: Vec<Span> = organisations.of(n).iter().filter(|o| !o.bare).map(|o| o.span).collect();
        for organisation in organisations.of_mut(n).iter_mut().filter(|o| is_open(o)) {
            let short = organisation.span.of(scan.text).to_owned();
            let elsewhere = || {
                let named = known.entry(short.clone()).or_insert_with(|| {
                    // 市总 is short for 市总工会.
                    let short = if short.ends_with('总') { format!("{short}工会") } else { short.clone() };
                    let ends_so = |name: &String| name.len() > short.len() && name.ends_with(short.as_str());
                    let before = full
                        .iter()
                        .rev()
                        .find(|(m, at, name)| (*m, *at) < (n, organisation.span.start) && ends_so(name));
                    let by_name = before.or_else(|| full.iter().find(|(_, _, name)| ends_so(name)));
                    by_name.map(|(_, _, name)| lowest_place(name)).or_else(|| {
                        let level_end = LEVELS.iter().find(|l| short.starts_with(**l)).map(|l| l.len())?;
                        let division = places.of_level(&short[..level_end])?;
                        Some(format!("{}{}", DIVISIONS.name(division), &short[level_end..]))
                    })
                });
                named.clone()
            };
            let beside = || of_body_before(scan, &bodies, organisation.span, &short);
            let canonical =
                of_place_before(scan, n, organisation.span, &short, places).or_else(beside).or_else(elsewhere);
            if let Some(canonical) = canonical.as_deref().filter(|_| organisation.union) {
                organisation.level = Some(union::level(canonical));
            }
            organisation.canonical = canonical;
        }
    }
}

/// 在余杭区,区总工会…: the place of that level that the sentence named last.
fn of_place_before(scan: &Scan<'_>, n: usize, bare: Span, short: &str, places: &Places) -> Option<String> {
    /// Characters between the two.
    const NEAR: usize = 30;
    let level = ["区", "县", "镇", "乡", "街道", "旗"].iter().find(|level| short.starts_with(**level))?;
    let past = places.of(n).partition_point(|p| p.span.end <= bare.start);
    let place = places.of(n)[..past].last()?;
    let division = place.division.filter(|_| place.span.of(scan.text).ends_with(level))?;
    let name = DIVISIONS.name(division);
    let from = place.span.end as usize;
    let near = from >= border::back(scan.text, bare.start as usize, NEAR);
    let one_sentence = near && !scan.text[from..bare.start as usize].contains(['。', '！', '？', '!', '?', '”']);
    (one_sentence && name.ends_with(level)).then(|| format!("{name}{}", &short[level.len()..]))
}

/// 宁波市委常委、市总工会主席: who sits in two bodies sits in those of one place.
fn of_body_before(scan: &Scan<'_>, bodies: &[Span], bare: Span, short: &str) -> Option<String> {
    /// Characters of the office between the two.
    const NEAR: usize = 12;
    let body = bodies[..bodies.partition_point(|b| b.end <= bare.start)].last()?;
    let between = scan.text.get(body.end as usize..bare.start as usize)?;
    if !between.ends_with('、') || between.contains(['，', ',', '。', '；']) || between.chars().nth(NEAR).is_some()
    {
        return None;
    }
    let level = LEVELS.iter().find(|level| short.starts_with(**level))?;
    let name = body.of(scan.text);
    let end = name.find(level)? + level.len();
    let place = &name[..end];
    DIVISIONS.surface(place)?;
    Some(format!("{place}{}", &short[level.len()..]))
}

const LEVELS: [&str; 9] = ["省", "市", "区", "县", "镇", "乡", "街道", "州", "旗"];

/// 丽水市莲都区碧湖镇总工会 → 碧湖镇总工会: only the lowest of the places that open a name.
fn lowest_place(name: &str) -> String {
    let mut rest = name;
    loop {
        let cut = rest.char_indices().skip(2).take(9).map(|(i, c)| i + c.len_utf8()).find(|&end| {
            DIVISIONS.surface(&rest[..end]).is_some()
                && "省市区县".contains(rest[..end].chars().next_back().unwrap_or(' '))
        });
        match cut {
            // What is left must itself begin with a place of a level.
            Some(end) if starts_with_a_level(&rest[end..]) => rest = &rest[end..],
            _ => return rest.to_owned(),
        }
    }
}

fn starts_with_a_level(rest: &str) -> bool {
    rest.char_indices().skip(1).take(6).any(|(_, c)| "区县市镇乡".contains(c))
        || rest.chars().take(6).collect::<String>().contains("街道")
}

/// 该公司: the last organisation with the same head word.
fn pointed_at(scan: &Scan<'_>, here: &mut Vec<Organisation>) {
    if here.is_empty() || !scan.text.contains('该') {
        return;
    }
    let mut added: Vec<Organisation> = Vec::new();
    for (at, this) in scan.text.match_indices('该') {
        let from = at + this.len();
        let Some(word) = POINTED.iter().find(|w| scan.text[from..].starts_with(**w)) else { continue };
        let span = Span::new(at, from + word.len());
        let before = here.partition_point(|o| o.span.end as usize <= at);
        let ends_so = |o: &&Organisation| o.span.of(scan.text).ends_with(word.trim_start_matches("企"));
        let Some(meant) = here[..before].iter().rev().take(8).find(|o| ends_so(o) && !o.union) else { continue };
        if here.get(before).is_some_and(|o| o.span.start < span.end) {
            continue;
        }
        let canonical = Some(meant.name(scan).to_owned());
        added.push(Organisation { span, union: false, level: None, canonical, bare: false });
    }
    here.extend(added);
    here.sort_by_key(|o| o.span);
}

/// 公司工会: the union of the organisation that the article speaks of.
fn own_unions(scans: &[Scan<'_>], organisations: &mut ByBlock<Organisation>) {
    const UNION: &str = "工会";
    static FINDER: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(UNION));
    if (0..scans.len()).all(|n| organisations.of(n).is_empty()) {
        return;
    }
    // The last name so far for each head word, a union's before that of its organisation.
    let mut last: [Option<String>; POINTED.len()] = Default::default();
    for (n, scan) in scans.iter().enumerate() {
        let text = scan.text;
        let here = organisations.of_mut(n);
        let mut added: Vec<Organisation> = Vec::new();
        let mut known = here.iter().peekable();
        let mut add_known = |upto: usize, last: &mut [Option<String>; POINTED.len()]| {
            while let Some(o) = known.next_if(|o| (o.span.end as usize) <= upto) {
                let name = o.name(scan);
                let (body, union) = name.strip_suffix(UNION).map_or((name, false), |body| (body, true));
                if let Some(at) = POINTED.iter().position(|head| is_meant(head, body))
                    && (union || !o.union)
                {
                    last[at] = Some(format!("{body}{UNION}"));
                }
            }
        };
        let taken = OnceCell::new();
        let taken = || taken.get_or_init(|| Occupied::new(here.iter().map(|o| o.span)));
        for at in FINDER.find_iter(text.as_bytes()) {
            let Some((number, head)) = POINTED.iter().enumerate().find(|(_, head)| text[..at].ends_with(**head)) else {
                continue;
            };
            let start = at - head.len();
            let span = Span::new(start, at + UNION.len());
            let opens = border::before(text, start).is_none_or(|c| border::is_mark(c) || border::is_grammar(c));
            add_known(start, &mut last);
            if opens
                && let Some(canonical) = &last[number]
                && !taken().overlaps(span)
            {
                let level = Some(union::level(canonical));
                added.push(Organisation { span, union: true, level, canonical: Some(canonical.clone()), bare: false });
            }
        }
        add_known(text.len(), &mut last);
        if !added.is_empty() {
            here.extend(added);
            here.sort_by_key(|o| o.span);
        }
    }
}

const POINTED: [&str; 11] = ["公司", "集团", "医院", "学校", "银行", "协会", "厂", "局", "院", "所", "段"];

/// What 学校 points at, whatever the school is called.
const SCHOOLS: [&str; 6] = ["中学", "小学", "大学", "学院", "学校", "幼儿园"];

/// Whether a pointing word means an organisation of this name.
fn is_meant(head: &str, body: &str) -> bool {
    body.len() > head.len() && body.ends_with(head)
        || head == "学校" && SCHOOLS.iter().any(|school| body.ends_with(school))
}

/// Shortened names: an organisation whose own part lies in the full name of an earlier one with the same kind of head.
fn shortened(scans: &[Scan<'_>], organisations: &mut ByBlock<Organisation>) {
    let mut full: Vec<String> = Vec::new();
    for (n, scan) in scans.iter().enumerate() {
        for organisation in organisations.of_mut(n) {
            let name = organisation.span.of(scan.text);
            if organisation.union || !name.ends_with("公司") {
                continue;
            }
            if name.ends_with("有限公司") || name.ends_with("责任公司") {
                if full.len() < MOST_ALIASES && !full.iter().any(|f| f == name) {
                    full.push(name.to_owned());
                }
            } else if organisation.canonical.is_none()
                && let Some(own) = name.strip_suffix("公司").filter(|own| own.chars().count() >= 2)
            {
                organisation.canonical = full.iter().rev().find(|f| f.contains(own)).cloned();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_lowest_place_stays() {
        assert_eq!(lowest_place("绍兴市柯桥区钱清街道总工会"), "钱清街道总工会");
        assert_eq!(lowest_place("浙江省总工会"), "浙江省总工会");
        assert_eq!(lowest_place("杭州市临平区总工会"), "临平区总工会");
        assert_eq!(lowest_place("宁波市总工会"), "宁波市总工会");
    }
}
