//! Records of a crawl.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| jianbao_fuzz::read_behind(b"WARC/1.0\r\n", "a.warc", bytes));
