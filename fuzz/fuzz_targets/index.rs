//! The files of an index, damaged: it is refused, or decides what the whole one decides.
//!
//! Of each three bytes the first names a file, the second a place in it, the third what is written there.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| jianbao_fuzz::damaged_index(bytes));
