//! HTML documents.
#![no_main]

libfuzzer_sys::fuzz_target!(init: jianbao_fuzz::let_readers_catch(), |bytes: &[u8]| jianbao_fuzz::read_behind(b"<html>", "a.html", bytes));
