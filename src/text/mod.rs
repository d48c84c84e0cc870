//! Text that knows no newspaper: spans, character classes, normalisation, numerals, sentences, words.
//!
//! Everything here works on `&str` and half-open byte ranges; [`ScalarIndex`] turns bytes into the Unicode scalar
//! offsets that records carry, and is the only place where the two meet.

mod char_class;
mod finder;
pub mod folded;
mod list;
mod names;
mod names_table;
mod normalize;
pub mod numeral;
mod pairs;
mod regions;
pub mod sentence;
mod span;
mod traditional;
mod words;

pub use char_class::{
    CharSet, find_other, ideograph_at, ideographs_before, is_cjk, is_closing, is_common_ideograph, is_opening,
    is_sentence_end,
};
pub use finder::{CharFilter, WordFinder};
pub use folded::Folded;
pub use list::{WordList, ending};
pub use names::{
    Landmarks, SIGNS, given_cost, is_known, is_listed, is_name_dot, is_plausible, is_sound, is_surname, known_names,
    may_open_name, name_cost, name_favour, name_prefix, opens_surname, split_names, starts_with_compound_surname,
    text_cost,
};
pub use normalize::{Normal, is_digit};
pub use pairs::{PairFilter, first_two};
pub use regions::by_region;
pub use span::{ScalarIndex, Span};
pub use traditional::{is_traditional, simplified};
pub use words::{Word, is_word, jieba, look_up, word_bits};
