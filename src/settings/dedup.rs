//! Settings of `dedup`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Thresholds of the repeat finder.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Dedup {}
