//! `jianbao schema`: the contract as JSON Schema.

use clap::ValueEnum;
use schemars::JsonSchema;
use serde_json::Value;

use crate::Settings;
use crate::cli::{Exit, message};
use crate::error::Result;
use crate::record::{ArticleRecord, RepeatRecord, Report};

const EXAMPLES: &str = "\
Examples:
  What a line of articles.jsonl holds:
  $ jianbao schema article

  Every record, in one document:
  $ jianbao schema > jianbao.schema.json";

/// Prints what is written as JSON Schema
///
/// Without RECORD, one document that describes every record. Offsets are Unicode scalar values, half-open.
#[derive(clap::Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Args {
    /// The record to describe
    #[arg(value_enum, value_name = "RECORD")]
    record: Option<Record>,
}

/// A record that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Record {
    /// A line of articles.jsonl
    Article,
    /// A line of repeats.jsonl
    Repeat,
    /// report.json
    Report,
    /// A settings file
    Settings,
}

pub(super) fn run(args: &Args) -> Result<Exit> {
    let schema = match args.record {
        Some(record) => schema(record),
        None => all(),
    };
    let text = serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n";
    message::print(&text)?;
    Ok(Exit::Done)
}

fn schema(record: Record) -> Value {
    match record {
        Record::Article => of::<ArticleRecord<'_>>("article"),
        Record::Repeat => of::<RepeatRecord<'_>>("repeat"),
        Record::Report => of::<Report>("report"),
        Record::Settings => of::<Settings>("settings"),
    }
}

fn of<T: JsonSchema>(name: &str) -> Value {
    // What is written is described, so that a key that always stands is required.
    let generator = schemars::generate::SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut schema = generator.into_root_schema_for::<T>();
    schema.insert("$id".into(), format!("jianbao:{name}:{}", crate::record::SCHEMA).into());
    schema.to_value()
}

fn all() -> Value {
    let records: serde_json::Map<String, Value> = Record::value_variants()
        .iter()
        .filter_map(|r| Some((r.to_possible_value()?.get_name().to_owned(), schema(*r))))
        .collect();
    serde_json::json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": format!("jianbao:all:{}", crate::record::SCHEMA),
        "anyOf": records.values().map(|r| serde_json::json!({ "$ref": r["$id"] })).collect::<Vec<_>>(),
        "$defs": records,
    })
}
