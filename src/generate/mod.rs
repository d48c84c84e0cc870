//! Makes newspaper pages, and archives of any size, of which the truth is known.
//!
//! In: a [`Plan`] and the composed articles of `fixtures/articles`, which are compiled in. Out: a [`Page`] and its
//! [`Truth`]: which characters belong to which block of which article, what repeats what, what was planted where.
//!
//! What happens to a page on its way to us is done to clean text, and what is done is written down: other names and
//! numbers are put in, columns cut the articles, the pieces are read in the wrong order, a headline lands inside its
//! article, a tail is lost, the reader loops; across pages, paragraphs are reprinted with misread characters, and notices
//! of one form say different things. Every page follows from the plan's seed and its own number, so that any page can be
//! made alone, on any thread, on any machine.
//!
//! What it does not do: the prose of an archive with many exchanged words makes no sense to a reader, and facts in it
//! have no truth of their own.
//!
//! ```
//! let (page, truth) = jianbao::generate::page(7);
//! for block in truth.articles.iter().flat_map(|article| &article.blocks) {
//!     assert!(block.spans.iter().all(|span| !span.of(&page.text).is_empty()));
//! }
//! ```

mod archive;
mod columns;
mod library;
mod names;
mod page;
mod plan;
mod plant;
mod printed;
mod random;
mod repeat;
mod sheet;
mod truth;
mod wording;

pub use archive::{Extent, Outputs, Totals, archive};
pub use plan::{Plan, Rates};
pub use truth::{Planted, PlantedRecord, PlantedRole, TrueArticle, TrueBlock, TrueRepeat, Truth, TruthRecord};

use crate::record::Page;

/// One page for itself, of prose as it was composed, with its truth: [`Plan::pages`].
pub fn page(seed: u64) -> (Page, Truth) {
    page_of(&Plan::pages(seed), 0)
}

/// Page number `number`, from 0, of the archive that `plan` makes.
pub fn page_of(plan: &Plan, number: u64) -> (Page, Truth) {
    page::make(plan, number)
}

#[cfg(test)]
mod tests;
