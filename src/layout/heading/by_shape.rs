//! Heads on a page that marks no headlines: what lines look like, and how much of their words the text below takes up.

use super::over::RUBRIC;
use super::words::{
    announces, is_afterword, is_asked, is_attachment, is_case, is_column, is_dashed, is_notice, is_salutation,
    is_side_label, opens_like_text,
};
use super::{Context, shared};
use crate::credit::jump::Direction;
use crate::layout::border::{self, Ending};
use crate::layout::classify::Role;
use crate::layout::wrap::Print;
use crate::layout::{line, verse, word};
use crate::text::{is_cjk, is_word};

impl Context<'_> {
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

    /// How much row `n` looks like a line of a head: 0 is undecided.
    pub(super) fn shape(&self, n: usize) -> f32 {
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
            || is_asked(text)
            || is_attachment(text)
            || self.row(n).is_some_and(|row| row.caption)
            || n > 0 && announces(self.text(n - 1))
            // What the editors say at the end stands below who signs.
            || is_afterword(self.text(n + 1))
        {
            return -9.0;
        }
        let mut score = if print == Print::Heading { 3.0 } else { 0.0 };
        if is_notice(text) || self.stands_alone(n) {
            score += 3.0;
        }
        // 问：…, 【案情】: what stands over these is asked, not told.
        if is_asked(self.text(n + 1)) || is_case(self.text(n + 1)) {
            score += 2.0;
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
        // Who signs the text: (某厂 甲乙).
        let in_brackets = || border::is_bracketed(text);
        if (text.starts_with('—') || in_brackets()) && below_text() {
            return -9.0;
        }
        if verse::is_title(text) {
            score += 1.0;
        }
        if border::is_bracketed(text) && n > 0 && verse::is_title(self.text(n - 1)) {
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

    /// Says of each row what it is.
    pub(super) fn by_shape(&mut self) {
        /// Lines of a head at most.
        const MOST: usize = 4;
        let series = self.series();
        let mut n = 0;
        while n < self.kept.len() {
            let opens_section = self.is_section(n) || series[n];
            let known = match () {
                () if opens_section => Some(Role::Subhead),
                () if self.heads_briefs(n) => Some(Role::Headline),
                () if self.is_list_title(n) => Some(Role::Subhead),
                () if self.print(n) == Print::Heading && self.is_printed_subhead(n) => Some(Role::Subhead),
                () => None,
            };
            if let Some(role) = known {
                self.set(n, role);
                n += 1;
                // A label may have a title of its own below it.
                if opens_section && is_side_label(self.text(n - 1)) && self.may_be_subhead_below(n) {
                    self.set(n, Role::Subhead);
                    n += 1;
                }
                continue;
            }
            let may_head = |&m: &usize| !self.is_section(m) && !series[m] && (self.is_marked(m) || self.may_head(m));
            let mut end = n + (n..self.kept.len()).take(MOST).take_while(may_head).count();
            // Where nothing breaks off, what looks least like a head is a short text below it.
            while end > n && !self.make_head(n, end) && !self.cut {
                end -= 1;
            }
            n = end.max(n + 1);
        }
    }

    /// Makes a head of those of the rows from `from` to `end` that look like one over what stands below them; says whether
    /// any does.
    fn make_head(&mut self, from: usize, end: usize) -> bool {
        let credited = self.is_credited(end) || self.row(end).is_some_and(|row| row.jumps(Direction::From));
        let first = self.first_of_head(from, end, credited);
        if first > from && first < end {
            match () {
                () if self.is_bare_rubric(first - 1) => self.set(first - 1, Role::Rubric),
                () if self.asks(first - 1) => self.set(first - 1, Role::Kicker),
                () => {}
            }
        }
        let printed = self.printed_over(first, end);
        let kickers = self.kickers(first, end, &printed);
        // What is marked on a page whose headlines are bare is a rubric beside one, else a subhead.
        let bare = (first..end).any(|m| !self.is_marked(m));
        let mut titled = false;
        for m in first..end {
            let role = match () {
                () if printed.contains(&m) => Role::Headline,
                () if self.is_marked(m) && bare => Role::Rubric,
                () if self.is_marked(m) && !self.opens_article(m) => Role::Subhead,
                () if kickers.contains(&m) && m == first && is_short_rubric(self.text(m)) => Role::Rubric,
                () if kickers.contains(&m) => Role::Kicker,
                () if titled => Role::Deck,
                () => Role::Headline,
            };
            titled |= role == Role::Headline;
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
        first < end
    }

    /// Whether the row `n` over a head says what the head names, on a page where no line is a piece of another: 本期话题：.
    fn asks(&self, n: usize) -> bool {
        /// Longest such line, in characters.
        const LONGEST: usize = 8;
        let text = self.text(n);
        let said = text.trim_end_matches(['：', ':']);
        !self.cut
            && said.len() < text.len()
            && !line::is_longer(said, LONGEST)
            && said.chars().all(is_cjk)
            && !is_salutation(text)
            && self.is_plain(n)
            && self.is_finished_before(n)
    }

    /// Whether the row `n` over a head can be nothing but the title of its column: too short for a line of the head, on a
    /// page where no line is a piece of another.
    fn is_bare_rubric(&self, n: usize) -> bool {
        let text = self.text(n);
        !self.cut
            && self.is_plain(n)
            && text.chars().nth(1).is_some()
            && is_short_rubric(text)
            && self.is_finished_before(n)
    }

    /// Where the head begins whose last line may be the row before `end`: from there up, each line must look like one of a
    /// head, the more so the less stands below it. `end` where none does; `credited`: a credit stands there.
    fn first_of_head(&self, from: usize, end: usize, credited: bool) -> usize {
        let body = self.body_from(end);
        let mut first = end;
        for m in (from..end).rev() {
            let to_text = (m + 1..end).all(|below| self.is_marked(below));
            // A credit below the line, or at the end of the one paragraph below it, under a picture.
            let below_is_credit = to_text && (credited || m + 1 == end && self.opens_article(m));
            // A cut line may stand above a subhead: it takes more than a mark below to make it a head.
            let head_below = first < end && (credited || (first..end).any(|m| !self.is_marked(m)));
            let needed = match (below_is_credit, head_below) {
                (true, _) => -3.0,
                (false, true) => 0.5,
                (false, false) => 1.0,
            };
            if !self.is_marked(m) {
                let mut likeness = self.likeness(m, &body);
                if !(below_is_credit || head_below) {
                    if !self.reads_on(end) {
                        break;
                    }
                    // What could go on from it is less likely to stand below a headline.
                    let doubt = (self.freshness(end, m) + self.settings.fresh_margin).min(0.0);
                    // Where nothing breaks off nothing goes on, but a text may speak of the line above it.
                    let may_go_on = self.cut || self.text(end).starts_with(['这', '那']);
                    likeness += if may_go_on { self.settings.head_goes_on * doubt } else { 0.0 };
                }
                if likeness < needed {
                    break;
                }
            }
            first = m;
        }
        first
    }

    /// The first lines of text from row `n` on.
    pub(super) fn body_from(&self, n: usize) -> String {
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

    fn may_head(&self, n: usize) -> bool {
        self.is_plain(n) && self.shape(n) > -4.0
    }
}

/// Whether a line over a headline that leads to it is so short that it is the title of its column.
fn is_short_rubric(text: &str) -> bool {
    text.chars().nth(RUBRIC).is_none() && text.chars().all(is_cjk)
}
