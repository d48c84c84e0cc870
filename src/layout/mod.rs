//! [`Page`] → [`Article`]s: says what each line is, which lines belong together, and mends what the columns cut apart.
//!
//! In: the page's text. Out: its articles, every character of the page in exactly one block or in the mark-up between
//! blocks. Cannot fail: what is doubted stands in `quality`.
//!
//! The steps are files: `wrap` takes out the breaks of printed lines; `line` splits the page and leaves mark-up out;
//! `classify` says what a line is by itself (`furniture`, a credit, a jump); `loops` sets aside what the page reader wrote twice; `heading` says what lines are
//! beside their neighbours, with `verse` for lists and poems; `stitch` places every piece, deciding over the page as a
//! whole with what `border`, `topic` and [`Statistics`] tell; `group` makes blocks and articles of it. The cost grows with
//! the length of the page.
//! What goes on on another page of its issue is found over all pages at the end, by `across`.
//!
//! Not done: pages whose columns were interleaved line by line, tables without bars or tabs, reading order of blocks that are all
//! complete and of one subject.

mod across;
mod border;
mod classify;
mod folio;
mod furniture;
mod glyph;
mod group;
mod heading;
mod line;
mod loops;
mod staff;
mod statistics;
mod stitch;
mod topic;
mod verse;
mod word;
mod wrap;

pub use crate::credit::jump::Direction;
pub use across::{Ends, Found, continuations, link};
pub use furniture::{HeadFacts, head_facts};
pub use statistics::{Counting, Statistics};

use crate::record::{Article, Page};
use crate::settings;
use crate::text::{is_traditional, simplified};

use border::Ending;
use classify::{Role, Row};
use group::PieceRows;
use stitch::Piece;

/// Puts a page back together, knowing nothing but the page.
pub fn segment<'p>(page: &'p Page, settings: &settings::Layout) -> Vec<Article<'p>> {
    let mut statistics = Statistics::with_bits(settings.statistics_bits.clamp(10, 14));
    statistics.add(&page.text);
    segment_with(page, &statistics, settings)
}

/// Puts a page back together, knowing its archive.
///
/// `statistics` were made of the archive's pages, this one among them, with [`Statistics::of`] or [`Statistics::add`].
///
/// ```
/// use jianbao::{Page, Settings, layout};
/// let settings = Settings::default().layout;
/// let page = Page::new("1", "## 送清凉\n\n县总工会昨日慰问职工，送去毛\n\n巾和饮料。");
/// let mut statistics = layout::Statistics::new(&settings);
/// statistics.add(&page.text);
/// let articles = layout::segment_with(&page, &statistics, &settings);
/// assert_eq!(articles.len(), 1);
/// ```
pub fn segment_with<'p>(page: &'p Page, statistics: &Statistics, settings: &settings::Layout) -> Vec<Article<'p>> {
    let traditional = is_traditional([page.text.as_str()]).then(|| simplified(&page.text));
    let text = traditional.as_deref().unwrap_or(&page.text);
    let mended = wrap::mend(text);
    if mended.is_none() && traditional.is_none() {
        return put_together(&page.text, &wrap::Mended::default(), statistics, settings);
    }
    let mended = mended.unwrap_or_default();
    let text = if mended.text.is_empty() { text } else { &mended.text };
    // Who asks for credits asks this text in simplified characters too.
    let article = |read: Article<'_>| Article {
        kind: read.kind,
        blocks: read.blocks.into_iter().map(|block| mended.put_back(&page.text, block)).collect(),
        quality: read.quality,
        ..Article::default()
    };
    put_together(text, &mended, statistics, settings).into_iter().map(article).collect()
}

fn put_together<'p>(
    text: &'p str,
    mended: &wrap::Mended,
    statistics: &Statistics,
    settings: &settings::Layout,
) -> Vec<Article<'p>> {
    let mut lines = line::lines(text);
    mended.mark(&mut lines);
    let mut rows = classify::rows(text, &lines);
    let compared: Vec<loops::Text<'_>> = rows
        .iter()
        .zip(&lines)
        .map(|(row, line)| {
            let body = row.text(text);
            loops::Text {
                text: if body.is_empty() { line.of(text) } else { body },
                running: row.role.is_text() && line.level == 0,
            }
        })
        .collect();
    let copies = loops::find(&compared, settings);
    let is_loose = |row: &Row| matches!(row.role, Role::Furniture | Role::Staff);
    let mut kept: Vec<usize> = (0..rows.len()).filter(|&i| copies[i].is_none() && !is_loose(&rows[i])).collect();
    let mut loose: Vec<usize> = (0..rows.len()).filter(|&i| copies[i].is_none() && is_loose(&rows[i])).collect();
    // Heads and their text are the same with a picture between them.
    let printed: Vec<usize> = kept.iter().copied().filter(|&i| rows[i].role != Role::Picture).collect();
    heading::classify(text, &lines, &mut rows, &printed, statistics, settings);
    let signed = heading::sign(text, &mut rows, &printed, &loose);
    kept.extend(&signed);
    kept.sort_unstable();
    loose.retain(|i| signed.binary_search(i).is_err());
    let (pieces, piece_rows) = pieces(text, &lines, &rows, &kept, settings);
    let texts = piece_rows.iter().map(|p| {
        let (first, last) = (p.own.first().copied().unwrap_or(0), p.own.last().copied().unwrap_or(0));
        let (from, to) = (&rows[first], &rows[last]);
        let start = from.body.first().or(from.head.as_ref()).map_or(0, |s| s.start);
        let end = to.body.last().or(to.head.as_ref()).map_or(start, |s| s.end);
        text.get(start as usize..end as usize).unwrap_or("")
    });
    let topics = topic::Topics::of(texts, statistics, settings);
    let placed = stitch::place(&pieces, &topics, statistics, settings);
    // On a page of a million lines this is as much as what is made of them now.
    drop((pieces, topics, compared, lines));
    group::articles(&group::Input {
        page: text,
        rows: &rows,
        pieces: &piece_rows,
        placed: &placed,
        copies: &copies,
        loose: &loose,
        settings,
    })
}

/// Gathers rows into the pieces that are placed as one: the lines of a head, a line of text.
fn pieces(
    page: &str,
    lines: &[line::Line],
    rows: &[Row],
    kept: &[usize],
    settings: &settings::Layout,
) -> (Vec<Piece>, Vec<PieceRows>) {
    let mut pieces: Vec<Piece> = Vec::with_capacity(kept.len());
    let mut piece_rows: Vec<PieceRows> = Vec::with_capacity(kept.len());
    for (n, &i) in kept.iter().enumerate() {
        let row = &rows[i];
        let next = kept.get(n + 1).map(|&j| &rows[j]);
        let of = |piece: Piece| (piece, PieceRows { own: smallvec::smallvec![i], ..PieceRows::default() });
        let (piece, its_rows) = match row.role {
            Role::Rubric | Role::Kicker | Role::Headline | Role::Deck => {
                // Over a text without a headline a rubric is all its title.
                let alone = || next.is_some_and(|row| row.role.is_text());
                let titles = row.role == Role::Headline || row.role == Role::Rubric && alone();
                // A deck ends no head, but a kicker or rubric begins one unless nothing but such stands before it.
                let begins = |last: &PieceRows| {
                    let roles = || last.own.iter().map(|&j| rows[j].role);
                    match row.role {
                        _ if last.own.len() >= settings.head_lines => true,
                        // A credit may stand above the headline, where the page begins with it.
                        Role::Headline => {
                            roles().any(|r| r == Role::Deck)
                                || roles().any(|r| r == Role::Credit) && roles().any(|r| r != Role::Credit)
                        }
                        Role::Kicker => roles().any(|r| r != Role::Rubric && r != Role::Kicker),
                        _ => false,
                    }
                };
                if let (Some(Piece::Head { titled, .. }), Some(last)) = (pieces.last_mut(), piece_rows.last_mut())
                    && last.with.is_empty()
                    && !begins(last)
                {
                    *titled |= titles;
                    last.own.push(i);
                    continue;
                }
                of(Piece::Head { titled: titles, credited: false })
            }
            Role::Credit => {
                // An editor's note stands between a headline and its credit.
                if let ([.., Piece::Head { titled: true, credited }, Piece::Text(_)], Some(note)) =
                    (pieces.as_mut_slice(), piece_rows.last_mut())
                    && !*credited
                    && note.own.last().is_some_and(|&j| border::is_editors_note(rows[j].text(page)))
                {
                    *credited = true;
                    note.with.push(i);
                    continue;
                }
                let opens = next.is_some_and(|r| r.role == Role::Headline) && heading::is_commentator(row.head, page);
                if let (false, Some(Piece::Head { credited, .. }), Some(last)) =
                    (opens, pieces.last_mut(), piece_rows.last_mut())
                {
                    *credited = true;
                    last.own.push(i);
                    continue;
                }
                let closes = !opens
                    && (row.signs
                        || row.head.or(row.tail).is_some_and(|s| heading::closes(s.of(page)))
                        || next.is_none_or(|r| !r.role.is_text() || r.is_credited()));
                if let (true, Some(last)) = (closes, piece_rows.last_mut()) {
                    last.with.push(i);
                    continue;
                }
                of(Piece::Head { titled: false, credited: true })
            }
            Role::Jump if row.jumps(Direction::From) => {
                // It stands under the headline where one is printed again, else it is the head itself.
                if let (Some(Piece::Head { titled, credited }), Some(last)) = (pieces.last_mut(), piece_rows.last_mut())
                {
                    (*titled, *credited) = (true, true);
                    last.own.push(i);
                    continue;
                }
                of(Piece::Head { titled: true, credited: true })
            }
            Role::Jump => {
                if let (Some(piece), Some(last)) = (pieces.last_mut(), piece_rows.last_mut()) {
                    if let Piece::Text(line) = piece {
                        line.jumps = true;
                    }
                    last.with.push(i);
                    continue;
                }
                of(Piece::Subhead)
            }
            Role::Subhead => of(Piece::Subhead),
            Role::Picture => of(Piece::Text(Box::new(stitch::Line::closed(row.text(page))))),
            Role::Table => {
                let table = piece_rows.last_mut().filter(|last| {
                    last.with.is_empty() && last.own.last().is_some_and(|&j| j + 1 == i && rows[j].role == Role::Table)
                });
                if let Some(table) = table {
                    table.own.push(i);
                    continue;
                }
                of(Piece::Text(Box::new(stitch::Line::closed(row.text(page)))))
            }
            Role::List
                if row.goes_on
                    && piece_rows
                        .last()
                        .is_some_and(|last| last.own.last() == n.checked_sub(1).and_then(|m| kept.get(m))) =>
            {
                if let Some(last) = piece_rows.last_mut() {
                    last.own.push(i);
                }
                continue;
            }
            Role::List if row.head.is_none() && row.jump.is_none() => {
                of(Piece::Text(Box::new(stitch::Line::item(row.text(page)))))
            }
            _ => {
                let resumes = row.jumps(Direction::From);
                let credited = row.head.is_some() || resumes;
                // In a column of short lines each breaks off at once where the next one goes on.
                let tight = lines.get(i + 1).is_some_and(|next| !line::are_parted(page, &lines[i], next));
                let standing = if credited || tight { 0 } else { settings.standing_chars };
                let mut line = stitch::Line::new(row.text(page), credited, standing);
                let over_table = next.is_some_and(|row| row.role == Role::Table);
                if over_table && line.ending == Ending::Open && row.text(page).chars().count() <= settings.verse_chars {
                    line = stitch::Line::closed(row.text(page));
                }
                if row.caption && classify::sent_as_picture(row.text(page)) {
                    line = stitch::Line::closed(row.text(page));
                }
                (line.jumps, line.resumes) = (row.jumps(Direction::To), resumes);
                line.apart = row.caption;
                line.marked |= lines[i].print == wrap::Print::Opening;
                line.going = lines[i].print == wrap::Print::Going && !credited && !row.caption;
                of(Piece::Text(Box::new(line)))
            }
        };
        pieces.push(piece);
        piece_rows.push(its_rows);
    }
    (pieces, piece_rows)
}
