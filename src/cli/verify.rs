//! `jianbao verify`: is an output still what was written.

use std::fmt::Write as _;
use std::path::PathBuf;

use crate::cli::summary::plural;
use crate::cli::terminal::Terminal;
use crate::cli::{Exit, message};
use crate::error::Result;
use crate::pipeline;

const EXAMPLES: &str = "\
Examples:
  Sizes, checksums, counts and offsets of an output:
  $ jianbao verify out/

  Also whether every block stands on its page as it says:
  $ jianbao verify out/ archive/";

/// Checks an output: sizes, checksums, counts, offsets
///
/// Exits with 1 where something differs from what was written. With INPUT, every block, also one that was left out as a
/// repeat, is compared with its page. Of Parquet, sizes, checksums and numbers of rows are checked, not what stands in the
/// rows.
#[derive(clap::Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Args {
    /// The folder that a run has written
    #[arg(value_name = "OUT")]
    folder: PathBuf,
    /// What the run has read
    #[arg(value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, terminal: &Terminal) -> Result<Exit> {
    let found = pipeline::verify(&args.folder, &args.inputs, terminal)?;
    let mut out = String::new();
    if args.json {
        let json = serde_json::json!({
            "files": found.files, "rows": found.rows, "unchecked": found.unchecked, "articles": found.articles, "blocks": found.blocks, "mentions": found.mentions,
            "repeats": found.repeats,
            "pages": found.pages, "n_problems": found.n_problems, "problems": found.problems,
        });
        out = format!("{json}\n");
    } else {
        for problem in &found.problems {
            let _ = writeln!(out, "{problem}");
        }
        if found.n_problems > found.problems.len() as u64 {
            let _ = writeln!(out, "… and {} more", found.n_problems - found.problems.len() as u64);
        }
        let state = if found.n_problems == 0 {
            "all as written".into()
        } else {
            format!("{} differ{}", found.n_problems, if found.n_problems == 1 { "s" } else { "" })
        };
        if let Some(unchecked) = &found.unchecked {
            let _ = writeln!(out, "{state}: {}, {} of Parquet", plural(found.files, "file"), plural(found.rows, "row"));
            let _ = writeln!(out, "not checked: {unchecked}");
        } else {
            let _ = writeln!(
                out,
                "{state}: {}, {}, {}, {}, {} of input",
                plural(found.files, "file"),
                plural(found.articles, "article"),
                plural(found.blocks, "block"),
                plural(found.mentions, "mention"),
                plural(found.pages, "page")
            );
            if found.pages > 0 {
                let (blocks, repeats) = (plural(found.blocks, "block"), plural(found.repeats, "repeat"));
                let _ = writeln!(out, "compared with their pages: {blocks}, {repeats}");
            }
        }
    }
    message::print(&out)?;
    Ok(if found.n_problems == 0 { Exit::Done } else { Exit::Differs })
}
