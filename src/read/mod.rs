//! Bytes → [`Page`]: finds the inputs, decompresses and decodes them, splits them into pages.
//!
//! In: paths, folders, globs, `-`. Out: pages in a fixed order (by path, then by place in the file), and a [`Fault`] for
//! everything that could not be read; what was good is kept.
//!
//! Reading has a sequential and a parallel half. [`Sources::discover`] lists the files. [`Sources::chunks`] reads ahead on
//! a thread of its own and yields [`Chunk`]s, stretches of some 8 MiB cut at line or page borders; one is cheap to make.
//! [`Chunk::parse`] is pure and does the work: decoding, JSON, HTML. [`UniqueIds::claim`], in the order of the pages, makes
//! ids unique. The order on the command line, the size of a chunk and the number of threads change nothing in the pages.
//!
//! ```
//! use jianbao::read::{Place, Sources, UniqueIds};
//! use jianbao::settings;
//!
//! let settings = settings::Read::default();
//! let sources = Sources::in_memory([("a.jsonl", r#"{"id": "7", "text": "市总工会慰问职工"}"#), ("b.md", "第一版\x0c第二版")]);
//! let mut ids = UniqueIds::new();
//! let mut pages = Vec::new();
//! for chunk in sources.chunks(&settings, Place::default()) {
//!     let mut parsed = chunk.parse(&settings);
//!     parsed.pages.iter_mut().for_each(|page| ids.claim(page));
//!     pages.append(&mut parsed.pages);
//! }
//! let ids: Vec<_> = pages.iter().map(|page| page.head.id.as_str()).collect();
//! assert_eq!(ids, ["7", "b.md#1", "b.md#2"]);
//! ```

mod archive;
mod chunk;
mod cut;
mod encoding;
mod expand;
mod fault;
mod format;
#[cfg(feature = "web")]
mod html;
mod ids;
mod json;
mod jsonl;
#[cfg(feature = "parquet")]
mod parquet;
mod parse;
mod source;
mod transcode;
mod verbatim;
mod warc;

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::mpsc;

pub use chunk::{Chunk, Parsed, Place};
pub use fault::Fault;
pub use ids::UniqueIds;
pub use source::{Source, Sources, place_of};
pub use verbatim::Verbatim;

use crate::error::Error;
use crate::record::Page;
use crate::settings;

/// Chunks that are read ahead: enough that the disk and the parser do not wait for each other.
const READ_AHEAD: usize = 2;

impl Sources {
    /// The chunks from `from` on ([`Place::default`] is the beginning, [`Chunk::next`] the place to resume at), in order.
    /// A thread reads two chunks ahead; it ends when the iterator is dropped.
    pub fn chunks(&self, settings: &settings::Read, from: Place) -> Chunks {
        let (sender, receiver) = mpsc::sync_channel(READ_AHEAD);
        let (sources, settings) = (self.clone(), settings.clone());
        std::thread::spawn(move || {
            let _ = sources.each_chunk(&settings, from, &mut |chunk| match sender.send(chunk) {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => ControlFlow::Break(()),
            });
        });
        Chunks { receiver }
    }

    /// As [`Sources::chunks`], on the calling thread.
    pub fn each_chunk(
        &self,
        settings: &settings::Read,
        from: Place,
        each: &mut dyn FnMut(Chunk) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        cut::cut(self.list(), settings, from, each)
    }
}

/// The chunks of an input in order, read ahead by a thread.
#[derive(Debug)]
pub struct Chunks {
    receiver: mpsc::Receiver<Chunk>,
}

impl Iterator for Chunks {
    type Item = Chunk;

    fn next(&mut self) -> Option<Chunk> {
        self.receiver.recv().ok()
    }
}

/// Reads every page of `inputs`, handing each on in order. Errors go to `faults`; reading goes on after them.
///
/// All of it on one thread: for small inputs, tests and examples.
pub fn pages(inputs: &[PathBuf], settings: &settings::Read, page: &mut dyn FnMut(Page), faults: &mut dyn FnMut(Error)) {
    let (sources, missing) = Sources::discover(inputs, settings);
    for fault in missing {
        faults(fault.into());
    }
    let mut ids = UniqueIds::new();
    let _ = sources.each_chunk(settings, Place::default(), &mut |chunk| {
        let parsed = chunk.parse(settings);
        for mut p in parsed.pages {
            ids.claim(&mut p);
            page(p);
        }
        for fault in parsed.faults {
            faults(fault.into());
        }
        ControlFlow::Continue(())
    });
}
