//! What each extractor costs on ordinary union news, in MB/s a core.
//!
//! Each line leaves more on than the one before; what an extractor costs is the difference. `everything` is what a run
//! does with an article.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use jianbao::record::{Article, Block, BlockKind, PageHead};
use jianbao::text::{Folded, Span, jieba};
use jianbao::{Settings, extract};

const NEWS: &str = "5月18日上午，市总工会“夏送清凉”活动在城东新区启动，市总工会副主席李建国出席。今年以来，全市各级工会筹集资金\
130余万元，走访慰问一线职工2.6万人次，惠及送餐员、货车司机等户外劳动者近8000人。据介绍，截至5月10日，全市新建工会组织\
52家，新发展会员3906人，入会率由上年的81.2%上升至90.4%。“工会的关心让我们干活更有劲头。”建筑工人张大勇说。活动现场，医护\
人员为职工测量血压，法律援助志愿者发放宣传资料，讲解劳动合同、工伤认定和工资支付的有关规定，职工们听得认真，问得仔细。市职工服务\
中心表示，将把服务送到更多工地和车间，让职工在炎热的夏天感受到组织的温暖，并推动企业改善劳动条件，落实高温津贴。";

fn extractors(c: &mut Criterion) {
    let mut group = c.benchmark_group("extract");
    group.throughput(Throughput::Bytes(NEWS.len() as u64));
    let block = Block::new(BlockKind::Paragraph, NEWS, [Span::new(0, NEWS.len())]);
    let article = Article { blocks: vec![block], ..Article::default() };
    let head = PageHead { date: Some("2024-05-19".into()), ..PageHead::default() };
    let gazetteer = extract::Gazetteer::builtin();
    let settings = Settings::default().extract;
    assert_eq!(extract::facts(&article, &head).len(), 11);
    let mut folded = Folded::default();
    group.bench_function("fold", |b| b.iter(|| folded.refill(black_box(NEWS))));
    group.bench_function("quantities and dates", |b| b.iter(|| extract::facts(black_box(&article), &head)));
    group.bench_function("everything", |b| {
        b.iter(|| extract::annotate(black_box(&article), &head, &gazetteer, &settings));
    });
    group.bench_function("jieba cut, for comparison", |b| b.iter(|| jieba().cut(black_box(NEWS), false).len()));
    group.bench_function("jieba tag, for comparison", |b| b.iter(|| jieba().tag(black_box(NEWS), false).len()));
    group.finish();
}

criterion_group!(benches, extractors);
criterion_main!(benches);
