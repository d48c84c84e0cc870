//! Tar archives whose checksums are right: without that, no header would be looked at.
#![no_main]

libfuzzer_sys::fuzz_target!(init: jianbao_fuzz::let_readers_catch(), |bytes: &[u8]| {
    let mut archive = bytes.to_vec();
    let mut at = 0;
    while at + 512 <= archive.len() {
        let header = &mut archive[at..at + 512];
        header[148..156].fill(b' ');
        let sum: u32 = header.iter().map(|b| u32::from(*b)).sum();
        header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        let size = std::str::from_utf8(&header[124..135]).ok().and_then(|s| usize::from_str_radix(s.trim(), 8).ok());
        at += 512 + size.unwrap_or(0).min(1 << 20).div_ceil(512) * 512;
    }
    jianbao_fuzz::read("a.tar", &archive);
});
