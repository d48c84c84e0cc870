//! Heads of noun phrases, by what they name: people, organisations, households, sums of money.
//!
//! A phrase's kind is that of the word it ends in (市总工会女职工 → 职工). The lists (`words`) are of newspaper Chinese
//! on unions and the economy; a word that is missing makes a count of 个 an item, nothing worse.

mod words;

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::text::folded::NOTHING;
use crate::text::{CharSet, PairFilter, WordList, ending, first_two};
use words::{
    GIVING, HOUSEHOLDS, MODIFIED, MONEY_WORDS, NO_PERSONS, NO_SUMS, NOMINAL_VERBS, ORGANISATIONS, PERSON_ENDS, PERSONS,
};

pub(super) use words::TRANSITIVE;

/// What a noun names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Noun {
    Person,
    Organisation,
    Household,
}

type ByLast = FxHashMap<(char, char), Vec<(&'static str, Noun)>>;

/// The nouns by their last two characters, or the only one, longest first; of equal ones the last that is listed.
static BY_LAST: LazyLock<ByLast> = LazyLock::new(|| {
    let lists = [(PERSONS, Noun::Person), (ORGANISATIONS, Noun::Organisation), (HOUSEHOLDS, Noun::Household)];
    let mut all: Vec<(&'static str, Noun)> =
        lists.iter().rev().flat_map(|&(list, noun)| list.iter().rev().map(move |word| (*word, noun))).collect();
    all.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    let mut nouns = ByLast::default();
    for (word, noun) in all {
        nouns.entry(last_two(word)).or_default().push((word, noun));
    }
    nouns
});

static LAST_TWO: LazyLock<PairFilter> = LazyLock::new(|| PairFilter::new(BY_LAST.keys().copied()));

/// The last characters, the very last first.
fn last_two(phrase: &str) -> (char, char) {
    first_two(phrase.chars().rev())
}

/// What the phrase names, by the longest noun it ends in.
pub(super) fn of(phrase: &str) -> Option<Noun> {
    let two = last_two(phrase);
    if matches!(two.0, '户' | '工') && only_ends_like(phrase) {
        return None;
    }
    let of = |two: (char, char)| if LAST_TWO.may_hold(two.0, two.1) { BY_LAST.get(&two) } else { None };
    let longest = |two: (char, char)| of(two).and_then(|nouns| nouns.iter().find(|(w, _)| phrase.ends_with(w)));
    let longest = longest(two).or_else(|| longest((two.0, NOTHING)));
    longest.map(|(_, noun)| *noun).or_else(|| ends_in_person(phrase).then_some(Noun::Person))
}

/// Whether a phrase ends like a noun for people or households and names none: 账户, 积累工.
pub(super) fn only_ends_like(phrase: &str) -> bool {
    ending(phrase, &["账户", "帐户", "窗户", "门户", "积累工", "义务工"]).is_some()
}

fn ends_in_person(phrase: &str) -> bool {
    static ENDS: CharSet = CharSet::new(PERSON_ENDS);
    static NONE: LazyLock<WordList> = LazyLock::new(|| WordList::of_last(NO_PERSONS));
    phrase.chars().next_back().is_some_and(|c| ENDS.has(c))
        && phrase.chars().count() > 1
        && !NONE.ends(phrase).any(|w| w.chars().count() > 1)
}

/// How long the noun for people or organisations is that stands at the start of `text`, in bytes, and what it names.
pub(super) fn at_start(text: &str) -> Option<(usize, Noun)> {
    static LISTS: LazyLock<[WordList; 2]> = LazyLock::new(|| [PERSONS, ORGANISATIONS].map(WordList::of_first));
    let longest = |list: &WordList, text: &str| list.starts(text).filter(|w| w.chars().count() > 1).map(str::len).max();
    let [persons, organisations] = &*LISTS;
    let person = longest(persons, text).map(|n| (n, Noun::Person));
    let organisation = longest(organisations, text).map(|n| (n, Noun::Organisation));
    // 工会会员, 公司职工: the people of one.
    if let Some((n, _)) = organisation
        && let Some(more) = text.get(n..).and_then(|rest| longest(persons, rest))
    {
        return Some((n + more, Noun::Person));
    }
    person.into_iter().chain(organisation).max_by_key(|(n, _)| *n)
}

/// Whether a noun for people, organisations or households begins within the first characters of `text`.
pub(super) fn opens(text: &str) -> bool {
    const MODIFIERS: usize = 4;
    let here = |(_, c): &(usize, char)| crate::text::is_cjk(*c);
    text.char_indices()
        .take(MODIFIERS + 1)
        .take_while(here)
        .map(|(at, _)| &text[at..])
        .any(|rest| at_start(rest).is_some() || HOUSEHOLDS.iter().any(|w| w.chars().count() > 1 && rest.starts_with(w)))
}

/// Whether a word for a sum ends at the character `at` (费用, 助学金, 股价).
pub(super) fn ends_sum(text: &crate::text::Folded, at: usize) -> bool {
    match text.get(at) {
        '金' => !matches!(text.before(at), '基' | '黄' | '冶' | '五' | '现' | '合' | '资'),
        '费' => !matches!(text.before(at), '消' | '浪' | '免' | '自' | '公' | '付'),
        '款' => !matches!(text.before(at), '条' | '付' | '收' | '交' | '还' | '退' | '汇' | '打' | '公' | '领' | '取'),
        '钱' => matches!(text.before(at), '工' | '货' | '房' | '药'),
        '租' => matches!(text.before(at), '月' | '年' | '日' | '房' | '地'),
        '薪' => !matches!(text.before(at), '欠' | '讨' | '清'),
        '价' => !matches!(text.before(at), '评' | '物' | '代'),
        '用' | '资' | '入' | '贴' | '助' | '准' => {
            text.one_before(at + 1, &["费用", "工资", "收入", "补贴", "补助", "津贴", "资助", "标准"]).is_some()
        }
        _ => false,
    }
}

/// Whether `word` ends like one for a sum or a rate, whatever a dictionary has it for (罚没款, 再就业率).
pub(super) fn is_sum(word: &str) -> bool {
    word.ends_with(['率', '额', '款', '金', '费', '税', '薪'])
        && word.chars().nth(1).is_some()
        && ending(word, NO_SUMS).is_none()
}

/// Whether `word` names a sum.
pub(super) fn names_money(word: &str) -> bool {
    static SET: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| MONEY_WORDS.iter().copied().collect());
    SET.contains(word)
}

/// Whether a phrase only says where something is counted (全市, 该公司).
pub(super) fn is_area(phrase: &str) -> bool {
    const WHERE: &[&str] = &[
        "国", "省", "市", "县", "区", "镇", "乡", "村", "厂", "公司", "集团", "系统", "行业", "校", "矿", "局", "州",
        "社会", "球", "会", "场", "院", "街道",
    ];
    const OUTSIDE: &[&str] = &["境外", "境内", "海外", "国外", "国内", "厂外", "厂内", "省外", "市外", "各地", "当地"];
    if phrase.ends_with(['外', '内', '地']) && OUTSIDE.contains(&phrase) {
        return true;
    }
    phrase.strip_prefix(['全', '我', '本', '该', '此']).is_some_and(|rest| WHERE.contains(&rest))
}

/// Whether a phrase ends in a word that names a sum.
pub(super) fn ends_in_money(phrase: &str) -> bool {
    static LIST: LazyLock<WordList> = LazyLock::new(|| WordList::of_last(MONEY_WORDS));
    LIST.ends(phrase).next().is_some() || ending(phrase, &["资金", "现金"]).is_some()
}

/// Whether a phrase ends in what a sum is called, by its last word or its last character.
pub(super) fn ends_in_sum(phrase: &str) -> bool {
    is_sum(phrase) || ends_in_money(phrase)
}

/// Whether `word` is an act of giving.
pub(super) fn is_giving(word: &str) -> bool {
    GIVING.contains(&word)
}

static TRANSITIVE_SET: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| TRANSITIVE.iter().copied().collect());

/// Whether `word` is a verb whose object is counted.
pub(super) fn is_transitive(word: &str) -> bool {
    TRANSITIVE_SET.contains(word)
}

static NOMINAL_SET: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| NOMINAL_VERBS.iter().copied().collect());

/// Whether jieba's verb `word` stands in a phrase like a noun.
pub(super) fn is_nominal_verb(word: &str) -> bool {
    NOMINAL_SET.contains(word) && !TRANSITIVE_SET.contains(word)
}

/// Whether a set phrase ends in a noun for a thing (活动中心).
pub(super) fn ends_in_thing(word: &str) -> bool {
    static LIST: LazyLock<WordList> = LazyLock::new(|| WordList::of_last(MODIFIED));
    LIST.ends(word).any(|m| m.chars().count() > 1)
}

/// Whether a verb right before `word` modifies it.
pub(super) fn is_modified(word: &str) -> bool {
    static SET: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| MODIFIED.iter().copied().collect());
    // Of the listed, those of one character also end a word of two.
    let last = word.char_indices().nth(1).filter(|(at, c)| at + c.len_utf8() == word.len()).map_or(0, |(at, _)| at);
    SET.contains(word) || is_sum(word) || word.ends_with("资金") || last > 0 && SET.contains(&word[last..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_what_it_ends_in() {
        assert_eq!(of("市总工会女职工"), Some(Noun::Person));
        assert_eq!(of("小微企业"), Some(Noun::Organisation));
        assert_eq!(of("困难家庭"), Some(Noun::Household));
        assert_eq!(of("商圈"), None);
        assert_eq!(of("职工文化活动中心"), None);
    }
}
