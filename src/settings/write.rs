//! Settings of `write`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Choices of the writer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Write {
    /// Keep repeated blocks in place in the articles, with `repeat` set. Off, because a repeat is worth no second reading,
    /// and each has its line in the repeats anyway.
    pub keep_repeats: bool,
    /// What articles and repeats are written as.
    pub format: Format,
    /// How JSON lines are compressed (Parquet always is, with zstd).
    pub compress: Compression,
    /// Articles in one output file, in bytes of input text; 0 writes one file. Useful where many machines read the output.
    pub shard_bytes: u64,
}

/// What articles and repeats are written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// One JSON object a line.
    #[default]
    Jsonl,
    /// Apache Parquet with a fixed schema.
    Parquet,
}

/// How JSON lines are compressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Compression {
    /// Not at all.
    #[default]
    None,
    /// gzip.
    Gz,
    /// Zstandard.
    Zst,
}
