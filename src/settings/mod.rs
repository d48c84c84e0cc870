//! Every threshold of every stage: unit, reason, source. One struct a stage, one file a struct.
//!
//! In: a settings file (TOML) and `KEY=VALUE` pairs. Out: one [`Settings`]. The doc comments are what `jianbao config`
//! prints. No environment variable and no clock changes a setting, and no file is picked up unasked.

mod catalogue;
mod dedup;
mod extract;
mod layout;
mod load;
mod read;
mod write;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use catalogue::{Entry, catalogue};
pub use dedup::{Dedup, Evidence, Reprints};
pub use extract::{Entity, Extract};
pub use layout::Layout;
pub use load::Refused;
pub use read::Read;
pub use write::{Compression, Format, Write};

/// The settings of a run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Reading: caps and encodings.
    pub read: Read,
    /// Putting pages back together.
    pub layout: Layout,
    /// Finding repeats.
    pub dedup: Dedup,
    /// Reading facts.
    pub extract: Extract,
    /// Writing records.
    pub write: Write,
}
