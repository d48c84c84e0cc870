//! The small print of a page: credits, captions, rubrics, folios, staff lines, jump lines.

use super::names::{REGIONS, person};
use super::random::Random;

fn people(random: &mut Random, most: usize) -> String {
    let count = if random.chance(0.7) { 1 } else { random.between(1, most) };
    let between = *random.pick(&["、", "、", " ", "，"]);
    (0..count).map(|_| person(random)).collect::<Vec<_>>().join(between)
}

/// A credit as newspapers print it at the head of an article.
pub(super) fn opening_credit(random: &mut Random) -> String {
    let r = people(random, 2);
    let c = people(random, 3);
    match random.below(20) {
        0 => format!("本报讯 记者{r} 通讯员{c}报道"),
        1 => format!("本报讯 通讯员{c}报道"),
        2 => format!("记者{r}报道"),
        3 => format!("本报讯 记者{r}报道"),
        4 => format!("记者{r} 通讯员{c}报道"),
        5 => format!("本报讯（记者 {r} 通讯员 {c}）"),
        6 => format!("本报讯（记者{r}）"),
        7 => format!("本报讯（通讯员{c}）"),
        8 => format!("本报记者 {r}"),
        9 => format!("■本报记者 {r} 通讯员 {c}"),
        10 => format!("本报通讯员 {c}"),
        11 => format!("{c}报道"),
        12 => format!("本报讯 特约记者{r}报道"),
        13 => format!("见习记者{r} 通讯员{c}报道"),
        14 => format!("本报讯 （全媒体记者 {r} 通讯员 {c}）"),
        15 => format!("□本报记者 {r} 实习生 {c}"),
        16 => format!("本报{}{}月{}日电 记者{r}报道", city(random), random.between(1, 12), random.between(1, 28)),
        17 => format!("新华社{}{}月{}日电（记者{r}）", city(random), random.between(1, 12), random.between(1, 28)),
        18 => format!("首席记者 {r}"),
        _ => format!("本报讯 记者{r} 实习生{c}报道"),
    }
}

fn city(random: &mut Random) -> &'static str {
    random.pick(&REGIONS).city.trim_end_matches('市')
}

/// The credit of a picture.
pub(super) fn picture_credit(random: &mut Random) -> String {
    let r = people(random, 2);
    let c = people(random, 2);
    match random.below(6) {
        0 => format!("通讯员{c} 记者{r} 摄"),
        1 => format!("记者{r} 通讯员{c} 摄"),
        2 => format!("{c} 摄"),
        3 => format!("本报记者 {r} 摄"),
        4 => format!("通讯员 {c} 摄影报道"),
        _ => format!("记者{r}摄"),
    }
}

const SCENES: [&str; 20] = [
    "职工们在展台前挑选心仪的图书",
    "参赛选手正在检查电气线路",
    "工会干部把慰问品送到塔吊司机手中",
    "女职工在妈咪小屋里交流育儿经验",
    "医务人员为环卫工人测量血压",
    "骑手们在驿站里休息充电",
    "师傅指导徒弟校准零件",
    "职工合唱队在厂区排练",
    "律师为农民工解答劳动合同问题",
    "孩子们在暑期托管班里上科学课",
    "选手在攀爬项目中冲向终点",
    "抢修人员冒雨更换绝缘子",
    "志愿者为返乡务工人员搬运行李",
    "职工代表在会上举手表决",
    "新会员领到会员卡后合影",
    "劳模在课堂上演示操作要领",
    "渔排工人学习使用救生设备",
    "茶农在茶园里采摘春茶",
    "矿工在井口领取热姜汤",
    "养路工清理路面上的积雪",
];

/// The text under a picture, and the scene that it speaks of.
pub(super) fn caption(random: &mut Random) -> (String, &'static str) {
    let scene = SCENES[random.below(SCENES.len())];
    let text = match random.below(5) {
        0 => format!("图为{scene}。"),
        1 => format!("上图：{scene}。"),
        2 => format!("▲{scene}。"),
        3 => {
            format!(
                "{}月{}日，在{}，{scene}。",
                random.between(1, 12),
                random.between(1, 28),
                random.pick(&REGIONS).city
            )
        }
        _ => format!("图为在{}拍摄的画面：{scene}。", random.pick(&REGIONS).city),
    };
    (text, scene)
}

const RUBRICS: [&str; 16] = [
    "工会人手记",
    "身边的工匠",
    "基层动态",
    "职工之声",
    "维权在线",
    "走进班组",
    "民生视窗",
    "镜头里的劳动者",
    "建功新时代 工会在行动",
    "记者一线行",
    "暖心故事",
    "我和我的工会",
    "产改进行时",
    "工会经验谈",
    "百日攻坚看变化",
    "劳动最光荣 特别报道",
];

/// The standing title of a column.
pub(super) fn rubric(random: &mut Random) -> &'static str {
    RUBRICS[random.below(RUBRICS.len())]
}

const KICKERS: [&str; 18] = [
    "从“等人来”到“找上门”——",
    "一件小事办了三个月",
    "职工提出来 工会接下来——",
    "数据跑起来 服务快起来",
    "两年走访 一本台账",
    "急职工之所急 办职工之所盼",
    "小平台撬动大服务——",
    "把话筒交给工人",
    "打通服务职工的堵点",
    "难事不推 小事不拖——",
    "一枚印章背后的故事",
    "夜里十点的灯光",
    "服务跟着职工走",
    "投入不多 见效很快——",
    "让普惠看得见摸得着",
    "先问需求 再办实事",
    "三方联手解难题",
    "改革之后看成效——",
];

/// A line above a headline.
pub(super) fn kicker(random: &mut Random) -> &'static str {
    KICKERS[random.below(KICKERS.len())]
}

const DECKS: [&str; 14] = [
    "——一个基层工会的探索",
    "——来自生产一线的报告",
    "半年办成实事四十七件",
    "——记一群平凡的劳动者",
    "覆盖职工三万余人",
    "——写在活动收官之际",
    "今年目标任务提前完成",
    "——从一次座谈会说起",
    "职工满意率超过九成五",
    "——一线见闻",
    "首批试点单位有六家",
    "——读懂一份民意调查",
    "年底前实现全覆盖",
    "——老厂区里的新变化",
];

/// A line below a headline.
pub(super) fn deck(random: &mut Random) -> &'static str {
    DECKS[random.below(DECKS.len())]
}

const SUBHEADS: [&str; 24] = [
    "建起来：先有屋檐再有家",
    "转起来：章程挂墙更上心",
    "活起来：职工当主角",
    "难题：钱从哪里来",
    "办法：三家凑一家",
    "变化：从抱怨到点赞",
    "一张表格管到底",
    "把门槛降下来",
    "让数据多跑路",
    "送岗位也送信心",
    "上门不空手 回来有清单",
    "老办法遇上新问题",
    "师傅领进门",
    "手艺不能断代",
    "夜班也有热饭吃",
    "账要算在明处",
    "一碗水端平",
    "谁来听他们说话",
    "从一个人到一群人",
    "不止一次的握手",
    "制度落在纸上 更落在地上",
    "还有多少路要走",
    "小切口做出大文章",
    "温度来自细节",
];

/// A heading inside the text.
pub(super) fn subhead(random: &mut Random) -> &'static str {
    SUBHEADS[random.below(SUBHEADS.len())]
}

/// The head line of a page.
pub(super) fn folio(random: &mut Random, publication: &str, date: &str, number: usize) -> String {
    let mut parts = date.split('-');
    let year = parts.next().unwrap_or("");
    let month = parts.next().unwrap_or("").trim_start_matches('0');
    let day = parts.next().unwrap_or("").trim_start_matches('0');
    match random.below(4) {
        0 => format!("{publication} {year}年{month}月{day}日 第{number}版"),
        1 => format!("{number:02} 综合新闻 {year}年{month}月{day}日"),
        2 => format!("第{number}版 工会 {publication}"),
        _ => format!("{publication} {year}.{month}.{day} 版面{number}"),
    }
}

/// The line that names who made the page.
pub(super) fn staff(random: &mut Random) -> String {
    let (a, b, c) = (person(random), person(random), person(random));
    match random.below(4) {
        0 => format!("责任编辑：{a} 版式设计：{b} 校对：{c}"),
        1 => format!("责编：{a} 美编：{b} 检校：{c}"),
        2 => format!("本版编辑 {a} 校对 {b}"),
        _ => format!("值班编委：{a} 责任编辑：{b} 版式：{c}"),
    }
}

/// A line that belongs to the page and to no article.
pub(super) fn small_ad(random: &mut Random) -> String {
    match random.below(4) {
        0 => format!(
            "今日天气：{}，{}℃～{}℃，{}风{}级",
            random.pick(&["晴", "多云", "小雨", "阴", "阵雨转多云"]),
            random.between(0, 20),
            random.between(21, 36),
            random.pick(&["东", "南", "西北", "东南"]),
            random.between(1, 5)
        ),
        1 => format!("新闻热线：0{}-8{:07}", random.between(311, 999), random.below(10_000_000)),
        2 => "投稿邮箱：tougao@example.org".to_owned(),
        _ => format!("邮发代号：{}-{} 零售价：1.00元", random.between(1, 80), random.between(1, 400)),
    }
}

const CHINESE: [&str; 17] =
    ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五", "十六"];

/// 下转: the article goes on on page `number`.
pub(super) fn jump_to(random: &mut Random, number: usize) -> String {
    let chinese = CHINESE[number.min(16)];
    match random.below(4) {
        0 => format!("（下转第{number}版）"),
        1 => format!("（下转第{chinese}版）"),
        2 => format!("（下转{number}版）"),
        _ => format!("▶▶▶下转第{number}版"),
    }
}

/// 上接: the article comes from page `number`.
pub(super) fn jump_from(random: &mut Random, number: usize) -> String {
    let chinese = CHINESE[number.min(16)];
    match random.below(3) {
        0 => format!("（上接第{number}版）"),
        1 => format!("（上接第{chinese}版）"),
        _ => format!("（紧接第{number}版）"),
    }
}
