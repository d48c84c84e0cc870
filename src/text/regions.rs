//! Counting at places that lie anywhere in a table which no near memory of a processor holds.

/// Calls `count` for each of `places`, which lie in a table of 2^`bits`, region by region, and forgets them; `ordered` is memory
/// that is used again.
pub fn by_region(places: &mut Vec<u32>, bits: u32, ordered: &mut Vec<u32>, mut count: impl FnMut(usize)) {
    /// Regions of a table (binary logarithm): each fits into the cache next to the processor.
    const REGIONS: u32 = 7;
    /// Fewer places are not worth the order.
    const FEW: usize = 1 << 12;
    if places.len() < FEW {
        places.drain(..).for_each(|at| count(at as usize));
        return;
    }
    let region = |at: u32| (at >> bits.saturating_sub(REGIONS)) as usize & ((1 << REGIONS) - 1);
    let mut ends = [0_usize; 1 << REGIONS];
    for &at in places.iter() {
        ends[region(at)] += 1;
    }
    let mut sum = 0;
    for end in &mut ends {
        sum += std::mem::replace(end, sum);
    }
    ordered.resize(ordered.len().max(places.len()), 0);
    for &at in places.iter() {
        let to = &mut ends[region(at)];
        ordered[*to] = at;
        *to += 1;
    }
    ordered[..places.len()].iter().for_each(|&at| count(at as usize));
    places.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_is_counted_as_often_as_it_is_named() {
        for n in [0_u32, 3, 5000] {
            let mut places: Vec<u32> = (0..n).map(|i| i.wrapping_mul(0x9E37_79B1) >> 22).collect();
            let (mut expected, mut found) = ([0; 1 << 10], [0; 1 << 10]);
            for &at in &places {
                expected[at as usize] += 1;
            }
            by_region(&mut places, 10, &mut Vec::new(), |at| found[at] += 1);
            assert_eq!(found, expected, "{n}");
            assert!(places.is_empty());
        }
    }
}
