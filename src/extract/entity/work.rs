//! 作品: what stands between 《 and 》: documents, books, papers, songs, films.
//!
//! In: a block. Out: each pair of marks with what is between them; a short title (《意见》) takes the full one of the same
//! article (《关于…的意见》) as its canonical form. Marks that are not closed in their block, or enclose nothing, or more
//! than a title can be, give nothing. Marks inside each other (《〈…〉读后》, 《…《…》…》) give the outer one.

use crate::extract::gazetteer::{Gazetteer, Meaning};
use crate::record::{Article, Entity, EntityKind};
use crate::text::Span;

use super::{Occupied, Scan, new};

/// A title's greatest length in characters; longer ones are two marks of which the inner halves are lost.
const LONGEST_TITLE: usize = 80;

/// A work that was read.
pub(super) struct Work {
    span: Span,
    canonical: Option<String>,
}

impl Work {
    /// Whether what stands at `span` is part of the title, and not all of it.
    fn has_part(&self, span: Span) -> bool {
        let (open, close) = (self.span.start + '《'.len_utf8() as u32, self.span.end - '》'.len_utf8() as u32);
        open <= span.start && span.end <= close && (open, close) != (span.start, span.end)
    }

    pub(super) fn entity(self, scan: &Scan<'_>) -> Entity {
        Entity { canonical: self.canonical, ..new(EntityKind::Work, scan, self.span) }
    }
}

/// Whether what stands at `span` is part of the title of one of the works, which are ordered by where they stand. All of a
/// title may be a name as well: 《工人日报》.
pub(super) fn is_part(works: &[Work], span: Span) -> bool {
    works.get(works.partition_point(|w| w.span.end <= span.start)).is_some_and(|w| w.has_part(span))
}

/// Reads the works of a block.
pub(super) fn read(scan: &Scan<'_>, gazetteer: &Gazetteer) -> Vec<Work> {
    let mut works = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for &(at, c) in &scan.landmarks.marks {
        let at = at as usize;
        match c {
            '《' => {
                // Many marks that open and never close are noise, and only the last few can still be paired.
                if open.len() < 8 {
                    open.push(at);
                } else {
                    open.rotate_left(1);
                    if let Some(last) = open.last_mut() {
                        *last = at;
                    }
                }
            }
            '》' => {
                let Some(start) = open.pop() else { continue };
                let end = at + c.len_utf8();
                let title = &scan.text[start + '《'.len_utf8()..at];
                let letters = title.chars().take(LONGEST_TITLE + 1).count();
                if title.trim().is_empty() || letters > LONGEST_TITLE {
                    open.clear();
                    continue;
                }
                // An outer pair takes the place of the inner one.
                while works.last().is_some_and(|w: &Work| w.span.start as usize > start) {
                    works.pop();
                }
                works.push(Work { span: Span::new(start, end), canonical: None });
            }
            '。' => open.clear(),
            _ => {}
        }
    }
    let mut taken = None;
    for hit in &scan.hits {
        if let Meaning::User(number) = hit.meaning
            && let Some(user) = gazetteer.user_name(number).filter(|u| u.kind == EntityKind::Work)
        {
            let span = Span { start: hit.start, end: hit.end };
            let taken = taken.get_or_insert_with(|| Occupied::new(works.iter().map(|w| w.span)));
            if !taken.overlaps(span) {
                works.push(Work { span, canonical: user.canonical.clone() });
            }
        }
    }
    works
}

/// Gives short titles the full one that ends with the same word.
pub(super) fn name_in_full(article: &Article<'_>, entities: &mut [Entity]) {
    let mut full: Vec<(String, String)> = Vec::new();
    for entity in entities.iter_mut().filter(|e| e.kind == EntityKind::Work) {
        let Some(block) = article.blocks.get(entity.block as usize) else { continue };
        let text = &block.text[entity.start as usize..entity.end as usize];
        let title = text.trim_start_matches('《').trim_end_matches('》');
        let letters = title.chars().count();
        if letters >= 6 {
            if full.len() < 64 {
                full.push((title.to_owned(), text.to_owned()));
            }
        } else if entity.canonical.is_none() {
            entity.canonical = full.iter().rev().find(|(t, _)| t.ends_with(title)).map(|(_, whole)| whole.clone());
        }
    }
}
