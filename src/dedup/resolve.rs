//! The decisions over an archive.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::dedup::cluster::{self, Edge};
use crate::dedup::columns::Columns;
use crate::dedup::reason::reason;
use crate::dedup::usage::Usage;
use crate::dedup::verify::{Finding, Verdict, Verifier};
use crate::dedup::{Of, PageKey, PageRepeats, Prints, candidate, fingerprint, reprint, section};
use crate::record::{BlockPlace, BlockRef, Repeat, RepeatKind, article_id, block_id};
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
    /// Of each article that reprints another one as a whole, that one.
    reprints: BTreeMap<reprint::At, reprint::At>,
}

pub(super) fn resolve(prints: Prints, settings: &settings::Dedup, of: Of) -> Resolved {
    let Prints { pages, columns, marks } = prints;
    let first: Vec<u32> = (0..=pages.len() as u32).map(|p| columns.pages.partition_point(|&q| q < p) as u32).collect();
    let page_order = page_order(&pages);
    let order: Vec<u32> = page_order.iter().flat_map(|&p| first[p as usize]..first[p as usize + 1]).collect();
    let short = match of {
        Of::Articles => settings.short_block,
        Of::Paragraphs => settings.short_paragraph,
    };

    let equal = equal(&columns, &order, short);
    let worth: Vec<u32> =
        equal.heads.iter().copied().filter(|&b| columns.length(b as usize) >= settings.near_from.max(short)).collect();
    let usage = Usage::of(&columns);
    let pairs = candidate::pairs(&columns, &worth, settings.bucket as usize);
    let judged = judge(&columns, &worth, &pairs, &usage, settings);
    drop(pairs);
    let mut decisions = near(&columns, &worth, &judged, &usage, settings);
    let stands: FxHashMap<u32, (u32, f32)> = decisions.iter().map(|d| (d.block, (d.of, d.similarity))).collect();
    for &(head, block) in &equal.copies {
        let (of, similarity) = stands.get(&head).copied().unwrap_or((head, 1.0));
        let kind = if of == head { RepeatKind::Exact } else { RepeatKind::Near };
        decisions.push(Decision { block, of, kind, kept: false, similarity });
    }
    decisions.sort_unstable_by_key(|d| d.block);
    section::add_short(&columns, &mut decisions);
    section::mark_loops(&columns, &mut decisions);
    let mut rank = vec![0; pages.len()];
    for (n, &page) in page_order.iter().enumerate() {
        rank[page as usize] = n as u32;
    }
    let reprints = match of {
        Of::Articles => reprint::reprints(&columns, &mut decisions, |page| rank[page as usize], settings),
        Of::Paragraphs => BTreeMap::new(),
    };
    if settings.variants {
        add_variants(&worth, &judged, &mut decisions);
    }
    Resolved { pages, columns, first, decisions, marks, reprints }
}

/// Blocks with equal texts.
struct Equal {
    /// Of each text the first block, in the archive's order.
    heads: Vec<u32>,
    /// Each other block, behind the first one of its text.
    copies: Vec<(u32, u32)>,
}

/// Parts the blocks that may repeat on their own by their text.
fn equal(columns: &Columns, order: &[u32], short: u32) -> Equal {
    let mut keyed: Vec<(u64, u32)> = order
        .iter()
        .enumerate()
        .filter(|(_, b)| columns.running[**b as usize] && columns.length(**b as usize) >= short.max(1))
        .map(|(rank, &b)| (columns.keys[b as usize], rank as u32))
        .collect();
    keyed.par_sort_unstable();
    let mut ranks: Vec<u32> = Vec::with_capacity(keyed.len());
    let mut copies: Vec<(u32, u32)> = Vec::new();
    for group in keyed.chunk_by(|x, y| x.0 == y.0) {
        ranks.push(group[0].1);
        copies.extend(group[1..].iter().map(|&(_, rank)| (order[group[0].1 as usize], order[rank as usize])));
    }
    ranks.sort_unstable();
    Equal { heads: ranks.iter().map(|&rank| order[rank as usize]).collect(), copies }
}

/// A judged pair: two places in the list of compared blocks, and what was found.
type Judged = (u32, u32, Finding);

/// Compares the candidates; what is unrelated is not kept.
fn judge(columns: &Columns, worth: &[u32], pairs: &[u64], usage: &Usage, settings: &settings::Dedup) -> Vec<Judged> {
    pairs
        .par_iter()
        .with_min_len(256)
        .map_init(
            || (Verifier::default(), Vec::new(), Vec::new()),
            |(verifier, x, y), &pair| {
                let (a, b) = ((pair >> 32) as u32, pair as u32);
                let (block_a, block_b) = (worth[a as usize] as usize, worth[b as usize] as usize);
                (a, b, verifier.compare(columns.text(block_a, x), columns.text(block_b, y), usage, settings))
            },
        )
        .filter(|(_, _, f)| f.verdict != Verdict::Unrelated)
        .collect()
}

/// Forms clusters of the near pairs. The copy that is kept is complete rather than cut, then the cleanest, then the first
/// in the archive's order.
fn near(
    columns: &Columns,
    worth: &[u32],
    judged: &[Judged],
    usage: &Usage,
    settings: &settings::Dedup,
) -> Vec<Decision> {
    let mut edges = Vec::new();
    // Of each block: whether it lacks what another has; in how many characters it reads worse, and in how many pairs.
    let mut faults: FxHashMap<u32, (bool, u32, u32)> = FxHashMap::default();
    for &(a, b, f) in judged.iter().filter(|(_, _, f)| f.verdict >= Verdict::Near) {
        edges.push(Edge { a, b, similarity: f.similarity });
        for (n, lacks, wrong) in [(a, f.lacks[0], f.misread[0]), (b, f.lacks[1], f.misread[1])] {
            let fault = faults.entry(n).or_default();
            *fault = (fault.0 | lacks, fault.1 + wrong, fault.2 + 1);
        }
    }
    let mut verifier = Verifier::default();
    let (mut x, mut y) = (Vec::new(), Vec::new());
    let block = |n: u32| worth[n as usize] as usize;
    let members = cluster::members(
        &edges,
        |n| {
            let (lacks, wrong, pairs) = faults.get(&n).copied().unwrap_or_default();
            (u32::from(lacks), 16 * wrong / pairs.max(1), n)
        },
        |a, b| {
            let (a, b) = (columns.text(block(a), &mut x), columns.text(block(b), &mut y));
            let found = verifier.compare(a, b, usage, settings);
            (found.verdict >= Verdict::Near).then_some(found.similarity)
        },
    );
    members
        .par_iter()
        .map_init(
            || (Verifier::default(), Vec::new(), Vec::new()),
            |(verifier, x, y), m| {
                let (this, other) = (columns.text(block(m.block), x), columns.text(block(m.canonical), y));
                let shorter = this.units.len() < other.units.len();
                let excerpt = shorter && verifier.is_excerpt(other.units, this.units);
                let kind = if excerpt { RepeatKind::Excerpt } else { RepeatKind::Near };
                let (block, of) = (worth[m.block as usize], worth[m.canonical as usize]);
                Decision { block, of, kind, kept: false, similarity: m.similarity }
            },
        )
        .collect()
}

/// Links each block that repeats nothing to the most similar one before it that it is a variant of.
fn add_variants(worth: &[u32], judged: &[Judged], decisions: &mut Vec<Decision>) {
    let repeated: FxHashMap<u32, u32> = decisions.iter().map(|d| (d.block, d.of)).collect();
    // Of each block the similarity and the place of the best; both ways round the order is that of the places.
    let mut best: FxHashMap<u32, (f32, u32)> = FxHashMap::default();
    for &(a, b, f) in judged.iter().filter(|(_, _, f)| f.verdict == Verdict::Variant) {
        if repeated.contains_key(&worth[b as usize]) {
            continue;
        }
        let entry = best.entry(b).or_insert((f.similarity, a));
        if f.similarity.total_cmp(&entry.0).then(entry.1.cmp(&a)).is_gt() {
            *entry = (f.similarity, a);
        }
    }
    let mut blocks: Vec<(u32, (f32, u32))> = best.into_iter().collect();
    blocks.sort_unstable_by_key(|(block, _)| *block);
    for (block, (similarity, a)) in blocks {
        let (block, other) = (worth[block as usize], worth[a as usize]);
        let of = repeated.get(&other).copied().unwrap_or(other);
        if of != block {
            decisions.push(Decision { block, of, kind: RepeatKind::Variant, kept: true, similarity });
        }
    }
    decisions.sort_unstable_by_key(|d| d.block);
}

/// The numbers of the pages in the archive's order: by date (undated pages last), id, and place in the input.
fn page_order(pages: &[PageKey]) -> Vec<u32> {
    let mut numbers: Vec<u32> = (0..pages.len() as u32).collect();
    numbers.sort_by(|&x, &y| {
        let key = |n: u32| {
            let page = &pages[n as usize];
            (page.date.is_none(), page.date.as_deref(), page.id.as_str(), n)
        };
        key(x).cmp(&key(y))
    });
    numbers
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

    /// Whether everything that was moved to files could be read back.
    pub fn check(&self) -> crate::error::Result<()> {
        self.columns.check()
    }

    /// The articles of page number `page` that reprint an article of another page as a whole: their numbers, from 0, and
    /// the ids of those articles.
    pub fn reprints(&self, page: usize) -> impl Iterator<Item = (usize, String)> {
        let page = page as u32;
        self.reprints.range((page, 0)..=(page, u32::MAX)).map(|(&(_, article), &(other, number))| {
            (article as usize, article_id(&self.pages[other as usize].id, number as usize))
        })
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
        let (mut x, mut y) = (Vec::new(), Vec::new());
        let (other, this) = (self.columns.text(d.of as usize, &mut x), self.columns.text(d.block as usize, &mut y));
        Repeat {
            kind: d.kind,
            kept: d.kept,
            of: canonical.block.clone(),
            similarity: d.similarity,
            distance: fingerprint::distance(prints[d.block as usize], prints[d.of as usize]),
            reason: reason(d.kind, other, this, verifier),
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
