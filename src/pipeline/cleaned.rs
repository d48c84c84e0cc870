//! One page → what `dedup` writes of it.
//!
//! In: the record that the page came in, and what was decided of its paragraphs. Out: its record with its text cleaned or
//! tagged, and a line for each repeat. Lines go out one by one, so that a page of a million repeats takes no more memory
//! than its text. A record of which nothing is left out is written as it came, and not looked at any further.
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

/// The field of the tags, and the one that is taken where the record has another use for it.
const FIELDS: [&str; 2] = ["repeats", "jianbao_repeats"];

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

/// Writes a page, which is number `number` of the archive, to `files`: what `form` says first, then repeats.
pub(super) fn page<W: Write>(
    record: &Verbatim<'_>,
    decided: &dedup::Resolved,
    number: usize,
    form: Form,
    files: &mut [W],
    tally: &mut Tally,
) -> io::Result<()> {
    let [pages, others @ ..] = files else { return Ok(()) };
    if decided.n_repeats(number) == 0 && form != Form::Tagged {
        return if form == Form::Clean { as_it_came(record, pages) } else { Ok(()) };
    }
    let text = &*record.text;
    let paragraphs = paragraph::paragraphs(text);
    let mut left_out = vec![false; paragraphs.len()];
    let closing = if form == Form::Tagged { Some(open_tags(record, pages)?) } else { None };
    let mut n_tags = 0_usize;
    for (place, at, repeat) in decided.repeats(number) {
        let Some((paragraph, left_out)) =
            paragraphs.get(place.block as usize).zip(left_out.get_mut(place.block as usize))
        else {
            continue;
        };
        *left_out = !repeat.kept;
        let said: String = paragraph.spans.iter().map(|s| s.of(text)).collect();
        let line = RepeatRecord::new(at, &said, &repeat);
        tally.repeat(&line);
        // A variant is no member of the cluster that it is linked to.
        let is_member = repeat.kind != RepeatKind::Variant;
        match form {
            Form::Clusters if is_member => {
                write_line(pages, &ClusterLine { block: &line.block, cluster: &line.cluster })?;
            }
            Form::Tagged if is_member => {
                pages.write_all(if n_tags == 0 { b"" } else { b"," })?;
                n_tags += 1;
                let RepeatRecord { block, spans, kind, of, similarity, cluster, .. } = &line;
                let (kind, similarity) = (*kind, *similarity);
                serde_json::to_writer(&mut *pages, &Tag { block, spans, kind, of, similarity, cluster })?;
            }
            _ => {}
        }
        if form != Form::Clusters
            && let [repeats, ..] = others
        {
            write_line(repeats, &line)?;
        }
    }
    match (form, closing) {
        (Form::Clean, _) if left_out.contains(&true) => {
            pages.write_all(record.before.as_bytes())?;
            let rest = paragraph::without(text, &paragraphs, |n| left_out[n]);
            // Of a page that is left out whole, the line breaks between its paragraphs are no text.
            let rest = if rest.trim().is_empty() { "" } else { &*rest };
            serde_json::to_writer(&mut *pages, rest)?;
            pages.write_all(record.after.as_bytes())?;
            pages.write_all(b"\n")
        }
        (Form::Clean, _) => as_it_came(record, pages),
        (_, Some(closing)) => writeln!(pages, "]}}{closing}"),
        _ => Ok(()),
    }
}

/// Writes a record as it came.
pub(super) fn as_it_came(record: &Verbatim<'_>, out: &mut impl Write) -> io::Result<()> {
    for part in [&record.before, &record.value, &record.after] {
        out.write_all(part.as_bytes())?;
    }
    out.write_all(b"\n")
}

/// Writes a record up to the first tag; what stands behind the object's brace.
fn open_tags<'r>(record: &'r Verbatim<'_>, out: &mut impl Write) -> io::Result<&'r str> {
    let (after, behind) = record.after.rsplit_once('}').unwrap_or((&record.after, ""));
    let mut field = FIELDS[0];
    let old = [&*record.before, after].iter().any(|part| part.contains("\"repeats\""));
    let whole = if old { format!("{}{}{}", record.before, record.value, record.after) } else { String::new() };
    match serde_json::from_str::<Fields<'_>>(&whole) {
        Ok(Fields(fields)) if fields.iter().any(|(key, _)| key == FIELDS[0]) => {
            let ours = |key: &str, value: &RawValue| FIELDS.contains(&key) && is_list_of_tags(value);
            if fields.iter().any(|(key, value)| key == FIELDS[0] && !ours(key, value)) {
                field = FIELDS[1];
            }
            // The other fields stay as they were written, with the blanks around them.
            let mut from = whole.find('{').map_or(0, |at| at + 1);
            out.write_all(&whole.as_bytes()[..from])?;
            let mut first = true;
            for (key, value) in &fields {
                let end = value.get().as_ptr() as usize - whole.as_ptr() as usize + value.get().len();
                let written = &whole[std::mem::replace(&mut from, end)..end];
                if !ours(key, value) {
                    // The comma before a field goes with those before it.
                    let alone = written.trim_start().strip_prefix(',').unwrap_or(written);
                    out.write_all(if first { alone } else { written }.as_bytes())?;
                    first = false;
                }
            }
            write!(out, "{}\"{field}\": [", if first { "" } else { ", " })?;
        }
        _ => {
            out.write_all(record.before.as_bytes())?;
            out.write_all(record.value.as_bytes())?;
            write!(out, "{after}, \"{field}\": [")?;
        }
    }
    Ok(behind)
}

/// Writes a record as a line of JSON.
pub(super) fn write_line(out: &mut impl Write, record: &impl Serialize) -> io::Result<()> {
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
