//! `dedup` alone: pages of bare paragraphs in, the same pages without their repeats out.
//!
//! In: paths. Out: `pages.jsonl`, `repeats.jsonl` and `report.json`, or `clusters.jsonl` and `report.json`. The input is
//! read twice: first for fingerprints, then, when all is decided, to write each record again. A record without repeats is
//! written as it came, byte for byte.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use crate::dedup::{self, paragraph};
use crate::error::{Error, ErrorKind, Result};
use crate::pipeline::cleaned::Written;
use crate::pipeline::{Outcome, Pipeline, Step, claim, ordered, out};
use crate::read::{Fault, Place, Sources, UniqueIds, Verbatim};
use crate::record::{Page, Report, SCHEMA};
use crate::text::ScalarIndex;
use crate::write::AtomicFile;

/// What `dedup` writes of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// Its record, with the repeats left out of its text.
    #[default]
    Clean,
    /// Its record with its text as it was, and a field `repeats` that says which stretches of it repeat what.
    Tagged,
    /// Nothing but a line for each block of a cluster: the block, and the cluster that it is in.
    Clusters,
}

/// Times the size of a chunk that it takes in memory, with its records, its columns and what is written of it.
const CHUNK_COST: u64 = 5;

impl Pipeline<'_> {
    /// Reads `inputs` as pages of bare paragraphs and writes into the folder `out`, besides `report.json`, what `form` says:
    /// `pages.jsonl` (each record with its text cleaned or tagged, every other field as it was) and `repeats.jsonl`, or
    /// `clusters.jsonl` alone.
    ///
    /// A paragraph's id is `PAGE/a1/bN`, N its number on the page, from 1.
    pub fn dedup(&self, inputs: &[PathBuf], out: &Path, form: Form) -> Result<Outcome> {
        let started = Instant::now();
        let settings = &self.settings;
        let pool = self.pool()?;
        out::prepare(out, inputs, self.force)?;
        let index = self.published(dedup::Of::Paragraphs, inputs, out)?;
        let mut report = Report { schema: SCHEMA, version: env!("CARGO_PKG_VERSION").into(), ..Report::default() };
        let mut faults: Vec<Error> = Vec::new();
        let (mut sources, missing) = Sources::discover(inputs, &settings.read);
        if let Some(index) = &index {
            sources.leave_out(index.folder());
        }
        if sources.is_empty()
            && let Some(first) = missing.first()
        {
            return Err(first.clone().into());
        }
        sources.spool(out)?;
        report.input.files = sources.len() as u64;
        faults.extend(missing.into_iter().map(Error::from));

        self.watch.step(Step::Read, Some(sources.bytes()));
        let chunk = settings.read.chunk_bytes as u64;
        let ahead = (self.memory / 4 / (chunk * CHUNK_COST)).max(1) as usize;
        let mut archive = dedup::Archive::bounded(self.memory / 2, out);
        archive.expect(sources.bytes());
        if let Some(index) = &index {
            archive.beside(Arc::clone(index));
        }
        let mut ids = UniqueIds::new();
        let mut chunks = sources.chunks(&settings.read, Place::default());
        // The number of the first page of each chunk, for the second pass.
        let mut first_pages: Vec<usize> = vec![0];
        ordered::map(
            &pool,
            ahead,
            || chunks.next(),
            |chunk| {
                let bytes = chunk.input_bytes;
                let (records, faults) = chunk.verbatim(&settings.read);
                let mut prints = dedup::Prints::default();
                let mut scratch = dedup::Scratch::default();
                for record in &records {
                    prints.page(&record.id, record.date.as_deref(), &record.text);
                    let index = ScalarIndex::new(&record.text);
                    let scalar = |byte: u32| index.scalar(byte as usize) as u32;
                    let paragraphs = paragraph::paragraphs(&record.text);
                    prints.expect(paragraphs.len());
                    for (n, paragraph) in (0..).zip(paragraphs) {
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
                let n = prints.n_pages();
                first_pages.push(first_pages.last().copied().unwrap_or(0) + n);
                prints.claim_ids(|id, text| {
                    let known = index.as_ref().and_then(|i| i.known(id, text));
                    let mut page = Page::new(std::mem::take(id), "");
                    let known = claim(&mut ids, &mut page, known, index.as_deref());
                    *id = page.head.id;
                    known
                });
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
        let names: &[&str] =
            if form == Form::Clusters { &["clusters.jsonl"] } else { &["pages.jsonl", "repeats.jsonl"] };
        let mut files = names.iter().map(|name| AtomicFile::create(out.join(name))).collect::<Result<Vec<_>>>()?;
        let mut chunks = sources.chunks(&settings.read, Place::default());
        ordered::map(
            &pool,
            ahead,
            || chunks.next(),
            |chunk| {
                let (first, input_bytes) = (first_pages.get(chunk.place.chunk as usize), chunk.input_bytes);
                let mut parts: Vec<Part> = vec![Part { input_bytes, ..Part::default() }];
                for (n, record) in (first.copied().unwrap_or(0)..).zip(chunk.verbatim(&settings.read).0) {
                    if decided.n_repeats(n) > LARGE {
                        parts.push(Part { large: Some((n, record)), ..Part::default() });
                        parts.push(Part::default());
                    } else if let Some(part) = parts.last_mut() {
                        // Writing into memory does not fail.
                        let _ = part.written.page(&record, &decided, n, form, &mut part.files);
                    }
                }
                parts
            },
            |parts| {
                for mut part in parts {
                    for (file, lines) in files.iter_mut().zip(&part.files) {
                        file.write_all(lines).map_err(fail)?;
                    }
                    if let Some((n, record)) = part.large {
                        part.written.page(&record, &decided, n, form, &mut files).map_err(fail)?;
                    }
                    let Written { tally, n_pages, bytes, characters } = part.written;
                    report.input.pages += n_pages;
                    report.input.bytes += bytes;
                    report.input.characters += characters;
                    report.found.add(&tally);
                    self.watch.advance(part.input_bytes, n_pages);
                }
                Ok(())
            },
        )?;
        decided.check()?;
        for file in files {
            file.commit()?;
        }
        // With the output in place and the report not yet there: who is interrupted here finds a run to do again.
        if let Some((index, addition)) = index.as_ref().zip(decided.addition()) {
            index.commit(addition)?;
        }

        for fault in &faults {
            *report.errors.entry(fault.kind().as_str().into()).or_default() += 1;
        }
        report.settings = settings.to_tree();
        let total = started.elapsed();
        let timing = &mut report.timing;
        timing.threads = pool.current_num_threads();
        timing.peak_memory = super::clock::peak_memory();
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

/// Repeats of a page from which what is written of it does not wait in memory for its turn.
const LARGE: usize = 1 << 14;

/// What some pages gave, or a page that has yet to be written.
#[derive(Debug, Default)]
struct Part {
    /// The lines of each file.
    files: [Vec<u8>; 2],
    written: Written,
    large: Option<(usize, Verbatim)>,
    input_bytes: u64,
}
