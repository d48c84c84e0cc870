//! Heads that the lines themselves show: what stands bare over a marked headline, a headline that is printed over several
//! lines, a subhead between printed paragraphs.

use smallvec::SmallVec;

use super::words::{
    is_bracketed_title, is_couplet, is_dashed, is_kind, is_rubric, is_side_label, opens_like_text, opens_with_dash,
};
use super::{Context, Mark, shared};
use crate::credit;
use crate::credit::jump::Direction;
use crate::layout::border::{self, Balance, Ending};
use crate::layout::classify::{Role, Row};
use crate::layout::wrap::Print;
use crate::layout::{credit_line, furniture, line, word};
use crate::text::{Span, is_cjk};

/// Longest standing title that only its shortness tells, in characters.
pub(super) const RUBRIC: usize = 6;
/// Longest kicker without a mark, in characters.
pub(super) const KICKER: usize = 24;
/// How those end who sign a letter or a notice.
const SIGNERS: [&str; 21] = [
    "工会",
    "公司",
    "委员会",
    "办公室",
    "编辑部",
    "协会",
    "学校",
    "医院",
    "法院",
    "中心",
    "局",
    "部",
    "厅",
    "社",
    "街道",
    "村",
    "社区",
    "厂",
    "队",
    "站",
    "院",
];

impl Context<'_> {
    /// What the bare row `n` over a marked headline is, where what stands before it has ended: a rubric, a kicker, or none
    /// of the head.
    pub(super) fn over_headline(&self, n: usize) -> Option<Role> {
        /// Rows below that may go on from it.
        const NEAR: usize = 40;
        let text = self.text(n);
        if !self.is_plain(n) || line::is_longer(text, KICKER) || furniture::is_paper(text) {
            return None;
        }
        if is_bracketed_title(text) && !is_side_label(text) {
            return Some(Role::Rubric);
        }
        let one_clause = border::ending(text) == Ending::Open
            // 首页 > 工会新闻 is where a site shows the page.
            && !text.contains(['。', '；', '：', ':', '！', '？', '　', '>', '»', '|'])
            && text.chars().filter(|c| matches!(c, '，' | ',')).nth(1).is_none()
            && text.chars().nth(1).is_some()
            && !text.starts_with(|c| border::cannot_begin(c) || c == '—')
            && border::balance(text) == Balance::default();
        if !one_clause
            || !self.is_finished_before(n)
            || opens_like_text(text)
            || border::closes_without_mark(text)
            || SIGNERS.iter().any(|end| text.ends_with(end))
            || self.is_name(n)
        {
            return None;
        }
        // What was cut from its text goes on in a line below.
        let goes_on = (n + 1..self.kept.len().min(n + NEAR)).any(|m| {
            self.is_plain(m)
                && self.mark(m) == Mark::None
                && (word::over_break(text, self.text(m)) >= 1.0 || self.freshness(m, n) < -4.0)
        });
        let short = !line::is_longer(text, RUBRIC);
        let known = is_kind(text) || is_rubric(text);
        // Where columns cut texts apart, a short line is sooner a piece of one.
        let may_be = !goes_on && (known || !self.cut);
        may_be.then_some(if short || known { Role::Rubric } else { Role::Kicker })
    }

    /// Whether the bold row `n` over a headline of a level is the standing title over it; `subheads`: levels of subheads.
    pub(super) fn is_bold_rubric(&self, n: usize, subheads: u64) -> bool {
        let text = self.text(n);
        let short = !line::is_longer(text, RUBRIC) && subheads & 1 == 0;
        self.mark(n + 1) == Mark::Main
            && self.level_bit(n) == 1
            && self.is_finished_before(n)
            && border::ending(text) != Ending::Complete
            && (short || is_bracketed_title(text) || is_kind(text) || !line::is_longer(text, KICKER) && is_rubric(text))
    }

    /// Whether what stands before row `n` has ended: it is complete, or says where it goes on.
    pub(super) fn is_finished_before(&self, n: usize) -> bool {
        let Some(before) = n.checked_sub(1).and_then(|m| self.row(m)) else { return true };
        match before.role {
            Role::Text if self.mark(n - 1) == Mark::None => {
                let text = before.text(self.page);
                before.tail.is_some() || before.jumps(Direction::To) || border::ending(text) == Ending::Complete
            }
            Role::Credit => before.signs || before.head.is_some_and(|span| credit_line::closes(span.of(self.page))),
            Role::Jump => before.jumps(Direction::To),
            _ => false,
        }
    }

    /// The rows from `first` to `end` that are one headline, printed over two or three short lines with nothing between
    /// them.
    pub(super) fn printed_over(&self, first: usize, end: usize) -> std::ops::Range<usize> {
        /// Longest of such lines, in characters; a deck is mostly longer.
        const LONGEST: usize = 10;
        const MOST: usize = 3;
        let is_part = |n: usize| {
            let text = self.text(n);
            !self.is_marked(n)
                && !line::is_longer(text, LONGEST)
                && !is_couplet(text)
                && !text.starts_with(['—', '（', '('])
                && !text.ends_with(['—', '-', '：', ':', '）', ')'])
        };
        let tight = |n: usize| match (self.kept.get(n - 1), self.kept.get(n)) {
            (Some(&h), Some(&i)) => !line::are_parted(self.page, &self.lines[h], &self.lines[i]),
            _ => false,
        };
        let titled = usize::from(self.is_rubric_by_words(first, end));
        let from = (first + titled..end).find(|&n| is_part(n)).unwrap_or(end);
        let to = (from + 1..end).find(|&n| !(is_part(n) && tight(n))).unwrap_or(end);
        // Two of one length are a couplet, or two titles of a list.
        let length = |n: usize| self.text(n).chars().count();
        let alike = (from..to).all(|n| length(n) == length(from));
        if (2..=MOST).contains(&(to - from)) && !alike { from..to } else { from..from }
    }

    /// The kickers among the rows from `first` to `end`, which are one head; `printed`: those of them that are a
    /// headline over several lines, which what stands above leads to.
    pub(super) fn kickers(&self, first: usize, end: usize, printed: &std::ops::Range<usize>) -> SmallVec<[usize; 4]> {
        // A line behind a dash says more of the line above it, and what stands over that one leads to it.
        let bare = |m: usize| !self.is_marked(m);
        let deck = (first + 1..end).find(|&m| bare(m) && bare(m - 1) && opens_with_dash(self.text(m)));
        if let Some(deck) = deck.filter(|_| printed.is_empty()) {
            return (first..deck - 1).filter(|&m| bare(m)).collect();
        }
        let by_words = match () {
            () if self.is_rubric_by_words(first, end) => Some(first),
            () if printed.is_empty() => self.kicker_by_words(first, end),
            () => None,
        };
        let leads = |m: usize| is_dashed(self.text(m)) || self.text(m).ends_with(['：', ':']);
        let over = |m: usize| !printed.is_empty() && m < printed.start && bare(m);
        (first..end).filter(|&m| Some(m) == by_words || m + 1 < end && leads(m) || over(m)).collect()
    }

    /// Of two bare lines that stand over a text, the upper one is no headline if the text takes up the words of the lower
    /// one and none of its own.
    fn kicker_by_words(&self, first: usize, end: usize) -> Option<usize> {
        let mut bare = (first..end).filter(|&m| !self.is_marked(m));
        let (upper, lower) = (bare.next()?, bare.next()?);
        let body = self.body_from(end);
        let (over, under) = (shared(self.text(upper), &body), shared(self.text(lower), &body));
        (under >= over + self.settings.kicker_words).then_some(upper)
    }

    /// Whether row `first`, the upper one of a head that ends before `end`, is the standing title over it: so short that it
    /// hardly says more, while the text takes up words of the line below it and none of its own.
    fn is_rubric_by_words(&self, first: usize, end: usize) -> bool {
        /// The share of the headline's words that the text takes up at least.
        const TAKEN_UP: f32 = 0.3;
        let text = self.text(first);
        let length = text.chars().count();
        // Two lines of like length are one headline sooner than what stands over one.
        let longer = || self.text(first + 1).chars().count() > length + 1;
        if first + 1 >= end
            || !(3..=RUBRIC).contains(&length)
            || !text.chars().all(is_cjk)
            || (first..first + 2).any(|m| self.is_marked(m))
            || !longer()
        {
            return false;
        }
        let body = self.body_from(end);
        shared(self.text(first + 1), &body) >= TAKEN_UP && shared(text, &body) == 0.0
    }

    /// Makes these rows one headline.
    pub(super) fn set_headline(&mut self, rows: std::ops::Range<usize>) {
        for n in rows.clone() {
            self.set(n, Role::Headline);
            if let Some(&i) = self.kept.get(n) {
                self.rows[i].goes_on = n > rows.start;
            }
        }
    }

    /// Whether row `n`, which stands between printed paragraphs, is a subhead: in a story that a credit opens and none has
    /// closed, over text that takes up few of its words.
    pub(super) fn is_printed_subhead(&self, n: usize) -> bool {
        /// The share of its words from which on the text below takes up a headline, in a story and in a piece of news,
        /// which mostly has no subheads.
        const TAKEN_UP: [f32; 2] = [0.6, 0.2];
        /// Rows that are looked through for the credit, and below for one that closes the text.
        const NEAR: usize = 60;
        const LAST: usize = 3;
        if line::is_longer(self.text(n), self.settings.subhead_chars) || !self.reads_on(n + 1) {
            return false;
        }
        let closed = |row: &Row| {
            let closes = |span: Span| credit_line::closes(span.of(self.page));
            row.tail.is_some()
                || row.signs
                || row.role == Role::Headline
                || row.role == Role::Credit && row.head.is_some_and(closes)
        };
        let above = (n.saturating_sub(NEAR)..n).rev().filter_map(|m| self.row(m));
        let credit = above.take_while(|row| !closed(row)).find_map(|row| row.head);
        let Some(credit) = credit.map(|span| span.of(self.page)) else { return false };
        // What has a credit at its end is a text of its own.
        let below = (n + 1..n + 1 + LAST).take_while(|&m| self.print(m) != Print::Heading).filter_map(|m| self.row(m));
        if below.take_while(|row| row.role != Role::Headline).any(closed) {
            return false;
        }
        let is_news = credit::head(credit).is_some_and(|c| c.dateline.is_some());
        shared(self.text(n), &self.body_from(n + 1)) < TAKEN_UP[usize::from(is_news)]
    }
}
