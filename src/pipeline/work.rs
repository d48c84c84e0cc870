//! The work folder of a run, `OUT/.jianbao`: what an unfinished run leaves, so that `--resume` can go on from there.
//!
//! It holds `run.json` (of which inputs and settings the run is), two spools (the layout of each chunk; the decisions on
//! each chunk), the outputs as far as they have grown, and `progress.json` (how far that is). Outputs are moved to OUT when
//! all is there, `report.json` last; then the folder goes.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_128;

use crate::dedup::index::{Lock, Manifest as Addition};
use crate::error::{Error, ErrorKind, Result};
use crate::extract::Gazetteer;
use crate::pipeline::out::{self, Made};
use crate::read::{Place, Sources};
use crate::record::{BegunWith, FileTotals, InputTotals, Report, Tally};
use crate::settings::Settings;
use crate::temporary;
use crate::write::{AtomicFile, file_totals, keep_mode};

const FOLDER: &str = ".jianbao";
const REPORT: &str = "report.json";
const MANIFEST: &str = "run.json";
/// What the spools hold: goes up where that changes.
const FORMAT: u32 = 2;

/// How a run begins.
pub(super) enum Begun {
    /// There is work to do.
    Open(Work),
    /// The run that was to be resumed had come to its end, if it is the same.
    Finished(Box<Report>),
}

/// The work folder, held by this run alone.
#[derive(Debug)]
pub(super) struct Work {
    out: PathBuf,
    folder: PathBuf,
    _lock: Lock,
    _made: Made,
}

/// Of what the run is. Another input or another setting would give other bytes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Manifest {
    version: String,
    /// [`FORMAT`].
    #[serde(default)]
    format: u32,
    settings: Settings,
    /// The fingerprint of the user's own names.
    #[serde(default)]
    gazetteer: Option<String>,
    /// Path, size, and nanoseconds of the last change; of standard input, a hash of what came.
    sources: Vec<(String, u64, Option<u64>)>,
    /// The folder of the index.
    index: Option<PathBuf>,
    /// Bytes of a chunk, which decide where a run can be taken up.
    pub(super) chunk_bytes: usize,
}

/// How far the second pass is.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Progress {
    /// The first pass and the decisions are done.
    pub(super) decided: bool,
    /// What the index becomes when the run is done.
    pub(super) addition: Option<Addition>,
    /// Chunks that are written.
    pub(super) chunks: u64,
    /// Where the next one begins.
    pub(super) next: Place,
    /// The outputs as far as they had grown.
    pub(super) files: BTreeMap<String, FileTotals>,
    /// What came in.
    pub(super) input: InputTotals,
    /// What was found in it.
    pub(super) found: Tally,
    /// What failed in the second pass, by kind.
    pub(super) failed: BTreeMap<String, u64>,
    /// Bytes of text in the current shard.
    pub(super) shard_bytes: u64,
    /// The number of the current shard.
    pub(super) shard: u64,
}

impl Work {
    /// Makes sure, before anything is read, that `out` may be written: a folder that is new or empty, or `force`, or an
    /// unfinished run and `resume`; and no folder that is read from.
    pub(super) fn begin(out: &Path, inputs: &[PathBuf], force: bool, resume: bool) -> Result<Begun> {
        let fail = |e| Error::new(ErrorKind::Write, "cannot write").at(out).because(e);
        out::check(out, inputs)?;
        let folder = out.join(FOLDER);
        let begun = is_begun(out);
        if resume && !begun && out.join(REPORT).exists() {
            let report = load(&out.join(REPORT))?;
            // A run that was killed while its folder went may have left some of it.
            if !Lock::is_held(&folder.join("lock")) {
                remove_folder(&folder).map_err(fail)?;
            }
            return Ok(Begun::Finished(Box::new(report)));
        }
        let welcome = force || (resume && begun);
        if Lock::is_held(&folder.join("lock")) {
            return Err(busy(out));
        }
        if !welcome && !is_empty(out, resume).map_err(fail)? {
            let hint = if begun {
                "--resume goes on with the run that was left there, --force begins anew"
            } else {
                "--force writes over the output that is there"
            };
            return Err(Error::new(ErrorKind::Exists, "is not empty").at(out).hint(hint));
        }
        let made = Made::folder(&folder).map_err(fail)?;
        let Some(lock) = Lock::take(&folder.join("lock")).map_err(fail)? else {
            return Err(busy(out));
        };
        let work = Self { out: out.to_path_buf(), folder, _lock: lock, _made: made };
        if !resume {
            work.clear()?;
            temporary::remove_left(out);
        }
        Ok(Begun::Open(work))
    }

    /// A path in the work folder.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The folder itself.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Writes down of what the run is, or makes sure that it is the same as the one that was left.
    pub(super) fn settle(&self, manifest: Manifest) -> Result<Manifest> {
        let path = self.path(MANIFEST);
        if path.exists() {
            let left: Manifest = load(&path)?;
            // What the user cannot change is taken from the run that was left.
            let same = Manifest { chunk_bytes: left.chunk_bytes, ..manifest };
            if left == same {
                return Ok(left);
            }
            let what = difference(&left.begun_with(), &same.begun_with())
                .unwrap_or_else(|| "was begun by another build of the program".into());
            return Err(Error::new(ErrorKind::Exists, format!("the run that was left there {what}"))
                .at(&self.out)
                .hint("--force begins anew"));
        }
        save(&path, &manifest)?;
        Ok(manifest)
    }

    /// How far the run that was left had come.
    pub(super) fn progress(&self) -> Result<Progress> {
        let path = self.path("progress.json");
        if path.exists() { load(&path) } else { Ok(Progress::default()) }
    }

    /// Writes down how far the run is. What it speaks of has to be on the disk by then.
    pub(super) fn save(&self, progress: &Progress) -> Result<()> {
        save(&self.path("progress.json"), progress)
    }

    /// Forgets what the second pass has written.
    pub(super) fn rewind(&self, progress: &mut Progress) -> Result<()> {
        let Progress { decided, addition, .. } = std::mem::take(progress);
        *progress = Progress { decided, addition, ..Progress::default() };
        self.save(progress)
    }

    /// The report of a run whose outputs were complete and perhaps not all moved yet.
    pub(super) fn complete(&self) -> Result<Option<Report>> {
        let path = self.path(REPORT);
        if path.exists() { load(&path).map(Some) } else { Ok(None) }
    }

    /// Moves the outputs that `report` names to OUT, the report last, and lets the folder go. Before the report, `publish`
    /// tells others that the outputs are there: killed before it, they are moved again, killed behind it, only told of again.
    pub(super) fn finish(self, report: &Report, publish: impl FnOnce() -> Result<()>) -> Result<()> {
        let fail = |e| Error::new(ErrorKind::Write, "cannot write").at(&self.out).because(e);
        if !self.path(REPORT).exists() {
            save_pretty(&self.path(REPORT), report)?;
        }
        for entry in fs::read_dir(&self.out).map_err(fail)? {
            let entry = entry.map_err(fail)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if is_ours(&name) && !report.files.contains_key(&name) {
                fs::remove_file(entry.path()).map_err(fail)?;
            }
        }
        for name in report.files.keys() {
            // One that is not here any more was moved by the run that was left.
            if self.path(name).exists() {
                keep_mode(&self.path(name), &self.out.join(name)).map_err(fail)?;
                fs::rename(self.path(name), self.out.join(name)).map_err(fail)?;
            }
        }
        sync_folder(&self.out).map_err(fail)?;
        publish()?;
        // The folder goes file by file, and a kill may come between any two: with the manifest gone before, moving the
        // report is the one step that ends the run, and half a folder is never taken for a run to go on with.
        let manifest = self.path(MANIFEST);
        if manifest.exists() {
            fs::remove_file(&manifest).map_err(fail)?;
            sync_folder(&self.folder).map_err(fail)?;
        }
        keep_mode(&self.path(REPORT), &self.out.join(REPORT)).map_err(fail)?;
        fs::rename(self.path(REPORT), self.out.join(REPORT)).map_err(fail)?;
        sync_folder(&self.out).map_err(fail)?;
        remove_folder(&self.folder).map_err(fail)
    }

    /// Lets go of a folder in which no run was begun.
    pub(super) fn discard_empty(&self) {
        if !is_begun(&self.out) {
            self.discard();
        }
    }

    /// Lets go of a folder in which nothing is worth going on with.
    pub(super) fn discard(&self) {
        let _ = fs::remove_dir_all(&self.folder);
    }

    fn clear(&self) -> Result<()> {
        let fail = |e| Error::new(ErrorKind::Write, "cannot write").at(&self.folder).because(e);
        for entry in fs::read_dir(&self.folder).map_err(fail)? {
            let entry = entry.map_err(fail)?;
            if entry.file_name() != "lock" {
                fs::remove_file(entry.path()).map_err(fail)?;
            }
        }
        Ok(())
    }
}

impl Manifest {
    /// Of what a run over `sources` with `settings` is.
    pub(super) fn new(
        sources: &Sources,
        settings: &Settings,
        gazetteer: &Gazetteer,
        chunk_bytes: usize,
        index: Option<&Path>,
    ) -> Result<Self> {
        let sources = sources.list().iter().map(|s| {
            let mark = if let Some(copy) = s.copy() {
                let hash =
                    file_totals(copy).map_err(|e| Error::new(ErrorKind::Read, "cannot read").at(copy).because(e));
                u64::from_str_radix(&hash?.xxh3[16..], 16).ok()
            } else {
                let changed = fs::metadata(&s.path).and_then(|m| m.modified()).ok();
                changed.and_then(|t| t.duration_since(UNIX_EPOCH).ok()).map(|d| d.as_nanos() as u64)
            };
            Ok((s.path.to_string_lossy().into_owned(), s.bytes, mark))
        });
        Ok(Self {
            version: env!("CARGO_PKG_VERSION").into(),
            format: FORMAT,
            settings: settings.clone(),
            gazetteer: gazetteer.fingerprint(),
            sources: sources.collect::<Result<_>>()?,
            index: index.map(|folder| folder.canonicalize().unwrap_or_else(|_| folder.to_owned())),
            chunk_bytes,
        })
    }

    /// The same in fingerprints.
    pub(super) fn begun_with(&self) -> BegunWith {
        // What is written here has no part that JSON cannot say.
        let mark = |json: serde_json::Result<Vec<u8>>| format!("{:032x}", xxh3_128(&json.unwrap_or_default()));
        BegunWith {
            version: self.version.clone(),
            settings: mark(serde_json::to_vec(&self.settings)),
            gazetteer: self.gazetteer.clone(),
            index: self.index.as_ref().map(|folder| mark(serde_json::to_vec(&folder.to_string_lossy()))),
            inputs: mark(serde_json::to_vec(&self.sources)),
        }
    }
}

/// Why a run is not another one; None where it is.
fn difference(there: &BegunWith, same: &BegunWith) -> Option<String> {
    if there.version != same.version {
        Some(format!("was begun by version {}", there.version))
    } else if there.gazetteer != same.gazetteer {
        Some("was begun with another gazetteer".into())
    } else if there.settings != same.settings {
        Some("was begun with other settings".into())
    } else if there.index != same.index {
        Some("was begun with another index".into())
    } else if there.inputs != same.inputs {
        Some("was begun with other inputs, or they have changed since".into())
    } else {
        None
    }
}

/// Makes sure that the complete output that is there in `out`, with this report, is what the run `same` would write.
pub(super) fn expect_same(there: &Report, same: &BegunWith, out: &Path) -> Result<()> {
    let what = match &there.timing.begun_with {
        Some(there) => difference(there, same),
        None => Some("does not say what it was made of".into()),
    };
    match what {
        Some(what) => Err(Error::new(ErrorKind::Exists, format!("the complete output that is there {what}"))
            .at(out)
            .hint("--force writes over it")),
        None => Ok(()),
    }
}

/// Whether a run was begun in `out` and not finished: its manifest is there, or its report waits to be moved.
pub(super) fn is_begun(out: &Path) -> bool {
    [MANIFEST, REPORT].iter().any(|name| out.join(FOLDER).join(name).exists())
}

fn busy(out: &Path) -> Error {
    Error::new(ErrorKind::Exists, "is being written by another run")
        .at(out)
        .hint("wait for it, or name another folder with -o")
}

/// Removes a work folder, if it is there.
fn remove_folder(folder: &Path) -> std::io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

/// Whether nothing is in a folder, or it is not there. A work folder that holds no run yet counts for nothing.
fn is_empty(out: &Path, resume: bool) -> std::io::Result<bool> {
    if !out.exists() {
        return Ok(true);
    }
    for entry in fs::read_dir(out)? {
        let entry = entry?;
        if !(entry.file_name() == FOLDER && (resume || !is_begun(out))) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether a file in an output folder is one that a run writes.
fn is_ours(name: &str) -> bool {
    let stem = name.split(['.', '-']).next().unwrap_or("");
    let ending = [".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet"].iter().any(|e| name.ends_with(e));
    ["articles", "repeats", "quarantine"].contains(&stem) && ending
}

fn load<T: DeserializeOwned>(path: &Path) -> Result<T> {
    let fail = |message: &str| Error::new(ErrorKind::Read, message).at(path);
    let bytes = fs::read(path).map_err(|e| fail("cannot read").because(e))?;
    serde_json::from_slice(&bytes).map_err(|e| fail("is damaged").hint("--force begins anew").because(e))
}

fn save(path: &Path, value: &impl Serialize) -> Result<()> {
    let mut file = AtomicFile::create(path)?;
    serde_json::to_writer(&mut file, value).map_err(|e| cannot_write(path, e.into()))?;
    file.commit()
}

/// Writes a value as JSON for people, as a whole or not at all.
pub(super) fn save_pretty(path: &Path, value: &impl Serialize) -> Result<()> {
    let mut file = AtomicFile::create(path)?;
    serde_json::to_writer_pretty(&mut file, value).map_err(|e| cannot_write(path, e.into()))?;
    file.write_all(b"\n").map_err(|e| cannot_write(path, e))?;
    file.commit()
}

fn cannot_write(path: &Path, e: std::io::Error) -> Error {
    Error::new(ErrorKind::Write, "cannot write").at(path).because(e)
}

fn sync_folder(folder: &Path) -> std::io::Result<()> {
    // A rename is on the disk when its folder is.
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
