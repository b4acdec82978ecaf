//! Approving a submitted plan.
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::PlanStatus;
use crate::{
    Decide, PlanId, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Fact},
};

/// The approval of a plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"next_review_on": "2099-04-13", "note": "Look again after spring recess."}))]
pub struct PlanApproval {
    /// The day on which the plan is looked at again: a day to come.
    pub next_review_on: NaiveDate,
    /// What else there is to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// Approve the submitted plan.
#[derive(Debug, Clone)]
pub struct ApprovePlan(pub PlanApproval);

/// A plan was approved, and is followed from then on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanApproved {
    /// The plan.
    pub plan: PlanId,
    /// The approval.
    pub approval: PlanApproval,
}

impl Decide<Case> for ApprovePlan {
    fn decide(&self, case: &Case, stamp: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        let plan = case.plan_that_is(PlanStatus::Submitted, CaseError::PlanNotSubmitted)?;
        if self.0.next_review_on <= stamp.today() {
            return Err(CaseError::ReviewNotAhead);
        }
        Ok(vec![PlanApproved { plan, approval: self.0.clone() }.into()])
    }
}

impl Fact for PlanApproved {
    fn apply(self, case: &mut Case) {
        case.plan_is(self.plan, PlanStatus::Active);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.plan.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::given::*;

    fn approval(next_review_on: NaiveDate) -> PlanApproval {
        PlanApproval { next_review_on, note: None }
    }

    fn approve() -> ApprovePlan {
        ApprovePlan(approval(march(31)))
    }

    #[test]
    fn a_submitted_plan_is_approved() {
        let approved = PlanApproved { plan: plan(), approval: approval(march(31)) };
        given(submitted()).when(approve()).then_expect_events(vec![approved.into()]);
    }

    #[test]
    fn only_a_submitted_plan_is_approved() {
        given([opened()]).when(approve()).then_expect_error(CaseError::NoPlan);
        given(drafted()).when(approve()).then_expect_error(CaseError::PlanNotSubmitted);
        given(revoked()).when(approve()).then_expect_error(CaseError::PlanEnded);
    }

    #[test]
    fn the_next_review_lies_ahead() {
        let today = ApprovePlan(approval(march(2)));
        given(submitted()).when(today).then_expect_error(CaseError::ReviewNotAhead);
    }
}
