//! Words and parts of speech, from jieba-rs and its own dictionary.
//!
//! A word border is a signal, never a truth: no fact may hang on one alone.

use std::sync::LazyLock;

use jieba_rs::Jieba;

static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// The shared segmenter; its dictionary is loaded at the first call (about 80 ms).
pub fn jieba() -> &'static Jieba {
    &JIEBA
}
