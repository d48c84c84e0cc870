//! `jianbao bench`: how fast, and in how much memory.

use std::io::Write as _;
use std::path::Path;

use crate::cli::args::{Inputs, Work, pipeline};
use crate::cli::terminal::Terminal;
use crate::cli::{Exit, message};
use crate::error::{Error, ErrorKind, Result};
use crate::generate::{self, Extent, Outputs, Plan};
use crate::pipeline::{Measured, temporary_folder};

const EXAMPLES: &str = "\
Examples:
  Every stage alone and the whole by threads, on a folder of pages:
  $ jianbao bench archive/ --runs 1

  The same on an archive whose truth is known, so that accuracy stands beside speed:
  $ jianbao generate -o made/ --pages 30
  $ jianbao bench made/pages.jsonl --runs 1

  The same for a machine to read:
  $ jianbao bench archive/ --runs 1 --json > bench.json";

/// What is read: the help of the other verbs, but for what becomes of standard input.
const INPUT: &str = "\
Files, folders, globs, or - for standard input

What a file holds is found by its content. A folder is read with everything below it, in the order of the names. Without \
INPUT, an archive is made.";

/// Megabytes of the archive that is made where no input is named: some seconds of work.
const MADE_BYTES: u64 = 20_000_000;

/// Measures every stage alone and the whole: MB/s, pages/s, memory, by threads
///
/// Without INPUT an archive of 20 MB is made, also where something is piped in; - reads that. The fastest of several runs
/// counts. `lines` finds the lines of the input and hashes them, and `wc -m` counts its characters: what a reader can hope
/// for, in the same minute on the same machine. Where `generate` wrote the truth beside the input, it is said below how much
/// of the result is right.
#[derive(clap::Args, Debug)]
#[command(after_long_help = EXAMPLES, mut_arg("named", |arg| arg.long_help(INPUT)))]
pub(super) struct Args {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    work: Work,
    /// Runs of each measurement
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..), help_heading = "Output")]
    runs: u32,
    /// Print JSON
    #[arg(long, help_heading = "Output")]
    json: bool,
}

pub(super) fn run(args: &Args, terminal: &Terminal) -> Result<Exit> {
    let settings = args.work.settings()?;
    let (folder, _mark) = temporary_folder()?;
    let inputs = if args.inputs.named.is_empty() {
        let path = folder.path().join("pages.jsonl");
        let failed = |e| Error::new(ErrorKind::Write, "cannot write").at(&path).because(e);
        let mut out = Outputs {
            pages: std::io::BufWriter::new(std::fs::File::create(&path).map_err(failed)?),
            truth: std::io::BufWriter::new(std::fs::File::create(folder.path().join("truth.jsonl")).map_err(failed)?),
            repeats: std::io::BufWriter::new(
                std::fs::File::create(folder.path().join("repeats-truth.jsonl")).map_err(failed)?,
            ),
        };
        generate::archive(&Plan::archive(1), Extent::Bytes(MADE_BYTES), &mut out, &mut |_| true).map_err(failed)?;
        out.pages.flush().and_then(|()| out.truth.flush()).and_then(|()| out.repeats.flush()).map_err(failed)?;
        vec![path]
    } else {
        // Read many times, so standard input is put into a file first.
        let stdin = folder.path().join("stdin");
        if args.inputs.named.iter().any(|input| input == Path::new("-")) {
            let failed = |e| Error::new(ErrorKind::Write, "cannot keep standard input").at(&stdin).because(e);
            let mut copy = std::fs::File::create(&stdin).map_err(failed)?;
            std::io::copy(&mut std::io::stdin().lock(), &mut copy).map_err(failed)?;
        }
        args.inputs.named.iter().map(|input| if input == Path::new("-") { &stdin } else { input }).cloned().collect()
    };
    let mut out = std::io::stdout();
    let mut all = Vec::new();
    if !args.json {
        let head = format!(
            "{:<12} {:>7} {:>9} {:>9} {:>8} {:>10} {:>10}",
            "what", "threads", "seconds", "MB/s", "of lines", "pages/s", "peak MiB"
        );
        writeln!(out, "{head}").map_err(message::cannot_print)?;
    }
    let mut written = Ok(());
    let mut add = |m: Measured, all: &mut Vec<Measured>| {
        let lines = all.iter().find(|m| m.what == "lines").map_or(0.0, Measured::megabytes_per_second);
        if !args.json && written.is_ok() {
            written = writeln!(out, "{}", row(&m, lines));
        }
        all.push(m);
    };
    if let Some(counted) = count_characters(&inputs) {
        add(counted, &mut all);
    }
    let accuracy =
        pipeline(&args.inputs, &args.work, settings)
            .watch(terminal)
            .bench(&inputs, args.runs, &mut |m| add(m, &mut all))?;
    written.map_err(message::cannot_print)?;
    if !args.json && !accuracy.is_empty() {
        writeln!(out, "\n{:<32} {:>7} {:>12}", "right", "share", "of").map_err(message::cannot_print)?;
        for a in &accuracy {
            writeln!(out, "{:<32} {:>7.4} {:>12}", a.what, a.share, a.of).map_err(message::cannot_print)?;
        }
    }
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
        let text = serde_json::json!({ "version": env!("CARGO_PKG_VERSION"), "runs": args.runs, "measured": rows, "accuracy": accuracy });
        writeln!(out, "{text}").map_err(message::cannot_print)?;
    }
    Ok(Exit::Done)
}

/// A line of the table; `lines` is the speed of finding and hashing lines.
fn row(m: &Measured, lines: f64) -> String {
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "-".into());
    format!(
        "{:<12} {:>7} {:>9.3} {:>9.1} {:>8} {:>10} {:>10}",
        m.what,
        m.threads,
        m.seconds,
        m.megabytes_per_second(),
        or_dash((lines > 0.0).then(|| format!("{:.1} %", m.megabytes_per_second() / lines * 100.0))),
        or_dash((m.pages > 0).then(|| format!("{:.0}", m.pages_per_second()))),
        or_dash(m.peak_memory.map(|bytes| (bytes >> 20).to_string())),
    )
}

/// How fast the system's own `wc -m` counts the characters of the files; None where there is no such program, or no file.
fn count_characters(inputs: &[std::path::PathBuf]) -> Option<Measured> {
    let files: Vec<_> = inputs.iter().filter(|path| path.is_file()).collect();
    let bytes = files.iter().filter_map(|path| path.metadata().ok()).map(|m| m.len()).sum();
    if files.is_empty() {
        return None;
    }
    let started = std::time::Instant::now();
    let done = std::process::Command::new("wc").env("LC_ALL", "C.UTF-8").arg("-m").args(&files).output().ok()?;
    let seconds = started.elapsed().as_secs_f64();
    done.status.success().then_some(Measured { what: "wc -m", threads: 1, seconds, bytes, pages: 0, peak_memory: None })
}
