//! The documents tell the truth: the example of the README is what the program writes, its commands run, links lead
//! somewhere, and what is generated is fresh.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::cli::case::Case;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn document(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// The fenced blocks of a language.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    text.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

/// A folder in which the commands of the README run.
fn clone() -> Case {
    let case = Case::new();
    case.write("fixtures/names.tsv", fs::read(root().join("fixtures/names.tsv")).unwrap());
    for entry in fs::read_dir(root().join("fixtures/archive")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        case.write(&format!("fixtures/archive/{name}"), fs::read(&path).unwrap());
    }
    case
}

#[test]
fn the_first_example_is_what_the_program_writes() {
    let case = clone();
    case.run(&["run", "fixtures/archive", "-o", "out"]).code(0);
    let mut records: Vec<Value> = Vec::new();
    for article in case.records("out/articles.jsonl") {
        for part in ["blocks", "facts", "entities", "activities"] {
            records.extend(article[part].as_array().unwrap().iter().cloned());
        }
        records.push(article);
    }
    records.extend(case.records("out/repeats.jsonl"));
    let readme = document("README.md");
    let page = case.read("fixtures/archive/2021-06-09-02.md");
    for line in blocks(&readme, "text")[0].lines() {
        assert!(page.contains(line), "the page has no line {line}");
    }
    for line in blocks(&readme, "json")[0].lines() {
        let shown: Value = serde_json::from_str(line).unwrap();
        assert!(records.iter().any(|record| holds(record, &shown)), "nothing like this is written: {line}");
    }
}

/// Whether `record` has all that is shown; of a list, some of its items.
fn holds(record: &Value, shown: &Value) -> bool {
    match (record, shown) {
        (Value::Object(record), Value::Object(shown)) => {
            shown.iter().all(|(key, value)| record.get(key).is_some_and(|other| holds(other, value)))
        }
        (Value::Array(record), Value::Array(shown)) => shown.iter().all(|s| record.iter().any(|r| holds(r, s))),
        (record, shown) => record == shown,
    }
}

#[cfg(unix)]
#[test]
fn the_recipes_run() {
    let case = clone();
    let folder = crate::cli::case::program().parent().unwrap().to_owned();
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    let readme = document("README.md");
    let commands = blocks(&readme, "console").concat();
    let commands: Vec<&str> = commands.lines().filter(|line| line.starts_with("jianbao ")).collect();
    assert!(commands.len() >= 4);
    for command in commands {
        let out = std::process::Command::new("bash")
            .args(["-o", "pipefail", "-c", command])
            .current_dir(case.path(""))
            .env("PATH", &path)
            .output()
            .unwrap();
        assert!(out.status.success(), "{command}\n{}", String::from_utf8_lossy(&out.stderr));
    }
}

#[test]
fn the_chinese_readme_shows_the_same() {
    let (english, chinese) = (document("README.md"), document("README.zh-CN.md"));
    for language in ["text", "json", "console"] {
        assert_eq!(blocks(&english, language), blocks(&chinese, language));
    }
    let headings = |text: &str| text.lines().filter(|line| line.starts_with('#')).count();
    assert_eq!(headings(&english), headings(&chinese));
}

#[test]
fn links_lead_somewhere() {
    for name in ["README.md", "README.zh-CN.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs/records.md"] {
        let text = document(name);
        let folder = root().join(name).parent().unwrap().to_owned();
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if !target.starts_with("http") && !target.starts_with('#') {
                assert!(folder.join(target).exists(), "{name} links to {target}");
            }
        }
    }
}

#[test]
fn the_architecture_fits_in_150_lines_and_names_what_is_there() {
    let text = document("ARCHITECTURE.md");
    assert!(text.lines().count() <= 150, "{} lines", text.lines().count());
    for path in text.split('`').skip(1).step_by(2).filter(|name| name.starts_with("src/")) {
        assert!(root().join(path).exists(), "{path} is not there");
    }
}

#[test]
fn generated_documents_are_fresh() {
    let case = Case::new();
    fresh("docs/cli.md", &cli(&case));
    fresh("docs/settings.md", &settings(&case));
}

#[track_caller]
fn fresh(name: &str, expected: &str) {
    let path = root().join(name);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, expected).unwrap();
    }
    let there = fs::read_to_string(Path::new(&path)).unwrap_or_default();
    assert!(there == expected, "{name} is not what the program says; UPDATE=1 cargo test writes it anew");
}

/// The long help of every verb.
fn cli(case: &Case) -> String {
    let help = case.run(&["--help"]).code(0).out;
    let verbs = help.split("Verbs:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let mut text = format!(
        "# The command line\n\nPrinted by `jianbao --help` and `jianbao VERB --help`.\n\n## jianbao\n\n```text\n{}\n```\n",
        help.trim_end()
    );
    for verb in verbs.lines().filter_map(|line| line.split_whitespace().next()) {
        let help = case.run(&[verb, "--help"]).code(0).out;
        let _ = write!(text, "\n## jianbao {verb}\n\n```text\n{}\n```\n", trimmed(&help));
    }
    text
}

/// Without the blanks that end a line.
fn trimmed(text: &str) -> String {
    text.trim_end().lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// Every setting with its default and its reason.
fn settings(case: &Case) -> String {
    let list: Value = serde_json::from_str(&case.run(&["config", "--json"]).code(0).out).unwrap();
    let mut text =
        "# Settings\n\nPrinted by `jianbao config`; `--set KEY=VALUE` changes one, `--config FILE` several.\n"
            .to_owned();
    let mut stage = "";
    for (key, setting) in list.as_object().unwrap() {
        let owner = key.split('.').next().unwrap();
        if owner != stage {
            let _ = write!(text, "\n## {owner}\n\n");
            stage = owner;
        }
        let about = setting["about"].as_str().unwrap().replace('\n', " ");
        let _ = writeln!(text, "- `{key} = {}`: {about}", setting["default"]);
    }
    text
}
