//! Entities: people, unions, organisations, places, works and quotes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What kind of entity it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EntityKind {
    /// A person, with title and organisation.
    Person,
    /// A trade union, with its level.
    Union,
    /// Any other organisation.
    Organisation,
    /// A place, with its division code.
    Place,
    /// 《…》: a document, book, song or film.
    Work,
    /// Direct speech, with its speaker.
    Quote,
}

impl EntityKind {
    /// As it is written in records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Union => "union",
            Self::Organisation => "organisation",
            Self::Place => "place",
            Self::Work => "work",
            Self::Quote => "quote",
        }
    }
}

/// The level of a trade union.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum UnionLevel {
    /// 中华全国总工会.
    National,
    /// 省, 自治区, 直辖市总工会.
    Provincial,
    /// 市总工会.
    City,
    /// 县, 区, 县级市总工会.
    County,
    /// 乡镇, 街道总工会.
    Town,
    /// 产业工会.
    Industry,
    /// 工会联合会.
    Federation,
    /// 基层工会.
    Grassroots,
}

/// An entity as the stages see it: bytes of its block's text.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// What kind of entity.
    pub kind: EntityKind,
    /// The block that it was read from, by its number in the article.
    pub block: u32,
    /// First byte of the mention in the block's text.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// The full name where the mention is short, spaced or an alias (区总工会 is 临安区总工会); None where it is the mention itself.
    pub canonical: Option<String>,
    /// A person's title.
    pub title: Option<String>,
    /// A person's organisation.
    pub organisation: Option<String>,
    /// A union's level.
    pub level: Option<UnionLevel>,
    /// A place's six-digit administrative division code.
    pub code: Option<String>,
    /// A place's names from the province down.
    pub path: Vec<String>,
    /// Who says a quote.
    pub speaker: Option<String>,
}

impl Entity {
    /// An entity of which only its place is known.
    pub fn new(kind: EntityKind, block: u32, start: usize, end: usize) -> Self {
        Self {
            kind,
            block,
            start: start as u32,
            end: end as u32,
            canonical: None,
            title: None,
            organisation: None,
            level: None,
            code: None,
            path: Vec::new(),
            speaker: None,
        }
    }
}

/// An entity as it is written. Every key stands in every record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EntityRecord {
    /// What kind of entity.
    pub kind: EntityKind,
    /// As printed.
    pub text: String,
    /// The full name, where the mention is short, spaced or an alias.
    pub canonical: Option<String>,
    /// A person's title.
    pub title: Option<String>,
    /// A person's organisation.
    pub organisation: Option<String>,
    /// A union's level.
    pub level: Option<UnionLevel>,
    /// A place's six-digit administrative division code.
    pub code: Option<String>,
    /// A place's names from the province down.
    pub path: Vec<String>,
    /// Who says a quote.
    pub speaker: Option<String>,
    /// The block that it was read from.
    pub block: String,
    /// First Unicode scalar of `text` in the block's text.
    pub start: usize,
    /// One past its last.
    pub end: usize,
}
