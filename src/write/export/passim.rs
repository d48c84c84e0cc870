//! Input of passim, which finds text reuse: `id`, `series`, `date`, `text`.

use serde_json::json;

use crate::record::ArticleRecord;
use crate::write::export::{source, text};

/// An article as passim reads it, as a line without its end.
pub fn passim(article: &ArticleRecord<'_>) -> String {
    json!({
        "id": article.id,
        "series": source(article),
        "date": article.page.date,
        "headline": article.headline,
        "text": text(article),
    })
    .to_string()
}
