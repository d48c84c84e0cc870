//! `jianbao segment`: one stage alone.

use crate::cli::Exit;
use crate::cli::args::{Inputs, Records, Work, pipeline};
use crate::cli::terminal::Terminal;
use crate::error::Result;
use crate::pipeline::Stage;

const EXAMPLES: &str = "\
Examples:
  The headlines of a page:
  $ jianbao segment page.md | grep -o '\"headline\":\"[^\"]*\"'

  Two stages in a pipe:
  $ jianbao segment archive/ | jianbao extract -o facts.jsonl";

/// Puts pages back together: pages in, article records out
///
/// Finds on each page its articles, headlines, credits, captions and paragraphs, and mends what the columns cut apart. What
/// the page reader repeated stays in place, marked. Facts are left to `extract`, repeats across pages to `run`.
#[derive(clap::Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Args {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    records: Records,
    #[command(flatten)]
    work: Work,
}

pub(super) fn run(args: &Args, terminal: &Terminal) -> Result<Exit> {
    let inputs = args.inputs.paths()?;
    let settings = args.work.settings()?;
    let pipeline = pipeline(&args.inputs, &args.work, settings).watch(terminal);
    let outcome = args.records.write(|out| pipeline.stage(Stage::Segment, &inputs, out))?;
    terminal.clear();
    Ok(if outcome.report.n_errors() == 0 { Exit::Done } else { Exit::Failed })
}
