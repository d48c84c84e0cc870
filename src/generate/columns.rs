//! Cuts an article's lines into the pieces that columns show, and says in which order the page is read.

use super::plan::Rates;
use super::random::Random;
use super::sheet::{Line, Part};
use crate::record::BlockKind;
use crate::text::is_sentence_end;

/// A run of lines that the page shows in one go.
pub(super) type Piece = Vec<Line>;

/// Articles longer than this, in characters, may be cut twice, and three times from twice as many on.
const LONG: usize = 700;

/// Cuts `lines` into pieces, noting each kind of cut in `done`.
pub(super) fn cut(lines: Vec<Line>, rates: &Rates, random: &mut Random, done: &mut Vec<&'static str>) -> Vec<Piece> {
    let body: Vec<usize> = (0..lines.len()).filter(|&n| is_body(&lines[n])).collect();
    let chars: usize = lines.iter().flat_map(|l| &l.parts).map(|p| p.text.chars().count()).sum();
    let mut wanted = usize::from(random.chance(rates.cut));
    wanted += usize::from(chars > LONG && random.chance(0.6)) + usize::from(chars > 2 * LONG && random.chance(0.5));
    let mut cuts: Vec<usize> = (0..wanted).filter(|_| !body.is_empty()).map(|_| *random.pick(&body)).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let first = body.first().copied().unwrap_or(0);
    let mut pieces: Vec<Piece> = Vec::new();
    let mut current: Piece = Vec::new();
    for (n, line) in lines.into_iter().enumerate() {
        if !cuts.contains(&n) || line.kind != BlockKind::Paragraph {
            current.push(line);
            continue;
        }
        let inside = line.plant.is_none() && random.chance(rates.cut_in_sentence);
        if let Some((head, tail)) = inside.then(|| halves(&line, random)).flatten() {
            current.push(head);
            pieces.push(std::mem::take(&mut current));
            current.push(tail);
            note(done, "cut_in_sentence");
        } else {
            if n > first && !current.is_empty() {
                pieces.push(std::mem::take(&mut current));
                note(done, "cut_at_paragraph");
            }
            current.push(line);
        }
    }
    if !current.is_empty() {
        pieces.push(current);
    }
    pieces
}

/// Notes a difficulty once.
pub(super) fn note(done: &mut Vec<&'static str>, what: &'static str) {
    if !done.contains(&what) {
        done.push(what);
    }
}

fn is_body(line: &Line) -> bool {
    matches!(line.kind, BlockKind::Paragraph | BlockKind::Subhead)
}

/// The two halves of a paragraph that is cut in mid-sentence: away from its ends and from a sentence's end, and not
/// inside a number or a Latin word.
pub(super) fn halves(line: &Line, random: &mut Random) -> Option<(Line, Line)> {
    let at = line.parts.iter().rposition(|p| p.kind == Some(BlockKind::Paragraph))?;
    let part = &line.parts[at];
    let chars: Vec<(usize, char)> = part.text.char_indices().collect();
    if chars.len() < 24 {
        return None;
    }
    let n = (0..20).map(|_| random.between(chars.len() / 5, chars.len() * 4 / 5)).find(|&n| {
        let (before, after) = (chars[n - 1].1, chars[n].1);
        let ends = is_sentence_end(before) || matches!(before, '”' | ';' | '；');
        n > 3 && n + 3 < chars.len() && !ends && !(before.is_ascii() && after.is_ascii())
    })?;
    let (head_text, tail_text) = part.text.split_at(chars[n].0);
    let piece = |text: &str| Part { text: text.to_owned(), ..part.clone() };
    let mut head = line.parts[..at].to_vec();
    head.push(piece(head_text));
    let mut tail = vec![piece(tail_text)];
    tail.extend_from_slice(&line.parts[at + 1..]);
    Some((Line::new(line.kind, head), Line::new(line.kind, tail)))
}

/// Moves the headline, and what stands under it, behind the first piece. Says whether it could.
pub(super) fn displace_headline(pieces: &mut [Piece]) -> bool {
    let [first, second, ..] = pieces else { return false };
    if first.iter().any(|l| matches!(l.kind, BlockKind::Kicker | BlockKind::Rubric)) {
        return false;
    }
    let (head, rest): (Vec<Line>, Vec<Line>) =
        first.drain(..).partition(|l| matches!(l.kind, BlockKind::Headline | BlockKind::Deck));
    if rest.is_empty() {
        *first = head;
        return false;
    }
    *first = rest;
    second.splice(0..0, head);
    true
}

/// The order in which a page with articles of these numbers of pieces is read: article after article, but a later piece
/// may come behind pieces of the articles that follow. Pieces of one article stay in order.
pub(super) fn reading_order(counts: &[usize], random: &mut Random) -> Vec<(usize, usize)> {
    let mut order = Vec::new();
    let mut waiting = std::collections::VecDeque::new();
    for (article, &count) in counts.iter().enumerate() {
        order.push((article, 0));
        while !waiting.is_empty() && random.chance(0.6) {
            order.extend(waiting.pop_front());
        }
        for piece in 1..count {
            let waits = waiting.iter().any(|&(other, _)| other == article);
            if !waits && random.chance(0.35) {
                order.push((article, piece));
            } else {
                waiting.push_back((article, piece));
            }
        }
    }
    order.extend(waiting);
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_an_article_stay_in_order() {
        for seed in 0..200 {
            let order = reading_order(&[3, 1, 4, 2, 5], &mut Random::of(&[seed]));
            assert_eq!(order.len(), 15);
            for article in 0..5 {
                let pieces: Vec<usize> = order.iter().filter(|(a, _)| *a == article).map(|(_, p)| *p).collect();
                assert!(pieces.is_sorted(), "{pieces:?}");
            }
        }
    }

    #[test]
    fn halves_make_the_whole_again() {
        let text = "早上六点，食堂的灯先亮了，蒸汽顺着窗户往外冒，排队的工人一直站到门口，谁也不催谁。";
        let line = Line::marked(("", ""), Part::new(text, BlockKind::Paragraph));
        for seed in 0..100 {
            let (head, tail) = halves(&line, &mut Random::of(&[seed])).unwrap();
            let joined: String = head.parts.iter().chain(&tail.parts).map(|p| p.text.as_str()).collect();
            assert_eq!(joined, text);
        }
        let short = Line::marked(("", ""), Part::new("太短。", BlockKind::Paragraph));
        assert!(halves(&short, &mut Random::of(&[1])).is_none());
    }
}
