//! 少见的姓名: names behind a title that the statistics of names do not know.
//!
//! In: a block and a title in it. Out: where the name ends that begins right behind the title. Three kinds are known:
//!
//! - names of other languages without a dot (其其格, 才让卓玛, 约翰逊): characters that write sounds, up to a mark, a verb
//!   or another word;
//! - Japanese names (桥本秀夫) and Chinese ones with a surname that is rare (禤国强), by their surname;
//! - names that look like words (万里程, 盛夏): only behind a title that is one person's, and only where what follows can
//!   follow nothing but a person.

use std::sync::LazyLock;

use crate::extract::gazetteer::Meaning;
use crate::text::{
    CharSet, Span, WordList, given_cost, is_cjk, is_name_dot, is_sound, is_surname, is_word, jieba, look_up, name_cost,
    starts_with_compound_surname,
};

use super::person::is_grammatical;
use super::{Scan, border};

/// Characters of a name of another language, without a dot.
const SOUNDS: std::ops::RangeInclusive<usize> = 2..=6;
/// Occurrences of a word above which it is a word, and no part of a name that is written by its sound.
const COMMON: u32 = 100;
/// The same for a word of two characters that may be a name before a preposition (盛夏).
const RARE_WORD: u32 = 400;

/// Whether a verb of saying stands at `at`, or what else only a person does.
fn says(scan: &Scan<'_>, at: usize) -> bool {
    let rest = &scan.text[at..];
    SAYS.iter().any(|verb| rest.starts_with(verb))
        || scan.hits_at(at).any(|h| h.meaning == Meaning::Speech && (h.end - h.start > 3 || rest.starts_with('说')))
}

/// What only a person does, or only stands behind one, and is no verb of saying.
const SAYS: [&str; 15] = [
    "通报", "点评", "讲话", "带队", "一行", "致辞", "发言", "宣读", "致信", "如是", "笑着", "答：", "答:", "说", "陪同",
];

/// Whether a name may end at `end`: a mark, a verb of saying, a word of grammar or a word of its own stands behind it.
fn closes(scan: &Scan<'_>, end: usize) -> bool {
    static BEHIND: CharSet =
        CharSet::new("等和与及在向为对把将给从被也都还就又却曾已先正连因由并以当每今昨近去来到上是有用的作");
    let text = scan.text;
    let Some(next) = border::after(text, end) else { return true };
    if border::is_mark(next) {
        return true;
    }
    let over = text.get(border::back(text, end, 1)..border::on(text, end, 1)).is_some_and(is_word);
    !is_name_dot(next)
        && !over
        && (BEHIND.has(next) || says(scan, end) || is_word(&text[end..border::on(text, end, 2)]))
}

/// Where a name of another language ends that begins at `at`, and that a reading as a Chinese one does not end
/// (`chinese`).
pub(super) fn foreign(scan: &Scan<'_>, at: usize, chinese: impl FnOnce() -> Option<usize>) -> Option<usize> {
    let text = scan.text;
    let mut ends = [0; 7];
    let mut n = 0;
    for (i, c) in text[at..].char_indices().take(*SOUNDS.end() + 1).take_while(|(_, c)| is_sound(*c)) {
        ends[n] = at + i + c.len_utf8();
        n += 1;
    }
    if !SOUNDS.contains(&n) || scan.hits_at(at).any(|h| matches!(h.meaning, Meaning::Place(_))) {
        return None;
    }
    let chinese = chinese();
    if chinese.is_some_and(|end| (n < 3 || end != ends[n - 1]) && closes(scan, end)) {
        return None;
    }
    // 迪亚斯—卡内尔: what a dash joins is not read.
    let ends_there = |end: usize| {
        let next = border::after(text, end);
        !next.is_some_and(|c| matches!(c, '—' | '-' | '－')) && closes(scan, end) && !is_joined(text, end)
    };
    let end = (*SOUNDS.start()..=n).rev().map(|n| ends[n - 1]).find(|end| ends_there(*end))?;
    (chinese.is_none_or(|chinese| end >= chinese) && !holds_a_word(&text[at..end])).then_some(end)
}

/// Whether what stands behind a possible end is a rare word, and so the rest of the name (克西拉扎|基斯).
fn is_joined(text: &str, end: usize) -> bool {
    /// Occurrences up to which a word may be sounds.
    const RARE: u32 = 50;
    let next = &text[end..border::on(text, end, 2)];
    next.chars().all(is_cjk) && is_word(next) && look_up(next).frequency < RARE && next.chars().any(is_sound)
}

/// Whether a word that is common stands in what may be written by its sound (力图, 特约).
fn holds_a_word(name: &str) -> bool {
    /// Words that the dictionary has for names.
    const OTHERS: [&str; 7] = ["多达", "比特", "卡拉", "特斯拉", "阿里", "科普", "卡通"];
    OTHERS.iter().any(|word| name.starts_with(word))
        || jieba()
            .tag(name, false)
            .iter()
            .any(|w| w.word.chars().nth(1).is_some() && !w.tag.starts_with("nr") && look_up(w.word).frequency > COMMON)
}

/// Surnames of Japan that papers print.
const JAPANESE: &str = "桥本 田中 山本 佐藤 铃木 高桥 渡边 伊藤 小林 中村 加藤 吉田 山田 佐佐木 山口 松本 井上 木村 清水 \
                        斋藤 山崎 池田 阿部 森田 石川 前田 藤田 小川 冈田 后藤 长谷川 村上 近藤 石井 坂本 远藤 青木 藤井 西村 福田 \
                        太田 三浦 藤原 冈本 松田 中川 中野 原田 小野 田村 竹内 金子 和田 中山 石田 上田 河野 横山 宫崎 酒井 菅原 \
                        安倍 小泉 鸠山 村山 宫本 岸田 野田 麻生 土井 河本 大平 海部 竹下 细川 羽田 小渕 桥下 松下 稻盛";

static JAPANESE_SURNAMES: LazyLock<WordList> =
    LazyLock::new(|| WordList::of_first(&JAPANESE.split_ascii_whitespace().collect::<Vec<_>>()));

/// Where a Japanese name ends that begins at `at`.
pub(super) fn japanese(scan: &Scan<'_>, at: usize) -> Option<usize> {
    let rest = &scan.text[at..];
    let surname = JAPANESE_SURNAMES.starts(rest).next()?;
    let text_behind = &rest[surname.len()..];
    let mut ends = text_behind.char_indices().take(3).take_while(|(_, c)| is_cjk(*c));
    ends.find_map(|(i, c)| {
        let end = at + surname.len() + i + c.len_utf8();
        // 松下|电器.
        let is_other = || is_word(&text_behind[..i + c.len_utf8()]);
        (i > 0 && closes(scan, end) && !is_other()).then_some(end)
    })
}

/// Surnames that are so rare that only a title makes them believed.
static RARE: CharSet =
    CharSet::new("禤初南位海漆普阿赫鲜青苍虎闭山水续展战晁敖缐线仇占布才信底字者保昝阙闪戎拜撒黑买妥");
/// Bits that a given name of two characters costs at most behind such a surname.
const CHEAP_GIVEN: f32 = 19.0;

/// Where a name ends at `at` whose surname is rare.
pub(super) fn rare(scan: &Scan<'_>, at: usize) -> Option<usize> {
    let text = scan.text;
    border::after(text, at).filter(|c| RARE.has(*c) && !is_surname(*c))?;
    let (one, two, three) = (border::on(text, at, 1), border::on(text, at, 2), border::on(text, at, 3));
    let cheap = given_cost(&text[one..three]).is_some_and(|cost| cost <= CHEAP_GIVEN);
    (cheap && !is_word(&text[at..two]) && !is_word(&text[at..three]) && closes(scan, three)).then_some(three)
}

/// Titles of which there are many, and which say of what is behind them whose it is (职工高温补贴, 会员单位).
const MANY: [&str; 38] = [
    "职工",
    "员工",
    "工人",
    "农民工",
    "女工",
    "会员",
    "党员",
    "代表",
    "委员",
    "学生",
    "教师",
    "老师",
    "教职工",
    "教工",
    "志愿者",
    "居民",
    "市民",
    "村民",
    "农民",
    "农户",
    "专家",
    "家属",
    "家长",
    "劳模",
    "劳动模范",
    "工匠",
    "会长",
    "理事",
    "老人",
    "骑手",
    "司机",
    "军人",
    "民工",
    "青工",
    "顾客",
    "患者",
    "者",
    "企业家",
];

/// Where a name ends at `at` that looks like a word, or begins like one: `title` stands right before it.
pub(super) fn like_a_word(scan: &Scan<'_>, title: Span, at: usize) -> Option<usize> {
    let text = scan.text;
    let first = border::after(text, at)?;
    if !is_surname(first) && !starts_with_compound_surname(&text[at..])
        || scan.hits_at(at).any(|h| matches!(h.meaning, Meaning::Office | Meaning::Job | Meaning::Head(_)))
    {
        return None;
    }
    let one_persons = !MANY.iter().any(|many| title.of(text).ends_with(many));
    let ends = [3, 2].map(|n| border::on(text, at, n));
    let is_clear = |end: &usize| {
        text[at..*end].chars().all(is_cjk) && (says(scan, *end) || !border::is_inside_a_word(text, at, *end))
    };
    let three = ends.first().copied().filter(|end| (*end - at) > 6 && one_persons && is_clear(end));
    three.filter(|end| three_like_a_word(scan, at, *end)).or_else(|| {
        let two = ends.last().copied().filter(is_clear)?;
        two_like_a_word(scan, at, two, one_persons).then_some(two)
    })
}

/// 主席万里程带队, 缝纫工柴米花，: no word, whatever its first two characters are.
fn three_like_a_word(scan: &Scan<'_>, at: usize, end: usize) -> bool {
    /// Bits that such a name costs at most.
    const DEAREST: f32 = 37.0;
    /// Last characters of bodies, things and measures.
    static OTHERS: CharSet = CharSet::new(
        "费部会处科室局厅所院团队组率区岗证书金款期额量员师工长者性化类型级层位种项条件次届年月时分用法式处力",
    );
    let name = &scan.text[at..end];
    let last = name.chars().next_back().unwrap_or_default();
    let said = says(scan, end);
    let word = is_word(name)
        && !matches!(jieba().tag(name, false).as_slice(), [one] if one.tag.starts_with('n') && one.tag.len() > 1);
    !word
        && !is_phrase(name, said)
        && !border::is_grammar(last)
        && (said || !OTHERS.has(last) && strictly_closes(scan, end))
        && name_cost(name).is_some_and(|cost| cost <= DEAREST)
}

/// Whether a surname that is mostly a word of grammar stands before another word (向大家, 都坚守): 应朝阳表示 leaves no doubt.
fn is_phrase(name: &str, said: bool) -> bool {
    /// Such as are hardly ever a surname, and such as are a preposition or a verb.
    static PURE: CharSet = CharSet::new("都可从为在将被到又则有对能与同是和由及");
    static LEADING: CharSet = CharSet::new("向于应任来");
    const USUAL: u32 = 2000;
    const CHEAP: f32 = 18.5;
    let mut letters = name.chars();
    let Some(first) = letters.next().filter(|c| is_grammatical(*c)) else { return false };
    let rest = letters.as_str();
    is_word(rest)
        && (PURE.has(first)
            || look_up(rest).frequency > USUAL
            || LEADING.has(first)
                && !look_up(rest).is_name
                && !(said && given_cost(rest).is_some_and(|cost| cost <= CHEAP)))
}

/// 副主席关心通报, 主任盛夏依据…: a word, but nobody else can be said to do what follows.
fn two_like_a_word(scan: &Scan<'_>, at: usize, end: usize, one_persons: bool) -> bool {
    let name = &scan.text[at..end];
    let word = look_up(name);
    let tags = jieba().tag(name, false);
    let [one] = tags.as_slice() else { return false };
    if !word.known
        || name.starts_with(is_grammatical)
        || matches!(one.tag.as_bytes().first(), Some(b'd' | b'c' | b'p' | b'r' | b'm' | b'q'))
    {
        return false;
    }
    let rest = &scan.text[end..];
    let verbal = one.tag.starts_with('v') || one.tag.starts_with("an");
    says(scan, end)
        || one_persons && !verbal && word.frequency <= RARE_WORD && PERSONAL.iter().any(|p| rest.starts_with(p))
}

/// Words that stand behind the one who acts.
const PERSONAL: [&str; 16] =
    ["在", "向", "为", "对", "与", "和", "把", "给", "从", "依据", "根据", "告诉", "拿", "带", "当场", "先后"];

/// Whether what follows can hardly follow a thing.
fn strictly_closes(scan: &Scan<'_>, end: usize) -> bool {
    let text = scan.text;
    let Some(next) = border::after(text, end) else { return true };
    matches!(
        next,
        '，' | ','
            | '、'
            | '（'
            | '('
            | '：'
            | ':'
            | '等'
            | '和'
            | '与'
            | '在'
            | '向'
            | '为'
            | '对'
            | '把'
            | '给'
            | '从'
    ) || ["算", "坐", "深入", "带", "当场", "先后", "主持", "出席", "赶到", "来到", "走进", "产假", "会见", "作"]
        .iter()
        .any(|verb| text[end..].starts_with(verb))
}
