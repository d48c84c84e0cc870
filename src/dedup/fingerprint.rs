//! The 64-bit simhash of a normal form, bit for bit that of the `simhash` crate over the same features, faster.
//!
//! In: the units of a normal form. Out: the hashes of its features, and their simhash. A feature is a bigram of
//! characters (a text of one character has that one as its only feature), hashed as the crate hashes a `&str`: SipHash-2-4
//! with a zero key over the bytes of UTF-8 and a closing 0xFF. Since a unit is a character of the basic plane, that is at
//! most seven bytes, one block; the blocks of several features go through the rounds side by side. The crate then counts
//! 64 bits one by one; here the counts are held as bit planes and a tree of carry-save adders (Harley and Seal's
//! population count) adds sixteen hashes at a time.
//!
//! The hashes are handed on, because the sketch takes its minima from the same ones.

/// The hashes of the features of `units`, in order, into `hashes`.
///
/// It is compiled once for every width of registers that it gains from, and the widest of the machine is taken. The rounds
/// stand in a loop without branches, which the compiler turns into vectors.
#[multiversion::multiversion(targets("x86_64+avx+avx2+avx512f+avx512dq+avx512bw+avx512vl", "x86_64+avx+avx2",))]
pub fn features(units: &[u16], hashes: &mut Vec<u64>) {
    hashes.clear();
    if let &[one] = units {
        let (bytes, bits) = utf8(one);
        hashes.push(sip(block(bytes, bits)));
        return;
    }
    let behind = units.get(1..).unwrap_or_default();
    hashes.resize(behind.len(), 0);
    for ((hash, &first), &second) in hashes.iter_mut().zip(units).zip(behind) {
        let (first, second) = (utf8(first), utf8(second));
        *hash = sip(block(first.0 | second.0 << first.1, first.1 + second.1));
    }
}

/// The simhash of features with these hashes: bit i is set where more than half of them have it set.
pub fn simhash(hashes: &[u64]) -> u64 {
    let mut planes = [0_u64; 33];
    let mut groups = hashes.chunks_exact(16);
    for group in &mut groups {
        let mut sixteen = 0;
        let mut eights = [0_u64; 2];
        for (half, eight) in group.chunks_exact(8).zip(&mut eights) {
            let mut fours = [0_u64; 2];
            for (quarter, four) in half.chunks_exact(4).zip(&mut fours) {
                let (one, two_a) = add(planes[0], quarter[0], quarter[1]);
                let (one, two_b) = add(one, quarter[2], quarter[3]);
                let (two, carry) = add(planes[1], two_a, two_b);
                planes[0] = one;
                planes[1] = two;
                *four = carry;
            }
            (planes[2], *eight) = add(planes[2], fours[0], fours[1]);
        }
        (planes[3], sixteen) = {
            let (eight, carry) = add(planes[3], eights[0], eights[1]);
            (eight, carry | sixteen)
        };
        ripple(&mut planes[4..], sixteen);
    }
    for &hash in groups.remainder() {
        ripple(&mut planes, hash);
    }
    more_than(&planes, (hashes.len() / 2) as u64)
}

/// The number of bits in which two fingerprints differ, 0 to 64.
pub fn distance(a: u64, b: u64) -> u32 {
    (a ^ b).count_ones()
}

/// A full adder on 64 lanes of one bit: sum and carry.
#[inline]
fn add(a: u64, b: u64, c: u64) -> (u64, u64) {
    let half = a ^ b;
    (half ^ c, (a & b) | (half & c))
}

/// Adds one bit a lane to counters whose lowest plane is the first.
#[inline]
fn ripple(planes: &mut [u64], mut carry: u64) {
    for plane in planes {
        if carry == 0 {
            return;
        }
        let sum = *plane ^ carry;
        carry &= *plane;
        *plane = sum;
    }
}

/// The lanes whose counter is greater than `limit`.
#[inline]
fn more_than(planes: &[u64], limit: u64) -> u64 {
    let (mut greater, mut equal) = (0, u64::MAX);
    for (n, &plane) in planes.iter().enumerate().rev() {
        if limit >> n & 1 == 0 {
            greater |= equal & plane;
            equal &= !plane;
        } else {
            equal &= plane;
        }
    }
    greater
}

/// The UTF-8 bytes of a unit, the first one lowest, and their length in bits. All forms are made and one is taken, so that
/// it can be done for several units at once.
#[inline(always)]
#[allow(clippy::inline_always, reason = "it is compiled with its caller, for the registers of that")]
fn utf8(unit: u16) -> (u64, u64) {
    let code = u64::from(unit);
    let last = code & 0x3F | 0x80;
    let two = code >> 6 | 0xC0 | last << 8;
    let three = code >> 12 | 0xE0 | (code >> 6 & 0x3F | 0x80) << 8 | last << 16;
    if code >= 0x800 {
        (three, 24)
    } else if code >= 0x80 {
        (two, 16)
    } else {
        (code, 8)
    }
}

/// The block of a message of at most seven bytes, the closing 0xFF behind them: its length stands in the top byte.
#[inline(always)]
#[allow(clippy::inline_always, reason = "it is compiled with its caller, for the registers of that")]
fn block(bytes: u64, bits: u64) -> u64 {
    bytes | 0xFF << bits | (bits / 8 + 1) << 56
}

/// SipHash-2-4 with a zero key of a message that is one block.
#[inline(always)]
#[allow(clippy::inline_always, reason = "it is compiled with its caller, for the registers of that")]
fn sip(block: u64) -> u64 {
    let mut v = [
        0x736f_6d65_7073_6575_u64,
        0x646f_7261_6e64_6f6d_u64,
        0x6c79_6765_6e65_7261_u64,
        0x7465_6462_7974_6573_u64 ^ block,
    ];
    for _ in 0..2 {
        sip_round(&mut v);
    }
    v[0] ^= block;
    v[2] ^= 0xFF;
    for _ in 0..4 {
        sip_round(&mut v);
    }
    v[0] ^ v[1] ^ v[2] ^ v[3]
}

#[inline(always)]
#[allow(clippy::inline_always, reason = "the rounds are only fast where the lanes stay in registers")]
fn sip_round(v: &mut [u64; 4]) {
    v[0] = v[0].wrapping_add(v[1]);
    v[2] = v[2].wrapping_add(v[3]);
    v[1] = v[1].rotate_left(13) ^ v[0];
    v[3] = v[3].rotate_left(16) ^ v[2];
    v[0] = v[0].rotate_left(32);
    v[2] = v[2].wrapping_add(v[1]);
    v[0] = v[0].wrapping_add(v[3]);
    v[1] = v[1].rotate_left(17) ^ v[2];
    v[3] = v[3].rotate_left(21) ^ v[0];
    v[2] = v[2].rotate_left(32);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::Normal;

    fn by_the_crate(units: &[u16]) -> u64 {
        let chars: Vec<char> = char::decode_utf16(units.iter().copied()).map(Result::unwrap).collect();
        let grams: Vec<String> = chars.windows(chars.len().clamp(1, 2)).map(|w| w.iter().collect()).collect();
        simhash::simhash_stream(grams.iter().map(String::as_str))
    }

    #[track_caller]
    fn check(text: &str) {
        let mut hashes = Vec::new();
        let units = Normal::of(text).units;
        features(&units, &mut hashes);
        assert_eq!(super::simhash(&hashes), by_the_crate(&units), "{text}");
    }

    #[test]
    fn the_same_bits_as_the_crate() {
        check("");
        check("工");
        check("a");
        check("é工");
        check("市总工会走访慰问一线职工。");
        check("2024年5月1日abcé，工会ß");
        check(&"职工之家建设工作推进会".repeat(300));
    }

    proptest! {
        #[test]
        fn the_same_bits_as_the_crate_on_any_text(text in "[a-z0-9é工会职员𠮷，]{0,200}") {
            check(&text);
        }
    }
}
