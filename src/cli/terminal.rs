//! The terminal: colour, the progress bar, how much is said.

use std::io::IsTerminal as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use clap::{ArgAction, ValueEnum};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use signal_hook::{flag, low_level};

use crate::cli::{Exit, message};
use crate::error::{Error, ErrorKind, Result};
use crate::pipeline::{Step, Watch};
use crate::temporary;

/// Faults that are told one by one; the others are counted. More would push the first off the screen.
const TOLD_FAULTS: u64 = 20;

/// What is said, and how.
#[derive(clap::Args, Debug)]
#[command(next_help_heading = "Logging")]
pub(super) struct Logging {
    /// Say errors only
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Say more: every error, and seconds by stage
    #[arg(short, long, global = true, action = ArgAction::Count)]
    verbose: u8,
    /// Colours: auto, always or never
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "WHEN",
        default_value = "auto",
        hide_default_value = true,
        hide_possible_values = true
    )]
    color: When,
    /// Progress bar on standard error: auto, always or never
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "WHEN",
        default_value = "auto",
        hide_default_value = true,
        hide_possible_values = true
    )]
    progress: When,
}

/// When something is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum When {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// What the arguments and the terminal allow.
pub(crate) struct Terminal {
    /// Whether the summary is printed.
    pub(super) talks: bool,
    /// Whether everything is told.
    pub(super) verbose: bool,
    /// Whether standard output may be coloured.
    pub(super) color: bool,
    bar: ProgressBar,
    faults: AtomicU64,
    stop: Arc<AtomicBool>,
    told_stop: AtomicBool,
}

impl Terminal {
    pub(super) fn new(logging: &Logging) -> Self {
        // The one variable that is honoured (no-color.org); it changes colours, never a result.
        #[allow(clippy::disallowed_methods, reason = "colours alone depend on it")]
        let no_color = std::env::var("NO_COLOR").is_ok_and(|v| !v.is_empty());
        let color = match logging.color {
            When::Auto => std::io::stdout().is_terminal() && !no_color,
            When::Always => true,
            When::Never => false,
        };
        let shows = match logging.progress {
            When::Auto => std::io::stderr().is_terminal() && !logging.quiet,
            When::Always => true,
            When::Never => false,
        };
        let target = match (shows, logging.progress) {
            (false, _) => ProgressDrawTarget::hidden(),
            // indicatif draws to terminals alone; asked for elsewhere, it is drawn all the same.
            (true, When::Always) if !std::io::stderr().is_terminal() => {
                ProgressDrawTarget::term_like_with_hz(Box::new(Plain), 2)
            }
            (true, _) => ProgressDrawTarget::stderr_with_hz(8),
        };
        Self {
            talks: !logging.quiet,
            verbose: logging.verbose > 0,
            color,
            // Begun as it goes on, so that nothing else is ever drawn.
            bar: ProgressBar::with_draw_target(None, target)
                .with_style(style(false))
                .with_prefix("reading")
                .with_message("0"),
            faults: AtomicU64::new(0),
            stop: Arc::default(),
            told_stop: AtomicBool::new(false),
        }
    }

    /// From now on, the first Ctrl-C (or a request to end) lets the run finish the chunks at hand, and the second ends it.
    pub(super) fn catch_signals(&self) -> Result<()> {
        for signal in [SIGINT, SIGTERM] {
            // In this order: the second signal meets the flag that the first has set.
            flag::register_conditional_shutdown(signal, Exit::Failed as i32, Arc::clone(&self.stop))
                .and_then(|_| flag::register(signal, Arc::clone(&self.stop)))
                .map_err(|e| Error::new(ErrorKind::Limit, "cannot catch signals").because(e))?;
        }
        Ok(())
    }

    /// From now on, Ctrl-C (or a request to end) ends the program at once, and its temporary files with it.
    pub(super) fn end_on_signals() -> Result<()> {
        let fail = |e| Error::new(ErrorKind::Limit, "cannot catch signals").because(e);
        let mut signals = Signals::new([SIGINT, SIGTERM]).map_err(fail)?;
        let end = move || {
            if let Some(signal) = signals.forever().next() {
                temporary::remove_all();
                let _ = low_level::emulate_default_handler(signal);
            }
        };
        std::thread::Builder::new().name("jianbao-signals".into()).spawn(end).map(drop).map_err(fail)
    }

    /// Takes the bar off the screen.
    pub(super) fn clear(&self) {
        self.bar.finish_and_clear();
        let untold = self.faults.swap(0, Ordering::Relaxed).saturating_sub(TOLD_FAULTS);
        if untold > 0 && !self.verbose {
            message::say(&format!("jianbao: … and {untold} more like these (-v tells all)"));
        }
    }
}

impl Watch for Terminal {
    fn step(&self, step: Step, bytes: Option<u64>) {
        let name = match step {
            Step::Read => "reading",
            Step::Resolve => "comparing",
            Step::Write => "writing",
        };
        self.bar.set_prefix(name);
        self.bar.set_message("0");
        self.bar.set_style(style(bytes.is_some()));
        self.bar.set_length(bytes.unwrap_or(0));
        self.bar.reset();
        self.bar.enable_steady_tick(Duration::from_millis(250));
    }

    fn advance(&self, bytes: u64, pages: u64) {
        // The message holds the pages, so that the bar needs no state of its own.
        let seen: u64 = self.bar.message().parse().unwrap_or(0);
        self.bar.set_message((seen + pages).to_string());
        self.bar.inc(bytes);
    }

    fn fault(&self, fault: &Error) {
        let told = self.faults.fetch_add(1, Ordering::Relaxed) < TOLD_FAULTS;
        if told || self.verbose {
            self.bar.suspend(|| message::error(fault));
        }
    }

    fn passed_over(&self, folder: &Path) {
        if self.talks {
            let what = "is passed over, since an earlier call has written it (name it to read its records)";
            let folder = message::printable(&folder.to_string_lossy());
            self.bar.suspend(|| message::say(&format!("jianbao: {folder}: {what}")));
        }
    }

    fn stop_asked(&self) -> bool {
        let asked = self.stop.load(Ordering::Relaxed);
        if asked && self.talks && !self.told_stop.swap(true, Ordering::Relaxed) {
            self.bar.suspend(|| message::say("jianbao: finishing what is at hand; once more ends at once"));
        }
        asked
    }
}

fn style(sized: bool) -> ProgressStyle {
    let template = if sized {
        "{prefix:>10} [{bar:24}] {bytes}/{total_bytes}, {msg} pages, {speed}, {eta} left"
    } else {
        "{prefix:>10} {spinner} {bytes}, {msg} pages, {speed}, {elapsed}"
    };
    let speed = |state: &ProgressState, out: &mut dyn std::fmt::Write| {
        let _ = write!(out, "{:.1} MB/s", state.per_sec() / 1e6);
    };
    ProgressStyle::with_template(template)
        .unwrap_or_else(|_| ProgressStyle::default_bar())
        .progress_chars("=> ")
        .with_key("speed", speed)
}

/// Standard error where it is no terminal: a line an update.
#[derive(Debug)]
struct Plain;

impl indicatif::TermLike for Plain {
    fn width(&self) -> u16 {
        100
    }
    fn move_cursor_up(&self, _: usize) -> std::io::Result<()> {
        Ok(())
    }
    fn move_cursor_down(&self, _: usize) -> std::io::Result<()> {
        Ok(())
    }
    fn move_cursor_right(&self, _: usize) -> std::io::Result<()> {
        Ok(())
    }
    fn move_cursor_left(&self, _: usize) -> std::io::Result<()> {
        Ok(())
    }
    fn write_line(&self, line: &str) -> std::io::Result<()> {
        self.write_str(line)
    }
    fn write_str(&self, text: &str) -> std::io::Result<()> {
        use std::io::Write as _;
        let text = text.trim_end();
        if text.is_empty() { Ok(()) } else { writeln!(std::io::stderr(), "{text}") }
    }
    fn clear_line(&self) -> std::io::Result<()> {
        Ok(())
    }
    fn flush(&self) -> std::io::Result<()> {
        Ok(())
    }
}
