//! The support plan, told once more.
use serde_json::{Value, json};

use super::{again, kind::Kind};

again! {
    PlanDrafted is about a plan: |e, tale, told| {
        if tale.file.contains(&e.plan.uuid()) {
            tale.set(e.plan, told, "summary", &e.draft.summary);
        } else {
            tale.write(e.plan, Kind::Plan, json!({"summary": e.draft.summary, "status": "draft"}), told);
        }
    }, "Plan drafted", e.draft.summary;

    PlanSubmitted is about a plan: |e, tale, told| {
        tale.set(e.plan, told, "status", "submitted");
        tale.set(e.plan, told, "reason", Value::Null);
        tale.set(e.plan, told, "submitted_on", told.today());
    }, "Plan submitted for approval", Value::Null;

    PlanApproved is about a plan: |e, tale, told| {
        tale.set(e.plan, told, "status", "active");
        tale.set(e.plan, told, "reason", Value::Null);
        tale.set(e.plan, told, "approved_on", told.today());
        tale.set(e.plan, told, "next_review_on", e.approval.next_review_on);
    }, format!("Plan approved, next review on {}", e.approval.next_review_on), e.approval.note;

    PlanReturned is about a plan: |e, tale, told| {
        tale.set(e.plan, told, "status", "draft");
        tale.set(e.plan, told, "reason", &e.reason);
    }, "Plan returned", e.reason;

    PlanReviewed is about a plan: |e, tale, told| {
        tale.set(e.plan, told, "last_review", &e.review.summary);
        tale.set(e.plan, told, "next_review_on", e.review.next_review_on);
    }, format!("Plan reviewed, next review on {}", e.review.next_review_on), e.review.summary;

    PlanPutOnHold is about a plan: |e, tale, told| {
        tale.set(e.plan, told, "status", "on_hold");
        tale.set(e.plan, told, "reason", &e.reason);
    }, "Plan put on hold", e.reason;

    PlanResumed is about a plan: |e, tale, told| {
        tale.set(e.plan, told, "status", "active");
        tale.set(e.plan, told, "reason", Value::Null);
    }, "Plan resumed", e.reason;

    PlanRevoked is about a plan: |e, tale, told| {
        tale.set(e.plan, told, "status", "revoked");
        tale.set(e.plan, told, "reason", &e.reason);
    }, "Plan revoked", e.reason;

    PlanCompleted is about a plan: |e, tale, told| {
        tale.set(e.plan, told, "status", "completed");
        tale.set(e.plan, told, "reason", &e.completion.summary);
    }, "Plan completed", e.completion.summary;
}
