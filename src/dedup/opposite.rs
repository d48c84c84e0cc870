//! Characters that tell another fact by themselves: opposites, and words of one character that turn what they stand at.
//!
//! Two tables, composed from what notices of one template differ in. A page reader that errs on a character seldom hits
//! upon its opposite, so that a pair of them speaks for another notice. Characters that look alike (未 and 末) are in no
//! group.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::dedup::groups::Pairs;

/// Groups of characters of which each stands where another one of its group may stand, and says another thing there.
const GROUPS: &str = "\
上下 上中下 前后 左右 东西南北 东西南北中 内外 里外 高低 大小 多少 进出 入出 买卖 收支 涨跌 升降 增减 加减 正负 早晚 早中晚 \
新旧 新老 男女 父母 爸妈 爷奶 夫妻 子女 儿女 哥姐弟妹 兄弟姐妹 叔姨舅姑 春夏秋冬 晴阴雨雪雾 沪深 正副 已未 有无 省市区县镇乡村 \
初高 甲乙丙丁戊 胜负平 胜败 输赢 冷热 寒暑 夜日 昼夜 昨今明 去今明 首末 头尾 主客 攻守 长短 远近 轻重 快慢 优劣 好坏 \
生死 陆海空 金银铜 红黄蓝绿黑白紫 牛羊猪马鸡鸭鱼 港澳台 京津沪渝 冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川黔滇藏陕甘青宁新 \
年月周旬日 天月年 单双 奇偶 原现 冠亚季 问答 官兵 师生 医患 工农 城乡 公私 免收 开关 始终 存取 借还 供求 供需 起止 起落 迟早 \
粗细 厚薄 宽窄 深浅 干湿 软硬 硬软 强弱 动静 虚实 真假 先后 横纵 横竖 敌友 国省市县 党团 汉满蒙回藏维苗彝壮 我你他她 \
开闭 开休 签废 赞反 篮足排羽网棒冰手 焊钳车铣刨磨钻镗 煤油气粮棉 米面油 衣被裤鞋帽 书药 升降平 特高中初 承否";

/// Groups of words of which the same holds, in the tenses, prizes and courses of things that notices of one template tell.
const WORDS: &str = "\
增加/减少/持平 增长/下降/减少 上升/下降 上涨/下跌/持平 提高/降低/下降 扩大/缩小 盈利/亏损 同意/反对/弃权 赞成/反对/弃权 支持/反对/驳回 批准/否决/驳回 \
接受/拒绝 开始/结束/停止 开工/停产 恢复/停止/暂停/中断 签订/解除/终止/续签 录用/辞退/解雇 录取/淘汰 成功/失败 获胜/失利/落败 战胜/负于/不敌/战平 \
领先/落后 晋级/出局/淘汰 免收/收取/退还 免费/收费 缴纳/免缴 有效/作废 清晨/上午/中午/下午/傍晚/晚上/深夜/凌晨 昨天/今日/明日 昨日/今天/明天 \
元旦/春节/清明/五一/端午/中秋/国庆/重阳 单打/双打/混双/团体 冠军/亚军/季军 退休/在职/下岗/离休/待岗 国有/民营/私营/集体/外资 \
城镇/农村/乡村 城市/农村/乡村 正式/临时 长期/短期 全体/部分 多数/少数 进口/出口 收入/支出 存款/贷款 父亲/母亲 丈夫/妻子 儿子/女儿 \
哥哥/弟弟/姐姐/妹妹 爷爷/奶奶 教师/学生 医生/护士/患者 工人/农民 干部/群众 小麦/玉米/水稻/大豆/棉花/化肥 煤炭/石油/粮食 棉衣/棉被";

static PAIRS: LazyLock<Pairs> = LazyLock::new(|| Pairs::of(GROUPS));
/// Each word with each other one of its group.
static WORD_PAIRS: LazyLock<FxHashSet<[u64; 2]>> = LazyLock::new(|| {
    let mut pairs = FxHashSet::default();
    for group in WORDS.split_ascii_whitespace() {
        let words: Vec<u64> =
            group.split('/').filter_map(|word| in_one(&word.encode_utf16().collect::<Vec<u16>>())).collect();
        pairs.extend(words.iter().flat_map(|&x| words.iter().map(move |&y| [x, y])));
    }
    pairs
});

/// The units of a word of up to four in one number; None of a longer one.
fn in_one(word: &[u16]) -> Option<u64> {
    (word.len() <= 4).then(|| word.iter().fold(0, |all, &unit| all << 16 | u64::from(unit)))
}

/// Whether each of two characters says another thing where the other one stands.
pub(super) fn are_opposite(x: u16, y: u16) -> bool {
    PAIRS.hold(x, y)
}

/// Whether each of two words says another thing where the other one stands.
pub(super) fn are_opposite_words(x: &[u16], y: &[u16]) -> bool {
    in_one(x).zip(in_one(y)).is_some_and(|(x, y)| WORD_PAIRS.contains(&[x, y]))
}

/// What makes another office of the one that it stands before.
const OF_OFFICES: &[&str] = &["副", "原", "前", "女", "男", "代", "候任", "名誉", "常务副"];
/// The offices, by how they begin.
const OFFICES: &[&str] = &[
    "主席",
    "书记",
    "主任",
    "部长",
    "局长",
    "处长",
    "科长",
    "厂长",
    "经理",
    "市长",
    "省长",
    "县长",
    "区长",
    "校长",
    "院长",
    "会长",
    "秘书长",
    "董事长",
    "委员",
    "教授",
    "队长",
    "组长",
    "班长",
    "站长",
    "所长",
    "总裁",
    "总经理",
    "总编",
    "主编",
    "政委",
    "司令",
    "研究员",
    "工程师",
    "裁判",
    "指挥",
    "职工",
    "工人",
];
/// What makes another value of the number that it stands before.
const OF_NUMBERS: &[&str] = &["零下", "负"];
/// What makes half more of the hour or the span that it stands behind.
const HALF: &str = "半";
const BEFORE_HALF: &[&str] = &["点", "年", "月", "天", "小时", "倍", "岁"];

/// Whether `more`, which stands between `before` and `behind` and may as well not, makes another fact of what stands there.
pub(super) fn qualifies(before: &[u16], more: &[u16], behind: &[u16]) -> bool {
    if more.len() > 3 {
        return false;
    }
    let [before, more, behind] =
        [&before[before.len().saturating_sub(2)..], more, &behind[..behind.len().min(4)]].map(String::from_utf16_lossy);
    // 团长, 理事长.
    let is_office =
        OFFICES.iter().any(|office| behind.starts_with(office)) || behind.chars().skip(1).take(2).any(|c| c == '长');
    OF_OFFICES.contains(&more.as_str()) && is_office
        || OF_NUMBERS.contains(&more.as_str()) && behind.starts_with(crate::text::numeral::is_numeral)
        || more == HALF && BEFORE_HALF.iter().any(|unit| before.ends_with(unit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dedup::look_alike::look_alike;

    #[test]
    fn opposites() {
        let check = |x: char, y: char| are_opposite(x as u16, y as u16);
        assert!(check('上', '下') && check('下', '上') && check('男', '女') && check('省', '市'));
        let words = |x: &str, y: &str| {
            let [x, y] = [x, y].map(|word| word.encode_utf16().collect::<Vec<u16>>());
            are_opposite_words(&x, &y)
        };
        assert!(words("增加", "减少") && words("反对", "同意") && !words("增加", "反对"));
        assert!(!check('上', '上') && !check('上', '男') && !check('工', '会'));
    }

    #[test]
    fn no_opposites_look_alike() {
        let pairs = |group: &str| {
            let units: Vec<u16> = group.encode_utf16().collect();
            units.iter().flat_map(|&x| units.iter().map(move |&y| (x, y))).collect::<Vec<_>>()
        };
        let alike: Vec<String> = GROUPS
            .split_ascii_whitespace()
            .flat_map(pairs)
            .filter(|(x, y)| x < y && look_alike(*x, *y))
            .map(|(x, y)| String::from_utf16_lossy(&[x, y]))
            .collect();
        assert!(alike.is_empty(), "{alike:?}");
    }

    #[track_caller]
    fn check(before: &str, more: &str, behind: &str, expected: bool) {
        let [before, more, behind] = [before, more, behind].map(|s| s.encode_utf16().collect::<Vec<u16>>());
        assert_eq!(qualifies(&before, &more, &behind), expected);
    }

    #[test]
    fn words_that_turn_what_they_stand_at() {
        check("市总工会", "副", "主席陈述道", true);
        check("车间", "女", "职工", true);
        check("气温", "零下", "二度", true);
        check("早上七点", "半", "到岗", true);
        check("代表团", "副", "团长率团", true);
        check("推动", "副", "业", false);
        check("开了", "半", "天", false);
        check("", "前", "", false);
    }
}
