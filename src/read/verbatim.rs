//! Records as they came in, for who writes them out again with another text.
//!
//! In: a chunk. Out: of each page its id, date and text, and the JSON line that it came in (or, of a page that was no JSON,
//! one that holds its fields), cut at the value of the text field.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

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
pub struct Verbatim {
    /// The page's id, as the input gives it: not yet made unique.
    pub id: String,
    /// The day it was printed, where the record says so.
    pub date: Option<String>,
    /// The page's text.
    pub text: String,
    /// The record up to the value of its text field.
    pub before: String,
    /// That value as it was written, quotation marks included.
    pub value: String,
    /// The record behind that value, without the line break.
    pub after: String,
}

impl Chunk {
    /// Decodes and parses as [`Chunk::parse`] does, and keeps the records as they came.
    pub fn verbatim(self, settings: &settings::Read) -> (Vec<Verbatim>, Vec<Fault>) {
        let mut records = Vec::new();
        let mut faults = Vec::new();
        for item in self.items {
            match item {
                Item::Fault(fault) => faults.push(fault),
                Item::Piece(piece) => self::piece(piece, settings, &mut records, &mut faults),
            }
        }
        (records, faults)
    }
}

fn piece(piece: Piece, settings: &settings::Read, records: &mut Vec<Verbatim>, faults: &mut Vec<Fault>) {
    let plain = piece.origin.guess.encoding == encoding_rs::UTF_8 && piece.origin.meta.is_empty();
    let lines = match &piece.body {
        Body::Lines(bytes) if plain && piece.origin.transcoded.is_none() => std::str::from_utf8(bytes).ok(),
        _ => None,
    };
    let Some(lines) = lines else {
        let mut parsed = Parsed::default();
        parse::piece(piece, settings, &mut parsed);
        records.extend(parsed.pages.into_iter().map(|page| composed(page, settings)));
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
            && let Some(record) = fields(line, settings)
        {
            let id = record.id.unwrap_or_else(|| format!("{}:{number}", piece.origin.id));
            let date = record.date.map(|date| parse::iso_date(&date).unwrap_or(date));
            let [before, value, after] =
                [&line[..record.at.start], &line[record.at.clone()], &line[record.at.end..]].map(str::to_owned);
            records.push(Verbatim { id, date, text: record.text, before, value, after });
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
        records.extend(parsed.pages.into_iter().map(|page| composed(page, settings)));
        faults.append(&mut parsed.faults);
    }
}

/// A record of a page that was none, or a mended one: its fields in the order in which a page holds them.
fn composed(page: Page, settings: &settings::Read) -> Verbatim {
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
    Verbatim { id: head.id, date: head.date, text, before, value, after: "}".into() }
}

struct Fields {
    id: Option<String>,
    date: Option<String>,
    text: String,
    at: Range<usize>,
}

/// The fields of a line that is a plain object with one text; None where it is anything else.
fn fields(line: &str, settings: &settings::Read) -> Option<Fields> {
    let mut json = serde_json::Deserializer::from_str(line);
    let found = FieldsSeed { line, settings }.deserialize(&mut json).ok()?;
    json.end().ok()?;
    found
}

struct FieldsSeed<'a> {
    line: &'a str,
    settings: &'a settings::Read,
}

#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de> DeserializeSeed<'de> for FieldsSeed<'de> {
    type Value = Option<Fields>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for FieldsSeed<'de> {
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
        let Ok(text) = serde_json::from_str::<String>(raw) else { return Ok(None) };
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
        if self.line.get(at.clone()) != Some(raw) {
            return Ok(None);
        }
        Ok(Some(Fields { id: scalar(id).filter(|id| !id.is_empty()), date: scalar(date), text, at }))
    }
}
