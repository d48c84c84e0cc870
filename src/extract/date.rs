//! Dates and times, in EDTF, resolved against the page's date.

use crate::record::{Fact, PageHead};
use crate::settings;

/// Reads the dates of one block's text.
pub(super) fn read(_block: u32, _text: &str, _head: &PageHead, _settings: &settings::Extract, _facts: &mut Vec<Fact>) {}
