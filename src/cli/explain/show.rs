//! The answer for a person: plain text, or with colours.

use std::fmt::Write as _;

use serde_json::Value;
use unicode_segmentation::UnicodeSegmentation;

/// Characters of a line of the page that are shown.
const LINE: usize = 44;

const BOLD: &str = "\u{1b}[1m";
const DIM: &str = "\u{1b}[2m";
const RED: &str = "\u{1b}[31m";
const GREEN: &str = "\u{1b}[32m";

/// Words with or without a colour.
#[derive(Clone, Copy)]
struct Paint(bool);

impl Paint {
    fn of(self, style: &str, text: &str) -> String {
        let text = printable(text);
        if self.0 { format!("{style}{text}\u{1b}[0m") } else { text }
    }
}

/// What `explain` found, to be read.
pub(super) fn text(answer: &Value, color: bool) -> String {
    let paint = Paint(color);
    let mut out = String::new();
    if answer["blocks"].is_array() {
        article(&mut out, answer, paint);
    } else {
        block(&mut out, answer, paint);
    }
    out
}

fn block(out: &mut String, answer: &Value, paint: Paint) {
    let state = if answer["kept"] == true { "" } else { ", left out" };
    let _ = writeln!(out, "{}  {}{state}", paint.of(BOLD, str(&answer["id"])), str(&answer["kind"]));
    let _ = writeln!(out, "article {}", title(&answer["article"]));
    let _ = writeln!(out, "page characters {}\n", ranges(&answer["spans"]));
    let mut last = None;
    for piece in list(&answer["around"]) {
        let place = piece["place"].as_u64();
        if last.is_some() && place != last.map(|n: u64| n + 1) {
            let _ = writeln!(out, "       …");
        }
        last = place;
        line(out, piece, paint);
    }
    if let Some(flags) = flags(&answer["article"]) {
        let _ = writeln!(out, "\ndoubts  {flags}");
    }
    joins(out, &answer["joins"], "\n");
    repeat(out, &answer["repeat"], paint);
    stands_for(out, &answer["stands_for"]);
}

fn article(out: &mut String, answer: &Value, paint: Paint) {
    let _ = writeln!(out, "{}  {}", paint.of(BOLD, str(&answer["id"])), str(&answer["article"]["kind"]));
    let _ = writeln!(out, "{}", title(&answer["article"]));
    if let Some(flags) = flags(&answer["article"]) {
        let _ = writeln!(out, "doubts  {flags}");
    }
    for (field, how) in [("continues_from", "goes on from"), ("continues_on", "goes on in")] {
        let other = &answer["article"][field];
        if other.is_object() {
            let score = other["score"].as_f64().unwrap_or(0.0);
            let inside = if other["in_sentence"] == true { "in mid-sentence, " } else { "" };
            let _ = writeln!(out, "{how} {}  {inside}score {score:.2}", printable(str(&other["article"])));
            for reason in list(&other["reasons"]) {
                let _ = writeln!(out, "        {}", printable(str(reason)));
            }
        }
    }
    out.push('\n');
    for block in list(&answer["blocks"]) {
        let id = str(&block["id"]);
        let short = id.rsplit('/').next().unwrap_or(id);
        let _ = writeln!(out, "  {short:<4} {:<10} {}", str(&block["kind"]), printable(&cut(str(&block["text"]))));
        joins(out, &block["joins"], "");
        if block["repeat"].is_object() {
            let repeat = &block["repeat"];
            let state = if block["kept"] == true { "kept" } else { "left out" };
            let _ = writeln!(out, "       {state}: {} of {}", str(&repeat["kind"]), str(&repeat["of"]));
        }
    }
}

fn line(out: &mut String, piece: &Value, paint: Paint) {
    let asked = piece["asked"] == true;
    let mark = if asked { ">" } else { " " };
    let id = str(&piece["block"]);
    let short = id.rsplitn(3, '/').take(2).collect::<Vec<_>>();
    let short = short.into_iter().rev().collect::<Vec<_>>().join("/");
    let left_out = if piece["kept"] == true { "" } else { ", left out" };
    let note = format!("{short} {}{left_out}", str(&piece["kind"]));
    let text = cut(str(&piece["text"]));
    let text = if asked { paint.of(BOLD, &text) } else { printable(&text) };
    let _ = writeln!(out, "{mark}{:>6}  {text}  {}", piece["at"][0].to_string(), paint.of(DIM, &format!("[{note}]")));
}

fn joins(out: &mut String, joins: &Value, before: &str) {
    for join in list(joins) {
        let score = join["score"].as_f64().unwrap_or(0.0);
        let (left, right) = (printable(str(&join["left"])), printable(str(&join["right"])));
        let _ = writeln!(out, "{before}joined  {left} | {right}  at {}, score {score:.2}", ranges(&join["at"]));
        for reason in list(&join["reasons"]) {
            let _ = writeln!(out, "        {}", printable(str(reason)));
        }
    }
}

fn repeat(out: &mut String, repeat: &Value, paint: Paint) {
    if !repeat.is_object() {
        return;
    }
    let verb = if repeat["kept"] == true { "resembles" } else { "repeats" };
    let similarity = repeat["similarity"].as_f64().unwrap_or(0.0);
    let _ = writeln!(
        out,
        "\n{verb} {}  {}, similarity {similarity:.3}, fingerprints {} bits apart",
        paint.of(BOLD, str(&repeat["of"])),
        str(&repeat["kind"]),
        repeat["distance"]
    );
    let _ = writeln!(out, "  why     {}", printable(str(&repeat["reason"])));
    if repeat["difference"].is_array() {
        let _ = writeln!(out, "  text    {}", difference(&repeat["difference"], paint));
    }
    let canonical = &repeat["canonical"];
    let _ = writeln!(
        out,
        "  kept    {} on page {}, characters {}",
        str(&canonical["block"]),
        str(&canonical["page"]),
        ranges(&canonical["spans"])
    );
    let _ = writeln!(out, "  cluster {}", str(&repeat["cluster"]));
}

/// The two texts in one: removed and added characters marked.
fn difference(pieces: &Value, paint: Paint) -> String {
    list(pieces)
        .iter()
        .map(|piece| {
            let text = str(&piece["text"]);
            match (str(&piece["change"]), paint.0) {
                ("removed", true) => paint.of(RED, text),
                ("added", true) => paint.of(GREEN, text),
                ("removed", false) => format!("[-{}-]", printable(text)),
                ("added", false) => format!("{{+{}+}}", printable(text)),
                _ => printable(text),
            }
        })
        .collect()
}

fn stands_for(out: &mut String, stands_for: &Value) {
    let count = stands_for["count"].as_u64().unwrap_or(0);
    if count == 0 {
        return;
    }
    let first: Vec<String> =
        list(&stands_for["first"]).iter().map(|r| format!("{} ({})", str(&r["block"]), str(&r["kind"]))).collect();
    let more = count - first.len() as u64;
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let _ = writeln!(out, "\nstands for {count} that were left out: {}{more}", first.join(", "));
}

fn title(article: &Value) -> String {
    let id = printable(str(&article["id"]));
    match article["headline"].as_str() {
        Some(headline) => format!("{id}  {}", printable(headline)),
        None => format!("{id}  (no headline)"),
    }
}

fn flags(article: &Value) -> Option<String> {
    let quality = &article["quality"];
    let mut flags: Vec<String> = list(&quality["flags"]).iter().map(|f| str(f).to_owned()).collect();
    for edge in ["opens", "closes"] {
        if quality[edge] == "cut" {
            flags.push(format!("{edge} in mid-sentence"));
        }
    }
    (!flags.is_empty()).then(|| printable(&flags.join(", ")))
}

fn ranges(spans: &Value) -> String {
    let pair = |p: &Value| format!("{}–{}", p[0], p[1]);
    match list(spans) {
        [first, ..] if first.is_array() => list(spans).iter().map(pair).collect::<Vec<_>>().join(" + "),
        _ => pair(spans),
    }
}

fn cut(text: &str) -> String {
    let mut characters = text.graphemes(true);
    let head: String = characters.by_ref().take(LINE).collect();
    if characters.next().is_some() { head + "…" } else { head }
}

/// Control characters made visible: pages hold some, and a terminal obeys them.
fn printable(text: &str) -> String {
    text.chars().flat_map(|c| if c.is_control() { c.escape_default().collect::<Vec<_>>() } else { vec![c] }).collect()
}

fn str(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
