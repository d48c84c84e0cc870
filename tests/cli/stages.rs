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

#[cfg(unix)]
#[test]
fn a_device_or_a_pipe_is_written_to_and_stays() {
    use std::os::unix::fs::FileTypeExt as _;

    let case = Case::with_archive();
    for verb in ["segment", "extract"] {
        case.run(&[verb, "page.md", "-o", "/dev/null"]).code(0);
        case.run(&[verb, "page.md", "-o", "/dev/null", "--force"]).code(0);
    }
    let pipe = case.path("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let expected = case.run(&["segment", "page.md"]).code(0).out;
    for more in [&[][..], &["--force"]] {
        let there = pipe.clone();
        let reader = std::thread::spawn(move || std::fs::read_to_string(there).unwrap());
        case.run(&[&["segment", "page.md", "-o", "pipe"], more].concat()).code(0);
        assert_eq!(reader.join().unwrap(), expected);
        assert!(std::fs::symlink_metadata(&pipe).unwrap().file_type().is_fifo());
    }
    case.write("below/target.jsonl", "mine");
    std::os::unix::fs::symlink("below/target.jsonl", case.path("link")).unwrap();
    let said = case.run(&["segment", "page.md", "-o", "link"]).code(2);
    assert!(said.err.contains("link: is there already"), "{}", said.err);
    case.run(&["segment", "page.md", "-o", "link", "--force"]).code(0);
    assert!(case.path("link").is_symlink());
    assert_eq!(case.read("below/target.jsonl"), expected);
    let said = case.run(&["segment", "page.md", "-o", "below", "--force"]).code(2);
    assert!(said.err.contains("below: is a folder"), "{}", said.err);
}

#[test]
fn standard_output_holds_records_only() {
    let case = Case::new();
    let said = case.pipe(&["segment", "-v"], FIRST_PAGE).code(0);
    for line in said.out.lines() {
        assert!(serde_json::from_str::<serde_json::Value>(line).unwrap()["blocks"].is_array());
    }
}

#[test]
fn what_extract_cannot_read_is_told_and_the_rest_is_written() {
    let case = Case::with_archive();
    let good = case.run(&["segment", "page.md"]).code(0).out;
    let change = |key: &str, value: serde_json::Value| {
        let mut article: serde_json::Value = serde_json::from_str(good.lines().next().unwrap()).unwrap();
        article[key] = value;
        article.to_string()
    };
    let lines = [
        good.trim_end().to_owned(),
        r#"{"id": "x", "content": "县总工会昨日开会"}"#.into(),
        change("schema", 99.into()),
        change("blocks", "none".into()),
        change("kind", "poem".into()),
        r#"{"id": "y", "text": ""}"#.into(),
        good.trim_end().to_owned(),
    ];
    case.write("mixed.jsonl", lines.join("\n"));
    let said = case.run(&["extract", "mixed.jsonl", "-o", "out.jsonl"]).code(2);
    assert_eq!(case.records("out.jsonl").len(), 2);
    for (line, what) in [
        (2, "no field \"text\""),
        (3, "an article record of schema 99, and this program reads schema 1"),
        (4, "not an article record: invalid type: string \"none\""),
        (5, "not an article record: unknown variant `poem`"),
    ] {
        assert!(said.err.contains(&format!("jianbao: mixed.jsonl:{line}: {what}")), "{line}: {}", said.err);
    }
    assert!(!said.err.contains("mixed.jsonl:1:") && !said.err.contains("mixed.jsonl:6:"), "{}", said.err);
    let said = case.run(&["extract", "mixed.jsonl", "--strict"]).code(2);
    assert!(said.err.contains("mixed.jsonl:2: no field"), "{}", said.err);
}
