//! What the clause before speaks of, where that of the number says no more than how many: 数量最多的是孟加拉虎，约有4000只;
//! 出国旅游人员仍居首位，为106.5万人次.

use super::SENTENCE;
use crate::extract::quantity::block::{Block, Phrase};
use crate::extract::quantity::links::{before_all_links, is_change};
use crate::extract::quantity::phrase::Wanted;
use crate::record::FactKind;
use crate::text::sentence;

/// What a clause says of its topic, behind it.
const SAID: &[&str] = &[
    "为最多",
    "为最少",
    "为最",
    "最多",
    "最少",
    "最大",
    "居",
    "名列",
    "位居",
    "位列",
    "列",
    "排",
    "相当",
    "相同",
    "领先",
    "创",
    "破纪录",
];

/// What it says of a level.
const LEVELS: &[&str] = &["低于", "高于", "超过", "不及", "很低", "很高", "较低", "较高", "偏低", "偏高"];

/// Characters of what it says.
const LONGEST: usize = 14;

/// Adverbs before it.
const ADVERBS: [char; 6] = ['仍', '均', '也', '已', '则', '又'];

/// Characters that are left before a number where its clause names nothing.
const BARE: &str = "最多只剩有约占各为达共计少还就";

/// The topic of the clause before the candidate of number `index`.
pub(in crate::extract::quantity::subject) fn spoken_of(block: &Block<'_>, index: usize) -> Option<Phrase> {
    let text = block.text;
    let candidate = block.candidates.get(index)?;
    let wanted = Wanted::before(candidate.kind);
    let clause = sentence::clause_start(text, candidate.start, SENTENCE);
    let mut at = before_all_links(text, candidate.start);
    while at > clause && BARE.contains(text.before(at)) {
        at -= 1;
    }
    let comma = clause.checked_sub(1).filter(|&i| at == clause && candidate.start > clause && text.get(i) == ',')?;
    let from = sentence::clause_start(text, comma, SENTENCE).max(block.last_date_end(comma).unwrap_or(0));
    if block.has_quantity(from, comma) {
        return None;
    }
    if let Some(is) = (from..comma).rev().find(|&i| text.has(i, "的是")) {
        let named = is + 2;
        return block.phrase_before(named, comma, wanted).filter(|found| found.0 == text.byte(named));
    }
    // 失业率下降,仅为11%: of a level also what it did.
    let level = matches!(candidate.kind, FactKind::Percentage | FactKind::Money);
    let said = |i: &usize| {
        text.one_of(*i, SAID).is_some()
            || text.has(*i, "为主") && i + 2 == comma
            || level && (text.one_of(*i, LEVELS).is_some() || is_change(text.word(*i, i + 2)))
    };
    let mut end = (from + 2..comma).find(said).filter(|end| comma - end <= LONGEST)?;
    while ADVERBS.contains(&text.before(end)) {
        end -= 1;
    }
    block.phrase_before(from, end, wanted).filter(|found| found.1 == text.byte(end))
}
