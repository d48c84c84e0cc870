//! Records → files, whole or not at all.
//!
//! In: records in order. Out: `articles.jsonl`, `repeats.jsonl`, `report.json`, each written beside its target and
//! renamed when it is complete.

mod atomic;

pub use atomic::AtomicFile;
