//! How sure the best reading is: by how much it is better than the best of those that decide otherwise.

use super::evidence::Evidence;
use super::{Follows, NONE, Placed, Reading, Search};

/// The chance that a decision is right whose best rival is `margin` nats behind.
pub(in crate::layout) fn certainty(margin: f32) -> f32 {
    1.0 / (1.0 + (-margin).exp())
}

impl Search<'_> {
    /// The best reading, with margins over the others.
    pub(super) fn placed(&self, beam: &[Reading]) -> Vec<Placed> {
        let Some(best) = beam.first() else { return Vec::new() };
        let steps = self.trace.path(best.step);
        let most = self.settings.beam_margin;
        let mut placed: Vec<Placed> = steps
            .iter()
            .enumerate()
            .map(|(n, (_, step))| {
                let mut evidence = Evidence::default();
                if let (Follows::Joins(left), Some(right)) = (step.follows(), self.line(n as u32)) {
                    evidence =
                        self.line(left).map_or(evidence, |l| super::evidence(l, right, self.statistics, self.settings));
                }
                evidence.topic = step.topic;
                Placed { article: step.article, follows: step.follows(), margin: most, place_margin: most, evidence }
            })
            .collect();
        let mut last = LastOf::default();
        let mine_before: Vec<u32> = steps.iter().enumerate().map(|(n, (_, s))| last.replace(s.article, n)).collect();
        // Where each parts from the best one; what it does from there on may be as long as the page.
        let near = beam[1..].iter().filter(|other| best.score - other.score < most);
        let mut others: Vec<_> = near.map(|o| (self.trace.first_apart(o.step, &steps), o)).collect();
        others.sort_by_key(|(from, _)| *from);
        // Up to where a reading parts from the best one, both have the same.
        let mut last = LastOf::default();
        let mut same = 0;
        let (mut theirs, mut undo) = (Vec::new(), Vec::new());
        for (from, other) in others {
            let behind = best.score - other.score;
            self.trace.last_steps(other.step, steps.len() - from, &mut theirs);
            for (n, (_, step)) in steps.iter().enumerate().take(from).skip(same) {
                last.replace(step.article, n);
            }
            same = same.max(from);
            for (n, step) in (from..).zip(&theirs) {
                let before = last.replace(step.article, n);
                undo.push((step.article, before));
                let mine = &mut placed[n];
                if mine.follows != step.follows() {
                    mine.margin = mine.margin.min(behind);
                }
                if mine_before[n] != before {
                    mine.place_margin = mine.place_margin.min(behind);
                }
            }
            for (article, before) in undo.drain(..).rev() {
                last.replace(article, before as usize);
            }
        }
        placed
    }
}

/// The last piece so far of each article.
#[derive(Default)]
struct LastOf(Vec<u32>);

impl LastOf {
    /// Sets it, and gives what it was, NONE where there was none.
    fn replace(&mut self, article: u32, piece: usize) -> u32 {
        let article = article as usize;
        if self.0.len() <= article {
            self.0.resize(article + 1, NONE);
        }
        std::mem::replace(&mut self.0[article], piece as u32)
    }
}
