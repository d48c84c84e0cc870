//! What becomes of files and folders: modes, temporary files, outputs among the inputs, what is no input at all.

use super::case::{Case, FIRST_PAGE, SECOND_PAGE, json_line, program};

/// The mode of a file, as `ls` shows it in digits.
#[cfg(unix)]
fn mode(case: &Case, name: &str) -> String {
    use std::os::unix::fs::PermissionsExt as _;

    format!("{:o}", std::fs::metadata(case.path(name)).unwrap().permissions().mode() & 0o777)
}

#[cfg(unix)]
#[test]
fn files_have_the_mode_that_the_user_asks_for() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::process::Command;

    let case = Case::with_archive();
    let calls = [
        "segment archive -o segmented.jsonl",
        "run archive -o out -q",
        "dedup archive -o clean -q",
        "export csv out -o table",
        "generate -o made --pages 2 -q",
    ];
    let files = ["segmented.jsonl", "out/articles.jsonl", "out/report.json", "clean/pages.jsonl", "table/facts.csv"];
    for (umask, expected, kept) in [("077", "600", None), ("002", "664", Some(0o640)), ("022", "640", None)] {
        for call in calls {
            let force = if umask == "077" { "" } else { " --force" };
            let line = format!("umask {umask}; exec '{}' {call}{force}", program().display());
            assert!(
                Command::new("sh").args(["-c", &line]).current_dir(case.path("")).status().unwrap().success(),
                "{line}"
            );
        }
        for name in files {
            assert_eq!(mode(&case, name), expected, "{name} with umask {umask}");
            // The next call writes over it, and keeps its mode.
            let next = kept.unwrap_or(0o664);
            std::fs::set_permissions(case.path(name), std::fs::Permissions::from_mode(next)).unwrap();
        }
    }
}

#[cfg(unix)]
#[test]
fn a_signal_leaves_no_temporary_files() {
    use std::io::Write as _;
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};

    let case = Case::with_archive();
    let call = |signal: &str, arguments: &[&str]| {
        let mut child = Command::new(program())
            .args(arguments)
            .current_dir(case.path(""))
            .env("TMPDIR", case.path("there"))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // It waits for more of its input while the signal comes.
        let mut input = child.stdin.take().unwrap();
        input.write_all(json_line("p", FIRST_PAGE).as_bytes()).unwrap();
        let started = Instant::now();
        while !case.names("there").iter().any(|name| name.starts_with(".jianbao-")) {
            assert!(started.elapsed() < Duration::from_mins(1), "{arguments:?} makes no temporary file");
            std::thread::sleep(Duration::from_millis(20));
        }
        let pid = child.id().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
        assert!(!child.wait().unwrap().success());
        drop(input);
        assert_eq!(case.names("there"), [""; 0], "{arguments:?}");
    };
    case.run(&["run", "archive", "-o", "out", "-q"]).code(0);
    std::fs::create_dir(case.path("there")).unwrap();
    call("-INT", &["segment", "-o", "there/segmented.jsonl"]);
    call("-TERM", &["extract", "-", "-o", "there/extracted.jsonl"]);
    call("-TERM", &["dedup", "-", "-o", "there"]);
    call("-INT", &["verify", "out", "-"]);
}

#[test]
fn what_a_killed_call_left_goes_with_force() {
    let case = Case::with_archive();
    for verb in ["run", "dedup"] {
        case.write(&format!("{verb}/.jianbao-Ab12cd"), "left");
        case.write(&format!("{verb}/.mine"), "mine");
        case.run(&[verb, "page.md", "-o", verb]).code(2);
        case.run(&[verb, "page.md", "-o", verb, "--force", "-q"]).code(0);
        let names = case.names(verb);
        assert!(names.contains(&".mine".into()) && !names.iter().any(|n| n.starts_with(".jianbao")), "{names:?}");
    }
}

#[test]
fn an_output_is_read_as_records_where_it_is_named_and_passed_over_inside_of_a_folder() {
    let case = Case::with_archive();
    case.run(&["run", "archive", "-o", "archive/out", "-q"]).code(0);
    let articles = case.run(&["extract", "archive/out/articles.jsonl"]).code(0);
    assert_eq!(case.run(&["extract", "archive/out"]).code(0).out, articles.out);
    // Found among the inputs, it is none of them.
    case.run(&["dedup", "archive", "-o", "clean"]).code(0);
    let said = case.run(&["dedup", "archive", "-o", "clean", "--force"]).code(0);
    assert!(
        said.err.contains("jianbao: archive/out: is passed over, since an earlier call has written it"),
        "{}",
        said.err
    );
    assert_eq!(case.records("clean/pages.jsonl").len(), 2);
    assert_eq!(case.run(&["dedup", "archive", "-o", "clean", "--force", "-q"]).code(0).err, "");
    // Its own output is not worth a word.
    let said = case.run(&["run", "archive", "-o", "archive/out", "--force"]).code(0);
    assert!(!said.err.contains("passed over"), "{}", said.err);
    // The pages of `dedup` are an input like any other.
    case.run(&["run", "clean", "-o", "whole", "-q"]).code(0);
    assert_eq!(case.records("whole/articles.jsonl").len(), 2);
    // A folder that only has such names is no output.
    case.write("mine/report.json", "{\"id\": \"r\", \"text\": \"县总工会昨日开会。\"}");
    case.write("mine/pages.jsonl", json_line("d1", FIRST_PAGE));
    case.run(&["dedup", "mine", "-o", "three", "-q"]).code(0);
    assert_eq!(case.records("three/pages.jsonl").len(), 2);
}

#[cfg(unix)]
#[test]
fn a_pattern_says_nothing_of_what_it_does_not_match() {
    let case = Case::with_archive();
    std::os::unix::fs::symlink("nowhere", case.path("archive/link.txt")).unwrap();
    assert_eq!(case.run(&["segment", "archive/*.md"]).code(0).err, "");
    let said = case.run(&["segment", "archive/*.txt"]).code(2);
    assert!(said.err.contains("archive/link.txt: a link to something that is not there"), "{}", said.err);
    let said = case.run(&["bench", "archive", "--runs", "1", "-j", "1"]).code(0);
    assert!(said.err.contains("archive/link.txt") && said.out.contains("\nrun "), "{said:?}");
    case.run(&["bench", "archive", "--runs", "1", "-j", "1", "--strict"]).code(2);
}

#[test]
fn a_benchmark_reads_standard_input_where_it_is_named() {
    let case = Case::new();
    let pages = json_line("a", FIRST_PAGE) + &json_line("b", SECOND_PAGE);
    let said = case.pipe(&["bench", "-", "--runs", "1", "-j", "1", "--json"], &pages).code(0);
    let figures: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let of = |what: &str| figures["measured"].as_array().unwrap().iter().find(|m| m["what"] == what).cloned().unwrap();
    assert_eq!((&of("run")["pages"], &of("read")["pages"]), (&2.into(), &2.into()));
    assert!(case.run(&["bench", "--runs", "0"]).code(2).err.contains("invalid value '0' for '--runs <N>'"));
}

#[test]
fn other_documents_are_told_and_the_rest_is_read() {
    let case = Case::with_archive();
    case.write(
        "archive/feed.xml",
        "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>工会</title></channel></rss>",
    );
    case.write("archive/table.csv", "id,text\n1,县总工会昨日开会\n");
    case.write(
        "archive/saved.mht",
        "From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n工会",
    );
    let said = case.run(&["run", "archive", "-o", "out"]).code(2);
    for what in [
        "feed.xml: not a page: an XML document",
        "table.csv: not a page: a table (CSV); make it JSON lines, one record with a text field a line",
        "saved.mht: not a page: a message or saved web page with MIME headers (EML, MHT)",
    ] {
        assert!(said.err.contains(what), "{what}: {}", said.err);
    }
    assert_eq!(case.records("out/articles.jsonl").len(), 2);
}

#[test]
fn a_path_that_cannot_be_written_is_told_before_anything_is_read() {
    let case = Case::with_archive();
    for (out, what) in [
        ("new/", "jianbao: new/: names a folder\n  hint: name a file in it\n"),
        (
            "nowhere/a.jsonl",
            "jianbao: nowhere/a.jsonl: there is no folder nowhere\n  hint: make it first, or name another\n",
        ),
    ] {
        assert_eq!(case.run(&["segment", "page.md", "-o", out]).code(2).err, what);
    }
    for verb in ["run", "dedup", "segment"] {
        assert!(case.run(&[verb, "page.md", "-o", ""]).code(2).err.contains("invalid value '' for '--output"));
    }
    case.run(&["segment", "-", "--stdin-id", ""]).code(2);
    assert_eq!(case.names(""), ["archive", "page.md", "pages.jsonl"]);
}

#[test]
fn strict_tells_the_first_problem_once() {
    let case = Case::new();
    case.write("bad.jsonl", "{\"x\": 1}\nnot JSON\n");
    for verb in [&["run", "-o", "run"][..], &["dedup", "-o", "dedup"], &["segment"], &["extract"]] {
        let said = case.run(&[verb, &["bad.jsonl", "--strict"]].concat()).code(2);
        assert_eq!(said.err.matches("jianbao: ").count(), 1, "{}", said.err);
        assert!(said.err.starts_with("jianbao: bad.jsonl:1: no field"), "{}", said.err);
    }
}

#[test]
fn the_summary_says_left_out_of_what_is_left_out() {
    let case = Case::with_archive();
    case.write("archive/again.md", FIRST_PAGE);
    let drop = ["--set", "dedup.reprints=drop"];
    for (call, left_out) in [
        (&["run"][..], true),
        (&["run", "--keep-repeats"], false),
        (&["dedup"], true),
        (&["dedup", "--tag"], false),
        (&["dedup", "--clusters"], false),
    ] {
        let said = case.run(&[call, &["archive", "-o", "out", "--force"], &drop].concat()).code(0);
        let says = |what: &str| said.err.contains(&format!("\n  {what}  "));
        assert_eq!((says("left out"), says("repeating")), (left_out, !left_out), "{call:?}: {}", said.err);
    }
}

#[cfg(unix)]
#[test]
fn help_that_cannot_be_printed_is_no_success() {
    let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") else { return };
    let status = std::process::Command::new(program()).args(["run", "--help"]).stdout(full).status().unwrap();
    assert_eq!(status.code(), Some(2));
}

#[test]
fn a_tag_leaves_its_line_as_it_was_written() {
    let case = Case::new();
    for (line, tagged) in [
        (r#"{"id":"a","text":"开会","k":1}"#, r#"{"id":"a","text":"开会","k":1, "repeats": []}"#),
        (r#"{"id":"a","text":"开会","repeats":[],"k":1}"#, r#"{"id":"a","text":"开会","k":1, "repeats": []}"#),
        (r#"{"repeats":[] , "id" :"a","text":"开会"}"#, r#"{ "id" :"a","text":"开会", "repeats": []}"#),
        (r#"{ "text": "开会", "repeats": "mine" }"#, r#"{ "text": "开会", "repeats": "mine", "jianbao_repeats": []}"#),
    ] {
        case.write("in.jsonl", format!("{line}\n"));
        case.run(&["dedup", "in.jsonl", "-o", "out", "--tag", "--force", "-q"]).code(0);
        assert_eq!(case.read("out/pages.jsonl"), format!("{tagged}\n"));
    }
}

#[test]
fn a_page_that_is_left_out_whole_has_no_text() {
    let case = Case::new();
    case.write("pages.jsonl", json_line("a", FIRST_PAGE) + &json_line("b", FIRST_PAGE));
    case.run(&["dedup", "pages.jsonl", "-o", "out", "-q"]).code(0);
    let pages = case.records("out/pages.jsonl");
    assert_eq!((pages[0]["text"].as_str(), pages[1]["text"].as_str()), (Some(FIRST_PAGE), Some("")));
    let said = case.run(&["verify", "out"]).code(2);
    assert!(said.err.contains("verify checks what `run` has written"), "{}", said.err);
}

#[test]
fn an_output_that_is_being_written_is_told_so() {
    let case = Case::with_archive();
    std::fs::create_dir_all(case.path("out/.jianbao")).unwrap();
    let lock = std::fs::File::create(case.path("out/.jianbao/lock")).unwrap();
    lock.lock().unwrap();
    for more in [&[][..], &["--force"], &["--resume"]] {
        let said = case.run(&[&["run", "archive", "-o", "out"], more].concat()).code(2);
        assert!(said.err.contains("jianbao: out: is being written by another run"), "{}", said.err);
    }
    lock.unlock().unwrap();
    case.run(&["run", "archive", "-o", "out"]).code(0);
}
