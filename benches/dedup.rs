//! The kernels of `dedup`: normal form, hashed shingles, simhash (ours and the crate's), sketch, alignment, verdict.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use jianbao::dedup::align::Aligner;
use jianbao::dedup::usage::Usage;
use jianbao::dedup::verify::{Marks, Text, Verdict, Verifier};
use jianbao::dedup::{fingerprint, sketch};
use jianbao::settings;
use jianbao::text::Normal;

/// The program's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const PARAGRAPH: &str = "市总工会昨天走进建设工地，为三百多名农民工送去防暑药品和饮料，并请来医生为大家免费体检。\
    县职工服务中心今年新设六个法律援助站点，受理劳动争议一百余件，为职工追回工资和补偿。";

fn kernels(c: &mut Criterion) {
    let mut group = c.benchmark_group("dedup");
    group.throughput(Throughput::Bytes(PARAGRAPH.len() as u64));
    let units = Normal::of(PARAGRAPH).units;
    let mut hashes = Vec::new();
    fingerprint::features(&units, &mut hashes);
    let chars: Vec<char> = String::from_utf16_lossy(&units).chars().collect();
    let bigrams: Vec<String> = chars.windows(2).map(|pair| pair.iter().collect()).collect();
    let by_the_crate = || simhash::simhash_stream(bigrams.iter().map(String::as_str));
    assert_eq!(fingerprint::simhash(&hashes), by_the_crate());
    let mut normal = Normal::default();
    group.bench_function("normalise", |b| b.iter(|| normal.set(black_box(PARAGRAPH))));
    let mut again = Vec::new();
    group.bench_function("shingle", |b| b.iter(|| fingerprint::features(black_box(&units), &mut again)));
    group.bench_function("fingerprint", |b| b.iter(|| fingerprint::simhash(black_box(&hashes))));
    group.bench_function("fingerprint by the crate", |b| b.iter(|| black_box(by_the_crate())));
    group.bench_function("sketch", |b| b.iter(|| sketch::bands(black_box(&hashes))));
    let other = Normal::of(&PARAGRAPH.replace("药品", "约品").replace("争议", "挣议")).units;
    let mut aligner = Aligner::default();
    assert_eq!(aligner.diffs(&units, &other).len(), 2);
    group.bench_function("align", |b| b.iter(|| aligner.diffs(black_box(&units), black_box(&other)).len()));
    let (usage, settings) = (Usage::default(), settings::Dedup::default());
    let [text, copy] = [&units, &other].map(|units| Text { units, marks: Marks::default() });
    let mut verifier = Verifier::default();
    assert_eq!(verifier.compare(text, copy, &usage, &settings).verdict, Verdict::Near);
    group.bench_function("verify", |b| {
        b.iter(|| verifier.compare(black_box(text), black_box(copy), &usage, &settings).verdict);
    });
    group.finish();
}

criterion_group!(benches, kernels);
criterion_main!(benches);
