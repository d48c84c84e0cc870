//! Bad input: what it says, what is written all the same, and how it exits.

use super::case::{Case, FIRST_PAGE, json_line};

#[track_caller]
fn check(case: &Case, arguments: &[&str], message: &str) {
    let said = case.run(arguments).code(2);
    assert!(said.steady_err().contains(message), "expected {message:?} in\n{}", said.err);
}

#[test]
fn a_missing_file_is_named_and_the_rest_is_written() {
    let case = Case::with_archive();
    for verb in ["run", "dedup"] {
        // Nothing at all to read leaves nothing that would be in the way of the next try.
        check(&case, &[verb, "nowhere.md", "-o", verb], "jianbao: nowhere.md: no such file or folder\n");
        assert!(case.names(verb).is_empty());
    }
    check(&case, &["run", "page.md", "nowhere.md", "-o", "out"], "jianbao: nowhere.md: no such file or folder\n");
    assert_eq!(case.records("out/articles.jsonl").len(), 1);
    let report: serde_json::Value = serde_json::from_str(&case.read("out/report.json")).unwrap();
    assert_eq!(report["errors"]["not_found"], 1);
}

#[test]
fn every_input_that_is_missing_is_told_once() {
    let case = Case::with_archive();
    let missing = |said: &str| {
        ["nowhere.md", "gone.md", "lost*.md"].map(|name| said.matches(&format!("jianbao: {name}: no")).count())
    };
    for verb in ["run", "dedup", "segment", "extract"] {
        let out = format!("{verb}.out");
        let all = case.run(&[verb, "nowhere.md", "gone.md", "lost*.md", "-o", &out]).code(2);
        assert_eq!(missing(&all.err), [1, 1, 1], "{verb}: {}", all.err);
        assert!(!case.path(&out).exists(), "{verb} made an output of nothing");
        let strict = case.run(&[verb, "page.md", "nowhere.md", "gone.md", "lost*.md", "-o", &out, "--strict"]).code(2);
        assert_eq!(missing(&strict.err), [1, 1, 1], "{verb}: {}", strict.err);
        assert!(!case.path(&out).exists(), "{verb} made an output where nothing may be missing");
        let some = case.run(&[verb, "page.md", "nowhere.md", "gone.md", "lost*.md", "-o", &out]).code(2);
        assert_eq!(missing(&some.err), [1, 1, 1], "{verb}: {}", some.err);
        assert!(case.path(&out).exists(), "{verb} wrote nothing of what is there");
    }
    for verb in ["run", "dedup"] {
        let report: serde_json::Value = serde_json::from_str(&case.read(&format!("{verb}.out/report.json"))).unwrap();
        assert_eq!(report["errors"]["not_found"], 3, "{verb}");
        assert_eq!(case.records(&format!("{verb}.out/quarantine.jsonl")).len(), 3, "{verb}");
    }
}

#[test]
fn what_writes_a_folder_does_not_take_standard_output_for_one() {
    let case = Case::with_archive();
    case.run(&["run", "page.md", "-o", "out"]).code(0);
    for verb in ["run page.md", "dedup page.md", "generate", "export csv out"] {
        let arguments: Vec<&str> = verb.split(' ').chain(["-o", "-"]).collect();
        check(&case, &arguments, "standard output is no folder");
    }
    assert!(!case.path("-").exists());
}

#[test]
fn a_folder_that_a_failed_command_made_goes_again() {
    let case = Case::with_archive();
    std::fs::create_dir_all(case.path("there/empty")).unwrap();
    for out in ["new", "new/below", "there/empty", "there/new/below"] {
        check(&case, &["run", "nosuch*", "-o", out], "no file matches this pattern");
        check(&case, &["run", "nosuch.md", "-o", out, "--force"], "no such file");
        check(&case, &["run", "page.md", "nosuch.md", "-o", out, "--strict"], "no such file");
        check(&case, &["run", "page.md", "-o", out, "--gazetteer", "nosuch.tsv"], "cannot read the gazetteer");
        check(&case, &["dedup", "nosuch.md", "-o", out], "no such file");
        for form in ["csv", "dolma", "card"] {
            check(&case, &["export", form, "archive", "-o", out], "archive");
        }
    }
    assert!(!case.path("new").exists());
    assert_eq!(case.names("there"), ["empty"]);
    assert!(case.names("there/empty").is_empty());
}

#[test]
fn an_input_is_not_written_over() {
    let case = Case::with_archive();
    for verb in ["segment", "extract"] {
        for (input, out) in [("page.md", "page.md"), ("page.md", "archive/../page.md"), ("*.md", "page.md")] {
            for force in [&[][..], &["--force"]] {
                let arguments = [&[verb, input, "-o", out], force].concat();
                check(&case, &arguments, "is an input and cannot be written to\n  hint: name another file");
            }
        }
        check(&case, &[verb, "archive", "-o", "archive/2024-07-18-01.md", "--force"], "is an input");
    }
    case.write("dd/pages.jsonl", case.read("pages.jsonl"));
    for verb in ["run", "dedup"] {
        for input in ["dd/pages.jsonl", "dd/*.jsonl", "archive/../dd/pages.jsonl"] {
            check(&case, &[verb, input, "-o", "dd", "--force"], "cannot be");
        }
        check(&case, &[verb, "dd", "-o", ".", "--force"], "jianbao: .: holds the input dd");
        check(&case, &[verb, "dd*/*", "-o", "dd", "--force"], "all inputs that were found lie in the output folder");
    }
    assert_eq!(case.read("page.md"), FIRST_PAGE);
    assert_eq!(case.read("archive/2024-07-18-01.md"), FIRST_PAGE);
    assert_eq!(case.names("dd"), ["pages.jsonl"]);
    assert_eq!(case.read("dd/pages.jsonl"), case.read("pages.jsonl"));
    // What an earlier call wrote into a folder below the input is not read.
    for verb in ["run", "dedup"] {
        case.run(&[verb, ".", "-o", "out", "--force"]).code(0);
        let report: serde_json::Value = serde_json::from_str(&case.read("out/report.json")).unwrap();
        assert_eq!(report["input"]["files"], 5, "{verb}");
    }
}

#[cfg(unix)]
#[test]
fn links_lead_to_inputs_too() {
    let case = Case::with_archive();
    std::os::unix::fs::symlink("page.md", case.path("link.jsonl")).unwrap();
    std::os::unix::fs::symlink("archive", case.path("folder")).unwrap();
    check(&case, &["segment", "page.md", "-o", "link.jsonl", "--force"], "link.jsonl: is an input");
    check(&case, &["segment", "link.jsonl", "-o", "page.md", "--force"], "page.md: is an input");
    check(&case, &["dedup", "archive/2024-07-18-01.md", "-o", "folder", "--force"], "folder: holds the input");
    assert_eq!(case.read("page.md"), FIRST_PAGE);
    assert_eq!(case.names("archive").len(), 2);
}

#[test]
fn a_line_that_is_no_json_is_named_by_its_number() {
    let case = Case::new();
    case.write(
        "pages.jsonl",
        json_line("a", FIRST_PAGE) + "{\"id\": \"b\", \"text\": \n" + &json_line("c", FIRST_PAGE),
    );
    check(&case, &["run", "pages.jsonl", "-o", "out"], "jianbao: pages.jsonl:2: ");
    let report: serde_json::Value = serde_json::from_str(&case.read("out/report.json")).unwrap();
    assert_eq!(report["input"]["pages"], 2);
    assert_eq!(report["errors"]["record"], 1);
}

#[test]
fn strict_stops_at_the_first_and_writes_nothing() {
    let case = Case::with_archive();
    check(&case, &["run", "page.md", "nowhere.md", "-o", "out", "--strict"], "nowhere.md");
    assert!(case.names("out").iter().all(|n| n.starts_with('.')), "{:?}", case.names("out"));
}

#[test]
fn what_stops_a_strict_run_is_told_once() {
    let case = Case::new();
    case.write("pages.jsonl", json_line("a", FIRST_PAGE) + "{\"id\": \"b\", \"text\": \n");
    for verb in ["run", "dedup", "segment", "extract"] {
        let out = format!("{verb}.out");
        let said = case.run(&[verb, "pages.jsonl", "-o", &out, "--strict"]).code(2);
        assert_eq!(said.err.matches("jianbao: pages.jsonl:2: ").count(), 1, "{verb}: {}", said.err);
        assert!(case.names(&out).iter().all(|name| name.starts_with('.')), "{verb}: {:?}", case.names(&out));
    }
}

#[test]
fn a_folder_without_pages_is_an_error() {
    let case = Case::new();
    std::fs::create_dir(case.path("empty")).unwrap();
    check(&case, &["run", "empty", "-o", "out"], "jianbao: empty: no files in this folder");
}

#[test]
fn an_output_that_cannot_be_written_is_found_out_before_reading() {
    let case = Case::with_archive();
    case.write("file", "");
    check(&case, &["run", "archive", "-o", "file"], "jianbao: file: is a file, not a folder");
    check(&case, &["run", "archive", "-o", "file/out"], "jianbao: file/out: cannot write");
    check(
        &case,
        &["segment", "archive", "-o", "no/such/folder.jsonl"],
        "no/such/folder.jsonl: there is no folder no/such",
    );
    check(&case, &["segment", "archive", "-o", "page.md"], "page.md: is there already\n  hint: --force");
}

#[test]
fn a_wrong_setting_is_named_with_its_line() {
    let case = Case::with_archive();
    case.write("jianbao.toml", "[write]\n\nkeep_repeat = true\n");
    check(
        &case,
        &["run", "page.md", "-o", "out", "--config", "jianbao.toml"],
        "jianbao: jianbao.toml:3: there is no setting write.keep_repeat\n  hint: did you mean write.keep_repeats?",
    );
    check(&case, &["run", "page.md", "-o", "out", "--config", "no.toml"], "jianbao: no.toml: cannot read the settings");
    check(&case, &["run", "page.md", "-o", "out", "--set", "write.keep_repeats"], "has no value");
    check(&case, &["run", "page.md", "-o", "out", "--set", "write.keep_repeats=1"], "setting write.keep_repeats:");
    check(&case, &["config", "write.nothing"], "there is no setting write.nothing");
    check(&case, &["man", "nothing"], "there is no verb nothing");
}

#[cfg(unix)]
#[test]
fn a_reader_that_has_enough_is_no_error() {
    let case = Case::with_archive();
    case.write("many.jsonl", json_line("a", &FIRST_PAGE.repeat(3000)));
    let script =
        format!("{} segment many.jsonl | head -c 1 >first; echo ${{PIPESTATUS[0]}}", super::case::program().display());
    let out = std::process::Command::new("bash").arg("-c").arg(script).current_dir(case.path("")).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&out.stdout).trim(), "0");
    assert_eq!(String::from_utf8_lossy(&out.stderr), "");
    assert_eq!(case.read("first"), "{");
}
