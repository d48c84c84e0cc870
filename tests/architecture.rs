//! Who may use whom: the flow is read → layout → dedup → extract → write, and no stage knows another.
//!
//! The table of `ARCHITECTURE.md` says it; here it is read and held against the code.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What a run goes through, and what no part of it may know of the others.
const STAGES: [&str; 5] = ["read", "layout", "dedup", "extract", "write"];

/// The names that the root of the crate hands on, and the modules that they come from.
const HANDED_ON: [(&str, &str); 5] = [
    ("Error", "error"),
    ("ErrorKind", "error"),
    ("Pipeline", "pipeline"),
    ("Page", "record"),
    ("Settings", "settings"),
];

type Table = BTreeMap<String, BTreeSet<String>>;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Of each folder (or file) of `src/` that has a row, the modules of the crate that it may name, its own among them.
fn table() -> Table {
    table_of(&fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap())
}

/// Rows are `| src/owner | what | who |`. Of *who*, a name in backticks is a module, behind *as* all that this one may
/// name, and *the same* is what the row above may name.
fn table_of(document: &str) -> Table {
    let mut table = Table::new();
    let mut above = BTreeSet::new();
    for line in document.lines().filter(|line| line.starts_with("| `src/")) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, owner, _, who, _] = cells[..] else { panic!("no row of three: {line}") };
        let owner = module(owner.trim_matches('`').trim_start_matches("src/"));
        let mut may = if who.starts_with("the same") { above.clone() } else { BTreeSet::new() };
        let parts: Vec<&str> = who.split('`').collect();
        for pair in parts.chunks_exact(2) {
            let [before, name] = pair else { unreachable!() };
            if before.ends_with("as ") {
                let of = table.get(*name).unwrap_or_else(|| panic!("no row above for {name}"));
                may.extend(of.iter().filter(|known| known != name).cloned());
            } else {
                may.insert((*name).to_owned());
            }
        }
        above.clone_from(&may);
        may.insert(owner.to_owned());
        assert!(table.insert(owner.to_owned(), may).is_none(), "two rows for {owner}");
    }
    table
}

/// The module of a file or a folder.
fn module(name: &str) -> &str {
    name.trim_end_matches(".rs")
}

#[test]
fn the_table_is_read_as_it_is_meant() {
    let table = table_of(
        "| where | what | may know |\n| `src/a` | the first | crates only |\n| `src/b.rs` | the next | `a` |\n\
         | `src/c` | another | the same and `b` |\n| `src/d` | the last | all (`b`, `c`), else as `b` |\n",
    );
    let may = |owner: &str| table[owner].iter().map(String::as_str).collect::<Vec<_>>();
    assert_eq!(may("a"), ["a"]);
    assert_eq!(may("b"), ["a", "b"]);
    assert_eq!(may("c"), ["a", "b", "c"]);
    assert_eq!(may("d"), ["a", "b", "c", "d"]);
}

#[test]
fn no_stage_may_know_another() {
    let table = table();
    for stage in STAGES {
        let known: Vec<&str> = STAGES.into_iter().filter(|other| table[stage].contains(*other)).collect();
        assert_eq!(known, [stage]);
    }
}

#[test]
fn nobody_names_what_the_table_does_not_say() {
    let mut wrong = Vec::new();
    for (owner, may) in table() {
        let at = root().join("src").join(&owner);
        let files = if at.is_dir() { rust_files(&at) } else { rust_files(&at.with_extension("rs")) };
        assert!(!files.is_empty(), "the table has a row for src/{owner}, which is not there");
        for file in files {
            for used in modules_used(&fs::read_to_string(&file).unwrap()) {
                let from = HANDED_ON.iter().find(|(name, _)| *name == used).map_or(&*used, |(_, from)| from);
                if !may.contains(from) {
                    wrong.push(format!("{} names crate::{used}", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_folder_stands_in_the_table() {
    let table = table();
    for entry in fs::read_dir(root().join("src")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(
            ["lib.rs", "main.rs"].contains(&&*name) || table.contains_key(module(&name)),
            "src/{name} is not in the table of who may use whom"
        );
    }
}

#[test]
fn no_folder_hides_what_it_is_for() {
    let src = root().join("src");
    for file in rust_files(&src) {
        let path = file.strip_prefix(&src).unwrap();
        for part in path.iter().filter_map(|p| p.to_str()) {
            let stem = part.trim_end_matches(".rs");
            assert!(!["utils", "util", "common", "core", "helpers", "misc"].contains(&stem), "{}", path.display());
        }
    }
}

fn rust_files(at: &Path) -> Vec<PathBuf> {
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
