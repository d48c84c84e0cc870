//! Sums as people say them, without 元: 三千块, 降了三四毛, 卖了两万五, 少则七八千.
//!
//! In: a number and the words around it. Out: whether it is money. What is said before it in its clause decides (花, 工资,
//! 债), or, of a pair that only says how much at least and at most, what its sentence is about.

use super::amount::Amount;
use super::{links, money, noun, per, qualifier};
use crate::text::numeral::{self, Numeral};
use crate::text::{Folded, sentence};

/// Words of a clause that is about money.
const ABOUT: &[&str] = &[
    "元",
    "块钱",
    "钱",
    "工资",
    "收入",
    "薪",
    "债",
    "租",
    "费",
    "价",
    "利润",
    "毛利",
    "补贴",
    "积蓄",
    "便宜",
    "账上",
    "贷款",
    "退休金",
    "养老金",
    "奖金",
];

/// Verbs right before a sum.
const PAYS: &[&str] = &[
    "花", "挣", "赚", "借", "欠", "赔", "掏", "付", "攒", "攒下", "罚", "垫", "省下", "还清", "亏", "值", "匀出", "寄",
    "多拿", "要价", "卖到", "到手",
];

/// Verbs right before a large one: what is three of may be taken, three hundred of 块 are seldom but money.
const GIVES: &[&str] = &["卖", "交", "捐", "领", "存", "拿", "奖", "给", "高", "低", "多", "少"];

/// What says of a number that it is all.
const TOTALS: &[&str] = &["一共", "总共", "共计", "合计", "共"];

/// What a clause says of a lone number that is a sum.
const SPENT: &[&str] = &[
    "花",
    "挣",
    "赚",
    "借了",
    "借支",
    "贷了",
    "贷款",
    "欠",
    "赔",
    "掏",
    "付",
    "攒",
    "罚",
    "多拿",
    "垫",
    "省下",
    "工资",
    "收入",
    "月薪",
    "年薪",
    "薪水",
    "债",
    "房租",
    "学费",
    "利润",
    "毛利",
    "积蓄",
    "增收",
    "亏了",
    "能拿",
    "能挣",
    "独得",
    "医药费",
    "医疗费",
    "药费",
    "治疗费",
    "手术费",
    "住院费",
    "生活费",
    "开销",
    "花费",
];

/// What a sentence about sums holds.
const SUMS: &[&str] =
    &["元", "块", "块钱", "工资", "工钱", "费", "手术", "薪", "贷款", "分期", "收入", "付清", "还清", "欠款", "押金"];

/// What says how much at least and at most, of the next of several payments, and what is done with things and with money.
const ENDS: &[&str] = &[
    "少则",
    "多则",
    "少的",
    "多的",
    "最多的",
    "最少的",
    "头一期",
    "第一期",
    "首期",
    "头一笔",
    "再付",
    "减少",
    "增加",
    "卖了",
    "交了",
    "领了",
    "存了",
    "拿了",
    "捐了",
];

/// How far back a clause and a sentence are looked through, in characters.
const CLAUSE: usize = 20;
const SENTENCE: usize = 60;

fn any(text: &Folded, from: usize, to: usize, words: &[&str]) -> bool {
    (from..to).any(|i| text.one_of(i, words).is_some_and(|n| i + n <= to))
}

fn is_about_money(text: &Folded, from: usize, large: bool) -> bool {
    let start = qualifier::before(text, from, false).map_or(from, |b| b.start);
    let verb = start - text.one_before(start, &["了", "过", "出", "去", "掉"]).unwrap_or(0);
    [start, verb]
        .into_iter()
        .any(|at| text.one_before(at, PAYS).is_some() || large && text.one_before(at, GIVES).is_some())
        || is_price(text, start)
        || any(text, sentence::clause_start(text, from, CLAUSE), from, ABOUT)
}

/// Whether one of what is sold stands before the number, as in 一斤十五块, 每碗八块.
fn is_price(text: &Folded, from: usize) -> bool {
    per::unit_before(text, from, &['一', '每'], 3).is_some()
}

/// Whether a sum's name stands right behind the unit that ends at `end`, 的 between them or not: 七千块欠款, 四百多块的补贴.
fn names_sum_behind(text: &Folded, end: usize) -> bool {
    // 两块以上金牌.
    if qualifier::after(text, end).is_some() {
        return false;
    }
    let at = end + usize::from(text.get(end) == '的');
    let owed = text.one_of(at, &["债务", "外债", "欠债", "债款", "存款", "积蓄"]).is_some();
    let sum = |word: &str| word.chars().all(crate::text::is_cjk) && noun::ends_in_sum(word);
    owed || (2..=4).map(|n| text.word(at, at + n)).any(sum)
}

/// Whether 块 behind the number at `from` counts yuan; the unit ends at `end`.
pub(super) fn is_yuan(text: &Folded, from: usize, number: &Numeral, end: usize) -> bool {
    // 一块一毛钱.
    let part = numeral::read(text, end).filter(|n| n.low < 10.0 && matches!(text.get(n.end), '毛' | '角'));
    if part.is_some() || names_sum_behind(text, end) {
        return true;
    }
    let bounded = qualifier::after(text, end).is_some();
    let ends = sentence::ends_clause(text, end) || matches!(text.get(end), '、' | '”' | '，');
    // 三千块走人, 十块寄给爹娘.
    let done = "走就都也还给买交寄不砍降涨减升".contains(text.get(end));
    // 欠了18个人的工资,一共36万多块: all of the sums of the sentence.
    let all = || {
        let start = qualifier::before(text, from, false).map_or(from, |b| b.start);
        let sentence = sentence::sentence_start(text, start, SENTENCE);
        number.scale >= 1e4 && text.one_before(start, TOTALS).is_some() && any(text, sentence, start, ABOUT)
    };
    // 上年结余拿一块: a part of it.
    (bounded || ends || done) && number.low > 1.0 && (is_about_money(text, from, number.low >= 100.0) || all())
}

/// The worth of 毛 or 角 at `at`, where the number at `from` counts it.
pub(super) fn part_of_yuan(text: &Folded, from: usize, at: usize) -> Option<&'static str> {
    let name = match text.get(at) {
        '毛' => "毛钱",
        '角' => "角钱",
        _ => return None,
    };
    // 五毛一碗.
    let priced = text.get(at + 1) == '一'
        && "碗斤个本份根只张瓶块盒件公杯包".contains(text.get(at + 2))
        && sentence::ends_clause(text, at + 3 + usize::from(text.get(at + 2) == '公'));
    if priced {
        return Some(name);
    }
    // 四角加班费.
    if text.get(from) != '一' && names_sum_behind(text, at + 1) {
        return Some(name);
    }
    let ends = sentence::ends_clause(text, at + 1) || matches!(text.get(at + 1), '、' | '”');
    let clause = sentence::clause_start(text, from, CLAUSE);
    let price = ["便宜", "贵", "涨", "降", "跌", "价", "每斤", "每公斤", "一斤", "块"];
    // 会费两角; 车间一角 is a corner of it.
    let paid = || text.get(from) != '一' && any(text, clause, from, &["费", "钱", "工资", "补贴"]);
    (ends && (any(text, clause, from, &price) || paid())).then_some(name)
}

/// Whether the clause before the number at `from` says that money is spent or earned.
pub(super) fn is_spent(text: &Folded, from: usize) -> bool {
    const MORE: &[&str] = &["奖励", "投资", "捐", "月入", "年入", "补助"];
    let clause = sentence::clause_start(text, from, CLAUSE);
    any(text, clause, from, SPENT) || any(text, clause, from, MORE)
}

/// Whether a number without any unit is what is paid to people who stand right behind it: 拖欠337亿农民工工资.
pub(super) fn is_paid(text: &Folded, from: usize, amount: &Amount) -> bool {
    const LONGEST: usize = 10;
    const OWES: &[&str] = &["偿付", "筹集", "投入", "发放", "追回", "补发", "支付", "垫付", "欠"];
    if amount.number.scale < 1e4 || amount.number.bare {
        return false;
    }
    let behind = text.word(amount.end, amount.end + LONGEST);
    let person = noun::at_start(behind).filter(|(_, named)| *named == noun::Noun::Person);
    let of_them = person.and_then(|(end, _)| behind.get(end..)).unwrap_or(behind);
    let names_sum = of_them.char_indices().skip(1).take(3).any(|(at, c)| {
        let end = at + c.len_utf8();
        of_them.get(..end).is_some_and(noun::ends_in_sum)
    });
    names_sum && any(text, sentence::clause_start(text, from, CLAUSE), from, OWES)
}

/// Whether pay or a price goes from this number to another one that ends the clause: 月薪由三千五涨到四千二.
fn moves_on(text: &Folded, from: usize, amount: &Amount) -> bool {
    const VERB: usize = 4;
    if !matches!(text.before(from), '由' | '从') {
        return false;
    }
    let to = (amount.end + 1..=amount.end + VERB).find(|&i| matches!(text.get(i), '到' | '至'));
    let verb = |to: &usize| links::change_before(text, *to).is_some_and(|n| to - n == amount.end);
    let Some(next) = to.filter(verb).and_then(|to| numeral::read(text, to + 1)) else { return false };
    let clause = sentence::clause_start(text, from, CLAUSE);
    sentence::ends_clause(text, next.end) && (any(text, clause, from, ABOUT) || any(text, clause, from, SPENT))
}

/// Whether a fund is named right behind a number of 万 or 亿 that is given or raised: 拿出4200亿就业专项资金.
fn is_spent_on(text: &Folded, from: usize, amount: &Amount) -> bool {
    const LONGEST: usize = 10;
    const VERBS: &[&str] = &[
        "拿出", "投入", "安排", "筹集", "筹措", "拨付", "下拨", "拨出", "争取", "划拨", "追加", "设立", "募集", "落实",
    ];
    const FUNDS: &[&str] = &["资金", "基金", "专款", "贷款", "拨款", "款项", "经费", "善款"];
    let number = &amount.number;
    let start = qualifier::before(text, from, false).map_or(from, |b| b.start);
    let start = start - usize::from(text.before(start) == '了');
    let large = number.scale >= 1e4 && !number.bare && !number.positional;
    if !large || text.one_before(start, VERBS).is_none() {
        return false;
    }
    let clause = (amount.end..=amount.end + LONGEST).take_while(|&i| crate::text::is_cjk(text.get(i)));
    clause.into_iter().any(|i| text.one_of(i, FUNDS).is_some())
}

/// Whether a number without any unit is a sum.
pub(super) fn is_sum(text: &Folded, from: usize, amount: &Amount) -> bool {
    let number = &amount.number;
    // 18万的贷款.
    if text.get(amount.end) == '的' && number.scale >= 1e4 && !number.bare && names_sum_behind(text, amount.end) {
        return true;
    }
    // 二十七亿巨资.
    if text.has(amount.end, "巨资") && amount.low >= 1e4 && !number.bare && !number.positional {
        return true;
    }
    if is_spent_on(text, from, amount) {
        return true;
    }
    let large = amount.low >= 1e3 && !number.bare && (!number.arabic || number.scale >= 1e4);
    let ends = money::ends_number(text, amount) || qualifier::after(text, amount.end).is_some();
    if large && moves_on(text, from, amount) {
        return true;
    }
    if !large || !ends {
        return false;
    }
    let start = qualifier::before(text, from, false).map_or(from, |b| b.start);
    let clause = sentence::clause_start(text, start, CLAUSE);
    if any(text, clause, start, SPENT) {
        return true;
    }
    // 少的七八千,多的近4万; 分两期付清,头一期一万五.
    text.one_before(start, ENDS).is_some()
        && any(
            text,
            sentence::sentence_start(text, start, SENTENCE),
            sentence::sentence_end(text, amount.end, CLAUSE),
            SUMS,
        )
}

#[cfg(test)]
mod tests {
    use super::super::amount;
    use super::*;

    #[track_caller]
    fn check(text: &str, number: &str, expected: bool) {
        let folded = Folded::new(text);
        let from = (0..folded.len()).find(|&i| folded.has(i, number)).expect("the number");
        let found = amount::read(&folded, from).expect("an amount");
        let sum = matches!(found.class(), Some(super::super::unit::Class::Money(_)))
            || found.measured.is_none() && is_sum(&folded, from, &found);
        assert_eq!(sum, expected, "{text}");
    }

    #[test]
    fn sums_of_speech() {
        check("工钱拿到了，最多的一人领了四万二。", "四万二", true);
        check("工资由3200元减到2600块。", "2600", true);
        check("黄瓜比上月便宜八角；", "八角", true);
        check("白菜降了三四毛，", "三四", true);
        check("一台手术少则一万五六，多则三四万元。", "一万五六", true);
        check("还有18万的贷款没还清。", "18万", true);
        check("上个月攒下四千出头。", "四千", true);
        check("差了四百多块的取暖补贴。", "四百", true);
        check("猪肉一斤十五块，", "十五", true);
    }

    #[test]
    fn other_numbers() {
        check("院墙用了三百块砖。", "三百", false);
        check("把地分成八块，", "八块", false);
        check("全县有工会会员三万二。", "三万二", false);
        check("他写了三毛的传记。", "三", false);
        check("挂起12块展板。", "12", false);
        check("查获向境外寄出的化石66块，", "66", false);
        check("目标是两块以上金牌。", "两", false);
        check("从结余里拿一块、从税费里切一块。", "一块", false);
        check("减少贫困人口约60万，", "60万", false);
        check("用砖三万块，", "三万", false);
        check("石碑三百多块，", "三百", false);
        check("省队拿了五块，都是金牌。", "五", false);
        check("这本书已卖了四万八。", "四万八", false);
        check("公粮交了一千五。", "一千五", false);
    }
}
