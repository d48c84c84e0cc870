//! The pass before the first: what the archive says of itself, which layout asks for.

use std::sync::{Mutex, PoisonError};

use crate::error::Result;
use crate::layout::{Counting, Statistics};
use crate::pipeline::turn::Turn;
use crate::pipeline::{Pipeline, guard, ordered};
use crate::read::{Place, Sources};
use crate::settings;

impl Pipeline<'_> {
    /// Counts the pages at the beginning of the archive, as far as the setting says. Counts are sums, so the tables that
    /// the threads fill become one at the end; which pages are counted depends on their order alone.
    pub(super) fn statistics(
        &self,
        sources: &Sources,
        read: &settings::Read,
        pool: &rayon::ThreadPool,
        most: usize,
    ) -> Result<Statistics> {
        let layout = &self.settings.layout;
        let limit = layout.statistics_bytes;
        let mut chunks = sources.chunks(read, Place::default()).enumerate();
        let turn = Turn::default();
        let seen = Mutex::new(0_u64);
        let tables: Mutex<Vec<Counting>> = Mutex::new(Vec::new());
        ordered::map(
            pool,
            most,
            || {
                let full = *seen.lock().unwrap_or_else(PoisonError::into_inner) >= limit;
                if full || self.watch.stop_asked() { None } else { chunks.next() }
            },
            |(number, chunk)| {
                let ticket = turn.ticket(number as u64);
                let pages = chunk.parse(read).pages;
                let bytes: u64 = pages.iter().map(|p| p.text.len() as u64).sum();
                let mut before = ticket
                    .take(|| {
                        let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
                        *seen += bytes;
                        *seen - bytes
                    })
                    .unwrap_or(limit);
                let free = tables.lock().unwrap_or_else(PoisonError::into_inner).pop();
                let mut counting = free.unwrap_or_else(|| Counting::new(layout));
                for page in &pages {
                    before += page.text.len() as u64;
                    if before > limit {
                        break;
                    }
                    // A page that harms here is set aside by layout.
                    let _ = guard::guarded(|| counting.add(&page.text));
                }
                tables.lock().unwrap_or_else(PoisonError::into_inner).push(counting);
            },
            |()| Ok(()),
        )?;
        let tables = tables.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut tables = tables.into_iter().map(Counting::done);
        let mut all = tables.next().unwrap_or_else(|| Statistics::new(layout));
        for table in tables {
            all.merge(&table);
        }
        Ok(all)
    }
}
