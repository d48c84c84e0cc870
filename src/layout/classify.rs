//! What each line is by itself: furniture, staff line, jump line, credit, row of a table, heading by its mark-up, or text,
//! with the credit that opens or closes it told apart.
//!
//! What a line is beside its neighbours (headline or deck, subhead or headline) is said in `heading`.

use crate::credit;
use crate::layout::furniture;
use crate::layout::jump::{self, Direction};
use crate::layout::line::{Line, Pieces};
use crate::text::Span;

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Rubric,
    Kicker,
    Headline,
    Deck,
    /// A credit on a line of its own.
    Credit,
    Subhead,
    Text,
    List,
    Table,
    Jump,
    Staff,
    Furniture,
}

impl Role {
    /// Text that a reader reads on in.
    pub(super) fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::List | Self::Table)
    }

    /// A line of an article's head.
    pub(super) fn is_head(self) -> bool {
        matches!(self, Self::Rubric | Self::Kicker | Self::Headline | Self::Deck)
    }
}

/// A line and its parts, all in bytes of the page.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub role: Role,
    /// The credit that opens it (or that it is).
    pub head: Option<Span>,
    /// Its text.
    pub body: Pieces,
    /// The credit that closes it.
    pub tail: Option<Span>,
    /// It is a head by its shape alone, and only just.
    pub doubted: bool,
    /// The jump that closes or opens it.
    pub jump: Option<(Span, Direction)>,
    /// All of it is text that was asked for credits and has none.
    pub uncredited: bool,
}

impl Row {
    /// Its text from first to last byte, inner mark-up included.
    pub(super) fn text<'p>(&self, page: &'p str) -> &'p str {
        match (self.body.first(), self.body.last()) {
            (Some(first), Some(last)) => page.get(first.start as usize..last.end as usize).unwrap_or(""),
            _ => "",
        }
    }

    /// Everything printed in it, in reading order.
    pub(super) fn parts(&self) -> impl Iterator<Item = Span> + '_ {
        self.head.into_iter().chain(self.body.iter().copied()).chain(self.tail)
    }

    /// Whether it names who wrote it, before its text.
    pub(super) fn is_credited(&self) -> bool {
        self.role == Role::Credit || self.head.is_some()
    }

    /// Whether it sends the reader to another page in this direction.
    pub(super) fn jumps(&self, way: Direction) -> bool {
        self.jump.is_some_and(|(_, direction)| direction == way)
    }
}

/// Reads each line by itself.
pub(super) fn rows(page: &str, lines: &[Line]) -> Vec<Row> {
    lines.iter().map(|line| row(page, line)).collect()
}

fn row(page: &str, line: &Line) -> Row {
    let text = line.of(page);
    let body = line.text.clone();
    let mut row = Row { role: Role::Text, head: None, body, tail: None, doubted: false, jump: None, uncredited: false };
    if line.table {
        row.role = Role::Table;
        return row;
    }
    if furniture::is_staff(text) {
        row.role = Role::Staff;
        return row;
    }
    if furniture::is_furniture(text) {
        row.role = Role::Furniture;
        return row;
    }
    if line.bullet {
        row.role = Role::List;
    }
    let at = line.start();
    if let Some(found) = jump::find(text) {
        let span = Span::new(at + found.span.start as usize, at + found.span.end as usize);
        cut_out(page, &mut row.body, span);
        row.jump = Some((span, found.direction));
        if row.body.is_empty() {
            row.role = Role::Jump;
            return row;
        }
    }
    if line.level > 0 {
        return row;
    }
    let credits = credit::Text::new(text);
    if let Some(found) = credits.whole() {
        let span = shifted(&found, at);
        cut_out(page, &mut row.body, span);
        row.head = Some(span);
        if row.body.is_empty() {
            row.role = Role::Credit;
        }
        return row;
    }
    if let Some(found) = credits.head() {
        let span = shifted(&found, at);
        cut_out(page, &mut row.body, span);
        row.head = Some(span);
    }
    if let Some(found) = credits.tail() {
        let span = shifted(&found, at);
        if row.head.is_none_or(|head| head.end <= span.start) {
            cut_out(page, &mut row.body, span);
            row.tail = Some(span);
        }
    }
    if row.body.is_empty() {
        row.role = Role::Credit;
    }
    row.uncredited = row.head.is_none() && row.tail.is_none() && row.text(page) == text && row.body.len() == 1;
    row
}

fn shifted(credit: &credit::Credit, at: usize) -> Span {
    Span::new(at + credit.span.start as usize, at + credit.span.end as usize)
}

/// Takes `span` out of the pieces; blanks that are left at its sides go too.
fn cut_out(page: &str, pieces: &mut Pieces, span: Span) {
    let mut rest = Pieces::new();
    for piece in pieces.iter() {
        for (start, end) in [(piece.start, piece.end.min(span.start)), (piece.start.max(span.end), piece.end)] {
            if start >= end {
                continue;
            }
            let Some(text) = page.get(start as usize..end as usize) else { continue };
            let left = text.trim_start();
            let from = end as usize - left.len();
            let to = from + left.trim_end().len();
            if from < to {
                rest.push(Span::new(from, to));
            }
        }
    }
    *pieces = rest;
}
