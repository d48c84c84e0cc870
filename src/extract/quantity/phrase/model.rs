//! Nouns behind the letters and figures of a model: 波音737-800型客机, F-16战斗机.

use super::{Wanted, after, words};

/// Characters between the noun and the model.
const KINDS: [char; 3] = ['型', '式', '级'];

/// The noun behind the model that stands where `found` ends in `piece`, or that opens it.
pub(in crate::extract::quantity) fn behind_model(piece: &str, found: Option<(usize, usize)>) -> Option<(usize, usize)> {
    let rest = piece.get(found.map_or(0, |(_, end)| end)..)?;
    let model = rest.trim_start_matches(is_of_model);
    if !rest[..rest.len() - model.len()].contains(char::is_alphanumeric) {
        return None;
    }
    let model = model.strip_prefix(KINDS).unwrap_or(model);
    let at = piece.len() - model.len();
    words(super::front(model)).first().filter(|w| w.is_nominal() && w.tag.starts_with('n'))?;
    // 5架737型客机、山东的公司订购的2架: what comes next in a list is another matter.
    let (start, end) = after(model.split('、').next()?, true, Wanted::Thing)?;
    (start == 0).then_some((at, at + end))
}

/// A letter, figure or dash of a model, of any width.
fn is_of_model(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '—' | '－' | '·' | '/' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '０'..='９')
}
