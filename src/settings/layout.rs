//! Settings of `layout`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Thresholds of the layout.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Layout {}
