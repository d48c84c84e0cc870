//! Settings of `layout`.
//!
//! The weights of the search for the best reading of a page stand in `layout_weights.toml`, with where they come from:
//! `scripts/fit_layout.py` fits them on generated pages and writes that file.

use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What `layout_weights.toml` holds; the settings of the same names say what each is.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Weights {
    sentence_weight: f32,
    word_weight: f32,
    topic_share: f32,
    topic_floor: f32,
    topic_weight: f32,
    either_price: f32,
    complete_price: f32,
    broken_off_price: f32,
    cannot_begin_price: f32,
    turn_price: f32,
    turn_price_untrusted: f32,
    turn_price_broken: f32,
    order_price: f32,
    bare_start_price: f32,
    broken_off_gain: f32,
    displaced_price: f32,
    credited_price: f32,
    lost_price: f32,
    untitled_price: f32,
}

static WEIGHTS: LazyLock<Weights> =
    LazyLock::new(|| toml::from_str(include_str!("layout_weights.toml")).unwrap_or_default());

/// Thresholds of the layout. Scores and prices are in nats (natural logarithms of chances).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Layout {
    /// Size of the tables of what follows what in an archive: 2^this n-grams of three. 22 takes 36 MB and holds what a
    /// hundred megabytes of newspaper text need; each step more doubles it.
    pub statistics_bits: u32,
    /// Bytes of pages, from the archive's start, that are counted for what follows what. More text adds little: it fills
    /// the tables, and of 200 MB that were counted whole it took a seventh of the time of a run.
    pub statistics_bytes: u64,
    /// Lines of a head at most, kickers and decks among them. More in a row are heads of several articles: a list of
    /// contents.
    pub head_lines: usize,
    /// Longest headline, kicker or deck, in characters.
    pub headline_chars: usize,
    /// Longest deck that only its shape shows, in characters.
    pub deck_chars: usize,
    /// Longest subhead without mark-up, in characters.
    pub subhead_chars: usize,
    /// Characters from which on a line of one clause without a closing mark is cut; a shorter one may be a label or a name.
    pub standing_chars: usize,
    /// The same for the line below a text, which may be who signs it.
    pub signature_chars: usize,
    /// Longest line of a list or of verse without mark-up, in characters.
    pub verse_chars: usize,
    /// Lines of such a list or poem at least.
    pub verse_lines: usize,
    /// Longest standing title above a headline that is marked like it, in characters.
    pub rubric_chars: usize,
    /// Shortest clause, in characters, that is read as the kicker of a headline of two equal halves on the same line.
    pub kicker_chars: usize,
    /// How much likelier a line may be behind the short line above it than at a paragraph's start, if that is a head.
    pub fresh_margin: f32,
    /// What it says for a bare line to be a head that the text below it takes up all of its pairs of characters, in the
    /// points of its shape (a full stop in it is six against). Found with the next two on pages of newspaper articles
    /// that were cut and shuffled with known truth.
    pub head_words: f32,
    /// The share of them that the text below any line takes up.
    pub head_words_from: f32,
    /// What it says against a bare line to be a head that the line below may go on from it, in points for a nat above
    /// `fresh_margin`.
    pub head_goes_on: f32,
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
    /// What is added to it where nothing near the line is cut: more than words in common can say.
    pub turn_price_uncut: f32,
    /// Pieces before and behind a line that are looked at for cuts.
    pub uncut_pieces: usize,
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
    /// against all readings of 2000 random pages of eight pieces, 2 missed the best reading of three of them, and so did 3.
    pub beam_alike: usize,
    /// How far behind the best a reading may be to be followed, in nats. Of 2000 random pages of eight pieces 10, 12 and 14
    /// missed the best reading of one, and 8 of seven.
    pub beam_margin: f32,
    /// How much more of the pairs of characters of the lower of two lines than of the upper must stand in the text below
    /// them, as a share, for the upper to be the kicker of the lower. On pages with known truth headlines are taken for
    /// kickers from 0.6 down.
    pub kicker_words: f32,
    /// How little more than needed a bare headline without a credit may look like one, to be doubted: a blank between two
    /// halves (0.8) or a dash (3) takes the doubt away.
    pub doubted_shape: f32,
    /// How sure a join must be to be made, 0 to 1.
    pub join_certainty: f32,
    /// Below which certainty, 0 to 1, a decision that is made all the same is told under `quality.flags`.
    pub doubt_certainty: f32,
}

impl Default for Layout {
    fn default() -> Self {
        let weights = &*WEIGHTS;
        Self {
            statistics_bits: 22,
            statistics_bytes: 64 << 20,
            head_lines: 12,
            headline_chars: 60,
            deck_chars: 34,
            subhead_chars: 20,
            standing_chars: 10,
            signature_chars: 20,
            verse_chars: 30,
            verse_lines: 3,
            rubric_chars: 8,
            kicker_chars: 16,
            fresh_margin: 1.0,
            head_words: 6.0,
            head_words_from: 0.3,
            head_goes_on: 0.5,
            repeat_chars: 20,
            drift_rows: 8,
            drift_chars: 16,
            opening_chars: 4,
            sentence_weight: weights.sentence_weight,
            sentence_most: 16.0,
            trusted_chars: 60_000.0,
            word_weight: weights.word_weight,
            word_most: 5.0,
            background_chars: 300_000.0,
            elsewhere_most: 9.0,
            border_most: 3.0,
            topic_share: weights.topic_share,
            topic_floor: weights.topic_floor,
            topic_weight: weights.topic_weight,
            topic_shortest: 0.4,
            topic_most: 8.0,
            either_price: weights.either_price,
            complete_price: weights.complete_price,
            broken_off_price: weights.broken_off_price,
            cannot_begin_price: weights.cannot_begin_price,
            turn_price: weights.turn_price,
            turn_price_untrusted: weights.turn_price_untrusted,
            turn_price_uncut: 6.0,
            uncut_pieces: 24,
            turn_price_broken: weights.turn_price_broken,
            order_price: weights.order_price,
            bare_start_price: weights.bare_start_price,
            broken_off_gain: weights.broken_off_gain,
            displaced_price: weights.displaced_price,
            credited_price: weights.credited_price,
            jumped_price: 6.0,
            titles_with_credits: false,
            lost_price: weights.lost_price,
            jump_gain: 4.0,
            jump_gain_unknown: 0.5,
            untitled_price: weights.untitled_price,
            open_articles: 12,
            beam: 24,
            beam_alike: 2,
            beam_margin: 12.0,
            kicker_words: 0.7,
            doubted_shape: 0.5,
            join_certainty: 0.7,
            doubt_certainty: 0.9,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_are_read() {
        let text = include_str!("layout_weights.toml");
        let read: Weights = toml::from_str(text).unwrap();
        assert!(read.turn_price > 0.0 && (Layout::default().turn_price - read.turn_price).abs() < f32::EPSILON);
        assert!(text.starts_with('#'), "where the weights come from stands at the head");
    }
}
