//! What is placed: heads, subheads and lines of text, and what is known of each before anything is decided.

use std::cell::OnceCell;

use crate::layout::border::{self, Balance, Ending};
use crate::layout::statistics::{Closing, Statistics, Window};
use crate::layout::word;
use crate::settings;

/// A piece of the page.
#[derive(Clone, Debug)]
pub(in crate::layout) enum Piece {
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
    /// The line of text that it is, if it is one.
    pub(super) fn line(&self) -> Option<&Line> {
        match self {
            Self::Text(line) => Some(line),
            _ => None,
        }
    }
}

/// What is known of a line of text.
#[derive(Clone, Debug)]
pub(in crate::layout) struct Line {
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
    pub(super) asked: AskedOfLine,
}

#[derive(Clone, Debug, Default)]
pub(super) struct AskedOfLine {
    closing: OnceCell<Closing>,
    pub(super) words_before: OnceCell<word::Side>,
    pub(super) words_behind: OnceCell<word::Side>,
}

impl Line {
    /// Reads a line; `shortest`: see [`border::line_ending`].
    pub(in crate::layout) fn new(text: &str, credited: bool, shortest: usize) -> Self {
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
    pub(in crate::layout) fn item(text: &str) -> Self {
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
    pub(super) fn price_of_fresh(&self, s: &settings::Layout) -> f32 {
        /// Against a line without an indent where paragraphs have one: some first paragraphs have none.
        const NO_INDENT: f32 = 4.0;
        let first = if self.cannot_begin { s.cannot_begin_price } else { 0.0 };
        -first - if self.going { NO_INDENT } else { 0.0 }
    }

    /// A picture or a table, which ends as it stands.
    pub(in crate::layout) fn closed(text: &str) -> Self {
        Self { ending: Ending::Complete, apart: true, closed: true, ..Self::new(text, false, 0) }
    }

    /// What the archive says of its last characters.
    pub(super) fn closes(&self, statistics: &Statistics) -> &Closing {
        self.asked.closing.get_or_init(|| statistics.closing(&self.closing))
    }
}

/// For each piece whether no line within `near` pieces of it is cut: what stands there stands where it belongs.
pub(super) fn uncut(pieces: &[Piece], near: usize) -> Vec<bool> {
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
pub(super) fn split_lead(pieces: &[Piece], at: usize) -> (usize, Option<usize>) {
    for (n, piece) in pieces[at..].iter().enumerate() {
        match piece {
            Piece::Text(_) => return (n, Some(at + n)),
            Piece::Head { .. } if n > 0 => return (n, None),
            _ => {}
        }
    }
    (pieces.len() - at, None)
}
