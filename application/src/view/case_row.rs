//! One line of a caseload: what decides who needs attention first.
use chrono::NaiveDate;
use domain::{
    PartnerId, SchoolId, StaffId, StudentId,
    case::{HandedOver, PlanStatus, Tier},
};
use serde::{Deserialize, Serialize};

use super::{CaseFile, CaseStatus, Content, Kind};

/// The row of the `caseload` table: dates and counts only; what follows from today is computed when it is read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CaseRow {
    /// Whose case.
    pub student: StudentId,
    /// The school that supports the student.
    pub school: SchoolId,
    /// Where the case stands.
    pub status: CaseStatus,
    /// How intensive the support is.
    pub tier: Tier,
    /// The day on which it was opened.
    pub opened_on: NaiveDate,
    /// Staff with an open mentor assignment.
    pub mentors: Vec<StaffId>,
    /// Which of them may read whose notes for the supervisor.
    #[serde(default)]
    pub handed_over: Vec<HandedOver>,
    /// Partners with a referral that was sent and is not over.
    pub partners: Vec<PartnerId>,
    /// The day of the last contact that was made and that the whole school may know of.
    pub last_contact_on: Option<NaiveDate>,
    /// The days of the last contacts that were made, latest first.
    pub contacts_on: Vec<NaiveDate>,
    /// How many follow-ups are open, of those that the whole school may know of.
    pub open_follow_ups: u32,
    /// The earliest day on which one of them is due.
    pub next_due_on: Option<NaiveDate>,
    /// Where the support plan stands.
    pub plan_status: Option<PlanStatus>,
    /// The day of its next review.
    pub next_review_on: Option<NaiveDate>,
    /// The version of the case.
    pub version: u64,
}

impl CaseRow {
    /// The row of a case.
    pub fn of(file: &CaseFile, version: u64) -> Self {
        let open = || file.records.values().filter(|record| !record.content.is_ended());
        let contents = || open().map(|record| &record.content);
        let plan = contents().find_map(|content| match content {
            Content::Plan(plan) => Some(plan),
            _ => None,
        });
        // A number tells of what it counts: what is not for the whole school is not counted.
        let known = || open().filter(|record| record.visibility.is_for_school()).map(|record| &record.content);
        let follow_ups = || known().filter(|content| content.kind() == Kind::FollowUp);
        let mut partners: Vec<_> =
            contents().filter(|c| c.kind() == Kind::Referral).filter_map(Content::partner).collect();
        partners.sort();
        partners.dedup();
        Self {
            student: file.student,
            school: file.school,
            status: file.status,
            tier: file.tier,
            opened_on: file.opened_on,
            mentors: contents().filter(|c| c.kind() == Kind::MentorAssignment).filter_map(Content::owner).collect(),
            handed_over: file.handed_over().collect(),
            partners,
            last_contact_on: file.contacts_on.first().copied(),
            contacts_on: file.contacts_on.clone(),
            open_follow_ups: follow_ups().map(|_| 1).sum(),
            next_due_on: follow_ups().filter_map(Content::due_on).min(),
            plan_status: plan.map(|plan| plan.status),
            next_review_on: plan.and_then(|plan| plan.next_review_on),
            version,
        }
    }
}
