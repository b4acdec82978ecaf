//! The support plan.
use crate::case::{given::*, *};

pub fn examples() -> Vec<CaseEvent> {
    let plan = id(30);
    let approval = PlanApproval { next_review_on: march(31), note: Some(text("after spring recess")) };
    let review = PlanReview { summary: text("attendance is up"), next_review_on: march(31) };
    vec![
        PlanDrafted { plan, draft: PlanDraft { summary: text("a check-in every morning") } }.into(),
        PlanSubmitted { plan }.into(),
        PlanApproved { plan, approval }.into(),
        PlanReturned { plan, reason: text("name who drives") }.into(),
        PlanReviewed { plan, review }.into(),
        PlanPutOnHold { plan, reason: text("in hospital") }.into(),
        PlanResumed { plan, reason: text("back from hospital") }.into(),
        PlanRevoked { plan, reason: text("the family withdrew") }.into(),
        PlanCompleted { plan, completion: PlanCompletion { summary: Some(text("attends every day")) } }.into(),
    ]
}
