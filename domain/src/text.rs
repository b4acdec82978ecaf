//! Words about a person, which neither print nor log themselves.
use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Free text or personal data: one to 8,000 characters, not blank, without NUL.
///
/// It has no `Display` and its `Debug` shows nothing: [`Text::reveal`] is the one way to the words.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String")]
#[schema(
    value_type = String,
    description = "Free text or personal data: one to 8,000 characters, not blank, without the character U+0000.",
    min_length = 1,
    max_length = 8000,
    pattern = r"^[^\x00]*[^\x00-\x20][^\x00]*$",
    example = "Prefers to meet before first period."
)]
pub struct Text(String);

impl Text {
    /// The longest text, in characters.
    pub const LONGEST: usize = 8_000;

    /// The words themselves. Whoever calls this answers for where they go.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Text {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text.contains('\0') {
            return Err("a text holds no NUL character");
        }
        if !text.chars().any(|c| c > ' ') {
            return Err("a text is not blank");
        }
        if text.chars().count() > Self::LONGEST {
            return Err("a text has at most 8000 characters");
        }
        Ok(Self(text))
    }
}

impl TryFrom<&str> for Text {
    type Error = &'static str;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        text.to_owned().try_into()
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Text(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_does_not_print_itself() {
        let text = Text::try_from("lives with an aunt").expect("a text");
        assert_eq!(format!("{text:?}"), "Text(..)");
        assert_eq!(text.reveal(), "lives with an aunt");
    }

    #[test]
    fn blank_overlong_and_nul_are_no_texts() {
        for refused in ["", " \n\t", "a\0b", &"x".repeat(8_001)] {
            assert!(Text::try_from(refused).is_err());
        }
        assert!(Text::try_from("ü".repeat(8_000)).is_ok());
    }
}
