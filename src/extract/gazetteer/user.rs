//! A user's own names.
//!
//! In: the text of a table, one name a line, parted by tabs or commas (of either width). Out: the names, or an error with
//! the number of the line that could not be read.

use crate::error::{Error, ErrorKind, Result};
use crate::record::EntityKind;

/// A name of the user's own.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::extract) struct UserName {
    pub name: String,
    pub kind: EntityKind,
    pub canonical: Option<String>,
}

/// Reads the table.
pub(super) fn parse(text: &str) -> Result<Vec<UserName>> {
    let mut names = Vec::new();
    for (number, line) in text.trim_start_matches('\u{FEFF}').lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let wrong = |what: &str| Error::new(ErrorKind::Record, what).line_number(number as u64 + 1);
        let fields: Vec<&str> =
            if line.contains('\t') { line.split('\t').collect() } else { line.split([',', '，']).collect() };
        let mut fields = fields.into_iter().map(|f| f.trim().trim_matches('"'));
        let name = fields.next().unwrap_or_default();
        let kind = fields.next().unwrap_or_default();
        if name.is_empty() {
            return Err(wrong("a gazetteer line has no name"));
        }
        let kind = match kind {
            "person" => EntityKind::Person,
            "union" => EntityKind::Union,
            "organisation" => EntityKind::Organisation,
            "place" => EntityKind::Place,
            "work" => EntityKind::Work,
            "kind" if names.is_empty() => continue,
            _ => {
                return Err(wrong(&format!(
                    "a gazetteer line needs the kind person, union, organisation, place or work, not `{kind}`"
                )));
            }
        };
        let canonical = fields.next().filter(|c| !c.is_empty() && *c != name).map(str::to_owned);
        names.push(UserName { name: name.to_owned(), kind, canonical });
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_commas_headings_and_comments() {
        let names = parse("\u{FEFF}name,kind,canonical\n# ours\n\n舟工,union,舟山市总工会\n沈家门\tplace\n").unwrap();
        assert_eq!(names.len(), 2);
        assert_eq!((names[0].name.as_str(), names[0].kind), ("舟工", EntityKind::Union));
        assert_eq!(names[0].canonical.as_deref(), Some("舟山市总工会"));
        assert_eq!(names[1].canonical, None);
    }

    #[track_caller]
    fn fails_on(text: &str, line: u64) {
        assert_eq!(parse(text).unwrap_err().line(), Some(line));
    }

    #[test]
    fn a_wrong_line_is_named_by_its_number() {
        fails_on("舟工,union\n沈家门,city\n", 2);
        fails_on(",union\n", 1);
        fails_on("舟工\n", 1);
    }
}
