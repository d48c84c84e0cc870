//! Qualifiers on either side of a quantity: 超196万元, 近百名, 30人左右, 最高可获5000元.

use std::sync::LazyLock;

use crate::record::Approx;
use crate::text::numeral::{Bound, is_numeral};
use crate::text::{CharSet, Folded, WordList, sentence};

/// What stands before a number, what it says, and whether it belongs to the printed quantity.
const BEFORE: &[(&str, Approx)] = &[
    ("最高不得超过", Approx::AtMost),
    ("最高不超过", Approx::AtMost),
    ("最多不超过", Approx::AtMost),
    ("最低不得低于", Approx::AtLeast),
    ("最低不低于", Approx::AtLeast),
    ("最少不少于", Approx::AtLeast),
    ("不超过", Approx::AtMost),
    ("不得超过", Approx::AtMost),
    ("不能超过", Approx::AtMost),
    ("不可超过", Approx::AtMost),
    ("不应超过", Approx::AtMost),
    ("未超过", Approx::AtMost),
    ("没超过", Approx::AtMost),
    ("不得高于", Approx::AtMost),
    ("不得多于", Approx::AtMost),
    ("不会超过", Approx::AtMost),
    ("不出", Approx::AtMost),
    ("最长", Approx::AtMost),
    ("不高于", Approx::AtMost),
    ("不多于", Approx::AtMost),
    ("最多", Approx::AtMost),
    ("至多", Approx::AtMost),
    ("最高", Approx::AtMost),
    ("封顶", Approx::AtMost),
    ("上限", Approx::AtMost),
    ("下限", Approx::AtLeast),
    ("不得少于", Approx::AtLeast),
    ("不得低于", Approx::AtLeast),
    ("不能少于", Approx::AtLeast),
    ("不能低于", Approx::AtLeast),
    ("保底", Approx::AtLeast),
    ("不会少于", Approx::AtLeast),
    ("不会低于", Approx::AtLeast),
    ("不应低于", Approx::AtLeast),
    ("不少于", Approx::AtLeast),
    ("不低于", Approx::AtLeast),
    ("不下于", Approx::AtLeast),
    ("不下", Approx::AtLeast),
    ("低于", Approx::AtMost),
    ("少于", Approx::AtMost),
    ("至少", Approx::AtLeast),
    ("最少", Approx::AtLeast),
    ("最低", Approx::AtLeast),
    ("起码", Approx::AtLeast),
    ("不止", Approx::Over),
    ("超过", Approx::Over),
    ("超出", Approx::Over),
    ("不超", Approx::AtMost),
    ("超", Approx::Over),
    ("逾", Approx::Over),
    ("破", Approx::Over),
    ("将近", Approx::Nearly),
    ("接近", Approx::Nearly),
    ("逼近", Approx::Nearly),
    ("不足", Approx::Nearly),
    ("不及", Approx::Nearly),
    ("不到", Approx::Nearly),
    ("不满", Approx::Nearly),
    ("未满", Approx::Nearly),
    ("未达", Approx::Nearly),
    ("近", Approx::Nearly),
    ("大约", Approx::About),
    ("大概", Approx::About),
    ("约合", Approx::About),
    ("约", Approx::About),
    ("上", Approx::AtLeast),
    ("过", Approx::Over),
];

/// Of these, the words for the ends of a scale: a building too is 封顶, so they bound only sums, shares and lengths of time.
pub(super) const ENDS_OF_SCALE: &[&str] = &["封顶", "保底", "上限", "下限"];

/// And the words for how long it takes at most: 不出三年, but 拿不出3000元; 最长15天.
pub(super) const ENDS_OF_TIME: &[&str] = &["不出", "最长"];

/// A qualifier before a quantity.
#[derive(Clone, Copy, Debug)]
pub(super) struct Before {
    /// Where it begins.
    pub start: usize,
    /// What it says.
    pub approx: Approx,
}

/// The qualifier that stands right before `at`. 上 and 过 count only before a number that is only multipliers (上百, 过亿),
/// and 过 before a half (过半) and an age (年过六旬).
pub(super) fn before(text: &Folded, at: usize, bare: bool) -> Option<Before> {
    static LIST: LazyLock<WordList> =
        LazyLock::new(|| WordList::of_last(&BEFORE.iter().map(|(word, _)| *word).collect::<Vec<_>>()));
    let word = LIST.before(text, at)?;
    let (word, approx) = BEFORE.iter().find(|(w, _)| *w == word)?;
    let start = at - word.chars().count();
    let left = text.before(start);
    let part_of_word = match *word {
        // 年收入破百万元; but 侦破3起案件, 跌破百元.
        "破" => !is_scaled(text, at) || "突打冲跌击攻爆残说点看识侦告侵揭踏道戳捅刺划撕咬".contains(left),
        "不出" => bare || crate::text::is_cjk(left) && !"在后前久内就".contains(left),
        // 放不下20人, 居高不下3年.
        "不下" => crate::text::is_cjk(left) && "放装坐住容咽停吃写高盛挤数记说".contains(left),
        // 今年少于往年.
        "低于" => matches!(left, '降' | '减'),
        "上" => !bare || matches!(left, '以' | '马' | '之' | '早' | '晚' | '网' | '加' | '算' | '向' | '用'),
        "过" => {
            !(bare || text.get(at) == '半' || left == '年' && is_old(text, at))
                || matches!(left, '超' | '通' | '经' | '不' | '透' | '度' | '难' | '越')
        }
        // 血流不止3小时: what does not stop.
        "不止" => "血流泪咳喘吐泻痛哭笑抖".contains(left),
        // 每条约620字.
        "约" if left == '条' => text.before(start - 1) != '每',
        // 救助贫困母亲近3万人.
        "近" if left == '亲' => text.one_before(start, &["母亲", "父亲", "双亲", "乡亲", "单亲"]).is_none(),
        _ => is_part_of_word(word, left),
    };
    (!part_of_word).then_some(Before { start, approx: *approx })
}

/// Whether the number that begins at `at` is how old somebody is: 年过六旬, 年过60岁.
fn is_old(text: &Folded, at: usize) -> bool {
    const LONGEST: usize = 3;
    let number = |i: &usize| text.get(*i).is_ascii_digit() || crate::text::numeral::is_numeral(text.get(*i));
    let end = at + (at..at + LONGEST).take_while(number).count();
    matches!(text.get(end), '旬' | '岁')
}

/// Whether the number that begins at `at` holds a large multiplier.
fn is_scaled(text: &Folded, at: usize) -> bool {
    /// Characters of the number.
    const LONGEST: usize = 7;
    let number = |i: &usize| {
        let c = text.get(*i);
        c.is_ascii_digit() || c == '.' || crate::text::numeral::is_numeral(c)
    };
    (at..at + LONGEST).take_while(number).any(|i| matches!(text.get(i), '百' | '千' | '万' | '亿'))
}

/// Whether a qualifier is the end of another word (最近, 节约) by the character before it.
fn is_part_of_word(word: &str, left: char) -> bool {
    match word {
        "近" => matches!(left, '最' | '附' | '远' | '临' | '邻' | '靠' | '亲' | '新' | '相'),
        "超" => matches!(left, '赶' | '高' | '反' | '英'),
        "约" => matches!(left, '节' | '合' | '预' | '签' | '条' | '公' | '制' | '契' | '违' | '履' | '解'),
        _ => false,
    }
}

/// Qualifiers with at most a link between them and the number.
const NEXT: &[(&str, Approx)] = &[
    ("突破", Approx::Over),
    ("冲破", Approx::Over),
    ("超过", Approx::Over),
    ("大约", Approx::About),
    ("估计", Approx::About),
    ("大致", Approx::About),
    ("大概", Approx::About),
    ("差不多", Approx::About),
    ("几乎", Approx::Nearly),
    ("接近", Approx::Nearly),
    ("约", Approx::About),
];

/// Qualifiers that hold for a number farther on in their clause.
const FAR: &[(&str, Approx)] = &[
    ("最高", Approx::AtMost),
    ("最多", Approx::AtMost),
    ("至多", Approx::AtMost),
    ("最长", Approx::AtMost),
    ("不超过", Approx::AtMost),
    ("至少", Approx::AtLeast),
    ("最少", Approx::AtLeast),
    ("起码", Approx::AtLeast),
    ("不低于", Approx::AtLeast),
    ("不少于", Approx::AtLeast),
];

/// What bounds a share of what stands between: 不足鼎盛时期的1/3, 超过全村人口的10%.
pub(super) fn of_whole(text: &Folded, at: usize, floor: usize) -> Option<Approx> {
    const WORDS: &[(&str, Approx)] = &[
        ("不足", Approx::Nearly),
        ("不到", Approx::Nearly),
        ("不超过", Approx::AtMost),
        ("不高于", Approx::AtMost),
        ("不低于", Approx::AtLeast),
        ("不少于", Approx::AtLeast),
        ("超过", Approx::Over),
        ("超出", Approx::Over),
        ("接近", Approx::Nearly),
    ];
    if text.before(at) != '的' {
        return None;
    }
    let clause = sentence::clause_start(text, at, ABOUT_REACH).max(floor);
    let opens = |i: usize| i == clause || matches!(text.before(i), '已' | '还' | '仍' | '都' | '也' | '占' | '仅');
    // 救助金不超过低保标准的12倍: says it wherever it stands.
    let bounds = |approx: Approx| matches!(approx, Approx::AtMost | Approx::AtLeast);
    let (at_word, (word, approx)) = (clause..at).find_map(|i| {
        let found = WORDS.iter().find(|(w, _)| text.has(i, w))?;
        (bounds(found.1) || opens(i)).then_some((i, found))
    })?;
    let start = at_word + word.chars().count();
    // 超过规定的10%的企业的1/3.
    let plain = (start..at).all(|i| crate::text::is_cjk(text.get(i)));
    (plain && at - start > 2).then_some(*approx)
}

/// What a share or sum is about, with what it is of between: 约占总量的70%.
const ABOUT: &[&str] = &["约占", "约为", "约是", "约相当于"];

/// How much farther on, in characters.
const FAR_REACH: usize = 9;
/// The same where what is granted stands between.
const GRANTED_REACH: usize = 16;
const ABOUT_REACH: usize = 20;

/// What a number says by words that stand before it but not next to it: 约有300人, 突破了七千万, 最高一年可获5000元.
///
/// The words are looked for in the clause, from `at` back, and not beyond `floor`. `lasts`: it is a length of time.
pub(super) fn farther_before(text: &Folded, at: usize, floor: usize, lasts: bool) -> Option<Approx> {
    static LINKS: CharSet = CharSet::new("有为占达是计了到需共");
    let mut left = at;
    while left > floor && at - left < 3 && LINKS.has(text.before(left)) {
        left -= 1;
    }
    for (word, approx) in NEXT {
        if text.has_before(left, word) {
            let word_start = left - word.chars().count();
            if word_start >= floor && !is_part_of_word(word, text.before(word_start)) {
                return Some(*approx);
            }
        }
    }
    let about = || {
        // 约占1998年任务的22%: a date between takes nothing away.
        let dated = matches!(text.before(floor), '年' | '月' | '日');
        let floor = if dated { 0 } else { floor };
        let mut clause = sentence::clause_start(text, at, ABOUT_REACH).max(floor)..at;
        clause.any(|i| text.one_of(i, ABOUT).is_some() && !is_part_of_word("约", text.before(i)))
    };
    if text.before(at) == '的' && about() {
        return Some(Approx::About);
    }
    let from = sentence::clause_start(text, at, GRANTED_REACH);
    // Another amount in between has taken it; a length of time has not (最高一年可获…).
    let number = |c: char| c.is_ascii_digit() || is_numeral(c) || matches!(c, '多' | '余' | '几' | '来');
    let from = (from..at)
        .rev()
        .find(|&i| matches!(text.get(i), '元' | '人' | '名' | '%' | '家' | '户' | '倍') && number(text.before(i)))
        .map_or(from, |i| i + 1);
    (from..at).rev().filter(|&i| matches!(text.get(i), '最' | '至' | '不' | '起')).find_map(|i| {
        let (word, approx) = FAR.iter().find(|(w, _)| text.has(i, w))?;
        if *word == "最长" && !lasts {
            return None;
        }
        // 最高法院, 最高人民…; 最高奖, 最高的, 最多时: not a bound of this number.
        let next = text.get(i + 2);
        let prize = next == '奖' && text.get(i + 3) != '励';
        let year = next == '年' && text.get(i + 3) == '份';
        // 一起码放, 发起码头工人.
        let other = *word == "起码" && matches!(next, '头' | '放');
        // 最高可申领一次性创业补贴1万元: what is granted stands between; 最多可享受补贴的职工达30人: and who they are.
        let of_whom = || (i..at - 1).any(|i| text.get(i) == '的');
        let near = at - i <= FAR_REACH || matches!(next, '可' | '能' | '给' | '补' | '奖' | '享' | '获') && !of_whom();
        (near && !other && !prize && !year && !matches!(next, '的' | '者' | '法' | '人' | '检' | '峰' | '时'))
            .then_some(*approx)
    })
}

/// A qualifier behind a quantity: past its last character, and what it says.
pub(super) fn after(text: &Folded, at: usize) -> Option<(usize, Approx)> {
    const AFTER: &[(&str, Approx)] = &[
        ("以上", Approx::AtLeast),
        ("及以上", Approx::AtLeast),
        ("或以上", Approx::AtLeast),
        ("以下", Approx::AtMost),
        ("及以下", Approx::AtMost),
        ("以内", Approx::AtMost),
        ("之内", Approx::AtMost),
        ("左右", Approx::About),
        ("上下", Approx::About),
        ("有余", Approx::Over),
        ("开外", Approx::Over),
        ("出头", Approx::Over),
        ("封顶", Approx::AtMost),
        ("保底", Approx::AtLeast),
        ("起步", Approx::AtLeast),
    ];
    // 3000元不到; but 3000元不到一月就花完.
    const AT_END: [(&str, Approx); 3] = [("不到", Approx::Nearly), ("不止", Approx::Over), ("还多", Approx::Over)];
    if matches!(text.get(at), '不' | '还') {
        let (word, approx) = AT_END.iter().find(|(word, _)| text.has(at, word))?;
        let end = at + word.chars().count();
        let ends = !crate::text::is_cjk(text.get(end)) || matches!(text.get(end), '的' | '就' | '时');
        return ends.then_some((end, *approx));
    }
    if !matches!(text.get(at), '起' | '以' | '及' | '或' | '之' | '左' | '上' | '有' | '开' | '出' | '封' | '保')
    {
        return None;
    }
    let (word, approx) = AFTER.iter().find(|(w, _)| text.has(at, w))?;
    Some((at + word.chars().count(), *approx))
}

/// 多 or 余 behind a unit (一年多, 3元多); not where it begins a word (多次, 余下).
pub(super) fn more_behind(text: &Folded, at: usize) -> bool {
    match text.get(at) {
        '多' => !matches!(
            text.get(at + 1),
            '次' | '种'
                | '样'
                | '名'
                | '个'
                | '少'
                | '数'
                | '方'
                | '万'
                | '年'
                | '项'
                | '家'
                | '位'
                | '元'
                | '么'
                | '部'
                | '出'
        ),
        '余' => !matches!(text.get(at + 1), '下' | '额' | '热' | '粮' | '款' | '地' | '姚' | '杭'),
        _ => false,
    }
}

/// What the signs inside a numeral say.
pub(super) fn of_bound(bound: Bound) -> Approx {
    match bound {
        Bound::Exact => Approx::Exact,
        Bound::Over => Approx::Over,
        Bound::About => Approx::About,
        Bound::Range => Approx::Range,
        Bound::Several => Approx::Several,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, bare: bool, expected: Option<Approx>) {
        let folded = Folded::new(text);
        assert_eq!(before(&folded, folded.len(), bare).map(|b| b.approx), expected, "{text}");
    }

    #[test]
    fn before_the_number() {
        check("救助金超", false, Some(Approx::Over));
        check("工会近", false, Some(Approx::Nearly));
        check("不超过", false, Some(Approx::AtMost));
        check("筹集约", false, Some(Approx::About));
        check("慰问上", true, Some(Approx::AtLeast));
        check("观众不会少于", false, Some(Approx::AtLeast));
        check("拒绝低于", false, Some(Approx::AtMost));
        check(",不出", false, Some(Approx::AtMost));
    }

    #[test]
    fn parts_of_words() {
        check("最近", false, None);
        check("附近", false, None);
        check("节约", false, None);
        check("公约", false, None);
        check("以上", true, None);
        check("会上", false, None);
        check("通过", true, None);
        check("他拿不出", false, None);
    }

    #[test]
    fn behind_the_unit() {
        let at = |text: &str| after(&Folded::new(text), 0).map(|(_, a)| a);
        assert_eq!(at("以上"), Some(Approx::AtLeast));
        assert_eq!(at("左右"), Some(Approx::About));
        assert_eq!(at("上下"), Some(Approx::About));
        assert_eq!(at("上涨"), None);
        assert!(more_behind(&Folded::new("多的建设"), 0));
        assert!(!more_behind(&Folded::new("多次"), 0));
    }
}
