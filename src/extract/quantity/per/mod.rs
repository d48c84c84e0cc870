//! What one unit of an amount is given for: 4000元/人, 每位外地职工1000元, 户均, 一年最高5000元, 月薪.

mod before;

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::block::Block;
use super::noun;
use crate::record::FactKind;
use crate::text::{Folded, sentence};

pub(super) use before::before;

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
    ("班次", "班次"),
    ("队", "队"),
    ("组", "组"),
    ("村", "村"),
    ("镇", "镇"),
    ("乡", "乡"),
    ("乡镇", "乡镇"),
    ("县", "县"),
    ("校", "校"),
    ("街道", "街道"),
    ("社区", "社区"),
    ("企业", "企业"),
    ("单位", "单位"),
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
    "工会小组",
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
            // 每个工人小组, 每个职工家庭: of several of them.
            Some((n, noun::Noun::Person)) => {
                let end = at + 1 + behind.get(..n).map_or(0, |person| person.chars().count());
                let several = text.one_of(end, &["小组", "班组", "团队", "集体", "组织", "队伍"]).is_some();
                let name = if text.has(end, "家庭") {
                    "户"
                } else if several {
                    "个"
                } else {
                    "人"
                };
                return Some((at + 1, name));
            }
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
    if text.before(at) == '每'
        && let Some(found) = noun_alone(text, at)
    {
        return Some(found);
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

/// Past the noun that stands at `at` without a measure word, and the unit: 每镇长, 每车间, 每困难职工家庭.
fn noun_alone(text: &Folded, at: usize) -> Option<(usize, &'static str)> {
    const LONGEST_NOUN: usize = 6;
    let at_noun = at + text.one_of(at, &["困难", "特困"]).unwrap_or(0);
    let behind = text.word(at_noun, at_noun + LONGEST_NOUN);
    let person = noun::at_start(behind).filter(|(_, named)| *named == noun::Noun::Person);
    let person = person.and_then(|(n, _)| behind.get(..n)).map_or(0, |word| word.chars().count());
    if person > 0 {
        let end = at_noun + person;
        return Some(if text.has(end, "家庭") { (end + 2, "户") } else { (end, "人") });
    }
    let body = BEHIND_MEASURE.iter().filter(|w| text.has(at, w)).max_by_key(|w| w.len())?;
    let n = body.chars().count();
    match text.get(at + n) {
        // 每班组织一次.
        '织' => None,
        // 每班组长.
        '长' if "期远效".contains(text.get(at + n + 1)) => None,
        '长' => Some((at + n + 1, "人")),
        _ => (n > 1).then_some((at + n, *body)),
    }
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
            // 280元一孩的标准.
            let goods = name == "孩" || !is_recipient(name) && name != "次";
            let goes_on = matches!(text.get(end), '、' | '”')
                || (time || goods) && text.get(end) == '的'
                || time && matches!(text.get(end), '左' | '计' | '涨');
            (sentence::ends_clause(text, end) || goes_on).then(|| (end, name.to_owned()))
        }
        _ => None,
    }
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

/// Whether a unit is of those who get something: 每人, 每户, and not 每公斤.
fn is_recipient(unit: &str) -> bool {
    matches!(unit, "人" | "户" | "家" | "孩" | "班" | "班组" | "队" | "组" | "村")
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

/// Whether the amount is given to each of those whom 每人 or 每家 right before it names.
pub(super) fn is_each(block: &Block<'_>, index: usize) -> bool {
    const LONGEST: usize = 3;
    let Some(candidate) = block.candidates.get(index) else { return false };
    if let Some(per) = &candidate.per {
        return per.split('/').next().is_some_and(is_recipient);
    }
    unit_before(block.text, candidate.start, &['每'], LONGEST).is_some_and(|(_, name)| is_recipient(name))
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
