//! Bytes → text: which encoding it is, and how sure that is.

use encoding_rs::{Encoding, UTF_8};

/// The encoding of a file, and how it is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Guess {
    pub(super) encoding: &'static Encoding,
    /// 0 to 1.
    pub(super) confidence: f64,
}

impl Default for Guess {
    fn default() -> Self {
        Self { encoding: UTF_8, confidence: 1.0 }
    }
}
