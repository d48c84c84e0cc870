//! `report.json`: what a run did, in numbers.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Totals of a run. Everything but `timing` is the same at any thread count.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// Version of the contract.
    pub schema: u32,
    /// Version of the program.
    pub version: String,
    /// What came in.
    pub input: InputTotals,
    /// Articles by kind.
    pub articles: BTreeMap<String, u64>,
    /// Kept blocks by kind.
    pub blocks: BTreeMap<String, u64>,
    /// Mended cuts.
    pub joins: u64,
    /// Repeats by kind.
    pub repeats: BTreeMap<String, u64>,
    /// Characters in blocks that were left out.
    pub characters_saved: u64,
    /// Facts by kind, each cluster counted once.
    pub facts: BTreeMap<String, u64>,
    /// Entities by kind.
    pub entities: BTreeMap<String, u64>,
    /// Activities by type.
    pub activities: BTreeMap<String, u64>,
    /// Errors by kind.
    pub errors: BTreeMap<String, u64>,
    /// The effective settings.
    pub settings: serde_json::Value,
    /// The only part that differs from run to run.
    pub timing: Timing,
}

/// What came in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct InputTotals {
    /// Files that were read.
    pub files: u64,
    /// Pages.
    pub pages: u64,
    /// Bytes of decoded text.
    pub bytes: u64,
    /// Unicode scalars of decoded text.
    pub characters: u64,
}

/// Seconds, speed and memory.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Timing {
    /// Threads that worked.
    pub threads: usize,
    /// Wall-clock seconds of the whole run.
    pub seconds: f64,
    /// Seconds by stage; of stages that ran in parallel, summed over threads.
    pub stages: BTreeMap<String, f64>,
    /// Megabytes (10⁶) of decoded text a second.
    pub megabytes_per_second: f64,
    /// Peak resident memory in bytes, where the system tells it.
    pub peak_memory: Option<u64>,
}
