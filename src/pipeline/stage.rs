//! One stage alone, as JSON lines from input to output, made for pipes.

use std::io::Write;
use std::path::PathBuf;

use serde::Deserialize as _;
use serde_json::Value;

use crate::error::{Error, ErrorKind, Result};
use crate::layout;
use crate::pipeline::page::{Part, push_line};
use crate::pipeline::run::parts;
use crate::pipeline::{Outcome, Pipeline, Step, ordered};
use crate::record::{Article, ArticleRecord, Block, BlockRef, Page, RepeatMark, Report, SCHEMA};
use crate::text::Span;

/// A stage that can be run on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Pages → article records, with nothing read from them yet.
    Segment,
    /// Article records (of `segment` or a whole run) or pages → article records with facts, entities and activities.
    Extract,
}

impl Pipeline<'_> {
    /// Runs one stage on `inputs` and writes its records to `out`, in the order of the input.
    ///
    /// A repeat that shows on its own page (a loop) stays in place and is marked; repeats across pages are for a whole run.
    pub fn stage(&self, stage: Stage, inputs: &[PathBuf], out: &mut dyn Write) -> Result<Outcome> {
        let pool = self.pool()?;
        let settings = &self.settings;
        self.watch.step(Step::Write, None);
        let (pages, faults) = self.pages(inputs)?;
        let mut report = Report { schema: SCHEMA, version: env!("CARGO_PKG_VERSION").into(), ..Report::default() };
        let statistics = pool.install(|| layout::Statistics::of(&pages, &settings.layout));
        let mut parts = parts(&pages);
        ordered::map(
            &pool,
            || parts.next(),
            |pages| {
                let mut part = Part::default();
                for page in pages {
                    let fields = article_fields(page);
                    if let Some(record) = fields
                        .as_ref()
                        .filter(|_| stage == Stage::Extract)
                        .and_then(|f| ArticleRecord::deserialize(f).ok())
                    {
                        annotate(record, &mut part, settings);
                    } else {
                        let articles = layout::segment_with(page, &statistics, &settings.layout);
                        part.lone_page(page, &articles, stage == Stage::Extract, settings);
                    }
                }
                part
            },
            |part| {
                out.write_all(&part.articles)
                    .map_err(|e| Error::new(ErrorKind::Write, "cannot write the records").because(e))?;
                report.input.pages += part.pages;
                report.input.bytes += part.bytes;
                report.input.characters += part.characters;
                report.found.add(&part.tally);
                self.watch.advance(part.bytes, part.pages);
                Ok::<(), Error>(())
            },
        )?;
        out.flush().map_err(|e| Error::new(ErrorKind::Write, "cannot write the records").because(e))?;
        Ok(Outcome { report, faults })
    }
}

/// The fields of the article record that came in where a page would stand: the reader keeps those that it does not know
/// in `meta`.
fn article_fields(page: &Page) -> Option<Value> {
    let meta = &page.head.meta;
    if !page.text.is_empty() || !meta.contains_key("blocks") || !meta.contains_key("page") {
        return None;
    }
    let mut fields = meta.clone();
    fields.insert("id".into(), page.head.id.clone().into());
    Some(Value::Object(fields))
}

/// Reads the facts of an article that is a record already.
fn annotate(mut record: ArticleRecord<'_>, part: &mut Part, settings: &crate::Settings) {
    let blocks = record.blocks.clone();
    let article = Article {
        kind: record.kind,
        blocks: blocks
            .iter()
            .map(|b| {
                let mut block = Block::new(b.kind, &b.text, [Span::new(0, b.text.len())]);
                block.repeat = b.repeat.as_ref().map(|r| RepeatMark {
                    // Which block it repeats says its id; for reading facts it only matters that it does.
                    of: BlockRef { article: 0, block: 0 },
                    kind: r.kind,
                    similarity: r.similarity,
                    reason: "".into(),
                });
                block
            })
            .collect(),
        ..Article::default()
    };
    let notes = crate::extract::annotate(&article, &record.page, &settings.extract);
    let fresh: Vec<bool> = record.blocks.iter().map(|b| b.repeat.is_none()).collect();
    record.annotate(notes, &|b| fresh.get(b as usize).is_some_and(|f| *f).then_some(b as usize));
    part.tally.article(&record);
    push_line(&mut part.articles, &record);
}
