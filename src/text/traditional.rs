//! Text in traditional characters, as the simplified ones that dictionary, lists and grammars are written in.
//!
//! In: a text. Out: the same text in simplified characters, of the same length in bytes, so that offsets hold for both; or
//! nothing where it is not evidently traditional, as it happens that a simplified text prints a traditional character or
//! two. The pairs of characters are those of OpenCC (`scripts/build_traditional.py`).

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::char_class::{number_of, opening_threes};
use crate::text::is_cjk;

const TABLE: &str = include_str!("traditional.txt");

/// Units from the beginning of a normal form that are looked at: it is asked for of every paragraph of an archive.
const SAMPLE_OF_UNITS: usize = 64;
/// Ideographs from the beginning of a text that are looked at.
const SAMPLE: usize = 300;
/// A text is traditional where one in so many of them stands in the table, and where as many do as this. In traditional
/// text it is one in three.
const ONE_IN: usize = 8;
const AT_LEAST: usize = 3;

/// The traditional characters.
struct Traditional {
    /// Each with the simplified one, both of three bytes.
    pairs: FxHashMap<char, char>,
    /// A bit for each character of up to sixteen bits, so that few of a text's characters are looked up.
    bits: Box<[u64; 1 << 10]>,
}

static TRADITIONAL: LazyLock<Traditional> = LazyLock::new(|| {
    let pairs = TABLE.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace);
    let both = pairs.filter_map(|pair| {
        let mut chars = pair.chars();
        Some((chars.next()?, chars.next()?))
    });
    let same_length = both.filter(|(traditional, simplified)| traditional.len_utf8() == simplified.len_utf8());
    let mut all = Traditional { pairs: FxHashMap::default(), bits: Box::new([0; 1 << 10]) };
    for (traditional, simplified) in same_length {
        if let Ok(unit) = u16::try_from(u32::from(traditional)) {
            let (word, bit) = bit_of(unit);
            all.bits[word] |= bit;
            all.pairs.insert(traditional, simplified);
        }
    }
    all
});

#[inline]
fn bit_of(unit: u16) -> (usize, u64) {
    (usize::from(unit / 64), 1 << (unit % 64))
}

impl Traditional {
    #[inline]
    fn has(&self, c: char) -> bool {
        u16::try_from(u32::from(c)).is_ok_and(|unit| self.has_unit(unit))
    }

    #[inline]
    fn has_unit(&self, unit: u16) -> bool {
        let (word, bit) = bit_of(unit);
        self.bits[word] & bit != 0
    }

    fn simplified(&self, c: char) -> char {
        if self.has(c) { self.pairs.get(&c).copied().unwrap_or(c) } else { c }
    }
}

/// Whether texts, taken together, are evidently traditional.
pub fn is_traditional<'t>(texts: impl IntoIterator<Item = &'t str>) -> bool {
    let table = &*TRADITIONAL;
    let (mut seen, mut traditional) = (0, 0);
    for text in texts {
        let mut rest = text;
        while seen < SAMPLE {
            // Nearly all of a text, which need not be decoded.
            let threes = opening_threes(rest.as_bytes(), |three| is_unified(*three));
            let sample = threes.get(..SAMPLE - seen).unwrap_or(threes);
            seen += sample.len();
            traditional += sample.iter().map(|&three| usize::from(table.has_unit(number_of(three)))).sum::<usize>();
            let mut others = rest.get(3 * threes.len()..).unwrap_or_default().chars();
            let Some(c) = others.next() else { break };
            if is_cjk(c) && seen < SAMPLE {
                seen += 1;
                traditional += usize::from(table.has(c));
            }
            rest = others.as_str();
        }
    }
    traditional >= AT_LEAST && traditional * ONE_IN >= seen
}

/// Whether these three bytes are an ideograph from U+4E00 to U+9FFF.
#[inline]
fn is_unified(bytes: [u8; 3]) -> bool {
    matches!(bytes, [0xE4, 0xB8..=0xBF, _] | [0xE5..=0xE9, _, _])
}

/// Puts simplified characters in the places of traditional ones, where the units are evidently traditional.
pub(super) fn simplify(units: &mut [u16]) {
    let table = &*TRADITIONAL;
    let sample = &units[..units.len().min(SAMPLE_OF_UNITS)];
    let traditional = sample.iter().map(|&unit| usize::from(table.has_unit(unit))).sum::<usize>();
    if traditional < AT_LEAST || traditional * ONE_IN < sample.len() {
        return;
    }
    for unit in units.iter_mut().filter(|unit| table.has_unit(**unit)) {
        let simplified = char::from_u32(u32::from(*unit)).map(|c| table.simplified(c));
        *unit = simplified.and_then(|c| u16::try_from(u32::from(c)).ok()).unwrap_or(*unit);
    }
}

/// The text in simplified characters, each at the byte of the one that it stands for.
pub fn simplified(text: &str) -> String {
    let table = &*TRADITIONAL;
    text.chars().map(|c| table.simplified(c)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn traditional_text_is_told_from_simplified() {
        for (text, expected) in [
            ("市總工會昨日慰問一線職工三萬餘人", true),
            ("總工會", false),
            ("市总工会昨日慰问一线职工三万余人", false),
            ("书法家王某写的“萬”和“億”挂在市总工会的墙上，职工们说写得好，像他的为人一样端正。", false),
            ("", false),
        ] {
            assert_eq!(is_traditional([text]), expected, "{text}");
        }
        assert!(is_traditional(["總工會", "慰問一線職工"]));
    }

    #[test]
    fn each_character_has_its_counterpart() {
        assert_eq!(simplified("市總工會3萬餘人，著名乾部"), "市总工会3万余人，著名乾部");
    }

    proptest! {
        #[test]
        fn offsets_stay(text in "[\\PC總萬a，]{0,60}") {
            let other = simplified(&text);
            prop_assert_eq!(other.len(), text.len());
            prop_assert!(text.char_indices().zip(other.char_indices()).all(|(a, b)| a.0 == b.0));
            // Twice gives once.
            prop_assert_eq!(simplified(&other), other);
        }
    }
}
