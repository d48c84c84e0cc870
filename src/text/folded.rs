//! Text folded to one form of each character, with a map back: what a grammar reads in place of the printed text.
//!
//! In: a text. Out: its characters, full-width forms turned into half-width ones (１２％ → 12%), variants of 〇 and of the
//! tilde made one, and the blanks left out that a typesetter puts around figures (`约 300 人`). Any other blank stays,
//! because it parts two things (`张三 李四`, the two halves of a headline). Each character knows its byte in the text, so
//! whatever is read from the folded form has an exact span.

use crate::text::is_cjk;

/// What [`Folded::get`] says of a place outside of the text.
pub const NOTHING: char = '\0';

/// The longest run of digits that is looked through for the blank behind it.
const LONGEST_FIGURE: usize = 24;

/// A folded text. Its own offsets count characters; [`Folded::byte`] turns them into bytes of the text.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    chars: Vec<char>,
    at: Vec<u32>,
    /// The same characters in UTF-8, and where each begins and the last ends: what words are held against.
    bytes: Vec<u8>,
    starts: Vec<u32>,
}

impl Folded {
    /// Folds `text`.
    pub fn new(text: &str) -> Self {
        let mut folded = Self::default();
        folded.refill(text);
        folded
    }

    /// Folds `text` into the memory of an older one.
    pub fn refill(&mut self, text: &str) {
        self.chars.clear();
        self.at.clear();
        self.bytes.clear();
        self.starts.clear();
        self.chars.reserve(text.len() / 3 + 1);
        self.at.reserve(text.len() / 3 + 2);
        self.starts.reserve(text.len() / 3 + 2);
        self.bytes.reserve(text.len());
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            at += self.take_ideographs(rest.as_bytes(), at);
            let Some(printed) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
            let c = fold(printed);
            let here = at;
            at += printed.len_utf8();
            if c == ' ' && self.is_typesetting(text.get(at..).unwrap_or_default()) {
                // The blanks behind it are of the same kind, and not each to be judged anew.
                while let Some(blank) = text.get(at..).and_then(|rest| rest.chars().next()).filter(|c| fold(*c) == ' ')
                {
                    at += blank.len_utf8();
                }
                continue;
            }
            self.chars.push(c);
            self.at.push(here as u32);
            self.starts.push(self.bytes.len() as u32);
            self.bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
        self.at.push(text.len() as u32);
        self.starts.push(self.bytes.len() as u32);
    }

    /// Takes over the ideographs that `rest`, the text from byte `at` on, begins with, up to one that may be folded;
    /// returns their bytes. They are most of a text, and three bytes each.
    fn take_ideographs(&mut self, rest: &[u8], at: usize) -> usize {
        let (threes, _) = rest.as_chunks::<3>();
        // U+5000 to U+9FFF but 零.
        let stays = |three: &&[u8; 3]| matches!(three[0], 0xE5..=0xE9) && **three != [0xE9, 0x9B, 0xB6];
        let run = &threes[..threes.iter().take_while(stays).count()];
        self.chars.extend(run.iter().map(|&[a, b, c]| {
            let number = u32::from(a & 0xF) << 12 | u32::from(b & 0x3F) << 6 | u32::from(c & 0x3F);
            char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER)
        }));
        let start = self.bytes.len() as u32;
        let each = |from: u32| (0..run.len() as u32).map(move |n| from + 3 * n);
        self.at.extend(each(at as u32));
        self.starts.extend(each(start));
        self.bytes.extend_from_slice(run.as_flattened());
        run.len() * 3
    }

    /// Whether the blank between what was folded so far and `rest` only sets a figure apart.
    fn is_typesetting(&self, rest: &str) -> bool {
        let Some(&before) = self.chars.last() else { return false };
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
        self.at.get(index).or(self.at.last()).copied().unwrap_or(0) as usize
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
        let Some(&start) = self.starts.get(index) else { return word.is_empty() };
        self.is_at(start as usize, start as usize + word.len(), word)
    }

    /// Whether `word` ends right before `index`.
    #[inline]
    pub fn has_before(&self, index: usize, word: &str) -> bool {
        let Some(&end) = self.starts.get(index) else { return word.is_empty() };
        let end = end as usize;
        end >= word.len() && self.is_at(end - word.len(), end, word)
    }

    /// Whether the bytes from `start` to `end`, as many as `word` has, are the word. Its last byte is held against first:
    /// ideographs share their first bytes, and of 64 last ones only one fits.
    #[inline]
    fn is_at(&self, start: usize, end: usize, word: &str) -> bool {
        let word = word.as_bytes();
        match word.last() {
            Some(last) => self.bytes.get(end - 1) == Some(last) && self.bytes.get(start..end) == Some(word),
            None => true,
        }
    }

    /// The character that stands at byte `byte` of the text, or behind it where none begins there.
    pub fn index_of(&self, byte: usize) -> usize {
        self.at.partition_point(|&at| (at as usize) < byte).min(self.chars.len())
    }

    /// How long the first of `words` is that stands at `index`, in characters.
    #[inline]
    pub fn one_of(&self, index: usize, words: &[&str]) -> Option<usize> {
        words.iter().find(|w| self.has(index, w)).map(|w| w.chars().count())
    }

    /// How long the first of `words` is that ends right before `index`, in characters.
    #[inline]
    pub fn one_before(&self, index: usize, words: &[&str]) -> Option<usize> {
        words.iter().find(|w| self.has_before(index, w)).map(|w| w.chars().count())
    }

    /// The characters of a range, as a string.
    pub fn string(&self, from: usize, to: usize) -> String {
        self.chars.get(from..to.min(self.chars.len())).unwrap_or_default().iter().collect()
    }
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
