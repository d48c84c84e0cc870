//! Any text as a page: no character is lost or stands twice.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| jianbao_fuzz::segment(&jianbao_fuzz::text(bytes)));
