//! What the targets share: bytes are read as a file of a name would be, text is what is left of bytes, and what comes out
//! is looked at.

use std::fs;
use std::path::Path;

use jianbao::pipeline::Unwatched;
use jianbao::read::{Place, Sources};
use jianbao::record::{Article, Block, BlockKind, FileTotals, Report, SCHEMA};
use jianbao::text::Span;
use jianbao::write::file_totals;
use jianbao::{Page, Settings, pipeline, settings};

/// Lets the library catch the panics of the parsers that it borrows, as it does in use; one that it does not catch is still
/// a finding. To be called before the first input: the fuzzer itself stops at every panic.
pub fn let_readers_catch() {
    std::panic::set_hook(Box::new(|_| {}));
}

/// Reads `bytes` as the file `name`, under small caps, and looks at everything that comes out.
pub fn read(name: &str, bytes: &[u8]) {
    let settings = settings::Read {
        chunk_bytes: 256,
        max_page_bytes: 64 << 10,
        max_html_bytes: 64 << 10,
        expand_grace_bytes: 256 << 10,
        max_expanded_bytes: 4 << 20,
        ..settings::Read::default()
    };
    let sources = Sources::in_memory([(name, bytes)]);
    let _ = sources.each_chunk(&settings, Place::default(), &mut |chunk| {
        let parsed = chunk.parse(&settings);
        for page in &parsed.pages {
            assert!(page.text.len() <= settings.max_page_bytes * 4 && !page.head.id.is_empty());
        }
        std::ops::ControlFlow::Continue(())
    });
}

/// Reads `bytes` behind the first bytes of a format, so that no time is spent on finding these.
pub fn read_behind(start: &[u8], name: &str, bytes: &[u8]) {
    read(name, &[start, bytes].concat());
}

/// The text of bytes: what is no UTF-8 is replaced.
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// An article of one paragraph.
pub fn paragraph(text: &str) -> Article<'_> {
    Article { blocks: vec![Block::new(BlockKind::Paragraph, text, [Span::new(0, text.len())])], ..Article::default() }
}

/// Puts a page back together and makes sure that no character is lost or stands twice.
pub fn segment(text: &str) {
    let page = Page::new("page", text);
    let articles = jianbao::layout::segment(&page, &Settings::default().layout);
    let mut seen = vec![false; text.len()];
    for block in articles.iter().flat_map(|a| &a.blocks) {
        let sliced: String = block.spans.iter().map(|s| s.of(text)).collect();
        assert_eq!(sliced, block.text);
        for at in block.spans.iter().flat_map(|s| s.range()) {
            assert!(!std::mem::replace(&mut seen[at], true), "the byte {at} stands twice");
        }
    }
    let lost = text.char_indices().find(|(at, c)| !seen[*at] && c.is_alphanumeric());
    assert_eq!(lost, None, "a character is lost");
}

/// Checks an output folder whose files hold these bytes, and hands its records on to every form of export.
pub fn output(articles: &[u8], repeats: &[u8]) {
    let folder = tempfile::tempdir_in(if Path::new("/dev/shm").is_dir() { "/dev/shm" } else { "." }).expect("a folder");
    let mut report = Report { schema: SCHEMA, ..Report::default() };
    for (name, bytes) in [("articles.jsonl", articles), ("repeats.jsonl", repeats)] {
        let path = folder.path().join(name);
        fs::write(&path, bytes).expect("the file is written");
        let records = bytes.iter().filter(|b| **b == b'\n').count() as u64;
        let totals = file_totals(&path).expect("the file is read");
        report.files.insert(name.into(), FileTotals { records, ..totals });
    }
    let path = folder.path().join("report.json");
    fs::write(path, serde_json::to_vec(&report).expect("a report")).expect("the report is written");
    let _ = pipeline::verify(folder.path(), &[], &Unwatched);
    for kind in ["articles", "repeats"] {
        let (from, to) = (folder.path().join(format!("{kind}.jsonl")), folder.path().join(format!("{kind}.parquet")));
        let _ = jianbao::write::parquet::to_file(kind, &from, &to);
    }
    for line in articles.split(|b| *b == b'\n') {
        if let Ok(article) = serde_json::from_slice::<jianbao::record::ArticleRecord<'_>>(line) {
            use jianbao::write::export;
            let _ = (export::fact_rows(&article), export::document(&article));
            let _ = (export::attributes(&article), export::passim(&article));
        }
    }
}
