//! `report.json`: what a run did, in numbers.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::record::{ArticleRecord, RepeatRecord};

/// Totals of a run. Everything but `timing` is the same at any thread count.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// Version of the contract.
    pub schema: u32,
    /// Version of the program.
    pub version: String,
    /// What came in.
    pub input: InputTotals,
    /// What was found in it.
    #[serde(flatten)]
    pub found: Tally,
    /// Errors by kind.
    pub errors: BTreeMap<String, u64>,
    /// What was written, by the names of the files.
    pub files: BTreeMap<String, FileTotals>,
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

/// What was found, counted. Tallies of parts add up to the tally of the whole, in any order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tally {
    /// Articles by kind.
    pub articles: BTreeMap<String, u64>,
    /// Blocks that are no repeats, by kind.
    pub blocks: BTreeMap<String, u64>,
    /// Mended cuts.
    pub joins: u64,
    /// Repeats by kind.
    pub repeats: BTreeMap<String, u64>,
    /// Unicode scalars in blocks that repeat others and are not kept, by kind of repeat.
    pub characters_saved: BTreeMap<String, u64>,
    /// Facts by kind, each cluster of repeats counted once.
    pub facts: BTreeMap<String, u64>,
    /// Entities by kind.
    pub entities: BTreeMap<String, u64>,
    /// Activities by type.
    pub activities: BTreeMap<String, u64>,
}

impl Report {
    /// Everything that was set aside or kept with a doubt.
    pub fn n_errors(&self) -> u64 {
        self.errors.values().sum()
    }
}

impl Tally {
    /// Counts an article that is written. Of a block that stands in it although it repeats another one, which is one of the
    /// ids in `again`, the facts are counted where that other one stands.
    pub fn article(&mut self, article: &ArticleRecord<'_>, again: &BTreeSet<String>) {
        bump(&mut self.articles, article.kind.as_str(), 1);
        for block in article.blocks.iter().filter(|b| b.repeat.is_none()) {
            bump(&mut self.blocks, block.kind.as_str(), 1);
        }
        self.joins += article.quality.joins as u64;
        for fact in article.facts.iter().filter(|f| !again.contains(&f.block)) {
            bump(&mut self.facts, fact.kind.as_str(), 1);
        }
        for entity in &article.entities {
            bump(&mut self.entities, entity.kind.as_str(), 1);
        }
        for activity in &article.activities {
            bump(&mut self.activities, activity.kind.as_str(), 1);
        }
    }

    /// Counts a repeat that is written.
    pub fn repeat(&mut self, repeat: &RepeatRecord<'_>) {
        bump(&mut self.repeats, repeat.kind.as_str(), 1);
        if !repeat.kept {
            let characters = repeat.spans.iter().map(|[start, end]| u64::from(end - start)).sum();
            bump(&mut self.characters_saved, repeat.kind.as_str(), characters);
        }
    }

    /// Adds what another part counted.
    pub fn add(&mut self, other: &Self) {
        self.joins += other.joins;
        for (mine, theirs) in [
            (&mut self.articles, &other.articles),
            (&mut self.blocks, &other.blocks),
            (&mut self.repeats, &other.repeats),
            (&mut self.characters_saved, &other.characters_saved),
            (&mut self.facts, &other.facts),
            (&mut self.entities, &other.entities),
            (&mut self.activities, &other.activities),
        ] {
            for (key, n) in theirs {
                bump(mine, key, *n);
            }
        }
    }
}

/// Looks before it allocates: every key but a few stands there already.
fn bump(counts: &mut BTreeMap<String, u64>, key: &str, by: u64) {
    match counts.get_mut(key) {
        Some(n) => *n += by,
        None => {
            counts.insert(key.to_owned(), by);
        }
    }
}

/// A file that was written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FileTotals {
    /// Its length in bytes.
    pub bytes: u64,
    /// The records in it.
    pub records: u64,
    /// XXH3 of its bytes, 128 bits in hexadecimal.
    pub xxh3: String,
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
    /// What kept it there.
    pub memory: Memory,
    /// What the run was begun with, so that `--resume` knows it again; the times of files are in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub begun_with: Option<BegunWith>,
}

/// Fingerprints of what a run is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BegunWith {
    /// Version of the program.
    pub version: String,
    /// Of the settings.
    pub settings: String,
    /// Of a user's own names.
    pub gazetteer: Option<String>,
    /// Of the path of the index.
    pub index: Option<String>,
    /// Of the paths, sizes and times of change of the inputs; of standard input, of what came.
    pub inputs: String,
}

/// What bounds the memory of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Memory {
    /// Bytes to aim at, as asked for.
    pub limit: u64,
    /// Bytes of input in a chunk, the unit of work.
    pub chunk_bytes: u64,
    /// Chunks that were under way at once at most.
    pub chunks_at_once: u64,
    /// Bytes of what is compared to find repeats that stay in memory; what is more goes to temporary files.
    pub compared_bytes: u64,
}
