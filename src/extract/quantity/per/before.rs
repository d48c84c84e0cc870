//! What one unit of an amount is given for, where it stands before it in its clause or sentence: 每位职工1000元, 户均,
//! 一年最高5000元, 月薪, 1公斤苹果卖2元.
//!
//! In: the amounts of a block and which of them it is about. Out: the units, joined by a slash, those of time last.

use super::{behind, is_period, is_whole, period, unit_at, unit_before};
use crate::extract::quantity::block::Block;
use crate::extract::quantity::{Candidate, unit};
use crate::record::FactKind;
use crate::text::{CharSet, Folded, sentence};

/// Characters before the amount that are looked through.
const REACH: usize = 24;

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

/// What an amount is at most in a year.
const TOPS: &[(&str, &str)] = &[
    ("年度最高", "年"),
    ("年度累计最高", "年"),
    ("年最高", "年"),
    ("年度上限", "年"),
    ("月度最高", "月"),
    ("季度最高", "季度"),
];

/// What stands before the amount, in its clause: 每人…, 人均…, 一年…, 月收入….
pub(in crate::extract::quantity) fn before(block: &Block<'_>, index: usize, kind: FactKind) -> Option<String> {
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
    let mut found = named_before(text, from, candidate, kind);
    if kind == FactKind::Length {
        return of_length(text, from, candidate, found.pop()).map(str::to_owned);
    }
    if !found.is_empty() {
        // 每年每人: by whom first, then by when.
        found.sort_by_key(|name| is_period(name));
        return Some(found.join("/"));
    }
    match kind {
        FactKind::Money => of_money(block, index, from),
        // 奶粉500克/听.
        FactKind::Weight if text.get(candidate.end) == '/' => behind(text, candidate.end).map(|(_, name)| name),
        // 一天三趟.
        _ => does_daily(text, from, candidate, kind).then(|| "天".to_owned()),
    }
}

/// By whom and what the clause from `from` on names the amount, in the order in which it does.
fn named_before(text: &Folded, from: usize, candidate: &Candidate, kind: FactKind) -> Vec<&'static str> {
    /// Characters that it may open with, where no 均 stands behind them (户均).
    static OPENS: CharSet = CharSet::new("每年月日季按小单户人亩均时");
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
            && found.is_empty()
            && kind == FactKind::Money
            && let Some(name) = by_turns(text, at + 1)
        {
            // 按月发放300元.
            found.push(name);
        } else if kind == FactKind::Money
            && (c == '小' && text.one_of(at, &["小时最低工资", "小时工资"]).is_some()
                || c == '时'
                    && found.is_empty()
                    && text.has(at, "时薪")
                    && !matches!(text.get(at + 2), '水' | '酬' | '资' | '金'))
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
            if let Some(end) = averaged(text, at, &mut found) {
                at = end;
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
    found
}

/// The unit of a length by the hour or the day, `last` of those that its clause names: 旅客列车时速120公里, 每天12米; but
/// 每周两次5公里越野.
fn of_length(text: &Folded, from: usize, candidate: &Candidate, last: Option<&'static str>) -> Option<&'static str> {
    const NEAR: usize = 6;
    if (from..candidate.start).any(|i| text.has(i, "时速")) {
        return Some("小时");
    }
    let near = (candidate.start.saturating_sub(NEAR).max(from)..candidate.start).any(|i| text.get(i) == '每');
    last.filter(|_| near && text.before(candidate.start) != '次')
}

/// What a sum is given for where its clause does not name it outright.
fn of_money(block: &Block<'_>, index: usize, from: usize) -> Option<String> {
    let text = block.text;
    let candidate = block.candidates.get(index)?;
    let clause = || sentence::clause_start(text, candidate.start, REACH);
    // 为8家示范企业各奖励5万元: each of those counted before.
    each_of(block, index)
        // 每发现一处隐患奖励30元.
        .or_else(|| each_act(block, index).map(str::to_owned))
        // 每份年货有鸡、鱼、蛋,价值近700元.
        .or_else(|| each_opens(block, index).map(str::to_owned))
        // 一天能卖2000元.
        .or_else(|| does_daily(text, from, candidate, FactKind::Money).then(|| "天".to_owned()))
        // 50铢兑1美元, 1美元兑换115日元.
        .or_else(|| exchanged_for(text, candidate.end).map(str::to_owned))
        .or_else(|| exchanged(block, index))
        // 一份快餐需要10元, 1公斤苹果卖2元.
        .or_else(|| price_of_one(text, clause(), candidate.start).map(str::to_owned))
        // 一人300元, 一户1000元.
        .or_else(|| {
            let name = one_of_them(text, candidate.start)?;
            (text.get(candidate.end) != '的').then(|| name.to_owned())
        })
        .or_else(|| one_period(text, from, candidate.start).map(str::to_owned))
}

/// The length of time that stands for 每 between `from` and a sum at `to`: 一年最高5000元, 一个月3000元.
fn one_period(text: &Folded, from: usize, to: usize) -> Option<&'static str> {
    const PERIODS: &[(&str, &str)] = &[
        ("一年", "年"),
        ("一个月", "月"),
        ("一天", "天"),
        ("一学期", "学期"),
        ("一个学期", "学期"),
        ("一亩地", "亩"),
        ("一亩田", "亩"),
    ];
    /// Before it, another number or time: 历时十一年, 去年一年; or how long: 拖欠一年的工资, 干了一年的工钱,
    /// 服务满一年的职工.
    const NOT_BEHIND: &str = "十百千上下新头去这那近某有同前第每欠了满期";
    const NOT_BEFORE: &str = "多来前后半内间之以";
    if !(from..to).any(|i| text.get(i) == '一') {
        return None;
    }
    let is_single = |word: &str| {
        let Some(at) = (from..to).find(|&i| text.has(i, word)) else { return false };
        !NOT_BEHIND.contains(text.before(at)) && !NOT_BEFORE.contains(text.get(at + word.chars().count()))
    };
    PERIODS.iter().find(|(word, _)| is_single(word)).map(|(_, name)| *name)
}

/// The unit behind 按, at `at`: 按月发放300元; but 按月均, 按年龄, 按人口.
fn by_turns(text: &Folded, at: usize) -> Option<&'static str> {
    const TURNS: &[&str] = &["年", "月", "日", "天", "人", "户", "周", "季度", "学期"];
    let in_turn = TURNS.iter().any(|w| text.has(at, w) && !text.has(at + w.chars().count(), "均"));
    let other = matches!(text.get(at + 1), '份' | '员' | '初' | '底' | '末' | '口' | '头' | '龄' | '度' | '次');
    unit_at(text, at).filter(|_| in_turn && !other).map(|(_, name)| name)
}

/// Puts the unit of a mean at `at` (人均, 户均年收入) behind those that were `found`; where it ends, if it is a new one.
fn averaged(text: &Folded, at: usize, found: &mut Vec<&'static str>) -> Option<usize> {
    let (word, name) = AVERAGES.iter().find(|(word, name)| text.has(at, word) && !found.contains(name))?;
    found.push(name);
    let mut at = at + word.chars().count();
    // 人均年收入, 人均月增收.
    if text.get(at) == '月' && matches!(text.get(at + 1), '增' | '收' | '工' | '补' | '养') {
        found.push("月");
        at += 1;
    }
    if text.get(at) == '年' && *name != "年" && !matches!(text.get(at + 1), '龄' | '终' | '底' | '初') {
        found.push("年");
        at += 1;
    }
    Some(at)
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
    let other = |c: &Candidate| c.kind == FactKind::Money && c.start >= end;
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
fn does_daily(text: &Folded, from: usize, candidate: &Candidate, kind: FactKind) -> bool {
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
    let unit = unit::at(text, at + 1).filter(|_| one)?;
    matches!(unit.class, unit::Class::Money(_)).then_some(unit.name)
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
