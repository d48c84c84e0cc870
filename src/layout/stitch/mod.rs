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

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;
use smallvec::SmallVec;

use crate::layout::border::{self, Balance, Ending};
use crate::layout::statistics::{Statistics, Window};
use crate::layout::topic::{NO_PIECE, Topics, USUAL_CHARS};
use crate::layout::word;
use crate::settings;

/// A piece of the page.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    /// The head of an article: kicker, headline, deck, credit, or some of them.
    Head {
        /// A headline is among them.
        titled: bool,
        /// A credit is among them, or opens the line behind them.
        credited: bool,
    },
    /// A line of text.
    Text(Box<Line>),
    /// A subhead, which goes with the line behind it.
    Subhead,
}

/// What is known of a line of text.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// How it ends.
    pub ending: Ending,
    /// A credit or a line 上接第N版 opens it: an article begins here, or goes on from another page.
    pub credited: bool,
    /// A line 下转第N版 closes it: what goes on does so on another page.
    pub jumps: bool,
    /// Its first characters.
    pub opening: Window,
    /// Its last characters.
    pub closing: Window,
    /// What it leaves open or closes.
    pub balance: Balance,
    /// Its first character cannot begin a line.
    pub cannot_begin: bool,
    /// It stands under a picture: it goes on from no line, and the text around it goes on over it.
    pub caption: bool,
}

impl Line {
    /// Reads a line.
    pub(super) fn new(text: &str, credited: bool) -> Self {
        Self {
            ending: border::ending(text),
            credited,
            jumps: false,
            opening: Window::opening(text),
            closing: Window::ending(text),
            balance: border::balance(text),
            cannot_begin: text.chars().next().is_some_and(border::cannot_begin),
            caption: border::is_caption(text),
        }
    }
}

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

/// The bits of `score` as a number that grows with it ([`f32::total_cmp`]).
fn ascending(score: f32) -> u32 {
    let bits = score.to_bits();
    if bits >> 31 == 0 { bits | 1 << 31 } else { !bits }
}

/// What speaks for a join, in nats.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Evidence {
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
    pub(super) fn sum(self) -> f32 {
        self.sentence + self.word + self.pairs + self.elsewhere
    }
}

const NONE: u32 = u32::MAX;
/// Pieces back to which a reading remembers the article of each.
const MEMORY: usize = 128;

/// An article of a reading, as far as it matters for what follows.
#[derive(Clone, Copy, Debug, PartialEq)]
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
}

impl Open {
    /// What the steps to come depend on, but for words in common.
    fn stands(&self) -> (u32, u32, bool) {
        (self.number, self.last, self.titled)
    }
}

struct Reading {
    score: f32,
    current: u32,
    articles: SmallVec<[Open; 12]>,
    n_articles: u32,
    /// The youngest article that was turned back to.
    frontier: u32,
    /// Index of the last step, in the trace.
    step: u32,
    owners: [u16; MEMORY],
    /// A hash of what [`Reading::ends_like`] compares.
    mark: u64,
}

impl Reading {
    /// Whether the steps to come are alike for both.
    fn ends_like(&self, other: &Self) -> bool {
        self.mark == other.mark
            && self.current == other.current
            && self.n_articles == other.n_articles
            && self.frontier == other.frontier
            && self.articles.iter().map(Open::stands).eq(other.articles.iter().map(Open::stands))
    }

    fn make_mark(&mut self) {
        let mut hasher = FxHasher::default();
        (self.current, self.n_articles, self.frontier).hash(&mut hasher);
        for open in &self.articles {
            open.stands().hash(&mut hasher);
        }
        self.mark = hasher.finish();
    }
}

impl Clone for Reading {
    fn clone(&self) -> Self {
        Self { articles: SmallVec::from_slice(&self.articles), ..*self }
    }
}

#[derive(Clone, Copy)]
struct Step {
    before: u32,
    article: u32,
    follows: Follows,
    topic: f32,
}

/// Places every piece.
pub(super) fn place(
    pieces: &[Piece],
    topics: &Topics,
    statistics: &Statistics,
    settings: &settings::Layout,
) -> Vec<Placed> {
    let mut search = Search {
        pieces,
        topics,
        statistics,
        settings,
        trust: statistics.trust(settings.trusted_chars),
        trace: Vec::with_capacity(pieces.len() * 2),
    };
    let mut beam = vec![Reading {
        score: 0.0,
        current: NONE,
        articles: SmallVec::new(),
        n_articles: 0,
        frontier: 0,
        step: NONE,
        owners: [u16::MAX; MEMORY],
        mark: 0,
    }];
    let mut next = Vec::new();
    let mut kept = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        // A head or subhead is placed together with the line of text behind it.
        let (lead, text) = split_lead(pieces, at);
        let spot = Spot { lead: at..at + lead, text };
        search.steps(&beam, &spot, &mut next);
        search.keep_best(&beam, &spot, &mut next, &mut kept);
        std::mem::swap(&mut beam, &mut kept);
        at += lead + usize::from(text.is_some());
    }
    for reading in &mut beam {
        reading.score -= reading.articles.iter().map(|a| search.price_of_end(a)).sum::<f32>();
    }
    beam.sort_by(|a, b| b.score.total_cmp(&a.score));
    search.placed(&beam)
}

/// How many pieces from `at` are placed together with the line of text behind them, and which line that is: none where
/// another head comes first.
fn split_lead(pieces: &[Piece], at: usize) -> (usize, Option<usize>) {
    for (n, piece) in pieces[at..].iter().enumerate() {
        match piece {
            Piece::Text(_) => return (n, Some(at + n)),
            Piece::Head { .. } if n > 0 => return (n, None),
            _ => {}
        }
    }
    (pieces.len() - at, None)
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
    /// The open article at this place goes on.
    Goes { at: u32, follows: Follows, topic: f32 },
}

/// What stands over the border between one line and each line that it may follow. The readings of a beam mostly ask for
/// the same few lines.
struct Borders<'a> {
    search: &'a Search<'a>,
    line: &'a Line,
    at_start: f32,
    known: SmallVec<[Border; 16]>,
}

#[derive(Clone, Copy)]
struct Border {
    left: u32,
    /// What speaks for a join.
    joins: f32,
    /// That the two lines follow each other elsewhere; by whether they do so here.
    elsewhere: [f32; 2],
}

impl<'a> Borders<'a> {
    fn new(search: &'a Search<'a>, line: &'a Line) -> Self {
        Self { search, line, at_start: search.ln_start(line), known: SmallVec::new() }
    }

    fn border(&mut self, left: u32, last: &Line) -> Border {
        if let Some(known) = self.known.iter().find(|k| k.left == left) {
            return *known;
        }
        let most = self.search.settings.border_most;
        let elsewhere = [false, true].map(|adjacent| {
            self.search.statistics.ln_border_elsewhere(&last.closing, &self.line.opening, adjacent).min(most)
        });
        let Search { statistics, settings, .. } = self.search;
        let joins = evidence_beside(last, self.line, self.at_start, statistics, settings).sum();
        let border = Border { left, joins, elsewhere };
        self.known.push(border);
        border
    }

    /// How the line follows the last line of `open`, and what speaks for it, against a paragraph that starts afresh.
    fn follow(&mut self, open: &Open, adjacent: bool, fresh: f32) -> (Follows, f32) {
        let s = self.search.settings;
        let last = self.search.line(open.last).filter(|_| !self.line.caption);
        let Some(last) = last else { return (Follows::Fresh, fresh) };
        let border = self.border(open.last, last);
        let join = |price: f32| (Follows::Joins(open.last), border.joins - price);
        let fresh = |price: f32| (Follows::Fresh, fresh - price + border.elsewhere[usize::from(adjacent)]);
        let better = |a: (Follows, f32), b: (Follows, f32)| if b.1 > a.1 { b } else { a };
        match open.ending {
            Ending::Open => better(join(0.0), fresh(s.broken_off_price)),
            Ending::Either => better(fresh(0.0), join(s.either_price)),
            Ending::Complete => better(fresh(0.0), join(s.complete_price)),
        }
    }
}

/// What speaks for `right` going on from `left` in mid-sentence, against a paragraph that starts afresh.
pub(super) fn evidence(left: &Line, right: &Line, statistics: &Statistics, settings: &settings::Layout) -> Evidence {
    let at_start = statistics.ln_chance_of(None, &right.opening, settings.opening_chars);
    evidence_beside(left, right, at_start, statistics, settings)
}

/// The same where the chance of `right` at a line's start is known.
fn evidence_beside(
    left: &Line,
    right: &Line,
    at_start: f32,
    statistics: &Statistics,
    s: &settings::Layout,
) -> Evidence {
    let behind = statistics.ln_chance_of(Some(&left.closing), &right.opening, s.opening_chars);
    let trust = statistics.trust(s.trusted_chars);
    Evidence {
        sentence: trust * s.sentence_weight * (behind - at_start).clamp(-s.sentence_most, s.sentence_most),
        word: s.word_weight * word::over_border(&left.closing, &right.opening).min(s.word_most),
        pairs: border::pairs_fit(left.balance, right.balance),
        elsewhere: statistics.ln_passage_elsewhere(&left.closing, &right.opening).min(s.elsewhere_most),
        topic: 0.0,
    }
}

struct Search<'a> {
    pieces: &'a [Piece],
    topics: &'a Topics,
    statistics: &'a Statistics,
    settings: &'a settings::Layout,
    /// How far the archive's chances can be trusted.
    trust: f32,
    trace: Vec<Step>,
}

impl Search<'_> {
    fn line(&self, piece: u32) -> Option<&Line> {
        match self.pieces.get(piece as usize) {
            Some(Piece::Text(line)) => Some(line),
            _ => None,
        }
    }

    /// Every step that the readings of `beam` can take at `spot`.
    fn steps(&self, beam: &[Reading], spot: &Spot, next: &mut Vec<Candidate>) {
        let s = self.settings;
        let lead = &spot.lead;
        let head = match self.pieces.get(lead.start) {
            Some(Piece::Head { titled, credited }) if !lead.is_empty() => Some((*titled, *credited)),
            _ => None,
        };
        let line = spot.text.and_then(|t| self.line(t as u32));
        let credited = head.is_some_and(|h| h.1) || line.is_some_and(|l| l.credited);
        let fresh = line.map_or(0.0, |l| if l.cannot_begin { -s.cannot_begin_price } else { 0.0 });
        let piece = spot.text.unwrap_or(lead.start);
        let mut borders = line.map(|line| Borders::new(self, line));
        let mut best = f32::NEG_INFINITY;
        let most_topic = self.most_topic(piece) + if head.is_some() { self.most_topic(lead.start) } else { 0.0 };
        for (from, reading) in beam.iter().enumerate() {
            let from = from as u32;
            let begins = |price: f32, titled: bool| {
                let score = reading.score + (fresh - price)
                    - self.gone(reading).map_or(0.0, |at| self.price_of_end(&reading.articles[at]));
                Candidate { from, score, kind: Kind::Begins { titled } }
            };
            let Some(borders) = borders.as_mut() else {
                // A head without text, or a subhead at the page's end.
                next.push(match head {
                    Some((titled, _)) => begins(0.0, titled),
                    None if reading.current == NONE => begins(0.0, false),
                    None => Candidate { from, score: reading.score, kind: Kind::Stays },
                });
                continue;
            };
            if let Some((titled, _)) = head {
                next.push(begins(0.0, titled));
                if !titled || credited && !s.titles_with_credits {
                    continue;
                }
            } else if credited || reading.current == NONE {
                next.push(begins(0.0, false));
            } else if !Self::is_open(reading) {
                next.push(begins(s.bare_start_price, false));
            } else {
                next.push(begins(s.bare_start_price - s.broken_off_gain, false));
            }
            best = next.last().map_or(best, |begun| best.max(begun.score));
            // What articles have in common with the line costs most to find out, and is asked only where it matters.
            let mut topics = None;
            let mut titles = None;
            for (at, open) in reading.articles.iter().enumerate() {
                let mut price = 0.0;
                if head.is_some() {
                    // A headline that stands in the middle of its article: only an article without one can take it.
                    if open.titled || open.last == NONE {
                        continue;
                    }
                    price += s.displaced_price;
                }
                if credited {
                    price += s.credited_price;
                }
                if open.jumped {
                    price += s.jumped_price;
                }
                let here = open.number == reading.current;
                if !here && head.is_none() {
                    price += if Self::is_open(reading) {
                        s.turn_price_broken
                    } else {
                        s.turn_price + (1.0 - self.trust) * s.turn_price_untrusted
                    };
                    if open.number < reading.frontier {
                        price += s.order_price;
                    }
                }
                let adjacent = here && head.is_none() && lead.is_empty();
                let (follows, fit) = borders.follow(open, adjacent, fresh);
                if reading.score + (fit + most_topic - price) < best - s.beam_margin {
                    continue;
                }
                if head.is_some() {
                    price -= titles.get_or_insert_with(|| self.topics(reading, lead.start))[at];
                }
                let topic = topics.get_or_insert_with(|| self.topics(reading, piece))[at];
                let kind = Kind::Goes { at: at as u32, follows, topic };
                let score = reading.score + (fit + topic - price);
                best = best.max(score);
                next.push(Candidate { from, score, kind });
            }
        }
    }

    /// The reading that a candidate leads to.
    fn reading(&mut self, beam: &[Reading], spot: &Spot, candidate: &Candidate) -> Reading {
        let mut new = beam[candidate.from as usize].clone();
        new.score = candidate.score;
        let has_head = matches!(self.pieces.get(spot.lead.start), Some(Piece::Head { .. })) && !spot.lead.is_empty();
        match candidate.kind {
            Kind::Begins { titled } => {
                if let Some(gone) = self.gone(&new) {
                    new.articles.remove(gone);
                }
                let open = Open {
                    number: new.n_articles,
                    last: NONE,
                    ending: Ending::Complete,
                    titled,
                    jumped: false,
                    chars: 0,
                    discount: self.discount(0),
                };
                new.n_articles += 1;
                new.articles.push(open);
                self.go_to(&mut new, open.number, spot, Follows::Fresh, 0.0);
            }
            Kind::Stays => {
                let current = new.current;
                self.go_to(&mut new, current, spot, Follows::Fresh, 0.0);
            }
            Kind::Goes { at, follows, topic } => {
                let open = &mut new.articles[at as usize];
                open.titled |= has_head;
                let number = open.number;
                if number != new.current {
                    new.frontier = new.frontier.max(number);
                }
                self.go_to(&mut new, number, spot, follows, topic);
            }
        }
        new.make_mark();
        new
    }

    /// Whether the article that `reading` is in breaks off in mid-sentence.
    fn is_open(reading: &Reading) -> bool {
        reading.articles.iter().any(|a| a.number == reading.current && a.ending == Ending::Open)
    }

    /// See [`Open::discount`].
    fn discount(&self, chars: u32) -> f32 {
        (chars as f32 / USUAL_CHARS).max(self.settings.topic_shortest).ln()
    }

    /// What piece `n` can have in common with an article at most, a little rounded up.
    fn most_topic(&self, n: usize) -> f32 {
        let least = self.settings.topic_shortest.ln();
        let sum: f32 = self.topics.links(n).iter().map(|link| (link.weight - least).max(0.0)).sum();
        (sum * self.settings.topic_weight * 1.001).min(self.settings.topic_most)
    }

    /// Natural logarithm of the chance of the line's first characters at the start of a line.
    fn ln_start(&self, line: &Line) -> f32 {
        self.statistics.ln_chance_of(None, &line.opening, self.settings.opening_chars)
    }

    /// What piece `n` has in common with each of the articles of `reading`.
    fn topics(&self, reading: &Reading, n: usize) -> SmallVec<[f32; 12]> {
        let s = self.settings;
        let mut sums: SmallVec<[f32; 12]> = smallvec::smallvec![0.0; reading.articles.len()];
        // Where each article stands, by the last bits of its number: the few that are open seldom share them.
        let mut places = [u8::MAX; 64];
        for (at, open) in reading.articles.iter().enumerate().rev() {
            places[open.number as usize % 64] = at as u8;
        }
        let place_of = |owner: u16| {
            let at = usize::from(places[owner as usize % 64]);
            let open = reading.articles.get(at)?;
            if open.number as u16 == owner {
                return Some(at);
            }
            reading.articles.iter().position(|a| a.number as u16 == owner)
        };
        for link in self.topics.links(n) {
            let mut counted = 0u32;
            for &other in link.pieces.iter().take_while(|&&p| p != NO_PIECE && n - (p as usize) < MEMORY) {
                if let Some(at) = place_of(reading.owners[other as usize % MEMORY])
                    && counted & 1 << at == 0
                {
                    counted |= 1 << at;
                    sums[at] += (link.weight - reading.articles[at].discount).max(0.0);
                }
            }
        }
        sums.iter_mut().for_each(|sum| *sum = (*sum * s.topic_weight).min(s.topic_most));
        sums
    }

    /// Puts the pieces of a step into an article.
    fn go_to(&mut self, reading: &mut Reading, number: u32, spot: &Spot, follows: Follows, topic: f32) {
        reading.current = number;
        let Spot { lead, text } = spot;
        let chars: u32 = lead.clone().chain(*text).map(|n| self.topics.chars(n)).sum();
        if let Some(open) = reading.articles.iter_mut().find(|a| a.number == number) {
            open.chars += chars;
            open.discount = self.discount(open.chars);
        }
        for piece in lead.clone().chain(*text) {
            reading.owners[piece % MEMORY] = number as u16;
            let is_text = Some(piece) == *text;
            self.trace.push(Step {
                before: reading.step,
                article: number,
                follows: if is_text { follows } else { Follows::Fresh },
                topic: if is_text { topic } else { 0.0 },
            });
            reading.step = self.trace.len() as u32 - 1;
        }
        if let Some(text) = *text {
            let (ending, jumps) = self.line(text as u32).map_or((Ending::Complete, false), |l| (l.ending, l.jumps));
            let caption = self.line(text as u32).is_some_and(|l| l.caption);
            if let Some(open) = reading.articles.iter_mut().find(|a| a.number == number)
                && !(caption && open.last != NONE)
            {
                open.last = text as u32;
                open.jumped |= jumps;
                open.ending = if open.jumped { Ending::Complete } else { ending };
            }
        }
    }

    /// Which article makes room for one more, where there is no room: the oldest that is done with, then the oldest of all.
    fn gone(&self, reading: &Reading) -> Option<usize> {
        if reading.articles.len() < self.settings.open_articles.max(2) {
            return None;
        }
        let done = |a: &Open| a.titled && a.ending == Ending::Complete && a.number != reading.current;
        Some(reading.articles.iter().position(done).unwrap_or(0))
    }

    /// What it costs that an article ends as it stands.
    fn price_of_end(&self, article: &Open) -> f32 {
        let s = self.settings;
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
        let best = next.iter().map(|c| c.score).fold(f32::NEG_INFINITY, f32::max);
        next.retain(|candidate| candidate.score >= best - self.settings.beam_margin);
        // Keys sort faster than what they stand for. The best comes first, of equals the one that was found first.
        let keys = next.iter().enumerate().map(|(n, c)| u64::from(!ascending(c.score)) << 32 | n as u64);
        let mut order: SmallVec<[u64; 256]> = keys.collect();
        order.sort_unstable();
        for key in &order {
            let candidate = next[*key as u32 as usize];
            if kept.len() >= self.settings.beam {
                break;
            }
            let steps = self.trace.len();
            let reading = self.reading(beam, spot, &candidate);
            if kept.iter().filter(|other| other.ends_like(&reading)).count() >= self.settings.beam_alike {
                self.trace.truncate(steps);
            } else {
                kept.push(reading);
            }
        }
        next.clear();
    }

    fn path(&self, reading: &Reading) -> Vec<Step> {
        let mut steps = Vec::with_capacity(self.pieces.len());
        let mut at = reading.step;
        while let Some(step) = self.trace.get(at as usize) {
            steps.push(*step);
            at = step.before;
        }
        steps.reverse();
        steps
    }

    /// The best reading, with margins over the others.
    fn placed(&self, beam: &[Reading]) -> Vec<Placed> {
        let Some(best) = beam.first() else { return Vec::new() };
        let steps = self.path(best);
        let mut placed: Vec<Placed> = steps
            .iter()
            .enumerate()
            .map(|(n, step)| {
                let mut evidence = Evidence::default();
                if let (Follows::Joins(left), Some(right)) = (step.follows, self.line(n as u32)) {
                    evidence =
                        self.line(left).map_or(evidence, |l| self::evidence(l, right, self.statistics, self.settings));
                }
                evidence.topic = step.topic;
                let most = self.settings.beam_margin;
                Placed { article: step.article, follows: step.follows, margin: most, place_margin: most, evidence }
            })
            .collect();
        let mine_before = before(&steps);
        for other in &beam[1..] {
            let behind = best.score - other.score;
            let theirs = self.path(other);
            let theirs_before = before(&theirs);
            for (n, (mine, theirs)) in placed.iter_mut().zip(&theirs).enumerate() {
                if mine.follows != theirs.follows {
                    mine.margin = mine.margin.min(behind);
                }
                if mine_before[n] != theirs_before[n] {
                    mine.place_margin = mine.place_margin.min(behind);
                }
            }
        }
        placed
    }
}

/// For each step the last one before it of its article.
fn before(steps: &[Step]) -> Vec<u32> {
    let mut last = vec![NONE; steps.iter().map(|s| s.article as usize + 1).max().unwrap_or(0)];
    let step = |(n, step): (usize, &Step)| std::mem::replace(&mut last[step.article as usize], n as u32);
    steps.iter().enumerate().map(step).collect()
}

#[cfg(test)]
mod tests;
