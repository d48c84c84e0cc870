//! The only place that knows all stages: order, threads, memory, report.
//!
//! In: paths and settings. Out: the files of docs/records.md, in a folder or (of one stage alone) as JSON lines. The text
//! of the input decides what is written; the number of threads and what the watcher does do not.
//!
//! It knows neither arguments nor terminals: it tells a [`Watch`] how far it is.

mod bench;
mod cleaned;
mod clock;
mod dedup_text;
mod gazetteer;
mod guard;
mod head;
mod laid;
mod lines;
mod ordered;
mod out;
mod output;
mod page;
mod run;
mod score;
mod spool;
mod stage;
mod statistics;
#[cfg(test)]
mod tests;
mod turn;
mod verify;
mod watch;
mod work;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::dedup::index::Known;
use crate::dedup::{Index, Of};
use crate::error::{Error, ErrorKind, Result};
use crate::read::{Fault, Sources, UniqueIds};
use crate::record::{Page, Report};
use crate::settings::Settings;

pub use bench::Measured;
#[cfg(feature = "cli")]
pub(crate) use bench::temporary_folder;
pub use dedup_text::Form;
#[cfg(feature = "cli")]
pub(crate) use out::{Made, prepare, spare};
pub use score::Accuracy;
pub use stage::Stage;
pub use verify::{Verified, report, verify};
pub use watch::{Step, Unwatched, Watch};

/// Memory to aim at where nobody says: what every machine has to spare.
const MEMORY: u64 = 1 << 30;

/// A run over an archive.
///
/// ```no_run
/// use jianbao::{Pipeline, Settings};
///
/// let outcome = Pipeline::new(Settings::default()).threads(8).run(&["archive/".into()], "out/".as_ref())?;
/// println!("{} pages", outcome.report.input.pages);
/// # Ok::<(), jianbao::Error>(())
/// ```
#[derive(Clone)]
pub struct Pipeline<'w> {
    settings: Settings,
    threads: usize,
    force: bool,
    strict: bool,
    resume: bool,
    memory: u64,
    index: Option<PathBuf>,
    watch: &'w dyn Watch,
}

/// How a run ended: what was written, and what could not be read.
#[derive(Debug)]
pub struct Outcome {
    /// The totals, as in `report.json`; what could not be read is counted under `errors`.
    pub report: Report,
    /// Whether a run that was left before went on, and was not begun anew.
    pub went_on: bool,
    /// Whether the output was there already, made of the same inputs with the same settings, and nothing was to do.
    pub complete: bool,
}

impl Pipeline<'static> {
    /// A run with these settings, on all cores.
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            threads: 0,
            force: false,
            strict: false,
            resume: false,
            memory: MEMORY,
            index: None,
            watch: &Unwatched,
        }
    }
}

impl Pipeline<'_> {
    /// Works on so many threads; 0 takes all cores.
    #[must_use]
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = threads;
        self
    }

    /// Writes over an output that is there.
    #[must_use]
    pub fn force(mut self, force: bool) -> Self {
        self.force = force;
        self
    }

    /// Stops at the first thing that cannot be read, instead of setting it aside.
    #[must_use]
    pub fn strict(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    /// Goes on with a run that was left in the output folder; what it writes is the same as if it had never been left. An
    /// output that is complete is left as it is. What was made of other inputs or with other settings is refused.
    #[must_use]
    pub fn resume(mut self, resume: bool) -> Self {
        self.resume = resume;
        self
    }

    /// Bytes of memory to aim at; some 200 MB are taken however little is asked for.
    #[must_use]
    pub fn memory(mut self, bytes: u64) -> Self {
        self.memory = bytes;
        self
    }

    /// Compares the pages to those that earlier runs with this folder read, and adds them there.
    #[must_use]
    pub fn index(mut self, folder: Option<PathBuf>) -> Self {
        self.index = folder;
        self
    }

    /// Tells `watch` how far the run is.
    #[must_use]
    pub fn watch(self, watch: &dyn Watch) -> Pipeline<'_> {
        Pipeline {
            settings: self.settings,
            threads: self.threads,
            force: self.force,
            strict: self.strict,
            resume: self.resume,
            memory: self.memory,
            index: self.index,
            watch,
        }
    }

    /// Opens the index of what was read before, where one is asked for. It may be no folder that is read from or written to.
    fn published(&self, of: Of, inputs: &[PathBuf], out: &Path) -> Result<Option<Arc<Index>>> {
        let Some(folder) = &self.index else { return Ok(None) };
        let real = folder.canonicalize().ok();
        let same = |other: &Path| real.is_some() && other.canonicalize().ok() == real;
        if same(out) || inputs.iter().any(|i| same(i)) {
            return Err(Error::new(ErrorKind::Exists, "is an input or the output, and cannot be the index too")
                .at(folder)
                .hint("name another folder with --index"));
        }
        Index::open(folder, &self.settings.dedup, of).map(|index| Some(Arc::new(index)))
    }

    /// Tells every input that is not there. Where nothing else is left to read, or nothing may be missing, that is an error:
    /// no output is made, which would be in the way of the next try.
    fn tell_missing(&self, missing: &[Fault], sources: &Sources) -> Result<()> {
        out::tell_missing(missing, self.strict || sources.is_empty(), self.watch)
    }

    fn pool(&self) -> Result<rayon::ThreadPool> {
        rayon::ThreadPoolBuilder::new()
            .num_threads(self.threads)
            .thread_name(|n| format!("jianbao-{n}"))
            .build()
            .map_err(|e| Error::new(ErrorKind::Limit, "cannot start threads").hint("try fewer with -j").because(e))
    }
}

/// Gives a page an id that no other page has, and says whether it was read before. A page that was, with the same text,
/// keeps its id.
fn claim(ids: &mut UniqueIds, page: &mut Page, known: Option<Known>, index: Option<&Index>) -> Option<Known> {
    let own = claim_id(ids, page, known.is_some(), index);
    known.filter(|_| own)
}

/// Gives a page an id that no other page has, of this run or an earlier one, and says whether it is the one that it came
/// with. A page that is `known` from an earlier run may have the id that it has there.
fn claim_id(ids: &mut UniqueIds, page: &mut Page, known: bool, index: Option<&Index>) -> bool {
    let given = page.head.id.clone();
    ids.claim_beside(page, |id| index.is_some_and(|i| i.has_page(id)) && !(known && id == given));
    page.head.id == given
}

/// Chunks that an input is cut into at least, where they do not get too small: enough to share out among threads.
const MIN_CHUNKS: u64 = 64;
/// Smallest chunk in bytes: below it, handing on costs more than it evens out.
const MIN_CHUNK: u64 = 256 << 10;

/// Bytes of a chunk of an input of `bytes`, at most `most`.
fn chunk_size(bytes: u64, most: u64) -> u64 {
    (bytes / MIN_CHUNKS).max(MIN_CHUNK).min(most)
}
