//! Measure words that count things behind figures, and behind Chinese numerals only where the number or the noun tells:
//! 十五集电视剧, 三万盏, 三道石碑; 一头, 两面, 三把手 are figures of speech or words.

use super::amount::Amount;
use super::qualifier;
use super::unit::Found;
use crate::text::Folded;
use crate::text::numeral::{Bound, is_numeral};

/// A measure word and nouns that it counts.
type Nouns = (&'static str, &'static [&'static str]);

const NOUNS: &[Nouns] = &[
    ("集", &["电视剧", "连续剧", "电视片", "专题片", "纪录片", "系列片", "艺术片", "动画片", "广播剧", "系列剧"]),
    ("道", &["石碑", "防线", "关口", "工序", "菜", "闸", "大坝", "程序", "难关", "考题", "山梁", "铁丝网", "门槛"]),
    (
        "把",
        &["椅", "刀", "伞", "钥匙", "锁", "剪", "扇子", "枪", "手枪", "锄", "火炬", "二胡", "铁锹", "镐", "扫帚", "壶"],
    ),
    ("对", &["列车", "旅客", "特快", "夫妇", "夫妻", "新人", "双打", "选手", "恋人", "双胞胎", "父子", "母女", "情侣"]),
    (
        "头",
        &[
            "牛",
            "猪",
            "羊",
            "驴",
            "骡",
            "大象",
            "奶牛",
            "耕牛",
            "牲",
            "大家畜",
            "毛驴",
            "狮",
            "鹿",
            "肥猪",
            "生猪",
            "大牲",
            "种牛",
            "仔猪",
        ],
    ),
    ("口", &["井", "锅", "棺", "水井", "油井", "机井", "水窖", "鱼塘"]),
    (
        "门",
        &[
            "课",
            "功课",
            "炮",
            "大炮",
            "学科",
            "科目",
            "迫击炮",
            "高炮",
            "外语",
            "专业课",
            "基础课",
            "专业",
            "技术",
            "知识",
        ],
    ),
    ("首", &["歌", "诗", "曲", "乐曲", "民歌", "童谣"]),
    ("眼", &["井", "机井", "水井", "泉", "窑洞", "深水井"]),
    ("顶", &["帐篷", "帽", "军帽", "棉帐篷"]),
    ("包", &["大米", "水泥", "面粉", "药", "烟", "香烟", "方便面", "化肥"]),
    ("盘", &["磁带", "录像带", "录音带", "菜", "水饺", "饺子"]),
    ("副", &["担子", "对联", "手套", "眼镜", "棺材", "担架", "春联", "扑克", "象棋"]),
    ("节", &["车厢", "课", "电池"]),
    ("列", &["列车", "火车", "货车", "客车"]),
    ("床", &["棉被", "被子", "被褥", "毛毯", "军被", "褥子", "新被"]),
    ("尊", &["佛", "金佛", "雕像", "塑像", "铜像", "石像", "大炮", "造像", "坐像"]),
    ("具", &["尸", "遗体", "遗骸", "骸骨", "棺木", "骨骼"]),
    ("发", &["子弹", "炮弹", "导弹", "火箭弹", "手枪子弹"]),
    (
        "杯",
        &[
            "茶", "咖啡", "酒", "水", "牛奶", "啤酒", "开水", "热茶", "清茶", "白酒", "红酒", "果汁", "豆浆", "饮料",
            "冷饮",
        ],
    ),
    ("面", &["红旗", "锦旗", "彩旗", "国旗", "旗", "镜子", "鼓", "大鼓", "铜锣", "流动红旗"]),
    (
        "样",
        &["东西", "菜", "礼物", "物品", "家电", "农具", "工具", "水果", "小吃", "用品", "早点", "点心", "乐器", "本领"],
    ),
    ("盆", &["花", "鲜花", "盆景", "水仙", "菊花", "名花", "兰花", "君子兰", "花卉", "名优花卉"]),
];

/// How far behind its measure word a noun may begin.
const NEAR: usize = 8;

/// Whether the measure word counts things there.
pub(super) fn counts(text: &Folded, from: usize, amount: &Amount, unit: Found) -> bool {
    if amount.number.arabic {
        return behind_figures(text, from, amount, unit);
    }
    let single = amount.number.end - from == 1;
    let next = text.get(amount.end);
    let pointed =
        matches!(text.before(from), '第' | '前' | '后' | '头' | '首' | '这' | '那' | '每' | '“' | '《' | '分' | '点');
    // 千余对新人; 百对 is a way to say many.
    let bare = amount.number.bare && amount.number.bound != Bound::Over;
    if bare || amount.number.positional || pointed && amount.high <= 10.0 {
        return false;
    }
    if has_noun(text, amount, unit.name) {
        return true;
    }
    match unit.name {
        // 三万盏, 两盏灯: of lamps alone.
        "盏" => true,
        "辑" | "卷" | "章" | "席" if single => {
            text.one_before(from, &["共", "全书", "分", "分为", "计", "占有", "拥有", "获得", "占"]).is_some()
                && !crate::text::is_cjk(next)
        }
        // 两样: nothing without its noun.
        "样" => false,
        // 十六字方针, 三十六字诀.
        "字" => !single && amount.low > 10.0 && text.one_of(amount.end, NO_TEXTS).is_none(),
        "发" | "杯" | "具" | "面" | "道" | "对" | "口" | "头" | "站" | "单" | "层" | "副" | "首" => {
            // 数十万头, 近三十道: so many are counted.
            !single && amount.low >= 20.0 && is_alone(text, amount)
        }
        _ => !single && amount.low > 10.0 && (is_alone(text, amount) || crate::text::is_cjk(next)),
    }
}

/// Sayings of so many characters.
const NO_TEXTS: &[&str] = &["方针", "诀", "令", "经", "真言", "原则", "口号", "训", "歌", "箴言", "路口", "街", "架"];

/// Whether the number counts behind figures.
fn behind_figures(text: &Folded, from: usize, amount: &Amount, unit: Found) -> bool {
    let next = text.get(amount.end);
    match unit.name {
        // 1998发; 鞭炮 and the like are not told from verbs.
        "发" => has_noun(text, amount, unit.name) || text.one_before(from, &["子弹", "炮弹", "导弹", "弹"]).is_some(),
        // 提供姜茶1500杯, but 98杯….
        "杯" => has_noun(text, amount, unit.name) || is_alone(text, amount) && amount.low >= 100.0,
        // 3面环山; 24面锦旗.
        "面" => has_noun(text, amount, unit.name) || is_alone(text, amount) && amount.low >= 10.0,
        // 两个人一样: alike.
        "样" => has_noun(text, amount, unit.name),
        // 占有52席, 52席的民主党.
        "席" => is_alone(text, amount) && !matches!(text.before(from), '第' | '前'),
        // 《…》140页: where it stands.
        "页" => text.before(from) != '》' && !text.has_before(from, "》第"),
        "卷" | "章" | "辑" | "尊" | "具" | "尾" | "锭" | "盆" => !matches!(next, '第' | '之'),
        "股" => amount.number.scale >= 1e4 || is_alone(text, amount) && amount.low >= 100.0,
        _ => true,
    }
}

/// Whether nothing that is counted follows: the clause ends, or 的 or a bound follows.
fn is_alone(text: &Folded, amount: &Amount) -> bool {
    let next = text.get(amount.end);
    !crate::text::is_cjk(next)
        || matches!(next, '的' | '和' | '与' | '及')
        || qualifier::after(text, amount.end).is_some()
}

/// Whether a noun that the measure word counts stands near behind it, in the same clause.
fn has_noun(text: &Folded, amount: &Amount, name: &str) -> bool {
    let Some((_, nouns)) = NOUNS.iter().find(|(unit, _)| *unit == name) else { return false };
    // A noun of one character stands right behind: 三头牛.
    let reach = |noun: &str| if noun.chars().count() == 1 { 1 } else { NEAR };
    let within = |i: usize| (amount.end..i).all(|j| crate::text::is_cjk(text.get(j)) && !is_numeral(text.get(j)));
    (amount.end..amount.end + NEAR)
        .any(|i| nouns.iter().any(|noun| text.has(i, noun) && i < amount.end + reach(noun)) && within(i))
}

#[cfg(test)]
mod tests {
    use super::super::{amount, unit};
    use super::*;

    #[track_caller]
    fn check(text: &str, number: &str, expected: bool) {
        let folded = Folded::new(text);
        let from = (0..folded.len()).find(|&i| folded.has(i, number)).expect("the number");
        let found = amount::read(&folded, from).expect("an amount");
        let unit = unit::at(&folded, found.number.end);
        assert_eq!(unit.is_some_and(|unit| counts(&folded, from, &found, unit)), expected, "{text}");
    }

    #[test]
    fn things_that_are_counted() {
        check("拍成十五集电视剧。", "十五", true);
        check("立了三道石碑。", "三", true);
        check("买来三万盏。", "三", true);
        check("十把椅子叠起来。", "十", true);
        check("增开三对旅客列车。", "三", true);
        check("送来近三十万盘。", "三十万", true);
        check("缴获17发子弹。", "17", true);
        check("子弹37发,", "37", true);
        check("捞起十五具尸体。", "十五", true);
        check("收到锦旗50面。", "50", true);
        check("全书共六卷。", "六", true);
        check("促成佳偶千余对。", "千余", true);
    }

    #[test]
    fn figures_of_speech() {
        check("三头六臂", "三", false);
        check("四面楚歌", "四", false);
        check("三把手到场", "三", false);
        check("二十四字方针", "二十四", false);
        check("两口子", "两", false);
        check("3面环山", "3", false);
        check("1998发展计划", "1998", false);
        check("百道难题", "百", false);
        check("百对", "百", false);
        check("《呐喊》140页", "140", false);
    }
}
