//! Settings of `layout`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Thresholds of the layout. Scores and prices are in nats (natural logarithms of chances).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Layout {
    /// Size of the tables of what follows what in an archive: 2^this n-grams of three. 22 takes 36 MB and holds what a
    /// hundred megabytes of newspaper text need; each step more doubles it.
    pub statistics_bits: u32,
    /// Bytes of pages, from the archive's start, that are counted for what follows what; more text than this adds little.
    pub statistics_bytes: u64,
    /// Longest headline, kicker or deck, in characters.
    pub headline_chars: usize,
    /// Longest deck that only its shape shows, in characters.
    pub deck_chars: usize,
    /// Longest subhead without mark-up, in characters.
    pub subhead_chars: usize,
    /// Longest standing title above a headline that is marked like it, in characters.
    pub rubric_chars: usize,
    /// Shortest clause, in characters, that is read as the kicker of a headline of two equal halves on the same line.
    pub kicker_chars: usize,
    /// How much likelier a line may be behind the short line above it than at a paragraph's start, if that is a head.
    pub fresh_margin: f32,
    /// Shortest running text, in characters, whose copy is a repeat without being one of a longer run.
    pub repeat_chars: u32,
    /// Rows back to which the original of a drifting copy is looked for: the longest period of a drifting loop.
    pub drift_rows: usize,
    /// Shortest row, in characters, that can drift: in a shorter one a changed character is another word.
    pub drift_chars: u32,
    /// Characters of a line's start that are held against what may stand before it.
    pub opening_chars: usize,
    /// Weight of how likely they are there: below one, since the tables are small and their chances too sure.
    pub sentence_weight: f32,
    /// The most that these chances can say, before they are weighted.
    pub sentence_most: f32,
    /// Characters of an archive at which these chances are trusted by half.
    pub trusted_chars: f32,
    /// Weight of a word of the dictionary that stands over a border.
    pub word_weight: f32,
    /// The most that such a word can say, before it is weighted.
    pub word_most: f32,
    /// Characters of other text that are supposed beside the archive when it is asked how rare a pair of characters is.
    pub background_chars: f32,
    /// The most that a passage that stands elsewhere in one piece can say.
    pub elsewhere_most: f32,
    /// The most that two lines can say that follow each other elsewhere.
    pub border_most: f32,
    /// Share of an article's pairs of characters that one pair has if the article speaks of it.
    pub topic_share: f32,
    /// What a shared pair must weigh at least.
    pub topic_floor: f32,
    /// Weight of shared pairs: below one, since neighbouring pairs are not independent.
    pub topic_weight: f32,
    /// Shortest article, as a share of a usual one, whose shortness makes shared pairs say more.
    pub topic_shortest: f32,
    /// The most that shared pairs can say of one line.
    pub topic_most: f32,
    /// Price of a line that goes on from a line that ends like a paragraph but need not (a bracket, a colon).
    pub either_price: f32,
    /// Price of a line that goes on from a line with a full stop.
    pub complete_price: f32,
    /// Price of a paragraph behind a line of its article that breaks off.
    pub broken_off_price: f32,
    /// Price of a paragraph that begins with what no line begins with.
    pub cannot_begin_price: f32,
    /// Price of turning to another article behind a complete line.
    pub turn_price: f32,
    /// What is added to it where the archive is too small to tell what is rare: all of it without an archive.
    pub turn_price_untrusted: f32,
    /// Price of turning to another article where the line before breaks off.
    pub turn_price_broken: f32,
    /// Price of turning to an older article than one that was turned to before.
    pub order_price: f32,
    /// Price of an article that begins without head and credit.
    pub bare_start_price: f32,
    /// What is taken off it where the line before breaks off.
    pub broken_off_gain: f32,
    /// Price of a headline that stands in the middle of its article.
    pub displaced_price: f32,
    /// Price of a credit in the middle of an article.
    pub credited_price: f32,
    /// Price of a line behind the line that says that its article goes on on another page: a caption may stand there.
    pub jumped_price: f32,
    /// Whether a headline with a credit can stand in the middle of its article.
    pub titles_with_credits: bool,
    /// Price of a line that breaks off and is never gone on with.
    pub lost_price: f32,
    /// What it says for two articles that each names the other's page of the same paper and day: few do by mistake.
    pub jump_gain: f32,
    /// The same where the paper is not known: another paper of that day may have the same two numbers.
    pub jump_gain_unknown: f32,
    /// Price of an article without a headline.
    pub untitled_price: f32,
    /// Articles that can be turned back to at a time.
    pub open_articles: usize,
    /// Readings of a page that are followed at a time.
    pub beam: usize,
    /// Readings that are followed at a time of those that differ in nothing but which words each article holds. Held
    /// against all readings of 3000 random pages of eight pieces, 1 missed the best reading of some of them, 2 of none.
    pub beam_alike: usize,
    /// How far behind the best a reading may be to be followed.
    pub beam_margin: f32,
    /// How sure a join must be to be made, 0 to 1.
    pub join_certainty: f32,
    /// Below which certainty, 0 to 1, a decision that is made all the same is told under `quality.flags`.
    pub doubt_certainty: f32,
}

impl Default for Layout {
    fn default() -> Self {
        Self {
            statistics_bits: 22,
            statistics_bytes: 256 << 20,
            headline_chars: 60,
            deck_chars: 34,
            subhead_chars: 20,
            rubric_chars: 8,
            kicker_chars: 16,
            fresh_margin: 1.0,
            repeat_chars: 20,
            drift_rows: 8,
            drift_chars: 16,
            opening_chars: 4,
            sentence_weight: 0.7,
            sentence_most: 12.0,
            trusted_chars: 60_000.0,
            word_weight: 0.6,
            word_most: 4.0,
            background_chars: 300_000.0,
            elsewhere_most: 9.0,
            border_most: 3.0,
            topic_share: 7.5e-4,
            topic_floor: 1.0,
            topic_weight: 0.35,
            topic_shortest: 0.4,
            topic_most: 8.0,
            either_price: 1.0,
            complete_price: 6.0,
            broken_off_price: 9.0,
            cannot_begin_price: 6.0,
            turn_price: 3.5,
            turn_price_untrusted: 1.7,
            turn_price_broken: 1.0,
            order_price: 3.0,
            bare_start_price: 8.0,
            broken_off_gain: 2.0,
            displaced_price: 1.5,
            credited_price: 5.0,
            jumped_price: 6.0,
            titles_with_credits: false,
            lost_price: 2.5,
            jump_gain: 4.0,
            jump_gain_unknown: 0.5,
            untitled_price: 3.0,
            open_articles: 12,
            beam: 24,
            beam_alike: 2,
            beam_margin: 14.0,
            join_certainty: 0.7,
            doubt_certainty: 0.9,
        }
    }
}
