//! Values → JSON, quickly.
//!
//! In: what serde can serialise. Out: the bytes that serde_json writes for it. Two of three bytes that a run puts out are
//! texts, which are searched for what must be escaped eight bytes at a time and copied in stretches; the others are mostly
//! names of fields, which need no look at all.
//!
//! What serde_json treats apart from serde is not known here: raw values, and numbers of any length.

use serde::ser::{self, Error as _, Serialize};
use serde_json::{Error, Result};

/// Writes `value` behind what is in `out`.
///
/// Fails only for a map with keys that are no strings, numbers or booleans, and where the value itself refuses; then a part
/// of it stands in `out`.
///
/// ```
/// let mut out = Vec::new();
/// jianbao::write::json(&mut out, &("剪报", [1, 2], None::<bool>)).unwrap();
/// assert_eq!(out, r#"["剪报",[1,2],null]"#.as_bytes());
/// ```
pub fn json<T: Serialize + ?Sized>(out: &mut Vec<u8>, value: &T) -> Result<()> {
    value.serialize(Json { out })
}

/// Writes one value.
struct Json<'o> {
    out: &'o mut Vec<u8>,
}

/// Writes a list or an object, whose parts come one by one.
struct Parts<'o> {
    out: &'o mut Vec<u8>,
    /// What stands before the next part: the opening bracket, then commas.
    before: u8,
    /// What stands before the end of a list or an object without parts.
    open: u8,
    close: u8,
    /// Whether it stands in an object of its own, under the name of its variant.
    is_variant: bool,
}

impl<'o> Json<'o> {
    fn list(self) -> Parts<'o> {
        Parts { out: self.out, before: b'[', open: b'[', close: b']', is_variant: false }
    }

    fn object(self) -> Parts<'o> {
        Parts { out: self.out, before: b'{', open: b'{', close: b'}', is_variant: false }
    }

    /// Opens the object that a variant with content is.
    fn variant(self, name: &'static str) -> Self {
        field(self.out, b'{', name);
        self
    }

    fn integer(self, n: impl itoa::Integer) {
        self.out.extend_from_slice(itoa::Buffer::new().format(n).as_bytes());
    }
}

impl Parts<'_> {
    fn part<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.out.push(self.before);
        self.before = b',';
        json(self.out, value)
    }

    fn field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<()> {
        field(self.out, self.before, name);
        self.before = b',';
        json(self.out, value)
    }

    fn close(self) {
        if self.before == self.open {
            self.out.push(self.open);
        }
        self.out.push(self.close);
        if self.is_variant {
            self.out.push(b'}');
        }
    }
}

/// Writes a few bytes: cheaper than to copy them as a slice.
#[inline]
fn push<const N: usize>(out: &mut Vec<u8>, bytes: [u8; N]) {
    for byte in bytes {
        out.push(byte);
    }
}

/// Writes the name of a field, which holds nothing that must be escaped.
fn field(out: &mut Vec<u8>, before: u8, name: &'static str) {
    debug_assert_eq!(plain(name.as_bytes()), name.len(), "{name}");
    push(out, [before, b'"']);
    out.extend_from_slice(name.as_bytes());
    push(out, *b"\":");
}

/// Writes a text in quotation marks.
fn string(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    let mut rest = text.as_bytes();
    loop {
        let (copied, behind) = rest.split_at(plain(rest));
        out.extend_from_slice(copied);
        let Some((&byte, behind)) = behind.split_first() else { break };
        rest = behind;
        let short = match byte {
            0x08 => b'b',
            b'\t' => b't',
            b'\n' => b'n',
            0x0C => b'f',
            b'\r' => b'r',
            b'"' | b'\\' => byte,
            _ => {
                let hex = |digit: u8| if digit < 10 { b'0' + digit } else { b'a' - 10 + digit };
                out.extend_from_slice(&[b'\\', b'u', b'0', b'0', hex(byte >> 4), hex(byte & 0xF)]);
                continue;
            }
        };
        out.extend_from_slice(&[b'\\', short]);
    }
    out.push(b'"');
}

/// How many bytes come before the first that must be escaped: a control character, a quotation mark or a backslash.
fn plain(bytes: &[u8]) -> usize {
    const ONES: u64 = u64::MAX / 0xFF;
    const HIGHS: u64 = ONES << 7;
    let (eights, _) = bytes.as_chunks::<8>();
    let all_plain = |eight: &[u8; 8]| {
        let eight = u64::from_le_bytes(*eight);
        // A byte is below n where taking n from it borrows, and its own highest bit is not set.
        let below = |x: u64, n: u64| x.wrapping_sub(ONES * n) & !x & HIGHS;
        let is = |byte: u8| below(eight ^ (ONES * u64::from(byte)), 1);
        below(eight, 0x20) | is(b'"') | is(b'\\') == 0
    };
    let from = eights.iter().take_while(|eight| all_plain(eight)).count() * 8;
    let rest = bytes.get(from..).unwrap_or_default();
    from + rest.iter().take_while(|&&b| b >= 0x20 && b != b'"' && b != b'\\').count()
}

impl<'o> ser::Serializer for Json<'o> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Parts<'o>;
    type SerializeTuple = Parts<'o>;
    type SerializeTupleStruct = Parts<'o>;
    type SerializeTupleVariant = Parts<'o>;
    type SerializeMap = Parts<'o>;
    type SerializeStruct = Parts<'o>;
    type SerializeStructVariant = Parts<'o>;

    fn serialize_bool(self, v: bool) -> Result<()> {
        if v {
            push(self.out, *b"true");
        } else {
            push(self.out, *b"false");
        }
        Ok(())
    }

    fn serialize_i8(self, v: i8) -> Result<()> {
        self.integer(v);
        Ok(())
    }

    fn serialize_i16(self, v: i16) -> Result<()> {
        self.integer(v);
        Ok(())
    }

    fn serialize_i32(self, v: i32) -> Result<()> {
        self.integer(v);
        Ok(())
    }

    fn serialize_i64(self, v: i64) -> Result<()> {
        self.integer(v);
        Ok(())
    }

    fn serialize_i128(self, v: i128) -> Result<()> {
        self.integer(v);
        Ok(())
    }

    fn serialize_u8(self, v: u8) -> Result<()> {
        self.integer(v);
        Ok(())
    }

    fn serialize_u16(self, v: u16) -> Result<()> {
        self.integer(v);
        Ok(())
    }

    fn serialize_u32(self, v: u32) -> Result<()> {
        self.integer(v);
        Ok(())
    }

    fn serialize_u64(self, v: u64) -> Result<()> {
        self.integer(v);
        Ok(())
    }

    fn serialize_u128(self, v: u128) -> Result<()> {
        self.integer(v);
        Ok(())
    }

    fn serialize_f32(self, v: f32) -> Result<()> {
        serde_json::to_writer(self.out, &v)
    }

    fn serialize_f64(self, v: f64) -> Result<()> {
        serde_json::to_writer(self.out, &v)
    }

    fn serialize_char(self, v: char) -> Result<()> {
        string(self.out, v.encode_utf8(&mut [0; 4]));
        Ok(())
    }

    fn serialize_str(self, v: &str) -> Result<()> {
        string(self.out, v);
        Ok(())
    }

    fn serialize_bytes(self, v: &[u8]) -> Result<()> {
        v.serialize(self)
    }

    fn serialize_none(self) -> Result<()> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<()> {
        push(self.out, *b"null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<()> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<()> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<()> {
        let json = self.variant(variant);
        value.serialize(Json { out: &mut *json.out })?;
        json.out.push(b'}');
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Parts<'o>> {
        Ok(self.list())
    }

    fn serialize_tuple(self, _: usize) -> Result<Parts<'o>> {
        Ok(self.list())
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Parts<'o>> {
        Ok(self.list())
    }

    fn serialize_tuple_variant(self, _: &'static str, _: u32, variant: &'static str, _: usize) -> Result<Parts<'o>> {
        Ok(Parts { is_variant: true, ..self.variant(variant).list() })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Parts<'o>> {
        Ok(self.object())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Parts<'o>> {
        Ok(self.object())
    }

    fn serialize_struct_variant(self, _: &'static str, _: u32, variant: &'static str, _: usize) -> Result<Parts<'o>> {
        Ok(Parts { is_variant: true, ..self.variant(variant).object() })
    }
}

impl ser::SerializeSeq for Parts<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.part(value)
    }

    fn end(self) -> Result<()> {
        self.close();
        Ok(())
    }
}

impl ser::SerializeTuple for Parts<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.part(value)
    }

    fn end(self) -> Result<()> {
        self.close();
        Ok(())
    }
}

impl ser::SerializeTupleStruct for Parts<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.part(value)
    }

    fn end(self) -> Result<()> {
        self.close();
        Ok(())
    }
}

impl ser::SerializeTupleVariant for Parts<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.part(value)
    }

    fn end(self) -> Result<()> {
        self.close();
        Ok(())
    }
}

impl ser::SerializeMap for Parts<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<()> {
        self.out.push(self.before);
        self.before = b',';
        let from = self.out.len();
        json(self.out, key)?;
        match self.out.get(from) {
            Some(b'"') => {}
            Some(b'{' | b'[' | b'n') | None => return Err(Error::custom("a key is no string")),
            Some(_) => {
                self.out.insert(from, b'"');
                self.out.push(b'"');
            }
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.out.push(b':');
        json(self.out, value)
    }

    fn end(self) -> Result<()> {
        self.close();
        Ok(())
    }
}

impl ser::SerializeStruct for Parts<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<()> {
        self.field(name, value)
    }

    fn end(self) -> Result<()> {
        self.close();
        Ok(())
    }
}

impl ser::SerializeStructVariant for Parts<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<()> {
        self.field(name, value)
    }

    fn end(self) -> Result<()> {
        self.close();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use serde::Serialize;

    use super::json;

    #[track_caller]
    fn check<T: Serialize + ?Sized>(value: &T) {
        let mut out = b"before".to_vec();
        json(&mut out, value).unwrap();
        let expected = serde_json::to_string(value).unwrap();
        assert_eq!(String::from_utf8_lossy(&out[6..]), expected);
    }

    #[derive(Serialize)]
    #[serde(rename_all = "snake_case")]
    enum Any {
        Plain,
        New(u8),
        Two(u8, Option<char>),
        Named { name: &'static str, at: [f32; 2] },
        Empty {},
    }

    #[derive(Serialize)]
    struct Nothing {}

    #[derive(Serialize)]
    struct Unit;

    #[derive(Serialize)]
    struct Pair(i8, Unit);

    #[test]
    fn every_kind_of_value() {
        check(&[Any::Plain, Any::New(7), Any::Two(0, Some('"')), Any::Empty {}]);
        check(&Any::Named { name: "“引”\"", at: [0.1, f32::NAN] });
        check(&(Nothing {}, Pair(-1, Unit), (), true, false, Some(1.5_f64), 1e300_f64, f64::INFINITY));
        check(&(u64::MAX, i64::MIN, u128::MAX, i128::MIN, 0.1_f32, 0.999_999_94_f32, 3_f32));
        check::<[u8]>(&[]);
        check(&BTreeMap::from([(1, "a"), (2, "b")]));
        check(&BTreeMap::from([("键", [true]), ("\n", [false])]));
        check(&BTreeMap::<bool, u8>::new());
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for key in [None, Some([1])] {
            assert!(json(&mut Vec::new(), &BTreeMap::from([(key, 1)])).is_err());
        }
    }

    #[test]
    fn every_character_of_ascii_wherever_it_stands() {
        for byte in 0..=0x7F_u8 {
            for n in 0..17 {
                check(&format!("{}{}工会", "a".repeat(n), byte as char));
            }
        }
    }

    proptest! {
        #[test]
        fn any_text_is_written_as_serde_json_writes_it(text in "(\\PC|[\\x00-\\x1F\"\\\\])*") {
            check(&text);
        }
    }
}
