//! What the page reader says twice: loops of any period, with a last copy that breaks off or copies that get worse.

use super::page::Style;
use super::plan::Rates;
use super::plant::look_alike;
use super::random::Random;
use super::sheet::Sheet;
use crate::record::BlockKind;
use crate::text::Span;

/// A copy and what it copies.
#[derive(Clone, Copy, Debug)]
pub(super) struct Copied {
    pub(super) span: Span,
    pub(super) of: Span,
    /// Edits by length.
    pub(super) edit: f64,
}

/// What a unit of a loop is at least, in characters; less is a slogan and may well recur.
const LEAST: usize = 8;

/// Appends copies of what was read last.
pub(super) fn append(sheet: &mut Sheet, style: &Style, rates: &Rates, random: &mut Random) -> Vec<Copied> {
    let mut flat: Vec<(BlockKind, Span)> = sheet
        .placed
        .iter()
        .filter(|p| matches!(p.kind, BlockKind::Paragraph | BlockKind::Subhead))
        .filter(|p| p.span.of(&sheet.text).chars().count() >= LEAST)
        .map(|p| (p.kind, p.span))
        .collect();
    flat.sort_unstable_by_key(|(_, span)| span.start);
    let period = *random.pick(&[1, 1, 1, 2, 2, 3, 4, 5, 7]);
    let unit = flat.split_off(flat.len().saturating_sub(period));
    let times = *random.pick(&[1, 2, 3, 8, 20, 60]);
    let drifts = random.chance(rates.drift);
    let marks = random.chance(0.5);
    let mut said: Vec<String> = unit.iter().map(|(_, span)| span.of(&sheet.text).to_owned()).collect();
    let mut edits = vec![0usize; unit.len()];
    let mut copied = Vec::with_capacity(times * unit.len());
    for time in 0..times {
        for (n, &(kind, of)) in unit.iter().enumerate() {
            if drifts && random.chance(0.3) && misread_one(&mut said[n], random) {
                edits[n] += 1;
            }
            let mut text = said[n].as_str();
            let length = text.chars().count();
            let mut edit = edits[n];
            if time + 1 == times && n + 1 == unit.len() && random.chance(0.5) {
                let keep = random.between(LEAST.max(length / 2), length);
                text = text.char_indices().nth(keep).map_or(text, |(at, _)| &text[..at]);
                edit += length - keep.min(length);
            }
            let marked = kind == BlockKind::Subhead && marks;
            if marked {
                sheet.text.push_str(style.sub.0);
            }
            let start = sheet.text.len();
            sheet.text.push_str(text);
            copied.push(Copied {
                span: Span::new(start, sheet.text.len()),
                of,
                edit: edit as f64 / length.max(1) as f64,
            });
            if marked {
                sheet.text.push_str(style.sub.1);
            }
            sheet.text.push_str("\n\n");
        }
    }
    copied
}

/// Exchanges one character for one that looks like it, if the text has any such.
fn misread_one(text: &mut String, random: &mut Random) -> bool {
    let from = random.below(text.chars().count());
    let found = text.char_indices().skip(from).find_map(|(at, c)| Some((at, c, look_alike(c, random)?)));
    if let Some((at, c, other)) = found {
        text.replace_range(at..at + c.len_utf8(), other.encode_utf8(&mut [0; 4]));
    }
    found.is_some()
}
