//! Any bytes, told by their content.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| jianbao_fuzz::read("a", bytes));
