//! Dolma: `documents/` hold the text, `attributes/` what is known of it, line by line in the same order.

use std::collections::BTreeMap;

use serde_json::json;

use crate::record::{ArticleRecord, Value};
use crate::write::export::{source, text, text_blocks};

/// The document of an article, as a line without its end.
pub fn document(article: &ArticleRecord<'_>) -> String {
    let mut document = json!({
        "id": article.id,
        "text": text(article),
        "source": source(article),
        "metadata": {
            "page": article.page,
            "kind": article.kind,
            "headline": article.headline,
            "byline": article.byline.iter().map(|b| &b.name).collect::<Vec<_>>(),
            "quality": article.quality,
        },
    });
    if let Some(date) = &article.page.date {
        document["created"] = date.as_str().into();
    }
    document.to_string()
}

/// The attributes of an article, as a line without its end: spans of the document's text in Unicode scalars, each with a
/// number (a fact's value; 1 where there is none).
pub fn attributes(article: &ArticleRecord<'_>) -> String {
    let starts: BTreeMap<&str, usize> = text_blocks(article).into_iter().map(|(at, b)| (&*b.id, at)).collect();
    let mut spans: BTreeMap<String, Vec<(usize, usize, f64)>> = BTreeMap::new();
    let mut add = |key: &str, block: &str, start: usize, end: usize, score: f64| {
        if let Some(at) = starts.get(block) {
            spans.entry(format!("jianbao__{key}")).or_default().push((at + start, at + end, score));
        }
    };
    for block in &article.blocks {
        add(block.kind.as_str(), &block.id, 0, block.text.chars().count(), 1.0);
    }
    for fact in &article.facts {
        let score = fact.value.as_ref().and_then(Value::as_f64).unwrap_or(1.0);
        add(fact.kind.as_str(), &fact.block, fact.start, fact.end, score);
    }
    for entity in &article.entities {
        add(entity.kind.as_str(), &entity.block, entity.start, entity.end, 1.0);
    }
    for byline in &article.byline {
        add("byline_name", &byline.block, byline.start, byline.end, 1.0);
    }
    json!({ "id": article.id, "source": source(article), "attributes": spans }).to_string()
}
