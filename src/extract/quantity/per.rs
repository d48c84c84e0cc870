//! What one unit of an amount is given for: 4000元/人, 每位外地职工1000元, 户均, 一年最高5000元, 月薪.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::block::Block;
use super::noun;
use crate::record::FactKind;
use crate::text::{CharSet, Folded, sentence};

/// Units after a slash or 每, and how they are written.
const UNITS: &[(&str, &str)] = &[
    ("人次", "人次"),
    ("人", "人"),
    ("名", "人"),
    ("位", "人"),
    ("户", "户"),
    ("孩", "孩"),
    ("家", "家"),
    ("年", "年"),
    ("季度", "季度"),
    ("月", "月"),
    ("个月", "月"),
    ("个季度", "季度"),
    ("个学期", "学期"),
    ("个小时", "小时"),
    ("个班", "班"),
    ("个家庭", "户"),
    ("周", "周"),
    ("星期", "周"),
    ("天", "天"),
    ("日", "日"),
    ("小时", "小时"),
    ("课时", "课时"),
    ("讲", "讲"),
    ("亩", "亩"),
    ("平方米", "平方米"),
    ("平方公里", "平方公里"),
    ("公斤", "公斤"),
    ("千克", "千克"),
    ("吨", "吨"),
    ("斤", "斤"),
    ("件", "件"),
    ("处", "处"),
    ("台", "台"),
    ("辆", "辆"),
    ("次", "次"),
    ("份", "份"),
    ("项", "项"),
    ("个", "个"),
    ("套", "套"),
    ("张", "张"),
    ("笔", "笔"),
    ("班", "班"),
    ("队", "队"),
    ("组", "组"),
    ("村", "村"),
    ("例", "例"),
    ("股", "股"),
    ("桶", "桶"),
    ("度", "度"),
    ("公里", "公里"),
    ("千瓦时", "千瓦时"),
    ("立方米", "立方米"),
    ("头", "头"),
    ("只", "只"),
    ("棵", "棵"),
    ("株", "株"),
    ("本", "本"),
    ("册", "册"),
    ("条", "条"),
    ("间", "间"),
    ("篇", "篇"),
    ("幅", "幅"),
    ("瓶", "瓶"),
    ("箱", "箱"),
    ("袋", "袋"),
    ("盒", "盒"),
    ("场", "场"),
    ("节", "节"),
    ("科", "科"),
    ("趟", "趟"),
    ("米", "米"),
    ("平米", "平方米"),
    ("公顷", "公顷"),
    ("克", "克"),
    ("盎司", "盎司"),
    ("升", "升"),
    ("学期", "学期"),
    ("学年", "学年"),
    ("学时", "学时"),
    ("票", "票"),
    ("单", "单"),
    ("对", "对"),
    ("双", "双"),
    ("支", "支"),
    ("块", "块"),
    ("桌", "桌"),
    ("部", "部"),
    ("餐", "餐"),
    ("顿", "顿"),
    ("晚", "晚"),
    ("期", "期"),
    ("堂", "堂"),
    ("家庭", "户"),
    ("市斤", "市斤"),
    ("百克", "百克"),
    ("枚", "枚"),
    ("听", "听"),
    ("包", "包"),
    ("车", "车"),
    ("页", "页"),
    ("批", "批"),
    ("批次", "批次"),
    ("店", "店"),
    ("床", "床"),
    ("步", "步"),
    ("盘", "盘"),
    ("局", "局"),
    ("百人", "百人"),
    ("千人", "千人"),
    ("万人", "万人"),
    ("百户", "百户"),
    ("千户", "千户"),
    ("千字", "千字"),
    ("罐", "罐"),
    ("盆", "盆"),
    ("颗", "颗"),
    ("门", "门"),
    ("座", "座"),
    ("艘", "艘"),
    ("幢", "幢"),
    ("分钟", "分钟"),
    ("秒钟", "秒"),
    ("秒", "秒"),
];

/// The units by their first characters.
static BY_FIRST: LazyLock<FxHashMap<char, Vec<(&'static str, &'static str)>>> = LazyLock::new(|| {
    let mut units: FxHashMap<char, Vec<(&'static str, &'static str)>> = FxHashMap::default();
    for &unit in UNITS {
        if let Some(first) = unit.0.chars().next() {
            units.entry(first).or_default().push(unit);
        }
    }
    units
});

/// What 个 stands before and what is then the unit: 每个镇, 每个连队.
const BEHIND_MEASURE: &[&str] = &[
    "国家",
    "地区",
    "城市",
    "县",
    "市",
    "区",
    "镇",
    "乡",
    "村",
    "乡镇",
    "街道",
    "街道办事处",
    "办事处",
    "村镇",
    "社区",
    "居委会",
    "村委会",
    "连队",
    "连",
    "区县",
    "县区",
    "县市",
    "省",
    "省份",
    "排",
    "团",
    "营",
    "师",
    "支队",
    "中队",
    "大队",
    "学校",
    "企业",
    "单位",
    "车间",
    "班组",
    "工厂",
    "矿",
    "厂",
    "科室",
    "部门",
    "班",
    "班级",
    "组",
    "小组",
    "镇区",
    "园区",
    "小区",
    "项目",
    "项目部",
    "工地",
    "站点",
    "网点",
    "基地",
    "支部",
    "分会",
    "工会",
    "基层工会",
    "窗口",
    "门店",
    "县市区",
    "地市",
    "省市",
    "市县",
    "州",
    "旗",
    "屯",
    "系统",
    "行业",
];

/// Persons after 每 without a measure word (每职工, 每个职工).
const PERSONS: &[&str] = &["职工", "会员", "员工", "学生", "个人"];

fn unit_at(text: &Folded, at: usize) -> Option<(usize, &'static str)> {
    const LONGEST_NOUN: usize = 4;
    if let Some(n) = text.one_of(at, PERSONS) {
        return Some((at + n, "人"));
    }
    // 每个职工, 每个困难家庭: by what is counted.
    if text.get(at) == '个' {
        let behind = text.word(at + 1, at + 1 + LONGEST_NOUN);
        match noun::at_start(behind).or_else(|| noun::at_start(behind.strip_prefix("困难")?)) {
            Some((_, noun::Noun::Person)) => return Some((at + 1, "人")),
            _ if text.has(at + 1, "家庭") => return Some((at + 1, "户")),
            _ => {}
        }
        if let Some(noun) = place_behind(text, at + 1) {
            return Some((at + 1 + noun.chars().count(), noun));
        }
    }
    // 每生每年3000元.
    if text.get(at) == '生' && !"产活日育态长物命意存猪源于涯硬前".contains(text.get(at + 1)) {
        return Some((at + 1, "人"));
    }
    let units = BY_FIRST.get(&text.get(at))?;
    let (word, name) = units.iter().filter(|(w, _)| text.has(at, w)).max_by_key(|(w, _)| w.len())?;
    let end = at + word.chars().count();
    // 每周三: on which day.
    if *name == "周" && matches!(text.get(end), '一' | '二' | '三' | '四' | '五' | '六' | '日' | '末') {
        return None;
    }
    Some((end, name))
}

/// The noun for a place or a body that stands alone at `at`: 镇 in 每个镇有, but not in 每个镇长.
fn place_behind(text: &Folded, at: usize) -> Option<&'static str> {
    const ALONE: &str = "有都要每平的建修配派设拿出投新可能共只至约了上里内均发得增补奖各也就已";
    let noun = BEHIND_MEASURE.iter().filter(|w| text.has(at, w)).max_by_key(|w| w.len())?;
    let n = noun.chars().count();
    let next = text.get(at + n);
    // 每个镇镇区.
    let again = noun.starts_with(next);
    (n > 1 || again || !crate::text::is_cjk(next) || ALONE.contains(next) || crate::text::numeral::is_numeral(next))
        .then_some(noun)
}

/// The shortest unit that ends right before `end` behind one of the characters `opens` (每人, 一斤): how many characters the
/// two have, `longest` at most, and the unit.
pub(super) fn unit_before(text: &Folded, end: usize, opens: &[char], longest: usize) -> Option<(usize, &'static str)> {
    (2..=longest.min(end)).filter(|n| opens.contains(&text.get(end - n))).find_map(|n| {
        let (last, name) = unit_at(text, end - n + 1)?;
        (last == end).then_some((n, name))
    })
}

/// `/人` or 每人 right behind an amount: past it, and the unit.
pub(super) fn behind(text: &Folded, at: usize) -> Option<(usize, String)> {
    match text.get(at) {
        '/' => {
            let blank = usize::from(text.get(at + 1) == ' ');
            let (mut end, name) = unit_at(text, at + 1 + blank)?;
            let mut all = name.to_owned();
            // 元/人·月, 元/人/年.
            while matches!(text.get(end), '/' | '·') && all.len() < 24 {
                let Some((next, more)) = unit_at(text, end + 1) else { break };
                all.push('/');
                all.push_str(more);
                end = next;
            }
            Some((end, all))
        }
        '每' => {
            let (end, name) = unit_at(text, at + 1)?;
            // 5000元每人: behind the amount only where the clause ends there or a noun for a rate follows.
            (sentence::ends_clause(text, end) || matches!(text.get(end), '的' | '、')).then(|| (end, name.to_owned()))
        }
        // 280元一天.
        '一' => {
            let (end, name) = unit_at(text, at + 1)?;
            let time = matches!(name, "天" | "月" | "年" | "晚" | "小时" | "学期");
            let goods = !matches!(name, "人" | "户" | "家" | "次" | "队" | "组" | "班" | "村");
            let goes_on = matches!(text.get(end), '、' | '”')
                || (time || goods) && text.get(end) == '的'
                || time && matches!(text.get(end), '左' | '计' | '涨');
            (sentence::ends_clause(text, end) || goes_on).then(|| (end, name.to_owned()))
        }
        _ => None,
    }
}

/// 人均, 户均 and their like.
const AVERAGES: &[(&str, &str)] = &[
    ("人均", "人"),
    ("户均", "户"),
    ("户平", "户"),
    ("人平", "人"),
    ("亩均", "亩"),
    ("年均", "年"),
    ("月均", "月"),
    ("日均", "日"),
    ("班均", "班"),
    ("村均", "村"),
    ("家均", "家"),
    ("笔均", "笔"),
    ("件均", "件"),
    ("次均", "次"),
    ("单均", "单"),
    ("场均", "场"),
];

/// Sums that are paid by the year, month or day: 月薪, 年收入, 日工资.
const SUMS: &[&str] = &[
    "薪",
    "工资",
    "收入",
    "租金",
    "租",
    "产值",
    "产量",
    "产",
    "增产",
    "增收",
    "增值",
    "增效",
    "创收",
    "创汇",
    "创利",
    "创税",
    "纳税",
    "节约",
    "节省",
    "最低工资",
    "节支",
    "增支",
    "上缴",
    "营业额",
    "销售额",
    "利润",
    "销",
    "增加",
    "补贴",
    "津贴",
    "奖金",
    "生活费",
    "运行费",
    "运营费",
    "维护费",
    "管理费",
    "学费",
    "房租",
];

/// What is done so often by the year, month or day: 日发送旅客6万人次.
const FLOWS: &[&str] = &[
    "发送", "接待", "客流", "运送", "输送", "接诊", "处理", "生产", "产", "培训", "服务", "销", "吞吐", "加工", "供水",
    "供电", "供气", "供热", "货运", "客运", "运量", "用水", "耗水", "取水", "排放", "发电",
];

/// What stands before the amount, in its clause: 每人…, 人均…, 一年…, 月收入….
pub(super) fn before(block: &Block<'_>, index: usize, kind: FactKind) -> Option<String> {
    /// Characters that it may open with, where no 均 stands behind them (户均).
    static OPENS: CharSet = CharSet::new("每年月日季按小单户人亩均");
    const REACH: usize = 24;
    let candidate = block.candidates.get(index)?;
    let text = block.text;
    if kind == FactKind::Percentage {
        return growth_by(text, sentence::clause_start(text, candidate.start, REACH)..candidate.start);
    }
    let counted = matches!(
        kind,
        FactKind::Money
            | FactKind::People
            | FactKind::Items
            | FactKind::Area
            | FactKind::Weight
            | FactKind::Length
            | FactKind::Organisations
            | FactKind::Households
            | FactKind::Duration
    );
    // 每位职工三年内都要轮训: when, and not how long each.
    let when = kind == FactKind::Duration
        && (text.before(candidate.end) == '内' || matches!(text.get(candidate.end), '内' | '前' | '后' | '来'));
    if !counted || when {
        return None;
    }
    // An amount of the same kind in between has taken it.
    let floor = block.candidates[..index]
        .iter()
        .rev()
        .take(8)
        .find(|c| c.kind != FactKind::Duration && c.kind != FactKind::Ordinal)
        .map_or(0, |c| c.end);
    let from = sentence::clause_start(text, candidate.start, REACH).max(floor);
    let mut found: Vec<&'static str> = Vec::new();
    let mut at = from;
    while at < candidate.start {
        let c = text.get(at);
        if !OPENS.has(c) && text.get(at + 1) != '均' {
            at += 1;
            continue;
        }
        if c == '每' && text.before(at) != '第' {
            // 每一位, 每一户.
            let one = usize::from(text.get(at + 1) == '一');
            if let Some((end, name)) = unit_at(text, at + 1 + one)
                && end <= candidate.start
                && !found.contains(&name)
            {
                // 亩产达到每公顷3吨.
                if kind == FactKind::Weight && found == ["亩"] {
                    found.clear();
                }
                found.push(name);
                at = end;
                continue;
            }
        } else if matches!(c, '年' | '月') && text.has(at + 1, "人均") && found.is_empty() && !is_whole(text, at) {
            // 年人均收入, 月人均养老金: by head and time.
            found.extend(["人", if c == '年' { "年" } else { "月" }]);
            at += 3;
            continue;
        } else if c == '按'
            && let Some((_, name)) = ["年", "月", "日", "天", "人", "户", "周", "季度", "学期"]
                .iter()
                .filter(|w| text.has(at + 1, w))
                .filter(|w| !text.has(at + 1 + w.chars().count(), "均"))
                .find_map(|_| unit_at(text, at + 1))
            && found.is_empty()
            && kind == FactKind::Money
            && !matches!(text.get(at + 2), '份' | '员' | '初' | '底' | '末' | '口' | '头' | '龄' | '度' | '次')
        {
            // 按月发放300元.
            found.push(name);
        } else if c == '小' && kind == FactKind::Money && text.one_of(at, &["小时最低工资", "小时工资"]).is_some()
        {
            found.push("小时");
        } else if kind == FactKind::Money
            && found.is_empty()
            && matches!(c, '年' | '月' | '季')
            && let Some((_, period)) = TOPS.iter().find(|(w, _)| text.has(at, w))
        {
            // 年度最高可补8万元.
            found.push(period);
        } else if c == '单'
            && kind == FactKind::Money
            && let Some((end, name)) = unit_at(text, at + 1)
            && matches!(name, "笔" | "次" | "人" | "户" | "日" | "件" | "项" | "台" | "套")
            && !found.contains(&name)
            && text.before(at) != '名'
            && text.get(at + 1) != '位'
        {
            // 单笔最高补助2.8万元.
            found.push(name);
            at = end;
            continue;
        } else if matches!(c, '年' | '月' | '日' | '户')
            && text.has(at + 1, "平均")
            && found.is_empty()
            && !is_whole(text, at)
        {
            // 月平均领取92元.
            found.push(period(c).unwrap_or("户"));
            at += 3;
            continue;
        } else if text.get(at + 1) == '均'
            || c == '均'
            // 户平增收, 人平纯收入; 三户平房.
            || matches!(c, '户' | '人') && text.get(at + 1) == '平' && "增纯收年月".contains(text.get(at + 2))
        {
            if let Some((word, name)) = AVERAGES.iter().find(|(w, _)| text.has(at, w))
                && !found.contains(name)
            {
                found.push(name);
                at += word.chars().count();
                // 人均年收入, 人均月增收.
                if text.get(at) == '月' && matches!(text.get(at + 1), '增' | '收' | '工' | '补' | '养') {
                    found.push("月");
                    at += 1;
                }
                if text.get(at) == '年' && *name != "年" && !matches!(text.get(at + 1), '龄' | '终' | '底' | '初')
                {
                    found.push("年");
                    at += 1;
                }
                continue;
            }
        } else if c == '亩' && kind == FactKind::Weight && text.get(at + 1) == '产' && found.is_empty() {
            // 亩产500公斤.
            found.push("亩");
        } else if matches!(c, '年' | '月' | '日')
            && found.is_empty()
            && text.one_of(at + 1, if kind == FactKind::Money { SUMS } else { FLOWS }).is_some()
            && !(matches!(candidate.unit.as_deref(), Some("个" | "项")) && text.has(at + 1, "产量"))
            && (!is_whole(text, at) || text.has(at, "年薪"))
        {
            found.extend(period(c));
        }
        at += 1;
    }
    // 旅客列车时速120公里, 每天12米; but 每周两次5公里越野.
    if kind == FactKind::Length {
        const NEAR: usize = 6;
        let speed = (from..candidate.start).any(|i| text.has(i, "时速"));
        let near = (candidate.start.saturating_sub(NEAR).max(from)..candidate.start).any(|i| text.get(i) == '每');
        let each = near && text.before(candidate.start) != '次';
        return if speed { Some("小时".to_owned()) } else { found.pop().filter(|_| each).map(str::to_owned) };
    }
    // 为8家示范企业各奖励5万元: each of those counted before.
    if found.is_empty()
        && kind == FactKind::Money
        && let Some(each) = each_of(block, index)
    {
        return Some(each);
    }
    // 每发现一处隐患奖励30元.
    if found.is_empty()
        && kind == FactKind::Money
        && let Some(act) = each_act(block, index)
    {
        return Some(act.to_owned());
    }
    // 每份年货有鸡、鱼、蛋,价值近700元.
    if found.is_empty()
        && kind == FactKind::Money
        && let Some(each) = each_opens(block, index)
    {
        return Some(each.to_owned());
    }
    // 奶粉500克/听.
    if found.is_empty() && kind == FactKind::Weight && text.get(candidate.end) == '/' {
        return behind(text, candidate.end).map(|(_, name)| name);
    }
    // 一天工作十四个小时, 一天三趟.
    if found.is_empty() && does_daily(text, from, candidate, kind) {
        return Some("天".to_owned());
    }
    // 50铢兑1美元.
    if found.is_empty()
        && kind == FactKind::Money
        && let Some(rate) = exchanged_for(text, candidate.end)
    {
        return Some(rate.to_owned());
    }
    // 1美元兑换115日元.
    if found.is_empty()
        && kind == FactKind::Money
        && let Some(rate) = exchanged(block, index)
    {
        return Some(rate);
    }
    // 一份快餐需要10元, 1公斤苹果卖2元.
    if found.is_empty()
        && kind == FactKind::Money
        && let Some(name) = price_of_one(text, sentence::clause_start(text, candidate.start, REACH), candidate.start)
    {
        return Some(name.to_owned());
    }
    // 一人300元, 一户1000元.
    if found.is_empty()
        && kind == FactKind::Money
        && let Some(name) = one_of_them(text, candidate.start)
        && text.get(candidate.end) != '的'
    {
        return Some(name.to_owned());
    }
    // 一年最高5000元, 一个月3000元: a length of time that stands for 每.
    let one = || (from..candidate.start).any(|i| text.get(i) == '一');
    if found.is_empty() && kind == FactKind::Money && one() {
        for (word, name) in [
            ("一年", "年"),
            ("一个月", "月"),
            ("一天", "天"),
            ("一学期", "学期"),
            ("一个学期", "学期"),
            ("一亩地", "亩"),
            ("一亩田", "亩"),
        ] {
            let place = (from..candidate.start).find(|&i| text.has(i, word));
            if let Some(place) = place {
                let before = text.before(place);
                let next = text.get(place + word.chars().count());
                // 历时十一年.
                let single = !matches!(
                    before,
                    '十' | '百'
                        | '千'
                        | '上'
                        | '下'
                        | '新'
                        | '头'
                        | '去'
                        | '这'
                        | '那'
                        | '近'
                        | '某'
                        | '有'
                        | '同'
                        | '前'
                        | '第'
                        | '每'
                        // 拖欠一年的工资, 干了一年的工钱, 服务满一年的职工: how long.
                        | '欠'
                        | '了'
                        | '满'
                        | '期'
                ) && !matches!(next, '多' | '来' | '前' | '后' | '半' | '内' | '间' | '之' | '以');
                if single {
                    return Some(name.to_owned());
                }
            }
        }
    }
    // 每年每人: by whom first, then by when.
    found.sort_by_key(|name| is_period(name));
    (!found.is_empty()).then(|| found.join("/"))
}

/// What the name of a sum says that it is paid for: 年利税, 月租金, also 年|销售收入.
pub(super) fn of_sum(block: &Block<'_>, (from, _): (usize, usize)) -> Option<&'static str> {
    let text = block.text;
    let at = text.index_of(from);
    let unit = |i: usize| {
        // 吨钢成本.
        let counted = |c: char| c.is_numeric() || crate::text::numeral::is_numeral(c) || "多余几数这那每".contains(c);
        if text.get(i) == '吨' && "钢铁煤水油粮矿材铝铜".contains(text.get(i + 1)) && !counted(text.before(i))
        {
            return Some("吨");
        }
        let name = period(text.get(i))?;
        // 总投入3亿元的年产20万台…工程: what is made, and not the sum.
        let made = text.get(i + 1) == '产'
            && (text.get(i + 2).is_ascii_digit() || crate::text::numeral::is_numeral(text.get(i + 2)));
        let word = "终底初末度轻代货画报会龄级糕球饼光亮台用本常程元军中内前后均来间".contains(text.get(i + 1));
        (!word && !made && !is_whole(text, i) && crate::text::is_cjk(text.get(i + 1))).then_some(name)
    };
    unit(at).or_else(|| unit(at.checked_sub(1)?))
}

/// Whether a unit is one of time.
fn is_period(unit: &str) -> bool {
    matches!(unit, "年" | "月" | "日" | "天" | "周" | "季度" | "学期" | "小时")
}

/// The period that a character names.
fn period(c: char) -> Option<&'static str> {
    match c {
        '年' => Some("年"),
        '月' => Some("月"),
        '日' => Some("日"),
        _ => None,
    }
}

/// Whether 年, 月 or 日 at `at` is a date's (去年, 每月, 12月) and not by the year or month.
fn is_whole(text: &Folded, at: usize) -> bool {
    // 20个以上|年收入2亿元的企业.
    if text.has_before(at, "以上") {
        return false;
    }
    "今去前明全当上本同近每个一半节次往来历常多几数逐连生".contains(text.before(at))
        || text.get(at) == '日' && "休假周期作".contains(text.before(at))
        || crate::text::numeral::is_numeral(text.before(at))
}

/// Whether one of something follows the sum that it costs: 万元一部.
pub(super) fn is_price(text: &Folded, at: usize) -> bool {
    text.get(at) == '一' && unit_at(text, at + 1).is_some_and(|(end, _)| !crate::text::is_cjk(text.get(end)))
}

/// What an amount is at most in a year.
const TOPS: &[(&str, &str)] = &[
    ("年度最高", "年"),
    ("年度累计最高", "年"),
    ("年最高", "年"),
    ("年度上限", "年"),
    ("月度最高", "月"),
    ("季度最高", "季度"),
];

/// Whether the amount is given to each of those whom 每人 or 每家 right before it names.
pub(super) fn is_each(block: &Block<'_>, index: usize) -> bool {
    const LONGEST: usize = 3;
    let Some(candidate) = block.candidates.get(index) else { return false };
    // 每公斤 is no one who gets it.
    let who =
        |name: &str| matches!(name.split('/').next(), Some("人" | "户" | "家" | "孩" | "班" | "队" | "组" | "村"));
    if let Some(per) = &candidate.per {
        return who(per);
    }
    unit_before(block.text, candidate.start, &['每'], LONGEST).is_some_and(|(_, name)| who(name))
}

/// Whether the amount is another thing that each of those gets whom the quantity right before it is for: 每家配书1000册并补助1.5万元.
pub(super) fn goes_on(block: &Block<'_>, index: usize) -> bool {
    const LONGEST: usize = 8;
    let Some((candidate, previous)) = block.candidates.get(index).zip(block.previous(index)) else { return false };
    let between = block.text.word(previous.end, candidate.start);
    between.chars().count() <= LONGEST
        && between.starts_with(['并', '、', '和', '及', '加', '外'])
        && between.chars().skip(1).all(crate::text::is_cjk)
        && !between.contains(['共', '总', '累'])
}

/// Characters between two quantities of a list that is given for something, and those that begin what is said of all.
const LONGEST_ITEM: usize = 12;
const OF_ALL: &str = "共总累合全其达为超比占有增减";

/// Whether the amount is the next of a list whose first one is given for something: 人均占有肉类50公斤、禽蛋17公斤,
/// 每年评选10名干部、100名战士.
pub(super) fn is_listed(block: &Block<'_>, index: usize) -> bool {
    let Some((candidate, previous)) = block.candidates.get(index).zip(block.previous(index)) else { return false };
    // 每户1000元、1500元、2000元三个档次.
    if candidate.kind == FactKind::Money && matches!(block.text.word(previous.end, candidate.start), "、" | "和" | "或")
    {
        return true;
    }
    let things = matches!(candidate.kind, FactKind::Weight | FactKind::Area | FactKind::People | FactKind::Items);
    let between = block.text.word(previous.end, candidate.start);
    let marks = between.chars().filter(|c| !crate::text::is_cjk(*c)).count();
    things
        && between.contains('、')
        && marks == 1
        && between.chars().count() <= LONGEST_ITEM
        && !between.chars().any(|c| OF_ALL.contains(c))
        && candidate.low <= previous.low * 1000.0
}

/// Whether the amount is the next of what each of those gets whom the one before is for: 每人发放毛巾2条、风油精1瓶.
pub(super) fn is_handed_out(block: &Block<'_>, index: usize) -> bool {
    const REACH: usize = 40;
    let Some((candidate, previous)) = block.candidates.get(index).zip(block.previous(index)) else { return false };
    let given = |kind| matches!(kind, FactKind::Money | FactKind::Items | FactKind::Weight);
    let between = block.text.word(previous.end, candidate.start);
    let mut letters = between.chars();
    let joined = letters.next().is_some_and(|c| matches!(c, '、' | '和' | '及'));
    let each = || {
        let clause = sentence::clause_start(block.text, previous.start, REACH);
        (clause..previous.start).any(|i| block.text.get(i) == '每' && block.text.before(i) != '第')
    };
    joined
        && given(candidate.kind)
        && given(previous.kind)
        && between.chars().count() <= LONGEST_ITEM
        && letters.all(|c| crate::text::is_cjk(c) && !OF_ALL.contains(c))
        && each()
}

/// The unit of what is done so often as the amount is given: 每发现一处隐患奖励30元, also where a comma follows.
fn each_act(block: &Block<'_>, index: usize) -> Option<&'static str> {
    const REACH: usize = 30;
    const LONGEST_VERB: usize = 4;
    let text = block.text;
    let candidate = block.candidates.get(index)?;
    let from = sentence::sentence_start(text, candidate.start, REACH);
    let each = (from..candidate.start).rev().find(|&i| text.get(i) == '每' && text.before(i) != '第')?;
    let one = (each + 2..=each + 1 + LONGEST_VERB).find(|&i| matches!(text.get(i), '一' | '1'))?;
    // 每两年调整一次: how often.
    let act = (each + 1..one).all(|i| {
        let c = text.get(i);
        crate::text::is_cjk(c) && !matches!(c, '年' | '月' | '天' | '周' | '季' | '日')
    });
    // 每年新建一处: by the year.
    let (end, name) = unit_at(text, one + 1).filter(|_| act && unit_at(text, each + 1).is_none())?;
    let other = |c: &super::Candidate| c.kind == FactKind::Money && c.start >= end;
    let marks = (end..candidate.start).filter(|&i| matches!(text.get(i), ',' | ';' | ':')).count();
    (end <= candidate.start && marks <= 1 && !block.candidates[..index].iter().rev().take(4).any(other)).then_some(name)
}

/// The unit of the things or people that a clause before in the sentence opens with, where this one tells what each of
/// them is worth or brings.
fn each_opens(block: &Block<'_>, index: usize) -> Option<&'static str> {
    const REACH: usize = 48;
    const CLAUSES: usize = 3;
    const WORTH: &[&str] = &[
        "价值", "能卖", "可卖", "售价", "价格", "造价", "成本", "增收", "增加", "可得", "可获", "可增", "能得", "净赚",
    ];
    let text = block.text;
    let candidate = block.candidates.get(index)?;
    let mut clause = sentence::clause_start(text, candidate.start, REACH);
    text.one_of(clause, WORTH)?;
    // 价值上百万元的假酒, 价格从10元涨到20元: of another thing.
    if matches!(text.get(candidate.end), '的' | '到' | '至' | '涨' | '不') {
        return None;
    }
    let price = matches!(text.get(clause), '价' | '售' | '造' | '成');
    let before = block.candidates[..index].iter().rev();
    let paid = before.take_while(|c| c.end + REACH > candidate.start).find(|c| c.kind == FactKind::Money);
    if (clause..candidate.start).any(|i| matches!(text.get(i), '共' | '总')) {
        return None;
    }
    let first = sentence::sentence_start(text, candidate.start, REACH);
    for _ in 0..CLAUSES {
        let comma = clause.checked_sub(1).filter(|&i| i > first && text.get(i) == ',')?;
        clause = sentence::clause_start(text, comma, REACH);
        let each = (clause..comma.min(clause + 3)).find(|&i| text.get(i) == '每' && text.before(i) != '第');
        if let Some((_, name)) = each.and_then(|at| unit_at(text, at + 1)) {
            let whom = price && matches!(name, "人" | "户" | "家");
            let all = (clause..comma).any(|i| text.get(i) == '都');
            let thing = !whom && !all && !is_period(name) && !matches!(name, "次" | "期");
            // Another sum has taken it.
            let free = paid.is_none_or(|p| p.end <= clause);
            return (thing && free).then_some(name);
        }
    }
    None
}

/// By what time a share in the clause is what it grows or falls by: 每年增长10%, 年均递增9%.
fn growth_by(text: &Folded, clause: std::ops::Range<usize>) -> Option<String> {
    const TIMES: [(&str, &str); 5] =
        [("每年", "年"), ("年均", "年"), ("每月", "月"), ("月均", "月"), ("每季度", "季度")];
    let mut said = clause.filter(|&i| matches!(text.get(i), '每' | '年' | '月'));
    let name = said.find_map(|i| TIMES.iter().find(|(word, _)| text.has(i, word)))?.1;
    Some(name.to_owned())
}

/// What is sold, paid or earned by the piece.
const GOODS: &[&str] = &[
    "人", "户", "亩", "斤", "市斤", "公斤", "吨", "张", "盆", "瓶", "件", "只", "头", "棵", "株", "套", "辆", "台",
    "本", "份", "枚",
];

/// The piece whose price the sum at `at` is, by a verb of price right before it: 一棵能卖300元, 一份快餐需要10元.
fn price_of_one(text: &Folded, from: usize, at: usize) -> Option<&'static str> {
    const PRICES: &[&str] = &[
        "卖", "能卖", "可卖", "卖到", "售价", "价格", "只卖", "需要", "要", "只要", "能挣", "可挣", "挣", "赚", "能赚",
        "值", "都值",
    ];
    const LONGEST: usize = 10;
    let adverbs = |mut at: usize| {
        while let Some(n) = text.one_before(at, &["一般", "大约", "约", "平均", "就", "才", "也", "都", "为", "在"])
        {
            at -= n;
        }
        at
    };
    let verb = adverbs(at);
    let end = adverbs(verb - text.one_before(verb, PRICES)?);
    let one = (from..end).rev().find(|&i| {
        matches!(text.get(i), '一' | '1')
            && !matches!(text.before(i), '第' | '每' | '了' | '.' | '·')
            && !crate::text::numeral::is_numeral(text.before(i))
    })?;
    let (behind, name) = unit_at(text, one + 1)?;
    (GOODS.contains(&name) && behind <= end && end - behind <= LONGEST).then_some(name)
}

/// The unit of the one thing right before a sum that costs so much: 一人300元, 小的一盆40元.
fn one_of_them(text: &Folded, at: usize) -> Option<&'static str> {
    let (n, name) = unit_before(text, at, &['一', '1'], 3)?;
    let before = at.checked_sub(n + 1).map_or('\0', |i| text.get(i));
    (GOODS.contains(&name)
        && !matches!(before, '第' | '每' | '了' | '.' | '·')
        && !crate::text::numeral::is_numeral(before))
    .then_some(name)
}

/// What says behind 一天 how much is or can be done in it, longest first.
const ABLE: &[&str] = &["平均要", "可以", "至少", "平均", "最多", "往往", "要", "能", "得", "可"];

/// Whether the amount is what is done in 一天 before it in its clause: the hours that one works, how often one goes, how
/// many one serves.
fn does_daily(text: &Folded, from: usize, candidate: &super::Candidate, kind: FactKind) -> bool {
    let times = kind == FactKind::Items && matches!(candidate.unit.as_deref(), Some("趟" | "班次" | "次" | "个"));
    let hours = kind == FactKind::Duration && matches!(candidate.unit.as_deref(), Some("小时" | "分钟"));
    let doing: &[&str] = if times {
        &["", "开行", "发", "往返", "要跑", "跑"]
    } else {
        &["工作", "劳动", "学习", "上班", "要干", "干", "睡", "只睡"]
    };
    let Some(day) = (from..candidate.start).find(|&i| text.has(i, "一天")) else { return false };
    let alone =
        !"第这那某前后同有每头近上下".contains(text.before(day)) && !crate::text::numeral::is_numeral(text.before(day));
    // 27个班次: trains, and of other things a 个 says nothing.
    let trains = candidate.unit.as_deref() != Some("个") || text.has(candidate.end, "班次");
    let done = text.word(day + 2, candidate.start);
    let bare = ABLE.iter().find_map(|word| done.strip_prefix(word));
    // 一天要清扫9个小时, 一天能卖出雪糕1000余支: whatever is done.
    let longest = if hours { 3 } else { 12 };
    let counts = !matches!(kind, FactKind::Duration | FactKind::Length);
    let works = (hours || counts)
        && bare
            .is_some_and(|done| (1..=longest).contains(&done.chars().count()) && done.chars().all(crate::text::is_cjk));
    alone && (works || (times && trains || hours) && doing.contains(&bare.unwrap_or(done)))
}

/// The currency that the sum which ends at `end` is exchanged for one of: 50铢兑1美元.
fn exchanged_for(text: &Folded, end: usize) -> Option<&'static str> {
    let at = end + text.one_of(end, &["兑换", "兑", "可兑换", "合", "对"])?;
    let one = matches!(text.get(at), '1' | '一') && !crate::text::numeral::is_numeral(text.get(at + 1));
    let unit = super::unit::at(text, at + 1).filter(|_| one)?;
    matches!(unit.class, super::unit::Class::Money(_)).then_some(unit.name)
}

/// The currency of which one is worth the amount.
fn exchanged(block: &Block<'_>, index: usize) -> Option<String> {
    let (candidate, one) = (block.candidates.get(index)?, block.previous(index)?);
    let text = block.text;
    let between = text.word(one.end, candidate.start);
    let trades =
        ["兑换", "兑", "可兑换", "可兑", "兑换到", "约合", "折合", "合", "等于", "约等于", ""].contains(&between);
    let digits =
        (one.start..one.end).take_while(|&i| text.get(i).is_ascii_digit() || matches!(text.get(i), '.' | '一'));
    let unit = text.word(one.start + digits.count(), one.end).trim_end_matches('钱');
    let single =
        one.kind == FactKind::Money && (one.low - 1.0).abs() < 1e-9 && matches!(text.get(one.start), '1' | '一');
    let trades = trades && (!between.is_empty() || text.has(candidate.start, "约"));
    (single && trades && !unit.is_empty()).then(|| unit.to_owned())
}

/// The unit of those that 各 before the sum gives it to.
fn each_of(block: &Block<'_>, index: usize) -> Option<String> {
    const REACH: usize = 14;
    const NEAR: usize = 8;
    let candidate = block.candidates.get(index)?;
    let text = block.text;
    let from = sentence::clause_start(text, candidate.start, REACH);
    let each = (from..candidate.start).rev().find(|&i| text.get(i) == '各')?;
    // 给两人各颁发“…”奖金1万元, but 各基层工会发放5万元.
    if each + NEAR < candidate.start && !"得奖发颁获给补赠送领捐罚付".contains(text.get(each + 1)) {
        return None;
    }
    let link = text.one_of(each + 1, &["级", "地", "界", "类", "种", "项", "方", "个", "位", "家", "县", "市", "区"]);
    let counted = block.previous(index)?;
    // 二等奖3名,奖金各5000元: also of those that the clause before counts.
    let clause = sentence::clause_start(text, each, 24);
    let near = counted.end <= each && (clause <= counted.start || clause == counted.end + 1);
    if !near || link.is_some() {
        return None;
    }
    match counted.kind {
        FactKind::People => Some("人".to_owned()),
        FactKind::Organisations | FactKind::Households => counted.unit.as_deref().map(str::to_owned),
        // 3所学校各得5万元.
        FactKind::Items => {
            counted.unit.as_deref().filter(|unit| matches!(*unit, "所" | "支" | "对")).map(str::to_owned)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_behind(text: &str, expected: Option<&str>) {
        assert_eq!(behind(&Folded::new(text), 0).map(|(_, p)| p).as_deref(), expected, "{text}");
    }

    #[test]
    fn behind_the_amount() {
        check_behind("/人", Some("人"));
        check_behind("/人·年", Some("人/年"));
        check_behind("／吨", Some("吨"));
        check_behind("每人", Some("人"));
        check_behind("每人的标准", Some("人"));
        check_behind("每年都", None);
        check_behind("一市斤的", Some("市斤"));
        check_behind("一人的", None);
        check_behind("的标准", None);
    }
}
