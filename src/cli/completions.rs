//! `jianbao completions`: what a shell completes.

use crate::cli::{Exit, command, message};
use crate::error::Result;

const EXAMPLES: &str = "\
Examples:
  For this user's bash:
  $ jianbao completions bash > jianbao.bash";

/// Prints completions for a shell
#[derive(clap::Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Args {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    shell: clap_complete::Shell,
}

pub(super) fn run(args: &Args) -> Result<Exit> {
    // Into memory first: the generator panics when its writer fails.
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut command(), "jianbao", &mut text);
    message::print(&text)?;
    Ok(Exit::Done)
}
