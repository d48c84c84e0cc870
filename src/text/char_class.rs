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

/// The first character of `text` from byte `from` on, a character's border, that is no ideograph from U+4000 to U+9FFF, and
/// where it stands: a mark, a digit, a rare ideograph. Nearly all characters of a text are passed over by their first bytes.
#[inline]
pub fn find_other(text: &str, from: usize) -> Option<(usize, char)> {
    let mut at = from;
    while let Some(0xE4..=0xE9) = text.as_bytes().get(at) {
        at += 3;
    }
    text.get(at..)?.chars().next().map(|c| (at, c))
}

/// The characters of three bytes that `text` begins with, as far as `belongs` holds for each.
#[inline]
pub(super) fn opening_threes(text: &[u8], belongs: impl Fn(&[u8; 3]) -> bool) -> &[[u8; 3]] {
    let (threes, _) = text.as_chunks();
    let n = threes.iter().position(|bytes| !belongs(bytes)).unwrap_or(threes.len());
    threes.get(..n).unwrap_or_default()
}

/// The ideograph from U+4E00 to U+9FFF at byte `at` of `text`, a character's border, if one stands there.
#[inline]
pub fn ideograph_at(text: &str, at: usize) -> Option<char> {
    let bytes: &[u8; 3] = text.as_bytes().get(at..)?.first_chunk()?;
    let number = number_of(*bytes);
    let is_ideograph = matches!(bytes[0], 0xE4..=0xE9) && number >= 0x4E00;
    if is_ideograph { char::from_u32(number.into()) } else { None }
}

/// Where the ideographs from U+4000 to U+9FFF begin that stand before byte `end` of `text`, a character's border, one behind
/// the other: `end` where none does.
#[inline]
pub fn ideographs_before(text: &str, end: usize) -> usize {
    let mut at = end;
    while let Some(0xE4..=0xE9) = at.checked_sub(3).and_then(|first| text.as_bytes().get(first)) {
        at -= 3;
    }
    at
}

/// The number of the character that these three bytes are.
#[inline]
pub(super) const fn number_of([a, b, c]: [u8; 3]) -> u16 {
    (a as u16 & 0xF) << 12 | (b as u16 & 0x3F) << 6 | c as u16 & 0x3F
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

    /// The first of them in `text` from byte `from` on, a character's border, and where it stands.
    #[inline]
    pub fn find(&self, text: &str, from: usize) -> Option<(usize, char)> {
        let mut from = from;
        loop {
            let at = self.filter.find(text, from)?;
            let c = text.get(at..)?.chars().next()?;
            if self.all.contains(c) {
                return Some((at, c));
            }
            from = at + c.len_utf8();
        }
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

    #[test]
    fn ideographs_are_passed_over() {
        for (text, from, expected) in [
            ("工会，会(", 0, Some((6, '，'))),
            ("工会，会(", 9, Some((12, '('))),
            ("鿿㐀一", 0, Some((3, '㐀'))),
            ("一a", 3, Some((3, 'a'))),
            ("工会", 0, None),
            ("", 0, None),
        ] {
            assert_eq!(find_other(text, from), expected, "{text} from {from}");
        }
    }

    #[test]
    fn ideographs_from_both_sides() {
        for (text, at, behind, before) in [
            ("工会，会", 0, Some('工'), 0),
            ("工会，会", 6, None, 0),
            ("工会，会", 9, Some('会'), 9),
            ("工会，会", 12, None, 9),
            ("aé一", 3, Some('一'), 3),
            ("㐀鿿a", 0, None, 0),
            ("㐀鿿a", 6, None, 3),
            ("", 0, None, 0),
        ] {
            assert_eq!((ideograph_at(text, at), ideographs_before(text, at)), (behind, before), "{text} at {at}");
        }
    }

    #[test]
    fn a_set_finds_its_characters() {
        static SET: CharSet = CharSet::new("，(𠮷");
        for (text, from, expected) in [
            ("工会，会(", 0, Some((6, '，'))),
            ("工会，会(", 6, Some((6, '，'))),
            ("工会，会(", 9, Some((12, '('))),
            ("𠮷", 0, Some((0, '𠮷'))),
            ("工会，", 9, None),
            ("", 0, None),
        ] {
            assert_eq!(SET.find(text, from), expected, "{text} from {from}");
        }
    }
}
