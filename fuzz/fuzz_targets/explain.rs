//! The records that were written before, as `explain` reads them: an id, a NUL, articles, a NUL, repeats.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut parts = bytes.splitn(3, |b| *b == 0).map(|part| jianbao_fuzz::text(part));
    let mut part = || parts.next().unwrap_or_default();
    let (id, articles, repeats) = (part(), part(), part());
    jianbao_fuzz::explain(&id, &articles, &repeats);
});
