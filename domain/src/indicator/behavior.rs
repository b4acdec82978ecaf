//! Incidents and suspensions.
use std::ops::RangeInclusive;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Schools, StudentYear};

/// A suspension as the district's system tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Suspension {
    /// The first day.
    pub from: NaiveDate,
    /// For how many days of teaching.
    pub days: u16,
    /// Whether the student stays away from school; otherwise the student is there, apart from the class.
    pub out_of_school: bool,
}

/// Conduct over a stretch of days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"incidents": 2, "suspension_days": 3, "out_of_school_days": 1}))]
pub struct Behavior {
    /// Incidents in which the student offended.
    pub incidents: u32,
    /// Days of suspension, in school or out of it; a day in two suspensions is one day.
    pub suspension_days: u32,
    /// Of these, days out of school.
    pub out_of_school_days: u32,
}

impl StudentYear {
    /// Conduct in `span`, by the teaching days of `schools`.
    pub fn behavior(&self, schools: &Schools, span: &RangeInclusive<NaiveDate>) -> Behavior {
        let count = |days: &mut dyn Iterator<Item = &NaiveDate>| days.filter(|day| span.contains(day)).map(|_| 1).sum();
        let (all, out) = (
            self.days_suspended(schools, |_| true),
            self.days_suspended(schools, |suspension| suspension.out_of_school),
        );
        Behavior {
            incidents: count(&mut self.incidents.iter()),
            suspension_days: count(&mut all.iter()),
            out_of_school_days: count(&mut out.iter()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::given::{day, march, year};

    fn suspension(from: &str, days: u16, out_of_school: bool) -> Suspension {
        Suspension { from: day(from), days, out_of_school }
    }

    #[test]
    fn a_suspension_lasts_for_days_of_teaching_and_a_day_in_two_of_them_is_one() {
        let both = vec![suspension("2026-03-06", 3, false), suspension("2026-03-09", 3, true)];
        let year = StudentYear { suspensions: both, incidents: vec![day("2026-03-05")], ..year() };
        let conduct = year.behavior(&march(), &(day("2026-03-01")..=day("2026-03-31")));
        // Friday, Monday, Tuesday; and Monday to Wednesday.
        assert_eq!(conduct, Behavior { incidents: 1, suspension_days: 4, out_of_school_days: 3 });
        let first_week = year.behavior(&march(), &(day("2026-03-01")..=day("2026-03-08")));
        assert_eq!((first_week.suspension_days, first_week.out_of_school_days), (1, 0));
    }
}
