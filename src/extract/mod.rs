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

pub use gazetteer::Gazetteer;

use crate::record::{Annotations, Article, BlockKind, Fact, PageHead};
use crate::settings;
use crate::text::Folded;

/// Reads an article.
pub fn annotate(
    article: &Article<'_>,
    head: &PageHead,
    gazetteer: &Gazetteer,
    settings: &settings::Extract,
) -> Annotations {
    let mut notes = Annotations { facts: facts(article, head), ..Annotations::default() };
    if settings.bylines {
        byline::read(article, &mut notes);
    }
    if !(settings.entities || settings.activities) {
        return notes;
    }
    let scans = gazetteer.scans(article);
    if settings.entities {
        entity::read(article, &scans, head, gazetteer, settings, &mut notes);
    }
    if settings.activities {
        activity::compose(&scans, &mut notes);
    }
    notes
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
