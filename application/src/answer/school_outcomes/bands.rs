//! Bands at a school at the end of each month.
use chrono::NaiveDate;
use domain::policy::Policy;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::OfSchool;
use crate::answer::BandCounts;

/// How many students were in which band on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "as_of": "2026-03-31", "students": 412, "on_track": 301, "at_risk": 54, "chronic": 38, "severe": 12, "unknown": 7
}))]
pub struct BandsOnAxis {
    /// The day.
    pub as_of: NaiveDate,
    /// All students.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub students: Option<u32>,
    /// On track.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub on_track: Option<u32>,
    /// At risk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub at_risk: Option<u32>,
    /// Chronic.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub chronic: Option<u32>,
    /// Severe.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub severe: Option<u32>,
    /// Of an unknown band.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub unknown: Option<u32>,
}

impl OfSchool<'_> {
    /// The bands under a policy.
    pub(super) fn bands(&self, policy: &Policy) -> Vec<BandsOnAxis> {
        let month = |(as_of, enrolled): &(NaiveDate, Vec<_>)| {
            let years = enrolled.iter().filter_map(|student| self.known.years.get(student));
            let bands = years.map(|year| policy.judge(year, &self.known.schools, *as_of).band);
            let BandCounts { students, cells: [on_track, at_risk, chronic, severe, unknown] } =
                BandCounts::of(bands, self.small_numbers);
            BandsOnAxis { as_of: *as_of, students, on_track, at_risk, chronic, severe, unknown }
        };
        self.known.months.iter().map(month).collect()
    }
}
