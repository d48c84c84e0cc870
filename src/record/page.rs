//! A page of a newspaper as it came in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is known of a page besides its text: the `page` of every article record.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PageHead {
    /// The input's own id, else its path relative to the input root, with `:LINE` in a JSONL file and `#N` for page N of several.
    pub id: String,
    /// The newspaper's name (报名).
    pub publication: Option<String>,
    /// The day it was printed, ISO 8601.
    pub date: Option<String>,
    /// The page's number (版号).
    pub number: Option<String>,
    /// The page's name (版名).
    pub section: Option<String>,
    /// Every other field of the input, as it was.
    pub meta: serde_json::Map<String, serde_json::Value>,
}

/// A page (版面): its head and its text as decoded. Every span counts from the start of this text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// What is known of it.
    pub head: PageHead,
    /// The decoded text, shorter than 4 GiB.
    pub text: String,
}

impl Page {
    /// A page of which only an id is known.
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Self {
        Self { head: PageHead { id: id.into(), ..PageHead::default() }, text: text.into() }
    }
}
