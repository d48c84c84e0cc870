//! The user's own names: the file that the settings name, read once before anything else is.
//!
//! In: the settings. Out: the gazetteer, and its fingerprint for the manifest and the report: a run goes on only with the
//! same names. A file that is not there, or a line of it that cannot be read, stops the run before it begins.

use std::path::Path;

use serde_json::Value;

use crate::error::{Error, ErrorKind, Result};
use crate::extract::Gazetteer;
use crate::pipeline::Pipeline;

impl Pipeline<'_> {
    /// The names that are built in, and those of the user.
    pub(super) fn gazetteer(&self) -> Result<Gazetteer> {
        let name = &self.settings.extract.gazetteer;
        if name.is_empty() {
            return Ok(Gazetteer::builtin());
        }
        let path = Path::new(name);
        let bytes = std::fs::read(path).map_err(|e| {
            let kind = if e.kind() == std::io::ErrorKind::NotFound { ErrorKind::NotFound } else { ErrorKind::Read };
            Error::new(kind, "cannot read the gazetteer").at(path).because(e)
        })?;
        let text = String::from_utf8(bytes).map_err(|e| {
            let line = memchr::memchr_iter(b'\n', &e.as_bytes()[..e.utf8_error().valid_up_to()]).count();
            Error::new(ErrorKind::Encoding, "the gazetteer is not UTF-8")
                .at(path)
                .line_number(line as u64 + 1)
                .hint("save it as UTF-8")
        })?;
        Gazetteer::builtin()
            .with_user(&text)
            .map_err(|e| e.at(path).hint("a line is NAME<tab>KIND<tab>CANONICAL, the last one only where it differs"))
    }

    /// The effective settings as they stand in the report, with what the user's names were.
    pub(super) fn settings_tree(&self, gazetteer: &Gazetteer) -> Value {
        let mut tree = self.settings.to_tree();
        if let (Some(fingerprint), Some(extract)) =
            (gazetteer.fingerprint(), tree.get_mut("extract").and_then(Value::as_object_mut))
        {
            extract.insert("gazetteer_xxh3".into(), fingerprint.into());
        }
        tree
    }
}
