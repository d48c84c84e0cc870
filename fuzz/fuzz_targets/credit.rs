//! Credits at every place of a line where they are looked for.
#![no_main]

use jianbao::credit;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = jianbao_fuzz::text(bytes);
    let line = credit::Text::new(&text);
    assert_eq!((line.head(), line.whole()), (credit::head(&text), credit::whole(&text)));
    for found in [line.head(), line.whole(), line.tail(), credit::inner(&text)] {
        for person in found.iter().flat_map(|credit| &credit.people) {
            assert!(!person.span.of(&text).is_empty());
        }
    }
});
