//! [`Article`]s of an archive → which blocks repeat which, and which copy is kept.
//!
//! In: the articles of every page, or bare paragraphs. Out: a [`Repeat`] for each block that says again what another
//! block says; those that `layout` marked on their own page are decided already ([`of_mark`]). Two passes: [`Prints`]
//! takes from each page, in any thread, all that later decisions need; [`Archive::resolve`] decides once over all of
//! them. What it decides depends on the set of pages and on their order by date, id and place in the archive, never on
//! threads or batches.
//!
//! Finding a pair and judging it are two things. Candidates share a band key, a clause key or most of a fingerprint
//! (`candidate`); every candidate is then aligned and judged (`verify`), and only judged pairs form clusters (`cluster`).
//!
//! What earlier runs published may stand beside an archive as an [`Index`]: a block of it is compared like any other, and
//! stays as it was decided (`index`).
//!
//! A short block is never a repeat on its own, only where its neighbours are copied too (`section`). An article that
//! reprints another one of another page as a whole stays, and is linked (`reprint`).

pub mod align;
mod body;
mod candidate;
mod cluster;
mod columns;
pub mod evidence;
pub mod fingerprint;
mod groups;
pub mod index;
mod keys;
mod look_alike;
mod name;
mod opposite;
pub mod paragraph;
mod reason;
mod reprint;
mod resolve;
mod section;
pub mod sketch;
mod spill;
pub mod usage;
pub mod verify;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::error::Result;
use crate::record::{Article, BlockPlace, BlockRef, Page, Repeat, RepeatMark};
use crate::settings;
use crate::text::ScalarIndex;

use columns::Columns;
pub use columns::Scratch;
pub use index::Index;
use index::Known;
pub use resolve::Resolved;

/// What the archive needs to know of some pages.
#[derive(Debug, Default)]
pub struct Prints {
    pages: Vec<PageKey>,
    columns: Columns,
}

/// What orders the pages of an archive, and names them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct PageKey {
    id: String,
    date: Option<String>,
    /// A hash of its text.
    text: u64,
    /// The page itself, where it was read before.
    known: Option<Known>,
    /// Whether every block of it is in the index already.
    is_in_index: bool,
}

impl Prints {
    /// Fingerprints the running text of a page.
    pub fn of(page: &Page, articles: &[Article<'_>]) -> Self {
        let index = ScalarIndex::new(&page.text);
        let mut prints = Self::default();
        prints.page(&page.head.id, page.head.date.as_deref(), &page.text);
        let mut scratch = Scratch::default();
        for (a, article) in articles.iter().enumerate() {
            for (b, block) in article.blocks.iter().enumerate() {
                let place = BlockRef { article: a as u32, block: b as u32 };
                // What the page reader repeated is decided already.
                if block.repeat.is_none() {
                    let running = block.kind.is_running_text();
                    let scalar = |byte: u32| index.scalar(byte as usize) as u32;
                    let spans = block.spans.iter().map(|s| [scalar(s.start), scalar(s.end)]);
                    prints.columns.add(0, place, running, spans, &block.text, &mut scratch);
                }
            }
        }
        prints
    }

    /// The ids of the pages and the hashes of their texts, in order. `claim` may change the id where two pages came with one,
    /// and says whether the page was read before.
    pub fn claim_ids(&mut self, mut claim: impl FnMut(&mut String, u64) -> Option<Known>) {
        for page in &mut self.pages {
            page.known = claim(&mut page.id, page.text);
        }
    }

    /// Pages.
    pub fn n_pages(&self) -> usize {
        self.pages.len()
    }

    /// Begins a page; the paragraphs that follow are its own.
    pub fn page(&mut self, id: &str, date: Option<&str>, text: &str) {
        let (id, date) = (id.to_owned(), date.map(str::to_owned));
        self.pages.push(PageKey { id, date, text: Index::text_hash(text), ..PageKey::default() });
    }

    /// Makes room for pages of about so many bytes.
    pub fn expect_bytes(&mut self, bytes: u64) {
        self.columns.reserve_text(bytes);
    }

    /// Takes the pages from number `n` on back, with their paragraphs, also where the last of these is there in part.
    pub fn back_to(&mut self, n: usize) {
        self.pages.truncate(n);
        self.columns.back_to(n as u32);
    }

    /// Makes room for a page of so many paragraphs, where they are many.
    pub fn expect(&mut self, paragraphs: usize) {
        if paragraphs > columns::LARGE {
            self.columns.reserve_blocks(paragraphs);
        }
    }

    /// Adds a paragraph of the page that was begun last: its number there, from 0, its spans in Unicode scalars, its text.
    pub fn paragraph(
        &mut self,
        number: u32,
        spans: impl IntoIterator<Item = [u32; 2]>,
        text: &str,
        scratch: &mut Scratch,
    ) {
        let page = (self.pages.len() as u32).saturating_sub(1);
        self.columns.add(page, BlockRef { article: 0, block: number }, true, spans, text, scratch);
    }
}

/// What the blocks of an archive are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Blocks of articles, as `layout` found them.
    Articles,
    /// Paragraphs of pages of which nothing more is known.
    Paragraphs,
}

/// The prints of every page, in the order in which they came.
#[derive(Debug, Default)]
pub struct Archive {
    prints: Prints,
    /// Bytes that its columns may take before they are moved to files, and the folder of these.
    bound: Option<(u64, PathBuf)>,
}

/// The decision on a block of the page `page` that `layout` marked; None where the page has no such block as it repeats.
pub fn of_mark(page: &str, index: &ScalarIndex<'_>, articles: &[Article<'_>], mark: &RepeatMark) -> Option<Repeat> {
    let original = mark.of.among(articles)?;
    let canonical = BlockPlace::new(page, index, mark.of.article as usize, mark.of.block as usize, &original.spans);
    Some(Repeat {
        kind: mark.kind,
        kept: false,
        of: canonical.block.clone(),
        similarity: mark.similarity,
        distance: 0,
        reason: mark.reason.clone(),
        canonical,
    })
}

/// Which blocks of a page repeat others, but for those that `layout` marked.
pub type PageRepeats = BTreeMap<BlockRef, Repeat>;

impl Archive {
    /// An archive that keeps what it can in `bytes` of memory, and the rest in temporary files in `folder`.
    pub fn bounded(bytes: u64, folder: &Path) -> Self {
        Self { prints: Prints::default(), bound: Some((bytes, folder.to_owned())) }
    }

    /// Puts what was published before beside the pages that are to come. None may have come yet.
    pub fn beside(&mut self, index: Arc<Index>) {
        self.prints.columns.behind(index);
    }

    /// Makes room for about so many bytes of pages.
    pub fn expect(&mut self, bytes: u64) {
        let most = self.bound.as_ref().map_or(u64::MAX, |(most, _)| 4 * most);
        self.prints.columns.reserve(bytes.min(most));
    }

    /// Adds the next pages.
    pub fn push(&mut self, prints: Prints) -> Result<()> {
        let first = self.prints.pages.len() as u32;
        self.prints.pages.extend(prints.pages);
        self.prints.columns.append(prints.columns, first);
        if let Some((bytes, folder)) = &self.bound {
            let columns = &mut self.prints.columns;
            // However much the rest takes, no file is written in small pieces.
            let room = bytes.saturating_sub(columns.fixed() as u64).max(bytes / 4);
            if columns.movable() as u64 > room {
                columns.spill(folder)?;
            }
        }
        Ok(())
    }

    /// Decides.
    pub fn resolve(self, settings: &settings::Dedup, of: Of) -> Result<Resolved> {
        let Self { mut prints, bound } = self;
        if let Some((_, folder)) = &bound
            && prints.columns.is_spilled()
        {
            prints.columns.spill(folder)?;
        }
        let resolved = resolve::resolve(prints, settings, of)?;
        resolved.check()?;
        Ok(resolved)
    }
}
