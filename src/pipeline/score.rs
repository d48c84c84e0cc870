//! Generated pages and what was made of them → how much of it is right.
//!
//! In: pages, their articles, what repeats, and the truth that `generate` wrote beside them. Out: a few shares. Of the
//! layout: B-cubed (Bagga and Baldwin 1998) over the characters of articles, that is, of the characters that stand with a
//! character in its article, how many should, and of those that should, how many do; and headlines. Of the repeats: how many
//! planted copies are left out, and of how many of the planted paragraphs that are left out another text stands that says
//! the same.

use std::collections::BTreeMap;
use std::io::BufRead as _;
use std::ops::Range;
use std::path::Path;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::dedup::PageRepeats;
use crate::error::{Error, ErrorKind, Result};
use crate::record::{Article, BlockKind, Page};
use crate::text::ScalarIndex;

/// A share, and what it is a share of.
#[derive(Clone, Copy, Debug, serde::Serialize)]
pub struct Accuracy {
    /// What is right.
    pub what: &'static str,
    /// 0 to 1.
    pub share: f64,
    /// Of how many: characters, headlines or paragraphs.
    pub of: u64,
}

/// The truth about the pages of an archive.
#[derive(Debug, Default)]
pub(super) struct Truths {
    pages: FxHashMap<String, PageTruth>,
    planted: FxHashMap<String, Vec<Planted>>,
}

#[derive(Debug, Deserialize)]
struct PageTruth {
    id: String,
    articles: Vec<ArticleTruth>,
}

/// Spans in Unicode scalars of the page.
#[derive(Debug, Deserialize)]
struct ArticleTruth {
    #[serde(default)]
    headline: Option<Vec<[usize; 2]>>,
    blocks: Vec<BlockTruth>,
}

#[derive(Debug, Deserialize)]
struct BlockTruth {
    spans: Vec<[usize; 2]>,
}

#[derive(Debug, Deserialize)]
struct Planted {
    page: String,
    /// Its number, from 0, among what the page's text gives when it is split at blank lines.
    para: usize,
    /// Two paragraphs say the same if and only if it is the same.
    entity: u64,
    role: String,
}

impl Truths {
    /// Reads `truth.jsonl` and `repeats-truth.jsonl` in `folder`; None where they are not there.
    pub(super) fn read(folder: &Path) -> Result<Option<Self>> {
        let (pages, planted) = (folder.join("truth.jsonl"), folder.join("repeats-truth.jsonl"));
        if !pages.is_file() || !planted.is_file() {
            return Ok(None);
        }
        let mut truths = Self::default();
        lines(&pages, &mut |page: PageTruth| {
            truths.pages.insert(page.id.clone(), page);
        })?;
        lines(&planted, &mut |planted: Planted| {
            truths.planted.entry(planted.page.clone()).or_default().push(planted);
        })?;
        Ok(Some(truths))
    }

    /// How right the layout of `pages` is.
    pub(super) fn layout(&self, pages: &[Page], articles: &[Vec<Article<'_>>]) -> Vec<Accuracy> {
        let (mut together, mut apart, mut characters) = (0.0, 0.0, 0);
        let (mut right, mut headlines) = (0, 0);
        for (page, articles) in pages.iter().zip(articles) {
            let Some(truth) = self.pages.get(&page.head.id) else { continue };
            let index = ScalarIndex::new(&page.text);
            let mut found = vec![0; index.total()];
            for (number, article) in (1..).zip(articles) {
                for span in article.blocks.iter().flat_map(|b| &b.spans) {
                    let (start, end) = (index.scalar(span.start as usize), index.scalar(span.end as usize));
                    found[start..end].fill(number);
                }
            }
            // Characters by the article that they belong to and the one that they were put into.
            let mut cells: BTreeMap<(usize, usize), u64> = BTreeMap::new();
            for (number, article) in truth.articles.iter().enumerate() {
                for [start, end] in article.blocks.iter().flat_map(|b| &b.spans) {
                    for put in found.get(*start..*end).unwrap_or_default() {
                        *cells.entry((number, *put)).or_default() += 1;
                    }
                }
            }
            let sum = |of: &dyn Fn(&(usize, usize)) -> bool| -> u64 {
                cells.iter().filter(|(key, _)| of(key)).map(|(_, n)| n).sum()
            };
            for (key, &n) in &cells {
                let n = n as f64;
                together += n * n / sum(&|other| other.1 == key.1) as f64;
                apart += n * n / sum(&|other| other.0 == key.0) as f64;
            }
            characters += sum(&|_| true);
            for (number, article) in truth.articles.iter().enumerate() {
                let Some(spans) = article.headline.as_ref().filter(|spans| !spans.is_empty()) else { continue };
                headlines += 1;
                let printed: String = spans.iter().flat_map(|[s, e]| page.text.chars().skip(*s).take(e - s)).collect();
                let most = cells.iter().filter(|(key, _)| key.0 == number && key.1 > 0).max_by_key(|(_, n)| **n);
                let headline = most.and_then(|((_, put), _)| articles[put - 1].text_of(BlockKind::Headline));
                right += u64::from(headline.is_some_and(|h| bare(&h) == bare(&printed)));
            }
        }
        let (precision, recall) = (share(together, characters), share(apart, characters));
        vec![
            Accuracy { what: "articles, precision (B-cubed)", share: precision, of: characters },
            Accuracy { what: "articles, recall (B-cubed)", share: recall, of: characters },
            Accuracy { what: "headlines right", share: share(right as f64, headlines), of: headlines },
        ]
    }

    /// How right it is what is left out of `pages`.
    pub(super) fn repeats(
        &self,
        pages: &[Page],
        articles: &[Vec<Article<'_>>],
        repeats: &dyn Fn(usize) -> PageRepeats,
    ) -> Vec<Accuracy> {
        let (mut copies, mut found) = (0, 0);
        // What is said by paragraphs that stand, and by originals and look-alikes that do not.
        let mut said: FxHashSet<u64> = FxHashSet::default();
        let mut missed: Vec<u64> = Vec::new();
        for (number, (page, articles)) in pages.iter().zip(articles).enumerate() {
            let Some(planted) = self.planted.get(&page.head.id) else { continue };
            let mut out = vec![false; page.text.len()];
            let repeats = repeats(number);
            let decided = repeats.iter().filter(|(_, repeat)| !repeat.kept).filter_map(|(at, _)| at.among(articles));
            let marked = articles.iter().flat_map(|a| &a.blocks).filter(|b| b.repeat.is_some());
            for span in decided.chain(marked).flat_map(|block| &block.spans) {
                out[span.range()].fill(true);
            }
            let pieces = split_at_blank_lines(&page.text);
            for planted in planted {
                let Some(piece) = pieces.get(planted.para) else { continue };
                let n_out = out[piece.clone()].iter().filter(|out| **out).count();
                let is_out = n_out * 2 > piece.len();
                if !is_out {
                    said.insert(planted.entity);
                }
                match planted.role.as_str() {
                    "copy" => {
                        copies += 1;
                        found += u64::from(is_out);
                    }
                    "orig" | "neg" if is_out => missed.push(planted.entity),
                    // A standing line repeats, and is not to be left out on its own; it may go with its section.
                    _ => {}
                }
            }
        }
        // For an original a better copy may stand.
        let wrong = missed.iter().filter(|entity| !said.contains(entity)).count() as u64;
        vec![
            Accuracy { what: "repeats, precision", share: share(found as f64, found + wrong), of: found + wrong },
            Accuracy { what: "repeats, recall", share: share(found as f64, copies), of: copies },
        ]
    }
}

/// What a text gives when it is split at blank lines, as ranges of its bytes.
fn split_at_blank_lines(text: &str) -> Vec<Range<usize>> {
    const BLANK: &str = "\n\n";
    let ends = text.match_indices(BLANK).map(|(at, _)| at).chain([text.len()]);
    let mut start = 0;
    ends.map(|end| std::mem::replace(&mut start, end + BLANK.len())..end).collect()
}

fn share(part: f64, of: u64) -> f64 {
    if of == 0 { 1.0 } else { part / of as f64 }
}

/// Without blanks, which a cut headline may have gained or lost.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn lines<T: DeserializeOwned>(path: &Path, each: &mut dyn FnMut(T)) -> Result<()> {
    let fail = |e: std::io::Error| Error::new(ErrorKind::Read, "cannot read").at(path).because(e);
    let file = std::io::BufReader::new(std::fs::File::open(path).map_err(fail)?);
    for (number, line) in (1..).zip(file.lines()) {
        let record = serde_json::from_str(&line.map_err(fail)?);
        each(record.map_err(|e| {
            Error::new(ErrorKind::Record, "not what generate writes").at(path).line_number(number).because(e)
        })?);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::{Extent, Outputs, Plan, archive};
    use crate::read::{Place, Sources};
    use crate::{Settings, dedup, layout};

    #[test]
    fn generated_pages_are_scored_and_nothing_right_is_called_wrong() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| std::fs::File::create(folder.path().join(name)).unwrap();
        let mut out = Outputs { pages: Vec::new(), truth: file("truth.jsonl"), repeats: file("repeats-truth.jsonl") };
        archive(&Plan::archive(7), Extent::Pages(120), &mut out, &mut |_| true).unwrap();
        let truths = Truths::read(folder.path()).unwrap().unwrap();
        let settings = Settings::default();
        let mut pages = Vec::new();
        for chunk in Sources::in_memory([("pages.jsonl", out.pages)]).chunks(&settings.read, Place::default()) {
            pages.extend(chunk.parse(&settings.read).pages);
        }
        let articles: Vec<_> = pages.iter().map(|p| layout::segment(p, &settings.layout)).collect();
        let mut archive = dedup::Archive::default();
        for (page, articles) in pages.iter().zip(&articles) {
            archive.push(dedup::Prints::of(page, articles)).unwrap();
        }
        let resolved = archive.resolve(&settings.dedup, dedup::Of::Articles).unwrap();
        let mut all = truths.layout(&pages, &articles);
        all.extend(truths.repeats(&pages, &articles, &|n| resolved.page(n)));
        for accuracy in &all {
            let least = if accuracy.what.starts_with("repeats") { 0.95 } else { 0.6 };
            assert!(accuracy.share > least && accuracy.share <= 1.0 && accuracy.of > 10, "{accuracy:?}");
        }
        // Of articles that are all one, what is together is not right; of articles that are all apart, what is apart.
        let none: Vec<_> = pages.iter().map(|_| Vec::new()).collect();
        assert!(truths.layout(&pages, &none)[0].share < 0.5);
        assert!(truths.repeats(&pages, &none, &|n| resolved.page(n))[1].share < 0.01);
        assert!(Truths::read(&folder.path().join("nowhere")).unwrap().is_none());
    }
}
