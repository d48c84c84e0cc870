//! Names of the user's own: found beside the others, bound to the run, and named by file and line where they are wrong.

use super::case::{Case, FIRST_PAGE};

/// A page with the short form of a union that no list has.
fn case() -> Case {
    let case = Case::with_archive();
    case.write("short.md", FIRST_PAGE.replace("工地负责人说", "兰工帮负责人说"));
    case.write("names.tsv", "# name\tkind\tcanonical\n兰工帮\tunion\t兰溪市职工帮扶中心\n");
    case
}

fn unions(case: &Case, file: &str) -> Vec<String> {
    let records = case.records(file);
    let entities = records.iter().flat_map(|r| r["entities"].as_array().cloned().unwrap_or_default());
    entities.filter(|e| e["kind"] == "union").map(|e| e["text"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn a_name_of_the_users_own_is_found_by_run_and_extract() {
    let case = case();
    case.run(&["run", "short.md", "-o", "plain"]).code(0);
    case.run(&["run", "short.md", "-o", "named", "--gazetteer", "names.tsv"]).code(0);
    case.run(&["extract", "short.md", "-o", "facts.jsonl", "--gazetteer", "names.tsv"]).code(0);
    assert!(!unions(&case, "plain/articles.jsonl").contains(&"兰工帮".to_owned()));
    for file in ["named/articles.jsonl", "facts.jsonl"] {
        assert!(unions(&case, file).contains(&"兰工帮".to_owned()), "{file}: {:?}", unions(&case, file));
    }
}

#[test]
fn the_report_says_which_names_were_used() {
    let case = case();
    let settings = |out: &str| -> serde_json::Value {
        let report: serde_json::Value = serde_json::from_str(&case.read(&format!("{out}/report.json"))).unwrap();
        report["settings"]["extract"].clone()
    };
    case.run(&["run", "short.md", "-o", "plain"]).code(0);
    case.run(&["run", "short.md", "-o", "named", "--set", "extract.gazetteer=names.tsv"]).code(0);
    assert_eq!(settings("plain")["gazetteer"], "");
    assert!(settings("plain").get("gazetteer_xxh3").is_none());
    assert_eq!(settings("named")["gazetteer"], "names.tsv");
    let before = settings("named")["gazetteer_xxh3"].as_str().unwrap().to_owned();
    assert_eq!(before.len(), 16);
    case.write("names.tsv", "兰工帮\torganisation\n");
    case.run(&["run", "short.md", "-o", "other", "--gazetteer", "names.tsv"]).code(0);
    assert_ne!(settings("other")["gazetteer_xxh3"], before);
}

#[test]
fn a_run_goes_on_only_with_the_same_names() {
    let case = case();
    case.write("left/.jianbao/lock", "");
    case.run(&["run", "short.md", "-o", "whole", "--gazetteer", "names.tsv"]).code(0);
    // What a run leaves that was stopped right behind its beginning.
    let manifest = serde_json::json!({
        "version": env!("CARGO_PKG_VERSION"),
        "settings": { "extract": { "gazetteer": "names.tsv" } },
        "gazetteer": "0000000000000000",
        "sources": [],
        "chunk_bytes": 1 << 20,
    });
    case.write("left/.jianbao/run.json", manifest.to_string());
    let said = case.run(&["run", "short.md", "-o", "left", "--gazetteer", "names.tsv", "--resume"]).code(2);
    assert!(said.err.contains("was begun with another gazetteer"), "{}", said.err);
}

#[track_caller]
fn check(case: &Case, names: &[u8], message: &str) {
    case.write("wrong.tsv", names);
    for arguments in [
        &["run", "short.md", "-o", "out", "--gazetteer", "wrong.tsv"][..],
        &["extract", "short.md", "--gazetteer", "wrong.tsv"][..],
    ] {
        let said = case.run(arguments).code(2);
        assert!(said.err.starts_with(message), "expected {message:?}, got\n{}", said.err);
        assert!(said.err.contains("\n  hint: "), "{}", said.err);
        assert!(case.names("out").is_empty(), "{:?}", case.names("out"));
    }
}

#[test]
fn a_wrong_line_is_named() {
    let case = case();
    check(&case, "兰工帮\tunion\n兰溪\tcity\n".as_bytes(), "jianbao: wrong.tsv:2: a gazetteer line needs the kind");
    check(&case, "\n,union\n".as_bytes(), "jianbao: wrong.tsv:2: a gazetteer line has no name");
    check(&case, b"# \xC0\xBC\xCF\xAA\n", "jianbao: wrong.tsv:1: the gazetteer is not UTF-8");
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let case = case();
    let said = case.run(&["run", "short.md", "-o", "out", "--gazetteer", "none.tsv"]).code(2);
    assert!(said.err.starts_with("jianbao: none.tsv: cannot read the gazetteer"), "{}", said.err);
    assert!(case.names("out").is_empty());
    case.run(&["run", "short.md", "-o", "out", "--gazetteer", "none.tsv", "--no-gazetteer"]).code(0);
}
