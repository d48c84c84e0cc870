//! What the readings of the beam may do next, and how good each is then.
//!
//! A step is scored only as far as it can matter: what a reading would have to be worth is known from the best step so far,
//! and what costs most to find out (a word over a border, words in common) is asked last and once for all readings.

use super::evidence::Borders;
use super::piece::{Line, Piece};
use super::{Candidate, Follows, Kind, NONE, Open, Reading, Search, Spot};
use crate::layout::topic::Topics;
use crate::settings;

/// What was found out about an open article and the line that is being placed.
#[derive(Clone, Copy)]
pub(super) struct Asked {
    number: u32,
    /// What it costs that it goes on, whatever reading it is in.
    price: f32,
    /// The most that [`Borders::follow`] can say; NAN where it was not asked.
    most: f32,
    /// The border with its last line.
    border: Option<usize>,
    /// How the line follows, and what speaks for it, not adjacent and adjacent.
    pub(super) follows: [Option<(Follows, f32)>; 2],
    /// What line and head have in common with it; NAN where it was not asked.
    pub(super) topics: [f32; 2],
}

const NOT_ASKED: Asked =
    Asked { number: NONE, price: 0.0, most: f32::NAN, border: None, follows: [None; 2], topics: [f32::NAN; 2] };

/// What holds at a spot, whatever reading comes to it.
struct Ground {
    /// Of the head that the spot begins with: whether a headline is in it, and a credit.
    head: Option<(bool, bool)>,
    /// A credit opens the line, or stands in the head.
    credited: bool,
    /// No head or subhead leads the line in.
    is_bare: bool,
    /// The first of the pieces that do.
    lead: usize,
    /// The line, or what stands for it where there is none.
    piece: usize,
    /// What speaks against the line's beginning a paragraph.
    fresh: f32,
    /// What it costs besides that the line turns to another article, or has another headline, where nothing near is cut.
    uncut: f32,
    /// What it costs to turn to another article behind a complete line.
    turn_price: f32,
    /// What line and head can have in common with an article at most.
    most_topic: f32,
    /// Whether an article that is open can go on with it.
    can_go: bool,
}

/// The best score so far.
struct Best {
    score: f32,
    /// How far behind it a step may be to be looked at again.
    margin: f32,
}

impl Best {
    /// What a step has to be worth at least.
    fn least(&self) -> f32 {
        self.score - self.margin
    }

    /// Whether a step with this score is near enough.
    fn admits(&mut self, score: f32) -> bool {
        let is_near = score >= self.least();
        if is_near {
            self.score = self.score.max(score);
        }
        is_near
    }
}

impl<'a> Search<'a> {
    /// Every step that the readings of `beam` can take at `spot`.
    pub(super) fn steps(&mut self, beam: &[Reading], spot: &Spot, next: &mut Vec<Candidate>) {
        let line = spot.text.and_then(|text| self.line(text as u32));
        let ground = self.ground(spot, line);
        self.asked.clear();
        self.asked.resize(self.opens.len(), NOT_ASKED);
        let Some(line) = line else {
            // A head without text, or a subhead at the page's end.
            next.extend((0..).zip(beam).map(|(from, reading)| match ground.head {
                Some((titled, _)) => self.begins(from, reading, &ground, 0.0, titled),
                None if reading.current == NONE => self.begins(from, reading, &ground, 0.0, false),
                None => Candidate { from, score: reading.score, kind: Kind::Stays },
            }));
            return;
        };
        let mut borders = Borders::new(line, self.statistics, self.settings);
        if ground.can_go {
            let go = self.opens.iter().filter(|open| ground.head.is_none() || !open.titled);
            borders.ask(go.filter_map(|open| Some((open.last, self.line(open.last)?))));
        }
        let mut best = Best { score: f32::NEG_INFINITY, margin: self.settings.beam_margin };
        for (from, reading) in (0..).zip(beam) {
            let begun = self.begins_with(from, reading, &ground, line);
            if best.admits(begun.score) {
                next.push(begun);
            }
            if !ground.can_go {
                continue;
            }
            for (at, &id) in (0..).zip(&reading.articles) {
                if let Some((score, adjacent)) = self.goes(reading, id, &ground, &mut borders, best.least())
                    && best.admits(score)
                {
                    next.push(Candidate { from, score, kind: Kind::Goes { at, adjacent } });
                }
            }
        }
    }

    /// What holds at `spot`, which ends in this line.
    fn ground(&self, spot: &Spot, line: Option<&Line>) -> Ground {
        let s = self.settings;
        let lead = spot.lead.start;
        let head = match self.pieces.get(lead) {
            Some(Piece::Head { titled, credited }) if !spot.lead.is_empty() => Some((*titled, *credited)),
            _ => None,
        };
        let credited = head.is_some_and(|h| h.1) || line.is_some_and(|l| l.credited);
        let piece = spot.text.unwrap_or(lead);
        // What no cut is near stands under its own headline, and a headline over its own text.
        let uncut = if self.uncut[piece] { s.turn_price_uncut } else { 0.0 };
        Ground {
            head,
            credited,
            is_bare: spot.lead.is_empty(),
            lead,
            piece,
            fresh: line.map_or(0.0, |l| l.price_of_fresh(s)),
            uncut,
            turn_price: s.turn_price + (1.0 - self.trust) * s.turn_price_untrusted + uncut,
            most_topic: self.most_topic(piece) + if head.is_some() { self.most_topic(lead) } else { 0.0 },
            can_go: head.is_none_or(|(titled, _)| titled && (!credited || s.titles_with_credits)),
        }
    }

    /// The step with which reading number `from` begins an article at this price.
    fn begins(&self, from: u32, reading: &Reading, ground: &Ground, price: f32, titled: bool) -> Candidate {
        let gone = self.gone(reading).map_or(0.0, |at| self.price_of_end(reading.articles[at]));
        Candidate { from, score: reading.score + (ground.fresh - price) - gone, kind: Kind::Begins { titled } }
    }

    /// The step with which it begins one with `line`.
    fn begins_with(&self, from: u32, reading: &Reading, ground: &Ground, line: &Line) -> Candidate {
        let s = self.settings;
        let (price, titled) = match ground.head {
            Some((titled, _)) => (0.0, titled),
            None if ground.credited || reading.current == NONE => (0.0, line.resumes),
            None if reading.broken => (s.bare_start_price - s.broken_off_gain, false),
            None => (s.bare_start_price + ground.uncut, false),
        };
        self.begins(from, reading, ground, price, titled)
    }

    /// How good a reading is if its open article `id` goes on, and whether nothing stands between; None where it is worth less
    /// than `least` for sure.
    fn goes(
        &mut self,
        reading: &Reading,
        id: u32,
        ground: &Ground,
        borders: &mut Borders<'a>,
        least: f32,
    ) -> Option<(f32, bool)> {
        let s = self.settings;
        if self.asked[id as usize].most.is_nan() {
            self.asked[id as usize] = self.ask(&self.opens[id as usize], ground, borders);
        }
        let asked = &mut self.asked[id as usize];
        let here = asked.number == reading.current;
        let mut price = asked.price;
        if !here && ground.head.is_none() {
            price += if reading.broken { s.turn_price_broken } else { ground.turn_price };
            if asked.number < reading.frontier {
                price += s.order_price;
            }
        }
        // What costs most to find out is asked last, and only where it matters.
        let too_little = |fit: f32| reading.score + (fit + ground.most_topic - price) < least;
        if too_little(asked.most) {
            return None;
        }
        let open = &self.opens[id as usize];
        let adjacent = here && ground.is_bare;
        let (_, fit) = *asked.follows[usize::from(adjacent)].get_or_insert_with(|| match asked.border {
            Some(border) => borders.follow(border, open.ending, adjacent, ground.fresh),
            None => (Follows::Fresh, ground.fresh),
        });
        if too_little(fit) {
            return None;
        }
        if ground.head.is_some() {
            if asked.topics[1].is_nan() {
                asked.topics[1] = shared(self.topics, open, ground.lead, s);
            }
            price -= asked.topics[1];
        }
        if asked.topics[0].is_nan() {
            asked.topics[0] = shared(self.topics, open, ground.piece, s);
        }
        Some((reading.score + (fit + asked.topics[0] - price), adjacent))
    }

    /// What an open article costs that goes on, and the most that can speak for it.
    fn ask(&self, open: &Open, ground: &Ground, borders: &Borders<'_>) -> Asked {
        let s = self.settings;
        let mut asked = Asked { number: open.number, most: f32::NEG_INFINITY, ..NOT_ASKED };
        if ground.head.is_some() {
            // A headline that stands in the middle of its article: only an article without one can take it.
            if open.titled || open.last == NONE {
                return asked;
            }
            asked.price += s.displaced_price + ground.uncut;
        }
        // The text may begin below a picture.
        let below_picture = self.line(open.last).is_some_and(|last| last.apart && open.titled);
        if ground.credited && !below_picture {
            asked.price += s.credited_price;
        }
        if open.jumped {
            asked.price += s.jumped_price;
        }
        asked.border = borders.border(open.last);
        asked.most = asked.border.map_or(ground.fresh, |border| borders.most(border, open.ending, ground.fresh));
        asked
    }

    /// What piece `n` can have in common with an article at most, a little rounded up.
    fn most_topic(&self, n: usize) -> f32 {
        let least = self.settings.topic_shortest.ln();
        let sum: f32 = self.topics.links(n).iter().map(|link| (link.weight - least).max(0.0)).sum();
        (sum * self.settings.topic_weight * 1.001).min(self.settings.topic_most)
    }
}

/// What piece `n` has in common with an article.
fn shared(topics: &Topics, open: &Open, n: usize, s: &settings::Layout) -> f32 {
    (topics.shared(n, open.pieces_before(n), open.discount) * s.topic_weight).min(s.topic_most)
}
