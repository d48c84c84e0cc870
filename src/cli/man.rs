//! `jianbao man`: the manual page.

use clap_mangen::Man;

use crate::cli::{Exit, command, message};
use crate::error::{Error, ErrorKind, Result};

const EXAMPLES: &str = "\
Examples:
  The manual page of the program, and that of a verb:
  $ jianbao man > jianbao.1
  $ jianbao man run > jianbao-run.1";

/// Prints the manual page, or that of a verb
#[derive(clap::Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Args {
    /// The verb
    #[arg(value_name = "VERB")]
    verb: Option<String>,
}

pub(super) fn run(args: &Args) -> Result<Exit> {
    let mut command = command();
    command.build();
    let command = match &args.verb {
        None => command,
        Some(verb) => command.find_subcommand(verb).cloned().ok_or_else(|| {
            Error::new(ErrorKind::NotFound, format!("there is no verb {verb}")).hint("`jianbao -h` lists them")
        })?,
    };
    let mut text = Vec::new();
    Man::new(command).render(&mut text).map_err(message::cannot_print)?;
    message::print(&text)?;
    Ok(Exit::Done)
}
