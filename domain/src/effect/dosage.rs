//! How much of the support a student got in the window after its start.
use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantArray};
use utoipa::ToSchema;

/// Sessions held, or contacts made, for five school days.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    ToSchema,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum DosageBand {
    /// None was written down.
    None,
    /// Less than one a week.
    UnderOne,
    /// One a week or more, less than three.
    OneToThree,
    /// Three a week or more.
    ThreeOrMore,
}

impl DosageBand {
    /// The band of so many in a window of `length` school days.
    pub fn of(number: usize, length: usize) -> Self {
        match (number, number * 5) {
            (0, _) => Self::None,
            (_, fives) if fives < length => Self::UnderOne,
            (_, fives) if fives < 3 * length => Self::OneToThree,
            _ => Self::ThreeOrMore,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_one_and_exactly_three_a_week_are_in_the_higher_band() {
        use DosageBand::{OneToThree, ThreeOrMore, UnderOne};
        let bands = [3, 4, 11, 12].map(|number| DosageBand::of(number, 20));
        assert_eq!(bands, [UnderOne, OneToThree, OneToThree, ThreeOrMore]);
        assert_eq!(DosageBand::of(0, 20), DosageBand::None);
    }
}
