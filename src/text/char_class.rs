//! Classes of characters that layout and extraction ask for.

/// A Chinese character (unified ideographs, extensions, 〇).
#[inline]
pub fn is_cjk(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{3007}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

/// A mark that ends a sentence, of either width.
#[inline]
pub fn is_sentence_end(c: char) -> bool {
    matches!(c, '。' | '!' | '！' | '?' | '？' | '…' | '．')
}

/// An opening quotation mark or bracket.
pub fn is_opening(c: char) -> bool {
    matches!(c, '“' | '‘' | '「' | '『' | '《' | '〈' | '(' | '（' | '[' | '［' | '【' | '〔')
}

/// A closing quotation mark or bracket.
pub fn is_closing(c: char) -> bool {
    matches!(c, '”' | '’' | '」' | '』' | '》' | '〉' | ')' | '）' | ']' | '］' | '】' | '〕')
}
