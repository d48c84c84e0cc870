//! Classes of characters that layout and extraction ask for.

use super::CharFilter;

/// A Chinese character (unified ideographs, extensions, 〇).
#[inline]
pub fn is_cjk(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{3007}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

/// A common ideograph, as nearly all characters of a text are: no mark, no blank, and of one width. Others may be ideographs
/// too ([`is_cjk`]).
#[inline]
pub fn is_common_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}')
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

/// The characters of `text` that are neither ideographs (U+4E00 to U+9FFF) nor ASCII letters or digits, each with its
/// byte: the marks, and few others.
pub fn marks(text: &str) -> Vec<(u32, char)> {
    let bytes = text.as_bytes();
    let mut marks = Vec::with_capacity(text.len() / 32);
    let mut at = 0;
    while let Some(&lead) = bytes.get(at) {
        if matches!(lead, 0xE5..=0xE9) || lead == 0xE4 && bytes.get(at + 1) >= Some(&0xB8) {
            at += 3;
        } else if lead.is_ascii_alphanumeric() {
            at += 1;
        } else {
            let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
            marks.push((at as u32, c));
            at += c.len_utf8();
        }
    }
    marks
}

/// A set of characters that is asked about at every step: a [`CharFilter`] rules most out at the cost of one look.
#[derive(Debug)]
pub struct CharSet {
    filter: CharFilter,
    all: &'static str,
}

impl CharSet {
    /// The characters of `all`, each of which may stand in it more than once.
    pub const fn new(all: &'static str) -> Self {
        Self { filter: CharFilter::of(all), all }
    }

    /// Whether the character is one of them.
    #[inline]
    pub fn has(&self, c: char) -> bool {
        self.filter.may_hold(c) && self.all.contains(c)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_what_is_no_ideograph_letter_or_digit() {
        for text in ["", "王a。1·é，", "\u{4DFF}一\u{9FFF}〇𠮷", "“12”"] {
            let is_mark = |c: char| !(matches!(c, '\u{4E00}'..='\u{9FFF}') || c.is_ascii_alphanumeric());
            let expected: Vec<_> = text.char_indices().filter(|m| is_mark(m.1)).map(|(at, c)| (at as u32, c)).collect();
            assert_eq!(marks(text), expected);
        }
    }

    #[test]
    fn a_set_has_its_characters_and_no_others() {
        const ALL: &str = "的了,é，𠮷";
        static SET: CharSet = CharSet::new(ALL);
        for c in ('\0'..='\u{FFFF}').chain(['𠮷', '𠮸']) {
            assert_eq!(SET.has(c), ALL.contains(c), "{c}");
        }
    }
}
