//! Ages without a unit (今年六十八, 四十出头), and the names before those with one.

use super::amount::Amount;
use super::noun;
use crate::text::Folded;
use crate::text::numeral::{self, Bound};
use crate::text::sentence::ends_clause;

/// Bits in favour of a name right before an age.
pub(super) const NAME_BEFORE_AGE: f32 = 6.0;

/// Whether a name of two or three characters ends right before `at`, with so many bits in its favour.
pub(super) fn is_end_of_name(text: &Folded, at: usize, favour: f32) -> bool {
    (2..=3).filter(|n| at >= *n).any(|n| {
        let name = text.word(at - n, at);
        name.chars().next().is_some_and(crate::text::is_surname) && crate::text::is_plausible(name, favour)
    })
}

/// Whether a number without a unit is an age (今年六十八, 四十出头), and the years behind 有 that it has besides.
pub(super) fn age_alone(text: &Folded, from: usize, amount: &Amount) -> Option<f64> {
    if amount.number.arabic || amount.bound != Bound::Exact || !(16.0..=110.0).contains(&amount.low) {
        return None;
    }
    if amount.low % 10.0 == 0.0
        && let Some(n) = text.one_of(amount.end, &["出头", "开外"])
    {
        // 四十出头的汉子, 年纪五十开外; not 气温四十出头.
        let whom = text.get(amount.end + n) == '的' && noun::opens(text.word(amount.end + n + 1, amount.end + n + 7));
        let said = text.one_before(from, &["年纪", "岁数", "年已", "年过", "也就", "看上去"]).is_some();
        return (whom || said).then_some(0.0);
    }
    let n = text.one_before(from, &["今年", "现年", "时年", "年方", "年已", "年近"])?;
    let years = numeral::read(text, amount.end + 1).filter(|n| n.end == amount.end + 2 && n.low < 10.0);
    if let Some(years) = years.filter(|_| text.get(amount.end) == '有') {
        return ends_clause(text, amount.end + 2).then_some(years.low);
    }
    (is_somebody(text, from - n) && ends_clause(text, amount.end)).then_some(0.0)
}

/// Whether the months that end at `end` are how old a child is: 9个月的女儿, 8个月大.
pub(super) fn is_age(text: &Folded, end: usize) -> bool {
    const CHILDREN: &[&str] = &[
        "婴儿",
        "男婴",
        "女婴",
        "婴幼儿",
        "幼儿",
        "女儿",
        "儿子",
        "孩子",
        "宝宝",
        "孙子",
        "孙女",
        "外孙",
        "小女儿",
        "小儿子",
        "小孙子",
        "小孙女",
        "幼子",
        "幼女",
        "弃婴",
    ];
    let old = text.get(end) == '大' && !matches!(text.get(end + 1), '赛' | '会' | '战' | '检');
    old || text.one_of(end + usize::from(text.get(end) == '的'), CHILDREN).is_some()
}

/// Whether one person is named right before `at`; 社员今年六十八 counts them.
fn is_somebody(text: &Folded, at: usize) -> bool {
    const ELDERS: &[&str] = &[
        "老人", "老汉", "大爷", "大娘", "大妈", "奶奶", "爷爷", "师傅", "老伴", "母亲", "父亲", "妻子", "丈夫", "儿子",
        "女儿", "支书", "书记", "班长", "厂长", "老师", "老兵", "大姐", "大哥", "大嫂", "他", "她", "我", "你", "本人",
    ];
    /// Bits that a name may cost where nothing else tells it.
    const NAMED: f32 = 4.0;
    let elder = at >= 2 && text.before(at) == '老' && crate::text::is_surname(text.get(at - 2));
    let named = |n: usize| at >= n && crate::text::is_plausible(text.word(at - n, at), NAMED);
    text.one_before(at, ELDERS).is_some() || elder || named(3) || named(2)
}
