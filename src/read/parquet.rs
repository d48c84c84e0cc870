//! Parquet: a row a page, the text in a column by name; columns that have no place in a page's head are kept in `meta`.
//!
//! Row groups are read in order and in batches of about the size of a chunk, whatever size the writer gave them. What the
//! library panics on (it trusts some of what a file says of itself) is a damaged file.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek as _, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Decimal128Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType, UInt8Type,
    UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{DataType, TimeUnit};
use bytes::Bytes;
use jiff::Timestamp;
use jiff::civil::Date;
use parquet::arrow::arrow_reader::{ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
use parquet::errors::ParquetError;
use parquet::file::reader::{ChunkReader, Length};
use serde_json::{Map, Value};

use super::archive::seekable;
use super::chunk::{Body, Item, Origin, Parsed, Piece};
use super::cut::{Cutter, Flow, Stream};
use super::fault::Fault;
use super::parse::iso_date;
use crate::error::ErrorKind;
use crate::record::Page;
use crate::settings;

/// Most rows of a batch: short rows make no better batches in larger numbers.
const MAX_ROWS: usize = 4096;

/// Deepest nesting of a value that is kept.
const MAX_DEPTH: usize = 16;

/// The file as the library reads it.
struct Source {
    file: File,
    bytes: u64,
}

impl Length for Source {
    fn len(&self) -> u64 {
        self.bytes
    }
}

impl ChunkReader for Source {
    type T = BufReader<Ending<File>>;

    fn get_read(&self, start: u64) -> parquet::errors::Result<Self::T> {
        let mut file = self.file.try_clone()?;
        file.seek(SeekFrom::Start(start))?;
        Ok(BufReader::new(Ending { reader: file, n_ends: 0 }))
    }

    fn get_bytes(&self, start: u64, length: usize) -> parquet::errors::Result<Bytes> {
        // Room for them is made before they are read.
        if start.checked_add(length as u64).is_none_or(|end| end > self.bytes) {
            return Err(ParquetError::EOF(format!("{length} bytes from byte {start} are more than there are")));
        }
        self.file.get_bytes(start, length)
    }
}

/// A reader whose end is an error for who asks again and again. The library skips lists of as many items as a damaged head
/// says, thousands of millions, and goes on asking for each where nothing is left.
struct Ending<R> {
    reader: R,
    n_ends: u32,
}

impl<R: Read> Read for Ending<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        const MOST: u32 = 64;
        let n = self.reader.read(buffer)?;
        if n == 0 && !buffer.is_empty() {
            self.n_ends += 1;
            if self.n_ends > MOST {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(n)
    }
}

impl Cutter<'_> {
    pub(super) fn parquet(&mut self, origin: &Origin, stream: Stream<'_>) -> Flow {
        let file = match seekable(stream) {
            Ok((file, bytes)) => Source { file, bytes },
            Err(fault) => return self.fault(fault(origin)),
        };
        let damaged =
            |what: &str| Fault::new(origin, ErrorKind::Compression, format!("the Parquet file is damaged: {what}"));
        let (chunk_bytes, column) = (self.settings.chunk_bytes as i64, self.settings.text_field.clone());
        let opened = catch_unwind(AssertUnwindSafe(|| {
            // Without what the writer noted for Arrow, strings are strings, not dictionaries.
            let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
            let builder =
                ParquetRecordBatchReaderBuilder::try_new_with_options(file, options).map_err(|e| e.to_string())?;
            let names: Vec<String> = builder.schema().fields().iter().map(|f| f.name().clone()).collect();
            let bytes: i64 = builder.metadata().row_groups().iter().map(|g| g.total_byte_size().max(0)).sum();
            let rows = builder.metadata().file_metadata().num_rows().max(1);
            let batch = (chunk_bytes / (bytes / rows).max(1)).clamp(1, MAX_ROWS as i64) as usize;
            let reader = builder.with_batch_size(batch).build().map_err(|e| e.to_string())?;
            Ok::<_, String>((names, reader))
        }));
        let (names, mut reader) = match opened {
            Ok(Ok(opened)) => opened,
            Ok(Err(e)) => return self.fault(damaged(&e)),
            Err(_) => return self.fault(damaged("its description makes no sense")),
        };
        if !names.contains(&column) {
            let fault = Fault::new(origin, ErrorKind::Record, format!("no column {column:?}"));
            let names: Vec<_> = names.iter().take(20).map(String::as_str).collect();
            return self
                .fault(fault.hint(format!("name the column that holds the text; there are {}", names.join(", "))));
        }
        let shared = Arc::new(origin.clone());
        let mut before = 0;
        loop {
            let batch = match catch_unwind(AssertUnwindSafe(|| reader.next())) {
                Ok(Some(Ok(batch))) => batch,
                Ok(None) => break,
                Ok(Some(Err(e))) => return self.fault(damaged(&e.to_string())),
                Err(_) => return self.fault(damaged("a page of it makes no sense")),
            };
            let rows = batch.num_rows() as u64;
            let body = Body::Rows(batch);
            let origin = Arc::clone(&shared);
            self.item(Item::Piece(Piece { origin, offset: 0, before, lines: before, cut: false, body }))?;
            before += rows;
        }
        if before == 0 {
            return self.fault(Fault::new(origin, ErrorKind::Record, "the file is empty"));
        }
        Flow::Continue(())
    }
}

/// Makes pages of rows; `before` rows stand before them in the file.
pub(super) fn pages(origin: &Origin, batch: &RecordBatch, before: u64, settings: &settings::Read, out: &mut Parsed) {
    let schema = batch.schema();
    for row in 0..batch.num_rows() {
        let number = before + row as u64 + 1;
        let mut page = Page::new(format!("{}#{number}", origin.id), String::new());
        page.head.meta.clone_from(&origin.meta);
        let mut text = None;
        for (field, array) in schema.fields().iter().zip(batch.columns()) {
            let name = field.name().as_str();
            if name == settings.text_field {
                text = string(array, row);
                continue;
            }
            let value = value(array, row, 0);
            let slot = match name {
                "date" => &mut page.head.date,
                "publication" => &mut page.head.publication,
                "number" => &mut page.head.number,
                "section" => &mut page.head.section,
                _ if name == settings.id_field => {
                    if let Some(id) = scalar(&value).filter(|id| !id.is_empty()) {
                        page.head.id = id;
                    }
                    continue;
                }
                _ => {
                    page.head.meta.insert(name.to_owned(), value);
                    continue;
                }
            };
            *slot = scalar(&value);
        }
        page.head.date = page.head.date.map(|date| iso_date(&date).unwrap_or(date));
        match text {
            Some(text) if text.len() <= settings.max_page_bytes => {
                page.text = text;
                out.pages.push(page);
            }
            Some(_) => {
                let message = format!("a page of more than {} bytes", settings.max_page_bytes);
                out.faults.push(Fault::new(origin, ErrorKind::Limit, message).page(&page.head.id).line(number));
            }
            None => {
                let message = format!("no text in the column {:?}", settings.text_field);
                out.faults.push(Fault::new(origin, ErrorKind::Record, message).page(&page.head.id).line(number));
            }
        }
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(s) => Some(s.clone()),
        Value::Number(n) => Some(n.to_string()),
        _ => None,
    }
}

fn string(array: &ArrayRef, row: usize) -> Option<String> {
    if array.is_null(row) {
        return None;
    }
    let bytes = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    match array.data_type() {
        DataType::Utf8 => array.as_string_opt::<i32>().map(|a| a.value(row).to_owned()),
        DataType::LargeUtf8 => array.as_string_opt::<i64>().map(|a| a.value(row).to_owned()),
        DataType::Utf8View => array.as_string_view_opt().map(|a| a.value(row).to_owned()),
        DataType::Binary => array.as_binary_opt::<i32>().map(|a| bytes(a.value(row))),
        DataType::LargeBinary => array.as_binary_opt::<i64>().map(|a| bytes(a.value(row))),
        DataType::BinaryView => array.as_binary_view_opt().map(|a| bytes(a.value(row))),
        _ => None,
    }
}

/// A cell as JSON; what JSON has no way to say is null.
fn value(array: &ArrayRef, row: usize, depth: usize) -> Value {
    if array.is_null(row) || depth > MAX_DEPTH {
        return Value::Null;
    }
    macro_rules! number {
        ($kind:ty) => {
            array.as_primitive_opt::<$kind>().map_or(Value::Null, |a| Value::from(a.value(row)))
        };
    }
    macro_rules! instant {
        ($kind:ty, $make:expr) => {
            array
                .as_primitive_opt::<$kind>()
                .and_then(|a| $make(a.value(row)).ok())
                .map_or(Value::Null, |t: Timestamp| Value::from(t.to_string()))
        };
    }
    match array.data_type() {
        DataType::Boolean => array.as_boolean_opt().map_or(Value::Null, |a| Value::from(a.value(row))),
        DataType::Int8 => number!(Int8Type),
        DataType::Int16 => number!(Int16Type),
        DataType::Int32 => number!(Int32Type),
        DataType::Int64 => number!(Int64Type),
        DataType::UInt8 => number!(UInt8Type),
        DataType::UInt16 => number!(UInt16Type),
        DataType::UInt32 => number!(UInt32Type),
        DataType::UInt64 => number!(UInt64Type),
        DataType::Float32 => number!(Float32Type),
        DataType::Float64 => number!(Float64Type),
        DataType::Decimal128(..) => {
            array.as_primitive_opt::<Decimal128Type>().map_or(Value::Null, |a| Value::from(a.value_as_string(row)))
        }
        DataType::Date32 => array
            .as_primitive_opt::<Date32Type>()
            .and_then(|a| Date::constant(1970, 1, 1).checked_add(jiff::Span::new().try_days(a.value(row)).ok()?).ok())
            .map_or(Value::Null, |date| Value::from(date.to_string())),
        DataType::Timestamp(TimeUnit::Second, _) => instant!(TimestampSecondType, Timestamp::from_second),
        DataType::Timestamp(TimeUnit::Millisecond, _) => {
            instant!(TimestampMillisecondType, Timestamp::from_millisecond)
        }
        DataType::Timestamp(TimeUnit::Microsecond, _) => {
            instant!(TimestampMicrosecondType, Timestamp::from_microsecond)
        }
        DataType::Timestamp(TimeUnit::Nanosecond, _) => {
            instant!(TimestampNanosecondType, |n: i64| Timestamp::from_nanosecond(i128::from(n)))
        }
        DataType::List(_) => array.as_list_opt::<i32>().map_or(Value::Null, |a| items(&a.value(row), depth)),
        DataType::LargeList(_) => array.as_list_opt::<i64>().map_or(Value::Null, |a| items(&a.value(row), depth)),
        DataType::Struct(_) => array.as_struct_opt().map_or(Value::Null, |a| {
            let fields: Map<String, Value> = a
                .fields()
                .iter()
                .zip(a.columns())
                .map(|(field, column)| (field.name().clone(), value(column, row, depth + 1)))
                .collect();
            Value::Object(fields)
        }),
        _ => string(array, row).map_or(Value::Null, Value::from),
    }
}

fn items(array: &ArrayRef, depth: usize) -> Value {
    (0..array.len()).map(|row| value(array, row, depth + 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_is_told_a_few_times_and_then_is_an_error() {
        let mut ending = Ending { reader: &b"page"[..], n_ends: 0 };
        let mut buffer = [0; 8];
        assert_eq!(ending.read(&mut buffer).unwrap(), 4);
        let ends = (0..1000).take_while(|_| ending.read(&mut buffer).is_ok()).count();
        assert!((1..1000).contains(&ends), "{ends}");
    }

    #[test]
    fn every_usual_compression_is_read() {
        use arrow_array::{RecordBatch, StringArray};
        use parquet::arrow::ArrowWriter;
        use parquet::basic::{BrotliLevel, Compression, GzipLevel, ZstdLevel};
        use parquet::file::properties::WriterProperties;

        let column: ArrayRef = Arc::new(StringArray::from(vec!["市总工会慰问职工。"; 50]));
        let batch = RecordBatch::try_from_iter([("text", column)]).unwrap();
        for compression in [
            Compression::UNCOMPRESSED,
            Compression::SNAPPY,
            Compression::GZIP(GzipLevel::default()),
            Compression::LZ4_RAW,
            Compression::BROTLI(BrotliLevel::default()),
            Compression::ZSTD(ZstdLevel::default()),
        ] {
            let properties = WriterProperties::builder().set_compression(compression).build();
            let file = tempfile::tempfile().unwrap();
            let copy = file.try_clone().unwrap();
            let mut writer = ArrowWriter::try_new(copy, batch.schema(), Some(properties)).unwrap();
            writer.write(&batch).unwrap();
            writer.close().unwrap();
            let reader = ParquetRecordBatchReaderBuilder::try_new(file);
            let read: usize = reader.unwrap().build().unwrap().map(|batch| batch.unwrap().num_rows()).sum();
            assert_eq!(read, 50, "{compression:?}");
        }
    }

    #[test]
    fn no_more_is_read_than_there_is() {
        let file = tempfile::tempfile().unwrap();
        let source = Source { file, bytes: 0 };
        for (start, length) in [(0, 1), (u64::MAX, 1), (0, usize::MAX)] {
            assert!(source.get_bytes(start, length).is_err());
        }
    }
}
