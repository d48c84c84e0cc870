//! Printed lines → lines of text: takes out the breaks where a printed line was full and its paragraph goes on.
//!
//! What was read from PDF or by OCR often holds one printed line a line, with nothing between two paragraphs. The lines
//! themselves tell it: most are as wide as the column, its *measure*, and break off in mid-sentence. Where the next
//! character would have found no room, the paragraph goes on in the next line; where paragraphs open with an indent, it
//! does so even behind a full stop. A short line without a stop between two paragraphs is a heading.
//!
//! The mended text is laid out like any other; [`Mended::put_back`] says where on the page its parts stand. Doubtful
//! breaks are left to `stitch`.

use std::borrow::Cow;

use crate::credit;
use crate::layout::border::{self, Ending};
use crate::layout::line::{self, Line};
use crate::layout::{furniture, staff};
use crate::record::{Block, Join};
use crate::text::{Span, find_other};

/// What the measure says that a line is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Print {
    #[default]
    Unknown,
    /// Text of a paragraph, and no line of a head.
    Paragraph,
    /// The same from where the paragraph opens: it goes on from no line.
    Opening,
    /// Text without the indent that paragraphs open with here: it goes on from a line elsewhere.
    Going,
    /// A line between paragraphs: of a head, or a subhead.
    Heading,
    /// A line that is wider than the column that it stands in.
    Wider,
}

/// A page whose paragraphs stand in one line each.
#[derive(Debug, Default)]
pub(super) struct Mended {
    pub text: String,
    /// What was taken out, in order.
    breaks: Vec<Break>,
    /// Where a line of the text begins of which the measure says what it is, in order.
    prints: Vec<(u32, Print)>,
}

/// A line's end that was taken out, with the blanks around it.
#[derive(Clone, Copy, Debug)]
struct Break {
    /// Byte of the mended text behind which it stood.
    at: u32,
    /// Bytes that were taken out up to here, this break among them.
    out: u32,
}

impl Mended {
    /// Notes in the lines of the mended text what the measure says of them.
    pub(super) fn mark(&self, lines: &mut [Line]) {
        if self.prints.is_empty() {
            return;
        }
        for line in lines {
            let found = self.prints.binary_search_by_key(&line.raw.start, |p| p.0);
            line.print = found.map_or(Print::Unknown, |n| self.prints[n].1);
        }
    }

    /// The spans of the page that hold what this one of the mended text holds, and the breaks between them.
    fn pieces(&self, span: Span) -> Vec<Span> {
        let first = self.breaks.partition_point(|b| b.at <= span.start);
        let out = |n: usize| n.checked_sub(1).map_or(0, |n| self.breaks[n].out);
        let mut pieces = Vec::new();
        let mut from = span.start;
        let inside = self.breaks[first..].iter().take_while(|b| b.at < span.end);
        for (n, b) in (first..).zip(inside) {
            pieces.push(Span { start: from + out(n), end: b.at + out(n) });
            from = b.at;
        }
        let last = first + pieces.len();
        pieces.push(Span { start: from + out(last), end: span.end + out(last) });
        pieces
    }

    /// The byte of the page that a byte of the mended text stands at; `end`: the one before it counts.
    fn byte(&self, at: u32, end: bool) -> u32 {
        let n = self.breaks.partition_point(|b| if end { b.at < at } else { b.at <= at });
        at + n.checked_sub(1).map_or(0, |n| self.breaks[n].out)
    }

    /// A block of the mended text as a block of the page.
    pub(super) fn put_back<'p>(&self, page: &'p str, block: Block<'_>) -> Block<'p> {
        let mut joins: Vec<Join> = Vec::new();
        let mut spans: Vec<Span> = Vec::new();
        let moved = |join: Join| Join { left: self.byte(join.left, true), right: self.byte(join.right, false), ..join };
        let mut known = block.joins.into_iter().map(moved).peekable();
        for span in &block.spans {
            for (n, piece) in self.pieces(*span).into_iter().enumerate() {
                if let Some(before) = spans.last() {
                    let (left, right) = (before.end, piece.start);
                    if let Some(join) = known.next_if(|join| (join.left, join.right) == (left, right)) {
                        joins.push(join);
                    } else if n > 0 {
                        let reason = "the printed line is full and its paragraph goes on";
                        joins.push(Join { left, right, score: 1.0, reasons: vec![Cow::Borrowed(reason)] });
                    }
                }
                spans.push(piece);
            }
        }
        joins.extend(known);
        Block { joins, repeat: block.repeat, uncredited: block.uncredited, ..Block::new(block.kind, page, spans) }
    }
}

/// Halves of an ideograph's width that a line may be off its measure: a mark that hangs over, or one that took a character
/// along to the next line.
const OFF: u16 = 2;
/// Halves by which a line is shorter that opened behind an indent which the page has lost, with what it may be off.
const STRIPPED: u16 = 4 + OFF;
/// The narrowest and the widest measure, in halves.
const NARROWEST: u16 = 16;
const WIDEST: u16 = 100;
/// Bytes of the longest line whose width is asked for.
const LONGEST: usize = 320;
/// Lines before and behind one by which its measure is told.
const NEAR: usize = 8;
/// Lines of a measure at least.
const LEAST: usize = 3;
/// How wide an ASCII letter or digit, another ASCII character and a blank may be in print, in halves. A page does not say:
/// digits stand two in the place of an ideograph or one, and marks are often written narrow that were printed wide.
const SCALES: [[u16; 3]; 3] = [[1, 1, 1], [2, 2, 2], [1, 2, 1]];

/// A line of the page.
#[derive(Clone, Copy, Debug)]
struct Printed {
    start: usize,
    end: usize,
    /// Halves of an ideograph's width before its text.
    indent: u16,
    /// The same of all of it, the indent among them.
    width: u16,
    /// How many characters of each of the kinds that [`SCALES`] parts it has, and of all others, the indent among them.
    counts: [u16; 4],
    /// Of them the blanks before its text.
    blanks: u16,
    /// Halves of the marks at its end that may hang over, since no line begins with them.
    hang: u16,
    /// No blank line stands before it.
    tight: bool,
    /// It has no mark-up.
    plain: bool,
    /// The measure of the lines around it, 0 where they have none.
    measure: u16,
}

impl Printed {
    fn of<'p>(&self, page: &'p str) -> &'p str {
        &page[self.start..self.end]
    }

    /// Whether it is as wide as its measure, about.
    fn is_wide(&self) -> bool {
        let standing = self.width.saturating_sub(self.hang);
        self.measure > 0 && self.width.saturating_add(OFF + 1) >= self.measure && standing <= self.measure + OFF + 1
    }

    fn is_indented(&self) -> bool {
        (2..=8).contains(&self.indent)
    }

    /// Its width in this scale.
    fn width_in(&self, scale: [u16; 3]) -> u16 {
        let [letters, marks, blanks, wide] = self.counts;
        let halves =
            [letters.saturating_mul(scale[0]), marks.saturating_mul(scale[1]), blanks.saturating_mul(scale[2])];
        halves.into_iter().fold(wide.saturating_mul(2), u16::saturating_add)
    }

    /// Whether it is wider than its column by more than what hangs over.
    fn is_too_wide(&self) -> bool {
        self.width.saturating_sub(self.hang) > self.measure + OFF + STRIPPED
    }
}

/// Takes out the breaks inside of paragraphs, where a page is broken into printed lines; None where it is not.
pub(super) fn mend(page: &str) -> Option<Mended> {
    let mut lines = scan(page);
    let (mut alike, mut tight) = ([0_usize; SCALES.len()], 0);
    for pair in lines.windows(2).filter(|pair| pair[1].tight) {
        tight += 1;
        if !(pair[0].plain && pair[1].plain) {
            continue;
        }
        for (alike, &scale) in alike.iter_mut().zip(&SCALES) {
            let widths = [pair[0].width_in(scale), pair[1].width_in(scale)];
            let fits = widths.iter().all(|w| (NARROWEST..=WIDEST).contains(w));
            *alike += usize::from(fits && widths[0].abs_diff(widths[1]) <= OFF);
        }
    }
    let (scale, most) =
        (1..SCALES.len()).fold((0, alike[0]), |best, n| if alike[n] > best.1 { (n, alike[n]) } else { best });
    if most == 0 || most * 6 < tight {
        return None;
    }
    for line in &mut lines {
        line.width = line.width_in(SCALES[scale]);
        line.indent = line.indent.saturating_add(line.blanks * (SCALES[scale][2] - 1));
    }
    measure(&mut lines);
    let column = Column { page, lines };
    column.is_prose().then(|| column.mended())
}

fn scan(page: &str) -> Vec<Printed> {
    let bytes = page.as_bytes();
    let mut lines: Vec<Printed> = Vec::new();
    let (mut at, mut blank) = (0, true);
    while at < bytes.len() {
        let end = memchr::memchr3(b'\n', b'\r', 0x0c, &bytes[at..]).map_or(bytes.len(), |n| at + n);
        let line = &page[at..end];
        let text = line.trim_start_matches(line::is_blank);
        let start = end - text.len();
        let text = text.trim_end_matches(line::is_blank);
        if text.is_empty() {
            blank = true;
        } else {
            let marked = text.starts_with(['#', '*', '|', '>', '!', '_', '+', '-']) || text.ends_with('*');
            let before = counts(&page[at..start]);
            let indent = before[2] + before[3] * 2;
            // What is longer is no printed line, however wide.
            let counts = if text.len() > LONGEST { [u16::MAX; 4] } else { counts(&page[at..start + text.len()]) };
            let hang = text.chars().rev().take(3).take_while(|c| border::cannot_begin(*c)).count() as u16 * 2;
            let (tight, plain, blanks) = (!blank, !marked, before[2]);
            let end = start + text.len();
            lines.push(Printed { start, end, indent, width: 0, counts, blanks, hang, tight, plain, measure: 0 });
            blank = false;
        }
        at = if bytes.get(end) == Some(&b'\r') && bytes.get(end + 1) == Some(&b'\n') { end + 2 } else { end + 1 };
    }
    lines
}

/// The characters of `text` by kind: letters and digits, marks, blanks, all that are as wide as an ideograph. A tab is as
/// wide as two.
fn counts(text: &str) -> [u16; 4] {
    let mut counts = [0_usize; 4];
    let mut at = 0;
    while let Some((stop, c)) = find_other(text, at) {
        counts[3] += (stop - at) / 3;
        at = stop + c.len_utf8();
        match c {
            '\t' => counts[3] += 2,
            _ if c >= '\u{2000}' => counts[3] += 1,
            _ if c.is_whitespace() => counts[2] += 1,
            _ if c.is_alphanumeric() => counts[0] += 1,
            _ => counts[1] += 1,
        }
    }
    counts[3] += (text.len() - at) / 3;
    counts.map(|n| n.min(1 << 14) as u16)
}

/// Gives each line the measure of the lines around it: the width that most of them have about, where few are wider.
fn measure(lines: &mut [Printed]) {
    /// Widths that are told apart; the last is all that are wider.
    const WIDTHS: usize = WIDEST as usize + 8;
    let mut counts = [0_u16; WIDTHS + 1];
    let slot = |line: &Printed| usize::from(line.width).min(WIDTHS);
    let mut n = 0_u16;
    for i in 0..lines.len() + NEAR {
        if let Some(line) = lines.get(i).filter(|l| l.plain) {
            counts[slot(line)] += 1;
            n += 1;
        }
        if let Some(line) = i.checked_sub(2 * NEAR + 1).and_then(|j| lines.get(j)).filter(|l| l.plain) {
            counts[slot(line)] -= 1;
            n -= 1;
        }
        let Some(at) = i.checked_sub(NEAR).filter(|&at| at < lines.len()) else { continue };
        let sum = |from: usize, to: usize| counts[from..=to].iter().sum::<u16>();
        let off = usize::from(OFF);
        let best =
            (usize::from(NARROWEST)..=usize::from(WIDEST)).max_by_key(|&w| (counts[w] + sum(w - off, w + off), w));
        let Some(best) = best else { continue };
        let (full, wider) = (sum(best - off - 1, best + off), sum(best + off + 2, WIDTHS));
        if usize::from(full) >= LEAST && full * 5 >= n * 2 && wider * 4 <= n {
            lines[at].measure = best as u16;
        }
    }
}

/// The lines of a page that have measures.
struct Column<'p> {
    page: &'p str,
    lines: Vec<Printed>,
}

/// How a line stands to the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stands {
    /// It goes on from it.
    Goes,
    /// It begins a paragraph, or what else is no part of the one before.
    Begins,
}

impl Column<'_> {
    fn text(&self, i: usize) -> &str {
        self.lines.get(i).map_or("", |line| line.of(self.page))
    }

    /// Whether the wide lines are running text: most break off in mid-sentence, and have marks inside that part clauses.
    /// Verse and lists do not; what stands between the names of a list parts none.
    fn is_prose(&self) -> bool {
        let (mut n, mut broken, mut marked) = (0, 0, 0);
        for (i, line) in self.lines.iter().enumerate() {
            if line.plain && line.is_wide() && self.lines.get(i + 1).is_some_and(|next| next.tight && next.plain) {
                let text = line.of(self.page);
                let is_stop = |c: char| matches!(c, '，' | ',' | '。' | '；' | '、' | '：' | '？' | '！' | '”' | '“');
                let parts_clauses = |c: char| is_stop(c) && !matches!(c, '、' | '：');
                n += 1;
                broken += usize::from(!text.ends_with(is_stop));
                marked += usize::from(text.trim_end_matches(is_stop).contains(parts_clauses));
            }
        }
        n >= LEAST && broken * 2 >= n && marked * 3 >= n
    }

    /// Whether line `i` is so wide that the beginning of the next line would have found no room in it.
    fn is_full(&self, i: usize) -> bool {
        let Some(line) = self.lines.get(i) else { return false };
        if line.is_wide() {
            return true;
        }
        // A number or a word of Latin letters is not broken.
        let next = self.text(i + 1);
        let run = next.bytes().take_while(u8::is_ascii_alphanumeric).count() as u16;
        line.measure > 0 && run > 1 && line.width <= line.measure && line.width + run > line.measure
    }

    /// Whether paragraphs open with an indent here.
    fn is_indented(&self) -> bool {
        let (mut indented, mut bare) = (0, 0);
        for i in 0..self.lines.len() {
            let line = &self.lines[i];
            let goes_on = self.lines.get(i + 1).is_some_and(|next| next.tight && next.plain && next.indent == 0);
            if !(line.plain && line.is_wide() && goes_on) {
                continue;
            }
            let ended = |p: usize| self.lines[p].plain && !self.is_full(p) && self.ending(p) == Ending::Complete;
            if line.is_indented() {
                indented += 1;
            } else if line.indent == 0 && line.tight && i > 0 && ended(i - 1) {
                bare += 1;
            }
        }
        indented > 0 && indented >= bare
    }

    fn ending(&self, i: usize) -> Ending {
        border::ending(self.text(i))
    }

    /// Whether the line is something of its own wherever it stands: furniture, a credit, an item behind its mark, a row of a
    /// table, one of several lines behind labels.
    fn is_own(&self, i: usize) -> bool {
        let text = self.text(i);
        let near = |j: Option<usize>| j.is_some_and(|j| is_labelled(self.text(j)));
        border::begins_anew(text)
            || is_row(text)
            || is_labelled(text) && (near(i.checked_sub(1)) || near(Some(i + 1)))
            || furniture::is_furniture(text)
            || staff::is_staff(text)
            || credit::whole(text).is_some()
            || credit::head(text).is_some_and(|c| c.dateline.is_some())
    }

    fn mended(&self) -> Mended {
        let indents = self.is_indented();
        let n = self.lines.len();
        let own: Vec<bool> = (0..n).map(|i| self.is_own(i)).collect();
        let mut stands = vec![Stands::Begins; n];
        for i in 1..n {
            // What goes on, or opens behind an indent, is a paragraph for sure.
            let in_paragraph = stands[i - 1] == Stands::Goes || indents && self.lines[i - 1].is_indented();
            if self.goes_on(i, indents, in_paragraph, &own) {
                stands[i] = Stands::Goes;
            }
        }
        let mut mended = Mended { text: String::with_capacity(self.page.len()), ..Mended::default() };
        let mut from = 0;
        for i in 0..n {
            let line = &self.lines[i];
            if stands[i] == Stands::Goes {
                let end = self.lines[i - 1].end;
                mended.text.push_str(&self.page[from..end]);
                from = line.start;
                let at = mended.text.len() as u32;
                mended.breaks.push(Break { at, out: line.start as u32 - at });
                continue;
            }
            let goes = stands.get(i + 1) == Some(&Stands::Goes);
            let print = match () {
                () if indents && line.is_indented() && (goes || line.is_wide()) => Print::Opening,
                () if indents && !own[i] && self.is_rest(i, goes) => Print::Going,
                () if goes => Print::Paragraph,
                () if self.is_heading(i, indents, &own, &stands) => Print::Heading,
                () if line.plain && line.measure > 0 && line.is_too_wide() => Print::Wider,
                () => Print::Unknown,
            };
            if print != Print::Unknown {
                let out = mended.breaks.last().map_or(0, |b| b.out);
                mended.prints.push((line.start as u32 - out, print));
            }
        }
        mended.text.push_str(&self.page[from..]);
        mended
    }

    /// Whether line `i` goes on from the one before it.
    fn goes_on(&self, i: usize, indents: bool, in_paragraph: bool, own: &[bool]) -> bool {
        let (line, before) = (&self.lines[i], &self.lines[i - 1]);
        if !(line.tight && line.plain && before.plain && before.measure > 0 && line.measure > 0) {
            return false;
        }
        let (text, last) = (line.of(self.page), before.of(self.page));
        if text.starts_with(border::cannot_begin) {
            return !own[i - 1];
        }
        // Words of Latin letters would run together.
        let is_latin = |c: char| c.is_ascii_alphabetic();
        let words = last.ends_with(is_latin) && text.starts_with(is_latin);
        if line.indent > 0 || own[i] || words || line.is_too_wide() || !self.is_full(i - 1) {
            return false;
        }
        if own[i - 1] && !self.opens_text(i - 1) && !self.credit_goes_on(i) {
            return false;
        }
        let stopped = border::ending(last) == Ending::Complete;
        let closes = border::ending(text) != Ending::Open;
        // Who ends a paragraph ends it with a stop: this is a heading, or nothing can be told.
        let next = self.lines.get(i + 1);
        let ends = match next.filter(|_| indents) {
            // A paragraph was cut off here: what follows is no paragraph's beginning, or this line is full as well.
            Some(next) if in_paragraph && !stopped && (next.indent == 0 && next.is_wide() || line.is_wide()) => false,
            Some(next) => !self.is_full(i) || next.indent > 0,
            None => indents || !self.is_full(i),
        };
        if ends && !closes && !self.closing_credit_goes_on(i) {
            return false;
        }
        if indents { in_paragraph || !stopped } else { !stopped }
    }

    /// Whether a credit opens line `i`, and text stands behind it.
    fn opens_text(&self, i: usize) -> bool {
        let text = self.text(i);
        credit::head(text).is_some() && credit::whole(text).is_none()
            || self.lines[i].is_wide() && {
                // A credit that goes on in the next line.
                let balance = border::balance(text);
                balance.open != [0; 4] && credit::head(text).is_some()
            }
    }

    /// Whether the line before line `i` is a credit that was cut: both together are a longer one.
    fn credit_goes_on(&self, i: usize) -> bool {
        let before = self.text(i - 1);
        credit::whole(before).is_some()
            && credit::head(&[before, self.text(i)].concat()).is_some_and(|c| c.span.end as usize > before.len())
    }

    /// Whether line `i` is the end of a credit that closes the line before it.
    fn closing_credit_goes_on(&self, i: usize) -> bool {
        /// Characters of the longest such end.
        const LONGEST: usize = 12;
        let (before, text) = (self.text(i - 1), self.text(i));
        !line::is_longer(text, LONGEST)
            && credit::Text::new(text).whole().is_none()
            && credit::Text::new(&[before, text].concat())
                .tail_of_more()
                .is_some_and(|c| (c.span.start as usize) < before.len() && c.span.end as usize > before.len())
    }

    /// Whether line `i`, which begins something where paragraphs are indented, is the rest of one; `goes`: more lines go
    /// on from it.
    fn is_rest(&self, i: usize, goes: bool) -> bool {
        let (line, text) = (&self.lines[i], self.text(i));
        let stopped = || border::ending(text) == Ending::Complete && !text.ends_with(['？', '?', '！', '!']);
        line.plain
            && line.measure > 0
            && line.indent == 0
            && !line.is_too_wide()
            && (goes && line.is_wide() || stopped())
    }

    /// Whether line `i`, which begins something, stands between paragraphs as a heading does.
    fn is_heading(&self, i: usize, indents: bool, own: &[bool], stands: &[Stands]) -> bool {
        let (line, text) = (&self.lines[i], self.text(i));
        let Some(next) = self.lines.get(i + 1) else { return false };
        if !line.plain
            || line.measure == 0
            || own[i]
            || border::ending(text) == Ending::Complete
            || text.ends_with(['，', ',', '、', '：', ':', '）', ')'])
            || text.starts_with(border::cannot_begin)
            || border::closes_without_mark(text)
            || indents && line.is_indented() && line.is_wide()
        {
            return false;
        }
        // Where no paragraph is indented, what is two characters short may have lost its indent.
        let narrow = if indents { !line.is_wide() } else { line.width.saturating_add(STRIPPED) < line.measure };
        let short = narrow || indents && line.indent == 0 && next.is_indented();
        let over_paragraph = next.plain
            && if indents {
                next.is_indented() && (next.is_wide() || self.ending(i + 1) == Ending::Complete)
            } else {
                stands.get(i + 2) == Some(&Stands::Goes) || self.opens_text(i + 1)
            };
        let before = i.checked_sub(1).map(|p| (&self.lines[p], self.ending(p)));
        // Where paragraphs are indented, what stands below a full line and goes on from it is full, or ends with a stop.
        let cut = |p: usize| own[p] || indents && self.is_full(p);
        let below_paragraph = before.is_none_or(|(_, ending)| ending != Ending::Open) || i > 0 && cut(i - 1);
        short && over_paragraph && below_paragraph
    }
}

/// Whether the line is a row of a table: cells with two gaps between them or more.
fn is_row(text: &str) -> bool {
    let mut cells = text.split(['　', '\t']).flat_map(|part| part.split("  ")).filter(|cell| !cell.trim().is_empty());
    cells.by_ref().nth(2).is_some()
}

/// Whether a label opens the line (一等奖：…).
fn is_labelled(text: &str) -> bool {
    /// Characters of the longest label.
    const LONGEST: usize = 5;
    border::label(text, LONGEST).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page whose breaks are taken out, told by its lines of text; None where nothing is.
    #[track_caller]
    fn check(page: &str, expected: Option<&[(&str, Print)]>) {
        let found = mend(page).map(|mended| {
            let mut lines = line::lines(&mended.text);
            mended.mark(&mut lines);
            lines.iter().map(|line| (line.of(&mended.text).to_owned(), line.print)).collect::<Vec<_>>()
        });
        let expected = expected.map(|lines| lines.iter().map(|(text, print)| ((*text).to_owned(), *print)).collect());
        assert_eq!(found, expected, "{page}");
    }

    const BARE: &str = "守桥人的灯\n渡口的浮桥每天夜里开合两次，守桥\n的柏阿满守了二十六年，他说桥板响\n一声就知道船吃水多深。\n一盏换不得的灯\n铁皮灯不怕水汽，船工隔着半里路也\n认得出来。\n";
    const INDENTED: &str = "　　渡口的浮桥每天夜里开合两次，\n守桥的柏阿满守了二十六年。桥响\n一声他就知道船吃水多深，风大的\n夜里他不睡。守桥人每年换一次班。\n有人记账，有人收缆，也有人添茶\n水。\n换灯\n　　灯是铁皮的，不怕水汽，船工隔\n着半里路也认得出来。\n";

    #[test]
    fn breaks_inside_of_paragraphs_are_taken_out() {
        check(
            BARE,
            Some(&[
                ("守桥人的灯", Print::Heading),
                (
                    "渡口的浮桥每天夜里开合两次，守桥的柏阿满守了二十六年，他说桥板响一声就知道船吃水多深。",
                    Print::Paragraph,
                ),
                ("一盏换不得的灯", Print::Heading),
                ("铁皮灯不怕水汽，船工隔着半里路也认得出来。", Print::Paragraph),
            ]),
        );
        check(
            INDENTED,
            Some(&[
                (
                    "渡口的浮桥每天夜里开合两次，守桥的柏阿满守了二十六年。桥响一声他就知道船吃水多深，风大的夜里他不睡。守桥人每年换一次班。有人记账，有人收缆，也有人添茶水。",
                    Print::Opening,
                ),
                ("换灯", Print::Heading),
                ("灯是铁皮的，不怕水汽，船工隔着半里路也认得出来。", Print::Opening),
            ]),
        );
    }

    #[test]
    fn what_was_set_wide_and_is_written_narrow() {
        // Each line has as many characters; the credit, the term and the quotation end at a line's end.
        let page = "换灯\n　　本报讯 记者柏阿满 通讯员石言报\n道 渡口9月3日换灯,12盏“夜灯”\n的罩子也亮了,船工焊了,夜里桥上亮着\n光,雾也照得开。\n　　“桥上夜里亮了,收缆心里也稳。”\n柏阿满说过,缆绳收好了,人才走上来。\n";
        check(
            page,
            Some(&[
                ("换灯", Print::Heading),
                (
                    "本报讯 记者柏阿满 通讯员石言报道 渡口9月3日换灯,12盏“夜灯”的罩子也亮了,船工焊了,夜里桥上亮着光,雾也照得开。",
                    Print::Opening,
                ),
                ("“桥上夜里亮了,收缆心里也稳。”柏阿满说过,缆绳收好了,人才走上来。", Print::Opening),
            ]),
        );
    }

    #[test]
    fn what_is_no_printed_text_stays() {
        for page in [
            "",
            "渡口的灯\n\n守桥的柏阿满守了二十六年。\n",
            // A paragraph a line.
            "渡口的浮桥每天夜里开合两次。\n守桥的柏阿满守了二十六年，他说桥板响一声就知道船吃水多深，隔着半里路也听得出来。\n铁皮灯不怕水汽，船工认得它。\n",
            // Verse.
            "你从渡口的雾里走来\n带着缆绳勒出的沟痕\n把一盏铁皮灯挂起来\n照着桥板上所有脚印\n",
            "风从江上来，灯在桥头挂。\n船向岸边去，人在棚里话。\n缆向石头缠，茶在炉上煮。\n雾从水面起，账在纸上画。\n",
            // A list.
            "一等奖　渡口班　柏阿满　八分\n二等奖　浮桥班　麻春生　七分\n三等奖　缆绳班　花小满　六分\n优秀奖　灯塔班　柳如烟　五分\n",
            // A blank line parts all of them.
            "渡口的浮桥每天夜里开合两次，守桥\n\n的柏阿满守了二十六年，他说桥板响\n\n一声就知道船吃水多深，隔着半里路\n",
        ] {
            check(page, None);
        }
    }

    #[test]
    fn spans_are_put_back_where_they_stood() {
        for page in [BARE, INDENTED, &INDENTED.replace('\n', "\r\n")] {
            let Some(mended) = mend(page) else { panic!("{page}") };
            let whole = mended.pieces(Span::new(0, mended.text.len()));
            assert_eq!(whole.iter().map(|s| s.of(page)).collect::<String>(), mended.text);
            for (at, c) in mended.text.char_indices() {
                let span = Span::new(at, at + c.len_utf8());
                let pieces = mended.pieces(span);
                assert_eq!((pieces.len(), pieces[0].of(page)), (1, span.of(&mended.text)));
                assert_eq!(mended.byte(span.start, false), pieces[0].start);
                assert_eq!(mended.byte(span.end, true), pieces[0].end);
            }
        }
    }
}
