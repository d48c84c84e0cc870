//! Output of a run → is it still what was written, and does everything stand where it says.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind, Result};
use crate::pipeline::{Pipeline, Watch};
use crate::read::{self, Place, Sources, UniqueIds};
use crate::record::{ArticleRecord, Page, RepeatRecord, Report, SCHEMA, Tally};
use crate::settings::Settings;
use crate::write::{file_totals, files_of, lines};

/// Problems that are told one by one; more are only counted.
const TOLD: usize = 100;

/// What a check found.
#[derive(Clone, Debug, Default)]
pub struct Verified {
    /// Files that were checked.
    pub files: u64,
    /// Articles that were checked.
    pub articles: u64,
    /// Blocks whose spans were checked.
    pub blocks: u64,
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
/// and that every mention is the slice of its block that it names. With `inputs`, also that every block is the slices of
/// its page that it names.
pub fn verify(out: &Path, inputs: &[PathBuf], watch: &dyn Watch) -> Result<Verified> {
    let mut found = Verified::default();
    let report = report(out)?;
    if report.schema != SCHEMA {
        return Err(Error::new(ErrorKind::Record, format!("was written to schema {}", report.schema))
            .at(out)
            .hint(format!("this program checks schema {SCHEMA}")));
    }
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
    if report.files.keys().any(|name| name.ends_with(".parquet")) {
        return Ok(found);
    }
    let mut pages = if inputs.is_empty() { None } else { Some(Pages::open(inputs, &report, watch)) };
    let mut tally = Tally::default();
    let mut again = BTreeSet::new();
    records(out, "repeats", &report, &mut found, &mut |text, at, found| {
        let mut json = serde_json::Deserializer::from_str(text);
        match <RepeatRecord<'_> as serde::Deserialize>::deserialize(&mut json) {
            Ok(repeat) => {
                tally.repeat(&repeat);
                if repeat.is_again() {
                    again.insert(repeat.block);
                }
            }
            Err(e) => found.problem(format!("{at}: not a repeat: {e}")),
        }
    })?;
    records(out, "articles", &report, &mut found, &mut |text, at, found| {
        let mut json = serde_json::Deserializer::from_str(text);
        let article = match <ArticleRecord<'_> as serde::Deserialize>::deserialize(&mut json) {
            Ok(article) => article,
            Err(e) => return found.problem(format!("{at}: not an article: {e}")),
        };
        tally.article(&article, &again);
        check_article(&article, at, found);
        if let Some(pages) = &mut pages {
            pages.check(&article, at, found);
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

/// The pages of the input, in step with the articles.
struct Pages {
    chunks: read::Chunks,
    settings: crate::settings::Read,
    ids: UniqueIds,
    waiting: std::collections::VecDeque<Page>,
    current: Option<(String, Vec<char>)>,
    seen: u64,
}

impl Pages {
    fn open(inputs: &[PathBuf], report: &Report, watch: &dyn Watch) -> Self {
        let settings: Settings = serde_json::from_value(report.settings.clone()).unwrap_or_default();
        let (sources, missing) = Sources::discover(inputs, &settings.read);
        for fault in missing {
            watch.fault(&fault.into());
        }
        Self {
            chunks: sources.chunks(&settings.read, Place::default()),
            settings: settings.read,
            ids: UniqueIds::new(),
            waiting: std::collections::VecDeque::new(),
            current: None,
            seen: 0,
        }
    }

    fn check(&mut self, article: &ArticleRecord<'_>, at: &str, found: &mut Verified) {
        while self.current.as_ref().is_none_or(|(id, _)| *id != article.page.id) {
            let Some(page) = self.next() else {
                return found.problem(format!("{at}: its page is not in the input, or not in this order"));
            };
            self.current = Some((page.head.id, page.text.chars().collect()));
        }
        let Some((_, text)) = &self.current else { return };
        for block in &article.blocks {
            let slices = block.spans.iter().map(|&[start, end]| text.get(start..end).unwrap_or(&[]));
            if !slices.flatten().copied().eq(block.text.chars()) {
                found.problem(format!("{at}: {} is not what its spans name on the page", block.id));
            }
        }
    }

    fn next(&mut self) -> Option<Page> {
        while self.waiting.is_empty() {
            let mut pages = self.chunks.next()?.parse(&self.settings).pages;
            for page in &mut pages {
                self.ids.claim(page);
            }
            self.waiting.extend(pages);
        }
        self.seen += 1;
        self.waiting.pop_front()
    }
}

impl Pipeline<'_> {
    /// As [`verify`], telling the watcher of this pipeline.
    pub fn verify(&self, out: &Path, inputs: &[PathBuf]) -> Result<Verified> {
        verify(out, inputs, self.watch)
    }
}
