//! Two texts → the characters that they share and that they do not.
//!
//! A character is what a reader sees as one (a grapheme cluster, UAX #29): a variant form or an accent is never parted
//! from its base by a mark.

use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation;

/// Characters of both texts up to which they are aligned. Longer ones (no paragraph is) are shown one behind the other,
/// since an alignment costs length times difference.
const ALIGNED: usize = 20_000;

/// A run of characters of one or of both texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Piece {
    /// `same`, `removed` (in the first text alone) or `added` (in the second alone).
    pub(super) change: &'static str,
    /// The characters.
    pub(super) text: String,
}

/// How `new` differs from `old`.
pub(super) fn between(old: &str, new: &str) -> Vec<Piece> {
    let (a, b): (Vec<&str>, Vec<&str>) = (old.graphemes(true).collect(), new.graphemes(true).collect());
    let mut pieces: Vec<Piece> = Vec::new();
    let mut push = |change: &'static str, characters: &[&str]| {
        if !characters.is_empty() {
            pieces.push(Piece { change, text: characters.concat() });
        }
    };
    if a.len() + b.len() > ALIGNED && old != new {
        push("removed", &a);
        push("added", &b);
        return pieces;
    }
    for op in capture_diff_slices(Algorithm::Myers, &a, &b) {
        let (left, right) = (&a[op.old_range()], &b[op.new_range()]);
        if matches!(op, DiffOp::Equal { .. }) {
            push("same", left);
        } else {
            push("removed", left);
            push("added", right);
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(old: &str, new: &str, expected: &str) {
        let pieces = between(old, new);
        let shown: String = pieces
            .iter()
            .map(|p| match p.change {
                "removed" => format!("[-{}-]", p.text),
                "added" => format!("{{+{}+}}", p.text),
                _ => p.text.clone(),
            })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn differing_characters_are_marked() {
        check("慰问职工300人", "慰问职工500人", "慰问职工[-3-]{+5+}00人");
        check("工会送清凉", "工会送清凉", "工会送清凉");
        check("", "工会", "{+工会+}");
        check("工会", "", "[-工会-]");
        check("", "", "");
        check("葛\u{e0100}城", "葛城", "[-葛\u{e0100}-]{+葛+}城");
    }

    #[test]
    fn long_texts_are_not_aligned() {
        let (old, new) = ("工".repeat(ALIGNED), "会".repeat(ALIGNED));
        assert_eq!(between(&old, &new).len(), 2);
    }
}
