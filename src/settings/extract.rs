//! Settings of `extract`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Choices of the fact reader.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Extract {}
