//! A run that is killed, stopped or out of disk, and what becomes of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::cli::case::{Case, FIRST_PAGE, json_line};

/// Enough pages for a run of some hundred milliseconds in many chunks, some of them repeated.
fn archive(case: &Case) {
    let pages: String = (0..240)
        .map(|n| {
            let text =
                FIRST_PAGE.replace("326", &(n % 500 + 10).to_string()).replace("方小宁", ["方小宁", "吕明哲"][n % 2]);
            json_line(&format!("p{}", n % 230), &text.repeat(n % 4 + 1))
        })
        .collect();
    case.write("pages.jsonl", pages.replacen("{\"id\":\"p77\"", "{\"id\": broken", 1));
}

/// Small chunks, so that there is much to be killed between.
const RUN: &[&str] =
    &["run", "pages.jsonl", "-q", "--set", "read.chunk_bytes=8192", "--set", "layout.statistics_bits=12"];

fn command(case: &Case, out: &str, more: &[&str]) -> Command {
    let mut command = Command::new(crate::cli::case::program());
    command.current_dir(case.path("")).args(RUN).args(["-o", out]).args(more);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Every file of an output but the times in its report.
fn files(case: &Case, out: &str) -> Vec<(String, String)> {
    let read = |name: &String| {
        let text = case.read(&format!("{out}/{name}"));
        if name != "report.json" {
            return text;
        }
        let mut report: serde_json::Value = serde_json::from_str(&text).unwrap();
        report.as_object_mut().unwrap().remove("timing").unwrap();
        report.to_string()
    };
    case.names(out).into_iter().map(|name| (name.clone(), read(&name))).collect()
}

#[track_caller]
fn assert_same(case: &Case, out: &str, whole: &[(String, String)]) {
    let got = files(case, out);
    let names = |files: &[(String, String)]| files.iter().map(|f| f.0.clone()).collect::<Vec<_>>();
    assert_eq!(names(&got), names(whole), "{out}");
    for ((name, got), (_, want)) in got.iter().zip(whole) {
        assert!(got == want, "{out}/{name} differs from that of a run that was not disturbed");
    }
}

/// A number from 0 to 1 that is another for each seed.
fn fraction(seed: u64) -> f64 {
    let mut x = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x2545_f491_4f6c_dd1d;
    for _ in 0..3 {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
    }
    (x >> 11) as f64 / (1_u64 << 53) as f64
}

#[cfg(unix)]
#[test]
fn a_run_killed_at_any_moment_goes_on_to_the_same_bytes() {
    let case = Case::new();
    archive(&case);
    let started = Instant::now();
    assert_eq!(command(&case, "whole", &[]).status().unwrap().code(), Some(2), "one line is broken");
    let length = started.elapsed();
    let whole = files(&case, "whole");
    assert!(whole.iter().any(|(name, _)| name == "quarantine.jsonl"));
    let mut killed = 0;
    for moment in 0..50_u64 {
        let out = format!("out{moment}");
        // The run, then up to two of its resumes, are killed; the last resume comes to its end.
        for attempt in 0..=moment % 3 {
            let more: &[&str] = if attempt == 0 { &[] } else { &["--resume"] };
            let mut wait = length.mul_f64(fraction(moment * 3 + attempt));
            loop {
                let mut child = command(&case, &out, more).spawn().unwrap();
                std::thread::sleep(wait);
                child.kill().unwrap();
                let in_time = child.wait().unwrap().code().is_none();
                killed += usize::from(in_time);
                if in_time || attempt > 0 {
                    break;
                }
                // It was faster than the first: once more, and killed sooner.
                fs::remove_dir_all(case.path(&out)).unwrap();
                wait /= 2;
            }
        }
        let threads = if moment % 2 == 0 { "-j1" } else { "-j3" };
        let ended = command(&case, &out, &["--resume", threads]).status().unwrap().code();
        assert_eq!(ended, Some(2), "moment {moment}");
        assert_same(&case, &out, &whole);
        fs::remove_dir_all(case.path(&out)).unwrap();
    }
    assert!(killed >= 50, "only {killed} runs were killed before their end");
}

#[cfg(unix)]
#[test]
fn a_run_with_an_index_killed_at_any_moment_adds_its_pages_once() {
    let case = Case::new();
    archive(&case);
    case.write("pages.jsonl", case.read("pages.jsonl").replace("\"id\":\"p", "\"id\":\"q"));
    case.write("before.jsonl", json_line("p1", FIRST_PAGE));
    let files_of = |folder: &str| -> Vec<(String, Vec<u8>)> {
        let read = |name: String| (name.clone(), fs::read(case.path(&format!("{folder}/{name}"))).unwrap());
        case.names(folder).into_iter().map(read).filter(|(name, _)| name != "lock").collect()
    };
    let begin = |index: &str| {
        let _ = fs::remove_dir_all(case.path(index));
        case.run(&["run", "before.jsonl", "-o", "before", "--force", "--index", index, "-q"]).code(0);
    };
    begin("whole-index");
    let started = Instant::now();
    assert_eq!(command(&case, "whole", &["--index", "whole-index"]).status().unwrap().code(), Some(2));
    let length = started.elapsed();
    let (whole, index) = (files(&case, "whole"), files_of("whole-index"));
    for moment in 0..16_u64 {
        let out = format!("out{moment}");
        begin("index");
        let unchanged = files_of("index");
        let mut child = command(&case, &out, &["--index", "index"]).spawn().unwrap();
        std::thread::sleep(length.mul_f64(1.1 * fraction(moment)));
        child.kill().unwrap();
        child.wait().unwrap();
        // Until the output is complete the index is what it was, but for files that do not count.
        let manifest = |files: &[(String, Vec<u8>)]| files.iter().find(|(name, _)| name == "index.json").cloned();
        if !case.path(&format!("{out}/articles.jsonl")).exists() {
            assert_eq!(manifest(&files_of("index")), manifest(&unchanged));
        }
        let begun = case.path(&format!("{out}/.jianbao/run.json")).exists();
        if begun && moment % 2 == 0 {
            let other = command(&case, &out, &["--resume"]).status().unwrap().code();
            assert_eq!(other, Some(2), "without its index");
        }
        assert_eq!(command(&case, &out, &["--resume", "--index", "index"]).status().unwrap().code(), Some(2));
        assert_same(&case, &out, &whole);
        assert!(files_of("index") == index, "moment {moment}: the index differs");
    }
}

#[test]
fn a_run_that_is_complete_is_not_run_again() {
    let case = Case::with_archive();
    case.run(&["run", "archive", "-o", "out"]).code(0);
    let before = fs::metadata(case.path("out/articles.jsonl")).unwrap().modified().unwrap();
    case.run(&["run", "archive", "-o", "out", "--resume"]).code(0);
    assert_eq!(fs::metadata(case.path("out/articles.jsonl")).unwrap().modified().unwrap(), before);
}

#[test]
fn a_complete_output_of_another_run_is_not_taken_for_this_one() {
    let case = Case::with_archive();
    let day2 = FIRST_PAGE.replace("326", "517");
    case.write("day2.md", &day2);
    case.run(&["run", "page.md", "-o", "out", "-q"]).code(0);
    let resume = |arguments: &[&str]| case.run(&[&["run", "-o", "out", "--resume"], arguments].concat());
    let said = resume(&["page.md"]).code(0);
    assert!(said.err.starts_with("out is complete") && said.err.contains("nothing was to do"), "{}", said.err);
    let before = files(&case, "out");
    for (arguments, message) in [
        (&["day2.md"][..], "with other inputs"),
        (&["page.md", "day2.md"], "with other inputs"),
        (&["page.md", "--keep-repeats"], "with other settings"),
        (&["page.md", "--index", "index"], "with another index"),
    ] {
        let said = resume(arguments).code(2);
        let expected = format!("out: the complete output that is there was begun {message}");
        assert!(said.err.contains(&expected) && said.err.contains("hint: --force"), "{arguments:?}: {}", said.err);
    }
    assert!(resume(&["nowhere.md"]).code(2).err.contains("nowhere.md: no such file"));
    case.write("page.md", day2);
    assert!(resume(&["page.md"]).code(2).err.contains("or they have changed since"));
    assert_eq!(files(&case, "out"), before);
    assert!(!case.path("index").exists());
    // The output of another verb does not say what it was made of.
    case.run(&["dedup", "pages.jsonl", "-o", "clean", "-q"]).code(0);
    let said = case.run(&["run", "pages.jsonl", "-o", "clean", "--resume"]).code(2);
    assert!(said.err.contains("does not say what it was made of"), "{}", said.err);
}

#[test]
fn a_complete_output_of_standard_input_is_known_by_what_comes() {
    let case = Case::new();
    let run = ["run", "-", "-o", "out", "--resume"];
    case.pipe(&run, FIRST_PAGE).code(0);
    assert!(case.pipe(&run, FIRST_PAGE).code(0).err.contains("nothing was to do"));
    let said = case.pipe(&run, &FIRST_PAGE.replace("326", "517")).code(2);
    assert!(said.err.contains("with other inputs"), "{}", said.err);
    assert_eq!(case.names("out"), ["articles.jsonl", "repeats.jsonl", "report.json"]);
}

#[test]
fn outputs_that_wait_to_be_moved_are_not_moved_for_another_run() {
    let case = Case::with_archive();
    case.write("other.md", "## 另一个版面\n");
    case.run(&["run", "page.md", "-o", "out", "-q"]).code(0);
    fs::create_dir(case.path("out/.jianbao")).unwrap();
    fs::rename(case.path("out/report.json"), case.path("out/.jianbao/report.json")).unwrap();
    let said = case.run(&["run", "other.md", "-o", "out", "--resume"]).code(2);
    assert!(said.err.contains("with other inputs"), "{}", said.err);
    case.run(&["run", "nowhere.md", "-o", "out", "--resume"]).code(2);
    case.run(&["run", "page.md", "-o", "out", "--resume"]).code(0);
    assert_eq!(case.names("out"), ["articles.jsonl", "repeats.jsonl", "report.json"]);
}

#[test]
fn a_run_killed_while_its_folder_goes_is_complete() {
    let case = Case::new();
    archive(&case);
    assert_eq!(command(&case, "out", &[]).status().unwrap().code(), Some(2), "one line is broken");
    let whole = files(&case, "out");
    // The report is moved, and some of the folder is still there.
    fs::create_dir(case.path("out/.jianbao")).unwrap();
    case.write("out/.jianbao/progress.json", "{");
    assert_eq!(command(&case, "out", &["--resume"]).status().unwrap().code(), Some(2));
    assert_same(&case, "out", &whole);
    // All is moved but the report, which waits; the manifest is gone.
    fs::create_dir(case.path("out/.jianbao")).unwrap();
    fs::rename(case.path("out/report.json"), case.path("out/.jianbao/report.json")).unwrap();
    case.write("out/.jianbao/progress.json", "{");
    assert_eq!(command(&case, "out", &["--resume"]).status().unwrap().code(), Some(2));
    assert_same(&case, "out", &whole);
}

/// Leaves a run that was killed when it had begun.
#[cfg(unix)]
fn leave(case: &Case, out: &str) {
    let mut child = command(case, out, &["-j1"]).spawn().unwrap();
    let begun = case.path(&format!("{out}/.jianbao/run.json"));
    let deadline = Instant::now() + Duration::from_secs(20);
    while !begun.exists() && Instant::now() < deadline {
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(begun.exists(), "the run was never begun or came to its end");
}

#[cfg(unix)]
#[test]
fn what_a_killed_run_left_is_neither_mixed_with_other_input_nor_written_over() {
    let case = Case::new();
    archive(&case);
    leave(&case, "out");
    let said = case.run(&[RUN, &["-o", "out"]].concat()).code(2);
    assert!(said.err.contains("out: is not empty\n  hint: --resume goes on"), "{}", said.err);
    let said = case.run(&[RUN, &["-o", "out", "--resume", "--keep-repeats"]].concat()).code(2);
    assert!(said.err.contains("was begun with other settings\n  hint: --force begins anew"), "{}", said.err);
    case.write("pages.jsonl", json_line("other", FIRST_PAGE));
    let said = case.run(&[RUN, &["-o", "out", "--resume"]].concat()).code(2);
    assert!(said.err.contains("was begun with other inputs"), "{}", said.err);
    case.run(&[RUN, &["-o", "out", "--force"]].concat()).code(0);
    assert_eq!(case.names("out"), ["articles.jsonl", "repeats.jsonl", "report.json"]);
}

#[cfg(unix)]
#[test]
fn a_stopped_run_saves_and_says_how_to_go_on() {
    let case = Case::new();
    archive(&case);
    case.run(&[RUN, &["-o", "whole"]].concat()).code(2);
    let mut stopped = 0;
    for wait in [1, 40, 120, 250] {
        let out = format!("out{wait}");
        let child = Command::new(crate::cli::case::program())
            .current_dir(case.path(""))
            .args(RUN)
            .args(["-o", &out, "-j1"])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let begun = case.path(&format!("{out}/.jianbao/run.json"));
        while !begun.exists() && !case.path(&format!("{out}/report.json")).exists() {
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(Duration::from_millis(wait));
        Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        let said = String::from_utf8_lossy(&output.stderr);
        stopped += usize::from(said.contains("stopped, and kept what was done\n  hint: --resume goes on from there"));
        case.run(&[RUN, &["-o", &out, "--resume"]].concat()).code(2);
        assert_same(&case, &out, &files(&case, "whole"));
    }
    assert!(stopped >= 1, "no run was stopped in time");
}

#[cfg(unix)]
#[test]
fn a_full_disk_stops_the_run_and_leaves_no_half_of_a_file() {
    let case = Case::new();
    archive(&case);
    case.run(&[RUN, &["-o", "whole"]].concat()).code(2);
    let whole = files(&case, "whole");
    let program: PathBuf = crate::cli::case::program();
    let mut failed = 0;
    // A limit on the size of files stands for the disk: the first write beyond it fails, at another place each time.
    for kilobytes in [1, 2, 3, 5, 9, 17, 33, 65, 129, 257, 513] {
        let out = format!("out{kilobytes}");
        let script = format!("trap '' XFSZ; ulimit -f {kilobytes}; exec {} \"$@\"", program.display());
        let output = Command::new("bash")
            .args(["-c", &script, "bash"])
            .args(RUN)
            .args(["-o", &out])
            .current_dir(case.path(""))
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2));
        let said = String::from_utf8_lossy(&output.stderr);
        if case.names(&out).contains(&"report.json".to_owned()) {
            continue;
        }
        failed += 1;
        assert!(said.contains("cannot write"), "{said}");
        let begun = case.path(&format!("{out}/.jianbao/run.json")).exists();
        assert_eq!(said.contains("hint: make room, then --resume goes on from there"), begun, "{said}");
        assert!(case.names(&out).iter().all(|n| n.starts_with('.')), "{:?}", case.names(&out));
        // With space again it goes on.
        case.run(&[RUN, &["-o", &out, "--resume"]].concat()).code(2);
        assert_same(&case, &out, &whole);
    }
    assert!(failed >= 8, "{failed} disks were full");
}

#[test]
fn damage_to_what_a_run_keeps_for_itself_is_found_out() {
    let case = Case::with_archive();
    fs::create_dir_all(case.path("out/.jianbao")).unwrap();
    case.write("out/.jianbao/run.json", "{\"version\": ");
    let said = case.run(&["run", "archive", "-o", "out", "--resume"]).code(2);
    assert!(said.err.contains("run.json: is damaged"), "{}", said.err);
    assert!(Path::new(&case.path("out/.jianbao/run.json")).exists());
    case.run(&["run", "archive", "-o", "out", "--force"]).code(0);
}
