//! The unit of work: a stretch of input that one thread parses, and that a resume does again.

use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::encoding::Guess;
use super::fault::Fault;
use super::parse;
use crate::record::Page;
use crate::settings;

/// Where a chunk begins. Kept in the progress of a run, it lets a resume begin there.
///
/// It means the same place as long as sources and settings of `read` are the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Number of the chunk, counted from 0 over the run.
    pub chunk: u64,
    /// Index of the source in [`Sources::list`](super::Sources::list).
    pub source: u64,
    /// Items of that source (pieces and faults) before this place.
    pub item: u64,
}

/// A stretch of input: whole lines, pages or documents, not yet parsed. Small files come several to a chunk.
#[derive(Debug)]
pub struct Chunk {
    /// Where it begins.
    pub place: Place,
    /// Where the next chunk begins.
    pub next: Place,
    /// Bytes on disk that were read for it. Over all chunks they add up to the size of the sources.
    pub input_bytes: u64,
    pub(super) items: Vec<Item>,
}

/// The pages of a chunk in order, and what could not be read of it.
#[derive(Debug, Default)]
pub struct Parsed {
    /// The pages, with ids as the input gives them: not yet made unique.
    pub pages: Vec<Page>,
    /// Of each page, the file that it comes from, as it was named, with the member of an archive behind it.
    pub sources: Vec<Arc<str>>,
    /// Of each page, the line that it stands on, where its file holds a record a line.
    pub lines: Vec<Option<u64>>,
    /// What was set aside or kept with a doubt, in the order of the input.
    pub faults: Vec<Fault>,
}

impl Chunk {
    /// Decodes and parses. Pure and costly: what threads are for.
    pub fn parse(self, settings: &settings::Read) -> Parsed {
        let mut parsed = Parsed::default();
        for item in self.items {
            match item {
                Item::Fault(fault) => parsed.faults.push(fault),
                Item::Piece(piece) => {
                    let origin = Arc::clone(&piece.origin);
                    parse::piece(piece, settings, &mut parsed);
                    parsed.sources.resize_with(parsed.pages.len(), || origin.place());
                    parsed.lines.resize(parsed.pages.len(), None);
                }
            }
        }
        parsed
    }

    /// Bytes of memory that it holds.
    pub fn payload(&self) -> usize {
        self.items.iter().map(Item::payload).sum()
    }
}

#[derive(Debug)]
pub(super) enum Item {
    Piece(Piece),
    Fault(Fault),
}

impl Item {
    pub(super) fn payload(&self) -> usize {
        match self {
            Self::Piece(piece) => piece.body.payload(),
            Self::Fault(_) => size_of::<Fault>(),
        }
    }
}

/// A stretch of one file.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) origin: Arc<Origin>,
    /// Bytes before it in the file.
    pub(super) offset: u64,
    /// Lines (JSONL), pages (text) or documents before it in the file.
    pub(super) before: u64,
    /// Line breaks before it in the file.
    pub(super) lines: u64,
    /// The file ended too early behind this piece; the fault that says so follows.
    pub(super) cut: bool,
    pub(super) body: Body,
}

/// What a piece is made of.
#[derive(Debug)]
pub(super) enum Body {
    /// Whole lines of JSONL.
    Lines(Vec<u8>),
    /// Pages of text, parted by form feeds; whether the file has several.
    Text(Vec<u8>, bool),
    /// One HTML document.
    Html(Vec<u8>),
    /// Rows of a Parquet file.
    #[cfg(feature = "parquet")]
    Rows(arrow_array::RecordBatch),
}

impl Body {
    fn payload(&self) -> usize {
        match self {
            Self::Lines(bytes) | Self::Text(bytes, _) | Self::Html(bytes) => bytes.len(),
            #[cfg(feature = "parquet")]
            Self::Rows(batch) => batch.get_array_memory_size(),
        }
    }
}

/// Where a piece comes from, and what is known of all of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Origin {
    /// The path as it was named.
    pub(super) source: Arc<str>,
    /// The path inside of an archive.
    pub(super) member: Option<String>,
    /// What its pages are named after.
    pub(super) id: String,
    /// The encoding of the file, guessed from its beginning.
    pub(super) guess: Guess,
    /// The encoding that the file had before its stream was made UTF-8.
    pub(super) transcoded: Option<Guess>,
    /// What is known of every page of it.
    pub(super) meta: Map<String, Value>,
}

impl Origin {
    /// The path, with the member of an archive behind it.
    pub(super) fn place(&self) -> Arc<str> {
        match &self.member {
            Some(member) => format!("{}/{member}", self.source).into(),
            None => Arc::clone(&self.source),
        }
    }

    pub(super) fn of_path(path: &Path) -> Self {
        Self { source: path.to_string_lossy().into(), ..Self::default() }
    }
}
