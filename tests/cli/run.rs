//! `jianbao run`.

use super::case::{Case, FIRST_PAGE, json_line};

#[test]
fn an_archive_becomes_three_files_and_a_summary() {
    let case = Case::with_archive();
    let said = case.run(&["run", "archive", "-o", "out"]).code(0);
    assert_eq!(case.names("out"), ["articles.jsonl", "repeats.jsonl", "report.json"]);
    let articles = case.records("out/articles.jsonl");
    assert_eq!(articles.len(), 2);
    assert_eq!(articles[0]["page"]["id"], "2024-07-18-01.md");
    assert_eq!(articles[0]["headline"], "兰溪市总工会为职工送清凉");
    assert!(said.err.starts_with("2 pages in "), "{}", said.err);
    assert!(said.err.contains("articles   2"), "{}", said.err);
    assert_eq!(said.out, "");
}

#[test]
fn every_block_and_mention_stands_where_it_says() {
    let case = Case::with_archive();
    case.run(&["run", "pages.jsonl", "-o", "out", "--keep-repeats"]).code(0);
    let slice = |text: &str, from: &serde_json::Value, to: &serde_json::Value| -> String {
        let (from, to) = (from.as_u64().unwrap() as usize, to.as_u64().unwrap() as usize);
        text.chars().skip(from).take(to - from).collect()
    };
    let mut seen = 0;
    for article in case.records("out/articles.jsonl") {
        let page = if article["page"]["id"] == "d1" { FIRST_PAGE } else { super::case::SECOND_PAGE };
        for block in article["blocks"].as_array().unwrap() {
            let pieces: String = block["spans"].as_array().unwrap().iter().map(|s| slice(page, &s[0], &s[1])).collect();
            assert_eq!(block["text"], pieces);
            seen += 1;
        }
        for list in ["facts", "entities", "byline", "activities"] {
            for mention in article[list].as_array().unwrap() {
                let block = article["blocks"].as_array().unwrap().iter().find(|b| b["id"] == mention["block"]);
                let text = block.unwrap()["text"].as_str().unwrap();
                assert_eq!(mention["text"], slice(text, &mention["start"], &mention["end"]));
            }
        }
    }
    assert!(seen >= 4, "{seen} blocks");
}

#[test]
fn the_report_counts_what_was_written() {
    let case = Case::with_archive();
    case.run(&["run", "archive", "-o", "out"]).code(0);
    let report: serde_json::Value = serde_json::from_str(&case.read("out/report.json")).unwrap();
    let articles = case.records("out/articles.jsonl");
    let repeats = case.records("out/repeats.jsonl");
    let total = |what: &str| report[what].as_object().unwrap().values().map(|n| n.as_u64().unwrap()).sum::<u64>();
    let listed = |what: &str| articles.iter().map(|a| a[what].as_array().unwrap().len() as u64).sum::<u64>();
    assert_eq!(report["input"]["pages"], 2);
    assert_eq!(report["input"]["characters"], (FIRST_PAGE.chars().count() + super::case::SECOND_PAGE.chars().count()));
    assert_eq!(total("articles"), articles.len() as u64);
    assert_eq!(total("blocks"), listed("blocks"));
    assert_eq!(total("facts"), listed("facts"));
    assert_eq!(total("entities"), listed("entities"));
    assert_eq!(total("repeats"), repeats.len() as u64);
    assert_eq!(report["settings"]["write"]["keep_repeats"], false);
}

#[test]
fn any_number_of_threads_writes_the_same_bytes() {
    let case = Case::new();
    let pages: String = (0..400)
        .map(|n| json_line(&format!("p{n}"), &FIRST_PAGE.replace("326", &(n % 90 + 10).to_string()).repeat(20)))
        .collect();
    case.write("pages.jsonl", pages);
    for threads in ["1", "2", "5"] {
        case.run(&["run", "pages.jsonl", "-o", threads, "-j", threads]).code(0);
    }
    let report = |threads: &str| {
        let mut report: serde_json::Value =
            serde_json::from_str(&case.read(&format!("{threads}/report.json"))).unwrap();
        report.as_object_mut().unwrap().remove("timing").unwrap();
        report
    };
    for other in ["2", "5"] {
        for file in ["articles.jsonl", "repeats.jsonl"] {
            assert!(case.read(&format!("1/{file}")) == case.read(&format!("{other}/{file}")), "{file} at -j{other}");
        }
        assert_eq!(report("1"), report(other));
    }
}

#[test]
fn an_output_that_is_there_is_kept_without_force() {
    let case = Case::with_archive();
    case.write("out/mine.txt", "mine");
    let said = case.run(&["run", "archive", "-o", "out"]).code(2);
    insta::assert_snapshot!(said.err, @r"
    jianbao: out: is not empty
      hint: --force writes over the output that is there
    ");
    assert_eq!(case.names("out"), ["mine.txt"]);
    case.run(&["run", "archive", "-o", "out", "--force"]).code(0);
    assert_eq!(case.read("out/mine.txt"), "mine");
}

#[test]
fn the_folder_that_is_read_is_not_written_to() {
    let case = Case::with_archive();
    let said = case.run(&["run", "archive", "-o", "archive/../archive", "--force"]).code(2);
    insta::assert_snapshot!(said.err, @r"
    jianbao: archive/../archive: is read from and cannot be written to at once
      hint: name another folder with -o
    ");
    assert_eq!(case.names("archive").len(), 2);
}

#[test]
fn a_page_comes_from_a_pipe_under_the_id_it_is_given() {
    let case = Case::new();
    case.pipe(&["run", "-", "-o", "out", "--stdin-id", "2024-07-18-01"], FIRST_PAGE).code(0);
    assert_eq!(case.records("out/articles.jsonl")[0]["id"], "2024-07-18-01/a1");
    case.pipe(&["run", "-o", "unnamed"], FIRST_PAGE).code(0);
    assert_eq!(case.records("unnamed/articles.jsonl")[0]["id"], "stdin/a1");
}

#[test]
fn a_flag_outdoes_a_pair_and_a_pair_outdoes_a_file() {
    let case = Case::with_archive();
    case.write("jianbao.toml", "[write]\nkeep_repeats = true\n");
    let kept = |out: &str, more: &[&str]| {
        case.run(&[&["run", "page.md", "-o", out], more].concat()).code(0);
        let report: serde_json::Value = serde_json::from_str(&case.read(&format!("{out}/report.json"))).unwrap();
        report["settings"]["write"]["keep_repeats"].as_bool().unwrap()
    };
    let config = ["--config", "jianbao.toml"];
    assert!(!kept("a", &[]));
    assert!(kept("b", &config));
    assert!(!kept("c", &[&config[..], &["--set", "write.keep_repeats=false"]].concat()));
    assert!(kept("d", &[&config[..], &["--set", "write.keep_repeats=false", "--keep-repeats"]].concat()));
    assert!(!kept("e", &[&config[..], &["--no-config"]].concat()));
    assert!(!kept("f", &[&config[..], &["--keep-repeats", "--no-keep-repeats"]].concat()));
}

#[test]
fn quiet_says_nothing_and_no_bar_is_drawn_into_a_pipe() {
    let case = Case::with_archive();
    assert_eq!(case.run(&["run", "archive", "-o", "out", "-q"]).code(0).err, "");
    let said = case.run(&["run", "archive", "-o", "out", "--force"]).code(0);
    assert!(!said.err.contains("MB/s,") && !said.err.contains('\r'), "{}", said.err);
}

#[test]
fn a_page_that_comes_again_beside_an_index_adds_nothing() {
    let case = Case::with_archive();
    case.run(&["run", "archive", "-o", "first", "--index", "index", "-q"]).code(0);
    case.run(&["run", "archive", "-o", "again", "--index", "index", "-q"]).code(0);
    assert!(case.records("first/articles.jsonl").len() > 1);
    assert!(case.read("again/articles.jsonl").is_empty());
    let repeats = case.records("again/repeats.jsonl");
    assert!(!repeats.is_empty() && repeats.iter().all(|repeat| repeat["kept"] == false), "{repeats:?}");
}
