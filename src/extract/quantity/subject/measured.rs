//! Whose age, duration or area a measure is.
//!
//! In: a block's candidates, and which of them. Out: the phrase, in bytes of the printed text. An age belongs to the name
//! or noun beside it, an average to itself (平均年龄); an area to the thing whose 占地面积 it is.

use super::behind::{behind, piece_behind};
use super::carry;
use super::front::{Front, in_front};
use crate::extract::quantity::age::is_end_of_name;
use crate::extract::quantity::block::{Block, Known, Phrase, REACH};
use crate::extract::quantity::links::{link_before, plain_link_before};
use crate::extract::quantity::phrase::Wanted;
use crate::extract::quantity::{noun, phrase};
use crate::record::FactKind;
use crate::text::sentence;

/// The longest clause that is taken for a name, in characters.
const LONGEST_NAME: usize = 8;

/// Bits in favour of a name behind 50岁的, as in the settings of entities.
const BEHIND_AGE: f32 = 10.0;

/// Words between a name and an age, longest first.
const AGE_LINKS: &[&str] = &[
    "年龄只有",
    "年龄在",
    "年龄为",
    "已经",
    "只有",
    "今年",
    "现年",
    "当年",
    "去年",
    "年仅",
    "年已",
    "年龄",
    "年满",
    "一般",
    "平均",
    "通常",
    "大多",
    "大都",
    "时年",
    "汉族",
    "男性",
    "女性",
    "那年",
    "不过",
    "不到",
    "才",
    "仅",
    "刚",
    "满",
    "已",
    "时",
    "是",
    "在",
    "男",
    "女",
    "年",
    "近",
    ",",
    "、",
];

/// Who is so old: an average itself, the name or noun behind 的, else the one before.
pub(super) fn age(block: &Block<'_>, index: usize, known: Known<'_>) -> Option<Phrase> {
    const AVERAGE: &str = "平均年龄";
    let candidate = block.candidates.get(index)?;
    let text = block.text;
    let mut at = candidate.start;
    while let Some(n) = plain_link_before(text, at).filter(|_| !text.has_before(at, AVERAGE)) {
        at -= n;
    }
    if text.has_before(at, AVERAGE) {
        return Some((text.byte(at - AVERAGE.chars().count()), text.end_byte(at, block.printed)));
    }
    let of = candidate.end + if text.has(candidate.end, "高龄") { 2 } else { 0 };
    if text.get(of) == '的' {
        let (a, b) = (text.byte(of), text.end_byte(piece_behind(block, index)?.1, block.printed));
        let piece = block.printed.get(a..b)?;
        let rest = piece.strip_prefix('的').unwrap_or(piece);
        // 46岁的“高铁医生”孙建民: what he is called, and his name.
        let called = rest.strip_prefix('“').and_then(|r| r.split_once('”')).filter(|(c, _)| c.chars().count() <= 10);
        if let Some((_, behind)) = called
            && let Some(n) = crate::text::name_prefix(behind, BEHIND_AGE)
        {
            let start = a + piece.len() - behind.len();
            return Some((start, start + n));
        }
        // 50岁的张某, 34岁的张雪: a name that no dictionary has; in 农民袁某 it is still to come.
        let noun = noun::at_start(rest).is_some_and(|(_, kind)| kind == noun::Noun::Person);
        // 巴西球星: the name of a place is no person's.
        let place =
            |n: &usize| matches!(crate::text::jieba().tag(&rest[..*n], false).as_slice(), [one] if one.tag == "ns");
        // 3岁的那年: 那 is a surname too.
        let when = ["那年", "那一年", "那天", "那时", "那个", "那会", "那些"].iter().any(|word| rest.starts_with(word));
        if let Some(n) = crate::text::name_prefix(rest, BEHIND_AGE).filter(|n| !noun && !when && !place(n)) {
            let start = a + piece.len() - rest.len();
            return Some((start, start + n));
        }
        // 58岁的老何从事….
        if let Some(name) = familiar(rest) {
            let start = a + piece.len() - rest.len();
            return Some((start, start + name.len()));
        }
        // 58岁的她.
        let mut letters = rest.chars();
        if let Some(who) = letters.next().filter(|c| matches!(c, '她' | '他' | '我' | '你')) {
            let next = letters.next().unwrap_or('\0');
            let start = a + piece.len() - rest.len();
            // 我国选手, 他妻子: the next word's.
            if !crate::text::is_cjk(next) || next == '们' || BEHIND_WHO.contains(next) {
                let more = if next == '们' { next.len_utf8() } else { 0 };
                return Some((start, start + who.len_utf8() + more));
            }
        }
        // 3岁的那年: who is meant stands before.
        let person = |&(start, end): &Phrase| !piece[start..end].starts_with(['那', '这']);
        if let Some((start, end)) = phrase::after(piece, true, Wanted::Person).filter(person) {
            // 老劳模孙国强: with the name that follows.
            let rest = piece.get(end..).unwrap_or_default();
            let foreign = || {
                let words = crate::text::jieba().tag(rest, false);
                words
                    .first()
                    .filter(|w| w.tag.starts_with("nr") && w.word.chars().nth(1).is_some())
                    .map(|w| w.word.len())
            };
            let named = crate::text::name_prefix(rest, BEHIND_AGE).or_else(foreign).unwrap_or(0);
            return Some((a + start, a + end + named));
        }
    } else if let Some(found) = behind(block, index, false, Wanted::Person)
        && found.0 == text.byte(candidate.end)
        && block.printed.get(found.0..found.1).and_then(noun::of) == Some(noun::Noun::Person)
    {
        // 17岁小将.
        return Some(found);
    }
    // 距60岁生日: of nobody who is named there.
    if matches!(text.before(candidate.start), '距' | '离') {
        return None;
    }
    let previous = block.previous(index);
    let floor = previous.map_or(0, |c| c.end);
    let mut at = candidate.start;
    while let Some(n) = text.one_before(at, AGE_LINKS).filter(|n| at - n >= floor) {
        // 王志刚今年39岁: the end of a name.
        // But 刘强刚满25岁.
        let just = text.get(at) == '满';
        if text.before(at) == '刚' && at < candidate.start && !just && is_end_of_name(text, at, BEHIND_AGE) {
            break;
        }
        // 幼女8岁: a word's last character, and no sex.
        if matches!(text.before(at), '男' | '女') && n == 1 && crate::text::is_cjk(text.before(at - 1)) {
            break;
        }
        at -= n;
    }
    // 平均年龄由54岁降到46岁: the second level is of the same.
    if previous.is_some_and(|p| p.kind == FactKind::Age)
        && candidate.start <= floor + 4
        && text.one_before(candidate.start, &["到", "至", "为"]).is_some()
    {
        return known.get(index - 1).copied().flatten();
    }
    let from = sentence::clause_start(text, at, REACH).max(floor);
    let (a, b) = (text.byte(from), text.end_byte(at, block.printed));
    let piece = block.printed.get(a..b)?;
    // 幼女被收养时8岁: who it is done to.
    let piece = piece.split_once('被').map_or(piece, |(who, _)| who);
    let name = name_at_end(piece);
    // 赵师傅21岁进厂,今年43岁: nobody else is named in between.
    if from == floor && previous.is_some_and(|p| p.kind == FactKind::Age) && at < candidate.start && name.is_none() {
        return known.get(index - 1).copied().flatten();
    }
    // From the clause before only a name on its own: 李明,50岁.
    let other_clause = (at..candidate.start).any(|i| text.get(i) == ',');
    if piece.ends_with('的') {
        return None;
    }
    let phrase = phrase::before(piece, Wanted::Person);
    let start = phrase.map(|p| p.0).into_iter().chain(name).min()?;
    let end = if name.is_some() { piece.len() } else { phrase?.1 };
    if other_clause && at - from > LONGEST_NAME && name.is_none() {
        return None;
    }
    (start < end).then_some((a + start, a + end))
}

/// What is said behind who it is said of.
const BEHIND_WHO: &str = "说在就已还也从到和对把用又却仍便才刚曾正将每站坐";

/// The familiar name that a text opens with: 老何从事…; not 老家, 小学.
fn familiar(text: &str) -> Option<&str> {
    let mut letters = text.char_indices();
    let (first, (_, surname)) = (letters.next()?.1, letters.next()?);
    let (end, next) = letters.next().map_or((text.len(), ' '), |(at, next)| (at, next));
    let apart = !crate::text::is_cjk(next) || BEHIND_WHO.contains(next) || "是带做干住被来去".contains(next);
    let name = &text[..end];
    // 老师, 小时, 老成; the dictionary has 老何 for a pronoun.
    let names_other = |tag: &str| tag.starts_with(['n', 'v', 't', 'a']) && !tag.starts_with("nr");
    let word = || matches!(crate::text::jieba().tag(name, false).as_slice(), [one] if names_other(one.tag));
    (is_familiar(first, surname) && apart && !word()).then_some(name)
}

/// Whether it is how one calls a colleague: 老周.
fn is_familiar(first: char, surname: char) -> bool {
    matches!(first, '老' | '大' | '小' | '阿') && crate::text::is_surname(surname)
}

/// Where the personal name begins that a phrase ends in (职工金某某).
fn name_at_end(phrase: &str) -> Option<usize> {
    // Bits in favour of a name that is the whole clause, and of one at its end.
    const WHOLE: f32 = 10.0;
    const PART: f32 = 0.0;
    let chars: Vec<(usize, char)> = phrase.char_indices().collect();
    [3, 2, 4].into_iter().find_map(|n| {
        let first = chars.len().checked_sub(n)?;
        let &(at, surname) = chars.get(first)?;
        // 老周今年52岁.
        if n == 2 && first == 0 && chars.get(1).is_some_and(|c| is_familiar(surname, c.1)) {
            return Some(at);
        }
        let named = crate::text::is_surname(surname) || crate::text::starts_with_compound_surname(&phrase[at..]);
        let favour = if first == 0 { WHOLE } else { PART };
        (named && crate::text::is_plausible(&phrase[at..], favour)).then_some(at)
    })
}

/// The word for a length of time whose measure a duration is: 工期缩短半年, 保障期限为一年.
fn term(block: &Block<'_>, index: usize, known: Known<'_>) -> Option<Phrase> {
    const TERMS: &[&str] = &[
        "工期",
        "期限",
        "工龄",
        "教龄",
        "党龄",
        "军龄",
        "寿命",
        "任期",
        "学制",
        "聘期",
        "刑期",
        "产假",
        "假期",
        "年限",
        "时限",
        "回收期",
        "建设期",
        "服务期",
        "过渡期",
        "合同期",
        "周期",
        "时长",
        "保质期",
        "有效期",
        "保修期",
        "试用期",
        "时间",
        "用时",
        "学时",
    ];
    /// Words between the two that are no links elsewhere.
    const LONG: &[&str] = &[
        "可长达",
        "长达",
        "可达",
        "由原来的",
        "原来的",
        "总计",
        "累计",
        "平均",
        "全部在",
        "在",
        "会",
        "可",
        "能",
        "缩短到",
        "缩短至",
        "压缩到",
        "压缩至",
        "延长到",
        "延长至",
    ];
    let text = block.text;
    let candidate = block.candidates.get(index)?;
    let start = candidate.start;
    // 行车时间由4个小时缩短到一个半小时.
    if carry::is_raised(block, index) {
        return known.get(index - 1).copied().flatten();
    }
    let mut at = start;
    while let Some(n) = text.one_before(at, LONG).or_else(|| link_before(text, at)) {
        at -= n;
    }
    if let Some(n) = text.one_before(at, &["时间", "时长", "学时", "用时"]) {
        const MODIFIER: usize = 5;
        const APART: &str = "的了由把在与和及或是有为从到每期年月日天这那段些很长短其";
        // 疗休养时间, 服务时长: what jieba knows no word for.
        let floor = sentence::clause_start(text, at, REACH)
            .max(block.last_date_end(at).unwrap_or(0))
            .max(block.previous(index).map_or(0, |c| c.end))
            .max(at.saturating_sub(n + MODIFIER));
        let parts = |i: &usize| APART.contains(text.get(*i)) || !crate::text::is_cjk(text.get(*i));
        let from = (floor..at - n).rev().find(parts).map_or(floor, |i| i + 1);
        // 有时|长达三小时.
        let named = text.get(candidate.end) != '的' && !text.has_before(at, "有时长");
        return named.then(|| (text.byte(from), text.end_byte(at, block.printed)));
    }
    let ends = |i: usize| {
        matches!(text.get(i), '期' | '限' | '龄' | '命' | '制' | '假' | '长' | '间' | '时')
            && text.one_before(i + 1, TERMS).is_some()
    };
    if !(sentence::clause_start(text, start, TERM_REACH)..start).any(ends) {
        return None;
    }
    let Front::Phrase(a, b) = in_front(block, index, known) else { return None };
    TERMS.iter().any(|t| block.printed.get(a..b).is_some_and(|p| p.ends_with(t))).then_some((a, b))
}

/// How far before a duration a word for it stands, in characters.
const TERM_REACH: usize = 12;

/// What lasted so long: what follows 的; or, where something goes on (连续10年…, 十几年…下来), what is said behind.
pub(super) fn duration(block: &Block<'_>, index: usize, known: Known<'_>) -> Option<Phrase> {
    let candidate = block.candidates.get(index)?;
    if let Some(found) = term(block, index, known) {
        return Some(found);
    }
    // 运动会历时40天.
    if block.text.get(candidate.end) != '的'
        && let Some(n) = block.text.one_before(candidate.start, &["历时", "为期", "持续了"])
    {
        let end = candidate.start - n;
        let named = block.phrase_before(sentence::clause_start(block.text, end, REACH), end, Wanted::Thing);
        if named.is_some() {
            return named;
        }
    }
    let (from, to) = piece_behind(block, index)?;
    if from >= to {
        return None;
    }
    if block.text.get(candidate.end) == '的' {
        let (a, b) = (block.text.byte(from + 1), block.text.end_byte(to, block.printed));
        let piece = block.printed.get(a..b)?;
        let (start, end) = phrase::act(piece).or_else(|| phrase::after(piece, false, Wanted::Thing))?;
        let named = piece.get(start..end).is_some_and(|word| word.chars().any(char::is_alphanumeric));
        return named.then_some((a + start, a + end));
    }
    // 26年教龄, 10年党龄.
    if block.text.get(from + 1) == '龄' {
        return Some((block.text.byte(from), block.text.end_byte(from + 2, block.printed)));
    }
    let (a, b) = (block.text.byte(from), block.text.end_byte(to, block.printed));
    let piece = block.printed.get(a..b)?;
    let piece = piece.split('、').next()?;
    if let Some(at) = piece.find("下来") {
        return (at > 0).then_some((a, a + at));
    }
    let goes_on = block.text.one_before(candidate.start, &["连续", "持续", "坚持", "一连"]).is_some();
    (goes_on && piece.chars().count() > 1).then_some((a, a + piece.len()))
}

/// What is so large: the thing whose 占地面积 it is, also in the clause before.
pub(super) fn area(block: &Block<'_>, index: usize, known: Known<'_>) -> Option<Phrase> {
    const SIZES: &[&str] = &["总建筑面积", "占地面积", "建筑面积", "总面积", "面积", "占地", "建筑规模"];
    let candidate = block.candidates.get(index)?;
    // 建筑面积3600平方米的活动中心: the thing behind is so large.
    if block.text.get(candidate.end) == '的'
        && let Some(found) = behind(block, index, true, Wanted::Thing)
    {
        return Some(found);
    }
    // 山顶13万亩荒山: the noun right behind, unless a place's size is told.
    if block.text.get(candidate.end) != '的'
        && block.text.one_before(candidate.start, SIZES).is_none()
        && block.text.one_of(candidate.end, &["范围", "区域", "面积", "地区", "空间", "场地"]).is_none()
        && let Some(found) =
            behind(block, index, false, Wanted::Thing).filter(|f| f.0 == block.text.byte(candidate.end))
    {
        return Some(found);
    }
    let Front::Phrase(a, b) = in_front(block, index, known) else {
        let text = block.text;
        let mut at = candidate.start;
        while let Some(n) = plain_link_before(text, at) {
            at -= n;
        }
        if let Some(n) = text.one_before(at, SIZES) {
            return owner(block, at - n).or_else(|| Some((text.byte(at - n), text.end_byte(at, block.printed))));
        }
        // 住房开工84万平方米,竣工39万平方米.
        if let Some(found) = super::carry::same_measure(block, index, known) {
            return Some(found);
        }
        // 7亩地: a word that a dictionary has for a particle.
        if matches!(text.get(candidate.end), '地' | '田') && !crate::text::is_cjk(text.get(candidate.end + 1)) {
            return Some((text.byte(candidate.end), text.end_byte(candidate.end + 1, block.printed)));
        }
        return behind(block, index, false, Wanted::Thing).or_else(|| behind(block, index, true, Wanted::Thing));
    };
    let found = block.printed.get(a..b)?;
    let Some(size) = SIZES.iter().find(|s| found.ends_with(**s)) else { return Some((a, b)) };
    let rest = b - size.len();
    // 播种面积: what the area is of is not named by it.
    if rest > a && *size == "面积" {
        return Some((a, b));
    }
    if rest > a {
        return Some((a, rest));
    }
    let at = block.text.index_of(a);
    // 面积从几万亩发展到几十万亩.
    if block.text.one_of(block.text.index_of(b), &["从", "由"]).is_some() {
        return Some((a, b));
    }
    // 新建活动室26个,面积1.1万平方米: of what was counted right before.
    let counted = || {
        let previous = block.previous(index)?;
        let thing = matches!(previous.kind, FactKind::Items | FactKind::Organisations);
        (thing && previous.end + 1 == at).then(|| known.get(index - 1).copied().flatten())?
    };
    owner(block, at).or_else(counted).or(Some((a, b)))
}

/// The phrase that ends the clause before `at`, where `at` opens its clause; else the one right before it.
fn owner(block: &Block<'_>, at: usize) -> Option<Phrase> {
    let text = block.text;
    let end = if text.before(at) == ',' { at - 1 } else { at };
    let from = sentence::clause_start(text, end, REACH);
    // 中心设有阅览室、健身房等,总面积2000平方米: of the whole.
    let holds = (from + 1..end).find(|&i| text.one_of(i, &["设有", "内设", "配有", "建有"]).is_some());
    let end = holds.filter(|_| end < at).unwrap_or(end);
    // 仿制而成,占地800平方米: one character is no thing.
    let named = |&(a, b): &Phrase| block.printed.get(a..b).is_some_and(|w| w.chars().nth(1).is_some());
    block.phrase_before(from, end, Wanted::Thing).filter(named)
}
