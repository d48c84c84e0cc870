//! Who is credited, read from the article's credit lines.

use crate::credit;
use crate::record::{Annotations, Article, BlockKind, Byline};

/// Reads every byline block of the article.
pub(super) fn read(article: &Article<'_>, notes: &mut Annotations) {
    for (number, block) in article.blocks.iter().enumerate() {
        if block.kind != BlockKind::Byline || block.repeat.is_some() {
            continue;
        }
        let Some(found) = credit::whole(&block.text) else { continue };
        if notes.dateline.is_none() {
            notes.dateline = found.dateline;
        }
        notes.byline.extend(found.people.into_iter().map(|p| Byline {
            name: p.span.of(&block.text).chars().filter(|c| !c.is_whitespace()).collect(),
            role: p.role,
            affiliation: p.affiliation,
            block: number as u32,
            start: p.span.start,
            end: p.span.end,
        }));
    }
}
