//! The command line: one file a verb; arguments, terminal, messages.

#![allow(clippy::print_stderr, reason = "this is where the program speaks")]

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::{Pipeline, Settings};

/// Turns dumps of scraped Chinese newspaper pages into clean, deduplicated, structured records.
#[derive(Parser, Debug)]
#[command(name = "jianbao", version)]
struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    /// Everything: articles, repeats, report.
    Run {
        /// Files, folders, globs, or - for standard input.
        input: Vec<PathBuf>,
        /// The folder to write into.
        #[arg(short, long)]
        output: PathBuf,
    },
}

/// Runs the program; the answer is its exit code.
pub fn run() -> i32 {
    let args = Args::parse();
    match args.verb {
        Verb::Run { input, output } => match Pipeline::new(Settings::default()).run(&input, &output) {
            Ok(outcome) => {
                for fault in &outcome.faults {
                    eprintln!("jianbao: {fault}");
                }
                if outcome.faults.is_empty() { 0 } else { 2 }
            }
            Err(e) => {
                eprintln!("jianbao: {e}");
                2
            }
        },
    }
}
