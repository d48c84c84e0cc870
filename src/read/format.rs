//! What a file is, told from its first bytes; its name decides only where these leave a choice.

use memchr::memmem;

/// What the first bytes say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Gzip,
    Zstd,
    Bzip2,
    Xz,
    Tar,
    Zip,
    Parquet,
    Warc,
    Html,
    Jsonl,
    /// JSON that is not one record a line.
    Json,
    /// Plain text or Markdown.
    Text,
    /// A known kind of file that holds no pages.
    Foreign(&'static str),
    Empty,
}

/// First bytes that tell a format.
const MAGIC: &[(&[u8], Format)] = &[
    (b"\x1f\x8b", Format::Gzip),
    (b"\x28\xb5\x2f\xfd", Format::Zstd),
    (b"BZh", Format::Bzip2),
    (b"\xfd7zXZ\0", Format::Xz),
    (b"PK\x03\x04", Format::Zip),
    (b"PK\x05\x06", Format::Zip),
    (b"PAR1", Format::Parquet),
    (b"WARC/", Format::Warc),
    (b"\xff\xfe\0\0", Format::Foreign("text in UTF-32; make it UTF-8")),
    (b"\0\0\xfe\xff", Format::Foreign("text in UTF-32; make it UTF-8")),
    (b"\x89PNG", Format::Foreign("a PNG image")),
    (b"\xff\xd8\xff", Format::Foreign("a JPEG image")),
    (b"GIF8", Format::Foreign("a GIF image")),
    (b"%PDF-", Format::Foreign("a PDF document")),
    (b"{\\rtf", Format::Foreign("an RTF document")),
    (b"\x7fELF", Format::Foreign("a program")),
    (b"\xd0\xcf\x11\xe0", Format::Foreign("an old Office document")),
    (b"7z\xbc\xaf\x27\x1c", Format::Foreign("a 7z archive")),
    (b"Rar!", Format::Foreign("a RAR archive")),
    (b"SQLite format 3\0", Format::Foreign("an SQLite database")),
    (b"ARROW1", Format::Foreign("an Arrow file")),
];

/// What a file of this beginning and this name is.
pub(super) fn sniff(start: &[u8], name: &str) -> Format {
    if start.is_empty() {
        return Format::Empty;
    }
    if let Some((_, format)) = MAGIC.iter().find(|(magic, _)| start.starts_with(magic)) {
        return *format;
    }
    // Zstandard allows frames that are to be skipped in front.
    if start.len() >= 4 && start[0] & 0xf0 == 0x50 && start[1..4] == [0x2a, 0x4d, 0x18] {
        return Format::Zstd;
    }
    if is_tar(start) {
        return Format::Tar;
    }
    let name = innermost_extension(name);
    let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    if is_html(text, &name) {
        return Format::Html;
    }
    if let Some(what) = marked_up(text).or_else(|| table(text, &name)) {
        return Format::Foreign(what);
    }
    if is_json(text) {
        return Format::Json;
    }
    if is_jsonl(text, &name) { Format::Jsonl } else { Format::Text }
}

/// Whether bytes of no known format are no text either: control characters, and no UTF-8. Text of any encoding has next to
/// none of these (UTF-16 aside, which is told before).
pub(super) fn is_binary(start: &[u8]) -> bool {
    let start = &start[..start.len().min(8 << 10)];
    let controls = start.iter().filter(|b| matches!(b, 0..=8 | 0x0e..=0x1a | 0x7f)).count();
    // The end may cut a character.
    let bad: usize = start.utf8_chunks().map(|c| c.invalid().len()).sum();
    bad > 3 && controls > 3 && controls * 50 > start.len()
}

/// A tar header holds its own checksum: the sum of its bytes with the checksum itself taken as blanks.
fn is_tar(start: &[u8]) -> bool {
    let Some(header) = start.get(..512) else { return false };
    let field = header[148..156].trim_ascii_start();
    let digits = field.iter().take_while(|b| (b'0'..=b'7').contains(b)).count();
    if digits == 0 || digits > 7 {
        return false;
    }
    let stated = field[..digits].iter().fold(0u32, |n, b| n * 8 + u32::from(b - b'0'));
    let sum: u32 =
        header.iter().enumerate().map(|(i, b)| if (148..156).contains(&i) { 32 } else { u32::from(*b) }).sum();
    stated == sum && header[0] != 0
}

/// The extension below those of compressions, in lower case: `jsonl` of `a.JSONL.gz`.
fn innermost_extension(name: &str) -> String {
    let name = name.to_ascii_lowercase();
    let mut rest = name.as_str();
    for ending in [".gz", ".zst", ".bz2", ".xz"] {
        rest = rest.strip_suffix(ending).unwrap_or(rest);
    }
    rest.rsplit_once('.').map_or("", |(_, extension)| extension).to_owned()
}

fn is_html(text: &[u8], extension: &str) -> bool {
    if text.first() != Some(&b'<') {
        return false;
    }
    if matches!(extension, "html" | "htm" | "shtml" | "xhtml") {
        return true;
    }
    // Markdown may begin with a tag, but not with these.
    let lower = text[..text.len().min(1024)].to_ascii_lowercase();
    let begins = [&b"<!doctype html"[..], b"<html", b"<head", b"<body"].iter().any(|tag| lower.starts_with(tag));
    begins
        || ((lower.starts_with(b"<?xml") || lower.starts_with(b"<!--"))
            && (memmem::find(&lower, b"<html").is_some() || memmem::find(&lower, b"<!doctype html").is_some()))
}

/// What a text in another mark-up is: XML, as its declaration or its root says, or a message with MIME headers.
fn marked_up(text: &[u8]) -> Option<&'static str> {
    let start = &text[..text.len().min(4096)];
    // A root that nobody writes in Markdown: with the name of its language in it.
    let tag = start.split(|b| *b == b'>').next().unwrap_or(start);
    let is_xml = start.starts_with(b"<?xml")
        || start.starts_with(b"<!DOCTYPE ")
        || start.starts_with(b"<") && memmem::find(tag, b"xmlns").is_some()
        || start.starts_with(b"<rss ") && memmem::find(tag, b"version").is_some();
    if is_xml {
        return Some("an XML document");
    }
    is_message(start).then_some("a message or saved web page with MIME headers (EML, MHT)")
}

/// Whether a text begins with header lines of which one says `MIME-Version`.
fn is_message(start: &[u8]) -> bool {
    let mut mime = false;
    for (n, line) in start.split(|b| *b == b'\n').enumerate() {
        let line = line.trim_ascii_end();
        let name = line.split(|b| *b == b':').next().unwrap_or_default();
        let is_field = name.len() < line.len() && name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-');
        let goes_on = n > 0 && line.first().is_some_and(|b| matches!(b, b' ' | b'\t'));
        if line.is_empty() || !(is_field || goes_on) {
            break;
        }
        mime |= name.eq_ignore_ascii_case(b"mime-version");
    }
    mime
}

/// What a table is, which its name says and its first line does not contradict.
fn table(text: &[u8], extension: &str) -> Option<&'static str> {
    let first = text.split(|b| *b == b'\n').next().unwrap_or(text);
    match extension {
        "csv" if first.iter().any(|b| matches!(b, b',' | b';' | b'\t')) => Some(TABLE),
        "tsv" if first.contains(&b'\t') => Some(TABLE),
        _ => None,
    }
}

/// What is said of tables.
const TABLE: &str = "a table (CSV); make it JSON lines, one record with a text field a line";

/// An array of objects, or an object whose first line leaves it open, as printers that indent do.
fn is_json(text: &[u8]) -> bool {
    match text.first() {
        Some(b'[') => matches!(text[1..].trim_ascii_start().first(), Some(b'{')),
        Some(b'{') => {
            let line = text.split(|b| *b == b'\n').next().unwrap_or(text);
            let key = text[1..].trim_ascii_start().first();
            line.len() < text.len()
                && key == Some(&b'"')
                && matches!(line.trim_ascii_end().last(), Some(b'{' | b'[' | b','))
        }
        _ => false,
    }
}

fn is_jsonl(text: &[u8], extension: &str) -> bool {
    let by_name = matches!(extension, "jsonl" | "ndjson" | "json" | "jsonlines");
    if text.first() != Some(&b'{') {
        return by_name;
    }
    // `{"` or `{}` begins a record, `{某某}` a text.
    by_name || matches!(text[1..].trim_ascii_start().first(), Some(b'"' | b'}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(start: &[u8], name: &str, want: Format) {
        assert_eq!(sniff(start, name), want);
    }

    #[test]
    fn content_decides_before_the_name() {
        check(b"", "a.jsonl", Format::Empty);
        check(b"\x1f\x8b\x08", "a.md", Format::Gzip);
        check(b"{\"text\": \"\"}\n", "a.md", Format::Jsonl);
        check(b"\xef\xbb\xbf{\"text\": \"\"}\n", "-", Format::Jsonl);
        check(b"[\n  {\"text\": 1}]", "a", Format::Json);
        check(b"{\n  \"text\": 1}", "a.jsonl", Format::Json);
        check(b"{\"text\": 1,\n", "a.json", Format::Json);
        check(b"[1] {", "a.txt", Format::Text);
        check(b"# a\n", "a.html", Format::Text);
        check(b"<!DOCTYPE html><html>", "a.md", Format::Html);
        check(b"<!-- saved --><html>", "a", Format::Html);
        check(b"\x89PNG\r\n", "a.txt", Format::Foreign("a PNG image"));
        check(b"<?xml version=\"1.0\"?>\n<html xmlns=\"x\">", "a", Format::Html);
        check(b"<html xmlns=\"http://www.w3.org/1999/xhtml\">", "a", Format::Html);
        let xml = Format::Foreign("an XML document");
        check(b"<?xml version=\"1.0\"?><pages><p>a</p></pages>", "a.txt", xml);
        check(b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\">", "a", xml);
        check(b"<rss version=\"2.0\"><channel>", "a.md", xml);
        check(b"<!DOCTYPE svg PUBLIC \"x\">", "a", xml);
        let message = Format::Foreign("a message or saved web page with MIME headers (EML, MHT)");
        check(
            b"From: <Saved>\r\nSubject: a\r\n b\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related",
            "a",
            message,
        );
        check(b"id,text\n1,a\n", "a.csv", Format::Foreign(TABLE));
        check(b"id\ttext\n1\ta\n", "a.tsv.gz", Format::Foreign(TABLE));
        // What only looks like these is text.
        for text in [
            "<b>a</b>",
            "<p xml>a",
            "From: a\n\nMIME-Version: 1.0",
            "MIME-Version\n",
            "Subject: a\nmail, MIME-Version: 1",
        ] {
            check(text.as_bytes(), "a.md", Format::Text);
        }
        check(b"id,text\n1,a\n", "a.txt", Format::Text);
        check("工会送清凉，慰问职工\n".as_bytes(), "a.csv", Format::Text);
        check(b"{\\rtf1\\ansi", "a.txt", Format::Foreign("an RTF document"));
        check(b"\xff\xfe\0\0\xe5\x5d\0\0", "a.txt", Format::Foreign("text in UTF-32; make it UTF-8"));
    }

    #[test]
    fn the_name_decides_what_content_leaves_open() {
        check(b"not json\n", "a.jsonl", Format::Jsonl);
        check(b"not json\n", "a.JSONL.gz", Format::Jsonl);
        check(b"not json\n", "a.txt", Format::Text);
        check(b"<div>a</div>", "a.html", Format::Html);
        check(b"<div>a</div>", "a.md", Format::Text);
        check("{编者按}".as_bytes(), "a.txt", Format::Text);
    }

    #[test]
    fn a_tar_is_told_by_its_checksum() {
        let mut header = tar::Header::new_ustar();
        header.set_path("a.md").unwrap();
        header.set_size(0);
        header.set_cksum();
        check(header.as_bytes(), "a", Format::Tar);
        let mut damaged = *header.as_bytes();
        damaged[0] ^= 1;
        check(&damaged, "a", Format::Text);
        check(&[0; 512], "a", Format::Text);
    }
}
