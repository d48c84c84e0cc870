//! Nouns that jieba's dictionary does not have, or has for something else, where nothing else says what is counted:
//! 2袋香榧子, 5个地州已开始实施, 新发现矿地151处.
//!
//! A measure word for things has a noun on one of its sides. So what stands there alone is one, if it is short and holds
//! no word of grammar.

use super::behind::piece_behind;
use crate::extract::quantity::block::{Block, Phrase, REACH};
use crate::extract::quantity::links::before_all_links;
use crate::extract::quantity::phrase::{self, Word};
use crate::extract::quantity::{Candidate, noun};
use crate::record::FactKind;
use crate::text::{is_cjk, sentence};

/// Characters of such a noun.
const SHORTEST: usize = 2;
const LONGEST: usize = 6;

/// Measure words of things alone: behind them a clause in 的 says which things, and not what became of them.
pub(super) const OF_THINGS: &[&str] = &[
    "张", "条", "架", "辆", "座", "台", "只", "本", "封", "支", "把", "面", "幅", "套", "部", "种", "块", "艘", "枚",
    "册", "栋", "箱",
];

/// Measure words that count events and times, before which and behind which stands what was done.
const OF_ACTS: &[&str] = &["次", "起", "场", "期", "轮", "届", "项", "步", "人次", "户次", "票", "个"];

/// Verbs of one character that say how a match or a vote ended.
const OUTCOMES: &[&str] = &["胜", "负", "平", "赢", "输", "得", "获", "投"];

/// The noun on either side of the candidate.
pub(super) fn of(block: &Block<'_>, index: usize) -> Option<Phrase> {
    let candidate = block.candidates.get(index)?;
    let unit = candidate.unit.as_deref()?;
    match candidate.kind {
        FactKind::Items | FactKind::Organisations => behind(block, index, unit).or_else(|| right_before(block, index)),
        FactKind::Area => right_before(block, index),
        FactKind::People if matches!(unit, "人次") => right_before(block, index),
        _ => None,
    }
}

/// What stands behind the candidate, in the bytes of the block.
fn behind(block: &Block<'_>, index: usize, unit: &str) -> Option<Phrase> {
    let (from, to) = piece_behind(block, index)?;
    let (a, b) = (block.text.byte(from), block.text.end_byte(to, block.printed));
    let piece = block.printed.get(a..b)?;
    let words = phrase::words(phrase::front(piece));
    let (start, end) = right_behind(piece, &words).or_else(|| attributed(piece, &words, unit))?;
    Some((a + start, a + end))
}

/// 2袋香榧子, 5个地州: what the piece opens with.
fn right_behind(piece: &str, words: &[Word<'_>]) -> Option<Phrase> {
    let n = words.iter().enumerate().take_while(|(at, word)| is_part(word, *at, words)).count();
    let said = |w: &Word<'_>| matches!(w.tag, "d" | "p" | "uj") || w.tag == "v" && w.text.chars().count() > 1;
    let ends = words.get(n).is_none_or(|w| w.joins() || said(w));
    let end = words.get(n.checked_sub(1)?)?.end();
    (ends && is_short(piece.get(..end)?)).then_some((0, end))
}

/// 70条写着品牌的横幅: behind what is said of the things.
fn attributed(piece: &str, words: &[Word<'_>], unit: &str) -> Option<Phrase> {
    const MOST_WORDS: usize = 14;
    if !OF_THINGS.contains(&unit) {
        return None;
    }
    let of = words.iter().take(MOST_WORDS).position(|w| w.text == "的").filter(|&at| at > 0)?;
    let behind = words.get(of)?.end();
    let rest = piece.get(behind..)?;
    let (start, end) = phrase::behind_model(rest, None)
        .or_else(|| phrase::after(rest, true, phrase::Wanted::Thing).filter(|found| found.0 == 0))?;
    Some((behind + start, behind + end))
}

/// 新发现矿地151处, 批准边境游67万人次: all that stands between the last verb of the clause and the number.
fn right_before(block: &Block<'_>, index: usize) -> Option<Phrase> {
    let text = block.text;
    let candidate = block.candidates.get(index)?;
    // 在几十个国家设立机构: what is counted stands behind.
    if is_cjk(text.get(candidate.end)) {
        return None;
    }
    let to = before_all_links(text, candidate.start);
    let counted = block.previous(index).map_or(0, |p| p.end).max(block.last_date_end(to).unwrap_or(0));
    let from = sentence::clause_start(text, to, REACH).max(counted);
    let piece = block.printed.get(text.byte(from)..text.end_byte(to, block.printed)).filter(|_| from < to)?;
    let words = phrase::words(piece);
    let verb = |w: &Word<'_>| w.tag.starts_with('v') && w.text.chars().count() > 1;
    let first = words.iter().rposition(verb).map_or(0, |at| at + 1);
    let object = words.get(first..).filter(|o| o.iter().enumerate().all(|(at, word)| is_part(word, at, o)))?;
    let start = object.first()?.start;
    let found = (text.byte(from) + start, text.byte(from) + piece.len());
    (is_short(piece.get(start..)?) && !is_act(candidate, object)).then_some(found)
}

/// Whether what stands before is done so often, and is no thing that is counted (她先后捐款6次).
fn is_act(candidate: &Candidate, words: &[Word<'_>]) -> bool {
    let unit = candidate.unit.as_deref().unwrap_or_default();
    let names = |w: &Word<'_>| w.tag.starts_with('n') && !matches!(w.tag, "nr" | "ns" | "nt");
    OF_ACTS.contains(&unit) && !words.iter().any(names)
}

/// Whether the word of this number can be part of such a noun.
fn is_part(word: &Word<'_>, at: usize, words: &[Word<'_>]) -> bool {
    let n = word.text.chars().count();
    let tag = word.tag.as_bytes().first().copied().unwrap_or(b'x');
    let said = noun::is_transitive(word.text) || super::becomes(word.text) || phrase::ends_phrase(word.text);
    word.text.chars().all(is_cjk)
        && !said
        && match tag {
            b'n' | b'j' | b'b' | b'x' | b'g' | b'a' | b'z' | b's' => word.tag != "ad",
            // 香榧子, 边境|游.
            b'v' => n > 2 || n == 1 && (at > 0 || words.len() > 1) && !OUTCOMES.contains(&word.text),
            // 地|州.
            b'u' => word.text == "地",
            _ => false,
        }
}

fn is_short(phrase: &str) -> bool {
    (SHORTEST..=LONGEST).contains(&phrase.chars().count())
}
