//! A stream of UTF-16 → a stream of UTF-8, so that it can be cut at line breaks like any other.

use std::io::{self, Read};

use encoding_rs::{Decoder, Encoding};

/// Bytes that are decoded at once.
const BLOCK: usize = 64 << 10;

/// Reads UTF-8 from a reader of another encoding. What has no meaning becomes U+FFFD; a mark at the start is left out.
pub(super) struct Transcoder<R> {
    inner: R,
    decoder: Decoder,
    block: Vec<u8>,
    /// Text that is decoded, and how much of it was handed over.
    text: String,
    given: usize,
    ended: bool,
}

impl<R: Read> Transcoder<R> {
    pub(super) fn new(inner: R, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_with_bom_removal();
        Self { inner, decoder, block: Vec::new(), text: String::new(), given: 0, ended: false }
    }
}

impl<R: Read> Read for Transcoder<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() && !self.ended {
            self.block.clear();
            (&mut self.inner).take(BLOCK as u64).read_to_end(&mut self.block)?;
            self.ended = self.block.is_empty();
            self.text.clear();
            self.given = 0;
            // Code units of two bytes become three bytes at most; with room for all, one call takes the whole block.
            self.text.reserve(self.decoder.max_utf8_buffer_length(self.block.len()).unwrap_or(BLOCK * 3));
            let _ = self.decoder.decode_to_string(&self.block, &mut self.text, self.ended);
        }
        let rest = &self.text.as_bytes()[self.given..];
        let n = rest.len().min(buffer.len());
        buffer[..n].copy_from_slice(&rest[..n]);
        self.given += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_buffer_gets_the_same_text() {
        let text = "工会送清凉😀".repeat(9000);
        for big in [false, true] {
            let bytes: Vec<u8> =
                text.encode_utf16().flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect();
            let encoding = if big { encoding_rs::UTF_16BE } else { encoding_rs::UTF_16LE };
            for size in [1, 3, 1000, 1 << 20] {
                let mut reader = Transcoder::new(&bytes[..], encoding);
                let (mut got, mut buffer) = (Vec::new(), vec![0; size]);
                loop {
                    let n = reader.read(&mut buffer).unwrap();
                    if n == 0 {
                        break;
                    }
                    got.extend_from_slice(&buffer[..n]);
                }
                assert!(got == text.as_bytes(), "{size}");
            }
        }
    }

    #[test]
    fn half_a_unit_at_the_end_is_replaced() {
        let mut reader = Transcoder::new(&b"\xff\xfe\x2d\x4e\x87"[..], encoding_rs::UTF_16LE);
        let mut text = String::new();
        reader.read_to_string(&mut text).unwrap();
        assert_eq!(text, "中\u{fffd}");
    }
}
