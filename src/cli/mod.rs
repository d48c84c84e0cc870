//! The command line: one file a verb; arguments, terminal, messages.
//!
//! In: arguments. Out: records on standard output or in files, everything that is said to a person on standard error, and
//! an exit code: 0 done, 1 a difference or nothing found, 2 any error, also one that was survived.

#![allow(clippy::print_stderr, clippy::print_stdout, reason = "this is where the program speaks")]

mod args;
mod bench;
mod completions;
mod config;
mod dedup;
mod explain;
mod export;
mod extract;
mod generate;
mod man;
mod message;
mod run;
mod schema;
mod segment;
mod summary;
mod terminal;
mod verify;

use std::ffi::OsString;
use std::io::Write as _;

use clap::{CommandFactory, Parser, Subcommand};

use crate::error::{Error, ErrorKind, Result};
use terminal::{Logging, Terminal};

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// All is done.
    Done = 0,
    /// Nothing was found, or a comparison differs.
    Differs = 1,
    /// Something went wrong, if only in part.
    Failed = 2,
}

/// Turns dumps of scraped Chinese newspaper pages into clean, deduplicated, structured records.
#[derive(Parser, Debug)]
#[command(
    name = "jianbao",
    version,
    disable_help_subcommand = true,
    subcommand_value_name = "VERB",
    subcommand_help_heading = "Verbs",
    max_term_width = 100,
    arg_required_else_help = true,
    after_help = "`jianbao VERB -h` lists a verb's options, `jianbao VERB --help` explains them and shows examples."
)]
struct Args {
    #[command(subcommand)]
    verb: Verb,
    #[command(flatten)]
    logging: Logging,
}

#[derive(Subcommand, Debug)]
enum Verb {
    Run(run::Args),
    Dedup(dedup::Args),
    Segment(segment::Args),
    Extract(extract::Args),
    Explain(explain::Args),
    Generate(generate::Args),
    Verify(verify::Args),
    Export(export::Args),
    Bench(bench::Args),
    Schema(schema::Args),
    Config(config::Args),
    Completions(completions::Args),
    Man(man::Args),
}

/// Runs the program with the arguments of its process; the answer is its exit code.
pub fn run() -> i32 {
    run_with(std::env::args_os())
}

/// Runs the program with `args`, of which the first is its own name; the answer is its exit code.
pub fn run_with(args: impl IntoIterator<Item = OsString>) -> i32 {
    let args = match Args::try_parse_from(args) {
        Ok(args) => args,
        Err(e) => {
            // Help and version are asked for, not errors; clap prints each where it belongs.
            let printed = e.print().and_then(|()| std::io::stdout().flush());
            let unprinted = printed.is_err_and(|e| e.kind() != std::io::ErrorKind::BrokenPipe);
            return if e.use_stderr() || unprinted { Exit::Failed as i32 } else { Exit::Done as i32 };
        }
    };
    let terminal = Terminal::new(&args.logging);
    if !terminal.verbose {
        // What a panic says is told below, or with the page on which it came.
        std::panic::set_hook(Box::new(|_| {}));
    }
    match std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| dispatch(args.verb, &terminal))) {
        Ok(Ok(exit)) => exit as i32,
        // Who reads us has read enough (`| head`), which is no error.
        Ok(Err(e)) if is_broken_pipe(&e) => Exit::Done as i32,
        Ok(Err(e)) => {
            terminal.clear();
            message::error(&e);
            Exit::Failed as i32
        }
        Err(payload) => {
            terminal.clear();
            message::error(&mistake(payload.as_ref()));
            Exit::Failed as i32
        }
    }
}

/// A panic that no stage's border has held.
fn mistake(payload: &(dyn std::any::Any + Send)) -> Error {
    let said = payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    Error::new(ErrorKind::Internal, format!("a mistake of the program: {}", said.unwrap_or("no message")))
        .hint("please report it; the same command with -v says where it was")
}

fn dispatch(verb: Verb, terminal: &Terminal) -> Result<Exit> {
    // A run leaves what it did, so that it can go on from there.
    if !matches!(verb, Verb::Run(_)) {
        Terminal::end_on_signals()?;
    }
    match verb {
        Verb::Run(args) => run::run(&args, terminal),
        Verb::Dedup(args) => dedup::run(&args, terminal),
        Verb::Segment(args) => segment::run(&args, terminal),
        Verb::Extract(args) => extract::run(&args, terminal),
        Verb::Explain(args) => explain::run(&args, terminal),
        Verb::Generate(args) => generate::run(&args, terminal),
        Verb::Verify(args) => verify::run(&args, terminal),
        Verb::Export(args) => export::run(&args),
        Verb::Bench(args) => bench::run(&args, terminal),
        Verb::Schema(args) => schema::run(&args),
        Verb::Config(args) => config::run(&args),
        Verb::Completions(args) => completions::run(&args),
        Verb::Man(args) => man::run(&args),
    }
}

/// The one definition that help, completions and the manual page are printed from.
fn command() -> clap::Command {
    Args::command()
}

fn is_broken_pipe(e: &Error) -> bool {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = std::error::Error::source(e);
    while let Some(e) = cause {
        if e.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe) {
            return true;
        }
        cause = e.source();
    }
    false
}
