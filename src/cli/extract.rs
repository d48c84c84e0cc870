//! `jianbao extract`: one stage alone.

use crate::cli::Exit;
use crate::cli::args::{Names, OneStage};
use crate::cli::terminal::Terminal;
use crate::error::Result;
use crate::pipeline::Stage;

const EXAMPLES: &str = "\
Examples:
  Facts, entities and activities of one page:
  $ jianbao extract page.md -o page-facts.jsonl

  With names of your own, such as the short form of a union:
  $ printf '兰工帮\\tunion\\n' > names.tsv && jianbao extract page.md --gazetteer names.tsv

  The same in two stages, from standard input:
  $ cat page.md | jianbao segment | jianbao extract";

/// Reads facts: article records or pages in, article records with facts out
///
/// Takes article records (of `segment` or a run) or pages, and fills in dateline, byline, facts, entities and activities.
/// What stood there is replaced. Blocks that are marked as repeats are not read again.
#[derive(clap::Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Args {
    #[command(flatten)]
    stage: OneStage,
    #[command(flatten)]
    names: Names,
}

pub(super) fn run(args: &Args, terminal: &Terminal) -> Result<Exit> {
    args.stage.run(Stage::Extract, Some(&args.names), terminal)
}
