//! Reading alone: cutting files into chunks, and parsing them into pages, on one thread and on all.

use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::ops::ControlFlow;
use std::path::PathBuf;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use jianbao::read::{Place, Sources};
use jianbao::settings;
use rayon::prelude::*;

/// The program's own: chunks are made on one thread and freed on another, which not every allocator does well.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Pages of JSONL, some 7 kB each as a printed page has, with the fields that dumps carry.
fn lines(bytes: usize) -> String {
    let paragraph =
        "本报讯 记者赵明远报道 昨日,市总工会把清凉物资送到建筑工地,慰问坚守岗位的职工三百人,发放慰问金六万元。";
    let mut lines = String::with_capacity(bytes + (16 << 10));
    let mut n = 0;
    while lines.len() < bytes {
        n += 1;
        let _ =
            write!(lines, "{{\"id\": \"2024-05-01-{n:06}\", \"date\": \"2024-05-01\", \"text\": \"## 第{n}号\\n\\n");
        for part in 0..45 {
            let _ = write!(lines, "{paragraph}{}\\n\\n", n * part);
        }
        let _ = writeln!(lines, "\", \"url\": \"http://news.example/{n}\"}}");
    }
    lines
}

fn read(c: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder for the input");
    let path: PathBuf = folder.path().join("pages.jsonl");
    let lines = lines(64 << 20);
    fs::write(&path, &lines).expect("the input is written");
    let settings = settings::Read::default();
    let (sources, _) = Sources::discover(&[path], &settings);
    let mut group = c.benchmark_group("read");
    group.sample_size(10).throughput(Throughput::Bytes(lines.len() as u64));
    group.bench_function("cut", |b| {
        b.iter(|| {
            let mut n = 0;
            let _ = sources.each_chunk(&settings, Place::default(), &mut |chunk| {
                n += chunk.payload();
                ControlFlow::Continue(())
            });
            n
        });
    });
    group.bench_function("cut and parse, one thread", |b| {
        b.iter(|| {
            let mut n = 0;
            let _ = sources.each_chunk(&settings, Place::default(), &mut |chunk| {
                n += black_box(chunk.parse(&settings)).pages.len();
                ControlFlow::Continue(())
            });
            n
        });
    });
    group.bench_function("cut and parse, all threads", |b| {
        b.iter(|| -> usize {
            let chunks = sources.chunks(&settings, Place::default());
            chunks.par_bridge().map(|chunk| black_box(chunk.parse(&settings)).pages.len()).sum()
        });
    });
    group.finish();
}

criterion_group!(benches, read);
criterion_main!(benches);
