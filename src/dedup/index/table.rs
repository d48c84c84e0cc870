//! A table of keys and the blocks that bear them, sorted, in a file of leaves.
//!
//! In: entries in order. Out: where a key stands, by the first keys of every 512 entries, which are held in memory, and one
//! look into such a group. Who asks for many keys in ascending order reads each group once.

use std::ops::Range;

use crate::dedup::index::leaf::{LeafWriter, Leaves};
use crate::dedup::spill::Word;
use crate::error::Result;

/// A key and the number of a block.
pub(super) type Entry = (u64, u32);

/// Entries of a group.
const GROUP: u64 = 512;

/// The form of a table's entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Width {
    /// Keys of 32 bits.
    Narrow,
    /// Keys of 64 bits.
    Wide,
}

impl Width {
    fn bytes(self) -> usize {
        match self {
            Self::Narrow => 8,
            Self::Wide => 12,
        }
    }

    fn put(self, (key, block): Entry, bytes: &mut Vec<u8>) {
        match self {
            Self::Narrow => bytes.extend((key as u32).to_le_bytes()),
            Self::Wide => bytes.extend(key.to_le_bytes()),
        }
        bytes.extend(block.to_le_bytes());
    }

    fn get(self, bytes: &[u8]) -> Entry {
        let (key, block) = bytes.split_at(self.bytes() - 4);
        let key = match self {
            Self::Narrow => u32::get(key).into(),
            Self::Wide => u64::get(key),
        };
        (key, u32::get(block))
    }
}

/// A table that is read.
#[derive(Debug)]
pub(super) struct Table {
    width: Width,
    at: u64,
    length: u64,
    /// The first key of each group.
    fence: Vec<u64>,
}

impl Table {
    /// The table of the section `name`.
    pub(super) fn open(file: &Leaves, name: &str, width: Width) -> Self {
        let range = file.section(name);
        let fence = file.section(&fence_of(name));
        let mut bytes = vec![0; (fence.end - fence.start) as usize];
        file.read(fence.start, &mut bytes);
        let fence = bytes.chunks_exact(8).map(u64::get).collect();
        Self { width, at: range.start, length: (range.end - range.start) / width.bytes() as u64, fence }
    }

    /// Entries.
    pub(super) fn len(&self) -> u64 {
        self.length
    }

    /// A reader of it.
    pub(super) fn cursor<'t>(&'t self, file: &'t Leaves) -> Cursor<'t> {
        Cursor { table: self, file, group: u64::MAX, entries: Vec::new(), bytes: Vec::new() }
    }
}

/// Reads a table; holds the group that it read last.
#[derive(Debug)]
pub(super) struct Cursor<'t> {
    table: &'t Table,
    file: &'t Leaves,
    group: u64,
    entries: Vec<Entry>,
    bytes: Vec<u8>,
}

impl Cursor<'_> {
    /// The places of the entries with this key.
    pub(super) fn range(&mut self, key: u64) -> Range<u64> {
        let from = self.first_from(key);
        // A bucket of one or two is the rule, so the end is looked for beside the beginning first.
        let mut to = from;
        while to < self.table.length && to < from + 4 && self.entry(to).0 == key {
            to += 1;
        }
        if to == from + 4 {
            to = key.checked_add(1).map_or(self.table.length, |next| self.first_from(next));
        }
        from..to
    }

    /// The place of the first entry whose key is not below `key`.
    pub(super) fn first_from(&mut self, key: u64) -> u64 {
        let group = self.table.fence.partition_point(|&first| first < key) as u64;
        if group == 0 {
            return 0;
        }
        self.load(group - 1);
        ((group - 1) * GROUP + self.entries.partition_point(|e| e.0 < key) as u64).min(self.table.length)
    }

    /// The entry at a place.
    pub(super) fn entry(&mut self, place: u64) -> Entry {
        self.load(place / GROUP);
        self.entries.get((place % GROUP) as usize).copied().unwrap_or_default()
    }

    fn load(&mut self, group: u64) {
        if self.group == group {
            return;
        }
        let width = self.table.width.bytes();
        let n = self.table.length.saturating_sub(group * GROUP).min(GROUP) as usize;
        self.bytes.clear();
        self.bytes.resize(n * width, 0);
        self.file.read(self.table.at + group * GROUP * width as u64, &mut self.bytes);
        self.entries.clear();
        self.entries.extend(self.bytes.chunks_exact(width).map(|b| self.table.width.get(b)));
        self.group = group;
    }
}

/// Writes sorted entries as the table `name`.
pub(super) fn write(
    file: &mut LeafWriter,
    name: &str,
    width: Width,
    entries: impl Iterator<Item = Entry>,
) -> Result<()> {
    file.section(name);
    let mut fence = Vec::new();
    let mut bytes = Vec::with_capacity(GROUP as usize * width.bytes());
    for (n, entry) in (0_u64..).zip(entries) {
        if n.is_multiple_of(GROUP) {
            fence.extend(entry.0.to_le_bytes());
            file.write(&bytes)?;
            bytes.clear();
        }
        width.put(entry, &mut bytes);
    }
    file.write(&bytes)?;
    file.section(&fence_of(name));
    file.write(&fence)
}

fn fence_of(name: &str) -> String {
    format!("{name} fence")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;

    fn check(width: Width, mut entries: Vec<Entry>, asked: &[u64]) {
        entries.sort_unstable();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("table");
        let mut writer = LeafWriter::create(&path).unwrap();
        write(&mut writer, "t", width, entries.iter().copied()).unwrap();
        writer.finish().unwrap();
        let file = Leaves::open(&path, 0, &Arc::default()).unwrap();
        let table = Table::open(&file, "t", width);
        assert_eq!(table.len(), entries.len() as u64);
        let mut cursor = table.cursor(&file);
        for &key in asked {
            let range = cursor.range(key);
            let found: Vec<Entry> = range.map(|place| cursor.entry(place)).collect();
            let expected: Vec<Entry> = entries.iter().copied().filter(|e| e.0 == key).collect();
            assert_eq!(found, expected, "{key}");
        }
    }

    #[test]
    fn keys_that_fill_groups() {
        let entries: Vec<Entry> = (0..3000_u32).map(|n| (u64::from(n / 1200) * 5, n)).collect();
        check(Width::Narrow, entries, &[0, 1, 5, 9, 10, 11, 4_000_000_000]);
        check(Width::Wide, vec![(u64::MAX, 3); 700], &[0, u64::MAX - 1, u64::MAX]);
        check(Width::Wide, Vec::new(), &[0, 7]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn any_keys(keys in prop::collection::vec(0..300_u64, 0..1600), asked in prop::collection::vec(0..310_u64, 0..40)) {
            check(Width::Narrow, keys.into_iter().zip(0..).collect(), &asked);
        }
    }
}
