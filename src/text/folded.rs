//! Text folded to one form of each character, with a map back: what a grammar reads in place of the printed text.
//!
//! In: a text. Out: its characters, full-width forms turned into half-width ones (１２％ → 12%), variants of 〇 and of the
//! tilde made one, corner brackets turned into quotation marks (『』 and 「」 → “”), and the blanks left out that a
//! typesetter puts around figures (`约 300 人`). Any other blank stays, because it parts two things (`张三 李四`, the two
//! halves of a headline). Each character knows its byte in the text, so whatever is read from the folded form has an exact
//! span.

use std::cell::Cell;

use crate::text::char_class::number_of;
use crate::text::is_cjk;
use crate::text::numeral::Numeral;

/// What [`Folded::get`] says of a place outside of the text.
pub const NOTHING: char = '\0';

/// The longest run of digits that is looked through for the blank behind it.
const LONGEST_FIGURE: usize = 24;

/// A folded text. Its own offsets count characters; [`Folded::byte`] turns them into bytes of the text.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    chars: Vec<char>,
    /// Where each character begins, and the last ends: in the text, and in `letters`.
    at: Vec<(u32, u32)>,
    /// The same characters in UTF-8: what words are held against.
    letters: String,
    /// The numbers that were read last, each behind one more than where it begins: one grammar after the other asks for
    /// the same.
    numbers: [Cell<(usize, Option<Numeral>)>; 4],
}

impl Folded {
    /// Folds `text`.
    pub fn new(text: &str) -> Self {
        let mut folded = Self::default();
        folded.refill(text);
        folded
    }

    /// No text yet, with memory for one of so many bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        let most = bytes / 3 + 1;
        let (chars, at) = (Vec::with_capacity(most), Vec::with_capacity(most + 1));
        Self { chars, at, letters: String::with_capacity(bytes), ..Self::default() }
    }

    /// Folds `text` into the memory of an older one.
    pub fn refill(&mut self, text: &str) {
        self.numbers = Default::default();
        self.letters.clear();
        self.chars.clear();
        self.at.clear();
        self.letters.reserve(text.len());
        self.chars.reserve(text.len() / 3 + 1);
        self.at.reserve(text.len() / 3 + 2);
        // What stays as it is, nearly all of a text, is copied in stretches: `taken` is where the present one begins.
        let (mut taken, mut here) = (0, 0);
        loop {
            let mut start = self.letters.len() + here - taken;
            let (threes, _) = text.as_bytes().get(here..).unwrap_or_default().as_chunks();
            for &three in threes.iter().take_while(|three| stays(**three)) {
                self.chars.push(char::from_u32(number_of(three).into()).unwrap_or(NOTHING));
                self.at.push((here as u32, start as u32));
                here += 3;
                start += 3;
            }
            // Figures and letters stay too.
            if let Some(&byte) = text.as_bytes().get(here)
                && byte.is_ascii_graphic()
            {
                self.at.push((here as u32, (self.letters.len() + here - taken) as u32));
                self.chars.push(char::from(byte));
                here += 1;
                continue;
            }
            let Some(printed) = text.get(here..).and_then(|rest| rest.chars().next()) else { break };
            let c = fold(printed);
            let past = here + printed.len_utf8();
            if c == ' ' && is_typesetting(self.chars.last().copied(), text.get(past..).unwrap_or_default()) {
                self.letters.push_str(text.get(taken..here).unwrap_or_default());
                // The blanks behind it are of the same kind, and not each to be judged anew.
                let rest = text.get(past..).unwrap_or_default().trim_start_matches(|c| fold(c) == ' ');
                taken = text.len() - rest.len();
                here = taken;
                continue;
            }
            let start = self.letters.len() + here - taken;
            if c != printed {
                self.letters.push_str(text.get(taken..here).unwrap_or_default());
                self.letters.push(c);
                taken = past;
            }
            self.chars.push(c);
            self.at.push((here as u32, start as u32));
            here = past;
        }
        self.letters.push_str(text.get(taken..).unwrap_or_default());
        self.at.push((text.len() as u32, self.letters.len() as u32));
    }

    /// How many characters there are.
    #[inline]
    pub fn len(&self) -> usize {
        self.chars.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.chars.is_empty()
    }

    /// The characters.
    #[inline]
    pub fn chars(&self) -> &[char] {
        &self.chars
    }

    /// The character at `index`, or [`NOTHING`].
    #[inline]
    pub fn get(&self, index: usize) -> char {
        self.chars.get(index).copied().unwrap_or(NOTHING)
    }

    /// The character before `index`, or [`NOTHING`].
    #[inline]
    pub fn before(&self, index: usize) -> char {
        index.checked_sub(1).map_or(NOTHING, |i| self.get(i))
    }

    /// The byte of the text at which character `index` stands; the text's length for any index past the last.
    #[inline]
    pub fn byte(&self, index: usize) -> usize {
        self.at.get(index).or(self.at.last()).map_or(0, |at| at.0) as usize
    }

    /// The byte behind the last of the characters before `index`: where a mention ends that ends there.
    ///
    /// It differs from [`Folded::byte`] where blanks were left out before `index`.
    pub fn end_byte(&self, index: usize, text: &str) -> usize {
        let Some(last) = index.checked_sub(1) else { return 0 };
        let from = self.byte(last);
        text.get(from..).and_then(|t| t.chars().next()).map_or(from, |c| from + c.len_utf8())
    }

    /// Whether `word` stands at `index`.
    #[inline]
    pub fn has(&self, index: usize, word: &str) -> bool {
        let Some(&(_, start)) = self.at.get(index) else { return word.is_empty() };
        self.is_at(start as usize, start as usize + word.len(), word)
    }

    /// Whether `word` ends right before `index`.
    #[inline]
    pub fn has_before(&self, index: usize, word: &str) -> bool {
        let Some(&(_, end)) = self.at.get(index) else { return word.is_empty() };
        let end = end as usize;
        end >= word.len() && self.is_at(end - word.len(), end, word)
    }

    /// Whether the bytes from `start` to `end`, as many as `word` has, are the word. Its last byte is held against first:
    /// ideographs share their first bytes, and of 64 last ones only one fits.
    #[inline]
    fn is_at(&self, start: usize, end: usize, word: &str) -> bool {
        let (bytes, word) = (self.letters.as_bytes(), word.as_bytes());
        match word.last() {
            Some(last) => bytes.get(end - 1) == Some(last) && bytes.get(start..end) == Some(word),
            None => true,
        }
    }

    /// The character that stands at byte `byte` of the text, or behind it where none begins there.
    pub fn index_of(&self, byte: usize) -> usize {
        self.at.partition_point(|at| (at.0 as usize) < byte).min(self.chars.len())
    }

    /// How long the first of `words` is that stands at `index`, in characters. Third bytes are held against first, as the
    /// last ones of ideographs tell most of them apart.
    pub fn one_of(&self, index: usize, words: &[&str]) -> Option<usize> {
        let &(_, start) = self.at.get(index)?;
        let rest = self.letters.as_bytes().get(start as usize..)?;
        let third = rest.get(2);
        let fits = |word: &[u8]| (word.len() < 3 || word.get(2) == third) && rest.starts_with(word);
        words.iter().find(|w| fits(w.as_bytes())).map(|w| w.chars().count())
    }

    /// How long the first of `words` is that ends right before `index`, in characters.
    pub fn one_before(&self, index: usize, words: &[&str]) -> Option<usize> {
        let &(_, end) = self.at.get(index)?;
        let before = self.letters.as_bytes().get(..end as usize)?;
        let last = before.last();
        let fits = |word: &[u8]| word.last() == last && before.ends_with(word);
        words.iter().find(|w| fits(w.as_bytes())).map(|w| w.chars().count())
    }

    /// The number at `index`, which is read where it is not known yet.
    pub(super) fn number_at(&self, index: usize, read: impl FnOnce() -> Option<Numeral>) -> Option<Numeral> {
        let kept = &self.numbers[index % self.numbers.len()];
        let (at, number) = kept.get();
        if at == index + 1 {
            return number;
        }
        let number = read();
        kept.set((index + 1, number));
        number
    }

    /// The characters of a range, as one word; empty where there is none.
    pub fn word(&self, from: usize, to: usize) -> &str {
        let start = self.at.get(from).map_or(self.letters.len(), |at| at.1 as usize);
        let end = self.at.get(to).map_or(self.letters.len(), |at| at.1 as usize);
        self.letters.get(start..end).unwrap_or_default()
    }
}

/// Whether these three bytes are an ideograph that stays as it is, as all do but 零. They are most of a text, and the first
/// byte tells them from everything else.
#[inline]
fn stays(bytes: [u8; 3]) -> bool {
    const ZERO: u16 = '零' as u16;
    // One branch for both: which of the first bytes it is, no processor can foresee.
    matches!(bytes[0], 0xE4..=0xE9) & (number_of(bytes) != ZERO)
}

/// Whether the blank between the character `before` and `rest` only sets a figure apart.
fn is_typesetting(before: Option<char>, rest: &str) -> bool {
    let Some(before) = before else { return false };
    let mut next = rest.chars().map(fold).skip_while(|c| *c == ' ');
    let Some(after) = next.next() else { return false };
    if before.is_ascii_digit() {
        return is_cjk(after) || after == '%';
    }
    if !is_cjk(before) || !after.is_ascii_digit() {
        return false;
    }
    // 约 300 人: a blank on both sides of the figure; 送清凉 300人受益: a blank that parts two clauses.
    let mut tail = next.take(LONGEST_FIGURE).skip_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '%'));
    tail.next() == Some(' ') && tail.find(|c| *c != ' ').is_some_and(is_cjk)
}

/// One form for each character.
fn fold(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' | '\u{A0}' | '\u{2009}' | '\u{202F}' | '\t' => ' ',
        '○' | '◯' | '零' => '〇',
        '〜' | '∼' => '~',
        '–' | '―' | '─' => '—',
        '‐' | '‑' | '−' => '-',
        '・' | '•' | '‧' => '·',
        '∶' => ':',
        '『' | '「' => '“',
        '』' | '」' => '”',
        '￥' => '¥',
        '﹪' => '%',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, folded: &str) {
        let read = Folded::new(text);
        assert_eq!(read.chars().iter().collect::<String>(), folded);
        for index in 0..=read.len() {
            assert!(text.is_char_boundary(read.byte(index)));
            assert!(text.is_char_boundary(read.end_byte(index, text)));
        }
    }

    #[test]
    fn full_width_is_half_width() {
        check("１２．５％，（３／４）", "12.5%,(3/4)");
        check("一九九○年零点", "一九九〇年〇点");
        check("a䶮丁零零𠮷工会。", "a䶮丁〇〇𠮷工会。");
    }

    #[test]
    fn blanks_around_figures_go_and_others_stay() {
        check("约 300 人", "约300人");
        check("2018 年 8 月", "2018年8月");
        check("送清凉 300人受益", "送清凉 300人受益");
        check("张三 李四", "张三 李四");
        check("3 000", "3 000");
        check(" 3 ", " 3 ");
    }

    #[test]
    fn words_before_a_place() {
        let read = Folded::new("市总工会");
        assert!(read.has_before(4, "工会") && read.has_before(4, "市总工会"));
        assert!(!read.has_before(4, "全市总工会") && !read.has_before(1, "总") && !read.has_before(9, "会"));
        assert_eq!((read.index_of(0), read.index_of(4), read.index_of(6), read.index_of(99)), (0, 2, 2, 4));
    }

    #[test]
    fn a_mention_ends_behind_its_last_character() {
        let text = "300 人";
        let read = Folded::new(text);
        assert_eq!((read.byte(3), read.end_byte(3, text)), (4, 3));
    }
}
