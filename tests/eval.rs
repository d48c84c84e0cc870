//! The gate: figures on an evaluation corpus may rise, never fall.
//!
//! `JIANBAO_EVAL` names the folder of the corpus and its scorers; without it the gate says that it was skipped.
//! `tests/eval_floors.toml` pins, for each part of the corpus, what it is (a digest and the number of items: a corpus that
//! shrank or changed stops the gate) and the floor of each figure. `UPDATE_FLOORS=1` writes what was reached where it is
//! higher, and with `ALLOW_REGRESSION=1` also where it is lower. `JIANBAO_EVAL_BIN` names another program than the one
//! built for the tests, which is how a release build is measured.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use xxhash_rust::xxh3::Xxh3;

/// Figures by their names, `byline.value_f1`.
type Figures = BTreeMap<String, f64>;

/// The files of each part, which its digest is taken of. The first one holds one item a line.
const PARTS: &[(&str, &[&str])] = &[
    ("archive", &["archive/archive.jsonl", "archive/archive.truth.jsonl"]),
    ("cases", &["cases/facts.jsonl"]),
    ("pages", &["pages/pages.jsonl", "pages/truth.jsonl"]),
    ("seed", &["seed/pages.jsonl", "seed/truth.jsonl", "seed/facts.jsonl", "seed/gold.json"]),
];

/// How far a figure may stand below its floor: figures are printed with three or four digits.
const ROUNDING: f64 = 0.0006;

#[test]
fn no_figure_falls() {
    let Some(corpus) = std::env::var_os("JIANBAO_EVAL").map(PathBuf::from) else {
        say("evaluation skipped: JIANBAO_EVAL names no corpus");
        return;
    };
    let mut floors = read_floors(&std::fs::read_to_string(floors_path()).unwrap());
    let reached = evaluate(&corpus);
    let (update, allow) = (set("UPDATE_FLOORS"), set("ALLOW_REGRESSION"));
    let mut wrong = Vec::new();
    for (part, figures) in &reached {
        let now = Part { figures: figures.clone(), ..pinned(&corpus, part) };
        let floor = floors.entry(part.clone()).or_default();
        if !update && (floor.items, &floor.digest) != (now.items, &now.digest) {
            wrong.push(format!("{part}: the corpus is not the pinned one ({} items, {})", now.items, now.digest));
        }
        wrong.extend(fallen(part, &floor.figures, figures).into_iter().filter(|_| !(update && allow)));
        if update {
            (floor.items, floor.digest) = (now.items, now.digest);
            for (name, value) in now.figures {
                let old = floor.figures.entry(name).or_insert(value);
                if allow || value > *old {
                    *old = value;
                }
            }
        }
    }
    for part in floors.keys().filter(|p| !reached.contains_key(*p)) {
        say(&format!("evaluation of {part} skipped: it was not to be had"));
    }
    if update {
        std::fs::write(floors_path(), write_floors(&floors)).unwrap();
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(!reached.is_empty(), "the evaluation printed no figure");
}

/// What a part of the corpus is, and its floors.
#[derive(Clone, Debug, Default, PartialEq)]
struct Part {
    items: i64,
    digest: String,
    figures: Figures,
}

fn floors_path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/eval_floors.toml")
}

fn set(name: &str) -> bool {
    std::env::var(name).is_ok_and(|v| v == "1")
}

/// Runs the scorers and tells every figure; the worst pages and the errors go to standard error.
fn evaluate(corpus: &Path) -> BTreeMap<String, Figures> {
    let program = std::env::var_os("JIANBAO_EVAL_BIN")
        .map_or_else(|| assert_cmd::cargo::cargo_bin!("jianbao").to_path_buf(), PathBuf::from);
    let out = Command::new("python3")
        .arg(corpus.join("evaluate.py"))
        .args(["--worst", "10", "--bin"])
        .arg(&program)
        .arg("--data")
        .arg(corpus)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&out.stdout);
    say(&text);
    say(&String::from_utf8_lossy(&out.stderr));
    assert!(out.status.success(), "the evaluation ended with {}", out.status);
    figures(&text)
}

/// A line on the test's own output, which is shown where the test fails or is run with `--nocapture`.
#[allow(clippy::print_stderr, reason = "the figures and what was skipped are for a person")]
fn say(line: &str) {
    eprintln!("{line}");
}

/// The number of items of a part and the digest of its files.
fn pinned(corpus: &Path, part: &str) -> Part {
    let files = PARTS.iter().find(|(name, _)| *name == part).map_or(&[][..], |(_, files)| files);
    let mut digest = Xxh3::new();
    let mut items = 0;
    for (n, file) in files.iter().enumerate() {
        let bytes = std::fs::read(corpus.join(file)).unwrap();
        digest.update(&bytes);
        if n == 0 {
            items = bytes.split(|&b| b == b'\n').filter(|line| !line.is_empty()).count() as i64;
        }
    }
    Part { items, digest: format!("{:016x}", digest.digest()), figures: Figures::new() }
}

/// The figures that are below their floors, or gone.
fn fallen(part: &str, floors: &Figures, reached: &Figures) -> Vec<String> {
    floors
        .iter()
        .filter_map(|(name, floor)| match reached.get(name) {
            None => Some(format!("{part}: {name} is not printed any more")),
            Some(value) if *value < floor - ROUNDING => {
                Some(format!("{part}: {name} fell from {floor:.4} to {value:.4}"))
            }
            Some(_) => None,
        })
        .collect()
}

/// Reads what the scorers print: `PART: {json}`, `KIND {json}`, and tables of kinds. Every figure is 0 to 1, the higher
/// the better: shares of faults are turned round.
fn figures(printed: &str) -> BTreeMap<String, Figures> {
    let mut parts: BTreeMap<String, Figures> = BTreeMap::new();
    let mut part = String::new();
    for line in printed.lines() {
        let first = line.split_whitespace().next().unwrap_or_default();
        if let Some(name) = first.strip_suffix(':')
            && PARTS.iter().any(|(known, _)| *known == name)
            && !line.contains("skipped")
        {
            name.clone_into(&mut part);
        }
        let Some(own) = (!part.is_empty()).then(|| parts.entry(part.clone()).or_default()) else { continue };
        if let Some(json) = line.find('{').zip(line.rfind('}')).and_then(|(from, to)| line.get(from..=to)) {
            let prefix = if first.ends_with(':') { String::new() } else { format!("{first}.") };
            collect(&prefix, &serde_json::from_str(json).unwrap(), own);
        } else if let [head, spans, values, ..] = line.split('|').collect::<Vec<_>>()[..] {
            row(head, spans, values, own);
        }
    }
    parts
}

/// A row of a table: the third figure of its second and third column.
fn row(head: &str, spans: &str, values: &str, into: &mut Figures) {
    let kind = if head.starts_with("ALL") { "facts" } else { head.split_whitespace().next().unwrap_or_default() };
    for (name, cells) in [("span_f1", spans), ("value_f1", values)] {
        // A kind of which nothing is right is as good as one that is not there.
        if let Some(f1) = cells.split_whitespace().nth(2).and_then(|n| n.parse().ok()).filter(|f1| *f1 > 0.0) {
            into.insert(format!("{kind}.{name}"), f1);
        }
    }
}

fn collect(prefix: &str, value: &Value, into: &mut Figures) {
    for (key, value) in value.as_object().into_iter().flatten() {
        match value {
            Value::Object(_) => collect(&format!("{prefix}{key}."), value, into),
            Value::Number(n) if n.is_f64() => {
                let value = n.as_f64().unwrap_or_default();
                let fault = key == "lost" || prefix.starts_with("hard_negatives_left_out");
                let name = format!("{prefix}{key}").replace("hard_negatives_left_out", "hard_negatives_kept");
                let name = if key == "lost" { "not_lost".to_owned() } else { name };
                into.insert(name, if fault { 1.0 - value } else { value });
            }
            _ => {}
        }
    }
}

fn read_floors(text: &str) -> BTreeMap<String, Part> {
    let table: toml::Table = text.parse().unwrap();
    table
        .into_iter()
        .map(|(name, part)| {
            let figures = part["floors"].as_table().unwrap().iter();
            let figures = figures.map(|(k, v)| (k.clone(), v.as_float().unwrap())).collect();
            let digest = part["digest"].as_str().unwrap().to_owned();
            (name, Part { items: part["items"].as_integer().unwrap(), digest, figures })
        })
        .collect()
}

fn write_floors(parts: &BTreeMap<String, Part>) -> String {
    let mut out = String::from(
        "# Floors of the evaluation, each 0 to 1: a figure may rise, never fall. Written by `UPDATE_FLOORS=1 cargo test eval`.\n",
    );
    for (name, part) in parts {
        let _ = write!(out, "\n[{name}]\nitems = {}\ndigest = \"{}\"\n", part.items, part.digest);
        let _ = write!(out, "\n[{name}.floors]\n");
        for (figure, value) in &part.figures {
            let _ = writeln!(out, "\"{figure}\" = {value:.4}");
        }
    }
    out
}

#[test]
fn the_floors_are_well_formed() {
    let text = std::fs::read_to_string(floors_path()).unwrap();
    let floors = read_floors(&text);
    assert_eq!(write_floors(&floors), text, "the file is not as it would be written");
    for (name, part) in &floors {
        assert!(PARTS.iter().any(|(known, _)| known == name), "{name}");
        assert!(part.items > 0 && part.digest.len() == 16 && !part.figures.is_empty(), "{name}");
        assert!(part.figures.values().all(|v| (0.0..=1.0).contains(v)), "{name}: {part:?}");
    }
}

#[test]
fn figures_are_read_from_what_is_printed() {
    let printed = "\
seed: {\"pages\": 1, \"article_f1\": 0.9, \"lost\": 0.25}
kind        gold  pred |      P      R     F1 |     vP     vR    vF1 | unit  approx per   subj
money          8     8 |  1.000  0.500  0.750 |  1.000  0.400  0.500 | 1.00  1.00  -    0.90
ALL facts     61    60 |  0.900  0.900  0.900 |  0.800  0.800  0.800   (vP/vR/vF1: byline = name+roles)
person       {\"gold\": 23, \"recall\": 0.5}
cases:
money          1     1 |  1.000  1.000  1.000 |  1.000  1.000  1.000 |  -     -     -     -
archive: {\"copies\": 5, \"recall\": 0.75, \"recall_by_kind\": {\"near\": 0.5}, \"hard_negatives_left_out\": {\"digits\": 0.25}} seconds 1.50
";
    let shown: Vec<String> =
        figures(printed).iter().flat_map(|(p, f)| f.iter().map(move |(k, v)| format!("{p}.{k} {v}"))).collect();
    let expected = [
        "archive.hard_negatives_kept.digits 0.75",
        "archive.recall 0.75",
        "archive.recall_by_kind.near 0.5",
        "cases.money.span_f1 1",
        "cases.money.value_f1 1",
        "seed.article_f1 0.9",
        "seed.facts.span_f1 0.9",
        "seed.facts.value_f1 0.8",
        "seed.money.span_f1 0.75",
        "seed.money.value_f1 0.5",
        "seed.not_lost 0.75",
        "seed.person.recall 0.5",
    ];
    assert_eq!(shown, expected);
    assert!(figures("archive: skipped, the package snownlp is not installed\n").is_empty());
}

#[test]
fn a_fall_is_seen() {
    let of = |pairs: &[(&str, f64)]| pairs.iter().map(|(k, v)| ((*k).to_owned(), *v)).collect::<Figures>();
    let floors = of(&[("a", 0.9), ("b", 0.9), ("c", 0.9)]);
    assert_eq!(
        fallen("seed", &floors, &of(&[("a", 0.8999), ("b", 0.89), ("d", 0.1)])),
        ["seed: b fell from 0.9000 to 0.8900", "seed: c is not printed any more"]
    );
}
