//! Pages in traditional characters: what is made of them is what is made of the same pages in simplified ones.

use std::collections::BTreeMap;
use std::fs;

use jianbao::record::{Annotations, Article};
use jianbao::text::is_traditional;
use jianbao::{Page, Settings, extract, generate, layout};

/// The text in traditional characters: of several that mean a simplified one, the first of the table.
fn traditional(text: &str) -> String {
    let table = include_str!("../src/text/traditional.txt");
    let mut of: BTreeMap<char, char> = BTreeMap::new();
    for pair in table.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace) {
        let [traditional, simplified] = pair.chars().collect::<Vec<_>>()[..] else { panic!("{pair} is no pair") };
        of.entry(simplified).or_insert(traditional);
    }
    text.chars().map(|c| of.get(&c).copied().unwrap_or(c)).collect()
}

/// Where everything stands and what it means, and nothing that is printed.
fn meanings(notes: &Annotations) -> String {
    let facts = notes.facts.iter().map(|f| format!("{:?} {}..{} {:?} {:?}", f.kind, f.start, f.end, f.value, f.unit));
    let names = notes.entities.iter().map(|e| format!("{:?} {}..{} {:?}", e.kind, e.start, e.end, e.code));
    let credits = notes.byline.iter().map(|b| format!("{:?} {}..{}", b.role, b.start, b.end));
    facts.chain(names).chain(credits).collect::<Vec<_>>().join("\n")
}

fn blocks(article: &Article<'_>) -> Vec<String> {
    article.blocks.iter().map(|b| format!("{:?} {:?} {:?}", b.kind, b.spans, b.joins.len())).collect()
}

#[test]
fn a_page_means_the_same_in_traditional_characters() {
    let settings = Settings::default();
    let gazetteer = extract::Gazetteer::builtin();
    let fixtures = fs::read_dir("fixtures/pages").unwrap();
    let mut texts: Vec<String> = fixtures.map(|file| fs::read_to_string(file.unwrap().path()).unwrap()).collect();
    texts.sort();
    texts.extend((0..20).map(|seed| generate::page(seed).0.text));
    let mut compared = 0;
    for text in &texts {
        let other = traditional(text);
        if !is_traditional([other.as_str()]) {
            continue;
        }
        let [page, other] = [text, &other].map(|text| Page::new("page", text.as_str()));
        let [articles, others] = [&page, &other].map(|page| layout::segment(page, &settings.layout));
        assert_eq!(articles.len(), others.len(), "{text}");
        for (article, other) in articles.iter().zip(&others) {
            assert_eq!(blocks(article), blocks(other), "{text}");
            if !is_traditional(other.blocks.iter().map(|block| &*block.text)) {
                continue;
            }
            let [notes, of_other] =
                [article, other].map(|a| extract::annotate(a, &page.head, &gazetteer, &settings.extract));
            assert_eq!(meanings(&notes), meanings(&of_other), "{text}");
            compared += 1;
        }
    }
    assert!(compared > 150, "{compared} articles");
}

#[test]
fn words_are_given_as_they_are_printed() {
    let settings = Settings::default();
    let page = Page::new(
        "page",
        "## 總工會慰問職工\n\n本報訊（記者陳志明）市總工會主席張國華昨日慰問環衛職工三萬餘人，每戶發放補貼500元。\n",
    );
    let articles = layout::segment(&page, &settings.layout);
    let notes = extract::annotate(&articles[0], &page.head, &extract::Gazetteer::builtin(), &settings.extract);
    assert_eq!(notes.byline.iter().map(|b| b.name.as_str()).collect::<Vec<_>>(), ["陳志明"]);
    let people = notes.facts.iter().find(|f| f.subject.as_deref() == Some("環衛職工"));
    assert!(people.is_some_and(|f| f.value == Some(jianbao::record::Value::Whole(30_000))), "{:?}", notes.facts);
    let person = notes.entities.iter().find(|e| e.title.is_some()).unwrap();
    assert_eq!((person.title.as_deref(), person.organisation.as_deref()), (Some("主席"), Some("市總工會")));
}
