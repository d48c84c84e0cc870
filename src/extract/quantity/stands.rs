//! Whether a number with a measure word counts anything: not in a name, a rank, a set phrase or a length.
//!
//! In: a folded text, the place of the number, what was read there. Out: yes or no.

use super::amount::{Amount, Measured};
use super::unit::Class;
use super::{noun, per, qualifier, unit};
use crate::extract::date;
use crate::record::FactKind;
use crate::text::Folded;
use crate::text::numeral::{self, Bound};
use crate::text::sentence::ends_clause;

/// Whether 超 or 超过 at `at` is the verb of records that are bettered: 创造或超过880项世界纪录.
pub(super) fn betters(text: &Folded, at: usize, amount: &Amount) -> bool {
    const NEAR: usize = 6;
    text.get(at) == '超'
        && matches!(amount.measured, Some(Measured::Unit(unit)) if unit.name == "项")
        && (amount.end..amount.end + NEAR).any(|i| text.one_of(i, &["纪录", "记录"]).is_some())
}

/// Whether a share is a part of one thing, or of a stone on the board: 三分之一个世纪, 四分之三子.
pub(super) fn is_part_of_one(text: &Folded, amount: &Amount) -> bool {
    // 重1/4盎司: measured in a unit.
    let measured = |unit: unit::Found| {
        matches!(unit.class, Class::Weight | Class::Length | Class::Area) || matches!(unit.name, "升" | "英寸")
    };
    let stone = text.get(amount.end) == '子' && !"女孙弟公集".contains(text.get(amount.end + 1));
    (stone || text.get(amount.end) == '个') && text.has(amount.number.end, "分之")
        || unit::at(text, amount.end).is_some_and(measured)
}

/// Whether the number is a lone 一, which is an article as often.
pub(super) fn is_one(text: &Folded, from: usize, amount: &Amount) -> bool {
    text.get(from) == '一' && amount.number.end - from == 1 && amount.number.bound == Bound::Exact
}

/// Whether a unit behind a number makes it a quantity: not 一年 of 这一年, 两天 of 前两天.
pub(super) fn stands(text: &Folded, from: usize, amount: &Amount, unit: unit::Found, qualified: bool) -> bool {
    if is_in_place_name(text, from, amount, unit) {
        return false;
    }
    match unit.class {
        Class::Duration => duration_stands(text, from, amount, unit, qualified),
        Class::Length if unit.name == "里" => is_miles(text, from, amount),
        // 二尺多宽, but 三尺讲台.
        Class::Length if unit.name == "尺" => {
            !amount.number.bare
                && (amount.number.arabic
                    || text.one_of(amount.end, &["多", "长", "宽", "深", "厚", "见方"]).is_some()
                    || amount.bound != Bound::Exact)
        }
        // 七旬老人, but 三旬 of a month.
        Class::Age if unit.name == "旬" => {
            !amount.number.arabic
                && (50.0..=100.0).contains(&amount.low)
                && ("老高母父夫妇奶爷翁婆汉开以".contains(text.get(amount.end))
                    // 年过六旬的会员.
                    || text.one_before(from, &["年过", "年近", "年逾", "年届", "年已", "已过", "已近"]).is_some())
        }
        // 八十高龄, but 一高龄老人.
        Class::Age if unit.name == "高龄" => amount.low >= 50.0,
        // 二元对立, 价值观是一元的: of one or two kinds.
        Class::Money(_) if unit.name == "元" && is_of_kinds(text, from, amount) => false,
        // 独中两元: goals.
        Class::Money(_) if text.one_before(from, &["独中", "连中", "再中"]).is_some() => false,
        // 李四人民币: a name, not four yuan.
        Class::Money(_) if unit.name == "人民币" => amount.number.arabic || amount.low >= 100.0,
        Class::People => people_stand(text, from, amount, unit),
        // 师大二部, 业务三部: which one; but 学校两部校车.
        Class::Items if unit.name == "部" && !amount.number.arabic && amount.low < 10.0 && text.get(from) != '两' => {
            const HOUSES: &[&str] = &[
                "师大", "农大", "科大", "理工", "学院", "大学", "医院", "公司", "编辑", "业务", "销售", "工程", "设计",
                "研发", "审计", "生产", "发展", "规划", "策划", "采购",
            ];
            let thing = "影片电剧作手车法词小专纪连动巨".contains(text.get(amount.end));
            thing || text.one_before(from, HOUSES).is_none()
        }
        Class::Items if unit.name == "期" => stages_stand(text, from, amount),
        Class::Items => items_stand(text, from, amount, unit),
        _ => true,
    }
}

/// Whether 元 behind 一 or 二 counts the kinds or principles of something: 二元结构, 体用二元, 文化的一元性.
fn is_of_kinds(text: &Folded, from: usize, amount: &Amount) -> bool {
    const CLAUSE: usize = 12;
    const BEHIND: &[&str] =
        &["对立", "结构", "经济", "论", "性", "制", "体系", "体制", "社会", "户籍", "思维", "格局", "模式", "文化"];
    const BEFORE: &[&str] = &["体用", "身心", "心物", "灵肉", "善恶", "天人", "城乡"];
    const ABOUT: &[&str] = &["观", "文化", "思想", "真理", "哲学", "文明", "社会结构"];
    let one_or_two = matches!(text.get(from), '一' | '二' | '三') && amount.end - from == 2;
    // 价值观也是一元的.
    let told = || {
        let clause = crate::text::sentence::clause_start(text, from, CLAUSE);
        text.before(from) == '是'
            && text.get(amount.end) == '的'
            && ends_clause(text, amount.end + 1)
            && (clause..from).any(|i| text.one_of(i, ABOUT).is_some())
    };
    one_or_two
        && (text.one_of(amount.end, BEHIND).is_some()
            || text.get(from) == '二' && text.one_before(from, BEFORE).is_some()
            || told())
}

/// Whether the number and its unit belong to the name of a place: 九台市, 三家店村, 三元朱村, 三元桥.
fn is_in_place_name(text: &Folded, from: usize, amount: &Amount, unit: unit::Found) -> bool {
    // 五名县、乡干部.
    let people =
        matches!(unit.name, "名" | "位") && matches!(text.get(amount.end), '市' | '县' | '区' | '镇' | '乡' | '村');
    let thing = matches!(unit.name, "座" | "条" | "处" | "片") || people || text.get(from) == '两';
    let named = !thing
        && unit.class != Class::Duration
        && !amount.number.arabic
        && amount.high <= 10.0
        && unit.name != "个"
        && matches!(
            text.get(amount.end),
            '市' | '县' | '区' | '镇' | '乡' | '村' | '路' | '山' | '河' | '庄' | '玉' | '湖' | '岭' | '沟'
        )
        // 五六户村民, 三家乡镇企业.
        && text.one_of(amount.end, NO_PLACES).is_none();
    let yuan = matches!(unit.class, Class::Money(_)) && text.before(amount.end) == '元' && amount.end - from == 2;
    let village = || {
        let next = text.get(amount.end);
        "村镇乡桥庄".contains(next)
            || crate::text::is_surname(next) && matches!(text.get(amount.end + 1), '村' | '庄' | '寨' | '屯')
    };
    named || yuan && !amount.number.arabic && village()
}

/// Words that begin like the last character of a place's name.
const NO_PLACES: &[&str] = &[
    "市民", "县民", "区民", "镇民", "乡民", "乡亲", "村民", "路人", "山民", "乡镇", "村镇", "市属", "县属", "区属",
    "市级", "县级", "区级", "镇级", "村级", "市直", "县直", "区直", "镇办", "乡办", "村办", "山村", "山区", "山东",
    "山西",
];

/// Whether a length of time is one, and no date, no pointer and no figure of speech.
fn duration_stands(text: &Folded, from: usize, amount: &Amount, unit: unit::Found, qualified: bool) -> bool {
    if unit.name == "世纪" && date::is_century_in_name(text, from, amount.end) {
        return false;
    }
    // 五天工作制: the name of a rule; but 两年工作制度建设.
    if text.has(amount.end, "工作制") && !"度定订造作服".contains(text.get(amount.end + 3)) {
        return false;
    }
    let before = text.before(from);
    // 一年半 is no 一年.
    let one = is_one(text, from, amount) && amount.low <= 1.0;
    // 这三年 is as long as it says, 那两年, 这两天 and 这几年 are when.
    let vague = one || amount.unknown || text.before(amount.end) == '天';
    let this = amount.low < 10.0 && (before == '那' || before == '这' && vague);
    // 报名后一周左右, but 后一周: the next.
    let bounded = amount.bound != Bound::Exact || qualifier::after(text, amount.end).is_some();
    // 头7天 are the first seven, 头一天 and 头两年 are when.
    let first = before == '头' && (one || amount.unknown || text.get(from) == '两');
    let pointed = this
        || first
        || matches!(before, '某' | '同' | '每' | '另')
        || one
            && !bounded
            && matches!(before, '有' | '的' | '前' | '后' | '上' | '下' | '新' | '又')
            && text.one_before(from, &["提前", "推后", "已有", "还有", "尚有"]).is_none()
        || amount.unknown && matches!(before, '近' | '前' | '后' | '最');
    // 今年一月, 三月: a month is a date's matter; 两月 is a length.
    // In 最高一年5000元 the bound is the sum's.
    let qualified = qualified && text.one_before(from, &["最高", "最多"]).is_none();
    // 不见一天, 乐一天: a figure of speech, unless something says that it is measured.
    let loose = one
        && amount.bound == Bound::Exact
        && !qualified
        && text.before(amount.end) != '夜'
        && text.one_of(amount.end, LENGTH_BEHIND).is_none()
        && !(unit.name == "年" && text.get(amount.end) == '就')
        && (!is_length_told(text, from) || text.get(amount.end) == '比');
    let month = unit.name == "月" && text.get(from) != '两' && !amount.unknown;
    let day = unit.name == "日"
        && !qualified
        && text.one_before(from, date::LASTING).is_none()
        && amount.number.bound == Bound::Exact
        && text.one_of(amount.end, &["内", "之内", "以内", "后", "游"]).is_none()
        && text.get(from) != '两'
        && amount.low < 32.0;
    // 被四周的人群围住: all around.
    let around = unit.name == "周"
        && text.get(from) == '四'
        && !qualified
        && text.one_of(amount.end, &["内", "之内", "后", "前", "时间", "以上", "左右"]).is_none()
        && !is_length_told(text, from);
    // 一个春秋又一个春秋: year after year.
    let verse = one && text.one_before(amount.end, &["春秋", "寒暑"]).is_some();
    !(pointed || loose || verse || day || around || month && amount.low <= 12.0)
}

/// Whether what stands before the number says that it is a length of time.
fn is_length_told(text: &Folded, from: usize) -> bool {
    // 一住就是一个月.
    let each_time = || from >= 4 && text.has_before(from, "就是") && text.get(from - 4) == '一';
    text.one_before(from, LENGTH_TOLD).is_some() || text.one_before(from, LENGTH_BEFORE).is_some() || each_time()
}

/// Whether people are counted, and neither ranked nor taken one by one.
fn people_stand(text: &Folded, from: usize, amount: &Amount, unit: unit::Found) -> bool {
    // 丁一人品好, 王二人缘佳: the end of a name, and what is said of them.
    if unit.name == "人"
        && amount.end - from == 2
        && text.one_of(amount.end, &["品好", "品正", "缘好", "缘佳"]).is_some()
    {
        return false;
    }
    // 援几人员: who went to help Guinea.
    if unit.name == "人员" && amount.unknown {
        return false;
    }
    // 一个人 is anybody.
    if unit.name == "个人" && is_one(text, from, amount) {
        return false;
    }
    // 4050人员, 40、50人员: who are older than that.
    if unit.name == "人员" && amount.number.arabic {
        let older = amount.low as i32 == 50 && text.one_before(from, &["40、", "40"]).is_some();
        if older || amount.low as i32 == 4050 {
            return false;
        }
    }
    let before = text.before(from);
    // 比上年前移两位.
    let moved = matches!(unit.name, "位" | "名")
        && text
            .one_before(from, &["前移", "后移", "上移", "下移", "前进", "后退", "提升", "上升", "下降", "跃升"])
            .is_some()
        && !noun::opens(text.word(amount.end, amount.end + 6));
    // 目前73名职工受聘: when, and no rank.
    let when = || text.one_before(from, &["目前", "日前", "此前", "年前", "之前", "先前", "此后", "之后", "以后"]);
    let ranked = moved
        || matches!(before, '前' | '后' | '头')
            && matches!(unit.name, "名" | "位")
            && when().is_none()
            && !is_quota(text, from, amount)
        || matches!(unit.name, "名" | "位") && is_rank(text, from, amount);
    // 10余万众, but no 三众.
    if unit.name == "众" && (amount.number.scale < 1e4 || amount.number.bare) {
        return false;
    }
    let one = is_one(text, from, amount) && unit.name == "人";
    // 每一位观众, 任何一名: all of them.
    let any = is_one(text, from, amount) && matches!(before, '每' | '任' | '某' | '哪' | '何' | '同' | '另');
    let game = unit.name == "人"
        && amount.low < 16.0
        && text.one_of(amount.end, &["橄榄球", "足球", "篮球", "排球"]).is_some()
        // 8万人体育场: its name.
        || unit.name == "人" && text.one_of(amount.end, &["体育场", "体育馆", "大礼堂"]).is_some();
    let digits = unit.name == "位" && text.get(amount.end) == '数';
    !ranked
        && !any
        && !digits
        && !game
        && !(one
            && (matches!(before, '万' | '某' | '第')
                || numeral::is_numeral(text.get(amount.end))
                || text.get(amount.end).is_ascii_digit()))
}

/// Whether 期 counts issues or courses, and is no stage of what is built: 二期工程, 秦山二期.
fn stages_stand(text: &Folded, from: usize, amount: &Amount) -> bool {
    /// How far back the stage before may stand.
    const ROW: usize = 6;
    // 二期工程, 8号线三期工地, 小区二期3号楼: the stage of it.
    let built = |at: usize| {
        text.one_of(
            at,
            &["工程", "项目", "建设", "投资", "改造", "工地", "厂房", "楼盘", "开发", "地块", "机组", "技改", "患者"],
        )
        .is_some()
    };
    let of_it = text.one_before(from, &["号线", "小区", "园区", "花园", "新城"]).is_some();
    // 二期、三期, 秦山二期、秦山三期: the stages of one thing.
    let next_of_row = (from.saturating_sub(ROW)..from)
        .any(|i| text.one_of(i, &["期、", "期和", "期及", "期与"]).is_some() && numeral::is_numeral(text.before(i)));
    if !amount.number.arabic && (next_of_row || is_second(text, from, amount)) {
        return false;
    }
    // 三期、四期厂房: the first of a row.
    let next = numeral::read(text, amount.end + 1).filter(|n| text.get(n.end) == '期');
    let row = matches!(text.get(amount.end), '、' | '和' | '与' | '及') && next.is_some_and(|n| built(n.end + 1));
    // 尘肺病二期: of an illness.
    let ill = matches!(text.before(from), '病' | '癌' | '肺' | '瘤') || text.has_before(from, "血压");
    !ill && (amount.number.arabic && amount.low > 4.0 || !(built(amount.end) || of_it || row))
}

/// Whether things or times are counted, and neither ranked nor named.
fn items_stand(text: &Folded, from: usize, amount: &Amount, unit: unit::Found) -> bool {
    /// How far before the session of a body its term may stand, in characters.
    const TERM: usize = 10;
    let before = text.before(from);
    // 男女各两支球队 are two each.
    let pointed =
        matches!(before, '前' | '后' | '头' | '首' | '这' | '那' | '每') || before == '各' && amount.low < 2.0;
    let ranked = pointed && amount.low <= 3.0 && !amount.number.arabic;
    // 本科二批: in which round one is admitted.
    if unit.name == "批" && text.one_before(from, &["本科", "专科", "大专"]).is_some() {
        return false;
    }
    // 铁十八局五处: the name of a builder.
    if unit.name == "处" && before == '局' {
        return false;
    }
    // 二次创业, 二轮承包: the second.
    if matches!(unit.name, "次" | "轮") && is_second(text, from, amount) {
        return false;
    }
    if is_name_of(text, from, amount, unit) {
        return false;
    }
    // 八届人大四次会议: which one of them.
    let session = unit.name == "次"
        && !amount.number.arabic
        && text.one_of(amount.end, &["会议", "全会", "全体会议"]).is_some()
        && (from.saturating_sub(TERM)..from).any(|i| text.get(i) == '届');
    // 现代五项: the name of a sport.
    let sport = unit.name == "项" && text.one_before(from, &["现代", "冬季", "铁人"]).is_some();
    if session || sport {
        return false;
    }
    // 474次列车, 502次旅客列车: a train's number.
    let train = unit.name == "次"
        && (text.one_of(amount.end, TRAINS).is_some()
            // 游215次: one for excursions.
            || amount.number.arabic && amount.low >= 100.0 && (before == '游' || is_train(text, from, amount)));
    // “20件实事”: the name of a programme.
    let named = matches!(before, '“' | '‘') && closes_soon(text, amount.end);
    // 第一、二、三次会议: the third.
    let ranked = ranked || before == '、' && is_ranked_list(text, from);
    // 一届二次: the second meeting of the first.
    !(named || train || ranked || before == '届' || before == '番')
}

/// Whether 里 behind a number is a length: 二十里以外, 往返四五里, 八里路; but 三里屯, 十里长街.
fn is_miles(text: &Folded, from: usize, amount: &Amount) -> bool {
    const BEHIND: &[&str] = &["外", "以外", "之外", "路", "地", "多", "左右", "山路", "水路", "远", "以内", "以上"];
    const BEFORE: &[&str] = &[
        "方圆", "步行", "走了", "行程", "往返", "驱车", "绵延", "相距", "全长", "距", "相隔", "跋涉", "走", "跑了",
        "行走",
    ];
    let start = qualifier::before(text, from, false).map_or(from, |b| b.start);
    let ends = ends_clause(text, amount.end);
    let area = text.one_of(amount.end, &["地区", "路口", "地名", "外滩"]).is_some();
    !amount.number.bare
        && amount.high >= 2.0
        && !area
        && (text.one_of(amount.end, BEHIND).is_some() || ends && text.one_before(start, BEFORE).is_some())
}

/// Whether the number ends a list that 第 opens: 第一、二、|三次.
fn is_ranked_list(text: &Folded, from: usize) -> bool {
    const LONGEST: usize = 12;
    let list = |i: &usize| numeral::is_numeral(text.get(*i)) || text.get(*i) == '、';
    let opens = (from.saturating_sub(LONGEST)..from).rev().take_while(list).last();
    opens.is_some_and(|at| text.before(at) == '第')
}

/// 8753次港澳快运列车, but 开行980次旅游列车.
fn is_train(text: &Folded, from: usize, amount: &Amount) -> bool {
    const REACH: usize = 7;
    const RUNS: [char; 6] = ['开', '行', '了', '发', '达', '共'];
    let name = (amount.end..amount.end + REACH).take_while(|&i| crate::text::is_cjk(text.get(i)));
    !RUNS.contains(&text.before(from)) && name.into_iter().any(|i| text.one_of(i, TRAINS).is_some())
}

/// What the number of a train stands before.
const TRAINS: &[&str] =
    &["列车", "特快", "快车", "直快", "航班", "旅客列车", "旅客特快", "旅客快车", "客车", "货车", "货物列车", "直达"];

/// Whether an offer is for so many who come first: 前100名女职工可免费参加, 限前200名会员.
fn is_quota(text: &Folded, from: usize, amount: &Amount) -> bool {
    const REACH: usize = 16;
    const OFFERED: &[&str] = &["可", "免费", "领取", "获赠", "赠送", "优惠", "报名", "享", "即"];
    let limited = text.one_before(from - 1, &["限", "仅限", "限定", "限额"]).is_some();
    let offered = || {
        let end = crate::text::sentence::clause_end(text, amount.end, REACH);
        (amount.end..end).any(|i| text.one_of(i, OFFERED).is_some())
    };
    let whom =
        noun::opens(text.word(amount.end, amount.end + 6)) || text.one_of(amount.end, &["报名", "会员"]).is_some();
    text.before(from) == '前' && amount.number.arabic && amount.low >= 20.0 && whom && (limited || offered())
}

/// Whether 名 or 位 counts places in a ranking and no people: 50名之外, 徘徊于四名至六名.
fn is_rank(text: &Folded, from: usize, amount: &Amount) -> bool {
    const RANKED: &[&str] =
        &["徘徊于", "徘徊在", "排名在", "排在", "排名", "名列", "位列", "位居", "跃居", "滑落到", "跌出"];
    let beyond = text.one_of(amount.end, &["之外", "以外", "开外"]).is_some();
    let except = (from.saturating_sub(4)..from).any(|i| text.get(i) == '除');
    beyond && !except || text.one_before(from, RANKED).is_some() && !noun::opens(text.word(amount.end, amount.end + 6))
}

/// Whether 二 is the second and no count: 二次创业, 二期施工; but 先后二次, 共二期.
fn is_second(text: &Folded, from: usize, amount: &Amount) -> bool {
    const COUNTED: &[&str] = &[
        "先后", "前后", "共", "共有", "总共", "达", "有", "了", "过", "曾", "曾经", "已", "每年", "每月", "每周",
        "每天", "每日", "连续", "接连", "仅", "只", "约", "举办", "各", "年", "月", "天", "日",
    ];
    text.get(from) == '二'
        && amount.number.end - from == 1
        && amount.bound == Bound::Exact
        && text.one_before(from, COUNTED).is_none()
}

/// Whether 一本, 二本 or 三本, which ends at `end`, is one of the lists by which universities admit: 考上二本, 二本院校, 三本线.
fn is_list_of_universities(text: &Folded, from: usize, end: usize) -> bool {
    /// What follows it, and what makes a book of that (三本线装书, 三本大学教材).
    const NOUNS: &[(&str, &str)] = &[
        ("院校", ""),
        ("录取", ""),
        ("线", "装路描性图索"),
        ("批", "评发注语示"),
        ("大学", "教语英数课"),
        ("学生", "用手读证守词字"),
    ];
    let listed = || {
        let books = |noun: &str, more: &str| more.contains(text.get(end + noun.chars().count()));
        NOUNS.iter().any(|(noun, more)| text.has(end, noun) && !books(noun, more))
    };
    // 考上了二本, 一本、二本.
    let told = || {
        [from, from.saturating_sub(1)]
            .into_iter()
            .any(|at| text.one_before(at, &["考上", "考取", "录取", "一本"]).is_some())
    };
    (text.get(end) == '的' || ends_clause(text, end)) && told() || listed()
}

/// Whether a number and its measure word are a name: 村四组, 武警三总队十支队, 126台.
fn is_name_of(text: &Folded, from: usize, amount: &Amount, unit: unit::Found) -> bool {
    const PAGERS: &[u32] = &[126, 127, 128, 129, 191, 198, 199];
    let before = text.before(from);
    match unit.name {
        "本" if amount.high <= 3.0
            && !amount.number.arabic
            && text.get(from) != '两'
            && amount.bound == Bound::Exact =>
        {
            is_list_of_universities(text, from, amount.end)
        }
        // 128号3栋502室: where it is; but 10月3号3栋, 新建3栋6层.
        "栋" | "幢" => {
            const MONTH: usize = 3;
            let day = || (from.saturating_sub(1 + MONTH)..from).any(|i| text.get(i) == '月');
            let room = || {
                numeral::read(text, amount.end)
                    .is_some_and(|n| n.arabic && text.one_of(n.end, &["室", "号", "单元"]).is_some())
            };
            before == '号' && !day() || room()
        }
        "组" => before == '村' && amount.high <= 30.0,
        // 三亚至九所段: a place on the road.
        "所" => text.get(amount.end) == '段',
        // 五台中队: of a place.
        "台" if text.one_of(amount.end, &["中队", "支队", "大队"]).is_some() => true,
        // 四座宾朋, 语惊四座: all who are seated there.
        "座" if text.get(from) == '四' => {
            text.one_of(amount.end, &["宾", "皆", "俱", "哗然"]).is_some()
                || text.before(from) == '惊' && ends_clause(text, amount.end)
        }
        "支" => {
            text.get(amount.end) == '队' && text.one_before(from, &["总队", "武警", "消防", "边防", "公安局"]).is_some()
        }
        // 拨126台, 与126台联系: who carries a pager calls it.
        "台" => {
            amount.number.arabic
                && amount.bound == Bound::Exact
                && amount.number.scale < 10.0
                && PAGERS.contains(&(amount.low as u32))
                && matches!(before, '请' | '与' | '打' | '拨' | '呼' | '向' | '给' | '和' | '由')
        }
        _ => false,
    }
}

/// Whether the quotation that a number opens ends with a few words and no mark.
fn closes_soon(text: &Folded, from: usize) -> bool {
    const LONGEST: usize = 7;
    let end = (from..from + LONGEST).find(|&i| !crate::text::is_cjk(text.get(i)));
    end.is_some_and(|i| i > from && matches!(text.get(i), '”' | '’'))
}

/// What behind 一年 or 一天 says that it is a length of time.
const LENGTH_BEHIND: &[&str] = &[
    "多",
    "半",
    "余",
    "内",
    "以内",
    "之内",
    "左右",
    "来",
    "间",
    "之间",
    "时间",
    "的时间",
    "期",
    "以上",
    "以后",
    "后",
    "之后",
    "的",
    "了,",
    "了。",
    "里,",
    "里已",
    "里共",
    "里有",
    "里就",
    "里又",
    "里先后",
    "里累计",
];

/// What before a number of days or years says that they are a length of time.
pub(super) const LENGTH_TOLD: &[&str] =
    &["前后", "历时", "为期", "短短", "连续", "用了", "整整", "仅用", "只用", "长达"];

/// What else says so before 一年, 一天 or 四周; before 九天 some of it is of the sky (飞上了九天).
const LENGTH_BEFORE: &[&str] = &[
    "未来",
    "今后",
    "快",
    "已经",
    "已有",
    "提早",
    "早",
    "晚",
    "最后",
    "此后",
    "有效期",
    "合同期",
    "试用期",
    "限期",
    "期限",
    "开通",
    "运行",
    "运营",
    "实施",
    "试行",
    "开业",
    "投产",
    "用",
    "了",
    "不到",
    "不足",
    "达",
    "经过",
    "满",
    "仅",
    "工作",
    "时间",
    "近",
    "约",
    "期为",
    "效为",
    "制为",
    "限为",
    "间为",
    "提前",
    "推迟",
    "推后",
    "顺延",
    "延长",
    "延期",
    "延续",
    "持续",
    "拖延",
    "缩短",
    "逾期",
    "超期",
    "奋战",
    "苦战",
    "鏖战",
    "苦干",
    "住院",
    "休养",
    "休整",
    "停产",
    "停工",
    "停业",
    "停课",
    "停职",
    "培训",
    "脱产",
    "进修",
    "离岗",
    "待岗",
    "隔离",
    "集训",
    "挂职",
    "支教",
    "服役",
    "坚守",
    "忙碌",
    "苦等",
    "逗留",
    "停留",
    "拘留",
    "关押",
    "监禁",
    "徒刑",
    "拘役",
    "缓刑",
];

/// Whether a number that is only multipliers is one: 近百名, 百余家, 百人以上, 百万元, 万名群众, 百家企业; not 百家, 万人.
pub(super) fn bare_stands(text: &Folded, from: usize, amount: &Amount, qualified: bool, kind: FactKind) -> bool {
    const LONGEST: usize = 6;
    const FIRST: usize = 10;
    if told_bare(text, from, amount, kind) {
        return true;
    }
    // A noun right behind says that it is counted; in “百名工匠进校园” it is a name.
    let quoted = matches!(text.before(from), '“' | '《' | '‘');
    let counted = !quoted
        && match amount.measured {
            Some(Measured::Unit(unit)) if matches!(unit.name, "名" | "位" | "家" | "户") => {
                noun::opens(text.word(amount.end, amount.end + LONGEST))
            }
            // 建成了万亩茶园; alone it is a way to say that it is large.
            Some(Measured::Unit(unit)) if matches!(unit.name, "亩" | "公顷" | "平方米" | "平方公里") => {
                amount.number.low >= 1e3
                    && crate::text::is_cjk(text.get(amount.end))
                    && text.get(amount.end) != '的'
                    && (text.before(from) == '了'
                        || text.one_before(from, &["建成", "建起", "种出", "造出"]).is_some()
                        || text.before(from) == '、' && (from.saturating_sub(FIRST)..from).any(|i| text.get(i) == '了'))
            }
            _ => false,
        };
    qualified
        || counted
        || matches!(amount.bound, Bound::Over | Bound::About | Bound::Several)
        || qualifier::after(text, amount.end).is_some()
        || matches!(kind, FactKind::Percentage)
        || kind == FactKind::Money && (amount.number.low >= 1e6 || per::is_price(text, amount.end))
}

/// Whether a number that is only multipliers is told as one: 年收入达万元, 亩产百公斤, 千名男女老少, 满载着万吨煤炭.
fn told_bare(text: &Folded, from: usize, amount: &Amount, kind: FactKind) -> bool {
    let Some(Measured::Unit(unit)) = amount.measured else { return false };
    let low = amount.number.low;
    let next = text.get(amount.end);
    let ends = ends_clause(text, amount.end) || matches!(next, '的' | '、');
    match kind {
        FactKind::Money => ends && text.one_before(from, &["达", "可达", "高达", "达到", "价值"]).is_some(),
        FactKind::People => {
            let quoted = matches!(text.before(from), '“' | '《' | '‘' | '了' | '的');
            unit.name == "名" && low >= 1e3 && crate::text::is_cjk(next) && next != '的' && !quoted
        }
        // 尚有千只, 约有百只.
        FactKind::Items => {
            ends && text.one_before(from, &["尚有", "约有", "仅有", "仅存", "只剩", "现存", "现有"]).is_some()
        }
        FactKind::Weight if unit.name == "吨" && matches!(text.before(from), '着' | '了' | '载' | '运') => {
            crate::text::is_cjk(next) && !"级轮巨远大货油的散".contains(next)
        }
        FactKind::Weight => ends && text.one_before(from, &["亩产", "单产", "重达"]).is_some(),
        _ => false,
    }
}
