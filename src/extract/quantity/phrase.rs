//! Noun phrases beside a number, by jieba's words and parts of speech.
//!
//! In: a piece of a clause without the number. Out: the phrase that ends it (before a number) or opens it (behind one),
//! in bytes of the piece. A part of speech alone decides nothing: the lists of [`super::noun`] overrule it where a verb is
//! often a noun (救助, 培训).

use super::noun;
use crate::text::jieba;

/// A word with its place in the piece.
#[derive(Clone, Copy, Debug)]
struct Word<'t> {
    text: &'t str,
    tag: &'t str,
    start: usize,
}

impl Word<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }

    fn is_verb(&self) -> bool {
        !noun::is_nominal_verb(self.text)
            && ((self.tag.starts_with('v') && self.tag != "vn") || noun::is_transitive(self.text))
    }

    /// Whether it can stand in a noun phrase as it is.
    fn is_nominal(&self) -> bool {
        if NEVER.contains(&self.text) {
            return false;
        }
        match self.tag.as_bytes().first() {
            Some(b'n' | b'a' | b'b' | b'j' | b'l' | b'i' | b's') => self.tag != "ad",
            Some(b'e') => self.tag == "eng",
            Some(b'v') => (self.tag == "vn" && !noun::is_transitive(self.text)) || noun::is_nominal_verb(self.text),
            Some(b'x' | b'z') => self.text.chars().all(crate::text::is_cjk),
            _ => SOMETIMES.contains(&self.text),
        }
    }

    fn joins(&self) -> bool {
        matches!(
            self.text,
            "、" | "和" | "与" | "及" | "以及" | "暨" | "“" | "”" | "‘" | "’" | "\"" | "·" | "《" | "》" | "-"
        )
    }
}

/// Words that jieba calls nouns or adjectives and that end a phrase all the same.
const NEVER: &[&str] = &[
    "同时", "其中", "目前", "今年", "去年", "全年", "当年", "左右", "以上", "以下", "以来", "同比", "平均", "累计",
    "总计", "合计", "多", "少", "高", "低", "大约", "近", "约", "全部", "共", "至今", "期间", "此外", "截至", "截止",
    "先后", "分别", "总共", "一共", "达", "为", "每人", "每年", "人均", "来", "前", "后", "上", "下", "中", "内", "外",
    "间", "时", "均", "已", "等",
];

/// Words of other tags that a phrase may hold.
const SOMETIMES: &[&str] = &[
    "女",
    "男",
    "老",
    "新",
    "大",
    "小",
    "特困",
    "一线",
    "困难",
    "下岗",
    "失业",
    "在职",
    "离退休",
    "退休",
    "农",
    "各类",
    "所属",
    "下属",
    "一等奖",
    "二等奖",
    "三等奖",
    "特等奖",
    "以上学历",
    "非公",
    "留守",
];

/// How many bytes of a piece are tagged.
const REACH: usize = 96;

fn words(piece: &str) -> Vec<Word<'_>> {
    let mut at = 0;
    jieba()
        .tag(piece, false)
        .into_iter()
        .map(|t| {
            let word = Word { text: t.word, tag: t.tag, start: at };
            at += t.word.len();
            word
        })
        .collect()
}

/// The last bytes of a piece that are looked at, from a character's border.
fn tail(piece: &str) -> usize {
    let mut from = piece.len().saturating_sub(REACH);
    while !piece.is_char_boundary(from) {
        from += 1;
    }
    from
}

fn front(piece: &str) -> &str {
    let mut to = piece.len().min(REACH);
    while !piece.is_char_boundary(to) {
        to -= 1;
    }
    &piece[..to]
}

/// The noun phrase that ends `piece`, as bytes of it.
pub(super) fn before(piece: &str, money: bool) -> Option<(usize, usize)> {
    let offset = tail(piece);
    let words = words(&piece[offset..]);
    let mut last = words.len().checked_sub(1)?;
    // 大学以上学历的(有160人): a phrase without its head.
    if words[last].text == "的" && last > 0 {
        last -= 1;
    }
    // 蔡文强等(4人).
    let closes = matches!(words[last].text, "等" | "等等") && last > 0;
    let head_at = if closes { last - 1 } else { last };
    let head = &words[head_at];
    if !head.is_nominal() && !matches!(head.text, "”" | "’" | "》") {
        let sum = money && noun::names_money(head.text);
        let compound = head.text.chars().count() == 1 && noun::is_modified(head.text);
        if !sum && !compound {
            return None;
        }
    }
    let mut first = head_at;
    let mut listed = closes;
    while first > 0 {
        let word = &words[first - 1];
        let right = &words[first];
        let take = if word.joins() {
            first > 1 && (words[first - 2].is_nominal() || words[first - 2].joins() || words[first - 2].text == "等")
                || matches!(word.text, "“" | "‘" | "《")
        } else if word.is_verb()
            && !(listed && words[first.saturating_sub(4)..first - 1].iter().any(|w| w.text == "、"))
        {
            noun::is_modified(right.text) && word.text.chars().count() >= 2 && !is_outer_verb(word.text, right.text)
        } else if word.text == "等" {
            first > 1 && words[first - 2].is_nominal()
        } else {
            // Inside a list that 等 closes, a word jieba does not know is part of an item (快递员、网约车司机等).
            word.is_nominal() || listed && words[first.saturating_sub(4)..first - 1].iter().any(|w| w.text == "、")
        };
        listed |= word.text == "等";
        if !take {
            break;
        }
        first -= 1;
    }
    while first < head_at && words[first].joins() && !matches!(words[first].text, "“" | "‘" | "《") {
        first += 1;
    }
    let start = words[first].start + offset;
    let end = if closes { words[last].end() } else { head.end() } + offset;
    (start < end).then_some((start, end))
}

/// Verbs that hand something out or bring it in keep what follows as their object: 投入|资金, but 救助资金.
fn is_outer_verb(verb: &str, noun: &str) -> bool {
    const OUTER: &[&str] = &[
        "投入",
        "筹集",
        "发放",
        "募集",
        "收取",
        "支付",
        "拨付",
        "下拨",
        "返还",
        "补发",
        "新增",
        "增加",
        "减少",
        "争取",
        "落实",
        "提供",
        "获得",
        "享受",
        "缴纳",
        "上缴",
        "偿还",
        "建立",
        "组建",
        "成立",
        "新建",
        "开展",
        "举办",
        "解决",
        "涉及",
        "覆盖",
        "受理",
        "办理",
        "调解",
        "投放",
        "净投放",
        "使用",
        "占用",
        "设立",
        "设置",
        "引进",
        "购买",
        "购置",
        "签订",
        "追回",
        "收缴",
        "收回",
        "建成",
        "实现",
        "完成",
        "召开",
        "走访",
        "拥有",
        "带动",
        "惠及",
        "吸纳",
        "划拨",
        "给予",
        "创造",
        "节约",
        "达到",
        "占",
        "超过",
        "参加",
    ];
    let one = noun.chars().count() == 1;
    !one && OUTER.contains(&verb)
}

/// The noun phrase that opens `piece`, as bytes of it. `counts`: the number counts it directly (名, 家), so that a clause
/// before its 的 belongs to it (300名来自全市的劳模).
pub(super) fn after(piece: &str, counts: bool, money: bool) -> Option<(usize, usize)> {
    let words = words(front(piece));
    let mut at = 0;
    if words.first()?.text == "的" {
        at = 1;
    }
    let start_at = at;
    while at < words.len() && matches!(words[at].text, "“" | "‘" | "《" | "(" | "（") {
        at += 1;
    }
    let mut end = None;
    let mut crossed = false;
    while let Some(word) = words.get(at) {
        let next = words.get(at + 1);
        if word.is_nominal() {
            end = Some(at);
        } else if word.joins() {
            if next.is_none_or(|n| !n.is_nominal() && !n.joins()) && !matches!(word.text, "”" | "’" | "》") {
                break;
            }
            if matches!(word.text, "”" | "’" | "》") {
                end = Some(at);
            }
        } else if word.text == "等" && end.is_some() {
            if next.is_none_or(|n| !n.is_nominal()) {
                end = Some(at);
                break;
            }
        } else if word.text == "的" && end.is_some() && !crossed && counts {
            let so_far = &piece[words[start_at].start..words[at].start];
            if next.is_none_or(|n| !n.is_nominal()) || noun::of(so_far).is_some() {
                break;
            }
            crossed = true;
        } else if word.is_verb() && next.is_some_and(|n| noun::is_modified(n.text)) && word.text.chars().count() >= 2 {
            // 救助资金, 帮扶对象.
        } else if end.is_none() && money && noun::names_money(word.text) {
            return Some((words[start_at].start, word.end()));
        } else {
            break;
        }
        at += 1;
    }
    if let Some(end) = end {
        return Some((words[start_at].start, words[end].end()));
    }
    if !counts {
        return None;
    }
    // A clause in front of the noun: what stands behind its last 的.
    let of = words.iter().take(14).rposition(|w| w.text == "的")?;
    let plain = words.get(start_at..of)?.iter().all(|w| w.tag != "m" && w.tag != "q");
    let mut last = of + 1;
    while words.get(last).is_some_and(|w| w.is_nominal() || w.joins()) {
        last += 1;
    }
    (plain && of > start_at && last > of + 1).then(|| (words[of + 1].start, words[last - 1].end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_before(piece: &str, money: bool, expected: &str) {
        assert_eq!(before(piece, money).map_or("", |(a, b)| &piece[a..b]), expected, "{piece}");
    }

    #[track_caller]
    fn check_after(piece: &str, counts: bool, expected: &str) {
        assert_eq!(after(piece, counts, false).map_or("", |(a, b)| &piece[a..b]), expected, "{piece}");
    }

    #[test]
    fn phrases_before() {
        check_before("全区新增工会会员", false, "工会会员");
        check_before("发放救助金", true, "救助金");
        check_before("一次性赔偿", true, "赔偿");
        check_before("走访慰问一线职工", false, "一线职工");
        check_before("惠及快递员、网约车司机等新就业形态劳动者", false, "快递员、网约车司机等新就业形态劳动者");
        check_before("积极参加", false, "");
        check_before("", false, "");
    }

    #[test]
    fn phrases_after() {
        check_after("女职工定制保险", true, "女职工");
        check_after("小微企业的职工", true, "小微企业");
        check_after("来自各县的劳模参加", true, "劳模");
        check_after("参加了比赛", true, "");
        check_after("保险理赔金", false, "保险理赔金");
    }
}
