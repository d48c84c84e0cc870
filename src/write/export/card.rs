//! A dataset card: the README that dataset hubs read, with a head in YAML, made of a run's report.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::dataset::{PARTS, is_of};
use crate::record::{FileTotals, Report};

/// The card of what a run has written, or of what became of it, which is in these files.
pub fn card(report: &Report, files: &BTreeMap<String, FileTotals>) -> String {
    let mut out = String::from("---\nlanguage:\n- zh\nlicense: other\npretty_name: Newspaper articles\n");
    let n_articles: u64 = report.found.articles.values().sum();
    let _ = writeln!(out, "size_categories:\n- {}", size_category(n_articles));
    out.push_str("tags:\n- newspapers\n- deduplicated\n- information-extraction\nconfigs:\n");
    for (part, begin) in PARTS {
        let files: Vec<&String> = files.keys().filter(|name| is_of(name, begin)).collect();
        if !files.is_empty() {
            let _ = writeln!(out, "- config_name: {part}\n  data_files:");
            for file in files {
                let _ = writeln!(out, "  - {file}");
            }
        }
    }
    let input = &report.input;
    let _ = write!(
        out,
        "---\n\n# Newspaper articles\n\nMade by jianbao {} from {} page{} ({} characters) in {} file{}.\n\n\
         ## What is in it\n\n| what | number |\n|---|---:|\n",
        report.version,
        input.pages,
        ending(input.pages),
        input.characters,
        input.files,
        ending(input.files)
    );
    let found = &report.found;
    for (what, counts) in [
        ("articles", &found.articles),
        ("blocks", &found.blocks),
        ("repeats", &found.repeats),
        ("facts", &found.facts),
        ("entities", &found.entities),
        ("activities", &found.activities),
    ] {
        rows(&mut out, what, counts);
    }
    let _ = writeln!(out, "| mended cuts | {} |", found.joins);
    out.push_str(
        "\nFacts are counted once for each cluster of repeats: those of an article that is a reprint stand in its record too, \
         and are not counted again.\n",
    );
    out.push_str(
        "\n## Fields\n\nOffsets are Unicode scalar values, half-open. `jianbao schema article` and `jianbao schema repeat` \
         describe every field.\n\n| file | records | bytes | XXH3-128 |\n|---|---:|---:|---|\n",
    );
    for (name, totals) in files {
        let _ = writeln!(out, "| {name} | {} | {} | `{}` |", totals.records, totals.bytes, totals.xxh3);
    }
    out.push_str(
        "\n## Provenance\n\nEach article names its page, each block the spans of the page that it was read from, each repeat \
         the block that it repeats and why. The settings of the run stand in `report.json`.\n\n\
         ## Known limits\n\n\
         - Text is as it was scraped: misread characters are not corrected.\n\
         - Facts, names and activities are read by rules and are not checked by people.\n",
    );
    let errors = report.n_errors();
    if errors > 0 {
        let _ = writeln!(
            out,
            "- {errors} inputs or lines could not be read or were read with a doubt: `quarantine.jsonl`."
        );
    }
    out.push_str(
        "\n## Rights and persons\n\nThe rights in the text belong to its publishers; state them here before you share it. \
         Articles name persons who were in the news.\n",
    );
    out
}

/// What the plural has more than the singular.
fn ending(n: u64) -> &'static str {
    if n == 1 { "" } else { "s" }
}

fn rows(out: &mut String, what: &str, counts: &BTreeMap<String, u64>) {
    let total: u64 = counts.values().sum();
    let _ = writeln!(out, "| {what} | {total} |");
    for (kind, n) in counts {
        let _ = writeln!(out, "| &nbsp; {} | {n} |", kind.replace('_', " "));
    }
}

/// As dataset hubs name sizes.
fn size_category(n: u64) -> &'static str {
    match n {
        0..1_000 => "n<1K",
        1_000..10_000 => "1K<n<10K",
        10_000..100_000 => "10K<n<100K",
        100_000..1_000_000 => "100K<n<1M",
        1_000_000..10_000_000 => "1M<n<10M",
        _ => "n>10M",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::FileTotals;

    #[test]
    fn the_head_names_language_size_and_files() {
        let mut report = Report::default();
        report.found.articles.insert("story".into(), 12_000);
        report.files.insert("articles.jsonl".into(), FileTotals { records: 12_000, ..FileTotals::default() });
        report.errors.insert("record".into(), 2);
        let card = card(&report, &report.files);
        let head = card.split("---\n").nth(1).unwrap();
        assert!(head.contains("language:\n- zh\n") && head.contains("10K<n<100K"), "{head}");
        assert!(head.contains("- config_name: articles\n  data_files:\n  - articles.jsonl\n"), "{head}");
        assert!(!head.contains("config_name: repeats"));
        assert!(card.contains("2 inputs or lines could not be read"));
        assert!(card.contains("counted once for each cluster of repeats"));
    }
}
