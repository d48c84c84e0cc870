//! `--index`: pages that come day by day give what all of them at once give, and what was published stays.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::slice;

use jianbao::pipeline::Form;
use jianbao::{ErrorKind, Pipeline, Settings};
use proptest::prelude::*;
use serde_json::Value;

use crate::properties_dedup::{SENTENCES, line, page};

/// Pages of numbered paragraphs, as `page` takes them.
type Pages = Vec<Vec<(usize, Option<usize>)>>;

fn write(folder: &Path, name: &str, first: usize, pages: &Pages) -> PathBuf {
    let path = folder.join(name);
    let lines = (first..).zip(pages).map(|(n, p)| line(&format!("p{n:02}"), &page(p)));
    fs::write(&path, lines.collect::<String>()).unwrap();
    path
}

fn dedup(input: &Path, out: &Path, index: Option<&Path>, memory: u64) -> Result<(), jianbao::Error> {
    let pipeline = Pipeline::new(Settings::default()).force(true).threads(2).memory(memory);
    pipeline.index(index.map(Path::to_owned)).dedup(&[input.to_owned()], out, Form::Clean).map(|_| ())
}

/// A block, the one that stands for it or that it is a variant of, and whether it was kept.
#[derive(Clone, Debug)]
struct Link {
    of: String,
    kept: bool,
    is_variant: bool,
}

/// By the block that repeats another or is a variant of it.
type Links = BTreeMap<String, Link>;

fn links(out: &Path) -> Links {
    let text = fs::read_to_string(out.join("repeats.jsonl")).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let said = |record: &Value, field: &str| record[field].as_str().unwrap().to_owned();
    lines
        .map(|r| {
            let kept = r["kept"].as_bool().unwrap();
            (said(&r, "block"), Link { of: said(&r, "cluster"), kept, is_variant: r["kind"] == "variant" })
        })
        .collect()
}

/// Of each block that repeats another, the one that stands for it, and whether it was kept.
fn repeats(out: &Path) -> BTreeMap<String, (String, bool)> {
    links(out).into_iter().filter(|(_, l)| !l.is_variant).map(|(block, l)| (block, (l.of, l.kept))).collect()
}

/// Blocks that links join, directly or over others.
fn joined<'l>(links: impl IntoIterator<Item = (&'l String, &'l Link)>) -> BTreeSet<BTreeSet<String>> {
    let mut sets: Vec<BTreeSet<String>> = Vec::new();
    for (block, link) in links {
        let mut set = BTreeSet::from([block.clone(), link.of.clone()]);
        sets.retain(|other| {
            let apart = set.is_disjoint(other);
            if !apart {
                set.extend(other.iter().cloned());
            }
            apart
        });
        sets.push(set);
    }
    sets.into_iter().collect()
}

/// Blocks of one cluster, of clusters of several.
fn parts(links: &Links) -> BTreeSet<BTreeSet<String>> {
    joined(links.iter().filter(|(_, link)| !link.is_variant))
}

/// Two copies of which one misses a word's character and the other none may be variants, and what stands for a third one
/// then depends on which came first. So where no variant was found, the clusters are the same; and where one was, blocks that
/// are in one cluster on the one way are, on the other way, in one cluster or said to be variants.
fn same_but_for_variants(one: &Links, other: &Links) -> Result<(), TestCaseError> {
    let families = joined(one.iter().chain(other));
    let with_variants: BTreeSet<&String> =
        one.iter().chain(other).filter(|(_, l)| l.is_variant).map(|(b, _)| b).collect();
    let strict: Vec<_> = families.iter().filter(|f| f.iter().all(|block| !with_variants.contains(block))).collect();
    let among = |links: &Links| -> BTreeSet<BTreeSet<String>> {
        parts(links).into_iter().filter(|part| strict.iter().any(|family| part.is_subset(family))).collect()
    };
    prop_assert_eq!(among(one), among(other));
    for (one, other) in [(one, other), (other, one)] {
        let families = joined(other);
        for part in parts(one) {
            prop_assert!(families.iter().any(|family| part.is_subset(family)), "{:?} falls apart", part);
        }
    }
    Ok(())
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|e| e.unwrap());
    entries.map(|e| (e.file_name().into_string().unwrap(), fs::read(e.path()).unwrap())).collect()
}

fn days() -> impl Strategy<Value = Vec<Pages>> {
    let paragraph = (0..SENTENCES.len(), prop::option::weighted(0.3, 0..60_usize));
    let pages = prop::collection::vec(prop::collection::vec(paragraph, 0..6), 0..4);
    prop::collection::vec(pages, 2..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// With the exception that the index's documentation states.
    #[test]
    fn day_by_day_gives_what_all_at_once_gives(days in days()) {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let all: Pages = days.concat();
        dedup(&write(folder.path(), "all.jsonl", 0, &all), &at("all"), None, 1 << 30).unwrap();
        let mut together = BTreeMap::new();
        let mut kept = BTreeSet::new();
        let mut first = 0;
        for (n, day) in days.iter().enumerate() {
            let input = write(folder.path(), "day.jsonl", first, day);
            let memory = if n % 2 == 0 { 1 } else { 1 << 30 };
            dedup(&input, &at("day"), Some(&at("index")), memory).unwrap();
            let today = links(&at("day"));
            // A block of an earlier day that stands for one of today was kept on its own day.
            for Link { of, .. } in today.values() {
                let page: usize = of[1..3].parse().unwrap();
                prop_assert!(page >= first || kept.contains(of), "{} was not kept", of);
            }
            for (p, paragraphs) in (first..).zip(day) {
                let blocks = (1..=paragraphs.len()).map(|b| format!("p{p:02}/a1/b{b}"));
                kept.extend(blocks.filter(|b| today.get(b).is_none_or(|link| link.kept)));
            }
            together.extend(today);
            first += day.len();
        }
        same_but_for_variants(&together, &links(&at("all")))?;
    }
}

/// A text of some sentences, with others in other orders.
fn some_pages() -> Pages {
    (0..6).map(|n| (0..4).map(|k| ((n * k + k) % SENTENCES.len(), (n > 3).then_some(3 * k))).collect()).collect()
}

#[test]
fn the_same_pages_twice_are_published_once() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let input = write(folder.path(), "pages.jsonl", 0, &some_pages());
    dedup(&input, &at("first"), Some(&at("index")), 1 << 30).unwrap();
    let index = files(&at("index"));
    dedup(&input, &at("second"), Some(&at("index")), 1 << 30).unwrap();
    assert_eq!(files(&at("index")), index);
    let pages = fs::read_to_string(at("second").join("pages.jsonl")).unwrap();
    assert_eq!(pages.lines().count(), some_pages().len());
    assert!(pages.lines().all(|l| serde_json::from_str::<Value>(l).unwrap()["text"] == ""), "{pages}");
    // Each block repeats itself, or what stood for it the first time.
    let (first, second) = (repeats(&at("first")), repeats(&at("second")));
    let stands = |block: &String| first.get(block).map_or(block, |(cluster, _)| cluster).clone();
    assert_eq!(second.len(), some_pages().concat().len());
    assert!(second.iter().all(|(block, (cluster, kept))| *cluster == stands(block) && !kept));
    // Another text under an id that was there gets an id of its own.
    let other = write(folder.path(), "pages.jsonl", 0, &vec![vec![(0, None), (7, None)]]);
    dedup(&other, &at("third"), Some(&at("index")), 1 << 30).unwrap();
    assert!(repeats(&at("third")).keys().all(|block| block.starts_with("p00~2/")));
}

/// The layout of a page depends on what else a run reads; what was published of it stays so all the same.
#[test]
fn a_page_that_comes_again_among_others_is_published_once() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let pages: Vec<_> = (0..60).map(|seed| jianbao::generate::page(seed).0).collect();
    let lines: Vec<String> = pages.iter().map(|p| line(&p.head.id, &p.text)).collect();
    let run = |lines: &[String], out: &str| {
        fs::write(at("pages.jsonl"), lines.concat()).unwrap();
        let pipeline = Pipeline::new(Settings::default()).force(true).index(Some(at("index")));
        pipeline.run(&[at("pages.jsonl")], &at(out)).unwrap();
        let said = |name: &str| fs::read_to_string(at(out).join(name)).unwrap();
        let records =
            |name: &str| -> Vec<Value> { said(name).lines().map(|line| serde_json::from_str(line).unwrap()).collect() };
        (records("articles.jsonl"), records("repeats.jsonl"))
    };
    let of_page = |record: &Value, ids: &[&str]| {
        ids.contains(&record["page"].as_str().unwrap_or_else(|| record["page"]["id"].as_str().unwrap()))
    };
    let first: Vec<&str> = pages[..8].iter().map(|p| p.head.id.as_str()).collect();
    let (published, _) = run(&lines[..8], "first");
    assert!(published.len() > 8);
    let (articles, repeats) = run(&lines, "second");
    let again: Vec<&Value> = articles.iter().filter(|a| of_page(a, &first)).collect();
    assert!(again.is_empty(), "{again:#?}");
    assert!(articles.len() > 50);
    // Each character of such a page is told of.
    let mut told = 0;
    for page in &pages[..8] {
        let mut covered: Vec<bool> = page.text.chars().map(|c| !c.is_alphanumeric()).collect();
        for repeat in repeats.iter().filter(|r| of_page(r, &[&page.head.id])) {
            assert_eq!(repeat["kept"], false);
            for span in repeat["spans"].as_array().unwrap() {
                let at = |n: usize| span[n].as_u64().unwrap() as usize;
                covered[at(0)..at(1)].fill(true);
            }
            told += usize::from(repeat["reason"].as_str().unwrap().starts_with("its page was published before"));
        }
        assert!(covered.into_iter().all(|c| c), "{}", page.head.id);
    }
    assert!(told > 0, "no page was laid out otherwise");
}

#[test]
fn a_better_copy_that_comes_later_does_not_take_the_place_of_the_published_one() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let whole = SENTENCES[0];
    let cut = &whole[..whole.find("，并请").unwrap()];
    for (name, text) in [("one", cut), ("two", whole)] {
        fs::write(at("pages.jsonl"), line(name, &format!("{text}\n\n{}", SENTENCES[name.len() % 2 + 1]))).unwrap();
        dedup(&at("pages.jsonl"), &at(name), Some(&at("index")), 1 << 30).unwrap();
    }
    assert_eq!(repeats(&at("two"))["two/a1/b1"], ("one/a1/b1".to_owned(), false));
}

#[track_caller]
fn refused(result: Result<(), jianbao::Error>, kind: ErrorKind, says: &str) {
    let error = result.unwrap_err();
    assert_eq!(error.kind(), kind, "{error}");
    assert!(error.to_string().contains(says), "{error}");
}

#[test]
fn an_index_that_is_none_or_another_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let input = write(folder.path(), "pages.jsonl", 0, &some_pages());
    let index = at("index");
    let run = |index: &Path| dedup(&input, &at("out"), Some(index), 1 << 30);
    refused(run(&at("pages.jsonl")), ErrorKind::Exists, "cannot be the index");
    fs::create_dir(at("other")).unwrap();
    fs::write(at("other/notes.txt"), "").unwrap();
    refused(run(&at("other")), ErrorKind::Exists, "holds no index");
    run(&index).unwrap();
    let whole = files(&index);

    let mut settings = Settings::default();
    settings.dedup.gap_from += 1;
    let again = Pipeline::new(settings).force(true).index(Some(index.clone()));
    refused(
        again.dedup(slice::from_ref(&input), &at("out"), Form::Clean).map(|_| ()),
        ErrorKind::Setting,
        "other settings",
    );
    let again = Pipeline::new(Settings::default()).force(true).index(Some(index.clone()));
    refused(
        again.run(slice::from_ref(&input), &at("out-of-run")).map(|_| ()),
        ErrorKind::Setting,
        "index of paragraphs",
    );

    let manifest = String::from_utf8(whole["index.json"].clone()).unwrap();
    fs::write(index.join("index.json"), manifest.replace("\"format\": 1", "\"format\": 9")).unwrap();
    refused(run(&index), ErrorKind::Format, "index of form 9");
    fs::write(index.join("index.json"), manifest.replace("\"generation\": 1", "\"generation\": 2")).unwrap();
    refused(run(&index), ErrorKind::Read, "is damaged");
    fs::write(index.join("index.json"), &manifest).unwrap();

    let lock = fs::File::open(index.join("lock")).unwrap();
    lock.lock().unwrap();
    refused(run(&index), ErrorKind::Exists, "by another run");
    drop(lock);
    run(&index).unwrap();
}

#[test]
fn damage_is_found_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let index = at("index");
    let input = write(folder.path(), "pages.jsonl", 0, &some_pages());
    dedup(&input, &at("out"), Some(&index), 1 << 30).unwrap();
    let whole = files(&index);
    let other = write(folder.path(), "more.jsonl", 50, &some_pages());
    let (name, bytes) = whole.iter().find(|(name, _)| name.ends_with(".blocks")).unwrap();
    for at_byte in (0..bytes.len()).step_by(bytes.len() / 40) {
        let mut damaged = bytes.clone();
        damaged[at_byte] ^= 4;
        fs::write(index.join(name), &damaged).unwrap();
        if let Err(e) = dedup(&other, &at("out"), Some(&index), 1 << 30) {
            assert_eq!(e.kind(), ErrorKind::Read, "{e}");
            assert_eq!(files(&index)["index.json"], whole["index.json"]);
        } else {
            panic!("byte {at_byte} of {name} was changed, and nobody saw it");
        }
        for entry in fs::read_dir(&index).unwrap() {
            fs::remove_file(entry.unwrap().path()).unwrap();
        }
        for (name, bytes) in &whole {
            fs::write(index.join(name), bytes).unwrap();
        }
    }
}
