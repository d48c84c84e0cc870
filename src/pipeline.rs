//! The only file that knows all stages: order, threads, report.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use rayon::prelude::*;

use crate::error::{Error, ErrorKind, Result};
use crate::record::{ArticleRecord, BlockPlace, BlockRef, Page, RepeatRecord, Report, SCHEMA};
use crate::settings::Settings;
use crate::text::ScalarIndex;
use crate::write::AtomicFile;
use crate::{dedup, extract, layout, read};

/// A run over an archive.
#[derive(Clone, Debug, Default)]
pub struct Pipeline {
    settings: Settings,
}

/// How a run ended: what was written, and what could not be read.
#[derive(Debug)]
pub struct Outcome {
    /// The totals, as in `report.json`.
    pub report: Report,
    /// Everything that was set aside.
    pub faults: Vec<Error>,
}

impl Pipeline {
    /// A run with these settings.
    pub fn new(settings: Settings) -> Self {
        Self { settings }
    }

    /// Reads `inputs`, writes `articles.jsonl`, `repeats.jsonl` and `report.json` into the folder `out`.
    pub fn run(&self, inputs: &[PathBuf], out: &Path) -> Result<Outcome> {
        let started = Instant::now();
        let settings = &self.settings;
        let mut pages: Vec<Page> = Vec::new();
        let mut faults = Vec::new();
        read::pages(inputs, &settings.read, &mut |p| pages.push(p), &mut |e| faults.push(e));

        let segmented: Vec<_> = pages
            .par_iter()
            .map(|page| {
                let articles = layout::segment(page, &settings.layout);
                let prints = dedup::Prints::of(page, &articles, &settings.dedup);
                (articles, prints)
            })
            .collect();
        let mut archive = dedup::Archive::default();
        let mut laid_out = Vec::with_capacity(segmented.len());
        for (articles, prints) in segmented {
            archive.push(prints)?;
            laid_out.push(articles);
        }
        let decisions = archive.resolve()?;

        let fail = |e| Error::new(ErrorKind::Write, "cannot write").at(out).because(e);
        std::fs::create_dir_all(out).map_err(fail)?;
        let mut articles_file = AtomicFile::create(out.join("articles.jsonl"))?;
        let mut repeats_file = AtomicFile::create(out.join("repeats.jsonl"))?;
        let mut report = Report { schema: SCHEMA, version: env!("CARGO_PKG_VERSION").into(), ..Report::default() };
        let parts: Vec<_> = pages
            .par_iter()
            .zip(&laid_out)
            .zip(&decisions)
            .map(|((page, articles), repeats)| write_page(page, articles, repeats, settings))
            .collect();
        for (page, part) in pages.iter().zip(parts) {
            report.input.pages += 1;
            report.input.bytes += page.text.len() as u64;
            articles_file.write_all(&part.articles).map_err(fail)?;
            repeats_file.write_all(&part.repeats).map_err(fail)?;
            for (key, n) in part.kinds {
                *report.blocks.entry(key).or_default() += n;
            }
        }
        report.settings = serde_json::to_value(settings).unwrap_or_default();
        articles_file.commit()?;
        repeats_file.commit()?;
        report.timing.seconds = started.elapsed().as_secs_f64();
        let mut report_file = AtomicFile::create(out.join("report.json"))?;
        serde_json::to_writer_pretty(&mut report_file, &report).map_err(|e| fail(e.into()))?;
        report_file.write_all(b"\n").map_err(fail)?;
        report_file.commit()?;
        Ok(Outcome { report, faults })
    }
}

struct Part {
    articles: Vec<u8>,
    repeats: Vec<u8>,
    kinds: BTreeMap<String, u64>,
}

fn write_page(
    page: &Page,
    articles: &[crate::record::Article<'_>],
    repeats: &dedup::PageRepeats,
    settings: &Settings,
) -> Part {
    let index = ScalarIndex::new(&page.text);
    let mut part = Part { articles: Vec::new(), repeats: Vec::new(), kinds: BTreeMap::new() };
    for (a, article) in articles.iter().enumerate() {
        let at = |b: usize| BlockRef { article: a as u32, block: b as u32 };
        let left_out = |b: usize| repeats.get(&at(b)).is_some_and(|r| !r.kept);
        let notes = extract::annotate(article, &page.head, &settings.extract);
        for (b, block) in article.blocks.iter().enumerate() {
            if let Some(repeat) = repeats.get(&at(b)) {
                let place = BlockPlace::new(&page.head.id, &index, a, b, &block.spans);
                push_line(&mut part.repeats, &RepeatRecord::new(place, &block.text, repeat));
            }
            if !left_out(b) {
                *part.kinds.entry(block.kind.as_str().into()).or_default() += 1;
            }
        }
        if (0..article.blocks.len()).all(left_out) {
            continue;
        }
        push_line(&mut part.articles, &ArticleRecord::new(&page.head, &index, a, article, &notes, &left_out));
    }
    part
}

fn push_line(out: &mut Vec<u8>, record: &impl serde::Serialize) {
    // Writing to memory fails only for a map with keys that are no strings, which no record has.
    if serde_json::to_writer(&mut *out, record).is_ok() {
        out.push(b'\n');
    }
}
