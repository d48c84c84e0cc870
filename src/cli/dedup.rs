//! `jianbao dedup`: repeated paragraphs, of any text.

use std::path::PathBuf;

use crate::cli::args::{Inputs, Published, Work, folder, memory, pipeline};
use crate::cli::terminal::Terminal;
use crate::cli::{Exit, message, summary};
use crate::error::Result;
use crate::pipeline::Form;

const EXAMPLES: &str = "\
Examples:
  A dump of one page a line, to pages.jsonl without what repeats, repeats.jsonl and report.json:
  $ jianbao dedup pages.jsonl -o clean/

  Nothing left out, every repeat marked in its record:
  $ jianbao dedup pages.jsonl -o tagged/ --tag

  Today's pages, compared to all that earlier calls with this index read, and added to it:
  $ jianbao dedup pages.jsonl -o today/ --index seen/

  Any JSON lines, whatever the field of the text is called:
  $ sed 's/\"text\"/\"content\"/' pages.jsonl | jianbao dedup - --text-field content -o clean-content/";

/// Leaves out repeated paragraphs, of any pages or JSON lines with a text field
///
/// Takes the paragraphs as the text shows them, without looking for articles, and finds which repeat others, exactly or
/// nearly, anywhere in the input. Writes pages.jsonl (each record with its text cleaned, every other field as it was),
/// repeats.jsonl (what was left out, of what, and why) and report.json into OUT.
#[derive(clap::Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Args {
    #[command(flatten)]
    inputs: Inputs,
    /// Field that holds the text
    #[arg(long, value_name = "NAME", help_heading = "Input")]
    text_field: Option<String>,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    published: Published,
    #[command(flatten)]
    work: Work,
    /// Memory to aim at, such as 4GB [default: a quarter of the machine's]
    ///
    /// What does not fit is kept in temporary files in OUT. The output is the same. Some 200 MB are taken all the same, however
    /// little is asked for.
    #[arg(long, value_name = "SIZE", value_parser = memory, help_heading = "Settings")]
    memory: Option<u64>,
}

#[derive(clap::Args, Debug)]
#[command(next_help_heading = "Output")]
struct Output {
    /// Folder to write into
    ///
    /// It is made where it is not there. One that is not empty needs --force, and one that is or holds an input is refused.
    #[arg(short = 'o', long = "output", value_name = "OUT", value_parser = folder)]
    folder: PathBuf,
    /// Leave the texts as they are and mark what repeats
    ///
    /// Each record gets a field `repeats`: of each repeat its spans, its kind, what it repeats, and its cluster. Tags of
    /// an earlier call are replaced; where a record has another use for that field, it stays, and the new one is
    /// `jianbao_repeats`.
    #[arg(long, conflicts_with = "clusters")]
    tag: bool,
    /// Write clusters.jsonl alone: each repeated block, and its cluster
    #[arg(long)]
    clusters: bool,
    /// Write over an output that is there
    #[arg(long, overrides_with = "no_force")]
    force: bool,
    #[arg(long, hide = true, overrides_with = "force")]
    no_force: bool,
}

pub(super) fn run(args: &Args, terminal: &Terminal) -> Result<Exit> {
    let mut settings = args.work.settings()?;
    if let Some(field) = &args.text_field {
        settings.read.text_field.clone_from(field);
    }
    let inputs = args.inputs.paths()?;
    let pipeline =
        pipeline(&args.inputs, &args.work, settings).force(args.output.force).index(args.published.index.clone());
    let pipeline = match args.memory.or_else(quarter_of_memory) {
        Some(bytes) => pipeline.memory(bytes),
        None => pipeline,
    };
    let form = match (args.output.tag, args.output.clusters) {
        (true, _) => Form::Tagged,
        (_, true) => Form::Clusters,
        _ => Form::Clean,
    };
    let outcome = pipeline.watch(terminal).dedup(&inputs, &args.output.folder, form)?;
    terminal.clear();
    if terminal.talks {
        message::say(summary::text(&outcome.report, terminal.verbose, form != Form::Clean).trim_end());
        message::say(&format!("  written to {}", args.output.folder.display()));
    }
    Ok(if outcome.report.n_errors() == 0 { Exit::Done } else { Exit::Failed })
}

/// A quarter of the machine's memory in bytes, where the system tells it.
fn quarter_of_memory() -> Option<u64> {
    let told = std::fs::read("/proc/meminfo").ok()?;
    let told = String::from_utf8_lossy(&told);
    let line = told.lines().find_map(|l| l.strip_prefix("MemTotal:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes * 1024 / 4)
}
