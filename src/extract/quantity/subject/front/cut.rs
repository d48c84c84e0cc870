//! Where what is counted ends, in the piece of a clause before a number.
//!
//! Each rule takes the piece and gives what it leaves of it, always from its beginning; or it decides, as where the
//! number goes on with what was counted before.

use std::ops::ControlFlow::{self, Break, Continue};
use std::sync::LazyLock;

use super::{Clause, Front, without_end};
use crate::extract::quantity::block::REACH;
use crate::extract::quantity::phrase::{self, Wanted};
use crate::extract::quantity::subject::carry;
use crate::extract::quantity::{adverbs, noun};
use crate::record::FactKind::{Area, Money, Multiple, Percentage, Weight};
use crate::text::{WordList, ending, jieba, sentence};

type Rule = for<'p> fn(&Clause<'_>, &'p str) -> ControlFlow<Front, &'p str>;

/// Characters of which a rule needs one, as bits.
const OUT: u8 = 1;
const THAN: u8 = 2;
const OF: u8 = 4;
const IN: u8 = 8;
const SHARE: u8 = 16;
/// 基础, of 在去年的基础上.
const BASIS: u8 = 64;
/// A rule that needs none of them.
const ANY: u8 = 32;

/// The rules, in the order in which they need each other, with what they need.
const RULES: [(Rule, u8); 14] = [
    (of_counted_whole, ANY),
    (exceeds_at_once, ANY),
    (exceeds, OUT),
    (based, ANY),
    (compared_with_date, ANY),
    (compared, THAN),
    (started, OF | IN | BASIS),
    (taken_from, OF),
    (framed, ANY),
    (is_of, ANY),
    (measured_by, ANY),
    (borne_by, OF),
    (share_among, IN),
    (makes_up, SHARE),
];

/// What the rules leave of the piece.
pub(super) fn piece<'p>(clause: &Clause<'_>, piece: &'p str) -> ControlFlow<Front, &'p str> {
    let chars = clause.text.chars().get(clause.from..clause.walk.at).unwrap_or_default();
    let held = chars.iter().fold(ANY, |held, c| held | sign(*c));
    RULES.iter().filter(|(_, needs)| needs & held != 0).try_fold(piece, |piece, (rule, _)| rule(clause, piece))
}

/// The bit of a character that a rule needs.
fn sign(c: char) -> u8 {
    match c {
        '出' => OUT,
        '比' | '较' => THAN,
        '从' | '由' => OF,
        '在' => IN,
        '占' => SHARE,
        '基' => BASIS,
        _ => 0,
    }
}

/// 技能劳动者超过2亿人,占7.5亿就业人员的26%: the share of what was counted before the whole.
fn of_counted_whole<'p>(clause: &Clause<'_>, piece: &'p str) -> ControlFlow<Front, &'p str> {
    let whole = clause.outer.filter(|_| clause.is(&[Percentage]) && piece.ends_with('的'));
    let counted = |of: &usize| {
        let whole = clause.block.candidates.get(*of);
        whole.is_some_and(|w| w.end == clause.from && clause.text.before(w.start) == '占')
    };
    match whole.filter(counted) {
        Some(whole) => {
            let share = carry::counted_before(clause.block, whole, clause.known);
            Break(Front::phrase_or(share, Front::Unclear))
        }
        None => Continue(piece),
    }
}

/// 标准每月2200元,高出当地标准18%: than what.
fn exceeds_at_once<'p>(clause: &Clause<'_>, piece: &'p str) -> ControlFlow<Front, &'p str> {
    const EXCEEDS: [&str; 5] = ["高出", "超出", "多出", "低于", "高于"];
    if !clause.is(&[Percentage, Area, Money]) || !EXCEEDS.iter().any(|w| piece.starts_with(w)) {
        return Continue(piece);
    }
    let found = clause.carried_where(|p| {
        carry::beside_any(clause.block, p, clause.candidate)
            || p.kind == clause.candidate.kind && sentence::clause_start(clause.text, clause.from, REACH) == p.end + 1
    });
    Break(Front::phrase_or(found, Front::Unclear))
}

/// 工资高出当地标准18%: what stands before the verb is measured.
fn exceeds<'p>(clause: &Clause<'_>, piece: &'p str) -> ControlFlow<Front, &'p str> {
    let verb = ["高出", "超出", "多出"].iter().filter_map(|w| piece.rfind(w)).find(|&i| i > 0);
    let verb = verb.filter(|&i| clause.is(&[Percentage, Area, Money, Weight]) && !piece[i..].ends_with("高出"));
    Continue(verb.map_or(piece, |i| &piece[..i]))
}

/// 收入在最低标准1.8倍以内, 产值是去年的3倍: what stands before the verb is compared, what stands behind is the base.
fn based<'p>(clause: &Clause<'_>, piece: &'p str) -> ControlFlow<Front, &'p str> {
    /// Verbs between what is compared and its base.
    const BASES: &[&str] = &["相当于", "是", "为"];
    const BETWEEN: &[&str] =
        &["定在", "在", "是", "为", "相当于", "达到", "比", "按照", "按", "不低于", "低于", "高于", "不超过"];
    if !clause.is(&[Multiple]) {
        return Continue(piece);
    }
    let date = if clause.dated == clause.from { clause.block.date_ending(clause.from) } else { None };
    if ["相当于", "是"].iter().any(|w| piece.starts_with(w))
        || date.is_some_and(|d| clause.text.one_before(d.0, BASES).is_some())
    {
        // 债权为76万亿元,相当于去年的3倍: the base alone is named here.
        let found = clause.carried_where(|p| carry::beside_any(clause.block, p, clause.candidate));
        return Break(Front::phrase_or(found, Front::Nothing));
    }
    let verb = BETWEEN.iter().filter_map(|w| piece.rfind(w)).filter(|&i| i > 0).min();
    Continue(verb.map_or(piece, |i| &piece[..i]))
}

/// 较4月预测值高出0.2个百分点: what stands behind the date belongs to what it is compared with.
fn compared_with_date<'p>(clause: &Clause<'_>, piece: &'p str) -> ControlFlow<Front, &'p str> {
    let Clause { block, text, from, .. } = *clause;
    if !clause.walk.level || clause.dated != from || from == 0 {
        return Continue(piece);
    }
    let date = block.date_ending(from).filter(|d| matches!(text.before(d.0), '比' | '较' | '于'));
    let date = date.filter(|_| ending(piece, &["增速", "总额", "收入"]).is_none());
    let Some(date) = date else { return Continue(piece) };
    // 负担额比年初的预算额减少72万元: what is compared stands before 比.
    let than = date.0 - 1;
    let start = sentence::clause_start(text, than, REACH).max(clause.walk.floor);
    let named = if start < than { block.phrase_before(start, than, Wanted::Share) } else { None };
    let carried = || clause.carried_where(|p| carry::level_of(block, p, clause.candidate));
    Break(Front::phrase_or(named.or_else(carried), Front::Nothing))
}

/// 增速较一季度加快3个百分点: what it is compared with is no part of it.
fn compared<'p>(clause: &Clause<'_>, piece: &'p str) -> ControlFlow<Front, &'p str> {
    const WORDS_BEFORE: [&str; 6] = ["同比", "环比", "对比", "占比", "价比", "配比"];
    const WORDS: [&str; 11] = ["比例", "比重", "比值", "比价", "比率", "比赛", "比索", "较大", "较高", "较好", "较为"];
    let than = |w: &str| {
        piece.rfind(w).filter(|&i| {
            !WORDS_BEFORE.iter().any(|c| piece[..i + w.len()].ends_with(c))
                && !WORDS.iter().any(|c| piece[i..].starts_with(c))
        })
    };
    if !clause.walk.level {
        return Continue(piece);
    }
    match ["比", "较"].into_iter().filter_map(than).max() {
        None => Continue(piece),
        Some(0) => {
            let found = clause.carried_where(|p| carry::level_of(clause.block, p, clause.candidate));
            Break(Front::phrase_or(found, Front::Nothing))
        }
        Some(than) => Continue(&piece[..than]),
    }
}

/// What it was before, or when, is no part of what is measured.
fn started<'p>(clause: &Clause<'_>, mut piece: &'p str) -> ControlFlow<Front, &'p str> {
    const STARTS: [&str; 6] = ["由现行的", "由原来的", "由原先的", "由目前的", "从原来的", "从现行的"];
    // 产量在去年的基础上增长6%: what grows stands before the date.
    if piece == "的基础上" && clause.dated == clause.from {
        let Clause { block, text, from, .. } = *clause;
        let date = block.date_ending(from).filter(|d| text.before(d.0) == '在');
        let named = date.and_then(|d| {
            let start = sentence::clause_start(text, d.0 - 1, REACH).max(clause.walk.floor);
            block.phrase_before(start, d.0 - 1, Wanted::Share)
        });
        return Break(Front::phrase_or(named, Front::Unclear));
    }
    // 工资标准由现行的三档1650元、1550元调整为1900元.
    let of = piece.rfind(['由', '从']).is_some();
    if let Some(at) = STARTS.iter().filter(|_| of).filter_map(|w| piece.rfind(w)).find(|&i| i > 0) {
        piece = &piece[..at];
    }
    // 年报率从改革前的38.4%攀升.
    if piece.ends_with('的')
        && let Some(at) = ['从', '由'].iter().filter_map(|c| piece.rfind(*c)).filter(|&i| i > 0).max()
    {
        piece = &piece[..at];
    }
    // 电价在整顿前为2元, 产量在增长的基础上又增长6%.
    if (piece.ends_with(['前', '后', '时']) || piece.ends_with("基础上"))
        && let Some(at) = piece.rfind('在').filter(|&i| i > 0 && !piece[..i].ends_with(['存', '现', '所', '内', '正']))
    {
        piece = &piece[..at];
    }
    Continue(piece)
}

/// 从所得税中提取10%, 从互助金中调剂5万元: the whole.
fn taken_from<'p>(clause: &Clause<'_>, piece: &'p str) -> ControlFlow<Front, &'p str> {
    /// What is done with a share of something.
    const TAKING: &[&str] =
        &["提取", "抽取", "拿出", "划出", "留出", "扣除", "计提", "抽出", "提留", "调剂", "列支", "支取"];
    let from = piece.rfind(['从', '由']).filter(|_| clause.is(&[Percentage, Money]));
    let Some((from, taken)) = from.zip(without_end(piece, TAKING)).filter(|(from, taken)| *from < taken.len()) else {
        return Continue(piece);
    };
    let from = from + '从'.len_utf8();
    let inside = taken.strip_suffix('中').or_else(|| taken.strip_suffix('里'));
    let whole = inside.unwrap_or(taken).get(from..).unwrap_or_default();
    if clause.is(&[Money]) && !(noun::ends_in_sum(whole) && inside.is_some()) {
        return Break(Front::Unclear);
    }
    let found = phrase::before(whole, Wanted::Sum);
    Break(found.map_or(Front::Unclear, |(start, end)| clause.phrase(from + start, from + end)))
}

/// 青年工人中有六成, 职工里有3人: what is counted stands in the frame.
fn framed<'p>(_: &Clause<'_>, piece: &'p str) -> ControlFlow<Front, &'p str> {
    let frame = piece.strip_suffix(['中', '里']);
    let word = || ["其中", "集中", "高中", "初中", "当中"].iter().any(|w| piece.ends_with(w));
    Continue(frame.filter(|_| !word()).unwrap_or(piece))
}

/// 人均6.1公斤,是世界平均水平的1/15: what it is compared with.
fn is_of<'p>(clause: &Clause<'_>, piece: &'p str) -> ControlFlow<Front, &'p str> {
    const IS: [&str; 9] = ["是", "为", "相当于", "约为", "仅为", "只有", "只是", "仅是", "才是"];
    if !clause.is(&[Percentage]) || !piece.ends_with('的') || !IS.iter().any(|w| piece.starts_with(w)) {
        return Continue(piece);
    }
    let found = clause.carried_where(|p| {
        carry::beside_any(clause.block, p, clause.candidate)
            || p.kind == Multiple && carry::opens_next_clause(clause.block, p, clause.candidate)
    });
    Break(Front::phrase_or(found, Front::Unclear))
}

/// 教育经费按工资总额的2%提取: what stands before the measure is the share, what stands behind it the whole.
fn measured_by<'p>(clause: &Clause<'_>, piece: &'p str) -> ControlFlow<Front, &'p str> {
    const MEASURES: [&str; 8] = ["按照", "按", "达到", "超过", "相当于", "是", "为", "达"];
    if !clause.is(&[Percentage]) || !piece.ends_with('的') {
        return Continue(piece);
    }
    let in_word = |i: usize| {
        piece[i..].starts_with('达')
            && (piece[..i].ends_with(['下', '到', '传', '发', '表']) || is_inside_name(piece, i))
            // 企业为每名员工补贴车费的一半: for whom.
            || piece[i..].starts_with("为每")
    };
    let measure = MEASURES.iter().filter_map(|w| piece.find(w)).filter(|&i| i > 0 && !in_word(i)).min();
    Continue(measure.map_or(piece, |i| &piece[..i]))
}

/// 优惠部分由工会承担70%: not who bears it.
fn borne_by<'p>(clause: &Clause<'_>, piece: &'p str) -> ControlFlow<Front, &'p str> {
    const BEARS: &[&str] = &["承担", "负担", "支付", "分担", "解决", "报销"];
    const GIVES: &[&str] = &["出资", "补贴", "补助", "资助"];
    let bears = clause.is_measure() && without_end(piece, BEARS).is_some();
    let gives = clause.is_relative() && without_end(piece, GIVES).is_some();
    let by = piece.rfind('由').filter(|&i| i > 0 && (bears || gives));
    Continue(by.map_or(piece, |i| &piece[..i]))
}

/// 职工在代表中的比例: not among whom.
fn share_among<'p>(clause: &Clause<'_>, piece: &'p str) -> ControlFlow<Front, &'p str> {
    let is_share = clause.is_relative() && without_end(piece, &["比例", "比重", "份额"]).is_some();
    let among = piece.rfind('在').filter(|&i| i > 0 && !piece[..i].ends_with(['存', '现', '所', '内']));
    let Some(among) = among.filter(|_| is_share) else { return Continue(piece) };
    // 初级产品在出口额中的比重: with what it is a share of.
    match phrase::before(&piece[..among], Wanted::Share).filter(|found| found.1 == among) {
        Some((start, _)) => Break(clause.phrase(start, piece.len())),
        None => Continue(&piece[..among]),
    }
}

/// 债务占总额的55%: what stands before 占 is the share, what stands behind it the whole.
fn makes_up<'p>(clause: &Clause<'_>, piece: &'p str) -> ControlFlow<Front, &'p str> {
    const WORDS: [&str; 4] = ["占地", "占有", "占比", "占据"];
    const NO_WORDS: [&str; 3] = ["占地球", "占地区", "占地方"];
    let Clause { block, index, known, .. } = *clause;
    let begins = |at: usize, words: &[&str]| words.iter().any(|w| piece[at..].starts_with(w));
    let verb = piece.rfind('占').filter(|_| clause.is(&[Percentage]));
    let Some(verb) = verb.filter(|&at| !begins(at, &WORDS) || begins(at, &NO_WORDS)) else { return Continue(piece) };
    // 占市场比重19%: the share itself is named.
    if verb == 0 && ["比重", "份额", "比例"].iter().any(|w| piece.ends_with(w)) {
        // The word itself: jieba parts 的比|重.
        let word = piece.char_indices().rev().nth(1).map_or(0, |(at, _)| at);
        return Break(clause.phrase(word, piece.len()));
    }
    let whose = without_adverbs(&piece[..verb]);
    if !whose.is_empty() {
        return Continue(whose);
    }
    // 占全国的11%,却占全省的16%: of the same.
    let found = clause
        .carried_where(|p| carry::beside(block, p, clause.candidate))
        .or_else(|| carry::counted_before(block, index, known))
        .or_else(|| carry::unread_before(block, clause.dated.max(clause.from)));
    Break(Front::phrase_or(found, Front::Nothing))
}

/// Whether the character at the byte `at` is inside of a word of three characters or more (哥斯达黎加).
fn is_inside_name(piece: &str, at: usize) -> bool {
    const REACH: usize = 4;
    let starts = piece[..at].char_indices().rev().take(REACH).map(|(i, _)| i);
    let behind = &piece[at..];
    let ends = || behind.char_indices().skip(1).take(REACH).map(|(i, c)| at + i + c.len_utf8());
    starts.into_iter().any(|from| ends().any(|to| jieba().has_word(&piece[from..to])))
}

/// A piece without the adverbs that stand before the verb it was cut at (收入大约仅|为平均水平的70%).
pub(super) fn without_adverbs(mut piece: &str) -> &str {
    const ADVERBS: &[&str] = &[
        "总体",
        "争取",
        "力争",
        "努力",
        "连续",
        "整整",
        "几乎",
        "大约",
        "仅仅",
        "目前",
        "远远",
        "率先",
        "一举",
        "大大",
        "大幅度",
        "大致",
        "一直",
        "已经",
        "初步",
        "则",
        "曾",
    ];
    static LIST: LazyLock<WordList> =
        LazyLock::new(|| WordList::of_last(&[ADVERBS, adverbs::OF_CHANGE, adverbs::OF_ANY_VERB].concat()));
    while let Some(word) = LIST.ends(piece).next() {
        piece = &piece[..piece.len() - word.len()];
    }
    piece
}
