//! 直接引语: direct speech between quotation marks.
//!
//! In: a block. Out: the spans of direct speech, marks included. Words that are only set off (“小二级”工会, “娘家”) are
//! no speech: speech holds or ends in a mark of a sentence, or stands behind a verb of saying and a colon.
//!
//! Marks are paired with a stack, in one pass. A mark that is never closed gives nothing, unless it opens its block: a
//! speech of several paragraphs opens each of them and closes the last alone.

use crate::text::{Span, is_sentence_end};

use super::{Scan, border};

/// Marks that may stand inside each other before the outermost are forgotten.
const DEEPEST: usize = 8;

/// Fewest characters between the marks that make speech without a mark of a sentence at the end.
const SHORTEST_SPEECH: usize = 8;
/// Fewest characters of speech that a verb of saying and a comma lead in and that ends its clause.
const SHORTEST_LED: usize = 5;

/// Reads the direct speech of a block.
pub(super) fn read(scan: &Scan<'_>) -> Vec<Span> {
    let text = scan.text;
    let mut spans: Vec<Span> = Vec::new();
    let mut open: Vec<(usize, char)> = Vec::new();
    if scan.heading {
        return spans;
    }
    for &(at, c) in &scan.landmarks.marks {
        let at = at as usize;
        let closes = match c {
            '“' | '「' | '『' => {
                if open.len() == DEEPEST {
                    open.remove(0);
                }
                open.push((at, c));
                continue;
            }
            '"' if !open.iter().any(|(_, o)| *o == '"') => {
                if open.len() < DEEPEST {
                    open.push((at, c));
                }
                continue;
            }
            '”' => '“',
            '」' => '「',
            '』' => '『',
            '"' => '"',
            _ => continue,
        };
        let Some(depth) = open.iter().rposition(|(_, o)| *o == closes) else { continue };
        let start = open[depth].0;
        open.truncate(depth);
        let span = Span::new(start, at + c.len_utf8());
        if is_speech(text, span) {
            // Speech inside speech belongs to the outer one.
            while spans.last().is_some_and(|s| s.start > span.start) {
                spans.pop();
            }
            spans.push(span);
        }
    }
    if let Some(&(start, mark)) = open.first()
        && start == 0
        && text[mark.len_utf8()..].ends_with(is_sentence_end)
        && spans.first().is_none_or(|s| s.start != 0)
    {
        let span = Span::new(0, text.len());
        spans.clear();
        spans.push(span);
    }
    spans
}

/// Whether what stands between the marks is speech.
fn is_speech(text: &str, span: Span) -> bool {
    let whole = span.of(text);
    let inner = {
        let mut chars = whole.chars();
        chars.next();
        chars.next_back();
        chars.as_str()
    };
    if inner.is_empty() {
        return false;
    }
    let letters = inner.chars().count();
    let ends_a_sentence = inner.ends_with(is_sentence_end);
    let comma_closes = inner.ends_with([',', '，']);
    let before = border::before(text, span.start as usize);
    let led_by_colon = matches!(before, Some(':' | '：'));
    // A question or an exclamation may be a slogan: 喊出“加油!”的口号 is none, so what follows decides.
    let attributive = border::after(text, span.end as usize).is_some_and(|c| matches!(c, '的' | '等'));
    if ends_a_sentence {
        return !attributive && (letters > 2);
    }
    let holds_a_sentence = inner.char_indices().any(|(_, c)| matches!(c, '。' | '！' | '？' | '!' | '?'));
    if holds_a_sentence || comma_closes {
        return letters >= 4 && !attributive;
    }
    let has_clauses = || letters >= SHORTEST_SPEECH && inner.contains([',', '，', ';', '；']);
    // 指出,“…”。 and 坦言,…,“…”。: a sentence of its own, also without a mark in it.
    let led_by_comma = matches!(before, Some(',' | '，')) && letters >= SHORTEST_LED;
    let closes_a_clause = |c: char| is_sentence_end(c) || matches!(c, ',' | '，' | ';' | '；');
    if led_by_comma
        && border::after(text, span.end as usize).is_none_or(closes_a_clause)
        && (super::speaker::verb_before(text, span.start as usize)
            || letters >= SHORTEST_SPEECH && super::speaker::said_before(text, span.start as usize).is_some())
    {
        return true;
    }
    // The verb is asked for last: most of what stands between marks is only set off.
    (letters >= 3 && led_by_colon || has_clauses())
        && (super::speaker::verb_before(text, span.start as usize)
            || super::speaker::verb_after(text, span.end as usize))
}
