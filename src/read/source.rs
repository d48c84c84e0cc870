//! Paths, folders, globs, `-` → the list of sources, in an order that does not depend on how they were named.
//!
//! Sources are sorted by the bytes of their path and each file stands once, however often and by whatever link it was
//! named. Nothing is opened here but the report of an output that an earlier run has written: named as an input, such a
//! folder gives its records alone, and found inside of one it is passed over.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use globset::{GlobBuilder, GlobMatcher};

use super::chunk::Origin;
use super::fault::Fault;
use crate::error::{Error, ErrorKind, Result};
use crate::record::Report;
use crate::settings;
use crate::temporary::{self, Mark};

/// One file, or standard input.
#[derive(Clone, Debug)]
pub struct Source {
    /// Where it is, as it was named: the input and the path below it.
    pub path: PathBuf,
    /// What its pages are named after: the path relative to the input that it was found in.
    pub id: Arc<str>,
    /// Its size in bytes when it was found; 0 for standard input.
    pub bytes: u64,
    pub(super) content: Content,
}

impl Source {
    /// The file to open.
    pub(super) fn place(&self) -> &Path {
        match &self.content {
            Content::Kept(copy) => copy,
            _ => &self.path,
        }
    }

    /// The file that standard input was copied to, where it is this source and was kept.
    pub fn copy(&self) -> Option<&Path> {
        match &self.content {
            Content::Kept(copy) => Some(copy),
            Content::Spooled(copy) => Some(&copy.0),
            _ => None,
        }
    }
}

/// Where the bytes of a source are.
#[derive(Clone, Debug)]
pub(super) enum Content {
    File,
    Stdin,
    /// Standard input, of which a copy lies in this file.
    Kept(PathBuf),
    Memory(Arc<[u8]>),
    /// Standard input, copied to a file so that it can be read twice.
    Spooled(Arc<(tempfile::TempPath, Mark)>),
}

/// The inputs of a run, in the order in which they are read.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    list: Vec<Source>,
    /// Outputs of earlier runs inside of folders, which were passed over.
    passed_over: Vec<PathBuf>,
}

impl Sources {
    /// Finds the files that `inputs` name: files, folders (searched through), globs (`**` too), `-`. What names nothing comes
    /// back as a fault.
    pub fn discover(inputs: &[PathBuf], settings: &settings::Read) -> (Self, Vec<Fault>) {
        let mut search = Search {
            settings,
            found: Vec::new(),
            folders: BTreeSet::new(),
            passed_over: Vec::new(),
            faults: Vec::new(),
            stdin: false,
        };
        let mut inputs: Vec<&PathBuf> = inputs.iter().collect();
        inputs.sort_by(|a, b| a.as_os_str().as_encoded_bytes().cmp(b.as_os_str().as_encoded_bytes()));
        inputs.dedup();
        for input in inputs {
            search.input(input);
        }
        let Search { mut found, faults, stdin, passed_over, .. } = search;
        // A file that was found by several names keeps the first path in order, and with it the longest id.
        let key = |f: &Found| f.source.path.as_os_str().as_encoded_bytes().to_vec();
        found.sort_by_cached_key(|f| (key(f), std::cmp::Reverse(f.source.id.len())));
        let mut seen = BTreeSet::new();
        found.retain(|f| seen.insert(f.real.clone()));
        let mut list: Vec<_> = found.into_iter().map(|f| f.source).collect();
        if stdin {
            let id = settings.stdin_id.as_str().into();
            list.push(Source { path: "-".into(), id, bytes: 0, content: Content::Stdin });
        }
        (Self { list, passed_over }, faults)
    }

    /// Folders inside of the inputs that were passed over, since an earlier run has written them.
    pub fn passed_over(&self) -> &[PathBuf] {
        &self.passed_over
    }

    /// Leaves out what lies in `folder`; the answer is how many files that are.
    pub fn leave_out(&mut self, folder: &Path) -> usize {
        let Ok(folder) = folder.canonicalize() else { return 0 };
        let is_in = |path: &PathBuf| path.canonicalize().is_ok_and(|path| path.starts_with(&folder));
        self.passed_over.retain(|path| !is_in(path));
        let before = self.list.len();
        self.list.retain(|s| !matches!(s.content, Content::File) || !is_in(&s.path));
        before - self.list.len()
    }

    /// Whether the file at `path` is one of the sources, by whatever name.
    pub fn reads(&self, path: &Path) -> bool {
        let Ok(real) = path.canonicalize() else { return false };
        let mut files = self.list.iter().filter(|s| matches!(s.content, Content::File));
        files.any(|s| s.path.canonicalize().is_ok_and(|path| path == real))
    }

    /// Copies standard input to the file `at`, so that it can be read twice; a copy that is there already is the copy.
    pub fn keep_stdin(&mut self, at: &Path) -> Result<()> {
        let Some(source) = self.list.iter_mut().find(|s| matches!(s.content, Content::Stdin)) else { return Ok(()) };
        if !at.exists() {
            let fail = |e: io::Error| Error::new(ErrorKind::Write, "cannot keep standard input").at(at).because(e);
            let part = at.with_extension("part");
            let mut copy = fs::File::create(&part).map_err(fail)?;
            io::copy(&mut io::stdin().lock(), &mut copy).map_err(fail)?;
            copy.sync_all().and_then(|()| fs::rename(&part, at)).map_err(fail)?;
        }
        source.bytes = fs::metadata(at).map_or(0, |m| m.len());
        source.content = Content::Kept(at.to_path_buf());
        Ok(())
    }

    /// Sources that are in memory already: names with their bytes, read as files of these names would be.
    pub fn in_memory<N: Into<String>, B: Into<Vec<u8>>>(files: impl IntoIterator<Item = (N, B)>) -> Self {
        let list = files
            .into_iter()
            .map(|(name, bytes)| {
                let (name, bytes): (String, Vec<u8>) = (name.into(), bytes.into());
                let size = bytes.len() as u64;
                let content = Content::Memory(bytes.into());
                Source { path: name.clone().into(), id: name.into(), bytes: size, content }
            })
            .collect();
        Self { list, passed_over: Vec::new() }
    }

    /// Copies standard input, where it is one of the sources, to a temporary file in `folder`, for who reads twice. The
    /// file goes with the last copy of these sources.
    pub fn spool(&mut self, folder: &Path) -> Result<()> {
        for source in self.list.iter_mut().filter(|s| matches!(s.content, Content::Stdin)) {
            let fail = |e| Error::new(ErrorKind::Write, "cannot keep standard input").at(folder).because(e);
            let file = tempfile::Builder::new().prefix(temporary::PREFIX).tempfile_in(folder);
            let mut file = file.map_err(|e| fail(temporary::cause(e)))?;
            let mark = Mark::new(file.path());
            source.bytes = io::copy(&mut io::stdin().lock(), &mut file).map_err(fail)?;
            source.content = Content::Spooled(Arc::new((file.into_temp_path(), mark)));
        }
        Ok(())
    }

    /// The sources in their order.
    pub fn list(&self) -> &[Source] {
        &self.list
    }

    /// Their number.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Bytes on disk of all of them; standard input counts as 0.
    pub fn bytes(&self) -> u64 {
        self.list.iter().map(|s| s.bytes).sum()
    }
}

struct Found {
    source: Source,
    /// The path without links: what tells whether it is the same file.
    real: PathBuf,
}

struct Search<'a> {
    settings: &'a settings::Read,
    found: Vec<Found>,
    /// Folders that were searched in the current input, without links.
    folders: BTreeSet<PathBuf>,
    /// Outputs of earlier runs.
    passed_over: Vec<PathBuf>,
    faults: Vec<Fault>,
    stdin: bool,
}

/// What a walk keeps: everything, or what a pattern matches.
struct Filter {
    glob: Option<GlobMatcher>,
    /// Levels of folders below the root that can hold a match.
    depth: usize,
}

impl Search<'_> {
    fn input(&mut self, input: &Path) {
        if input.as_os_str() == "-" {
            self.stdin = true;
            return;
        }
        self.folders.clear();
        let before = (self.found.len(), self.faults.len());
        match fs::metadata(input) {
            Ok(meta) if meta.is_dir() => {
                self.walk(input, &Filter { glob: None, depth: usize::MAX });
                if (self.found.len(), self.faults.len()) == before {
                    self.fault(input, ErrorKind::NotFound, "no files in this folder", None);
                }
            }
            Ok(meta) => {
                let id = input.file_name().unwrap_or(input.as_os_str()).to_string_lossy().into_owned();
                self.file(input, id, &meta, None);
            }
            Err(e) if e.kind() == io::ErrorKind::NotFound && is_glob(input) => self.glob(input, before),
            Err(e) if e.kind() == io::ErrorKind::NotFound => {
                self.fault(input, ErrorKind::NotFound, "no such file or folder", None);
            }
            Err(e) => self.fault(input, ErrorKind::Read, format!("cannot open: {e}"), None),
        }
    }

    fn glob(&mut self, input: &Path, before: (usize, usize)) {
        let (root, rest) = root_and_pattern(input);
        let depth = if rest.iter().any(|p| p.contains("**") || p.contains('{')) { usize::MAX } else { rest.len() - 1 };
        let pattern = rest.join("/");
        match GlobBuilder::new(&pattern).literal_separator(true).build() {
            Ok(glob) => {
                if fs::metadata(or_here(&root)).is_ok_and(|m| m.is_dir()) {
                    self.walk(&root, &Filter { glob: Some(glob.compile_matcher()), depth });
                }
                if (self.found.len(), self.faults.len()) == before {
                    self.fault(
                        input,
                        ErrorKind::NotFound,
                        "no file matches this pattern",
                        Some("* stays inside of one folder, ** goes through all of them"),
                    );
                }
            }
            Err(e) => self.fault(input, ErrorKind::NotFound, format!("not a pattern: {}", e.kind()), None),
        }
    }

    /// Searches a folder and all below it, without recursion.
    fn walk(&mut self, root: &Path, filter: &Filter) {
        struct Folder {
            path: PathBuf,
            id: String,
            depth: usize,
        }
        let mut open = vec![Folder { path: root.to_path_buf(), id: String::new(), depth: 0 }];
        while let Some(folder) = open.pop() {
            let here = or_here(&folder.path);
            let real = match fs::canonicalize(here) {
                Ok(real) => real,
                Err(e) => {
                    self.fault(here, ErrorKind::Read, format!("cannot open: {e}"), None);
                    continue;
                }
            };
            if !self.folders.insert(real.clone()) {
                continue;
            }
            let entries = match fs::read_dir(here) {
                Ok(entries) => entries,
                Err(e) => {
                    self.fault(here, ErrorKind::Read, format!("cannot open: {e}"), None);
                    continue;
                }
            };
            let mut names = Vec::new();
            for entry in entries {
                match entry {
                    Ok(entry) => names.push((entry.file_name(), entry.file_type())),
                    Err(e) => self.fault(here, ErrorKind::Read, format!("cannot list: {e}"), None),
                }
            }
            names.sort_by(|a, b| a.0.as_encoded_bytes().cmp(b.0.as_encoded_bytes()));
            // What a pattern names was asked for, whatever it is.
            if filter.glob.is_none() && is_output(here, names.iter().map(|(name, _)| &**name)) {
                if folder.depth > 0 {
                    self.passed_over.push(folder.path);
                    continue;
                }
                names.retain(|(name, _)| holds_records(name));
            }
            let mut below = Vec::new();
            for (name, kind) in names {
                if !self.settings.hidden && name.as_encoded_bytes().starts_with(b".") {
                    continue;
                }
                let path = folder.path.join(&name);
                let lossy = name.to_string_lossy();
                let id = if folder.id.is_empty() { lossy.into_owned() } else { format!("{}/{lossy}", folder.id) };
                let is_link = kind.is_ok_and(|k| k.is_symlink());
                if is_link && !self.settings.follow_links {
                    continue;
                }
                match fs::metadata(&path) {
                    Ok(meta) if meta.is_dir() => {
                        if folder.depth < filter.depth {
                            below.push(Folder { path, id, depth: folder.depth + 1 });
                        }
                    }
                    Ok(meta) => {
                        if filter.glob.as_ref().is_none_or(|g| g.is_match(&id)) {
                            let real = if is_link { None } else { Some(real.join(&name)) };
                            self.file(&path, id, &meta, real);
                        }
                    }
                    // What no pattern matches was not asked for.
                    Err(_) if filter.glob.as_ref().is_some_and(|g| !g.is_match(&id)) => {}
                    Err(e) if is_link && e.kind() == io::ErrorKind::NotFound => {
                        self.fault(&path, ErrorKind::NotFound, "a link to something that is not there", None);
                    }
                    Err(e) => self.fault(&path, ErrorKind::Read, format!("cannot open: {e}"), None),
                }
            }
            open.extend(below.into_iter().rev());
        }
    }

    fn file(&mut self, path: &Path, id: String, meta: &fs::Metadata, real: Option<PathBuf>) {
        if !meta.is_file() {
            let hint = "to read from a pipe, give - and connect it to standard input";
            return self.fault(path, ErrorKind::Read, "not a file (a pipe, socket or device)", Some(hint));
        }
        let real = match real {
            Some(real) => real,
            None => fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf()),
        };
        let source = Source { path: path.to_path_buf(), id: id.into(), bytes: meta.len(), content: Content::File };
        self.found.push(Found { source, real });
    }

    fn fault(&mut self, path: &Path, kind: ErrorKind, message: impl Into<String>, hint: Option<&str>) {
        let mut fault = Fault::new(&Origin::of_path(path), kind, message);
        fault.hint = hint.map(str::to_owned);
        self.faults.push(fault);
    }
}

/// Whether `folder`, in which these names are, is one that `run` or `dedup` has written: its report lies beside its records.
fn is_output<'n>(folder: &Path, mut names: impl Iterator<Item = &'n OsStr> + Clone) -> bool {
    const REPORT: &str = "report.json";
    names.clone().any(|name| name == REPORT)
        && names.any(holds_records)
        && fs::read(folder.join(REPORT)).is_ok_and(|bytes| serde_json::from_slice::<Report>(&bytes).is_ok())
}

/// Whether a file of an output is one of those that hold its articles or its cleaned pages.
fn holds_records(name: &OsStr) -> bool {
    let Some(name) = name.to_str() else { return false };
    let is_of = |begin: &str| name.strip_prefix(begin).is_some_and(|rest| rest.starts_with(['.', '-']));
    ["articles", "pages"].into_iter().any(is_of)
        && [".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet"].iter().any(|ending| name.ends_with(ending))
}

/// Where an input is, without links: the file or folder that it names, or the folder that its pattern is looked for in.
/// None where that is not there, and of standard input.
pub fn place_of(input: &Path) -> Option<PathBuf> {
    if input.as_os_str() == "-" {
        return None;
    }
    input.canonicalize().ok().or_else(|| {
        let (root, pattern) = root_and_pattern(input);
        if pattern.is_empty() { None } else { or_here(&root).canonicalize().ok() }
    })
}

/// The part of a glob before the first pattern, and the rest, which is matched.
fn root_and_pattern(input: &Path) -> (PathBuf, Vec<String>) {
    let mut root = PathBuf::new();
    let mut rest = Vec::new();
    for part in input.components() {
        if rest.is_empty() && !(matches!(part, Component::Normal(_)) && is_glob(Path::new(&part))) {
            root.push(part);
        } else {
            rest.push(part.as_os_str().to_string_lossy().into_owned());
        }
    }
    (root, rest)
}

/// The folder itself; nothing names the current one.
fn or_here(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() { Path::new(".") } else { folder }
}

fn is_glob(path: &Path) -> bool {
    path.as_os_str().as_encoded_bytes().iter().any(|b| matches!(b, b'*' | b'?' | b'[' | b'{'))
}
