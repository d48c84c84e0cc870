//! What speaks for one line going on from another, and what a border between two lines is asked.

use smallvec::SmallVec;

use super::Follows;
use super::piece::Line;
use crate::layout::border::{self, Ending};
use crate::layout::statistics::{Glance, Opening, Statistics};
use crate::layout::word;
use crate::settings;

/// What speaks for a join, in nats.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::layout) struct Evidence {
    /// The characters go on.
    pub sentence: f32,
    /// A word of the dictionary stands over the border.
    pub word: f32,
    /// Marks that must close.
    pub pairs: f32,
    /// The passage stands elsewhere.
    pub elsewhere: f32,
    /// Rare pairs of characters in common with the article so far.
    pub topic: f32,
}

impl Evidence {
    pub(in crate::layout) fn sum(self) -> f32 {
        self.sentence + self.word + self.pairs + self.elsewhere
    }
}

/// What stands over the border between one line and each line that it may follow. The readings of a beam mostly ask for
/// the same few lines.
pub(super) struct Borders<'a> {
    pub(super) line: &'a Line,
    /// Its first characters as the archive knows them.
    opening: Opening,
    /// See [`word_weight`].
    word_weight: f32,
    statistics: &'a Statistics,
    settings: &'a settings::Layout,
    known: SmallVec<[Border<'a>; 16]>,
}

#[derive(Clone, Copy)]
struct Border<'a> {
    left: u32,
    last: &'a Line,
    glance: Glance,
    /// What speaks for a join. A word over the border is asked for only where it can matter.
    evidence: Evidence,
    /// What a word says is known.
    has_word: bool,
    /// That the two lines follow each other elsewhere; by whether they do so here.
    elsewhere: [f32; 2],
}

impl<'a> Borders<'a> {
    pub(super) fn new(line: &'a Line, statistics: &'a Statistics, settings: &'a settings::Layout) -> Self {
        let opening = statistics.opening(&line.opening, settings.opening_chars);
        let word_weight = word_weight(statistics, settings);
        Self { line, opening, word_weight, statistics, settings, known: SmallVec::new() }
    }

    /// Asks of the borders with all of these lines from which this one may go on.
    pub(super) fn ask(&mut self, lasts: impl Iterator<Item = (u32, &'a Line)>) {
        let Self { line, ref opening, statistics, settings, .. } = *self;
        for (left, last) in lasts {
            let may_follow = !(line.apart || line.marked || last.closed);
            if may_follow && !self.known.iter().any(|k| k.left == left) {
                let glance = statistics.glance(last.closes(statistics), opening);
                // Most lines end in a mark, over which no word stands.
                let has_word = !word::may_stand_over(&last.closing, &line.opening);
                let (evidence, elsewhere) = Default::default();
                self.known.push(Border { left, last, glance, evidence, has_word, elsewhere });
            }
        }
        for Border { last, glance, .. } in &mut self.known {
            statistics.look_on(last.closes(statistics), opening, glance);
        }
        for border in &mut self.known {
            let Border { last, glance, .. } = *border;
            border.evidence = evidence_without_word(last, line, opening, glance, statistics, settings);
            let elsewhere = statistics.ln_border_elsewhere(last.closes(statistics), opening, glance);
            border.elsewhere = elsewhere.map(|e| e.min(settings.border_most));
        }
    }

    /// The place of a border among those that were asked.
    pub(super) fn border(&self, left: u32) -> Option<usize> {
        self.known.iter().position(|k| k.left == left)
    }

    /// The most that [`Borders::follow`] can say.
    pub(super) fn most(&self, border: usize, ending: Ending, fresh: f32) -> f32 {
        let border = &self.known[border];
        let word = if border.has_word { 0.0 } else { self.word_weight * self.settings.word_most };
        let (join, fresh) = self.both(ending, border.evidence.sum() + word, fresh + border.elsewhere[0]);
        join.max(fresh)
    }

    /// How the line follows `last`, the last line of an article, and what speaks for it, against a paragraph that starts
    /// afresh.
    pub(super) fn follow(&mut self, border: usize, ending: Ending, adjacent: bool, fresh: f32) -> (Follows, f32) {
        let Border { left, last, evidence, has_word, elsewhere, .. } = self.known[border];
        let fresh = fresh + elsewhere[usize::from(adjacent)];
        let (mut join, fresh) = self.both(ending, evidence.sum(), fresh);
        // A word over the border is looked up only where it can matter.
        if !has_word && join + self.word_weight * self.settings.word_most >= fresh {
            let known = &mut self.known[border];
            known.evidence.word = word_over_border(last, self.line, self.word_weight, self.settings);
            known.has_word = true;
            join = self.both(ending, self.known[border].evidence.sum(), fresh).0;
        }
        let joins = join > fresh || ending == Ending::Open && join >= fresh;
        if joins { (Follows::Joins(left), join) } else { (Follows::Fresh, fresh) }
    }

    /// The scores of a join and of a paragraph of its own, with their prices.
    fn both(&self, ending: Ending, join: f32, fresh: f32) -> (f32, f32) {
        let s = self.settings;
        match ending {
            Ending::Open => (join, fresh - s.broken_off_price),
            Ending::Either => (join - s.either_price, fresh),
            Ending::Complete => (join - s.complete_price, fresh),
        }
    }
}

/// What speaks for `right` going on from `left` in mid-sentence, against a paragraph that starts afresh.
pub(in crate::layout) fn evidence(
    left: &Line,
    right: &Line,
    statistics: &Statistics,
    settings: &settings::Layout,
) -> Evidence {
    let opening = statistics.opening(&right.opening, settings.opening_chars);
    let glance = statistics.look(left.closes(statistics), &opening);
    Evidence {
        word: word_over_border(left, right, word_weight(statistics, settings), settings),
        ..evidence_without_word(left, right, &opening, glance, statistics, settings)
    }
}

fn evidence_without_word(
    left: &Line,
    right: &Line,
    opening: &Opening,
    glance: Glance,
    statistics: &Statistics,
    s: &settings::Layout,
) -> Evidence {
    let gain = statistics.gain(left.closes(statistics), opening, glance);
    let trust = statistics.trust(s.trusted_chars);
    let elsewhere = || statistics.ln_passage_elsewhere(&left.closing, &right.opening).min(s.elsewhere_most);
    Evidence {
        sentence: trust * s.sentence_weight * gain.ln.clamp(-s.sentence_most, s.sentence_most),
        word: 0.0,
        pairs: border::pairs_fit(left.balance, right.balance),
        elsewhere: if gain.in_a_row { elsewhere() } else { 0.0 },
        topic: 0.0,
    }
}

/// What a word of the dictionary over a border weighs: the more the less the archive can say.
fn word_weight(statistics: &Statistics, s: &settings::Layout) -> f32 {
    /// What is added to its weight where there is no archive, as a share.
    const ALONE: f32 = 0.5;
    s.word_weight * (1.0 + ALONE * (1.0 - statistics.trust(s.trusted_chars)))
}

fn word_over_border(left: &Line, right: &Line, weight: f32, s: &settings::Layout) -> f32 {
    let before = left.asked.words_before.get_or_init(|| word::Side::before(&left.closing));
    let behind = right.asked.words_behind.get_or_init(|| word::Side::behind(&right.opening));
    weight * word::over_border(before, behind).min(s.word_most)
}
