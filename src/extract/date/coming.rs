//! Whether a day that stands without its year is still to come: 定于5月10日举行, 5月10日前报送.
//!
//! In: a text, and where a date stands in it. Out: whether anything around it says so. What says nothing of the kind tells
//! of what was done (5月10日，他们赶到现场).

use std::sync::LazyLock;

use crate::text::{CharFilter, Folded, sentence};

/// Words of its sentence that speak of what is planned, allowed or asked for.
const PLANS: &[&str] = &[
    "将",
    "拟",
    "定于",
    "定在",
    "定为",
    "要到",
    "要在",
    "要于",
    "要等",
    "等到",
    "应于",
    "应在",
    "应该",
    "应当",
    "计划",
    "预计",
    "预期",
    "预定",
    "预测",
    "即可",
    "可以",
    "可望",
    "可于",
    "可在",
    "可能",
    "可正式",
    "有望",
    "准备",
    "筹备",
    "争取",
    "力争",
    "确保",
    "必须",
    "推迟",
    "延期",
    "延长",
    "延至",
    "届时",
    "明年",
    "来年",
    "同意",
    "商定",
    "希望",
    "打算",
    "安排",
    "规定",
    "报名",
    "截止",
    "截至",
    "期限",
    "有效期",
    "敬请",
    "欢迎",
    "下一",
    "首场",
    "能否",
    "之前",
    "以前",
];

/// What happens on a day that is announced, where 了 does not follow.
const ANNOUNCED: &[&str] = &["举行", "召开", "开幕", "开赛", "开始", "开庭", "创办", "生效", "施行", "实施", "截止"];

/// What names the day of something that is announced.
const NAMED: &[&str] = &["时间:", "日期:", "时间为", "日期为", "时间是", "日期是", "时间定在"];

/// Characters around the date that are looked at.
const REACH: usize = 40;

/// Whether what stands around the date from `from` to `end` says that it is still to come.
pub(super) fn is_to_come(text: &Folded, from: usize, end: usize) -> bool {
    static FIRST: LazyLock<CharFilter> = LazyLock::new(|| CharFilter::of_first(PLANS.iter().copied()));
    // 5月10日前, 自5月10日起, 到5月10日.
    if matches!(text.get(end), '前' | '起' | '止' | '将') || matches!(text.before(from), '到' | '至' | '自' | '从')
    {
        return true;
    }
    // 时间：10月8日, 考试日期为11月3日, 12月31日见.
    if text.one_before(from, NAMED).is_some() || text.get(end) == '见' {
        return true;
    }
    if text.one_of(end, ANNOUNCED).is_some_and(|n| text.get(end + n) != '了') {
        return true;
    }
    let mut near = sentence::sentence_start(text, from, REACH)..sentence::sentence_end(text, end, REACH);
    near.any(|i| FIRST.may_hold(text.get(i)) && text.one_of(i, PLANS).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans() {
        for (text, expected) in [
            ("5月10日，民警赶到现场", false),
            ("他又于5月10日走访了职工", false),
            ("决赛定于5月10日举行", true),
            ("表格请在5月10日前交回", true),
            ("自5月10日起恢复", true),
            ("5月10日召开", true),
            ("5月10日召开了大会", false),
            ("大家商定，5月10日再聚", true),
            ("展览时间：5月10日", true),
            ("考试日期为5月10日", true),
            ("联欢会5月10日见", true),
        ] {
            let folded = Folded::new(text);
            let from = (0..folded.len()).find(|&i| folded.has(i, "5月10日")).unwrap_or_default();
            assert_eq!(is_to_come(&folded, from, from + 5), expected, "{text}");
        }
    }
}
