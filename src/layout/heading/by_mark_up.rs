//! Heads on a page that marks its headlines: what is marked as they are, what is marked as less, what stands bare beside them.

use super::words::{is_dashed, is_kind, is_rubric, is_side_label, opens_with_dash};
use super::{Context, Mark};
use crate::layout::border::{self, Ending};
use crate::layout::classify::Role;
use crate::layout::line;

impl Context<'_> {
    /// Whether the page marks its headlines, and not only rubrics and subheads: more credits stand under marked lines than
    /// under lines that are bare and longer than what is marked beside them.
    pub(super) fn marks_headlines(&self) -> bool {
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

    /// Says of each row what it is.
    pub(super) fn by_mark_up(&mut self) {
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
                Mark::Main if self.mark(n + 2) == Mark::Main && self.is_explained_below(n) => {
                    self.set(n, Role::Rubric);
                    n += 2;
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

    pub(super) fn level_bit(&self, n: usize) -> u64 {
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
}
