//! One page, put together from what was written and what was left out of it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::files::{Output, field};
use crate::error::Result;
use crate::record::split_block_id;

/// Ids that are offered where one is not there.
const OFFERED: usize = 3;

/// A block of the page, kept or not.
#[derive(Clone, Debug)]
pub(super) struct BlockView {
    pub(super) id: String,
    /// What it is; of a block that was left out, only that it is a repeat.
    pub(super) kind: String,
    pub(super) text: String,
    /// Half-open ranges of the page, in Unicode scalars.
    pub(super) spans: Vec<[usize; 2]>,
    pub(super) kept: bool,
}

/// Everything that the files say of a page.
pub(super) struct PageView {
    page: String,
    articles: Vec<Value>,
    /// By block.
    repeats: BTreeMap<String, Value>,
    /// In the order of their ids.
    blocks: Vec<BlockView>,
    /// Where the block of an id stands among them.
    places: BTreeMap<String, usize>,
    /// The joins of the blocks that have some.
    joins: BTreeMap<String, Vec<Value>>,
}

impl PageView {
    /// Reads the records of the page `page`.
    pub(super) fn read(output: &Output, page: &str) -> Result<Self> {
        let mut articles = Vec::new();
        output.articles(&field("id", page), &mut |record| {
            if record["page"]["id"] == page {
                articles.push(record);
            }
            true
        })?;
        let mut repeats: BTreeMap<String, Value> = BTreeMap::new();
        output.repeats(&field("page", page), &mut |record| {
            if record["page"] == page
                && let Some(id) = record["block"].as_str()
            {
                repeats.entry(id.to_owned()).or_insert(record);
            }
            true
        })?;
        let mut blocks: BTreeMap<String, BlockView> = BTreeMap::new();
        let mut joins = BTreeMap::new();
        for record in articles.iter().filter_map(|a| a["blocks"].as_array()).flatten() {
            if let Some(block) = record["kind"].as_str().and_then(|kind| block(record, "id", kind, true)) {
                if let Some(of_block) = record["joins"].as_array().filter(|joins| !joins.is_empty()) {
                    joins.insert(block.id.clone(), of_block.clone());
                }
                blocks.entry(block.id.clone()).or_insert(block);
            }
        }
        for (id, repeat) in repeats.iter().filter(|(_, r)| r["kept"] == false) {
            // With --keep-repeats a repeated block also stands in place.
            match blocks.get_mut(id) {
                Some(there) => there.kept = false,
                None => blocks.extend(block(repeat, "block", "repeat", false).map(|b| (id.clone(), b))),
            }
        }
        let mut blocks: Vec<BlockView> = blocks.into_values().collect();
        blocks.sort_by_key(|b| split_block_id(&b.id).map(|(_, article, block)| (article, block)));
        let places = blocks.iter().enumerate().map(|(place, block)| (block.id.clone(), place)).collect();
        Ok(Self { page: page.to_owned(), articles, repeats, blocks, places, joins })
    }

    pub(super) fn block(&self, id: &str) -> Option<&BlockView> {
        self.blocks.get(*self.places.get(id)?)
    }

    /// The record of `id` as a repeat.
    pub(super) fn repeat(&self, id: &str) -> Option<&Value> {
        self.repeats.get(id)
    }

    /// The article `id` in short.
    pub(super) fn article(&self, id: &str) -> Option<Value> {
        let record = self.articles.iter().find(|a| a["id"] == id)?;
        Some(json!({
            "id": id,
            "kind": record["kind"],
            "headline": record["headline"],
            "quality": record["quality"],
            "continues_on": record["continues_on"],
            "continues_from": record["continues_from"],
        }))
    }

    /// The article of the block `id`; only its id where all of it was left out.
    pub(super) fn article_of(&self, id: &str) -> Value {
        let article = id.rsplit_once("/b").map_or("", |(article, _)| article);
        self.article(article).unwrap_or_else(|| json!({ "id": article }))
    }

    /// The blocks of the article `id`.
    pub(super) fn blocks_of(&self, id: &str) -> Vec<&BlockView> {
        self.blocks.iter().filter(|b| b.id.rsplit_once("/b").is_some_and(|(article, _)| article == id)).collect()
    }

    /// The cuts that were mended in the block `id`, each with the characters on both sides.
    pub(super) fn joins(&self, id: &str) -> Vec<Value> {
        let Some(block) = self.block(id) else { return Vec::new() };
        let joins = self.joins.get(id).map_or(&[][..], Vec::as_slice);
        let chars: Vec<char> = block.text.chars().collect();
        joins
            .iter()
            .map(|join| {
                let cut = place_in_text(&block.spans, join["at"][0].as_u64().unwrap_or(0) as usize).min(chars.len());
                let side = |from: usize, to: usize| chars[from..to].iter().collect::<String>();
                json!({
                    "at": join["at"],
                    "left": side(cut.saturating_sub(12), cut),
                    "right": side(cut, (cut + 12).min(chars.len())),
                    "score": join["score"],
                    "reasons": join["reasons"],
                })
            })
            .collect()
    }

    /// The pieces of the page around `spans`, `context` before the first and behind the last, in page order.
    pub(super) fn around(&self, spans: &[[usize; 2]], context: usize) -> Vec<Value> {
        let mut pieces: Vec<([usize; 2], &BlockView, String)> = Vec::new();
        for block in &self.blocks {
            let mut chars = block.text.chars();
            for &span in &block.spans {
                pieces.push((span, block, chars.by_ref().take(span[1].saturating_sub(span[0])).collect()));
            }
        }
        pieces.sort_by_key(|piece| piece.0);
        let spans: BTreeSet<[usize; 2]> = spans.iter().copied().collect();
        let asked = |piece: &[usize; 2]| spans.contains(piece);
        let mut shown: Vec<usize> = Vec::new();
        for near in (0..pieces.len()).filter(|&n| asked(&pieces[n].0)) {
            let next = shown.last().map_or(0, |last| last + 1);
            let behind = near.saturating_add(context).saturating_add(1).min(pieces.len());
            shown.extend(near.saturating_sub(context).max(next)..behind);
        }
        shown
            .into_iter()
            .map(|n| {
                let (span, block, text) = &pieces[n];
                json!({
                    "place": n, "at": span, "block": block.id, "kind": block.kind, "kept": block.kept, "text": text,
                    "asked": asked(span),
                })
            })
            .collect()
    }

    /// Ids that `id` may have meant: blocks of the page if there is one, else pages with a similar id.
    pub(super) fn nearest(&self, output: &Output, id: &str) -> Result<Vec<String>> {
        if let Some((_, article, block)) = split_block_id(id) {
            let mut near: Vec<_> = self
                .blocks
                .iter()
                .filter_map(|b| {
                    let (_, a, n) = split_block_id(&b.id)?;
                    Some(((a.abs_diff(article), n.abs_diff(block)), &b.id))
                })
                .collect();
            near.sort();
            if !near.is_empty() {
                return Ok(near.into_iter().take(OFFERED).map(|(_, id)| id.clone()).collect());
            }
        }
        if !self.articles.is_empty() {
            let ids = self.articles.iter().filter_map(|a| a["id"].as_str());
            return Ok(ids.take(OFFERED).map(str::to_owned).collect());
        }
        let mut near: Vec<(usize, String)> = Vec::new();
        output.articles("\"id\"", &mut |record| {
            if let Some(article) = record["id"].as_str() {
                let page = record["page"]["id"].as_str().unwrap_or_default();
                near.push((unlike(page, &self.page), article.to_owned()));
                near.sort();
                near.truncate(OFFERED);
            }
            true
        })?;
        Ok(near.into_iter().map(|(_, id)| id).collect())
    }
}

fn block(record: &Value, id: &str, kind: &str, kept: bool) -> Option<BlockView> {
    Some(BlockView {
        id: record[id].as_str()?.to_owned(),
        kind: kind.to_owned(),
        text: record["text"].as_str()?.to_owned(),
        spans: serde_json::from_value(record["spans"].clone()).ok()?,
        kept,
    })
}

/// The place in a block's text of the end of the piece that ends at `at` on the page.
fn place_in_text(spans: &[[usize; 2]], at: usize) -> usize {
    let mut seen = 0;
    for [start, end] in spans {
        seen = end.saturating_sub(*start).saturating_add(seen);
        if *end == at {
            break;
        }
    }
    seen
}

/// How unlike two ids are: the characters that differ, from both ends.
fn unlike(a: &str, b: &str) -> usize {
    let front = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let back = a.chars().rev().zip(b.chars().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.chars().count(), b.chars().count());
    a.max(b).saturating_sub(front + back) * 2 + a.abs_diff(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_that_differ_in_little_are_near() {
        assert_eq!(unlike("2024-07-18-01", "2024-07-18-01"), 0);
        assert!(unlike("2024-07-18-01", "2024-07-18-02") < unlike("2024-07-18-01", "2023-01-01-02"));
        assert!(unlike("page", "page.md") < unlike("page", "report.md"));
    }

    #[test]
    fn a_join_is_found_in_the_text() {
        let spans = [[10, 15], [40, 42], [90, 99]];
        assert_eq!(place_in_text(&spans, 15), 5);
        assert_eq!(place_in_text(&spans, 42), 7);
    }
}
