//! The contract: what the stages hand on, and the records that are written, one file a record.
//!
//! Each thing has two forms. The one that the stages use has byte spans and borrows the page's text ([`Article`],
//! [`Block`], [`Fact`] …); the one that is written (`*Record`) counts Unicode scalars and owns what it says. They meet in
//! [`ArticleRecord::new`], [`ArticleRecord::annotate`] and [`RepeatRecord::new`] alone.

mod activity;
mod article;
mod block;
mod byline;
mod entity;
mod fact;
mod id;
mod page;
mod repeat;
mod report;

pub use activity::{Activity, ActivityRecord, ActivityType};
pub use article::{Annotations, Article, ArticleKind, ArticleRecord, Continuation, Edge, Fate, Quality, QualityRecord};
pub use block::{Block, BlockKind, BlockRecord, BlockRef, BlockRepeatRecord, Join, JoinRecord, RepeatMark};
pub use byline::{Byline, BylineRecord, Dateline, Role};
pub use entity::{Entity, EntityKind, EntityRecord, UnionLevel};
pub use fact::{Approx, DateRole, Fact, FactKind, FactRecord, Measure, Value};
pub use id::{article_id, block_id, split_block_id};
pub use page::{Page, PageHead};
pub use repeat::{BlockPlace, Canonical, Repeat, RepeatKind, RepeatRecord};
pub use report::{BegunWith, FileTotals, InputTotals, Memory, Report, Tally, Timing};

/// The version of the contract, in every record.
pub const SCHEMA: u32 = 1;
