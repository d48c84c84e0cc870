//! Quantities and dates of a paragraph: each is the slice that it names.
#![no_main]

use jianbao::extract;
use jianbao::record::PageHead;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = jianbao_fuzz::text(bytes);
    let article = jianbao_fuzz::paragraph(&text);
    let head = PageHead { date: Some("2021-06-09".into()), ..PageHead::default() };
    for fact in extract::facts(&article, &head) {
        assert!(fact.start < fact.end && text.get(fact.start as usize..fact.end as usize).is_some());
    }
});
