//! The decisions over an archive.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use crate::dedup::cluster::{self, Edge};
use crate::dedup::columns::Columns;
use crate::dedup::index::{Fresh, Manifest};
use crate::dedup::reason::reason;
use crate::dedup::usage::Usage;
use crate::dedup::verify::{self, Finding, Marks, Text, Verdict, Verifier};
use crate::dedup::{Of, PageKey, PageRepeats, Prints, candidate, evidence, fingerprint, reprint, section};
use crate::error::Result;
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
    /// The first block of each page, and one past the last block at the end.
    first: Vec<u32>,
    /// Sorted by block.
    decisions: Vec<Decision>,
    /// Of each article that reprints another one as a whole, that one.
    reprints: BTreeMap<reprint::At, reprint::At>,
    addition: Option<Manifest>,
}

/// Blocks from which some pair will need the dictionary.
const LARGE: usize = 10_000;

pub(super) fn resolve(prints: Prints, settings: &settings::Dedup, of: Of) -> Result<Resolved> {
    let Prints { mut pages, mut columns } = prints;
    let first = columns.first_of_pages(pages.len());
    let page_order = page_order(&pages);
    let short = match of {
        Of::Articles => settings.short_block,
        Of::Paragraphs => settings.short_paragraph,
    };

    let mut decisions = again(&columns, &mut pages, &first);
    let here_again: FxHashSet<u32> = decisions.iter().map(|d| d.block).collect();
    let order: Vec<u32> = page_order
        .iter()
        .flat_map(|&p| first[p as usize]..first[p as usize + 1])
        .filter(|block| !here_again.contains(block))
        .collect();
    let equal = equal(&columns, &order, short);
    drop(order);
    let worth: Vec<u32> =
        equal.heads.iter().copied().filter(|&b| columns.length(b) >= settings.near_from.max(short)).collect();
    // Loading the dictionary takes a while on one thread, so a large archive does it beside what is not waiting for it.
    let (usage, ()) = rayon::join(
        || Usage::of(&columns),
        || {
            if worth.len() > LARGE {
                evidence::load();
            }
        },
    );
    let (compared, pairs) = Compared::of(&columns, &worth, settings.bucket as usize);
    if columns.published().is_none() {
        columns.forget_keys()?;
    }
    let Found { near: pairs, variants } = judge(&columns, &compared, pairs, &usage, settings);
    decisions.extend(near(&columns, &compared, pairs, &usage, settings));
    let stands: FxHashMap<u32, (u32, f32)> = decisions.iter().map(|d| (d.block, (d.of, d.similarity))).collect();
    decisions.extend(equal.copies.iter().map(|&(head, block)| {
        let (of, similarity) = stands.get(&head).copied().unwrap_or_else(|| published_source(&columns, head));
        let kind = if of == head { RepeatKind::Exact } else { RepeatKind::Near };
        Decision { block, of, kind, kept: false, similarity }
    }));
    drop(stands);
    decisions.sort_unstable_by_key(|d| d.block);
    section::add_short(&columns, &mut decisions);
    section::mark_loops(&columns, &mut decisions);
    let addition = match columns.published() {
        None => None,
        Some(index) => Some(index.stage(&Fresh {
            pages: &pages,
            columns: &columns,
            first: &first,
            of: &decisions.iter().map(|d| (d.block, d.of)).collect(),
            copies: &equal.copies.iter().map(|&(head, block)| (block, head)).collect(),
            heads: &equal.heads,
            worth: &worth,
            usage: &usage,
        })?),
    };
    let mut rank = vec![0; pages.len()];
    for (n, &page) in page_order.iter().enumerate() {
        rank[page as usize] = columns.first_page() + n as u32;
    }
    let rank = |page: u32| page.checked_sub(columns.first_page()).map_or(page, |n| rank[n as usize]);
    let reprints = match of {
        Of::Articles => reprint::reprints(&columns, &mut decisions, &here_again, rank, settings),
        Of::Paragraphs => BTreeMap::new(),
    };
    if settings.variants {
        add_variants(&columns, &compared, variants, &mut decisions);
    }
    Ok(Resolved { pages, columns, first, decisions, reprints, addition })
}

/// The blocks of pages that were read before, with the same id and the same text: each repeats itself, or what it was part of
/// when its page was laid out otherwise, among other pages. Such a page adds nothing to the index.
fn again(columns: &Columns, pages: &mut [PageKey], first: &[u32]) -> Vec<Decision> {
    let mut decisions = Vec::new();
    let Some(index) = columns.published() else { return decisions };
    for (page, blocks) in pages.iter_mut().zip(first.windows(2)) {
        let Some(known) = page.known else { continue };
        let (mut n_again, published) = (0, index.page_blocks(known.page()));
        let mut laid = None;
        for block in blocks[0]..blocks[1] {
            let same = columns.block_at(published.clone(), columns.place(block));
            let same = same.filter(|&same| columns.key(same) == columns.key(block)).or_else(|| {
                let laid = laid.get_or_insert_with(|| Laid::of(columns, published.clone()));
                laid.around(&columns.spans(block))
            });
            let Some(same) = same else { continue };
            let of = columns.stands_for(same);
            let (kind, similarity) = if columns.key(of) == columns.key(block) {
                (RepeatKind::Exact, 1.0)
            } else if columns.key(same) == columns.key(block) {
                (RepeatKind::Near, published_source(columns, same).1)
            } else {
                said_in(columns, of, block)
            };
            decisions.push(Decision { block, of, kind, kept: false, similarity });
            n_again += 1;
        }
        page.is_in_index = n_again == blocks[1] - blocks[0];
    }
    decisions
}

/// Where the published blocks of a page stand on it: start and end in Unicode scalars, and the block, in their order.
struct Laid(Vec<(u32, u32, u32)>);

impl Laid {
    fn of(columns: &Columns, blocks: Range<u32>) -> Self {
        let spans = |block| columns.spans(block).into_iter().map(move |[start, end]| (start, end, block));
        let mut laid: Vec<(u32, u32, u32)> = blocks.flat_map(spans).collect();
        laid.sort_unstable();
        Self(laid)
    }

    /// The block that shares the most characters with `spans`.
    fn around(&self, spans: &[[u32; 2]]) -> Option<u32> {
        let mut shared: BTreeMap<u32, u32> = BTreeMap::new();
        for &[start, end] in spans {
            let from = self.0.partition_point(|&(_, e, _)| e <= start);
            for &(s, e, block) in self.0[from..].iter().take_while(|&&(s, ..)| s < end) {
                *shared.entry(block).or_default() += e.min(end) - s.max(start);
            }
        }
        shared.into_iter().max_by_key(|&(block, characters)| (characters, std::cmp::Reverse(block))).map(|(b, _)| b)
    }
}

/// How a block repeats another one that has other text too, and the share of the longer one that both have, 0 to 1.
fn said_in(columns: &Columns, of: u32, block: u32) -> (RepeatKind, f32) {
    let (mut x, mut y) = (Vec::new(), Vec::new());
    let (a, b) = (columns.text(of, &mut x).units, columns.text(block, &mut y).units);
    let mut verifier = Verifier::default();
    let diffs = verifier.diffs(a, b);
    let kind = if verify::is_excerpt(diffs) { RepeatKind::Excerpt } else { RepeatKind::Near };
    let edits: u32 = diffs.iter().map(|d| d.edits()).sum();
    (kind, (1.0 - edits as f32 / a.len().max(b.len()).max(1) as f32).max(0.0))
}

/// The block that stands for a published one, and how similar the two are; the block itself where it was kept.
fn published_source(columns: &Columns, block: u32) -> (u32, f32) {
    let of = columns.stands_for(block);
    if of == block || columns.key(of) == columns.key(block) {
        return (of, 1.0);
    }
    (of, said_in(columns, of, block).1)
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
        .filter(|(_, b)| columns.running(**b) && columns.length(**b) >= short.max(1))
        .map(|(rank, &b)| (columns.key(b), rank as u32))
        .collect();
    keyed.par_sort_unstable();
    let groups = || keyed.chunk_by(|x, y| x.0 == y.0);
    let published = columns.published().map(|index| index.first_with(groups().map(|g| g[0].0))).unwrap_or_default();
    let mut published = published.into_iter();
    let mut ranks: Vec<u32> = Vec::with_capacity(keyed.len());
    let mut copies: Vec<(u32, u32)> = Vec::new();
    for group in groups() {
        let (head, rest) = if let Some(head) = published.next().flatten() {
            (head, group)
        } else {
            ranks.push(group[0].1);
            (order[group[0].1 as usize], &group[1..])
        };
        copies.extend(rest.iter().map(|&(_, rank)| (head, order[rank as usize])));
    }
    ranks.sort_unstable();
    Equal { heads: ranks.iter().map(|&rank| order[rank as usize]).collect(), copies }
}

/// The blocks that are compared, published ones first.
struct Compared {
    blocks: Vec<u32>,
    /// How many of them are published.
    n_published: usize,
}

impl Compared {
    /// Those of `worth` and what is published like them; the candidate pairs among them, by their places, the lower one in
    /// the upper half of the word.
    fn of(columns: &Columns, worth: &[u32], bucket: usize) -> (Self, Vec<u64>) {
        let near = candidate::Near::of(columns.end());
        let mut pairs = candidate::pairs(columns, worth, bucket, near);
        let Some(index) = columns.published() else {
            return (Self { blocks: worth.to_vec(), n_published: 0 }, pairs);
        };
        let with_published = candidate::published_pairs(columns, index, worth, bucket, near);
        let mut blocks: Vec<u32> = with_published.iter().map(|&pair| (pair >> 32) as u32).collect();
        blocks.dedup();
        // What stands for one of them may be asked for too.
        let stands: Vec<u32> = blocks.iter().map(|&block| columns.stands_for(block)).collect();
        blocks.extend(stands);
        blocks.sort_unstable();
        blocks.dedup();
        let n_published = blocks.len();
        let shift = n_published as u64;
        for pair in &mut pairs {
            *pair += shift << 32 | shift;
        }
        let place = |block: u32| blocks.binary_search(&block).unwrap_or_default() as u64;
        let low = u64::from(u32::MAX);
        pairs.extend(with_published.iter().map(|&pair| place((pair >> 32) as u32) << 32 | ((pair & low) + shift)));
        pairs.par_sort_unstable();
        blocks.extend_from_slice(worth);
        (Self { blocks, n_published }, pairs)
    }

    fn block(&self, place: u32) -> u32 {
        self.blocks[place as usize]
    }

    /// Of a published block the place of the one that stands for it.
    fn published(&self, columns: &Columns, place: u32) -> Option<u32> {
        let published = &self.blocks[..self.n_published];
        let block = published.get(place as usize)?;
        published.binary_search(&columns.stands_for(*block)).ok().map(|n| n as u32)
    }
}

/// A judged pair: the places of two compared blocks, and what was found.
type Judged = (u32, u32, Finding);

/// What was found of all pairs. A page whose paragraphs drift has millions of related pairs, so of each there stays only
/// what is asked for later.
#[derive(Debug, Default)]
struct Found {
    near: NearPairs,
    variants: Variants,
}

/// The pairs that are near-duplicates.
#[derive(Debug, Default)]
struct NearPairs {
    edges: Vec<Edge>,
    /// Of each block: whether it lacks what another has; in how many characters it reads worse, and in how many pairs.
    faults: FxHashMap<u32, (bool, u32, u32)>,
}

/// Of each block the similarity and the place of the best block before it that it is a variant of.
type Variants = FxHashMap<u32, (f32, u32)>;

impl Found {
    /// Takes findings, in any order.
    fn add(&mut self, judged: &[Judged]) {
        for &(a, b, f) in judged {
            if f.verdict >= Verdict::Near {
                self.near.edges.push(Edge { a, b, similarity: f.similarity });
                for (n, lacks, wrong) in [(a, f.lacks[0], f.misread[0]), (b, f.lacks[1], f.misread[1])] {
                    let fault = self.near.faults.entry(n).or_default();
                    *fault = (fault.0 | lacks, fault.1 + wrong, fault.2 + 1);
                }
            } else if f.verdict == Verdict::Variant {
                let best = self.variants.entry(b).or_insert((f.similarity, a));
                if f.similarity.total_cmp(&best.0).then(best.1.cmp(&a)).is_gt() {
                    *best = (f.similarity, a);
                }
            }
        }
    }
}

/// Pairs that are judged before their findings are added up.
const AT_ONCE: usize = 1 << 19;

/// Pairs whose texts are fetched together before they are compared.
const TOGETHER: usize = 128;
/// Units of the normal forms that are read from a file at once, where they are in one: 128 MiB.
const WINDOW: u64 = 1 << 26;
/// Pairs between two windows from which reading both is cheaper than reading text by text: a window takes 30 ms, a text 1 µs.
const WINDOWS_FROM: usize = 1 << 15;

/// Compares the candidates.
fn judge(columns: &Columns, compared: &Compared, pairs: Vec<u64>, usage: &Usage, settings: &settings::Dedup) -> Found {
    let mut found = Found::default();
    if columns.units_moved() > 0 {
        judge_in_windows(columns, compared, pairs, usage, settings, (WINDOW, WINDOWS_FROM), |j| found.add(j));
        return found;
    }
    for pairs in pairs.chunks(AT_ONCE) {
        let texts = Texts { columns, size: WINDOW, windows: &[] };
        found.add(&judge_with(pairs, compared, usage, settings, &texts));
    }
    found
}

/// The same where the texts are in a file: window against window, so that each pair finds both of its texts in memory. A
/// window has `size` units, and is read where at least `from` pairs need it.
fn judge_in_windows(
    columns: &Columns,
    compared: &Compared,
    mut pairs: Vec<u64>,
    usage: &Usage,
    settings: &settings::Dedup,
    (size, from): (u64, usize),
    mut each: impl FnMut(&[Judged]),
) {
    let window = |place: u32| columns.unit_range(compared.block(place)).map_or(u64::MAX, |range| range.start / size);
    let windows = |pair: u64| (window((pair >> 32) as u32), window(pair as u32));
    pairs.par_sort_unstable_by_key(|&pair| (windows(pair), pair));
    let mut held: [(u64, Vec<u16>); 2] = [(u64::MAX, Vec::new()), (u64::MAX, Vec::new())];
    for group in pairs.chunk_by(|&x, &y| windows(x) == windows(y)) {
        if group.len() >= from {
            let (first, second) = windows(group[0]);
            for (held, number) in held.iter_mut().zip([first, second]) {
                if held.0 != number && number != u64::MAX {
                    held.1 = Vec::new();
                    // A text that begins in a window may end behind it; one that ends far behind is read alone.
                    let end = ((number + 1) * size + size / 1024).min(columns.units_moved());
                    *held = (number, columns.window(number * size..end));
                }
            }
        }
        for pairs in group.chunks(AT_ONCE) {
            each(&judge_with(pairs, compared, usage, settings, &Texts { columns, size, windows: &held }));
        }
    }
}

/// The normal forms: in memory, in a window of the file that was read, or in the file.
struct Texts<'t> {
    columns: &'t Columns,
    /// Units of a window.
    size: u64,
    /// Each with its number.
    windows: &'t [(u64, Vec<u16>)],
}

impl Texts<'_> {
    fn of<'b>(&'b self, block: u32, buffer: &'b mut Vec<u16>) -> Text<'b> {
        if !self.windows.is_empty()
            && let Some(range) = self.columns.unit_range(block)
            && let Some((number, units)) = self.windows.iter().find(|(number, _)| *number == range.start / self.size)
            && let (start, end) = (range.start - number * self.size, range.end - number * self.size)
            && let Some(units) = units.get(start as usize..end as usize)
        {
            return Text { units, marks: Marks(self.columns.marks(block)) };
        }
        self.columns.text(block, buffer)
    }
}

/// Compares some of the pairs; what is unrelated is not kept.
fn judge_with(
    pairs: &[u64],
    compared: &Compared,
    usage: &Usage,
    settings: &settings::Dedup,
    texts: &Texts<'_>,
) -> Vec<Judged> {
    let judge = |(verifier, x, y): &mut (Verifier, Vec<u16>, Vec<u16>), pairs: &[u64]| {
        let blocks = |pair: u64| [pair >> 32, pair].map(|place| compared.block(place as u32));
        // Step by step over all of them, so that the processor fetches many lengths, and many texts, at once.
        let lengths = |&pair: &u64| blocks(pair).map(|block| texts.columns.length(block));
        let lengths: SmallVec<[[u32; 2]; TOGETHER]> = pairs.iter().map(lengths).collect();
        let worth = |&(_, [a, b]): &(&u64, [u32; 2])| verify::may_be_copies(a.min(b), a.max(b), settings);
        let pairs: SmallVec<[u64; TOGETHER]> = pairs.iter().zip(lengths).filter(worth).map(|(&pair, _)| pair).collect();
        std::hint::black_box(pairs.iter().fold(0, |sum, &pair| sum ^ texts.columns.touch(blocks(pair)[1])));
        let mut judged = Vec::new();
        for &pair in &pairs {
            let [a, b] = blocks(pair);
            let found = verifier.compare(texts.of(a, x), texts.of(b, y), usage, settings);
            if found.verdict != Verdict::Unrelated {
                judged.push(((pair >> 32) as u32, pair as u32, found));
            }
        }
        judged
    };
    pairs.par_chunks(TOGETHER).with_min_len(4).map_init(Default::default, judge).flatten_iter().collect()
}

/// Forms clusters of the near pairs. The copy that is kept is complete rather than cut, then the cleanest, then the first
/// in the archive's order.
fn near(
    columns: &Columns,
    compared: &Compared,
    NearPairs { edges, faults }: NearPairs,
    usage: &Usage,
    settings: &settings::Dedup,
) -> Vec<Decision> {
    let mut verifier = Verifier::default();
    let (mut x, mut y) = (Vec::new(), Vec::new());
    let block = |n: u32| compared.block(n);
    let members = cluster::members(
        edges,
        |n| compared.published(columns, n),
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
                let excerpt = shorter && verify::is_excerpt(verifier.diffs(other.units, this.units));
                let kind = if excerpt { RepeatKind::Excerpt } else { RepeatKind::Near };
                let (block, of) = (block(m.block), block(m.canonical));
                Decision { block, of, kind, kept: false, similarity: m.similarity }
            },
        )
        .collect()
}

/// Links each new block that repeats nothing to the most similar one before it that it is a variant of.
fn add_variants(columns: &Columns, compared: &Compared, variants: Variants, decisions: &mut Vec<Decision>) {
    let repeated: FxHashMap<u32, u32> = decisions.iter().map(|d| (d.block, d.of)).collect();
    let mut blocks: Vec<(u32, (f32, u32))> = variants.into_iter().collect();
    blocks.retain(|(block, _)| !repeated.contains_key(&compared.block(*block)));
    blocks.sort_unstable_by_key(|(block, _)| *block);
    for (block, (similarity, a)) in blocks {
        let (block, other) = (compared.block(block), compared.block(a));
        let of = repeated.get(&other).copied().unwrap_or_else(|| columns.stands_for(other));
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
    /// canonical block is. Blocks that `layout` marked are not among them ([`crate::dedup::of_mark`]).
    pub fn page(&self, page: usize) -> PageRepeats {
        self.repeats(page).map(|(at, _, repeat)| (at, repeat)).collect()
    }

    /// The same one by one: the number of a block on its page, where it stands, and what it repeats.
    pub fn repeats(&self, page: usize) -> impl Iterator<Item = (BlockRef, BlockPlace, Repeat)> {
        let mut verifier = Verifier::default();
        self.decided(page).iter().map(move |decision| {
            let at = self.columns.place(decision.block);
            (at, self.place(decision.block), self.repeat(decision, &mut verifier))
        })
    }

    /// How many blocks of page number `page` repeat others.
    pub fn n_repeats(&self, page: usize) -> usize {
        self.decided(page).len()
    }

    /// The blocks of page number `page` that are left out, in their order.
    pub fn left_out(&self, page: usize) -> impl Iterator<Item = BlockRef> {
        self.decided(page).iter().filter(|d| !d.kept).map(|d| self.columns.place(d.block))
    }

    fn decided(&self, page: usize) -> &[Decision] {
        let Some((&start, &end)) = self.first.get(page).zip(self.first.get(page + 1)) else { return &[] };
        let at = |block: u32| self.decisions.partition_point(|d| d.block < block);
        &self.decisions[at(start)..at(end)]
    }

    /// Whether everything that was moved to files could be read back.
    pub fn check(&self) -> Result<()> {
        self.columns.check()
    }

    /// The articles of page number `page` that reprint an article of another page as a whole: their numbers, from 0, and
    /// the ids of those articles.
    pub fn reprints(&self, page: usize) -> impl Iterator<Item = (usize, String)> {
        let page = self.columns.first_page() + page as u32;
        self.reprints.range((page, 0)..=(page, u32::MAX)).map(|(&(_, article), &(other, number))| {
            (article as usize, article_id(&self.page_id(other), number as usize))
        })
    }

    /// What the index becomes with the pages of this archive in it, where one stands beside it.
    pub fn addition(&self) -> Option<&Manifest> {
        self.addition.as_ref()
    }

    fn repeat(&self, d: &Decision, verifier: &mut Verifier) -> Repeat {
        let canonical = self.place(d.of);
        let columns = &self.columns;
        let (mut x, mut y) = (Vec::new(), Vec::new());
        let (other, this) = (columns.text(d.of, &mut x), columns.text(d.block, &mut y));
        let mut reason = reason(d.kind, other, this, verifier);
        if self.page_key(columns.page(d.block)).is_some_and(|page| page.known.is_some()) && other.units != this.units {
            reason.to_mut().insert_str(0, "its page was published before; ");
        }
        Repeat {
            kind: d.kind,
            kept: d.kept,
            of: canonical.block.clone(),
            similarity: d.similarity,
            distance: fingerprint::distance(columns.fingerprint(d.block), columns.fingerprint(d.of)),
            reason,
            canonical,
        }
    }

    /// A page of this archive; None for one that was published before.
    fn page_key(&self, page: u32) -> Option<&PageKey> {
        self.pages.get(page.checked_sub(self.columns.first_page())? as usize)
    }

    fn page_id(&self, page: u32) -> Cow<'_, str> {
        match (self.page_key(page), self.columns.published()) {
            (None, Some(index)) => index.page_id(page).into(),
            (key, _) => key.map_or("", |p| p.id.as_str()).into(),
        }
    }

    fn place(&self, block: u32) -> BlockPlace {
        let page = self.page_id(self.columns.page(block));
        let at = self.columns.place(block);
        BlockPlace {
            block: block_id(&page, at.article as usize, at.block as usize),
            page: page.into_owned(),
            spans: self.columns.spans(block),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::dedup::candidate::Near;
    use crate::dedup::candidate::tests::{archives, by_looking_at_all};
    use crate::dedup::{Archive, Scratch};

    /// Each text on a page of its own.
    fn prints(texts: &[String]) -> Prints {
        let mut prints = Prints::default();
        let mut scratch = Scratch::default();
        for (n, text) in texts.iter().enumerate() {
            prints.page(&format!("p{n:03}"), None, text);
            prints.paragraph(0, [[0, text.chars().count() as u32]], text, &mut scratch);
        }
        prints
    }

    fn decided(mut archive: Archive, texts: &[String]) -> Vec<Decision> {
        archive.push(prints(texts)).unwrap();
        archive.resolve(&settings::Dedup::default(), Of::Paragraphs).unwrap().decisions
    }

    proptest! {
        /// Where every pair within the bounds is compared, one after the other, the same blocks stand for the same others.
        #[test]
        fn decides_what_comparing_all_pairs_decides(texts in archives()) {
            let settings = settings::Dedup::default();
            let found = decided(Archive::default(), &texts);
            let folder = tempfile::tempdir().unwrap();
            prop_assert_eq!(&found, &decided(Archive::bounded(0, folder.path()), &texts));

            let Prints { mut columns, .. } = prints(&texts);
            let order: Vec<u32> = (0..texts.len() as u32).collect();
            let heads = equal(&columns, &order, settings.short_paragraph).heads;
            let worth: Vec<u32> = heads.into_iter().filter(|&b| columns.length(b) >= settings.near_from).collect();
            let usage = Usage::of(&columns);
            let pairs: Vec<u64> = by_looking_at_all(&columns, &worth, Near::of(0)).into_iter().collect();
            let (mut x, mut y, mut verifier) = (Vec::new(), Vec::new(), Verifier::default());
            let judged: Vec<Judged> = pairs
                .iter()
                .map(|&pair| {
                    let (a, b) = ((pair >> 32) as u32, pair as u32);
                    let text_a = columns.text(worth[a as usize], &mut x);
                    let text_b = columns.text(worth[b as usize], &mut y);
                    (a, b, verifier.compare(text_a, text_b, &usage, &settings))
                })
                .collect();
            let compared = Compared { blocks: worth.clone(), n_published: 0 };
            let of = |d: &Decision| (d.block, d.of, d.similarity.to_bits());
            let mut all = Found::default();
            all.add(&judged);
            let expected: Vec<_> = near(&columns, &compared, all.near, &usage, &settings).iter().map(of).collect();
            let among = |d: &&Decision| d.kind != RepeatKind::Variant && worth.contains(&d.block);
            let found: Vec<_> = found.iter().filter(among).map(of).collect();
            prop_assert_eq!(found, expected);

            // The same from a file, in windows of every size.
            columns.spill(folder.path()).unwrap();
            let related = |judged: Vec<Judged>| {
                let mut related: Vec<_> = judged.into_iter().filter(|j| j.2.verdict != Verdict::Unrelated).collect();
                related.sort_unstable_by_key(|&(a, b, _)| (a, b));
                related
            };
            let expected = related(judged);
            for size in [1, 40, 1 << 20] {
                let mut found = Vec::new();
                let windows = (size, 1);
                judge_in_windows(&columns, &compared, pairs.clone(), &usage, &settings, windows, |j| found.extend(j));
                prop_assert_eq!(&related(found), &expected);
            }
        }
    }
}
