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

use std::cell::OnceCell;
use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;
use smallvec::SmallVec;

use crate::layout::border::{self, Balance, Ending};
use crate::layout::statistics::{Closing, Glance, Opening, Statistics, Window};
use crate::layout::topic::{self, Pieces, Topics, USUAL_CHARS};
use crate::layout::word;
use crate::settings;

mod trace;

use trace::Trace;

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

impl Piece {
    fn line(&self) -> Option<&Line> {
        match self {
            Self::Text(line) => Some(line),
            _ => None,
        }
    }
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
    /// It opens with a line 上接第N版: its article has its headline on another page and takes none here.
    pub resumes: bool,
    /// A caption, a picture or a table: it goes on from no line, and the text around it goes on over it.
    pub apart: bool,
    /// A mark opens it that sets pieces of news apart: it goes on from no line.
    pub marked: bool,
    /// It has lost the indent that paragraphs open with here: it goes on from a line.
    pub going: bool,
    /// No line goes on from it.
    pub closed: bool,
    /// What is asked of it again for each line that it may stand before or behind.
    asked: AskedOfLine,
}

#[derive(Clone, Debug, Default)]
struct AskedOfLine {
    closing: OnceCell<Closing>,
    words_before: OnceCell<word::Side>,
    words_behind: OnceCell<word::Side>,
}

impl Line {
    /// Reads a line; `shortest`: see [`border::line_ending`].
    pub(super) fn new(text: &str, credited: bool, shortest: usize) -> Self {
        Self {
            ending: border::line_ending(text, shortest),
            credited,
            jumps: false,
            opening: Window::opening(text),
            closing: Window::ending(text),
            balance: border::balance(text),
            cannot_begin: text.chars().next().is_some_and(border::cannot_begin),
            resumes: false,
            apart: false,
            marked: border::begins_anew(text),
            going: false,
            closed: false,
            asked: AskedOfLine::default(),
        }
    }

    /// An item of a list, or several: it ends as it stands, and goes on from nothing.
    pub(super) fn item(text: &str) -> Self {
        Self { ending: Ending::Complete, marked: true, closed: true, ..Self::new(text, false, 0) }
    }

    /// Whether something of it stands elsewhere.
    fn is_cut(&self) -> bool {
        !self.closed
            && (self.ending == Ending::Open && !self.jumps
                || (self.cannot_begin || self.going) && !self.resumes
                || self.balance != Balance::default())
    }

    /// What speaks against its beginning a paragraph, whatever stands before it.
    fn price_of_fresh(&self, s: &settings::Layout) -> f32 {
        /// Against a line without an indent where paragraphs have one: some first paragraphs have none.
        const NO_INDENT: f32 = 4.0;
        let first = if self.cannot_begin { s.cannot_begin_price } else { 0.0 };
        -first - if self.going { NO_INDENT } else { 0.0 }
    }

    /// A picture or a table, which ends as it stands.
    pub(super) fn closed(text: &str) -> Self {
        Self { ending: Ending::Complete, apart: true, closed: true, ..Self::new(text, false, 0) }
    }

    /// What the archive says of its last characters.
    fn closes(&self, statistics: &Statistics) -> &Closing {
        self.asked.closing.get_or_init(|| statistics.closing(&self.closing))
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
        uncut: uncut(pieces, settings.uncut_pieces),
        trace: Trace::new(pieces.len()),
        opens: Vec::new(),
        asked: Vec::new(),
        coming: Coming::default(),
    };
    let mut beam = vec![Reading {
        score: 0.0,
        current: NONE,
        broken: false,
        articles: SmallVec::new(),
        n_articles: 0,
        frontier: 0,
        step: NONE,
        marks: 0,
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
        search.trace.tidy(beam.iter_mut().map(|reading| &mut reading.step));
        at += lead + usize::from(text.is_some());
    }
    for reading in &mut beam {
        reading.score -= reading.articles.iter().map(|&a| search.price_of_end(a)).sum::<f32>();
    }
    beam.sort_by(|a, b| b.score.total_cmp(&a.score));
    search.placed(&beam)
}

/// For each piece whether no line within `near` pieces of it is cut: what stands there stands where it belongs.
fn uncut(pieces: &[Piece], near: usize) -> Vec<bool> {
    let mut uncut = vec![true; pieces.len()];
    let mut free = 0;
    for (n, _) in pieces.iter().enumerate().filter(|(_, p)| p.line().is_some_and(Line::is_cut)) {
        let from = n.saturating_sub(near).max(free);
        free = (n + near + 1).min(pieces.len());
        uncut[from..free].fill(false);
    }
    uncut
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
    /// The open article at this place of the reading goes on.
    Goes { at: u32, adjacent: bool },
}

/// What stands over the border between one line and each line that it may follow. The readings of a beam mostly ask for
/// the same few lines.
struct Borders<'a> {
    line: &'a Line,
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
    fn new(line: &'a Line, statistics: &'a Statistics, settings: &'a settings::Layout) -> Self {
        let opening = statistics.opening(&line.opening, settings.opening_chars);
        let word_weight = word_weight(statistics, settings);
        Self { line, opening, word_weight, statistics, settings, known: SmallVec::new() }
    }

    /// Asks of the borders with all of these lines from which this one may go on.
    fn ask(&mut self, lasts: impl Iterator<Item = (u32, &'a Line)>) {
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
        for border in &mut self.known {
            let Border { last, glance, .. } = *border;
            border.evidence = evidence_without_word(last, line, opening, glance, statistics, settings);
            let elsewhere = statistics.ln_border_elsewhere(last.closes(statistics), opening, glance);
            border.elsewhere = elsewhere.map(|e| e.min(settings.border_most));
        }
    }

    /// The place of a border among those that were asked.
    fn border(&self, left: u32) -> Option<usize> {
        self.known.iter().position(|k| k.left == left)
    }

    /// The most that [`Borders::follow`] can say.
    fn most(&self, border: usize, ending: Ending, fresh: f32) -> f32 {
        let border = &self.known[border];
        let word = if border.has_word { 0.0 } else { self.word_weight * self.settings.word_most };
        let (join, fresh) = self.both(ending, border.evidence.sum() + word, fresh + border.elsewhere[0]);
        join.max(fresh)
    }

    /// How the line follows `last`, the last line of an article, and what speaks for it, against a paragraph that starts
    /// afresh.
    fn follow(&mut self, border: usize, ending: Ending, adjacent: bool, fresh: f32) -> (Follows, f32) {
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
pub(super) fn evidence(left: &Line, right: &Line, statistics: &Statistics, settings: &settings::Layout) -> Evidence {
    let opening = statistics.opening(&right.opening, settings.opening_chars);
    let glance = statistics.glance(left.closes(statistics), &opening);
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

/// What was found out about an open article and the line that is being placed.
#[derive(Clone, Copy)]
struct Asked {
    number: u32,
    /// What it costs that it goes on, whatever reading it is in.
    price: f32,
    /// The most that [`Borders::follow`] can say; NAN where it was not asked.
    most: f32,
    /// The border with its last line.
    border: Option<usize>,
    /// How the line follows, and what speaks for it, not adjacent and adjacent.
    follows: [Option<(Follows, f32)>; 2],
    /// What line and head have in common with it; NAN where it was not asked.
    topics: [f32; 2],
}

const NOT_ASKED: Asked =
    Asked { number: NONE, price: 0.0, most: f32::NAN, border: None, follows: [None; 2], topics: [f32::NAN; 2] };

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
    fn line(&self, piece: u32) -> Option<&'a Line> {
        self.pieces.get(piece as usize).and_then(Piece::line)
    }

    /// Every step that the readings of `beam` can take at `spot`.
    fn steps(&mut self, beam: &[Reading], spot: &Spot, next: &mut Vec<Candidate>) {
        let s = self.settings;
        let lead = &spot.lead;
        let head = match self.pieces.get(lead.start) {
            Some(Piece::Head { titled, credited }) if !lead.is_empty() => Some((*titled, *credited)),
            _ => None,
        };
        let line = spot.text.and_then(|t| self.line(t as u32));
        let credited = head.is_some_and(|h| h.1) || line.is_some_and(|l| l.credited);
        let fresh = line.map_or(0.0, |l| l.price_of_fresh(s));
        let piece = spot.text.unwrap_or(lead.start);
        let mut borders = line.map(|line| Borders::new(line, self.statistics, s));
        self.asked.clear();
        self.asked.resize(self.opens.len(), NOT_ASKED);
        // What no cut is near stands under its own headline, and a headline over its own text.
        let uncut = if self.uncut[piece] { s.turn_price_uncut } else { 0.0 };
        let most_topic = self.most_topic(piece) + if head.is_some() { self.most_topic(lead.start) } else { 0.0 };
        let turn_price = s.turn_price + (1.0 - self.trust) * s.turn_price_untrusted + uncut;
        let can_go = head.is_none_or(|(titled, _)| titled && (!credited || s.titles_with_credits));
        if let Some(borders) = borders.as_mut().filter(|_| can_go) {
            let go = self.opens.iter().filter(|open| head.is_none() || !open.titled);
            borders.ask(go.filter_map(|open| Some((open.last, self.line(open.last)?))));
        }
        // The best candidate so far, and the least that one may be to be looked at again.
        let (mut best, mut least) = (f32::NEG_INFINITY, f32::NEG_INFINITY);
        for (from, reading) in beam.iter().enumerate() {
            let from = from as u32;
            let begins = |price: f32, titled: bool| {
                let score = reading.score + (fresh - price)
                    - self.gone(reading).map_or(0.0, |at| self.price_of_end(reading.articles[at]));
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
            let begun = if let Some((titled, _)) = head {
                begins(0.0, titled)
            } else if credited || reading.current == NONE {
                begins(0.0, borders.line.resumes)
            } else if !reading.broken {
                begins(s.bare_start_price + uncut, false)
            } else {
                begins(s.bare_start_price - s.broken_off_gain, false)
            };
            if begun.score >= least {
                best = best.max(begun.score);
                least = best - s.beam_margin;
                next.push(begun);
            }
            if !can_go {
                continue;
            }
            let turn_price = if reading.broken { s.turn_price_broken } else { turn_price };
            for (at, &id) in reading.articles.iter().enumerate() {
                let asked = &mut self.asked[id as usize];
                if asked.most.is_nan() {
                    let open = &self.opens[id as usize];
                    asked.number = open.number;
                    if head.is_some() {
                        // A headline that stands in the middle of its article: only an article without one can take it.
                        if open.titled || open.last == NONE {
                            asked.most = f32::NEG_INFINITY;
                            continue;
                        }
                        asked.price += s.displaced_price + uncut;
                    }
                    // The text may begin below a picture.
                    let last = self.pieces.get(open.last as usize).and_then(Piece::line);
                    let begun = last.is_none_or(|last| !(last.apart && open.titled));
                    if credited && begun {
                        asked.price += s.credited_price;
                    }
                    if open.jumped {
                        asked.price += s.jumped_price;
                    }
                    asked.most = fresh;
                    asked.border = borders.border(open.last);
                    if let Some(border) = asked.border {
                        asked.most = borders.most(border, open.ending, fresh);
                    }
                }
                let here = asked.number == reading.current;
                let mut price = asked.price;
                if !here && head.is_none() {
                    price += turn_price;
                    if asked.number < reading.frontier {
                        price += s.order_price;
                    }
                }
                // What costs most to find out is asked last, and only where it matters.
                let too_little = |fit: f32| reading.score + (fit + most_topic - price) < least;
                if too_little(asked.most) {
                    continue;
                }
                let open = &self.opens[id as usize];
                let adjacent = here && head.is_none() && lead.is_empty();
                let (_, fit) = *asked.follows[usize::from(adjacent)].get_or_insert_with(|| match asked.border {
                    Some(border) => borders.follow(border, open.ending, adjacent, fresh),
                    None => (Follows::Fresh, fresh),
                });
                if too_little(fit) {
                    continue;
                }
                if head.is_some() {
                    if asked.topics[1].is_nan() {
                        asked.topics[1] = shared(self.topics, open, lead.start, s);
                    }
                    price -= asked.topics[1];
                }
                if asked.topics[0].is_nan() {
                    asked.topics[0] = shared(self.topics, open, piece, s);
                }
                let score = reading.score + (fit + asked.topics[0] - price);
                if score >= least {
                    best = best.max(score);
                    least = best - s.beam_margin;
                    next.push(Candidate { from, score, kind: Kind::Goes { at: at as u32, adjacent } });
                }
            }
        }
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

    /// What piece `n` can have in common with an article at most, a little rounded up.
    fn most_topic(&self, n: usize) -> f32 {
        let least = self.settings.topic_shortest.ln();
        let sum: f32 = self.topics.links(n).iter().map(|link| (link.weight - least).max(0.0)).sum();
        (sum * self.settings.topic_weight * 1.001).min(self.settings.topic_most)
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

    /// The best reading, with margins over the others.
    fn placed(&self, beam: &[Reading]) -> Vec<Placed> {
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
                        self.line(left).map_or(evidence, |l| self::evidence(l, right, self.statistics, self.settings));
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

/// What piece `n` has in common with an article.
fn shared(topics: &Topics, open: &Open, n: usize, s: &settings::Layout) -> f32 {
    (topics.shared(n, open.pieces_before(n), open.discount) * s.topic_weight).min(s.topic_most)
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

#[cfg(test)]
mod tests;
