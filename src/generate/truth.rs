//! What was done to a page, so that what reads it can be measured.

use serde::Serialize;

use crate::record::{BlockKind, Edge, Page};
use crate::text::{ScalarIndex, Span};

/// The truth about a page. Spans are bytes of the page's text, in true reading order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Truth {
    /// The page's articles, in the order in which they begin.
    pub articles: Vec<TrueArticle>,
    /// What belongs to the page and to no article: folio, staff line, weather box.
    pub furniture: Vec<TrueBlock>,
    /// What the page reader, or another page, said before.
    pub repeats: Vec<TrueRepeat>,
    /// Planted paragraphs: originals, their copies on later pages, and texts that only look like copies.
    pub planted: Vec<Planted>,
}

/// An article as it was before the page was made of it.
#[derive(Clone, Debug, PartialEq)]
pub struct TrueArticle {
    /// Its blocks in reading order.
    pub blocks: Vec<TrueBlock>,
    /// Cut where its tail is not on the page.
    pub closes: Edge,
    /// What was done to it, as short keys.
    pub difficulties: Vec<&'static str>,
    /// The page of the same issue on which it goes on, or from which it comes.
    pub other_page: Option<String>,
}

/// A block and where its pieces stand.
#[derive(Clone, Debug, PartialEq)]
pub struct TrueBlock {
    /// What it is.
    pub kind: BlockKind,
    /// One span for each piece that a column cut off.
    pub spans: Vec<Span>,
}

/// A piece of text that says again what stood before.
#[derive(Clone, Debug, PartialEq)]
pub struct TrueRepeat {
    /// Where it stands.
    pub span: Span,
    /// What it repeats on this page, if it does.
    pub of: Option<Span>,
}

/// Whether a planted paragraph is the first of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PlantedRole {
    /// The text that others copy.
    Orig,
    /// A copy of it.
    Copy,
    /// No copy, though it looks like one: the same template with other facts.
    Neg,
    /// A short line (a headline, a rubric, a caption) that stands on other pages too, alike or nearly so.
    Standing,
}

/// A paragraph that was planted across pages.
#[derive(Clone, Debug, PartialEq)]
pub struct Planted {
    /// Two paragraphs say the same if and only if their entity is the same.
    pub entity: u64,
    /// `exact`, `ocr3`, `trunc80` … for originals and copies, `hn_award` … for what only looks alike, the block's kind for
    /// a standing line.
    pub kind: &'static str,
    /// Original, copy or neither.
    pub role: PlantedRole,
    /// Edits by length of the original, as done.
    pub edit: f64,
    /// The template family of what only looks alike.
    pub group: Option<u64>,
    /// Where it stands.
    pub span: Span,
}

impl Truth {
    /// Whether anything of this kind was done on the page.
    pub fn has(&self, difficulty: &str) -> bool {
        self.articles.iter().any(|a| a.difficulties.contains(&difficulty))
    }

    /// The truth as a line of `truth.jsonl`: offsets in Unicode scalars.
    pub fn to_record(&self, page: &Page) -> TruthRecord {
        let index = ScalarIndex::new(&page.text);
        let pair = |span: &Span| [index.scalar(span.start as usize), index.scalar(span.end as usize)];
        let block = |b: &TrueBlock| TrueBlockRecord { kind: b.kind, spans: b.spans.iter().map(pair).collect() };
        TruthRecord {
            id: page.head.id.clone(),
            articles: self
                .articles
                .iter()
                .map(|a| TrueArticleRecord {
                    headline: a
                        .blocks
                        .iter()
                        .find(|b| b.kind == BlockKind::Headline)
                        .map(|b| b.spans.iter().map(pair).collect()),
                    blocks: a.blocks.iter().map(block).collect(),
                    closes: a.closes,
                    difficulties: a.difficulties.clone(),
                    other_page: a.other_page.clone(),
                })
                .collect(),
            furniture: self.furniture.iter().map(block).collect(),
            repeats: self
                .repeats
                .iter()
                .map(|r| TrueRepeatRecord { spans: [pair(&r.span)], of: r.of.iter().map(pair).collect() })
                .collect(),
        }
    }

    /// The planted paragraphs as lines of `repeats-truth.jsonl`; `para` counts what the text gives when it is split at
    /// blank lines.
    pub fn planted_records(&self, page: &Page) -> Vec<PlantedRecord> {
        let breaks: Vec<usize> = page.text.match_indices("\n\n").map(|(at, _)| at).collect();
        self.planted
            .iter()
            .map(|p| PlantedRecord {
                page: page.head.id.clone(),
                para: breaks.partition_point(|&at| at < p.span.start as usize),
                entity: p.entity,
                kind: p.kind,
                role: p.role,
                len: p.span.of(&page.text).chars().count(),
                edit: (p.edit * 10_000.0).round() / 10_000.0,
                group: p.group,
            })
            .collect()
    }
}

/// A line of `truth.jsonl`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TruthRecord {
    /// The page's id.
    pub id: String,
    articles: Vec<TrueArticleRecord>,
    furniture: Vec<TrueBlockRecord>,
    repeats: Vec<TrueRepeatRecord>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct TrueArticleRecord {
    headline: Option<Vec<[usize; 2]>>,
    blocks: Vec<TrueBlockRecord>,
    closes: Edge,
    difficulties: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    other_page: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct TrueBlockRecord {
    kind: BlockKind,
    spans: Vec<[usize; 2]>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct TrueRepeatRecord {
    spans: [[usize; 2]; 1],
    of: Vec<[usize; 2]>,
}

/// A line of `repeats-truth.jsonl`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlantedRecord {
    /// The page's id.
    pub page: String,
    /// The paragraph's number on the page, from 0.
    pub para: usize,
    entity: u64,
    kind: &'static str,
    role: PlantedRole,
    len: usize,
    edit: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<u64>,
}
