//! An HTML document → the page in it, as a person would copy it: headline, lines around it, credit, paragraphs.
//!
//! In: the bytes of a document. Out: one [`Page`] whose text is in the Markdown-like form that scraped pages have:
//! `## headline`, kicker and deck on lines of their own, the credit, then a paragraph a line with a blank line between.
//! Several stories of one document stand one below the other. Title, date, newspaper, number and name of the page go into
//! the page's head where the document states them.
//!
//! Where the text is: digital editions and the content systems behind news sites mark their text, by comments
//! (`enpcontent`) or by names that are the same on thousands of sites (`ozoom`, `TRS_Editor`); these are believed first.
//! Then several `article` elements are several stories. Everything else goes through dom_smoothie, a port of Readability;
//! if it finds little of what stands in paragraphs, all paragraphs outside of navigation are taken.
//!
//! Depth is checked before the document is parsed (`depth`), nothing here recurses, and the size is capped where files are
//! opened. Scripts are not run: pages that build their text with them hold none.

mod depth;
mod meta;
mod prose;
mod story;

use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_query::Document;

use super::chunk::{Origin, Parsed};
use super::encoding;
use super::fault::Fault;
use super::parse::Doubts;
use crate::error::ErrorKind;
use crate::record::Page;
use crate::settings;

/// Bytes in which a document declares its encoding; the standard asks for 1024, documents take more.
const DECLARATION: usize = 4096;

/// Reads a document into `out`.
pub(super) fn page(origin: &Origin, bytes: &[u8], settings: &settings::Read, out: &mut Parsed) {
    // What was found of the beginning of a file is no more than a hint: a head of scripts is ASCII in any encoding.
    let guess = if origin.transcoded.is_some() {
        origin.guess
    } else {
        let declared = declared(bytes).and_then(encoding::by_label);
        encoding::guess(bytes, declared.or(Some(origin.guess.encoding)))
    };
    let decoded = encoding::decode(bytes, guess);
    let html = decoded.text.strip_prefix('\u{feff}').unwrap_or(&decoded.text);
    if depth::is_above(html, settings.max_html_depth) {
        let message = format!("elements more than {} deep", settings.max_html_depth);
        out.faults.push(Fault::new(origin, ErrorKind::Limit, message));
        return;
    }
    // The parser and the extractor are code of others that has not seen every document.
    let read = catch_unwind(AssertUnwindSafe(|| read(html, origin, settings))).unwrap_or(None);
    let Some(mut page) = read else {
        let message = "no text in this document";
        out.faults
            .push(Fault::new(origin, ErrorKind::Record, message).hint("a list of links, or text made by a script?"));
        return;
    };
    page.head.id.clone_from(&origin.id);
    if let Some(mut fault) = Doubts::of(&decoded, origin).note(origin, &mut page) {
        fault.offset = fault.offset.or(Some(0));
        out.faults.push(fault);
    }
    out.pages.push(page);
}

fn read(html: &str, origin: &Origin, settings: &settings::Read) -> Option<Page> {
    let document = Document::from(html);
    if prose::is_deeper(&document.root(), settings.max_html_depth * 2) {
        return None;
    }
    let url = origin.meta.get("url").and_then(|url| url.as_str()).unwrap_or(&origin.id);
    let head = meta::head(&document, html, url);
    let stories = story::stories(&document, html, &head);
    let text = stories.iter().map(story::Story::to_text).filter(|t| !t.is_empty()).collect::<Vec<_>>().join("\n\n");
    if text.is_empty() {
        return None;
    }
    let mut page = Page::new(String::new(), text);
    page.head.meta.clone_from(&origin.meta);
    (page.head.publication, page.head.date) = (head.publication, head.date);
    (page.head.number, page.head.section) = (head.number, head.section);
    Some(page)
}

/// The label behind the first `charset=` of a document.
fn declared(bytes: &[u8]) -> Option<&[u8]> {
    let start = &bytes[..bytes.len().min(DECLARATION)];
    let at = start.windows(8).position(|w| w.eq_ignore_ascii_case(b"charset="))? + 8;
    let label = start[at..].trim_ascii_start();
    let label = label.strip_prefix(b"\"").or_else(|| label.strip_prefix(b"'")).unwrap_or(label);
    let end = label.iter().position(|b| !b.is_ascii_alphanumeric() && !matches!(b, b'-' | b'_'))?;
    Some(&label[..end])
}
