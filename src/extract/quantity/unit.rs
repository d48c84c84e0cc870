//! Measure words and units: what a number is counted in.
//!
//! In: the place behind a number. Out: the longest unit that stands there, with its class. A unit of one character that
//! also begins words (人: 人民币, 家: 家庭, 元: 元旦) names the characters that must not follow.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::folded::NOTHING;
use crate::text::{Folded, PairFilter, first_two};

/// What a unit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Money, with its ISO 4217 code.
    Money(&'static str),
    /// People.
    People,
    /// Firms, unions.
    Organisations,
    /// Households.
    Households,
    /// A measure word that counts things of many kinds; the noun decides.
    Items,
    /// A measure word that is an idiom as often in words (三道, 两头); see [`super::rare`].
    RareItems,
    /// 百分点.
    Points,
    /// 倍.
    Multiple,
    /// 岁.
    Age,
    /// A length of time.
    Duration,
    /// An area.
    Area,
    /// A length.
    Length,
    /// A weight.
    Weight,
    /// Something else that is measured (degrees, volts, litres): read over, gives no fact.
    Unread,
}

/// A unit as found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    /// Past its last character.
    pub end: usize,
    /// What it counts.
    pub class: Class,
    /// The unit as it is written in records, or "" where that is how it is printed.
    pub name: &'static str,
}

/// Unit, class, characters that must not follow.
pub(super) type Row = (&'static str, Class, &'static str);

const UNITS: &[Row] = &[
    ("人", Class::People, "民均工事大生力才造道格物文情心称像治权身为制间"),
    ("人次", Class::People, ""),
    ("人(次)", Class::People, ""),
    ("余人次", Class::People, ""),
    ("人员", Class::People, ""),
    ("人口", Class::People, ""),
    ("口人", Class::People, ""),
    ("号人", Class::People, "物选事行马员大民"),
    ("个人", Class::People, "体性化所信资账的物才工民员电"),
    ("名", Class::People, "单称义额片誉列次牌副"),
    ("位", Class::People, "于居置数列移次一育"),
    ("家", Class::Organisations, "庭长人务里乡园喻常族谱门训风户"),
    ("家次", Class::Organisations, ""),
    ("户", Class::Households, "口籍均型外县"),
    ("户次", Class::Households, ""),
    ("户家庭", Class::Households, ""),
    ("家庭", Class::Households, ""),
    ("个家庭", Class::Households, ""),
    ("个百分点", Class::Points, ""),
    ("百分点", Class::Points, ""),
    ("倍", Class::Multiple, "感受加"),
    ("岁", Class::Age, "月末首"),
    ("周岁", Class::Age, ""),
    ("高龄", Class::Age, ""),
    ("旬", Class::Age, "刊报"),
    ("年", Class::Duration, "级代轻画糕货迈龄份会检报均底初末终前度鉴"),
    ("年间", Class::Duration, ""),
    ("周年", Class::Unread, ""),
    ("年级", Class::Unread, ""),
    ("年代", Class::Unread, ""),
    ("年期", Class::Duration, ""),
    ("载", Class::Duration, "重荷货客体人着入"),
    ("个年头", Class::Duration, ""),
    ("个月", Class::Duration, ""),
    ("个多月", Class::Duration, ""),
    ("个半月", Class::Duration, ""),
    ("月", Class::Duration, "份初底末球亮饼票刊光子中饷色下上台"),
    ("个星期", Class::Duration, ""),
    ("星期", Class::Duration, ""),
    ("个周", Class::Duration, "期年边"),
    ("周", Class::Duration, "年边围刊岁恩转密末"),
    ("天", Class::Duration, "津然空安平下河才山成生文气桥坛门"),
    ("日", Class::Duration, "本报元语军常子夜前程用程"),
    ("个工作日", Class::Duration, ""),
    ("个交易日", Class::Duration, ""),
    ("工作日", Class::Duration, ""),
    ("昼夜", Class::Duration, ""),
    ("个昼夜", Class::Duration, ""),
    ("个日夜", Class::Duration, ""),
    ("小时", Class::Duration, ""),
    ("个小时", Class::Duration, ""),
    ("个多小时", Class::Duration, ""),
    ("个半小时", Class::Duration, ""),
    ("个钟头", Class::Duration, ""),
    ("个半钟头", Class::Duration, ""),
    ("个日日夜夜", Class::Duration, ""),
    ("分钟", Class::Duration, ""),
    ("秒", Class::Duration, "杀0123456789"),
    ("秒钟", Class::Duration, ""),
    ("个季度", Class::Duration, ""),
    ("个学期", Class::Duration, ""),
    ("个世纪", Class::Duration, ""),
    ("个多世纪", Class::Duration, ""),
    ("世纪", Class::Duration, ""),
    ("亩", Class::Area, "产均"),
    ("平方米", Class::Area, ""),
    ("平方公里", Class::Area, ""),
    ("平方千米", Class::Area, ""),
    ("平方厘米", Class::Area, ""),
    ("平米", Class::Area, ""),
    ("平方英里", Class::Area, ""),
    ("平方英尺", Class::Area, ""),
    ("㎡", Class::Area, ""),
    ("公顷", Class::Area, ""),
    ("公亩", Class::Area, ""),
    ("英亩", Class::Area, ""),
    ("米", Class::Length, "饭面粉粮兰老"),
    ("公里", Class::Length, ""),
    ("千米", Class::Length, ""),
    ("厘米", Class::Length, ""),
    ("毫米", Class::Length, ""),
    ("华里", Class::Length, ""),
    ("公尺", Class::Length, ""),
    ("市尺", Class::Length, ""),
    ("海里", Class::Length, ""),
    ("英里", Class::Length, ""),
    ("英尺", Class::Length, ""),
    ("吨", Class::Weight, "位级"),
    ("公斤", Class::Weight, ""),
    ("千克", Class::Weight, ""),
    ("斤", Class::Weight, ""),
    ("市斤", Class::Weight, ""),
    ("克", Class::Weight, "服拉林里隆制"),
    ("毫克", Class::Weight, ""),
    ("盎司", Class::Weight, ""),
    ("立方米", Class::Unread, ""),
    ("标准箱", Class::Unread, ""),
    ("千瓦时", Class::Unread, ""),
    ("千瓦", Class::Unread, ""),
    ("兆瓦", Class::Unread, ""),
    ("吉瓦", Class::Unread, ""),
    ("度", Class::Unread, ""),
    ("℃", Class::Unread, ""),
    ("摄氏度", Class::Unread, ""),
    ("级", Class::Unread, ""),
    // 由28%升至72.5%.
    ("升", Class::Unread, "至到为高级值入"),
    ("毫升", Class::Unread, ""),
    ("平方", Class::Unread, ""),
    ("号", Class::Unread, ""),
    ("路", Class::Unread, ""),
    ("吨位", Class::Unread, ""),
    ("届", Class::Unread, ""),
    ("世", Class::Unread, ""),
    ("个冬春", Class::Unread, ""),
    ("个寒暑", Class::Duration, ""),
    ("个春秋", Class::Duration, ""),
    ("个春夏秋冬", Class::Unread, ""),
    ("吋", Class::Unread, ""),
    ("英寸", Class::Unread, ""),
    ("伏", Class::Unread, ""),
    ("赫兹", Class::Unread, ""),
    ("兆", Class::Unread, ""),
    ("个", Class::Items, "体性别人百月年季"),
    ("名额", Class::Items, ""),
    ("件", Class::Items, "套"),
    ("件(套)", Class::Items, ""),
    ("场", Class::Items, "地所面合馆长内外景"),
    ("场次", Class::Items, ""),
    ("件次", Class::Items, ""),
    ("节次", Class::Items, ""),
    ("次", Class::Items, "数年日性序要方第级品"),
    ("班次", Class::Items, ""),
    ("笔", Class::Items, "者画记名试直"),
    ("项", Class::Items, "链"),
    ("项次", Class::Items, ""),
    ("条", Class::Items, "件例约款"),
    ("台次", Class::Items, ""),
    ("例次", Class::Items, ""),
    ("台班", Class::Items, ""),
    ("台", Class::Items, "湾北阶胞资商币海州面词风"),
    ("辆", Class::Items, ""),
    ("辆次", Class::Items, ""),
    ("份", Class::Items, "额内子"),
    ("种", Class::Items, "植子田地粮菜族养"),
    ("批", Class::Items, "评准发次示改"),
    ("批次", Class::Items, ""),
    ("座", Class::Items, "谈位次"),
    ("栋", Class::Items, ""),
    ("幢", Class::Items, ""),
    ("套", Class::Items, "路装"),
    ("本", Class::Items, "报市省人届次月周年科来身质土科"),
    ("册", Class::Items, ""),
    ("册次", Class::Items, ""),
    ("篇", Class::Items, "章"),
    ("部", Class::Items, "门队委长署位分落"),
    ("期", Class::Items, "间望待"),
    ("处", Class::Items, "理长于级罚"),
    ("片", Class::Items, "面区"),
    ("张", Class::Items, ""),
    ("枚", Class::Items, ""),
    ("样", Class::RareItems, "子本品式板机貌张态"),
    ("科", Class::RareItems, "学技目室长研员教普创举协幻委处室级"),
    ("票", Class::RareItems, "据选价房面证数务友贩源额夹箱根汇券号"),
    ("碗", Class::RareItems, "里口柜筷底"),
    ("壶", Class::RareItems, "口关"),
    ("罐", Class::RareItems, "头车装"),
    ("筐", Class::RareItems, ""),
    ("捆", Class::RareItems, "绑扎"),
    ("剂", Class::RareItems, "量型"),
    ("剂次", Class::Items, ""),
    ("堂", Class::RareItems, "屋弟妹哥姐兄叔食会主"),
    ("车", Class::RareItems, "间道站位厢主队库祸牌皮床型流迷手友架工险票辆次载展程头"),
    ("支", Class::Items, "部持出援付书"),
    ("所", Class::Items, "有以谓属在"),
    ("只", Class::Items, "有是要能不好"),
    ("头", Class::RareItems, "条版脑目"),
    ("匹", Class::Items, ""),
    ("棵", Class::Items, ""),
    ("株", Class::Items, ""),
    ("颗", Class::Items, ""),
    ("粒", Class::Items, ""),
    ("根", Class::Items, "本据"),
    ("架", Class::Items, "构"),
    ("架次", Class::Items, ""),
    ("趟次", Class::Items, ""),
    ("车次", Class::Items, ""),
    ("列次", Class::Items, ""),
    ("艘", Class::Items, ""),
    ("列", Class::RareItems, "车为入"),
    ("趟", Class::Items, ""),
    ("节", Class::RareItems, "日约能目气"),
    ("间", Class::Items, "接隔断"),
    ("类", Class::Items, "似"),
    ("幅", Class::Items, "度员"),
    ("副", Class::RareItems, "主部省市书处局总县厂经院"),
    ("对", Class::RareItems, "于外此手象他她我"),
    ("双", Class::Items, "方向人语月重职休向边拥"),
    ("组", Class::Items, "织成长建"),
    ("例", Class::Items, "如"),
    ("起", Class::Items, "来义到"),
    ("宗", Class::Items, "教旨"),
    ("轮", Class::Items, "船胎车"),
    ("瓶", Class::Items, ""),
    ("盒", Class::Items, "饭马"),
    ("页", Class::RareItems, "岩面码"),
    ("顶", Class::RareItems, "部级替层住"),
    ("把", Class::RareItems, "他她它我你这那全所手握关职工学困"),
    ("箱", Class::Items, ""),
    ("袋", Class::Items, ""),
    ("包", Class::RareItems, "括"),
    ("桶", Class::Items, ""),
    ("桌", Class::Items, "面"),
    ("顿", Class::Items, ""),
    ("集", Class::RareItems, "体团中合资"),
    ("首", Class::RareItems, "都届次先席要位"),
    ("封", Class::Items, "建"),
    ("盏", Class::RareItems, ""),
    ("盘", Class::RareItems, ""),
    ("眼", Class::RareItems, "睛看"),
    ("口", Class::RareItems, "号岸头径"),
    ("块", Class::Items, ""),
    ("道", Class::RareItems, "路德理"),
    ("门", Class::RareItems, "口"),
    ("层", Class::RareItems, "次面"),
    ("课时", Class::Items, ""),
    ("学时", Class::Items, ""),
    ("人份", Class::Items, ""),
    ("款", Class::Items, "项式待"),
    ("单", Class::RareItems, "位独元"),
    ("站", Class::RareItems, ""),
    ("方面", Class::Items, ""),
    ("大类", Class::Items, ""),
    ("字", Class::RareItems, "节体母典幕号样迹画义帖"),
    ("床", Class::RareItems, ""),
    ("尊", Class::RareItems, "敬严称重贵"),
    ("具", Class::RareItems, "有体备"),
    ("发", Class::RareItems, "展生现出表言动达布行起放电明病作挥扬射到给"),
    ("杯", Class::RareItems, "赛水车"),
    ("席", Class::RareItems, "位卷梦地间"),
    ("辑", Class::RareItems, ""),
    ("卷", Class::RareItems, "土烟宗入起子积舌尺帘"),
    ("章", Class::RareItems, "程鱼节句"),
    ("面", Class::RareItems, "对向积临貌世前粉上包条食部目试议孔料具环"),
    ("尾", Class::RareItems, "声数气巴矿"),
    ("锭", Class::RareItems, ""),
    ("盆", Class::RareItems, "地栽"),
    ("股", Class::RareItems, "份东票市本权民指息价金评长道值"),
    ("众", Class::People, "多所人议目志矢叛筹望生口"),
    ("尺", Class::Length, "寸度子码牍规"),
    ("里", Class::Length, "程面边弄氏约昂拉斯"),
    ("张床位", Class::Items, ""),
];

/// Rows by their first two characters, or the only one, longest first.
static BY_FIRST: LazyLock<FxHashMap<(char, char), Vec<&'static Row>>> = LazyLock::new(|| {
    let mut longest_first: Vec<&'static Row> = UNITS.iter().chain(super::currency::UNITS).collect();
    longest_first.sort_by_key(|r| std::cmp::Reverse(r.0.len()));
    let mut rows: FxHashMap<(char, char), Vec<&'static Row>> = FxHashMap::default();
    for row in longest_first {
        rows.entry(first_two(row.0.chars())).or_default().push(row);
    }
    rows
});

static FIRST_TWO: LazyLock<PairFilter> = LazyLock::new(|| PairFilter::new(BY_FIRST.keys().copied()));

/// The unit at `at`.
pub(super) fn at(text: &Folded, at: usize) -> Option<Found> {
    let first = text.get(at);
    let unit_of = |next: char| {
        let rows = if FIRST_TWO.may_hold(first, next) { BY_FIRST.get(&(first, next))? } else { return None };
        let may_follow = |end: usize, not: &str| !not.contains(text.get(end)) || may_follow(text, at, end);
        rows.iter().filter(|row| text.has(at, row.0)).find_map(|&&(name, class, not)| {
            let end = at + name.chars().count();
            (not.is_empty() || may_follow(end, not)).then_some(Found { end, class, name })
        })
    };
    unit_of(text.get(at + 1)).or_else(|| unit_of(NOTHING))
}

/// Words whose first character is one that must not follow, but that begin a new word here: 3人工作组, 5名副主席.
fn may_follow(text: &Folded, at: usize, end: usize) -> bool {
    match text.get(at) {
        '人' => {
            text.one_of(
                end,
                &[
                    "大关",
                    "大合唱",
                    "工作",
                    "生产",
                    "生活",
                    "工资",
                    "均为",
                    "均是",
                    "均已",
                    "均获",
                    "均被",
                    "均有",
                    "大多",
                    "为一",
                    "身穿",
                    "身着",
                    "身披",
                ],
            )
            .is_some()
                || text.get(end) == '民' && !text.has(end, "民币")
                || text.get(end) == '为' && !text.has(end, "为本")
        }
        '名' => text
            .one_of(
                end,
                &[
                    "副主席",
                    "副总",
                    "副厂",
                    "副局",
                    "副书记",
                    "副市",
                    "副县",
                    "副处",
                    "副省",
                    "副部",
                    "副科",
                    "副厅",
                    "副教",
                    "副主任",
                    "副院",
                    "副校",
                    "副会",
                    "单身",
                    "单亲",
                    "片区",
                ],
            )
            .is_some(),
        // 十八个人的血汗钱, but 一个人的: anybody's.
        '个' if text.has(at, "个人的") && !matches!(text.before(at), '一' | '两' | '几' | '每' | '某') => true,
        '个' => text.one_of(end, &["年轻", "性化", "季节", "人民", "人物", "人才", "人大"]).is_some(),
        '家' => text.one_of(end, &["门店", "门诊", "务工", "族企业", "乡镇"]).is_some(),
        '户' => text.one_of(end, &["县级", "县属", "外来"]).is_some(),
        '次' => text.one_of(end, &["年会", "方案"]).is_some(),
        // 分两批发放, but 批发.
        '批' => text.one_of(end, &["发放", "发出", "发运", "发送"]).is_some(),
        '天' => text.one_of(end, &["才能", "才会", "下来", "成功", "生产", "生活"]).is_some(),
        '支' => text.one_of(end, &["援", "部队"]).is_some(),
        '所' => text
            .one_of(end, &["以上", "以下", "以内"])
            .is_some_and(|n| !crate::text::is_cjk(text.get(end + n)) || text.get(end + n) == '的'),
        '场' => text.one_of(end, &["面对面", "合唱"]).is_some(),
        '元' => text.one_of(end, &["方", "月"]).is_some() && !text.has(end, "方程") && !text.has(end, "月"),
        '年' => text.one_of(end, &["会费", "报告"]).is_some(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(&str, Class)>) {
        assert_eq!(at(&Folded::new(text), 0).map(|f| (f.name, f.class)), expected, "{text}");
    }

    #[test]
    fn units() {
        check("元", Some(("元", Class::Money("CNY"))));
        check("元人民币", Some(("元人民币", Class::Money("CNY"))));
        check("港元", Some(("港元", Class::Money("HKD"))));
        check("人次", Some(("人次", Class::People)));
        check("个月", Some(("个月", Class::Duration)));
        check("家企业", Some(("家", Class::Organisations)));
        check("家庭", Some(("家庭", Class::Households)));
        check("个百分点", Some(("个百分点", Class::Points)));
        check("人工作组", Some(("人", Class::People)));
        check("人民", Some(("人", Class::People)));
    }

    #[test]
    fn words_that_only_begin_like_one() {
        for text in ["元旦", "人均收入", "人工", "家长", "名单", "位数", "个体户", "户口", "工会", ""]
        {
            check(text, None);
        }
    }
}
