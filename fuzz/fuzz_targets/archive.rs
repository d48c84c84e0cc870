//! Archives and compressions: the first byte says which, so that the fuzzer finds them all.
#![no_main]

libfuzzer_sys::fuzz_target!(init: jianbao_fuzz::let_readers_catch(), |bytes: &[u8]| {
    let Some((kind, bytes)) = bytes.split_first() else { return };
    let start: &[u8] = match kind % 5 {
        0 => b"\x1f\x8b",
        1 => b"\x28\xb5\x2f\xfd",
        2 => b"BZh9",
        3 => b"\xfd7zXZ\0",
        _ => b"PK\x03\x04",
    };
    jianbao_fuzz::read_behind(start, "a", bytes);
});
