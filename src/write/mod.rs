//! Records → files, whole or not at all.
//!
//! In: records in order, as bytes. Out: files that appear when they are complete. A small one is written beside its target
//! and renamed ([`AtomicFile`]); a large one grows in the work folder of a run ([`GrowingFile`]), so that it can be taken
//! up again, and is moved when all is there. What the user names may be no file at all ([`Target`]). [`json`] makes the
//! bytes of a record. What was written is read again ([`lines`]) to be checked and to be put into other forms ([`export`],
//! [`parquet`]).

mod atomic;
mod compress;
pub mod export;
mod growing;
mod json;
#[cfg(feature = "parquet")]
pub mod parquet;
mod reopen;
mod target;

pub use atomic::{AtomicFile, keep_mode};
pub use compress::{compress, suffix};
pub use growing::{GrowingFile, file_totals};
pub use json::json;
pub use reopen::{Lines, files_of, lines};
pub use target::Target;

use std::path::Path;

use crate::error::Result;

/// The number of rows in a Parquet file, as its end says.
#[cfg(feature = "parquet")]
pub fn parquet_rows(path: &Path) -> Result<u64> {
    parquet::rows(path)
}

/// The number of rows in a Parquet file, as its end says.
#[cfg(not(feature = "parquet"))]
pub fn parquet_rows(path: &Path) -> Result<u64> {
    Err(without_parquet().at(path))
}

/// What is said where Parquet is asked of a program without it.
#[cfg(not(feature = "parquet"))]
pub fn without_parquet() -> crate::error::Error {
    crate::error::Error::new(crate::error::ErrorKind::Setting, "this program was built without Parquet")
        .hint("build it with the feature parquet")
}
