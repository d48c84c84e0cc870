//! What could not be read, and where it stood: a line of `quarantine.jsonl`.

use std::fmt;
use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::chunk::Origin;
use crate::error::{Error, ErrorKind};

/// Something of the input that was set aside, or kept with a doubt.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Fault {
    /// The file, as it was named; bytes of a name that are no UTF-8 stand as U+FFFD.
    pub source: String,
    /// The member of an archive that it is about.
    pub member: Option<String>,
    /// The id of the page that it is about, where one is known.
    pub page: Option<String>,
    /// The line, counted from 1.
    pub line: Option<u64>,
    /// Bytes from the start of the file (of the decompressed file or member, where it is compressed).
    pub offset: Option<u64>,
    /// What kind of fault it is.
    #[serde(serialize_with = "kind_as_key")]
    #[schemars(with = "String")]
    pub kind: ErrorKind,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// Whether the page was kept all the same (invalid bytes replaced, a cut stream's beginning).
    pub kept: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the form that serde asks for")]
fn kind_as_key<S: Serializer>(kind: &ErrorKind, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(kind.as_str())
}

impl Fault {
    /// A fault of a whole source or member.
    pub(super) fn new(origin: &Origin, kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            source: origin.source.to_string(),
            member: origin.member.clone(),
            page: None,
            line: None,
            offset: None,
            kind,
            message: message.into(),
            hint: None,
            kept: false,
        }
    }

    /// A fault of a page that was read, and on which something later failed; `kept` where something of it is written.
    pub fn of_page(source: &str, page: &str, kind: ErrorKind, message: String, kept: bool) -> Self {
        let origin = Origin { source: source.into(), ..Origin::default() };
        let hint = "a mistake of the program: please report it, with the page";
        Self { kept, ..Self::new(&origin, kind, message).page(page).hint(hint) }
    }

    /// A fault of a record that was read and is not what it should be.
    pub fn of_record(source: &str, line: Option<u64>, id: &str, message: String, hint: &str) -> Self {
        let origin = Origin { source: source.into(), ..Origin::default() };
        Self { line, ..Self::new(&origin, ErrorKind::Record, message).page(id).hint(hint) }
    }

    pub(super) fn line(self, line: u64) -> Self {
        Self { line: Some(line), ..self }
    }

    pub(super) fn offset(self, offset: u64) -> Self {
        Self { offset: Some(offset), ..self }
    }

    pub(super) fn page(self, id: &str) -> Self {
        Self { page: Some(id.to_owned()), ..self }
    }

    pub(super) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    pub(super) fn kept(self) -> Self {
        Self { kept: true, ..self }
    }

    /// The path, with the member behind it as the ids of its pages have it.
    pub fn path(&self) -> String {
        match &self.member {
            Some(member) => format!("{}/{member}", self.source),
            None => self.source.clone(),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.path())?;
        if let Some(line) = self.line {
            write!(f, "{line}:")?;
        }
        write!(f, " {}", self.message)
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        let mut error = Error::new(fault.kind, fault.message.clone()).at(PathBuf::from(fault.path()));
        if let Some(line) = fault.line {
            error = error.line_number(line);
        }
        match fault.hint {
            Some(hint) => error.hint(hint),
            None => error,
        }
    }
}
