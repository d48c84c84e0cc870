//! jianbao (剪报, "press clippings") turns dumps of scraped Chinese newspaper pages into clean, deduplicated, structured
//! records.
//!
//! The flow is `read` → `layout` → `dedup` → `extract` → `write`; [`Pipeline`] runs all of it over an archive. Each stage
//! can be called alone:
//!
//! ```
//! use jianbao::extract::{self, Gazetteer};
//! use jianbao::{Page, Settings, layout};
//!
//! let settings = Settings::default();
//! let page = Page::new("2024-05-01-02", "## 工会送清凉\n\n本报讯 记者李明报道 市总工会昨日慰问职工300人。");
//! for article in layout::segment(&page, &settings.layout) {
//!     let notes = extract::annotate(&article, &page.head, &Gazetteer::builtin(), &settings.extract);
//!     println!("{:?}: {} facts", article.text_of(jianbao::record::BlockKind::Headline), notes.facts.len());
//! }
//! ```

#[cfg(feature = "cli")]
pub mod cli;
pub mod credit;
pub mod dedup;
pub mod error;
pub mod extract;
pub mod generate;
pub mod layout;
pub mod pipeline;
pub mod read;
pub mod record;
pub mod settings;
pub(crate) mod temporary;
pub mod text;
pub mod write;

pub use error::{Error, ErrorKind};
pub use pipeline::Pipeline;
pub use record::Page;
pub use settings::Settings;
