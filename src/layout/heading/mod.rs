//! What lines are beside their neighbours: rubric, kicker, headline, deck, subhead, or text after all.
//!
//! Pages mark headings in different ways, so the page's own habit is found first: the lowest level of `#`, else lines that
//! are bold as a whole, else nothing but their shape (short, no full stop, a blank between two halves, a column's name in
//! brackets at the end) and what stands around them (a credit below makes a short line a headline; so do its own words in
//! the text below, if that does not read as if it went on from it).

mod beside;
mod over;
mod words;

use smallvec::SmallVec;

use crate::credit;
use crate::layout::border::{self, Ending};
use crate::layout::classify::{Role, Row};
use crate::layout::furniture;
use crate::layout::line::Line;
use crate::layout::statistics::{Statistics, Window};
use crate::layout::wrap::Print;
use crate::layout::{line, verse, word};
use crate::record;
use crate::settings;
use crate::text::{CharSet, Span, is_cjk, is_word};
use words::{
    announces, is_alike, is_attachment, is_column, is_dashed, is_kind, is_rubric, is_salutation, is_side_label,
    labelled, opens_like_text, opens_with_dash,
};
pub(super) use words::{is_notice, opens_section};

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
    let marks = marks(lines, rows, kept);
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
    context.names();
    verse::Runs { page, lines, rows: context.rows, kept, settings }.mark();
    if context.marks_headlines() {
        context.by_mark_up();
    } else {
        context.by_shape();
    }
}

fn marks(lines: &[Line], rows: &[Row], kept: &[usize]) -> Vec<Mark> {
    let is_marked = |i: usize| rows[i].role == Role::Text && rows[i].head.is_none();
    let level = |i: usize| if is_marked(i) { lines[i].level } else { 0 };
    let bold = |i: usize| is_marked(i) && lines[i].level == 0 && lines[i].bold.whole;
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
                || self.is_name(n)
                    && !self.is_name(n - 1)
                    && !self.is_name(n + 1)
                    && (self.is_marked(n - 1) || self.is_plain(n - 1) && self.may_be_titled(n - 1))
                    && (self.is_marked(n + 1) || self.is_section(n + 1) || self.may_open_text(n + 1))
            {
                self.rows[self.kept[n]].credit_itself();
            }
        }
    }

    /// Whether row `n`, between a headline and its text, names its author, be it with who that is.
    fn is_author(&self, n: usize) -> bool {
        /// Characters of the longest such line.
        const LONGEST: usize = 20;
        let text = self.text(n);
        self.is_plain(n)
            && !line::is_longer(text, LONGEST)
            && (self.is_marked(n - 1)
                || text.ends_with(['）', ')']) && self.is_plain(n - 1) && self.shape(n - 1) >= 0.5)
            && self.may_open_text(n + 1)
            && line::is_longer(self.text(n + 1), self.settings.subhead_chars)
            && credit::Text::new(text).author().is_some()
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
        let mut storied = false;
        let mut last: Option<usize> = None;
        for n in 1..self.kept.len() {
            if self.is_credited(n) {
                (storied, last) = (true, None);
            } else if self.row(n).is_some_and(|r| r.tail.is_some()) {
                // Pieces of news that each close with their credit.
                (storied, last) = (false, None);
            } else if storied && self.may_be_subhead(n) {
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

    fn may_be_subhead(&self, n: usize) -> bool {
        /// The share of its words from which on the text below takes up a headline.
        const TAKEN_UP: f32 = 0.5;
        let text = self.text(n);
        let before =
            self.row(n - 1).is_some_and(|r| r.role.is_text() && border::ending(r.text(self.page)) == Ending::Complete);
        before
            && self.is_plain(n)
            && !line::is_longer(text, self.settings.subhead_chars)
            && self.shape(n) >= 0.5
            && self.is_plain(n + 1)
            && border::ending(self.text(n + 1)) == Ending::Complete
            && (labelled(text) || shared(text, &self.body_from(n + 1)) < TAKEN_UP)
            && self.begins_fresh(n + 1, n)
    }

    /// Whether row `n`, below a label, is the title of what stands behind it.
    fn may_be_subhead_below(&self, n: usize) -> bool {
        self.is_plain(n)
            && self.text(n).chars().count() <= self.settings.subhead_chars
            && self.shape(n) >= 1.0
            && self.is_plain(n + 1)
            && self.begins_fresh(n + 1, n)
    }

    /// Whether row `n` is a short line that is whole by itself, over a paragraph that goes on from no part of it.
    fn stands_alone(&self, n: usize) -> bool {
        let text = self.text(n);
        let next = self.text(n + 1);
        !line::is_longer(text, 4)
            && text.chars().nth(1).is_some()
            && text.chars().all(is_cjk)
            && is_word(text)
            && (n == 0
                || self
                    .row(n - 1)
                    .is_some_and(|r| !r.role.is_text() || border::ending(r.text(self.page)) == Ending::Complete))
            && self.row(n + 1).is_some_and(|r| r.role == Role::Text && r.head.is_none())
            && line::is_longer(next, self.settings.subhead_chars)
            && word::over_break(text, next) <= 0.0
            && self.begins_fresh(n + 1, n)
    }

    /// Whether the page marks its headlines, and not only rubrics and subheads: more credits stand under marked lines than
    /// under lines that are bare and longer than what is marked beside them.
    fn marks_headlines(&self) -> bool {
        if !self.marks.contains(&Mark::Main) {
            return false;
        }
        // What is marked with one or two # is a headline wherever it stands.
        if self.kept.iter().any(|&i| (1..3).contains(&self.lines[i].level)) {
            return true;
        }
        let (mut marked, mut bare) = (0usize, 0usize);
        for n in (1..self.kept.len()).filter(|&n| self.is_credited(n)) {
            let above = (n.saturating_sub(3)..n).rev();
            let (mut longest_marked, mut longest_bare) = (0, 0);
            for m in above {
                let length = self.text(m).chars().count();
                if self.mark(m) != Mark::None {
                    longest_marked = longest_marked.max(length);
                } else if self.is_plain(m) && self.shape(m) >= 0.5 {
                    // A kicker over a marked headline is no bare one.
                    longest_bare = longest_bare.max(if is_dashed(self.text(m)) { 0 } else { length });
                } else {
                    break;
                }
            }
            if longest_marked > self.settings.rubric_chars || longest_marked > 0 && longest_bare == 0 {
                marked += 1;
            } else if longest_bare > 0 {
                bare += 1;
            }
        }
        marked >= bare
    }

    fn by_mark_up(&mut self) {
        let subheads = self.levels_of_subheads();
        let series = self.series();
        let mut leads = true;
        let mut n = 0;
        while n < self.kept.len() {
            leads &= self.mark(n) != Mark::None;
            match self.mark(n) {
                Mark::Main if is_side_label(self.text(n)) && self.is_section(n) => {
                    self.set(n, Role::Subhead);
                    n += 1;
                }
                Mark::Main => n = self.head_from(n),
                Mark::Minor => {
                    let kickers = self.n_kickers(n, leads, subheads);
                    for m in n..n + kickers {
                        let text = self.text(m);
                        let short = text.chars().count() <= self.settings.rubric_chars;
                        self.set(m, if short || is_rubric(text) { Role::Rubric } else { Role::Kicker });
                    }
                    if kickers == 0 {
                        let role = match () {
                            () if self.is_bold_rubric(n, subheads) => Role::Rubric,
                            () if self.opens_article(n) => Role::Headline,
                            () => Role::Subhead,
                        };
                        self.set(n, role);
                    }
                    n += kickers.max(1);
                }
                Mark::None if self.heads_briefs(n) => {
                    self.set(n, Role::Headline);
                    n += 1;
                }
                Mark::None => {
                    let bare = self.is_plain(n) && self.mark(n + 1) != Mark::Main;
                    if bare && (self.is_section(n) || series[n] || self.is_bare_subhead(n)) {
                        self.set(n, Role::Subhead);
                    }
                    n += 1;
                }
            }
        }
    }

    /// The levels, as bits, of the lesser marked lines that text stands under.
    fn levels_of_subheads(&self) -> u64 {
        let (mut over, mut found) = (0, 0);
        for n in 0..self.kept.len() {
            match self.mark(n) {
                Mark::Minor => over |= self.level_bit(n),
                Mark::None => (over, found) = (0, found | over),
                Mark::Main => over = 0,
            }
        }
        found
    }

    fn level_bit(&self, n: usize) -> u64 {
        self.kept.get(n).map_or(0, |&i| 1 << self.lines[i].level.min(63))
    }

    /// How many lines from row `n` on stand directly over a headline and are marked as less: a site may give the kicker a
    /// level of its own. A line of a level of `subheads` is none, unless no text stands before it (`leads`).
    fn n_kickers(&self, n: usize, leads: bool, subheads: u64) -> usize {
        const MOST: usize = 2;
        let lesser = (n..n + MOST).take_while(|&m| self.mark(m) == Mark::Minor).count();
        // The lowest bit is that of bold lines.
        let fits =
            |m: usize| leads || is_kind(self.text(m)) || self.level_bit(m) > 1 && self.level_bit(m) & subheads == 0;
        if self.mark(n + lesser) == Mark::Main && (n..n + lesser).all(fits) { lesser } else { 0 }
    }

    /// Reads the head of an article whose first marked line is `n`; returns the row behind it.
    fn head_from(&mut self, n: usize) -> usize {
        if n > 0 && self.is_plain(n - 1) {
            let over = if self.is_kicker(n - 1) { Some(Role::Kicker) } else { self.over_headline(n - 1) };
            if let Some(role) = over {
                self.set(n - 1, role);
            }
        }
        self.set(n, Role::Headline);
        let mut next = n + 1;
        // A second marked line behind a dash says more of the first.
        if self.mark(next) == Mark::Main && opens_with_dash(self.text(next)) {
            self.set(next, Role::Deck);
            return next + 1;
        }
        // A second marked line at once: a short first one is a rubric or kicker over it, else both are the headline.
        while self.mark(next) == Mark::Main {
            if is_dashed(self.text(next - 1)) {
                self.set(next - 1, Role::Kicker);
            } else if self.text(next - 1).chars().count() <= self.settings.rubric_chars {
                self.set(next - 1, Role::Rubric);
            }
            self.set(next, Role::Headline);
            next += 1;
        }
        for _ in 0..3 {
            match self.mark(next) {
                // 编辑同志： opens a letter.
                Mark::Minor if self.text(next).ends_with(['：', ':']) && self.text(next).chars().count() <= 8 => break,
                Mark::Minor if !self.opens_article(next) || next == n + 1 => {
                    let role = if is_rubric(self.text(next)) { Role::Rubric } else { Role::Deck };
                    self.set(next, role);
                }
                Mark::None if self.is_plain(next) && self.is_deck(next) => self.set(next, Role::Deck),
                _ => break,
            }
            next += 1;
        }
        next
    }

    /// Whether what follows row `n` shows that an article begins with it: a credit, or one paragraph under a picture.
    fn opens_article(&self, n: usize) -> bool {
        if self.is_credited(n + 1) {
            return true;
        }
        let follows_text = self.row(n + 1).is_some_and(|r| r.role == Role::Text) && self.mark(n + 1) == Mark::None;
        let closes = |r: &Row| {
            let credit = if r.role == Role::Credit { r.head } else { r.tail };
            credit.is_some_and(|span| takes_pictures(span.of(self.page)))
        };
        follows_text
            && (self.row(n + 1).is_some_and(closes)
                || self.row(n + 2).is_some_and(|r| r.role == Role::Credit && closes(r)))
    }

    fn is_kicker(&self, n: usize) -> bool {
        let text = self.text(n);
        let length = text.chars().count();
        length <= self.settings.headline_chars && (is_dashed(text) || length <= 20 && text.ends_with([':', '：']))
    }

    fn is_deck(&self, n: usize) -> bool {
        let text = self.text(n);
        let length = text.chars().count();
        if length > self.settings.headline_chars
            || self.row(n).is_some_and(|row| row.caption)
            || matches!(text.chars().last(), Some('。' | '，' | ',' | '、' | '；' | '：' | ':'))
        {
            return false;
        }
        let Some(next) = self.row(n + 1) else { return false };
        if self.mark(n + 1) == Mark::Main || !(next.role.is_text() || next.role == Role::Credit) {
            return false;
        }
        if text.starts_with('—') || self.is_credited(n + 1) {
            return true;
        }
        length <= self.settings.deck_chars && self.shape(n) >= 0.0 && self.begins_fresh(n + 1, n)
    }

    /// Whether row `n` reads like a paragraph's start rather than like what follows row `before`.
    fn begins_fresh(&self, n: usize, before: usize) -> bool {
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
        -self.statistics.gain(&left, &opening, self.statistics.glance(&left, &opening)).ln
    }

    /// How much row `n` looks like a line of a head: 0 is undecided.
    fn shape(&self, n: usize) -> f32 {
        let text = self.text(n);
        let print = self.print(n);
        if matches!(print, Print::Paragraph | Print::Opening | Print::Going)
            || line::is_longer(text, self.settings.headline_chars)
            || border::ending(text) == Ending::Complete && text.ends_with(['。', '；', ';', '…'])
        {
            return -9.0;
        }
        // A day, a telephone number, and who signs above a day, close a text.
        if !text.starts_with('—') && border::closes_without_mark(text) || border::is_day(self.text(n + 1)) {
            return -9.0;
        }
        if print != Print::Heading && self.is_wrapped(n)
            || is_salutation(text)
            || is_attachment(text)
            || self.row(n).is_some_and(|row| row.caption)
            || n > 0 && announces(self.text(n - 1))
        {
            return -9.0;
        }
        let mut score = if print == Print::Heading { 3.0 } else { 0.0 };
        if is_notice(text) || self.stands_alone(n) {
            score += 3.0;
        }
        // A dash opens the deck of the line above, but below a text who says or signs it.
        if self.text(n + 1).starts_with("——") && self.is_plain(n + 1) {
            score += 2.0;
        }
        let below_text = || {
            n.checked_sub(1)
                .and_then(|m| self.row(m))
                .is_some_and(|r| r.role == Role::Text && border::ending(r.text(self.page)) == Ending::Complete)
        };
        if text.starts_with('—') && below_text() {
            return -9.0;
        }
        if verse::is_title(text) {
            score += 1.0;
        }
        if text.starts_with(['（', '(']) && text.ends_with(['）', ')']) && n > 0 && verse::is_title(self.text(n - 1))
        {
            score += 2.5;
        }
        score += match text.chars().count() {
            0..=2 => -2.0,
            3..=30 => 1.0,
            _ => -0.5,
        };
        for c in text.chars() {
            score += match c {
                '，' | ',' | '；' | ';' => -1.5,
                '。' => -6.0,
                ' ' | '\u{3000}' => 0.8,
                _ => 0.0,
            };
        }
        if text.ends_with(['，', ',', '、', '：', ':', '“', '《', '(', '（']) {
            score -= 4.0;
        }
        if text.chars().next().is_none_or(border::cannot_begin) {
            score -= 9.0;
        }
        if is_column(text) {
            score += 2.0;
        }
        if is_dashed(text) || text.starts_with('—') {
            score += 3.0;
        }
        let balance = border::balance(text);
        if balance.open != [0; 4] || balance.closed != [0; 4] {
            score -= 4.0;
        }
        if opens_like_text(text) {
            score -= 1.5;
        }
        score
    }

    /// Whether row `n` and its neighbours fill a narrow column: as long as each other, and no blank line between them.
    fn is_wrapped(&self, n: usize) -> bool {
        /// Characters of the shortest line of a column.
        const SHORTEST: usize = 8;
        let (Some(before), Some(&i)) = (n.checked_sub(1), self.kept.get(n)) else { return false };
        let (Some(&h), Some(&j)) = (self.kept.get(before), self.kept.get(n + 1)) else { return false };
        let length = |n: usize| self.row(n).map_or(0, |r| r.parts().map(|s| s.of(self.page).chars().count()).sum());
        let own: usize = length(n);
        let tight = |a: usize, b: usize| !line::are_parted(self.page, &self.lines[a], &self.lines[b]);
        own >= SHORTEST
            && [before, n + 1].into_iter().all(|m| own.abs_diff(length(m)) <= 1)
            && border::ending(self.text(before)) == Ending::Open
            && tight(h, i)
            && tight(i, j)
    }

    /// Whether the unmarked short row `n` is a subhead on a page that marks its headlines.
    fn is_bare_subhead(&self, n: usize) -> bool {
        let text = self.text(n);
        n > 0
            && !line::is_longer(text, self.settings.subhead_chars)
            && self.shape(n) >= 1.0
            && !text.contains(['、', '。'])
            && self
                .row(n - 1)
                .is_some_and(|r| r.role == Role::Text && border::ending(r.text(self.page)) == Ending::Complete)
            && self.is_plain(n + 1)
            && self.text(n + 1).chars().count() > self.settings.headline_chars
            && self.begins_fresh(n + 1, n)
    }

    /// Whether the unmarked row `n` is the standing title over pieces of news that each open with the same mark (简讯).
    fn heads_briefs(&self, n: usize) -> bool {
        let item = |n: usize| border::item_mark(self.text(n));
        let text = self.text(n);
        self.is_plain(n)
            && item(n + 1).is_some()
            && item(n + 1) == item(n + 2)
            && text.chars().count() <= self.settings.rubric_chars
            && text.chars().all(is_cjk)
            && (n == 0 || self.mark(n - 1) == Mark::None && border::ending(self.text(n - 1)) != Ending::Open)
    }

    fn by_shape(&mut self) {
        let series = self.series();
        let mut n = 0;
        while n < self.kept.len() {
            if self.is_section(n) || series[n] {
                self.set(n, Role::Subhead);
                n += 1;
                // A label may have a title of its own below it.
                if is_side_label(self.text(n - 1)) && self.may_be_subhead_below(n) {
                    self.set(n, Role::Subhead);
                    n += 1;
                }
                continue;
            }
            if self.heads_briefs(n) {
                self.set(n, Role::Headline);
                n += 1;
                continue;
            }
            if self.is_list_title(n) {
                self.set(n, Role::Subhead);
                n += 1;
                continue;
            }
            if self.print(n) == Print::Heading && self.is_printed_subhead(n) {
                self.set(n, Role::Subhead);
                n += 1;
                continue;
            }
            let group = (n..self.kept.len())
                .take(4)
                .take_while(|&m| !self.is_section(m) && !series[m] && (self.is_marked(m) || self.may_head(m)))
                .count();
            if group == 0 {
                n += 1;
                continue;
            }
            let credited = self.is_credited(n + group);
            let body = self.body_from(n + group);
            // From the last line up: each must look like a head, the more so the less stands below it.
            let mut first = n + group;
            for m in (n..n + group).rev() {
                let to_text = (m + 1..n + group).all(|below| self.is_marked(below));
                // A credit below the line, or at the end of the one paragraph below it, under a picture.
                let below_is_credit = to_text && (credited || m + 1 == n + group && self.opens_article(m));
                // A cut line may stand above a subhead: it takes more than a mark below to make it a head.
                let head_below = first < n + group && (credited || (first..n + group).any(|m| !self.is_marked(m)));
                let needed = if below_is_credit {
                    -3.0
                } else if head_below {
                    0.5
                } else {
                    1.0
                };
                if !self.is_marked(m) {
                    let mut likeness = self.likeness(m, &body);
                    if !(below_is_credit || head_below) {
                        if !self.reads_on(n + group) {
                            break;
                        }
                        // What could go on from it is less likely to stand below a headline.
                        let doubt = (self.freshness(n + group, m) + self.settings.fresh_margin).min(0.0);
                        likeness += self.settings.head_goes_on * doubt;
                    }
                    if likeness < needed {
                        break;
                    }
                }
                first = m;
            }
            let printed = self.printed_over(first, n + group);
            let kickers = self.kickers(first, n + group, !printed.is_empty());
            // What is marked on a page whose headlines are bare is a rubric beside one, else a subhead.
            let bare = (first..n + group).any(|m| !self.is_marked(m));
            let mut titled = false;
            for m in first..n + group {
                let role = if printed.contains(&m) {
                    titled = true;
                    Role::Headline
                } else if self.is_marked(m) && bare {
                    Role::Rubric
                } else if self.is_marked(m) && !self.opens_article(m) {
                    Role::Subhead
                } else if kickers.contains(&m) {
                    Role::Kicker
                } else if titled {
                    Role::Deck
                } else {
                    titled = true;
                    Role::Headline
                };
                self.set(m, role);
                if role == Role::Headline
                    && !credited
                    && self.shape(m) < 1.0 + self.settings.doubted_shape
                    && let Some(&i) = self.kept.get(m)
                {
                    self.rows[i].doubted = true;
                }
            }
            self.set_headline(printed);
            n += group;
        }
    }

    /// The first lines of text from row `n` on.
    fn body_from(&self, n: usize) -> String {
        /// Characters of a line that are looked through: a lead has fewer.
        const READ: usize = 300;
        let rows = (n..n + 3).filter_map(|m| self.row(m)).filter(|r| r.role.is_text());
        rows.map(|r| line::first_chars(r.text(self.page), READ)).collect()
    }

    /// How much row `n` looks like a line of the head of the text `body`: its shape, and how much of its words the text
    /// takes up.
    fn likeness(&self, n: usize, body: &str) -> f32 {
        let shape = self.shape(n);
        let most = self.settings.head_words * (1.0 - self.settings.head_words_from);
        // What no words can make a head of need not be compared.
        if shape + most < -3.0 {
            return shape;
        }
        shape + self.settings.head_words * (shared(self.text(n), body) - self.settings.head_words_from).max(0.0)
    }

    fn is_marked(&self, n: usize) -> bool {
        self.mark(n) != Mark::None
    }

    fn may_head(&self, n: usize) -> bool {
        self.is_plain(n) && self.shape(n) > -4.0
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

/// Whether a credit names nobody but the paper's commentator, whose line may stand over the headline.
pub(super) fn is_commentator(credit: Option<Span>, page: &str) -> bool {
    credit.is_some_and(|s| matches!(s.of(page).trim(), "本报评论员" | "本刊评论员" | "本报特约评论员" | "评论员"))
}

fn takes_pictures(credit: &str) -> bool {
    let credit = credit.trim_end_matches(['*', ')', '）', ' ']);
    ["摄", "摄影", "摄影报道", "文/图", "图/文", "供图", "图"].iter().any(|verb| credit.ends_with(verb))
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

/// Turns staff lines into credits of the story before them, and says which: those that name who passed the text or where it
/// is from, as sites do below a story, and, on a page of one story and no number, those below its text.
pub(super) fn sign(page: &str, rows: &mut [Row], kept: &[usize], loose: &[usize]) -> Vec<usize> {
    let of_site =
        |row: &Row| ["审核", "终审", "审签", "签发", "来源", "作者"].iter().any(|w| row.text(page).contains(w));
    let is_staff = |i: usize, rows: &[Row]| rows.get(i).is_some_and(|row| row.role == Role::Staff);
    let staff: Vec<usize> = loose.iter().copied().filter(|&i| is_staff(i, rows)).collect();
    let Some(first) = kept.iter().copied().find(|&i| rows[i].role.is_text()).filter(|_| !staff.is_empty()) else {
        return Vec::new();
    };
    let last = kept.iter().copied().rfind(|&i| rows[i].role.is_text()).unwrap_or(first);
    let one_story = kept.iter().filter(|&&i| rows[i].role == Role::Headline).count() == 1
        && !loose.iter().any(|&i| furniture::head_facts(rows[i].text(page)).number.is_some());
    let belongs = |i: usize| {
        let near = [i.wrapping_sub(1), i, i + 1];
        i > first
            && (near.into_iter().any(|j| is_staff(j, rows) && of_site(&rows[j]))
                || one_story && i > last && credit::Text::new(rows[i].text(page)).fields().is_some())
    };
    let signed: Vec<usize> = staff.into_iter().filter(|&i| belongs(i)).collect();
    for &i in &signed {
        rows[i].credit_itself();
    }
    signed
}

/// Whether a credit on a line of its own closes the text before it wherever it stands: that of a picture, of where the text
/// is from, of who edited and passed it, of a reader, or one in brackets.
pub(super) fn closes(text: &str) -> bool {
    let text = text.trim();
    if takes_pictures(text) || text.starts_with("读者") {
        return true;
    }
    // A line with a day in it, or with the author first, stands under a headline, even if none was seen.
    let leads = text.starts_with("作者") || text.starts_with(|c: char| c.is_ascii_digit());
    if !leads && credit::Text::new(text).fields().is_some() {
        return true;
    }
    let bracketed = text.starts_with(['(', '（']) && text.ends_with([')', '）']);
    credit::whole(text).is_some_and(|c| {
        let mut people = c.people.iter().map(|p| p.role);
        c.dateline.is_none()
            && (bracketed
                || people.clone().any(|role| role == record::Role::Photographer)
                || people.all(|role| matches!(role, record::Role::Editor | record::Role::Source)))
    })
}

/// Whether a credit is that of a picture.
pub(super) fn is_picture_credit(text: &str) -> bool {
    /// Each word that makes a photographer of whom it credits has one of them.
    static TELLING: CharSet = CharSet::new("摄图照");
    takes_pictures(text)
        || TELLING.find(text, 0).is_some()
            && credit::whole(text).is_some_and(|c| c.people.iter().any(|p| p.role == record::Role::Photographer))
}
