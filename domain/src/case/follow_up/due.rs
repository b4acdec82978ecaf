//! When something is due: a day, or a number of school days from today.
use chrono::NaiveDate;
use derive_more::Into;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Stamp, case::CaseError};

/// A number of school days, 1 to 200.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Into, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "u16", into = "u16")]
#[schema(value_type = u16, minimum = 1, maximum = 200, example = 3)]
pub struct SchoolDays(u16);

impl TryFrom<u16> for SchoolDays {
    type Error = &'static str;

    fn try_from(days: u16) -> Result<Self, Self::Error> {
        (1..=200).contains(&days).then_some(Self(days)).ok_or("a number of school days is 1 to 200")
    }
}

/// The day by which something is to be done, named or counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = json!({"in_school_days": 3}))]
pub enum Due {
    /// On that day.
    On(NaiveDate),
    /// That many days of the student's school from today.
    InSchoolDays(SchoolDays),
}

impl Due {
    /// The day itself, counted by the school's calendar; it is not past.
    pub(in crate::case) fn day(self, stamp: &Stamp) -> Result<NaiveDate, CaseError> {
        let day = match self {
            Self::On(day) => day,
            Self::InSchoolDays(days) => stamp.calendar.school_days_after(stamp.today(), days.into()),
        };
        if day < stamp.today() { Err(CaseError::DueInPast) } else { Ok(day) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::given::*;

    fn read(json: &str) -> Result<Due, serde_json::Error> {
        serde_json::from_str(json)
    }

    #[test]
    fn a_due_day_is_named_or_counted_never_both() {
        assert_eq!(read(r#"{"on": "2026-03-04"}"#).expect("a due day"), Due::On(march(4)));
        assert!(read(r#"{"in_school_days": 3}"#).is_ok());
        for refused in [
            "{}",
            r#"{"in_school_days": 0}"#,
            r#"{"in_school_days": 201}"#,
            r#"{"on": "2026-03-04", "in_school_days": 3}"#,
        ] {
            assert!(read(refused).is_err(), "{refused}");
        }
    }

    #[test]
    fn school_days_are_counted_over_the_weekend() {
        let in_five = read(r#"{"in_school_days": 5}"#).expect("a due day");
        assert_eq!(in_five.day(&stamp()), Ok(march(9)));
    }
}
