//! The noun phrase behind a measure word for things, where parts of speech alone cut it short.
//!
//! In: the piece of a clause behind a measure word (项, 种, 台, 处), and what [`super::after()`] finds in it. Out: a longer
//! phrase that begins with that one, or the first at all; None where there is no better. Behind a measure word stands a
//! noun phrase, so that what jieba has for a verb or a particle there is a modifier (45处警民|联合|执勤点), the end of a
//! compound (9个屠宰|点) or an act by name (八项|主张). In front of an object all of these can be meant; where the number
//! opens its clause, a verb rather says what became of so many (3项|获奖).

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::Word;
use crate::extract::quantity::{noun, subject};
use crate::text::CharSet;

/// Verbs that modify the noun behind them.
const ATTRIBUTIVE: &[&str] = &[
    "备用", "实用", "扶贫", "联合", "涉外", "专用", "通用", "查询", "脱贫", "碰撞", "定点", "固定", "合作", "合资",
    "独资", "出口", "进口", "投资", "联营", "联络", "救灾", "抗灾", "防汛", "防火", "防伪", "健身", "娱乐", "体检",
    "教学", "示范", "宣传", "展览", "报警", "阅览", "咨询", "监督", "检查", "执法", "值班", "值勤", "执勤", "巡逻",
    "运输", "装卸", "养殖", "加工", "经营", "开发", "设计", "施工", "改造", "维修", "供电", "发电", "输电", "变电",
    "供水", "排水", "灌溉", "节水", "照明", "通信", "通讯", "广播", "录像", "参赛", "流动", "移动", "自动", "直通",
    "直达", "试点", "试验", "实验", "测试", "检测", "监测", "控制", "配套", "辅助", "补充", "学习", "复习", "练习",
    "阅读", "写作", "创作", "翻译", "编辑", "出版", "印刷", "包装", "装饰", "装修", "烹饪", "餐饮", "住宿", "旅游",
    "交易", "批发", "零售", "结算", "储蓄", "信贷", "担保", "租赁", "拍卖", "广告", "代理", "中介", "登记", "注册",
    "认证", "鉴定", "检验", "化验", "治疗", "护理", "康复", "保健", "急救", "消毒", "屠宰", "冷藏", "储备", "仓储",
    "采购", "供应", "配送", "回收", "处理", "净化", "绿化", "美化", "造林", "育苗", "育种", "播种", "收割", "脱粒",
    "养老", "托管", "收养", "领养", "捐赠", "募捐", "义务", "志愿", "自愿", "自办", "自有", "自建", "合办", "附属",
    "直属", "下属", "所属", "挂钩", "挂靠", "结对", "共建", "对口", "跨国", "驻外", "驻华", "援外", "外销", "内销",
    "畅销", "滞销", "紧缺", "急需", "必修", "选修", "进修", "培训", "考核", "评比", "奖励", "管理", "服务", "保障",
    "扶持",
];

/// Acts that are counted by name wherever they stand.
const NAMED_ACTS: &[&str] = &[
    "主张", "选择", "要求", "限制", "举措", "会晤", "投诉", "修改", "拍卖", "变化", "改革", "突破", "飞跃", "创新",
    "考验", "承诺", "倡议", "呼吁", "决定", "规定", "发现", "发明", "尝试", "努力", "讲话", "演说", "声明", "抗议",
    "警告", "处分", "抽查", "调查", "访问", "考察", "会谈", "谈判", "对话", "爆炸", "袭击", "冲突", "革命", "起义",
    "追尾", "建议", "启示", "体会", "感受", "收获", "需求", "追求", "约束", "优惠", "保证", "忠告", "提醒", "暗示",
    "进展",
];

/// Nouns that jieba has for measure words or verbs.
const NOUNS: &[&str] =
    &["系列", "层次", "组别", "大项", "大类", "小类", "分册", "举措", "对子", "批次", "级别", "档次", "梯次", "回合"];

/// Characters that end a compound whose first part jieba has for something else.
static COMPOUND_ENDS: CharSet =
    CharSet::new("点站所间处类项层区组厅馆场店铺院园队社班线段炉窑机器具械车船艇炮弹罐桶架台桩杆塔柱碑亭桥洞");

/// Modifiers of one character.
static SHORT_MODIFIERS: CharSet = CharSet::new("大小新老旧非反多副总双单前各高低中上下重轻长短粗细");

/// Ranks behind which 以上 stands inside the phrase (省部级以上的科研项目).
const RANKED: [char; 6] = ['级', '层', '等', '档', '星', '甲'];

/// Adverbs before an adjective.
const GRADES: &[&str] = &["较", "较为", "比较", "最", "最为", "更", "更为", "很", "极", "十分", "非常", "相对", "不"];

/// Times that modify a noun.
const SEASONS: &[&str] = &[
    "四时", "四季", "春季", "夏季", "秋季", "冬季", "新春", "春节", "当代", "现代", "古代", "近代", "早期", "晚期",
    "夜间", "周末", "假日",
];

/// How many words may belong to it.
const MOST: usize = 9;

/// How a number stands in its clause.
#[derive(Clone, Copy, Debug)]
pub(in crate::extract::quantity) struct Place {
    /// Something is done to what it counts, so that an act behind it is counted rather than said of it.
    pub object: bool,
    /// The piece behind it goes on to the end of the clause.
    pub whole: bool,
}

/// The phrase that `piece` opens with, better than `found`; `words` are its first ones.
pub(in crate::extract::quantity) fn phrase(
    piece: &str,
    words: &[Word<'_>],
    found: Option<(usize, usize)>,
    place: Place,
) -> Option<(usize, usize)> {
    let last = end(words, place)?;
    let (start, end) = (words.first()?.start, words.get(last)?.end());
    // 三座并列的拱桥, 七个经济较发达的市: what is said of the noun behind it.
    let describes = || words.get(last + 1).is_some_and(|w| w.text == "的" || GRADES.contains(&w.text));
    let longer = found.is_none_or(|(from, to)| from == start && end > to || from > start && !describes());
    // 3个人, 5起: one character of them tells nothing.
    let tells = piece.get(start..end)?.chars().nth(1).is_some();
    (longer && tells).then_some((start, end))
}

/// The last word of the phrase.
fn end(words: &[Word<'_>], place: Place) -> Option<usize> {
    let mut last = None;
    let mut named = false;
    for (at, word) in words.iter().enumerate().take(MOST) {
        let next = words.get(at + 1);
        let before = at.checked_sub(1).and_then(|i| words.get(i));
        let compound = is_compound_end(word, before);
        let rank = is_rank(word, before, next);
        if super::ends_phrase(word.text) && word.text != "基本" && !compound && !rank {
            break;
        }
        if is_code(word.text) && next.is_some_and(|n| n.is_nominal() || is_code(n.text)) {
            // ICCJ24B液体集装箱.
        } else if compound {
            // 两个暖棚|种|了: a verb.
            if next.is_some_and(is_particle) {
                break;
            }
            last = Some(at);
        } else if is_modifier(word, next) || is_made_for(word, next, words.get(at + 2)) || rank {
            // Its noun is still to come.
        } else if is_noun(word, next) || NOUNS.contains(&word.text) {
            named |= !word.tag.starts_with(['a', 'b', 'z', 'd']) && !matches!(word.text, "基本" | "根本");
            if !word.tag.starts_with(['a', 'b', 'z']) {
                last = Some(at);
            }
        } else if !named && is_act(word, next, place) {
            last = Some(at);
            break;
        } else {
            break;
        }
    }
    // 24个队|参赛: what they do.
    // 8个部门程度|不同地.
    let differs = |at: usize| words.get(at + 1).is_some_and(|w| matches!(w.text, "不同" | "不等" | "不一"));
    let how = |at: usize| words[at].text == "程度" && differs(at);
    let does = |at: usize| (matches!(words[at].text, "参赛" | "待岗" | "全面") || how(at)) && !words[at - 1].joins();
    last.map(|at| at - usize::from(at > 0 && does(at)))
}

/// A noun; one that is a verb as often only before another (工作|间).
fn is_noun(word: &Word<'_>, next: Option<&Word<'_>>) -> bool {
    let before_noun = || next.is_some_and(|n| n.is_nominal() || is_compound_end(n, Some(word)));
    word.is_nominal() && (!word.tag.starts_with('v') || word.tag == "vn" && before_noun())
}

/// 屠宰|点, 专用工作|间, 大|类.
fn is_compound_end(word: &Word<'_>, before: Option<&Word<'_>>) -> bool {
    let mut letters = word.text.chars();
    let lone = letters.next().is_some_and(|c| COMPOUND_ENDS.has(c)) && letters.next().is_none();
    lone && before.is_some_and(|b| {
        let n = b.text.chars().count();
        b.text.chars().all(crate::text::is_cjk)
            && !matches!(b.tag, "p" | "c" | "uj" | "ul" | "uz" | "d" | "r" | "m")
            && (n > 1 || matches!(word.text, "类" | "项" | "层" | "组") && matches!(b.text, "大" | "小"))
    })
}

/// 联合|执勤点, 非|船舶产品.
fn is_modifier(word: &Word<'_>, next: Option<&Word<'_>>) -> bool {
    let Some(next) = next else { return false };
    let mut letters = word.text.chars();
    let short = letters.next().is_some_and(|c| SHORT_MODIFIERS.has(c)) && letters.next().is_none();
    // 技术改造|项目.
    let phrase = word.tag.starts_with(['l', 'i']) && word.text.chars().count() == 4;
    let modifies = short || phrase || is_attributive(word) || SEASONS.contains(&word.text);
    modifies && (next.is_nominal() || is_attributive(next) || is_compound_end(next, Some(word)))
}

fn is_attributive(word: &Word<'_>) -> bool {
    static SET: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| ATTRIBUTIVE.iter().copied().collect());
    SET.contains(word.text)
}

/// 挖|砂|船: what the thing is made to do.
fn is_made_for(word: &Word<'_>, next: Option<&Word<'_>>, thing: Option<&Word<'_>>) -> bool {
    let lone = |w: &Word<'_>| w.text.chars().nth(1).is_none();
    let Some((next, thing)) = next.zip(thing) else { return false };
    let ends = thing.text.chars().next().is_some_and(|c| COMPOUND_ENDS.has(c));
    word.tag.starts_with('v') && lone(word) && next.tag.starts_with('n') && lone(next) && lone(thing) && ends
}

/// A model's or class's letters and figures (甲B, ICCJ24B).
fn is_code(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '０'..='９'))
}

/// 以上 behind a rank, and the 的 behind it.
fn is_rank(word: &Word<'_>, before: Option<&Word<'_>>, next: Option<&Word<'_>>) -> bool {
    let Some((before, next)) = before.zip(next) else { return false };
    let ranked = || before.text.ends_with(RANKED);
    match word.text {
        "以上" | "以下" => ranked() && (next.is_nominal() || next.text == "的"),
        "的" => matches!(before.text, "以上" | "以下") && next.is_nominal(),
        _ => false,
    }
}

/// 了, 着, 过.
fn is_particle(word: &Word<'_>) -> bool {
    matches!(word.tag, "ul" | "uz" | "ug")
}

/// 主张, 修改: an act by name, with nothing that it is done to behind it.
fn is_act(word: &Word<'_>, next: Option<&Word<'_>>, place: Place) -> bool {
    static NAMED: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| NAMED_ACTS.iter().copied().collect());
    let listed = NAMED.contains(word.text);
    let ends = match next {
        None => place.whole,
        Some(next) if is_particle(next) => false,
        Some(next) => matches!(next.tag.as_bytes().first(), Some(b'x' | b'c' | b'u' | b'y')) || next.joins(),
    };
    let said_of = next.is_some_and(|n| is_particle(n) || matches!(n.text, "给" | "到" | "至" | "成" | "为"));
    if listed {
        return ends || place.object && !said_of;
    }
    let act = word.tag.starts_with('v') && word.text.chars().count() == 2;
    act && place.object && ends && !noun::is_transitive(word.text) && !subject::becomes(word.text)
}

#[cfg(test)]
mod tests {
    #[track_caller]
    fn check(piece: &str, object: bool, expected: &str) {
        let found = super::super::after(piece, true, super::super::Wanted::Thing);
        let words = super::super::words(piece);
        let better = super::phrase(piece, &words, found, super::Place { object, whole: true }).or(found);
        assert_eq!(better.map_or("", |(a, b)| &piece[a..b]), expected, "{piece}");
    }

    #[test]
    fn what_jieba_parts() {
        check("屠宰点都要检疫", true, "屠宰点");
        check("专用工作间", true, "专用工作间");
        check("大类,从年初", true, "大类");
        check("联合执勤点", true, "联合执勤点");
        check("备用颜色填涂", true, "备用颜色");
        check("省部级以上的科研项目", true, "省部级以上的科研项目");
    }

    #[test]
    fn acts_by_name() {
        check("主张,推动", true, "主张");
        check("主张,推动", false, "主张");
        check("重大修改", true, "重大修改");
        check("会晤和交流", true, "会晤");
        check("高等院校赠送", true, "高等院校");
        check("暖棚种了牡丹", true, "暖棚");
        check("夺冠", false, "");
    }

    #[test]
    fn what_is_said_of_them() {
        check("获奖", false, "");
        check("通过了验收", true, "");
        check("都获了奖", false, "");
    }
}
