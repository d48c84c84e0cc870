//! `jianbao explain`.

use super::case::{Case, FIRST_PAGE, SECOND_PAGE};

const SHARED: &str = "工地负责人说，送来的绿豆汤解渴又解乏，大家干活更有劲头了；工会还在每层楼都放了急救箱和藿香正气水，\
                      请来医生为工友量血压、讲中暑的急救办法，傍晚收工后又在工棚里放了一场露天电影。";

/// A folder with the output of a run over two pages that share a paragraph.
fn explained() -> Case {
    let case = Case::new();
    case.write("archive/2024-07-18-01.md", FIRST_PAGE.to_owned() + "\n" + SHARED + "\n");
    case.write("archive/2024-07-19-02.md", SECOND_PAGE.to_owned() + "\n" + SHARED + "\n");
    case.run(&["run", "archive", "-o", "out", "--set", "dedup.reprints=\"drop\""]).code(0);
    case
}

fn left_out(case: &Case) -> serde_json::Value {
    case.records("out/repeats.jsonl").into_iter().find(|r| r["kept"] == false).unwrap()
}

#[test]
fn a_repeat_tells_what_it_repeats() {
    let case = explained();
    let repeat = left_out(&case);
    let said = case.run(&["explain", repeat["block"].as_str().unwrap(), "--in", "out"]).code(0);
    assert_eq!(said.err, "");
    for part in ["left out", "repeats", "why", "cluster", repeat["canonical"]["block"].as_str().unwrap(), "武义县举办"]
    {
        assert!(said.out.contains(part), "{part} in {}", said.out);
    }
    let kept = case.run(&["explain", repeat["cluster"].as_str().unwrap(), "--in", "out"]).code(0);
    assert!(kept.out.contains("stands for 1 that were left out"), "{}", kept.out);
}

#[test]
fn differing_characters_are_marked() {
    let case = explained();
    let mut repeats = case.read("out/repeats.jsonl");
    repeats = repeats.replace("绿豆汤", "酸梅汤");
    case.write("out/repeats.jsonl", &repeats);
    let id = left_out(&case)["block"].as_str().unwrap().to_owned();
    let plain = case.run(&["explain", &id, "--in", "out"]).code(0);
    assert!(plain.out.contains("送来的[-绿豆-]{+酸梅+}汤"), "{}", plain.out);
    let colored = case.run(&["explain", &id, "--in", "out", "--color", "always"]).code(0);
    assert!(colored.out.contains("\u{1b}[31m绿豆\u{1b}[0m\u{1b}[32m酸梅\u{1b}[0m"), "{}", colored.out);
}

#[test]
fn an_article_is_shown_block_by_block() {
    let case = explained();
    let id = case.records("out/articles.jsonl")[0]["id"].as_str().unwrap().to_owned();
    let said = case.run(&["explain", &id, "--in", "out"]).code(0);
    for part in ["兰溪市总工会为职工送清凉", "headline", "byline", "paragraph"] {
        assert!(said.out.contains(part), "{part} in {}", said.out);
    }
}

#[test]
fn shards_are_all_looked_through() {
    let case = explained();
    case.run(&["run", "archive", "-o", "shards", "--shard-size", "1kB", "--compress", "gz"]).code(0);
    for record in case.records("out/articles.jsonl") {
        let id = record["id"].as_str().unwrap();
        let said = case.run(&["explain", id, "--in", "shards"]).code(0);
        assert!(said.out.contains(id), "{}", said.out);
    }
}

#[test]
fn json_holds_the_same() {
    let case = explained();
    let repeat = left_out(&case);
    let said = case.run(&["explain", repeat["block"].as_str().unwrap(), "--in", "out", "--json"]).code(0);
    let answer: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(answer["id"], repeat["block"]);
    assert_eq!(answer["text"], repeat["text"]);
    assert_eq!(answer["repeat"]["difference"][0]["change"], "same");
    assert!(answer["around"].as_array().unwrap().iter().any(|l| l["asked"] == true));
}

#[test]
fn a_joined_paragraph_tells_why() {
    let case = Case::new();
    let block = serde_json::json!({
        "id": "p/a1/b1", "kind": "paragraph", "text": "送去价值4.8万元的防暑用品，职工很高兴。", "repeat": null,
        "spans": [[10, 23], [60, 68]],
        "joins": [{ "at": [23, 60], "score": 0.93, "reasons": ["the word goes on"] }],
    });
    let article = serde_json::json!({
        "id": "p/a1", "page": { "id": "p" }, "kind": "story", "headline": null, "blocks": [block],
        "quality": { "opens": "complete", "closes": "cut", "flags": ["doubtful"] },
    });
    case.write("out/articles.jsonl", article.to_string() + "\n");
    case.write("out/repeats.jsonl", "");
    insta::assert_snapshot!(case.run(&["explain", "p/a1/b1", "--in", "out"]).code(0).out, @r"
    p/a1/b1  paragraph
    article p/a1  (no headline)
    page characters 10–23 + 60–68

    >    10  送去价值4.8万元的防暑用  [a1/b1 paragraph]
    >    60  品，职工很高兴。  [a1/b1 paragraph]

    doubts  doubtful, closes in mid-sentence

    joined  去价值4.8万元的防暑用 | 品，职工很高兴。  at 23–60, score 0.93
            the word goes on
    ");
}

#[test]
fn an_unknown_id_ends_with_the_nearest() {
    let case = explained();
    let said = case.run(&["explain", "2024-07-18-01.md/a1/b99", "--in", "out"]).code(1);
    assert!(said.err.contains("hint: there are 2024-07-18-01.md/a1/b"), "{}", said.err);
    let said = case.run(&["explain", "2024-07-18-03.md/a1/b1", "--in", "out"]).code(1);
    assert!(said.err.contains("2024-07-1"), "{}", said.err);
    assert!(case.run(&["explain", "", "--in", "out"]).code(1).err.contains("hint"));
}

#[test]
fn a_folder_without_records_is_an_error() {
    let case = Case::new();
    case.write("out/readme", "nothing");
    let said = case.run(&["explain", "a/a1", "--in", "out"]).code(2);
    assert!(said.err.contains("out: no articles.jsonl in it"), "{}", said.err);
}
