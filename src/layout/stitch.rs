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
//! width bounds the cost of a line, so a reading that is far behind for long may be lost though it would win at the end.
//! The settings tell the scores one by one.

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
    /// A credit opens it.
    pub credited: bool,
    /// Its first characters.
    pub opening: Window,
    /// Its last characters.
    pub closing: Window,
    /// What it leaves open or closes.
    pub balance: Balance,
    /// Its first character cannot begin a line.
    pub cannot_begin: bool,
}

impl Line {
    /// Reads a line.
    pub(super) fn new(text: &str, credited: bool) -> Self {
        Self {
            ending: border::ending(text),
            credited,
            opening: Window::opening(text),
            closing: Window::ending(text),
            balance: border::balance(text),
            cannot_begin: text.chars().next().is_some_and(border::cannot_begin),
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
    /// The join's own score, in nats against a paragraph's start.
    pub evidence: Evidence,
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
    fn sum(self) -> f32 {
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
    /// Its characters so far.
    chars: u32,
}

impl Open {
    /// What the steps to come depend on, but for words in common.
    fn stands(&self) -> (u32, u32, bool) {
        (self.number, self.last, self.titled)
    }
}

#[derive(Clone)]
struct Reading {
    score: f32,
    current: u32,
    articles: SmallVec<[Open; 8]>,
    n_articles: u32,
    /// The youngest article that was turned back to.
    frontier: u32,
    /// Index of the last step, in the trace.
    step: u32,
    owners: [u16; MEMORY],
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
    }];
    let mut next = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        // A head or subhead is placed together with the line of text behind it.
        let (lead, text) = split_lead(pieces, at);
        for reading in &beam {
            search.steps(reading, at..at + lead, text, &mut next);
        }
        at += lead + usize::from(text.is_some());
        beam.clear();
        search.keep_best(&mut next, &mut beam);
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

    /// Every step that `reading` can take over the pieces `lead` and the line `text`.
    fn steps(&mut self, reading: &Reading, lead: std::ops::Range<usize>, text: Option<usize>, next: &mut Vec<Reading>) {
        let s = self.settings;
        let head = match self.pieces.get(lead.start) {
            Some(Piece::Head { titled, credited }) if !lead.is_empty() => Some((*titled, *credited)),
            _ => None,
        };
        let line = text.and_then(|t| self.line(t as u32));
        let credited = head.is_some_and(|h| h.1) || line.is_some_and(|l| l.credited);
        let fresh = line.map_or(0.0, |l| if l.cannot_begin { -s.cannot_begin_price } else { 0.0 });
        let piece = text.unwrap_or(lead.start);
        let begins = |search: &mut Self, price: f32, titled: bool, next: &mut Vec<Reading>| {
            let mut new = reading.clone();
            let open = Open { number: new.n_articles, last: NONE, ending: Ending::Complete, titled, chars: 0 };
            new.n_articles += 1;
            new.score += fresh - price;
            search.let_go(&mut new);
            new.articles.push(open);
            search.go_to(&mut new, open.number, lead.clone(), text, Follows::Fresh, 0.0);
            next.push(new);
        };
        let Some(line) = line.cloned() else {
            // A head without text, or a subhead at the page's end.
            match head {
                Some((titled, _)) => begins(self, 0.0, titled, next),
                None if reading.current != NONE => {
                    let mut new = reading.clone();
                    self.go_to(&mut new, reading.current, lead, None, Follows::Fresh, 0.0);
                    next.push(new);
                }
                None => begins(self, 0.0, false, next),
            }
            return;
        };
        if let Some((titled, _)) = head {
            begins(self, 0.0, titled, next);
            if !titled || credited && !s.titles_with_credits {
                return;
            }
        } else if credited || reading.current == NONE {
            begins(self, 0.0, false, next);
        } else if !Self::is_open(reading) {
            begins(self, s.bare_start_price, false, next);
        } else {
            begins(self, s.bare_start_price - s.broken_off_gain, false, next);
        }
        let topics = self.topics(reading, piece);
        let titles = head.map(|_| self.topics(reading, lead.start));
        for (at, open) in reading.articles.iter().enumerate() {
            let mut price = 0.0;
            if head.is_some() {
                // A headline that stands in the middle of its article: only an article without one can take it.
                if open.titled || open.last == NONE {
                    continue;
                }
                price += s.displaced_price;
                price -= titles.as_ref().map_or(0.0, |t| t[at]);
            }
            if credited {
                price += s.credited_price;
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
            let topic = topics[at];
            let (follows, fit) = self.follow(open, &line, here && head.is_none() && lead.is_empty(), fresh);
            let mut new = reading.clone();
            new.score += fit + topic - price;
            if !here {
                new.frontier = new.frontier.max(open.number);
            }
            if head.is_some()
                && let Some(mine) = new.articles.iter_mut().find(|a| a.number == open.number)
            {
                mine.titled = true;
            }
            self.go_to(&mut new, open.number, lead.clone(), text, follows, topic);
            next.push(new);
        }
    }

    /// Whether the article that `reading` is in breaks off in mid-sentence.
    fn is_open(reading: &Reading) -> bool {
        reading.articles.iter().any(|a| a.number == reading.current && a.ending == Ending::Open)
    }

    /// How `line` follows the last line of `open`, and what speaks for it, against a paragraph that starts afresh.
    fn follow(&self, open: &Open, line: &Line, adjacent: bool, fresh: f32) -> (Follows, f32) {
        let s = self.settings;
        let Some(last) = self.line(open.last) else { return (Follows::Fresh, fresh) };
        let join = |price: f32| (Follows::Joins(open.last), self.evidence(last, line).sum() - price);
        let fresh = |price: f32| {
            let elsewhere = self.statistics.ln_border_elsewhere(&last.closing, &line.opening, adjacent);
            (Follows::Fresh, fresh - price + elsewhere.min(s.border_most))
        };
        let better = |a: (Follows, f32), b: (Follows, f32)| if b.1 > a.1 { b } else { a };
        match open.ending {
            Ending::Open => better(join(0.0), fresh(s.broken_off_price)),
            Ending::Either => better(fresh(0.0), join(s.either_price)),
            Ending::Complete => better(fresh(0.0), join(s.complete_price)),
        }
    }

    /// What speaks for `right` going on from `left` in mid-sentence.
    fn evidence(&self, left: &Line, right: &Line) -> Evidence {
        let s = self.settings;
        let behind = self.statistics.ln_chance_of(Some(&left.closing), &right.opening, s.opening_chars);
        let at_start = self.statistics.ln_chance_of(None, &right.opening, s.opening_chars);
        Evidence {
            sentence: self.trust * s.sentence_weight * (behind - at_start).clamp(-s.sentence_most, s.sentence_most),
            word: s.word_weight * word::over_border(&left.closing, &right.opening).min(s.word_most),
            pairs: border::pairs_fit(left.balance, right.balance),
            elsewhere: self.statistics.ln_passage_elsewhere(&left.closing, &right.opening).min(s.elsewhere_most),
            topic: 0.0,
        }
    }

    /// What piece `n` has in common with each of the articles of `reading`.
    fn topics(&self, reading: &Reading, n: usize) -> SmallVec<[f32; 8]> {
        let s = self.settings;
        let mut sums: SmallVec<[f32; 8]> = smallvec::smallvec![0.0; reading.articles.len()];
        // A pair says less in a long article, which holds it sooner by chance.
        let discounts: SmallVec<[f32; 8]> =
            reading.articles.iter().map(|a| (a.chars as f32 / USUAL_CHARS).max(s.topic_shortest).ln()).collect();
        for link in self.topics.links(n) {
            let mut counted = 0u32;
            for &other in link.pieces.iter().take_while(|&&p| p != NO_PIECE && n - (p as usize) < MEMORY) {
                let owner = reading.owners[other as usize % MEMORY];
                if let Some(at) = reading.articles.iter().position(|a| a.number as u16 == owner)
                    && counted & 1 << at == 0
                {
                    counted |= 1 << at;
                    sums[at] += (link.weight - discounts[at]).max(0.0);
                }
            }
        }
        sums.iter_mut().for_each(|sum| *sum = (*sum * s.topic_weight).min(s.topic_most));
        sums
    }

    /// Puts the pieces of a step into an article.
    fn go_to(
        &mut self,
        reading: &mut Reading,
        number: u32,
        lead: std::ops::Range<usize>,
        text: Option<usize>,
        follows: Follows,
        topic: f32,
    ) {
        reading.current = number;
        let chars: u32 = lead.clone().chain(text).map(|n| self.topics.chars(n)).sum();
        if let Some(open) = reading.articles.iter_mut().find(|a| a.number == number) {
            open.chars += chars;
        }
        for piece in lead.chain(text) {
            reading.owners[piece % MEMORY] = number as u16;
            let is_text = Some(piece) == text;
            self.trace.push(Step {
                before: reading.step,
                article: number,
                follows: if is_text { follows } else { Follows::Fresh },
                topic: if is_text { topic } else { 0.0 },
            });
            reading.step = self.trace.len() as u32 - 1;
        }
        if let Some(text) = text {
            let ending = self.line(text as u32).map_or(Ending::Complete, |l| l.ending);
            if let Some(open) = reading.articles.iter_mut().find(|a| a.number == number) {
                open.last = text as u32;
                open.ending = ending;
            }
        }
    }

    /// Makes room for one more article: the oldest that is done with goes first, then the oldest of all.
    fn let_go(&self, reading: &mut Reading) {
        if reading.articles.len() < self.settings.open_articles.max(2) {
            return;
        }
        let done = reading
            .articles
            .iter()
            .position(|a| a.titled && a.ending == Ending::Complete && a.number != reading.current);
        let gone = reading.articles.remove(done.unwrap_or(0));
        reading.score -= self.price_of_end(&gone);
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

    /// Moves the best readings of `next` to `beam`, of those that end alike only the best.
    fn keep_best(&self, next: &mut Vec<Reading>, beam: &mut Vec<Reading>) {
        next.sort_by(|a, b| b.score.total_cmp(&a.score));
        let best = next.first().map_or(0.0, |r| r.score);
        for reading in next.drain(..) {
            if beam.len() >= self.settings.beam || reading.score < best - self.settings.beam_margin {
                continue;
            }
            let alike = |other: &Reading| {
                other.current == reading.current
                    && other.n_articles == reading.n_articles
                    && other.frontier == reading.frontier
                    && other.articles.iter().map(Open::stands).eq(reading.articles.iter().map(Open::stands))
            };
            if !beam.iter().any(alike) {
                beam.push(reading);
            }
        }
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
                    evidence = self.line(left).map_or(evidence, |left| self.evidence(left, right));
                }
                evidence.topic = step.topic;
                Placed { article: step.article, follows: step.follows, margin: self.settings.beam_margin, evidence }
            })
            .collect();
        for other in &beam[1..] {
            let behind = best.score - other.score;
            for (mine, theirs) in placed.iter_mut().zip(self.path(other)) {
                if mine.follows != theirs.follows {
                    mine.margin = mine.margin.min(behind);
                }
            }
        }
        placed
    }
}
