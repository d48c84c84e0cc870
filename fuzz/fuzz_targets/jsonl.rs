//! Lines of JSON, whole and broken.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| jianbao_fuzz::read_behind(b"{\"text\": ", "a.jsonl", bytes));
