//! The cases of `fixtures/cases`: one text each, what must be read from it, and why.
//!
//! A case names only what it is about; what it does not name is not compared. Every fact that is found must be expected,
//! ordinals apart, so a case without `expect` is one that must give nothing.

use std::fs;
use std::path::Path;

use jianbao::record::{Article, Block, BlockKind, Fact, FactKind, Page, PageHead, Value};
use jianbao::text::{ScalarIndex, Span};
use jianbao::{Settings, extract, generate, layout};
use proptest::prelude::*;
use serde_json::Value as Json;

use crate::{cases_byline, cases_entities};

/// The files of facts; those of names and entities have tests of their own.
const FILES: &[&str] = &[
    "age",
    "area",
    "date",
    "duration",
    "households",
    "items",
    "money",
    "multiple",
    "organisations",
    "people",
    "percentage",
    "traps",
];

fn cases(file: &str) -> Vec<Json> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/cases").join(file).with_extension("jsonl");
    let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{file}: {e}: {line}"))).collect()
}

/// The facts of a paragraph.
fn facts(text: &str, date: Option<&str>) -> Vec<Fact> {
    let block = Block::new(BlockKind::Paragraph, text, [Span::new(0, text.len())]);
    facts_of(&Article { blocks: vec![block], ..Article::default() }, date)
}

fn facts_of(article: &Article<'_>, date: Option<&str>) -> Vec<Fact> {
    let head = PageHead { date: date.map(str::to_owned), ..PageHead::default() };
    extract::annotate(article, &head, &extract::Gazetteer::builtin(), &Settings::default().extract).facts
}

fn number(value: Option<&Value>) -> Json {
    match value {
        None => Json::Null,
        Some(Value::Text(text)) => Json::from(text.as_str()),
        Some(value) => Json::from(value.as_f64()),
    }
}

/// What a fact says of a key of a case.
fn said(fact: &Fact, key: &str, text: &str, index: &ScalarIndex<'_>) -> Json {
    match key {
        "kind" => Json::from(fact.kind.as_str()),
        "text" => Json::from(&text[fact.start as usize..fact.end as usize]),
        "start" => Json::from(index.scalar(fact.start as usize)),
        "value" => number(fact.value.as_ref()),
        "low" => number(fact.low.as_ref()),
        "high" => number(fact.high.as_ref()),
        "approx" => serde_json::to_value(fact.approx).unwrap(),
        "unit" => Json::from(fact.unit.as_deref()),
        "per" => Json::from(fact.per.as_deref()),
        "subject" => Json::from(fact.subject.as_deref()),
        "holder" => Json::from(fact.holder.as_deref()),
        "change" => Json::from(fact.change.as_deref()),
        "measure" => serde_json::to_value(fact.measure).unwrap(),
        "resolved" => Json::from(fact.resolved.as_deref()),
        "role" => serde_json::to_value(fact.role).unwrap(),
        "flags" => Json::from(fact.flags.iter().map(ToString::to_string).collect::<Vec<_>>()),
        other => panic!("no fact has a {other}"),
    }
}

fn same(a: &Json, b: &Json) -> bool {
    match (a.as_f64(), b.as_f64()) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-6 * b.abs().max(1.0),
        _ => a == b,
    }
}

/// The file of whole sentences, whose facts may also be ones that a clerk can leave out.
const SENTENCES: &str = "sentences";

/// What is wrong with a sentence: a fact is looked for where it stands, and its noun may be longer or shorter than the
/// one of the case, since where a phrase begins is a matter of taste.
fn faults_of_sentence(case: &Json) -> Vec<String> {
    let text = case["text"].as_str().unwrap();
    let index = ScalarIndex::new(text);
    let mut found: Vec<Fact> =
        facts(text, case["date"].as_str()).into_iter().filter(|f| f.kind != FactKind::Ordinal).collect();
    let mut wrong = Vec::new();
    for want in case["expect"].as_array().unwrap() {
        let optional = want["optional"] == true;
        let start = want["start"].as_u64().unwrap() as usize;
        let end = start + want["text"].as_str().unwrap().chars().count();
        let overlaps = |f: &Fact| index.scalar(f.start as usize) < end && index.scalar(f.end as usize) > start;
        let Some(at) = found.iter().position(overlaps) else {
            if !optional {
                wrong.push(format!("{text}: missing {}", want["text"]));
            }
            continue;
        };
        let fact = found.remove(at);
        if optional {
            continue;
        }
        // Whether the qualifier belongs to the piece is what the other files are for.
        for (key, value) in
            want.as_object().unwrap().iter().filter(|(key, _)| !["text", "start"].contains(&key.as_str()))
        {
            let got = said(&fact, key, text, &index);
            let right = if key == "subject" && !value.is_null() {
                let (got, value) = (got.as_str().unwrap_or(""), value.as_str().unwrap());
                !got.is_empty() && (got.contains(value) || value.contains(got))
            } else {
                same(&got, value)
            };
            if !right {
                wrong.push(format!("{text}: {key} of {} is {got}, not {value}", want["text"]));
            }
        }
    }
    for fact in found {
        let printed = &text[fact.start as usize..fact.end as usize];
        wrong.push(format!("{text}: {printed} is no fact, but was read as {}", fact.kind.as_str()));
    }
    wrong
}

#[test]
fn sentences_are_read_as_a_clerk_would() {
    let wrong: Vec<String> = cases(SENTENCES).iter().flat_map(faults_of_sentence).collect();
    assert!(wrong.is_empty(), "{} faults\n{}", wrong.len(), wrong.join("\n"));
}

/// What is wrong with a case, one line each: a fact is looked for where it begins.
fn faults(case: &Json) -> Vec<String> {
    let text = case["text"].as_str().unwrap();
    let index = ScalarIndex::new(text);
    let mut found: Vec<Fact> =
        facts(text, case["date"].as_str()).into_iter().filter(|f| f.kind != FactKind::Ordinal).collect();
    let mut wrong = Vec::new();
    for want in case["expect"].as_array().unwrap() {
        let starts = |fact: &Fact| want["start"] == index.scalar(fact.start as usize);
        let Some(at) = found.iter().position(starts) else {
            wrong.push(format!("{text}: missing {} at {}", want["text"], want["start"]));
            continue;
        };
        let fact = found.remove(at);
        for (key, value) in want.as_object().unwrap() {
            let got = said(&fact, key, text, &index);
            if !same(&got, value) {
                wrong.push(format!("{text}: {key} of {} is {got}, not {value}", want["text"]));
            }
        }
    }
    for fact in found {
        let printed = &text[fact.start as usize..fact.end as usize];
        wrong.push(format!("{text}: {printed} is no fact, but was read as {}", fact.kind.as_str()));
    }
    wrong
}

#[test]
fn every_file_of_cases_is_read_by_a_test() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/cases");
    let mut there: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap().trim_end_matches(".jsonl").to_owned())
        .collect();
    let mut read = [FILES, &[SENTENCES, cases_byline::FILE], &cases_entities::FILES].concat();
    there.sort();
    read.sort_unstable();
    assert_eq!(there, read);
}

#[test]
fn facts_are_read_as_the_cases_say() {
    let mut wrong = Vec::new();
    for file in FILES {
        wrong.extend(cases(file).iter().flat_map(faults).map(|fault| format!("{file}: {fault}")));
    }
    assert!(wrong.is_empty(), "{} faults\n{}", wrong.len(), wrong.join("\n"));
}

/// What a fact means, wherever it stands and however wide its digits are.
fn meaning(fact: &Fact) -> String {
    let Fact { kind, value, low, high, approx, unit, resolved, role, measure, .. } = fact;
    format!("{kind:?} {value:?} {low:?} {high:?} {approx:?} {unit:?} {resolved:?} {role:?} {measure:?}")
}

fn meanings(facts: &[Fact]) -> Vec<String> {
    facts.iter().map(meaning).collect()
}

/// Every digit and mark that has a full-width form in that form.
fn widened(text: &str) -> String {
    let wide =
        |c: char| if c.is_ascii_digit() || "%/,.:()".contains(c) { char::from_u32(c as u32 + 0xFEE0) } else { None };
    text.chars().map(|c| wide(c).unwrap_or(c)).collect()
}

#[test]
fn the_width_of_digits_changes_no_meaning() {
    for file in FILES.iter().chain([&SENTENCES]) {
        for case in cases(file) {
            let (text, date) = (case["text"].as_str().unwrap(), case["date"].as_str());
            assert_eq!(meanings(&facts(&widened(text), date)), meanings(&facts(text, date)), "{text}");
        }
    }
}

#[test]
fn line_breaks_that_the_columns_made_change_no_meaning() {
    for file in FILES.iter().chain([&SENTENCES]) {
        for case in cases(file) {
            let (text, date) = (case["text"].as_str().unwrap(), case["date"].as_str());
            let middle = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at);
            let page = format!("{}\n{}", &text[..middle], &text[middle..]);
            let spans = [Span::new(0, middle), Span::new(middle + 1, page.len())];
            let article =
                Article { blocks: vec![Block::new(BlockKind::Paragraph, &page, spans)], ..Article::default() };
            assert_eq!(meanings(&facts_of(&article, date)), meanings(&facts(text, date)), "{text}");
        }
    }
}

#[test]
fn the_sentences_around_change_no_meaning() {
    const BEFORE: &str = "活动由各级工会承办。";
    const AFTER: &str = "。职工纷纷点赞。";
    for file in FILES.iter().chain([&SENTENCES]) {
        for case in cases(file) {
            let (text, date) = (case["text"].as_str().unwrap(), case["date"].as_str());
            let around = facts(&format!("{BEFORE}{text}{AFTER}"), date);
            assert_eq!(meanings(&around), meanings(&facts(text, date)), "{text}");
        }
    }
}

/// The facts of a paragraph that stands on a page with a head, a credit and another paragraph, as the whole program sees it.
fn facts_on_a_page(paragraph: &str, date: Option<&str>) -> Vec<Fact> {
    let page = format!(
        "## 工会夏送清凉\n\n本报讯 记者方小宁报道 {paragraph}\n\n职工们说，送来的绿豆汤解渴又解乏，大家干活更有劲头了，连日赶工的疲惫也消了大半。\n"
    );
    let mut page = Page::new("page", page);
    page.head.date = date.map(str::to_owned);
    let settings = Settings::default();
    let articles = layout::segment(&page, &settings.layout);
    articles
        .iter()
        .flat_map(|a| extract::annotate(a, &page.head, &extract::Gazetteer::builtin(), &settings.extract).facts)
        .collect()
}

#[test]
fn the_page_around_changes_no_meaning() {
    for file in ["money", "people", "date", SENTENCES] {
        for case in cases(file) {
            let (text, date) = (case["text"].as_str().unwrap(), case["date"].as_str());
            // A page's last stop and first mark may be part of the case.
            let paragraph = format!("活动由各级工会承办。{text}。职工纷纷点赞。");
            assert_eq!(meanings(&facts_on_a_page(&paragraph, date)), meanings(&facts(&paragraph, date)), "{paragraph}");
        }
    }
}

#[test]
fn an_article_reads_the_same_among_others() {
    /// Some batches of those that are read together.
    const BYTES: usize = 200_000;
    let settings = Settings::default();
    let pages: Vec<_> = (0..40).map(|seed| generate::page(seed).0).collect();
    assert!(pages.iter().map(|page| page.text.len()).sum::<usize>() > BYTES);
    let articles: Vec<_> = pages.iter().map(|page| layout::segment(page, &settings.layout)).collect();
    let of_pages = pages.iter().zip(&articles);
    let news: Vec<_> = of_pages.flat_map(|(page, articles)| articles.iter().map(|a| (a, &page.head))).collect();
    let gazetteer = extract::Gazetteer::builtin();
    let alone = news.iter().map(|(article, head)| extract::annotate(article, head, &gazetteer, &settings.extract));
    assert_eq!(extract::annotate_all(&news, &gazetteer, &settings.extract), alone.collect::<Vec<_>>());
    assert_eq!(extract::annotate_all(&[], &gazetteer, &settings.extract), []);
}

/// The text with its first digit from 1 to 8 made one more.
fn with_another_digit(text: &str) -> Option<String> {
    let (at, digit) = text.char_indices().find(|(_, c)| ('1'..='8').contains(c))?;
    let more = char::from_u32(digit as u32 + 1)?;
    Some(format!("{}{more}{}", &text[..at], &text[at + digit.len_utf8()..]))
}

#[test]
fn another_digit_is_another_meaning() {
    // What the tests above compare must differ where the text says something else, or they could not fail.
    let (mut changed, mut all) = (0, 0);
    for file in FILES.iter().chain([&SENTENCES]) {
        for case in cases(file).iter().filter(|c| !c["expect"].as_array().unwrap().is_empty()) {
            let (text, date) = (case["text"].as_str().unwrap(), case["date"].as_str());
            let Some(other) = with_another_digit(text) else { continue };
            all += 1;
            changed += usize::from(meanings(&facts(&other, date)) != meanings(&facts(text, date)));
        }
    }
    // The rest have their first digit in a name or a code.
    assert!(all > 200 && changed * 100 >= all * 95, "{changed} of {all}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever the text, every fact is a piece of it, in order and apart from the others of its grammar.
    #[test]
    fn facts_of_any_text_are_pieces_of_it(text in "[0-9０-９一二两三十百千万亿几数半多余近超约第每年月日元人名家户个%％/~—至.,·:：。，()（）工会职工补贴今昨上下翻番倍分之成 a]{0,60}") {
        for fact in facts(&text, Some("2024-05-15")) {
            let range = fact.start as usize..fact.end as usize;
            prop_assert!(text.get(range).is_some_and(|t| !t.is_empty()), "{fact:?}");
            prop_assert!(fact.subject.is_none_or(|s| text.contains(&s)));
        }
    }
}

#[test]
fn as_many_cases_give_nothing_as_give_something() {
    let all: Vec<Json> = FILES.iter().chain([&SENTENCES]).flat_map(|f| cases(f)).collect();
    let nothing = all.iter().filter(|c| c["expect"].as_array().unwrap().is_empty()).count();
    assert!(all.len() >= 450, "only {} cases", all.len());
    assert!(nothing * 2 >= all.len(), "{nothing} of {} give nothing", all.len());
    for case in &all {
        assert!(case["why"].as_str().is_some_and(|w| !w.is_empty()), "no why: {case}");
    }
}
