//! Reviewing an active plan.
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::PlanStatus;
use crate::{
    Decide, PlanId, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Fact},
};

/// What a review found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"summary": "Attendance is up; mentoring goes on.", "next_review_on": "2099-05-11"}))]
pub struct PlanReview {
    /// What was found, and what goes on.
    pub summary: Text,
    /// The day on which the plan is looked at again: a day to come.
    pub next_review_on: NaiveDate,
}

/// Record the review of the active plan.
#[derive(Debug, Clone)]
pub struct ReviewPlan(pub PlanReview);

/// A plan was reviewed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanReviewed {
    /// The plan.
    pub plan: PlanId,
    /// What the review found.
    pub review: PlanReview,
}

impl Decide<Case> for ReviewPlan {
    fn decide(&self, case: &Case, stamp: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        let plan = case.plan_that_is(PlanStatus::Active, CaseError::PlanNotActive)?;
        if self.0.next_review_on <= stamp.today() {
            return Err(CaseError::ReviewNotAhead);
        }
        Ok(vec![PlanReviewed { plan, review: self.0.clone() }.into()])
    }
}

impl Fact for PlanReviewed {
    fn apply(self, _: &mut Case) {}

    fn entry(&self) -> Option<Uuid> {
        Some(self.plan.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::given::*;

    fn review(next_review_on: NaiveDate) -> PlanReview {
        PlanReview { summary: text("attendance is up"), next_review_on }
    }

    #[test]
    fn an_active_plan_is_reviewed() {
        let reviewed = PlanReviewed { plan: plan(), review: review(march(31)) };
        given(active()).when(ReviewPlan(review(march(31)))).then_expect_events(vec![reviewed.into()]);
    }

    #[test]
    fn only_an_active_plan_is_reviewed() {
        given(on_hold()).when(ReviewPlan(review(march(31)))).then_expect_error(CaseError::PlanNotActive);
        given(revoked()).when(ReviewPlan(review(march(31)))).then_expect_error(CaseError::PlanEnded);
    }

    #[test]
    fn the_next_review_lies_ahead() {
        given(active()).when(ReviewPlan(review(march(2)))).then_expect_error(CaseError::ReviewNotAhead);
    }
}
