//! WARC: records of a crawl → the HTML and text documents in them.
//!
//! Read are `response` records that carry an HTTP answer of status 200 with HTML or plain text, `resource` records with
//! either, and `conversion` records with text. The rest (requests, metadata, images) holds no pages and is passed over. A
//! record that cannot be understood is a fault, and reading goes on at the next line that begins one. The format is ISO
//! 28500, of which this needs the framing alone; the published crates hold a record in memory before its size is known.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;

use super::chunk::{Body, Item, Origin, Piece};
use super::cut::{Cutter, Flow, Stream, stream_fault};
use super::encoding;
use super::fault::Fault;
use crate::error::ErrorKind;

/// Longest line of a header in bytes, and most lines of one. URLs of some kB are seen.
const MAX_HEADER_LINE: u64 = 64 << 10;
const MAX_HEADER_LINES: usize = 1000;

impl Cutter<'_> {
    pub(super) fn warc(&mut self, origin: &Origin, stream: Stream<'_>) -> Flow {
        let compression = stream.compression;
        let mut reader = Counted { inner: BufReader::with_capacity(1 << 16, stream.reader), count: 0 };
        let mut number = 0;
        loop {
            let at = reader.count;
            match self.warc_record(origin, &mut reader, &mut number) {
                Ok(Next::Flow(flow)) => flow?,
                Ok(Next::End) => return Flow::Continue(()),
                Err(e) => {
                    let no_record = e.get_ref().and_then(|e| e.downcast_ref::<NoRecord>());
                    let goes_on = no_record.is_some();
                    let fault = match no_record {
                        Some(what) => {
                            Fault::new(origin, ErrorKind::Record, format!("not a WARC record: {what}")).offset(at)
                        }
                        None => stream_fault(origin, compression.or(Some("WARC")), &e, at),
                    };
                    self.fault(fault)?;
                    if !goes_on {
                        return Flow::Continue(());
                    }
                }
            }
        }
    }

    /// Reads one record and hands on its document.
    fn warc_record(
        &mut self,
        origin: &Origin,
        reader: &mut Counted<impl BufRead>,
        number: &mut u64,
    ) -> io::Result<Next> {
        let at = reader.count;
        let (found, strange) = find_record(reader)?;
        if strange {
            let fault = Fault::new(origin, ErrorKind::Record, "lines that belong to no WARC record").offset(at);
            if self.fault(fault).is_break() {
                return Ok(Next::Flow(Flow::Break(())));
            }
        }
        if !found {
            return Ok(Next::End);
        }
        let header = header(reader)?;
        let length = header.get("content-length").and_then(|n| n.trim().parse::<u64>().ok());
        let Some(length) = length else { return Err(no_record("no Content-Length")) };
        let end = reader.count.saturating_add(length);
        let kind = header.get("warc-type").unwrap_or_default().trim().to_ascii_lowercase();
        let media = header.get("content-type").unwrap_or_default().to_ascii_lowercase();
        let mut document = None;
        let mut body = reader.take(length);
        if kind == "response" && media.starts_with("application/http") {
            let mut inner = Counted { inner: BufReader::new(&mut body), count: 0 };
            let mut status = Vec::new();
            line(&mut inner, &mut status)?;
            let status = status.split(|b| *b == b' ').nth(1).map(<[u8]>::to_vec).unwrap_or_default();
            let http = self::header(&mut inner)?;
            if status == b"200" {
                document = self.http_body(&http, &mut inner)?;
            }
        } else if matches!(kind.as_str(), "resource" | "conversion") {
            document = self.body(&media, &mut body)?;
        }
        // What is left of the record, and whether it is all there.
        io::copy(&mut body, &mut io::sink())?;
        if reader.count < end {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the record ends too early"));
        }
        let Some((document, charset)) = document else { return Ok(Next::Flow(Flow::Continue(()))) };
        *number += 1;
        let mut origin = Origin { id: format!("{}#{number}", origin.id), ..origin.clone() };
        for (field, key) in [("warc-target-uri", "url"), ("warc-date", "fetched")] {
            if let Some(value) = header.get(field) {
                origin.meta.insert(key.into(), value.trim().trim_matches(['<', '>']).into());
            }
        }
        let (bytes, is_html) = match document {
            Document::Html(bytes) => (bytes, true),
            Document::Text(bytes) => (bytes, false),
            Document::TooLong => {
                let most = self.settings.max_html_bytes;
                let fault = Fault::new(&origin, ErrorKind::Limit, format!("a document of more than {most} bytes"));
                return Ok(Next::Flow(self.fault(fault.page(&origin.id).offset(at))));
            }
        };
        if bytes.trim_ascii().is_empty() {
            return Ok(Next::Flow(Flow::Continue(())));
        }
        origin.guess = encoding::guess(&bytes, charset.as_deref().and_then(|c| encoding::by_label(c.as_bytes())));
        let body = if is_html { Body::Html(bytes) } else { text_body(bytes) };
        let piece = Piece { origin: Arc::new(origin), offset: at, before: 0, lines: 0, cut: false, body };
        Ok(Next::Flow(self.item(Item::Piece(piece))))
    }

    /// The body of an HTTP answer, with its transfer and content encodings taken off.
    fn http_body(&self, http: &Header, body: &mut dyn BufRead) -> io::Result<Option<(Document, Option<String>)>> {
        let media = http.get("content-type").unwrap_or_default().to_ascii_lowercase();
        let mut bytes = Vec::new();
        let most = self.settings.max_html_bytes as u64;
        body.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
        // Crawlers take the encodings off and leave the headers, so the bytes have the last word.
        if http.get("transfer-encoding").is_some_and(|v| v.to_ascii_lowercase().contains("chunked"))
            && let Some(joined) = unchunk(&bytes)
        {
            bytes = joined;
        }
        if bytes.starts_with(b"\x1f\x8b") {
            let mut plain = Vec::new();
            let mut decoder = flate2::read::MultiGzDecoder::new(&bytes[..]).take(most.saturating_add(1));
            // A damaged end leaves what came before it.
            let _ = decoder.read_to_end(&mut plain);
            bytes = plain;
        }
        self.body(&media, &mut &bytes[..])
    }

    fn body(&self, media: &str, body: &mut dyn Read) -> io::Result<Option<(Document, Option<String>)>> {
        let is_html = media.starts_with("text/html") || media.starts_with("application/xhtml");
        if !is_html && !media.starts_with("text/plain") {
            return Ok(None);
        }
        let charset = media.split_once("charset=").map(|(_, c)| {
            c.trim_start_matches(['"', '\'']).split(['"', '\'', ';', ' ']).next().unwrap_or_default().to_owned()
        });
        let most = self.settings.max_html_bytes;
        let mut bytes = Vec::new();
        body.take(most as u64 + 1).read_to_end(&mut bytes)?;
        let document = if bytes.len() > most {
            Document::TooLong
        } else if is_html {
            Document::Html(bytes)
        } else {
            Document::Text(bytes)
        };
        Ok(Some((document, charset)))
    }
}

enum Next {
    Flow(Flow),
    End,
}

enum Document {
    Html(Vec<u8>),
    Text(Vec<u8>),
    TooLong,
}

/// The fields of a header: names in lower case.
#[derive(Default)]
struct Header(Vec<(String, String)>);

impl Header {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

/// Reads fields up to the blank line.
fn header(reader: &mut Counted<impl BufRead>) -> io::Result<Header> {
    let mut header = Header::default();
    let mut bytes = Vec::new();
    for _ in 0..MAX_HEADER_LINES {
        line(reader, &mut bytes)?;
        if bytes.trim_ascii().is_empty() {
            return Ok(header);
        }
        let text = String::from_utf8_lossy(&bytes);
        if let Some((name, value)) = text.split_once(':') {
            header.0.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    Err(no_record("a header of too many lines"))
}

/// Goes to the next line that begins a record. Says whether there is one, and whether other lines than blank ones, which
/// stand between records, came before it.
fn find_record(reader: &mut Counted<impl BufRead>) -> io::Result<(bool, bool)> {
    let mut bytes = Vec::new();
    let mut strange = false;
    loop {
        bytes.clear();
        if (&mut *reader).take(MAX_HEADER_LINE).read_until(b'\n', &mut bytes)? == 0 {
            return Ok((false, strange));
        }
        if bytes.starts_with(b"WARC/") {
            return Ok((true, strange));
        }
        strange |= !bytes.trim_ascii().is_empty();
    }
}

fn line(reader: &mut Counted<impl BufRead>, bytes: &mut Vec<u8>) -> io::Result<()> {
    bytes.clear();
    let n = reader.take(MAX_HEADER_LINE).read_until(b'\n', bytes)?;
    if n == 0 {
        return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the record ends too early"));
    }
    if bytes.last() != Some(&b'\n') && n as u64 == MAX_HEADER_LINE {
        return Err(no_record("a header line of more than 64 KiB"));
    }
    Ok(())
}

fn text_body(bytes: Vec<u8>) -> Body {
    let several = memchr::memchr(b'\x0c', &bytes).is_some();
    Body::Text(bytes, several)
}

/// Joins the parts of a chunked body; `None` where the bytes are not chunked.
fn unchunk(mut bytes: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::with_capacity(bytes.len());
    loop {
        let end = memchr::memchr(b'\n', bytes)?;
        let size = std::str::from_utf8(&bytes[..end]).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        bytes = &bytes[end + 1..];
        if size == 0 {
            return Some(joined);
        }
        joined.extend_from_slice(bytes.get(..size)?);
        bytes = bytes.get(size..)?;
        bytes = bytes.strip_prefix(b"\r\n").or_else(|| bytes.strip_prefix(b"\n"))?;
    }
}

/// A record that makes no sense, behind which the next may be found.
#[derive(Debug)]
struct NoRecord(&'static str);

impl std::fmt::Display for NoRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for NoRecord {}

fn no_record(what: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, NoRecord(what))
}

/// Counts the bytes that were taken.
struct Counted<R> {
    inner: R,
    count: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.count += n as u64;
        Ok(n)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        self.count += n as u64;
        self.inner.consume(n);
    }
}
