//! What a policy says of a student's year.
use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Measure, Policy, Threshold};
use crate::{
    case::Band,
    indicator::{Attendance, Mark, SchoolYear, Schools, StudentYear, Unknown},
};

/// A threshold that a student reaches, with the figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "threshold": {"measure": "absent_share", "at_least": 100, "band": "chronic"}, "found": 18, "of": 180
}))]
pub struct Trigger {
    /// The threshold.
    pub threshold: Threshold,
    /// What was found: days, incidents, courses.
    pub found: u32,
    /// Of how many, where it is a share.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub of: Option<u32>,
}

/// A student's band under a policy, with what led to it; or why there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Judgement {
    /// The band, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub band: Option<Band>,
    /// Why it is unknown, or which part of it: what is known of conduct and courses counts without attendance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub unknown: Option<Unknown>,
    /// The thresholds that were reached.
    pub triggers: Vec<Trigger>,
    /// The days on which attendance was judged.
    pub days_counted: u32,
    /// Of these, days absent.
    pub days_absent: u32,
}

impl Policy {
    /// Judges a student's year as it was known on `as_of`.
    pub fn judge(&self, year: &StudentYear, schools: &Schools, as_of: NaiveDate) -> Judgement {
        let start = *SchoolYear::of(as_of).days().start();
        let known = year.known_days(schools, &(start..=as_of));
        let known = match self.over_school_days {
            Some(number) => known.last(number.into()),
            None => known,
        };
        // What happened before the first day of the stretch is past; without a known day all of the year counts.
        let first = known.days.first().filter(|_| self.over_school_days.is_some()).map_or(start, |&(day, _)| day);
        let (attendance, behavior) = (known.attendance(), year.behavior(schools, &(first..=as_of)));
        let (absent, counted) = self.counted(&attendance);
        let too_few = (attendance.enrolled < u32::from(self.least_days)).then_some(Unknown::TooFewDays);
        let unknown = known.unknown.or(too_few);

        let credits = year.credits(as_of);
        let count = |measure| match measure {
            Measure::AbsentShare | Measure::DaysAbsent => absent,
            Measure::AttendedShare => counted - absent,
            Measure::UnexcusedDays => attendance.unexcused,
            Measure::TardyDays => attendance.tardy,
            Measure::Incidents => behavior.incidents,
            Measure::SuspensionDays => behavior.suspension_days,
            Measure::OutOfSchoolDays => behavior.out_of_school_days,
            Measure::CoursesFailed => year.courses(as_of, self.passing_grade).failed,
            Measure::CreditsEarned => credits.map_or(0, |credits| credits.earned),
            Measure::CreditsMissed => credits.map_or(0, |credits| credits.missed()),
        };
        let reached = |threshold: &Threshold| {
            let (found, of) = (count(threshold.measure), threshold.measure.is_share().then_some(counted));
            let untold = threshold.measure.is_of_attendance() && unknown.is_some()
                || threshold.measure.is_of_credits() && credits.is_none();
            let reached = match (untold, of) {
                (true, _) => false,
                (false, Some(of)) => threshold.is_reached_by_share(found, of),
                (false, None) => threshold.is_reached_by(found),
            };
            reached.then_some(Trigger { threshold: *threshold, found, of })
        };
        let triggers: Vec<_> = self.thresholds.iter().filter_map(reached).collect();
        let highest = triggers.iter().map(|trigger| trigger.threshold.band).max();
        let asks_attendance = self.thresholds.iter().any(|threshold| threshold.measure.is_of_attendance());
        let unknown = unknown.filter(|_| asks_attendance);
        let band = highest.or((unknown.is_none()).then_some(Band::OnTrack));
        Judgement { band, unknown, triggers, days_counted: counted, days_absent: absent }
    }

    /// The days absent that count, and all days that count.
    fn counted(&self, attendance: &Attendance) -> (u32, u32) {
        let left_out = |mark: Mark, days: u32| if self.not_counted.contains(&mark) { days } else { 0 };
        let left_out = left_out(Mark::Unexcused, attendance.unexcused)
            + left_out(Mark::Excused, attendance.excused)
            + left_out(Mark::ExtendedMedical, attendance.extended_medical)
            + left_out(Mark::Suspended, attendance.suspended);
        (attendance.absent() - left_out, attendance.enrolled - left_out)
    }
}

impl Measure {
    fn is_share(self) -> bool {
        matches!(self, Self::AbsentShare | Self::AttendedShare)
    }

    fn is_of_credits(self) -> bool {
        matches!(self, Self::CreditsEarned | Self::CreditsMissed)
    }

    fn is_of_attendance(self) -> bool {
        matches!(self, Self::DaysAbsent | Self::UnexcusedDays | Self::TardyDays) || self.is_share()
    }
}

/// In codes and figures, as it stands in the log: `absent_share 18 of 180, at least 100`.
impl fmt::Display for Trigger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let measure: &str = self.threshold.measure.into();
        write!(f, "{measure} {}", self.found)?;
        self.of.map_or(Ok(()), |of| write!(f, " of {of}"))?;
        self.threshold.at_least.map_or(Ok(()), |bound| write!(f, ", at least {bound}"))?;
        self.threshold.at_most.map_or(Ok(()), |bound| write!(f, ", at most {bound}"))
    }
}

#[cfg(test)]
mod tests;
