//! Pairs of characters, from a table of groups: of each group each with each other one, either way round.

use rustc_hash::FxHashSet;

/// Pairs of units.
pub(super) struct Pairs(FxHashSet<u32>);

impl Pairs {
    /// The pairs of the groups, which blanks part.
    pub(super) fn of(groups: &str) -> Self {
        let mut pairs = FxHashSet::default();
        for group in groups.split_ascii_whitespace() {
            let units: Vec<u16> = group.encode_utf16().collect();
            for (n, &x) in units.iter().enumerate() {
                for &y in &units[n + 1..] {
                    pairs.insert(key(x, y));
                }
            }
        }
        Self(pairs)
    }

    /// Whether one group holds both.
    pub(super) fn hold(&self, x: u16, y: u16) -> bool {
        self.0.contains(&key(x, y))
    }
}

fn key(x: u16, y: u16) -> u32 {
    u32::from(x.min(y)) << 16 | u32::from(x.max(y))
}
