//! One page → its lines of `articles.jsonl` and `repeats.jsonl`.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::error::{Error, ErrorKind, Result};
use crate::extract::Gazetteer;
use crate::pipeline::guard;
use crate::pipeline::lines::Lines;
use crate::record::{
    Annotations, Article, ArticleRecord, BlockPlace, BlockRef, BlockRepeatRecord, Fate, Page, RepeatMark, RepeatRecord,
    Tally, block_id,
};
use crate::settings::{Compression, Settings};
use crate::text::ScalarIndex;
use crate::{dedup, extract};

/// What some pages gave.
#[derive(Debug, Default)]
pub(super) struct Part {
    pub(super) articles: Lines,
    pub(super) repeats: Lines,
    pub(super) quarantine: Vec<u8>,
    pub(super) tally: Tally,
    pub(super) pages: u64,
    pub(super) bytes: u64,
    pub(super) characters: u64,
}

impl Part {
    /// Puts what other pages gave behind this.
    pub(super) fn append(&mut self, other: Self) {
        self.articles.append(other.articles);
        self.repeats.append(other.repeats);
        self.quarantine.extend(other.quarantine);
        self.tally.add(&other.tally);
        self.pages += other.pages;
        self.bytes += other.bytes;
        self.characters += other.characters;
    }

    /// Compresses what was written down.
    pub(super) fn compress(&mut self, how: Compression) -> Result<()> {
        for part in [&mut self.articles, &mut self.repeats] {
            *part = std::mem::take(part)
                .compressed(how)
                .map_err(|e| Error::new(ErrorKind::Write, "cannot compress").because(e))?;
        }
        Ok(())
    }

    /// Writes the records of a page down, with the next of `notes` in each of its articles, or nothing where there is none.
    pub(super) fn page(
        &mut self,
        page: &Page,
        articles: &[Article<'_>],
        repeats: &dedup::PageRepeats,
        notes: &mut impl Iterator<Item = Annotations>,
        settings: &Settings,
    ) {
        let index = ScalarIndex::new(&page.text);
        self.pages += 1;
        self.bytes += page.text.len() as u64;
        self.characters += index.total() as u64;
        for (a, article) in articles.iter().enumerate() {
            let decided = |b: usize| repeats.get(&BlockRef { article: a as u32, block: b as u32 });
            let marked = |b: usize| article.blocks[b].repeat.as_ref().filter(|mark| mark.of.among(articles).is_some());
            let mut again = BTreeSet::new();
            for (b, block) in article.blocks.iter().enumerate() {
                let of_mark = || block.repeat.as_ref().and_then(|m| dedup::of_mark(&page.head.id, &index, articles, m));
                if let Some(repeat) = decided(b).map(Cow::Borrowed).or_else(|| of_mark().map(Cow::Owned)) {
                    let place = BlockPlace::new(&page.head.id, &index, a, b, &block.spans);
                    let record = RepeatRecord::new(place, &block.text, &repeat);
                    self.tally.repeat(&record);
                    self.repeats.push(&record);
                    if record.is_again() {
                        again.insert(record.block);
                    }
                }
            }
            let fate = |b: usize| {
                let record = match (decided(b), marked(b)) {
                    (Some(repeat), _) if repeat.kept => return Fate::Kept,
                    (None, None) => return Fate::Kept,
                    _ if !settings.write.keep_repeats => return Fate::LeftOut,
                    (Some(repeat), _) => {
                        BlockRepeatRecord { kind: repeat.kind, of: repeat.of.clone(), similarity: repeat.similarity }
                    }
                    (None, Some(mark)) => repeat_of_mark(&page.head.id, mark),
                };
                Fate::Marked(record)
            };
            self.article(page, &index, (a, article), (&fate, &again), notes.next());
        }
    }

    /// The same of a page whose repeats are only those that can be seen on it.
    pub(super) fn lone_page(
        &mut self,
        page: &Page,
        articles: &[Article<'_>],
        notes: &mut impl Iterator<Item = Annotations>,
    ) {
        let index = ScalarIndex::new(&page.text);
        self.pages += 1;
        self.bytes += page.text.len() as u64;
        self.characters += index.total() as u64;
        for (a, article) in articles.iter().enumerate() {
            let fate = |b: usize| match &article.blocks[b].repeat {
                // Nothing else tells of a repeat here, so it stays in place.
                Some(mark) => Fate::Marked(repeat_of_mark(&page.head.id, mark)),
                None => Fate::Kept,
            };
            self.article(page, &index, (a, article), (&fate, &BTreeSet::new()), notes.next());
        }
    }

    fn article(
        &mut self,
        page: &Page,
        index: &ScalarIndex<'_>,
        (number, article): (usize, &Article<'_>),
        (fate, again): (&dyn Fn(usize) -> Fate, &BTreeSet<String>),
        notes: Option<Annotations>,
    ) {
        let mut record = ArticleRecord::new(&page.head, index, number, article, fate);
        if record.blocks.is_empty() {
            return;
        }
        let mut shown = 0;
        let places: Vec<Option<usize>> = (0..article.blocks.len())
            .map(|b| match fate(b) {
                Fate::LeftOut => None,
                Fate::Marked(_) => {
                    shown += 1;
                    None
                }
                Fate::Kept => {
                    shown += 1;
                    Some(shown - 1)
                }
            })
            .collect();
        record.annotate(notes.unwrap_or_default(), &|b| places.get(b as usize).copied().flatten());
        self.tally.article(&record, again);
        self.articles.push(&record);
    }
}

/// What stands in articles, each with its page and whether anything in it is fresh; nothing is read in the others.
pub(super) fn read_facts<'a>(
    articles: impl Iterator<Item = (&'a Page, &'a Article<'a>, bool)>,
    gazetteer: &Gazetteer,
    settings: &Settings,
) -> Vec<Annotations> {
    let (mut all_fresh, mut wanted) = (Vec::new(), Vec::new());
    for (page, article, is_fresh) in articles {
        all_fresh.push(is_fresh);
        if is_fresh {
            guard::trip("extract", &page.text);
            wanted.push((article, &page.head));
        }
    }
    let mut notes = extract::annotate_all(&wanted, gazetteer, &settings.extract).into_iter();
    let mut of = |is_fresh: bool| if is_fresh { notes.next() } else { None }.unwrap_or_default();
    all_fresh.into_iter().map(&mut of).collect()
}

/// Whether a block of the article of this number repeats no other, by what was decided and what its page shows.
pub(super) fn is_fresh(number: usize, article: &Article<'_>, repeats: &dedup::PageRepeats) -> bool {
    article.blocks.iter().enumerate().any(|(b, block)| {
        let decided = repeats.get(&BlockRef { article: number as u32, block: b as u32 });
        decided.map_or(block.repeat.is_none(), |repeat| repeat.kept)
    })
}

fn repeat_of_mark(page: &str, mark: &RepeatMark) -> BlockRepeatRecord {
    let of = block_id(page, mark.of.article as usize, mark.of.block as usize);
    BlockRepeatRecord { kind: mark.kind, of, similarity: mark.similarity }
}
