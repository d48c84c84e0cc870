//! Whether two texts say the same.
//!
//! In: two normal forms that are candidates. Out: a [`Finding`]. They are aligned; one long gap is allowed between them (a
//! dropped sentence, a cut tail), and what differs besides is weighed, difference by difference (`evidence`): a sum of
//! log-odds, so that one swapped name in a clean text makes a variant, and one odd stretch among ten misreadings does not.
//! A number that stands against another number makes a variant whatever else is found. Where a variant differs in a credit,
//! it is weighed once more without (`body`): a reprint has another dateline and another byline.

use smallvec::SmallVec;

use crate::dedup::align::{Aligner, Diff, common, shifted};
use crate::dedup::body;
use crate::dedup::evidence::{self, Outline, Weighed};
use crate::dedup::usage::Usage;
use crate::settings;
use crate::text::Normal;

/// A text as it is compared.
#[derive(Clone, Copy, Debug)]
pub struct Text<'u> {
    /// Its normal form.
    pub units: &'u [u16],
    /// The marks that the normal form leaves out.
    pub marks: Marks,
}

/// The marks that a normal form leaves out: how many (up to 255) in the lowest byte, and a hash of them above it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks(pub u32);

impl Marks {
    /// Those of a normal form.
    pub fn of(normal: &Normal) -> Self {
        Self(normal.marks & !0xFF | normal.n_marks.min(0xFF))
    }

    /// How many more there are than of the other text.
    fn more_than(self, other: Self) -> i32 {
        (self.0 & 0xFF) as i32 - (other.0 & 0xFF) as i32
    }
}

/// What the comparison of two texts found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// They say different things.
    Unrelated,
    /// The same template with other facts.
    Variant,
    /// The same text, misread, revised, or with a sentence more or less.
    Near,
    /// The shorter one is wholly contained in the longer one.
    Excerpt,
}

/// A verdict, and what it rests on. Pairs stand for the one and the other text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Finding {
    /// What was found.
    pub verdict: Verdict,
    /// 1 less the share of the longer text that differs, 0 to 1.
    pub similarity: f32,
    /// Which text lacks what the other has in the gap.
    pub lacks: [bool; 2],
    /// Characters in which each reads worse than the other, by the archive's usage; of a variant not all are counted.
    pub misread: [u32; 2],
}

const UNRELATED: Finding = Finding { verdict: Verdict::Unrelated, similarity: 0.0, lacks: [false; 2], misread: [0; 2] };

/// What a sum of weights may be off by, added up in another order.
const ROUNDING: f64 = 0.01;

/// Characters that a stretch must be longer on one side than on the other to be a gap and not a misreading.
const GAP_FROM: u32 = 6;

/// Compares pairs of texts; holds the memory that is used again.
#[derive(Debug, Default)]
pub struct Verifier {
    aligner: Aligner,
    bag: Bag,
    heads: body::Heads,
}

impl Verifier {
    /// Compares two texts.
    pub fn compare(&mut self, a: Text<'_>, b: Text<'_>, usage: &Usage, settings: &settings::Dedup) -> Finding {
        if self.have_too_little_in_common(a.units, b.units, settings) {
            return UNRELATED;
        }
        let marks = (a.marks != b.marks).then(|| a.marks.more_than(b.marks));
        let found = self.weigh(a.units, b.units, marks, usage, settings);
        if found.verdict >= Verdict::Near {
            return found;
        }
        if found.verdict == Verdict::Unrelated {
            return self.weigh_put_back(a, b, marks, usage, settings).unwrap_or(found);
        }
        let bodies = body::bodies(a.units, b.units, self.aligner.last(), &mut self.heads);
        let Some([x, y]) = bodies.filter(|[x, y]| x.len().min(y.len()) as u32 >= settings.body_from) else {
            return self.weigh_put_back(a, b, marks, usage, settings).unwrap_or(found);
        };
        // A bracket around a credit is a mark too, so other marks say nothing here.
        let bodies = self.weigh(&a.units[x], &b.units[y], None, usage, settings);
        if bodies.verdict < Verdict::Near {
            return found;
        }
        Finding { verdict: Verdict::Near, similarity: found.similarity, ..bodies }
    }

    /// Whether two texts cannot be copies in whatever order their characters stand.
    fn have_too_little_in_common(&mut self, a: &[u16], b: &[u16], settings: &settings::Dedup) -> bool {
        let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
        // Whatever the gap, each character of the shorter one that the longer one lacks is an edit outside of it. What is
        // added keeps rounding on the side of looking.
        let most = settings.edit_share * long.len() as f32 + 0.01;
        !may_be_copies(short.len() as u32, long.len() as u32, settings)
            || self.bag.lacks_more_than(most as usize, short, long)
    }

    /// What two texts are of which the one has two stretches in another order; None where they say different things even so.
    fn weigh_put_back(
        &mut self,
        a: Text<'_>,
        b: Text<'_>,
        marks: Option<i32>,
        usage: &Usage,
        settings: &settings::Dedup,
    ) -> Option<Finding> {
        let found = self.weigh(a.units, &put_back(a.units, b.units)?, marks, usage, settings);
        (found.verdict >= Verdict::Near).then_some(Finding { verdict: Verdict::Near, ..found })
    }

    /// Compares two normal forms; `marks` says by how many marks the one text has more, where the marks differ.
    fn weigh(
        &mut self,
        a: &[u16],
        b: &[u16],
        marks: Option<i32>,
        usage: &Usage,
        settings: &settings::Dedup,
    ) -> Finding {
        let (short, long) = (a.len().min(b.len()) as u32, a.len().max(b.len()) as u32);
        if !may_be_copies(short, long, settings) {
            return UNRELATED;
        }
        let Some(diffs) = self.aligner.diffs_if_alike(a, b) else { return UNRELATED };
        let gap = gap(diffs);
        let gap_len = gap.map_or(0, Diff::excess);
        if gap_len > 0 && (short < settings.gap_from || gap_len as f32 > settings.gap_share * long as f32) {
            return UNRELATED;
        }
        let edits = diffs.iter().map(|d| d.edits()).sum::<u32>() - gap_len;
        let share = edits as f32 / (long - gap_len).max(1) as f32;
        if share > settings.edit_share {
            return UNRELATED;
        }
        let mut found = Finding {
            verdict: Verdict::Near,
            similarity: 1.0 - (edits + gap_len) as f32 / long.max(1) as f32,
            lacks: gap.map_or([false; 2], |g| [g.a_len() < g.b_len(), g.b_len() < g.a_len()]),
            misread: [0; 2],
        };
        if edits == 0 {
            if gap_len > 0 {
                found.verdict = Verdict::Excerpt;
            }
            return found;
        }
        // Cheaper than asking the dictionary, and it settles most pairs that fill one template.
        let outside = || diffs.iter().copied().filter(|&d| Some(d) != gap);
        if outside().any(|d| evidence::is_other_number(a, b, d)) || evidence::is_told_otherwise(a, b, outside()) {
            found.verdict = Verdict::Variant;
            return found;
        }
        let weights = &settings.evidence;
        let halvings = evidence::halvings(short as usize);
        let mut sum = weights.prior + (weights.density + weights.density_of_short * halvings) * share;
        if gap.is_some() {
            sum += weights.gap;
        }
        sum += weights.brevity * halvings;
        // What the differences say for misreadings and for another fact, and how much of that the former may make up for.
        let mut amends = 0.0;
        let (mut facts, mut runs): (SmallVec<[f32; 8]>, SmallVec<[f32; 8]>) = Default::default();
        let (mut edits_of_facts, mut edits_of_runs) = (0, 0);
        // A character more and a mark less is a mark that was read as a character, and says nothing of the other marks.
        let slips = |more: i32| diffs.iter().filter(|d| d.b_len() as i32 - d.a_len() as i32 == more.signum()).count();
        let misread = |more: i32| more != 0 && more.unsigned_abs() as usize <= slips(more);
        if marks.is_some_and(|more| !misread(more)) {
            let marks = weights.marks + weights.marks_of_short * halvings;
            amends += marks.max(0.0);
            sum += marks;
        }
        let needed = weights.needed + weights.needed_more_of_short * halvings * usage.tenfolds();
        // The dictionary is asked only as long as what the differences weigh at most can still be enough.
        let outlines: SmallVec<[Outline; 8]> =
            outside().flat_map(|diff| parted(a, b, diff)).map(|diff| Outline::of(a, b, diff, usage, weights)).collect();
        // Beside a gap there may be none at all.
        if !outlines.is_empty() && outlines.iter().all(|one| one.diff.a_len().min(one.diff.b_len()) > 1) {
            sum += weights.runs_alone;
        }
        let mut most = f64::from(sum) + outlines.iter().map(|o| f64::from(o.most)).sum::<f64>() + ROUNDING;
        for outline in &outlines {
            if most < f64::from(needed) {
                found.verdict = Verdict::Variant;
                return found;
            }
            let Weighed { weight, tells, worse } = outline.weigh(a, b, usage, weights);
            most += f64::from(weight) - f64::from(outline.most);
            amends += weight.max(0.0);
            sum += weight;
            if weight < 0.0 && tells {
                facts.push(weight);
                edits_of_facts += outline.diff.edits();
            } else if weight < weights.tells_from {
                runs.push(weight);
                edits_of_runs += outline.diff.edits();
            }
            if let Some(worse) = worse {
                found.misread[worse] += outline.diff.edits();
            }
        }
        // Where nothing else is misread, what misreadings seldom are is another fact.
        if edits == edits_of_facts + edits_of_runs {
            facts.append(&mut runs);
        }
        let noise = (edits - edits_of_facts) as f32;
        let most_amends = (weights.amends + weights.amends_by_noise * (noise * noise / short as f32).ln()).max(0.0);
        let besides = weights.prior + amends.min(most_amends) - needed;
        if sum < needed || !are_misreadings(facts.iter().map(|weight| weight + besides)) {
            found.verdict = Verdict::Variant;
        }
        found
    }

    /// Where two texts differ, for who wants to show it.
    pub fn diffs(&mut self, a: &[u16], b: &[u16]) -> &[Diff] {
        self.aligner.diffs(a, b)
    }
}

/// A difference as it is weighed: what is no word for a word may be a character more and one less.
fn parted(a: &[u16], b: &[u16], diff: Diff) -> SmallVec<[Diff; 2]> {
    match shifted(a, b, diff) {
        Some(parts) if !evidence::are_words_in_one_place(a, b, diff) => parts.into(),
        _ => SmallVec::from_slice(&[diff]),
    }
}

/// Whether differences are more likely all misreadings than that one of them or more tells another fact, by the log-odds of
/// each: a noisy or (Pearl 1988).
fn are_misreadings(log_odds: impl Iterator<Item = f32>) -> bool {
    log_odds.map(|odds| 1.0 / (1.0 + f64::from(-odds).exp())).product::<f64>() >= 0.5
}

/// Characters of each of two stretches that changed places, at least: two sentences or lines, not two names.
const MOVED_FROM: usize = 10;
/// Characters by which two stretches that changed places are known.
const MOVED_KEY: usize = 4;
/// Characters that are lost or read too many where two stretches changed places, at most.
const MOVED_SLACK: usize = 3;

/// The second text with two stretches exchanged, where that puts them in the order that the first text has them in: lines
/// and sentences that a page reader took in another order.
fn put_back(a: &[u16], b: &[u16]) -> Option<Vec<u16>> {
    if a.len().abs_diff(b.len()) > MOVED_SLACK {
        return None;
    }
    let head = common(a.iter(), b.iter());
    let (x, y) = (&a[head..], &b[head..]);
    let tail = common(x.iter().rev(), y.iter().rev());
    let (x, y) = (&x[..x.len() - tail], &y[..y.len() - tail]);
    if x.len().min(y.len()) < 2 * MOVED_FROM {
        return None;
    }
    let (in_y, in_x) = (place_of_key(x, y)?, place_of_key(y, x)?);
    let moved = in_y.min(in_x) >= MOVED_FROM && (in_y + in_x).abs_diff(x.len()) <= MOVED_SLACK;
    // 甲队战胜乙队, 乙队战胜甲队: what stays between the two says what the one is to the other.
    let stays = (in_y + in_x).saturating_sub(x.len()).min(in_x).min(in_y);
    let between = stays > 0 && x[in_x - stays..in_x] == y[in_y - stays..in_y];
    (moved && !between).then(|| {
        let (first, second) = y.split_at(in_y);
        [&b[..head], second, first, &b[b.len() - tail..]].concat()
    })
}

/// Where the first characters of `of` stand in `within`.
fn place_of_key(of: &[u16], within: &[u16]) -> Option<usize> {
    let key = of.first_chunk::<MOVED_KEY>()?;
    within.array_windows().position(|window| window == key)
}

/// Whether the second of two texts that differ so is the first but for one gap.
pub(super) fn is_excerpt(diffs: &[Diff]) -> bool {
    matches!(diffs, [only] if only.b_len() == 0)
}

/// Whether two texts of such lengths may be copies at all: the longer one must fit into the shorter one with the largest gap
/// beside it.
pub(super) fn may_be_copies(short: u32, long: u32, settings: &settings::Dedup) -> bool {
    short >= settings.near_from && (short as f32) >= (1.0 - settings.gap_share) * 0.9 * long as f32
}

/// Counts of units by their lowest bits: what tells, before two texts are aligned, that they have too little in common.
#[derive(Debug, Default)]
struct Bag(Vec<u16>);

impl Bag {
    /// Counters; some sixty different characters of a paragraph leave most of them alone.
    const SIZE: usize = 2048;

    /// Whether more than `most` units of `part` are not in `whole`, each as often as it is there. Units that share a counter
    /// let some more pass.
    fn lacks_more_than(&mut self, most: usize, part: &[u16], whole: &[u16]) -> bool {
        if part.len() <= most || whole.len() > usize::from(u16::MAX) {
            return false;
        }
        self.0.resize(Self::SIZE, 0);
        let Ok(counts) = <&mut [u16; Self::SIZE]>::try_from(self.0.as_mut_slice()) else { return false };
        let at = |unit: u16| usize::from(unit) % Self::SIZE;
        for &unit in whole {
            counts[at(unit)] += 1;
        }
        let (mut lacks, mut found_enough) = (0, part.len() - most);
        for &unit in part {
            let count = &mut counts[at(unit)];
            if *count > 0 {
                *count -= 1;
                found_enough -= 1;
            } else {
                lacks += 1;
            }
            if lacks > most || found_enough == 0 {
                break;
            }
        }
        counts.fill(0);
        lacks > most
    }
}

/// The one difference that is a gap: much longer on one side than on the other, with next to nothing on that other side.
pub fn gap(diffs: &[Diff]) -> Option<Diff> {
    let longest = diffs.iter().copied().max_by_key(|d| d.excess())?;
    let remains = longest.a_len().min(longest.b_len());
    (longest.excess() >= GAP_FROM && 4 * remains <= longest.excess()).then_some(longest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(a: &str, b: &str, expected: bool) {
        let [a, b] = [a, b].map(|text| Normal::of(text).units);
        assert_eq!(put_back(&a, &b).is_some_and(|b| b == a), expected);
    }

    #[test]
    fn no_word_for_a_word_is_a_character_more_and_one_less() {
        let parts = |a: &str, b: &str| {
            let [a, b] = [a, b].map(|text| Normal::of(text).units);
            let found = Aligner::default().diffs(&a, &b).to_vec();
            found.iter().map(|&diff| parted(&a, &b, diff).len()).collect::<Vec<_>>()
        };
        assert_eq!(parts("工会的重要时期到了", "工会的重而要期到了"), [2]);
        assert_eq!(parts("我们中国的工会", "我们国家的工会"), [1]);
        assert_eq!(parts("我们工厂的工会", "我们公司的工会"), [1]);
    }

    #[test]
    fn sentences_in_another_order_are_put_back() {
        let (first, second) = ("入汛以来全市雨水比往年多了三成。", "各水库昨夜起开闸放水，下游已经转移。");
        check(&format!("{first}{second}"), &format!("{second}{first}"), true);
        check(&format!("据悉，{first}{second}完。"), &format!("据悉，{second}{first}完。"), true);
        check(first, second, false);
        check(first, first, false);
        check("", first, false);
    }

    #[test]
    fn each_difference_must_be_believed() {
        assert!(are_misreadings([].into_iter()));
        assert!(are_misreadings([0.1].into_iter()) && !are_misreadings([-0.1].into_iter()));
        assert!(are_misreadings([2.0, 2.0, 2.0].into_iter()) && !are_misreadings([0.1, 0.1].into_iter()));
        assert!(!are_misreadings([9.0, -0.1].into_iter()));
    }

    #[test]
    fn who_does_what_to_whom_stays() {
        let (one, other) = ("红旗机床厂工会代表队", "长江造船公司职工联队");
        check(&format!("{one}战胜{other}捧杯"), &format!("{other}战胜{one}捧杯"), false);
    }
}
