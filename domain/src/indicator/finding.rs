//! What does not fit together in what the district's systems tell of a student.
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How two facts contradict each other, and with it which of them counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// Enrolled at two schools on one day: the school entered last counts.
    EnrolledTwice,
    /// Marked on a day without school: the mark does not count.
    NoSchoolThatDay,
    /// Marked while not enrolled at all, or by a school at which the student was not enrolled: the mark does not count.
    NotEnrolledThere,
    /// Two marks on one day: the stronger counts.
    MarkedTwice,
    /// Marked as present on a day of suspension from school: the mark counts.
    PresentWhileSuspended,
    /// A mark that nobody here can read: the day counts as present.
    UnrecognisedMark,
}

/// One contradiction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"what": "no_school_that_day", "on": "2022-03-05"}))]
pub struct Finding {
    /// Which.
    pub what: FindingKind,
    /// The day.
    pub on: NaiveDate,
}
