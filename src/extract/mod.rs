//! [`Article`] → [`Annotations`]: bylines, quantities, dates, entities and activities, each with its exact span.
//!
//! In: a clean article and the head of its page (relative dates need its date, where the article's dateline names no
//! day). Cannot fail. Facts are read from running text and from headings (a headline's 8万余家 is a mention too), not from
//! credits, staff lines or furniture, and not from blocks that repeat others.
//!
//! One pass over each block finds every number and date word (`scan`); the costly step, jieba with parts of speech, is
//! taken only on the pieces of clauses beside a quantity.

mod activity;
mod byline;
mod date;
mod entity;
mod gazetteer;
mod quantity;
mod scan;
mod traditional;

pub use gazetteer::Gazetteer;

use crate::record::{Annotations, Article, BlockKind, Fact, PageHead};
use crate::settings;
use crate::text::Folded;

/// Bytes of text in a batch, or one article with more.
const BATCH: usize = 64 << 10;

/// Reads an article.
pub fn annotate(
    article: &Article<'_>,
    head: &PageHead,
    gazetteer: &Gazetteer,
    settings: &settings::Extract,
) -> Annotations {
    annotate_all(&[(article, head)], gazetteer, settings).pop().unwrap_or_default()
}

/// Reads many articles, each with the head of its page and for itself, in their order.
///
/// It is one step over a batch of articles after the other, rather than one article after the other: the code and the
/// tables of one step stay in the processor's nearest memories, those of all steps do not.
pub fn annotate_all(
    articles: &[(&Article<'_>, &PageHead)],
    gazetteer: &Gazetteer,
    settings: &settings::Extract,
) -> Vec<Annotations> {
    let mut all = Vec::with_capacity(articles.len());
    let mut rest = articles;
    while !rest.is_empty() {
        let mut bytes = 0;
        let more = rest.iter().take_while(|(article, _)| {
            let before = bytes;
            bytes += article.blocks.iter().map(|block| block.text.len()).sum::<usize>();
            before < BATCH
        });
        let (batch, behind) = rest.split_at(more.count());
        rest = behind;
        read_batch(batch, gazetteer, settings, &mut all);
    }
    all
}

/// An article that is being read.
struct News<'a> {
    head: &'a PageHead,
    article: &'a Article<'a>,
    scans: Vec<gazetteer::Scan<'a>>,
    notes: Annotations,
}

fn read_batch(
    batch: &[(&Article<'_>, &PageHead)],
    gazetteer: &Gazetteer,
    settings: &settings::Extract,
    all: &mut Vec<Annotations>,
) {
    let in_simplified: Vec<Option<Article<'_>>> =
        batch.iter().map(|(article, _)| traditional::in_simplified(article)).collect();
    let mut news: Vec<News<'_>> = Vec::with_capacity(batch.len());
    for (&(article, head), other) in batch.iter().zip(&in_simplified) {
        let article = other.as_ref().unwrap_or(article);
        let notes = Annotations { facts: facts(article, head), ..Annotations::default() };
        news.push(News { head, article, scans: Vec::new(), notes });
    }
    if settings.bylines {
        for News { article, notes, .. } in &mut news {
            byline::read(article, notes);
        }
    }
    if settings.entities || settings.activities {
        for News { article, scans, .. } in &mut news {
            *scans = gazetteer.scans(article);
        }
    }
    if settings.entities {
        entity::read(&mut news, gazetteer, settings);
    }
    if settings.activities {
        for News { scans, notes, .. } in &mut news {
            activity::compose(scans, notes);
        }
    }
    for (news, ((article, _), other)) in news.iter_mut().zip(batch.iter().zip(&in_simplified)) {
        if let Some(read) = other {
            traditional::as_printed(article, read, &mut news.notes);
        }
    }
    all.extend(news.into_iter().map(|news| news.notes));
}

/// Reads the quantities and dates of an article alone, in the order of the text.
pub fn facts(article: &Article<'_>, head: &PageHead) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut folded = Folded::with_capacity(article.blocks.iter().map(|block| block.text.len()).max().unwrap_or(0));
    let mut found = scan::Found::default();
    let mut dates = date::Reader::new(head, byline::opening_day(article).as_deref());
    for (number, block) in article.blocks.iter().enumerate() {
        if block.repeat.is_none() && holds_facts(block.kind) {
            folded.refill(&block.text);
            scan::block(number as u32, &block.text, &folded, &mut dates, &mut found, &mut facts);
        }
    }
    facts.sort_by_key(|f| (f.block, f.start, f.end));
    facts
}

/// Whether facts are read from blocks of this kind: what a reader reads on in, and the lines above it.
fn holds_facts(kind: BlockKind) -> bool {
    kind.is_running_text()
        || matches!(kind, BlockKind::Kicker | BlockKind::Headline | BlockKind::Deck | BlockKind::Subhead)
}
