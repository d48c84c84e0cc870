//! `jianbao run`: everything.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::cli::args::{Inputs, Names, Published, Work, folder, memory, pipeline, size};
use crate::cli::terminal::Terminal;
use crate::cli::{Exit, message, summary};
use crate::error::Result;
use crate::settings::{Compression, Format};

const EXAMPLES: &str = "\
Examples:
  A folder of pages, to articles.jsonl, repeats.jsonl and report.json:
  $ jianbao run archive/ -o out/

  A dump of one page a line, repeats kept in place and marked, on two threads:
  $ jianbao run pages.jsonl -o out/ --keep-repeats -j 2 --force

  Today's pages, compared to all that earlier runs with this index published, and added to it:
  $ jianbao run pages.jsonl -o today/ --index published/

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
    published: Published,
    #[command(flatten)]
    work: Work,
    #[command(flatten)]
    names: Names,
    /// Memory to aim at, such as 4GB
    ///
    /// Fewer chunks are worked on at once, and more of what is compared goes to temporary files, where it is scarce. The
    /// dictionaries and a chunk for each thread take some 200 MB all the same, however little is asked for.
    #[arg(long, value_name = "SIZE", value_parser = memory, default_value = "1GB", help_heading = "Settings")]
    memory: u64,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FormatName {
    /// One JSON object a line
    Jsonl,
    /// Apache Parquet with a fixed schema
    Parquet,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum CompressionName {
    /// Not at all
    None,
    /// gzip
    Gz,
    /// Zstandard
    Zst,
}

#[derive(clap::Args, Debug)]
#[command(next_help_heading = "Output")]
struct Output {
    /// Folder to write into
    ///
    /// It is made where it is not there. One that is not empty needs --force, and one that is or holds an input is refused.
    #[arg(short = 'o', long = "output", value_name = "OUT", value_parser = folder)]
    folder: PathBuf,
    /// Keep repeated blocks in place, marked
    ///
    /// Without this they are left out of articles.jsonl. Each has its line in repeats.jsonl either way.
    #[arg(long, overrides_with = "no_keep_repeats")]
    keep_repeats: bool,
    #[arg(long, hide = true, overrides_with = "keep_repeats")]
    no_keep_repeats: bool,
    /// What to write: jsonl or parquet
    #[arg(long, value_enum, value_name = "FORMAT", hide_possible_values = true)]
    format: Option<FormatName>,
    /// Compress JSON lines: none, gz or zst
    #[arg(long, value_enum, value_name = "HOW", hide_possible_values = true)]
    compress: Option<CompressionName>,
    /// Begin a new file of articles after so much input, such as 1GB
    #[arg(long, value_name = "SIZE", value_parser = size)]
    shard_size: Option<u64>,
    /// Go on with the run that was left in OUT
    ///
    /// A run that was stopped, killed or out of disk leaves what it did. The result is the same, byte for byte, as if it had
    /// not been left. An output that is complete is left as it is. What was made of other inputs or with other settings is
    /// refused, complete or not.
    #[arg(long, overrides_with = "no_resume", conflicts_with = "force")]
    resume: bool,
    #[arg(long, hide = true, overrides_with = "resume")]
    no_resume: bool,
    /// Write over an output that is there
    #[arg(long, overrides_with = "no_force")]
    force: bool,
    #[arg(long, hide = true, overrides_with = "force")]
    no_force: bool,
}

pub(super) fn run(args: &Args, terminal: &Terminal) -> Result<Exit> {
    let mut settings = args.work.settings()?;
    args.names.apply(&mut settings)?;
    let output = &args.output;
    if output.keep_repeats {
        settings.write.keep_repeats = true;
    } else if output.no_keep_repeats {
        settings.write.keep_repeats = false;
    }
    if let Some(format) = output.format {
        settings.write.format = match format {
            FormatName::Jsonl => Format::Jsonl,
            FormatName::Parquet => Format::Parquet,
        };
    }
    if let Some(compress) = output.compress {
        settings.write.compress = match compress {
            CompressionName::None => Compression::None,
            CompressionName::Gz => Compression::Gz,
            CompressionName::Zst => Compression::Zst,
        };
    }
    if let Some(size) = output.shard_size {
        settings.write.shard_bytes = size;
    }
    let stays = settings.write.keep_repeats;
    let inputs = args.inputs.paths()?;
    let pipeline = pipeline(&args.inputs, &args.work, settings)
        .force(output.force)
        .resume(output.resume)
        .index(args.published.index.clone())
        .memory(args.memory)
        .watch(terminal);
    terminal.catch_signals()?;
    let outcome = pipeline.run(&inputs, &output.folder)?;
    terminal.clear();
    if terminal.talks && outcome.complete {
        message::say(&format!(
            "{} is complete, made of the same inputs with the same settings: nothing was to do",
            output.folder.display()
        ));
        let n_errors = outcome.report.n_errors();
        if n_errors > 0 {
            message::say(&format!("  errors when it was made: {n_errors}; report.json counts them by kind"));
        }
    } else if terminal.talks {
        message::say(summary::text(&outcome.report, terminal.verbose, stays).trim_end());
        if outcome.went_on {
            message::say("  went on with the run that was left there");
        }
        message::say(&format!("  written to {}", output.folder.display()));
    }
    Ok(if outcome.report.n_errors() == 0 { Exit::Done } else { Exit::Failed })
}
