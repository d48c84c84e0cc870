//! Who says a quote.
//!
//! In: a block with its quotes, people and organisations. Out: a name for each quote, or None. Method, in this order:
//!
//! 1. the words before it, where a verb of saying leads it in: X说:“…”, X告诉记者,“…”;
//! 2. the words behind the quote: “…”X说。, up to the verb of saying in the same sentence;
//! 3. the words before it in the same sentence: X:“…”, X坦言,…,“…”;
//! 4. for a quote that is a sentence by itself, the person that the next sentence names first, else the one of the
//!    sentence before.
//!
//! A speaker without a name is named by the phrase (市总工会权益部负责人). 他 and 她 mean the last person.

use std::sync::LazyLock;

use crate::text::{CharFilter, Span, WordFinder, is_sentence_end, is_word};

use super::organisation::Organisation;
use super::person::Person;
use super::{Scan, border};

/// Characters between a quote and its verb of saying.
const REACH: usize = 40;
/// Characters of a sentence that are looked through for a speaker before a quote.
const SENTENCE: usize = 60;

/// What a verb of saying may be behind a speaker.
const VERBS: [&str; 46] = [
    "说", "表示", "介绍", "告诉", "坦言", "感慨", "感叹", "回忆", "透露", "指出", "强调", "认为", "评价", "解释",
    "补充", "直言", "笑言", "称", "道", "问", "答", "喊", "感激", "赞叹", "呼吁", "表态", "建议", "谈到", "谈起",
    "讲述", "总结", "写道", "致辞", "分析", "点赞", "夸", "叮嘱", "嘱咐", "承诺", "祝福", "发出", "提醒", "反问",
    "激动", "哽咽", "算了",
];

/// The speaker of each quote.
pub(super) fn of(
    scan: &Scan<'_>,
    quotes: &[Span],
    people: &[Person],
    organisations: &[Organisation],
) -> Vec<Option<String>> {
    let mut speakers: Vec<Option<String>> = Vec::with_capacity(quotes.len());
    for (n, quote) in quotes.iter().enumerate() {
        let next = quotes.get(n + 1).map_or(scan.text.len(), |q| q.start as usize);
        let last = n.checked_sub(1).and_then(|m| quotes.get(m)).map_or(0, |q| q.end as usize);
        let in_front = || in_front(scan, last, quote.start as usize, people, organisations);
        let behind = || behind(scan, quote.end as usize, next, people, organisations);
        // 甲说:“…”乙说:“…”: what stands behind a led quote may lead the next one.
        let start = quote.start as usize;
        let is_led = verb_before(scan.text, start);
        let found = if is_led {
            in_front()
        } else if said_before(scan.text, start).is_some_and(|verb| verb >= last) {
            in_front().or_else(behind)
        } else {
            behind().or_else(in_front)
        };
        let found = found
            .or_else(|| {
                // “…”“…” and “…,”X说,“…”: what follows a told quote without a word between goes on.
                (n > 0 && scan.text[last..quote.start as usize].trim().is_empty())
                    .then(|| speakers[n - 1].clone())
                    .flatten()
            })
            .or_else(|| if is_led { None } else { around(scan, *quote, last, next, people) });
        speakers.push(found);
    }
    speakers
}

/// Whether a verb of saying ends right before byte `at`, but for a colon or comma.
pub(super) fn verb_before(text: &str, at: usize) -> bool {
    static LAST: LazyLock<CharFilter> =
        LazyLock::new(|| CharFilter::new(VERBS.iter().filter_map(|v| v.chars().next_back())));
    let led = text[..at].trim_end_matches([':', '：', ',', '，', ' ']);
    // 有人问他：.
    let led = ["他", "她", "我", "我们", "大家"].iter().find_map(|whom| led.strip_suffix(whom)).unwrap_or(led);
    let from = border::back(led, led.len(), 6);
    led.chars().next_back().is_some_and(|c| LAST.may_hold(c)) && VERBS.iter().any(|v| led[from..].ends_with(v))
        || led[from..].ends_with("记者")
        || led[from..].ends_with("笔者")
}

/// Where the last verb of saying before byte `at` begins that a comma stands behind, in the same sentence: X坦言,…,“…”.
pub(super) fn said_before(text: &str, at: usize) -> Option<usize> {
    let floor = border::back(text, at, SENTENCE);
    let from = text[floor..at].rfind(is_sentence_end).map_or(floor, |i| floor + i);
    // “少坐着说，多站着干”，“…”: what another quote says is no saying.
    let from = text[from..at].rfind(['“', '”']).map_or(from, |i| from + i);
    let mut last = None;
    FINDER.find(&text[from..at], |start, end, _| {
        if text[from + end as usize..].starts_with([',', '，']) {
            last = Some(from + start as usize);
        }
        true
    });
    last
}

/// Whether a verb of saying stands in the clause that begins at byte `at`.
pub(super) fn verb_after(text: &str, at: usize) -> bool {
    let clause = clause(text, at);
    verb_in(clause).is_some_and(|v| v > 0)
}

/// The clause at `at`, without a mark that opens it.
fn clause(text: &str, at: usize) -> &str {
    let rest = &text[at..border::on(text, at, REACH)];
    let lead = rest.len() - rest.trim_start_matches([',', '，', '。', ' ', '—']).len();
    let end = rest[lead..]
        .find(['。', '，', ',', '“', '：', ':', '!', '！', '?', '？', ';', '；'])
        .map_or(rest.len(), |i| lead + i);
    &rest[lead..end]
}

static FINDER: LazyLock<WordFinder> = LazyLock::new(|| WordFinder::new(&VERBS));

/// Where the last verb of saying begins in `stretch`.
fn last_verb(stretch: &str) -> Option<usize> {
    let mut last = None;
    FINDER.find(stretch, |start, _, _| {
        last = Some(start as usize);
        true
    });
    last
}

/// Where the first verb of saying begins in a clause.
fn verb_in(clause: &str) -> Option<usize> {
    // Of each verb only the first mention counts.
    let mut seen = 0_u64;
    let mut first = None;
    FINDER.find(clause, |start, end, number| {
        let rest = &clause[end as usize..];
        // 说明, 说法, 道路, 称号 say nothing.
        let other = rest.starts_with(['明', '法', '服', '路', '理', '德', '号', '职', '题', '案', '复', '应', '会']);
        if seen & 1 << number == 0 && !other {
            first = Some(start as usize);
        }
        seen |= 1 << number;
        first.is_none()
    });
    first
}

/// “…”X说: the speaker stands behind the quote.
fn behind(
    scan: &Scan<'_>,
    at: usize,
    next: usize,
    people: &[Person],
    organisations: &[Organisation],
) -> Option<String> {
    let text = scan.text;
    let clause = clause(text, at);
    let start = clause.as_ptr() as usize - text.as_ptr() as usize;
    let verb = start + verb_in(clause)?;
    if verb >= next {
        return None;
    }
    who(scan, start, verb, people, organisations)
}

/// X说:“…”: the speaker stands before the quote, in the same sentence.
fn in_front(
    scan: &Scan<'_>,
    last: usize,
    at: usize,
    people: &[Person],
    organisations: &[Organisation],
) -> Option<String> {
    let text = scan.text;
    let led = text[last..at].trim_end();
    let mark = led.chars().next_back()?;
    if !matches!(mark, ':' | '：' | ',' | '，') {
        return None;
    }
    if !verb_before(text, at) && !matches!(mark, ':' | '：') {
        let verb = said_before(text, at).filter(|&verb| verb >= last)?;
        return who(scan, border::back(text, verb, REACH).max(last), verb, people, organisations);
    }
    let sentence = led[..led.len() - mark.len_utf8()].rfind(is_sentence_end).map_or(last, |i| last + i);
    let floor = border::back(text, at, SENTENCE).max(sentence);
    let end = at - (text[last..at].len() - led.len()) - mark.len_utf8();
    // The verb's own subject is the last one that stands before it.
    let verb = last_verb(&text[floor..end]).map_or(end, |i| floor + i);
    who(scan, floor, verb, people, organisations)
}

/// The speaker that a stretch names: a person, an unnamed one, a pronoun's person.
fn who(scan: &Scan<'_>, from: usize, to: usize, people: &[Person], organisations: &[Organisation]) -> Option<String> {
    let text = scan.text;
    let before = people.partition_point(|p| (p.span.end as usize) <= to);
    if let Some((person, others)) = people[..before].split_last().filter(|(p, _)| p.span.start as usize >= from) {
        // 王大海对工会主席李强说: not to whom.
        let subject = others.last().filter(|p| p.span.start as usize >= from).filter(|p| {
            let between = &text[p.span.end as usize..person.span.start as usize];
            TO_WHOM.iter().any(|word| between.starts_with(word)) && !between.contains(is_sentence_end)
        });
        // 王大海走进车间,对工会主席李强说, 一名职工对李强说: somebody before them.
        if subject.is_none()
            && let Some(to) = addressed(scan, from, person)
        {
            return who(scan, from, to, people, organisations);
        }
        return Some(subject.unwrap_or(person).name(scan).to_owned());
    }
    let stretch = &text[from..to];
    if let Some(unnamed) = unnamed(scan, from, to, organisations) {
        return Some(unnamed);
    }
    let opening = stretch.trim_start_matches(|c| is_sentence_end(c) || matches!(c, '”' | '’'));
    let pronoun = ["他", "她", "该负责人", "这位负责人", "该工作人员"]
        .iter()
        .any(|p| opening.starts_with(p) || stretch.ends_with(p));
    if pronoun {
        let speaker = people[..before].iter().rev().find(|p| addressed(scan, 0, p).is_none());
        return speaker.map(|p| p.name(scan).to_owned());
    }
    None
}

/// Where the word begins that says that the person is spoken to: right before the name, or before the title that stands
/// there.
fn addressed(scan: &Scan<'_>, from: usize, person: &Person) -> Option<usize> {
    const WORDS: [&str; 4] = ["对", "向", "跟", "告诉"];
    let before = scan.text.get(from..person.span.start as usize)?;
    let title = person.standing.title.as_deref().unwrap_or_default();
    let untitled = before.strip_suffix(title).unwrap_or(before);
    let found = [before, untitled].into_iter().find_map(|before| {
        let at = before.len() - WORDS.iter().find(|word| before.ends_with(**word))?.len();
        // 面对李强, 结对干部李强: the end of another word.
        let joined = at > 0 && is_word(&before[border::back(before, at, 1)..border::on(before, at, 1)]);
        (!joined).then_some(at)
    })?;
    Some(from + found)
}

/// What stands between who speaks and to whom.
const TO_WHOM: [&str; 8] = ["对", "向", "跟", "握着", "握住", "拉着", "拉住", "告诉"];

/// Offices and occupations that a speaker without a name is called by.
const UNNAMED: [&str; 16] = [
    "干部",
    "相关负责人",
    "有关负责人",
    "主要负责人",
    "负责人",
    "工作人员",
    "工会主席",
    "主席",
    "主任",
    "书记",
    "老板",
    "经理",
    "职工",
    "员工",
    "司机",
    "代表",
];

static TITLES: LazyLock<WordFinder> = LazyLock::new(|| WordFinder::new(&UNNAMED));

/// 市总工会权益部负责人: an office without a name, with the organisation in front of it.
fn unnamed(scan: &Scan<'_>, from: usize, to: usize, organisations: &[Organisation]) -> Option<String> {
    let text = scan.text;
    let stretch = &text[from..to];
    // The last one, and of those that end alike the longest, which begins first.
    let mut title: Option<(usize, usize)> = None;
    TITLES.find(stretch, |start, end, _| {
        let (start, end) = (from + start as usize, from + end as usize);
        if title.is_none_or(|known| end > known.1) {
            title = Some((start, end));
        }
        true
    });
    let title = title?;
    let gap = &text[title.1..to];
    if gap.chars().count() > 8 {
        return None;
    }
    let before = organisations.partition_point(|o| (o.span.end as usize) <= title.0);
    let organisation = organisations[..before]
        .last()
        .filter(|o| o.span.start as usize >= from && border::on(text, o.span.end as usize, 8) >= title.0);
    let start = organisation.map_or_else(|| border::run_start(text, title.0, 12).max(from), |o| o.span.start as usize);
    Some(text[start..title.1].to_owned())
}

/// The person that the sentence behind a whole-sentence quote names, else the one of the sentence before.
fn around(scan: &Scan<'_>, quote: Span, last: usize, next: usize, people: &[Person]) -> Option<String> {
    let text = scan.text;
    let inner = quote.of(text).trim_end_matches(['”', '」', '』', '"']);
    if !inner.ends_with(is_sentence_end) {
        return None;
    }
    let end = quote.end as usize;
    let stop = text[end..next].find(['。', '！', '？', '!', '?']).map_or(next, |i| end + i);
    let behind = people.partition_point(|p| (p.span.start as usize) < end);
    if let Some(person) = people.get(behind).filter(|p| (p.span.end as usize) <= stop) {
        return Some(person.name(scan).to_owned());
    }
    let start = quote.start as usize;
    let before = text[last..start].trim_end();
    let sentence = before.trim_end_matches(is_sentence_end).rfind(is_sentence_end).map_or(last, |i| last + i);
    people[..behind]
        .last()
        .filter(|p| (p.span.start as usize) >= sentence && (p.span.end as usize) <= start)
        .map(|p| p.name(scan).to_owned())
}
