//! Sources → chunks: opens, decompresses, and cuts at the borders of lines, pages and documents.
//!
//! This is the sequential half of reading and does as little as it can: a copy from the disk and a search for the last line
//! break. Memory is bounded by the chunk and by the longest page that is allowed.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::ops::ControlFlow;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use encoding_rs::{UTF_16BE, UTF_16LE};

use super::chunk::{Body, Chunk, Item, Origin, Piece, Place};
use super::encoding;
use super::expand::{self, Guard, Meter, OverLimit};
use super::fault::Fault;
use super::format::{self, Format};
use super::source::{Content, Source};
use super::transcode::Transcoder;
use crate::error::ErrorKind;
use crate::settings;

/// Files that come together in one chunk at most, so that a folder of empty ones still shows progress.
const MAX_ITEMS: usize = 1024;

/// Whether to go on: the receiver of chunks may have had enough.
pub(super) type Flow = ControlFlow<()>;

/// Cuts `sources` from `from` on and hands each chunk to `emit`, in order, until that breaks off.
pub(super) fn cut(
    sources: &[Source],
    settings: &settings::Read,
    from: Place,
    emit: &mut dyn FnMut(Chunk) -> Flow,
) -> Flow {
    let mut cutter = Cutter {
        settings,
        emit,
        at: Place { item: 0, ..from },
        skip: from.item,
        first: from,
        items: Vec::new(),
        payload: 0,
        done_bytes: 0,
        told_bytes: 0,
        meter: Rc::default(),
    };
    for (index, source) in sources.iter().enumerate().skip(from.source as usize) {
        cutter.at.source = index as u64;
        cutter.at.item = 0;
        cutter.source(source)?;
        cutter.done_bytes += source.bytes;
        cutter.meter.set(0);
        cutter.skip = 0;
    }
    cutter.at.source = sources.len() as u64;
    cutter.at.item = 0;
    cutter.flush()
}

pub(super) struct Cutter<'a> {
    pub(super) settings: &'a settings::Read,
    emit: &'a mut dyn FnMut(Chunk) -> Flow,
    /// The place of the next item.
    at: Place,
    /// Items of the first source that an earlier run has done.
    skip: u64,
    /// The place of the first item that waits.
    first: Place,
    items: Vec<Item>,
    payload: usize,
    /// Bytes of the sources that are done, and bytes that chunks were told of.
    done_bytes: u64,
    told_bytes: u64,
    /// Bytes read of the current source.
    pub(super) meter: Rc<Cell<u64>>,
}

/// A file or member as a stream of bytes.
pub(super) struct Stream<'r> {
    pub(super) reader: Box<dyn Read + 'r>,
    /// The innermost compression, for messages.
    pub(super) compression: Option<&'static str>,
    /// Archives and compressions around it.
    pub(super) depth: usize,
    /// Its size where it is known.
    pub(super) size: Option<u64>,
    /// The file that it is, if nothing is around it.
    pub(super) file: Option<&'r Path>,
}

impl Cutter<'_> {
    fn flush(&mut self) -> Flow {
        if self.items.is_empty() {
            return Flow::Continue(());
        }
        let read = self.done_bytes + self.meter.get();
        let chunk = Chunk {
            place: self.first,
            next: Place { chunk: self.at.chunk + 1, ..self.at },
            input_bytes: read.saturating_sub(self.told_bytes),
            items: std::mem::take(&mut self.items),
        };
        self.told_bytes = read.max(self.told_bytes);
        self.payload = 0;
        self.at.chunk += 1;
        (self.emit)(chunk)
    }

    pub(super) fn item(&mut self, item: Item) -> Flow {
        if self.skip > 0 {
            self.skip -= 1;
            self.at.item += 1;
            return Flow::Continue(());
        }
        let payload = item.payload();
        if !self.items.is_empty()
            && (self.payload + payload > self.settings.chunk_bytes || self.items.len() >= MAX_ITEMS)
        {
            self.flush()?;
        }
        if self.items.is_empty() {
            self.first = self.at;
        }
        self.items.push(item);
        self.payload += payload;
        self.at.item += 1;
        Flow::Continue(())
    }

    pub(super) fn fault(&mut self, fault: Fault) -> Flow {
        self.item(Item::Fault(fault))
    }

    fn source(&mut self, source: &Source) -> Flow {
        let origin = Origin { id: source.id.to_string(), ..Origin::of_path(&source.path) };
        let count = Rc::clone(&self.meter);
        let (reader, size): (Box<dyn Read>, _) = match &source.content {
            Content::File | Content::Kept(_) => match open(source.place()) {
                Ok(file) => (Box::new(Meter { inner: file, count }), Some(source.bytes)),
                Err(e) => return self.fault(Fault::new(&origin, ErrorKind::Read, format!("cannot open: {e}"))),
            },
            Content::Spooled(copy) => match open(&copy.0) {
                Ok(file) => (Box::new(Meter { inner: file, count }), Some(source.bytes)),
                Err(e) => return self.fault(Fault::new(&origin, ErrorKind::Read, format!("cannot open: {e}"))),
            },
            Content::Stdin => (Box::new(Meter { inner: io::stdin().lock(), count }), None),
            Content::Memory(bytes) => {
                (Box::new(Meter { inner: Cursor::new(Arc::clone(bytes)), count }), Some(source.bytes))
            }
        };
        self.stream(
            origin,
            Stream {
                reader,
                compression: None,
                depth: 0,
                size,
                file: matches!(source.content, Content::File).then_some(&*source.path),
            },
        )
    }

    pub(super) fn stream(&mut self, mut origin: Origin, mut stream: Stream<'_>) -> Flow {
        let mut start = Vec::new();
        let read = (&mut stream.reader).take(self.settings.sniff_bytes as u64).read_to_end(&mut start);
        if let Err(e) = read {
            if start.is_empty() {
                return self.fault(stream_fault(&origin, stream.compression, &e, 0));
            }
            // What came before the damage is kept; the damage is met again behind it.
            stream.reader = Box::new(FailsWith(Some(e)));
        }
        let mut format = format::sniff(&start, &origin.id);
        if matches!(format, Format::Text | Format::Jsonl | Format::Json | Format::Html) {
            origin.guess = encoding::guess_beginning(&start, start.len() >= self.settings.sniff_bytes);
            if [UTF_16LE, UTF_16BE].contains(&origin.guess.encoding) {
                // Line breaks are found in bytes, so text of wider units is made UTF-8 first.
                let guess = std::mem::take(&mut origin.guess);
                origin.transcoded = Some(guess);
                format = format::sniff(guess.encoding.decode_with_bom_removal(&start).0.as_bytes(), &origin.id);
            } else if format::is_binary(&start) {
                format = Format::Foreign("binary data");
            }
        }
        let inner: Box<dyn Read + '_> = Box::new(Cursor::new(start).chain(stream.reader));
        let (reader, size) = match origin.transcoded {
            Some(guess) => (Box::new(Transcoder::new(inner, guess.encoding)) as Box<dyn Read>, None),
            None => (inner, stream.size),
        };
        let stream = Stream { reader, size, ..stream };
        match format {
            Format::Empty => self.fault(Fault::new(&origin, ErrorKind::Record, "the file is empty")),
            Format::Foreign(what) => self.fault(Fault::new(&origin, ErrorKind::Format, format!("not a page: {what}"))),
            Format::Gzip | Format::Zstd | Format::Bzip2 | Format::Xz => self.compressed(origin, format, stream),
            Format::Json => self.json(origin, stream),
            Format::Jsonl => self.delimited(origin, stream, b'\n'),
            Format::Text => self.delimited(origin, stream, b'\x0c'),
            Format::Html => self.html(origin, stream),
            Format::Warc => self.warc(&origin, stream),
            Format::Tar | Format::Zip if stream.depth >= self.settings.max_nesting => {
                self.fault(too_deep(&origin, self.settings.max_nesting))
            }
            Format::Tar => self.tar(&origin, stream),
            Format::Zip => self.zip(&origin, stream),
            #[cfg(feature = "parquet")]
            Format::Parquet => self.parquet(&origin, stream),
            #[cfg(not(feature = "parquet"))]
            Format::Parquet => {
                self.fault(Fault::new(&origin, ErrorKind::Format, "Parquet is not read: built without `parquet`"))
            }
        }
    }

    fn compressed(&mut self, origin: Origin, format: Format, stream: Stream<'_>) -> Flow {
        if stream.depth >= self.settings.max_nesting {
            return self.fault(too_deep(&origin, self.settings.max_nesting));
        }
        let inner = match expand::decoder(format, stream.reader) {
            Ok(decoder) => decoder,
            Err(e) => {
                return self.fault(Fault::new(&origin, ErrorKind::Compression, format!("cannot decompress: {e}")));
            }
        };
        let guard = Guard::new(inner, Rc::clone(&self.meter), Rc::default(), self.settings);
        let reader = Box::new(guard);
        self.stream(
            origin,
            Stream { reader, compression: expand::name(format), depth: stream.depth + 1, size: None, file: None },
        )
    }

    /// Takes a whole document.
    fn html(&mut self, origin: Origin, mut stream: Stream<'_>) -> Flow {
        let most = self.settings.max_html_bytes;
        let mut bytes = Vec::new();
        let read = (&mut stream.reader).take(most as u64 + 1).read_to_end(&mut bytes);
        if let Err(e) = &read
            && is_over_limit(e)
        {
            return self.fault(stream_fault(&origin, stream.compression, e, bytes.len() as u64));
        }
        if bytes.len() > most {
            let fault = Fault::new(&origin, ErrorKind::Limit, format!("a document of more than {most} bytes"));
            return self.fault(fault.hint("raise read.max_html_bytes, if this is a page"));
        }
        let origin = Arc::new(origin);
        let len = bytes.len() as u64;
        let body = Body::Html(bytes);
        let piece = Piece { origin: Arc::clone(&origin), offset: 0, before: 0, lines: 0, cut: read.is_err(), body };
        self.item(Item::Piece(piece))?;
        match read {
            Ok(_) => Flow::Continue(()),
            Err(e) => self.fault(stream_fault(&origin, stream.compression, &e, len).kept()),
        }
    }

    /// Cuts a stream behind the last `delimiter` of every stretch of the size of a chunk.
    fn delimited(&mut self, origin: Origin, mut stream: Stream<'_>, delimiter: u8) -> Flow {
        let origin = Arc::new(origin);
        let chunk_bytes = self.settings.chunk_bytes.max(1);
        let max_bytes = self.settings.max_page_bytes.min(u32::MAX as usize).max(1);
        let mut buffer: Vec<u8> = Vec::new();
        let mut offset = 0u64;
        let (mut before, mut lines) = (0u64, 0u64);
        let mut several = false;
        loop {
            // A record longer than a chunk doubles the buffer until it is whole or too long.
            let target = chunk_bytes.max(buffer.len() * 2).min(max_bytes.max(chunk_bytes) + 1);
            let want = (target - buffer.len()) as u64;
            let left = stream.size.map_or(want, |size| want.min(size.saturating_sub(offset + buffer.len() as u64) + 1));
            buffer.reserve_exact(left as usize);
            let searched = buffer.len();
            let read = (&mut stream.reader).take(want).read_to_end(&mut buffer);
            if read.as_ref().is_err_and(is_over_limit) {
                // What a bomb leaves unfinished is no page.
                buffer.truncate(memchr::memrchr(delimiter, &buffer).map_or(0, |at| at + 1));
            }
            let ended = match &read {
                Ok(n) => (*n as u64) < want,
                Err(_) => true,
            };
            let end = if ended {
                Some(buffer.len())
            } else {
                memchr::memrchr(delimiter, &buffer[searched..]).map(|at| searched + at + 1)
            };
            let Some(end) = end else {
                if buffer.len() > max_bytes {
                    let what = if delimiter == b'\n' { "line" } else { "page" };
                    let mut fault =
                        Fault::new(&origin, ErrorKind::Limit, format!("a {what} of more than {max_bytes} bytes"))
                            .offset(offset)
                            .hint("raise read.max_page_bytes, if this is a page");
                    if delimiter == b'\n' {
                        fault = fault.line(before + 1);
                    }
                    self.fault(fault)?;
                    offset += buffer.len() as u64;
                    buffer.clear();
                    match skip_behind(&mut *stream.reader, delimiter, &mut buffer) {
                        Ok(skipped) => offset += skipped,
                        Err(e) => return self.fault(stream_fault(&origin, stream.compression, &e, offset)),
                    }
                    before += 1;
                    several = true;
                    if buffer.is_empty() {
                        return Flow::Continue(());
                    }
                }
                continue;
            };
            let rest = buffer[end..].to_vec();
            buffer.truncate(end);
            let n = memchr::memchr_iter(delimiter, &buffer).count() as u64;
            let n_lines = if delimiter == b'\n' { n } else { memchr::memchr_iter(b'\n', &buffer).count() as u64 };
            several |= n > 0;
            if !buffer.is_empty() {
                let len = buffer.len() as u64;
                let bytes = std::mem::replace(&mut buffer, rest);
                let body = if delimiter == b'\n' { Body::Lines(bytes) } else { Body::Text(bytes, several) };
                let origin = Arc::clone(&origin);
                self.item(Item::Piece(Piece { origin, offset, before, lines, cut: read.is_err(), body }))?;
                offset += len;
            }
            before += n;
            lines += n_lines;
            if let Err(e) = read {
                let mut fault = stream_fault(&origin, stream.compression, &e, offset);
                fault.kept = offset > 0;
                if delimiter == b'\n' {
                    fault = fault.line(before + 1);
                }
                return self.fault(fault);
            }
            if ended {
                return Flow::Continue(());
            }
        }
    }
}

/// Reads on to the next `delimiter` and leaves in `rest` what was read behind it. Says how many bytes were passed over,
/// with the delimiter. An empty `rest` means that the stream has ended.
fn skip_behind(reader: &mut dyn Read, delimiter: u8, rest: &mut Vec<u8>) -> io::Result<u64> {
    let mut skipped = 0;
    loop {
        rest.clear();
        let n = reader.take(1 << 20).read_to_end(rest)?;
        if n == 0 {
            return Ok(skipped);
        }
        if let Some(at) = memchr::memchr(delimiter, rest) {
            rest.drain(..=at);
            skipped += at as u64 + 1;
            if rest.is_empty() {
                // The delimiter closed the block: one more look tells whether anything follows.
                reader.take(1 << 20).read_to_end(rest)?;
            }
            return Ok(skipped);
        }
        skipped += n as u64;
    }
}

fn open(path: &Path) -> io::Result<File> {
    let file = File::open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::Error::other("not a file (a pipe, socket or device)")) }
}

fn too_deep(origin: &Origin, most: usize) -> Fault {
    Fault::new(origin, ErrorKind::Limit, format!("more than {most} archives and compressions inside each other"))
}

fn is_over_limit(error: &io::Error) -> bool {
    error.get_ref().and_then(|e| e.downcast_ref::<OverLimit>()).is_some()
}

/// Says why a stream broke off `offset` bytes after its start.
pub(super) fn stream_fault(
    origin: &Origin,
    compression: Option<&'static str>,
    error: &io::Error,
    offset: u64,
) -> Fault {
    let over = error.get_ref().and_then(|e| e.downcast_ref::<OverLimit>());
    let (kind, message) = match (over, compression) {
        (Some(over), _) => (ErrorKind::Limit, over.0.clone()),
        (None, Some(name)) if error.raw_os_error().is_none() => {
            if error.kind() == io::ErrorKind::UnexpectedEof {
                (ErrorKind::Compression, format!("the {name} data ends too early, what came before is kept"))
            } else {
                (ErrorKind::Compression, format!("the {name} data is damaged: {error}"))
            }
        }
        _ => (ErrorKind::Read, format!("cannot read on: {error}")),
    };
    Fault::new(origin, kind, message).offset(offset)
}

/// A reader that fails at once: stands behind what was read before the failure.
struct FailsWith(Option<io::Error>);

impl Read for FailsWith {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}
