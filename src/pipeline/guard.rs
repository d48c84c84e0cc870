//! A panic of a stage ends at the border of its page.
//!
//! In: work on pages. Out: what it made, and of each page on which it panicked, what the panic said. The stages are written
//! so that no text makes them panic, and are tested for it; should one do so all the same, that is one page of an archive,
//! and the night's run goes on. A page panics or not whatever the threads do, so the output stays the same.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::error::ErrorKind;
use crate::pipeline::page::Part;
use crate::read::Fault;
use crate::record::Page;

/// Does `work`; what a panic in it said is the error.
pub(super) fn guarded<R>(work: impl FnOnce() -> R) -> Result<R, String> {
    // What the closure leaves half done is thrown away by who calls, and locks are taken over when poisoned.
    catch_unwind(AssertUnwindSafe(work)).map_err(|payload| {
        let said = payload.downcast_ref::<&str>().map(|s| (*s).to_owned());
        said.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_else(|| "a panic".into())
    })
}

/// A page on which every way to work failed, or all but a later one.
#[derive(Debug)]
pub(super) struct Failed {
    /// Its number among the pages.
    pub(super) page: usize,
    /// What the first panic said.
    pub(super) said: String,
    /// Whether a later way gave something of the page.
    pub(super) kept: bool,
}

/// One way to work on pages: their numbers, and where what they give goes.
type Way<'w> = &'w dyn Fn(Range<usize>, &mut Part);

/// Works on so many pages in order, each in the first of `ways` that does not panic on it.
///
/// All are worked on at once, and only parted from each other when one of them has panicked, so that guarding costs
/// nothing.
pub(super) fn each(pages: usize, ways: &[Way<'_>]) -> (Part, Vec<Failed>) {
    let Some((first, others)) = ways.split_first() else { return Default::default() };
    let all = guarded(|| {
        let mut part = Part::default();
        first(0..pages, &mut part);
        part
    });
    if let Ok(part) = all {
        return (part, Vec::new());
    }
    let (mut whole, mut failed) = (Part::default(), Vec::new());
    for page in 0..pages {
        let alone = |way: Way<'_>| {
            guarded(|| {
                let mut part = Part::default();
                way(page..page + 1, &mut part);
                part
            })
        };
        let said = match alone(first) {
            Ok(part) => {
                whole.append(part);
                continue;
            }
            Err(said) => said,
        };
        let kept = others.iter().find_map(|way| alone(way).ok());
        failed.push(Failed { page, said, kept: kept.is_some() });
        whole.append(kept.unwrap_or_default());
    }
    (whole, failed)
}

/// The line of the quarantine that tells of a page on which `stage` panicked.
pub(super) fn fault(source: &str, page: &Page, stage: &str, said: &str, kept: bool) -> Fault {
    let what = if kept { "its facts are left out" } else { "the page is left out" };
    told(source, &page.head.id, stage, what, said, kept)
}

/// The same of a page that is written as it came.
pub(super) fn as_it_came(source: &str, id: &str, stage: &str, said: &str) -> Fault {
    told(source, id, stage, "the page is written as it came", said, true)
}

fn told(source: &str, id: &str, stage: &str, what: &str, said: &str, kept: bool) -> Fault {
    // Many lines, or a page's text in the message, would help nobody.
    let said: String = said.lines().next().unwrap_or_default().chars().take(200).collect();
    Fault::of_page(source, id, ErrorKind::Internal, format!("{stage} failed, {what}: {said}"), kept)
}

/// Panics where a test asks for it: on a page whose text says `trip` and the name of the stage.
pub(super) fn trip(stage: &str, text: &str) {
    if cfg!(test) {
        assert!(!text.contains(&format!("trip {stage}")), "tripped");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_panic_says_is_told() {
        assert_eq!(guarded(|| 7), Ok(7));
        assert_eq!(guarded(|| -> u8 { panic!("at {}", 3) }), Err("at 3".into()));
        assert_eq!(guarded(|| std::panic::panic_any(3)), Err::<(), _>("a panic".into()));
    }

    #[test]
    fn a_page_that_panics_is_alone() {
        let write = |pages: Range<usize>, part: &mut Part, bad: &[usize]| {
            for page in pages {
                part.pages += 1;
                part.articles.push(&page);
                assert!(!bad.contains(&page), "bad {page}");
            }
        };
        let (part, failed) =
            each(5, &[&|pages, part: &mut Part| write(pages, part, &[1, 3]), &|pages, part| write(pages, part, &[3])]);
        let mut lines = Vec::new();
        part.articles.write_to(&mut lines).unwrap();
        assert_eq!((part.pages, lines.as_slice()), (4, &b"0\n1\n2\n4\n"[..]));
        let told: Vec<_> = failed.iter().map(|f| (f.page, f.said.as_str(), f.kept)).collect();
        assert_eq!(told, [(1, "bad 1", true), (3, "bad 3", false)]);
    }
}
