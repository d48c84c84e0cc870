//! One page → what `dedup` writes of it.
//!
//! In: the record that the page came in, and what was decided of its paragraphs. Out: its record with its text cleaned or
//! tagged, and a line for each repeat. Lines go out one by one, so that a page of a million repeats takes no more memory
//! than its text.
//!
//! A tag stands in the field `repeats`. Where a record has such a field that is a list of tags, from an earlier call, the
//! new one takes its place; where it is anything else, it stays, and the tags stand in `jianbao_repeats`.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::dedup::{self, paragraph};
use crate::pipeline::Form;
use crate::read::Verbatim;
use crate::record::{RepeatKind, RepeatRecord, Tally};
use crate::text::ScalarIndex;

/// The field of the tags, and the one that is taken where the record has another use for it.
const FIELDS: [&str; 2] = ["repeats", "jianbao_repeats"];

/// The totals of the pages that were written.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) tally: Tally,
    pub(super) n_pages: u64,
    pub(super) bytes: u64,
    pub(super) characters: u64,
}

/// A block and its cluster, one a line of `clusters.jsonl`.
#[derive(Serialize)]
struct ClusterLine<'a> {
    block: &'a str,
    cluster: &'a str,
}

/// A stretch of a tagged page that repeats another.
#[derive(Serialize)]
struct Tag<'a> {
    block: &'a str,
    spans: &'a [[u32; 2]],
    kind: RepeatKind,
    of: &'a str,
    similarity: f32,
    cluster: &'a str,
}

impl Written {
    /// Writes a page, which is number `number` of the archive, to `files`: what `form` says first, then repeats.
    pub(super) fn page<W: Write>(
        &mut self,
        record: &Verbatim,
        decided: &dedup::Resolved,
        number: usize,
        form: Form,
        files: &mut [W],
    ) -> io::Result<()> {
        let text = &record.text;
        self.n_pages += 1;
        self.bytes += text.len() as u64;
        self.characters += ScalarIndex::new(text).total() as u64;
        let paragraphs = paragraph::paragraphs(text);
        for (place, at, repeat) in decided.repeats(number) {
            let Some(paragraph) = paragraphs.get(place.block as usize) else { continue };
            let said: String = paragraph.spans.iter().map(|s| s.of(text)).collect();
            let line = RepeatRecord::new(at, &said, &repeat);
            self.tally.repeat(&line);
            // A variant is no member of the cluster that it is linked to.
            match (form, &mut *files) {
                (Form::Clusters, [clusters, ..]) if repeat.kind != RepeatKind::Variant => {
                    write_line(clusters, &ClusterLine { block: &line.block, cluster: &line.cluster })?;
                }
                (Form::Clean | Form::Tagged, [_, repeats, ..]) => write_line(repeats, &line)?,
                _ => {}
            }
        }
        match (form, files) {
            (Form::Clean, [pages, ..]) => clean(record, &paragraphs, decided, number, pages),
            (Form::Tagged, [pages, ..]) => tag(record, decided, number, pages),
            _ => Ok(()),
        }
    }
}

fn clean(
    record: &Verbatim,
    paragraphs: &[paragraph::Paragraph],
    decided: &dedup::Resolved,
    number: usize,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut left_out = vec![false; paragraphs.len()];
    for place in decided.left_out(number) {
        if let Some(out) = left_out.get_mut(place.block as usize) {
            *out = true;
        }
    }
    out.write_all(record.before.as_bytes())?;
    if left_out.contains(&true) {
        let cleaned = paragraph::without(&record.text, paragraphs, |n| left_out[n]);
        serde_json::to_writer(&mut *out, &cleaned)?;
    } else {
        out.write_all(record.value.as_bytes())?;
    }
    out.write_all(record.after.as_bytes())?;
    out.write_all(b"\n")
}

fn tag(record: &Verbatim, decided: &dedup::Resolved, number: usize, out: &mut impl Write) -> io::Result<()> {
    let (after, brace) = record.after.rsplit_once('}').unwrap_or((&record.after, ""));
    let mut field = FIELDS[0];
    let old = [record.before.as_str(), after].iter().any(|part| part.contains("\"repeats\""));
    let whole = if old { format!("{}{}{}", record.before, record.value, record.after) } else { String::new() };
    match serde_json::from_str::<Fields<'_>>(&whole) {
        Ok(Fields(fields)) if fields.iter().any(|(key, _)| key == FIELDS[0]) => {
            let ours = |key: &str, value: &RawValue| FIELDS.contains(&key) && is_list_of_tags(value);
            if fields.iter().any(|(key, value)| key == FIELDS[0] && !ours(key, value)) {
                field = FIELDS[1];
            }
            out.write_all(b"{")?;
            for (key, value) in fields.iter().filter(|(key, value)| !ours(key, value)) {
                serde_json::to_writer(&mut *out, key)?;
                write!(out, ": {}, ", value.get())?;
            }
            write!(out, "\"{field}\": ")?;
        }
        _ => {
            out.write_all(record.before.as_bytes())?;
            out.write_all(record.value.as_bytes())?;
            write!(out, "{after}, \"{field}\": ")?;
        }
    }
    let mut before = "[";
    for (_, at, repeat) in decided.repeats(number).filter(|(_, _, r)| r.kind != RepeatKind::Variant) {
        let line = RepeatRecord::new(at, "", &repeat);
        let tag = Tag {
            block: &line.block,
            spans: &line.spans,
            kind: line.kind,
            of: &line.of,
            similarity: line.similarity,
            cluster: &line.cluster,
        };
        out.write_all(before.as_bytes())?;
        serde_json::to_writer(&mut *out, &tag)?;
        before = ",";
    }
    if before == "[" {
        out.write_all(b"[")?;
    }
    writeln!(out, "]}}{brace}")
}

fn write_line(out: &mut impl Write, record: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, record)?;
    out.write_all(b"\n")
}

/// Whether a value is what this module writes as tags.
fn is_list_of_tags(value: &RawValue) -> bool {
    /// A tag, as far as it tells a tag from other things.
    #[derive(Deserialize)]
    #[allow(dead_code, reason = "they only have to be there")]
    struct Tag<'a> {
        #[serde(borrow)]
        block: Cow<'a, str>,
        #[serde(borrow)]
        cluster: Cow<'a, str>,
        spans: Vec<[u32; 2]>,
        kind: RepeatKind,
    }
    serde_json::from_str::<Vec<Tag<'_>>>(value.get()).is_ok()
}

/// The fields of a record, in order, as they were written.
struct Fields<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Fields<'de>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }
        json.deserialize_map(InOrder)
    }
}
