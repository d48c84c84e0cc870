//! Arguments that several verbs share.

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::terminal::Terminal;
use crate::cli::{Exit, message};
use crate::error::{Error, ErrorKind, Result};
use crate::pipeline::{Stage, spare};
use crate::settings::Refused;
use crate::write::Target;
use crate::{Pipeline, Settings};

/// What earlier runs published.
#[derive(Args, Debug)]
#[command(next_help_heading = "Dedup")]
pub(super) struct Published {
    /// Compare to the pages that earlier runs with this folder read, and add these to it
    ///
    /// The folder keeps what a comparison needs of every block (about one and a half times the bytes of the text); it is made
    /// where it is not there. Adding pages takes time in proportion to them, not to what is there. The repeats are those that
    /// one run over all pages would find, but what was published stays: a copy that was kept is kept, also where a better or
    /// an earlier one comes later. A page that comes again with the same id and text adds nothing, and all of it is left out.
    /// The folder is changed when the output is complete, all at once; one run at a time can have it. It holds for one verb
    /// and for one set of dedup settings.
    #[arg(long, value_name = "DIR")]
    pub(super) index: Option<PathBuf>,
}

/// What is read.
#[derive(Args, Debug)]
#[command(next_help_heading = "Input")]
pub(super) struct Inputs {
    /// Files, folders, globs, or - for standard input
    ///
    /// What a file holds is found by its content. A folder is read with everything below it, in the order of the names.
    /// Without INPUT, standard input is read, if it is not a terminal.
    #[arg(value_name = "INPUT")]
    pub(super) named: Vec<PathBuf>,
    /// Id of the page that comes from standard input
    #[arg(long, value_name = "ID", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    stdin_id: Option<String>,
    /// Stop at the first thing that cannot be read
    ///
    /// Without this, what cannot be read is reported and set aside, the rest is written, and the exit code is 2.
    #[arg(long, overrides_with = "no_strict")]
    pub(super) strict: bool,
    #[arg(long, hide = true, overrides_with = "strict")]
    no_strict: bool,
}

impl Inputs {
    /// The inputs, or standard input where none is named and it is no terminal.
    pub(super) fn paths(&self) -> Result<Vec<PathBuf>> {
        if !self.named.is_empty() {
            return Ok(self.named.clone());
        }
        if std::io::stdin().is_terminal() {
            return Err(Error::new(ErrorKind::NotFound, "no input is named, and standard input is a terminal")
                .hint("name a file or a folder, or pipe pages in"));
        }
        Ok(vec!["-".into()])
    }
}

/// How it is worked on.
#[derive(Args, Debug)]
#[command(next_help_heading = "Settings")]
pub(super) struct Work {
    /// Threads [default: all cores]
    ///
    /// The output is the same, byte for byte, at any number.
    #[arg(short = 'j', long, value_name = "N", value_parser = threads, default_value_t = 0, hide_default_value = true)]
    pub(super) threads: usize,
    /// Settings file (TOML)
    ///
    /// No file is read unasked. `jianbao config --default` prints a whole one to start from.
    #[arg(long, value_name = "FILE", overrides_with = "no_config")]
    config: Option<PathBuf>,
    #[arg(long, hide = true, overrides_with = "config")]
    no_config: bool,
    /// Change one setting, such as write.keep_repeats=true
    ///
    /// May stand several times. `jianbao config` lists all settings. A flag outdoes --set, and --set outdoes --config.
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,
}

/// Names that the user adds.
#[derive(Args, Debug)]
#[command(next_help_heading = "Settings")]
pub(super) struct Names {
    /// Your own names of people, unions, organisations, places and works
    ///
    /// One a line: the name, its kind (person, union, organisation, place or work) and, where it differs, the canonical
    /// form, parted by tabs or commas. Lines that are empty or begin with # are skipped.
    #[arg(long, value_name = "FILE", overrides_with = "no_gazetteer")]
    gazetteer: Option<PathBuf>,
    #[arg(long, hide = true, overrides_with = "gazetteer")]
    no_gazetteer: bool,
}

impl Names {
    /// Puts the names into the settings.
    pub(super) fn apply(&self, settings: &mut Settings) -> Result<()> {
        if let Some(path) = &self.gazetteer {
            let name = path.to_str().ok_or_else(|| {
                Error::new(ErrorKind::Setting, "the name of the gazetteer is not UTF-8").at(path).hint("rename it")
            })?;
            name.clone_into(&mut settings.extract.gazetteer);
        } else if self.no_gazetteer {
            settings.extract.gazetteer.clear();
        }
        Ok(())
    }
}

impl Work {
    /// The settings that file and pairs give.
    pub(super) fn settings(&self) -> Result<Settings> {
        let mut settings = Settings::default();
        if let Some(path) = &self.config {
            #[allow(clippy::disallowed_methods, reason = "a settings file is UTF-8 and no input")]
            let text = std::fs::read_to_string(path).map_err(|e| {
                let kind = if e.kind() == std::io::ErrorKind::NotFound { ErrorKind::NotFound } else { ErrorKind::Read };
                Error::new(kind, "cannot read the settings").at(path).because(e)
            })?;
            settings = settings.with_toml(&text).map_err(|r| refusal(r, Some(path)))?;
        }
        for pair in &self.set {
            let (key, value) = pair.split_once('=').ok_or_else(|| {
                Error::new(ErrorKind::Setting, format!("--set {pair} has no value")).hint("write it as KEY=VALUE")
            })?;
            settings = settings.with(key.trim(), value.trim()).map_err(|r| refusal(r, None))?;
        }
        Ok(settings)
    }
}

/// Where JSON lines go.
#[derive(Args, Debug)]
#[command(next_help_heading = "Output")]
pub(super) struct Records {
    /// File to write, or - for standard output
    ///
    /// A file that is one of the inputs is refused. A device or a pipe is written to as it is.
    #[arg(short, long, value_name = "FILE", default_value = "-", value_parser = file)]
    pub(super) output: PathBuf,
    /// Write over a file that is there
    #[arg(long, overrides_with = "no_force")]
    force: bool,
    #[arg(long, hide = true, overrides_with = "force")]
    no_force: bool,
}

impl Records {
    /// Lets `write` write the records: to standard output, to a file that appears when all is there, or to a device.
    pub(super) fn write<T>(&self, write: impl FnOnce(&mut dyn std::io::Write) -> Result<T>) -> Result<T> {
        if self.output == Path::new("-") {
            let mut out = std::io::BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
            let done = write(&mut out)?;
            out.flush().map_err(message::cannot_print)?;
            return Ok(done);
        }
        let mut target = Target::open(&self.output, self.force)?;
        let done = write(&mut target)?;
        target.commit()?;
        Ok(done)
    }
}

/// The arguments of a verb that runs one stage alone: pages or records in, records out.
#[derive(Args, Debug)]
pub(super) struct OneStage {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    records: Records,
    #[command(flatten)]
    work: Work,
}

impl OneStage {
    /// Runs the stage.
    pub(super) fn run(&self, stage: Stage, names: Option<&Names>, terminal: &Terminal) -> Result<Exit> {
        let inputs = self.inputs.paths()?;
        let mut settings = self.work.settings()?;
        names.map_or(Ok(()), |names| names.apply(&mut settings))?;
        if self.records.output != Path::new("-") {
            spare(&self.records.output, &inputs, &settings.read)?;
        }
        let pipeline = pipeline(&self.inputs, &self.work, settings).watch(terminal);
        let outcome = self.records.write(|out| pipeline.stage(stage, &inputs, out))?;
        terminal.clear();
        Ok(if outcome.report.n_errors() == 0 { Exit::Done } else { Exit::Failed })
    }
}

/// A pipeline as the shared arguments say.
pub(super) fn pipeline(inputs: &Inputs, work: &Work, mut settings: Settings) -> Pipeline<'static> {
    if let Some(id) = &inputs.stdin_id {
        settings.read.stdin_id.clone_from(id);
    }
    Pipeline::new(settings).threads(work.threads).strict(inputs.strict)
}

/// A folder to write into, which standard output is none.
pub(super) fn folder(text: &str) -> Result<PathBuf, String> {
    if text.is_empty() {
        return Err("name a folder".into());
    }
    if text == "-" {
        return Err("standard output is no folder; `jianbao segment` and `jianbao extract` write to it".into());
    }
    Ok(text.into())
}

/// A file to write.
fn file(text: &str) -> Result<PathBuf, String> {
    if text.is_empty() { Err("name a file, or - for standard output".into()) } else { Ok(text.into()) }
}

/// A size in bytes: 4096, 512KB, 64MiB, 10GB.
pub(super) fn size(text: &str) -> Result<u64, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = text[digits.len()..].to_ascii_uppercase();
    let (prefix, binary) = match unit.strip_suffix("IB") {
        Some(prefix) => (prefix, true),
        None => (unit.strip_suffix('B').unwrap_or(&unit), false),
    };
    let power = match prefix {
        "" => 0,
        "K" => 1,
        "M" => 2,
        "G" => 3,
        "T" => 4,
        _ => return Err(format!("{unit} is no unit; write a size as 4096, 512KB, 64MiB or 10GB")),
    };
    let factor = if binary { 1024_f64 } else { 1000_f64 }.powi(power);
    match digits.parse::<f64>() {
        Ok(n) if n >= 0.0 && (n * factor) < 1e18 => Ok((n * factor) as u64),
        _ => Err("write a size as 4096, 512KB, 64MiB or 10GB".into()),
    }
}

/// A number of threads; 0 is one a core.
pub(super) fn threads(text: &str) -> Result<usize, String> {
    const MOST: usize = 1024;
    match text.parse() {
        Ok(n) if n <= MOST => Ok(n),
        _ => Err(format!("write a number of threads up to {MOST}; 0 is one a core")),
    }
}

/// A size in bytes that a run can aim at.
pub(super) fn memory(text: &str) -> Result<u64, String> {
    const LEAST: u64 = 16_000_000;
    match size(text)? {
        bytes if bytes < LEAST => {
            Err("the least that can be aimed at is 16MB (and some 200MB are taken all the same)".into())
        }
        bytes => Ok(bytes),
    }
}

fn refusal(refused: Refused, path: Option<&Path>) -> Error {
    let mut e = Error::new(ErrorKind::Setting, refused.message);
    if let Some(path) = path {
        e = e.at(path);
    }
    if let Some(line) = refused.line {
        e = e.line_number(line);
    }
    if let Some(hint) = refused.hint {
        e = e.hint(hint);
    }
    e
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_that_holds_nothing_is_refused() {
        assert_eq!(memory("64M"), Ok(64_000_000));
        assert_eq!(memory("16MB"), Ok(16_000_000));
        for text in ["1KB", "0", "15MB", "much"] {
            assert!(memory(text).is_err(), "{text}");
        }
    }

    #[test]
    fn sizes_are_read_as_people_write_them() {
        for (text, bytes) in
            [("0", 0), ("4096", 4096), ("512KB", 512_000), ("64MiB", 64 << 20), ("1.5g", 1_500_000_000)]
        {
            assert_eq!(size(text), Ok(bytes), "{text}");
        }
        for text in ["", "B", "1X", "-1", "nan", "1e99", "MB"] {
            assert!(size(text).is_err(), "{text}");
        }
    }
}
