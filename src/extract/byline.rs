//! Who is credited, read from the article's credit lines.
//!
//! In: the article's blocks. Out: its dateline and its people, in reading order. Credit blocks are read as a whole;
//! running text is asked for the credit that still opens it, stands in it behind a headline, or closes it (a page of one
//! paragraph, a caption); staff lines give the editors.

use crate::credit::{self, Credit};
use crate::record::{Annotations, Article, BlockKind, Byline};

/// Reads every block of the article that can hold a credit.
pub(super) fn read(article: &Article<'_>, notes: &mut Annotations) {
    for (number, block) in article.blocks.iter().enumerate() {
        if block.repeat.is_some() {
            continue;
        }
        let text: &str = &block.text;
        match block.kind {
            BlockKind::Byline => {
                let credits = credit::Text::new(text);
                // A line that is a credit is nothing else: none closes it.
                if let Some(whole) = credits
                    .whole()
                    .or_else(|| credits.names())
                    .or_else(|| credits.author())
                    .or_else(|| credits.signer())
                {
                    take(notes, number, text, Some(whole));
                    continue;
                }
                let head = credits.head();
                let rest = head.as_ref().map_or(0, |c| c.span.end);
                take(notes, number, text, head);
                take(notes, number, text, credits.tail_of_more().filter(|c| c.span.start >= rest));
            }
            BlockKind::Paragraph | BlockKind::Caption => {
                if block.uncredited {
                    take(notes, number, text, credit::inner(text));
                    continue;
                }
                let credits = credit::Text::new(text);
                let head = credits.head().or_else(|| credit::inner(text));
                let rest = head.as_ref().map_or(0, |c| c.span.end);
                take(notes, number, text, head);
                take(notes, number, text, credits.tail().filter(|c| c.span.start >= rest));
            }
            _ => {}
        }
    }
}

/// The day of the dateline that opens the article, in EDTF: up to its first paragraph, since a later one tells of something
/// else.
pub(super) fn opening_day(article: &Article<'_>) -> Option<String> {
    for block in article.blocks.iter().filter(|b| b.repeat.is_none()) {
        let line = block.kind == BlockKind::Byline;
        let asked = line || matches!(block.kind, BlockKind::Paragraph | BlockKind::Caption) && !block.uncredited;
        if asked && names_day(&block.text) {
            let credits = credit::Text::new(&block.text);
            let credit = if line { credits.whole() } else { None }.or_else(|| credits.head());
            if let Some(day) = credit.and_then(|c| c.dateline?.date) {
                return Some(day);
            }
        }
        if block.kind.is_running_text() {
            return None;
        }
    }
    None
}

/// Whether a day may stand in the text, as a dateline names one: false is certain.
fn names_day(text: &str) -> bool {
    let numeral = |c: char| matches!(c, '0'..='9' | '０'..='９') || "一二三四五六七八九十".contains(c);
    text.match_indices('日').any(|(at, _)| text[..at].chars().next_back().is_some_and(numeral))
}

fn take(notes: &mut Annotations, number: usize, text: &str, credit: Option<Credit>) {
    let Some(credit) = credit else { return };
    if notes.dateline.is_none() {
        notes.dateline = credit.dateline;
    }
    for person in credit.people {
        let name: String = person.span.of(text).chars().filter(|c| !c.is_whitespace()).collect();
        // Who wrote the story often took its picture too, and is credited under both: each role counts once.
        if notes.byline.iter().any(|b| b.name == name && b.role == person.role) {
            continue;
        }
        notes.byline.push(Byline {
            name,
            role: person.role,
            affiliation: person.affiliation,
            block: number as u32,
            start: person.span.start,
            end: person.span.end,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_datelines() {
        for (text, expected) in [
            ("本报杭州8月10日电", true),
            ("１０日讯", true),
            ("八月十日", true),
            ("工人日报8月电", false),
            ("昨日", false),
            ("日", false),
            ("", false),
        ] {
            assert_eq!(names_day(text), expected, "{text}");
        }
    }
}
