//! Noun phrases beside a number, by jieba's words and parts of speech.
//!
//! In: a piece of a clause without the number. Out: the phrase that ends it (before a number) or opens it (behind one),
//! in bytes of the piece. A part of speech alone decides nothing: the lists of [`super::noun`] overrule it where a verb is
//! often a noun (救助, 培训).

mod after;
mod before;
pub(super) mod classified;
mod model;

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

pub(super) use self::after::{act, after, after_in};
pub(super) use self::before::before;
pub(super) use self::model::behind_model;

use super::noun;
use crate::record::FactKind;
use crate::text::{CharSet, jieba};

/// What a phrase is looked for: the kind of its number says which nouns may head it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Any thing.
    Thing,
    /// What a sum of money is: also an act of giving (捐款1万元).
    Sum,
    /// People: a noun for them heads the phrase even where it is a verb as often (代表712人).
    Person,
    /// Households, behind their number.
    Household,
    /// Organisations, behind their number.
    Organisation,
    /// What a share is of: verbs before 率 belong to the phrase (合同签订率).
    Share,
}

impl Wanted {
    /// What is looked for before a number of this kind.
    pub(super) fn before(kind: FactKind) -> Self {
        match kind {
            FactKind::People => Self::Person,
            FactKind::Percentage => Self::Share,
            FactKind::Money => Self::Sum,
            _ => Self::Thing,
        }
    }

    /// Whether a noun of this kind can be what is looked for: 7名考上大学 counts no universities.
    fn fits(self, kind: Option<noun::Noun>) -> bool {
        match self {
            Self::Person => kind == Some(noun::Noun::Person),
            Self::Household => matches!(kind, Some(noun::Noun::Household | noun::Noun::Person)),
            _ => true,
        }
    }
}

/// A word with its place in the piece.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'t> {
    pub(super) text: &'t str,
    pub(super) tag: &'t str,
    pub(super) start: usize,
}

impl Word<'_> {
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    fn is_verb(&self) -> bool {
        !noun::is_nominal_verb(self.text)
            && ((self.tag.starts_with('v') && self.tag != "vn") || noun::is_transitive(self.text))
    }

    /// Whether it can stand in a noun phrase as it is.
    ///
    /// The lists come first: jieba has 选手 for a verb, and 惠及 and 新建 for places.
    pub(super) fn is_nominal(&self) -> bool {
        if NO_NOUNS.contains(self.text) {
            return false;
        }
        let tag = self.tag.as_bytes().first();
        if matches!(tag, Some(b'n' | b'b' | b'j' | b's'))
            || noun::of(self.text).is_some()
            || noun::is_nominal_verb(self.text)
            || noun::is_sum(self.text)
            || SOMETIMES_SET.contains(self.text)
        {
            return true;
        }
        match tag {
            // Set phrases only where they are short: 归纳起来 is one too.
            Some(b'l') if ends_in_noun(self.text) => true,
            Some(b'i') if is_of_nouns(self.text) => true,
            Some(b'l' | b'i') => {
                // 无绳电话机, but 读者来信.
                let thing = self.text.ends_with(TAILS) && noun::at_start(self.text).is_none();
                self.text.chars().count() <= 3 || noun::ends_in_thing(self.text) || thing
            }
            Some(b'a') => self.tag != "ad",
            Some(b'e') => self.tag == "eng",
            // 表扬信.
            Some(b'v') => self.tag == "vn" || self.text.chars().count() == 3 && self.text.ends_with(TAILS),
            Some(b'x') => self.text.chars().all(crate::text::is_cjk),
            Some(b'z') => self.tag == "z" && self.text.chars().all(crate::text::is_cjk),
            _ => false,
        }
    }

    /// Whether it is one character that can be part of a compound (建, 会 of 建会率).
    fn is_lone(&self) -> bool {
        self.text.chars().count() == 1
            && self.text.chars().all(crate::text::is_cjk)
            && !self.joins()
            && !NEVER_SET.contains(self.text)
            && !matches!(self.tag, "p" | "c" | "uj" | "ul" | "d" | "r" | "m" | "q" | "f")
    }

    pub(super) fn joins(&self) -> bool {
        matches!(
            self.text,
            "、" | "和"
                | "与"
                | "及"
                | "以及"
                | "暨"
                | "“"
                | "”"
                | "‘"
                | "’"
                | "\""
                | "·"
                | "《"
                | "》"
                | "-"
                | "之"
        )
    }
}

/// Whether the second half of a set phrase of four characters is a noun by itself (转口|贸易, 物价|指数).
fn ends_in_noun(phrase: &str) -> bool {
    const TAKE_OBJECTS: &[&str] = &[
        "出席", "召开", "发表", "接受", "作出", "加强", "提高", "举行", "参加", "获得", "实现", "完成", "走上", "回到",
    ];
    let (first, half) = phrase.char_indices().nth(2).map_or(("", ""), |(at, _)| phrase.split_at(at));
    !TAKE_OBJECTS.contains(&first)
        && half.chars().count() == 2
        && matches!(jieba().tag(half, false).as_slice(), [one] if one.tag.starts_with('n') || one.tag == "vn")
}

/// Whether a set phrase is two nouns: 安全隐患.
fn is_of_nouns(phrase: &str) -> bool {
    let first = phrase.char_indices().nth(2).map_or("", |(at, _)| &phrase[..at]);
    ends_in_noun(phrase)
        && matches!(jieba().tag(first, false).as_slice(), [one] if one.tag.starts_with('n') || one.tag == "an")
}

/// Whether a verb right before the word modifies it: listed nouns, and any of one character (体检|车, 购物|券).
fn takes_verb(word: &Word<'_>) -> bool {
    noun::is_modified(word.text) || word.text.chars().count() == 1 && matches!(word.tag, "n" | "ng" | "q")
}

/// Words that jieba calls nouns or adjectives and that end a phrase all the same.
const NEVER: &[&str] = &[
    "建成投产",
    "走村入户",
    "进村入户",
    "付清",
    "现有",
    "已有",
    "共有",
    "建有",
    "设有",
    "仅有",
    "同时",
    "其中",
    "目前",
    "今年",
    "去年",
    "全年",
    "当年",
    "左右",
    "以上",
    "以下",
    "以来",
    "同比",
    "平均",
    "累计",
    "累计有",
    "全天候",
    "总计",
    "合计",
    "多",
    "少",
    "高",
    "低",
    "大约",
    "近",
    "约",
    "全部",
    "共",
    "至今",
    "期间",
    "此外",
    "截至",
    "截止",
    "先后",
    "分别",
    "总共",
    "一共",
    "达",
    "为",
    "每人",
    "每年",
    "人均",
    "户均",
    "每户",
    "每家",
    "逐户",
    "连同",
    "预计",
    "有望",
    "可望",
    "大体",
    "大致",
    "基本",
    "普遍",
    "约合",
    "估计",
    "花费",
    "耗费",
    "享年",
    "容纳",
    "来",
    "前",
    "后",
    "上",
    "下",
    "中",
    "内",
    "外",
    "间",
    "时",
    "均",
    "已",
    "等",
    "专门",
    "特地",
    "商定",
    "换",
    "换取",
    "私分",
    "启动",
    "入市",
    "动用",
    "年产",
    "光荣",
    "主动",
    "作为",
    "列为",
    "视为",
    "当作",
    "踊跃",
    "如数",
    "全数",
    "结对",
    "结对子",
    "交上",
    "核销",
    "发运",
    "对撞",
    "运往",
    "开往",
    "驶往",
    "发往",
    "送往",
    "过惯",
    "连成",
    "晋级",
    "成功",
    "壮大",
];

/// Whether the word ends any phrase.
pub(super) fn ends_phrase(word: &str) -> bool {
    NEVER_SET.contains(word)
}

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
    "外来",
    "各界",
    "各级",
    "各地",
    "各行各业",
    "首都",
    "县",
    "村",
    "乡",
    "镇",
    "厂",
    "矿",
    "特别",
    "专项",
    "一次性",
    "男女老少",
    "在册",
    "在岗",
    "上岗",
    "转岗",
    "全体",
    "内退",
    "五一劳动奖章",
    "架次",
    "周期",
    "插图",
    "约旦",
    "内部",
    "一把手",
    "大米",
];

static NEVER_SET: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| NEVER.iter().copied().collect());

/// What stands in no phrase: the words that end one, and the verbs that take it as their object.
static NO_NOUNS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| NEVER.iter().chain(noun::TRANSITIVE).copied().collect());

static SOMETIMES_SET: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| SOMETIMES.iter().copied().collect());

/// Ranks that 以上 and 以下 stand behind inside a phrase.
const RANKS: &[&str] = &[
    "县",
    "县级",
    "县处级",
    "处级",
    "副处级",
    "科级",
    "副科级",
    "局级",
    "厅级",
    "厅局级",
    "地厅级",
    "司局级",
    "部级",
    "省部级",
    "省级",
    "市级",
    "乡镇",
    "乡",
    "团",
    "营",
    "师",
    "中专",
    "大专",
    "高中",
    "初中",
    "本科",
    "大学",
    "硕士",
    "高级",
    "中级",
    "初级",
    "高级工",
    "中级工",
    "技师",
    "助理级",
    "大学本科",
    "专科",
    "学历",
    "规模",
    "限额",
    "定额",
    "地市级",
    "地市",
    "地级",
];

/// How many bytes of a piece are tagged.
const REACH: usize = 96;

/// Characters that make a word for a person of the word before them, where jieba parts the two (快递|员).
static PERSON_SUFFIXES: CharSet = CharSet::new("员者师手工匠");

/// Words in 工 that 会 may follow and make no 工会 with.
const WORKERS: &[&str] = &["职工", "员工", "民工", "农民工", "矿工", "女工", "青工", "技工"];

pub(super) fn words(piece: &str) -> Vec<Word<'_>> {
    let mut at = 0;
    let tags = jieba().tag(piece, false);
    let mut words: Vec<Word<'_>> = Vec::with_capacity(tags.len());
    for t in tags {
        let start = at;
        at += t.word.len();
        let mut chars = t.word.chars();
        let suffix = chars.next().is_some_and(|c| PERSON_SUFFIXES.has(c)) && chars.next().is_none();
        if suffix
            && let Some(last) = words.last_mut()
            && last.text.chars().count() == 2
            && last.text.chars().all(crate::text::is_cjk)
            && !matches!(last.tag, "p" | "c" | "r" | "m" | "d")
            && noun::of(&piece[last.start..at]) == Some(noun::Noun::Person)
        {
            last.text = &piece[last.start..at];
            last.tag = "n";
            continue;
        }
        // 单|建工|会: 工会 is one word wherever it stands, but in 职工会.
        if t.word == "会"
            && let Some(last) = words.last_mut()
            && let Some(rest) = last.text.strip_suffix('工').filter(|r| !r.is_empty())
            && !WORKERS.contains(&last.text)
        {
            last.text = rest;
            // 已建|工会.
            if rest == "建" {
                last.tag = "v";
            }
            let start = last.end();
            words.push(Word { text: &piece[start..at], tag: "n", start });
            continue;
        }
        // The dictionary has the first part, and not the whole.
        if let Some(last) = words.last_mut()
            && let Some(tag) = joined(last.text, t.word)
        {
            last.text = &piece[last.start..at];
            last.tag = tag;
            continue;
        }
        words.push(Word { text: t.word, tag: t.tag, start });
    }
    words
}

/// What two words are together that the dictionary parts: 健身运动|会, 网|约车|司机, 在|档|职工, 规|上|企业, 累|计有.
fn joined(first: &str, second: &str) -> Option<&'static str> {
    match (first, second) {
        ("在", "档" | "岗") | ("规" | "限", "上" | "下") | ("代", "驾") | ("安全", "生产") | ("网约", "车" | "送") => {
            Some("n")
        }
        ("网", _) if second.starts_with('约') => Some("n"),
        (_, "会") if first.ends_with("运动") => Some("n"),
        ("累", _) if second.starts_with('计') => Some("d"),
        // 乡包片干部, 运维补助, 留岗人数.
        ("包", "片" | "村" | "户" | "组") | ("运", "维") => Some("n"),
        ("留", "岗") => Some("vn"),
        ("限", "报") => Some("v"),
        _ => None,
    }
}

/// The first bytes of a piece that are looked at, up to a character's border.
pub(super) fn front(piece: &str) -> &str {
    let mut to = piece.len().min(REACH);
    while !piece.is_char_boundary(to) {
        to -= 1;
    }
    &piece[..to]
}

/// Verbs with an object that rather name what the noun behind them is for: 救助资金, 帮扶对象.
const INNER: &[&str] = &[
    "救助", "帮扶", "援助", "慰问", "培训", "调解", "奖励", "资助", "服务", "补助", "扶持", "扶助", "扶贫", "管理",
    "保障", "招聘", "评选", "接待", "安置", "培养", "维护", "关爱", "发展", "生产", "销售", "捐助", "支援", "审理",
    "登记",
];

/// Verbs that keep what follows as their object: 投入|资金, 提出|建议, but 救助资金, 帮扶对象.
fn is_outer_verb(verb: &str, noun: &str) -> bool {
    /// What is said of such an act: 报销比例, 领取人数.
    const MEASURED: &[&str] = &["比例", "人数", "标准", "总额", "金额", "次数"];
    matches!(verb, "出现" | "涉及")
        || noun.chars().count() > 1 && noun::is_transitive(verb) && !INNER.contains(&verb) && !MEASURED.contains(&noun)
}

/// Characters that end the names of things.
const TAILS: [char; 16] =
    ['物', '信', '书', '船', '车', '机', '票', '片', '画', '册', '药', '菜', '树', '苗', '炉', '艇'];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_from_the_verbs_with_an_object_is_among_them() {
        assert_eq!(INNER.iter().filter(|verb| !noun::is_transitive(verb)).collect::<Vec<_>>(), [&""; 0]);
    }

    #[track_caller]
    fn check_before(piece: &str, money: bool, expected: &str) {
        let wanted = if money { Wanted::Sum } else { Wanted::Thing };
        assert_eq!(before(piece, wanted).map_or("", |(a, b)| &piece[a..b]), expected, "{piece}");
    }

    #[track_caller]
    fn check_after(piece: &str, counts: bool, expected: &str) {
        assert_eq!(after(piece, counts, Wanted::Thing).map_or("", |(a, b)| &piece[a..b]), expected, "{piece}");
    }

    #[test]
    fn phrases_before() {
        check_before("全区新增工会会员", false, "工会会员");
        check_before("发放救助金", true, "救助金");
        check_before("一次性赔偿", true, "赔偿");
        check_before("走访慰问一线职工", false, "一线职工");
        check_before("举办全市职工健身运动会", false, "全市职工健身运动会");
        check_before("惠及送餐员、网约护工等户外劳动者", false, "网约护工等户外劳动者");
        check_before("在岗职工", false, "在岗职工");
        check_before("规上企业", false, "规上企业");
        check_before("积极参加", false, "");
        check_before("活动经费", true, "活动经费");
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
