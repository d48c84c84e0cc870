//! Entities: people, unions, organisations, places, works and quotes.
//!
//! In: the blocks of an article that hold running text or headings, and the gazetteer. Out: every mention, ordered by
//! where it stands, with its canonical form where the article gives one.
//!
//! One pass of the gazetteer's automaton over each block lists the words that may begin or end a name; everything else
//! looks only around those. The order of the steps is the order in which they need each other:
//!
//! 1. [`place`]: names of divisions, read by what else the article names;
//! 2. [`organisation`]: a head word (总工会, 有限公司) and what belongs to it on its left;
//! 3. [`alias`]: short forms that the article defines or lets one infer (以下简称“X”, 区总工会, 该公司);
//! 4. [`person`]: names by their titles, verbs of saying, lists and statistics, with those that these do not know
//!    ([`unusual`]) and those in phrases without a title ([`frame`]); [`again`]: their other mentions; [`title`]: what they
//!    are, and where;
//! 5. [`work`] and [`quote`]: what stands between marks, and who says it.
//!
//! Mentions do not nest: a place inside an organisation's name is no mention of its own.

mod again;
mod alias;
mod border;
mod frame;
mod organisation;
mod person;
mod place;
mod quote;
mod speaker;
mod title;
mod union;
mod unusual;
mod work;

use std::collections::BTreeMap;

use crate::extract::News;
use crate::extract::gazetteer::{Gazetteer, Scan};
use crate::record::{Entity, EntityKind};
use crate::settings;
use crate::text::{Span, simplified};

/// The names of an article, as far as they are found.
struct Names {
    places: place::Places,
    organisations: ByBlock<organisation::Organisation>,
    people: ByBlock<person::Person>,
}

/// Reads the entities of articles.
pub(super) fn read(news: &mut [News<'_>], gazetteer: &Gazetteer, settings: &settings::Extract) {
    let places = |of: &News<'_>| {
        let publication = simplified(of.head.publication.as_deref().unwrap_or_default());
        let places = place::read(&of.scans, &publication, gazetteer);
        Names { places, organisations: ByBlock(Vec::new()), people: ByBlock(Vec::new()) }
    };
    let mut all: Vec<Names> = news.iter().map(places).collect();
    for (of, names) in news.iter().zip(&mut all) {
        names.organisations = organisation::read(&of.scans, &names.places, gazetteer);
    }
    for (of, names) in news.iter().zip(&mut all) {
        alias::resolve(&of.scans, &names.places, &mut names.organisations);
    }
    for (of, names) in news.iter().zip(&mut all) {
        let Names { places, organisations, .. } = &*names;
        names.people = person::read(&of.scans, places, organisations, &of.notes, gazetteer, &settings.entity);
    }
    for (of, names) in news.iter_mut().zip(all) {
        let mut found = merged(&of.scans, names, gazetteer);
        work::name_in_full(of.article, &mut found);
        of.notes.entities.extend(found);
    }
}

/// All mentions of an article, in the order of its text.
fn merged(scans: &[Scan<'_>], names: Names, gazetteer: &Gazetteer) -> Vec<Entity> {
    let Names { mut places, mut organisations, mut people } = names;
    let mut found: Vec<Entity> = Vec::new();
    for (n, scan) in scans.iter().enumerate() {
        if !places.of(n).is_empty() {
            let taken =
                Occupied::new(organisations.of(n).iter().map(|o| o.span).chain(people.of(n).iter().map(|p| p.span)));
            places.of_mut(n).retain(|p| !taken.overlaps(p.span));
        }
        let works = work::read(scan, gazetteer);
        organisations.of_mut(n).retain(|o| !work::is_part(&works, o.span));
        people.of_mut(n).retain(|p| !work::is_part(&works, p.span));
        let quotes = quote::read(scan);
        let speakers = speaker::of(scan, &quotes, people.of(n), organisations.of(n));
        let first = found.len();
        found.extend(places.of(n).iter().map(|p| p.entity(scan)));
        found.extend(organisations.of(n).iter().map(|o| o.entity(scan)));
        found.extend(people.of(n).iter().map(|p| p.entity(scan)));
        found.extend(works.into_iter().map(|w| w.entity(scan)));
        found.extend(
            quotes.iter().zip(speakers).map(|(q, speaker)| Entity { speaker, ..new(EntityKind::Quote, scan, *q) }),
        );
        found[first..].sort_by_key(|e| (e.start, u32::MAX - e.end, e.kind));
    }
    found
}

/// What was found, block by block, in the order of the scans.
struct ByBlock<T>(Vec<Vec<T>>);

impl<T> ByBlock<T> {
    fn of(&self, scan: usize) -> &[T] {
        self.0.get(scan).map_or(&[], Vec::as_slice)
    }

    fn of_mut(&mut self, scan: usize) -> &mut Vec<T> {
        while self.0.len() <= scan {
            self.0.push(Vec::new());
        }
        &mut self.0[scan]
    }
}

fn new(kind: EntityKind, scan: &Scan<'_>, span: Span) -> Entity {
    Entity::new(kind, scan.number, span.start as usize, span.end as usize)
}

/// Parts of a text that are taken by mentions, for questions in logarithmic time.
#[derive(Default)]
struct Occupied(BTreeMap<u32, u32>);

impl Occupied {
    fn new(spans: impl Iterator<Item = Span>) -> Self {
        let mut occupied = Self::default();
        spans.for_each(|s| occupied.insert(s));
        occupied
    }

    /// Takes a span. Of spans that overlap, the part that was taken before is kept.
    fn insert(&mut self, span: Span) {
        let end = self.0.entry(span.start).or_default();
        *end = span.end.max(*end);
    }

    /// Whether a part of the span is taken.
    fn overlaps(&self, span: Span) -> bool {
        self.0.range(..span.end).next_back().is_some_and(|(_, &end)| end > span.start)
    }
}
