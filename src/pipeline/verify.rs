//! Output of a run → is it still what was written, and does everything stand where it says.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind, Result};
use crate::pipeline::{Pipeline, Watch, guard, out};
use crate::read::{self, Place, Sources, UniqueIds};
use crate::record::{ArticleRecord, BlockRecord, Page, RepeatRecord, Report, SCHEMA, Tally};
use crate::settings;
use crate::write::{file_totals, files_of, lines, parquet_rows};

/// Problems that are told one by one; more are only counted.
const TOLD: usize = 100;

/// What a check found.
#[derive(Clone, Debug, Default)]
pub struct Verified {
    /// Files that were checked.
    pub files: u64,
    /// Rows of Parquet that were counted.
    pub rows: u64,
    /// What could not be checked, and why.
    pub unchecked: Option<String>,
    /// Articles that were checked.
    pub articles: u64,
    /// Blocks whose spans were checked.
    pub blocks: u64,
    /// Repeats that were compared with their pages; 0 where no input was named.
    pub repeats: u64,
    /// Mentions whose text was checked.
    pub mentions: u64,
    /// Pages of the input that were compared; 0 where no input was named.
    pub pages: u64,
    /// The first problems.
    pub problems: Vec<String>,
    /// How many there are.
    pub n_problems: u64,
}

impl Verified {
    fn problem(&mut self, problem: String) {
        self.n_problems += 1;
        if self.problems.len() < TOLD {
            self.problems.push(problem);
        }
    }
}

/// Checks the output folder `out`: sizes and checksums of its files, the number of their records, the totals of the report,
/// and that every mention is the slice of its block that it names. With `inputs`, also that every block, of an article or
/// left out as a repeat, is the slices of its page that it names. Of Parquet, sizes, checksums and numbers of rows are
/// checked, not what stands in the rows.
pub fn verify(out: &Path, inputs: &[PathBuf], watch: &dyn Watch) -> Result<Verified> {
    let mut found = Verified::default();
    let report = report(out)?;
    if report.schema != SCHEMA {
        return Err(Error::new(ErrorKind::Record, format!("was written to schema {}", report.schema))
            .at(out)
            .hint(format!("this program checks schema {SCHEMA}")));
    }
    if report.files.is_empty() {
        return Err(Error::new(ErrorKind::Format, "its report names no files; it may be that of `dedup`")
            .at(out)
            .hint("verify checks what `run` has written"));
    }
    let compared = if inputs.is_empty() { None } else { Some(Compared::open(inputs, out, &report, watch)?) };
    for (name, expected) in &report.files {
        found.files += 1;
        match file_totals(&out.join(name)) {
            Ok(got) if got.bytes != expected.bytes => {
                found.problem(format!("{name}: has {} bytes, the report says {}", got.bytes, expected.bytes));
            }
            Ok(got) if got.xxh3 != expected.xxh3 => found.problem(format!("{name}: its checksum differs")),
            Ok(_) => {}
            Err(e) => found.problem(format!("{name}: cannot read: {e}")),
        }
    }
    if report.files.keys().any(|name| is_parquet(name)) {
        if cfg!(feature = "parquet") {
            rows(out, &report, &mut found);
        }
        let pages = if inputs.is_empty() { "" } else { ", pages of input" };
        let what = if cfg!(feature = "parquet") { "" } else { "numbers of rows, " };
        found.unchecked =
            Some(format!("{what}offsets, counts by kind{pages}, which are checked of JSON lines and not of Parquet"));
        return Ok(found);
    }
    let mut pages = compared.as_ref().map(Compared::pages);
    let mut tally = Tally::default();
    let mut again = BTreeSet::new();
    records(out, "repeats", &report, &mut found, &mut |text, at, found| {
        let mut json = serde_json::Deserializer::from_str(text);
        match <RepeatRecord<'_> as serde::Deserialize>::deserialize(&mut json) {
            Ok(repeat) => {
                tally.repeat(&repeat);
                if let Some(pages) = &mut pages {
                    found.repeats += 1;
                    pages.check_repeat(&repeat, at, found);
                }
                if repeat.is_again() {
                    again.insert(repeat.block);
                }
            }
            Err(e) => found.problem(format!("{at}: not a repeat: {e}")),
        }
    })?;
    // Both files are in the order of the pages.
    let mut pages = compared.as_ref().map(Compared::pages);
    records(out, "articles", &report, &mut found, &mut |text, at, found| {
        let mut json = serde_json::Deserializer::from_str(text);
        let article = match <ArticleRecord<'_> as serde::Deserialize>::deserialize(&mut json) {
            Ok(article) => article,
            Err(e) => return found.problem(format!("{at}: not an article: {e}")),
        };
        tally.article(&article, &again);
        check_article(&article, at, found);
        if let Some(pages) = &mut pages {
            pages.check_article(&article, at, found);
        }
    })?;
    if let Some(pages) = pages {
        found.pages = pages.seen;
    }
    compare("articles", &tally.articles, &report.found.articles, &mut found);
    compare("blocks", &tally.blocks, &report.found.blocks, &mut found);
    compare("repeats", &tally.repeats, &report.found.repeats, &mut found);
    compare("facts", &tally.facts, &report.found.facts, &mut found);
    compare("entities", &tally.entities, &report.found.entities, &mut found);
    compare("activities", &tally.activities, &report.found.activities, &mut found);
    Ok(found)
}

/// The report of an output folder.
pub fn report(out: &Path) -> Result<Report> {
    let path = out.join("report.json");
    let bytes = std::fs::read(&path).map_err(|e| {
        let kind = if e.kind() == std::io::ErrorKind::NotFound { ErrorKind::NotFound } else { ErrorKind::Read };
        Error::new(kind, "cannot read the report").at(&path).hint("name the folder that a run has written").because(e)
    })?;
    serde_json::from_slice(&bytes).map_err(|e| Error::new(ErrorKind::Record, "not a report").at(&path).because(e))
}

fn records(
    out: &Path,
    kind: &str,
    report: &Report,
    found: &mut Verified,
    each: &mut dyn FnMut(&str, &str, &mut Verified),
) -> Result<()> {
    for path in files_of(out, kind)? {
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let mut lines = lines(&path)?;
        let mut n = 0;
        loop {
            match lines.next() {
                Ok(Some((number, line))) => {
                    n += 1;
                    each(line, &format!("{name}:{number}"), found);
                }
                Ok(None) => break,
                Err(e) => {
                    found.problem(format!("{name}:{}: {e}", n + 1));
                    break;
                }
            }
        }
        match report.files.get(&name) {
            Some(expected) if expected.records == n => {}
            Some(expected) => found.problem(format!("{name}: has {n} records, the report says {}", expected.records)),
            None => found.problem(format!("{name}: the report does not know it")),
        }
    }
    Ok(())
}

fn is_parquet(name: &str) -> bool {
    name.ends_with(".parquet")
}

/// Compares the numbers of rows to what the report says of each file, and of all of a kind.
fn rows(out: &Path, report: &Report, found: &mut Verified) {
    let mut by_kind: BTreeMap<&str, u64> = BTreeMap::new();
    for (name, expected) in report.files.iter().filter(|(name, _)| is_parquet(name)) {
        // Of a file that is not what was written the library may panic.
        let count = || parquet_rows(&out.join(name)).map_err(|e| e.to_string());
        let counted = guard::guarded(count);
        match counted.and_then(|counted| counted) {
            Ok(rows) => {
                found.rows += rows;
                let kind = if name.starts_with("repeats") { "repeats" } else { "articles" };
                *by_kind.entry(kind).or_default() += rows;
                if rows != expected.records {
                    found.problem(format!("{name}: has {rows} rows, the report says {}", expected.records));
                }
            }
            Err(e) => found.problem(format!("{name}: cannot count its rows: {e}")),
        }
    }
    for (kind, counts) in [("articles", &report.found.articles), ("repeats", &report.found.repeats)] {
        let expected: u64 = counts.values().sum();
        if let Some(rows) = by_kind.get(kind).filter(|rows| **rows != expected) {
            found.problem(format!("{kind}: there are {rows}, the report says {expected}"));
        }
    }
}

fn check_article(article: &ArticleRecord<'_>, at: &str, found: &mut Verified) {
    found.articles += 1;
    let mut texts: BTreeMap<&str, Vec<char>> = BTreeMap::new();
    for block in &article.blocks {
        found.blocks += 1;
        let length: usize = block.spans.iter().map(|[start, end]| end.saturating_sub(*start)).sum();
        let characters: Vec<char> = block.text.chars().collect();
        if length != characters.len() {
            found.problem(format!("{at}: the spans of {} are not as long as its text", block.id));
        }
        if texts.insert(&block.id, characters).is_some() {
            found.problem(format!("{at}: {} stands twice", block.id));
        }
    }
    let mut mention = |block: &str, start: usize, end: usize, text: &str| {
        found.mentions += 1;
        let slice = texts.get(block).and_then(|t| t.get(start..end));
        if !slice.is_some_and(|s| s.iter().copied().eq(text.chars())) {
            found.problem(format!("{at}: {text} does not stand at {start}..{end} of {block}"));
        }
    };
    article.facts.iter().for_each(|m| mention(&m.block, m.start, m.end, &m.text));
    article.entities.iter().for_each(|m| mention(&m.block, m.start, m.end, &m.text));
    article.byline.iter().for_each(|m| mention(&m.block, m.start, m.end, &m.text));
    article.activities.iter().for_each(|m| mention(&m.block, m.start, m.end, &m.text));
}

fn compare(what: &str, got: &BTreeMap<String, u64>, expected: &BTreeMap<String, u64>, found: &mut Verified) {
    if got != expected {
        let total = |counts: &BTreeMap<String, u64>| counts.values().sum::<u64>();
        found.problem(format!("{what}: there are {}, the report says {}", total(got), total(expected)));
    }
}

/// The input that an output is compared with.
struct Compared {
    sources: Sources,
    settings: settings::Read,
}

impl Compared {
    /// Finds the inputs. One that is not there would be taken for pages that differ.
    fn open(inputs: &[PathBuf], out: &Path, report: &Report, watch: &dyn Watch) -> Result<Self> {
        let settings = report.settings.get("read").cloned().map(serde_json::from_value::<settings::Read>);
        let settings = settings.and_then(Result::ok).unwrap_or_default();
        let (mut sources, missing) = Sources::discover(inputs, &settings);
        sources.leave_out(out);
        out::tell_passed_over(&sources, watch);
        out::tell_missing(&missing, true, watch)?;
        // Read twice: once for the repeats, once for the articles.
        sources.spool(&std::env::temp_dir())?;
        Ok(Self { sources, settings })
    }

    fn pages(&self) -> Pages {
        Pages {
            chunks: self.sources.chunks(&self.settings, Place::default()),
            settings: self.settings.clone(),
            ids: UniqueIds::new(),
            waiting: std::collections::VecDeque::new(),
            current: None,
            missing: None,
            seen: 0,
        }
    }
}

/// The pages of the input, in step with the records.
struct Pages {
    chunks: read::Chunks,
    settings: settings::Read,
    ids: UniqueIds,
    waiting: std::collections::VecDeque<(String, Page)>,
    /// The page of the record before.
    current: Option<Current>,
    /// The last page that was looked for and is not there.
    missing: Option<String>,
    seen: u64,
}

/// A page, its id, and the one that it came with.
struct Current {
    id: String,
    given: String,
    text: Vec<char>,
}

impl Pages {
    fn check_article(&mut self, article: &ArticleRecord<'_>, at: &str, found: &mut Verified) {
        let came_with = |given: &str| article.page.meta.get("duplicate_id").is_some_and(|id| *id == given);
        let fits = |text: &[char]| article.blocks.iter().all(|block| block_stands_in(block, text));
        let Some(text) = self.go_to(&article.page.id, &came_with, &fits) else {
            return self.missing(&article.page.id, at, found);
        };
        for block in article.blocks.iter().filter(|block| !block_stands_in(block, text)) {
            found.problem(format!("{at}: {} is not what its spans name on the page", block.id));
        }
    }

    fn check_repeat(&mut self, repeat: &RepeatRecord<'_>, at: &str, found: &mut Verified) {
        let came_with = |given: &str| {
            let behind = repeat.page.strip_prefix(given).and_then(|rest| rest.strip_prefix('~'));
            behind.is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit()))
        };
        let spans = || repeat.spans.iter().map(|&[start, end]| [start as usize, end as usize]);
        let fits = |text: &[char]| stands_in(spans(), &repeat.text, text);
        match self.go_to(&repeat.page, &came_with, &fits) {
            None => self.missing(&repeat.page, at, found),
            Some(text) if !fits(text) => {
                found.problem(format!("{at}: {} is not what its spans name on the page", repeat.block));
            }
            Some(_) => {}
        }
    }

    /// Tells of a page that is not there, once for all of its records.
    fn missing(&mut self, page: &str, at: &str, found: &mut Verified) {
        if self.missing.as_deref() != Some(page) {
            found.problem(format!("{at}: its page is not in the input, or not in this order"));
            self.missing = Some(page.to_owned());
        }
    }

    /// Reads on to the page of this id. Where an index had its id already, the page was given another, which the input alone
    /// does not tell: of several pages that `came_with` the same id, it is the one whose text `fits`.
    fn go_to(
        &mut self,
        wanted: &str,
        came_with: &dyn Fn(&str) -> bool,
        fits: &dyn Fn(&[char]) -> bool,
    ) -> Option<&[char]> {
        let is_it = |page: &Current| page.id == wanted || (came_with(&page.given) && fits(&page.text));
        while !self.current.as_ref().is_some_and(is_it) {
            self.current = Some(self.next()?);
        }
        self.current.as_ref().map(|page| &*page.text)
    }

    fn next(&mut self) -> Option<Current> {
        while self.waiting.is_empty() {
            for mut page in self.chunks.next()?.parse(&self.settings).pages {
                let given = page.head.id.clone();
                self.ids.claim(&mut page);
                self.waiting.push_back((given, page));
            }
        }
        self.seen += 1;
        let (given, page) = self.waiting.pop_front()?;
        Some(Current { id: page.head.id, given, text: page.text.chars().collect() })
    }
}

fn block_stands_in(block: &BlockRecord<'_>, page: &[char]) -> bool {
    stands_in(block.spans.iter().copied(), &block.text, page)
}

/// Whether a text is the slices of the page that its spans name.
fn stands_in(spans: impl Iterator<Item = [usize; 2]>, text: &str, page: &[char]) -> bool {
    let slices = spans.map(|[start, end]| page.get(start..end).unwrap_or(&[]));
    slices.flatten().copied().eq(text.chars())
}

impl Pipeline<'_> {
    /// As [`verify`], telling the watcher of this pipeline.
    pub fn verify(&self, out: &Path, inputs: &[PathBuf]) -> Result<Verified> {
        verify(out, inputs, self.watch)
    }
}
