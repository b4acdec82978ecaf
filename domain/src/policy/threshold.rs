//! One bound of one indicator, and the band that it leads to.
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;
use utoipa::ToSchema;

use crate::case::Band;

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Measure {
    /// Days absent of the days that count, in thousandths.
    AbsentShare,
    /// Days attended of the days that count, in thousandths.
    AttendedShare,
    /// Days absent that count.
    DaysAbsent,
    /// Days absent without an excuse.
    UnexcusedDays,
    /// Days late.
    TardyDays,
    /// Incidents.
    Incidents,
    /// Days of suspension, in school or out of it.
    SuspensionDays,
    /// Days of suspension out of school.
    OutOfSchoolDays,
    /// Courses failed.
    CoursesFailed,
    /// Credits earned in the school year, in hundredths.
    CreditsEarned,
    /// Credits attempted in the school year and not earned, in hundredths.
    CreditsMissed,
}

/// A bound: `at_least` or `at_most`, never both. Shares are in thousandths, so that 10 % is 100, credits in
/// hundredths; all else is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"measure": "absent_share", "at_least": 100, "band": "chronic"}))]
pub struct Threshold {
    /// What is measured.
    pub measure: Measure,
    /// It is reached from this number on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, maximum = 10_000)]
    pub at_least: Option<u32>,
    /// It is reached down from this number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, maximum = 10_000)]
    pub at_most: Option<u32>,
    /// The band of who reaches it.
    pub band: Band,
}

impl Threshold {
    /// Whether `part` of `whole` reaches it; a share that is exactly on the bound does. Nothing of nothing reaches none.
    pub fn is_reached_by_share(&self, part: u32, whole: u32) -> bool {
        let (part, whole) = (u64::from(part) * 1000, u64::from(whole));
        let bound = |bound: u32| u64::from(bound) * whole;
        whole > 0 && self.holds(|least| part >= bound(least), |most| part <= bound(most))
    }

    /// Whether a count reaches it.
    pub fn is_reached_by(&self, count: u32) -> bool {
        self.holds(|least| count >= least, |most| count <= most)
    }

    fn holds(&self, at_least: impl Fn(u32) -> bool, at_most: impl Fn(u32) -> bool) -> bool {
        self.at_least.is_none_or(at_least) && self.at_most.is_none_or(at_most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(at_least: Option<u32>, at_most: Option<u32>) -> Threshold {
        Threshold { measure: Measure::AbsentShare, at_least, at_most, band: Band::Chronic }
    }

    #[test]
    fn a_share_is_compared_exactly() {
        let tenth = share(Some(100), None);
        assert!(tenth.is_reached_by_share(18, 180) && !tenth.is_reached_by_share(17, 171));
        assert!(!tenth.is_reached_by_share(1_799_999, 18_000_000) && tenth.is_reached_by_share(1_800_000, 18_000_000));
        let most = share(None, Some(900));
        assert!(most.is_reached_by_share(162, 180) && !most.is_reached_by_share(163, 180));
    }

    #[test]
    fn nothing_of_nothing_reaches_no_bound() {
        assert!(!share(Some(0), None).is_reached_by_share(0, 0) && !share(None, Some(1000)).is_reached_by_share(0, 0));
    }
}
