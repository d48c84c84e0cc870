//! A page's layout without its text: what the first pass leaves for the second, so that no page is put together twice.

use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use crate::record::{Article, ArticleKind, Block, BlockKind, Join, Quality, RepeatMark};
use crate::text::Span;

/// An article in terms of its page's text.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct LaidArticle {
    kind: ArticleKind,
    quality: Quality,
    reprint_of: Option<String>,
    blocks: Vec<LaidBlock>,
}

#[derive(Debug, Serialize, Deserialize)]
struct LaidBlock {
    kind: BlockKind,
    spans: SmallVec<[(u32, u32); 1]>,
    joins: Vec<Join>,
    repeat: Option<RepeatMark>,
    uncredited: bool,
}

impl LaidArticle {
    /// The layout of an article.
    pub(super) fn of(article: Article<'_>) -> Self {
        Self {
            kind: article.kind,
            quality: article.quality,
            reprint_of: article.reprint_of,
            blocks: article
                .blocks
                .into_iter()
                .map(|b| LaidBlock {
                    kind: b.kind,
                    spans: b.spans.iter().map(|s| (s.start, s.end)).collect(),
                    joins: b.joins,
                    repeat: b.repeat,
                    uncredited: b.uncredited,
                })
                .collect(),
        }
    }

    /// The article on the text of its page; None where the layout is of another text.
    pub(super) fn on(self, text: &str) -> Option<Article<'_>> {
        let mut blocks = Vec::with_capacity(self.blocks.len());
        for laid in self.blocks {
            if laid.spans.iter().any(|&(start, end)| text.get(start as usize..end as usize).is_none()) {
                return None;
            }
            let spans = laid.spans.iter().map(|&(start, end)| Span { start, end });
            let mut block = Block::new(laid.kind, text, spans);
            block.joins = laid.joins;
            block.repeat = laid.repeat;
            block.uncredited = laid.uncredited;
            blocks.push(block);
        }
        let Self { kind, quality, reprint_of, .. } = self;
        Some(Article { kind, blocks, quality, reprint_of, ..Article::default() })
    }
}
