//! `dedup` alone: pages of bare paragraphs in, the same pages without their repeats out.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::dedup::{self, paragraph};
use crate::error::{Error, ErrorKind, Result};
use crate::pipeline::page::push_line;
use crate::pipeline::{Outcome, Pipeline, Step, ordered, out};
use crate::read::{Fault, Place, Sources, UniqueIds, Verbatim};
use crate::record::{BlockRef, Page, RepeatRecord, Report, SCHEMA};
use crate::text::ScalarIndex;
use crate::write::AtomicFile;

impl Pipeline<'_> {
    /// Reads `inputs` as pages of bare paragraphs and writes `pages.jsonl` (each record with its text cleaned, every other
    /// field as it was), `repeats.jsonl` and `report.json` into the folder `out`.
    ///
    /// A paragraph's id is `PAGE/a1/bN`, N its number on the page, from 1.
    pub fn dedup(&self, inputs: &[PathBuf], out: &Path) -> Result<Outcome> {
        let started = Instant::now();
        let settings = &self.settings;
        let pool = self.pool()?;
        out::prepare(out, inputs, self.force)?;
        let mut report = Report { schema: SCHEMA, version: env!("CARGO_PKG_VERSION").into(), ..Report::default() };
        let mut faults: Vec<Error> = Vec::new();
        let (mut sources, missing) = Sources::discover(inputs, &settings.read);
        sources.spool(out)?;
        report.input.files = sources.len() as u64;
        faults.extend(missing.into_iter().map(Error::from));

        self.watch.step(Step::Read, Some(sources.bytes()));
        let mut archive = dedup::Archive::default();
        let mut ids = UniqueIds::new();
        let mut chunks = sources.chunks(&settings.read, Place::default());
        // The number of the first page of each chunk, for the second pass.
        let mut first_pages: Vec<usize> = vec![0];
        ordered::map(
            &pool,
            usize::MAX,
            || chunks.next(),
            |chunk| {
                let bytes = chunk.input_bytes;
                let (records, faults) = chunk.verbatim(&settings.read);
                let mut prints = dedup::Prints::default();
                let mut scratch = dedup::Scratch::default();
                for record in &records {
                    prints.page(&record.id, record.date.as_deref());
                    let index = ScalarIndex::new(&record.text);
                    let scalar = |byte: u32| index.scalar(byte as usize) as u32;
                    for (n, paragraph) in (0..).zip(paragraph::paragraphs(&record.text)) {
                        let spans = paragraph.spans.iter().map(|s| [scalar(s.start), scalar(s.end)]);
                        prints.paragraph(n, spans, paragraph.extent.of(&record.text), &mut scratch);
                    }
                }
                (prints, faults, bytes)
            },
            |(mut prints, more, bytes)| {
                faults.extend(more.into_iter().map(|fault: Fault| {
                    let error = Error::from(fault);
                    self.watch.fault(&error);
                    error
                }));
                let n = prints.page_ids().count();
                first_pages.push(first_pages.last().copied().unwrap_or(0) + n);
                for id in prints.page_ids() {
                    let mut page = Page::new(std::mem::take(id), "");
                    ids.claim(&mut page);
                    *id = page.head.id;
                }
                archive.push(prints)?;
                self.watch.advance(bytes, n as u64);
                Ok(())
            },
        )?;
        if self.strict && !faults.is_empty() {
            return Err(faults.swap_remove(0));
        }
        let read = started.elapsed();

        self.watch.step(Step::Resolve, None);
        let decided = pool.install(|| archive.resolve(&settings.dedup, dedup::Of::Paragraphs))?;
        let resolve = started.elapsed();

        self.watch.step(Step::Write, Some(sources.bytes()));
        let fail = |e| Error::new(ErrorKind::Write, "cannot write").at(out).because(e);
        let mut pages_file = AtomicFile::create(out.join("pages.jsonl"))?;
        let mut repeats_file = AtomicFile::create(out.join("repeats.jsonl"))?;
        let mut chunks = sources.chunks(&settings.read, Place::default());
        ordered::map(
            &pool,
            usize::MAX,
            || chunks.next(),
            |chunk| {
                let mut part = Part { input_bytes: chunk.input_bytes, ..Part::default() };
                let first = first_pages.get(chunk.place.chunk as usize).copied().unwrap_or(0);
                for (n, record) in chunk.verbatim(&settings.read).0.iter().enumerate() {
                    part.page(record, &decided, first + n);
                }
                part
            },
            |part| {
                pages_file.write_all(&part.pages).map_err(fail)?;
                repeats_file.write_all(&part.repeats).map_err(fail)?;
                report.input.pages += part.n_pages;
                report.input.bytes += part.bytes;
                report.input.characters += part.characters;
                report.found.add(&part.tally);
                self.watch.advance(part.input_bytes, part.n_pages);
                Ok(())
            },
        )?;
        pages_file.commit()?;
        repeats_file.commit()?;

        for fault in &faults {
            *report.errors.entry(fault.kind().as_str().into()).or_default() += 1;
        }
        report.settings = settings.to_tree();
        let total = started.elapsed();
        let timing = &mut report.timing;
        timing.threads = pool.current_num_threads();
        timing.seconds = total.as_secs_f64();
        timing.megabytes_per_second = report.input.bytes as f64 / 1e6 / timing.seconds.max(1e-9);
        for (stage, seconds) in
            [("read", read), ("dedup", resolve.saturating_sub(read)), ("write", total.saturating_sub(resolve))]
        {
            timing.stages.insert(stage.into(), seconds.as_secs_f64());
        }
        let mut report_file = AtomicFile::create(out.join("report.json"))?;
        serde_json::to_writer_pretty(&mut report_file, &report).map_err(|e| fail(e.into()))?;
        report_file.write_all(b"\n").map_err(fail)?;
        report_file.commit()?;
        Ok(Outcome { report, went_on: false })
    }
}

/// What some pages gave.
#[derive(Debug, Default)]
struct Part {
    pages: Vec<u8>,
    repeats: Vec<u8>,
    tally: crate::record::Tally,
    input_bytes: u64,
    n_pages: u64,
    bytes: u64,
    characters: u64,
}

impl Part {
    fn page(&mut self, record: &Verbatim, decided: &dedup::Resolved, number: usize) {
        let text = &record.text;
        let repeats = decided.page(number);
        self.n_pages += 1;
        self.bytes += text.len() as u64;
        self.characters += ScalarIndex::new(text).total() as u64;
        self.pages.extend_from_slice(record.before.as_bytes());
        let left_out = |n: usize| repeats.get(&BlockRef { article: 0, block: n as u32 }).is_some_and(|r| !r.kept);
        let paragraphs = paragraph::paragraphs(text);
        let kept = paragraph::without(text, &paragraphs, left_out);
        push_line(&mut self.pages, &kept);
        self.pages.pop();
        self.pages.extend_from_slice(record.after.as_bytes());
        self.pages.push(b'\n');
        for (place, repeat) in &repeats {
            let paragraph = paragraphs.get(place.block as usize);
            let Some((paragraph, at)) = paragraph.zip(decided.place_of(number, *place)) else { continue };
            let said: String = paragraph.spans.iter().map(|s| s.of(text)).collect();
            let line = RepeatRecord::new(at, &said, repeat);
            self.tally.repeat(&line);
            push_line(&mut self.repeats, &line);
        }
    }
}
