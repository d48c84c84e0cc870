//! Articles in traditional characters: they are read in simplified ones, and what was read is given as it is printed.

use crate::record::{Annotations, Article};
use crate::text::{is_traditional, simplified};

/// The article in simplified characters, with the same offsets; None where it is not in traditional ones.
pub(super) fn in_simplified<'p>(article: &Article<'p>) -> Option<Article<'p>> {
    if !is_traditional(article.blocks.iter().map(|block| &*block.text)) {
        return None;
    }
    let mut read = article.clone();
    for block in &mut read.blocks {
        block.text = simplified(&block.text).into();
    }
    Some(read)
}

/// Puts the words of `article` in place of those of `read`, which is the same in simplified characters. What was not taken
/// from the text word for word stays simplified.
pub(super) fn as_printed(article: &Article<'_>, read: &Article<'_>, notes: &mut Annotations) {
    let printed = |block: u32, word: &mut String| {
        let block = block as usize;
        let (Some(read), Some(article)) = (read.blocks.get(block), article.blocks.get(block)) else { return };
        let found = read.text.find(word.as_str()).and_then(|at| article.text.get(at..at + word.len()));
        if let Some(found) = found {
            found.clone_into(word);
        }
    };
    if let Some(dateline) = &mut notes.dateline {
        let words = [Some(&mut dateline.text), dateline.agency.as_mut(), dateline.place.as_mut()];
        for word in words.into_iter().flatten() {
            (0..article.blocks.len() as u32).for_each(|block| printed(block, word));
        }
    }
    for byline in &mut notes.byline {
        for word in [Some(&mut byline.name), byline.affiliation.as_mut()].into_iter().flatten() {
            printed(byline.block, word);
        }
    }
    for fact in &mut notes.facts {
        for word in [fact.subject.as_mut(), fact.holder.as_mut()].into_iter().flatten() {
            printed(fact.block, word);
        }
    }
    for entity in &mut notes.entities {
        for word in [entity.title.as_mut(), entity.organisation.as_mut()].into_iter().flatten() {
            printed(entity.block, word);
        }
    }
}
