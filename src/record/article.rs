//! Articles: what one reads as a unit.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::record::{
    Activity, ActivityRecord, Block, BlockKind, BlockRecord, BlockRepeatRecord, Byline, BylineRecord, Dateline, Entity,
    EntityRecord, Fact, FactRecord, JoinRecord, PageHead, SCHEMA, article_id, block_id,
};
use crate::text::ScalarIndex;

/// What kind of article it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ArticleKind {
    /// A news story.
    #[default]
    Story,
    /// Picture news.
    Photo,
    /// News in a few lines.
    Brief,
    /// An announcement.
    Notice,
    /// Text whose article is not known.
    Fragment,
}

impl ArticleKind {
    /// As it is written in records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Story => "story",
            Self::Photo => "photo",
            Self::Brief => "brief",
            Self::Notice => "notice",
            Self::Fragment => "fragment",
        }
    }
}

/// Whether an article's text begins or ends in mid-sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Edge {
    /// It does not.
    #[default]
    Complete,
    /// It does, and nothing on the page joins it.
    Cut,
}

/// What `layout` doubts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Quality {
    /// How the text begins.
    pub opens: Edge,
    /// How it ends.
    pub closes: Edge,
    /// Doubts, as short keys.
    pub flags: Vec<Cow<'static, str>>,
}

/// An article of a page: its blocks in reading order, those that repeat others behind the ones that do not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Article<'p> {
    /// What kind of article.
    pub kind: ArticleKind,
    /// Its blocks. A block's number in this list is the M of its id, less one.
    pub blocks: Vec<Block<'p>>,
    /// What is doubted.
    pub quality: Quality,
    /// The article that this one reprints as a whole.
    pub reprint_of: Option<String>,
    /// Where it goes on on another page of its issue.
    pub continues_on: Option<Continuation>,
    /// Where it began, on another page of its issue.
    pub continues_from: Option<Continuation>,
}

/// The other part of an article that runs over two pages (下转, 上接): each part is an article of its own page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Continuation {
    /// The other part, `PAGE/aN`.
    pub article: String,
    /// 0 to 1: how sure it is.
    pub score: f32,
    /// Whether a sentence runs over the two pages, so that the paragraphs at the two jump lines are one.
    pub in_sentence: bool,
    /// Why, for a person.
    pub reasons: Vec<Cow<'static, str>>,
}

impl Article<'_> {
    /// The text of the blocks of `kind` that stand first in the article and are no repeats, or None.
    pub fn text_of(&self, kind: BlockKind) -> Option<String> {
        let mut texts = self.blocks.iter().filter(|b| b.kind == kind && b.repeat.is_none()).map(|b| &*b.text);
        let first = texts.next()?;
        Some(texts.fold(first.to_owned(), |all, text| all + " " + text))
    }
}

/// What `extract` read from an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Annotations {
    /// The printed dateline.
    pub dateline: Option<Dateline>,
    /// Who is credited.
    pub byline: Vec<Byline>,
    /// Quantities and dates.
    pub facts: Vec<Fact>,
    /// People, unions, organisations, places, works, quotes.
    pub entities: Vec<Entity>,
    /// What the union did.
    pub activities: Vec<Activity>,
}

/// An article as it is written, one a line of `articles.jsonl`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ArticleRecord<'t> {
    /// Version of the contract.
    pub schema: u32,
    /// `PAGE/aN`.
    pub id: String,
    /// The page it stands on.
    pub page: Cow<'t, PageHead>,
    /// What kind of article.
    pub kind: ArticleKind,
    /// 栏目.
    pub rubric: Option<String>,
    /// 引题, 肩题.
    pub kicker: Option<String>,
    /// 主题.
    pub headline: Option<String>,
    /// 副题.
    pub deck: Option<String>,
    /// 电头.
    pub dateline: Option<Dateline>,
    /// Who is credited.
    pub byline: Vec<BylineRecord>,
    /// Its blocks in reading order.
    #[serde(borrow)]
    pub blocks: Vec<BlockRecord<'t>>,
    /// Quantities and dates.
    pub facts: Vec<FactRecord>,
    /// People, unions, organisations, places, works, quotes.
    pub entities: Vec<EntityRecord>,
    /// What the union did.
    pub activities: Vec<ActivityRecord>,
    /// What is doubted.
    pub quality: QualityRecord,
    /// The article that this one reprints as a whole, or null.
    pub reprint_of: Option<String>,
    /// The part of this article on the page that it is continued on (下转), or null.
    pub continues_on: Option<Continuation>,
    /// The part of this article on the page that it comes from (上接), or null.
    pub continues_from: Option<Continuation>,
}

/// What is doubted of an article, as it is written.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QualityRecord {
    /// How the text begins.
    pub opens: Edge,
    /// How it ends.
    pub closes: Edge,
    /// Cuts that were mended.
    pub joins: usize,
    /// Blocks that were left out as repeats.
    pub repeats: usize,
    /// Doubts, as short keys.
    pub flags: Vec<Cow<'static, str>>,
}

impl<'t> ArticleRecord<'t> {
    /// The record of article number `number` (from 0) of a page, with nothing read from it yet.
    ///
    /// `fate` says of each block whether it repeats another. One that is left out gives no block record; its number in
    /// its id is not given to another.
    pub fn new(
        head: &'t PageHead,
        index: &ScalarIndex<'_>,
        number: usize,
        article: &'t Article<'_>,
        fate: &dyn Fn(usize) -> Fate,
    ) -> Self {
        let page = head.id.as_str();
        let scalar = |byte: u32| index.scalar(byte as usize);
        let mut blocks: Vec<BlockRecord<'t>> = Vec::with_capacity(article.blocks.len());
        let mut repeats = 0;
        for (n, block) in article.blocks.iter().enumerate() {
            let repeat = match fate(n) {
                Fate::Kept => None,
                Fate::Marked(repeat) => Some(repeat),
                Fate::LeftOut => {
                    repeats += 1;
                    continue;
                }
            };
            repeats += usize::from(repeat.is_some());
            blocks.push(BlockRecord {
                id: block_id(page, number, n),
                kind: block.kind,
                text: Cow::Borrowed(&*block.text),
                spans: block.spans.iter().map(|s| [scalar(s.start), scalar(s.end)]).collect(),
                joins: block
                    .joins
                    .iter()
                    .map(|j| JoinRecord {
                        at: [scalar(j.left), scalar(j.right)],
                        score: j.score,
                        reasons: j.reasons.clone(),
                    })
                    .collect(),
                repeat,
            });
        }
        // A head that repeats another stands in the record only where no other does.
        let head_text = |kind: BlockKind| {
            let all = || blocks.iter().filter(|b| b.kind == kind);
            let fresh = all().any(|b| b.repeat.is_none());
            let mut texts = all().filter(|b| !fresh || b.repeat.is_none()).map(|b| &*b.text);
            texts.next().map(|first| texts.fold(first.to_owned(), |all, text| all + " " + text))
        };
        Self {
            schema: SCHEMA,
            id: article_id(page, number),
            page: Cow::Borrowed(head),
            kind: article.kind,
            rubric: head_text(BlockKind::Rubric),
            kicker: head_text(BlockKind::Kicker),
            headline: head_text(BlockKind::Headline),
            deck: head_text(BlockKind::Deck),
            dateline: None,
            byline: Vec::new(),
            facts: Vec::new(),
            entities: Vec::new(),
            activities: Vec::new(),
            quality: QualityRecord {
                opens: article.quality.opens,
                closes: article.quality.closes,
                joins: blocks.iter().map(|b| b.joins.len()).sum(),
                repeats,
                flags: article.quality.flags.clone(),
            },
            blocks,
            reprint_of: article.reprint_of.clone(),
            continues_on: article.continues_on.clone(),
            continues_from: article.continues_from.clone(),
        }
    }

    /// Takes up what was read from the article, with offsets turned into Unicode scalars of the blocks' texts.
    ///
    /// `place` gives the index in `self.blocks` of each of the article's blocks, or None where it does not stand here
    /// or repeats another: what was read from such a block is left out too, so that no fact is counted twice.
    pub fn annotate(&mut self, notes: Annotations, place: &dyn Fn(u32) -> Option<usize>) {
        let blocks = &self.blocks;
        let mut scalars = BlockScalars { block: usize::MAX, index: None };
        let mut at = |block: u32, start: u32, end: u32| {
            let n = place(block)?;
            let (id, text) = (&blocks.get(n)?.id, &*blocks[n].text);
            let mention = text.get(start as usize..end as usize)?;
            let index = scalars.of(n, text);
            Some((id.clone(), index.scalar(start as usize), index.scalar(end as usize), mention.to_owned()))
        };
        // Activities name facts by index, so the facts that go with a left-out block must not shift the others.
        let mut new_index = Vec::with_capacity(notes.facts.len());
        let mut facts = Vec::with_capacity(notes.facts.len());
        for fact in notes.facts {
            let Some((block, start, end, text)) = at(fact.block, fact.start, fact.end) else {
                new_index.push(None);
                continue;
            };
            new_index.push(Some(facts.len() as u32));
            facts.push(FactRecord {
                kind: fact.kind,
                text,
                block,
                start,
                end,
                value: fact.value,
                low: fact.low,
                high: fact.high,
                approx: fact.approx,
                unit: fact.unit,
                per: fact.per,
                subject: fact.subject,
                holder: fact.holder,
                measure: fact.measure,
                change: fact.change,
                resolved: fact.resolved,
                role: fact.role,
                flags: fact.flags,
            });
        }
        let renumber =
            |list: &[u32]| list.iter().filter_map(|&n| new_index.get(n as usize).copied().flatten()).collect();
        let byline = notes.byline.into_iter().filter_map(|b| {
            let (block, start, end, text) = at(b.block, b.start, b.end)?;
            Some(BylineRecord { name: b.name, role: b.role, affiliation: b.affiliation, block, start, end, text })
        });
        self.byline = byline.collect();
        let entities = notes.entities.into_iter().filter_map(|e| {
            let (block, start, end, text) = at(e.block, e.start, e.end)?;
            Some(EntityRecord {
                kind: e.kind,
                text,
                canonical: e.canonical,
                title: e.title,
                organisation: e.organisation,
                level: e.level,
                code: e.code,
                path: e.path,
                speaker: e.speaker,
                block,
                start,
                end,
            })
        });
        self.entities = entities.collect();
        let activities = notes.activities.into_iter().filter_map(|a| {
            let (block, start, end, text) = at(a.block, a.start, a.end)?;
            Some(ActivityRecord {
                kind: a.kind,
                organisation: a.organisation,
                place: a.place,
                date: a.date,
                beneficiaries: renumber(&a.beneficiaries),
                amounts: renumber(&a.amounts),
                block,
                start,
                end,
                text,
            })
        });
        self.activities = activities.collect();
        self.facts = facts;
        self.dateline = notes.dateline;
    }
}

/// What becomes of a block of an article.
#[derive(Clone, Debug, PartialEq)]
pub enum Fate {
    /// It stands in the record.
    Kept,
    /// It repeats another and stands in the record all the same, marked.
    Marked(BlockRepeatRecord),
    /// It repeats another and is left out.
    LeftOut,
}

/// The scalar index of the block that was asked for last: mentions come block by block.
struct BlockScalars<'t> {
    block: usize,
    index: Option<ScalarIndex<'t>>,
}

impl<'t> BlockScalars<'t> {
    fn of(&mut self, block: usize, text: &'t str) -> &ScalarIndex<'t> {
        if self.block != block {
            self.block = block;
            self.index = None;
        }
        self.index.get_or_insert_with(|| ScalarIndex::new(text))
    }
}
