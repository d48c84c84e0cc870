//! How readings came about: the steps of all readings of a beam, each with the one before it.
//!
//! Readings share the steps up to where they part, so a page of a million lines is not written down once for each. Steps that
//! no reading goes back to are dropped from time to time.

use super::{Follows, NONE};

/// One piece put into an article.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    /// The step of the piece before, or NONE.
    before: u32,
    pub article: u32,
    /// The piece with which it makes one sentence, or NONE.
    joins: u32,
    /// What speaks for it among words in common.
    pub topic: f32,
}

impl Step {
    pub(super) fn follows(&self) -> Follows {
        if self.joins == NONE { Follows::Fresh } else { Follows::Joins(self.joins) }
    }
}

/// Steps from which on it is looked for those that nobody needs.
const MANY: usize = 1 << 14;

/// All steps.
#[derive(Debug)]
pub(super) struct Trace {
    steps: Vec<Step>,
    most: usize,
}

impl Trace {
    pub(super) fn new(pieces: usize) -> Self {
        Self { steps: Vec::with_capacity((pieces * 4).min(MANY)), most: MANY }
    }

    /// Adds a step behind `before` and names it.
    pub(super) fn push(&mut self, before: u32, article: u32, follows: Follows, topic: f32) -> u32 {
        let joins = match follows {
            Follows::Joins(left) => left,
            Follows::Fresh => NONE,
        };
        self.steps.push(Step { before, article, joins, topic });
        self.steps.len() as u32 - 1
    }

    /// Drops what does not lead to one of `ends`, if much has come together; the ends get their new names.
    pub(super) fn tidy<'r>(&mut self, ends: impl Iterator<Item = &'r mut u32>) {
        if self.steps.len() < self.most {
            return;
        }
        let ends: Vec<&mut u32> = ends.collect();
        let mut names = vec![NONE; self.steps.len()];
        for end in &ends {
            let mut at = **end;
            while let Some(name) = names.get_mut(at as usize).filter(|name| **name == NONE) {
                *name = at;
                at = self.steps[at as usize].before;
            }
        }
        let mut kept = 0;
        for n in 0..names.len() {
            if names[n] != NONE {
                let mut step = self.steps[n];
                step.before = names.get(step.before as usize).copied().unwrap_or(NONE);
                self.steps[kept] = step;
                names[n] = kept as u32;
                kept += 1;
            }
        }
        self.steps.truncate(kept);
        self.most = (2 * kept).max(MANY);
        for end in ends {
            *end = names.get(*end as usize).copied().unwrap_or(NONE);
        }
    }

    /// The steps that lead to `end`, each with its name, in order.
    pub(super) fn path(&self, end: u32) -> Vec<(u32, Step)> {
        let mut steps = Vec::new();
        let mut at = end;
        while let Some(step) = self.steps.get(at as usize) {
            steps.push((at, *step));
            at = step.before;
        }
        steps.reverse();
        steps
    }

    /// From which piece on the steps that lead to `end` are others than `path`.
    pub(super) fn first_apart(&self, end: u32, path: &[(u32, Step)]) -> usize {
        let mut at = end;
        let mut from = path.len();
        while let Some(step) = self.steps.get(at as usize) {
            if from == 0 || path[from - 1].0 == at {
                break;
            }
            from -= 1;
            at = step.before;
        }
        from
    }

    /// Makes `steps` the last `n` steps that lead to `end`, in order.
    pub(super) fn last_steps(&self, end: u32, n: usize, steps: &mut Vec<Step>) {
        steps.clear();
        let mut at = end;
        while let Some(step) = self.steps.get(at as usize).filter(|_| steps.len() < n) {
            steps.push(*step);
            at = step.before;
        }
        steps.reverse();
    }
}
