//! `dedup` as a whole: what it writes does not depend on how it is run, and loses nothing.

use std::fs;
use std::path::{Path, PathBuf};

use jianbao::pipeline::Form;
use jianbao::{Pipeline, Settings};
use proptest::prelude::*;
use serde_json::Value;

pub(crate) const SENTENCES: [&str; 8] = [
    "市总工会昨天走进建设工地，为三百多名农民工送去防暑药品和饮料，并请来医生为大家免费体检。",
    "县职工服务中心今年新设六个法律援助站点，受理劳动争议一百余件，为职工追回工资和补偿。",
    "纺织女工周慧兰说，她在车间里干了十九年，带过的徒弟如今都成了班组里的骨干。",
    "夜班食堂从这个月起开到凌晨两点，热汤热面让赶工的司机和装卸工吃上了热饭。",
    "街道工会联合会把职工书屋搬到了码头边，退休教师轮流值守，周末还办起了读书会。",
    "为了让孩子们安心过暑假，工会在厂区旁边腾出两间教室，办起了免费的托管班。",
    "技能比武的赛场设在老厂房里，来自十二家企业的钳工现场比拼，观众席上座无虚席。",
    "合同签订之后，企业承诺每年为一线职工安排一次疗休养，并把结果向全体职工公开。",
];

/// A page of paragraphs: each a sentence by its number, with a character left out at a place, or whole.
pub(crate) fn page(paragraphs: &[(usize, Option<usize>)]) -> String {
    let texts: Vec<String> = paragraphs
        .iter()
        .map(|&(sentence, slip)| {
            let mut chars: Vec<char> = SENTENCES[sentence % SENTENCES.len()].chars().collect();
            if let Some(at) = slip {
                chars.remove(at % chars.len());
            }
            chars.into_iter().collect()
        })
        .collect();
    texts.join("\n\n")
}

pub(crate) fn line(id: &str, text: &str) -> String {
    serde_json::json!({"source": "scan", "id": id, "text": text, "pages": [1, 2]}).to_string() + "\n"
}

struct Ran {
    pages: String,
    repeats: String,
}

fn run(inputs: &[PathBuf], folder: &Path, threads: usize, memory: u64) -> Ran {
    let out = folder.join(format!("out-{threads}-{memory}"));
    let pipeline = Pipeline::new(Settings::default()).threads(threads).memory(memory).force(true);
    pipeline.dedup(inputs, &out, Form::Clean).unwrap();
    let read = |name: &str| fs::read_to_string(out.join(name)).unwrap();
    Ran { pages: read("pages.jsonl"), repeats: read("repeats.jsonl") }
}

fn archive() -> impl Strategy<Value = Vec<Vec<(usize, Option<usize>)>>> {
    let paragraph = (0..SENTENCES.len(), prop::option::weighted(0.3, 0..60_usize));
    prop::collection::vec(prop::collection::vec(paragraph, 0..6), 1..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn threads_memory_and_order_change_nothing(archive in archive()) {
        let folder = tempfile::tempdir().unwrap();
        let mut files = Vec::new();
        for (n, paragraphs) in archive.iter().enumerate() {
            let path = folder.path().join(format!("{n}.jsonl"));
            fs::write(&path, line(&format!("p{n}"), &page(paragraphs))).unwrap();
            files.push(path);
        }
        let once = run(&files, folder.path(), 1, 1 << 30);
        files.reverse();
        for (threads, memory) in [(2, 1 << 30), (2, 1), (1, 1 << 10)] {
            let again = run(&files, folder.path(), threads, memory);
            prop_assert_eq!(&once.pages, &again.pages);
            prop_assert_eq!(&once.repeats, &again.repeats);
        }
    }

    #[test]
    fn nothing_is_lost_and_every_span_slices_to_its_text(archive in archive()) {
        let folder = tempfile::tempdir().unwrap();
        let given: Vec<String> = archive.iter().map(|paragraphs| page(paragraphs)).collect();
        let path = folder.path().join("all.jsonl");
        fs::write(&path, given.iter().enumerate().map(|(n, t)| line(&n.to_string(), t)).collect::<String>()).unwrap();
        let ran = run(&[path], folder.path(), 2, 1 << 30);
        let mut kept = 0;
        for (n, record) in ran.pages.lines().enumerate() {
            let record: Value = serde_json::from_str(record).unwrap();
            let text = record["text"].as_str().unwrap();
            prop_assert_eq!(&record["pages"], &serde_json::json!([1, 2]));
            prop_assert!(text.split("\n\n").filter(|p| !p.is_empty()).all(|p| given[n].contains(p)));
            kept += text.split("\n\n").filter(|p| !p.is_empty()).count();
        }
        let mut left_out = 0;
        for repeat in ran.repeats.lines() {
            let repeat: Value = serde_json::from_str(repeat).unwrap();
            let chars: Vec<char> = given[repeat["page"].as_str().unwrap().parse::<usize>().unwrap()].chars().collect();
            let place = |n: usize| repeat["spans"][0][n].as_u64().unwrap() as usize;
            prop_assert_eq!(chars[place(0)..place(1)].iter().collect::<String>(), repeat["text"].as_str().unwrap());
            left_out += usize::from(repeat["kept"] == false);
        }
        let all: usize = archive.iter().map(Vec::len).sum();
        prop_assert_eq!(kept + left_out, all);
        // Of each sentence one copy stands, whatever became of the others.
        let sentences: std::collections::BTreeSet<usize> = archive.iter().flatten().map(|(s, _)| *s).collect();
        prop_assert!(kept >= sentences.len());
    }
}

#[track_caller]
fn repeats(text: &str) -> Vec<(String, String)> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page.jsonl");
    fs::write(&path, line("p", text)).unwrap();
    let ran = run(&[path], folder.path(), 1, 1 << 30);
    let of = |line: &str| {
        let repeat: Value = serde_json::from_str(line).unwrap();
        (repeat["kind"].as_str().unwrap().to_owned(), repeat["reason"].as_str().unwrap().to_owned())
    };
    ran.repeats.lines().map(of).collect()
}

#[test]
fn kinds_of_repeats() {
    let text = SENTENCES[0];
    let check = |copy: &str, kind: &str, reason: &str| {
        let page = format!("{text}\n\n{}\n\n{copy}", SENTENCES[1]);
        assert_eq!(repeats(&page), [(kind.to_owned(), reason.to_owned())], "{copy}");
    };
    check(text, "exact", "the same text");
    check(&text.replace('，', ","), "exact", "the same text");
    check(&text.replace("药品", "约品"), "near", "differs in 「药→约」");
    check(&text[..text.find("，并请").unwrap()], "excerpt", "lacks 12 characters 「并请来医生为大家免费体检」");
    check(&text.replace("三百", "五百"), "variant", "other facts: 「三→五」");
    assert_eq!(repeats(&format!("{text}\n\n{text}"))[0].0, "loop");
    assert_eq!(repeats(&format!("{text}\n\n{}", SENTENCES[1])), []);
}

#[test]
fn pages_may_be_tagged_or_only_clustered() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page.jsonl");
    let text = page(&[(0, None), (1, None), (0, None)]);
    fs::write(&path, line("p", &text)).unwrap();
    let out = folder.path().join("out");
    let pipeline = || Pipeline::new(Settings::default()).force(true);
    pipeline().dedup(std::slice::from_ref(&path), &out, Form::Tagged).unwrap();
    let record: Value = serde_json::from_str(&fs::read_to_string(out.join("pages.jsonl")).unwrap()).unwrap();
    assert_eq!(record["text"], text.as_str());
    assert_eq!((&record["repeats"][0]["block"], &record["repeats"][0]["of"]), (&"p/a1/b3".into(), &"p/a1/b1".into()));
    // Tagged again, the tags are the same ones; a field that is no list of tags stays, and they stand beside it.
    let again = folder.path().join("again");
    pipeline().dedup(&[out.join("pages.jsonl")], &again, Form::Tagged).unwrap();
    let tagged: Value = serde_json::from_str(&fs::read_to_string(again.join("pages.jsonl")).unwrap()).unwrap();
    assert_eq!(tagged, record);
    for (theirs, ours) in [("3", "jianbao_repeats"), (r#"[{"block": "b"}]"#, "jianbao_repeats"), ("[]", "repeats")] {
        let given = format!("{{\"repeats\": {theirs}, {}", &line("p", &text)[1..]);
        fs::write(folder.path().join("given.jsonl"), given).unwrap();
        pipeline().dedup(&[folder.path().join("given.jsonl")], &again, Form::Tagged).unwrap();
        let written = fs::read_to_string(again.join("pages.jsonl")).unwrap();
        assert_eq!(written.matches("epeats\": ").count(), if ours == "repeats" { 1 } else { 2 }, "{written}");
        let tagged: Value = serde_json::from_str(&written).unwrap();
        assert_eq!(tagged[ours], record["repeats"]);
        assert_eq!(tagged["pages"], serde_json::json!([1, 2]));
    }
    let out = folder.path().join("clusters");
    pipeline().dedup(&[path], &out, Form::Clusters).unwrap();
    let lines = fs::read_to_string(out.join("clusters.jsonl")).unwrap();
    assert_eq!(lines, "{\"block\":\"p/a1/b3\",\"cluster\":\"p/a1/b1\"}\n");
    assert!(!out.join("pages.jsonl").exists());
}
