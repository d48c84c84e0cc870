//! `jianbao generate`: an archive whose truth is known.

use std::path::PathBuf;

use crate::cli::args::{folder, threads};
use crate::cli::summary::{plural, size};
use crate::cli::terminal::Terminal;
use crate::cli::{Exit, message};
use crate::error::{Error, ErrorKind, Result};
use crate::generate::{self, Extent, Outputs, Plan, Totals};
use crate::pipeline::{self, Step, Watch as _};
use crate::write::AtomicFile;

const EXAMPLES: &str = "\
Examples:
  A small archive and its truth, and what jianbao makes of it:
  $ jianbao generate -o made/ --pages 50 && jianbao run made/pages.jsonl -o made-out/

  A larger one, to measure throughput by:
  $ jianbao generate -o large/ --size 2MB --seed 7

  Pages of whole prose, each for itself, to measure the layout by:
  $ jianbao generate -o prose/ --pages 50 --single-pages";

/// Makes an archive of newspaper pages with its truth
///
/// Tells composed articles anew with other names, numbers and words, and plants what makes pages hard: columns that cut in
/// mid-sentence, headlines inside their articles, lost tails, loops, captions, articles that run over two pages, reprints
/// with misread characters, notices that only look alike. Writes pages.jsonl, truth.jsonl (which characters belong to which
/// block of which article, and what repeats) and repeats-truth.jsonl (paragraphs planted across pages) into OUT. The same
/// seed makes the same bytes on every machine, and a smaller archive is the beginning of a larger one.
#[derive(clap::Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Args {
    /// Folder to write into
    ///
    /// It is made where it is not there. One that is not empty needs --force.
    #[arg(short = 'o', long = "output", value_name = "OUT", value_parser = folder, help_heading = "Output")]
    folder: PathBuf,
    /// Write over an output that is there
    #[arg(long, overrides_with = "no_force", help_heading = "Output")]
    force: bool,
    #[arg(long, hide = true, overrides_with = "force")]
    no_force: bool,
    /// How many pages
    #[arg(long, value_name = "N", default_value_t = 100, conflicts_with = "size", help_heading = "Archive")]
    pages: u64,
    /// Size of pages.jsonl instead, such as 200MB or 10GB
    #[arg(long, value_name = "SIZE", value_parser = bytes, help_heading = "Archive")]
    size: Option<u64>,
    /// Another number, another archive
    #[arg(long, value_name = "S", default_value_t = 1, help_heading = "Archive")]
    seed: u64,
    /// Share of words that are exchanged, 0 to 1 [default: 0.6; with --single-pages 0]
    ///
    /// From about 0.5 on nothing but what is planted repeats; the prose then makes no sense to a reader.
    #[arg(long, value_name = "SHARE", value_parser = share, help_heading = "Archive")]
    vary: Option<f64>,
    /// Whole prose, and nothing that repeats across pages
    #[arg(long, help_heading = "Archive")]
    single_pages: bool,
    /// Threads [default: all cores]
    #[arg(short = 'j', long, value_name = "N", value_parser = threads, default_value_t = 0, hide_default_value = true)]
    threads: usize,
}

pub(super) fn run(args: &Args, terminal: &Terminal) -> Result<Exit> {
    let mut plan = if args.single_pages { Plan::pages(args.seed) } else { Plan::archive(args.seed) };
    plan.vary = args.vary.unwrap_or(plan.vary);
    let extent = args.size.map_or(Extent::Pages(args.pages), Extent::Bytes);
    let _made = pipeline::prepare(&args.folder, &[], args.force)?;
    let mut out = Outputs {
        pages: AtomicFile::create(args.folder.join("pages.jsonl"))?,
        truth: AtomicFile::create(args.folder.join("truth.jsonl"))?,
        repeats: AtomicFile::create(args.folder.join("repeats-truth.jsonl"))?,
    };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(args.threads)
        .build()
        .map_err(|e| Error::new(ErrorKind::Setting, "cannot start the threads").because(e))?;
    terminal.step(Step::Write, args.size);
    let mut told = Totals::default();
    let totals = pool
        .install(|| {
            generate::archive(&plan, extent, &mut out, &mut |now| {
                terminal.advance(now.bytes - told.bytes, now.pages - told.pages);
                told = *now;
                true
            })
        })
        .map_err(|e| Error::new(ErrorKind::Write, "cannot write").at(&args.folder).because(e))?;
    out.pages.commit()?;
    out.truth.commit()?;
    out.repeats.commit()?;
    terminal.clear();
    if terminal.talks {
        message::say(&format!(
            "{} with {}, {}, {}\n  written to {}",
            plural(totals.pages, "page"),
            plural(totals.articles, "article"),
            size(totals.bytes),
            plural(totals.planted, "planted paragraph"),
            args.folder.display()
        ));
    }
    Ok(Exit::Done)
}

/// Reads a size: a number, and B, kB, MB, GB, TB (powers of 1000) or KiB, MiB, GiB, TiB.
fn bytes(text: &str) -> Result<u64, String> {
    let at = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(at);
    let factor = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1.0,
        "k" | "kb" => 1e3,
        "m" | "mb" => 1e6,
        "g" | "gb" => 1e9,
        "t" | "tb" => 1e12,
        "kib" => 1024.0,
        "mib" => 1024.0 * 1024.0,
        "gib" => 1024.0 * 1024.0 * 1024.0,
        "tib" => 1024.0 * 1024.0 * 1024.0 * 1024.0,
        _ => return Err("write it as 500MB or 10GB".to_owned()),
    };
    let number: f64 = number.parse().map_err(|_| "write it as 500MB or 10GB".to_owned())?;
    Ok((number * factor) as u64)
}

fn share(text: &str) -> Result<f64, String> {
    let share: f64 = text.parse().map_err(|_| "a number from 0 to 1".to_owned())?;
    if (0.0..=1.0).contains(&share) { Ok(share) } else { Err("a number from 0 to 1".to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        #[track_caller]
        fn check(text: &str, expected: Option<u64>) {
            assert_eq!(bytes(text).ok(), expected, "{text}");
        }
        check("10GB", Some(10_000_000_000));
        check("1.5 MiB", Some(1_572_864));
        check("200mb", Some(200_000_000));
        check("4096", Some(4096));
        check("GB", None);
        check("10 pages", None);
        check("1.2.3MB", None);
    }
}
