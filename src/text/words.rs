//! Words and parts of speech, from jieba-rs and its own dictionary.
//!
//! A word border is a signal, never a truth: no fact may hang on one alone.
//!
//! What the dictionary says of a word alone ([`look_up`]) is asked for the same few thousand words all the time and takes
//! a cut of the word each time; the answers are kept, by thread.

use std::cell::RefCell;
use std::sync::LazyLock;
use std::thread::LocalKey;

use jieba_rs::Jieba;
use rustc_hash::FxHashMap;

static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// Words in all, by their frequencies in the dictionary.
const TOTAL: f32 = 60_101_967.0;

/// Answers that a thread keeps, 1 MiB at most; then it begins anew. An archive's words are fewer.
const MOST_KEPT: usize = 1 << 15;

/// The shared segmenter; its dictionary is loaded at the first call (about 80 ms).
pub fn jieba() -> &'static Jieba {
    &JIEBA
}

/// What the dictionary says of a text that is looked up as one word.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// Whether it is a word of the dictionary.
    pub known: bool,
    /// Whether it, or the first word that it falls into, is tagged as a personal name.
    pub is_name: bool,
    /// Whether it, or the first word that it falls into, is tagged as the name of a place.
    pub is_place: bool,
    /// Occurrences in the dictionary's corpus; for what is no word, as many as its parts let one expect, and 1 at least.
    pub frequency: u32,
}

/// Whether the dictionary has a word, which most texts that are asked about are not: far cheaper than to look one up.
pub fn is_word(text: &str) -> bool {
    jieba().has_word(text)
}

/// Answers by the word, of which a number is made.
type Kept<T> = RefCell<FxHashMap<u64, T>>;

/// Looks a word up.
pub fn look_up(word: &str) -> Word {
    thread_local! {
        static KEPT: Kept<Word> = RefCell::default();
    }
    kept_or(&KEPT, word, ask)
}

/// What a word costs in bits, by its [`Word::frequency`], whose tags take a cut more to ask for.
pub fn word_bits(word: &str) -> f32 {
    thread_local! {
        static KEPT: Kept<f32> = RefCell::default();
    }
    kept_or(&KEPT, word, |word| (TOTAL / jieba().suggest_freq(word) as f32).log2())
}

/// The answer that is kept, or that of `ask`, which is kept then.
fn kept_or<T: Copy + 'static>(kept: &'static LocalKey<Kept<T>>, word: &str, ask: fn(&str) -> T) -> T {
    let Some(key) = key_of(word) else { return ask(word) };
    kept.with_borrow_mut(|kept| {
        if let Some(&answer) = kept.get(&key) {
            return answer;
        }
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        *kept.entry(key).or_insert_with(|| ask(word))
    })
}

/// The characters of a word in one number; longer words, and those with characters of more than sixteen bits, are rare and
/// have none.
fn key_of(word: &str) -> Option<u64> {
    if word.len() > 12 {
        return None;
    }
    word.chars().try_fold(0, |key: u64, c| {
        let unit = u16::try_from(u32::from(c)).ok().filter(|&unit| unit > 0 && key >> 48 == 0)?;
        Some(key << 16 | u64::from(unit))
    })
}

fn ask(word: &str) -> Word {
    let jieba = jieba();
    let tags = jieba.tag(word, false);
    let tag = tags.first().map_or("", |t| t.tag);
    let frequency = jieba.suggest_freq(word);
    Word {
        known: jieba.has_word(word),
        is_name: tag.starts_with("nr"),
        is_place: tag.starts_with("ns"),
        frequency: u32::try_from(frequency).unwrap_or(u32::MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_what_the_dictionary_says() {
        for word in
            ["工会", "宁波", "王建国", "", "a", "职", "职工服务", "\0", "职工服务处", "𠮷林", "一个很长很长的没有的词"]
        {
            for _ in 0..2 {
                let found = look_up(word);
                assert_eq!((found.known, is_word(word)), (jieba().has_word(word), found.known), "{word}");
                assert_eq!(found.frequency as usize, jieba().suggest_freq(word), "{word}");
                assert_eq!(word_bits(word).to_bits(), (TOTAL / found.frequency as f32).log2().to_bits(), "{word}");
                assert_eq!(found.is_place, jieba().tag(word, false).first().is_some_and(|t| t.tag.starts_with("ns")));
            }
        }
    }
}
