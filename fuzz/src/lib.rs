//! What the targets share: bytes are read as a file of a name would be, text is what is left of bytes, and what comes out
//! is looked at.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use jianbao::pipeline::{Form, Unwatched};
use jianbao::read::{Place, Sources};
use jianbao::record::{Article, Block, BlockKind, FileTotals, Report, SCHEMA};
use jianbao::text::Span;
use jianbao::write::file_totals;
use jianbao::{ErrorKind, Page, Pipeline, Settings, pipeline, settings};

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

/// A folder in memory, where the system has one.
fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in(if Path::new("/dev/shm").is_dir() { "/dev/shm" } else { "." }).expect("a folder")
}

/// Asks of records why the block or article `id` is where it is, as a person and as a program.
pub fn explain(id: &str, articles: &str, repeats: &str) {
    let folder = folder();
    for (name, text) in [("articles.jsonl", articles), ("repeats.jsonl", repeats)] {
        fs::write(folder.path().join(name), text).expect("the file is written");
    }
    let into = folder.path().to_string_lossy().into_owned();
    for more in [&[][..], &["--json"]] {
        let args = ["jianbao", "explain", "--in", &into].into_iter().chain(more.iter().copied()).chain(["--", id]);
        jianbao::cli::run_with(args.map(Into::into));
    }
}

/// Pages that are read beside an index.
const PAGES: [&str; 2] = [
    "{\"id\":\"p1\",\"date\":\"2024-05-01\",\"text\":\"区总工会昨日走访了一线岗位，为三百名职工送去毛巾和凉茶。\\n\\n职工书屋本月起每周六开放，凭会员卡借书。\"}\n",
    "{\"id\":\"p2\",\"date\":\"2024-05-02\",\"text\":\"区总工会昨日走访了一线岗位，为三百名职工送去毛巾和凉茶!\\n\\n职工书屋本月起每周日开放，凭会员卡借书。\"}\n",
];

/// Reads `pages` beside the index in `folder`; the answer is what repeats.
fn beside(folder: &Path, pages: &str) -> jianbao::error::Result<String> {
    let (input, out): (PathBuf, PathBuf) = (folder.join("pages.jsonl"), folder.join("out"));
    fs::write(&input, pages).expect("the file is written");
    let pipeline = Pipeline::new(Settings::default()).force(true).threads(1).index(Some(folder.join("index")));
    pipeline.dedup(&[input], &out, Form::Clean)?;
    Ok(fs::read_to_string(out.join("repeats.jsonl")).expect("the repeats"))
}

/// The files of an index that holds the first page, and what the second repeats of it.
static INDEX: LazyLock<(BTreeMap<PathBuf, Vec<u8>>, String)> = LazyLock::new(|| {
    let folder = folder();
    beside(folder.path(), PAGES[0]).expect("the first page is read");
    let files = fs::read_dir(folder.path().join("index")).expect("the index").map(|e| e.expect("a file").path());
    let files = files.map(|path| (path.file_name().expect("a name").into(), fs::read(&path).expect("its bytes")));
    let files = files.collect();
    let repeats = beside(folder.path(), PAGES[1]).expect("the second page is read");
    assert!(repeats.contains("p1/"), "{repeats}");
    (files, repeats)
});

/// Damages an index: of each three bytes the first names a file, the second a place in it, the third is written there.
pub fn damaged_index(damage: &[u8]) {
    let (whole, repeats) = &*INDEX;
    let mut files = whole.clone();
    for damage in damage.chunks_exact(3) {
        let n = usize::from(damage[0]) % files.len();
        let Some(bytes) = files.values_mut().nth(n).filter(|bytes| !bytes.is_empty()) else { continue };
        // Heads are short, and what stands in them decides how the rest is read.
        let at = if damage[0] < 128 { usize::from(damage[1]) } else { usize::from(damage[1]) * bytes.len() / 256 };
        let at = at.min(bytes.len() - 1);
        bytes[at] = damage[2];
    }
    let folder = folder();
    fs::create_dir(folder.path().join("index")).expect("the folder is made");
    for (name, bytes) in &files {
        fs::write(folder.path().join("index").join(name), bytes).expect("the file is written");
    }
    match beside(folder.path(), PAGES[1]) {
        Ok(found) => assert_eq!(found, *repeats),
        Err(e) => assert!([ErrorKind::Read, ErrorKind::Format, ErrorKind::Setting].contains(&e.kind()), "{e}"),
    }
}

/// Checks an output folder whose files hold these bytes, and hands its records on to every form of export.
pub fn output(articles: &[u8], repeats: &[u8]) {
    let folder = folder();
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
