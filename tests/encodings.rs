//! Which share of pages is decoded right, by encoding and size.

use std::fmt::Write as _;

use encoding_rs::{BIG5, GB18030};
use jianbao::read::{Place, Sources};
use jianbao::settings;

/// Sizes of pages in bytes. From 200 on a page has to be told: below, there may be no character that tells.
const SIZES: [usize; 6] = [50, 100, 200, 400, 1_000, 4_000];
/// Pages of each encoding and size.
const PAGES: usize = 1_000;
/// Smallest size whose share counts, and the share of pages that have to be right.
const FROM: (usize, f64) = (200, 0.999);

/// What a newspaper of Taiwan or Hong Kong might have printed of unions; its characters are in Big5.
const TRADITIONAL: [&str; 16] = [
    "縣總工會昨日派員慰問颱風受災的勞工家庭,",
    "發放慰問金二萬餘元。",
    "理事長林素珍表示,",
    "夏季高溫作業應有充足的飲水與休息時間,",
    "「工會要站在第一線」。",
    "勞資雙方經過三輪協商,",
    "終於簽訂團體協約,",
    "基本工資調升百分之四點五,",
    "惠及會員1236人。",
    "職業災害保險的給付標準也將檢討,",
    "學徒技能競賽於六月九日在港口倉庫舉行,",
    "來自十二家工廠的選手參加電焊與鉗工項目。",
    "退休教師輪流為勞工子女輔導功課,",
    "圖書室每天開放到晚間九點。",
    "交通運輸業的司機反映候車時間過長,",
    "相關單位允諾在三個月內改善。",
];

/// A random source that is the same everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
}

/// Text in an encoding.
type Encode<'a> = &'a dyn Fn(&str) -> Vec<u8>;

/// A stretch of running text that has at most `size` bytes in an encoding, from a random place on.
fn page(random: &mut Random, size: usize, texts: &[String], encode: Encode<'_>) -> (String, Vec<u8>) {
    let mut text = String::new();
    let mut skip = random.below(150);
    // Three bytes of UTF-8 are at least two of any other encoding.
    while text.len() < 2 * size {
        text.extend(texts[random.below(texts.len())].chars().skip(skip).take(size));
        skip = 0;
    }
    let mut bytes = encode(&text);
    while bytes.len() > size {
        let most = text.chars().count() * size / bytes.len();
        let shorter: String = text.chars().take(most.min(text.chars().count() - 1)).collect();
        text = shorter;
        bytes = encode(&text);
    }
    (text, bytes)
}

#[allow(clippy::print_stderr, reason = "the table is for a person")]
#[test]
fn encodings_are_told_from_two_hundred_bytes_on() {
    let simplified: Vec<_> = (0..200).map(|seed| jianbao::generate::page(seed).0.text).collect();
    let traditional = TRADITIONAL.map(str::to_owned).to_vec();
    let utf16 = |text: &str, unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    let encodings: [(&str, &[String], Encode<'_>); 5] = [
        ("UTF-8", &simplified, &|text| text.as_bytes().to_vec()),
        ("GB18030", &simplified, &|text| GB18030.encode(text).0.into_owned()),
        ("Big5", &traditional, &|text| BIG5.encode(text).0.into_owned()),
        ("UTF-16LE", &simplified, &|text| utf16(text, u16::to_le_bytes)),
        ("UTF-16BE", &simplified, &|text| utf16(text, u16::to_be_bytes)),
    ];
    let settings = settings::Read::default();
    let mut table = format!("{:<10}", "bytes");
    for size in SIZES {
        write!(table, "{size:>9}").unwrap();
    }
    let mut short = Vec::new();
    for (name, texts, encode) in encodings {
        write!(table, "\n{name:<10}").unwrap();
        for size in SIZES {
            let mut random = Random(size as u64);
            let pages: Vec<_> = (0..PAGES).map(|_| page(&mut random, size, texts, encode)).collect();
            let files = pages.iter().enumerate().map(|(n, (_, bytes))| (format!("{n}.txt"), bytes.clone()));
            let sources = Sources::in_memory(files);
            let mut read = Vec::new();
            for chunk in sources.chunks(&settings, Place::default()) {
                read.extend(chunk.parse(&settings).pages);
            }
            let right = pages
                .iter()
                .enumerate()
                .filter(|(n, (text, _))| {
                    let id = format!("{n}.txt");
                    read.get(*n).is_some_and(|p| p.head.id == id && p.text == *text)
                })
                .count();
            let share = right as f64 / PAGES as f64;
            write!(table, "{share:>9.3}").unwrap();
            if size >= FROM.0 && share < FROM.1 {
                short.push(format!("{name} at {size} bytes: {share}"));
            }
        }
    }
    eprintln!("{table}");
    assert!(short.is_empty(), "{short:?}\n{table}");
}
