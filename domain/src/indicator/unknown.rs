//! Why nothing can be said.
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;
use utoipa::ToSchema;

/// Why an indicator or a band is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Unknown {
    /// Nobody says where and since when the student is enrolled.
    NoEnrolment,
    /// Nobody says on which days the school teaches.
    NoCalendar,
    /// The school has submitted no attendance for the days of the student's enrolment.
    NotSubmitted,
    /// The student is enrolled for fewer days than the policy asks for.
    TooFewDays,
}
