//! What lines are beside their neighbours: rubric, kicker, headline, deck, subhead, or text after all.
//!
//! Pages mark headings in different ways, so the page's own habit is found first: the lowest level of `#`, else lines that
//! are bold as a whole, else nothing but their shape (short, no full stop, a blank between two halves, a column's name in
//! brackets at the end) and what stands around them (a credit below makes a short line a headline; so do its own words in
//! the text below, if that does not read as if it went on from it).

mod beside;
mod by_mark_up;
mod by_shape;
mod over;
mod words;

use smallvec::SmallVec;

use crate::credit;
use crate::layout::border::{self, Ending};
use crate::layout::classify::{Role, Row};
use crate::layout::line::Line;
use crate::layout::statistics::{Statistics, Window};
use crate::layout::wrap::Print;
use crate::layout::{credit_line, line, verse};
use crate::settings;
use crate::text::{Span, is_cjk};
pub(super) use words::{heads_notice, is_section_number, opens_section};
use words::{is_alike, is_labelled};

/// How strongly mark-up says that a line is a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    /// As the page marks headlines.
    Main,
    /// Marked, but as the page marks lesser things.
    Minor,
    None,
}

struct Context<'a> {
    page: &'a str,
    lines: &'a [Line],
    rows: &'a mut [Row],
    /// The rows that are no copies, in page order.
    kept: &'a [usize],
    marks: Vec<Mark>,
    /// Lines of running text break off on this page.
    cut: bool,
    statistics: &'a Statistics,
    settings: &'a settings::Layout,
}

/// Says of each row in `kept` what it is.
pub(super) fn classify(
    page: &str,
    lines: &[Line],
    rows: &mut [Row],
    kept: &[usize],
    statistics: &Statistics,
    settings: &settings::Layout,
) {
    let marks = marks(page, lines, rows, kept);
    let breaks_off = |row: &Row| {
        let text = row.text(page);
        row.role == Role::Text
            && row.jump.is_none()
            && row.tail.is_none()
            && line::is_longer(text, over::KICKER)
            && border::ending(text) == Ending::Open
    };
    let unmarked = kept.iter().zip(&marks).filter(|(_, mark)| **mark == Mark::None);
    let cut = unmarked.map(|(&i, _)| &rows[i]).any(breaks_off);
    let mut context = Context { page, lines, rows, kept, marks, cut, statistics, settings };
    context.rubrics();
    context.signatures();
    if !context.marks.contains(&Mark::Main) {
        context.standing_titles();
    }
    context.names();
    verse::Runs { page, lines, rows: context.rows, kept, settings }.mark();
    if context.marks_headlines() {
        context.by_mark_up();
    } else {
        context.by_shape();
    }
}

fn marks(page: &str, lines: &[Line], rows: &[Row], kept: &[usize]) -> Vec<Mark> {
    let is_marked = |i: usize| rows[i].role == Role::Text && rows[i].head.is_none();
    let level = |i: usize| if is_marked(i) { lines[i].level } else { 0 };
    // A numbered section is none of the page's headlines, however bold.
    let bold = |i: usize| {
        is_marked(i) && lines[i].level == 0 && lines[i].bold.whole && !words::is_section_number(rows[i].text(page))
    };
    let mut lowest = kept.iter().map(|&i| level(i)).filter(|&l| l > 0).min().unwrap_or(0);
    // A page title above the first headline is no headline: it is alone on its level.
    if lowest > 0 && kept.len() > 2 && level(kept[0]) == lowest && level(kept[1]) > lowest {
        let alone = kept.iter().filter(|&&i| level(i) == lowest).count() == 1;
        let next = level(kept[1]);
        if alone && kept.iter().filter(|&&i| level(i) == next).count() > 1 {
            lowest = next;
        }
    }
    let has_bold = kept.iter().any(|&i| bold(i));
    // Levels of three and more beside bold lines are subheads, unless nothing else is marked.
    let by_level = lowest > 0 && (lowest < 3 || !has_bold);
    kept.iter()
        .map(|&i| match (by_level, level(i), bold(i)) {
            (true, l, _) if l > 0 && l <= lowest => Mark::Main,
            (false, 0, true) => Mark::Main,
            (_, 0, false) => Mark::None,
            _ => Mark::Minor,
        })
        .collect()
}

impl Context<'_> {
    fn row(&self, n: usize) -> Option<&Row> {
        self.kept.get(n).map(|&i| &self.rows[i])
    }

    fn text(&self, n: usize) -> &str {
        self.row(n).map_or("", |row| row.text(self.page))
    }

    fn mark(&self, n: usize) -> Mark {
        self.marks.get(n).copied().unwrap_or(Mark::None)
    }

    /// What the measure of its column says of row `n`.
    fn print(&self, n: usize) -> Print {
        self.kept.get(n).map_or(Print::Unknown, |&i| self.lines[i].print)
    }

    fn set(&mut self, n: usize, role: Role) {
        if let Some(&i) = self.kept.get(n) {
            self.rows[i].role = role;
        }
    }

    fn is_credited(&self, n: usize) -> bool {
        self.row(n).is_some_and(Row::is_credited)
    }

    /// An unmarked row of plain text without any credit in it.
    fn is_plain(&self, n: usize) -> bool {
        self.mark(n) == Mark::None
            && self
                .row(n)
                .is_some_and(|r| r.role == Role::Text && r.head.is_none() && r.tail.is_none() && r.jump.is_none())
    }

    /// Makes credits of the names that stand alone below a headline and above its text, as on pages of literature.
    fn names(&mut self) {
        for n in 1..self.kept.len() {
            if self.is_author(n)
                || self.is_author_below_rubric(n)
                || self.is_pen_name(n)
                || self.is_name(n)
                    && !self.is_name(n - 1)
                    && !self.is_name(n + 1)
                    && (self.is_marked(n - 1) || self.is_plain(n - 1) && self.may_be_titled(n - 1))
                    && (self.is_marked(n + 1)
                        || self.is_section(n + 1)
                        || self.may_open_text(n + 1)
                        || self.is_site_credit(n + 1))
            {
                self.rows[self.kept[n]].credit_itself();
            }
        }
    }

    /// Whether row `n` is a credit that opens with the day, as sites print it below the author's name.
    fn is_site_credit(&self, n: usize) -> bool {
        let credit = self.row(n).filter(|row| row.role == Role::Credit && !row.signs).and_then(|row| row.head);
        credit.is_some_and(|span| span.of(self.page).starts_with(|c: char| c.is_ascii_digit()))
    }

    /// Whether row `n`, between a headline and its text, names its author, be it with who that is.
    fn is_author(&self, n: usize) -> bool {
        /// Characters of the longest such line.
        const LONGEST: usize = 20;
        let text = self.text(n);
        let credits = || credit::Text::new(text);
        // Who speaks stands below what tells of the speech: ——在….上的发言.
        let speaks = || self.is_plain(n - 1) && self.text(n - 1).starts_with('—') && credits().signer().is_some();
        self.is_plain(n)
            && !line::is_longer(text, LONGEST)
            && self.may_open_text(n + 1)
            && line::is_longer(self.text(n + 1), self.settings.subhead_chars)
            && ((self.is_marked(n - 1)
                || text.ends_with(['）', ')']) && self.is_plain(n - 1) && self.may_be_titled(n - 1))
                && credits().author().is_some()
                || speaks())
    }

    /// Whether row `n` may be a headline that its author's name stands under: also one of two characters.
    fn may_be_titled(&self, n: usize) -> bool {
        let after_text = n.checked_sub(1).and_then(|m| self.row(m)).is_none_or(|r| {
            !r.role.is_text() || r.tail.is_some() || border::ending(r.text(self.page)) == Ending::Complete
        });
        self.shape(n) >= if after_text { -2.5 } else { 0.5 }
    }

    /// Whether row `n` is the name of one person.
    fn is_name(&self, n: usize) -> bool {
        /// Characters of the longest name, a blank in it among them.
        const LONGEST: usize = 4;
        let text = self.text(n);
        self.is_plain(n)
            && text.chars().nth(LONGEST).is_none()
            && credit::Text::new(text).names().is_some_and(|c| c.people.len() == 1)
    }

    /// Whether row `n` is a paragraph, or the first of two verses.
    fn may_open_text(&self, n: usize) -> bool {
        let reads = |n: usize| self.is_plain(n) && !self.text(n).starts_with(border::cannot_begin);
        reads(n)
            && (border::ending(self.text(n)) == Ending::Complete
                || line::is_longer(self.text(n), self.settings.headline_chars)
                || reads(n + 1) && !self.is_credited(n + 2))
    }

    /// Whether row `n` opens a section of the article that it stands in: a bare number, a numbered title, or a word that
    /// says that more of the same subject follows, where no credit stands below it and a text does.
    fn is_section(&self, n: usize) -> bool {
        let text = self.text(n);
        let short = !line::is_longer(text, self.settings.subhead_chars);
        let behind = self.row(n + 1).is_some_and(|r| r.role.is_text() && r.head.is_none());
        n > 0
            && short
            && behind
            && self.row(n).is_some_and(|r| r.role == Role::Text && r.head.is_none() && r.tail.is_none())
            && opens_section(text)
    }

    /// Subheads on a page that marks no headlines: short lines of like shape within one credited story, each over text that
    /// takes up few of its words.
    fn series(&self) -> Vec<bool> {
        let mut found = vec![false; self.kept.len()];
        let pairs: Vec<usize> = (1..self.kept.len()).filter(|&n| self.is_label_over_title(n)).collect();
        if pairs.len() > 1 {
            for &n in &pairs {
                (found[n], found[n + 1]) = (true, true);
            }
        }
        let (mut storied, mut credit) = (false, None);
        let mut last: Option<usize> = None;
        for n in 1..self.kept.len() {
            if self.is_credited(n) {
                (storied, last) = (true, None);
                credit = self.row(n).and_then(|row| row.head);
            } else if self.row(n).is_some_and(|r| r.tail.is_some()) {
                // Pieces of news that each close with their credit.
                (storied, last) = (false, None);
            } else if storied && self.may_be_subhead(n, credit) {
                if let Some(before) = last.filter(|&m| is_alike(self.text(m), self.text(n))) {
                    (found[before], found[n]) = (true, true);
                }
                last = Some(n);
            }
        }
        found
    }

    /// Whether row `n` is a label, and the row below it a title, over text: 某人： / 一句话.
    fn is_label_over_title(&self, n: usize) -> bool {
        /// Longest such label, in characters.
        const LONGEST: usize = 8;
        let text = self.text(n);
        self.is_plain(n)
            && text.ends_with(['：', ':'])
            && text.chars().nth(LONGEST).is_none()
            && self.is_plain(n + 1)
            && self.text(n + 1).chars().count() <= self.settings.subhead_chars
            && border::ending(self.text(n + 1)) == Ending::Open
            && self.reads_on(n + 2)
            && self.text(n + 2).chars().nth(self.settings.subhead_chars).is_some()
    }

    fn may_be_subhead(&self, n: usize, credit: Option<Span>) -> bool {
        /// The share of its words from which on the text below takes up a headline, in news and in a story that is told
        /// at length.
        const TAKEN_UP: [f32; 2] = [0.5, 0.65];
        let text = self.text(n);
        // News mostly has no subheads.
        let is_news = || credit.and_then(|span| credit::head(span.of(self.page))).is_none_or(|c| c.dateline.is_some());
        let takes_up_few = || {
            let share = shared(text, &self.body_from(n + 1));
            share < TAKEN_UP[0] || share < TAKEN_UP[1] && !is_news()
        };
        let before =
            self.row(n - 1).is_some_and(|r| r.role.is_text() && border::ending(r.text(self.page)) == Ending::Complete);
        before
            && self.is_plain(n)
            && !line::is_longer(text, self.settings.subhead_chars)
            && self.shape(n) >= 0.5
            && self.is_plain(n + 1)
            && border::ending(self.text(n + 1)) == Ending::Complete
            && (is_labelled(text) || takes_up_few())
            && self.begins_fresh(n + 1, n)
    }

    /// Whether what follows row `n` shows that an article begins with it: a credit, or one paragraph under a picture.
    fn opens_article(&self, n: usize) -> bool {
        if self.is_credited(n + 1) {
            return true;
        }
        let follows_text = self.row(n + 1).is_some_and(|r| r.role == Role::Text) && self.mark(n + 1) == Mark::None;
        let closes = |r: &Row| {
            let credit = if r.role == Role::Credit { r.head } else { r.tail };
            credit.is_some_and(|span| credit_line::takes_pictures(span.of(self.page)))
        };
        follows_text
            && (self.row(n + 1).is_some_and(closes)
                || self.row(n + 2).is_some_and(|r| r.role == Role::Credit && closes(r)))
    }

    /// Whether row `n` reads like a paragraph's start rather than like what follows row `before`.
    fn begins_fresh(&self, n: usize, before: usize) -> bool {
        // Where nothing breaks off, nothing goes on.
        if !self.cut && !self.text(n).starts_with(border::cannot_begin) {
            return true;
        }
        self.freshness(n, before) > -self.settings.fresh_margin
    }

    /// How much likelier row `n` is at a paragraph's start than behind row `before`, in nats.
    fn freshness(&self, n: usize, before: usize) -> f32 {
        let text = self.text(n);
        if text.chars().next().is_none_or(border::cannot_begin) {
            return f32::NEG_INFINITY;
        }
        let opening = Window::opening(text);
        let left = Window::ending(self.text(before));
        if self.statistics.ln_passage_elsewhere(&left, &opening) >= 1.0 {
            return f32::NEG_INFINITY;
        }
        let (left, opening) = (self.statistics.closing(&left), self.statistics.opening(&opening, 3));
        -self.statistics.gain(&left, &opening, self.statistics.look(&left, &opening)).ln
    }

    /// Whether the unmarked row `n` is the standing title over pieces of news that each open with the same mark (简讯) or
    /// with their place in bold.
    fn heads_briefs(&self, n: usize) -> bool {
        /// Bytes of the longest such place, with its mark-up.
        const LONGEST_LEAD: usize = 28;
        // ▲…, or **某县** ….
        let led = |n: usize| {
            self.row(n).filter(|row| row.role == Role::Text).and(self.kept.get(n)).is_some_and(|&i| {
                let line = &self.lines[i];
                line.bold.head_end > 0
                    && !line.bold.whole
                    && (line.bold.head_end as usize) < line.start() + LONGEST_LEAD
            })
        };
        let item = |n: usize| border::item_mark(self.text(n)).or(led(n).then_some('*'));
        let text = self.text(n);
        self.is_plain(n)
            && item(n + 1).is_some()
            && item(n + 1) == item(n + 2)
            && text.chars().count() <= self.settings.rubric_chars
            && text.chars().all(is_cjk)
            && (n == 0 || self.mark(n - 1) == Mark::None && border::ending(self.text(n - 1)) != Ending::Open)
    }

    fn is_marked(&self, n: usize) -> bool {
        self.mark(n) != Mark::None
    }

    /// Whether row `n` is unmarked text that no credit opens.
    fn reads_on(&self, n: usize) -> bool {
        self.mark(n) == Mark::None
            && self.row(n).is_some_and(|r| r.role.is_text() && r.head.is_none() && r.jump.is_none())
    }
}

/// The share of the pairs of characters of `line` that stand in `body`.
fn shared(line: &str, body: &str) -> f32 {
    let chars: Vec<(usize, char)> = line.char_indices().filter(|(_, c)| is_cjk(*c) || c.is_ascii_digit()).collect();
    let pairs = chars.windows(2).filter(|w| w[0].0 + w[0].1.len_utf8() == w[1].0);
    let (mut all, mut found) = (0u32, 0u32);
    for pair in pairs {
        all += 1;
        found += u32::from(body.contains(&line[pair[0].0..pair[1].0 + pair[1].1.len_utf8()]));
    }
    if all == 0 { 0.0 } else { found as f32 / all as f32 }
}

/// Splits a headline line that holds kicker and headline, parted by a blank: a long clause before two halves of equal
/// length (`甲工会找准职工参与管理的有效途径 干部“好不好” 职工“评一评”`).
pub(super) fn split_kicker(page: &str, span: Span, settings: &settings::Layout) -> Option<(Span, Span)> {
    let text = span.of(page);
    let parts: SmallVec<[(usize, &str); 4]> = parts(text);
    let lengths: SmallVec<[usize; 4]> = parts.iter().map(|(_, p)| p.chars().count()).collect();
    let [first, rest @ ..] = lengths.as_slice() else { return None };
    let halves = rest.len() == 2 && rest[0].abs_diff(rest[1]) <= 1;
    if !halves || *first < settings.kicker_chars || *first <= rest[0] {
        return None;
    }
    let (start, _) = parts[1];
    let kicker = text[..start].trim_end();
    let at = span.start as usize;
    Some((Span::new(at, at + kicker.len()), Span::new(at + start, span.end as usize)))
}

fn parts(text: &str) -> SmallVec<[(usize, &str); 4]> {
    let mut parts = SmallVec::new();
    let mut at = 0;
    for part in text.split([' ', '\u{3000}']) {
        if !part.is_empty() {
            parts.push((at, part));
        }
        at += part.len();
        at += text[at..].chars().next().map_or(0, char::len_utf8);
    }
    parts
}
