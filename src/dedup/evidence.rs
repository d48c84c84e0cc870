//! What one difference between two texts speaks for: a misreading, or another fact.
//!
//! In: a [`Diff`] of two normal forms. Out: a [`Trait`], which the settings weigh. A page reader errs on single
//! characters, wherever they stand, drops some and adds some, and what it makes of a word is seldom a word. Who fills a
//! template with other names, numbers, places and dates replaces whole words by whole words of about the same length.
//! Whether a stretch is a word says jieba's dictionary; whether it reads well says the archive's own usage (`usage`);
//! whether two characters look alike says a table (`look_alike`).

use std::ops::Range;

use jieba_rs::Jieba;
use smallvec::SmallVec;

use crate::dedup::align::Diff;
use crate::dedup::look_alike::look_alike;
use crate::dedup::name;
use crate::dedup::opposite::{are_opposite, are_opposite_words, qualifies};
use crate::dedup::usage::Usage;
use crate::settings::Evidence;
use crate::text::{CharSet, Folded, is_digit, is_word, jieba, look_up, numeral};

/// What kind of difference it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trait {
    /// A digit, a numeral or a letter that stands alone against another one.
    OtherNumber,
    /// A mark inside of a number more or less (35.8, 358): page readers drop marks and see some where dust lies.
    MarkOfNumber,
    /// A digit more or less, and nothing in its place.
    DigitLost,
    /// The same of a date or a time of day, which is one without it too.
    DigitOfDate,
    /// The same of a year, which has four.
    DigitOfYear,
    /// The same of another number of four digits or more.
    DigitOfLong,
    /// A digit against one character that counts nothing, or against a stretch that stands in no word.
    DigitMisread,
    /// A digit against a word or a numeral, or a numeral against a word that counts (一, 多).
    DigitAgainstWord,
    /// One character more or less.
    Slip,
    /// The same at the head or at the tail of both texts.
    SlipAtEnd,
    /// Two and more characters more or less.
    Insertion,
    /// One character against another one that looks like it.
    LookAlike,
    /// One character against another one, a word on one side alone.
    BrokenWord,
    /// One character against another one, words on both sides or on none.
    OtherCharacter,
    /// The same where both words are names of places (美国, 英国).
    OtherPlace,
    /// One character against two or three.
    Uneven,
    /// Two characters and more against as many or about as many, words on both sides.
    OtherWord,
    /// Two characters against two, a word on one side alone: two misreadings in a row, or a name.
    BrokenRun,
    /// The same of more, or a word on neither side: a name, or many misreadings in a row.
    OtherRun,
    /// A verb, adverb or the like against another one: a text that was revised.
    Revision,
    /// Zeros or a unit of number (百, 万) more or less behind a number: another number, ten times as large or more.
    Tenfold,
    /// Digits against Chinese numerals that say the same number.
    SameNumber,
    /// A character against its opposite or another one of its kind (上 and 下, 男 and 女, 省 and 市).
    Opposite,
    /// In a personal name, which is one with either side.
    OtherName,
    /// A word more or less that makes another fact of what it stands at: 副 before 主席, 不 before a verb.
    Qualifier,
}

/// Halvings by which one side reads better than the other at most: beyond that it says nothing more.
const CONTRAST_TO: f32 = 6.0;

/// Characters on each side of a difference in which a word that covers it is looked for; longer words hold shorter ones.
const WORD_REACH: usize = 3;

/// Loads the dictionary, which is otherwise loaded when it is first asked.
pub(super) fn load() {
    let _: &Jieba = jieba();
}

/// What stands on the one side of a difference, and on the other.
fn sides<'t>(a: &'t [u16], b: &'t [u16], diff: Diff) -> (&'t [u16], &'t [u16]) {
    (&a[diff.a as usize..diff.a_end as usize], &b[diff.b as usize..diff.b_end as usize])
}

/// Whether a number stands against another number.
pub fn is_other_number(a: &[u16], b: &[u16], diff: Diff) -> bool {
    let (x, y) = sides(a, b, diff);
    match (x, y) {
        (&[x], &[y]) if is_numeral(x) && is_numeral(y) => true,
        // A型, B型: a letter that stands alone counts like a number.
        (&[x], &[y]) if is_letter(x) && is_letter(y) => {
            stands_alone(a, diff.a as usize) && stands_alone(b, diff.b as usize)
        }
        // 周三, 周日.
        (&[x], &[y]) if is_weekday(a, diff.a as usize, x) && is_weekday(b, diff.b as usize, y) => true,
        // What stands beside a number may be misread too (周六上午, 周四卜午).
        _ if x.len() == y.len() && (0..x.len()).any(|n| are_other_numerals(a, b, diff, n)) => true,
        _ => [x, y].iter().all(|side| side.iter().any(|&u| is_digit(u))) && !is_rest_of(x, y) && !is_rest_of(y, x),
    }
}

/// Whether a Chinese numeral or a day of the week stands against another one at the `n`th place of a difference.
fn are_other_numerals(a: &[u16], b: &[u16], diff: Diff, n: usize) -> bool {
    let (in_a, in_b) = (diff.a as usize + n, diff.b as usize + n);
    let (x, y) = (a[in_a], b[in_b]);
    x != y && (is_numeral(x) && is_numeral(y) || is_weekday(a, in_a, x) && is_weekday(b, in_b, y))
}

/// Whether `more` has the digits of `rest` in their order and others, and `rest` no fewer characters: digits that were
/// misread as something else (1975, 1怎施5).
fn is_rest_of(rest: &[u16], more: &[u16]) -> bool {
    let mut digits = more.iter().filter(|&&u| is_digit(u));
    rest.len() >= more.len() && rest.iter().filter(|&&u| is_digit(u)).all(|u| digits.any(|d| d == u))
}

/// What a day of the week is named behind.
static BEFORE_WEEKDAYS: CharSet = CharSet::new("周期拜");

/// Whether the unit at `at` names a day of the week, as the last character of its name.
fn is_weekday(units: &[u16], at: usize, unit: u16) -> bool {
    let behind = at.checked_sub(1).is_some_and(|before| belongs(units[before], &BEFORE_WEEKDAYS));
    behind && is_one_of(unit, "一二三四五六日天末")
}

/// Differences that are held against each other at most.
const PAIRED: usize = 32;

/// Whether the differences of two texts, taken together, tell another fact, though each alone might be a slip: most of them
/// are digits more or less, in two numbers and more (520户、52万元 against 5200户、520万元), or nothing differs but
/// that the one denies what the other says (应当 against 不应当), and a word of grammar with it (合格的产品, 不合格产品);
/// or two have changed places (甲诉乙, 乙诉甲), or one stands for the other each time (灯泡, 灯管).
pub fn is_told_otherwise(a: &[u16], b: &[u16], diffs: impl Iterator<Item = Diff>) -> bool {
    let (mut all, mut digits, mut particles, mut denies, mut again) = (0, 0, 0, false, 0);
    let mut replaced: SmallVec<[(&[u16], &[u16]); 8]> = SmallVec::new();
    for diff in diffs {
        all += 1;
        let (x, y) = sides(a, b, diff);
        // A page reader takes 金 for 全 here and 全 for 金 there.
        let misread = matches!((x, y), (&[x], &[y]) if look_alike(x, y));
        if !x.is_empty() && !y.is_empty() && !misread && replaced.len() < PAIRED {
            if replaced.contains(&(y, x)) {
                return true;
            }
            again += usize::from(replaced.contains(&(x, y)) && is_telling(x, y));
            replaced.push((x, y));
        }
        if x.is_empty() || y.is_empty() {
            let more = if x.is_empty() { y } else { x };
            digits += usize::from(more.iter().all(|&u| is_digit(u) || is_mark_of_number(u)));
            particles += usize::from(matches!(more, &[u] if is_one_of(u, "的地得了着过当该")));
            denies |= is_denial(more);
        }
    }
    digits > 1 && 3 * digits >= 2 * all
        || again > 0 && 4 * (again + 1) >= all
        || denies && particles < 2 && all == 1 + particles
}

/// Whether what stands for another thing more than once is no misreading: a page reader errs on digits and particles alike
/// over and over.
fn is_telling(x: &[u16], y: &[u16]) -> bool {
    ![x, y].iter().any(|side| side.iter().any(|&u| is_digit(u) || is_letter(u) || is_one_of(u, "的地得了着一")))
}

/// Characters that deny what they stand before.
static DENIALS: CharSet = CharSet::new("不未没无非勿");

/// Whether a stretch of one or two characters denies what it stands before (不, 没有, 并非).
fn is_denial(units: &[u16]) -> bool {
    units.len() <= 2
        && units.iter().any(|&u| belongs(u, &DENIALS))
        && units.iter().all(|&u| belongs(u, &DENIALS) || is_one_of(u, "并有曾得能会可"))
}

/// What `diff` is.
pub fn trait_of(a: &[u16], b: &[u16], diff: Diff) -> Trait {
    shape(a, b, diff).resolved(a, b, diff, || words(a, b, diff)).0
}

/// Whether what differs stands in words, on either side.
fn words(a: &[u16], b: &[u16], diff: Diff) -> [bool; 2] {
    [in_words(a, diff.a as usize, diff.a_end as usize), in_words(b, diff.b as usize, diff.b_end as usize)]
}

/// What kind of difference it is, as far as that shows without the dictionary.
#[derive(Clone, Copy, Debug)]
enum Shape {
    Known(Trait),
    /// A digit on either side, against more than one character.
    Digits,
    /// One character against another one.
    Character,
    /// One character against two or three.
    Uneven,
    /// Two characters against two.
    Pair,
    /// Any others against others.
    Run,
}

impl Shape {
    /// What it may turn out to be.
    fn may_be(&self) -> &[Trait] {
        match self {
            Self::Known(known) => std::slice::from_ref(known),
            Self::Digits => &[Trait::DigitMisread, Trait::DigitAgainstWord],
            Self::Character => &[Trait::BrokenWord, Trait::OtherPlace, Trait::OtherCharacter, Trait::OtherName],
            Self::Uneven => &[Trait::Uneven, Trait::OtherName],
            Self::Pair => &[Trait::BrokenRun, Trait::OtherRun, Trait::Revision, Trait::OtherWord, Trait::OtherName],
            Self::Run => &[Trait::OtherRun, Trait::Revision, Trait::OtherWord, Trait::OtherName],
        }
    }

    /// What it is, where `words` says which side stands in words; of another name also by how many bits it is far-fetched.
    fn resolved(self, a: &[u16], b: &[u16], diff: Diff, words: impl FnOnce() -> [bool; 2]) -> (Trait, f32) {
        if let Self::Known(known) = self {
            return (known, 0.0);
        }
        if !matches!(self, Self::Digits)
            && let Some(bits) = name::far_fetched(a, b, diff)
        {
            return (Trait::OtherName, bits);
        }
        if matches!(self, Self::Uneven) {
            return (Trait::Uneven, 0.0);
        }
        let words = words();
        let (x, y) = sides(a, b, diff);
        let of_words = match self {
            Self::Digits if words == [false, false] => Trait::DigitMisread,
            Self::Digits => Trait::DigitAgainstWord,
            Self::Character if words[0] != words[1] => Trait::BrokenWord,
            Self::Character if words[0] && are_places(a, b, diff) => Trait::OtherPlace,
            Self::Character if words[0] && !are_words_in_one_place(a, b, diff) => Trait::BrokenWord,
            Self::Character => Trait::OtherCharacter,
            Self::Pair if words[0] != words[1] => Trait::BrokenRun,
            Self::Pair if words[0] && !are_words_in_one_place(a, b, diff) => Trait::BrokenRun,
            _ if words != [true, true] => Trait::OtherRun,
            _ if [x, y].iter().all(|side| is_revisable(side)) => Trait::Revision,
            _ => Trait::OtherWord,
        };
        (of_words, 0.0)
    }
}

fn shape(a: &[u16], b: &[u16], diff: Diff) -> Shape {
    if is_other_number(a, b, diff) {
        return Shape::Known(Trait::OtherNumber);
    }
    let (x, y) = sides(a, b, diff);
    let (fewer, more) = (x.len().min(y.len()), x.len().max(y.len()));
    let has_digits = [x, y].iter().any(|side| side.iter().any(|&u| is_digit(u)));
    if let (&[mark], []) | ([], &[mark]) = (x, y)
        && is_mark_of_number(mark)
    {
        return Shape::Known(Trait::MarkOfNumber);
    }
    if fewer == 0 {
        return Shape::Known(match if x.is_empty() { (b, diff.b, diff.b_end) } else { (a, diff.a, diff.a_end) } {
            (units, at, end) if is_tenfold(units, at as usize, end as usize) => Trait::Tenfold,
            (units, at, _) if has_digits && more == 1 => digit_lost(units, at as usize),
            _ if has_digits => Trait::DigitLost,
            (units, at, end) => {
                let at_end =
                    diff.a == 0 && diff.b == 0 || diff.a_end as usize == a.len() && diff.b_end as usize == b.len();
                let (before, behind) = (&units[..at as usize], &units[end as usize..]);
                let stretch = &units[at as usize..end as usize];
                match more {
                    _ if qualifies(before, stretch, behind) => Trait::Qualifier,
                    1 if at_end => Trait::SlipAtEnd,
                    1 => Trait::Slip,
                    _ => Trait::Insertion,
                }
            }
        });
    }
    if more == fewer && x.iter().zip(y).all(|(&x, &y)| x == y || look_alike(x, y)) {
        return Shape::Known(Trait::LookAlike);
    }
    if has_digits && says_same_number(x, y) {
        return Shape::Known(Trait::SameNumber);
    }
    if let (&[x], &[y]) = (x, y)
        && are_opposite(x, y)
    {
        return Shape::Known(Trait::Opposite);
    }
    if more > 1 && are_opposite_words(x, y) {
        return Shape::Known(Trait::Opposite);
    }
    if !has_digits && denies_one(x, y) {
        return Shape::Known(Trait::Qualifier);
    }
    match (x, y) {
        (&[x], &[y]) if has_digits && (counts(x) || counts(y)) && !is_in_number(a, b, diff) => {
            Shape::Known(Trait::DigitAgainstWord)
        }
        (&[_], &[_]) if has_digits => Shape::Known(Trait::DigitMisread),
        (&[x], &[y]) if is_numeral(x) && counts(y) || counts(x) && is_numeral(y) => {
            Shape::Known(Trait::DigitAgainstWord)
        }
        _ if has_digits => Shape::Digits,
        _ => match (fewer, more) {
            (1, 1) => Shape::Character,
            (1, 2 | 3) => Shape::Uneven,
            (2, 2) => Shape::Pair,
            _ => Shape::Run,
        },
    }
}

/// How often 32 characters are to be halved to be as short as the shorter of two texts; 0 for longer ones.
pub(super) fn halvings(shorter: usize) -> f32 {
    (32.0 / shorter as f32).log2().max(0.0)
}

/// A difference as far as it is weighed without the dictionary and the archive's usage.
#[derive(Clone, Copy, Debug)]
pub struct Outline {
    /// The difference.
    pub diff: Diff,
    shape: Shape,
    /// See [`halvings`].
    halvings: f32,
    /// What it weighs at most.
    pub most: f32,
}

impl Outline {
    /// That of a difference of two texts.
    pub fn of(a: &[u16], b: &[u16], diff: Diff, usage: &Usage, settings: &Evidence) -> Self {
        let shape = shape(a, b, diff);
        let halvings = halvings(a.len().min(b.len()));
        let contrast = (settings.contrast * usage.confidence() * CONTRAST_TO).max(0.0);
        let own =
            shape.may_be().iter().map(|&one| weight_of(one, halvings, settings)).fold(f32::NEG_INFINITY, f32::max);
        let longer = settings.longer.max(settings.longer_run).max(0.0) * beyond_two(diff);
        Self { diff, shape, halvings, most: own + longer + contrast }
    }

    /// What the difference weighs.
    pub fn weigh(&self, a: &[u16], b: &[u16], usage: &Usage, settings: &Evidence) -> Weighed {
        let reads = reads(a, b, self.diff, usage);
        let words = words(a, b, self.diff);
        let (is, far_fetched) = self.shape.resolved(a, b, self.diff, || words);
        let one = self.diff.edits() == 1;
        // One name stands in the archive more often than another one, and so does a word than its opposite.
        let says_nothing = is == Trait::OtherName && !one || matches!(is, Trait::Opposite | Trait::Qualifier);
        let contrast = if says_nothing {
            0.0
        } else {
            settings.contrast * usage.confidence() * (reads[0] - reads[1]).abs().min(CONTRAST_TO)
        };
        let mut own = weight_of(is, self.halvings, settings);
        let longer = match is {
            Trait::OtherWord | Trait::OtherName | Trait::Revision => settings.longer,
            Trait::OtherRun => settings.longer_run,
            _ => 0.0,
        };
        own += longer * beyond_two(self.diff);
        let mut tells = is.tells();
        if is == Trait::OtherName && one {
            // What a misreading puts into a name is mostly what names have seldom.
            own = (own + settings.far_fetched * far_fetched).min(settings.other_character.max(own));
            tells = own < settings.tells_from;
        }
        let worse = match (words, reads[0].total_cmp(&reads[1])) {
            ([false, true], _) | ([true, true] | [false, false], std::cmp::Ordering::Less) => Some(0),
            ([true, false], _) | (_, std::cmp::Ordering::Greater) => Some(1),
            (_, std::cmp::Ordering::Equal) => None,
        };
        Weighed { weight: own + contrast, tells, worse }
    }
}

/// What a difference speaks for, with the dictionary asked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weighed {
    /// Above 0 it speaks for a misreading, below 0 for another fact.
    pub weight: f32,
    /// It is known which fact is another one: a name, a place, a word.
    pub tells: bool,
    /// Which of the two texts (0 or 1) is misread here, if that can be told: the one in which a word is broken that stands
    /// whole in the other, else the one that reads worse.
    pub worse: Option<usize>,
}

impl Trait {
    /// Whether it says which fact is another one, and is not only what misreadings are seldom.
    fn tells(self) -> bool {
        matches!(self, Self::OtherWord | Self::Opposite | Self::OtherName | Self::Qualifier)
    }
}

/// Characters beyond two.
fn beyond_two(diff: Diff) -> f32 {
    diff.edits().saturating_sub(2) as f32
}

/// How well each side reads.
fn reads(a: &[u16], b: &[u16], diff: Diff, usage: &Usage) -> [f32; 2] {
    [usage.fluency(a, diff.a as usize, diff.a_end as usize), usage.fluency(b, diff.b as usize, diff.b_end as usize)]
}

/// What it weighs in a text that is `halvings` times half as long as 32 characters, 0 for longer ones.
fn weight_of(of: Trait, halvings: f32, settings: &Evidence) -> f32 {
    let of_short = settings.digit_lost_of_short * halvings;
    match of {
        Trait::OtherNumber => f32::NEG_INFINITY,
        Trait::MarkOfNumber => settings.mark_of_number + of_short,
        Trait::DigitLost => settings.digit_lost + of_short,
        Trait::DigitOfDate => settings.digit_lost + settings.digit_of_date_of_short * halvings,
        Trait::DigitOfYear => settings.digit_of_year,
        Trait::DigitOfLong => settings.digit_of_long,
        Trait::DigitMisread => settings.digit_misread,
        Trait::DigitAgainstWord => settings.digit_against_word,
        Trait::Slip => settings.slip,
        Trait::SlipAtEnd => settings.slip_at_end,
        Trait::Insertion => settings.insertion,
        Trait::LookAlike => settings.look_alike,
        Trait::BrokenWord => settings.broken_word,
        Trait::OtherCharacter => settings.other_character,
        Trait::OtherPlace => settings.other_place,
        Trait::Uneven => settings.uneven,
        Trait::OtherWord => settings.other_word,
        Trait::BrokenRun => settings.broken_run,
        Trait::OtherRun => settings.other_run,
        Trait::Revision => settings.revision,
        Trait::Tenfold => settings.tenfold + of_short,
        Trait::SameNumber => settings.same_number,
        Trait::Opposite => settings.opposite,
        Trait::OtherName => settings.other_name,
        Trait::Qualifier => settings.qualifier,
    }
}

/// What it is that a digit is lost, which stands at `at`.
fn digit_lost(units: &[u16], at: usize) -> Trait {
    let digits_of = |units: &mut dyn Iterator<Item = &u16>| units.take(4).take_while(|&&u| is_digit(u)).count();
    let (before, behind) = (digits_of(&mut units[..at].iter().rev()), digits_of(&mut units[at + 1..].iter()));
    match before + behind + 1 {
        4 if units.get(at + 1 + behind) == Some(&YEAR) => Trait::DigitOfYear,
        4.. => Trait::DigitOfLong,
        _ if units.get(at + 1 + behind).is_some_and(|&u| is_one_of(u, "日月号时点")) => Trait::DigitOfDate,
        _ => Trait::DigitLost,
    }
}

/// Whether a unit is a mark that a normal form keeps between digits alone (35.8, 9:30).
fn is_mark_of_number(unit: u16) -> bool {
    static MARKS: CharSet = CharSet::new(".:/-·");
    belongs(unit, &MARKS)
}

const YEAR: u16 = '年' as u16;

/// Whether the stretch is zeros or units of number behind a number that is one without them. The zeros of a fraction
/// (2.50) are nothing, and a year without its last is none.
fn is_tenfold(units: &[u16], at: usize, end: usize) -> bool {
    let (before, stretch, behind) = (&units[..at], &units[at..end], units.get(end));
    let zeros = stretch.iter().take_while(|&&u| u == u16::from(b'0')).count();
    let is_number = |u: u16| is_digit(u) || is_numeral(u);
    if !stretch[zeros..].iter().all(|&u| is_one_of(u, "十百千万亿")) || !before.last().is_some_and(|&u| is_number(u))
    {
        return false;
    }
    let ends = behind.is_none_or(|&u| !is_digit(u));
    let digits = before.iter().rev().take_while(|&&u| is_digit(u)).count();
    let fraction = before.len().checked_sub(digits + 1).is_some_and(|n| before[n] == u16::from(b'.'));
    let year = behind == Some(&YEAR) && digits + zeros == 4;
    zeros == 0 || ends && !fraction && !year
}

/// Whether two stretches say the same number, the one in digits and the other one in Chinese numerals.
fn says_same_number(x: &[u16], y: &[u16]) -> bool {
    let value = |units: &[u16]| {
        let text = Folded::new(&String::from_utf16_lossy(units));
        numeral::read(&text, 0).filter(|n| n.end == units.len()).and_then(|n| n.value())
    };
    let all = |units: &[u16], is: fn(u16) -> bool| units.iter().all(|&u| is(u));
    (all(x, is_digit) && all(y, is_numeral) || all(x, is_numeral) && all(y, is_digit))
        && value(x).is_some_and(|x| value(y) == Some(x))
}

/// Whether one of two stretches of one length denies what both have, and the other one does not (予以, 不予).
fn denies_one(x: &[u16], y: &[u16]) -> bool {
    let denies = |units: &[u16]| units.first().is_some_and(|&u| belongs(u, &DENIALS));
    x.len() == 2 && y.len() == 2 && denies(x) != denies(y) && x.iter().any(|u| y.contains(u))
}

/// Whether a character says how many or which one, as a digit does.
fn counts(unit: u16) -> bool {
    static COUNTING: CharSet = CharSet::new("数多余第每来");
    is_numeral(unit) || belongs(unit, &COUNTING)
}

/// Whether a digit that has others beside it stands against one in words: who writes a number in words writes all of it so
/// (15, 1七). Others that count stand beside digits (105, 10多; 35, 3万).
fn is_in_number(a: &[u16], b: &[u16], diff: Diff) -> bool {
    let in_both = [(a, diff.a as usize), (b, diff.b as usize)];
    let in_words = in_both.iter().any(|&(units, at)| is_one_of(units[at], "〇零一二三四五六七八九"));
    in_words
        && in_both.iter().any(|&(units, at)| {
            let is_digit_at = |n: Option<usize>| n.and_then(|n| units.get(n)).is_some_and(|&u| is_digit(u));
            is_digit_at(Some(at)) && (is_digit_at(at.checked_sub(1)) || is_digit_at(Some(at + 1)))
        })
}

/// A Chinese numeral, also as it is written on bills.
fn is_numeral(unit: u16) -> bool {
    static NUMERALS: CharSet = CharSet::new("〇零一二三四五六七八九十百千万亿两几半廿卅壹贰叁肆伍陆柒捌玖拾佰仟");
    belongs(unit, &NUMERALS)
}

/// A Latin letter; the normal form has them in lower case.
fn is_letter(unit: u16) -> bool {
    (u16::from(b'a')..=u16::from(b'z')).contains(&unit)
}

/// Whether no letter stands beside that at `at`.
fn stands_alone(units: &[u16], at: usize) -> bool {
    let is_other = |n: Option<usize>| n.and_then(|n| units.get(n)).is_none_or(|&u| !is_letter(u));
    is_other(at.checked_sub(1)) && is_other(Some(at + 1))
}

/// The same as [`is_one_of`], for what is asked of every difference.
fn belongs(unit: u16, set: &CharSet) -> bool {
    char::from_u32(unit.into()).is_some_and(|c| set.has(c))
}

fn is_one_of(unit: u16, characters: &str) -> bool {
    char::from_u32(unit.into()).is_some_and(|c| characters.contains(c))
}

/// The words of the dictionary in a stretch of a text and around it.
struct Around {
    text: String,
    /// Where each character begins in the text and the last one ends, in bytes.
    borders: Vec<usize>,
    /// The stretch, in characters of the text.
    stretch: Range<usize>,
    /// Of each character the lengths of the words that begin with it, a bit each, as far as that was asked.
    lengths: SmallVec<[Option<u8>; 16]>,
}

impl Around {
    fn of(units: &[u16], start: usize, end: usize) -> Self {
        let from = start.saturating_sub(WORD_REACH);
        let to = (end + WORD_REACH).min(units.len());
        let (text, borders) = with_borders(&units[from..to]);
        Self { text, borders, stretch: start - from..end - from, lengths: SmallVec::from_elem(None, to - from) }
    }

    /// Characters.
    fn len(&self) -> usize {
        self.lengths.len()
    }

    /// The lengths of the words that begin with character `first`, the longest first: of two characters and more.
    fn words_from(&mut self, first: usize) -> impl Iterator<Item = usize> + use<> {
        let Self { text, borders, lengths, .. } = self;
        let is_word = |length: &usize| {
            let end = borders.get(first + length);
            end.is_some_and(|&end| is_word(&text[borders[first]..end]))
        };
        let found = *lengths[first].get_or_insert_with(|| {
            (2..=WORD_REACH + 2).filter(is_word).fold(0, |lengths, length| lengths | 1 << length)
        });
        (2..=WORD_REACH + 2).rev().filter(move |length| found & 1 << length != 0)
    }

    /// Whether every character of the stretch stands in a word, or (of an empty stretch) a word spans the place.
    fn is_in_words(&mut self) -> bool {
        let Range { start, end } = self.stretch;
        // The characters up to here are in words.
        let mut covered = start;
        for first in 0..self.len() {
            if first > covered || first >= end {
                break;
            }
            let longest = self.words_from(first).find(|&length| length <= WORD_REACH + 1);
            covered = covered.max(longest.map_or(0, |length| first + length));
        }
        covered >= end && (end > start || covered > start)
    }

    /// Where what begins `before` characters before the stretch can end, if it is cut into words; by how many characters
    /// behind the stretch.
    fn ends_of_words(&mut self, before: usize) -> [bool; WORD_REACH + 1] {
        let Range { start, end } = self.stretch;
        let mut ends = [false; WORD_REACH + 1];
        let mut cuts: SmallVec<[bool; 16]> = SmallVec::from_elem(false, self.len() + 1);
        cuts[start - before] = true;
        for first in start - before..self.len() {
            if cuts[first] {
                self.words_from(first).for_each(|length| cuts[first + length] = true);
            }
        }
        for (ends, cut) in ends.iter_mut().zip(&cuts[end..]) {
            *ends = *cut;
        }
        ends
    }
}

/// Whether every character of the stretch stands in a word of the dictionary of two characters or more, or (of an empty
/// stretch) a word spans the place.
fn in_words(units: &[u16], start: usize, end: usize) -> bool {
    Around::of(units, start, end).is_in_words()
}

/// A stretch as text, and where each unit begins in it and the last one ends, in bytes.
fn with_borders(units: &[u16]) -> (String, Vec<usize>) {
    let mut text = String::with_capacity(3 * units.len());
    let mut borders = Vec::with_capacity(units.len() + 1);
    for &unit in units {
        borders.push(text.len());
        text.push(char::from_u32(unit.into()).unwrap_or(' '));
    }
    borders.push(text.len());
    (text, borders)
}

/// Whether what differs, with as many characters before and behind it on both sides, is made of words on both: who fills a
/// template puts words for words (劳动局, 教育局), while of a misreading come words that reach elsewhere (彝族歌唱家,
/// 彝族歌法家).
pub(super) fn are_words_in_one_place(a: &[u16], b: &[u16], diff: Diff) -> bool {
    let mut in_a = Around::of(a, diff.a as usize, diff.a_end as usize);
    let mut in_b = Around::of(b, diff.b as usize, diff.b_end as usize);
    let most_before = in_a.stretch.start.min(in_b.stretch.start);
    (0..=most_before).any(|before| {
        // Two characters and more are a word.
        let least_behind = 2_usize.saturating_sub(before + in_a.stretch.len().min(in_b.stretch.len()));
        let ends = in_a.ends_of_words(before).into_iter().zip(in_b.ends_of_words(before));
        ends.skip(least_behind).any(|(in_a, in_b)| in_a && in_b)
    })
}

/// Whether the one character that differs makes of the name of one place that of another.
fn are_places(a: &[u16], b: &[u16], diff: Diff) -> bool {
    let (in_a, in_b) = (diff.a as usize, diff.b as usize);
    (2..=3).any(|length| {
        (0..length).any(|before| {
            [(a, in_a), (b, in_b)].iter().all(|&(units, at)| {
                let name = at.checked_sub(before).and_then(|from| units.get(from..from + length));
                let name = name.map(String::from_utf16_lossy);
                name.is_some_and(|name| is_word(&name) && look_up(&name).is_place)
            })
        })
    })
}

/// Whether a word is of a class that editors change and that names no fact: verbs, adjectives, adverbs, conjunctions …
fn is_revisable(units: &[u16]) -> bool {
    let text = String::from_utf16_lossy(units);
    let tags = jieba().tag(&text, false);
    !tags.is_empty()
        && tags
            .iter()
            .all(|t| matches!(t.tag, "v" | "vd" | "vn" | "vi" | "a" | "ad" | "an" | "d" | "c" | "p" | "u" | "r"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::dedup::align::Aligner;
    use crate::text::Normal;

    #[track_caller]
    fn check(a: &str, b: &str, expected: &[Trait]) {
        let (a, b) = (Normal::of(a).units, Normal::of(b).units);
        let mut aligner = Aligner::default();
        let found: Vec<Trait> = aligner.diffs(&a, &b).iter().map(|&d| trait_of(&a, &b, d)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn numbers() {
        check("救助职工15人", "救助职工18人", &[Trait::OtherNumber]);
        check("救助职工三人", "救助职工五人", &[Trait::OtherNumber]);
        check("补助叁万元", "补助伍万元", &[Trait::OtherNumber]);
        check("节约35.8万元", "节约358万元", &[Trait::MarkOfNumber]);
        check("需要A型血", "需要B型血", &[Trait::OtherNumber]);
        check("学会CAD制图", "学会CAM制图", &[Trait::OtherCharacter]);
        check("救助职工15人", "救助职工1人", &[Trait::DigitLost]);
        check("救助职工15人", "救助职工1蒜人", &[Trait::DigitMisread]);
        check("救助职工15人", "救助职工1七人", &[Trait::DigitMisread]);
        check("救助职工105人", "救助职工10多人", &[Trait::DigitAgainstWord]);
        check("补助35元", "补助3万元", &[Trait::DigitAgainstWord]);
        check("召开第3次会议", "召开13次会议", &[Trait::DigitAgainstWord]);
        check("救助职工5人", "救助职工多人", &[Trait::DigitAgainstWord]);
        check("始建于1998年", "始建于199年", &[Trait::DigitOfYear]);
        check("救助职工1998人", "救助职工199人", &[Trait::DigitOfLong]);
        check("共195人参加", "共山竟9人参加", &[Trait::DigitMisread]);
        check("有10职工参加", "有许多职工参加", &[Trait::DigitAgainstWord]);
    }

    #[test]
    fn numbers_ten_times_as_large() {
        check("补助困难职工100元", "补助困难职工1000元", &[Trait::Tenfold]);
        check("奖励3000元", "奖励3000万元", &[Trait::Tenfold]);
        check("走访八户", "走访八十户", &[Trait::Tenfold]);
        check("水价2.5元", "水价2.50元", &[Trait::DigitLost]);
        check("始建于1990年", "始建于199年", &[Trait::DigitOfYear]);
        check("救助职工105人", "救助职工15人", &[Trait::DigitLost]);
        check("定于9月3日", "定于九月三日", &[Trait::SameNumber; 2]);
        check("定于12日", "定于十二日", &[Trait::SameNumber]);
        check("每周三办公", "每周日办公", &[Trait::OtherNumber]);
    }

    #[test]
    fn names_and_opposites() {
        check("职工张德福因病住院", "职工张德禄因病住院", &[Trait::OtherName]);
        check("职工张德福因病住院", "职工李国庆因病住院", &[Trait::OtherName]);
        // No given name has it, or nearly none.
        check("职工张德福因病住院", "职工张德蒜因病住院", &[Trait::BrokenWord]);
        check("男子组比赛结束", "女子组比赛结束", &[Trait::Opposite]);
        check("市总工会主席陈述", "市总工会副主席陈述", &[Trait::Qualifier]);
        check("对申请予以支持", "对申请不予支持", &[Trait::Qualifier]);
        check("产量已经增加", "产量已经减少", &[Trait::Opposite]);
    }

    #[test]
    fn misreadings() {
        check("慰问困难职工", "慰问困难织工", &[Trait::LookAlike]);
        check("市总工会开展活动", "市总工会开鸡活动", &[Trait::BrokenWord]);
        check("市总工会开展活动", "市总工会开活动", &[Trait::Slip]);
        check("市总工会开展活动", "市总工会开展的活动", &[Trait::Slip]);
        check("市总工会开展活动", "市总工会开展活", &[Trait::SlipAtEnd]);
    }

    #[test]
    fn words_that_do_not_stand_for_words() {
        check("厂里来了歌唱家", "厂里来了歌法家", &[Trait::BrokenWord]);
        check("工人阶级队伍壮大", "工人阶机会伍壮大", &[Trait::BrokenRun]);
        check("市粮食局发文", "市教育局发文", &[Trait::OtherWord]);
        check("市机械厂投产", "市机床厂投产", &[Trait::OtherCharacter]);
    }

    #[test]
    fn differences_that_tell_another_fact_together() {
        let told = |a: &str, b: &str| {
            let (a, b) = (Normal::of(a).units, Normal::of(b).units);
            let mut aligner = Aligner::default();
            is_told_otherwise(&a, &b, aligner.diffs(&a, &b).iter().copied())
        };
        assert!(told("走访520户,发放慰问金52万元", "走访5200户,发放慰问金520万元"));
        assert!(told("公司应当支付补偿", "公司不应当支付补偿"));
        assert!(told("双方同意调解", "双方没有同意调解"));
        assert!(told("抽查合格的产品", "抽查不合格产品"));
        assert!(told("市工会向县工会赠书", "县工会向市工会赠书"));
        assert!(told("灯泡厂昨天产灯泡两千只", "灯管厂昨天产灯管两千只"));
        assert!(!told("金秋时节全厂同乐", "全秋时节金厂同乐"));
        assert!(!told("走访520户,发放慰问金52万元", "走访520户,发放慰问金2万元"));
        assert!(!told("走访520户,发放慰问金52万元后又看望职工", "走访50户,发放慰问全2万元后又看望织工啊"));
        assert!(!told("公司应当支付补偿", "公词应当付补偿不"));
        assert!(!told("公司应当支付补偿了", "公司应当的支付补偿"));
    }

    #[test]
    fn other_facts() {
        check("来自北京的职工", "来自上海的职工", &[Trait::OtherWord]);
        check("从美国回来的职工", "从英国回来的职工", &[Trait::OtherPlace]);
        check("在徐州市召开会议", "在贵州省召开会议", &[Trait::OtherPlace, Trait::Opposite]);
        check("记者张晓明报道", "记者李国庆报道", &[Trait::OtherName]);
        check("来自隆祺坊的茶", "来自沁澜轩的茶", &[Trait::OtherRun]);
    }

    #[test]
    fn revisions() {
        check("会议昨天召开了", "会议昨天举行了", &[Trait::Revision]);
    }

    proptest! {
        /// What is told without the dictionary bounds what is told with it.
        #[test]
        fn no_difference_weighs_more_than_it_may(
            a in "[市总工会职慰问困难0-9年万元a-c北京上海张李]{1,12}",
            b in "[市总工会织慰问因难0-9年万元a-c北京上海张李]{1,12}",
        ) {
            let (a, b) = (Normal::of(&a).units, Normal::of(&b).units);
            let (usage, weights) = (Usage::default(), Evidence::default());
            for &diff in Aligner::default().diffs(&a, &b) {
                let outline = Outline::of(&a, &b, diff, &usage, &weights);
                let weight = outline.weigh(&a, &b, &usage, &weights).weight;
                prop_assert!(weight <= outline.most);
            }
        }
    }
}
