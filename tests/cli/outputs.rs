//! What is written besides plain JSON lines, and how it is checked.

use std::process::Command;

use super::case::{Case, FIRST_PAGE, json_line};

/// A case with an output of many articles.
fn with_output(more: &[&str]) -> Case {
    let case = Case::with_archive();
    let pages: String =
        (0..60).map(|n| json_line(&format!("p{n}"), &FIRST_PAGE.replace("326", &(n + 10).to_string()))).collect();
    case.write("pages.jsonl", pages);
    case.run(&[&["run", "pages.jsonl", "-o", "out", "-q", "--set", "read.chunk_bytes=4096"], more].concat()).code(0);
    case
}

#[test]
fn an_output_is_as_it_was_written() {
    let case = with_output(&["--keep-repeats"]);
    let said = case.run(&["verify", "out", "pages.jsonl"]).code(0);
    assert!(said.out.starts_with("all as written: "), "{}", said.out);
    let found: serde_json::Value =
        serde_json::from_str(&case.run(&["verify", "out", "pages.jsonl", "--json"]).code(0).out).unwrap();
    assert_eq!(found["articles"], 60);
    assert!(found["repeats"].as_u64().unwrap() > 0, "{found}");
    assert!(found["blocks"].as_u64().unwrap() >= 120 && found["pages"].as_u64().unwrap() >= 60, "{found}");
}

#[test]
fn any_changed_byte_is_found() {
    let case = with_output(&[]);
    for name in ["articles.jsonl", "repeats.jsonl"] {
        let path = case.path(&format!("out/{name}"));
        let whole = std::fs::read(&path).unwrap();
        for at in (0..whole.len()).step_by(whole.len() / 7 + 1) {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            std::fs::write(&path, &changed).unwrap();
            let said = case.run(&["verify", "out"]);
            assert_eq!(said.code, Some(1), "{name} at {at}: {}", said.err);
            assert!(said.out.contains(&format!("{name}: its checksum differs")), "{}", said.out);
        }
        std::fs::write(&path, &whole[..whole.len() - 1]).unwrap();
        assert!(case.run(&["verify", "out"]).code(1).out.contains("the report says"));
        std::fs::write(&path, &whole).unwrap();
    }
    case.run(&["verify", "out"]).code(0);
    std::fs::remove_file(case.path("out/repeats.jsonl")).unwrap();
    assert_ne!(case.run(&["verify", "out"]).code, Some(0));
    let said = case.run(&["verify", "archive"]).code(2);
    assert!(said.err.contains("archive/report.json: cannot read the report"), "{}", said.err);
}

#[test]
fn an_output_of_other_pages_is_found() {
    let case = with_output(&[]);
    case.write("pages.jsonl", json_line("p0", "另一个版面。").repeat(3));
    assert!(case.run(&["verify", "out", "pages.jsonl"]).code(1).out.contains("is not what its spans name on the page"));
}

#[test]
fn what_was_left_out_is_compared_too() {
    let case = with_output(&["--set", "dedup.reprints=drop"]);
    let repeats = case.records("out/repeats.jsonl");
    let text = |repeat: &serde_json::Value| repeat["text"].as_str().unwrap().to_owned();
    let number = repeats.iter().position(|r| r["kept"] == false && text(r).contains('绿')).unwrap();
    let (repeat, changed) = (&repeats[number], text(&repeats[number]).replace('绿', "红"));
    let page = format!("\"id\":{}", repeat["page"]);
    let pages = case.read("pages.jsonl");
    let pages = pages.lines().map(|line| {
        if line.contains(&page) { line.replace(&text(repeat), &changed) + "\n" } else { line.to_owned() + "\n" }
    });
    case.write("pages.jsonl", pages.collect::<String>());
    let said = case.run(&["verify", "out", "pages.jsonl"]).code(1);
    let block = repeat["block"].as_str().unwrap();
    let what = format!("repeats.jsonl:{}: {block} is not what its spans name on the page\n1 differs: ", number + 1);
    assert!(said.out.starts_with(&what), "{}", said.out);
}

#[test]
fn an_input_that_is_missing_is_not_taken_for_one_that_differs() {
    let case = with_output(&[]);
    for inputs in [&["nowhere.md"][..], &["pages.jsonl", "nowhere.md"], &["no*.md"]] {
        let said = case.run(&[&["verify", "out"], inputs].concat()).code(2);
        assert!(said.out.is_empty() && said.err.contains("jianbao: no"), "{said:?}");
    }
}

#[test]
fn compressed_outputs_hold_the_same_lines() {
    let plain = with_output(&[]);
    for (how, suffix) in [("gz", ".gz"), ("zst", ".zst")] {
        let case = with_output(&["--compress", how]);
        assert!(case.names("out").contains(&format!("articles.jsonl{suffix}")));
        for kind in ["articles", "repeats"] {
            let packed = std::fs::read(case.path(&format!("out/{kind}.jsonl{suffix}"))).unwrap();
            let lines = if how == "gz" {
                let mut text = String::new();
                std::io::Read::read_to_string(&mut flate2::read::MultiGzDecoder::new(&*packed), &mut text).unwrap();
                text
            } else {
                String::from_utf8(zstd::decode_all(&*packed).unwrap()).unwrap()
            };
            assert!(lines == plain.read(&format!("out/{kind}.jsonl")), "{kind} {how}");
        }
        case.run(&["verify", "out", "pages.jsonl"]).code(0);
        // The next output of another kind takes the place of this one.
        case.run(&["run", "pages.jsonl", "-o", "out", "-q", "--force"]).code(0);
        assert_eq!(case.names("out"), ["articles.jsonl", "repeats.jsonl", "report.json"]);
    }
}

#[test]
fn shards_are_the_whole_in_order() {
    let plain = with_output(&[]);
    let case = with_output(&["--shard-size", "8KB"]);
    let shards: Vec<String> = case.names("out").into_iter().filter(|n| n.starts_with("articles-")).collect();
    assert!(shards.len() > 1 && shards[0] == "articles-00000.jsonl", "{shards:?}");
    let all: String = shards.iter().map(|n| case.read(&format!("out/{n}"))).collect();
    assert!(all == plain.read("out/articles.jsonl"));
    case.run(&["verify", "out", "pages.jsonl"]).code(0);
}

#[test]
fn facts_become_a_table_and_articles_become_documents() {
    let case = with_output(&[]);
    let n = case.records("out/articles.jsonl").len();
    case.run(&["export", "csv", "out", "-o", "facts"]).code(0);
    let table = case.read("facts/facts.csv");
    let facts: usize = case.records("out/articles.jsonl").iter().map(|a| a["facts"].as_array().unwrap().len()).sum();
    assert_eq!(table.lines().count(), facts + 1);
    assert!(table.starts_with("article,page,date,"));
    case.run(&["export", "csv", "out", "-o", "marked", "--bom"]).code(0);
    assert_eq!(case.read("marked/facts.csv"), format!("\u{feff}{table}"));
    case.run(&["export", "passim", "out", "-o", "marked", "--bom"]).code(2);
    case.run(&["export", "passim", "out", "-o", "passim"]).code(0);
    assert_eq!(case.records("passim/passim.jsonl").len(), n);
    case.run(&["export", "dolma", "out", "-o", "dolma"]).code(0);
    let lines = |name: &str| {
        let packed = std::fs::read(case.path(name)).unwrap();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut flate2::read::MultiGzDecoder::new(&*packed), &mut text).unwrap();
        text.lines().map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap()).collect::<Vec<_>>()
    };
    let documents = lines("dolma/documents/articles.jsonl.gz");
    let attributes = lines("dolma/attributes/jianbao/articles.jsonl.gz");
    assert_eq!((documents.len(), attributes.len()), (n, n));
    assert!(documents.iter().zip(&attributes).all(|(d, a)| d["id"] == a["id"]));
    case.run(&["export", "card", "out", "-o", "out"]).code(0);
    assert!(case.read("out/README.md").starts_with("---\nlanguage:\n- zh\n"));
    case.run(&["export", "card", "out", "-o", "out"]).code(2);
}

#[test]
fn a_page_that_an_index_renamed_is_found() {
    let case = Case::new();
    let (first, second) = (FIRST_PAGE, FIRST_PAGE.replace("兰溪", "武义").replace("方小宁", "吕明哲"));
    case.write("d1/01.md", first);
    case.write("d2/01.md", &second);
    case.run(&["run", "d1", "-o", "o1", "--index", "index", "-q"]).code(0);
    case.run(&["run", "d2", "-o", "o2", "--index", "index", "-q"]).code(0);
    let renamed = |out: &str, id: &str| {
        let articles = case.records(&format!("{out}/articles.jsonl"));
        assert!(articles.iter().any(|a| a["page"]["id"] == id), "{out}: {articles:?}");
    };
    renamed("o2", "01.md~2");
    assert!(case.run(&["verify", "o2", "d2"]).code(0).out.starts_with("all as written"));
    // Two pages of that name at once, of which the first has nothing to write.
    let pages =
        json_line("01.md", "") + &json_line("01.md", "## 防汛演练\n\n六支队伍比试装沙袋，最快的一队用了十一分钟。\n");
    case.write("pages.jsonl", pages);
    case.run(&["run", "pages.jsonl", "-o", "o3", "--index", "index", "-q"]).code(0);
    assert!(case.run(&["verify", "o3", "pages.jsonl"]).code(0).out.starts_with("all as written"));
    // Another text is none that was renamed.
    case.write("d2/01.md", second.replace("326", "517"));
    assert!(case.run(&["verify", "o2", "d2"]).code(1).out.contains("its page is not in the input"));
}

#[test]
fn the_settings_of_the_run_are_those_of_its_check() {
    let case = Case::new();
    case.write("names.tsv", "兰工帮\tunion\n");
    case.write("pages.jsonl", json_line("p", FIRST_PAGE).replace("\"text\"", "\"content\""));
    let names = ["--gazetteer", "names.tsv", "--set", "read.text_field=\"content\""];
    case.run(&[&["run", "pages.jsonl", "-o", "out", "-q"], &names[..]].concat()).code(0);
    case.run(&["verify", "out", "pages.jsonl"]).code(0);
}

#[cfg(feature = "parquet")]
#[test]
fn what_is_parquet_is_checked_and_told_apart() {
    let case = with_output(&["--format", "parquet"]);
    for form in ["csv", "passim", "dolma", "parquet"] {
        let said = case.run(&["export", form, "out", "-o", "other"]).code(2);
        assert!(said.err.contains("out: its articles are Parquet, and JSON lines are needed"), "{form}: {}", said.err);
        assert!(said.err.contains("hint: run again with --format jsonl"), "{form}: {}", said.err);
    }
    assert!(!case.path("other").exists());
    let path = case.path("out/report.json");
    let whole = case.read("out/report.json");
    let mut report: serde_json::Value = serde_json::from_str(&whole).unwrap();
    let records = report["files"]["articles.parquet"]["records"].as_u64().unwrap();
    report["files"]["articles.parquet"]["records"] = (records + 1).into();
    std::fs::write(&path, report.to_string()).unwrap();
    let said = case.run(&["verify", "out"]).code(1);
    assert!(said.out.contains(&format!("articles.parquet: has {records} rows, the report says {}", records + 1)));
    std::fs::write(&path, &whole).unwrap();
    // A file of other rows.
    std::fs::copy(case.path("out/repeats.parquet"), case.path("out/articles.parquet")).unwrap();
    let said = case.run(&["verify", "out"]).code(1);
    assert!(said.out.contains("articles.parquet: has ") && said.out.contains("rows, the report says"), "{}", said.out);
    case.write("out/articles.parquet", "PAR1");
    assert!(case.run(&["verify", "out"]).code(1).out.contains("articles.parquet: cannot count its rows"));
}

#[cfg(feature = "parquet")]
#[test]
fn an_export_writes_over_nothing_unasked() {
    let case = with_output(&["--shard-size", "8KB"]);
    case.write("set/articles-00001.parquet", "mine");
    let said = case.run(&["export", "parquet", "out", "-o", "set"]).code(2);
    assert!(said.err.contains("set/articles-00001.parquet: is there already"), "{}", said.err);
    assert_eq!((case.names("set").len(), case.read("set/articles-00001.parquet").as_str()), (1, "mine"));
    case.run(&["export", "parquet", "out", "-o", "set", "--force"]).code(0);
    assert!(case.names("set").len() > 2 && case.names("set").contains(&"repeats.parquet".to_owned()));
}

#[cfg(feature = "parquet")]
#[test]
fn a_card_names_what_lies_beside_it() {
    let case = with_output(&[]);
    case.run(&["export", "parquet", "out", "-o", "set"]).code(0);
    case.run(&["export", "card", "out", "-o", "set", "--force"]).code(0);
    let card = case.read("set/README.md");
    let n = case.records("out/articles.jsonl").len();
    let bytes = std::fs::read(case.path("set/articles.parquet")).unwrap();
    let hash = xxhash_rust::xxh3::xxh3_128(&bytes);
    assert!(card.contains("- config_name: articles\n  data_files:\n  - articles.parquet\n"), "{card}");
    assert!(card.contains("- config_name: repeats\n  data_files:\n  - repeats.parquet\n"), "{card}");
    assert!(card.contains(&format!("| articles.parquet | {n} | {} | `{hash:032x}` |", bytes.len())), "{card}");
    assert!(!card.contains("jsonl |") && !card.contains("- articles.jsonl"), "{card}");
    // Beside the output itself, its own files; in a folder that is empty, those that may be put there.
    for folder in ["out", "empty"] {
        case.run(&["export", "card", "out", "-o", folder]).code(0);
        assert!(case.read(&format!("{folder}/README.md")).contains("  - articles.jsonl\n"), "{folder}");
    }
    case.run(&["export", "csv", "out", "-o", "table"]).code(0);
    case.run(&["export", "card", "out", "-o", "table"]).code(0);
    let rows = case.read("table/facts.csv").lines().count() - 1;
    let card = case.read("table/README.md");
    assert!(card.contains("- config_name: facts\n  data_files:\n  - facts.csv\n---"), "{card}");
    assert!(card.contains(&format!("| facts.csv | {rows} |")), "{card}");
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_holds_what_the_lines_hold() {
    let case = with_output(&[]);
    case.run(&["run", "pages.jsonl", "-o", "parquet", "-q", "--format", "parquet"]).code(0);
    assert_eq!(case.names("parquet"), ["articles.parquet", "repeats.parquet", "report.json"]);
    let said = case.run(&["verify", "parquet", "pages.jsonl"]).code(0);
    let rows = case.read("out/articles.jsonl").lines().count() + case.read("out/repeats.jsonl").lines().count();
    assert!(said.out.starts_with(&format!("all as written: 2 files, {rows} rows of Parquet\n")), "{}", said.out);
    assert!(said.out.contains("\nnot checked: offsets, counts by kind, pages of input"), "{}", said.out);
    case.run(&["export", "parquet", "out", "-o", "exported"]).code(0);
    for name in ["articles.parquet", "repeats.parquet"] {
        let read = |folder: &str| std::fs::read(case.path(&format!("{folder}/{name}"))).unwrap();
        assert!(read("parquet") == read("exported"), "{name}");
    }
    let articles = case.records("out/articles.jsonl");
    let money = articles.iter().flat_map(|a| a["facts"].as_array().unwrap()).filter(|f| f["kind"] == "money");
    let sum: f64 = money.filter_map(|f| f["value"].as_f64()).sum();
    let blocks: usize = articles.iter().map(|a| a["blocks"].as_array().unwrap().len()).sum();
    let script = "
import duckdb
q = lambda sql: duckdb.sql(sql).fetchall()[0][0]
print(*[q(f\"select count(*) from 'articles.parquet' where {name} is not null\")
        for name in ('dateline', 'continues_on', 'continues_from')],
      q(\"select count(*) from (select unnest(blocks) b from 'articles.parquet') where b.repeat is not null\"))
print(q(\"select count(*) from 'articles.parquet'\"), q(\"select count(*) from 'repeats.parquet'\"),
      q(\"select sum(len(blocks)) from 'articles.parquet'\"),
      q(\"select coalesce(sum(f.value), 0) from (select unnest(facts) f from 'articles.parquet') where f.kind = 'money'\"),
      q(\"select sum(list_sum([s.end - s.start for s in spans])) from 'repeats.parquet' where not kept\"))
for name in 'articles', 'repeats':
    for column, kind in duckdb.sql(f\"select column_name, column_type from (describe from '{name}.parquet')\").fetchall():
        print(column, kind.replace('\\\"', ''))
";
    let python = Command::new("python3").args(["-c", script]).current_dir(case.path("parquet")).output();
    let Ok(python) = python else { return println!("skipped: there is no python3") };
    let said = String::from_utf8_lossy(&python.stderr);
    if said.contains("No module named 'duckdb'") {
        return println!("skipped: the Python package duckdb is not installed");
    }
    assert!(python.status.success(), "{said}");
    let repeats = case.records("out/repeats.jsonl");
    let report: serde_json::Value = serde_json::from_str(&case.read("out/report.json")).unwrap();
    let saved: u64 = report["characters_saved"].as_object().unwrap().values().map(|n| n.as_u64().unwrap()).sum();
    let read = String::from_utf8_lossy(&python.stdout).into_owned();
    let (there, read) = read.split_once('\n').unwrap();
    let objects = |name: &str| articles.iter().filter(|a| !a[name].is_null()).count();
    let (datelines, repeated_blocks) = (objects("dateline"), 0);
    assert!(datelines > 0);
    let (on, from) = (objects("continues_on"), objects("continues_from"));
    assert_eq!(there, format!("{datelines} {on} {from} {repeated_blocks}"), "objects that are null in the lines");
    let (counts, types) = read.split_once('\n').unwrap();
    assert_eq!(counts, format!("{} {} {blocks} {sum:.1} {saved}", articles.len(), repeats.len()));
    assert!(sum > 0.0 && saved > 0);
    for column in [
        "schema UINTEGER",
        "id VARCHAR",
        "facts STRUCT(kind VARCHAR, text VARCHAR, block VARCHAR, start UBIGINT, end UBIGINT, value DOUBLE, low DOUBLE, \
         high DOUBLE, value_date VARCHAR, low_date VARCHAR, high_date VARCHAR, approx VARCHAR, unit VARCHAR,",
        "blocks STRUCT(id VARCHAR, kind VARCHAR, text VARCHAR, spans STRUCT(start UBIGINT, end UBIGINT)[],",
        "kept BOOLEAN",
        "similarity FLOAT",
        "canonical STRUCT(block VARCHAR, page VARCHAR, spans STRUCT(start UINTEGER, end UINTEGER)[])",
    ] {
        assert!(types.lines().any(|line| line.starts_with(column)), "{column}\n{types}");
    }
}
