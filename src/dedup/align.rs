//! Where two texts differ.
//!
//! In: two normal forms. Out: their [`Diff`]s, in order; between two of them the texts agree. The common head and tail are
//! cut off. What is left is compared place by place where it is of one length and agrees nearly everywhere. Else trigrams
//! that occur once in each text anchor the one to the other (the longest chain that runs forward in both, as in patience
//! diff). What lies between two anchors is aligned by edit distance. That costs time in proportion to the texts, also where
//! a third of one is missing from the other. A stretch between anchors that is too large for the table (`TABLE_TO`) counts
//! as replaced altogether. What was moved shows as deleted here and inserted there.

use crate::dedup::sketch::spread;

/// A stretch in which two texts differ, as half-open ranges of units; one of the two may be empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Diff {
    /// First unit in the one text.
    pub a: u32,
    /// One past the last.
    pub a_end: u32,
    /// First unit in the other text.
    pub b: u32,
    /// One past the last.
    pub b_end: u32,
}

impl Diff {
    /// Units in the one text.
    pub fn a_len(self) -> u32 {
        self.a_end - self.a
    }

    /// Units in the other text.
    pub fn b_len(self) -> u32 {
        self.b_end - self.b
    }

    /// Edits: replaced, deleted and inserted units.
    pub fn edits(self) -> u32 {
        self.a_len().max(self.b_len())
    }

    /// By how many units the one text is longer here than the other.
    pub fn excess(self) -> u32 {
        self.a_len().abs_diff(self.b_len())
    }
}

/// Two characters against two as what they are as well, in as many edits: one character more and one less, with one between
/// them that both texts have (重要时期, 重而要期).
pub(super) fn shifted(a: &[u16], b: &[u16], diff: Diff) -> Option<[Diff; 2]> {
    let Diff { a: x, a_end, b: y, b_end } = diff;
    if diff.a_len() != 2 || diff.b_len() != 2 {
        return None;
    }
    let [stays, falls] = [a[x as usize] == b[y as usize + 1], a[x as usize + 1] == b[y as usize]];
    // Of two that changed places the same one is said to have moved, whichever text is the first.
    if stays && (!falls || a[x as usize] < b[y as usize]) {
        let more = Diff { a: x, a_end: x, b: y, b_end: y + 1 };
        return Some([more, Diff { a: x + 1, a_end, b: b_end, b_end }]);
    }
    let less = Diff { a: x, a_end: x + 1, b: y, b_end: y };
    falls.then_some([less, Diff { a: a_end, a_end, b: y + 1, b_end }])
}

/// Cells of the edit distance table at most; stretches of up to a hundred units a side fit.
const TABLE_TO: usize = 100 * 100;
/// Of how many places at most one differs where two stretches are compared place by place: where more do, another
/// alignment may need fewer edits.
const IN_PLACE: usize = 8;
/// Units in an anchor.
const ANCHOR: usize = 3;

/// Memory that is used again from pair to pair.
#[derive(Debug, Default)]
pub struct Aligner {
    slots: Vec<Slot>,
    found: Vec<(u32, u32)>,
    anchors: Vec<(u32, u32)>,
    piles: Vec<u32>,
    before: Vec<u32>,
    costs: Vec<u16>,
    diffs: Vec<Diff>,
}

impl Aligner {
    /// Where `a` and `b` differ.
    pub fn diffs(&mut self, a: &[u16], b: &[u16]) -> &[Diff] {
        self.align(a, b, 0);
        &self.diffs
    }

    /// Where `a` and `b` differ, or None where so little of the shorter one is anchored in the longer one that they cannot
    /// be copies: less than a fourth, when even one misread character in five leaves half of the trigrams.
    pub fn diffs_if_alike(&mut self, a: &[u16], b: &[u16]) -> Option<&[Diff]> {
        let short = a.len().min(b.len());
        let needed = if short < 24 { 0 } else { short / 4 };
        self.align(a, b, needed).then_some(&self.diffs)
    }

    /// The differences of the two texts that were aligned last.
    pub fn last(&self) -> &[Diff] {
        &self.diffs
    }

    fn align(&mut self, a: &[u16], b: &[u16], needed: usize) -> bool {
        self.diffs.clear();
        let head = common(a.iter(), b.iter());
        let (a_rest, b_rest) = (&a[head..], &b[head..]);
        let tail = common(a_rest.iter().rev(), b_rest.iter().rev());
        let (a_end, b_end) = (a.len() - tail, b.len() - tail);
        let (a_core, b_core) = (&a[head..a_end], &b[head..b_end]);
        if a_core.is_empty() || b_core.is_empty() || a_core.len() * b_core.len() <= 64 {
            self.between(a, b, (head, a_end), (head, b_end));
            return true;
        }
        if self.in_place(a, b, (head, a_end), (head, b_end)) {
            return true;
        }
        self.anchor(a_core, b_core);
        if head + tail + self.anchors.len() < needed {
            return false;
        }
        let chain = std::mem::take(&mut self.anchors);
        let (mut at_a, mut at_b) = (head, head);
        for &(next_a, next_b) in &chain {
            let (next_a, next_b) = (next_a as usize + head, next_b as usize + head);
            let (end_a, end_b) = (next_a + ANCHOR, next_b + ANCHOR);
            if next_a >= at_a && next_b >= at_b {
                self.between(a, b, (at_a, next_a), (at_b, next_b));
            } else if end_a < at_a || end_b < at_b || end_a - at_a != end_b - at_b {
                // It overlaps the one before and lies on another diagonal.
                continue;
            }
            (at_a, at_b) = (end_a, end_b);
        }
        self.between(a, b, (at_a, a_end), (at_b, b_end));
        self.anchors = chain;
        true
    }

    /// Aligns two stretches of one length that agree nearly everywhere place by place, as copies of a template do that
    /// differ in a few characters: false, and nothing is done, where they are no such two. Places that differ with fewer
    /// units between than an anchor has are aligned together.
    fn in_place(
        &mut self,
        a: &[u16],
        b: &[u16],
        (a_from, a_to): (usize, usize),
        (b_from, b_to): (usize, usize),
    ) -> bool {
        let n = a_to - a_from;
        if n != b_to - b_from {
            return false;
        }
        let (x, y) = (&a[a_from..a_to], &b[b_from..b_to]);
        let differ = x.iter().zip(y).map(|(x, y)| usize::from(x != y)).sum::<usize>();
        if IN_PLACE * differ > n {
            return false;
        }
        let mut from = None;
        let mut to = 0;
        for at in (0..n).filter(|&at| x[at] != y[at]) {
            if let Some(start) = from
                && at >= to + ANCHOR
            {
                self.between(a, b, (a_from + start, a_from + to), (b_from + start, b_from + to));
                from = None;
            }
            from.get_or_insert(at);
            to = at + 1;
        }
        if let Some(start) = from {
            self.between(a, b, (a_from + start, a_from + to), (b_from + start, b_from + to));
        }
        true
    }

    /// Finds the trigrams that occur once in each text and leaves the longest forward chain of them in `anchors`.
    fn anchor(&mut self, a: &[u16], b: &[u16]) {
        self.anchors.clear();
        let size = (2 * a.len()).next_power_of_two().max(16);
        let shift = 64 - size.trailing_zeros();
        self.slots.clear();
        self.slots.resize(size, Slot::default());
        let slots = self.slots.as_mut_slice();
        trigrams(a, |n, key| {
            let entry = &mut slots[find(slots, shift, key)];
            *entry = Slot { key, a: if entry.a == 0 { n + 1 } else { SEVERAL }, b: 0 };
        });
        // The slots that the trigrams of `b` were found in, so that none is looked up again.
        let found = &mut self.found;
        found.clear();
        trigrams(b, |n, key| {
            let slot = find(slots, shift, key);
            let entry = &mut slots[slot];
            if entry.a != 0 && entry.a != SEVERAL {
                entry.b = if entry.b == 0 { n + 1 } else { SEVERAL };
                found.push((slot as u32, n));
            }
        });
        for &(slot, n) in found.iter() {
            let entry = slots[slot as usize];
            if entry.b == n + 1 {
                self.anchors.push((entry.a - 1, n));
            }
        }
        self.keep_longest_chain();
    }

    /// Patience sorting: `anchors` ascend in their second place; keeps the longest subsequence that ascends in both.
    fn keep_longest_chain(&mut self) {
        if self.anchors.windows(2).all(|w| w[0].0 < w[1].0) {
            return;
        }
        self.piles.clear();
        self.before.clear();
        for (n, &(place, _)) in self.anchors.iter().enumerate() {
            let pile = self.piles.partition_point(|&top| self.anchors[top as usize].0 < place);
            self.before.push(if pile == 0 { u32::MAX } else { self.piles[pile - 1] });
            if pile == self.piles.len() {
                self.piles.push(n as u32);
            } else {
                self.piles[pile] = n as u32;
            }
        }
        let mut at = self.piles.last().copied().unwrap_or(u32::MAX);
        let mut chain = Vec::with_capacity(self.piles.len());
        while at != u32::MAX {
            chain.push(self.anchors[at as usize]);
            at = self.before[at as usize];
        }
        chain.reverse();
        self.anchors = chain;
    }

    /// Aligns a stretch by edit distance.
    fn between(&mut self, a: &[u16], b: &[u16], (a_from, a_to): (usize, usize), (b_from, b_to): (usize, usize)) {
        let (x, y) = (&a[a_from..a_to], &b[b_from..b_to]);
        let head = common(x.iter(), y.iter());
        let tail = common(x[head..].iter().rev(), y[head..].iter().rev());
        let (x, y) = (&x[head..x.len() - tail], &y[head..y.len() - tail]);
        let (a_from, b_from) = (a_from + head, b_from + head);
        if x.is_empty() && y.is_empty() {
            return;
        }
        let width = y.len() + 1;
        if x.is_empty() || y.is_empty() || (x.len() + 1) * width > TABLE_TO {
            self.push(a_from, a_from + x.len(), b_from, b_from + y.len());
            return;
        }
        self.costs.clear();
        self.costs.resize((x.len() + 1) * width, 0);
        for j in 0..width {
            self.costs[j] = j as u16;
        }
        for i in 1..=x.len() {
            let (above, row) = self.costs.split_at_mut(i * width);
            let above = &above[(i - 1) * width..];
            let row = &mut row[..width];
            row[0] = i as u16;
            for j in 1..width {
                let replaced = above[j - 1] + u16::from(x[i - 1] != y[j - 1]);
                row[j] = replaced.min(above[j] + 1).min(row[j - 1] + 1);
            }
        }
        // Walked from the end; the runs of edits are collected backwards and turned round.
        let first = self.diffs.len();
        let (mut i, mut j) = (x.len(), y.len());
        let mut run: Option<(usize, usize)> = None;
        while i > 0 || j > 0 {
            let here = self.costs[i * width + j];
            let diagonal = (i > 0 && j > 0).then(|| self.costs[(i - 1) * width + j - 1]);
            if let Some(cost) = diagonal
                && x[i - 1] == y[j - 1]
                && cost == here
            {
                if let Some((i_end, j_end)) = run.take() {
                    self.diffs.push(diff(a_from + i, a_from + i_end, b_from + j, b_from + j_end));
                }
                (i, j) = (i - 1, j - 1);
                continue;
            }
            run.get_or_insert((i, j));
            if diagonal.is_some_and(|cost| cost + 1 == here) {
                (i, j) = (i - 1, j - 1);
            } else if i > 0 && self.costs[(i - 1) * width + j] + 1 == here {
                i -= 1;
            } else {
                j -= 1;
            }
        }
        if let Some((i_end, j_end)) = run {
            self.diffs.push(diff(a_from, a_from + i_end, b_from, b_from + j_end));
        }
        self.diffs[first..].reverse();
    }

    fn push(&mut self, a: usize, a_end: usize, b: usize, b_end: usize) {
        self.diffs.push(diff(a, a_end, b, b_end));
    }
}

fn diff(a: usize, a_end: usize, b: usize, b_end: usize) -> Diff {
    Diff { a: a as u32, a_end: a_end as u32, b: b as u32, b_end: b_end as u32 }
}

/// Units in which two texts agree from where they begin.
#[inline]
pub(super) fn common<'u>(a: impl Iterator<Item = &'u u16>, b: impl Iterator<Item = &'u u16>) -> usize {
    a.zip(b).take_while(|(x, y)| x == y).count()
}

/// A trigram of a text, where it stands in it, and where in another one.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    key: u64,
    /// Its place in the one text plus one; 0 for an empty slot, [`SEVERAL`] where there are more.
    a: u32,
    /// Its place in the other text plus one; 0 for none yet, [`SEVERAL`] where there are more.
    b: u32,
}

const SEVERAL: u32 = u32::MAX;

/// Hands on each trigram of a text in order: its place, and its units in one word.
#[inline]
fn trigrams(units: &[u16], mut each: impl FnMut(u32, u64)) {
    let [first, second, rest @ ..] = units else { return };
    let mut key = u64::from(*first) << 16 | u64::from(*second);
    for (n, &unit) in (0..).zip(rest) {
        key = (key << 16 | u64::from(unit)) & 0xFFFF_FFFF_FFFF;
        each(n, key);
    }
}

/// The slot that holds `key`, or the empty one where it belongs. The table is at most half full.
#[inline]
fn find(slots: &[Slot], shift: u32, key: u64) -> usize {
    let mask = slots.len() - 1;
    let mut slot = spread(key, shift) & mask;
    while slots[slot].a != 0 && slots[slot].key != key {
        slot = (slot + 1) & mask;
    }
    slot
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn units(text: &str) -> Vec<u16> {
        text.encode_utf16().collect()
    }

    #[track_caller]
    fn check(a: &str, b: &str, expected: &str) {
        let (a, b) = (units(a), units(b));
        let mut aligner = Aligner::default();
        let shown: Vec<String> = aligner
            .diffs(&a, &b)
            .iter()
            .map(|d| {
                let of = |u: &[u16], from: u32, to: u32| String::from_utf16_lossy(&u[from as usize..to as usize]);
                format!("{}>{}", of(&a, d.a, d.a_end), of(&b, d.b, d.b_end))
            })
            .collect();
        assert_eq!(shown.join(" "), expected);
    }

    #[test]
    fn shows_what_differs() {
        check("市总工会", "市总工会", "");
        check("", "工会", ">工会");
        check("市总工会慰问职工", "市总土会慰问职工", "工>土");
        check("市总工会慰问职工", "市总会慰问只职工", "工> >只");
        check("职工一千人参加", "职工两千余人参加", "一>两 >余");
        check("张三报道", "李四报道", "张三>李四");
    }

    #[test]
    fn a_character_more_and_one_less() {
        let of = |a: &str, b: &str| {
            let (a, b) = (units(a), units(b));
            let found = Aligner::default().diffs(&a, &b).to_vec();
            found.iter().map(|&diff| shifted(&a, &b, diff)).collect::<Vec<_>>()
        };
        let diff = |a, a_end, b, b_end| Diff { a, a_end, b, b_end };
        assert_eq!(of("的重要时期", "的重而要期"), [Some([diff(2, 2, 2, 3), diff(3, 4, 4, 4)])]);
        assert_eq!(of("的重要时期", "的重时会期"), [Some([diff(2, 3, 2, 2), diff(4, 4, 3, 4)])]);
        assert_eq!(of("的重要时期", "的重大会期"), [None]);
        // Where two changed places, the same one has moved either way.
        assert_eq!(of("的时要期", "的要时期"), [Some([diff(1, 1, 1, 2), diff(2, 3, 3, 3)])]);
        assert_eq!(of("的要时期", "的时要期"), [Some([diff(1, 2, 1, 1), diff(3, 3, 2, 3)])]);
    }

    #[test]
    fn finds_a_dropped_sentence_between_misreadings() {
        let text =
            "市总工会昨天召开全委会议总结去年的工作部署今年的任务各县区工会主席参加了会议并作了发言会议通过了工作报告";
        let copy =
            text.replace("各县区工会主席参加了会议并作了发言", "").replace("总结", "总洁").replace("报告", "报吿");
        check(text, &copy, "结>洁 各县区工会主席参加了会议并作了发言> 告>吿");
    }

    #[test]
    fn a_template_is_compared_place_by_place() {
        let text = "市总工会昨天慰问困难职工三十户发放慰问金五万元县区工会也慰问困难职工二十户发放慰问金四万元";
        let copy = text.replace("三十", "七十").replace("四万", "九万");
        check(text, &copy, "三>七 四>九");
    }

    proptest! {
        #[test]
        fn between_the_diffs_the_texts_agree(a in "[甲乙丙丁戊]{0,120}", b in "[甲乙丙丁戊]{0,120}") {
            let (a, b) = (units(&a), units(&b));
            let mut aligner = Aligner::default();
            let (mut i, mut j) = (0, 0);
            for d in aligner.diffs(&a, &b) {
                prop_assert!(d.a as usize >= i && d.b as usize >= j && d.edits() > 0);
                prop_assert_eq!(&a[i..d.a as usize], &b[j..d.b as usize]);
                (i, j) = (d.a_end as usize, d.b_end as usize);
            }
            prop_assert_eq!(&a[i..], &b[j..]);
        }
    }
}
