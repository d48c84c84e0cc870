//! The whole: pages in, articles, repeats and a report out, in two passes.
//!
//! The first pass reads every page, puts it back together and takes its fingerprints; then it is decided once which blocks
//! repeat which; the second pass reads the pages again, reads their facts and writes them down. Between the passes a
//! page's layout waits on the disk and its text does not wait at all, so memory does not grow with the text.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::dedup::index::Known;
use crate::error::{Error, ErrorKind, Result};
use crate::extract::Gazetteer;
use crate::pipeline::clock::{Clock, Timed};
use crate::pipeline::laid::LaidArticle;
use crate::pipeline::lines::push_line;
use crate::pipeline::output::{self, Outputs};
use crate::pipeline::page::{self, Part};
use crate::pipeline::spool::{Frames, Spool};
use crate::pipeline::turn::Turn;
use crate::pipeline::work::{Begun, Manifest, Progress, Work, expect_same, is_begun};
use crate::pipeline::{Outcome, Pipeline, Step, chunk_size, claim, claim_id, guard, head, ordered, out};
use crate::read::{Chunk, Fault, Place, Sources, UniqueIds};
use crate::record::{Annotations, Article, Continuation, Memory, Page, Report, SCHEMA, article_id};
use crate::{dedup, layout, settings};

/// Memory that a chunk takes while it is worked on, in times its size: its bytes, its pages, their layout, their records.
const CHUNK_COST: u64 = 10;

/// What the first pass found out about a chunk.
#[derive(Debug, Default, Serialize, Deserialize)]
struct ChunkFrame {
    /// Where the next chunk begins.
    next: Place,
    /// The ids that its pages came with.
    given: Vec<String>,
    /// Whether each was read by an earlier run.
    known: Vec<bool>,
    /// Their articles.
    laid: Vec<Vec<LaidArticle>>,
    /// Of each page, what tells whether its text is still the same at the second reading.
    text_hashes: Vec<u64>,
    /// What could not be read, as lines of `quarantine.jsonl`.
    quarantine: Vec<u8>,
    /// The same by kind.
    errors: BTreeMap<String, u64>,
}

impl Pipeline<'_> {
    /// Reads `inputs`, writes `articles.jsonl`, `repeats.jsonl` and `report.json` into the folder `out`, and
    /// `quarantine.jsonl` where something could not be read.
    pub fn run(&self, inputs: &[PathBuf], out: &Path) -> Result<Outcome> {
        self.attempt(inputs, out).map_err(|e| {
            if e.kind() == ErrorKind::Write && e.hint_text().is_none() && is_begun(out) {
                return e.hint("make room, then --resume goes on from there");
            }
            e
        })
    }

    fn attempt(&self, inputs: &[PathBuf], out: &Path) -> Result<Outcome> {
        let clock = Clock::start();
        let pool = self.pool()?;
        let gazetteer = self.gazetteer()?;
        let work = match Work::begin(out, inputs, self.force, self.resume)? {
            Begun::Open(work) => work,
            Begun::Finished(report) => return self.finished(*report, inputs, out, &gazetteer),
        };
        let index = self.published(dedup::Of::Articles, inputs, out).inspect_err(|_| work.discard_empty())?;
        let keep = |sources: &mut Sources| sources.keep_stdin(&work.path("stdin"));
        let (sources, missing) = self.sources(inputs, out, keep).inspect_err(|_| work.discard_empty())?;
        let chunk_bytes = chunk_size(sources.bytes(), self.settings.read.chunk_bytes as u64) as usize;
        let manifest = Manifest::new(&sources, &self.settings, &gazetteer, chunk_bytes, self.index.as_deref())
            .inspect_err(|_| work.discard_empty())?;
        let begun_with = manifest.begun_with();
        if let Some(report) = work.complete()? {
            expect_same(&report, &begun_with, out)?;
            let addition = match work.progress() {
                Ok(progress) => progress.addition,
                // All is written, and nothing else is asked of the progress.
                Err(_) if index.is_none() => None,
                Err(e) => return Err(e),
            };
            work.finish(&report, || commit(index.as_deref(), addition.as_ref()))?;
            return Ok(Outcome { report, went_on: true, complete: false });
        }
        let manifest = work.settle(manifest).inspect_err(|_| work.discard_empty())?;
        let run = Run {
            pipeline: self,
            read: settings::Read { chunk_bytes: manifest.chunk_bytes, ..self.settings.read.clone() },
            clock: &clock,
            ahead: (self.memory / 2 / (manifest.chunk_bytes as u64 * CHUNK_COST)).max(1) as usize,
            pool: &pool,
            sources: &sources,
            work: &work,
            index: index.as_ref(),
            gazetteer: &gazetteer,
        };
        let mut progress = work.progress()?;
        let went_on = progress.decided;
        if !progress.decided {
            let (archive, continuations) = match run.first_pass() {
                Ok(found) => found,
                Err(e) => {
                    if self.strict && e.kind() != ErrorKind::Interrupted {
                        work.discard();
                    }
                    return Err(e);
                }
            };
            progress.addition = run.decide(archive, continuations)?;
            progress.decided = true;
            work.save(&progress)?;
        }
        let addition = progress.addition.clone();
        expect(index.as_deref(), addition.as_ref())?;
        let done_before = progress.input.bytes;
        let (mut report, files) = run.second_pass(progress, &missing)?;
        report.input.files = sources.len() as u64;
        report.settings = self.settings_tree(&gazetteer);
        report.files = files;
        if self.settings.write.format == settings::Format::Parquet {
            clock.time(Timed::Write, || output::to_parquet(&work, &mut report.files))?;
        }
        let memory = Memory {
            limit: self.memory,
            chunk_bytes: manifest.chunk_bytes as u64,
            chunks_at_once: ordered::at_once(&pool, run.ahead) as u64,
            compared_bytes: self.memory / 2,
        };
        report.timing =
            clock.timing(pool.current_num_threads(), report.input.bytes.saturating_sub(done_before), memory);
        report.timing.begun_with = Some(begun_with);
        work.finish(&report, || commit(index.as_deref(), addition.as_ref()))?;
        Ok(Outcome { report, went_on, complete: false })
    }

    /// What becomes of a run whose output is there already: nothing, where it is the same.
    fn finished(&self, report: Report, inputs: &[PathBuf], out: &Path, gazetteer: &Gazetteer) -> Result<Outcome> {
        let (sources, _) = self.sources(inputs, out, |sources| sources.spool(out))?;
        let manifest = Manifest::new(&sources, &self.settings, gazetteer, 0, self.index.as_deref())?;
        expect_same(&report, &manifest.begun_with(), out)?;
        Ok(Outcome { report, went_on: true, complete: true })
    }

    /// Finds the inputs. Standard input is put into a file first with `keep`, because it is read twice.
    fn sources(
        &self,
        inputs: &[PathBuf],
        out: &Path,
        keep: impl FnOnce(&mut Sources) -> Result<()>,
    ) -> Result<(Sources, Vec<Fault>)> {
        let (mut sources, missing) = Sources::discover(inputs, &self.settings.read);
        out::leave_out(&mut sources, out)?;
        if let Some(index) = &self.index {
            sources.leave_out(index);
        }
        self.tell_missing(&missing, &sources)?;
        out::tell_passed_over(&sources, self.watch);
        keep(&mut sources)?;
        Ok((sources, missing))
    }
}

/// What both passes need.
struct Run<'r> {
    pipeline: &'r Pipeline<'r>,
    read: settings::Read,
    clock: &'r Clock,
    /// Chunks that may be under way at once.
    ahead: usize,
    pool: &'r rayon::ThreadPool,
    sources: &'r Sources,
    work: &'r Work,
    /// What earlier runs published.
    index: Option<&'r Arc<dedup::Index>>,
    gazetteer: &'r Gazetteer,
}

/// The pages of a chunk.
struct Parsed {
    pages: Vec<Page>,
    /// Of each page, the file that it comes from.
    sources: Vec<Arc<str>>,
    /// Of each page, the id that it came with.
    given: Vec<String>,
    /// Which page each is, where an earlier run read it.
    known: Vec<Option<Known>>,
    faults: Vec<Fault>,
}

/// A chunk after the first pass.
struct Printed {
    frame: Option<Vec<u8>>,
    prints: Vec<dedup::Prints>,
    /// Its pages with articles that run over two pages, by their place in the chunk.
    ends: Vec<(usize, layout::Ends)>,
    faults: Vec<Fault>,
    input_bytes: u64,
}

/// A chunk after the second pass.
struct Written {
    part: Part,
    /// What could not be read of it, by kind: told in the first pass.
    errors: BTreeMap<String, u64>,
    /// What failed in this pass.
    faults: Vec<Fault>,
    next: Place,
    input_bytes: u64,
}

impl Run<'_> {
    /// Reads, puts back together, takes fingerprints. What a run that was left had laid out is not laid out again.
    fn first_pass(&self) -> Result<(dedup::Archive, Continuations)> {
        let Pipeline { watch, strict, .. } = self.pipeline;
        let statistics = self
            .clock
            .time(Timed::Statistics, || self.pipeline.statistics(self.sources, &self.read, self.pool, self.ahead))?;
        watch.step(Step::Read, Some(self.sources.bytes()));
        let path = self.work.path("layout");
        let mut n_saved = 0_u64;
        let mut spool = Spool::open(&path, |_| {
            n_saved += 1;
            Ok(())
        })?;
        let mut saved = Frames::open(&path)?;
        let mut chunks = self.sources.chunks(&self.read, Place::default());
        let ids = Mutex::new(UniqueIds::new());
        let turn = Turn::default();
        let mut archive = dedup::Archive::bounded(self.pipeline.memory / 2, self.work.folder());
        if let Some(index) = self.index {
            archive.beside(Arc::clone(index));
        }
        let (mut n_pages, mut places, mut ends) = (0, Vec::new(), Vec::new());
        let mut number = 0;
        let stopped = std::sync::atomic::AtomicBool::new(false);
        ordered::map(
            self.pool,
            self.ahead,
            || {
                if watch.stop_asked() {
                    stopped.store(true, std::sync::atomic::Ordering::Relaxed);
                    return None;
                }
                let chunk = self.clock.time(Timed::Read, || chunks.next())?;
                number += 1;
                let frame = if number <= n_saved { saved.take().ok().flatten() } else { None };
                Some((number - 1, chunk, frame))
            },
            |(number, chunk, frame)| self.print(number, chunk, frame.as_deref(), &statistics, &ids, &turn),
            |printed| {
                let printed = printed?;
                for fault in printed.faults {
                    let fault = Error::from(fault);
                    if *strict {
                        return Err(fault);
                    }
                    watch.fault(&fault);
                }
                if let Some(frame) = printed.frame {
                    spool.push(&frame)?;
                }
                let pages = printed.prints.len() as u64;
                for (page, of_page) in printed.ends {
                    places.push(n_pages + page);
                    ends.push(of_page);
                }
                n_pages += printed.prints.len();
                for prints in printed.prints {
                    archive.push(prints)?;
                }
                watch.advance(printed.input_bytes, pages);
                Ok(())
            },
        )?;
        if stopped.into_inner() {
            return Err(interrupted());
        }
        Ok((archive, continuations(&places, &ends, &statistics, &self.pipeline.settings.layout)))
    }

    fn print(
        &self,
        number: u64,
        chunk: Chunk,
        saved: Option<&[u8]>,
        statistics: &layout::Statistics,
        ids: &Mutex<UniqueIds>,
        turn: &Turn,
    ) -> Result<Printed> {
        let settings = &self.pipeline.settings;
        let Chunk { place, next, input_bytes, .. } = chunk;
        let Some(parsed) = self.parse(number, chunk, ids, turn) else { return Err(given_up()) };
        let Parsed { pages, sources, given, known, mut faults } = parsed;
        let text_hashes = text_hashes(&pages);
        let saved: Option<ChunkFrame> = saved.and_then(|f| postcard::from_bytes(f).ok());
        let mut prints = Vec::with_capacity(pages.len());
        let mut ends = Vec::new();
        let mut print = |page: &Page, known, articles: &[Article<'_>]| {
            if let Some(of_page) = layout::Ends::of(&page.head, articles, statistics, &settings.layout) {
                ends.push((prints.len(), of_page));
            }
            let mut print = self.clock.time(Timed::Dedup, || dedup::Prints::of(page, articles));
            print.claim_ids(|_, _| known);
            prints.push(print);
        };
        if let Some(frame) = saved {
            self.expect_unchanged(&frame.text_hashes, &text_hashes, &sources, place)?;
            for ((page, known), laid) in pages.iter().zip(known).zip(frame.laid) {
                print(page, known, &articles(page, laid)?);
            }
            return Ok(Printed { frame: None, prints, ends, faults: Vec::new(), input_bytes });
        }
        let mut frame = ChunkFrame {
            next,
            given,
            known: known.iter().map(Option::is_some).collect(),
            text_hashes,
            laid: Vec::with_capacity(pages.len()),
            ..ChunkFrame::default()
        };
        for ((page, source), known) in pages.iter().zip(&sources).zip(known) {
            let done = guard::guarded(|| {
                guard::trip("layout", &page.text);
                let articles =
                    self.clock.time(Timed::Layout, || layout::segment_with(page, statistics, &settings.layout));
                print(page, known, &articles);
                articles.into_iter().map(LaidArticle::of).collect()
            });
            frame.laid.push(done.unwrap_or_else(|said| {
                faults.push(guard::fault(source, page, "layout", &said, false));
                print(page, known, &[]);
                Vec::new()
            }));
        }
        for fault in &faults {
            push_line(&mut frame.quarantine, fault);
            *frame.errors.entry(fault.kind.as_str().into()).or_default() += 1;
        }
        let frame =
            postcard::to_stdvec(&frame).map_err(|e| Error::new(ErrorKind::Write, "cannot keep a layout").because(e))?;
        Ok(Printed { frame: Some(frame), prints, ends, faults, input_bytes })
    }

    /// The pages of a chunk, with ids of their own; None where a part before it failed.
    fn parse(&self, number: u64, chunk: Chunk, ids: &Mutex<UniqueIds>, turn: &Turn) -> Option<Parsed> {
        let ticket = turn.ticket(number);
        let mut parsed = self.clock.time(Timed::Read, || chunk.parse(&self.read));
        for page in &mut parsed.pages {
            // A head that cannot be completed stays as it came.
            let _ = guard::guarded(|| head::complete(page));
        }
        let given = parsed.pages.iter().map(|p| p.head.id.clone()).collect();
        let index = self.index.map(Arc::as_ref);
        let before = |page: &Page| index.and_then(|i| i.known(&page.head.id, dedup::Index::text_hash(&page.text)));
        let mut known: Vec<Option<Known>> = parsed.pages.iter().map(before).collect();
        ticket.take(|| {
            let mut ids = ids.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            for (page, known) in parsed.pages.iter_mut().zip(&mut known) {
                *known = claim(&mut ids, page, *known, index);
            }
        })?;
        Some(Parsed { pages: parsed.pages, sources: parsed.sources, given, known, faults: parsed.faults })
    }

    /// Decides which blocks repeat which, and puts the decisions on each chunk into a spool.
    fn decide(
        &self,
        archive: dedup::Archive,
        mut continuations: Continuations,
    ) -> Result<Option<dedup::index::Manifest>> {
        self.pipeline.watch.step(Step::Resolve, None);
        let settings = &self.pipeline.settings.dedup;
        let of = dedup::Of::Articles;
        let decisions = self.clock.time(Timed::Dedup, || self.pool.install(|| archive.resolve(settings, of)))?;
        let path = self.work.path("decisions");
        let _ = std::fs::remove_file(&path);
        let mut spool = Spool::open(&path, |_| Ok(()))?;
        let mut laid = Frames::open(&self.work.path("layout"))?;
        let mut page = 0;
        while let Some(frame) = laid.next().map_err(|e| self.cannot_read("layout", e))? {
            let frame: ChunkFrame = postcard::from_bytes(frame).map_err(|_| damaged())?;
            let pages = page..page + frame.laid.len();
            let continued: Vec<_> = pages.clone().map(|n| continuations.remove(&n).unwrap_or_default()).collect();
            let decided = |(n, continuations): (usize, _)| Decided {
                repeats: decisions.page(n),
                reprints: decisions.reprints(n).collect(),
                continuations,
            };
            page = pages.end;
            let here: Vec<Decided> = self.clock.time(Timed::Dedup, || {
                self.pool.install(|| pages.into_par_iter().zip(continued).map(decided).collect())
            });
            let frame = postcard::to_stdvec(&here)
                .map_err(|e| Error::new(ErrorKind::Write, "cannot keep a decision").because(e))?;
            spool.push(&frame)?;
        }
        decisions.check()?;
        Ok(decisions.addition().cloned())
    }

    /// Reads the pages again, reads their facts, writes them down.
    fn second_pass(
        &self,
        mut progress: Progress,
        missing: &[Fault],
    ) -> Result<(Report, BTreeMap<String, crate::record::FileTotals>)> {
        let Pipeline { settings, watch, strict, .. } = self.pipeline;
        let opened = Outputs::open(self.work, &progress, &settings.write)?;
        let mut outputs = if let Some(outputs) = opened {
            outputs
        } else {
            self.work.rewind(&mut progress)?;
            Outputs::open(self.work, &progress, &settings.write)?.ok_or_else(damaged)?
        };
        watch.step(Step::Write, Some(self.sources.bytes()));
        let mut laid = Frames::open(&self.work.path("layout"))?;
        let mut decisions = Frames::open(&self.work.path("decisions"))?;
        let mut ids = UniqueIds::new();
        let mut quarantine = Part::default();
        let mut errors: BTreeMap<String, u64> = BTreeMap::new();
        for fault in missing {
            push_line(&mut quarantine.quarantine, fault);
            *errors.entry(fault.kind.as_str().into()).or_default() += 1;
        }
        // What was written already is passed over; only its ids and its errors are counted again.
        for _ in 0..progress.chunks {
            let frame = laid.next().map_err(|e| self.cannot_read("layout", e))?.ok_or_else(damaged)?;
            let frame: ChunkFrame = postcard::from_bytes(frame).map_err(|_| damaged())?;
            for (id, known) in frame.given.into_iter().zip(frame.known) {
                claim_id(&mut ids, &mut Page::new(id, ""), known, self.index.map(Arc::as_ref));
            }
            count(&mut errors, &frame.errors);
            decisions.next().map_err(|e| self.cannot_read("decisions", e))?;
        }
        if progress.chunks == 0 {
            outputs.push(&quarantine, &mut progress)?;
        }
        let mut chunks = self.sources.chunks(&self.read, progress.next);
        let ids = Mutex::new(ids);
        let turn = Turn::starting(progress.chunks);
        let mut number = progress.chunks;
        let stopped = std::sync::atomic::AtomicBool::new(false);
        let done = ordered::map(
            self.pool,
            self.ahead,
            || {
                if watch.stop_asked() {
                    stopped.store(true, std::sync::atomic::Ordering::Relaxed);
                    return None;
                }
                let chunk = self.clock.time(Timed::Read, || chunks.next())?;
                let frame = |frames: &mut Frames<_>| frames.take().ok().flatten();
                number += 1;
                Some((number - 1, chunk, frame(&mut laid), frame(&mut decisions)))
            },
            |(number, chunk, laid, decisions)| {
                let (next, input_bytes) = (chunk.next, chunk.input_bytes);
                let (part, errors, faults) = self.annotate(number, chunk, laid, decisions, &ids, &turn)?;
                Ok(Written { part, errors, faults, next, input_bytes })
            },
            |written: Result<Written>| {
                let Written { part, errors: more, faults, next, input_bytes } = written?;
                let pages = part.pages;
                for fault in faults {
                    *progress.failed.entry(fault.kind.as_str().into()).or_default() += 1;
                    let fault = Error::from(fault);
                    if *strict {
                        return Err(fault);
                    }
                    watch.fault(&fault);
                }
                self.clock.time(Timed::Write, || outputs.push(&part, &mut progress))?;
                progress.chunks += 1;
                progress.next = next;
                count(&mut errors, &more);
                watch.advance(input_bytes, pages);
                if outputs.is_due() {
                    outputs.save(self.work, &mut progress)?;
                }
                Ok(())
            },
        );
        if stopped.into_inner() && done.is_ok() {
            outputs.save(self.work, &mut progress)?;
            return Err(interrupted());
        }
        done?;
        if laid.next().map_err(|e| self.cannot_read("layout", e))?.is_some() {
            return Err(self.changed(progress.next, None));
        }
        let files = outputs.finish(&mut progress)?;
        count(&mut errors, &progress.failed);
        let report = Report {
            schema: SCHEMA,
            version: env!("CARGO_PKG_VERSION").into(),
            input: progress.input,
            found: progress.found,
            errors,
            ..Report::default()
        };
        Ok((report, files))
    }

    fn annotate(
        &self,
        number: u64,
        chunk: Chunk,
        laid: Option<Vec<u8>>,
        decisions: Option<Vec<u8>>,
        ids: &Mutex<UniqueIds>,
        turn: &Turn,
    ) -> Result<(Part, BTreeMap<String, u64>, Vec<Fault>)> {
        let settings = &self.pipeline.settings;
        let place = chunk.place;
        let Parsed { pages, sources, .. } = self.parse(number, chunk, ids, turn).ok_or_else(given_up)?;
        let (laid, decisions) = laid.zip(decisions).ok_or_else(|| self.changed(place, None))?;
        let frame: ChunkFrame = postcard::from_bytes(&laid).map_err(|_| damaged())?;
        let decisions: Vec<Decided> = postcard::from_bytes(&decisions).map_err(|_| damaged())?;
        self.expect_unchanged(&frame.text_hashes, &text_hashes(&pages), &sources, place)?;
        if frame.laid.len() != pages.len() || decisions.len() != pages.len() {
            return Err(damaged());
        }
        let mut laid = Vec::with_capacity(pages.len());
        let mut repeats = Vec::with_capacity(pages.len());
        for ((page, of_page), decided) in pages.iter().zip(frame.laid).zip(decisions) {
            let mut articles = articles(page, of_page)?;
            for (number, original) in decided.reprints {
                if let Some(article) = articles.get_mut(number) {
                    article.reprint_of = Some(original);
                }
            }
            for (number, direction, other) in decided.continuations {
                if let Some(article) = articles.get_mut(number) {
                    layout::link(article, direction, other, &settings.layout);
                }
            }
            laid.push(articles);
            repeats.push(decided.repeats);
        }
        let read = |numbers: Range<usize>| {
            let pages = pages[numbers.clone()].iter().zip(&laid[numbers.clone()]).zip(&repeats[numbers]);
            let articles = pages.flat_map(|((page, articles), repeats)| {
                let numbered = articles.iter().enumerate();
                numbered.map(move |(number, article)| (page, article, page::is_fresh(number, article, repeats)))
            });
            page::read_facts(articles, self.gazetteer, settings)
        };
        let write = |numbers: Range<usize>, part: &mut Part, mut notes: &mut dyn Iterator<Item = Annotations>| {
            for n in numbers {
                part.page(&pages[n], &laid[n], &repeats[n], &mut notes, settings);
            }
        };
        let (mut part, failed) = self.clock.time(Timed::Extract, || {
            let with_facts = |numbers: Range<usize>, part: &mut Part| {
                write(numbers.clone(), part, &mut read(numbers).into_iter());
            };
            let without = |numbers: Range<usize>, part: &mut Part| write(numbers, part, &mut std::iter::empty());
            guard::each(pages.len(), &[&with_facts, &without])
        });
        part.quarantine = frame.quarantine;
        let mut faults = Vec::new();
        for failed in failed {
            let (page, source) = (&pages[failed.page], &sources[failed.page]);
            let fault = guard::fault(source, page, "extract", &failed.said, failed.kept);
            push_line(&mut part.quarantine, &fault);
            faults.push(fault);
        }
        self.clock.time(Timed::Write, || part.compress(settings.write.compress))?;
        Ok((part, frame.errors, faults))
    }

    /// Makes sure that the pages of the chunk at `place` are those that were read there before.
    fn expect_unchanged(&self, before: &[u64], now: &[u64], sources: &[Arc<str>], place: Place) -> Result<()> {
        if before == now {
            return Ok(());
        }
        let first = before.iter().zip(now).take_while(|(before, now)| before == now).count();
        Err(self.changed(place, sources.get(first).map(|source| Path::new(&**source))))
    }

    /// The error where the input at `place` is no longer what was read there before. It names the first file that has
    /// another size now, else that of the first page that differs, else the one at `place`.
    fn changed(&self, place: Place, page: Option<&Path>) -> Error {
        let sources = self.sources.list();
        let size = |path: &Path| std::fs::metadata(path).map_or(0, |file| file.len());
        let resized = sources.iter().find(|source| size(source.copy().unwrap_or(&source.path)) != source.bytes);
        let here = || sources.get(place.source as usize).or(sources.last()).map(|source| &*source.path);
        let error = Error::new(ErrorKind::Read, "changed while it was read")
            .hint("leave the inputs alone and begin anew with --force");
        match resized.map(|source| &*source.path).or(page).or_else(here) {
            Some(path) => error.at(path),
            None => error,
        }
    }

    fn cannot_read(&self, name: &str, e: std::io::Error) -> Error {
        Error::new(ErrorKind::Read, "cannot read").at(self.work.path(name)).because(e)
    }
}

/// What is decided of a page when all pages are known.
#[derive(Debug, Serialize, Deserialize)]
struct Decided {
    repeats: dedup::PageRepeats,
    /// Its articles that are reprints as a whole, with what they reprint.
    reprints: Vec<(usize, String)>,
    continuations: Vec<Linked>,
}

/// Makes sure that what was decided on still holds of the index.
fn expect(index: Option<&dedup::Index>, addition: Option<&dedup::index::Manifest>) -> Result<()> {
    match (index, addition) {
        (Some(index), Some(addition)) => index.expect(addition),
        (None, Some(_)) => {
            Err(Error::new(ErrorKind::Setting, "the run was begun with an index").hint("name it with --index"))
        }
        _ => Ok(()),
    }
}

/// Adds what was published to the index.
fn commit(index: Option<&dedup::Index>, addition: Option<&dedup::index::Manifest>) -> Result<()> {
    expect(index, addition)?;
    index.zip(addition).map_or(Ok(()), |(index, addition)| index.commit(addition))
}

/// An article of a page, by its number, and the part of it on another page that lies in this direction.
type Linked = (usize, layout::Direction, Continuation);

/// The articles that run over two pages, by the page's place in the archive.
type Continuations = BTreeMap<usize, Vec<Linked>>;

/// Links the parts of articles in both directions. `places` says of each of `ends` where its page stands.
fn continuations(
    places: &[usize],
    ends: &[layout::Ends],
    statistics: &layout::Statistics,
    settings: &settings::Layout,
) -> Continuations {
    let mut by_page = Continuations::new();
    for found in layout::continuations(ends, statistics, settings) {
        let mut link = |(page, article): (usize, usize), (other, number): (usize, usize), direction| {
            let other = Continuation {
                article: article_id(ends[other].page_id(), number),
                score: found.score,
                in_sentence: found.in_sentence,
                reasons: found.reasons.clone(),
            };
            by_page.entry(places[page]).or_default().push((article, direction, other));
        };
        link(found.from, found.to, layout::Direction::To);
        link(found.to, found.from, layout::Direction::From);
    }
    by_page
}

fn articles(page: &Page, laid: Vec<LaidArticle>) -> Result<Vec<Article<'_>>> {
    laid.into_iter().map(|a| a.on(&page.text).ok_or_else(damaged)).collect()
}

fn text_hashes(pages: &[Page]) -> Vec<u64> {
    pages.iter().map(|page| xxh3_64(page.text.as_bytes())).collect()
}

fn count(counts: &mut BTreeMap<String, u64>, more: &BTreeMap<String, u64>) {
    for (kind, n) in more {
        *counts.entry(kind.clone()).or_default() += n;
    }
}

fn interrupted() -> Error {
    Error::new(ErrorKind::Interrupted, "stopped, and kept what was done").hint("--resume goes on from there")
}

fn damaged() -> Error {
    Error::new(ErrorKind::Read, "what the run kept for itself is damaged").hint("--force begins anew")
}

/// A part before it failed, and its error is the one to tell.
fn given_up() -> Error {
    Error::new(ErrorKind::Interrupted, "a part before it could not be done")
}
