//! [`Article`]s of an archive → which blocks repeat which, and which copy is kept.
//!
//! Two passes: [`Prints::of`] takes from each page, in any thread, all that later decisions need; [`Archive::resolve`]
//! decides once over all of them, in the archive's order, so that nothing depends on threads.

use std::collections::BTreeMap;

use crate::error::Result;
use crate::record::{Article, BlockPlace, BlockRef, Page, Repeat};
use crate::settings;
use crate::text::ScalarIndex;

/// What the archive needs to know of one page.
#[derive(Debug, Default)]
pub struct Prints {
    marks: Vec<(BlockRef, Repeat)>,
}

impl Prints {
    /// Fingerprints the running text of a page.
    pub fn of(page: &Page, articles: &[Article<'_>], _settings: &settings::Dedup) -> Self {
        let index = ScalarIndex::new(&page.text);
        let mut marks = Vec::new();
        for (a, article) in articles.iter().enumerate() {
            for (b, block) in article.blocks.iter().enumerate() {
                if let Some(mark) = &block.repeat {
                    let of = (mark.of.article as usize, mark.of.block as usize);
                    let original = &articles[of.0].blocks[of.1];
                    let canonical = BlockPlace::new(&page.head.id, &index, of.0, of.1, &original.spans);
                    let repeat = Repeat {
                        kind: mark.kind,
                        kept: false,
                        of: canonical.block.clone(),
                        similarity: mark.similarity,
                        distance: 0,
                        reason: mark.reason.clone(),
                        canonical,
                    };
                    marks.push((BlockRef { article: a as u32, block: b as u32 }, repeat));
                }
            }
        }
        Self { marks }
    }
}

/// The prints of every page, in the archive's order.
#[derive(Debug, Default)]
pub struct Archive {
    pages: Vec<Prints>,
}

/// Which blocks of a page repeat others.
pub type PageRepeats = BTreeMap<BlockRef, Repeat>;

impl Archive {
    /// Adds the next page.
    pub fn push(&mut self, prints: Prints) -> Result<()> {
        self.pages.push(prints);
        Ok(())
    }

    /// Decides. The answer's n-th element speaks of the n-th page.
    pub fn resolve(self) -> Result<Vec<PageRepeats>> {
        Ok(self.pages.into_iter().map(|p| p.marks.into_iter().collect()).collect())
    }
}
