//! The whole: pages in, articles, repeats and a report out.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::error::{Error, ErrorKind, Result};
use crate::pipeline::page::Part;
use crate::pipeline::{Outcome, Pipeline, Step, ordered, out};
use crate::record::{Page, Report, SCHEMA};
use crate::write::AtomicFile;
use crate::{dedup, layout, read};

/// Bytes of text that are one part of work: long enough to cost more than handing it on, short enough to share out well.
const PART_BYTES: usize = 1 << 20;

impl Pipeline<'_> {
    /// Reads `inputs`, writes `articles.jsonl`, `repeats.jsonl` and `report.json` into the folder `out`.
    pub fn run(&self, inputs: &[PathBuf], out: &Path) -> Result<Outcome> {
        let started = Instant::now();
        let settings = &self.settings;
        let pool = self.pool()?;
        out::prepare(out, inputs, self.force)?;
        let mut report = Report { schema: SCHEMA, version: env!("CARGO_PKG_VERSION").into(), ..Report::default() };

        self.watch.step(Step::Read, None);
        let (pages, faults) = self.pages(inputs)?;
        report.input.files = inputs.len() as u64;
        for fault in &faults {
            *report.errors.entry(fault.kind().as_str().into()).or_default() += 1;
        }
        let read = started.elapsed();

        let statistics = pool.install(|| layout::Statistics::of(&pages, &settings.layout));
        let mut archive = dedup::Archive::default();
        let mut laid_out = Vec::with_capacity(pages.len());
        let mut parts = parts(&pages);
        ordered::map(
            &pool,
            || parts.next(),
            |part| {
                let work = |page| {
                    let articles = layout::segment_with(page, &statistics, &settings.layout);
                    let prints = dedup::Prints::of(page, &articles, &settings.dedup);
                    (articles, prints)
                };
                (part.iter().map(work).collect::<Vec<_>>(), part)
            },
            |(segmented, part)| {
                for (articles, prints) in segmented {
                    archive.push(prints)?;
                    laid_out.push(articles);
                }
                self.watch.advance(part.iter().map(|p| p.text.len() as u64).sum(), part.len() as u64);
                Ok::<(), Error>(())
            },
        )?;
        let segment = started.elapsed();

        self.watch.step(Step::Resolve, None);
        let decisions = pool.install(|| archive.resolve(&settings.dedup, settings.dedup.short_block))?;
        let resolve = started.elapsed();

        self.watch.step(Step::Write, Some(pages.iter().map(|p| p.text.len() as u64).sum()));
        let fail = |e| Error::new(ErrorKind::Write, "cannot write").at(out).because(e);
        let mut articles_file = AtomicFile::create(out.join("articles.jsonl"))?;
        let mut repeats_file = AtomicFile::create(out.join("repeats.jsonl"))?;
        let mut parts = self::parts(&pages);
        let mut from = 0;
        ordered::map(
            &pool,
            || {
                let part = parts.next()?;
                from += part.len();
                Some((part, from - part.len()))
            },
            |(pages, from)| {
                let mut part = Part::default();
                for (n, page) in pages.iter().enumerate() {
                    part.page(page, &laid_out[from + n], &decisions.page(from + n), settings);
                }
                part
            },
            |part| {
                articles_file.write_all(&part.articles).map_err(fail)?;
                repeats_file.write_all(&part.repeats).map_err(fail)?;
                report.input.pages += part.pages;
                report.input.bytes += part.bytes;
                report.input.characters += part.characters;
                report.found.add(&part.tally);
                self.watch.advance(part.bytes, part.pages);
                Ok::<(), Error>(())
            },
        )?;
        articles_file.commit()?;
        repeats_file.commit()?;

        report.settings = serde_json::to_value(settings).unwrap_or_default();
        let total = started.elapsed();
        let timing = &mut report.timing;
        timing.threads = pool.current_num_threads();
        timing.seconds = total.as_secs_f64();
        timing.megabytes_per_second = report.input.bytes as f64 / 1e6 / timing.seconds.max(1e-9);
        for (stage, from, to) in [
            ("read", std::time::Duration::ZERO, read),
            ("layout", read, segment),
            ("dedup", segment, resolve),
            ("extract", resolve, total),
        ] {
            timing.stages.insert(stage.into(), to.saturating_sub(from).as_secs_f64());
        }
        let mut report_file = AtomicFile::create(out.join("report.json"))?;
        serde_json::to_writer_pretty(&mut report_file, &report).map_err(|e| fail(e.into()))?;
        report_file.write_all(b"\n").map_err(fail)?;
        report_file.commit()?;
        Ok(Outcome { report, faults })
    }

    pub(super) fn pages(&self, inputs: &[PathBuf]) -> Result<(Vec<Page>, Vec<Error>)> {
        let mut pages = Vec::new();
        let mut faults = Vec::new();
        read::pages(inputs, &self.settings.read, &mut |p| pages.push(p), &mut |e| {
            self.watch.fault(&e);
            faults.push(e);
        });
        if self.strict && !faults.is_empty() {
            return Err(faults.swap_remove(0));
        }
        Ok((pages, faults))
    }
}

/// Pages in parts of about [`PART_BYTES`].
pub(super) fn parts(pages: &[Page]) -> impl Iterator<Item = &[Page]> {
    let mut rest = pages;
    std::iter::from_fn(move || {
        let mut bytes = 0;
        let full = rest.iter().position(|p| {
            bytes += p.text.len();
            bytes >= PART_BYTES
        });
        let (part, left) = rest.split_at(full.map_or(rest.len(), |n| n + 1));
        rest = left;
        (!part.is_empty()).then_some(part)
    })
}
