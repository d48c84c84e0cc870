//! Sentences and clauses, and whether a clause says that something is done.
//!
//! In: a block. Out: its sentences as lists of clauses; of a clause that names an activity, whether it tells it as done.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::record::ActivityType;
use crate::text::{Span, WordFinder, is_cjk};

/// A clause: from behind one mark to behind the next.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clause {
    pub span: Span,
}

impl Clause {
    /// Whether it only says how the writer came to know (记者从市总工会获悉).
    pub(super) fn is_heard(self, text: &str) -> bool {
        let own = self.span.of(text);
        (own.contains("记者") || own.contains("笔者"))
            && ["获悉", "了解到", "获知", "采访时"].iter().any(|w| own.contains(w))
    }
}

/// Whether a clause only names what the next one tells of (此次慰问，…; 慰问中，…).
pub(super) fn only_names(text: &str, clause: Clause, trigger: Span) -> bool {
    let before = text[clause.span.start as usize..trigger.start as usize].trim();
    let behind = text[trigger.end as usize..clause.span.end as usize].trim_end_matches(['，', ',']).trim();
    ["", "此次", "本次", "这次", "在"].contains(&before)
        && ["", "中", "活动", "活动中", "期间", "时"].contains(&behind)
        && before.len() + behind.len() > 0
}

/// The sentences of a block with these marks, each a list of one clause at least. Marks inside quotes part clauses, but no
/// sentences.
pub(super) fn sentences(text: &str, marks: &[(u32, char)]) -> Vec<Vec<Clause>> {
    let mut sentences = Vec::new();
    let mut clauses = Vec::new();
    let mut start = 0;
    let mut depth = 0_u32;
    for &(at, c) in marks {
        let at = at as usize;
        let end = at + c.len_utf8();
        match c {
            '“' => depth = (depth + 1).min(4),
            '”' => {
                depth = depth.saturating_sub(1);
                // A quote that is a sentence ends the one that it stands in: “…。”区总工会还… goes on with another.
                if depth == 0 && text[..at].ends_with(['。', '！', '？', '!', '?']) {
                    clauses.push(Clause { span: Span::new(start, end) });
                    start = end;
                    sentences.push(std::mem::take(&mut clauses));
                }
            }
            ',' | '，' | ';' | '；' | ':' | '：' => {
                // 1,200 is one number.
                let in_number = c == ','
                    && text[..at].ends_with(|d: char| d.is_ascii_digit())
                    && text[end..].starts_with(|d: char| d.is_ascii_digit());
                if !in_number {
                    clauses.push(Clause { span: Span::new(start, end) });
                    start = end;
                }
            }
            '。' | '！' | '？' | '!' | '?' if depth == 0 => {
                clauses.push(Clause { span: Span::new(start, end) });
                start = end;
                sentences.push(std::mem::take(&mut clauses));
            }
            _ => {}
        }
    }
    if start < text.len() {
        clauses.push(Clause { span: Span::new(start, text.len()) });
    }
    if !clauses.is_empty() {
        sentences.push(clauses);
    }
    sentences
}

/// Whether the sentence tells what is to come (下一步，…; 今后，…).
pub(super) fn is_to_come(text: &str, sentence: &[Clause]) -> bool {
    sentence.iter().any(|c| ["下一步", "下一阶段", "今后", "接下来"].iter().any(|w| c.span.of(text).starts_with(w)))
}

/// Words that make what follows a wish, a plan, a duty or a purpose.
const UNREAL: [&str; 47] = [
    "要",
    "将",
    "应",
    "需",
    "拟",
    "计划",
    "希望",
    "打算",
    "准备",
    "争取",
    "力争",
    "旨在",
    "为了",
    "如果",
    "鼓励",
    "号召",
    "倡导",
    "呼吁",
    "建议",
    "督促",
    "引导",
    "即将",
    "可以",
    "能够",
    "可申请",
    "必须",
    "不断",
    "继续",
    "进一步",
    "加强",
    "推进",
    "推动",
    "做好",
    "抓好",
    "完善",
    "健全",
    "深化",
    "规定",
    "未",
    "没有",
    "不再",
    "拒绝",
    "负责",
    "发挥",
    "动员",
    "抓紧",
    "职责",
];

/// Words that hold one of [`UNREAL`] and say nothing of the kind.
const REAL: [&str; 14] = [
    "重要",
    "主要",
    "需要帮助",
    "将近",
    "反应",
    "供应",
    "不断档",
    "首要",
    "必要",
    "简要",
    "纪要",
    "需求",
    "要约",
    "相应",
];

/// Verbs by which a thing is done.
const DOING: [&str; 92] = [
    "落下帷幕",
    "拉开帷幕",
    "敲定",
    "开展",
    "举办",
    "举行",
    "组织",
    "发放",
    "送去",
    "送上",
    "送到",
    "送出",
    "赠送",
    "慰问",
    "走访",
    "帮助",
    "提供",
    "筹集",
    "募集",
    "投入",
    "拨付",
    "下拨",
    "申请",
    "调解",
    "追回",
    "讨回",
    "追讨",
    "召开",
    "签订",
    "签署",
    "建立",
    "成立",
    "组建",
    "新增",
    "吸纳",
    "发展",
    "资助",
    "救助",
    "评选",
    "表彰",
    "授予",
    "捐",
    "享受",
    "受益",
    "参加",
    "参与",
    "安排",
    "启动",
    "进行",
    "实施",
    "推出",
    "购买",
    "办理",
    "受理",
    "领取",
    "惠及",
    "覆盖",
    "服务",
    "培训",
    "达成",
    "办好",
    "支付",
    "垫付",
    "补助",
    "看望",
    "走进",
    "来到",
    "派出",
    "邀请",
    "设立",
    "完成",
    "落实",
    "化解",
    "颁发",
    "获得",
    "协商",
    "宣讲",
    "揭牌",
    "接受",
    "主办",
    "承办",
    "开幕",
    "开赛",
    "开班",
    "开讲",
    "落幕",
    "闭幕",
    "结业",
    "收官",
    "启幕",
    "出席",
    "圆满结束",
];

static UNREAL_FINDER: LazyLock<WordFinder> = LazyLock::new(|| WordFinder::new(&UNREAL));
static REAL_FINDER: LazyLock<WordFinder> = LazyLock::new(|| WordFinder::new(&REAL));
static DOING_FINDER: LazyLock<WordFinder> = LazyLock::new(|| WordFinder::new(&DOING));

/// What may stand behind 成立工会 and the like, where it is a union that is founded.
const BEHIND_FOUNDED: [&str; 22] = [
    "联合会",
    "委员会",
    "联合委员会",
    "组织",
    "小组",
    "分会",
    "和",
    "并",
    "的",
    "后",
    "及",
    "与",
    "或",
    "以来",
    "时",
    "率",
    "工作",
    "大会",
    "仪式",
    "集中",
    "行动",
    "已",
];

/// Types whose names are verbs themselves: naming them is doing them (走访了100户).
fn is_verb(kind: ActivityType) -> bool {
    use ActivityType::{Donation, Mediation, Visit};
    matches!(kind, Visit | Donation | Mediation)
}

/// Whether the clause tells the activity that `trigger` names as done.
pub(super) fn is_done(text: &str, clause: Clause, trigger: Span, kind: ActivityType, counted: bool) -> bool {
    let before = &text[clause.span.start as usize..trigger.start as usize];
    let behind = &text[trigger.end as usize..clause.span.end as usize];
    let mut weighed = Cow::Borrowed(before);
    if REAL_FINDER.is_in(before) {
        for word in REAL {
            if weighed.contains(word) {
                weighed = Cow::Owned(weighed.replace(word, ""));
            }
        }
    }
    if !counted && UNREAL_FINDER.is_in(&weighed) {
        return false;
    }
    // 通过开展竞赛，增强…: by what means, and no act.
    if !counted && weighed.trim_start_matches([' ', '\u{3000}', '“']).starts_with("通过") {
        return false;
    }
    // 成立了工会红娘总队, 联合工会组建小组: another body, and no union.
    if kind == ActivityType::Recruitment
        && trigger.of(text).contains("工会")
        && trigger.of(text).ends_with(['会', '建'])
        && behind.starts_with(is_cjk)
        && !BEHIND_FOUNDED.iter().any(|w| behind.starts_with(w))
    {
        return false;
    }
    if counted
        && ["将", "计划", "拟", "希望", "力争", "争取", "预计", "如果", "打算", "目标"]
            .iter()
            .any(|w| weighed.contains(w))
    {
        return false;
    }
    // What the word is only the attribute of (送温暖工作的意义, 培训基地, 竞赛规则).
    let attribute = [
        "的意义",
        "的好处",
        "中心",
        "室",
        "阵地",
        "的重要",
        "基地",
        "规则",
        "办法",
        "制度",
        "机制",
        "方案",
        "政策",
        "标准",
        "工作要",
        "体系",
        "平台",
        "意见",
        "条例",
        "精神",
        "理念",
        "难题",
        "问题",
    ];
    if attribute.iter().any(|w| behind.starts_with(w)) && !counted {
        return false;
    }
    // 劳动奖章获得者: who they are, and nothing that is awarded.
    if kind == ActivityType::Commendation && ["获得者", "得主", "获奖者"].iter().any(|w| behind.starts_with(w))
    {
        return false;
    }
    // 在农民工维权、劳模疗休养等九个方面: what is agreed on.
    let listed = behind.starts_with(['、', '等']) || before.ends_with('、');
    if !counted && listed && behind.contains('等') && ["方面", "领域"].iter().any(|w| behind.contains(w)) {
        return false;
    }
    // 公布“最美职工”名单.
    if kind == ActivityType::Commendation && trigger.of(text).ends_with("名单") {
        return ["公布", "发布", "揭晓", "公示"].iter().any(|v| before.contains(v));
    }
    // 慰问对象4名: who they are, and no visit yet.
    if kind == ActivityType::Visit && behind.starts_with("对象") {
        return false;
    }
    let verb = DOING_FINDER.is_in(before);
    let aspect = behind.starts_with(['了', '过'])
        || ["活动", "工作"]
            .iter()
            .any(|n| behind.strip_prefix(n).is_some_and(|r| r.starts_with(['。', ',', '，', ';'])));
    // Who takes part in a contest of others has not held it.
    let guest = ["参加", "参与"].iter().any(|v| before.contains(v))
        && !["组织", "选派", "选送"].iter().any(|v| before.contains(v));
    match kind {
        ActivityType::Contest if guest && !counted => false,
        ActivityType::Meeting => {
            ["召开", "举行", "举办", "开展", "集中", "参加了", "组织"].iter().any(|v| before.contains(v))
                || ["举行", "召开", "在", "开幕", "闭幕", "隆重", "胜利召开", "顺利召开"]
                    .iter()
                    .any(|v| behind.starts_with(v))
        }
        _ if is_verb(kind) => {
            verb || counted || aspect || !before.trim().is_empty() && !before.ends_with(['的', '和', '、'])
        }
        // 给工人送清凉, 救助困难职工20名: words that are verbs themselves.
        _ if acts(trigger.of(text), before) && !behind.starts_with(['的', '活', '行', '工', '系']) => true,
        _ => verb || counted || !behind.contains('的') && DOING_FINDER.is_in(behind),
    }
}

/// Whether a trigger is what is done, as it stands: for somebody, or to them, or brought to them (把清凉送到).
fn acts(trigger: &str, before: &str) -> bool {
    let for_whom = before.contains(['给', '为', '向']);
    let is_service = ["体检", "义诊", "筛查"].iter().any(|service| trigger.ends_with(service));
    for_whom && (trigger.starts_with('送') || is_service)
        || trigger.contains("清凉送")
        || ["救助困难", "发放补助", "领回", "追回", "讨回", "领到", "拿到", "拿回"]
            .iter()
            .any(|verb| trigger.starts_with(verb))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Landmarks;

    #[track_caller]
    fn check(text: &str, expected: &[&[&str]]) {
        let got: Vec<Vec<&str>> = sentences(text, &Landmarks::new(text).marks)
            .iter()
            .map(|s| s.iter().map(|c| c.span.of(text)).collect())
            .collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn what_is_to_come_is_not_done() {
        let of = |text: &str| is_to_come(text, &sentences(text, &Landmarks::new(text).marks)[0]);
        assert!(of("下一步，县总工会将开展义诊。"));
        assert!(of("他表示，今后还会开展义诊。"));
        assert!(!of("县总工会开展义诊。"));
    }

    #[test]
    fn text_is_cut_into_sentences_of_clauses() {
        check("发放1,200元,慰问3户。走访", &[&["发放1,200元,", "慰问3户。"], &["走访"]]);
        check("他说:“好。真好!”大家都笑了。", &[&["他说:", "“好。真好!”"], &["大家都笑了。"]]);
        check("", &[]);
    }
}
