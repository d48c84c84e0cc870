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

#[cfg(test)]
mod tests {
    use schemars::JsonSchema;
    use serde::Serialize;
    use serde::de::DeserializeOwned;

    use super::*;

    /// Of every variant, what serde writes and what the program says otherwise; the schema names all of them.
    #[track_caller]
    fn check<T: JsonSchema + Serialize + DeserializeOwned>(as_str: fn(T) -> &'static str) {
        let schema = schemars::schema_for!(T).to_value();
        let words = schema["enum"].as_array().into_iter().flatten();
        let described = schema["oneOf"].as_array().into_iter().flatten();
        let described = described.flat_map(|one| {
            one.get("const").into_iter().chain(one.get("enum").and_then(|words| words.as_array()).into_iter().flatten())
        });
        let names: Vec<_> = words.chain(described).collect();
        assert!(names.len() > 1, "{schema}");
        for name in names {
            let variant: T = serde_json::from_value(name.clone()).unwrap();
            assert_eq!(as_str(variant), name);
        }
    }

    #[test]
    fn what_is_said_of_a_kind_is_what_is_written() {
        check(ActivityType::as_str);
        check(ArticleKind::as_str);
        check(BlockKind::as_str);
        check(EntityKind::as_str);
        check(FactKind::as_str);
        check(RepeatKind::as_str);
        check(Role::as_str);
    }
}
