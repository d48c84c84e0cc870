//! What a count goes on with: the same measure word before it (线索43件,已办结41件), some of those in the clause before
//! (7个贫困县,先后有4个…), the rest of those in its own (4台轿车被封存了3台), or whom the clause before ends in.

use super::{FRAME, SENTENCE, earlier, same_class};
use crate::extract::quantity::block::{Block, Known, Phrase};
use crate::extract::quantity::phrase::Wanted;
use crate::extract::quantity::subject::counted::ACTS;
use crate::extract::quantity::{Candidate, noun};
use crate::record::FactKind;
use crate::text::{is_cjk, sentence};

/// Characters behind a number within which it is said what becomes of those that it counts.
const NEAR: usize = 5;

/// What becomes of some of those who came or took part.
pub(in crate::extract::quantity::subject) const CHOSEN: &[&str] = &[
    "达成",
    "最终",
    "入选",
    "入围",
    "入职",
    "通过",
    "晋级",
    "获奖",
    "获得",
    "获评",
    "报名",
    "签约",
    "签订",
    "签下",
    "当选",
    "落选",
    "被录用",
    "被录取",
    "脱颖",
    "胜出",
    "成为",
    "考取",
    "取得",
    "拿到",
    "结业",
    "就业",
    "上岗",
];

/// What is done with households that were counted before.
const HELPED: &[&str] = &[
    "帮助",
    "帮扶",
    "资助",
    "救助",
    "慰问",
    "走访",
    "实现",
    "剩下的",
    "其余",
    "其中",
    "脱贫",
    "脱困",
    "解困",
    "审核通过",
    "通过",
];

/// What a count before the candidate counts with the same measure word in its sentence, of households also in the one
/// before, where the candidate's clause says only what is done with so many of them: 欠薪线索43件,…已办结41件.
pub(in crate::extract::quantity::subject) fn same_measure(
    block: &Block<'_>,
    index: usize,
    known: Known<'_>,
) -> Option<Phrase> {
    const PART: &[&str] =
        &["其中", "剩下的", "余下的", "其余", "占", "每平方公里", "每年", "每月", "日均", "月均", "年均"];
    let text = block.text;
    let candidate = block.candidates.get(index)?;
    let clause = sentence::clause_start(text, candidate.start, SENTENCE);
    // 个 and 名 count anything: only where a part is told.
    let any = matches!(candidate.unit.as_deref(), Some("个" | "次" | "项" | "人" | "名" | "位" | "人次") | None);
    // 其中,480万户实现脱困.
    let opened = clause >= 3 && text.get(clause - 1) == ',' && text.has_before(clause - 1, "其中");
    let part = || {
        opened || text.one_before(candidate.start, PART).is_some() || text.one_of(clause, &["其中", "为其中"]).is_some()
    };
    // 其中237人受到批评,19人被免职: the next part.
    let next_part = || {
        let from = sentence::sentence_start(text, clause, FRAME);
        clause == candidate.start && (from..clause).any(|i| text.has(i, "其中"))
    };
    // 3000名求职者参加,860多人达成意向: how many of them.
    let of_them = candidate.kind == FactKind::People
        && clause == candidate.start
        && (candidate.end..candidate.end + NEAR).any(|i| text.one_of(i, CHOSEN).is_some());
    let counts_any = any && !of_them && !part() && !next_part();
    // Then only what is done tells, and of people alone.
    if counts_any && candidate.kind != FactKind::People {
        return None;
    }
    // Households are told of over two sentences.
    let helped = text.one_before(candidate.start, HELPED).is_some();
    let from = match sentence::sentence_start(text, candidate.start, FRAME) {
        // 其中3108家 opens a sentence: of those that the one before counts.
        from if candidate.kind == FactKind::Households && helped
            || from == clause && text.has(clause, "其中")
            || opened && from + 3 == clause =>
        {
            sentence::sentence_start(text, from.saturating_sub(1), FRAME)
        }
        from => from,
    };
    // 资助12.7万名职工,其中今年资助2.15万人: people, whatever their measure word.
    let people = candidate.kind == FactKind::People && text.has(clause, "其中");
    let people = people || counts_any || of_them;
    let head = |c: &Candidate| matches!(c.unit.as_deref(), Some("人" | "名" | "位"));
    // 救助职工4872户次,实现脱困1205户.
    let households = candidate.kind == FactKind::Households;
    let same = |c: &Candidate| {
        let alike = households || people && head(c) && head(candidate);
        same_class(c, candidate) && (c.unit == candidate.unit || alike)
    };
    let mut before = earlier(block, index, from).filter(|(_, c)| same(c));
    let (whole, found) = before.find_map(|(at, c)| Some((c, known.get(at).copied().flatten()?)))?;
    // 120名选手参赛,500人入选: others.
    if of_them && candidate.low > whole.low {
        return None;
    }
    // 甲银行招聘毕业生400名,乙银行招聘200名; else anything that the clause names may be what is counted.
    let meant = !counts_any && (part() || only_acts(block, index, clause));
    (meant || candidate.kind == FactKind::People && same_act(block, candidate, found)).then_some(found)
}

/// Whether the verb of two characters before the candidate is the one before what was counted.
fn same_act(block: &Block<'_>, candidate: &Candidate, found: Phrase) -> bool {
    /// Bytes between the verb and its noun at most: 招聘|应届|毕业生.
    const MODIFIERS: usize = 12;
    let Some(verb) = verb_before(block, candidate) else { return false };
    let verb_at = block.printed.get(..found.0).and_then(|before| before.rfind(verb));
    verb_at.is_some_and(|at| found.0 - at - verb.len() <= MODIFIERS)
}

/// The two ideographs right before the candidate.
fn verb_before<'b>(block: &Block<'b>, candidate: &Candidate) -> Option<&'b str> {
    // 接待|了147人, 已经接待|60人.
    let end = candidate.start - usize::from(matches!(block.text.before(candidate.start), '了' | '过'));
    let from = end.checked_sub(2)?;
    Some(block.text.word(from, end)).filter(|verb| verb.chars().all(is_cjk))
}

/// What the count that ends the clause before counts, where this one opens with how many of them: 7个贫困县,先后有4个….
pub(in crate::extract::quantity::subject) fn some_of(
    block: &Block<'_>,
    index: usize,
    known: Known<'_>,
) -> Option<Phrase> {
    const THERE: &[&str] = &["先后有", "已经有", "其中有", "还有", "已有", "现有", "只有", "仅有", "有"];
    let text = block.text;
    let (candidate, previous) = (block.candidates.get(index)?, block.previous(index)?);
    let clause = sentence::clause_start(text, candidate.start, SENTENCE);
    let opens = THERE.contains(&text.word(clause, candidate.start));
    let found = known.get(index - 1).copied().flatten()?;
    let ends = clause.checked_sub(1).is_some_and(|comma| text.get(comma) == ',' && text.byte(comma) == found.1);
    let fewer = same_class(previous, candidate) && previous.unit == candidate.unit && candidate.high < previous.low;
    (opens && ends && fewer && found.0 >= text.byte(previous.start)).then_some(found)
}

/// What the count before in the same clause counts, where only what was done with so many of them stands between:
/// 4台轿车被封存了3台.
pub(in crate::extract::quantity::subject) fn rest_of(
    block: &Block<'_>,
    index: usize,
    known: Known<'_>,
) -> Option<Phrase> {
    let text = block.text;
    let (candidate, previous) = (block.candidates.get(index)?, block.previous(index)?);
    let found = known.get(index - 1).copied().flatten()?;
    let same = same_class(previous, candidate)
        && previous.unit == candidate.unit
        && candidate.high < previous.low
        && sentence::clause_start(text, candidate.start, SENTENCE) <= previous.start
        && sentence::ends_clause(text, candidate.end)
        && found.0 >= text.byte(previous.end);
    let between = block.printed.get(found.1..text.byte(candidate.start)).filter(|_| same)?;
    let words = crate::text::jieba().tag(between, false);
    let acts = words.iter().all(|w| w.tag.starts_with(['v', 'd', 'p', 'u']) || ACTS.contains(&w.word));
    (acts && words.iter().any(|w| w.tag.starts_with('v'))).then_some(found)
}

/// Whether nothing but acts stands between the start of the clause, its dates apart, and the candidate (已办结41件).
fn only_acts(block: &Block<'_>, index: usize, clause: usize) -> bool {
    let text = block.text;
    let Some(candidate) = block.candidates.get(index) else { return false };
    let counted = block.previous(index).map_or(0, |p| p.end);
    let from = clause.max(counted).max(block.last_date_end(candidate.start).unwrap_or(0));
    let (a, b) = (text.byte(from), text.end_byte(candidate.start, block.printed));
    let words = crate::text::jieba().tag(block.printed.get(a..b).unwrap_or_default(), false);
    let act = |tag: &str, word: &str| tag.starts_with(['v', 'd', 'c', 't']) || matches!(word, "建会" | "入会" | "、");
    // 收到表扬信15件: jieba has 信 for a verb.
    let lone = words
        .last()
        .is_some_and(|w| w.tag.starts_with('v') && w.word.chars().count() == 1 && !matches!(w.word, "有" | "会"));
    !lone && words.iter().all(|w| act(w.tag, w.word) || HELPED.contains(&w.word) || ACTS.contains(&w.word))
}

/// Who ends the clause before, where this one only says where so many of them are: 创业的职工,全区已有780人.
pub(in crate::extract::quantity::subject) fn of_whom(block: &Block<'_>, index: usize) -> Option<Phrase> {
    const LONGEST: usize = 6;
    const THERE: &[&str] = &["已有", "就有", "共有", "有", "已达", "达"];
    let text = block.text;
    let candidate = block.candidates.get(index)?;
    let clause = sentence::clause_start(text, candidate.start, SENTENCE);
    let n = text.one_before(candidate.start, THERE)?;
    let comma = clause.checked_sub(1).filter(|&i| text.get(i) == ',' && candidate.start <= clause + LONGEST)?;
    let place = text.word(clause, candidate.start - n);
    if !place.is_empty() && !noun::is_area(place) {
        return None;
    }
    let counted = block.previous(index).map_or(0, |p| p.end);
    let from = sentence::clause_start(text, comma, SENTENCE).max(counted);
    // 他是全厂的劳模, 看望了厂里的工人: a sentence of its own.
    if (from..comma).any(|i| matches!(text.get(i), '了' | '是')) {
        return None;
    }
    let found = block.phrase_before(from, comma, Wanted::Person)?;
    let described = text.before(text.index_of(found.0)) == '的';
    (described && block.noun_of(found) == Some(noun::Noun::Person)).then_some(found)
}
