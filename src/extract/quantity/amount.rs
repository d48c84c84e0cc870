//! One amount: a number with its unit, or two of them as a range, without what stands around it.
//!
//! In: the place where a number begins. Out: its bounds, its class and unit. 200—300元, 10亿至20亿元, 3万—5万 and
//! 百分之三十到四十 are one amount each.

use super::currency;
use super::noun;
use super::spoken;
use super::unit::{self, Class, Found};
use crate::text::Folded;
use crate::text::numeral::{self, Bound, Numeral};

/// What an amount is counted in.
#[derive(Clone, Copy, Debug)]
pub(super) enum Measured {
    /// Hundredths (30%, 三成, 百分之三十, 1/3).
    Share,
    /// A unit or measure word.
    Unit(Found),
}

/// An amount.
#[derive(Clone, Copy, Debug)]
pub(super) struct Amount {
    /// The number as read; of a range, its first.
    pub number: Numeral,
    /// Past the number, without its unit.
    pub number_end: usize,
    /// Past all of it.
    pub end: usize,
    pub low: f64,
    pub high: f64,
    pub bound: Bound,
    /// No number is printed, only that there are several (几名, 数家).
    pub unknown: bool,
    pub measured: Option<Measured>,
}

impl Amount {
    /// The class of its unit.
    pub(super) fn class(&self) -> Option<Class> {
        match self.measured {
            Some(Measured::Unit(unit)) => Some(unit.class),
            _ => None,
        }
    }
}

/// Reads the amount at `from`, a range as one.
pub(super) fn read(text: &Folded, from: usize) -> Option<Amount> {
    let first = single(text, from)?;
    Some(range(text, &first).unwrap_or(first))
}

/// 几 and 数 as the only numeral; 半 as one half.
fn lone(text: &Folded, from: usize) -> Option<Numeral> {
    let found = |low: f64, bound: Bound, n: usize| {
        Some(Numeral { end: from + n, low, high: low, bound, scale: 1.0, ..Numeral::default() })
    };
    match text.get(from) {
        '几' | '数' => {
            let part_of_word = crate::text::is_cjk(text.before(from))
                && "人总户次多少基指参系倍分函岁件度位个款额钱点代奇偶十无半计岗台量".contains(text.before(from));
            if part_of_word { None } else { found(1.0, Bound::Several, 1) }
        }
        '若' if text.get(from + 1) == '干' => found(1.0, Bound::Several, 2),
        '半' if !matches!(text.before(from), '上' | '下' | '前' | '后' | '大' | '小' | '一' | '过' | '多')
            || text.has_before(from, "经过") =>
        {
            found(0.5, Bound::Exact, 1)
        }
        _ => None,
    }
}

/// 一半 where it measures: 近一半, 一半以上, 一半的工资, 占一半; not 一半是…，一半是….
fn half(text: &Folded, from: usize) -> Option<Amount> {
    const BEFORE: &[&str] = &[
        "近", "约", "超", "过", "占", "了", "各", "到", "足", "减少", "下降", "降低", "缩短", "节省", "节约", "的",
        "其中", "中有", "报", "报销", "掉", "压缩", "削减", "裁减", "减", "省",
    ];
    const PAIR: usize = 14;
    // 半数以上, 有半数多: where it measures.
    let half_of = text.has(from, "半数")
        && (text.one_of(from + 2, &["以上", "多", "左右"]).is_some()
            || text.one_before(from, &["近", "约", "超", "过", "占", "占了", "占据", "占有"]).is_some());
    if !half_of && !text.has(from, "一半") {
        return passed_half(text, from);
    }
    let end = from + 2;
    let measures = matches!(text.get(end), '的' | '多')
        || text.one_of(end, &["以上", "左右"]).is_some()
        || text.one_before(from, BEFORE).is_some()
        || is_part(text, from, end)
        || half_of;
    let pair = (end..end + PAIR).any(|i| text.has(i, "一半") || text.has(i, "半数"))
        || (from.saturating_sub(PAIR)..from).any(|i| text.has(i, "一半"));
    (measures && !pair).then(|| half_share(end, Bound::Exact))
}

/// A half of something, which ends at `end`.
fn half_share(end: usize, bound: Bound) -> Amount {
    Amount {
        number: Numeral { end, low: 50.0, high: 50.0, scale: 1.0, bound, ..Numeral::default() },
        number_end: end,
        end,
        low: 50.0,
        high: 50.0,
        bound,
        unknown: false,
        measured: Some(Measured::Share),
    }
}

/// 女职工占比近半, 农民工过半: said of a share or of people, at the end of a clause; 时间过半 is a saying.
fn passed_half(text: &Folded, from: usize) -> Option<Amount> {
    const SHARES: &[&str] = &["占比", "占比已", "占", "比例", "比重", "人数", "人数已"];
    let told = text.get(from) == '半' && matches!(text.before(from), '近' | '过' | '超');
    if !told || !crate::text::sentence::ends_clause(text, from + 1) {
        return None;
    }
    let at = from - 1;
    let people = (2..=3).any(|n| at >= n && noun::of(text.word(at - n, at)) == Some(noun::Noun::Person));
    let bound = if text.before(from) == '近' { Bound::Exact } else { Bound::Over };
    (people || text.one_before(at, SHARES).is_some()).then(|| half_share(from + 1, bound))
}

/// Whether 一半 from `from` to `end` is the part of those before it of which something is said: 读者有一半是学生,
/// 各购一半, 草地一半沙化; 还有一半路程, 一半是海水 are no part of anything.
fn is_part(text: &Folded, from: usize, end: usize) -> bool {
    const BECOME: &[&str] = &[
        "沙化", "退化", "死亡", "亏损", "倒闭", "停产", "下岗", "失业", "荒芜", "受灾", "绝收", "流失", "报废", "闲置",
        "枯死", "盈利", "合格", "达标", "破产", "被毁", "损坏", "来自",
    ];
    // 各购一半, 各负担一半: what each of them does.
    let each = || {
        let at = (from.saturating_sub(3)..from).rev().find(|&i| text.get(i) == '各');
        at.is_some() && crate::text::sentence::ends_clause(text, end)
    };
    let there_are = || {
        let before = from.checked_sub(2).map_or('\0', |i| text.get(i));
        let goes_on = matches!(text.get(end), '是' | '来' | '在' | '为' | '被' | '没' | '已' | '以');
        text.before(from) == '有' && !matches!(before, '还' | '另' | '没' | '剩') && goes_on
    };
    let turned = || {
        let noun =
            crate::text::is_cjk(text.before(from)) && !matches!(text.before(from), '另' | '这' | '那' | '前' | '后');
        noun && text.one_of(end, BECOME).is_some()
    };
    each() || there_are() || turned()
}

fn single(text: &Folded, from: usize) -> Option<Amount> {
    if let Some(half) = half(text, from) {
        return Some(half);
    }
    let read = numeral::read(text, from);
    let unknown = read.is_none();
    let number = read.or_else(|| lone(text, from))?;
    let mut amount = Amount {
        number,
        number_end: number.end,
        end: number.end,
        low: number.low,
        high: number.high,
        bound: number.bound,
        unknown: unknown && number.bound == Bound::Several,
        measured: None,
    };
    if !unknown && let Some(share) = numeral::fraction(text, &number) {
        amount.end = share.end;
        amount.number_end = share.end;
        (amount.low, amount.high, amount.bound) = (share.low, share.high, share.bound);
        amount.measured = Some(Measured::Share);
        return Some(amount);
    }
    let sign = text.get(number.end);
    if matches!(sign, '%' | '‰') && number.arabic {
        // 24.7‰ is 2.47 % to the last place.
        let worth = |n: f64| if sign == '%' { n } else { (n * 1e6).round() / 1e7 };
        amount.end = number.end + 1;
        amount.low = worth(amount.low);
        amount.high = worth(amount.high);
        amount.measured = Some(Measured::Share);
        return Some(amount);
    }
    if let Some(raced) = time_of_race(text, from, &amount).or_else(|| seconds_of_race(text, &amount)) {
        return Some(raced);
    }
    // 增收1个亿: of money.
    if text.has(number.end, "个亿") && number.scale < 1e4 {
        // 10个亿吨级的油气区: of another measure.
        if "人吨立平公千斤亩度".contains(text.get(number.end + 2)) {
            return None;
        }
        let end = number.end + 2;
        let found = Found { end, class: Class::Money("CNY"), name: "" };
        amount.low *= 1e8;
        amount.high *= 1e8;
        amount.number_end = end;
        amount.end = end;
        amount.measured = Some(Measured::Unit(found));
        return Some(amount);
    }
    if let Some(mut found) = currency::counted(text, number.end).or_else(|| unit::at(text, number.end)) {
        // 8块5: of money, as only it is divided.
        if found.name == "块" && (tenths(text, found.end).is_some() || spoken::is_yuan(text, from, &number, found.end))
        {
            found.class = Class::Money("CNY");
        }
        let half = unknown && number.bound == Bound::Exact;
        let takes_half = matches!(found.class, Class::Duration | Class::Area);
        let several = amount.unknown
            && !matches!(
                found.class,
                Class::People | Class::Organisations | Class::Households | Class::Duration | Class::Multiple
            );
        if half && !takes_half || several {
            return None;
        }
        let more = text.get(number.end) == '个' && matches!(text.get(number.end + 1), '多' | '余');
        if more && matches!(found.class, Class::Money(_)) && amount.bound == Bound::Exact {
            amount.bound = Bound::Over;
        }
        amount.end = found.end;
        with_parts(text, &mut amount, &mut found);
        amount.measured = Some(Measured::Unit(found));
        return Some(amount);
    }
    if let Some(name) = spoken::part_of_yuan(text, from, number.end) {
        let mut found = Found { end: number.end + 1, class: Class::Money("CNY"), name };
        with_parts(text, &mut amount, &mut found);
        amount.measured = Some(Measured::Unit(found));
        return Some(amount);
    }
    // 半 and 几 alone count nothing.
    (!unknown).then_some(amount)
}

/// 4分36秒66, in seconds.
fn time_of_race(text: &Folded, from: usize, minutes: &Amount) -> Option<Amount> {
    if text.get(minutes.end) != '分' || !minutes.number.arabic || minutes.low >= 60.0 || text.before(from) == '度' {
        return None;
    }
    let seconds = numeral::read(text, minutes.end + 1).filter(|n| n.arabic && n.low < 60.0)?;
    if text.get(seconds.end) != '秒' {
        return None;
    }
    let second = seconds.end + 1;
    let digits = (second..second + 4).take_while(|&i| text.get(i).is_ascii_digit()).count();
    // 1分20秒3次: a number of its own.
    let digits = if unit::at(text, second + digits).is_some() { 0 } else { digits.min(3) };
    let end = second + digits;
    let fraction = text.word(second, end).parse().unwrap_or(0.0) / 10f64.powi(digits as i32);
    let value = ((minutes.low * 60.0 + seconds.low + fraction) * 1e3).round() / 1e3;
    let found = Found { end, class: Class::Duration, name: "秒" };
    Some(Amount { low: value, high: value, end, number_end: end, measured: Some(Measured::Unit(found)), ..*minutes })
}

/// 25秒36, the result of a race: read over, so that 55秒10列第三 counts nothing.
fn seconds_of_race(text: &Folded, seconds: &Amount) -> Option<Amount> {
    let number = &seconds.number;
    if text.get(seconds.end) != '秒' || !number.arabic || seconds.low >= 60.0 || seconds.low.fract() != 0.0 {
        return None;
    }
    let at = seconds.end + 1;
    let digits = (at..at + 4).take_while(|&i| text.get(i).is_ascii_digit()).count();
    let end = at + digits;
    // 20秒10次; but 55秒10列第三.
    let counted = text.get(end) != '列' && unit::at(text, end).is_some();
    if digits != 2 || counted || matches!(text.get(end), '.' | '%' | '-' | '/' | ':') {
        return None;
    }
    let found = Found { end, class: Class::Unread, name: "秒" };
    Some(Amount { end, number_end: end, measured: Some(Measured::Unit(found)), ..*seconds })
}

/// The digit at `at` that ends a sum, as tenths: the 5 of 8块5.
fn tenths(text: &Folded, at: usize) -> Option<f64> {
    let digit = numeral::digit(text.get(at)).filter(|d| *d > 0)?;
    let next = text.get(at + 1);
    let moves = matches!(next, '降' | '涨' | '升' | '跌' | '减' | '到');
    let ends = (moves || !crate::text::is_cjk(next))
        && !next.is_ascii_alphanumeric()
        && !matches!(next, '.' | '%' | '-' | '—');
    ends.then(|| f64::from(digit) / 10.0)
}

/// What belongs to the number behind its unit: 3元5角, 一年半, 两个半小时.
/// Whether 分 or 角 right before `at` only says how exactly a sum was paid (4.6万元一分不少, 5000元一分钱没少).
fn is_idiom(text: &Folded, at: usize) -> bool {
    let behind = at + usize::from(text.get(at) == '钱');
    matches!(text.get(behind), '之' | '不' | '没' | '也' | '都' | '未')
}

fn with_parts(text: &Folded, amount: &mut Amount, found: &mut Found) {
    let add = |amount: &mut Amount, v: f64| {
        amount.low += v;
        amount.high += v;
    };
    match found.class {
        Class::Money(_) => {
            // 6角钱, 5分钱: parts of a yuan alone.
            let worth = match found.name {
                "角钱" | "毛钱" => 0.1,
                "分钱" | "美分" => 0.01,
                _ => 1.0,
            };
            amount.low *= worth;
            amount.high *= worth;
            if let Some(n) = tenths(text, found.end).filter(|_| found.name == "块") {
                add(amount, n);
                found.end += 1;
            }
            for (mark, worth) in [('角', 0.1), ('毛', 0.1), ('分', 0.01)] {
                if let Some(n) = numeral::read(text, found.end)
                    && text.get(n.end) == mark
                    && n.low < 10.0
                    && !is_idiom(text, n.end + 1)
                {
                    add(amount, n.low * worth);
                    found.end = n.end + 1;
                    found.end += usize::from(text.get(found.end) == '钱');
                }
            }
            amount.low = (amount.low * 1e6).round() / 1e6;
            amount.high = (amount.high * 1e6).round() / 1e6;
        }
        Class::Duration => {
            let (plain, half) = match found.name {
                "个半月" => ("个月", true),
                "个半小时" | "个半钟头" => ("小时", true),
                "个多月" => ("个月", false),
                "个小时" | "个多小时" | "个钟头" => ("小时", false),
                "个星期" => ("星期", false),
                "个工作日" => ("工作日", false),
                "个交易日" => ("交易日", false),
                "个世纪" | "个多世纪" => ("世纪", false),
                "年间" | "年期" | "个年头" | "个春秋" | "个寒暑" | "载" => ("年", false),
                other => (other, false),
            };
            if found.name.contains('多') && amount.bound == Bound::Exact {
                amount.bound = Bound::Over;
            }
            if half {
                add(amount, 0.5);
            } else if plain == "天"
                && let Some(nights) = numeral::read(text, found.end)
                && text.get(nights.end) == '夜'
                && (nights.low - amount.low).abs() < 0.5
            {
                // 一天一夜.
                found.end = nights.end + 1;
            } else if matches!(plain, "年" | "天")
                && text.get(found.end) == '半'
                && !matches!(text.get(found.end + 1), '价' | '月')
            {
                add(amount, 0.5);
                found.end += 1;
            }
            found.name = plain;
            // 5年8个月 is one length.
            if plain == "年" && amount.bound == Bound::Exact {
                let at = found.end + usize::from(matches!(text.get(found.end), '〇' | '又'));
                if let Some(months) = numeral::read(text, at)
                    .filter(|n| text.has(n.end, "个月") && n.bound == Bound::Exact && n.low < 12.0)
                {
                    add(amount, ((months.low / 12.0) * 1e4).round() / 1e4);
                    found.end = months.end + 2;
                }
            }
            with_smaller(text, amount, found);
        }
        Class::Length if found.name == "米" => {
            if let Some((end, parts)) = parts_of_meter(text, amount, found.end) {
                add(amount, parts);
                amount.low = (amount.low * 100.0).round() / 100.0;
                amount.high = amount.low;
                found.end = end;
            }
        }
        Class::Age if found.name == "旬" => {
            amount.low *= 10.0;
            amount.high *= 10.0;
        }
        // 四倍半; but 一倍半价.
        Class::Age | Class::Multiple
            if text.get(found.end) == '半' && !matches!(text.get(found.end + 1), '价' | '年' | '数' | '个') =>
        {
            add(amount, 0.5);
            found.end += 1;
        }
        _ => {}
    }
    amount.end = found.end;
}

/// 2小时13分钟, 3分钟20秒, 两天6小时: one length of time, in the smaller unit.
fn with_smaller(text: &Folded, amount: &mut Amount, found: &mut Found) {
    const SMALLER: &[(&str, &str, &[&str], f64)] = &[
        ("天", "小时", &["个小时", "小时"], 24.0),
        ("小时", "分钟", &["分钟", "分"], 60.0),
        ("分钟", "秒", &["秒钟", "秒"], 60.0),
    ];
    for (larger, smaller, words, worth) in SMALLER {
        if found.name != *larger || amount.bound != Bound::Exact || amount.unknown || amount.low.fract() != 0.0 {
            continue;
        }
        let at = found.end + usize::from(matches!(text.get(found.end), '〇' | '又'));
        let Some(next) = numeral::read(text, at).filter(|n| n.low < *worth && n.bound == Bound::Exact) else {
            continue;
        };
        let Some(n) = text.one_of(next.end, words) else { continue };
        // 2小时10分球; but 4小时4分39秒.
        let end = next.end + n;
        let goes_on = || numeral::read(text, end).is_some_and(|n| text.get(n.end) == '秒');
        let whole = n > 1
            || !crate::text::is_cjk(text.get(end)) && !text.get(end).is_ascii_digit()
            || text.get(end) == '的'
            || goes_on();
        if whole {
            amount.low = amount.low * worth + next.low;
            amount.high = amount.low;
            found.end = end;
            found.name = smaller;
        }
    }
}

/// The centimetres behind 米, in metres, and where they end: 1米72, 8米5, 一米八六.
fn parts_of_meter(text: &Folded, amount: &Amount, at: usize) -> Option<(usize, f64)> {
    const HIGHEST: f64 = 100.0;
    if amount.bound != Bound::Exact || amount.low.fract() != 0.0 || amount.low > HIGHEST {
        return None;
    }
    let arabic = amount.number.arabic;
    let digit = |i: usize| numeral::digit(text.get(i)).filter(|_| text.get(i).is_ascii_digit() == arabic);
    let digits: Vec<u32> = (at..at + 3).map_while(digit).collect();
    let end = at + digits.len();
    let next = text.get(end);
    let other = numeral::is_numeral(next)
        || matches!(next, '.' | '·' | '%' | '-' | '/' | '、' | '几' | '多' | '余')
        || unit::at(text, end).is_some();
    // 一米八, of people alone where they are told in words.
    let tall = arabic || amount.number.n_digits == 1 && amount.number.scale < 10.0 && amount.low <= 2.0;
    if other || !tall {
        return None;
    }
    match digits.as_slice() {
        [tenths] if *tenths > 0 && amount.low < 10.0 => Some((end, f64::from(*tenths) / 10.0)),
        [tenths, hundredths] => Some((end, f64::from(tenths * 10 + hundredths) / 100.0)),
        _ => None,
    }
}

/// The amount as a range, if a second one stands behind a dash, a tilde, 至 or 到.
fn range(text: &Folded, first: &Amount) -> Option<Amount> {
    if first.unknown {
        return None;
    }
    if first.bound == Bound::Range {
        return of_ranges(text, first);
    }
    // 5%(含)至10%: the first end is one of them.
    let at = first.end + if text.has(first.end, "(含)") { 3 } else { 0 };
    let mark = text.get(at);
    let among = matches!(mark, '和' | '与');
    let dash = match mark {
        // 8770——9480人; a dash elsewhere.
        '—' if text.get(at + 1) == '—' && !is_wide_range(text, at) => return None,
        '—' | '~' | '至' | '到' => true,
        '-' => first.number.arabic,
        '和' | '与' => first.measured.is_some(),
        '、' => return listed(text, first),
        '以' if text.has(first.end, "以上") => return between(text, first),
        _ => return None,
    };
    if !dash {
        return None;
    }
    let mut second = single(text, at + if text.has(at, "——") { 2 } else { 1 })?;
    // 在1%和2%之间.
    if among {
        second.end += text.one_of(second.end, &["之间"])?;
    }
    // 百分之三十到四十: the second end leaves 百分之 out.
    let words = matches!(first.measured, Some(Measured::Share)) && text.has(first.number.end, "分之");
    if words && second.measured.is_none() && second.low <= 100.0 {
        second.measured = Some(Measured::Share);
    }
    if second.measured.is_none() {
        return unmeasured(first, &second).filter(|_| matches!(mark, '至' | '—' | '-' | '~'));
    }
    let fits = match (first.measured, second.measured) {
        (None, _) | (Some(Measured::Share), Some(Measured::Share)) => true,
        (Some(Measured::Unit(a)), Some(Measured::Unit(b))) => {
            a.class == b.class && (a.name == b.name || matches!(a.class, Class::Money(_)))
        }
        _ => false,
    };
    if !fits || second.unknown || second.number.bare {
        return None;
    }
    let mut low = first.low;
    let plain = second.low / second.number.scale;
    // In 20至30万 the 万 counts for both; in 9000至1万 it cannot.
    if first.measured.is_none() && first.number.scale < 10.0 && second.number.scale >= 100.0 && low < plain {
        low *= second.number.scale;
    }
    // 2—3成: tenths count for both.
    if first.measured.is_none()
        && matches!(second.measured, Some(Measured::Share))
        && text.get(second.number.end) == '成'
    {
        low *= 10.0;
    }
    // 5万元至5000元: the higher end first, where both have their unit.
    let money = |amount: &Amount| matches!(amount.class(), Some(Class::Money(_)));
    let falls = low > second.high && mark == '至' && money(first) && money(&second) && first.bound == Bound::Exact;
    if low >= second.high && !falls {
        return None;
    }
    Some(Amount {
        low: if falls { second.low } else { low },
        high: if falls { low } else { second.high },
        bound: Bound::Range,
        end: second.end,
        number_end: second.number_end,
        measured: second.measured,
        ..*first
    })
}

/// 十三四岁至十六七岁: each end is one of two.
fn of_ranges(text: &Folded, first: &Amount) -> Option<Amount> {
    if !matches!(text.get(first.end), '至' | '到' | '—' | '~') {
        return None;
    }
    let second = single(text, first.end + 1)?;
    let same = match (first.measured, second.measured) {
        (Some(Measured::Unit(a)), Some(Measured::Unit(b))) => a.name == b.name,
        _ => false,
    };
    let fits = same && !first.number.arabic && second.bound == Bound::Range && first.high <= second.low;
    fits.then_some(Amount { high: second.high, end: second.end, number_end: second.number_end, ..*first })
}

/// 20万至30万, of what stands behind both or is told before them.
fn unmeasured(first: &Amount, second: &Amount) -> Option<Amount> {
    let plain = |a: &Amount| a.measured.is_none() && a.number.scale >= 1e4 && !a.number.bare && a.bound == Bound::Exact;
    (plain(first) && plain(second) && first.low < second.high).then_some(Amount {
        high: second.high,
        bound: Bound::Range,
        end: second.end,
        number_end: second.number_end,
        ..*first
    })
}

/// Whether a dash of two characters stands between digits at `at`.
fn is_wide_range(text: &Folded, at: usize) -> bool {
    let unit = matches!(text.before(at), '元' | '亿' | '万' | '%' | '里' | '米' | '斤' | '岁' | '人' | '名');
    (unit || text.before(at).is_ascii_digit()) && text.get(at + 2).is_ascii_digit()
}

/// 5万元以上20万元以下: both ends of one range.
fn between(text: &Folded, first: &Amount) -> Option<Amount> {
    let at = first.end + 2;
    let second = single(text, at + usize::from(matches!(text.get(at), '、' | ',')))?;
    let fits = match (first.measured, second.measured) {
        (Some(Measured::Share), Some(Measured::Share)) => true,
        (Some(Measured::Unit(a)), Some(Measured::Unit(b))) => a.class == b.class && a.name == b.name,
        _ => false,
    };
    let closed = text.one_of(second.end, &["以下", "以内"])?;
    (fits && first.low < second.high && !second.unknown).then_some(Amount {
        high: second.high,
        bound: Bound::Range,
        end: second.end + closed,
        number_end: second.number_end,
        measured: second.measured,
        ..*first
    })
}

/// 二、三十人; 七、八个: two digits that follow each other.
fn listed(text: &Folded, first: &Amount) -> Option<Amount> {
    let digit = first.measured.is_none() && first.end - 1 == first.end - first.number_length(text) && first.low < 9.0;
    if !digit || first.number.arabic || first.bound != Bound::Exact {
        return None;
    }
    let second = single(text, first.end + 1)?;
    let scale = second.number.scale;
    let follows = (second.low / scale - first.low - 1.0).abs() < 1e-9;
    let counted = matches!(
        second.class(),
        Some(Class::People | Class::Money(_) | Class::Duration | Class::Age | Class::Organisations)
    );
    // 二、三元: neither the second and the third of a row (第二、三天) nor the last of one (一、二、三岁).
    let small = || {
        let before = text.before(first.end - 1);
        let alone = !matches!(before, '第' | '、' | '和' | '周' | '期') && !numeral::is_numeral(before);
        alone && matches!(second.class(), Some(Class::Money(_) | Class::Duration)) && second.bound == Bound::Exact
    };
    if !follows || !counted || scale < 10.0 && !small() {
        return None;
    }
    Some(Amount {
        low: first.low * scale,
        high: second.high,
        bound: Bound::Range,
        end: second.end,
        number_end: second.number_end,
        measured: second.measured,
        ..*first
    })
}

impl Amount {
    /// How many characters the number takes when it is one digit: 1, else 0.
    fn number_length(&self, text: &Folded) -> usize {
        usize::from(numeral::digit(text.before(self.end)).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, n_chars: usize, low: f64, high: f64) {
        let found = read(&Folded::new(text), 0).expect("an amount");
        assert_eq!((found.end, found.low, found.high), (n_chars, low, high), "{text}");
    }

    #[test]
    fn ranges_are_one() {
        check("30%~40%", 7, 30.0, 40.0);
        check("200—300元", 8, 200.0, 300.0);
        check("10亿至20亿元", 8, 1e9, 2e9);
        check("20至30万元", 7, 200_000.0, 300_000.0);
        check("9000至1万元", 8, 9000.0, 10_000.0);
        check("3万元—5万元", 7, 30_000.0, 50_000.0);
        check("3万元——5万元", 8, 30_000.0, 50_000.0);
        check("8770——9480人", 11, 8770.0, 9480.0);
        check("5万元至5000元", 9, 5000.0, 50_000.0);
        check("百分之三十到四十", 8, 30.0, 40.0);
        check("18—25岁", 6, 18.0, 25.0);
        check("二、三十人", 5, 20.0, 30.0);
        check("3-5天", 4, 3.0, 5.0);
    }

    #[test]
    fn parts() {
        check("3元5角", 4, 3.5, 3.5);
        check("一年半", 3, 1.5, 1.5);
        check("5万元以上20万元以下", 11, 50_000.0, 200_000.0);
        check("两个半小时", 5, 2.5, 2.5);
        check("2小时13分钟", 7, 133.0, 133.0);
        check("3分钟20秒", 6, 200.0, 200.0);
        check("4小时4分39秒", 8, 14_679.0, 14_679.0);
        check("25秒36获得", 5, 25.0, 25.0);
        check("55秒10列第三", 5, 55.0, 55.0);
        check("1米72的", 4, 1.72, 1.72);
        check("8米5。", 3, 8.5, 8.5);
        check("一米八六的个子", 4, 1.86, 1.86);
        check("100米12秒", 4, 100.0, 100.0);
        check("3个埃镑,", 4, 3.0, 3.0);
        check("十三四岁至十六七岁", 9, 13.0, 17.0);
        check("半年", 2, 0.5, 0.5);
        check("三个多月", 4, 3.0, 3.0);
    }

    #[test]
    fn two_amounts_stay_two() {
        check("10家，2家", 3, 10.0, 10.0);
        check("5万元以上，20户以下", 3, 50_000.0, 50_000.0);
        check("5万元以上20万元", 3, 50_000.0, 50_000.0);
        check("3万元——5人", 3, 30_000.0, 30_000.0);
        check("3万元——共5万元", 3, 30_000.0, 30_000.0);
        check("5人至3人", 2, 5.0, 5.0);
        check("3名至5户", 2, 3.0, 3.0);
    }
}
