//! What becomes of each page of `fixtures/pages`: a snapshot that a person can read, with every span and join.

use std::fmt::Write as _;
use std::fs;

use jianbao::record::{Article, BlockKind, Edge};
use jianbao::{Page, Settings, layout};

/// Characters of a block that are shown at each end.
const SHOWN: usize = 14;

/// The articles of a page, one block a line: its kind, where it stands in Unicode scalars, how it begins and ends.
fn rendered(text: &str, articles: &[Article<'_>]) -> String {
    let scalar = |byte: u32| text[..byte as usize].chars().count();
    let mut out = String::new();
    for (n, article) in articles.iter().enumerate() {
        let _ = write!(out, "a{} {}", n + 1, article.kind.as_str());
        for (how, edge) in [("opens", article.quality.opens), ("closes", article.quality.closes)] {
            if edge == Edge::Cut {
                let _ = write!(out, ", {how} cut");
            }
        }
        for flag in &article.quality.flags {
            let _ = write!(out, ", {flag}");
        }
        out.push('\n');
        for (m, block) in article.blocks.iter().enumerate() {
            let spans: Vec<String> =
                block.spans.iter().map(|s| format!("{}-{}", scalar(s.start), scalar(s.end))).collect();
            let _ = writeln!(out, "  b{} {} {}  {}", m + 1, kind(block.kind), spans.join(" + "), ends(&block.text));
            for join in &block.joins {
                let (left, right) = (scalar(join.left), scalar(join.right));
                let _ = writeln!(out, "     joined {left}|{right} {:.2}", join.score);
            }
            if let Some(mark) = &block.repeat {
                let of = (mark.of.article + 1, mark.of.block + 1);
                let _ = writeln!(out, "     {} of a{}/b{} {:.2}", mark.kind.as_str(), of.0, of.1, mark.similarity);
            }
        }
    }
    out
}

fn kind(kind: BlockKind) -> String {
    format!("{:<9}", kind.as_str())
}

/// A text with its middle left out.
fn ends(text: &str) -> String {
    let chars: Vec<char> = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if chars.len() <= 2 * SHOWN + 1 {
        return chars.iter().collect();
    }
    let end = |chars: &[char]| chars.iter().collect::<String>();
    format!("{}…{}", end(&chars[..SHOWN]), end(&chars[chars.len() - SHOWN..]))
}

#[test]
fn pages() {
    let settings = Settings::default().layout;
    insta::with_settings!({ snapshot_path => "snapshots/pages", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::glob!("../fixtures/pages", "*.md", |path| {
            let page = Page::new("page", fs::read_to_string(path).unwrap());
            let articles = layout::segment(&page, &settings);
            insta::assert_snapshot!(rendered(&page.text, &articles));
        });
    });
}
