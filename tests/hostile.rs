//! Input that was made to harm, through the whole program: it ends, in bounded memory, with a line in the quarantine for
//! what was set aside and everything else written.

use std::fs;
use std::io::Write as _;

use jianbao::pipeline::Stage;
use jianbao::read::{Place, Sources};
use jianbao::{Pipeline, Settings};

use crate::cli::case::{Case, FIRST_PAGE, SECOND_PAGE, json_line};

/// Runs over `in/` and gives the messages of the quarantine. What else is there must be written, whatever stands beside.
#[track_caller]
fn quarantined(case: &Case, more: &[&str]) -> Vec<String> {
    case.write("in/zz.md", SECOND_PAGE);
    case.run(&[&["run", "in", "-o", "out", "-q", "--force"], more].concat()).code(2);
    assert!(case.read("out/articles.jsonl").contains("武义县举办职工技能竞赛"));
    let report: serde_json::Value = serde_json::from_str(&case.read("out/report.json")).unwrap();
    let lines = case.records("out/quarantine.jsonl");
    let counted: u64 = report["errors"].as_object().unwrap().values().map(|n| n.as_u64().unwrap()).sum();
    assert_eq!(counted, lines.len() as u64);
    lines.iter().map(|l| l["message"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn json_that_harms_is_set_aside_line_by_line() {
    let case = Case::new();
    let deep = format!("{{\"text\": \"工会\", \"meta\": {}1{}}}\n", "[".repeat(100_000), "]".repeat(100_000));
    let open = format!("{{\"text\": {}\n", "{\"a\":".repeat(100_000));
    let number = format!("{{\"text\": \"工会送清凉\", \"n\": {}}}\n", "9".repeat(1_000_000));
    let key = format!("{{\"text\": \"职工书屋\", \"{}\": 1}}\n", "k".repeat(1_000_000));
    case.write("in/a.jsonl", [deep, open, number, key, json_line("good", FIRST_PAGE)].concat());
    let told = quarantined(&case, &[]);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told.iter().all(|m| m.starts_with("not a JSON object: ")), "{told:?}");
    let articles = case.read("out/articles.jsonl");
    assert!(articles.contains("兰溪市总工会为职工送清凉") && articles.contains("工会送清凉"));
}

#[test]
fn html_a_million_levels_deep_is_set_aside() {
    let case = Case::new();
    case.write("in/a.html", format!("<html><body>{}工会", "<div>".repeat(1_000_000)));
    case.write("in/b.html", format!("<html><body>{}工会", "<b><i>".repeat(300_000)));
    assert_eq!(quarantined(&case, &[]), ["elements more than 512 deep"; 2]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_line_longer_than_memory_allows_is_set_aside_in_bounded_memory() {
    let case = Case::new();
    case.write("in/a.jsonl", json_line("before", FIRST_PAGE));
    let mut file = fs::OpenOptions::new().append(true).open(case.path("in/a.jsonl")).unwrap();
    file.write_all(b"{\"text\": \"").unwrap();
    // A hole reads as NULs and costs no disk.
    file.set_len(1 << 30).unwrap();
    drop(file);
    let mut file = fs::OpenOptions::new().append(true).open(case.path("in/a.jsonl")).unwrap();
    file.write_all(format!("\"}}\n{}", json_line("behind", "职工书屋开门")).as_bytes()).unwrap();
    drop(file);
    assert_eq!(quarantined(&case, &[]), ["a line of more than 201326592 bytes"]);
    let articles = case.read("out/articles.jsonl");
    assert!(articles.contains("\"before/a1\"") && articles.contains("\"behind/a1\""));
    let report: serde_json::Value = serde_json::from_str(&case.read("out/report.json")).unwrap();
    let peak = report["timing"]["peak_memory"].as_u64().unwrap();
    assert!(peak < 1 << 30, "{} MiB", peak >> 20);
}

#[test]
fn pages_of_nothing_but_lines_marks_or_nuls_are_pages() {
    let case = Case::new();
    case.write("in/lines.md", "工\n".repeat(300_000));
    case.write("in/marks.md", "# ".repeat(100_000));
    case.write("in/quotes.md", "“".repeat(100_000));
    case.write("in/digits.md", "9".repeat(200_000));
    case.write("in/nuls.jsonl", json_line("nuls", &"\0".repeat(10_000)));
    case.write("zz.md", SECOND_PAGE);
    case.run(&["run", "in", "zz.md", "-o", "out", "-q"]).code(0);
    case.run(&["verify", "out", "in", "zz.md", "-q"]).code(0);
    assert!(case.read("out/articles.jsonl").contains("武义县举办职工技能竞赛"));
}

#[test]
fn a_hundred_thousand_empty_files_are_pages_without_text() {
    let files = (0..100_000).map(|n| (format!("{n:05}.md"), Vec::new()));
    let sources = Sources::in_memory(files.chain([("z.md".to_owned(), b"text".to_vec())]));
    let (mut pages, mut faults, mut chunks) = (0, 0, 0);
    let settings = Settings::default().read;
    for chunk in sources.chunks(&settings, Place::default()) {
        let parsed = chunk.parse(&settings);
        chunks += 1;
        pages += parsed.pages.len();
        faults += parsed.faults.len();
    }
    assert_eq!(pages + faults, 100_001);
    assert!(chunks > 90, "{chunks}: a chunk is what a thread does, and what a resume does again");
}

#[cfg(unix)]
#[test]
fn pipes_and_devices_are_refused_and_not_waited_for() {
    let case = Case::new();
    case.write("in/a.md", FIRST_PAGE);
    let made = std::process::Command::new("mkfifo").arg(case.path("in/pipe.md")).status().unwrap();
    assert!(made.success());
    std::os::unix::fs::symlink("/dev/zero", case.path("in/zeros.md")).unwrap();
    assert_eq!(quarantined(&case, &[]), ["not a file (a pipe, socket or device)"; 2]);
    let said = case.run(&["run", "/dev/zero", "-o", "zero", "-q"]).code(2);
    assert!(said.err.contains("not a file (a pipe, socket or device)"), "{}", said.err);
}

#[test]
fn a_file_that_vanishes_is_told_and_the_others_are_read() {
    let case = Case::with_archive();
    let settings = Settings::default().read;
    let (sources, _) = Sources::discover(&[case.path("archive")], &settings);
    fs::remove_file(case.path("archive/2024-07-18-01.md")).unwrap();
    let (mut pages, mut faults) = (Vec::new(), Vec::new());
    for chunk in sources.chunks(&settings, Place::default()) {
        let parsed = chunk.parse(&settings);
        pages.extend(parsed.pages);
        faults.extend(parsed.faults);
    }
    assert_eq!(pages.len(), 1);
    assert_eq!(faults.len(), 1);
    assert!(faults[0].to_string().contains("2024-07-18-01.md: cannot open"), "{}", faults[0]);
}

/// Fails at its write number `at`, from 0, as a full disk does.
struct FailsAt {
    at: usize,
    written: Vec<u8>,
}

impl std::io::Write for FailsAt {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.at == 0 {
            return Err(std::io::ErrorKind::StorageFull.into());
        }
        self.at -= 1;
        self.written.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        if self.at == 0 { Err(std::io::ErrorKind::StorageFull.into()) } else { Ok(()) }
    }
}

#[test]
fn a_writer_that_fails_at_any_write_ends_a_stage_with_what_was_whole() {
    let case = Case::new();
    let pages: Vec<_> = (0..40).map(|n| json_line(&format!("p{n}"), &FIRST_PAGE.repeat(20))).collect();
    case.write("pages.jsonl", pages.concat());
    let mut settings = Settings::default();
    settings.read.chunk_bytes = 64 << 10;
    settings.layout.statistics_bits = 12;
    let inputs = [case.path("pages.jsonl")];
    let stage = |out: &mut FailsAt| Pipeline::new(settings.clone()).threads(2).stage(Stage::Segment, &inputs, out);
    let mut whole = FailsAt { at: usize::MAX, written: Vec::new() };
    stage(&mut whole).unwrap();
    let mut failed = 0;
    for at in 0.. {
        let mut out = FailsAt { at, written: Vec::new() };
        match stage(&mut out) {
            Ok(_) => break,
            Err(e) => {
                assert_eq!(e.to_string(), "cannot write the records: no storage space");
                assert!(whole.written.starts_with(&out.written), "write {at}");
                assert!(out.written.is_empty() || out.written.ends_with(b"\n"), "write {at}");
                failed += 1;
            }
        }
    }
    assert!(failed > 4, "{failed} writes");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_device_is_told() {
    let case = Case::with_archive();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = std::process::Command::new(crate::cli::case::program())
        .args(["segment", "archive", "-q"])
        .current_dir(case.path(""))
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.starts_with("jianbao: cannot write"), "{said}");
}
