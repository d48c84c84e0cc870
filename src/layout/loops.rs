//! Loops and copied sections: what the page reader wrote more than once.
//!
//! In: the rows of a page, each with the text that counts. Out: for each row the row that it copies, or None.
//!
//! A copy is followed as a run: if row `i` copies row `s`, row `i + 1` is first held against row `s + 1`. So a loop of any
//! period and a copied section of any length are one thing, and each row is compared a bounded number of times. A row may
//! be an exact copy, a copy cut short, or one that drifts (the reader changes a character each time). A run counts only if
//! it holds enough text: a short line that stands twice is no repeat by itself.
//!
//! Near-duplicates that the newspaper itself printed twice are not looked for here; that is the business of `dedup`.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use crate::layout::glyph;
use crate::settings;
use crate::text::{find_other, is_common_ideograph};

/// What is compared of a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Text<'p> {
    /// Its text, without the credit that opens it.
    pub text: &'p str,
    /// Whether it is running text, which counts in a run by its length.
    pub running: bool,
}

/// A row that copies another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Copied {
    /// The row that stands first, and is no copy itself.
    pub of: usize,
    /// The share of characters in which it agrees with the row that it was held against.
    pub similarity: f32,
    /// How many rows before it the copied row stands.
    pub distance: usize,
    /// It stands in a loop: the run is longer than its distance.
    pub looped: bool,
    /// It is cut short.
    pub short: bool,
}

#[derive(Clone, Copy)]
struct Step {
    row: usize,
    source: usize,
    similarity: f32,
    short: bool,
    /// Where the two rows differ, if they do.
    changed: Option<Changed>,
}

/// Characters that are the same before and behind what differs.
#[derive(Clone, Copy)]
struct Changed {
    before: u32,
    behind: u32,
}

struct Row {
    /// Characters, folded, without blanks and mark-up.
    chars: u32,
    /// Hash of all of them; of a row that opens as no other does, which is the copy of none, of the first ones.
    key: u64,
    /// Hash of the first characters.
    opening: u64,
}

/// Rows of fewer characters are not found by their opening.
const OPENING: u32 = 6;

/// Finds the copies among `rows`.
pub(super) fn find(rows: &[Text<'_>], settings: &settings::Layout) -> Vec<Option<Copied>> {
    let keyed = keyed(rows);
    let mut found: Vec<Option<Copied>> = vec![None; rows.len()];
    let mut latest: FxHashMap<u64, u32> = FxHashMap::default();
    let mut by_opening: FxHashMap<u64, u32> = FxHashMap::default();
    let mut run: Vec<Step> = Vec::new();
    for (i, row) in keyed.iter().enumerate() {
        let expected = run.last().map(|last| last.source + 1).filter(|&s| s < i);
        let mut step = expected.and_then(|s| follow(rows, &keyed, i, s, settings));
        if step.is_none() {
            close(&mut run, rows, &keyed, &mut found, settings);
            step = start(rows, &keyed, i, &latest, &by_opening, settings);
        }
        if let Some(step) = step {
            run.push(step);
        }
        if row.chars > 0 {
            latest.insert(row.key, i as u32);
        }
        if row.chars >= OPENING {
            by_opening.insert(row.opening, i as u32);
        }
    }
    close(&mut run, rows, &keyed, &mut found, settings);
    found
}

fn keyed(rows: &[Text<'_>]) -> Vec<Row> {
    let mut keyed: Vec<Row> = rows.iter().map(|row| opened(row.text)).collect();
    // The first row that opens so, until it gets its key.
    let mut openings: FxHashMap<u64, Option<usize>> = FxHashMap::default();
    for i in 0..keyed.len() {
        if keyed[i].chars < OPENING {
            continue;
        }
        match openings.entry(keyed[i].opening) {
            Entry::Vacant(new) => {
                new.insert(Some(i));
            }
            Entry::Occupied(mut known) => {
                for alike in known.get_mut().take().into_iter().chain([i]) {
                    keyed[alike].key = key_of(compared(rows[alike].text));
                }
            }
        }
    }
    keyed
}

/// A row of which only the first characters are in the key.
fn opened(text: &str) -> Row {
    let first = key_of(compared(text).take(OPENING as usize));
    let mut chars = 0;
    let mut at = 0;
    while let Some((stop, c)) = find_other(text, at) {
        chars += (stop - at) / 3 + usize::from(counts(c));
        at = stop + c.len_utf8();
    }
    chars += (text.len() - at) / 3;
    let chars = chars as u32;
    Row { chars, key: first, opening: if chars < OPENING { 0 } else { first } }
}

fn key_of(chars: impl Iterator<Item = char>) -> u64 {
    chars.fold(0, |key, c| glyph::mix(key, c as u32))
}

/// The characters of a row that count.
fn compared(text: &str) -> impl DoubleEndedIterator<Item = char> + '_ {
    text.chars().filter(|c| counts(*c)).map(|c| if is_common_ideograph(c) { c } else { glyph::fold(c) })
}

fn counts(c: char) -> bool {
    is_common_ideograph(c) || !c.is_whitespace() && !matches!(c, '*' | '#')
}

/// Whether row `i` goes on with the run that has reached row `s`.
fn follow(rows: &[Text<'_>], keyed: &[Row], i: usize, s: usize, settings: &settings::Layout) -> Option<Step> {
    if keyed[i].key == keyed[s].key && keyed[i].chars > 0 {
        return Some(Step { row: i, source: s, similarity: 1.0, short: false, changed: None });
    }
    if is_cut_short(rows, keyed, i, s) {
        return Some(Step { row: i, source: s, similarity: 1.0, short: true, changed: None });
    }
    drift(rows, keyed, i, s, settings)
}

/// Where a run can start at row `i`.
fn start(
    rows: &[Text<'_>],
    keyed: &[Row],
    i: usize,
    latest: &FxHashMap<u64, u32>,
    by_opening: &FxHashMap<u64, u32>,
    settings: &settings::Layout,
) -> Option<Step> {
    if keyed[i].chars == 0 {
        return None;
    }
    if let Some(&s) = latest.get(&keyed[i].key) {
        return Some(Step { row: i, source: s as usize, similarity: 1.0, short: false, changed: None });
    }
    if let Some(&s) = by_opening.get(&keyed[i].opening).filter(|_| keyed[i].chars >= OPENING) {
        let s = s as usize;
        if is_cut_short(rows, keyed, i, s) && (s + 1 == i || keyed[i].chars >= settings.repeat_chars) {
            return Some(Step { row: i, source: s, similarity: 1.0, short: true, changed: None });
        }
    }
    (i.saturating_sub(settings.drift_rows)..i).rev().find_map(|s| drift(rows, keyed, i, s, settings))
}

/// Whether row `i` is the beginning of row `s`, and the reader stopped in it.
fn is_cut_short(rows: &[Text<'_>], keyed: &[Row], i: usize, s: usize) -> bool {
    keyed[i].chars >= OPENING
        && keyed[i].chars < keyed[s].chars
        && keyed[i].opening == keyed[s].opening
        && rows[i].running
        && rows[s].running
        && compared(rows[i].text).zip(compared(rows[s].text)).all(|(a, b)| a == b)
}

/// Whether row `i` is row `s` with a character or two changed in one place, and no digit among them.
fn drift(rows: &[Text<'_>], keyed: &[Row], i: usize, s: usize, settings: &settings::Layout) -> Option<Step> {
    let (a, b) = (keyed[i].chars, keyed[s].chars);
    if !rows[i].running || a.min(b) < settings.drift_chars || a.abs_diff(b) > 2 {
        return None;
    }
    let (left, right) = (rows[i].text, rows[s].text);
    // What was changed stands in one place: the first characters agree, or the last.
    let ends =
        [compared(left).next() == compared(right).next(), compared(left).next_back() == compared(right).next_back()];
    if ends == [false; 2] {
        return None;
    }
    let same_start = compared(left).zip(compared(right)).take_while(|(x, y)| x == y).count() as u32;
    if same_start + 2 >= a.max(b) {
        // Only the last characters differ: a run on the ends would count them twice.
        return changed_no_digit(left, right, same_start, 0).then_some(Step {
            row: i,
            source: s,
            similarity: same_start as f32 / a.max(b) as f32,
            short: false,
            changed: Some(Changed { before: same_start, behind: 0 }),
        });
    }
    let same_end = compared(left).rev().zip(compared(right).rev()).take_while(|(x, y)| x == y).count() as u32;
    let same = (same_start + same_end).min(a.min(b));
    let changed = Changed { before: same_start, behind: same_end.min(a.min(b) - same_start) };
    (same + 2 >= a.max(b) && changed_no_digit(left, right, changed.before, changed.behind)).then_some(Step {
        row: i,
        source: s,
        similarity: same as f32 / a.max(b) as f32,
        short: false,
        changed: Some(changed),
    })
}

fn changed_no_digit(left: &str, right: &str, same_start: u32, same_end: u32) -> bool {
    [left, right].iter().all(|text| {
        let n = compared(text).count();
        compared(text)
            .take(n.saturating_sub(same_end as usize))
            .skip(same_start as usize)
            .all(|c| !c.is_ascii_digit() && !matches!(c, '一'..='十' if "一二三四五六七八九十".contains(c)))
    })
}

/// Whether the rows of a run differ in one place alone, each from the next: the rows of a list (甲厂工会…, 乙厂工会…), since a
/// reader errs now here and now there.
fn is_list(run: &[Step], keyed: &[Row]) -> bool {
    /// Characters of the place in which they differ.
    const PLACE: u32 = 3;
    let least = |least: (u32, u32), step: &Step| {
        step.changed.map(|changed| (least.0.min(changed.before), least.1.min(changed.behind)))
    };
    let Some((before, behind)) = run.iter().try_fold((u32::MAX, u32::MAX), least) else { return false };
    run.iter().all(|step| keyed[step.row].chars.saturating_sub(before.saturating_add(behind)) <= PLACE)
}

/// Decides on a run that has ended: its rows are copies if it holds enough text.
fn close(
    run: &mut Vec<Step>,
    rows: &[Text<'_>],
    keyed: &[Row],
    found: &mut [Option<Copied>],
    settings: &settings::Layout,
) {
    let Some(first) = run.first() else { return };
    let distance = first.row - first.source;
    let chars: u32 = run.iter().filter(|s| rows[s.row].running).map(|s| keyed[s.row].chars).sum();
    let drifts = run.iter().all(|s| s.similarity < 1.0);
    let at_once = distance == 1 && rows[first.row].running && keyed[first.row].chars >= OPENING;
    let counts = if drifts {
        run.len() > 1 && run.len() >= distance && !is_list(run, keyed)
    } else {
        chars >= settings.repeat_chars || at_once || run.len() >= 3 * distance.max(1)
    };
    if counts {
        let looped = run.len() >= distance;
        for step in run.iter() {
            let of = found[step.source].map_or(step.source, |c| c.of);
            found[step.row] = Some(Copied { of, similarity: step.similarity, distance, looped, short: step.short });
        }
    }
    run.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(page: &[&str], expected: &[Option<usize>]) {
        let rows: Vec<Text<'_>> = page.iter().map(|text| Text { text, running: text.chars().count() > 5 }).collect();
        let found: Vec<Option<usize>> =
            find(&rows, &settings::Layout::default()).iter().map(|c| c.map(|c| c.of)).collect();
        assert_eq!(found, expected, "{page:?}");
    }

    const A: &str = "县总工会昨日为三百名环卫工人送去清凉饮料和毛巾等慰问品。";
    const B: &str = "随后，慰问组又走访了城北的两家企业，看望一线职工和他们的家属。";
    const C: &str = "慰问活动将持续到八月底，预计惠及职工两千余人次，覆盖全县乡镇。";

    #[test]
    fn loops_of_any_period() {
        check(&[A, A, A], &[None, Some(0), Some(0)]);
        check(&[A, B, A, B, A, B], &[None, None, Some(0), Some(1), Some(0), Some(1)]);
        check(&[A, B, C, A, B, C], &[None, None, None, Some(0), Some(1), Some(2)]);
        check(&[A, B, C, B, C, B], &[None, None, None, Some(1), Some(2), Some(1)]);
    }

    #[test]
    fn a_last_copy_cut_short() {
        check(&[A, "县总工会昨日为三百名"], &[None, Some(0)]);
        check(&[A, B, A, "随后，慰问组又走访了城北"], &[None, None, Some(0), Some(1)]);
        check(&[A, A, "县总工会昨日"], &[None, Some(0), Some(0)]);
        check(&[A, B, "县总工会昨日为三百名"], &[None, None, None]);
    }

    #[test]
    fn a_copied_section_with_its_subhead() {
        check(&["送清凉", A, B, C, "送清凉", A, B], &[None, None, None, None, Some(0), Some(1), Some(2)]);
    }

    #[test]
    fn a_copy_that_drifts() {
        let second = A.replace('昨', "咋");
        let third = second.replace('毛', "手");
        check(&[A, &second, &third], &[None, Some(0), Some(0)]);
        check(&[A, B, &second], &[None, None, None]);
    }

    #[test]
    fn rows_of_a_list() {
        let row = |factory: &str| format!("{factory}厂工会，组织健全，活动经常，制度完善，命名为模范职工之家。");
        let rows = ["水泥", "造船", "化肥", "印刷"].map(row);
        check(&rows.each_ref().map(String::as_str), &[None; 4]);
        let rows = ["甲", "乙", "丙", "丁"].map(|name| row(&format!("城东{name}")));
        check(&rows.each_ref().map(String::as_str), &[None; 4]);
    }

    #[test]
    fn no_repeats() {
        check(&["送清凉", A, "送清凉", B], &[None; 4]);
        check(&["甲乡：12人", "甲乡：13人", "甲乡：14人"], &[None; 3]);
        let (ten, eleven) = (A.replace("三百", "300"), A.replace("三百", "400"));
        check(&[&ten, &eleven, &A.replace("三百", "500")], &[None; 3]);
        check(&[], &[]);
        check(&["", ""], &[None, None]);
    }

    #[test]
    fn width_and_blanks_do_not_matter() {
        check(&["县总工会为３００名职工，送去毛巾。", "县总工会 为300名职工,送去毛巾。"], &[None, Some(0)]);
    }
}
