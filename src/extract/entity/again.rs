//! 再次提到: what the article says of a person once holds wherever it names them.
//!
//! In: the people that were found. Out: the other mentions of their names, and what they are, shared along a list
//! (副主席甲、乙; 甲、乙当选为副主席) and by all mentions of a name.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use crate::record::Annotations;
use crate::text::{CharFilter, Span, is_word, opens_surname};

use super::organisation::Organisation;
use super::person::{Person, is_full, is_ordinary_word};
use super::place::Places;
use super::title::{self, Standing};
use super::{ByBlock, Occupied, Scan, border};

/// Every other mention of the names that were found, and of the people in the byline.
pub(super) fn again(
    scans: &[Scan<'_>],
    places: &Places,
    organisations: &ByBlock<Organisation>,
    notes: &Annotations,
    all: &mut ByBlock<Person>,
) {
    let mut names = Names::default();
    for (n, scan) in scans.iter().enumerate() {
        all.of(n).iter().for_each(|p| names.add(p.name(scan)));
    }
    notes.byline.iter().for_each(|b| names.add(&b.name));
    if names.all.is_empty() {
        return;
    }
    for (n, scan) in scans.iter().enumerate() {
        let found = names.find(scan.text, &scan.landmarks.surnames);
        if found.is_empty() {
            continue;
        }
        let known = Occupied::new(all.of(n).iter().map(|p| p.span));
        let full = places.of(n).iter().filter(|p| is_full(p)).map(|p| p.span);
        let taken = Occupied::new(organisations.of(n).iter().map(|o| o.span).chain(full));
        let mut added = Vec::new();
        for span in found {
            let (start, end) = (span.start as usize, span.end as usize);
            if known.overlaps(span) || taken.overlaps(span) || !stands_alone(scan.text, start, end) {
                continue;
            }
            added.push(Person { span, canonical: None, standing: title::of(scan, span, organisations.of(n)) });
        }
        let people = all.of_mut(n);
        people.extend(added);
        people.sort_by_key(|p| p.span);
    }
}

/// The names of an article, for finding all of them in one pass: an automaton would cost more to build than to run.
#[derive(Default)]
struct Names {
    all: FxHashSet<String>,
    /// The first characters of the names.
    first: CharFilter,
    /// Whether one of them opens no surname (阿依古丽).
    rare: bool,
    /// The lengths of the names in bytes, the longest first.
    lengths: Vec<usize>,
}

/// Names of more different lengths than an article has are not told apart: the shorter ones are not looked for.
const MOST_LENGTHS: usize = 32;

impl Names {
    fn add(&mut self, name: &str) {
        let Some(first) = name.chars().next().filter(|_| name.chars().nth(1).is_some()) else { return };
        let at = self.lengths.partition_point(|&n| n > name.len());
        if self.lengths.get(at) != Some(&name.len()) {
            self.lengths.insert(at, name.len());
            self.lengths.truncate(MOST_LENGTHS);
        }
        self.first.insert(first);
        self.rare |= !opens_surname(first);
        if !self.all.contains(name) {
            self.all.insert(name.to_owned());
        }
    }

    /// Where the names stand in `text`, which has these `surnames`: the longer one where several begin, none inside of
    /// another.
    fn find(&self, text: &str, surnames: &[u32]) -> Vec<Span> {
        let mut found = Vec::new();
        let mut free = 0;
        if self.rare {
            while let Some(at) = self.first.find(text, free) {
                let end = self.end_at(text, at);
                found.extend(end.map(|end| Span::new(at, end)));
                free = end.unwrap_or_else(|| border::on(text, at, 1));
            }
            return found;
        }
        for at in surnames.iter().map(|at| *at as usize) {
            let may_begin = at >= free && border::after(text, at).is_some_and(|c| self.first.may_hold(c));
            if may_begin && let Some(end) = self.end_at(text, at) {
                found.push(Span::new(at, end));
                free = end;
            }
        }
        found
    }

    /// Where the longest name ends that begins at `at`.
    fn end_at(&self, text: &str, at: usize) -> Option<usize> {
        let mut ends = self.lengths.iter().map(|n| at + n);
        ends.find(|&end| text.get(at..end).is_some_and(|w| self.all.contains(w)))
    }
}

/// Whether a known name stands there as one: a short name may be part of a word, or a word itself.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let name = &text[start..end];
    if name.chars().count() > 2 && !is_word(name) {
        return true;
    }
    if is_ordinary_word(name) {
        let opens = border::before(text, start).is_none_or(border::is_mark);
        let closes = border::after(text, end).is_some_and(|c| "说、介表告等和在对".contains(c));
        return opens && closes;
    }
    !border::is_inside_a_word(text, start, end)
}

/// Gives every mention of a name the standing that one of them states.
pub(super) fn share_standing(scans: &[Scan<'_>], all: &mut ByBlock<Person>) {
    let mut standings: BTreeMap<String, Standing> = BTreeMap::new();
    for (n, scan) in scans.iter().enumerate() {
        for person in all.of(n) {
            let name = person.name(scan);
            if person.standing.worth() > standings.get(name).map_or(0, Standing::worth) {
                standings.insert(name.to_owned(), person.standing.clone());
            }
        }
    }
    for (n, scan) in scans.iter().enumerate() {
        for person in all.of_mut(n) {
            let Some(known) = standings.get(person.name(scan)) else { continue };
            if person.standing.title.is_none() && person.standing.organisation.is_none() {
                person.standing = known.clone();
            } else if person.standing.organisation.is_none() && person.standing.title == known.title {
                person.standing.organisation.clone_from(&known.organisation);
            }
        }
    }
}

/// 副主席甲、乙: a title of which there are several is that of the next in the list too.
pub(super) fn share_along_lists(scan: &Scan<'_>, people: &mut [Person]) {
    // Whether the last one's title is that of a list.
    let mut handed_on = false;
    for n in 1..people.len() {
        let (before, rest) = people.split_at_mut(n);
        let (Some(last), Some(person)) = (before.last(), rest.first_mut()) else { continue };
        let between = scan.text.get(last.span.end as usize..person.span.start as usize);
        // 教师甲和乙的父亲: another one's.
        let last_of_list = || {
            let next = border::after(scan.text, person.span.end as usize);
            next.is_none_or(|c| border::is_mark(c) || "等在到获来参分荣出也都".contains(c))
        };
        let listed =
            between.is_some_and(|between| between == "、" || ["和", "与", "及"].contains(&between) && last_of_list());
        handed_on = listed && person.standing == Standing::default() && (handed_on || title::is_shared(scan, last));
        if handed_on {
            person.standing = last.standing.clone();
        }
    }
    for n in (1..people.len()).rev() {
        let (before, rest) = people.split_at_mut(n);
        let (Some(listed), Some(person)) = (before.last_mut(), rest.first()) else { continue };
        let between = scan.text.get(listed.span.end as usize..person.span.start as usize);
        let joined = between.is_some_and(|between| ["、", "和", "与", "及"].contains(&between));
        if joined && listed.standing == Standing::default() && title::is_of_all(scan, person) {
            listed.standing = person.standing.clone();
            shared_back(scan, before, n - 1);
        }
    }
}

/// Gives the standing of the person of this number to those before it in its list.
fn shared_back(scan: &Scan<'_>, people: &mut [Person], of: usize) {
    for n in (0..of).rev() {
        let (before, rest) = people.split_at_mut(n + 1);
        let (Some(listed), Some(next)) = (before.last_mut(), rest.first()) else { return };
        let joined = scan.text.get(listed.span.end as usize..next.span.start as usize) == Some("、");
        if !joined || listed.standing != Standing::default() {
            return;
        }
        listed.standing = next.standing.clone();
    }
}
