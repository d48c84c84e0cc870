//! A stage that panics on a page, which no page is known to cause: a page that says so makes it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::ErrorKind;
use crate::pipeline::{Form, Stage, Step, Unwatched, Watch, verify};
use crate::{Pipeline, Settings};

/// Pages of which two trip a stage, the second of them repeated by the third.
fn inputs(folder: &Path) -> Vec<PathBuf> {
    let aid = "县总工会昨日为三百一十二名环卫工人送去毛巾和饮料，并发放慰问金2万余元，受到大家欢迎。";
    let page = |id: &str, text: &str| serde_json::json!({"id": id, "text": text}).to_string() + "\n";
    let pages = [
        page("whole", &format!("## 送清凉\n\n{aid}\n")),
        page("broken", &format!("## 送清凉\n\ntrip layout {aid}\n")),
        page("bare", &format!("## 技能比武\n\ntrip extract 来自十二家企业的钳工现场比拼，奖金3万元。\n\n{aid}\n")),
    ];
    let path = folder.join("pages.jsonl");
    fs::write(&path, pages.concat()).unwrap();
    vec![path]
}

#[test]
fn a_stage_that_panics_costs_one_page() {
    let folder = tempfile::tempdir().unwrap();
    let inputs = inputs(folder.path());
    let mut written = Vec::new();
    for threads in [1, 3] {
        let out = folder.path().join(threads.to_string());
        let outcome = Pipeline::new(Settings::default()).threads(threads).run(&inputs, &out).unwrap();
        assert_eq!(outcome.report.errors.get("internal"), Some(&2));
        let read = |name: &str| String::from_utf8(fs::read(out.join(name)).unwrap()).unwrap();
        written.push([read("articles.jsonl"), read("repeats.jsonl"), read("quarantine.jsonl")]);
        let checked = verify(&out, &inputs, &Unwatched).unwrap();
        assert_eq!((checked.n_problems, checked.problems), (0, vec![]));
    }
    assert_eq!(written[0], written[1]);
    let [articles, _, quarantine] = &written[0];
    assert!(articles.contains("\"id\":\"whole/a1\"") && articles.contains("2万余元"));
    assert!(!articles.contains("\"id\":\"broken/a1\""));
    let bare = articles.lines().find(|line| line.contains("\"id\":\"bare/a1\"")).unwrap();
    assert!(bare.contains("奖金3万元") && bare.contains("\"facts\":[]"), "{bare}");
    let told: Vec<serde_json::Value> = quarantine.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let short = |v: &serde_json::Value| (v["page"].clone(), v["kind"].clone(), v["kept"].clone());
    assert_eq!(short(&told[0]), ("broken".into(), "internal".into(), false.into()));
    assert_eq!(short(&told[1]), ("bare".into(), "internal".into(), true.into()));
    assert_eq!(told[0]["message"], "layout failed, the page is left out: tripped");
    assert!(told[0]["source"].as_str().unwrap().ends_with("pages.jsonl"));
}

#[test]
fn a_strict_run_stops_at_a_stage_that_panics() {
    let folder = tempfile::tempdir().unwrap();
    let inputs = inputs(folder.path());
    let out = folder.path().join("out");
    let error = Pipeline::new(Settings::default()).strict(true).run(&inputs, &out).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Internal);
    assert!(!out.join("articles.jsonl").exists());
}

#[test]
fn a_stage_alone_goes_on_behind_a_page_on_which_it_panics() {
    let folder = tempfile::tempdir().unwrap();
    let inputs = inputs(folder.path());
    let mut records = Vec::new();
    let outcome = Pipeline::new(Settings::default()).stage(Stage::Segment, &inputs, &mut records).unwrap();
    let records = String::from_utf8(records).unwrap();
    assert_eq!(outcome.report.errors.get("internal"), Some(&1));
    assert!(records.contains("\"id\":\"whole/a1\"") && records.contains("\"id\":\"bare/a1\""));
    assert!(!records.contains("\"id\":\"broken/a1\""));
}

#[test]
fn a_page_on_which_dedup_panics_is_written_as_it_came() {
    let folder = tempfile::tempdir().unwrap();
    let text = "市总工会昨日慰问了三百一十二名环卫工人，送去毛巾和饮料，受到大家欢迎。";
    let page = |id: &str, text: &str| serde_json::json!({"id": id, "text": text}).to_string() + "\n";
    let pages = [
        page("first", text),
        page("unread", &format!("trip dedup\n\n{text}")),
        page("unwritten", &format!("trip writing\n\n{text}")),
        page("last", text),
    ];
    let input = folder.path().join("pages.jsonl");
    fs::write(&input, pages.concat()).unwrap();
    for form in [Form::Clean, Form::Tagged] {
        let out = folder.path().join(format!("{form:?}"));
        let outcome = Pipeline::new(Settings::default()).dedup(std::slice::from_ref(&input), &out, form).unwrap();
        assert_eq!(outcome.report.errors.get("internal"), Some(&2));
        assert_eq!(outcome.report.input.pages, 4);
        let written = String::from_utf8(fs::read(out.join("pages.jsonl")).unwrap()).unwrap();
        let ids: Vec<_> = written.lines().map(|l| l.contains("first") || l.contains("last")).collect();
        assert_eq!(ids, [true, false, false, true]);
        let lines: Vec<String> = written.lines().map(|line| format!("{line}\n")).collect();
        assert_eq!(lines[2], pages[2]);
        assert_ne!(lines[3], pages[3]);
        if form == Form::Clean {
            assert_eq!(lines[1], pages[1]);
        }
        let told = String::from_utf8(fs::read(out.join("quarantine.jsonl")).unwrap()).unwrap();
        assert!(told.contains("dedup failed, the page is written as it came: tripped"));
        assert!(told.contains("writing failed, the page is written as it came: tripped"));
        assert_eq!(told.lines().filter(|line| line.contains("\"kept\":true")).count(), 2);
    }
    let strict =
        Pipeline::new(Settings::default()).strict(true).dedup(&[input], &folder.path().join("strict"), Form::Clean);
    assert_eq!(strict.unwrap_err().kind(), ErrorKind::Internal);
}

/// Writes a file anew when the pages are read again.
struct Changes<'c> {
    path: &'c Path,
    text: &'c str,
}

impl Watch for Changes<'_> {
    fn step(&self, step: Step, _: Option<u64>) {
        if step == Step::Write {
            fs::write(self.path, self.text).unwrap();
        }
    }
}

#[test]
fn a_file_that_changes_between_the_readings_is_named() {
    let aid = "## 送清凉\n\n县总工会昨日为三百一十二名环卫工人送去毛巾和饮料，受到大家欢迎。\n";
    let (other, twice) = (aid.replace("三百", "五百"), aid.repeat(2));
    for text in [&*other, "", "## 技能比武\n\n县总工会举办比武。\n", &twice] {
        let folder = tempfile::tempdir().unwrap();
        let files: Vec<PathBuf> = ["a.md", "b.md", "c.md"].iter().map(|name| folder.path().join(name)).collect();
        for path in &files {
            fs::write(path, aid).unwrap();
        }
        let watch = Changes { path: &files[1], text };
        let out = folder.path().join("out");
        let error = Pipeline::new(Settings::default()).watch(&watch).run(&files, &out).unwrap_err();
        assert!(error.to_string().ends_with("b.md: changed while it was read"), "{error}");
        assert!(!out.join("articles.jsonl").exists());
    }
}
