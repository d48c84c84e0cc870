//! The words of credits: what people are called, what they did, and the houses that they work for.

use std::sync::LazyLock;

use crate::record::Role;
use crate::text::WordList;

/// A list of words, as a bit.
#[derive(Clone, Copy, Debug)]
#[repr(u16)]
pub(super) enum Words {
    House = 1,
    /// How the names of other houses end.
    HouseEnd = 1 << 1,
    Base = 1 << 2,
    Rank = 1 << 3,
    Label = 1 << 4,
    Verb = 1 << 5,
    Collective = 1 << 6,
    Kind = 1 << 7,
    /// The marks that open a credit line.
    Bullet = 1 << 8,
    /// What ends a sentence.
    End = 1 << 9,
    /// Brackets and quotation marks, inside of which a credit may hold anything.
    Opening = 1 << 10,
    /// What stands between a label and its names.
    LabelEnd = 1 << 11,
    /// The last character of a verb or of a kind of dateline, closing brackets, a colon.
    Last = 1 << 12,
    /// The first character of what stands before houses (据新华社电, 来源：…).
    Source = 1 << 13,
    /// Opening, end or label end.
    Stops = 1 << 14,
    /// Behind what a closing credit may begin, besides a sentence's end.
    Parts = 1 << 15,
}

/// Which lists have a word that begins with the character, by the characters of the basic plane.
static STARTS: [u16; 1 << 16] = {
    let mut table = [0u16; 1 << 16];
    // Sets the bit of `$words` for a character of each entry of a list.
    macro_rules! mark {
        ($words:expr, $list:expr, $entry:ident => $character:expr) => {
            let mut n = 0;
            while n < $list.len() {
                let $entry = &$list[n];
                table[$character as usize] |= $words as u16;
                n += 1;
            }
        };
    }
    mark!(Words::House, HOUSES, entry => first(entry.0));
    mark!(Words::HouseEnd, HOUSE_ENDS, entry => first(entry));
    mark!(Words::Base, BASES, entry => first(entry.0));
    mark!(Words::Rank, RANKS, entry => first(entry.0));
    mark!(Words::Label, LABELS, entry => first(entry.0));
    mark!(Words::Verb, VERBS, entry => first(entry.0));
    mark!(Words::Collective, COLLECTIVES, entry => first(entry.0));
    mark!(Words::Kind, KINDS, entry => first(entry.0));
    mark!(Words::Source, SOURCE_LABELS, entry => first(entry.0));
    mark!(Words::Last, VERBS, entry => last(entry.0));
    mark!(Words::Last, KINDS, entry => last(entry.0));
    mark!(Words::Last, COLLECTIVES, entry => last(entry.0));
    mark!(Words::Last, [')', '）', ']', '］', '】', '〕', ':', '：'], c => *c);
    mark!(Words::Bullet, BULLETS, c => *c);
    mark!(Words::End, ['。', '！', '？', '!', '?', '…', '．'], c => *c);
    mark!(Words::Opening, ['（', '(', '［', '[', '【', '〔', '“', '《'], c => *c);
    mark!(Words::LabelEnd, ['/', '／', ':', '：', '|', '｜', '*', '_'], c => *c);
    mark!(Words::LabelEnd, BLANKS, c => *c);
    mark!(Words::Parts, ['*', '＊', '\n', ';', '；', '”', ')', '）', '】'], c => *c);
    mark!(Words::Parts, BLANKS, c => *c);
    let mut n = 0;
    while n < table.len() {
        if table[n] & (Words::End as u16 | Words::Opening as u16 | Words::LabelEnd as u16) != 0 {
            table[n] |= Words::Stops as u16;
        }
        n += 1;
    }
    table
};

/// What counts as a blank in a credit.
const BLANKS: [char; 7] = [' ', '\t', '\u{a0}', '\u{2002}', '\u{2003}', '\u{2009}', '\u{3000}'];

/// The first character of `word`, which must be one of three bytes.
const fn first(word: &str) -> u32 {
    three_bytes(word.as_bytes(), 0)
}

/// The last character of `word`, which must be one of three bytes.
const fn last(word: &str) -> u32 {
    three_bytes(word.as_bytes(), word.len() - 3)
}

const fn three_bytes(bytes: &[u8], at: usize) -> u32 {
    assert!(bytes[at] & 0xf0 == 0xe0, "a word begins and ends with a Chinese character");
    (bytes[at] as u32 & 0xf) << 12 | (bytes[at + 1] as u32 & 0x3f) << 6 | bytes[at + 2] as u32 & 0x3f
}

/// The lists that have a word which begins with `c`, and what else the character is, as bits of [`Words`].
#[inline]
pub(super) fn starts(c: char) -> u16 {
    STARTS.get(c as usize).copied().unwrap_or(0)
}

/// Those of [`VERBS`] that begin with the character, in the same order.
pub(super) fn verbs(first: char) -> &'static [&'static str] {
    static LIST: LazyLock<WordList> =
        LazyLock::new(|| WordList::of_first(&VERBS.iter().map(|(word, _)| *word).collect::<Vec<_>>()));
    LIST.with(first)
}

/// What one of [`VERBS`] says.
pub(super) fn verb(word: &str) -> Option<Verb> {
    VERBS.iter().find(|(other, _)| *other == word).map(|(_, verb)| *verb)
}

/// Whether `text` begins with one of [`NOT_BEHIND_BASE`].
pub(super) fn is_other_behind_base(text: &str) -> bool {
    static LIST: LazyLock<WordList> = LazyLock::new(|| WordList::of_first(NOT_BEHIND_BASE));
    LIST.starts(text).next().is_some()
}

/// The first of [`HOUSE_ENDS`] that `text` begins with.
pub(super) fn house_end(text: &str) -> Option<&'static str> {
    static LIST: LazyLock<WordList> = LazyLock::new(|| WordList::of_first(HOUSE_ENDS));
    LIST.starts(text).next()
}

/// Whether `text` begins with a base word of a role.
pub(super) fn opens_role(text: &str) -> bool {
    let may_be = text.chars().next().is_some_and(|c| starts(c) & Words::Base as u16 != 0);
    may_be && BASES.iter().any(|(word, _)| text.starts_with(word))
}

/// Bytes of the longest of [`BASES`].
pub(super) const LONGEST_BASE: usize = 18;

/// What a role word says of those behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RoleWord {
    /// Their role.
    pub(super) role: Role,
    /// A second role that the word holds (摄影记者).
    pub(super) also: Option<Role>,
}

const fn role(role: Role) -> RoleWord {
    RoleWord { role, also: None }
}

/// What may stand before a base word (首席记者, 全媒体见习记者), longest first.
pub(super) const RANKS: &[(&str, ())] = &[
    ("全媒体", ()),
    ("全媒", ()),
    ("融媒体", ()),
    ("融媒", ()),
    ("新媒体", ()),
    ("新媒", ()),
    ("客户端", ()),
    ("特约", ()),
    ("特派", ()),
    ("特聘", ()),
    ("首席", ()),
    ("资深", ()),
    ("高级", ()),
    ("主任", ()),
    ("见习", ()),
    ("实习", ()),
    ("文字", ()),
    ("视频", ()),
    ("市民", ()),
    ("校园", ()),
    ("学生", ()),
    ("社区", ()),
    ("网络", ()),
];

/// The base words of roles, longest first.
pub(super) const BASES: &[(&str, RoleWord)] = &[
    ("特约摄影记者", RoleWord { role: Role::Reporter, also: Some(Role::Photographer) }),
    ("特约摄影师", role(Role::Photographer)),
    ("特约摄影", role(Role::Photographer)),
    ("摄影记者", RoleWord { role: Role::Reporter, also: Some(Role::Photographer) }),
    ("通讯员", role(Role::Correspondent)),
    ("通信员", role(Role::Correspondent)),
    ("报道员", role(Role::Correspondent)),
    ("评论员", role(Role::Commentator)),
    ("观察员", role(Role::Commentator)),
    ("摄影师", role(Role::Photographer)),
    ("撰稿人", role(Role::Author)),
    ("撰稿", role(Role::Author)),
    ("特稿员", role(Role::Author)),
    ("实习生", role(Role::Intern)),
    ("见习生", role(Role::Intern)),
    ("记者", role(Role::Reporter)),
    ("编辑", role(Role::Editor)),
    ("责任编辑", role(Role::Editor)),
    ("责编", role(Role::Editor)),
    ("作者", role(Role::Author)),
];

/// What makes another word of a base word: behind 记者 these are 记者站, 记者节, 记者们 and the like.
pub(super) const NOT_BEHIND_BASE: &[&str] = &[
    "站",
    "节",
    "团",
    "们",
    "证",
    "部",
    "协会",
    "招待会",
    "发布会",
    "见面会",
    "会",
    "手记",
    "观察",
    "调查",
    "来信",
    "眼中",
    "镜头",
    "问",
    "队伍",
    "提问",
    "席",
    "行列",
    "身份",
    "工作",
    "走基层",
    "在线",
    "学校",
    "培训",
    "系",
    "社",
    "单位",
    "简介",
    "文章",
    "连线",
    "分别",
    "出版",
    "的",
];

/// What a verb says of those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Verb {
    /// The role that it adds, to everyone since the last verb.
    pub(super) adds: Option<Role>,
    /// Whether who has no role of their own is an author.
    pub(super) authors: bool,
    /// Whether it may stand directly behind a name (王明报道, but not 王小文).
    pub(super) glued: bool,
}

const WROTE: Verb = Verb { adds: None, authors: true, glued: true };
const TOOK: Verb = Verb { adds: Some(Role::Photographer), authors: false, glued: true };
const BOTH: Verb = Verb { adds: Some(Role::Photographer), authors: true, glued: true };
const DREW: Verb = Verb { adds: Some(Role::Illustrator), authors: false, glued: true };
const APART: Verb = Verb { adds: None, authors: true, glued: false };

/// Verbs behind names, longest first where one begins another.
const VERBS: &[(&str, Verb)] = &[
    ("摄影报道", BOTH),
    ("摄影采写", BOTH),
    ("图文报道", BOTH),
    ("文图报道", BOTH),
    ("摄影整理", BOTH),
    ("综合报道", WROTE),
    ("综合整理", WROTE),
    ("采访报道", WROTE),
    ("采写报道", WROTE),
    ("编译报道", WROTE),
    ("联合报道", WROTE),
    ("联合采写", WROTE),
    ("联合采访", WROTE),
    ("采访整理", WROTE),
    ("采写整理", WROTE),
    ("整理报道", WROTE),
    ("现场报道", WROTE),
    ("参与采写", WROTE),
    ("参与报道", WROTE),
    ("文/摄影", BOTH),
    ("文、摄影", BOTH),
    ("摄影/文", BOTH),
    ("文/摄", BOTH),
    ("文/图", BOTH),
    ("图/文", BOTH),
    ("摄/文", BOTH),
    ("摄/图", TOOK),
    ("文、图", BOTH),
    ("图、文", BOTH),
    ("文并摄影", BOTH),
    ("文并摄", BOTH),
    ("文并图", BOTH),
    ("文 图", BOTH),
    ("图 文", BOTH),
    ("文图", BOTH),
    ("图文", BOTH),
    ("报道", WROTE),
    ("摄影", TOOK),
    ("摄制", TOOK),
    ("拍摄", TOOK),
    ("摄", TOOK),
    ("供图", TOOK),
    ("供稿", WROTE),
    ("采写", WROTE),
    ("采访", WROTE),
    ("撰文", WROTE),
    ("撰稿", WROTE),
    ("执笔", WROTE),
    ("编译", WROTE),
    ("编写", WROTE),
    ("整理", WROTE),
    ("摘编", WROTE),
    ("摘", WROTE),
    ("口述", WROTE),
    ("综合", WROTE),
    ("漫画", DREW),
    ("制图", DREW),
    ("绘图", DREW),
    ("绘制", DREW),
    ("插图", DREW),
    ("绘", DREW),
    ("策划", WROTE),
    ("统筹", WROTE),
    ("文字", APART),
    ("文", APART),
    ("图", Verb { adds: Some(Role::Photographer), authors: false, glued: false }),
    ("图片", Verb { adds: Some(Role::Photographer), authors: false, glued: false }),
    ("画", Verb { adds: Some(Role::Illustrator), authors: false, glued: false }),
    ("作", APART),
];

/// Words before names, with a stroke, a colon or a blank between (文/图 王明, 摄影：李刚), longest first.
pub(super) const LABELS: &[(&str, Verb)] = &[
    ("文/图/视频", BOTH),
    ("文图/视频", BOTH),
    ("图文/视频", BOTH),
    ("文/视频", WROTE),
    ("图/视频", TOOK),
    ("文/摄影", BOTH),
    ("文/摄", BOTH),
    ("文/图", BOTH),
    ("图/文", BOTH),
    ("文、图", BOTH),
    ("图、文", BOTH),
    ("文并摄", BOTH),
    ("文图", BOTH),
    ("图文", BOTH),
    ("摄影报道", BOTH),
    ("采写整理", WROTE),
    ("参与采写", WROTE),
    ("采写", WROTE),
    ("采访", WROTE),
    ("撰文", WROTE),
    ("撰稿", WROTE),
    ("执笔", WROTE),
    ("整理", WROTE),
    ("编译", WROTE),
    ("口述", WROTE),
    ("策划", WROTE),
    ("统筹", WROTE),
    ("题图摄影", TOOK),
    ("题图照片", TOOK),
    ("附图照片", TOOK),
    ("本组图片", TOOK),
    ("本组照片", TOOK),
    ("本栏图片", TOOK),
    ("本栏照片", TOOK),
    ("本版图片", TOOK),
    ("本版照片", TOOK),
    ("本文图片", TOOK),
    ("以上照片", TOOK),
    ("以上图片", TOOK),
    ("图为", TOOK),
    ("见图", TOOK),
    ("题图", TOOK),
    ("压题照片", TOOK),
    ("压题图片", TOOK),
    ("题头照片", TOOK),
    ("附图", TOOK),
    ("照片", TOOK),
    ("作者", WROTE),
    ("供稿", WROTE),
    ("文字", WROTE),
    ("文", WROTE),
    ("摄影", TOOK),
    ("摄", TOOK),
    ("供图", TOOK),
    ("图片", TOOK),
    ("图", TOOK),
    ("制图", DREW),
    ("绘图", DREW),
    ("漫画", DREW),
    ("插图", DREW),
    ("绘", DREW),
];

/// What makes narrative of 报道 behind a name (王明报道了, 王明报道说).
pub(super) const NOT_BEHIND_VERB: &[char] =
    &['了', '说', '称', '过', '的', '中', '组', '道', '队', '后', '时', '指', '员', '显', '于', '展', '家', '师', '片'];

/// Houses that are printed by a fixed name, longest first.
pub(super) const HOUSES: &[(&str, bool)] = &[
    // The flag: an agency, whose name alone makes a dateline (新华社北京电).
    ("新华每日电讯", false),
    ("工人日报—中工网", false),
    ("工人日报-中工网", false),
    ("工人日报——中工网", false),
    ("中国新闻社", true),
    ("新华通讯社", true),
    ("新华社", true),
    ("新华网", true),
    ("中新社", true),
    ("中新网", true),
    ("中新财经", true),
    ("中国新闻网", true),
    ("人民网", true),
    ("人民日报社", false),
    ("人民日报", false),
    ("工人日报社", false),
    ("工人日报", false),
    ("中工网", true),
    ("央视新闻", true),
    ("央视网", true),
    ("央视", false),
    ("央广网", true),
    ("人民视觉", false),
    ("影像中国", false),
    ("中经视觉", false),
    ("东方IC", false),
    ("光明图片", false),
    ("视觉中国", false),
    ("中央电视台", false),
    ("中央人民广播电台", false),
    ("国际在线", true),
    ("法新社", true),
    ("路透社", true),
    ("塔斯社", true),
    ("共同社", true),
    ("美联社", true),
    ("韩联社", true),
    ("俄新社", true),
    ("朝中社", true),
    ("本报", false),
    ("本网", false),
    ("本刊", false),
    ("本台", false),
    ("本社", false),
    ("本站", false),
    // How a paper calls itself in its own pages.
    ("晚报", false),
    ("晨报", false),
    ("早报", false),
    ("快报", false),
    ("商报", false),
];

/// How the names of other houses end.
pub(super) const HOUSE_ENDS: &[&str] = &[
    "日报",
    "晚报",
    "晨报",
    "早报",
    "商报",
    "时报",
    "快报",
    "都市报",
    "工人报",
    "青年报",
    "导报",
    "周报",
    "法治报",
    "法制报",
    "新报",
    "新闻网",
    "在线",
    "新闻",
    "客户端",
    "融媒体中心",
    "融媒体",
    "传媒中心",
    "融媒",
    "电视台",
    "广播电台",
    "电台",
    "广播",
    "通讯社",
    "周刊",
    "杂志社",
    "杂志",
    "报社",
    "报",
    "网",
    "台",
];

/// What ends a dateline, longest first. The flag: also a common word, which must be followed by a border.
pub(super) const KINDS: &[(&str, bool)] = &[
    ("综合消息", true),
    ("综合报道", true),
    ("综合电", true),
    ("综合讯", true),
    ("专电", false),
    ("急电", false),
    ("快讯", true),
    ("专讯", true),
    ("消息", true),
    ("电讯", true),
    ("电", false),
    ("讯", false),
];

/// What stands before the houses that a text was taken from.
pub(super) const SOURCE_LABELS: &[(&str, ())] =
    &[("来源", ()), ("原载", ()), ("转自", ()), ("摘自", ()), ("转载自", ()), ("据", ()), ("综合", ())];

/// Bullets that open a credit line; they belong to it.
pub(super) const BULLETS: &[char] = &[
    '■', '□', '●', '○', '◆', '◇', '▲', '△', '▼', '▽', '★', '☆', '◎', '※', '►', '▶', '◢', '☉', '⊙', '◉', '▪', '•', '▢',
    '▣', '▫', '◻', '◼', '☐', '❏', '❑', '❒', '⬛', '⬜',
];

/// Credits that name nobody, or nobody who can be credited, as they stand alone or in a bracket.
pub(super) const NAMELESS: &[&str] = &[
    "本报综合",
    "本刊综合",
    "综合本报",
    "作者单位",
    "作者系",
    "作者为",
    "作者分别",
    "受访者供图",
    "受访单位供图",
    "图片由",
    "本文图片",
    "图片来源",
    "供图单位",
];

/// Bodies that sign together, behind a house (本报评论员, 本报编辑部).
pub(super) const COLLECTIVES: &[(&str, Role)] = &[
    ("特约评论员", Role::Commentator),
    ("评论员", Role::Commentator),
    ("观察员", Role::Commentator),
    ("编辑部", Role::Author),
    ("评论部", Role::Author),
    ("采访组", Role::Author),
    ("采编部", Role::Author),
    ("报道组", Role::Author),
    ("报道团队", Role::Author),
    ("全媒体报道组", Role::Author),
    ("全媒体报道团队", Role::Author),
    ("课题组", Role::Author),
    ("调研组", Role::Author),
];

/// Words that open what the credited says: who says something in running text is not credited there.
pub(super) const SAYS: &[&str] = &[
    "说",
    "表示",
    "介绍",
    "告诉",
    "坦言",
    "回忆",
    "认为",
    "称",
    "感慨",
    "感叹",
    "讲述",
    "透露",
    "解释",
    "指出",
    "强调",
    "回答",
    "写道",
    "笑着说",
    "笑称",
    "反问",
    "追问",
    "问道",
    "被评",
    "被授予",
    // What is said of them, also of one who is credited elsewhere.
    "的",
    "长期",
    "常年",
    "多年",
    "经常",
];

/// Words that begin with a surname and stand before 报道 as adverbs (记者全程报道, 记者时常报道).
pub(super) const ADVERBS: &[&str] = &[
    "全程", "全面", "全力", "连续", "连日", "连线", "连连", "时常", "常年", "公开", "单独", "广泛", "向来", "高频",
    "高度", "成功", "从未", "从不", "曾经", "都在", "易于", "平时", "应邀", "计划", "多次", "农村", "金融", "党报",
];

/// Nouns that stand behind a role like a pen name and are none (记者 手记, 记者连日报道).
pub(super) const NO_PEN_NAMES: &[&str] = &[
    "手记", "札记", "日记", "随笔", "感言", "来信", "述评", "点评", "视点", "视角", "视线", "镜头", "文章", "图片",
    "照片", "专稿", "特稿", "稿件", "消息", "连日", "今日", "昨日", "近日", "日前", "现场", "实地", "一线", "基层",
    "专题", "整理", "综合", "见习", "实习", "名单", "摄影", "文图", "图文", "报社", "本社", "集体", "小组", "全文",
    "下文", "上文", "原文", "译文", "本文", "下转", "上接",
];

/// How the names of bodies end that send in a text with the names of its authors.
pub(super) const GIVERS: &[&str] = &[
    "工会",
    "公司",
    "集团",
    "局",
    "委",
    "办",
    "中心",
    "学校",
    "学院",
    "医院",
    "厂",
    "大队",
    "支队",
    "宣传部",
    "街道",
    "社区",
    "联合会",
    "协会",
    "法院",
    "检察院",
    "电厂",
    "银行",
    "支行",
    "办公室",
    "室",
    "站",
    "所",
    "厅",
    "社",
    "部",
    "队",
    "政府",
];

/// What closes a bracket that credits an organisation (（县总工会供稿）).
pub(super) const GIVEN_BY: &[&str] = &["供稿", "供图", "提供"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_stop_is_an_ideograph() {
        assert!(!('\u{4000}'..='\u{9FFF}').any(|c| starts(c) & Words::Stops as u16 != 0));
    }
}
