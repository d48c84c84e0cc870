//! Which pieces of a page belong to which article: the page is decided as a whole.
//!
//! In: the pieces of a page in the order in which they were read (heads of articles, and lines of text). Out: for each
//! piece its article, and for each line that goes on from another in mid-sentence, from which, with what certainty.
//!
//! The method is a beam search over readings of the page (after B. T. Lowerre's Harpy, 1976): a reading says which article
//! each piece so far belongs to, and with which line each article has stopped. At each line the reading may go on with the
//! article it is in, turn back to one that has stopped, or begin a new one. What speaks for a step is added up in nats:
//! how likely the line's first characters are behind the stopped line, compared with a paragraph's start; pairs of marks
//! that must close; rare pairs of characters in common; a passage that stands elsewhere in one piece; the order in which
//! stopped articles go on. A line that breaks off and is never gone on with costs its price at the end. The beam's
//! width bounds the cost of a line, so a reading that is far behind for long may be lost though it would win at the end;
//! `tests` holds the search against all readings of small pages, with these bounds and without them.
//! The settings tell the scores one by one.
//!
//! `piece` says what is placed, `evidence` what stands over a border, `steps` what a reading may do next and what that costs,
//! `trace` how readings came about, `margin` how far the others are behind the best.

mod evidence;
mod margin;
mod piece;
mod steps;
#[cfg(test)]
mod tests;
mod trace;

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;
use smallvec::SmallVec;

use crate::layout::border::Ending;
use crate::layout::statistics::Statistics;
use crate::layout::topic::{self, Pieces, Topics, USUAL_CHARS};
use crate::settings;

pub(super) use evidence::{Evidence, evidence};
pub(super) use margin::certainty;
pub(super) use piece::{Line, Piece};
use piece::{split_lead, uncut};
use steps::Asked;
use trace::Trace;

/// How a line of text follows what its article held so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Follows {
    /// As a paragraph of its own.
    #[default]
    Fresh,
    /// In the middle of the sentence with which this piece breaks off.
    Joins(u32),
}

/// What was decided of a piece.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Placed {
    /// Its article, numbered from 0 in order of first pieces.
    pub article: u32,
    /// How it follows.
    pub follows: Follows,
    /// By how many nats this reading of the page is better than the best that was found with the piece elsewhere.
    pub margin: f32,
    /// The same for which piece of its article it stands behind.
    pub place_margin: f32,
    /// The join's own score, in nats against a paragraph's start.
    pub evidence: Evidence,
}

const NONE: u32 = u32::MAX;

/// Places every piece.
pub(super) fn place(
    pieces: &[Piece],
    topics: &Topics,
    statistics: &Statistics,
    settings: &settings::Layout,
) -> Vec<Placed> {
    let mut search = Search::new(pieces, topics, statistics, settings);
    let readings = search.readings();
    search.placed(&readings)
}

/// An article of a reading, as far as it matters for what follows. Readings that hold the same pieces in it share it.
#[derive(Clone, Copy, Debug)]
struct Open {
    number: u32,
    /// The last line of text, or NONE.
    last: u32,
    ending: Ending,
    titled: bool,
    /// It goes on on another page.
    jumped: bool,
    /// Its characters so far.
    chars: u32,
    /// What is taken off each pair in common: a pair says less in a long article, which holds it sooner by chance.
    discount: f32,
    /// Its pieces, as [`Pieces`] counted from its last one.
    pieces: Pieces,
    /// Its last piece.
    at: u32,
    /// A hash of what the steps to come depend on, but for words in common.
    mark: u64,
}

impl Open {
    fn make_mark(&mut self) {
        self.mark = hash_of((self.number, self.last, self.titled));
    }

    /// Its pieces counted from piece `n`.
    fn pieces_before(&self, n: usize) -> Pieces {
        topic::later(self.pieces, n - self.at as usize)
    }
}

fn hash_of(value: impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Which article each piece so far belongs to, as far as it matters for what follows, and how good that is.
#[derive(Clone)]
struct Reading {
    score: f32,
    current: u32,
    /// The article that it is in breaks off in mid-sentence.
    broken: bool,
    /// Its articles, oldest first, by their places among all open ones.
    articles: SmallVec<[u32; 12]>,
    n_articles: u32,
    /// The youngest article that was turned back to.
    frontier: u32,
    /// The last step.
    step: u32,
    /// The sum of the marks of its articles.
    marks: u64,
}

impl Default for Reading {
    /// That of a page of which nothing is read yet.
    fn default() -> Self {
        Self {
            score: 0.0,
            current: NONE,
            broken: false,
            articles: SmallVec::new(),
            n_articles: 0,
            frontier: 0,
            step: NONE,
            marks: 0,
        }
    }
}

/// The pieces that are placed in one step: what leads a line of text in, and the line.
struct Spot {
    lead: std::ops::Range<usize>,
    text: Option<usize>,
}

/// A step that a reading of the beam can take, and how good it is then.
#[derive(Clone, Copy)]
struct Candidate {
    from: u32,
    score: f32,
    kind: Kind,
}

#[derive(Clone, Copy)]
enum Kind {
    /// A new article begins.
    Begins { titled: bool },
    /// What is no text goes with the article that the reading is in.
    Stays,
    /// The open article at this place of the reading goes on.
    Goes { at: u32, adjacent: bool },
}

/// The open articles of the readings that are being made.
#[derive(Default)]
struct Coming {
    opens: Vec<Open>,
    /// For each open article of the beam where it stands among them, as it was and with the new pieces; or NONE.
    kept: Vec<u32>,
    moved: Vec<u32>,
    /// Articles that begin with the new pieces, by their number, with or without a title.
    begun: SmallVec<[u32; 8]>,
    /// The marks of the readings.
    marks: Vec<u64>,
    /// Keys of the candidates, the best of which are sorted. Memory that is used again.
    order: Vec<u64>,
}

/// A page and the readings of it that are followed.
struct Search<'a> {
    pieces: &'a [Piece],
    topics: &'a Topics,
    statistics: &'a Statistics,
    settings: &'a settings::Layout,
    /// How far the archive's chances can be trusted.
    trust: f32,
    /// By piece, whether nothing near it is cut.
    uncut: Vec<bool>,
    trace: Trace,
    /// The open articles of all readings of the beam.
    opens: Vec<Open>,
    /// What was found out about each of them at this spot.
    asked: Vec<Asked>,
    coming: Coming,
}

impl<'a> Search<'a> {
    /// A search over a page of which nothing is placed yet.
    fn new(
        pieces: &'a [Piece],
        topics: &'a Topics,
        statistics: &'a Statistics,
        settings: &'a settings::Layout,
    ) -> Self {
        Self {
            pieces,
            topics,
            statistics,
            settings,
            trust: statistics.trust(settings.trusted_chars),
            uncut: uncut(pieces, settings.uncut_pieces),
            trace: Trace::new(pieces.len()),
            opens: Vec::new(),
            asked: Vec::new(),
            coming: Coming::default(),
        }
    }

    /// The readings of the whole page that are left in the end, the best first.
    fn readings(&mut self) -> Vec<Reading> {
        let mut beam = vec![Reading::default()];
        let mut next = Vec::new();
        let mut kept = Vec::new();
        let mut at = 0;
        while at < self.pieces.len() {
            // A head or subhead is placed together with the line of text behind it.
            let (lead, text) = split_lead(self.pieces, at);
            let spot = Spot { lead: at..at + lead, text };
            self.steps(&beam, &spot, &mut next);
            self.keep_best(&beam, &spot, &mut next, &mut kept);
            std::mem::swap(&mut beam, &mut kept);
            self.trace.tidy(beam.iter_mut().map(|reading| &mut reading.step));
            at += lead + usize::from(text.is_some());
        }
        for reading in &mut beam {
            reading.score -= reading.articles.iter().map(|&a| self.price_of_end(a)).sum::<f32>();
        }
        beam.sort_by(|a, b| b.score.total_cmp(&a.score));
        beam
    }

    /// The line of text that piece `piece` is, if it is one.
    fn line(&self, piece: u32) -> Option<&'a Line> {
        self.pieces.get(piece as usize).and_then(Piece::line)
    }

    /// Adds the reading that a candidate leads to, unless enough of `kept` stand as it would.
    fn keep(&mut self, beam: &[Reading], spot: &Spot, candidate: &Candidate, kept: &mut Vec<Reading>) {
        let old = &beam[candidate.from as usize];
        let (mut n_articles, mut frontier) = (old.n_articles, old.frontier);
        // Which article goes, and which stands in its place or at the end.
        let (gone, comes) = match candidate.kind {
            Kind::Begins { titled } => {
                n_articles += 1;
                (self.gone(old), Some(self.begun(old.n_articles, titled, spot)))
            }
            Kind::Stays => {
                let at = old.articles.iter().position(|&a| self.opens[a as usize].number == old.current);
                (at, at.map(|at| self.moved(old.articles[at], spot)))
            }
            Kind::Goes { at, .. } => {
                let number = self.opens[old.articles[at as usize] as usize].number;
                if number != old.current {
                    frontier = frontier.max(number);
                }
                (Some(at as usize), Some(self.moved(old.articles[at as usize], spot)))
            }
        };
        let mut marks = old.marks;
        if let Some(gone) = gone {
            marks = marks.wrapping_sub(self.opens[old.articles[gone] as usize].mark);
        }
        let open = comes.map(|comes| self.coming.opens[comes as usize]);
        marks = marks.wrapping_add(open.map_or(0, |open| open.mark));
        let current = open.map_or(old.current, |open| open.number);
        // A hash of all that the steps to come depend on, but for words in common.
        let mark = marks.wrapping_add(hash_of((current, n_articles, frontier)));
        if self.coming.marks.iter().filter(|&&other| other == mark).count() >= self.settings.beam_alike {
            return;
        }
        self.coming.marks.push(mark);
        let begins = matches!(candidate.kind, Kind::Begins { .. });
        let mut articles = SmallVec::from_slice(&old.articles);
        let moves = gone.filter(|_| !begins);
        if let Some(gone) = gone.filter(|_| begins) {
            articles.remove(gone);
        }
        for (at, id) in articles.iter_mut().enumerate() {
            *id = match comes {
                Some(comes) if moves == Some(at) => comes,
                _ => self.carried(*id),
            };
        }
        if let Some(comes) = comes.filter(|_| begins) {
            articles.push(comes);
        }
        let (follows, topic) = match candidate.kind {
            Kind::Goes { at, adjacent } => {
                let asked = &self.asked[old.articles[at as usize] as usize];
                (asked.follows[usize::from(adjacent)].map_or(Follows::Fresh, |f| f.0), asked.topics[0])
            }
            _ => (Follows::Fresh, 0.0),
        };
        let mut step = old.step;
        for _ in spot.lead.clone() {
            step = self.trace.push(step, current, Follows::Fresh, 0.0);
        }
        if spot.text.is_some() {
            step = self.trace.push(step, current, follows, topic);
        }
        let broken = open.map_or(old.broken, |open| open.ending == Ending::Open);
        let score = candidate.score;
        kept.push(Reading { score, current, broken, articles, n_articles, frontier, step, marks });
    }

    /// Where open article `id` stands among those to come.
    fn carried(&mut self, id: u32) -> u32 {
        let place = &mut self.coming.kept[id as usize];
        if *place == NONE {
            *place = self.coming.opens.len() as u32;
            self.coming.opens.push(self.opens[id as usize]);
        }
        *place
    }

    /// Open article `id` with the pieces of `spot`.
    fn moved(&mut self, id: u32, spot: &Spot) -> u32 {
        if self.coming.moved[id as usize] == NONE {
            let mut open = self.opens[id as usize];
            open.titled |= self.starts_with_head(spot);
            self.add(&mut open, spot);
            self.coming.moved[id as usize] = self.coming.opens.len() as u32;
            self.coming.opens.push(open);
        }
        self.coming.moved[id as usize]
    }

    /// The article of this number that begins at `spot`.
    fn begun(&mut self, number: u32, titled: bool, spot: &Spot) -> u32 {
        let opens = &self.coming.opens;
        if let Some(known) = self.coming.begun.iter().find(|&&b| opens[b as usize].number == number) {
            return *known;
        }
        let mut open = Open {
            number,
            last: NONE,
            ending: Ending::Complete,
            titled,
            jumped: false,
            chars: 0,
            discount: 0.0,
            pieces: 0,
            at: spot.lead.start as u32,
            mark: 0,
        };
        self.add(&mut open, spot);
        let place = opens.len() as u32;
        self.coming.opens.push(open);
        self.coming.begun.push(place);
        place
    }

    fn starts_with_head(&self, spot: &Spot) -> bool {
        !spot.lead.is_empty() && matches!(self.pieces.get(spot.lead.start), Some(Piece::Head { .. }))
    }

    /// Puts the pieces of `spot` into an article.
    fn add(&self, open: &mut Open, spot: &Spot) {
        for piece in spot.lead.clone().chain(spot.text) {
            open.pieces = topic::later(open.pieces, piece - open.at as usize) | 1;
            open.at = piece as u32;
            open.chars += self.topics.chars(piece);
        }
        open.discount = self.discount(open.chars);
        if let Some(text) = spot.text
            && let Some(line) = self.line(text as u32)
            && !(line.apart && open.last != NONE)
        {
            open.last = text as u32;
            open.jumped |= line.jumps;
            open.ending = if open.jumped { Ending::Complete } else { line.ending };
        }
        open.make_mark();
    }

    /// See [`Open::discount`].
    fn discount(&self, chars: u32) -> f32 {
        (chars as f32 / USUAL_CHARS).max(self.settings.topic_shortest).ln()
    }

    /// Which article makes room for one more, where there is no room: the oldest that is done with, then the oldest of all.
    fn gone(&self, reading: &Reading) -> Option<usize> {
        if reading.articles.len() < self.settings.open_articles.max(2) {
            return None;
        }
        let done = |&a: &u32| {
            let open = &self.opens[a as usize];
            open.titled && open.ending == Ending::Complete && open.number != reading.current
        };
        Some(reading.articles.iter().position(done).unwrap_or(0))
    }

    /// What it costs that open article `id` ends as it stands.
    fn price_of_end(&self, id: u32) -> f32 {
        let s = self.settings;
        let article = &self.opens[id as usize];
        let cut = match article.ending {
            Ending::Open => s.lost_price,
            Ending::Either => s.lost_price * 0.1,
            Ending::Complete => 0.0,
        };
        cut + if article.titled { 0.0 } else { s.untitled_price }
    }

    /// Takes the best candidates of `next` into `kept`, of those that end alike only the best few.
    fn keep_best(&mut self, beam: &[Reading], spot: &Spot, next: &mut Vec<Candidate>, kept: &mut Vec<Reading>) {
        kept.clear();
        self.coming.opens.clear();
        self.coming.begun.clear();
        self.coming.marks.clear();
        for places in [&mut self.coming.kept, &mut self.coming.moved] {
            places.clear();
            places.resize(self.opens.len(), NONE);
        }
        let best = next.iter().map(|c| c.score).fold(f32::NEG_INFINITY, f32::max);
        let least = best - self.settings.beam_margin;
        // Keys sort faster than what they stand for. The best comes first, of equals the one that was found first.
        let mut order = std::mem::take(&mut self.coming.order);
        let near = next.iter().enumerate().filter(|(_, c)| c.score >= least);
        order.extend(near.map(|(n, c)| u64::from(!ascending(c.score)) << 32 | n as u64));
        let most = self.settings.beam;
        let mut sorted = 0;
        for n in 0..order.len() {
            if kept.len() >= most {
                break;
            }
            // Of many candidates those behind the best mostly find no place.
            if n == sorted {
                let rest = &mut order[n..];
                let part = if rest.len() / 2 > most { most } else { rest.len() };
                if part < rest.len() {
                    rest.select_nth_unstable(part);
                }
                rest[..part].sort_unstable();
                sorted += part;
            }
            self.keep(beam, spot, &next[order[n] as u32 as usize], kept);
        }
        order.clear();
        self.coming.order = order;
        next.clear();
        std::mem::swap(&mut self.opens, &mut self.coming.opens);
    }
}

/// The bits of `score` as a number that grows with it ([`f32::total_cmp`]).
fn ascending(score: f32) -> u32 {
    let bits = score.to_bits();
    if bits >> 31 == 0 { bits | 1 << 31 } else { !bits }
}
