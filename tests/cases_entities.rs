//! The cases of `fixtures/cases`: a text, what must be read from it, and why.
//!
//! A case is `{"text", "date"?, "publication"?, "expect": [{…}], "why"}`. Lines of the text are paragraphs. Of the kind that
//! the file is named after, exactly the mentions under `expect` must be found, in order; of each, the fields that are
//! stated must be as stated.

use std::path::Path;

use jianbao::Settings;
use jianbao::extract::{self, Gazetteer};
use jianbao::record::{Annotations, Article, Block, BlockKind, PageHead};
use jianbao::text::Span;
use serde_json::{Value, json};

/// The files of cases, each named after the kind that is compared.
pub(crate) const FILES: [&str; 7] = ["person", "union", "organisation", "place", "work", "quote", "activity"];

fn read(text: &str, head: &PageHead) -> (Vec<String>, Annotations) {
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        if !line.is_empty() {
            blocks.push(Block::new(BlockKind::Paragraph, text, [Span::new(at, at + line.len())]));
        }
        at += line.len() + 1;
    }
    let texts = blocks.iter().map(|b| b.text.to_string()).collect();
    let article = Article { blocks, ..Article::default() };
    (texts, extract::annotate(&article, head, &Gazetteer::builtin(), &Settings::default().extract))
}

fn mentions(kind: &str, texts: &[String], notes: &Annotations) -> Vec<Value> {
    let slice = |block: u32, start: u32, end: u32| texts[block as usize][start as usize..end as usize].to_owned();
    let fact = |n: &u32| {
        let f = &notes.facts[*n as usize];
        slice(f.block, f.start, f.end)
    };
    if kind == "activity" {
        return notes
            .activities
            .iter()
            .map(|a| {
                json!({
                    "type": a.kind, "organisation": a.organisation, "place": a.place, "date": a.date,
                    "beneficiaries": a.beneficiaries.iter().map(fact).collect::<Vec<_>>(),
                    "amounts": a.amounts.iter().map(fact).collect::<Vec<_>>(),
                    "text": slice(a.block, a.start, a.end),
                })
            })
            .collect();
    }
    notes
        .entities
        .iter()
        .filter(|e| json!(e.kind) == kind)
        .map(|e| {
            json!({
                "text": slice(e.block, e.start, e.end), "canonical": e.canonical, "title": e.title,
                "organisation": e.organisation, "level": e.level, "code": e.code, "path": e.path, "speaker": e.speaker,
            })
        })
        .collect()
}

fn agrees(expected: &Value, got: &Value) -> bool {
    expected
        .as_object()
        .is_some_and(|fields| fields.iter().all(|(key, value)| key == "kind" || got.get(key) == Some(value)))
}

#[track_caller]
fn check(kind: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("fixtures/cases/{kind}.jsonl"));
    let lines = std::fs::read_to_string(&path).unwrap();
    let (mut wrong, mut empty, mut cases) = (Vec::new(), 0, 0);
    for (number, line) in lines.lines().enumerate() {
        let case: Value =
            serde_json::from_str(line).unwrap_or_else(|e| panic!("{}:{}: {e}", path.display(), number + 1));
        assert!(case["why"].as_str().is_some_and(|w| !w.is_empty()), "{}:{} says no why", path.display(), number + 1);
        let head = PageHead {
            date: case["date"].as_str().map(str::to_owned),
            publication: case["publication"].as_str().map(str::to_owned),
            ..PageHead::default()
        };
        let (texts, notes) = read(case["text"].as_str().unwrap(), &head);
        let got = mentions(kind, &texts, &notes);
        let expected = case["expect"].as_array().unwrap();
        cases += 1;
        empty += usize::from(expected.is_empty());
        if expected.len() != got.len() || !expected.iter().zip(&got).all(|(e, g)| agrees(e, g)) {
            let shown: Vec<String> = got
                .iter()
                .map(|g| {
                    let fields = g.as_object().unwrap().iter().filter(|(_, v)| !v.is_null() && **v != json!([]));
                    serde_json::to_string(&fields.collect::<std::collections::BTreeMap<_, _>>()).unwrap()
                })
                .collect();
            wrong.push(format!("{}:{}: {}\n  got [{}]", path.display(), number + 1, line, shown.join(", ")));
        }
    }
    assert!(wrong.is_empty(), "{} of {cases}\n{}", wrong.len(), wrong.join("\n"));
    assert!(empty * 2 >= cases, "{kind}: {empty} of {cases} cases must give nothing, which is less than half");
}

#[test]
fn entities_and_activities_are_read_as_the_cases_say() {
    for kind in FILES {
        check(kind);
    }
}
