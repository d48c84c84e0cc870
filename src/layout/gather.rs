//! Rows → the pieces that are placed as one: the lines of a head, a line of text with the credit or jump line that goes
//! with it, the rows of a table or poem.

use crate::credit::jump::Direction;
use crate::layout::border::{self, Ending};
use crate::layout::classify::{self, Role, Row};
use crate::layout::credit_line;
use crate::layout::group::PieceRows;
use crate::layout::line::{self, Line};
use crate::layout::stitch::{self, Piece};
use crate::layout::wrap::Print;
use crate::settings;

/// What is known of a page whose rows are gathered.
pub(super) struct Gathering<'a> {
    pub page: &'a str,
    pub lines: &'a [Line],
    pub rows: &'a [Row],
    /// The rows that are no copies and belong to articles, in page order.
    pub kept: &'a [usize],
    pub settings: &'a settings::Layout,
}

/// Pieces, and the rows of each.
#[derive(Default)]
struct Gathered {
    pieces: Vec<Piece>,
    rows: Vec<PieceRows>,
}

impl Gathered {
    /// The last piece, and its rows.
    fn last(&mut self) -> Option<(&mut Piece, &mut PieceRows)> {
        self.pieces.last_mut().zip(self.rows.last_mut())
    }
}

impl Gathering<'_> {
    /// The pieces in page order, and the rows of each.
    pub(super) fn pieces(&self) -> (Vec<Piece>, Vec<PieceRows>) {
        let mut found = Gathered::default();
        found.pieces.reserve(self.kept.len());
        found.rows.reserve(self.kept.len());
        for (n, &i) in self.kept.iter().enumerate() {
            if let Some(piece) = self.piece(n, i, &mut found) {
                found.pieces.push(piece);
                found.rows.push(PieceRows { own: smallvec::smallvec![i], ..PieceRows::default() });
            }
        }
        (found.pieces, found.rows)
    }

    /// The piece that begins with row `i`, which is the `n`-th of those that are kept; None where the row goes with the last
    /// piece.
    fn piece(&self, n: usize, i: usize, found: &mut Gathered) -> Option<Piece> {
        let row = &self.rows[i];
        match row.role {
            Role::Rubric | Role::Kicker | Role::Headline | Role::Deck => self.head(n, i, found),
            Role::Credit => self.credit(n, i, found),
            Role::Jump => jump(row, i, found),
            Role::Subhead => Some(Piece::Subhead),
            Role::Picture => Some(self.closed(row)),
            Role::Table => self.table(i, found),
            Role::List if row.goes_on && self.goes_on(n, i, found) => None,
            Role::List if row.head.is_none() && row.jump.is_none() => Some(text(stitch::Line::item(self.text(row)))),
            _ => Some(text(self.line(n, i))),
        }
    }

    fn text(&self, row: &Row) -> &str {
        row.text(self.page)
    }

    /// The kept row behind the `n`-th.
    fn next(&self, n: usize) -> Option<&Row> {
        self.kept.get(n + 1).map(|&i| &self.rows[i])
    }

    /// A picture or a table.
    fn closed(&self, row: &Row) -> Piece {
        text(stitch::Line::closed(self.text(row)))
    }

    /// A line of a head.
    fn head(&self, n: usize, i: usize, found: &mut Gathered) -> Option<Piece> {
        let role = self.rows[i].role;
        // Over a text without a headline a rubric is all its title.
        let alone = || self.next(n).is_some_and(|row| row.role.is_text());
        let titles = role == Role::Headline || role == Role::Rubric && alone();
        if let Some((Piece::Head { titled, .. }, last)) = found.last()
            && last.with.is_empty()
            && !self.begins_head(role, last)
        {
            *titled |= titles;
            last.own.push(i);
            return None;
        }
        // What the editors say of a column stands between its title and the rest of the head.
        if role != Role::Rubric
            && let [.., Piece::Head { credited: false, .. }, Piece::Text(_)] = found.pieces.as_slice()
            && let [.., head, note] = found.rows.as_mut_slice()
            && note.with.is_empty()
            && note.own.last().is_some_and(|&j| border::is_editors_note(self.text(&self.rows[j])))
            && (head.own.iter().all(|&j| self.rows[j].role == Role::Rubric)
                || n.checked_sub(1).and_then(|m| self.kept.get(m)) == head.own.last())
        {
            head.own.push(i);
            return None;
        }
        Some(Piece::Head { titled: titles, credited: false })
    }

    /// Whether a row of a head in this role begins another one than `last`. A deck ends no head, but a kicker or rubric
    /// begins one unless nothing but such stands before it.
    fn begins_head(&self, role: Role, last: &PieceRows) -> bool {
        let roles = || last.own.iter().map(|&j| self.rows[j].role);
        match role {
            _ if last.own.len() >= self.settings.head_lines => true,
            // A credit may stand above the headline, where the page begins with it.
            Role::Headline => {
                roles().any(|r| r == Role::Deck)
                    || roles().any(|r| r == Role::Credit) && roles().any(|r| r != Role::Credit)
            }
            Role::Kicker => roles().any(|r| r != Role::Rubric && r != Role::Kicker),
            _ => false,
        }
    }

    /// A credit on a line of its own: of a head, or closing what stands before it.
    fn credit(&self, n: usize, i: usize, found: &mut Gathered) -> Option<Piece> {
        let (row, next) = (&self.rows[i], self.next(n));
        // An editor's note stands between a headline and its credit.
        if let ([.., Piece::Head { titled: true, credited }, Piece::Text(_)], Some(note)) =
            (found.pieces.as_mut_slice(), found.rows.last_mut())
            && !*credited
            && note.own.last().is_some_and(|&j| border::is_editors_note(self.text(&self.rows[j])))
        {
            *credited = true;
            note.with.push(i);
            return None;
        }
        let opens = next.is_some_and(|r| r.role == Role::Headline) && credit_line::is_commentator(row.head, self.page);
        if let (false, Some((Piece::Head { credited, .. }, last))) = (opens, found.last()) {
            *credited = true;
            last.own.push(i);
            return None;
        }
        let closes = !opens
            && (row.signs
                || row.head.or(row.tail).is_some_and(|s| credit_line::closes(s.of(self.page)))
                || next.is_none_or(|r| !r.role.is_text() || r.is_credited()));
        if let (true, Some((_, last))) = (closes, found.last()) {
            last.with.push(i);
            return None;
        }
        Some(Piece::Head { titled: false, credited: true })
    }

    /// A row of a table.
    fn table(&self, i: usize, found: &mut Gathered) -> Option<Piece> {
        let row_before =
            |last: &PieceRows| last.own.last().is_some_and(|&j| j + 1 == i && self.rows[j].role == Role::Table);
        if let Some((_, last)) = found.last()
            && last.with.is_empty()
            && row_before(last)
        {
            last.own.push(i);
            return None;
        }
        Some(self.closed(&self.rows[i]))
    }

    /// Adds a line of a list or poem to the last piece, where that ends with the row before it.
    fn goes_on(&self, n: usize, i: usize, found: &mut Gathered) -> bool {
        let before = n.checked_sub(1).and_then(|m| self.kept.get(m));
        match found.last() {
            Some((_, last)) if last.own.last() == before => {
                last.own.push(i);
                true
            }
            _ => false,
        }
    }

    /// A line of text.
    fn line(&self, n: usize, i: usize) -> stitch::Line {
        let (row, print) = (&self.rows[i], self.lines[i].print);
        let said = self.text(row);
        let resumes = row.jumps(Direction::From);
        let credited = row.head.is_some() || resumes;
        // In a column of short lines each breaks off at once where the next one goes on.
        let tight = self.lines.get(i + 1).is_some_and(|next| !line::are_parted(self.page, &self.lines[i], next));
        let standing = if credited || tight { 0 } else { self.settings.standing_chars };
        let mut line = stitch::Line::new(said, credited, standing);
        let over_table = self.next(n).is_some_and(|row| row.role == Role::Table);
        if over_table && line.ending == Ending::Open && said.chars().count() <= self.settings.verse_chars
            || row.caption && classify::sent_as_picture(said)
        {
            line = stitch::Line::closed(said);
        }
        (line.jumps, line.resumes) = (row.jumps(Direction::To), resumes);
        line.apart = row.caption;
        line.marked |= print == Print::Opening;
        line.going = print == Print::Going && !credited && !row.caption;
        line
    }
}

fn text(line: stitch::Line) -> Piece {
    Piece::Text(Box::new(line))
}

/// A line that sends the reader to another page goes with the text above it; one that comes from there stands under the
/// headline where one is printed again, else it is the head itself.
fn jump(row: &Row, i: usize, found: &mut Gathered) -> Option<Piece> {
    if row.jumps(Direction::From) {
        if let Some((Piece::Head { titled, credited }, last)) = found.last() {
            (*titled, *credited) = (true, true);
            last.own.push(i);
            return None;
        }
        return Some(Piece::Head { titled: true, credited: true });
    }
    let Some((piece, last)) = found.last() else { return Some(Piece::Subhead) };
    if let Piece::Text(line) = piece {
        line.jumps = true;
    }
    last.with.push(i);
    None
}
