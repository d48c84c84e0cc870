//! Records → Parquet with a fixed schema.
//!
//! Every column stands in every file with its one type, also where nothing is in it, so that files of different archives
//! can be read as one table. Lists (blocks, facts, entities …) are nested. Spans are `{start, end}`; an object that the
//! lines have as null (`dateline`, `continues_on`, a block's `repeat`) is null. A fact's `value`, `low` and `high` are
//! numbers; those of a date, which are EDTF, stand in `value_date`, `low_date` and `high_date`. `page.meta` is JSON text.

use std::borrow::Cow;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, Float32Array, Float64Array, ListArray, RecordBatch, StringArray, StructArray, UInt32Array,
    UInt64Array,
};
use arrow_schema::{Field, Fields, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::ParquetMetaDataReader;
use parquet::file::properties::WriterProperties;

use crate::error::{Error, ErrorKind, Result};
use crate::record::{
    ActivityRecord, ArticleRecord, BlockRecord, BylineRecord, Continuation, Edge, EntityRecord, FactRecord,
    RepeatRecord, Value,
};
use crate::write::reopen::lines;

/// Rows that are put into columns at once.
const BATCH: usize = 2048;
/// Rows of a row group: what a reader skips or reads as a whole, some 50 MB of articles.
const ROW_GROUP: usize = 32 * 1024;

/// Writes the articles of a file of JSON lines to `to`. The answer is their number.
pub fn articles(from: &Path, to: impl Write + Send) -> Result<u64> {
    convert(from, to, &|texts| {
        let records: Vec<ArticleRecord<'_>> = texts.iter().map(|t| parse(from, t)).collect::<Result<_>>()?;
        Ok(table(article_columns(&records)))
    })
}

/// Writes the repeats of a file of JSON lines to `to`. The answer is their number.
pub fn repeats(from: &Path, to: impl Write + Send) -> Result<u64> {
    convert(from, to, &|texts| {
        let records: Vec<RepeatRecord<'_>> = texts.iter().map(|t| parse(from, t)).collect::<Result<_>>()?;
        Ok(table(repeat_columns(&records)))
    })
}

fn parse<'t, T: serde::Deserialize<'t>>(path: &Path, text: &'t str) -> Result<T> {
    let mut json = serde_json::Deserializer::from_str(text);
    T::deserialize(&mut json).map_err(|e| Error::new(ErrorKind::Record, "not a record of ours").at(path).because(e))
}

fn convert(from: &Path, to: impl Write + Send, batch_of: &dyn Fn(&[String]) -> Result<RecordBatch>) -> Result<u64> {
    let fail =
        |e: parquet::errors::ParquetError| Error::new(ErrorKind::Write, "cannot write Parquet").at(from).because(e);
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(3).map_err(fail)?))
        .set_max_row_group_row_count(Some(ROW_GROUP))
        .set_created_by(concat!("jianbao ", env!("CARGO_PKG_VERSION")).into())
        .build();
    // An empty batch knows the schema.
    let mut writer = ArrowWriter::try_new(to, batch_of(&[])?.schema(), Some(properties)).map_err(fail)?;
    let mut lines = lines(from)?;
    let mut texts = Vec::with_capacity(BATCH);
    let mut n = 0;
    loop {
        let more = lines.next()?;
        let done = more.is_none();
        if let Some((_, line)) = more {
            texts.push(line.to_owned());
        }
        if texts.len() == BATCH || (done && !texts.is_empty()) {
            n += texts.len() as u64;
            writer.write(&batch_of(&texts)?).map_err(fail)?;
            texts.clear();
        }
        if done {
            writer.close().map_err(fail)?;
            return Ok(n);
        }
    }
}

/// The number of rows in a file, as its end says.
pub fn rows(path: &Path) -> Result<u64> {
    let fail = |e: parquet::errors::ParquetError| Error::new(ErrorKind::Read, "not Parquet").at(path).because(e);
    let file = File::open(path).map_err(|e| Error::new(ErrorKind::Read, "cannot read").at(path).because(e))?;
    let metadata = ParquetMetaDataReader::new().parse_and_finish(&file).map_err(fail)?;
    Ok(metadata.row_groups().iter().map(|group| u64::try_from(group.num_rows()).unwrap_or(0)).sum())
}

/// A column with its name and whether it may be null.
struct Column(&'static str, ArrayRef, bool);

fn article_columns(all: &[ArticleRecord<'_>]) -> Vec<Column> {
    let page = |f: fn(&crate::record::PageHead) -> Option<&str>| all.iter().map(move |a| f(&a.page));
    let meta: Vec<String> = all.iter().map(|a| serde_json::to_string(&a.page.meta).unwrap_or_default()).collect();
    let dateline = |f: fn(&crate::record::Dateline) -> Option<&str>| {
        all.iter().map(move |a| a.dateline.as_ref().and_then(f)).collect::<Vec<_>>()
    };
    vec![
        Column("schema", u32s(all.iter().map(|a| a.schema)), false),
        Column("id", texts(all.iter().map(|a| Some(&*a.id))), false),
        Column(
            "page",
            structs(vec![
                Column("id", texts(page(|p| Some(&p.id))), false),
                Column("publication", texts(page(|p| p.publication.as_deref())), true),
                Column("date", texts(page(|p| p.date.as_deref())), true),
                Column("number", texts(page(|p| p.number.as_deref())), true),
                Column("section", texts(page(|p| p.section.as_deref())), true),
                Column("meta", texts(meta.iter().map(|m| Some(&**m))), false),
            ]),
            false,
        ),
        Column("kind", texts(all.iter().map(|a| Some(a.kind.as_str()))), false),
        Column("rubric", texts(all.iter().map(|a| a.rubric.as_deref())), true),
        Column("kicker", texts(all.iter().map(|a| a.kicker.as_deref())), true),
        Column("headline", texts(all.iter().map(|a| a.headline.as_deref())), true),
        Column("deck", texts(all.iter().map(|a| a.deck.as_deref())), true),
        Column(
            "dateline",
            structs_or_null(
                all.iter().map(|a| a.dateline.is_some()),
                vec![
                    Column("text", texts(dateline(|d| Some(&d.text)).into_iter()), true),
                    Column("agency", texts(dateline(|d| d.agency.as_deref()).into_iter()), true),
                    Column("place", texts(dateline(|d| d.place.as_deref()).into_iter()), true),
                    Column("date", texts(dateline(|d| d.date.as_deref()).into_iter()), true),
                ],
            ),
            true,
        ),
        Column("byline", list_of(all, |a| &a.byline, byline_columns), false),
        Column("blocks", list_of(all, |a| &a.blocks, block_columns), false),
        Column("facts", list_of(all, |a| &a.facts, fact_columns), false),
        Column("entities", list_of(all, |a| &a.entities, entity_columns), false),
        Column("activities", list_of(all, |a| &a.activities, activity_columns), false),
        Column(
            "quality",
            structs(vec![
                Column("opens", texts(all.iter().map(|a| Some(edge(a.quality.opens)))), false),
                Column("closes", texts(all.iter().map(|a| Some(edge(a.quality.closes)))), false),
                Column("joins", u64s(all.iter().map(|a| a.quality.joins as u64)), false),
                Column("repeats", u64s(all.iter().map(|a| a.quality.repeats as u64)), false),
                Column("flags", text_lists(all.iter().map(|a| a.quality.flags.iter().map(|f| &**f))), false),
            ]),
            false,
        ),
        Column("reprint_of", texts(all.iter().map(|a| a.reprint_of.as_deref())), true),
        Column("continues_on", continuations(all.iter().map(|a| a.continues_on.as_ref())), true),
        Column("continues_from", continuations(all.iter().map(|a| a.continues_from.as_ref())), true),
    ]
}

/// The other parts of articles that run over two pages, or null.
fn continuations<'a>(all: impl Iterator<Item = Option<&'a Continuation>> + Clone) -> ArrayRef {
    let none: &[Cow<'static, str>] = &[];
    let reasons = |c: Option<&'a Continuation>| c.map_or(none, |c| &*c.reasons).iter().map(|r| &**r);
    structs_or_null(
        all.clone().map(|c| c.is_some()),
        vec![
            Column("article", texts(all.clone().map(|c| c.map(|c| &*c.article))), true),
            Column("score", f32s(all.clone().map(|c| c.map(|c| c.score))), true),
            Column("in_sentence", bools(all.clone().map(|c| c.map(|c| c.in_sentence))), true),
            Column("reasons", text_lists(all.map(reasons)), false),
        ],
    )
}

fn edge(edge: Edge) -> &'static str {
    match edge {
        Edge::Complete => "complete",
        Edge::Cut => "cut",
    }
}

fn byline_columns(all: &[&BylineRecord]) -> Vec<Column> {
    vec![
        Column("name", texts(all.iter().map(|b| Some(&*b.name))), false),
        Column("role", texts(all.iter().map(|b| Some(b.role.as_str()))), false),
        Column("affiliation", texts(all.iter().map(|b| b.affiliation.as_deref())), true),
        Column("block", texts(all.iter().map(|b| Some(&*b.block))), false),
        Column("start", u64s(all.iter().map(|b| b.start as u64)), false),
        Column("end", u64s(all.iter().map(|b| b.end as u64)), false),
        Column("text", texts(all.iter().map(|b| Some(&*b.text))), false),
    ]
}

fn block_columns(all: &[&BlockRecord<'_>]) -> Vec<Column> {
    let spans: Vec<&[usize; 2]> = all.iter().flat_map(|b| &b.spans).collect();
    let joins: Vec<&crate::record::JoinRecord> = all.iter().flat_map(|b| &b.joins).collect();
    let repeat = |f: fn(&crate::record::BlockRepeatRecord) -> &str| all.iter().map(move |b| b.repeat.as_ref().map(f));
    vec![
        Column("id", texts(all.iter().map(|b| Some(&*b.id))), false),
        Column("kind", texts(all.iter().map(|b| Some(b.kind.as_str()))), false),
        Column("text", texts(all.iter().map(|b| Some(&*b.text))), false),
        Column(
            "spans",
            list(
                all.iter().map(|b| b.spans.len()),
                structs(vec![
                    Column("start", u64s(spans.iter().map(|s| s[0] as u64)), false),
                    Column("end", u64s(spans.iter().map(|s| s[1] as u64)), false),
                ]),
            ),
            false,
        ),
        Column(
            "joins",
            list(
                all.iter().map(|b| b.joins.len()),
                structs(vec![
                    Column("left", u64s(joins.iter().map(|j| j.at[0] as u64)), false),
                    Column("right", u64s(joins.iter().map(|j| j.at[1] as u64)), false),
                    Column("score", f32s(joins.iter().map(|j| Some(j.score))), false),
                    Column("reasons", text_lists(joins.iter().map(|j| j.reasons.iter().map(|r| &**r))), false),
                ]),
            ),
            false,
        ),
        Column(
            "repeat",
            structs_or_null(
                all.iter().map(|b| b.repeat.is_some()),
                vec![
                    Column("kind", texts(repeat(|r| r.kind.as_str())), true),
                    Column("of", texts(repeat(|r| &r.of)), true),
                    Column("similarity", f32s(all.iter().map(|b| b.repeat.as_ref().map(|r| r.similarity))), true),
                ],
            ),
            true,
        ),
    ]
}

fn fact_columns(all: &[&FactRecord]) -> Vec<Column> {
    type Bound = fn(&FactRecord) -> &Option<Value>;
    let number = |f: Bound| -> ArrayRef {
        Arc::new(all.iter().map(|x| f(x).as_ref().and_then(Value::as_f64)).collect::<Float64Array>())
    };
    let date = |f: Bound| {
        texts(all.iter().map(move |x| match f(x) {
            Some(Value::Text(date)) => Some(&**date),
            _ => None,
        }))
    };
    let approx: Vec<String> = all.iter().map(|f| word(&f.approx)).collect();
    let measure: Vec<Option<String>> = all.iter().map(|f| f.measure.as_ref().map(word)).collect();
    let role: Vec<Option<String>> = all.iter().map(|f| f.role.as_ref().map(word)).collect();
    vec![
        Column("kind", texts(all.iter().map(|f| Some(f.kind.as_str()))), false),
        Column("text", texts(all.iter().map(|f| Some(&*f.text))), false),
        Column("block", texts(all.iter().map(|f| Some(&*f.block))), false),
        Column("start", u64s(all.iter().map(|f| f.start as u64)), false),
        Column("end", u64s(all.iter().map(|f| f.end as u64)), false),
        Column("value", number(|f| &f.value), true),
        Column("low", number(|f| &f.low), true),
        Column("high", number(|f| &f.high), true),
        Column("value_date", date(|f| &f.value), true),
        Column("low_date", date(|f| &f.low), true),
        Column("high_date", date(|f| &f.high), true),
        Column("approx", texts(approx.iter().map(|a| Some(&**a))), false),
        Column("unit", texts(all.iter().map(|f| f.unit.as_deref())), true),
        Column("per", texts(all.iter().map(|f| f.per.as_deref())), true),
        Column("subject", texts(all.iter().map(|f| f.subject.as_deref())), true),
        Column("holder", texts(all.iter().map(|f| f.holder.as_deref())), true),
        Column("measure", texts(measure.iter().map(Option::as_deref)), true),
        Column("change", texts(all.iter().map(|f| f.change.as_deref())), true),
        Column("resolved", texts(all.iter().map(|f| f.resolved.as_deref())), true),
        Column("role", texts(role.iter().map(Option::as_deref)), true),
        Column("flags", text_lists(all.iter().map(|f| f.flags.iter().map(|f| &**f))), false),
    ]
}

fn entity_columns(all: &[&EntityRecord]) -> Vec<Column> {
    let level: Vec<Option<String>> = all.iter().map(|e| e.level.as_ref().map(word)).collect();
    vec![
        Column("kind", texts(all.iter().map(|e| Some(e.kind.as_str()))), false),
        Column("text", texts(all.iter().map(|e| Some(&*e.text))), false),
        Column("canonical", texts(all.iter().map(|e| e.canonical.as_deref())), true),
        Column("title", texts(all.iter().map(|e| e.title.as_deref())), true),
        Column("organisation", texts(all.iter().map(|e| e.organisation.as_deref())), true),
        Column("level", texts(level.iter().map(Option::as_deref)), true),
        Column("code", texts(all.iter().map(|e| e.code.as_deref())), true),
        Column("path", text_lists(all.iter().map(|e| e.path.iter().map(|p| &**p))), false),
        Column("speaker", texts(all.iter().map(|e| e.speaker.as_deref())), true),
        Column("block", texts(all.iter().map(|e| Some(&*e.block))), false),
        Column("start", u64s(all.iter().map(|e| e.start as u64)), false),
        Column("end", u64s(all.iter().map(|e| e.end as u64)), false),
    ]
}

fn activity_columns(all: &[&ActivityRecord]) -> Vec<Column> {
    let numbers = |f: fn(&ActivityRecord) -> &Vec<u32>| {
        list(all.iter().map(|a| f(a).len()), u32s(all.iter().flat_map(|a| f(a).iter().copied())))
    };
    vec![
        Column("type", texts(all.iter().map(|a| Some(a.kind.as_str()))), false),
        Column("organisation", texts(all.iter().map(|a| a.organisation.as_deref())), true),
        Column("place", texts(all.iter().map(|a| a.place.as_deref())), true),
        Column("date", texts(all.iter().map(|a| a.date.as_deref())), true),
        Column("beneficiaries", numbers(|a| &a.beneficiaries), false),
        Column("amounts", numbers(|a| &a.amounts), false),
        Column("block", texts(all.iter().map(|a| Some(&*a.block))), false),
        Column("start", u64s(all.iter().map(|a| a.start as u64)), false),
        Column("end", u64s(all.iter().map(|a| a.end as u64)), false),
        Column("text", texts(all.iter().map(|a| Some(&*a.text))), false),
    ]
}

fn repeat_columns(all: &[RepeatRecord<'_>]) -> Vec<Column> {
    let spans_of = |f: for<'r, 't> fn(&'r RepeatRecord<'t>) -> &'r Vec<[u32; 2]>| {
        list(
            all.iter().map(|r| f(r).len()),
            structs(vec![
                Column("start", u32s(all.iter().flat_map(|r| f(r).iter().map(|s| s[0]))), false),
                Column("end", u32s(all.iter().flat_map(|r| f(r).iter().map(|s| s[1]))), false),
            ]),
        )
    };
    vec![
        Column("schema", u32s(all.iter().map(|r| r.schema)), false),
        Column("block", texts(all.iter().map(|r| Some(&*r.block))), false),
        Column("page", texts(all.iter().map(|r| Some(&*r.page))), false),
        Column("spans", spans_of(|r| &r.spans), false),
        Column("text", texts(all.iter().map(|r| Some(&*r.text))), false),
        Column("kind", texts(all.iter().map(|r| Some(r.kind.as_str()))), false),
        Column("kept", Arc::new(all.iter().map(|r| Some(r.kept)).collect::<arrow_array::BooleanArray>()), false),
        Column("of", texts(all.iter().map(|r| Some(&*r.of))), false),
        Column("similarity", f32s(all.iter().map(|r| Some(r.similarity))), false),
        Column("distance", u32s(all.iter().map(|r| r.distance)), false),
        Column("reason", texts(all.iter().map(|r| Some(&*r.reason))), false),
        Column("cluster", texts(all.iter().map(|r| Some(&*r.cluster))), false),
        Column(
            "canonical",
            structs(vec![
                Column("block", texts(all.iter().map(|r| Some(&*r.canonical.block))), false),
                Column("page", texts(all.iter().map(|r| Some(&*r.canonical.page))), false),
                Column("spans", spans_of(|r| &r.canonical.spans), false),
            ]),
            false,
        ),
    ]
}

/// The word that a value without fields is written as.
fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

fn texts<'t>(values: impl Iterator<Item = Option<&'t str>>) -> ArrayRef {
    Arc::new(values.collect::<StringArray>())
}

fn u32s(values: impl Iterator<Item = u32>) -> ArrayRef {
    Arc::new(UInt32Array::from_iter_values(values))
}

fn u64s(values: impl Iterator<Item = u64>) -> ArrayRef {
    Arc::new(UInt64Array::from_iter_values(values))
}

fn bools(values: impl Iterator<Item = Option<bool>>) -> ArrayRef {
    Arc::new(values.collect::<BooleanArray>())
}

fn f32s(values: impl Iterator<Item = Option<f32>>) -> ArrayRef {
    Arc::new(values.collect::<Float32Array>())
}

fn text_lists<'t, I: Iterator<Item = &'t str>>(values: impl Iterator<Item = I> + Clone) -> ArrayRef {
    let lengths: Vec<usize> = values.clone().map(Iterator::count).collect();
    list(lengths.into_iter(), texts(values.flatten().map(Some)))
}

fn list_of<'r, A, T>(all: &'r [A], of: fn(&'r A) -> &'r Vec<T>, columns: fn(&[&'r T]) -> Vec<Column>) -> ArrayRef {
    let items: Vec<&T> = all.iter().flat_map(of).collect();
    list(all.iter().map(|a| of(a).len()), structs(columns(&items)))
}

fn list(lengths: impl Iterator<Item = usize>, items: ArrayRef) -> ArrayRef {
    let field = Arc::new(Field::new("item", items.data_type().clone(), false));
    let offsets = arrow_buffer::OffsetBuffer::from_lengths(lengths);
    Arc::new(ListArray::new(field, offsets, items, None))
}

fn structs(columns: Vec<Column>) -> ArrayRef {
    let (fields, arrays) = parted(columns);
    Arc::new(StructArray::new(Fields::from(fields), arrays, None))
}

/// Objects that are null where `is_there` says so; their columns have a value in every row all the same.
fn structs_or_null(is_there: impl Iterator<Item = bool>, columns: Vec<Column>) -> ArrayRef {
    let (fields, arrays) = parted(columns);
    Arc::new(StructArray::new(Fields::from(fields), arrays, Some(is_there.collect())))
}

fn parted(columns: Vec<Column>) -> (Vec<Field>, Vec<ArrayRef>) {
    let columns = columns.into_iter();
    columns.map(|Column(name, array, null)| (Field::new(name, array.data_type().clone(), null), array)).unzip()
}

fn table(columns: Vec<Column>) -> RecordBatch {
    let (fields, arrays) = parted(columns);
    // The columns are made of the same records, so they are of one length.
    RecordBatch::try_new(Arc::new(Schema::new(fields.clone())), arrays)
        .unwrap_or_else(|_| RecordBatch::new_empty(Arc::new(Schema::new(fields))))
}

/// Writes a file of JSON lines as Parquet to the path `to`.
pub fn to_file(kind: &str, from: &Path, to: &Path) -> Result<u64> {
    let fail = |e: std::io::Error| Error::new(ErrorKind::Write, "cannot write").at(to).because(e);
    let file = File::create(to).map_err(fail)?;
    let n = if kind == "repeats" { repeats(from, &file)? } else { articles(from, &file)? };
    file.sync_all().map_err(fail)?;
    Ok(n)
}
