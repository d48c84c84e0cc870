//! Noun phrases beside a number, by jieba's words and parts of speech.
//!
//! In: a piece of a clause without the number. Out: the phrase that ends it (before a number) or opens it (behind one),
//! in bytes of the piece. A part of speech alone decides nothing: the lists of [`super::noun`] overrule it where a verb is
//! often a noun (救助, 培训).

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::noun;
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
        if NEVER_SET.contains(self.text) || noun::is_transitive(self.text) {
            return false;
        }
        if noun::of(self.text).is_some()
            || noun::is_nominal_verb(self.text)
            || noun::is_sum(self.text)
            || SOMETIMES_SET.contains(self.text)
        {
            return true;
        }
        match self.tag.as_bytes().first() {
            Some(b'n' | b'b' | b'j' | b's') => true,
            // Set phrases only where they are short: 归纳起来 is one too.
            Some(b'l') if ends_in_noun(self.text) => true,
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
];

static NEVER_SET: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| NEVER.iter().copied().collect());
static SOMETIMES_SET: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| SOMETIMES.iter().copied().collect());

/// Verbs that jieba has for nouns and that take what follows as their object.
const OPENING_VERBS: &[&str] = &[
    "培育", "认定", "备案", "节省", "预计", "预算", "实际", "参与", "引导", "撬动", "新增", "兑现", "兑付", "清偿",
    "追缴", "补缴", "实现", "上缴", "缴纳", "交纳", "征收", "核发", "核减", "约谈", "筛查", "输出", "引入", "培训",
];

/// What ends a word for a rate or a size.
const RATE_ENDS: &[&str] = &["率", "额", "量", "费", "价", "面", "度", "比", "值"];

/// Words of two characters that jieba parts.
const COMPOUNDS: &[&str] = &["占比", "均价", "单价", "收案", "结案", "增速", "增幅", "降幅", "涨幅", "跌幅"];

/// Verbs that say how high a rate is, or that reach it, and are no part of its name.
const LEVEL_VERBS: &[&str] = &[
    "达到", "实现", "使", "提高", "保持", "确保", "要求", "规定", "显示", "表示", "认为", "反映", "降低", "力争",
    "争取", "保证", "预计", "获得", "取得", "超过", "估计", "公布", "宣布", "介绍", "增加", "上升", "下降", "完成",
    "推动", "促进", "带动", "促使",
];

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
    let mut words: Vec<Word<'_>> = Vec::new();
    for t in jieba().tag(piece, false) {
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
            let start = last.end();
            words.push(Word { text: &piece[start..at], tag: "n", start });
            continue;
        }
        words.push(Word { text: t.word, tag: t.tag, start });
    }
    words
}

/// The last bytes of a piece that are looked at, from a character's border.
fn tail(piece: &str) -> usize {
    let mut from = piece.len().saturating_sub(REACH);
    while !piece.is_char_boundary(from) {
        from += 1;
    }
    from
}

/// The first bytes of a piece that are looked at, up to a character's border.
pub(super) fn front(piece: &str) -> &str {
    let mut to = piece.len().min(REACH);
    while !piece.is_char_boundary(to) {
        to -= 1;
    }
    &piece[..to]
}

/// How many words behind the people may say what they do.
const LONGEST_DOING: usize = 4;

/// The noun phrase that ends `piece`, as bytes of it.
pub(super) fn before(piece: &str, wanted: Wanted) -> Option<(usize, usize)> {
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
        // 文体组织, 群众代表: nouns that are verbs as often, behind a noun.
        let noun = noun::of(head.text).is_some() && head_at > 0 && words[head_at - 1].is_nominal();
        let rate = wanted == Wanted::Share && RATE_ENDS.contains(&head.text) && head_at > 0;
        let person = wanted == Wanted::Person && noun::of(head.text) == Some(noun::Noun::Person);
        if !sum && !compound && !tail && !noun && !person && !act && !rate && !burden {
            return None;
        }
    }
    let mut first = head_at;
    let mut listed = listed;
    // 建|会|率: a rate and the one or two characters that jieba parts from it.
    let rate = RATE_ENDS.iter().any(|r| head.text.ends_with(r));
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
    while first > 0 && !only_head {
        let word = &words[first - 1];
        let right = &words[first];
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
                && !LEVEL_VERBS.contains(&word.text);
            let compound = rate && word.text.chars().count() >= 2 && !LEVEL_VERBS.contains(&word.text);
            takes_verb(right) && modifies || compound
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
        Some(w) if first < head_at && OPENING_VERBS.contains(&w.text) => words[first + 1].start + offset,
        _ => start,
    };
    let end = if closes { words[last].end() } else { head.end() } + offset;
    let named = piece.get(start..end).is_some_and(|w| w.chars().any(char::is_alphanumeric));
    (start < end && named).then_some((start, end))
}

/// Where 80后 or 00后 begins, which `piece` ends in.
fn generation(piece: &str) -> Option<usize> {
    let born = piece.strip_suffix('后')?;
    let mut digits = born.char_indices().rev().take_while(|(_, c)| matches!(c, '0'..='9' | '０'..='９'));
    let (_, last) = digits.next()?;
    let (at, _) = digits.next()?;
    (matches!(last, '0' | '5' | '０' | '５') && digits.next().is_none()).then_some(at)
}

/// The act that opens `piece`, adjectives before it left out, where nothing is done to anything by it: 激烈|角逐,
/// 维修|后重新开放.
pub(super) fn act(piece: &str) -> Option<(usize, usize)> {
    let words = words(front(piece));
    let at = words.iter().position(|w| !w.tag.starts_with(['a', 'b', 'd']))?;
    let named = words[at..].iter().take_while(|w| w.tag.starts_with('n')).count();
    let verb = words.get(at + named).filter(|w| w.tag.starts_with('v') && w.text.chars().count() == 2)?;
    let next = words.get(at + named + 1);
    let whole = next.is_none_or(|w| matches!(w.tag.as_bytes().first(), Some(b'x' | b'f' | b'v' | b'd' | b'c' | b'p')));
    whole.then(|| (words[at].start, verb.end()))
}

/// Verbs that keep what follows as their object: 投入|资金, 提出|建议, but 救助资金, 帮扶对象.
fn is_outer_verb(verb: &str, noun: &str) -> bool {
    const INNER: &[&str] = &[
        "救助", "帮扶", "援助", "慰问", "培训", "调解", "奖励", "资助", "服务", "补助", "扶持", "扶助", "扶贫", "管理",
        "保障", "招聘", "评选", "接待", "安置", "培养", "维护", "关爱", "发展", "生产", "销售", "捐助", "支援", "审理",
        "登记", "监督",
    ];
    verb == "出现" || noun.chars().count() > 1 && noun::is_transitive(verb) && !INNER.contains(&verb)
}

/// The noun phrase that opens `piece`, as bytes of it. `counts`: the number counts it directly (名, 家), so that a clause
/// before its 的 belongs to it (300名来自全市的劳模).
pub(super) fn after(piece: &str, counts: bool, wanted: Wanted) -> Option<(usize, usize)> {
    // 158所中、小学: half of each name is left out.
    if let Some(schools) = ["大、中、小学", "中、小学"].iter().find(|w| piece.starts_with(**w)) {
        return Some((0, schools.len()));
    }
    let money = wanted == Wanted::Sum;
    let words = words(front(piece));
    let mut at = 0;
    if words.first()?.text == "的" {
        at = 1;
    }
    let start_at = at;
    if words.get(at).is_some_and(|w| matches!(w.text, "、" | "和" | "与" | "及")) {
        return None;
    }
    while at < words.len() && matches!(words[at].text, "“" | "‘" | "《" | "(" | "（" | "绝对" | "相对") {
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
            let district = wanted == Wanted::Thing
                && (so_far.ends_with(DISTRICTS) || ["国家", "地区", "城市"].iter().any(|w| so_far.ends_with(w)));
            if next.is_none_or(|n| !n.is_nominal()) || own.is_some() && !other || district {
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
            && let Some(more) = behind_clause(&words, end + 1)
            && noun::of(&piece[more.0..more.1]).is_some()
        {
            return Some(more);
        }
        // 七个经济较发达的市: what opens the clause before its 的 is not yet the noun.
        let clause = if open { behind_clause(&words, end + 1) } else { None };
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
    behind_clause(&words, start_at)
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

/// Characters that end the names of things.
const TAILS: [char; 16] =
    ['物', '信', '书', '船', '车', '机', '票', '片', '画', '册', '药', '菜', '树', '苗', '炉', '艇'];

/// Ends of the names of what people and bodies belong to.
const DISTRICTS: [char; 12] = ['县', '国', '省', '市', '区', '乡', '镇', '村', '州', '旗', '系', '班'];

/// Words that jieba has for nouns and that say what the people before them do (观众冒雪观看).
const DOINGS: &[&str] = &[
    "上学", "共用", "冒雪", "冒雨", "免费", "参保", "打工", "读书", "看病", "住院", "就业", "上班", "回家", "当兵",
    "参军", "结婚", "义务", "务工", "返乡", "过年", "同台", "现场", "集体", "一起", "轮流", "联名", "自费", "带头",
    "热血", "集中", "走上", "登台", "下岗", "入会", "受益", "参赛", "领衔", "齐唱", "共唱",
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
    if let Some(at) = words.iter().rposition(|w| kind.is_some() && noun::of(w.text) == kind) {
        return at;
    }
    let person = words.iter().rposition(|w| noun::of(w.text) == Some(noun::Noun::Person));
    person.filter(|at| words.get(at + 1).is_some_and(|w| DOINGS.contains(&w.text))).unwrap_or(last)
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

#[cfg(test)]
mod tests {
    use super::*;

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
        check_before("惠及送餐员、网约护工等户外劳动者", false, "网约护工等户外劳动者");
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
