//! Entities: people, unions, organisations, places, works and quotes.

use crate::record::{Annotations, Article, PageHead};
use crate::settings;

/// Reads the entities of an article.
pub(super) fn read(_article: &Article<'_>, _head: &PageHead, _settings: &settings::Extract, _notes: &mut Annotations) {}
