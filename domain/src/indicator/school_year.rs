//! A school year: from the first of July to the thirtieth of June, by the year in which it ends.
use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};
use derive_more::{Display, From, Into};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A school year, as Ed-Fi counts them: 2022 is the year from July 2021 to June 2022.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Display, From, Into, Serialize, Deserialize, ToSchema,
)]
#[serde(transparent)]
#[schema(value_type = i16, minimum = 1900, maximum = 2999, example = 2022)]
pub struct SchoolYear(i16);

impl SchoolYear {
    /// The school year in which a day lies.
    pub fn of(day: NaiveDate) -> Self {
        let year = day.year() + i32::from(day.month() >= 7);
        Self(i16::try_from(year).unwrap_or(i16::MAX))
    }

    /// Its days.
    pub fn days(self) -> RangeInclusive<NaiveDate> {
        let day = |year: i16, month, day| NaiveDate::from_ymd_opt(year.into(), month, day).unwrap_or_default();
        day(self.0.saturating_sub(1), 7, 1)..=day(self.0, 6, 30)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::given::day;

    #[test]
    fn a_year_turns_with_july() {
        assert_eq!(SchoolYear::of(day("2021-06-30")), SchoolYear(2021));
        assert_eq!(SchoolYear::of(day("2021-07-01")), SchoolYear(2022));
        assert_eq!(SchoolYear(2022).days(), day("2021-07-01")..=day("2022-06-30"));
    }
}
