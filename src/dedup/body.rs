//! A paragraph without its credits, where those are what differs.
//!
//! In: two normal forms and where they differ. Out: the stretch of each that is left when the credit at its head
//! (新华社北京1月3日电, 本报讯 记者…) and the one at its tail are taken off. A reprint changes both and is still the same
//! story. The grammar of credits is asked only where a difference lies as near to the head or the tail as a credit reaches,
//! no number differs elsewhere, and a house or a role is named there, so that other pairs cost next to nothing.

use std::ops::Range;
use std::sync::LazyLock;

use xxhash_rust::xxh3::xxh3_64;

use crate::credit;
use crate::dedup::align::Diff;
use crate::dedup::evidence::is_other_number;
use crate::text::CharFilter;

/// Units at the head and at the tail of a text in which a credit may stand: a dateline with two roles and six names.
const REACH: usize = 60;
/// Units before a difference in which a credit may have begun: 本报通讯员 and a name that both share.
const BEFORE: usize = 8;
/// Differences near the tail at which a credit is tried to begin.
const TRIES: usize = 4;

/// What is left of two texts without their credits; None where no difference lies in one.
pub(super) fn bodies(a: &[u16], b: &[u16], diffs: &[Diff], heads: &mut Heads) -> Option<[Range<usize>; 2]> {
    let (first, last) = (diffs.first()?, diffs.last()?);
    let inside = |d: &Diff| {
        let (before, behind) = ((d.a.min(d.b)) as usize, (a.len() - d.a as usize).min(b.len() - d.b as usize));
        before >= REACH && behind > REACH && is_other_number(a, b, *d)
    };
    if diffs.iter().any(inside) {
        return None;
    }
    let mut found = false;
    let mut bodies = [0..a.len(), 0..b.len()];
    if (first.a.max(first.b) as usize) < REACH {
        let heads = [heads.of(a), heads.of(b)];
        // The first difference must lie within.
        if (first.a as usize) < heads[0] || (first.b as usize) < heads[1] {
            (bodies[0].start, bodies[1].start) = (heads[0], heads[1]);
            found = true;
        }
    }
    if a.len() - last.a as usize <= REACH && b.len() - last.b as usize <= REACH {
        let (from_a, from_b) = (bodies[0].start, bodies[1].start);
        let near = |d: &&Diff| {
            let (x, y) = (d.a as usize, d.b as usize);
            x >= from_a && y >= from_b && a.len() - x <= REACH && b.len() - y <= REACH
        };
        let starts = diffs.iter().filter(near).take(TRIES);
        let tail =
            starts.flat_map(|d| (0..=BEFORE).map(|n| ((d.a as usize).checked_sub(n), (d.b as usize).checked_sub(n))));
        for (x, y) in tail {
            let (Some(x), Some(y)) = (x, y) else { continue };
            if x >= from_a && y >= from_b && is_credit(&a[x..]) && is_credit(&b[y..]) {
                (bodies[0].end, bodies[1].end) = (x, y);
                found = true;
                break;
            }
        }
    }
    found.then_some(bodies)
}

/// What a credit at a head has one of: a house, a role, or the word for a report.
const SIGNS: &[&str] = &["本报", "新华", "中新", "记者", "通讯", "讯", "电", "报道"];
/// What a credit at a tail begins with.
const OPENINGS: &[&str] = &["记者", "通讯", "本报", "新华", "中新", "摄影", "特约", "实习", "供稿"];

/// Asked of every character of a head or of many starts of a tail, and seldom true of one.
static FIRST_OF_SIGNS: LazyLock<CharFilter> = LazyLock::new(|| CharFilter::of_first(SIGNS.iter().copied()));
static FIRST_OF_OPENINGS: LazyLock<CharFilter> = LazyLock::new(|| CharFilter::of_first(OPENINGS.iter().copied()));
static SIGNS_UNITS: LazyLock<Vec<Vec<u16>>> = LazyLock::new(|| units_of(SIGNS));
static OPENINGS_UNITS: LazyLock<Vec<Vec<u16>>> = LazyLock::new(|| units_of(OPENINGS));

fn units_of(words: &[&str]) -> Vec<Vec<u16>> {
    words.iter().map(|word| word.encode_utf16().collect()).collect()
}

/// Whether a word may begin with `unit`, by the first characters of the words.
fn may_open(first: &CharFilter, unit: u16) -> bool {
    char::from_u32(unit.into()).is_some_and(|c| first.may_hold(c))
}

/// The credits that open texts, kept by what the texts begin with: one that is compared with many others is read once.
#[derive(Debug, Default)]
pub(super) struct Heads {
    /// A hash of the beginning of a text, and units of the credit there.
    known: Vec<(u64, usize)>,
    bytes: Vec<u8>,
}

impl Heads {
    /// Texts that are kept.
    const SIZE: usize = 1 << 10;

    fn of(&mut self, units: &[u16]) -> usize {
        let near = &units[..units.len().min(REACH)];
        self.bytes.clear();
        self.bytes.extend(near.iter().flat_map(|unit| unit.to_le_bytes()));
        let hash = xxh3_64(&self.bytes);
        self.known.resize(Self::SIZE, (u64::MAX, 0));
        let known = &mut self.known[hash as usize % Self::SIZE];
        if known.0 != hash {
            *known = (hash, head(near));
        }
        known.1
    }
}

/// Units of the credit that opens a text, of which `near` is the beginning; 0 where none does.
fn head(near: &[u16]) -> usize {
    let opens = |n: usize, unit: u16| {
        may_open(&FIRST_OF_SIGNS, unit) && SIGNS_UNITS.iter().any(|sign| near[n..].starts_with(sign))
    };
    if !near.iter().enumerate().any(|(n, &unit)| opens(n, unit)) {
        return 0;
    }
    let text = String::from_utf16_lossy(near);
    // Every unit is one character, so what stands before the end of the credit is as many units.
    credit::head(&text).map_or(0, |credit| text.get(..credit.span.end as usize).map_or(0, |c| c.chars().count()))
}

/// Whether a stretch is a credit and nothing else. It begins with a role or a house; a name alone is no credit here.
fn is_credit(units: &[u16]) -> bool {
    (3..=REACH).contains(&units.len())
        && may_open(&FIRST_OF_OPENINGS, units[0])
        && OPENINGS_UNITS.iter().any(|opening| units.starts_with(opening))
        && credit::whole(&String::from_utf16_lossy(units)).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dedup::align::Aligner;
    use crate::text::Normal;

    const BODY: &str = "近日，市总工会走进建设工地，为三百多名农民工送去防暑药品和饮料，并请来医生为大家免费体检。";

    #[track_caller]
    fn check(a: &str, b: &str, expected: Option<[&str; 2]>) {
        let (a, b) = (Normal::of(a).units, Normal::of(b).units);
        let mut aligner = Aligner::default();
        let found = bodies(&a, &b, aligner.diffs(&a, &b), &mut Heads::default())
            .map(|[x, y]| [String::from_utf16_lossy(&a[x]), String::from_utf16_lossy(&b[y])]);
        let normal = |text: &&str| String::from_utf16_lossy(&Normal::of(text).units);
        assert_eq!(found, expected.map(|e| e.each_ref().map(normal)));
    }

    #[test]
    fn heads_and_tails_that_differ_are_taken_off() {
        let of = |head: &str, tail: &str| format!("{head}{BODY}{tail}");
        let same = Some([BODY, BODY]);
        check(&of("新华社北京1月3日电 ", ""), &of("本报北京1月3日讯 ", ""), same);
        check(&of("新华社北京1月3日电（记者沈丽华）", ""), &of("本报讯 ", ""), same);
        check(&of("本报讯 ", ""), &of("", ""), same);
        check(&of("", "（记者 沈丽华）"), &of("", "（通讯员 高志强）"), same);
        check(&of("本报讯 ", "（记者 沈丽华）"), &of("新华社合肥5月1日电 ", "（记者 高志强）"), same);
    }

    #[test]
    fn what_differs_elsewhere_stays() {
        check(BODY, &BODY.replace("三百", "五百"), None);
        check(BODY, &BODY.replace("近日", "昨日"), None);
        check(BODY, &BODY.replace("体检", "义诊"), None);
        check(&format!("本报讯 {BODY}"), &format!("本报讯 {}", BODY.replace("三百", "五百")), None);
        check("", BODY, None);
        check("本报讯", "新华社讯", Some(["", ""]));
    }
}
