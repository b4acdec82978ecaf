//! Texts found in what was serialised, so that they can be sealed, opened or sealed anew wherever they stand.
//!
//! In JSON a text is an object of one name that nothing else has. It cannot be feigned: in what people say, a quotation
//! mark is escaped.
use std::sync::LazyLock;

use base64::{Engine, prelude::BASE64_STANDARD_NO_PAD};
use zeroize::Zeroizing;

use crate::SealingKey;

pub(super) const SEALED: &str = "sealed";
pub(super) const TO_SEAL: &str = "to_seal";

/// Under it lies what was said and not sealed for a student yet. It is never stored, and ends with the process.
static DRAFTS: LazyLock<SealingKey> = LazyLock::new(SealingKey::generate);

/// A text, as it was found.
#[derive(Debug)]
pub enum Found<'a> {
    /// As somebody has just said it. Whoever looks answers for where the words go.
    Said(Zeroizing<String>),
    /// In the form in which it is stored.
    Sealed(&'a str),
}

/// Puts what `with` makes of each text in its place; nothing else of `json` is touched.
pub fn replace_texts<E>(json: &str, mut with: impl FnMut(Found<'_>) -> Result<String, E>) -> Result<String, E> {
    let mut replaced = String::with_capacity(json.len() + json.len() / 2);
    let mut rest = json;
    while let Some((before, is_sealed, after)) = next(rest) {
        let end = after.find('"').unwrap_or(after.len());
        let (form, after) = after.split_at(end);
        replaced.push_str(before);
        match is_sealed {
            true => replaced.push_str(&with(Found::Sealed(form))?),
            // What another process had drafted is lost, and stays what it was.
            false => match said(form) {
                Some(words) => replaced.push_str(&with(Found::Said(words))?),
                None => replaced.push_str(&json_of(TO_SEAL, form)),
            },
        }
        rest = after.strip_prefix("\"}").unwrap_or(after);
    }
    replaced.push_str(rest);
    Ok(replaced)
}

/// The JSON of a text that was sealed in this form.
pub fn sealed(form: &[u8]) -> String {
    json_of(SEALED, &BASE64_STANDARD_NO_PAD.encode(form))
}

/// The JSON of a text that is sealed in this form already.
pub fn sealed_again(form: &str) -> String {
    json_of(SEALED, form)
}

/// The JSON of a text that says these words.
pub fn draft(words: &str) -> String {
    json_of(TO_SEAL, &draft_form(words))
}

/// The form of what says these words, the same for the same words.
pub(super) fn draft_form(words: &str) -> String {
    BASE64_STANDARD_NO_PAD.encode(DRAFTS.seal_alike(b"", words.as_bytes()))
}

/// The words in a form of this process.
pub(super) fn said(form: &str) -> Option<Zeroizing<String>> {
    let clear = DRAFTS.open(b"", &BASE64_STANDARD_NO_PAD.decode(form).ok()?)?;
    std::str::from_utf8(&clear).ok().map(|words| Zeroizing::new(words.to_owned()))
}

fn json_of(name: &str, form: &str) -> String {
    format!(r#"{{"{name}":"{form}"}}"#)
}

/// What stands before the next text, whether that is sealed, and what begins with its form.
fn next(json: &str) -> Option<(&str, bool, &str)> {
    json.match_indices("{\"").find_map(|(at, _)| {
        let inside = &json[at + 2..];
        let form = |name| inside.strip_prefix(name)?.strip_prefix("\":\"");
        let found = form(SEALED).map(|form| (true, form)).or_else(|| form(TO_SEAL).map(|form| (false, form)));
        found.map(|(is_sealed, form)| (&json[..at], is_sealed, form))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::Text;

    fn told(json: &str) -> String {
        let shown = replace_texts(json, |found| {
            Ok::<_, ()>(match found {
                Found::Said(words) => json!(["said", *words]).to_string(),
                Found::Sealed(form) => json!(["sealed", form]).to_string(),
            })
        });
        shown.expect("JSON")
    }

    #[test]
    fn every_text_is_found_wherever_it_stands() {
        let text = Text::try_from("she said \"no\"").expect("a text");
        let value = json!({"a": text, "b": [{"sealed": "AAEC"}, {"c": text}], "d": {"sealed": 7}, "e": {}});
        let shown: Value = serde_json::from_str(&told(&value.to_string())).expect("JSON");
        let said = json!(["said", "she said \"no\""]);
        assert_eq!(shown, json!({"a": said, "b": [["sealed", "AAEC"], {"c": said}], "d": {"sealed": 7}, "e": {}}));
    }

    #[test]
    fn nobody_feigns_a_text_by_what_they_say() {
        let says = json!({"code": r#"{"sealed":"AAEC"}"#, r#"{"sealed":"AAEC"}"#: 1}).to_string();
        assert_eq!(told(&says), says);
    }
}
