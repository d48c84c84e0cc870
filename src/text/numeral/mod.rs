//! The numeral reader: one for Arabic (3,200; 1.2; 13·4), Chinese (四百二十, 廿, 一九九八, 两三千) and mixed numbers
//! (60余万, 2万3千, 1.2亿).
//!
//! In: a [`Folded`] text (so widths are one) and the place where a number may begin. Out: its value or bounds, how it is
//! bounded by the signs inside and behind it (余 多 几 来), and where it ends. What is counted, and whether the words
//! around make it something else (第一时间, 万一), is for the caller to say.
//!
//! Method: one pass over tokens, a token being a digit, a whole Arabic number or a multiplier. Numbers below 万 add up in
//! a section, 万 and 亿 close sections; each is kept as a pair of bounds, so that 三五千 and 十二三 need no case of their
//! own. Linear, no look-back. Not read: numbers in words of other languages, Roman numerals, 甲乙丙.

mod fraction;

use crate::text::Folded;

pub use fraction::{Fraction, fraction, percent_words};

/// How the signs inside a numeral bound it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Bound {
    /// No sign.
    #[default]
    Exact,
    /// 余, 多, 几: more than it says, less than the next round number.
    Over,
    /// 来: about.
    About,
    /// 三五千, 十二三: two bounds.
    Range,
    /// 几十, 数百: several of a unit.
    Several,
}

/// A number as read.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Numeral {
    /// Past its last character.
    pub end: usize,
    /// The number, or the lower bound of a range; of 几十 and 数百 the unit (10, 100).
    pub low: f64,
    /// The number, or the upper bound of a range.
    pub high: f64,
    /// What the signs inside say.
    pub bound: Bound,
    /// Whether it begins with an Arabic digit.
    pub arabic: bool,
    /// Whether it is only multipliers (百, 千万): a number where something before it says so (近百, 上千).
    pub bare: bool,
    /// Whether it is digits in a row without a multiplier (一九九八, 九七).
    pub positional: bool,
    /// Digits of its first integer, as printed.
    pub n_digits: usize,
    /// The multiplier that is applied to all of it (30万: 10000), which in 20至30万 also counts for the 20.
    pub scale: f64,
}

impl Numeral {
    /// The number, or None for a range.
    pub fn value(&self) -> Option<f64> {
        (self.bound != Bound::Range).then_some(self.low)
    }
}

/// What a character means in a number.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Sign {
    Digit(f64),
    Small(f64),
    Large(f64),
    Other,
}

fn sign(c: char) -> Sign {
    match c {
        '〇' => Sign::Digit(0.0),
        '一' | '壹' => Sign::Digit(1.0),
        '二' | '两' | '贰' | '兩' => Sign::Digit(2.0),
        '三' | '叁' => Sign::Digit(3.0),
        '四' | '肆' => Sign::Digit(4.0),
        '五' | '伍' => Sign::Digit(5.0),
        '六' | '陆' => Sign::Digit(6.0),
        '七' | '柒' => Sign::Digit(7.0),
        '八' | '捌' => Sign::Digit(8.0),
        '九' | '玖' => Sign::Digit(9.0),
        '十' | '拾' => Sign::Small(10.0),
        '百' | '佰' => Sign::Small(100.0),
        '千' | '仟' => Sign::Small(1000.0),
        '万' | '萬' => Sign::Large(1e4),
        '亿' | '億' => Sign::Large(1e8),
        _ => Sign::Other,
    }
}

/// The value of a Chinese digit, without multipliers.
pub fn digit(c: char) -> Option<u32> {
    match sign(c) {
        Sign::Digit(d) => Some(d as u32),
        _ => c.to_digit(10),
    }
}

/// Whether `c` is a multiplier (十 百 千 万 亿).
pub fn is_multiplier(c: char) -> bool {
    matches!(sign(c), Sign::Small(_) | Sign::Large(_))
}

/// Whether two digits in a row are a range: 两三, 七八, and 三五.
fn follows(a: f64, b: f64) -> bool {
    let (a, b) = (a as i32, b as i32);
    b == a + 1 || (a, b) == (3, 5)
}

/// Whether a number may hold `c`: a digit of any kind or a multiplier.
pub fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || sign(c) != Sign::Other
}

/// Reads the number that begins at `from`.
pub fn read(text: &Folded, from: usize) -> Option<Numeral> {
    let first = text.get(from);
    if !is_numeral(first) && !matches!(first, '几' | '数') {
        return None;
    }
    text.number_at(from, || {
        let number = Reader { text, at: from, from, ..Reader::default_at(text) }.read();
        // Hundreds of digits in a row are no number that a text speaks of, and have no value.
        number.filter(|n| n.low.is_finite() && n.high.is_finite())
    })
}

/// Without the dust of binary fractions: 1357.9亿 is 135,790,000,000.
fn tidy(value: f64) -> f64 {
    let whole = value.round();
    if value >= 1000.0 && (value - whole).abs() < value * 1e-12 { whole } else { value }
}

struct Reader<'t> {
    text: &'t Folded,
    from: usize,
    at: usize,
    /// Sum of the closed sections of 万 and 亿, as bounds.
    total: (f64, f64),
    /// What stands before 兆.
    trillions: (f64, f64),
    /// The open section below 万.
    section: (f64, f64),
    /// The digit or Arabic number that no multiplier has taken yet.
    open: Option<(f64, f64)>,
    /// The last multiplier; 0 before the first.
    last: f64,
    /// The last of 万 and 亿.
    last_large: f64,
    /// Product of the multipliers behind the only number, while there is only one.
    scale: f64,
    n_numbers: usize,
    any_digit: bool,
    zero: bool,
    positional: bool,
    n_digits: usize,
    bound: Bound,
}

impl<'t> Reader<'t> {
    fn default_at(text: &'t Folded) -> Self {
        Self {
            text,
            from: 0,
            at: 0,
            total: (0.0, 0.0),
            trillions: (0.0, 0.0),
            section: (0.0, 0.0),
            open: None,
            last: 0.0,
            last_large: 0.0,
            scale: 1.0,
            n_numbers: 0,
            any_digit: false,
            zero: false,
            positional: false,
            n_digits: 0,
            bound: Bound::Exact,
        }
    }

    fn read(mut self) -> Option<Numeral> {
        let first = self.text.get(self.from);
        let arabic = first.is_ascii_digit();
        if matches!(first, '几' | '数') {
            // 几十, 数百万: several tens; a lone 几 is no number.
            if !is_multiplier(self.text.get(self.at + 1)) {
                return None;
            }
            self.bound = Bound::Several;
            self.open = Some((1.0, 1.0));
            self.any_digit = true;
            self.n_numbers = 1;
            self.at += 1;
        }
        while self.step() {}
        if self.at == self.from {
            return None;
        }
        self.take_last_digit();
        // 百十家: a hundred or so.
        let so = self.at == self.from + 2 && self.text.has(self.from, "百十");
        if so {
            (self.section, self.bound) = ((100.0, 100.0), Bound::About);
        }
        let low = tidy(self.trillions.0 + self.total.0 + self.section.0);
        let high = tidy(self.trillions.1 + self.total.1 + self.section.1);
        let bare = !self.any_digit && self.text.get(self.from) != '十';
        let mut end = self.at;
        if let Some(bound) = self.sign_behind() {
            end += 1;
            if self.bound != Bound::Several && self.bound != Bound::Range {
                self.bound = bound;
            }
        }
        if low < high {
            self.bound = Bound::Range;
        }
        Some(Numeral {
            end,
            low,
            high,
            bound: self.bound,
            arabic,
            bare,
            positional: self.positional,
            n_digits: self.n_digits,
            scale: if self.n_numbers == 1 { self.scale } else { 1.0 },
        })
    }

    /// Takes one token; false where the number ends.
    fn step(&mut self) -> bool {
        let c = self.text.get(self.at);
        if c.is_ascii_digit() {
            return self.arabic();
        }
        match sign(c) {
            Sign::Digit(_) => self.digits(),
            Sign::Small(m) => self.small(m),
            Sign::Large(m) => self.large(m),
            Sign::Other => {
                self.inner_sign(c)
                    || (c == '点' && self.decimals())
                    || (c == '单' && self.odd_one())
                    || (c == '兆' && self.trillion())
            }
        }
    }

    /// 一百单八: 单 stands for the 〇 before the last digit.
    fn odd_one(&mut self) -> bool {
        let hundreds = self.last as u32 == 100 && self.open.is_none();
        let digit = matches!(sign(self.text.get(self.at + 1)), Sign::Digit(d) if d > 0.0);
        // 接了两百单三天没休息: orders.
        let counts = matches!(self.text.get(self.at + 2), '人' | '将' | '名' | '回' | '岁' | '户' | '元');
        let found = hundreds && digit && counts;
        if found {
            self.zero = true;
            self.at += 1;
        }
        found
    }

    /// 2兆日元, 1兆3000亿日元: 兆 multiplies yen and won alone.
    fn trillion(&mut self) -> bool {
        const LONGEST: usize = 8;
        let Some(open) = self.open.filter(|_| self.total.0 == 0.0 && self.bound == Bound::Exact) else { return false };
        let more = |i: &usize| is_numeral(self.text.get(*i)) || matches!(self.text.get(*i), '.' | '·' | '多' | '余');
        let rest = (self.at + 1..self.at + 1 + LONGEST).take_while(more).count();
        if self.text.one_of(self.at + 1 + rest, &["日元", "日圆", "韩元", "韩圆"]).is_none() {
            return false;
        }
        self.trillions = ((self.section.0 + open.0) * 1e12, (self.section.1 + open.1) * 1e12);
        self.section = (0.0, 0.0);
        self.open = None;
        self.last = 1e12;
        self.scale *= 1e12;
        self.zero = false;
        self.at += 1;
        true
    }

    /// Whether a decimal point stands at `at`, also one that was read as a full stop (5。5万), where what follows tells.
    fn is_point(&self, at: usize) -> bool {
        const LONGEST: usize = 3;
        let digit = |i: usize| self.text.get(i).is_ascii_digit();
        match self.text.get(at) {
            '.' | '·' => digit(at + 1),
            '。' if digit(at + 1) => {
                let end = (at + 1..at + 2 + LONGEST).find(|&i| !digit(i));
                end.is_some_and(|end| matches!(self.text.get(end), '万' | '亿' | '%'))
            }
            _ => false,
        }
    }

    /// An Arabic number with its commas and decimals, at the start or behind a multiplier (2万3千, 1亿2000万).
    fn arabic(&mut self) -> bool {
        if self.open.is_some() || (self.at > self.from && self.last == 0.0) || self.bound != Bound::Exact {
            return false;
        }
        let start = self.at;
        let mut at = start;
        let mut value = 0.0f64;
        let mut n_digits = 0;
        while let Some(d) = self.text.get(at).to_digit(10) {
            value = value * 10.0 + f64::from(d);
            at += 1;
            n_digits += 1;
            let mark = self.text.get(at);
            let group = (mark == ',' || mark == ' ' && self.is_gap(start, at))
                && (1..4).all(|k| self.text.get(at + k).is_ascii_digit())
                && !self.text.get(at + 4).is_ascii_digit()
                && self.groups_fit(start, at, mark);
            if group {
                at += 1;
            }
        }
        if self.is_point(at) {
            let mut place = 0.1;
            let mut after = at + 1;
            let mut fraction = 0.0;
            let mut n = 0;
            while let Some(d) = self.text.get(after).to_digit(10) {
                fraction += f64::from(d) * place;
                place /= 10.0;
                after += 1;
                n += 1;
            }
            // 2018.8.10 and 10.0.0.1 are no numbers.
            if matches!(self.text.get(after), '.' | '·') && self.text.get(after + 1).is_ascii_digit() {
                if start == self.from {
                    self.at = self.from;
                }
                return false;
            }
            // Rounded at the last printed place, so that 3.3 is 3.3.
            let shift = 10f64.powi(n.min(15));
            value += (fraction * shift).round() / shift;
            value = (value * shift).round() / shift;
            at = after;
        }
        // Behind a multiplier only a smaller number belongs to it: 1万2000, not 3万 9000.
        if start > self.from {
            let room = if self.last >= 1e4 { self.last } else { self.last.max(10.0) };
            let closes = is_multiplier(self.text.get(at)) || n_digits >= 3;
            if value >= room || !closes {
                return false;
            }
        }
        if start == self.from {
            self.n_digits = n_digits;
        }
        self.open = Some((value, value));
        self.n_numbers += 1;
        self.any_digit = true;
        self.at = at;
        true
    }

    /// Whether the blank at `at` may part thousands (1 280人): nothing numbers what stands before it (图1 120名职工), and
    /// what is counted follows the last of the groups.
    fn is_gap(&self, start: usize, at: usize) -> bool {
        const GROUP: usize = 4;
        let before = self.text.before(start);
        let counts =
            crate::text::is_cjk(before) && !"图表版第月日年号例附".contains(before) || matches!(before, ',' | '。');
        let group = |i: usize| self.text.get(i) == ' ' && (1..GROUP).all(|k| self.text.get(i + k).is_ascii_digit());
        let mut end = at;
        while group(end) {
            end += GROUP;
        }
        let next = self.text.get(end);
        counts && self.text.get(start) != '0' && end > at && (crate::text::is_cjk(next) || self.is_point(end))
    }

    /// Whether the `mark` at `at` parts thousands: one to three digits before the first, three before every other.
    fn groups_fit(&self, start: usize, at: usize, mark: char) -> bool {
        let since = (start..at).rev().take_while(|&i| self.text.get(i) != mark).count();
        let first = (start..at).all(|i| self.text.get(i) != mark);
        if first { since <= 3 } else { since == 3 }
    }

    /// Chinese digits in a row: one, a pair that is a range (两三, 三五), or a number written digit by digit (一九九八).
    fn digits(&mut self) -> bool {
        if self.open.is_some() || self.bound == Bound::Over {
            return false;
        }
        let mut row = [0.0f64; 12];
        let mut n = 0;
        while n < row.len() {
            let Sign::Digit(d) = sign(self.text.get(self.at + n)) else {
                // 二00八年: zeros typed as figures.
                if n > 0 && self.text.get(self.at + n) == '0' && self.figure_is_zero(self.at + n) {
                    row[n] = 0.0;
                    n += 1;
                    continue;
                }
                break;
            };
            row[n] = d;
            n += 1;
        }
        let mut skipped = 0;
        // 一千〇五: the zero only holds a place.
        if self.last > 0.0 && n > 1 && row[0] == 0.0 {
            self.zero = true;
            skipped = 1;
        }
        let row = &row[skipped..n];
        let pair = match row {
            [one] => (*one, *one),
            [a, b] if *a > 0.0 && follows(*a, *b) => (*a, *b),
            many => {
                if self.last > 0.0 {
                    return false;
                }
                self.positional = true;
                let value = many.iter().fold(0.0, |v, d| v * 10.0 + d);
                (value, value)
            }
        };
        if self.at == self.from {
            self.n_digits = row.len();
        }
        self.open = Some(pair);
        self.n_numbers += 1;
        self.any_digit = true;
        self.at += n;
        true
    }

    /// Whether the figures 0 from `at` on stand for 〇 in a year: a digit in words or 年 follows them.
    fn figure_is_zero(&self, at: usize) -> bool {
        const LONGEST: usize = 2;
        let end = (at..=at + LONGEST).find(|&i| self.text.get(i) != '0');
        end.is_some_and(|end| matches!(sign(self.text.get(end)), Sign::Digit(_)) || self.text.get(end) == '年')
    }

    /// 点 and the decimals behind it, in Chinese digits; not where it is a time (三点五分, 八点三十).
    fn decimals(&mut self) -> bool {
        if !self.any_digit && self.section.0 == 0.0 || self.text.get(self.from).is_ascii_digit() {
            return false;
        }
        let mut at = self.at + 1;
        let mut place = 0.1;
        let mut fraction = 0.0;
        let mut n = 0;
        while let Sign::Digit(d) = sign(self.text.get(at)) {
            if self.text.get(at) == '两' {
                return false;
            }
            fraction += d * place;
            place /= 10.0;
            at += 1;
            n += 1;
        }
        if n == 0 || n > 9 || matches!(self.text.get(at), '十' | '刻' | '分' | '钟' | '整' | '半' | '线') {
            return false;
        }
        let shift = 10f64.powi(n);
        let (low, _) = self.open.unwrap_or((0.0, 0.0));
        let value = ((self.section.0 + low + fraction) * shift).round() / shift;
        self.section = (0.0, 0.0);
        self.open = Some((value, value));
        self.last = 0.0;
        self.zero = true;
        self.at = at;
        true
    }

    fn small(&mut self, m: f64) -> bool {
        // 30万千瓦: of the unit, and no multiplier.
        if m >= 1e3 && self.last >= 1e4 && matches!(self.text.get(self.at + 1), '瓦' | '克' | '米' | '伏' | '卡' | '赫')
        {
            return false;
        }
        let open = match self.open.take() {
            Some(pair) => pair,
            None if self.section.0 == 0.0 && self.last != 0.0 && self.last < 1e4 => return false,
            None if self.section.0 > 0.0 => {
                // 几十百, 千百: multipliers in a row that are no number together.
                if self.last < 1e4 && self.last > 0.0 && m >= self.last {
                    return false;
                }
                (1.0, 1.0)
            }
            None => (1.0, 1.0),
        };
        if self.last != 0.0 && self.last < 1e4 && m >= self.last {
            self.open = Some(open);
            return false;
        }
        self.section.0 += open.0 * m;
        self.section.1 += open.1 * m;
        self.last = m;
        self.scale *= m;
        self.zero = false;
        self.n_numbers = self.n_numbers.max(1);
        self.at += 1;
        true
    }

    fn large(&mut self, m: f64) -> bool {
        let open = self.open.take().unwrap_or((0.0, 0.0));
        let mut section = (self.section.0 + open.0, self.section.1 + open.1);
        let nothing_yet = section.0 == 0.0 && self.total.0 == 0.0;
        if nothing_yet {
            if self.any_digit {
                self.open = Some(open);
                return false;
            }
            section = (1.0, 1.0);
        }
        if m >= 1e8 {
            if self.last_large >= 1e8 {
                self.open = (open.0 != 0.0).then_some(open);
                return false;
            }
            self.total = ((self.total.0 + section.0) * m, (self.total.1 + section.1) * m);
        } else {
            if self.last_large > 0.0 && (self.last_large < 1e8 || section.0 == 0.0) {
                self.open = (open.0 != 0.0).then_some(open);
                return false;
            }
            self.total = (self.total.0 + section.0 * m, self.total.1 + section.1 * m);
        }
        self.section = (0.0, 0.0);
        self.last = m;
        self.last_large = if self.last_large > 0.0 && m >= 1e8 { 1e8 } else { m };
        self.scale *= m;
        self.zero = false;
        self.n_numbers = self.n_numbers.max(1);
        self.at += 1;
        true
    }

    /// 余, 多, 几 or 来 between a number and the multiplier that it is counted in (60余万, 二十几亿, 三百多万).
    fn inner_sign(&mut self, c: char) -> bool {
        let bound = match c {
            '余' | '多' | '几' => Bound::Over,
            '来' => Bound::About,
            _ => return false,
        };
        if self.at == self.from
            || self.bound != Bound::Exact
            || !matches!(sign(self.text.get(self.at + 1)), Sign::Large(_))
        {
            return false;
        }
        self.bound = bound;
        self.at += 1;
        true
    }

    /// The sign behind the number: 余, 多, 几 or 来, where it is one and not the start of a word.
    fn sign_behind(&self) -> Option<Bound> {
        let next = self.text.get(self.at + 1);
        match self.text.get(self.at) {
            '余' => (!matches!(next, '额' | '热' | '波' | '粮' | '震' | '音')).then_some(Bound::Over),
            '多' => (!matches!(next, '少' | '样' | '数' | '么' | '彩' | '方' | '边')).then_some(Bound::Over),
            '几' => (self.last >= 10.0 && self.open.is_none()).then_some(Bound::Over),
            '来' => {
                let round = self.last >= 10.0 || (self.section.0 + self.total.0) % 10.0 == 0.0;
                (round
                    && !matches!(
                        next,
                        '到' | '自' | '源' | '往' | '临' | '了' | '说' | '看' | '宾' | '华' | ',' | '。'
                    ))
                .then_some(Bound::About)
            }
            // 百把人, 万把块钱.
            '把' => {
                let alone = self.at == self.from + 1 && matches!(self.text.get(self.from), '百' | '千' | '万');
                (alone && matches!(next, '人' | '块' | '元' | '个' | '斤' | '亩' | '里' | '户' | '名' | '年' | '天'))
                    .then_some(Bound::About)
            }
            _ => None,
        }
    }

    /// The digit behind the last multiplier: 十五 is 15, 一千〇五 1005, 两万三 23,000.
    fn take_last_digit(&mut self) {
        let Some((low, high)) = self.open.take() else { return };
        let one =
            self.last > 10.0 && !self.zero && low > 0.0 && low < 10.0 && !self.text.before(self.at).is_ascii_digit();
        let factor = if one { self.last / 10.0 } else { 1.0 };
        self.section.0 += low * factor;
        self.section.1 += high * factor;
        self.scale = if self.last == 0.0 { self.scale } else { 1.0 };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str, low: f64, high: f64, bound: Bound) {
        let folded = Folded::new(text);
        let read = read(&folded, 0).expect("a number");
        let as_printed = &text[..folded.end_byte(read.end, text)];
        assert_eq!((as_printed, read.low, read.high, read.bound), (expected, low, high, bound));
    }

    #[track_caller]
    fn exact(text: &str, value: f64) {
        check(text, text, value, value, Bound::Exact);
    }

    #[test]
    fn arabic() {
        exact("1236", 1236.0);
        exact("１２３６", 1236.0);
        exact("3,200", 3200.0);
        exact("12,345,678", 12_345_678.0);
        exact("3.2", 3.2);
        exact("8.7", 8.7);
        exact("６２４·８６４万亿", 624.864e12);
        exact("１１７．６万", 1_176_000.0);
        exact("1.2亿", 1.2e8);
        exact("2万3千", 23_000.0);
        exact("1亿2000万", 1.2e8);
        exact("3万5000", 35_000.0);
        exact("5千万", 5e7);
        exact("2千3百万", 2.3e7);
        check("1236,24家", "1236", 1236.0, 1236.0, Bound::Exact);
        check("1236,240家", "1236", 1236.0, 1236.0, Bound::Exact);
        check("1 280", "1", 1.0, 1.0, Bound::Exact);
        check("3万 2000", "3万", 30_000.0, 30_000.0, Bound::Exact);
    }

    #[test]
    fn blanks_between_thousands() {
        let end = |text: &str| {
            read(&Folded::new(text), text.chars().position(|c| c.is_ascii_digit()).unwrap()).map(|n| (n.end, n.low))
        };
        assert_eq!(end("职工1 280人"), Some((7, 1280.0)));
        assert_eq!(end("工资1 058 600元"), Some((11, 1_058_600.0)));
        assert_eq!(end("图1 120名"), Some((2, 1.0)));
        assert_eq!(end("职工1280 300人"), Some((6, 1280.0)));
        assert_eq!(end("职工1 280"), Some((3, 1.0)));
    }

    #[test]
    fn digits_without_end_are_no_number() {
        assert_eq!(read(&Folded::new(&"9".repeat(400)), 0), None);
        assert_eq!(read(&Folded::new(&format!("{}万亿", "9".repeat(300))), 0), None);
        exact(&"9".repeat(16), 1e16);
    }

    #[test]
    fn chinese() {
        exact("十", 10.0);
        exact("十五", 15.0);
        exact("二百二十五", 225.0);
        exact("一千〇五", 1005.0);
        exact("一千零五十", 1050.0);
        exact("七千万", 7e7);
        exact("四百二十万", 4.2e6);
        exact("十二亿五千万", 1.25e9);
        exact("一万亿", 1e12);
        exact("两万三", 23_000.0);
        exact("一百五", 150.0);
        exact("一百五十", 150.0);
        exact("一九九八", 1998.0);
        exact("二○一八", 2018.0);
        exact("二00八", 2008.0);
        exact("三十点五", 30.5);
        exact("一点三万", 13_000.0);
        exact("壹万贰仟", 12_000.0);
        check("2兆日元", "2兆", 2e12, 2e12, Bound::Exact);
        check("1兆3000亿日元", "1兆3000亿", 1.3e12, 1.3e12, Bound::Exact);
        check("2兆瓦", "2", 2.0, 2.0, Bound::Exact);
        check("百十家", "百十", 100.0, 100.0, Bound::About);
        check("一百一十家", "一百一十", 110.0, 110.0, Bound::Exact);
    }

    #[test]
    fn signs() {
        check("60余万人", "60余万", 600_000.0, 600_000.0, Bound::Over);
        check("一点三万多名", "一点三万多", 13_000.0, 13_000.0, Bound::Over);
        check("十几年", "十几", 10.0, 10.0, Bound::Over);
        check("二十几万", "二十几万", 200_000.0, 200_000.0, Bound::Over);
        check("十来天", "十来", 10.0, 10.0, Bound::About);
        check("1998来到", "1998", 1998.0, 1998.0, Bound::Exact);
        check("数百万元", "数百万", 1e6, 1e6, Bound::Several);
        check("几十个", "几十", 10.0, 10.0, Bound::Several);
        check("１１·４万多亿", "１１·４万多亿", 11.4e12, 11.4e12, Bound::Over);
        check("百余元", "百余", 100.0, 100.0, Bound::Over);
    }

    #[test]
    fn ranges_in_one_numeral() {
        check("两三千人", "两三千", 2000.0, 3000.0, Bound::Range);
        check("三五千", "三五千", 3000.0, 5000.0, Bound::Range);
        check("十二三岁", "十二三", 12.0, 13.0, Bound::Range);
        check("七八十", "七八十", 70.0, 80.0, Bound::Range);
        check("四五十万", "四五十万", 400_000.0, 500_000.0, Bound::Range);
        check("一两个", "一两", 1.0, 2.0, Bound::Range);
    }

    #[test]
    fn no_numbers() {
        for text in ["几个", "数名", "工会", "", "点五", "余下"] {
            assert_eq!(read(&Folded::new(text), 0), None, "{text}");
        }
        let bare = read(&Folded::new("千万"), 0).unwrap();
        assert!(bare.bare);
        check("三点五分", "三", 3.0, 3.0, Bound::Exact);
        check("八点三十分", "八", 8.0, 8.0, Bound::Exact);
    }

    #[test]
    fn hostile_rows_end() {
        for text in
            ["9".repeat(100_000), "一".repeat(100_000), "万".repeat(100_000), "1,".repeat(50_000), "十".repeat(9)]
        {
            let read = read(&Folded::new(&text), 0);
            assert!(read.is_none_or(|n| n.end <= text.len()));
        }
    }
}
