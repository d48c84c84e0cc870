//! Blocks: the printed pieces of an article.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use crate::record::{Article, RepeatKind};
use crate::text::Span;

/// What a block is on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// 栏目: the standing title of a column or series.
    Rubric,
    /// 引题, 肩题: the line above the headline.
    Kicker,
    /// 主题: the headline.
    Headline,
    /// 副题: the line below the headline.
    Deck,
    /// The printed credit and the dateline (电头), as a block of their own.
    Byline,
    /// 小标题: a heading inside the text.
    Subhead,
    /// Running text.
    Paragraph,
    /// What stands under a picture.
    Caption,
    /// 责任编辑 and the like.
    Staff,
    /// 下转/上接第N版.
    Jump,
    /// Items of a list.
    List,
    /// Rows of a table.
    Table,
    /// Folio, date line, contact line, weather box, copyright line.
    Furniture,
}

impl BlockKind {
    /// As it is written in records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rubric => "rubric",
            Self::Kicker => "kicker",
            Self::Headline => "headline",
            Self::Deck => "deck",
            Self::Byline => "byline",
            Self::Subhead => "subhead",
            Self::Paragraph => "paragraph",
            Self::Caption => "caption",
            Self::Staff => "staff",
            Self::Jump => "jump",
            Self::List => "list",
            Self::Table => "table",
            Self::Furniture => "furniture",
        }
    }

    /// Whether it is text that a reader reads on in: what is compared for repeats and read for facts.
    pub fn is_running_text(self) -> bool {
        matches!(self, Self::Paragraph | Self::Caption | Self::List | Self::Table)
    }
}

/// A block of a page, by the numbers of its article and of itself, both from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct BlockRef {
    /// The article's place among the page's articles.
    pub article: u32,
    /// The block's place in the article.
    pub block: u32,
}

impl BlockRef {
    /// The block, where the articles of its page hold it.
    pub fn among<'a, 'p>(self, articles: &'a [Article<'p>]) -> Option<&'a Block<'p>> {
        articles.get(self.article as usize)?.blocks.get(self.block as usize)
    }
}

/// A mended cut: two pieces of one paragraph that the columns had parted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Join {
    /// Byte of the page where the first piece ends.
    pub left: u32,
    /// Byte of the page where the next piece starts.
    pub right: u32,
    /// 0 to 1: how sure the join is.
    pub score: f32,
    /// Why, for a person.
    pub reasons: Vec<Cow<'static, str>>,
}

/// What `layout` saw of a block that the page reader repeated: a copy of `of`, on the same page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RepeatMark {
    /// The block of this page that it repeats.
    pub of: BlockRef,
    /// A loop, or an exact copy in a copied section.
    pub kind: RepeatKind,
    /// 0 to 1, of the texts as compared.
    pub similarity: f32,
    /// Why, for a person.
    pub reason: Cow<'static, str>,
}

/// One printed piece of an article: its text is exactly the page slices that its spans name.
#[derive(Clone, Debug, PartialEq)]
pub struct Block<'p> {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands on the page, in reading order. Never empty.
    pub spans: SmallVec<[Span; 1]>,
    /// Its text, borrowed from the page where it stands in one piece.
    pub text: Cow<'p, str>,
    /// The cuts that were mended in it.
    pub joins: Vec<Join>,
    /// Set where the page reader repeated a block: this one is left out, with its line in `repeats.jsonl`.
    pub repeat: Option<RepeatMark>,
    /// `layout` asked this very text for the credit that opens or closes it, and there is none: nobody need ask again.
    pub uncredited: bool,
}

impl<'p> Block<'p> {
    /// A block of the pieces `spans` of `page`.
    pub fn new(kind: BlockKind, page: &'p str, spans: impl IntoIterator<Item = Span>) -> Self {
        let spans: SmallVec<[Span; 1]> = spans.into_iter().collect();
        let text = match spans.as_slice() {
            [one] => Cow::Borrowed(one.of(page)),
            many => Cow::Owned(many.iter().map(|s| s.of(page)).collect()),
        };
        Self { kind, spans, text, joins: Vec::new(), repeat: None, uncredited: false }
    }

    /// Where the block begins on the page, in bytes.
    pub fn start(&self) -> u32 {
        self.spans.first().map_or(0, |s| s.start)
    }
}

/// A block as it is written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BlockRecord<'t> {
    /// `PAGE/aN/bM`.
    pub id: String,
    /// What it is.
    pub kind: BlockKind,
    /// Exactly the concatenation of the page slices that `spans` names.
    #[serde(borrow)]
    pub text: Cow<'t, str>,
    /// Half-open ranges of the page's text, in Unicode scalars, in reading order.
    pub spans: Vec<[usize; 2]>,
    /// The cuts that were mended in it.
    pub joins: Vec<JoinRecord>,
    /// Null in a kept block; with `--keep-repeats`, what a repeated one repeats.
    pub repeat: Option<BlockRepeatRecord>,
}

/// A mended cut as it is written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct JoinRecord {
    /// End of the first piece and start of the next, in Unicode scalars of the page.
    pub at: [usize; 2],
    /// 0 to 1: how sure the join is.
    pub score: f32,
    /// Why, for a person.
    pub reasons: Vec<Cow<'static, str>>,
}

/// What a repeated block that stays in place repeats.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BlockRepeatRecord {
    /// The kind of repeat.
    pub kind: RepeatKind,
    /// The block that it repeats.
    pub of: String,
    /// 0 to 1, of the texts as compared.
    pub similarity: f32,
}
