//! A paragraph without its credits, where those are what differs.
//!
//! In: two normal forms and where they differ. Out: the stretch of each that is left when the credit at its head
//! (新华社北京1月3日电, 本报讯 记者…) and the one at its tail are taken off. A reprint changes both and is still the same
//! story. The grammar of credits is asked only where the first or the last difference lies as near to the head or the tail
//! as a credit reaches, so a pair that differs elsewhere costs nothing.

use std::ops::Range;

use crate::credit;
use crate::dedup::align::Diff;

/// Units at the head and at the tail of a text in which a credit may stand: a dateline with two roles and six names.
const REACH: usize = 60;
/// Units before a difference in which a credit may have begun: 本报通讯员 and a name that both share.
const BEFORE: usize = 8;
/// Differences near the tail at which a credit is tried to begin.
const TRIES: usize = 4;

/// What is left of two texts without their credits; None where no difference lies in one.
pub(super) fn bodies(a: &[u16], b: &[u16], diffs: &[Diff]) -> Option<[Range<usize>; 2]> {
    let (first, last) = (diffs.first()?, diffs.last()?);
    let mut found = false;
    let mut bodies = [0..a.len(), 0..b.len()];
    if (first.a.max(first.b) as usize) < REACH {
        let heads = [head(a), head(b)];
        // The first difference must lie within.
        if (first.a as usize) < heads[0] || (first.b as usize) < heads[1] {
            (bodies[0].start, bodies[1].start) = (heads[0], heads[1]);
            found = true;
        }
    }
    if a.len() - last.a as usize <= REACH && b.len() - last.b as usize <= REACH {
        let near = |d: &&Diff| a.len() - d.a as usize <= REACH && b.len() - d.b as usize <= REACH;
        let starts = diffs.iter().filter(near).take(TRIES);
        let tail =
            starts.flat_map(|d| (0..=BEFORE).map(|n| ((d.a as usize).checked_sub(n), (d.b as usize).checked_sub(n))));
        for (x, y) in tail {
            let (Some(x), Some(y)) = (x, y) else { continue };
            if x < bodies[0].start || y < bodies[1].start {
                break;
            }
            if is_credit(&a[x..]) && is_credit(&b[y..]) {
                (bodies[0].end, bodies[1].end) = (x, y);
                found = true;
                break;
            }
        }
    }
    found.then_some(bodies)
}

/// Units of the credit that opens a text; 0 where none does.
fn head(units: &[u16]) -> usize {
    let text = String::from_utf16_lossy(&units[..units.len().min(REACH)]);
    // Every unit is one character, so what stands before the end of the credit is as many units.
    credit::head(&text).map_or(0, |credit| text.get(..credit.span.end as usize).map_or(0, |c| c.chars().count()))
}

/// Whether a stretch is a credit and nothing else. It names a role or a house; a name alone is no credit here.
fn is_credit(units: &[u16]) -> bool {
    (3..=REACH).contains(&units.len()) && credit::whole(&String::from_utf16_lossy(units)).is_some()
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
        let found = bodies(&a, &b, aligner.diffs(&a, &b))
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
