//! Lists and verse without mark-up: runs of short lines that no closing mark ends, whose breaks are the text's own.
//!
//! Names, winners, verses. What was set in a narrow column looks alike, but its breaks cut words and quotations.

use crate::layout::border::{self, Balance, Ending};
use crate::layout::classify::{Role, Row};
use crate::layout::credit_line;
use crate::layout::heading;
use crate::layout::line::{self, Line};
use crate::layout::word;
use crate::layout::wrap::Print;
use crate::settings;

/// What lists are titled; such a line heads the lines below it.
const TITLES: [&str; 8] = ["名单", "一览", "一览表", "目录", "等奖", "优秀奖", "如下", "日程"];

/// Whether the line names a list.
pub(super) fn is_title(text: &str) -> bool {
    TITLES.iter().any(|end| text.trim_end_matches(['：', ':', '（', ' ']).ends_with(end))
}

/// Whether the last sentence says that what it speaks of stands below: 现公示如下，公示时间为9月5日至9日。
fn announces_below(text: &str) -> bool {
    let said = text.trim_end_matches('。');
    said.len() < text.len() && said.rsplit('。').next().is_some_and(|last| last.contains("如下"))
}

/// Whether the line goes on with a notice behind what it lists: 如有异议，请….
fn resumes_notice(text: &str) -> bool {
    ["如有异议", "如有不同意见", "如对", "公示期", "特此公"].iter().any(|opening| text.starts_with(opening))
}

/// The rows of a page that may be lines of a list or poem.
pub(super) struct Runs<'a> {
    pub page: &'a str,
    pub lines: &'a [Line],
    pub rows: &'a mut [Row],
    /// The rows that are no copies, in page order.
    pub kept: &'a [usize],
    pub settings: &'a settings::Layout,
}

impl Runs<'_> {
    /// Makes the runs lists.
    pub(super) fn mark(&mut self) {
        self.number();
        self.awards();
        let mut n = 0;
        while n < self.kept.len() {
            let end = (n..self.kept.len()).find(|&m| !self.is_short(m)).unwrap_or(self.kept.len());
            if end > n {
                self.run(n, end);
            }
            n = end.max(n + 1);
        }
    }

    /// Makes lists of the items that are numbered from one on below a colon: 1.…, 2.….
    fn number(&mut self) {
        let mut next = 1;
        for n in 1..self.kept.len() {
            let led = self.text(n - 1).ends_with(['：', ':']);
            let follows = |number: usize| self.item_number(n) == Some(number);
            next = match () {
                () if next > 1 && follows(next) => next + 1,
                () if led && follows(1) && self.item_number(n + 1) == Some(2) => 2,
                () => 1,
            };
            if next > 1
                && let Some(&i) = self.kept.get(n)
            {
                self.rows[i].role = Role::List;
            }
        }
    }

    /// Makes lists of the lines that each say who won which prize: 一等奖：…, 二等奖：….
    fn awards(&mut self) {
        /// Characters of the longest prize.
        const LONGEST: usize = 8;
        let is_award = |me: &Self, n: usize| {
            let row = me.row(n).filter(|row| row.role == Role::Text && row.head.is_none() && row.jump.is_none());
            let text = row.map_or("", |row| row.text(me.page));
            // Few lines name a prize so near their beginning.
            let near = &text.as_bytes()[..text.len().min((LONGEST + 1) * 3)];
            let label = memchr::memmem::find(near, "奖".as_bytes()).and_then(|_| border::label(text, LONGEST));
            label.is_some_and(|(prize, who)| {
                prize.ends_with('奖') && !who.is_empty() && border::ending(who) != Ending::Complete
            })
        };
        let mut n = 0;
        while n < self.kept.len() {
            let end = (n..self.kept.len()).find(|&m| !is_award(self, m)).unwrap_or(self.kept.len());
            for m in (n..end).filter(|_| end > n + 1) {
                let i = self.kept[m];
                (self.rows[i].role, self.rows[i].goes_on) = (Role::List, m > n);
            }
            n = end.max(n + 1);
        }
    }

    /// The number of the item that row `n` is, where it is short and whole.
    fn item_number(&self, n: usize) -> Option<usize> {
        /// Characters of the longest item.
        const LONGEST: usize = 80;
        let row = self.row(n).filter(|row| row.role == Role::Text && row.head.is_none() && row.jump.is_none())?;
        let text = row.text(self.page);
        let digits = text.bytes().take(2).take_while(u8::is_ascii_digit).count();
        let whole = border::ending(text) == Ending::Complete && !line::is_longer(text, LONGEST) && !self.is_marked(n);
        let said = text[digits..].strip_prefix(['.', '、', '．']);
        // 1.5万元 is no first item.
        let mark = said.is_some_and(|said| !said.starts_with(|c: char| c.is_ascii_digit()));
        text[..digits].parse().ok().filter(|_| whole && mark)
    }

    fn row(&self, n: usize) -> Option<&Row> {
        self.kept.get(n).map(|&i| &self.rows[i])
    }

    fn text(&self, n: usize) -> &str {
        self.row(n).map_or("", |row| row.text(self.page))
    }

    fn is_marked(&self, n: usize) -> bool {
        self.kept.get(n).is_some_and(|&i| self.lines[i].level > 0 || self.lines[i].bold.whole)
    }

    fn is_short(&self, n: usize) -> bool {
        let text = self.text(n);
        !self.is_marked(n)
            && self.kept.get(n).is_some_and(|&i| matches!(self.lines[i].print, Print::Unknown | Print::Wider))
            && self.row(n).is_some_and(|row| {
                row.role == Role::Text
                    && row.parts().count() == 1
                    && row.head.is_none()
                    && !row.caption
                    && row.jump.is_none()
            })
            && !line::is_longer(text, self.settings.verse_chars)
            && !text.ends_with(['。', '；', ';', '：', ':', '！', '？', '”', '…'])
            && !text.starts_with(['■', '□', '●', '○', '◆', '◇', '▲', '△', '▼', '★', '☆', '@', '—'])
            && !heading::opens_section(text)
            && !border::is_day(text)
    }

    /// Whether a blank line stands before row `n`.
    fn is_parted(&self, n: usize) -> bool {
        let (Some(&i), Some(&before)) = (self.kept.get(n), n.checked_sub(1).and_then(|m| self.kept.get(m))) else {
            return true;
        };
        line::are_parted(self.page, &self.lines[before], &self.lines[i])
    }

    /// Finds the blocks of the short rows from `start` to `end`: a poem's lines may all be parted, else blank lines part
    /// its stanzas.
    fn run(&mut self, start: usize, end: usize) {
        let tight = (start + 1..end).any(|n| !self.is_parted(n));
        let (mut led, mut in_verse) = (self.is_led(start), false);
        // The lines of a column go on from the one above them.
        let before = start.checked_sub(1).and_then(|m| self.row(m)).filter(|row| row.role == Role::Text);
        let breaks_off = before.is_some_and(|row| border::ending(row.text(self.page)) == Ending::Open);
        if !led && breaks_off && !self.is_parted(start) {
            return;
        }
        let mut from = start;
        while from < end {
            let to = (from + 1..end).find(|&n| tight && self.is_parted(n) || is_title(self.text(n))).unwrap_or(end);
            // What the page prints besides stands between no two stanzas.
            let before = from.checked_sub(1).and_then(|m| self.kept.get(m));
            let together = self.kept.get(from).zip(before).is_some_and(|(i, h)| *i == *h + 1);
            if in_verse && together && to == from + 1 && to < end && self.titles_part(start, from) {
                self.rows[self.kept[from]].role = Role::Subhead;
                (led, from) = (true, to);
                continue;
            }
            in_verse = self.block(from, to, led, in_verse && together);
            // A list may be parted from its title.
            led = in_verse
                || to == from + 1
                    && is_title(self.text(from))
                    && self.row(from).is_some_and(|row| row.role == Role::Text);
            from = to;
        }
    }

    /// Whether row `n` is the title of one of several poems, which the title over the run at `start` says that they are:
    /// 夜航（外一首）.
    fn titles_part(&self, start: usize, n: usize) -> bool {
        /// Rows above in which the title stands.
        const NEAR: usize = 3;
        /// Longest such title, in characters.
        const LONGEST: usize = 10;
        let several = |text: &str| {
            let text = text.trim_end_matches(['）', ')']);
            text.ends_with('首') || text.ends_with("组诗")
        };
        !line::is_longer(self.text(n), LONGEST)
            && (start.saturating_sub(NEAR)..start).any(|m| self.row(m).is_some_and(|row| several(row.text(self.page))))
    }

    /// Whether what stands before row `n` leads a list or poem in: a credit, a heading, a colon, a list's title.
    fn is_led(&self, n: usize) -> bool {
        let Some(before) = n.checked_sub(1).and_then(|m| self.row(m)) else { return false };
        let text = before.text(self.page);
        before.role == Role::Credit && !before.head.is_some_and(|s| credit_line::closes(s.of(self.page)))
            || self.is_marked(n - 1)
            || text.ends_with(['：', ':'])
            || announces_below(text)
            || before.role == Role::Text && is_title(text)
    }

    /// Makes a list of the rows of a block that no head is, where they are enough; says whether what follows belongs to it.
    fn block(&mut self, mut from: usize, mut to: usize, led: bool, in_verse: bool) -> bool {
        let credited_behind = self.row(to).is_some_and(Row::is_credited);
        let marked = |me: &Self, n: usize| n >= me.kept.len() || me.is_marked(n);
        let titled = is_title(self.text(from));
        // The first line names the list, a bracket below it says more of it.
        if !led || titled {
            from += 1;
        }
        if border::is_bracketed(self.text(from)) {
            from += 1;
        }
        // What stands over a credit, or alone over a paragraph, is its headline.
        let over_text = self.row(to).is_some_and(|row| row.role == Role::Text) && !self.is_marked(to);
        let resumes = resumes_notice(self.text(to));
        let tail = over_text && self.text(to).chars().nth(self.settings.verse_chars).is_none();
        if credited_behind || over_text && !tail && !resumes && self.is_parted(to - 1) {
            to = to.saturating_sub(1);
        }
        // The verse that ends a stanza may have its full stop.
        let closes = over_text && tail && !self.is_parted(to) && border::ending(self.text(to)) == Ending::Complete;
        let closes = closes && to.saturating_sub(from) + 1 >= self.settings.verse_lines;
        let behind = to + usize::from(closes);
        // Two lines are a list where a title or verse stands before them, or where each has a name and what goes with it.
        let in_columns = || (from..behind).all(|n| self.text(n).contains([' ', '\u{3000}']));
        let two = titled || in_verse || led && marked(self, behind) && in_columns();
        let least = if two { 2 } else { self.settings.verse_lines };
        let enough = behind.saturating_sub(from) >= least + usize::from(credited_behind && !led) * 2;
        if !enough || self.is_wrapped(from, behind) {
            return false;
        }
        for n in from..behind {
            if let Some(&i) = self.kept.get(n) {
                (self.rows[i].role, self.rows[i].goes_on) = (Role::List, n > from);
            }
        }
        true
    }

    /// Whether the breaks of these rows cut what belongs together.
    fn is_wrapped(&self, from: usize, to: usize) -> bool {
        let (mut cuts, mut stops) = (0, 0);
        for n in from..to {
            let text = self.text(n);
            stops += usize::from(has_stop_inside(text));
            if text.starts_with(border::cannot_begin) || border::balance(text) != Balance::default() {
                return true;
            }
            if n > from {
                cuts += usize::from(word::over_break(self.text(n - 1), text) > 0.0);
            }
        }
        cuts * 3 > to - from || stops * 2 >= to - from
    }
}

/// Whether a clause ends within the line, outside of brackets: lists and verse break there.
fn has_stop_inside(text: &str) -> bool {
    let mut depth = 0usize;
    let last = text.chars().count();
    text.chars().enumerate().any(|(n, c)| {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && n + 1 < last && matches!(c, '，' | ',' | '。' | '；' | '？' | '！')
    })
}
