//! Chinese personal names (人名), by the statistics of surnames and given names.
//!
//! In: a few characters of running text. Out: whether they are a name, how long the name is that they begin with, or the
//! names that they are when printed without a mark between them (王建国李秀英).
//!
//! Two small models are compared, both in bits (the negative binary logarithm of a probability). As a *name*, text costs
//! what its surname and its given characters cost at their places ([`name_cost`], from the table in `names_table`). As
//! *plain text*, it costs what its words cost by their frequency in jieba's dictionary ([`text_cost`]). What is cheaper
//! is the better reading; `favour` is what the context adds to the side of the name, in bits: about 0 where nothing is
//! known, 10 and more behind a title or a role (记者, 副主席) or between the marks of a list.
//!
//! Names of the shapes surname + one or two characters (either surname of one or two characters) and names joined by a
//! dot (阿不都·买买提) are known. Names of other shapes (pen names, names of other languages without a dot) are not.

use std::sync::LazyLock;

use smallvec::SmallVec;

use super::char_class::number_of;
use super::names_table::{COMPOUND_SURNAMES, FIRST_GIVEN, IN_TEXT, ONLY_GIVEN, SECOND_GIVEN, SURNAMES, UNLISTED};
use super::{Span, is_cjk, is_word, jieba, look_up, word_bits};

/// Half bits that a compound surname costs. About one name in 250 has one; the two dozen in use share that.
const COMPOUND_COST: u8 = 22;
/// Half bits of a given name of one character (one name in six) and of two (five in six).
const LENGTH_COST: [u8; 2] = [5, 1];
/// Bits that a name joined by a dot costs, whatever its parts: nothing else looks like it.
const DOTTED_COST: f32 = 12.0;
/// Bits of a mark (和, 与) between two names that are printed without another one.
const AND_COST: f32 = 4.0;
/// Bits that a word which the dictionary has as a personal name costs at most to be believed: it has other words so, too.
const KNOWN_COST: f32 = 33.0;
/// Bits that the most common word of the dictionary (了) costs, rounded down: any text costs as much.
const CHEAPEST_WORD: f32 = 6.0;
/// Bits of a single character that is left between a name of two and a mark (魏纪|中、): mostly it is the name's own.
const LEFT_OVER_COST: f32 = 5.0;
/// What does stand alone between a name and a mark.
const LEFT_OVER: &str = "等说摄文图报著译编讯电称道问答某们也";
/// Characters behind a possible name that are weighed with it.
const WINDOW: usize = 7;

/// What a character costs at each place of a name, in half bits.
#[derive(Clone, Copy)]
struct Costs {
    surname: Option<u8>,
    first: u8,
    second: u8,
    only: u8,
    /// What it costs in any text; of characters that no name has it is not asked.
    in_text: u8,
    /// One more than the number of the first surname of two characters that begins with it; 0 where none does.
    compound: u8,
}

const NO_COSTS: Costs =
    Costs { surname: None, first: UNLISTED, second: UNLISTED, only: UNLISTED, in_text: UNLISTED, compound: 0 };

/// The characters that the table has, from the first to the last of the ideographs: one look-up a character, no hash.
const TABLE_START: u32 = 0x4E00;
const TABLE_LENGTH: usize = 0x5200;

struct Table {
    costs: Vec<Costs>,
    /// The surnames of two characters; those that begin alike stand together.
    compounds: Vec<(char, char)>,
    /// A bit for each character, which tells whether a surname begins with it.
    openings: Vec<u64>,
    /// The same for those that write a sound.
    sounds: Vec<u64>,
    /// Two bits for each character: whether a surname begins with it, and whether it is one of [`SIGNS`].
    landmarks: Vec<u64>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut costs = vec![NO_COSTS; TABLE_LENGTH];
    let mut fill = |table: &[(u8, &str)], set: fn(&mut Costs, u8)| {
        for (cost, characters) in table {
            for c in characters.chars() {
                if let Some(costs) = costs.get_mut(place(c)) {
                    set(costs, *cost);
                }
            }
        }
    };
    fill(SURNAMES, |c, cost| c.surname = Some(cost));
    fill(FIRST_GIVEN, |c, cost| c.first = cost);
    fill(SECOND_GIVEN, |c, cost| c.second = cost);
    fill(ONLY_GIVEN, |c, cost| c.only = cost);
    fill(IN_TEXT, |c, cost| c.in_text = cost);
    let pair = |surname: &&str| {
        let mut chars = surname.chars();
        Some((chars.next()?, chars.next()?))
    };
    let mut compounds: Vec<(char, char)> = COMPOUND_SURNAMES.iter().filter_map(pair).collect();
    compounds.sort_unstable();
    for (number, (first, _)) in (1..).zip(&compounds) {
        if let Some(costs) = costs.get_mut(place(*first)).filter(|c| c.compound == 0) {
            costs.compound = number;
        }
    }
    let mut openings = vec![0; TABLE_LENGTH / 64];
    for (place, _) in costs.iter().enumerate().filter(|(_, c)| c.surname.is_some() || c.compound > 0) {
        openings[place / 64] |= 1 << (place % 64);
    }
    let mut sounds = vec![0; TABLE_LENGTH / 64];
    for place in SOUNDS.chars().chain(MORE_SOUNDS.chars()).map(place).filter(|place| *place < TABLE_LENGTH) {
        sounds[place / 64] |= 1 << (place % 64);
    }
    let mut landmarks = vec![0; TABLE_LENGTH / 32];
    for place in (0..TABLE_LENGTH).filter(|&place| is_set(&openings, place)) {
        landmarks[place / 32] |= 1 << (place % 32 * 2);
    }
    for place in SIGNS.chars().map(place) {
        landmarks[place / 32] |= 2 << (place % 32 * 2);
    }
    Table { costs, compounds, openings, sounds, landmarks }
});

/// Where the table has a character, if it has it.
#[inline]
fn place(c: char) -> usize {
    (c as u32).wrapping_sub(TABLE_START) as usize
}

#[inline]
fn costs(c: char) -> Costs {
    TABLE.costs.get(place(c)).copied().unwrap_or(NO_COSTS)
}

/// Whether `c` joins the parts of a name of another language (阿不都·买买提).
#[inline]
pub fn is_name_dot(c: char) -> bool {
    matches!(c, '·' | '•' | '・' | '‧' | '∙')
}

/// Whether the character is a surname by itself, however rare.
#[inline]
pub fn is_surname(c: char) -> bool {
    costs(c).surname.is_some()
}

/// Whether a surname of one or two characters begins with the character.
#[inline]
pub fn opens_surname(c: char) -> bool {
    is_set(&TABLE.openings, place(c))
}

/// Whether the bit is set of the character that has this place in the table.
#[inline]
fn is_set(bits: &[u64], place: usize) -> bool {
    bits.get(place / 64).is_some_and(|bits| bits >> (place % 64) & 1 == 1)
}

/// The places of a text at which names may begin or end, each with its byte: found in one pass, for all that ask for
/// them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Landmarks {
    /// The characters that are neither ideographs (U+4E00 to U+9FFF) nor ASCII letters or digits: the marks, and few
    /// others.
    pub marks: Vec<(u32, char)>,
    /// Where a character stands that [`opens_surname`] holds for.
    pub surnames: Vec<u32>,
    /// The characters of [`SIGNS`].
    pub signs: Vec<(u32, char)>,
}

/// What occupations end in (挤奶工, 调车员) and nicknames begin with (老周), which no list has all of.
pub const SIGNS: &str = "工员师匠老小";

impl Landmarks {
    /// Those of a text.
    pub fn new(text: &str) -> Self {
        let classes = TABLE.landmarks.as_slice();
        let mut marks = Vec::with_capacity(text.len() / 24);
        let mut signs = Vec::new();
        // One character in four is a surname, which no processor can foresee: each is noted, and the next one is written
        // over it unless it is one.
        let mut surnames = vec![0; text.len() / 3];
        let mut n_surnames = 0;
        let mut at = 0;
        loop {
            let (threes, _) = text.as_bytes().get(at..).unwrap_or_default().as_chunks();
            for &three in threes {
                let place = u32::from(number_of(three)).wrapping_sub(TABLE_START) as usize;
                let Some(classes) = classes.get(place / 32).filter(|_| three[0] & 0xF0 == 0xE0) else { break };
                let class = classes >> (place % 32 * 2) & 3;
                if let Some(surname) = surnames.get_mut(n_surnames) {
                    *surname = at as u32;
                }
                n_surnames += (class & 1) as usize;
                if class & 2 != 0 {
                    signs.extend(char::from_u32(number_of(three).into()).map(|c| (at as u32, c)));
                }
                at += 3;
            }
            let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
            if !c.is_ascii_alphanumeric() {
                marks.push((at as u32, c));
            }
            at += c.len_utf8();
        }
        surnames.truncate(n_surnames);
        Self { marks, surnames, signs }
    }
}

/// Whether `text` begins with a surname of two characters (欧阳).
pub fn starts_with_compound_surname(text: &str) -> bool {
    let mut chars = text.chars();
    let (Some(a), Some(b)) = (chars.next(), chars.next()) else { return false };
    is_compound(a, b)
}

fn is_compound(a: char, b: char) -> bool {
    let Some(first) = costs(a).compound.checked_sub(1) else { return false };
    let with_a = TABLE.compounds.get(usize::from(first)..).unwrap_or_default().iter().take_while(|c| c.0 == a);
    with_a.map(|c| c.1).any(|second| second == b)
}

/// What `name` costs as a personal name, in bits; None where it has not the shape of one.
///
/// A common name of three characters costs about 20, a far-fetched one 35.
pub fn name_cost(name: &str) -> Option<f32> {
    let mut chars = [' '; 4];
    let mut n = 0;
    for c in name.chars() {
        if is_name_dot(c) {
            return is_dotted(name).then_some(DOTTED_COST);
        }
        if let Some(slot) = chars.get_mut(n) {
            *slot = c;
        }
        n += 1;
    }
    cost_of(chars.get(..n)?)
}

/// Whether `name` is a surname and one or two characters that given names have at their places; a far-fetched name holds
/// another one.
pub fn is_listed(name: &str) -> bool {
    let chars: SmallVec<[char; 5]> = name.chars().take(5).collect();
    let given = match *chars {
        [a, b, ref rest @ ..] if is_compound(a, b) && !rest.is_empty() => rest,
        [a, ref rest @ ..] if is_surname(a) => rest,
        _ => return false,
    };
    match *given {
        [only] => costs(only).only < UNLISTED,
        [first, second] => costs(first).first < UNLISTED && costs(second).second < UNLISTED,
        _ => false,
    }
}

/// By how many bits the character at place `at` of a name of two or three characters, of which the first is the surname,
/// is likelier there than anywhere in a text: well above 0 for 福 in 张德福, well below for 的.
///
/// ```
/// use jianbao::text::name_favour;
/// assert!(name_favour("张德福", 2) > 0.0);
/// assert!(name_favour("张德为", 2) < 0.0);
/// ```
pub fn name_favour(name: &str, at: usize) -> f32 {
    let costs = name.chars().nth(at).map_or(NO_COSTS, costs);
    let in_name = match (at, name.chars().count()) {
        (0, _) => costs.surname.unwrap_or(UNLISTED),
        (1, 2) => costs.only,
        (1, _) => costs.first,
        _ => costs.second,
    };
    (f32::from(costs.in_text) - f32::from(in_name)) / 2.0
}

/// What two characters cost as a given name, in bits; None for anything else.
pub fn given_cost(name: &str) -> Option<f32> {
    let mut chars = name.chars();
    let (first, second) = (chars.next()?, chars.next()?);
    let pair = chars.next().is_none() && is_cjk(first) && is_cjk(second);
    pair.then(|| f32::from(u16::from(costs(first).first) + u16::from(costs(second).second)) / 2.0)
}

fn cost_of(chars: &[char]) -> Option<f32> {
    let given = |given: &[char]| -> Option<u16> {
        match *given {
            [a] if is_cjk(a) => Some(u16::from(costs(a).only) + u16::from(LENGTH_COST[0])),
            [a, b] if is_cjk(a) && is_cjk(b) => {
                Some(u16::from(costs(a).first) + u16::from(costs(b).second) + u16::from(LENGTH_COST[1]))
            }
            _ => None,
        }
    };
    let single = match *chars {
        [surname, ref rest @ ..] => costs(surname).surname.and_then(|s| Some(u16::from(s) + given(rest)?)),
        [] => None,
    };
    let compound = match *chars {
        [a, b, ref rest @ ..] if is_compound(a, b) => given(rest).map(|g| g + u16::from(COMPOUND_COST)),
        _ => None,
    };
    let best = match (single, compound) {
        (Some(a), Some(b)) => a.min(b),
        (a, b) => a.or(b)?,
    };
    Some(f32::from(best) / 2.0)
}

/// Characters that write the sounds of names of other languages.
const SOUNDS: &str = "阿艾安巴比波布才措达旦德迪丁都多尔法夫格古哈赫吉加江杰卡克肯拉莱兰勒雷里力丽利林鲁罗洛马买麦曼米莫木穆姆娜\
                      纳尼奴努帕普奇恰让热仁萨塞沙什斯苏索塔特提图吐托瓦维沃乌武西希肖逊雅亚伊依尤扎泽珠兹孜卓";

/// More of them, which names without a dot have: 其其格, 次仁央宗, 约翰逊.
const MORE_SOUNDS: &str = "桑顿次增旦仁宗央其诺敏约翰史密朝宝音斯琴娃敦呼平朗嘎珍益白玛单邓曲丹旺堆贡坚赞嘉罕别曼托娅苗苏那黛钦图\
                           基内弗海科里门贝蒂韦霍豪甘卢福费伦伯森汉亨坎凯劳齐皮佩彭朋库昆泰坦腾恩温代弥蕾妮莎琳茨岑辛切乔";

/// Whether the character writes a sound in names of other languages.
#[inline]
pub fn is_sound(c: char) -> bool {
    is_set(&TABLE.sounds, place(c))
}

/// Whether a personal name may begin with the character: a surname's first, or one that writes a sound.
#[inline]
pub fn may_open_name(c: char) -> bool {
    opens_surname(c) || is_sound(c)
}

/// Parts of two to eight characters that are not mostly common words (阿不都·买买提, but not 见证·机遇).
fn is_dotted(name: &str) -> bool {
    let mut parts = 0;
    let mut letters = 0;
    for part in name.split(is_name_dot) {
        let n = part.chars().count();
        if !(2..=8).contains(&n) || !part.chars().all(is_cjk) {
            return false;
        }
        parts += 1;
        letters += n;
    }
    let in_words: usize = jieba()
        .tag(name, false)
        .iter()
        .filter(|t| !t.tag.starts_with("nr") && !t.tag.starts_with("nz"))
        // 买买提, 巴哈尔: a dictionary has them, but they are sounds.
        .filter(|t| !t.word.chars().all(|c| SOUNDS.contains(c)))
        .map(|t| t.word.chars().count())
        .filter(|&n| n > 1)
        .sum();
    (2..=4).contains(&parts) && in_words * 2 <= letters
}

/// What `text` costs as plain text, in bits, by the frequencies of its words.
///
/// Words that are themselves names of three characters in the dictionary cost what they cost as names.
pub fn text_cost(text: &str) -> f32 {
    jieba().cut(text, false).iter().map(|token| word_cost(token.word)).sum()
}

fn word_cost(text: &str) -> f32 {
    let bits = word_bits(text);
    // A name of three characters has nine bytes, or a few more with rare ones.
    let may_be_name = matches!(text.len(), 9..=11) && text.chars().count() == 3;
    let as_name = if may_be_name && look_up(text).is_name { name_cost(text) } else { None };
    as_name.map_or(bits, |n| n.max(bits))
}

/// Whether all of `name` is rather a personal name than plain text, when the context adds `favour` bits to the name.
pub fn is_plausible(name: &str, favour: f32) -> bool {
    name_cost(name).is_some_and(|cost| cost - favour <= text_cost(name))
}

/// The length in bytes of the name that `text` begins with, if it rather begins with one than not, when the context adds
/// `favour` bits to the name.
///
/// ```
/// use jianbao::text::name_prefix;
/// assert_eq!(name_prefix("王明昨日从市总工会了解到", 0.0), Some("王明".len()));
/// assert_eq!(name_prefix("了解到全市工会", 0.0), None);
/// ```
pub fn name_prefix(text: &str, favour: f32) -> Option<usize> {
    if let Some(end) = dotted_prefix(text) {
        return Some(end);
    }
    let mut chars: SmallVec<[char; 4 + WINDOW]> = SmallVec::new();
    let mut ends: SmallVec<[usize; 4 + WINDOW]> = SmallVec::new();
    for (at, c) in text.char_indices().take(4 + WINDOW).take_while(|(_, c)| is_cjk(*c)) {
        chars.push(c);
        ends.push(at + c.len_utf8());
    }
    if chars.len() < 2 {
        return None;
    }
    let whole = *ends.last()?;
    let costs = [2, 3, 4].map(|n| Some((*ends.get(n - 1)?, cost_of(chars.get(..n)?)?)));
    if costs.iter().all(Option::is_none) {
        return None;
    }
    let words: SmallVec<[(usize, f32); 4 + WINDOW]> =
        jieba().cut(&text[..whole], false).iter().map(|w| (w.byte_start, word_cost(w.word))).collect();
    // What stands behind the name is cut as in the whole, where a word of the whole begins there.
    let rest_cost = |end: usize| match words.iter().position(|w| w.0 == end) {
        Some(first) => words[first..].iter().map(|w| w.1).sum(),
        None => text_cost(&text[end..whole]),
    };
    // The plain text may itself begin with a name, as a word of the dictionary.
    let first_end = words.get(1).map_or(whole, |w| w.0);
    let known = is_known(&text[..first_end], KNOWN_COST).then_some(first_end);
    let mut best = (rest_cost(0) + favour, known);
    for (length, (end, name)) in (2..).zip(costs).filter_map(|(n, cost)| Some((n, cost?))) {
        let left_over = length + 1 == chars.len() && chars.last().is_some_and(|c| !LEFT_OVER.contains(*c));
        let name = name + if left_over { LEFT_OVER_COST } else { 0.0 };
        // The rest costs something: it need not be cut where the name is too dear even so.
        let least = if end < whole { CHEAPEST_WORD } else { 0.0 };
        if name + least >= best.0 {
            continue;
        }
        let cost = name + rest_cost(end);
        if cost < best.0 {
            best = (cost, Some(end));
        }
    }
    // 耿伟|带着社区干部: the verb's last character but one.
    let with_verb = best.1.is_some() && best.1 == ends.get(2).copied();
    let verb = |rest: &str| rest.starts_with('着') && !rest.starts_with("着急");
    match best.1 {
        Some(end) if with_verb && costs[0].is_some() && verb(&text[end..]) => ends.get(1).copied(),
        end => end,
    }
}

/// Whether the dictionary has `text` as a personal name of three characters, and it looks like one: it costs no more than
/// `dearest` bits. The dictionary calls other words so, too.
pub fn is_known(text: &str, dearest: f32) -> bool {
    text.len() == 9 && name_cost(text).is_some_and(|cost| cost <= dearest) && is_word(text) && look_up(text).is_name
}

/// Half bits that two given characters cost at least: the tables begin with the cheapest.
const LEAST_GIVEN: u8 = FIRST_GIVEN[0].0 + LEAST_SECOND;

/// The same of the second one.
const LEAST_SECOND: u8 = SECOND_GIVEN[0].0 + LENGTH_COST[1];

/// Where the text has names of three characters that [`is_known`] knows; they may overlap. `surnames` are those of its
/// [`Landmarks`].
pub fn known_names<'t>(text: &'t str, surnames: &'t [u32], dearest: f32) -> impl Iterator<Item = Span> + 't {
    let table = &*TABLE;
    let is_dear = move |half_bits: u16| f32::from(half_bits) > 2.0 * dearest;
    surnames.iter().map(|at| *at as usize).filter_map(move |at| {
        // What has a cost has three bytes.
        let [a, b, c, d, e, f, g, h, i] = *text.as_bytes().get(at..)?.first_chunk()?;
        let cost = |three| table.costs.get((u32::from(number_of(three)).wrapping_sub(TABLE_START)) as usize);
        let surname = u16::from(cost([a, b, c])?.surname?);
        if is_dear(surname + u16::from(LEAST_GIVEN)) {
            return None;
        }
        let first = cost([d, e, f]).map_or(UNLISTED, |c| c.first);
        // Nearly all fail here, before another line of the table is fetched.
        if is_dear(surname + u16::from(first) + u16::from(LEAST_SECOND)) {
            return None;
        }
        let second = cost([g, h, i]).map_or(UNLISTED, |c| c.second);
        let likely = !is_dear(surname + u16::from(first) + u16::from(second) + u16::from(LENGTH_COST[1]));
        (likely && is_known(text.get(at..at + 9)?, dearest)).then(|| Span::new(at, at + 9))
    })
}

/// Words of one character that stand behind names, and hardly in one that is written by its sound.
const ENDS_DOTTED: [char; 13] = ['已', '正', '还', '就', '也', '又', '说', '与', '和', '把', '被', '将', '便'];

/// What joins two names.
const ANDS: [char; 3] = ['和', '与', '及'];

/// The length in bytes of the name joined by dots that `text` begins with. Its last part ends where the first word of
/// several characters begins that is no name itself.
fn dotted_prefix(text: &str) -> Option<usize> {
    let (mut run, mut behind_dot) = (0, None);
    for c in text.chars().take(24) {
        if is_name_dot(c) {
            behind_dot = Some(run + c.len_utf8());
        } else if !is_cjk(c) || behind_dot.is_some() && ANDS.contains(&c) && text[run..].contains(is_name_dot) {
            // 帕特里克·莱希|和杰夫·默克利.
            break;
        }
        run += c.len_utf8();
    }
    let last = behind_dot?;
    let run = &text[..run];
    let mut end = last;
    for tag in jieba().tag(&run[last..], false) {
        let letters = tag.word.chars().count();
        if end > last && letters > 1 && !tag.tag.starts_with("nr") {
            break;
        }
        // 阿依古丽·买买提|已推着清扫车.
        if end > last && letters == 1 && tag.word.contains(ENDS_DOTTED) {
            break;
        }
        end += tag.word.len();
    }
    is_dotted(&run[..end]).then_some(end)
}

/// The names that `run` is, printed without a mark between them or with 和 or 与 alone; None where it cannot be that.
///
/// The split with the lowest sum of [`name_cost`] wins; linear in the length of the run.
///
/// ```
/// use jianbao::text::split_names;
/// let run = "王建国李秀英";
/// let names: Vec<_> = split_names(run).unwrap().iter().map(|n| n.of(run)).collect();
/// assert_eq!(names, ["王建国", "李秀英"]);
/// ```
pub fn split_names(run: &str) -> Option<Vec<Span>> {
    if run.chars().any(is_name_dot) {
        return is_dotted(run).then(|| vec![Span::new(0, run.len())]);
    }
    let mut first = run.chars();
    let (a, b) = (first.next()?, first.next().unwrap_or(' '));
    if !is_surname(a) && !is_compound(a, b) {
        return None;
    }
    let chars: Vec<char> = run.chars().collect();
    let n = chars.len();
    // best[i] is the cheapest way to read the first i characters, with the start of its last name and where the marks
    // before that name begin.
    let mut best: Vec<Option<(f32, usize, usize)>> = vec![None; n + 1];
    *best.first_mut()? = Some((0.0, 0, 0));
    let mut reached = 0;
    for from in 0..n {
        if from > reached {
            return None;
        }
        let Some((so_far, _, _)) = best[from] else { continue };
        let and = usize::from(from > 0 && matches!(chars[from], '和' | '与' | '及'));
        for skip in 0..=and {
            for length in 2..=4 {
                let (start, end) = (from + skip, from + skip + length);
                let Some(name) = chars.get(start..end).and_then(cost_of) else { continue };
                let cost = so_far + name + if skip == 1 { AND_COST } else { 0.0 };
                reached = reached.max(end);
                if best[end].is_none_or(|b| cost < b.0) {
                    best[end] = Some((cost, start, from));
                }
            }
        }
    }
    let mut names = Vec::new();
    let mut at = n;
    while at > 0 {
        let (_, start, before) = best[at]?;
        names.push((start, at));
        at = before;
    }
    names.reverse();
    let mut bytes: Vec<usize> = run.char_indices().map(|(b, _)| b).collect();
    bytes.push(run.len());
    (n > 0).then(|| names.into_iter().map(|(s, e)| Span::new(bytes[s], bytes[e])).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn prefix(text: &str, expected: &str) {
        let got = name_prefix(text, 0.0).map_or("", |n| &text[..n]);
        assert_eq!(got, expected, "in {text}");
    }

    #[test]
    fn a_name_ends_where_the_sentence_goes_on() {
        prefix("王明昨日从市总工会获悉", "王明");
        prefix("李秀英近日在车间采访时看到", "李秀英");
        prefix("欧阳建华日前走进", "欧阳建华");
        prefix("陈怡说", "陈怡");
        prefix("周建国表示", "周建国");
        prefix("阿不都·买买提介绍", "阿不都·买买提");
        // The dictionary has it as a name.
        prefix("张建军进门还没坐下", "张建军");
        prefix("周立中、", "周立中");
        prefix("周立等", "周立");
    }

    #[test]
    fn no_text_is_cheaper_than_the_cheapest_word() {
        for word in ["了", "的", "是", "在", "一", "和", "不", "一个", "我", "年"] {
            assert!(text_cost(word) >= CHEAPEST_WORD, "{word}");
        }
    }

    #[test]
    fn plain_text_begins_with_no_name() {
        for text in
            ["从市总工会获悉", "了解到", "看到", "向他了解", "曾多次走访", "高兴地看到", "时常走访", "在现场看到"]
        {
            prefix(text, "");
        }
    }

    #[track_caller]
    fn split(run: &str, expected: &[&str]) {
        let names = split_names(run).unwrap_or_default();
        assert_eq!(names.iter().map(|n| n.of(run)).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn names_without_a_mark_between_them() {
        split("王建国李秀英", &["王建国", "李秀英"]);
        split("陈怡周建军", &["陈怡", "周建军"]);
        split("王明李刚", &["王明", "李刚"]);
        split("欧阳帆建张伟鹏", &["欧阳帆建", "张伟鹏"]);
        split("王明和李刚", &["王明", "李刚"]);
        split("的了", &[]);
        split("", &[]);
    }

    #[test]
    fn landmarks_are_marks_and_surnames() {
        let is_mark = |c: char| !(matches!(c, '\u{4E00}'..='\u{9FFF}') || c.is_ascii_alphanumeric());
        for text in ["", "请王建国、欧阳雪和轩辕建", "老王和挤奶工", "王a。1·é，", "\u{4DFF}一\u{9FFF}〇𠮷", "“12”"]
        {
            let found = Landmarks::new(text);
            let marks = text.char_indices().filter(|m| is_mark(m.1)).map(|(at, c)| (at as u32, c));
            let surnames = text.char_indices().filter(|m| opens_surname(m.1)).map(|(at, _)| at as u32);
            let signs = text.char_indices().filter(|m| SIGNS.contains(m.1)).map(|(at, c)| (at as u32, c));
            let expected = Landmarks { marks: marks.collect(), surnames: surnames.collect(), signs: signs.collect() };
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn surnames_of_one_and_of_two_characters() {
        assert!("王欧轩东和".chars().all(opens_surname) && !"、的a雪".chars().any(opens_surname));
        assert!(starts_with_compound_surname("东方红") && starts_with_compound_surname("东郭"));
        assert!(!starts_with_compound_surname("东西") && !starts_with_compound_surname("欧"));
    }

    #[test]
    fn given_characters_cost_no_less_than_the_first_of_the_tables() {
        assert!(FIRST_GIVEN.iter().chain(SECOND_GIVEN).all(|(cost, _)| *cost >= FIRST_GIVEN[0].0));
        assert_eq!(FIRST_GIVEN[0].0, SECOND_GIVEN[0].0);
    }

    #[test]
    fn words_are_no_names() {
        for word in ["高质量", "方便", "时常", "安全", "金融", "成都", "任务"] {
            assert!(!is_plausible(word, 0.0), "{word}");
        }
        for name in ["王建国", "李秀英", "陈怡", "洪小芳", "羊建江", "欧阳雪", "上官婉莹"] {
            assert!(is_plausible(name, 0.0), "{name}");
        }
    }

    #[test]
    fn names_of_what_names_are_made_of() {
        for name in ["王建国", "李秀英", "陈丽", "欧阳建华"] {
            assert!(is_listed(name), "{name}");
        }
        for name in ["王建蒜", "李", "的建国", "王建国强", ""] {
            assert!(!is_listed(name), "{name}");
        }
    }

    #[test]
    fn a_long_run_is_split_in_one_pass() {
        let run = "王建国李秀英".repeat(20_000);
        assert_eq!(split_names(&run).map(|n| n.len()), Some(40_000));
    }
}
