//! Articles: what one reads as a unit.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::record::{
    Activity, ActivityRecord, Block, BlockKind, BlockRecord, Byline, BylineRecord, Dateline, Entity, EntityRecord,
    Fact, FactRecord, JoinRecord, PageHead, SCHEMA, article_id, block_id,
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
#[derive(Clone, Debug, Default, PartialEq)]
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
    /// The record of article number `number` (from 0) of a page.
    ///
    /// `left_out` says of each block whether it is left out (a repeat that is not kept); a left-out block gives no block
    /// record and nothing that was read from it.
    pub fn new(
        head: &'t PageHead,
        index: &ScalarIndex<'_>,
        number: usize,
        article: &'t Article<'_>,
        notes: &Annotations,
        left_out: &dyn Fn(usize) -> bool,
    ) -> Self {
        let page = head.id.as_str();
        let ids: Vec<String> = (0..article.blocks.len()).map(|b| block_id(page, number, b)).collect();
        let inner: Vec<ScalarIndex<'_>> = article.blocks.iter().map(|b| ScalarIndex::new(&b.text)).collect();
        let kept = |block: u32| !left_out(block as usize);
        let place = |block: u32, start: u32, end: u32| {
            let at = &inner[block as usize];
            let text = article.blocks[block as usize].text[start as usize..end as usize].to_owned();
            (ids[block as usize].clone(), at.scalar(start as usize), at.scalar(end as usize), text)
        };
        let scalar = |byte: u32| index.scalar(byte as usize);
        let head_text = |kind: BlockKind| {
            let mut texts = article
                .blocks
                .iter()
                .enumerate()
                .filter(|(n, b)| b.kind == kind && !left_out(*n))
                .map(|(_, b)| &*b.text);
            texts.next().map(|first| texts.fold(first.to_owned(), |all, text| all + " " + text))
        };
        let blocks: Vec<BlockRecord<'t>> = article
            .blocks
            .iter()
            .enumerate()
            .filter(|(n, _)| !left_out(*n))
            .map(|(n, block)| BlockRecord {
                id: ids[n].clone(),
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
                repeat: None,
            })
            .collect();
        // Activities name facts by index, so the facts that go with a left-out block must not shift the others.
        let mut new_index = Vec::with_capacity(notes.facts.len());
        let mut facts = Vec::with_capacity(notes.facts.len());
        for fact in &notes.facts {
            new_index.push(kept(fact.block).then_some(facts.len() as u32));
            if kept(fact.block) {
                let (block, start, end, text) = place(fact.block, fact.start, fact.end);
                facts.push(FactRecord {
                    kind: fact.kind,
                    text,
                    block,
                    start,
                    end,
                    value: fact.value.clone(),
                    low: fact.low.clone(),
                    high: fact.high.clone(),
                    approx: fact.approx,
                    unit: fact.unit.clone(),
                    per: fact.per.clone(),
                    subject: fact.subject.clone(),
                    holder: fact.holder.clone(),
                    measure: fact.measure,
                    change: fact.change.clone(),
                    resolved: fact.resolved.clone(),
                    role: fact.role,
                    flags: fact.flags.clone(),
                });
            }
        }
        let renumber =
            |list: &[u32]| list.iter().filter_map(|&n| new_index.get(n as usize).copied().flatten()).collect();
        Self {
            schema: SCHEMA,
            id: article_id(page, number),
            page: Cow::Borrowed(head),
            kind: article.kind,
            rubric: head_text(BlockKind::Rubric),
            kicker: head_text(BlockKind::Kicker),
            headline: head_text(BlockKind::Headline),
            deck: head_text(BlockKind::Deck),
            dateline: notes.dateline.clone(),
            byline: notes
                .byline
                .iter()
                .filter(|b| kept(b.block))
                .map(|b| {
                    let (block, start, end, text) = place(b.block, b.start, b.end);
                    BylineRecord {
                        name: b.name.clone(),
                        role: b.role,
                        affiliation: b.affiliation.clone(),
                        block,
                        start,
                        end,
                        text,
                    }
                })
                .collect(),
            blocks,
            facts,
            entities: notes
                .entities
                .iter()
                .filter(|e| kept(e.block))
                .map(|e| entity_record(e, place(e.block, e.start, e.end)))
                .collect(),
            activities: notes
                .activities
                .iter()
                .filter(|a| kept(a.block))
                .map(|a| {
                    let (block, start, end, text) = place(a.block, a.start, a.end);
                    ActivityRecord {
                        kind: a.kind,
                        organisation: a.organisation.clone(),
                        place: a.place.clone(),
                        date: a.date.clone(),
                        beneficiaries: renumber(&a.beneficiaries),
                        amounts: renumber(&a.amounts),
                        block,
                        start,
                        end,
                        text,
                    }
                })
                .collect(),
            quality: QualityRecord {
                opens: article.quality.opens,
                closes: article.quality.closes,
                joins: article
                    .blocks
                    .iter()
                    .enumerate()
                    .filter(|(n, _)| !left_out(*n))
                    .map(|(_, b)| b.joins.len())
                    .sum(),
                repeats: (0..article.blocks.len()).filter(|&n| left_out(n)).count(),
                flags: article.quality.flags.clone(),
            },
            reprint_of: article.reprint_of.clone(),
        }
    }
}

fn entity_record(e: &Entity, (block, start, end, text): (String, usize, usize, String)) -> EntityRecord {
    EntityRecord {
        kind: e.kind,
        text,
        canonical: e.canonical.clone(),
        title: e.title.clone(),
        organisation: e.organisation.clone(),
        level: e.level,
        code: e.code.clone(),
        path: e.path.clone(),
        speaker: e.speaker.clone(),
        block,
        start,
        end,
    }
}
