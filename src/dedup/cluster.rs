//! Which block stands for which others.
//!
//! In: verified pairs, and an order of preference. Out: for every block the one that stands for it. A block is only ever
//! represented by one that it was itself compared with: a chain of near-duplicates whose ends differ falls into several
//! clusters, and what the kept copies say is never less than what the left-out ones said.

use rustc_hash::FxHashMap;

/// A verified pair, by places in the list of blocks, and the similarity found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Edge {
    /// The one block.
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
    edges: &[Edge],
    published: impl Fn(u32) -> Option<u32>,
    prefer: impl Fn(u32) -> (u32, u32, u32),
    mut compare: impl FnMut(u32, u32) -> Option<f32>,
) -> Vec<Member> {
    let mut neighbours: Vec<(u32, u32, f32)> = Vec::with_capacity(2 * edges.len());
    for e in edges {
        neighbours.push((e.a, e.b, e.similarity));
        neighbours.push((e.b, e.a, e.similarity));
    }
    neighbours.sort_unstable_by_key(|&(a, b, _)| (a, b));
    let mut order: Vec<(u32, std::ops::Range<usize>)> = Vec::new();
    let mut start = 0;
    for group in neighbours.chunk_by(|x, y| x.0 == y.0) {
        order.push((group[0].0, start..start + group.len()));
        start += group.len();
    }
    // Of each block that was seen, the one that stands for it: itself, if it is canonical.
    let mut placed: FxHashMap<u32, u32> = FxHashMap::default();
    order.retain(|&(block, _)| {
        let canonical = published(block);
        placed.extend(canonical.map(|c| (block, c)));
        canonical.is_none()
    });
    order.sort_by_cached_key(|(block, _)| prefer(*block));
    let mut members = Vec::new();
    for (block, range) in order {
        let mut best: Option<(f32, u32)> = None;
        let mut offered: Vec<u32> = Vec::new();
        for &(_, other, similarity) in &neighbours[range] {
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

fn better(best: &mut Option<(f32, u32)>, similarity: f32, canonical: u32) {
    if best.is_none_or(|(s, c)| similarity.total_cmp(&s).then(c.cmp(&canonical)).is_gt()) {
        *best = Some((similarity, canonical));
    }
}
