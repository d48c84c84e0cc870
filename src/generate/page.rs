//! Makes a page: picks articles, prints them, lets columns, readers and reprints have their way, and writes down what
//! was done.

use super::columns::{self, Piece, note};
use super::library::{Composed, library};
use super::plan::{Plan, Rates};
use super::plant::{self, ORIGINALS, Plant};
use super::printed;
use super::random::{Random, key, key_of};
use super::repeat;
use super::sheet::{Line, PAGE_ITSELF, Part, Placed, Sheet};
use super::truth::{Planted, PlantedRole, TrueArticle, TrueBlock, TrueRepeat, Truth};
use super::wording::Cast;
use crate::record::{BlockKind, Edge, Page, PageHead};
use crate::text::Span;

/// The paper that all pages belong to; there is none of this name.
const PUBLICATION: &str = "工友周报";
/// Pages of one issue.
pub(super) const ISSUE: u64 = 8;

/// How a page is set. It follows from seed and number alone, so that other pages can ask for it.
pub(super) struct Style {
    pub(super) head: (&'static str, &'static str),
    pub(super) sub: (&'static str, &'static str),
    pub(super) bold: (&'static str, &'static str),
    pub(super) gap: &'static str,
    half_width: bool,
}

impl Style {
    pub(super) fn of(plan: &Plan, number: u64) -> Self {
        let mut random = Random::of(&[plan.seed, number, 0x7374]);
        let bare = random.chance(plan.rates.no_markup);
        let marks = [("## ", ""), ("## ", ""), ("# ", ""), ("**", "**")];
        let single = random.chance(plan.rates.single_breaks) && !bare;
        Self {
            head: if bare { ("", "") } else { *random.pick(&marks) },
            sub: *random.pick(&[("### ", ""), ("### ", ""), ("**", "**"), ("", "")]),
            bold: *random.pick(&[("**", "**"), ("**", "**"), ("", "")]),
            gap: if single { "\n" } else { "\n\n" },
            half_width: random.chance(plan.rates.half_width),
        }
    }

    /// Paragraphs are told apart by blank lines, so that a planted one can be found by its number.
    pub(super) fn is_plantable(&self) -> bool {
        self.gap == "\n\n"
    }
}

/// An article on its way onto the page.
struct Made {
    pieces: Vec<Piece>,
    closes: Edge,
    done: Vec<&'static str>,
    other_page: Option<String>,
}

/// Makes page number `number` of the plan's archive.
pub(super) fn make(plan: &Plan, number: u64) -> (Page, Truth) {
    let mut random = Random::of(&[plan.seed, number]);
    let style = Style::of(plan, number);
    let rates = &plan.rates;
    let head = page_head(plan, number);
    let (mut printed, mut done): (Vec<Vec<Line>>, Vec<Vec<&'static str>>) = pick(&mut random)
        .into_iter()
        .map(|n| {
            let article = &library().articles[n];
            let words = key(&[plan.seed, number, n as u64]);
            print(article, &Cast::new(article, words, words ^ 1, plan.vary), &style, rates, &mut random)
        })
        .unzip();
    let plants = plants(plan, number, &style, &mut random);
    insert(&plants, &mut printed, &mut random);

    let mut made: Vec<Made> = Vec::with_capacity(printed.len() + 1);
    for (lines, done) in printed.into_iter().zip(done.drain(..)) {
        made.push(to_columns(numbered(lines), done, &style, rates, &mut random));
    }
    if let Some(jumping) = jumping(plan, number, &style) {
        made.insert(random.below(made.len() + 1), jumping);
    }

    let mut sheet = Sheet::new(style.half_width);
    if random.chance(0.5) {
        sheet.put("\n\n");
    }
    let furnished = random.chance(rates.furniture);
    if furnished && random.chance(0.6) {
        let folio = printed::folio(&mut random, PUBLICATION, head.date.as_deref().unwrap_or(""), page_number(number));
        sheet.line(PAGE_ITSELF, &own_line(BlockKind::Furniture, folio), "\n\n");
    }
    let counts: Vec<usize> = made.iter().map(|m| m.pieces.len()).collect();
    for (article, piece) in columns::reading_order(&counts, &mut random) {
        for line in &made[article].pieces[piece] {
            sheet.line(article as u16, line, if line.kind == BlockKind::Paragraph { style.gap } else { "\n\n" });
        }
        // A line of single breaks is told from the next piece by nothing else.
        if style.gap == "\n" && random.chance(0.5) {
            sheet.put("\n");
        }
    }
    if furnished {
        if random.chance(0.7) {
            let staff = printed::staff(&mut random);
            sheet.line(PAGE_ITSELF, &own_line(BlockKind::Staff, staff), "\n\n");
        }
        if random.chance(0.4) {
            let ad = printed::small_ad(&mut random);
            sheet.line(PAGE_ITSELF, &own_line(BlockKind::Furniture, ad), "\n\n");
        }
    }
    let repeats =
        if random.chance(rates.repeat) { repeat::append(&mut sheet, &style, rates, &mut random) } else { Vec::new() };
    let truth = truth(&sheet, made, &plants, &repeats, number);
    (Page { head, text: sheet.text }, truth)
}

/// A line of its own that belongs to the page.
fn own_line(kind: BlockKind, text: String) -> Line {
    standing(kind, ("", ""), text, None)
}

/// A short line that may stand on other pages too, told from what has this key, else from its own words.
fn standing(kind: BlockKind, marks: (&str, &str), text: String, key: Option<u64>) -> Line {
    let key = key.unwrap_or_else(|| key_of(&text));
    Line::marked(marks, Part::standing(text, kind, key))
}

fn page_number(number: u64) -> usize {
    (number % ISSUE) as usize + 1
}

/// The id of page number `number`.
pub(super) fn page_id(plan: &Plan, number: u64) -> String {
    format!("g{}-{number:07}", plan.seed)
}

fn page_head(plan: &Plan, number: u64) -> PageHead {
    // An archive may have more issues than a paper has days; its dates then start again.
    let day = (number / ISSUE % 9_000) as i64;
    let date = jiff::civil::date(2001, 1, 1).saturating_add(jiff::Span::new().days(day));
    PageHead {
        id: page_id(plan, number),
        publication: Some(PUBLICATION.to_owned()),
        date: Some(date.to_string()),
        number: Some(page_number(number).to_string()),
        ..PageHead::default()
    }
}

/// Three to eight articles, half of the time neighbours in topic, each once.
fn pick(random: &mut Random) -> Vec<usize> {
    let articles = &library().articles;
    let wanted = random.between(3, 8);
    let topic = random.chance(0.5).then(|| random.pick(articles).topic);
    let near: Vec<usize> = (0..articles.len()).filter(|&n| Some(articles[n].topic) == topic).collect();
    let mut picked: Vec<usize> = Vec::with_capacity(wanted);
    for n in 0..4 * wanted {
        let next = if n < wanted && !near.is_empty() { *random.pick(&near) } else { random.below(articles.len()) };
        if picked.len() < wanted && !picked.contains(&next) {
            picked.push(next);
        }
    }
    picked
}

/// The lines of an article, and what is difficult about them.
fn print(
    article: &Composed,
    cast: &Cast,
    style: &Style,
    rates: &Rates,
    random: &mut Random,
) -> (Vec<Line>, Vec<&'static str>) {
    let mut lines = Vec::with_capacity(article.paragraphs.len() + 6);
    let mut done = Vec::new();
    if style.head.0.is_empty() {
        note(&mut done, "no_markup");
    }
    let told = |tokens| cast.told(tokens);
    let rubric = match &article.rubric {
        Some(own) if random.chance(0.5) => Some(own.to_string()),
        _ => random.chance(rates.rubric).then(|| printed::rubric(random).to_owned()),
    };
    let under = rubric.is_some() && random.chance(0.4);
    let rubric = rubric.map(|text| {
        note(&mut done, "rubric");
        standing(BlockKind::Rubric, style.sub, text, None)
    });
    // Two tellings of a short line may come out alike, so it is named after the article that it is told from.
    let key_of_line = |place: u64| Some(key(&[key_of(&article.id), place]));
    let kicker = match &article.kicker {
        Some(own) => Some((told(own), key_of_line(0))),
        None => random.chance(rates.kicker).then(|| (printed::kicker(random).to_owned(), None)),
    };
    let deck = match &article.deck {
        Some(own) => Some((told(own), key_of_line(1))),
        None => random.chance(rates.deck).then(|| (printed::deck(random).to_owned(), None)),
    };
    let (above, below) = if under { (None, rubric) } else { (rubric, None) };
    lines.extend(above);
    if let Some((kicker, key)) = kicker.filter(|_| !article.photo) {
        lines.push(standing(BlockKind::Kicker, ("", ""), kicker, key));
        note(&mut done, "kicker");
    }
    lines.push(standing(BlockKind::Headline, style.head, told(&article.headline), key_of_line(2)));
    lines.extend(below);
    if let Some((deck, key)) = deck.filter(|_| !article.photo) {
        lines.push(standing(BlockKind::Deck, ("", ""), deck, key));
        note(&mut done, "deck");
    }
    if article.photo {
        picture_story(article, cast, style, random, &mut lines);
        return (lines, done);
    }
    let mut credit = (!random.chance(rates.no_credit)).then(|| printed::opening_credit(random));
    if random.chance(0.25)
        && let Some(text) = credit.take()
    {
        lines.push(Line::marked(style.bold, Part::new(text, BlockKind::Byline)));
    }
    let subheads = article.paragraphs.len() >= 6 && random.chance(rates.subheads);
    let own_subheads = !article.subheads.is_empty();
    for (n, tokens) in article.paragraphs.iter().enumerate() {
        if subheads {
            let own =
                article.subheads.iter().find(|(at, _)| *at == n).map(|(_, s)| (told(s), key_of_line(3 + n as u64)));
            let drawn = || (!own_subheads && n > 0 && n % 3 == 0).then(|| (printed::subhead(random).to_owned(), None));
            if let Some((subhead, key)) = own.or_else(drawn) {
                lines.push(standing(BlockKind::Subhead, style.sub, subhead, key));
                note(&mut done, "subheads");
            }
        }
        let paragraph = Part::new(told(tokens), BlockKind::Paragraph);
        let parts = match credit.take() {
            Some(text) => vec![
                Part::markup(style.bold.0),
                Part::new(text, BlockKind::Byline),
                Part::markup(style.bold.1),
                Part::markup(" "),
                paragraph,
            ],
            None => vec![paragraph],
        };
        lines.push(Line::new(BlockKind::Paragraph, parts));
    }
    (lines, done)
}

fn picture_story(article: &Composed, cast: &Cast, style: &Style, random: &mut Random, lines: &mut Vec<Line>) {
    for tokens in &article.paragraphs {
        lines.push(Line::new(BlockKind::Paragraph, vec![Part::new(cast.told(tokens), BlockKind::Caption)]));
    }
    if let Some(last) = lines.last_mut() {
        last.parts.push(Part::markup(style.bold.0));
        last.parts.push(Part::new(printed::picture_credit(random), BlockKind::Byline));
        last.parts.push(Part::markup(style.bold.1));
    }
}

/// The planted paragraphs of a page.
fn plants(plan: &Plan, number: u64, style: &Style, random: &mut Random) -> Vec<Plant> {
    let mut plants = Vec::new();
    if !style.is_plantable() || plan.rates.copies <= 0.0 && plan.rates.hard_negatives <= 0.0 {
        return plants;
    }
    if plan.rates.copies > 0.0 {
        plants.extend((0..ORIGINALS).map(|slot| plant::original(plan.seed, number, slot, plan.vary)));
        for _ in 0..often(plan.rates.copies, random) {
            plants.extend(plant::copy(plan, number, random));
        }
    }
    for slot in 0..often(plan.rates.hard_negatives, random) {
        plants.push(plant::hard_negative(plan.seed, number, slot as u64, plan.vary, random));
    }
    plants
}

/// A number of times that is `mean` on average and at most twice as many, rounded up.
fn often(mean: f64, random: &mut Random) -> usize {
    let most = (2.0 * mean).ceil() as usize;
    (0..most).filter(|_| random.chance(mean / most.max(1) as f64)).count()
}

/// Puts each planted paragraph into one of the articles, behind its first paragraph.
fn insert(plants: &[Plant], articles: &mut [Vec<Line>], random: &mut Random) {
    let first_paragraph =
        |lines: &[Line]| lines.iter().position(|l| l.parts.iter().any(|p| p.kind == Some(BlockKind::Paragraph)));
    let homes: Vec<usize> = (0..articles.len()).filter(|&a| first_paragraph(&articles[a]).is_some()).collect();
    for (n, plant) in plants.iter().enumerate() {
        // A page of pictures alone has the paragraph behind the last of them.
        let home = if homes.is_empty() { articles.len() - 1 } else { *random.pick(&homes) };
        let lines = &mut articles[home];
        let first = first_paragraph(lines).unwrap_or(lines.len() - 1);
        let line = Line {
            plant: Some(n),
            ..Line::new(BlockKind::Paragraph, vec![Part::new(plant.text.as_str(), BlockKind::Paragraph)])
        };
        // A text that is cut short stands last, where nothing can seem to continue it.
        let at = if plant.kind.starts_with("trunc") { lines.len() } else { random.between(first + 1, lines.len()) };
        lines.insert(at, line);
    }
}

/// Numbers the blocks of an article in reading order.
fn numbered(mut lines: Vec<Line>) -> Vec<Line> {
    for (n, part) in lines.iter_mut().flat_map(|l| &mut l.parts).filter(|p| p.kind.is_some()).enumerate() {
        part.block = n as u16;
    }
    lines
}

fn to_columns(
    lines: Vec<Line>,
    mut done: Vec<&'static str>,
    style: &Style,
    rates: &Rates,
    random: &mut Random,
) -> Made {
    let last = lines.iter().flat_map(|l| &l.parts).map(|p| p.block).max().unwrap_or(0);
    let mut pieces = columns::cut(lines, rates, random, &mut done);
    let mut closes = Edge::Complete;
    // A planted paragraph stays, since other pages copy it.
    let planted = pieces.last().is_some_and(|p| p.iter().any(|line| line.plant.is_some()));
    if pieces.len() > 1 && !planted && random.chance(rates.lost_tail) {
        pieces.pop();
        closes = Edge::Cut;
        note(&mut done, "lost_tail");
        if random.chance(0.3) {
            let jump = printed::jump_to(random, 9);
            push_jump(&mut pieces, jump, last + 1, random);
            note(&mut done, "jump");
        }
    }
    if pieces.len() > 1 && random.chance(rates.displaced_headline) && columns::displace_headline(&mut pieces) {
        note(&mut done, "displaced_headline");
    }
    if pieces.len() > 1 && random.chance(rates.caption) {
        let (caption, scene) = printed::caption(random);
        let caption = Part::standing(caption, BlockKind::Caption, key_of(scene));
        let mut parts = vec![Part { block: last + 2, ..caption }];
        if random.chance(0.7) {
            parts.push(Part::markup(if style.bold.0.is_empty() { " " } else { style.bold.0 }));
            parts.push(Part { block: last + 3, ..Part::new(printed::picture_credit(random), BlockKind::Byline) });
            parts.push(Part::markup(style.bold.1));
        }
        pieces[0].push(Line::new(BlockKind::Caption, parts));
        note(&mut done, "caption");
    }
    Made { pieces, closes, done, other_page: None }
}

/// Prints a jump line behind an article's last paragraph, or on a line of its own.
fn push_jump(pieces: &mut [Piece], jump: String, block: u16, random: &mut Random) {
    let part = Part { block, ..Part::new(jump, BlockKind::Jump) };
    let Some(piece) = pieces.last_mut() else { return };
    match piece.last_mut().filter(|l| l.kind == BlockKind::Paragraph && l.plant.is_none() && random.chance(0.5)) {
        Some(line) => line.parts.push(part),
        None => piece.push(Line::new(BlockKind::Jump, vec![part])),
    }
}

/// The part that this page has of an article that runs over two pages of its issue.
fn jumping(plan: &Plan, number: u64, style: &Style) -> Option<Made> {
    let issue = number / ISSUE;
    let mut random = Random::of(&[plan.seed, issue, 0x6a75]);
    if !random.chance(plan.rates.jump) {
        return None;
    }
    let from = random.below(4);
    let to = random.between(from + 1, ISSUE as usize - 1);
    let here = (number % ISSUE) as usize;
    if here != from && here != to {
        return None;
    }
    let long: Vec<&Composed> = library().articles.iter().filter(|a| a.paragraphs.len() >= 4 && !a.photo).collect();
    let article = *random.pick(&long);
    let words = random.next();
    // Both pages tell the same text, each in its own style.
    let cast = Cast::new(article, words, words ^ 1, plan.vary);
    let mut telling = Random::of(&[words, 2]);
    let (lines, mut done) = print(article, &cast, style, &Rates { subheads: 0.0, ..plan.rates.clone() }, &mut telling);
    let mut lines = numbered(lines);
    let body: Vec<usize> = (0..lines.len()).filter(|&n| lines[n].kind == BlockKind::Paragraph).collect();
    let at = body[random.between(1, body.len() - 1)];
    let mut tail = lines.split_off(at);
    let inside = random.chance(plan.rates.cut_in_sentence);
    if let Some((head, rest)) = inside.then(|| columns::halves(&tail[0], &mut random)).flatten() {
        lines.push(head);
        tail[0] = rest;
    }
    note(&mut done, "jump");
    let other = issue * ISSUE + if here == from { to } else { from } as u64;
    let other_page = Some(page_id(plan, other));
    if here == from {
        let mut pieces = vec![lines];
        push_jump(&mut pieces, printed::jump_to(&mut random, to + 1), u16::MAX - 1, &mut random);
        return Some(Made { pieces, closes: Edge::Cut, done, other_page });
    }
    // The blocks of the tail count from 1, behind the jump line.
    let jump = Line::new(BlockKind::Jump, vec![Part::new(printed::jump_from(&mut random, from + 1), BlockKind::Jump)]);
    let mut all = vec![jump];
    all.extend(tail);
    Some(Made { pieces: vec![numbered(all)], closes: Edge::Complete, done, other_page })
}

fn truth(sheet: &Sheet, made: Vec<Made>, plants: &[Plant], repeats: &[repeat::Copied], number: u64) -> Truth {
    let mut truth = Truth::default();
    for (n, article) in made.into_iter().enumerate() {
        truth.articles.push(TrueArticle {
            blocks: blocks_of(&sheet.placed, n as u16),
            closes: article.closes,
            difficulties: article.done,
            other_page: article.other_page,
        });
    }
    truth.furniture = blocks_of(&sheet.placed, PAGE_ITSELF);
    let place = |at: &Placed, plant: &Plant| Planted {
        entity: plant.entity,
        kind: plant.kind,
        role: plant.role,
        edit: plant.edit,
        group: plant.group,
        span: at.span,
    };
    for at in &sheet.placed {
        if let Some(plant) = at.plant.and_then(|n| plants.get(n)) {
            truth.planted.push(place(at, plant));
            if plant.role == PlantedRole::Copy {
                truth.repeats.push(TrueRepeat { span: at.span, of: None });
            }
        }
    }
    for at in &sheet.placed {
        if let Some(key) = at.standing {
            let (kind, role) = (at.kind.as_str(), PlantedRole::Standing);
            truth.planted.push(Planted { entity: key >> 1, kind, role, edit: 0.0, group: None, span: at.span });
        }
    }
    loops(&sheet.text, repeats, number, &mut truth);
    truth
}

/// Writes down what the page's end repeats.
fn loops(text: &str, repeats: &[repeat::Copied], number: u64, truth: &mut Truth) {
    let mut seen: Vec<(Span, u64)> = Vec::new();
    for copied in repeats {
        truth.repeats.push(TrueRepeat { span: copied.span, of: Some(copied.of) });
        let mut plant = |entity, role, edit, span| {
            truth.planted.push(Planted { entity, kind: "loop", role, edit, group: None, span });
        };
        if let Some((_, entity)) = seen.iter().find(|(of, _)| *of == copied.of) {
            plant(*entity, PlantedRole::Copy, copied.edit, copied.span);
            continue;
        }
        let entity = number * 1_000 + 100 + seen.len() as u64;
        seen.push((copied.of, entity));
        plant(entity, PlantedRole::Orig, 0.0, copied.of);
        // Where the original is no paragraph by itself, its first copy is what the others are compared with.
        let alone =
            text[..copied.of.start as usize].ends_with("\n\n") && text[copied.of.end as usize..].starts_with("\n\n");
        let role = if alone { PlantedRole::Copy } else { PlantedRole::Orig };
        plant(entity, role, copied.edit, copied.span);
    }
}

/// The blocks of one article, each with its pieces in reading order, which is the order of the page.
fn blocks_of(placed: &[Placed], article: u16) -> Vec<TrueBlock> {
    let mut own: Vec<&Placed> = placed.iter().filter(|p| p.article == article).collect();
    own.sort_by_key(|p| p.block);
    let mut blocks: Vec<TrueBlock> = Vec::new();
    let mut last = None;
    for at in own {
        match blocks.last_mut().filter(|_| last == Some(at.block) && article != PAGE_ITSELF) {
            Some(block) => block.spans.push(at.span),
            None => blocks.push(TrueBlock { kind: at.kind, spans: vec![at.span] }),
        }
        last = Some(at.block);
    }
    blocks
}
