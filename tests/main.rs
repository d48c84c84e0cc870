//! The one integration binary: it links once.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may stop at anything unexpected")]

mod architecture;
mod cases;
mod cases_byline;
mod cases_entities;
mod cli;
mod documents;
mod encodings;
mod eval;
mod faults;
mod hostile;
mod pages;
mod properties_dedup;
mod properties_dedup_index;
mod properties_layout;
mod read;
mod traditional;
