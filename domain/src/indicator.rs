//! What a student's days, conduct and courses come to: the indicators that policies judge.
//!
//! Everything here is worked out of what the district's systems tell, day by day, and never stored as a judgement:
//! the same facts give the same indicators, as of any day.
mod absences;
mod assessment;
mod attendance;
mod behavior;
mod course;
mod credits;
mod days;
mod finding;
mod mark;
mod school_year;
mod student_year;
mod teaching_days;
mod unknown;

#[cfg(test)]
pub(crate) mod given;
#[cfg(test)]
mod laws;

pub use assessment::{AssessmentResult, Score};
pub use attendance::Attendance;
pub use behavior::{Behavior, Suspension};
pub use course::{CourseGrade, Courses};
pub use credits::{CourseCredits, Credits};
pub use days::KnownDays;
pub use finding::{Finding, FindingKind};
pub use mark::Mark;
pub use school_year::SchoolYear;
pub use student_year::{DayMark, Stay, StudentYear};
pub use teaching_days::{Schools, TeachingDays, TermDays};
pub use unknown::Unknown;
