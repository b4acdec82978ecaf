//! How often an intervention is to be delivered, for how long.
use derive_more::Into;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Minutes;

/// Sessions a week, 1 to 25: up to five a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Into, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "u8", into = "u8")]
#[schema(value_type = u8, minimum = 1, maximum = 25, example = 3)]
pub struct SessionsPerWeek(u8);

impl TryFrom<u8> for SessionsPerWeek {
    type Error = &'static str;

    fn try_from(sessions: u8) -> Result<Self, Self::Error> {
        (1..=25).contains(&sessions).then_some(Self(sessions)).ok_or("sessions a week are 1 to 25")
    }
}

/// The planned dosage of an intervention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"sessions_per_week": 3, "minutes": 20}))]
pub struct Dosage {
    /// Sessions a week.
    pub sessions_per_week: SessionsPerWeek,
    /// The length of a session.
    pub minutes: Minutes,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_a_week_are_1_to_25() {
        assert!([0, 26].into_iter().all(|sessions| SessionsPerWeek::try_from(sessions).is_err()));
        assert!([1, 25].into_iter().all(|sessions| SessionsPerWeek::try_from(sessions).is_ok()));
    }
}
