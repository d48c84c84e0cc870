//! Text in any encoding.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| jianbao_fuzz::read_behind(b"\n", "a.txt", bytes));
