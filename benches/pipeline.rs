//! The whole from file to file, by threads, on a generated archive: what a user waits for.

use std::path::PathBuf;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use jianbao::generate::{self, Extent, Outputs, Plan};
use jianbao::pipeline::{Form, Stage};
use jianbao::{Pipeline, Settings};

/// The program's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Bytes of the archive: enough that tables are warm, little enough that a measurement is seconds.
const BYTES: u64 = 8_000_000;

fn pipeline(c: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder for the input");
    let path: PathBuf = folder.path().join("pages.jsonl");
    let mut out = Outputs { pages: Vec::new(), truth: std::io::sink(), repeats: std::io::sink() };
    generate::archive(&Plan::archive(1), Extent::Bytes(BYTES), &mut out, &mut |_| true).expect("memory is written");
    std::fs::write(&path, &out.pages).expect("the input is written");
    let inputs = [path];
    let out_folder = folder.path().join("out");
    let pipeline = |threads| Pipeline::new(Settings::default()).threads(threads).force(true);
    let mut group = c.benchmark_group("pipeline");
    group.sample_size(10).throughput(Throughput::Bytes(out.pages.len() as u64));
    for threads in [1, 2] {
        group.bench_function(format!("run, {threads} threads"), |b| {
            b.iter(|| {
                let report = pipeline(threads).run(&inputs, &out_folder).expect("a run").report;
                assert!(report.n_errors() == 0 && report.found.facts.len() > 3);
            });
        });
        group.bench_function(format!("dedup, {threads} threads"), |b| {
            b.iter(|| {
                let report = pipeline(threads).dedup(&inputs, &out_folder, Form::Clean).expect("a run").report;
                assert!(report.found.repeats.len() > 2);
            });
        });
        group.bench_function(format!("segment, {threads} threads"), |b| {
            b.iter(|| pipeline(threads).stage(Stage::Segment, &inputs, &mut std::io::sink()).expect("a stage"));
        });
    }
    group.finish();
}

criterion_group!(benches, pipeline);
criterion_main!(benches);
