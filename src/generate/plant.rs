//! What is planted across pages: originals, exact and near copies of them on later pages, and hard negatives.
//!
//! Every planted text follows from the seed and the number of the page that it was planted on, so that a page can be
//! made without those before it.

use super::names::{REGIONS, person};
use super::page::Style;
use super::plan::Plan;
use super::random::{Random, key};
use super::truth::PlantedRole;
use super::wording;

/// Originals that each page offers to later ones.
pub(super) const ORIGINALS: u64 = 2;
/// How far back, in pages, a copy's original may lie: over a hundred issues.
const REACH: u64 = 1_000;
/// Pages in a row that share their families of hard negatives.
const FAMILY_PAGES: u64 = 32;
/// Families of each kind that such a row of pages has.
const FAMILIES: usize = 2;

/// A planted paragraph before it stands on its page.
#[derive(Clone, Debug)]
pub(super) struct Plant {
    pub(super) text: String,
    pub(super) entity: u64,
    pub(super) kind: &'static str,
    pub(super) role: PlantedRole,
    pub(super) edit: f64,
    pub(super) group: Option<u64>,
}

/// Original number `slot` of page `number`.
pub(super) fn original(seed: u64, number: u64, slot: u64, vary: f64) -> Plant {
    let words = key(&[seed, number, slot, 0x6f72]);
    let text = wording::paragraph(words, words ^ 1, vary, 40);
    Plant { text, entity: number * 1_000 + slot, kind: "exact", role: PlantedRole::Orig, edit: 0.0, group: None }
}

/// A copy, on page `number`, of an original of an earlier page; None on the first page.
pub(super) fn copy(plan: &Plan, number: u64, random: &mut Random) -> Option<Plant> {
    let from = number.saturating_sub(REACH);
    // Half of the pages at least have originals, so that a few tries do.
    let home = (0..8)
        .map(|_| from + random.below((number - from) as usize) as u64)
        .find(|&home| home < number && Style::of(plan, home).is_plantable())?;
    let original = original(plan.seed, home, random.below(ORIGINALS as usize) as u64, plan.vary);
    let kind = if random.chance(0.35) { "exact" } else { *random.pick(&NEAR) };
    let (text, edit) = edited(kind, &original.text, plan.seed, number, random)?;
    Some(Plant { text, entity: original.entity, kind, role: PlantedRole::Copy, edit, group: None })
}

const NEAR: [&str; 13] = [
    "ocr1",
    "ocr3",
    "ocr5",
    "ocr10",
    "width",
    "space",
    "linebreak",
    "sentadd",
    "sentdrop",
    "trunc90",
    "trunc80",
    "trunc70",
    "trunc60",
];

fn edited(kind: &str, text: &str, seed: u64, number: u64, random: &mut Random) -> Option<(String, f64)> {
    let length = text.chars().count() as f64;
    let sentences: Vec<&str> = text.split_inclusive(['。', '！', '？']).collect();
    let (out, edits) = match kind {
        "exact" => (text.to_owned(), 0),
        "ocr1" => misread(text, 0.01, random),
        "ocr3" => misread(text, 0.03, random),
        "ocr5" => misread(text, 0.05, random),
        "ocr10" => misread(text, 0.10, random),
        "width" => {
            let out: String = text.chars().map(|c| half(c).unwrap_or(c)).collect();
            let edits = text.chars().filter(|&c| half(c).is_some()).count();
            (out, edits)
        }
        "space" => sprinkle(text, 0.02 + 0.1 * random.below(100) as f64 / 100.0, &[' ', '\u{3000}'], random),
        "linebreak" => sprinkle(text, 0.015, &['\n'], random),
        "sentadd" => {
            let more = wording::paragraph(key(&[seed, number, random.next()]), 0, 0.6, 20);
            let more = more.split_inclusive('。').next().unwrap_or("");
            let at = random.below(sentences.len() + 1);
            if more.chars().count() as f64 > 0.45 * length {
                return None;
            }
            let out = [sentences[..at].concat(), more.to_owned(), sentences[at..].concat()].concat();
            (out, more.chars().count())
        }
        "sentdrop" => {
            let at = random.below(sentences.len());
            let dropped = sentences[at].chars().count();
            if dropped as f64 > 0.45 * length {
                return None;
            }
            ([sentences[..at].concat(), sentences[at + 1..].concat()].concat(), dropped)
        }
        _ => {
            let share = kind.trim_start_matches("trunc").parse::<f64>().unwrap_or(90.0) / 100.0;
            let keep = (length * (share - 0.05 + 0.1 * random.below(100) as f64 / 100.0)).min(0.97 * length) as usize;
            (text.chars().take(keep).collect(), length as usize - keep)
        }
    };
    (kind == "exact" || out != text).then(|| (out, edits as f64 / length.max(1.0)))
}

/// The half-width form of a mark or digit, if it has one.
pub(super) fn half(c: char) -> Option<char> {
    Some(match c {
        '，' => ',',
        '：' => ':',
        '；' => ';',
        '！' => '!',
        '？' => '?',
        '（' => '(',
        '）' => ')',
        _ => return None,
    })
}

/// Characters that are taken for each other when print is read by a machine.
const LOOK_ALIKE: [&str; 44] = [
    "己已巳",
    "未末",
    "大太犬",
    "人入八",
    "日曰目",
    "土士",
    "千干于",
    "天夫无",
    "王玉主",
    "木本术",
    "令今",
    "白自百",
    "田由甲申",
    "会合",
    "市布",
    "工土",
    "力刀",
    "问间",
    "免兔",
    "员圆",
    "体休",
    "住往",
    "亲新",
    "成戒",
    "全金",
    "中串",
    "了子",
    "名各",
    "记纪",
    "处外",
    "厂广",
    "几儿",
    "元无",
    "开井",
    "见贝",
    "比此",
    "话活",
    "政改",
    "治冶",
    "线钱",
    "技枝",
    "因困",
    "电申",
    "们门",
];

/// A character that looks like `c`, or one from elsewhere in the text.
pub(super) fn look_alike(c: char, random: &mut Random) -> Option<char> {
    let group = LOOK_ALIKE.iter().find(|g| g.contains(c))?;
    let others: Vec<char> = group.chars().filter(|&o| o != c).collect();
    Some(*random.pick(&others))
}

fn misread(text: &str, rate: f64, random: &mut Random) -> (String, usize) {
    let mut chars: Vec<char> = text.chars().collect();
    let edits = chars.iter().filter(|_| random.chance(rate)).count().max(1);
    for _ in 0..edits {
        let at = random.below(chars.len());
        let other = chars[random.below(chars.len())];
        match random.below(20) {
            0..12 => chars[at] = look_alike(chars[at], random).unwrap_or(other),
            12..17 if chars.len() > 4 => drop(chars.remove(at)),
            17 => chars.insert(at, *random.pick(&['·', '.', ',', '、', '-', '|'])),
            _ => chars.insert(at, other),
        }
    }
    (chars.into_iter().collect(), edits)
}

/// Puts a few of `marks` between the characters of `text`, never two in a row and never at its ends.
fn sprinkle(text: &str, rate: f64, marks: &[char], random: &mut Random) -> (String, usize) {
    let length = text.chars().count();
    let certain = 2 + random.below(length.saturating_sub(4).max(1));
    let mut out = String::with_capacity(text.len() + 16);
    let mut edits = 0;
    let mut fresh = false;
    for (n, c) in text.chars().enumerate() {
        if n >= 2 && n + 2 < length && !fresh && (n == certain || random.chance(rate)) {
            out.push(*random.pick(marks));
            edits += 1;
            fresh = true;
        } else {
            fresh = false;
        }
        out.push(c);
    }
    (out, edits)
}

/// A text that looks like others of its family on the pages around and says something else.
pub(super) fn hard_negative(seed: u64, number: u64, slot: u64, vary: f64, random: &mut Random) -> Plant {
    let form = random.below(5);
    let family = (number / FAMILY_PAGES * FAMILIES as u64 + random.below(FAMILIES) as u64) * 5 + form as u64;
    let words = key(&[seed, family, 0x686e]);
    let own = key(&[seed, number, slot, 0x6e67]);
    let mut shared = Random::of(&[words]);
    let mut facts = Random::of(&[own]);
    let (kind, text) = match form {
        0 => ("hn_award", award(&mut shared, &mut facts)),
        1 => ("hn_weather", weather(&mut facts)),
        2 => ("hn_visit", visit(&mut shared, &mut facts)),
        3 => {
            let opening: String = wording::paragraph(words, words, vary, 40).chars().take(30).collect();
            (
                "hn_open",
                opening.trim_end_matches(['。', '，']).to_owned() + "，" + &wording::paragraph(own, own, vary, 60),
            )
        }
        _ => ("hn_facts", with_other_facts(words, own, vary)),
    };
    Plant { text, entity: number * 1_000 + 200 + slot, kind, role: PlantedRole::Neg, edit: 0.0, group: Some(family) }
}

fn award(shared: &mut Random, facts: &mut Random) -> String {
    let prize = *shared.pick(&["五一劳动奖章", "技术能手", "最美职工", "工人先锋号", "优秀工会工作者"]);
    let opening = *shared.pick(&["表彰大会", "颁奖典礼", "总结会议"]);
    format!(
        "{}月{}日，{}总工会举行{opening}，授予{}、{}、{}等{}名职工“{prize}”称号，每人发给奖金{}00元，并安排{}天疗休养。",
        facts.between(1, 12),
        facts.between(1, 28),
        facts.pick(&REGIONS).city,
        person(facts),
        person(facts),
        person(facts),
        facts.between(4, 98),
        facts.between(5, 99),
        facts.between(3, 9),
    )
}

fn weather(facts: &mut Random) -> String {
    const SKIES: [&str; 8] = ["晴", "多云", "阴", "小雨", "雷阵雨", "小雪", "晴到多云", "多云转阴"];
    format!(
        "{}气象台{}月{}日发布：今天白天{}，夜间{}，最高气温{}℃，最低气温{}℃，{}风{}到{}级，相对湿度{}%。",
        facts.pick(&REGIONS).city,
        facts.between(1, 12),
        facts.between(1, 28),
        facts.pick(&SKIES),
        facts.pick(&SKIES),
        facts.between(12, 38),
        facts.between(0, 11),
        facts.pick(&["东", "南", "西", "北", "东南", "西北"]),
        facts.between(1, 3),
        facts.between(4, 6),
        facts.between(20, 95),
    )
}

fn visit(shared: &mut Random, facts: &mut Random) -> String {
    let what = *shared.pick(&["高温慰问", "节前走访", "结对帮扶", "爱心助学"]);
    let region = facts.pick(&REGIONS);
    format!(
        "{}{}总工会日前开展{what}活动，先后走访企业{}家、困难职工家庭{}户，发放慰问金{}.{}万元，惠及职工{}人，其中农民工{}人。",
        region.city,
        facts.pick(region.districts),
        facts.between(5, 60),
        facts.between(20, 400),
        facts.between(6, 99),
        facts.between(1, 9),
        facts.between(500, 4_000),
        facts.between(100, 490),
    )
}

/// The same words with other names and numbers. A paragraph without any is passed over: it would be an exact copy.
fn with_other_facts(words: u64, own: u64, vary: f64) -> String {
    for n in 0..16 {
        let words = key(&[words, n]);
        let text = wording::paragraph(words, own, vary, 50);
        let twin = wording::paragraph(words, own ^ 1, vary, 50);
        let differing = text.chars().zip(twin.chars()).filter(|(a, b)| a != b).count();
        if text.chars().count() != twin.chars().count() || differing >= 4 {
            return text;
        }
    }
    wording::paragraph(own, own, vary, 50)
}
