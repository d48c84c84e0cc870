//! Settings of `write`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Choices of the writer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Write {
    /// Keep repeated blocks in place in `articles.jsonl`, with `repeat` set.
    pub keep_repeats: bool,
}
