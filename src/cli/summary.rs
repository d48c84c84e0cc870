//! The summary at the end of a run, for a person.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::record::Report;

/// A few lines that say what came in and what came out; `stays` where the output holds what repeats all the same.
pub(super) fn text(report: &Report, verbose: bool, stays: bool) -> String {
    let mut out = String::new();
    let input = &report.input;
    let timing = &report.timing;
    let _ = writeln!(
        out,
        "{} in {}, {}, in {:.1} s ({} on {})",
        plural(input.pages, "page"),
        plural(input.files, "input"),
        size(input.bytes),
        timing.seconds,
        speed(timing.megabytes_per_second),
        plural(timing.threads as u64, "thread"),
    );
    let found = &report.found;
    line(&mut out, "articles", &found.articles);
    line(&mut out, "blocks", &found.blocks);
    line(&mut out, "repeats", &found.repeats);
    if !found.characters_saved.is_empty() {
        let saved: u64 = found.characters_saved.values().sum();
        let share = saved as f64 / (input.characters as f64).max(1.0) * 100.0;
        let what = if stays { "repeating" } else { "left out" };
        let _ = writeln!(out, "  {what:<10} {} characters ({share:.1} % of the input)", number(saved));
    }
    line(&mut out, "facts", &found.facts);
    line(&mut out, "entities", &found.entities);
    line(&mut out, "activities", &found.activities);
    line(&mut out, "errors", &report.errors);
    if verbose {
        let stages: Vec<String> = timing.stages.iter().map(|(stage, s)| format!("{stage} {s:.2} s")).collect();
        let _ = writeln!(out, "  {:<10} {}", "time", stages.join(", "));
        let memory = &timing.memory;
        if let Some(peak) = timing.peak_memory {
            let _ = writeln!(
                out,
                "  {:<10} {:.0} MiB at most, {} chunks of {} at once",
                "memory",
                peak as f64 / (1 << 20) as f64,
                memory.chunks_at_once,
                size(memory.chunk_bytes),
            );
        }
    }
    out
}

/// A size in the unit that a person would say it in.
pub(super) fn size(bytes: u64) -> String {
    let thousands = bytes as f64 / 1e3;
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{thousands:.1} kB"),
        1_000_000..1_000_000_000 => format!("{:.1} MB", thousands / 1e3),
        _ => format!("{:.2} GB", thousands / 1e6),
    }
}

/// A speed in the unit that a person would say it in.
fn speed(megabytes: f64) -> String {
    if megabytes < 0.1 { format!("{:.0} kB/s", megabytes * 1e3) } else { format!("{megabytes:.1} MB/s") }
}

/// The total and its largest parts.
fn line(out: &mut String, what: &str, counts: &BTreeMap<String, u64>) {
    /// Parts that are named.
    const NAMED: usize = 4;
    let total: u64 = counts.values().sum();
    if total == 0 {
        return;
    }
    let mut parts: Vec<(&String, &u64)> = counts.iter().collect();
    parts.sort_by_key(|(_, n)| std::cmp::Reverse(**n));
    let mut named: Vec<String> =
        parts.iter().take(NAMED).map(|(kind, n)| format!("{} {}", number(**n), kind.replace('_', " "))).collect();
    if parts.len() > NAMED {
        named.push("…".into());
    }
    let _ = writeln!(out, "  {what:<10} {}: {}", number(total), named.join(", "));
}

pub(super) fn plural(n: u64, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{} {what}s", number(n)) }
}

/// Digits in groups of three.
fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        for (n, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(number(n), text);
        }
    }

    #[test]
    fn sizes_have_the_unit_that_fits() {
        for (bytes, text) in [(999, "999 B"), (26_340, "26.3 kB"), (5_250_000, "5.2 MB"), (1_000_000_000, "1.00 GB")] {
            assert_eq!(size(bytes), text);
        }
    }

    #[test]
    fn a_summary_leaves_out_what_is_not_there() {
        let mut report = Report::default();
        report.input.pages = 1;
        report.input.files = 2;
        report.found.articles.insert("story".into(), 1200);
        let text = text(&report, false, false);
        assert!(text.starts_with("1 page in 2 inputs, 0 B"), "{text}");
        assert!(text.contains("  articles   1,200: 1,200 story\n"), "{text}");
        assert!(!text.contains("repeats"), "{text}");
    }
}
