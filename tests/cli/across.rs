//! An article that runs over two pages of an issue.

use super::case::Case;

const FRONT: &str = "\
## 码头上的女吊车司机

**本报讯 记者祝晓岚报道** 清晨五点半，宁港码头的桥吊亮了灯，吊车司机颜小鹭已经在四十米高的驾驶室里坐定，她要把第一只集装箱稳稳放到（下转第三版）

## 县总工会办起木工班

**记者葛方报道** 木工班设在旧粮站，二十名学员跟着老师傅学榫卯。
";

const INSIDE: &str = "\
## 厂区里的小书屋

**记者葛方报道** 书屋只有十五平方米，下了班总是坐满。

（上接第一版）车板上，误差不能超过五厘米。颜小鹭说，桥吊的手柄很轻，人心要稳，集装箱落下去的那一声是闷的，就对了。

这一天她放了一百四十只集装箱。
";

fn issue() -> Case {
    let case = Case::new();
    case.write("issue/2023-02-10-01.md", FRONT);
    case.write("issue/2023-02-10-03.md", INSIDE);
    // The same two pages of another day: only one of them has a line.
    case.write("issue/2023-02-11-01.md", FRONT.replace("（下转第三版）", "车板上。"));
    case.write("issue/2023-02-11-03.md", "## 放假通知\n\n书屋明天不开门。\n");
    case
}

#[test]
fn both_parts_name_each_other_and_stay_on_their_pages() {
    let case = issue();
    case.run(&["run", "issue", "-o", "out"]).code(0);
    let articles = case.records("out/articles.jsonl");
    let linked: Vec<_> = articles.iter().filter(|a| !a["continues_on"].is_null()).collect();
    assert_eq!(linked.len(), 1);
    let first = linked[0];
    assert_eq!(first["headline"], "码头上的女吊车司机");
    let second = articles.iter().find(|a| a["id"] == first["continues_on"]["article"]).unwrap();
    assert_eq!(second["continues_from"]["article"], first["id"]);
    assert_eq!(second["continues_from"]["score"], first["continues_on"]["score"]);
    assert_eq!(first["continues_on"]["in_sentence"], true);
    assert_eq!((&second["kind"], &second["page"]["number"]), (&"story".into(), &"03".into()));
    assert_eq!((&first["quality"]["closes"], &second["quality"]["opens"]), (&"cut".into(), &"cut".into()));
    let texts: Vec<_> = second["blocks"].as_array().unwrap().iter().map(|b| b["text"].as_str().unwrap()).collect();
    assert_eq!(texts[0], "（上接第一版）");
    assert!(texts[1].starts_with("车板上，"), "{texts:?}");
    assert_eq!(articles.iter().filter(|a| !a["continues_from"].is_null()).count(), 1);

    let said = case.run(&["explain", first["id"].as_str().unwrap(), "--in", "out"]).code(0).out;
    assert!(said.contains(&format!("goes on in {}  in mid-sentence, score", second["id"].as_str().unwrap())), "{said}");
    assert!(said.contains("each of the two lines names the other's page"), "{said}");
}

#[test]
fn order_and_threads_do_not_matter() {
    let case = issue();
    case.run(&["run", "issue", "-o", "out", "-j", "1"]).code(0);
    let there = ["2023-02-11-03", "2023-02-10-03", "2023-02-11-01", "2023-02-10-01"].map(|n| format!("issue/{n}.md"));
    let mut arguments: Vec<&str> = there.iter().map(String::as_str).collect();
    arguments.splice(0..0, ["run", "-o", "back", "-j", "4"]);
    case.run(&arguments).code(0);
    let links = |folder: &str| {
        let mut links: Vec<String> = case
            .records(&format!("{folder}/articles.jsonl"))
            .iter()
            .filter(|a| !a["continues_on"].is_null() || !a["continues_from"].is_null())
            .map(|a| {
                let name = |id: &serde_json::Value| id.as_str().map(|i| i.rsplit_once("2023").unwrap().1.to_owned());
                let other = |f: &str| (name(&a[f]["article"]), a[f]["score"].clone(), a[f]["reasons"].clone());
                format!("{:?} {:?} {:?}", name(&a["id"]), other("continues_on"), other("continues_from"))
            })
            .collect();
        links.sort();
        links
    };
    assert_eq!(links("out").len(), 2);
    assert_eq!(links("out"), links("back"));
}

#[test]
fn parquet_has_the_links_too() {
    let case = issue();
    case.run(&["run", "issue", "-o", "out", "--format", "parquet"]).code(0);
    assert!(case.names("out").contains(&"articles.parquet".to_owned()));
}
