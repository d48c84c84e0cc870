//! The one pass over a block that finds where numbers and dates begin.
//!
//! In: a block's text. Out: its facts, in the order of the text. Each character is looked up once in a table of triggers;
//! only at a trigger does a grammar read on, and the scan goes on behind what it read. So the cost is linear, whatever the
//! text.

use std::sync::LazyLock;

use super::{date, quantity};
use crate::record::Fact;
use crate::text::{CharFilter, Folded, PairFilter};

/// What may begin at a character.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trigger {
    None,
    /// A number, or 几, 数, 半.
    Number,
    /// A word for a date.
    Word,
    /// 翻一番.
    Doubled,
}

fn trigger(c: char, next: char) -> Trigger {
    match c {
        '0'..='9'
        | '〇'
        | '一'
        | '二'
        | '两'
        | '三'
        | '四'
        | '五'
        | '六'
        | '七'
        | '八'
        | '九'
        | '十'
        | '百'
        | '千'
        | '万'
        | '亿'
        | '几'
        | '数'
        | '半'
        | '若'
        | '壹'
        | '贰'
        | '叁'
        | '肆'
        | '伍'
        | '陆'
        | '柒'
        | '捌'
        | '玖'
        | '拾'
        | '佰'
        | '仟' => Trigger::Number,
        '翻' => Trigger::Doubled,
        '昨' | '翌' | '“' | '"' | '第' => Trigger::Word,
        _ if PAIRS.may_hold(c, next) && (second(c).contains(next) || date::opens_reign(c, next)) => Trigger::Word,
        _ => Trigger::None,
    }
}

/// The second characters of the date words that begin with `c`: most places of 上, 国 or 中 begin none.
fn second(c: char) -> &'static str {
    match c {
        '今' => "年天日晨早晚夜午春夏秋冬",
        '去' => "年春夏秋冬",
        '前' => "年天日晚不段一二两三四五六七八九十123456789",
        '明' => "年天日晨早晚春夏秋冬",
        '后' => "年天",
        '当' => "年天日晚夜月",
        '本' => "年月周世",
        '上' => "年一月个周星半午世",
        '下' => "一月个周星半午世",
        '同' => "年日一月",
        '次' => "年日",
        '近' => "年些日期",
        '日' => "前",
        '大' => "前年",
        '初' => "一二三四五六七八九十",
        '不' => "久",
        '年' | '月' => "初底末",
        '岁' => "末",
        '这' => "个周",
        '首' => "季",
        '来' => "年",
        '星' => "期",
        '周' => "一二三四五六日",
        '公' => "元",
        '春' => "节",
        '新' => "春年",
        '除' => "夕",
        '元' => "旦宵月",
        '端' => "午",
        '中' => "秋午",
        '清' => "明晨",
        '劳' => "动",
        '国' => "庆",
        '午' | '深' => "夜",
        '凌' => "晨",
        '早' => "晨上",
        '傍' => "晚",
        '夜' => "间里",
        '晚' => "上间",
        '正' | '腊' | '冬' => "月",
        '农' | '阴' | '夏' => "历",
        _ => "",
    }
}

/// The first two characters of date words: most places have neither these nor those.
static PAIRS: LazyLock<PairFilter> = LazyLock::new(|| {
    let words = ('\0'..='\u{FFFF}').flat_map(|first| second(first).chars().map(move |second| (first, second)));
    PairFilter::new(words.chain(date::reigns()))
});

/// The characters at which something may begin. Most places of a text are ruled out by it.
static OPENINGS: LazyLock<CharFilter> = LazyLock::new(|| {
    let opens = |c: &char| trigger(*c, '\0') != Trigger::None || !second(*c).is_empty();
    CharFilter::new(('\0'..='\u{FFFF}').filter(opens).chain(date::reigns().map(|(first, _)| first)))
});

/// What was found in a block, in memory that serves one block after the other.
#[derive(Default)]
pub(super) struct Found {
    candidates: Vec<quantity::Candidate>,
    /// From and to which character each date stands.
    dated: Vec<(usize, usize)>,
}

/// Reads the facts of one block.
pub(super) fn block(
    number: u32,
    printed: &str,
    folded: &Folded,
    dates: &mut date::Reader,
    found: &mut Found,
    facts: &mut Vec<Fact>,
) {
    dates.restart();
    let Found { candidates, dated } = found;
    candidates.clear();
    dated.clear();
    let mut at = 0;
    let mut floor = 0;
    let openings = &*OPENINGS;
    let chars = folded.chars();
    while let Some(ahead) = chars[at.min(chars.len())..].iter().position(|&c| openings.may_hold(c)) {
        at += ahead;
        let trigger = trigger(folded.get(at), folded.get(at + 1));
        if trigger == Trigger::None {
            at += 1;
            continue;
        }
        if trigger == Trigger::Doubled {
            if let Some(found) = quantity::doubled(folded, at) {
                at = found.end;
                floor = at;
                candidates.push(found);
            } else {
                at += 1;
            }
            continue;
        }
        if let Some((end, fact)) = dates.read(folded, printed, at, number) {
            dated.push((at, end));
            facts.push(fact);
            at = end.max(at + 1);
            floor = at;
            continue;
        }
        if trigger == Trigger::Number {
            let step = quantity::read(folded, at, floor);
            at = step.end.max(at + 1);
            if let Some(found) = step.found {
                floor = found.end;
                candidates.push(found);
            }
            continue;
        }
        at += 1;
    }
    quantity::complete(folded, printed, number, candidates, dated, facts);
}
