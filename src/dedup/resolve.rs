//! The decisions over an archive.

use rayon::prelude::*;

use crate::dedup::cluster::{self, Edge};
use crate::dedup::columns::Columns;
use crate::dedup::reason::reason;
use crate::dedup::usage::Usage;
use crate::dedup::verify::{Verdict, Verifier};
use crate::dedup::{PageKey, PageRepeats, Prints, candidate, fingerprint};
use crate::record::{BlockPlace, BlockRef, Repeat, RepeatKind, block_id};
use crate::settings;

/// A block that repeats another, both by number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Decision {
    /// The block.
    pub block: u32,
    /// The block that it was compared with.
    pub of: u32,
    /// How it repeats.
    pub kind: RepeatKind,
    /// Whether it stays in the output.
    pub kept: bool,
    /// 0 to 1.
    pub similarity: f32,
}

/// What was decided over an archive.
#[derive(Debug)]
pub struct Resolved {
    pages: Vec<PageKey>,
    columns: Columns,
    /// The first block of each page, and the number of blocks at the end.
    first: Vec<u32>,
    /// Sorted by block.
    decisions: Vec<Decision>,
    marks: Vec<(u32, BlockRef, Repeat)>,
}

pub(super) fn resolve(prints: Prints, settings: &settings::Dedup, short: u32) -> Resolved {
    let Prints { pages, columns, marks } = prints;
    let first: Vec<u32> = (0..=pages.len() as u32).map(|p| columns.pages.partition_point(|&q| q < p) as u32).collect();
    let order = order(&pages, &first);
    let mut decisions = Vec::new();

    // Equal texts first: only one of each goes on.
    let mut keyed: Vec<(u64, u32)> = order
        .iter()
        .enumerate()
        .filter(|(_, b)| columns.length(**b as usize) >= short)
        .map(|(rank, &b)| (columns.keys[b as usize], rank as u32))
        .collect();
    keyed.par_sort_unstable();
    let mut heads: Vec<u32> = Vec::with_capacity(keyed.len());
    let mut equal: Vec<(u32, u32)> = Vec::new();
    for group in keyed.chunk_by(|x, y| x.0 == y.0) {
        heads.push(group[0].1);
        equal.extend(group[1..].iter().map(|&(_, rank)| (group[0].1, rank)));
    }
    heads.sort_unstable();
    equal.sort_unstable();
    let distinct: Vec<u32> = heads.iter().map(|&rank| order[rank as usize]).collect();

    // Then near ones.
    let worth: Vec<u32> =
        distinct.iter().copied().filter(|&b| columns.length(b as usize) >= settings.near_from).collect();
    let pairs = candidate::pairs(&columns, &worth, settings.bucket as usize);
    let usage = Usage::of(&columns);
    let judged: Vec<(u32, u32, crate::dedup::verify::Finding)> = pairs
        .par_iter()
        .with_min_len(64)
        .map_init(Verifier::default, |verifier, &pair| {
            let (a, b) = ((pair >> 32) as u32, pair as u32);
            let of = |n: u32| columns.text(worth[n as usize] as usize);
            (a, b, verifier.compare(of(a), of(b), &usage, settings))
        })
        .filter(|(_, _, f)| f.verdict != Verdict::Unrelated)
        .collect();
    let mut edges = Vec::new();
    let mut lacks: Vec<u8> = vec![0; worth.len()];
    let mut misread: Vec<(u32, u32)> = vec![(0, 0); worth.len()];
    for &(a, b, f) in judged.iter().filter(|(_, _, f)| f.verdict >= Verdict::Near) {
        edges.push(Edge { a, b, similarity: f.similarity });
        for (n, lacking, wrong) in [(a, f.lacks[0], f.misread[0]), (b, f.lacks[1], f.misread[1])] {
            lacks[n as usize] |= u8::from(lacking);
            misread[n as usize].0 += wrong;
            misread[n as usize].1 += 1;
        }
    }
    let mut verifier = Verifier::default();
    let members = cluster::members(
        &edges,
        |n| {
            let (wrong, times) = misread[n as usize];
            (u32::from(lacks[n as usize]), 16 * wrong / times.max(1), n)
        },
        |a, b| {
            let of = |n: u32| columns.text(worth[n as usize] as usize);
            let found = verifier.compare(of(a), of(b), &usage, settings);
            (found.verdict >= Verdict::Near).then_some(found.similarity)
        },
    );
    // Of each block the one that stands for it, if another does.
    let mut stands: rustc_hash::FxHashMap<u32, (u32, f32)> = rustc_hash::FxHashMap::default();
    for m in &members {
        let (block, of) = (worth[m.block as usize], worth[m.canonical as usize]);
        stands.insert(block, (of, m.similarity));
        let shorter = columns.length(block as usize) < columns.length(of as usize);
        let kind = if shorter
            && verifier.compare(columns.text(block as usize), columns.text(of as usize), &usage, settings).verdict
                == Verdict::Excerpt
        {
            RepeatKind::Excerpt
        } else {
            RepeatKind::Near
        };
        decisions.push(Decision { block, of, kind, kept: false, similarity: m.similarity });
    }
    for &(head, rank) in &equal {
        let (head, block) = (order[head as usize], order[rank as usize]);
        let (of, similarity) = stands.get(&head).copied().unwrap_or((head, 1.0));
        let kind = if of == head { RepeatKind::Exact } else { RepeatKind::Near };
        decisions.push(Decision { block, of, kind, kept: false, similarity });
    }
    decisions.sort_unstable_by_key(|d| d.block);
    Resolved { pages, columns, first, decisions, marks }
}

/// The numbers of the blocks in the archive's order: by date (undated pages last), id, and place in the input.
fn order(pages: &[PageKey], first: &[u32]) -> Vec<u32> {
    let mut numbers: Vec<u32> = (0..pages.len() as u32).collect();
    numbers.sort_by(|&x, &y| {
        let key = |n: u32| {
            let page = &pages[n as usize];
            (page.date.is_none(), page.date.as_deref(), page.id.as_str(), n)
        };
        key(x).cmp(&key(y))
    });
    numbers.iter().flat_map(|&p| first[p as usize]..first[p as usize + 1]).collect()
}

impl Resolved {
    /// What was decided of the blocks of page number `page`, in their order: for each its place, what it is, and where its
    /// canonical block is.
    pub fn page(&self, page: usize) -> PageRepeats {
        let mut repeats = PageRepeats::new();
        let from = self.marks.partition_point(|(p, _, _)| (*p as usize) < page);
        for (_, place, repeat) in self.marks[from..].iter().take_while(|(p, _, _)| *p as usize == page) {
            repeats.insert(*place, repeat.clone());
        }
        let Some((&start, &end)) = self.first.get(page).zip(self.first.get(page + 1)) else { return repeats };
        let mut verifier = Verifier::default();
        let from = self.decisions.partition_point(|d| d.block < start);
        for decision in self.decisions[from..].iter().take_while(|d| d.block < end) {
            repeats.insert(self.columns.places[decision.block as usize], self.repeat(decision, &mut verifier));
        }
        repeats
    }

    /// Where the block at `at` of page number `page` stands, if it was fingerprinted.
    pub fn place_of(&self, page: usize, at: BlockRef) -> Option<BlockPlace> {
        let (&start, &end) = self.first.get(page).zip(self.first.get(page + 1))?;
        let places = self.columns.places.get(start as usize..end as usize)?;
        places.binary_search(&at).ok().map(|n| self.place(start as usize + n))
    }

    fn repeat(&self, d: &Decision, verifier: &mut Verifier) -> Repeat {
        let canonical = self.place(d.of as usize);
        let prints = &self.columns.fingerprints;
        Repeat {
            kind: d.kind,
            kept: d.kept,
            of: canonical.block.clone(),
            similarity: d.similarity,
            distance: fingerprint::distance(prints[d.block as usize], prints[d.of as usize]),
            reason: reason(d.kind, self.columns.text(d.of as usize), self.columns.text(d.block as usize), verifier),
            canonical,
        }
    }

    fn place(&self, block: usize) -> BlockPlace {
        let page = &self.pages[self.columns.pages[block] as usize].id;
        let at = self.columns.places[block];
        BlockPlace {
            page: page.clone(),
            block: block_id(page, at.article as usize, at.block as usize),
            spans: self.columns.spans(block).iter().copied().collect(),
        }
    }
}
