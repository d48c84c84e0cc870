//! Why a block repeats another, for a person.
//!
//! In: the two texts and what was decided. Out: a sentence that shows the characters in which they differ, first as the
//! other block has them, then as this one does: `differs in 「元→无」, 「+的」, 「−了」`.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::dedup::align::Diff;
use crate::dedup::evidence::{Trait, trait_of};
use crate::dedup::verify::{Text, Verifier, gap};
use crate::record::RepeatKind;

/// Differences that are shown; of more, their number is told.
const SHOWN: usize = 6;
/// Characters that are shown of one side of a difference.
const SHOWN_OF_EACH: usize = 12;

/// Why `text` repeats `other` as `kind` says.
pub(super) fn reason(kind: RepeatKind, other: Text<'_>, text: Text<'_>, verifier: &mut Verifier) -> Cow<'static, str> {
    if other.units == text.units {
        return match (kind, other.marks == text.marks) {
            (RepeatKind::Loop, _) => "the page reader repeated itself".into(),
            (_, true) => "the same text".into(),
            (_, false) => "the same text but for punctuation or mark-up".into(),
        };
    }
    let diffs = verifier.diffs(other.units, text.units);
    let gap = gap(diffs);
    let mut said = String::new();
    if kind == RepeatKind::Loop {
        said.push_str("the page reader repeated itself, ");
    }
    if let Some(gap) = gap {
        let (verb, units) = if gap.b_len() < gap.a_len() {
            ("lacks", &other.units[gap.a as usize..gap.a_end as usize])
        } else {
            ("adds", &text.units[gap.b as usize..gap.b_end as usize])
        };
        let _ = write!(said, "{verb} {} characters 「{}」", units.len(), shortened(units));
    }
    let rest: Vec<Diff> = diffs.iter().copied().filter(|d| Some(*d) != gap).collect();
    if rest.is_empty() {
        return said.into();
    }
    if gap.is_some() {
        said.push_str(", ");
    }
    said.push_str(if kind == RepeatKind::Variant { "other facts: " } else { "differs in " });
    // What makes a variant is said first.
    let speaks = |d: &Diff| {
        matches!(
            trait_of(other.units, text.units, *d),
            Trait::OtherNumber
                | Trait::OtherWord
                | Trait::OtherRun
                | Trait::DigitAgainstWord
                | Trait::DigitLost
                | Trait::DigitOfYear
                | Trait::DigitOfLong
        )
    };
    let (facts, others): (Vec<Diff>, Vec<Diff>) =
        if kind == RepeatKind::Variant { rest.iter().partition(|d| speaks(d)) } else { (Vec::new(), rest.clone()) };
    for (n, diff) in facts.iter().chain(&others).take(SHOWN).enumerate() {
        if n > 0 {
            said.push_str(", ");
        }
        let was = shortened(&other.units[diff.a as usize..diff.a_end as usize]);
        let is = shortened(&text.units[diff.b as usize..diff.b_end as usize]);
        let _ = match (was.is_empty(), is.is_empty()) {
            (true, _) => write!(said, "「+{is}」"),
            (_, true) => write!(said, "「−{was}」"),
            _ => write!(said, "「{was}→{is}」"),
        };
    }
    if rest.len() > SHOWN {
        let _ = write!(said, " and {} more", rest.len() - SHOWN);
    }
    said.into()
}

fn shortened(units: &[u16]) -> String {
    if units.len() <= SHOWN_OF_EACH {
        return String::from_utf16_lossy(units);
    }
    String::from_utf16_lossy(&units[..SHOWN_OF_EACH - 1]) + "…"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dedup::verify::Marks;
    use crate::text::Normal;

    #[track_caller]
    fn check(kind: RepeatKind, other: &str, text: &str, expected: &str) {
        let (a, b) = (Normal::of(other), Normal::of(text));
        let of = |n: &Normal| (n.units.clone(), Marks::of(n));
        let ((x, x_marks), (y, y_marks)) = (of(&a), of(&b));
        let (x, y) = (Text { units: &x, marks: x_marks }, Text { units: &y, marks: y_marks });
        assert_eq!(reason(kind, x, y, &mut Verifier::default()), expected);
    }

    #[test]
    fn says_what_differs() {
        check(RepeatKind::Exact, "工会，好", "工会, 好", "the same text");
        check(RepeatKind::Exact, "工会，好", "工会好", "the same text but for punctuation or mark-up");
        check(RepeatKind::Near, "市总工会救助职工", "市总工令救助了职工", "differs in 「会→令」, 「+了」");
        check(RepeatKind::Variant, "市总工会救助15人", "市急工会救助18人", "other facts: 「5→8」, 「总→急」");
        check(
            RepeatKind::Excerpt,
            "市总工会昨天救助了困难职工",
            "市总工会",
            "lacks 9 characters 「昨天救助了困难职工」",
        );
        check(RepeatKind::Loop, "市总工会", "市总工会", "the page reader repeated itself");
    }
}
