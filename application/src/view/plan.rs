//! The support plan's own life, as the views tell it.
use chrono::NaiveDate;
use domain::{
    Text, Visibility,
    case::{
        PlanApproved, PlanCompleted, PlanDrafted, PlanPutOnHold, PlanResumed, PlanReturned, PlanReviewed, PlanRevoked,
        PlanStatus, PlanSubmitted,
    },
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{CaseFile, Entered, Moment, code, unfold};

/// A support plan as it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PlanRecord {
    /// What is intended, in a few sentences.
    pub summary: Text,
    /// Where it stands.
    pub status: PlanStatus,
    /// The day on which it was last submitted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub submitted_on: Option<NaiveDate>,
    /// The day on which it was approved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_on: Option<NaiveDate>,
    /// The day of the next review.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_review_on: Option<NaiveDate>,
    /// What the last review found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_review: Option<Text>,
    /// Why it was returned, waits or was revoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}

impl Entered for PlanRecord {
    fn status(&self) -> String {
        code(&self.status)
    }

    fn visibility(&self) -> Visibility {
        Visibility::Team
    }

    fn is_ended(&self) -> bool {
        matches!(self.status, PlanStatus::Completed | PlanStatus::Revoked)
    }

    fn due_on(&self) -> Option<NaiveDate> {
        self.next_review_on
    }
}

/// The plan has another status, for a reason or without one.
fn turn(file: &mut CaseFile, plan: impl Into<uuid::Uuid>, now: &Moment, status: PlanStatus, reason: Option<&Text>) {
    file.change(plan, now, |plan: &mut PlanRecord| {
        plan.status = status;
        plan.reason = reason.cloned();
    });
}

unfold! {
    PlanDrafted as Plan: |e, file, now| {
        let summary = e.draft.summary.clone();
        if file.holds(e.plan) {
            file.change(e.plan, now, |plan: &mut PlanRecord| plan.summary = summary);
        } else {
            let (submitted_on, approved_on, next_review_on, last_review, reason) = (None, None, None, None, None);
            let status = PlanStatus::Draft;
            file.write(e.plan, now, PlanRecord { summary, status, submitted_on, approved_on, next_review_on, last_review, reason });
        }
    }, says "Plan drafted".into(), Some(&e.draft.summary);

    PlanSubmitted as Plan: |e, file, now| {
        turn(file, e.plan, now, PlanStatus::Submitted, None);
        file.change(e.plan, now, |plan: &mut PlanRecord| plan.submitted_on = Some(now.today));
    }, says "Plan submitted for approval".into(), None;

    PlanApproved as Plan: |e, file, now| {
        turn(file, e.plan, now, PlanStatus::Active, None);
        file.change(e.plan, now, |plan: &mut PlanRecord| {
            plan.approved_on = Some(now.today);
            plan.next_review_on = Some(e.approval.next_review_on);
        });
    }, says format!("Plan approved, next review on {}", e.approval.next_review_on), e.approval.note.as_ref();

    PlanReturned as Plan: |e, file, now| {
        turn(file, e.plan, now, PlanStatus::Draft, Some(&e.reason));
    }, says "Plan returned".into(), Some(&e.reason);

    PlanReviewed as Plan: |e, file, now| {
        file.change(e.plan, now, |plan: &mut PlanRecord| {
            plan.last_review = Some(e.review.summary.clone());
            plan.next_review_on = Some(e.review.next_review_on);
        });
    }, says format!("Plan reviewed, next review on {}", e.review.next_review_on), Some(&e.review.summary);

    PlanPutOnHold as Plan: |e, file, now| {
        turn(file, e.plan, now, PlanStatus::OnHold, Some(&e.reason));
    }, says "Plan put on hold".into(), Some(&e.reason);

    PlanResumed as Plan: |e, file, now| {
        turn(file, e.plan, now, PlanStatus::Active, None);
    }, says "Plan resumed".into(), Some(&e.reason);

    PlanRevoked as Plan: |e, file, now| {
        turn(file, e.plan, now, PlanStatus::Revoked, Some(&e.reason));
    }, says "Plan revoked".into(), Some(&e.reason);

    PlanCompleted as Plan: |e, file, now| {
        turn(file, e.plan, now, PlanStatus::Completed, e.completion.summary.as_ref());
    }, says "Plan completed".into(), e.completion.summary.as_ref();
}
