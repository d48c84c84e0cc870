//! Repeats: blocks that say again what another block says.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use crate::record::{SCHEMA, block_id};
use crate::text::{ScalarIndex, Span};

/// How a block repeats another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RepeatKind {
    /// The page reader repeated itself: consecutive or periodic copies on one page.
    Loop,
    /// The same text after normalisation.
    Exact,
    /// A near-duplicate.
    Near,
    /// Wholly contained in a longer block.
    Excerpt,
    /// The same template with other facts: another number, name, date or place. Always kept.
    Variant,
}

impl RepeatKind {
    /// As it is written in records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Loop => "loop",
            Self::Exact => "exact",
            Self::Near => "near",
            Self::Excerpt => "excerpt",
            Self::Variant => "variant",
        }
    }
}

/// Where a block stands in an archive, in terms that outlive its page's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockPlace {
    /// The page's id.
    pub page: String,
    /// The block's id.
    pub block: String,
    /// Its spans, in Unicode scalars of the page.
    pub spans: SmallVec<[[u32; 2]; 1]>,
}

impl BlockPlace {
    /// The place of block `block` of article `article` (both from 0) of the page `page`.
    pub fn new(page: &str, index: &ScalarIndex<'_>, article: usize, block: usize, spans: &[Span]) -> Self {
        let scalar = |byte: u32| index.scalar(byte as usize) as u32;
        Self {
            page: page.to_owned(),
            block: block_id(page, article, block),
            spans: spans.iter().map(|s| [scalar(s.start), scalar(s.end)]).collect(),
        }
    }
}

/// A decision of `dedup`: this block repeats that one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Repeat {
    /// How.
    pub kind: RepeatKind,
    /// Whether the block still stands in the output.
    pub kept: bool,
    /// The block that it was compared with.
    pub of: String,
    /// 0 to 1, of the texts as verified.
    pub similarity: f32,
    /// Hamming distance of the two fingerprints, 0 to 64.
    pub distance: u32,
    /// Why, for a person.
    pub reason: Cow<'static, str>,
    /// The block of its cluster that stands in the output.
    pub canonical: BlockPlace,
}

/// The canonical block as it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Canonical {
    /// Its id.
    pub block: String,
    /// Its page.
    pub page: String,
    /// Its spans, in Unicode scalars of its page.
    pub spans: Vec<[u32; 2]>,
}

/// A repeated block as it is written, one a line of `repeats.jsonl`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RepeatRecord<'t> {
    /// Version of the contract.
    pub schema: u32,
    /// The repeated block's id.
    pub block: String,
    /// Its page's id.
    pub page: String,
    /// Its spans, in Unicode scalars of its page.
    pub spans: Vec<[u32; 2]>,
    /// Its text.
    #[serde(borrow)]
    pub text: Cow<'t, str>,
    /// How it repeats.
    pub kind: RepeatKind,
    /// Whether the block still stands in `articles.jsonl`.
    pub kept: bool,
    /// The block that it was compared with.
    pub of: String,
    /// 0 to 1, of the texts as verified.
    pub similarity: f32,
    /// Hamming distance of the two fingerprints, 0 to 64.
    pub distance: u32,
    /// Why, for a person.
    pub reason: Cow<'t, str>,
    /// The id of the cluster, which is that of its canonical block.
    pub cluster: String,
    /// The block of its cluster that stands in the output.
    pub canonical: Canonical,
}

impl<'t> RepeatRecord<'t> {
    /// Whether the block says the same as its canonical one and stands in the output all the same, in an article that is a
    /// reprint as a whole.
    pub fn is_again(&self) -> bool {
        self.kept && self.kind != RepeatKind::Variant
    }

    /// The record of the block at `place` with the text `text`.
    pub fn new(place: BlockPlace, text: &'t str, repeat: &'t Repeat) -> Self {
        Self {
            schema: SCHEMA,
            block: place.block,
            page: place.page,
            spans: place.spans.into_vec(),
            text: Cow::Borrowed(text),
            kind: repeat.kind,
            kept: repeat.kept,
            of: repeat.of.clone(),
            similarity: repeat.similarity,
            distance: repeat.distance,
            reason: Cow::Borrowed(&repeat.reason),
            cluster: repeat.canonical.block.clone(),
            canonical: Canonical {
                block: repeat.canonical.block.clone(),
                page: repeat.canonical.page.clone(),
                spans: repeat.canonical.spans.to_vec(),
            },
        }
    }
}
