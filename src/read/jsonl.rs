//! Lines of JSON → pages: `id`, `text`, `date`, `publication`, `number`, `section`; every other field is kept in `meta`.

use serde_json::{Map, Value};

use super::chunk::{Origin, Parsed};
use super::fault::Fault;
use crate::error::ErrorKind;
use crate::record::Page;
use crate::settings;

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

pub(super) fn parse(lines: &Lines<'_>, settings: &settings::Read, out: &mut Parsed) {
    let mut offset = lines.offset;
    for (n, line) in lines.bytes.split(|b| *b == b'\n').enumerate() {
        let number = lines.before + n as u64 + 1;
        let at = offset;
        offset += line.len() as u64 + 1;
        if line.trim_ascii().is_empty() {
            continue;
        }
        match serde_json::from_slice::<Map<String, Value>>(line) {
            Ok(mut fields) => {
                let mut take = |key: &str| match fields.shift_remove(key) {
                    Some(Value::String(s)) => Some(s),
                    Some(Value::Number(n)) => Some(n.to_string()),
                    _ => None,
                };
                let id = take(&settings.id_field).unwrap_or_else(|| format!("{}:{number}", lines.origin.id));
                let mut page = Page::new(id, take(&settings.text_field).unwrap_or_default());
                page.head.date = take("date");
                page.head.publication = take("publication");
                page.head.number = take("number");
                page.head.section = take("section");
                page.head.meta = fields;
                out.pages.push(page);
            }
            Err(_) if lines.cut && offset > lines.offset + lines.bytes.len() as u64 => {}
            Err(e) => out.faults.push(
                Fault::new(lines.origin, ErrorKind::Record, format!("not a JSON object: {e}")).line(number).offset(at),
            ),
        }
    }
}
