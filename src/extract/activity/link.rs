//! What belongs to an activity: who did it, where, for how many, with how much.
//!
//! In: the clauses of its evidence with their facts and entities. Out: names, and indices of facts. A fact is linked only
//! if the words between it and the last verb before it say so.

use std::sync::LazyLock;

use crate::extract::gazetteer::VENUES;
use crate::record::{ActivityType, Entity, EntityKind, Fact, FactKind, Measure};
use crate::text::{Span, WordFinder, is_cjk};

use super::clause::Clause;

/// The facts of an activity.
#[derive(Default)]
pub(super) struct Linked {
    pub beneficiaries: Vec<u32>,
    pub amounts: Vec<u32>,
}

/// Verbs and prepositions whose object are the people for whom something is done.
const FOR_WHOM: [&str; 47] = [
    "惠及", "慰问", "帮助", "帮扶", "为", "给", "向", "对", "资助", "救助", "覆盖", "服务", "培训", "组织", "吸纳",
    "新增", "发展", "走访", "看望", "受益", "援助", "补助", "奖励", "表彰", "授予", "邀请", "吸引", "动员", "安排",
    "送到", "上报", "使", "让", "接待", "惠泽", "涉及", "共有", "有", "参加", "参与", "替", "受理", "探望", "将", "把",
    "选送", "申请",
];

/// Verbs and words behind a count that make those counted take part or gain.
const WHO_GAIN: [&str; 24] = [
    "受益", "参加", "参与", "领取", "获得", "享受", "得到", "接受", "入会", "加入", "受到", "参赛", "报名", "参训",
    "通过", "领到", "拿到", "纳入", "吸纳", "送去", "送上", "发放", "提供", "办理",
];

/// Words before an amount that give it, raise it or win it back.
const GIVING: [&str; 46] = [
    "总额达",
    "总额为",
    "讨薪",
    "追讨",
    "发放",
    "筹集",
    "筹措",
    "投入",
    "募集",
    "捐款",
    "捐赠",
    "捐出",
    "补助",
    "补贴",
    "救助",
    "送去",
    "送上",
    "送出",
    "拨付",
    "下拨",
    "拨出",
    "追回",
    "讨回",
    "挽回",
    "赔偿",
    "支付",
    "垫付",
    "总价值",
    "价值",
    "资助",
    "奖励",
    "合计",
    "金额",
    "慰问金",
    "助学金",
    "救助金",
    "理赔",
    "给付",
    "赔付",
    "领取",
    "慰问",
    "标准给予",
    "按照",
    "筹资",
    "出资",
    "善款",
];

/// What an amount is called that an activity gives.
const GIVEN: [&str; 16] = [
    "金",
    "款",
    "补贴",
    "补助",
    "津贴",
    "路费",
    "工资",
    "欠薪",
    "经费",
    "资金",
    "物资",
    "慰问品",
    "援助",
    "赔偿",
    "报酬",
    "保费",
];

/// Words before or behind an amount that is nobody's gift.
const EARNED: [&str; 13] = [
    "月收入",
    "年收入",
    "产值",
    "营业额",
    "利润",
    "销售",
    "房租",
    "债务",
    "学费要",
    "花费",
    "医药费",
    "欠下",
    "工资从",
];

static EARNED_FINDER: LazyLock<WordFinder> = LazyLock::new(|| WordFinder::new(&EARNED));
static FOR_WHOM_FINDER: LazyLock<WordFinder> = LazyLock::new(|| WordFinder::new(&FOR_WHOM));
static WHO_GAIN_FINDER: LazyLock<WordFinder> = LazyLock::new(|| WordFinder::new(&WHO_GAIN));
static GIVING_FINDER: LazyLock<WordFinder> = LazyLock::new(|| WordFinder::new(&GIVING));

/// Reads which facts of the clauses belong to the activity. `alone`: no other activity shares a clause with it.
pub(super) fn facts(text: &str, facts: &[(u32, &Fact)], clauses: &[Clause], kind: ActivityType, alone: bool) -> Linked {
    let mut linked = Linked::default();
    for clause in clauses {
        let first = facts.partition_point(|(_, f)| f.start < clause.span.start);
        for (n, (number, fact)) in facts[first..].iter().take_while(|(_, f)| f.end <= clause.span.end).enumerate() {
            let from = n.checked_sub(1).and_then(|m| facts.get(first + m)).map_or(clause.span.start, |(_, f)| f.end);
            let before = text.get(clause.span.start as usize..fact.start as usize).unwrap_or_default();
            let since = text.get(from.min(fact.start) as usize..fact.start as usize).unwrap_or_default();
            let behind = text.get(fact.end as usize..clause.span.end as usize).unwrap_or_default();
            let indefinite = fact.flags.iter().any(|f| f == "indefinite");
            let people = matches!(fact.kind, FactKind::People | FactKind::Members | FactKind::Households);
            let firms = fact.kind == FactKind::Organisations && has_firms(kind);
            if fact.kind == FactKind::Money {
                if is_given(before, since, behind, fact) {
                    linked.amounts.push(*number);
                }
            } else if (people && fact.measure != Some(Measure::Part) && !indefinite && (alone || !before.is_empty())
                || firms)
                && gains(before, since, behind, fact, kind)
            {
                linked.beneficiaries.push(*number);
            }
        }
    }
    linked
}

/// Whether an activity of this type is done for firms and unions as well as for people.
fn has_firms(kind: ActivityType) -> bool {
    use ActivityType::{CollectiveBargaining, Commendation, LegalAid, Recruitment, Visit};
    matches!(kind, Recruitment | CollectiveBargaining | Visit | LegalAid | Commendation)
}

/// Whether those counted gain by the activity.
fn gains(before: &str, since: &str, behind: &str, fact: &Fact, kind: ActivityType) -> bool {
    // 由3名律师组成, 8名志愿者为…: those who do it.
    let doers = ["由", "分成", "派出", "组成", "出动", "选派", "带领"].iter().any(|w| since.contains(w));
    let doing =
        ["组成", "为", "给", "走访", "深入", "分赴", "来到", "律师", "志愿者", "医生", "专家", "干部", "讲师", "教师"]
            .iter()
            .any(|w| behind.starts_with(w) || fact.subject.as_deref().is_some_and(|s| s.contains(w)));
    // 122名工会干部参加了培训: they gain, whoever they are.
    // So do 30名优秀工会干部 who are praised.
    let joins =
        kind == ActivityType::Commendation || ["参加", "参训", "参赛", "受益"].iter().any(|w| behind.contains(w));
    if doers || doing && !joins && !["慰问", "走访", "培训", "组织"].iter().any(|w| before.contains(w)) {
        return false;
    }
    let party = kind == ActivityType::CollectiveBargaining && before.contains(['与', '和', '同']);
    let object = || party || FOR_WHOM_FINDER.is_in(before);
    let gain = || WHO_GAIN_FINDER.is_in(behind);
    // 培训职工1200人次, 帮扶对象135户: the count stands right behind what is counted.
    let apposed = || {
        matches!(
            kind,
            ActivityType::Recruitment
                | ActivityType::Training
                | ActivityType::EducationAid
                | ActivityType::HardshipAid
                | ActivityType::MedicalAid
        ) && fact.subject.as_deref().is_some_and(|s| before.ends_with(s))
    };
    object() || gain() || apposed()
}

/// Whether the amount is given, raised or won back.
fn is_given(before: &str, since: &str, behind: &str, fact: &Fact) -> bool {
    // Incomes, prices and outputs are nobody's gift.
    if EARNED_FINDER.is_in(before) || EARNED.iter().any(|w| behind.starts_with(w)) {
        return false;
    }
    let subject = fact.subject.as_deref().is_some_and(|s| GIVEN.iter().any(|g| s.ends_with(g)));
    let verb = || GIVING_FINDER.is_in(before);
    let carried =
        || before.len() > since.len() && ["共", "合计", "共计", "总计", "累计"].iter().any(|w| since.ends_with(w));
    subject || verb() || carried() || GIVEN.iter().any(|g| behind.starts_with(g))
}

/// Who did it: the last union before the word that names the activity, else the first behind it, else an organisation.
pub(super) fn organisation(entities: &[Entity], text: &str, within: Span, trigger: Span) -> Option<String> {
    let inside = |e: &&Entity| e.start >= within.start && e.end <= within.end;
    let unions =
        || entities.iter().filter(|e| e.kind == EntityKind::Union && !is_visited(text, e.start)).filter(inside);
    let others = || entities.iter().filter(|e| e.kind == EntityKind::Organisation).filter(inside);
    // The subject opens its clause: the first union of the nearest clause, not the ones it works with (A联合B举办).
    let led = text.get(within.start as usize..trigger.start as usize).unwrap_or_default();
    let last = unions().rfind(|e| e.end <= trigger.start).map(|e| e.start);
    let clause = last.map_or(within.start, |at| {
        led.get(..(at - within.start) as usize)
            .and_then(|before| before.rfind([',', '，', ';', '；', '。']))
            .map_or(within.start, |mark| within.start + mark as u32)
    });
    unions()
        .find(|e| e.start >= clause && e.end <= trigger.start)
        .or_else(|| unions().find(|e| e.start >= trigger.end))
        .or_else(|| others().filter(|e| e.end <= trigger.start).find(|e| acts(text, e.end as usize)))
        .map(|e| without_department(name_of(e, text)))
}

/// Whether the union that begins at `start` is where others go or come from (慰问组还到甲公司工会慰问), and acts not itself.
pub(super) fn is_visited(text: &str, start: u32) -> bool {
    let before = &text[..start as usize];
    ["到", "走进", "前往", "赴", "深入", "来自", "慰问了", "走访了"].iter().any(|w| before.ends_with(w))
}

/// 县总工会保障部 → 县总工会: it is the union that acts.
fn without_department(name: String) -> String {
    match name.find("总工会") {
        Some(at) if !name.ends_with("工会") && !name.contains("工会联合会") => {
            name[..at + "总工会".len()].to_owned()
        }
        _ => name,
    }
}

/// Characters of a bracket behind a name at most, marks included.
const REMARK: usize = 24;

/// Whether what follows an organisation makes it the one that acts.
fn acts(text: &str, end: usize) -> bool {
    /// When it was done, before the verb.
    const WHEN: [&str; 8] = ["日前", "近日", "今天", "今日", "昨天", "昨日", "最近", "近期"];
    // 某公司（以下简称“X”）日前召开…
    let mut rest = &text[end..];
    if rest.starts_with(['（', '(']) {
        let close = rest.char_indices().take(REMARK).find(|(_, c)| matches!(c, '）' | ')'));
        rest = close.map_or(rest, |(at, c)| &rest[at + c.len_utf8()..]);
    }
    rest = WHEN.iter().find_map(|when| rest.strip_prefix(when)).unwrap_or(rest);
    ["组织", "开展", "举办", "举行", "为", "向", "给", "联合", "召开", "投入", "筹集", "发放", "签订"]
        .iter()
        .any(|v| rest.starts_with(v))
}

/// An entity's full name.
pub(super) fn name_of(entity: &Entity, text: &str) -> String {
    let printed = || text.get(entity.start as usize..entity.end as usize).unwrap_or_default().to_owned();
    entity.canonical.clone().unwrap_or_else(printed)
}

/// Where: the venue at which it is held (在县工人文化宫举行), else a place behind 在, 来到, 走进, 赴.
pub(super) fn place(entities: &[Entity], text: &str, within: Span) -> Option<String> {
    let mut places =
        entities.iter().filter(|e| e.kind == EntityKind::Place && e.start >= within.start && e.end <= within.end);
    if let Some(venue) = venue(text, within) {
        let whole = places.find(|e| e.start == venue.start && e.end == venue.end);
        return Some(whole.map_or_else(|| venue.of(text).to_owned(), |e| name_of(e, text)));
    }
    places
        .find(|e| {
            let before = &text[..e.start as usize];
            ["在", "来到", "走进", "赴", "到", "深入", "前往"].iter().any(|w| before.ends_with(w))
        })
        .map(|e| name_of(e, text))
}

/// Verbs by which something is held.
const HELD: [&str; 14] =
    ["举行", "举办", "召开", "启动", "开幕", "开赛", "开班", "开展", "开讲", "落幕", "闭幕", "进行", "顺利", "隆重"];

/// What stands between 在 and a verb of holding, if it is called like a venue.
fn venue(text: &str, within: Span) -> Option<Span> {
    /// Characters of a venue's name at most.
    const LONGEST: usize = 16;
    let whole = within.of(text);
    let found = whole.match_indices('在').find_map(|(at, word)| {
        let from = at + word.len();
        let rest = &whole[from..];
        let to = rest.char_indices().nth(LONGEST + 4).map_or(rest.len(), |(to, _)| to);
        let end = HELD.iter().filter_map(|verb| rest[..to].find(verb)).min()?;
        let name = &rest[..end];
        let is_name = name.chars().all(|c| is_cjk(c) || c.is_ascii_alphanumeric()) && !name.contains('的');
        let fits = (2..=LONGEST).contains(&name.chars().count()) && VENUES.iter().any(|v| name.ends_with(v));
        (is_name && fits).then_some((from, from + end))
    });
    let (from, to) = found?;
    Some(Span { start: within.start + from as u32, end: within.start + to as u32 })
}
