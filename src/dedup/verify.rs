//! Whether two texts say the same.

use crate::dedup::align::{Aligner, Diff};
use crate::dedup::usage::Usage;
use crate::settings;
use crate::text::is_digit;

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

/// A verdict and the similarity of the texts, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Finding {
    /// What was found.
    pub verdict: Verdict,
    /// 1 less the share of the longer text that differs.
    pub similarity: f32,
    /// Whether the one or the other text lacks what the other has in the gap.
    pub lacks: [bool; 2],
    /// In how many places the one or the other is misread, as far as the archive's statistics tell.
    pub misread: [u32; 2],
}

/// Compares pairs of texts.
#[derive(Debug, Default)]
pub struct Verifier {
    aligner: Aligner,
}

const UNRELATED: Finding = Finding { verdict: Verdict::Unrelated, similarity: 0.0, lacks: [false; 2], misread: [0; 2] };

impl Verifier {
    /// Compares two normal forms.
    pub fn compare(&mut self, a: &[u16], b: &[u16], usage: &Usage, settings: &settings::Dedup) -> Finding {
        let (short, long) = (a.len().min(b.len()) as u32, a.len().max(b.len()) as u32);
        if short < settings.near_from {
            return UNRELATED;
        }
        if (short as f32) < (1.0 - settings.gap_share) * (1.0 - settings.edit_share) * long as f32 {
            return UNRELATED;
        }
        let Some(diffs) = self.aligner.diffs_if_alike(a, b) else { return UNRELATED };
        let gap = diffs
            .iter()
            .copied()
            .max_by_key(|d| d.excess())
            .filter(|d| d.excess() >= 6 && d.a_len().min(d.b_len()) * 4 <= d.excess());
        let gap_len = gap.map_or(0, Diff::excess);
        let edits: u32 = diffs.iter().map(|d| d.edits()).sum::<u32>() - gap_len;
        let base = long - gap_len.min(long);
        let similarity = 1.0 - (edits + gap_len) as f32 / long as f32;
        if gap_len > 0 && (short < settings.gap_from || gap_len as f32 > settings.gap_share * long as f32) {
            return UNRELATED;
        }
        if edits as f32 > settings.edit_share * base as f32 {
            return UNRELATED;
        }
        let mut found = Finding { verdict: Verdict::Near, similarity, lacks: [false; 2], misread: [0; 2] };
        if let Some(gap) = gap {
            found.lacks = [gap.a_len() < gap.b_len(), gap.b_len() < gap.a_len()];
        }
        let mut runs = 0;
        for d in diffs.iter().filter(|d| Some(**d) != gap) {
            let x = &a[d.a as usize..d.a_end as usize];
            let y = &b[d.b as usize..d.b_end as usize];
            let reads =
                [usage.fluency(a, d.a as usize, d.a_end as usize), usage.fluency(b, d.b as usize, d.b_end as usize)];
            found.misread[usize::from(reads[1] < reads[0])] += d.edits();
            if x.iter().any(|&u| is_digit(u)) && y.iter().any(|&u| is_digit(u)) {
                return Finding { verdict: Verdict::Variant, ..found };
            }
            if d.a_len() >= 2 && d.b_len() >= 2 {
                runs += d.edits();
            }
        }
        if runs as f32 > 0.4 * edits as f32 {
            return Finding { verdict: Verdict::Variant, ..found };
        }
        if edits == 0 && gap_len > 0 {
            found.verdict = Verdict::Excerpt;
        }
        found
    }
}
