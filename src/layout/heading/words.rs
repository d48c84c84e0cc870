//! Words and shapes that tell what a line of a head is, looked at by itself.

use crate::layout::{border, line, verse};
use crate::text::is_cjk;

/// Whether the line by itself says that it opens a section of its article.
pub(in crate::layout) fn opens_section(text: &str) -> bool {
    is_section_number(text) || is_side_label(text)
}

/// Whether a lesser marked line over a headline names the kind of its text: 短评, 【微镜头】.
pub(super) fn is_kind(text: &str) -> bool {
    const KINDS: [&str; 17] = [
        "短评",
        "快评",
        "微评",
        "时评",
        "锐评",
        "社评",
        "社论",
        "评论",
        "言论",
        "图说",
        "微镜头",
        "特写",
        "速写",
        "快讯",
        "简讯",
        "通讯",
        "微言",
    ];
    KINDS.contains(&border::without_marks(text))
}

/// Whether the line is the number of a section, or a title behind one: 一, （二）, 三、渡口, 之四.
pub(in crate::layout) fn is_section_number(text: &str) -> bool {
    let numeral = |c: char| "一二三四五六七八九十".contains(c);
    let text = text.trim();
    if text.ends_with(['。', '；', ';', '，', '：', ':', '、']) {
        return false;
    }
    // 01 一把扳手.
    let numbered = text.strip_prefix('0').and_then(|rest| rest.strip_prefix(|c: char| ('1'..='9').contains(&c)));
    if numbered.is_some_and(|rest| rest.starts_with([' ', '\u{3000}'])) {
        return true;
    }
    let inside = text.strip_prefix(['（', '(']).unwrap_or(text);
    let rest = inside.trim_start_matches(numeral);
    let digits = inside.len() - rest.len();
    let bracketed = inside.len() < text.len();
    (3..=9).contains(&digits)
        && match rest.strip_prefix(if bracketed { ['）', ')'] } else { ['、', '.'] }) {
            Some(_) => true,
            None => rest.is_empty() && !bracketed,
        }
}

/// Whether the line says that more on the subject of its article follows: 相关链接, 【记者手记】, ■链接.
pub(super) fn is_side_label(text: &str) -> bool {
    const LABELS: [&str; 38] = [
        "链接",
        "相关链接",
        "新闻链接",
        "延伸阅读",
        "新闻背景",
        "背景",
        "背景资料",
        "背景链接",
        "名词解释",
        "小贴士",
        "小知识",
        "知识链接",
        "知多一点",
        "记者手记",
        "采访手记",
        "手记",
        "采访札记",
        "编后",
        "编后语",
        "编辑点评",
        "点评",
        "人物名片",
        "人物档案",
        "短评",
        "微言",
        "人物简介",
        "声音",
        "获奖名单",
        "案情",
        "案例",
        "案情简介",
        "案情回放",
        "评析",
        "案例评析",
        "法官说法",
        "律师说法",
        "律师点评",
        "法律分析",
    ];
    let bare = border::without_marks(text);
    LABELS.contains(&bare)
        || bare.chars().count() == 4 && bare.ends_with("声音")
        || bare.chars().count() <= 8 && bare.ends_with("名单") && verse::is_title(bare)
}

/// Whether the line is a question or an answer of a column of such: 问：….
pub(super) fn is_asked(text: &str) -> bool {
    matches!(border::label(text, 1), Some(("问" | "答", _)))
}

/// Whether the line opens the case that a lawyer or judge speaks of: 【案情】.
pub(super) fn is_case(text: &str) -> bool {
    text.starts_with(['【', '[']) && border::without_marks(text).starts_with("案") && is_side_label(text)
}

/// Whether the line is the title of a notice: 讣告, 注销公告.
pub(super) fn is_notice(text: &str) -> bool {
    /// Longest such title, in characters.
    const LONGEST: usize = 10;
    /// The same of one that ends in a word which running text ends in, too.
    const SHORT: usize = 6;
    const OTHERS: [&str; 3] = ["通知", "招聘", "招租"];
    ends_in(text, &NOTICES, LONGEST) || ends_in(text, &OTHERS, SHORT)
}

/// What notices are called, and little else.
const NOTICES: [&str; 7] = ["公告", "启事", "声明", "更正", "讣告", "公示", "通告"];

/// Whether a headline is that of a notice, which may say what it is about: 关于渡口停航的公告, 营业执照遗失.
pub(in crate::layout) fn heads_notice(headline: &str) -> bool {
    /// Longest such headline, in characters.
    const LONGEST: usize = 24;
    const MATTERS: [&str; 6] = ["招聘", "招租", "遗失", "注销", "征稿", "拍卖"];
    is_notice(headline) || ends_in(headline, &NOTICES, LONGEST) || ends_in(headline, &MATTERS, LONGEST)
}

/// Whether the text ends in one of these words and has at most `longest` characters.
fn ends_in(text: &str, words: &[&str], longest: usize) -> bool {
    text.chars().nth(longest).is_none() && words.iter().any(|word| text.ends_with(word))
}

/// Whether the line says to whom a letter is written: 编辑同志：, 各县总工会：.
pub(super) fn is_salutation(text: &str) -> bool {
    /// Characters of the longest such line.
    const LONGEST: usize = 10;
    /// The same of a line to many.
    const LONGEST_TO_MANY: usize = 40;
    const SPOKEN_TO: [&str; 8] = ["同志", "编辑部", "朋友", "先生", "女士", "老师", "师傅", "读者"];
    let Some(who) = text.strip_suffix(['：', ':']) else { return false };
    let shorter = |most: usize| text.chars().nth(most).is_none();
    shorter(LONGEST) && SPOKEN_TO.iter().any(|word| who.ends_with(word))
        || who.starts_with('各') && shorter(LONGEST_TO_MANY)
}

/// Whether the line is what the editors say of the text above it: 编后：….
pub(super) fn is_afterword(text: &str) -> bool {
    border::label(text.trim_start_matches(['【', '[']), "编后的话】".chars().count())
        .is_some_and(|(label, said)| label.trim_end_matches(['】', ']']).starts_with("编后") && !said.is_empty())
}

/// Whether the line names what is attached to a document: 附件：…, 附件2.
pub(super) fn is_attachment(text: &str) -> bool {
    text.strip_prefix("附件")
        .is_some_and(|rest| rest.starts_with(|c: char| matches!(c, '：' | ':') || c.is_ascii_digit()))
}

/// Whether the line announces what stands in the next one: …的是：, …如下：.
pub(super) fn announces(text: &str) -> bool {
    const WORDS: [&str; 6] = ["是", "有", "为", "如下", "名单", "包括"];
    /// Characters of the shortest such line.
    const SHORTEST: usize = 8;
    let said = text.strip_suffix(['：', ':']);
    said.is_some_and(|said| WORDS.iter().any(|word| said.ends_with(word))) && text.chars().nth(SHORTEST).is_some()
}

/// Whether the line is the title of a list behind which stands how many it names: 先进班组（20个）.
pub(super) fn is_counted(text: &str) -> bool {
    let inside = text.strip_suffix([')', '）']).and_then(|text| text.rsplit_once(['(', '（']));
    inside.is_some_and(|(title, count)| {
        let unit = count.trim_start_matches(|c: char| c.is_ascii_digit());
        !title.is_empty()
            && unit.len() < count.len()
            && matches!(unit, "个" | "名" | "人" | "位" | "家" | "项" | "件" | "对")
    })
}

/// Whether the line opens with a dash, as decks do.
pub(super) fn opens_with_dash(text: &str) -> bool {
    text.starts_with('—') || text.starts_with("--")
}

/// Whether the line is a standing title behind its mark: ■职工信箱.
pub(super) fn is_marked_rubric(text: &str) -> bool {
    let title = text.strip_prefix(['■', '□', '◆', '◇', '★', '☆']).map(str::trim_start);
    title.is_some_and(|title| (2..=8).contains(&title.chars().count()) && title.chars().all(|c| is_cjk(c) || c == '·'))
}

/// Whether the line ends in a dash, as kickers do.
pub(super) fn is_dashed(text: &str) -> bool {
    text.ends_with("——") || text.ends_with('—') || text.ends_with("--")
}

/// Whether a short line over a headline is the standing title of its column: 律师信箱, 一线故事, 短评.
pub(super) fn is_standing(text: &str) -> bool {
    /// Longest such title, in characters.
    const LONGEST: usize = 8;
    const ENDS: [&str; 34] = [
        "信箱",
        "来信",
        "来信照登",
        "问答",
        "副刊",
        "随笔",
        "镜头",
        "人物",
        "特别报道",
        "深度报道",
        "连续报道",
        "系列报道",
        "论坛",
        "短讯",
        "简讯",
        "短波",
        "快讯",
        "视点",
        "广角",
        "大家谈",
        "今日谈",
        "杂谈",
        "讲堂",
        "课堂",
        "说法",
        "服务台",
        "法苑",
        "直通车",
        "连线",
        "传真",
        "园地",
        "茶座",
        "话题",
        "图片新闻",
    ];
    let short = !line::is_longer(text, LONGEST) && text.chars().nth(1).is_some();
    short
        && text.chars().all(|c| is_cjk(c) || c == '·')
        && (is_kind(text) || is_rubric(text) || ENDS.iter().any(|end| text.ends_with(end)))
}

/// Whether the line is a title in the brackets of standing titles and nothing else: 【今日时评】, [说法]. Also a side label
/// stands in such.
pub(super) fn is_bracketed_title(text: &str) -> bool {
    let inside = |open, close| text.strip_prefix(open).and_then(|text| text.strip_suffix(close));
    inside('【', '】')
        .or_else(|| inside('[', ']'))
        .or_else(|| inside('〔', '〕'))
        .is_some_and(|title| (2..=10).contains(&title.chars().count()) && title.chars().all(|c| is_cjk(c) || c == '·'))
}

/// Whether a blank parts the line into two halves of one length: 灯亮起来 人聚起来.
pub(super) fn is_couplet(text: &str) -> bool {
    /// Characters of the shorter half.
    const SHORTEST: usize = 3;
    let mut halves = text.split([' ', '\u{3000}']).filter(|half| !half.is_empty()).map(|half| half.chars().count());
    let (upper, lower, more) = (halves.next(), halves.next(), halves.next());
    upper == lower && more.is_none() && upper.is_some_and(|length| length >= SHORTEST)
}

/// Whether the line says that pictures follow, and nothing of what they show.
pub(super) fn heads_picture(text: &str) -> bool {
    matches!(text, "图片新闻" | "新闻图片" | "图片报道" | "图片故事" | "图片专题")
}

/// Whether a lesser marked line beside a headline names a series: 匠心筑梦 全市职工创新工作室巡礼.
pub(super) fn is_rubric(text: &str) -> bool {
    [
        "巡礼",
        "专栏",
        "系列",
        "专题",
        "特刊",
        "之窗",
        "掠影",
        "风采",
        "聚焦",
        "观察",
        "纪事",
        "故事",
        "行动",
        "进行时",
        "在线",
        "在基层",
        "走基层",
    ]
    .iter()
    .any(|end| text.trim_end().ends_with(end))
}

/// Whether the line ends in the name of a column in brackets: （新视点）.
pub(super) fn is_column(text: &str) -> bool {
    let Some(inner) = text.strip_suffix(')').or_else(|| text.strip_suffix('）')) else { return false };
    inner.rfind(['(', '（']).is_some_and(|at| inner[at..].chars().count() <= 16 && at > 0)
}

/// Whether the line opens as running text does, and headlines hardly do.
pub(super) fn opens_like_text(text: &str) -> bool {
    const OPENINGS: [&str; 16] = [
        "近日",
        "日前",
        "昨日",
        "昨天",
        "据悉",
        "据了解",
        "据介绍",
        "记者",
        "本报",
        "图为",
        "目前",
        "其中",
        "随后",
        "此外",
        "同时",
        "如今",
    ];
    OPENINGS.iter().any(|o| text.starts_with(o)) || text.contains("近日") || text.contains("日前")
}

/// Whether two lines look like subheads of one story: as long as each other, or both a label and what it says.
pub(super) fn is_alike(a: &str, b: &str) -> bool {
    /// Longest of those that only their length shows, in characters.
    const LONGEST: usize = 10;
    let (n, m) = (a.chars().count(), b.chars().count());
    n.max(m) <= LONGEST && n.abs_diff(m) <= 1 || is_labelled(a) && is_labelled(b)
}

/// Whether the line is a label and what it says: 律师：….
pub(super) fn is_labelled(text: &str) -> bool {
    /// Characters of the longest label.
    const LONGEST: usize = 6;
    border::label(text, LONGEST).is_some_and(|(_, said)| !said.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_of_a_story() {
        for (text, expected) in [
            ("一", true),
            ("（二）", true),
            ("三、渡口的夜", true),
            ("（四）水要认得", true),
            ("01 水要认得", true),
            ("01水要认得", false),
            ("12 水要认得", false),
            ("【相关链接】", true),
            ("■链接", true),
            ("记者手记", true),
            ("读者声音", true),
            ("获奖名单", true),
            ("一个渡口", false),
            ("三、渡口的夜。", false),
            ("十年", false),
            ("链接两岸的渡口", false),
            ("声音", true),
        ] {
            assert_eq!(opens_section(text), expected, "{text}");
        }
    }

    #[test]
    fn titles_of_columns() {
        for (text, expected) in [
            ("律师信箱", true),
            ("一线故事", true),
            ("短评", true),
            ("新春走基层", true),
            ("渡口副刊", true),
            ("渡口问答", true),
            ("渡口的信箱修好了", false),
            ("渡口，信箱", false),
            ("渡口", false),
        ] {
            assert_eq!(is_standing(text), expected, "{text}");
        }
        for (text, expected) in [
            ("[说法]", true),
            ("【渡口时评】", true),
            ("[2018]", false),
            ("[渡口]的灯", false),
            ("【渡口，灯】", false),
        ] {
            assert_eq!(is_bracketed_title(text), expected, "{text}");
        }
        assert!(is_couplet("渡口有灯 夜航不慌") && is_couplet("渡口有灯　夜航不慌"));
        assert!(!is_couplet("渡口有灯 夜航的人不慌") && !is_couplet("渡口有灯夜航不慌") && !is_couplet("渡 口"));
        assert!(heads_picture("图片新闻") && !heads_picture("渡口的图片新闻"));
        assert!(is_asked("问：渡口在哪？") && is_asked("答:在江边。") && !is_asked("问渡口在哪"));
        assert!(is_case("【案情】") && is_case("[案例]") && !is_case("案情") && !is_case("【渡口】"));
    }

    #[test]
    fn lines_of_like_shape() {
        assert!(is_alike("水要认得", "绳要拴得"));
        assert!(is_alike("现场：灯灭了半年", "律师：这不合规定，要赔"));
        assert!(!is_alike("水要认得", "渡口船队的新规矩"));
        assert!(!is_alike("渡口的灯又亮了起来真好", "江边的食堂又开了张真好"));
    }

    #[test]
    fn lines_that_no_headline_is() {
        for (text, expected) in [
            ("各渡口船队：", true),
            ("各有各的说法。", false),
            ("编辑同志：", true),
            ("老周师傅:", true),
            ("编辑同志写道：", false),
            ("老周：", false),
        ] {
            assert_eq!(is_salutation(text), expected, "{text}");
        }
        assert!(is_afterword("编后：渡口的灯修好了。") && is_afterword("编后语: 灯亮了。") && !is_afterword("编后"));
        for (text, expected) in [("附件：渡口名册", true), ("附件2", true), ("附件没有寄到", false)] {
            assert_eq!(is_attachment(text), expected, "{text}");
        }
        for (text, expected) in
            [("渡口今年评上先进的是：", true), ("评上的是：", false), ("渡口今年评上先进的人说：", false)]
        {
            assert_eq!(announces(text), expected, "{text}");
        }
        for (text, expected) in [
            ("先进渡口（20个）", true),
            ("摆渡能手(5名)", true),
            ("渡口（新视点）", false),
            ("渡口（20年）", false),
            ("（3名）", false),
        ] {
            assert_eq!(is_counted(text), expected, "{text}");
        }
        for (text, expected) in [
            ("■渡口信箱", true),
            ("□ 微言", true),
            ("■渡口的灯又亮了起来", false),
            ("■渡口，", false),
            ("渡口信箱", false),
        ] {
            assert_eq!(is_marked_rubric(text), expected, "{text}");
        }
    }

    #[test]
    fn titles_of_notices_and_kinds_of_texts() {
        for text in ["停航公告", "讣告", "停电通知", "招聘"] {
            assert!(is_notice(text), "{text}");
        }
        assert!(!is_notice("渡口船队发布公告说停航三天") && !is_notice("渡口船队下发通知"));
        for text in ["关于渡口停航检修的公告", "关于渡口停航检修的通告", "渡口船队摆渡证遗失"]
        {
            assert!(heads_notice(text) && !is_notice(text), "{text}");
        }
        assert!(!heads_notice("渡口船队修好了停航三天的船"));
        assert!(is_kind("【微镜头】") && is_kind("短评"));
        assert!(!is_kind("短评写得好"));
    }
}
