//! Pieces → pages: decodes and parses, and notes on each page what was guessed of it.

use std::borrow::Cow;

use encoding_rs::UTF_8;
use jiff::civil::Date;

use super::chunk::{Body, Origin, Parsed, Piece};
use super::encoding::{self, Decoded, Guess};
use super::fault::Fault;
#[cfg(feature = "web")]
use super::html;
use super::jsonl;
use crate::error::ErrorKind;
use crate::record::Page;
use crate::settings;

/// Parses one piece into `out`.
pub(super) fn piece(piece: Piece, settings: &settings::Read, out: &mut Parsed) {
    let Piece { origin, offset, before, lines, cut, body } = piece;
    match body {
        Body::Lines(bytes) => {
            let lines = jsonl::Lines { origin: &origin, bytes: &bytes, offset, before, cut };
            jsonl::parse(&lines, settings, out);
        }
        #[cfg(feature = "web")]
        Body::Html(bytes) => html::page(&origin, &bytes, settings, out),
        #[cfg(not(feature = "web"))]
        Body::Html(_) => {
            out.faults.push(Fault::new(&origin, ErrorKind::Format, "HTML is not read: built without `web`"));
        }
        #[cfg(feature = "parquet")]
        Body::Rows(batch) => super::parquet::pages(&origin, &batch, before, settings, out),
        Body::Text(bytes, several) => {
            let pages = Pages { origin: &origin, bytes: &bytes, offset, before, lines, several };
            text(&pages, settings, out);
        }
    }
}

/// Pages of text, parted by form feeds.
struct Pages<'a> {
    origin: &'a Origin,
    bytes: &'a [u8],
    /// Bytes, pages and line breaks before them in the file.
    offset: u64,
    before: u64,
    lines: u64,
    /// Whether the file has more pages than one.
    several: bool,
}

fn text(pages: &Pages<'_>, settings: &settings::Read, out: &mut Parsed) {
    let &Pages { origin, bytes, offset, before, lines, several } = pages;
    let mut at = 0;
    for (number, bytes_of_page) in (before + 1..).zip(bytes.split(|b| *b == b'\x0c')) {
        let start = at;
        at += bytes_of_page.len() + 1;
        if several && bytes_of_page.trim_ascii().is_empty() {
            continue;
        }
        if bytes_of_page.len() > settings.max_page_bytes {
            let message = format!("a page of more than {} bytes", settings.max_page_bytes);
            out.faults.push(Fault::new(origin, ErrorKind::Limit, message).offset(offset + start as u64));
            continue;
        }
        let decoded = encoding::decode(bytes_of_page, origin.guess);
        let doubts = Doubts::of(&decoded, origin);
        let text = match decoded.text {
            Cow::Owned(text) => text,
            Cow::Borrowed(text) => text.to_owned(),
        };
        let text = if offset + start as u64 == 0 { without_mark(text) } else { text };
        let id = if several { format!("{}#{number}", origin.id) } else { origin.id.clone() };
        let mut page = Page::new(id, text);
        page.head.meta.clone_from(&origin.meta);
        if let Some(mut fault) = doubts.note(origin, &mut page) {
            let bad = start + fault.offset.unwrap_or(0) as usize;
            fault.offset = Some(offset + bad as u64);
            fault.line = Some(lines + memchr::memchr_iter(b'\n', &bytes[..bad]).count() as u64 + 1);
            out.faults.push(fault);
        }
        out.pages.push(page);
    }
}

/// The text without a byte order mark in front, which is no part of it.
fn without_mark(mut text: String) -> String {
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    text
}

/// What is not certain of the text of a page.
#[derive(Debug, Default)]
pub(super) struct Doubts {
    guess: Guess,
    replaced: u64,
    first_bad: Option<u64>,
}

impl Doubts {
    pub(super) fn of(decoded: &Decoded<'_>, origin: &Origin) -> Self {
        if decoded.guess.encoding == UTF_8 && origin.transcoded.is_some() {
            return Self::of_stream(&decoded.text, origin);
        }
        Self { guess: decoded.guess, replaced: decoded.replaced, first_bad: decoded.first_bad }
    }

    /// As [`Doubts::of`], for text that is UTF-8. Where the stream was made that before it was cut, what had no meaning then
    /// stands as U+FFFD now.
    pub(super) fn of_stream(text: &str, origin: &Origin) -> Self {
        match origin.transcoded {
            Some(guess) => Self { guess, replaced: text.matches('\u{fffd}').count() as u64, first_bad: None },
            None => Self::default(),
        }
    }

    /// Notes it in the page's `meta`; bytes that were replaced are a fault too, whose offset counts from the page.
    pub(super) fn note(&self, origin: &Origin, page: &mut Page) -> Option<Fault> {
        if self.guess.encoding != UTF_8 {
            page.head.meta.insert("encoding".into(), self.guess.encoding.name().into());
            let confidence = (self.guess.confidence * 100.0).round() / 100.0;
            page.head.meta.insert("encoding_confidence".into(), confidence.into());
        }
        if self.replaced == 0 {
            return None;
        }
        page.head.meta.insert("replaced_bytes".into(), self.replaced.into());
        let name = self.guess.encoding.name();
        let message = format!("not {name} throughout: {} places stand as U+FFFD", self.replaced);
        let mut fault = Fault::new(origin, ErrorKind::Encoding, message).page(&page.head.id).kept();
        fault.offset = self.first_bad;
        Some(fault)
    }
}

/// A day in ISO 8601, of the ways in which inputs write it: 20180821, 2018/8/21, 2018.08.21, 2018年8月21日, with or without
/// a time behind.
pub(super) fn iso_date(text: &str) -> Option<String> {
    let text = text.trim();
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty());
    let first = numbers.next()?;
    if !text.starts_with(first) {
        return None;
    }
    let (year, month, day) = match first.len() {
        8 => (&first[..4], &first[4..6], &first[6..]),
        4 => (first, numbers.next()?, numbers.next()?),
        _ => return None,
    };
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    Some(date.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_in_one_way() {
        for (given, want) in [
            ("2018-08-21", Some("2018-08-21")),
            ("20180821", Some("2018-08-21")),
            ("2018/8/21", Some("2018-08-21")),
            ("2018年8月21日 星期二", Some("2018-08-21")),
            ("2018-08-21T07:30:00+08:00", Some("2018-08-21")),
            ("2018-13-01", None),
            ("2018-08", None),
            ("第20180821期", None),
            ("", None),
        ] {
            assert_eq!(iso_date(given).as_deref(), want, "{given}");
        }
    }
}
