//! placeholder
use super::chunk::{Origin, Parsed};
use crate::settings;
pub(super) fn page(_origin: &Origin, _bytes: &[u8], _settings: &settings::Read, _out: &mut Parsed) {}
