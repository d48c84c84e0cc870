//! Quantities: money, people, organisations, households, items, shares, multiples, ages, durations, areas and the like.

use crate::record::Fact;
use crate::settings;

/// Reads the quantities of one block's text.
pub(super) fn read(_block: u32, _text: &str, _settings: &settings::Extract, _facts: &mut Vec<Fact>) {}
