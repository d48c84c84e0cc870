//! `jianbao explain`: why a block is where it is, why a repeat was left out.
//!
//! In: the id of a block or an article, and the folder that a run wrote. Out: the block, the lines around it on its page,
//! what joined it, and what it repeats with the differing characters marked. The page's source is not needed: the lines
//! are put together from the spans of every block that was written or left out. The files are read line by line, plain
//! or compressed, and only the lines of the pages in question are parsed; nothing is decided anew.

mod difference;
mod files;
mod page;
mod show;

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::cli::terminal::Terminal;
use crate::cli::{Exit, message};
use crate::error::Result;
use crate::record::split_block_id;
use files::Output;
use page::PageView;

const EXAMPLES: &str = "\
Examples:
  Why a paragraph was left out, and which one stands for it:
  $ jianbao explain 2024-07-19-02.md/a1/b4 --in out

  An article, block by block, with what joined them:
  $ jianbao explain 2024-07-18-01.md/a1 --in out

  The same for a program:
  $ jianbao explain 2024-07-19-02.md/a1/b4 --in out --json";

/// Repeats of the block asked for that are listed; the others are counted.
const LISTED_REPEATS: usize = 5;

/// Shows why a block is where it is, or why it was left out
///
/// ID is the id of a block (PAGE/aN/bM) or of an article (PAGE/aN), as it stands in articles.jsonl and repeats.jsonl.
#[derive(clap::Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Args {
    /// The block or article
    #[arg(value_name = "ID")]
    id: String,
    /// The folder that `jianbao run` wrote
    #[arg(long = "in", value_name = "OUT")]
    folder: PathBuf,
    /// Lines of the page shown before and behind
    #[arg(long, value_name = "N", default_value_t = 3)]
    context: usize,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, terminal: &Terminal) -> Result<Exit> {
    let output = Output::open(&args.folder)?;
    let page_id = page_of(&args.id);
    let view = PageView::read(&output, page_id)?;
    let Some(answer) = answer(args, &output, &view)? else {
        let near = view.nearest(&output, &args.id)?;
        message::say(&format!("jianbao: {}: there is no block or article {}", args.folder.display(), args.id));
        if !near.is_empty() {
            message::say(&format!("  hint: there are {}", near.join(", ")));
        }
        return Ok(Exit::Differs);
    };
    let text = if args.json {
        serde_json::to_string_pretty(&answer).unwrap_or_default() + "\n"
    } else {
        show::text(&answer, terminal.color)
    };
    message::print(&text)?;
    Ok(Exit::Done)
}

/// The page's id in a block's or an article's.
fn page_of(id: &str) -> &str {
    if let Some((page, _, _)) = split_block_id(id) {
        return page;
    }
    match id.rsplit_once("/a") {
        Some((page, number)) if number.parse::<usize>().is_ok() => page,
        _ => id,
    }
}

/// All that is to say of the block or article, or None where there is none.
fn answer(args: &Args, output: &Output, view: &PageView) -> Result<Option<Value>> {
    if let Some(block) = view.block(&args.id) {
        let article = view.article_of(&args.id);
        let repeat = match view.repeat(&args.id) {
            Some(record) => Some(repeat(output, view, record)?),
            None => None,
        };
        let stands_for = output.cluster(&args.id, LISTED_REPEATS)?;
        return Ok(Some(json!({
            "id": args.id,
            "kind": block.kind,
            "text": block.text,
            "spans": block.spans,
            "kept": block.kept,
            "article": article,
            "around": view.around(&block.spans, args.context),
            "joins": view.joins(&args.id),
            "repeat": repeat,
            "stands_for": stands_for,
        })));
    }
    Ok(view.article(&args.id).map(|article| {
        let blocks = view.blocks_of(&args.id);
        json!({
            "id": args.id,
            "article": article,
            "blocks": blocks.iter().map(|b| json!({
                "id": b.id, "kind": b.kind, "text": b.text, "spans": b.spans, "kept": b.kept,
                "joins": view.joins(&b.id),
                "repeat": view.repeat(&b.id).map(|r| json!({ "kind": r["kind"], "of": r["of"], "reason": r["reason"] })),
            })).collect::<Vec<_>>(),
        })
    }))
}

/// The record of a repeat with the text that it repeats and how the two differ.
fn repeat(output: &Output, view: &PageView, record: &Value) -> Result<Value> {
    let mut record = record.clone();
    let of = record["of"].as_str().unwrap_or_default().to_owned();
    let text = match view.block(&of) {
        Some(block) => Some(block.text.clone()),
        None => PageView::read(output, page_of(&of))?.block(&of).map(|b| b.text.clone()),
    };
    let difference = text.as_deref().map(|of| difference::between(of, record["text"].as_str().unwrap_or_default()));
    if let Some(fields) = record.as_object_mut() {
        fields.insert("of_text".into(), json!(text));
        fields.insert("difference".into(), json!(difference));
    }
    Ok(record)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_names_its_page() {
        for (id, page) in [
            ("2024-05-01-02/a3/b14", "2024-05-01-02"),
            ("in/a1/page.md/a3", "in/a1/page.md"),
            ("page.md", "page.md"),
            ("page.md/ab", "page.md/ab"),
            ("", ""),
        ] {
            assert_eq!(page_of(id), page);
        }
    }
}
