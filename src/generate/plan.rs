//! What pages are made: how many, how different from each other, and how often each difficulty is planted.

/// How a page or an archive is made. The same plan makes the same bytes on every machine.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Other seeds make other archives.
    pub seed: u64,
    /// The share of content words that are exchanged, 0 to 1. With 0 the prose is as it was composed, but for names and
    /// numbers, and two pages may hold the same article; from about 0.5 on, nothing but what is planted repeats.
    pub vary: f64,
    /// How often each difficulty is planted.
    pub rates: Rates,
}

/// How often each difficulty is planted: a probability for each article, page or issue, as said.
///
/// The defaults are guesses at a bad dump: most articles are cut, a third of the pages ends in a loop.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Rates {
    /// Articles with enough text that a column cuts, once or more.
    pub cut: f64,
    /// Cuts that fall in mid-sentence; the others fall between paragraphs.
    pub cut_in_sentence: f64,
    /// Cut articles whose last piece is not on the page.
    pub lost_tail: f64,
    /// Cut articles whose headline stands between the first piece and the second.
    pub displaced_headline: f64,
    /// Pages without any mark-up of headlines.
    pub no_markup: f64,
    /// Pages with marks and brackets of half width.
    pub half_width: f64,
    /// Pages whose paragraphs stand on lines without blank ones between.
    pub single_breaks: f64,
    /// Articles with a line above the headline.
    pub kicker: f64,
    /// Articles with a line below the headline.
    pub deck: f64,
    /// Articles that bear the standing title of a column.
    pub rubric: f64,
    /// Articles of six paragraphs and more with headings inside.
    pub subheads: f64,
    /// Articles without any credit.
    pub no_credit: f64,
    /// Cut articles with a caption between their pieces.
    pub caption: f64,
    /// Pages with a folio, a staff line or small print.
    pub furniture: f64,
    /// Issues with an article that goes on on another page.
    pub jump: f64,
    /// Pages that end in a loop or a copied section.
    pub repeat: f64,
    /// Loops whose copies get worse.
    pub drift: f64,
    /// Copies of earlier pages' paragraphs that a page has on average.
    pub copies: f64,
    /// Paragraphs that only look like copies that a page has on average.
    pub hard_negatives: f64,
}

impl Default for Rates {
    fn default() -> Self {
        Self {
            cut: 0.75,
            cut_in_sentence: 0.8,
            lost_tail: 0.12,
            displaced_headline: 0.15,
            no_markup: 0.2,
            half_width: 0.5,
            single_breaks: 0.2,
            kicker: 0.12,
            deck: 0.12,
            rubric: 0.06,
            subheads: 0.5,
            no_credit: 0.2,
            caption: 0.1,
            furniture: 0.3,
            jump: 0.3,
            repeat: 0.35,
            drift: 0.15,
            copies: 1.5,
            hard_negatives: 0.5,
        }
    }
}

impl Plan {
    /// An archive: words are exchanged, and paragraphs recur across its pages.
    pub fn archive(seed: u64) -> Self {
        Self { seed, vary: 0.6, rates: Rates::default() }
    }

    /// Pages of prose as it was composed, each for itself: to measure `layout` by, and to fit its weights on.
    pub fn pages(seed: u64) -> Self {
        Self { seed, vary: 0.0, rates: Rates { copies: 0.0, hard_negatives: 0.0, jump: 0.0, ..Rates::default() } }
    }
}
