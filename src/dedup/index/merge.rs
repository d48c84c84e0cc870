//! Several segments as one.
//!
//! In: segments in a row. Out: a file with the rows of all, one behind the other, and their tables merged. Both are read
//! and written from front to back, so memory does not grow with them.

use std::path::Path;

use crate::dedup::index::Column;
use crate::dedup::index::leaf::{LeafWriter, Leaves};
use crate::dedup::index::segment::{NAMES, SECTIONS, Segment};
use crate::dedup::index::table::{self, Cursor, Entry, Table, Width};
use crate::error::Result;

/// Bytes that are copied at once.
const AT_ONCE: u64 = 1 << 18;

/// Writes `parts` as one segment; its seal.
pub(super) fn merge(parts: &[&Segment], path: &Path) -> Result<u64> {
    let mut file = LeafWriter::create(path)?;
    let mut bytes = Vec::new();
    for (section, (name, _)) in SECTIONS.iter().enumerate() {
        file.section(name);
        for part in parts {
            let mut range = part.bytes_of(section);
            while range.start < range.end {
                let n = AT_ONCE.min(range.end - range.start);
                bytes.resize(n as usize, 0);
                part.file.read(range.start, &mut bytes);
                file.write(&bytes)?;
                range.start += n;
            }
        }
    }
    let tables = parts.iter().map(|part| (part.names(), &part.file));
    table::write(&mut file, NAMES, Width::Wide, Merged::of(tables, |_, _| 0))?;
    for column in Column::all() {
        let tables = parts.iter().map(|part| (part.table(column), &part.file));
        let by_print = matches!(column, Column::Band(_) | Column::Clause);
        let print = |part: usize, block: u32| if by_print { parts[part].row(block).fingerprint } else { 0 };
        table::write(&mut file, &column.name(), column.width(), Merged::of(tables, print))?;
    }
    file.finish()
}

/// The entries of several tables in one order: by key, within a key as `print` says, then by block.
struct Merged<'t, F> {
    sources: Vec<(Cursor<'t>, u64, u64)>,
    heads: Vec<Option<Entry>>,
    print: F,
}

impl<'t, F: Fn(usize, u32) -> u64> Merged<'t, F> {
    fn of(tables: impl Iterator<Item = (&'t Table, &'t Leaves)>, print: F) -> Self {
        let sources = tables.map(|(table, file)| (table.cursor(file), 0, table.len())).collect();
        let mut merged = Self { sources, heads: Vec::new(), print };
        merged.heads = (0..merged.sources.len()).map(|n| merged.draw(n)).collect();
        merged
    }

    fn draw(&mut self, n: usize) -> Option<Entry> {
        let (cursor, at, end) = &mut self.sources[n];
        (*at < *end).then(|| {
            *at += 1;
            cursor.entry(*at - 1)
        })
    }
}

impl<F: Fn(usize, u32) -> u64> Iterator for Merged<'_, F> {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        let mut least: Option<(usize, Entry)> = None;
        for (n, head) in self.heads.iter().enumerate() {
            let Some(head) = *head else { continue };
            let smaller = match least {
                None => true,
                // Numbers of blocks go up from part to part, so of equal ones the earlier part's comes first.
                Some((m, other)) if head.0 == other.0 => (self.print)(n, head.1) < (self.print)(m, other.1),
                Some((_, other)) => head.0 < other.0,
            };
            if smaller {
                least = Some((n, head));
            }
        }
        let (n, entry) = least?;
        self.heads[n] = self.draw(n);
        Some(entry)
    }
}
