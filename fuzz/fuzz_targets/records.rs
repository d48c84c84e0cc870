//! The records that were written before, as `verify` and `export` read them: articles, then a NUL, then repeats.
#![no_main]

libfuzzer_sys::fuzz_target!(init: jianbao_fuzz::let_readers_catch(), |bytes: &[u8]| {
    let cut = bytes.iter().position(|b| *b == 0).unwrap_or(bytes.len());
    jianbao_fuzz::output(&bytes[..cut], bytes.get(cut + 1..).unwrap_or_default());
});
