//! Characters as layout compares them: width folded, digits alike where only their being digits counts.

/// Half width for what has both widths; everything else as it is.
pub(super) fn fold(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}

/// [`fold`], and every digit is a 0: what follows 2018年1 also follows 2017年9.
pub(super) fn fold_digits(c: char) -> char {
    match fold(c) {
        '0'..='9' => '0',
        folded => folded,
    }
}

/// A hash of a run of characters, each as one number, well spread in its high bits.
pub(super) fn mix(hash: u64, number: u32) -> u64 {
    (hash.rotate_left(23) ^ u64::from(number)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds() {
        let folded: String = "（２０１８年，Ａ）“工会”。".chars().map(fold).collect();
        assert_eq!(folded, "(2018年,A)“工会”。");
        let digits: String = "２０18年".chars().map(fold_digits).collect();
        assert_eq!(digits, "0000年");
    }
}
