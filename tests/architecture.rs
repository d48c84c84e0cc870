//! Who may use whom: the flow is read → layout → dedup → extract → write, and no stage knows another.

use std::fs;
use std::path::Path;

/// Each folder (or file) of `src/` and the modules of the crate that it may name.
const MAY_USE: &[(&str, &[&str])] = &[
    ("text", &["text"]),
    ("record", &["record", "text"]),
    ("error.rs", &[]),
    ("temporary.rs", &[]),
    ("settings", &["settings"]),
    ("credit", &["credit", "record", "text"]),
    ("read", &["read", "record", "text", "settings", "error", "temporary"]),
    ("layout", &["layout", "credit", "record", "text", "settings", "error"]),
    ("dedup", &["dedup", "credit", "record", "text", "settings", "error"]),
    ("extract", &["extract", "credit", "record", "text", "settings", "error"]),
    ("write", &["write", "record", "text", "settings", "error", "temporary"]),
    ("generate", &["generate", "record", "text", "settings", "error"]),
];

#[test]
fn no_stage_knows_another() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (owner, allowed) in MAY_USE {
        for file in rust_files(&src.join(owner)) {
            seen += 1;
            let text = fs::read_to_string(&file).unwrap();
            for used in modules_used(&text) {
                if !allowed.contains(&used.as_str()) {
                    wrong.push(format!("{} names crate::{used}", file.display()));
                }
            }
        }
    }
    assert!(seen > 20, "the folders of the table are not there");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_folder_stands_in_the_table() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let known = ["cli", "serve", "lib.rs", "main.rs", "pipeline.rs", "pipeline"];
    for entry in fs::read_dir(src).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(
            known.contains(&name.as_str()) || MAY_USE.iter().any(|(owner, _)| *owner == name),
            "src/{name} is not in the table of who may use whom"
        );
    }
}

#[test]
fn no_folder_hides_what_it_is_for() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for file in rust_files(&src) {
        let path = file.strip_prefix(&src).unwrap();
        for part in path.iter().filter_map(|p| p.to_str()) {
            let stem = part.trim_end_matches(".rs");
            assert!(!["utils", "util", "common", "core", "helpers", "misc"].contains(&stem), "{}", path.display());
        }
    }
}

fn rust_files(at: &Path) -> Vec<std::path::PathBuf> {
    if at.is_file() {
        return vec![at.to_path_buf()];
    }
    let Ok(entries) = fs::read_dir(at) else { return Vec::new() };
    let mut files: Vec<_> = entries.flat_map(|e| rust_files(&e.unwrap().path())).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "rs"));
    files.sort();
    files
}

/// The first path segment behind every `crate::`, also in `use crate::{a, b::c}`. Comments do not count.
fn modules_used(text: &str) -> Vec<String> {
    let code: String = text.lines().map(|l| l.split("//").next().unwrap_or("")).collect::<Vec<_>>().join("\n");
    let mut used = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if let Some(list) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut name = String::new();
            for c in list.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => used.push(std::mem::take(&mut name)),
                    _ if depth == 0 => name.push(c),
                    _ => {}
                }
            }
            used.push(name);
        } else {
            used.push(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    used.iter().map(|n| n.split("::").next().unwrap_or("").trim().to_owned()).filter(|n| !n.is_empty()).collect()
}
