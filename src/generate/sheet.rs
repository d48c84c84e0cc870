//! The page while it is written: its text, and where each block came to stand.

use super::plant::half;
use crate::record::BlockKind;
use crate::text::Span;

/// The number of an article on its page; [`PAGE_ITSELF`] for furniture.
pub(super) type ArticleNumber = u16;
/// Stands for what belongs to no article.
pub(super) const PAGE_ITSELF: ArticleNumber = ArticleNumber::MAX;

/// A stretch of text that is printed in one go. Without a kind it is mark-up or white space.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) text: String,
    pub(super) kind: Option<BlockKind>,
    /// The block's place in its article.
    pub(super) block: u16,
    /// What the text is told from, if it is a short line that may well stand on other pages too.
    pub(super) standing: Option<u64>,
}

impl Part {
    pub(super) fn new(text: impl Into<String>, kind: BlockKind) -> Self {
        Self { text: text.into(), kind: Some(kind), block: 0, standing: None }
    }

    /// A short line that is told from what has this key.
    pub(super) fn standing(text: impl Into<String>, kind: BlockKind, key: u64) -> Self {
        Self { standing: Some(key), ..Self::new(text, kind) }
    }

    pub(super) fn markup(text: &str) -> Self {
        Self { text: text.to_owned(), kind: None, block: 0, standing: None }
    }
}

/// A printed line: one block, or a credit and the paragraph behind it.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// What the line is as a whole.
    pub(super) kind: BlockKind,
    pub(super) parts: Vec<Part>,
    /// The number of the plant that it is, which no column may cut.
    pub(super) plant: Option<usize>,
}

impl Line {
    pub(super) fn new(kind: BlockKind, parts: Vec<Part>) -> Self {
        Self { kind, parts, plant: None }
    }

    /// A line of one block between two marks.
    pub(super) fn marked((before, after): (&str, &str), part: Part) -> Self {
        let kind = part.kind.unwrap_or(BlockKind::Furniture);
        Self::new(kind, vec![Part::markup(before), part, Part::markup(after)])
    }
}

/// Where a piece of a block stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed {
    pub(super) article: ArticleNumber,
    pub(super) block: u16,
    pub(super) kind: BlockKind,
    pub(super) span: Span,
    pub(super) plant: Option<usize>,
    pub(super) standing: Option<u64>,
}

/// The page as far as it is written.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) text: String,
    pub(super) placed: Vec<Placed>,
    half_width: bool,
}

impl Sheet {
    pub(super) fn new(half_width: bool) -> Self {
        Self { text: String::with_capacity(16_384), placed: Vec::with_capacity(64), half_width }
    }

    /// Writes a line of article `article` and what parts it from the next.
    pub(super) fn line(&mut self, article: ArticleNumber, line: &Line, gap: &str) {
        for part in &line.parts {
            let span = self.put(&part.text);
            if let Some(kind) = part.kind.filter(|_| !span.is_empty()) {
                let (block, standing) = (part.block, part.standing);
                self.placed.push(Placed { article, block, kind, span, plant: line.plant, standing });
            }
        }
        self.text.push_str(gap);
    }

    /// Writes text as the page shows it: with marks of half width where the page has those.
    pub(super) fn put(&mut self, text: &str) -> Span {
        let start = self.text.len();
        let mut rest = text;
        if self.half_width {
            // All marks that have a half-width form begin with this byte.
            while let Some(at) = memchr::memchr(0xEF, rest.as_bytes()) {
                let c = rest[at..].chars().next().unwrap_or(' ');
                self.text.push_str(&rest[..at]);
                self.text.push(half(c).unwrap_or(c));
                rest = &rest[at + c.len_utf8()..];
            }
        }
        self.text.push_str(rest);
        Span::new(start, self.text.len())
    }
}
