//! A school's year: attendance, conduct and courses beside what was done, on one axis of time.
mod bands;
mod courses;
mod week;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    SchoolId, StudentId,
    indicator::{SchoolYear, Schools, StudentYear},
    policy::PolicyVersion,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::FEW;
use crate::{
    figures::Progress,
    indicators::{KnownPolicy, Sources},
    served::{Course, Delivery, ServedSoFar},
};

pub use bands::BandsOnAxis;
pub use courses::CoursesOnAxis;
pub use week::WeekAtSchool;

/// How fresh what there is of a school is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "attendance_through": "2026-03-03", "imported_at": "2026-03-04T03:10:00Z",
    "counted": {"position": 1024, "recorded_at": "2026-03-04T14:00:00Z"}
}))]
pub struct SchoolSources {
    /// The last day for which the school has submitted attendance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub attendance_through: Option<NaiveDate>,
    /// When an import of the district's files last finished.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub imported_at: Option<DateTime<Utc>>,
    /// How far the log is counted: what was done since then is not in it yet.
    pub counted: Progress,
}

/// A school's year: outcomes, and what was done, week by week. A number is absent where fewer than ten students are behind
/// it and the caller works across schools.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "school": "0192a000-0000-7000-8000-000000000001", "school_year": 2026, "from": "2025-09-04", "to": "2026-06-26",
    "policy": {"name": "attendance-works", "version": 1},
    "weeks": [{
        "week": "2026-03-02", "student_days": 2060, "absent_days": 201, "absent_thousandths": 97, "incidents": 12,
        "interventions_started": 4, "sessions_held": 61, "contacts_made": 88, "services_started": 2
    }],
    "courses": [{"until": "2026-01-30", "students_graded": 398, "students_failing": 61, "courses_failed": 97}],
    "bands": [{
        "as_of": "2026-03-31", "students": 412, "on_track": 301, "at_risk": 54, "chronic": 38, "severe": 12, "unknown": 7
    }],
    "sources": {"attendance_through": "2026-03-31", "counted": {"position": 1024}}
}))]
pub struct SchoolOutcomes {
    /// The school.
    pub school: SchoolId,
    /// The school year, by the year in which it ends.
    pub school_year: SchoolYear,
    /// The first day of the axis.
    pub from: NaiveDate,
    /// The last day of the axis.
    pub to: NaiveDate,
    /// The policy of the bands, and of what passes a course.
    pub policy: PolicyVersion,
    /// Attendance and conduct, and what was done, week by week.
    pub weeks: Vec<WeekAtSchool>,
    /// Courses, by the end of the time for which they were graded.
    pub courses: Vec<CoursesOnAxis>,
    /// Bands at the end of each month.
    pub bands: Vec<BandsOnAxis>,
    /// How fresh each source is.
    pub sources: SchoolSources,
}

/// What is known of a school's year.
#[derive(Debug, Clone, Default)]
pub struct KnownOfSchool {
    /// What is told of everybody who went there.
    pub years: BTreeMap<StudentId, StudentYear>,
    /// The teaching days of their schools.
    pub schools: Schools,
    /// Courses of support that ran.
    pub courses: Vec<Course>,
    /// How often support was given.
    pub deliveries: Vec<Delivery>,
    /// The last known day of each month, with who was enrolled.
    pub months: Vec<(NaiveDate, Vec<StudentId>)>,
}

impl SchoolOutcomes {
    /// The picture of a school's year.
    pub fn of(
        (school, school_year): (SchoolId, SchoolYear),
        known: &KnownOfSchool,
        policy: &KnownPolicy,
        (sources, so_far): (&Sources, ServedSoFar),
        small_numbers: bool,
    ) -> Self {
        let of_school = OfSchool::new(school, school_year, known, small_numbers);
        let (from, to) = of_school.axis;
        Self {
            school,
            school_year,
            from,
            to,
            policy: policy.version.clone(),
            weeks: of_school.weeks(),
            courses: of_school.courses(policy.policy.passing_grade),
            bands: of_school.bands(&policy.policy),
            sources: SchoolSources {
                attendance_through: sources.attendance,
                imported_at: sources.imported_at,
                counted: so_far.counted,
            },
        }
    }
}

impl SchoolOutcomes {
    /// Only the bands of a school's year.
    pub fn bands_of(
        school: SchoolId,
        school_year: SchoolYear,
        known: &KnownOfSchool,
        policy: &KnownPolicy,
        small_numbers: bool,
    ) -> Vec<BandsOnAxis> {
        OfSchool::new(school, school_year, known, small_numbers).bands(&policy.policy)
    }
}

/// What is known of a school, for somebody who may or may not know of small numbers.
struct OfSchool<'a> {
    school: SchoolId,
    known: &'a KnownOfSchool,
    small_numbers: bool,
    axis: (NaiveDate, NaiveDate),
}

impl<'a> OfSchool<'a> {
    fn new(school: SchoolId, school_year: SchoolYear, known: &'a KnownOfSchool, small_numbers: bool) -> Self {
        let whole = school_year.days();
        let days = known.schools.get(&school).map_or(&[][..], |school| school.days());
        let axis = (*days.first().unwrap_or(whole.start()), *days.last().unwrap_or(whole.end()));
        Self { school, known, small_numbers, axis }
    }

    /// A number, where so many students are behind it that it may be told.
    fn told(&self, number: u32, students: u32) -> Option<u32> {
        (self.small_numbers || students >= FEW).then_some(number)
    }

    /// A part of something, where neither it nor the rest is of few students.
    fn told_part(&self, number: u32, part: u32, whole: u32) -> Option<u32> {
        let rest = whole.saturating_sub(part);
        self.told(number, part).filter(|_| self.small_numbers || rest == 0 || rest >= FEW)
    }

    /// Whether a student went to this school on a day.
    fn was_there(&self, year: &StudentYear, day: NaiveDate) -> bool {
        year.at(day).is_some_and(|stay| stay.school == self.school)
    }
}

#[cfg(test)]
mod tests;
