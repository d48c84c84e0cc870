//! Settings of `read`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Caps and guesses of the reader.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Read {}
