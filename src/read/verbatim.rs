//! Records as they came in, for who writes them out again with another text.
//!
//! In: a chunk. Out: of each page its id, date and text, and the JSON line that it came in (or, of a page that was no JSON,
//! one that holds its fields), cut at the value of the text field. They are lent one by one, so nothing but the text is
//! copied, and that into memory which the next one takes over.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::chunk::{Body, Chunk, Item, Parsed, Piece};
use super::fault::Fault;
use super::{jsonl, parse};
use crate::record::Page;
use crate::settings;

/// A page and the line that it came in.
#[derive(Clone, Debug)]
pub struct Verbatim<'c> {
    /// The page's id, as the input gives it: not yet made unique.
    pub id: String,
    /// The day it was printed, where the record says so.
    pub date: Option<String>,
    /// The page's text.
    pub text: Cow<'c, str>,
    /// The record up to the value of its text field.
    pub before: Cow<'c, str>,
    /// That value as it was written, quotation marks included.
    pub value: Cow<'c, str>,
    /// The record behind that value, without the line break.
    pub after: Cow<'c, str>,
}

impl Chunk {
    /// Decodes and parses as [`Chunk::parse`] does, and hands on the records one by one as they came, with the file that
    /// each is from; what could not be read of the chunk.
    pub fn verbatim(self, settings: &settings::Read, mut each: impl FnMut(Verbatim<'_>, &Arc<str>)) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut decoded = String::new();
        for item in self.items {
            match item {
                Item::Fault(fault) => faults.push(fault),
                Item::Piece(piece) => {
                    let place = piece.origin.place();
                    self::piece(piece, settings, &mut decoded, &mut |record| each(record, &place), &mut faults);
                }
            }
        }
        faults
    }
}

/// Hands on the records of a piece. `decoded` holds the text of one after the other.
fn piece(
    piece: Piece,
    settings: &settings::Read,
    decoded: &mut String,
    each: &mut dyn FnMut(Verbatim<'_>),
    faults: &mut Vec<Fault>,
) {
    let plain = piece.origin.guess.encoding == encoding_rs::UTF_8 && piece.origin.meta.is_empty();
    let lines = match &piece.body {
        Body::Lines(bytes) if plain && piece.origin.transcoded.is_none() => simdutf8::basic::from_utf8(bytes).ok(),
        _ => None,
    };
    let Some(lines) = lines else {
        let mut parsed = Parsed::default();
        parse::piece(piece, settings, &mut parsed);
        parsed.pages.into_iter().for_each(|page| each(composed(page, settings)));
        faults.append(&mut parsed.faults);
        return;
    };
    let mut start = 0;
    for (number, end) in (piece.before + 1..).zip(memchr::memchr_iter(b'\n', lines.as_bytes()).chain([lines.len()])) {
        let at = std::mem::replace(&mut start, end + 1);
        let line = &lines[at..end];
        if line.trim().is_empty() {
            continue;
        }
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.len() <= settings.max_page_bytes
            && let Some(record) = fields(line, settings, decoded)
        {
            let id = record.id.unwrap_or_else(|| format!("{}:{number}", piece.origin.id));
            let date = record.date.map(|date| parse::iso_date(&date).unwrap_or(date));
            let [before, value, after] =
                [&line[..record.at.start], &line[record.at.clone()], &line[record.at.end..]].map(Cow::Borrowed);
            each(Verbatim { id, date, text: Cow::Borrowed(decoded), before, value, after });
            continue;
        }
        // Whatever is odd about it, the parser of pages knows what to say and what can be kept.
        let mut parsed = Parsed::default();
        let offset = piece.offset + at as u64;
        let odd = jsonl::Lines {
            origin: &piece.origin,
            bytes: line.as_bytes(),
            offset,
            before: number - 1,
            cut: piece.cut && end == lines.len(),
        };
        jsonl::parse(&odd, settings, &mut parsed);
        parsed.pages.into_iter().for_each(|page| each(composed(page, settings)));
        faults.append(&mut parsed.faults);
    }
}

/// A record of a page that was none, or a mended one: its fields in the order in which a page holds them.
fn composed(page: Page, settings: &settings::Read) -> Verbatim<'static> {
    let Page { head, text } = page;
    let mut before = String::from("{");
    let mut field = |key: &str, value: serde_json::Value| {
        before.push_str(&serde_json::Value::from(key).to_string());
        before.push(':');
        before.push_str(&value.to_string());
        before.push(',');
    };
    field(&settings.id_field, head.id.as_str().into());
    let given = [
        ("date", &head.date),
        ("publication", &head.publication),
        ("number", &head.number),
        ("section", &head.section),
    ];
    for (key, value) in given {
        if let Some(value) = value {
            field(key, value.as_str().into());
        }
    }
    for (key, value) in head.meta {
        field(&key, value);
    }
    before.push_str(&serde_json::Value::from(settings.text_field.as_str()).to_string());
    before.push(':');
    let value = serde_json::Value::from(text.as_str()).to_string();
    Verbatim {
        id: head.id,
        date: head.date,
        text: text.into(),
        before: before.into(),
        value: value.into(),
        after: "}".into(),
    }
}

struct Fields {
    id: Option<String>,
    date: Option<String>,
    at: Range<usize>,
}

/// The fields of a line that is a plain object with one text, which is put into `text`; None where it is anything else.
fn fields(line: &str, settings: &settings::Read, text: &mut String) -> Option<Fields> {
    let mut json = serde_json::Deserializer::from_str(line);
    let found = FieldsSeed { line, settings, text }.deserialize(&mut json).ok()?;
    json.end().ok()?;
    found
}

/// Puts the text that a JSON string stands for into `text`; whether it is one.
fn decode(string: &str, text: &mut String) -> bool {
    text.clear();
    let Some(mut rest) = string.strip_prefix('"').and_then(|s| s.strip_suffix('"')) else { return false };
    text.reserve(rest.len());
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        let plain = match rest.as_bytes().get(at + 1) {
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(&mark @ (b'"' | b'\\' | b'/')) => mark.into(),
            _ => {
                // A number of a character, or of half of one.
                let whole = serde_json::from_str::<String>(string);
                let is_text = whole.is_ok();
                *text = whole.unwrap_or_default();
                return is_text;
            }
        };
        text.push_str(&rest[..at]);
        text.push(plain);
        rest = &rest[at + 2..];
    }
    text.push_str(rest);
    true
}

struct FieldsSeed<'a, 't> {
    line: &'a str,
    settings: &'a settings::Read,
    text: &'t mut String,
}

#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de> DeserializeSeed<'de> for FieldsSeed<'de, '_> {
    type Value = Option<Fields>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for FieldsSeed<'de, '_> {
    type Value = Option<Fields>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut text, mut id, mut date) = (None, None, None);
        let mut twice = false;
        while let Some(Key(key)) = map.next_key()? {
            if key == self.settings.text_field.as_str() {
                twice |= text.replace(map.next_value::<&RawValue>()?).is_some();
            } else if key == self.settings.id_field.as_str() {
                twice |= id.replace(map.next_value::<&RawValue>()?).is_some();
            } else if key == "date" {
                twice |= date.replace(map.next_value::<&RawValue>()?).is_some();
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        let Some(raw) = text.filter(|_| !twice).map(RawValue::get) else { return Ok(None) };
        if !decode(raw, self.text) {
            return Ok(None);
        }
        let scalar = |raw: Option<&RawValue>| {
            let raw = raw?.get();
            if raw.starts_with('"') {
                return serde_json::from_str::<String>(raw).ok();
            }
            raw.starts_with(|c: char| c == '-' || c.is_ascii_digit()).then(|| raw.to_owned())
        };
        // The value is a slice of the line, so the distance of the two is its place.
        let start = (raw.as_ptr() as usize).wrapping_sub(self.line.as_ptr() as usize);
        let at = start..start.wrapping_add(raw.len());
        if !self.line.get(at.clone()).is_some_and(|value| std::ptr::eq(value, raw)) {
            return Ok(None);
        }
        Ok(Some(Fields { id: scalar(id).filter(|id| !id.is_empty()), date: scalar(date), at }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `decode` makes of a string is what a parser of JSON makes of it.
    #[track_caller]
    fn check(string: &str) {
        let mut text = String::from("left from before");
        let expected = serde_json::from_str::<String>(string).ok();
        assert_eq!(decode(string, &mut text).then_some(text), expected, "{string}");
    }

    #[test]
    fn strings_are_decoded() {
        check(r#""""#);
        check(r#""工会""#);
        check(r#""一\n二\三\"四\/五\t\r\b\f""#);
        check(r#""\u5de5\u4f1a \ud842\udfb7""#);
        check(r#""一\n\ud842""#);
        check("1");
        check("null");
        check("[]");
    }
}
