//! Bytes → text: which encoding it is, and how sure that is.
//!
//! A mark at the start of a file decides; then bytes that are UTF-8 are UTF-8; then what the file declares, if its bytes
//! agree; then a detection. UTF-16 without a mark is told by its code units, nearly all of which are Chinese or ASCII in one
//! byte order and hardly any in the other. Between GB18030 and Big5 the share of common characters decides (each orders its
//! characters by use: the first level comes first), and where that leaves a doubt, chardetng does, without a hint of the
//! country: with a wrong one it never finds GB18030. Labels of GB2312 and GBK mean GB18030, which holds both.
//!
//! The guess is made for a file and looked at again for every page, so that a file may be put together from several.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

/// Bytes from the start of a page that a detection looks at.
const PREFIX: usize = 64 << 10;

/// Bytes that are not ASCII from which on a beginning tells the encoding of what follows: some thirty characters.
const FEW: usize = 64;

/// The encoding of a file or page, and how sure that is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Guess {
    pub(super) encoding: &'static Encoding,
    /// 0 to 1: 1 for a mark and for plain UTF-8.
    pub(super) confidence: f64,
}

impl Default for Guess {
    fn default() -> Self {
        Self { encoding: UTF_8, confidence: 1.0 }
    }
}

/// Text, and what it took to get it.
#[derive(Debug)]
pub(super) struct Decoded<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) guess: Guess,
    /// U+FFFD that stand for bytes without a meaning.
    pub(super) replaced: u64,
    /// Bytes before the first of these; known for UTF-8 only.
    pub(super) first_bad: Option<u64>,
}

/// The encoding that a byte order mark says, and the length of the mark.
pub(super) fn mark(bytes: &[u8]) -> Option<(&'static Encoding, usize)> {
    if bytes.starts_with(b"\x84\x31\x95\x33") {
        return Some((GB18030, 4));
    }
    Encoding::for_bom(bytes)
}

/// The encoding that a label means; labels of parts of GB18030 mean GB18030.
pub(super) fn by_label(label: &[u8]) -> Option<&'static Encoding> {
    let encoding = Encoding::for_label(label)?;
    Some(if encoding == GBK { GB18030 } else { encoding })
}

/// Guesses the encoding of a file from its beginning, which may end inside of a character, or of a whole document. `declared`
/// is what the file says of itself.
pub(super) fn guess(start: &[u8], declared: Option<&'static Encoding>) -> Guess {
    if let Some((encoding, _)) = mark(start) {
        return Guess { encoding, confidence: 1.0 };
    }
    if let Some(guess) = utf16(start) {
        return guess;
    }
    let start = telling(start);
    if Utf8Shape::of(start).is_utf8() {
        return Guess::default();
    }
    if let Some(encoding) = declared
        && ![UTF_8, UTF_16LE, UTF_16BE].contains(&encoding)
        && nearly_clean(encoding, start)
    {
        return Guess { encoding, confidence: 0.99 };
    }
    detect(start)
}

/// Guesses the encoding of a file that may go on behind its beginning: a few bytes at the end of that tell nothing, and are
/// looked at again with what follows them.
pub(super) fn guess_beginning(start: &[u8], goes_on: bool) -> Guess {
    let guess = guess(start, None);
    let is_sure = guess.confidence >= 1.0 || [UTF_16LE, UTF_16BE].contains(&guess.encoding);
    let few = || start.iter().filter(|b| !b.is_ascii()).take(FEW).count() < FEW;
    if goes_on && !is_sure && few() { Guess::default() } else { guess }
}

/// Decodes one page, line or document of a file whose encoding is guessed as `file`.
pub(super) fn decode(bytes: &[u8], file: Guess) -> Decoded<'_> {
    let plain = |text| Decoded { text: Cow::Borrowed(text), guess: Guess::default(), replaced: 0, first_bad: None };
    let guess = if file.encoding == UTF_8 {
        match simdutf8::basic::from_utf8(bytes) {
            Ok(text) => return plain(text),
            Err(_) => guess(telling(bytes), None),
        }
    } else {
        if (bytes.is_ascii() || Utf8Shape::of(bytes).is_certain())
            && let Ok(text) = simdutf8::basic::from_utf8(bytes)
        {
            return plain(text);
        }
        let telling = telling(bytes);
        if nearly_clean(file.encoding, telling) { file } else { guess(telling, Some(file.encoding)) }
    };
    if guess.encoding == UTF_8 {
        let first_bad = std::str::from_utf8(bytes).err().map(|e| e.valid_up_to() as u64);
        let mut replaced = 0;
        let mut text = String::with_capacity(bytes.len() + 16);
        for part in bytes.utf8_chunks() {
            text.push_str(part.valid());
            if !part.invalid().is_empty() {
                text.push('\u{fffd}');
                replaced += 1;
            }
        }
        return Decoded { text: Cow::Owned(text), guess, replaced, first_bad };
    }
    let (text, damaged) = guess.encoding.decode_without_bom_handling(bytes);
    let replaced = if damaged { text.matches('\u{fffd}').count() as u64 } else { 0 };
    Decoded { text, guess, replaced, first_bad: None }
}

fn prefix(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len().min(PREFIX)]
}

/// The stretch that tells the encoding: of more than can be looked at, what begins at the first byte that is not ASCII, be it
/// behind a long head of scripts and styles.
fn telling(bytes: &[u8]) -> &[u8] {
    const BLOCK: usize = 4096;
    if bytes.len() <= PREFIX {
        return bytes;
    }
    let ascii = bytes.chunks(BLOCK).take_while(|block| block.is_ascii()).count() * BLOCK;
    let rest = bytes.get(ascii..).unwrap_or_default();
    // Units of two bytes stay whole.
    prefix(&rest[rest.iter().position(|b| !b.is_ascii()).unwrap_or(0) & !1..])
}

/// What a stretch of bytes looks like when it is read as UTF-8.
#[derive(Default)]
struct Utf8Shape {
    /// Well-formed sequences of two bytes, and of three or four.
    short: usize,
    long: usize,
    /// Bytes that belong to no well-formed sequence.
    bad: usize,
}

impl Utf8Shape {
    fn of(bytes: &[u8]) -> Self {
        let mut shape = Self::default();
        let mut chunks = telling(bytes).utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            // Leading bytes alone are counted: continuation bytes begin with the bits 10.
            for byte in chunk.valid().bytes() {
                shape.short += usize::from((0xc0..0xe0).contains(&byte));
                shape.long += usize::from(byte >= 0xe0);
            }
            // A sequence that the end of the stretch cuts is not bad.
            let cut = chunks.peek().is_none() && !ends_badly(chunk.invalid());
            if !cut {
                shape.bad += chunk.invalid().len();
            }
        }
        shape
    }

    /// UTF-8, perhaps with damages. Text of another encoding hardly ever forms sequences of three bytes, but pairs of its
    /// bytes form sequences of two: these alone are believed only where nothing is bad and they are many (or none).
    fn is_utf8(&self) -> bool {
        if self.bad == 0 { self.long > 0 || self.short == 0 || self.short >= 12 } else { self.long * 3 > self.bad * 2 }
    }

    /// UTF-8 beyond doubt, also inside of a file that is not.
    fn is_certain(&self) -> bool {
        self.bad == 0 && self.long >= 2
    }
}

/// Whether the bytes that end a stretch are wrong, not just cut.
fn ends_badly(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).err().is_some_and(|e| e.error_len().is_some())
}

fn nearly_clean(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len() * 3));
    let (_, _, damaged) = decoder.decode_to_string(bytes, &mut text, false);
    !damaged || text.matches('\u{fffd}').count() * 100 < bytes.len().min(text.chars().count())
}

/// UTF-16 without a mark: nearly every code unit is one that Chinese text has.
fn utf16(bytes: &[u8]) -> Option<Guess> {
    let bytes = &prefix(bytes)[..prefix(bytes).len() & !1];
    // UTF-8 has no NUL, and Chinese UTF-16 is no UTF-8.
    if bytes.len() < 4 || (!bytes.contains(&0) && std::str::from_utf8(bytes).is_ok()) {
        return None;
    }
    let share = |read: fn([u8; 2]) -> u16| {
        let likely = bytes.chunks_exact(2).filter(|unit| is_likely(read([unit[0], unit[1]]))).count();
        likely as f64 / (bytes.len() / 2) as f64
    };
    let (little, big) = (share(u16::from_le_bytes), share(u16::from_be_bytes));
    let (encoding, best, other) = if little >= big { (UTF_16LE, little, big) } else { (UTF_16BE, big, little) };
    (best >= 0.95 && best - other >= 0.2).then_some(Guess { encoding, confidence: best.min(0.99) })
}

fn is_likely(unit: u16) -> bool {
    matches!(unit, 0x09 | 0x0a | 0x0c | 0x0d | 0x20..=0x7e | 0xb7 | 0x2010..=0x2027 | 0x25a0..=0x25ff
        | 0x3000..=0x303f | 0x4e00..=0x9fff | 0xff00..=0xffef)
}

/// Tells GB18030 from Big5, and both from the rest.
fn detect(bytes: &[u8]) -> Guess {
    let gb = common_share(bytes, gb18030_class);
    let big5 = common_share(bytes, big5_class);
    let (encoding, best, other) = if gb >= big5 { (GB18030, gb, big5) } else { (BIG5, big5, gb) };
    if best >= 0.8 && best - other >= 0.1 {
        return Guess { encoding, confidence: (best - other / 4.0).clamp(0.5, 0.99) };
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, false);
    let found = detector.guess(None, Utf8Detection::Deny);
    let found = if found == GBK { GB18030 } else { found };
    Guess { encoding: found, confidence: 0.5 }
}

/// What two bytes are in an encoding.
#[derive(Clone, Copy, PartialEq)]
enum Class {
    Common,
    Rare,
    Wrong,
}

/// The share of pairs of bytes that are common characters; a wrong pair counts three times against it.
fn common_share(bytes: &[u8], class: fn(u8, u8) -> Class) -> f64 {
    let (mut common, mut all) = (0u32, 0u32);
    let mut at = 0;
    while at + 1 < bytes.len() {
        if bytes[at] < 0x80 {
            at += 1;
            continue;
        }
        match class(bytes[at], bytes[at + 1]) {
            Class::Common => {
                common += 1;
                all += 1;
                at += 2;
            }
            Class::Rare => {
                all += 1;
                at += 2;
            }
            Class::Wrong => {
                all += 3;
                at += 1;
            }
        }
    }
    if all == 0 { 0.0 } else { f64::from(common) / f64::from(all) }
}

/// GB18030: the symbols and the first level of GB2312 are common; its second level, the extensions of GBK and the lead of
/// a sequence of four bytes are rare.
fn gb18030_class(lead: u8, trail: u8) -> Class {
    match (lead, trail) {
        (0xa1 | 0xa3 | 0xb0..=0xd7, 0xa1..=0xfe) => Class::Common,
        (0x81..=0xfe, 0x30..=0x39 | 0x40..=0x7e | 0x80..=0xfe) => Class::Rare,
        _ => Class::Wrong,
    }
}

/// Big5: its symbols and its first level are common, its second level is rare.
fn big5_class(lead: u8, trail: u8) -> Class {
    match (lead, trail) {
        (0xa1 | 0xa4..=0xc6, 0x40..=0x7e | 0xa1..=0xfe) => Class::Common,
        (0x87..=0xfe, 0x40..=0x7e | 0xa1..=0xfe) => Class::Rare,
        _ => Class::Wrong,
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    /// News of unions, invented, in the two ways of writing.
    const SIMPLIFIED: &str = "本报讯 记者赵明远报道 昨日,海宁市总工会把清凉物资送到建筑工地,看望慰问坚守岗位的一线职工,\
        为他们送上毛巾、绿豆汤和防暑药品。“天气再热,也要把安全放在第一位。”市总工会副主席反复叮嘱项目负责人,合理安排\
        作息时间,配足饮用水。据介绍,今年以来全市各级工会共筹集资金86万元,走访企业142家,惠及职工1.3万人次。职工书屋\
        里,二十多名快递员正在挑选图书;隔壁的心理咨询室,志愿者耐心倾听他们的烦恼。劳动竞赛启动仪式上,来自十二家单位\
        的选手宣读了倡议书,表示将苦练技能、勇于创新,以优异成绩迎接节日。困难职工子女助学金发放标准为大学生每人4000元、\
        高中生每人2000元,符合条件的家庭可向所在街道工会提出申请。集体协商会议开了三个半小时,劳资双方就工资调整幅度、\
        高温津贴、女职工特殊权益达成一致,合同草案将提交职代会审议。法律援助律师说,拖欠的工资已经全部追回,三十八名农民\
        工当场领到了钱。摄影爱好者用镜头记录下炼钢炉前挥汗如雨的身影,作品在文化宫展出一个月。";
    const TRADITIONAL: &str = "本報訊 記者趙明遠報道 昨日,海寧市總工會把清涼物資送到建築工地,看望慰問堅守崗位的一線職工,\
        為他們送上毛巾、綠豆湯和防暑藥品。「天氣再熱,也要把安全放在第一位。」市總工會副主席反覆叮囑項目負責人,合理安排\
        作息時間,配足飲用水。據介紹,今年以來全市各級工會共籌集資金86萬元,走訪企業142家,惠及職工1.3萬人次。職工書屋\
        裡,二十多名快遞員正在挑選圖書;隔壁的心理諮詢室,志願者耐心傾聽他們的煩惱。勞動競賽啟動儀式上,來自十二家單位\
        的選手宣讀了倡議書,表示將苦練技能、勇於創新,以優異成績迎接節日。困難職工子女助學金發放標準為大學生每人4000元、\
        高中生每人2000元,符合條件的家庭可向所在街道工會提出申請。集體協商會議開了三個半小時,勞資雙方就工資調整幅度、\
        高溫津貼、女職工特殊權益達成一致,合同草案將提交職代會審議。法律援助律師說,拖欠的工資已經全部追回,三十八名農民\
        工當場領到了錢。攝影愛好者用鏡頭記錄下煉鋼爐前揮汗如雨的身影,作品在文化宮展出一個月。";

    /// Stretches of about `bytes` bytes in `encoding`, beginning at every character of the text.
    fn stretches(text: &str, encoding: &'static Encoding, bytes: usize) -> Vec<(Vec<u8>, String)> {
        let around: Vec<char> = text.chars().chain(text.chars()).collect();
        let encode = |s: &str| -> Vec<u8> {
            match encoding.name() {
                "UTF-16LE" => s.encode_utf16().flat_map(u16::to_le_bytes).collect(),
                "UTF-16BE" => s.encode_utf16().flat_map(u16::to_be_bytes).collect(),
                _ => encoding.encode(s).0.into_owned(),
            }
        };
        (0..text.chars().count())
            .map(|at| {
                let (mut piece, mut size) = (String::new(), 0);
                for c in &around[at..] {
                    size += encode(c.encode_utf8(&mut [0; 4])).len();
                    if size > bytes {
                        break;
                    }
                    piece.push(*c);
                }
                (encode(&piece), piece)
            })
            .collect()
    }

    /// The share that is decoded right, of stretches that hold anything but ASCII.
    fn right(text: &str, encoding: &'static Encoding, bytes: usize) -> (usize, usize) {
        let all: Vec<_> = stretches(text, encoding, bytes).into_iter().filter(|(_, piece)| !piece.is_ascii()).collect();
        let right =
            all.iter().filter(|(bytes, piece)| decode(bytes, guess(bytes, None)).text == piece.as_str()).count();
        (right, all.len())
    }

    #[test]
    fn encodings_are_told_from_few_bytes() {
        println!("bytes   UTF-8  UTF-16LE  UTF-16BE  gb18030    Big5");
        for (bytes, least) in [(12, 0.90), (20, 0.95), (40, 0.98), (100, 0.99), (200, 0.999), (1000, 1.0)] {
            let mut row = format!("{bytes:5}");
            for (text, encoding) in [
                (SIMPLIFIED, UTF_8),
                (SIMPLIFIED, UTF_16LE),
                (SIMPLIFIED, UTF_16BE),
                (SIMPLIFIED, GB18030),
                (TRADITIONAL, BIG5),
            ] {
                let (right, all) = right(text, encoding, bytes);
                let share = right as f64 / all as f64;
                let _ = write!(row, "  {share:7.4}");
                assert!(share >= least, "{} of {bytes} bytes: {right} of {all}", encoding.name());
            }
            println!("{row}");
        }
    }

    #[track_caller]
    fn check(bytes: &[u8], want: &'static Encoding) {
        assert_eq!(guess(bytes, None).encoding, want);
    }

    #[test]
    fn marks_decide() {
        check(b"\xef\xbb\xbf\xff", UTF_8);
        check(b"\xff\xfea\0", UTF_16LE);
        check(b"\xfe\xff\0a", UTF_16BE);
        check(b"\x84\x31\x95\x33a", GB18030);
    }

    #[test]
    fn bytes_decide_before_a_declaration() {
        let gb = GB18030.encode(SIMPLIFIED).0;
        assert_eq!(guess(SIMPLIFIED.as_bytes(), Some(GB18030)).encoding, UTF_8);
        assert_eq!(guess(&gb, Some(UTF_8)).encoding, GB18030);
        assert_eq!(guess(&gb, Some(BIG5)).encoding, GB18030);
        assert_eq!(by_label(b"gb2312"), Some(GB18030));
    }

    #[test]
    fn a_damage_does_not_make_it_another_encoding() {
        for bad in [&b"\xff"[..], b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe4\xb8"] {
            let mut bytes = SIMPLIFIED.as_bytes()[..120].to_vec();
            bytes.splice(60..60, bad.iter().copied());
            let decoded = decode(&bytes, guess(&bytes, None));
            assert_eq!(decoded.guess, Guess::default());
            assert!(decoded.replaced > 0 && decoded.first_bad == Some(60), "{bad:?}");
        }
    }

    #[test]
    fn a_long_beginning_of_ascii_tells_nothing() {
        let head = "<!-- a head of scripts -->\n".repeat(2 * PREFIX / 27);
        for (text, encoding) in [(SIMPLIFIED, UTF_8), (SIMPLIFIED, GB18030), (TRADITIONAL, BIG5)] {
            for around in [PREFIX - 40, PREFIX - 3, PREFIX - 2, PREFIX - 1, PREFIX, PREFIX + 1, head.len()] {
                let bytes = [&head.as_bytes()[..around], &encoding.encode(text).0].concat();
                let file = guess_beginning(&bytes[..PREFIX], true);
                assert_eq!(file, Guess::default());
                let decoded = decode(&bytes, file);
                assert_eq!((decoded.guess.encoding, decoded.replaced), (encoding, 0), "{around}");
                assert!(decoded.text.ends_with(text));
                assert_eq!(guess(&bytes, None).encoding, encoding);
            }
        }
        // What is declared is weighed against the bytes that can contradict it.
        let few = [head.as_bytes(), b"\xa1\xaf"].concat();
        assert_eq!(guess(&few, Some(BIG5)).encoding, BIG5);
        assert_eq!(guess(&few, Some(GB18030)).encoding, GB18030);
    }

    #[test]
    fn a_file_may_mix_encodings() {
        let gb = GB18030.encode(SIMPLIFIED).0;
        let of_gb = guess(&gb, None);
        assert_eq!(decode(SIMPLIFIED.as_bytes(), of_gb).text, SIMPLIFIED);
        assert_eq!(decode(&gb, Guess::default()).text, SIMPLIFIED);
        assert_eq!(decode(b"plain", of_gb).guess, Guess::default());
    }
}
