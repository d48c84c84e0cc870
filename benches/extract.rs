//! What each extractor costs on union news, in MB/s a core.
//!
//! The texts are those of composed pages as `layout` puts them together, with their headings and credits, in two parts:
//! *ordinary* are the articles with at most one fact in 35 characters (one in 57 over all of them, about as many as
//! general news has), *dense* the others (one in 23). The ordinary ones are short, of 126 characters on average, so that
//! credits are a larger part of them than of longer stories. Each line leaves more on than the one before; what an
//! extractor costs is the difference. jieba's own speed on the same text stands below for comparison.
//!
//! The figures stand in `benches/record`. Most of what entities cost goes to people: every clause that opens with a
//! surname, every list and every word of the dictionary that may be a name is weighed against plain text.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use jianbao::record::{Article, PageHead};
use jianbao::text::{Folded, jieba};
use jianbao::{Settings, extract, generate, layout, settings};

/// The program's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Pages that the articles are taken from; they tell every composed article about four times.
const PAGES: u64 = 160;

/// Of ordinary news, an article has at most one fact in so many characters, which makes one in about 60 of them all.
const SPARSE: usize = 35;

/// An article with the head of its page.
type News<'a> = Vec<(Article<'a>, &'a PageHead)>;

fn extractors(c: &mut Criterion) {
    let settings = Settings::default();
    let pages: Vec<_> = (1..=PAGES).map(|seed| generate::page(seed).0).collect();
    let composed: News<'_> = pages
        .iter()
        .flat_map(|page| layout::segment(page, &settings.layout).into_iter().map(|article| (article, &page.head)))
        .collect();
    let gazetteer = extract::Gazetteer::builtin();
    let quantities =
        settings::Extract { bylines: false, entities: false, activities: false, ..settings.extract.clone() };
    let is_sparse = |(article, head): &(Article<'_>, &PageHead)| {
        let letters: usize = texts(article).map(|text| text.chars().count()).sum();
        extract::annotate(article, head, &gazetteer, &quantities).facts.len() * SPARSE <= letters
    };
    let (ordinary, dense): (News<'_>, News<'_>) = composed.into_iter().partition(is_sparse);
    for (name, news) in [("extract, ordinary news", ordinary), ("extract, dense news", dense)] {
        let blocks = || news.iter().flat_map(|(article, _)| texts(article));
        let bytes: usize = blocks().map(str::len).sum();
        let all: Vec<_> = news.iter().map(|(article, head)| (article, *head)).collect();
        let mut group = c.benchmark_group(name);
        group.throughput(Throughput::Bytes(bytes as u64)).sample_size(20);
        let mut folded = Folded::default();
        group.bench_function("fold", |b| b.iter(|| blocks().for_each(|text| folded.refill(black_box(text)))));
        for (name, bylines, entities, activities) in [
            ("quantities and dates", false, false, false),
            ("and bylines", true, false, false),
            ("and entities", true, true, false),
            ("and activities: everything", true, true, true),
        ] {
            let on = settings::Extract { bylines, entities, activities, ..settings.extract.clone() };
            group.bench_function(name, |b| {
                b.iter(|| extract::annotate_all(black_box(&all), &gazetteer, &on));
            });
        }
        group.bench_function("jieba cut, for comparison", |b| {
            b.iter(|| blocks().map(|text| jieba().cut(black_box(text), false).len()).sum::<usize>());
        });
        group.bench_function("jieba tag, for comparison", |b| {
            b.iter(|| blocks().map(|text| jieba().tag(black_box(text), false).len()).sum::<usize>());
        });
        group.finish();
    }
}

/// The texts that facts are read from.
fn texts<'a>(article: &'a Article<'_>) -> impl Iterator<Item = &'a str> {
    article.blocks.iter().filter(|b| b.repeat.is_none()).map(|b| &*b.text)
}

criterion_group!(benches, extractors);
criterion_main!(benches);
