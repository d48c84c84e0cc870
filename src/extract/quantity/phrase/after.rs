//! The noun phrase that opens a piece: what stands behind a number.

use super::{NEVER_SET, Wanted, Word, front, is_outer_verb, takes_verb, words};
use crate::extract::quantity::noun;

/// The act that opens `piece`, adjectives before it left out, where nothing is done to anything by it: 激烈|角逐,
/// 维修|后重新开放.
pub(in crate::extract::quantity) fn act(piece: &str) -> Option<(usize, usize)> {
    let words = words(front(piece));
    let at = words.iter().position(|w| !w.tag.starts_with(['a', 'b', 'd']))?;
    let named = words[at..].iter().take_while(|w| w.tag.starts_with('n')).count();
    let verb = words.get(at + named).filter(|w| w.tag.starts_with('v') && w.text.chars().count() == 2)?;
    let next = words.get(at + named + 1);
    let whole = next.is_none_or(|w| matches!(w.tag.as_bytes().first(), Some(b'x' | b'f' | b'v' | b'd' | b'c' | b'p')));
    whole.then(|| (words[at].start, verb.end()))
}

/// The noun phrase that opens `piece`, as bytes of it. `counts`: the number counts it directly (名, 家), so that a clause
/// before its 的 belongs to it (300名来自全市的劳模).
pub(in crate::extract::quantity) fn after(piece: &str, counts: bool, wanted: Wanted) -> Option<(usize, usize)> {
    after_in(piece, &words(front(piece)), counts, wanted)
}

/// The same, of a piece whose first `words` are known.
pub(in crate::extract::quantity) fn after_in(
    piece: &str,
    words: &[Word<'_>],
    counts: bool,
    wanted: Wanted,
) -> Option<(usize, usize)> {
    // 158所中、小学: half of each name is left out.
    if let Some(schools) = ["大、中、小学", "中、小学"].iter().find(|w| piece.starts_with(**w)) {
        return Some((0, schools.len()));
    }
    let money = wanted == Wanted::Sum;
    let mut at = 0;
    if words.first()?.text == "的" {
        at = 1;
    }
    let start_at = at;
    if words.get(at).is_some_and(|w| matches!(w.text, "、" | "和" | "与" | "及")) {
        return None;
    }
    while at < words.len()
        && matches!(words[at].text, "“" | "‘" | "《" | "(" | "（" | "绝对" | "相对" | "其他" | "其它")
    {
        at += 1;
    }
    // 年回报率, 月租金, 平均增长率.
    let average = |w: &str| !counts && matches!(w, "平均" | "年均");
    if words.get(at).is_some_and(|w| matches!(w.text, "年" | "月" | "日") || average(w.text))
        && words.get(at + 1).is_some_and(Word::is_nominal)
    {
        at += 1;
    }
    // 在京老同志.
    let place = |w: &Word<'_>| {
        let mut letters = w.text.chars();
        letters.next().is_some_and(|c| crate::text::is_cjk(c) && !"此这那自往到了不".contains(c))
            && letters.next().is_none()
    };
    if counts
        && words.get(at).is_some_and(|w| matches!(w.text, "在" | "来" | "驻"))
        && words.get(at + 1).is_some_and(place)
        && words.get(at + 2).is_some_and(Word::is_nominal)
    {
        at += 2;
    }
    let mut end = None;
    let mut crossed = false;
    while let Some(word) = words.get(at) {
        let next = words.get(at + 1);
        let opens = end.is_none() && counts && noun::of(word.text).is_some();
        // 51个县普及了教育, 10个车间检修完毕: what became of them.
        if end.is_some()
            && word.tag == "vn"
            && next.is_some_and(|n| matches!(n.tag, "ul" | "ug" | "uz") || matches!(n.text, "完毕" | "完成" | "到位"))
        {
            break;
        }
        if word.is_nominal() || opens {
            // 学生积极响应: a person is named, and what comes is said of it.
            let named = end.is_some_and(|e: usize| noun::of(words[e].text).is_some());
            let said = word.tag.starts_with(['a', 'z']) || word.tag == "vn" && next.is_none_or(|n| !n.is_nominal());
            // 农民工工资: jieba has it for an act.
            let sum = money && noun::ends_in_sum(word.text);
            if named && said && !sum && noun::of(word.text).is_none() {
                break;
            }
            // 职工下岗: a verb behind the noun, unless a noun follows it.
            let verb = word.tag.starts_with('v')
                && word.tag != "vn"
                && noun::of(word.text).is_none()
                && !(money && (noun::names_money(word.text) || noun::is_sum(word.text)));
            if !verb {
                end = Some(at);
            }
        } else if word.tag == "eng" && next.is_some_and(|n| matches!(n.text, "强" | "佳" | "大")) {
            // 500强企业.
            at += 1;
            end = Some(at);
        } else if word.tag.starts_with(['l', 'i']) && next.is_some_and(|n| noun::of(n.text) == Some(noun::Noun::Person))
        {
            // 违法违纪|人员: a set phrase that modifies.
        } else if matches!(word.text, "前" | "原" | "现任" | "时任" | "新任")
            && end.is_some()
            && next.is_some_and(|n| noun::of(n.text) == Some(noun::Noun::Person))
        {
            // 南非前总统.
        } else if matches!(word.text, "作为" | "列为" | "视为" | "当作") {
            break;
        } else if matches!(word.text, "包" | "盒" | "箱" | "袋")
            && end.is_some()
            && next.is_none_or(|n| !n.is_nominal())
        {
            // 清凉|包, 工具|箱.
            end = Some(at);
            break;
        } else if word.text == "代表" && end.is_some() && counts && next.is_none_or(|n| !n.is_nominal()) {
            // 15位农民代表赶来, but 3名职工代表公司参赛.
            end = Some(at);
        } else if matches!(word.text, "以上" | "以下") && end.is_some() && next.is_some_and(Word::is_nominal) {
            // 中层以上领导干部, 规模以上企业.
        } else if word.text == "之" && end.is_some() && next.is_some_and(|n| TITLES.contains(&n.text)) {
            // “骑手之家”.
            at += 1;
            end = Some(at);
        } else if matches!(word.text, "与" | "和") && end.is_some() && is_with(&words[at + 1..]) {
            break;
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
            let own = noun::of(so_far);
            // 两名中学的老师: people are counted, 33个县的职工: districts.
            let other = wanted == Wanted::Person && own != Some(noun::Noun::Person);
            // 3个外国的部长: no country is counted by its name.
            let foreign = so_far.ends_with('国') && words[at - 1].tag == "ns";
            let district = wanted == Wanted::Thing
                && !foreign
                && (so_far.ends_with(DISTRICTS) || UNITS.iter().any(|w| so_far.ends_with(w)));
            // 三个联合公报的原则: of what is counted.
            let of_them = next.is_some_and(|n| OF_THEM.contains(&n.text));
            // 15家外地报纸的记者: firms, and not whom they send.
            let senders = wanted == Wanted::Organisation
                && words[at - 1].tag == "n"
                && next.is_some_and(|n| noun::of(n.text) == Some(noun::Noun::Person));
            if next.is_none_or(|n| !n.is_nominal()) || own.is_some() && !other || district || of_them || senders {
                break;
            }
            crossed = true;
        } else if word.is_verb()
            && next.is_some_and(|n| takes_verb(n) && !is_outer_verb(word.text, n.text))
            && word.text.chars().count() >= 2
        {
            // 救助资金, 帮扶对象.
        } else if at > start_at && word.text.chars().count() == 1 && words[at - 1].is_verb() && takes_verb(word) {
            // 托管|点: a noun that jieba has for something else.
            end = Some(at);
        } else if end.is_none() && money && noun::names_money(word.text) {
            return Some((words[start_at].start, word.end()));
        } else if end == at.checked_sub(1) && end.is_some() && money && noun::names_money(word.text) {
            // 助学|援助: the giving itself, with its kind before it.
            end = Some(at);
        } else {
            break;
        }
        at += 1;
    }
    // 8个部门程度不同地(推行了…): how it is done.
    let end = end.map(|e| {
        if !words.get(e + 1).is_some_and(|w| w.text == "地" && w.tag == "uv") {
            return e;
        }
        let how = |w: &&Word<'_>| w.tag.starts_with(['a', 'z', 'd']) || w.text == "程度";
        let n = words[start_at..=e].iter().rev().take_while(how).count();
        if n <= e - start_at { e - n } else { e }
    });
    // 救助金和精美(的用品): what modifies the next noun is no part of this one.
    let end = end.map(|e| {
        let open = e > start_at + 1
            && words[e].tag.starts_with('a')
            && words[e - 1].joins()
            && noun::of(words[e].text).is_none();
        if open && words.get(e + 1).is_some_and(|w| w.text == "的") { e - 2 } else { e }
    });
    if let Some(end) = end {
        let people = wanted == Wanted::Person;
        let end = if counts || people { last_of_kind(&words[start_at..=end], wanted) + start_at } else { end };
        let found = (words[start_at].start, words[end].end());
        // 20家国内知名博物馆: modifiers, and the noun is still to come.
        let bare = counts && noun::of(&piece[found.0..found.1]).is_none();
        let modifies = |w: &Word<'_>| matches!(w.tag.as_bytes().first(), Some(b's' | b'b' | b'f')) || w.text == "全球";
        if bare && words[start_at..=end].iter().all(modifies) {
            let more = far_head(&words[start_at..]).or_else(|| known(&words[start_at..]));
            if let Some(more) = more.filter(|m| m.1 > found.1) {
                return Some(more);
            }
        }
        // 安全、保暖的住房: adjectives alone are no noun.
        let adjectives = counts && words[start_at..=end].iter().all(|w| w.tag.starts_with('a') || w.joins());
        let open = adjectives && words.get(end + 1).is_some_and(Word::joins)
            || counts
                && words.get(end + 1).is_some_and(|w| w.tag.starts_with('d') || w.tag == "zg")
                && noun::of(&piece[found.0..found.1]).is_none();
        // 56户重点支持的企业: what stands before the verb is not who is counted.
        let kind = matches!(wanted, Wanted::Person | Wanted::Household | Wanted::Organisation);
        if kind
            && counts
            && (noun::of(&piece[found.0..found.1]).is_none()
                || wanted == Wanted::Person && noun::of(&piece[found.0..found.1]) != Some(noun::Noun::Person))
            && (wanted == Wanted::Person || words.get(end + 1).is_some_and(|w| w.tag.starts_with('v')))
            && let Some(more) = behind_clause(words, end + 1)
            && noun::of(&piece[more.0..more.1]).is_some()
        {
            return Some(more);
        }
        // 七个经济较发达的市: what opens the clause before its 的 is not yet the noun.
        let clause = if open { behind_clause(words, end + 1) } else { None };
        return Some(clause.unwrap_or(found));
    }
    if !counts {
        return if money { sum_behind(&words[start_at..]) } else { None };
    }
    if let Some(found) = closing(piece, &words[start_at..]) {
        return Some(found);
    }
    // 10家独立工会, 5名受伤职工: a verb that only modifies.
    let fits = |found: &(usize, usize)| wanted.fits(noun::of(&piece[found.0..found.1]));
    if let Some(found) = modified(&words[start_at..]).or_else(|| far_head(&words[start_at..])).filter(fits) {
        return Some(found);
    }
    behind_clause(words, start_at)
}

/// A sum whose name is made of verbs (解困和慰问|资金, 帮困救助|金).
fn sum_behind(words: &[Word<'_>]) -> Option<(usize, usize)> {
    const LONGEST: usize = 4;
    let at = words
        .iter()
        .take(LONGEST)
        .position(|w| w.text.chars().count() > 1 && noun::ends_in_sum(w.text) && w.tag.starts_with('n'))?;
    let plain = words[..at].iter().all(|w| {
        w.joins() || w.text.chars().count() == 2 && w.tag.starts_with('v') && !is_outer_verb(w.text, words[at].text)
    });
    (plain && at > 0 && !words[0].joins() && !words[at - 1].joins()).then(|| (words[0].start, words[at].end()))
}

/// What is counted, where it is all that is left of its clause and ends like a noun, whatever jieba has its words for
/// (一名阅读推广人, 400余家绣庄).
fn closing(piece: &str, words: &[Word<'_>]) -> Option<(usize, usize)> {
    const LONGEST: usize = 8;
    const ENDS: &str = "人员者师手工生商户店厂庄馆社坊铺院所校企";
    let first = words.first()?;
    let n = piece.chars().count();
    let ends = piece.chars().next_back().is_some_and(|c| ENDS.contains(c));
    let plain = !matches!(first.tag.as_bytes().first(), Some(b'p' | b'c' | b'u' | b'd' | b'r'))
        && !noun::is_transitive(first.text)
        && words.iter().all(|w| !matches!(w.tag, "p" | "uj" | "ul" | "x"));
    (ends && plain && (2..=LONGEST).contains(&n)).then_some((first.start, piece.len()))
}

/// What is told of those that are counted and is not counted itself.
const OF_THEM: &[&str] = &[
    "原则", "意义", "注目", "内容", "结果", "工价", "精神", "影响", "过程", "作用", "关系", "情况", "名义", "规定",
    "基础", "前提", "要求", "努力", "成绩", "水平", "速度", "效果",
];

/// What 之 makes a name with.
const TITLES: &[&str] = &["家", "友", "星", "窗", "声", "光", "路"];

/// Whether what follows 与 is whom something is done with, and none of those that are counted: 企业与|工会签订协议.
fn is_with(words: &[Word<'_>]) -> bool {
    const TOGETHER: &[&str] = &[
        "签订", "签署", "签定", "建立", "结对", "结成", "结为", "达成", "协商", "联合", "开展", "合作", "共建", "签约",
    ];
    let partner = words.iter().take_while(|w| w.is_nominal()).count();
    partner > 0 && words.get(partner).is_some_and(|w| TOGETHER.contains(&w.text))
}

/// What people and bodies belong to and is counted by itself: 8个街道的职工.
const UNITS: &[&str] = &[
    "房间",
    "床位",
    "座位",
    "席位",
    "车位",
    "泊位",
    "铺位",
    "摊位",
    "国家",
    "地区",
    "城市",
    "省份",
    "街道",
    "行业",
    "系统",
    "工种",
    "车间",
    "班组",
    "工段",
    "工地",
    "项目",
    "项目部",
    "标段",
    "站点",
    "支部",
    "小组",
    "年级",
];

/// Ends of the names of what people and bodies belong to.
const DISTRICTS: [char; 12] = ['县', '国', '省', '市', '区', '乡', '镇', '村', '州', '旗', '系', '班'];

/// Words that jieba has for nouns and that say what those before them do, or how (观众冒雪观看, 指标全面好转).
const DOINGS: &[&str] = &[
    "上学", "共用", "冒雪", "冒雨", "免费", "参保", "打工", "读书", "看病", "住院", "就业", "上班", "回家", "当兵",
    "参军", "结婚", "义务", "务工", "返乡", "过年", "同台", "现场", "集体", "一起", "轮流", "联名", "自费", "带头",
    "热血", "集中", "走上", "登台", "下岗", "入会", "受益", "参赛", "领衔", "齐唱", "共唱", "失业", "待业", "待岗",
    "全面",
];

/// The last word of a phrase behind a number: where a noun of the kind that is counted stands in it, that noun, since
/// what jieba calls a noun behind it is said of it (协警|免费, 农民工子女|与城里, 个体工商户|经营信心).
fn last_of_kind(words: &[Word<'_>], wanted: Wanted) -> usize {
    let last = words.len().saturating_sub(1);
    let kind = match wanted {
        Wanted::Person => Some(noun::Noun::Person),
        Wanted::Household => Some(noun::Noun::Household),
        Wanted::Organisation => Some(noun::Noun::Organisation),
        Wanted::Thing | Wanted::Sum | Wanted::Share => None,
    };
    let is_of_kind = |w: &Word<'_>| kind.is_some() && noun::of(w.text) == kind;
    if let Some(at) = words.iter().rposition(is_of_kind) {
        // 职工|下岗: what became of them.
        let before = words[..at].iter().rposition(is_of_kind);
        let doing = DOINGS.contains(&words[at].text) && at.checked_sub(1).is_some_and(|n| !words[n].joins());
        return before.filter(|_| doing).unwrap_or(at);
    }
    // 512户企业|职工: the firms.
    if wanted == Wanted::Household
        && let Some(at) = words.iter().position(|w| noun::of(w.text) == Some(noun::Noun::Organisation))
    {
        return at;
    }
    let person = words.iter().rposition(|w| noun::of(w.text) == Some(noun::Noun::Person));
    let before_last = || last - usize::from(last > 0 && words.get(last).is_some_and(|w| DOINGS.contains(&w.text)));
    person.filter(|at| words.get(at + 1).is_some_and(|w| DOINGS.contains(&w.text))).unwrap_or_else(before_last)
}

/// Modifiers and the noun behind them, where a word that jieba has for a verb stands between (国内|知名|博物馆).
fn known(words: &[Word<'_>]) -> Option<(usize, usize)> {
    const KNOWN: &[&str] = &["知名", "著名", "领先", "注册", "参展", "上市", "签约", "合作", "定点", "挂牌", "备案"];
    let at = words.iter().take(FARTHEST_HEAD).position(|w| KNOWN.contains(&w.text))?;
    let more = words[at + 1..].iter().take_while(|w| w.is_nominal()).count();
    (more > 0).then(|| (words[0].start, words[at + more].end()))
}

/// How many words may stand before the head of a phrase behind a number.
const FARTHEST_HEAD: usize = 5;

/// A noun for people, organisations or households behind words that jieba has for something else (县以上|机关,
/// 男女老少|职工), as long as none of them is a verb that would be what is said.
fn far_head(words: &[Word<'_>]) -> Option<(usize, usize)> {
    let at = words.iter().take(FARTHEST_HEAD).position(|w| w.is_nominal() && noun::of(w.text).is_some())?;
    let plain = words[..at].iter().all(|w| {
        !WHENCE.contains(&w.text)
            && !NEVER_SET.contains(w.text)
            && (w.joins() || !matches!(w.tag, "c"))
            && !matches!(w.tag, "p" | "uj" | "ul" | "uz" | "ug" | "d" | "m" | "q" | "x" | "y")
            && !noun::is_transitive(w.text)
            || matches!(w.text, "以上" | "以下" | "特别" | "首都")
    });
    let more = words[at + 1..].iter().take_while(|w| w.is_nominal() && noun::of(w.text).is_some()).count();
    (plain && at > 0).then(|| (words[0].start, words[at + more].end()))
}

/// How many words a clause in front of its noun may have.
const LONGEST_CLAUSE: usize = 14;

/// The noun behind the clause that begins at word `from` and ends in 的 (来自全市的|劳模).
fn behind_clause(words: &[Word<'_>], from: usize) -> Option<(usize, usize)> {
    let of = words.iter().take(from + LONGEST_CLAUSE).rposition(|w| w.text == "的")?;
    let mut last = of + 1;
    // 代表 is a verb as often.
    last += usize::from(words.get(last).is_some_and(|w| noun::of(w.text) == Some(noun::Noun::Person)));
    while words.get(last).is_some_and(|w| w.is_nominal() || w.joins()) {
        last += 1;
    }
    while last > of + 1 && words[last - 1].joins() && !matches!(words[last - 1].text, "”" | "’" | "》") {
        last -= 1;
    }
    // 不用电的农户|重新(拉亮了灯): what jieba has for an adjective or a name is said of them.
    let said = |w: &Word<'_>| (w.tag.starts_with(['a', 'l']) || w.tag == "nr") && noun::of(w.text).is_none();
    let head = words.get(of + 1..last).and_then(|all| all.iter().rposition(|w| noun::of(w.text).is_some()));
    if let Some(head) = head.map(|at| of + 1 + at).filter(|&at| words[at + 1..last].iter().all(said)) {
        last = head + 1;
    }
    // 因病致困的职工, 对工作不熟悉的会员: a noun of a known kind ends any clause.
    let kind = last > of + 1 && noun::of(words[last - 1].text).is_some();
    let plain = words
        .get(from..of)?
        .iter()
        .all(|w| !matches!(w.tag, "m" | "q" | "p") || kind || matches!(w.text, "从" | "在" | "一线"));
    (plain && of > from && last > of + 1).then(|| (words[of + 1].start, words[last - 1].end()))
}

/// Verbs that open a clause of where from, behind which the noun is still to come (来自困难家庭的孩子).
const WHENCE: &[&str] = &["来自", "位于", "毕业", "就读", "居住"];

/// Verbs that say something of who is counted, and do not modify the noun behind them (4家荣获优秀企业称号).
const SAID: &[&str] = &["荣获", "获得", "获评", "通过", "成为", "进入", "取得", "达到", "属于", "考上", "考取", "当选"];

/// A verb of two characters with a noun for people, organisations or households right behind it.
fn modified(words: &[Word<'_>]) -> Option<(usize, usize)> {
    let (verb, rest) = words.split_first()?;
    if WHENCE.contains(&verb.text) || SAID.contains(&verb.text) {
        return None;
    }
    let n = rest.iter().take_while(|w| w.is_nominal()).count();
    let last = rest.get(n.checked_sub(1)?)?;
    let fits = verb.text.chars().count() >= 2 && verb.tag.starts_with('v') && noun::of(last.text).is_some();
    fits.then(|| (verb.start, last.end()))
}
