//! Text brought to the form in which texts are compared: widths, cases, blanks and punctuation folded away.
//!
//! In: any text. Out: its [`Normal`] form, one `u16` a character, each with the byte of the text that it came from. What
//! is folded: compatibility forms (NFKC: １２％ and 12%, ㈱ and (株)), letter case, every blank and line break, every
//! punctuation mark and every mark-up sign; in a text that is evidently traditional, the characters that have a simplified
//! form. What stays: letters, digits, Chinese characters, signs that carry a value
//! (%, ℃, $, + …), and between two digits the marks that make another number of them (1.5, 8:30, 3-1; not the comma of
//! 1,000). Dropped marks that end a clause leave a break behind.
//!
//! Characters outside the basic plane (rare ideographs) are folded onto the 6,400 private-use codes by their low bits, so
//! that a character is always one `u16`: two such characters are taken for the same once in 6,400 times.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;

use super::char_class::{number_of, opening_threes};
use super::traditional;

/// A blank or a control character, dropped without a trace.
const DROP: u16 = 0;
/// A dropped character that ends a clause.
const BREAK: u16 = 1;
/// A comma: dropped; between digits it ends no clause.
const COMMA: u16 = 2;
/// A character with more than one folded character.
const EXPAND: u16 = 3;
/// Another dropped mark.
const MARK: u16 = 4;
/// The first folded code that is none of the above.
const FIRST_KEPT: u16 = 0x20;

/// The folding of every character of the basic plane.
static TABLE: LazyLock<Box<[u16]>> = LazyLock::new(|| {
    (0..=u32::from(u16::MAX)).map(|c| char::from_u32(c).map_or(DROP, fold_one)).collect::<Vec<_>>().into_boxed_slice()
});

/// A text in the form in which texts are compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Normal {
    /// The folded characters, each in the basic plane.
    pub units: Vec<u16>,
    /// Ends of clauses, as offsets into `units`, strictly ascending, none of them 0.
    pub breaks: Vec<u32>,
    /// Of each unit the first byte of the character in the text that it came from; empty where it was not asked for.
    pub bytes: Vec<u32>,
    /// A hash of the dropped marks (punctuation, mark-up) in their order, of either width; 0 where there are none.
    pub marks: u32,
    /// How many marks were dropped.
    pub n_marks: u32,
}

impl Normal {
    /// The normal form of `text`, with the map back.
    ///
    /// ```
    /// use jianbao::text::Normal;
    /// let a = Normal::of("**本报讯** 救助职工１２人，");
    /// assert_eq!(String::from_utf16_lossy(&a.units), "本报讯救助职工12人");
    /// assert_eq!(a.units, Normal::of("本报讯救助\n职工12人。").units);
    /// assert_eq!(a.bytes[..4], [2, 5, 8, 14]);
    /// ```
    pub fn of(text: &str) -> Self {
        let mut normal = Self::default();
        normal.read::<true>(text);
        normal
    }

    /// Replaces the content by the normal form of `text`, without the map back, reusing the memory.
    pub fn set(&mut self, text: &str) {
        self.units.clear();
        self.breaks.clear();
        self.bytes.clear();
        self.marks = 0;
        self.n_marks = 0;
        self.read::<false>(text);
    }

    fn read<const MAP: bool>(&mut self, text: &str) {
        let table: &[u16] = &TABLE;
        self.units.reserve(text.len() / 3);
        // A mark behind a digit waits for what follows it.
        let mut waiting = DROP;
        let mut next = 0;
        loop {
            if waiting == DROP {
                next = self.read_ideographs::<MAP>(text.as_bytes(), next);
            }
            let Some(c) = text.get(next..).and_then(|rest| rest.chars().next()) else { break };
            let at = next;
            next += c.len_utf8();
            let code = match u16::try_from(u32::from(c)) {
                Ok(narrow) => table[narrow as usize],
                Err(_) => fold_wide(c),
            };
            if code >= FIRST_KEPT {
                if waiting != DROP {
                    if is_digit(code) {
                        if waiting != COMMA {
                            self.push::<MAP>(waiting, at);
                        }
                    } else {
                        self.clause_ends();
                    }
                    waiting = DROP;
                }
                if joiner(code) != DROP {
                    // Only a number holds a joiner, so it is pushed when its second digit comes.
                    if self.units.last().is_some_and(|&u| is_digit(u)) {
                        waiting = joiner(code);
                    } else if ends_clause(code) {
                        self.clause_ends();
                    }
                    continue;
                }
                self.push::<MAP>(code, at);
            } else {
                if code != DROP {
                    self.marks = self.marks.wrapping_mul(0x0100_0193) ^ mark(c);
                    self.n_marks += 1;
                }
                match code {
                    COMMA if waiting == DROP && self.units.last().is_some_and(|&u| is_digit(u)) => waiting = COMMA,
                    BREAK | COMMA => {
                        waiting = DROP;
                        self.clause_ends();
                    }
                    EXPAND => {
                        if std::mem::take(&mut waiting) != DROP {
                            self.clause_ends();
                        }
                        for folded in std::iter::once(c).nfkc() {
                            let code = u16::try_from(u32::from(folded)).map_or(DROP, |n| table[n as usize]);
                            if code >= FIRST_KEPT && joiner(code) == DROP {
                                self.push::<MAP>(code, at);
                            }
                        }
                    }
                    _ => {}
                }
            }
        }
        self.clause_ends();
        traditional::simplify(&mut self.units);
    }

    /// Takes the ideographs that stand from byte `at` on, most of any text and each its own form, and returns their end.
    fn read_ideographs<const MAP: bool>(&mut self, text: &[u8], at: usize) -> usize {
        // U+4E00 to U+9FFF. One branch for all of them: which of the first bytes it is, no processor can foresee.
        let is_ideograph = |&bytes: &[u8; 3]| matches!(bytes[0], 0xE4..=0xE9) & (number_of(bytes) >= 0x4E00);
        let run = opening_threes(text.get(at..).unwrap_or_default(), is_ideograph);
        self.units.extend(run.iter().map(|&bytes| number_of(bytes)));
        if MAP {
            self.bytes.extend((at as u32..).step_by(3).take(run.len()));
        }
        at + 3 * run.len()
    }

    fn push<const MAP: bool>(&mut self, unit: u16, at: usize) {
        self.units.push(unit);
        if MAP {
            self.bytes.push(at as u32);
        }
    }

    fn clause_ends(&mut self) {
        let end = self.units.len() as u32;
        if end > 0 && self.breaks.last() != Some(&end) {
            self.breaks.push(end);
        }
    }
}

/// Whether a unit is one of the ten digits.
pub fn is_digit(unit: u16) -> bool {
    (0x30..=0x39).contains(&unit)
}

/// The mark as it is kept between two digits, or [`DROP`] for what is no such mark.
fn joiner(unit: u16) -> u16 {
    const DOT: u16 = b'.' as u16;
    const COLON: u16 = b':' as u16;
    const SLASH: u16 = b'/' as u16;
    const DASH: u16 = b'-' as u16;
    const TILDE: u16 = b'~' as u16;
    const MIDDLE_DOT: u16 = 0xB7;
    match unit {
        DOT | COLON | SLASH | MIDDLE_DOT => unit,
        DASH | TILDE => DASH,
        _ => DROP,
    }
}

fn ends_clause(unit: u16) -> bool {
    unit == u16::from(b'.') || unit == u16::from(b':')
}

fn fold_one(c: char) -> u16 {
    match c {
        // The marks of both widths that end a clause. Quotation marks and the mark of enumeration do not.
        '。' | '；' | ';' | '！' | '!' | '？' | '?' | '…' | '—' | '︰' => return BREAK,
        '，' | ',' | '﹐' => return COMMA,
        '：' | '﹕' | '∶' => return u16::from(b':'),
        '．' | '﹒' => return u16::from(b'.'),
        '–' | '−' | '～' | '〜' | '－' => return u16::from(b'-'),
        '・' | '•' | '‧' => return 0xB7,
        _ => {}
    }
    // Ideographs and Hangul syllables are their own forms, and half of the table.
    if matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}') {
        return u32::from(c) as u16;
    }
    if c.is_control() || c.is_whitespace() {
        return DROP;
    }
    let mut folded = std::iter::once(c).nfkc();
    let (Some(first), rest) = (folded.next(), folded.next()) else { return DROP };
    if rest.is_some() {
        return EXPAND;
    }
    let Ok(narrow) = u16::try_from(u32::from(lower(first))) else { return MARK };
    if joiner(narrow) != DROP || first.is_alphanumeric() || carries_value(first) { narrow } else { MARK }
}

/// A mark, of either width and either side, for the hash of the marks; never 0.
fn mark(c: char) -> u32 {
    match c {
        '“' | '”' | '「' | '」' | '『' | '』' => '"'.into(),
        '‘' | '’' => '\''.into(),
        '\u{FF01}'..='\u{FF5E}' => u32::from(c) - 0xFEE0,
        _ => c.into(),
    }
}

fn fold_wide(c: char) -> u16 {
    if c.is_alphanumeric() { 0xE000 + (u32::from(c) % 0x1900) as u16 } else { MARK }
}

/// The lower case of a letter that has one of one character.
fn lower(c: char) -> char {
    let mut lowered = c.to_lowercase();
    match (lowered.next(), lowered.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

/// Signs without which a number says something else.
fn carries_value(c: char) -> bool {
    matches!(
        c,
        '%' | '‰' | '°' | '℃' | '$' | '¥' | '￥' | '€' | '£' | '+' | '=' | '×' | '÷' | '<' | '>' | '±' | '≥' | '≤'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(String::from_utf16_lossy(&Normal::of(text).units), expected);
    }

    #[test]
    fn folds_what_says_nothing() {
        check("", "");
        check(" \u{3000}\n", "");
        check("## **工会** 之 家", "工会之家");
        check("ＡＢＣ，abc", "abcabc");
        check("“职工”（会员）", "职工会员");
        check("甲、乙|丙·丁-戊", "甲乙丙丁戊");
        check("①㎡½", "1m212");
    }

    #[test]
    fn keeps_what_makes_another_number() {
        check("３．５％", "3.5%");
        check("1,000元", "1000元");
        check("1，2", "12");
        check("8：30", "8:30");
        check("3—1", "31");
        check("3－1", "3-1");
        check("200~300元", "200-300元");
        check("“5·1”", "5·1");
        check("共5.他", "共5他");
        check("2024.", "2024");
        check("-5℃", "5°c");
    }

    #[test]
    fn ideographs_are_their_own_forms() {
        for c in ('\u{3400}'..='\u{9FFF}').chain('\u{AC00}'..='\u{D7A3}').filter(|&c| TABLE[c as usize] == c as u16) {
            assert!(std::iter::once(c).nfkc().eq([c]), "{c:?}");
        }
    }

    #[test]
    fn traditional_text_is_read_in_simplified_characters() {
        check("市總工會為職工發放補貼", "市总工会为职工发放补贴");
        // A sign or a name that a simplified text prints so.
        check("乾隆年间的匾上写着“總工”二字", "乾隆年间的匾上写着總工二字");
    }

    #[test]
    fn rare_characters_are_one_unit() {
        let normal = Normal::of("𠮷林");
        assert_eq!(normal.units.len(), 2);
        assert_ne!(normal.units[0], Normal::of("𡈽").units[0]);
        check("好😀的", "好的");
    }

    #[test]
    fn clauses_end_at_their_marks() {
        let breaks = |text: &str| Normal::of(text).breaks;
        assert_eq!(breaks("工会,职工。"), [2, 4]);
        assert_eq!(breaks("一,二,三"), [1, 2, 3]);
        assert_eq!(breaks("有1,000人"), [6]);
        assert_eq!(breaks("有1,人"), [2, 3]);
        assert!(breaks("。。").is_empty());
        assert_eq!(breaks("甲:乙"), [1, 2]);
    }

    #[test]
    fn the_map_back_names_the_character() {
        let text = "一、 ２.5万";
        let normal = Normal::of(text);
        assert_eq!(normal.units.len(), normal.bytes.len());
        let back: Vec<&str> = normal
            .bytes
            .iter()
            .map(|&b| &text[b as usize..][..1.max(text[b as usize..].chars().next().unwrap().len_utf8())])
            .collect();
        assert_eq!(back[0], "一");
        assert_eq!(back[1], "２");
        assert_eq!(back[4], "万");
    }

    #[test]
    fn marks_of_either_width_are_the_same() {
        let marks = |text: &str| Normal::of(text).marks;
        assert_eq!(marks("工会(好)，\u{3000}是!"), marks("工会（好）, 是！"));
        assert_ne!(marks("工会，是。"), marks("工会。是，"));
        assert_ne!(marks("## 工会"), marks("工会"));
        assert_eq!(marks("工 会"), 0);
        assert_eq!(Normal::of("## 工会（好），是 1,000 人。").n_marks, 7);
    }

    #[test]
    fn with_and_without_the_map_are_the_same() {
        let text = "本报讯 １，０００人(8.5%)；余下。";
        let mut reused = Normal::of("别的");
        reused.set(text);
        let fresh = Normal::of(text);
        assert_eq!((reused.units, reused.breaks), (fresh.units, fresh.breaks));
    }
}
