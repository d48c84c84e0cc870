//! Tar and zip archives: each member is read as a file of its name would be.
//!
//! Nothing is unpacked to a disk. Members whose names lead out of the archive, links, and what is no file are refused and
//! told all the same: an archive that holds them was made to harm, or by a mistake that its owner wants to know of.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::rc::Rc;

use super::chunk::Origin;
use super::cut::{Cutter, Flow, Stream, stream_fault};
use super::encoding;
use super::expand::Guard;
use super::fault::Fault;
use crate::error::ErrorKind;

/// Most bytes between the members of a tar archive: headers, long names, extensions. A name has at most some kB.
const MAX_HEADER_BYTES: u64 = 1 << 20;

impl Cutter<'_> {
    pub(super) fn tar(&mut self, origin: &Origin, stream: Stream<'_>) -> Flow {
        let Stream { reader, compression, depth, .. } = stream;
        let budget = Rc::new(Cell::new(MAX_HEADER_BYTES));
        let mut archive = tar::Archive::new(Budget { inner: reader, left: Rc::clone(&budget) });
        let damaged =
            |e: &io::Error| Fault::new(origin, ErrorKind::Compression, format!("the tar archive is damaged: {e}"));
        let entries = match archive.entries() {
            Ok(entries) => entries,
            Err(e) => return self.fault(damaged(&e)),
        };
        let given = Rc::new(Cell::new(0));
        for entry in entries {
            let entry = match entry {
                Ok(entry) => entry,
                Err(e) => return self.fault(damaged(&e)),
            };
            budget.set(u64::MAX);
            let kind = entry.header().entry_type();
            let size = entry.size();
            let name = member_name(&entry.path_bytes());
            let failed = Rc::new(Cell::new(false));
            let guard = Guard::new(entry, Rc::clone(&self.meter), Rc::clone(&given), self.settings);
            let mut member = Member { inner: guard, left: size, failed: Rc::clone(&failed) };
            if kind.is_dir() || kind.is_pax_global_extensions() || self.is_hidden(&name) {
                // Nothing to read, nothing to tell.
            } else if kind.is_file() || kind.is_contiguous() {
                self.member(
                    origin,
                    &name,
                    Stream { reader: Box::new(&mut member), compression, depth, size: Some(size), file: None },
                )?;
            } else {
                let what = if kind.is_symlink() || kind.is_hard_link() {
                    "a link"
                } else if kind.is_gnu_sparse() {
                    "a sparse file"
                } else {
                    "no file"
                };
                self.refuse(origin, &name, what)?;
            }
            // What the member's reader left; a failure there was told, or is told here.
            if let Err(e) = io::copy(&mut member, &mut io::sink()) {
                return if failed.get() { Flow::Continue(()) } else { self.fault(damaged(&e)) };
            }
            if failed.get() {
                return Flow::Continue(());
            }
            budget.set(MAX_HEADER_BYTES);
        }
        Flow::Continue(())
    }

    pub(super) fn zip(&mut self, origin: &Origin, stream: Stream<'_>) -> Flow {
        let depth = stream.depth;
        let (file, size) = match seekable(stream) {
            Ok(file) => file,
            Err(fault) => return self.fault(fault(origin)),
        };
        let damaged = |e: &dyn std::fmt::Display| {
            Fault::new(origin, ErrorKind::Compression, format!("the zip archive is damaged: {e}"))
        };
        let mut archive = match zip::ZipArchive::new(BufReader::new(file)) {
            Ok(archive) => archive,
            Err(e) => return self.fault(damaged(&e)),
        };
        // Documents of other programs are packed like archives, and their parts are no pages.
        for (part, what) in [("[Content_Types].xml", "an Office document"), ("META-INF/container.xml", "an e-book")] {
            if archive.index_for_name(part).is_some() {
                return self.fault(Fault::new(
                    origin,
                    ErrorKind::Format,
                    format!("not a page: {what}; save it as text"),
                ));
            }
        }
        let (taken, given) = (Rc::new(Cell::new(size)), Rc::new(Cell::new(0)));
        for index in 0..archive.len() {
            let name = match archive.by_index_raw(index) {
                Ok(entry) if entry.is_dir() => continue,
                Ok(entry) => member_name(entry.name_raw()),
                Err(e) => {
                    self.fault(damaged(&e))?;
                    continue;
                }
            };
            if self.is_hidden(&name) {
                continue;
            }
            match archive.by_index(index) {
                Ok(entry) if entry.is_symlink() => self.refuse(origin, &name, "a link")?,
                Ok(entry) => {
                    let left = entry.size();
                    let guard = Guard::new(entry, Rc::clone(&taken), Rc::clone(&given), self.settings);
                    let failed = Rc::new(Cell::new(false));
                    let member = Member { inner: guard, left, failed };
                    self.member(
                        origin,
                        &name,
                        Stream {
                            reader: Box::new(member),
                            compression: Some("zip"),
                            depth,
                            size: Some(left),
                            file: None,
                        },
                    )?;
                }
                Err(e) => {
                    let origin = member_of(origin, &name);
                    self.fault(Fault::new(&origin, ErrorKind::Compression, format!("cannot unpack: {e}")))?;
                }
            }
            if self.settings.expand_grace_bytes < given.get()
                && given.get() > size.saturating_mul(self.settings.max_expand_ratio)
            {
                // The member that passed the cap has told so.
                return Flow::Continue(());
            }
        }
        Flow::Continue(())
    }

    fn member(&mut self, origin: &Origin, name: &str, stream: Stream<'_>) -> Flow {
        if leads_out(name) {
            return self.refuse(origin, name, "a name that leads out of the archive");
        }
        let stream = Stream { depth: stream.depth + 1, ..stream };
        self.stream(member_of(origin, name), stream)
    }

    fn refuse(&mut self, origin: &Origin, name: &str, what: &str) -> Flow {
        self.fault(Fault::new(&member_of(origin, name), ErrorKind::Format, format!("refused in an archive: {what}")))
    }

    /// Whether a folder of this layout would be passed over too.
    fn is_hidden(&self, name: &str) -> bool {
        !self.settings.hidden
            && name
                .split(['/', '\\'])
                .any(|part| (part.starts_with('.') && part != "." && part != "..") || part == "__MACOSX")
    }
}

/// A file to seek in: the stream's own where it has one, else a temporary one with its bytes.
#[allow(clippy::type_complexity, reason = "a fault of an origin that the caller knows")]
pub(super) fn seekable(mut stream: Stream<'_>) -> Result<(File, u64), Box<dyn Fn(&Origin) -> Fault + '_>> {
    let opened = match stream.file {
        Some(path) => File::open(path).and_then(|file| Ok((file.metadata()?.len(), file))),
        None => tempfile::tempfile().map(|file| (0, file)),
    };
    let (mut size, mut file) = match opened {
        Ok(opened) => opened,
        Err(e) => return Err(Box::new(move |origin| Fault::new(origin, ErrorKind::Read, format!("cannot open: {e}")))),
    };
    if stream.file.is_none() {
        let copied = io::copy(&mut stream.reader, &mut file).and_then(|n| file.seek(SeekFrom::Start(0)).map(|_| n));
        size = match copied {
            Ok(size) => size,
            Err(e) => return Err(Box::new(move |origin| stream_fault(origin, stream.compression, &e, 0))),
        };
    }
    Ok((file, size))
}

/// The name of a member as text; bytes that are no UTF-8 were written by a system with another encoding.
fn member_name(bytes: &[u8]) -> String {
    let name = encoding::decode(bytes, encoding::Guess::default()).text;
    name.strip_prefix("./").unwrap_or(&name).to_owned()
}

fn member_of(origin: &Origin, name: &str) -> Origin {
    let member = match &origin.member {
        Some(outer) => format!("{outer}/{name}"),
        None => name.to_owned(),
    };
    Origin {
        source: origin.source.clone(),
        member: Some(member),
        id: format!("{}/{name}", origin.id),
        ..Origin::default()
    }
}

/// Absolute, or up through its parent, on any system.
fn leads_out(name: &str) -> bool {
    let bytes = name.as_bytes();
    bytes.first().is_some_and(|b| matches!(b, b'/' | b'\\'))
        || bytes.get(1) == Some(&b':')
        || name.split(['/', '\\']).any(|part| part == "..")
}

/// The bytes of a member; fewer than it promised are an error.
struct Member<R> {
    inner: R,
    left: u64,
    failed: Rc<Cell<bool>>,
}

impl<R: Read> Read for Member<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let result = self.inner.read(buffer).and_then(|n| {
            if n == 0 && self.left > 0 && !buffer.is_empty() {
                return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the archive ends too early"));
            }
            self.left = self.left.saturating_sub(n as u64);
            Ok(n)
        });
        if result.as_ref().is_err_and(|e| e.kind() != io::ErrorKind::Interrupted) {
            self.failed.set(true);
        }
        result
    }
}

/// Fails when more is read than was allowed: so that a header cannot claim all memory.
struct Budget<R> {
    inner: R,
    left: Rc<Cell<u64>>,
}

impl<R: Read> Read for Budget<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.left.get();
        if left == 0 && !buffer.is_empty() {
            return Err(io::Error::other("a header of more than 1 MiB"));
        }
        let most = buffer.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        let n = self.inner.read(&mut buffer[..most])?;
        self.left.set(left.saturating_sub(n as u64));
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_out_are_told() {
        for name in ["/etc/passwd", "../a", "a/../../b", "a/..", "C:\\a", "\\\\host\\a", "..\\a"] {
            assert!(leads_out(name), "{name}");
        }
        for name in ["a", "a/b.md", "a..b/c", "...", "第1版.md"] {
            assert!(!leads_out(name), "{name}");
        }
    }
}
