//! How long something took.
use derive_more::Into;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A length of time, from one minute to ten hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Into, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "u16", into = "u16")]
#[schema(value_type = u16, minimum = 1, maximum = 600, example = 30)]
pub struct Minutes(u16);

impl TryFrom<u16> for Minutes {
    type Error = &'static str;

    fn try_from(minutes: u16) -> Result<Self, Self::Error> {
        (1..=600).contains(&minutes).then_some(Self(minutes)).ok_or("minutes are 1 to 600")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_time_at_all_and_more_than_ten_hours_are_refused() {
        assert!([0, 601].into_iter().all(|minutes| Minutes::try_from(minutes).is_err()));
        assert!([1, 600].into_iter().all(|minutes| Minutes::try_from(minutes).is_ok()));
    }
}
