//! What every page promises, whatever its seed.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::record::{BlockKind, Edge};

/// Every span of the truth in the order of the page.
fn spans(truth: &Truth) -> Vec<crate::text::Span> {
    let blocks = truth.articles.iter().flat_map(|a| &a.blocks).chain(&truth.furniture);
    let mut all: Vec<_> = blocks.flat_map(|b| b.spans.iter().copied()).collect();
    all.sort_unstable();
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn spans_slice_and_never_overlap(seed: u64, number in 0u64..5_000, single: bool) {
        let plan = if single { Plan::pages(seed) } else { Plan::archive(seed) };
        let (page, truth) = page_of(&plan, number);
        let spans = spans(&truth);
        for span in &spans {
            prop_assert!(!span.of(&page.text).trim().is_empty());
        }
        prop_assert!(spans.windows(2).all(|w| w[0].end <= w[1].start));
        let copies = truth.repeats.iter().filter(|r| r.of.is_some());
        prop_assert!(copies.clone().all(|r| !r.span.of(&page.text).is_empty()));
    }

    #[test]
    fn what_no_block_holds_is_markup(seed: u64) {
        let (page, truth) = page_of(&Plan::archive(seed), seed % 1_000);
        let mut held = spans(&truth);
        held.extend(truth.repeats.iter().map(|r| r.span));
        let mut rest = page.text.clone().into_bytes();
        for span in held {
            rest[span.range()].fill(b' ');
        }
        let rest = String::from_utf8(rest).unwrap();
        prop_assert!(rest.chars().all(|c| c.is_whitespace() || matches!(c, '#' | '*')), "{}", rest.trim());
    }

    #[test]
    fn a_page_is_the_same_each_time(seed: u64, number in 0u64..100) {
        let plan = Plan::archive(seed);
        prop_assert_eq!(page_of(&plan, number), page_of(&plan, number));
    }
}

#[test]
fn every_difficulty_is_planted() {
    let mut seen = BTreeSet::new();
    let mut kinds = BTreeSet::new();
    let (mut cut, mut loops, mut joined) = (0, 0, 0);
    for number in 0..400 {
        let (_, truth) = page_of(&Plan::archive(2), number);
        for article in &truth.articles {
            seen.extend(article.difficulties.iter().copied());
            kinds.extend(article.blocks.iter().map(|b| b.kind));
            cut += usize::from(article.closes == Edge::Cut);
            joined += article.blocks.iter().filter(|b| b.spans.len() > 1).count();
        }
        loops += usize::from(truth.repeats.iter().any(|r| r.of.is_some()));
    }
    let all = [
        "caption",
        "cut_at_paragraph",
        "cut_in_sentence",
        "deck",
        "displaced_headline",
        "jump",
        "kicker",
        "lost_tail",
        "no_markup",
        "rubric",
        "subheads",
    ];
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), all);
    for kind in [BlockKind::Byline, BlockKind::Caption, BlockKind::Jump, BlockKind::Subhead] {
        assert!(kinds.contains(&kind), "{kind:?}");
    }
    assert!(cut > 50 && loops > 50 && joined > 300, "{cut} {loops} {joined}");
}

#[test]
fn a_page_of_whole_prose_has_nothing_from_elsewhere() {
    for seed in 0..50 {
        let (_, truth) = page(seed);
        assert!(truth.repeats.iter().all(|r| r.of.is_some()));
        assert!(truth.planted.iter().all(|p| matches!(p.role, PlantedRole::Standing) || p.kind == "loop"));
    }
}

#[test]
fn copies_name_an_original_of_an_earlier_page() {
    let plan = Plan::archive(9);
    let mut originals = std::collections::BTreeMap::new();
    let mut copies = 0;
    for number in 0..300 {
        let (page, truth) = page_of(&plan, number);
        for planted in truth.planted.iter().filter(|p| p.kind != "loop") {
            let text = planted.span.of(&page.text).to_owned();
            match planted.role {
                PlantedRole::Orig => drop(originals.insert(planted.entity, text)),
                PlantedRole::Copy => {
                    let original = originals.get(&planted.entity).expect("an original before its copy");
                    let folded = |s: &str| s.replace(['，', '：', '；'], ",").replace([':', ';'], ",");
                    if planted.kind == "exact" && !text.contains(['（', '(', '！', '!', '？', '?']) {
                        assert_eq!(folded(&text), folded(original));
                    }
                    copies += 1;
                }
                PlantedRole::Neg | PlantedRole::Standing => {}
            }
        }
    }
    assert!(copies > 100, "{copies}");
}

#[test]
fn a_planted_paragraph_is_found_by_its_number() {
    for number in 0..40 {
        let (page, truth) = page_of(&Plan::archive(4), number);
        let paragraphs: Vec<&str> = page.text.split("\n\n").collect();
        for (record, planted) in truth.planted_records(&page).iter().zip(&truth.planted) {
            assert!(paragraphs[record.para].contains(planted.span.of(&page.text)));
        }
    }
}
