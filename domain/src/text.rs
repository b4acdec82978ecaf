//! Words about a person, which neither print, log nor store themselves.
use std::fmt;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error as _, MapAccess, Visitor},
    ser::SerializeMap,
};
use utoipa::ToSchema;
use zeroize::Zeroizing;

mod found;

pub use found::{Found, draft, replace_texts, sealed, sealed_again};

/// Free text or personal data: one to 8,000 characters, not blank, without NUL.
///
/// It is either as somebody has just said it, or sealed under a key of the student's. Its `Debug` shows nothing and it
/// has no `Display`; serialised it is `{"sealed": …}`, or `{"to_seal": …}` under a key that nobody but this process
/// ever has. So nobody writes it down in clear, whatever they forget:
///
/// ```compile_fail
/// let text = domain::Text::try_from("lives with an aunt").expect("a text");
/// println!("{text}");
/// ```
///
/// ```compile_fail
/// let text = domain::Text::try_from("lives with an aunt").expect("a text");
/// let words: &str = text.as_ref();
/// ```
///
/// A JSON string is read as what somebody says. Stored values never hold one.
#[derive(Clone, PartialEq, Eq, ToSchema)]
#[schema(
    value_type = String,
    description = "Free text or personal data: one to 8,000 characters, not blank, without the character U+0000.",
    min_length = 1,
    max_length = 8000,
    pattern = r"^[^\x00]*[^\x00-\x20][^\x00]*$",
    example = "Prefers to meet before first period."
)]
pub struct Text(Held);

#[derive(Clone, PartialEq, Eq)]
enum Held {
    Said(Zeroizing<String>),
    Sealed(String),
}

impl Text {
    /// The longest text, in characters.
    pub const LONGEST: usize = 8_000;

    /// What was sealed, in the form in which it is stored; nothing while it is as it was said.
    pub fn form(&self) -> Option<&str> {
        match &self.0 {
            Held::Sealed(form) => Some(form),
            Held::Said(_) => None,
        }
    }

    /// Says why `words` are no text.
    pub fn check(words: &str) -> Result<(), &'static str> {
        if words.contains('\0') {
            return Err("a text holds no NUL character");
        }
        if !words.chars().any(|c| c > ' ') {
            return Err("a text is not blank");
        }
        if words.chars().count() > Self::LONGEST {
            return Err("a text has at most 8000 characters");
        }
        Ok(())
    }
}

impl TryFrom<String> for Text {
    type Error = &'static str;

    fn try_from(words: String) -> Result<Self, Self::Error> {
        let words = Zeroizing::new(words);
        Self::check(&words).map(|()| Self(Held::Said(words)))
    }
}

impl TryFrom<&str> for Text {
    type Error = &'static str;

    fn try_from(words: &str) -> Result<Self, Self::Error> {
        words.to_owned().try_into()
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Text(..)")
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        match &self.0 {
            Held::Said(words) => map.serialize_entry(found::TO_SEAL, &found::draft_form(words))?,
            Held::Sealed(form) => map.serialize_entry(found::SEALED, form)?,
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Read)
    }
}

struct Read;

impl<'de> Visitor<'de> for Read {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E: serde::de::Error>(self, words: &str) -> Result<Text, E> {
        words.try_into().map_err(E::custom)
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Text, M::Error> {
        let entry: Option<(String, String)> = map.next_entry()?;
        match entry.as_ref().map(|(name, form)| (&**name, form)) {
            Some((found::SEALED, form)) => Ok(Text(Held::Sealed(form.clone()))),
            Some((found::TO_SEAL, form)) => {
                let words = found::said(form).ok_or_else(|| M::Error::custom("a text of another process"))?;
                Ok(Text(Held::Said(words)))
            }
            _ => Err(M::Error::custom("a text is sealed, or yet to be")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_shows_itself_neither_printed_nor_serialised() {
        let text = Text::try_from("lives with an aunt").expect("a text");
        assert_eq!(format!("{text:?}"), "Text(..)");
        let json = serde_json::to_string(&text).expect("JSON");
        assert!(json.starts_with(r#"{"to_seal":""#) && !json.contains("aunt"), "{json}");
        assert_eq!(serde_json::from_str::<Text>(&json).expect("a text"), text);
    }

    #[test]
    fn what_is_sealed_is_read_as_it_was_written() {
        let text: Text = serde_json::from_str(r#"{"sealed":"AAEC"}"#).expect("a text");
        assert_eq!(
            (text.form(), serde_json::to_string(&text).expect("JSON")),
            (Some("AAEC"), r#"{"sealed":"AAEC"}"#.into())
        );
        for no_text in [r#"{"clear":"AAEC"}"#, r#"{"to_seal":"AAEC"}"#, "{}", "7"] {
            assert!(serde_json::from_str::<Text>(no_text).is_err());
        }
    }

    #[test]
    fn blank_overlong_and_nul_are_no_texts() {
        for refused in ["", " \n\t", "a\0b", &"x".repeat(8_001)] {
            assert!(Text::try_from(refused).is_err());
        }
        assert!(Text::try_from("ü".repeat(8_000)).is_ok());
    }
}
