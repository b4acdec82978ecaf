//! What waits for a School Mental Health Manager, over all cases of the schools.
use chrono::{DateTime, NaiveDate, Utc};
use domain::{EntryId, SchoolId, StudentId};
use serde::{Deserialize, Serialize};
use strum::EnumString;
use utoipa::ToSchema;

use crate::{After, Personal, access::Ties};

/// Why somebody is to look at a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema, EnumString)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ReviewReason {
    /// A support plan was submitted.
    PlanAwaitsApproval,
    /// A referral in the mental-health compartment is new: drafted, or sent and not answered.
    NewReferral,
    /// The student is in the severe band of a policy.
    SevereBand,
    /// A need of mental health is open.
    OpenNeed,
    /// The day of the plan's next review is past.
    ReviewOverdue,
}

/// What is to be reviewed at which schools, as of which day.
#[derive(Debug, Clone)]
pub struct ReviewQuery {
    /// The schools.
    pub schools: Vec<SchoolId>,
    /// The day at the school.
    pub today: NaiveDate,
}

/// Something that waits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "reason": "plan_awaits_approval", "since": "2026-03-02T14:00:00Z",
    "student": "0192a000-0000-7000-8000-000000000101", "name": "Ada Example",
    "school": "0192a000-0000-7000-8000-000000000001", "entry": "0192a000-0000-7000-8000-000000000071"
}))]
pub struct ToReview {
    /// Why.
    pub reason: ReviewReason,
    /// Since when it waits.
    pub since: DateTime<Utc>,
    /// Whose case.
    pub student: StudentId,
    /// The name that the student goes by, where the student's record is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub name: Option<Personal>,
    /// The school that supports the student.
    pub school: SchoolId,
    /// The plan, the referral or the need.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub entry: Option<EntryId>,
}

/// A line of the queue, with how the case is tied and the place in the queue.
#[derive(Debug, Clone)]
pub struct ReviewRow {
    /// The line.
    pub line: ToReview,
    /// How the case is tied to people.
    pub ties: Ties,
    /// The place.
    pub place: After,
}
