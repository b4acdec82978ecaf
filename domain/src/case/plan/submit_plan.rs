//! Submitting a drafted plan for approval.
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::PlanStatus;
use crate::{
    Decide, PlanId, Stamp,
    case::{Case, CaseError, CaseEvent, Fact, GoalStatus},
};

/// Ask for the draft to be approved.
#[derive(Debug, Clone)]
pub struct SubmitPlan;

/// A plan awaits approval.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanSubmitted {
    /// The plan.
    pub plan: PlanId,
}

impl Decide<Case> for SubmitPlan {
    fn decide(&self, case: &Case, _: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        let plan = case.plan_that_is(PlanStatus::Draft, CaseError::PlanNotDraft)?;
        let pursued = |goal: &GoalStatus| !matches!(goal, GoalStatus::Completed | GoalStatus::Cancelled);
        if !case.goals.values().any(pursued) {
            return Err(CaseError::PlanWithoutGoal);
        }
        Ok(vec![PlanSubmitted { plan }.into()])
    }
}

impl Fact for PlanSubmitted {
    fn apply(self, case: &mut Case) {
        case.plan_is(self.plan, PlanStatus::Submitted);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.plan.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::{GoalCancelled, given::*};

    #[test]
    fn a_draft_is_submitted() {
        given(drafted()).when(SubmitPlan).then_expect_events(vec![PlanSubmitted { plan: plan() }.into()]);
    }

    #[test]
    fn a_plan_needs_a_goal() {
        let cancelled = GoalCancelled { goal: Uuid::from_u128(40).into(), reason: text("moved away") };
        let past = [drafted(), vec![cancelled.into()]].concat();
        given(past).when(SubmitPlan).then_expect_error(CaseError::PlanWithoutGoal);
    }

    #[test]
    fn only_a_draft_is_submitted() {
        given([opened()]).when(SubmitPlan).then_expect_error(CaseError::NoPlan);
        given(active()).when(SubmitPlan).then_expect_error(CaseError::PlanNotDraft);
        given(revoked()).when(SubmitPlan).then_expect_error(CaseError::PlanEnded);
    }
}
