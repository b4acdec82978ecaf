//! Reads JSON strictly: what could mean two things, or what no text may hold, is refused.
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

const DEEPEST: usize = 32;

/// The largest number up to which each whole one has a binary form of its own.
const WHOLE: f64 = 9_007_199_254_740_992.0;

const NUL: &str = "No text may hold the character U+0000.";
const TWICE: &str = "An object names something twice.";
const DEEP: &str = "It is nested more than 32 levels deep.";
const OTHER: &str = "It is not JSON in UTF-8.";

/// The value of `bytes`, or why there is none; the reason never repeats what was sent.
pub fn read(bytes: &[u8]) -> Result<Value, &'static str> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = Strict { depth: 0 }.deserialize(&mut reader).map_err(|error| reason(&error))?;
    reader.end().map_err(|_| OTHER)?;
    Ok(value)
}

fn reason(error: &serde_json::Error) -> &'static str {
    let text = error.to_string();
    [NUL, TWICE, DEEP].into_iter().find(|reason| text.starts_with(reason)).unwrap_or(OTHER)
}

struct Strict {
    depth: usize,
}

impl Strict {
    fn deeper<E: Error>(&self) -> Result<Self, E> {
        if self.depth == DEEPEST { Err(E::custom(DEEP)) } else { Ok(Self { depth: self.depth + 1 }) }
    }
}

fn text<E: Error>(text: String) -> Result<String, E> {
    if text.contains('\0') { Err(E::custom(NUL)) } else { Ok(text) }
}

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        // To a schema 2.0 is an integer; so it is to what reads the value next.
        if value.fract() == 0.0 && value.abs() <= WHOLE {
            return Ok((value as i64).into());
        }
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom(OTHER))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        text(value.to_owned()).map(Value::String)
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        text(value).map(Value::String)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = vec![];
        while let Some(item) = items.next_element_seed(self.deeper()?)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            let value = members.next_value_seed(self.deeper()?)?;
            if object.insert(text(name)?, value).is_some() {
                return Err(A::Error::custom(TWICE));
            }
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_whole_number_may_be_written_with_a_fraction_of_nothing() {
        assert_eq!(read(b"[2.0, -3e2, 1e300, 2.5]"), Ok(json!([2, -300, 1e300, 2.5])));
    }

    #[test]
    fn json_is_read_as_it_is() {
        let value = json!({"a": [1, -2, 3.5, "ü", true, null], "b": {}});
        assert_eq!(read(value.to_string().as_bytes()), Ok(value));
    }

    #[test]
    fn what_could_mean_two_things_is_refused() {
        assert_eq!(read(br#"{"a": 1, "a": 2}"#), Err(TWICE));
        assert_eq!(read(br#"["a\u0000b"]"#), Err(NUL));
        assert_eq!(read(br#"{"a\u0000b": 1}"#), Err(NUL));
        assert_eq!(read("[".repeat(100).as_bytes()), Err(DEEP));
        for other in [&b"{"[..], b"{} {}", b"\xff", b"", b"NaN", b"1e999"] {
            assert_eq!(read(other), Err(OTHER));
        }
    }
}
