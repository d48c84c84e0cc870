//! What is said: answers on standard output; on standard error messages, `jianbao: PATH:LINE: what is wrong`, then
//! `  hint: what to do`.

use std::io::{self, Write as _};

use crate::error::{Error, ErrorKind, Result};

/// Tells what went wrong.
pub(super) fn error(e: &Error) {
    say(&text(e));
}

/// The message and its hint, without a last line break.
pub(super) fn text(e: &Error) -> String {
    match e.hint_text() {
        Some(hint) => format!("jianbao: {}\n  hint: {}", printable(&e.to_string()), printable(hint)),
        None => format!("jianbao: {}", printable(&e.to_string())),
    }
}

/// A line on standard error. Nobody may be listening, which is no reason to stop.
pub(super) fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Writes what was asked for to standard output.
pub(super) fn print(text: impl AsRef<[u8]>) -> Result<()> {
    io::stdout().write_all(text.as_ref()).map_err(cannot_print)
}

/// The error where standard output takes no more.
pub(super) fn cannot_print(e: io::Error) -> Error {
    Error::new(ErrorKind::Write, "cannot write to standard output").because(e)
}

/// The text with control characters made visible: a file name may hold some, and a terminal obeys them.
pub(super) fn printable(text: &str) -> String {
    text.chars().flat_map(|c| if c.is_control() { c.escape_default().collect::<Vec<_>>() } else { vec![c] }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(e: &Error, expected: &str) {
        assert_eq!(text(e), expected);
    }

    #[test]
    fn a_message_names_place_cause_and_remedy() {
        check(&Error::new(ErrorKind::Exists, "is not empty").at("out"), "jianbao: out: is not empty");
        check(
            &Error::new(ErrorKind::Record, "not JSON").at("a.jsonl").line_number(7).hint("one object a line"),
            "jianbao: a.jsonl:7: not JSON\n  hint: one object a line",
        );
        check(&Error::new(ErrorKind::Read, "cannot read").at("a\u{1b}[2J.md"), "jianbao: a\\u{1b}[2J.md: cannot read");
    }
}
