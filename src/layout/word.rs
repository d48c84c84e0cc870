//! Words over a border: how much better the characters on both sides of it fall into words if the border is none.
//!
//! The dictionary is jieba's, with its frequencies. Both sides are cut into the words that are likeliest together (a path
//! through a unigram word graph, as jieba cuts), once with the border and once with a word over it. What the second gains
//! is a strong sign: of cuts in mid-sentence, four in ten gain a nat and more, of characters that meet by chance, two in a
//! hundred.

use crate::layout::statistics::Window;
use crate::text::{is_cjk, is_word, word_bits};

/// Characters on each side that are cut into words; more of them change nothing at the border.
const LOOKED_AT: usize = 6;
/// Characters of the longest word.
const LONGEST: usize = 4;
/// Nats that a word over the border gains → nats that this says for a join: the logarithm of how much more often borders
/// that were cut in a sentence gain so much than borders of unrelated lines do, as a line through what was counted on
/// twenty thousand cuts of three thousand newspaper paragraphs.
const PER_NAT: f32 = 0.55;
const ANY_GAIN: f32 = 0.6;
const MOST: f32 = 5.0;
/// The same where no word stands over the border, though characters that make words stand on both sides.
const NO_GAIN: f32 = -0.65;

/// One side of a border in the words that are likeliest together.
#[derive(Clone, Copy, Debug)]
pub(super) struct Side {
    /// The characters at the border, the nearest first.
    chars: [char; LONGEST - 1],
    /// Characters that can make words, [`LONGEST`] at most.
    n: usize,
    /// The logarithm of the chance of this side without the nearest 0, 1, 2 and 3 characters.
    without: [f32; LONGEST],
}

impl Side {
    /// The characters before a border.
    pub(super) fn before(window: &Window) -> Self {
        let chars = window.tail(LOOKED_AT);
        let chars = &chars[chars.iter().rposition(|c| !is_cjk(*c)).map_or(0, |at| at + 1)..];
        let border = chars.len();
        let mut bytes = [0; BYTES];
        let run = Run::new(chars.iter().copied(), &mut bytes);
        // sums[n]: the first n characters in words.
        let mut sums = [f32::NEG_INFINITY; LOOKED_AT + 1];
        sums[0] = 0.0;
        for to in 1..=border {
            for from in to.saturating_sub(LONGEST)..to {
                sums[to] = sums[to].max(sums[from] + run.ln_chance(from, to));
            }
        }
        Self::of(chars.iter().rev(), sums[..=border].iter().rev())
    }

    /// The characters behind a border.
    pub(super) fn behind(window: &Window) -> Self {
        let chars = window.head(LOOKED_AT);
        let chars = &chars[..chars.iter().position(|c| !is_cjk(*c)).unwrap_or(chars.len())];
        let mut bytes = [0; BYTES];
        let run = Run::new(chars.iter().copied(), &mut bytes);
        // sums[n]: the characters from the n-th on in words.
        let mut sums = [f32::NEG_INFINITY; LOOKED_AT + 1];
        sums[chars.len()] = 0.0;
        for from in (0..chars.len()).rev() {
            for to in from + 1..=(from + LONGEST).min(chars.len()) {
                sums[from] = sums[from].max(run.ln_chance(from, to) + sums[to]);
            }
        }
        Self::of(chars.iter(), sums[..=chars.len()].iter())
    }

    fn of<'c>(chars: impl ExactSizeIterator<Item = &'c char>, sums: impl Iterator<Item = &'c f32>) -> Self {
        let mut side =
            Self { chars: ['\0'; LONGEST - 1], n: chars.len().min(LONGEST), without: [f32::NEG_INFINITY; LONGEST] };
        side.chars.iter_mut().zip(chars).for_each(|(to, c)| *to = *c);
        side.without.iter_mut().zip(sums).for_each(|(to, sum)| *to = *sum);
        side
    }

    /// The characters that a word over the border can hold, the nearest first.
    fn near(&self) -> &[char] {
        &self.chars[..self.n.min(LONGEST - 1)]
    }
}

/// Whether a word can stand over the border of two lines at all, else [`over_border`] is 0.
pub(super) fn may_stand_over(left: &Window, right: &Window) -> bool {
    let is_word = |nearest: &[char]| nearest.first().is_some_and(|c| is_cjk(*c));
    is_word(left.tail(1)) && is_word(right.head(1))
}

/// What words over the border of `left` and `right` say for the one going on in the other, in nats; 0 where none can
/// stand there.
pub(super) fn over_border(left: &Side, right: &Side) -> f32 {
    if left.n == 0 || right.n == 0 {
        return 0.0;
    }
    let apart = left.without[0] + right.without[0];
    let mut over = f32::NEG_INFINITY;
    let border = left.near().len();
    let mut bytes = [0; BYTES];
    let run = Run::new(left.near().iter().rev().chain(right.near()).copied(), &mut bytes);
    for before in 1..=border {
        for behind in 1..=(LONGEST - before).min(right.n) {
            let word = run.ln_chance(border - before, border + behind);
            over = over.max(left.without[before] + word + right.without[behind]);
        }
    }
    let gain = over - apart;
    if gain > 0.0 { (ANY_GAIN + PER_NAT * gain).min(MOST) } else { NO_GAIN }
}

/// The same for two lines that are asked about once.
pub(super) fn over_break(left: &str, right: &str) -> f32 {
    over_border(&Side::before(&Window::ending(left)), &Side::behind(&Window::opening(right)))
}

/// Bytes of the longest [`Run`].
const BYTES: usize = 4 * LOOKED_AT;

/// At most [`LOOKED_AT`] characters in a row, as a text of which parts are looked up.
struct Run<'b> {
    text: &'b str,
    /// Where each character begins, and behind them the end.
    starts: [usize; LOOKED_AT + 1],
}

impl<'b> Run<'b> {
    fn new(chars: impl Iterator<Item = char>, bytes: &'b mut [u8; BYTES]) -> Self {
        let mut starts = [0; LOOKED_AT + 1];
        let mut end = 0;
        for (c, start) in chars.zip(&mut starts[1..]) {
            end += c.encode_utf8(&mut bytes[end..]).len();
            *start = end;
        }
        Self { text: std::str::from_utf8(&bytes[..end]).unwrap_or_default(), starts }
    }

    /// Natural logarithm of the chance of these characters as a word; one alone always is one.
    fn ln_chance(&self, from: usize, to: usize) -> f32 {
        let text = &self.text[self.starts[from]..self.starts[to]];
        // Most characters that stand side by side make no word, and that is told at a small part of the cost of the rest.
        if to - from > 1 && !is_word(text) {
            return f32::NEG_INFINITY;
        }
        -word_bits(text) * std::f32::consts::LN_2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_is_cut() {
        assert!(over_break("号召各单位提", "升服务水平") > 2.0);
        assert!(over_break("各级工", "会组织") > 2.0);
        assert!(over_break("帮助职工切", "实解决困难") > 2.0);
        // A word that only the border makes: those on both sides are whole without it.
        assert!(over_break("慰问一线职工", "人均补贴标准") < over_break("慰问一线职", "工人均补贴") - 1.0);
        assert!(over_break("慰问了职工", "随后走访") < 0.0);
        assert!(over_break("慰问了职", "，随后").abs() < f32::EPSILON);
        assert!(over_break("", "升").abs() < f32::EPSILON);
        assert!(over_break("2018", "年").abs() < f32::EPSILON);
        for (left, right, may) in [("职", "工", true), ("职。", "工", false), ("职", "，", false), ("", "工", false)]
        {
            assert_eq!(may_stand_over(&Window::ending(left), &Window::opening(right)), may, "{left} {right}");
        }
    }
}
