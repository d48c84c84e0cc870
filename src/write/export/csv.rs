//! Facts as a table, a row each (RFC 4180 but for the line breaks, which are line feeds; UTF-8).
//!
//! A cell whose text begins as a formula does (`=`, `+`, `-`, `@`, tab, carriage return) gets an apostrophe before it:
//! a spreadsheet would run it. Cells that are numbers by their column are left alone.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::record::{ArticleRecord, Value};

/// The first line of the table, without its end.
pub const FACT_COLUMNS: &str = "article,page,date,publication,headline,kind,text,value,low,high,approx,unit,per,subject,\
                                holder,measure,change,resolved,role,flags,block,start,end";

/// The rows of an article's facts.
pub fn fact_rows(article: &ArticleRecord<'_>) -> String {
    let mut rows = String::new();
    for fact in &article.facts {
        let word = |value: Option<serde_json::Value>| match value {
            Some(serde_json::Value::String(word)) => word,
            _ => String::new(),
        };
        let cells: [Cow<'_, str>; 23] = [
            cell(&article.id),
            cell(&article.page.id),
            cell(article.page.date.as_deref().unwrap_or("")),
            cell(article.page.publication.as_deref().unwrap_or("")),
            cell(article.headline.as_deref().unwrap_or("")),
            cell(fact.kind.as_str()),
            cell(&fact.text),
            value(fact.value.as_ref()),
            value(fact.low.as_ref()),
            value(fact.high.as_ref()),
            Cow::Owned(word(serde_json::to_value(fact.approx).ok())),
            cell(fact.unit.as_deref().unwrap_or("")),
            cell(fact.per.as_deref().unwrap_or("")),
            cell(fact.subject.as_deref().unwrap_or("")),
            cell(fact.holder.as_deref().unwrap_or("")),
            Cow::Owned(word(serde_json::to_value(fact.measure).ok())),
            cell(fact.change.as_deref().unwrap_or("")),
            cell(fact.resolved.as_deref().unwrap_or("")),
            Cow::Owned(word(serde_json::to_value(fact.role).ok())),
            Cow::Owned(fact.flags.join(" ")),
            cell(&fact.block),
            Cow::Owned(fact.start.to_string()),
            Cow::Owned(fact.end.to_string()),
        ];
        let _ = writeln!(rows, "{}", cells.join(","));
    }
    rows
}

fn value(value: Option<&Value>) -> Cow<'_, str> {
    match value {
        None => Cow::Borrowed(""),
        Some(Value::Whole(n)) => Cow::Owned(n.to_string()),
        Some(Value::Number(n)) => Cow::Owned(n.to_string()),
        Some(Value::Text(date)) => cell(date),
    }
}

fn cell(text: &str) -> Cow<'_, str> {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let quoted = text.contains(['"', ',', '\n', '\r']);
    match (formula, quoted) {
        (false, false) => Cow::Borrowed(text),
        (true, false) => Cow::Owned(format!("'{text}")),
        (formula, true) => Cow::Owned(format!("\"{}{}\"", if formula { "'" } else { "" }, text.replace('"', "\"\""))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_made_harmless() {
        for (text, written) in [
            ("工会", "工会"),
            ("", ""),
            ("a,b", "\"a,b\""),
            ("a\"b", "\"a\"\"b\""),
            ("=1+1", "'=1+1"),
            ("+8", "'+8"),
            ("-8", "'-8"),
            ("@x", "'@x"),
            ("\tx", "'\tx"),
            ("\rx", "\"'\rx\""),
            ("=a,b", "\"'=a,b\""),
            ("2=2", "2=2"),
        ] {
            assert_eq!(cell(text), written);
        }
    }
}
