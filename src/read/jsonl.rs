//! Lines of JSON → pages: `id`, `text`, `date`, `publication`, `number`, `section`; every other field is kept in `meta`.
//!
//! A line is parsed once and its text copied once. Numbers that serve as ids are kept as they are printed. What JSON forbids
//! but dumps contain is mended and told: half a surrogate pair becomes U+FFFD, a bare control character its escape. Of a key
//! that stands twice the last value counts, as in other parsers, and a fault says so. A line that is no object is set aside
//! alone.

use std::borrow::Cow;
use std::fmt::{self, Write as _};

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::chunk::{Origin, Parsed};
use super::encoding;
use super::fault::Fault;
use super::parse::{self, Doubts};
use crate::error::ErrorKind;
use crate::record::Page;
use crate::settings;

/// Longest id in bytes; what is longer is no name, and would be repeated in every record.
const MAX_ID_BYTES: usize = 1024;

/// Whole lines of one file.
pub(super) struct Lines<'a> {
    pub(super) origin: &'a Origin,
    pub(super) bytes: &'a [u8],
    /// Bytes and lines before them in the file.
    pub(super) offset: u64,
    pub(super) before: u64,
    /// The file ended too early in the last line.
    pub(super) cut: bool,
}

/// Parses every line into `out`.
pub(super) fn parse(lines: &Lines<'_>, settings: &settings::Read, out: &mut Parsed) {
    // One look at all of the lines is cheaper than one at each.
    let utf8 = if lines.origin.guess.encoding == encoding_rs::UTF_8 {
        simdutf8::basic::from_utf8(lines.bytes).ok()
    } else {
        None
    };
    let mut start = 0;
    for (number, end) in (lines.before + 1..).zip(memchr::memchr_iter(b'\n', lines.bytes).chain([lines.bytes.len()])) {
        let at = std::mem::replace(&mut start, end + 1);
        let line = &lines.bytes[at..end];
        if line.trim_ascii().is_empty() {
            continue;
        }
        let place = Place { origin: lines.origin, number, offset: lines.offset + at as u64 };
        if line.len() > settings.max_page_bytes {
            out.faults
                .push(place.fault(ErrorKind::Limit, format!("a line of more than {} bytes", settings.max_page_bytes)));
            continue;
        }
        let faults = out.faults.len();
        if let Some(all) = utf8 {
            let doubts = Doubts::of_stream(&all[at..end], lines.origin);
            record(&place, &all[at..end], &doubts, settings, out);
        } else {
            let decoded = encoding::decode(line, lines.origin.guess);
            record(&place, &decoded.text, &Doubts::of(&decoded, lines.origin), settings, out);
        }
        if lines.cut && end == lines.bytes.len() {
            // The fault of the stream speaks of the line that it ends in.
            out.faults.truncate(faults);
        }
    }
}

/// Where a line stands.
struct Place<'a> {
    origin: &'a Origin,
    number: u64,
    offset: u64,
}

impl Place<'_> {
    fn fault(&self, kind: ErrorKind, message: impl Into<String>) -> Fault {
        Fault::new(self.origin, kind, message).line(self.number).offset(self.offset)
    }
}

fn record(place: &Place<'_>, line: &str, doubts: &Doubts, settings: &settings::Read, out: &mut Parsed) {
    let line = if place.offset == 0 { line.strip_prefix('\u{feff}').unwrap_or(line) } else { line };
    let error = match fields(line, settings) {
        Ok(record) => return page(place, record, doubts, settings, out),
        Err(error) => error,
    };
    if let Some((mended, what)) = mend(line)
        && let Ok(record) = fields(&mended, settings)
    {
        page(place, record, doubts, settings, out);
        out.faults.push(place.fault(ErrorKind::Record, what).kept());
    } else {
        out.faults.push(place.fault(ErrorKind::Record, format!("not a JSON object: {}", reason(&error))));
    }
}

/// The message of a JSON error with the column alone: it always says line 1.
fn reason(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    match message.strip_suffix(&place) {
        Some(what) => format!("{what} in column {}", error.column()),
        None => message,
    }
}

fn page(place: &Place<'_>, record: Record<'_>, doubts: &Doubts, settings: &settings::Read, out: &mut Parsed) {
    let Record { text, id, date, publication, number, section, other, twice } = record;
    let text = match text {
        Text::Given(text) => text.into_owned(),
        Text::Missing if !settings.need_text && is_article(&other) => String::new(),
        Text::Missing | Text::Other => {
            let what = if matches!(text, Text::Missing) { "no field" } else { "no text in the field" };
            let names: Vec<&str> = other.keys().take(8).map(String::as_str).collect();
            let mut fault = place.fault(ErrorKind::Record, format!("{what} {:?}", settings.text_field));
            if !names.is_empty() {
                fault = fault.hint(format!(
                    "name the field that holds the text, --set read.text_field=NAME; there are {}",
                    names.join(", ")
                ));
            }
            out.faults.push(fault);
            return;
        }
    };
    let mut page = Page::new(String::new(), text);
    page.head.meta.clone_from(&place.origin.meta);
    page.head.meta.extend(other);
    page.head.id = match id {
        Some(id) if !id.is_empty() && id.len() <= MAX_ID_BYTES => id,
        _ => format!("{}:{}", place.origin.id, place.number),
    };
    page.head.date = date.map(|date| parse::iso_date(&date).unwrap_or(date));
    (page.head.publication, page.head.number, page.head.section) = (publication, number, section);
    if let Some(key) = twice {
        let fault = place.fault(ErrorKind::Record, format!("the field {key:?} stands twice, the last one counts"));
        out.faults.push(fault.page(&page.head.id).kept());
    }
    if let Some(mut fault) = doubts.note(place.origin, &mut page) {
        fault.line = Some(place.number);
        fault.offset = Some(place.offset + fault.offset.unwrap_or(0));
        out.faults.push(fault);
    }
    out.pages.push(page);
    out.lines.resize(out.pages.len() - 1, None);
    out.lines.push(Some(place.number));
}

/// Whether a record without a text is an article that was written before: its text stands in its blocks.
fn is_article(fields: &Map<String, Value>) -> bool {
    ["blocks", "page"].iter().all(|key| fields.contains_key(*key))
}

/// The fields of a line.
#[derive(Default)]
struct Record<'a> {
    text: Text<'a>,
    id: Option<String>,
    date: Option<String>,
    publication: Option<String>,
    number: Option<String>,
    section: Option<String>,
    other: Map<String, Value>,
    /// A key that stands twice.
    twice: Option<String>,
}

/// The value of the text field, borrowed from the line where it has no escapes.
#[derive(Default)]
enum Text<'a> {
    #[default]
    Missing,
    Given(Cow<'a, str>),
    /// Something that is not a string.
    Other,
}

fn fields<'a>(line: &'a str, settings: &settings::Read) -> serde_json::Result<Record<'a>> {
    let mut json = serde_json::Deserializer::from_str(line);
    let record = RecordSeed(settings).deserialize(&mut json)?;
    json.end()?;
    Ok(record)
}

#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

struct RecordSeed<'s>(&'s settings::Read);

impl<'de> DeserializeSeed<'de> for RecordSeed<'_> {
    type Value = Record<'de>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Record<'de>, D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for RecordSeed<'_> {
    type Value = Record<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Record<'de>, A::Error> {
        let mut record = Record::default();
        // One bit for each of the known fields.
        let mut seen = 0u8;
        while let Some(Key(key)) = map.next_key()? {
            let known = [&*self.0.text_field, &*self.0.id_field, "date", "publication", "number", "section"];
            let index = known.iter().position(|k| *k == key);
            let bit = index.map_or(0, |i| 1 << i);
            if seen & bit != 0 || (index.is_none() && record.other.contains_key(&*key)) {
                record.twice = Some(key.clone().into_owned());
            }
            seen |= bit;
            if index == Some(0) {
                record.text = map.next_value_seed(TextSeed)?;
                continue;
            }
            let raw: &'de RawValue = map.next_value()?;
            let slot = match index {
                Some(1) => &mut record.id,
                Some(2) => &mut record.date,
                Some(3) => &mut record.publication,
                Some(4) => &mut record.number,
                Some(5) => &mut record.section,
                _ => {
                    record.other.insert(key.into_owned(), value(raw).map_err(serde::de::Error::custom)?);
                    continue;
                }
            };
            *slot = match raw.get().as_bytes() {
                [b'"', ..] => Some(serde_json::from_str(raw.get()).map_err(serde::de::Error::custom)?),
                [b'-' | b'0'..=b'9', ..] => Some(raw.get().to_owned()),
                b"null" => None,
                _ => {
                    record.other.insert(key.into_owned(), value(raw).map_err(serde::de::Error::custom)?);
                    None
                }
            };
        }
        Ok(record)
    }
}

/// A value as it was; a number that no double holds is kept as the string of its digits.
fn value(raw: &RawValue) -> serde_json::Result<Value> {
    let text = raw.get();
    if let [b'-' | b'0'..=b'9', rest @ ..] = text.as_bytes() {
        let is_integer = rest.iter().all(u8::is_ascii_digit);
        if text.len() > 40 || (is_integer && text.parse::<i64>().is_err() && text.parse::<u64>().is_err()) {
            return Ok(Value::String(text.to_owned()));
        }
    }
    match serde_json::from_str(text) {
        Err(_) if text.starts_with(|c: char| c == '-' || c.is_ascii_digit()) => Ok(Value::String(text.to_owned())),
        result => result,
    }
}

struct TextSeed;

impl<'de> DeserializeSeed<'de> for TextSeed {
    type Value = Text<'de>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Text<'de>, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for TextSeed {
    type Value = Text<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text<'de>, E> {
        Ok(Text::Given(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Text<'de>, E> {
        Ok(Text::Given(Cow::Owned(text.to_owned())))
    }

    fn visit_unit<E>(self) -> Result<Text<'de>, E> {
        Ok(Text::Other)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Text<'de>, E> {
        Ok(Text::Other)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Text<'de>, E> {
        Ok(Text::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Text<'de>, E> {
        Ok(Text::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Text<'de>, E> {
        Ok(Text::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Text<'de>, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Text::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Text<'de>, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Text::Other)
    }
}

/// Mends what dumps have and JSON forbids, and says what that was; `None` where there is nothing of the kind.
fn mend(line: &str) -> Option<(String, &'static str)> {
    let bytes = line.as_bytes();
    let mut mended = String::new();
    let mut what = None;
    let mut copied = 0;
    let mut in_string = false;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => in_string = !in_string,
            b'\\' if in_string => {
                if let Some(unit) = escape(bytes, at) {
                    let is_pair = (0xd800..0xdc00).contains(&unit)
                        && escape(bytes, at + 6).is_some_and(|low| (0xdc00..0xe000).contains(&low));
                    if is_pair {
                        at += 12;
                        continue;
                    }
                    if (0xd800..0xe000).contains(&unit) {
                        mended.push_str(&line[copied..at]);
                        mended.push_str("\\ufffd");
                        copied = at + 6;
                        what = Some("half a surrogate pair stands as U+FFFD");
                    }
                    at += 6;
                    continue;
                }
                at += 2;
                continue;
            }
            control @ ..=0x1f if in_string => {
                mended.push_str(&line[copied..at]);
                let _ = write!(mended, "\\u{control:04x}");
                copied = at + 1;
                what.get_or_insert("control characters that are not escaped");
            }
            _ => {}
        }
        at += 1;
    }
    mended.push_str(line.get(copied..)?);
    what.map(|what| (mended, what))
}

/// The code unit that the escape `\uXXXX` at this place writes.
fn escape(bytes: &[u8], at: usize) -> Option<u16> {
    let digits = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}
