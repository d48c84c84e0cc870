//! How deep a document nests, without parsing it.
//!
//! A parser builds what the tags say, and what walks its tree may recurse. So the tags are counted first, in one pass: open
//! elements on a stack, closed as the standard closes them as far as that matters here. Where the two differ, this counts
//! deeper rather than flatter: an end tag closes nothing across a table or a template, and a formatting element is taken
//! out of the middle.

/// Elements that hold nothing.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Elements that another of their kind closes: as deep as what they stand in.
const SELF_CLOSING: &[&str] = &[
    "p", "li", "dd", "dt", "tr", "td", "th", "option", "optgroup", "thead", "tbody", "tfoot", "html", "head", "body",
    "rp", "rt",
];

/// Elements whose text holds no tags.
const RAW: &[&str] = &["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "plaintext"];

/// Formatting elements: their end tag leaves open what was opened inside of them.
const FORMATTING: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// An end tag does not look behind these.
const BARRIER: &[&str] = &["table", "template", "object", "applet", "marquee", "caption", "svg", "math"];

/// Whether elements stand more than `most` deep at any place.
pub(super) fn is_above(html: &str, most: usize) -> bool {
    let bytes = html.as_bytes();
    let mut open: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'<', &bytes[at..]) {
        at += found + 1;
        let rest = &bytes[at..];
        if rest.starts_with(b"!--") {
            at += memchr::memmem::find(rest, b"-->").map_or(rest.len(), |end| end + 3);
            continue;
        }
        let is_end = rest.first() == Some(&b'/');
        let start = usize::from(is_end);
        let length = rest[start..].iter().take_while(|b| b.is_ascii_alphanumeric()).count().min(32);
        if length == 0 || !rest[start].is_ascii_alphabetic() {
            continue;
        }
        let name = html[at + start..at + start + length].to_ascii_lowercase();
        at += start + length;
        at += tag_length(&bytes[at..]);
        let name_is_in = |list: &[&str]| list.contains(&name.as_str());
        if name_is_in(VOID) || name_is_in(SELF_CLOSING) {
            continue;
        }
        if is_end {
            if name_is_in(FORMATTING) {
                if let Some(index) = open.iter().rposition(|n| *n == name) {
                    open.remove(index);
                }
            } else {
                let index = open.iter().rposition(|n| *n == name || BARRIER.contains(&n.as_str()));
                if let Some(index) = index.filter(|&i| open[i] == name) {
                    open.truncate(index);
                }
            }
            continue;
        }
        if name_is_in(RAW) {
            at += raw_length(&bytes[at..], &name);
            continue;
        }
        open.push(name);
        if open.len() > most {
            return true;
        }
    }
    false
}

/// Bytes to the end of a tag, over quoted values.
fn tag_length(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'>' => return at,
            // A quote opens a value only behind `=`; elsewhere it is part of a name.
            b'"' | b'\'' if bytes[..at - 1].trim_ascii_end().ends_with(b"=") => {
                let Some(end) = memchr::memchr(byte, &bytes[at..]) else { return bytes.len() };
                at += end + 1;
            }
            _ => {}
        }
    }
    at
}

/// Bytes of raw text before the end tag of `name`.
fn raw_length(bytes: &[u8], name: &str) -> usize {
    memchr::memmem::find_iter(bytes, b"</")
        .find(|at| bytes.get(at + 2..at + 2 + name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes())))
        .unwrap_or(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, deep: bool) {
        assert_eq!(is_above(html, 100), deep, "{}…", &html[..html.len().min(60)]);
    }

    #[test]
    fn nesting_is_counted() {
        check(&"<div>".repeat(100), false);
        check(&"<div>".repeat(101), true);
        check(&"<div></div>".repeat(1000), false);
        check(&"<b>".repeat(101), true);
        check(&"<dl><dd>".repeat(101), true);
        check(&"<table><tr><td>".repeat(101), true);
    }

    #[test]
    fn what_does_not_nest_is_not_counted() {
        check(&"<p>a".repeat(1000), false);
        check(&"<br><img src='a>b'><li>".repeat(1000), false);
        check(&format!("<script>{}</script>", "<div>".repeat(1000)), false);
        check(&format!("<!-- {} -->", "<div>".repeat(1000)), false);
        check(&"<a title=\"<div>\">a</a>".repeat(1000), false);
        check(&"a < b, 1<2 ".repeat(1000), false);
    }

    #[test]
    fn end_tags_that_close_nothing_do_not_hide_depth() {
        check(&"<div></span>".repeat(101), true);
        check(&"<b><div></b>".repeat(101), true);
        check(&"<div><table><td></div>".repeat(101), true);
    }
}
