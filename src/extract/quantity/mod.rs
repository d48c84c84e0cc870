//! Quantities: money, people, organisations, households, items, shares, multiples, ages, durations, areas and the like.
//!
//! In: a folded block and the place of a number in it. Out: a [`Candidate`], exact in span, value, unit and qualifier;
//! [`complete`] then says of all of a block's candidates what is counted, for what, and by whom, and makes facts of them.
//!
//! Method: the scan of the stage finds where numbers begin; a number is read once ([`crate::text::numeral`]), its unit is
//! looked up ([`unit`]), its qualifiers on either side are two tables ([`qualifier`]). What is counted is the noun phrase
//! that stands next to it ([`subject`]), for which jieba tags that piece of the clause and no other. A number without a
//! unit, a numeral inside a word ([`trap`]) and an indefinite 一个 give nothing. Not done: units of energy, volume and
//! temperature (no kind is for them), sums written without digits (巨资, 分文).

mod adverbs;
mod age;
mod amount;
mod bare_noun;
mod block;
mod candidate;
mod complete;
mod currency;
mod links;
mod money;
mod noun;
mod ordinal;
mod per;
mod phrase;
mod qualifier;
mod rare;
mod role;
mod spoken;
mod stands;
mod subject;
mod trap;
mod unit;

use std::borrow::Cow;

pub(super) use self::complete::complete;
pub(super) use self::ordinal::doubled;

use self::amount::Measured;
use crate::record::{Approx, FactKind};
use crate::text::Folded;

/// A quantity with what its own characters say. Offsets count characters of the folded text.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// First character, its qualifier and currency included.
    pub start: usize,
    /// Past its last character.
    pub end: usize,
    kind: FactKind,
    /// The noun behind or before it decides the kind (个, 支, 所).
    by_noun: bool,
    low: f64,
    high: f64,
    /// No number is printed (几名).
    unknown: bool,
    approx: Approx,
    unit: Option<Cow<'static, str>>,
    per: Option<String>,
    /// 一名, 一位: an article as much as a number.
    indefinite: bool,
    /// The noun follows the number without a measure word (3000职工).
    no_measure_word: bool,
}

/// Where the scan goes on, and what was found.
pub(super) struct Step {
    /// Past what was read.
    pub end: usize,
    /// The quantity, if it is one.
    pub found: Option<Candidate>,
}

/// Whether a unit or measure word stands at `at`.
pub(super) fn counts(text: &Folded, at: usize) -> bool {
    unit::at(text, at).is_some()
}

/// Reads the number that begins at `from`; nothing before `floor` belongs to it.
pub(super) fn read(text: &Folded, from: usize, floor: usize) -> Step {
    let nothing = |end: usize| Step { end: end.max(from + 1), found: None };
    if text.before(from) == '第' {
        return ordinal::rank(text, from);
    }
    if trap::is_next_rank(text, from) {
        return nothing(trap::skip(text, from));
    }
    let sign = money::sign_before(text, from, floor);
    if text.get(from).is_ascii_digit() && sign.is_none() && trap::is_code(text, from) {
        return nothing(trap::skip(text, from));
    }
    let Some(amount) = amount::read(text, from) else { return nothing(trap::skip(text, from)) };
    // 老三一个月: digits in a row that are no number.
    let row = amount.number.positional && !amount.number.arabic;
    if row && amount.number.n_digits < 4 && !(from..amount.number.end).any(|i| text.get(i) == '〇') {
        return nothing(from + 1);
    }
    if !matches!(amount.measured, Some(Measured::Share)) && trap::is_word(text, from, &amount.number) {
        return nothing(trap::skip(text, from));
    }
    match candidate::read(text, from, floor, &amount, sign) {
        Some(found) => Step { end: found.end, found: Some(found) },
        None => nothing(amount.end.max(trap::skip(text, from))),
    }
}
