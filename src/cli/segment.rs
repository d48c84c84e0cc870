//! `jianbao segment`: one stage alone.

use crate::cli::Exit;
use crate::cli::args::OneStage;
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
    stage: OneStage,
}

pub(super) fn run(args: &Args, terminal: &Terminal) -> Result<Exit> {
    args.stage.run(Stage::Segment, None, terminal)
}
