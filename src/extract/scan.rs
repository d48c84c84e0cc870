//! The one pass over a block that finds where numbers and dates begin.
//!
//! In: a block's text. Out: its facts, in the order of the text. Each character is looked up once in a table of triggers;
//! only at a trigger does a grammar read on, and the scan goes on behind what it read. So the cost is linear, whatever the
//! text.

use super::{date, quantity};
use crate::record::Fact;
use crate::text::Folded;

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

fn trigger(c: char) -> Trigger {
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
        '今' | '去' | '前' | '明' | '昨' | '后' | '当' | '本' | '上' | '下' | '同' | '次' | '翌' | '近' | '日'
        | '不' | '年' | '岁' | '月' | '这' | '第' | '首' | '“' | '"' | '大' | '来' | '星' | '公' | '春' | '新'
        | '除' | '元' | '端' | '中' | '清' | '劳' | '国' | '午' | '凌' | '早' | '傍' | '深' | '夜' | '晚' | '正'
        | '腊' | '农' => Trigger::Word,
        '翻' => Trigger::Doubled,
        _ => Trigger::None,
    }
}

/// Reads the facts of one block.
pub(super) fn block(number: u32, printed: &str, folded: &Folded, dates: &mut date::Reader, facts: &mut Vec<Fact>) {
    dates.restart();
    let mut candidates = Vec::new();
    let mut dated = Vec::new();
    let mut at = 0;
    let mut floor = 0;
    while at < folded.len() {
        let trigger = trigger(folded.get(at));
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
    quantity::complete(folded, printed, number, &candidates, &dated, facts);
}
