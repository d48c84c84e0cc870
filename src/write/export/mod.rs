//! Outputs of a run → the forms that other programs read.
//!
//! In: the articles of an output folder, one at a time. Out: documents and attributes as Dolma's tools mix them, input of
//! passim, facts as a table, a dataset card. The text of an article is that of its kept blocks, a line each.

mod card;
mod csv;
mod dataset;
mod dolma;
mod passim;

pub use card::card;
pub use csv::{FACT_COLUMNS, fact_rows};
pub use dataset::dataset;
pub use dolma::{attributes, document};
pub use passim::passim;

use crate::record::{ArticleRecord, BlockRecord};

/// The blocks that make up an article's text, each with its first Unicode scalar there.
fn text_blocks<'r>(article: &'r ArticleRecord<'_>) -> Vec<(usize, &'r BlockRecord<'r>)> {
    let mut at = 0;
    let mut blocks = Vec::with_capacity(article.blocks.len());
    for block in article.blocks.iter().filter(|b| b.repeat.is_none()) {
        blocks.push((at, block));
        at += block.text.chars().count() + 1;
    }
    blocks
}

/// An article's text: its kept blocks, a line each.
fn text(article: &ArticleRecord<'_>) -> String {
    text_blocks(article).iter().map(|(_, b)| &*b.text).collect::<Vec<_>>().join("\n")
}

/// Where an article was published.
fn source<'r>(article: &'r ArticleRecord<'_>) -> &'r str {
    article.page.publication.as_deref().unwrap_or("unknown")
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::record::{Annotations, Article, Block, BlockKind, Fact, FactKind, Fate, Page, Value};
    use crate::text::{ScalarIndex, Span};

    pub(super) fn article(page: &Page) -> ArticleRecord<'_> {
        let end = page.text.find('\n').unwrap();
        let article = Article {
            blocks: vec![
                Block::new(BlockKind::Headline, &page.text, [Span::new(0, end)]),
                Block::new(BlockKind::Paragraph, &page.text, [Span::new(end + 1, page.text.len())]),
            ],
            ..Article::default()
        };
        let start = article.blocks[1].text.find('3').unwrap();
        let mut fact = Fact::new(FactKind::Money, 1, start, start + "3万元".len());
        fact.value = Some(Value::Whole(30_000));
        fact.unit = Some(Cow::Borrowed("CNY"));
        fact.subject = Some("=补贴,\"高温\"".into());
        let notes = Annotations { facts: vec![fact], ..Annotations::default() };
        let article: &Article<'_> = Box::leak(Box::new(article));
        let mut record = ArticleRecord::new(&page.head, &ScalarIndex::new(&page.text), 0, article, &|_| Fate::Kept);
        record.annotate(notes, &|b| Some(b as usize));
        record
    }

    pub(super) fn page() -> Page {
        let mut page = Page::new("2024-07-18-02", "送清凉\n县总工会发放3万元。");
        page.head.date = Some("2024-07-18".into());
        page.head.publication = Some("工友报".into());
        page
    }

    #[test]
    fn attributes_point_into_the_document() {
        let page = page();
        let record = article(&page);
        let document: serde_json::Value = serde_json::from_str(&document(&record)).unwrap();
        assert_eq!(document["text"], "送清凉\n县总工会发放3万元。");
        assert_eq!((&document["source"], &document["created"]), (&"工友报".into(), &"2024-07-18".into()));
        let attributes: serde_json::Value = serde_json::from_str(&attributes(&record)).unwrap();
        assert_eq!(attributes["id"], document["id"]);
        let span = &attributes["attributes"]["jianbao__money"][0];
        let text: Vec<char> = document["text"].as_str().unwrap().chars().collect();
        let slice = &text[span[0].as_u64().unwrap() as usize..span[1].as_u64().unwrap() as usize];
        assert_eq!(slice.iter().collect::<String>(), "3万元");
        assert_eq!(span[2], 30000.0);
    }

    #[test]
    fn a_cell_cannot_become_a_formula() {
        let page = page();
        let rows = fact_rows(&article(&page));
        assert!(rows.ends_with('\n'));
        assert!(rows.contains("\"'=补贴,\"\"高温\"\"\""), "{rows}");
        assert!(rows.contains(",30000,"), "{rows}");
        assert_eq!(FACT_COLUMNS.split(',').count(), rows.replace("补贴,", "补贴").trim_end().split(',').count());
    }

    #[test]
    fn passim_gets_what_it_asks_for() {
        let page = page();
        let line: serde_json::Value = serde_json::from_str(&passim(&article(&page))).unwrap();
        assert_eq!((&line["id"], &line["series"]), (&"2024-07-18-02/a1".into(), &"工友报".into()));
        assert!(line["text"].as_str().unwrap().contains("3万元"));
    }
}
