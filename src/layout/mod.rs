//! [`Page`] → [`Article`]s: says what each line is, which lines belong together, and mends what the columns cut apart.
//!
//! In: the page's text. Out: its articles, every character of the page in exactly one block or in the mark-up between
//! blocks. Cannot fail: what is doubted stands in `quality`.
//!
//! The steps are files: `wrap` takes out the breaks of printed lines; `line` splits the page and leaves mark-up out;
//! `classify` says what a line is by itself (`furniture`, `folio`, `site`, `staff`, a credit, a jump); `loops` sets aside what the
//! page reader wrote twice; `heading` says what lines are beside their neighbours, with `verse` for lists and poems and
//! `credit_line` for credits; `gather` makes pieces of them; `stitch` places every piece, deciding over the page as a whole
//! with what `border`, `topic` and [`Statistics`] tell; `group` makes blocks and articles of it. The cost grows with the
//! length of the page.
//! What a page's furniture says of the page is read by `head_facts`.
//! What goes on on another page of its issue is found over all pages at the end, by `across`.
//!
//! Not done: pages whose columns were interleaved line by line, tables without bars or tabs, reading order of blocks that are all
//! complete and of one subject.

mod across;
mod border;
mod classify;
mod credit_line;
mod folio;
mod furniture;
mod gather;
mod glyph;
mod group;
mod head_facts;
mod heading;
mod line;
mod loops;
mod site;
mod staff;
mod statistics;
mod stitch;
mod topic;
mod verse;
mod word;
mod wrap;

pub use crate::credit::jump::Direction;
pub use across::{Ends, Found, continuations, link};
pub use head_facts::{HeadFacts, head_facts};
pub use statistics::{Counting, Statistics};

use crate::record::{Article, Page};
use crate::settings;
use crate::text::{is_traditional, simplified};

use classify::{Role, Row};
use gather::Gathering;

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
    let signed = credit_line::sign(text, &mut rows, &printed, &loose);
    kept.extend(&signed);
    kept.sort_unstable();
    loose.retain(|i| signed.binary_search(i).is_err());
    let (pieces, piece_rows) = Gathering { page: text, lines: &lines, rows: &rows, kept: &kept, settings }.pieces();
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
