//! probe
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "probe")]
use jianbao::credit;
use std::io::BufRead;
fn main() {
    for line in std::io::stdin().lock().lines() {
        let v: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
        let text = v["text"].as_str().unwrap();
        let show = |c: Option<credit::Credit>| {
            c.map(|c| serde_json::json!({
            "span": c.span.of(text), "at": text[..c.span.start as usize].chars().count(), "dateline": c.dateline.map(|d| (d.text, d.agency, d.place, d.date)),
            "people": c.people.iter().map(|p| (p.span.of(text).to_owned(), p.role.as_str(), p.affiliation.clone())).collect::<Vec<_>>() }))
        };
        println!(
            "{}",
            serde_json::json!({"text": text, "head": show(credit::head(text)), "inner": show(credit::inner(text)), "tail": show(credit::tail(text)), "whole": show(credit::whole(text))})
        );
    }
}
