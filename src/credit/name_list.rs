//! Names in a row: where each ends, and which marks stand between them.
//!
//! In: a place where names may stand, and what the words around say for a name. Out: the names, up to the first that is
//! none, and whether the last of them was cut out of running text.

use std::sync::LazyLock;

use super::cursor::Cursor;
use super::dateline::{LONGEST_HOUSE, sources};
use super::lexicon::{ADVERBS, GIVEN_BY, NO_PEN_NAMES, NOT_BEHIND_BASE, Words, house_end, starts};
use super::people::{APART, BARE, LISTED, RUN, is_place, take_label, take_role};
use crate::text::{
    CharFilter, Span, given_cost, is_name_dot, is_plausible, is_sound, is_surname, jieba, name_cost, name_prefix,
    split_names, starts_with_compound_surname, text_cost,
};

/// Bits for a name that ends where a verb or the next role begins.
const CUT: f32 = 14.0;
/// Bits for a name that ends before a blank or a comma.
const BLANK_BEHIND: f32 = 8.0;
/// Bits that two characters at most cost as a given name that signs for a person (晓东).
const SIGNED: f32 = 26.0;
/// Bits of plain text from which two or three characters without a known surname still pass for a name, if everything
/// around them says so: two rare words.
const NO_WORD: f32 = 24.0;

/// A name that no statistics know (岩石, 晓亮, 扎西顿珠), where nothing else can stand: behind a role, up to a verb, the
/// next role or the border of the credit.
fn pen_name(cursor: &Cursor<'_>, closed: bool) -> Option<Found> {
    let run = cursor.run(RUN);
    let cut = cut_in(cursor, run);
    let part = &run[..cut.unwrap_or(run.len())];
    let mut behind = *cursor;
    behind.at += part.len();
    let mut next = behind;
    let letters = part.chars().count();
    let blank = next.skip_blanks();
    let role = blank && take_role(&mut { next }).is_some();
    // 记者 海涛 6月20日: a date opens the text.
    let dated = blank && letters < 4 && next.peek().is_some_and(|c| c.is_ascii_digit());
    let told = cut.is_some() || role || behind.at_verb();
    let ends = told || dated || behind.peek() == Some('、') || closed && next.at_end();
    let words = jieba().tag(part, false);
    let nominal = |tag: &str| matches!(tag.as_bytes().first(), Some(b'n' | b'a' | b'x')) && tag != "ad";
    let plain = match words.as_slice() {
        [one] => letters < 4 && nominal(one.tag) || one.tag.starts_with("nr"),
        // A name is cut anywhere; what is done is a word of its own (深入|采访).
        words => {
            words.iter().all(|w| nominal(w.tag) || w.tag != "d" && w.word.chars().count() == 1)
                && (letters < 4 || words.iter().any(|w| w.tag.starts_with("nr")))
        }
    };
    // 旦巴多吉: of a name that is known, and one that is not.
    let plain = plain || letters == 4 && is_half_tibetan(part);
    // 记者杭州报道: where from, not who.
    let plain = plain && !words.iter().any(|w| matches!(w.tag, "ns" | "nt"));
    let named = plain
        && (2..=4).contains(&letters)
        && ![ADVERBS, NOT_BEHIND_BASE, GIVEN_BY, NO_PEN_NAMES].iter().any(|list| list.contains(&part));
    let spans = vec![Span::new(cursor.at, behind.at)];
    (ends && named).then(|| Found { spans, end: behind.at, cut: cut.is_some(), marked_end: true, ran_into_text: false })
}

/// A list of names.
pub(super) struct Names {
    pub(super) spans: Vec<Span>,
    pub(super) marked_end: bool,
    /// Whether the last name was cut out of running text.
    pub(super) ran_into_text: bool,
}

/// Reads names joined by 、, commas or blanks, or by nothing. `pen`: only names can stand here, also unlikely ones.
pub(super) fn names(cursor: &mut Cursor<'_>, favour: f32, closed: bool, bare: bool, pen: bool) -> Names {
    let mut list = Names { spans: Vec::new(), marked_end: true, ran_into_text: false };
    let mut mark: Option<char> = None;
    loop {
        let mut ahead = *cursor;
        let mut here = favour;
        if !list.spans.is_empty() {
            let blank = ahead.skip_blanks();
            let this = if ahead.eat(&['、', '/']) {
                here = here.max(LISTED);
                '、'
            } else if ahead.eat(&[',']) {
                ','
            } else if blank {
                ' '
            } else {
                break;
            };
            ahead.skip_blanks();
            if mark.is_some_and(|m| m != this && !closed && m != '、') {
                break;
            }
            if this != '、' && !closed {
                here = here.min(BARE);
            }
            // （作者：甲 单位：某县总工会）.
            if ahead.rest().starts_with("单位")
                || { *cursor }.take_verb(true).is_some()
                || take_role(&mut { ahead }).is_some()
                || take_label(&mut { ahead }, closed && blank).is_some()
                || closed && blank && sources(&mut { ahead }).is_some()
            {
                break;
            }
            if !closed && this == ' ' && mark.is_none() && comma_behind(&ahead) {
                break;
            }
            mark = Some(this);
        }
        let unlikely = || if pen && matches!(mark, None | Some('、')) { pen_name(&ahead, closed) } else { None };
        let Some(found) = one_place(&ahead, here, closed, bare).or_else(unlikely) else { break };
        // Behind a blank or a comma text is no longer searched for where a name in it might end.
        if found.ran_into_text && mark.is_some_and(|m| m != '、') {
            break;
        }
        ahead.at = found.end;
        list.spans.extend(found.spans);
        list.marked_end = found.marked_end;
        list.ran_into_text = found.ran_into_text;
        *cursor = ahead;
        if found.cut || found.ran_into_text {
            break;
        }
    }
    list
}

/// Whether the run of characters here ends at a comma: then it opens a sentence, if blanks parted the names so far.
fn comma_behind(cursor: &Cursor<'_>) -> bool {
    let mut ahead = *cursor;
    let run = ahead.run(RUN);
    ahead.at += run.len();
    ahead.peek() == Some(',') && cut_in(cursor, run).is_none()
}

pub(super) struct Found {
    spans: Vec<Span>,
    end: usize,
    /// A verb or a role comes right behind it.
    cut: bool,
    marked_end: bool,
    ran_into_text: bool,
}

/// The name (or the names without a mark between them) that stands here.
pub(super) fn one_place(cursor: &Cursor<'_>, favour: f32, closed: bool, bare: bool) -> Option<Found> {
    let from = cursor.at;
    if let Some(end) = typeset_apart(cursor) {
        let cut = cursor.part(end, cursor.stop).stops_here();
        return Some(Found { spans: vec![Span::new(from, end)], end, cut, marked_end: true, ran_into_text: false });
    }
    if let Some(end) = if bare && closed { signed_apart(cursor) } else { None } {
        let spans = vec![Span::new(from, end)];
        return Some(Found { spans, end, cut: false, marked_end: true, ran_into_text: false });
    }
    let run = cursor.run(RUN);
    let cut = cut_in(cursor, run);
    let part = &run[..cut.unwrap_or(run.len())];
    let mut behind = *cursor;
    behind.at += part.len();
    let letters = part.chars().count();
    // 本报记者李刚是全国劳模: a sentence.
    let told = letters > 4 && part.chars().skip(2).any(|c| "是了的被把也因在着".contains(c));
    let told = told || letters > 3 && ["来到", "走进", "前往", "赶到", "看到"].iter().any(|verb| part.contains(verb));
    if told && closed && cut.is_none() {
        return None;
    }
    // 通讯员供图: what was done, and no name.
    if letters < 2 || GIVEN_BY.contains(&part) || is_way(part) {
        return None;
    }
    if favour < APART && ADVERBS.contains(&part) && behind.rest().starts_with("报道") {
        return None;
    }
    let mut next = behind;
    let blank = next.skip_blanks();
    let ends = next.at_end() || (blank && next.stops_here()) || behind.peek() == Some(':') || cut.is_some();
    let in_text = favour.min(APART);
    let apart = favour >= APART && blank;
    let favour = favour
        + match () {
            () if ends && !bare => CUT,
            () if behind.peek() == Some('、') || (bare && behind.peek() == Some(',')) => LISTED,
            () if blank || behind.peek() == Some(',') => BLANK_BEHIND,
            () => 0.0,
        };
    let whole = |spans| Found { spans, end: behind.at, cut: cut.is_some(), marked_end: true, ran_into_text: false };
    if bare && NO_PEN_NAMES.contains(&part) {
        return None;
    }
    if is_one_name(part, favour, (ends || closed || apart) && !bare) {
        return Some(whole(vec![Span::new(from, behind.at)]));
    }
    // （晓东）: a given name that signs alone, and no word.
    let signed = bare && closed && letters == 2 && behind.at_end();
    if signed && given_cost(part).is_some_and(|cost| cost <= SIGNED) && !jieba().has_word(part) {
        return Some(whole(vec![Span::new(from, behind.at)]));
    }
    // 索朗罗布: one, of two given names; 阿力木江: one that is written by its sound.
    let other = || letters == 4 && is_tibetan(part) || sounds_like_name(part, letters, cursor, bare);
    if (ends || closed || apart) && other() {
        return Some(whole(vec![Span::new(from, behind.at)]));
    }
    if ends || closed {
        if letters >= 4
            && let Some(parts) = split_names(part)
            && parts.iter().all(|p| is_plausible(p.of(part), favour))
        {
            let shift = |p: Span| Span::new(from + p.start as usize, from + p.end as usize);
            return Some(whole(parts.into_iter().map(shift).collect()));
        }
        if closed {
            return None;
        }
    }
    // Of bare names a verb must tell, and none begins inside of the part.
    if letters <= 3 || (bare && !behind.at_verb()) {
        return None;
    }
    let end = from + name_prefix(part, in_text)?;
    Some(Found { spans: vec![Span::new(from, end)], end, cut: false, marked_end: false, ran_into_text: true })
}

/// Given names such as Tibetans have two of in a row.
const TIBETAN: &[&str] = &[
    "索朗", "罗布", "多吉", "才让", "扎西", "顿珠", "次仁", "卓玛", "平措", "旺堆", "达瓦", "尼玛", "格桑", "洛桑",
    "拉姆", "边巴", "普布", "强巴", "丹增", "旦增", "旺久", "仁青", "加措", "白玛", "央金", "德吉", "曲珍", "桑珠",
    "巴桑", "米玛", "贡布", "群培", "坚赞", "旺姆", "措姆", "江村", "土登", "次旺", "欧珠", "拉巴", "嘎玛", "益西",
    "尕玛", "尕藏", "才旦", "才仁", "卓嘎", "央宗", "拉珍", "次珍", "旺杰", "晋美", "丹巴", "桑杰", "桑吉", "索南",
    "南卡", "赤列", "群觉", "阿旺", "贡嘎", "普琼", "达娃", "德庆", "华旦", "多杰", "东智", "班觉", "仁增", "次旦",
    "洛追", "嘉措", "旺修", "旺庆", "曲扎", "朗杰", "伦珠", "罗桑", "石达", "云丹", "拉毛", "措毛", "加布", "嘎瓦",
];

/// Whether four characters are two of these.
fn is_tibetan(part: &str) -> bool {
    part.char_indices().nth(2).is_some_and(|(at, _)| TIBETAN.contains(&&part[..at]) && TIBETAN.contains(&&part[at..]))
}

/// Whether four characters begin or end with one of these.
fn is_half_tibetan(part: &str) -> bool {
    part.char_indices().nth(2).is_some_and(|(at, _)| TIBETAN.contains(&&part[..at]) || TIBETAN.contains(&&part[at..]))
}

/// Whether a part of so many letters writes the sound of a name; where none but names say so (`bare`), one with a dot must
/// stand by it (阿力木江 热娜·艾力), since places are written so too.
fn sounds_like_name(part: &str, letters: usize, cursor: &Cursor<'_>, bare: bool) -> bool {
    (4..=7).contains(&letters)
        && part.chars().all(is_sound)
        && (!bare || cursor.rest().chars().any(is_name_dot))
        && !jieba().has_word(part)
}

/// 到海南, 赴北京: where a reporter went, and no name.
fn is_way(part: &str) -> bool {
    let place = part.strip_prefix(['到', '赴', '在', '去', '抵', '从', '来', '往']);
    place.is_some_and(|place| place.chars().nth(1).is_some() && is_place(place))
}

/// Whether `text` may begin with a name that stands in no bracket and has no dot in it: false is certain.
pub(super) fn may_begin_with_name(text: &str) -> bool {
    static GIVEN: LazyLock<CharFilter> = LazyLock::new(|| CharFilter::of_first(TIBETAN.iter().copied()));
    let first = text.chars().next();
    first.is_some_and(|c| is_surname(c) || GIVEN.may_hold(c)) || starts_with_compound_surname(text)
}

pub(super) fn is_one_name(part: &str, favour: f32, sure: bool) -> bool {
    let letters = part.chars().count();
    if part.chars().any(is_name_dot) {
        return name_cost(part).is_some();
    }
    match letters {
        2 | 3 => is_plausible(part, favour) || (sure && name_cost(part).is_none() && text_cost(part) >= NO_WORD),
        4 => starts_with_compound_surname(part) && is_plausible(part, favour),
        _ => false,
    }
}

/// The end of a name that is typeset with blanks in it (陈 怡): a surname alone, a gap, one or two characters.
fn typeset_apart(cursor: &Cursor<'_>) -> Option<usize> {
    let first = cursor.run(3);
    let mut letters = first.chars();
    let alone = match (letters.next(), letters.next(), letters.next()) {
        (Some(c), None, None) => is_surname(c),
        (Some(_), Some(_), None) => false,
        _ => return None,
    };
    if !alone {
        return None;
    }
    let mut ahead = *cursor;
    ahead.at += first.len();
    let from = ahead.at;
    while ahead.eat(&[' ']) {}
    if ahead.at == from {
        return None;
    }
    let run = ahead.run(RUN);
    let run = &run[..cut_in(&ahead, run).unwrap_or(run.len())];
    let word = || NO_PEN_NAMES.iter().any(|w| w.strip_prefix(first) == Some(run));
    let ok = matches!(run.chars().count(), 1 | 2) && !ahead.at_verb() && !word();
    ok.then_some(ahead.at + run.len())
}

/// The end of a given name that signs alone and is typeset with a blank in it, where nothing else stands before the stop:
/// （晓 文）.
fn signed_apart(cursor: &Cursor<'_>) -> Option<usize> {
    let mut ahead = *cursor;
    let mut name = String::new();
    for _ in 0..2 {
        let letter = ahead.run(RUN);
        let mut letters = letter.chars();
        name.push(letters.next().filter(|_| letters.next().is_none())?);
        ahead.at += letter.len();
        while ahead.eat(&[' ']) {}
    }
    let signs = given_cost(&name).is_some_and(|cost| cost <= SIGNED)
        && !jieba().has_word(&name)
        && !NO_PEN_NAMES.contains(&name.as_str())
        && !name.starts_with(['图', '续', '上', '下', '本', '据', '第', '附', '之', '其'])
        && !name.ends_with(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']);
    (ahead.at_end() && signs).then_some(ahead.at)
}

/// Where in `run`, which starts at the cursor, a verb, a role or 等 begins behind a name.
fn cut_in(cursor: &Cursor<'_>, run: &str) -> Option<usize> {
    let mut ahead = *cursor;
    let (mut any, mut houses_to) = (Words::Verb as u16, 0);
    if cursor.sees_role() {
        any |= Words::Base as u16 | Words::Rank as u16 | Words::House as u16;
        // A house may begin with any character, but no further than its name is long before the word that ends it.
        let more = cursor.run(RUN + LONGEST_HOUSE);
        let ends = more
            .char_indices()
            .rfind(|&(at, c)| starts(c) & Words::HouseEnd as u16 != 0 && house_end(&more[at..]).is_some());
        houses_to = ends.map_or(0, |(at, _)| at);
    }
    let mut stops = run
        .char_indices()
        .skip(1)
        .filter(|&(at, c)| at < houses_to || starts(c) & any != 0 || matches!(c, '等' | '驻'));
    let mut stops_at = |at: usize| {
        ahead.at = cursor.at + at;
        ahead.stops_here()
    };
    let (first, c) = stops.find(|&(at, _)| stops_at(at))?;
    // 成元生|国际广播电台记者: a house that no list has may begin with any character, but rather with a word.
    if first < houses_to && starts(c) & any == 0 && !opens_with_word(&run[first..]) {
        let better = run.char_indices().skip(2).take(3).filter(|&(at, _)| at > first && at < houses_to);
        let better = better.map(|(at, _)| at).find(|&at| opens_with_word(&run[at..]) && stops_at(at));
        return better.or(Some(first));
    }
    Some(first)
}

/// Whether the first two characters are a word.
fn opens_with_word(text: &str) -> bool {
    text.char_indices().nth(2).is_some_and(|(at, _)| jieba().has_word(&text[..at]))
}

impl Cursor<'_> {
    /// Whether a verb, a role, or 等 before a border stands here.
    fn stops_here(mut self) -> bool {
        let first = self.rest().chars().next();
        match first {
            Some('等') => {
                let from = self.at;
                self.take_etc();
                self.at > from
            }
            Some(_) => self.verb_here(false).is_some() || take_role(&mut { self }).is_some(),
            None => false,
        }
    }
}
