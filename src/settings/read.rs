//! Settings of `read`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Caps and guesses of the reader.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Read {
    /// The field of a JSONL record or column of a Parquet file that holds a page's text.
    pub text_field: String,
    /// The field or column that holds a page's id; a record without it is named after its place.
    pub id_field: String,
    /// A JSON record without the text field is set aside. Off, one that is an article (has `blocks` and `page`) is a page
    /// without text, all of its fields in `meta`: `extract` reads article records so.
    pub need_text: bool,
    /// What pages from standard input are named after, in the place of a path.
    pub stdin_id: String,
    /// Bytes of decompressed input that are handed on at once: what one thread works on, and what a resume does again.
    /// 8 MiB is some 1,500 pages: much more than the cost of handing on, and small beside 64 MiB of lost work a thread.
    pub chunk_bytes: usize,
    /// Longest page, line of JSONL or record, in bytes; a longer one is set aside. A printed page has 5 to 30 kB, and one on
    /// which the reader has looped a million times 190 MB, which take less than 1 GiB of memory.
    pub max_page_bytes: usize,
    /// Longest HTML document in bytes; a longer one is set aside. Digital editions have 20 to 300 kB a page, the tree of a
    /// document is some ten times as large as the document.
    pub max_html_bytes: usize,
    /// Deepest nesting of HTML elements; a deeper document is set aside. Real pages stay under 100; parsers and
    /// extractors that recurse are safe at 512.
    pub max_html_depth: usize,
    /// Most bytes that one byte of compressed input may become, beyond `expand_grace_bytes`: text shrinks 3 to 20 times,
    /// with loops in it 100 times, a bomb 1,000 times and more.
    pub max_expand_ratio: u64,
    /// Bytes that any compressed input may become whatever its ratio: small files of one repeated letter are no attack.
    pub expand_grace_bytes: u64,
    /// Most bytes that one compressed input may become at all, 256 GiB: years of a newspaper have 10.
    pub max_expanded_bytes: u64,
    /// Archives and compressions inside each other, e.g. 4 for a `.gz` in a `.tar.gz` in a `.zip`.
    pub max_nesting: usize,
    /// Bytes from the start of a file that decide its format and its encoding. Above 64 KiB the guess gets no better and the
    /// detector, at 14 MB/s, begins to be felt.
    pub sniff_bytes: usize,
    /// Follow symbolic links inside of folders (those on the command line always are). A folder is entered once, by
    /// whatever name, so loops end.
    pub follow_links: bool,
    /// Read files and folders inside of folders whose name begins with a dot.
    pub hidden: bool,
}

impl Default for Read {
    fn default() -> Self {
        Self {
            text_field: "text".into(),
            id_field: "id".into(),
            need_text: true,
            stdin_id: "stdin".into(),
            chunk_bytes: 8 << 20,
            max_page_bytes: 192 << 20,
            max_html_bytes: 16 << 20,
            max_html_depth: 512,
            max_expand_ratio: 200,
            expand_grace_bytes: 64 << 20,
            max_expanded_bytes: 256 << 30,
            max_nesting: 5,
            sniff_bytes: 64 << 10,
            follow_links: true,
            hidden: false,
        }
    }
}
