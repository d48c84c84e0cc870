//! [`Article`] → [`Annotations`]: bylines, quantities, dates, entities and activities, each with its exact span.
//!
//! In: a clean article and the head of its page (relative dates need its date). Cannot fail.

mod activity;
mod byline;
mod date;
mod entity;
mod quantity;

use crate::record::{Annotations, Article, PageHead};
use crate::settings;

/// Reads an article.
pub fn annotate(article: &Article<'_>, head: &PageHead, settings: &settings::Extract) -> Annotations {
    let mut notes = Annotations::default();
    byline::read(article, &mut notes);
    for (number, block) in article.blocks.iter().enumerate() {
        if block.repeat.is_some() {
            continue;
        }
        if block.kind.is_running_text() {
            quantity::read(number as u32, &block.text, settings, &mut notes.facts);
            date::read(number as u32, &block.text, head, settings, &mut notes.facts);
        }
    }
    notes.facts.sort_by_key(|f| (f.block, f.start, f.end));
    entity::read(article, head, settings, &mut notes);
    activity::compose(article, head, &mut notes);
    notes
}
