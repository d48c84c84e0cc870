//! Settings of `dedup`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Thresholds of the repeat finder.
///
/// Lengths are characters of the normal form: without blanks, punctuation and mark-up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Dedup {
    /// Characters below which a block counts as a repeat only inside a copied section or a loop, never on its own. In an
    /// article a line of less than about thirty characters is as often a slogan or a subhead as a sentence.
    pub short_block: u32,
    /// The same for `jianbao dedup`, which sees paragraphs alone and no headings. Nearly every equal line of fewer characters is
    /// a folio or a list item.
    pub short_paragraph: u32,
    /// Characters from which near-duplicates are looked for. With fewer, one other character is as likely another name.
    pub near_from: u32,
    /// Characters from which a gap (a dropped sentence, a cut tail) may stand between two copies. Real headlines of up to
    /// eleven characters open like others.
    pub gap_from: u32,
    /// Share of the longer text that the one gap may be, 0 to 1. A sentence that was added or dropped is seldom half of a
    /// paragraph; two articles that only open alike differ in more.
    pub gap_share: f32,
    /// Share of the characters outside the gap that may differ, 0 to 1. A page reader that errs in one character of ten
    /// errs in one of three in some short paragraph.
    pub edit_share: f32,
    /// Characters from which what is left of a text without its dateline and byline is compared, where those differ: a
    /// shorter one is a photo's credit or a brief that is all dateline.
    pub body_from: u32,
    /// Blocks with one key that are all compared with each other; in a larger bucket each is compared with its
    /// neighbours only, so that a million equal templates cost no square.
    pub bucket: u32,
    /// Whether blocks that say the same as another with other facts are listed as `variant`; they are always kept.
    pub variants: bool,
    /// Whether articles that reprint another page's article as a whole stay in the output, linked by `reprint_of`.
    pub reprints: Reprints,
    /// Share of an article's running text that must repeat one article of another page for it to be a reprint as a whole.
    pub reprint_share: f32,
    /// Share of the shorter one of two articles that must name a block of the other as its kept copy, or be named so, for
    /// the two to be compared as wholes.
    pub reprint_named_share: f32,
    /// What differences between two texts speak for.
    pub evidence: Evidence,
}

/// What differences between two texts speak for, as natural logarithms of odds.
///
/// Two texts that are alike enough are copies if the weights of their differences, with `prior`, `brevity`, `density` and
/// `gap`, add up to more than `needed`: above 0 a weight speaks for a misreading, below 0 for another fact. A number against
/// another number always makes a variant. Found by logistic regression on some 140,000 candidate pairs of 1.5 GB of
/// newspaper paragraphs with planted misreadings and planted variants, each half of them checked on the other, then rounded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Evidence {
    /// The sum that makes two texts copies.
    pub needed: f32,
    /// How much more that is for each tenfold of 50,000 blocks and each halving of the shorter text below 32 characters:
    /// chance finds pairs in the square of the archive's size, copies come in proportion to it, and nine in ten pairs that
    /// chance finds in a gigabyte have fewer than 15.
    pub needed_more_of_short: f32,
    /// For two candidates before any difference is looked at.
    pub prior: f32,
    /// For each halving of the shorter text below 32 characters; what is against short texts is said by their density.
    pub brevity: f32,
    /// For all of the text differing; half of it counts half.
    pub density: f32,
    /// The same, for each halving below 32 characters: short texts are alike by chance.
    pub density_of_short: f32,
    /// For a gap beside other differences.
    pub gap: f32,
    /// For other punctuation or mark-up: a page reader errs on marks too, who fills a template does not.
    pub marks: f32,
    /// For the same, for each halving below 32 characters: in a short text it rather shows another origin.
    pub marks_of_short: f32,
    /// One character more or less.
    pub slip: f32,
    /// The same at the head or at the tail of both texts, where another text begins or ends otherwise.
    pub slip_at_end: f32,
    /// Two and more characters more or less.
    pub insertion: f32,
    /// A character against one that looks like it.
    pub look_alike: f32,
    /// A character against another one where a word of the dictionary stands on one side alone.
    pub broken_word: f32,
    /// A character against another one, words on both sides or on none.
    pub other_character: f32,
    /// The same where both words are names of places: another place, and seldom a misreading.
    pub other_place: f32,
    /// One character against two or three.
    pub uneven: f32,
    /// Words against words: other names, places, times.
    pub other_word: f32,
    /// Two characters against two where a word of the dictionary stands on one side alone.
    pub broken_run: f32,
    /// Several characters against others that are no words on both sides.
    pub other_run: f32,
    /// For nothing but two characters and more against others: a page reader errs on single characters too.
    pub runs_alone: f32,
    /// A verb or the like against another one: in a longer text a revision, reported as `near` with the words.
    pub revision: f32,
    /// For each character beyond two of a word or a name against another one: characters are misread one by one.
    pub longer: f32,
    /// The same where no words stand on both sides.
    pub longer_run: f32,
    /// A mark inside of a number more or less (35.8 and 358).
    pub mark_of_number: f32,
    /// A digit more or less: page readers drop characters, editors replace numbers. Enough to make a variant of a short
    /// text, not of a long one in which all else agrees.
    pub digit_lost: f32,
    /// The same, and of zeros and marks of a number, for each halving of the shorter text below 32 characters.
    pub digit_lost_of_short: f32,
    /// The same of a date or a time of day, for each halving: a dateline alone is another one.
    pub digit_of_date_of_short: f32,
    /// The same of a year: what is left is none, so it was no other one.
    pub digit_of_year: f32,
    /// The same of another number of four digits or more: who puts another one there changes more of it.
    pub digit_of_long: f32,
    /// A digit against one character that counts nothing, or against a stretch that stands in no word.
    pub digit_misread: f32,
    /// A digit against a word or a numeral, or a numeral against a word that counts.
    pub digit_against_word: f32,
    /// Zeros or a unit of number more or less behind a number: ten times as much, or more.
    pub tenfold: f32,
    /// A number in digits against the same one in Chinese numerals.
    pub same_number: f32,
    /// A character against its opposite, or another one of its kind (上 and 下, 男 and 女).
    pub opposite: f32,
    /// In a personal name, which is one with either side.
    pub other_name: f32,
    /// For each bit by which what stands in a name is less likely there than names have it, up to what another character
    /// weighs: a misread name is mostly a far-fetched one.
    pub far_fetched: f32,
    /// A word more or less that makes another fact of what it stands at (副主席, 不同意, 零下).
    pub qualifier: f32,
    /// The weight below which a difference tells another fact, and is no misreading among others.
    pub tells_from: f32,
    /// How much what speaks for misreadings may make up for what speaks for another fact, where the square of the misread
    /// characters is the number of all, so that two of them stand side by side by chance: a notice of the same template is
    /// misread as often as a copy is.
    pub amends: f32,
    /// How much more, for each factor of 2.7 by which that square is larger, and less, by which it is smaller; never below 0.
    pub amends_by_noise: f32,
    /// For each halving of how often the characters of the worse side stand beside each other in the archive, against those
    /// of the better side: a misreading mostly stands beside what it never stands beside elsewhere.
    pub contrast: f32,
}

impl Default for Evidence {
    fn default() -> Self {
        Self {
            needed: 0.0,
            needed_more_of_short: 0.9,
            prior: 4.6,
            brevity: 0.8,
            density: -9.0,
            density_of_short: -6.9,
            gap: -5.2,
            marks: 1.6,
            marks_of_short: -3.3,
            slip: 1.7,
            slip_at_end: -0.3,
            insertion: -1.1,
            look_alike: 2.3,
            broken_word: 0.4,
            other_character: -1.2,
            other_place: -5.5,
            uneven: -1.2,
            other_word: -6.4,
            broken_run: -2.5,
            other_run: -4.6,
            runs_alone: -1.0,
            revision: -5.1,
            longer: -3.0,
            longer_run: -1.0,
            mark_of_number: -4.5,
            digit_lost: -2.9,
            digit_lost_of_short: -0.3,
            digit_of_date_of_short: -3.0,
            digit_of_year: 1.3,
            digit_of_long: 0.1,
            digit_misread: -0.4,
            digit_against_word: -5.6,
            tenfold: -4.5,
            same_number: 0.3,
            opposite: -6.9,
            other_name: -4.9,
            far_fetched: 0.6,
            qualifier: -5.4,
            tells_from: -2.0,
            amends: 3.0,
            amends_by_noise: 3.0,
            contrast: 0.29,
        }
    }
}

/// What becomes of an article that is a reprint as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reprints {
    /// It stays, with `reprint_of` set; its blocks have their lines in `repeats.jsonl` with `kept: true`.
    #[default]
    Keep,
    /// Its repeated blocks are left out.
    Drop,
}

impl Default for Dedup {
    fn default() -> Self {
        Self {
            short_block: 30,
            short_paragraph: 4,
            near_from: 5,
            gap_from: 12,
            gap_share: 0.5,
            edit_share: 0.34,
            body_from: 30,
            bucket: 12,
            evidence: Evidence::default(),
            variants: true,
            reprints: Reprints::Keep,
            reprint_share: 0.6,
            reprint_named_share: 0.1,
        }
    }
}
