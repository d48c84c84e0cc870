//! Numbers and fractions from every character on.
#![no_main]

use jianbao::text::{Folded, numeral};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = jianbao_fuzz::text(bytes);
    let folded = Folded::new(&text);
    for from in 0..folded.len().min(200) {
        let Some(number) = numeral::read(&folded, from) else { continue };
        assert!(from < number.end && number.end <= folded.len());
        assert!(number.low.is_finite() && number.high.is_finite());
        let _ = (numeral::fraction(&folded, &number), numeral::percent_words(&folded, from));
    }
});
