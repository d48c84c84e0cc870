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

/// A set of characters that is asked about at every step: a bit for the low twelve of a character's number rules most
/// out at the cost of one look.
#[derive(Debug)]
pub struct CharSet {
    bits: [u64; 64],
    all: &'static str,
}

impl CharSet {
    /// The characters of `all`, each of which may stand in it more than once.
    pub const fn new(all: &'static str) -> Self {
        let bytes = all.as_bytes();
        let mut bits = [0; 64];
        let mut at = 0;
        while at < bytes.len() {
            // Twelve bits stand in the last two bytes of a character.
            let lead = bytes[at];
            let n = if lead < 0x80 {
                1
            } else if lead < 0xE0 {
                2
            } else if lead < 0xF0 {
                3
            } else {
                4
            };
            let low = if n == 1 {
                lead as usize
            } else {
                let before = bytes[at + n - 2] as usize & if n == 2 { 0x1F } else { 0x3F };
                before << 6 | bytes[at + n - 1] as usize & 0x3F
            };
            bits[low / 64] |= 1 << (low % 64);
            at += n;
        }
        Self { bits, all }
    }

    /// Whether the character is one of them.
    #[inline]
    pub fn has(&self, c: char) -> bool {
        self.bits[(c as usize & 0xFFF) / 64] >> (c as usize % 64) & 1 == 1 && self.all.contains(c)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_its_characters_and_no_others() {
        const ALL: &str = "的了,é，𠮷";
        static SET: CharSet = CharSet::new(ALL);
        for c in ('\0'..='\u{FFFF}').chain(['𠮷', '𠮸']) {
            assert_eq!(SET.has(c), ALL.contains(c), "{c}");
        }
    }
}
