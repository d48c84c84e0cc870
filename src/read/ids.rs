//! One id, one page: the second page of a name gets another.

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use crate::record::Page;

/// The ids that were given away so far. Pages have to pass in their order, then the outcome depends on nothing else.
///
/// It holds 16 bytes a page, not the ids: two ids of the same 64-bit hash are taken for equal, and the second gets a
/// suffix that it did not need (one chance in 10⁵ among ten million pages).
#[derive(Clone, Debug, Default)]
pub struct UniqueIds {
    seen: FxHashMap<u64, u32>,
}

impl UniqueIds {
    /// Nothing given away yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives `page` its id. The second page that comes with an id gets `~2` behind it, the third `~3`, and the id that it
    /// came with stands in `meta.duplicate_id`.
    pub fn claim(&mut self, page: &mut Page) {
        self.claim_beside(page, |_| false);
    }

    /// The same where ids were given away elsewhere: those that `is_taken` tells of are given to no page.
    pub fn claim_beside(&mut self, page: &mut Page, is_taken: impl Fn(&str) -> bool) {
        let hash = xxh3_64(page.head.id.as_bytes());
        let mut n = match self.seen.get(&hash) {
            Some(count) => *count,
            None if is_taken(&page.head.id) => 1,
            None => {
                self.seen.insert(hash, 1);
                return;
            }
        };
        loop {
            n += 1;
            let id = format!("{}~{n}", page.head.id);
            let other = xxh3_64(id.as_bytes());
            if self.seen.contains_key(&other) || is_taken(&id) {
                continue;
            }
            self.seen.insert(other, 1);
            self.seen.insert(hash, n);
            let given = std::mem::replace(&mut page.head.id, id);
            page.head.meta.insert("duplicate_id".into(), given.into());
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(given: &[&str], want: &[&str]) {
        let mut ids = UniqueIds::new();
        let got: Vec<_> = given
            .iter()
            .map(|id| {
                let mut page = Page::new(*id, "");
                ids.claim(&mut page);
                page.head.id
            })
            .collect();
        assert_eq!(got, want);
    }

    #[test]
    fn every_page_has_an_id_of_its_own() {
        check(&["a", "b"], &["a", "b"]);
        check(&["a", "a", "a"], &["a", "a~2", "a~3"]);
        check(&["a", "a~2", "a"], &["a", "a~2", "a~3"]);
        check(&["a", "a", "a~2"], &["a", "a~2", "a~2~2"]);
    }

    #[test]
    fn ids_that_were_given_away_elsewhere_are_not_given_again() {
        let mut ids = UniqueIds::new();
        let got: Vec<_> = ["a", "a", "b", "c"]
            .iter()
            .map(|id| {
                let mut page = Page::new(*id, "");
                ids.claim_beside(&mut page, |id| ["a", "a~2", "c"].contains(&id));
                page.head.id
            })
            .collect();
        assert_eq!(got, ["a~3", "a~4", "b", "c~2"]);
    }

    #[test]
    fn the_given_id_is_kept_in_meta() {
        let mut ids = UniqueIds::new();
        let (mut first, mut second) = (Page::new("a", ""), Page::new("a", ""));
        ids.claim(&mut first);
        ids.claim(&mut second);
        assert!(first.head.meta.is_empty());
        assert_eq!(second.head.meta["duplicate_id"], "a");
    }
}
