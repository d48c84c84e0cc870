//! JSON documents that are no lines: an array of records, a record over several lines, several one behind the other.
//!
//! They are cut into their outermost objects without being parsed, and each object is handed on as a line of JSONL would be.
//! A record is named after the line that it begins in.

use std::io::Read;
use std::sync::Arc;

use super::chunk::{Body, Item, Origin, Piece};
use super::cut::{Cutter, Flow, Stream, stream_fault};
use super::fault::Fault;
use crate::error::ErrorKind;

/// Bytes that are looked at at once.
const BLOCK: u64 = 256 << 10;

/// Where the reader is in the document.
struct Scan {
    origin: Arc<Origin>,
    /// The object that is open, its line breaks made blanks.
    object: Vec<u8>,
    /// Its first byte and line.
    start: u64,
    line: u64,
    /// Open brackets inside of it; 0 between objects.
    depth: u64,
    in_string: bool,
    escaped: bool,
    /// The object has passed the cap and is no longer kept.
    too_long: bool,
    /// Something that is no object stands here, and was told.
    strange: bool,
    /// Bytes and line breaks before the place.
    offset: u64,
    lines: u64,
}

impl Cutter<'_> {
    pub(super) fn json(&mut self, origin: Origin, mut stream: Stream<'_>) -> Flow {
        let mut scan = Scan {
            origin: Arc::new(origin),
            object: Vec::new(),
            start: 0,
            line: 0,
            depth: 0,
            in_string: false,
            escaped: false,
            too_long: false,
            strange: false,
            offset: 0,
            lines: 0,
        };
        let mut block = Vec::new();
        loop {
            block.clear();
            let read = (&mut stream.reader).take(BLOCK).read_to_end(&mut block);
            for &byte in &block {
                self.json_byte(&mut scan, byte)?;
            }
            match read {
                Ok(0) => break,
                Ok(_) => {}
                Err(e) => {
                    let fault = stream_fault(&scan.origin, stream.compression, &e, scan.offset);
                    return self.fault(Fault { kept: scan.offset > 0, ..fault.line(scan.lines + 1) });
                }
            }
        }
        if scan.depth > 0 {
            let fault = Fault::new(&scan.origin, ErrorKind::Record, "not a JSON object: it has no end");
            return self.fault(fault.line(scan.line).offset(scan.start));
        }
        Flow::Continue(())
    }

    fn json_byte(&mut self, scan: &mut Scan, byte: u8) -> Flow {
        if scan.depth == 0 {
            self.json_between(scan, byte)?;
        } else {
            if scan.in_string {
                scan.in_string = scan.escaped || byte != b'"';
                scan.escaped = !scan.escaped && byte == b'\\';
            } else {
                match byte {
                    b'"' => scan.in_string = true,
                    b'{' | b'[' => scan.depth += 1,
                    b'}' | b']' => scan.depth -= 1,
                    _ => {}
                }
            }
            if !scan.too_long {
                scan.object.push(if byte == b'\n' { b' ' } else { byte });
                if scan.object.len() > self.settings.max_page_bytes {
                    scan.too_long = true;
                    scan.object = Vec::new();
                }
            }
            if scan.depth == 0 {
                self.json_object(scan)?;
            }
        }
        scan.offset += 1;
        scan.lines += u64::from(byte == b'\n');
        Flow::Continue(())
    }

    fn json_between(&mut self, scan: &mut Scan, byte: u8) -> Flow {
        match byte {
            b'{' => {
                (scan.start, scan.line, scan.depth) = (scan.offset, scan.lines + 1, 1);
                (scan.in_string, scan.escaped, scan.too_long, scan.strange) = (false, false, false, false);
                scan.object.push(byte);
            }
            b'[' | b']' | b',' | b' ' | b'\t' | b'\r' | b'\n' | 0xef | 0xbb | 0xbf => {}
            _ if scan.strange => {}
            _ => {
                scan.strange = true;
                let fault = Fault::new(&scan.origin, ErrorKind::Record, "not a JSON object");
                self.fault(fault.line(scan.lines + 1).offset(scan.offset))?;
            }
        }
        Flow::Continue(())
    }

    fn json_object(&mut self, scan: &mut Scan) -> Flow {
        if scan.too_long {
            let message = format!("a record of more than {} bytes", self.settings.max_page_bytes);
            let fault = Fault::new(&scan.origin, ErrorKind::Limit, message);
            return self.fault(fault.line(scan.line).offset(scan.start));
        }
        let (origin, before) = (Arc::clone(&scan.origin), scan.line - 1);
        let body = Body::Lines(std::mem::take(&mut scan.object));
        self.item(Item::Piece(Piece { origin, offset: scan.start, before, lines: before, cut: false, body }))
    }
}
