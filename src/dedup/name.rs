//! Whether what differs makes another personal name, or a misread one.
//!
//! In: a [`Diff`] of two normal forms. Out: how namely the characters are that stand against each other there, by the
//! statistics of names (`text/names.rs`). Who fills a template puts characters that names have; a page reader puts any.

use crate::dedup::align::Diff;
use crate::text::{is_listed, is_plausible, is_surname, is_word, look_up, name_favour, name_prefix};

/// Bits by which a character of a name is likelier there than anywhere, below which it is rather none.
const NAMELY: f32 = 1.5;
/// Bits that nothing but its characters says for a name.
const NAME_FAVOUR: f32 = 0.0;
/// Characters that are weighed with those before them to find where a name ends.
const NAME_REACH: usize = 9;

/// By how many bits what differs is too seldom in names for another name, where it stands in one and makes another one of it;
/// None where it does not.
pub(super) fn far_fetched(a: &[u16], b: &[u16], diff: Diff) -> Option<f32> {
    favour(a, b, diff).map(|favour| (NAMELY - favour).max(0.0))
}

/// By how many bits what differs is likelier in a name than anywhere in a text, on the side that has it less so, where it
/// stands in a personal name of two or three characters on either side and makes another one of it; None where it does not.
fn favour(a: &[u16], b: &[u16], diff: Diff) -> Option<f32> {
    if diff.a_len().max(diff.b_len()) > 3 {
        return None;
    }
    let in_both = [(a, diff.a as usize, diff.a_end as usize), (b, diff.b as usize, diff.b_end as usize)];
    if are_surnames_of_one_addressed(a, b, diff) {
        return Some(NAMELY);
    }
    // Both names begin as far before the difference, and end as far behind it.
    let mut best: Option<f32> = None;
    for (before, behind) in (0..=2).flat_map(|before| (0..=2).map(move |behind| (before, behind))) {
        let favours = in_both.map(|(units, from, to)| {
            let start = from.checked_sub(before)?;
            let end = to + behind;
            if !(2..=3).contains(&(end - start)) || !is_name(units, start, end) {
                return None;
            }
            let name = String::from_utf16_lossy(&units[start..end]);
            let of_each = (before..before + to - from).map(|at| name_favour(&name, at));
            Some(of_each.sum::<f32>() / (to - from).max(1) as f32)
        });
        if let [Some(a), Some(b)] = favours {
            best = Some(best.map_or(a.min(b), |best| best.max(a.min(b))));
        }
    }
    best
}

/// What a person is called by behind the surname alone.
const ADDRESSES: &[&str] = &[
    "老师", "师傅", "同志", "女士", "先生", "教授", "大夫", "医生", "大姐", "大爷", "大妈", "阿姨", "书记", "主席",
    "厂长", "经理", "局长",
];

/// Whether one surname stands against another one before what a person is called by (韩老师, 李老师).
fn are_surnames_of_one_addressed(a: &[u16], b: &[u16], diff: Diff) -> bool {
    let surname = |units: &[u16], at: u32| {
        units.get(at as usize).is_some_and(|&u| char::from_u32(u.into()).is_some_and(is_surname))
    };
    let addressed = |units: &[u16], end: u32| {
        let behind = units.get(end as usize..end as usize + 2).map(String::from_utf16_lossy);
        behind.is_some_and(|behind| ADDRESSES.contains(&behind.as_str()))
    };
    diff.a_len() == 1
        && diff.b_len() == 1
        && surname(a, diff.a)
        && surname(b, diff.b)
        && (addressed(a, diff.a_end) || addressed(b, diff.b_end))
}

/// Whether the stretch reads as a name where it stands: it is one of characters that names have, no word stands over its
/// ends, and what follows goes on without it. What a misreading puts into a name makes mostly a far-fetched one of it.
fn is_name(units: &[u16], from: usize, to: usize) -> bool {
    let text = |from: usize, to: usize| String::from_utf16_lossy(&units[from..to.min(units.len())]);
    if to > units.len() || !is_listed(&text(from, to)) {
        return false;
    }
    let word_before = (1..=2).any(|n| from.checked_sub(n).is_some_and(|before| is_word(&text(before, from + 1))));
    // 云南|富达.
    let opening = text(from, from + 2);
    let place = to - from > 2 && is_word(&opening) && look_up(&opening).is_place;
    let word_behind = to - from == 2 && is_word(&text(to - 1, to + 1));
    if word_before || place || word_behind {
        return false;
    }
    is_plausible(&text(from, to), NAME_FAVOUR)
        || name_prefix(&text(from, from + NAME_REACH), NAME_FAVOUR) == Some(text(from, to).len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dedup::align::Aligner;
    use crate::text::Normal;

    fn of(a: &str, b: &str) -> Option<f32> {
        let [a, b] = [a, b].map(|text| Normal::of(text).units);
        let diff = Aligner::default().diffs(&a, &b)[0];
        favour(&a, &b, diff)
    }

    #[test]
    fn another_name_is_namelier_than_a_misread_one() {
        assert!(of("职工张德福因病住院", "职工张德禄因病住院").is_some_and(|favour| favour > NAMELY));
        assert!(of("摄影周文浩报道", "摄影周文中报道").is_some_and(|favour| favour < NAMELY));
        assert!(of("韩老师的课", "李老师的课").is_some_and(|favour| favour >= NAMELY));
        // Also where the one address is misread, whichever text comes first.
        assert!(of("韩老师的课", "李老帅的课").is_some_and(|favour| favour >= NAMELY));
        assert_eq!(of("李老帅的课", "韩老师的课"), of("韩老师的课", "李老帅的课"));
        assert!(of("记者李明放摄", "记者李欣摄").is_some());
        assert_eq!(of("市总工会开展活动", "县总工会开展活动"), None);
    }
}
