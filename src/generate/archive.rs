//! Streams an archive of any size with its truth.
//!
//! Every page follows from seed and number alone, so pages are made on all threads and written in order; memory holds one
//! batch of them.

use std::io::{self, Write};

use rayon::prelude::*;
use serde::Serialize;

use super::page;
use super::plan::Plan;

/// Pages that are made before they are written: about 2 MB.
const BATCH: u64 = 256;

/// How large an archive is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// So many pages.
    Pages(u64),
    /// As many pages as it takes to reach so many bytes of `pages.jsonl`.
    Bytes(u64),
}

/// Where an archive goes.
#[derive(Debug)]
pub struct Outputs<P, T, R> {
    /// The pages, one JSON object a line, as `read` takes them.
    pub pages: P,
    /// What is true of each page, a line a page.
    pub truth: T,
    /// The planted paragraphs, a line each.
    pub repeats: R,
}

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Pages.
    pub pages: u64,
    /// Bytes of all pages' lines.
    pub bytes: u64,
    /// Articles on them.
    pub articles: u64,
    /// Lines of planted paragraphs.
    pub planted: u64,
}

#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    publication: Option<&'a str>,
    date: Option<&'a str>,
    number: Option<&'a str>,
    text: &'a str,
}

/// A page and its truth, as lines.
#[derive(Default)]
struct Lines {
    page: Vec<u8>,
    truth: Vec<u8>,
    repeats: Vec<u8>,
    articles: u64,
    planted: u64,
}

/// Writes an archive of this extent, telling `progress` of the totals so far after every batch; it stops where that says
/// `false`.
pub fn archive<P: Write, T: Write, R: Write>(
    plan: &Plan,
    extent: Extent,
    out: &mut Outputs<P, T, R>,
    progress: &mut dyn FnMut(&Totals) -> bool,
) -> io::Result<Totals> {
    let mut totals = Totals::default();
    let enough = |totals: &Totals| match extent {
        Extent::Pages(pages) => totals.pages >= pages,
        Extent::Bytes(bytes) => totals.bytes >= bytes,
    };
    let mut next = 0;
    while !enough(&totals) {
        let batch: Vec<Lines> = (next..next + BATCH).into_par_iter().map(|n| lines(plan, n)).collect();
        next += BATCH;
        for lines in batch {
            if enough(&totals) {
                break;
            }
            out.pages.write_all(&lines.page)?;
            out.truth.write_all(&lines.truth)?;
            out.repeats.write_all(&lines.repeats)?;
            totals.pages += 1;
            totals.bytes += lines.page.len() as u64;
            totals.articles += lines.articles;
            totals.planted += lines.planted;
        }
        if !progress(&totals) {
            break;
        }
    }
    Ok(totals)
}

fn lines(plan: &Plan, number: u64) -> Lines {
    let (page, truth) = page::make(plan, number);
    let mut lines = Lines::default();
    let head = &page.head;
    let line = Line {
        id: &head.id,
        publication: head.publication.as_deref(),
        date: head.date.as_deref(),
        number: head.number.as_deref(),
        text: &page.text,
    };
    push(&mut lines.page, &line);
    push(&mut lines.truth, &truth.to_record(&page));
    for record in truth.planted_records(&page) {
        push(&mut lines.repeats, &record);
        lines.planted += 1;
    }
    lines.articles = truth.articles.len() as u64;
    lines
}

fn push(out: &mut Vec<u8>, record: &impl Serialize) {
    // Writing to memory fails only for a map with keys that are no strings, which no record has.
    if serde_json::to_writer(&mut *out, record).is_ok() {
        out.push(b'\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(plan: &Plan, extent: Extent) -> (Vec<u8>, Vec<u8>, Vec<u8>, Totals) {
        let mut out = Outputs { pages: Vec::new(), truth: Vec::new(), repeats: Vec::new() };
        let totals = archive(plan, extent, &mut out, &mut |_| true).unwrap();
        (out.pages, out.truth, out.repeats, totals)
    }

    #[test]
    fn a_smaller_archive_is_the_beginning_of_a_larger_one() {
        let plan = Plan::archive(3);
        let (small, _, _, _) = written(&plan, Extent::Pages(20));
        let (large, truth, _, totals) = written(&plan, Extent::Pages(300));
        assert!(large.starts_with(&small));
        assert_eq!(totals.pages, 300);
        assert_eq!(memchr::memchr_iter(b'\n', &large).count(), 300);
        assert_eq!(memchr::memchr_iter(b'\n', &truth).count(), 300);
    }

    #[test]
    fn an_archive_reaches_its_size_and_stops() {
        let (pages, _, _, totals) = written(&Plan::archive(1), Extent::Bytes(100_000));
        assert!(pages.len() >= 100_000 && pages.len() < 150_000, "{}", pages.len());
        assert_eq!(pages.len() as u64, totals.bytes);
        assert_eq!(written(&Plan::archive(1), Extent::Pages(0)).3, Totals::default());
    }
}
