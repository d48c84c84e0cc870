//! What makes money of a number besides its unit: a sign, code or currency name before it, or the noun it stands behind.

use super::amount::Amount;
use super::noun;
use crate::text::numeral::Bound;
use crate::text::{CharSet, Folded};

/// A currency before a number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sign {
    /// Its first character.
    pub start: usize,
    /// ISO 4217.
    pub code: &'static str,
}

const SIGNS: &[(&str, &str)] = &[
    ("人民币", "CNY"),
    ("RMB", "CNY"),
    ("CNY", "CNY"),
    ("¥", "CNY"),
    ("港币", "HKD"),
    ("HK$", "HKD"),
    ("HKD", "HKD"),
    ("新台币", "TWD"),
    ("NT$", "TWD"),
    ("美金", "USD"),
    ("美元", "USD"),
    ("US$", "USD"),
    ("USD", "USD"),
    ("$", "USD"),
    ("EUR", "EUR"),
    ("€", "EUR"),
    ("GBP", "GBP"),
    ("£", "GBP"),
    ("JPY", "JPY"),
];

/// Their last characters.
static SIGN_ENDS: CharSet = CharSet::new("币BY¥$D金元R€P£");

/// The currency that stands right before `at`, a blank between them allowed.
pub(super) fn sign_before(text: &Folded, at: usize, floor: usize) -> Option<Sign> {
    let at = if text.before(at) == ' ' { at - 1 } else { at };
    // A qualifier may stand between: 人民币约500万元.
    let inner = match text.before(at) {
        '约' | '近' | '逾' | '超' | '共' => 1,
        '过' if text.has_before(at, "超过") => 2,
        _ => 0,
    };
    let ends = [at, at - inner];
    for &end in if inner == 0 { &ends[..1] } else { &ends[..] } {
        if SIGN_ENDS.has(text.before(end))
            && let Some((sign, code)) = SIGNS.iter().find(|(s, _)| text.has_before(end, s))
        {
            let start = end - sign.chars().count();
            // 每美元8.3元, 1美元8.3元: of which it is worth so much.
            let rate = sign == &"美元"
                && (crate::text::numeral::is_numeral(text.before(start))
                    || text.before(start).is_ascii_digit()
                    || matches!(text.before(start), '每' | '对' | '兑' | '合' | '亿' | '万' | '多' | '余'));
            if rate {
                return None;
            }
            let in_word = sign.chars().all(|c| c.is_ascii_alphabetic()) && text.before(start).is_ascii_alphabetic();
            if start >= floor && !in_word {
                return Some(Sign { start, code });
            }
        }
    }
    None
}

/// Nouns and verbs behind which a number of 万 or 亿 is money also without its unit (投资1.2亿).
const BEFORE: &[&str] = &[
    "投资",
    "总投资",
    "捐款",
    "资金",
    "资金缺口",
    "贷款",
    "产值",
    "收入",
    "利润",
    "税收",
    "经费",
    "金额",
    "补贴",
    "奖金",
    "耗资",
    "斥资",
    "出资",
    "债务",
    "注资",
    "融资",
    "营收",
    "销售额",
    "营业额",
    "成交额",
    "身家",
    "集资",
    "拨款",
    "善款",
    "工程款",
    "工资款",
    "价值",
    "造价",
    "盈利",
    "亏损",
    "净利",
    "创收",
    "结余",
    "减亏",
    "投入",
    "滚存",
    "节支",
];

/// Whether the noun or verb of a sum stands before the number at `from`.
pub(super) fn names_sum(text: &Folded, from: usize) -> bool {
    text.one_before(before_links(text, from, "约近超逾达为共计过了有至到突破"), BEFORE).is_some()
        && !are_sent(text, from)
}

/// Where the few `links` begin that stand before the number at `from`.
fn before_links(text: &Folded, from: usize, links: &str) -> usize {
    let mut at = from;
    while links.contains(text.before(at)) && from - at < 4 {
        at -= 1;
    }
    at
}

/// Whether nothing of the clause follows the number.
pub(super) fn ends_number(text: &Folded, amount: &Amount) -> bool {
    crate::text::sentence::ends_clause(text, amount.end) || text.get(amount.end) == '、'
}

/// Whether a number without a unit is money: it ends its clause and stands behind a sum's noun.
pub(super) fn without_unit(text: &Folded, from: usize, amount: &Amount) -> bool {
    let number = &amount.number;
    let large = !number.bare && (number.scale >= 1e4 || !number.arabic && amount.low >= 1e4);
    // 共投资120万修建: what it is spent for.
    let spent = || {
        let at = before_links(text, from, "约近超逾达为共了");
        let verb = text.one_before(at, &["投资", "出资", "斥资", "耗资", "筹资", "集资", "注资", "贷款"]).is_some();
        let act =
            text.one_of(amount.end, &["修建", "建设", "建成", "新建", "改造", "打造", "购买", "购置", "扩建", "兴建"]);
        verb && act.is_some() && number.scale >= 1e4
    };
    large && (ends_number(text, amount) && names_sum(text, from) || spent())
}

/// With what a level is compared, between what it is of and how it changes.
const COMPARED: &[&str] = &[
    "同比",
    "比上年",
    "比去年",
    "较上年",
    "较去年",
    "比上年同期",
    "较上年同期",
    "比去年同期",
    "较去年同期",
    "比上年末",
    "较上年末",
    "比年初",
    "较年初",
];

/// Who is sent, and not spent: 部队投入2万.
const TROOPS: &[&str] = &["部队", "官兵", "武警", "民兵", "兵力"];

/// Whether the clause of the number at `from` says before it that troops are sent.
fn are_sent(text: &Folded, from: usize) -> bool {
    const REACH: usize = 16;
    let at = before_links(text, from, "约近超逾了");
    let clause = crate::text::sentence::clause_start(text, from, REACH);
    text.one_before(at, &["投入", "出动", "派出"]).is_some_and(|n| {
        let verb = at - n;
        (clause..verb).any(|i| text.one_of(i, TROOPS).is_some())
    })
}

/// Verbs that say of a staff that it grows or shrinks by so many.
const STAFF: &[&str] = &["减员", "裁员", "增员", "分流", "新增就业", "带动就业", "吸纳就业"];

/// What stands between heads and how many they are: 会员总数已达1986.4万.
const LINKS: &[&str] = &[
    "总计",
    "共计",
    "合计",
    "总数",
    "已达到",
    "达到",
    "已达",
    "已有",
    "现有",
    "共有",
    "约有",
    "超过",
    "突破",
    "共",
    "达",
    "有",
];

/// Heads that a number behind them counts: 会员193万.
const WHOM: &[&str] = &[
    "会员",
    "职工",
    "观众",
    "农民工",
    "考生",
    "旅客",
    "灾民",
    "选民",
    "志愿者",
    "网友",
    "毕业生",
    "从业人员",
    "员工",
    "工人",
    "女职工",
    "党员",
    "居民",
    "移民",
    "民工",
    "游客",
    "乘客",
];

/// Whether a number without a unit counts people: it ends its clause and stands behind 人数 or 人口 (报考人数27万), or right
/// behind who is counted, with more of them than it says (安置下岗职工4万多).
pub(super) fn head_count(text: &Folded, from: usize, amount: &Amount) -> bool {
    const LONGEST_NOUN: usize = 4;
    // 减少1000万以上.
    let bounded = || {
        super::qualifier::after(text, amount.end).is_some_and(|(end, _)| crate::text::sentence::ends_clause(text, end))
    };
    // 突破120万大关.
    let ends = ends_number(text, amount) || bounded() || text.has(amount.end, "大关");
    // 老人70多: an age.
    let more = ends && amount.bound == Bound::Over && amount.low >= 200.0;
    let words = !amount.number.arabic && !amount.number.positional && amount.low >= 1e4;
    let large = amount.number.scale >= 1e4 || words;
    let people_at = |at: usize, n: usize| at >= n && noun::of(text.word(at - n, at)) == Some(noun::Noun::Person);
    // 职工已逾3000.
    let passed = text.one_before(from, &["已逾", "已超", "已超过", "已突破"]).filter(|_| ends && amount.low >= 200.0);
    if let Some(n) = passed
        && (2..=LONGEST_NOUN).any(|length| people_at(from - n, length))
    {
        return true;
    }
    // 武警部队出动1500余, 公司分流3000余.
    if ends
        && (more || large)
        && (are_sent(text, from) || text.one_before(before_links(text, from, "约近超逾"), STAFF).is_some())
    {
        return true;
    }
    // 捐款人数达5000.
    let reached = || {
        let link = before_links(text, from, "约近超逾达为至到");
        link < from && amount.number.arabic && amount.low >= 100.0 && text.has_before(link, "人数")
    };
    if ends && reached() {
        return true;
    }
    if !more && !large {
        return false;
    }
    let start = before_links(text, from, "约近超逾");
    let people = |n: usize| people_at(start, n);
    let mut lengths = 2..=LONGEST_NOUN;
    if more && lengths.clone().any(people) {
        return true;
    }
    if !large {
        return false;
    }
    let clause = crate::text::sentence::clause_start(text, from, 40);
    // 会员193万, 观众总计19.8万; not 奖励职工3万.
    let alone = |n: usize| {
        let given = (clause..from).any(|i| "奖补发给赔付捐资助慰款钱费元罚贷欠".contains(text.get(i)));
        // 会员总数已达1986.4万, 入会职工突破百万.
        let link = start - text.one_before(start, LINKS).unwrap_or(0);
        let end = link - text.one_before(link, LINKS).unwrap_or(0);
        let word = end >= n && WHOM.contains(&text.word(end - n, end));
        let told = (link..from).any(|i| "破超达过逾".contains(text.get(i)));
        (told || !amount.number.bare) && !given && word
    };
    // 约有19万人,其中货车司机6.2万、快递员2.9万.
    let listed = |n: usize| {
        const PART: &str = "其中";
        const WHOLE: usize = 12;
        let whole = (clause.saturating_sub(WHOLE)..clause)
            .any(|i| matches!(text.get(i), '人' | '名') || text.one_of(i, &["职工总数", "会员总数"]).is_some());
        let at = start - usize::from(text.before(start) == '占');
        text.has(clause, PART) && whole && people_at(at, n)
    };
    // 惠及退休人员182万, 涉及选民近8亿.
    let reaches = |n: usize| {
        let verbs = ["惠及", "涉及", "覆盖", "受益", "安置", "培训", "救助", "帮助", "参保", "发展"];
        people(n) && (n..=n + 4).any(|n| start >= n && text.one_before(start - n, &verbs).is_some())
    };
    // 人口由1.25亿减少到目前的5000万.
    let moved = || {
        matches!(text.before(start), '由' | '从' | '的' | '到' | '至' | '为')
            && (clause..from).any(|i| {
                let behind = text.one_of(i, &["人口", "人数", "会员"]).map(|n| text.get(i + n));
                matches!(behind, Some('由' | '从'))
            })
    };
    // 贫困人口下降到76万.
    let changed = || {
        let to = start.checked_sub(1).filter(|&i| matches!(text.get(i), '到' | '至' | '为'))?;
        let verb = super::links::change_before(text, to)?;
        text.one_before(before_links(text, to - verb, "已约又也还将"), &["人口", "人数"])
    };
    // 贫困人口减少1000万, 参保人数比上年增加1.2万.
    let fewer = || {
        let verb = super::links::change_before(text, start)?;
        let at = before_links(text, start - verb, "已约又也还将");
        text.one_before(at - text.one_before(at, COMPARED).unwrap_or(0), &["人口", "人数"])
    };
    // 参保人数净增2.1万,达到38.6万: the level of what the clause before counts.
    let level = || {
        const BEFORE: usize = 24;
        let n = text.one_before(start, &["达到", "达", "总数达", "总数达到", "总数突破", "增至", "升至", "突破"])?;
        let comma = clause.checked_sub(1).filter(|&i| start - n == clause && text.get(i) == ',')?;
        let before = crate::text::sentence::clause_start(text, comma, BEFORE);
        let heads = |i: &usize| text.one_of(*i, &["人数", "会员总数", "职工总数"]).is_some();
        // 参保人数增加8%,征缴额达2.1亿.
        (before..comma).find(heads)
    };
    if ends && level().is_some() {
        return true;
    }
    if ends && (changed().is_some() || fewer().is_some()) {
        return true;
    }
    // 需要就业的人员在170万左右.
    let around = |n: usize| {
        let at = start - usize::from(text.before(start) == '在' && start > 0);
        let level = at < start && super::qualifier::after(text, amount.end).is_some();
        level && at >= n && noun::of(text.word(at - n, at)) == Some(noun::Noun::Person)
    };
    if (2..=LONGEST_NOUN).any(around) {
        return true;
    }
    let noun = || {
        text.one_before(
            before_links(text, from, "约近超逾达为共计过了有至到将已突破"),
            &[
                "人数",
                "人口",
                "人才缺口",
                "用工缺口",
                "劳动力缺口",
                "人口总数",
                "人口总量",
                "总人数",
                "用户",
                "用户总数",
                "网民",
                "股民",
            ],
        )
    };
    ends && (lengths.any(|n| reaches(n) || listed(n) || alone(n)) || noun().is_some()) || moved()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let folded = Folded::new(text);
        assert_eq!(sign_before(&folded, folded.len(), 0).map(|s| s.code), expected, "{text}");
    }

    #[test]
    fn signs() {
        check("收取人民币", Some("CNY"));
        check("港币", Some("HKD"));
        check("US$", Some("USD"));
        check("HK$ ", Some("HKD"));
        check("人民币约", Some("CNY"));
        check("￥", Some("CNY"));
        check("工会", None);
        check("XUSD", None);
    }
}
