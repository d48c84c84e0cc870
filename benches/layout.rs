//! How fast pages are put back together, in MB/s a core, and that the time for a byte does not grow with the page.
//!
//! `pages` are generated ones with every difficulty planted; `counting` is what the archive's statistics cost beside it.
//! `lines` are pages of a thousand to a million lines: articles of one page after the other, as a dump without page
//! breaks has them.

use std::fmt::Write as _;
use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use jianbao::layout::Statistics;
use jianbao::{Page, Settings, generate, layout};

/// The program's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn pages(n: u64) -> Vec<Page> {
    (0..n).map(|seed| generate::page(seed).0).collect()
}

fn ordinary(c: &mut Criterion) {
    let settings = Settings::default().layout;
    let pages = pages(200);
    let bytes: usize = pages.iter().map(|p| p.text.len()).sum();
    let mut statistics = Statistics::new(&settings);
    for page in &pages {
        statistics.add(&page.text);
    }
    let articles: usize = pages.iter().map(|p| layout::segment_with(p, &statistics, &settings).len()).sum();
    assert!((800..3_000).contains(&articles), "{articles} articles");
    let mut group = c.benchmark_group("layout");
    group.sample_size(10).throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("pages", |b| {
        b.iter(|| {
            pages.iter().map(|p| layout::segment_with(black_box(p), &statistics, &settings).len()).sum::<usize>()
        });
    });
    group.bench_function("counting", |b| {
        b.iter(|| {
            for page in &pages {
                statistics.add(black_box(&page.text));
            }
        });
    });
    group.finish();
}

/// A page of `n` lines, each with text.
fn page_of_lines(n: usize) -> Page {
    let mut text = String::new();
    let mut lines = 0;
    // Words are exchanged, so that the articles are as different as those of many pages.
    let plan = generate::Plan { vary: 0.6, ..generate::Plan::pages(1) };
    for number in 0.. {
        let (page, _) = generate::page_of(&plan, number);
        for line in page.text.lines().filter(|l| !l.trim().is_empty()) {
            if lines == n {
                return Page::new("page", text);
            }
            let _ = write!(text, "{line}\n\n");
            lines += 1;
        }
    }
    Page::new("page", text)
}

fn lengths(c: &mut Criterion) {
    let settings = Settings::default().layout;
    let mut statistics = Statistics::new(&settings);
    statistics.add(&page_of_lines(10_000).text);
    let mut group = c.benchmark_group("lines");
    group.sample_size(10).sampling_mode(SamplingMode::Flat);
    for n in [1_000, 10_000, 100_000, 1_000_000] {
        let page = page_of_lines(n);
        assert!(!layout::segment_with(&page, &statistics, &settings).is_empty());
        group.throughput(Throughput::Bytes(page.text.len() as u64));
        group.bench_with_input(BenchmarkId::from_parameter(n), &page, |b, page| {
            b.iter(|| layout::segment_with(black_box(page), &statistics, &settings).len());
        });
    }
    group.finish();
}

criterion_group!(benches, ordinary, lengths);
criterion_main!(benches);
