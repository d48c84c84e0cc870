//! `segment` and `extract` alone and in a pipe.

use super::case::{Case, FIRST_PAGE};

#[test]
fn two_stages_in_a_pipe_give_what_one_call_gives() {
    let case = Case::with_archive();
    let segmented = case.run(&["segment", "archive"]).code(0).out;
    let piped = case.pipe(&["extract"], &segmented).code(0).out;
    let at_once = case.run(&["extract", "archive"]).code(0).out;
    assert!(!piped.is_empty());
    assert_eq!(piped, at_once);
    // Read again, they stay what they are.
    assert_eq!(case.pipe(&["extract", "-"], &piped).code(0).out, piped);
}

#[test]
fn segment_reads_no_facts() {
    let case = Case::with_archive();
    case.run(&["segment", "page.md", "-o", "page.jsonl"]).code(0);
    let article = &case.records("page.jsonl")[0];
    assert_eq!(article["facts"].as_array().map(Vec::len), Some(0));
    assert_eq!(article["headline"], "兰溪市总工会为职工送清凉");
}

#[test]
fn a_file_is_not_written_over_unasked() {
    let case = Case::with_archive();
    case.write("there.jsonl", "mine");
    case.run(&["segment", "page.md", "-o", "there.jsonl"]).code(2);
    assert_eq!(case.read("there.jsonl"), "mine");
    case.run(&["segment", "page.md", "-o", "there.jsonl", "--force"]).code(0);
    assert_eq!(case.records("there.jsonl").len(), 1);
}

#[test]
fn standard_output_holds_records_only() {
    let case = Case::new();
    let said = case.pipe(&["segment", "-v"], FIRST_PAGE).code(0);
    for line in said.out.lines() {
        assert!(serde_json::from_str::<serde_json::Value>(line).unwrap()["blocks"].is_array());
    }
}
