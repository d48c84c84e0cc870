//! Articles that are reprints as a whole.
//!
//! In: the decisions on blocks. Out: which article reprints which, and the decisions between such articles turned into
//! `kept`: half an article helps nobody. Two articles of different pages belong together if what repeats between them, in
//! either direction, is most of one of them. The later one is then the reprint, or, where only the earlier one is mostly
//! the same, that one: a short version before the long one.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use crate::dedup::columns::Columns;
use crate::dedup::resolve::Decision;
use crate::record::RepeatKind;
use crate::settings::{self, Reprints};

/// An article: its page, and its number there.
pub(super) type At = (u32, u32);

/// Finds the reprints. `rank` gives a page's place in the archive's order.
pub(super) fn reprints(
    columns: &Columns,
    decisions: &mut [Decision],
    rank: impl Fn(u32) -> u32,
    settings: &settings::Dedup,
) -> BTreeMap<At, At> {
    let article = |block: u32| (columns.page(block), columns.place(block).article);
    let is_published = |article: At| article.0 < columns.first_page();
    let mut totals: FxHashMap<At, u64> = FxHashMap::default();
    let mut published: BTreeSet<u32> = BTreeSet::new();
    let mut shared: BTreeMap<(At, At), u64> = BTreeMap::new();
    for d in decisions.iter().filter(|d| d.kind != RepeatKind::Variant && columns.running(d.block)) {
        let (this, other) = (article(d.block), article(d.of));
        if this.0 != other.0 {
            *shared.entry((this.min(other), this.max(other))).or_default() += u64::from(columns.length(d.block));
            totals.insert(this, 0);
            totals.insert(other, 0);
            if is_published(other) {
                published.insert(other.0);
            }
        }
    }
    let published =
        columns.published().into_iter().flat_map(|i| published.iter().flat_map(|&page| i.page_blocks(page)));
    for block in published.chain(columns.first()..columns.end()) {
        if columns.running(block)
            && let Some(total) = totals.get_mut(&article(block))
        {
            *total += u64::from(columns.length(block));
        }
    }
    let mut whole: BTreeSet<(At, At)> = BTreeSet::new();
    let mut best: BTreeMap<At, (u64, At)> = BTreeMap::new();
    for (&(x, y), &length) in &shared {
        let most =
            |of: At| length as f32 >= settings.reprint_share * totals.get(&of).copied().unwrap_or(u64::MAX) as f32;
        let (earlier, later) = if (rank(x.0), x.1) <= (rank(y.0), y.1) { (x, y) } else { (y, x) };
        let (reprint, original) = match (most(later), most(earlier)) {
            (true, _) => (later, earlier),
            (false, true) => (earlier, later),
            (false, false) => continue,
        };
        whole.insert((x, y));
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
        for d in decisions.iter_mut() {
            let (this, other) = (article(d.block), article(d.of));
            if this.0 != other.0 && whole.contains(&(this.min(other), this.max(other))) {
                d.kept = true;
            }
        }
    }
    best.into_iter().map(|(reprint, (_, original))| (reprint, original)).collect()
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
        let found = reprints(&columns, &mut decisions, |page| page, &settings);
        let found: Vec<(u32, u32)> = found.into_iter().map(|(reprint, original)| (reprint.0, original.0)).collect();
        assert_eq!(found, expected);
        assert_eq!(decisions.iter().map(|d| d.kept).collect::<Vec<_>>(), kept);
        let mut dropped: Vec<Decision> = pairs.iter().map(near).collect();
        let settings = settings::Dedup { reprints: Reprints::Drop, ..settings };
        reprints(&columns, &mut dropped, |page| page, &settings);
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
    fn what_repeats_inside_of_a_page_is_no_reprint() {
        check(&[&[50, 50]], &[(1, 0)], &[], &[false]);
        check(&[&[50], &[50]], &[], &[], &[]);
    }
}
