//! `jianbao bench`: how fast, and in how much memory.

use std::io::Write as _;

use crate::cli::Exit;
use crate::cli::args::{Inputs, Work, pipeline};
use crate::cli::terminal::Terminal;
use crate::error::{Error, ErrorKind, Result};
use crate::generate::{self, Extent, Outputs, Plan};

const EXAMPLES: &str = "\
Examples:
  Every stage alone and the whole by threads, on a folder of pages:
  $ jianbao bench archive/ --runs 1

  The same for a machine to read:
  $ jianbao bench archive/ --runs 1 --json > bench.json";

/// Megabytes of the archive that is made where no input is named: some seconds of work.
const MADE_BYTES: u64 = 20_000_000;

/// Measures every stage alone and the whole: MB/s, pages/s, memory, by threads
///
/// Without INPUT an archive of 20 MB is made. The fastest of several runs counts.
#[derive(clap::Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Args {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    work: Work,
    /// Runs of each measurement
    #[arg(long, value_name = "N", default_value_t = 3, help_heading = "Output")]
    runs: u32,
    /// Print JSON
    #[arg(long, help_heading = "Output")]
    json: bool,
}

pub(super) fn run(args: &Args, terminal: &Terminal) -> Result<Exit> {
    let settings = args.work.settings()?;
    let fail = |e| Error::new(ErrorKind::Write, "cannot write to standard output").because(e);
    let folder =
        tempfile::tempdir().map_err(|e| Error::new(ErrorKind::Write, "cannot make a temporary folder").because(e))?;
    let inputs = if args.inputs.named.is_empty() {
        let path = folder.path().join("pages.jsonl");
        let failed = |e| Error::new(ErrorKind::Write, "cannot write").at(&path).because(e);
        let mut out = Outputs {
            pages: std::io::BufWriter::new(std::fs::File::create(&path).map_err(failed)?),
            truth: std::io::sink(),
            repeats: std::io::sink(),
        };
        generate::archive(&Plan::archive(1), Extent::Bytes(MADE_BYTES), &mut out, &mut |_| true).map_err(failed)?;
        out.pages.flush().map_err(failed)?;
        vec![path]
    } else {
        args.inputs.named.clone()
    };
    let mut out = std::io::stdout();
    let mut all = Vec::new();
    if !args.json {
        let head = format!(
            "{:<11} {:>7} {:>9} {:>9} {:>10} {:>10}",
            "what", "threads", "seconds", "MB/s", "pages/s", "peak MiB"
        );
        writeln!(out, "{head}").map_err(fail)?;
    }
    let mut written = Ok(());
    pipeline(&args.inputs, &args.work, settings).watch(terminal).bench(&inputs, args.runs, &mut |m| {
        if !args.json && written.is_ok() {
            written = writeln!(
                out,
                "{:<11} {:>7} {:>9.3} {:>9.1} {:>10.0} {:>10}",
                m.what,
                m.threads,
                m.seconds,
                m.megabytes_per_second(),
                m.pages_per_second(),
                m.peak_memory.map_or("-".into(), |bytes| (bytes >> 20).to_string()),
            );
        }
        all.push(m);
    })?;
    written.map_err(fail)?;
    if args.json {
        let rows: Vec<serde_json::Value> = all
            .iter()
            .map(|m| {
                let mut row = serde_json::to_value(m).unwrap_or_default();
                row["megabytes_per_second"] = m.megabytes_per_second().into();
                row["pages_per_second"] = m.pages_per_second().into();
                row
            })
            .collect();
        let text = serde_json::json!({ "version": env!("CARGO_PKG_VERSION"), "runs": args.runs, "measured": rows });
        writeln!(out, "{text}").map_err(fail)?;
    }
    Ok(Exit::Done)
}
