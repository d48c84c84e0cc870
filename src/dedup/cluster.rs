//! Which block stands for which others.
//!
//! In: verified pairs, and an order of preference. Out: for every block the one that stands for it. A block is only ever
//! represented by one that it was itself compared with: a chain of near-duplicates whose ends differ falls into several
//! clusters, and what the kept copies say is never less than what the left-out ones said.

use rustc_hash::FxHashMap;

/// A verified pair, by places in the list of blocks, and the similarity found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Edge {
    /// The one block, the lower place.
    pub a: u32,
    /// The other.
    pub b: u32,
    /// 0 to 1.
    pub similarity: f32,
}

/// A block and the one that stands for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Member {
    /// The left-out block.
    pub block: u32,
    /// The block that is kept.
    pub canonical: u32,
    /// 0 to 1, of the two.
    pub similarity: f32,
}

/// Canonical blocks that a block is compared with at most, besides those that its edges name.
const TRIES: usize = 4;

/// Forms clusters of the blocks that `edges` name.
///
/// `published` names, of a block of which it was decided before, the one that stands for it: that stays. `prefer` gives any
/// other block's rank in being kept, the lowest first; `compare` says how similar two blocks are that no edge joins, if they
/// are near-duplicates. The answer is sorted by block.
pub(super) fn members(
    mut edges: Vec<Edge>,
    published: impl Fn(u32) -> Option<u32>,
    prefer: impl Fn(u32) -> (u32, u32, u32),
    mut compare: impl FnMut(u32, u32) -> Option<f32>,
) -> Vec<Member> {
    edges.sort_unstable_by_key(|e| (e.a, e.b));
    let mut by_second: Vec<u32> = (0..edges.len() as u32).collect();
    by_second.sort_unstable_by_key(|&n| (edges[n as usize].b, edges[n as usize].a));
    let neighbours = Neighbours { edges: &edges, by_second: &by_second };
    let mut order: Vec<u32> = neighbours.blocks();
    // Of each block that was seen, the one that stands for it: itself, if it is canonical.
    let mut placed: FxHashMap<u32, u32> = FxHashMap::default();
    order.retain(|&block| {
        let canonical = published(block);
        placed.extend(canonical.map(|c| (block, c)));
        canonical.is_none()
    });
    order.sort_by_cached_key(|&block| prefer(block));
    let mut members = Vec::new();
    for block in order {
        let mut best: Option<(f32, u32)> = None;
        let mut offered: Vec<u32> = Vec::new();
        for (other, similarity) in neighbours.of(block) {
            match placed.get(&other) {
                Some(&canonical) if canonical == other => better(&mut best, similarity, canonical),
                Some(&canonical) if offered.len() < TRIES && !offered.contains(&canonical) => offered.push(canonical),
                _ => {}
            }
        }
        if best.is_none() {
            for canonical in offered {
                if let Some(similarity) = compare(block, canonical) {
                    better(&mut best, similarity, canonical);
                }
            }
        }
        if let Some((similarity, canonical)) = best {
            placed.insert(block, canonical);
            members.push(Member { block, canonical, similarity });
        } else {
            placed.insert(block, block);
        }
    }
    members.sort_unstable_by_key(|m| m.block);
    members
}

/// The edges from both of their ends: of a million drifting paragraphs there are ten million, and each stands here once.
struct Neighbours<'e> {
    /// Sorted by their first end.
    edges: &'e [Edge],
    /// Their numbers, sorted by their second end.
    by_second: &'e [u32],
}

impl Neighbours<'_> {
    /// The blocks at either end of an edge, each once, in order.
    fn blocks(&self) -> Vec<u32> {
        let mut blocks: Vec<u32> = self.edges.chunk_by(|x, y| x.a == y.a).map(|same| same[0].a).collect();
        let second = |n: u32| self.edges[n as usize].b;
        blocks.extend(self.by_second.chunk_by(|&x, &y| second(x) == second(y)).map(|same| second(same[0])));
        blocks.sort_unstable();
        blocks.dedup();
        blocks
    }

    /// The blocks that an edge joins to `block`, each with the similarity, in order.
    fn of(&self, block: u32) -> impl Iterator<Item = (u32, f32)> {
        let second = |n: u32| &self.edges[n as usize];
        let from = self.by_second.partition_point(|&n| second(n).b < block);
        let before = self.by_second[from..].iter().map(move |&n| second(n)).take_while(move |e| e.b == block);
        let from = self.edges.partition_point(|e| e.a < block);
        let behind = self.edges[from..].iter().take_while(move |e| e.a == block);
        before.map(|e| (e.a, e.similarity)).chain(behind.map(|e| (e.b, e.similarity)))
    }
}

fn better(best: &mut Option<(f32, u32)>, similarity: f32, canonical: u32) {
    if best.is_none_or(|(s, c)| similarity.total_cmp(&s).then(c.cmp(&canonical)).is_gt()) {
        *best = Some((similarity, canonical));
    }
}
