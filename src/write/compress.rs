//! Compression of parts: each part is a stream of its own, and streams behind each other are one file, for gzip and
//! Zstandard alike. So parts are compressed by the threads that made them.

use std::io::{self, Write as _};

use crate::settings::Compression;

/// zstd's own default: more costs time and saves little on text as repetitive as JSON lines.
const ZSTD_LEVEL: i32 = 3;

/// A part as it stands in the file.
pub fn compress(part: Vec<u8>, how: Compression) -> io::Result<Vec<u8>> {
    match how {
        Compression::None => Ok(part),
        Compression::Gz => {
            // No name and no time in the head: the same text gives the same bytes.
            let mut encoder =
                flate2::write::GzEncoder::new(Vec::with_capacity(part.len() / 3), flate2::Compression::default());
            encoder.write_all(&part)?;
            encoder.finish()
        }
        Compression::Zst => zstd::bulk::compress(&part, ZSTD_LEVEL),
    }
}

/// What a file's name gets behind it.
pub fn suffix(how: Compression) -> &'static str {
    match how {
        Compression::None => "",
        Compression::Gz => ".gz",
        Compression::Zst => ".zst",
    }
}
