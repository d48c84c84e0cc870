//! The noun phrase that ends a piece: what stands before a number.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::{RANKS, REACH, TAILS, Wanted, Word, is_outer_verb, takes_verb, words};
use crate::extract::quantity::noun;

/// Verbs that jieba has for nouns and that take what follows as their object.
const OPENING_VERBS: &[&str] = &[
    "开发", "研制", "研发", "培育", "认定", "备案", "节省", "预计", "预算", "实际", "参与", "引导", "撬动", "新增",
    "兑现", "兑付", "清偿", "追缴", "补缴", "实现", "上缴", "缴纳", "交纳", "征收", "核发", "核减", "约谈", "筛查",
    "输出", "引入", "培训",
];

/// What is done with firms and sites that are then counted (检查企业, but 监督单位).
const VISITS: &[&str] =
    &["检查", "排查", "督查", "督导", "调研", "巡查", "抽查", "回访", "指导", "发动", "帮扶", "服务"];

const VISITED: &[&str] = &["企业", "工地", "门店", "商户", "用人单位"];

/// What ends a word for a rate or a size.
const RATE_ENDS: [char; 9] = ['率', '额', '量', '费', '价', '面', '度', '比', '值'];

/// Words of two characters that jieba parts.
const COMPOUNDS: &[&str] = &["占比", "均价", "单价", "收案", "结案", "增速", "增加值", "增幅", "降幅", "涨幅", "跌幅"];

/// Verbs that say how high a rate is, or that reach it, and are no part of its name.
const LEVEL_VERBS: &[&str] = &[
    "达到", "实现", "使", "提高", "保持", "确保", "要求", "规定", "显示", "表示", "认为", "反映", "降低", "力争",
    "争取", "保证", "预计", "获得", "取得", "超过", "估计", "公布", "宣布", "介绍", "增加", "上升", "下降", "完成",
    "推动", "促进", "带动", "促使",
];

static OPENING_SET: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| OPENING_VERBS.iter().copied().collect());

static LEVEL_SET: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| LEVEL_VERBS.iter().copied().collect());

/// The last bytes of a piece that are looked at, from a character's border.
fn tail(piece: &str) -> usize {
    let mut from = piece.len().saturating_sub(REACH);
    while !piece.is_char_boundary(from) {
        from += 1;
    }
    from
}

/// How many words behind the people may say what they do.
const LONGEST_DOING: usize = 4;

/// The noun phrase that ends `piece`, as bytes of it.
pub(in crate::extract::quantity) fn before(piece: &str, wanted: Wanted) -> Option<(usize, usize)> {
    let money = wanted == Wanted::Sum;
    if let Some(at) = generation(piece) {
        return Some((at, piece.len()));
    }
    let offset = tail(piece);
    let words = words(&piece[offset..]);
    let mut last = words.len().checked_sub(1)?;
    // 大学以上学历的(有160人): a phrase without its head.
    if words[last].text == "的" && last > 0 {
        last -= 1;
    }
    // 蔡文强等(4人), 硕士生以上(有21人).
    let closes = matches!(words[last].text, "等" | "等等" | "以上" | "以下") && last > 0;
    let mut head_at = if closes { last - 1 } else { last };
    // 个体户全镇(有300家): where, not who.
    if !closes && head_at > 0 && noun::is_area(words[head_at].text) && words[head_at - 1].is_nominal() {
        head_at -= 1;
    }
    // 职工参保(42万人), 学生高考录取, 农民工来访、咨询: the people, not what they do.
    if wanted == Wanted::Person && !closes && noun::of(words[head_at].text).is_none() {
        let doing = |w: &Word<'_>| {
            (w.tag.starts_with('v') || matches!(w.tag, "ns" | "s") || matches!(w.text, "、" | "和" | "及"))
                && noun::of(w.text).is_none()
        };
        let verbs = words[..=head_at].iter().rev().take(LONGEST_DOING).take_while(|w| doing(w)).count();
        let named = head_at.checked_sub(verbs).filter(|_| verbs > 0);
        if let Some(at) = named.filter(|&at| noun::of(words[at].text) == Some(noun::Noun::Person)) {
            head_at = at;
        }
    }
    // 工会经费返还(1380万元): the sum, not what is done with it.
    if money
        && !closes
        && head_at > 0
        && words[head_at].is_verb()
        && !noun::names_money(words[head_at].text)
        && noun::ends_in_sum(words[head_at - 1].text)
    {
        head_at -= 1;
    }
    let head = &words[head_at];
    let listed = closes && words[last].text.starts_with('等');
    if !head.is_nominal() && !matches!(head.text, "”" | "’" | "》") {
        let total = head.text == "投入";
        let sum = (money || wanted == Wanted::Share) && noun::names_money(head.text) || money && total;
        // 社会资本|投入(接近50%): an act that is measured, behind the noun that does it or gets it.
        let act = wanted == Wanted::Share
            && matches!(head.text, "投入" | "投资" | "支出" | "进口" | "出口" | "销售" | "生产" | "消费" | "增速")
            && (head_at == 0 || words[head_at - 1].is_nominal());
        // 御寒衣|物.
        let tail = head.text.chars().count() == 1
            && head.text.ends_with(TAILS)
            && head_at > 0
            && words[head_at - 1].text.chars().count() > 1
            && (words[head_at - 1].is_nominal() || words[head_at - 1].tag.starts_with('v'));
        // 节省|开支: a set phrase of a verb and a sum.
        let half = head.text.char_indices().nth(2).map(|(at, _)| at).filter(|_| head.text.chars().count() == 4);
        if let Some(half) = half.filter(|&at| money && noun::names_money(&head.text[at..]))
            && head.tag.starts_with(['i', 'l'])
        {
            return Some((offset + head.start + half, offset + head.end()));
        }
        let compound = COMPOUNDS.contains(&head.text)
            || head.text.chars().count() == 1
                && (noun::is_modified(head.text)
                    || head.text == "家" && head_at > 1 && words[head_at - 1].text == "之"
                    || COMPOUNDS.iter().any(|c| piece.ends_with(c)));
        // 减轻企业负担(42万元), but 企业负担(70%).
        let burden = money
            && head.text == "负担"
            && words[..head_at].iter().any(|w| matches!(w.text, "减轻" | "减少" | "降低" | "加重" | "增加"));
        // 文体组织, 群众代表, “两新”组织: nouns that are verbs as often, behind a noun or a name.
        let behind = |w: &Word<'_>| w.is_nominal() || w.text == "”";
        let noun = noun::of(head.text).is_some() && head_at > 0 && behind(&words[head_at - 1]);
        let rate = wanted == Wanted::Share && head.text.strip_suffix(RATE_ENDS) == Some("") && head_at > 0;
        let person = wanted == Wanted::Person && noun::of(head.text) == Some(noun::Noun::Person);
        if !sum && !compound && !tail && !noun && !person && !act && !rate && !burden {
            return None;
        }
    }
    let mut first = head_at;
    let mut listed = listed;
    // 建|会|率: a rate and the one or two characters that jieba parts from it.
    let rate = head.text.ends_with(RATE_ENDS);
    // 垫|资, 建|会|率: what jieba parts of a compound.
    if head.text.chars().count() == 1 {
        let most = if rate { 2 } else { 1 };
        // 职工之家.
        if first > 1 && words[first - 1].text == "之" && words[first - 2].is_nominal() {
            first -= 2;
        }
        let verb = |w: &Word<'_>| rate || w.tag.starts_with('v') || w.tag.ends_with('g');
        while first > 0 && head_at - first < most && words[first - 1].is_lone() && verb(&words[first - 1]) {
            first -= 1;
        }
    }
    let rate = rate && wanted == Wanted::Share;
    // 向灾区捐款(1万元): the giving itself, without to whom.
    let only_head = money && (noun::is_giving(head.text) || head.text == "投入");
    let visited = VISITED.contains(&head.text);
    let gives = money && words[..head_at].iter().any(|w| matches!(w.text, "为" | "给" | "对" | "向"));
    while first > 0 && !only_head {
        let word = &words[first - 1];
        let right = &words[first];
        if visited && VISITS.contains(&word.text) {
            break;
        }
        let take = if word.joins() {
            first > 1 && (words[first - 2].is_nominal() || words[first - 2].joins() || words[first - 2].text == "等")
                || matches!(word.text, "“" | "‘" | "《")
        } else if word.is_verb()
            && !(listed && words[first.saturating_sub(4)..first - 1].iter().any(|w| w.text == "、"))
        {
            // 培训|会员: people are who it is done to; but 管理|人员.
            let done = noun::of(right.text) == Some(noun::Noun::Person)
                && noun::is_transitive(word.text)
                && !matches!(right.text, "人员" | "员" | "者" | "工" | "师");
            let modifies = !done
                && word.text.chars().count() >= 2
                && !is_outer_verb(word.text, right.text)
                && !super::ends_phrase(word.text)
                && !LEVEL_SET.contains(word.text);
            let compound = rate && word.text.chars().count() >= 2 && !LEVEL_SET.contains(word.text);
            takes_verb(right) && modifies || compound
        } else if gives && matches!(word.text, "补贴" | "补助" | "资助" | "报销") && noun::ends_in_sum(right.text)
        {
            // 为员工补贴|车费: what is paid of it.
            false
        } else if matches!(word.text, "以上" | "以下") {
            // 县以上党政干部, 大专以上学历.
            first > 1 && RANKS.contains(&words[first - 2].text)
        } else if RANKS.contains(&word.text) && matches!(right.text, "以上" | "以下") {
            true
        } else if word.text == "等" {
            first > 1 && words[first - 2].is_nominal()
        } else {
            // Inside a list that 等 closes, a word jieba does not know is part of an item (护工、保安等).
            // 到账(资金): two characters that jieba parts.
            let parted = word.tag.starts_with('v') && [word, right].iter().all(|w| w.text.chars().count() == 1);
            word.is_nominal()
                || parted
                || listed && words[first.saturating_sub(4)..first - 1].iter().any(|w| w.text == "、")
        };
        listed |= word.text == "等";
        if !take {
            break;
        }
        first -= 1;
    }
    // 总投资, 年收入: what sort of sum it is.
    if only_head && first > 0 && matches!(words[first - 1].text, "总" | "年" | "月" | "净" | "纯" | "日") {
        first -= 1;
    }
    while first < head_at && words[first].text.starts_with('该') {
        first += 1;
    }
    while first < head_at && words[first].joins() && !matches!(words[first].text, "“" | "‘" | "《") {
        first += 1;
    }
    let start = words[first].start + offset;
    // 培育高新技术企业: a verb that jieba has for a noun opens no phrase.
    let start = match words.get(first) {
        Some(w) if first < head_at && OPENING_SET.contains(w.text) => words[first + 1].start + offset,
        _ => start,
    };
    // 最不发达国家, 非公有企业: what it denies belongs to it.
    let denied = piece[..start]
        .strip_suffix(['不', '欠', '非', '未'])
        .filter(|_| words[first].tag.starts_with(['a', 'n', 'v', 'b', 'l', 'j']));
    let start = denied.map_or(start, |rest| rest.strip_suffix('最').unwrap_or(rest).len());
    let end = if closes { words[last].end() } else { head.end() } + offset;
    let named = piece.get(start..end).is_some_and(|w| w.chars().any(char::is_alphanumeric));
    (start < end && named).then(|| with_marks(piece, start, end))
}

/// The phrase with the rest of the quotation that it was cut out of: “两松”面积, where 两 is no part of any noun.
fn with_marks(piece: &str, start: usize, end: usize) -> (usize, usize) {
    /// Characters of the rest at most, the mark among them.
    const LONGEST: usize = 6;
    /// The same of a short name.
    const SHORT: usize = 4;
    let cut = piece.get(start..end).unwrap_or_default();
    let before = piece.get(..start).unwrap_or_default();
    let inside = cut.chars().filter(|c| matches!(c, '“' | '”')).eq(['”']);
    let ends_there = cut.chars().all(|c| !matches!(c, '“' | '”')) && piece[end..].starts_with('”');
    let opening = before.rfind(['“', '”']).filter(|&at| before[at..].starts_with('“'));
    // “两新”|组织: the short name of a kind before the noun.
    let kind = before.strip_suffix('”').and_then(|rest| rest.rfind(['“', '”']));
    if let Some(at) = kind.filter(|&at| before[at..].starts_with('“') && before[at..].chars().count() <= SHORT) {
        return (at, end);
    }
    match opening {
        Some(at) if (inside || ends_there) && before[at..].chars().count() <= LONGEST => {
            (at, if inside { end } else { end + '”'.len_utf8() })
        }
        _ => (start, end),
    }
}

/// Where 80后 or 00后 begins, which `piece` ends in.
fn generation(piece: &str) -> Option<usize> {
    let born = piece.strip_suffix('后')?;
    let mut digits = born.char_indices().rev().take_while(|(_, c)| matches!(c, '0'..='9' | '０'..='９'));
    let (_, last) = digits.next()?;
    let (at, _) = digits.next()?;
    (matches!(last, '0' | '5' | '０' | '５') && digits.next().is_none()).then_some(at)
}
