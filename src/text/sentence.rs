//! Where sentences and clauses end.
//!
//! Works on a [`Folded`] text, so both widths of a mark count. A full stop between digits (3.5) ends nothing,
//! and neither does a dash (200—300).

use crate::text::{Folded, folded::NOTHING, is_common_ideograph};

/// Whether the character at `index` ends a sentence.
#[inline]
pub fn ends_sentence(text: &Folded, index: usize) -> bool {
    is_sentence_end(text.get(index))
}

#[inline]
fn is_sentence_end(c: char) -> bool {
    !is_common_ideograph(c) && matches!(c, '。' | '!' | '?' | '…' | '\n' | NOTHING)
}

/// Whether the character at `index` ends a clause: a sentence's end, or a comma, semicolon, colon, dash, bracket or blank.
///
/// A comma, a stop or a dash between two digits is part of a number.
#[inline]
pub fn ends_clause(text: &Folded, index: usize) -> bool {
    !is_common_ideograph(text.get(index)) && is_clause_mark(text, index)
}

fn is_clause_mark(text: &Folded, index: usize) -> bool {
    match text.get(index) {
        ',' | '.' => {
            let digits = text.before(index).is_ascii_digit() && text.get(index + 1).is_ascii_digit();
            // In 1236人,24家 the comma stands behind a character; in 3,200 between digits.
            !digits
        }
        ':' => !text.get(index + 1).is_ascii_digit(),
        // 200—300元, 波音737—800型.
        '—' => !(text.before(index).is_ascii_digit() && text.get(index + 1).is_ascii_digit()),
        ';' | '(' | ')' | ' ' | '[' | ']' | '【' | '】' | '|' => true,
        c => is_sentence_end(c),
    }
}

/// The first character of the clause that `index` stands in, at most `reach` characters back.
pub fn clause_start(text: &Folded, index: usize, reach: usize) -> usize {
    let floor = index.saturating_sub(reach);
    let mut at = index;
    while at > floor {
        let before = text.get(at - 1);
        if is_common_ideograph(before) {
            at -= 1;
        } else if before == ')' {
            // What stands in brackets inside a clause does not end it: 城镇(农村)居民.
            match (floor..at - 1).rev().find(|&i| text.get(i) == '(') {
                Some(open) => at = open,
                None => break,
            }
        } else if is_clause_mark(text, at - 1) {
            break;
        } else {
            at -= 1;
        }
    }
    at
}

/// The end of the clause that `index` stands in, at most `reach` characters on.
pub fn clause_end(text: &Folded, index: usize, reach: usize) -> usize {
    let cap = (index + reach).min(text.len());
    let mut at = index;
    while at < cap && !ends_clause(text, at) {
        at += 1;
    }
    at
}

/// The first character of the sentence that `index` stands in, at most `reach` characters back.
pub fn sentence_start(text: &Folded, index: usize, reach: usize) -> usize {
    let floor = index.saturating_sub(reach);
    let mut at = index;
    while at > floor && !ends_sentence(text, at - 1) {
        at -= 1;
    }
    at
}

/// The end of the sentence that `index` stands in, at most `reach` characters on.
pub fn sentence_end(text: &Folded, index: usize, reach: usize) -> usize {
    let cap = (index + reach).min(text.len());
    (index..cap).find(|&i| ends_sentence(text, i)).unwrap_or(cap)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, at: &str, clause: &str) {
        let folded = Folded::new(text);
        let index = (0..folded.len()).find(|&i| folded.has(i, at)).unwrap();
        let found = folded.word(clause_start(&folded, index, 99), clause_end(&folded, index, 99));
        assert_eq!(found, clause);
    }

    #[test]
    fn clauses() {
        check("今年，新增会员3,200人；新建工会24家。", "新增", "新增会员3,200人");
        check("共1236人,24家企业", "24家", "24家企业");
        check("增长3.5%，其中", "增长", "增长3.5%");
        check("于9:30开始", "开始", "于9:30开始");
        check("经费(人均2元)增长", "2元", "人均2元");
        check("今年，城镇(农村)居民标准", "标准", "城镇(农村)居民标准");
    }

    #[test]
    fn reach_is_a_cap() {
        let folded = Folded::new(&"工".repeat(100));
        assert_eq!(clause_start(&folded, 90, 10), 80);
        assert_eq!(clause_end(&folded, 10, 10), 20);
        assert_eq!(sentence_start(&folded, 90, 10), 80);
    }
}
