//! Where the stories of a document are, and what stands around their text.

use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};

use super::super::parse::iso_date;
use super::meta::{self, Head};
use super::prose::{self, Scope};

/// A story as it will be written.
#[derive(Debug, Default)]
pub(super) struct Story {
    kicker: Option<String>,
    headline: Option<String>,
    deck: Option<String>,
    credit: Option<String>,
    body: Vec<String>,
}

/// Names under which content systems of Chinese news sites and digital editions keep the text of a story.
const BODIES: &[&str] = &[
    "founder-content",
    "#ozoom",
    "#zoom",
    "#Zoom",
    "#articleContent",
    "#article_content",
    "#ArticleContent",
    "#artibody",
    "#rwb_zw",
    "#p-detail",
    "#UCAP-CONTENT",
    "#js_content",
    ".TRS_Editor",
    ".TRS_UEDITOR",
    ".article-content",
    ".article_content",
    ".articleContent",
    ".content_area",
    ".pages_content",
    ".rm_txt_con",
    "[itemprop=articleBody]",
];

/// Parts of names of the elements beside a headline that belong to it.
const BESIDE_HEADLINES: &[&str] = &["title", "sub", "intro", "yin", "author", "byline", "zuozhe", "sec", "futi"];

/// Characters that a text has at least: less is a caption or a line of a menu.
const LEAST_TEXT: usize = 40;

/// Most elements that the extractor is given; its cost grows with their number times the depth.
const MAX_ELEMENTS: usize = 100_000;

/// Characters below which the extractor tries again, less strictly: a brief of a newspaper has 100, where the default of
/// 500 thinks of English.
const SHORT_STORY: usize = 120;

/// What the text of a whole document is worth beside that of a part: with comments and related stories in it, it has to
/// hold twice as much. Found on 62 pages of Chinese news sites.
const WHOLE_DOCUMENT: f64 = 0.5;

/// Longest line that may be a kicker, a deck or a credit, in characters.
const LONGEST_LINE: usize = 80;

/// Lines of a text among which its headline stands, if it is in the text at all: kicker and credit may be before it.
const OPENING: usize = 3;

/// Finds the stories in the order of the document.
pub(super) fn stories(document: &Document, html: &str, head: &Head) -> Vec<Story> {
    let marked = by_comments(html);
    let mut stories = if marked.is_empty() { by_articles(document) } else { marked };
    if stories.is_empty() {
        stories.extend(by_content(document));
    }
    if let [story] = &mut stories[..] {
        complete(story, document, head);
    }
    stories
}

/// `<!--enpcontent-->…<!--/enpcontent-->`, each with the `enpproperty` before it.
fn by_comments(html: &str) -> Vec<Story> {
    let mut stories = Vec::new();
    let mut rest = html;
    while let Some((before, behind)) = rest.split_once("<!--enpcontent-->") {
        // Some editions write the mark twice.
        let behind = behind.trim_start();
        let behind = behind.strip_prefix("<!--enpcontent-->").unwrap_or(behind);
        let (content, after) = behind.split_once("<!--/enpcontent-->").unwrap_or((behind, ""));
        let body = prose::lines(&Document::from(content.to_owned()).root(), Scope::Content);
        let comment = before.rsplit_once("<!--enpproperty").map(|(_, c)| c.split("-->").next().unwrap_or(""));
        let field = |name| comment.and_then(|c| meta::field_of(c, name));
        if !body.is_empty() {
            stories.push(Story {
                kicker: field("introtitle"),
                headline: field("title"),
                deck: field("subtitle"),
                credit: field("author"),
                body,
            });
        }
        rest = after;
    }
    stories
}

/// Several `article` elements that are not inside each other, each with a heading and text.
fn by_articles(document: &Document) -> Vec<Story> {
    let mut stories = Vec::new();
    for element in document.select("article").nodes().iter().take(1000) {
        if element.ancestors_it(None).any(|a| prose::name(&a) == "article") {
            continue;
        }
        let body = prose::lines(element, Scope::Content);
        let text: usize = body.iter().filter(|l| !l.starts_with('#')).map(|l| l.chars().count()).sum();
        if text >= LEAST_TEXT && body.iter().any(|l| l.starts_with('#')) {
            stories.push(Story { body, ..Story::default() });
        }
    }
    if stories.len() > 1 { stories } else { Vec::new() }
}

/// The text of a document with one story, or with several that nothing parts: the best of the candidates. An element with a
/// name that means the text may hold the frame of the site too, and the extractor may miss a part or all.
fn by_content(document: &Document) -> Option<Story> {
    let mut bodies: Vec<(f64, Vec<String>)> = BODIES
        .iter()
        .filter_map(|name| Some((name, document.try_select(name)?)))
        .map(|(name, found)| {
            let outermost = found.nodes().iter().filter(|n| !n.ancestors_it(None).any(|a| a.is(name)));
            (1.0, outermost.flat_map(|n| prose::lines(n, Scope::Content)).collect())
        })
        .collect();
    bodies.extend(extracted(document).map(|body| (1.0, body)));
    bodies.extend(between_sentences(document).map(|body| (WHOLE_DOCUMENT, body)));
    // How much of it is sentences, in two ways: characters, and their share.
    let worth = |(weight, body): &(f64, Vec<String>)| {
        let (sentences, all) = (sentences(body) as f64, length(body) as f64);
        weight * (sentences + 1.0) * (sentences + 1.0) / (all + 1.0)
    };
    bodies.retain(|(_, body)| length(body) >= LEAST_TEXT || sentences(body) > 0);
    let (_, body) = bodies.into_iter().max_by(|a, b| worth(a).total_cmp(&worth(b)))?;
    Some(Story { body, ..Story::default() })
}

/// All of a document from the first sentence to the last: what stands around them is the frame of the site.
fn between_sentences(document: &Document) -> Option<Vec<String>> {
    let all = prose::lines(&document.body()?, Scope::Document);
    let first = all.iter().position(|l| is_sentence(l))?;
    let last = all.iter().rposition(|l| is_sentence(l))?;
    Some(all.get(first..=last)?.to_vec())
}

fn extracted(document: &Document) -> Option<Vec<String>> {
    let config = Config { char_threshold: SHORT_STORY, max_elements_to_parse: MAX_ELEMENTS, ..Config::default() };
    let mut reader = Readability::with_document(document.clone(), None, Some(config)).ok()?;
    let article = reader.parse().ok()?;
    Some(prose::lines(&Document::from(article.content).root(), Scope::Content))
}

/// Characters in lines that end like sentences: these are text; menus and lists of links have none.
fn sentences(lines: &[String]) -> usize {
    lines.iter().filter(|l| is_sentence(l)).map(|l| l.chars().count()).sum()
}

fn is_sentence(line: &str) -> bool {
    let line = line.trim_end_matches("**");
    line.ends_with(['。', '！', '？', '”', '；', '…', '.', '!', '?']) && line.chars().count() >= 12
}

fn length(lines: &[String]) -> usize {
    lines.iter().map(|l| l.chars().count()).sum()
}

/// Finds the headline and the lines around it in the document, where the text does not hold them.
fn complete(story: &mut Story, document: &Document, head: &Head) {
    let Some(element) = heading(document, head) else {
        // Printed as no element that could be found: a heading before the first sentence is it, one behind is a subhead.
        let mut opening = story.body.iter().take_while(|l| !is_sentence(l));
        if story.headline.is_none() && !opening.any(|l| l.starts_with('#')) {
            story.headline = head.title.clone().filter(|title| !meta::is_site(title));
        }
        return;
    };
    story.headline.get_or_insert_with(|| prose::text(&element));
    let (before, after) = around(&element);
    if story.kicker.is_none() {
        story.kicker = before;
    }
    for line in after {
        if is_credit(&line) {
            story.credit.get_or_insert(line);
        } else {
            story.deck.get_or_insert(line);
        }
    }
}

/// The element that prints the document's title.
fn heading<'d>(document: &'d Document, head: &Head) -> Option<NodeRef<'d>> {
    let title = head.title.as_deref().map(key).unwrap_or_default();
    let candidates = document.select("h1, h2, h3, [class*=title], [class*=Title], [id*=title], [class*=headline], .bt");
    let mut first = None;
    let mut best: Option<(f64, NodeRef<'d>)> = None;
    for node in candidates.nodes().iter().take(500) {
        let text = key(&prose::text(node));
        let n_chars = text.chars().count();
        if !(4..=LONGEST_LINE).contains(&n_chars) {
            continue;
        }
        // The title of a document may be cut short, or stand with the kicker before it.
        if !title.is_empty() && (title.contains(&text) || text.contains(&title)) {
            let n_title = title.chars().count();
            let likeness = n_chars.min(n_title) as f64 / n_chars.max(n_title) as f64;
            if best.is_none_or(|(most, _)| likeness > most) {
                best = Some((likeness, *node));
            }
        }
        if first.is_none() && prose::name(node) == "h1" {
            first = Some(*node);
        }
    }
    let found = best.map(|(_, node)| node).or_else(|| first.filter(|_| title.is_empty()));
    let mut node = found.or_else(|| printed(document, &title))?;
    // The innermost element that holds it.
    let text = key(&prose::text(&node));
    while let Some(child) = node.element_children().into_iter().find(|c| key(&prose::text(c)) == text) {
        node = child;
    }
    Some(node)
}

/// The first element that says the title and nothing else, whatever it is called: older editions print it in a cell of a table.
fn printed<'d>(document: &'d Document, title: &str) -> Option<NodeRef<'d>> {
    if title.is_empty() {
        return None;
    }
    let cells = document.select("td, p, strong, b, font, span");
    let is_link = |node: &NodeRef<'_>| node.ancestors_it(Some(3)).any(|a| prose::name(&a) == "a") || holds_link(node);
    let mut cells = cells.nodes().iter().take(2000);
    cells.find(|node| !is_link(node) && key(&prose::text(node)) == title).copied()
}

/// Text as titles are compared: without blanks and marks.
fn key(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The lines that stand directly before and behind a headline and belong to it: headings, and what is named so.
fn around(element: &NodeRef<'_>) -> (Option<String>, Vec<String>) {
    let mut node = *element;
    // Up through elements that hold the headline alone.
    while let Some(parent) = node.parent().filter(NodeRef::is_element) {
        if prose::name(&parent) == "body" || key(&prose::text(&parent)) != key(&prose::text(&node)) {
            break;
        }
        node = parent;
    }
    let line_of = |node: &NodeRef<'_>| {
        let text = prose::text(node);
        let length = text.chars().count();
        let named = prose::is_named(node, BESIDE_HEADLINES);
        let heading = matches!(prose::name(node).as_str(), "h2" | "h3" | "h4" | "h5" | "h6");
        let plain = prose::name(node) == "p" && !is_sentence(&text);
        // Older editions print kicker, headline and deck in rows of one table, and date and links in others like it.
        let row = prose::name(node) == "tr" && !is_sentence(&text) && !holds_link(node) && !is_imprint(&text);
        ((heading || named || plain || row) && (2..=LONGEST_LINE).contains(&length)).then_some(text)
    };
    let before = node.prev_element_sibling().and_then(|n| line_of(&n)).map(without_imprint).filter(|l| !l.is_empty());
    let mut after = Vec::new();
    let mut next = node.next_element_sibling();
    while let Some(n) = next.filter(|_| after.len() < 3) {
        let Some(line) = line_of(&n) else { break };
        let line = without_imprint(line);
        if !line.is_empty() {
            after.push(line);
        }
        next = n.next_element_sibling();
    }
    (before, after)
}

fn holds_link(node: &NodeRef<'_>) -> bool {
    node.descendants_it().any(|n| prose::name(&n) == "a")
}

/// Whether a line says where and when its story was printed: a date, or the name of a page.
fn is_imprint(line: &str) -> bool {
    iso_date(line).is_some() || line.contains('版') && line.contains(['第', ':', '：'])
}

/// Cuts what digital editions print behind a credit: 《某报》(2018年8月21日 第2版).
fn without_imprint(line: String) -> String {
    let cut = line.find('《').filter(|&at| line[at..].contains('版') && line[at..].contains("报》"));
    match cut {
        Some(at) => line[..at].trim().to_owned(),
        None => line,
    }
}

fn is_credit(line: &str) -> bool {
    ["记者", "通讯员", "报道", "作者", "来源", "文/", "摄", "编辑"].iter().any(|word| line.contains(word))
        || line.chars().count() <= 4
}

impl Story {
    /// The story as a page has it.
    pub(super) fn to_text(&self) -> String {
        let body_key: Vec<String> = self.body.iter().take(6).map(|l| key(l)).collect();
        let missing = |line: &Option<String>| {
            let line = line.as_deref().map(str::trim).filter(|l| !l.is_empty())?;
            // What the text opens with is not printed twice.
            let line_key = key(line);
            (!body_key.contains(&line_key)).then(|| line.to_owned())
        };
        let mut lines: Vec<String> = Vec::new();
        lines.extend(missing(&self.kicker));
        lines.extend(missing(&self.headline).map(|h| format!("## {h}")));
        lines.extend(missing(&self.deck));
        let credit = missing(&self.credit).filter(|c| !self.body.iter().take(3).any(|l| key(l).contains(&key(c))));
        lines.extend(credit);
        let mut text = lines.join("\n\n");
        let mut last: Option<&String> = None;
        let headline = self.headline.as_deref().map(key).unwrap_or_default();
        for (at, line) in self.body.iter().enumerate() {
            // Rows of a table and items of a list stand together.
            let together = last.is_some_and(|l| ["| ", "- "].iter().any(|p| l.starts_with(p) && line.starts_with(p)));
            if !text.is_empty() {
                text.push_str(if together { "\n" } else { "\n\n" });
            }
            // The headline stands in the text, and nothing there says that it is one.
            if at < OPENING && !headline.is_empty() && !line.starts_with(['#', '*', '|', '-']) && key(line) == headline
            {
                text.push_str("## ");
            }
            text.push_str(line);
            last = Some(line);
        }
        text
    }
}
