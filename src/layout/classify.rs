//! What each line is by itself: furniture, staff line, jump line, credit, row of a table, picture, heading by its mark-up, or
//! text, with the credit that opens or closes it told apart; and which text is a caption.
//!
//! What a line is beside its neighbours (headline or deck, subhead or headline) is said in `heading`.

use crate::credit;
use crate::credit::jump::{self, Direction};
use crate::layout::line::{self, Line, Pieces};
use crate::layout::wrap::Print;
use crate::layout::{border, credit_line, furniture, heading, site, staff};
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
    /// What stands for a picture.
    Picture,
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
    /// It stands under a picture.
    pub caption: bool,
    /// It is a line of the same list or poem as the row before it.
    pub goes_on: bool,
    /// It is a credit that closes the text above it.
    pub signs: bool,
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
        (self.role == Role::Credit || self.head.is_some()) && !self.signs
    }

    /// Makes all of it a credit.
    pub(super) fn credit_itself(&mut self) {
        if let (Some(from), Some(to)) = (self.body.first(), self.body.last()) {
            self.head = Some(Span { start: from.start, end: to.end });
            (self.role, self.uncredited) = (Role::Credit, false);
            self.body.clear();
        }
    }

    /// Whether it sends the reader to another page in this direction.
    pub(super) fn jumps(&self, way: Direction) -> bool {
        self.jump.is_some_and(|(_, direction)| direction == way)
    }
}

/// Longest line that says who signs a notice above its day, in characters.
const LONGEST_SIGNER: usize = 24;

/// Reads each line by itself.
pub(super) fn rows(page: &str, lines: &[Line]) -> Vec<Row> {
    let mut rows: Vec<Row> = lines.iter().map(|line| row(page, line)).collect();
    for n in 0..rows.len() {
        if rows[n].uncredited && (is_field_among_credits(page, &rows, n) || is_account_over_its_day(page, &rows, n)) {
            rows[n].credit_itself();
        }
        let pictured = || lines[n].print == Print::Wider && rows[n].head.is_none() && is_pictured(page, &rows[n]);
        rows[n].caption = rows[n].role.is_text() && (is_caption(page, &rows, n) || pictured());
    }
    mark_series_of_pictures(page, &mut rows);
    keep_numbered_sections(page, &mut rows);
    site::mark(page, lines, &mut rows);
    let mut told = false;
    for n in 0..rows.len() {
        if n < furniture::MASTHEAD_LINES && !told && rows[n].role == Role::Text {
            let next = lines.get(n + 1).map(|line| line.of(page));
            let behind = rows.get(n + 2).filter(|row| row.role == Role::Text && row.head.is_none());
            let marked = lines[n].level > 0 || lines[n].bold.whole;
            let names_page = || {
                !marked
                    && next.zip(behind).is_some_and(|(next, behind)| {
                        furniture::is_section(rows[n].text(page), next, behind.text(page))
                    })
            };
            if furniture::is_masthead(lines[n].raw.of(page), next) || names_page() {
                rows[n].role = Role::Furniture;
            }
        }
        let near = |m: Option<usize>| m.and_then(|m| rows.get(m)).map(|row| row.role);
        let (before, behind) = (near(n.checked_sub(1)), near(Some(n + 1)));
        let is_loose = |role: Option<Role>| role == Some(Role::Furniture);
        let below_signer = |rows: &[Row]| {
            let above = n.checked_sub(1).map(|m| &rows[m]).filter(|row| row.role == Role::Text && row.head.is_none());
            above.is_some_and(|row| {
                let text = row.text(page);
                border::ending(text) == border::Ending::Open && !line::is_longer(text, LONGEST_SIGNER)
            })
        };
        match rows[n].role {
            // A day below a text, and not among what the page prints besides, is that of the text.
            Role::Furniture
                if told
                    && border::is_day(rows[n].text(page))
                    && !is_loose(before)
                    && (!is_loose(behind) || below_signer(&rows)) =>
            {
                rows[n].role = Role::Text;
            }
            // So is how to reach who gives notice.
            Role::Furniture if told && is_contact_of_notice(page, &rows, n) => rows[n].role = Role::Text,
            Role::Text
                if is_loose(before) && furniture::is_scrap(rows[n].text(page)) && {
                    is_loose(behind) || rows.get(n + 1).is_none_or(|row| furniture::is_scrap(row.text(page)))
                } =>
            {
                rows[n].role = Role::Furniture;
            }
            Role::Text if is_row_of_table(page, &rows, n) => rows[n].role = Role::Table,
            Role::Text => told |= border::ending(rows[n].text(page)) == border::Ending::Complete,
            _ => {}
        }
    }
    leave_guides_out(page, &mut rows);
    rows
}

/// Whether row `n` says how to reach who gives the notice above it.
fn is_contact_of_notice(page: &str, rows: &[Row], n: usize) -> bool {
    /// Rows above in which the notice's title stands.
    const NEAR: usize = 6;
    const LABELS: [&str; 5] = ["电话", "热线", "地址", "邮箱", "传真"];
    let text = rows[n].text(page);
    let reaches = border::label(text, 2).is_some_and(|(label, _)| LABELS.contains(&label));
    reaches
        && rows[n.saturating_sub(NEAR)..n]
            .iter()
            .rev()
            .take_while(|row| row.role == Role::Text && row.head.is_none())
            .any(|row| heading::heads_notice(&row.text(page).replace([' ', '\u{3000}'], "")))
}

/// Whether row `n` has as many cells, parted by tabs or wide gaps, as a row next to it, and at least three.
fn is_row_of_table(page: &str, rows: &[Row], n: usize) -> bool {
    let cells = |n: usize| {
        let row = rows.get(n).filter(|row| matches!(row.role, Role::Text | Role::Table) && row.head.is_none());
        row.map_or(0, |row| n_cells(row.text(page)))
    };
    let own = cells(n);
    own >= 3 && (cells(n + 1) == own || n > 0 && cells(n - 1) == own)
}

/// In how many parts tabs or gaps of three blanks and more part a line that holds no sentence.
fn n_cells(text: &str) -> usize {
    // Fewer than three parts are none.
    let gaps = memchr::memchr2(b'\t', b' ', text.as_bytes()).is_some();
    if !(gaps && (text.contains('\t') || text.contains("   "))) || text.contains('。') {
        return 0;
    }
    let parted = |gap: &str| text.split(gap).filter(|part| !part.trim().is_empty()).count();
    parted("\t").max(parted("   "))
}

/// Whether row `n` is a field of label and value next to others, as sites put them below a story line by line.
fn is_field_among_credits(page: &str, rows: &[Row], n: usize) -> bool {
    let fields = |text: &str| credit::Text::new(text).fields().is_some();
    let near = [n.checked_sub(1), Some(n + 1)].map(|m| m.and_then(|m| rows.get(m)));
    let mut near = near.into_iter().flatten().filter(|row| matches!(row.role, Role::Credit | Role::Staff)).peekable();
    near.peek().is_some()
        && fields(rows[n].text(page))
        && near.any(|row| match row.role {
            Role::Credit => row.head.is_some_and(|s| fields(s.of(page))),
            _ => fields(row.text(page)),
        })
}

/// Whether row `n` names the account whose post the page is, over the line that says when it was posted: 原创 渡口工会.
fn is_account_over_its_day(page: &str, rows: &[Row], n: usize) -> bool {
    /// Longest such line, in characters.
    const LONGEST: usize = 30;
    let text = rows[n].text(page);
    let posted = |row: &Row| row.role == Role::Credit && row.head.is_some_and(|span| span.of(page).contains("发表于"));
    text.strip_prefix("原创").is_some_and(|name| name.starts_with([' ', '\u{3000}']))
        && !line::is_longer(text, LONGEST)
        && border::ending(text) == border::Ending::Open
        && rows[n + 1..].iter().find(|row| row.role != Role::Furniture).is_some_and(posted)
}

/// Whether row `n`, behind a triangle, is the headline of a piece of news that closes with its credit, among others behind
/// the same mark.
fn heads_marked_brief(page: &str, rows: &[Row], n: usize) -> bool {
    /// Rows from one such headline to the next.
    const NEAR: usize = 3;
    let heads = |m: usize| {
        let below = rows.get(m + 1);
        rows[m].role == Role::Text
            && rows[m].tail.is_none()
            && border::ending(rows[m].text(page)) != border::Ending::Complete
            && below.is_some_and(|row| row.role == Role::Text && row.tail.is_some() && !is_pictured(page, row))
    };
    let mark = border::item_mark(rows[n].text(page));
    let near = n.saturating_sub(NEAR)..(n + NEAR + 1).min(rows.len());
    mark.is_some()
        && heads(n)
        && near.into_iter().any(|m| m != n && border::item_mark(rows[m].text(page)) == mark && heads(m))
}

/// Whether row `n` stands under a picture. A triangle also opens a piece of news among others: it is believed where a
/// picture is near or spoken of, else in a short line that stands alone.
fn is_caption(page: &str, rows: &[Row], n: usize) -> bool {
    /// Longest line that a triangle alone makes a caption, in characters.
    const LONGEST: usize = 40;
    let text = rows[n].text(page);
    if border::is_caption(text.trim_start_matches(['▲', '△', '▼', '▽', '↑', '↓', ' '])) {
        return true;
    }
    if sent_as_picture(text) {
        return true;
    }
    if !border::points_up(text) || heads_marked_brief(page, rows, n) {
        return false;
    }
    let near = [n.checked_sub(1), Some(n + 1)].map(|m| m.and_then(|m| rows.get(m)));
    let pictured = |row: &Row| match row.role {
        Role::Picture => true,
        Role::Credit => row.head.is_some_and(|s| credit_line::is_picture_credit(s.of(page))),
        _ => false,
    };
    is_pictured(page, &rows[n])
        || ["图为", "图中", "图片", "照片", "摄", "（左", "（右", "（中", "（前", "（后"]
            .iter()
            .any(|w| text.contains(w))
        || near.into_iter().flatten().any(pictured)
        || text.chars().nth(LONGEST).is_none()
            && !near.into_iter().flatten().any(|row| border::item_mark(row.text(page)).is_some())
}

/// Makes text again of the lines with number and title that look like a page's folio and stand with texts between them,
/// counted on from one to the next: 01 一把扳手, 02 一本笔记.
fn keep_numbered_sections(page: &str, rows: &mut [Row]) {
    let number = |row: &Row| {
        let text = row.text(page).trim_matches('*');
        let digit = text.strip_prefix('0').and_then(|rest| rest.bytes().next());
        digit.filter(|_| row.role == Role::Furniture && heading::is_section_number(text))
    };
    let mut last: Option<(usize, u8)> = None;
    for n in 0..rows.len() {
        let Some(count) = number(&rows[n]) else { continue };
        if let Some((before, _)) =
            last.filter(|&(m, counted)| counted + 1 == count && rows[m + 1..n].iter().any(|row| row.role == Role::Text))
        {
            (rows[before].role, rows[n].role) = (Role::Text, Role::Text);
        }
        last = Some((n, count));
    }
}

/// Makes captions of the lines in a row that have each a line below them that says who took the picture.
fn mark_series_of_pictures(page: &str, rows: &mut [Row]) {
    /// Longest such line, in characters.
    const LONGEST: usize = 80;
    let mut last: Option<usize> = None;
    for n in 1..rows.len() {
        let credit = rows[n].head.filter(|_| rows[n].role == Role::Credit);
        let above = &rows[n - 1];
        let shown = credit.is_some_and(|span| credit_line::takes_pictures(span.of(page)))
            && above.role == Role::Text
            && above.head.is_none()
            && above.tail.is_none()
            && !line::is_longer(above.text(page), LONGEST);
        if shown {
            if let Some(first) = last.filter(|&m| m + 2 == n) {
                (rows[first - 1].caption, rows[n - 1].caption) = (true, true);
            }
            last = Some(n);
        }
    }
}

/// Whether the row closes with who took its picture.
fn is_pictured(page: &str, row: &Row) -> bool {
    row.tail.is_some_and(|s| credit_line::is_picture_credit(s.of(page)))
}

/// Whether the line closes with the house that gave the picture, as captions do: …。 新华社发.
pub(super) fn sent_as_picture(text: &str) -> bool {
    /// Longest such caption, in characters.
    const LONGEST: usize = 80;
    const HOUSES: [&str; 5] = ["新华社发", "中新社发", "资料图片", "资料照片", "资料图"];
    let said = text.trim_end_matches(['）', ')', '。']);
    HOUSES.iter().any(|house| said.strip_suffix(house).is_some_and(|said| said.ends_with(['。', ' ', '　', '（', '('])))
        && !line::is_longer(text, LONGEST)
}

/// Whether the line is an item of the guide on a front page, which says on which page its story stands: …　2版, ….(A03版).
fn is_guide_item(text: &str) -> bool {
    /// Longest such item, in characters.
    const LONGEST: usize = 40;
    let Some(said) = text.trim_end_matches(['）', ')', '】', ' ']).strip_suffix('版') else { return false };
    let said = said.trim_end();
    let title = said.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = said.len() - title.len();
    let title = title.trim_end_matches(|c: char| c.is_ascii_uppercase() || c == '第');
    // 《电工基础》（第2版）: an edition.
    let edition = title.trim_end_matches([' ', '　', '（', '(']).ends_with('》');
    !edition
        && (1..=2).contains(&digits)
        && title.ends_with([' ', '　', '（', '(', '【', '>', '…', '—'])
        && !line::is_longer(text, LONGEST)
}

/// Makes furniture of the items of a guide: two of them at least, or one below its title.
fn leave_guides_out(page: &str, rows: &mut [Row]) {
    let is_item = |row: &Row| row.role == Role::Text && row.head.is_none() && is_guide_item(row.text(page));
    let tells = |row: &Row| row.role == Role::Text && border::ending(row.text(page)) == border::Ending::Complete;
    let mut from = 0;
    let mut told = None;
    while let Some(start) = (from..rows.len()).find(|&n| is_item(&rows[n])) {
        // Behind a text such lines may be anything.
        let told = *told.get_or_insert_with(|| rows.iter().position(tells).unwrap_or(rows.len()));
        let end = (start..rows.len()).find(|&n| !is_item(&rows[n])).unwrap_or(rows.len());
        let titled = start
            .checked_sub(1)
            .is_some_and(|n| rows[n].role == Role::Furniture && site::heads_guide(rows[n].text(page)));
        if titled || end - start > 1 && start < told {
            rows[start..end].iter_mut().for_each(|row| row.role = Role::Furniture);
        }
        from = end;
    }
}

fn row(page: &str, line: &Line) -> Row {
    let text = line.of(page);
    let body = line.text.clone();
    let mut row = Row {
        role: Role::Text,
        head: None,
        body,
        tail: None,
        doubted: false,
        jump: None,
        uncredited: false,
        caption: false,
        goes_on: false,
        signs: false,
    };
    if line.table || line.picture {
        row.role = if line.table { Role::Table } else { Role::Picture };
        return row;
    }
    if staff::is_staff(text) {
        row.role = Role::Staff;
        return row;
    }
    let unlinked = (line.links > 0).then(|| line.text.iter().map(|s| s.of(page)).collect::<String>());
    let said = unlinked.as_deref().unwrap_or(text);
    // Links in a row are what a site offers besides.
    if furniture::is_furniture(said) || site::is_aside(said) || line.linked && line.links > 1 {
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
        if is_marked_credit(text) {
            row.credit_itself();
        }
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
    if let Some(found) = credits.tail_of_more() {
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

/// Whether a line that is marked as a heading is a credit all the same: `### 本报记者 甲`.
fn is_marked_credit(text: &str) -> bool {
    use crate::record::Role::{Correspondent, Photographer, Reporter};
    credit::whole(text).is_some_and(|found| {
        found.dateline.is_none()
            && found.people.iter().any(|p| matches!(p.role, Reporter | Correspondent | Photographer))
    })
}

fn shifted(credit: &credit::Credit, at: usize) -> Span {
    Span::new(at + credit.span.start as usize, at + credit.span.end as usize)
}

/// Takes `span` out of the pieces; blanks that are left at its sides go too.
fn cut_out(page: &str, pieces: &mut Pieces, span: Span) {
    let before = pieces.iter().map(|p| Span { end: p.end.min(span.start), ..*p });
    let behind = pieces.iter().map(|p| Span { start: p.start.max(span.end), ..*p });
    *pieces = trimmed(page, before).into_iter().chain(trimmed(page, behind)).collect();
}

/// Pieces without the blanks around them all.
fn trimmed(page: &str, pieces: impl Iterator<Item = Span>) -> Pieces {
    let mut rest: Pieces = pieces.filter(|p| p.start < p.end).collect();
    while let Some(first) = rest.first_mut() {
        first.start = first.end - first.of(page).trim_start().len() as u32;
        if first.start < first.end {
            break;
        }
        rest.remove(0);
    }
    while let Some(last) = rest.last_mut() {
        last.end = last.start + last.of(page).trim_end().len() as u32;
        if last.start < last.end {
            break;
        }
        rest.pop();
    }
    rest
}
