//! Reading: formats, archives, faults, hostile input.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use jianbao::ErrorKind;
use jianbao::read::{Fault, Place, Sources, UniqueIds};
use jianbao::record::Page;
use jianbao::settings;

/// Everything that is read of `sources`, with ids made unique.
fn read(sources: &Sources, settings: &settings::Read) -> (Vec<Page>, Vec<Fault>) {
    let (mut pages, mut faults) = (Vec::new(), Vec::new());
    let mut ids = UniqueIds::new();
    for chunk in sources.chunks(settings, Place::default()) {
        let mut parsed = chunk.parse(settings);
        parsed.pages.iter_mut().for_each(|page| ids.claim(page));
        pages.append(&mut parsed.pages);
        faults.append(&mut parsed.faults);
    }
    (pages, faults)
}

fn read_bytes(name: &str, bytes: &[u8]) -> (Vec<Page>, Vec<Fault>) {
    read(&Sources::in_memory([(name, bytes)]), &settings::Read::default())
}

/// Checks ids and texts of the pages, and the faults as they are printed.
#[track_caller]
fn check(name: &str, bytes: &[u8], want: &[(&str, &str)], want_faults: &[&str]) {
    let (pages, faults) = read_bytes(name, bytes);
    let got: Vec<_> = pages.iter().map(|p| (p.head.id.as_str(), p.text.as_str())).collect();
    assert_eq!(got, want);
    let faults: Vec<_> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(faults, want_faults);
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn xz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = liblzma::write::XzEncoder::new(Vec::new(), 3);
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 3).unwrap()
}

/// Each compression with its ending.
type Compress = fn(&[u8]) -> Vec<u8>;
const COMPRESSIONS: [(&str, Compress); 4] = [("gz", gzip), ("bz2", bzip2), ("xz", xz), ("zst", zstd)];

fn tar_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        // Written as it is: the builder itself refuses names that lead out.
        header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
        header.set_cksum();
        builder.append(&header, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

fn zip_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const LINES: &str = "{\"id\": \"2024-05-01-01\", \"text\": \"工会送清凉\"}\n{\"text\": \"职工书屋开门\"}\n";

#[test]
fn text_is_one_page_and_form_feeds_part_it() {
    check("a.md", "## 送清凉\n".as_bytes(), &[("a.md", "## 送清凉\n")], &[]);
    check("a.txt", b"one\x0ctwo\x0c \n\x0cfour", &[("a.txt#1", "one"), ("a.txt#2", "two"), ("a.txt#4", "four")], &[]);
    check("a.txt", b"\xef\xbb\xbfone", &[("a.txt", "one")], &[]);
    check("a.txt", b"", &[], &["a.txt: the file is empty"]);
}

#[test]
fn jsonl_is_one_page_a_line() {
    check("a.jsonl", LINES.as_bytes(), &[("2024-05-01-01", "工会送清凉"), ("a.jsonl:2", "职工书屋开门")], &[]);
    let (pages, faults) = read_bytes(
        "a.jsonl",
        r#"{"id": 7, "text": "a", "date": "2024年5月1日", "publication": "工报", "number": 2, "section": null, "url": "u", "n": 18446744073709551616, "d": {"e": [1]}}"#
            .as_bytes(),
    );
    assert!(faults.is_empty());
    let head = &pages[0].head;
    assert_eq!(head.id, "7");
    assert_eq!(head.date.as_deref(), Some("2024-05-01"));
    assert_eq!(head.publication.as_deref(), Some("工报"));
    assert_eq!(head.number.as_deref(), Some("2"));
    assert_eq!(head.section, None);
    assert_eq!(serde_json::to_string(&head.meta).unwrap(), r#"{"url":"u","n":"18446744073709551616","d":{"e":[1]}}"#);
}

#[test]
fn json_over_several_lines_is_read_too() {
    let want = [("a.json:1", "a"), ("a.json:2", "b \" }"), ("7", "c")];
    check(
        "a.json",
        b"[{\"text\": \"a\"},\n {\"text\": \"b \\\" }\"},\n{\n \"id\": 7,\n \"text\": \"c\"}\n]\n",
        &want,
        &[],
    );
    check("a.json", b"{\n\"text\": \"a\"\n}\n{\n\"text\": \"b\"\n}", &[("a.json:1", "a"), ("a.json:4", "b")], &[]);
    check(
        "a.json",
        b"[\n{\"text\": \"a\"},\nno,\n{\"text\": 1}, {\n",
        &[("a.json:2", "a")],
        &[
            "a.json:3: not a JSON object",
            "a.json:4: no text in the field \"text\"",
            "a.json:4: not a JSON object: it has no end",
        ],
    );
}

#[test]
fn a_bad_line_is_set_aside_alone() {
    let lines = b"{\"text\": \"a\"}\n\n{\"text\": \n[1]\n{\"title\": \"b\"}\n{\"text\": 7}\n{\"text\": \"c\"}";
    check(
        "a.jsonl",
        lines,
        &[("a.jsonl:1", "a"), ("a.jsonl:7", "c")],
        &[
            "a.jsonl:3: not a JSON object: EOF while parsing a value in column 9",
            "a.jsonl:4: not a JSON object: invalid type: sequence, expected an object in column 0",
            "a.jsonl:5: no field \"text\"",
            "a.jsonl:6: no text in the field \"text\"",
        ],
    );
    let (_, faults) = read_bytes("a.jsonl", lines);
    assert_eq!(faults[0].offset, Some(15));
    assert_eq!(
        faults[2].hint.as_deref(),
        Some("name the field that holds the text, --set read.text_field=NAME; there are title")
    );
}

#[test]
fn what_json_forbids_is_mended_and_told() {
    check(
        "a.jsonl",
        br#"{"text": "a\ud800b\\ud800\ud83d\ude00", "id": "x"}"#,
        &[("x", "a\u{fffd}b\\ud800\u{1f600}")],
        &["a.jsonl:1: half a surrogate pair stands as U+FFFD"],
    );
    check(
        "a.jsonl",
        b"{\"text\": \"a\x00\tb\"}",
        &[("a.jsonl:1", "a\0\tb")],
        &["a.jsonl:1: control characters that are not escaped"],
    );
    check(
        "a.jsonl",
        br#"{"text": "a", "text": "b"}"#,
        &[("a.jsonl:1", "b")],
        &["a.jsonl:1: the field \"text\" stands twice, the last one counts"],
    );
}

#[test]
fn compressed_files_are_read_whole_with_all_their_members() {
    for (ending, compress) in COMPRESSIONS {
        let name = format!("a.jsonl.{ending}");
        let want = [("2024-05-01-01", "工会送清凉"), (&*format!("{name}:2"), "职工书屋开门")];
        check(&name, &compress(LINES.as_bytes()), &want, &[]);
        let (first, second) = LINES.split_at(20);
        check(&name, &[compress(first.as_bytes()), compress(second.as_bytes())].concat(), &want, &[]);
    }
}

#[test]
fn a_stream_cut_anywhere_keeps_what_came_before() {
    let lines: Vec<_> = (0..400).map(|n| format!("{{\"id\": \"{n}\", \"text\": \"{:x}\"}}\n", n * 5_119_999)).collect();
    let lines = lines.concat();
    for (ending, compress) in COMPRESSIONS {
        let whole = compress(lines.as_bytes());
        for cut in (1..100).map(|n| whole.len() * n / 100).chain([whole.len() - 1]) {
            let (pages, faults) = read_bytes(&format!("a.jsonl.{ending}"), &whole[..cut]);
            assert_eq!(faults.len(), 1, "{ending} cut at {cut}: {faults:?}");
            assert_eq!(faults[0].kind, ErrorKind::Compression, "{ending} cut at {cut}");
            for (n, page) in pages.iter().enumerate() {
                assert_eq!(page.head.id, n.to_string(), "{ending} cut at {cut}");
            }
        }
    }
}

#[test]
fn archives_are_read_like_folders() {
    let members: &[(&str, &[u8])] = &[
        ("2024/a.md", b"one"),
        ("./b.jsonl", b"{\"text\": \"two\"}"),
        ("c.txt.gz", &gzip(b"three")),
        (".DS_Store", b"\0\0"),
    ];
    for (name, bytes) in [("x.tar", tar_of(members)), ("x.zip", zip_of(members))] {
        let ids = [format!("{name}/2024/a.md"), format!("{name}/b.jsonl:1"), format!("{name}/c.txt.gz")];
        check(name, &bytes, &[(&ids[0], "one"), (&ids[1], "two"), (&ids[2], "three")], &[]);
    }
    let tar = gzip(&tar_of(members));
    check("x.tgz", &tar, &[("x.tgz/2024/a.md", "one"), ("x.tgz/b.jsonl:1", "two"), ("x.tgz/c.txt.gz", "three")], &[]);
}

#[test]
fn documents_that_are_packed_are_no_archives() {
    let members: &[(&str, &[u8])] = &[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w:document/>")];
    check("x.docx", &zip_of(members), &[], &["x.docx: not a page: an Office document; save it as text"]);
}

#[test]
fn members_that_lead_out_are_refused() {
    let members: &[(&str, &[u8])] = &[("/etc/a.md", b"one"), ("..\\b.md", b"two"), ("good.md", b"three")];
    let refused = |archive: &str, n: usize| {
        format!("{archive}/{}: refused in an archive: a name that leads out of the archive", members[n].0)
    };
    for (name, bytes) in [("x.tar", tar_of(members)), ("x.zip", zip_of(members))] {
        check(name, &bytes, &[(&format!("{name}/good.md"), "three")], &[&refused(name, 0), &refused(name, 1)]);
    }
    let mut builder = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(tar::EntryType::Symlink);
    header.set_size(0);
    builder.append_link(&mut header, "a.md", "/etc/passwd").unwrap();
    check("x.tar", &builder.into_inner().unwrap(), &[], &["x.tar/a.md: refused in an archive: a link"]);
}

#[test]
fn a_damaged_archive_keeps_its_first_members() {
    let tar = tar_of(&[("a.md", b"one"), ("b.md", &[b'x'; 3000])]);
    let (pages, faults) = read_bytes("x.tar", &tar[..tar.len() - 3500]);
    assert_eq!(pages.len(), 2);
    assert_eq!(pages[0].text, "one");
    assert!(pages[1].text.len() < 3000);
    assert_eq!(faults.len(), 1);
    let mut zip = zip_of(&[("a.md", b"one"), ("b.md", &b"two ".repeat(100))]);
    let at = zip.windows(4).rposition(|w| w == b"b.md").unwrap();
    assert!(at > 100);
    zip.truncate(zip.len() - 30);
    let (pages, faults) = read_bytes("x.zip", &zip);
    assert!(pages.is_empty());
    assert_eq!(faults[0].kind, ErrorKind::Compression);
}

#[test]
fn a_locked_member_of_a_zip_is_told_and_the_others_are_read() {
    let mut zip = zip_of(&[("a.md", b"one"), ("b.md", b"two"), ("c.md", b"three")]);
    // Bit 0 of the flags, in the local head (6 bytes in) and in the directory (8 bytes in), says that a member is locked.
    for (head, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let second = (0..zip.len() - 4).filter(|&at| zip[at..at + 4] == head[..]).nth(1).unwrap();
        zip[second + flags] |= 1;
    }
    let (pages, faults) = read_bytes("x.zip", &zip);
    assert_eq!(pages.iter().map(|p| p.text.as_str()).collect::<Vec<_>>(), ["one", "three"]);
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].kind, ErrorKind::Compression);
    assert!(faults[0].message.contains("assword"), "{}", faults[0].message);
    assert_eq!(faults[0].member.as_deref(), Some("b.md"));
}

#[test]
fn bombs_are_stopped() {
    let settings = settings::Read { expand_grace_bytes: 1 << 20, max_page_bytes: 1 << 20, ..settings::Read::default() };
    let zeros = vec![b'0'; 8 << 20];
    for (ending, compress) in COMPRESSIONS {
        let (pages, faults) = read(&Sources::in_memory([(format!("a.txt.{ending}"), compress(&zeros))]), &settings);
        assert!(pages.is_empty(), "{ending}");
        let last = faults.last().unwrap();
        assert_eq!(last.kind, ErrorKind::Limit, "{ending}");
        assert!(last.message.starts_with("becomes more than 200 times"), "{ending}: {}", last.message);
    }
    let (_, faults) = read(&Sources::in_memory([("a.zip", zip_of(&[("a.txt", &zeros), ("b.txt", b"b")]))]), &settings);
    assert_eq!(faults.last().unwrap().kind, ErrorKind::Limit);
    let mut nested = b"text".to_vec();
    for _ in 0..8 {
        nested = gzip(&nested);
    }
    check("a.gz", &nested, &[], &["a.gz: more than 5 archives and compressions inside each other"]);
}

#[test]
fn a_line_that_is_too_long_is_set_aside_alone() {
    let settings = settings::Read { max_page_bytes: 1000, chunk_bytes: 100, ..settings::Read::default() };
    let long = "x".repeat(5000);
    let lines = format!(
        "{{\"text\": \"a\"}}\n{{\"text\": \"{long}\"}}\n{{\"text\": \"b\"}}\n{{\"text\": \"{}\"}}\n",
        "y".repeat(900)
    );
    let (pages, faults) = read(&Sources::in_memory([("a.jsonl", lines)]), &settings);
    let ids: Vec<_> = pages.iter().map(|p| p.head.id.as_str()).collect();
    assert_eq!(ids, ["a.jsonl:1", "a.jsonl:3", "a.jsonl:4"]);
    assert_eq!(faults.len(), 1);
    assert_eq!((faults[0].line, faults[0].offset), (Some(2), Some(14)));
    assert_eq!(faults[0].to_string(), "a.jsonl:2: a line of more than 1000 bytes");
}

#[test]
fn encodings_are_read_and_noted() {
    let text = "市总工会开展金秋助学活动,资助困难职工子女。";
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let gb = encoding_rs::GB18030.encode(text).0;
    let big5 = encoding_rs::BIG5.encode("市總工會開展助學活動,資助困難職工子女。").0;
    for (name, bytes, encoding) in [
        ("UTF-8", text.as_bytes(), None),
        ("UTF-16", &utf16, Some("UTF-16LE")),
        ("GB", &gb, Some("gb18030")),
        ("Big5", &big5, Some("Big5")),
    ] {
        let (pages, faults) = read_bytes(name, bytes);
        assert!(faults.is_empty(), "{name}");
        assert_eq!(pages[0].text.chars().next(), Some('市'));
        assert_eq!(pages[0].head.meta.get("encoding").and_then(|e| e.as_str()), encoding, "{name}");
        assert_eq!(pages[0].head.meta.contains_key("encoding_confidence"), encoding.is_some(), "{name}");
    }
    let lines: Vec<_> = (0..3).map(|n| format!("{{\"id\": \"{n}\", \"text\": \"{text}\"}}\r\n")).collect();
    let lines = lines.concat();
    for bytes in
        [lines.encode_utf16().flat_map(u16::to_be_bytes).collect(), encoding_rs::GB18030.encode(&lines).0.into_owned()]
    {
        let (pages, faults) = read_bytes("a.jsonl", &bytes);
        assert!(faults.is_empty());
        assert!(pages.len() == 3 && pages.iter().all(|p| p.text == text && p.head.meta.contains_key("encoding")));
    }
}

#[test]
fn bytes_that_are_no_text_are_replaced_and_told() {
    let mut bytes = "第一行\n第二行".as_bytes().to_vec();
    bytes.splice(10..10, *b"\xff\xfe");
    let (pages, faults) = read_bytes("a.md", &bytes);
    assert_eq!(pages[0].text, "第一行\n\u{fffd}\u{fffd}第二行");
    assert_eq!(pages[0].head.meta["replaced_bytes"], 2);
    assert!(faults[0].kept);
    assert_eq!((faults[0].line, faults[0].offset), (Some(2), Some(10)));
    assert_eq!(faults[0].to_string(), "a.md:2: not UTF-8 throughout: 2 places stand as U+FFFD");
}

#[test]
fn other_files_are_told_from_pages() {
    check("a.md", b"\x89PNG\r\n\x1a\n", &[], &["a.md: not a page: a PNG image"]);
    let noise: Vec<u8> = (0..5000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    check("a.md", &noise, &[], &["a.md: not a page: binary data"]);
}

#[test]
fn warc_records_give_their_documents() {
    let record = |kind: &str, media: &str, body: &[u8]| {
        let head = format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: http://news.example/1\r\nContent-Type: {media}\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        [head.as_bytes(), body, b"\r\n\r\n"].concat()
    };
    let http = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=gbk\r\n\r\n".to_vec();
    let gb = encoding_rs::GB18030.encode("工会").0.into_owned();
    let not_found = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\n\r\nno".to_vec();
    let records = [
        record("warcinfo", "application/warc-fields", b"software: x"),
        record("response", "application/http; msgtype=response", &[http, gb].concat()),
        record("response", "application/http; msgtype=response", &not_found),
        record("conversion", "text/plain", "职工".as_bytes()),
    ];
    let want = [("a.warc#1", "工会"), ("a.warc#2", "职工")];
    check("a.warc", &records.concat(), &want, &[]);
    let (pages, _) = read_bytes("a.warc", &records.concat());
    assert_eq!(pages[0].head.meta["url"], "http://news.example/1");
    let zipped: Vec<u8> = records.iter().flat_map(|r| gzip(r)).collect();
    check("a.warc.gz", &zipped, &[("a.warc.gz#1", "工会"), ("a.warc.gz#2", "职工")], &[]);
    let torn = [&records[1][..], b"WARC/1.0\r\nWARC-Type: response\r\n\r\nlost\r\n", &records[3]].concat();
    check(
        "a.warc",
        &torn,
        &want,
        &["a.warc: not a WARC record: no Content-Length", "a.warc: lines that belong to no WARC record"],
    );
    let whole = records.concat();
    let (pages, faults) = read_bytes("a.warc", &whole[..whole.len() - 6]);
    assert_eq!((pages.len(), faults.len()), (1, 1));
}

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    dir
}

/// The ids that the inputs lead to, and the faults without the folder's own name.
fn discovered(at: &Path, inputs: &[&str]) -> (Vec<String>, Vec<String>) {
    let inputs: Vec<PathBuf> = inputs.iter().map(|i| at.join(i)).collect();
    let (sources, faults) = Sources::discover(&inputs, &settings::Read::default());
    let faults = faults.iter().map(|f| f.to_string().replace(&format!("{}/", at.display()), "")).collect();
    (sources.list().iter().map(|s| s.id.to_string()).collect(), faults)
}

#[test]
fn inputs_are_files_folders_and_globs_in_any_order() {
    let dir = folder(&[
        ("x/b.md", "b"),
        ("x/a/c.md", "c"),
        ("x/a.md", "a"),
        ("x/.hidden", "h"),
        ("y/a.md", "d"),
        ("y/z.txt", "e"),
    ]);
    let at = dir.path();
    let all = ["a.md", "a/c.md", "b.md", "a.md", "z.txt"];
    assert_eq!(discovered(at, &["x", "y"]).0, all);
    assert_eq!(discovered(at, &["y", "x", "x/a", "x/b.md"]).0, all);
    assert_eq!(discovered(at, &["x/*.md"]).0, ["a.md", "b.md"]);
    assert_eq!(discovered(at, &["*/a.md"]).0, ["x/a.md", "y/a.md"]);
    assert_eq!(discovered(at, &["**/*.md"]).0, ["x/a.md", "x/a/c.md", "x/b.md", "y/a.md"]);
    let (sources, _) = Sources::discover(&[at.join("x"), at.join("y")], &settings::Read::default());
    let (pages, _) = read(&sources, &settings::Read::default());
    let ids: Vec<_> = pages.iter().map(|p| p.head.id.as_str()).collect();
    assert_eq!(ids, ["a.md", "a/c.md", "b.md", "a.md~2", "z.txt"]);
}

#[test]
fn inputs_that_name_nothing_are_told() {
    let dir = folder(&[("x/a.md", "a")]);
    fs::create_dir(dir.path().join("empty")).unwrap();
    assert_eq!(discovered(dir.path(), &["missing.md"]).1, ["missing.md: no such file or folder"]);
    assert_eq!(discovered(dir.path(), &["empty"]).1, ["empty: no files in this folder"]);
    assert_eq!(discovered(dir.path(), &["x/*.txt"]).1, ["x/*.txt: no file matches this pattern"]);
    assert_eq!(discovered(dir.path(), &["x/[.txt"]).1.len(), 1);
}

#[cfg(unix)]
#[test]
fn links_are_followed_once_and_what_is_no_file_is_refused() {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;
    let dir = folder(&[("x/a.md", "a"), ("x/sub/b.md", "b")]);
    let at = dir.path();
    symlink(at.join("x"), at.join("x/sub/loop")).unwrap();
    symlink(at.join("x/a.md"), at.join("x/z.md")).unwrap();
    symlink(at.join("x/self"), at.join("x/self")).unwrap();
    symlink("nowhere", at.join("x/dangling")).unwrap();
    let _socket = UnixListener::bind(at.join("x/socket")).unwrap();
    let (ids, faults) = discovered(at, &["x"]);
    assert_eq!(ids, ["a.md", "sub/b.md"]);
    assert_eq!(faults.len(), 3, "{faults:?}");
    assert_eq!(faults[0], "x/dangling: a link to something that is not there");
    assert!(faults[1].starts_with("x/self: cannot open"));
    assert_eq!(faults[2], "x/socket: not a file (a pipe, socket or device)");
    assert_eq!(discovered(Path::new("/"), &["dev/null"]).1, ["/dev/null: not a file (a pipe, socket or device)"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_may_be_any_bytes() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join(OsStr::from_bytes(b"\xb9\xa4\xbb\xe1.md")), "a").unwrap();
    fs::write(dir.path().join("two\nlines.md"), "b").unwrap();
    let (sources, faults) = Sources::discover(&[dir.path().into()], &settings::Read::default());
    assert!(faults.is_empty());
    assert_eq!(read(&sources, &settings::Read::default()).0.len(), 2);
}

/// Every document of `fixtures/inputs/html` with the text that it gives, in each encoding that sites have.
#[test]
fn html_documents_give_headline_credit_and_paragraphs() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/inputs/html");
    let mut seen = 0;
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    for path in paths.iter().filter(|p| p.extension().is_some_and(|e| e == "html")) {
        seen += 1;
        let html = fs::read_to_string(path).unwrap();
        let want = fs::read_to_string(path.with_extension("md")).unwrap();
        let utf16: Vec<u8> = html.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let gb = encoding_rs::GBK.encode(&html.replace("utf-8", "gb2312")).0.into_owned();
        for bytes in [html.into_bytes(), gb, utf16] {
            let (pages, faults) = read_bytes("page", &bytes);
            assert!(faults.is_empty(), "{}: {faults:?}", path.display());
            assert_eq!(pages[0].text, want.trim_end(), "{}", path.display());
        }
    }
    assert!(seen > 3);
}

/// What tells an encoding may stand behind any length of scripts, styles or marks in ASCII.
#[test]
fn an_encoding_is_found_behind_a_long_beginning_of_ascii() {
    let paragraph =
        "兰溪市总工会昨日把防暑用品送到建筑工地，慰问三百二十六名一线职工，并请医生到宿舍门口为大家量血压。";
    let gbk = |text: &str| encoding_rs::GBK.encode(text).0.into_owned();
    for length in [30, 63, 64, 70, 200] {
        // Its end lies a few bytes before and behind what is looked at first.
        let style = "p { margin: 0 }\n".repeat(length * 64) + &" ".repeat(if length == 63 { 900 } else { 0 });
        let body = format!("</style></head><body><h1>送清凉</h1><p>{paragraph}</p><p>{paragraph}</p></body></html>");
        for meta in ["<meta charset=gb2312>", ""] {
            let html = [format!("<html><head>{meta}<style>{style}").into_bytes(), gbk(&body)].concat();
            let http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=gbk\r\n\r\n".to_vec();
            let warc = format!(
                "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n",
                http.len() + html.len()
            );
            for (name, bytes) in
                [("a.html", html.clone()), ("a.warc", [warc.into_bytes(), http, html, b"\r\n\r\n".to_vec()].concat())]
            {
                let (pages, faults) = read_bytes(name, &bytes);
                assert!(faults.is_empty() && pages.len() == 1, "{name}: {faults:?}");
                assert!(pages[0].text.contains(paragraph), "{name} of {length} KiB: {}", pages[0].text);
                assert_eq!(pages[0].head.meta["encoding"], "gb18030");
            }
        }
        for rest in 0..8 {
            let whole = format!("{}{paragraph}", "0123456\n".repeat(length * 128).split_at(length * 1024 - rest).0);
            for bytes in [gbk(&whole), whole.clone().into_bytes()] {
                check("a.txt", &bytes, &[("a.txt", &whole)], &[]);
            }
        }
    }
    // A charset that is declared decides where the bytes leave it open.
    let style = "p { margin: 0 }\n".repeat(5000);
    let text = "<p>Union news of the week, \u{300a}A\u{300b}, and more of it in the next number.</p>".repeat(3);
    let html = format!("<html><head><meta charset=\"gb2312\"><style>{style}</style></head><body>{text}</body></html>");
    let (pages, _) = read_bytes("a.html", &gbk(&html));
    assert!(pages[0].text.contains("《A》"), "{}", pages[0].text);
}

#[test]
fn html_documents_say_where_they_were_printed() {
    let of = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/inputs/html").join(name);
        let head = read_bytes(name, &fs::read(path).unwrap()).0.remove(0).head;
        [head.publication, head.date, head.number, head.section].map(Option::unwrap_or_default)
    };
    assert_eq!(of("edition_with_comments.html"), ["海宁工人报", "2023-07-19", "02", "基层"]);
    assert_eq!(of("edition_with_headings.html"), ["桐乡职工报", "2022-04-26", "03", "文化"]);
    assert_eq!(of("several_stories.html"), ["德清工人报", "", "", ""]);
    assert_eq!(of("site_with_frame.html"), ["", "2021-09-02", "", ""]);
}

#[test]
fn html_that_harms_is_set_aside() {
    let deep = format!("<html><body>{}工会", "<div>".repeat(1_000_000));
    check("a.html", deep.as_bytes(), &[], &["a.html: elements more than 512 deep"]);
    check("a.html", b"<html><body><ul><li><a href=x>more</a></ul></body>", &[], &["a.html: no text in this document"]);
    let long = format!("<html>{}", " ".repeat(17 << 20));
    check("a.html", long.as_bytes(), &[], &["a.html: a document of more than 16777216 bytes"]);
    let attributes = format!("<html><body><p {}>工会昨日送清凉，慰问职工三百人。</p>", "a b=c ".repeat(100_000));
    assert_eq!(read_bytes("a.html", attributes.as_bytes()).0.len(), 1);
}

/// A Parquet file of two pages, a row group each.
#[cfg(feature = "parquet")]
fn parquet_of(texts: &[Option<&str>]) -> Vec<u8> {
    use std::sync::Arc;

    use arrow_array::{ArrayRef, Date32Array, Int64Array, RecordBatch, StringArray};

    let n = texts.len();
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("id", Arc::new(Int64Array::from_iter_values(0..n as i64))),
        ("text", Arc::new(StringArray::from(texts.to_vec()))),
        ("date", Arc::new(Date32Array::from(vec![17764; n]))),
        ("words", Arc::new(Int64Array::from_iter_values(10..10 + n as i64))),
    ];
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let properties =
        parquet::file::properties::WriterProperties::builder().set_max_row_group_row_count(Some(1)).build();
    let mut writer = parquet::arrow::ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.into_inner().unwrap()
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_is_one_page_a_row() {
    let bytes = parquet_of(&[Some("工会"), None, Some("职工")]);
    check("a.parquet", &bytes, &[("0", "工会"), ("2", "职工")], &["a.parquet:2: no text in the column \"text\""]);
    let (pages, _) = read_bytes("a.parquet", &bytes);
    assert_eq!(pages[0].head.date.as_deref(), Some("2018-08-21"));
    assert_eq!(pages[0].head.meta["words"], 10);
    check(
        "a.parquet.gz",
        &gzip(&bytes),
        &[("0", "工会"), ("2", "职工")],
        &["a.parquet.gz:2: no text in the column \"text\""],
    );
    let settings = settings::Read { text_field: "body".into(), ..settings::Read::default() };
    let (_, faults) = read(&Sources::in_memory([("a.parquet", bytes.clone())]), &settings);
    assert_eq!(faults[0].to_string(), "a.parquet: no column \"body\"");
    assert_eq!(faults[0].hint.as_deref(), Some("name the column that holds the text; there are id, text, date, words"));
    for cut in [4, 100, bytes.len() / 2, bytes.len() - 1] {
        let (pages, faults) = read_bytes("a.parquet", &bytes[..cut]);
        assert!(pages.is_empty() && faults.len() == 1, "{cut}");
    }
}

mod properties {
    use proptest::prelude::*;

    use super::*;

    /// Bytes that look like inputs: pieces of formats, joined in any way.
    fn bytes() -> impl Strategy<Value = Vec<u8>> {
        let pieces: Vec<Vec<u8>> = vec![
            LINES.as_bytes().to_vec(),
            "第一版\n\n工会\x0c第二版".as_bytes().to_vec(),
            b"<html><body><h1>a</h1><p>b <b>c<table><tr><td>d".to_vec(),
            b"[{\"text\": \"a\"},".to_vec(),
            b"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n"
                .to_vec(),
            gzip(LINES.as_bytes()),
            zstd(LINES.as_bytes()),
            xz(LINES.as_bytes()),
            bzip2(LINES.as_bytes()),
            tar_of(&[("a.md", b"one"), ("b.jsonl", LINES.as_bytes())]),
            zip_of(&[("a.md", b"one"), ("b.jsonl", LINES.as_bytes())]),
            encoding_rs::GB18030.encode("本报讯 记者昨日获悉").0.into_owned(),
            b"\xff\xfe\x2d\x4e\x87\x65".to_vec(),
        ];
        let piece =
            prop_oneof![3 => proptest::sample::select(pieces), 1 => proptest::collection::vec(any::<u8>(), 0..60)];
        let damage = proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 0..4);
        (proptest::collection::vec(piece, 0..4), damage).prop_map(|(pieces, damage)| {
            let mut bytes = pieces.concat();
            for (at, byte) in damage {
                if !bytes.is_empty() {
                    let at = at.index(bytes.len());
                    bytes[at] = byte;
                }
            }
            bytes
        })
    }

    fn name() -> impl Strategy<Value = &'static str> {
        proptest::sample::select(vec!["a.jsonl", "a.md", "a.html", "a.gz", "a.warc", "a"])
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        #[test]
        fn no_bytes_panic_and_no_chunk_size_matters(bytes in bytes(), name in name(), size in 1usize..200) {
            let sources = Sources::in_memory([(name, bytes.clone()), ("z.md", b"end".to_vec())]);
            let whole = read(&sources, &settings::Read::default());
            let small = settings::Read { chunk_bytes: size, ..settings::Read::default() };
            prop_assert_eq!(&read(&sources, &small), &whole);
            prop_assert!(whole.0.last().is_some_and(|p| p.text == "end"));
        }

        #[test]
        fn a_resume_reads_the_rest(bytes in bytes(), name in name(), size in 1usize..200) {
            let sources = Sources::in_memory([(name, bytes), ("z.md", b"end".to_vec())]);
            let settings = settings::Read { chunk_bytes: size, ..settings::Read::default() };
            let chunks: Vec<_> = sources.chunks(&settings, Place::default()).collect();
            prop_assert_eq!(chunks.iter().map(|c| c.input_bytes).sum::<u64>(), sources.bytes());
            let places: Vec<_> = chunks.iter().map(|c| (c.place, c.next)).collect();
            for (n, (place, _)) in places.iter().enumerate().take(8) {
                let rest: Vec<_> = sources.chunks(&settings, *place).map(|c| (c.place, c.next)).collect();
                prop_assert_eq!(&rest[..], &places[n..]);
            }
        }
    }
}
