//! Activities: what the union did, composed from the facts and entities around it.

use crate::record::{Annotations, Article, PageHead};

/// Composes the activities of an article from what was already read.
pub(super) fn compose(_article: &Article<'_>, _head: &PageHead, _notes: &mut Annotations) {}
