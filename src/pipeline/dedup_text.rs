//! `dedup` alone: pages of bare paragraphs in, the same pages without their repeats out.
//!
//! In: paths. Out: `pages.jsonl`, `repeats.jsonl` and `report.json`, or `clusters.jsonl` and `report.json`; where something
//! could not be read, `quarantine.jsonl`. The input is read twice: first for fingerprints, then, when all is decided, to
//! write each record again. A record without repeats is written as it came, byte for byte, and so is one on which a step
//! panicked: that is told in the quarantine, and the other pages go on.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use crate::dedup::{self, paragraph};
use crate::error::{Error, ErrorKind, Result};
use crate::pipeline::output::QUARANTINE;
use crate::pipeline::work::save_pretty;
use crate::pipeline::{Outcome, Pipeline, Step, Watch, chunk_size, claim, cleaned, guard, ordered, out};
use crate::read::{Chunk, Fault, Place, Sources, UniqueIds, Verbatim};
use crate::record::{Page, Report, SCHEMA, Tally};
use crate::settings;
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

/// Times the size of a chunk that it takes in memory, with its columns and what is written of it.
const CHUNK_COST: u64 = 5;
/// Most bytes of a chunk: as many as stay in a processor's cache on their way.
const MAX_CHUNK: u64 = 2 << 20;
/// Bytes of a chunk, which is then a page of many megabytes, from which what is written of it does not wait in memory for
/// its turn.
const LARGE: usize = 16 << 20;

impl Pipeline<'_> {
    /// Reads `inputs` as pages of bare paragraphs and writes into the folder `out`, besides `report.json`, what `form` says:
    /// `pages.jsonl` (each record with its text cleaned or tagged, every other field as it was) and `repeats.jsonl`, or
    /// `clusters.jsonl` alone. What could not be read stands in `quarantine.jsonl`.
    ///
    /// A paragraph's id is `PAGE/a1/bN`, N its number on the page, from 1.
    pub fn dedup(&self, inputs: &[PathBuf], out: &Path, form: Form) -> Result<Outcome> {
        let started = Instant::now();
        let settings = &self.settings;
        let pool = self.pool()?;
        let _made = out::prepare(out, inputs, self.force)?;
        let index = self.published(dedup::Of::Paragraphs, inputs, out)?;
        let (mut sources, missing) = Sources::discover(inputs, &settings.read);
        out::leave_out(&mut sources, out)?;
        if let Some(index) = &index {
            sources.leave_out(index.folder());
        }
        self.tell_missing(&missing, &sources)?;
        out::tell_passed_over(&sources, self.watch);
        sources.spool(out)?;
        let mut report = Report { schema: SCHEMA, version: env!("CARGO_PKG_VERSION").into(), ..Report::default() };
        report.input.files = sources.len() as u64;
        let mut faults = Faults { out, file: None, strict: self.strict, watch: self.watch };
        for fault in &missing {
            faults.set_aside(fault, &mut report)?;
        }
        let chunk = chunk_size(sources.bytes(), MAX_CHUNK.min(settings.read.chunk_bytes as u64));
        let passes = Passes {
            pipeline: self,
            read: settings::Read { chunk_bytes: chunk as usize, ..settings.read.clone() },
            pool: &pool,
            ahead: (self.memory / 4 / (chunk * CHUNK_COST)).max(1) as usize,
            sources: &sources,
            index: index.as_ref(),
            form,
        };

        self.watch.step(Step::Read, Some(sources.bytes()));
        let (archive, first_pages) = passes.first(out, &mut faults, &mut report)?;
        let read = started.elapsed();

        self.watch.step(Step::Resolve, None);
        let decided = pool.install(|| archive.resolve(&settings.dedup, dedup::Of::Paragraphs))?;
        let resolve = started.elapsed();

        self.watch.step(Step::Write, Some(sources.bytes()));
        let names: &[&str] =
            if form == Form::Clusters { &["clusters.jsonl"] } else { &["pages.jsonl", "repeats.jsonl"] };
        let mut files = names.iter().map(|name| AtomicFile::create(out.join(name))).collect::<Result<Vec<_>>>()?;
        passes.second(&decided, &first_pages, &mut files, out, &mut faults, &mut report)?;
        decided.check()?;
        for file in files {
            file.commit()?;
        }
        faults.commit()?;
        // With the output in place and the report not yet there: who is interrupted here finds a run to do again.
        if let Some((index, addition)) = index.as_ref().zip(decided.addition()) {
            index.commit(addition)?;
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
        save_pretty(&out.join("report.json"), &report)?;
        Ok(Outcome { report, went_on: false, complete: false })
    }
}

/// What both passes need.
struct Passes<'p> {
    pipeline: &'p Pipeline<'p>,
    read: settings::Read,
    pool: &'p rayon::ThreadPool,
    /// Chunks that may be under way at once.
    ahead: usize,
    sources: &'p Sources,
    index: Option<&'p Arc<dedup::Index>>,
    form: Form,
}

impl Passes<'_> {
    /// Takes the fingerprints of every page. The number of the first page of each chunk is for the second pass.
    fn first(&self, out: &Path, faults: &mut Faults<'_>, report: &mut Report) -> Result<(dedup::Archive, Vec<usize>)> {
        let mut archive = dedup::Archive::bounded(self.pipeline.memory / 2, out);
        archive.expect(self.sources.bytes());
        if let Some(index) = self.index {
            archive.beside(Arc::clone(index));
        }
        let index = self.index.map(|index| &**index);
        let mut ids = UniqueIds::new();
        let mut chunks = self.sources.chunks(&self.read, Place::default());
        let mut first_pages: Vec<usize> = vec![0];
        ordered::map(
            self.pool,
            self.ahead,
            || chunks.next(),
            |chunk| Printed::of(chunk, &self.read),
            |printed| {
                let Printed { mut prints, faults: more, input_bytes, bytes, characters } = printed;
                for fault in &more {
                    faults.push(fault, report)?;
                }
                let n = prints.n_pages();
                report.input.pages += n as u64;
                report.input.bytes += bytes;
                report.input.characters += characters;
                first_pages.push(first_pages.last().copied().unwrap_or(0) + n);
                prints.claim_ids(|id, text| {
                    let known = index.and_then(|i| i.known(id, text));
                    let mut page = Page::new(std::mem::take(id), "");
                    let known = claim(&mut ids, &mut page, known, index);
                    *id = page.head.id;
                    known
                });
                archive.push(prints)?;
                self.pipeline.watch.advance(input_bytes, n as u64);
                Ok(())
            },
        )?;
        Ok((archive, first_pages))
    }

    /// Writes every record again.
    fn second(
        &self,
        decided: &dedup::Resolved,
        first_pages: &[usize],
        files: &mut [AtomicFile],
        out: &Path,
        faults: &mut Faults<'_>,
        report: &mut Report,
    ) -> Result<()> {
        let fail = |e| Error::new(ErrorKind::Write, "cannot write").at(out).because(e);
        let mut chunks = self.sources.chunks(&self.read, Place::default());
        ordered::map(
            self.pool,
            self.ahead,
            || chunks.next(),
            |chunk| {
                let first = first_pages.get(chunk.place.chunk as usize).copied().unwrap_or(0);
                self.write(chunk, first, decided)
            },
            |part| {
                for (file, lines) in files.iter_mut().zip(&part.files) {
                    file.write_all(lines).map_err(fail)?;
                }
                let faults_of_large = match part.large {
                    Some((chunk, first)) => {
                        self.write_large(chunk, first, decided, files, &mut report.found).map_err(fail)?
                    }
                    None => Vec::new(),
                };
                for fault in part.faults.iter().chain(&faults_of_large) {
                    faults.push(fault, report)?;
                }
                report.found.add(&part.tally);
                self.pipeline.watch.advance(part.input_bytes, part.n_pages);
                Ok(())
            },
        )
    }

    /// What is written of the pages of a chunk, the first of which is number `first` of the archive.
    fn write(&self, chunk: Chunk, first: usize, decided: &dedup::Resolved) -> Part {
        let mut part = Part { input_bytes: chunk.input_bytes, ..Part::default() };
        let bytes = chunk.payload();
        if bytes >= LARGE {
            part.large = Some((chunk, first));
            return part;
        }
        let mut numbers = first..;
        part.files[0].reserve(bytes);
        chunk.verbatim(&self.read, |record, source| {
            let number = numbers.next().unwrap_or_default();
            part.n_pages += 1;
            let lengths = part.files.each_ref().map(Vec::len);
            // Writing into memory does not fail.
            let tried = guard::guarded(|| {
                guard::trip("writing", &record.text);
                let mut tally = Tally::default();
                let _ = cleaned::page(&record, decided, number, self.form, &mut part.files, &mut tally);
                tally
            });
            match tried {
                Ok(tally) => part.tally.add(&tally),
                Err(said) => {
                    for (lines, length) in part.files.iter_mut().zip(lengths) {
                        lines.truncate(length);
                    }
                    let _ = self.as_it_came(&record, &mut part.files);
                    part.faults.push(guard::as_it_came(source, &record.id, "writing", &said));
                }
            }
        });
        part
    }

    /// Writes the pages of a chunk to the files, line by line. Each is tried before, since it could not be taken back there.
    fn write_large(
        &self,
        chunk: Chunk,
        first: usize,
        decided: &dedup::Resolved,
        files: &mut [AtomicFile],
        tally: &mut Tally,
    ) -> io::Result<Vec<Fault>> {
        let mut numbers = first..;
        let mut faults = Vec::new();
        let mut written = Ok(());
        chunk.verbatim(&self.read, |record, source| {
            let number = numbers.next().unwrap_or_default();
            self.pipeline.watch.advance(0, 1);
            if written.is_err() {
                return;
            }
            let tried = guard::guarded(|| {
                guard::trip("writing", &record.text);
                let nowhere = &mut [io::sink(), io::sink()];
                let _ = cleaned::page(&record, decided, number, self.form, nowhere, &mut Tally::default());
            });
            written = match tried {
                Ok(()) => cleaned::page(&record, decided, number, self.form, files, tally),
                Err(said) => {
                    faults.push(guard::as_it_came(source, &record.id, "writing", &said));
                    self.as_it_came(&record, files)
                }
            };
        });
        written.map(|()| faults)
    }

    /// Writes a record as it came, where the form writes records.
    fn as_it_came(&self, record: &Verbatim<'_>, files: &mut [impl io::Write]) -> io::Result<()> {
        match files.first_mut().filter(|_| self.form != Form::Clusters) {
            Some(pages) => cleaned::as_it_came(record, pages),
            None => Ok(()),
        }
    }
}

/// What the first pass takes from a chunk.
struct Printed {
    prints: dedup::Prints,
    faults: Vec<Fault>,
    input_bytes: u64,
    /// Bytes and Unicode scalars of the texts of its pages.
    bytes: u64,
    characters: u64,
}

impl Printed {
    fn of(chunk: Chunk, read: &settings::Read) -> Self {
        let mut prints = dedup::Prints::default();
        prints.expect_bytes(chunk.payload() as u64);
        let mut scratch = dedup::Scratch::default();
        let (input_bytes, mut bytes, mut characters) = (chunk.input_bytes, 0, 0);
        let mut panicked = Vec::new();
        let mut faults = chunk.verbatim(read, |record, source| {
            let text = &*record.text;
            let before = prints.n_pages();
            let printed = guard::guarded(|| {
                prints.page(&record.id, record.date.as_deref(), text);
                guard::trip("dedup", text);
                let index = ScalarIndex::new(text);
                let scalar = |byte: u32| index.scalar(byte as usize) as u32;
                let paragraphs = paragraph::paragraphs(text);
                prints.expect(paragraphs.len());
                for (n, paragraph) in (0..).zip(paragraphs) {
                    let spans = paragraph.spans.iter().map(|s| [scalar(s.start), scalar(s.end)]);
                    prints.paragraph(n, spans, paragraph.body.of(text), &mut scratch);
                }
                index.total() as u64
            });
            bytes += text.len() as u64;
            characters += printed.as_ref().map_or_else(|_| text.chars().count() as u64, |total| *total);
            if let Err(said) = printed {
                prints.back_to(before);
                scratch = dedup::Scratch::default();
                // A page without paragraphs: nothing is decided of it.
                prints.page(&record.id, record.date.as_deref(), text);
                panicked.push(guard::as_it_came(source, &record.id, "dedup", &said));
            }
        });
        faults.extend(panicked);
        Self { prints, faults, input_bytes, bytes, characters }
    }
}

/// What some pages gave, or a large chunk that is yet to be written, with the number of its first page.
#[derive(Default)]
struct Part {
    /// The lines of each file.
    files: [Vec<u8>; 2],
    tally: Tally,
    faults: Vec<Fault>,
    n_pages: u64,
    large: Option<(Chunk, usize)>,
    input_bytes: u64,
}

/// What could not be read: counted, told to the watcher, and written to the quarantine.
struct Faults<'f> {
    out: &'f Path,
    file: Option<AtomicFile>,
    /// Whether the first one stops the run.
    strict: bool,
    watch: &'f dyn Watch,
}

impl Faults<'_> {
    fn push(&mut self, fault: &Fault, report: &mut Report) -> Result<()> {
        let error = Error::from(fault.clone());
        if self.strict {
            return Err(error);
        }
        self.watch.fault(&error);
        self.set_aside(fault, report)
    }

    /// The same of one that was told before.
    fn set_aside(&mut self, fault: &Fault, report: &mut Report) -> Result<()> {
        *report.errors.entry(fault.kind.as_str().into()).or_default() += 1;
        if self.file.is_none() {
            self.file = Some(AtomicFile::create(self.out.join(QUARANTINE))?);
        }
        let Some(file) = &mut self.file else { return Ok(()) };
        cleaned::write_line(file, fault)
            .map_err(|e| Error::new(ErrorKind::Write, "cannot write").at(self.out).because(e))
    }

    /// Puts the quarantine in its place; one of an earlier output goes, where nothing is set aside now.
    fn commit(self) -> Result<()> {
        if let Some(file) = self.file {
            return file.commit();
        }
        let _ = std::fs::remove_file(self.out.join(QUARANTINE));
        Ok(())
    }
}
