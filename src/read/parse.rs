//! Pieces → pages: decodes and parses, one file format a function.

use super::chunk::{Body, Parsed, Piece};
use super::fault::Fault;
use super::jsonl;
use crate::error::ErrorKind;
use crate::record::Page;
use crate::settings;

/// Parses one piece into `out`.
pub(super) fn piece(piece: Piece, settings: &settings::Read, out: &mut Parsed) {
    let Piece { origin, offset, before, cut, body } = piece;
    match body {
        Body::Lines(bytes) => {
            let lines = jsonl::Lines { origin: &origin, bytes: &bytes, offset, before, cut };
            jsonl::parse(&lines, settings, out);
        }
        Body::Text(bytes, several) => {
            for (n, page) in bytes.split(|b| *b == b'\x0c').enumerate() {
                let text = origin.guess.encoding.decode_without_bom_handling(page);
                let (text, damaged) = (text.0.into_owned(), text.1);
                if several && text.trim().is_empty() {
                    continue;
                }
                let id = if several { format!("{}#{}", origin.id, before + n as u64 + 1) } else { origin.id.clone() };
                if damaged {
                    let fault = Fault::new(&origin, ErrorKind::Encoding, "bytes that are not UTF-8 stand as U+FFFD");
                    out.faults.push(fault.page(&id).offset(offset).kept());
                }
                let mut page = Page::new(id, text);
                page.head.meta.clone_from(&origin.meta);
                if origin.guess.encoding != encoding_rs::UTF_8 {
                    page.head.meta.insert("encoding".into(), origin.guess.encoding.name().into());
                    page.head.meta.insert("encoding_confidence".into(), origin.guess.confidence.into());
                }
                out.pages.push(page);
            }
        }
    }
}
