//! Settings of `dedup`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Thresholds of the repeat finder.
///
/// Lengths are characters of the normal form: without blanks, punctuation and mark-up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Dedup {
    /// Characters below which a block counts as a repeat only inside a copied section or a loop, never on its own. In an
    /// article a line of less than about thirty characters is as often a slogan or a subhead as a sentence.
    pub short_block: u32,
    /// The same for `jianbao dedup`, which sees paragraphs alone and no headings. Below six characters nearly every equal
    /// line of an archive is a signature, a rubric or a list item.
    pub short_paragraph: u32,
    /// Characters from which near-duplicates are looked for. With fewer, one other character may be another name.
    pub near_from: u32,
    /// Characters from which a gap (a dropped sentence, a cut tail) may stand between two copies.
    pub gap_from: u32,
    /// Share of the longer text that the one gap may be, 0 to 1. A sentence that was added or dropped is seldom half of a
    /// paragraph; two articles that only open alike differ in more.
    pub gap_share: f32,
    /// Share of the characters outside the gap that may differ, 0 to 1. A page reader that errs in one character of ten
    /// errs in one of five in some paragraph.
    pub edit_share: f32,
    /// Share of the character bigrams of the shorter text that the longer one must hold, 0 to 1.
    pub containment: f32,
    /// Blocks with one key that are all compared with each other; in a larger bucket each is compared with its
    /// neighbours only, so that a million equal templates cost no square.
    pub bucket: u32,
    /// Whether articles that reprint another page's article as a whole stay in the output, linked by `reprint_of`.
    pub reprints: Reprints,
    /// Share of an article's running text that must repeat one article of another page for it to be a reprint as a whole.
    pub reprint_share: f32,
}

/// What becomes of an article that is a reprint as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reprints {
    /// It stays, with `reprint_of` set; its blocks have their lines in `repeats.jsonl` with `kept: true`.
    #[default]
    Keep,
    /// Its repeated blocks are left out.
    Drop,
}

impl Default for Dedup {
    fn default() -> Self {
        Self {
            short_block: 30,
            short_paragraph: 6,
            near_from: 7,
            gap_from: 16,
            gap_share: 0.47,
            edit_share: 0.25,
            containment: 0.4,
            bucket: 12,
            reprints: Reprints::Keep,
            reprint_share: 0.6,
        }
    }
}
