//! Words over a border: whether the last characters of one piece and the first of another make a word of the dictionary.
//!
//! The dictionary is jieba's, with its frequencies. A word that the border cuts is a sign, no proof: two characters that
//! meet by chance make a word in about one case of eight.

use crate::layout::statistics::Window;
use crate::text::{is_cjk, jieba};

/// What a word over the border of `left` and `right` says, in nats; 0 where there is none.
pub(super) fn over_border(left: &Window, right: &Window) -> f32 {
    let (left, right) = (left.tail(3), right.head(3));
    let mut most = 0.0f32;
    let mut word = String::with_capacity(12);
    for l in 1..=left.len() {
        let before = &left[left.len() - l..];
        if !is_cjk(before[0]) {
            break;
        }
        for r in 1..=right.len().min(4 - l) {
            if !is_cjk(right[r - 1]) {
                break;
            }
            word.clear();
            word.extend(before);
            word.extend(&right[..r]);
            if jieba().has_word(&word) {
                let frequency = jieba().suggest_freq(&word).max(1) as f32;
                // Longer words meet by chance less often, and so do frequent ones.
                let value = if l + r == 2 { 0.25 } else { 0.4 } * frequency.ln();
                most = most.max(value);
            }
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_is_cut() {
        let value = |l: &str, r: &str| over_border(&Window::ending(l), &Window::opening(r));
        assert!(value("号召各单位提", "升服务水平") > 1.0);
        assert!(value("各级工", "会组织") > 1.0);
        assert!(value("慰问了职", "，随后") == 0.0);
        assert!(value("", "升") == 0.0);
        assert!(value("2018", "年") == 0.0);
    }
}
