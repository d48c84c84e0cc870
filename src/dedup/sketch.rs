//! What finds the pairs that a simhash is too coarse for: band keys and clause keys.
//!
//! In: the hashes of a text's features, and its units with the ends of their clauses. Out: sixteen band keys and a key
//! for each clause. Two texts that share a key are worth comparing; nothing more is claimed.
//!
//! The bands come from a one-permutation MinHash (Li, Owen and Zhang, 2012): the hashes fall into 48 bins by their upper
//! bits, each bin keeps its smallest, and three bins make a band. Bins that stay empty borrow from another bin that a
//! hash of their number names (optimal densification; Shrivastava, 2017), so that short texts are estimated as well as
//! long ones. Two texts that share half of their bigrams share a band with probability 0.88, three quarters 0.9998.
//!
//! A clause key is a hash of the characters between two marks; it finds the sentence that was moved, cut out or added to
//! a text that is otherwise another.

use xxhash_rust::xxh3::xxh3_64;

/// Bins of the sketch.
pub const BINS: usize = BANDS * ROWS;
/// Bands of a text.
pub const BANDS: usize = 16;
/// Bins in a band.
const ROWS: usize = 3;
/// Units below which a clause is joined to the next one: shorter ones (与此同时) stand everywhere.
const CLAUSE_FROM: u32 = 8;
/// Clause keys of one text at most: the rest of a very long text is found by its bands.
const CLAUSES_TO: usize = 64;

/// The band keys of a text whose features have the hashes `hashes`; of an empty text all are the same.
pub fn bands(hashes: &[u64]) -> [u32; BANDS] {
    let mut bins = [u32::MAX; BINS];
    for &hash in hashes {
        let bin = bin_of(hash);
        // The largest value is the mark of an empty bin.
        bins[bin] = bins[bin].min((hash as u32).min(u32::MAX - 1));
    }
    if hashes.len() < 8 * BINS && !hashes.is_empty() {
        densify(&mut bins);
    }
    let mut keys = [0; BANDS];
    for (band, (key, rows)) in keys.iter_mut().zip(bins.chunks_exact(ROWS)).enumerate() {
        let mut mixed = band as u64 + 1;
        for &row in rows {
            mixed = mix(mixed ^ u64::from(row));
        }
        *key = (mixed >> 32) as u32;
    }
    keys
}

/// The bin that the upper half of a hash names.
#[inline]
const fn bin_of(hash: u64) -> usize {
    (((hash >> 32) * BINS as u64) >> 32) as usize
}

/// Of each bin the first bins that it asks for what they hold, where it is empty.
static LENDERS: [[u8; 16]; BINS] = {
    let mut lenders = [[0; 16]; BINS];
    let mut bin = 0;
    while bin < BINS {
        let (mut n, mut probe) = (0, bin as u64 + 1);
        while n < lenders[bin].len() {
            probe = mix(probe);
            lenders[bin][n] = bin_of(probe) as u8;
            n += 1;
        }
        bin += 1;
    }
    lenders
};

fn densify(bins: &mut [u32; BINS]) {
    let given = *bins;
    let mut empty = (0..BINS).fold(0_u64, |empty, n| empty | u64::from(given[n] == u32::MAX) << n);
    while empty != 0 {
        let n = empty.trailing_zeros() as usize;
        empty &= empty - 1;
        // At least one bin is filled, and the probes are as good as random, so this ends soon.
        let mut probe = n as u64 + 1;
        let more = (0..64 * BINS).map(|_| {
            probe = mix(probe);
            bin_of(probe)
        });
        let first = LENDERS[n].iter().map(|&lender| usize::from(lender));
        if let Some(lent) = first.chain(more).map(|lender| given[lender]).find(|&lent| lent != u32::MAX) {
            bins[n] = lent;
        }
    }
}

/// Appends a key for each clause of the units whose bytes are `bytes` (two a unit); `breaks` are the ends of clauses.
pub fn clauses(bytes: &[u8], breaks: &[u32], keys: &mut Vec<u32>) {
    let mut start = 0;
    let first = keys.len();
    for &end in breaks {
        if end - start < CLAUSE_FROM {
            continue;
        }
        if let Some(clause) = bytes.get(2 * start as usize..2 * end as usize) {
            keys.push((xxh3_64(clause) >> 32) as u32);
        }
        start = end;
        if keys.len() - first == CLAUSES_TO {
            break;
        }
    }
}

/// The upper bits of the product with an odd factor (the golden ratio), down to bit `shift`: all bits of a key reach them.
#[inline]
pub(super) const fn spread(key: u64, shift: u32) -> usize {
    (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> shift) as usize
}

/// A step of SplitMix64: a hash of one word.
#[inline]
pub const fn mix(word: u64) -> u64 {
    let mut z = word.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ z >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ z >> 31
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dedup::fingerprint::features;
    use crate::text::Normal;

    fn shared_bands(a: &str, b: &str) -> usize {
        let of = |text: &str| {
            let mut hashes = Vec::new();
            features(&Normal::of(text).units, &mut hashes);
            bands(&hashes)
        };
        of(a).iter().zip(of(b)).filter(|(x, y)| **x == *y).count()
    }

    #[test]
    fn like_texts_share_bands() {
        let text = "市总工会组织医疗专家走进建设工地，为三百多名农民工免费体检，并送上防暑药品和饮料。";
        assert_eq!(shared_bands(text, text), BANDS);
        assert!(shared_bands(text, &text.replace("药品", "约品")) > 6);
        let other = "县文化馆的老师们每到周末都要到村里去教孩子们唱歌、画画、写毛笔字，一教就是十年。";
        assert_eq!(shared_bands(text, other), 0);
    }

    #[test]
    fn short_texts_share_bands_too() {
        assert!(shared_bands("职工之家建设工作推进会召开", "职工之家建设工作推进会昨召开") > 3);
    }

    #[test]
    fn clauses_of_a_text() {
        let keys = |text: &str| {
            let normal = Normal::of(text);
            let bytes: Vec<u8> = normal.units.iter().flat_map(|u| u.to_le_bytes()).collect();
            let mut keys = Vec::new();
            clauses(&bytes, &normal.breaks, &mut keys);
            keys
        };
        let a = keys("今年以来，全市各级工会走访职工一千人。送去慰问金二十万元，很高兴。");
        let b = keys("送去慰问金二十万元。");
        assert_eq!(a.len(), 2);
        assert_eq!(a[1..2], b[..]);
        assert!(keys("短句，短句。").is_empty());
    }
}
