//! What stands between two texts and is the headline of none: who signs the upper one, the standing title over the lower
//! one, the title of a list.

use super::words::{heads_picture, is_bracketed_title, is_counted, is_marked_rubric, is_side_label, is_standing};
use super::{Context, Mark};
use crate::credit;
use crate::layout::border::{self, Ending};
use crate::layout::classify::{Role, Row};
use crate::layout::line;
use crate::text::{is_cjk, is_plausible, is_surname};

/// Longest standing title of a column, in characters.
const LONGEST_COLUMN: usize = 12;

impl Context<'_> {
    /// Makes rubrics of the standing titles behind a mark that no other line near opens with: the mark of a list opens each
    /// of its items.
    pub(super) fn rubrics(&mut self) {
        for n in 0..self.kept.len() {
            let text = self.text(n);
            if !is_marked_rubric(text) || !self.is_plain(n) || is_side_label(text) || self.kept.len() == n + 1 {
                continue;
            }
            let mark = text.chars().next();
            let near = [n.checked_sub(1), Some(n + 1)].into_iter().flatten();
            let line = |m: usize| self.kept.get(m).map_or("", |&i| self.lines[i].of(self.page));
            let listed = near.into_iter().any(|m| line(m).chars().next() == mark);
            let name = mark.map_or("", |c| text[c.len_utf8()..].trim_start());
            if !listed && credit::Text::new(name).names().is_none() {
                self.set(n, Role::Rubric);
            }
        }
    }

    /// Makes rubrics of the standing titles of columns on a page that marks no headlines: over a line like a headline, or,
    /// where they name pictures, over any text.
    pub(super) fn standing_titles(&mut self) {
        /// How much the line below looks like one of a head at least: a question may have a comma in it.
        const LIKENESS: f32 = -0.5;
        for n in 0..self.kept.len() {
            let text = self.text(n);
            if line::is_longer(text, LONGEST_COLUMN) || !self.is_plain(n) {
                continue;
            }
            let named = self.is_named_below(n);
            let bracketed = is_bracketed_title(text) && !is_side_label(text);
            let noted = self.is_explained_below(n);
            if !(named || noted || bracketed || is_standing(text) || heads_picture(text)) || !self.is_finished_before(n)
            {
                continue;
            }
            let over_head = || self.is_plain(n + 1) && self.shape(n + 1) >= LIKENESS && !self.is_name(n + 1);
            let is_rubric = named
                || noted
                || heads_picture(text)
                    && self.row(n + 1).is_some_and(|row| row.role == Role::Text && row.head.is_none())
                || over_head() && !self.heads_briefs(n) && !self.is_credited(n + 1);
            if is_rubric {
                self.set(n, Role::Rubric);
            }
        }
    }

    /// Whether the row below row `n` says that this is the title of a column: 本报开设“某某”专栏.
    fn is_named_below(&self, n: usize) -> bool {
        /// Characters of the note that are looked through.
        const READ: usize = 160;
        let (text, note) = (self.text(n), line::first_chars(self.text(n + 1), READ));
        !line::is_longer(text, LONGEST_COLUMN)
            && text.chars().nth(1).is_some()
            && (note.contains("专栏") || note.contains("栏目"))
            && note.split(['“', '《']).skip(1).any(|rest| {
                let behind = rest.strip_prefix(text).and_then(|rest| rest.strip_prefix(['”', '》']));
                behind.is_some_and(|behind| ["专栏", "栏目"].iter().any(|word| behind.starts_with(word)))
            })
    }

    /// Whether between row `n` and the headline of a credited story stands nothing but what the editors say of the column.
    pub(super) fn is_explained_below(&self, n: usize) -> bool {
        border::is_editors_note(self.text(n + 1))
            && border::ending(self.text(n + 1)) == Ending::Complete
            && match self.mark(n + 2) {
                Mark::Main => true,
                _ => self.is_plain(n + 2) && self.shape(n + 2) >= 0.5 && (n + 3..n + 5).any(|m| self.is_credited(m)),
            }
    }

    /// Whether row `n`, between a bare headline and its text on a page that breaks nothing off, is its author's pen name,
    /// which may be any word.
    pub(super) fn is_pen_name(&self, n: usize) -> bool {
        /// Characters of the shortest headline that stands over one, and of the shortest text below.
        const SHORTEST: usize = 5;
        const TEXT: usize = 14;
        let (text, above) = (self.text(n), self.text(n - 1));
        !self.cut
            && self.is_plain(n)
            && (2..=3).contains(&text.chars().count())
            && text.chars().all(is_cjk)
            && !self.is_section(n)
            && self.is_plain(n - 1)
            && above.chars().nth(SHORTEST - 1).is_some()
            && self.shape(n - 1) >= 0.5
            && self.reads_on(n + 1)
            && border::ending(self.text(n + 1)) == Ending::Complete
            && line::is_longer(self.text(n + 1), TEXT)
    }

    /// Whether row `n` is the author's name between a headline below a rubric and its text, be it a word besides.
    pub(super) fn is_author_below_rubric(&self, n: usize) -> bool {
        /// Bits by which a name is likelier here than elsewhere.
        const FAVOUR: f32 = 6.0;
        let text = self.text(n);
        self.is_plain(n)
            && (2..=3).contains(&text.chars().count())
            && n.checked_sub(2).and_then(|m| self.row(m)).is_some_and(|row| row.role == Role::Rubric)
            && self.is_plain(n - 1)
            && border::ending(self.text(n + 1)) == Ending::Complete
            && line::is_longer(self.text(n + 1), self.settings.subhead_chars)
            && text.chars().next().is_some_and(is_surname)
            && is_plausible(text, FAVOUR)
    }

    /// Makes credits of the lines below a text that name who wrote it, by himself or behind what he is.
    pub(super) fn signatures(&mut self) {
        for n in 1..self.kept.len() {
            if self.is_signature(n) {
                let row = &mut self.rows[self.kept[n]];
                row.credit_itself();
                row.signs = true;
            }
        }
    }

    fn is_signature(&self, n: usize) -> bool {
        /// Characters of the longest such line.
        const LONGEST: usize = 24;
        let text = self.text(n);
        let bracketed = border::is_bracketed(text);
        if !self.is_plain(n) || line::is_longer(text, LONGEST) || border::ending(text) != Ending::Open && !bracketed {
            return false;
        }
        let closed = |row: &Row| {
            let said = row.text(self.page);
            row.role == Role::Text
                && row.tail.is_none()
                && row.jump.is_none()
                && border::ending(said) == Ending::Complete
                && line::is_longer(said, self.settings.subhead_chars)
        };
        // A name over a text is its headline.
        let text_below = self.reads_on(n + 1)
            && (border::ending(self.text(n + 1)) == Ending::Complete
                || line::is_longer(self.text(n + 1), self.settings.headline_chars));
        !text_below
            && self.mark(n - 1) == Mark::None
            && self.row(n - 1).is_some_and(closed)
            && (self.is_name(n) && !self.is_name(n + 1) || credit::Text::new(text).signer().is_some())
    }

    /// Whether row `n` below a text is the title of the list under it, behind which stands how many the list names.
    pub(super) fn is_list_title(&self, n: usize) -> bool {
        self.is_plain(n)
            && is_counted(self.text(n))
            && self.row(n + 1).is_some_and(|row| row.role == Role::List)
            && n.checked_sub(1).and_then(|m| self.row(m)).is_some_and(|row| row.role.is_text())
    }
}
