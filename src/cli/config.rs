//! `jianbao config`: every setting with its default, unit and reason.

use std::fmt::Write as _;

use serde_json::Value;

use crate::cli::{Exit, message};
use crate::error::{Error, ErrorKind, Result};
use crate::settings::{Entry, catalogue};

const EXAMPLES: &str = "\
Examples:
  All settings of the writer:
  $ jianbao config write

  A whole settings file to start from:
  $ jianbao config --default > jianbao.toml
  $ jianbao run archive/ -o tuned/ --config jianbao.toml";

/// Prints settings: what each does, its unit, its default and why
#[derive(clap::Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Args {
    /// A setting (write.format) or a group of them (write)
    #[arg(value_name = "KEY")]
    key: Option<String>,
    /// Print a whole settings file, every value at its default
    #[arg(long, conflicts_with = "json")]
    default: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> Result<Exit> {
    let mut entries = catalogue();
    if let Some(key) = &args.key {
        let group = format!("{key}.");
        entries.retain(|e| e.key == *key || e.key.starts_with(&group));
        if entries.is_empty() {
            return Err(Error::new(ErrorKind::Setting, format!("there is no setting {key}"))
                .hint("`jianbao config` lists all settings"));
        }
    }
    let text = if args.default {
        file(&entries)
    } else if args.json {
        json(&entries)
    } else {
        list(&entries)
    };
    message::print(&text)?;
    Ok(Exit::Done)
}

fn list(entries: &[Entry]) -> String {
    let mut out = String::new();
    for entry in entries {
        let _ = writeln!(out, "{} = {}    ({})", entry.key, toml_of(&entry.default), entry.takes);
        for line in wrapped(&entry.about, 96) {
            let _ = writeln!(out, "    {line}");
        }
        out.push('\n');
    }
    out
}

fn json(entries: &[Entry]) -> String {
    let all: serde_json::Map<String, Value> = entries
        .iter()
        .map(|e| (e.key.clone(), serde_json::json!({ "default": e.default, "takes": e.takes, "about": e.about })))
        .collect();
    serde_json::to_string_pretty(&all).unwrap_or_default() + "\n"
}

/// A settings file that changes nothing.
fn file(entries: &[Entry]) -> String {
    let mut out = String::from("# The settings of jianbao, each at its default.\n");
    let mut group = "";
    for entry in entries {
        let (table, name) = entry.key.rsplit_once('.').unwrap_or(("", &entry.key));
        if table != group {
            let _ = write!(out, "\n[{table}]\n");
            group = table;
        }
        for line in wrapped(&entry.about, 110) {
            let _ = writeln!(out, "# {line}");
        }
        // TOML has no null: what is unset by default stands as a comment.
        let mark = if entry.default.is_null() { "# " } else { "" };
        let _ = writeln!(out, "{mark}{name} = {}", toml_of(&entry.default));
    }
    out
}

fn toml_of(value: &Value) -> String {
    match value {
        Value::Null => "\"\"".into(),
        // TOML and JSON agree on booleans, numbers, strings and lists of these.
        other => other.to_string(),
    }
}

fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split("\n\n") {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_printed_file_changes_nothing() {
        let settings = crate::Settings::default();
        assert_eq!(settings.with_toml(&file(&catalogue())).unwrap(), settings);
    }

    #[test]
    fn long_reasons_are_wrapped() {
        assert_eq!(wrapped("a bc def g", 5), ["a bc", "def g"]);
        assert_eq!(wrapped("a\nb\n\nc", 9), ["a b", "c"]);
    }
}
