//! The one error of the library: what a disk, a file or a setting did wrong.
//!
//! Text cannot be wrong, so `layout`, `extract` and the decisions of `dedup` return none.

use std::fmt;
use std::path::{Path, PathBuf};

/// What went wrong, where, and why. One pointer wide.
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    message: String,
    path: Option<PathBuf>,
    line: Option<u64>,
    hint: Option<String>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// The kinds of error that a caller may want to tell apart; also the keys under `errors` in `report.json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A path that is not there, or that matches nothing.
    NotFound,
    /// A file or folder that cannot be opened or read.
    Read,
    /// Something that cannot be written.
    Write,
    /// An output that is in the way.
    Exists,
    /// Bytes that are not text in the stated encoding.
    Encoding,
    /// A compressed stream or an archive that is damaged or cut short.
    Compression,
    /// A record that is not what it should be (JSON, a field of the wrong type).
    Record,
    /// A file of a kind that holds no pages.
    Format,
    /// Input past a stated limit (size, depth, ratio).
    Limit,
    /// A setting with a value that makes no sense.
    Setting,
    /// The run was stopped from outside.
    Interrupted,
    /// A stage failed on a page, which is a mistake of the program.
    Internal,
}

impl ErrorKind {
    /// The key under which `report.json` counts it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::Read => "read",
            Self::Write => "write",
            Self::Exists => "exists",
            Self::Encoding => "encoding",
            Self::Compression => "compression",
            Self::Record => "record",
            Self::Format => "format",
            Self::Limit => "limit",
            Self::Setting => "setting",
            Self::Interrupted => "interrupted",
            Self::Internal => "internal",
        }
    }
}

/// A result whose error is [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// A new error: `message` is lower case and has no full stop.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner { kind, message: message.into(), path: None, line: None, hint: None, source: None }))
    }

    /// Names the file or folder.
    #[must_use]
    pub fn at(mut self, path: impl AsRef<Path>) -> Self {
        self.0.path = Some(path.as_ref().to_path_buf());
        self
    }

    /// Names the line, counted from 1.
    #[must_use]
    pub fn line_number(mut self, line: u64) -> Self {
        self.0.line = Some(line);
        self
    }

    /// Says what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }

    /// Keeps the cause.
    #[must_use]
    pub fn because(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// What kind of error it is.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The file or folder it speaks of.
    pub fn path(&self) -> Option<&Path> {
        self.0.path.as_deref()
    }

    /// The line it speaks of, counted from 1.
    pub fn line(&self) -> Option<u64> {
        self.0.line
    }

    /// What the user can do about it.
    pub fn hint_text(&self) -> Option<&str> {
        self.0.hint.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.0.path {
            write!(f, "{}:", path.display())?;
            if let Some(line) = self.0.line {
                write!(f, "{line}:")?;
            }
            write!(f, " ")?;
        }
        write!(f, "{}", self.0.message)?;
        if let Some(source) = &self.0.source {
            write!(f, ": {source}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self} ({})", self.0.kind.as_str())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|s| s as &(dyn std::error::Error + 'static))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_counted_under_its_own_name() {
        let mut kind = Some(ErrorKind::NotFound);
        let mut n = 0;
        while let Some(this) = kind {
            let name = this.as_str();
            let words = name.split('_').map(|word| word[..1].to_uppercase() + &word[1..]);
            assert_eq!(words.collect::<String>(), format!("{this:?}"));
            n += 1;
            // One after the other; whoever adds a kind is made to put it here.
            kind = match this {
                ErrorKind::NotFound => Some(ErrorKind::Read),
                ErrorKind::Read => Some(ErrorKind::Write),
                ErrorKind::Write => Some(ErrorKind::Exists),
                ErrorKind::Exists => Some(ErrorKind::Encoding),
                ErrorKind::Encoding => Some(ErrorKind::Compression),
                ErrorKind::Compression => Some(ErrorKind::Record),
                ErrorKind::Record => Some(ErrorKind::Format),
                ErrorKind::Format => Some(ErrorKind::Limit),
                ErrorKind::Limit => Some(ErrorKind::Setting),
                ErrorKind::Setting => Some(ErrorKind::Interrupted),
                ErrorKind::Interrupted => Some(ErrorKind::Internal),
                ErrorKind::Internal => None,
            };
        }
        assert_eq!(n, ErrorKind::Internal as usize + 1);
    }
}
