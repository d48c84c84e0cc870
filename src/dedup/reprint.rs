//! Articles that are reprints as a whole.
//!
//! In: the decisions on blocks. Out: which article reprints which, and the decisions between such articles turned into
//! `kept`, with those on what is no running text of a reprint: half an article helps nobody. Two articles of different
//! pages belong together if what repeats between them, in either direction, is most of one of them. The later one is then
//! the reprint, or, where only the earlier one is mostly the same, that one: a short version before the long one.
//!
//! A block names one copy, the best of its cluster, and the best copies of an article's blocks may stand in several
//! printings of it. So two articles of which one names the other are compared by the clusters that they share.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::dedup::columns::Columns;
use crate::dedup::resolve::Decision;
use crate::record::RepeatKind;
use crate::settings::{self, Reprints};

/// An article: its page, and its number there.
pub(super) type At = (u32, u32);

/// A block of an article that stands in a cluster.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Member {
    article: At,
    /// The kept block of the cluster.
    cluster: u32,
    block: u32,
    /// The number of the block's decision, or NONE where it is the kept one.
    decision: u32,
}

const NONE: u32 = u32::MAX;

/// Finds the reprints. `rank` gives a page's place in the archive's order; what stands on a page that was read before, in
/// the blocks `again`, reprints nothing.
pub(super) fn reprints(
    columns: &Columns,
    decisions: &mut [Decision],
    again: &FxHashSet<u32>,
    rank: impl Fn(u32) -> u32,
    settings: &settings::Dedup,
) -> BTreeMap<At, At> {
    let article = |block: u32| (columns.page(block), columns.place(block).article);
    let is_published = |article: At| article.0 < columns.first_page();
    let mut published: BTreeSet<u32> = BTreeSet::new();
    let mut members: Vec<Member> = Vec::new();
    // What the blocks of one name in the other, in characters.
    let mut named: BTreeMap<(At, At), u64> = BTreeMap::new();
    for (decision, d) in (0..).zip(decisions.iter()) {
        let (this, other) = (article(d.block), article(d.of));
        if d.kind == RepeatKind::Variant || this.0 == other.0 || again.contains(&d.block) {
            continue;
        }
        members.push(Member { article: this, cluster: d.of, block: d.block, decision });
        members.push(Member { article: other, cluster: d.of, block: d.of, decision: NONE });
        if columns.running(d.block) {
            *named.entry((this.min(other), this.max(other))).or_default() += u64::from(columns.length(d.block));
            if is_published(other) {
                published.insert(other.0);
            }
        }
    }
    members.sort_unstable();
    members.dedup();
    let of = |article: At| {
        let from = members.partition_point(|m| m.article < article);
        &members[from..from + members[from..].partition_point(|m| m.article == article)]
    };
    let mut totals: FxHashMap<At, u64> = members.iter().map(|m| (m.article, 0)).collect();
    let published =
        columns.published().into_iter().flat_map(|i| published.iter().flat_map(|&page| i.page_blocks(page)));
    for block in published.chain(columns.first()..columns.end()) {
        if columns.running(block)
            && let Some(total) = totals.get_mut(&article(block))
        {
            *total += u64::from(columns.length(block));
        }
    }
    let mut best: BTreeMap<At, (u64, At)> = BTreeMap::new();
    let mut kept: Vec<u32> = Vec::new();
    for (&(x, y), &length) in &named {
        let total = |of: At| totals.get(&of).copied().unwrap_or(u64::MAX);
        // Two articles of which neither names much of the other are compared no further, so that the cost stays in
        // proportion to what is named.
        if (length as f32) < settings.reprint_named_share * total(x).min(total(y)) as f32 {
            continue;
        }
        let (of_x, of_y) = (of(x), of(y));
        let (few, many) = if of_x.len() <= of_y.len() { (of_x, of_y) } else { (of_y, of_x) };
        let (length, both) = shared(columns, few, many);
        let most = |of: At| length as f32 >= settings.reprint_share * total(of) as f32;
        let (earlier, later) = if (rank(x.0), x.1) <= (rank(y.0), y.1) { (x, y) } else { (y, x) };
        let (reprint, original) = match (most(later), most(earlier)) {
            (true, _) => (later, earlier),
            (false, true) => (earlier, later),
            (false, false) => continue,
        };
        kept.extend(both);
        // What is published cannot be linked any more.
        if is_published(reprint) {
            continue;
        }
        let entry = best.entry(reprint).or_insert((length, original));
        if length > entry.0 {
            *entry = (length, original);
        }
    }
    if settings.reprints == Reprints::Keep {
        for decision in kept {
            decisions[decision as usize].kept = true;
        }
        // A headline, a rubric or a credit may have its first copy in another printing than the text below it.
        let leads = |d: &Decision| {
            let at = article(d.block);
            !columns.running(d.block)
                && !again.contains(&d.block)
                && at.0 != columns.page(d.of)
                && best.contains_key(&at)
        };
        for decision in decisions.iter_mut().filter(|d| leads(d)) {
            decision.kept = true;
        }
    }
    best.into_iter().map(|(reprint, (_, original))| (reprint, original)).collect()
}

/// How many characters of running text two articles share, by their clusters, and the decisions on all that they share.
fn shared(columns: &Columns, few: &[Member], many: &[Member]) -> (u64, Vec<u32>) {
    let running = |m: &&Member| columns.running(m.block);
    let length =
        |members: &[Member]| members.iter().filter(running).map(|m| u64::from(columns.length(m.block))).sum::<u64>();
    let mut sum = 0;
    let mut decisions = Vec::new();
    for of_few in few.chunk_by(|a, b| a.cluster == b.cluster) {
        let cluster = of_few[0].cluster;
        let from = many.partition_point(|m| m.cluster < cluster);
        let of_many = &many[from..from + many[from..].partition_point(|m| m.cluster == cluster)];
        if !of_many.is_empty() {
            sum += length(of_few).min(length(of_many));
            decisions.extend(of_few.iter().chain(of_many).map(|m| m.decision).filter(|&d| d != NONE));
        }
    }
    (sum, decisions)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dedup::Scratch;
    use crate::record::BlockRef;

    /// Blocks of the articles `lengths`, each on a page of its own, each block of so many characters.
    fn columns(lengths: &[&[usize]]) -> Columns {
        let mut columns = Columns::default();
        let mut scratch = Scratch::default();
        for (page, blocks) in (0..).zip(lengths) {
            for (block, &length) in (0..).zip(*blocks) {
                columns.add(page, BlockRef { article: 0, block }, true, [], &"工".repeat(length), &mut scratch);
            }
        }
        columns
    }

    /// What becomes of two articles, the first one the earlier, of whose blocks those of `pairs` repeat each other: which
    /// one reprints which, and whether the repeats are kept.
    #[track_caller]
    fn check(lengths: &[&[usize]], pairs: &[(u32, u32)], expected: &[(u32, u32)], kept: &[bool]) {
        let columns = columns(lengths);
        let near =
            |&(block, of): &(u32, u32)| Decision { block, of, kind: RepeatKind::Near, kept: false, similarity: 0.9 };
        let mut decisions: Vec<Decision> = pairs.iter().map(near).collect();
        let settings = settings::Dedup { reprint_share: 0.6, ..settings::Dedup::default() };
        let found = reprints(&columns, &mut decisions, &FxHashSet::default(), |page| page, &settings);
        let found: Vec<(u32, u32)> = found.into_iter().map(|(reprint, original)| (reprint.0, original.0)).collect();
        assert_eq!(found, expected);
        assert_eq!(decisions.iter().map(|d| d.kept).collect::<Vec<_>>(), kept);
        let mut dropped: Vec<Decision> = pairs.iter().map(near).collect();
        let settings = settings::Dedup { reprints: Reprints::Drop, ..settings };
        reprints(&columns, &mut dropped, &FxHashSet::default(), |page| page, &settings);
        assert!(dropped.iter().all(|d| !d.kept), "with reprints left out");
    }

    #[test]
    fn the_later_of_two_articles_that_say_the_same_is_the_reprint() {
        check(&[&[50, 50], &[50, 50]], &[(2, 0), (3, 1)], &[(1, 0)], &[true, true]);
        // Three fifths are most of it, less are not.
        check(&[&[61, 90], &[61, 39]], &[(2, 0)], &[(1, 0)], &[true]);
        check(&[&[59, 90], &[59, 41]], &[(2, 0)], &[], &[false]);
    }

    #[test]
    fn a_short_version_before_a_long_one_is_the_reprint() {
        check(&[&[50], &[50, 300]], &[(1, 0)], &[(0, 1)], &[true]);
    }

    #[test]
    fn whichever_copy_stands_the_direction_is_that_of_the_articles() {
        // The later copy is the better one and stands for the earlier one.
        check(&[&[50, 50], &[50, 50]], &[(0, 2), (3, 1)], &[(1, 0)], &[true, true]);
    }

    #[test]
    fn an_article_reprints_the_one_of_which_it_has_most() {
        check(&[&[90], &[60], &[60, 30, 9]], &[(2, 1), (3, 0)], &[(2, 1)], &[true, false]);
    }

    #[test]
    fn the_best_copies_may_stand_in_several_printings() {
        // The first printing lost its tail. The third one's blocks are copies of the first's and of the second's.
        let pairs = [(2, 0), (3, 1), (5, 0), (6, 1), (7, 4)];
        let article = [50, 50, 80];
        check(&[&[50, 50], &article, &article], &pairs, &[(0, 1), (2, 1)], &[true; 5]);
    }

    #[test]
    fn the_headline_of_a_reprint_stays_with_its_text() {
        let mut columns = Columns::default();
        let mut scratch = Scratch::default();
        for page in 0..3 {
            for (block, running) in [(0, false), (1, true)] {
                columns.add(page, BlockRef { article: 0, block }, running, [], &"工".repeat(40), &mut scratch);
            }
        }
        let kept = |pairs: &[(u32, u32)]| {
            let of = |&(block, of): &(u32, u32)| {
                let kind = RepeatKind::Exact;
                Decision { block, of, kind, kept: false, similarity: 1.0 }
            };
            let mut decisions: Vec<Decision> = pairs.iter().map(of).collect();
            reprints(&columns, &mut decisions, &FxHashSet::default(), |page| page, &settings::Dedup::default());
            decisions.iter().map(|d| d.kept).collect::<Vec<_>>()
        };
        // The text on the third page is that of the first, its headline that of the second.
        assert_eq!(kept(&[(4, 2), (5, 1)]), [true, true]);
        assert_eq!(kept(&[(4, 2)]), [false]);
    }

    #[test]
    fn what_repeats_inside_of_a_page_is_no_reprint() {
        check(&[&[50, 50]], &[(1, 0)], &[], &[false]);
        check(&[&[50], &[50]], &[], &[], &[]);
    }
}
