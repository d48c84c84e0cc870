//! Numerals that are no quantity: names, idioms, slogans, codes, telephone numbers.
//!
//! A number without a unit behind it is never read, which settles most of them. These are the rest: words in which a
//! unit's character happens to follow a numeral's.

use std::sync::LazyLock;

use super::stands::LENGTH_TOLD;
use crate::text::numeral::{self, Bound, Numeral, is_numeral};
use crate::text::{CharSet, Folded, WordList};

/// Phrases that begin with a numeral and a measure word and count nothing.
const PHRASES: &[&str] = &[
    "两天晒网",
    "两人三足",
    "两张皮",
    "两条腿走路",
    "三座大山",
    "三轮摩托",
    "一年半载",
    "三轮车",
    "两轮车",
    "两轮马车",
    "两轮摩托",
    "两盏淡酒",
    "三轮货车",
    "三天打鱼",
    "一元一次",
    "一元方程",
    "一亩三分地",
    "一人多高",
    "一人得",
    "一人一",
    "一人做",
    "一人有难",
    "一家人",
    "一家子",
    "一家老",
    "一家之",
    "一家亲",
    "一家三口",
    "一家一户",
    "一户一",
    "一位一",
    "一名一",
    "一年一度",
    "一年一次",
    "一年到头",
    "一年四季",
    "一年之计",
    "一天到晚",
    "一天天",
    "一日千里",
    "一日之",
    "一日三",
    "一月一",
    "三位一体",
    "三个代表",
    "三个有利于",
    "三个面向",
    "三个离不开",
    "三个臭皮匠",
    "三个文明",
    "三年五载",
    "三天两头",
    "三人行",
    "三人成虎",
    "三年自然灾害",
    "三年困难时期",
    "三分钟热度",
    "三年经济困难",
    "两个文明",
    "两个基本点",
    "两个确保",
    "两个务必",
    "两个维护",
    "两个凡是",
    "两个转变",
    "两个根本性",
    "两个确立",
    "两个毫不动摇",
    "两位一体",
    "两人世界",
    "四个现代化",
    "四个全面",
    "四个自信",
    "四个意识",
    "四个服务",
    "四项基本原则",
    "五项原则",
    "五项全能",
    "八项规定",
    "九项规定",
    "五位一体",
    "五个一工程",
    "五个一批",
    "五个文明",
    "六个坚持",
    "七年之痒",
    "八小时工作制",
    "八小时之外",
    "八小时以外",
    "八小时外",
    "八年抗战",
    "十年动乱",
    "十年浩劫",
    "十年寒窗",
    "十年如一日",
    "十年树木",
    "十年九旱",
    "百年大计",
    "百年树人",
    "百年老",
    "百年不遇",
    "百年来",
    "千年之交",
    "千家万户",
    "万户侯",
    "百家争鸣",
    "百家姓",
    "百家讲坛",
    "万家灯火",
    "千里",
    "万里",
    "九天",
    "三伏天",
    "三九天",
    "数九天",
    "六月天",
    "两袖",
    "三部曲",
    "四部曲",
    "二人转",
    "二人台",
    "三家店",
    "五棵松",
    "三元里",
    "一分钱",
    "一毛钱",
    "半毛钱",
    "一次性",
    "一次次",
    "一套套",
    "一批批",
    "一份份",
    "一件件",
    "一条条",
    "一张张",
    "一个个",
    "一名名",
    "一位位",
    "一家家",
    "一户户",
    "一年年",
    "一项项",
    "一件事",
    "一种",
    "一个家",
    "两码事",
    "一面",
    "一头",
    "一口",
    "一手",
    "一边",
    "一对一",
    "一起",
    "一方面",
    "一系列",
    "一门心思",
    "万一",
    "五花八门",
    "七上八下",
    "十八般",
    "四人帮",
    "三令五申",
    "三三两两",
    "两面",
    "两头",
    "两手",
    "半天云",
    "半天假",
    "八国联军",
    "半年报",
    "四处躲",
    "四处奔",
    "四处寻",
    "四处打",
    "四处流",
    "四处漂",
    "四处求",
    "四处逃",
    "四处张",
    "四处散",
    "四处查",
    "四处借",
    "四处筹",
    "四处找",
    "四处飞",
    "四处碰",
    "四处游",
    "数家珍",
    "一岁除",
    "十年一剑",
    "十年磨一剑",
    "十年磨剑",
];

static PHRASE_LIST: LazyLock<WordList> = LazyLock::new(|| WordList::of_first(PHRASES));

/// Characters that make one word of themselves and the 一 behind them, so that a number cannot begin there.
static ENDS_IN_ONE: CharSet = CharSet::new("统唯之同单专逐划不归万合");

/// Whether the number at `from` is part of a word.
pub(super) fn is_word(text: &Folded, from: usize, number: &Numeral) -> bool {
    const PEDALLED: &[&str] =
        &["小", "蹬", "骑", "骑着", "蹬着", "拉着", "电动", "机动", "人力", "脚踏", "摩托", "平板"];
    const PHRASE_STARTS: &[&str] = &["千家", "成千", "千言", "脚踏", "判若", "货比", "大年", "农历", "腊月"];
    if number.arabic {
        return false;
    }
    if PHRASE_LIST.at(text, from).is_some() {
        // 五棵松柏, 五棵松树: trees, and no place.
        let trees = text.has(from, "五棵松") && matches!(text.get(from + 3), '柏' | '树');
        return !trees && !is_length(text, from);
    }
    // 千家|万户: the second half of a phrase; 判若两人: the same; 货比三家.
    let before = text.before(from);
    let may_end = matches!(before, '家' | '千' | '言' | '踏' | '若' | '比' | '年' | '历' | '月');
    if may_end && text.one_before(from, PHRASE_STARTS).is_some() {
        return true;
    }
    // 一年|半载.
    if text.has(from, "半载") && text.has_before(from, "一年") {
        return true;
    }
    // 三轮拉沙车: a vehicle.
    let wheels = || (number.end + 1..number.end + 5).any(|i| text.get(i) == '车' && text.before(i) != '赛');
    if matches!(text.get(from), '三' | '四') && number.end - from == 1 && text.get(number.end) == '轮' && wheels() {
        return true;
    }
    // 蹬三轮, 平板小三轮.
    if text.has(from, "三轮") && text.one_before(from, PEDALLED).is_some() {
        return true;
    }
    // 没有一人, 无一户: nobody.
    if number.end - from == 1 && text.get(from) == '一' && is_none_of(text, from, number.end) {
        return true;
    }
    let single = number.end - from == 1;
    // 摞起来有一人高.
    if single && text.has(number.end, "人高") && !matches!(text.get(number.end + 2), '中' | '考' | '等' | '级' | '校')
    {
        return true;
    }
    // 零部件, 零投诉.
    if single && text.get(from) == '〇' {
        return true;
    }
    // 队伍支撑, 大陆台商: a formal numeral that is part of a word.
    let formal = single && matches!(text.get(from), '伍' | '陆' | '肆' | '拾' | '壹');
    // 陆家嘴, 伍家岗: alone they count only money, on cheques.
    if formal && !matches!(text.get(number.end), '元' | '圆' | '角' | '分') {
        return true;
    }
    if formal && matches!(before, '队' | '入' | '退' | '落' | '为' | '大' | '登' | '内' | '着' | '收' | '放' | '水')
    {
        return true;
    }
    // 唯一, 统一; 初三, 高二, 老三, 星期三, 大年三十.
    if single && text.get(from) == '一' && ENDS_IN_ONE.has(before) {
        return true;
    }
    let ranked = matches!(before, '初' | '高' | '老' | '周' | '拜' | '其' | '排' | '丈' | '再' | '接' | '第');
    let ranked = ranked || text.has_before(from, "星期");
    if ranked && number.high <= 10.0 && single && before != '高' {
        return true;
    }
    if !number.arabic && number.bound == Bound::Exact && number.high < 100.0 && is_in_title(text, from) {
        return true;
    }
    // A slogan opens with its numeral: “三个代表”, “五个一”, “四进”; in “四个月没发钱，…” somebody speaks.
    let quoted = matches!(before, '“' | '‘' | '"' | '《');
    quoted && number.bound == Bound::Exact && number.high < 20.0 && !is_speech(text, number.end)
}

/// Whether 九天 is nine days and not the sky: 九天后, 前后九天时间.
fn is_length(text: &Folded, from: usize) -> bool {
    const BEHIND: &[&str] = &["后", "内", "时间", "的时间", "之内", "以内", "里"];
    const OTHERS: &[&str] = &["后来", "后羿", "内外", "里外"];
    let behind = || text.one_of(from + 2, BEHIND).is_some() && text.one_of(from + 2, OTHERS).is_none();
    text.has(from, "九天") && text.before(from) != '上' && (behind() || text.one_before(from, LENGTH_TOLD).is_some())
}

/// Whether the place stands in the short title of a work: 《一个姑娘三个兵》; a notice's says more of what it is about.
fn is_in_title(text: &Folded, at: usize) -> bool {
    const LONGEST: usize = 14;
    let is_mark = |i: &usize| matches!(text.get(*i), '《' | '》' | '\n');
    let opening = (at.saturating_sub(LONGEST)..at).rev().find(is_mark).filter(|&i| text.get(i) == '《');
    opening.is_some_and(|from| (at..=from + LONGEST).find(is_mark).is_some_and(|i| text.get(i) == '》'))
}

/// Whether 一 between `from` and `end` says that there is none: 没有一人掉队, 无一名党员; but 有没有一人.
fn is_none_of(text: &Folded, from: usize, end: usize) -> bool {
    let counted =
        || matches!(text.get(end), '人' | '名' | '位' | '户' | '家' | '个' | '例' | '起' | '件' | '次' | '处' | '所');
    matches!(text.before(from), '有' | '无' | '没')
        && counted()
        && text.one_before(from, &["没有", "从无", "并无", "竟无", "未有", "没", "无"]).is_some()
}

/// Whether a quotation goes on behind a mark of a sentence.
fn is_speech(text: &Folded, from: usize) -> bool {
    const LONGEST: usize = 16;
    let opens = (0..from).rev().take(8).find(|&i| matches!(text.get(i), '“' | '‘' | '"'));
    // “三年打基础，两年大发展”: what stands behind no mark is no speech, and 提出：“四个自信，…” none either.
    let told = |i: usize| {
        let before = text.before(i);
        i == 0
            || matches!(before, '\n' | '。' | ',' | '!' | '?' | '”')
            || before == ':' && matches!(text.before(i - 1), '说' | '道' | '称' | '诉' | '问' | '答' | '讲')
    };
    if !opens.is_some_and(told) {
        return false;
    }
    let end = (from..from + LONGEST).find(|&i| matches!(text.get(i), '”' | '’' | '"' | '》' | ',' | '。' | '!' | '?'));
    end.is_some_and(|i| matches!(text.get(i), ',' | '。' | '!' | '?') && text.get(i + 1) != '”')
}

/// What ranks those of a row behind it.
const RANKED: &[&str] =
    &["分列", "分获", "分居", "分别列", "分别获", "分别居", "分列第", "排名在", "徘徊于", "徘徊在", "排在"];

/// Whether the number at `from` is the next of a row of ranks: 第二、三名, 第4至10名.
pub(super) fn is_next_rank(text: &Folded, from: usize) -> bool {
    const LONGEST: usize = 4;
    let Some(mark) =
        from.checked_sub(1).filter(|&i| matches!(text.get(i), '、' | '和' | '至' | '到' | '—' | '-' | '~'))
    else {
        return false;
    };
    let first =
        (mark.saturating_sub(LONGEST)..mark).rev().find(|&i| !is_numeral(text.get(i)) && !text.get(i).is_ascii_digit());
    // 分获二、三名: behind what ranks them.
    let ranks = |at: usize| text.one_before(at, RANKED).is_some();
    if let Some(first) = first.filter(|&i| ranks(i + 1))
        && let (Some(_), Some(next)) = (numeral::read(text, first + 1), numeral::read(text, from))
    {
        return "名位".contains(text.get(next.end));
    }
    let Some(first) = first.filter(|&i| i + 1 < mark && text.get(i) == '第') else { return false };
    let (Some(one), Some(next)) = (numeral::read(text, first + 1), numeral::read(text, from)) else { return false };
    let unit = || "名位届次等批期章条组季天年周轮场".contains(text.get(next.end));
    one.end == mark
        && one.arabic == next.arabic
        && next.low > one.low
        && (unit() || !matches!(text.get(mark), '、' | '和'))
}

/// Whether the Arabic digits at `from` are a code: B2, G20, 0571-87654321, 2:1, CN33-0008.
pub(super) fn is_code(text: &Folded, from: usize) -> bool {
    let before = text.before(from);
    let two_before = from.checked_sub(2).map_or('\0', |i| text.get(i));
    if before.is_ascii_alphabetic() || before == '—' && two_before.is_ascii_alphabetic() {
        return true;
    }
    if before == ':' && is_label(text, from - 1) {
        return false;
    }
    // 7×24小时: every hour of the week.
    if matches!(before, '-' | '.' | '·' | ':' | '/' | '+' | '№' | '×')
        && (two_before.is_ascii_alphanumeric() || before == '+')
    {
        return true;
    }
    // A long row with a zero in front, or with a dash and more digits, is a telephone number.
    let digits = (from..from + 12).take_while(|&i| text.get(i).is_ascii_digit()).count();
    if text.get(from) == '0' && digits > 1 {
        return true;
    }
    let next = text.get(from + digits);
    (next == '-'
        && digits >= 3
        && text.get(from + digits + 1).is_ascii_digit()
        && has_digits(text, from + digits + 1, 5))
        || digits >= 11
        || next == ':' && text.get(from + digits + 1).is_ascii_digit()
}

/// Whether the colon at `colon` stands behind the number of a list or of a label, and not in a ratio or a time of day: a
/// year or an amount in a unit follows, and nothing but a label's noun stands before (线索2:1岁多的女孩; 3:1997年).
fn is_label(text: &Folded, colon: usize) -> bool {
    const LABELS: &[&str] =
        &["线索", "问题", "案例", "事例", "实例", "例", "方案", "提示", "建议", "镜头", "故事", "经验", "做法", "步骤"];
    const LONGEST: usize = 2;
    let Some(first) =
        (colon.saturating_sub(LONGEST)..colon).find(|&i| (i..colon).all(|j| text.get(j).is_ascii_digit()))
    else {
        return false;
    };
    let opens = first == 0 || matches!(text.before(first), '\n' | '。' | ';');
    let Some(number) = numeral::read(text, colon + 1).filter(|n| n.arabic) else { return false };
    let year = number.n_digits == 4 && text.get(number.end) == '年';
    (opens || text.one_before(first, LABELS).is_some()) && (year || super::counts(text, number.end))
}

fn has_digits(text: &Folded, from: usize, n: usize) -> bool {
    (from..from + n).all(|i| text.get(i).is_ascii_digit())
}

/// Past the last character of the row of digits, marks and letters that `from` stands in, where it was no quantity.
pub(super) fn skip(text: &Folded, from: usize) -> usize {
    let mut at = from + 1;
    if text.get(from).is_ascii_digit() {
        while text.get(at).is_ascii_digit()
            || matches!(text.get(at), '-' | '.' | ':' | '/' | ',')
                && text.get(at + 1).is_ascii_digit()
                && !(text.get(at) == ':' && is_label(text, at))
        {
            at += 1;
        }
    } else if is_numeral(text.get(from)) {
        while is_numeral(text.get(at)) && !text.get(at).is_ascii_digit() {
            at += 1;
        }
    }
    at
}
