//! Personal data of reference records: names, addresses, what people sign in with.
use std::fmt;

use domain::Text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Personal data that stands in a row of its own, which can be removed: in clear, so that it can be searched.
///
/// The domain does not know it, so no event, and nothing that is made of events, can hold it. It has no `Display`, and
/// its `Debug` shows nothing: [`Personal::reveal`] is the one way to the words.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String")]
#[schema(
    value_type = String,
    description = "Personal data of a reference record: one to 8,000 characters, not blank, without the character U+0000.",
    min_length = 1,
    max_length = 8000,
    pattern = r"^[^\x00]*[^\x00-\x20][^\x00]*$",
    example = "Ada"
)]
pub struct Personal(String);

impl Personal {
    /// The words themselves. Whoever calls this answers for where they go.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Personal {
    type Error = &'static str;

    fn try_from(words: String) -> Result<Self, Self::Error> {
        Text::check(&words).map(|()| Self(words))
    }
}

impl TryFrom<&str> for Personal {
    type Error = &'static str;

    fn try_from(words: &str) -> Result<Self, Self::Error> {
        words.to_owned().try_into()
    }
}

impl fmt::Debug for Personal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Personal(..)")
    }
}
