//! How fast each stage is alone, and the whole by threads.
//!
//! Stages are measured on pages in memory, on all threads, so that none waits for another; the whole is measured from file
//! to file. The fastest of several runs counts: what disturbs a measurement only slows it down.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::time::Instant;

use rayon::prelude::*;
use serde::Serialize;
use tempfile::TempDir;
use xxhash_rust::xxh3::xxh3_64;

use crate::error::{Error, ErrorKind, Result};
use crate::pipeline::clock::peak_memory;
use crate::pipeline::score::{Accuracy, Truths};
use crate::pipeline::{Form, Pipeline, ordered};
use crate::read::{Place, Sources};
use crate::record::{Article, Page};
use crate::temporary::{self, Mark};
use crate::{dedup, extract, layout};

/// Bytes of text that the stages are measured on: enough for a steady figure, and little beside the memory of any machine.
const STAGE_BYTES: usize = 64 << 20;

/// One line of the table.
#[derive(Clone, Debug, Serialize)]
pub struct Measured {
    /// What was measured: a stage, `dedup, whole` and `run` (from file to file), or `lines`: finding lines and hashing them, on one thread, which no reader outdoes.
    pub what: &'static str,
    /// Threads that worked.
    pub threads: usize,
    /// Seconds of the fastest run.
    pub seconds: f64,
    /// Bytes of text that it went through.
    pub bytes: u64,
    /// Pages that it went through; 0 where it knows of none.
    pub pages: u64,
    /// The most memory that the process held meanwhile, in bytes, where the system tells it.
    pub peak_memory: Option<u64>,
}

impl Measured {
    /// Megabytes (10⁶) of text a second.
    pub fn megabytes_per_second(&self) -> f64 {
        self.bytes as f64 / 1e6 / self.seconds.max(1e-9)
    }

    /// Pages a second.
    pub fn pages_per_second(&self) -> f64 {
        self.pages as f64 / self.seconds.max(1e-9)
    }
}

impl Pipeline<'_> {
    /// Measures every stage alone and the whole, each `runs` times, and hands on each figure as it is there. What comes back
    /// is how right it was, where `generate` wrote the truth beside an input.
    pub fn bench(&self, inputs: &[PathBuf], runs: u32, each: &mut dyn FnMut(Measured)) -> Result<Vec<Accuracy>> {
        let settings = &self.settings;
        let pool = self.pool()?;
        let threads = pool.current_num_threads();
        let (sources, missing) = Sources::discover(inputs, &settings.read);
        self.tell_missing(&missing, &sources)?;
        let mut measure = |what, threads, bytes, pages, work: &mut dyn FnMut() -> Result<()>| -> Result<()> {
            forget_peak();
            let mut seconds = f64::INFINITY;
            for _ in 0..runs.max(1) {
                let started = Instant::now();
                work()?;
                seconds = seconds.min(started.elapsed().as_secs_f64());
            }
            each(Measured { what, threads, seconds, bytes, pages, peak_memory: peak_memory() });
            Ok(())
        };

        // Before anything else, so that the files are in the system's memory for all.
        let on_disk = sources.bytes();
        measure("lines", 1, on_disk, 0, &mut || hash_lines(&sources))?;
        let (mut bytes, mut n_pages) = (0, 0);
        let mut sample: Vec<Page> = Vec::new();
        let mut sample_bytes = 0;
        for chunk in sources.chunks(&settings.read, Place::default()) {
            for page in chunk.parse(&settings.read).pages {
                bytes += page.text.len() as u64;
                n_pages += 1;
                if sample_bytes < STAGE_BYTES {
                    sample_bytes += page.text.len();
                    sample.push(page);
                }
            }
        }
        if sample.is_empty() {
            return Err(Error::new(ErrorKind::NotFound, "there are no pages in the input"));
        }
        measure("read", threads, bytes, n_pages, &mut || {
            let mut chunks = sources.chunks(&settings.read, Place::default());
            ordered::map(
                &pool,
                usize::MAX,
                || chunks.next(),
                |chunk| chunk.parse(&settings.read).pages.len(),
                |_| Ok(()),
            )
        })?;

        let (in_sample, n_sample) = (sample_bytes as u64, sample.len() as u64);
        let mut statistics = layout::Statistics::new(&settings.layout);
        measure("statistics", threads, in_sample, n_sample, &mut || {
            statistics = pool.install(|| layout::Statistics::of(&sample, &settings.layout));
            Ok(())
        })?;
        let mut articles: Vec<Vec<Article<'_>>> = Vec::new();
        measure("layout", threads, in_sample, n_sample, &mut || {
            let segment = |page| layout::segment_with(page, &statistics, &settings.layout);
            articles = pool.install(|| sample.par_iter().map(segment).collect());
            Ok(())
        })?;
        let mut accuracy = Vec::new();
        let folder = sources.list().first().and_then(|source| source.path.parent()).unwrap_or(Path::new("."));
        let truths = Truths::read(folder)?;
        accuracy.extend(truths.iter().flat_map(|truths| truths.layout(&sample, &articles)));
        let mut resolved = None;
        measure("dedup", threads, in_sample, n_sample, &mut || {
            let print = |(page, articles): (&Page, &Vec<Article<'_>>)| dedup::Prints::of(page, articles);
            let prints: Vec<_> = pool.install(|| sample.par_iter().zip(&articles).map(print).collect());
            let mut archive = dedup::Archive::default();
            for prints in prints {
                archive.push(prints)?;
            }
            resolved = Some(pool.install(|| archive.resolve(&settings.dedup, dedup::Of::Articles))?);
            Ok(())
        })?;
        if let (Some(truths), Some(resolved)) = (truths, resolved) {
            accuracy.extend(truths.repeats(&sample, &articles, &|n| resolved.page(n)));
        }
        let gazetteer = self.gazetteer()?;
        measure("extract", threads, in_sample, n_sample, &mut || {
            // As many pages at once as a chunk of a run has.
            let of_chunk = |(pages, articles): (&[Page], &[Vec<Article<'_>>])| {
                let heads = pages.iter().map(|page| &page.head);
                let news: Vec<_> =
                    articles.iter().zip(heads).flat_map(|(a, h)| a.iter().map(move |a| (a, h))).collect();
                extract::annotate_all(&news, &gazetteer, &settings.extract)
            };
            let notes: Vec<_> =
                pool.install(|| sample.par_chunks(50).zip(articles.par_chunks(50)).map(of_chunk).collect());
            std::hint::black_box(notes);
            Ok(())
        })?;
        drop(articles);
        drop(sample);

        measure("dedup, whole", threads, bytes, n_pages, &mut || {
            let (out, _mark) = temporary_folder()?;
            let alone = Pipeline::new(settings.clone()).memory(self.memory).threads(threads);
            alone.dedup(inputs, out.path(), Form::Clean).map(drop)
        })?;
        let mut n = 1;
        loop {
            measure("run", n, bytes, n_pages, &mut || {
                let (out, _mark) = temporary_folder()?;
                Pipeline::new(settings.clone()).memory(self.memory).threads(n).run(inputs, out.path()).map(drop)
            })?;
            if n == threads {
                return Ok(accuracy);
            }
            n = (n * 2).min(threads);
        }
    }
}

/// A folder that goes again, also where a signal ends the program.
pub(crate) fn temporary_folder() -> Result<(TempDir, Mark)> {
    let folder = tempfile::Builder::new().prefix(temporary::PREFIX).tempdir();
    let folder = folder.map_err(|e| Error::new(ErrorKind::Write, "cannot make a temporary folder").because(e))?;
    let mark = Mark::new(folder.path());
    Ok((folder, mark))
}

/// What any program that reads lines has to do at least: read them, find their ends, look at every byte.
fn hash_lines(sources: &Sources) -> Result<()> {
    let mut hash = 0;
    for source in sources.list() {
        let fail = |e| Error::new(ErrorKind::Read, "cannot read").at(&source.path).because(e);
        let mut file = BufReader::with_capacity(1 << 20, File::open(&source.path).map_err(fail)?);
        loop {
            let bytes = file.fill_buf().map_err(fail)?;
            if bytes.is_empty() {
                break;
            }
            let mut start = 0;
            for end in memchr::memchr_iter(b'\n', bytes).chain([bytes.len()]) {
                hash ^= xxh3_64(&bytes[start..end]);
                start = end;
            }
            let n = bytes.len();
            file.consume(n);
        }
    }
    std::hint::black_box(hash);
    Ok(())
}

/// Lets the system count the most memory anew.
fn forget_peak() {
    // Where this does not exist, the figure is that of the whole process so far.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}
