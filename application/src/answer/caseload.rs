//! A caseload: one line per case, and why it needs attention.
use chrono::NaiveDate;
use domain::{
    SchoolId, StaffId, StudentId,
    case::{DataCategory, PlanStatus, Tier},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Reader,
    support_plan::{CONTACTS_A_WEEK, in_week},
};
use crate::{
    Personal,
    view::{CaseRow, CaseStatus},
};

/// One case on a caseload.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "student": "0192a000-0000-7000-8000-000000000101", "name": "Ada Example",
    "school": "0192a000-0000-7000-8000-000000000001",
    "status": "open", "tier": 2, "mentors": ["0192a000-0000-7000-8000-000000000011"],
    "last_contact_on": "2026-02-26", "days_since_contact": 4, "contacts_this_week": 1, "weekly_target": 3,
    "open_follow_ups": 2, "next_due_on": "2026-02-27", "overdue": true, "plan_status": "active",
    "next_review_on": "2026-04-01", "version": 12
}))]
pub struct CaseloadLine {
    /// Whose case.
    pub student: StudentId,
    /// The name that the student goes by, where the student's record is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub name: Option<Personal>,
    /// The school that supports the student.
    pub school: SchoolId,
    /// Where the case stands.
    pub status: CaseStatus,
    /// How intensive the support is.
    pub tier: Tier,
    /// Staff with an open mentor assignment.
    pub mentors: Vec<StaffId>,
    /// The day of the last contact that was made and that the whole school may know of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_contact_on: Option<NaiveDate>,
    /// Calendar days since then; since the case was opened, where there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub days_since_contact: Option<i64>,
    /// Contacts made this week, from Monday.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub contacts_this_week: Option<u32>,
    /// How many a week there should be.
    pub weekly_target: u32,
    /// How many follow-ups are open, of those that the whole school may know of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub open_follow_ups: Option<u32>,
    /// The earliest day on which one of them is due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_due_on: Option<NaiveDate>,
    /// Whether that day is past.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub overdue: Option<bool>,
    /// Where the support plan stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan_status: Option<PlanStatus>,
    /// The day of its next review.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_review_on: Option<NaiveDate>,
    /// The version of the case.
    pub version: u64,
}

impl CaseloadLine {
    /// The line of a case, seen from `today`.
    pub fn of(row: CaseRow, name: Option<Personal>, today: NaiveDate) -> Self {
        Self {
            student: row.student,
            name,
            school: row.school,
            status: row.status,
            tier: row.tier,
            last_contact_on: row.last_contact_on,
            days_since_contact: Some((today - row.last_contact_on.unwrap_or(row.opened_on)).num_days().max(0)),
            contacts_this_week: Some(in_week(&row.contacts_on, today)),
            weekly_target: CONTACTS_A_WEEK,
            open_follow_ups: Some(row.open_follow_ups),
            next_due_on: row.next_due_on,
            overdue: Some(row.next_due_on.is_some_and(|day| day < today)),
            plan_status: row.plan_status,
            next_review_on: row.next_review_on,
            mentors: row.mentors,
            version: row.version,
        }
    }

    /// The same for a partner's staff: who the student is, what was written down and how the plan goes are told only
    /// where such data are shared with it.
    pub fn shared(row: CaseRow, name: Option<Personal>, reader: &Reader) -> Self {
        let name = name.filter(|_| reader.knows(DataCategory::Directory));
        reader.saw(if name.is_some() { DataCategory::Directory } else { DataCategory::SupportPlan });
        let mut line = Self::of(row, name, reader.today);
        if !reader.knows(DataCategory::CaseNotes) {
            (line.last_contact_on, line.days_since_contact, line.contacts_this_week) = (None, None, None);
        }
        if !reader.knows(DataCategory::SupportPlan) {
            (line.plan_status, line.next_review_on) = (None, None);
        }
        // The school's own work.
        (line.open_follow_ups, line.next_due_on, line.overdue) = (None, None, None);
        line
    }
}
