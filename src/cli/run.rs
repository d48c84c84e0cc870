//! `jianbao run`: everything.

use std::path::PathBuf;

use crate::cli::args::{Inputs, Work, pipeline};
use crate::cli::terminal::Terminal;
use crate::cli::{Exit, message, summary};
use crate::error::Result;

const EXAMPLES: &str = "\
Examples:
  A folder of pages, to articles.jsonl, repeats.jsonl and report.json:
  $ jianbao run archive/ -o out/

  A dump of one page a line, repeats kept in place and marked, on two threads:
  $ jianbao run pages.jsonl -o out/ --keep-repeats -j 2 --force

  A page from a pipe, with an id of its own:
  $ cat page.md | jianbao run - -o one-page/ --stdin-id 2024-05-01-02";

/// Reads pages and writes articles, repeats and a report
///
/// Reads pages in any form, puts each back together, finds what repeats across all of them, reads the facts, and writes
/// articles.jsonl, repeats.jsonl and report.json into OUT. Files appear when they are complete, or not at all.
#[derive(clap::Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Args {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    work: Work,
}

#[derive(clap::Args, Debug)]
#[command(next_help_heading = "Output")]
struct Output {
    /// Folder to write into
    ///
    /// It is made where it is not there. One that is not empty needs --force, and one that is read from is refused.
    #[arg(short = 'o', long = "output", value_name = "OUT")]
    folder: PathBuf,
    /// Keep repeated blocks in place, marked
    ///
    /// Without this they are left out of articles.jsonl. Each has its line in repeats.jsonl either way.
    #[arg(long, overrides_with = "no_keep_repeats")]
    keep_repeats: bool,
    #[arg(long, hide = true, overrides_with = "keep_repeats")]
    no_keep_repeats: bool,
    /// Write over an output that is there
    #[arg(long, overrides_with = "no_force")]
    force: bool,
    #[arg(long, hide = true, overrides_with = "force")]
    no_force: bool,
}

pub(super) fn run(args: &Args, terminal: &Terminal) -> Result<Exit> {
    let mut settings = args.work.settings()?;
    let output = &args.output;
    if output.keep_repeats {
        settings.write.keep_repeats = true;
    } else if output.no_keep_repeats {
        settings.write.keep_repeats = false;
    }
    let inputs = args.inputs.paths()?;
    let pipeline = pipeline(&args.inputs, &args.work, settings).force(output.force).watch(terminal);
    let outcome = pipeline.run(&inputs, &output.folder)?;
    terminal.clear();
    if terminal.talks {
        message::say(summary::text(&outcome.report, terminal.verbose).trim_end());
        message::say(&format!("  written to {}", output.folder.display()));
    }
    Ok(if outcome.faults.is_empty() { Exit::Done } else { Exit::Failed })
}
