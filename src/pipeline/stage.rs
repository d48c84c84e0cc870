//! One stage alone, as JSON lines from input to output, made for pipes.

use std::collections::BTreeSet;
use std::io::Write;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use serde::Deserialize as _;
use serde_json::Value;

use crate::dedup::PageRepeats;
use crate::error::{Error, ErrorKind, Result};
use crate::pipeline::page::Part;
use crate::pipeline::turn::Turn;
use crate::pipeline::{Outcome, Pipeline, Step, guard, head, ordered, out, page};
use crate::read::{Fault, Place, Sources, UniqueIds};
use crate::record::{Article, ArticleRecord, Block, BlockRef, Page, RepeatMark, Report, SCHEMA};
use crate::text::Span;
use crate::{layout, settings};

/// Bytes of a chunk: small, because who reads a pipe waits for the first record.
const STAGE_CHUNK: usize = 1 << 20;

/// A stage that can be run on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Pages → article records, with nothing read from them yet.
    Segment,
    /// Article records (of `segment` or a whole run) or pages → article records with facts, entities and activities.
    Extract,
}

impl Stage {
    fn name(self) -> &'static str {
        match self {
            Self::Segment => "segment",
            Self::Extract => "extract",
        }
    }
}

impl Pipeline<'_> {
    /// Runs one stage on `inputs` and writes its records to `out`, in the order of the input.
    ///
    /// A repeat that shows on its own page (a loop) stays in place and is marked; repeats across pages are for a whole run.
    pub fn stage(&self, stage: Stage, inputs: &[PathBuf], out: &mut dyn Write) -> Result<Outcome> {
        let pool = self.pool()?;
        let gazetteer = if stage == Stage::Extract { Some(self.gazetteer()?) } else { None };
        let settings = &self.settings;
        let (mut sources, missing) = Sources::discover(inputs, &settings.read);
        self.tell_missing(&missing, &sources)?;
        out::tell_passed_over(&sources, self.watch);
        // Read twice: once for what the archive says of itself, once for its pages.
        sources.spool(&std::env::temp_dir())?;
        self.watch.step(Step::Write, Some(sources.bytes()).filter(|b| *b > 0));
        let mut report = Report { schema: SCHEMA, version: env!("CARGO_PKG_VERSION").into(), ..Report::default() };
        for fault in &missing {
            count(fault, &mut report);
        }
        let read = settings::Read {
            chunk_bytes: settings.read.chunk_bytes.min(STAGE_CHUNK),
            need_text: settings.read.need_text && stage != Stage::Extract,
            ..settings.read.clone()
        };
        let statistics = self.statistics(&sources, &read, &pool, usize::MAX)?;
        let mut chunks = sources.chunks(&read, Place::default()).enumerate();
        let ids = Mutex::new(UniqueIds::new());
        let turn = Turn::default();
        ordered::map(
            &pool,
            usize::MAX,
            || chunks.next(),
            |(number, chunk)| {
                let ticket = turn.ticket(number as u64);
                let input_bytes = chunk.input_bytes;
                let mut parsed = chunk.parse(&read);
                for page in parsed.pages.iter_mut().filter(|p| !is_article(p)) {
                    let _ = guard::guarded(|| head::complete(page));
                }
                ticket.take(|| {
                    let mut ids = ids.lock().unwrap_or_else(PoisonError::into_inner);
                    // Article records bear ids of their pages' making, which stay.
                    parsed.pages.iter_mut().filter(|p| !is_article(p)).for_each(|page| ids.claim(page));
                });
                let fields: Vec<Option<Value>> = parsed.pages.iter().map(article_fields).collect();
                let records: Vec<_> = fields.iter().map(|fields| fields.as_ref().map(article_record)).collect();
                let mut faults = parsed.faults;
                for (n, record) in records.iter().enumerate() {
                    if let Some(Err((message, hint))) = record {
                        let line = parsed.lines.get(n).copied().flatten();
                        let id = &parsed.pages[n].head.id;
                        faults.push(Fault::of_record(&parsed.sources[n], line, id, message.clone(), hint));
                    }
                }
                let work = |numbers: Range<usize>, part: &mut Part| {
                    for (page, record) in parsed.pages[numbers.clone()].iter().zip(&records[numbers]) {
                        guard::trip("layout", &page.text);
                        if let Some(record) = record {
                            if let Some((record, gazetteer)) = record.as_ref().ok().zip(gazetteer.as_ref()) {
                                annotate(record.clone(), part, settings, gazetteer);
                            }
                            continue;
                        }
                        let articles = layout::segment_with(page, &statistics, &settings.layout);
                        let notes = gazetteer.as_ref().map_or_else(Vec::new, |gazetteer| {
                            let numbered = articles.iter().enumerate();
                            let fresh = numbered.map(|(n, a)| (page, a, page::is_fresh(n, a, &PageRepeats::default())));
                            page::read_facts(fresh, gazetteer, settings)
                        });
                        part.lone_page(page, &articles, &mut notes.into_iter());
                    }
                };
                let (part, failed) = guard::each(parsed.pages.len(), &[&work]);
                faults.extend(failed.iter().map(|f| {
                    guard::fault(&parsed.sources[f.page], &parsed.pages[f.page], stage.name(), &f.said, f.kept)
                }));
                (part, faults, input_bytes)
            },
            |(part, faults, input_bytes)| {
                self.faults(faults, &mut report)?;
                part.articles
                    .write_to(out)
                    .map_err(|e| Error::new(ErrorKind::Write, "cannot write the records").because(e))?;
                report.input.pages += part.pages;
                report.input.bytes += part.bytes;
                report.input.characters += part.characters;
                report.found.add(&part.tally);
                self.watch.advance(input_bytes, part.pages);
                Ok(())
            },
        )?;
        out.flush().map_err(|e| Error::new(ErrorKind::Write, "cannot write the records").because(e))?;
        Ok(Outcome { report, went_on: false, complete: false })
    }

    /// Tells and counts what could not be read; what stops the run is told by whoever gets the error.
    fn faults(&self, faults: Vec<Fault>, report: &mut Report) -> Result<()> {
        for fault in faults {
            count(&fault, report);
            let fault = Error::from(fault);
            if self.strict {
                return Err(fault);
            }
            self.watch.fault(&fault);
        }
        Ok(())
    }
}

/// Counts what could not be read.
fn count(fault: &Fault, report: &mut Report) {
    *report.errors.entry(fault.kind.as_str().into()).or_default() += 1;
}

/// The fields of the article record that came in where a page would stand: the reader keeps those that it does not know
/// in `meta`.
fn article_fields(page: &Page) -> Option<Value> {
    if !is_article(page) {
        return None;
    }
    let mut fields = page.head.meta.clone();
    fields.insert("id".into(), page.head.id.clone().into());
    Some(Value::Object(fields))
}

/// The article record that these fields make; else what is wrong with it, and what to do.
fn article_record(fields: &Value) -> Result<ArticleRecord<'_>, (String, &'static str)> {
    let schema = fields.get("schema").and_then(Value::as_u64);
    if let Some(schema) = schema.filter(|schema| *schema != u64::from(SCHEMA)) {
        let hint = "extract it with the version of the program that wrote it, or write it anew with `jianbao run`";
        return Err((format!("an article record of schema {schema}, and this program reads schema {SCHEMA}"), hint));
    }
    ArticleRecord::deserialize(fields)
        .map_err(|e| (format!("not an article record: {e}"), "`jianbao schema article` prints what one holds"))
}

fn is_article(page: &Page) -> bool {
    page.text.is_empty() && page.head.meta.contains_key("blocks") && page.head.meta.contains_key("page")
}

/// Reads the facts of an article that is a record already.
fn annotate(
    mut record: ArticleRecord<'_>,
    part: &mut Part,
    settings: &crate::Settings,
    gazetteer: &crate::extract::Gazetteer,
) {
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
    let notes = crate::extract::annotate(&article, &record.page, gazetteer, &settings.extract);
    let fresh: Vec<bool> = record.blocks.iter().map(|b| b.repeat.is_none()).collect();
    record.annotate(notes, &|b| fresh.get(b as usize).is_some_and(|f| *f).then_some(b as usize));
    part.tally.article(&record, &BTreeSet::new());
    part.articles.push(&record);
}
