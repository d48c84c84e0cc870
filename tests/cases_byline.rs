//! `fixtures/cases/byline.jsonl`: a paragraph a line, who is credited in it, and why.

use jianbao::Settings;
use jianbao::extract::{self, Gazetteer};
use jianbao::record::{Article, Block, BlockKind, PageHead};
use jianbao::text::{ScalarIndex, Span};
use serde::Deserialize;

/// The file of cases.
pub(crate) const FILE: &str = "byline";

#[derive(Debug, Deserialize)]
struct Case {
    text: String,
    expect: Vec<Person>,
    why: String,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Person {
    name: String,
    roles: Vec<String>,
    text: String,
    start: usize,
    end: usize,
}

#[test]
fn every_case_credits_whom_it_says() {
    let mut wrong = Vec::new();
    let (mut some, mut none) = (0, 0);
    for case in cases() {
        *(if case.expect.is_empty() { &mut none } else { &mut some }) += 1;
        let found = credited(&case.text);
        if found != case.expect {
            wrong.push(format!("{} ({})\n  wanted {:?}\n  found  {found:?}", case.text, case.why, case.expect));
        }
    }
    assert!(wrong.is_empty(), "{} cases\n{}", wrong.len(), wrong.join("\n"));
    assert!(some >= 60 && none >= some, "{some} cases credit somebody and {none} nobody");
}

#[test]
fn the_width_of_marks_and_digits_changes_nobody() {
    for case in cases() {
        let wide: String = case.text.chars().map(widened).collect();
        let names = |people: &[Person]| people.iter().map(|p| (p.name.clone(), p.roles.clone())).collect::<Vec<_>>();
        assert_eq!(names(&credited(&wide)), names(&case.expect), "{wide}");
    }
}

/// Digits, brackets, colons and commas as they are printed in full width; blanks stay.
fn widened(c: char) -> char {
    match c {
        '0'..='9' | '(' | ')' | ':' | ',' => char::from_u32(c as u32 + 0xFEE0).unwrap_or(c),
        c => c,
    }
}

fn cases() -> Vec<Case> {
    let path = format!("{}/fixtures/cases/{FILE}.jsonl", env!("CARGO_MANIFEST_DIR"));
    let lines = std::fs::read_to_string(path).unwrap();
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn credited(text: &str) -> Vec<Person> {
    let block = Block::new(BlockKind::Paragraph, text, [Span::new(0, text.len())]);
    let article = Article { blocks: vec![block], ..Article::default() };
    let notes = extract::annotate(&article, &PageHead::default(), &Gazetteer::builtin(), &Settings::default().extract);
    let index = ScalarIndex::new(text);
    let mut people: Vec<Person> = Vec::new();
    for one in notes.byline {
        let role = one.role.as_str().to_owned();
        if let Some(last) = people.last_mut().filter(|p| p.start == index.scalar(one.start as usize)) {
            last.roles.push(role);
            continue;
        }
        people.push(Person {
            name: one.name,
            roles: vec![role],
            text: text[one.start as usize..one.end as usize].to_owned(),
            start: index.scalar(one.start as usize),
            end: index.scalar(one.end as usize),
        });
    }
    people
}
