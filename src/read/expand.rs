//! Compressed bytes → bytes, under caps.
//!
//! Members that follow each other in one file (`cat a.gz b.gz`) are all read. What a decoder may take in memory is bounded
//! (a window of 128 MiB), and a [`Guard`] stops what becomes more bytes than text can.

use std::cell::Cell;
use std::fmt;
use std::io::{self, BufReader, Read};
use std::rc::Rc;

use super::format::Format;
use crate::settings;

/// Largest window of a decoder, as a power of two: 128 MiB, what `zstd` itself refuses to pass without `--long`.
const WINDOW_LOG: u32 = 27;

/// Memory that an xz decoder may take: the dictionary of `xz -9` with room.
const XZ_BYTES: u64 = 192 << 20;

/// The name of a compression for messages, or `None` where the format is no compression.
pub(super) fn name(format: Format) -> Option<&'static str> {
    match format {
        Format::Gzip => Some("gzip"),
        Format::Zstd => Some("zstd"),
        Format::Bzip2 => Some("bzip2"),
        Format::Xz => Some("xz"),
        _ => None,
    }
}

/// Reads what `inner` holds in compressed form.
pub(super) fn decoder<'a>(format: Format, inner: Box<dyn Read + 'a>) -> io::Result<Box<dyn Read + 'a>> {
    let inner = BufReader::with_capacity(1 << 17, inner);
    Ok(match format {
        Format::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(inner)),
        Format::Bzip2 => Box::new(bzip2::bufread::MultiBzDecoder::new(inner)),
        Format::Zstd => {
            let mut decoder = zstd::stream::read::Decoder::with_buffer(inner)?;
            decoder.window_log_max(WINDOW_LOG)?;
            Box::new(decoder)
        }
        Format::Xz => {
            let stream = liblzma::stream::Stream::new_stream_decoder(XZ_BYTES, liblzma::stream::CONCATENATED)
                .map_err(io::Error::other)?;
            Box::new(liblzma::bufread::XzDecoder::new_stream(inner, stream))
        }
        _ => Box::new(inner),
    })
}

/// Counts the bytes that pass: how much of a source has been read.
pub(super) struct Meter<R> {
    pub(super) inner: R,
    pub(super) count: Rc<Cell<u64>>,
}

impl<R: Read> Read for Meter<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.count.set(self.count.get() + n as u64);
        Ok(n)
    }
}

/// Stops a stream that becomes more bytes than the caps allow.
pub(super) struct Guard<R> {
    inner: R,
    /// Bytes that went in, to compare with.
    taken: Rc<Cell<u64>>,
    /// Bytes that came out, of all streams that share the cap.
    given: Rc<Cell<u64>>,
    grace: u64,
    ratio: u64,
    most: u64,
}

impl<R> Guard<R> {
    pub(super) fn new(inner: R, taken: Rc<Cell<u64>>, given: Rc<Cell<u64>>, settings: &settings::Read) -> Self {
        let (grace, ratio, most) =
            (settings.expand_grace_bytes, settings.max_expand_ratio, settings.max_expanded_bytes);
        Self { inner, taken, given, grace, ratio, most }
    }
}

impl<R: Read> Read for Guard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        let given = self.given.get() + n as u64;
        self.given.set(given);
        if given > self.most {
            return Err(io::Error::other(OverLimit(format!("becomes more than {} bytes", self.most))));
        }
        if given > self.grace && given > self.taken.get().saturating_mul(self.ratio) {
            return Err(io::Error::other(OverLimit(format!("becomes more than {} times its size", self.ratio))));
        }
        Ok(n)
    }
}

/// A cap was met: not a damage of the file.
#[derive(Debug)]
pub(super) struct OverLimit(pub(super) String);

impl fmt::Display for OverLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for OverLimit {}
