//! Several nouns in a row before as many quantities in a row: 建会率和入会率分别为79.8%和86.2%.

use crate::extract::quantity::block::{Block, Phrase};

/// What joins the nouns of a row, and the quantities.
const JOINS: [char; 4] = ['、', '和', '与', '及'];

/// Of the row of nouns that `phrase` is, the one for each of the quantities from number `index` on, if there are as many and
/// 分别 stands between. The nouns must end alike: only then each of them is whole (男、女职工 are not).
pub(in crate::extract::quantity) fn respective(block: &Block<'_>, index: usize, phrase: Phrase) -> Option<Vec<Phrase>> {
    const SHORTEST: usize = 2;
    let first = block.candidates.get(index)?;
    let mut parts: Vec<Phrase> = Vec::new();
    let mut at = phrase.0;
    for part in block.printed.get(phrase.0..phrase.1)?.split(JOINS) {
        parts.push((at, at + part.len()));
        at += part.len() + '、'.len_utf8();
    }
    let text_of = |part: &Phrase| block.printed.get(part.0..part.1).unwrap_or_default();
    let end = text_of(parts.last()?).chars().next_back()?;
    let alike = |part: &Phrase| text_of(part).chars().nth(SHORTEST - 1).is_some() && text_of(part).ends_with(end);
    if parts.len() < 2 || !parts.iter().all(alike) {
        return None;
    }
    let behind = block.text.index_of(phrase.1);
    if behind > first.start || !block.text.word(behind, first.start).contains("分别") {
        return None;
    }
    let row = block.candidates[index..].windows(2).take_while(|pair| {
        let between = pair[1].start.checked_sub(pair[0].end);
        between == Some(1) && pair[0].kind == pair[1].kind && (JOINS.contains(&block.text.get(pair[0].end)))
    });
    (row.count() + 1 == parts.len()).then_some(parts)
}
