//! Loops, and short blocks inside of copied sections.
//!
//! In: the decisions on single blocks. Out: more of them, and which of them are loops. A short block (a subhead, a slogan)
//! repeats another where the block beside it repeats the block beside that other one. A run of repeats on one page is a
//! loop if it comes again at once: a block equal to the one before it, or a row of p blocks equal, one by one, to the p
//! before them, also where the last copy is cut short. All of it is one pass over the blocks.

use rustc_hash::FxHashMap;

use crate::dedup::columns::Columns;
use crate::dedup::resolve::Decision;
use crate::record::RepeatKind;

/// Adds the short blocks that stand in copied sections. `decisions` are sorted by block, and are again behind this.
pub(super) fn add_short(columns: &Columns, decisions: &mut Vec<Decision>) {
    let mut of: FxHashMap<u32, u32> = decisions.iter().map(|d| (d.block, d.of)).collect();
    let repeated: Vec<u32> = decisions.iter().map(|d| d.block).collect();
    let mut added = Vec::new();
    let together = |a: u32, b: u32| b < columns.end() && a != b && columns.page(a) == columns.page(b);
    // Of each block that repeats another, that one, also where it was decided before.
    let source_of = |of: &FxHashMap<u32, u32>, block: u32| {
        of.get(&block).copied().or_else(|| Some(columns.stands_for(block)).filter(|&stands| stands != block))
    };
    for step in [1_i64, -1] {
        let beside = |block: u32| u32::try_from(i64::from(block) + step).ok();
        for &start in &repeated {
            let mut at = start;
            // A row of short blocks is followed to its end; each is added once, so the rows add up to the blocks.
            while let (Some(next), Some(&source)) = (beside(at), of.get(&at)) {
                let Some(other) = beside(source) else { break };
                if !together(at, next) || !together(source, other) || next == source || other == at {
                    break;
                }
                let (key, length) = (columns.key(next), columns.length(next));
                if of.contains_key(&next) || length == 0 || columns.key(other) != key {
                    break;
                }
                // What stands for the other block stands for this one; it must not be this one.
                let stands = source_of(&of, other).unwrap_or(other);
                if stands == next || source_of(&of, stands).is_some() {
                    break;
                }
                of.insert(next, stands);
                added.push(Decision { block: next, of: stands, kind: RepeatKind::Exact, kept: false, similarity: 1.0 });
                at = next;
            }
        }
    }
    // A block that stands for others may have been added later itself; targets only ever come later than their blocks.
    let mut finally: FxHashMap<u32, u32> = FxHashMap::default();
    for d in added.iter_mut().rev() {
        d.of = finally.get(&d.of).copied().unwrap_or(d.of);
        finally.insert(d.block, d.of);
    }
    decisions.append(&mut added);
    decisions.sort_unstable_by_key(|d| d.block);
}

/// Marks the decisions that are loops. `decisions` are sorted by block.
pub(super) fn mark_loops(columns: &Columns, decisions: &mut [Decision]) {
    // Of each cluster the block of the page that was seen last, and where each decision stands.
    let mut last: FxHashMap<u32, u32> = FxHashMap::default();
    let mut from = 0;
    while from < decisions.len() {
        let page = columns.page(decisions[from].block);
        let to = from + decisions[from..].partition_point(|d| columns.page(d.block) == page);
        last.clear();
        // The row of repeats that is under way: its first decision, its lag, and the block that it reached.
        let (mut first, mut lag, mut reached) = (from, 0, u32::MAX);
        for n in from..to {
            let Decision { block, of, .. } = decisions[n];
            // The canonical block may be on this page, before any repeat of it.
            let seen = last.insert(of, block).max((columns.page(of) == page && of < block).then_some(of));
            let here = seen.map_or(0, |before| block - before);
            if here == 0 || here != lag || reached.checked_add(1) != Some(block) {
                (first, lag) = (n, here);
            }
            reached = block;
            let length = (n - first + 1) as u32;
            if lag > 0 && length == lag {
                decisions[first..=n].iter_mut().for_each(|d| d.kind = RepeatKind::Loop);
            } else if lag > 0 && length > lag {
                decisions[n].kind = RepeatKind::Loop;
            }
        }
        from = to;
    }
}
