//! Pieces and their places → articles of blocks: the last step of the layout.
//!
//! Splits heads into blocks, mends joined paragraphs, sets credits off, says what kind of article it is and what is
//! doubted of it, and appends the copies that the page reader made behind the article of their original.

use std::borrow::Cow;

use smallvec::SmallVec;

use crate::credit::jump::Direction;
use crate::layout::border::{self, Ending};
use crate::layout::classify::{Role, Row};
use crate::layout::credit_line;
use crate::layout::heading;
use crate::layout::line::Pieces;
use crate::layout::loops::Copied;
use crate::layout::stitch::{Evidence, Follows, Placed, certainty};
use crate::record::{Article, ArticleKind, Block, BlockKind, BlockRef, Edge, Join, Quality, RepeatKind, RepeatMark};
use crate::settings;
use crate::text::Span;

/// A piece of the page and the rows that it is made of: its own, then those that only go with it (a credit that closes it,
/// a jump line).
#[derive(Clone, Debug, Default)]
pub(super) struct PieceRows {
    pub own: SmallVec<[usize; 4]>,
    pub with: SmallVec<[usize; 1]>,
}

/// A block before its text is cut out.
#[derive(Debug)]
struct Draft {
    kind: BlockKind,
    spans: Pieces,
    joins: Vec<Join>,
    /// The rows that it was made of.
    rows: SmallVec<[usize; 2]>,
}

#[derive(Debug, Default)]
struct Sheet {
    head: Vec<Draft>,
    body: Vec<Draft>,
    opens: Edge,
    /// How its last line of text ends.
    ending: Ending,
    flags: Vec<Cow<'static, str>>,
    /// It has the credit of a picture.
    pictured: bool,
    /// It has more than credits and jump lines.
    begun: bool,
    credited: bool,
}

impl Sheet {
    /// Notes a doubt, once.
    fn doubt(&mut self, what: &'static str) {
        if !self.flags.iter().any(|f| f == what) {
            self.flags.push(what.into());
        }
    }

    /// Adds the credit that row `i` closes with or is.
    fn byline(&mut self, page: &str, span: Span, i: usize) {
        self.pictured = self.pictured || credit_line::is_picture_credit(span.of(page));
        self.body.push(draft(BlockKind::Byline, [span], i));
    }
}

/// What the grouping needs to know.
pub(super) struct Input<'a, 'p> {
    pub page: &'p str,
    pub rows: &'a [Row],
    pub pieces: &'a [PieceRows],
    pub placed: &'a [Placed],
    pub copies: &'a [Option<Copied>],
    /// Rows that belong to no article.
    pub loose: &'a [usize],
    pub settings: &'a settings::Layout,
}

/// Builds the articles of a page.
pub(super) fn articles<'p>(input: &Input<'_, 'p>) -> Vec<Article<'p>> {
    let n_articles = input.placed.iter().map(|p| p.article as usize + 1).max().unwrap_or(0);
    let mut sheets: Vec<Sheet> = Vec::with_capacity(n_articles + 1);
    sheets.resize_with(n_articles, Sheet::default);
    // Where the body of each piece went: the block's place in its sheet.
    let mut body_of: Vec<usize> = vec![usize::MAX; input.pieces.len()];
    for (n, (piece, placed)) in input.pieces.iter().zip(input.placed).enumerate() {
        let sheet = &mut sheets[placed.article as usize];
        if certainty(placed.place_margin) < input.settings.doubt_certainty {
            sheet.doubt("doubtful_article");
        }
        if piece.own.iter().any(|&i| input.rows[i].doubted) {
            sheet.doubt("doubtful_headline");
        }
        piece.own.iter().for_each(|&i| put_row(input, sheet, &mut body_of, n, i));
        piece.with.iter().for_each(|&i| put_row_with(input, sheet, i));
    }
    if !input.loose.is_empty() {
        let mut sheet = Sheet { flags: vec!["furniture".into()], ..Sheet::default() };
        for &i in input.loose {
            let row = &input.rows[i];
            let kind = if row.role == Role::Staff { BlockKind::Staff } else { BlockKind::Furniture };
            sheet.body.push(draft(kind, row.parts(), i));
        }
        sheets.push(sheet);
    }
    finish(input, sheets)
}

/// Puts row `i`, one of piece `n`'s own, into the sheet of its article.
fn put_row(input: &Input<'_, '_>, sheet: &mut Sheet, body_of: &mut [usize], n: usize, i: usize) {
    let row = &input.rows[i];
    if let Some(span) = row.head {
        sheet.credited = true;
        sheet.body.push(draft(BlockKind::Byline, [span], i));
    }
    if let Some((span, Direction::From)) = row.jump {
        sheet.body.push(draft(BlockKind::Jump, [span], i));
    }
    if row.role.is_head() {
        head_drafts(input, i, sheet);
    } else if !row.body.is_empty() {
        put_body(input, sheet, body_of, n, i);
    }
    if let Some(span) = row.tail {
        sheet.byline(input.page, span, i);
    }
    if let Some((span, Direction::To)) = row.jump {
        sheet.body.push(draft(BlockKind::Jump, [span], i));
    }
}

/// Puts the text of row `i` into a block of its own, or into the one that it goes on from.
fn put_body(input: &Input<'_, '_>, sheet: &mut Sheet, body_of: &mut [usize], n: usize, i: usize) {
    let (row, placed) = (&input.rows[i], &input.placed[n]);
    let text = row.text(input.page);
    let joined = match placed.follows {
        Follows::Joins(left) => join(input, sheet, body_of[left as usize], placed, i),
        Follows::Fresh if row.role == Role::Table || row.goes_on => add_row(input, sheet, body_of[n], i),
        Follows::Fresh => None,
    };
    let begun = std::mem::replace(&mut sheet.begun, true);
    if !begun && text.chars().next().is_some_and(border::cannot_begin) {
        sheet.opens = Edge::Cut;
    }
    body_of[n] = joined.unwrap_or_else(|| {
        sheet.body.push(draft(kind_of(row), row.body.iter().copied(), i));
        sheet.body.len() - 1
    });
    if row.role == Role::Text && !row.caption {
        // Who signs a letter stands below its text without a mark.
        let signs = sheet.ending == Ending::Complete && joined.is_none() && row.head.is_none() && begun;
        let standing = if signs { input.settings.signature_chars } else { input.settings.standing_chars };
        sheet.ending = border::line_ending(text, standing);
    }
}

/// Puts a credit or a jump line that goes with a piece into the sheet of its article.
fn put_row_with(input: &Input<'_, '_>, sheet: &mut Sheet, i: usize) {
    let row = &input.rows[i];
    for span in row.parts().chain(row.jump.map(|j| j.0)) {
        if row.role == Role::Jump {
            sheet.body.push(draft(BlockKind::Jump, [span], i));
        } else {
            sheet.byline(input.page, span, i);
        }
    }
}

fn draft(kind: BlockKind, spans: impl IntoIterator<Item = Span>, row: usize) -> Draft {
    Draft { kind, spans: spans.into_iter().collect(), joins: Vec::new(), rows: smallvec::smallvec![row] }
}

fn kind_of(row: &Row) -> BlockKind {
    match row.role {
        Role::Subhead => BlockKind::Subhead,
        Role::List => BlockKind::List,
        Role::Table => BlockKind::Table,
        Role::Picture => BlockKind::Caption,
        _ if row.caption => BlockKind::Caption,
        _ => BlockKind::Paragraph,
    }
}

fn head_drafts(input: &Input<'_, '_>, i: usize, sheet: &mut Sheet) {
    let row = &input.rows[i];
    let kind = match row.role {
        Role::Rubric => BlockKind::Rubric,
        Role::Kicker => BlockKind::Kicker,
        Role::Headline => BlockKind::Headline,
        _ => BlockKind::Deck,
    };
    // A headline that is printed over several lines.
    if let (true, Some(last)) = (row.goes_on, sheet.head.last_mut().filter(|d| d.kind == kind)) {
        last.spans.extend(row.body.iter().copied());
        last.rows.push(i);
        return;
    }
    if let (BlockKind::Headline, [span]) = (kind, row.body.as_slice()) {
        let has_kicker = sheet.head.iter().any(|d| d.kind == BlockKind::Kicker);
        if let Some((kicker, headline)) =
            heading::split_kicker(input.page, *span, input.settings).filter(|_| !has_kicker)
        {
            sheet.head.push(draft(BlockKind::Kicker, [kicker], i));
            sheet.head.push(draft(BlockKind::Headline, [headline], i));
            return;
        }
    }
    sheet.head.push(draft(kind, row.body.iter().copied(), i));
}

/// Appends row `i` of a table, list or poem to the block of its rows so far, each on a line of its own; None for the first one.
fn add_row(input: &Input<'_, '_>, sheet: &mut Sheet, table: usize, i: usize) -> Option<usize> {
    let block = sheet.body.get_mut(table)?;
    let last = block.spans.last_mut()?;
    let behind = input.page.get(last.end as usize..)?;
    let (at, mark) = behind.match_indices(['\n', '\r', '\u{c}']).next()?;
    let length = if behind[at..].starts_with("\r\n") { 2 } else { mark.len() };
    last.end += (at + length) as u32;
    block.spans.extend(input.rows[i].body.iter().copied());
    block.rows.push(i);
    Some(table)
}

/// Appends row `i` to the block that it goes on from, if the join is sure enough.
fn join(input: &Input<'_, '_>, sheet: &mut Sheet, left: usize, placed: &Placed, i: usize) -> Option<usize> {
    let block = sheet.body.get_mut(left)?;
    let score = certainty(placed.margin);
    if score < input.settings.doubt_certainty {
        sheet.flags.push("doubtful_join".into());
    }
    if score < input.settings.join_certainty {
        return None;
    }
    let (left_end, right_start) = (block.spans.last()?.end, input.rows[i].body.first()?.start);
    block.spans.extend(input.rows[i].body.iter().copied());
    block.rows.push(i);
    block.joins.push(Join {
        left: left_end,
        right: right_start,
        score,
        reasons: reasons(placed.evidence, placed.margin),
    });
    Some(left)
}

fn reasons(evidence: Evidence, margin: f32) -> Vec<Cow<'static, str>> {
    let mut reasons: Vec<Cow<'static, str>> = Vec::new();
    if evidence.elsewhere > 0.0 {
        reasons.push("the passage stands elsewhere in one piece".into());
    }
    if evidence.sentence.abs() >= 0.5 {
        reasons.push(format!("the sentence goes on: {:+.1}", evidence.sentence).into());
    }
    if evidence.word > 0.0 {
        reasons.push("a word of the dictionary stands over the cut".into());
    }
    if evidence.pairs > 0.0 {
        reasons.push("a quotation or bracket that was open closes".into());
    } else if evidence.pairs < 0.0 {
        reasons.push(format!("quotations or brackets do not match: {:+.1}", evidence.pairs).into());
    }
    if evidence.topic >= 0.5 {
        reasons.push(format!("words in common with the article: {:+.1}", evidence.topic).into());
    }
    reasons.push(format!("the next best reading of the page is {margin:.1} behind").into());
    reasons
}

/// Orders the blocks, cuts their texts out, appends the copies.
fn finish<'p>(input: &Input<'_, 'p>, sheets: Vec<Sheet>) -> Vec<Article<'p>> {
    let mut places: Vec<SmallVec<[BlockRef; 2]>> = vec![SmallVec::new(); input.rows.len()];
    let mut articles: Vec<Article<'p>> = Vec::with_capacity(sheets.len());
    for (a, mut sheet) in sheets.into_iter().enumerate() {
        // A deck that opened the article before its headline was found goes behind the headline.
        sheet.head.sort_by_key(|d| d.kind == BlockKind::Deck);
        let kind = kind_of_article(input.page, &sheet);
        sheet.flags.sort();
        sheet.flags.dedup();
        let mut article = Article {
            kind,
            blocks: Vec::with_capacity(sheet.head.len() + sheet.body.len()),
            quality: Quality {
                opens: sheet.opens,
                closes: if sheet.ending == Ending::Open { Edge::Cut } else { Edge::Complete },
                flags: sheet.flags,
            },
            ..Article::default()
        };
        for draft in sheet.head.into_iter().chain(sheet.body) {
            let place = BlockRef { article: a as u32, block: article.blocks.len() as u32 };
            draft.rows.iter().for_each(|&row| places[row].push(place));
            let mut block = Block::new(draft.kind, input.page, draft.spans);
            block.joins = draft.joins;
            block.uncredited = matches!(draft.rows.as_slice(), [row] if input.rows[*row].uncredited);
            article.blocks.push(block);
        }
        articles.push(article);
    }
    append_copies(input, &mut articles, &mut places);
    articles
}

fn kind_of_article(page: &str, sheet: &Sheet) -> ArticleKind {
    let chars = |kind: BlockKind| -> usize {
        let blocks = sheet.body.iter().filter(|d| d.kind == kind);
        blocks.flat_map(|d| d.spans.iter()).map(|s| s.len() / 3).sum()
    };
    let paragraphs = sheet.body.iter().filter(|d| d.kind.is_running_text()).count();
    // A rubric is the title of a text without a headline.
    let title = |kind: BlockKind| sheet.head.iter().any(|d| d.kind == kind).then_some(kind);
    let titles = title(BlockKind::Headline).or_else(|| title(BlockKind::Rubric));
    let titled = titles.is_some();
    let is_notice = sheet
        .head
        .iter()
        .filter(|d| Some(d.kind) == titles)
        .any(|d| heading::heads_notice(d.spans.first().map_or("", |s| s.of(page)).trim_end()));
    if is_notice {
        ArticleKind::Notice
    } else if !titled && !sheet.credited {
        ArticleKind::Fragment
    } else if sheet.pictured && paragraphs <= 2 {
        ArticleKind::Photo
    } else if paragraphs <= 1 && chars(BlockKind::Paragraph) <= 120 {
        ArticleKind::Brief
    } else {
        ArticleKind::Story
    }
}

/// Appends each copied row, block by block, behind the article of the row that it copies.
fn append_copies<'p>(input: &Input<'_, 'p>, articles: &mut Vec<Article<'p>>, places: &mut [SmallVec<[BlockRef; 2]>]) {
    for (i, copied) in input.copies.iter().enumerate() {
        let Some(copied) = copied else { continue };
        let row = &input.rows[i];
        let originals = places[copied.of].clone();
        // An original is no copy, and every row that is no copy stands in a block.
        let Some(&first) = originals.first() else { continue };
        let of_kind = |articles: &[Article<'p>], byline: bool| {
            let is_byline = |r: &&BlockRef| {
                (articles[r.article as usize].blocks[r.block as usize].kind == BlockKind::Byline) == byline
            };
            originals.iter().find(is_byline).copied().unwrap_or(first)
        };
        let parts = [(row.head, true), (None, false), (row.tail, true)];
        for (credit, byline) in parts {
            let spans: Pieces = if byline { credit.into_iter().collect() } else { row.body.clone() };
            if spans.is_empty() {
                continue;
            }
            let of = of_kind(articles, byline);
            let kind = articles[of.article as usize].blocks[of.block as usize].kind;
            let mut block = Block::new(if byline { BlockKind::Byline } else { kind }, input.page, spans);
            block.repeat = Some(RepeatMark {
                of,
                kind: if copied.looped { RepeatKind::Loop } else { RepeatKind::Exact },
                similarity: copied.similarity,
                reason: reason(copied),
            });
            articles[of.article as usize].blocks.push(block);
        }
        if let Some((span, _)) = row.jump {
            let mut block = Block::new(BlockKind::Jump, input.page, [span]);
            block.repeat = Some(RepeatMark {
                of: first,
                kind: RepeatKind::Loop,
                similarity: copied.similarity,
                reason: reason(copied),
            });
            articles[first.article as usize].blocks.push(block);
        }
    }
}

fn reason(copied: &Copied) -> Cow<'static, str> {
    let how = match (copied.short, copied.similarity < 1.0) {
        (true, _) => "a copy cut short",
        (_, true) => "a copy that drifts",
        _ => "a copy, character by character",
    };
    let where_from = if copied.looped { "in a loop" } else { "in a copied section" };
    format!("{how}, {where_from}: it stands {} lines before", copied.distance).into()
}
