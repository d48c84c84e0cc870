//! `schema/` is what the program prints, and describes what it writes. `UPDATE=1 cargo test` rewrites it.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::case::Case;

const RECORDS: &[&str] = &["article", "repeat", "report"];

#[test]
fn the_folder_is_fresh() {
    let case = Case::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema");
    let update = std::env::var("UPDATE").is_ok();
    for record in RECORDS {
        let printed = case.run(&["schema", record]).code(0).out;
        let path = folder.join(format!("{record}.json"));
        if update {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&path, &printed).unwrap();
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        assert!(kept == printed, "schema/{record}.json is stale: UPDATE=1 cargo test schema");
    }
    assert_eq!(fs::read_dir(folder).unwrap().count(), RECORDS.len(), "a file in schema/ that nothing prints");
}

#[test]
fn every_written_record_keeps_the_contract() {
    let case = Case::with_archive();
    case.run(&["run", "archive", "pages.jsonl", "-o", "out", "--keep-repeats"]).code(0);
    let validate = |record: &str, values: &[Value]| {
        let schema: Value = serde_json::from_str(&case.run(&["schema", record]).code(0).out).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        assert!(!validator.is_valid(&serde_json::json!({})), "the schema of {record} takes anything");
        for value in values {
            if let Err(e) = validator.validate(value) {
                panic!("{record}: {e} at {}", e.instance_path());
            }
        }
    };
    validate("article", &case.records("out/articles.jsonl"));
    validate("repeat", &case.records("out/repeats.jsonl"));
    validate("report", &[serde_json::from_str(&case.read("out/report.json")).unwrap()]);
}

#[test]
fn one_document_describes_all() {
    let all: Value = serde_json::from_str(&Case::new().run(&["schema"]).code(0).out).unwrap();
    for record in RECORDS {
        assert!(all["$defs"][record].is_object(), "{record}");
    }
    assert!(jsonschema::validator_for(&all).is_ok());
}
